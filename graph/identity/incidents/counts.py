"""How two figures of one body speak: what agreement is chance, where counts fall as a power law (Clauset and others 2009)."""

from dataclasses import dataclass
from math import log2

from outbreach.graph.identity.freetext import People
from outbreach.graph.identity.incidents.text import weights


@dataclass(frozen=True, slots=True)
class Count:
    """How two figures stand to each other (the names of the data file), so many bits, and how that is said."""

    relation: str
    bits: float
    said: str


def figures(a: People, b: People) -> Count:
    """How two figures of one body speak: chance gives two events large equal counts far more seldom than small ones."""
    table = weights().counts
    x, y = sorted((_middle(a), _middle(b)))
    said = f"{_number(a)} and {_number(b)} people"
    if a.qualifier == b.qualifier == "exact" and x == y:
        zeros = len(str(x)) - len(str(x).rstrip("0"))
        density = table.exponent * table.least**table.exponent / max(x, table.least) ** (1 + table.exponent)
        chance = density * (0.3 * 10**zeros if zeros else 1)
        bits = min(_bits(table.equal, chance), table.round_most.get(len(str(x)) - zeros, table.most_bits))
        return Count("equal", bits, f"both count {x:,} people")
    if _compatible(a, b):
        return Count("rounded", _bits(table.rounded, _between(0.93 * x, 1.07 * y)), f"{said} may be one figure")
    ratio = y / max(x, 1)
    order = _between(x / 2, 2 * y)
    if y - x <= max(2, x // 1000):
        return Count(
            "close", _bits(table.close, _between(0.999 * x - 2, 1.001 * y + 2)), f"{said}, within a thousandth"
        )
    if ratio <= 1.1:
        share, name, most = (
            (0.01, "hundredth", table.hundredth_most) if ratio <= 1.01 else (0.1, "near", table.most_bits)
        )
        bits = _bits(table.near, _between((1 - share) * x, (1 + share) * y))
        return Count(name, min(bits, most), f"{said}, within a {'hundredth' if name == 'hundredth' else 'tenth'}")
    if ratio <= 2:
        return Count("order", _bits(table.order, order), f"{said} differ")
    name = "far" if ratio <= 10 else "beyond"
    return Count(name, _bits(getattr(table, name), 1 - _between(x / 2, 2 * x)), f"{said} differ")


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
    return unit >= 100 and -unit / 2 <= n - rounded < unit and abs(rounded - n) <= 0.07 * n


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
    return float(min(1.0, (table.least / max(n, 1.0)) ** table.exponent))


def _between(low: float, high: float) -> float:
    return max(_survival(low) - _survival(high), 1e-9)


def _bits(same: float, chance: float) -> float:
    most = weights().counts.most_bits
    return float(round(max(-most, min(most, log2(same / max(chance, 1e-12)))), 1))
