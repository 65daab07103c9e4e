"""What one name has left over beside another, by what each word is."""

from collections.abc import Sequence
from functools import cache, lru_cache

from outbreach.graph.identity.name import Form
from outbreach.graph.identity.words import (
    countries,
    directions,
    filler,
    is_initial,
    kinds,
    listed,
    numbers,
    places,
    synonyms,
    words,
)


class Leftover:
    """The words of one name that the other has no word for.

    `regions` are the codes of the countries and regions that the two bodies are known to lie in, empty where it is not known.
    """

    __slots__ = ("all", "direction", "far", "form", "index", "kinds", "number", "place", "rare", "regions")

    def __init__(self, form: Form, left: Sequence[int], regions: frozenset[str]) -> None:
        self.form = form
        self.regions = regions
        lands = _lands(regions)
        british = not lands.isdisjoint(_ISLES)
        self.index = _without_titles(form, left) if british else list(left)
        self.all = [form.words[i] for i in self.index]
        self.number: list[str] = []
        self.direction: list[str] = []
        self.place: list[str] = []
        self.far: list[str] = []
        """Places elsewhere, or of which it is not known whether they lie there."""
        self.kinds: set[str] = set()
        self.rare: list[str] = []
        where = places_in(form.words, self.index) if self.index else {}
        for i, word in zip(self.index, self.all, strict=True):
            kind, role = _role(word)
            if british and word in listed("trust_kinds"):
                self.kinds.add("service")
                continue
            if word in countries() and countries()[word] in lands:
                continue  # its own country says nothing
            if word in listed("french_owners"):
                continue
            near = False
            if i in where:
                near = any(is_near(code, regions) for code in where[i])
                (self.place if near else self.far).append(word)
            elif kind:
                self.kinds.add(kind)
            if role == "number":
                self.number.append(word)
            elif role == "direction":
                self.direction.append(word)
            if not near and not kind and role in ("", "number") and word not in filler():
                self.rare.append(word)
        if "medical" in self.all and "medical center" in " ".join(self.all):
            self.kinds.add("hospital")


_ISLES = frozenset(["GB", "IE"])


@lru_cache(maxsize=10_000)
def _lands(regions: frozenset[str]) -> frozenset[str]:
    return frozenset(code[:2] for code in regions)


def _without_titles(form: Form, left: Sequence[int]) -> list[int]:
    """The words left over but those by which a trust of the UK or Ireland is entitled."""
    titles = listed("trust_titles")
    if "university" in form.words and not any(form.words[i] == "university" for i in left):
        titles -= {"hospital"}  # the hospitals of a university, beside the university
    return [i for i in left if form.words[i] not in titles]


@cache
def _role(word: str) -> tuple[str, str]:
    """The kind of body that a word speaks of, and whether it is a number, a direction or a mere initial."""
    number = "number" if word.isdigit() or word in numbers() else ""
    role = number or ("direction" if word in directions() else "initial" if is_initial(word) else "")
    return kinds().get(word, ""), role


def places_in(form: tuple[str, ...], left: Sequence[int]) -> dict[int, frozenset[str]]:
    """Those of the words that name a place, with its regions."""
    spans = _spans(form)
    return {i: spans[i] for i in left if i in spans} if spans else {}


def french_towns(form: Form, among: Sequence[int]) -> list[frozenset[str]]:
    """The departments of each French place that the words name."""
    found = [
        frozenset(code for code in codes if code.startswith("FR-")) for codes in places_in(form.words, among).values()
    ]
    return [codes for codes in found if codes]


def french_region(form: Form) -> str | None:
    """The department of the one town that a French name says it is in (*de Rivebelle*, *le Rivebelle*), where one is known."""
    said = [part for word in form.spelled for part in synonyms().get(word, (word,))]
    found: set[frozenset[str]] = set()
    taken: set[int] = set()
    for size in (4, 3, 2, 1):
        for start in range(1, len(said) - size + 1):
            before, run = said[start - 1], range(start, start + size)
            codes = places().get(" ".join(said[start : start + size]))
            if (
                not codes
                or taken & set(run)
                or (before not in _BEFORE_A_TOWN and said[start] not in ("le", "la", "les"))
            ):
                continue
            french = frozenset(code for code in codes if code.startswith("FR-"))
            if french:
                taken |= set(run)
                found.add(french)
    (only,) = found if len(found) == 1 else (frozenset[str](),)
    return next(iter(only)) if len(only) == 1 else None


_BEFORE_A_TOWN = frozenset(["de", "d", "du", "a", "au", "ch", "chu", "chru", "chr", "chic", "chi", "hospital"])
"""What stands before a town, not before a patron's name: a saint's is one only behind *de*."""


@lru_cache(maxsize=400_000)
def _spans(form: tuple[str, ...]) -> dict[int, frozenset[str]]:
    """The words of a name that name a place; two or three may name one."""
    found: dict[int, frozenset[str]] = {}
    for size in (3, 2, 1):
        for start in range(len(form) - size + 1):
            codes = places().get(" ".join(form[start : start + size]))
            if codes and (size > 1 or form[start] not in _plain_words()):
                for i in range(start, start + size):
                    found.setdefault(i, codes)
    return found


def is_near(code: str, regions: frozenset[str]) -> bool:
    """Whether a place is known to lie where one of the two does: in its region, or a country or state round it."""
    return code in regions or any(region.startswith(f"{code}-") for region in regions)


@cache
def _plain_words() -> frozenset[str]:
    """Words that are also names of towns (Liberty, Union), but seldom mean them."""
    return frozenset(
        w for w in (*words().filler, *words().kinds, "union", "liberty", "mission", "trinity", "university", "star")
    )


def one_region(regions: frozenset[str]) -> bool:
    """Whether both are known to lie in one region."""
    return len(regions) == 1 and "-" in next(iter(regions))
