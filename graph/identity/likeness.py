"""How alike two names are: which words they share, what each has left over, and what that makes of the two."""

from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from outbreach.graph.identity.alignment import ABBREVIATIONS, Alignment, align
from outbreach.graph.identity.grade import Grade, grade
from outbreach.graph.identity.known import Stated, stated
from outbreach.graph.identity.leftover import places_in
from outbreach.graph.identity.letters import fits
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.name import Form, Name, read_name
from outbreach.graph.identity.words import kinds, listed, rarest_of, sum_of, words


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
    first, second = sorted((left, right))
    found = _likeness(first, second, regions)
    if first == left:
        return found
    return replace(found, left=found.right, right=found.left)


@lru_cache(maxsize=400_000)
def _likeness(left: str, right: str, regions: frozenset[str]) -> Likeness:
    a, b = read_name(left), read_name(right)
    if len(a.forms) == len(b.forms) == 1:
        best = _forms(a.forms[0], b.forms[0], regions, 0)
    elif (named := _forms(a.forms[0], b.forms[0], regions, 0)).grade is Grade.EQUAL:
        return named
    else:
        each = {(i, j): _forms(x, y, regions, i or j) for i, x in enumerate(a.forms) for j, y in enumerate(b.forms)}
        best = max(each.values(), key=lambda found: found.rank)
        first = each[0, 0]
        apart = first.grade is Grade.PART and first.relation in ("direction", "number", "place")
        if best.alias and apart and (len(best.shared) < 2 or _both_other(best, each)):
            best = first  # two sites share the initials of their group
        elif best.alias and first.grade is Grade.APART and best == _of_initials(a, b, each):
            best = replace(best, grade=Grade.APART)  # two bodies with the same initials in brackets
    if best.grade in (Grade.APART, Grade.REWORDED) and (aside := _aside(a, b, regions)):
        return replace(best, grade=Grade.PART, relation=aside)
    return best


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
        return _stems(a, b, bool(alias))
    if not a.words or not b.words:
        return Likeness(Grade.APART, 0.0)
    if a.squash == b.squash:
        return Likeness(
            Grade.EQUAL, max(sum_of(a.words), sum_of(b.words)), rarest_of(a.words), a.words, alias=bool(alias)
        )
    worded = _worded(a, b, regions, bool(alias))
    if (len(a.plain) == 1) == (len(b.plain) == 1):
        return worded
    return max(_lettered(a, b, bool(alias)), worded, key=lambda found: found.rank)


def _known(a: Form, b: Form, said: Stated, alias: bool) -> Likeness:
    """Two names that a source states to be of one body; initials say no more than their letters, since many bear them."""
    by = f"{said.relation.replace('_', ' ')}: {said.source}"
    if said.relation == "acronym":
        short = min(a.squash, b.squash, key=len)
        worth = 3.0 * len(short) + _ALL_INITIALS
        return Likeness(Grade.LETTERS, worth, worth, alias=alias, stated=by)
    rarest = max(rarest_of(a.words), rarest_of(b.words), lines().rare[1])
    return Likeness(Grade.EQUAL, max(sum_of(a.words), sum_of(b.words), rarest), rarest, alias=alias, stated=by)


