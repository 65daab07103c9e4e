"""Who plays which part in an article’s incident: the bodies hit, and all that hangs on them."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.body import Mention
from outbreach.graph.text.cast.scene import Line, Scene, remask
from outbreach.graph.text.lexicon import normal, rule
from outbreach.graph.text.parts.associates import associates_of
from outbreach.graph.text.parts.attackers import attackers, name_attackers
from outbreach.graph.text.parts.belonging import belongings
from outbreach.graph.text.parts.chain import chain
from outbreach.graph.text.parts.clientele import attacked_instead, clientele
from outbreach.graph.text.parts.clients import clients
from outbreach.graph.text.parts.dealings import dealings
from outbreach.graph.text.parts.fullname import complete_names
from outbreach.graph.text.parts.groups import groups
from outbreach.graph.text.parts.handed import handed
from outbreach.graph.text.parts.nobody import set_aside
from outbreach.graph.text.parts.origins import origins
from outbreach.graph.text.parts.part import Part, usable
from outbreach.graph.text.parts.products import name_products, products
from outbreach.graph.text.parts.rest import rest
from outbreach.graph.text.parts.roll import roll
from outbreach.graph.text.parts.seat import drop_seats
from outbreach.graph.text.parts.struck import stood_aside
from outbreach.graph.text.parts.suppliers import breached_makers, cares, supplies_of, unnamed_supplier
from outbreach.graph.text.parts.tally import tally
from outbreach.graph.text.parts.total import without_totals
from outbreach.graph.text.parts.victims import is_place, together, victims
from outbreach.graph.text.parts.wares import makers_clients, name_wares


def parts_of(scene: Scene) -> list[Part]:
    """All parts, in the order of the text; fills `scene.hits` and `scene.vendors`, and masks “the hospital” and the like."""
    name_products(scene)
    name_wares(scene)
    name_attackers(scene)
    set_aside(scene)
    drop_seats(scene)
    complete_names(scene)
    remask(scene)
    supplies = list(_said_to_supply(scene))
    vendors = list(dict.fromkeys(p.body for p in supplies))
    hits = victims(scene, vendors)
    scene.vendors = vendors
    scene.hits = list(dict.fromkeys(p.body for p in hits if p.what == "affected"))
    _pronouns(scene)
    again = victims(scene, vendors)
    if len(again) > len(hits) or not hits:
        hits = again
        scene.hits = list(dict.fromkeys([*scene.hits, *(p.body for p in hits if p.what == "affected")]))
    belonging = list(belongings(scene))
    hits = [_part_not_whole(p, belonging) for p in hits]
    others = [b for b in scene.hits if b not in {p.other for p in belonging}]
    scene.hits = list(dict.fromkeys([*(p.body for p in hits if p.what == "affected"), *others]))
    more = [p for p in _said_to_supply(scene) if (p.body, p.other) not in {(q.body, q.other) for q in supplies}]
    supplies += [p for p in more if not scene.cast.bodies[p.body].is_health or p.other is not None or p.body in vendors]
    supplies += breached_makers(scene, supplies)
    owners = {p.other for p in belonging if any(q.body == p.body for q in supplies)}
    supplies = [p for p in supplies if p.other is not None or p.body not in owners]  # who owns the vendor is none
    chief = {p.body for p in hits if p.what == "affected"}
    chief |= {b for line in scene.told() for _, _, b in line.bodies() if scene.cast.bodies[b].is_health}
    named = [
        p for p in supplies if p.other is not None or chief != {p.body} or _is_theirs(scene, p)
    ]  # the rest are themselves the body hit
    nameless = list(unnamed_supplier(scene, named))
    supplies = [*named, *nameless] if nameless else supplies
    supplies += handed(scene, [p.body for p in supplies])
    scene.vendors = list(dict.fromkeys(p.body for p in supplies))
    own = {(p.other, p.body) for p in belonging}
    served = list(clients(scene, supplies))
    served += roll(scene, served)
    counted_clients = list(tally(scene))
    counted = [p for p in served if p.what == "affected"]
    told = [p for p in _sure(scene, served) if (p.body, p.other) not in own]
    begun = list(origins(scene, hits, told, belonging))
    begun += stood_aside(scene, {p.body for p in begun if p.what == "originated_at"})
    spared = {p.body for p in hits if p.what == "not_affected"}
    linked = list(chain(scene, told, begun, spared | {p.other for p in belonging if p.other is not None}))
    crowd = counted_clients or list(clientele(scene, [*told, *linked]))
    begun = [p for p in begun if p.body not in attacked_instead(crowd)]
    found = [
        *hits,
        *counted,
        *told,
        *begun,
        *linked,
        *products(scene, begun),
        *attackers(scene),
        *crowd,
        *groups(scene, [*told, *linked, *crowd]),
        *belonging,
    ]
    found = without_totals(scene, [*found, *rest(scene)])
    found += together(scene, [p for p in found if p.what in ("affected", "not_affected")])
    found = [
        p
        for p in found
        if not _is_of_itself(scene, p)
        and (
            p.what not in _OF_BODIES
            or not any(
                is_place(scene, b)
                for b in (p.body, p.other)
                if b is not None and usable(scene, b) and b not in scene.vendors
            )
        )
    ]
    return sorted(found, key=lambda p: (p.start, p.what))


def _said_to_supply(scene: Scene) -> Iterator[Part]:
    """Vendor → client, by every kind of wording that says so."""
    yield from supplies_of(scene)
    yield from associates_of(scene)
    yield from dealings(scene)
    yield from makers_clients(scene)


_OF_BODIES = ("affected", "supplies", "originated_at", "part_of", "makes")
"""Parts that no place has."""


def _is_of_itself(scene: Scene, part: Part) -> bool:
    """Two bodies of the cast that have one name do not supply each other."""
    if part.what != "supplies" or part.other is None:
        return False
    names = [scene.cast.bodies[b].name for b in (part.body, part.other)]
    return all(names) and normal(str(names[0])).lower() == normal(str(names[1])).lower()


def _is_theirs(scene: Scene, supply: Part) -> bool:
    """“Leur prestataire, X”: it is somebody’s, whether those have a name or not."""
    words = supply.line.text[supply.start - supply.line.start : supply.end - supply.line.start]
    return scene.lang == "fr" and rule("possessive").match(words) is not None


def _part_not_whole(hit: Part, belonging: list[Part]) -> Part:
    """“X, part of Y, said records were stolen”: it is X that was hit."""
    for told in belonging:
        if hit.body == told.other and hit.line is told.line and (hit.start >= told.start or hit.end >= told.end):
            return Part(hit.what, told.body, None, hit.line, hit.start, hit.end)
    return hit


def _sure(scene: Scene, supplies: list[Part]) -> list[Part]:
    """Without the clients of a vendor that another serves by it: in a chain each supplies the next."""
    pairs = {(p.body, p.other) for p in supplies}
    return [
        p
        for p in supplies
        if p.other is not None
        and not any((p.body, v) in pairs and (v, p.other) in pairs for v in scene.vendors)
        and not ((p.other, p.body) in pairs and cares(scene, p.body) and not cares(scene, p.other))
    ]


def _pronouns(scene: Scene) -> None:
    """“The hospital”, “l’entreprise”: mentions of the body chiefly hit, or of the vendor."""
    primary = scene.primary
    vendor = next((v for v in scene.vendors if v != primary), None)
    mentions = scene.cast.mentions
    products = [b for b in scene.cast.bodies if b.role == "software"]
    for line in scene.lines:
        before = [m for m in mentions if m.end <= line.start]
        for match in rule("the_product").finditer(line.masked):
            named = [m.body for m in before if scene.cast.bodies[m.body].role == "software"]
            thing = named[-1] if named else products[0].number if len(products) == 1 else None
            if thing is not None:
                mentions.append(Mention(line.start + match.start(), line.start + match.end(), thing))
        for name, home in (("pronoun", primary), ("company", vendor)):
            for match in scene.words(name).finditer(line.masked):
                if _is_of_name(scene, line, match):
                    continue
                target = home
                if name == "company" and match[0].rsplit(maxsplit=1)[-1][0].isupper():
                    target = _issuer(scene)  # “the Company”, as those write who report on themselves
                elif name == "company":
                    target = _last_of(scene, line, match.start(), before, vendor, primary)
                if name == "pronoun" and primary is not None and _is_mere_vendor(scene, primary, match[0]):
                    continue  # “the fund” is not the printer
                if name == "pronoun" and primary is not None:
                    target = _fitting(scene, match[0], primary)
                if rule("vendor_word").search(match[0]) and target == primary and scene.vendors != [target]:
                    continue  # “the contractor” is not the hospital
                if target is not None and scene.cast.bodies[target].role == "organisation":
                    mentions.append(Mention(line.start + match.start(), line.start + match.end(), target))
    mentions.sort(key=lambda m: m.start)
    remask(scene)


def _is_of_name(scene: Scene, line: Line, match: re.Match[str]) -> bool:
    """“La société X” is X itself, and in French so is “X, l'éditeur nantais du logiciel Y”."""
    apposed = scene.lang == "fr" and rule("fr_apposed_to").search(line.masked[: match.start()])
    return bool(apposed or rule("names_itself").match(line.masked[match.end() :]))


def _issuer(scene: Scene) -> int | None:
    """The first body that the text names in its sentences, after the place that it is dated from."""
    return next(
        (
            b for line in scene.lines for _, end, b in line.bodies()
            if usable(scene, b) and not rule("dates_from").match(line.masked[end:])
        ), None,
    )  # fmt: skip


def _is_mere_vendor(scene: Scene, number: int, words: str) -> bool:
    """A vendor that cares for nobody, and whose name has not that word."""
    body = scene.cast.bodies[number]
    said = words.rsplit(maxsplit=1)[-1].lower() in (body.name or "").lower()
    return number in scene.vendors and not body.is_health and not said


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
            and not (scene.lang == "en" and thing.kind == "clinic" and vendor is not None)
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
    if re.search(r"(?i)h[oô]pital|hospital", words) and not scene.cast.bodies[primary].is_health:
        known = (m.body for m in scene.cast.mentions if scene.cast.bodies[m.body].kind == "hospital")
        return next((b for b in known if usable(scene, b)), primary)
    return next((b for b in scene.hits if kind and scene.cast.bodies[b].kind == kind), primary)
