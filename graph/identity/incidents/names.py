"""How two names of a table meet beyond the organisations' judgement: short and long, of one group, told in a text."""

import re
from functools import lru_cache
from itertools import takewhile

from anyascii import anyascii

from outbreach.graph.identity.incidents.text import weights
from outbreach.graph.identity.words import (
    as_compared,
    bits,
    everyday,
    is_coined,
    names_one,
    pair_bits,
    places,
    synonyms,
    worth,
)
from outbreach.graph.names import normalise

_OPENED = re.compile(r"\(([^()]*)\)?")
_TOKEN = re.compile(r"[A-Za-z0-9]+|[.:;!?]")
_LONG = 8
"""Letters of a name that is clipped: Fred Hutch."""
_WHOLE = 4
"""Words of a name that says whose it is, if all of them stand in a text, though each be a place or a trade."""
_LEAST = 3
"""Letters of the shortest name that is looked for in a text."""


def own_names(name: str) -> frozenset[str]:
    """The names that a compound of them gives of one body, folded: around `d/b/a`, before a bracket, each of a list."""
    listed = [part for half in _halves(name) for part in _listed(half)]
    return frozenset({normalise(name)} | {folded for half in listed if " " in (folded := normalise(half))})


def _halves(name: str) -> list[str]:
    first = re.split(weights().compound, name, maxsplit=1, flags=re.IGNORECASE)[0]
    return [half for half in re.split(weights().other_names, first, flags=re.IGNORECASE) if half]


def _listed(name: str) -> list[str]:
    """A list of bodies taken apart, where each of its parts names one."""
    parts = re.split(r"\s+(?:&|and|et|und|y|/|\+)\s+|\s*/\s*", name)
    whole = [p for p in parts if _telling(p) and (len(p.split()) > 1 or "." in p)]
    return parts if len(whole) == len(parts) > 1 else [name]


def bracketed(name: str) -> list[str]:
    """The names in brackets in a name, but for abbreviations and shorter names of the body: its supplier's may be one."""
    own = set(normalise(without_brackets(name)).split())
    found = [told for told in _OPENED.findall(name) if " " in told.strip() and _telling(told)]
    return [told for told in found if not any(w in own and _names_one(w) for w in normalise(told).split())]


def without_brackets(name: str) -> str:
    """A name without what stands in brackets in it."""
    return _OPENED.sub("", name).strip() or name


@lru_cache(maxsize=20_000)
def head(name: str) -> tuple[str, ...]:
    """The folded words of a name up to the last that names it: `kaye smith` of Kaye-Smith Enterprises, Inc."""
    words = normalise(without_brackets(name)).removeprefix("the ").split()
    while words and not _names_one(words[-1]):
        words.pop()
    own = list(words)
    while own and (own[-1] in places() or own[-1] in weights().small or not _names_one(own[-1])):
        own.pop()
    return tuple(own or words)


