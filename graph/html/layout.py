"""Where each node stands: columns from the start outwards, and, for a phone, an indented list. No chance, no physics."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from outbreach.graph.html.selection import STATUS_ORDER, StoryRow, is_fact, label_of
from outbreach.graph.projection.elements import Graph

LINE = 24
"""How many letters a label has in a line; it has two lines at most (story.js draws by the same rule)."""
_ASPECT = 1.75
"""Width by height of the space that the picture has on a laptop."""
_LETTER, _GAP, _SIDE_GAP = 6.6, 40, 22
_INDENT = 26
_ORDER = ("Attacker", "Campaign", "Vulnerability", "Software", "Organisation", "Incident")
_FIRST, _LAST = -1, 1

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """Two positions for each node, in pixels at scale 1; a label begins right of its node."""

    wide: dict[str, Point]
    tall: dict[str, Point]


def layout(graph: Graph, ids: Iterable[str], start: str, rows: Sequence[StoryRow], names: Mapping[str, str]) -> Layout:
    """Place the nodes `ids`, whose labels are `names`. The same input gives the same positions."""
    wanted = sorted(set(ids))
    tree = _Tree(graph, wanted, start, rows, names)
    return Layout(_columns(tree, names), _indented(tree, names))


class _Tree:
    """For each node the column that it stands in, the node that it hangs from, and its place in a walk of the tree."""

    def __init__(
        self, graph: Graph, ids: list[str], start: str, rows: Sequence[StoryRow], names: Mapping[str, str]
    ) -> None:
        self.start = start
        self.graph = graph
        self.around = _around(graph, set(ids))
        self.rows = {row.id: row for row in rows if row.id in self.around}
        self.column: dict[str, float] = {start: 0}
        self.parent: dict[str, str] = {}
        for row in sorted(self.rows.values(), key=lambda row: row.rank):
            self._place_way(row)
        self._place_context(ids)
        self.children: dict[str, list[str]] = {}
        for id in ids:
            if id != start:
                self.children.setdefault(self.parent[id], []).append(id)
        for group in self.children.values():
            group.sort(key=lambda id: self._rank(id, names))
        self.order = {id: index for index, (id, _) in enumerate(self.walk())}

    def walk(self) -> list[tuple[str, int]]:
        """Every node with its depth, parents before children."""
        found, left = [], [(self.start, 0)]
        while left:
            id, depth = left.pop()
            found.append((id, depth))
            left += [(child, depth + 1) for child in reversed(self.children.get(id, ()))]
        return found

    def _place_way(self, row: StoryRow) -> None:
        """Level n stands in column 2n + 2; what lies on the way to it, incidents mostly, just before."""
        self.column.setdefault(row.id, 0 if row.id == self.start else 2 * row.level + 2)
        way = [id for id in row.via if id in self.around and id != row.id] or [self.start]
        if row.incident in self.around and row.incident not in way and row.incident != self.start:
            between = [i for i, id in enumerate(way) if id in self.around[row.incident]]
            if between:
                way.insert(between[-1] + 1, row.incident)
        for steps_back, id in enumerate(reversed(way)):
            if id == self.start or id in self.rows:
                break
            column = 2 * row.level + 1 - 0.1 * steps_back
            self.column[id] = min(column, self.column.get(id, column))
        for before, after in pairwise((*way, row.id)):
            if after != self.start:
                self.parent.setdefault(after, before)

    def _place_context(self, ids: list[str]) -> None:
        """What is on no way hangs from a neighbour that is placed, in the column before it; the far ones last."""
        self._untie()
        left = [id for id in ids if id not in self.column]
        while left:
            placed = dict(self.column)
            for id in left:
                near = [other for other in self.around[id] if other in placed]
                if near:
                    host = min(near, key=lambda other: (self._is_row(other), placed[other], other))
                    self.parent[id] = host
                    before = [column for column in placed.values() if column < placed[host]]
                    behind = self._is_row(host) or (host != self.start and label_of(self.graph.nodes[id]) == "Incident")
                    self.column[id] = (
                        placed[host] + 0.5
                        if behind
                        else max(
                            before,
                            default=0 if host == self.start and label_of(self.graph.nodes[id]) != "Incident" else -0.5,
                        )
                    )
            rest = [id for id in left if id not in self.column]
            if len(rest) == len(left):
                for id in rest:
                    self.column[id], self.parent[id] = max(self.column.values()), self.start
                break
            left = rest

    def _untie(self) -> None:
        """Make sure that every placed node hangs, through others, from the start."""
        for id in sorted(self.column):
            seen, at = set(), id
            while at != self.start and at not in seen:
                seen.add(at)
                at = self.parent.get(at, self.start)
            if at != self.start or (id != self.start and id not in self.parent):
                self.parent[id] = self.start

    def _is_row(self, id: str) -> bool:
        return id in self.rows and id != self.start

    def _rank(self, id: str, names: Mapping[str, str]) -> tuple[int, int, int, str, str]:
        node = self.graph.nodes[id]
        if self._is_row(id):
            level, status, _ = self.rows[id].rank
            return 2, level, status, names[id].casefold(), id
        return 1 if label_of(node) == "Incident" else 0, self.side(id), self.kind(id), names[id].casefold(), id

    def kind(self, id: str) -> int:
        """The place of its label among the context of an incident."""
        return _ORDER.index(label_of(self.graph.nodes[id]))

    def side(self, id: str) -> int:
        """Context stands above the start where it tells the cause, below where it tells who inquires or was near."""
        if id == self.start or self._is_row(id):
            return 0
        return _LAST if "Organisation" in self.graph.nodes[id].labels else _FIRST

    def height(self, id: str, names: Mapping[str, str]) -> int:
        """Height of a node with its label and, where it has one, its status."""
        lines = 1 if len(names[id]) <= LINE else 2
        if id == self.start:
            return 40 + 15 * lines
        return 10 + 15 * lines + (11 if self._is_row(id) and self.rows[id].status in STATUS_ORDER else 0)


def _around(graph: Graph, ids: set[str]) -> dict[str, set[str]]:
    around: dict[str, set[str]] = {id: set() for id in ids}
    for edge in graph.edges.values():
        if is_fact(edge) and edge.start in ids and edge.end in ids:
            around[edge.start].add(edge.end)
            around[edge.end].add(edge.start)
    return around


def _columns(tree: _Tree, names: Mapping[str, str]) -> dict[str, Point]:
    """Columns left to right; a long one is broken into several, as many as fill the space best."""
    groups: dict[float, list[str]] = {}
    for id in tree.column:
        groups.setdefault(tree.column[id], []).append(id)
    columns = [groups[column] for column in sorted(groups)]
    for group in columns:
        if tree.start in group or all(
            not tree.side(id) or label_of(tree.graph.nodes[id]) != "Incident" for id in group
        ):
            group.sort(key=lambda id: (tree.side(id), tree.order[id]))
        else:
            group.sort(key=lambda id: tree.order[id])
    heights = {id: tree.height(id, names) for id in tree.column}
    limits = [250 * 1.08**step for step in range(40)]
    best = max(limits, key=lambda limit: (_scale(columns, heights, names, limit), -limit))
    return _set(columns, heights, names, best)


def _broken(group: Sequence[str], heights: Mapping[str, int], limit: float) -> list[list[str]]:
    parts = ceil(sum(heights[id] for id in group) / limit)
    share = sum(heights[id] for id in group) / parts
    broken: list[list[str]] = [[]]
    filled = 0
    for id in group:
        if broken[-1] and filled + heights[id] / 2 > share * len(broken) and len(broken) < parts:
            broken.append([])
        broken[-1].append(id)
        filled += heights[id]
    return broken


def _width(group: Sequence[str], names: Mapping[str, str]) -> int:
    return round(14 + _LETTER * min(LINE, max(len(names[id]) for id in group)))


def _scale(
    columns: Sequence[Sequence[str]], heights: Mapping[str, int], names: Mapping[str, str], limit: float
) -> float:
    """How large the picture can be drawn when no column is higher than `limit`."""
    broken = [_broken(group, heights, limit) for group in columns]
    height = max(sum(heights[id] for id in part) for parts in broken for part in parts)
    width = sum(_GAP + sum(_width(part, names) + _SIDE_GAP for part in parts) for parts in broken)
    return 1 / max(width / _ASPECT, height)


def _set(
    columns: Sequence[Sequence[str]], heights: Mapping[str, int], names: Mapping[str, str], limit: float
) -> dict[str, Point]:
    points: dict[str, Point] = {}
    x = 0
    for group in columns:
        for part in _broken(group, heights, limit):
            y = -sum(heights[id] for id in part) / 2
            for id in part:
                points[id] = x, round(y + heights[id] / 2)
                y += heights[id]
            x += _width(part, names) + _SIDE_GAP
        x += _GAP
    return points


def _indented(tree: _Tree, names: Mapping[str, str]) -> dict[str, Point]:
    points: dict[str, Point] = {}
    y = 0
    for id, depth in tree.walk():
        height = tree.height(id, names)
        points[id] = depth * _INDENT, y + height // 2
        y += height
    return points
