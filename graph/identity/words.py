"""What the words of a name are worth: their canonical form, their kind, and how much sharing one says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2

import msgspec
from anyascii import anyascii
from rigour.data.names.org_types import ORG_TYPES

from outbreach.graph.yamlfile import parse


@dataclass(frozen=True, slots=True)
class Words:
    """`data/name_words.yaml`, as it stands there."""

    same_word: dict[str, list[str]]
    either: dict[str, list[str]]
    same_run: dict[str, list[str]]
    phrases: dict[str, str]
    stop: list[str]
    of: list[str]
    legal: list[str]
    legal_in_front: list[str]
    legal_codes: list[str]
    world_domains: list[str]
    state_bodies: list[str]
    filler: list[str]
    kinds: dict[str, list[str]]
    directions: list[str]
    numbers: list[str]
    parts: dict[str, list[str]]
    also: list[str]
    beside: list[str]
    part_of: list[str]
    noise_signs: list[str]
    noise: list[str]


@cache
def words() -> Words:
    """The lists of words and patterns."""
    text = (files("outbreach.graph.identity") / "data" / "name_words.yaml").read_text(encoding="utf-8")
    return msgspec.convert(parse(text).data, Words)


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Each spelling or abbreviation, and the words that it is read as."""
    found = {}
    for canonical, spellings in words().same_word.items():
        for spelling in spellings:
            found[spelling] = tuple(canonical.split())
    return found


@cache
def legal_forms() -> frozenset[tuple[str, ...]]:
    """Legal forms as runs of words: rigour's list, and those that it lacks."""
    spelled = [alias for form in ORG_TYPES for alias in (form.get("display"), *form["aliases"]) if alias]
    runs = {tuple(re.findall(r"[a-z0-9]+", anyascii(alias).lower())) for alias in [*spelled, *words().legal]}
    joined = {("".join(run),) for run in runs if len("".join(run)) <= 5}
    tongue = frozenset(words().filler) | frozenset(words().kinds)
    return frozenset(
        run
        for run in runs | joined
        if run and (len(run) > 1 or run[0] not in tongue - {"company", "corporation", "co", "corp"})
    )


@cache
def kinds() -> dict[str, str]:
    """The kind of body that a word speaks of."""
    return {word: kind for kind, listed in words().kinds.items() for word in listed}


@cache
def numbers() -> frozenset[str]:
    """Words that count."""
    return frozenset(words().numbers)


@cache
def filler() -> frozenset[str]:
    """Words that say little of who a body is."""
    return frozenset(words().filler)


@cache
def directions() -> frozenset[str]:
    """North, upper, central …"""
    return frozenset(words().directions)


@cache
def listed(part: str) -> frozenset[str]:
    """The words, or kinds of body, that play a part when two names are weighed: `parts` in the list of words."""
    return frozenset(words().parts[part])


@cache
def places() -> dict[str, frozenset[str]]:
    """The regions (US-OH, FR-69) that a town, county, state or region of this name lies in; many towns lie in several."""
    import pycountry  # noqa: PLC0415  its tables take 50 ms to load

    found: dict[str, set[str]] = {}
    for line in table("places.tsv"):
        name, codes = line.split("\t")
        found.setdefault(name, set()).update(codes.split(" "))
    for part in pycountry.subdivisions:
        if part.country_code in ("US", "CA", "AU", "GB"):
            found.setdefault(as_compared(part.name), set()).add(part.code)
    for country in pycountry.countries:
        found.setdefault(as_compared(country.name), set()).add(country.alpha_2)
    stop = frozenset(words().stop)
    for place, where in list(found.items()):  # as names have them: *Villefranche Saone*
        bare = " ".join(word for word in place.split() if word not in stop)
        if " " in bare and bare != place:
            found.setdefault(bare, set()).update(where)
    return {name: frozenset(codes) for name, codes in found.items()}


REGIONAL = frozenset({"US", "CA", "AU"})
"""Countries where a name says little without its region."""


@cache
def countries() -> dict[str, str]:
    """The countries, as names have them, and their codes."""
    import pycountry  # noqa: PLC0415  its tables take 50 ms to load

    return {as_compared(country.name): country.alpha_2 for country in pycountry.countries}


@cache
def states() -> dict[str, str]:
    """The states of the US, as names have them, and their codes."""
    import pycountry  # noqa: PLC0415  its tables take 50 ms to load

    return {as_compared(p.name): p.code for p in pycountry.subdivisions if p.country_code == "US" and p.type == "State"}


def as_compared(place: str) -> str:
    """A place as it reads in a name: `San Diego` is *saint diego*, `New York` one word."""
    plain = " ".join(re.findall("[a-z0-9]+", anyascii(place).lower().replace("'", "")))
    for run, to in words().phrases.items():
        if to and to == run.replace(" ", ""):
            plain = plain.replace(run, to)
    return " ".join(word for token in plain.split() for word in synonyms().get(token, (token,)))


@cache
def counts() -> dict[str, int]:
    """In how many of the names that the table was made from each word stands; a word that is not in it is rare."""
    return {word: int(count) for word, count in (line.split("\t") for line in table("word_counts.tsv"))}


@cache
def pairs() -> dict[str, int]:
    """In how many of those names two words that name stand side by side; a pair that is not in it is rare."""
    return {pair: int(count) for pair, count in (line.split("\t") for line in table("pair_counts.tsv"))}


def pair_bits(first: str, second: str) -> float:
    """How much it says that two names share two words side by side: *good samaritan* less than its words would."""
    seen = max(pairs().get(f"{first} {second}", 0), _LEAST)
    return min(log2(counts().get("*", 10_000) / seen), bits(first) + bits(second))


_LEAST = 3
"""So often at least a pair is taken to be met: rarer ones stand in no table."""


def is_initial(word: str) -> bool:
    """Whether the word is a middle initial, as `read_name` writes it."""
    return len(word) == 2 and word[0] == "0" and word[1].isalpha()


@cache
def everyday() -> frozenset[str]:
    """Words of everyday English, as names have them."""
    return frozenset(word for token in table("everyday_words.tsv") for word in synonyms().get(token, (token,)))


@cache
def short_universities() -> frozenset[str]:
    """Universities that names have in one word, as *ucla*."""
    return frozenset(to for run, to in words().phrases.items() if "university" in run and to.isalpha())


def is_coined(word: str) -> bool:
    """Whether a word is no word of everyday language, nor its plural: a proper name, or made up."""
    return len(word) > 4 and word not in everyday() and not (word.endswith("s") and word[:-1] in everyday())


@cache
def bits(word: str) -> float:
    """How much it says, in bits, that two names share this word: log2 of names to names that have it."""
    if is_initial(word):
        return 2.0
    total = counts().get("*", 10_000)
    return log2(total / max(counts().get(word, 1), 1))


@cache
def worth(word: str) -> float:
    """What sharing a word says; the name of a place says less, since the place is compared by itself."""
    return bits(word) * (0.6 if word in places() else 1.0)


def rarest_of(several: Iterable[str]) -> float:
    """What sharing the rarest of the words says."""
    return max(map(worth, several), default=0.0)


def sum_of(several: Iterable[str]) -> float:
    """What sharing all of the words says."""
    return sum(map(worth, several))


def names_one(word: str) -> bool:
    """Whether a word names a body, and does not only say of what kind it is or where."""
    return word not in filler() and word not in kinds() and word not in directions() and word not in numbers()


def table(name: str) -> list[str]:
    """The lines of a table in `graph/data`, comments left out; none where it was not made yet."""
    file = files("outbreach.graph.identity") / "data" / name
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [line for line in lines if line and not line.startswith("#")]
