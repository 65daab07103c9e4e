"""Which nodes a story draws: the start, whom it reaches, the way there, and the little that explains it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from outbreach.graph.projection.elements import Edge, Graph, Node
from outbreach.graph.schema import PREDICATES

OPENING = 150
"""How many nodes the opening view draws at most (HTML.md)."""
MOST = 500
"""How many nodes one page draws at most; the rest is counted, not shown."""
DRAWN = frozenset({"Incident", "Organisation", "Software", "Vulnerability", "Attacker", "Campaign"})
"""Labels that are drawn. Claims and Sources are what one reads on a click; data categories and notices are facts."""
STATUS_ORDER = ("confirmed", "reported", "claimed", "exposed")
_CAUSES = ("ATTRIBUTED_TO", "EXPLOITED", "PART_OF", "ORIGINATED_AT")
_CONTEXT = ("INVESTIGATES", "LED_TO", "HAS", "MAKES", "OPERATES")
_ABOUT_START = (*_CAUSES, "AFFECTED", "MAKES", "HAS", "OPERATES", "SUPPLIES", "USES", "INVESTIGATES", "LED_TO")


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One row of a blast radius: whom it reaches, at which level, with which status, by which way."""

    level: int
    id: str
    name: str | None
    label: str
    status: str
    basis: str
    via: tuple[str, ...] = ()
    """Ids along one shortest way, from the start to the body itself."""
    incident: str | None = None
    denied: bool = False
    """The body itself says that it was not hit."""
    cleared: bool = False
    """It was cleared after inquiry, or by an authority."""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "StoryRow":
        """The row as a query gives it, a mapping by column; other columns are left aside."""
        values = {field.name: row[field.name] for field in fields(cls) if row.get(field.name) is not None}
        return cls(**{"name": None} | values | {"via": tuple(row.get("via") or ())})

    @property
    def rank(self) -> tuple[int, int, str]:
        """What comes first: the lower level, then the better status, then the id."""
        known = self.status in STATUS_ORDER
        return self.level, STATUS_ORDER.index(self.status) if known else len(STATUS_ORDER), self.id


def label_of(node: Node) -> str:
    """The node's own label in the table of the schema (Vendor and Authority stand second)."""
    return next((label for label in node.labels if label not in ("Vendor", "Authority")), "Organisation")


def is_fact(edge: Edge) -> bool:
    """Whether an edge is drawn or folded into its ends, not one between a Claim and what it is about."""
    return edge.type != "STATED_IN" and not edge.start.startswith("claim-")


def drawn(graph: Graph, start: str) -> list[str]:
    """Ids of the nodes to draw: the start, and every node of a drawn label that a fact edge touches. Sorted."""
    touched = {start}
    for edge in graph.edges.values():
        if is_fact(edge):
            ends = [end for end in (edge.start, edge.end) if end in graph.nodes]
            if len(ends) == 2 and all(label_of(graph.nodes[end]) in DRAWN for end in ends):
                touched.update(ends)
    return sorted(touched)


def story_graph(graph: Graph, start: str, rows: Sequence[StoryRow], most: int = MOST) -> Graph:
    """The part of `graph` that the story of this blast radius shows, with the claims and sources about it.

    Drawn are at most `most` nodes, the best rows first. A node that a kept claim merely mentions comes without edges:
    its name is needed, it is not drawn.
    """
    around = _Neighbours(graph)
    chosen: dict[str, None] = {}
    for group in _wanted(graph, around, start, sorted(rows, key=lambda row: row.rank)):
        new = [id for id in dict.fromkeys(group) if id not in chosen and _is_drawn(graph, id)]
        if len(chosen) + len(new) <= most:
            chosen.update(dict.fromkeys(new))
    return _with_facts(graph, set(chosen))


