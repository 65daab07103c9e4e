"""What the words that two names share, and those that each has left over, make of the two."""

from enum import IntEnum

from outbreach.graph.identity.alignment import Alignment
from outbreach.graph.identity.arm import is_arm
from outbreach.graph.identity.leftover import Leftover, one_region, places_in
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.name import ANY, Form
from outbreach.graph.identity.owner import is_behind, is_hospital, is_hospital_of, is_of_a_saint, is_owned
from outbreach.graph.identity.patron import names_patron
from outbreach.graph.identity.words import (
    is_coined,
    is_initial,
    kinds,
    listed,
    names_one,
    states,
    sum_of,
)


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
    a: Form, b: Form, found: Alignment, said: float, rarest: float, regions: frozenset[str]
) -> tuple[Grade, str]:
    """What the words of two names make of the two, and what keeps them apart where something does.

    `said` is what all shared words say, in bits, `rarest` what the rarest say; `regions` are where the two are known to lie.
    """
    if not found.shared:
        return Grade.APART, ""
    there = one_region(regions)
    if not found.left and not found.right:
        return (Grade.EQUAL if found.exact else _slip(a, b, found)), ""
    if relation := _middle(a, b, found):
        return (Grade.PART, relation) if relation != "none" else (Grade.SPELLED, "")
    sides = (Leftover(a, found.left, regions), Leftover(b, found.right, regions))
    shared = {a.words[i] for i, _, _ in found.shared}
    if not any(side.all or side.kinds for side in sides):
        return Grade.SPELLED, ""  # a trust with and without its titles
    if _health_office(shared, sides) or ("university" not in shared and _district(*sides)):
        return Grade.FILLED, ""
    if there and _own_state(*sides, shared):
        return Grade.FILLED, "sited"
    if _of_the_county(*sides, shared):
        return Grade.TURNED if all(side.all for side in sides) else Grade.FILLED, ""
    if _given_names(*sides):
        return Grade.FILLED, ""
    if (alone := names_patron(*sides, regions)) is not None:
        return (Grade.FILLED if alone else Grade.PLACED), ""
    rare = [side.rare for side in sides]
    if any(side.number or side.direction for side in sides) and (relation := _relation(*sides)):
        return Grade.PART, relation
    if all(rare):
        heavy = sum(sum_of(side.rare) for side in sides)
        return (Grade.REWORDED if said > heavy + 6 else Grade.APART), "words"
    if rarest >= lines().rare[1] and _french_head(*sides):
        return Grade.FILLED, ""
    if is_hospital_of(*sides):
        return Grade.WITHIN, ""
    told = there or (rarest >= lines().rare[2] and any(code[:2] == "FR" for code in regions))
    if not is_of_a_saint(a, b, found) and (is_behind(*sides, shared, rarest) or (told and is_owned(*sides, rarest))):
        return Grade.WITHIN, ""
    if relation := _relation(*sides):
        return Grade.PART, relation
    if any(rare):
        if is_owned(*sides, rarest) or _sited(*sides):
            return Grade.REWORDED, ""
        return Grade.PART, "unit"
    if any(side.place for side in sides):
        return (Grade.FILLED, "sited") if _where_it_is(*sides) else (_placed(*sides), "place")
    if is_arm(*sides, said, rarest):
        return Grade.PART, "arm"
    if _system(*sides):
        return Grade.REWORDED, "system"
    if shared & listed("offices"):
        return Grade.REWORDED, "office"
    if rarest >= lines().rare[1] and _one_kind(*sides):
        return Grade.FILLED, ""
    if there and _one_facility(a, found, *sides):
        return Grade.FILLED, ""
    if _another_center(a, b, found):
        return Grade.REWORDED, "center"
    bodies = any(set(side.all) & listed("bodies") and side.index != [0] for side in sides)  # `Groupe Oakmoor`
    bodies = bodies or (
        min(len(a.words), len(b.words)) == 1 and any({"medical", "center"} <= set(s.all) for s in sides)
    )
    if not bodies and not all(side.all for side in sides):
        return Grade.FILLED, ""
    return (Grade.REWORDED if is_of_a_saint(a, b, found) else Grade.TURNED), ""


def _middle(a: Form, b: Form, found: Alignment) -> str:
    """What middle initials make of two names: `number` where both have one and they differ, `none` where one leaves it out."""
    own = [[f.words[i] for i in left if is_initial(f.words[i])] for f, left in ((a, found.left), (b, found.right))]
    if all(own):
        return "number"
    rest = len(found.left) + len(found.right) - len(own[0]) - len(own[1])
    return "none" if any(own) and not rest else ""


def _health_office(shared: set[str], sides: tuple[Leftover, Leftover]) -> bool:
    """Whether both are one place's office of public health: its department, or its centre."""
    return {"public", "health"} <= shared and {*sides[0].all, *sides[1].all} <= listed("office_words")


def _district(x: Leftover, y: Leftover) -> bool:
    """Whether one is the district or authority that runs the other, the hospital of its name."""
    for one, other in ((x, y), (y, x)):
        said = set(one.all) | set(other.all)
        house = not set(other.form.words).isdisjoint(listed("house_words"))
        if {"district", "authority"} & set(one.all) - set(other.all) and said <= listed("district_words") and house:
            return "hospital" in said | set(one.form.words) or {"medical", "center"} <= said | set(other.form.words)
    return False


