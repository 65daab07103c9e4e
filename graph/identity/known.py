"""Names that public sources state to be names of one body, though no letter of them agrees."""

from functools import cache, lru_cache

from outbreach.graph.identity.name import Form
from outbreach.graph.identity.words import places, table


def known_as(a: Form, b: Form) -> bool:
    """Whether a source states that the two are names of one body (`known_names.tsv`)."""
    one, other = _key(a.words), _key(b.words)
    return one != other and other in _known().get(one, ())


@cache
def _known() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in table("known_names.tsv"):
        _note(found, *(_key(tuple(name.split(" "))) for name in line.split("\t")[:2]))
    return found


def _note(found: dict[str, set[str]], one: str, other: str) -> None:
    found.setdefault(one, set()).add(other)
    found.setdefault(other, set()).add(one)


@lru_cache(maxsize=200_000)
def _key(words: tuple[str, ...]) -> str:
    """The words without a state or country at their end."""
    kept = (
        words[:-1]
        if len(words) > 3 and any(len(code) == 2 or code.startswith("US-") for code in places().get(words[-1], ()))
        else words
    )
    return " ".join(kept)
