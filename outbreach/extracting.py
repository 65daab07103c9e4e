"""`outbreach extract`: what articles, and the descriptions in a portal’s export, say. Nothing is stored."""

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from outbreach.answer import err
from outbreach.graph.errors import InputError

TABLES = (".csv", ".tsv", ".xls", ".xlsx")
"""Files that can be a portal’s export."""


class Form(StrEnum):
    """How what is found is printed."""

    yaml = "yaml"
    jsonl = "jsonl"


def extract(
    files: Annotated[
        list[Path], typer.Argument(help="Exports of the US breach portal, or articles (text, HTML, PDF).")
    ],
    format: Annotated[
        Form, typer.Option("--format", "-f", help="yaml (a list) or jsonl (an object a line).")
    ] = Form.yaml,
) -> None:
    """Print what files state, each fact with its words: a portal’s export row by row, anything else as an article.

    Example: outbreach extract archive.csv --format jsonl
    """
    failed = 0
    for file in files:
        try:
            for found in _found(file):
                _print({"file": str(file), **found} if len(files) > 1 else found, format)
        except InputError as error:
            failed += 1
            err.print(f"outbreach: {error}", style="red", markup=False, soft_wrap=True)
    if failed:
        raise typer.Exit(1)


def _found(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of an export, or the drafts of an article."""
    from outbreach.loaders import article, hhs

    if file.suffix.lower() in TABLES or (file.suffix.lower() not in _TEXTS and hhs.is_export(file)):
        yield from hhs.shown(file)
    else:
        yield from article.shown(file)


_TEXTS = (".txt", ".md", ".html", ".htm", ".pdf")


def _print(found: dict[str, Any], format: Form) -> None:
    if format is Form.jsonl:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(yaml.dump([found], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120))


class _Dumper(yaml.CSafeDumper):
    """libyaml’s writer, which writes each value out and never refers back to an equal one."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True
