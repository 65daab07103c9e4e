"""Crews and brands as trackers of leak sites call them, with the names that others write."""

from functools import cache

from outbreach.graph.records.record import Mention
from outbreach.loaders.words.lists import tables


def crew_of(source: str, name: str) -> Mention:
    """The attacker behind a name on a tracker’s list: a brand, under which a leak site stands."""
    return Mention.of(source, "", "Attacker", "attacker", name, kind="brand", aliases=_crews().get(name.casefold(), []))


@cache
def _crews() -> dict[str, list[str]]:
    return tables("crews", dict[str, list[str]])
