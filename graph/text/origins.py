"""Whose systems were breached."""

import re
from collections.abc import Callable, Iterator

from outbreach.graph.text.breach import kind_patterns
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.part import Part, every, is_negated, spans
from outbreach.graph.text.scene import Scene, got, patterns


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
    own = [p for p in named if p.body == scene.primary and p.body not in vendors]
    entered = any(scene.words("vendor_login").search(x.masked) or rule("by_login").search(x.text) for x in scene.told())
    aside = all(_stays_aside(scene, part) for part in supplies)
    if own and (not vendors or entered or aside):
        yield from _own(scene, own)


def _stays_aside(scene: Scene, supply: Part) -> bool:
    """A vendor without a name, or of whom it is said at once that nothing happened there."""
    follows = next((x.text for x in scene.lines if x.number == supply.line.number + 1), "")
    words = f"{supply.line.text} {follows}"
    said = rule("stayed_out").search(words) and not rule("others_spared").search(words)
    return scene.cast.bodies[supply.body].name is None or bool(said)


def _at_vendors(scene: Scene, named: list[Part], supplies: list[Part]) -> list[Part]:
    """The vendor that was breached, by all words that say so; in a chain, the one that is furthest from the patients."""
    found = [
        Part("originated_at", p.body, None, p.line, p.start, p.end) for p in named if p.body in scene.vendors
    ]  # fmt: skip
    for line in (*([scene.title] if scene.title else []), *scene.told()):
        for match in every(line, patterns(scene.lang, "breached_at")):
            body = got(match, "V")
            hosts = rule("agent_before").search(line.masked[: match.start("V")])  # “a server hosted by X was hacked”
            if body in scene.vendors and not hosts and not is_negated(scene, match[0]):
                found.append(Part("originated_at", body, None, line, *spans(line, match)))
    for part in supplies:
        nameless = scene.cast.bodies[part.body].name is None
        if nameless and not any(rule(r).search(part.line.text) for r in ("by_login", "stayed_out", "for_payments")):
            found.append(Part("originated_at", part.body, None, part.line, part.start, part.end))
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
    """The body hit itself, by what it did or lost or by an intruder in its systems; not where its product was opened."""
    wordings: list[Callable[[str], re.Match[str] | None]] = [
        rule("own_doing").search,
        rule(f"{scene.lang}_lost").search,
    ]
    if not _by_product(scene):
        wordings.append(lambda text: _own_kind(scene, text))
    for line in scene.told():
        told = next((m for wording in wordings if (m := wording(line.text))), None)
        if told:
            yield Part("originated_at", named[0].body, None, line, *spans(line, told))
            return
    if _by_product(scene):
        return
    strong = [
        p
        for p in named
        if scene.words("attack").search(p.line.text[p.start - p.line.start : p.end - p.line.start + 60])
    ]
    part = (strong or named)[0]
    yield Part("originated_at", part.body, None, part.line, part.start, part.end)


def _own_kind(scene: Scene, text: str) -> re.Match[str] | None:
    """What a body did or lost itself, or an intruder in its own systems."""
    told = kind_patterns(scene.lang)
    kinds = ("unintended_disclosure", "insider", "theft", "loss", "improper_disposal", "misconfiguration")
    match = next((m for kind in kinds if (m := told[kind].search(text))), None)
    match = match or rule("in_its_systems").search(text)
    return match if match and not rule("speaks_of_supplier").search(text) else None


def _by_product(scene: Scene) -> bool:
    """Whether the breach came through a product of the body hit, or one for files that often stands elsewhere.

    Then it is not said whose systems were breached.
    """
    return any(
        scene.words("exploited").search(line.text)
        and any(
            (thing := scene.cast.bodies[b]).role == "software"
            and (not thing.known or thing.category == "file_transfer")
            for _, _, b in line.bodies()
        )
        for line in scene.told()
    )
