"""The words of a text that name a category of data, and where they stand."""

import re
from functools import cache, lru_cache

from outbreach.graph.text.facts.shared import shared
from outbreach.graph.text.lexicon import compiled, rule, table

Term = tuple[int, int, str]
"""(start, end, category) of words that name data."""
LIST = 3
"""So many categories in one sentence are a list of data."""
ITEM = 0.5
"""So great a part of an item names data."""


def kinds_in(terms: list[Term]) -> set[str]:
    """The categories that some terms are of."""
    return {category for _, _, category in terms}


def events_of(lang: str, name: str) -> re.Pattern[str]:
    """A pattern of `graph/text/data/article_events.yaml`."""
    return _event(lang, name)


@cache
def _event(lang: str, name: str) -> re.Pattern[str]:
    return compiled(table("article_events")[lang][name])


_Aliases = tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _aliases(lang: str) -> tuple[re.Pattern[str], _Aliases, _Aliases]:
    told = table("data_category_aliases")
    listed = told["in_lists"]
    always = {category: entry[lang] for category, entry in told.items() if category not in ("ignored", "in_lists")}
    ignored = _whole(told["ignored"][lang])
    return ignored, _each(always), _each({c: entry[lang] for c, entry in listed.items() if lang in entry})


def _each(aliases: dict[str, list[str]]) -> _Aliases:
    return tuple((category, _whole(sorted(words, key=len, reverse=True))) for category, words in aliases.items())


def _whole(words: list[str]) -> re.Pattern[str]:
    told = "|".join(words).replace("numéros?", "(?:numéros?|n[°º]s?)")
    return compiled(f"(?<![\\w-])(?:{told})(?![\\w-])")


def categories(text: str, lang: str) -> list[Term]:
    """(start, end, category) of each category of data that a text names; the longest where two overlap.

    Words that mean data only among others (“results”, “provider”) count where two categories stand beside them.
    """
    ignored, patterns, listed = _aliases(lang)
    blocked = [m.span() for m in ignored.finditer(text)]
    found: list[Term] = []
    spans = [(m.start(), m.end(), category) for category, pattern in patterns for m in pattern.finditer(text)]
    for start, end, category in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        # What is ignored hides the shorter words in it.
        if all(end <= a or start >= b or (end - start) > (b - a) for a, b in blocked) and _is_free(found, start, end):
            found.append((start, end, category))
    for group in shared(text, lang, lambda phrase: _category(phrase, lang)):
        low, high = min(m.start for m in group), max(m.end for m in group)
        if all(high <= a or low >= b for a, b in blocked):
            found = [(a, b, c) for a, b, c in found if b <= low or a >= high]
            found.extend((m.start, m.end, m.category) for m in group)
    if len({c for _, _, c in found}) >= 2:
        more = sorted((m.start(), m.end(), category) for category, pattern in listed for m in pattern.finditer(text))
        for start, end, category in more:
            if _is_free([*found, *((a, b, "") for a, b in blocked)], start, end) and _is_beside(
                text, found, start, end
            ):
                found.append((start, end, category))
    return sorted(term for term in found if not _is_means(text, found, *term[:2]))


def _is_means(text: str, found: list[Term], start: int, end: int) -> bool:
    """“Anyone who had the address”, “by phone”: a word for means as well as data, alone, and of nobody’s."""
    if not rule("means_or_data").fullmatch(text[start:end]) or end - start > ITEM * len(text.strip(" -–•*·")):
        return False
    before = max((b for _, b, _ in found if b <= start), default=None)
    after = min((a for a, _, _ in found if a >= end), default=None)
    gaps = [text[a:b] for a, b in ((before, start), (end, after)) if a is not None and b is not None]
    return not any(rule("means_gap").fullmatch(gap) for gap in gaps) and not rule("owned").search(text[:start])


@lru_cache(maxsize=4096)
def _category(phrase: str, lang: str) -> str | None:
    """The category of a phrase that names data and does nothing else."""
    return next((category for category, pattern in _aliases(lang)[1] if pattern.fullmatch(phrase)), None)


def _is_free(found: list[Term], start: int, end: int) -> bool:
    return all(end <= a or start >= b for a, b, _ in found)


def _is_beside(text: str, found: list[Term], start: int, end: int) -> bool:
    """Whether a place belongs to a list: nothing but a comma, “and” and a few words to the next of it."""
    before = max((b for _, b, _ in found if b <= start), default=None)
    after = min((a for a, _, _ in found if a >= end), default=None)
    gaps = [text[a:b] for a, b in ((before, start), (end, after)) if a is not None and b is not None]
    return bool(rule("list_goes_on").match(text[end:])) and any(rule("list_gap").fullmatch(gap) for gap in gaps)
