"""What a cell of any table says: a number of people with how it is meant, or a date in a stated order; never a guess."""

import re
from dataclasses import dataclass
from functools import cache

from outbreach.graph.dates import when
from outbreach.graph.errors import ClaimError
from outbreach.loaders.words.lists import tables
from outbreach.loaders.words.register import Words

_SPACES = "[\\s\u00a0\u2009\u202f]*"
_NUMBER = r"\d{1,3}(?:[ .,'’\u00a0\u2009\u202f]\d{3})+|\d{1,12}"
_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellLists:
    """`loaders/data/table.yaml`."""

    absent: tuple[str, ...]
    before: dict[str, tuple[str, ...]]
    behind: dict[str, tuple[str, ...]]
    between: tuple[str, ...]
    units: dict[str, int]
    title: Words
    untitled: Words
    person: Words
    note: Words
    notice: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people: `value` with its qualifier, or, with the qualifier between, a lowest and a highest."""

    qualifier: str
    value: int | None = None
    low: int | None = None
    high: int | None = None


@cache
def cell_lists() -> CellLists:
    """The lists, read once."""
    return tables("table", CellLists)


def figure_of(text: str) -> Figure | None:
    """`1,234`, `plus de 1 000`, `10-99`, `3 million` (about so many); None where the text is no number for certain."""
    match = _forms().fullmatch(text.strip().lower())
    if match is None:
        return None
    first = _whole(match["first"], match["unit"])
    if match["second"]:
        second = _whole(match["second"], match["unit2"])
        if first is None or second is None or match["before"] or match["behind"] or first > second:
            return None
        return Figure("between", low=first, high=second)
    said = {*_said(cell_lists().before, match["before"]), *_said(cell_lists().behind, match["behind"])}
    if first is None or len(said) > 1:
        return None
    rounded = "about" if match["unit"] else "exact"
    return Figure(said.pop() if said else rounded, first)


def day_of_cell(text: str, order: str) -> str | None:
    """A date as ISO text, with the precision that it has; `order` is YMD, DMY or MDY. None where it is no date in it.

    A date that begins with its year is read as ISO 8601 has it, whatever the order.
    """
    parts = re.split(r"[-/. ]", _TIME.sub("", text.strip()))
    if not all(part.isascii() and part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
        return None
    if len(parts[0]) != 4:
        places = {"DMY": (2, 1, 0), "MDY": (2, 0, 1)}.get(order, ()) if len(parts) == 3 else (1, 0)
        parts = [parts[place] for place in places] if len(parts) > 1 and places else [""]
    if len(parts[0]) != 4 or any(not 1 <= len(part) <= 2 for part in parts[1:]):
        return None
    iso = "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])
    if len(parts) == 2 and int(parts[1]) > 12:
        return None
    try:
        return when(iso).text
    except ClaimError:
        return None


@cache
def _forms() -> re.Pattern[str]:
    lists = cell_lists()
    before, behind = (
        "|".join(re.escape(word) for words in table.values() for word in sorted(words, key=len, reverse=True))
        for table in (dict(sorted(lists.before.items())), lists.behind)
    )
    units = "|".join(sorted(lists.units, key=len, reverse=True))
    between = "|".join(re.escape(word) for word in lists.between)
    number = rf"(?:{_NUMBER}|\d+[.,]\d{{1,2}}(?={_SPACES}(?:{units})\b))"
    return re.compile(
        rf"(?P<before>{before})?{_SPACES}(?P<first>{number}){_SPACES}(?P<unit>(?:{units})\b)?"
        rf"(?:{_SPACES}(?:{between}){_SPACES}(?P<second>{number}){_SPACES}(?P<unit2>(?:{units})\b)?)?"
        rf"{_SPACES}(?P<behind>{behind})?"
    )


def _whole(text: str, unit: str | None) -> int | None:
    """The number with its unit; None where that is no whole one for certain."""
    times = cell_lists().units[unit] if unit else 1
    if re.fullmatch(_NUMBER, text):
        if times > 1 and not text.isdigit():
            return None  # “1.234 million” may be a thousand times another
        return int(re.sub(r"\D", "", text)) * times
    whole, part = re.split("[.,]", text)
    value = int(whole + part) * times
    return value // 10 ** len(part) if value % 10 ** len(part) == 0 else None


def _said(table: dict[str, tuple[str, ...]], word: str | None) -> list[str]:
    return [qualifier for qualifier, words in table.items() if word in words]
