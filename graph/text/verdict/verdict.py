"""What kind of text an article is: one incident, several, or none, and why none."""

from collections.abc import Sequence

from outbreach.graph.text.cast.scene import Scene
from outbreach.graph.text.counts.figure import Figure
from outbreach.graph.text.facts.exposure import Exposure
from outbreach.graph.text.page.digest import is_digest
from outbreach.graph.text.parts.part import Part
from outbreach.graph.text.verdict.disclosure import is_disclosed, tells_plainly
from outbreach.graph.text.verdict.genre import is_advice, is_opinion, is_other_matter, is_survey
from outbreach.graph.text.verdict.health import is_health
from outbreach.graph.text.verdict.sentence import BEGINNING, EARLY, claimed, discloses, with_title

_SPOKEN = 2
"""A body that is spoken of more often than this is what the text is about."""
_OF_THEM = 0.15
"""Such a part of the sentences at least speaks of those hit."""


def verdict_of(  # noqa: PLR0911  one reason each
    scene: Scene, parts: Sequence[Part], figures: Sequence[Figure], exposures: Sequence[Exposure]
) -> tuple[str, str | None]:
    """`one`, `several` or `none`; with none, why: advice, survey, not_health, no_disclosure or no_incident."""
    hit = [p for p in parts if p.what == "affected"]
    lines = scene.lines
    if not lines:
        return "none", "no_incident"
    if is_advice(scene):
        return "none", "advice"
    if any(scene.words("drill").search(text) for text in (scene.passage.title or "", *(x.text for x in lines[:8]))):
        return "none", "no_incident"
    if is_survey(scene, hit):
        return "none", "survey"
    if is_other_matter(scene, figures, exposures):
        return "none", "no_incident"
    several = is_digest(scene)
    if not several and not is_disclosed(scene, figures, exposures):
        return "none", "no_disclosure" if hit else "no_incident"
    if not is_health(scene, hit, figures, exposures):
        return "none", "not_health"
    if several:
        return "several", None
    if is_opinion(scene) or _in_passing(scene, parts, figures, exposures):
        return "none", "no_incident"
    if not (hit and _is_about(scene, parts)) and not tells_plainly(scene, figures, exposures):
        return "none", "no_incident"
    return "one", None


def _is_about(scene: Scene, parts: Sequence[Part]) -> bool:
    """Whether the text is about those hit and their vendors: named early or more than once, or who writes, or without a name."""
    own = {p.body for p in parts if p.what in ("affected", "originated_at", "supplies")}
    if scene.letter or any(not scene.cast.bodies[b].name for b in own):
        return True
    cared = [b.number for b in scene.cast.bodies if b.role == "organisation" and b.name and b.is_health]
    opening = [scene.passage.title or "", *(line.text for line in scene.lines[:EARLY])]
    if len(cared) == 1 and cared[0] in own and any(scene.words("nameless").search(text) for text in opening):
        return True  # “un hôpital torontois”, and its name far below
    telling = [line for line in scene.told() if scene.lang == "fr" and discloses(scene, line)]
    if any(b in own for line in telling for _, _, b in scene.by_name(line)):
        return True
    named = [line.number for line in scene.lines for _, _, b in scene.by_name(line) if b in own]
    spoken = sum(b in own for line in scene.lines for _, _, b in line.bodies())
    titled = scene.title is not None and any(b in own for _, _, b in scene.title.bodies())
    above = any(m.body in own and m.start < scene.lines[0].start for m in scene.cast.mentions)
    return titled or above or len(named) > 1 or spoken > _SPOKEN or any(number < EARLY for number in named)


def _in_passing(scene: Scene, parts: Sequence[Part], figures: Sequence[Figure], exposures: Sequence[Exposure]) -> bool:
    """An incident that a text on something else only mentions: it lists no data, neither its title nor its first
    sentences tell of an incident, and it hardly speaks of those hit."""
    lines = with_title(scene)
    if scene.letter or len({e.category for e in exposures if not e.negated}) > 1:
        return False
    told = any(discloses(scene, line) or claimed(scene, line) for line in lines if line.number < BEGINNING)
    if told or scene.words("attack").search(scene.passage.title or ""):
        return False
    affected = any(f.population is None for f in figures)
    if affected and any(scene.words(sign).search(line.text) for line in lines for sign in ("reported_to", "sent")):
        return False
    own = {p.body for p in parts if p.what in ("affected", "originated_at", "supplies")}
    spoken = sum(any(b in own for _, _, b in line.bodies()) for line in lines)
    return spoken < _OF_THEM * len(lines)
