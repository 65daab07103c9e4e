"""The form of a mapping file: what the columns of a table mean, and the facts that a row states (docs/tables.md)."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import yaml
from msgspec import Meta, Struct, field

from outbreach.graph import schema
from outbreach.graph.errors import InputError
from outbreach.graph.records.load import text_of
from outbreach.graph.vocabulary import vocabulary
from outbreach.graph.yamlfile import Document, parse
from outbreach.loaders.forms.incident import CAST_FIELDS, Both, Key, Text
from outbreach.loaders.forms.misfit import misfit, unreadable


class Cell(Struct, forbid_unknown_fields=True, frozen=True):
    """Where a value comes from: a column, through a list where one is named, or the same `value` in every row."""

    column: str | None = None
    value: str | int | None = None
    terms: str | None = field(default=None, name="list")
    split: str | None = None


Cells = str | Cell
"""A plain text is the heading of a column."""


class When(Struct, forbid_unknown_fields=True, frozen=True):
    """The values of a column for which something holds, and those for which it does not; any other is reported."""

    column: Text
    yes: list[Text]
    no: list[Text] = []


class Note(Struct, forbid_unknown_fields=True, frozen=True):
    """A cell told in both languages, where `{value}` is what it says."""

    column: Text
    en: Text
    fr: Text
    terms: str | None = field(default=None, name="list")


class Named(Struct, forbid_unknown_fields=True, frozen=True):
    """Somebody or something that a row speaks of: exactly one of the first seven says what, with where its name is."""

    organisation: Cells | None = None
    vendor: Cells | None = None
    authority: Cells | None = None
    software: Cells | None = None
    vulnerability: Cells | None = None
    attacker: Cells | None = None
    campaign: Cells | None = None
    id: str | None = None
    aliases: Cells | None = None
    identifiers: dict[str, Cells] = {}
    kind: Cells | None = None
    country: Cells | None = None
    region: Cells | None = None
    city: Cells | None = None
    category: Cells | None = None
    person: When | None = None


class Stated(Struct, forbid_unknown_fields=True, frozen=True):
    """One fact: exactly one of the first fields says what; keys are those of the cast, all else where a value is."""

    affected: Key | None = None
    originated_at: Key | None = None
    exploited: Key | None = None
    attributed_to: Key | None = None
    part_of: str | list[str] | None = None
    investigates: Key | None = None
    supplies: list[Key] | None = None
    makes: list[Key] | None = None
    uses: list[Key] | None = None
    has: list[Key] | None = None
    operates: list[Key] | None = None
    notified: list[Key] | None = None
    exposed: Cells | None = None
    kind: Cells | None = None
    people: Cells | None = None
    occurred_from: Cells | None = None
    occurred_to: Cells | None = None
    discovered_on: Cells | None = None
    disclosed_on: Cells | None = None
    event: str | None = None
    sanction: str | None = None
    note: Note | None = None

    by: Key | None = None
    of: Key | None = None
    authority: Key | None = None
    hedged: bool = False
    negated: bool = False
    when: When | None = None
    qualifier: str | None = None
    population: str | None = None
    subset: str | None = None
    role: str | None = None
    service: Cells | None = None
    date: Cells | None = None
    until: Cells | None = None
    amount: Cells | None = None
    currency: Cells | None = None
    reference: Cells | None = None


class RowSource(Struct, forbid_unknown_fields=True, frozen=True):
    """What a row says of where it stands itself: its own page, and whose report it repeats."""

    url: Cells | None = None
    title: Cells | None = None
    published_on: Cells | None = None
    relay_of: Cells | None = None


class Mapping(Struct, forbid_unknown_fields=True, frozen=True):
    """A table as its publisher fills it, and what a row of it states."""

    name: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Both
    publisher: Text
    lang: Annotated[str, Meta(pattern=r"^[a-z]{2}$")]
    key: Annotated[list[Text], Meta(min_length=1)]
    cast: dict[Key, Named]
    facts: Annotated[list[Stated], Meta(min_length=1)]
    kind: str = "dataset"
    says: str = "dataset"
    licence: Text | None = None
    url: Annotated[str, Meta(pattern=r"^https?://\S+$")] | None = None
    reliability: str = "normal"
    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] | None = None
    dates: str = "YMD"
    only: When | None = None
    stated_on: Cells | None = None
    source: RowSource | None = None
    incident: Both | None = None
    text: str | None = None
    lists: dict[str, dict[str, Any]] = {}
    ignored: list[Text] = []
    absent: list[str] = []


FACTS = tuple(Stated.__struct_fields__[: Stated.__struct_fields__.index("by")])
"""The fields of `Stated` of which a fact has exactly one."""
NAMES = tuple(name for name in CAST_FIELDS if name != "incident")
"""The fields of `Named` of which an entry has exactly one."""
ORDERS = ("YMD", "DMY", "MDY")
_ENDS = (
    "affected", "originated_at", "exploited", "attributed_to", "part_of", "investigates", "supplies", "makes", "uses",
    "has", "operates", "notified", "by", "of", "authority",
)  # fmt: skip
_PAIRS = ("supplies", "makes", "uses", "has", "operates", "notified")
_CELLS: dict[type[Struct], tuple[str, ...]] = {
    Mapping: ("only", "stated_on", "text"),
    RowSource: RowSource.__struct_fields__,
    Named: (*NAMES, "aliases", "kind", "country", "region", "city", "category", "person"),
    Stated: (
        "exposed", "kind", "people", "occurred_from", "occurred_to", "discovered_on", "disclosed_on", "note", "when",
        "service", "date", "until", "amount", "currency", "reference",
    ),
}  # fmt: skip
_LISTS = {"exposed": "data_categories", "kind": "incident_kinds", "event": "event_roles", "sanction": "sanction_kinds",
          "population": "populations"}  # fmt: skip


def mapping_of(file: Path) -> Mapping:
    """The mapping in a file; raises `InputError` with file, line and field where it is none."""
    text = text_of(file)
    try:
        document = parse(text)
    except yaml.YAMLError as error:
        raise unreadable(file, text, error) from error
    try:
        mapping = msgspec.convert(document.data, Mapping)
    except msgspec.ValidationError as error:
        begins = "this is no mapping file; one begins with name, title, publisher, lang, key, cast and facts"
        raise misfit(file, document, error, begins, {"cast": dict[Key, Named]}) from error
    _check(mapping, _Place(file, document))
    return mapping


class _Place:
    """Where something stands in the file, for an error."""

    def __init__(self, file: Path, document: Document) -> None:
        self.file, self.document = file, document

    def refuse(self, path: tuple[str | int, ...], unless: object, message: str) -> None:
        """Raise `InputError` at `path` unless something holds."""
        if not unless:
            raise InputError(f"{self.file} line {self.document.line(path)}, {_shown(path)}: {message}")


def _shown(path: tuple[str | int, ...]) -> str:
    """A path for a person, who counts from 1."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _check(mapping: Mapping, place: _Place) -> None:
    """What the types do not say: one field of several, keys of the cast, names of lists, terms of ours."""
    place.refuse(("dates",), mapping.dates in ORDERS, f"“{mapping.dates}” is none of {', '.join(ORDERS)}")
    closed: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("kind", mapping.kind, vocabulary("source_kinds")),
        ("says", mapping.says, vocabulary("asserter_kinds")),
        ("reliability", mapping.reliability, schema.RELIABILITIES),
    )
    for name, value, terms in closed:
        place.refuse((name,), value in terms, f"“{value}” is none of {', '.join(terms)}")
    for key, entry in mapping.cast.items():
        what = [name for name in NAMES if getattr(entry, name) is not None]
        said = " and ".join(what) or "none"
        place.refuse(("cast", key), len(what) == 1, f"“{key}” needs one of {', '.join(NAMES)}, and has {said}")
    for path, cell in cells_of(mapping):
        if isinstance(cell, Cell):
            one = (cell.column is None) != (cell.value is None)
            place.refuse(path, one, "a value is in a column, or the same in every row: name one of column and value")
        list_name = cell.terms if isinstance(cell, Cell | Note) else None
        if list_name is not None:
            lists = ", ".join(mapping.lists) or "there are none"
            place.refuse(path, list_name in mapping.lists, f"there is no list “{list_name}”: {lists}")
            fits, what_fits = _FITS.get(str(path[-1]), _FITS[""])
            for value, means in mapping.lists[list_name].items():
                message = f"{_shown(path)} needs {what_fits}"
                place.refuse(("lists", list_name, value), means is None or fits(means), message)
    for index, fact in enumerate(mapping.facts):
        _check_fact(mapping, fact, ("facts", index), place)
    for lang, text in (("en", mapping.incident.en), ("fr", mapping.incident.fr)) if mapping.incident else ():
        for name in re.findall(r"\{(\w+)\}", text):
            there = name in (*mapping.cast, "names", "title")
            place.refuse(("incident", lang), there, f"there is no “{name}” in the cast: {', '.join(mapping.cast)}")


