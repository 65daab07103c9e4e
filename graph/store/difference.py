"""What it takes to turn one graph into another, and the Cypher that does it in batches, on either engine."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from outbreach.graph.projection.elements import Edge, Graph, Node, Property
from outbreach.graph.schema import LABELS

BATCH = 20_000
"""Elements of one statement; a difference that fits one batch is one transaction."""

_MANY = 1_000
"""Nodes with the same properties that are worth a statement of their own."""

Statement = tuple[str, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Nodes and edges to delete, create and update; a node whose labels change is deleted and created."""

    delete_edges: list[Edge]
    delete_nodes: list[Node]
    create_nodes: list[Node]
    update_nodes: list[Node]
    create_edges: list[Edge]

    @property
    def size(self) -> int:
        """How many elements it touches."""
        return sum(
            len(part)
            for part in (self.delete_edges, self.delete_nodes, self.create_nodes, self.update_nodes, self.create_edges)
        )


def difference(old: Graph, new: Graph) -> Difference:
    """What makes `new` out of `old`."""
    gone, made, changed = [], [], []
    for id, node in old.nodes.items():
        after = new.nodes.get(id)
        if after is None or set(after.labels) != set(node.labels):
            gone.append(node)
        elif not _same(after.properties, node.properties):
            changed.append(after)
    lost = {node.id for node in gone}
    made = [node for id, node in new.nodes.items() if id not in old.nodes or id in lost]
    kept = {
        key for key, edge in old.edges.items()
        if key in new.edges and _same(new.edges[key].properties, edge.properties)
        and edge.start not in lost and edge.end not in lost
    }  # fmt: skip
    return Difference(
        delete_edges=[edge for key, edge in old.edges.items() if key not in kept],
        delete_nodes=gone,
        create_nodes=made,
        update_nodes=changed,
        create_edges=[edge for key, edge in new.edges.items() if key not in kept],
    )


def statements(change: Difference, old: Graph, new: Graph) -> Iterator[Statement]:
    """The Cypher of a difference, each with its rows; every statement returns how many rows it did as `done`.

    Labels and properties are spelled out (ENGINE.md, rules 9, 13, 14).
    """
    for (kind, start, end), edges in _by_ends(change.delete_edges, old).items():
        cypher = f"{_ends(start, end)} MATCH (a)-[x:{_q(kind)}]->(b) DELETE x RETURN count(x) AS done"
        yield from _batches(cypher, [{"start_": e.start, "end_": e.end} for e in edges])
    for labels, nodes in _by_labels(change.delete_nodes).items():
        cypher = f"UNWIND $rows AS r MATCH (n:{_q(labels[0])} {{id: r.id}}) DELETE n RETURN count(n) AS done"
        yield from _batches(cypher, [{"id": n.id} for n in nodes])
    for labels, nodes in _by_labels(change.create_nodes).items():
        names = ":".join(_q(label) for label in labels)
        for keys, alike in _by_keys(nodes):
            cypher = f"UNWIND $rows AS r CREATE (n:{names} {{{_spelled(keys)}}}) RETURN count(n) AS done"
            yield from _batches(cypher, [dict(n.properties) for n in alike])
    for labels, nodes in _by_labels(change.update_nodes).items():
        cypher = f"UNWIND $rows AS r MATCH (n:{_q(labels[0])} {{id: r.id}}) SET n = r.all RETURN count(n) AS done"
        yield from _batches(cypher, [{"id": n.id, "all": n.properties} for n in nodes])
    for (kind, start, end), edges in _by_ends(change.create_edges, new).items():
        keys = sorted({key for e in edges for key in e.properties})
        spelled = f" {{{_spelled(keys)}}}" if keys else ""
        cypher = f"{_ends(start, end)} CREATE (a)-[x:{_q(kind)}{spelled}]->(b) RETURN count(x) AS done"
        yield from _batches(cypher, [{"start_": e.start, "end_": e.end, **e.properties} for e in edges])


def schema_statements(labels: Sequence[str]) -> Iterator[str]:
    """One unique id per label, and a plain index on the second labels; each needs a transaction of its own."""
    for name in labels:
        label = LABELS[name]
        if label.second_to:
            yield f"CREATE INDEX {name.lower()}_id IF NOT EXISTS FOR (n:{_q(name)}) ON (n.id)"
        else:
            yield f"CREATE CONSTRAINT {name.lower()}_id IF NOT EXISTS FOR (n:{_q(name)}) REQUIRE n.id IS UNIQUE"


def primary_first(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels with the one that carries the id first."""
    return tuple(sorted(labels, key=lambda name: (name in LABELS and LABELS[name].second_to is not None, name)))


def clean(properties: dict[str, Property | None]) -> dict[str, Property]:
    """Properties as written: an absent one is no property."""
    return {key: value for key, value in properties.items() if value is not None}


def _same(left: dict[str, Property], right: dict[str, Property]) -> bool:
    """Whether they are written alike: to Python 1, 1.0 and true are equal, in the graph they are not."""
    return left == right and all(
        isinstance(value, str) or repr(value) == repr(right[key]) for key, value in left.items()
    )


def _ends(start: str, end: str) -> str:
    return f"UNWIND $rows AS r MATCH (a:{_q(start)} {{id: r.start_}}) MATCH (b:{_q(end)} {{id: r.end_}})"


def _by_labels(nodes: Sequence[Node]) -> dict[tuple[str, ...], list[Node]]:
    groups: dict[tuple[str, ...], list[Node]] = {}
    for node in nodes:
        groups.setdefault(primary_first(node.labels), []).append(node)
    return groups


def _by_keys(nodes: Sequence[Node]) -> Iterator[tuple[list[str], list[Node]]]:
    """Nodes with the same properties together where they are many, the others with all of theirs spelled out.

    An absent property costs nearly as much as a present one, and a statement of its own costs a planning.
    """
    groups: dict[frozenset[str], list[Node]] = {}
    for node in nodes:
        groups.setdefault(frozenset(node.properties), []).append(node)
    rest: list[Node] = []
    for keys, alike in groups.items():
        if len(alike) >= _MANY:
            yield sorted(keys), alike
        else:
            rest += alike
    if rest:
        yield sorted({key for node in rest for key in node.properties}), rest


def _by_ends(edges: Sequence[Edge], graph: Graph) -> dict[tuple[str, str, str], list[Edge]]:
    groups: dict[tuple[str, str, str], list[Edge]] = {}
    for edge in edges:
        start, end = (primary_first(graph.nodes[id].labels)[0] for id in (edge.start, edge.end))
        groups.setdefault((edge.type, start, end), []).append(edge)
    return groups


def _batches(cypher: str, rows: list[dict[str, object]]) -> Iterator[Statement]:
    for first in range(0, len(rows), BATCH):
        yield cypher, rows[first : first + BATCH]


def _spelled(keys: Sequence[str]) -> str:
    return ", ".join(f"{_q(key)}: r.{_q(key)}" for key in keys)


def _q(name: str) -> str:
    """A label, type or property name, quoted (`from` and `to` are Cypher words)."""
    return f"`{name}`"


Progress = Callable[[str, int, int], None]
