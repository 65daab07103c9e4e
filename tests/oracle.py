"""What QUESTIONS.md says the answers are, worked out in Python and networkx, apart from the Cypher."""

from collections.abc import Iterable

import networkx as nx

from outbreach.graph.projection.elements import Edge, Graph

RANK = {"confirmed": 0, "reported": 1, "claimed": 2}


class Oracle:
    """The answers for one graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.edges: dict[str, list[Edge]] = {}
        for edge in graph.edges.values():
            self.edges.setdefault(edge.type, []).append(edge)

    def pairs(self, kind: str) -> set[tuple[str, str]]:
        """(start, end) of the edges of a type."""
        return {(edge.start, edge.end) for edge in self.edges.get(kind, [])}

    def is_a(self, id: str, label: str) -> bool:
        """Whether the node has the label."""
        return id in self.graph.nodes and label in self.graph.nodes[id].labels

    def incidents(self, start: str) -> set[str]:
        """Step 1 of QUESTIONS.md."""
        made = {s for v, s in self.pairs("MAKES") if v == start}
        found = {start} if self.is_a(start, "Incident") else set()
        for kind, ends in (("ATTRIBUTED_TO", {start}), ("ORIGINATED_AT", {start}), ("EXPLOITED", {start} | made)):
            found |= {i for i, end in self.pairs(kind) if end in ends}
        found |= {i for i, end in self.pairs("PART_OF") if end == start and self.is_a(end, "Campaign")}
        return found

    def affected(self, incident: str, body: str) -> Edge | None:
        """The AFFECTED edge between them."""
        return self.graph.edges.get(("AFFECTED", incident, body))

    def steps(self, start: str) -> list[tuple[int, str | None, str, tuple[str, ...], str | None]]:
        """Every step: (level of its end or -1 for “one further”, from body, to body, ids between, status)."""
        incidents = self.incidents(start)
        origins = self.pairs("ORIGINATED_AT")
        made = {s for v, s in self.pairs("MAKES") if v == start}
        software = made | ({start} if not self.is_a(start, "Organisation") else set())
        steps: list[tuple[int, str | None, str, tuple[str, ...], str | None]] = []

        def state(incident: str, body: str) -> str | None:
            edge = self.affected(incident, body)
            return str(edge.properties["status"]) if edge else None

        if self.is_a(start, "Organisation"):
            steps.append((0, None, start, (start,), None))
        if any(self.is_a(start, label) for label in ("Incident", "Attacker", "Campaign")):
            for i, o in origins:
                if i in incidents:
                    steps.append((0, None, o, (start, i, o) if i != start else (start, o), state(i, o)))
        for v, c in self.pairs("SUPPLIES"):
            steps.append((-1, v, c, (c,), None))
        for i, o in origins:
            for edge in self.edges.get("AFFECTED", []):
                if i in incidents and edge.start == i:
                    steps.append((-1, o, edge.end, (i, edge.end), state(i, edge.end)))
        for c, s in self.pairs("USES"):
            if s in software:
                steps.append((1, None, c, (start, s, c) if s != start else (start, c), None))
        for i, s in self.pairs("EXPLOITED"):
            if s in software:
                for j, o in origins:
                    if i == j:
                        steps.append((1, None, o, (start, *((s,) if s != start else ()), i, o), state(i, o)))
        for edge in self.edges.get("AFFECTED", []):
            i = edge.start
            if i in incidents and not any(j == i for j, _ in origins):
                way = (start, i, edge.end) if i != start else (start, edge.end)
                steps.append((1, None, edge.end, way, state(i, edge.end)))
        return steps

    def levels(self, start: str) -> dict[str, int]:
        """Lowest level of every body reached: shortest paths in a weighted digraph from a root above level 0."""
        net: nx.DiGraph[str] = nx.DiGraph()
        net.add_node("root")
        for level, before, after, _, _ in sorted(self.steps(start), key=lambda step: -step[0]):
            net.add_edge(before or "root", after, weight=1 if before else level)
        return {id: int(n) for id, n in nx.single_source_dijkstra_path_length(net, "root").items() if id != "root"}

    def blast_radius(
        self, start: str, depth: int
    ) -> list[tuple[int, str, str, str, bool, bool, str | None, tuple[str, ...]]]:
        """(level, id, status, basis, denied, cleared, incident, via) of every row."""
        levels = self.levels(start)
        incidents = self.incidents(start)
        ways: dict[str, tuple[str, ...]] = {}
        for body in sorted(levels, key=lambda b: levels[b]):
            ways[body] = min(self._ways(start, body, levels, ways))[2]
        rows = []
        for body, level in levels.items():
            if body != start and level <= depth:
                status, basis, incident = self._status(body, incidents)
                denials = self._denials(body, incidents)
                rows.append(
                    (level, body, status, basis, "denied" in denials, "cleared" in denials, incident, ways[body])
                )
        return sorted(rows, key=lambda row: (row[0], RANK.get(row[2], 3), row[1]))

    def _ways(
        self, start: str, body: str, levels: dict[str, int], ways: dict[str, tuple[str, ...]]
    ) -> Iterable[tuple[int, str, tuple[str, ...]]]:
        """(rank, the ids that break a tie, the way) of each way to a body at its level."""
        for level, before, after, between, status in self.steps(start):
            if after != body:
                continue
            rank = RANK.get(status or "", 3)
            if before is None and level == levels[body]:
                tie = " ".join(between[:-1]) if level else (between[1] if len(between) == 3 else "")
                yield rank, tie, between
            elif before is not None and levels.get(before) == levels[body] - 1:
                yield rank, " ".join((before, *between[:-1])), self._joined(ways[before], between)

    @staticmethod
    def _joined(way: tuple[str, ...], between: tuple[str, ...]) -> tuple[str, ...]:
        """An incident that the way has passed already is not named twice."""
        return (*way, *(id for id in between if id not in way))

    def _status(self, body: str, incidents: set[str]) -> tuple[str, str, str | None]:
        hits = [edge for edge in self.edges.get("AFFECTED", []) if edge.end == body and edge.start in incidents]
        best = min(hits, key=lambda edge: (RANK[str(edge.properties["status"])], edge.start), default=None)
        if best is None:
            return "exposed", "inferred", None
        return str(best.properties["status"]), str(best.properties["basis"]), best.start

    def _denials(self, body: str, incidents: set[str]) -> set[str]:
        return {
            str(claim["denial"])
            for claim in (self.graph.nodes[c].properties for c, end in self.pairs("ABOUT") if end == body)
            if claim.get("denial") and claim["subject"] in incidents
        }

    def figures(self, start: str) -> set[tuple[object, ...]]:
        """(incident, low, high, figure low, figure high, counts, claim) of people-interval."""
        incidents = self.incidents(start) | {i for i, o in self.pairs("AFFECTED") if o == start}
        rows: set[tuple[object, ...]] = set()
        for incident in incidents:
            node = self.graph.nodes[incident].properties
            claims = [
                c.properties
                for c in self.graph.nodes.values()
                if "Claim" in c.labels and c.properties["predicate"] == "people" and c.properties["subject"] == incident
            ]
            for claim in claims or [{}]:
                figure = [claim.get(key) for key in ("low", "high", "in_interval", "id")]
                rows.add((incident, node.get("people_low"), node.get("people_high"), *figure))
        return rows

    def claims_about(self, start: str) -> set[str]:
        """Claims that `start` is subject, object or context of."""
        return {c for c, end in self.pairs("ABOUT") if end == start and self.is_a(c, "Claim")}

    def dated(self, start: str) -> list[tuple[object, ...]]:
        """(date, precision, claim) of a timeline, in order."""
        claims = [self.graph.nodes[c].properties for c in self.claims_about(start)]
        dated = [claim for claim in claims if "date" in claim]

        def order(claim: dict[str, object]) -> tuple[object, ...]:
            what = claim["role"] if claim["predicate"] in ("event", "sanction") else claim["predicate"]
            return claim["date_day"], claim["date_last_day"], what, claim["id"]

        return [(c["date"], c["date_precision"], c["id"]) for c in sorted(dated, key=order)]  # type: ignore[arg-type]
