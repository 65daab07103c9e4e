"""Other names that public sources state to be of one body, though no letter of them agrees.

`known_names.tsv` is made from what filers say of themselves (`X d/b/a Y`); `other_names.csv` is kept by hand, a source for
each line: former names, brands, short forms, web domains, translations.
"""

import csv
from dataclasses import dataclass
from functools import cache, lru_cache

from outbreach.graph.identity.name import Form, read_name
from outbreach.graph.identity.words import REGIONAL, bits, countries, states, table, worth


@dataclass(frozen=True, slots=True)
class Stated:
    """That two names are of one body: as what, where, and who says so."""

    relation: str
    country: str
    region: str
    source: str

    def holds(self, regions: frozenset[str], telling: bool, rare: bool) -> bool:
        """Whether it is said of bodies that lie there.

        Names that tell little need the place to be known; names with no rare word are another body's in another region.
        """
        countries = {code[:2] for code in regions if code}
        if not countries or not self.country:
            return telling
        if countries != {self.country}:
            return False
        narrow = {code for code in regions if "-" in code}
        if self.country not in REGIONAL or (self.region and narrow == {self.region}):
            return True
        elsewhere = len(narrow) > 1 or bool(narrow and self.region)
        return telling and (rare or not elsewhere)


def stated(a: Form, b: Form, regions: frozenset[str]) -> Stated | None:
    """What a source states of two names, where it says that they are of one body.

    `regions` are the codes of the countries and regions that the two are known to lie in, empty where it is not known.
    """
    one, other = key_of(a), key_of(b)
    beside = _known().get(one)
    if not beside or one == other or other not in _known():
        return None
    if said := _holding(one, other, regions):
        return said
    for third in sorted(beside):
        if third in _known()[other] and not third.startswith("@"):
            steps = [_holding(one, third, regions), _holding(third, other, regions)]
            if all(step and step.relation != "acronym" for step in steps):
                return steps[0]
    return None


def _holding(one: str, other: str, regions: frozenset[str]) -> Stated | None:
    telling, rare = (all(map(told, (one, other))) for told in (_telling, _rare))
    return next((said for said in _known().get(one, {}).get(other, ()) if said.holds(regions, telling, rare)), None)


def known_key(form: Form) -> str | None:
    """What brings a name together with its other names: the alphabetically first of them all; None where it has none."""
    key = key_of(form)
    others = _known().get(key)
    return min(key, *others) if others else None


@cache
def _known() -> dict[str, dict[str, list[Stated]]]:
    found: dict[str, dict[str, list[Stated]]] = {}
    for line in table("known_names.tsv"):
        one, other, source = line.split("\t")
        _note(found, _kept(tuple(one.split(" "))), _kept(tuple(other.split(" "))), Stated("other name", "", "", source))
    for row in csv.DictReader(table("other_names.csv")):
        forms = [read_name(row[side]).forms[0] for side in ("name", "other_name")]
        said = Stated(row["relation"], row["country"], row["region"], row["source"])
        _note(found, key_of(forms[0]), key_of(forms[1]), said)
    return found


def _note(found: dict[str, dict[str, list[Stated]]], one: str, other: str, said: Stated) -> None:
    if one and other and one != other:
        found.setdefault(one, {}).setdefault(other, []).append(said)
        found.setdefault(other, {}).setdefault(one, []).append(said)


def key_of(form: Form) -> str:
    """A name as the tables have it: a domain whole, else its words without a state or country at their end."""
    return f"@{form.domain}" if form.domain else _kept(form.words)


@lru_cache(maxsize=200_000)
def _kept(words: tuple[str, ...]) -> str:
    kept = words[:-1] if len(words) > 3 and (words[-1] in states() or words[-1] in countries()) else words
    return " ".join(kept)


@lru_cache(maxsize=200_000)
def _telling(key: str) -> bool:
    """Whether a name says enough to be known by without its place: a domain, a rare word, several less rare ones."""
    if key.startswith("@"):
        return True
    words = key.split()
    return len(key) > 2 and (max(map(worth, words)) >= 11 or (len(words) > 1 and sum(map(bits, words)) >= 16))


@lru_cache(maxsize=200_000)
def _rare(key: str) -> bool:
    """Whether one of its words is rare; the name of a place is not, and initials are not."""
    return not key.startswith("@") and any(worth(word) >= 11 and len(word) > 4 for word in key.split())
