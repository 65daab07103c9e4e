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
_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?")
_YEAR = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>(?!))?(?P<d>(?!))?")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_QUARTER = re.compile(r"\b[qt]([1-4])\W*((?:19|20)\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})")
_RANGE = re.compile(
    r"\s+(?:to|until|through|and|au|et|jusqu'au|tot|tot en met|bis|al|hasta|y|e)\s+"
    r"|\s+[-–—]\s+|(?<=\d)[–—](?=\d)|\.\.|(?<=\d{4}-\d{2}-\d{2})/"
)
_FROM = re.compile(r"^(?:between|from|du|von|vom|van|del|dal) ")
_DAYS_OF_MONTH = re.compile(
    r"^(\d{1,2})\.?(?:st|nd|rd|th|er)? ?(?:-|to|and|au|et|bis|und|tot|en|al|y|e) ?(\d{1,2}\.?(?:st|nd|rd|th)?) "
    r"((?:de )?[a-z]{3,}\.? (?:de )?\d{4})$"
)
_NUMBER = re.compile(r"(\d{1,3}(?:[ ,.'\u202f\u00a0]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)\s*([a-z]+)?")


@dataclass(frozen=True, slots=True)
class People:
    """A stated number of people: at least `low`, at most `high` (None is open); how it is meant as in the schema."""

    low: int
    high: int | None
    qualifier: str


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[int, list[str]]
    seasons: dict[int, list[str]]
    scales: dict[int, list[str]]
    about: list[str]
    at_least: list[str]
    up_to: list[str]
    nobody: list[str]
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
    """The days that a date may mean: ISO, `06/28/2024`, `28 juin 2024`, `June 2024`, `summer 2023`, `Q2 2023`, a range.

    `03/04/2024` is month first in the US, day first in other countries; where the country is unknown it may be either.
    """
    plain = _TIME.sub("", " ".join(anyascii(text).lower().split()).strip(" .,"))
    if not plain:
        return None
    whole = _date(plain, country)
    if whole is not None:
        return whole
    plain = re.sub(r"([a-z]+) (\d{1,2}) ?- ?(\d{1,2}),? (\d{4})", r"\1 \2 \4 - \1 \3 \4", plain)
    plain = _DAYS_OF_MONTH.sub(r"\1 \3 - \2 \3", _FROM.sub("", plain))
    parts = [part for part in _RANGE.split(plain) if part]
    if len(parts) == 2 and (last := _date(parts[1], country)) is not None:
        first = _date(parts[0], country) or _date(f"{parts[0]} {last.text[:4]}", country)
        if first is not None and first.first_day <= last.last_day:
            return When(text, "range", first.first_day, last.last_day)
    return None


def _date(plain: str, country: str | None) -> When | None:
    plain = plain.strip(" .,")
    if match := _ISO.fullmatch(plain) or _YEAR.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _when(match["y"], match["m"], match["d"])
    if match := _MONTH_YEAR.fullmatch(plain):
        return _when(match[2], match[1])
    if match := _NUMERIC.fullmatch(plain):
        return _numeric(match, country)
    if match := _QUARTER.search(plain):
        first, last = _when(match[2], str(3 * int(match[1]) - 2)), _when(match[2], str(3 * int(match[1])))
        return When(plain, "season", first.first_day, last.last_day) if first and last else None
    return _in_words(plain)


def _numeric(match: re.Match[str], country: str | None) -> When | None:
    first, second, year = match[1], match[2], match[3] if len(match[3]) == 4 else f"20{match[3]}"
    us, other = _when(year, first, second), _when(year, second, first)
    if us is None or other is None or us == other:
        return us or other
    if country is not None:
        return us if country == "US" else other
    return When(match[0], "range", min(us.first_day, other.first_day), max(us.last_day, other.last_day))


def _in_words(plain: str) -> When | None:
    tokens = re.findall(r"[a-z]+|\d+", re.sub(r"(?<=\d)(st|nd|rd|th|er)\b", "", plain))
    years = [t for t in tokens if re.fullmatch(r"(19|20)\d{2}", t)]
    months = [_inverse("months")[t] for t in tokens if t in _inverse("months")]
    seasons = [_inverse("seasons")[t] for t in tokens if t in _inverse("seasons")]
    days = [t for t in tokens if re.fullmatch(r"\d{1,2}", t)]
    if len(years) == 0 and len(months) == 1 and len(days) == 2:
        years, days = [f"20{days[1]:0>2}"], days[:1]
    if len(years) != 1 or len(months) > 1 or len(days) > 1:
        return None
    if months:
        return _when(years[0], str(months[0]), days[0] if days else None)
    return _when(years[0], str(seasons[0])) if seasons else _when(years[0]) if len(tokens) <= 3 and not days else None


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
    plain = re.sub(r"\b(an?|une?) (?=(million|thousand|billion|milliard|millier))", "1 ", plain)
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
