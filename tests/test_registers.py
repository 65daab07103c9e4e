"""The registers of hospitals: who a body is, whole and by its numbers, and drawn only where another record needs it."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from outbreach.graph.errors import InputError
from outbreach.graph.projection.project import project
from outbreach.graph.records.load import Reading
from outbreach.graph.records.record import Mention, Record
from outbreach.loaders import cms, finess, nhs_ods
from tests.build import Row
from tests.snapshots import SAMPLES, same_as_kept

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "registry"
on_real_files = pytest.mark.skipif(not REAL.is_dir(), reason="the registers are not beside this checkout")
READ: dict[str, Callable[[Path], Reading]] = {"cms": cms.read, "finess": finess.read, "nhs_ods": nhs_ods.read}


def body(record: Record) -> Mention:
    """Whom an entry lists."""
    return next(mention for mention in record.mentions if mention.role == "listed")


def by_key(reading: Reading) -> dict[str, Record]:
    """The entries by their native number."""
    return {record.key: record for record in reading.records}


@pytest.mark.parametrize("name", READ)
def test_snapshot(name: str) -> None:
    """Each sample gives the records that are kept beside it."""
    assert same_as_kept(READ[name](SAMPLES / f"{name}.csv"), name)


def test_cms() -> None:
    """A hospital has its certification number, state and town; what is new is said, and what is no entry rejected."""
    reading = cms.read(SAMPLES / "cms.csv")
    found = {(body(r).identifiers, body(r).kind, body(r).region, body(r).city) for r in reading.records}
    assert (("ccn:010001",), "hospital", "US-AL", "DOTHAN") in found
    assert (("ccn:01014F",), "hospital", "US-AL", "BIRMINGHAM") in found
    assert (("ccn:99000X",), "hospital", None, "NOWHERE") in found
    assert [(r.where, "“123” is no CMS certification number" in r.why) for r in reading.rejected] == [
        ("record 9", True)
    ]
    assert len(reading.unknown) == 2
    (note,) = by_key(reading)["990001"].claims
    assert (note.text_en or "").endswith("as Floating Hospitals; ownership Cooperative.")
    (note,) = by_key(reading)["013300"].claims
    assert note.text_en == (
        "Listed by the US Centers for Medicare & Medicaid Services as a children’s hospital; ownership private non-profit."
    )


def test_finess() -> None:
    """An establishment has its numbers, region and town without CEDEX, and belongs to its legal entity."""
    entries = by_key(finess.read(SAMPLES / "finess.csv"))
    fleyriat = body(entries["010000024"])
    assert fleyriat.identifiers == ("finess:010000024", "siret:26010004500012")
    assert (fleyriat.name, fleyriat.aliases, fleyriat.region, fleyriat.city) == (
        "CENTRE HOSPITALIER DE BOURG-EN-BRESSE FLEYRIAT", ("CH DE FLEYRIAT",), "FR-ARA", "VIRIAT",
    )  # fmt: skip
    assert (body(entries["020000097"]).name, body(entries["020000097"]).region) == ("CH LA FÈRE", "FR-HDF")
    assert body(entries["040000911"]).city == "DIGNE LES BAINS"
    assert (body(entries["980600027"]).region, body(entries["750000018"]).region) == ("FR-WF", "FR-IDF")
    parents = {m.identifiers for r in entries.values() for m in r.mentions if m.role == "parent"}
    assert ("finess:040788879",) in parents
    assert len(parents) == len(entries) - 1


def test_a_shared_number_tells_nobody_apart() -> None:
    """A SIRET that several establishments of one file carry is no identifier of any of them, and that is said."""
    reading = finess.read(SAMPLES / "finess.csv")
    entries = by_key(reading)
    for key in ("040000911", "040005035"):
        assert body(entries[key]).identifiers == (f"finess:{key}",)
    assert [remark.partition(" rows")[0] for remark in reading.remarks] == ["2"]


def test_nhs_ods() -> None:
    """A trust has its ODS code, and its note the days on which it was opened and closed."""
    reading = nhs_ods.read(SAMPLES / "nhs_ods.csv")
    entries = by_key(reading)
    (note,) = entries["R0C"].claims
    assert (note.date, note.until) == ("2020-03-01", "2020-03-26")
    barts = body(entries["R1H"])
    assert (barts.name, barts.identifiers, barts.city, barts.country) == (
        "BARTS HEALTH NHS TRUST", ("ods:R1H",), "LONDON", "GB",
    )  # fmt: skip
    assert [(r.where, r.why) for r in reading.rejected] == [
        ("record 6", "its Close Date, “20xx0101”, is no date, which has eight digits")
    ]
    assert reading.unknown == (
        "GOR Code “Z” is in no list of ours, and is kept as it is (record 7)",
        "the field “Null 13” is not read (record 7)",
    )


def test_a_register_is_drawn_where_it_is_needed() -> None:
    """Of an entry nothing is drawn, until another record speaks of that body; then its numbers and parent are."""
    entries = list(finess.read(SAMPLES / "finess.csv").records)
    assert not project(entries).graph.nodes
    fleyriat = next(r for r in entries if r.key == "010000024")
    graph = project([*entries, *_told(fleyriat)]).graph
    organisations = [n for n in graph.nodes.values() if n.labels[0] == "Organisation"]
    assert sorted(str(n.properties["identifiers"]) for n in organisations) == [
        "['finess:010000024', 'siret:26010004500012']", "['finess:010780054']",
    ]  # fmt: skip
    assert {e.type for e in graph.edges.values()} == {"AFFECTED", "PART_OF", "ABOUT", "STATED_IN"}


def _told(*records: Record) -> list[Record]:
    """For each listed body, a record of another source that speaks of it by its number."""
    rows = []
    for record in records:
        row = Row(f"about {record.key}")
        row.say(row.incident, "affected", row.org(body(record).name, identifiers=body(record).identifiers[:1]))
        rows.append(row.record())
    return rows


@pytest.mark.parametrize("name", READ)
def test_another_file_is_refused(name: str, tmp_path: Path) -> None:
    """Another source's file is refused in one sentence."""
    with pytest.raises(InputError, match="is not of this source"):
        READ[name](SAMPLES / "hhs.csv")


@on_real_files
@pytest.mark.parametrize(
    ("name", "file", "header", "column"),
    [
        ("cms", "cms-hospital-general-information-2026-06.csv", True, 0),
        ("finess", "finess-hopitaux.csv", True, 0),
        ("nhs_ods", "nhs-ods-etr.csv", False, 0),
    ],
)
def test_the_real_registers_are_read_whole(name: str, file: str, header: bool, column: int) -> None:
    """Every row of the real file is an entry under its own number; nothing is rejected, nothing unknown."""
    with (REAL / file).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))[1 if header else 0 :]
    reading = READ[name](REAL / file)
    assert {record.key for record in reading.records} == {row[column] for row in rows}
    assert (reading.read, reading.rejected, reading.unknown) == (len(rows), (), ())
    assert all(record.register for record in reading.records)
