"""The story: what is chosen, where it stands, how it is worded; the page in a browser is test_story_page.py."""

import json
import re

import networkx as nx
import pytest

from outbreach.graph.errors import UsageError
from outbreach.graph.html.layout import LINE, layout
from outbreach.graph.html.payload import names, safe_url, texts
from outbreach.graph.html.selection import OPENING, StoryRow, drawn, opening
from outbreach.graph.html.story import story_graph, story_html
from outbreach.graph.projection.elements import Edge, Graph, Node
from outbreach.graph.schema import LABELS, PREDICATES
from outbreach.graph.store.network import to_networkx
from tests.stories import AS_OF, INCIDENT, TITLE, VENDOR, Case, case


def test_every_predicate_and_label_has_its_words() -> None:
    """No fact and no node is shown by a bare identifier: every predicate, drawn label and edge has words in both languages."""
    assert set(texts()["facts"]) == set(PREDICATES)
    assert set(LABELS) - {"Claim"} <= set(texts()["labels"])
    assert {p.edge for p in PREDICATES.values() if p.edge} - {"EXPOSED"} == set(texts()["edges"])
    for group in texts().values():
        for key, words in group.items():
            if isinstance(words, dict):
                assert {"en", "fr"} <= set(words), key


def test_french_punctuation_has_its_unbreakable_space() -> None:
    """No French text lets a colon or a guillemet begin or end a line alone."""
    said = json.dumps([w for g in texts().values() for w in g.values() if isinstance(w, dict)], ensure_ascii=False)
    french = re.findall(r'"fr\w*": "([^"]*)"', said)
    assert french
    assert not [text for text in french if re.search(r" [:;?!»]|« ", text)]


def test_same_input_same_bytes() -> None:
    """The page is a pure function of its input, in whatever order the graph was filled."""
    made = case()
    other = Case()
    other.rows = made.rows[::-1]
    elements: list[Node | Edge] = [*made.graph.nodes.values(), *made.graph.edges.values()]
    for element in elements[::-1]:
        other.graph.add(element)
    assert made.html() == other.html()


def test_start_unknown() -> None:
    """A start that is not in the graph is refused in one sentence."""
    with pytest.raises(UsageError, match="cannot start at nowhere"):
        story_html(Graph(), [], TITLE, AS_OF, "nowhere")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c", True), ("http://example.org", True), ("javascript:alert(1)", False),
        ("data:text/html,x", False), ("JaVaScript:alert(1)", False), ("java\nscript:alert(1)", False), (" https://a.b", False),
        ("https://user:word@a.b", False), ("http://abc.onion/x", False), ("//a.b", False), ("https://[", False), (None, False),
        ("file:///etc/passwd", False),
    ],
)  # fmt: skip
def test_only_web_addresses_are_links(url: object, kept: bool) -> None:
    """A link leads to http or https and nowhere else."""
    assert (safe_url(url) is not None) == kept


def test_unnamed_group_says_so() -> None:
    """A group that no source names is called what they say of it, with its stated number, and “not named”."""
    node = Node(
        "org-labs", ("Organisation",), {"id": "org-labs", "described_as": ["28 laboratoires"], "unnamed_count": 28}
    )
    assert names(node) == ("28 laboratoires (28, not named)", "28 laboratoires (28, sans nom cité)")


def test_row_of_an_answer() -> None:
    """A row is taken from a query’s answer by column; columns it does not know are left aside."""
    row = StoryRow.of({"level": 1, "id": "org-a", "name": None, "label": "Organisation", "status": "reported", "basis": "stated",
                       "via": ["x", "org-a"], "incident": None, "denied": True, "people_low": 3})  # fmt: skip
    assert row == StoryRow(1, "org-a", None, "Organisation", "reported", "stated", ("x", "org-a"), None, denied=True)


def test_story_graph_keeps_what_explains() -> None:
    """Drawn are the start, all reached, incidents, cause and inquiry; claims and their sources come along undrawn."""
    made = case()
    part = story_graph(made.graph, VENDOR, made.rows)
    ids = set(drawn(part, VENDOR))
    assert ids >= {VENDOR, INCIDENT, "software-gate", "attacker-x", "org-dpa", "org-far", "org-labs"}
    assert "data-phone" in part.nodes
    assert not ids & {"data-phone", "source-1"}
    assert {n.id for n in part.nodes.values() if "Claim" in n.labels} == {
        f"claim-{i + 1:05}" for i in range(made.claims)
    }


def test_an_authority_brings_only_the_inquiry_at_hand() -> None:
    """Another incident of the same authority is neither drawn nor told."""
    made = case()
    made.node("incident-elsewhere", "Incident", title_en="Elsewhere")
    made.line("investigates", "org-dpa", "incident-elsewhere")
    assert "incident-elsewhere" not in story_graph(made.graph, VENDOR, made.rows).nodes


def test_opening_view_is_small_and_best_first() -> None:
    """Of 300 bodies the opening view draws at most 150 nodes, and leaves out no better row for a worse one."""
    made = case(300)
    order = opening(drawn(story_graph(made.graph, VENDOR, made.rows), VENDOR), VENDOR, made.rows)
    first = set(order[:OPENING])
    assert order[0] == VENDOR
    assert INCIDENT in first
    ranked = [row.id for row in sorted(made.rows, key=lambda row: row.rank)]
    shown = [id in first for id in ranked]
    assert shown == sorted(shown, reverse=True)


def test_labels_do_not_overlap() -> None:
    """In neither picture does one node’s label cover another’s."""
    made = case(60)
    ids = drawn(made.graph, VENDOR)
    called = {id: names(made.graph.nodes[id])[0] for id in ids}
    places = layout(made.graph, ids, VENDOR, made.rows, called)
    for points in (places.wide, places.tall):
        boxes = [
            (x - 8, y, x + 14 + 6.5 * min(LINE, len(called[id])), 15 * (1 if len(called[id]) <= LINE else 2))
            for id, (x, y) in points.items()
        ]
        for i, (left, y, right, height) in enumerate(boxes):
            for other_left, other_y, other_right, other_height in boxes[:i]:
                apart = abs(y - other_y) >= (height + other_height) / 2
                assert apart or right <= other_left or other_right <= left


def test_as_networkx() -> None:
    """Notebooks get every node and edge, with labels and properties, as a networkx MultiDiGraph."""
    made = case()
    network = to_networkx(made.graph)
    assert isinstance(network, nx.MultiDiGraph)
    assert (network.number_of_nodes(), network.number_of_edges()) == (len(made.graph.nodes), len(made.graph.edges))
    assert network.nodes[VENDOR]["labels"] == ("Organisation", "Vendor")
    assert network.has_edge(INCIDENT, VENDOR, key="ORIGINATED_AT")


def test_licences_are_shipped() -> None:
    """The page carries the licences of what it contains."""
    page = case(1).html()
    assert "The MIT License. Permission is hereby granted" in page
    assert "@license" in page
