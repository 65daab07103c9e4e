"""NHS trusts, as the NHS Organisation Data Service lists them, for who is who; closed ones with their dates."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from outbreach.graph.errors import InputError
from outbreach.graph.records.load import LoaderSource, Reading
from outbreach.graph.records.record import Record
from outbreach.loaders.files.row import Remarks, Row, reading
from outbreach.loaders.files.table import table_of
from outbreach.loaders.words.lists import tables
from outbreach.loaders.words.register import Entry, Register, Words, filled

SOURCE = LoaderSource(
    name="nhs_ods",
    version=1,
    title_en="NHS Organisation Data Service, NHS trusts (register, etr.csv)",
    title_fr="NHS Organisation Data Service, NHS trusts (registre, etr.csv)",
    licence="Open Government Licence v3.0",
    files=("*.csv",),
    addresses={"etr.csv": "https://www.odsdatasearchandexport.nhs.uk/api/getReport?report=etr"},
)


@dataclass(frozen=True, slots=True)
class _Lists:
    title: Words
    note: Words
    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    regions: dict[str, Words]
    unknown_region: Words


@cache
def _lists() -> _Lists:
    return tables(SOURCE.name, _Lists)


def read(file: Path, dated: str | None = None) -> Reading:
    """The trusts in a file. It speaks for the day `dated`, else for that in its name.

    Raises `InputError` where the file is no such register.
    """
    table = table_of(file, header=_lists().columns)
    register = Register.of(
        SOURCE, file, table.sha256, dated, _lists().title, lang="en", publisher="NHS Organisation Data Service",
        url="https://www.odsdatasearchandexport.nhs.uk",
    )  # fmt: skip
    found = Remarks()

    def record_of(row: Row) -> Record:
        row.ignore(*_lists().ignored)
        return register.record(_entry(row, found), row.where)

    result = reading(table.lines(), record_of, found, table.rejected, table.remarks)
    if not result.records:
        raise InputError(
            f"{file} is not of this source: no row of it is an NHS trust in the {len(table.header)} columns of ODS"
        )
    return result


def _entry(row: Row, found: Remarks) -> Entry:
    key, name = row.text("Organisation Code") or "", row.text("Name")
    if not re.fullmatch(r"[A-Z0-9]{3,8}", key):
        raise ValueError(f"“{key}” is no ODS code, which has three to eight letters and digits")
    if name is None:
        raise ValueError("it names nobody")
    since = _day(row, "Open Date")
    if since is None:
        raise ValueError("it has no Open Date, which every trust has")
    region = found.term(_lists().regions, "GOR Code", row.text("GOR Code"), row.where)
    return Entry(
        key=key, name=name, identifiers=(f"ods:{key}",), country="GB", city=row.text("Town"), kind="care_provider",
        since=since, until=_day(row, "Close Date"),
        note=filled(_lists().note, region=region or _lists().unknown_region),
    )  # fmt: skip


def _day(row: Row, name: str) -> str | None:
    """A date as 20240930."""
    text = row.text(name)
    if text is not None and not re.fullmatch(r"\d{8}", text):
        raise ValueError(f"its {name}, “{text}”, is no date, which has eight digits")
    return text and f"{text[:4]}-{text[4:6]}-{text[6:]}"
