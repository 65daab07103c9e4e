"""The tables of the article reader: one pattern from many lines, and no sign in them that nobody typed."""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from outbreach.graph.text.lexicon import rule, table

TABLES = sorted(
    path.name.removesuffix(".yaml")
    for path in (files("outbreach.graph.text") / "data").iterdir()
    if path.name.endswith(".yaml")
)


def _strings(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for value in told.values():
            yield from _strings(value)
    elif isinstance(told, list):
        for value in told:
            yield from _strings(value)


@pytest.mark.parametrize("name", TABLES)
def test_no_pattern_has_a_control_character_where_a_backslash_was_meant(name: str) -> None:
    """No table holds one."""
    # "\b" in double quotes is a backspace, which no article has; the word boundary is "\\b".
    assert [s for s in _strings(table(name)) if re.search(r"[\x00-\x09\x0b-\x1f]", s)] == []


def test_alternatives_over_many_lines_are_one_pattern_in_any_case() -> None:
    """`any:` with `(?i)` before its lines."""
    told = table("article_rules")["share"]
    assert told.startswith("(?i)(?:")
    assert told.endswith(")")
    assert rule("share").search("A Quarter Of the clinics")
    assert rule("share").search("12 %")
