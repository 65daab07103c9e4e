"""Tables by a mapping file: what a row states, what a mapping's mistakes are told as, what cells may hold."""

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from outbreach import loaders
from outbreach.graph.errors import InputError, UsageError
from outbreach.graph.projection.project import project
from outbreach.graph.records.load import Reading
from outbreach.graph.records.record import Claim, Record
from outbreach.loaders import table
from outbreach.loaders.files.encoding import text_of_bytes
from outbreach.loaders.forms.mapping import Mapping, Named, Stated
from outbreach.loaders.words.cell import day_of_cell, figure_of
from tests.snapshots import SAMPLES, same_as_kept

UK, FR = loaders.mapping(Path("example_uk")), loaders.mapping(Path("example_fr"))
SMALL = """\
name: small
title: {en: A list, fr: Une liste}
publisher: Somebody
lang: en
key: [Id]
cast:
  body: {organisation: Body, country: Land}
  host: {vendor: {column: Host, split: ;}}
facts:
  - affected: body
  - supplies: [host, body]
"""
Read = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a table's text by a mapping's text."""

    def reads(text: str | bytes, mapping: str = SMALL, name: str = "list.csv", **options: bool) -> Reading:
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        (tmp_path / "mapping.yaml").write_text(mapping, "utf-8")
        return table.read(tmp_path / name, None, mapping=tmp_path / "mapping.yaml", **options)

    return reads


def said(record: Record) -> set[tuple[str, ...]]:
    """The claims of a record in words: who, of what kind, says what of whom."""
    names = {m.id: m.name or m.title_en or m.described_as or "" for m in record.mentions}

    def words(claim: Claim) -> tuple[str, ...]:
        end = names.get(claim.object or "", claim.object) or claim.value
        number = claim.qualifier and f"{claim.low}–{claim.high} {claim.qualifier}"
        parts = (claim.asserter_kind, claim.predicate, str(end), number, claim.text_en, claim.stated_on)
        return tuple(part for part in parts if part and part != "None")

    return {words(claim) for claim in record.claims}


@pytest.mark.parametrize(("name", "mapping"), [("table", UK), ("table_fr", FR)])
def test_snapshot(name: str, mapping: Path) -> None:
    """Each example mapping gives of its sample the records that are kept beside it."""
    assert same_as_kept(table.read(SAMPLES / f"{name}.csv", mapping=mapping), name)


def test_a_regulators_list() -> None:
    """A notice by the body itself: what it says is its own word, the decision is the regulator's."""
    reading = table.read(SAMPLES / "table.csv", mapping=UK)
    assert (reading.read, len(reading.records), len(reading.rejected)) == (5, 4, 1)
    alder, _, elm, person = reading.records
    assert said(alder) >= {
        ("own", "affected", "Alder Vale NHS Trust", "2024-04-02"),
        ("own", "supplies", "Alder Vale NHS Trust", "2024-04-02"),
        ("own", "people", "Alder Vale NHS Trust", "10000–100000 between", "2024-04-02"),
        ("own", "discovered_on", "2024-03-28", "2024-04-02"),
        ("own", "sent_on", "2024-04-02", "2024-04-02"),
        (
            "authority",
            "note",
            "Investigation pursued",
            "The regulator’s decision: investigation pursued.",
            "2024-04-02",
        ),
    }
    assert ("own", "people", "Elm, Fir & Co", "1204–1204 exact", "2024-06-07") in said(elm)
    assert "bloggs" not in person.to_json().lower()
    assert ("own", "people", "a natural person", "300–300 about", "2024-06-09") in said(person)
    assert {edge.type for edge in project([alder]).graph.edges.values()} >= {"AFFECTED", "SUPPLIES", "FILED", "EXPOSED"}


