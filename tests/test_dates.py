"""Dates: what a stated date may mean, checked against the standard library's calendar."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbreach.graph.dates import iso, when
from outbreach.graph.errors import ClaimError

EPOCH = date(1970, 1, 1)
DAYS = st.dates(date(1, 1, 1), date(9998, 12, 31))
SEASONS = {21: (3, 4, 5), 22: (6, 7, 8), 23: (9, 10, 11), 24: (12, 1, 2)}


def days(first: date, last: date) -> tuple[int, int]:
    """Epoch days, counted by the standard library."""
    return (first - EPOCH).days, (last - EPOCH).days


@given(DAYS)
def test_day(day: date) -> None:
    """A day means itself, and its epoch day leads back to it."""
    read = when(day.isoformat())
    assert (read.text, read.precision) == (day.isoformat(), "day")
    assert (read.first_day, read.last_day) == days(day, day)
    assert iso(read.first_day) == day.isoformat()


@given(DAYS)
def test_month_and_year(day: date) -> None:
    """A month is all its days, a year all its months."""
    month, year = when(day.isoformat()[:7]), when(day.isoformat()[:4])
    length = calendar.monthrange(day.year, day.month)[1]
    assert (month.precision, year.precision) == ("month", "year")
    assert (month.first_day, month.last_day) == days(day.replace(day=1), day.replace(day=length))
    assert (year.first_day, year.last_day) == days(date(day.year, 1, 1), date(day.year, 12, 31))


@given(st.integers(1, 9997), st.sampled_from(sorted(SEASONS)))
def test_season(year: int, season: int) -> None:
    """A season is its three meteorological months, winter those that begin in December of its year."""
    read = when(f"{year:04}-{season}")
    months = [date(year + (season == 24 and month < 12), month, 1) for month in SEASONS[season]]
    last = months[-1].replace(day=calendar.monthrange(months[-1].year, months[-1].month)[1])
    assert read.precision == "season"
    assert (read.first_day, read.last_day) == days(months[0], last)


@given(st.integers(1, 9997))
def test_seasons_fill_the_year(year: int) -> None:
    """From one spring to the next no day is missing and none is in two seasons."""
    spans = [when(f"{year:04}-{season}") for season in sorted(SEASONS)]
    following = when(f"{year + 1:04}-21")
    for earlier, later in zip(spans, [*spans[1:], following], strict=True):
        assert earlier.last_day + 1 == later.first_day


@given(st.integers(-700_000, 2_900_000))
def test_iso(day: int) -> None:
    """Every epoch day has its ISO text."""
    assert iso(day) == (EPOCH + timedelta(days=day)).isoformat()


@pytest.mark.parametrize("text", ["2023-05-31", "2024-02-29", "0001-01-01", "9999-12-31", "2023-12", "2023"])
def test_readable(text: str) -> None:
    """The text of a date is kept as it was written."""
    assert when(text).text == text


@pytest.mark.parametrize(
    "text",
    ["", " ", "2023-2-3", "23-05-31", "2023-13", "2023-00", "2023-05-00", "2023-21-00", "2023-21-05", "2023-02-29",
     "2023-05-32", "0000", "0000-01", "2023-20", "2023-25", "31/05/2023", "2023-05-31T10:00", "2023-05-31\n", " 2023",
     "２０２３", "٢٠٢٣-٠٥", "9999-24", "-2023", "2023-", "spring 2023"],
)  # fmt: skip
def test_refused(text: str) -> None:
    """What is no date of that form, or no day of the calendar, is refused in a sentence that names it."""
    with pytest.raises(ClaimError) as caught:
        when(text)
    assert f"“{text}” is no date" in str(caught.value)
