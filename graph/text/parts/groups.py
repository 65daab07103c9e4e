"""Clients that an article counts and does not name: “28 laboratories”, “about 70 customers”."""

import re
from collections.abc import Iterator

from text_to_num import text2num

from outbreach.graph.text.cast.body import Mention
from outbreach.graph.text.cast.scene import Line, Scene, remask
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part
from outbreach.graph.text.parts.phrase import whole
from outbreach.graph.text.parts.suppliers import cares
from outbreach.graph.text.parts.victims import is_place

_KINDS = {
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
_ROUND = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50,
    "soixantaine": 60, "centaine": 100,
}  # fmt: skip
CLIENTS = 5000
"""More clients than so many are people, and no bodies."""
_MOST = 2
"""So many groups at most are kept of one article."""


def groups(scene: Scene, supplies: list[Part]) -> Iterator[Part]:
    """An unnamed body with its count for each group that a vendor serves: hit, spared, or only served."""
    front = _front(scene, supplies)
    served = {p.other for p in supplies}
    counts: list[int] = []
    lines = (*scene.heading, *scene.told()) if scene.lang == "en" else (*scene.told(), *scene.heading)
    for line in lines:
        for match in rule(f"{scene.lang}_counted_bodies").finditer(line.text):
            count, kind = count_of(match["n"], scene.lang), _kind(match["what"])
            vendor = _vendor(scene, line, match, front)
            if vendor is None or count is None or count in counts or len(counts) == _MOST:
                continue
            named = {b for b in scene.hits if scene.cast.bodies[b].kind == kind and b not in scene.vendors}
            people = match["what"].split()[-1] in ("clients", "customers") and count > CLIENTS
            others = match["what"].split()[0] in ("other", "more", "further", "autres")
            if count < 2 or people or (len(named | served) >= count and not others):
                continue
            if rule("the_same_group").search(line.text[: match.start()]) and len(scene.hits) >= count:
                continue  # “the three hospitals”, which have been named
            at = whole(line.text, *match.span()) if scene.lang == "fr" else match.span()
            place = line.start + at[0], line.start + at[1]
            if any(
                m.start < place[1] and m.end > place[0] and scene.cast.bodies[m.body].name is None
                for m in scene.cast.mentions
            ):
                continue  # it has been told of
            counts.append(count)
            body = scene.cast.add(
                "organisation", None, kind=kind, unnamed_count=count, described_as=scene.passage.text[slice(*place)]
            )
            if not any(m.start < place[1] and m.end > place[0] for m in scene.cast.mentions):
                scene.cast.mentions.append(Mention(*place, body.number))
            after, before = line.text[at[1] :], line.text[: at[0]]
            if rule("group_spared").search(after):
                yield Part("not_affected", body.number, None, line, *place)
            elif is_hit(scene.lang, before, after):
                yield Part("affected", body.number, None, line, *place)
            yield Part("supplies", vendor, body.number, line, *place)
    scene.cast.mentions.sort(key=lambda m: m.start)
    remask(scene)


def is_hit(lang: str, before: str, after: str) -> bool:
    """Whether the words around a group say that it was hit."""
    if rule("group_hit").search(after) or rule("data_of_group").search(before):
        return True
    return lang == "fr" and rule("fr_group_hit").search(after) is not None


def _front(scene: Scene, supplies: list[Part]) -> int | None:
    """The vendor that its clients deal with, or the firm that it works for; else a body that was hit and cares for nobody itself."""
    if scene.vendors and scene.lang == "fr":
        firms = {p.other for p in supplies if p.body == scene.vendors[0] and p.other is not None}
        firm = next(iter(firms)) if len(firms) == 1 else None
        if firm is not None and scene.cast.bodies[firm].name and firm in scene.hits and not cares(scene, firm):
            return firm
    if scene.vendors:
        return scene.vendors[0]
    supplier = any(rule("speaks_of_supplier").search(line.text) for line in scene.lines)
    bodies = [scene.cast.bodies[b] for b in scene.hits]
    return next(
        (b.number for b in bodies if b.kind in ("company", "laboratory") or (supplier and not b.is_health)), None
    )


def _vendor(scene: Scene, line: Line, match: re.Match[str], front: int | None) -> int | None:
    """Whose clients they are, where the sentence says that they are somebody’s: the vendor that it names, or the one."""
    if front is None:
        return None
    before = line.text[: match.start()]
    told = is_hit(scene.lang, "", line.text[match.end() :])
    hit = bool(scene.vendors) and line.number >= 0 and told
    related: re.Match[str] | bool | None = (
        rule("group_relation").search(line.text) or rule("group_served").search(before) or hit
    )
    here = [b for _, end, b in line.bodies() if end <= match.start() and b in (*scene.vendors, front)]
    named = [b for _, end, b in line.bodies() if end <= match.start() and not is_place(scene, b)]
    subject = named[-1] if named else None
    if subject is not None and subject not in here and rule("its_group").search(before):
        thing = scene.cast.bodies[subject]
        if thing.role == "organisation" and not thing.is_health:
            return None  # somebody else’s
    if here and not related:
        related = rule("for_them").search(before) or rule("data_of_group").search(before)
    if not related or rule("group_owned").search(before):
        return None
    if match["what"].split()[-1] in ("clients", "customers") and not rule("its_group").search(before):
        return None  # people
    return here[-1] if here else front


def count_of(said: str, lang: str) -> int | None:
    """The number that words or figures say."""
    said = re.sub(r"^une (?=\w+aine)", "", said.lower())
    if said in _ROUND:
        return _ROUND[said]
    digits = re.sub(r"[ ,.]", "", said)
    if digits.isdigit():
        return int(digits)
    try:
        return int(text2num(said.lower(), lang))
    except ValueError:
        return None


def _kind(what: str) -> str | None:
    return next((kind for start, kind in _KINDS.items() if start in what.lower()), None)
