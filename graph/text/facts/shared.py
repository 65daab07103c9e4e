"""Words that share one head: “medical and financial information”, “la date et le motif de la visite” are two things each."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from outbreach.graph.text.lexicon import rule

Lookup = Callable[[str], str | None]
"""The category of a phrase that is nothing but the name of some data."""


class Member(NamedTuple):
    """A word of such a group at its place, and the category of it together with the head."""

    start: int
    end: int
    category: str


def shared(text: str, lang: str, lookup: Lookup) -> Iterator[list[Member]]:
    """Groups of members that share a head and are of more than one category."""
    groups = [*(_before(text, lookup) if lang == "en" else _after(text, lookup)), *_with_complement(text, lang, lookup)]
    for group in groups:
        if len({one.category for one in group}) > 1:
            yield group


def _before(text: str, lookup: Lookup) -> Iterator[list[Member]]:
    """English: the head comes last, and each member before it may stand for one phrase with it."""
    for match in rule("shared_head").finditer(text):
        head = match["head"]
        last = lookup(f"{match['last']} {head}")
        if not last:
            continue
        group = [Member(match.start("last"), match.end("head"), last)]
        end = match.start()
        while True:
            begin = max((m.end() for m in rule("shared_break").finditer(text[:end])), default=0)
            words = list(re.finditer(r"[\w'/-]+", text[begin:end]))
            found = next(
                (
                    Member(begin + words[-many].start(), end, category)
                    for many in range(min(_WORDS, len(words)), 0, -1)
                    if (category := lookup(f"{text[begin + words[-many].start() : end]} {head}"))
                ),
                None,
            )
            vague = rule("vague_member").fullmatch(text[begin:end])
            if found:
                group.append(found)
            if not (found or vague) or (found and found.start > begin) or not text[:begin].endswith(", "):
                break
            end = begin - 2
        yield group


def _after(text: str, lookup: Lookup) -> Iterator[list[Member]]:
    """French: the head comes first, and each member after it may stand for one phrase with it."""
    for match in rule("fr_shared_head").finditer(text):
        group: list[Member] = []
        begin = match.end()
        while True:
            stop = rule("fr_shared_break").search(text, begin)
            end = stop.start() if stop else len(text)
            words = list(re.finditer(r"(?:d'|l')?[\w-]+", text[begin:end]))
            found = next(
                (
                    Member(begin, begin + words[many - 1].end(), category)
                    for many in range(min(_WORDS, len(words)), 0, -1)
                    if (category := lookup(f"{match['head']} {text[begin : begin + words[many - 1].end()]}"))
                ),
                None,
            )
            vague = rule("vague_member").fullmatch(text[begin:end])
            if found:
                group.append(found if group else Member(match.start(), found.end, found.category))
            if not stop or not (found or vague) or (found and found.end < end):
                break
            begin = stop.end()
        yield group


def _with_complement(text: str, lang: str, lookup: Lookup) -> Iterator[list[Member]]:
    """“The date and reason of the visit”: two heads before one complement."""
    for match in rule(f"{lang}_two_heads").finditer(text):
        words = list(re.finditer(r"(?:d'|l')?[\w-]+", match["of"]))
        for many in range(len(words), 1, -1):
            of = match["of"][: words[many - 1].end()]
            one, two = lookup(f"{match['one']} {of}"), lookup(f"{match['two']} {of}")
            if one and two:
                yield [
                    Member(match.start("one"), match.end("one"), one),
                    Member(match.start("two"), match.start("of") + len(of), two),
                ]
                break


_WORDS = 4
"""So many words at most has a member."""
