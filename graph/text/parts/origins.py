"""Whose systems were breached."""

import re
from collections.abc import Callable, Iterator

from outbreach.graph.text.cast.scene import Line, Scene, got, number, patterns
from outbreach.graph.text.facts.breach import kind_patterns
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part, every, is_negated, listed, spans
from outbreach.graph.text.parts.struck import struck as in_systems
from outbreach.graph.text.parts.suppliers import went_wrong_at


def origins(scene: Scene, hits: list[Part], supplies: list[Part], belonging: list[Part]) -> Iterator[Part]:
    """Whose systems were breached: the vendor that was, else the body that was attacked itself."""
    vendors = list(scene.vendors)
    named = [p for p in hits if p.what == "affected"]
    entered = any(scene.words("vendor_login").search(x.masked) or rule("by_login").search(x.text) for x in scene.told())
    at_vendor = _at_vendors(scene, named, supplies, entered)
    for part in at_vendor:
        yield Part("affected", part.body, None, part.line, part.start, part.end)
        yield part
    if at_vendor:
        return
    inside = [p for p in in_systems(scene) if p.body in {q.body for q in named}]
    if inside:
        yield from inside
        return
    struck = _struck(scene, belonging)
    own = [p for p in named if p.body == struck and p.body not in vendors]
    aside = all(_stays_aside(scene, part) or _only_serves(scene, part) for part in supplies)
    if own and (not vendors or entered or aside) and (entered or _alone(scene, hits)):
        found = list(_own(scene, own))
        yield from found
        beside = [
            p for p in named if found and p.body != struck and p.body not in vendors and together(scene, struck, p.body)
        ]
        for body in dict.fromkeys(p.body for p in beside):
            part = next(p for p in beside if p.body == body)
            yield Part("originated_at", body, None, part.line, part.start, part.end)


def _alone(scene: Scene, hits: list[Part]) -> bool:
    """Whether one body is hit and no supplier is spoken of: else the words must say whose systems were breached."""
    others = [b for b in scene.hits if b not in scene.vendors and b != scene.primary]
    if others:
        return False
    spoken = [line for line in scene.told() if rule("speaks_of_supplier").search(line.text)]
    if not spoken:
        return True
    cares = scene.primary is not None and scene.cast.bodies[scene.primary].is_health
    spared = {p.body for p in hits if p.what == "not_affected"}
    return (
        scene.lang == "fr" and cares and set(scene.vendors) <= spared and not any(_may_be_at(scene, x) for x in spoken)
    )


def _may_be_at(scene: Scene, line: Line) -> bool:
    """Whether the supplier that a French sentence speaks of may be where the breach was.

    Not so one that is cleared or only helped, suppliers at large, and one of which nothing is said but what it does.
    """
    if rule("fr_supplier_apart").search(line.text):
        return False
    if not rule("fr_one_supplier").search(line.text):
        return False
    wrong = (scene.words("attack"), rule("went_wrong"), rule("was_hit"), rule("fr_owned_supplier"))
    return any(regex.search(line.text) for regex in wrong)


def _struck(scene: Scene, belonging: list[Part]) -> int | None:
    """Of a group and its hospital that are both hit, the group by hackers, the hospital by what happens in a house."""
    whole = {p.body: p.other for p in belonging if p.body in scene.hits and p.other in scene.hits}
    hacked = any(rule("from_outside").search(line.text) for line in scene.told())
    primary = scene.primary
    if hacked:
        above = whole.get(primary) if primary is not None else None
        often = sum(m.body == above for m in scene.cast.mentions) > _IN_PASSING
        return above if above is not None and often else primary
    parts = [part for part, of in whole.items() if of == primary]
    return parts[0] if len(parts) == 1 else primary


_IN_PASSING = 2
"""A group named no more often than so is no more than the owner."""


def together(scene: Scene, first: int | None, other: int) -> bool:
    """Two companies that were hit, care for nobody and are named in one breath, were each breached."""
    bodies = [scene.cast.bodies[b] for b in (first, other) if b is not None]
    if len(bodies) < 2 or any(b.is_health or b.name is None for b in bodies):
        return False
    places = ((line, a, e) for line in scene.told() for a, e, b in line.bodies() if b == first)
    return any(other in listed(line.masked, a, e) for line, a, e in places)


def _only_serves(scene: Scene, supply: Part) -> bool:
    """A vendor that installs, moves, maintains or advises, and keeps no data itself, as its sentences say."""
    lines = [x for x in scene.told() if any(b == supply.body for _, _, b in x.bodies())]
    return any(rule("services_only").search(x.text) for x in (supply.line, *lines))


def _in_own_systems(scene: Scene) -> bool:
    """Whether it is said of the systems of the body hit that something was wrong there."""
    for line in scene.told():
        for match in rule("own_systems").finditer(line.masked):
            if number(match["O"] or match["P"]) == scene.primary and not is_negated(scene, line.text):
                return True
    return False


def _stays_aside(scene: Scene, supply: Part) -> bool:
    """A vendor without a name, or of whom it is said at once that nothing happened there."""
    words = " ".join(x.text for x in scene.lines if 0 <= x.number - supply.line.number < 3)
    said = rule("stayed_out").search(words) and not rule("others_spared").search(words)
    return scene.cast.bodies[supply.body].name is None or bool(said)


