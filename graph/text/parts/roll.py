"""Rolls of an article: the clients that it says to be hit one after the other, in a sentence, in bullets, or one to a sentence."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Line, Scene, number
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part, usable
from outbreach.graph.text.parts.suppliers import cares
from outbreach.graph.text.parts.victims import is_place


def roll(scene: Scene, supplies: list[Part]) -> Iterator[Part]:
    """Each body of a roll is hit, and served by the vendor whose clients they are, where that is one."""
    known = {(p.body, p.other) for p in supplies}
    seen: set[int] = set()
    for line, start, end, body, vendor in _entries(scene, supplies):
        if body in seen or body == vendor or not usable(scene, body) or is_place(scene, body):
            continue
        if body in scene.vendors or rule("responder_name").search(scene.cast.bodies[body].name or ""):
            continue
        seen.add(body)
        yield Part("affected", body, None, line, start, end)
        if vendor is not None and (vendor, body) not in known:
            scene.vendors = list(dict.fromkeys([*scene.vendors, vendor]))
            yield Part("supplies", vendor, body, line, start, end)


_Entry = tuple[Line, int, int, int, int | None]


def _entries(scene: Scene, supplies: list[Part]) -> Iterator[_Entry]:
    """(sentence, start, end, body, vendor) of each entry of each roll."""
    lines = scene.lines
    if scene.lang == "fr":
        yield from _french(scene, supplies)
        return
    for line in scene.told():
        for head in rule("en_roll_head").finditer(line.masked):
            vendor = _whose(scene, head[0], supplies)
            for at, end, body in _run(line, head.end(), scene.lang):
                yield line, line.start + at, line.start + end, body, vendor
        for told in rule("en_another_client").finditer(line.masked):
            vendor = _whose(scene, told[0] + line.masked[told.end() :], supplies)
            at, end = told.span("C")
            yield line, line.start + at, line.start + end, number(told["C"][0]), vendor
        if rule("en_roll_bullets").search(line.masked):
            vendor = _whose(scene, line.masked, supplies)
            for item in lines[line.number + 1 :]:
                first = rule("en_roll_item").match(item.masked)
                if first is None:
                    break
                at, end = first.span("O")
                yield item, item.start + at, item.start + end, number(first["O"][0]), vendor
        if come := rule("en_some_came").search(line.masked):
            vendor = _whose(scene, come[0], supplies)
            if vendor is not None:
                yield from _one_each(scene, line, vendor)


def _french(scene: Scene, supplies: list[Part]) -> Iterator[_Entry]:
    """“Trois donneurs d'ordre se sont fait connaître : A, B et C”, where they have a vendor."""
    for line in scene.told():
        for head in rule("fr_roll_head").finditer(line.masked):
            vendor = _whose(scene, head[0], supplies)
            if vendor is not None:
                for at, end, body in _run(line, head.end(), scene.lang):
                    yield line, line.start + at, line.start + end, body, vendor


def _run(line: Line, at: int, lang: str) -> Iterator[tuple[int, int, int]]:
    """The bodies of a run of names that begins at a place: “A; B, Ohio; C (1,200 patients) and D”."""
    name = rule(f"{lang}_roll_name")
    while found := name.match(line.masked, at):
        start, end = found.span("O")
        yield start, end, number(found["O"][0])
        at = found.end()


def _one_each(scene: Scene, line: Line, vendor: int) -> Iterator[_Entry]:
    """“Two have gone public so far.” and then one to a sentence, whom each begins with."""
    for item in scene.lines[line.number + 1 : line.number + 1 + _MOST]:
        if item.paragraph != line.paragraph:
            return
        first = next(iter(item.bodies()), None)
        if first is None or first[0] > 0 or not usable(scene, first[2]) or first[2] == vendor:
            return
        yield item, item.start, item.start + first[1], first[2], vendor


_MOST = 4


def _whose(scene: Scene, said: str, supplies: list[Part]) -> int | None:
    """Whose clients a roll has: the firm that its head names, else the one vendor, else the one firm that was hit."""
    named = [number(m[1]) for m in re.finditer("([\ue000-\ue7ff])\\1*", said)]
    firms = [b for b in named if is_firm(scene, b)]
    if len(set(firms)) == 1:
        return firms[0]
    if len(scene.vendors) == 1:
        firms = (
            [p.other for p in supplies if p.other is not None and not cares(scene, p.other)]
            if scene.lang == "fr"
            else []
        )
        return firms[0] if len(firms) == 1 else scene.vendors[0]  # of a chain it is the one that care deals with
    hit = [b for b in scene.hits if is_firm(scene, b)]
    return hit[0] if len(hit) == 1 and not scene.vendors else None


def is_firm(scene: Scene, body: int) -> bool:
    """An organisation with a name that cares for nobody."""
    thing = scene.cast.bodies[body]
    return usable(scene, body) and bool(thing.name) and not cares(scene, body) and not is_place(scene, body)
