"""How many people: DESIGN's cases by hand, random figures against an oracle, and worlds whose answer is known."""

from math import inf
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outbreach.graph.projection.elements import Node, Property
from outbreach.graph.projection.people import WHOLE, Figure, Interval, interval
from tests.build import Row, projected, verdict
from tests.test_incidents import report

SCOPES = ["", "a", "b", "c", "d"]


@st.composite
def figures(draw: st.DrawFn) -> list[Figure]:
    """Some figures on a whole and its parts."""
    drawn = []
    for number in range(draw(st.integers(0, 7))):
        low = draw(st.none() | st.integers(0, 30))
        high = draw(st.none() | st.integers(low or 0, 40))
        scope = draw(st.sampled_from(SCOPES))
        others = tuple(draw(st.lists(st.sampled_from([*SCOPES, "unseen"]), max_size=2, unique=True)))
        drawn.append(Figure(str(number), scope, low, high, draw(st.booleans()), others, draw(st.booleans())))
    return drawn


def by_design(given_figures: list[Figure]) -> tuple[float, float, bool] | None:
    """(low, high, contradiction) as DESIGN words it; None where nothing is known."""
    known = [f for f in given_figures if (f.low, f.high) != (None, None)]
    low = {s: min(f.low or 0 for f in known if f.scope == s) for s in {f.scope for f in known}}
    high = {s: max(inf if f.high is None else f.high for f in known if f.scope == s) for s in low}
    if not low:
        return None
    apart = [({f.scope, *f.disjoint_with} - {WHOLE}, f.exhaustive) for f in known]
    apart = [(scopes, all_) for scopes, all_ in apart if len(scopes & low.keys()) > 1]
    most = high.get(WHOLE, inf)
    if most == inf:
        sums = [sum(high[s] for s in scopes) for scopes, all_ in apart if all_ and scopes <= low.keys()]
        finite = [total for total in sums if total < inf]
        most = max(finite, default=inf)
    least = max([*low.values(), *(sum(low[s] for s in scopes & low.keys()) for scopes, _ in apart)])
    return min(least, most), max(least, most), least > most


def numbers(found: Interval) -> tuple[float, float, bool] | None:
    """An interval as the oracle has it."""
    if found.low is None:
        return None
    return found.low, inf if found.high is None else found.high, found.contradiction


@settings(max_examples=150)
@given(figures())
def test_interval_is_that_of_the_design(drawn: list[Figure]) -> None:
    """The interval is what DESIGN's sentences say of the same figures."""
    assert numbers(interval(drawn)) == by_design(drawn)


@settings(max_examples=80)
@given(figures().flatmap(lambda fs: st.tuples(st.just(fs), st.permutations(fs))))
@example(([Figure("0", "", 9, 9, True), Figure("1", "", 9, 9)], [Figure("1", "", 9, 9), Figure("0", "", 9, 9, True)]))
def test_order_does_not_matter(pair: tuple[list[Figure], list[Figure]]) -> None:
    """The same figures in another order, and figures said twice, give the same interval."""
    drawn, other = pair
    assert interval(drawn) == interval(other)
    assert interval(drawn + drawn) == interval(drawn)


@settings(max_examples=100)
@given(st.lists(st.sets(st.sampled_from("abcd")), max_size=25), st.data())
def test_true_figures_hold_the_truth(world: list[set[str]], data: st.DataObject) -> None:
    """Whatever true things are said of a world, its number of people is in the interval, without a contradiction."""
    true = {scope: sum(scope == "" or scope in parts for parts in world) for scope in SCOPES}
    said = []
    for scope in data.draw(st.lists(st.sampled_from(SCOPES), min_size=1, max_size=6)):
        others = [o for o in "abcd" if scope and o != scope and not any({o, scope} <= parts for parts in world)]
        apart = data.draw(st.sampled_from([(), *((o,) for o in others)]))
        everybody = bool(apart) and all({scope, *apart} & parts for parts in world)
        low = data.draw(st.integers(0, true[scope]))
        high = data.draw(st.none() | st.integers(true[scope], true[scope] + 9))
        said.append(Figure("c", scope, low, high, False, apart, everybody))
    found = interval(said)
    assert found.low is not None
    assert found.low <= len(world)
    assert found.high is None or len(world) <= found.high
    assert not found.contradiction