def _stems(a: Form, b: Form, alias: bool) -> Likeness:
    """A domain against a name, or against another domain."""
    if a.stem and b.stem:
        same = a.stem == b.stem or (a.cut and b.stem.startswith(a.stem)) or (b.cut and a.stem.startswith(b.stem))
        said = 2.5 * len(a.stem) if same and "*" not in a.stem + b.stem else 0.0
        return Likeness(Grade.EQUAL if said else Grade.APART, said, said)
    domain, name = (a, b) if a.stem else (b, a)
    if (read := _spelled_out(domain, name)) is not None:
        found = _worded(read, name, frozenset(), alias)
        dropped = found.grade in (Grade.PART, Grade.PLACED, Grade.TURNED) and len(read.plain) > 1
        others = {kinds().get(word, "") for word in found.right} & (listed("hard") | {"physicians"})
        if dropped and len(domain.stem) > 9 and not others and not domain.cut:
            found = replace(found, grade=Grade.FILLED, relation="")  # a domain drops the end of a long name
        if not found.left + found.right and len(domain.stem) > 15:
            found = replace(found, rarest=max(found.rarest, lines().rare[1]))  # few names are that long
        return replace(found, grade=min(found.grade, Grade.SPELLED))
    said = fits(domain.stem, name.spelled, name.squash, domain.cut)
    if said <= 0 and len(domain.stem) > 8 and OSA.distance(domain.stem, name.squash, score_cutoff=1) <= 1:
        return Likeness(Grade.SPELLED, 0.8 * sum_of(name.words), 0.8 * rarest_of(name.words), name.words, alias=alias)
    return Likeness(Grade.LETTERS if said > 0 else Grade.APART, said, said, alias=alias)


def _spelled_out(domain: Form, name: Form) -> Form | None:
    """The domain as words, where it is the first words of the name run together (a cut one may end inside a word)."""
    run = ""
    for count, word in enumerate(name.plain, 1):
        run += word
        if run == domain.stem or (domain.cut and len(domain.stem) >= 6 and run.startswith(domain.stem)):
            kept = len(name.words) if count == len(name.plain) else sum(o in name.plain[:count] for o in name.origin)
            return replace(
                name,
                words=name.words[:kept],
                joined=name.joined[:kept],
                origin=name.origin[:kept],
                plain=name.plain[:count],
            )
    return None


def _lettered(a: Form, b: Form, alias: bool) -> Likeness:
    """One word against several: initials or a blend."""
    best = 0.0
    for short, full in ((a, b), (b, a)):
        if len(short.plain) == 1 and len(full.spelled) > 1 and len(short.squash) > 1 and short.squash not in full.plain:
            said = fits(short.squash, full.spelled, full.squash)
            best = max(best, said + (_ALL_INITIALS if said and short.squash in _initials(full) else 0.0))
    return Likeness(Grade.LETTERS if best > 0 else Grade.APART, best, best, alias=alias)


_ALL_INITIALS = 2.5
"""Bits more where the letters are the initials of all words, none left out."""


def _initials(full: Form) -> set[str]:
    found = {"".join(word[0] for word in listed) for listed in (full.words, full.plain, full.origin, full.spelled)}
    found.add("".join(word[0] for word in full.spelled if word not in words().of and word not in ("la", "le", "les")))
    return found | {"".join(word if word in ABBREVIATIONS else word[0] for word in full.origin)}


def _worded(a: Form, b: Form, regions: frozenset[str], alias: bool) -> Likeness:
    found = align(a, b)
    said = sum(worth for _, _, worth in found.shared)
    shared = tuple(a.words[i] for i, _, _ in found.shared)
    left, right = tuple(a.words[i] for i in found.left), tuple(b.words[j] for j in found.right)
    graded, relation = grade(a, b, found, said, regions)
    rarest = max((worth for _, _, worth in found.shared), default=0.0)
    if graded >= Grade.PLACED and _hospital_of_a_town(a, b, found):
        rarest = max(rarest, lines().rare[1])
    return Likeness(graded, said, rarest, shared, left, right, relation, alias)


def _hospital_of_a_town(a: Form, b: Form, found: Alignment) -> bool:
    """Whether both are the public hospital (CH, CHU) of one French town: a town has one, however common its name."""
    heads = {form.words[0] for form in (a, b)}
    towns = places_in(a.words, [i for i, _, _ in found.shared])
    return (
        bool(heads & {"ch", "chu"})
        and heads <= {"ch", "chu", "hospital"}
        and any(len(codes) < 3 and all(c.startswith("FR-") for c in codes) for codes in towns.values())
    )
