"""The public hospital of a French town, with the name of its patron and without."""

from collections.abc import Sequence

from outbreach.graph.identity.leftover import Leftover, french_towns, is_near, places_in
from outbreach.graph.identity.name import Form
from outbreach.graph.identity.words import listed, places


def names_patron(x: Leftover, y: Leftover, regions: frozenset[str]) -> bool | None:
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
        if "chu" in heads and ("hospital" in one.all or "ch" in {*one.form.spelled, *other.form.spelled}):
            continue  # a site, or another hospital of the town
        if (
            len(one.all) <= _PATRON
            and not one.number
            and not one.kinds - {"hospital"}
            and "site" not in one.all
            and _whole_town(one, town)
        ):
            alone = any(len(found) == 1 for found in french_towns(one.form, town))
            near = any(code.startswith("FR-") for code in regions)
            return alone and near
    return None


def _whole_town(one: Leftover, town: Sequence[int]) -> bool:
    """Whether a French town is among what is shared, none of what is left over belonging to its name."""
    places_left = places_in(one.form.words, one.index)
    places_left = {
        i: codes for i, codes in places_left.items() if not any(is_near(code, one.regions) for code in codes)
    }
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


_PATRON = 3
"""Words of a patron's name."""
