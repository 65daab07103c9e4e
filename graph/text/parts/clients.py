"""Whose clients the bodies of an article are: as said, by a list, or because they were hit where their vendor was."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Line, Scene, got, number, patterns
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part, every, is_negated, listed, usable
from outbreach.graph.text.parts.suppliers import cares
from outbreach.graph.text.parts.victims import is_somebody


def clients(scene: Scene, supplies: list[Part]) -> Iterator[Part]:
    """Each supply with its client: as said, else the other bodies of the sentence that are hit, else the one chiefly hit."""
    done: set[tuple[int, int]] = set()
    explicit = {p.body for p in supplies if p.other is not None}
    for part in supplies:
        if part.other is None and part.body in explicit:
            continue
        for client in [part.other] if part.other is not None else _clients_here(scene, part):
            if (part.body, client) not in done and client != part.body and _is_body(scene, client):
                done.add((part.body, client))
                yield Part("supplies", part.body, client, part.line, part.start, part.end)
                if part.other is None:
                    yield from _served_with(scene, part, client, done)
    vendor = scene.vendors[0] if len(scene.vendors) == 1 else _breached_firm(scene)
    for client, line in in_lists(scene):
        if vendor is not None and usable(scene, client) and client not in (vendor, *scene.vendors):
            yield Part("affected", client, None, line, line.start, line.end_at)
            if (vendor, client) not in done:
                done.add((vendor, client))
                scene.vendors = list(dict.fromkeys([*scene.vendors, vendor]))
                yield Part("supplies", vendor, client, line, line.start, line.end_at)
    for line in scene.told():
        told = [*_listed(scene, line, "client_told"), *_announced(scene, line), *_fellows(scene, line)]
        counts = _listed(scene, line, "client_counts")
        counted = [c for c in counts if scene.cast.bodies[c[1]].is_health or (c[0], c[1]) in done]
        for vendor, client, start, end in (*told, *counted):
            words = line.text[start:end]
            hit = rule("said_hit").search(words) and not is_negated(scene, words)
            if (hit or (vendor, client, start, end) in counted) and client not in (vendor, *scene.vendors):
                yield Part("affected", client, None, line, line.start + start, line.start + end)
            if vendor != client and usable(scene, client) and (vendor, client) not in done:
                done.add((vendor, client))
                scene.vendors = list(dict.fromkeys([*scene.vendors, vendor]))
                yield Part("supplies", vendor, client, line, line.start + start, line.start + end)


def in_lists(scene: Scene) -> Iterator[tuple[int, Line]]:
    """The bodies of a list under a heading that says they are those concerned: “Labs whose patients may be affected:”."""
    under = False
    for line in scene.lines:
        alone = rule("client_item").fullmatch(line.masked)
        if under and alone:
            yield number(alone["O"]), line
        elif not (under and len(line.text) < _BEGINNING):
            under = bool(rule("clients_head").search(line.text))


def _served_with(scene: Scene, part: Part, client: int, done: set[tuple[int, int]]) -> Iterator[Part]:
    """The others of the list in which a client stands are hit and served too."""
    for fellow in _siblings(scene, client):
        if (part.body, fellow) not in done:
            done.add((part.body, fellow))
            yield Part("affected", fellow, None, part.line, part.start, part.end)
            yield Part("supplies", part.body, fellow, part.line, part.start, part.end)


def _siblings(scene: Scene, client: int) -> list[int]:
    """Those who care for people and stand in one list with a client, where the sentence tells what happened to all."""
    for line in scene.told():
        if not (scene.words("attack").search(line.text) or rule("was_hit").search(line.text)):
            continue
        for start, end, body in line.bodies():
            together = listed(line.masked, start, end) if body == client else []
            if len(together) >= _LIST and all(usable(scene, b) and cares(scene, b) for b in together):
                return [b for b in together if b not in (client, *scene.vendors)]
    return []


_LIST = 3
"""So many names at least make a list."""


def _is_body(scene: Scene, number: int) -> bool:
    """Not a name of one word that plays no other part, which may be a place."""
    thing = scene.cast.bodies[number]
    known = number in scene.hits or number in scene.vendors or (scene.lang == "fr" and is_somebody(scene, number))
    return known or bool(thing.kind or thing.describer) or " " in (thing.name or " ")


def _listed(scene: Scene, line: Line, name: str) -> Iterator[tuple[int, int, int, int]]:
    """“Among its clients are X and Y”, “a third client, X”, “the data of two practices: X and Y”."""
    for match in every(line, patterns(scene.lang, name)):
        vendor = got(match, "V")
        vendor = _owner(scene, line, match.start()) if vendor is None else vendor
        where = next((n for n in match.groupdict() if re.fullmatch(r"C\d*", n) and match[n]), None)
        if vendor is None or where is None or rule("no_longer").search(line.text[match.start() : match.end() + 40]):
            continue
        for client in listed(line.masked, *match.span(where)):
            yield vendor, client, *match.span()


def _announced(scene: Scene, line: Line) -> Iterator[tuple[int, int, int, int]]:
    """“Two of its clients have come forward.” and then one to a sentence: whom the next sentences begin with."""
    before = next((x for x in scene.lines if x.number == line.number - 1), None)
    further = next((x for x in scene.lines if x.number == line.number - 2), None)
    for head in (before, further):
        match = scene.words("clients_come").search(head.masked) if head and head.paragraph == line.paragraph else None
        if head is None or match is None or (head is further and rule("one_more").search(match[0]) is None):
            continue
        named = got(match, "V")
        vendor = _owner(scene, head, match.start()) if named is None else named
        first = next(((a, b, body) for a, b, body in line.bodies() if a < _BEGINNING), None)
        if vendor is not None and first and first[2] not in scene.vendors:
            yield vendor, first[2], first[0], first[1]


def _breached_firm(scene: Scene) -> int | None:
    """The only body that was hit, where the article speaks of those whom it serves."""
    return scene.hits[0] if len(scene.hits) == 1 else None


_BEGINNING = 12
"""A body that begins within so many characters is the subject of its sentence."""


def _fellows(scene: Scene, line: Line) -> Iterator[tuple[int, int, int, int]]:
    """“Three other clients of its own are hit”: the speaker supplies the body chiefly hit too."""
    others = re.search(r"(?i)autres (?:de ses )?clients|other (?:of its )?(?:clients|customers)", line.text)
    if not others or scene.primary is None:
        return
    speaker = next((b for _, end, b in line.bodies() if end <= others.start() and usable(scene, b)), None)
    if speaker is not None and speaker not in scene.vendors:
        yield speaker, scene.primary, *others.span()


def _owner(scene: Scene, line: Line, at: int) -> int | None:
    """Whose clients “its clients” are: the vendor named before in the sentence, else the one last named before it.

    A company that was hit is one too; and where nobody was named before, who speaks of “our clients”.
    """
    here = [b for _, end, b in line.bodies() if end <= at]
    before = [m.body for m in scene.cast.mentions if m.end <= line.start]
    bodies = [b for b in [*reversed(here), *reversed(before)] if usable(scene, b)]
    vendor = next((b for b in bodies if b in scene.vendors), None)
    if vendor is not None:
        return vendor
    return next((b for b in bodies if b in scene.hits and not scene.cast.bodies[b].is_health), None)


def _clients_here(scene: Scene, part: Part) -> list[int]:
    if rule("possessive").match(part.line.text[max(0, part.start - part.line.start) :]):
        # “its vendor” is the vendor of the subject of that very sentence.
        before = [
            b for _, end, b in part.line.bodies()
            if end <= part.start - part.line.start and b != part.body and usable(scene, b)
        ]  # fmt: skip
        own = [b for b in before if b not in scene.vendors]
        if scene.lang == "fr" and before and not own:
            return before[-1:]  # “X a été attaqué par le biais de son hébergeur, Y”: a chain
        if own and not scene.cast.bodies[own[-1]].is_health:
            own = [b for b in own if b in scene.hits] or own
        if own:
            last = next(
                (a, e) for a, e, b in reversed(part.line.bodies()) if b == own[-1] and e <= part.start - part.line.start
            )
            return [b for b in listed(part.line.masked, *last) if b != part.body] if len(own) > 1 else [own[-1]]
    theirs = rule("of_several").search(part.line.text[part.start - part.line.start : part.end - part.line.start])
    here = [
        b for _, _, b in part.line.bodies()
        if b != part.body and b not in scene.vendors and (b in scene.hits or (theirs and scene.cast.bodies[b].is_health))
    ]  # fmt: skip
    if here:
        return list(dict.fromkeys(here))
    primary = scene.primary
    if primary is None or primary == part.body or primary in scene.vendors:
        # Nobody is said to be hit: whom the sentence names before, as “X pays claims; Y does that for us”.
        first = [b for a, _, b in part.line.bodies() if a < part.start - part.line.start and usable(scene, b)]
        return [b for b in first[:1] if b not in scene.vendors and " " in (scene.cast.bodies[b].name or "")]
    # Those of its kind that a sentence names beside it: “services at X and Y”.
    beside = {
        b
        for line in scene.told()
        if primary in (there := [body for _, _, body in line.bodies()])
        for b in there
        if b in scene.hits and b not in scene.vendors and scene.cast.bodies[b].is_health
    }
    return [primary, *sorted(beside - {primary})]
