"""The step of AFFECTED, line by line of DESIGN's table."""

from itertools import product
from typing import Any

import pytest

from outbreach.graph.projection.status import Voice, status
from outbreach.graph.records.record import Claim, Mention
from outbreach.graph.schema import STATUSES
from tests.build import Row, projected

AUTHORITIES = {
    "regulator": "confirmed",
    "prosecutor": "confirmed",
    "ministry": "confirmed",
    "cert": "reported",
    "police": "reported",
}


def edge(row: Row) -> dict[str, Any] | None:
    """The properties of the one AFFECTED edge, if there is one."""
    edges = [e for e in projected(row).graph.edges.values() if e.type == "AFFECTED"]
    assert len(edges) < 2
    return {k: edges[0].properties[k] for k in ("status", "denied", "cleared")} if edges else None


def row_of(kind: str, reliability: str | None = None, **more: Any) -> tuple[Row, Mention]:
    """A row in which one asserter says that Clinic was hit."""
    row = Row(reliability=reliability)
    clinic = row.org("Clinic", kind="hospital")
    by = {
        "own": clinic,
        "vendor": row.org("Vendor", role="vendor"),
        "attacker": row.thing("Attacker", "crew"),
        **{a: row.org(a, role="authority", kind=a) for a in AUTHORITIES},
    }.get(kind)
    asserter_kind = "authority" if kind in AUTHORITIES else kind
    row.say(row.incident, "affected", clinic, asserter=by, asserter_kind=asserter_kind, **more)
    return row, clinic


@pytest.mark.parametrize(
    ("kind", "step"),
    [("attacker", "claimed"), ("press", "reported"), ("researcher", "reported"), ("dataset", "reported"),
     ("vendor", "reported"), ("own", "confirmed"), *AUTHORITIES.items()],
)  # fmt: skip
def test_table(kind: str, step: str) -> None:
    """One voice alone gives its line's step; a CERT and the police report, a regulator, court or ministry confirms."""
    row, _ = row_of(kind)
    assert edge(row) == {"status": step, "denied": False, "cleared": False}


@pytest.mark.parametrize("kind", ["attacker", "press", "researcher", "dataset", "vendor", "own", *AUTHORITIES])
def test_low_reliability_only_claims(kind: str) -> None:
    """What stands in sources of low reliability only is claimed, whoever is said to have said it."""
    row, clinic = row_of(kind, reliability="low")
    assert edge(row) == {"status": "claimed", "denied": False, "cleared": False}
    better = row.thing("Source", "better", reliability="normal")
    row.say(row.incident, "affected", clinic, source=better)
    assert edge(row) == {"status": "reported", "denied": False, "cleared": False}


def test_high_reliability_does_not_lift() -> None:
    """A source of high reliability reports as another does: only the body and an authority confirm."""
    row, _ = row_of("press", reliability="high")
    assert edge(row) == {"status": "reported", "denied": False, "cleared": False}


def test_another_body_only_reports() -> None:
    """A body that says that another one was hit reports it; the body itself, under whatever role, confirms."""
    row = Row()
    clinic, group = row.org("Clinic"), row.org("Group")
    row.say(row.incident, "affected", clinic, asserter=group, asserter_kind="own")
    assert edge(row) == {"status": "reported", "denied": False, "cleared": False}
    row.say(row.incident, "affected", clinic, asserter=clinic, asserter_kind="vendor")
    assert edge(row) == {"status": "confirmed", "denied": False, "cleared": False}


def test_own_word_without_a_name() -> None:
    """A row in which a body speaks of itself confirms, and denies, though it names no asserter."""
    row = Row()
    clinic = row.org("Clinic")
    row.say(row.incident, "affected", clinic, asserter_kind="own")
    assert edge(row) == {"status": "confirmed", "denied": False, "cleared": False}
    other = row.thing("Source", "another row", publisher="Clinic")
    row.say(row.incident, "affected", clinic, asserter_kind="own", negated=True, source=other)
    assert edge(row) == {"status": "confirmed", "denied": True, "cleared": False}


def test_highest_step_wins() -> None:
    """The status is the highest step among all voices, in any order and number."""
    voices = {
        "claimed": Voice("attacker", False, None, "normal"),
        "reported": Voice("press", False, None, "normal"),
        "confirmed": Voice("own", True, None, "normal"),
    }
    for steps in product(voices, repeat=3):
        assert status([voices[step] for step in steps]) == max(steps, key=STATUSES.index)
    assert status([]) is None


@pytest.mark.parametrize(
    ("kind", "is_cleared", "denied", "cleared"),
    [("own", False, True, False), ("own", True, False, True), ("regulator", False, False, True),
     ("regulator", True, False, True), ("cert", True, False, False), ("police", True, False, False),
     ("vendor", True, False, False), ("press", False, False, False), ("attacker", True, False, False)],
)  # fmt: skip
def test_denied_and_cleared(kind: str, is_cleared: bool, denied: bool, cleared: bool) -> None:
    """The body denies, the body after inquiry or a regulator clears; both stand beside the step, and change it not."""
    row, clinic = row_of(kind, negated=True, cleared=is_cleared)
    assert edge(row) is None
    other = row.thing("Source", "another paper")
    row.say(row.incident, "affected", clinic, source=other)
    assert edge(row) == {"status": "reported", "denied": denied, "cleared": cleared}


def test_later_word_of_the_body() -> None:
    """A body that denies and later admits has not denied; one that admits and later denies no longer confirms."""
    for first, last, expected in (
        (True, False, {"status": "confirmed", "denied": False, "cleared": False}),
        (False, True, {"status": "reported", "denied": True, "cleared": False}),
    ):
        row, clinic = row_of("press")
        for day, negated in (("2023-01-01", first), ("2023-02-01", last)):
            row.say(
                row.incident, "affected", clinic, asserter=clinic, asserter_kind="own", stated_on=day, negated=negated
            )
        assert edge(row) == expected


def test_quoted_by_name() -> None:
    """What a paper quotes from the body itself is the body's word, also in an article that relays another."""
    row = Row(relay_of="AFP")
    clinic = row.org("Clinic")
    row.say(row.incident, "affected", clinic, asserter=clinic, asserter_kind="own", asserter_role="spokesman")
    assert edge(row) == {"status": "confirmed", "denied": False, "cleared": False}


def test_status_is_never_loaded() -> None:
    """No claim, mention or predicate has a place for a status: it is derived, or it is not there."""
    row, _ = row_of("own")
    assert not {"status", "denied"} & (set(Claim.__dataclass_fields__) | set(Mention.__dataclass_fields__))
    assert not any(f'"{step}"' in row.record().to_json() for step in STATUSES)
