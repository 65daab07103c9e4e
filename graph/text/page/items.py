"""The items of a list of news: paragraphs that each begin alike, with a place, a number and a name, or a name."""

from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.lexicon import rule

_LEAST = 3
"""So many paragraphs that begin alike are a list."""
_SHARE = 0.6
"""Such a part of the paragraphs from the first item to the last begins so: others are what an item adds."""
_LABEL = 12
"""So many words has a sentence that is nothing but whom its item is about."""


def items(scene: Scene) -> tuple[str, dict[int, list[int]]]:
    """How the items of a list begin (`row`, `place` or `name`), and each one’s first paragraph with all of them."""
    within: dict[int, list[Line]] = {}
    for line in scene.lines:
        within.setdefault(line.paragraph, []).append(line)
    labels = {number: set(_labels(scene, lines)) for number, lines in within.items()}
    kinds = {kind: [n for n, own in labels.items() if kind in own] for kind in ("row", "name", "place")}
    for kind, begun in sorted(kinds.items(), key=lambda one: -len(one[1])):
        between = [number for number in within if begun and begun[0] <= number <= begun[-1]]
        if len(begun) >= _LEAST and len(begun) >= _SHARE * len(between):
            return kind, dict(_cut(begun, list(within)))
    return "", {}


def _cut(begun: list[int], paragraphs: list[int]) -> Iterator[tuple[int, list[int]]]:
    """Each item with the paragraphs up to the next; the last is as long as the longest of the others."""
    longest = 1
    for first, following in zip(begun, [*begun[1:], None], strict=True):
        own = [p for p in paragraphs if p >= first and (following is None or p < following)]
        own = own if following is not None else own[:longest]
        longest = max(longest, len(own))
        yield first, own


def _labels(scene: Scene, lines: list[Line]) -> Iterator[str]:
    """How a paragraph begins: a row of a table, “LAVAL — …”, “Perth: …”, “Wales. …”, “n° 12 — Clinic X. …”, “Clinic X (Ohio). …”."""
    first = lines[0]
    if first.text.count("|") > 1:
        yield "row"
    if rule("item_place").match(first.text) and (len(lines) > 1 or len(first.text.split()) > _LABEL):
        yield "place"
    mark = rule("item_number").match(first.text)
    begins = mark.end() if mark else 0
    named = [(start, end) for start, end, body in first.bodies() if start <= begins + 3 and _is_body(scene, body)]
    after = first.masked[named[0][1] :] if named else ""
    alone = len(lines) > 1 and len(first.text.split()) <= _LABEL and rule("item_alone").fullmatch(after)
    if named and (alone or rule("item_headed").match(after)):
        yield "name"


def _is_body(scene: Scene, body: int) -> bool:
    return scene.cast.bodies[body].role in ("organisation", "person")
