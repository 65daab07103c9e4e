"""What kind of text an article is: one incident, several, or none, and why none."""

import re
from collections.abc import Sequence

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.counts.figure import Figure
from outbreach.graph.text.facts.breach import breach_in, hints_in, told_in
from outbreach.graph.text.facts.exposure import Exposure
from outbreach.graph.text.lexicon import normal, rule
from outbreach.graph.text.page.digest import is_digest
from outbreach.graph.text.parts.part import Part

_OF_HEALTH = 3
"""So many sentences, and a tenth of all, speak of health where an article is about it; more where it begins without."""
_HEALTH_DATA = {
    "medical_record", "diagnosis", "treatment", "medication", "test_result", "blood_group", "reproductive_health",
    "infection_status", "mental_health", "medical_record_number", "genetic",
}  # fmt: skip


def verdict_of(  # noqa: PLR0911  one reason each
    scene: Scene, parts: Sequence[Part], figures: Sequence[Figure], exposures: Sequence[Exposure]
) -> tuple[str, str | None]:
    """`one`, `several` or `none`; with none, why: advice, survey, not_health, no_disclosure or no_incident."""
    hit = [p for p in parts if p.what == "affected"]
    lines = scene.lines
    if not lines:
        return "none", "no_incident"
    if _is_advice(scene):
        return "none", "advice"
    if any(scene.words("drill").search(text) for text in (scene.passage.title or "", *(x.text for x in lines[:8]))):
        return "none", "no_incident"
    if _is_survey(scene, hit):
        return "none", "survey"
    if _is_other_matter(scene, figures, exposures):
        return "none", "no_incident"
    several = is_digest(scene)
    if not several and not _is_disclosed(scene, figures, exposures):
        return "none", "no_disclosure" if hit else "no_incident"
    if not _is_health(scene, hit, figures, exposures):
        return "none", "not_health"
    if several:
        return "several", None
    if _is_opinion(scene) or _in_passing(scene, parts, figures, exposures):
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
    opening = [scene.passage.title or "", *(line.text for line in scene.lines[:_EARLY])]
    if len(cared) == 1 and cared[0] in own and any(scene.words("nameless").search(text) for text in opening):
        return True  # “un hôpital torontois”, and its name far below
    telling = [line for line in scene.told() if scene.lang == "fr" and _discloses(scene, line)]
    if any(b in own for line in telling for _, _, b in scene.by_name(line)):
        return True
    named = [line.number for line in scene.lines for _, _, b in scene.by_name(line) if b in own]
    spoken = sum(b in own for line in scene.lines for _, _, b in line.bodies())
    titled = scene.title is not None and any(b in own for _, _, b in scene.title.bodies())
    above = any(m.body in own and m.start < scene.lines[0].start for m in scene.cast.mentions)
    return titled or above or len(named) > 1 or spoken > _SPOKEN or any(number < _EARLY for number in named)


_SPOKEN = 2
"""A body that is spoken of more often than this is what the text is about."""


def tells_plainly(scene: Scene, figures: Sequence[Figure], exposures: Sequence[Exposure]) -> bool:
    """A disclosure told at the beginning, with people counted or data listed: whoever it is that was hit, somebody was."""
    if not scene.lines or rule("other_trade").search(scene.passage.title or ""):
        return False
    lines = [line for line in _with_title(scene) if line.number < _EARLY]
    early = any(_discloses(scene, line) or _claimed(scene, line) for line in lines)
    listed = len({e.category for e in exposures if not e.negated}) > 1
    counted = any(f.population is None for f in figures)
    signs = [sign for sign in _SIGNS if any(scene.words(sign).search(x.text) for x in _with_title(scene))]
    return early and (listed or counted) and len(signs) >= _ENOUGH


_ENOUGH = 2
"""So many signs stand around a disclosure that is told plainly."""


def _in_passing(scene: Scene, parts: Sequence[Part], figures: Sequence[Figure], exposures: Sequence[Exposure]) -> bool:
    """An incident that a text on something else only mentions: it lists no data, neither its title nor its first
    sentences tell of an incident, and it hardly speaks of those hit."""
    lines = _with_title(scene)
    if scene.letter or len({e.category for e in exposures if not e.negated}) > 1:
        return False
    told = any(_discloses(scene, line) or _claimed(scene, line) for line in lines if line.number < _BEGINNING)
    if told or scene.words("attack").search(scene.passage.title or ""):
        return False
    affected = any(f.population is None for f in figures)
    if affected and any(scene.words(sign).search(line.text) for line in lines for sign in ("reported_to", "sent")):
        return False
    own = {p.body for p in parts if p.what in ("affected", "originated_at", "supplies")}
    spoken = sum(any(b in own for _, _, b in line.bodies()) for line in lines)
    return spoken < _OF_THEM * len(lines)


_OF_THEM = 0.15
"""Such a part of the sentences at least speaks of those hit."""


def _is_opinion(scene: Scene) -> bool:
    """Its rubric says so, and it does not report of one breach to whom it was told."""
    told = all(any(scene.words(w).search(x.text) for x in scene.told()) for w in ("reported_to", "sent"))
    return not told and bool(rule("opinion_label").search(normal(scene.passage.text[: scene.lines[0].start])))


