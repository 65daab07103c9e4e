"""Whose systems were breached."""

import re
from collections.abc import Iterator

from outbreach.graph.text.breach import kind_patterns
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.part import Part, every, is_negated, spans
from outbreach.graph.text.scene import Line, Scene, got, patterns


def origins(scene: Scene, hits: list[Part], supplies: list[Part]) -> Iterator[Part]:
    """Whose systems were breached: the vendor that was, else the body that was attacked itself."""
    vendors = list(scene.vendors)
    named = [p for p in hits if p.what == "affected"]
    at_vendor = _at_vendors(scene, named, supplies)
    for part in at_vendor:
        yield Part("affected", part.body, None, part.line, part.start, part.end)
        yield part
    if at_vendor:
        return
    entered = next(((x, m) for x in scene.told() if (m := scene.words("vendor_login").search(x.masked))), None)
    if entered and scene.primary is not None and scene.primary not in vendors:
        yield Part("originated_at", scene.primary, None, entered[0], *spans(*entered))
        return
    if vendors:
        return
    yield from _own(scene, named)


def _at_vendors(scene: Scene, named: list[Part], supplies: list[Part]) -> list[Part]:
    """The vendor that was breached, by all words that say so; in a chain, the one that is furthest from the patients."""
    found = [
        Part("originated_at", p.body, None, p.line, p.start, p.end) for p in named if p.body in scene.vendors
    ]  # fmt: skip
    for line in (*([scene.title] if scene.title else []), *scene.told()):
        for match in every(line, patterns(scene.lang, "breached_at")):
            body = got(match, "V")
            if body in scene.vendors and not is_negated(scene, match[0]):
                found.append(Part("originated_at", body, None, line, *spans(line, match)))
    above = {(p.body, p.other) for p in supplies}
    if not found:  # of a chain is told because it began at its end
        found = [
            Part("originated_at", p.body, None, p.line, p.start, p.end) for p in supplies if p.other in scene.vendors
        ]
    bodies = {p.body for p in found}
    last = {b for b in bodies if not any((other, b) in above for other in bodies)}
    kept: list[Part] = []
    for part in found:
        if part.body in last and (part.body, part.line.number) not in {(k.body, k.line.number) for k in kept}:
            kept.append(part)
    return kept[:4]


def _own(scene: Scene, named: list[Part]) -> Iterator[Part]:
    """What the body hit did or lost itself, or an intruder in its own systems."""
    own = rule("own_doing")
    primary = scene.primary
    for line in scene.told():
        done = own.search(line.text)
        if done and primary is not None:
            yield Part("originated_at", primary, None, line, *spans(line, done))
            return
    bodies = list(dict.fromkeys(p.body for p in named))
    lost = next((m for line in scene.told() for m in [rule(f"{scene.lang}_lost").search(line.text)] if m), None)
    if lost and len(bodies) == 1:
        line = next(x for x in scene.told() if rule(f"{scene.lang}_lost").search(x.text))
        yield Part("originated_at", bodies[0], None, line, line.start + lost.start(), line.start + lost.end())
        return
    strong = [
        p
        for p in named
        if scene.words("attack").search(p.line.text[p.start - p.line.start : p.end - p.line.start + 60])
    ]
    own_kind = next((found for line in scene.told() if (found := _own_kind(scene, line))), None)
    if len(bodies) == 1 and not strong and own_kind and not _by_product(scene):
        line, match = own_kind
        yield Part("originated_at", bodies[0], None, line, *spans(line, match))
        return
    if len(bodies) == 1 and strong and not _by_product(scene):
        yield Part("originated_at", bodies[0], None, strong[0].line, strong[0].start, strong[0].end)


def _own_kind(scene: Scene, line: Line) -> tuple[Line, re.Match[str]] | None:
    """What a body did or lost itself, or an intruder in its own systems."""
    told = kind_patterns(scene.lang)
    kinds = ("unintended_disclosure", "insider", "theft", "loss", "improper_disposal", "misconfiguration")
    match = next((m for kind in kinds if (m := told[kind].search(line.masked))), None)
    match = match or rule("in_its_systems").search(line.text)
    return (line, match) if match and not rule("speaks_of_supplier").search(line.text) else None


def _by_product(scene: Scene) -> bool:
    """Whether the breach came through a product, so that it is not said whose systems were breached."""
    return any(b.role == "software" for b in scene.cast.bodies) and any(
        scene.words("exploited").search(line.text)
        for line in scene.told()
        for _, _, b in line.bodies()
        if scene.cast.bodies[b].role == "software"
    )
