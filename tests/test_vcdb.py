"""VCDB: coded incidents become claims that an investigator can defend, and no coder's slip becomes a supplier."""

import json
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from outbreach.graph.errors import InputError
from outbreach.graph.projection.project import project
from outbreach.graph.records.record import Claim, Record
from outbreach.loaders import hhs, vcdb
from outbreach.loaders.entries.veris import counted, day_at, partners
from outbreach.loaders.files.row import Row
from tests.snapshots import SAMPLES, same_as_kept

SAMPLE = SAMPLES / "vcdb.json"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "vcdb" / "vcdb-2020-03.json.zip"
on_real_file = pytest.mark.skipif(not REAL.is_file(), reason="the file of VCDB is not beside this checkout")
ID = "11111111-1111-4111-8111-1111111111"


def said(record: Record, predicate: str) -> list[Claim]:
    """What the record states with that predicate."""
    return [claim for claim in record.claims if claim.predicate == predicate]


def names(record: Record, role: str) -> set[str | None]:
    """Who is mentioned in that role, by name."""
    return {mention.name for mention in record.mentions if mention.role == role}


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    """The records of the sample by the end of their key."""
    return {record.key.removeprefix(ID): record for record in vcdb.read(SAMPLE).records}


def test_snapshot() -> None:
    """The sample gives the records that are kept beside it; each of its incidents is kept, folded, rejected or left out."""
    reading = vcdb.read(SAMPLE)
    assert same_as_kept(reading, "vcdb")
    assert (len(reading.records), reading.folded, len(reading.rejected), reading.read) == (7, 1, 1, 9)
    assert [(reject.where, reject.why) for reject in reading.rejected] == [
        ("record 10", "it is no VERIS incident: it has no incident_id or no victim")
    ]
    assert reading.unknown == (
        "action.physical.variety “Picking of locks” is in no list of ours, and is kept as it is (record 5)",
        "the field “weather” is not read (record 5)",
    )
    assert len(vcdb.read(SAMPLE, everything=True).records) == 8


def test_a_partner_that_the_text_names_is_a_vendor(records: dict[str, Record]) -> None:
    """A partner in a note supplies the victim where the summary names it too, and its words are quoted."""
    (supply,) = said(records["01"], "supplies")
    assert (names(records["01"], "partner"), supply.modality, supply.quote) == (
        {"MDF Billing"},
        "stated",
        "MDF Billing",
    )
    (origin,) = said(records["01"], "originated_at")
    assert (origin.object, origin.basis, origin.modality) == (supply.subject, "inferred", "hedged")


def test_a_supplier_that_only_the_summary_names(records: dict[str, Record]) -> None:
    """Who supplied the victim is read in the summary where the coding leaves it out: marked as read, with its words."""
    (supply,) = said(records["05"], "supplies")
    assert names(records["05"], "partner") == {"Linden Mailing, Inc."}
    assert (supply.extraction, supply.asserter_kind) == ("rule", "dataset")
    assert supply.quote
    assert supply.quote in str(records["05"].text)
    assert not said(records["05"], "originated_at"), "a summary is not believed on where it began"


def test_a_note_that_was_filled_down_is_not_believed(records: dict[str, Record]) -> None:
    """A partner that a spreadsheet copied into strangers' incidents is told as a note, and supplies nobody."""
    assert not said(records["02"], "supplies")
    assert any("Medi-Waste Disposal" in str(claim.text_en) for claim in said(records["02"], "note"))


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("GreenStar Recycling", ["GreenStar Recycling"]),
        ("PracMan, Inc. Sub-contract for PracMan copied information", ["PracMan, Inc."]),
        ("Partner failed to properly wipe drives", []),
        ("renovation company", []),
        ("unknown survey company", []),
        ("Jane Roe", []),
        (None, []),
    ],
)
def test_the_names_in_a_note(note: str | None, named: list[str]) -> None:
    """A note is taken for a name only where it is one; a sentence, a description or a natural person is none."""
    assert partners(note) == named


