"""What one name has left over beside another, by what each word is."""

from collections.abc import Sequence
from functools import cache, lru_cache

from outbreach.graph.identity.name import Form
from outbreach.graph.identity.words import directions, filler, is_initial, kinds, numbers, places, words


class Leftover:
    """The words of one name that the other has no word for.

    `regions` are the codes of the countries and regions that either body is known to lie in.
    """

    __slots__ = ("all", "direction", "far", "form", "index", "kinds", "number", "place", "rare")

    def __init__(self, form: Form, left: Sequence[int], regions: frozenset[str]) -> None:
        self.form = form
        self.index = list(left)
        self.all = [form.words[i] for i in left]
        self.number: list[str] = []
        self.direction: list[str] = []
        self.place: list[str] = []
        self.far: list[str] = []
        """Places elsewhere, or of which it is not known whether they lie there."""
        self.kinds: set[str] = set()
        self.rare: list[str] = []
        where = places_in(form.words, left)
        for i, word in zip(left, self.all, strict=True):
            kind, role = _role(word)
            near = False
            if i in where:
                near = any(_near(code, regions) for code in where[i])
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


def _near(code: str, regions: frozenset[str]) -> bool:
    """Whether a place is known to lie where one of the two does: in its region, or a country or state round it."""
    return code in regions or any(region.startswith(f"{code}-") for region in regions)


@cache
def _plain_words() -> frozenset[str]:
    """Words that are also names of towns (Liberty, Union), but seldom mean them."""
    return frozenset(
        w for w in (*words().filler, *words().kinds, "union", "liberty", "mission", "trinity", "university", "star")
    )
