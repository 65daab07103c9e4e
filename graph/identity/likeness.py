"""How alike two names are: which words they share, what each has left over, and what that makes of the two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from outbreach.graph.identity.known import known_as
from outbreach.graph.identity.letters import fits
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.name import ANY, Form, Name, read_name
from outbreach.graph.identity.words import bits, counts, is_initial, kinds, places, states, words


class Grade(IntEnum):
    """What the words make of two names, from nothing in common to the same words."""

    APART = 0
    PART = 1
    """One names a part, the parent, the foundation, the plan … of the other."""
    REWORDED = 2
    WITHIN = 3
    """One is the end of the other, behind the name of a group or of the department that runs it."""
    PLACED = 4
    """One adds the place that the other lies in."""
    TURNED = 5
    """Each has words that say little (health system, memorial hospital), and they are not the same words."""
    FILLED = 6
    """One has words more that say little (health, system, group)."""
    LETTERS = 7
    """One is made from the letters of the other: initials, a blend, a domain."""
    SPELLED = 8
    EQUAL = 9


STATED = ("stated to be one",)
"""What two names share that a source states to be of one body."""


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

    @property
    def rank(self) -> tuple[float, float]:
        """What orders likenesses, the best last."""
        firm = self.grade is Grade.PART and self.relation in _HARD and self.bits >= 10
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
    if a.stem or b.stem:
        return _stems(a, b, bool(alias))
    if not a.words or not b.words:
        return Likeness(Grade.APART, 0.0)
    if known_as(a, b):
        rarest = max(_rarest(a.words), _rarest(b.words))
        return Likeness(Grade.EQUAL, _sum(a.words), rarest, STATED, alias=bool(alias))
    if a.squash == b.squash:
        return Likeness(Grade.EQUAL, max(_sum(a.words), _sum(b.words)), _rarest(a.words), a.words, alias=bool(alias))
    worded = _worded(a, b, regions, bool(alias))
    if (len(a.plain) == 1) == (len(b.plain) == 1):
        return worded
    return max(_lettered(a, b, bool(alias)), worded, key=lambda found: found.rank)


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
        others = {kinds().get(word, "") for word in found.right} & (_HARD | {"physicians"})
        if dropped and len(domain.stem) > 9 and not others and not domain.cut:
            found = replace(found, grade=Grade.FILLED, relation="")  # a domain drops the end of a long name
        if not found.left + found.right and len(domain.stem) > 15:
            found = replace(found, rarest=max(found.rarest, lines().rare[1]))  # few names are that long
        return replace(found, grade=min(found.grade, Grade.SPELLED))
    said = fits(domain.stem, name.spelled, name.squash, domain.cut)
    if said <= 0 and len(domain.stem) > 8 and OSA.distance(domain.stem, name.squash, score_cutoff=1) <= 1:
        return Likeness(Grade.SPELLED, 0.8 * _sum(name.words), 0.8 * _rarest(name.words), name.words, alias=alias)
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
    return found | {"".join(word if word in _ABBREVIATIONS else word[0] for word in full.origin)}


@dataclass(slots=True)
class _Alignment:
    shared: list[tuple[int, int, float]]
    left: list[int]
    right: list[int]
    exact: bool


def _worded(a: Form, b: Form, regions: frozenset[str], alias: bool) -> Likeness:
    found = _align(a, b)
    said = sum(worth for _, _, worth in found.shared)
    shared = tuple(a.words[i] for i, _, _ in found.shared)
    left, right = tuple(a.words[i] for i in found.left), tuple(b.words[j] for j in found.right)
    grade, relation = _grade(a, b, found, said, regions)
    rarest = max((worth for _, _, worth in found.shared), default=0.0)
    if grade >= Grade.PLACED and _hospital_of_a_town(a, b, found):
        rarest = max(rarest, lines().rare[1])
    return Likeness(grade, said, rarest, shared, left, right, relation, alias)


def _hospital_of_a_town(a: Form, b: Form, found: _Alignment) -> bool:
    """Whether both are the public hospital (CH, CHU) of one French town: a town has one, however common its name."""
    heads = {form.words[0] for form in (a, b)}
    towns = _places(a.words, [i for i, _, _ in found.shared])
    return (
        bool(heads & {"ch", "chu"})
        and heads <= {"ch", "chu", "hospital"}
        and any(len(codes) < 3 and all(c.startswith("FR-") for c in codes) for codes in towns.values())
    )


def _grade(  # noqa: PLR0911, PLR0912  a grade each, from the surest down
    a: Form, b: Form, found: _Alignment, said: float, regions: frozenset[str]
) -> tuple[Grade, str]:
    if not found.shared:
        return Grade.APART, ""
    rarest = max(worth for _, _, worth in found.shared)
    if not found.left and not found.right:
        return (Grade.EQUAL if found.exact else _slip(a, b, found)), ""
    if relation := _middle(a, b, found):
        return (Grade.PART, relation) if relation != "none" else (Grade.SPELLED, "")
    sides = (_Rest(a, found.left, regions), _Rest(b, found.right, regions))
    if _district(*sides) or _health_office(a, found, sides):
        return Grade.FILLED, ""
    rare = [side.rare for side in sides]
    if any(side.number or side.direction for side in sides) and (relation := _relation(*sides)):
        return Grade.PART, relation
    if all(rare):
        heavy = sum(_sum(side.rare) for side in sides)
        return (Grade.REWORDED if said > heavy + 6 else Grade.APART), "words"
    if _behind(*sides, rarest):
        return Grade.WITHIN, ""
    if relation := _relation(*sides):
        return Grade.PART, relation
    if any(rare):
        if _patron(*sides):
            return Grade.PLACED, ""
        if _owned(*sides, rarest) or _sited(*sides):
            return Grade.REWORDED, ""
        return Grade.PART, "unit"
    if any(side.place for side in sides):
        return (Grade.FILLED, "sited") if _where_it_is(*sides) else (_placed(*sides), "place")
    if _arm(*sides, said, rarest):
        return Grade.PART, "arm"
    if {a.words[i] for i, _, _ in found.shared} & _OFFICES:
        return Grade.REWORDED, "office"
    bodies = any(set(side.all) & _BODIES for side in sides)
    return (Grade.TURNED if bodies or all(side.all for side in sides) else Grade.FILLED), ""


def _middle(a: Form, b: Form, found: _Alignment) -> str:
    """What middle initials make of two names: `number` where both have one and they differ, `none` where one leaves it out."""
    own = [[f.words[i] for i in left if is_initial(f.words[i])] for f, left in ((a, found.left), (b, found.right))]
    if all(own):
        return "number"
    rest = len(found.left) + len(found.right) - len(own[0]) - len(own[1])
    return "none" if any(own) and not rest else ""


def _health_office(a: Form, found: _Alignment, sides: tuple["_Rest", "_Rest"]) -> bool:
    """Whether both are one place's office of public health: its department, or its centre."""
    shared = {a.words[i] for i, _, _ in found.shared}
    return {"public", "health"} <= shared and {*sides[0].all, *sides[1].all} <= _OFFICE_WORDS


