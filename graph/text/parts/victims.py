"""Who was hit, in an article: said so in words, said by themselves, or told of as nobody else is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from outbreach.graph.text.cast.body import Mention
from outbreach.graph.text.cast.nameless import nameless
from outbreach.graph.text.cast.scene import Line, Scene, got, number, pattern, patterns, remask
from outbreach.graph.text.facts.breach import breach_in
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.page.writer import writer_of
from outbreach.graph.text.parts.makers import hit_makers
from outbreach.graph.text.parts.part import Part, every, is_negated, listed, spans, usable
from outbreach.graph.text.parts.struck import struck


def victims(scene: Scene, vendors: list[int]) -> list[Part]:
    """The bodies said to be hit; where nobody is in so many words, the body that the article is about."""
    _firms_named_as_products(scene)
    _ordinals(scene)
    scene.writer = writer_of(scene) if scene.writer is None else scene.writer
    scene.letter = scene.letter or scene.writer is not None
    lines = [*scene.heading, *scene.told()]
    denied = {part.body: part for line in lines for part in _said_spared(scene, line)}
    found = [part for line in lines for part in _said_hit(scene, line)]
    found.extend(_headed(scene))
    found.extend(_entered(scene))
    found.extend(_own_words(scene))
    found.extend(_written(scene))
    found.extend(hit_makers(scene))
    if not any(scene.cast.bodies[p.body].is_health and p.body not in vendors for p in found):
        found.extend(_announced(scene, vendors))
    for body, part in _systems_spared(scene):
        if body not in {p.body for p in found} and body != scene.primary:
            denied.setdefault(body, part)
    kept = [p for p in found if p.body not in denied and _may_be_hit(scene, p)]
    known = {*denied, *(p.body for p in kept)}
    if not any(p.line.number >= 0 and p.body not in vendors for p in kept):
        kept.extend(p for p in _salient(scene, vendors, set(denied)) if p.body not in known)
    else:
        if not any(scene.cast.bodies[b].is_health for b in known):
            kept.extend(p for p in _whose_paper(scene) if p.body not in known)
        kept.extend(p for p in _chief(scene, vendors) if p.body not in known)
    if not kept and not any(b.role == "organisation" and b.described_as and b.is_health for b in scene.cast.bodies):
        kept.extend(nameless(scene))
    return [*kept, *denied.values()]


def _entered(scene: Scene) -> Iterator[Part]:
    """Whose systems a French article says that somebody was in: it is hit."""
    if scene.lang == "fr":
        for part in struck(scene):
            yield replace(part, what="affected")


def together(scene: Scene, hit: list[Part]) -> Iterator[Part]:
    """“X et Y”, of whom the article speaks as “les deux sociétés”: where one is hit, so is the other."""
    lines = [*scene.heading, *scene.told()]
    if scene.lang != "fr" or not any(rule("fr_both").search(line.text) for line in lines):
        return
    known = {p.body for p in hit}
    for line in lines:
        bodies = [one for one in line.bodies() if usable(scene, one[2])]
        for (_, end, first), (start, _, second) in pairwise(bodies):
            both = {first, second}
            joined = rule("fr_and").fullmatch(line.masked[end:start])
            if joined and len(both & known) == 1 and len(both) == 2 and any(is_somebody(scene, b) for b in both):
                (other,) = both - known
                known.add(other)
                yield _named_in(scene, other, [line])


def _said_spared(scene: Scene, line: Line) -> Iterator[Part]:
    for match in every(line, (scene.words("not_hit"),)):
        body = got(match, "O")
        before = line.masked[: match.start()]
        owns = re.match("[\ue000-\ue7ff]+(?:'s?|’s?) ", match[0])  # “X's portal was not involved” spares the portal
        if body is not None and usable(scene, body) and not owns and not rule("no_subject_before").search(before):
            yield Part("not_affected", body, None, line, *spans(line, match))


def _said_hit(scene: Scene, line: Line) -> Iterator[Part]:
    for match in every(line, patterns(scene.lang, "hit")):
        body = got(match, "O")
        if body is None or not usable(scene, body) or is_negated(scene, match[0]) or _is_agent(line.masked, match):
            continue
        where = next(n for n in match.groupdict() if n.startswith("O") and match[n])
        if rule("product_before").search(line.masked[: match.start(where)]):
            continue
        if rule("the_product").fullmatch(line.text[slice(*match.span(where))]):
            continue  # “dont le logiciel a laissé fuir …”
        if rule("spared_after").search(line.masked[match.end() :]) or _only_named(scene, line, match, body):
            continue
        place = spans(line, match)
        starts = match.start(where) == match.start()
        for one in listed(line.masked, *match.span(where)) if starts else [body]:
            if one == body or rule("all_of_them").search(match[0]):
                yield Part("affected", one, None, line, *place)
        yield from _joined(line, match, body)
    if scene.lang == "fr" and (subject := rule("fr_hit_subject").match(line.masked)):
        for mark in dict.fromkeys(re.findall("[\ue000-\ue7ff]", subject["run"])):
            yield Part("affected", number(mark), None, line, *spans(line, subject))
    for match in every(line, patterns(scene.lang, "hit_list")):
        where = next(n for n in match.groupdict() if n.startswith("O") and match[n])
        run = rule("hit_run").match(line.masked[match.start(where) :])
        signs = dict.fromkeys(re.findall("[\ue000-\ue7ff]", run[0] if run else ""))
        for one in [number(s) for s in signs] or listed(line.masked, *match.span(where)):
            if usable(scene, one) and not is_negated(scene, match[0]):
                yield Part("affected", one, None, line, *spans(line, match))


def _only_named(scene: Scene, line: Line, match: re.Match[str], body: int) -> bool:
    """“Records of X were not among the files”; “X said the breach shows …”, of one that the beginning does not name."""
    if scene.lang != "en":
        return False
    if rule("en_spared_next").match(line.masked[match.end() :]):
        return True
    before, early = line.text[: match.start()], (*scene.heading, *scene.lines[:_OPENING])
    if rule("en_no_other_before").search(before):
        return True  # “no other clients of X were hit”
    return rule("en_says_the").search(match[0]) is not None and all(b != body for x in early for _, _, b in x.bodies())


def _is_agent(text: str, match: re.Match[str]) -> bool:
    """“A server hosted by X was hacked”: X is who hosts it."""
    name = next((n for n in match.groupdict() if n.startswith("O") and match[n]), None)
    before = text[: match.start(name)] if name else ""
    if name and text[match.end(name) :][:1] == "," and rule("fr_in_apposition").search(before):
        return True  # “X, une clinique de Y, a été …”: it is X
    if (
        re.search(r"(?i)(?:^|[ ,])(?:à|en|in|near|outside|près de) $|[\ue000-\ue7ff], (?:de |d'|of |from )$", before)
        and name
        and text[match.end(name) :][:1] in (",", ")")
    ):
        return True  # “…, à Tours, …”: where it is
    if name and rule("after_name").search(before) and rule("then_acts").match(text[match.end(name) :]):
        return True  # “X Hospital, Athlone, said …”
    if name and rule("in_relative").search(before) and text[match.end(name) :][:1] == ",":
        return True  # “Y, which also uses X, said …”
    return bool(rule("agent_before").search(before))


def _joined(line: Line, match: re.Match[str], body: int) -> Iterator[Part]:
    """“… at X and Y”: a body joined to one that is hit."""
    after = line.masked[match.end() :] if line.masked[match.end() - 1] == match["O"][-1] else ""
    for other in rule("joined_bodies").finditer(after):
        for mark in dict.fromkeys(re.findall("[\ue000-\ue7ff]", other[0])):
            if number(mark) != body:
                yield Part(
                    "affected",
                    number(mark),
                    None,
                    line,
                    line.start + match.start(),
                    line.start + match.end() + other.end(),
                )


def _may_be_hit(scene: Scene, part: Part) -> bool:
    """A maker of a product, or a security firm that only speaks, is not hit by standing near an attack."""
    body = scene.cast.bodies[part.body]
    if body.kind == "media" or is_place(scene, part.body) or rule("no_victim").search(body.name or ""):
        return False
    if scene.lang == "fr" and rule("fr_no_victim").search(body.name or ""):
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


def _systems_spared(scene: Scene) -> Iterator[tuple[int, Part]]:
    """“X says that its own systems are not involved”: it is spared where nothing else says that it was hit.

    Not so one that an English article begins with: its data were at another's."""
    early = (
        {b for x in (*scene.heading, *scene.lines[:_OPENING]) for _, _, b in x.bodies()} if scene.lang == "en" else ()
    )
    for line in scene.told():
        for match in every(line, (scene.words("not_its_systems"),)):
            body = got(match, "O")
            if body is not None and usable(scene, body) and body not in early:
                yield body, Part("not_affected", body, None, line, *spans(line, match))


