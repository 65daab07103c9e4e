"""Node, Edge and Graph: what a projection yields and a store keeps."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool
Property: TypeAlias = Scalar | list[str]
"""What both engines keep alike (ENGINE.md, rule 11); an unknown value is an absent key."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node: its readable id, its labels (the table's first, then Vendor, Authority) and its properties.

    `properties` holds `id` too, as the store does.
    """

    id: str
    labels: tuple[str, ...]
    properties: dict[str, Property]


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge, read left to right; at most one of a type between two nodes."""

    type: str
    start: str
    end: str
    properties: dict[str, Property]


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by id and edges by (type, start, end)."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str, str], Edge] = field(default_factory=dict)

    def add(self, element: Node | Edge) -> None:
        """Keep a node or an edge; the last one of a key stays."""
        if isinstance(element, Node):
            self.nodes[element.id] = element
        else:
            self.edges[element.type, element.start, element.end] = element

    def lines(self) -> Iterator[str]:
        """The dump: one JSON object per node and edge, sorted, the same bytes on every engine."""
        rows = [{"node": n.id, "labels": sorted(n.labels), "properties": n.properties} for n in self.nodes.values()] + [
            {"edge": e.type, "start": e.start, "end": e.end, "properties": e.properties} for e in self.edges.values()
        ]
        yield from sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
