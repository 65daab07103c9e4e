"""What the words that two names share, and those that each has left over, make of the two."""

from collections.abc import Sequence
from enum import IntEnum

from outbreach.graph.identity.alignment import Alignment
from outbreach.graph.identity.leftover import Leftover, places_in
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.name import ANY, Form
from outbreach.graph.identity.words import is_initial, kinds, listed, states, sum_of


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


def grade(  # noqa: PLR0911, PLR0912  a grade each, from the surest down
    a: Form, b: Form, found: Alignment, said: float, regions: frozenset[str]
) -> tuple[Grade, str]:
    """What the words of two names make of the two, and what keeps them apart where something does.

    `said` is what all shared words say, in bits; `regions` are where either is known to lie.
    """
    if not found.shared:
        return Grade.APART, ""
    rarest = max(worth for _, _, worth in found.shared)
    if not found.left and not found.right:
        return (Grade.EQUAL if found.exact else _slip(a, b, found)), ""
    if relation := _middle(a, b, found):
        return (Grade.PART, relation) if relation != "none" else (Grade.SPELLED, "")
    sides = (Leftover(a, found.left, regions), Leftover(b, found.right, regions))
    if _district(*sides) or _health_office(a, found, sides):
        return Grade.FILLED, ""
    rare = [side.rare for side in sides]
    if any(side.number or side.direction for side in sides) and (relation := _relation(*sides)):
        return Grade.PART, relation
    if all(rare):
        heavy = sum(sum_of(side.rare) for side in sides)
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
    if {a.words[i] for i, _, _ in found.shared} & listed("offices"):
        return Grade.REWORDED, "office"
    bodies = any(set(side.all) & listed("bodies") for side in sides)
    return (Grade.TURNED if bodies or all(side.all for side in sides) else Grade.FILLED), ""


def _middle(a: Form, b: Form, found: Alignment) -> str:
    """What middle initials make of two names: `number` where both have one and they differ, `none` where one leaves it out."""
    own = [[f.words[i] for i in left if is_initial(f.words[i])] for f, left in ((a, found.left), (b, found.right))]
    if all(own):
        return "number"
    rest = len(found.left) + len(found.right) - len(own[0]) - len(own[1])
    return "none" if any(own) and not rest else ""


def _health_office(a: Form, found: Alignment, sides: tuple[Leftover, Leftover]) -> bool:
    """Whether both are one place's office of public health: its department, or its centre."""
    shared = {a.words[i] for i, _, _ in found.shared}
    return {"public", "health"} <= shared and {*sides[0].all, *sides[1].all} <= listed("office_words")


def _district(x: Leftover, y: Leftover) -> bool:
    """Whether one is the district or authority that runs the other, the hospital of its name."""
    for one, other in ((x, y), (y, x)):
        said = set(one.all) | set(other.all)
        if "district" in one.all and "district" not in other.all and said <= listed("district_words"):
            return "hospital" in said | set(one.form.words)
    return False


def _slip(a: Form, b: Form, found: Alignment) -> Grade:
    """A short word that is another by one letter (Porter, Porte) is a slip only where a rare word is shared as it is."""
    exact = max((said for i, j, said in found.shared if a.words[i] == b.words[j]), default=0.0)
    for i, j, _ in found.shared:
        x, y = a.words[i], b.words[j]
        if x != y and max(len(x), len(y)) < 7 and ANY not in x + y and not _plural(x, y) and exact < lines().enough:
            return Grade.REWORDED if x[:2] == y[:2] and abs(len(x) - len(y)) < 3 else Grade.SPELLED
    return Grade.SPELLED


def _plural(x: str, y: str) -> bool:
    return x + "s" == y or y + "s" == x


def _placed(x: Leftover, y: Leftover) -> Grade:
    """`Columbia Surgical Specialists of Spokane` is the one in Spokane; `PIH Health Hospital - Whittier` is a part."""
    if (x.place and y.place) or x.kinds or y.kinds:
        return Grade.PART
    return Grade.PLACED


