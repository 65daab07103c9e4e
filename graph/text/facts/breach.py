"""The words that say that data of people got out: stolen, sent astray, lost, left open, or read by another."""

import re
from functools import cache, lru_cache
from typing import Any

from outbreach.graph.text.cast.scene import Scene, pattern
from outbreach.graph.text.lexicon import compiled, rule, table

_WITHOUT_ATTACK = (
    "unintended_disclosure", "theft", "loss", "misconfiguration", "insider", "improper_disposal", "unauthorised_access",
)  # fmt: skip
"""Kinds of incident whose words need not say that data were exposed, where they name what held the data."""


_WITHIN = r"(?:[^.;!?]|\.(?=\d))"
"""A sign of one sentence; the point of “212.000” ends none."""
_CLAUSE = r"(?:[^.;:!?]|\.(?=\d))"
"""A sign of one clause."""


@cache
def kind_patterns(lang: str) -> dict[str, re.Pattern[str]]:
    """The words for each kind of incident."""
    told = table("article_events")[lang]
    return {key: compiled(rf"(?<![\w-])(?:{with_words(told, p)})") for key, p in told["kinds"].items()}


def with_words(told: dict[str, Any], pattern: str) -> str:
    """A pattern of `article_events.yaml` with its small words, `{data}` and others, put in."""
    return re.sub(r"\{([a-z]+)\}", lambda m: told["words"][m[1]], pattern)


def breach_in(scene: Scene, text: str) -> re.Match[str] | None:
    """The words of a text that tell of a disclosure, or of what amounts to one."""
    return _breach(scene.lang, text)


@lru_cache(maxsize=4096)
def _breach(lang: str, text: str) -> re.Match[str] | None:
    if rule("no_breach").search(text):
        return None
    match = pattern(lang, "disclosure").search(text) or _got_out(lang).search(text)
    if match:
        return match
    holds = rule(f"{lang}_holds_data")
    told = kind_patterns(lang)
    matches = (m for kind in _WITHOUT_ATTACK if (m := told[kind].search(text)))
    return next((m for m in matches if holds.search(text[max(0, m.start() - 80) : m.end() + 80])), None)


def told_in(scene: Scene, text: str) -> re.Match[str] | None:
    """As `breach_in`, where the clause of those words, or another that also tells, is not negated."""
    text = rule("paper_published").sub(lambda m: " " * len(m[0]), text)
    match = breach_in(scene, text)
    while match and _is_denied(scene, text, *match.span()):
        start, end = _clause(text, *match.span())
        text = text[:start] + " " * (end - start) + text[end:]
        match = breach_in(scene, text)
    return match


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around a place begins and ends."""
    marks = rule("clause_ends")
    begin = max((m.end() for m in marks.finditer(text[:start])), default=0)
    return begin, next((end + m.start() for m in marks.finditer(text[end:])), len(text))


def _is_denied(scene: Scene, text: str, start: int, end: int) -> bool:
    """“Aucun dossier n’a été copié”, “our records weren’t among them”, but not “nous ne pouvons exclure que …”."""
    clause = rule("where_clause").sub("", text[slice(*_clause(text, start, end))])
    denied = scene.words("negation").search(clause) or rule("no_such_thing").search(clause)
    return bool(denied) and not rule("not_a_denial").search(clause)


def hints_in(scene: Scene, text: str) -> bool:
    """Whether a text has words that may tell of a disclosure: alone they say nothing, beside an intrusion they do."""
    hints = _hints(scene.lang)
    return hints is not None and not rule("no_breach").search(text) and bool(hints.search(text))


@cache
def _hints(lang: str) -> re.Pattern[str] | None:
    told = table("article_patterns")[lang]
    if "hint_noun" not in told:
        return None
    noun = rf"\b{told['hint_noun']}".replace("{data_noun}", told["data_noun"])
    verb = told["hint_out"]
    return compiled(rf"{noun}{_WITHIN}{{0,110}}?(?<![\w-]){verb}|(?<![\w-]){verb}{_WITHIN}{{0,90}}?{noun}")


@cache
def _got_out(lang: str) -> re.Pattern[str]:
    """What holds data, and that it got out, either before the other in one clause."""
    told = table("article_patterns")[lang]
    noun, verb = rf"\b{told['data_noun']}", told["got_out"]
    left = told["left_behind"].replace("{noun}", noun)
    return compiled(rf"{noun}{_CLAUSE}{{0,110}}?(?<![\w-]){verb}|(?<![\w-]){verb}{_CLAUSE}{{0,90}}?{noun}|{left}")
