"""Which body belongs to which: “X, a hospital of the group Y”, “X and Y, both run by Z”."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Line, Scene, got, patterns
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part, bare, every, is_negated, listed, spans, usable
from outbreach.graph.text.parts.victims import is_place


def belongings(scene: Scene) -> Iterator[Part]:
    """A body that belongs to a group, where one of the two is hit or a vendor."""
    seen: set[tuple[int, int]] = set()
    concerned = {*scene.hits, *scene.vendors}
    for line in (bare(scene, x) for x in (*scene.heading, *scene.told())):
        for match in every(line, patterns(scene.lang, "part_of")):
            if is_negated(scene, match[0]) or rule("once_owned").search(match[0]):
                continue
            whole = _whole(scene, line, match)
            if whole is not None and rule("owns").search(match[0]) and _may_be_person(scene, whole):
                continue
            if (
                whole is not None
                and rule("fr_run_by").search(match[0])
                and scene.cast.bodies[whole].kind not in _OWNERS
            ):
                continue  # “gérée par X”: X may be a firm that works for it
            for part in _parts(scene, line, match):
                if whole is None or part == whole or not (usable(scene, part) and usable(scene, whole)):
                    continue
                known = (part, whole) in seen or (whole, part) in seen
                if {part, whole} & concerned and not known and not is_place(scene, whole):
                    seen.add((part, whole))
                    yield Part("part_of", part, whole, line, *spans(line, match))


_OWNERS = ("charity", "hospital_group", "insurer", "public_body", "university")
"""Bodies of these kinds run others that care for people."""


def _whole(scene: Scene, line: Line, match: re.Match[str]) -> int | None:
    """The group: by name, or as “it” after a sentence that names it."""
    if match.groupdict().get("W"):
        before = [m.body for m in scene.cast.mentions if m.end <= line.start + match.start("W")]
        return next((b for b in reversed(before) if usable(scene, b)), None)
    return got(match, "C")


def _parts(scene: Scene, line: Line, match: re.Match[str]) -> list[int]:
    """What belongs to it: a name with those listed beside it, the body chiefly hit, or all that the sentence before lists."""
    where = next((n for n in match.groupdict() if re.fullmatch(r"V\d*", n) and match[n]), None)
    if where is not None:
        named = [b for b in listed(line.masked, *match.span(where)) if b != got(match, "C")]
        return named or _named_before(scene, line, got(match, "C"))
    if rule("several_bodies").match(match["K"]):
        before = next((x for x in scene.lines if x.number == line.number - 1), None)
        bodies = [b for _, _, b in before.bodies()] if before else []
        return [b for b in dict.fromkeys(bodies) if usable(scene, b) and scene.cast.bodies[b].is_health]
    here = [b for _, end, b in line.bodies() if end <= match.start() and usable(scene, b)]
    named = here[-1:] if rule("possessive").match(match["K"]) else []
    return named or [b for b in [scene.primary] if b is not None]


def _named_before(scene: Scene, line: Line, whole: int | None) -> list[int]:
    """“Y, which runs the hospital”: the hospital that was named before, and is not Y."""
    before = [m.body for m in scene.cast.mentions if m.end <= line.start and m.body != whole]
    return next(([b] for b in reversed(before) if usable(scene, b) and scene.cast.bodies[b].is_health), [])


def _may_be_person(scene: Scene, number: int) -> bool:
    """A name of one word, of which nothing says what it is."""
    thing = scene.cast.bodies[number]
    return not (thing.kind or thing.describer) and " " not in (thing.name or " ")
