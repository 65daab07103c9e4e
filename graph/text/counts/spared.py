"""Numbers that count nobody whose data got out, though the words around them tell of a breach."""

import re

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.counts.figure import Figure, clause_of, is_asked
from outbreach.graph.text.counts.numeral import unpointed, value_of
from outbreach.graph.text.facts.breach import breach_in, kind_patterns
from outbreach.graph.text.lexicon import rule


def is_of_none(
    scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str], what: str, population: str | None, part: bool,
    before: list[Figure],
) -> bool:  # fmt: skip
    """Whether a number counts nobody whose data got out: the size of a body, those of others, who was spared."""
    at, end = match.start(), counted.end()
    if what == "cases" and not rule("in_cases").search(line.text[:at]):
        return True
    if population not in (None, "records"):
        return False
    if (not part and _is_size(scene, line, at, end, what == "records")) or _is_of_others(scene, line, at, end):
        return True
    if population == "records" and _are_no_records(line, at, end, counted[0]):
        return True
    if part or _is_affected(scene, line, clause_of(line.text, at, end), at, end, before, what):
        return False
    return not (what == "people" and _is_plain(scene, line, match, counted[0]))


def _is_plain(scene: Scene, line: Line, match: re.Match[str], counted: str) -> bool:
    """“It has reported 31,077 individuals”: so many people, in an article on a breach, are its own where nothing says otherwise."""
    value = value_of(match, scene.lang) or 0
    ours = {*scene.hits, *scene.vendors}
    named = {b for _, _, b in line.bodies() if scene.cast.bodies[b].role in ("organisation", "attacker")}
    own = not named or bool(named & ours) or not rule("year").search(line.text)
    own = own and not any(scene.cast.bodies[b].role == "attacker" for b in named)
    return (
        value >= _MANY
        and own
        and bool(rule("person_noun").search(counted))
        and not rule("told_otherwise").search(line.text)
    )


_MANY = 100
"""So many people are seldom told of for another reason than the breach."""


def _is_size(scene: Scene, line: Line, at: int, end: int, records: bool) -> bool:
    """“Serves 60,000 patients”, “employs 400 people”, “1,200 people a day”, “(400 beds, 900 staff)”."""
    text = line.text
    if (
        rule("rate_after").search(text[end:])
        or rule("rate_before").search(text[:at])
        or (rule("size_in_brackets").search(text[: end + 40]) and "(" in text[:at])
    ):
        return True
    if (
        rule("file_counts").search(text[:at])
        or rule("haul").search(text[:at])
        or (records and rule("dump_has").search(text[:at]))
        or scene.words("affected_people").search(text[end : end + _VERB].split(",")[0])
    ):
        return False
    clause = rule("side_note").sub("", clause_of(text, at, end))
    if scene.words("not_people").search(clause) and not _strong(scene, clause):
        return True
    verb = scene.words("not_people").search(text[max(0, at - _VERB) : at]) or rule("size_before").search(text[:at])
    return bool(verb) and not _strong(scene, unpointed(text[at : end + 60]).split(",")[0])


_OF_OTHERS = (
    "none_of", "group_of", "by_law", "total_of", "share_of", "record_since", "asks_all", "many_breaches",
)  # fmt: skip


def _is_of_others(scene: Scene, line: Line, at: int, end: int) -> bool:
    """Those who were spared, who got what was not theirs, whom a law, a record or a court counts, or who are others’."""
    ahead = line.text[:at]
    if (
        any(rule(name).search(ahead) for name in _OF_OTHERS)
        or _is_sent_to(scene, line, at)
        or _is_denied(line.text, end)
    ):
        return True
    return bool(rule("of_others").search(ahead)) and not any(b in scene.hits for _, _, b in line.bodies())


def _are_no_records(line: Line, at: int, end: int, counted: str) -> bool:
    """Files that an attacker counts, a sample, a part, and visits put off."""
    ahead = line.text[:at]
    if rule("files").search(counted) and rule("attacker_counts").search(ahead):
        return True
    if rule("no_record").search(line.text[max(0, at - 25) : end]):
        return True
    put_off = rule("of_care").search(line.text[at : end + 60]) or rule("put_off").search(ahead)
    return bool(put_off or rule("sample").search(ahead) or rule("of_those").search(counted))


_VERB = 20
"""So near stands the verb of which a number is the object."""


def _is_sent_to(scene: Scene, line: Line, at: int) -> bool:
    """Whether those counted are those who got by mistake what was others’."""
    astray = kind_patterns(scene.lang)["unintended_disclosure"]
    sent = rule("sent_to").search(line.text[:at])
    if sent and rule("by_letter").search(sent[0]) and rule("tells_them").match(line.text, at):
        return False  # the letter tells them of the breach
    return bool(sent) and any(astray.search(other.text) for other in scene.told())


def _is_affected(scene: Scene, line: Line, clause: str, at: int, end: int, before: list[Figure], what: str) -> bool:
    """Whether those counted are those affected, as the clause, the sentence, the question or a sentence beside it says."""
    evidence = scene.words("affected_people")
    if (
        evidence.search(clause)
        or rule("records_of").search(line.text[:at])
        or rule("file_counts").search(line.text[:at])
        or rule("haul").search(line.text[:at])
        or scene.words("bare_number").search(line.text[:at])
    ):
        return True
    if any(0 <= line.number - f.line.number <= 1 and f.population is None for f in before):
        return True  # rival figures, one after another
    if what == "staff":
        return False  # who works there is counted for many reasons
    around = evidence.search(line.text[max(0, at - 160) : end + 160])
    if around or is_asked(scene, line) or breach_in(scene, unpointed(line.masked)):
        return True
    if rule("told_otherwise").search(clause):
        return False  # what else they are, in a sentence that speaks of no breach itself
    near = [
        scene.lines[n] for n in (line.number - 1, line.number + 1) if line.number >= 0 and 0 <= n < len(scene.lines)
    ]
    return any(
        (other.paragraph == line.paragraph or other.number < line.number) and breach_in(scene, other.masked)
        for other in near
    )


def _strong(scene: Scene, clause: str) -> bool:
    return bool(scene.words("disclosure").search(clause))


def _is_denied(text: str, end: int) -> bool:
    return bool(rule("people_denied").search(text[end : end + 60]))