def _slip(a: Form, b: Form, found: Alignment) -> Grade:
    """A short word that is another by one letter (Porter, Porte) is a slip only where a rare word is shared as it is."""
    exact = max((said for i, j, said in found.shared if a.words[i] == b.words[j]), default=0.0)
    for i, j, _ in found.shared:
        x, y = a.words[i], b.words[j]
        if not names_one(x) or not names_one(y):
            continue
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


def _where_it_is(x: Leftover, y: Leftover) -> bool:
    """Whether all that one adds is *of* or *at* the place that it is known to lie in."""
    for one, other in ((x, y), (y, x)):
        if one.place == one.all and not other.all:
            last = one.index[-1] == len(one.form.words) - 1
            return last and (
                one.form.sited[one.index[0]] or (len(one.place) == 1 and states().get(one.place[0]) in one.regions)
            )
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


def _given_names(x: Leftover, y: Leftover) -> bool:
    """Whether all that one adds is a name before a rare one: `Susan B. Oakmoor Memorial`, `John Oakmoor Memorial Hospital`."""
    for one, other in ((x, y), (y, x)):
        if not other.all and len(one.all) == 2 and is_initial(one.all[1]) and one.index[1] == one.index[0] + 1:
            after = one.form.words[one.index[1] + 1 : one.index[1] + 2]
            return bool(after) and is_coined(after[0])
        if not other.all and len(one.all) == 2 and one.all[1] == "memorial" and one.index == [0, 2]:
            named = names_one(one.all[0]) and not places_in(one.form.words, [0, 1])
            return named and is_coined(one.form.words[1]) and "hospital" in one.form.words[3:]
    return False


def _french_head(x: Leftover, y: Leftover) -> bool:
    """Whether a French name is with and without what kind of body it is, in front: `Laboratoire Oakmoor` and `Oakmoor`."""
    for one, other in ((x, y), (y, x)):
        if not any(code[:2] == "FR" for code in one.regions):
            return False
        said = {*one.all, *other.all}
        if one.all and other.all and said <= listed("french_centers"):
            return True
        if one.all and not other.all and said <= listed("french_heads"):
            return one.index == list(range(len(one.index)))
    return False


def _own_state(x: Leftover, y: Leftover, shared: set[str]) -> bool:
    """Whether all that one adds is the state that both lie in, behind the first words of its name, or before an office's."""
    for one, other in ((x, y), (y, x)):
        if (
            one.all
            and not other.all
            and len(one.place) == len(one.all)
            and {states().get(word) for word in one.place} <= one.regions
        ):
            office = any(kinds().get(word) == "department" for word in shared)
            return one.index[0] > 0 or office
        if (
            len(shared) > 1
            and len(one.place) == len(one.all) == 1
            and {states().get(word) for word in one.place} <= one.regions
            and other.all
        ):
            return all(kinds().get(word) == "department" for word in other.all)  # `Oregon Human Services`
    return False


def _of_the_county(x: Leftover, y: Leftover, shared: set[str]) -> bool:
    """Whether one says *county* (or parish) in the name of a house that treats: no office of the county."""
    said = {*x.all, *y.all}
    house = (
        any(kinds().get(word, "") in listed("arms") | {"hospital"} for word in shared)
        or {"medical", "center"} <= shared
    )
    return house and bool(said & {"county", "parish"}) and said <= listed("facility") | {"county", "parish"}


def _system(x: Leftover, y: Leftover) -> bool:
    """Whether one says that it is a hospital, and the other a health system."""
    for one, other in ((x, y), (y, x)):
        house, system = set(one.all), set(other.all)
        if ("hospital" in house or {"medical", "center"} <= house) and system & listed("systems"):
            return not system & {"hospital", "center"} and not house & listed("systems")
        if (
            house
            and not system
            and house <= listed("facility")
            and is_hospital(one.form)
            and not is_hospital(other.form)
        ):
            return other.form.words[-1] in listed("systems")  # `Oakmoor Health Hospital` beside `Oakmoor Health`
    return False


def _another_center(a: Form, b: Form, found: Alignment) -> bool:
    """Whether both are a center, each of its own sort: a medical center, and a community center."""
    return any(
        a.words[i] == b.words[j] == "center" and i - 1 in found.left and j - 1 in found.right
        for i, j, _ in found.shared
    )


def _one_kind(x: Leftover, y: Leftover) -> bool:
    """Whether each adds a word for the same kind of body: an *EHPAD* is a *Résidence*."""
    each = [{kinds().get(word, "") for word in side.all} for side in (x, y)]
    return each[0] == each[1] and len(each[0]) == 1 and "" not in each[0]


def _one_facility(a: Form, found: Alignment, x: Leftover, y: Leftover) -> bool:
    """Whether each adds only what one hospital is called in this way or that: `Memorial Hospital`, `Medical Center`."""
    each = [set(side.all) for side in (x, y)]
    at = [i for i, _, _ in found.shared]
    shared, towns = {a.words[i] for i in at}, places_in(a.words, at)  # one town has several hospitals
    if not all(each) or not each[0] | each[1] <= listed("facility") or shared & {"saint", "university"}:
        return False
    return any(names_one(a.words[i]) and i not in towns for i in at) and is_hospital(x.form) and is_hospital(y.form)


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