def test_people_only_where_the_text_counts_them(records: dict[str, Record]) -> None:
    """VERIS totals records; the figure is one of people where the incident's own words count that many, and quotes them."""
    (people,), (files,) = said(records["01"], "people"), said(records["02"], "people")
    assert (people.value, people.qualifier, people.population) == (1566, "about", None)
    assert people.quote == "Clinic, stood open: approximately 1,566 of its current and former patients"
    assert (files.value, files.qualifier, files.population, files.quote) == (40, "exact", "records", None)
    assert counted(7600, "letters were sent to over 7,600 Akron patients") == (
        "at_least",
        "were sent to over 7,600 Akron patients",
    )
    assert counted(100, "a fine of $100 per patient. Of 200 pages, 100 were lost. Patients wait.") is None


def test_secondary_victims_are_hit_and_no_more(records: dict[str, Record]) -> None:
    """Each body in the list is hit, two in one field are two, the victim itself is none, and nobody supplies another."""
    record = records["03"]
    assert names(record, "secondary victim") == {"Dogwood Health System", "Elm Street Hospital", "Fir Clinic, P.C."}
    assert not said(record, "supplies")
    assert {claim.modality for claim in said(record, "affected")} == {"hedged"}
    (people,) = said(record, "people")
    assert people.object is None, "the figure is not the victim's alone"


def test_no_person_no_leak(records: dict[str, Record]) -> None:
    """A crew is named, a natural person and an actor's number are not, and no address of leaked data is kept."""
    record = records["04"]
    assert names(record, "attacker") == {"Green Lantern Crew"}
    assert names(record, "flaw") == {"CVE-2017-0144"}
    assert {str(claim.value) for claim in said(record, "kind")} == {
        "ransomware", "vulnerability_exploitation", "credential_compromise", "service_disruption",
    }  # fmt: skip
    line = record.to_json()
    assert "Jane" not in line
    assert "pastebin" not in line
    assert "https://www.example.net/b" in line


def test_what_was_not_disclosed(records: dict[str, Record]) -> None:
    """Data that were not disclosed are denied, a near miss is hedged, and a date that cannot be is as precise as it can."""
    record = records["05"]
    (exposed,), (hit,) = said(record, "exposed"), said(record, "affected")
    assert exposed.negated
    assert not said(record, "people")
    assert hit.modality == "hedged"
    assert [claim.value for claim in said(record, "occurred_from")] == ["2014-02"]
    assert not said(record, "disclosed_on"), "2103 is after the incident was coded"
    assert day_at(Row("x", {"t.year": 2014, "t.month": 13}), "t") == "2014"


def test_one_id_twice(records: dict[str, Record]) -> None:
    """An incident that stands twice is one; two with one id are two, and each keeps its key whatever their order."""
    assert {key for key in records if key.startswith("06")} == {"06", f"06/{ID}97"}


def test_zip_and_folder(tmp_path: Path) -> None:
    """A zip of the array, and a folder of one file an incident, give what the array gives; other files are explained."""
    with zipfile.ZipFile(tmp_path / "vcdb.zip", "w") as packed:
        packed.write(SAMPLE, "vcdb.json")
    folder = tmp_path / "json"
    (folder / "a").mkdir(parents=True)
    for number, incident in enumerate(json.loads(SAMPLE.read_text("utf-8"))):
        (folder / "a" / f"{number}.json").write_text(json.dumps(incident), "utf-8")
    (folder / "broken.json").write_text("{", "utf-8")
    (folder / "readme.txt").write_text("x", "utf-8")
    keys = {record.key for record in vcdb.read(SAMPLE).records}
    zipped, loose = vcdb.read(tmp_path / "vcdb.zip"), vcdb.read(folder)
    assert {record.key for record in zipped.records} == {record.key for record in loose.records} == keys
    assert {reject.where for reject in loose.rejected} == {"a/9.json", "broken.json"}


@pytest.mark.parametrize("content", ["[]", "{}", "[1]", '{"objects": []}', "<html>", "", '[{"title": "a post"}]'])
def test_other_files_are_refused(tmp_path: Path, content: str) -> None:
    """What holds no VERIS incident is refused in one sentence that names the file."""
    file = tmp_path / "x.json"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"x\.json"):
        vcdb.read(file)
    shutil.copy(file, tmp_path / "y.zip")
    with pytest.raises(InputError):
        vcdb.read(tmp_path / "y.zip")


