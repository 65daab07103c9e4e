"""Pairs to compare that are in no workspace: a CSV file that anybody can write in a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from outbreach.graph.dates import When
from outbreach.graph.errors import InputError
from outbreach.graph.identity import freetext

FIELDS = ("name", "country", "region", "kind", "identifiers", "date", "people", "vendor", "text")
"""The columns of each side, with `left_` and `right_` before them; all but the name may be absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of a pair, read; `said` are the cells as they were written, `remarks` what could not be read."""

    name: str | None
    country: str | None = None
    region: str | None = None
    kind: str | None = None
    identifiers: tuple[str, ...] = ()
    date: When | None = None
    people: freetext.People | None = None
    vendor: str | None = None
    text: str | None = None
    said_kind: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides under the id that the file gives them."""

    id: str
    left: Side
    right: Side


def read_pairs(file: Path) -> Iterator[Pair]:
    """The pairs in a CSV file, however a spreadsheet saved it (BOM, `;` or tab, cp1252).

    A pair without an id has its number. Raises `InputError` where the file is no such table.
    """
    for number, (_, cells) in enumerate(spreadsheet_rows(file, ("left_name", "right_name")), 1):
        left, right = (_side({f: cells.get(f"{side}_{f}", "") for f in FIELDS}) for side in ("left", "right"))
        yield Pair(cells.get("pair_id") or str(number), left, right)


def spreadsheet_rows(file: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The line and the cells by column of each row that is not empty, however a spreadsheet saved the table.

    Raises `InputError` where it is no CSV or lacks a column.
    """
    text = _text(file)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = [" ".join(cell.split()).lower().replace(" ", "_") for cell in next(rows, [])]
        missing = [name for name in needed if name not in header]
        if missing:
            raise InputError(f"{file} has no column {' and no '.join(missing)}: a pair has {' and '.join(needed)}")
        for row in rows:
            cells = {name: cell.strip() for name, cell in zip(header, row, strict=False)}
            if any(cells.values()):
                yield rows.line_num, dict.fromkeys(header, "") | cells
    except csv.Error as error:
        raise InputError(f"{file} line {rows.line_num} is no CSV ({error})") from error


def _side(cells: dict[str, str]) -> Side:
    country = freetext.country(cells["country"])
    region = freetext.region(cells["region"], country)
    country = country or (region[:2] if region else None)
    date, people = freetext.date(cells["date"], country), freetext.people(cells["people"])
    unread = [
        f"its {name} “{cells[name]}” is not understood"
        for name, value in (("country", country), ("region", region), ("date", date))
        if cells[name] and value is None
    ]
    return Side(
        name=cells["name"] or None, country=country, region=region, kind=freetext.kind(cells["kind"]),
        identifiers=freetext.identifiers(cells["identifiers"]), date=date, people=people,
        vendor=cells["vendor"] or None, text=cells["text"] or None, said_kind=cells["kind"] or None, remarks=tuple(unread),
    )  # fmt: skip


def _text(file: Path) -> str:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}): is its name right?") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(raw).best()
        return str(best) if best is not None else raw.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)
