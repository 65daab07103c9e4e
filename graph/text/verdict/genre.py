"""What an article is instead of a report of an incident: advice, opinion, a survey, an appointment, a fake, a flaw mended."""

import re
from collections.abc import Sequence

from outbreach.graph.text.cast.scene import Scene
from outbreach.graph.text.counts.figure import Figure
from outbreach.graph.text.facts.breach import breach_in
from outbreach.graph.text.facts.exposure import Exposure
from outbreach.graph.text.lexicon import normal, rule
from outbreach.graph.text.parts.part import Part
from outbreach.graph.text.verdict.sentence import BEGINNING, claimed, denies, discloses, with_title

_PLAINLY = 2
"""So many sentences that tell of a disclosure outweigh what the beginning says."""
_FIRST = 2
"""A body named in one of so many first sentences may be what a text with percentages is about."""
_COUNTS = 2
"""So many sentences on how many there are a year, and whether more than before, are statistics."""
_OFFERS = 2
"""So many sentences on “votre cabinet” are addressed to those who care for people, to advise them or sell to them."""


def is_opinion(scene: Scene) -> bool:
    """Its rubric says so, and it does not report of one breach to whom it was told."""
    told = all(any(scene.words(w).search(x.text) for x in scene.told()) for w in ("reported_to", "sent"))
    return not told and bool(rule("opinion_label").search(normal(scene.passage.text[: scene.lines[0].start])))


def is_advice(scene: Scene) -> bool:
    """Addressed to its reader: half of it says “you” or “do”, or its title asks what to do; but no letter of the body hit."""
    attacked = scene.title is not None and scene.words("attack").search(scene.title.text)
    if scene.letter or (attacked and scene.title and any(b in scene.hits for _, _, b in scene.by_name(scene.title))):
        return False
    if scene.guessed and sum(bool(rule("fr_offer").search(line.text)) for line in scene.lines) >= _OFFERS:
        return True
    advice, imperative = scene.words("advice"), scene.words("imperative")
    addressed = sum(
        bool(advice.search(line.text) or imperative.match(line.text))
        and not (re.search(r"[«“\"].*(?:vous|you)", line.text) or rule("fr_told_to_you").search(line.text))
        for line in scene.lines
    )
    title = scene.passage.title or ""
    titled = bool(scene.words("advice_title").search(title)) or bool(
        scene.words("advice_title").search(scene.lines[0].text) and scene.lines[0].text.endswith("?")
    )
    share = addressed / len(scene.lines)
    return share >= 0.45 or (titled and (share >= 0.2 or scene.guessed or not scene.hits))


def is_other_matter(  # noqa: PLR0911  one matter each
    scene: Scene, figures: Sequence[Figure], exposures: Sequence[Exposure]
) -> bool:
    """About somebody appointed, a list that is a fake, an attack that was stopped, a flaw mended before its use.

    Its title or its first sentences say so; and nobody is counted whose data got out, nor does more than a sentence
    tell of it.
    """
    title = scene.passage.title or ""
    lines = with_title(scene)
    opening = [title, *(line.text for line in scene.lines[:BEGINNING])]
    if _is_appointment(scene, opening):
        return not (scene.words("attack").search(title) or breach_in(scene, title))
    if scene.letter:
        return False
    if rule("fact_check").search(normal(scene.passage.text)):
        return True
    told = sum(discloses(scene, line) or claimed(scene, line) for line in lines)
    listed = len({e.category for e in exposures if not e.negated}) > 1
    if told < _PLAINLY and not listed and any(rule("stopped_attempt").search(text) for text in opening):
        return True
    if told < _PLAINLY + 1 and rule("other_genre").search(title) and not scene.words("reported_to").search(title):
        return True
    unnamed = not any(scene.cast.bodies[b].name for b in scene.hits)
    if scene.title and rule("explainer").search(title) and (scene.guessed or unnamed) and unnamed:
        return True
    if any(f.population is None for f in figures):
        return False
    if told < _PLAINLY and any(rule("hoax").search(text) for text in opening):
        return True
    if told < _PLAINLY and scene.title and denies(scene, scene.title):
        return True
    unused = any(rule("never_used").search(line.text) for line in lines)
    flawed = rule("flaw_title").search(title) or any(rule("mended").search(text) for text in opening)
    return told < _PLAINLY and unused and bool(flawed)


def _is_appointment(scene: Scene, opening: Sequence[str]) -> bool:
    """Somebody comes into an office of security: the rubric, the title or the first sentences say so."""
    above = normal(scene.passage.text[: scene.lines[0].start]).split("\n")
    if any(rule("appointment").search(text) for text in (*above, *opening[:BEGINNING])):
        return True
    takes, office = ([bool(rule(name).search(text)) for text in opening] for name in ("takes_over", "security_office"))
    return any(takes) and any(office)


def is_survey(scene: Scene, hit: Sequence[Part]) -> bool:
    """About many bodies in numbers: words of a survey, percentages, and nobody hit in its first sentences."""
    opening = [scene.passage.title or "", *(line.text for line in scene.lines[:3])]
    words = sum(bool(scene.words("survey").search(text)) for text in opening)
    shares = sum(
        bool(rule("share").search(text)) for text in (scene.passage.title or "", *(line.text for line in scene.lines))
    )
    told = [line for line in scene.told() if discloses(scene, line)]
    if told and all(any(scene.words(w).search(x.text) for x in scene.told()) for w in ("reported_to", "sent")):
        return False  # an event whose people were written to, and numbers around it
    named = not scene.guessed and any(scene.cast.bodies[p.body].name for p in hit)
    counts = sum(
        bool(rule("counts_many").search(text)) for text in (scene.passage.title or "", *(x.text for x in scene.lines))
    )
    if counts >= _COUNTS + named:
        return True
    early = [p for p in hit if -1 <= p.line.number <= _FIRST and scene.cast.bodies[p.body].name]
    cared = [p for p in early if scene.cast.bodies[p.body].is_health and scene.words("attack").search(p.line.text)]
    return bool(words) and (shares >= 2 or (shares >= 1 and (not early or scene.guessed))) and not cared
