"""A row of the US breach portal's export, read: which column is which, what a cell says, what damage can be undone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypedDict
from unicodedata import normalize

import pycountry

from outbreach.graph.errors import InputError
from outbreach.graph.ids import short_hash, slug
from outbreach.loaders.files.table import Table
from outbreach.loaders.words.lists import tables

_COUNT = re.compile(r"(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0+)?", re.ASCII)
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M|Z)?)?"
_DATES = tuple(
    re.compile(day + _TIME, re.ASCII | re.IGNORECASE)
    for day in (r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d{2})")
)
_FIRST_YEAR = 2009
"""The portal began in September 2009."""
_MOJIBAKE = re.compile(r"[^\x00-\x7f]{2,}+(?!\?)")
_LATIN = re.compile(r"[\xa0-\u017f\u2010-\u2122]+")


class Words(TypedDict):
    """A text in both languages."""

    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class EntityType:
    """What a type of filer is to us."""

    kind: str
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """`data/hhs.yaml`: the portal's columns and closed lists, our terms for them, and the damage of its exports."""

    columns: dict[str, str]
    absent_in_some: tuple[str, ...]
    repeated: tuple[str, ...]
    damaged_heading: str
    absent: tuple[str, ...]
    placeholders: tuple[int, ...]
    entity_types: dict[str, EntityType]
    associate_type: str
    breach_types: dict[str, str]
    locations: dict[str, Words]
    associate: dict[str, Words]
    words: dict[str, Words]
    private_persons: tuple[str, ...]
    months_fr: tuple[str, ...]
    mended: tuple[tuple[str, str], ...]
    damaged: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One row; `raw_name` is the name as the export writes it."""

    number: int
    name: str
    raw_name: str
    state: str | None
    date: str
    people: int | None
    entity: str | None
    types: tuple[str, ...]
    places: tuple[str, ...]
    associate: str | None
    text: str | None
    private: bool
    """The filer is a natural person, whom nothing here names (DESIGN, People are not nodes)."""

    @property
    def key(self) -> str:
        """Folded name, state, day, and what the filer is: a body files for itself and for its clients on one day.

        Of the name only ASCII letters and digits count: damage spares them, and a rewritten comma changes nothing.
        """
        return f"{_folded(self.name)}/{self.state or '-'}/{self.date}/{slug(self.entity or '') or '-'}"

    @property
    def content(self) -> tuple[object, ...]:
        """What orders reports of one key: first what is seldom rewritten."""
        return self.types, self.places, self.associate or "", self.people or 0, self.text or "", self.number


def _folded(name: str) -> str:
    return re.sub("[^a-z0-9]", "", normalize("NFC", name).lower()) or short_hash(name)


@cache
def lists() -> Lists:
    """The tables of `data/hhs.yaml`."""
    return tables("hhs", Lists)


def columns_of(file: Path, table: Table) -> tuple[dict[str, int], list[str], list[str]]:
    """Where each column stands, what is odd, and which columns nobody reads. A damaged heading is known by its place and by its cells.

    Raises `InputError` where the table is no export of the portal.
    """
    known = {" ".join(heading.split()).lower(): name for name, heading in lists().columns.items()}
    remarks: list[str] = []
    unread: list[str] = []
    columns: dict[str, int] = {}
    for index, heading in enumerate(table.header):
        name = known.get(" ".join(heading.split()).lower())
        if name is None and re.fullmatch(lists().damaged_heading, heading):
            name = _by_place(file, index, [cells[index] for _, cells in table.rows])
            remarks.append(f"the heading of column {index + 1} is damaged: it is read as “{lists().columns[name]}”")
        if name in columns:
            raise InputError(f"{file} has two columns “{lists().columns[name]}”: take one out")
        if name is not None:
            columns[name] = index
        elif heading not in lists().repeated:
            unread.append(f"the column “{heading}” is not read")
    missing = [heading for name, heading in lists().columns.items() if name not in {*columns, *lists().absent_in_some}]
    if missing:
        raise InputError(f"{file} is no export of the US breach portal: it has no column “{'”, “'.join(missing)}”")
    return columns, remarks, unread


def _by_place(file: Path, index: int, cells: Sequence[str]) -> str:
    """The column that stands at that place in the portal's own order, if the cells do not speak against it."""
    name = (*lists().columns, "", *[""] * index)[index]
    closed = {"entity": set(lists().entity_types), "associate": set(lists().associate), "state": set(states())}
    filled = {cell for cell in cells if cell not in lists().absent}
    fits = filled <= closed[name] if name in closed else not filled & set().union(*closed.values())
    if name not in (*closed, "name", "text") or not fits:
        raise InputError(f"{file}: the heading of column {index + 1} is damaged, and its cells do not tell what it is")
    return name