def _at_vendors(scene: Scene, named: list[Part], supplies: list[Part], entered: bool) -> list[Part]:
    """The vendor that was breached, as words say or else as it keeps the data; in a chain, the furthest from the patients."""
    hit = [p for p in named if p.body in scene.vendors]
    told = [*_told(scene), *_told_of_it(scene), *_nameless(scene, supplies)]
    told += [p for p in in_systems(scene) if p.body in scene.vendors]
    found = [*hit, *told]
    if (
        not told
        and not (entered and scene.lang == "fr")
        and not any(scene.words("attack").search(p.line.text) for p in hit)
    ):
        # Of a chain is told because it began at its end.
        found += [p for p in supplies if p.other in scene.vendors and (not hit or not _stays_aside(scene, p))]
    if entered and scene.lang == "fr" and not found:
        found = [p for p in supplies if any(q.other == p.body for q in supplies)]  # whose vendor’s account it was
    inside = scene.lang == "fr" and any(p.body not in scene.vendors for p in in_systems(scene))
    if not found and not entered and not inside and not _by_product(scene) and not _in_own_systems(scene):
        found = [p for p in supplies if not _only_serves(scene, p) and not _stays_aside(scene, p)]
    struck = {p.body for p in found}
    found += [q for q in supplies if q.other in struck and _by_way_of(scene, q)]
    above = {(p.body, p.other) for p in supplies}
    bodies = {p.body for p in found}
    last = {b for b in bodies if not any((other, b) in above for other in bodies)}
    kept: dict[tuple[int, int], Part] = {}
    for p in found:
        if p.body in last:
            kept.setdefault((p.body, p.line.number), Part("originated_at", p.body, None, p.line, p.start, p.end))
    return list(kept.values())[:4]


def _by_way_of(scene: Scene, supply: Part) -> bool:
    """“X a été attaqué par le biais de son hébergeur, Y”: it began at Y."""
    ahead = supply.line.text[: supply.start - supply.line.start]
    return scene.lang == "fr" and rule("fr_by_way_of").search(ahead) is not None


def _told(scene: Scene) -> Iterator[Part]:
    """Vendors of which a sentence says that they were breached."""
    for line in (*scene.heading, *scene.told()):
        for match in every(line, patterns(scene.lang, "breached_at")):
            body = got(match, "V")
            # “A server hosted by X was hacked”, “a password stolen from X”
            ahead = line.masked[: match.start("V")]
            aside = match.start("V") == match.start() and rule("agent_before").search(ahead) is not None
            aside = aside or any(rule(r).search(ahead) for r in ("of_login", "neither_before"))
            if body not in scene.vendors and (after := rule("named_so").match(line.masked, match.end())):
                body = number(after["V"])  # “from a supplier of X, Y”
            if body in scene.vendors and not aside and not is_negated(scene, match[0]):
                yield Part("originated_at", body, None, line, *spans(line, match))


def _told_of_it(scene: Scene) -> Iterator[Part]:
    """“It was hacked in May”, after a sentence on one vendor; and a vendor that ran the product that was exploited."""
    by_product = _by_product(scene)
    for line in scene.told():
        again = rule("it_was_breached").search(line.text)
        before = next((x for x in scene.lines if x.number == line.number - 1), None)
        there = {b for _, _, b in before.bodies() if b in scene.vendors} if before else set()
        if again and len(there) == 1:
            yield Part("originated_at", next(iter(there)), None, line, *spans(line, again))
        for match in every(line, patterns(scene.lang, "product_used")) if by_product else ():
            user = got(match, "O")
            if user is not None and user in scene.vendors:
                yield Part("originated_at", user, None, line, *spans(line, match))


def _nameless(scene: Scene, supplies: list[Part]) -> Iterator[Part]:
    """A supplier without a name, of which is told because it was breached."""
    for part in supplies:
        words = part.line.text
        aside = any(rule(r).search(words) for r in ("by_login", "stayed_out", "for_payments", "services_only"))
        own = rule("possessive").search(words[: part.end - part.line.start]) and rule("went_wrong").search(words)
        if rule("found_it").match(words[part.end - part.line.start :]):
            continue  # it only saw what had happened
        alerted = rule("alerted_by").search(words[: part.start - part.line.start])
        place = part.start - part.line.start, part.end - part.line.start
        if (
            scene.cast.bodies[part.body].name is None
            and not aside
            and ((own and not alerted) or went_wrong_at(scene, part.line, *place))
        ):
            yield part


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
    if (
        scene.lang == "en"
        and scene.guessed
        and not strong
        and not any(rule("from_outside").search(x.text) for x in scene.told())
    ):
        return  # neither who was hit nor by whom is said: right in less than half
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
    if any(rule("by_other_product").search(line.text) for line in scene.told()):
        return True
    return any(
        scene.words("exploited").search(line.text)
        and any((thing := scene.cast.bodies[b]).role == "software" and not thing.known for _, _, b in line.bodies())
        for line in scene.told()
    )
