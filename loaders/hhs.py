"""The breach portal of the US HHS Office for Civil Rights: reports of breaches that hit 500 people or more.

A row is a report (a Notification) by one body about an incident of its own; nothing in it says which reports share one.
What a report said once and for all cites the portal; its number of people, which is rewritten in place, cites the export.
The key is the folded name, the state and the day of submission. Reports with one key in one export, even where every
cell is the same, are several reports: they are numbered by their content, not by their place in the file.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unicodedata import normalize

import pycountry

from outbreach.graph.errors import InputError
from outbreach.graph.ids import short_hash
from outbreach.graph.load import LoaderSource, Reading, Reject, day_of
from outbreach.graph.record import Citation, Claim, Mention, Record, interval
from outbreach.graph.yamlfile import parse
from outbreach.loaders._table import Table, raw_text, table_of

SOURCE = LoaderSource(
    name="hhs",
    version=1,
    title_en="Breach portal of the US HHS Office for Civil Rights, exported (archive or under investigation)",
    title_fr="Portail des violations de données de l’OCR (HHS, États-Unis), exporté (archives ou enquêtes en cours)",
    licence="US government work",
    files=("*.csv", "*.xls", "*.xlsx"),
)
PORTAL = "https://ocrportal.hhs.gov/ocr/breach/breach_report.jsf"

_COUNT = re.compile(r"(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0+)?")
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M|Z)?)?"
_DATES = (
    re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}}){_TIME}", re.IGNORECASE),
    re.compile(rf"(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<y>\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE),
)
_FIRST_YEAR = 2009
"""The portal began in September 2009."""
_MOJIBAKE = re.compile(r"[^\x00-\x7f]{2,}+(?!\?)")
_LATIN = re.compile(r"[\xa0-\u017f\u2010-\u2122]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """One row, read; `raw_name` is the name as the export writes it."""

    number: int
    name: str
    raw_name: str
    state: str | None
    date: str
    people: int | None
    entity: str
    types: tuple[str, ...]
    places: tuple[str, ...]
    associate: str
    text: str | None

    @property
    def key(self) -> str:
        """Folded name, state and day; only ASCII letters and digits count, since damage spares them."""
        folded = re.sub("[^a-z0-9]+", "-", normalize("NFC", self.name).lower()).strip("-") or short_hash(self.name)
        return f"{folded}/{self.state or '-'}/{self.date}"

    @property
    def content(self) -> tuple[object, ...]:
        """What orders reports of one key: first what is seldom rewritten."""
        return self.types, self.entity, self.places, self.associate, self.people or 0, self.text or "", self.number


def read(file: Path, dated: str | None = None) -> Reading:
    """The reports in an export, which speaks for the day `dated`, else that in its name, else its newest report's.

    Raises `InputError` where the file is no export of the portal.
    """
    table = table_of(file)
    columns, remarks = _columns(file, table)
    reports: dict[str, list[_Report]] = {}
    rejected = list(table.rejected)
    for number, cells in table.rows:
        try:
            report = _report(number, {field: cells[index] for field, index in columns.items()})
        except ValueError as error:
            rejected.append(Reject(f"record {number}", str(error), raw_text(cells)))
        else:
            reports.setdefault(report.key, []).append(report)
    every = [report for group in reports.values() for report in group]
    day, _ = day_of(file, dated, (report.date for report in every))
    export = _Export(file.name, table, len(every), day)
    records = []
    for key, group in sorted(reports.items()):
        for place, report in enumerate(sorted(group, key=lambda r: r.content), 1):
            records.append(_record(key if place == 1 else f"{key}/{place}", report, export))
    return Reading(tuple(records), tuple(rejected), unknown=(*table.remarks, *remarks, *_strange(every)))


def _columns(file: Path, table: Table) -> tuple[dict[str, int], list[str]]:
    """Where each column stands. One whose heading is damaged is known by its place and by what is in its cells."""
    us, remarks = _ours(), []
    known = {heading.lower(): field for field, heading in us.columns.items()}
    fields = list(us.columns)
    columns: dict[str, int] = {}
    for index, heading in enumerate(table.header):
        field = known.get(" ".join(heading.split()).lower())
        if field is None and re.fullmatch(us.damaged_heading, heading):
            field = fields[index] if index < len(fields) else None
            if field is None or not _looks_like(field, [cells[index] for _, cells in table.rows]):
                raise InputError(f"{file}: the heading of column {index + 1} is damaged, and its cells do not tell what it is")
            remarks.append(f"the heading of column {index + 1} is damaged, and is taken for “{us.columns[field]}”")
        if field in columns:
            raise InputError(f"{file}: two columns are “{us.columns[field]}”")
        if field is not None:
            columns[field] = index
        elif heading not in us.repeated:
            remarks.append(f"the column “{heading}” is not read")
    missing = [us.columns[field] for field in fields if field not in columns and field not in us.absent_in_some]
    if missing:
        raise InputError(f"{file} is no export of the breach portal: it has no column {', '.join(missing)}")
    return columns, remarks


def _looks_like(field: str, cells: Sequence[str]) -> bool:
    us = _ours()
    lists = {"entity": us.entity_types, "associate": us.associate, "state": _states()}
    filled = [cell for cell in cells if cell not in us.absent]
    if field in lists:
        return all(cell in lists[field] for cell in filled)
    return field in ("name", "text") and not any(cell in lists["associate"] for cell in filled)


def _report(number: int, row: Mapping[str, str]) -> _Report:
    """The row, read; raises `ValueError`, a sentence, where it cannot be."""
    us = _ours()
    cells = {field: None if cell in us.absent else cell for field, cell in row.items()}
    raw_name = " ".join((cells["name"] or "").split())
    if not raw_name:
        raise ValueError("it names nobody")
    state = _states().get(cells["state"].upper()) if cells["state"] else None
    if cells["state"] and state is None:
        raise ValueError(f"“{cells['state']}” is no state or territory of the US")
    text = "\n".join(line.rstrip() for line in re.split(r"\r\n?|\n", _mended(cells.get("text") or ""))).strip()
    return _Report(
        number=number, name=" ".join(_mended(raw_name).split()), raw_name=raw_name, state=state,
        date=_date(cells["date"]), people=_count(cells["people"]), entity=cells["entity"] or "",
        types=_split(cells["type"]), places=_split(cells["location"]), associate=cells["associate"] or "",
        text=text or None,
    )  # fmt: skip


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for piece in (cell or "").split(",") if (part := " ".join(piece.split()))))


def _count(cell: str | None) -> int | None:
    if cell is None:
        return None
    match = _COUNT.fullmatch(cell.replace("\xa0", ""))
    if match is None:
        raise ValueError(f"“{cell}” is no number of people")
    return int(match[1].replace(",", ""))


def _date(cell: str | None) -> str:
    match = next((m for form in _DATES if cell and (m := form.fullmatch(" ".join(cell.split())))), None)
    if match is None:
        raise ValueError(f"“{cell}” is no day of submission: month/day/year or ISO" if cell else "it has no day of submission")
    year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
    try:
        day = datetime(year, int(match["m"]), int(match["d"])).date()  # noqa: DTZ001 - a calendar day has no zone
    except ValueError:
        raise ValueError(f"“{cell}” is no day of submission: there is no such day") from None
    if not _FIRST_YEAR <= year < 2100:
        raise ValueError(f"“{cell}” is no day of submission: the portal began in {_FIRST_YEAR}")
    return day.isoformat()
