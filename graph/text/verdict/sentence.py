"""What one sentence says of a disclosure: that there was one, hints of it, a gang’s claim, or that there was none."""

import re

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.facts.breach import breach_in, hints_in, told_in
from outbreach.graph.text.lexicon import rule

SIGNS = ("attack", "wrongdoing", "reported_to", "sent", "police", "ransom")
"""Lists of words that stand around a disclosure."""
EARLY = 4
"""A disclosure told in one of so many first sentences is what the text is about."""
BEGINNING = 3
"""Title and so many sentences say what a text is about."""


def with_title(scene: Scene) -> list[Line]:
    """The title where there is one, and the sentences on the article’s own incident."""
    return [*scene.heading, *scene.told()]


def hints(scene: Scene, line: Line) -> bool:
    """Words that may tell of a disclosure, neither denied nor only feared."""
    if not hints_in(scene, line.masked) or rule("only_feared").search(line.text):
        return False
    return not (denies(scene, line) or rule("disclosure_unknown").search(line.text))


def claimed(scene: Scene, line: Line) -> bool:
    """A gang that a sentence names says that it has somebody’s data."""
    roles = {scene.cast.bodies[b].role for _, _, b in line.bodies()}
    denied = scene.words("no_disclosure").search(line.text)
    return not denied and {"attacker", "organisation"} <= roles and bool(scene.words("claimed").search(line.text))


def discloses(scene: Scene, line: Line) -> bool:
    """Whether a sentence says that data got out: neither denied, feared or asked, nor said of cases in general."""
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


def denies(scene: Scene, line: Line) -> bool:
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
