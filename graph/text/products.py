"""The products of an article, named or not: exploited, used, made."""

import re
from collections.abc import Iterator

from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.names import Mention
from outbreach.graph.text.part import Part, usable
from outbreach.graph.text.scene import Line, Scene, got, number


def name_products(scene: Scene) -> None:
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


def products(scene: Scene) -> Iterator[Part]:
    """The products exploited, who uses them and who makes them."""
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


def _category(words: str) -> str | None:
    told = {
        "file_transfer": r"transfert|partage|échange de fichiers|file[- ]|document[- ]sharing",
        "health_record": r"dossiers?|health record|medical record|EHR",
        "practice_management": r"rendez-vous|gestion|scheduling|téléconsultation",
        "remote_access": r"remote access|accès à distance",
        "portal": r"portal|portail",
    }
    return next((category for category, p in told.items() if re.search(p, words, re.IGNORECASE)), None)


def _cleared_product(text: str, end: int) -> bool:
    """“It does not use X”, “and not of a flaw of X”."""
    return bool(rule("product_denied").search(text[:end]))


def _users(scene: Scene, line: Line, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Who uses the product that stands at `start`–`end`."""
    after, before = line.masked[end:], line.masked[:start]
    match = rule("used_by").match(after)
    if match:
        yield number(match["O"][0]), start, end + match.end()
    match = rule("uses_it").search(before)
    if match:
        yield number(match["O"][0]), match.start(), end
    subject = scene.primary
    match = rule("used_by_it").match(after)
    if match and subject is not None:
        yield subject, start, end + match.end()


def _maker(scene: Scene, line: Line, start: int, end: int) -> tuple[int, int, int] | None:
    after, before = line.masked[end:], line.masked[:start]
    match = rule("made_by").match(after)
    if match:
        return number(match["O"][0]), end, end + match.end()
    match = re.search("(?P<O>([\ue000-\ue7ff])\\2*)'s (?:[\\w-]+ ){0,4}?$", before)
    if match:
        return number(match["O"][0]), match.start(), end
    match = rule("maker_of").search(before)
    if match:
        return number(match["O"][0]), match.start(), end
    match = rule("its_maker").search(after)
    if match:
        return number(match["O"][0]), end, end + match.end()
    own = re.search(r"(?:son|its) (?:[\w-]+ ){0,3}?$", before)
    first = re.search("([\ue000-\ue7ff])\\1*", before)
    if (
        own
        and first
        and usable(scene, number(first[0][0]))
        and scene.cast.bodies[number(first[0][0])].kind == "company"
    ):
        return number(first[0][0]), first.start(), end
    return None
