"""Hospitals of the United States, as the Centers for Medicare & Medicaid Services list them, for who is who."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from outbreach.graph.records.load import LoaderSource, Reading
from outbreach.graph.records.record import Record
from outbreach.loaders.files.row import Remarks, Row, reading
from outbreach.loaders.files.table import table_of
from outbreach.loaders.words.lists import tables
from outbreach.loaders.words.register import Entry, Register, Words, filled

SOURCE = LoaderSource(
    name="cms",
    version=1,
    title_en="US Centers for Medicare & Medicaid Services, Hospital General Information (register)",
    title_fr="Centers for Medicare & Medicaid Services (États-Unis), Hospital General Information (registre)",
    licence="US government work",
    files=("*.csv", "*.xlsx"),
    addresses={
        "hospital-general-information.csv": "https://data.cms.gov/provider-data/api/1/datastore/query/xubh-q36u/0/download?format=csv"
    },
)


@dataclass(frozen=True, slots=True)
class _Lists:
    title: Words
    note: Words
    note_without_owner: Words
    untyped: Words
    columns: dict[str, tuple[str, ...]]
    ignored: tuple[str, ...]
    types: dict[str, Words]
    owners: dict[str, Words]


@cache
def _lists() -> _Lists:
    return tables(SOURCE.name, _Lists)


def read(file: Path, dated: str | None = None) -> Reading:
    """The hospitals in a file. It speaks for the day `dated`, else for that in its name.

    Raises `InputError` where the file is no such register.
    """
    table = table_of(file)
    names = {
        ours: next((n for n in theirs if n in table.header), theirs[0]) for ours, theirs in _lists().columns.items()
    }
    ignored = [name for name in table.header if any(re.match(pattern, name) for pattern in _lists().ignored)]
    register = Register.of(
        SOURCE, file, table.sha256, dated, _lists().title, lang="en",
        publisher="US Centers for Medicare & Medicaid Services",
        url="https://data.cms.gov/provider-data/dataset/xubh-q36u",
    )  # fmt: skip
    found = Remarks()

    def record_of(row: Row) -> Record:
        row.ignore(*ignored)
        cells = {ours: row.text(name) for ours, name in names.items()}
        return register.record(_entry(cells, names, found, row.where), row.where)

    lines = table.lines(*names.values())
    return reading(lines, record_of, found, table.rejected, table.remarks)


def _entry(cells: dict[str, str | None], names: dict[str, str], found: Remarks, where: str) -> Entry:
    key, name, state = cells["id"], cells["name"], cells["state"]
    if not key or not re.fullmatch(r"[0-9A-Z]{6}", key):
        raise ValueError(f"“{key or ''}” is no CMS certification number, which has six digits or letters")
    if not name:
        raise ValueError("it names nobody")
    kind = found.term(_lists().types, names["type"], cells["type"], where)
    owner = found.term(_lists().owners, names["owner"], cells["owner"], where)
    said = kind or (Words(en=cells["type"], fr=cells["type"]) if cells["type"] else _lists().untyped)
    owned = owner or (Words(en=cells["owner"], fr=cells["owner"]) if cells["owner"] else None)
    note = filled(_lists().note, type=said, owner=owned) if owned else filled(_lists().note_without_owner, type=said)
    return Entry(
        key=key, name=name, identifiers=(f"ccn:{key}",), country="US", region=f"US-{state}" if state else None,
        city=cells["city"], kind="hospital", note=note,
    )  # fmt: skip
