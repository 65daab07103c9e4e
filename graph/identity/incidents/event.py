"""What one telling says of an event, and a piece of evidence on two."""

from collections.abc import Iterable
from dataclasses import dataclass

from outbreach.graph.dates import When
from outbreach.graph.identity.freetext import People
from outbreach.graph.identity.incidents.text import NOTHING, Telling

AT_ONCE = 3
"""Days within which reports are filed at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What one telling says of an event, as seen from the body by which it meets the other.

    `figures` count that body's people, or everybody's where it is the only body. `vendors` are ids or folded names.
    `several` says that the body files a report for each of its clients; `firm` that it may, or hardly does. `census` is
    who counts; where two are not known to be one, one may count the people of one state only, unless both are told in
    `full`, as a register has it.
    """

    name: str
    dates: tuple[When, ...] = ()
    figures: tuple[People, ...] = ()
    records: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    vendors: frozenset[str] = frozenset()
    attackers: frozenset[str] = frozenset()
    telling: Telling = NOTHING
    several: bool = False
    firm: bool | None = None
    census: str | None = None
    source: str | None = None
    """The list of events of which it is an entry."""
    full: bool = False
    filed: int | None = None
    """The last day on which it was filed."""
    began: int | None = None
    """The first day on which it can have begun, where that is stated."""
    found: int | None = None
    """And the first on which it can have been discovered."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of it: so many bits for (above 0) or against one event, and what it is.

    It is `telling` where it points at this event, not at any of the body in these months.
    """

    bits: float
    sentence: str
    telling: bool = False


def one_census(left: Event, right: Event) -> bool:
    """Whether both stand in one register."""
    return left.census is not None and left.census == right.census


def listed(words: Iterable[str]) -> str:
    """Words in a sentence."""
    return ", ".join(sorted(words))
