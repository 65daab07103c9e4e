"""A table as offices export them: CSV, xls or xlsx, read as rows of text, with all that is odd about it said."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from outbreach.graph.errors import InputError
from outbreach.graph.records.load import Reject, bytes_of
from outbreach.loaders.files.encoding import text_of_bytes
from outbreach.loaders.files.row import RAW, Row

_DELIMITERS = (",", ";", "\t", "|")
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Table:
    """The first row, the others with their number (the first row is 1), and what could not be read as asked."""

    file: Path
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    rejected: tuple[Reject, ...]
    remarks: tuple[str, ...]
    sha256: str

    def lines(self, *needed: str) -> Iterator[Row]:
        """The rows with their fields by heading.

        Raises `InputError` where a heading that is needed is missing, or where one stands twice.
        """
        missing = [heading for heading in needed if heading not in self.header]
        if missing:
            raise InputError(f"{self.file} is not of this source: it has no column “{'”, “'.join(missing)}”")
        twice = sorted({heading for heading in self.header if heading and self.header.count(heading) > 1})
        if twice:
            raise InputError(f"{self.file} has two columns “{twice[0]}”: take one out")
        for number, cells in self.rows:
            yield Row(f"record {number}", dict(zip(self.header, cells, strict=True)))


def table_of(file: Path, *, delimiter: str | None = ",", header: Sequence[str] | None = None) -> Table:
    """The table in `file`; rows without any text are no rows, and one of another length than the first is rejected.

    `header` names the columns of a file that does not. Without a `delimiter`, it is that of `, ; tab |` of which the
    first line has most.
    Raises `InputError` where there is no table: a web page, a damaged workbook, an empty file.
    """
    raw = bytes_of(file)
    remarks: list[str] = []
    lines = _workbook(file, raw, remarks) if raw.startswith(_EXCEL) else _lines(file, raw, remarks, delimiter)
    header = tuple(header) if header is not None else None
    rows: list[tuple[int, tuple[str, ...]]] = []
    rejected: list[Reject] = []
    for number, line in enumerate(lines, 1):
        if isinstance(line, str):
            rejected.append(Reject(f"record {number}", line))
            continue
        cells = tuple(cell.strip() for cell in line)
        if not any(cells):
            continue
        if header is None:
            header = cells
        elif len(cells) < len(header) or any(cells[len(header) :]):
            why = f"it has {len(cells)} cells, and the first row has {len(header)}"
            rejected.append(Reject(f"record {number}", why, raw_text(cells)))
        else:
            rows.append((number, cells[: len(header)]))
    if header is None:
        raise InputError(f"{file} is empty")
    return Table(file, header, tuple(rows), tuple(rejected), tuple(remarks), sha256(raw).hexdigest())


def raw_text(cells: tuple[str, ...]) -> str:
    """A row for a person to read, cut where it is long."""
    text = " | ".join(cells)
    return text if len(text) <= RAW else text[:RAW] + "…"


def _lines(file: Path, raw: bytes, remarks: list[str], delimiter: str | None) -> Iterator[list[str] | str]:
    """The rows of CSV text; in place of one that is no CSV, why."""
    text, remark = text_of_bytes(raw)
    remarks += [remark] if remark else []
    if text.lstrip().startswith("<"):
        raise InputError(f"{file} is a web page or other mark-up, not a table: export it again as CSV or Excel")
    first = next((line for line in text.splitlines() if line.strip()), "")
    found = delimiter or max(_DELIMITERS, key=re.sub(r'"[^"]*"', "", first).count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=found, strict=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"its quotation marks or commas do not fit together ({error}): some lines after it may be lost too"


def _workbook(file: Path, raw: bytes, remarks: list[str]) -> Iterator[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        first, *others = book.sheet_names or [""]
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False) if first else []
    except BaseException as error:
        # Where the Rust reader panics over a damaged file, pyo3 raises what is no Exception and cannot be imported.
        if not isinstance(error, (CalamineError, OSError, ValueError)) and type(error).__name__ != "PanicException":
            raise
        raise InputError(f"{file} is no Excel workbook that can be read ({error}): export it again") from error
    if others:
        remarks.append(f"only the first sheet, {first}, is read, and not {', '.join(others)}")
    yield from ([_text(cell) for cell in row] for row in rows)


def _text(cell: object) -> str:
    """A cell as CSV would have it: 500.0 is 500, and a day is ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
