"""Who plays which part in an article’s incident: hit, vendor and client, product, attacker."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outbreach.graph.text.lexicon import compiled, normal, table
from outbreach.graph.text.names import Body, Mention
from outbreach.graph.text.scene import Line, Scene, got, number, patterns, remask


@dataclass(frozen=True, slots=True)
class Part:
    """A part that some words give to a body: `start`–`end` is the place in the text, `other` the second body."""

    what: str
    """affected, not_affected, originated_at, supplies, exploited, uses, makes, attributed_to, part_of."""
    body: int
    other: int | None
    line: Line
    start: int
    end: int


def parts_of(scene: Scene) -> list[Part]:
    """All parts, in the order of the text; fills `scene.hits` and `scene.vendors`, and masks “the hospital” and the like."""
    _name_products(scene)
    _name_attackers(scene)
    remask(scene)
    supplies = list(_supplies(scene))
    vendors = list(dict.fromkeys(p.body for p in supplies))
    hits = _hits(scene, vendors)
    scene.vendors = vendors
    scene.hits = list(dict.fromkeys(p.body for p in hits if p.what == "affected"))
    _pronouns(scene)
    again = _hits(scene, vendors)
    if len(again) > len(hits) or not hits:
        hits = again
        scene.hits = list(dict.fromkeys([*scene.hits, *(p.body for p in hits if p.what == "affected")]))
    more = [p for p in _supplies(scene) if (p.body, p.other) not in {(q.body, q.other) for q in supplies}]
    supplies += [p for p in more if not scene.cast.bodies[p.body].is_health or p.body in vendors]
    supplies += _hit_suppliers(scene, supplies, hits)
    scene.vendors = list(dict.fromkeys(p.body for p in supplies))
    found = [
        *hits,
        *_clients(scene, supplies),
        *_origins(scene, hits),
        *_products(scene),
        *_attackers(scene),
        *_groups(scene),
        *_belonging(scene),
    ]
    return sorted(found, key=lambda p: (p.start, p.what))


def _spans(line: Line, match: re.Match[str]) -> tuple[int, int]:
    return line.start + match.start(), line.start + match.end()


def _every(line: Line, regexes: tuple[re.Pattern[str], ...]) -> Iterator[re.Match[str]]:
    """Matches of each pattern, also where two overlap by the body that one ends with."""
    for regex in regexes:
        at = 0
        while at < len(line.masked) and (match := regex.search(line.masked, at)):
            yield match
            at = match.start() + 1 if match.end() - match.start() < 2 else _after_first(line.masked, match)


def _after_first(text: str, match: re.Match[str]) -> int:
    """Search goes on after the first body of a match, so that “X and Y were hit” gives both."""
    signs = list(re.finditer("([\ue000-\uf7ff])\\1*", text[match.start() : match.end()]))
    return match.start() + signs[0].end() if signs and signs[0].end() < len(match[0]) else match.end()


def _usable(scene: Scene, body: int | None) -> bool:
    return body is not None and scene.cast.bodies[body].role == "organisation"


def _hits(scene: Scene, vendors: list[int]) -> list[Part]:
    """The bodies said to be hit; where nobody is in so many words, the health body that announces the breach."""
    found: list[Part] = []
    denied = {}
    lines = [*([scene.title] if scene.title else []), *scene.told()]
    for line in lines:
        for match in _every(line, (scene.words("not_hit"),)):
            body = got(match, "O")
            if body is not None and _usable(scene, body):
                denied[body] = Part("not_affected", body, None, line, *_spans(line, match))
        for match in _every(line, patterns(scene.lang, "hit")):
            body = got(match, "O")
            if (
                body is None
                or not _usable(scene, body)
                or _is_negated(scene, match[0])
                or _is_agent(line.masked, match)
            ):
                continue
            place = line.start + match.start(), line.start + match.end()
            found.append(Part("affected", body, None, line, *place))
            found.extend(_joined(scene, line, match, body))
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
    return bool(
        re.search(
            r"(?i)(?:hébergée?s?|gérée?s?|fournie?s?|éditée?s?|développée?s?|utilisée?s?|hosted|supplied|provided|managed|made|used|operated|run) (?:par|chez|by)(?: [\w'-]+){0,3} (?:la |le |l'|the )?$",
            before,
        )
    )


def _joined(scene: Scene, line: Line, match: re.Match[str], body: int) -> Iterator[Part]:
    """“… at X and Y”: a body joined to one that is hit."""
    after = line.masked[match.end() :] if line.masked[match.end() - 1] == match["O"][-1] else ""
    for other in re.finditer(
        r"^(?:(?:, | et (?:de |du |la |le |l'|chez )?| and | ainsi que )(?:the |la |le |l'|du |de la )?([\ue000-\ue7ff])\1*)+",
        after,
    ):
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
    return not re.search(
        r"(?i)security (?:firm|company|researcher)|société de (?:cyber)?sécurité|cyber ?security", body.describer or ""
    )


def _is_negated(scene: Scene, text: str) -> bool:
    return bool(
        re.search(r"(?i)\b(?:n'(?:a|ont|est|était) pas|was not|were not|has not|have not|not been|did not)\b", text)
    ) or (scene.lang == "en" and bool(re.search(r"(?i)\bdenied\b", text)))


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
            found.append(Part("affected", number(speaker[0][0]), None, line, *_spans(line, match)))
    return found


def _announced(scene: Scene, vendors: list[int]) -> Iterator[Part]:
    for line in scene.told():
        if not scene.words("attack").search(line.text) and not scene.words("disclosure").search(line.text):
            continue
        for match in _every(line, (scene.words("announced"),)):
            body = got(match, "O")
            if body is not None and _usable(scene, body) and body not in vendors:
                place = scene.words("disclosure").search(line.text) or scene.words("attack").search(line.text) or match
                yield Part("affected", body, None, line, line.start + place.start(), line.start + place.end())
                return


def _salient(scene: Scene, vendors: list[int]) -> Iterator[Part]:
    """Where no words say outright who was hit: the body that an article of a disclosure is about.

    It is named in the title or the first sentences, in a sentence with the disclosure or more than once, and cares for
    people, or is the only body of the article.
    """
    told = list(scene.told())
    disclosing = [
        line for line in told if scene.words("disclosure").search(line.text) and not _is_no_disclosure(scene, line)
    ]
    if not disclosing:
        return
    lines = [*([scene.title] if scene.title else []), *told]
    seen: dict[int, list[Line]] = {}
    for line in lines:
        for _, _, body in line.bodies():
            if (
                _usable(scene, body)
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
    match = scene.words("disclosure").search(line.text) or re.search(".+", line.text)
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


def _supplies(scene: Scene) -> Iterator[Part]:
    """Vendor → client; the client is None where the words only call the body a vendor."""
    for line in (*([scene.title] if scene.title else []), *scene.lines):
        seen: set[int] = set()
        for match in _every(line, patterns(scene.lang, "vendor_of")):
            vendor, client = got(match, "V"), got(match, "C")
            if vendor is not None and client is not None and vendor != client and _can_supply(scene, vendor, client):
                seen.add(vendor)
                yield Part("supplies", vendor, client, line, *_spans(line, match))
                last = next(n for n in match.groupdict() if n.startswith("C") and match[n])
                joined = re.match(
                    r"(?:,| and| et)(?: the| le| la| de| du)? ([\ue000-\ue7ff])", line.masked[match.end(last) :]
                )
                if joined and match.end(last) == match.end() and number(joined[1]) not in (vendor, client):
                    yield Part(
                        "supplies",
                        vendor,
                        number(joined[1]),
                        line,
                        line.start + match.start(),
                        line.start + match.end() + joined.end(),
                    )
        for match in _every(line, patterns(scene.lang, "vendor")):
            vendor = got(match, "V")
            if vendor is not None and vendor not in seen and _can_supply(scene, vendor, None):
                seen.add(vendor)
                yield Part("supplies", vendor, None, line, *_spans(line, match))


def _hit_suppliers(scene: Scene, supplies: list[Part], hits: list[Part]) -> Iterator[Part]:
    """A company that was hit beside a body of health care, in an article that speaks of a supplier: its supplier."""
    primary = scene.primary
    if supplies or primary is None or not scene.cast.bodies[primary].is_health:
        return
    noun = re.compile(
        r"(?i)\b(?:fournisseur|prestataire|sous-traitant|hébergeur|éditeur|vendor|supplier|contractor|subcontractor|business associate|third[- ]party|service provider|software (?:company|provider|firm))s?\b"
    )
    line = next((x for x in scene.told() if noun.search(x.text)), None)
    for part in hits:
        thing = scene.cast.bodies[part.body]
        if (
            line
            and part.what == "affected"
            and part.body != primary
            and not thing.is_health
            and (thing.kind == "company" or thing.describer)
        ):
            yield Part("supplies", part.body, primary, part.line, part.start, part.end)


def _can_supply(scene: Scene, vendor: int, client: int | None) -> bool:
    body = scene.cast.bodies[vendor]
    if body.role != "organisation" or (client is not None and scene.cast.bodies[client].role != "organisation"):
        return False
    return body.kind in (None, "company", "laboratory", "clinic", "hospital_group") or bool(body.describer)


def _clients(scene: Scene, supplies: list[Part]) -> Iterator[Part]:
    """Each supply with its client: as said, else the other bodies of the sentence that are hit, else the one chiefly hit."""
    done: set[tuple[int, int]] = set()
    for part in supplies:
        for client in [part.other] if part.other is not None else _clients_here(scene, part):
            if (part.body, client) not in done and client != part.body:
                done.add((part.body, client))
                yield Part("supplies", part.body, client, part.line, part.start, part.end)
    for line in scene.told():
        # “X and Y, two of its clients”
        for match in scene.words("clients_here").finditer(line.masked):
            listed = [
                b for _, end, b in line.bodies() if end <= match.start() and scene.cast.bodies[b].role == "organisation"
            ]
            vendor = next(iter(listed), None)
            for client in dict.fromkeys(listed[1:]):
                if vendor is not None and vendor != client and (vendor, client) not in done and "client" in match[0]:
                    done.add((vendor, client))
                    scene.vendors = list(dict.fromkeys([*scene.vendors, vendor]))
                    yield Part("supplies", vendor, client, line, *_spans(line, match))


def _clients_here(scene: Scene, part: Part) -> list[int]:
    here = [b for _, _, b in part.line.bodies() if b in scene.hits and b != part.body and b not in scene.vendors]
    if here:
        return list(dict.fromkeys(here))
    primary = scene.primary
    return [primary] if primary is not None and primary != part.body and primary not in scene.vendors else []


def _origins(scene: Scene, hits: list[Part]) -> Iterator[Part]:
    """Whose systems were breached: the vendor that was, else the body that was attacked itself."""
    vendors = list(scene.vendors)
    named = [p for p in hits if p.what == "affected"]
    from_vendor = [p for p in named if p.body in vendors]
    for line in scene.told():
        for regex in _origin_words(scene.lang):
            for match in regex.finditer(line.masked):
                body = number(match["O"][0])
                # “from a supplier of X, Y”: from Y.
                body = next(
                    (
                        v
                        for v in vendors
                        if re.search(r"(?i)fournisseur|prestataire|sous-traitant|vendor|supplier|contractor", match[0])
                        and v != body
                    ),
                    body,
                )
                if _usable(scene, body) and not _is_negated(scene, match[0]):
                    from_vendor.append(Part("originated_at", body, None, line, *_spans(line, match)))
    seen: set[tuple[int, int]] = set()
    for part in from_vendor:
        if (part.body, part.line.number) not in seen and len(seen) < 4:
            seen.add((part.body, part.line.number))
            yield Part("originated_at", part.body, None, part.line, part.start, part.end)
    if from_vendor or vendors:
        return
    own = re.compile(
        r"(?i)hébergée?s? sur (?:ses|leurs) propres (?:infrastructures|serveurs)|hosted on its own (?:servers|infrastructure)|(?:divulgué|envoyé|publié|transmis) par (?:erreur|mégarde)|(?:envoyé|divulgué)[^.;]{0,60}en copie visible|(?:inadvertently|accidentally|mistakenly) (?:sent|disclosed|posted|e-?mailed|exposed)"
    )
    primary = scene.primary
    for line in scene.told():
        match = own.search(line.text)
        if match and primary is not None:
            yield Part("originated_at", primary, None, line, *_spans(line, match))
            return
    bodies = list(dict.fromkeys(p.body for p in named))
    lost = next((m for line in scene.told() for m in [_lost(scene.lang).search(line.text)] if m), None)
    if lost and len(bodies) == 1:
        line = next(x for x in scene.told() if _lost(scene.lang).search(x.text))
        yield Part("originated_at", bodies[0], None, line, line.start + lost.start(), line.start + lost.end())
        return
    strong = [
        p
        for p in named
        if scene.words("attack").search(p.line.text[p.start - p.line.start : p.end - p.line.start + 60])
    ]
    if len(bodies) == 1 and strong and not _by_product(scene):
        yield Part("originated_at", bodies[0], None, strong[0].line, strong[0].start, strong[0].end)


def _origin_words(lang: str) -> list[re.Pattern[str]]:
    words = {
        "fr": [
            r"(?:émaner\w*|émane|provien\w+|vient|venait|viendrait|proviendrait|partie?|parti|issue?s?) d[eu'](?: |(?<='))?(?:[^.;:!?]{0,60}?)(?P<O>[\ue000-\ue7ff]+)",
            r"(?:via|par l'intermédiaire d[eu']|à partir d[eu']|depuis) ?[^.;:\ue000-\uf7ff]{0,40}(?:sous-traitant|prestataire|fournisseur|hébergeur)[^.;:\ue000-\uf7ff]{0,30}(?P<O>[\ue000-\ue7ff]+)",
            r"bris de sécurité »? ?(?:chez|de|au sein de) (?P<O>[\ue000-\ue7ff]+)",
            r"hébergée?s? sur (?:ses|leurs) propres infrastructures(?P<O>)",
        ],
        "en": [
            r"(?:through|via) (?:a|an|its|the) [^.;:\ue000-\uf7ff]{0,40}(?:vendor|supplier|contractor|provider)[^.;:\ue000-\uf7ff]{0,12} (?P<O>[\ue000-\ue7ff]+)",
            r"(?:originated (?:at|with|from)|stemmed from|traced to|came from)(?: [\w'-]+){0,4}? (?P<O>[\ue000-\ue7ff]+)",
        ],
    }[lang]
    return [re.compile(w, re.IGNORECASE) for w in words if "(?P<O>)" not in w]


def _lost(lang: str) -> re.Pattern[str]:
    """What only the body itself can do: lose, send astray, let an employee look."""
    return compiled(
        r"(?:perdue?s?|égarée?s?|volée?s?) (?:par|dans|lors)(?: [\w']+){0,3} (?:employée?s?|salariée?s?|collaborat\w+|voiture|véhicule|domicile)|(?:ancien(?:ne)?|ex-) ?(?:salariée?|employée?|informaticien(?:ne)?|agente?)\b|par (?:un|une) (?:de (?:ses|leurs) )?(?:employée?|salariée?|collaborat\w+|agente?)\b"
        if lang == "fr"
        else r"(?:lost|stolen) (?:by|from)(?: [\w']+){0,3} (?:employee|staff|nurse|car|vehicle|home|office)|(?:an|one of its) (?:former )?employees? (?:improperly|inappropriately|accessed|viewed|lost|sent|e-?mailed)|stolen laptop"
    )


def _by_product(scene: Scene) -> bool:
    """Whether the breach came through a product, so that it is not said whose systems were breached."""
    return any(b.role == "software" for b in scene.cast.bodies) and any(
        scene.words("exploited").search(line.text)
        for line in scene.told()
        for _, _, b in line.bodies()
        if scene.cast.bodies[b].role == "software"
    )


def _pronouns(scene: Scene) -> None:
    """“The hospital”, “l’entreprise”: mentions of the body chiefly hit, or of the vendor."""
    primary = scene.primary
    vendor = next((v for v in scene.vendors if v != primary), None)
    mentions = scene.cast.mentions
    products = [b for b in scene.cast.bodies if b.role == "software"]
    for line in scene.lines:
        before = [m for m in mentions if m.end <= line.start]
        if len(products) == 1:
            for match in re.finditer(
                r"(?i)(?<![\w'-])(?:le logiciel|ce logiciel|l'outil|cet outil|la plateforme|the software|the tool|the platform|the product|the system)(?![\w-])(?! (?:de|d')\b)",
                line.masked,
            ):
                mentions.append(Mention(line.start + match.start(), line.start + match.end(), products[0].number))
        for name, home in (("pronoun", primary), ("company", vendor)):
            for match in scene.words(name).finditer(line.masked):
                if re.match(r" (?:[\w-]+ )?[\ue000-\uf7ff]", line.masked[match.end() :]) and not re.match(
                    r" (?:a|ont|et|and|has|said|told|à|avec|de|par|par) ", line.masked[match.end() :]
                ):
                    continue  # “la société X” is X itself
                target = home
                if name == "company" and (vendor is None or scene.lang == "en"):
                    target = _last_of(scene, line, match.start(), before, vendor, primary)
                if name == "pronoun" and primary is not None:
                    target = _fitting(scene, match[0], primary)
                if target is not None and scene.cast.bodies[target].role == "organisation":
                    mentions.append(Mention(line.start + match.start(), line.start + match.end(), target))
    mentions.sort(key=lambda m: m.start)
    remask(scene)


def _last_of(
    scene: Scene, line: Line, at: int, before: list[Mention], vendor: int | None, primary: int | None
) -> int | None:
    """“The company”: the body last named that is no hospital or the like; else the vendor, else the one hit."""
    here = [b for _, end, b in line.bodies() if end <= at]
    for body in [*reversed(here), *(m.body for m in reversed(before))]:
        thing = scene.cast.bodies[body]
        if (
            thing.role == "organisation"
            and (body in scene.vendors or body in scene.hits)
            and thing.kind not in ("hospital", "health_authority")
        ):
            return body
    return vendor if vendor is not None else primary


def _fitting(scene: Scene, words: str, primary: int) -> int:
    """“La mutuelle” is that one of those hit which is a mutual; else the one chiefly hit."""
    kinds = {
        "mutuelle": "insurer",
        "assureur": "insurer",
        "laboratoire": "laboratory",
        "pharmacie": "pharmacy",
        "insurer": "insurer",
        "plan": "insurer",
    }
    kind = next((k for word, k in kinds.items() if word in words.lower()), None)
    return next((b for b in scene.hits if kind and scene.cast.bodies[b].kind == kind), primary)


def _name_products(scene: Scene) -> None:
    """“Its software MedAgenda”: a body by its form is a product by the word before it; and products without a name."""
    for line in (*([scene.title] if scene.title else []), *scene.lines):
        for match in scene.words("software").finditer(line.masked):
            body = got(match, "O")
            thing = scene.cast.bodies[body] if body is not None else None
            if thing and thing.role == "organisation" and not thing.kind and not thing.describer:
                thing.role, thing.category = "software", _category(match[0])
        for match in scene.words("software_unnamed").finditer(line.text):
            category = _category(match[1])
            start = line.start + match.start(1)
            if category is None or any(
                m.start < line.start + match.end() and m.end > start for m in scene.cast.mentions
            ):
                continue
            same = next((b for b in scene.cast.bodies if b.role == "software" and b.category == category), None)
            words = scene.passage.text[line.start + match.start() : line.start + match.end()].strip()
            words = re.sub(r"^(?:d’|d')", "", words)
            body_ = same or scene.cast.add("software", None, described_as=words, category=category)
            scene.cast.mentions.append(Mention(start, line.start + match.end(), body_.number))
    scene.cast.mentions.sort(key=lambda m: m.start)


def _category(words: str) -> str | None:
    told = {
        "file_transfer": r"transfert|partage|échange de fichiers|file[- ]|document[- ]sharing",
        "health_record": r"dossiers?|health record|medical record|EHR",
        "practice_management": r"rendez-vous|gestion|scheduling|téléconsultation",
        "remote_access": r"remote access|accès à distance",
        "portal": r"portal|portail",
    }
    return next((category for category, p in told.items() if re.search(p, words, re.IGNORECASE)), None)


def _name_attackers(scene: Scene) -> None:
    """Pseudonyms and crews that no list has, by the words beside them."""
    for line in scene.lines:
        for name in ("attacker_named", "attacker_group", "attacker_after"):
            # Case counts for a group's name: the patterns ask for capitals, and read any case.
            for match in scene.words(name).finditer(line.text):
                said = match["name"].strip(" .,")
                if name != "attacker_named" and (not said[:1].isupper() and not said[:1].isdigit()):
                    continue
                start = line.start + match.start("name")
                if said.lower() in (
                    "anonymous",
                    "un",
                    "une",
                    "des",
                    "le",
                    "la",
                    "the",
                    "an",
                    "and",
                    "hackers",
                ) or normal(said) in _stop_words(scene.lang):
                    continue
                inside = [m for m in scene.cast.mentions if m.start < start + len(said) and m.end > start]
                known = next((scene.cast.bodies[m.body] for m in inside), None)
                if known and known.role in ("authority", "attacker", "media", "software"):
                    continue
                if known and (known.kind or known.describer):
                    continue
                body = known or next((b for b in scene.cast.bodies if b.role == "attacker" and b.name == said), None)
                body = body or scene.cast.add("attacker", said)
                body.role = "attacker"
                if not known:
                    scene.cast.mentions.append(Mention(start, start + len(said), body.number))
    scene.cast.mentions.sort(key=lambda m: m.start)


def _stop_words(lang: str) -> frozenset[str]:
    return frozenset(normal(w) for w in table("article_names")["no_name"][lang])


def _attackers(scene: Scene) -> Iterator[Part]:
    seen: set[int] = set()
    for line in (*scene.told(), *([scene.title] if scene.title else [])):
        for start, end, body in line.bodies():
            if scene.cast.bodies[body].role == "attacker" and body not in seen:
                seen.add(body)
                yield Part("attributed_to", body, None, line, line.start + start, line.start + end)


def _products(scene: Scene) -> Iterator[Part]:
    seen: set[tuple[str, int, int | None]] = set()
    flawed = {
        b for line in scene.told() if re.search(r"(?i)faille|vulnérabilit|flaw|vulnerabilit|zero-day", line.text)
        for _, _, b in line.bodies() if scene.cast.bodies[b].role == "software"
    }  # fmt: skip

    def new(what: str, body: int, other: int | None, line: Line, start: int, end: int) -> Iterator[Part]:
        if (what, body, other) not in seen:
            seen.add((what, body, other))
            yield Part(what, body, other, line, line.start + start, line.start + end)

    for line in scene.told():
        for start, end, body in line.bodies():
            if scene.cast.bodies[body].role != "software":
                continue
            plain = body in flawed and not re.search(r"(?i)faille|vulnérabilit|flaw|vulnerabilit|zero-day", line.text)
            if scene.words("exploited").search(line.text) and not plain and not _cleared_product(line.masked, end):
                yield from new("exploited", body, None, line, start, end)
            users = list(_users(scene, line, start, end))
            for user, at, to in users:
                yield from new("uses", user, body, line, at, to)
            maker = _maker(scene, line, start, end)
            if maker is not None:
                yield from new("makes", maker[0], body, line, min(start, maker[1]), max(end, maker[2]))


def _cleared_product(text: str, end: int) -> bool:
    """“It does not use X”, “and not of a flaw of X”."""
    return bool(
        re.search(
            r"(?i)(?:does not use|ne (?:\w+ )?utilise pas|et non (?:d'une|à une)|not through) [^.;,]{0,40}$", text[:end]
        )
    )


def _users(scene: Scene, line: Line, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Who uses the product that stands at `start`–`end`."""
    after, before = line.masked[end:], line.masked[:start]
    org = "(?P<O>([\ue000-\ue7ff])\\2*)"
    match = re.match(
        rf"[^.;:]{{0,25}}?(?:utilisée?s? par|used by|acquise?s? par|deployed by) (?:the |le |la |l'|(?:[\w'-]+ ){{0,2}}?){org}",
        after,
    )
    if match:
        yield number(match["O"][0]), start, end + match.end()
    match = re.search(
        rf"{org}(?:,[^,.;]{{0,60}},)?,? (?:itself )?(?:uses|used|utilise|utilisait|was using) (?:the |le |la |l'|its |)?(?:software |logiciel )?$",
        before,
    )
    if match:
        yield number(match["O"][0]), match.start(), end
    subject = scene.primary
    match = re.match(r"[^.;:,]{0,30}? (?:qu'(?:il|elle) utilis\w+|it (?:used|uses)|which it (?:used|uses))", after)
    if match and subject is not None:
        yield subject, start, end + match.end()


