"""Whether two tellings are of one event: evidence in bits, each with its sentence, added up (Fellegi and Sunter 1969)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from outbreach.graph.dates import When, iso
from outbreach.graph.identity.decision import Decision
from outbreach.graph.identity.incidents.event import AT_ONCE, Event, Evidence, listed, one_census
from outbreach.graph.identity.incidents.kinds import at_the_supplier, by_kind, kinds_apart, no_attack
from outbreach.graph.identity.incidents.people import OF_SUPPLIERS, by_count, exact, telling_counts
from outbreach.graph.identity.incidents.text import Step, stems, weights
from outbreach.graph.names import normalise

_MONTHS = 150
"""Days after which a mishap, which nobody need look into for long, is hardly reported yet."""
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
    "neighbours": "{left} and {right} are two bodies of one region with no supplier in common",
}
"""How two tellings meet, and how that is said; its weight stands in the data file."""


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
    counted = by_count(left, right, meeting, gap)
    found += counted
    found += by_kind(left, right)
    if meeting in OF_SUPPLIERS:
        found += at_the_supplier(left, right, meeting)
    if meeting not in OF_SUPPLIERS:
        found += _vendors(left, right)
    if meeting in ("related", "alike", "affiliates") and not any(e.telling for e in found):
        found += _own_reports(left, right, gap)
    found += [*_attackers(left, right), *_texts(left, right, meeting, gap)]
    if meeting not in OF_SUPPLIERS:
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
    late &= not (kinds_apart(left, right) if meeting in OF_SUPPLIERS else gap > _MONTHS and no_attack(left, right))
    if a.first_day != b.first_day and late:
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
    if left.figures and right.figures and (gap is None or gap > AT_ONCE):
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


def _vendors(left: Event, right: Event) -> Iterator[Evidence]:
    if not left.vendors or not right.vendors:
        for one, other in ((left, right), (right, left)):
            claimed = other.telling.crews and not one.telling.crews and not other.figures
            if one.vendors and (other.telling.own or claimed):
                yield Evidence(weights().vendor["own"], "one names a supplier, one speaks of its own systems")
    elif left.vendors & right.vendors:
        yield Evidence(weights().vendor["shared"], "both name one supplier", telling=True)
    else:
        name = "conflict" if telling_counts(left) & telling_counts(right) else "conflict_alone"
        yield Evidence(weights().vendor[name], "they name two suppliers")


def _texts(left: Event, right: Event, meeting: str, gap: int | None) -> Iterator[Evidence]:
    a, b = left.telling, right.telling
    near = gap is None or gap <= 90
    if len(a.words) >= 8 and len(b.words) >= 8 and len(a.words & b.words) / len(a.words | b.words) >= 0.75:
        bits = weights().text["duplicate" if near else "duplicate_far"]
        yield Evidence(bits, "the texts are the same but for numbers", telling=True)
    elif near and a.words and a.words == b.words:
        at_once = gap is not None and gap <= AT_ONCE
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
            yield Evidence(weights().crew["shared"], f"both name {listed(both)}", telling=True)
        else:
            yield Evidence(weights().crew["conflict"], f"one names {listed(a.crews)}, one {listed(b.crews)}")
    if (a.consolidated or b.consolidated) and near:
        yield Evidence(weights().text["consolidated"], "a text says that it repeats another report")


def _attackers(left: Event, right: Event) -> Iterator[Evidence]:
    """What two crews put on one list are two: an attack and a resale at most."""
    one_list = left.source is not None and left.source == right.source
    if one_list and left.attackers and right.attackers and not left.attackers & right.attackers:
        yield Evidence(weights().crew["one_list"], "two attackers put them on one list")


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
    brief = max(len(one), len(other)) <= _BRIEF and not one_census(left, right)
    if brief and least > 2 and 2 * shared > least and (gap is None or gap <= 90):
        yield Evidence(table["story"], f"the texts share {listed(one & other)}")
    elif not shared and not a.kinds & b.kinds and not a.media & b.media and (least > 1 or (a.media and b.media)):
        counts = [{f.low for f in event.figures} for event in (left, right)]
        two = counts[0] and counts[1] and not counts[0] & counts[1] and exact(left) and exact(right)
        if two or least > 1:
            yield Evidence(table["unlike_counted" if two else "unlike"], "the texts have no telling word in common")
