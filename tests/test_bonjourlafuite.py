"""Bonjour la fuite: whose data, through which subcontractor, how many people, and which data by their French names."""

from csv import DictReader
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbreach.graph.projection.project import project
from outbreach.graph.records.record import Claim, Record
from outbreach.loaders import bonjourlafuite
from outbreach.loaders.words.volume import figure_of
from tests.snapshots import SAMPLES, same_as_kept

SAMPLE = SAMPLES / "bonjourlafuite.csv"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "france" / "bonjourlafuite_health_excerpt.csv"
on_real_file = pytest.mark.skipif(not REAL.is_file(), reason="the list is not beside this checkout")


def by_key() -> dict[str, Record]:
    """The records of the sample."""
    return {record.key: record for record in bonjourlafuite.read(SAMPLE).records}


def claims(record: Record, predicate: str) -> list[Claim]:
    """What the record states with that predicate."""
    return [claim for claim in record.claims if claim.predicate == predicate]


def test_snapshot() -> None:
    """The sample gives the records that are kept beside it."""
    assert same_as_kept(bonjourlafuite.read(SAMPLE), "bonjourlafuite")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("33 millions de personnes", (33_000_000, 33_000_000, 33_000_000, "about", None)),
        ("trente-trois millions d’assurés", (33_000_000, 33_000_000, 33_000_000, "about", None)),
        ("750 000 patients", (750_000, 750_000, 750_000, "exact", None)),
        ("750\u202f000 patients", (750_000, 750_000, 750_000, "exact", None)),
        ("1.234.567 clients", (1_234_567, 1_234_567, 1_234_567, "exact", None)),
        ("11 à 15 millions de patients de 25 000 cabinets", (None, 11_000_000, 15_000_000, "between", None)),
        ("plus de 113 000 assurés", (113_000, 113_000, None, "at_least", None)),
        ("Jusqu’à 500 000 usagers", (500_000, 0, 500_000, "up_to", None)),
        ("près de 80 000 personnes", (80_000, 80_000, 80_000, "about", None)),
        ("plusieurs milliers de clients", (2_000, 2_000, None, "at_least", None)),
        ("1,5 million de comptes", (1_500_000, 1_500_000, 1_500_000, "about", "records")),
        ("2 000 fichiers", (2_000, 2_000, 2_000, "exact", "records")),
        ("10 Go", None),
    ],
)
def test_volumes(text: str, expected: tuple[object, ...] | None) -> None:
    """A figure in French is read with how it is meant and of what; files and accounts are no people, a size is no figure."""
    found = figure_of(text)
    assert expected == (found and (found.value, found.low, found.high, found.qualifier, found.population))


@pytest.mark.parametrize(
    "text", ["une forêt", "12 pommes", "beaucoup", "9" * 30 + " clients", "15 à 11 millions de clients"]
)
def test_volumes_not_understood(text: str) -> None:
    """What is no figure of anything known is refused with a reason, and never guessed."""
    with pytest.raises(ValueError, match="its volume"):
        figure_of(text)


@given(st.integers(0, 9_999_999), st.sampled_from(["personnes", "patients", "assurés"]))
def test_volumes_round_trip(number: int, unit: str) -> None:
    """Any number written the French way is read as it was."""
    written = f"{number:,}".replace(",", " ")
    found = figure_of(f"{written} {unit}")
    assert found is not None
    assert (found.value, found.qualifier) == (number, "exact")


def test_several_in_one_field() -> None:
    """Two names in one field are two bodies, and their figure is of both together; a sentence is one name."""
    records = by_key()
    both = records["chene-sante-orme/2024-02-06"]
    assert [m.name for m in both.mentions if m.role == "processor"] == ["Chêne Santé", "Orme"]
    (people,) = claims(both, "people")
    assert people.object is None
    assert people.quote == "33 millions de personnes"
    (one,) = [m for m in records["clinique-du-pin-et-du-sapin-lyon/2025-10-20"].mentions if m.role == "processor"]
    assert one.name == "Clinique du Pin et du Sapin, Lyon"


def test_subcontractors() -> None:
    """A named subcontractor supplies the body, and is where the leak began; without one the list does not say where."""
    reading = bonjourlafuite.read(SAMPLE)
    graph = project(reading.records).graph
    name = {id: node.properties.get("name") or node.properties.get("title_en") for id, node in graph.nodes.items()}
    drawn = {
        (e.type, name[e.start], name[e.end]) for e in graph.edges.values() if e.type in ("SUPPLIES", "ORIGINATED_AT")
    }
    assert drawn == {
        ("SUPPLIES", "Itelis", "Mutuelle du Hêtre"),
        ("ORIGINATED_AT", "Leak at Mutuelle du Hêtre through Itelis, 2025-11-24", "Itelis"),
    }
    status = {name[e.end]: e.properties["status"] for e in graph.edges.values() if e.type == "AFFECTED"}
    assert status["Mutuelle du Hêtre"] == "reported"
    assert status["Agence Régionale de Santé"] == "claimed"
    assert status["Centre hospitalier de l’Érable"] == "reported"


def test_data_and_country() -> None:
    """Terms are in our words and in the list’s own, one of no list is a note; France is told by data of French law only."""
    records = by_key()
    hetre = records["mutuelle-du-hetre/itelis/2025-11-24"]
    assert {(c.object, c.wording) for c in claims(hetre, "exposed")} == {
        ("data.billing", "demande de devis"),
        ("data.treatment", "Données vaccinales"),
    }
    assert "semelles" in {c.value for c in claims(hetre, "note")}
    country = {m.name: m.country for r in records.values() for m in r.mentions if m.label == "Organisation"}
    assert (country["Mutuelle du Hêtre"], country["Tilleul"]) == ("FR", None)
    (kind,) = claims(records["centre-hospitalier-de-l-erable/2025-10-19"], "kind")
    assert (kind.value, kind.wording) == ("ransomware", "Ransomware")


def test_strict() -> None:
    """What is in no list is said and kept; what cannot be read is rejected with its reason."""
    reading = bonjourlafuite.read(SAMPLE)
    assert len(reading.unknown) == 5
    pin = by_key()["clinique-du-pin-et-du-sapin-lyon/2025-10-20"]
    assert {"status: probable", "une forêt", "cooperative"} == {c.value for c in claims(pin, "note")}
    assert {c.modality for c in pin.claims} == {"hedged"}
    assert [(r.where, r.why.split(",")[0]) for r in reading.rejected] == [
        ("record 8", "its date"),
        ("record 9", "its data is no list that can be read"),
    ]
    assert "onion" not in "".join(record.to_json() for record in reading.records)


@on_real_file
def test_the_real_list() -> None:
    """Each row is kept and all its words are known; subcontractors, figures and links are as counted in the file."""
    with REAL.open(encoding="utf-8", newline="") as stream:
        rows = list(DictReader(stream, delimiter=";"))
    reading = bonjourlafuite.read(REAL)
    assert (reading.read, reading.rejected, reading.unknown) == (len(rows), (), ())
    through = {r.key for r in reading.records if claims(r, "supplies")}
    assert len(through) == sum(bool(row["subcontractor"]) for row in rows)
    assert sum(len(claims(r, "people")) for r in reading.records) == sum(bool(row["volume"]) for row in rows)
    pages = {m.url for r in reading.records for m in r.mentions if m.role == "page"}
    assert all(str(url) in "".join(row["links"] for row in rows) for url in pages)
    (both,) = [r for r in reading.records if r.key.startswith("almerys-viamedis/")]
    assert {m.name for m in both.mentions if m.role == "processor"} == {"Almerys", "Viamedis"}