def _maker(scene: Scene, line: Line, start: int, end: int) -> tuple[int, int, int] | None:
    after, before = line.masked[end:], line.masked[:start]
    org = "(?P<O>([\ue000-\ue7ff])\\2*)"
    match = re.match(
        rf",? (?:[^.;:]{{0,50}}? )?(?:made|developed|sold|published|édité|développé|conçu|commercialisé|owned|from)(?:e|s|es)? (?:by|par|from) (?:the |la société |l'éditeur |l'entreprise )?{org}",
        after,
    )
    if match:
        return number(match["O"][0]), end, end + match.end()
    match = re.search(rf"{org}'s (?:[\w-]+ ){{0,4}}?$", before)
    if match:
        return number(match["O"][0]), match.start(), end
    match = re.search(rf"(?:son éditeur|its (?:maker|developer|publisher)),? (?:[\w'-]+ ){{0,4}}?{org}", after)
    if match:
        return number(match["O"][0]), end, end + match.end()
    own = re.search(r"(?:son|its) (?:[\w-]+ ){0,3}?$", before)
    first = re.search("([\ue000-\ue7ff])\\1*", before)
    if (
        own
        and first
        and _usable(scene, number(first[0][0]))
        and scene.cast.bodies[number(first[0][0])].kind == "company"
    ):
        return number(first[0][0]), first.start(), end
    return None