def of(row: Row, **more: Any) -> dict[str, Property]:
    """What the row's incident, the only one, says of people."""
    graph = projected(row, **more).graph
    (incident,) = [node for node in graph.nodes.values() if "Incident" in node.labels]
    return {name.removeprefix("people_"): v for name, v in incident.properties.items() if name.startswith("people_")}


def test_segma() -> None:
    """Segma: at least 9,000 found, 100,000 on the list: 9,000 or more."""
    row = Row()
    row.people(9_000, "at_least")
    row.people(100_000, population="listed")
    assert of(row) == {"low": 9_000}


def test_hopital_prive_de_la_loire() -> None:
    """HPL: the clinic's at least 126,000, 40 of them medical, the intruder's 530,000: 126,000 or more."""
    row = Row()
    clinic, intruder = row.org("Clinic"), row.thing("Attacker", "somebody")
    row.people(126_000, "at_least", asserter=clinic, asserter_kind="own")
    row.people(40, subset="medical", within="clinic", asserter=clinic, asserter_kind="own")
    row.people(530_000, asserter=intruder, asserter_kind="attacker")
    assert of(row) == {"low": 126_000}


def test_dedalus_france() -> None:
    """Dedalus: 491,840 and about 500,000: from one to the other, approximately."""
    row = Row()
    row.people(491_840, asserter_kind="authority")
    row.people(500_000, "about")
    assert of(row) == {"low": 491_840, "high": 500_000, "approximate": True}


def test_mie() -> None:
    """MIE: 3.5 and 3.9 million by two asserters stand side by side."""
    row = Row()
    body = row.org("MIE")
    row.people(3_500_000, asserter=body, asserter_kind="own", stated_on="2015-07")
    row.people(3_900_000, asserter_kind="authority", stated_on="2016-01")
    assert of(row) == {"low": 3_500_000, "high": 3_900_000}


def test_later_word_of_the_same_asserter_replaces() -> None:
    """An asserter's later figure takes the place of its earlier one, and of nobody else's nor of another scope's."""
    row = Row()
    body, other = row.org("Body"), row.org("Other")
    row.people(10, asserter=body, stated_on="2023-01-01")
    row.people(30, asserter=body, stated_on="2023-03")
    row.people(20, asserter=other, stated_on="2023-02")
    assert of(row) == {"low": 20, "high": 30}
    row.people(5, asserter=body, stated_on="2023-05", subset="staff")
    assert of(row) == {"low": 20, "high": 30}


@pytest.mark.parametrize(
    "dates", [("2023-03", "2023-03-31"), ("2023-03-05", "2023-03-05"), ("2023-01", None), (None, "2023")]
)
def test_only_a_surely_later_word_replaces(dates: tuple[str | None, str | None]) -> None:
    """Where the dates do not tell which word is the later one, both stand."""
    row = Row()
    body = row.org("Body")
    row.people(10, asserter=body, stated_on=dates[0])
    row.people(30, asserter=body, stated_on=dates[1])
    assert of(row) == {"low": 10, "high": 30}


def test_a_placeholder_or_a_relay_takes_nothing_back() -> None:
    """A later placeholder of the same body, or a later copy of the same agency's report, leaves the figure standing."""
    row = Row()
    body = row.org("Body")
    row.people(12_000, asserter=body, stated_on="2023-01-01")
    row.people(501, "placeholder", asserter=body, stated_on="2023-02-01")
    assert of(row) == {"low": 12_000, "high": 12_000}
    row = Row(publisher="AFP")
    row.people(100, stated_on="2023-01-01")
    copy = row.thing("Source", "copy", publisher="The Paper", relay_of="AFP")
    row.people(900, stated_on="2023-01-02", source=copy)
    assert of(row) == {"low": 100, "high": 100}


NEVER: dict[str, dict[str, Any]] = {
    "attacker": {"asserter_kind": "attacker"},
    "listed": {"population": "listed"},
    "sent": {"population": "sent"},
    "eligible": {"population": "eligible"},
    "negated": {"negated": True},
}


