"""Whose people a number counts."""

import re

from outbreach.graph.text.cast.scene import Line, Scene, number
from outbreach.graph.text.lexicon import rule


def owner_of(
    scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str], what: str, part: bool
) -> tuple[int | None, bool]:
    """The body whose people are counted, and whether they are still a part of others then."""
    end = counted.end()
    whose = rule("who_at").match(line.masked, end) if what == "those" else None
    if whose and scene.cast.bodies[number(whose["O"])].role == "organisation":
        return number(whose["O"]), False
    theirs = rule("theirs").match(line.masked, end)
    if theirs:
        return number(theirs["O"] or theirs["O1"]), False  # “of those, 2,260 are X’s”
    of = _of(scene, line, match, counted)
    apart = of is not None and part and not rule("number_of_them").search(line.text[match.start() :])
    return of, part and not (apart and of is not None and _names(line, of, counted))


def _names(line: Line, body: int, counted: re.Match[str]) -> bool:
    """Whether the body is named right after those counted: “including 655,000 at X”."""
    return any(b == body and 0 <= a - counted.end() <= 12 for a, _, b in line.bodies())


def _of(scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str]) -> int | None:
    """The body whose people are counted, where the words say so, and where it is a body that can have such people."""
    of = _carer(scene, line, match, counted, _said_of(scene, line, match, counted))
    known = of in (*scene.hits, *scene.vendors) or (of is not None and scene.cast.bodies[of].is_health)
    return of if known else None


def _carer(scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str], of: int | None) -> int | None:
    """A supplier has no patients or members of its own beside its clients’: theirs who is named nearest, or nobody’s for sure."""
    if of is None or not rule("in_care").search(counted[0]):
        return of
    clients = [b for b in scene.hits if b not in scene.vendors]
    after = any(b == of and 0 <= a - counted.end() <= _BESIDE for a, _, b in line.bodies())
    if of in scene.vendors and clients and not after:
        named = [b for _, end, b in line.bodies() if end <= match.start() and b not in scene.vendors]
        return next((b for b in reversed(named) if scene.cast.bodies[b].role == "organisation"), None)
    here = any(b == of for _, _, b in line.bodies())
    return of if here or len(clients) <= 1 or rule("by_pronoun").search(line.text[: match.start()]) else None


_BESIDE = 12
"""So near to a number stands whose people it counts."""


def _said_of(scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str]) -> int | None:  # noqa: PLR0911  one reason each
    """The body that the words name."""
    item = rule("list_item").search(line.masked[: match.start()])
    if item:
        return number(item["O"])
    held = re.search("(?P<O>[\ue000-\ue7ff])(?P=O)* ?[(:] ?$", line.masked[: match.start()])
    if held and scene.cast.bodies[number(held["O"])].role == "organisation":
        return number(held["O"])
    inside = re.search("[\ue000-\ue7ff]", counted[0])
    if inside:
        return number(inside[0])
    after = line.masked[counted.end() :]
    near = rule("people_of").match(after)  # fmt: skip
    if near and scene.cast.bodies[number(near["O"])].role == "organisation":
        return number(near["O"])
    if scene.lang == "en":
        far = re.match(r"[^.;:]{0,10}, from (?P<O>[\ue000-\ue7ff])", after)
        if far:
            return number(far["O"])
    own = re.search(r"(?i)(?:de |of )?\b(?:ses|leurs|nos|its|their|our)\b", line.text[match.end() : counted.end()])
    first = next(
        (b for _, end, b in line.bodies() if end <= match.start() and scene.cast.bodies[b].role == "organisation"), None
    )
    by = line.said_by(line.start + match.start())
    if own:
        return by[0] if by and scene.cast.bodies[by[0]].role == "organisation" else first
    speaker = by[0] if by else None
    here = any(b == speaker for _, _, b in line.bodies())
    client = here and scene.vendors and speaker not in scene.vendors
    if client and speaker is not None and scene.cast.bodies[speaker].is_health:
        return speaker  # a client of the vendor breached counts its own people
    if rule("counting_verb").search(line.text[: match.start()]):
        speaking = by[0] if by else first
        if speaking is not None and scene.cast.bodies[speaking].role == "organisation":
            return speaking
    return None
