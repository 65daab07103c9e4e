"""Whose systems an article says, in so many words, that somebody was in; and whose an English one says that nobody was in."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Line, Scene, got, number
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part, is_negated, spans, usable
from outbreach.graph.text.parts.wording import found


def struck(scene: Scene) -> Iterator[Part]:
    """“Intruders were in X’s network”; “X said files were taken from its network”; “X … Des pirates s’y sont introduits”."""
    if scene.lang == "fr":
        yield from _struck_in_french(scene)
        return
    for line in scene.told():
        if not rule("en_intrusion").search(line.text) or is_negated(scene, line.text):
            continue
        for match in rule("en_own_systems").finditer(line.masked):
            body = number(match["O"][0])
            if usable(scene, body) and (match["whose"] or _is_subject(line, match.start())):
                yield Part("originated_at", body, None, line, *spans(line, match))


def _struck_in_french(scene: Scene) -> Iterator[Part]:
    for line in scene.told():
        for match in found(line, "fr_struck"):
            body = got(match, "O")
            clause = line.text[match.start() : match.end() + 60]
            if (
                body is None
                or not usable(scene, body)
                or is_negated(scene, match[0])
                or rule("fr_at_another").search(clause)
            ):
                continue
            if rule("fr_other_after").match(line.masked[match.end() :]) or rule("fr_in_apposition").search(
                line.masked[: match.start()]
            ):
                continue  # “X victime d'un piratage chez Y”
            yield Part("originated_at", body, None, line, *spans(line, match))
        for match in found(line, "fr_struck_there"):
            body = _there(scene, line, match)
            if body is not None and not is_negated(scene, line.text):
                yield Part("originated_at", body, None, line, *spans(line, match))


def _there(scene: Scene, line: Line, match: re.Match[str]) -> int | None:
    """Where “y” and “là” are: at whom the sentence before is about, or ends with; a maker of a product is passed over."""
    before = next((x for x in scene.lines if x.number == line.number - 1), None)
    if before is None or before.paragraph != line.paragraph:
        return None
    makers = {number(m["O"][0]) for m in _MAKER.finditer(before.masked)}
    bodies = [b for _, _, b in before.bodies() if usable(scene, b) and b not in makers]
    known = [b for b in bodies if _is_somebody(scene, b)]
    return (known[-1] if "C'est" in match[0] else known[0]) if known else None


def _is_somebody(scene: Scene, body: int) -> bool:
    thing = scene.cast.bodies[body]
    return body in (*scene.hits, *scene.vendors) or thing.is_health or thing.kind == "company" or bool(thing.describer)


_MAKER = re.compile("[\uea00-\uebff]+,? (?:de |du |de l['’])(?:[a-zà-ÿ]+ )?(?P<O>[\ue000-\ue7ff])")


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