def _tail(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words from the first that names a body on: `villefranche sur saone` of a *centre hospitalier de*."""
    at = next((at for at, word in enumerate(words) if _names_one(word) and word not in weights().small), len(words))
    return words[at:]


def one_head(left: str, right: str) -> bool:
    """Whether two names differ only in words that name nobody: the form, the trade, what a government calls itself."""
    one, other = ([w for w in head(n) if w not in weights().governments | weights().small] for n in (left, right))
    return bool(one) and one == other


def says_much(name: str) -> bool:
    """Whether hardly two bodies will bear all of a name."""
    return len(normalise(name).split()) > 2 and _value(normalise(name).split()) >= weights().names["unique"]


def shortened(left: str, right: str) -> str | None:
    """`brief` where one name is a rare part of the other, `short` where a common beginning or end, or the initials."""
    a, b = sorted((normalise(without_brackets(name)) for name in (left, right)), key=len)
    if len(a) > _LEAST and b.startswith(f"{a} "):
        names = any(map(_names_one, a.split())) and not any(map(_names_one, b.removeprefix(f"{a} ").split()))
        return "brief" if names or _value(a.split()) >= weights().names["named"] else "short"
    if len(a.split()) > 1 and f" {a} " in f" {b} " and _value(a.split()) >= weights().names["named"]:
        return "brief"
    clipped = len(a.split()) > 1 and len(a) > _LONG and b.startswith(a)
    ends = len(a.split()) > 1 and b.endswith(f" {a}") and _value(a.split()) >= weights().names["hinted"]
    return "short" if clipped or ends or is_initials(left, right) else None


def is_rare(name: str) -> bool:
    """Whether hardly another body will begin with this name."""
    return _value(normalise(without_brackets(name)).split()) >= weights().names["named"]


def is_common(name: str) -> bool:
    """Whether a name is one word of every day, with which many begin."""
    return normalise(without_brackets(name)) in everyday()


def affiliates(left: str, right: str) -> str | None:
    """`affiliates` where two names begin with one rare word; `alike` where with two that tell more, or share a rarer one."""
    shared = _run(left, right)
    if shared and as_compared(" ".join(shared)) not in places() and _telling(" ".join(shared)):
        if _rare(shared[0]) >= weights().names["rare"]:
            return "affiliates"
        two = [_canonical(word) for word in shared[:2]]
        if len(two) > 1 and all(map(names_one, two)) and " ".join(two) not in places():
            return "affiliates" if pair_bits(*two) >= weights().names["rare"] else "alike"
        if len(shared) > 1:
            return "alike"
    common = set(normalise(left).split()) & set(normalise(right).split())
    return "alike" if any(_rare(word) >= weights().names["named"] for word in common) else None


def _rare(word: str) -> float:
    """What it says, in bits, that two share a word; nothing if that is a place, a trade or a word of every day."""
    told = _canonical(word)
    common = len(told) <= _LEAST or told in weights().small or told in everyday() or told in places()
    return 0.0 if common or not names_one(told) else bits(told)


def one_core(left: str, right: str) -> bool:
    """Whether two names are one, and a rare one, but for the words of their trades: CHU and Hôpital Saint-Pierre."""
    one, other = ([w for w in normalise(without_brackets(n)).split() if _names_one(w)] for n in (left, right))
    return one == other and _value(one) >= weights().names["named"]


def share_a_name(left: str, right: str) -> bool:
    """Whether two names have more in common than a place, a trade or a word of every day."""
    shared, run = set(normalise(left).split()) & set(normalise(right).split()), " ".join(_run(left, right))
    own = [w for w in shared if w not in places() and _names_one(w)]
    return as_compared(run) not in places() and _value(own) >= weights().names["shared"]


def is_masked(name: str) -> bool:
    """Whether hardly a letter of a name stands there: `R**** ******`."""
    return len(normalise(name).replace(" ", "")) < _LEAST


def _run(left: str, right: str) -> list[str]:
    """The folded words with which both begin."""
    one, other = (normalise(name).removeprefix("the ").split() for name in (left, right))
    pairs = zip(one, other, strict=False)
    return [a for a, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]


def is_initials(left: str, right: str) -> bool:
    """Whether one name is the initials of the other's words: AMCA, PJ&A, PFC USA."""
    sides = ((one, other) for a, b in ((left, right), (right, left)) for one in [a] for other in {b, *_halves(b)})
    for one, other in sides:
        first = re.sub(r"[^A-Za-z]", "", one.split(" (")[0].split()[0].split(",")[0] if one.split() else "")
        words = re.findall(r"[a-z]+", without_brackets(other).lower())
        folded = [w for w in re.findall(r"[a-z]+", normalise(without_brackets(other))) if w not in weights().small]
        letters = {
            "".join(w[0] for w in folded),
            "".join(w[0] for w in words if w not in {*weights().small, "inc", "llc"}),
        }
        abbreviated = {told.lower() for told in _OPENED.findall(other) if told.isupper()}
        if len(first) >= _LEAST and first.isupper() and first.lower() in letters | abbreviated and len(folded) > 1:
            return True
    return False


def told_in(text: str | None, name: str) -> str | None:
    """How a text names a body: `named` by a telling name, `hinted` at by a common one; None where it does not."""
    if not text:
        return None
    text = re.sub(weights().compared, " ", anyascii(text), flags=re.IGNORECASE)
    found = _initials_in(text, name)
    whole = tuple(normalise(without_brackets(name)).split())
    if len(whole) >= _WHOLE and not _names_one(whole[-1]) and _stands(whole, text, name):
        return "named"
    for words in {head(name), _tail(head(name)), _acronym(name), *(tuple(own.split()) for own in own_names(name))}:
        value = _value(words)
        if value < weights().names["hinted"] or " ".join(words) in places() or not _stands(words, text, name):
            continue
        if value >= weights().names["named"] and (len(words) > 1 or len(words[0]) > _LEAST):
            return "named"
        found = "hinted"
    return found


def _initials_in(text: str, name: str) -> str | None:
    """How a text names a body by its initials: AMCA, MIE."""
    capitals = {t for t in _TOKEN.findall(_plain(text)) if len(t) >= _LEAST and t.isupper() and t.isalpha()}
    told = [t for t in capitals if is_initials(t, name)]
    return None if not told else "named" if max(map(len, told)) > _LEAST else "hinted"


def _acronym(name: str) -> tuple[str, ...]:
    """The first word of a name, where its capitals make it one that no text has by chance: GRADeS, SYNLAB."""
    first = (_TOKEN.findall(_plain(name)) or [""])[0]
    return (first.lower(),) if len(first) > _LEAST and sum(map(str.isupper, first)) > _LEAST else ()


def _value(words: tuple[str, ...] | list[str]) -> float:
    """What it says, in bits, that a run of words stands in a text; the words of a place say less."""
    part = 0.4 if as_compared(" ".join(words[:2])) in places() else 1.0
    told = (_canonical(w) for w in words if w not in weights().small)
    return part * sum(worth(w) if names_one(w) else 0.5 * bits(w) for w in told)


def _telling(name: str) -> bool:
    told = (_canonical(w) for w in normalise(name).split())
    return any(names_one(w) and (is_coined(w) or bits(w) >= weights().names["hinted"]) for w in told)


def _names_one(word: str) -> bool:
    return names_one(_canonical(word))


def _canonical(word: str) -> str:
    """The word under which an abbreviation or another spelling of it is counted."""
    return " ".join(synonyms().get(word, (word,)))


def _stands(words: tuple[str, ...], text: str, name: str) -> bool:
    """Whether the words stand in a text as a name does: with capitals, or written as in the name."""
    own = set(_TOKEN.findall(_plain(name)))
    tokens = _TOKEN.findall(_plain(text))
    for at in range(len(tokens) - len(words) + 1):
        run = tokens[at : at + len(words)]
        if tuple(t.lower() for t in run) == words:
            proper = all(
                t[0].isupper() or t[0].isdigit() or t in own or t in weights().small or not _names_one(t.lower())
                for t in run
            )
            proper &= any(t[0].isupper() or t in own for t in run)
            begins = at == 0 or tokens[at - 1] in ".:;!?"
            if proper and not (begins and len(words) == 1 and words[0] in everyday()):
                return True
    return False


def _plain(text: str) -> str:
    return anyascii(text).replace("'", "").replace("&", " and ")