def _firms_named_as_products(scene: Scene) -> None:
    """“The platform X says …”, “X’s president”: a service that speaks, or is asked, is the firm of that name."""
    acting = {got(m, "O") for line in scene.lines for m in _does(scene.lang).finditer(line.masked)}
    changed = False
    for thing in scene.cast.bodies:
        if thing.role == "software" and thing.known is None and thing.name and thing.number in acting:
            thing.role, changed = "organisation", True
    if changed:
        remask(scene)


def _ordinals(scene: Scene) -> None:
    """“The first has written to its patients; the second …”: the two bodies of the sentence before."""
    found = []
    for line in scene.lines:
        pair: list[int] = []
        for before in reversed(
            [x for x in scene.lines[max(0, line.number - 2) : line.number] if x.paragraph == line.paragraph]
        ):
            pair = pair or list(dict.fromkeys(b for _, _, b in before.bodies() if usable(scene, b)))
        for match in rule("ordinal").finditer(line.masked):
            if len(pair) >= 2:
                body = pair[-2] if match["one"] else pair[-1]
                found.append(Mention(line.start + match.start(), line.start + match.end(), body))
    if found:
        scene.cast.mentions.extend(found)
        scene.cast.mentions.sort(key=lambda m: m.start)
        remask(scene)


def lead(scene: Scene, place: int | None = None) -> list[Part]:
    """The body of a story of a digest, named at a place or first: it is told of for what befell it."""
    named = [(line.start + s, b) for line in scene.lines for s, _, b in line.bodies()]
    there = (b for s, b in named if s == place and usable(scene, b))
    body = next(iter([*there, *(b for _, b in named if is_somebody(scene, b))]), None)
    if body is None:
        return []
    scene.hits.append(body)
    return [_named_in(scene, body, scene.lines)]


