"""Who supplies whom in an article: vendors and clients, named or counted."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from outbreach.graph.text.cast.body import Mention
from outbreach.graph.text.cast.scene import Line, Scene, got, number, patterns, remask
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.description import whole_description
from outbreach.graph.text.parts.part import Part, bare, every, is_negated, listed, spans
from outbreach.graph.text.parts.wares import wares


def supplies_of(scene: Scene) -> Iterator[Part]:
    """Vendor → client; the client is None where the words only call the body a vendor."""
    lines = (*scene.heading, *scene.lines)
    for line in (bare(scene, x) for x in lines if not x.earlier):
        seen: set[int] = set()
        for match in every(line, patterns(scene.lang, "vendor_of")):
            vendor = _vendor(scene, line, match)
            if vendor is None or not _can_supply(scene, vendor, None) or _responds(line, match):
                continue
            if scene.lang == "fr" and rule("fr_no_client").search(match[0]):
                continue  # “X dit ne pas être client de Y”
            if _is_lone(scene, vendor) and rule("weak_supply").search(match[0]):
                continue  # “Greene told Y”, “Greene worked for Y” may be a person
            for client in _told_clients(scene, line, match, vendor):
                seen.add(vendor)
                yield Part("supplies", vendor, client, line, *spans(line, match))
        for match in every(line, patterns(scene.lang, "vendor")):
            vendor = _vendor(scene, line, match)
            if vendor is None or vendor in seen or not _can_supply(scene, vendor, None) or _responds(line, match):
                continue
            if scene.cast.bodies[vendor].is_health and scene.cast.bodies[vendor].kind not in _SERVICES:
                continue
            if scene.lang == "fr" and rule("fr_patches").match(line.text[match.end("V") :]):
                continue  # the maker of a product that mends it
            if scene.lang == "fr" and rule("complement_before").search(line.masked[match.start() : match.start("V")]):
                continue  # “le prestataire des hôpitaux de X”: X is where they are
            seen.add(vendor)
            yield Part("supplies", vendor, None, line, *spans(line, match))


def _vendor(scene: Scene, line: Line, match: re.Match[str]) -> int | None:
    """The vendor of a match; “a workshop in X, Y” is Y."""
    body = got(match, "V")
    where = next((n for n in match.groupdict() if re.fullmatch(r"V\d*", n) and match[n]), None)
    if body is None or where is None:
        return None
    if scene.lang == "fr" and (based := rule("fr_based_in").search(line.masked[: match.start(where)])):
        return number(based["V"])  # “X, de Tours, qui héberge …”
    if _is_lone(scene, body) and rule("place_of_firm").search(line.masked[: match.start(where)]):
        after = rule("named_so").match(line.masked, match.end(where))
        return number(after["V"]) if after else None
    return body


def _is_lone(scene: Scene, number: int) -> bool:
    """A name of one word, of which nothing says what it is: it may be a town."""
    thing = scene.cast.bodies[number]
    return not thing.kind and not thing.describer and " " not in (thing.name or " ")


def _told_clients(scene: Scene, line: Line, match: re.Match[str], vendor: int) -> list[int]:
    """The clients that a match names, with those listed beside them; or those that its pronoun stands for."""
    client = got(match, "C")
    if client is not None:
        where = next(n for n in match.groupdict() if re.fullmatch(r"C\d*", n) and match[n])
        if rule("place_of_client").search(line.masked[: match.start(where)]):
            return []
        if _is_lone(scene, client) and rule("firm_from").search(line.masked[: match.start(where)]):
            return []  # “un prestataire de X”: a town
        told = listed(line.masked, *match.span(where))
    elif match.groupdict().get("K"):
        told = _antecedents(scene, line, match)
    else:
        return []
    return [c for c in told if c != vendor and _can_supply(scene, vendor, c)]


def _antecedents(scene: Scene, line: Line, match: re.Match[str]) -> list[int]:
    """Who “it has its wages done by X” and “both contract with X” are: the subject of the sentence, else of the one before.

    Of several it is all that the two sentences before name.
    """
    before = [x for x in scene.lines if line.number - 5 < x.number < line.number]
    named = [[b for _, _, b in x.bodies() if scene.cast.bodies[b].role == "organisation"] for x in before]
    if rule("several_of_them").search(match["K"]):
        here = [b for _, end, b in line.bodies() if end <= match.start("K") and b != got(match, "V")]
        health = [b for b in dict.fromkeys(here) if scene.cast.bodies[b].is_health]
        if len(health) > 1:
            return health
        all_named = list(dict.fromkeys(b for bodies in named[-2:] for b in bodies))
        health = [b for b in all_named if scene.cast.bodies[b].is_health]
        return health if len(health) > 1 else all_named
    here = [b for _, end, b in line.bodies() if end <= match.start() and scene.cast.bodies[b].role == "organisation"]
    return here[:1] or next(([bodies[0]] for bodies in reversed(named) if bodies), [])


def _responds(line: Line, match: re.Match[str]) -> bool:
    """A firm that is called in after the breach, to find out or to help, supplies nothing that was breached."""
    near = line.text[max(0, match.start() - 40) : match.end() + 60]
    if line.text[match.end() + 60 : match.end() + 61].isalpha():
        near = near[: near.rfind(" ") + 1] or near  # half a word says nothing: “SOC”, of “société”
    return bool(rule("responder").search(near))


def unnamed_supplier(scene: Scene, supplies: list[Part]) -> Iterator[Part]:
    """“A mailing firm that it would not name”: a supplier without a name, where the article names none.

    Of several it is the one where something is said to have gone wrong, else one that is somebody’s, or was given something.
    """
    found = [(line, match) for line in scene.told() for match in _nameless(scene, line)]
    if supplies:
        known = {p.body for p in supplies}
        for line, match in found:
            whose = next(
                (b for _, end, b in reversed(line.bodies()) if end <= match.start("what") and b in known), None
            )
            if whose is not None and _owned(match) and _went_wrong(scene, line, match):
                part = _as_supplier(scene, line, match)
                if part.body != whose:
                    yield replace(part, other=whose)
                return
        return
    tests: tuple[Callable[[Line, re.Match[str]], bool], ...] = (
        lambda line, match: _went_wrong(scene, line, match),
        lambda line, match: _kept_silent(scene, line, match),
        lambda _, match: _owned(match),
        _was_given,
    )
    for test in tests:
        chosen = next(((line, match) for line, match in found if test(line, match)), None)
        if chosen:
            yield _as_supplier(scene, *chosen)
            return


def _nameless(scene: Scene, line: Line) -> Iterator[re.Match[str]]:
    """The words of a sentence that call a supplier without a name."""
    if rule("vendors_at_large").search(line.text) or (scene.lang == "fr" and rule("fr_since_then").search(line.text)):
        return
    for match in every(line, patterns(scene.lang, "unnamed_supplier")):
        before = line.masked[: match.start("what")]
        if rule("no_supplier").search(before) or _responds(line, match) or rule("imposture").search(line.text):
            continue
        if scene.lang == "fr" and rule("fr_sent_astray").search(before):
            continue  # whom a message reached by mistake
        if re.search("(?:[\ue000-\ue7ff]|[A-ZÀ-Þ][\\w-]+),? $", before):
            continue  # “X, an IT supplier”: it has a name
        if rule("supplier_cleared").match(line.text[match.end("what") :]):
            continue
        if line.number <= 0 and match.start("what") == 0 and rule("some_firm").match(match["what"]):
            continue  # whom the article is about: its name follows
        if rule("no_firm").search(match["what"]) or rule("called_upon").search(line.text[: match.start("what")]):
            continue
        if rule("tells_patients").match(line.text[match.end("what") :]):
            continue  # it is the body that the article is about
        if (
            scene.lang == "en"
            and re.search(r"(?:[^s]s|ies)$", match["what"])
            and not rule("one_of").match(match["what"])
        ):
            continue  # suppliers in general
        yield match


def _went_wrong(scene: Scene, line: Line, match: re.Match[str]) -> bool:
    """The sentence says so of it; of somebody's own supplier it need only say what happened."""
    return went_wrong_at(scene, line, *match.span("what")) or (
        _owned(match) and rule("went_wrong").search(line.text) is not None
    )