def _is_advice(scene: Scene) -> bool:
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


def _is_other_matter(  # noqa: PLR0911  one matter each
    scene: Scene, figures: Sequence[Figure], exposures: Sequence[Exposure]
) -> bool:
    """About somebody appointed, a list that is a fake, an attack that was stopped, a flaw mended before its use.

    Its title or its first sentences say so; and nobody is counted whose data got out, nor does more than a sentence
    tell of it.
    """
    title = scene.passage.title or ""
    lines = _with_title(scene)
    opening = [title, *(line.text for line in scene.lines[:_BEGINNING])]
    if any(rule("appointment").search(text) for text in opening[:_BEGINNING]):
        return not (scene.words("attack").search(title) or breach_in(scene, title))
    if scene.letter:
        return False
    told = sum(_discloses(scene, line) or _claimed(scene, line) for line in lines)
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
    if told < _PLAINLY and scene.title and _denies(scene, scene.title):
        return True
    unused = any(rule("never_used").search(line.text) for line in lines)
    return told < _PLAINLY and unused and any(rule("mended").search(text) for text in opening)


_BEGINNING = 3
"""Title and so many sentences say what a text is about."""
_PLAINLY = 2
"""So many sentences that tell of a disclosure outweigh what the beginning says."""
_COUNTS = 2
"""So many sentences on how many there are a year, and whether more than before, are statistics."""
_OFFERS = 2
"""So many sentences on “votre cabinet” are addressed to those who care for people, to advise them or sell to them."""


def _is_survey(scene: Scene, hit: Sequence[Part]) -> bool:
    """About many bodies in numbers: words of a survey, percentages, and nobody hit in its first sentences."""
    opening = [scene.passage.title or "", *(line.text for line in scene.lines[:3])]
    words = sum(bool(scene.words("survey").search(text)) for text in opening)
    shares = sum(
        bool(rule("share").search(text)) for text in (scene.passage.title or "", *(line.text for line in scene.lines))
    )
    told = [line for line in scene.told() if _discloses(scene, line)]
    if told and all(any(scene.words(w).search(x.text) for x in scene.told()) for w in ("reported_to", "sent")):
        return False  # an event whose people were written to, and numbers around it
    named = not scene.guessed and any(scene.cast.bodies[p.body].name for p in hit)
    counts = sum(
        bool(rule("counts_many").search(text)) for text in (scene.passage.title or "", *(x.text for x in scene.lines))
    )
    if counts >= _COUNTS + named:
        return True
    early = [p for p in hit if p.line.number <= 2 and p.line.number >= -1]
    cared = [p for p in early if scene.cast.bodies[p.body].is_health and scene.words("attack").search(p.line.text)]
    return bool(words) and (shares >= 2 or (shares >= 1 and (not early or scene.guessed))) and not cared


def _is_disclosed(scene: Scene, figures: Sequence[Figure], exposures: Sequence[Exposure]) -> bool:
    """Whether data of people got out, or may have: told in words, a count of those affected, or a list of data.

    One of these alone may be of anybody: around it stand an attack or a mistake, regulators and people who were told,
    police, a ransom. A text that begins with a purchase or a product is about that.
    """
    lines = _with_title(scene)
    told = [line for line in lines if _discloses(scene, line) or _claimed(scene, line)]
    counted = [f for f in figures if f.population in (None, "listed", "sent")]
    categories = {e.category for e in exposures if not e.negated}
    denied = any(_denies(scene, line) for line in lines)
    heading = scene.title.masked if scene.title else scene.passage.title or ""
    opening = [heading, *(line.masked for line in scene.lines[: _EARLY if scene.guessed else 3])]
    sold = any(rule("promotion").search(text) for text in opening)
    if any(rule("policy").search(text) for text in opening) and not any(line.number < 1 for line in told):
        return False
    hints = [line for line in lines if line not in told and _hints(scene, line)]
    early = any(line.number < _EARLY for line in [*told, *hints])
    plainly = len(told) > 1 or any(line.number < _EARLY for line in told)
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
        + min(len(hints), _HINTS)
        + (2 if early and not sold else 0)
        + (0 if scene.guessed or sold else 1)
    )
    points += 2 if affected and not (denied and not told) else 1 if counted else 0
    points += min(len(categories), 3) + (2 if len(categories) > 1 and not sold else 0) + (1 if scene.letter else 0)
    points += not sold and bool(scene.words("attack").search(title))
    points += scene.lang == "fr" and any(f.population == "records" for f in figures)
    plain = [line for line in lines if not rule("denied_attack").search(line.text)]
    signs = [sign for sign in _SIGNS if any(scene.words(sign).search(line.text) for line in plain)]
    points += len(signs)
    hit = {b for b in scene.hits if scene.cast.bodies[b].is_health}
    owned = not sold and any(b in hit for line in told if line.number < _EARLY for _, _, b in line.bodies())
    points += owned
    short = scene.lang == "fr" and len(scene.lines) <= _SHORT
    evidence = len([*told, *hints, *categories]) + (affected and early) + owned
    if scene.guessed and set(signs) <= {"police"} and evidence < (1 if short else 2):
        return False  # nobody attacked, nothing went wrong, and nobody was told
    around = scene.lang == "fr" or bool(
        hints or reported or about or scene.letter or {"wrongdoing", "police"} & {*signs}
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
            or (hints and (signs or short))
            or (counted and categories and around)
            or (len(categories) > 1 and (around or len(categories) > _LISTED))
            or (affected and not denied and (hints or reported or categories or about))
        )
        and points >= _DISCLOSED - reported - 2 * short
    )


