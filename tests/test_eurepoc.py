"""EuRepoC: attributions stand side by side, each as the word of whose it is, and natural persons are not named."""

import csv
from pathlib import Path

import pytest

from outbreach.graph.errors import InputError
from outbreach.graph.projection.project import project
from outbreach.graph.records.record import Claim, Mention, Record
from outbreach.loaders import eurepoc
from outbreach.loaders.entries.attribution import day_of_cell
from outbreach.loaders.words.bodies import is_named, is_office, may_be_person
from outbreach.loaders.words.cells import groups_of, items_of
from tests.snapshots import SAMPLES, same_as_kept

SAMPLE = SAMPLES / "eurepoc.csv"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "eurepoc" / "EuRepoC_Global_Database_1.1.csv"
on_real_file = pytest.mark.skipif(not REAL.is_file(), reason="the data set is not beside this checkout")


def said(record: Record, predicate: str) -> list[Claim]:
    """What the record states with that predicate."""
    return [claim for claim in record.claims if claim.predicate == predicate]


def named(record: Record, role: str) -> set[str | None]:
    """Who is mentioned in that role, by name or the words that stand for one."""
    return {mention.raw for mention in record.mentions if mention.role == role}


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    """The records of the sample by key."""
    return {record.key: record for record in eurepoc.read(SAMPLE).records}


def test_snapshot() -> None:
    """The sample gives the records that are kept beside it; a cell that cannot be read is a reject, and says so."""
    reading = eurepoc.read(SAMPLE)
    assert same_as_kept(reading, "eurepoc")
    assert [(reject.where, reject.why) for reject in reading.rejected] == [
        ("record 6", "“[['Dogwood Hospital'” is no list that can be read")
    ]
    assert reading.unknown == (
        "disclosure “Incident disclosed by the weather” is in no list of ours, and is kept as it is (record 4)",
    )
    assert reading.read == 4
    assert eurepoc.read(SAMPLE, everything=True).read == 5


def test_attributions_side_by_side(records: dict[str, Record]) -> None:
    """Attributions that contradict each other all stand, each with who says so, when, and how surely."""
    record = records["1"]
    raw = {mention.id: mention.raw for mention in record.mentions}
    found = {
        (raw[c.object or ""], c.asserter_kind, raw.get(c.asserter or ""), c.stated_on, c.modality)
        for c in said(record, "attributed_to")
    }
    assert found == {
        ("APT 99", "dataset", None, "2023-01-30", "stated"),
        ("APT 99", "researcher", "Birch Labs", "2014-08", "stated"),
        ("Red Heron Crew", "dataset", None, "2015-03-04", "hedged"),
        ("APT 99", "authority", None, "2015-04-05", "stated"),
    }
    graph = project([record]).graph
    assert len([edge for edge in graph.edges.values() if edge.type == "ATTRIBUTED_TO"]) == 2


def test_an_attacker_has_its_names(records: dict[str, Record]) -> None:
    """The names of a crew are aliases, its number in ATT&CK an identifier, and the office behind it no name."""
    (crew,) = [m for m in records["1"].mentions if m.name == "APT 99"]
    assert (crew.aliases, crew.identifiers, crew.kind) == (("Tiger Panda", "Group 12"), ("attack:G9999",), "crew")


def test_the_attackers_own_word_is_a_claim(records: dict[str, Record]) -> None:
    """What only the attacker made known is claimed; who is not named stands as a sector in a country, if it is in health."""
    record = records["2"]
    assert named(record, "receiver") == {"Health in Poland", "Birch University Hospital"}
    graph = project([record]).graph
    assert {edge.properties["status"] for edge in graph.edges.values() if edge.type == "AFFECTED"} == {"claimed"}
    assert "twitter.com" not in record.to_json()


