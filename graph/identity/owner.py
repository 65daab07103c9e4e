"""Whether all that one name adds is an owner's name in front of its hospital's."""

from collections.abc import Sequence

from outbreach.graph.identity.alignment import Alignment
from outbreach.graph.identity.leftover import Leftover, is_near, places_in
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.name import Form
from outbreach.graph.identity.words import everyday, is_coined, listed, names_one, states


def is_behind(x: Leftover, y: Leftover, shared: set[str], rarest: float) -> bool:
    """Whether all that is left over is the owner's name in front: `Franciscan Health, Highline Medical Center`."""
    for one, other in ((x, y), (y, x)):
        if (
            one.all
            and not other.all
            and rarest >= lines().rare[1]
            and _named_apart(one, other, rarest)
            and stands_before(one.index, one.form)
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


def is_owned(x: Leftover, y: Leftover, rarest: float) -> bool:
    """Whether one has a group's name in front and its hospital's old words left out: `HCA Florida Lawnwood Hospital`."""
    for one, other in ((x, y), (y, x)):
        front = [i for i in one.index if one.form.words[i] not in listed("house_words")]
        after = max(front, default=0) + 1
        if (
            front
            and after not in one.index
            and ("hospital" in other.form.words if _only_a_town(one) else rarest >= lines().rare[1])
            and stands_before(front, one.form)
            and not one.number + one.direction
        ):
            home = other.kinds == {"residence"} and not one.kinds
            both = home or (is_hospital(one.form) and is_hospital(other.form))
            both = both and _brand(front, one.form, rarest)
            town = _only_a_town(one)
            own = listed("same_place") if town else listed("facility")
            words = home or set(other.all) <= own
            if both and words and set(one.place) <= states().keys() and not (town and len(one.form.words) - 1 in town):
                return True
    return False


def is_hospital_of(x: Leftover, y: Leftover) -> bool:
    """Whether one names the French town before its hospital: `CH de Rivebelle - Hôpital Oakmoor` and `Hôpital Oakmoor`."""
    for one, other in ((x, y), (y, x)):
        front = list(range(len(one.all)))
        if one.all and not other.all and one.index == front and one.all[0] in listed("public_hospitals") - {"chu"}:
            towns = places_in(one.form.words, front[1:])
            if one.form.words[len(front) + 1 : len(front) + 2] == ("saint",):
                return False
            return len(front) > 1 and len(towns) == len(front) - 1 and one.form.words[len(front)] == "hospital"
    return False


def is_of_a_saint(a: Form, b: Form, found: Alignment) -> bool:
    """Whether what names them is a saint's name, which many bear, and no town's."""
    towns = places_in(a.words, [i for i, _, _ in found.shared]), places_in(b.words, [j for _, j, _ in found.shared])
    return any(a.words[i] == "saint" and i not in towns[0] and j not in towns[1] for i, j, _ in found.shared)


def is_hospital(form: Form) -> bool:
    """Whether a name says that it is a hospital's."""
    return "hospital" in form.words or {"medical", "center"} <= set(form.words)


def _brand(front: Sequence[int], form: Form, rarest: float) -> bool:
    """Whether words in front can be an owner's or patron's name: no everyday words, a system's, or before a rare name."""
    named = any(form.words[i] not in everyday() or form.words[i] in listed("systems") for i in front)
    return named or rarest >= lines().rare[2] or is_coined(form.words[max(front) + 1])


def _only_a_town(one: Leftover) -> frozenset[int]:
    """The places of a town's name in a name, where that is all that it is called by; a town has several hospitals."""
    shared = [i for i in range(len(one.form.words)) if i not in one.index]
    found = places_in(one.form.words, shared)
    towns = {i for i, codes in found.items() if any(is_near(code, one.regions) for code in codes)}
    return frozenset(towns) if all(i in towns or not names_one(one.form.words[i]) for i in shared) else frozenset()


def _named_apart(one: Leftover, other: Leftover, rarest: float) -> bool:
    """Whether what stands behind an owner has a name of its own: several words, or a rare one behind a department."""
    return len(other.form.words) > 1 or ("department" in one.kinds and rarest >= lines().rare[2])


def stands_before(rest: Sequence[int], form: Form) -> bool:
    """Whether all that is left over stands before what is shared, joined to it by no *of*."""
    after = max(rest) + 1
    return list(rest) == list(range(after)) and after < len(form.words) and not form.joined[after]


_ACRONYM = 5
"""Letters of a group's initials, at most."""
