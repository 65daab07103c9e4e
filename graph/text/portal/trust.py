"""Whether a description stands on the row that it belongs to: portals mix them up."""

import re

from anyascii import anyascii
from rapidfuzz import fuzz

from outbreach.graph.names import normalise
from outbreach.graph.text.portal.description import Description
from outbreach.graph.text.portal.pattern import patterns

_NUMBER = re.compile(r"(?<![\d/,.])(?:\d{1,3}(?:,\d{3})+|\d{3,9})(?![\d/])")
_YEARS = range(1990, 2100)
_NEAR = 0.15
"""Counts that differ by less may be two readings of one breach."""
_ALIKE = 75
"""Names that are more alike, in percent, may be two spellings of one."""


def foreign(text: str, said: Description, filer: str, people: int | None, associate: bool = False) -> str | None:
    """Why a description is another report’s, in a few words; None where nothing speaks against it.

    It is another’s where it tells of another body by name, nowhere has a distinctive word of the filer’s name or its
    initials, and its numbers of people are not the report’s. Where the filer is a business associate, whose client a text
    may name in its place, they are far from the report’s.
    """
    if said.reporter is None or _spoken_of(filer, text):
        return None
    if any(_alike(filer, name) for name in (*said.entities, *(s.name for s in said.named if s.name))):
        return None
    counts = [
        number
        for found in _NUMBER.findall(text)
        if (number := int(found.replace(",", ""))) not in _YEARS or "," in found
    ]
    near = _NEAR if associate else 0
    if people is not None and any(abs(count - people) <= near * people for count in counts):
        return None
    of = f" and of {max(counts):,} people" if counts else ""
    return f"it speaks of {said.reporter}{of}"


def _spoken_of(filer: str, text: str) -> bool:
    """The text has a distinctive word of the name."""
    words = set(re.findall(r"[a-z0-9]+", (text if text.isascii() else anyascii(text)).lower().replace("'", "")))
    own = [w for w in normalise(filer).split() if w not in patterns().common_name_words and len(w) > 2]
    return any(word in words for word in own) or filer.lower() in text.lower()


def _alike(filer: str, name: str) -> bool:
    left, right = normalise(filer), normalise(name)
    joined = left.replace(" ", ""), right.replace(" ", "")
    return fuzz.token_set_ratio(left, right) >= _ALIKE or fuzz.ratio(*joined) >= _ALIKE or _initials(filer, name)


def _initials(filer: str, name: str) -> bool:
    """GHI is Group Health Inc., and AU Medical Center is Augusta University Medical Center."""
    initials = "".join(
        word[0] for word in re.findall(r"[A-Za-z]+", name) if word.lower() not in {"of", "the", "and", "for"}
    ).upper()
    return any(initials.startswith(short) for short in re.findall(r"\b[A-Z]{2,6}\b", filer))
