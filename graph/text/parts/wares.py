"""Products of a French article by the words about them: which names are products, who makes them and who uses them."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Line, Scene, got, remask
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part, is_negated, listed, spans, usable
from outbreach.graph.text.parts.victims import is_place
from outbreach.graph.text.parts.wording import found


def name_wares(scene: Scene) -> None:
    """A name that the word for a product introduces, or follows, is one: “le logiciel de cabinet X”, “X, un outil de …”."""
    if scene.lang != "fr":
        return
    lines = (*scene.heading, *scene.lines)
    firms = {body for x in lines for m in found(x, "fr_ware_firm") if (body := got(m, "E")) is not None}
    for line in lines:
        for match in found(line, "fr_ware_named"):
            body = got(match, "O")
            if body is None or body in firms:
                continue
            thing = scene.cast.bodies[body]
            plain = not thing.kind or (thing.kind == "company" and (thing.describer or "") in match[0].split())
            if thing.role == "organisation" and thing.name and plain and not is_place(scene, body):
                thing.role, thing.kind, thing.describer, thing.category = "software", None, None, None
    for body in firms:
        thing = scene.cast.bodies[body]
        if thing.role == "software" and thing.known is None:
            thing.role = "organisation"
    remask(scene)


def wares(scene: Scene) -> Iterator[Part]:
    """Who makes and who uses a product, as the words of a sentence say."""
    if scene.lang != "fr" or not any(b.role == "software" for b in scene.cast.bodies):
        return
    for line in (*scene.heading, *scene.told()):
        for what, name in (("makes", "fr_ware_made"), ("uses", "fr_ware_used")):
            for match in found(line, name):
                product = got(match, "S")
                product = _last_product(scene, line, match.start()) if product is None else product
                if product is None or not scene.cast.bodies[product].name or is_negated(scene, match[0]):
                    continue
                if rule("product_denied").search(line.masked[: match.end()]):
                    continue
                for body in _who(scene, line, match, what):
                    yield Part(what, body, product, line, *spans(line, match))


def makers_clients(scene: Scene) -> Iterator[Part]:
    """Who makes a product that is no household name supplies those who use it."""
    told = list(wares(scene))
    for made in told:
        if made.what == "makes" and made.other is not None and scene.cast.bodies[made.other].known is None:
            for used in told:
                if used.what == "uses" and used.other == made.other and used.body != made.body:
                    yield Part("supplies", made.body, used.body, used.line, used.start, used.end)


def _who(scene: Scene, line: Line, match: re.Match[str], what: str) -> list[int]:
    """Makers are firms, or who gives an application to their own people; users are those concerned who make none."""
    body = got(match, "O")
    if body is None:
        body = _meant(scene, line, match.start())
        bodies = [body] if body is not None else []
    else:
        where = next(n for n in match.groupdict() if re.fullmatch(r"O\d*", n) and match[n])
        bodies = listed(line.masked, *match.span(where)) if what == "uses" else [body]
    return [
        b for b in bodies if usable(scene, b) and not is_place(scene, b) and (what == "makes" or _may_use(scene, b))
    ]


def _may_use(scene: Scene, body: int) -> bool:
    thing = scene.cast.bodies[body]
    return thing.is_health or body in scene.hits or thing.name is None or (body in scene.vendors)


def _meant(scene: Scene, line: Line, at: int) -> int | None:
    """Whom “elle travaille avec X” means: who begins the sentence or the one before, where that is concerned; else the one hit."""
    before = next((x for x in scene.lines if x.number == line.number - 1), None)
    here = [b for _, end, b in line.bodies() if end <= at and usable(scene, b)]
    ahead = [b for _, _, b in before.bodies() if usable(scene, b)] if before else []
    near = [b for b in (*here[-1:], *ahead) if scene.cast.bodies[b].is_health or b in scene.hits]
    return near[0] if near else scene.primary


def _last_product(scene: Scene, line: Line, at: int) -> int | None:
    """The product that the sentence names before, else the only one of the article, else the last one named."""
    here = [b for _, end, b in line.bodies() if end <= at and scene.cast.bodies[b].role == "software"]
    if here:
        return here[-1]
    named = [b.number for b in scene.cast.bodies if b.role == "software" and b.name]
    if len(named) == 1:
        return named[0]
    before = [m.body for m in scene.cast.mentions if m.end <= line.start + at and m.body in named]
    return before[-1] if before else None
