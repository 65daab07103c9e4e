"""MITRE ATT&CK: groups, campaigns and ransomware, their other names with who says so, and what STIX says of withdrawn ones."""

import json
from pathlib import Path

import pytest

from outbreach.graph.errors import InputError
from outbreach.graph.projection.project import project
from outbreach.graph.records.load import Reading
from outbreach.graph.records.record import Mention, Record
from outbreach.loaders import attack
from tests.snapshots import SAMPLES, same_as_kept

SAMPLE = SAMPLES / "attack.json"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "attackers" / "attack-groups-and-campaigns.json"
on_real_file = pytest.mark.skipif(not REAL.is_file(), reason="the bundle is not beside this checkout")


def by_key(reading: Reading) -> dict[str, Record]:
    """The records by ATT&CK id."""
    return {record.key: record for record in reading.records}


def entry(record: Record) -> Mention:
    """Whom an entry is about."""
    return next(mention for mention in record.mentions if mention.role == "entry")


def notes(record: Record) -> set[str]:
    """What its notes say, in English."""
    return {claim.text_en or "" for claim in record.claims if claim.predicate == "note"}


def test_snapshot() -> None:
    """The sample gives the records that are kept beside it."""
    assert same_as_kept(attack.read(SAMPLE), "attack")


def test_kinds() -> None:
    """A group is a crew, ransomware a brand, and malware that is no ransomware nobody; a campaign is a campaign."""
    found = {(key, entry(r).label, entry(r).kind) for key, r in by_key(attack.read(SAMPLE)).items()}
    assert found == {
        ("G9001", "Attacker", "crew"),
        ("G9005", "Attacker", "crew"),
        ("C9001", "Campaign", None),
        ("S9001", "Attacker", "brand"),
    }


def test_revoked_and_deprecated() -> None:
    """A revoked entry becomes a name of what replaces it, however often; without that it is rejected. A deprecated one is marked."""
    reading = attack.read(SAMPLE)
    cedar = entry(by_key(reading)["G9001"])
    assert {"Old Cedar", "Older Cedar"} <= set(cedar.aliases)
    assert cedar.identifiers == ("attack:G9001", "attack:G9002", "attack:G9003")
    assert "Replaces the withdrawn entry “Older Cedar” (G9003)." in notes(by_key(reading)["G9001"])
    assert reading.folded == 2
    assert [(r.where, "revoked" in r.why) for r in reading.rejected if r.raw == "Lost Elm"] == [("record 4", True)]
    assert "MITRE ATT&CK no longer maintains this entry (deprecated)." in notes(by_key(reading)["G9005"])


def test_names_have_sources() -> None:
    """Another name cites the report that ATT&CK gives for it, by title, day and address and without its authors."""
    record = by_key(attack.read(SAMPLE))["G9001"]
    (alias,) = [c for c in record.claims if c.value == "Evil Cedar"]
    source = next(m for m in record.mentions if m.id == alias.citation.source)
    assert (source.title, source.published_on, source.publisher) == (
        "CEDAR SPIDER Supersedes Its Own Ransomware",
        "2021-03-17",
        "example.com",
    )
    assert "Author" not in record.to_json()
    assert "natural person" not in record.to_json()


def test_using_is_not_running() -> None:
    """That a group uses a ransomware makes an inferred, hedged edge; a backdoor and a revoked relationship make none."""
    graph = project(attack.read(SAMPLE).records).graph
    name = {id: node.properties.get("name") for id, node in graph.nodes.items()}
    drawn = [e for e in graph.edges.values() if e.type == "OPERATES"]
    assert [(name[e.start], name[e.end], e.properties["basis"], e.properties["hedged"]) for e in drawn] == [
        ("Cedar Spider", "CedarCrypt", "inferred", True)
    ]
    campaign = by_key(attack.read(SAMPLE))["C9001"]
    assert "Attributed to Cedar Spider by MITRE ATT&CK." in notes(campaign)
    assert [(c.date, c.until) for c in campaign.claims if c.date] == [("2023-05", "2023-06-14")]


def test_strict(tmp_path: Path) -> None:
    """A new kind of object is said, and another document refused in one sentence."""
    reading = attack.read(SAMPLE)
    assert len(reading.unknown) == 1
    assert "x-new-thing" in reading.unknown[0]
    file = tmp_path / "attack.json"
    file.write_text('{"type": "report", "objects": []}')
    with pytest.raises(InputError, match="it should be a STIX bundle"):
        attack.read(file)


@on_real_file
def test_the_real_bundle() -> None:
    """Each group and campaign is kept but for those revoked; names, marks and kinds are as counted in the file."""
    objects = json.loads(REAL.read_text("utf-8"))["objects"]
    reading = attack.read(REAL)
    revoked = [o for o in objects if o.get("revoked")]
    assert (reading.read, len(reading.rejected), reading.unknown) == (len(objects), len(revoked), ())
    assert {r.raw for r in reading.rejected} == {o["name"] for o in revoked}
    live = [o for o in objects if not o.get("revoked")]
    assert {entry(r).name for r in reading.records} == {o["name"] for o in live}
    marked = sum("MITRE ATT&CK no longer maintains this entry (deprecated)." in notes(r) for r in reading.records)
    assert marked == sum(bool(o.get("x_mitre_deprecated")) for o in live)
    assert sum(len(entry(r).aliases) for r in reading.records) == sum(
        len(set(o.get("aliases", [])) - {o["name"]}) for o in live
    )
    records = by_key(reading)
    assert "Hive0065" in entry(records["G0092"]).aliases
    assert {entry(r).label for k, r in records.items() if k.startswith("C")} == {"Campaign"}