def _headed(scene: Scene) -> Iterator[Part]:
    """The bodies of a title that is nothing but their names: an entry of a chronology of breaches."""
    title = scene.title
    if title is None or scene.lang != "en" or not rule("names_only").fullmatch(title.masked):
        return
    for start, end, body in title.bodies():
        if usable(scene, body):
            yield Part("affected", body, None, title, title.start + start, title.start + end)


def _written(scene: Scene) -> Iterator[Part]:
    """Who writes “we” of what befell it, and on whose behalf it writes."""
    if scene.writer is None:
        return
    told = [line for line in scene.told() if _tells(scene, line)]
    line = next(iter([*told, *scene.lines]))
    yield Part("affected", scene.writer, None, line, line.start, line.end_at)
    for line in scene.lines:
        match = rule("on_behalf").search(line.masked)
        client = got(match, "O") if match else None
        if match and client is not None and usable(scene, client) and client != scene.writer:
            yield Part("affected", client, None, line, *spans(line, match))


def _tells(scene: Scene, line: Line) -> bool:
    """Whether a sentence tells of a disclosure, and does not only deny one."""
    return bool(breach_in(scene, line.masked)) and not scene.words("no_disclosure").search(line.text)


def _salient(scene: Scene, vendors: list[int], spared: set[int]) -> Iterator[Part]:
    """Where no words say outright who was hit: the body that an article of a disclosure is about."""
    told = list(scene.told())
    lines = [*scene.heading, *told]
    telling = [line for line in lines if _tells(scene, line)]
    for words in ("attack", "wrongdoing"):
        telling = telling or [line for line in lines if scene.words(words).search(line.text)]
    points = _points(scene, lines, telling)
    others = [b for b in points if b not in (*vendors, *spared)]
    served = [b for b in vendors if b not in spared]
    most = max((points.get(b, 0) for b in others), default=0)
    if scene.lang == "fr" and any(points.get(b, 0) >= 2 * max(most, _ENOUGH) for b in served):
        others = []  # the article is about the vendor
    for wanted in (others, served):
        best = max(wanted, key=lambda b: points.get(b, 0), default=None)
        health = best is not None and scene.cast.bodies[best].is_health
        alone = best is not None and scene.lang == "fr" and all(points.get(b, 0) < 2 for b in wanted if b != best)
        if best is not None and points.get(best, 0) >= _ENOUGH - max(health, alone):
            scene.guessed = True
            yield _named_in(scene, best, [*telling, *told, *lines])
            return


