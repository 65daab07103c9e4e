"""Who works for whom in an English article, by the verb of the service and the two bodies about it."""

import re
from collections.abc import Iterator
from functools import cache

from outbreach.graph.text.cast.scene import Line, Scene, got
from outbreach.graph.text.lexicon import compiled, rule, table
from outbreach.graph.text.parts.part import Part, is_negated, listed, spans, usable
from outbreach.graph.text.parts.suppliers import cares
from outbreach.graph.text.parts.victims import is_place


def dealings(scene: Scene) -> Iterator[Part]:
    """Vendor → client; the client is None where the words say only that the vendor works for those who care for people."""
    if scene.lang != "en":
        return
    seen: set[tuple[int, int | None]] = set()
    for line in (*scene.heading, *scene.told()):
        for regex in _wordings():
            for match in regex.finditer(line.masked):
                vendor = got(match, "V")
                if vendor is None:
                    vendor = _firm_before(scene, line, match.start())
                if vendor is None or not is_firm(scene, vendor) or is_negated(scene, match[0]):
                    continue
                if rule("responder").search(line.text[max(0, match.start() - 20) : match.end() + 40]):
                    continue
                for client in _clients(scene, line, match, vendor):
                    if (vendor, client) not in seen:
                        seen.add((vendor, client))
                        yield Part("supplies", vendor, client, line, *spans(line, match))


def _clients(scene: Scene, line: Line, match: re.Match[str], vendor: int) -> list[int | None]:
    """Those that the words name, with whom is listed beside them; None where they name nobody."""
    where = next((n for n in match.groupdict() if re.fullmatch(r"C\d*", n) and match[n]), None)
    if where is None:
        return [None]
    told = listed(line.masked, *match.span(where))
    return [b for b in told if b != vendor and usable(scene, b) and not is_place(scene, b) and cares(scene, b)]


def _firm_before(scene: Scene, line: Line, at: int) -> int | None:
    """“V says that it bills for C”: whom the sentence names first, where that is a firm."""
    here = [b for _, end, b in line.bodies() if end <= at and usable(scene, b)]
    return here[0] if here and is_firm(scene, here[0]) else None


def is_firm(scene: Scene, body: int) -> bool:
    """An organisation with a name that cares for nobody, and responds to no incident."""
    thing = scene.cast.bodies[body]
    if not usable(scene, body) or not thing.name or rule("responder_name").search(thing.name):
        return False
    public = thing.kind in ("public_body", "university", "charity", "health_authority", "media")
    return not public and not cares(scene, body) and not is_place(scene, body)


@cache
def _wordings() -> tuple[re.Pattern[str], ...]:
    """The wordings of `en_dealings`, in which `SERVES` is a verb of service and `CARERS` those who care for people."""
    told = table("article_rules")
    return tuple(
        _compiled(one, told["en_serves"], told["en_carers"], told["en_served_thing"]) for one in told["en_dealings"]
    )


def _compiled(wording: str, serves: str, carers: str, thing: str) -> re.Pattern[str]:
    text = wording.replace("SERVES", serves).replace("CARERS", carers).replace("THING", thing)
    text = text.replace("{V}", "(?P<V>[\ue000-\ue7ff]++)").replace("{C}", "(?P<C>[\ue000-\ue7ff]++)")
    return compiled(text)