def _is_figure(means: object) -> bool:
    low, high = (means if len(means) == 2 else (None, None)) if isinstance(means, list) else (means, means)
    if type(low) is not int or low < 0:
        return False
    return high is None or (type(high) is int and low <= high)


def _is_terms(means: object) -> bool:
    return isinstance(means, str) or (isinstance(means, list) and all(isinstance(term, str) for term in means))


_FITS: dict[str, tuple[Callable[[object], bool], str]] = {
    "people": (_is_figure, "a whole number, [lowest, highest], [lowest, null], or null"),
    "exposed": (_is_terms, "a term, a list of terms, or null"),
    "kind": (_is_terms, "a term, a list of terms, or null"),
    "note": (
        lambda means: isinstance(means, str) or (isinstance(means, dict) and means.keys() == {"en", "fr"}),
        "a text, {en: …, fr: …}, or null",
    ),
    "": (lambda means: type(means) in (str, int), "a text, a number, or null"),
}
"""What the values of a list may be, by the field that uses it."""


def _check_fact(mapping: Mapping, fact: Stated, path: tuple[str | int, ...], place: _Place) -> None:
    what = [name for name in FACTS if getattr(fact, name) is not None]
    said = f"and has {' and '.join(what)}" if what else "and has none"
    place.refuse(path, len(what) == 1, f"a fact needs exactly one of {', '.join(FACTS)}, {said}")
    for name in _ENDS:
        keys = getattr(fact, name) or []
        for key in [keys] if isinstance(keys, str) else keys:
            known = key in mapping.cast
            place.refuse((*path, name), known, f"there is no “{key}” in the cast: {', '.join(mapping.cast)}")
        if name in _PAIRS and keys:
            place.refuse((*path, name), len(keys) == 2, f"{name} names two, as the arrow reads: [who, whom]")
    for name, vocabulary_name in _LISTS.items():
        value = getattr(fact, name)
        means = mapping.lists.get(value.terms or "", {}).values() if isinstance(value, Cell) else ()
        terms = [term for t in means for term in ([t] if isinstance(t, str) else t or [])]
        terms += [value] if isinstance(value, str) and name not in ("exposed", "kind") else []
        terms += [str(value.value)] if isinstance(value, Cell) and value.value is not None else []
        for term in terms:
            message = f"“{term}” is not in graph/data/{vocabulary_name}.yaml: {', '.join(vocabulary(vocabulary_name))}"
            place.refuse((*path, name), term in vocabulary(vocabulary_name), message)
    allowed = (None, *(q for q in schema.QUALIFIERS if q != "between"))
    place.refuse((*path, "qualifier"), fact.qualifier in allowed, f"“{fact.qualifier}” is no qualifier of one number")
    if fact.sanction is not None:
        place.refuse(path, fact.authority, "a sanction names the authority that imposes it")


def heading_of(cell: Cells | When | Note | None) -> str:
    """The column that a part of a mapping names, its white space folded."""
    text = cell if isinstance(cell, str) else (cell.column or "") if cell is not None else ""
    return " ".join(text.split())


def cells_of(mapping: Mapping) -> Iterator[tuple[tuple[str | int, ...], Cells | When | Note]]:
    """Each place where a mapping says in which column something is, with the path of it."""
    yield from _cells(mapping, ())
    for index, heading in enumerate(mapping.key):
        yield ("key", index), heading
    if mapping.source:
        yield from _cells(mapping.source, ("source",))
    for key, entry in mapping.cast.items():
        yield from _cells(entry, ("cast", key))
        for scheme, cell in entry.identifiers.items():
            yield ("cast", key, "identifiers", scheme), cell
    for index, fact in enumerate(mapping.facts):
        yield from _cells(fact, ("facts", index))


def _cells(part: Struct, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Cells | When | Note]]:
    for name in _CELLS[type(part)]:
        value = getattr(part, name)
        if value is not None:
            yield (*path, name), value
