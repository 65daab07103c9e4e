"""Compare two that are in no workspace: one function a kind, the same rules and model as in a build."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from outbreach.graph.errors import UsageError
from outbreach.graph.identity.decision import Decision
from outbreach.graph.identity.incidents.compare import compare_incidents
from outbreach.graph.identity.organisations import compare_organisations
from outbreach.graph.identity.pairs import Pair

COLUMNS = ("pair_id", "verdict", "score", "reason")
KINDS: dict[str, Callable[[Sequence[Pair]], list[Decision]]] = {
    "organisations": compare_organisations,
    "incidents": compare_incidents,
}
"""What can be compared, and by which function: it takes all pairs at once and gives a decision for each, in order."""


def compare(pairs: Iterable[Pair], of: str) -> Iterator[tuple[str, str, float, str]]:
    """A row of `COLUMNS` for each pair, in order; a pair that lacks a name is `unsure`, and the reason says so.

    Raises `UsageError` where `of` is nothing that can be compared.
    """
    if of not in KINDS:
        raise UsageError(f"“{of}” cannot be compared: --of is {' or '.join(KINDS)}")
    listed = list(pairs)
    whole = [pair for pair in listed if pair.left.name and pair.right.name]
    decided = dict(zip((id(pair) for pair in whole), KINDS[of](whole), strict=True))
    for pair in listed:
        decision = decided.get(id(pair)) or Decision("unsure", 0.5, f"The {_unnamed(pair)} side has no name.")
        remarks = [f"Left: {r}." for r in pair.left.remarks] + [f"Right: {r}." for r in pair.right.remarks]
        yield pair.id, decision.verdict, decision.score, " ".join([decision.reason, *remarks])


def _unnamed(pair: Pair) -> str:
    return "left" if not pair.left.name else "right"
