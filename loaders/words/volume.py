"""How many people a French list says: “33 millions de personnes”, “750 000 patients”, “plusieurs milliers de clients”."""

import re
from dataclasses import dataclass
from functools import cache

from anyascii import anyascii
from text_to_num import alpha2digit

from outbreach.graph.records.record import interval
from outbreach.loaders.words.lists import tables

_MOST = 10_000_000_000
"""No number of people is larger."""
_NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as stated: `value` is absent between two; of people, or of a population that is none of them."""

    value: int | None
    low: int | None
    high: int | None
    qualifier: str
    population: str | None


@dataclass(frozen=True, slots=True)
class _Words:
    """`loaders/data/volumes_fr.yaml`."""

    qualifiers: dict[str, str]
    scales: dict[str, int]
    some: dict[str, int]
    people: list[str]
    populations: dict[str, str]
    sizes: list[str]


def figure_of(text: str) -> Figure | None:
    """The first figure in a text; None where it is a size (“10 Go”), and no number of anything.

    Raises `ValueError` where it has no figure that is understood, or counts what no list has.
    """
    words, plain = _words(), _plain(text)
    size = re.search(rf"(?:{_NUMBER})\s*(?:{'|'.join(words.sizes)})\b", plain)
    if size:
        return None
    qualifier, rest = _qualifier(plain)
    both = re.match(rf"(?:entre )?({_NUMBER}) (?:a|et|-) ({_NUMBER})\b\s*(.*)", rest)
    one = re.match(rf"({_NUMBER})\s*(.*)", rest)
    vague = re.match(rf"({'|'.join(words.some)})\b\s*(.*)", rest)
    if both:
        scale, unit = _scaled(both[3])
        low, high = (round(_number(both[n]) * scale) for n in (1, 2))
        if low > high or high > _MOST:
            raise ValueError(f"its volume, {text}, is no number of people")
        return Figure(None, low, high, "between", _population(unit, text))
    if one:
        scale, unit = _scaled(one[2])
        value = round(_number(one[1]) * scale)
        # A number said in thousands or millions is a round one, in digits or spelt.
        spelt = not re.search(r"\d", text) and value % 1000 == 0
        qualifier = qualifier or ("about" if scale > 1 or spelt else "exact")
    elif vague:
        value, unit = words.some[vague[1]], vague[2]
        qualifier = qualifier or ("about" if vague[1].startswith("un") else "at_least")
    else:
        raise ValueError(f"its volume, {text}, is no number that is understood")
    if value > _MOST:
        raise ValueError(f"its volume, {text}, is no number of people")
    return Figure(value, *interval(value, qualifier), qualifier, _population(unit, text))


@cache
def _words() -> _Words:
    return tables("volumes_fr", _Words)


def _plain(text: str) -> str:
    """Small letters without accents, and numbers in digits where they are spelt."""
    folded = " ".join(text.split())
    if not re.search(r"\d", folded):
        folded = alpha2digit(folded, "fr")
    return " ".join(anyascii(folded).casefold().replace("'", " ").split())


def _qualifier(plain: str) -> tuple[str | None, str]:
    for words, qualifier in _words().qualifiers.items():
        if plain.startswith(f"{words} "):
            return qualifier, plain[len(words) :].strip()
    return None, plain


def _number(digits: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+", digits):
        return float(re.sub(r"[ .]", "", digits))
    return float(digits.replace(",", "."))


def _scaled(rest: str) -> tuple[int, str]:
    word, _, unit = rest.partition(" ")
    if word in _words().scales:
        return _words().scales[word], unit
    return 1, rest


def _population(unit: str, text: str) -> str | None:
    """None for people; a population that is none of them; raises `ValueError` for what no list has."""
    words = [word for word in re.split(r"[^a-z]+", unit) if word not in ("", "de", "d", "des")]
    if not words or words[0] in _words().people:
        return None
    if words[0] in _words().populations:
        return _words().populations[words[0]]
    raise ValueError(f"its volume, {text}, counts {words[0]}, which is in no list of ours")
