"""A notice in the list of Washington’s Attorney General, read: its lines folded, who stands in its name, what it counts."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from outbreach.graph.ids import short_hash
from outbreach.graph.names import normalise
from outbreach.graph.records.load import Reject
from outbreach.loaders.files.row import Remarks, Row
from outbreach.loaders.words.bodies import Body, body_of
from outbreach.loaders.words.lists import tables

_COUNT = re.compile(r"\d{1,9}|\d{1,3}(?:,\d{3}){1,2}", re.ASCII)
_DATE = re.compile(r"(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})/(\d{1,2})/(\d{4}))(?:[ T][\d:.]+(?: ?[AP]M)?)?", re.ASCII)
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Lists:
    """`data/wa_ag.yaml`."""

    ignored: tuple[str, ...]
    health: tuple[str, ...]
    industries: dict[str, Words]
    businesses: dict[str, Words]
    causes: dict[str, str]
    cyberattacks: dict[str, str | None]
    data: dict[str, str | None]
    ranges: dict[str, tuple[int, int | None] | None]
    longest: int
    on_behalf: str
    counsel: str
    unnamed_clients: str
    amended: str
    private_persons: tuple[str, ...]
    common_words: tuple[str, ...]
    rules: Words
    words: dict[str, Words]


@dataclass(frozen=True, slots=True)
class Parties:
    """Who stands in a name: who filed, for which client where it says so, and who beside it in brackets."""

    filer: Body
    client: str | None = None
    named: bool = True
    """Whether the client is named whole: some are told of as clients alone, some names are cut."""


@dataclass(frozen=True, slots=True)
class Brackets:
    """Who is known by a whole list: those who stand in brackets beside several, those beside whom several stand."""

    inside: frozenset[str]
    before: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> "Brackets":
        """What the names of a list tell together."""
        bodies = [body for name in names if (body := parties_of(name).filer).beside]
        met = {(_folded(b.beside), _folded(b.name)) for b in bodies if b.beside and not _share_a_word(b.name, b.beside)}
        inside, before = (Counter(pair[place] for pair in met) for place in (0, 1))
        several = (frozenset(name for name, count in times.items() if count > 1) for times in (inside, before))
        return cls(*several)

    def role(self, body: Body) -> str | None:
        """What stands in brackets beside the body: its `vendor`, its `client`, or None where nothing tells."""
        if body.beside is None or _share_a_word(body.name, body.beside):
            return None
        if _folded(body.name) in self.before | self.inside:
            return "client"
        return "vendor" if _folded(body.beside) in self.inside else None


@cache
def lists() -> Lists:
    """The tables of the source, read once."""
    return tables("wa_ag", Lists)


def notices(lines: Iterable[Row]) -> tuple[list[tuple[Row, int]], list[Reject]]:
    """One row a notice, its data types in a list, and of how many lines; a line that contradicts the first is rejected."""
    found: dict[str, dict[str, object]] = {}
    types: dict[str, list[str]] = {}
    where: dict[str, str] = {}
    rejected: list[Reject] = []
    for line in lines:
        fields: dict[str, object] = {name: " ".join(str(cell).split()) for name, cell in line.fields.items()}
        key, kind = str(fields["Id"]), str(fields.pop("InformationType"))
        if not key:
            rejected.append(Reject(line.where, "it has no Id", line.raw))
        elif key not in found:
            found[key], types[key], where[key] = fields, [kind], line.where
        elif other := [name for name, cell in fields.items() if found[key][name] != cell]:
            why = f"its {', '.join(other)} is not that of the first line of its notice, {key} ({where[key]})"
            rejected.append(Reject(line.where, why, line.raw))
        else:
            types[key].append(kind)
    rows = [Row(where[key], {**fields, "InformationType": types[key]}) for key, fields in found.items()]
    return [(row, len(kinds)) for row, kinds in zip(rows, types.values(), strict=True)], rejected


def parties_of(raw: str) -> Parties:
    """Who stands in a name. One of the longest length may be cut, so that its last part names nobody for certain."""
    cut = len(raw) == lists().longest and raw[-1] not in ')"”'
    said, *clients = re.split(lists().on_behalf, re.sub(lists().amended, "", raw), maxsplit=1)
    filer = body_of(said)
    if filer.beside and short_hash(normalise(filer.beside)) in lists().private_persons:
        filer = Body(filer.name, filer.aliases)
    if clients:
        unnamed = re.search(lists().unnamed_clients, clients[0]) is not None
        return Parties(filer, f"{clients[0]}…" if cut else clients[0], named=not (cut or unnamed))
    if cut:
        filer = Body(filer.name, filer.aliases[:-1], filer.beside)
    return Parties(filer)


def figure_of(row: Row, found: Remarks) -> dict[str, object] | None:
    """How many residents of Washington: their count, or where there is none the range that the list puts it in.

    Raises `ValueError` where the count is no number.
    """
    text, wording = row.text("WashingtoniansAffected"), row.text("WashingtoniansAffectedRange")
    span = found.term(lists().ranges, "WashingtoniansAffectedRange", wording, row.where)
    if text is None:
        if span is None:
            return None
        low, high = span
        return {"value": low, "low": low, "qualifier": "at_least"} if high is None else {
            "low": low, "high": high, "qualifier": "between",
        }  # fmt: skip
    if not _COUNT.fullmatch(text):
        raise ValueError(f"“{text}” is no number of people")
    count = int(text.replace(",", ""))
    if span and (count < span[0] or (span[1] is not None and count > span[1])):
        found.add(f"WashingtoniansAffected {text} is not in its range, {wording}", row.where)
    return {"value": count, "low": count, "high": count, "qualifier": "exact"}


def day_of_cell(cell: object) -> str | None:
    """`02/06/2017 12:00:00 AM` or `2017-02-06T00:00:00` as 2017-02-06; None for what is no day."""
    match = _DATE.fullmatch(str(cell).strip()) if cell else None
    if match is None:
        return None
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 4, 5)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _share_a_word(one: str, other: str) -> bool:
    """Whether two names share a word of their own, as a body and a part of it do."""
    return bool(set(_folded(one).split()) & set(_folded(other).split()) - set(lists().common_words))


def _folded(name: str) -> str:
    return normalise(name).removesuffix("s")
