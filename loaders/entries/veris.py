"""VERIS incidents as they come: an array, a zip, or a folder of one-file incidents, each read into flat fields."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from outbreach.graph.errors import InputError
from outbreach.graph.names import normalise
from outbreach.graph.records.load import Reject, bytes_of, files_in
from outbreach.loaders.files.json_file import document_of
from outbreach.loaders.files.row import Row
from outbreach.loaders.words.bodies import is_named, may_be_person, several
from outbreach.loaders.words.lists import tables

_LARGEST = 2**31
"""So many bytes of a zip are unpacked at most."""
_LEGAL_END = re.compile(r"(.+?,?\s(?:Inc|LLC|Ltd|Corp|Co|P\.A|PC)\b\.?)(?=\s|$)")
_NAME_WORD = re.compile(r"[A-Z0-9&(\"“][\w.,'’&()/-]*|of|and|the|for|de|in|&")
_MARKS = ".,;:!?()[]\"“”'’-–—"
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Action:
    """The kind of incident that an action is, and its varieties that say more."""

    kind: str
    varieties: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Lists:
    """`data/vcdb.yaml`."""

    health: tuple[str, ...]
    industries: Words
    ignored: tuple[str, ...]
    security_incidents: Words
    confidences: Words
    disclosures: Words
    actions: dict[str, Action]
    availability: dict[str, str | None]
    attacks: frozenset[str]
    data: dict[str, str | None]
    data_victims: dict[str, Words | None]
    assets: str
    owners: dict[str, str | None]
    stages: dict[str, Words]
    units: dict[str, Words | None]
    states: Words
    filled_down: frozenset[str]
    not_names: frozenset[str]
    private_persons: frozenset[str]
    counted: frozenset[str]
    things: frozenset[str]
    qualifiers: tuple[tuple[str, str], ...]
    rules: Words
    words: dict[str, Words]


@cache
def lists() -> Lists:
    """The tables of the source, read once."""
    return tables("vcdb", Lists)


def incidents(file: Path) -> tuple[list[tuple[Row, str]], list[Reject]]:
    """The incidents in a file or folder, each with the digest of the file it stands in, and what in it is none.

    Raises `InputError` where there is none at all.
    """
    rows: list[tuple[Row, str]] = []
    rejected: list[Reject] = []
    for name, raw, path in _files(file):
        digest = sha256(raw).hexdigest() if name else sha256(bytes_of(file)).hexdigest()
        try:
            rows += ((row, digest) for row in _objects(path, raw, name))
        except InputError as error:
            if not name:
                raise
            rejected.append(Reject(name, str(error)))
    if not any("incident_id" in row.fields for row, _ in rows):
        raise InputError(f"{file} is not of this source: it holds no VERIS incident, an object with an “incident_id”")
    return rows, rejected


def _files(file: Path) -> Iterator[tuple[str, bytes, Path]]:
    """The JSON in a file, zip or folder, with the name of each file in a folder."""
    if file.is_dir():
        for path in files_in(file):
            if path.suffix.lower() == ".json":
                yield path.relative_to(file).as_posix(), bytes_of(path), path
        return
    raw = bytes_of(file)
    if not raw.startswith(b"PK\x03\x04"):
        yield "", raw, file
        return
    try:
        with ZipFile(BytesIO(raw)) as packed:
            members = [
                m for m in packed.infolist() if m.filename.lower().endswith(".json") and "__MACOSX" not in m.filename
            ]
            if sum(member.file_size for member in members) > _LARGEST:
                raise InputError(f"{file} unpacks to more than 2 GB: unpack it, and name the folder")
            for member in members:
                yield member.filename if len(members) > 1 else "", packed.read(member), file
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise InputError(f"{file} is no zip that can be unpacked ({error}): fetch it again") from error


def _objects(file: Path, raw: bytes, name: str) -> Iterator[Row]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 text: save it as UTF-8") from error
    document = document_of(file, text)
    if isinstance(document, list):
        for number, item in enumerate(document, 1):
            yield Row(f"{name} record {number}".strip(), item if isinstance(item, dict) else {})
    else:
        yield Row(name or "record 1", document if isinstance(document, dict) else {})


def flat(row: Row) -> Row:
    """The row with the fields of its inner objects by their path: `actor.external.name`."""
    return Row(row.where, dict(_flat(row.fields, "")))


def _flat(fields: Mapping[str, object], path: str) -> Iterator[tuple[str, object]]:
    for name, value in fields.items():
        at = path + str(name).encode("utf-8", "replace").decode()
        if isinstance(value, dict):
            yield from _flat(value, f"{at}.")
        else:
            yield at, value


def ignore(row: Row) -> None:
    """Leave unread what the table names."""
    row.ignore(*(name for name in row.left() if _ignored(name)))


@cache
def _ignored(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in lists().ignored)


def day_at(row: Row, path: str) -> str | None:
    """The date at a path (`timeline.incident`), as precise as its parts are; None where it has no year that can be.

    Parts that make no day, as the 30th of February, are left off.
    """
    year, month, day = (_number(row.take(f"{path}.{part}")) for part in ("year", "month", "day"))
    if year is None or not 1950 <= year < 2100:
        return None
    if month is None or not 1 <= month <= 12:
        return f"{year:04}"
    try:
        return date(year, month, day or 0).isoformat()
    except (ValueError, OverflowError):
        return f"{year:04}-{month:02}"


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def partners(notes: str | None) -> list[str]:
    """The bodies that a coder's note of a partner names: it is a name, or begins with one up to its legal form."""
    found = []
    for part in several(notes) if notes else ():
        match = _LEGAL_END.match(part)
        name = match[1] if match else part
        words = name.split()
        plain = all(_NAME_WORD.fullmatch(word) for word in words) or len(words) == 1
        if plain and len(words) <= 7 and is_named(name) and name not in lists().not_names and not may_be_person(name):
            found.append(name)
    return found


