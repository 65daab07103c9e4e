"""Washington's Attorney General: lines become notices, residents of one state stay a part, and brackets are no guess."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from outbreach.graph.errors import InputError
from outbreach.graph.projection.project import project
from outbreach.graph.records.record import Claim, Record
from outbreach.loaders import wa_ag
from outbreach.loaders.words.bodies import body_of, several
from tests.snapshots import SAMPLES, same_as_kept

SAMPLE = SAMPLES / "wa_ag.csv"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "wa_ag" / "wa-ag-breach-notifications-2025.csv"
on_real_file = pytest.mark.skipif(not REAL.is_file(), reason="the list is not beside this checkout")


def said(record: Record, predicate: str) -> list[Claim]:
    """What the record states with that predicate."""
    return [claim for claim in record.claims if claim.predicate == predicate]


def edges(records: dict[str, Record], predicate: str) -> set[tuple[str, str, str, str]]:
    """In which notice the claims of that predicate join whom, by name, and on which basis."""
    found = set()
    for key, record in records.items():
        raw = {mention.id: mention.raw for mention in record.mentions}
        found |= {(key, raw[c.subject], raw[c.object or ""], c.basis) for c in said(record, predicate)}
    return found


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    """The records of the sample by key."""
    return {record.key: record for record in wa_ag.read(SAMPLE).records}


def test_snapshot() -> None:
    """The sample gives the records that are kept beside it; each line is kept, folded or rejected, by other means counted."""
    reading = wa_ag.read(SAMPLE)
    assert same_as_kept(reading, "wa_ag")
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        lines = [row for row in csv.DictReader(file) if row["IndustryType"] == "Health"]
    assert reading.read == len(lines)
    assert [(reject.where, reject.why) for reject in reading.rejected] == [
        ("record 15", "its Name is not that of the first line of its notice, 101 (record 2)"),
        ("record 16", "“” is no day of submission"),
    ]
    assert len(wa_ag.read(SAMPLE, everything=True).records) == len(reading.records) + 1


def test_what_no_list_has_is_said() -> None:
    """A term that no list has is reported and kept as text, and a count outside its range is reported."""
    reading = wa_ag.read(SAMPLE)
    assert [sentence.partition(" is ")[0] for sentence in reading.unknown] == [
        "EntityState “Freedonia”",
        "CyberattackType “Quantum attack”",
        "InformationType “Dental Records”",
        "WashingtoniansAffected 650",
    ]
    record = next(record for record in reading.records if record.key == "111")
    assert ("unknown", "Quantum attack") in {(c.value, c.wording) for c in said(record, "kind")}
    assert any("Dental Records" in str(note.text_en) for note in said(record, "note"))


def test_who_supplies_whom(records: dict[str, Record]) -> None:
    """Brackets make a vendor or a client only where other notices tell which; that, and “on behalf of”, are inferences."""
    assert edges(records, "supplies") == {
        ("102", "The Loom Group, LLC", "Birch Pharma, Inc.", "inferred"),
        ("103", "The Loom Group, LLC", "Cedar Biotech Corporation", "inferred"),
        ("104", "The Loom Group, LLC", "Dogwood Health Plan", "inferred"),
        ("104", "The Loom Group, LLC", "Elm Health Plan of Idaho", "inferred"),
        ("106", "Hazel Administrators, Inc.", "Juniper Health Plan", "inferred"),
    }
    assert all(claim.modality == "hedged" for record in records.values() for claim in said(record, "supplies"))
    hit = {(key, body) for key, _, body, _ in edges(records, "affected")}
    assert {("104", "The Loom Group, LLC"), ("104", "Dogwood Health Plan"), ("107", "Maple Hospital")} <= hit
    assert ("107", "Kale & Larch LLP") not in hit, "counsel is not hit"
    assert any("Gorse Clinics" in str(note.text_en) for note in said(records["105"], "note"))


def test_a_name_that_is_cut(records: dict[str, Record]) -> None:
    """A name of the longest length may be cut: what stands at its end becomes nobody's name."""
    assert {m.name for m in records["108"].mentions if m.label == "Organisation"} == {
        "Nettle Medical Supply Company of the Pacific Northwest",
        "Washington State Attorney General",
    }


