"""Who supplies whom in an article: vendors and clients, named or counted."""

import re
from collections.abc import Iterator

from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.names import Body, Mention
from outbreach.graph.text.part import Part, every, listed, spans
from outbreach.graph.text.scene import Line, Scene, got, patterns, remask


def supplies_of(scene: Scene) -> Iterator[Part]:
    """Vendor → client; the client is None where the words only call the body a vendor."""
    for line in (*([scene.title] if scene.title else []), *scene.lines):
        if line.earlier:
            continue
        seen: set[int] = set()
        for match in every(line, patterns(scene.lang, "vendor_of")):
            vendor = got(match, "V")
            if vendor is None or not _can_supply(scene, vendor, None) or _responds(line, match):
                continue
            for client in _told_clients(scene, line, match, vendor):
                seen.add(vendor)
                yield Part("supplies", vendor, client, line, *spans(line, match))
        for match in every(line, patterns(scene.lang, "vendor")):
            vendor = got(match, "V")
            if vendor is None or vendor in seen or not _can_supply(scene, vendor, None) or _responds(line, match):
                continue
            seen.add(vendor)
            yield Part("supplies", vendor, None, line, *spans(line, match))


def _told_clients(scene: Scene, line: Line, match: re.Match[str], vendor: int) -> list[int]:
    """The clients that a match names, with those listed beside them; or those that its pronoun stands for."""
    client = got(match, "C")
    if client is not None:
        where = next(n for n in match.groupdict() if re.fullmatch(r"C\d*", n) and match[n])
        told = listed(line.masked, *match.span(where))
    elif match.groupdict().get("K"):
        told = _antecedents(scene, line, match)
    else:
        return []
    return [c for c in told if c != vendor and _can_supply(scene, vendor, c)]


def _antecedents(scene: Scene, line: Line, match: re.Match[str]) -> list[int]:
    """“It has its wages done by X”, “Both contract with X”: the subject of the sentence before, or all that it and the
    one before it name."""
    before = [x for x in scene.lines if line.number - 3 < x.number < line.number]
    named = [
        [b for _, _, b in x.bodies() if scene.cast.bodies[b].role == "organisation"]
        for x in before
    ]  # fmt: skip
    if rule("several_of_them").search(match["K"]):
        return list(dict.fromkeys(b for bodies in named for b in bodies))
    return next(([bodies[0]] for bodies in reversed(named) if bodies), [])


def _responds(line: Line, match: re.Match[str]) -> bool:
    """A firm that is called in after the breach, to find out or to help, supplies nothing that was breached."""
    return bool(rule("responder").search(line.text[max(0, match.start() - 40) : match.end() + 60]))


def unnamed_supplier(scene: Scene, supplies: list[Part]) -> Iterator[Part]:
    """“A mailing firm that it would not name”: a supplier without a name, where the article names none."""
    if supplies:
        return
    for line in scene.told():
        breached = scene.words("attack").search(line.text) or rule("was_hit").search(line.text)
        for match in rule(f"{scene.lang}_unnamed_supplier").finditer(line.masked):
            silent = rule("unnaming").search(line.text[match.start() : match.end() + 50])
            if not (silent or breached) or rule("no_supplier").search(line.text[: match.start()]):
                continue
            at = match.span("what")
            words = scene.passage.text[line.start + at[0] : line.start + at[1]]
            body = scene.cast.add("organisation", None, kind="company", described_as=words)
            scene.cast.mentions.append(Mention(line.start + at[0], line.start + at[1], body.number))
            scene.cast.mentions.sort(key=lambda m: m.start)
            remask(scene)
            yield Part("supplies", body.number, None, line, *spans(line, match))
            return


def hit_suppliers(scene: Scene, supplies: list[Part], hits: list[Part]) -> Iterator[Part]:
    """A company that was hit beside a body of health care, in an article that speaks of a supplier: its supplier."""
    primary = scene.primary
    if supplies or primary is None or not scene.cast.bodies[primary].is_health:
        return
    noun = rule("speaks_of_supplier")
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


