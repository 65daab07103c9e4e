"""The projection: pure, resting on claims and sources only, and worked out anew for every day of knowledge."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbreach.graph.dates import when
from outbreach.graph.projection.elements import Graph
from outbreach.graph.projection.project import Projection, census, project
from outbreach.graph.records.record import Claim, Record
from outbreach.graph.schema import PREDICATES
from tests.build import Row, days, edge, loads, node, projected, shipped

ROOT = Path(__file__).parents[1]


def check_sources(graph: Graph) -> None:
    """Every fact edge has its claims, every claim its source, and every edge its ends."""
    stated = {e.start for e in graph.edges.values() if e.type == "STATED_IN"}
    claims = {n.id: n.properties for n in graph.nodes.values() if n.labels == ("Claim",)}
    assert stated == claims.keys()
    for arrow in graph.edges.values():
        assert {arrow.start, arrow.end} <= graph.nodes.keys()
        if arrow.start in claims:
            assert arrow.type != "STATED_IN" or graph.nodes[arrow.end].labels == ("Source",)
            continue
        ids = arrow.properties["claims"]
        assert isinstance(ids, list)
        assert ids
        for id in ids:
            said = claims[id]
            assert (said["subject"], said["object"]) == (arrow.start, arrow.end)
            assert PREDICATES[str(said["predicate"])].edge == arrow.type
        assert any(claims[id]["current"] and not claims[id]["negated"] for id in ids)


@settings(max_examples=25, deadline=None)
@given(loads())
def test_nothing_without_a_source(records: list[Record]) -> None:
    """No fact edge is without a claim that still stands, no claim without a source, no node without a claim."""
    graph = project(records).graph
    check_sources(graph)
    about = {e.end for e in graph.edges.values() if graph.nodes[e.start].labels == ("Claim",)}
    asserting = {n.properties["asserter_id"] for n in graph.nodes.values() if "asserter_id" in n.properties}
    assert {n.id for n in graph.nodes.values() if n.labels != ("Claim",)} == about | asserting


def test_nothing_shipped_without_a_source() -> None:
    """In the shipped incidents no fact edge is without a claim, and no claim without a source."""
    graph = project(shipped()).graph
    check_sources(graph)
    assert census(graph)["AFFECTED"] > 20


@settings(max_examples=20, deadline=None)
@given(loads())
def test_pure(records: list[Record]) -> None:
    """The same records give the same bytes, also after they were written and read again."""
    lines = list(project(records).graph.lines())
    again = [Record.from_json(record.to_json()) for record in records]
    assert list(project(again).graph.lines()) == lines
    assert lines == sorted(lines)
    assert len(set(lines)) == len(lines)
    assert all(json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True) == line for line in lines)


def test_same_bytes_in_every_process() -> None:
    """Processes that order their sets differently write the same graph."""
    code = (
        "import sys; from pathlib import Path; from outbreach.graph.projection.project import project\n"
        "from outbreach.loaders.curated import read\n"
        "records = [r for f in sorted(Path(sys.argv[1]).glob('*.yaml')) for r in read(f).records]\n"
        "sys.stdout.buffer.write('\\n'.join(project(records).graph.lines()).encode())"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-B", "-c", code, str(ROOT / "loaders" / "curated")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )
        for seed in ("0", "4242")
    ]
    said = {process.communicate(timeout=120)[0] for process in running}
    assert said == {"\n".join(project(shipped()).graph.lines()).encode()}


def known_by_hand(records: list[Record], day: str) -> list[Record]:
    """The records with the claims surely stated by that day and what these speak of, picked apart from the code."""
    kept = []
    for record in records:
        then = tuple(c for c in record.claims if c.stated_on and when(c.stated_on).last_day <= when(day).last_day)
        later = mentioned(record.claims) - mentioned(then)
        mentions = tuple(m for m in record.mentions if m.id not in later)
        if then:
            kept.append(replace(record, claims=then, mentions=mentions))
    return kept


def mentioned(group: Iterable[Claim]) -> set[str | None]:
    """The mentions that claims have at any place."""
    ends = {end for c in group for end in (c.subject, c.object, c.asserter, c.incident, c.citation.source, c.within)}
    return ends | {other for c in group for other in c.disjoint_with}


@settings(max_examples=25, deadline=None)
@given(loads(), days())
def test_known_on_is_the_projection_of_what_was_stated(records: list[Record], day: str) -> None:
    """What was known on a day is the graph of the claims stated by then, with no name or merge from later."""
    assert list(project(records, known_on=day).graph.lines()) == list(
        project(known_by_hand(records, day)).graph.lines()
    )


@settings(max_examples=25, deadline=None)
@given(loads(), days(), days())
def test_known_on_only_grows(records: list[Record], one: str, other: str) -> None:
    """A later day knows every claim that an earlier one knew, and nothing that today does not."""
    early, late = sorted((one, other), key=lambda text: when(text).last_day)
    known = [claims(project(records, known_on=day)) for day in (early, late, None)]
    assert known[0] <= known[1] <= known[2]


def claims(found: Projection) -> set[str]:
    """Ids of the claims in a graph."""
    return {n.id for n in found.graph.nodes.values() if n.labels == ("Claim",)}


def test_known_on_by_hand() -> None:
    """Supersession and names are those of the day; what may have been stated later, or is undated, is not known."""
    row = Row()
    body = row.org("Body")
    row.people(10, asserter=body, stated_on="2023-01-10")
    row.people(30, asserter=body, stated_on="2023-03")
    row.people(99)
    later = Row("later")
    named = later.org("Body SAS", aliases=("Corps",), identifiers=("siren:1",))
    later.say(later.incident, "affected", named, stated_on="2023-04-01")
    expected: dict[str, tuple[int | None, int | None]] = {
        "2023-01-09": (None, None), "2023-01": (10, 10), "2023-03-30": (10, 10), "2023-03-31": (30, 30),
    }  # fmt: skip
    for day, interval in expected.items():
        found = projected(row, later, known_on=day)
        incident = [n.properties for n in found.graph.nodes.values() if "Incident" in n.labels]
        said = (incident[0].get("people_low"), incident[0].get("people_high")) if incident else (None, None)
        assert said == interval
        assert "Corps" not in "".join(found.graph.lines())
    assert node(projected(row, later), "Body").properties["aliases"] == ["Body SAS", "Corps"]
    assert any(
        "1 later claims and 1 without a date" in note for note in projected(row, later, known_on="2023-03").notes
    )


def test_contradiction_is_noted() -> None:
    """Figures that contradict each other, of an incident or of one body in it, are reported where they are."""
    row = Row()
    body = row.org("Body")
    row.say(row.incident, "affected", body)
    row.people(10, of=body)
    row.people(50, "at_least", of=body, subset="staff")
    row.people(20)
    found = projected(row)
    assert edge(found, "AFFECTED").properties["people_contradiction"] is True
    incident = node(found, "Breach k")
    assert (incident.properties["people_low"], incident.properties["people_high"]) == (20, 50)
    notes = {note.partition(":")[0] for note in found.notes if "contradict" in note}
    assert notes == {incident.id, f"{node(found, 'Body').id} in {incident.id}"}


@settings(max_examples=25, deadline=None)
@given(loads(2), st.data())
def test_retracting_a_claim_leaves_the_others(records: list[Record], data: st.DataObject) -> None:
    """Without one claim, the graph has every other claim as it was said, and no trace of that one."""
    gone = data.draw(st.sampled_from([c for r in records for c in r.claims]))
    kept = [replace(r, claims=tuple(c for c in r.claims if c is not gone)) for r in records]
    before, after = project(records), project(kept)
    assert claims(before) - claims(after) == {gone.id}
    assert gone.id not in "".join(after.graph.lines())


@pytest.mark.parametrize("records", [[], [Row().record()]])
def test_nothing_known(records: list[Record]) -> None:
    """No records, or records that claim nothing, are an empty graph."""
    found = project(records)
    assert (found.graph.nodes, found.graph.edges, found.notes) == ({}, {}, ())
    assert census(found.graph) == {}