@pytest.mark.parametrize("reason", NEVER)
def test_never_enters(reason: str) -> None:
    """Figures by an attacker, of a population, or denied are kept as claims and never enter an interval."""
    row = Row()
    body = row.org("Body")
    row.say(row.incident, "affected", body)
    row.people(7)
    kept = [row.people(1, **NEVER[reason]).id, row.people(999_999, **NEVER[reason], of=body).id]
    assert of(row) == {"low": 7, "high": 7}
    graph = projected(row).graph
    assert set(kept) <= graph.nodes.keys()
    (edge,) = [edge for edge in graph.edges.values() if edge.type == "AFFECTED"]
    assert not any(name.startswith("people") for name in edge.properties)


@pytest.mark.parametrize(("relay_of", "counts"), [("AFP", False), (None, True)])
def test_relay_never_enters(relay_of: str | None, counts: bool) -> None:
    """A figure in a source that only relays another does not enter; the same figure of a body quoted there does."""
    row = Row(relay_of=relay_of)
    row.people(7)
    assert of(row) == ({"low": 7, "high": 7} if counts else {})
    row.people(9, asserter=row.org("Body"), asserter_kind="own")
    assert of(row) == ({"low": 7, "high": 9} if counts else {"low": 9, "high": 9})
    row.people(8, "at_least", asserter_kind="authority")
    row.people(9, "at_least", asserter_kind="vendor")
    assert of(row) == ({"low": 7} if counts else {"low": 8})


def test_placeholder_says_nothing() -> None:
    """A placeholder is no number of people, alone or beside another."""
    row = Row()
    row.people(501, "placeholder")
    assert of(row) == {}
    row.people(3, "up_to")
    assert of(row) == {"low": 0, "high": 3}


def test_parts_by_hand() -> None:
    """Parts are summed where a source says that they are apart, and close the whole where it says that they are all."""
    row = Row()
    a, b = row.org("A"), row.org("B")
    row.people(10, of=a)
    row.people(20, of=b)
    assert of(row) == {"low": 20}
    row.people(12, "about", of=b, disjoint_with=(a.id,), asserter=a)
    assert of(row) == {"low": 22, "approximate": True}
    row.people(20, of=a, disjoint_with=(b.id,), exhaustive=True, asserter=b)
    assert of(row) == {"low": 22, "high": 40, "approximate": True}
    row.people(15)
    assert of(row) == {"low": 15, "high": 22, "approximate": True, "contradiction": True}
    assert any("contradict" in note for note in projected(row).notes)


def test_all_parts_close_the_whole() -> None:
    """Parts that are all close the whole only where each has a figure; of two such sums the larger counts."""
    three = Figure("1", "a", 1, 5, disjoint_with=("b", "c"), exhaustive=True)
    assert interval([three, Figure("2", "b", 1, 5)]) == Interval(2, None)
    halves = [Figure("1", "a", 1, 5, disjoint_with=("b",), exhaustive=True), Figure("2", "b", 1, 5)]
    thirds = [Figure("3", "c", 1, 9, disjoint_with=("d",), exhaustive=True), Figure("4", "d", 1, 9)]
    assert interval(halves + thirds) == interval(thirds + halves) == Interval(2, 18)


def test_a_population_replaces_no_figure() -> None:
    """How many letters a body sent later does not take back how many it said were hit."""
    row = Row()
    body = row.org("Body")
    row.people(10, asserter=body, stated_on="2023-01")
    row.people(90, asserter=body, stated_on="2023-02", population="sent")
    assert of(row) == {"low": 10, "high": 10}


def test_approximate_is_about_the_bound() -> None:
    """An interval is approximate where a bound of it rests on “about”, and not where an unused figure does."""
    assert interval([Figure("1", "", 10, 10), Figure("2", "", 20, 20, about=True)]).approximate
    assert not interval([Figure("1", "", 10, 10, about=True), Figure("2", "", 10, 10)]).approximate
    assert not interval([Figure("1", "a", 10, 10), Figure("2", "a", 20, 20, about=True)]).approximate
    assert not interval([Figure("1", "a", 5, 5, about=True), Figure("2", "b", 9, 9)]).approximate