def test_a_list_in_french() -> None:
    """Windows-1252, semicolons, cells with line ends: a claim by an attacker is claimed, an origin among two is none."""
    reading = table.read(SAMPLES / "table_fr.csv", mapping=FR)
    etoile, hetre, houx = reading.records
    assert [r.why for r in reading.rejected] == ["it names nobody who was affected"]
    assert said(etoile) >= {
        ("press", "affected", "Clinique de l’Étoile", "2024-04-14"),
        ("attacker", "attributed_to", "Groupe Noisetier", "2024-04-14"),
        ("press", "people", "Clinique de l’Étoile", "126000–None at_least", "2024-04-14"),
        ("press", "occurred_from", "2024-03", "2024-04-14"),
    }
    assert not [claim for claim in etoile.claims if claim.predicate == "originated_at"]
    assert [c.modality for c in hetre.claims if c.predicate == "originated_at"] == ["hedged"]
    source = next(m for m in etoile.mentions if m.label == "Source")
    assert (source.url, source.relay_of) == ("https://journal.example/etoile", "Agence Exemple")
    assert next(m for m in hetre.mentions if m.role == "organisme").region == "CA-QC"
    assert {c.text_en for c in houx.claims if c.predicate == "note"} == {
        "Pays: Atlantide", "Données: adn", "Publié le: 30/02/2024",
    }  # fmt: skip
    assert len(reading.unknown) == 5
    assert len(reading.remarks) == 1


def test_without_an_incident(read: Read) -> None:
    """A list of customers makes edges of supply and no incident."""
    mapping = SMALL.replace("  - affected: body\n", "")
    (record,) = read("Id,Body,Land,Host\n1,Alpha,FR,One; Two\n", mapping).records
    assert {m.label for m in record.mentions} == {"Organisation", "Source"}
    assert len(record.claims) == 2


def test_rows_that_are_left_out(read: Read) -> None:
    """`only` leaves rows out and says how many; --all reads them."""
    mapping = SMALL + "only: {column: Sector, yes: [Health]}\n"
    text = "Id,Body,Land,Host,Sector\n1,A,FR,,Health\n2,B,FR,,Retail\n"
    assert (read(text, mapping).read, read(text, mapping).remarks) == (
        1, ("1 rows are left out, as the mapping’s “only” says; --all reads them",),
    )  # fmt: skip
    assert read(text, mapping, everything=True).read == 2


def test_columns_that_nobody_reads_are_said(read: Read) -> None:
    """A column that the mapping neither uses nor ignores is reported; one that it ignores is not."""
    text = "Id,Body,Land,Host,Mood\n1,Alpha,FR,,grim\n"
    assert read(text).unknown == ("the field “Mood” is not read (record 2)",)
    assert not read(text, SMALL + "ignored: [Mood]\n").unknown


def test_a_missing_column(read: Read) -> None:
    """A table without a column that the mapping names is refused, with that column."""
    with pytest.raises(InputError, match="it has no column “Host”"):
        read("Id,Body,Land\n1,Alpha,FR\n")


def test_rejected_rows(read: Read) -> None:
    """A row without its key, without its victim, or with another's key is rejected with its reason."""
    reading = read("Id,Body,Land,Host\n1,Alpha,FR,\n,Beta,FR,\n2,,FR,\n1,Gamma,FR,\n")
    assert [(r.where, r.why) for r in reading.rejected] == [
        ("record 3", "it has no Id, which is its key"),
        ("record 4", "it names nobody who was affected"),
        ("record 5", "another row has its key, small/1"),
    ]


