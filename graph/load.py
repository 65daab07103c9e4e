"""What a loader is and what it hands over: a Source describes it, a Reading is what one file said."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from outbreach.graph.errors import InputError
from outbreach.graph.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class LoaderSource:
    """What the loader's `SOURCE` says of itself.

    `version` moves whenever the same file would give other records: old loads are then read again.
    `edited` says that a file is written by hand, so that an edited file replaces the load of the same name.
    `shipped` lists the files that the package itself brings, read where the user names none.
    """

    name: str
    version: int
    title_en: str
    title_fr: str
    licence: str
    files: tuple[str, ...]
    edited: bool = False
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
    """Values of closed lists that the loader's table does not know; kept as text in the record."""

    @property
    def read(self) -> int:
        """read = kept + folded + rejected."""
        return len(self.records) + self.folded + len(self.rejected)


class Loader(Protocol):
    """A module of `loaders/`: a `SOURCE` and a pure `read`."""

    SOURCE: LoaderSource

    def read(self, file: Path) -> Reading:
        """What `file` says; raises `InputError` where it is not a file of this source at all."""


def text_of(file: Path) -> str:
    """The UTF-8 text of a file, a BOM taken off.

    Raises `InputError` where it is missing, empty, a folder, or not UTF-8.
    """
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file") from None
    except IsADirectoryError:
        raise InputError(f"{file} is a folder: name the files in it") from None
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(f"{file} line {line} is not UTF-8 text: save the file as UTF-8") from error
    if not text.strip():
        raise InputError(f"{file} is empty")
    return text
