"""Whether two tellings are of one event: evidence in bits, each with its sentence, added up (Fellegi and Sunter 1969)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2

from outbreach.graph.dates import When, iso
from outbreach.graph.identity.decision import Decision
from outbreach.graph.identity.freetext import People
from outbreach.graph.identity.incidents_text import Step, Telling, weights

MEETINGS = {
    "same": "both are told of {left}",
    "supplier": "one names the other’s body as its supplier ({vendor})",
    "clients": "both name the supplier {vendor}",
    "related": "{left} and {right} are related bodies",
    "unsure": "{left} and {right} may be one body",
    "none": "{left} and {right} are two bodies with no supplier in common",
}
"""How two tellings meet, and how that is said; its weight stands in the data file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What one telling says of an event, as seen from the body by which it meets the other.

    `figures` count that body's people, or everybody's where it is the only body. `vendors` are ids or folded names.
    `several` says that the body files a report for each of its clients.
    """

    name: str
    dates: tuple[When, ...] = ()
    figures: tuple[People, ...] = ()
    kinds: frozenset[str] = frozenset()
    vendors: frozenset[str] = frozenset()
    telling: Telling = Telling()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of it: so many bits for (above 0) or against one event, and what it is."""

    bits: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The evidence on two tellings and what it adds up to."""

    score: float
    evidence: tuple[Evidence, ...]

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
    gap, when = _dates(left, right)
    found += when
    counted = _counted(left, right, meeting)
    found += counted
    found += _kinds(left, right)
    if meeting in ("same", "related", "unsure"):
        found += _vendors(left, right)
    found += _texts(left, right, gap)
    bits = sum(e.bits for e in found)
    return Judgement(round(1 / (1 + 2.0**-bits), 3), tuple(found))


def _dates(left: Event, right: Event) -> tuple[int | None, list[Evidence]]:
    """The days between their nearest dates; vague dates say less."""
    pairs = [(_apart(a, b), max(_width(a), _width(b)), a, b) for a in left.dates for b in right.dates]
    if not pairs:
        return None, []
    gap, width, a, b = min(pairs, key=lambda p: (p[0], p[1], p[2].text, p[3].text))
    bits = _step(weights().gap, gap)
    if bits > 0:
        bits = min(bits, _step(weights().vague, width))
    first, last = sorted((a, b), key=lambda d: (d.first_day, d.last_day))
    texts = f"{_text(first)} and {_text(last)}"
    said = f"{gap:,} days between {texts}" if gap else f"the same date, {_text(a)}" if a == b else f"{texts} may be one"
    return gap, [Evidence(bits, said)]


def _apart(a: When, b: When) -> int:
    return max(0, b.first_day - a.last_day, a.first_day - b.last_day)


def _width(date: When) -> int:
    return date.last_day - date.first_day


def _text(date: When) -> str:
    return iso(date.first_day) if date.first_day == date.last_day else date.text


def _step(steps: Iterable[Step], days: int) -> float:
    return next(step.bits for step in steps if days <= step.days)


def _counted(left: Event, right: Event, meeting: str) -> list[Evidence]:
    """The two figures that agree best; those of suppliers and of other clients need not agree."""
    pairs = [_figures(a, b) for a in left.figures for b in right.figures]
    told = (
        *((n, b) for n in left.telling.counts for b in right.figures),
        *((n, a) for n in right.telling.counts for a in left.figures),
    )
    pairs += [
        Evidence(found.bits - 1, f"{found.sentence} (one of them in the text)")
        for n, figure in told
        if figure.qualifier in ("exact", "about") and n == figure.low
        for found in [_figures(People(n, n, "exact"), figure)]
    ]
    if not pairs:
        return []
    best = max(pairs, key=lambda e: (e.bits, e.sentence))
    if meeting in ("supplier", "clients"):
        return [Evidence(min(best.bits, 6.0), best.sentence)] if best.bits > 2 and meeting == "supplier" else []
    if best.bits < 0 and (left.telling.partial or right.telling.partial):
        return []
    if best.bits < 0 and left.several and right.several:
        return [Evidence(round(best.bits * weights().counts.several, 1), f"{best.sentence}, one report a client")]
    return [best]


def _figures(a: People, b: People) -> Evidence:
    """How two figures of one body speak: chance gives two events large equal counts far more seldom than small ones."""
    table = weights().counts
    x, y = sorted((_middle(a), _middle(b)))
    said = f"{_number(a)} and {_number(b)} people"
    if a.qualifier == b.qualifier == "exact" and x == y:
        zeros = len(str(x)) - len(str(x).rstrip("0"))
        density = table.exponent * table.least**table.exponent / max(x, table.least) ** (1 + table.exponent)
        chance = density * (0.3 * 10**zeros if zeros else 1)
        return Evidence(_bits(table.equal, chance), f"both count {x:,} people")
    if _compatible(a, b):
        return Evidence(_bits(table.rounded, _between(0.93 * x, 1.07 * y)), f"{said} may be one figure")
    ratio = y / max(x, 1)
    if ratio <= 1.1:
        return Evidence(_bits(table.near, _between(0.9 * x, 1.1 * y)), f"{said}, within a tenth")
    order = _between(y / 2, 2 * x)
    if ratio <= 2:
        return Evidence(_bits(table.order, max(order, _between(x / 2, 2 * x))), f"{said} differ")
    share = table.far if ratio <= 10 else table.beyond
    return Evidence(_bits(share, 1 - _between(x / 2, 2 * x)), f"{said} differ")


def _compatible(a: People, b: People) -> bool:
    """Whether one may be the other rounded, or lies in what it leaves open."""
    for one, other in ((a, b), (b, a)):
        n = _middle(other)
        if one.qualifier == "about" and abs(one.low - n) <= 0.07 * n:
            return True
        if one.qualifier == "at_least" and one.low <= n <= 1.6 * one.low:
            return True
        if one.qualifier == "up_to" and one.high is not None and 0.6 * one.high <= n <= one.high:
            return True
        if one.qualifier == "between" and one.high is not None and one.low <= n <= one.high:
            return True
        if one.qualifier == "exact" and n != one.low and n > 0 and _rounds(one.low, n):
            return True
    return False


def _rounds(rounded: int, n: int) -> bool:
    """Whether `rounded` is `n` to its own digits, or cut there: 2,650,000 of 2,651,396."""
    unit = 10 ** (len(str(rounded)) - len(str(rounded).rstrip("0")))
    return unit >= 100 and abs(rounded - n) < unit and abs(rounded - n) <= 0.07 * n


def _middle(figure: People) -> int:
    if figure.qualifier == "between" and figure.high is not None:
        return (figure.low + figure.high) // 2
    return figure.high if figure.qualifier == "up_to" and figure.high is not None else figure.low


def _number(figure: People) -> str:
    words = {"about": "about ", "at_least": "at least ", "up_to": "up to "}.get(figure.qualifier, "")
    if figure.qualifier == "between":
        return f"{figure.low:,}–{figure.high:,}"
    return f"{words}{_middle(figure):,}"


def _survival(n: float) -> float:
    table = weights().counts
    return min(1.0, (table.least / max(n, 1.0)) ** table.exponent)


def _between(low: float, high: float) -> float:
    return max(_survival(low) - _survival(high), 1e-9)


def _bits(same: float, chance: float) -> float:
    most = weights().counts.most_bits
    return round(max(-most, min(most, log2(same / max(chance, 1e-12)))), 1)


def _kinds(left: Event, right: Event) -> Iterator[Evidence]:
    """What happened, by family: a mailing error is no ransomware."""
    told = _families(left.telling.kinds), _families(right.telling.kinds)
    stated = _families(left.kinds) | told[0], _families(right.kinds) | told[1]
    if not stated[0] or not stated[1]:
        return
    words = f"{_list(stated[0])} and {_list(stated[1])}"
    if stated[0] & stated[1]:
        yield Evidence(weights().kinds["shared"], f"both are {_list(stated[0] & stated[1])}")
    elif told[0] and told[1]:
        yield Evidence(weights().kinds["told_conflict"], f"the texts tell of {words}")
    else:
        yield Evidence(weights().kinds["stated_conflict"], f"the kinds differ: {words}")


def _families(kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(family for family, members in weights().families.items() if kinds & members)


def _vendors(left: Event, right: Event) -> Iterator[Evidence]:
    if not left.vendors or not right.vendors:
        return
    if left.vendors & right.vendors:
        yield Evidence(weights().vendor["shared"], "both name one supplier")
    else:
        yield Evidence(weights().vendor["conflict"], "they name two suppliers")


def _texts(left: Event, right: Event, gap: int | None) -> Iterator[Evidence]:
    a, b = left.telling, right.telling
    near = gap is None or gap <= 70
    if len(a.words) >= 8 and len(b.words) >= 8 and len(a.words & b.words) / len(a.words | b.words) >= 0.75:
        bits = weights().text["duplicate" if near else "duplicate_far"]
        yield Evidence(bits, "the texts are the same but for numbers")
    if a.days & b.days:
        yield Evidence(weights().text["day"], f"both texts name {iso(min(a.days & b.days))}")
    if (a.consolidated or b.consolidated) and near:
        yield Evidence(weights().text["consolidated"], "a text says that it repeats another report")


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
