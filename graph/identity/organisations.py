"""Whether two names are one organisation."""

from collections.abc import Sequence

from outbreach.graph.identity.decision import Decision
from outbreach.graph.identity.pairs import Pair, Side
from outbreach.graph.names import normalise


def compare_organisations(pairs: Sequence[Pair]) -> list[Decision]:
    """A decision for each pair, in order."""
    return [compare_sides(pair.left, pair.right) for pair in pairs]


def compare_sides(left: Side, right: Side) -> Decision:
    """A decision on one pair (first form: equal names)."""
    if normalise(left.name or "") == normalise(right.name or ""):
        return Decision("same", 0.9, "The names are equal.")
    return Decision("unsure", 0.5, "The names differ.")
