"""Whether a text tells of several incidents that nothing links, and which of its paragraphs tell of which."""

import re
from dataclasses import dataclass

from outbreach.graph.text.breach import breach_in
from outbreach.graph.text.scene import Line, Scene
from outbreach.graph.text.victims import is_somebody


@dataclass(slots=True)
class Story:
    """One incident of a digest: the body that its first paragraph names, and its paragraphs."""

    body: int
    paragraphs: list[int]


def is_digest(scene: Scene) -> bool:
    """Said to be several and not linked, or bodies that share nothing, each with its own breach and its own people."""
    found, said = stories(scene), _says_so(scene)
    if len(found) < 2 or (len(found) < _MANY and not said):
        return False
    leads = [story.body for story in found]
    if any(len({b for _, _, b in line.bodies()} & set(leads)) > 1 for line in scene.lines) and not _unlinked(scene):
        return False
    if any(v in leads for v in scene.vendors) and not said:
        return False
    return said or sum(_counts_own(scene, story) for story in found) >= 2


_MANY = 3
"""So many stories make a digest that does not say so."""


def _says_so(scene: Scene) -> bool:
    texts = [scene.passage.title or "", *(line.text for line in scene.lines)]
    return any(scene.words("several").search(text) for text in texts)


def _unlinked(scene: Scene) -> bool:
    return any(scene.words("unlinked").search(line.text) for line in scene.lines)


def stories(scene: Scene) -> list[Story]:
    """The incidents, paragraph by paragraph; a body that comes back after another’s story makes no story of its own."""
    within: dict[int, list[Line]] = {}
    for line in scene.lines:
        within.setdefault(line.paragraph, []).append(line)
    where: dict[int, list[int]] = {}
    for number, lines in within.items():
        for body in dict.fromkeys(b for line in lines for _, _, b in line.bodies()):
            if is_somebody(scene, body):
                where.setdefault(body, []).append(number)
    order, said = list(within), _says_so(scene)
    found: list[Story] = []
    for number, lines in within.items():
        first = next((b for line in lines[:_OPENING] for s, _, b in line.bodies() if b in where and s < _LEAD), None)
        alone = first is not None and _together(where[first], order)
        if (
            first is not None
            and alone
            and where[first][0] == number
            and any(_tells(scene, line) or (said and _counts(scene, line)) for line in lines)
        ):
            found.append(Story(first, [number]))
        elif found:
            found[-1].paragraphs.append(number)
    return found


_OPENING = 2
"""A story names its body in one of so many first sentences,"""
_LEAD = 110
"""among so many first characters."""


def _together(numbers: list[int], order: list[int]) -> bool:
    places = [order.index(number) for number in numbers]
    return places[-1] - places[0] == len(places) - 1


def _tells(scene: Scene, line: Line) -> bool:
    if line.earlier or scene.words("no_disclosure").search(line.text):
        return False
    return bool(
        breach_in(scene, line.masked)
        or scene.words("attack").search(line.text)
        or scene.words("wrongdoing").search(line.text)
    )


def _counts(scene: Scene, line: Line) -> bool:
    """Whether a sentence has a number of people."""
    return bool(re.search(rf"(?i)\d (?:[\w-]+ ){{0,2}}?{scene.words('people').pattern}", line.text))


def _counts_own(scene: Scene, story: Story) -> bool:
    """Whether a story has a number of people of its own."""
    return any(
        line.paragraph in story.paragraphs and re.search(r"\d{3}|mille|thousand|million", line.text)
        for line in scene.lines
    )
