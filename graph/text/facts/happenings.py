"""One thing that an article tells, and whether its words ask it, deny it, or leave it open."""

import re
from dataclasses import dataclass

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.lexicon import rule


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing told: `what` is a predicate, `value` a term or date, `body` whom it concerns or who acts."""

    what: str
    value: str | None
    line: Line
    start: int
    end: int
    body: int | None = None
    negated: bool = False
    hedged: bool = False
    rule: str | None = None
    date: str | None = None
    date_rule: str | None = None
    amount: float | None = None
    currency: str | None = None


def at(line: Line, match: re.Match[str]) -> tuple[int, int]:
    """Where a match in a sentence stands in the text."""
    return line.start + match.start(), line.start + match.end()


def clause_around(text: str, start: int, end: int) -> str:
    """The clause of a place."""
    left = max((m.end() for m in re.finditer(r"[;:.] | mais | but ", text[:start])), default=0)
    right = next((end + m.start() for m in re.finditer(r"[;:.] | mais | but ", text[end:])), len(text))
    return text[left:right]


def one_number(lang: str, text: str) -> str:
    """A text in which the point inside a number, “22.000”, ends no sentence; each sign keeps its place."""
    return _POINT.sub(" " if lang == "fr" else ",", text)


_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def is_denied(scene: Scene, text: str, match: re.Match[str]) -> bool:
    """Whether the words around say that it is not so: in what was matched, or just before it."""
    before = text[max(0, match.start() - 90) : match.start()]
    return bool(
        rule(f"{scene.lang}_denied_before").search(before) or rule(f"{scene.lang}_denied_inside").search(match[0])
    )


def asks(line: Line) -> bool:
    """Whether a sentence asks if something is so; “which data were stolen?” takes it for granted."""
    return line.text.endswith("?") and not rule("presumes").search(line.text)


def next_after(scene: Scene, line: Line) -> str:
    """The sentence after one; empty after the last."""
    return scene.lines[line.number + 1].text if line.number + 1 < len(scene.lines) else ""


def wants_only(line: Line, match: re.Match[str]) -> bool:
    """“The hospital wants $3 million”: nobody in the sentence who would extort it."""
    return bool(rule("wants").match(match[0])) and not rule("who_demands").search(line.masked)