def test_no_natural_person(records: dict[str, Record]) -> None:
    """Neither as an attacker, nor as a receiver or one who attributes; the others keep their names."""
    assert named(records["3"], "receiver") == {"Cedar Clinic", "a natural person"}
    assert not said(records["3"], "attributed_to")
    assert "Roe" not in "".join(record.to_json() for record in records.values())


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Jane Roe", True), ("Jane Q. Roe/r0e", True), ("J.R. Roe", True), ("Mo’in Roevi", True), ("Cozy Bear/APT29", False),
        ("Killnet", False), ("Red Heron Crew", False), ("St. Mary Hospital", False), ("Tallahassee Memorial HealthCare", False),
        ("Guardians of Peace", False), ("WIZARD SPIDER", False), ("Syrian Electronic Army", False),
    ],
)  # fmt: skip
def test_who_may_be_a_person(name: str, person: bool) -> None:
    """Two capitalised words together may be a person, unless a word of a body or a crew stands among them."""
    assert may_be_person(name) is person


def test_offices_and_nobody() -> None:
    """An office in brackets tells of a person; “unknown” and its like are nobody's name."""
    assert is_office("Jane Roe (Minister of the Interior, Freedonia)")
    assert not is_office("Department of Energy (DOE)")
    texts = ("Unknown", "Not available", "Various hospitals", "nan", "Unnamed Clinic", "Multiple Sclerosis Society")
    assert [text for text in texts if is_named(text)] == ["Multiple Sclerosis Society"]


def test_cells_of_lists() -> None:
    """Lists as Python writes them and texts joined by semicolons are read alike; brackets hold together."""
    assert items_of("[['a', 'b '], ['c']]") == ["a", "b", "c"] == items_of("a; b; c")
    assert groups_of("[['a', 'b'], [None]]") == [["a", "b"], ["None"]]
    assert items_of("MOIS (x; Iran); y; ") == ["MOIS (x; Iran)", "y", ""]
    assert groups_of("plain") == []
    with pytest.raises(ValueError, match="no list"):
        items_of("[['a'")


@pytest.mark.parametrize("content", ["", "ID,name\n1,x\n", "<html></html>"])
def test_other_files_are_refused(tmp_path: Path, content: str) -> None:
    """A file that is no such table is refused in one sentence that names it."""
    file = tmp_path / "eurepoc.csv"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"eurepoc\.csv"):
        eurepoc.read(file)


@on_real_file
def test_the_real_table() -> None:
    """Every incident is kept, no value is unknown, and known cases come out as they are."""
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    whole, health = eurepoc.read(REAL, everything=True), eurepoc.read(REAL)
    assert (len(whole.records), whole.rejected, whole.unknown) == (len(rows), (), ())
    assert len(health.records) == sum("'Health'" in row["receiver_category_subcode"] for row in rows) == 57
    by_id = {record.key: record for record in health.records}
    assert named(by_id["2098"], "receiver") == {"US Wellness", "Fortra"}
    crews: set[Mention] = {m for m in by_id["592"].mentions if m.label == "Attacker"}
    assert {(crew.name, crew.aliases) for crew in crews} == {("APT 18", ("Dynamite Panda", "Wekby"))}
    assert {claim.modality for claim in said(by_id["592"], "attributed_to")} == {"stated", "hedged"}
    assert not said(by_id["1258"], "attributed_to"), "two natural persons were indicted"


def test_dates_are_as_precise_as_the_table(tmp_path: Path) -> None:
    """The first of January is a year and the first of a month that month; a day that does not exist is reported."""
    assert [
        day_of_cell(text) for text in ("2014-01-01", "2014-06-01 00:00:00", "2014-06-02", "2014-02-30", "June")
    ] == [
        "2014",
        "2014-06",
        "2014-06-02",
        None,
        None,
    ]
    file = tmp_path / "eurepoc.csv"
    file.write_text(SAMPLE.read_text("utf-8").replace("2023-01-28", "2023-02-30"), "utf-8")
    assert "start_date “2023-02-30” is no day (record 3)" in eurepoc.read(file).unknown