def report_of(number: int, row: Mapping[str, str]) -> Report:
    """A row, read; raises `ValueError`, whose text says why, where it cannot be."""
    cells = {name: None if cell in lists().absent else cell for name, cell in row.items()}
    raw_name = " ".join((cells["name"] or "").split())
    if not raw_name:
        raise ValueError("it names nobody")
    text = "\n".join(line.rstrip() for line in mended(cells.get("text") or "").splitlines()).strip()
    name = " ".join(mended(raw_name).split())
    private = short_hash(_folded(name)) in lists().private_persons
    if private:
        name = raw_name = lists().words["private"]["en"]
        text = ""
    return Report(
        number=number, name=name, raw_name=raw_name, private=private, state=_state(cells["state"]),
        date=_date(cells["date"]), people=_count(cells["people"]), entity=cells["entity"],
        types=_split(cells["type"]), places=_split(cells["location"]), associate=cells["associate"], text=text or None,
    )  # fmt: skip


@cache
def states() -> dict[str, str]:
    """The states and territories of the US: their two letters by letters and by name."""
    found = {part.code[-2:]: part.name for part in pycountry.subdivisions if part.country_code == "US"}
    return {
        **{letters: letters for letters in found},
        **{name.upper(): letters for letters, name in found.items()},
    }


def _state(cell: str | None) -> str | None:
    if cell is None:
        return None
    state = states().get(" ".join(cell.split()).upper())
    if state is None:
        raise ValueError(f"“{cell}” is no state or territory of the US")
    return state


def _split(cell: str | None) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in (cell or "").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _count(cell: str | None) -> int | None:
    if cell is None:
        return None
    match = _COUNT.fullmatch(cell)
    if match is None:
        raise ValueError(f"“{cell}” is no number of people")
    return int(match[1].replace(",", ""))


def _date(cell: str | None) -> str:
    if cell is None:
        raise ValueError("it has no day of submission")
    match = next((found for form in _DATES if (found := form.fullmatch(" ".join(cell.split())))), None)
    if match is None:
        raise ValueError(f"“{cell}” is no day of submission, which is month/day/year or ISO")
    year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
    if not _FIRST_YEAR <= year < 2100:
        raise ValueError(f"“{cell}” is no day of submission: the portal began in {_FIRST_YEAR}")
    try:
        return date(year, int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        raise ValueError(f"“{cell}” is no day of submission: there is no such day") from None


def mended(text: str) -> str:
    """The text without the damage that can be undone for certain; the rest of it stays."""
    if text.isascii() and "??" not in text:
        return text
    for pattern, instead in lists().mended:
        text = re.sub(pattern, instead, text)
    return _MOJIBAKE.sub(_unread, text)


def _unread(match: re.Match[str]) -> str:
    """UTF-8 that was read as cp1252, where it makes plain Latin letters or punctuation; else as it is."""
    try:
        raw = b"".join(bytes([ord(c)]) if ord(c) < 0xA0 else c.encode("cp1252") for c in match[0])
        text = raw.decode("utf-8")
    except UnicodeError:
        return match[0]
    return text if _LATIN.fullmatch(text) else match[0]
