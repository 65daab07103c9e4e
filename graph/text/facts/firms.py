"""Firms around an incident: clients whom their vendor told, and those called in to help."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Line, Scene, number
from outbreach.graph.text.facts.happenings import Happening, at, is_denied
from outbreach.graph.text.lexicon import rule


def serves_bodies(scene: Scene, line: Line, match: re.Match[str]) -> bool:
    """Whether the customers of whoever informs them are organisations: those of a supplier are."""
    before = [b for _, end, b in line.bodies() if end <= match.start() and b in (*scene.hits, *scene.vendors)]
    subject = next(iter([*before[-1:], *(b for b in line.speakers if b in (*scene.hits, *scene.vendors))]), None)
    if subject is not None:
        return subject in scene.vendors
    return bool(scene.vendors) or any(rule("speaks_of_supplier").search(x.text) for x in scene.told())


def clients_told(scene: Scene, line: Line) -> Iterator[Happening]:
    """A vendor told a client, both by name."""
    ours = rule("we_told").search(line.masked) or rule("told_late").search(line.masked)
    if ours and number(ours["V"]) in scene.vendors:
        yield Happening("event", "client_informed", line, *at(line, ours))
        return
    speaker = next(iter(line.speakers), None)
    heard = rule("told_of_it").search(line.text)
    if heard and speaker in scene.hits and speaker not in scene.vendors and scene.vendors:
        yield Happening("event", "client_informed", line, *at(line, heard), body=speaker)
        return
    dated = rule("client_told_on").search(line.masked)
    if dated and scene.vendors and number(dated["O"]) in scene.hits and number(dated["O"]) not in scene.vendors:
        yield Happening("event", "client_informed", line, *at(line, dated), body=number(dated["O"]))
        return
    for regex in (rule("client_told"), rule("client_was_told")):
        for match in regex.finditer(line.masked):
            body = number(match["O"])
            hit = body in scene.hits or body in scene.vendors
            other = next((b for b in scene.vendors if b != body), None)
            told = [scene.cast.bodies[b].role for _, end, b in line.bodies() if end <= match.start()]
            alien = told[-1:] == ["authority"] or rule("outsider").search(line.text[: match.start()])
            if hit and other is not None and not alien and not is_denied(scene, line.text, match):
                yield Happening("event", "client_informed", line, *at(line, match), body=body)
                return


def helpers(scene: Scene, line: Line) -> Iterator[Happening]:
    """A firm called in to inquire or repair."""
    for match in rule(f"{scene.lang}_helper").finditer(line.masked):
        place = match.start("O") if match["O"] else match.start("O2")
        end = next(e for a, e, _ in line.bodies() if a <= place < e)
        body = number(line.masked[place])
        known = body in (*scene.hits, *scene.vendors)
        if (
            not known
            and rule("security").search(line.text[match.start() : end])
            and not is_denied(scene, line.text, match)
        ):
            yield Happening("event", "assistance", line, *at(line, match), body=body)
