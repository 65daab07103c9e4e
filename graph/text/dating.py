"""When an incident began, ended, was discovered and was disclosed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from outbreach.graph.text.exposure import events_of
from outbreach.graph.text.happenings import Happening
from outbreach.graph.text.lexicon import normal, rule
from outbreach.graph.text.moments import Moment, moments
from outbreach.graph.text.scene import Line, Scene


def dates_of(scene: Scene) -> Iterator[Happening]:
    """When it began, ended, was discovered and was disclosed."""
    lang = scene.lang
    found: dict[str, Happening] = {}
    for line in [line for line in scene.lines if not line.generic]:
        for moment in [*moments(line.text, scene.ref), *_following(scene, line)]:
            if scene.ref and moment.iso > scene.ref.latest.isoformat():
                continue
            what = _dated(scene, line, moment, lang)
            if what is None or line.earlier:
                continue
            if what != "disclosed_on" and rule("today").search(line.text[moment.start : moment.end]):
                continue
            before = found.get(what)
            if before is None or (moment.iso.startswith(before.value or "") and moment.iso != before.value):
                # A finer date that fits the first one takes its place.
                found[what] = Happening(
                    what, moment.iso, line, line.start + moment.start, line.start + moment.end, rule=moment.rule
                )  # fmt: skip
    if scene.letter and "disclosed_on" not in found and scene.ref and scene.ref.exact and scene.passage.stamp:
        at = normal(scene.passage.text).find(scene.passage.stamp)
        if at >= 0 and scene.lines:
            place = at, at + len(scene.passage.stamp)
            found["disclosed_on"] = Happening(
                "disclosed_on", scene.ref.iso, scene.lines[0], *place, rule="the date of the letter"
            )
    yield from found.values()


def _following(scene: Scene, line: Line) -> Iterator[Moment]:
    """“The next day”, “three days later”: counted from the date last named before it."""
    for match in rule("days_after").finditer(line.text):
        before = [m for m in moments(line.text[: match.start()], scene.ref) if m.iso.count("-") == 2]
        if not before and line.number > 0:
            last = scene.lines[line.number - 1]
            if not rule("found_or_told").search(last.text) or match["before"]:
                before = [m for m in moments(last.text, scene.ref) if m.iso.count("-") == 2]
        if len(before) != 1:
            continue
        words = match["n"] or match["n2"]
        days = (
            -1
            if match["before"]
            else 2
            if match["two"]
            else 1
            if not words
            else _NUMBERS.get(words.lower()) or int(words)
        )
        iso = (date.fromisoformat(before[-1].iso) + timedelta(days=days)).isoformat()
        yield Moment(match.start(), match.end(), iso, f"“{match[0]}” after {before[-1].iso}")


_NUMBERS = {
    word: number
    for words in (
        "un deux trois quatre cinq six sept huit neuf dix",
        "one two three four five six seven eight nine ten",
    )
    for number, word in enumerate(words.split(), 1)
}


_WORDS = (
    (None, "other_date"),
    ("discovered_on", "discovered"),
    ("occurred_from", "occurred"),
    ("disclosed_on", "disclosed"),
)


def _dated(  # noqa: PLR0911, PLR0912  a date is left out for many reasons
    scene: Scene, line: Line, moment: Moment, lang: str
) -> str | None:
    """What a date dates: by the word nearest to it in its clause."""
    text = line.text
    left = max(
        (m.end() for m in rule("date_clause_begins").finditer(text[: moment.start])),
        default=0,
    )
    right = next(
        (
            moment.end + m.start()
            for m in re.finditer(r"[;«»:]|, (?:et|mais|qui|which|and|but)\b|\. ", text[moment.end :])
        ),
        len(text),
    )
    clause = text[left:right]
    at = moment.start - left
    if rule("reported_breach").search(text[: moment.start]):
        return None
    # “discovered the breach on …” dates the discovery, though the breach stands nearer.
    found_out = [m for m in events_of(lang, "discovered").finditer(text) if 0 <= moment.start - m.end() <= 45]
    if found_out and not re.search(
        r"[;.]|, (?:et|mais|and|but|a|ont|said|announced)\b", text[found_out[-1].end() : moment.start]
    ):
        if moment.end_of or moment.iso.count("-") < 1:
            return None
        if not rule("took_place").search(text[found_out[-1].end() : moment.start]):
            return "discovered_on"
    if moment.start_of or moment.end_of:
        near = text[max(0, moment.start - 75) : moment.end + 110]
        if events_of(lang, "occurred").search(near) and not _closest(lang, text, moment.start, 110):
            return (
                "occurred_to"
                if moment.end_of and not re.search(r"(?i)nuit d[ue]", text[max(0, moment.start - 12) : moment.start])
                else "occurred_from"
                if moment.start_of
                else None
            )
        return None
    distance = {
        name: _distance(events_of(lang, key), clause, at, moment.end - left)
        for name, key in _WORDS
    }  # fmt: skip
    if not events_of(lang, "disclosed").search(clause[:at]):
        distance["disclosed_on"] += 30  # “… on 3 May, it said”: what is said is dated, not the saying
    best = min(distance, key=lambda name: distance[name])
    if distance[best] > (95 if best == "occurred_from" and _stands_before(lang, clause, at) else 60):
        return None
    if best == "disclosed_on":
        # Only a day on which the body hit speaks, in the article's first sentences.
        speaks = any(b in scene.hits or b in scene.vendors for b in line.speakers)
        if rule("later_figure").search(line.text):
            return None
        verb = max((m.end() for m in events_of(lang, "disclosed").finditer(text[: moment.start])), default=0)
        between = text[verb : moment.start]
        if len(between) > 25 and events_of(lang, "occurred").search(between):
            return "occurred_from"  # “… said an employee opened a phishing e-mail on 18 March”
        if len(between) > 25 and rule("said_of_else").search(between):
            return None
        passive = not line.speakers and bool(rule("made_public").search(line.text))
        return (
            best
            if (speaks or passive) and line.number <= 3 and moment.iso.count("-") == 2 and not line.earlier
            else None
        )
    if best == "discovered_on" and moment.iso.count("-") < 1:
        return None
    return best


def _stands_before(lang: str, clause: str, at: int) -> bool:
    """“… e-mailed a sheet of … to … on 9 September”: the deed is told before its day."""
    return bool(events_of(lang, "occurred").search(clause[:at]))


def _distance(regex: re.Pattern[str], clause: str, start: int, end: int) -> int:
    spots = [(m.start(), m.end()) for m in regex.finditer(clause)]
    # What stands before a date governs it more closely than what follows.
    return min((start - b if b <= start else (a - end) + 25 if a >= end else 0 for a, b in spots), default=999)


def _closest(lang: str, text: str, at: int, within: int) -> bool:
    """Whether the word that governs a date, the last before it, is of another kind than the incident."""
    other, own = (
        max((m.end() for m in events_of(lang, kind).finditer(text[:at])), default=-1) for kind in ("other_date", "occurred")
    )  # fmt: skip
    return other > own and at - other <= within
