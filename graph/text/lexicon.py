"""The word lists and patterns of `graph/text/data`, compiled once; texts are read with plain apostrophes and spaces."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from outbreach.graph.yamlfile import parse

_PLAIN = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " ",
    "‑": "-", "‐": "-",
})  # fmt: skip
_SIGNS = dict.fromkeys(range(57344, 63744), "�")
"""Private characters stand for bodies in masked sentences (`scene`), so none may come in with a text."""
_ALL = _PLAIN | _SIGNS
UPPER = "A-ZÀ-ÖØ-ÞŒ"
LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœ"


def normal(text: str) -> str:
    """The text with plain apostrophes, hyphens and spaces; as long as before, so that places stay."""
    return text.translate(_ALL)


@cache
def table(name: str) -> Any:
    """What `graph/text/data/<name>.yaml` says; `any:` over a list is one pattern, of its lines as alternatives."""
    return _joined(parse((files("outbreach.graph.text") / "data" / f"{name}.yaml").read_text(encoding="utf-8")).data)


def _joined(told: Any) -> Any:
    """`{any: ["(?i)", "a|b", "c"]}` is the pattern `(?i)(?:a|b|c)`, anywhere in a table."""
    if isinstance(told, list):
        return [_joined(one) for one in told]
    if not isinstance(told, dict):
        return told
    if told.keys() != {"any"}:
        return {key: _joined(value) for key, value in told.items()}
    lines = told["any"]
    flags = lines[0] if lines[0] == "(?i)" else ""
    return f"{flags}(?:{'|'.join(lines[bool(flags) :])})"


@cache
def compiled(pattern: str, cased: bool = False) -> re.Pattern[str]:
    r"""A pattern of a data file: `\p{Lu}` is a capital, `\p{L}` a letter, apostrophes are plain."""
    plain = pattern.translate(_PLAIN).replace(r"\p{Lu}", f"[{UPPER}]").replace(r"\p{L}", f"[{LETTER}]")
    plain = plain.replace(f"[[{LETTER}]", f"[{LETTER}").replace(f"[[{UPPER}]", f"[{UPPER}")
    return re.compile(plain, 0 if cased else re.IGNORECASE)


@cache
def rule(name: str) -> re.Pattern[str]:
    """A pattern of `graph/text/data/article_rules.yaml`."""
    return re.compile(table("article_rules")[name])


def has_rule(name: str) -> bool:
    """Whether `graph/text/data/article_rules.yaml` has a pattern of this name."""
    return name in table("article_rules")
