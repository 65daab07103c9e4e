"""Whether data of people got out, or may have, by what a whole article says."""

from collections.abc import Sequence

from outbreach.graph.text.cast.scene import Scene
from outbreach.graph.text.counts.figure import Figure
from outbreach.graph.text.facts.exposure import Exposure
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.verdict.sentence import EARLY, SIGNS, claimed, denies, discloses, hints, with_title

_DISCLOSED = 5
_SHORT = 3
"""A brief of so few sentences says a thing once."""
_LISTED = 3
"""More categories than this are a list of what got out, whatever its words."""
_HINTS = 3
"""So many sentences at most that hint at a disclosure count."""


_ENOUGH = 2
"""So many signs stand around a disclosure that is told plainly."""


def tells_plainly(scene: Scene, figures: Sequence[Figure], exposures: Sequence[Exposure]) -> bool:
    """A disclosure told at the beginning, with people counted or data listed: whoever it is that was hit, somebody was."""
    if not scene.lines or rule("other_trade").search(scene.passage.title or ""):
        return False
    lines = [line for line in with_title(scene) if line.number < EARLY]
    early = any(discloses(scene, line) or claimed(scene, line) for line in lines)
    listed = len({e.category for e in exposures if not e.negated}) > 1
    counted = any(f.population is None for f in figures)
    signs = [sign for sign in SIGNS if any(scene.words(sign).search(x.text) for x in with_title(scene))]
    first = any(discloses(scene, line) for line in lines if line.number < 1)
    return early and (listed or counted) and len(signs) + (first and listed and counted) >= _ENOUGH


def is_disclosed(scene: Scene, figures: Sequence[Figure], exposures: Sequence[Exposure]) -> bool:
    """Whether data of people got out, or may have: told in words, a count of those affected, or a list of data.

    One of these alone may be of anybody: around it stand an attack or a mistake, regulators and people who were told,
    police, a ransom. A text that begins with a purchase or a product is about that.
    """
    lines = with_title(scene)
    told = [line for line in lines if discloses(scene, line) or claimed(scene, line)]
    counted = [f for f in figures if f.population in (None, "listed", "sent")]
    categories = {e.category for e in exposures if not e.negated}
    denied = any(denies(scene, line) for line in lines)
    heading = scene.title.masked if scene.title else scene.passage.title or ""
    opening = [heading, *(line.masked for line in scene.lines[: EARLY if scene.guessed else 3])]
    sold = any(rule("promotion").search(text) for text in opening)
    if any(rule("policy").search(text) for text in opening) and not any(line.number < 1 for line in told):
        return False
    hinted = [line for line in lines if line not in told and hints(scene, line)]
    early = any(line.number < EARLY for line in [*told, *hinted])
    plainly = len(told) > 1 or any(line.number < EARLY for line in told)
    affected = any(f.population is None for f in counted)
    reported = any(scene.words("reported_to").search(line.text) for line in lines)
    attacked = any(scene.words(sign).search(line.text) for line in lines for sign in ("attack", "wrongdoing"))
    told_late = bool(told) and attacked and not denied
    if scene.guessed and not (early or affected or len(categories) > 1 or scene.letter or reported or told_late):
        return False
    about = (
        scene.words("attack").search(scene.passage.title or "")
        or any(scene.words("sent").search(line.text) for line in lines)
        or (reported and len(categories) > 1)
    )
    if (sold and not (affected and told and about)) or (
        denied and not (affected or plainly or len(categories) > 1 or (told and reported))
    ):
        return False
    title = scene.passage.title or ""
    if rule("dispute").search(title) and not (
        reported or scene.words("attack").search(title) or rule("about_data").search(title)
    ):
        return False
    points = (
        2 * min(len(told), 2)
        + min(len(hinted), _HINTS)
        + (2 if early and not sold else 0)
        + (0 if scene.guessed or sold else 1)
    )
    points += 2 if affected and not (denied and not told) else 1 if counted else 0
    points += min(len(categories), 3) + (2 if len(categories) > 1 and not sold else 0) + (1 if scene.letter else 0)
    points += not sold and bool(scene.words("attack").search(title))
    points += scene.lang == "fr" and any(f.population == "records" for f in figures)
    plain = [line for line in lines if not rule("denied_attack").search(line.text)]
    signs = [sign for sign in SIGNS if any(scene.words(sign).search(line.text) for line in plain)]
    points += len(signs)
    hit = {b for b in scene.hits if scene.cast.bodies[b].is_health}
    owned = not sold and any(b in hit for line in told if line.number < EARLY for _, _, b in line.bodies())
    points += owned
    short = scene.lang == "fr" and len(scene.lines) <= _SHORT
    evidence = len([*told, *hinted, *categories]) + (affected and early) + owned
    if scene.guessed and set(signs) <= {"police"} and evidence < (1 if short else 2):
        return False  # nobody attacked, nothing went wrong, and nobody was told
    around = scene.lang == "fr" or bool(
        hinted or reported or about or scene.letter or {"wrongdoing", "police"} & {*signs}
    )
    notified = (
        not denied
        and "wrongdoing" in signs
        and any(
            scene.words("reported_to").search(line.text) and rule("telling_office").search(line.text) for line in lines
        )
    )
    return (
        bool(
            told
            or notified
            or (hinted and (signs or short))
            or (counted and categories and around)
            or (len(categories) > 1 and (around or len(categories) > _LISTED))
            or (affected and not denied and (hinted or reported or categories or about))
        )
        and points >= _DISCLOSED - reported - 2 * short
    )
