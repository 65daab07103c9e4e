"""Clients without a name that words tie to their vendor: “which runs software for GP practices”, “les mutuelles clientes de X”."""

import re
from collections.abc import Iterator
from dataclasses import replace

from outbreach.graph.text.cast.body import Mention
from outbreach.graph.text.cast.scene import SIGN, Line, Scene, got, number, patterns, remask
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.groups import CLIENTS, count_of, is_hit
from outbreach.graph.text.parts.origins import together
from outbreach.graph.text.parts.part import Part, every, is_negated, listed, usable
from outbreach.graph.text.parts.phrase import whole
from outbreach.graph.text.parts.victims import is_place

_GROUP = "\ue7ff"
"""The sign that stands for a group while a sentence is read; no cast has so many bodies."""
_MOST = 2
"""So many groups at most are kept of one article."""


def clientele(scene: Scene, supplies: list[Part]) -> Iterator[Part]:
    """Vendor → a body without a name for each group of clients; and whether it is hit.

    Where the article names clients, only groups that it counts are told of besides.
    """
    named = any(p.other is not None and scene.cast.bodies[p.other].name for p in supplies)
    found: list[tuple[Line, int, int, list[int], bool]] = []
    for line in (*scene.told(), *scene.heading):
        for group in scene.words("clientele").finditer(line.text):
            start, end = group.span()
            if SIGN.search(line.masked[start:end]) or any(_same(line.text[start:end], f) for f in found):
                continue
            counted = bool(group["n"]) and not rule("uncounted").search(group[0])
            if counted and _is_known(scene, group, named):
                continue
            if scene.lang == "fr" and (
                _is_told(scene, group, counted, found) or rule("fr_kind_of_care").search(line.text[:start])
            ):
                continue
            if not counted and (named or rule("the_same_group_en").search(line.text[:start])):
                continue
            vendors = _vendors(scene, line, start, end)
            if not counted:
                vendors = [b for b in vendors if not _gives_care(scene, b)]
            if vendors:
                found.append((line, start, end, vendors, counted))
    if any(counted for *_, counted in found):
        found = [one for one in found if one[-1]]  # those that it counts are those concerned
    for line, start, end, vendors, _ in found[:_MOST]:
        yield from _parts(scene, line, start, end, vendors)
    if found:
        scene.cast.mentions.sort(key=lambda m: m.start)
        remask(scene)


def attacked_instead(parts: list[Part]) -> set[int]:
    """The vendors whose clients were attacked, and not they: “the hack of 1,150 practices that use its software”."""
    return {
        p.body
        for p in parts
        if p.what == "supplies" and rule("attack_on_group").search(p.line.text[: p.start - p.line.start])
    }


def _is_known(scene: Scene, group: re.Match[str], named: bool) -> bool:
    """So few that they are those that the article names; or so many that they are people."""
    count = count_of(re.sub(r"^une (?=\w+aine)", "", group["n"].strip()), scene.lang)
    people = re.search(r"(?i)\b(?:clients|customers)\b", group[0]) is not None
    return count is not None and ((named and count <= _FEW) or (people and count > CLIENTS) or count < _LEAST)


_FEW = 4
"""A group of so many, where the article names clients, is they."""
_LEAST = 2


def _is_told(
    scene: Scene, group: re.Match[str], counted: bool, found: list[tuple[Line, int, int, list[int], bool]]
) -> bool:
    """As many have been told of by other words: “43 cabinets”, then “les 43 praticiens”."""
    if not counted:
        return False
    count = count_of(group["n"].strip(), scene.lang)
    known = (scene.words("clientele").match(line.text, start) for line, start, *_ in found)
    return count is not None and any(m and m["n"] and count_of(m["n"].strip(), scene.lang) == count for m in known)


def _same(words: str, other: tuple[Line, int, int, list[int], bool]) -> bool:
    """The group has been found before, by the same words."""
    line, start, end, *_ = other
    heads = (re.sub(r".* ", "", said.lower()) for said in (words, line.text[start:end]))
    return len(set(heads)) == 1


def _parts(scene: Scene, line: Line, start: int, end: int, vendors: list[int]) -> Iterator[Part]:
    start, end = whole(line.text, start, end) if scene.lang == "fr" else (start, end)
    place = line.start + start, line.start + end
    body = scene.cast.add("organisation", None, described_as=scene.passage.text[slice(*place)])
    scene.cast.mentions.append(Mention(*place, body.number))
    if is_hit(scene.lang, line.text[:start], line.text[end:]) and line.number >= 0 and not is_negated(scene, line.text):
        yield Part("affected", body.number, None, line, *place)
    for vendor in vendors:
        yield Part("supplies", vendor, body.number, line, *place)


def _vendors(scene: Scene, line: Line, start: int, end: int) -> list[int]:
    """Whose clients the group is, as the words of its sentence say."""
    after = next((" " + x.masked for x in scene.lines if x.number == line.number + 1), "")
    read = line.masked[:start] + _GROUP * (end - start) + line.masked[end:]
    if rule("group_owned").search(line.text[:start]):
        return []
    masked = replace(line, masked=read + after)
    for match in every(masked, (*patterns(scene.lang, "clientele_of"), *patterns(scene.lang, "vendor_of"))):
        if _GROUP not in {v[0] for k, v in match.groupdict().items() if v and re.fullmatch(r"C\d*", k)}:
            continue
        where = next((n for n in match.groupdict() if re.fullmatch(r"V\d*", n) and match[n]), None)
        if where is not None:
            vendors = [b for b in listed(masked.masked, *match.span(where)) if b != number(_GROUP)]
        else:
            vendors = [b for b in [_subject(scene, line, match)] if b is not None]
        vendors = [b for b in vendors if _serves(scene, b)]
        if vendors and got(match, "V") != number(_GROUP):
            beside = [b for b in scene.hits if b not in vendors and together(scene, vendors[0], b)]
            return [*vendors, *beside]
    hint = any(
        _GROUP in (m["C"] or "") for regex in patterns(scene.lang, "clientele_hint") for m in regex.finditer(read)
    )
    if not hint:
        return []
    serving = [b for b in dict.fromkeys([*scene.vendors, *scene.hits]) if _serves(scene, b)]
    if scene.lang == "fr":
        here = [b for _, end, b in line.bodies() if b in serving and end <= start]
        return list(dict.fromkeys(here)) or [b for b in serving if b in scene.vendors] or serving
    return serving


def _serves(scene: Scene, body: int) -> bool:
    """A vendor of the incident, or a body that was hit and cares for nobody, or tests or dispenses for others."""
    if not usable(scene, body) or is_place(scene, body):
        return False
    serves = not _gives_care(scene, body) or scene.cast.bodies[body].kind in _SERVICES
    return body in scene.vendors or (body in scene.hits and serves)


def _gives_care(scene: Scene, body: int) -> bool:
    """It cares for people; an insurer does by its name, for who works for insurers is easily taken for one."""
    thing = scene.cast.bodies[body]
    return thing.is_health and (thing.kind != "insurer" or rule("insurer_name").search(thing.name or "") is not None)


_SERVICES = ("laboratory", "pharmacy")


def _subject(scene: Scene, line: Line, match: re.Match[str]) -> int | None:
    """Whom “elle”, “it” or “lui” means: the body last named that serves others."""
    here = [b for _, end, b in line.bodies() if end <= match.start()]
    before = [m.body for m in scene.cast.mentions if m.end <= line.start]
    return next((b for b in [*reversed(here), *reversed(before)] if _serves(scene, b)), None)
