"""English prose cut into words and sentences, each with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outbreach.graph.text.pattern import patterns

_WORD = re.compile(
    r"(?P<word>[^\W_](?:[\w&/@\\+®]|[’'](?=\w)|[.-](?=\w))*(?:[’'](?=\s|$))?)|(?P<mark>[^\w\s])", re.UNICODE
)
QUOTE_WORDS = 20
"""So many words at most has a quote that is shipped (DESIGN, Claim)."""
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark of punctuation; `start` and `end` are its place in the text."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """It may belong to a name: a capital letter somewhere, as in Xerox, eHealth and 3M."""
        return any(c.isupper() for c in self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the text, what it says, and its words."""

    start: int
    end: int
    text: str
    words: tuple[Word, ...]


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text. A full stop after an abbreviation belongs to its word."""
    words = _words(text)
    found, first = [], 0
    for index, word in enumerate(words):
        if index + 1 == len(words) or _ends(text, words, index):
            # A closing quotation mark or bracket goes with its sentence.
            part = words[first : index + 1]
            start, end = part[0].start, word.end
            found.append(Sentence(start, end, text[start:end], tuple(part)))
            first = index + 1
    return found


def _words(text: str) -> list[Word]:
    """The words of a text, the full stop of an abbreviation taken in."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        mark = match["mark"]
        if mark == "." and found and found[-1].end == match.start() and _is_abbreviation(found[-1].text):
            last = found[-1]
            found[-1] = Word(last.text + ".", last.start, match.end())
        else:
            found.append(Word(match[0], match.start(), match.end()))
    return found


def _is_abbreviation(word: str) -> bool:
    known = patterns()
    if word in known.never_final or word in known.final:
        return True
    return bool(_INITIALS.fullmatch(word)) and (len(word) == 1 and word.isupper() or "." in word)


def _ends(text: str, words: list[Word], index: int) -> bool:
    """Whether a sentence ends with this word."""
    word, after = words[index], words[index + 1]
    gap = text[word.end : after.start]
    if "\n" in gap and gap.count("\n") > 1:
        return True
    opens = after.text[0].isupper() or after.text[0].isdigit() or after.text[0] in "“\"•(" or "\n" in gap
    if word.text in {".", "!", "?", "•"} and gap:
        return opens
    if word.text in {"”", '"', ")"} and index and words[index - 1].text in {".", "!", "?"} and gap:
        return opens
    if word.text.endswith(".") and len(word.text) > 1 and gap and opens:
        bare = word.text.removesuffix(".")
        if bare in patterns().never_final or (len(bare) == 1 and bare not in {"d"}):
            return False
        return len(gap) > 1 or after.text in patterns().starters or _again(words, index)
    return False


def _again(words: list[Word], index: int) -> bool:
    """“… belonging to Anthem, Inc. Anthem experienced …”: a name that begins again begins a sentence."""
    return any(word.text == words[index + 1].text for word in words[max(0, index - 6) : index])


def around(text: str, start: int, end: int, sentence: Sentence) -> tuple[int, int]:
    """The bounds of a quote that holds `text[start:end]`: as much of its sentence as `QUOTE_WORDS` words allow."""
    tokens = [(sentence.start + m.start(), sentence.start + m.end()) for m in re.finditer(r"\S+", sentence.text)]
    first = next(i for i, token in enumerate(tokens) if token[1] > start)
    last = next(i for i, token in reversed(list(enumerate(tokens))) if token[0] < end)
    if last - first + 1 > QUOTE_WORDS:
        return start, start + len(" ".join(text[start:end].split(" ")[:QUOTE_WORDS]))
    last = min(len(tokens) - 1, first + QUOTE_WORDS - 1)
    first = max(0, last - QUOTE_WORDS + 1)
    return tokens[first][0], tokens[last][1]
