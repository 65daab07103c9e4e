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
    if what == "those":
        return _are_bodies_before(line, match.start()) or bool(rule("times_before").search(line.text[: match.start()]))
    return (
        _is_apart(line, match, counted, value)
        or _counts_things(line, match, counted, what)
        or (what == "people" and _are_clients(scene, line, counted, value))
    )


def _is_apart(line: Line, match: re.Match[str], counted: re.Match[str], value: int) -> bool:
    """“Le 112”, “breaches of 500 or more”, those told face to face, “1,340 clinics of the 9,200 users”, “of 1.4 million, 5 %”."""
    ahead, after = line.text[: match.start()], line.text[counted.end() :]
    counted_else = rule("counts_else").search(ahead) or rule("acts_else").match(after)
    dialled = value in _EMERGENCY and ahead.lower().endswith(("le ", "the "))
    least = rule("threshold").match(after) or rule("threshold").match(line.text, match.end())
    base = rule("of_the_base").search(ahead) or (
        rule("of_base_head").search(ahead) and rule("percent_later").search(after)
    )
    return bool(counted_else or dialled or least or base or rule("told_in_person").search(ahead))


def _counts_things(line: Line, match: re.Match[str], counted: re.Match[str], what: str) -> bool:
    """Papers that came back, mailboxes, “9 states hit through their records vendor”, “95 live credit cards of patients”."""
    if what == "records" and (
        rule("returned").search(line.text[counted.end() :]) or rule("mailboxes").search(counted[0])
    ):
        return True
    return rule("other_things").search(line.text[match.end() : _noun(counted)]) is not None


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
