"""Whether a run of letters (initials, a blend, a domain) can have been made from the words of a name."""

from functools import cache, lru_cache

from outbreach.graph.identity.words import bits, legal_forms, synonyms, words

_SHORTEST = 3
"""Letters of a word that may stand for it, besides its initial alone."""


def fits(stem: str, spelled: tuple[str, ...], squash: str, cut: bool = False) -> float:
    """How many bits it says that the letters were made from the words of a name (run together: `squash`); 0 where not.

    Every letter is used, in the order of the words: a word whole, its beginning, or its initial; words may be left out
    at a loss. `sbamh` fits Susan B. Allen Memorial Hospital, `hamptonregionalmc` Hampton Regional Medical Center.
    """
    if not stem or not spelled:
        return 0.0
    if "*" in stem:
        return _masked(stem, squash)
    return _fits(stem, spelled, cut)


@lru_cache(maxsize=400_000)
def _fits(stem: str, spelled: tuple[str, ...], cut: bool) -> float:
    ways: dict[int, float] = {0: 0.0, **{len(start): -1.0 for start in _STARTS if stem.startswith(start)}}
    for place, word in enumerate(spelled):
        lost = _lost(word, place)
        after = {used: score - lost for used, score in ways.items()}
        for used, score in ways.items():
            for size, gain in _uses(word, stem[used:], cut):
                if score + gain > after.get(used + size, -1e9):
                    after[used + size] = score + gain
        ways = after
    ends = {
        len(stem): 0.0,
        **{len(stem) - len(end): -0.5 if len(end) > 4 else -2.0 for end in _ENDS if stem.endswith(end) and stem != end},
    }
    return max(0.0, *(ways.get(used, 0.0) + loss for used, loss in ends.items()))


_STARTS = ("my", "the", "go", "get")
_ENDS = (
    *("health", "healthcare", "care", "hc", "hosp", "hospital", "med", "medical", "clinic", "clinics", "group", "md", "rx"),
    *("web", "online", "usa", "us", "inc", "llc", "corp", "co", "net", "hs", "network", "system", "services", "care"),
    *"al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny".split(),  # noqa: SIM905  fifty of them
    *"nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr".split(),  # noqa: SIM905  the same
)  # fmt: skip
"""What a domain may have before or behind the name."""


def _uses(word: str, rest: str, cut: bool) -> list[tuple[int, float]]:
    """How many letters of the rest may come from this word, and what that says."""
    found: list[tuple[int, float]] = []
    if not rest or rest[0] != word[0]:
        return found
    found.append((1, 3.0))
    worth = max(bits(_canonical(word)), 4.0)
    for spelling in spellings(word):
        common = _common(spelling, rest)
        if common == len(spelling) > 1:
            found.append((common, worth))
        elif cut and common == len(rest) and common > 1:
            found.append((common, min(worth, 2.5 * common)))
        if spelling == word:
            found += [(size, min(0.7 * worth, 2.0 * size)) for size in range(_SHORTEST, min(common, len(word) - 1) + 1)]
    return found


def _common(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _canonical(word: str) -> str:
    return synonyms().get(word, (word,))[0]


@cache
def spellings(word: str) -> tuple[str, ...]:
    """The word and its abbreviations, as *grp* for *group*."""
    canonical = " ".join(synonyms().get(word, (word,)))
    others = [s for s in words().same_word.get(canonical, []) if s.isalnum() and s[0] == word[0]]
    return tuple(
        dict.fromkeys([word, *([canonical] if canonical.isalpha() and canonical[0] == word[0] else []), *others])
    )


def _lost(word: str, place: int) -> float:
    """What leaving a word out costs: the first words of a name are seldom left out, its common words often."""
    if word in small_words():
        return 0.1
    return min(bits(word), 9.0) * (0.9 if place == 0 else 0.45)


def _masked(stem: str, whole: str) -> float:
    """`m****imus` against the name run together: as many letters, and those that are shown agree."""
    shown = [(i, c) for i, c in enumerate(stem) if c != "*"]
    if len(stem) != len(whole) or len(shown) < 3 or any(whole[i] != c for i, c in shown):
        return 0.0
    return 4.0 * len(shown)


@cache
def small_words() -> frozenset[str]:
    """Words that initials may pass over: *of*, *and*, legal forms."""
    return frozenset(words().stop) | {"nhs"} | {form[0] for form in legal_forms() if len(form) == 1}
