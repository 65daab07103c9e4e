"""How many people two tellings count: what figures that agree or differ say, of one register, a state, a supplier's clients."""

from collections.abc import Iterator

from outbreach.graph.identity.freetext import People
from outbreach.graph.identity.incidents.counts import Count, figures
from outbreach.graph.identity.incidents.event import AT_ONCE, Event, Evidence, one_census
from outbreach.graph.identity.incidents.kinds import in_two_media, is_mishap, no_attack, told_apart
from outbreach.graph.identity.incidents.text import weights

_CORRECTED = 150
"""Days within which a count is corrected a little."""
_ONE_FIGURE = ("equal", "rounded", "close")
"""How two figures stand that are one."""
OF_SUPPLIERS = ("supplier", "hinted", "itself", "described", "clients")
"""Meetings of two bodies."""
_GROUP = ("affiliates", "alike")
"""Meetings of bodies of one group, each with people of its own."""
_SHORT_NAMES = ("brief", "short")
"""Meetings of bodies that may be one, by a short and a long name."""
_PARTS = ("brief", "short", "related", "kin", "affiliates", "alike")
"""Meetings of bodies that may count different people."""


def by_count(left: Event, right: Event, meeting: str, gap: int | None) -> list[Evidence]:
    """What the two figures that agree best say; those of suppliers and of other clients need not agree."""
    best, table = _best(left, right), weights().counts
    if best is None or meeting in ("clients", "described"):
        return list(_registered(left, right, None, gap)) if meeting == "same" else []
    once = best.relation in _ONE_FIGURE
    if meeting in OF_SUPPLIERS:
        return [Evidence(min(best.bits, table.supplier_most), best.said)] if once and best.bits > table.telling else []
    if meeting not in ("none", "neighbours"):
        best = Count(best.relation, min(best.bits, table.body_most), best.said)
    if meeting not in _PARTS:
        found = _discounted(best, left, right, gap)
        if meeting != "unsure":
            found += _registered(left, right, best, gap)
        if meeting in ("same", "likely"):
            found += _again(left, right, best, gap)
        return found
    if best.bits >= 0:
        return _discounted(best, left, right, gap) if once or meeting in _SHORT_NAMES else []
    bits = 0.0 if meeting in _GROUP else round(best.bits * table.several, 1)
    return [Evidence(bits, f"{best.said}, as those of two bodies may")] if bits else []


def _best(left: Event, right: Event) -> Count | None:
    """The two figures that agree best; one may stand in a text, or count records, and then says nothing if it differs."""
    pairs = [figures(a, b) for a in left.figures for b in right.figures]
    one, other = left.telling.counts | left.records, right.telling.counts | right.records
    told = (
        *((n, b) for n in one for b in right.figures),
        *((n, a) for n in other for a in left.figures),
        *((n, People(n, n, "exact")) for n in left.records & right.records),
    )
    pairs += [
        Count("equal", found.bits - 1, f"{found.said} (of records, or in a text)")
        for n, figure in told
        if figure.qualifier in ("exact", "about") and n <= 1.07 * figure.low
        for found in [figures(People(n, n, "exact"), figure)]
        if found.relation in ("equal", "rounded")
    ]
    return max(pairs, key=lambda c: (c.bits, c.said), default=None)


def _for_clients(left: Event, right: Event, gap: int | None) -> bool:
    """Whether either files for its clients, and neither is told to be a body that has none, but in two roles at once."""
    two_roles = gap is not None and gap <= AT_ONCE and not is_mishap(left, right)
    none = any(e.firm is False and not e.several for e in (left, right))
    once = (gap is not None and gap <= AT_ONCE) or not is_mishap(left, right)  # a firm files one mishap at once
    return any(e.several or (e.firm and once) for e in (left, right)) and (two_roles or not none)


def _registered(left: Event, right: Event, best: Count | None, gap: int | None) -> Iterator[Evidence]:
    """Two reports to one register, or what looks like it, or two entries of one list."""
    table = weights().census
    if left.source is not None and left.source == right.source and not one_census(left, right):
        name = "one_source_mishap" if no_attack(left, right) else "one_source"
        yield Evidence(table[name], f"two entries of one list ({left.source})")
    if one_census(left, right):
        roles = left.several + right.several
        later = roles == 1 and best is not None and _differing(best, gap) and gap is not None and gap > AT_ONCE
        name = "two_roles_later" if later else ("one_role", "two_roles", "for_clients")[roles]
        if table[name]:
            yield Evidence(table[name], f"two reports to one register ({left.census})")
    elif best is not None and _differing(best, gap) and _long(left, right, gap):
        alike = exact(left) and exact(right) and not _for_clients(left, right, gap)
        if alike and not left.telling.partial | right.telling.partial:
            yield Evidence(table["two_full_counts"], "each gives an exact count of its own")


