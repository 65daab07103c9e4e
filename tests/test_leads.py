"""The questions that give leads and histories, on the shipped cases, against plain Python over the same graph."""

from collections.abc import Iterator

import networkx as nx
import pytest

from outbreach.graph.projection.elements import Edge, Graph, Node, Property
from outbreach.graph.projection.project import project
from outbreach.graph.store.bolt import Store
from outbreach.loaders import loader
from outbreach.queries import question_named
from tests.engines import Engine

STEPS = {2: "confirmed", 1: "reported", 0: "claimed"}
RANK = {step: rank for rank, step in STEPS.items()}
PATH = {
    "SUPPLIES", "USES", "MAKES", "HAS", "AFFECTED", "ORIGINATED_AT", "EXPLOITED", "ATTRIBUTED_TO", "PART_OF", "LED_TO", "OPERATES",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Graph:
    """The graph of the shipped cases."""
    source = loader("curated")
    assert source.SOURCE.shipped is not None
    return project([record for file in source.SOURCE.shipped() for record in source.read(file).records]).graph


@pytest.fixture
def store(engine: Engine, shipped: Graph) -> Iterator[Store]:
    """A store that holds it."""
    engine.write(shipped)
    with engine.open() as opened:
        yield opened


def edges(graph: Graph, kind: str) -> list[Edge]:
    """The edges of a type."""
    return [edge for edge in graph.edges.values() if edge.type == kind]


def claims(graph: Graph, **wanted: object) -> list[dict[str, Property]]:
    """The claims with these properties."""
    nodes = (node.properties for node in graph.nodes.values() if "Claim" in node.labels)
    return [claim for claim in nodes if all(claim.get(key) == value for key, value in wanted.items())]


def ask(store: Store, name: str, **values: object) -> list[dict[str, object]]:
    """The rows of a question."""
    return store.run(question_named(name).cypher, **values).dicts()


def with_label(graph: Graph, label: str) -> list[str]:
    """The ids of the nodes with a label."""
    return sorted(id for id, node in graph.nodes.items() if label in node.labels)


def test_figure_history(store: Store, shipped: Graph) -> None:
    """A figure’s history has every figure of the incident once, in the order of the days on which they were said."""
    for incident in with_label(shipped, "Incident"):
        rows = ask(store, "figure-history", start=incident)
        expected = claims(shipped, predicate="people", subject=incident)
        assert {row["claim"] for row in rows} == {claim["id"] for claim in expected}
        for of in {row["of"] for row in rows}:
            said = [
                int(str(shipped.nodes[str(r["claim"])].properties.get("stated_on_day", -1_000_000)))
                for r in rows
                if r["of"] == of
            ]
            assert said == sorted(said)
        for row in rows:
            claim = shipped.nodes[str(row["claim"])].properties
            assert [row[k] for k in ("low", "high", "qualifier", "current", "counts")] == [
                claim.get(k) for k in ("low", "high", "qualifier", "current", "in_interval")
            ]


def test_repeat_victims(store: Store, shipped: Graph) -> None:
    """A repeat victim is a named body with AFFECTED edges of the asked status or better in that many incidents."""
    for least, status in ((2, "claimed"), (2, "confirmed"), (3, "claimed")):
        hits: dict[str, set[str]] = {}
        for edge in edges(shipped, "AFFECTED"):
            if RANK[str(edge.properties["status"])] >= RANK[status] and "name" in shipped.nodes[edge.end].properties:
                hits.setdefault(edge.end, set()).add(edge.start)
        expected = {(id, tuple(sorted(found))) for id, found in hits.items() if len(found) >= least}
        rows = ask(store, "repeat-victims", least=least, status=status)
        assert {(row["id"], tuple(row["incidents"])) for row in rows} == expected  # type: ignore[arg-type]
        assert [row["incident_count"] for row in rows] == sorted((len(i) for _, i in expected), reverse=True)


def test_authority_docket(store: Store, shipped: Graph) -> None:
    """An authority’s docket has each notice to it, each role in an inquiry, and each sanction of it, once."""
    for authority in with_label(shipped, "Authority"):
        expected: set[tuple[object, ...]] = set()
        for told in (e for e in edges(shipped, "ADDRESSED_TO") if e.end == authority):
            filers: list[str | None] = [e.start for e in edges(shipped, "FILED") if e.end == told.start] or [None]
            about = [
                e.end
                for e in edges(shipped, "ABOUT")
                if e.start == told.start and "Claim" not in shipped.nodes[e.start].labels
            ]
            expected |= {("told", incident, filer, None, None) for incident in about for filer in filers}
        for inquiry in (e for e in edges(shipped, "INVESTIGATES") if e.start == authority):
            roles = inquiry.properties.get("role")
            for role in roles if isinstance(roles, list) else [None]:
                expected.add(("investigates", inquiry.end, None, role, None))
        for claim in claims(shipped, predicate="sanction", subject=authority, negated=False, current=True):
            expected.add(
                ("sanction", claim.get("incident"), claim.get("object"), claim.get("role"), claim.get("amount"))
            )
        rows = ask(store, "authority-docket", start=authority)
        keys = ("what", "incident", "by", "role", "amount")
        assert {
            tuple(row[key] if key != "role" or row["what"] != "told" else None for key in keys) for row in rows
        } == expected
    assert {"told", "investigates", "sanction"} == {
        row["what"] for a in with_label(shipped, "Authority") for row in ask(store, "authority-docket", start=a)
    }


def test_shadow_layer(store: Store, shipped: Graph) -> None:
    """Stated minus named: 28 laboratories of Dedalus France by its own word, five of them named by the press later."""
    rows = ask(store, "shadow-layer", start="org-dedalus-france")
    assert {(row["stated_count"], row["named_count"], row["stated_minus_named"], row["asserter"]) for row in rows} == {
        (28, 5, 23, "Dedalus France")
    }
    for incident in with_label(shipped, "Incident"):
        hit = [e for e in edges(shipped, "AFFECTED") if e.start == incident]
        origins = {e.end for e in edges(shipped, "ORIGINATED_AT") if e.start == incident}
        named = {e.end for e in hit if "name" in shipped.nodes[e.end].properties} - origins
        groups = {e.end for e in hit if "unnamed_count" in shipped.nodes[e.end].properties}
        rows = ask(store, "shadow-layer", start=incident)
        assert {row["id"] for row in rows} == groups
        for row in rows:
            assert row["named_count"] == len(named)
            assert row["stated_minus_named"] == max(0, int(str(row["stated_count"])) - len(named))


def test_path(store: Store, shipped: Graph) -> None:
    """A path is a shortest one over the same links, each step an edge of the graph; none is found where there is none."""
    net: nx.Graph[str] = nx.Graph()
    net.add_edges_from((e.start, e.end) for e in shipped.edges.values() if e.type in PATH)
    bodies = [id for id in with_label(shipped, "Organisation") if id in net][::17]
    for start in bodies[:8]:
        for end in bodies[-8:]:
            rows = ask(store, "path", start=start, end=end)
            connected = start != end and nx.has_path(net, start, end)
            length = nx.shortest_path_length(net, start, end) if connected else 0
            if not connected or length > 8:
                assert rows == []
                continue
            ways = {row["way"] for row in rows}
            assert (
                len(ways) == min(5, len({tuple(p) for p in nx.all_shortest_paths(net, start, end)})) or len(ways) <= 5
            )
            for way in ways:
                steps = [row for row in rows if row["way"] == way]
                assert len(steps) == length
                here = start
                for step in steps:
                    assert (step["edge"], step["source"], step["target"]) in shipped.edges
                    assert here in (step["source"], step["target"])
                    here = str(step["target"] if here == step["source"] else step["source"])
                assert here == end


def _world() -> Graph:
    """A vendor with a breach of March 2023, and clients of every kind."""
    graph = Graph()
    for client in ("silent", "filed", "spoke", "denied", "cleared", "ended", "later", "delegated", "vendor"):
        graph.add(Node(f"org-{client}", ("Organisation",), {"id": f"org-{client}", "name": client}))
    incident: dict[str, Property] = {
        "id": "incident-i",
        "title_en": "I",
        "occurred_from_day": 19417,
        "occurred_to_last_day": 19447,
    }
    graph.add(Node("incident-i", ("Incident",), incident))
    graph.add(Edge("ORIGINATED_AT", "incident-i", "org-vendor", {}))
    spans = {"ended": {"to_last_day": 19000}, "later": {"from_day": 19500}}
    for client in ("silent", "filed", "spoke", "denied", "cleared", "ended", "later", "delegated"):
        span: dict[str, Property] = dict(spans.get(client, {}))
        graph.add(Edge("SUPPLIES", "org-vendor", f"org-{client}", {"claims": ["claim-s"], **span}))
    graph.add(Node("notification-n", ("Notification",), {"id": "notification-n"}))
    graph.add(Edge("FILED", "org-filed", "notification-n", {}))
    graph.add(Edge("ABOUT", "notification-n", "incident-i", {}))

    def claim(id: str, about: str, **properties: Property) -> None:
        known: dict[str, Property] = {
            "id": id,
            "current": True,
            "negated": False,
            "stated_on": "2024-05",
            "stated_on_last_day": 19873,
        }
        graph.add(Node(id, ("Claim",), known | properties))
        graph.add(Edge("ABOUT", id, "incident-i", {"role": "subject"}))
        graph.add(Edge("ABOUT", id, about, {"role": "object"}))

    claim("claim-own", "org-spoke", predicate="affected", asserter_id="org-spoke")
    claim("claim-denied", "org-denied", predicate="affected", negated=True, denial="denied", asserter_id="org-denied")
    claim("claim-cleared", "org-cleared", predicate="affected", negated=True, denial="cleared", asserter_id="org-x")
    claim("claim-delegated", "org-delegated", predicate="event", role="notice_delegated", asserter_id="org-vendor")
    return graph


def test_silent_customers(engine: Engine) -> None:
    """Only the client of whom nothing was heard is a lead, worded as what the loaded sources do not hold, with its date."""
    engine.write(_world())
    with engine.open() as store:
        rows = ask(store, "silent-customers", start="org-vendor")
    assert [(row["id"], row["status"], row["finding_en"]) for row in rows] == [
        ("org-silent", "exposed", "no notification found in the sources loaded, as of 2024-05")
    ]
