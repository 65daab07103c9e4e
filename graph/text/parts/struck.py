"""Whose systems an English article says, in so many words, that somebody was in; and whose it says that nobody was in."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Line, Scene, number
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part, is_negated, spans, usable


def struck(scene: Scene) -> Iterator[Part]:
    """“Intruders were in X’s network”; “X said files were taken from its network”."""
    if scene.lang != "en":
        return
    for line in scene.told():
        if not rule("en_intrusion").search(line.text) or is_negated(scene, line.text):
            continue
        for match in rule("en_own_systems").finditer(line.masked):
            body = number(match["O"][0])
            if usable(scene, body) and (match["whose"] or _is_subject(line, match.start())):
                yield Part("originated_at", body, None, line, *spans(line, match))


def _is_subject(line: Line, at: int) -> bool:
    """It begins the sentence, but for a phrase of time and the like: “its” is then its."""
    return rule("en_before_subject").fullmatch(line.masked[:at]) is not None


def stood_aside(scene: Scene, breached: set[int]) -> Iterator[Part]:
    """“None of the clinic’s own systems were involved”: where another was breached, it began elsewhere."""
    if scene.lang != "en" or not breached:
        return
    for line in scene.told():
        match = rule("en_not_own_systems").search(line.masked)
        if match is None:
            continue
        body = _meant(scene, line, match)
        if body is not None and usable(scene, body) and body in scene.hits and body not in breached:
            yield Part("not_originated_at", body, None, line, *spans(line, match))


def _meant(scene: Scene, line: Line, match: re.Match[str]) -> int | None:
    """Whose systems they are: a body by its name, else the one that the sentence names before, else the only one hit."""
    own = [b for b in scene.hits if b not in scene.vendors]
    by_name = scene.by_name(line)
    where = next((n for n in ("O", "P", "Q") if match[n]), None)
    if where and any(start == match.start(where) for start, _, _ in by_name):
        return number(match[where][0])
    here = [b for _, end, b in by_name if end <= match.start() and b in own]
    if here:
        return here[-1]
    return own[0] if len(own) == 1 else None
