"""A text as it is read: lines wrapped at a width put together again, blanks made one; with the way back to the original."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_BLANKS = re.compile(r"(?<=\S)[ \t\u00a0]{2,}(?=\S)")
_GLUED = re.compile(r"[a-zà-ÿ)]{2}[.!?][”\"»)]?(?=(?:[A-ZÀ-Þ][a-zà-ÿ'’]+|A|À|UPDATE)[ ,(])")
"""“… the breach.The information”: two sentences that a page’s text has run together."""
_BLOCK = re.compile(r"\S.*(?:\r?\n(?!\s*\n).*\S.*)*")
"""Lines with no empty line between them."""
_LINE = re.compile(r"[^\n]*\S")
_WHOLE = re.compile(r"[.!?…:;»”\")]$")
_ITEM = re.compile(r"[-–—•*·▪◦●■]|\d{1,2}[.)] ")
_LEAST, _WIDEST, _FULL, _MOST = 50, 115, 0.7, 0.8
"""A text is wrapped where its longest line has so many characters at least and at most, and most others that share of it."""
_LONG = 40
"""A line so long that does not end like a sentence goes on in a next one that begins small or far to the right."""
_INDENT = 8
"""So many blanks before a line are no paragraph’s indent."""
_BYLINE = re.compile(r"(?:par|by|le|publié|modifié|mis) (?:[A-ZÀ-Þ]|\d)")
_OPEN = re.compile(
    r"(?i)(?:,| (?:the|an?|of|and|or|to|in|on|at|by|for|from|with|la|le|les|des|du|et|ou|de|à|au|aux|par|pour|sur|dans|avec))$"
)
"""A line that ends so goes on."""


@dataclass(frozen=True, slots=True)
class Fold:
    """The text that is read; `places` are those of its characters in the original, none where nothing was changed."""

    text: str
    original: str
    places: tuple[int, ...] = ()

    def said(self, start: int, end: int) -> tuple[str, int]:
        """The words of the original at a place of the text that was read, and where they begin."""
        if not self.places:
            return self.original[start:end], start
        begin = self.places[start]
        return self.original[begin : self.places[end - 1] + 1], begin


def folded(text: str) -> Fold:
    """The text with wrapped lines joined, runs of blanks made one, and sentences that run together set apart."""
    edits = sorted({*_wraps(text), *_blanks(text), *((m.end(), m.end()) for m in _GLUED.finditer(text))})
    if not edits:
        return Fold(text, text)
    said: list[str] = []
    places: list[int] = []
    at = 0
    for start, end in edits:
        if start < at:
            continue
        said += [text[at:start], " "]
        places += [*range(at, start), start]
        at = end
    said.append(text[at:])
    places += range(at, len(text))
    return Fold("".join(said), text, tuple(places))


def _blanks(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _BLANKS.finditer(text))


def _wraps(text: str) -> Iterator[tuple[int, int]]:
    """The ends of lines at which a sentence goes on, with the blanks around them."""
    blocks = (_lines_of(text, *block.span()) for block in _BLOCK.finditer(text))
    ends = [(a, b, c) for lines in blocks for (a, b), (c, _) in pairwise(lines) if not _ITEM.match(text, c)]
    wide = _width([end - start for start, end, _ in ends])
    for start, end, following in ends:
        cut = wide is not None and _FULL * wide <= end - start <= wide
        line = text[start:end]
        small = text[following].islower() and not _BYLINE.match(text, following)
        onwards = small or text[following] == "(" or following - end > _INDENT or _OPEN.search(line)
        long = end - start >= _LONG or following - end > _INDENT
        if cut or (long and not _WHOLE.search(line) and onwards):
            yield end, following


def _lines_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a block, without the blanks around them."""
    lines = [match.span() for match in _LINE.finditer(text, start, end)]
    return [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in lines]


def _width(widths: list[int]) -> int | None:
    """At how many characters a text is wrapped, if it is; of each line that another follows, how long it is."""
    usual = [width for width in widths if width <= _WIDEST]
    widest = max(usual, default=0)
    full = sum(width >= _FULL * widest for width in usual)
    return widest if len(usual) > 2 and widest >= _LEAST and full >= _MOST * len(widths) else None
