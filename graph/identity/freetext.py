"""Dates, numbers of people, places and kinds as people write them in a table of their own; what is not understood is None."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec
from anyascii import anyascii

from outbreach.graph.dates import When, when
from outbreach.graph.errors import ClaimError
from outbreach.graph.places import is_place
from outbreach.graph.vocabulary import vocabulary
from outbreach.graph.yamlfile import parse

_TIME = re.compile(r"[ t]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)? ?([ap]m)?( ?z| ?utc|[+-]\d{2}:?\d{2})?$")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_FIGURES = re.compile(
    r"(?<![\d/.-])(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?"
    r"|(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<c>\d{4}|\d{2})|(?P<n>\d{1,2})[/.-](?P<of>\d{4}))(?!\d|[/.-]\d(?!\d{3}))"
)
_SHORT_YEAR = re.compile(r"(?<=[a-z ])'(\d\d)\b|(?<=^[a-z]{3}-)(\d\d)$|(?<=\b(?:19|20)\d\d[/-])(\d\d)$")
_SPACED = re.compile(r"\b(\d{1,2}) *([./]) *(\d{1,2}) *\2 *(\d{4})\b")
_NUMBER = re.compile(r"(\d{1,3}(?:[ ,.'\u202f\u00a0]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)\s*([a-z]+)?")


_MOST = 4
"""Days that one date may name: of two spans, `28 to 30 May and 2 to 4 June 2023`."""
_FEW = 3
"""Words beside a year that is all there is of a date: `sometime in late 2023`."""


@dataclass(frozen=True, slots=True)
class People:
    """A stated number of people: at least `low`, at most `high` (None is open); how it is meant as in the schema."""

    low: int
    high: int | None
    qualifier: str


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[int, list[str]]
    months_elsewhere: dict[str, dict[str, int]]
    seasons: dict[int, list[str]]
    quarters: list[str]
    halves: list[str]
    ordinals: dict[int, list[str]]
    within: dict[str, list[str]]
    week: list[str]
    numbers: dict[int, list[str]]
    scales: dict[int, list[str]]
    about: list[str]
    at_least: list[str]
    up_to: list[str]
    nobody: list[str]
    regions: dict[str, str]
    countries: dict[str, str]
    kinds: dict[str, list[str]]
    roles: list[str]


@cache
def _words() -> _Words:
    text = (files("outbreach.graph.identity") / "data" / "free_text.yaml").read_text(encoding="utf-8")
    return msgspec.convert(parse(text).data, _Words, strict=False)


@cache
def _inverse(table: str) -> dict[str, int]:
    return {word: number for number, words in getattr(_words(), table).items() for word in words}


def date(text: str, country: str | None = None) -> When | None:
    """The days that a date may mean: ISO, `06/28/2024`, `28 juin 2024`, `June-July 2024`, `summer 2023`, `Q2 2023`, a range.

    `03/04/2024` is month first in the US, day first in other countries; where the country is unknown it may be either.
    """
    plain = _TIME.sub("", " ".join(anyascii(text).lower().split()).strip(" .,"))
    plain = _SPACED.sub(r"\1\2\3\2\4", plain)
    if match := _COMPACT.fullmatch(plain):
        return _when(match["y"], match["m"], match["d"])
    found = [_figures(match, country) for match in _FIGURES.finditer(plain)] or _in_words(plain, country)
    dates = [each for each in found if each is not None]
    if not dates or len(dates) < len(found) or len(dates) > _MOST:
        return None
    first, last = dates[0].first_day, dates[-1].last_day
    return dates[0] if len(dates) == 1 else When(text, "range", first, last) if first <= last else None


def _figures(match: re.Match[str], country: str | None) -> When | None:
    if match["y"]:
        return _when(match["y"], match["m"], match["d"])
    if match["of"]:
        return _when(match["of"], match["n"])
    year = match["c"] if len(match["c"]) == 4 else f"20{match['c']}"
    us, other = _when(year, match["a"], match["b"]), _when(year, match["b"], match["a"])
    if us is None or other is None or us == other:
        return us or other
    if country is not None:
        return us if country == "US" else other
    return When(match[0], "range", min(us.first_day, other.first_day), max(us.last_day, other.last_day))


def _in_words(plain: str, country: str | None) -> list[When | None]:
    """The first and the last of the days, months, seasons or years that are named, each in the year named next."""
    plain = _SHORT_YEAR.sub(lambda m: f"20{m[m.lastindex or 0]}", re.sub(r"(?<=\d)(st|nd|rd|th|er|e)\b", "", plain))
    tokens = re.findall(r"[a-z]+|\d+", plain)
    years = [(at, int(t)) for at, t in enumerate(tokens) if re.fullmatch(r"(19|20)\d{2}", t)]
    named = [(at, month) for at, t in enumerate(tokens) if (month := _month(t, country))]
    days = [(at, t) for at, t in enumerate(tokens) if re.fullmatch(r"\d{1,2}", t)]
    if not years and len(named) == 1 and len(days) == 2:
        at, year = days.pop()
        years = [(at, 2000 + int(year))]
    if len(years) == 1 and not named and (part := _part_of_year(tokens, years[0][1])):
        return [part]
    if not years or (days and (not named or len(days) > _MOST)):
        return []
    if not named:
        whole = [_when(str(year)) for _, year in years] if len(tokens) <= _FEW + len(years) else []
        return [_within(tokens, whole[0]) or whole[0]] if len(whole) == 1 and whole[0] else whole
    months_first = not days or named[0][0] < days[0][0]
    found: list[When | None] = []
    for at, month in named:
        year = next((y for place, y in years if place > at), years[-1][1])
        of = [d for place, d in days if _owner(place, [n for n, _ in named], months_first) == at]
        found += [_when(str(year), str(month), day) for day in of or [None]]
    if len(found) == 1 and found[0] is not None and (part := _within(tokens, found[0])):
        return [part]
    if len(found) == 1 and found[0] is not None and set(tokens) & set(_words().week) and found[0].precision == "day":
        return [When(plain, "range", found[0].first_day, found[0].first_day + 6)]
    first, last = found[0], found[-1]
    if len(years) == 1 and first and last and first.first_day > last.last_day:
        found[0] = _when(str(years[0][1] - 1), *first.text.split("-")[1:])
    return [found[0], found[-1]] if len(found) > 1 else found


def _within(tokens: list[str], whole: When) -> When | None:
    """The first half, the last or the middle two thirds of a month or a year: such words are vague."""
    part = next((name for name, words in _words().within.items() if set(tokens) & set(words)), None)
    if part is None or whole.precision not in ("month", "year"):
        return None
    sixth = (whole.last_day - whole.first_day + 1) // 6
    first = whole.first_day + {"early": 0, "mid": sixth, "late": 3 * sixth}[part]
    last = whole.last_day - {"early": 3 * sixth, "mid": sixth, "late": 0}[part]
    return When(f"{part} {whole.text}", "range", first, last)


def _owner(day: int, months: list[int], months_first: bool) -> int | None:
    """The place of the month that a day at this place is of."""
    before, after = [m for m in months if m < day], [m for m in months if m > day]
    return (before[-1] if before else None) if months_first else (after[0] if after else None)


def _part_of_year(tokens: list[str], year: int) -> When | None:
    """`q1`, `first quarter`, `2e semestre` of the year."""
    for at, token in enumerate(tokens):
        length = 3 if token in _words().quarters else 6 if token in _words().halves else 0
        beside = tokens[at + 1 : at + 2] + tokens[max(at - 1, 0) : at]
        if length and (number := next((n for t in beside if (n := _inverse("ordinals").get(t))), None)):
            first, last = _when(str(year), str(length * (number - 1) + 1)), _when(str(year), str(length * number))
            if first and last:
                return When(f"{' '.join(tokens)}", "season", first.first_day, last.last_day)
    return None


def _month(word: str, country: str | None) -> int | None:
    """The number of a month or, from 21 on, of a season."""
    if number := _words().months_elsewhere.get(country or "", {}).get(word):
        return number
    return _inverse("months").get(word) or _inverse("seasons").get(word)


def _when(year: str, month: str | None = None, day: str | None = None) -> When | None:
    text = "-".join(part.zfill(2) for part in (year, month, day) if part is not None)
    try:
        return when(text)
    except ClaimError:
        return None


def people(text: str) -> People | None:
    """A number of people in free text: `about 4.5 million`, `500`, `9,000–10,000`, `126 000 patients`, `plus de 33 M`.

    None where no number is given. A placeholder (500, 501) is not known here: it is the US portal's.
    """
    plain = " ".join(anyascii(text.replace("–", "-").replace("—", "-")).lower().split())
    if plain in _words().nobody:
        return None
    plain = re.sub(r"\b(half an?|un demi)[ -](?=million|billion|milliard)", "0.5 ", plain)
    plain = re.sub(r"\ban? (?=(million|thousand|billion|milliard|millier))", "1 ", plain)
    plain = _worded().sub(lambda m: str(_inverse("numbers")[m[0]]), plain)
    found = [(m, _number(m)) for m in _NUMBER.finditer(plain)]
    numbers = [n for m, n in found if not re.match(r"\s*(?:%|percent|pour ?cent)", plain[m.end(1) :])]
    if not numbers:
        return None
    says = {q for q in ("about", "at_least", "up_to") if _says(plain, getattr(_words(), q))}
    if len(numbers) >= 2 and re.search(r"\d\S*(?: [a-z]+)? ?(?:-|to|and|a|et) ?\d", plain) and numbers[1] > 0:
        low, high = _same_scale(found)
        if low < high:
            return People(low, high, "between")
    value = numbers[0]
    if "at_least" in says or plain.endswith("+"):
        return People(value, None, "at_least")
    if "up_to" in says:
        return People(0, value, "up_to")
    return People(value, value, "about" if "about" in says else "exact")


@cache
def _worded() -> re.Pattern[str]:
    """A number in words before a scale: `two million`, `three to four million`."""
    numbers, scales = ("|".join(_inverse(table)) for table in ("numbers", "scales"))
    return re.compile(rf"\b(?:{numbers})\b(?=(?:(?: (?:to|or|a|ou|bis|und|and) | ?- ?)(?:{numbers}))? (?:{scales})\b)")


def _same_scale(found: list[tuple[re.Match[str], int]]) -> tuple[int, int]:
    """`3.5 to 3.9 million`: a scale after the second counts for the first."""
    (first, low), (second, high) = found[0], found[1]
    scale = _inverse("scales").get(second[2] or "", 1)
    return (_number(first, scale) if first[2] not in _inverse("scales") else low), high


def _number(match: re.Match[str], scale: int = 1) -> int:
    """`126 000`, `126.000` and `1,234` are thousands; before a word such as million, one comma or dot is a decimal."""
    digits = match[1]
    scale = _inverse("scales").get(match[2] or "", scale)
    if (
        len(re.findall(r"\D", digits)) == 1
        and re.search("[.,]", digits)
        and (scale > 1 or not re.search(r"\D\d{3}$", digits))
    ):
        return round(float(digits.replace(",", ".")) * scale)
    return int(re.sub(r"\D", "", digits)) * scale


def _says(plain: str, words: list[str]) -> bool:
    return any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", plain) for word in words)


def country(text: str | None) -> str | None:
    """The ISO 3166-1 code of a country's code or name; None where it is none."""
    if not text:
        return None
    import pycountry  # noqa: PLC0415  its tables take 50 ms to load

    plain = " ".join(anyascii(text).upper().split())
    if len(plain) == 2 and is_place(plain):
        return plain
    if plain in _words().countries:
        return _words().countries[plain]
    try:
        found = pycountry.countries.lookup(text.strip())
    except LookupError:
        return None
    return str(found.alpha_2)


