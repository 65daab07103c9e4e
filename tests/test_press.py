"""The list of attacks that the press reported: victims apart, articles as sources, and what the list adds of its own."""

import json
from collections import Counter
from pathlib import Path

import pytest

from outbreach.graph.projection.project import project
from outbreach.graph.records.load import Reading
from outbreach.graph.records.record import Mention, Record
from outbreach.loaders import press
from tests.snapshots import SAMPLES, same_as_kept

SAMPLE = SAMPLES / "press.json"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "ransomware" / "press-2025-08.json"
on_real_file = pytest.mark.skipif(not REAL.is_file(), reason="the list is not beside this checkout")


def victims(record: Record) -> list[Mention]:
    """Whom an entry speaks of."""
    return [mention for mention in record.mentions if mention.role == "victim"]


def names(reading: Reading) -> dict[str, list[str | None]]:
    """The names of each record’s victims."""
    return {record.key: [m.name for m in victims(record)] for record in reading.records}


def entry(tmp_path: Path, **fields: object) -> Reading:
    """A list of one sound entry, but for these fields."""
    sound: dict[str, object] = {"date": "2024-03-10", "victim": "Birch Hospital", "domain": "", "country": "FR", "summary": "",
                                "title": "", "url": "", "infostealer": "", "ransomware": None}  # fmt: skip
    file = tmp_path / "press.json"
    file.write_text(json.dumps({"results": [{**sound, **fields}]}), "utf-8")
    return press.read(file)


def test_snapshot() -> None:
    """The sample gives the records that are kept beside it."""
    assert same_as_kept(press.read(SAMPLE), "press")


@pytest.mark.parametrize(
    ("field", "bodies"),
    [
        ("Birch Hospital, Cedar Clinic et Elm Laboratory", ["Birch Hospital", "Cedar Clinic", "Elm Laboratory"]),
        ("Birch Hospital et Cedar Clinic", ["Birch Hospital", "Cedar Clinic"]),
        (
            "Birch Hospital Group, Cedar Clinic Inc., Elm Laboratory",
            ["Birch Hospital Group", "Cedar Clinic Inc.", "Elm Laboratory"],
        ),
        ("Birch Hospital Group, Inc., Elm Laboratory", ["Birch Hospital Group, Inc., Elm Laboratory"]),
        ("Université de Management et Sciences Humaines", ["Université de Management et Sciences Humaines"]),
        ("Ville de Birch et Ville de Cedar", ["Ville de Birch", "Ville de Cedar"]),
        ("Birch Casino & Resort et Cedar Casino", ["Birch Casino & Resort", "Cedar Casino"]),
        ("Birch Social Services.", ["Birch Social Services"]),
        ("Université de Management et Technologie (UMT)", ["Université de Management et Technologie"]),
        ("Chambre de Commerce et d'Industrie du Chêne", ["Chambre de Commerce et d'Industrie du Chêne"]),
        ("Harris, Burnett & Oak CPA", ["Harris, Burnett & Oak CPA"]),
        ("Greenville, Texas", ["Greenville, Texas"]),
        ("Notare Bayern (Kasse, Kammer Bayern, Kammer Pfalz)", ["Notare Bayern (Kasse, Kammer Bayern, Kammer Pfalz)"]),
        ("Plusieurs cliniques du Var", [None]),
    ],
)
def test_several_victims(tmp_path: Path, field: str, bodies: list[str | None]) -> None:
    """Several bodies in one field are told apart where commas and “et” can be nothing else; otherwise the field stays whole."""
    (record,) = entry(tmp_path, victim=field).records
    assert [m.name for m in victims(record)] == bodies


def test_what_is_whose() -> None:
    """That a body was hit is the article’s word; the day and the crew are the list’s, and a post alone is weak."""
    reading = press.read(SAMPLE)
    by_key = {record.key: record for record in reading.records}
    record = by_key["alder-regional-hospital-arh/2024-03-10"]
    sources = {m.id: m for m in record.mentions if m.label == "Source"}
    said = {c.predicate: (sources[c.citation.source].kind, c.asserter_kind, c.modality) for c in record.claims}
    assert said == {
        "affected": ("press", "press", "stated"),
        "occurred_from": ("dataset", "dataset", "hedged"),
        "attributed_to": ("dataset", "dataset", "stated"),
    }
    posted = by_key["harris-burnett-oak-cpa/2024-06-02"]
    kinds = {m.id: m.reliability for m in posted.mentions if m.label == "Source"}
    assert [kinds[c.citation.source] for c in posted.claims if c.predicate == "affected"] == ["low", "normal"]
    graph = project(reading.records).graph
    assert {edge.properties["status"] for edge in graph.edges.values() if edge.type == "AFFECTED"} == {"reported"}


def test_the_same_event_twice() -> None:
    """The same entry twice is one; another article on it is another record, until someone says that they are one."""
    reading = press.read(SAMPLE)
    assert (reading.read, len(reading.records), reading.folded, len(reading.rejected)) == (11, 9, 1, 1)
    assert {"alder-regional-hospital-arh/2024-03-10", "alder-regional-hospital-arh/2024-03-10/2"} <= set(names(reading))


def test_gaps_and_damage() -> None:
    """A code of no country and a domain that is none are left out and said; damage is mended where that is certain."""
    reading = press.read(SAMPLE)
    by_key = {record.key: record for record in reading.records}
    (oak,) = victims(by_key["oak-insurer/2024-09-01"])
    assert oak.country is None
    assert oak.identifiers == ("domain:oak.example",)
    (elm,) = [m for r in reading.records for m in victims(r) if (m.name or "").startswith("Elm Credit")]
    assert (elm.name, elm.aliases, elm.country, elm.identifiers) == ("Elm Credit", ("EC",), "SG", ())
    assert any("â" in str(c.value) for r in reading.records for c in r.claims if c.predicate == "note")
    assert len(reading.unknown) == 3
    assert "onion" not in "".join(record.to_json() for record in reading.records)


@on_real_file
def test_the_real_list() -> None:
    """Each entry is kept but for two that stand twice; nothing is unknown, and crews and articles are as counted."""
    entries = json.loads(REAL.read_text("utf-8"))["results"]
    reading = press.read(REAL)
    assert (reading.read, reading.rejected, reading.unknown) == (len(entries), (), ())
    twice = Counter((e["victim"].strip(), e["date"], e["url"]) for e in entries)
    assert reading.folded == sum(n - 1 for n in twice.values())
    crews = sum(1 for r in reading.records for c in r.claims if c.predicate == "attributed_to")
    listed = {(e["victim"].strip(), e["date"], e["url"]): e["ransomware"] for e in entries}
    assert crews == sum(1 for crew in listed.values() if crew and crew["group"] != "slug")
    urls = {m.url for r in reading.records for m in r.mentions if m.role == "page"}
    assert urls == {" ".join(e["url"].split()) for e in entries if e["url"] not in ("", "n/a")}
    several = [r for r in reading.records if len(victims(r)) > 1]
    assert 10 <= len(several) <= 20
    assert not [m for r in several for m in victims(r) if m.identifiers]
