"""What a loader is and what it hands over: a Source describes it, a Reading is what one file said."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

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
    `takes` names the options of `read` besides `dated`: `everything` (not health alone), `mapping` (a mapping file).
    `folder` says that a folder is read as one file. `addresses` are where `outbreach fetch` gets the newest files, by the
    name that each is kept under; a source without any says in `obtain_en` and `obtain_fr` what to click.
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
    takes: tuple[str, ...] = ()
    folder: bool = False
    addresses: Mapping[str, str] = field(default_factory=dict)
    obtain_en: str | None = None
    obtain_fr: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row or file that made no record: where it stands, why, and what it said."""

    where: str
    why: str
    raw: str = ""

    def __post_init__(self) -> None:
        """One sentence on one line, also where it quotes a cell with line ends."""
        object.__setattr__(self, "why", " ".join(self.why.split()))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file said. `read` counts its rows; `folded` those that joined another row's record."""

    records: tuple[Record, ...]
    rejected: tuple[Reject, ...] = ()
    folded: int = 0
    unknown: tuple[str, ...] = ()
    """What was read and not understood, a sentence each: fields that nobody reads, values that no closed list has."""
    remarks: tuple[str, ...] = ()
    """What else a user should know, a sentence each: damage, mended or not, and the encoding where it is not UTF-8."""

    @property
    def read(self) -> int:
        """read = kept + folded + rejected."""
        return len(self.records) + self.folded + len(self.rejected)


class Loader(Protocol):
    """A module of `loaders/`: a `SOURCE` and a pure `read`."""

    SOURCE: LoaderSource

    def read(self, file: Path, dated: str | None = None, /, **options: Any) -> Reading:
        """What `file` says, which speaks for the day `dated` where the user gives one.

        The options are those that its `SOURCE.takes`, by keyword.
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


def digest_of(path: Path) -> str:
    """The sha256 of a file; of a folder, that of its files' names and contents in order of name.

    Raises `InputError` where it is missing or cannot be read.
    """
    if not path.is_dir():
        return sha256(bytes_of(path)).hexdigest()
    total = sha256()
    for file in files_in(path):
        total.update(f"{file.relative_to(path).as_posix()}\x00".encode("utf-8", "surrogateescape"))
        total.update(sha256(bytes_of(file)).digest())
    return total.hexdigest()


def files_in(folder: Path) -> list[Path]:
    """The files below a folder in order of name, without hidden ones."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


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
