"""Whose systems were breached."""

import re
from collections.abc import Iterator

from outbreach.graph.text.breach import kind_patterns
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.part import Part, is_negated, spans, usable
from outbreach.graph.text.scene import Line, Scene, got


def origins(scene: Scene, hits: list[Part]) -> Iterator[Part]:  # noqa: PLR0912  one branch for each form of words
    """Whose systems were breached: the vendor that was, else the body that was attacked itself."""
    vendors = list(scene.vendors)
    named = [p for p in hits if p.what == "affected"]
    from_vendor = [p for p in named if p.body in vendors]
    for line in scene.told():
        for match in rule(f"{scene.lang}_origin").finditer(line.masked):
            named_there = got(match, "O")
            # “from a supplier of X, Y”: from Y.
            supplier = (v for v in vendors if rule("supplier_noun").search(match[0]) and v != named_there)
            body = next(supplier, named_there)
            system = any(match.groupdict().get(name) for name in ("O5", "O9"))
            if system and body not in vendors:
                continue
            if body is not None and usable(scene, body) and not is_negated(scene, match[0]):
                from_vendor.append(Part("originated_at", body, None, line, *spans(line, match)))
                broken = any(match.groupdict().get(name) for name in ("O3", "O8"))
                if broken and body in vendors and body not in {p.body for p in named}:
                    named.append(from_vendor[-1])
                    yield Part("affected", body, None, line, *spans(line, match))
    seen: set[tuple[int, int]] = set()
    for part in from_vendor:
        if (part.body, part.line.number) not in seen and len(seen) < 4:
            seen.add((part.body, part.line.number))
            yield Part("originated_at", part.body, None, part.line, part.start, part.end)
    if from_vendor or vendors:
        return
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
