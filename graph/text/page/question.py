"""The question that a sentence answers, in a text of questions and answers."""

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.lexicon import normal

_ANSWER = 4
"""So many sentences at most make an answer."""


def question(scene: Scene, line: Line) -> str | None:
    """The last question asked before a sentence, as a sentence or as a heading, if not far back."""
    if line.number < 0:
        return None
    for back in range(_ANSWER):
        number = line.number - back
        if number < 0:
            return None
        begin = scene.lines[number - 1].end_at if number else max(0, scene.lines[0].start - 200)
        between = normal(scene.passage.text[begin : scene.lines[number].start]).strip()
        heading = between.splitlines()[-1].strip() if between else ""
        if heading.endswith("?"):
            return heading
        if number and scene.lines[number - 1].text.endswith("?"):
            return scene.lines[number - 1].text
        if heading:
            return None  # another heading: another section
    return None