def _district(x: "_Rest", y: "_Rest") -> bool:
    """Whether one is the district or authority that runs the other, the hospital of its name."""
    for one, other in ((x, y), (y, x)):
        said = set(one.all) | set(other.all)
        if "district" in one.all and "district" not in other.all and said <= _DISTRICT_WORDS:
            return "hospital" in said | set(one.form.words)
    return False


_DISTRICT_WORDS = frozenset(
    {"district", "hospital", "health", "care", "medical", "center", "memorial", "authority", "system"}
)


def _slip(a: Form, b: Form, found: _Alignment) -> Grade:
    """A short word that is another by one letter (Porter, Porte) is a slip only where a rare word is shared as it is."""
    exact = max((said for i, j, said in found.shared if a.words[i] == b.words[j]), default=0.0)
    for i, j, _ in found.shared:
        x, y = a.words[i], b.words[j]
        if x != y and max(len(x), len(y)) < 7 and ANY not in x + y and not _plural(x, y) and exact < lines().enough:
            return Grade.REWORDED if x[:2] == y[:2] and abs(len(x) - len(y)) < 3 else Grade.SPELLED
    return Grade.SPELLED


def _plural(x: str, y: str) -> bool:
    return x + "s" == y or y + "s" == x


def _placed(x: "_Rest", y: "_Rest") -> Grade:
    """`Columbia Surgical Specialists of Spokane` is the one in Spokane; `PIH Health Hospital - Whittier` is a part."""
    if (x.place and y.place) or x.kinds or y.kinds:
        return Grade.PART
    return Grade.PLACED


