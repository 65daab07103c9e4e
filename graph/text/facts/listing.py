"""Lists of data that a question, a heading or a colon opens, and sentences that go on with them."""

from dataclasses import dataclass

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.facts.terms import ITEM, categories, events_of
from outbreach.graph.text.lexicon import normal, rule


@dataclass(slots=True)
class Listing:
    """A list of data that a question, a heading or a colon has opened; `negated` where it lists what was not exposed."""

    paragraph: int
    negated: bool
    hedged: bool


def goes_on(scene: Scene, last: Line, line: Line) -> bool:
    """Whether a sentence goes on with the data of the one before it: it says so, or is made of data."""
    if line.text.endswith("?"):
        return False
    here = categories(line.text, scene.lang)
    share = sum(b - a for a, b, _ in here) / max(1, len(line.text))
    return (last.paragraph == line.paragraph and bool(rule("goes_on").search(line.text))) or share > _FRAGMENT


_FRAGMENT = 0.35
"""A sentence of which so great a part names data is a list of them."""


def lists_often(scene: Scene, line: Line) -> bool:
    """“Names, ages and, often, diagnoses”: such a word in a list makes no general remark of it."""
    return (
        bool(rule("story_of_loss").search(line.text)) and len({c for _, _, c in categories(line.text, scene.lang)}) >= 3
    )


def asks_about(line: Line) -> bool:
    """“And bank accounts?”: a question about a few data, which the next sentence answers."""
    return bool(rule("asked_if").search(line.text)) or (line.text.endswith("?") and len(line.text) < 90)


def opened(scene: Scene, last: Line | None, line: Line) -> Listing | None:
    """The list that begins with a sentence: a heading or a question stands before it, or in its first words."""
    begin = last.end_at if last else 0
    heading = normal(scene.passage.text[begin : line.start]).strip().rpartition("\n")[2]
    lead = rule("lead").match(line.text)
    heads = [heading, lead[0] if lead else ""]
    if last and (last.text.endswith(("?", ":")) or rule("heading").match(last.text)):
        heads.append(last.text)
    for head in heads:
        colon = head.endswith(":") and events_of(scene.lang, "exposing").search(head)
        if rule(f"{scene.lang}_asks_data").search(head) or (colon and events_of(scene.lang, "data_words").search(head)):
            negated = bool(rule("asks_spared").search(head))
            return Listing(line.paragraph, negated, bool(scene.words("hedge").search(head)))
    return None


def itemised(scene: Scene, last: Line | None, line: Line) -> Listing | None:
    """A list with an item on each line, though nothing before it asks which data they were."""
    found = categories(line.text, scene.lang)
    share = sum(b - a for a, b, _ in found) / max(1, len(line.text))
    if not rule("bullet").search(line.text) or share < ITEM or scene.words("advice").search(line.text):
        return None
    return Listing(line.paragraph, False, bool(last and scene.words("hedge").search(last.text)))
