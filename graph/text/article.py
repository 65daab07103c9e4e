"""What a press article in French or English states about a breach of health data: a pure function of its text."""

import re
from collections.abc import Sequence
from typing import Any

from outbreach.graph.text.cast.scene import Line, Scene, scene_of
from outbreach.graph.text.cast.speakers import find_speakers
from outbreach.graph.text.counts.figure import Figure
from outbreach.graph.text.counts.figures import figures_of
from outbreach.graph.text.draft import Desk, Draft
from outbreach.graph.text.facts.care import care_of
from outbreach.graph.text.facts.events import events_told
from outbreach.graph.text.facts.exposure import Exposure, exposures_of
from outbreach.graph.text.facts.fines import fines_of
from outbreach.graph.text.facts.happenings import Happening
from outbreach.graph.text.facts.kinds import kinds_of
from outbreach.graph.text.facts.offices import Office, offices_of
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.page.digest import stories
from outbreach.graph.text.page.passage import Passage, passage
from outbreach.graph.text.page.writer import is_letter
from outbreach.graph.text.parts.part import Part
from outbreach.graph.text.parts.parties import parts_of
from outbreach.graph.text.parts.victims import is_somebody, lead
from outbreach.graph.text.times.dating import dates_of
from outbreach.graph.text.times.past import write_past
from outbreach.graph.text.verdict.disclosure import tells_plainly
from outbreach.graph.text.verdict.verdict import verdict_of


def read_article(
    text: str, *, title: str | None = None, publisher: str | None = None, url: str | None = None,
    published_on: str | None = None, lang: str | None = None,
) -> list[Draft]:  # fmt: skip
    """The drafts of an article: one, or one for each incident where it tells of several that are not linked.

    `text` may hold the page around the article; what else is known of the page comes beside it.
    """
    page = passage(text, title, stamp=published_on, lang=lang)
    source: dict[str, Any] = {"kind": "press", "lang": page.lang}
    source |= {k: v for k, v in (("publisher", publisher or page.publisher), ("title", page.title), ("url", url)) if v}
    scene = scene_of(page)
    scene.letter = is_letter(scene)
    draft = _draft(scene, source)
    if draft.verdict != "several":
        return [draft]
    return _apart(page, scene, source) or [draft]


def _draft(scene: Scene, source: dict[str, Any], forced: str | None = None, place: int | None = None) -> Draft:
    parts = parts_of(scene) if scene.lines else []
    find_speakers(scene)
    figures = list(figures_of(scene))
    parts = [*parts, *_hit_by_figures(scene, parts, figures)]
    exposures = list(exposures_of(scene))
    if not any(p.what == "affected" for p in parts) and (forced or tells_plainly(scene, figures, exposures)):
        parts += lead(scene, place)
    verdict, why = verdict_of(scene, parts, figures, exposures)
    verdict, why = (forced, None) if forced and why != "survey" else (verdict, why)
    if scene.ref:
        dated = scene.ref.iso if not scene.ref.by.startswith("“") else scene.ref.iso[:7]
        source = {**source, "published_on": dated}
    desk = Desk(scene)
    if verdict == "one" or (forced and verdict == forced):
        _write(desk, parts, figures, exposures)
    title = _title(scene, desk) if verdict != "none" else _of_none(scene)
    return Draft(verdict, why, scene.lang, title, {"article": source}, desk.cast(), desk.facts)


def _hit_by_figures(scene: Scene, parts: Sequence[Part], figures: Sequence[Figure]) -> list[Part]:
    """A body whose people are counted among those affected is hit."""
    known = {p.body for p in parts if p.what in ("affected", "not_affected")}
    found: list[Part] = []
    for figure in figures:
        body = figure.of
        if (
            body is None
            or body in known
            or figure.population
            or not is_somebody(scene, body)
            or scene.cast.bodies[body].role != "organisation"
        ):
            continue
        known.add(body)
        scene.hits.append(body)
        found.append(Part("affected", body, None, figure.line, figure.start, figure.end))
    vendors = list(scene.vendors)
    told = {(p.body, p.other) for p in parts if p.what == "supplies"}
    for part in list(found):
        if len(vendors) == 1 and part.body not in vendors and (vendors[0], part.body) not in told and _shares(scene):
            supply = next((p for p in parts if p.what == "supplies" and p.body == vendors[0]), None)
            if supply:
                found.append(Part("supplies", vendors[0], part.body, supply.line, supply.start, supply.end))
    return found


def _shares(scene: Scene) -> bool:
    """Whether the article says that the vendor serves those it tells of."""
    return bool(rule("shared_vendor").search(" ".join(line.text for line in scene.lines)))


