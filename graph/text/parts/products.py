"""The products of an article, named or not: exploited, used, made."""

import re
from collections.abc import Iterator
from functools import cache

from outbreach.graph.text.cast.body import Body, Mention
from outbreach.graph.text.cast.scene import SIGN, Line, Scene, got, number, patterns, sign
from outbreach.graph.text.lexicon import compiled, rule, table
from outbreach.graph.text.parts.part import Part, every, spans, usable
from outbreach.graph.text.parts.victims import is_place
from outbreach.graph.text.parts.wares import wares


def name_products(scene: Scene) -> None:
    """“Its software MedAgenda”: a body by its form is a product by the words beside it; and products without a name."""
    acting = _acting(scene)
    for line in (*scene.heading, *scene.lines):
        for match in every(line, patterns(scene.lang, "software")):
            body = got(match, "O")
            if rule("maker_before").search(line.masked[: match.start()]):
                continue  # “the maker of its records software, X”
            thing = scene.cast.bodies[body] if body is not None else None
            if thing and thing.role == "organisation" and _may_be_product(scene, thing) and body not in acting:
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


def _may_be_product(scene: Scene, thing: Body) -> bool:
    """A name that nothing says to be a body, or that is called a platform and does nothing itself."""
    if not thing.kind and not thing.describer:
        return True
    if not (thing.describer and rule("product_noun").match(thing.describer)):
        return False
    acts = rule(f"{scene.lang}_lone_name_acts")
    own = re.compile(f"{sign(thing)}+")
    return not any(acts.match(line.masked[m.end() :]) for line in scene.lines for m in own.finditer(line.masked))


def products(scene: Scene, origins: list[Part]) -> Iterator[Part]:
    """The products exploited, who uses them and who makes them; one that was exploited is used by whom it opened."""
    seen: set[tuple[str, int, int | None]] = set()

    def new(parts: Iterator[Part]) -> Iterator[Part]:
        for part in parts:
            if (part.what, part.body, part.other) not in seen:
                seen.add((part.what, part.body, part.other))
                yield part

    exploited = list(new(_exploited(scene)))
    yield from exploited
    for what, name in (("makes", "product_made"), ("uses", "product_used"), ("", "product_of")):
        for line in (*scene.heading, *scene.told()):
            yield from new(_related(scene, line, what, name))
    yield from new(wares(scene))
    breached = {p.body for p in origins if p.what == "originated_at"}
    made = {(b, s) for what, b, s in seen if what == "makes"}
    for part in exploited:
        if len(breached) == 1 and not any(s == part.body and b in breached for b, s in made):
            yield from new(iter([Part("uses", next(iter(breached)), part.body, part.line, part.start, part.end)]))


def _exploited(scene: Scene) -> Iterator[Part]:
    flawed = {
        b for line in scene.told() if rule("flawed").search(line.text)
        for _, _, b in line.bodies() if scene.cast.bodies[b].role == "software"
    }  # fmt: skip
    for line in scene.told():
        for start, end, body in line.bodies():
            if scene.cast.bodies[body].role != "software" or not scene.words("exploited").search(line.text):
                continue
            plain = body in flawed and not rule("flawed").search(line.text)
            if not plain and not _cleared(line.masked, start, end):
                yield Part("exploited", body, None, line, line.start + start, line.start + end)


def _cleared(text: str, start: int, end: int) -> bool:
    """“It does not use X”, “and not of a flaw of X”, “through X at other victims”, “X says that it was not breached”."""
    return bool(
        rule("product_denied").search(text[:start]) or rule("product_spared").match(text[end:]) or rule("other_victims").search(text)
    )  # fmt: skip


def _related(scene: Scene, line: Line, what: str, name: str) -> Iterator[Part]:
    """Who makes or uses a product, as the words beside it say."""
    things = [b.number for b in scene.cast.bodies if b.role == "software"]
    if not things:
        return
    for match in every(line, patterns(scene.lang, name)):
        body, product = got(match, "O"), got(match, "S")
        if product is None and len(things) == 1:
            product = things[0]  # “its maker, X”
        role = what
        if body is None and match.groupdict().get("K"):
            body = _subject(scene, line) if what == "makes" else scene.primary
            if body is None and (
                first := next((b for _, _, b in line.bodies() if scene.cast.bodies[b].is_health), None)
            ):
                body, role = first, "uses"  # “the insurer … its assistant X”
            if what == "makes" and scene.lang == "en" and product is not None and scene.cast.bodies[product].known:
                role = "uses"  # “its GoAnywhere server”: everybody knows whose make that is
        if body is None or product is None or not usable(scene, body) or is_place(scene, body):
            continue
        concerned = scene.cast.bodies[body].is_health or body in scene.hits or body in scene.vendors
        role = role or ("uses" if concerned and body not in scene.vendors else "makes")  # “X’s Pulse Secure”
        if role == "uses" and _is_another(line, match, body):
            continue  # “X, a vendor of Y, used …”
        if (role == "uses" and not concerned) or (role == "makes" and scene.cast.bodies[product].name is None):
            continue
        if not rule("product_denied").search(line.masked[: match.end()]):
            yield Part(role, body, product, line, *spans(line, match))


def _is_another(line: Line, match: re.Match[str], body: int) -> bool:
    """“X, a vendor of Y, used …”: it is not Y that used it, unless “Y, which used …”."""
    of = rule("of_another").search(line.masked[: match.start()])
    first = SIGN.match(line.masked, match.start())
    return bool(of and first and number(first[0][0]) == body and not rule("relative").search(match[0]))


def _subject(scene: Scene, line: Line) -> int | None:
    """Whose “its software” is: a company or vendor of the sentence, where it is one; else the only vendor’s."""
    here = [b for _, _, b in line.bodies() if usable(scene, b)]
    first = next(iter(here), None)
    if first is not None and (scene.cast.bodies[first].kind == "company" or first in scene.vendors):
        return first
    firms = [b for b in dict.fromkeys([*scene.vendors, *scene.hits]) if not scene.cast.bodies[b].is_health]
    return next((b for b in here if b in scene.vendors), firms[0] if len(firms) == 1 and not here else None)


def _acting(scene: Scene) -> set[int]:
    """The bodies that say or do something, and are no products."""
    acts = _acts(scene.lang)
    return {number(m["E"]) for line in scene.lines for m in acts.finditer(line.masked)}


@cache
def _acts(lang: str) -> re.Pattern[str]:
    told = table("article_patterns")[lang]
    return compiled(
        rf"(?P<E>[\ue000-\ue7ff])(?P=E)*(?: (?:a |ont |has |have |had )?(?:\w+ )?(?:{told['speech']})|{told['own_people']})"
    )


def _category(words: str) -> str | None:
    told = {
        "file_transfer": r"transfert|partage|échange de fichiers|file[- ]|document[- ]sharing",
        "health_record": r"dossiers?|health record|medical record|EHR",
        "practice_management": r"rendez-vous|gestion|scheduling|téléconsultation",
        "remote_access": r"remote access|accès à distance",
        "portal": r"portal|portail",
    }
    return next((category for category, p in told.items() if re.search(p, words, re.IGNORECASE)), None)
