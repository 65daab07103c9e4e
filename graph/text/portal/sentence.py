"""English prose cut into sentences and words, each with its place in the text."""

import re
from dataclasses import dataclass
from functools import lru_cache

from outbreach.graph.text.portal.pattern import patterns

QUOTE_WORDS = 20
"""So many words at most has a quote that is shipped (DESIGN, Claim)."""
_WORD = re.compile(
    r"(?P<word>[^\W_](?:[\w&/@\\+®]|[’'](?=\w)|[.-](?=\w))*(?:[’'](?=\s|$))?)|(?P<mark>[^\w\s])", re.UNICODE
)
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")
_END = re.compile(
    r"(?P<stop>[.!?])(?P<close>[”\")\]]*)(?P<gap>\s+)(?=[A-Z0-9“\"•(])|(?P<paragraph>[ \t\r]*\n\s*\n\s*)|\s+(?=•)"
)
_BEFORE = re.compile(r"[\w.&’'/-]*\w$")
_AFTER = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark of punctuation; `start` and `end` are its place in the text."""

    text: str
    start: int
    end: int
    capital: bool
    """It may belong to a name: a capital letter somewhere, as in Xerox, eHealth and 3M."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the text, and what it says."""

    start: int
    end: int
    text: str

    def words(self) -> list[Word]:
        """Its words and marks; the full stop of an abbreviation belongs to its word."""
        found: list[Word] = []
        for match in _WORD.finditer(self.text):
            word, start, end = match[0], self.start + match.start(), self.start + match.end()
            last = found[-1] if found else None
            if word == "." and last is not None and last.end == start and _is_abbreviation(last.text):
                found[-1] = Word(f"{last.text}.", last.start, end, last.capital)
            else:
                found.append(Word(word, start, end, word != word.lower()))
        return found


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text. A full stop after an abbreviation ends one only where the next word tells so."""
    found, start = [], 0
    for match in _END.finditer(text):
        if match["stop"] is None:
            end = match.start()
        elif _ends(text, start, match):
            end = match.end("close")
        else:
            continue
        if end > start:
            found.append(Sentence(start, end, text[start:end]))
        start = match.end()
    if start < len(text):
        found.append(Sentence(start, len(text), text[start:]))
    return tuple(found)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a sentence that began at `start` ends with this mark."""
    if match["stop"] != "." or match["close"]:
        return True
    before = _BEFORE.search(text, max(start, match.start() - 40), match.start())
    if before is None or not _is_abbreviation(before[0]):
        return True
    if before[0] in patterns().never_final or (len(before[0]) == 1 and before[0] != "d"):
        return False
    after = _AFTER.match(text, match.end())
    if after is None:
        return text[match.end()] != "("
    if len(match["gap"]) > 1 or after[0] in patterns().starters:
        return True
    # “… belonging to Anthem, Inc. Anthem experienced …”: a name that begins again begins a sentence.
    return re.search(rf"\b{re.escape(after[0])}\b", text[max(start, match.start() - 45) : match.start()]) is not None


def _is_abbreviation(word: str) -> bool:
    known = patterns()
    if word in known.never_final or word in known.final:
        return True
    return bool(_INITIALS.fullmatch(word)) and ((len(word) == 1 and word.isupper()) or "." in word)


def around(text: str, start: int, end: int, sentence: Sentence) -> tuple[int, int]:
    """The bounds of a quote that holds `text[start:end]`: as much of its sentence as `QUOTE_WORDS` words allow."""
    start, end = start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
    while end < sentence.end and not text[end].isspace():
        end += 1
    while start > sentence.start and not text[start - 1].isspace():
        start -= 1
    said = list(_TOKEN.finditer(text, start, end))
    words = len(said)
    if words > QUOTE_WORDS:
        return start, said[QUOTE_WORDS - 1].end()
    for match in _TOKEN.finditer(text, end, sentence.end):
        if words == QUOTE_WORDS:
            return start, end
        words, end = words + 1, match.end()
    before = list(_TOKEN.finditer(text, sentence.start, start))
    left = QUOTE_WORDS - words
    return (before[-left].start() if 0 < left <= len(before) else before[0].start() if left and before else start), end


_TOKEN = re.compile(r"\S+")
