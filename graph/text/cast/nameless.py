"""The body hit where the article gives no name: “a dental practice in Leeds”, “trois laboratoires normands”."""

import re
from collections.abc import Iterator, Sequence

from outbreach.graph.text.cast.body import Mention
from outbreach.graph.text.cast.scene import Line, Scene, remask
from outbreach.graph.text.facts.breach import breach_in, hints_in
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part

_OPENING = 5
"""Title and so many first sentences tell who was hit."""


def nameless(scene: Scene) -> Iterator[Part]:
    """The body of health care that the first sentences describe, in one that tells of a breach or beside it."""
    lines = [*scene.heading, *list(scene.told())[:_OPENING]]
    found = _described(scene, lines, "nameless")
    telling = [one for one in found if _tells(scene, one[0])]
    best = max(telling or found[:1], key=_fullness if scene.lang == "fr" else lambda _: 0, default=None)
    if best is None and scene.lang == "fr":
        later = _described(scene, list(scene.told()), "nameless")
        best = next((one for one in later if rule("fr_are_hit").match(one[0].text[one[1].end() :])), None)
    if best is None and scene.lang == "fr":
        known = _described(scene, lines, "nameless_known")
        best = next((one for one in known if _tells(scene, one[0]) or hints_in(scene, one[0].masked)), None)
    if best is None:
        return
    line, match = best
    start, end = line.start + match.start("what"), line.start + match.end("what")
    body = scene.cast.add("organisation", None, kind="clinic", described_as=scene.passage.text[start:end])
    scene.cast.mentions.append(Mention(start, end, body.number))
    scene.cast.mentions.sort(key=lambda m: m.start)
    remask(scene)
    scene.guessed = True
    yield Part("affected", body.number, None, line, start, end)


def _fullness(one: tuple[Line, re.Match[str]]) -> int:
    """How many words describe the body: “trois cabinets médicaux de la Vallée” says more than “trois médecins”."""
    return len(one[1]["what"].split())


def _described(scene: Scene, lines: Sequence[Line], name: str) -> list[tuple[Line, re.Match[str]]]:
    return [
        (line, match)
        for line in lines
        for match in scene.words(name).finditer(line.masked)
        if not rule("no_nameless_before").search(line.text[: match.start()])
        and not rule("no_nameless_after").match(line.text[match.end() :])
    ]


def _tells(scene: Scene, line: Line) -> bool:
    words = (scene.words("attack"), scene.words("wrongdoing"))
    return bool(breach_in(scene, line.masked)) or any(regex.search(line.text) for regex in words)
