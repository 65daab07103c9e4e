"""What a text tells of an event: what happened, on which days, to how many, and whether it repeats another report."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

import msgspec
from anyascii import anyascii

from outbreach.graph.identity import freetext
from outbreach.graph.yamlfile import parse

_DAY = re.compile(
    r"\b(?:[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2}|\d{1,2}(?:er|\.)? (?:de )?[a-z]{3,10}\.? (?:de )?(?:19|20)\d{2}"
    r"|\d{1,2}/\d{1,2}/(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})\b"
)
_COUNT = re.compile(r"(?<![\d$€.,-])\d{1,3}(?:[, \u202f\u00a0]\d{3})+(?![\d,-])|(?<![\d$€.,/-])[1-9]\d{2,8}(?![\d,/-])")
_WORD = re.compile(r"[a-z]{3,}")
_STEM = 6


@dataclass(frozen=True, slots=True)
class Step:
    """Up to so many `days`, so many `bits`."""

    days: int
    bits: float


@dataclass(frozen=True, slots=True)
class Counts:
    """How often two figures of one event stand to each other so, and the power law of counts."""

    least: int
    exponent: float
    equal: float
    rounded: float
    near: float
    order: float
    far: float
    beyond: float
    most_bits: float
    close: float
    differ_most: float
    order_most: float
    hundredth_most: float
    round_most: dict[int, float]
    several: float
    share: float
    share_days: int
    body_most: float
    supplier_most: float
    telling: float
    first_days: int


@dataclass(frozen=True, slots=True)
class Weights:
    """`data/incident_identity.yaml`: weights, thresholds and words."""

    same: float
    join: float
    possible: float
    related: float
    largest: int
    rival: float
    rival_of_many: float
    many: int
    meeting: dict[str, float]
    names: dict[str, float]
    governments: frozenset[str]
    small: frozenset[str]
    gap: tuple[Step, ...]
    vague: tuple[Step, ...]
    lag: tuple[Step, ...]
    before: float
    before_found: float
    news_after: Step
    counts: Counts
    census: dict[str, float]
    kinds: dict[str, float]
    crew: dict[str, float]
    vendor: dict[str, float]
    text: dict[str, float]
    families: dict[str, frozenset[str]]
    terms: frozenset[str]
    mishaps: frozenset[str]
    varieties: frozenset[str]
    told: dict[str, str]
    media: dict[str, str]
    crews: str
    common_crews: str
    consolidated: str
    partial: str
    settlement: str
    notice: str
    news: str
    commonplace: frozenset[str]
    compound: str
    supplied: str
    own: str
    compared: str
    as_role: str
    other_names: str
    with_others: str
    campaigns: tuple[str, ...]
    for_clients: frozenset[str]


@dataclass(frozen=True, slots=True)
class Telling:
    """What a text says; nothing where there is none."""

    kinds: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    """In or on what the data were."""
    days: frozenset[int] = frozenset()
    """Epoch days that it names."""
    counts: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()
    """Its words two by two, without numbers: what a duplicate shares."""
    crews: frozenset[str] = frozenset()
    """Crews and brands that it names."""
    consolidated: bool = False
    """It says that it repeats another report."""
    partial: bool = False
    """Its figure counts the people of one state only."""
    supplied: bool = False
    """It speaks of a supplier."""
    own: bool = False
    """It speaks of its body's own systems."""
    news: bool = False
    """It is the press that tells."""
    story: frozenset[str] = frozenset()
    """The beginnings of the words that tell this event from others."""
    plain: str = ""


NOTHING = Telling()


@cache
def weights() -> Weights:
    """The one place of weights and words."""
    text = (files("outbreach.graph.identity") / "data" / "incident_identity.yaml").read_text(encoding="utf-8")
    return msgspec.convert(parse(text).data, Weights, strict=False)


@lru_cache(maxsize=20_000)
def telling(text: str | None) -> Telling:
    """Read a text in English or French, by the words of the data file; a pure function of the text."""
    if not text:
        return NOTHING
    plain = " ".join(anyascii(text).lower().split())
    days = {found.first_day for match in _DAY.finditer(plain) if (found := freetext.date(match[0]))}
    if re.search(weights().settlement, plain):
        return Telling(plain=plain)  # one text for all that was settled, which may be several events
    undated = _DAY.sub(" ", plain)
    happened = re.sub(weights().notice, " ", plain)
    counts = {int(re.sub(r"\D", "", match[0])) for match in _COUNT.finditer(undated)}
    words = _WORD.findall(undated)
    crews = _crews(plain)
    return Telling(
        kinds=_found("told", happened) | _implied(plain, crews),
        media=_found("media", happened),
        days=frozenset(days),
        counts=frozenset(n for n in counts if n >= 100 and not 1990 <= n <= 2035),
        words=frozenset(f"{a} {b}" for a, b in pairwise(words)),
        crews=crews,
        consolidated=bool(re.search(weights().consolidated, plain)),
        partial=bool(re.search(weights().partial, plain)),
        supplied=bool(re.search(weights().supplied, plain)),
        own=bool(re.search(weights().own, plain)),
        news=bool(re.search(weights().news, plain)),
        story=stems(happened) - _commonplace(),
        plain=plain,
    )


def _crews(plain: str) -> frozenset[str]:
    found = [*re.findall(weights().crews, plain), *(a or b for a, b in re.findall(weights().common_crews, plain))]
    return frozenset(name.replace(" ", "").replace("0", "o") for name in found)


def campaign(plain: str) -> str | None:
    """The product whose flaw hit many, where a text in small letters names it or its maker."""
    return next((word for word in weights().campaigns if re.search(rf"\b{re.escape(word)}\b", plain)), None)


def _implied(plain: str, crews: frozenset[str]) -> set[str]:
    """What a crew or a flawed product tells of what happened."""
    return ({"extortion"} if crews else set()) | ({"vulnerability_exploitation"} if campaign(plain) else set())


def stems(text: str) -> frozenset[str]:
    """The first letters of its words of four letters and more: what is left of them where one is inflected."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text) if len(word) > 3)


@cache
def _commonplace() -> frozenset[str]:
    return frozenset(word[:_STEM] for word in weights().commonplace)


def _found(table: str, plain: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _patterns(table).items() if pattern.search(plain))


@cache
def _patterns(table: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in getattr(weights(), table).items()}