def went_wrong_at(scene: Scene, line: Line, start: int, end: int) -> bool:
    """Whether a sentence, or the next one on “the vendor”, says that something happened at whom its words at a place call."""
    if rule("alerted_by").search(line.text[:start]):
        return False  # it only told of it
    own = rule("fr_wrong_at_own").match(line.text[end:]) if scene.lang == "fr" else None
    if own and (scene.words("attack").search(own[0]) or rule("went_wrong").search(own[0]) or "accès" in own[0]):
        return True  # “… nous a informés qu'on était entré dans ses serveurs”
    of_it = rule("wrong_before").search(line.text[:start]) or rule("wrong_after").match(line.text[end:])
    return bool(of_it or rule("by_login").search(line.text)) or _wrong_next(scene, line)


def _wrong_next(scene: Scene, line: Line) -> bool:
    follows = next((x.text for x in scene.lines if x.number == line.number + 1), "")
    return bool(scene.words("company").search(follows[:_BEGINNING]) and rule("went_wrong").search(follows))


_BEGINNING = 45
"""“Le 6 mai, ce prestataire …”: the subject of a sentence stands within so many characters."""


def _kept_silent(scene: Scene, line: Line, match: re.Match[str]) -> bool:
    follows = next((x.text for x in scene.lines if x.number == line.number + 1), "")
    return bool(rule("unnaming").search(line.text[match.start() : match.end() + 90] + " " + follows[:80]))


