"""The words that a domain was run together from, read beside a name that it may belong to."""

from dataclasses import replace
from functools import cache, lru_cache

from outbreach.graph.identity.letters import small_words, spellings
from outbreach.graph.identity.name import Form
from outbreach.graph.identity.words import filler, is_coined, kinds, names_one, places, synonyms

_LONG = 8
"""Letters of a domain that may end in a town's initials."""
_SHORTEST_END = 3
"""Letters of a cut domain's last word."""


@lru_cache(maxsize=100_000)
def read_stem(domain: Form, name: Form, regions: frozenset[str] = frozenset()) -> Form | None:
    """The domain as words, where the name's words and such as any body may add make it whole; None where they do not.

    `hopital-oakmoor` is *hospital oakmoor* beside `CH d'Oakmoor`; letters may be masked, and the end missing. At least one
    word is the name's own and says whose it is.
    """
    found = _segments(domain.stem, _own(name), domain.cut)
    states = [code[3:].lower() for code in regions if code.startswith(("US-", "CA-"))]
    for state in states if found is None else ():  # `oakmoorok.com`, in Oklahoma
        if domain.stem.endswith(state):
            found = _segments(domain.stem.removesuffix(state), _own(name), cut=False)
    for letters in town_initials(regions) if found is None and len(domain.stem) > _LONG else ():
        if domain.stem.endswith(letters) and any(is_coined(word) and names_one(word) for word in name.words):
            found = _segments(
                domain.stem.removesuffix(letters), _own(name), cut=False
            )  # `oakmoorsa.com`, in San Antonio
            break
    if found is None:
        return None
    found = tuple(token for token in found if token not in small_words()) or found
    listed = tuple(word for token in found for word in synonyms().get(token, (token,)))
    if not any(word in name.words or word in name.plain for word in listed):
        return None
    size = len(listed)
    return replace(
        name, words=listed, plain=found, joined=(False,) * size, origin=listed, spelled=found, acronym=False,
        sited=(False,) * size, squash=domain.stem, stem="", cut=False,
    )  # fmt: skip


def _own(name: Form) -> tuple[tuple[str, bool], ...]:
    """The name's words in all their spellings, and whether each says whose it is."""
    found: dict[str, bool] = {}
    for word in (*name.plain, *name.words, *name.spelled):
        for spelling in spellings(word):
            if len(spelling) > 1 and spelling.isalnum():
                found[spelling] = found.get(spelling, False) or names_one(word)
    return tuple(found.items())


def _segments(stem: str, own: tuple[tuple[str, bool], ...], cut: bool) -> tuple[str, ...] | None:
    """The stem as words, those of the name before others, the fewest first; at least one must say whose it is."""
    best: list[tuple[int, int, tuple[str, ...], bool] | None] = [None] * (len(stem) + 1)
    best[0] = (0, 0, (), False)
    masked = "*" in stem
    for at in range(len(stem)):
        here = best[at]
        if here is None:
            continue
        foreign, count, listed, named = here
        for word, names in own:
            end = at + len(word)
            if end <= len(stem) and _agrees(stem[at:end], word, masked):
                _keep(best, end, (foreign, count + 1, (*listed, word), named or (names and _shown(stem[at:end]))))
            elif cut and end > len(stem) and len(stem) - at >= _SHORTEST_END and word.startswith(stem[at:]):
                _keep(best, len(stem), (foreign, count + 1, (*listed, word), named or names))
        for word in _starting(stem[at : at + 2]):
            if stem.startswith(word, at):
                _keep(best, at + len(word), (foreign + 1, count + 1, (*listed, word), named))
    last = best[-1]
    return tuple(w for w in last[2] if w not in _LINKS) if last is not None and last[3] else None


def _keep(
    best: list[tuple[int, int, tuple[str, ...], bool] | None], end: int, found: tuple[int, int, tuple[str, ...], bool]
) -> None:
    known = best[end]
    if known is None or (not found[3], found[0], found[1]) < (not known[3], known[0], known[1]):
        best[end] = found


def _agrees(piece: str, word: str, masked: bool) -> bool:
    return piece == word or (masked and all(x in ("*", y) for x, y in zip(piece, word, strict=True)))


def _shown(piece: str) -> bool:
    """Whether enough of a masked word can be seen."""
    return sum(c != "*" for c in piece) > max(2, len(piece) // 2)


_LINKS = frozenset(["of", "and", "at", "the", "my", "de", "du", "la", "le", "d", "et", "online", "web", "usa"])
"""What may stand between the words of a domain, and says nothing."""


@lru_cache(maxsize=1_000)
def town_initials(regions: frozenset[str]) -> tuple[str, ...]:
    """The initials of the towns of two words or three in these regions."""
    found = {
        "".join(word[0] for word in town.split())
        for town, codes in places().items()
        if 1 < len(town.split()) < _LONGEST_TOWN and codes & regions
    }
    return tuple(sorted(found, key=lambda letters: (-len(letters), letters)))


_LONGEST_TOWN = 4


@cache
def _generic() -> frozenset[str]:
    """What any body may put into its domain: what it is, in all spellings of three letters or more."""
    said = {spelling for word in filler() | frozenset(kinds()) for spelling in spellings(word)}
    said |= {token for token, canonical in synonyms().items() if set(canonical) <= filler() | frozenset(kinds())}
    plain = {word for word in said if len(word) > 2 and word.isalpha() and word not in ("com", "usa")}
    return frozenset(plain | _LINKS - {"d"} | {"hc", "mc", "hs", "ch"})


@cache
def _starting(letters: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in _generic() if word.startswith(letters)))