def test_headings_and_cells_with_odd_spaces(read: Read) -> None:
    """Line ends in headings, non-breaking spaces and mixed line ends change nothing."""
    plain = read("Id,Body,Land,Host\n1,Alpha Clinic,FR,\n2,Beta,FR,\n").records
    odd = read('Id,"Body\n",Land,Host\r\n1,\u00a0Alpha\u00a0 Clinic ,FR,\r2,Beta,FR,\r\n').records
    assert [said(r) for r in plain] == [said(r) for r in odd]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  - affected: body\n", "  - affected: bodies\n", "line 10, facts.1.affected: there is no “bodies” in the cast"),
        ("  - affected: body\n", "  - affected: body\n    supplies: [host, body]\n", "line 10, facts.1: a fact needs exactly one"),
        ("[host, body]", "[host]", "facts.2.supplies: supplies names two"),
        ("organisation: Body", "vendor: Host, organisation: Body", "line 7, cast.body: “body” needs one of"),
        ("{column: Host, split: ;}", "{column: Host, list: hosts}", "cast.host.vendor: there is no list “hosts”"),
        ("{column: Host, split: ;}", "{split: ;}", "name one of column and value"),
        ("lang: en", "lang: english", "line 4, lang: a language is two small letters"),
        ("key: [Id]", "kee: [Id]", "there is no field “kee” here"),
        ("name: small", "name: small\ndates: DDMMYY", "line 2, dates: “DDMMYY” is none of YMD, DMY, MDY"),
        ("name: small", "name: small\nsays: rumour", "line 2, says: “rumour” is none of own"),
        ("  - affected: body\n", "  - kind: {value: sorcery}\n", "“sorcery” is not in graph/data/incident_kinds.yaml"),
        ("  - affected: body\n", "  - people: Id\n    qualifier: between\n", "“between” is no qualifier of one number"),
        ("facts:\n", "incident: {en: 'At {bodyy}', fr: A}\nfacts:\n", "incident.en: there is no “bodyy” in the cast"),
        (SMALL, "- small\n", "this is no mapping file"),
        ("facts:\n", "lists: {n: {many: lots}}\nfacts:\n  - people: {column: Id, list: n}\n", "lists.n.many: facts.1.people needs"),
        ("facts:\n", "lists: {n: {x: sorcery}}\nfacts:\n  - kind: {column: Id, list: n}\n", "“sorcery” is not in graph/data"),
        ("name: small", "name: [small", "not readable as YAML"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_named(read: Read, old: str, new: str, says: str) -> None:
    """A mistake in a mapping is one sentence with its line, its field and what to write."""
    with pytest.raises(InputError) as error:
        read("Id,Body,Land,Host\n1,Alpha,FR,\n", SMALL.replace(old, new, 1))
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_which_mapping(tmp_path: Path) -> None:
    """A table without a mapping, or with an unknown one, says what to give; a file goes before a shipped name."""
    with pytest.raises(UsageError, match="give --mapping FILE"):
        table.read(SAMPLES / "table.csv")
    with pytest.raises(UsageError, match="no shipped one of that name: example_fr, example_uk"):
        loaders.mapping(tmp_path / "none.yaml")
    assert loaders.mapping(SAMPLES / "curated.yaml") == SAMPLES / "curated.yaml"


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("1,234", (1234, "exact")), ("1 234", (1234, "exact")), ("1\u202f234", (1234, "exact")), ("1.234.567", (1234567, "exact")),
        ("plus de 1000", (1000, "at_least")), (">500", (500, "at_least")), ("500+", (500, "at_least")),
        ("100k and above", (100_000, "at_least")), ("moins de 20", (20, "up_to")), ("environ 1 200", (1200, "about")),
        ("33 millions", (33_000_000, "about")), ("1.5 million", (1_500_000, "about")), ("10k to 100k", ((10_000, 100_000), "between")),
        ("1-9", ((1, 9), "between")),
        ("9-1", None), ("1.5", None), ("-5", None), ("12,34", None), ("1.234 million", None), ("many", None), ("", None),
        ("more than about 3", None), ("1234567890123", None), ("5 of 9", None),
    ],
)  # fmt: skip
def test_figures(text: str, means: tuple[object, str] | None) -> None:
    """A number of people is read with how it is meant, or not at all."""
    found = figure_of(text)
    value = found and (found.value if found.value is not None else (found.low, found.high))
    assert (found and (value, found.qualifier)) == means


