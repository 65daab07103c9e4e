"""How alike two names are: which words they share, what each has left over, and what that makes of the two."""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from outbreach.graph.identity.alignment import ABBREVIATIONS, Alignment, align
from outbreach.graph.identity.grade import Grade, grade
from outbreach.graph.identity.known import Stated, stated
from outbreach.graph.identity.leftover import french_towns, is_near, one_region, places_in
from outbreach.graph.identity.letters import fits, small_words
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.name import Form, Name, read_name
from outbreach.graph.identity.stem import read_stem
from outbreach.graph.identity.words import (
    bits,
    is_coined,
    is_initial,
    kinds,
    listed,
    names_one,
    pair_bits,
    places,
    rarest_of,
    sum_of,
    words,
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The best likeness of any form of one name to any form of the other."""

    grade: Grade
    bits: float
    """How much it says that the shared words are shared."""
    rarest: float = 0.0
    """How much the rarest of them says alone."""
    shared: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    relation: str = ""
    """What keeps them apart, where words say it: `foundation`, `place`, `number` …"""
    alias: bool = False
    """It is another name of one of them that is alike, not the name that it is named by first."""
    stated: str = ""
    """Who states that the two are names of one body, and as what, where a source does."""

    @property
    def rank(self) -> tuple[float, float]:
        """What orders likenesses, the best last."""
        firm = self.grade is Grade.PART and self.relation in listed("hard") and self.bits >= 10
        return (4.5 if firm else _WORTH[self.grade]), self.bits


_WORTH: dict[Grade, float] = {
    Grade.APART: 0,
    Grade.PART: 1,
    Grade.REWORDED: 2,
    Grade.WITHIN: 3,
    Grade.PLACED: 5,
    Grade.TURNED: 3.5,
    Grade.FILLED: 4.2,
    Grade.LETTERS: 4,
    Grade.SPELLED: 6,
    Grade.EQUAL: 7,
}


def likeness(left: str, right: str, regions: frozenset[str] = frozenset()) -> Likeness:
    """How alike two raw names are; `regions` are the codes of the countries and regions that either is known to lie in.

    Symmetric. Words say more the rarer they are (`word_counts.tsv`).
    """
    if left <= right:
        return _likeness(left, right, regions)
    found = _likeness(right, left, regions)
    return replace(found, left=found.right, right=found.left) if found.left or found.right else found


@lru_cache(maxsize=400_000)
def _likeness(left: str, right: str, regions: frozenset[str]) -> Likeness:
    a, b = read_name(left), read_name(right)
    if len(a.forms) == len(b.forms) == 1:
        best = _forms(a.forms[0], b.forms[0], regions, 0)
    elif (named := _forms(a.forms[0], b.forms[0], regions, 0)).grade is Grade.EQUAL:
        return named
    else:
        pairs = ((i, j) for i in range(len(a.forms)) for j in range(len(b.forms)))
        each = {(i, j): _forms(a.forms[i], b.forms[j], regions, i or j) if i or j else named for i, j in pairs}
        each = {at: found for at, found in each.items() if not _by_chance(*at, a, b, each)}
        best = max(each.values(), key=lambda found: found.rank)
        first = each[0, 0]
        apart = first.grade is Grade.PART and first.relation in ("direction", "number", "place")
        if best.alias and apart and (len(best.shared) < 2 or _both_other(best, each)):
            best = first  # two sites share the initials of their group
        elif best.alias and first.grade in (Grade.APART, Grade.PART) and best == _of_initials(a, b, each):
            best = replace(best, grade=Grade.APART)  # two bodies with the same initials in brackets
        elif best.alias and best.relation in ("arm", "unit") and _said_elsewhere(best, a, b):
            best = replace(best, grade=Grade.FILLED, relation="elsewhere")
    if best.grade in (Grade.APART, Grade.REWORDED) and (aside := _aside(a, b, regions)):
        return replace(best, grade=Grade.PART, relation=aside)
    return best


def _by_chance(i: int, j: int, a: Name, b: Name, each: dict[tuple[int, int], Likeness]) -> bool:
    """Whether a name spells its own initials out, and the other's words, though they begin with these letters, are others."""
    for own, name, other, first in ((i, a, b.forms[j], (0, j)), (j, b, a.forms[i], (i, 0))):
        short = name.forms[own]
        if own and len(other.plain) > 1 and len(short.plain) == 1 and len(short.squash) <= _LONGEST_INITIALS:
            spelled = short.squash not in other.words and _letters_of(short.squash, name.forms[0]) > 0
            others = each[first].grade is Grade.PART and each[first].rarest < lines().rare[0]
            if spelled and (others or each[first].grade is Grade.APART):
                return True
    return False


def _said_elsewhere(best: Likeness, a: Name, b: Name) -> bool:
    """Whether what one adds stands in the other's first name: `Oakmoor Heart Associates dba Elm Institute`, `Elm Heart Institute`."""
    sides = ((best.left, best.right, b), (best.right, best.left, a))
    return any(
        added and not none and len(name.forms) > 1 and set(added) <= set(name.forms[0].words)
        for added, none, name in sides
    )


_LONGEST_INITIALS = 6


def _both_other(best: Likeness, each: dict[tuple[int, int], Likeness]) -> bool:
    """Whether the best likeness is of another name of each, not of the first name of either."""
    return not any(found == best for (i, j), found in each.items() if not (i and j))


def _of_initials(a: Name, b: Name, each: dict[tuple[int, int], Likeness]) -> Likeness | None:
    """The likeness of two other names that are one short word each, where there is one."""
    return next(
        (
            found
            for (i, j), found in each.items()
            if i and j and found.grade is Grade.EQUAL and len(a.forms[i].squash) < 6 and len(a.forms[i].plain) == 1
            and a.forms[i].squash == b.forms[j].squash
        ),
        None,
    )  # fmt: skip


def _aside(a: Name, b: Name, regions: frozenset[str]) -> str:
    """Whether one stands beside the other in its name: `X on behalf of Y` and Y."""
    for one, other in ((a, b), (b, a)):
        for form in one.beside:
            if any(_forms(form, y, regions, 0).grade >= Grade.TURNED for y in other.forms):
                return "beside"
    return ""


def _forms(a: Form, b: Form, regions: frozenset[str], alias: int) -> Likeness:
    if said := stated(a, b, regions):
        return _known(a, b, said, bool(alias))
    if a.stem or b.stem:
        return _stems(a, b, regions, bool(alias))
    if not a.words or not b.words:
        return Likeness(Grade.APART, 0.0)
    if a.squash == b.squash:
        return Likeness(
            Grade.EQUAL, max(sum_of(a.words), sum_of(b.words)), rarest_of(a.words), a.words, alias=bool(alias)
        )
    return _in_words(a, b, regions, bool(alias))


def _whole(form: Form) -> float:
    """What the rarest word of a name says, or the rarest two side by side."""
    named = [pair for pair in pairwise(form.words) if all(map(names_one, pair))]
    return max(rarest_of(form.words), *(pair_bits(*pair) for pair in named), 0.0)


def _in_words(a: Form, b: Form, regions: frozenset[str], alias: bool) -> Likeness:
    """The words of two names, or of one the letters of the other."""
    worded = _worded(a, b, regions, alias)
    if a.several != b.several and worded.grade < Grade.SPELLED:
        return replace(worded, grade=Grade.PART, relation="unit") if worded.grade else worded
    if (len(a.plain) == 1) == (len(b.plain) == 1):
        return worded
    lettered = _lettered(a, b, alias)
    if lettered.grade and worded.grade is Grade.SPELLED and any(len(f.squash) < _SHORT for f in (a, b)):
        return lettered  # `ACS` and a name of these initials
    return max(lettered, worded, key=lambda found: found.rank)


def _known(a: Form, b: Form, said: Stated, alias: bool) -> Likeness:
    """Two names that a source states to be of one body; initials say no more than their letters, since many bear them."""
    by = f"{said.relation.replace('_', ' ')}: {said.source}"
    if said.relation == "acronym":
        short = min(a.squash, b.squash, key=len)
        worth = 3.0 * len(short) + _ALL_INITIALS
        return Likeness(Grade.LETTERS, worth, worth, alias=alias, stated=by)
    rarest = min(_whole(a), _whole(b))  # each may be borne by others, too
    if said.country:
        rarest = max(rarest, lines().rare[1])  # not there
    return Likeness(Grade.EQUAL, max(sum_of(a.words), sum_of(b.words), rarest), rarest, alias=alias, stated=by)


_SHORT = 5
"""Letters of a word that may be the initials of many names."""


def _stems(a: Form, b: Form, regions: frozenset[str], alias: bool) -> Likeness:
    """A domain against a name, or against another domain."""
    if a.stem and b.stem:
        same = a.stem == b.stem or (a.cut and b.stem.startswith(a.stem)) or (b.cut and a.stem.startswith(b.stem))
        hosts = a.origin and b.origin and a.origin != b.origin  # two customers of one host
        said = 2.5 * len(a.stem) if same and not hosts and "*" not in a.stem + b.stem else 0.0
        return Likeness(Grade.EQUAL if said else Grade.APART, said, said)
    domain, name = (a, b) if a.stem else (b, a)
    if name.words and (read := read_stem(domain, name, regions)) is not None:
        if len(domain.stem) < _SHORT:
            return Likeness(Grade.LETTERS, 3.0 * len(domain.stem), 3.0 * len(domain.stem), alias=alias)
        return _spelled(domain, read, name, regions, alias)
    said = _letters_of(domain.stem, name, domain.cut)
    if len(domain.stem) > 2 and not domain.cut and domain.stem in _initials(name):
        said = 3.0 * len(domain.stem) + _ALL_INITIALS
    for state in (code[3:].lower() for code in regions if code.startswith("US-")):
        if len(domain.stem) > len(state) + 2 and domain.stem.endswith(state):  # `omcok.org`, in Oklahoma
            placed = _letters_of(domain.stem.removesuffix(state), name)
            said = max(said, placed + _STATE if placed else 0.0)
    if said <= 0 and len(domain.stem) > 8 and OSA.distance(domain.stem, name.squash, score_cutoff=1) <= 1:
        return Likeness(Grade.SPELLED, 0.8 * sum_of(name.words), 0.8 * rarest_of(name.words), name.words, alias=alias)
    return Likeness(Grade.LETTERS if said > 0 else Grade.APART, said, said, alias=alias)


def _letters_of(stem: str, name: Form, cut: bool = False) -> float:
    """What it says that letters were made from a name, with its legal form or without."""
    said = fits(stem, name.spelled, name.squash, cut)
    return said if name.spelled == name.plain else max(said, fits(stem, name.plain, name.squash, cut))


def _spelled(domain: Form, read: Form, name: Form, regions: frozenset[str], alias: bool) -> Likeness:
    """A domain that is words of the name, against the name."""
    found = _worded(read, name, regions, alias)
    dropped = found.grade in (Grade.PART, Grade.PLACED, Grade.TURNED) and len(read.plain) > 1
    dropped = dropped and not {"group", "associates"} & set(found.right)  # a system's domain is not its physicians'
    others = {kinds().get(word, "") for word in found.right} & (listed("hard") - {"county"} | {"physicians"})
    if dropped and len(domain.stem) > 9 and not others and not domain.cut and not found.left:
        found = replace(found, grade=Grade.FILLED, relation="")  # a domain drops the end of a long name
    there = any(is_near(code, regions) for code in places().get(read.plain[0], ()))
    if len(read.plain) == 1 and is_coined(read.plain[0]) and not there and regions != frozenset([""]):
        found = replace(found, rarest=max(found.rarest, lines().rare[1]))  # nor does another body have such a word
        if found.grade is Grade.TURNED:
            found = replace(found, grade=Grade.FILLED)  # `oakmoor.org` and Oakmoor Hospital
    if not found.left and found.grade > Grade.PART:  # a domain is one body's: the longer, the surer
        sure = sum(len(domain.stem) >= length for length in _LONG)
        found = replace(found, rarest=max(found.rarest, *lines().rare[:sure], 0.0))
    return replace(found, grade=min(found.grade, Grade.SPELLED))


_STATE = 2.5
"""Bits more where a domain ends in the state of the other body."""
_LONG = (9, 12)
"""Letters of a domain made of the words of a name from which on it is uncommon, and rare."""


def _lettered(a: Form, b: Form, alias: bool) -> Likeness:
    """One word against several: initials or a blend."""
    best = 0.0
    for short, full in ((a, b), (b, a)):
        if len(short.plain) == 1 and len(full.spelled) > 1 and len(short.squash) > 1 and short.squash not in full.plain:
            said = _letters_of(short.squash, full)
            if said and short.squash in _initials(full):
                said = max(said, 3.0 * len(short.squash)) + _ALL_INITIALS
            best = max(best, said)
    return Likeness(Grade.LETTERS if best > 0 else Grade.APART, best, best, alias=alias)


_ALL_INITIALS = 2.5
"""Bits more where the letters are the initials of all words, none left out."""


def _initials(full: Form) -> set[str]:
    found = {"".join(word[0] for word in listed) for listed in (full.words, full.plain, full.origin, full.spelled)}
    found.add("".join(word[0] for word in full.spelled if word not in words().of and word not in ("la", "le", "les")))
    found.add("".join(word[0] for word in full.spelled if word not in small_words()))
    found.add("".join(word[0] for word in full.spelled if word not in words().of and word != "nhs"))
    return found | {"".join(word if word in ABBREVIATIONS else word[0] for word in full.origin)}


def _worded(a: Form, b: Form, regions: frozenset[str], alias: bool) -> Likeness:
    found = align(a, b)
    if not found.shared:
        return Likeness(Grade.APART, 0.0, left=a.words, right=b.words, alias=alias)
    said = sum(worth for _, _, worth in found.shared)
    shared = tuple(a.words[i] for i, _, _ in found.shared)
    left, right = tuple(a.words[i] for i in found.left), tuple(b.words[j] for j in found.right)
    rarest = _rarest(a, b, found, regions)
    graded, relation = grade(a, b, found, said, rarest, regions)
    if graded >= Grade.PLACED and _hospital_of_a_town(a, b, found):
        rarest = max(rarest, lines().rare[1])
    return Likeness(graded, said, rarest, shared, left, right, relation, alias)


def _rarest(a: Form, b: Form, found: Alignment, regions: frozenset[str]) -> float:
    """What the rarest shared word says, or two side by side; a place says less only where the places are compared."""
    near = {
        i for i, codes in places_in(a.words, [i for i, _, _ in found.shared]).items()
        if not one_region(regions) or any(is_near(code, regions) for code in codes)
    }  # fmt: skip
    each = {i: (j, said if i in near or a.words[i] != b.words[j] else bits(a.words[i])) for i, j, said in found.shared}
    for i, (j, said) in each.items():
        if i and a.words[i - 1] == "saint":  # a saint's name says as much as so many bear it
            each[i] = (j, min(said, pair_bits("saint", a.words[i])))
    best = max((said for _, said in each.values()), default=0.0)
    for i, (j, said) in each.items():
        follows = each.get(i + 1)
        if follows is None or follows[0] != j + 1 or {i, i + 1} <= near:
            continue
        one, other = a.words[i], a.words[i + 1]
        if names_one(one) and names_one(other) and not is_initial(one) and not is_initial(other):
            best = max(best, min(pair_bits(one, other), said + follows[1]))
    return best


def _hospital_of_a_town(a: Form, b: Form, found: Alignment) -> bool:
    """Whether both are the public hospital (CH, CHU) of one French town: a town has one, however common its name."""
    heads = {form.words[0] for form in (a, b)}
    towns = french_towns(a, [i for i, _, _ in found.shared])
    public = listed("public_hospitals")
    return bool(heads & public) and heads <= public | {"hospital"} and any(len(codes) < 3 for codes in towns)
