"""A part that an article gives to a body: hit, vendor, maker, attacker."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from outbreach.graph.text.cast.scene import SIGN, Line, Scene, number
from outbreach.graph.text.lexicon import rule


@dataclass(frozen=True, slots=True)
class Part:
    """A part that some words give to a body: `start`–`end` is the place in the text, `other` the second body."""

    what: str
    """affected, not_affected, originated_at, not_originated_at, supplies, exploited, uses, makes, attributed_to, part_of."""
    body: int
    other: int | None
    line: Line
    start: int
    end: int


def spans(line: Line, match: re.Match[str]) -> tuple[int, int]:
    """Where a match in a line stands in the text."""
    return line.start + match.start(), line.start + match.end()


def every(line: Line, regexes: tuple[re.Pattern[str], ...]) -> Iterator[re.Match[str]]:
    """Matches of each pattern, also where two overlap by the body that one ends with."""
    for regex in regexes:
        at = 0
        while at < len(line.masked) and (match := regex.search(line.masked, at)):
            yield match
            at = match.start() + 1 if match.end() - match.start() < 2 else _after_first(line.masked, match)


def _after_first(text: str, match: re.Match[str]) -> int:
    """Search goes on after the first body of a match, so that “X and Y were hit” gives both."""
    signs = list(re.finditer("([\ue000-\uf7ff])\\1*", text[match.start() : match.end()]))
    return match.start() + signs[0].end() if signs and signs[0].end() < len(match[0]) else match.end()


def listed(masked: str, start: int, end: int) -> list[int]:
    """The bodies of the list that the one at `start`–`end` stands in: “A, B and C”, in order."""
    place = r"(?:,? \([^()]{1,40}\))?(?:,? (?:à|in|near|en) [A-ZÀ-Þ][\w' -]{1,25})?"
    place += "(?:, (?:which|who|qui|dont) [^.;\ue000-\uf7ff]{3,50}?)?"
    small = r"(?:the |au |à la |à l'|à |la |le |l'|les |du |de la |d')?"
    small += r"(?:laboratoire |groupe(?:ment)? |société |mutuelle |clinique |réseau )?"
    between = rf"{place}(?:[,;] (?:and |et |puis |then )?|,? and |,? et |,? ainsi que ){small}"
    before = re.search(rf"((?:[\ue000-\ue7ff]+{between})+)$", masked[:start])
    after = re.match(rf"(?:{between}[\ue000-\ue7ff]+)+", masked[end:])
    run = (before[1] if before else "") + masked[start:end] + (after[0] if after else "")
    return [number(sign) for sign in dict.fromkeys(re.findall("[\ue000-\ue7ff]", run))]


def bare(scene: Scene, line: Line) -> Line:
    """The sentence with what has no name in words: “X, a scheduling software maker”."""
    nameless = {b.number for b in scene.cast.bodies if b.role == "software" and b.name is None}
    masked = SIGN.sub(lambda m: line.text[slice(*m.span())] if number(m[0][0]) in nameless else m[0], line.masked)
    return replace(line, masked=masked) if nameless else line


def usable(scene: Scene, body: int | None) -> bool:
    """Whether it is an organisation, which alone is hit or supplies."""
    return body is not None and scene.cast.bodies[body].role == "organisation"


def is_negated(scene: Scene, text: str) -> bool:
    """Whether words that would say a thing say that it is not so."""
    return bool(rule("hit_denied").search(text)) or (scene.lang == "en" and bool(re.search(r"(?i)\bdenied\b", text)))
