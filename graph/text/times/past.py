"""Incidents of the past that an article tells of beside its own: kept apart, and no link is drawn."""

from outbreach.graph.text.cast.scene import Line, Scene, got, number, patterns
from outbreach.graph.text.counts.figures import figures_in
from outbreach.graph.text.draft import Desk
from outbreach.graph.text.facts.breach import breach_in
from outbreach.graph.text.facts.kinds import kinds_in
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import every, is_negated, usable
from outbreach.graph.text.times.moments import Moment, moments


def write_past(desk: Desk) -> None:
    """Incidents of the past that the article tells of, of the same body or another: kept apart, and no link is drawn."""
    scene = desk.scene
    for line in scene.lines:
        if not line.earlier or rule("neighbour").search(line.text) or rule("their_record").search(line.text):
            continue
        attack = scene.words("attack").search(line.text) or breach_in(scene, line.masked)
        attack = attack or rule("was_hit").search(line.text)
        body = _hit_then(scene, line)
        if body is None or attack is None or scene.cast.bodies[body].name is None:
            continue
        if rule("fined").search(line.text) or rule("same_crew").search(line.text) or not _has_a_part(scene, line, body):
            continue  # what befell others is told for comparison
        if not _years_before(scene, line):
            continue
        year = next((m.iso[:4] for m in moments(line.text, scene.ref)), None)
        apart = next((k for k, told in desk.extra.items() if told["of"] == body and told["year"] == year), None)
        if apart is None and len(desk.extra) == _EARLIER:
            continue
        key = apart or ("earlier" if not desk.extra else f"earlier_{len(desk.extra) + 1}")
        if apart is None:
            name = scene.cast.bodies[body].name
            when = f" ({year})" if year else ""
            desk.extra[key] = {
                "incident": None, "of": body, "year": year,
                "title": {"en": f"Earlier incident at {name}{when}", "fr": f"Incident antérieur : {name}{when}"},
            }  # fmt: skip
        _write_past(desk, line, key, body, (line.start + attack.start(), line.start + attack.end()), attack[0])
        link = _unlinked(scene, line)
        if link:
            note = {
                "en": "No link is established with the earlier incident.",
                "fr": "Aucun lien n’est établi avec l’incident antérieur.",
            }
            desk.say({"note": note}, *link, (), of=key)
    for told in desk.extra.values():
        del told["of"], told["year"]


def _has_a_part(scene: Scene, line: Line, body: int) -> bool:
    """Whether a body is one of this incident, or is named in another sentence too."""
    elsewhere = any(b == body for other in scene.lines if other is not line for _, _, b in other.bodies())
    return elsewhere or body in (*scene.hits, *scene.vendors)


def _years_before(scene: Scene, line: Line) -> list[Moment]:
    """The dates in a sentence that are of a year before the article’s."""
    year = rule("year").search(line.text)
    told = moments(line.text, scene.ref) or ([Moment(year.start(1), year.end(1), year[1])] if year else [])
    own = (
        scene.ref.iso[:4]
        if scene.ref
        else max((m.iso[:4] for o in scene.told() for m in moments(o.text, None)), default="9999")
    )
    return [m for m in told if m.iso[:4] < own]


_KINDS = (
    "ransomware", "malware", "insider", "misconfiguration", "unintended_disclosure", "loss", "theft", "phishing", "hacking",
    "unauthorised_access",
)  # fmt: skip
_EARLIER = 3
"""So many incidents of the past at most are kept of one article."""


def _hit_then(scene: Scene, line: Line) -> int | None:
    """Who was hit, in a sentence on an incident of the past: as its words say, else the first body that it names."""
    rival = rule("rival").search(line.masked)
    if rival:
        return number(rival["O"])
    for match in every(line, patterns(scene.lang, "hit")):
        body = got(match, "O")
        if (
            usable(scene, body)
            and not is_negated(scene, match[0])
            and not rule("agent_before").search(
                line.masked[: match.start()] + match[0][: match[0].find(chr(0xE000 + (body or 0)))]
            )
        ):
            return body
    if rule("same_body").search(line.text):
        return scene.primary
    named = [b for _, _, b in line.bodies() if scene.cast.bodies[b].role == "organisation"]
    known = [b for b in named if b in (*scene.hits, *scene.vendors) or scene.cast.bodies[b].is_health]
    own = scene.primary if rule("own_pronoun").search(line.text) else None
    return next(iter(known), own)


def _write_past(desk: Desk, line: Line, key: str, body: int, place: tuple[int, int], wording: str) -> None:
    """Who was hit then, how, when, and how many people."""
    scene = desk.scene
    by = line.speakers
    desk.say({"affected": desk.key(body)}, *place, by, incident=key)
    apart = rule("speaks_of_supplier").search(line.text) or rule("elsewhere").search(line.text)
    if body in (*scene.hits, *scene.vendors) and not apart:
        desk.say({"originated_at": desk.key(body)}, *place, by, incident=key)
    kind = next(
        (k for k in _KINDS if k in kinds_in(scene.lang, line.masked)),
        None,
    )
    if kind:
        desk.say({"kind": kind}, *place, by, incident=key, wording=wording)
    dated = _years_before(scene, line)
    if dated:
        when = max(dated, key=lambda m: len(m.iso))
        place = line.start + when.start, line.start + when.end
        after = line.text[when.end :]
        what = (
            "disclosed_on"
            if rule("told_then").search(after)
            else "discovered_on"
            if rule("found_then").search(after)
            else "occurred_from"
        )
        desk.say({what: when.iso}, *place, by, incident=key, inferred=when.rule)
    for figure in figures_in(scene, line):
        desk.say(
            {"people": figure.value}, figure.start, figure.end, by, incident=key, of=desk.key(body),
            qualifier=None if figure.qualifier == "exact" else figure.qualifier, population=figure.population,
        )  # fmt: skip
    for start, end, one in line.bodies():
        if scene.cast.bodies[one].role == "attacker":
            desk.say({"attributed_to": desk.key(one)}, line.start + start, line.start + end, by, incident=key)


def _unlinked(scene: Scene, line: Line) -> tuple[int, int] | None:
    for other in scene.lines:
        match = scene.words("unlinked").search(other.text)
        if match and abs(other.number - line.number) <= 1:
            return other.start + match.start(), other.start + match.end()
    return None