def test_organisation_has_its_own_interval() -> None:
    """AFFECTED counts the people of its organisation only, its parts apart, and the incident counts them all."""
    row = Row()
    a, b = row.org("A"), row.org("B")
    for body in (a, b):
        row.say(row.incident, "affected", body)
    row.people(50, "at_least", of=a, subset="patients", disjoint_with=("staff",))
    row.people(8, "exact", of=a, subset="staff")
    row.people(30, "up_to", of=b)
    graph = projected(row).graph
    found = {
        graph.nodes[e.end].properties["name"]: (e.properties.get("people_low"), e.properties.get("people_high"))
        for e in graph.edges.values()
        if e.type == "AFFECTED"
    }
    assert found == {"A": (58, None), "B": (0, 30)}
    assert of(row) == {"low": 58}


def reports(*figures: tuple[str, int], **more: Any) -> dict[str, Any]:
    """The AFFECTED edge of one body whose reports (day, figure) to a portal a person has judged to be of one event."""
    rows = [report(f"r{i}", "Alder Clinic", on, people, **more) for i, (on, people) in enumerate(figures)]
    judged = [verdict(rows[0].incident, row.incident, "same") for row in rows[1:]]
    found = projected(*rows, verdicts=judged)
    (ends,) = [e.properties for e in found.graph.edges.values() if e.type == "AFFECTED"]
    return {name: ends.get(f"people_{name}") for name in ("low", "high", "contradiction")}


def test_one_body_reports_on_two_days() -> None:
    """Two reports of one body, both standing, are rivals: neither takes the other back, and nothing is summed."""
    assert reports(("2014-08-20", 4_500_000), ("2014-08-21", 6_121_158)) == {
        "low": 4_500_000, "high": 6_121_158, "contradiction": None,
    }  # fmt: skip


def test_one_body_reports_twice_on_one_day() -> None:
    """Reports that a body files on one day count different people: at least the largest, with no upper bound."""
    assert reports(("2023-04-07", 4_044), ("2023-04-07", 473_467), ("2023-04-13", 49_968)) == {
        "low": 473_467, "high": None, "contradiction": None,
    }  # fmt: skip
    same = reports(("2023-04-07", 4_044), ("2023-04-07", 4_044))
    assert (same["low"], same["high"]) == (4_044, 4_044)


def test_a_row_takes_back_only_its_own_figure() -> None:
    """The next export of a report replaces that report's figure, and not that of another report of the same event."""
    first, later, other = (Row("a", "portal"), Row("a", "portal"), Row("b", "portal"))
    bodies = [row.org("Alder Clinic", node_id="org-alder") for row in (first, later, other)]
    for row, body, people, on in zip(
        (first, later, other), bodies, (500, 192_700, 4_817), ("2024-07", "2026-03", "2024-06"), strict=True
    ):
        row.say(row.incident, "affected", body)
        row.people(people, of=body, asserter=body, asserter_kind="own", stated_on=on)
    found = projected(first, later, other, verdicts=[verdict(first.incident, other.incident, "same")])
    (ends,) = [e.properties for e in found.graph.edges.values() if e.type == "AFFECTED"]
    assert (ends["people_low"], ends["people_high"]) == (4_817, 192_700)


def test_rival_titles_and_kinds_of_a_merged_incident() -> None:
    """The titles that a merged incident loses stay as names by which it is found, and its kinds are all kept."""
    a = report("a", "Alder Clinic", "2023-05-01", 4_817, kinds=("hacking",))
    b = report("b", "Alder Clinic", "2023-05-01", 4_817, kinds=("ransomware",), loader="state")
    (incident,) = [n for n in projected(a, b).graph.nodes.values() if "Incident" in n.labels]
    assert incident.properties["kind"] == ["hacking", "ransomware"]
    assert {incident.properties["title_en"], *_texts(incident, "described_as")} >= {"Breach a", "Breach b"}


def _texts(node: Node, name: str) -> list[str]:
    held = node.properties[name]
    assert isinstance(held, list)
    return held
