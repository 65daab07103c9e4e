"""CISA’s catalogue: who makes what has which flaw, and since when that is known to be exploited."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from outbreach.graph.errors import InputError
from outbreach.graph.projection.project import project
from outbreach.graph.records.record import Record
from outbreach.loaders import kev
from tests.snapshots import SAMPLES, same_as_kept

SAMPLE = SAMPLES / "kev.json"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "kev" / "known_exploited_vulnerabilities.json"
on_real_file = pytest.mark.skipif(not REAL.is_file(), reason="the catalogue is not beside this checkout")


def edges(records: tuple[Record, ...], predicate: str) -> set[tuple[str, str]]:
    """Whom the claims of that predicate join, by what the records call them."""
    found = set()
    for record in records:
        raw = {mention.id: mention.raw for mention in record.mentions}
        found |= {(raw[c.subject], raw[c.object or ""]) for c in record.claims if c.predicate == predicate}
    return found


def test_snapshot() -> None:
    """The sample gives the records that are kept beside it."""
    assert same_as_kept(kev.read(SAMPLE), "kev")


def test_makers_and_products() -> None:
    """A product is named, with its maker where two have one of that name; several at once are unnamed, and no project makes itself."""
    records = kev.read(SAMPLE).records
    assert edges(records, "makes") == {
        ("Progress", "MOVEit Transfer"),
        ("Cleo", "Cleo Multiple Products"),
        ("Linux", "Linux Kernel"),
        ("Android", "Android Kernel"),
        ("D-Link", "D-Link and TRENDnet Multiple Devices"),
        ("TRENDnet", "D-Link and TRENDnet Multiple Devices"),
        ("NextGen Healthcare", "Mirth Connect"),
    }
    assert ("7-Zip", "CVE-2025-0411") in edges(records, "has")
    unnamed = [m for r in records for m in r.mentions if m.label == "Software" and m.name is None]
    assert {m.described_as for m in unnamed} == {"Cleo Multiple Products", "D-Link and TRENDnet Multiple Devices"}


def test_unknown_is_no_claim() -> None:
    """Only a known use by ransomware is claimed; a word of no list is kept as a note, and a field of no list is said."""
    reading = kev.read(SAMPLE)
    used = {r.key for r in reading.records for c in r.claims if c.predicate == "ransomware_use" and c.value is True}
    assert used == {"CVE-2023-34362", "CVE-2024-50623"}
    assert not [c for r in reading.records for c in r.claims if c.value is False]
    assert [c.value for r in reading.records for c in r.claims if "Suspected" in str(c.value)] == [
        "Ransomware use: Suspected"
    ]
    assert len(reading.unknown) == 2
    assert [(r.where, "GHSA-c23v" in r.why) for r in reading.rejected] == [("record 8", True)]


def test_a_later_edition_revises(tmp_path: Path) -> None:
    """What is rewritten in place cites its edition and day; all else is the same claim in both."""
    catalogue = json.loads(SAMPLE.read_text("utf-8"))
    catalogue["dateReleased"] = "2025-02-01T00:00:00.000Z"
    catalogue["vulnerabilities"][2]["knownRansomwareCampaignUse"] = "Known"
    catalogue["count"] = 9
    later = tmp_path / "later.json"
    later.write_text(json.dumps(catalogue), "utf-8")
    old = {c.id for r in kev.read(SAMPLE).records for c in r.claims if c.predicate in ("makes", "has", "kev_added_on")}
    reading = kev.read(later)
    new = {c.id for r in reading.records for c in r.claims if c.predicate in ("makes", "has", "kev_added_on")}
    assert old == new
    (use,) = [
        c for r in reading.records for c in r.claims if r.key == "CVE-2024-53104" and c.predicate == "ransomware_use"
    ]
    assert use.stated_on == "2025-02-01"
    assert "has 8" in reading.remarks[0]


def test_not_the_catalogue(tmp_path: Path) -> None:
    """Another document is refused in one sentence that names the file."""
    file = tmp_path / "kev.json"
    file.write_text('{"vulnerabilities": 3}')
    with pytest.raises(InputError, match=r"kev\.json is not of this source"):
        kev.read(file)


@on_real_file
def test_the_real_catalogue() -> None:
    """Each entry is kept, none of its words is unknown, and its flaws are those that the file lists."""
    entries = json.loads(REAL.read_text("utf-8"))["vulnerabilities"]
    reading = kev.read(REAL)
    assert (reading.read, len(reading.records), reading.unknown, reading.remarks) == (
        len(entries),
        len(entries),
        (),
        (),
    )
    known = Counter(entry["knownRansomwareCampaignUse"] for entry in entries)["Known"]
    assert sum(c.predicate == "ransomware_use" for r in reading.records for c in r.claims) == known
    joined = edges(reading.records, "makes")
    assert {("Progress", "MOVEit Transfer"), ("Fortra", "GoAnywhere MFT"), ("Accellion", "FTA")} <= joined
    assert {("Apple", "Apple iOS"), ("Cisco", "Cisco IOS")} & joined
    some = tuple(replace(r) for r in reading.records if r.key in ("CVE-2023-34362", "CVE-2023-4966", "CVE-2023-43208"))
    graph = project(some).graph
    assert {n.properties["name"] for n in graph.nodes.values() if "Vendor" in n.labels} == {
        "Progress", "Citrix", "NextGen Healthcare"
    }  # fmt: skip