def _belonging(scene: Scene) -> Iterator[Part]:
    """A body hit that belongs to a group."""
    for line in scene.told():
        match = scene.words("part_of").search(line.masked)
        if match and number(match["V"][0]) in scene.hits and number(match["V"][0]) != number(match["C"][0]):
            yield Part("part_of", number(match["V"][0]), number(match["C"][0]), line, *_spans(line, match))
            return


_COUNTED = {
    "fr": r"(?<![\d] )(?P<n>\d{1,3}(?: \d{3})*|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze) (?P<what>laboratoires?|hôpitaux|cliniques|établissements(?: de santé| hospitaliers)?|mutuelles|pharmacies|centres hospitaliers|cabinets(?: médicaux)?)",
    "en": r"(?P<n>\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?P<what>(?:[A-Z][\w]+ )?(?:NHS )?(?:hospitals?|laboratories|labs|clinics|trusts|health systems|practices|pharmacies|providers))",
}
_NUMBERS = {
    w: i
    for words in (
        "un deux trois quatre cinq six sept huit neuf dix onze douze",
        "one two three four five six seven eight nine ten eleven twelve",
    )
    for i, w in enumerate(words.split(), 1)
}
_GROUP_KINDS = {
    "labo": "laboratory",
    "lab": "laboratory",
    "hôpi": "hospital",
    "hosp": "hospital",
    "trust": "hospital",
    "clini": "clinic",
    "pharm": "pharmacy",
    "mutu": "insurer",
    "centres h": "hospital",
    "cabin": "clinic",
    "pract": "clinic",
}


