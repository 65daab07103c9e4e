"""Who supplies whom in an article: vendors and clients, named or counted."""

import re
from collections.abc import Iterator

from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.names import Body, Mention
from outbreach.graph.text.part import Part, every, spans
from outbreach.graph.text.scene import Scene, got, number, patterns, remask


def supplies_of(scene: Scene) -> Iterator[Part]:
    """Vendor → client; the client is None where the words only call the body a vendor."""
    for line in (*([scene.title] if scene.title else []), *scene.lines):
        seen: set[int] = set()
        for match in every(line, patterns(scene.lang, "vendor_of")):
            vendor, client = got(match, "V"), got(match, "C")
            if vendor is not None and client is not None and vendor != client and _can_supply(scene, vendor, client):
                seen.add(vendor)
                yield Part("supplies", vendor, client, line, *spans(line, match))
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
        for match in every(line, patterns(scene.lang, "vendor")):
            vendor = got(match, "V")
            if vendor is not None and vendor not in seen and _can_supply(scene, vendor, None):
                seen.add(vendor)
                yield Part("supplies", vendor, None, line, *spans(line, match))


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
    for part in supplies:
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
                    yield Part("supplies", vendor, client, line, *spans(line, match))


def _clients_here(scene: Scene, part: Part) -> list[int]:
    here = [b for _, _, b in part.line.bodies() if b in scene.hits and b != part.body and b not in scene.vendors]
    if here:
        return list(dict.fromkeys(here))
    primary = scene.primary
    return [primary] if primary is not None and primary != part.body and primary not in scene.vendors else []


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
