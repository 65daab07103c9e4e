"""What sort of incident an article tells of."""

import re
from collections.abc import Callable, Iterator

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.facts.breach import kind_patterns
from outbreach.graph.text.facts.happenings import Happening, asks, at, clause_around, is_denied, one_number, wants_only
from outbreach.graph.text.facts.terms import events_of
from outbreach.graph.text.lexicon import rule


def kinds_of(scene: Scene) -> Iterator[Happening]:
    """What sort of incident it was, each kind once for each who says so; or that it was no attack."""
    found = list(_kinds(scene))
    told = {one.value for one in found if not one.negated}
    yield from (one for one in found if not _is_told_otherwise(scene, told, one))


def _is_told_otherwise(scene: Scene, told: set[str | None], one: Happening) -> bool:
    """What is stolen is not lost; who hacks gets in without leave; what was left open nobody published."""
    words = scene.passage.text[one.start : one.end]
    by_thieves = bool(rule("by_thieves").search(words))
    if one.value == "loss":
        return bool(told & {"theft", "hacking", "ransomware"})
    if one.value == "exfiltration":
        return bool(told & {"unintended_disclosure", "theft", "loss"}) and not told & _BY_SOMEBODY and not by_thieves
    if one.value == "misconfiguration":
        return bool(told & {"theft", "loss", *_BREAK_IN})
    if one.value == "unauthorised_access":
        return bool(told & {"hacking", "ransomware"} and rule("soft_access").search(words))
    left = one.value == "publication" and bool(told & {"misconfiguration", "unintended_disclosure"})
    return left and "hacking" not in told and not by_thieves


_BY_SOMEBODY = {"hacking", "unauthorised_access", "insider", "extortion", "ransomware", "sale"}
"""Kinds that somebody does on purpose."""
_BREAK_IN = {"hacking", "ransomware", "vulnerability_exploitation", "credential_compromise"}
"""Kinds by which one gets in where a door is shut: beside them, what stands open is the data afterwards."""


def _kinds(scene: Scene) -> Iterator[Happening]:
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for line in (*scene.told(), *scene.heading):
        if line.number >= 0 and (asks(line) or rule("other_bodies").search(line.text)):
            continue
        for kind, regex in kind_patterns(scene.lang).items():
            if line.number < 0 and any(k == kind for k, _ in seen):
                continue  # a headline adds only what the text does not say
            for match in regex.finditer(one_number(scene.lang, line.masked)):
                if _is_no_kind(scene, line, kind, match):
                    continue
                if (kind, ()) in seen or (kind, line.speakers) in seen:
                    break
                seen.add((kind, line.speakers))
                hedged = bool(scene.words("hedge").search(line.text[max(0, match.start() - 60) : match.end()]))
                yield Happening("kind", kind, line, *at(line, match), hedged=hedged)
                break
    told = {kind for kind, _ in seen}
    if "hacking" not in told:
        yield from _no_attack(scene)


def _is_no_kind(scene: Scene, line: Line, kind: str, match: re.Match[str]) -> bool:
    """Whether the words of a kind do not say that the incident was one."""
    clause = clause_around(line.text, match.start(), match.end())
    before, after = line.text[: match.start()], line.text[match.end() :]
    if kind in _BACKGROUND and rule("background").search(line.text):
        return True
    if rule("in_general").search(line.text):
        return True
    told_of_else: dict[str, Callable[[], object]] = {
        "exfiltration": lambda: kind_patterns(scene.lang)["theft"].search(line.text),
        "hacking": lambda: rule("on_the_rise").search(clause) or _is_burglary(match[0], before, after),
        "ransomware": lambda: (
            rule("crew_after").match(after) or any(rule(r).search(before) for r in ("crew_before", "warns_of"))
        ),
        "sale": lambda: rule("would_sell").search(clause),
        "credential_compromise": lambda: rule("no_password_asked").search(line.text),
        "misconfiguration": lambda: rule("behind_doors").search(before),
        "destruction": lambda: any(rule(r).search(before) for r in ("assured", "is_gone")),
        "extortion": lambda: (
            any(rule(r).search(line.text) for r in ("damages", "left_open")) or wants_only(line, match)
        ),
        "phishing": lambda: rule("warns_of").search(before),
        "publication": lambda: events_of(scene.lang, "future").search(clause) or rule("could_be_out").search(clause),
    }
    if kind in told_of_else and told_of_else[kind]():
        return True
    if kind == "extortion":
        return bool(rule("no_demand").search(line.text))  # who does not pay was asked to
    if kind in _BY_NEGLECT and rule("neglected").search(match[0]):
        return False
    return is_denied(scene, line.text, match)


def _is_burglary(words: str, before: str, after: str) -> bool:
    """“Thieves broke into the office”."""
    broke = "bro" in words.lower()
    return broke and any(rule("burglary").search(text) for text in (before, after))


_BACKGROUND = ("phishing", "credential_compromise", "malware", "sale", "extortion", "insider")
"""Kinds of which articles also speak in advice, in warnings and of what is common."""


_BY_NEGLECT = ("vulnerability_exploitation", "credential_compromise", "misconfiguration", "improper_disposal")
"""Kinds whose own words may hold a negation: what was never mended, what no password kept."""


def _no_attack(scene: Scene) -> Iterator[Happening]:
    """“This was not a cyber attack”."""
    for line in scene.told():
        match = rule("no_attack").search(line.text)
        if match:
            yield Happening("kind", "hacking", line, *at(line, match), negated=True)
            return


def kinds_in(lang: str, text: str) -> list[str]:
    """The kinds of incident that a text has words for."""
    return [kind for kind, regex in kind_patterns(lang).items() if regex.search(text)]