def _owned(x: "_Rest", y: "_Rest", rarest: float) -> bool:
    """Whether one has a group's name in front and its hospital's old words left out: `HCA Florida Lawnwood Hospital`."""
    for one, other in ((x, y), (y, x)):
        front = [i for i in one.index if one.form.words[i] not in _HOUSE_WORDS]
        if front and rarest >= lines().rare[1] and _before(front, one.form) and not one.number + one.direction:
            return set(other.all) <= _HOUSE_WORDS | {"regional"} and "hospital" in {*one.all, *other.form.words}
    return False


def _named_apart(one: "_Rest", other: "_Rest", rarest: float) -> bool:
    """Whether what stands behind an owner has a name of its own: several words, or a rare one behind a department."""
    return len(other.form.words) > 1 or ("department" in one.kinds and rarest >= lines().rare[2])


def _where_it_is(x: "_Rest", y: "_Rest") -> bool:
    """Whether all that one adds is *of* or *at* the place that it is known to lie in."""
    for one, other in ((x, y), (y, x)):
        if one.place == one.all and not other.all:
            last = one.index[-1] == len(one.form.words) - 1
            return last and (one.form.sited[one.index[0]] or (len(one.place) == 1 and one.place[0] in states()))
    return False


def _sited(x: "_Rest", y: "_Rest") -> bool:
    """Whether all that one adds is where it stands: `St Marks Hospital at Millcreek`."""
    for one, other in ((x, y), (y, x)):
        if (
            one.all
            and not other.all
            and len(one.all) < 3
            and not one.kinds
            and {"hospital", "center"} & set(other.form.words)
        ):
            first = one.index[0]
            return one.form.sited[first] and one.index == list(range(first, len(one.form.words)))
    return False


def _patron(x: "_Rest", y: "_Rest") -> bool:
    """A town's public hospital (CH, CHU) with and without the name of its patron; a site before *CHU* is a part."""
    for one, other in ((x, y), (y, x)):
        heads = {form.words[0] for form in (one.form, other.form)}
        if heads & {"ch", "chu"} and heads <= {"ch", "chu", "hospital"} and not set(other.all) - {"ch", "hospital"}:
            return (
                len(one.rare) <= 3 and not {"ch", "chu"} & set(one.form.words[1:]) and bool(_town(one.form, one.index))
            )
    return False


def _town(form: Form, rest: Sequence[int]) -> bool:
    """Whether a place is among what is shared."""
    shared = [i for i in range(len(form.words)) if i not in rest]
    return bool(_places(form.words, shared))


def _behind(x: "_Rest", y: "_Rest", rarest: float) -> bool:
    """Whether all that is left over is the owner's name in front: `Franciscan Health, Highline Medical Center`."""
    for one, other in ((x, y), (y, x)):
        if (
            one.all
            and not other.all
            and rarest >= 8
            and _named_apart(one, other, rarest)
            and _before(one.index, one.form)
        ):
            return (
                not one.kinds & (_HARD | {"hospital", "clinic"}) - {"department", "state", "group"}
                and not one.number
                and not one.direction
            )
    return False


