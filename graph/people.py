"""How many people, each counted once: the interval that an incident's figures leave open (DESIGN, People).

The arithmetic is that of intervals with an open upper end. A figure has a scope: the whole, or a part of it. Nothing is
ever added up unless a source says that the parts do not overlap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WHOLE = ""
"""The scope of a figure for everybody affected."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may enter: `low` to `high` people (an absent high is open) in a scope."""

    claim: str
    scope: str
    low: int | None
    high: int | None
    about: bool = False
    disjoint_with: tuple[str, ...] = ()
    """Scopes stated not to overlap with this one, nor with each other."""
    exhaustive: bool = False
    """The source says that these scopes together are the whole."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Fewest and most people; None is unknown below and open above."""

    low: int | None
    high: int | None
    approximate: bool = False
    contradiction: bool = False


def interval(figures: Iterable[Figure]) -> Interval:
    """The interval that the figures leave open.

    Rivals in one scope give [lowest low, highest high]. Low is the largest of the whole's low, any part's low, and the
    sums of lows stated to be disjoint; high is the whole's high, else the sum of the parts' highs where a source says
    that they are all and disjoint, else open. A low above the high is a contradiction, and the interval takes in both.
    """
    entering = [figure for figure in figures if figure.low is not None or figure.high is not None]
    scopes: dict[str, list[Figure]] = {}
    for figure in entering:
        scopes.setdefault(figure.scope, []).append(figure)
    merged = {scope: _rivals(group) for scope, group in scopes.items()}
    groups = _disjoint_groups(entering, merged)
    lows = [(span.low, span.approximate) for span in merged.values() if span.low is not None]
    lows += [_sum([merged[scope] for scope in group], low=True) for group, _ in groups]
    low, low_about = max(lows, key=lambda pair: (pair[0], not pair[1]), default=(None, False))
    high, high_about = _high(merged, groups)
    about = low_about or high_about
    if low is not None and high is not None and low > high:
        return Interval(high, low, about, contradiction=True)
    return Interval(low, high, about)


def _rivals(figures: Sequence[Figure]) -> Interval:
    low = min((f for f in figures), key=lambda f: f.low if f.low is not None else 0)
    open_above = [f for f in figures if f.high is None]
    high = None if open_above else max(figures, key=lambda f: f.high or 0)
    about = low.about or (high is not None and high.about)
    return Interval(low.low if low.low is not None else 0, high.high if high else None, about)


def _disjoint_groups(figures: Sequence[Figure], merged: dict[str, Interval]) -> list[tuple[tuple[str, ...], bool]]:
    """Each stated set of scopes that do not overlap, as far as they have figures, and whether they are the whole."""
    groups: dict[tuple[str, ...], bool] = {}
    for figure in figures:
        if figure.disjoint_with:
            stated = sorted({figure.scope, *figure.disjoint_with} - {WHOLE})
            known = tuple(scope for scope in stated if scope in merged)
            complete = figure.exhaustive and len(known) == len(stated)
            groups[known] = groups.get(known, False) or complete
    return list(groups.items())


def _high(merged: dict[str, Interval], groups: list[tuple[tuple[str, ...], bool]]) -> tuple[int | None, bool]:
    whole = merged.get(WHOLE)
    if whole is not None and whole.high is not None:
        return whole.high, whole.approximate
    for group, complete in groups:
        spans = [merged[scope] for scope in group]
        if complete and all(span.high is not None for span in spans):
            return _sum(spans, low=False)
    return None, False


def _sum(spans: Sequence[Interval], *, low: bool) -> tuple[int, bool]:
    values = [(span.low if low else span.high) or 0 for span in spans]
    return sum(values), any(span.approximate for span in spans)