def _owned(x: Leftover, y: Leftover, rarest: float) -> bool:
    """Whether one has a group's name in front and its hospital's old words left out: `HCA Florida Lawnwood Hospital`."""
    for one, other in ((x, y), (y, x)):
        front = [i for i in one.index if one.form.words[i] not in listed("house_words")]
        if front and rarest >= lines().rare[1] and _before(front, one.form) and not one.number + one.direction:
            return set(other.all) <= listed("house_words") | {"regional"} and "hospital" in {
                *one.all,
                *other.form.words,
            }
    return False


def _named_apart(one: Leftover, other: Leftover, rarest: float) -> bool:
    """Whether what stands behind an owner has a name of its own: several words, or a rare one behind a department."""
    return len(other.form.words) > 1 or ("department" in one.kinds and rarest >= lines().rare[2])


def _where_it_is(x: Leftover, y: Leftover) -> bool:
    """Whether all that one adds is *of* or *at* the place that it is known to lie in."""
    for one, other in ((x, y), (y, x)):
        if one.place == one.all and not other.all:
            last = one.index[-1] == len(one.form.words) - 1
            return last and (one.form.sited[one.index[0]] or (len(one.place) == 1 and one.place[0] in states()))
    return False


def _sited(x: Leftover, y: Leftover) -> bool:
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


def _patron(x: Leftover, y: Leftover) -> bool:
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
    return bool(places_in(form.words, shared))


def _behind(x: Leftover, y: Leftover, rarest: float) -> bool:
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
                not one.kinds & (listed("hard") | {"hospital", "clinic"}) - {"department", "state", "group"}
                and not one.number
                and not one.direction
            )
    return False


def _relation(x: Leftover, y: Leftover) -> str:
    """What in the words left over makes two bodies of one name two; empty where nothing does."""
    if x.number or y.number:
        return "number"
    if x.direction or y.direction:
        return "direction"
    if x.far or y.far:
        return "place"
    hard = (x.kinds | y.kinds) & listed("hard")
    if hard:
        return min(hard)
    if x.kinds and y.kinds and (x.kinds | y.kinds) - listed("soft") and x.kinds != y.kinds:
        return "kind"
    return ""


def _arm(x: Leftover, y: Leftover, said: float, rarest: float) -> bool:  # noqa: PLR0911  a case each
    """Whether one is an arm of the other: the medical group, the cancer centre, the clinics of a health system."""
    for one, other in ((x, y), (y, x)):
        if _of_a_house(one, other):
            return True
        schooled = other.form.words[0] == "university" or other.form.words[-1] == "university"
        if schooled and one.all and not other.all and set(one.all) <= listed("house_words"):
            return True
        arm = one.kinds & listed("arms")
        if arm and not other.all and listed("houses") & set(other.form.words):
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
        if arm - listed("soft") and other.all and set(other.all) <= listed("house_words"):
            return True
        if one.all == ["group"] and other.all and "group" not in other.all and one.form.words[0] != "group":
            return True  # `GEO Care` and `The GEO Group`
        if one.all == ["health"] and not other.all and one.form.origin[one.index[0]] == "sante":
            return True  # `Cegedim Santé` is the arm of a house that does more
        if arm - listed("soft") and not other.all and not (said >= 24 and rarest >= 11):
            return True
    return False


def _of_a_house(one: Leftover, other: Leftover) -> bool:
    """Whether one adds what a health system calls its arms, however rare its name: `Ballad Health Medical Associates`."""
    added = set(one.all)
    if not added or not set(other.all) <= listed("house_words") - added:
        return False
    arm = bool(added & {"home", "physicians", "practices"}) or (
        "medical" in added and bool(added & {"group", "associates"})
    )
    own = {kinds().get(w, "") for i, w in enumerate(one.form.words) if i not in one.index}
    return arm and not own & (listed("arms") | {"home"}) - {"group", "clinic"}


def _before(rest: Sequence[int], form: Form) -> bool:
    """Whether all that is left over stands before what is shared, joined to it by no *of*."""
    after = max(rest) + 1
    return list(rest) == list(range(after)) and after < len(form.words) and not form.joined[after]
