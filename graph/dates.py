"""Dates with the precision that their source gave: day, month, season or year (ISO 8601-2, EDTF level 1)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from outbreach.graph.errors import ClaimError

_EPOCH = date(1970, 1, 1).toordinal()
_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}


@dataclass(frozen=True, slots=True)
class When:
    """A stated date: its ISO text, its precision, and the first and last epoch day that it may mean."""

    text: str
    precision: str
    first_day: int
    last_day: int


@lru_cache(maxsize=65_536)
def when(text: str) -> When:
    """Read `2023`, `2023-05`, `2023-05-31` or a season, `2021-22` (21 spring, 22 summer, 23 autumn, 24 winter).

    Seasons are meteorological and northern; winter begins in December of its year.
    Raises `ClaimError` on anything else.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise ClaimError(f"“{text}” is no date: write 2023, 2023-05, 2023-05-31, or 2023-22 for the summer of 2023")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        if match[3]:
            return _span(text, "day", date(year, month, day), date(year, month, day))
        if month in _SEASONS:
            first = _SEASONS[month]
            year_of_end, last = (year + 1, 2) if first == 12 else (year, first + 2)
            return _span(text, "season", date(year, first, 1), _month_end(year_of_end, last))
        if match[2]:
            return _span(text, "month", date(year, month, 1), _month_end(year, month))
        return _span(text, "year", date(year, 1, 1), date(year, 12, 31))
    except ValueError as error:
        raise ClaimError(f"“{text}” is no date: there is no such day, month or year") from error


def iso(day: int) -> str:
    """The ISO text of an epoch day."""
    return date.fromordinal(day + _EPOCH).isoformat()


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _span(text: str, precision: str, first: date, last: date) -> When:
    return When(text, precision, first.toordinal() - _EPOCH, last.toordinal() - _EPOCH)
