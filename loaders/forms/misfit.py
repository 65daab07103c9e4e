"""What is wrong with a file written by hand, said to a journalist: file, line, field, and what to write instead."""

import re
from pathlib import Path
from typing import Any

import msgspec
import yaml

from outbreach.graph.errors import InputError
from outbreach.graph.yamlfile import Document
from outbreach.loaders.forms.incident import CastEntry, Key, SourceEntry

INCIDENT = "this is no incident file; one begins with title, sources, cast and facts"
ENTRIES: dict[str | int, Any] = {"sources": dict[Key, SourceEntry], "cast": dict[Key, CastEntry]}
_YAML = {
    "mapping values are not allowed in this context": "a text with a colon in it stands in quotation marks",
    "found character that cannot start any token": "indent with spaces, not tabs; a text that begins with a sign is "
    "put in quotation marks",
    "found unexpected end of stream": "a quotation mark is opened and not closed",
    "did not find expected node content": "a bracket is opened and not closed, or a value is missing",
    "but found another document": "one file holds one document",
}
"""What the YAML parser says, and what it mostly means."""
_TYPES = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "named fields",
}
_FORMS = {
    r"^[a-z]{2}$": "a language is two small letters, as fr",
    r"^[A-Z]{2}$": "a country is its ISO 3166-1 code, as FR",
    r"^[A-Z]{2}-[A-Z0-9]{1,3}$": "a region is its ISO 3166-2 code, as FR-IDF",
    r"^[a-z][a-z0-9_]*$": "a key is made of small letters, digits and _, and begins with a letter",
    r"^[a-z]+-[a-z0-9-]+$": "an id is made of small letters, digits and hyphens, as org-born-ontario",
    r"^incident-[a-z0-9-]+$": "the id of an incident is incident- with small letters, digits and hyphens",
    r"^https?://\S+$": "an address begins with https:// or http:// and has no space in it",
}
_LIMITS = {
    "Expected `str` of length >= 1": "this text is empty",
    "Expected `int` >= 0": "this number is at least 0",
    "Expected `int` >= 1": "this number is at least 1",
}


def unreadable(file: Path, text: str, error: yaml.YAMLError) -> InputError:
    """The file is no YAML."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return InputError(f"{file}: not readable as YAML ({str(error).splitlines()[0]})")
    mark = error.problem_mark or error.context_mark
    said = error.problem or error.context or ""
    line = min(mark.line + 1, len(text.splitlines())) if mark else 1
    return InputError(f"{file} line {line}: not readable as YAML ({_YAML.get(said, said)})")


def misfit(
    file: Path,
    document: Document,
    error: msgspec.ValidationError,
    other: str = INCIDENT,
    entries: dict[str | int, Any] = ENTRIES,
) -> InputError:
    """The file is YAML, but not in its form; `other` says so where it is something else altogether.

    `entries` are its fields whose entries have keys of the user's own, each with its type.
    """
    if not isinstance(document.data, dict):
        return InputError(f"{file} line 1: {other}")
    message, path = _where(str(error))
    written = document.data.get(path[0]) if path and path[0] in entries else None
    if isinstance(written, dict):
        for key, value in written.items():
            try:
                msgspec.convert({key: value}, entries[path[0]])
            except msgspec.ValidationError as inner:
                message = _where(str(inner))[0]
                path = [path[0], str(key), *path[1:]]
                break
    unknown = re.search(r"unknown field `(.+?)`", message)
    if unknown:
        path.append(unknown[1])
    shown = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    return InputError(f"{file} line {document.line(tuple(path))}{f', {shown}' if shown else ''}: {_plain(message)}")


def _where(error: str) -> tuple[str, list[str | int]]:
    """msgspec’s message, and the path in it; an entry’s own key is not in its paths (`$.cast[...].kind`)."""
    message, _, where = error.partition(" - at `")
    steps = re.findall(r"\.([^.\[\]`]+)|\[(\d+)\]", where.rpartition("$")[2])
    return message, [int(index) if index else name for name, index in steps]


def _plain(message: str) -> str:
    unknown = re.search(r"unknown field `(.+?)`", message)
    if unknown:
        return f"there is no field “{unknown[1]}” here"
    missing = re.search(r"missing required field `(.+?)`", message)
    if missing:
        return f"the field “{missing[1]}” is missing"
    form = re.fullmatch(r"Expected `str` matching regex '(.+)'", message)
    if form:
        return _FORMS.get(form[1].replace("\\\\", "\\"), message)
    types = re.fullmatch(r"Expected `([a-z| ]+)`, got `([a-z]+)`", message)
    if types:
        wanted = " or ".join(_TYPES.get(name, name) for name in types[1].split(" | ") if name != "null")
        return f"this must be {wanted}, not {_TYPES.get(types[2], 'nothing' if types[2] == 'null' else types[2])}"
    return _LIMITS.get(message, message)