def opening(ids: Iterable[str], start: str, rows: Sequence[StoryRow], most: int = OPENING) -> list[str]:
    """The same nodes with those of the opening view first: the start and what leads to the best rows."""
    left = dict.fromkeys(ids)
    ordered: dict[str, None] = {start: None}
    reached = {row.id for row in rows}
    context = [id for id in left if id not in reached and not any(id in row.via for row in rows)]
    ordered.update(dict.fromkeys(context[: most // 4]))
    for row in sorted(rows, key=lambda row: row.rank):
        way = {id: None for id in (*row.via, row.incident, row.id) if id in left and id not in ordered}
        if row.id in left and (len(ordered) + len(way) <= most or len(ordered) >= most):
            ordered.update(way)
    ordered.update(left)
    return [id for id in ordered if id in left]


class _Neighbours:
    """Fact edges by node and type, in either direction."""

    def __init__(self, graph: Graph) -> None:
        self._by_end: dict[str, list[tuple[str, str]]] = {}
        for edge in graph.edges.values():
            if is_fact(edge):
                self._by_end.setdefault(edge.start, []).append((edge.type, edge.end))
                self._by_end.setdefault(edge.end, []).append((edge.type, edge.start))

    def of(self, id: str, types: Sequence[str]) -> list[str]:
        found = sorted(
            self._by_end.get(id, ()), key=lambda pair: (types.index(pair[0]) if pair[0] in types else 99, pair[1])
        )
        return [other for type, other in found if type in types]


def _is_drawn(graph: Graph, id: str) -> bool:
    return id in graph.nodes and label_of(graph.nodes[id]) in DRAWN


def _wanted(graph: Graph, around: _Neighbours, start: str, rows: Sequence[StoryRow]) -> Iterator[list[str]]:
    """Groups of nodes that are drawn together or not at all, the most telling first."""
    yield [start]
    near = around.of(start, _CAUSES)
    incidents = list(dict.fromkeys([i for i in near if _is(graph, i, "Incident")] + [
        id for row in rows for id in (*row.via, row.incident) if id and _is(graph, id, "Incident")
    ]))  # fmt: skip
    if _is(graph, start, "Incident"):
        incidents.insert(0, start)
    causes = [other for incident in incidents[:12] for other in around.of(incident, _CAUSES)]
    yield from ([i] for i in incidents[:12])
    yield from ([other] for other in causes[:36] if not _is(graph, other, "Incident"))
    yield from ([other] for incident in incidents[:6] for other in around.of(incident, ("INVESTIGATES",)))
    yield from ([*row.via, *([row.incident] if row.incident else []), row.id] for row in rows)
    yield from ([other] for other in around.of(start, _ABOUT_START)[:24])
    yield from ([other] for incident in incidents for other in around.of(incident, (*_CAUSES, *_CONTEXT)))
    yield from ([other] for cause in causes for other in around.of(cause, ("HAS", "MAKES", "OPERATES")))


def _is(graph: Graph, id: str, label: str) -> bool:
    return id in graph.nodes and label_of(graph.nodes[id]) == label


def _with_facts(graph: Graph, chosen: set[str]) -> Graph:
    part = Graph()
    for id in sorted(chosen):
        part.add(graph.nodes[id])
    folded: set[str] = set()
    for edge in graph.edges.values():
        ends = [end for end in (edge.start, edge.end) if end in graph.nodes]
        if is_fact(edge) and len(ends) == 2 and any(end in chosen for end in ends):
            others = {end for end in ends if not _is_drawn(graph, end)}
            if others or all(end in chosen for end in ends):
                part.add(edge)
                folded |= others
    for id in sorted(folded):
        part.add(graph.nodes[id])
    _add_claims(graph, part, chosen, {id for id in folded if _is(graph, id, "Notification")})
    return part


def _add_claims(graph: Graph, part: Graph, chosen: set[str], notices: set[str]) -> None:
    """The claims about what is shown, their sources, and the nodes whose name they need."""
    sources = {edge.start: edge.end for edge in graph.edges.values() if edge.type == "STATED_IN"}
    for node in graph.nodes.values():
        if "Claim" not in node.labels or not _is_about(graph, node, chosen, notices):
            continue
        part.add(node)
        for mentioned in (node.properties.get("subject"), node.properties.get("object"), sources.get(node.id)):
            if isinstance(mentioned, str) and mentioned in graph.nodes:
                part.add(graph.nodes[mentioned])
        if node.id in sources:
            part.add(Edge("STATED_IN", node.id, sources[node.id], {}))


def _is_about(graph: Graph, claim: Node, chosen: set[str], notices: set[str]) -> bool:
    """Whether a claim is told in this story.

    One that would be a line needs both ends, else an authority would bring all its inquiries; but the other incidents of
    a body that is shown are told.
    """
    subject, object, predicate = (str(claim.properties.get(name, "")) for name in ("subject", "object", "predicate"))
    is_line = predicate in PREDICATES and PREDICATES[predicate].edge is not None
    if subject in chosen or subject in notices:
        return not is_line or object in chosen or object in notices or not _is_drawn(graph, object)
    return predicate in ("affected", "originated_at", "filed") and object in chosen | notices
