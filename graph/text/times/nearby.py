"""Days written in part: “le 24”, “the next day”, “Nov. 12”, whose month or year stands in the words before them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.lexicon import rule, table
from outbreach.graph.text.times.governed import governs
from outbreach.graph.text.times.moments import SMALL_NUMBERS, Moment, Reference, moments

_WHOLE = 2
"""So many hyphens has a date with its day."""
_HALF_YEAR = 183
_LONG_AGO = 300
"""So many days before its publication an article tells of a past of its own."""


def year_of(scene: Scene) -> Reference | None:
    """The day of publication; of an undated article, the latest year of those in which it names a day."""
    if scene.ref:
        return scene.ref
    years = {m.iso[:4] for line in scene.lines for m in moments(line.text, None) if m.iso.count("-") == _WHOLE}
    return Reference(max(years), "no day, with no other year") if years else None


def in_its_year(scene: Scene, line: Line, moment: Moment) -> Moment:  # noqa: PLR0911  one reason each
    """A day without a year is of the year that brings it closest to the last day written out before it.

    Only where the article has no date of its own, or tells there of what befell long before its publication.
    """
    if _is_american(scene, line, moment):
        return replace(moment, iso=f"{moment.iso[:4]}-{moment.iso[8:]}-{moment.iso[5:7]}")
    if not moment.rule or not moment.rule.startswith("“") or rule("of_week").search(moment.rule):
        return moment
    if moment.iso.count("-") == 0:
        return moment
    written = _written_before(scene, line, moment)
    if written is None:
        return moment
    if scene.ref is not None and moment.iso.count("-") != _WHOLE:
        return moment
    if scene.ref is not None and (_day(moment.iso) - _day(written)).days < _LONG_AGO:
        return moment
    return replace(moment, iso=_closest(moment.iso, written))


def _is_american(scene: Scene, line: Line, moment: Moment) -> bool:
    """“05/02/2025” on a page that has “05/19/2025” too: the month stands first."""
    written = line.text[moment.start : moment.end]
    return (
        _SLASHED.fullmatch(written) is not None
        and int(moment.iso[8:]) <= _MONTHS
        and any(int(m[2]) > _MONTHS for m in _SLASHED.finditer(scene.passage.text))
        and not any(int(m[1]) > _MONTHS for m in _SLASHED.finditer(scene.passage.text))
    )


_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/\d{4}\b")
_MONTHS = 12


def _written_before(scene: Scene, line: Line, moment: Moment) -> str | None:
    """The last day with its year in the sentence before a date, or the two before it; anywhere, where the article is undated."""
    ahead = [m.iso for m in moments(line.text[: moment.start], None) if m.iso.count("-") == _WHOLE]
    far = 2 if scene.ref else len(scene.lines)
    near = scene.lines[max(0, line.number - far) : max(0, line.number)]
    told = [m.iso for other in near for m in moments(other.text, None) if m.iso.count("-") == _WHOLE]
    if ahead or told:
        return (ahead or told)[-1]
    if scene.ref:
        return None
    later = [m.iso for other in scene.lines for m in moments(other.text, None) if m.iso.count("-") == _WHOLE]
    return next(iter(later), None)


def _closest(iso: str, written: str) -> str:
    years = (int(written[:4]) + step for step in (-1, 0, 1))
    return min((f"{year:04}{iso[4:]}" for year in years), key=lambda one: abs((_day(one) - _day(written)).days))


def _day(iso: str) -> date:
    year, month, day = (*(int(part) for part in iso.split("-")), 15)[:3]
    return date(year, month if month <= 12 else 7, min(day, 28))


def following(scene: Scene, line: Line) -> Iterator[Moment]:
    """“The next day”, “three days later”, “le 24”: counted from the date last named before it."""
    for match in rule("same_day").finditer(line.text):
        before = _days_before(scene, line, match.start())
        if before:
            yield Moment(match.start(), match.end(), before[-1].iso, f"“{match[0]}” after {before[-1].iso}")
    for match in rule("the_weekday").finditer(line.text):
        before = _days_before(scene, line, match.start())
        day = _weekday(match["en"] or match["fr"])
        if before and day is not None:
            named = date.fromisoformat(before[-1].iso)
            iso = (named + timedelta(days=(day - named.weekday() - 1) % 7 + 1)).isoformat()
            yield Moment(match.start(), match.end(), iso, f"“{match[0]}” after {before[-1].iso}")
    for match in rule("days_after").finditer(line.text):
        before = _days_in(scene, line, line.text[: match.start()])
        if not before and line.number > 0:
            last = scene.lines[line.number - 1]
            if not rule("found_or_told").search(last.text) or match["before"]:
                before = _days_in(scene, line, last.text)
        if not before or (len(before) > 1 and rule("of_week").search(before[-1].rule or "")):
            continue
        iso = (date.fromisoformat(before[-1].iso) + timedelta(days=_steps(match))).isoformat()
        yield Moment(match.start(), match.end(), iso, f"“{match[0]}” after {before[-1].iso}")


def _weekday(word: str) -> int | None:
    """The number of a day of the week, Monday 0; None for “birthday”."""
    told = table("calendar")["weekdays"]
    return next((int(n) for n, words in told.items() for one in words if re.fullmatch(one, word, re.IGNORECASE)), None)


def _steps(match: re.Match[str]) -> int:
    words = match["n"] or match["n2"]
    if match["before"]:
        return -1
    if match["two"]:
        return 2
    return (SMALL_NUMBERS.get(words.lower()) or int(words)) if words else 1


def days_alone(scene: Scene, line: Line) -> Iterator[Moment]:
    """“Les intrus sont entrés le 9 avril. Le 14 au soir …”: of the month of the day named before it, or the next."""
    for match in governs("day_alone").finditer(line.text):
        number = int(match["d"] or match["d2"])
        before = _days_before(scene, line, match.start("d") if match["d"] else match.start(), 2)
        whole = moments(line.text, year_of(scene))
        if not before or any(m.start < match.end() and match.start() < m.end for m in whole):
            continue
        last = date.fromisoformat(before[-1].iso)
        month = last if number >= last.day else last.replace(day=1) + timedelta(days=32)
        try:
            found = month.replace(day=number)
        except ValueError:
            continue
        start = match.start("d") if match["d"] else match.start()
        yield Moment(start, match.end(), found.isoformat(), f"“{match[0]}” after {before[-1].iso}")


def _days_before(scene: Scene, line: Line, at: int, back: int = 1) -> list[Moment]:
    """The days named before a place, in its sentence or else in those just before."""
    here = _days_in(scene, line, line.text[:at])
    near = scene.lines[max(0, line.number - back) : max(0, line.number)]
    return here or next((days for other in reversed(near) if (days := _days_in(scene, line, other.text))), [])


def _days_in(scene: Scene, line: Line, text: str) -> list[Moment]:
    found = moments(text, year_of(scene))
    return [in_its_year(scene, line, m) for m in found if m.iso.count("-") == _WHOLE]