def _groups(scene: Scene) -> Iterator[Part]:
    """“28 laboratories” among the clients of a vendor: an unnamed body with its count."""
    vendor = next(iter(scene.vendors), None) if scene.vendors else None
    if vendor is None:
        vendor = next((b for b in scene.hits if scene.cast.bodies[b].kind == "company"), None)
    if vendor is None:
        return
    known: Body | None = None
    for line in scene.told():
        for match in re.finditer(_COUNTED[scene.lang], line.text):
            digits = match["n"].replace(" ", "")
            count = int(digits) if digits.isdigit() else _NUMBERS[match["n"].lower()]
            if known and known.unnamed_count == count:
                continue
            relation = re.search(
                r"(?i)parmi ses clients|ses clients|sous-traitant des|utilisé|used by|serving|shared service|fournit|patients de |their |clients",
                line.text,
            )
            named = [
                b
                for b in scene.hits
                if b not in scene.vendors and scene.cast.bodies[b].kind == _group_kind(match["what"])
            ]
            if not relation or known or count < 2 or len(named) >= count:
                continue
            known = scene.cast.add(
                "organisation", None, kind=_group_kind(match["what"]), unnamed_count=count,
                described_as=scene.passage.text[line.start + match.start() : line.start + match.end()],
            )  # fmt: skip
            place = line.start + match.start(), line.start + match.end()
            scene.cast.mentions.append(Mention(*place, known.number))
            direct = re.search(
                r"(?i)^[^.;,]{0,30}(?:concern|touch|victime|affect|impact|hit\\b|was stolen|were stolen)|^[^.;]{0,4}$",
                line.text[match.end() :],
            ) or re.search(r"(?i)(?:patients|données)[^.;,]{0,30} (?:de|of) $", line.text[: match.start()])
            if direct:
                yield Part("affected", known.number, None, line, *place)
            yield Part("supplies", vendor, known.number, line, *place)
    scene.cast.mentions.sort(key=lambda m: m.start)
    remask(scene)


def _group_kind(what: str) -> str | None:
    return next((kind for start, kind in _GROUP_KINDS.items() if start in what.lower()), None)
