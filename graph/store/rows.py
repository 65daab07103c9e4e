"""Rows of an answer as JSON, CSV or a table."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date

from rich.table import Table
from rich.text import Text

Cell = object


def as_json(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """An array of objects keyed by column."""
    return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1, default=str)


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Comma-separated with a header; a list is joined by “; ”, an absent value is empty.

    A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return stream.getvalue()


def as_table(headings: Sequence[str], rows: Sequence[Sequence[Cell]], names: Mapping[str, str], lang: str) -> Table:
    """A table for people: numbers grouped and to the right, yes and no in words, ids in `names` by their name."""
    table = Table(box=None, pad_edge=False, header_style="bold", row_styles=["", "dim"])
    for index, heading in enumerate(headings):
        numbers = all(_is_number(row[index]) or row[index] is None for row in rows) and bool(rows)
        table.add_column(heading, justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_words(cell, names, lang)) for cell in row))
    return table


def summary(columns: Sequence[str], rows: Sequence[Sequence[Cell]], hidden: int, lang: str) -> str:
    """How many rows, how many bodies stated but not named (counted apart), and how many columns are not shown."""
    unnamed = 0
    if "unnamed_count" in columns:
        counts = [row[columns.index("unnamed_count")] for row in rows]
        unnamed = sum(count for count in counts if isinstance(count, int))
    parts = {
        "en": (
            f"{len(rows):,} row{'' if len(rows) == 1 else 's'}",
            f"{unnamed:,} bodies stated but not named",
            f"{hidden} more columns with --wide",
        ),
        "fr": (
            f"{len(rows)} ligne{'s' if len(rows) > 1 else ''}",
            f"{unnamed} organismes annoncés mais non nommés",
            f"{hidden} colonnes de plus avec --wide",
        ),
    }[lang]
    shown = [part for part, there in zip(parts, (True, unnamed, hidden), strict=True) if there]
    return f"{(' ; ' if lang == 'fr' else '; ').join(shown)}."


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, list):
        text = "; ".join(_csv_cell(item) for item in cell)
    elif isinstance(cell, dict):
        text = json.dumps(cell, ensure_ascii=False, default=str)
    else:
        text = str(cell)
    return f"'{text}" if isinstance(cell, (str, list)) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _words(cell: Cell, names: Mapping[str, str], lang: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return {"en": ("no", "yes"), "fr": ("non", "oui")}[lang][cell]
    if _is_number(cell):
        return f"{cell:,}".replace(",", "\u202f" if lang == "fr" else ",")
    if isinstance(cell, list):
        return " → ".join(_words(item, names, lang) for item in cell)
    if isinstance(cell, (dict, date)):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return names.get(str(cell), str(cell))


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)
