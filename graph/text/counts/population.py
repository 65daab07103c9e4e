"""What those whom a number counts are: people affected, records, people listed, written to, or not yet looked at."""

import re

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.counts.figure import Figure, clause_of
from outbreach.graph.text.lexicon import rule


def population_of(
    scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str], what: str, value: int, before: list[Figure]
) -> str | None:
    """The population that a number with its noun counts, empty for people affected; None where it counts none."""
    text, at, end = line.text, match.start(), counted.end()
    if rule("letters").search(counted[0]):
        return _of_letters(scene, line, at, end)
    found = _said(scene, line, at, end) or ("records" if what == "records" else "")
    if what in ("those", "these", "hit") and before and before[-1].line is line and before[-1].population == "records":
        return "records"  # “1,871 letters went astray, of which 412 had …”
    if found == "listed" and rule("dumped").search(text[:at]):
        found = "records" if what == "records" else ""
    if found == "sent" and rule("tells_them").match(text, at):
        larger = _larger(before)
        found = "" if larger in (0, value) or larger > 2 * value else "sent"
    if found == "records" and not before and rule("each_a_person").match(text, end):
        return ""
    if found == "sent" and rule("see_each_other").search(text):
        return ""  # who was written to is who was shown
    if not found and scene.words("not_people").search(clause_of(text, at, end)) and _are_not_counted_yet(scene, line):
        return "under_review"
    return found


def _larger(before: list[Figure]) -> int:
    """All those affected, as told so far."""
    return next((f.value for f in before if f.population is None and not f.within), 0)


def are_some_told(scene: Scene, line: Line, at: int, end: int, value: int, before: list[Figure]) -> bool:
    """“Notices go to 38,000 whose card details may have been seen”, of many more who are affected."""
    told = _said(scene, line, at, end) == "sent" and rule("tells_them").match(line.text, at)
    return bool(told) and _larger(before) > 2 * value


def _of_letters(scene: Scene, line: Line, at: int, end: int) -> str | None:
    """Letters that went astray are records; those that tell of the breach count whom they went to."""
    if rule("astray").search(line.text):
        return "records"
    told = rule("posted").match(line.text, end) or rule("posting").search(line.text[:at])
    return "sent" if told and not any(rule("astray").search(other.text) for other in scene.told()) else None


def _said(scene: Scene, line: Line, at: int, end: int) -> str | None:
    before, after = line.text[max(0, at - 110) : at], line.text[end : end + 130]
    sent = scene.words("sent").search(before[max((m.end() for m in re.finditer(r"[;:.]", before)), default=0) :])
    if rule("are_affected").search(after) and not (sent or rule("letter_to").search(before)):
        return None  # “the notice says that 6,281,450 people are affected”
    if scene.words("listed").search(rule("before_number").sub("", before).rstrip() + " "):
        return "listed"
    if rule("still_checked").search(line.text[:at]):
        return "under_review"
    if sent or rule("letter_to").search(before):
        return "sent"
    return next((name for name in ("eligible", "under_review") if scene.words(name).search(after)), None)


def _are_not_counted_yet(scene: Scene, line: Line) -> bool:
    """“About 128,000 are enrolled. It is too soon to say how many were affected.”"""
    return any(rule("not_counted_yet").search(other.text) for other in scene.lines[line.number : line.number + 2])
