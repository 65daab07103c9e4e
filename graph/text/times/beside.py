"""The words beside a date that say what it dates: the lists of `graph/text/data/article_dates.yaml`."""

import re
from functools import cache

from outbreach.graph.text.lexicon import compiled, table

OPENING = 3
"""So many sentences at most open an article."""


@cache
def words_beside(lang: str, name: str) -> re.Pattern[str]:
    """The words that say that a date is of the kind `name`."""
    told = table("article_dates")[lang][name]
    told = told if isinstance(told, str) else f"(?:{'|'.join(told)})"
    return compiled(told if name == "occurred" else rf"(?<![^\W_]){told}")