_SIGNS = ("attack", "wrongdoing", "reported_to", "sent", "police", "ransom")
"""Lists of words that stand around a disclosure."""
_OPENING = 2
"""Words of health in a title or one of so many first sentences are about what the text is about."""
_EARLY = 4
"""A disclosure told in one of so many first sentences is what the text is about."""
_DISCLOSED = 5
_SHORT = 3
"""A brief of so few sentences says a thing once."""
_LISTED = 3
"""More categories than this are a list of what got out, whatever its words."""
_HINTS = 3
"""So many sentences at most that hint at a disclosure count."""


def _with_title(scene: Scene) -> list[Line]:
    return [*scene.heading, *scene.told()]


def _hints(scene: Scene, line: Line) -> bool:
    """Words that may tell of a disclosure, neither denied nor only feared."""
    if not hints_in(scene, line.masked) or rule("only_feared").search(line.text):
        return False
    return not (scene.words("no_disclosure").search(line.text) or rule("disclosure_unknown").search(line.text))


def _claimed(scene: Scene, line: Line) -> bool:
    """A gang that a sentence names says that it has somebody’s data."""
    roles = {scene.cast.bodies[b].role for _, _, b in line.bodies()}
    denied = scene.words("no_disclosure").search(line.text)
    return not denied and {"attacker", "organisation"} <= roles and bool(scene.words("claimed").search(line.text))


def _discloses(scene: Scene, line: Line) -> bool:
    match = told_in(scene, line.masked)
    if not match:
        return False
    if rule("generic_case").search(line.text) and not _named(scene, line):
        return False
    if rule("only_feared").search(line.text):
        return False
    denial = scene.words("no_disclosure").search(line.text)
    if denial and not _also_told(scene, line, denial):
        return False
    if scene.lang == "en" and re.fullmatch(r"(?i)data breach(?:es)?", match[0]) and not scene.hits:
        return False
    return not rule("disclosure_unknown").search(line.text)


def _named(scene: Scene, line: Line) -> bool:
    """Whether a sentence names a body or an attacker."""
    return any(scene.cast.bodies[b].role in ("organisation", "attacker") for _, _, b in line.bodies())


def _denies(scene: Scene, line: Line) -> bool:
    """Whether a sentence says that no data got out: all of them, and not only passwords or bank details."""
    if rule("fr_part_spared").search(line.text):
        return False
    if scene.words("no_disclosure").search(line.text) or rule("data_safe").search(line.text):
        return True
    return bool(breach_in(scene, line.masked)) and not told_in(scene, line.masked)


def _also_told(scene: Scene, line: Line, denial: "re.Match[str]") -> bool:
    """Whether the sentence still tells of a disclosure outside what it denies."""
    rest = line.text[: max(0, denial.start() - 5)]
    return bool(re.search(r"(?i), (?:mais|but) |; ", line.text)) and bool(scene.words("disclosure").search(rest))


def _is_health(  # noqa: PLR0911  one sign each
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
    if re.search(r"(?i)patient", counted):
        return True
    named = {p.body for p in hit if scene.cast.bodies[p.body].name}
    title, first = scene.passage.title or "", scene.lines[0].text
    titled = rule("other_trade").search(title) and not scene.words("health").search(f"{title} {first}")
    if named and (titled or all(_of_other_trade(scene, body) for body in named)):
        return False
    own = {p.body for p in hit}
    lines = [line for line in _with_title(scene) if not rule("no_health").search(line.masked)]
    near = [
        line.masked
        for line in lines
        if line.number < _OPENING
        or own & {b for _, _, b in line.bodies()}
        or _hints(scene, line)
        or breach_in(scene, line.masked)
    ]
    words = sum(len(scene.words("health_body").findall(text)) for text in near)
    spoken = sum(bool(scene.words("health").search(line.text)) for line in lines)
    opening = scene.passage.text[: scene.lines[min(_EARLY, len(scene.lines)) - 1].end_at]
    late = not scene.words("health").search(opening)
    enough = min(_OF_HEALTH + late, max(2, len(lines) // 3))
    if spoken >= enough and spoken >= len(lines) * (0.15 if late else 0.1):
        return True
    early = (line.masked for line in lines[:_EARLY])
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
        for line in _with_title(scene)
        for _, end, one in line.bodies()
        if one == body
    )
    return bool(trade.search(told)) or any(trade.match(text) for text in after)
