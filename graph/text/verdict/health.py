"""Whether an article is about those who care for people, or data on health."""

import re
from collections.abc import Sequence

from outbreach.graph.text.cast.scene import Scene
from outbreach.graph.text.counts.figure import Figure
from outbreach.graph.text.facts.breach import breach_in
from outbreach.graph.text.facts.exposure import Exposure
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part
from outbreach.graph.text.verdict.sentence import EARLY, hints, with_title

_OF_HEALTH = 3
"""So many sentences, and a tenth of all, speak of health where an article is about it; more where it begins without."""
_HEALTH_DATA = {
    "medical_record", "diagnosis", "treatment", "medication", "test_result", "blood_group", "reproductive_health",
    "infection_status", "mental_health", "medical_record_number", "genetic",
}  # fmt: skip
_OPENING = 2
"""Words of health in a title or one of so many first sentences are about what the text is about."""


def is_health(  # noqa: PLR0911  one sign each
    scene: Scene, hit: Sequence[Part], figures: Sequence[Figure], exposures: Sequence[Exposure]
) -> bool:
    """Whether it is about those who care for people, or data on health.

    Words of health count in the title, the sentences on the bodies hit and those that tell of the breach; names of
    other bodies, what one sponsors or says in a slogan do not.
    """
    bodies = [scene.cast.bodies[p.body] for p in hit]
    if any(body.is_health or scene.words("health_body").search(body.name or "") for body in bodies):
        return True
    if any(not e.negated and e.category in _HEALTH_DATA for e in exposures):
        return True
    counted = " ".join(scene.passage.text[f.start : f.end] for f in figures if f.population != "records")
    if re.search(r"(?i)patient|enrollee", counted):
        return True
    named = {p.body for p in hit if scene.cast.bodies[p.body].name}
    title, first = scene.passage.title or "", scene.lines[0].text
    titled = rule("other_trade").search(title) and not scene.words("health").search(f"{title} {first}")
    if named and (titled or all(_of_other_trade(scene, body) for body in named)):
        return False
    own = {p.body for p in hit}
    lines = [line for line in with_title(scene) if not rule("no_health").search(line.masked)]
    near = [
        line.masked
        for line in lines
        if line.number < _OPENING
        or own & {b for _, _, b in line.bodies()}
        or hints(scene, line)
        or breach_in(scene, line.masked)
    ]
    words = sum(len(scene.words("health_body").findall(text)) for text in near)
    spoken = sum(bool(scene.words("health").search(line.text)) for line in lines)
    opening = scene.passage.text[: scene.lines[min(EARLY, len(scene.lines)) - 1].end_at]
    late = not scene.words("health").search(opening)
    enough = min(_OF_HEALTH + late, max(2, len(lines) // 3))
    if spoken >= enough and spoken >= len(lines) * (0.15 if late else 0.1):
        return True
    early = (line.masked for line in lines[:EARLY])
    sure = scene.lang == "fr" and any(rule("fr_surely_health").search(text) for text in (*near, *early))
    if sure or (spoken > 1 and words > 1):
        return True
    beneficiaries = re.search(r"(?i)usager|assuré|adhérent|residents", counted)
    return words >= (1 if beneficiaries or (scene.lang == "fr" and spoken > 1 and not scene.guessed) else 2)


def _of_other_trade(scene: Scene, body: int) -> bool:
    """Whether its name, or what stands beside it, says that it does not care for people: a bank, a school, a grocer."""
    thing, trade = scene.cast.bodies[body], rule("other_trade")
    told = " ".join(words for words in (thing.name, thing.describer, thing.described_as) if words)
    after = (
        re.sub(r"^\W*(?:an? |the |une? |la |le |l')?", "", line.text[end:])
        for line in with_title(scene)
        for _, end, one in line.bodies()
        if one == body
    )
    return bool(trade.search(told)) or any(trade.match(text) for text in after)
