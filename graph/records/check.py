"""Checks that mentions and claims share; each refusal is one sentence."""

from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

from outbreach.graph import schema
from outbreach.graph.errors import ClaimError
from outbreach.graph.vocabulary import vocabulary


def in_list(term: str, name: str, what: str) -> None:
    """Refuse a term that is not in a closed list."""
    terms = vocabulary(name)
    if term not in terms:
        raise ClaimError(f"{what} is “{term}”, which is not in graph/data/{name}.yaml: {', '.join(terms)}")


def either(terms: Iterable[str]) -> str:
    """The terms as a choice: a, b or c."""
    words = list(terms)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def no_empty_text(thing: Any, what: str) -> None:
    """Refuse an empty text in any field of a dataclass but its `id`: what is unknown is absent."""
    names, values = _fields(thing.__class__)
    for name, value in zip(names, values(thing), strict=True):
        if value is None:
            continue
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and not text.strip():
                raise ClaimError(f"{what} has an empty {name}: leave it out where it is unknown")


def label_of(mention: str) -> str:
    """The label of the thing that a mention id names."""
    return schema.PREFIXES.get(mention.partition(".")[0], mention)


@cache
def _fields(cls: type) -> "tuple[tuple[str, ...], attrgetter[tuple[object, ...]]]":
    """The names of a dataclass's fields but `id`, and how to read them all at once."""
    names = tuple(field.name for field in fields(cls) if field.name != "id")
    return names, attrgetter(*names)