def test_in_the_graph(records: dict[str, Record]) -> None:
    """A vendor supplies its client, the status is reported, and the entry counts as the one page that it relays."""
    graph = project([records["01"]]).graph
    kinds = {(e.type, graph.nodes[e.start].labels, graph.nodes[e.end].labels) for e in graph.edges.values()}
    assert ("SUPPLIES", ("Organisation", "Vendor"), ("Organisation",)) in kinds
    (hit,) = [edge.properties for edge in graph.edges.values() if edge.type == "AFFECTED"]
    assert (hit["status"], hit["sources"], hit["people_low"], hit["people_approximate"]) == ("reported", 1, 1566, True)


def test_a_page_of_another_source_of_ours(tmp_path: Path) -> None:
    """An entry that relays the US portal alone counts as the portal: the two do not confirm each other."""
    incidents = json.loads(SAMPLE.read_text("utf-8"))[:1]
    incidents[0]["reference"] = "https://ocrportal.hhs.gov/ocr/breach/breach_report.jsf"
    file = tmp_path / "vcdb.json"
    file.write_text(json.dumps(incidents), "utf-8")
    (record,) = vcdb.read(file).records
    portal = {m.publisher for r in hhs.read(SAMPLES / "hhs.csv").records for m in r.mentions if m.label == "Source"}
    assert {m.relay_of for m in record.mentions if m.role == "entry"} == portal


@on_real_file
def test_the_real_file() -> None:
    """Every health incident is kept or folded, counted by other means; no value of it is unknown, and some facts are known."""
    with zipfile.ZipFile(REAL) as packed:
        array = json.loads(packed.read(packed.namelist()[0]))
    health = [x for x in array if str(x["victim"]["industry"]).startswith(("62", "5241"))]
    reading = vcdb.read(REAL)
    assert (reading.read, reading.folded, reading.rejected, reading.unknown) == (len(health), 1, (), ())
    assert len(health) == 2542
    vendors = Counter(name for record in reading.records for name in names(record, "partner"))
    assert vendors["Capita"] == 1, "it stands in four incidents, and the text of one names it"
    assert vendors["Medi-Waste Disposal"] == 1
    by_id = {record.key: record for record in reading.records}
    hops = next(record for record in by_id.values() if record.key.startswith("C2F7D1F5"))
    assert names(hops, "victim") == {"UnitedHealth Group"}
    assert names(hops, "secondary victim") == {"RR Donnelley", "Boy Scouts of America"}
    total = sum(int(x["attribute"].get("confidentiality", {}).get("data_total", 0) > 0) for x in health)
    figures = sum(1 for record in reading.records for claim in said(record, "people"))
    assert total - 20 < figures <= total


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("discovery_method", "external"), {"variety": ["\ud800"]}),
        (("summary",), "half of \udfff"),
        (("timeline", "incident"), {"year": 2015, "month": 3, "day": 10**30}),
        (("attribute", "confidentiality"), {"data_disclosure": "Yes", "data_total": float("inf")}),
        (("attribute", "confidentiality"), {"data_disclosure": "Yes", "data": ["Medical"]}),
        (("victim",), ["a list"]),
        (("actor",), {"partner": {"notes": "-'" * 2000, "name": 7}}),
    ],
)
def test_odd_values(tmp_path: Path, path: tuple[str, ...], value: object) -> None:
    """A value that VERIS does not allow costs its own incident at most, and is said; the others stay."""
    incidents = json.loads(SAMPLE.read_text("utf-8"))[:2]
    place = incidents[0]
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    file = tmp_path / "vcdb.json"
    file.write_text(json.dumps(incidents), "utf-8")
    reading = vcdb.read(file)
    assert reading.read == 2
    assert reading.rejected or reading.unknown or reading.records[0].key.endswith("01")
    "".join(record.to_json() for record in reading.records).encode()
    "".join([*reading.unknown, *(reject.why + reject.raw for reject in reading.rejected)]).encode()