def _owned(match: re.Match[str]) -> bool:
    return bool(rule("owned_supplier").match(match["what"]))


def _was_given(line: Line, match: re.Match[str]) -> bool:
    serves = match.start() < match.start("what") or rule("serving_clause").match(line.text[match.end("what") :])
    return bool(serves or rule("given_to").search(line.text[: match.start("what")]))


def _as_supplier(scene: Scene, line: Line, match: re.Match[str]) -> Part:
    """The supplier that the next sentence names, else one without a name; whose it is where a name is before it."""
    name = _named_next(scene, line)
    own = scene.primary if scene.lang == "fr" or len(scene.hits) > 1 else None  # of one firm alone is told: it is that
    firms = [b for b in scene.hits if b != own and _is_firm(scene, b) and _can_supply(scene, b, None)]
    name = firms[0] if name is None and len(firms) == 1 else name
    if name is not None:
        return Part("supplies", name, None, line, *spans(line, match))
    start, end = match.span("what")
    whose = rule("whose_supplier").match(match["what"])
    start += whose.end() if whose else 0
    if scene.lang == "en":
        end = whole_description(line.text, start, end)
    words = scene.passage.text[line.start + start : line.start + end]
    body = scene.cast.add("organisation", None, kind="company", described_as=words)
    owner = re.search("([\ue000-\ue7ff])\\1*'s $", line.masked[: match.start("what")])
    scene.cast.mentions.append(Mention(line.start + start, line.start + end, body.number))
    scene.cast.mentions.sort(key=lambda m: m.start)
    remask(scene)
    return Part(
        "supplies", body.number, number(owner[1]) if owner else None, line, line.start + start, line.start + end
    )


def _named_next(scene: Scene, line: Line) -> int | None:
    """“… by its cloud provider. X, based in Utah, apologised”: the next sentence begins with a body not named before."""
    follows = next((x for x in scene.lines if x.number == line.number + 1), None)
    first = next(iter(follows.bodies()), None) if follows else None
    opens = scene.lang == "fr" and follows and first and rule("fr_firm_opening").fullmatch(follows.masked[: first[0]])
    if follows is None or first is None or (first[0] > 0 and not opens) or not _can_supply(scene, first[2], None):
        return None
    begins = scene.lines[0].start if opens else 0  # in the title it may be named
    known = any(m.body == first[2] and begins <= m.start < follows.start for m in scene.cast.mentions)
    return None if known or scene.cast.bodies[first[2]].is_health else first[2]


def breached_makers(scene: Scene, supplies: list[Part]) -> Iterator[Part]:
    """The maker of a product, where it was breached, supplies the body of care whose data were taken."""
    primary = scene.primary
    if primary is None or not scene.cast.bodies[primary].is_health:
        return
    known = {primary, *(p.body for p in supplies)}
    makers = {got(m, "O") for x in scene.told() for m in every(x, patterns(scene.lang, "product_made"))}
    makers |= {p.body for p in wares(scene) if p.what == "makes"}
    for line in scene.told():
        for match in every(line, patterns(scene.lang, "breached_at")):
            body = got(match, "V")
            if body is None or body not in makers or body in known or is_negated(scene, match[0]):
                continue
            if _can_supply(scene, body, None):
                known.add(body)
                yield Part("supplies", body, primary, line, *spans(line, match))


def cares(scene: Scene, number: int) -> bool:
    """Whether a body cares for people or insures them, as what is known of it says, or a word of its name."""
    body = scene.cast.bodies[number]
    if rule("firm_name").search(body.name or ""):
        return False
    return body.is_health or rule("care_name").search(body.name or "") is not None


def _is_firm(scene: Scene, body: int) -> bool:
    thing = scene.cast.bodies[body]
    care = thing.is_health or rule("no_vendor_name").search(thing.name or "")
    return not care and (thing.kind == "company" or bool(thing.describer))


_SERVICES = ("laboratory", "pharmacy")
"""Of those who care for people, these work for others too."""


def _can_supply(scene: Scene, vendor: int, client: int | None) -> bool:
    body = scene.cast.bodies[vendor]
    if rule("responder_name").search(body.name or "") or (body.name is None and body.kind != "company"):
        return False
    if body.role != "organisation" or (client is not None and scene.cast.bodies[client].role != "organisation"):
        return False
    return body.kind in (None, "company", "laboratory", "clinic", "hospital_group", "pharmacy") or bool(body.describer)