@pytest.mark.parametrize(
    ("text", "order", "means"),
    [
        ("2024-05-06", "DMY", "2024-05-06"), ("06/05/2024", "DMY", "2024-05-06"), ("06/05/2024", "MDY", "2024-06-05"),
        ("6.5.2024 10:00", "DMY", "2024-05-06"), ("2024-05-06T00:00:00", "MDY", "2024-05-06"), ("05/2024", "MDY", "2024-05"),
        ("2024", "DMY", "2024"), ("06/05/2024", "YMD", None), ("31/04/2024", "DMY", None), ("6/5/24", "DMY", None),
        ("2024-21", "YMD", None), ("soon", "DMY", None),
    ],
)  # fmt: skip
def test_dates(text: str, order: str, means: str | None) -> None:
    """A date is read in the order that the mapping states, with its own precision, or not at all."""
    assert day_of_cell(text, order) == means


NAMES = "Clinique de l’Étoile;Orléans\nHôpital privé de la Loire;Saint-Étienne\nClínica Señor;Málaga\nKrankenhaus Köln;Köln\n"


@pytest.mark.parametrize(
    ("encoding", "remark"),
    [
        ("utf-8", None), ("utf-8-sig", None), ("utf-16", None), ("utf-32", None), ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"), ("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"),
    ],
)  # fmt: skip
def test_encodings(encoding: str, remark: str | None) -> None:
    """A text comes out as it went in, and what was not plain UTF-8 is said."""
    text, said_so = text_of_bytes(NAMES.encode(encoding))
    assert text == NAMES
    assert (remark in said_so) if remark and said_so else said_so is remark


def test_old_code_pages() -> None:
    """The code page of DOS is told apart from Windows' and the Mac's, and the remark says how sure that is."""
    names = NAMES.replace("’", "'")
    text, said_so = text_of_bytes(names.encode("cp850"))
    assert text == names
    assert re.search(
        r"read as DOS code page 850 \(0% of it looks wrong so; of .+, the next best, (over )?\d+%\)", said_so or ""
    )


def test_two_encodings_in_one_file() -> None:
    """In a file that is mostly UTF-8 only the strange bytes are read otherwise."""
    text, said_so = text_of_bytes("Hôpital de l’Étoile, ".encode() + "l’Érable".encode("cp1252"))
    assert text == "Hôpital de l’Étoile, l’Érable"
    assert "other bytes" in (said_so or "")


PAGE = (Path(__file__).resolve().parents[1] / "docs" / "tables.md").read_text("utf-8")


def test_the_small_mapping_of_the_page(read: Read) -> None:
    """The first mapping of docs/tables.md is one, and gives what the page says."""
    mapping = PAGE.partition("```yaml\n")[2].partition("```")[0]
    (record,) = read("Customer no,Name,Town,FINESS,Product\n1,Alpha,Brest,290000017,Files\n", mapping).records
    assert [(c.predicate, c.service) for c in record.claims] == [("supplies", "Files")]
    assert {m.label for m in record.mentions} == {"Organisation", "Source"}


@pytest.mark.parametrize("part", [Mapping, Named, Stated])
def test_every_field_is_documented(part: type[Struct]) -> None:
    """Each field that a mapping may have stands on its page."""
    assert not {name for name in part.__struct_encode_fields__ if f"`{name}" not in PAGE}


@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_mapping_is_no_traceback(data: st.DataObject) -> None:
    """A mapping with a line lost, doubled or altered reads its table, or is refused in one sentence with its file."""
    example = data.draw(st.sampled_from([("table.csv", UK), ("table_fr.csv", FR)]))
    lines = example[1].read_text("utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[at].partition(":")
        odd = st.sampled_from(
            ["[]", "{}", "null", "-1", "[[1]]", "{value: 1}", "{column: Page}", "'{x}'", "true", "9" * 20]
        )
        lines[at] = data.draw(
            st.sampled_from(["", lines[at] + "\n" + lines[at], f"{key}{colon} {data.draw(odd)}", key])
        )
    with TemporaryDirectory() as folder:
        mapping = Path(folder) / "mapping.yaml"
        mapping.write_text("\n".join(lines), "utf-8")
        refusal = str(mapping)
        try:
            table.read(SAMPLES / example[0], mapping=mapping)
        except InputError as error:
            refusal = str(error)
        assert refusal.startswith((str(mapping), str(SAMPLES)))
        assert "\n" not in refusal
