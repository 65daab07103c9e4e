"""Who a body is, as sources write it: a short form in brackets, another name, several in one field, or nobody."""

import re
from dataclasses import dataclass
from functools import cache

from outbreach.graph.names import normalise
from outbreach.loaders.words.lists import tables

_QUOTES = "\"“”'‘’ "
_NAME_RUN = re.compile(
    r"(?<![\w'’-])[^\W\d_a-z][\w'’-]*[^\W\d_A-Z]\s+(?:[^\W\d_]\.?\s+)?(?:(?:al|bin|de|el|van|von)[ -])?"
    r"[^\W\d_a-z][\w'’-]*[^\W\d_A-Z](?![\w'’-])"
    r"|(?:\b[^\W\d_a-z]\.\s?)+\s*[^\W\d_a-z][^\W\d_]+"
)


@dataclass(frozen=True, slots=True)
class _Lists:
    """`data/bodies.yaml`."""

    unnamed: str
    generic: frozenset[str]
    legal_forms: str
    other_name: str
    offices: str
    not_persons: frozenset[str]


@dataclass(frozen=True, slots=True)
class Body:
    """A name, the other names given with it, and what else stands in brackets beside it."""

    name: str
    aliases: tuple[str, ...] = ()
    beside: str | None = None


def body_of(text: str) -> Body:
    """`Perry Johnson & Associates, Inc. (PJ&A)` has an alias; in `Aetna ACE (Welltok, Inc.)` another body stands beside."""
    text, _, care_of = " ".join(text.split()).partition(" c/o ")
    aliases: list[str] = []
    beside = care_of or None
    head, bracket = _bracket(text)
    if bracket and (other := re.match(_lists().other_name.replace("+", "*", 1), bracket)):
        aliases.append(bracket[other.end() :])
    elif bracket and (short := _short_form(bracket, head)):
        aliases.append(short)
    elif bracket:
        beside = bracket
    name, *others = re.split(_lists().other_name, head or text)
    aliases[:0] = others
    cleaned = dict.fromkeys(alias.strip(_QUOTES + ",;/") for alias in aliases)
    name = name.strip(" ,;/") or text
    return Body(name, tuple(a for a in cleaned if a and a != name), beside)


def several(text: str) -> tuple[str, ...]:
    """The bodies of a field that lists them: split at semicolons, and at commas where every part can be a name.

    `Huntington Bancshares, Dominion Resources` are two; `Hospital in Nuneaton, Warwickshire` and `X, Inc.` are one.
    """
    found: list[str] = []
    for piece in re.split(r";(?![^()]*\))", text):
        parts: list[str] = []
        for part in re.split(r",\s+(?![^()]*\))", piece):
            if parts and re.match(_lists().legal_forms, part):
                parts[-1] = f"{parts[-1]}, {part}"
            else:
                parts.append(re.sub(r"^and\s+", "", part) if parts else part)
        whole = len(parts) > 1 and all(len(p.split()) > 1 and p.lstrip()[:1].isupper() for p in parts)
        found += parts if whole else [piece]
    cleaned = (
        " ".join(name.split()).strip(" .,;") if name.strip()[:1] in ".,;" else " ".join(name.split()) for name in found
    )
    return tuple(dict.fromkeys(name for name in cleaned if name))


def is_named(text: str | None) -> bool:
    """Whether a field names a body, rather than saying that nobody names it."""
    return (
        bool(text) and not re.search(_lists().unnamed, text or "") and (text or "").casefold() not in _lists().generic
    )


def may_be_person(name: str) -> bool:
    """Whether a name can be that of a natural person: two capitalised words together, and no word of a body or crew.

    What stands in brackets after it, as an office or an employer, does not count.
    """
    head = name.partition(" (")[0].strip() or name
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", head)]
    if any(word in _lists().not_persons or word.removesuffix("s") in _lists().not_persons for word in words):
        return False
    return _NAME_RUN.search(re.sub(r"[“”\"]", "", head)) is not None


def is_office(name: str) -> bool:
    """Whether brackets give the office that somebody holds, as in `Jane Roe (Minister, Norway)`."""
    head, bracket = _bracket(name)
    others = name.partition(f"({bracket})")[2]
    return re.search(_lists().offices, f"{bracket} {others}") is not None and may_be_person(head)


def same(left: str, right: str) -> bool:
    """Whether two names are the same one, but for case, punctuation and legal forms."""
    return normalise(left) == normalise(right)


def _bracket(text: str) -> tuple[str, str | None]:
    """What stands before the first bracket, and in it, to its end where it is never closed."""
    if "(" not in text[1:]:
        return text, None
    head, _, rest = text.partition("(")
    depth = 1
    for place, letter in enumerate(rest):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return head.strip(), rest[:place].strip() or None
    return head.strip(), rest.strip() or None


def _short_form(bracket: str, name: str) -> str | None:
    """The short form that a bracket gives a name: in quotation marks, its first words, or letters of it in their order."""
    if quoted := re.search(r"[“\"]([^”\"]{2,40})[”\"]", bracket):
        return quoted[1]
    short = bracket.partition(";")[0].strip()
    if normalise(name).startswith(f"{normalise(short)} "):
        return short
    letters, whole = _letters(normalise(short)), iter(_letters(name))
    initials = {word[0] for word in name.casefold().split() if word[0].isalnum()}
    if len(short.split()) > 2 or not 1 < len(letters) <= 8 or letters[0] not in initials:
        return None
    return short if all(letter in whole for letter in letters) else None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]|\band\b", "", text.casefold())


@cache
def _lists() -> _Lists:
    return tables("bodies", _Lists)
