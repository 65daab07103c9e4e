"""The step of an AFFECTED edge: derived from who says so, never loaded (DESIGN, Status)."""

from collections.abc import Iterable
from dataclasses import dataclass

from outbreach.graph.schema import STATUSES

CONFIRMING = frozenset({"regulator", "prosecutor", "ministry", None})
"""Kinds of authority whose word confirms: a regulator, court or ministry; a CERT's or the police's reports."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who states an AFFECTED claim: how it stands to the body, and how good its source is."""

    asserter_kind: str
    is_the_body: bool
    """The asserter is the body said to be hit."""
    authority_kind: str | None
    reliability: str
    negated: bool = False
    cleared: bool = False
    by_machine: bool = False
    """Read out of prose by rules or a model, and not by a person."""


def status(voices: Iterable[Voice]) -> str | None:
    """The highest step among current claims; None where nobody says that the body was hit.

    | who asserts it, directly or quoted by name                          | step      |
    |---------------------------------------------------------------------|-----------|
    | an attacker; or only sources of low reliability                     | claimed   |
    | press, researcher, dataset, a vendor about its client               | reported  |
    | the body itself; a regulator, court or ministry                     | confirmed |

    What a machine read out of prose, and nobody checked, is reported at most.
    """
    steps = [_step(voice) for voice in voices if not voice.negated]
    return max(steps, key=STATUSES.index, default=None)


def denied(voices: Iterable[Voice]) -> bool:
    """Whether the body itself says, without inquiry, that it was not hit."""
    return any(v.negated and v.is_the_body and not v.cleared for v in voices)


def cleared(voices: Iterable[Voice]) -> bool:
    """Whether the body after inquiry, or a regulator, says that it was not hit."""
    return any(v.negated and ((v.is_the_body and v.cleared) or _confirms(v)) for v in voices)


def _step(voice: Voice) -> str:
    if voice.asserter_kind == "attacker" or voice.reliability == "low":
        return "claimed"
    confirmed = (voice.is_the_body or _confirms(voice)) and not voice.by_machine
    return "confirmed" if confirmed else "reported"


def _confirms(voice: Voice) -> bool:
    return voice.asserter_kind == "authority" and voice.authority_kind in CONFIRMING
