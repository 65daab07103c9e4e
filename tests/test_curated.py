"""The loader of incident files: what its sample gives, what its errors say, and its JSON Schema."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from outbreach.graph.errors import InputError
from outbreach.graph.yamlfile import parse
from outbreach.loaders import curated
from outbreach.loaders.forms.incident import json_schema

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "tests" / "samples" / "curated.yaml"
SCHEMA = ROOT / "loaders" / "curated" / "incident.schema.json"
SHIPPED = sorted((ROOT / "loaders" / "curated").glob("*.yaml"))
BASE = """\
title: {en: A, fr: B}
sources:
  paper: {kind: press, lang: fr, published_on: 2024-02-14}
cast:
  clinic: {organisation: Clinic}
  host: {vendor: Host}
facts:
  - affected: clinic
    by: clinic
    quote: "nous avons été touchés"
  - supplies: [host, clinic]
"""


def message(tmp_path: Path, text: str | bytes, name: str = "case.yaml") -> str:
    """What loading that file says, without its folder."""
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as caught:
        curated.read(file)
    said = str(caught.value)
    assert said.startswith(str(file))
    assert "\n" not in said
    return said.removeprefix(f"{tmp_path}/")


def test_sample() -> None:
    """The sample gives one record, keyed by the file's name, with a claim for each fact."""
    reading = curated.read(SAMPLE)
    (record,) = reading.records
    assert (record.id, reading.read, reading.rejected) == ("curated/curated", 1, ())
    claims = {
        (c.predicate, c.value if c.value is not None else c.role, c.low, c.high, c.negated, c.modality, c.asserter_kind)
        for c in record.claims
    }
    assert claims == {
        ("affected", None, None, None, False, "stated", "own"),
        ("originated_at", None, None, None, False, "hedged", "press"),
        ("supplies", None, None, None, False, "stated", "press"),
        ("supplies", None, None, None, False, "stated", "vendor"),
        ("kind", "ransomware", None, None, False, "stated", "own"),
        ("occurred_from", "2023-08", None, None, False, "stated", "own"),
        ("people", 9000, 9000, None, False, "stated", "own"),
        ("people", 100_000, 100_000, 100_000, False, "stated", "press"),
        ("exposed", None, None, None, False, "hedged", "own"),
        ("event", "misuse", None, None, True, "hedged", "own"),
        ("filed", None, None, None, False, "stated", "own"),
        ("about", None, None, None, False, "stated", "own"),
        ("addressed_to", None, None, None, False, "stated", "own"),
        ("note", None, None, None, False, "stated", "press"),
    }
    assert {c.stated_on for c in record.claims} == {"2024-02-14"}


def test_the_word_of_a_newspaper_is_press(tmp_path: Path) -> None:
    """What a body of the kind media says of another is a press report, not that body's own word."""
    file = tmp_path / "case.yaml"
    file.write_text(BASE.replace("organisation: Clinic", "organisation: Clinic, kind: media"), encoding="utf-8")
    assert curated.read(file).records[0].claims[0].asserter_kind == "press"