def _again(left: Event, right: Event, best: Count, gap: int | None) -> Iterator[Evidence]:
    """Two mishaps of one body, each with a count of its own."""
    if _for_clients(left, right, gap):
        return
    rows = left.full and right.full and best.relation == "near"
    counted = exact(left) or exact(right)
    counted &= all(f.qualifier == "exact" for f in (*left.figures, *right.figures)) and not _raised(left, right, gap)
    if (rows or best.relation in ("order", "far", "beyond")) and is_mishap(left, right) and counted:
        yield Evidence(weights().kinds["again"], "such mishaps come again, and each has its count")


def _differing(count: Count, gap: int | None) -> bool:
    """Whether two counts are no correction of one: that is within a hundredth, and comes soon."""
    corrected = count.relation == "hundredth" and gap is not None and gap <= _CORRECTED
    return count.relation in ("hundredth", "near", "order", "far", "beyond") and not corrected


def _long(left: Event, right: Event, gap: int | None) -> bool:
    """Whether two counts are too long apart for one to be a state's share of the other, or told as a register does.

    A register that has two counts of one day has revised one.
    """
    return gap is not None and gap > (0 if left.full and right.full else weights().counts.share_days)


def exact(event: Event) -> bool:
    """Whether all its figures are exact, and none is round."""
    return all(f.qualifier == "exact" and f.low % 100 for f in event.figures)


def _discounted(best: Count, left: Event, right: Event, gap: int | None) -> list[Evidence]:
    """What figures say that need not count the same people: a client's, a state's."""
    table = weights().counts
    long = _long(left, right, gap) and exact(left) and exact(right)
    if best.bits > 0:
        long |= gap is not None and gap > table.first_days
        late = long and (best.relation != "hundredth" or gap is None or gap > _CORRECTED)
        capped = best.relation in ("hundredth", "near", "order") and (late or one_census(left, right))
        apart = told_apart(left, right)
        capped |= apart and (in_two_media(left, right) or not telling_counts(left) & telling_counts(right))
        weeks = gap is not None and gap > table.share_days
        most = table.order_most if weeks and best.relation == "order" else table.differ_most
        bits = min(best.bits, most) if capped else best.bits
        return [Evidence(bits, best.said, telling=bits > table.telling)]
    if left.telling.partial or right.telling.partial:
        exceeds = _share_exceeds(left, right) and not _raised(left, right, gap)
        return (
            [Evidence(weights().census["share_exceeds"], f"{best.said}: one state has more than all")]
            if exceeds
            else []
        )
    part, said = 1.0, ""
    soon = gap is not None and gap <= table.share_days
    if _for_clients(left, right, gap):
        part, said = table.several, ", as reports for several clients may"
    elif _raised(left, right, gap):
        part, said = table.share, ", though the first may have been raised"
    elif not (one_census(left, right) or is_mishap(left, right)) and soon and not _long(left, right, gap):
        part, said = table.share, ", though one may count one state only"
    return [Evidence(round(best.bits * part, 1), f"{best.said}{said}")]


def _raised(left: Event, right: Event, gap: int | None) -> bool:
    """Whether the earlier gives a first, round number, and the later a larger one soon after."""
    if gap is None or gap > weights().counts.first_days or one_census(left, right):
        return False
    earlier, later = sorted((left, right), key=lambda e: min(d.first_day for d in e.dates))
    if not earlier.figures or not later.figures:
        return False  # records, not people, may be what was counted
    round_ones = all(
        f.qualifier != "exact" or f.low == round(f.low, min(-2, 2 - len(str(f.low)))) for f in earlier.figures
    )
    return round_ones and max(f.low for f in earlier.figures) < min(f.low for f in later.figures)


def _share_exceeds(left: Event, right: Event) -> bool:
    """Whether those of one state alone are more than all that the other counts."""
    for part, whole in ((left, right), (right, left)):
        if part.telling.partial and not whole.telling.partial and part.figures and whole.figures:
            most = max(f.low if f.high is None else f.high for f in whole.figures)
            if all(f.qualifier == "exact" for f in (*part.figures, *whole.figures)):
                return min(f.low for f in part.figures) > 2 * most
    return False


def telling_counts(event: Event) -> set[int]:
    """Its exact counts that are not round: two events have the same seldom."""
    return {f.low for f in event.figures if f.qualifier == "exact" and f.low % 100}
