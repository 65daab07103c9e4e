"""A JSON file as its objects, one row each; what is no JSON is said in one sentence."""

import json
from pathlib import Path

from outbreach.graph.errors import InputError
from outbreach.graph.records.load import bytes_of, text_of
from outbreach.loaders.files.row import Row


def document_of(file: Path, text: str | None = None) -> object:
    """The JSON document in a file, or in a text out of it.

    Raises `InputError` where it is none.
    """
    try:
        return json.loads(_text(file) if text is None else text)
    except json.JSONDecodeError as error:
        raise InputError(f"{file} line {error.lineno} is no JSON ({error.msg}): fetch or export it again") from error
    except ValueError:
        raise InputError(f"{file} is no JSON that can be read: it holds a number of thousands of digits") from None
    except RecursionError:
        raise InputError(f"{file} is no JSON that can be read: it is nested too deeply") from None


def rows_of(file: Path, items: object, what: str = "a list of objects") -> list[Row]:
    """The objects of a list as rows; what in it is no object is a row of no fields, which its loader rejects.

    Raises `InputError` where `items` is no list.
    """
    if not isinstance(items, list):
        raise InputError(f"{file} is not of this source: it should hold {what}")
    return [Row(f"record {number}", item if isinstance(item, dict) else {}) for number, item in enumerate(items, 1)]


def _text(file: Path) -> str:
    """The text of a JSON file: UTF-8, or the UTF-16 or 32 that some programs save it as (RFC 4627, section 3)."""
    raw = bytes_of(file)
    encoding = json.detect_encoding(raw)
    if encoding.startswith("utf-8"):
        return text_of(file)
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is no JSON that can be read ({error.reason}): save it as UTF-8") from error