class _Rest:
    """What one name has left over, by what each word is."""

    __slots__ = ("all", "direction", "far", "form", "index", "kinds", "number", "place", "rare")

    def __init__(self, form: Form, left: Sequence[int], regions: frozenset[str]) -> None:
        left_words = [form.words[i] for i in left]
        where = _places(form.words, left)
        near = {i for i, codes in where.items() if any(_near(code, regions) for code in codes)}
        self.all = left_words
        self.index = list(left)
        self.form = form
        self.number = [w for w in left_words if w.isdigit() or w in _numbers()]
        self.direction = [w for w in left_words if w in _directions()]
        self.place = [form.words[i] for i in left if i in near]
        self.far = [form.words[i] for i in left if i in where and i not in near]
        """Places elsewhere, or of which it is not known whether they lie there."""
        self.kinds = {kinds()[w] for i, w in zip(left, left_words, strict=True) if w in kinds() and i not in where}
        if "medical center" in " ".join(left_words):
            self.kinds.add("hospital")
        self.rare = [
            form.words[i]
            for i in left
            if form.words[i] not in _filler() and form.words[i] not in kinds() and i not in near
            and form.words[i] not in _directions() and not is_initial(form.words[i])
        ]  # fmt: skip


def _relation(x: _Rest, y: _Rest) -> str:
    """What in the words left over makes two bodies of one name two; empty where nothing does."""
    if x.number or y.number:
        return "number"
    if x.direction or y.direction:
        return "direction"
    if x.far or y.far:
        return "place"
    hard = (x.kinds | y.kinds) & _HARD
    if hard:
        return min(hard)
    if x.kinds and y.kinds and (x.kinds | y.kinds) - _SOFT and x.kinds != y.kinds:
        return "kind"
    return ""


def _arm(x: _Rest, y: _Rest, said: float, rarest: float) -> bool:  # noqa: PLR0911  a case each
    """Whether one is an arm of the other: the medical group, the cancer centre, the clinics of a health system."""
    for one, other in ((x, y), (y, x)):
        if _of_a_house(one, other):
            return True
        schooled = other.form.words[0] == "university" or other.form.words[-1] == "university"
        if schooled and one.all and not other.all and set(one.all) <= _HOUSE_WORDS:
            return True
        arm = one.kinds & _ARMS
        if arm and not other.all and _HOUSES & set(other.form.words):
            return True
        if arm and said < 30 and one.form.joined[max(one.index) + 1 : max(one.index) + 2] == (True,):
            return True
        if (
            other.all
            and one.kinds & {"physicians", "pharmacy"}
            and "hospital" in other.kinds
            and "hospital" not in one.kinds
        ):
            return True
        if arm - _SOFT and other.all and set(other.all) <= _HOUSE_WORDS:
            return True
        if one.all == ["group"] and other.all and "group" not in other.all and one.form.words[0] != "group":
            return True  # `GEO Care` and `The GEO Group`
        if one.all == ["health"] and not other.all and one.form.origin[one.index[0]] == "sante":
            return True  # `Cegedim Santé` is the arm of a house that does more
        if arm - _SOFT and not other.all and not (said >= 24 and rarest >= 11):
            return True
    return False


def _of_a_house(one: _Rest, other: _Rest) -> bool:
    """Whether one adds what a health system calls its arms, however rare its name: `Ballad Health Medical Associates`."""
    added = set(one.all)
    if not added or not set(other.all) <= _HOUSE_WORDS - added:
        return False
    arm = bool(added & {"home", "physicians", "practices"}) or (
        "medical" in added and bool(added & {"group", "associates"})
    )
    own = {kinds().get(w, "") for i, w in enumerate(one.form.words) if i not in one.index}
    return arm and not own & (_ARMS | {"home"}) - {"group", "clinic"}


