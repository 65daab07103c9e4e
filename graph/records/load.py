"""What a loader is and what it hands over: a Source describes it, a Reading is what one file said."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from outbreach.graph.dates import when
from outbreach.graph.errors import ClaimError, InputError, UsageError
from outbreach.graph.records.record import Record

_DATE_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d{2}[-_](?:0[1-9]|1[0-2])(?:[-_](?:0[1-9]|[12]\d|3[01]))?(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoaderSource:
    """What the loader's `SOURCE` says of itself.

    `version` moves whenever the same file would give other records: old loads are then read again.
    `edited` says that a file is written by hand, so that an edited file replaces the load of the same name.
    `drafted` says that a machine reads prose: what it finds is kept as drafts, and becomes records when a person
    accepts them (`outbreach review`).
    `shipped` lists the files that the package itself brings, read where the user names none.
    """

    name: str
    version: int
    title_en: str
    title_fr: str
    licence: str
    files: tuple[str, ...]
    edited: bool = False
    drafted: bool = False
    shipped: Callable[[], list[Path]] | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row or file that made no record: where it stands, why, and what it said."""

    where: str
    why: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file said. `read` counts its rows; `folded` those that joined another row's record."""

    records: tuple[Record, ...]
    rejected: tuple[Reject, ...] = ()
    folded: int = 0
    unknown: tuple[str, ...] = ()
    """What was read and not understood, a sentence each: values that no closed list has, damage, odd headings."""

    @property
    def read(self) -> int:
        """read = kept + folded + rejected."""
        return len(self.records) + self.folded + len(self.rejected)


class Loader(Protocol):
    """A module of `loaders/`: a `SOURCE` and a pure `read`."""

    SOURCE: LoaderSource

    def read(self, file: Path, dated: str | None = None, /) -> Reading:
        """What `file` says, which speaks for the day `dated` where the user gives one.

        Raises `InputError` where it is not a file of this source at all.
        """


def day_of(file: Path, given: str | None, dates: Iterable[str]) -> tuple[str | None, bool]:
    """The day that a file speaks for, and whether it is inferred: as given, as in its name, else the newest of `dates`.

    Raises `UsageError` where the given one is no date.
    """
    if given is not None:
        try:
            return when(given).text, False
        except ClaimError as error:
            raise UsageError(f"--dated: {error}") from error
    in_name = _DATE_IN_NAME.search(file.stem)
    if in_name:
        try:
            return when(in_name[0].replace("_", "-")).text, False
        except ClaimError:
            pass
    newest = max(dates, key=lambda text: (when(text).last_day, text), default=None)
    return newest, newest is not None


def bytes_of(file: Path) -> bytes:
    """What is in a file; raises `InputError` where it is missing, a folder, or cannot be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file") from None
    except IsADirectoryError:
        raise InputError(f"{file} is a folder: name the files in it") from None
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from error


def text_of(file: Path) -> str:
    """The UTF-8 text of a file, a BOM taken off.

    Raises `InputError` where it is missing, empty, a folder, or not UTF-8.
    """
    raw = bytes_of(file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(f"{file} line {line} is not UTF-8 text: save the file as UTF-8") from error
    if not text.strip():
        raise InputError(f"{file} is empty")
    return text
