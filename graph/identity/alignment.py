"""Which words of two names stand for each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.name import ANY, Form
from outbreach.graph.identity.words import counts, filler, is_initial, kinds, words, worth


@dataclass(slots=True)
class Alignment:
    """Which words are shared (their places in the two names, and what sharing them says), and which are left over."""

    shared: list[tuple[int, int, float]]
    left: list[int]
    right: list[int]
    exact: bool


def align(one: Form, other: Form) -> Alignment:
    """Which words stand for which: the same, nearly the same, shortened, run together, or initials."""
    a, b = one.words, other.words
    shared: list[tuple[int, int, float]] = []
    left, right = [], list(range(len(b)))
    exact = True
    for i, word in enumerate(a):
        for j in right:
            if b[j] == word:
                shared.append((i, j, worth(word)))
                right.remove(j)
                break
        else:
            left.append(i)
    for i in list(left) if right else ():
        close = [(OSA.distance(a[i], b[j]), j) for j in right if _alike(a[i], b[j])]
        if close:
            _, j = min(close)
            shared.append((i, j, 0.85 * min(worth(a[i]), worth(b[j]))))
            left.remove(i)
            right.remove(j)
            exact = False
    if left and right:
        exact = not _opened(one, other, left, right, shared) and exact
        exact = not _run_together(one, other, left, right, shared) and exact
        exact = not _run_together(other, one, right, left, shared, swap=True) and exact
    return Alignment(shared, left, right, exact)


def _opened(one: Form, other: Form, left: list[int], right: list[int], shared: list[tuple[int, int, float]]) -> bool:
    """Abbreviations that the other name opens (*Med.* is Medicine, or Medical), and a word cut short beside a rare one."""
    rare = max((said for _, _, said in shared), default=0.0) >= lines().rare[1]
    either = words().either
    hit = False
    for i in list(left):
        word, origin = one.words[i], either.get(one.origin[i], ())
        for j in right:
            beside = other.words[j]
            opened = beside in origin or word in either.get(other.origin[j], ())
            opened = opened or (rare and (_initial_of(word, beside) or _initial_of(beside, word)))
            if opened or (rare and _cut_short(word, beside)):
                shared.append((i, j, 0.5 * min(worth(word), worth(beside))))
                left.remove(i)
                right.remove(j)
                hit = hit or not opened
                break
    return hit


def _initial_of(letter: str, name: str) -> bool:
    """Whether a letter is the beginning of a first name: *R. Oakmoor*, *Robert Oakmoor*."""
    return len(letter.removeprefix("0")) == 1 and letter[-1].isalpha() and len(name) > 2 and name.startswith(letter[-1])


def _cut_short(a: str, b: str) -> bool:
    """Whether one of the words is the beginning of the other, and names something."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return len(short) > 3 and long.startswith(short) and short not in filler() and short not in kinds()


def _run_together(
    a: Form, b: Form, left: list[int], right: list[int],
    shared: list[tuple[int, int, float]], swap: bool = False,
) -> bool:  # fmt: skip
    """Words of one that are two or more words of the other: `medstar` and `med star`, `uhhs` and its words."""
    hit = False
    starts = {b.words[j][0] for j in right} | {b.origin[j][0] for j in right}
    same_run = words().same_run
    for i in list(left):
        word = a.words[i]
        if word in same_run and (told := _same_run(word, b, right)):
            shared.append((told[0], i, worth(word)) if swap else (i, told[0], worth(word)))
            left.remove(i)
            for j in told:
                right.remove(j)
            hit = True
            continue
        if len(word) < 2 or word[0] not in starts or len(right) < 2:
            continue
        for size in range(min(6, len(right), len(word)), 1, -1):
            run = next(
                (
                    r
                    for r in _runs(right, size)
                    if word[0] in (b.words[r[0]][0], b.origin[r[0]][0])
                    and _makes(word, [b.words[j] for j in r], [b.origin[j] for j in r])
                ),
                None,
            )
            if run is not None:
                said = max(worth(a.words[i]) if len(a.words[i]) > 4 else 0.0, 3.0 * size)
                shared.append((run[0], i, said) if swap else (i, run[0], said))
                left.remove(i)
                for j in run:
                    right.remove(j)
                hit = True
                break
    return hit


def _same_run(word: str, form: Form, free: list[int]) -> list[int]:
    """The words of a name that stand for one, as *university hospital* for *chu*; the longest such run."""
    for run in sorted(words().same_run[word], key=len, reverse=True):
        told = [next((j for j in free if form.words[j] == part), -1) for part in run.split()]
        if -1 not in told:
            return told
    return []


def _runs(free: list[int], size: int) -> Iterable[list[int]]:
    for start in range(len(free) - size + 1):
        run = free[start : start + size]
        if run[-1] - run[0] == size - 1:
            yield run


def _makes(word: str, parts: list[str], origin: list[str]) -> bool:
    if len(word) == len(parts) and word == "".join([p[0] for p in parts]):
        return True
    if not ABBREVIATIONS.isdisjoint(origin) or len(word) == len(parts):
        return word in ("".join([p if p in ABBREVIATIONS else p[0] for p in origin]), "".join(parts), "".join(origin))
    return len(word) > len(parts) and word in ("".join(parts), "".join(origin))


ABBREVIATIONS = frozenset({"ch", "chu", "gh", "chi", "chr", "chs"})


@lru_cache(maxsize=1_000_000)
def _alike(a: str, b: str) -> bool:  # noqa: PLR0911  a case each
    """Nearly the same word: a slip of the pen, a lost letter, a plural, an abbreviation of four letters or more."""
    if ANY in a or ANY in b:
        return len(a) == len(b) and sum(x != y and ANY not in (x, y) for x, y in zip(a, b, strict=True)) == 0
    if a.isdigit() or b.isdigit():
        return False
    if is_initial(a) or is_initial(b):
        return a.removeprefix("0") == b.removeprefix("0")
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < 4 or len(long) - len(short) > 8 or (a[0] != b[0] and a[1] != b[1]):
        return False
    if len(short) >= 4 and long.startswith(short) and (len(long) - len(short) <= 2 or short not in _often()):
        return len(long) - len(short) <= 2 or (len(short) >= 4 and long in _often())
    if len(short) < 5 or (a in _often() and b in _often()):
        return False
    limit = 1 if len(short) < 11 else 2
    return OSA.distance(a, b, score_cutoff=limit) <= limit


@cache
def _often() -> frozenset[str]:
    """Words that stand in many names: two of them are two words, however alike."""
    return frozenset(word for word, count in counts().items() if count >= 8)