_ARMS = frozenset(
    {
        "physicians",
        "group",
        "clinic",
        "pharmacy",
        "laboratory",
        "dental",
        "eye",
        "hospice",
        "imaging",
        "nursing",
        "ambulance",
        "research",
        "surgery",
        "cancer",
        "heart",
        "mental",
        "children",
        "women",
        "specialty",
    }
)
_OFFICE_WORDS = frozenset({"department", "center", "division", "office"})
_OFFICES = frozenset({"department", "ministry", "bureau", "division"})
"""Bodies of which a government has several, told apart by words that elsewhere say little."""
_BODIES = frozenset(
    {"hospital", "physicians", "partners", "holdings", "holding", "practices", "practice", "group", "trust", "network"}
)
"""Words that say little of who it is, but name a body beside the one without them."""
_HOUSE_WORDS = frozenset({"health", "system", "hospital", "medical", "center", "care", "memorial"})
_HOUSES = frozenset({"health", "hospital", "system", "university", "center"})
_HARD = frozenset(
    {
        "foundation",
        "school",
        "department",
        "county",
        "city",
        "plan",
        "veterinary",
        "credit",
        "union",
        "library",
        "police",
        "fire",
        "federation",
        "university",
        "state",
    }
)
_SOFT = frozenset({"hospital", "clinic", "group", "home", "physicians", "surgery"})


def _before(rest: Sequence[int], form: Form) -> bool:
    """Whether all that is left over stands before what is shared, joined to it by no *of*."""
    after = max(rest) + 1
    return list(rest) == list(range(after)) and after < len(form.words) and not form.joined[after]


def _align(one: Form, other: Form) -> _Alignment:
    """Which words stand for which: the same, nearly the same, shortened, run together, or initials."""
    a, b = one.words, other.words
    shared: list[tuple[int, int, float]] = []
    left, right = [], list(range(len(b)))
    exact = True
    for i, word in enumerate(a):
        for j in right:
            if b[j] == word:
                shared.append((i, j, worth(word)))
                right.remove(j)
                break
        else:
            left.append(i)
    for i in list(left) if right else ():
        close = [(OSA.distance(a[i], b[j]), j) for j in right if _alike(a[i], b[j])]
        if close:
            _, j = min(close)
            shared.append((i, j, 0.85 * min(worth(a[i]), worth(b[j]))))
            left.remove(i)
            right.remove(j)
            exact = False
    if left and right:
        exact = not _opened(one, other, left, right, shared) and exact
        exact = not _run_together(one, other, left, right, shared) and exact
        exact = not _run_together(other, one, right, left, shared, swap=True) and exact
    return _Alignment(shared, left, right, exact)


def _opened(one: Form, other: Form, left: list[int], right: list[int], shared: list[tuple[int, int, float]]) -> bool:
    """Abbreviations that the other name opens (*Med.* is Medicine, or Medical), and a word cut short beside a rare one."""
    rare = max((said for _, _, said in shared), default=0.0) >= lines().rare[1]
    hit = False
    for i in list(left):
        for j in right:
            x, y = sorted((one.words[i], other.words[j]), key=len)
            opened = other.words[j] in _either(one.origin[i]) or one.words[i] in _either(other.origin[j])
            if opened or (rare and len(x) > 3 and y.startswith(x) and not (x in _filler() or x in kinds())):
                shared.append((i, j, 0.5 * min(worth(x), worth(y))))
                left.remove(i)
                right.remove(j)
                hit = hit or not opened
                break
    return hit


def _either(abbreviation: str) -> list[str]:
    return words().either.get(abbreviation, [])


