"""Whether those counted are a part of others who were counted before, and which."""

import re

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.counts.figure import Figure
from outbreach.graph.text.counts.numeral import unpointed
from outbreach.graph.text.lexicon import rule

_STILL = 5
"""So far on may “of them” still mean those counted."""
_MANY = 100
_NEXT = 2
"""So near are sentences that tell of the same people."""
_BESIDE = 28
"""So near to a number are the words that make it a part."""


def part_of(
    scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str], what: str, value: int, before: list[Figure]
) -> bool | None:
    """Whether a number counts a part of others; None where it counts some of others than those affected."""
    text, at = line.text, match.start()
    part = what == "cases" or _is_part(scene, line, at, counted[0], before)
    if part and rule("bodies_before").search(text[:at]) and not any(f.line is line for f in before):
        return None  # “63 pharmacies, nine of our members”
    if what == "those" and rule("who_only").search(counted[0]):
        part = any(f.value > value for f in before)
        # “25 to whom …”, without those of whom they are
        return part if part or (before and rule("more_who").match(counted[0])) else None
    if what == "these" and rule("these_too").match(text, match.end()):
        if not any(f.value > value and line.number - f.line.number <= _NEXT for f in before):
            return None
        return not rule("a_further").search(text[:at])
    if what == "those" and not _tells_of_them(scene, line, value, before):
        return None  # “40 of them”: of others
    return part


def has_some_data(line: Line, at: int, value: int, before: list[Figure]) -> bool:
    """“It held the Social Security numbers of 85 people”, of more who were told of before."""
    larger = [f for f in before if f.value > value and f.population is None]
    near = any(line.number - f.line.number <= _NEXT for f in larger)
    head, rest = line.text[:at], line.text[at:]
    listed = rule("for_a_part").match(head) and re.match(r"[^,;:.]{3,40}[,:]", rest)
    return bool((near and rule("some_data").search(head)) or (larger and listed))


def _tells_of_them(scene: Scene, line: Line, value: int, before: list[Figure]) -> bool:
    """Whether people are counted near “40 of them”, or the sentence says that something befell them."""
    near = any(line.number - f.line.number <= _STILL or value >= _MANY for f in before)
    return near or bool(scene.words("affected_people").search(line.text) and rule("person_words").search(line.text))


def _is_part(scene: Scene, line: Line, at: int, counted: str, before: list[Figure]) -> bool:
    """Whether the words say that those counted are among others counted before: “of whom”, “parmi eux”, “les 40 d’entre eux”."""
    after = line.text[at : at + 30]
    told = [m for m in scene.words("part").finditer(line.text) if m.start() <= at and at - m.end() <= _BESIDE]
    match = next((m for m in told if rule("part_before").fullmatch(line.text[m.end() : at])), None)
    match = match or next((m for m in told if m.end() >= at), None) or rule("number_of_them").search(after)
    if match and match[0].lower() == "dont" and rule("whose").search(line.text[at:]):
        match = None
    if rule("for_some").search(line.text[:at]) and rule("for_some_then").search(unpointed(line.text[at:])):
        match = match or rule("for_some").search(line.text[:at])
    alone = not (re.search("[\ue000-\ue7ff]", line.masked[at:]) or rule("counting_verb").search(line.text[:at]))
    if match is None and before and alone and rule("of_the_hit").match(counted):
        return True
    match = match or rule("of_total").search(line.text[:at])
    joined = (
        re.search(r"^[^.;,]{0,40} (?:and|et|ainsi que) $", line.text[before[-1].end - line.start : at])
        if before
        else None
    )
    match = match or (joined if joined and before[-1].line is line and before[-1].within else None)
    return bool(match) and (bool(before) or bool(re.search(r"\d", line.text[:at])))


def subset_of(line: Line, counted: re.Match[str], what: str, part: bool) -> str | None:
    """What the words say of those who are a part, or who they are."""
    words = line.text[counted.start("staff") if counted["staff"] else counted.start() : counted.end()].strip()
    if what == "staff":
        return counted["staff"]
    if not part:
        return None
    rest = re.match(r"[^.;:«»]{0,90}", line.text[counted.end() :])
    said = " ".join(((rest[0] if rest else "").strip(" ,") or words).split()[:12])
    return said or words