def _named_in(scene: Scene, body: int, lines: list[Line]) -> Part:
    """That a body is hit, where the first of these sentences names it."""
    found = next(((x, x.start + s, x.start + e) for x in lines for s, e, b in x.bodies() if b == body), None)
    above = next(m for m in scene.cast.mentions if m.body == body)
    line, start, end = found or (lines[0], above.start, above.end)
    return Part("affected", body, None, line, start, end)


def _chief(scene: Scene, vendors: list[int]) -> Iterator[Part]:
    """The body that the article is about beyond doubt, beside others of which it says that they were hit."""
    told = list(scene.told())
    lines = [*scene.heading, *told]
    telling = [line for line in lines if _tells(scene, line)]
    points = _points(scene, lines, telling)
    best = max((b for b in points if b not in vendors), key=lambda b: points[b], default=None)
    early = {b for line in lines[:_OPENING] for _, _, b in line.bodies()}
    if (
        best is not None
        and points[best] >= _SURE
        and best in early
        and best in {b for x in telling for _, _, b in x.bodies()}
    ):
        yield _named_in(scene, best, [*telling, *lines])


_SURE = 8
"""Points that a body needs to be hit beside others."""
_OPENING = 3
"""Title and first sentences, which name what the article is about."""


def _whose_paper(scene: Scene) -> Iterator[Part]:
    """The body of health care that the head of a report or statement names, and whose “the Trust” it then is."""
    for mention in scene.cast.mentions:
        above = any(a <= mention.start < b for a, b in scene.passage.margins)
        if above and scene.cast.bodies[mention.body].is_health and usable(scene, mention.body):
            yield _named_in(scene, mention.body, scene.lines)
            return


_ENOUGH = 3
"""Points that a body needs to be the one that the article is about."""


def _points(scene: Scene, lines: list[Line], telling: list[Line]) -> dict[int, int]:
    """How much each body is what the article is about: named early and often, with the breach, and its people or data."""
    points: dict[int, int] = {}
    for mention in scene.cast.mentions:
        if mention.start != scene.passage.title_at and any(a <= mention.start < b for a, b in scene.passage.margins):
            thing = scene.cast.bodies[mention.body]
            if usable(scene, mention.body):
                points[mention.body] = 4 if thing.is_health else 3
    for line in lines:
        early = 3 if line.number < 0 else 2 if line.number == 0 else 1 if line.number < 3 else 0
        seen: set[int] = set()
        for start, end, body in line.bodies():
            thing = scene.cast.bodies[body]
            before, after = line.masked[:start], line.masked[end:]
            if not usable(scene, body) or not thing.name or thing.kind == "media" or _stands_by(before, after):
                continue
            owned = rule("owner_before").search(before) or rule("owner_after").match(after)
            here = 0 if body in seen else 1 + early + 2 * (line in telling)
            here += body in _acting(scene.lang, line.masked)
            points[body] = points.get(body, 3 if thing.is_health else 0) + here + (2 if owned else 0)
            seen.add(body)
    return {b: value for b, value in points.items() if is_somebody(scene, b) and _is_told_of(scene, b, alone=True)}


def is_somebody(scene: Scene, body: int) -> bool:
    """An organisation with a name, which is neither a place nor one that only speaks of a breach."""
    thing = scene.cast.bodies[body]
    if not (usable(scene, body) and thing.name and thing.kind != "media") or is_place(scene, body):
        return False
    if rule("no_victim").search(thing.name) or (scene.lang == "fr" and rule("fr_no_victim").search(thing.name)):
        return False
    return _is_told_of(scene, body)


