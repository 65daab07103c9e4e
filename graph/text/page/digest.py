"""Whether a text tells of several incidents that nothing links, and which of its paragraphs tell of which."""

import re
from dataclasses import dataclass

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.facts.breach import breach_in
from outbreach.graph.text.lexicon import normal, rule
from outbreach.graph.text.page.items import items
from outbreach.graph.text.parts.part import usable
from outbreach.graph.text.parts.victims import is_somebody


@dataclass(slots=True)
class Story:
    """One incident of a digest: the body that its first paragraph names, its paragraphs, and where an item of a list names it."""

    body: int
    paragraphs: list[int]
    place: int | None = None


def is_digest(scene: Scene) -> bool:
    """Said to be several and not linked, or bodies that share nothing, each with its own breach and its own people."""
    listed = _listed(scene)
    found, said = listed or stories(scene), bool(listed) or _says_so(scene)
    if len(found) < 2 or (len(found) < _MANY and not said):
        return False
    leads = [story.body for story in found]
    if _titled(scene, found, said):
        return False
    if not _unlinked(scene) and any(_joins(scene, line, set(leads)) for line in scene.lines):
        return False
    linked = any(v in leads for v in scene.vendors) or _come_back(scene, found) or _of_a_supplier(scene)
    if linked and not said and len(found) < _PLENTY:
        return False
    return said or len(found) >= _PLENTY or sum(_counts_own(scene, story) for story in found) >= 2


_MANY = 3
"""So many stories make a digest that does not say so,"""
_PLENTY = 4
"""so many even where one of them has a supplier or where nobody is counted."""


def _titled(scene: Scene, found: list[Story], said: bool) -> bool:
    """“Three clinics write to patients of a breach at X”: the headline names their vendor, or one of whom others’ stories speak.

    Where the page says that it tells of several, the second is no sign: “the region’s NHS” is in each story.
    """
    titled = (
        {b for _, _, b in scene.title.bodies() if scene.cast.bodies[b].role == "organisation"} if scene.title else set()
    )
    others = (
        {b for line in scene.lines if line.paragraph in story.paragraphs for _, _, b in line.bodies()} - {story.body}
        for story in found
    )
    return bool(titled & {*scene.vendors}) or (not said and any(titled & named for named in others))


def _joins(scene: Scene, line: Line, leads: set[int]) -> bool:
    """Whether a sentence tells of two of the bodies together, and neither lists three of them nor says that they are several."""
    here = {b for _, _, b in scene.by_name(line)} & leads
    return len(here) > 1 and not (len(here) >= _MANY and here == leads) and not scene.words("several").search(line.text)


def _of_a_supplier(scene: Scene) -> bool:
    """Whether it speaks of a vendor, whom those that are hit may share."""
    return any(rule("speaks_of_supplier").search(line.text) for line in scene.lines)


def _says_so(scene: Scene) -> bool:
    texts = [*_above(scene), *(line.text for line in scene.lines)]
    return _headed(scene) or any(scene.words("several").search(text) for text in texts)


def _above(scene: Scene) -> list[str]:
    return normal(scene.passage.text[: scene.lines[0].start]).split("\n") if scene.lines else []


def _headed(scene: Scene) -> bool:
    """Whether its headline counts them: “Four breach notices”, “trois sanctions”, “la semaine cyber”."""
    return any(rule("headed_several").search(text) for text in _above(scene))


def _unlinked(scene: Scene) -> bool:
    return any(scene.words("unlinked").search(line.text) for line in scene.lines)


def _listed(scene: Scene) -> list[Story]:
    """The items of a list of news that tell of a breach: two of them in so many words, the others perhaps by a number of people,
    or because the page is a list of breaches by name."""
    found: list[Story] = []
    surely = 0
    kind, listed = items(scene)
    alike = _says_so(scene) and (kind != "place" or any(rule("about_breaches").search(text) for text in _above(scene)))
    for paragraphs in listed.values():
        lines = [line for line in scene.lines if line.paragraph in paragraphs]
        first = next((one for line in lines[: _OPENING + 1] for one in _named(scene, line)), None)
        if first is None or first[0] in {story.body for story in found}:
            continue
        tells = any(_tells(scene, line) for line in lines)
        if tells or alike or any(_counts(scene, line) or scene.words("sent").search(line.text) for line in lines):
            surely += tells
            found.append(Story(first[0], paragraphs, first[1]))
    return found if surely >= _SURELY else []


_SURELY = 2
"""So many items at least say that there was a breach, where others only count people."""


def _named(scene: Scene, line: Line) -> list[tuple[int, int]]:
    """The bodies that a sentence names, with their places: whoever is told of, or stands at its head."""
    found = [(b, line.start + start) for start, _, b in scene.by_name(line) if is_somebody(scene, b)]
    heads = [
        (b, line.start + start)
        for start, _, b in scene.by_name(line)
        if usable(scene, b) and scene.cast.bodies[b].role == "organisation" and start < _HEAD
    ]
    return found or heads[:1]


_HEAD = 12
"""A name among so many first characters of an item is what it is about."""


def stories(scene: Scene) -> list[Story]:
    """The incidents: the items of a list; else paragraph by paragraph, where each begins at the first that names a body
    of which no other has told, and tells of a breach."""
    if listed := _listed(scene):
        return listed
    within: dict[int, list[Line]] = {}
    for line in scene.lines:
        within.setdefault(line.paragraph, []).append(line)
    said, headed = _says_so(scene), _headed(scene)
    found: list[Story] = []
    known: set[int] = set()
    for number, lines in within.items():
        here = {b for line in lines for _, _, b in scene.by_name(line) if is_somebody(scene, b)}
        first = next(
            (b for line in lines[:_OPENING] for s, _, b in scene.by_name(line) if b in here and s < _LEAD), None
        )
        if said and not found and len(here) > 1:
            continue  # the introduction, which lists them
        tells = any(
            _tells(scene, line)
            or (said and _counts(scene, line))
            or (headed and scene.words("data_noun").search(line.masked))
            for line in lines
        )
        if first is not None and first not in known and tells and not (here & {story.body for story in found}):
            found.append(Story(first, [number]))
        elif found:
            found[-1].paragraphs.append(number)
        known |= here
    return found


def _come_back(scene: Scene, found: list[Story]) -> bool:
    """Whether the body of a story is named again in another’s: then the two are one."""
    where = {number: story.body for story in found for number in story.paragraphs}
    leads = set(where.values())
    return any(
        b in leads and where.get(line.paragraph, b) != b and _tells(scene, line)
        for line in scene.lines
        for _, _, b in scene.by_name(line)
    )


_OPENING = 2
"""A story names its body in one of so many first sentences,"""
_LEAD = 110
"""among so many first characters."""


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
