"""Who was hit, in an article: said so in words, said by themselves, or told of as nobody else is."""

import re
from collections.abc import Iterator

from outbreach.graph.text.breach import breach_in
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.part import Part, every, is_negated, listed, spans, usable
from outbreach.graph.text.scene import Line, Scene, got, number, patterns


def victims(scene: Scene, vendors: list[int]) -> list[Part]:
    """The bodies said to be hit; where nobody is in so many words, the health body that announces the breach."""
    found: list[Part] = []
    denied = {}
    lines = [*([scene.title] if scene.title else []), *scene.told()]
    for line in lines:
        for match in every(line, (scene.words("not_hit"),)):
            body = got(match, "O")
            before = line.masked[: match.start()]
            if body is not None and usable(scene, body) and not rule("no_subject_before").search(before):
                denied[body] = Part("not_affected", body, None, line, *spans(line, match))
        for match in every(line, patterns(scene.lang, "hit")):
            body = got(match, "O")
            if body is None or not usable(scene, body) or is_negated(scene, match[0]) or _is_agent(line.masked, match):
                continue
            place = line.start + match.start(), line.start + match.end()
            where = next(n for n in match.groupdict() if n.startswith("O") and match[n])
            starts = match.start(where) == match.start()
            for one in listed(line.masked, *match.span(where)) if starts else [body]:
                if one == body or rule("all_of_them").search(match[0]):
                    found.append(Part("affected", one, None, line, *place))
            found.extend(_joined(line, match, body))
    own = _own_words(scene)
    found.extend(own)
    health = [p for p in found if scene.cast.bodies[p.body].is_health and p.body not in vendors]
    if not health:
        found.extend(_announced(scene, vendors))
    kept = [p for p in found if p.body not in denied and _may_be_hit(scene, p)]
    if not any(p.line.number >= 0 and p.body not in vendors for p in kept):
        kept.extend(
            p for p in _salient(scene, vendors) if p.body not in denied and p.body not in {k.body for k in kept}
        )
    return [*kept, *denied.values()]


def _is_agent(text: str, match: re.Match[str]) -> bool:
    """“A server hosted by X was hacked”: X is who hosts it."""
    name = next((n for n in match.groupdict() if n.startswith("O") and match[n]), None)
    before = text[: match.start(name)] if name else ""
    if (
        re.search(r"(?i)(?:^|[ ,])(?:à|en|in|near|outside|près de) $", before)
        and name
        and text[match.end(name) :][:1] in (",", ")")
    ):
        return True  # “…, à Tours, …”: where it is
    return bool(rule("agent_before").search(before))


def _joined(line: Line, match: re.Match[str], body: int) -> Iterator[Part]:
    """“… at X and Y”: a body joined to one that is hit."""
    after = line.masked[match.end() :] if line.masked[match.end() - 1] == match["O"][-1] else ""
    for other in rule("joined_bodies").finditer(after):
        for sign in dict.fromkeys(re.findall("[\ue000-\ue7ff]", other[0])):
            if number(sign) != body:
                yield Part(
                    "affected",
                    number(sign),
                    None,
                    line,
                    line.start + match.start(),
                    line.start + match.end() + other.end(),
                )


def _may_be_hit(scene: Scene, part: Part) -> bool:
    """A maker of a product, or a security firm that only speaks, is not hit by standing near an attack."""
    body = scene.cast.bodies[part.body]
    if body.kind == "media":
        return False
    return not rule("security_firm").search(body.describer or "")


def _own_words(scene: Scene) -> list[Part]:
    """“Our company was hit”, said by one of whom the sentence says that it speaks."""
    found = []
    for line in scene.told():
        match = scene.words("own_words").search(line.text)
        if not match:
            continue
        quoted = line.masked[match.start() :]
        speaker = re.search("([\ue000-\ue7ff])\\1*", quoted)
        if speaker and scene.words("speech").search(quoted):
            found.append(Part("affected", number(speaker[0][0]), None, line, *spans(line, match)))
    return found


def _announced(scene: Scene, vendors: list[int]) -> Iterator[Part]:
    for line in scene.told():
        place = breach_in(scene, line.masked) or scene.words("attack").search(line.text)
        loose = None if place else rule("was_hit").search(line.text)
        if not (place or loose):
            continue
        for match in every(line, (scene.words("announced"),)):
            body = got(match, "O")
            if body is None or not usable(scene, body) or body in vendors:
                continue
            if place or scene.cast.bodies[body].is_health:
                at = place or loose or match
                yield Part("affected", body, None, line, line.start + at.start(), line.start + at.end())
                return


def _salient(scene: Scene, vendors: list[int]) -> Iterator[Part]:
    """Where no words say outright who was hit: the body that an article of a disclosure is about.

    It is named in the title or the first sentences, in a sentence with the disclosure or more than once, and cares for
    people, or is the only body of the article.
    """
    told = list(scene.told())
    disclosing = [line for line in told if breach_in(scene, line.masked) and not _is_no_disclosure(scene, line)]
    if not disclosing:
        return
    lines = [*([scene.title] if scene.title else []), *told]
    seen: dict[int, list[Line]] = {}
    for line in lines:
        for _, _, body in line.bodies():
            if (
                usable(scene, body)
                and scene.cast.bodies[body].kind != "media"
                and line not in seen.setdefault(body, [])
            ):
                seen[body].append(line)
    early = {
        b: places for b, places in seen.items() if places[0].number <= 2 and b not in vendors and _is_told_of(scene, b)
    }
    health = [b for b in early if scene.cast.bodies[b].is_health]
    chosen = health or [b for b in early if len(early[b]) > 1 or any(line in disclosing for line in early[b])]
    if not chosen:
        return
    body = max(chosen, key=lambda b: (len(early[b]), -early[b][0].number))
    line = next((x for x in early[body] if x in disclosing), None) or early[body][0]
    match = breach_in(scene, line.masked) or re.search(".+", line.text)
    place = next((start, end) for start, end, b in line.bodies() if b == body)
    begin, stop = (match.start(), match.end()) if match and line in disclosing else place
    yield Part("affected", body, None, line, line.start + begin, line.start + stop)


def _is_told_of(scene: Scene, body: int) -> bool:
    """A place, or a name of one word that no sentence makes act or own anything, is nobody."""
    thing = scene.cast.bodies[body]
    if thing.kind or thing.describer or " " in (thing.name or ""):
        return True
    speech = scene.words("speech").pattern
    mark = next(
        m[0][0]
        for line in (*scene.lines, *([scene.title] if scene.title else []))
        for m in re.finditer("[\ue000-\ue7ff]", line.masked)
        if number(m[0]) == body
    )
    acts = re.compile(rf"{mark}(?:,[^,.;]{{0,80}},)? (?:a |ont |has |have |had )?(?:\w+ )?(?:{speech})", re.IGNORECASE)
    said = re.compile(rf"[,»\"”] ?(?:a |ont )?(?:{speech})\w*(?: \w+)? (?:la |le |l'|the )?{mark}", re.IGNORECASE)
    return any(acts.search(line.masked) or said.search(line.masked) for line in scene.lines)


def _is_no_disclosure(scene: Scene, line: Line) -> bool:
    return bool(scene.words("no_disclosure").search(line.text))
