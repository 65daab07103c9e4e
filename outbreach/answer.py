"""How an answer is printed: as a table for people, as JSON or CSV for machines."""

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from rich.console import Console

from outbreach.graph.store.rows import as_csv, as_json, as_table, summary
from outbreach.queries import Question

if TYPE_CHECKING:
    from outbreach.graph.store.bolt import Store

out = Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else 180, highlight=False)
err = Console(stderr=True, highlight=False)


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    json = "json"
    csv = "csv"


class Lang(StrEnum):
    """The language of headings and words."""

    en = "en"
    fr = "fr"


def print_question(store: "Store", question: Question, rows: list[list[object]], lang: Lang, wide: bool) -> None:
    """Print an answer as a table, nodes by their names, with what the question’s notes say of it."""
    from outbreach.graph.store.find import display_names

    columns = list(question.columns.values())
    other = "_en" if lang is Lang.fr else "_fr"
    shown = [
        i
        for i, (name, column) in enumerate(question.columns.items())
        if (wide or not column.wide) and not name.endswith(other)
    ]
    cells = [[_through(row[i]) if columns[i].type == "way" else row[i] for i in shown] for row in rows]
    ids = {
        str(id)
        for row in cells
        for i, cell in zip(shown, row, strict=True)
        if columns[i].type != "value"
        for id in _flat(cell)
    }
    names = display_names(store, ids)
    out.print(f"[bold]{question.title[lang]}[/]", soft_wrap=True)
    out.print(as_table([columns[i][lang] for i in shown], cells, names, lang))
    hidden = sum(column.wide for column in columns) * (not wide)
    err.print(summary(list(question.columns), rows, hidden, lang), markup=False, soft_wrap=True)
    if question.notes:
        err.print(question.notes[lang], markup=False, soft_wrap=True)


def _through(cell: object) -> list[object]:
    """What a way passes between its ends, incidents apart: the suppliers and products."""
    return [id for id in _flat(cell)[1:-1] if not str(id).startswith("incident-")]


def _flat(cell: object) -> list[object]:
    return cell if isinstance(cell, list) else [] if cell is None else [cell]


def print_rows(columns: tuple[str, ...], rows: Sequence[Sequence[object]], format: Format, lang: Lang) -> None:
    """Print rows in the asked form, every column as it is."""
    if format is Format.json:
        sys.stdout.write(as_json(columns, rows) + "\n")
    elif format is Format.csv:
        sys.stdout.write(as_csv(columns, rows))
    else:
        out.print(as_table(columns, rows, {}, lang))
