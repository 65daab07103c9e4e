"""What to read into a name before its words: the first of several bodies in it, and the state behind two letters."""

import re
from functools import cache

from anyascii import anyascii

from outbreach.graph.identity.words import bits, is_coined, kinds, legal_forms, names_one, places, synonyms, words

_SEPARATOR = re.compile(r",\s+(?:(?:and|et|&)\s+)?|\s+(?:and|et|&|y|\+)\s+", re.IGNORECASE)
_SITE = re.compile(r"(\S+\.(?:com|org|net)),? (?:and|&) (?=[A-Z])", re.IGNORECASE)
"""A domain that is the first of several."""
_OWN = 11.0
"""Bits of a word by which a second body has a name of its own."""


def bodies(text: str) -> tuple[str, str] | None:
    """The first of several bodies that one name lists, and the rest: each ends in what it is, and the second has a name of its own.

    `Carthage Area Hospital et Claxton Hepburn Medical Center`; no compound is `Heart and Vascular Center of Ohio`.
    """
    if site := _SITE.match(text):
        return site[1], text[site.end() :]
    for match in _SEPARATOR.finditer(text):
        head, rest = _words(text[: match.start()]), _words(text[match.end() :])
        whole = len(head) > 1 and _is_body(head[-1]) and not all(map(_is_body, head)) and not set(head) & _OFFICES
        named = any(map(_is_body, rest)) or any(map(is_coined, rest))
        if (
            whole
            and len(rest) > 1
            and (rest[0],) not in legal_forms()
            and named
            and _own(rest, match[0].strip() != ",")
        ):
            return text[: match.start()], text[match.end() :]
    return None


_OFFICES = frozenset(["department", "ministry", "division", "bureau", "office", "secretariat"])


def _words(text: str) -> list[str]:
    plain = re.findall("[a-z0-9]+", anyascii(text).lower())
    return [word for token in plain for word in synonyms().get(token, (token,))]


def is_list(text: str) -> bool:
    """Whether commas list bodies, three or more, each of which ends in what it is, but for one between the others."""
    parts = [_words(part) for part in re.split(r",\s+(?:(?:and|&)\s+)?", text)]
    whole = [len(part) > 1 and _is_body(part[-1]) and not set(part) & _OFFICES for part in parts]
    return len(parts) > 2 and whole[0] and whole[-1] and sum(whole) > max(1, len(parts) - 2)


def _own(listed: list[str], joined: bool) -> bool:
    """Whether any word is one that names, and is no place; a place names a body that begins with it (*Oakmoor Hospital*)."""
    if joined and is_coined(listed[0]) and names_one(listed[0]) and _is_body(listed[-1]):
        return True
    return any((bits(w) >= _OWN or is_coined(w)) and names_one(w) and w not in places() for w in listed)


@cache
def _bodies() -> frozenset[str]:
    return frozenset(words().filler) | frozenset(kinds())


def _is_body(word: str) -> bool:
    return word in _bodies()


def state_names(text: str) -> str:
    """The text with the states of the US by name where two capitals mean one: behind *of*, at the end, before a department."""
    return _codes().sub(lambda m: _states()[m[0]], text) if _ANY_CODE.search(text) else text


_ANY_CODE = re.compile(r"\b[A-Z]{2}\b")


@cache
def _states() -> dict[str, str]:
    import pycountry  # noqa: PLC0415  its tables take 50 ms to load

    return {p.code[3:]: p.name for p in pycountry.subdivisions if p.country_code == "US" and p.type == "State"}


@cache
def _codes() -> re.Pattern[str]:
    every = "|".join(sorted(_states()))
    clear = "|".join(sorted(_states().keys() - set(words().legal_codes)))
    bodies = "|".join(words().state_bodies)
    return re.compile(
        rf"(?<=\b[Oo][Ff] )(?:{every})(?=\W*(?:(?:Inc|LLC|LLP|P\.?C|PSC|PLLC|Ltd)\b)?\W*$|,)"
        rf"|(?<=, )(?:{clear})(?=\.?$)|(?<=[a-z] )(?:{clear})(?=\.?$)"
        rf"|^(?:{every})(?= (?:State )?(?:{bodies})\b)"
    )
