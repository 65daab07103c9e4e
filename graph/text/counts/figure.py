"""A number of people, and what is asked of the sentence that has it."""

import re
from dataclasses import dataclass
from functools import cache

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.counts.numeral import unpointed
from outbreach.graph.text.lexicon import compiled, rule, table
from outbreach.graph.text.page.question import question


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people at its place in the text."""

    line: Line
    start: int
    end: int
    value: int
    qualifier: str
    population: str | None = None
    of: int | None = None
    subset: str | None = None
    within: bool = False


FORM = (500, 501)
"""Numbers that only fill the form of the federal portal of the United States."""


def is_form(scene: Scene, line: Line) -> bool:
    """Whether the words around a number say that it only fills a form."""
    near = scene.lines[max(0, line.number - 1) : line.number + 2]
    return any(rule("placeholder").search(other.text) for other in near)


def clause_of(text: str, start: int, end: int) -> str:
    """The part of the sentence between its strong marks around a place."""
    text = unpointed(text)
    left = max((m.end() for m in re.finditer(r"[;:]| mais | but |, (?:qui|which|who|dont) ", text[:start])), default=0)
    right = next(
        (end + m.start() for m in re.finditer(r"[;:]| mais | but |, (?:qui|which|who|dont) ", text[end:])), len(text)
    )
    return text[left:right]


def is_asked(scene: Scene, line: Line) -> bool:
    """Whether the sentence answers “Who is affected?”, “How many?”."""
    asked = question(scene, line)
    return bool(asked and (scene.words("affected_people").search(asked) or rule("how_many").search(asked)))


@cache
def nouns_of(lang: str) -> re.Pattern[str]:
    """The nouns for those who are counted, by their kind."""
    told = table("article_patterns")[lang]
    kinds = "|".join(rf"(?P<{kind}>{told[kind]})(?![\w-])" for kind in ("records", "staff", "people"))
    return compiled(rf"(?<![\w-])(?:{kinds})")
