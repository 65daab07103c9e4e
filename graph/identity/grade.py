"""What the words that two names share, and those that each has left over, make of the two."""

from collections.abc import Sequence
from enum import IntEnum

from outbreach.graph.identity.alignment import Alignment
from outbreach.graph.identity.leftover import Leftover, french_towns, is_near, places_in
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.name import ANY, Form
from outbreach.graph.identity.words import (
    everyday,
    is_coined,
    is_initial,
    kinds,
    listed,
    names_one,
    places,
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


STATED = ("stated to be one",)
"""What two names share that a source states to be of one body."""


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
    if _district(*sides) or _health_office(a, found, sides) or (there and _own_state(*sides, shared)):
        return Grade.FILLED, ""
    if _of_the_county(*sides, shared):
        return Grade.TURNED if all(side.all for side in sides) else Grade.FILLED, ""
    if _given_names(*sides):
        return Grade.FILLED, ""
    if patron := _patron(*sides, regions):
        return patron, ""
    rare = [side.rare for side in sides]
    if any(side.number or side.direction for side in sides) and (relation := _relation(*sides)):
        return Grade.PART, relation
    if all(rare):
        heavy = sum(sum_of(side.rare) for side in sides)
        return (Grade.REWORDED if said > heavy + 6 else Grade.APART), "words"
    if _hospital_of(*sides):
        return Grade.WITHIN, ""
    if not _of_a_saint(a, b, found) and (_behind(*sides, shared, rarest) or (there and _owned(*sides, rarest))):
        return Grade.WITHIN, ""
    if relation := _relation(*sides):
        return Grade.PART, relation
    if any(rare):
        if _owned(*sides, rarest) or _sited(*sides):
            return Grade.REWORDED, ""
        return Grade.PART, "unit"
    if any(side.place for side in sides):
        return (Grade.FILLED, "sited") if _where_it_is(*sides) else (_placed(*sides), "place")
    if _arm(*sides, said, rarest):
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
    if not bodies and not all(side.all for side in sides):
        return Grade.FILLED, ""
    return (Grade.REWORDED if _of_a_saint(a, b, found) else Grade.TURNED), ""


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
        if {"district", "authority"} & set(one.all) - set(other.all) and said <= listed("district_words"):
            return "hospital" in said | set(one.form.words)
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


def _owned(x: Leftover, y: Leftover, rarest: float) -> bool:
    """Whether one has a group's name in front and its hospital's old words left out: `HCA Florida Lawnwood Hospital`."""
    for one, other in ((x, y), (y, x)):
        front = [i for i in one.index if one.form.words[i] not in listed("house_words")]
        after = max(front, default=0) + 1
        if (
            front
            and after not in one.index
            and ("hospital" in other.form.words if _only_a_town(one) else rarest >= lines().rare[1])
            and _before(front, one.form)
            and not one.number + one.direction
        ):
            both = _itself(one.form) and _itself(other.form) and _brand(front, one.form, rarest)
            town = _only_a_town(one)
            own = listed("same_place") if town else listed("facility")
            return (
                both
                and set(other.all) <= own
                and set(one.place) <= states()
                and not (town and len(one.form.words) - 1 in town)
            )
    return False


def _brand(front: Sequence[int], form: Form, rarest: float) -> bool:
    """Whether words in front can be an owner's or patron's name: no everyday words, a system's, or before a rare name."""
    named = any(form.words[i] not in everyday() or form.words[i] in listed("systems") for i in front)
    return named or rarest >= lines().rare[2] or is_coined(form.words[max(front) + 1])


def _of_a_saint(a: Form, b: Form, found: Alignment) -> bool:
    """Whether what names them is a saint's name, which many bear, and no town's."""
    towns = places_in(a.words, [i for i, _, _ in found.shared]), places_in(b.words, [j for _, j, _ in found.shared])
    return any(a.words[i] == "saint" and i not in towns[0] and j not in towns[1] for i, j, _ in found.shared)


def _hospital_of(x: Leftover, y: Leftover) -> bool:
    """Whether one names the French town before its hospital: `CH de Rivebelle - Hôpital Oakmoor` and `Hôpital Oakmoor`."""
    for one, other in ((x, y), (y, x)):
        front = list(range(len(one.all)))
        if one.all and not other.all and one.index == front and one.all[0] in listed("public_hospitals") - {"chu"}:
            towns = places_in(one.form.words, front[1:])
            if one.form.words[len(front) + 1 : len(front) + 2] == ("saint",):
                return False
            return len(front) > 1 and len(towns) == len(front) - 1 and one.form.words[len(front)] == "hospital"
    return False


def _itself(form: Form) -> bool:
    """Whether a name says that it is a hospital's."""
    return "hospital" in form.words or {"medical", "center"} <= set(form.words)


def _only_a_town(one: Leftover) -> frozenset[int]:
    """The places of a town's name in a name, where that is all that it is called by; a town has several hospitals."""
    shared = [i for i in range(len(one.form.words)) if i not in one.index]
    found = places_in(one.form.words, shared)
    towns = {i for i, codes in found.items() if any(is_near(code, one.regions) for code in codes)}
    return frozenset(towns) if all(i in towns or not names_one(one.form.words[i]) for i in shared) else frozenset()


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


def one_region(regions: frozenset[str]) -> bool:
    """Whether both are known to lie in one region."""
    return len(regions) == 1 and "-" in next(iter(regions))


def _given_names(x: Leftover, y: Leftover) -> bool:
    """Whether all that one adds is a name and an initial before a rare one: `Susan B. Oakmoor Memorial`."""
    for one, other in ((x, y), (y, x)):
        if not other.all and len(one.all) == 2 and is_initial(one.all[1]) and one.index[1] == one.index[0] + 1:
            after = one.form.words[one.index[1] + 1 : one.index[1] + 2]
            return bool(after) and is_coined(after[0])
    return False


def _own_state(x: Leftover, y: Leftover, shared: set[str]) -> bool:
    """Whether all that one adds is the state that both lie in, behind the first words of its name, or before an office's."""
    for one, other in ((x, y), (y, x)):
        if one.all and not other.all and len(one.place) == len(one.all) and set(one.place) <= states():
            office = any(kinds().get(word) == "department" for word in shared)
            return one.index[0] > 0 or office
        if len(shared) > 1 and len(one.place) == len(one.all) == 1 and set(one.place) <= states() and other.all:
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
        if house and not system and house <= listed("facility") and _itself(one.form) and not _itself(other.form):
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
    return any(names_one(a.words[i]) and i not in towns for i in at) and _itself(x.form) and _itself(y.form)


def _patron(x: Leftover, y: Leftover, regions: frozenset[str]) -> Grade | None:
    """A French town's public hospital with and without the name of its patron; a site before *CHU* is a part."""
    for one, other in ((x, y), (y, x)):
        heads = {form.words[0] for form in (one.form, other.form)}
        town = [i for i in range(len(one.form.words)) if i not in one.index]
        if (
            not one.all
            or not heads & listed("public_hospitals")
            or not heads <= listed("public_hospitals") | {"hospital"}
        ):
            continue
        if set(other.all) - listed("public_hospitals") - {"hospital"} or listed("public_hospitals") & set(
            one.form.words[1:]
        ):
            continue
        if "chu" in heads and "hospital" in one.all:
            continue  # a site
        if (
            len(one.all) <= _PATRON
            and not one.number
            and not one.kinds - {"hospital"}
            and "site" not in one.all
            and _whole_town(one, town)
        ):
            alone = any(len(found) == 1 for found in french_towns(one.form, town))
            near = any(code.startswith("FR-") for code in regions)
            return Grade.FILLED if alone and near else Grade.PLACED
    return None


_PATRON = 3
"""Words of a patron's name."""


def _whole_town(one: Leftover, town: Sequence[int]) -> bool:
    """Whether a French town is among what is shared, none of what is left over belonging to its name."""
    places_left = places_in(one.form.words, one.index)
    if any(i in places_left and "saint" not in one.form.words[max(0, i - 1) : i + 1] for i in one.index):
        return False  # a town, and no patron
    return bool(french_towns(one.form, town)) and not any(
        i in places_in(one.form.words, one.index) and (i - 1 in town or i + 1 in town) and _one_town(one.form, i, town)
        for i in one.index
    )


def _one_town(form: Form, i: int, town: Sequence[int]) -> bool:
    """Whether a word and one beside it make the name of one place: *Clermont Ferrand*."""
    pairs = [(i - 1, i), (i, i + 1)]
    return any(" ".join(form.words[a : b + 1]) in places() for a, b in pairs if {a, b} & set(town) and a >= 0)


def _behind(x: Leftover, y: Leftover, shared: set[str], rarest: float) -> bool:
    """Whether all that is left over is the owner's name in front: `Franciscan Health, Highline Medical Center`."""
    for one, other in ((x, y), (y, x)):
        if (
            one.all
            and not other.all
            and rarest >= lines().rare[1]
            and _named_apart(one, other, rarest)
            and _before(one.index, one.form)
            and _brand(one.index, one.form, rarest)
        ):
            if one.form.words[len(one.index)] in listed("public_hospitals") | {"chs", "epsm"}:
                return False  # a unit of a French hospital is called so: `Unité Oakmoor CH Rivebelle`
            if "site" in one.all and (len(one.all) > 2 or len(one.all[0]) > _ACRONYM):
                return False  # somebody else's, at its site
            if "" in one.regions and rarest < lines().rare[2]:
                return False
            brand = {"department", "state", "group"} | ({"university"} if shared & {"hospital", "center"} else set())
            return (
                not one.kinds & (listed("hard") | listed("arms") | {"hospital", "clinic"}) - brand
                and not one.number
                and not one.direction
            )
    return False


_ACRONYM = 5
"""Letters of a group's initials, at most."""


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
        arm = one.kinds & listed("arms") if not {"system", "network"} & set(one.all) else set()
        unit = arm - listed("soft") | (arm & {"surgery"})
        house = set(other.all) <= listed("facility") | listed("house_words")
        if other.all and unit and not other.kinds - {"hospital"} and (house or arm & listed("businesses")):
            return True
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
        british = any(code[:2] in ("GB", "IE") for code in one.regions)  # where a hospital is one with its trust
        if "surgery" in arm and "hospital" in one.kinds and not other.all:
            return True
        if arm - listed("soft") and not other.all and not ((said >= 24 or british) and rarest >= lines().rare[1]):
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