def test_a_notice_of_unknown_sender(tmp_path: Path) -> None:
    """`notified: authority` is a notice to it that nobody is said to have filed."""
    text = BASE.replace("host: {vendor: Host}", "host: {vendor: Host}\n  cnil: {authority: CNIL}")
    file = tmp_path / "case.yaml"
    file.write_text(f"{text}  - notified: cnil\n    date: 2024-02\n", encoding="utf-8")
    predicates = [claim.predicate for claim in curated.read(file).records[0].claims]
    assert predicates[2:] == ["about", "addressed_to", "sent_on"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("fr: B}", "fr: B}\ncolour: red", "line 2, colour: there is no field “colour” here"),
        ("by: clinic", "bye: clinic", "line 9, facts.1.bye: there is no field “bye” here"),
        ("lang: fr", "lang: fr, pages: 3", "line 3, sources.paper.pages: there is no field “pages” here"),
        ("{vendor: Host}", "{vendor: Host, town: X}", "line 6, cast.host.town: there is no field “town” here"),
        ("title: {en: A, fr: B}\n", "", "line 1: the field “title” is missing"),
        (", fr: B", "", "line 1, title: the field “fr” is missing"),
        ("kind: press, ", "", "line 3, sources.paper: the field “kind” is missing"),
        ("kind: press", "kind: pres", "line 3, sources.paper.kind: .*“pres”, which is not in .*: press, "),
        ("lang: fr", "lang: french", "line 3, sources.paper.lang: a language is two small letters, as fr"),
        ("2024-02-14", "14/02/2024", "line 3, sources.paper.published_on: “14/02/2024” is no date: write 2023, "),
        ("{vendor: Host}", "{vendor: Host, country: France}", "line 6, cast.host.country: a country is its ISO 3166"),
        ("{vendor: Host}", "{vendor: Host, id: cve-1}", "line 6, cast.host.id: this id begins with org-"),
        ("{vendor: Host}", "{vendor: }", "line 6, cast.host: “host” has no name: say in described_as"),
        ("{vendor: Host}", "{country: FR}", "line 6, cast.host: “host” needs one of organisation, .*, and has none"),
        ("{vendor: Host}", "{vendor: H, software: S}", "line 6, cast.host: .*, and has vendor and software"),
        ("{vendor: Host}", "{vulnerability: log4j}", "line 6, cast.host.vulnerability: “log4j” is no CVE number"),
        ("host: {", "Host: {", "line 6, cast.Host: a key is made of small letters"),
        ("host: {", "this: {", "line 6, cast.this: “this” is the file’s own incident: choose another key"),
        ("host: {vendor: Host}", "host: Host", "line 6, cast.host: this must be named fields, not a text"),
        ("host: {", "clinic: {", "line 6: not readable as YAML \\(the key “clinic” stands twice\\)"),
        (
            "affected: clinic",
            "affected: clinique",
            "line 8, facts.1.affected: there is no “clinique” in the cast: this, ",
        ),
        ("by: clinic", "by: nobody", "line 9, facts.1.by: there is no “nobody” in the cast: this, clinic, host"),
        ("by: clinic", "source: radio", "line 9, facts.1.source: there is no source “radio”: paper"),
        ("[host, clinic]", "[host]", "line 11, facts.2.supplies: supplies names two, as the arrow reads"),
        ("affected: clinic", "exploited: clinic", "line 8, facts.1.exploited: the object of exploited is Software or"),
        ("quote: ", "event: fined\n    quote: ", "line 8, facts.1: a fact needs exactly one of affected, "),
        ("affected: clinic", "locator: p. 1", "line 8, facts.1: a fact needs exactly one of .*, and has none"),
        ("nous", "x " * 17 + "nous", "line 10, facts.1.quote: .*the quote has 21 words; at most 20 are kept"),
        (
            "  - supplies",
            "  - affected: clinic\n    by: clinic\n  - supplies",
            "line 11, facts.2.affected: fact 1 says the",
        ),
        ("  - supplies: [host, clinic]\n", "", "line 6, cast.host: no fact speaks of “host”"),
        ('quote: "', "quote: il dit : ", "line 10: not readable as YAML \\(a text with a colon in it stands in"),
        ("    by", "\tby", "line 9: not readable as YAML"),
        ('touchés"', "touchés", "not readable as YAML \\(a quotation mark is opened and not closed\\)"),
        ("title", "{{title}}", "line 1: not readable as YAML"),
        ("title", "[a]", "line 1: not readable as YAML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A mistake is one sentence with file, line and field."""
    assert old in BASE
    assert re.match(f"case.yaml (?:line \\d+: )?{said}", message(tmp_path, BASE.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("occurred_from: août 2023", "line 12, facts.3.occurred_from: “août 2023” is no date: write 2023, 2023-05, "),
        ("occurred_from: 2023-13", "line 12, facts.3.occurred_from: “2023-13” is no date: there is no such day, "),
        ("event: fined\n    date: 2023-02-30", "line 13, facts.3.date: “2023-02-30” is no date"),
        ("event: fined\n    stated_on: hier", "line 13, facts.3.stated_on: “hier” is no date"),
        ("event: finded", "line 12, facts.3.event: .*“finded”, which is not in graph/data/event_roles.yaml: detected"),
        ("event: fined\n    amount: 3", "line 13, facts.3.amount: event has no amount; it has role, date"),
        ("exposed: names", "line 12, facts.3.exposed: the data category is “names”, which is not in"),
        ("people: 9 000", "line 12, facts.3.people: this must be a whole number or a list, not a text"),
        ("people: -1", "line 12, facts.3.people: this number is at least 0"),
        ("people: [5, 3]", "line 12, facts.3.people: .*the lowest number, 5, is above the highest, 3"),
        (
            "people: 5\n    qualifier: roughly",
            "line 13, facts.3.qualifier: “roughly” does not go with one number: exact",
        ),
        ("event: fined\n    hedged: oui", "line 13, facts.3.hedged: this must be true or false, not a text"),
        ("note: hello", "line 12, facts.3.note: this must be named fields, not a text"),
        ("notified: [host, clinic, host]", "line 12, facts.3.notified: notified names two"),
        ("hello", "line 12, facts.3: this must be named fields, not a text"),
    ],
)
def test_a_mistake_in_a_fact_is_named(tmp_path: Path, fact: str, said: str) -> None:
    """A mistake in a fact is one sentence with file, line, the fact's number from 1, and field."""
    assert re.match(f"case.yaml {said}", message(tmp_path, f"{BASE}  - {fact}\n"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"# nothing yet\n", "line 1: this is no incident file; one begins with title"),
        (b"- a\n- b\n", "line 1: this is no incident file"),
        (b"Name of Covered Entity,State\nA,TX\n", "line 1: this is no incident file"),
        (b"<html><body>no</body></html>", "line 1: this is no incident file"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "line 2 is not UTF-8 text: save the file as UTF-8"),
        (b"PK\x03\x04\x00\x00", "not readable as YAML (unacceptable character #x0003"),
        (BASE.replace("Clinic}", "Hôpital}").encode("latin-1"), "line 5 is not UTF-8 text: save the file as UTF-8"),
        (BASE.encode("utf-16"), "line 1 is not UTF-8 text"),
        (f"{BASE}---\n{BASE}".encode(), "not readable as YAML (one file holds one document)"),
        (b"title: " + b"[" * 5000, "not readable as YAML"),
        (b"title: !!python/object:os.system x\n", "line 1: not readable as YAML"),
        (b"title: &a [*a]\n", "line 1, title: this must be named fields, not a list"),
    ],
    ids=range(14),
)
def test_a_wrong_file_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    """A file of another kind, an empty one and one in another encoding are said in one sentence."""
    assert said in message(tmp_path, content)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there, and a folder, are said in one sentence."""
    with pytest.raises(InputError, match="there is no such file"):
        curated.read(tmp_path / "none.yaml")
    with pytest.raises(InputError, match="is a folder: name the files in it"):
        curated.read(tmp_path)


def test_a_fact_names_its_source_where_there_are_several(tmp_path: Path) -> None:
    """With two sources, a fact without one is an error."""
    text = BASE.replace("cast:", "  radio: {kind: press, lang: fr}\ncast:")
    assert "line 9, facts.1: a fact names its source" in message(tmp_path, text)


def test_schema_is_current() -> None:
    """The committed JSON Schema is the one that the code gives."""
    expected = json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
    assert SCHEMA.read_text(encoding="utf-8") == expected, "write loaders/curated/incident.schema.json anew"


@pytest.mark.parametrize("file", [SAMPLE, *SHIPPED], ids=lambda file: file.stem)
def test_files_fit_the_schema(file: Path) -> None:
    """Each shipped incident file is what an editor with the JSON Schema accepts, and what the loader reads."""
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(parse(file.read_text(encoding="utf-8")).data)] == []
    assert curated.read(file).records[0].claims


def test_the_example_of_the_docs_loads(tmp_path: Path) -> None:
    """The example in docs/incident-files.md is a file that loads, and fits the schema."""
    page = (ROOT / "docs" / "incident-files.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.+?)```", page, re.DOTALL)
    assert example
    file = tmp_path / "my-incident.yaml"
    file.write_text(example[1], encoding="utf-8")
    assert len(curated.read(file).records[0].claims) == 13
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(parse(example[1]).data)