def _write(desk: Desk, parts: Sequence[Part], figures: Sequence[Figure], exposures: Sequence[Exposure]) -> None:
    scene = desk.scene
    for part in parts:
        _write_part(desk, part)
    for kind in kinds_of(scene):
        wording = scene.passage.text[kind.start : kind.end]
        desk.say(
            {"kind": kind.value},
            kind.start,
            kind.end,
            kind.line.said_by(kind.start),
            wording=_term(wording),
            hedged=kind.hedged,
            negated=kind.negated,
        )
    for date in dates_of(scene):
        desk.say({date.what: date.value}, date.start, date.end, _organisations(scene, date.line), inferred=date.rule)
    for figure in figures:
        _write_figure(desk, figure)
    for one in exposures:
        by = one.line.said_by(one.start)
        who = desk.scene.cast.bodies[by[0]].name if by else None
        inferred = (
            f"{who or 'the body'} says that it does not collect or hold these data" if one.not_collected else None
        )
        desk.say(
            {"exposed": one.category}, one.start, one.end, by, negated=one.negated, hedged=one.hedged,
            wording=scene.passage.text[one.start : one.end], subset=one.subset, inferred=inferred,
        )  # fmt: skip
    for office in offices_of(scene):
        _write_office(desk, office)
    write_past(desk)
    for event in events_told(scene):
        _write_event(desk, event)
    for fine in fines_of(scene):
        authority = next((o for o in offices_of(scene) if o.role == "ruling"), None)
        desk.say(
            {"sanction": fine.value}, fine.start, fine.end, (), of=desk.key(fine.body) if fine.body is not None else None,
            authority=desk.key(authority.body) if authority else None, amount=fine.amount, currency=fine.currency,
        )  # fmt: skip
    for care in care_of(scene):
        _write_care(desk, care)


def _organisations(scene: Scene, line: Line) -> list[int]:
    return [b for b in line.speakers if scene.cast.bodies[b].role in ("organisation", "authority")]


def _term(words: str) -> str:
    return " ".join(words.split()[:12])


def _hedged(scene: Scene, line: Line, start: int, end: int) -> bool:
    """Whether the clause of a place is in the conditional."""
    a, b = start - line.start, end - line.start
    left = max((m.end() for m in re.finditer(r"[;:.] |, (?:mais|qui|which|but|and|et) ", line.text[:a])), default=0)
    right = next((b + m.start() for m in re.finditer(r"[;:.] |, (?:mais|but|which) ", line.text[b:])), len(line.text))
    return bool(scene.words("hedge").search(line.text[left:right]))


def _write_part(desk: Desk, part: Part) -> None:
    scene, key = desk.scene, desk.key
    by = part.line.said_by(part.end) if part.line.number >= 0 else ()
    place = part.start, part.end
    hedged = _hedged(scene, part.line, *place) and part.what in (
        "originated_at",
        "exploited",
        "attributed_to",
        "affected",
    )
    if part.what == "affected":
        desk.say({"affected": key(part.body)}, *place, by, hedged=hedged)
    elif part.what == "not_affected":
        desk.say({"affected": key(part.body)}, *place, by, negated=True)
    elif part.what == "not_originated_at":
        desk.say({"originated_at": key(part.body)}, *place, by, negated=True)
    elif part.what in ("originated_at", "exploited"):
        desk.say({part.what: key(part.body)}, *place, by, hedged=hedged)
    elif part.what == "attributed_to":
        claims = re.search(r"(?i)revendiqu|claim|affirm", part.line.text)
        desk.say({"attributed_to": key(part.body)}, *place, [part.body] if claims else by, hedged=hedged)
    elif part.other is not None:
        desk.say({part.what: [key(part.body), key(part.other)]}, *place, by if part.what == "supplies" else ())


def _write_figure(desk: Desk, figure: Figure) -> None:
    scene = desk.scene
    of = figure.of
    if figure.within and of is None:
        of = scene.primary
    speaker = next(iter(figure.line.said_by(figure.start)), None)
    if (
        of is None
        and scene.vendors
        and figure.population is None
        and speaker in scene.hits
        and speaker not in scene.vendors
        and any(b == speaker for _, _, b in figure.line.bodies())
    ):
        of = speaker  # a client that speaks of its vendor's breach counts its own people
    subset = figure.subset if figure.population is None else None
    hedged = _hedged(scene, figure.line, figure.start, figure.end)
    desk.say(
        {"people": figure.value}, figure.start, figure.end, figure.line.said_by(figure.start),
        qualifier=None if figure.qualifier == "exact" else figure.qualifier, population=figure.population,
        of=desk.key(of) if of is not None else None, subset=subset, hedged=hedged,
        within=desk.key(of) if figure.within and subset and of is not None else None,
    )  # fmt: skip


