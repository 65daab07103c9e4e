"""One row or object, read strictly: each field is taken, ignored by name, or reported; so is a value that no list has."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from outbreach.graph.dates import when
from outbreach.graph.errors import ClaimError
from outbreach.graph.records.load import Reading, Reject
from outbreach.graph.records.record import Record

Term = TypeVar("Term")
_HALF = re.compile("[\ud800-\udfff]")
RAW = 500
"""So much of a rejected row is kept."""


class Row:
    """The fields of one row, post or object, and where it stands (`record 17`); absent is None, never an empty text."""

    __slots__ = ("_fields", "fields", "where")

    def __init__(self, where: str, fields: Mapping[str, object]) -> None:
        self.where = where
        self.fields = fields
        self._fields = dict(fields)

    @property
    def raw(self) -> str:
        """The row for a person to read, cut where it is long."""
        text = json.dumps(self.fields, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace").decode()
        return text if len(text) <= RAW else text[:RAW] + "…"

    def text(self, name: str) -> str | None:
        """A field as text, its white space folded; None where there is none.

        Raises `ValueError` where it holds no text or number, as a list or an object.
        """
        value = self.take(name)
        return None if value is None else _text(value, name)

    def prose(self, name: str) -> str | None:
        """A long text as it is, lines and all; None where there is none, or where it is damaged past reading."""
        value = self.take(name)
        return value if isinstance(value, str) and value.strip() and not _HALF.search(value) else None

    def day(self, name: str) -> str | None:
        """A field as a date, `2024-03-10`, `2024-03` or `2024`; None where there is none.

        Raises `ValueError` where it holds no such date.
        """
        text = self.text(name)
        try:
            return None if text is None else when(text).text
        except ClaimError:
            raise ValueError(f"its {name}, {text}, is no date: it should be as 2024-03-10") from None

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that is a list of texts, each once, its white space folded; empty where there is none.

        Raises `ValueError` where it is no list, or holds what is no text.
        """
        value = self.take(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise ValueError(f"its {name} is no list")  # noqa: TRY004  the row's mistake, not a caller's
        return tuple(dict.fromkeys(text for item in value if (text := _text(item, name))))

    def take(self, name: str) -> object:
        """A field as it is; None where there is none."""
        return self._fields.pop(name, None)

    def ignore(self, *names: str) -> None:
        """Leave fields unread, on purpose."""
        for name in names:
            self._fields.pop(name, None)

    def left(self) -> list[str]:
        """The fields that hold something and that nobody read."""
        return [name for name, value in self._fields.items() if not _empty(value)]


class Remarks:
    """What was read and not understood, a sentence each, with where it first stands and how often."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def add(self, sentence: str, where: str) -> None:
        """Note a sentence of the row at `where`."""
        places = self._found.setdefault(sentence.encode("utf-8", "backslashreplace").decode(), [])
        if not places or places[-1] != where:
            places.append(where)

    def term(self, table: Mapping[str, Term], heading: str, value: str | None, where: str) -> Term | None:
        """What `value` is in a closed list; a value that it does not have is noted, and is None."""
        if value is None:
            return None
        if value not in table:
            self.add(f"{heading} “{value}” is in no list of ours, and is kept as it is", where)
        return table.get(value)

    def done(self, row: Row) -> None:
        """Note the fields of a row that nobody read."""
        for name in row.left():
            self.add(f"the field “{name}” is not read", row.where)

    def sentences(self) -> tuple[str, ...]:
        """Each sentence once, in the order in which they came up."""
        return tuple(
            f"{sentence} ({places[0]}{f' and {len(places) - 1:,} more' if len(places) > 1 else ''})"
            for sentence, places in self._found.items()
        )


def reading(
    rows: Iterable[Row],
    record_of: Callable[[Row], Record],
    found: Remarks,
    rejected: Iterable[Reject] = (),
    remarks: Iterable[str] = (),
) -> Reading:
    """One record a row; a row that makes none, or whose key another row has, is rejected with its reason.

    `record_of` raises `ValueError` or `ClaimError`, whose text says why a row makes no record.
    """
    records: dict[str, Record] = {}
    refused = list(rejected)
    for row in rows:
        try:
            record = record_of(row)
            if record.key in records:
                raise ValueError(f"another row has its key, {record.key}")
        except (ValueError, ClaimError) as error:
            refused.append(Reject(row.where, str(error), row.raw))
        else:
            records[record.key] = record
            found.done(row)
    return Reading(tuple(records.values()), tuple(refused), unknown=found.sentences(), remarks=tuple(remarks))


def _text(value: object, name: str) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"its {name} is no text")  # noqa: TRY004  the row's mistake, not a caller's
    text = " ".join(str(value).split())
    if not text.isascii() and _HALF.search(text):
        raise ValueError(f"its {name} holds halves of characters: the file is damaged there")
    return text or None


def _empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, Iterable) and not list(value))
