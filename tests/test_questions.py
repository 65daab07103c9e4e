"""Every question of the library, on every engine, against an oracle that shares no code with it."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outbreach.graph.projection.elements import Edge, Graph, Node, Property
from outbreach.graph.projection.project import project
from outbreach.graph.records.record import Record
from outbreach.graph.store.bolt import Store
from outbreach.graph.store.find import STARTS, find
from outbreach.loaders import loader
from outbreach.queries import question_named, questions
from tests.engines import Engine
from tests.oracle import Oracle

ENDS = {
    "SUPPLIES": ("org", "org"),
    "ORIGINATED_AT": ("incident", "org"),
    "AFFECTED": ("incident", "org"),
    "EXPLOITED": ("incident", "soft"),
    "ATTRIBUTED_TO": ("incident", "attacker"),
    "PART_OF": ("incident", "campaign"),
    "MAKES": ("org", "software"),
    "USES": ("org", "software"),
}
KINDS = {
    "org": (5, "Organisation"),
    "incident": (4, "Incident"),
    "software": (2, "Software"),
    "cve": (1, "Vulnerability"),
    "attacker": (1, "Attacker"),
    "campaign": (1, "Campaign"),
}


@st.composite
def worlds(draw: st.DrawFn) -> list[tuple[str, str, str, str]]:
    """Edges of a small world: (type, start, end, status or denial)."""
    nodes = {kind: [f"{kind}-{n}" for n in range(count)] for kind, (count, _) in KINDS.items()}
    nodes["soft"] = nodes["software"] + nodes["cve"]
    edges = []
    for kind, (start, end) in ENDS.items():
        pairs = st.tuples(st.sampled_from(nodes[start]), st.sampled_from(nodes[end]))
        some = draw(st.lists(pairs.filter(lambda p: p[0] != p[1]), unique=True, max_size=8 if end == "org" else 3))
        edges += [(kind, *pair, draw(st.sampled_from(["confirmed", "reported", "claimed"]))) for pair in some]
    denials = st.tuples(st.sampled_from(nodes["incident"]), st.sampled_from(nodes["org"]))
    for pair in draw(st.lists(denials, unique=True, max_size=2)):
        edges.append(("denial", *pair, draw(st.sampled_from(["denied", "cleared"]))))
    return edges


def graph_of(number: int, edges: list[tuple[str, str, str, str]]) -> Graph:
    """The world as a graph whose ids carry its number, so that many stand in one database."""
    graph = Graph()

    def here(id: str) -> str:
        kind, _, index = id.partition("-")
        return f"{kind}-w{number}-{index}"

    for kind, (count, label) in KINDS.items():
        for n in range(count):
            properties: dict[str, Property] = {"id": here(f"{kind}-{n}"), "name": f"{kind} {n}"}
            graph.add(Node(here(f"{kind}-{n}"), (label,), properties))
    for kind, start, end, word in edges:
        if kind == "denial":
            claim: dict[str, Property] = {"id": here(f"claim-{start}-{end}"), "predicate": "affected", "negated": True}
            claim |= {"subject": here(start), "object": here(end), "denial": word}
            graph.add(Node(str(claim["id"]), ("Claim",), claim))
            graph.add(Edge("ABOUT", str(claim["id"]), here(end), {"role": "object"}))
        else:
            own: dict[str, Property] = {"status": word, "basis": "stated"} if kind == "AFFECTED" else {}
            graph.add(Edge(kind, here(start), here(end), own))
    return graph


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(some=st.lists(worlds(), min_size=15, max_size=15), depth=st.integers(1, 5))
def test_blast_radius(engine: Engine, some: list[list[tuple[str, str, str, str]]], depth: int) -> None:
    """Whatever the graph, the Cypher reaches the bodies that QUESTIONS.md defines, by the way that it defines."""
    whole = Graph()
    starts = []
    for number, edges in enumerate(some):
        world = graph_of(number, edges)
        starts += [id for id, node in world.nodes.items() if "Claim" not in node.labels]
        whole.nodes.update(world.nodes)
        whole.edges.update(world.edges)
    engine.write(whole)
    oracle = Oracle(whole)
    columns = ("level", "id", "status", "basis", "denied", "cleared", "incident", "via")
    with engine.open() as store:
        for start in starts:
            rows = store.run(question_named("blast-radius").cypher, start=start, depth=depth).dicts()
            said = [tuple(tuple(v) if isinstance(v := row[c], list) else v for c in columns) for row in rows]
            assert said == oracle.blast_radius(start, depth), start


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """The records that the package ships."""
    source = loader("curated")
    shipped = source.SOURCE.shipped
    assert shipped is not None
    return [record for file in shipped() for record in source.read(file).records]


@pytest.fixture
def curated(engine: Engine, records: list[Record]) -> Iterator[tuple[Graph, Store]]:
    """The shipped graph, and a store that holds it."""
    graph = project(records).graph
    engine.write(graph)
    with engine.open() as store:
        yield graph, store


def test_shipped_graph(curated: tuple[Graph, Store]) -> None:
    """On the shipped cases, from every node that can be a start, all four questions answer as the oracle does."""
    graph, store = curated
    oracle = Oracle(graph)
    columns = ("level", "id", "status", "basis", "denied", "cleared", "incident", "via")
    labels = {"Incident", "Organisation", "Software", "Vulnerability", "Attacker", "Campaign"}
    for start, node in sorted(graph.nodes.items()):
        if not labels & set(node.labels):
            continue
        rows = store.run(question_named("blast-radius").cypher, start=start, depth=3).dicts()
        assert [
            tuple(tuple(v) if isinstance(v := row[c], list) else v for c in columns) for row in rows
        ] == oracle.blast_radius(start, 3)
        rows = store.run(question_named("people-interval").cypher, start=start).dicts()
        keys = ("incident", "people_low", "people_high", "figure_low", "figure_high", "counts", "claim")
        assert {tuple(row[key] for key in keys) for row in rows} == oracle.figures(start)
        rows = store.run(question_named("evidence").cypher, start=start).dicts()
        assert {row["claim"] for row in rows} == oracle.claims_about(start)
        assert len(rows) == len(oracle.claims_about(start))
        if "Incident" in node.labels:
            rows = store.run(question_named("timeline").cypher, start=start).dicts()
            assert [(row["date"], row["precision"], row["claim"]) for row in rows] == oracle.dated(start)


def test_dump_of_the_shipped_graph(curated: tuple[Graph, Store]) -> None:
    """The shipped graph is dumped with the same bytes from every engine as from the projection."""
    graph, store = curated
    assert list(store.read().lines()) == list(graph.lines())


def test_evidence_is_whole(curated: tuple[Graph, Store]) -> None:
    """Every row of evidence has its source, its asserter and the words or their absence, as the claim has them."""
    graph, store = curated
    for start, node in sorted(graph.nodes.items()):
        if "Incident" in node.labels:
            for row in store.run(question_named("evidence").cypher, start=start).dicts():
                claim = graph.nodes[str(row["claim"])].properties
                for column in (
                    "quote",
                    "quote_lang",
                    "stated_on",
                    "asserter",
                    "negated",
                    "modality",
                    "basis",
                    "record",
                ):
                    assert row[column] == claim.get(column)


def test_examples_answer(curated: tuple[Graph, Store]) -> None:
    """The example of every question answers on the shipped cases, in the columns that its header promises."""
    _, store = curated
    for question in questions().values():
        values = question.values({key: str(p.example) for key, p in question.parameters.items()})
        for key, parameter in question.parameters.items():
            if parameter.type == "node":
                values[key] = find(store, str(values[key]), parameter.labels or STARTS).node.id
        rows = store.run(question.cypher, **values)
        assert rows.rows, question.name
        assert rows.columns == tuple(question.columns)


@pytest.mark.parametrize("name", sorted(questions()))
def test_header(name: str) -> None:
    """A question's texts, parameters and columns exist in English and French, and its example is of its type."""
    question = question_named(name)
    texts = [question.title, question.question, *question.columns.values(), *question.parameters.values()]
    assert all(text.en.strip() and text.fr.strip() for text in texts)
    for key, parameter in question.parameters.items():
        assert parameter.read(key, str(parameter.example)) == parameter.example
