"""What follows where the data of one body were with another: who else is hit, and whose clients they are."""

from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Scene
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part, listed, usable
from outbreach.graph.text.parts.suppliers import cares


def chain(scene: Scene, supplies: list[Part], origins: list[Part], others: set[int]) -> Iterator[Part]:
    """Where a vendor was breached: those between it and the patients are hit, and the other bodies hit are clients.

    `others` are spared, or own the vendor. Through each vendor in the middle its client’s data went to the one that was breached.
    """
    breached = {p.body for p in origins if p.what == "originated_at" and p.body in scene.vendors}
    served = {(p.body, p.other): p for p in supplies if p.other is not None}
    middle = [c for v, c in served if v in breached and c in scene.vendors]
    for part in supplies:
        if part.body in middle and scene.lang == "en":  # in French right in little more than half
            yield Part("affected", part.body, None, part.line, part.start, part.end)
    if not breached:
        return
    if scene.lang == "en":
        yield from _their_clients(scene, supplies, breached, others)
    first = [v for v in scene.vendors if not any((v, w) in served for w in scene.vendors)]
    told = next((p for p in supplies if p.body == first[0]), None) if len(first) == 1 else None
    if told is None:
        return
    fellows = _fellows(scene, told.body) if breached == {told.body} else []
    for body in dict.fromkeys([*_hit_together(scene), *(b for b in fellows if b not in others)]):
        thing = scene.cast.bodies[body]
        known = any(c == body for _, c in served) or body in scene.vendors
        if not known and (
            body in fellows or thing.is_health or (thing.kind != "company" and " " in (thing.name or ""))
        ):
            yield Part("supplies", told.body, body, told.line, told.start, told.end)
            if body not in scene.hits:
                yield Part("affected", body, None, told.line, told.start, told.end)


def _their_clients(scene: Scene, supplies: list[Part], breached: set[int], spared: set[int]) -> Iterator[Part]:
    """A body of care that a breached vendor works for is hit, where nothing says that it is not."""
    known = {*scene.hits, *spared}
    for part in supplies:
        client = part.other
        if client is None or part.body not in breached or client in known or not usable(scene, client):
            continue
        if cares(scene, client) and scene.cast.bodies[client].name:
            known.add(client)
            yield Part("affected", client, None, part.line, part.start, part.end)


def _hit_together(scene: Scene) -> list[int]:
    """The bodies hit, with those that begin a sentence as one subject with them: “X and Y said …”."""
    found = list(scene.hits)
    for line in scene.told():
        first = next(iter(line.bodies()), None)
        together = listed(line.masked, first[0], first[1]) if first and first[0] == 0 else []
        if len(together) > 1 and any(b in scene.hits for b in together):
            found += together
    return list(dict.fromkeys(found))


def _fellows(scene: Scene, vendor: int) -> list[int]:
    """Those who care for people and of whom a sentence tells in the same matter: “Then there is X, with 12,660”."""
    found: list[int] = []
    if scene.cast.bodies[vendor].name is None:
        return found
    for line in scene.told():
        if rule("fellow_client").search(line.text) and not rule("fellow_spared").search(line.text):
            found += [b for a, _, b in scene.by_name(line) if not rule("where_seen").search(line.text[:a])]
    caring = [b for b in dict.fromkeys(found) if b != vendor and usable(scene, b) and cares(scene, b)]
    return [b for b in caring if not rule("public_name").search(scene.cast.bodies[b].name or "")]