def is_place(scene: Scene, body: int) -> bool:
    """A name that stands only where a place does: “the department of the Creuse”, “across Atlantic Canada”."""
    thing = scene.cast.bodies[body]
    if (thing.kind and thing.kind != "public_body") or thing.describer or not thing.name:
        return False
    seen = [
        not (scene.lang == "fr" and rule("fr_firm_before").search(line.masked[:start]))
        and bool(
            rule("place_context").search(line.masked[:start])
            or rule("place_after").match(line.masked[end:])
            or (rule("after_name").search(line.masked[:start]) and rule("then_acts").match(line.masked[end:]))
        )
        for line in (*scene.lines, *scene.heading)
        for start, end, one in line.bodies()
        if one == body
    ]
    described = (
        rule("apposed_firm").match(line.masked[end:])
        for line in scene.lines
        for _, end, one in line.bodies()
        if one == body
    )
    return bool(seen) and all(seen) and not any(described)


def _stands_by(before: str, after: str) -> bool:
    """“An analyst at X”, “the union X”, “X, which represents nurses”: one that only speaks of it."""
    named = ("bystander_before", "product_before", "fr_maker_before", "fr_of_group")
    return any(rule(name).search(before) for name in named) or bool(rule("bystander_after").match(after))


@lru_cache(maxsize=4096)
def _acting(lang: str, masked: str) -> frozenset[int]:
    """The bodies that a sentence makes speak."""
    speaks, said = _speech(lang)
    found = [match[1] for regex in (speaks, said) for match in regex.finditer(masked)]
    return frozenset(number(mark) for mark in found)


@cache
def _speech(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A body that speaks: before the verb, after it."""
    speech = pattern(lang, "speech").pattern
    before = rf"([\ue000-\uebff])\1*(?:,[^,.;]{{0,80}},)? (?:a |ont |has |have |had |dit )?(?:\w+ )?(?:{speech})"
    after = rf"[,»\"”] ?(?:a |ont )?(?:{speech})\w*(?: \w+)? (?:la |le |l'|the )?([\ue000-\uebff])"
    return re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE)


@cache
def _does(lang: str) -> re.Pattern[str]:
    """What only a firm does, and no product: it says, it tells people, it loses a thing, it is asked, it has its seat."""
    said = rf"(?:a |ont |has |have |had |dit )?(?:{pattern(lang, 'speech').pattern})"
    deeds = rf"(?:a|has) (?:{rule('deeds').pattern})|a-t-(?:elle|il)"
    return re.compile(
        rf"(?P<O>[\uea00-\uebff])(?P=O)*(?: (?:{said}|{deeds})|{rule('is_a_firm').pattern})"
        r"|(?:par|by|with|d'|chez|at) (?P<O1>[\uea00-\uebff])(?P=O1)*[,.]? (?:à des|was|est|a )"
        rf"|[,»\"”] ?(?:a |ont )?(?:{pattern(lang, 'speech').pattern})\w* (?:la |le |l'|the )?(?P<O2>[\uea00-\uebff])",
        re.IGNORECASE,
    )


def _is_firm(before: str, after: str) -> bool:
    """Whether a name of one word stands, in French, where a firm does: “chez X”, “X recommande de …”, “sanctionne X”."""
    acts = rule("fr_does").match(after) or rule("fr_lone_name_acts").match(after)
    return bool(rule("fr_firm_before").search(before) or (acts and not rule("not_of").search(before)))


def _is_told_of(scene: Scene, body: int, *, alone: bool = False) -> bool:
    """A place, or a name of one word that no sentence makes act or own anything, is nobody.

    `alone`: so is a longer one that does not say what it is, where nothing else says that it was hit.
    """
    thing = scene.cast.bodies[body]
    if thing.kind or thing.describer or (" " in (thing.name or "") and not alone):
        return True
    if rule("coined_name").search(thing.name or ""):
        return True
    for line in [*scene.lines, *(scene.heading if scene.lang == "fr" else ())]:
        for start, end, one in line.bodies():
            if one == body and (
                rule("called_firm").search(line.masked[:start])
                or rule("owner_after").match(line.masked[end:])
                or (scene.lang == "en" and rule("en_lone_name_acts").match(line.masked[end:]))
                or (scene.lang == "fr" and _is_firm(line.masked[:start], line.masked[end:]))
            ):
                return True
    if any(body in _acting(scene.lang, line.masked) for line in scene.lines):
        return True
    often = sum(b == body for line in scene.lines for _, _, b in line.bodies())
    return often >= _OFTEN - (" " in (thing.name or ""))


_OFTEN = 3
"""A name that stands in so many places, not all of them a place’s, is somebody’s."""