def _run_together(
    a: Form, b: Form, left: list[int], right: list[int],
    shared: list[tuple[int, int, float]], swap: bool = False,
) -> bool:  # fmt: skip
    """Words of one that are two or more words of the other: `medstar` and `med star`, `uhhs` and its words."""
    hit = False
    for i in list(left):
        word = a.words[i]
        if word in words().same_run and (told := _same_run(word, b, right)):
            shared.append((told[0], i, worth(word)) if swap else (i, told[0], worth(word)))
            left.remove(i)
            for j in told:
                right.remove(j)
            hit = True
            continue
        if len(word) < 2 or not any(b.words[j][0] == word[0] or b.origin[j][0] == word[0] for j in right):
            continue
        for size in range(min(6, len(right), len(word)), 1, -1):
            run = next(
                (
                    r
                    for r in _runs(right, size)
                    if word[0] in (b.words[r[0]][0], b.origin[r[0]][0])
                    and _makes(a.words[i], [b.words[j] for j in r], [b.origin[j] for j in r])
                ),
                None,
            )
            if run is not None:
                said = max(worth(a.words[i]) if len(a.words[i]) > 4 else 0.0, 3.0 * size)
                shared.append((run[0], i, said) if swap else (i, run[0], said))
                left.remove(i)
                for j in run:
                    right.remove(j)
                hit = True
                break
    return hit


def _same_run(word: str, form: Form, free: list[int]) -> list[int]:
    """The words of a name that stand for one, as *university hospital* for *chu*; the longest such run."""
    for run in sorted(words().same_run[word], key=len, reverse=True):
        told = [next((j for j in free if form.words[j] == part), -1) for part in run.split()]
        if -1 not in told:
            return told
    return []


def _runs(free: list[int], size: int) -> Iterable[list[int]]:
    for start in range(len(free) - size + 1):
        run = free[start : start + size]
        if run[-1] - run[0] == size - 1:
            yield run


def _makes(word: str, parts: list[str], origin: list[str]) -> bool:
    initials = {"".join(p[0] for p in parts), "".join(p if p in _ABBREVIATIONS else p[0] for p in origin)}
    return word in ("".join(parts), "".join(origin)) or word in initials


_ABBREVIATIONS = frozenset({"ch", "chu", "gh", "chi", "chr", "chs"})


def _alike(a: str, b: str) -> bool:  # noqa: PLR0911  a case each
    """Nearly the same word: a slip of the pen, a lost letter, a plural, an abbreviation of four letters or more."""
    if ANY in a or ANY in b:
        return len(a) == len(b) and sum(x != y and ANY not in (x, y) for x, y in zip(a, b, strict=True)) == 0
    if a.isdigit() or b.isdigit():
        return False
    if is_initial(a) or is_initial(b):
        return a.removeprefix("0") == b.removeprefix("0")
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < 4 or len(long) - len(short) > 8 or (a[0] != b[0] and a[1] != b[1]):
        return False
    if len(short) >= 4 and long.startswith(short) and (len(long) - len(short) <= 2 or short not in _known()):
        return len(long) - len(short) <= 2 or (len(short) >= 4 and long in _known())
    if len(short) < 5 or (a in _known() and b in _known()):
        return False
    limit = 1 if len(short) < 8 else 2
    return OSA.distance(a, b, score_cutoff=limit) <= limit


def _places(form: tuple[str, ...], left: Sequence[int]) -> dict[int, frozenset[str]]:
    """The words left over that name a place, with its regions."""
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


@cache
def _numbers() -> frozenset[str]:
    return frozenset(words().numbers)


@cache
def _filler() -> frozenset[str]:
    return frozenset(words().filler)


@cache
def _directions() -> frozenset[str]:
    return frozenset(words().directions)


@cache
def _known() -> frozenset[str]:
    """Words that stand in many names: two of them are two words, however alike."""
    return frozenset(word for word, count in counts().items() if count >= 8)


@cache
def worth(word: str) -> float:
    """What sharing a word says; the name of a place says less, since the place is compared by itself."""
    return bits(word) * (0.6 if word in places() else 1.0)


def _rarest(listed: Iterable[str]) -> float:
    return max((worth(word) for word in listed), default=0.0)


def _sum(listed: Iterable[str]) -> float:
    return sum(worth(word) for word in listed)


def names_one(word: str) -> bool:
    """Whether a word names a body, and does not only say of what kind it is or where."""
    return word not in _filler() and word not in kinds() and word not in _directions() and word not in _numbers()