def _write_office(desk: Desk, office: Office) -> None:
    key, by = desk.key, list(office.line.speakers)
    place = office.start, office.end
    if office.what == "notified":
        target = key(office.body)
        sender = office.by if office.by != office.body else None
        desk.say(
            {"notified": [key(sender), target] if sender is not None else target},
            *place,
            [b for b in by if b != office.body],
            negated=office.negated,
        )
    elif office.what == "investigates":
        role = None if office.role == "investigating" else office.role
        desk.say({"investigates": key(office.body)}, *place, by, role=role)
        if office.role == "announced":
            desk.say({"event": "investigation_announced"}, *place, by, of=key(office.body))
        elif office.role == "investigating" and re.search(r"(?i)ouvert|opened|launched|lancé|saisie", office.line.text):
            desk.say({"event": "investigation_opened"}, *place, by, of=key(office.body))
    elif office.what in ("assistance", "advice_given"):
        desk.say({"event": office.what}, *place, by, of=key(office.body))
    elif office.what == "funds" and desk.scene.primary is not None:
        body, authority = (desk.scene.cast.bodies[b] for b in (desk.scene.primary, office.body))
        funder_en = (authority.known.name_en if authority.known else None) or authority.name or authority.described_as
        funder_fr = (authority.known.name_fr if authority.known else None) or authority.name or authority.described_as
        note = {"en": f"{body.name} is funded by: {funder_en}.", "fr": f"{body.name} est financé par : {funder_fr}."}
        desk.say({"note": note}, *place, (), subject=key(body.number), of=key(authority.number))


def _write_event(desk: Desk, event: Happening) -> None:
    by = [b for b in event.line.speakers if desk.scene.cast.bodies[b].role != "person"]
    desk.say(
        {"event": event.value}, event.start, event.end, by,
        of=desk.key(event.body) if event.body is not None else None, negated=event.negated, hedged=event.hedged,
        date=event.date, inferred=event.date_rule if event.date else None,
        incident="earlier" if event.line.earlier and "earlier" in desk.extra else None,
    )  # fmt: skip


def _write_care(desk: Desk, care: Happening) -> None:
    words = desk.quote(care.start, care.end)[0]
    if care.negated:
        said = {
            "en": f"The source says that care was not affected: “{words}”.",
            "fr": f"La source dit que les soins n’ont pas été touchés : « {words} ».",
        }
    else:
        said = {
            "en": f"The source tells of an effect on care: “{words}”.",
            "fr": f"La source fait état d’un effet sur les soins : « {words} ».",
        }
    of = desk.key(care.body) if care.body is not None else None
    desk.say({"care_impact": said}, care.start, care.end, care.line.speakers, negated=care.negated, of=of)


def _title(scene: Scene, desk: Desk) -> dict[str, str]:
    """A title in both languages, made of the kind and of the body that the article is chiefly about."""
    kinds = [fact["kind"] for fact in desk.facts if "kind" in fact and "incident" not in fact]
    english, french = (
        ("Ransomware attack", "Attaque par rançongiciel")
        if "ransomware" in kinds
        else ("Breach of data", "Violation de données")
    )
    body = scene.primary
    name = None if body is None else scene.cast.bodies[body].name or scene.cast.bodies[body].described_as
    if not name:
        return {"en": f"{english}, body not named", "fr": f"{french}, organisme non nommé"}
    name = name[0].upper() + name[1:]
    return {"en": f"{english}: {name}", "fr": f"{french} : {name}"}


def _of_none(scene: Scene) -> dict[str, str]:
    """The title of what tells of no incident: the page’s own."""
    told = scene.passage.title
    return {"en": f"No incident: {told}", "fr": f"Aucun incident : {told}"} if told else {
        "en": "No incident", "fr": "Aucun incident",
    }  # fmt: skip


def _apart(page: Passage, scene: Scene, source: dict[str, Any]) -> list[Draft]:
    """One draft for each story of a digest."""
    drafts = []
    for story in stories(scene):
        sentences = tuple(s for s in page.sentences if s.paragraph in story.paragraphs)
        part = Passage(
            page.fold,
            page.lang,
            page.title,
            None,
            page.publisher,
            scene.ref.iso if scene.ref else page.stamp,
            sentences,
        )
        drafts.append(_draft(scene_of(part), source, forced="several", place=story.place))
    return [d for d in drafts if d.facts]
