"""How many people, each counted once: the interval that an incident's figures leave open (DESIGN, People).

The arithmetic is that of intervals with an open upper end. A figure has a scope: the whole, or a part of it. Nothing is
ever added up unless a source says that the parts do not overlap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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


class _Bound(NamedTuple):
    """A lower or upper bound; at the same number an exact one counts as the larger, so that it is kept."""

    people: int
    exact: bool


class _Span(NamedTuple):
    low: _Bound
    high: _Bound | None


def interval(figures: Iterable[Figure]) -> Interval:
    """The interval that the figures leave open.

    Rivals in one scope give [lowest low, highest high]. Low is the largest of the whole's low, any part's low, and the
    sums of lows stated to be disjoint; high is the whole's high, else the sum of the parts' highs where a source says
    that they are all and disjoint (of two such sums the larger), else open. A low above the high is a contradiction,
    and the interval takes in both.
    """
    entering = [figure for figure in figures if figure.low is not None or figure.high is not None]
    if not entering:
        return Interval(None, None)
    scopes: dict[str, list[Figure]] = {}
    for figure in entering:
        scopes.setdefault(figure.scope, []).append(figure)
    spans = {scope: _rivals(group) for scope, group in scopes.items()}
    groups = _disjoint_groups(entering, spans)
    low = max([*(span.low for span in spans.values()), *(_sum([span.low for span in group]) for group, _ in groups)])
    high = _high(spans, groups)
    if high is None:
        return Interval(low.people, None, not low.exact)
    about = not (low.exact and high.exact)
    if low.people > high.people:
        return Interval(high.people, low.people, about, contradiction=True)
    return Interval(low.people, high.people, about)


def _rivals(figures: Sequence[Figure]) -> _Span:
    low = min((f.low or 0, f.about) for f in figures)
    highs = [_Bound(f.high, not f.about) for f in figures if f.high is not None]
    return _Span(_Bound(low[0], not low[1]), max(highs) if len(highs) == len(figures) else None)


def _disjoint_groups(figures: Sequence[Figure], spans: dict[str, _Span]) -> list[tuple[list[_Span], bool]]:
    """Each stated set of scopes that do not overlap, as far as they have figures, and whether they are the whole."""
    groups = []
    for figure in figures:
        stated = {figure.scope, *figure.disjoint_with} - {WHOLE}
        known = [spans[scope] for scope in stated if scope in spans]
        if len(known) > 1:
            groups.append((known, figure.exhaustive and len(known) == len(stated)))
    return groups


def _high(spans: dict[str, _Span], groups: list[tuple[list[_Span], bool]]) -> _Bound | None:
    whole = spans.get(WHOLE)
    if whole is not None and whole.high is not None:
        return whole.high
    sums = []
    for group, complete in groups:
        highs = [span.high for span in group if span.high is not None]
        if complete and len(highs) == len(group):
            sums.append(_sum(highs))
    return max(sums, default=None)


def _sum(bounds: Sequence[_Bound]) -> _Bound:
    return _Bound(sum(bound.people for bound in bounds), all(bound.exact for bound in bounds))
