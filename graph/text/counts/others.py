"""Numbers that count no person though a noun for persons follows: clients of a supplier, thresholds, mailboxes, bases of a share."""

import re

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.lexicon import rule

_CLIENTS = 5000
"""More clients than so many has no supplier of care: they are persons."""
_EMERGENCY = (15, 17, 18, 101, 105, 111, 112, 114, 115, 117, 118, 119, 144, 811, 911, 988, 999)


def counts_no_person(
    scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str], what: str, value: int
) -> bool:
    """Whether what a number counts is no person and no person’s record."""
    text, at, end = line.text, match.start(), counted.end()
    if value in _EMERGENCY and rule("emergency").search(text[:at]) and text[:at].lower().endswith(("le ", "the ")):
        return True  # “le 112 conduira ses patients ailleurs”
    if rule("threshold").match(text, end) or rule("threshold").match(text, match.end()):
        return True  # “breaches of 500 or more”
    if rule("told_in_person").search(text[:at]) or rule("of_the_base").search(text[:at]):
        return True
    if rule("of_base_head").search(text[:at]) and rule("percent_later").search(text[end:]):
        return True  # “of some 1.4 million members, 5 % …”
    if what == "records" and (rule("returned").search(text[end:]) or rule("mailboxes").search(counted[0])):
        return True
    if rule("other_things").search(text[match.end() : _noun(counted)]):
        return True  # “9 states hit through their records vendor”, “95 live credit cards of patients”
    if what == "those":
        return _are_bodies_before(line, at)
    return what == "people" and _are_clients(scene, line, counted, value)


def _noun(counted: re.Match[str]) -> int:
    """Where the noun begins that a number counts."""
    return next((counted.start(k) for k in ("people", "staff", "records", "cases") if counted[k]), counted.end())


def _are_bodies_before(line: Line, at: int) -> bool:
    """“Practices that run it themselves, some 600 of them”: the last noun before “of them” is no noun for persons."""
    bodies = max((m.end() for m in rule("bodies_told").finditer(line.text[:at])), default=0)
    people = max((m.end() for m in rule("person_words").finditer(line.text[:at])), default=0)
    return bodies > people or (
        bool(bodies) and bodies == people and rule("client_noun").search(line.text[:bodies]) is not None
    )


def _are_clients(scene: Scene, line: Line, counted: re.Match[str], value: int) -> bool:
    """“All 39 clients of the laboratory”, “26 customers had files on it”: bodies, where who was breached serves bodies."""
    if rule("whole_client").search(counted[0]):
        return True
    if not rule("client_noun").search(counted[0]) or value > _CLIENTS or not scene.vendors:
        return False
    if rule("their_data").search(line.text[counted.end() :]):
        return False
    health = any(scene.cast.bodies[b].is_health for _, _, b in line.bodies() if b not in scene.vendors)
    return not health