def test_residents_are_a_part(records: dict[str, Record]) -> None:
    """A figure counts residents of Washington: a low for the whole, never its high; a range stands where no count does."""
    graph = project([records["101"]]).graph
    (hit,) = [edge.properties for edge in graph.edges.values() if edge.type == "AFFECTED"]
    assert (hit["status"], hit["people_low"], hit.get("people_high")) == ("confirmed", 1204, None)
    (in_range, _) = said(records["103"], "people")
    assert (in_range.low, in_range.high, in_range.qualifier) == (10000, 49999, "between")
    assert in_range.subset == "Washington residents"
    assert not said(records["108"], "people")


def test_dates_in_the_wrong_order_are_told(records: dict[str, Record]) -> None:
    """A first day after the last is no date of the incident, and is told in both languages."""
    assert not said(records["108"], "occurred_from")
    (note,) = [note for note in said(records["108"], "note") if "2024-05-15" in str(note.value)]
    assert note.text_en
    assert note.text_fr


@pytest.mark.parametrize(
    ("text", "name", "aliases", "beside"),
    [
        ("Perry & Sons, Inc. (P&S)", "Perry & Sons, Inc.", ("P&S",), None),
        ("Alder District, dba Trios Health", "Alder District", ("Trios Health",), None),
        ("Idea 247 Inc. (d/b/a Idea Financial)", "Idea 247 Inc.", ("Idea Financial",), None),
        ("Birch Systems Inc.  (“Birch”) ", "Birch Systems Inc.", ("Birch",), None),
        ("Aetna ACE (Welltok, Inc.)", "Aetna ACE", (), "Welltok, Inc."),
        ("Cedar Trust c/o Dogwood Solutions", "Cedar Trust", (), "Dogwood Solutions"),
        ("Elm Bank (Loom", "Elm Bank", (), "Loom"),
    ],
)
def test_names_and_brackets(text: str, name: str, aliases: tuple[str, ...], beside: str | None) -> None:
    """A short form or a trade name is an alias; any other body in brackets only stands beside."""
    body = body_of(text)
    assert (body.name, body.aliases, body.beside) == (name, aliases, beside)


def test_several_in_one_field() -> None:
    """A comma parts bodies only where each part can be a name: no legal form, and no place, is a body."""
    assert several("Alder Bancshares, Birch Resources, Cedar Mobility") == (
        "Alder Bancshares",
        "Birch Resources",
        "Cedar Mobility",
    )
    assert several("Dogwood Physicians of Elmville, Ltd.") == ("Dogwood Physicians of Elmville, Ltd.",)
    assert several("Fir Hospital in Gorse, Hazelshire") == ("Fir Hospital in Gorse, Hazelshire",)


@pytest.mark.parametrize("content", ["", "Name,Id\nx,1\n", "<html></html>", "a;b\n1;2\n"])
def test_other_files_are_refused(tmp_path: Path, content: str) -> None:
    """A file that is no such list is refused in one sentence that names it."""
    file = tmp_path / "list.csv"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"list\.csv"):
        wa_ag.read(file)


@on_real_file
def test_the_real_list() -> None:
    """Every line is kept or folded, no value is unknown, and Welltok and Lash come out as the vendors that they are."""
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    whole, health = wa_ag.read(REAL, everything=True), wa_ag.read(REAL)
    assert (whole.read, len(whole.records), whole.rejected, whole.unknown) == (6439, 1455, (), ())
    assert whole.read == len(lines)
    assert len(health.records) == len({line["Id"] for line in lines if line["IndustryType"] == "Health"}) == 277
    vendors = Counter(
        next(m.name for m in record.mentions if m.id == claim.subject)
        for record in whole.records
        for claim in said(record, "supplies")
    )
    assert vendors["The Lash Group, LLC"] == 16
    assert vendors["Welltok, Inc."] + vendors["Welltok"] == 14
    assert not {"Aetna ACE", "Regence", "Kirkland & Ellis LLP"} & set(vendors)
    residents = [claim for record in whole.records for claim in said(record, "people")]
    assert {claim.subset for claim in residents} == {"Washington residents"}