def region(text: str | None, country: str | None) -> str | None:
    """The ISO 3166-2 code of a region's code or name (`CA`, `US-CA`, `California`), in the country if it is known."""
    if not text:
        return None
    plain = " ".join(anyascii(text).upper().split())
    if "-" in plain and is_place(plain):
        return plain
    for inside in (country,) if country else ("US",):
        if code := _words().regions.get(f"{inside}-{plain}"):
            return code
        if is_place(f"{inside}-{plain}"):
            return f"{inside}-{plain}"
        if code := _region_names(inside).get(plain):
            return code
    return None


@cache
def _region_names(country: str) -> dict[str, str]:
    import pycountry  # noqa: PLC0415  its tables take 50 ms to load

    return {anyascii(part.name).upper(): part.code for part in pycountry.subdivisions if part.country_code == country}


def kind(text: str | None) -> str | None:
    """The kind of organisation that a word means (`Health Plan` is an insurer); None where it says only a role."""
    if not text:
        return None
    plain = " ".join(re.sub(r"[^a-z0-9_-]+", " ", anyascii(text).lower().replace("'", "")).split())
    term = plain.replace(" ", "_").replace("-", "_")
    if term in vocabulary("organisation_kinds"):
        return term
    return next((kind for kind, words in _words().kinds.items() if plain in words), None)


def identifiers(text: str | None) -> tuple[str, ...]:
    """`npi:1234567893; domain:chs.net`: each scheme:value, sorted; what has no scheme is left out."""
    parts = re.split(r"[;|,\s]+", text or "")
    found = {part.lower() for part in parts if re.fullmatch(r"[A-Za-z0-9_-]+:[^\s/]\S*", part)}
    return tuple(sorted(found))