def mentions(text: str, name: str) -> bool:
    """Whether a text speaks of a name."""
    return f" {normalise(name)} " in f" {normalise(text)} "


def counted(total: int, text: str) -> tuple[str, str] | None:
    """Whether a text counts that number of people: the qualifier it gives, and its words; None where it does not."""
    words = text.split()
    for place, word in enumerate(words):
        if word.strip(_MARKS).replace(",", "") != str(total) or word[0] in "$£€":
            continue
        for end in range(place + 1, min(place + 7, len(words))):
            after = words[end].strip(_MARKS).casefold().removesuffix("’s").removesuffix("'s")
            if words[end - 1][-1] in ".;:" or after[:1].isdigit() or after in lists().things:
                break
            if after in lists().counted:
                before = " ".join(words[max(0, place - 4) : place])
                qualifier = next((q for pattern, q in _qualifiers() if pattern.search(before)), "exact")
                return qualifier, " ".join(words[max(0, place - 4) : end + 1])
    return None


@cache
def _qualifiers() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"\b{pattern}", re.IGNORECASE), qualifier) for pattern, qualifier in lists().qualifiers]


def repeated(rows: Iterable[Row]) -> frozenset[str]:
    """Notes of partners that stand with several victims: a spreadsheet may have filled them down."""
    met: dict[str, set[str]] = {}
    for row in rows:
        actor, victim = row.fields.get("actor"), row.fields.get("victim")
        partner = actor.get("partner") if isinstance(actor, dict) else None
        notes = partner.get("notes") if isinstance(partner, dict) else None
        if isinstance(notes, str) and isinstance(victim, dict):
            met.setdefault(" ".join(notes.split()), set()).add(str(victim.get("victim_id")))
    return frozenset(note for note, victims in met.items() if len(victims) > 1) | lists().filled_down
