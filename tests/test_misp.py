"""MISP galaxies: crews and brands by their names, an ambiguous name left with all that have it, and nothing of a leak."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from outbreach.graph.errors import InputError
from outbreach.graph.projection.project import project
from outbreach.graph.records.load import Reading
from outbreach.graph.records.record import Mention, Record
from outbreach.loaders import misp
from tests.snapshots import SAMPLES, same_as_kept

SAMPLE = SAMPLES / "misp.json"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "attackers"
on_real_files = pytest.mark.skipif(not REAL.is_dir(), reason="the galaxies are not beside this checkout")


def cluster(record: Record) -> Mention:
    """Whom a cluster is about."""
    return next(mention for mention in record.mentions if mention.role == "cluster")


def by_name(reading: Reading) -> dict[str | None, Record]:
    """The records by the cluster’s own name."""
    return {cluster(record).name: record for record in reading.records}


def test_snapshot() -> None:
    """The sample gives the records that are kept beside it."""
    assert same_as_kept(misp.read(SAMPLE), "misp")


def test_names() -> None:
    """Synonyms are other names, each once; one that two clusters have stays with both, and a note says so."""
    reading = misp.read(SAMPLE)
    cedar, elm = by_name(reading)["CEDAR SPIDER"], by_name(reading)["Elm Moth"]
    assert cluster(cedar).aliases == ("G9001", "Evil Cedar", "Snow Moth")
    assert "Snow Moth" in cluster(elm).aliases
    shared = [c.text_en for c in cedar.claims if c.value == "Snow Moth"]
    assert shared == ["“Snow Moth” is a name of Elm Moth too, and tells them not apart."]
    assert reading.remarks == ("1 names belong to several clusters, and are left with each of them",)
    assert cluster(cedar).identifiers[1:] == ("attack:G9001",)
    assert cluster(elm).identifiers[1:] == (), "two ATT&CK groups in one cluster make it neither"


def test_an_ambiguous_name_joins_nobody() -> None:
    """Two clusters with a name in common stay two attackers."""
    graph = project(misp.read(SAMPLE).records).graph
    names = sorted(str(n.properties["name"]) for n in graph.nodes.values() if "Attacker" in n.labels)
    assert names == ["CEDAR SPIDER", "Elm Moth", "Operation Oak", "Poplar", "Willow Gang"]


def test_attributions_are_hedged() -> None:
    """A country is said to be an attribution, and hedged; a name of an operation is no crew."""
    records = by_name(misp.read(SAMPLE))
    (country,) = [c for c in records["CEDAR SPIDER"].claims if c.value == "RU"]
    assert (country.predicate, country.modality) == ("note", "hedged")
    assert "confidence of 50 in 100" in (country.text_en or "")
    assert cluster(records["Operation Oak"]).kind is None
    assert cluster(records["CEDAR SPIDER"]).kind == "crew"


def test_a_brand(tmp_path: Path) -> None:
    """A cluster of the ransomware galaxy is a brand, and its notes of ransom, files and leak sites are not kept."""
    file = tmp_path / "misp.json"
    meta = {
        "links": ["http://abcdefgh.onion"],
        "ransomnotes": ["Pay!"],
        "synonyms": ["CCrypt"],
        "refs": ["http://a.onion/x"],
    }
    value = {"uuid": "22222222-0000-4000-8000-000000000001", "value": "CedarCrypt", "meta": meta}
    file.write_text(json.dumps({"type": "ransomware", "values": [value]}))
    (record,) = misp.read(file).records
    assert (cluster(record).kind, cluster(record).aliases) == ("brand", ("CCrypt",))
    assert not [word for word in ("onion", "Pay!") if word in record.to_json()]


def test_strict(tmp_path: Path) -> None:
    """New fields, relations and countries are said, a cluster that is none rejected, another galaxy refused."""
    reading = misp.read(SAMPLE)
    assert len(reading.unknown) == 3
    assert [r.where for r in reading.rejected] == ["record 6"]
    assert "onion" not in "".join(record.to_json() for record in reading.records)
    file = tmp_path / "misp.json"
    file.write_text('{"type": "banker", "values": []}')
    with pytest.raises(InputError, match="MISP galaxy cluster file"):
        misp.read(file)


@on_real_files
@pytest.mark.parametrize(("galaxy", "kind"), [("threat-actor", "crew"), ("ransomware", "brand")])
def test_the_real_galaxies(galaxy: str, kind: str) -> None:
    """Each cluster is kept, nothing is unknown, and as many names are ambiguous as the file has."""
    file = REAL / f"misp-{galaxy}.json"
    values = json.loads(file.read_text("utf-8"))["values"]
    reading = misp.read(file)
    assert (reading.read, len(reading.records), reading.unknown) == (len(values), len(values), ())
    holders = defaultdict(set)
    for value in values:
        for name in (value["value"], *value.get("meta", {}).get("synonyms", [])):
            holders[" ".join(name.split()).strip(" ,").casefold()].add(value["uuid"])
    ambiguous = sum(len(uuids) > 1 for uuids in holders.values())
    assert reading.remarks[0].startswith(f"{ambiguous} names")
    kinds = [cluster(record).kind for record in reading.records]
    assert kinds.count(kind) == len(values) - sum("threat-actor-classification" in v.get("meta", {}) for v in values)
    assert ".onion" not in "".join(record.to_json() for record in reading.records)
