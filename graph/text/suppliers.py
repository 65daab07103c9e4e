"""Who supplies whom in an article: vendors and clients, named or counted."""

import re
from collections.abc import Iterator

from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.names import Mention
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
            if scene.cast.bodies[vendor].is_health and scene.cast.bodies[vendor].kind not in _SERVICES:
                continue
            seen.add(vendor)
            yield Part("supplies", vendor, None, line, *spans(line, match))


def _told_clients(scene: Scene, line: Line, match: re.Match[str], vendor: int) -> list[int]:
    """The clients that a match names, with those listed beside them; or those that its pronoun stands for."""
    client = got(match, "C")
    if client is not None:
        where = next(n for n in match.groupdict() if re.fullmatch(r"C\d*", n) and match[n])
        if rule("place_of_client").search(line.masked[: match.start(where)]):
            return []
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
        return list(dict.fromkeys(b for bodies in named[-2:] for b in bodies))
    here = [b for _, end, b in line.bodies() if end <= match.start() and scene.cast.bodies[b].role == "organisation"]
    return here[:1] or next(([bodies[0]] for bodies in reversed(named) if bodies), [])


def _responds(line: Line, match: re.Match[str]) -> bool:
    """A firm that is called in after the breach, to find out or to help, supplies nothing that was breached."""
    return bool(rule("responder").search(line.text[max(0, match.start() - 40) : match.end() + 60]))


def unnamed_supplier(scene: Scene, supplies: list[Part]) -> Iterator[Part]:
    """“A mailing firm that it would not name”: a supplier without a name, where the article names none.

    The sentence says that something happened there, or by its login, or it or the next that the name is kept silent.
    """
    if supplies:
        return
    for line in scene.told():
        follows = next((x.text for x in scene.lines if x.number == line.number + 1), "")
        happened = any(
            r.search(line.text)
            for r in (scene.words("attack"), rule("was_hit"), rule("happened_there"), rule("by_login"))
        )
        for match in every(line, patterns(scene.lang, "unnamed_supplier")):
            silent = rule("unnaming").search(line.text[match.start() : match.end() + 90] + " " + follows[:80])
            if not (silent or happened) or rule("no_supplier").search(line.text[: match.start()]):
                continue
            if _responds(line, match) or rule("imposture").search(line.text):
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


_SERVICES = ("laboratory", "pharmacy")
"""Of those who care for people, these work for others too."""


def _can_supply(scene: Scene, vendor: int, client: int | None) -> bool:
    body = scene.cast.bodies[vendor]
    if rule("responder_name").search(body.name or ""):
        return False
    if body.role != "organisation" or (client is not None and scene.cast.bodies[client].role != "organisation"):
        return False
    return body.kind in (None, "company", "laboratory", "clinic", "hospital_group", "pharmacy") or bool(body.describer)
