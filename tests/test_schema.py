"""The one table: it is closed, complete in both languages, and nothing is written that it does not name."""

import re
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings

from outbreach.graph import schema
from outbreach.graph.errors import ClaimError
from outbreach.graph.projection.elements import Graph
from outbreach.graph.projection.project import project
from outbreach.graph.records.record import Citation, Claim, Record
from outbreach.graph.vocabulary import vocabulary
from tests.build import Row, loads, shipped

DATA = Path(schema.__file__).parent / "data"
VOCABULARIES = sorted(path.stem for path in DATA.glob("*.yaml"))
TYPES = {"text": str, "integer": int, "number": float, "boolean": bool, "texts": list, "date": str}


def ends_of(labels: tuple[str, ...]) -> set[str]:
    """The labels that the docstring may call a node with these labels."""
    return {label for label in labels if not schema.LABELS[label].second_to}


def check_table(graph: Graph) -> None:
    """Every label, property, type and edge end of a graph is in the table."""
    ends = schema.edge_ends()
    for node in graph.nodes.values():
        assert set(node.labels) <= schema.LABELS.keys()
        assert set(node.properties) <= set(schema.node_properties(node.labels)), node
        types = {prop.name: prop.type for label in node.labels for prop in schema.LABELS[label].properties}
        for name, value in node.properties.items():
            wanted = types.get(name, "text")
            if wanted.startswith("term:"):
                terms = value if isinstance(value, list) else [value]
                assert set(map(str, terms)) <= vocabulary(wanted.removeprefix("term:")).keys()
            elif name in types:
                assert type(value) is TYPES[wanted], (node.id, name, value)
    for edge in graph.edges.values():
        start, end = (ends_of(graph.nodes[id].labels) for id in (edge.start, edge.end))
        assert {(s, e) for s in start for e in end} <= set(ends[edge.type]), edge
        assert set(edge.properties) <= set(schema.edge_properties(edge.type)), edge
        own = {prop.name: prop.type for prop in (*schema.EDGE_PROPERTIES, *schema.EDGES_OWN.get(edge.type, ()))}
        for name, value in edge.properties.items():
            assert name not in own or type(value) is TYPES[own[name]], (edge, name)
    for properties in [n.properties for n in graph.nodes.values()] + [e.properties for e in graph.edges.values()]:
        for value in properties.values():
            assert value is not None
            assert value != []
            assert not isinstance(value, list) or all(type(item) is str for item in value)


@settings(max_examples=30, deadline=None)
@given(loads())
def test_projection_stays_in_the_table(records: list[Record]) -> None:
    """Whatever records say, the graph holds only labels, properties and arrows that the table names."""
    check_table(project(records).graph)


def test_shipped_incidents_stay_in_the_table() -> None:
    """The graph of the shipped incidents holds only labels, properties and arrows that the table names."""
    check_table(project(shipped()).graph)


def test_arrows_of_the_docstring() -> None:
    """The arrows drawn at the head of the table are those that claims can make, no more and no fewer."""
    drawn: dict[str, set[tuple[str, str]]] = {}
    every = {label.name for label in schema.LABELS.values() if not label.second_to and label.name != "Claim"}
    for start, edge, ends in re.findall(r"\(:(\w+)\)-\[:(\w+)\]->\(:?([\w|:]+)\)", schema.__doc__ or ""):
        for end in every if ends == "any" else ends.split("|:"):
            first, last = (schema.LABELS[label].second_to or label for label in (start, end))
            drawn.setdefault(edge, set()).add((first, last))
    assert drawn == {edge: set(pairs) for edge, pairs in schema.edge_ends().items()}


def test_second_labels_of_the_docstring() -> None:
    """Where an arrow is drawn from a Vendor or with an Authority, its claims give that label."""
    becomes: set[tuple[str | None, str, str | None]] = set()
    for start, edge, end in re.findall(r"\(:(\w+)\)-\[:(\w+)\]->\(:?([\w|:]+)\)", schema.__doc__ or ""):
        second = tuple(label if label in ("Vendor", "Authority") else None for label in (start, end))
        becomes.add((second[0], edge, second[1]))
    for predicate in schema.PREDICATES.values():
        if predicate.edge:
            assert (predicate.subject_becomes, predicate.edge, predicate.object_becomes) in becomes


def test_table_is_closed() -> None:
    """Every label, detail, value and vocabulary that a predicate names exists, and every end has a claim's details."""
    fields = set(Claim.__dataclass_fields__)
    for name, predicate in schema.PREDICATES.items():
        assert name == predicate.name
        assert set(predicate.subject) | set(predicate.object) <= schema.LABELS.keys()
        assert set(predicate.details) <= fields
        assert (predicate.edge is None) or predicate.object
        if predicate.value and predicate.value.startswith("term:"):
            assert predicate.value.removeprefix("term:") in VOCABULARIES
        else:
            assert predicate.value in (None, *TYPES)
    for label in schema.LABELS.values():
        assert label.second_to is None or label.second_to in schema.LABELS
        assert all(p.type in TYPES or p.type.removeprefix("term:") in VOCABULARIES for p in label.properties)
    assert schema.EDGES_OWN.keys() <= schema.edge_ends().keys()


def test_prefixes_tell_labels_apart() -> None:
    """The prefix of an id names one label, and no prefix begins another's ids."""
    assert sorted(schema.PREFIXES.values()) == sorted(n for n, label in schema.LABELS.items() if not label.second_to)
    assert all(re.fullmatch(r"[a-z]+", prefix) for prefix in schema.PREFIXES)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_vocabulary_speaks_both_languages(name: str) -> None:
    """Every term has an English and a French name, and no two terms of a list have the same."""
    terms = vocabulary(name)
    assert terms
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", term) for term in terms)
    for names in ([t.name_en for t in terms.values()], [t.name_fr for t in terms.values()]):
        assert all(text and text == text.strip() for text in names)
        assert len(set(names)) == len(names)


def test_table_speaks_both_languages() -> None:
    """Labels, predicates and properties are described in English and in French."""
    own = [prop for props in schema.EDGES_OWN.values() for prop in props]
    properties = [prop for label in schema.LABELS.values() for prop in label.properties]
    texts = [(row.en, row.fr) for row in (*schema.EDGE_PROPERTIES, *own, *properties)]
    texts += [(label.en, label.fr) for label in schema.LABELS.values()]
    texts += [(predicate.en, predicate.fr) for predicate in schema.PREDICATES.values()]
    assert all(text.strip() for pair in texts for text in pair)


def test_every_pair_that_the_table_has_can_be_claimed() -> None:
    """A claim can be built for exactly the pairs of labels of its edge; any other pair is refused."""
    row = Row()
    labels = [name for name in schema.PREFIXES.values() if name not in ("Claim", "DataCategory")]
    subjects = {name: row.thing(name, f"a {name}").id for name in labels}
    objects = {**subjects, "DataCategory": f"data.{next(iter(vocabulary('data_categories')))}"}
    citation = Citation(source=row.source.id)
    for predicate in schema.PREDICATES.values():
        built = set()
        for pair in product(subjects, objects) if predicate.edge else ():
            ends = subjects[pair[0]], objects[pair[1]]
            with suppress(ClaimError):
                Claim(subject=ends[0], predicate=predicate.name, object=ends[1], citation=citation)
                built.add(pair)
        allowed = schema.edge_ends()[predicate.edge] if predicate.edge else ()
        assert built == {pair for pair in allowed if pair[0] != "Claim"}