def clients(scene: Scene, supplies: list[Part]) -> Iterator[Part]:
    """Each supply with its client: as said, else the other bodies of the sentence that are hit, else the one chiefly hit."""
    done: set[tuple[int, int]] = set()
    explicit = {p.body for p in supplies if p.other is not None}
    for part in supplies:
        if part.other is None and part.body in explicit:
            continue
        for client in [part.other] if part.other is not None else _clients_here(scene, part):
            if (part.body, client) not in done and client != part.body:
                done.add((part.body, client))
                yield Part("supplies", part.body, client, part.line, part.start, part.end)
    for line in scene.told():
        # “Three other clients of its own are hit”: the speaker supplies the body chiefly hit too.
        others = re.search(r"(?i)autres (?:de ses )?clients|other (?:of its )?(?:clients|customers)", line.text)
        speaker = next(
            (
                b
                for _, end, b in line.bodies()
                if others and end <= others.start() and scene.cast.bodies[b].role == "organisation"
            ),
            None,
        )
        if (
            others
            and speaker is not None
            and scene.primary not in (None, speaker)
            and not any(v == speaker for v, _ in done)
        ):
            done.add((speaker, scene.primary or 0))
            scene.vendors = list(dict.fromkeys([*scene.vendors, speaker]))
            yield Part("supplies", speaker, scene.primary, line, *spans(line, others))
        # “Among its clients are X and Y.”
        for match in rule("its_clients").finditer(line.masked):
            vendor = _owner(scene, line, match.start())
            for client in listed(line.masked, *match.span("C")):
                if vendor is not None and vendor != client and (vendor, client) not in done:
                    done.add((vendor, client))
                    scene.vendors = list(dict.fromkeys([*scene.vendors, vendor]))
                    yield Part("supplies", vendor, client, line, *spans(line, match))
        # “X and Y, two of its clients”
        for match in scene.words("clients_here").finditer(line.masked):
            told = [
                b for _, end, b in line.bodies() if end <= match.start() and scene.cast.bodies[b].role == "organisation"
            ]
            vendor = next(iter(told), None)
            for client in dict.fromkeys(told[1:]):
                if vendor is not None and vendor != client and (vendor, client) not in done and "client" in match[0]:
                    done.add((vendor, client))
                    scene.vendors = list(dict.fromkeys([*scene.vendors, vendor]))
                    yield Part("supplies", vendor, client, line, *spans(line, match))


def _owner(scene: Scene, line: Line, at: int) -> int | None:
    """Whose clients “its clients” are: the company named before in the sentence, else the one last named before it."""
    here = [b for _, end, b in line.bodies() if end <= at]
    before = [m.body for m in scene.cast.mentions if m.end <= line.start]
    bodies = (b for b in [*reversed(here), *reversed(before)] if scene.cast.bodies[b].role == "organisation")
    return next((b for b in bodies if b in (*scene.hits, *scene.vendors)), None)


def _clients_here(scene: Scene, part: Part) -> list[int]:
    if rule("possessive").match(part.line.text[max(0, part.start - part.line.start) :]):
        # “its vendor” is the vendor of the subject of that very sentence.
        before = [
            b for _, end, b in part.line.bodies()
            if end <= part.start - part.line.start and b != part.body and scene.cast.bodies[b].role == "organisation"
        ]  # fmt: skip
        own = [b for b in before if b not in scene.vendors]
        if own:
            last = next(
                (a, e) for a, e, b in reversed(part.line.bodies()) if b == own[-1] and e <= part.start - part.line.start
            )
            return [b for b in listed(part.line.masked, *last) if b != part.body] if len(own) > 1 else [own[-1]]
    here = [b for _, _, b in part.line.bodies() if b in scene.hits and b != part.body and b not in scene.vendors]
    if here:
        return list(dict.fromkeys(here))
    primary = scene.primary
    if primary is None or primary == part.body or primary in scene.vendors:
        return []
    # Those of its kind that a sentence names beside it: “services at X and Y”.
    beside = {
        b
        for line in scene.told()
        if primary in (there := [body for _, _, body in line.bodies()])
        for b in there
        if b in scene.hits and b not in scene.vendors and scene.cast.bodies[b].is_health
    }
    return [primary, *sorted(beside - {primary})]


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


def groups(scene: Scene) -> Iterator[Part]:
    """“28 laboratories” among the clients of a vendor: an unnamed body with its count."""
    vendor = next(iter(scene.vendors), None) if scene.vendors else None
    if vendor is None:
        vendor = next((b for b in scene.hits if scene.cast.bodies[b].kind == "company"), None)
    if vendor is None:
        return
    known: Body | None = None
    for line in scene.told():
        for match in rule(f"{scene.lang}_counted_bodies").finditer(line.text):
            digits = match["n"].replace(" ", "")
            count = int(digits) if digits.isdigit() else _NUMBERS[match["n"].lower()]
            if known and known.unnamed_count == count:
                continue
            relation = rule("group_relation").search(line.text)
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
            direct = rule("group_hit").search(line.text[match.end() :]) or re.search(
                r"(?i)(?:patients|données)[^.;,]{0,30} (?:de|of) $", line.text[: match.start()]
            )
            if direct:
                yield Part("affected", known.number, None, line, *place)
            yield Part("supplies", vendor, known.number, line, *place)
    scene.cast.mentions.sort(key=lambda m: m.start)
    remask(scene)


def _group_kind(what: str) -> str | None:
    return next((kind for start, kind in _GROUP_KINDS.items() if start in what.lower()), None)
