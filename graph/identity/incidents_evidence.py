"""Whether two tellings are of one event: evidence in bits, each with its sentence, added up (Fellegi and Sunter 1969)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from outbreach.graph.dates import When, iso
from outbreach.graph.identity.decision import Decision
from outbreach.graph.identity.freetext import People
from outbreach.graph.identity.incidents_counts import Count, figures
from outbreach.graph.identity.incidents_text import NOTHING, Step, Telling, stems, weights
from outbreach.graph.names import normalise

_CORRECTED = 150
"""Days within which a count is corrected a little."""
_MONTHS = 150
"""Days after which a mishap, which nobody need look into for long, is hardly reported yet."""
_AT_ONCE = 3
"""Days within which reports in the same few words are filed at once."""
_ONE_FIGURE = ("equal", "rounded", "close")
"""How two figures stand that are one."""
_OF_SUPPLIERS = ("supplier", "hinted", "itself", "described", "clients")
"""Meetings of two bodies."""
_GROUP = ("affiliates", "alike")
"""Meetings of bodies of one group, each with people of its own."""
_SHORT_NAMES = ("brief", "short")
"""Meetings of bodies that may be one, by a short and a long name."""
_PARTS = ("brief", "short", "related", "kin", "affiliates", "alike")
"""Meetings of bodies that may count different people."""
_SHORT, _BRIEF = 25, 12
"""Telling words up to which a text is a short one, and up to which it shares no words of every notice with another."""

MEETINGS = {
    "same": "both are told of {left}",
    "supplier": "one names the other’s body as its supplier ({vendor})",
    "hinted": "the text of one may name {vendor}",
    "itself": "one names {vendor}, which tells of its own systems",
    "described": "one speaks of a supplier, as {vendor} is or has",
    "clients": "both name the supplier {vendor}",
    "likely": "a name of {left} is one of {right}",
    "namesake": "{left} and {right} are very probably one body",
    "elsewhere": "{left} and {right} are alike, and in two places",
    "short": "{left} may be short for {right}, or the reverse",
    "related": "{left} and {right} are related bodies",
    "kin": "{left} and {right} belong together",
    "brief": "{left} and {right} begin with one rare name",
    "affiliates": "{left} and {right} are two bodies whose names begin with one rare word",
    "alike": "{left} and {right} are two bodies whose names begin alike",
    "unsure": "{left} and {right} may be one body",
    "none": "{left} and {right} are two bodies with no supplier in common",
}
"""How two tellings meet, and how that is said; its weight stands in the data file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What one telling says of an event, as seen from the body by which it meets the other.

    `figures` count that body's people, or everybody's where it is the only body. `vendors` are ids or folded names.
    `several` says that the body files a report for each of its clients; `firm` that it may, or hardly does. `census` is
    who counts; where two are not known to be one, one may count the people of one state only, unless both are told in
    `full`, as a register has it.
    """

    name: str
    dates: tuple[When, ...] = ()
    figures: tuple[People, ...] = ()
    records: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    vendors: frozenset[str] = frozenset()
    telling: Telling = NOTHING
    several: bool = False
    firm: bool | None = None
    census: str | None = None
    source: str | None = None
    """The list of events of which it is an entry."""
    full: bool = False
    filed: int | None = None
    """The last day on which it was filed."""
    began: int | None = None
    """The first day on which it can have begun, where that is stated."""
    found: int | None = None
    """And the first on which it can have been discovered."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of it: so many bits for (above 0) or against one event, and what it is.

    It is `telling` where it points at this event, not at any of the body in these months.
    """

    bits: float
    sentence: str
    telling: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """The evidence on two tellings and what it adds up to."""

    score: float
    evidence: tuple[Evidence, ...]

    @property
    def bits(self) -> float:
        """What the evidence adds up to."""
        return sum(e.bits for e in self.evidence)

    @property
    def telling(self) -> bool:
        """Whether a piece of it points at this event."""
        return any(e.telling for e in self.evidence)

    @property
    def verdict(self) -> str:
        """Same, unsure or different by the thresholds of the data file."""
        limits = weights()
        return "same" if self.score >= limits.same else "unsure" if self.score >= limits.possible else "different"

    def decision(self, verdict: str | None = None) -> Decision:
        """The judgement as it is printed, strongest evidence first."""
        ordered = sorted(self.evidence, key=lambda e: (-abs(e.bits), e.sentence))
        reason = "; ".join(f"{e.sentence} ({e.bits:+.1f})" for e in ordered)
        return Decision(verdict or self.verdict, self.score, f"{reason[:1].upper()}{reason[1:]}.")


def judge(left: Event, right: Event, meeting: str, vendor: str = "?") -> Judgement:
    """Weigh two tellings that meet so (`MEETINGS`); the order of the two does not matter."""
    said = MEETINGS[meeting].format(left=left.name, right=right.name, vendor=vendor)
    found = [Evidence(weights().meeting[meeting], said)]
    gap, when = _dates(left, right, meeting)
    found += when
    found += [e for pair in ((left, right), (right, left)) for e in _before(*pair, meeting)]
    counted = _counted(left, right, meeting, gap)
    found += counted
    found += _kinds(left, right)
    if meeting == "clients":
        found += _at_the_supplier(left, right)
    if meeting not in _OF_SUPPLIERS:
        found += _vendors(left, right)
    if meeting in ("related", "alike", "affiliates") and not any(e.telling for e in found):
        found += _own_reports(left, right, gap)
    found += _texts(left, right, meeting, gap)
    if meeting not in _OF_SUPPLIERS:
        found += _stories(left, right, gap)
    bits = sum(e.bits for e in found)
    return Judgement(round(1 / (1 + 2.0**-bits), 3), tuple(found))


def _dates(left: Event, right: Event, meeting: str) -> tuple[int | None, list[Evidence]]:
    """The days between their nearest dates; vague dates say less."""
    pairs = [(_apart(a, b), max(_width(a), _width(b)), a, b) for a in left.dates for b in right.dates]
    if not pairs:
        return None, []
    gap, width, a, b = min(pairs, key=lambda p: (p[0], p[1], p[2].text, p[3].text))
    bits = _step(weights().gap, gap)
    earlier, later = (left, right) if a.first_day < b.first_day else (right, left)
    late = meeting in ("supplier", "hinted") or _uncounted(earlier, later) or _filed_after(earlier, later)
    if a.first_day != b.first_day and late and (gap <= _MONTHS or not _no_attack(left, right)):
        bits = max(bits, _step(weights().lag, gap))
    if bits > 0:
        bits = min(bits, _step(weights().vague, width))
    first, last = sorted((a, b), key=lambda d: (d.first_day, d.last_day))
    texts = f"{_text(first)} and {_text(last)}"
    said = f"{gap:,} days between {texts}" if gap else f"the same date, {_text(a)}" if a == b else f"{texts} may be one"
    return gap, [Evidence(bits, said)]


def _before(report: Event, event: Event, meeting: str) -> Iterator[Evidence]:
    """A report filed before the event began, or before it was discovered where its body is the same, is of another."""
    if report.filed is not None and event.began is not None and report.filed < event.began:
        yield Evidence(weights().before, f"filed on {iso(report.filed)}, before it began on {iso(event.began)}")
    elif meeting == "same" and report.filed is not None and event.found is not None and report.filed < event.found:
        said = f"filed on {iso(report.filed)}, before it was discovered on {iso(event.found)}"
        yield Evidence(weights().before_found, said)
    if event.telling.news and report.figures and not event.figures and report.dates and event.dates:
        counted, news = min(d.last_day for d in report.dates), min(d.first_day for d in event.dates)
        if news > counted + weights().news_after.days:
            yield Evidence(weights().news_after.bits, "the press tells of it after people had been counted")


def _uncounted(earlier: Event, later: Event) -> bool:
    """Whether only the later of two tells how many."""
    return not earlier.figures and bool(later.figures)


def _own_reports(left: Event, right: Event, gap: int | None) -> Iterator[Evidence]:
    """Two bodies of a group that count weeks apart each report an event of their own."""
    if left.figures and right.figures and (gap is None or gap > _AT_ONCE):
        yield Evidence(weights().census["own_reports"], "each counts for itself, at another time")


def _filed_after(earlier: Event, later: Event) -> bool:
    """Whether the earlier of two dates is of the event, and the later one of a report of it."""
    return earlier.filed is None and earlier.began is not None and later.filed is not None


def _apart(a: When, b: When) -> int:
    return max(0, b.first_day - a.last_day, a.first_day - b.last_day)


def _width(date: When) -> int:
    return date.last_day - date.first_day


def _text(date: When) -> str:
    return iso(date.first_day) if date.first_day == date.last_day else date.text


def _step(steps: Iterable[Step], days: int) -> float:
    return next(step.bits for step in steps if days <= step.days)


def _counted(left: Event, right: Event, meeting: str, gap: int | None) -> list[Evidence]:
    """What the two figures that agree best say; those of suppliers and of other clients need not agree."""
    best, table = _best(left, right), weights().counts
    if best is None or meeting in ("clients", "described"):
        return list(_registered(left, right, None, gap)) if meeting == "same" else []
    once = best.relation in _ONE_FIGURE
    if meeting in _OF_SUPPLIERS:
        return [Evidence(min(best.bits, table.supplier_most), best.said)] if once and best.bits > table.telling else []
    if meeting != "none":
        best = Count(best.relation, min(best.bits, table.body_most), best.said)
    if meeting not in _PARTS:
        once_each = (
            [] if meeting == "unsure" else [*_registered(left, right, best, gap), *_again(left, right, best, gap)]
        )
        return [*_discounted(best, left, right, gap), *once_each]
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
    two_roles = gap is not None and gap <= _AT_ONCE and not _mishaps(left, right)
    none = any(e.firm is False and not e.several for e in (left, right))
    return any(e.several or e.firm for e in (left, right)) and (two_roles or not none)


def _one_census(left: Event, right: Event) -> bool:
    return left.census is not None and left.census == right.census


def _registered(left: Event, right: Event, best: Count | None, gap: int | None) -> Iterator[Evidence]:
    """Two reports to one register, or what looks like it, or two entries of one list."""
    table = weights().census
    if left.source is not None and left.source == right.source and not _one_census(left, right):
        name = "one_source_mishap" if _no_attack(left, right) else "one_source"
        yield Evidence(table[name], f"two entries of one list ({left.source})")
    if _one_census(left, right):
        roles = left.several + right.several
        name = ("one_role", "two_roles", "for_clients")[roles]
        if table[name]:
            yield Evidence(table[name], f"two reports to one register ({left.census})")
    elif best is not None and _differing(best, gap) and _long(left, right, gap):
        alike = _exact(left) and _exact(right) and not _for_clients(left, right, gap)
        if alike and not left.telling.partial | right.telling.partial:
            yield Evidence(table["two_full_counts"], "each gives an exact count of its own")


def _again(left: Event, right: Event, best: Count, gap: int | None) -> Iterator[Evidence]:
    """Two mishaps of one body, each with a count of its own."""
    if _for_clients(left, right, gap):
        return
    if best.relation in ("order", "far", "beyond") and _mishaps(left, right) and _exact(left) and _exact(right):
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


def _exact(event: Event) -> bool:
    return all(f.qualifier == "exact" and f.low % 100 for f in event.figures)


def _discounted(best: Count, left: Event, right: Event, gap: int | None) -> list[Evidence]:
    """What figures say that need not count the same people: a client's, a state's."""
    table = weights().counts
    long = _long(left, right, gap) and _exact(left) and _exact(right)
    if best.bits > 0:
        long |= gap is not None and gap > table.first_days
        late = long and (best.relation != "hundredth" or gap is None or gap > _CORRECTED)
        capped = best.relation in ("hundredth", "near", "order") and (late or _one_census(left, right))
        apart = _told_apart(left, right)
        capped |= apart and (_in_two_media(left, right) or not _telling_counts(left) & _telling_counts(right))
        bits = min(best.bits, table.differ_most) if capped else best.bits
        return [Evidence(bits, best.said, telling=bits > table.telling)]
    if left.telling.partial or right.telling.partial:
        exceeds = _share_exceeds(left, right)
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
    elif not (_one_census(left, right) or _mishaps(left, right)) and soon and not _long(left, right, gap):
        part, said = table.share, ", though one may count one state only"
    return [Evidence(round(best.bits * part, 1), f"{best.said}{said}")]


def _raised(left: Event, right: Event, gap: int | None) -> bool:
    """Whether the earlier gives a first, round number, and the later a larger one soon after."""
    if gap is None or gap > weights().counts.first_days or _one_census(left, right):
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


def _kinds(left: Event, right: Event) -> Iterator[Evidence]:
    """What happened, by family, and in what the data were: a mailing error is no ransomware."""
    told = left.telling.kinds, right.telling.kinds
    stated = left.kinds | told[0], right.kinds | told[1]
    families = _families(stated[0]), _families(stated[1])
    sure = _families(stated[0] - weights().terms) & _families(stated[1] - weights().terms)
    varieties = stated[0] & weights().varieties, stated[1] & weights().varieties
    table = weights().kinds
    if varieties[0] and varieties[1] and not varieties[0] & varieties[1]:
        name = "variety_conflict" if varieties[0] <= told[0] and varieties[1] <= told[1] else "stated_varieties"
        yield Evidence(table[name], f"one tells of {_list(varieties[0])}, one of {_list(varieties[1])}")
    elif sure:
        mishap = sure == {"cyber"} and (families[0] ^ families[1]) & weights().mishaps
        yield Evidence(0.0 if mishap else table["shared"], f"both are {_list(sure)}")
    elif terms := stated[0] & stated[1] & weights().terms:
        yield Evidence(table["shared"], f"both are {_list(terms)}")
    elif families[0] and families[1] and not families[0] & families[1]:
        words = f"{_list(families[0])} and {_list(families[1])}"
        if _families(told[0] - weights().terms) and _families(told[1] - weights().terms):
            yield Evidence(table["told_conflict"], f"the texts tell of {words}")
        else:
            yield Evidence(table["stated_conflict"], f"the kinds differ: {words}")
    media = left.telling.media, right.telling.media
    if media[0] & media[1]:
        yield Evidence(table["media_shared"], f"both tell of {_list(media[0] & media[1])}")
    elif media[0] and media[1]:
        yield Evidence(table["media_conflict"], f"one tells of {_list(media[0])}, one of {_list(media[1])}")


def _at_the_supplier(left: Event, right: Event) -> Iterator[Evidence]:
    """Who breaks into a supplier's systems hits many clients; what is lost, mailed or thrown away is one client's."""
    families = _families(left.kinds | left.telling.kinds) | _families(right.kinds | right.telling.kinds)
    if families and "cyber" not in families:
        yield Evidence(weights().kinds["one_client"], f"{_list(families)} at a supplier may be of one client")


def _mishaps(left: Event, right: Event) -> bool:
    """Whether both tell of what befalls a body by itself, and comes again: a loss, a theft, a letter gone astray."""
    families = [_families(event.kinds | event.telling.kinds) for event in (left, right)]
    return bool(families[0] & families[1] & weights().mishaps) and "cyber" not in families[0] | families[1]


def _no_attack(left: Event, right: Event) -> bool:
    """Whether what is told happened is known, and no attack."""
    families = _families(left.kinds | left.telling.kinds) | _families(right.kinds | right.telling.kinds)
    return bool(families) and "cyber" not in families


def _in_two_media(left: Event, right: Event) -> bool:
    return bool(left.telling.media and right.telling.media and not left.telling.media & right.telling.media)


def _told_apart(left: Event, right: Event) -> bool:
    """Whether the texts tell of two sorts of event."""
    told = [_families(event.telling.kinds - weights().terms) for event in (left, right)]
    return bool(told[0] and told[1] and not told[0] & told[1])


@lru_cache(maxsize=4_096)
def _families(kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(family for family, members in weights().families.items() if kinds & members)


def _vendors(left: Event, right: Event) -> Iterator[Evidence]:
    if not left.vendors or not right.vendors:
        for one, other in ((left, right), (right, left)):
            if one.vendors and other.telling.own:
                yield Evidence(weights().vendor["own"], "one names a supplier, one speaks of its own systems")
    elif left.vendors & right.vendors:
        yield Evidence(weights().vendor["shared"], "both name one supplier", telling=True)
    else:
        name = "conflict" if _telling_counts(left) & _telling_counts(right) else "conflict_alone"
        yield Evidence(weights().vendor[name], "they name two suppliers")


def _telling_counts(event: Event) -> set[int]:
    return {f.low for f in event.figures if f.qualifier == "exact" and f.low % 100}


def _texts(left: Event, right: Event, meeting: str, gap: int | None) -> Iterator[Evidence]:
    a, b = left.telling, right.telling
    near = gap is None or gap <= 90
    if len(a.words) >= 8 and len(b.words) >= 8 and len(a.words & b.words) / len(a.words | b.words) >= 0.75:
        bits = weights().text["duplicate" if near else "duplicate_far"]
        yield Evidence(bits, "the texts are the same but for numbers", telling=True)
    elif near and a.words and a.words == b.words:
        at_once = gap is not None and gap <= _AT_ONCE
        own = meeting in ("same", "likely") or bool(a.story)
        bits = weights().text["brief" if at_once and own else "brief_label" if at_once else "brief_later"]
        yield Evidence(bits, "the few words of both are the same")
    dates = _days(left), _days(right)
    days = sorted((a.days & b.days) | (a.days & dates[1] - dates[0]) | (b.days & dates[0] - dates[1]))
    if days:
        bits = weights().text["day"] + (weights().text["days"] if len(a.days & b.days) > 1 else 0)
        yield Evidence(bits, f"both name {' and '.join(map(iso, days[:2]))}", telling=True)
    if a.crews and b.crews:
        if both := a.crews & b.crews:
            yield Evidence(weights().crew["shared"], f"both name {_list(both)}", telling=True)
        else:
            yield Evidence(weights().crew["conflict"], f"one names {_list(a.crews)}, one {_list(b.crews)}")
    if (a.consolidated or b.consolidated) and near:
        yield Evidence(weights().text["consolidated"], "a text says that it repeats another report")


def _days(event: Event) -> set[int]:
    return {d.first_day for d in event.dates if d.first_day == d.last_day}


def _stories(left: Event, right: Event, gap: int | None) -> Iterator[Evidence]:
    """Whether short texts tell one story, by their words other than names and those of any notice."""
    a, b = left.telling, right.telling
    if not (a.words and b.words and len(a.story) <= _SHORT and len(b.story) <= _SHORT):
        return
    names = stems(normalise(f"{left.name} {right.name}"))
    one, other = a.story - names, b.story - names
    least = min(len(one), len(other))
    table, shared = weights().text, len(one & other)
    brief = max(len(one), len(other)) <= _BRIEF and not _one_census(left, right)
    if brief and least > 2 and 2 * shared > least and (gap is None or gap <= 90):
        yield Evidence(table["story"], f"the texts share {_list(one & other)}")
    elif not shared and not a.kinds & b.kinds and not a.media & b.media and (least > 1 or (a.media and b.media)):
        counts = [{f.low for f in event.figures} for event in (left, right)]
        two = counts[0] and counts[1] and not counts[0] & counts[1] and _exact(left) and _exact(right)
        if two or least > 1:
            yield Evidence(table["unlike_counted" if two else "unlike"], "the texts have no telling word in common")


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
