"""Whether one name is an arm of the other: the medical group, the cancer centre, the clinics of a health system."""

from outbreach.graph.identity.leftover import Leftover
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.words import kinds, listed, short_universities


def is_arm(x: Leftover, y: Leftover, said: float, rarest: float) -> bool:  # noqa: PLR0911, PLR0912  a case each
    """Whether one is an arm of the other: the medical group, the cancer centre, the clinics of a health system."""
    for one, other in ((x, y), (y, x)):
        if _of_a_house(one, other):
            return True
        if one.all == ["children"] and not other.all and rarest >= lines().rare[1] and _is_for(one):
            return False
        short = len(other.form.words) == 1 and other.form.words[0] in short_universities()
        schooled = other.form.words[0] == "university" or other.form.words[-1] == "university" or short
        if schooled and one.all and not other.all and set(one.all) <= listed("house_words"):
            return True
        arm = one.kinds & listed("arms") if not {"system", "network"} & set(one.all) else set()
        unit = arm - listed("soft") | (arm & {"surgery"})
        house = set(other.all) <= listed("facility") | listed("house_words")
        if (
            other.all
            and unit
            and not other.kinds - {"hospital"}
            and (house or arm & listed("businesses") or "medicine" in other.all)
        ):
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
        if one.all == ["medical"] and not other.all and one.form.words[one.index[0] + 1 :][:1] == ("foundation",):
            return True  # the physicians of a charity
        if one.all == ["health"] and not other.all and one.form.origin[one.index[0]] == "sante":
            return True  # `Cegedim Santé` is the arm of a house that does more
        british = any(code[:2] in ("GB", "IE") for code in one.regions)  # where a hospital is one with its trust
        if "surgery" in arm and "hospital" in one.kinds and not other.all:
            return True
        if arm - listed("soft") and not other.all and not ((said >= 24 or british) and rarest >= lines().rare[1]):
            return True
    return False


def _is_for(one: Leftover) -> bool:
    """Whether a hospital says for whom it is: `Oakmoor Hospital for Children`."""
    at = one.index[0]
    return at > 0 and one.form.joined[at] and one.form.words[at - 1] == "hospital"


def _of_a_house(one: Leftover, other: Leftover) -> bool:
    """Whether one adds what a health system calls its arms, however rare its name: `Ballad Health Medical Associates`."""
    added = set(one.all)
    if added == {"associates"} and not other.all:
        return not {"hospital", "center"}.isdisjoint(other.form.words)
    if other.form.words[-1] in ("county", "parish") and not other.all and added & listed("house_words"):
        return True  # a county and its hospital district
    if not added or not set(other.all) <= listed("house_words") - added:
        return False
    arm = bool(added & {"home", "physicians", "practices"}) or (
        "medical" in added and bool(added & {"group", "associates"})
    )
    own = {kinds().get(w, "") for i, w in enumerate(one.form.words) if i not in one.index}
    return arm and not own & (listed("arms") | {"home"}) - {"group", "clinic"}
