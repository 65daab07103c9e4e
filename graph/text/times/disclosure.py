"""When an incident was made public: by the body hit, by a notice or a release, by the press."""

import re
from datetime import date

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.times.beside import OPENING, words_beside
from outbreach.graph.text.times.governed import governs
from outbreach.graph.text.times.moments import Moment

_DATELINE = 50
"""So near to its head has a sentence its dateline."""


def is_made_public(line: Line, moment: Moment) -> bool:
    """“A notice posted to its website on …”, “mis en ligne jeudi une page d’information”: whoever reads may read it there."""
    before, after = line.masked[: moment.start], line.masked[moment.end :]
    if re.search("[\ue800-\ue9ff\uec00-\uedff]", before) and not re.search("[\ue000-\ue7ff]", before):
        return False  # an authority rules, an attacker boasts
    if rule("law_firm").search(line.text):
        return False
    heads = moment.start <= _DATELINE and line.number <= OPENING and not rule("clause_verb").search(before)
    if rule("wire").match(line.text, moment.end) or (heads and rule("release").match(after)):
        return True  # the dateline of the body’s own release
    if moment.iso.count("-") == 0 or moment.start_of or moment.end_of:
        return False
    return bool(
        rule("public_before").search(before)
        or rule("public_after").match(after)
        or (rule("publishes").search(before) and rule("what_is_published").match(after))
    )


def disclosed(  # noqa: PLR0911  one reason each
    scene: Scene, line: Line, moment: Moment
) -> tuple[str, int] | None:
    """A day on which the body hit speaks, in the article’s first sentences, or on which it first spoke."""
    lang, text = scene.lang, line.text
    before = text[: moment.start]
    if _is_told_by_others(line, before, moment):
        return None
    if moment.iso.count("-") != 2 or rule("later_figure").search(text) or text.endswith("?"):
        return None
    verb = max((m.end() for m in words_beside(lang, "disclosed").finditer(before)), default=0)
    between = before[verb:]
    if len(between) > 25 and words_beside(lang, "occurred").search(between):
        return "occurred_from", 1  # “… said an employee opened a phishing e-mail on 18 March”
    if len(between) > 25 and rule("said_of_else").search(between):
        return None
    clause = line.masked[max(0, verb - 80) : moment.end + 60]
    if re.search("[\uec00-\uedff]", clause) and not re.search("[\ue000-\ue7ff]", clause):
        return None  # an attacker boasts
    said = before[max(0, verb - 60) : verb] if verb else text[moment.end : moment.end + 60]
    around = text[max(0, moment.start - 60) : moment.end + 60]
    if rule("told_us").search(around) or rule("announced_else").search(around) or rule("report_published").search(said):
        return None
    if not _may_speak(scene, line, verb, said):
        return None
    if re.search("auprès d[^.;]{0,25}[\ue800-\ue9ff]", line.masked[moment.end :]):
        return None  # learned from an authority
    learned = rule("learned").search(before[max(0, verb - 12) :])
    lately = scene.ref is not None and scene.ref.exact and (scene.ref.latest - date.fromisoformat(moment.iso)).days < 7
    if rule("first_said").search(text):
        return "disclosed_on", 0
    written = rule("by_letter").search(text if learned else before[max(0, verb - 60) :])
    if written and (learned or not lately or rule("dated").search(before[-30:])):
        return None  # told to those affected, and to nobody else
    if line.number > OPENING and not (
        lately and line.number <= 2 * OPENING and words_beside(lang, "occurred").search(text)
    ):
        return None
    return "disclosed_on", 1


def _is_told_by_others(line: Line, before: str, moment: Moment) -> bool:
    """“The Attorney General announced today …”, “what was posted on Sunday”, “knew as of 3 February”: no word of the body hit."""
    if governs("boast_posted").search(before) or governs("by_then").search(before):
        return True
    verb = line.masked[: moment.start]
    return (
        bool(re.search("[\ue800-\ue9ff]", verb))
        and not re.search("[\ue000-\ue7ff]", verb)
        and not rule("reveals").search(line.masked)
    )


def _may_speak(scene: Scene, line: Line, verb: int, said: str) -> bool:
    """Whether those who speak speak for the body hit, or reveal what befell it."""
    roles = {scene.cast.bodies[b].role for b in line.speakers}
    if verb and not re.search("[\ue800-\ue9ff]", line.masked[:verb]):
        roles -= {"authority"}  # it filed a statement with one
    if "media" in roles and not rule("by_press").search(line.text):
        return False
    if rule("reveals").search(line.masked) and words_beside(scene.lang, "occurred").search(line.text):
        roles -= {"authority"}
    return not (roles & {"authority", "attacker"} or rule("other_speaker").search(said))
