"""Bodies that a sentence names: where the name stands, its aliases, and whether it is a natural person's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from outbreach.graph.text.portal.pattern import patterns
from outbreach.graph.text.portal.sentence import Sentence, Word

_ALIAS = 8
"""So many words at most stand in brackets after a name that has an alias."""


@dataclass(frozen=True, slots=True)
class Body:
    """A name as the text writes it, from `start` to `end`; brackets and other names after it end at `tail`."""

    text: str
    start: int
    end: int
    tail: int
    aliases: tuple[str, ...]
    possessive: bool = False
    defined: tuple[int, int] | None = None
    """Where the text gives the name in full, if this place has an abbreviation of it."""

    @property
    def person(self) -> bool:
        """It looks like the name of a natural person, whom the graph does not hold."""
        known = patterns()
        words = [word.strip(".,") for word in re.split(r"[\s,]+", self.text) if word.strip(".,")]
        if any(word in known.organisation_words for word in words):
            return False
        bare = [word for word in words if word.replace(".", "") not in known.legal_forms]
        if len(bare) < len(words):
            return bool(
                re.search(
                    r",\s*(?:M\.?D|D\.?O|D\.?D\.?S|D\.?M\.?D|D\.?P\.?M|D\.?C|O\.?D|Ph\.?D|R\.?N)\b\.?$", self.text
                )
            )
        return 2 <= len(bare) <= 3 and bare[0] in known.given_names


def bodies(text: str, sentence: Sentence, filer: str | None = None) -> list[Body]:
    """The names in a sentence, each as long as it may be; that of the filer may hold what no other name does."""
    found: list[Body] = []
    words, index = sentence.words(), 0
    while index < len(words):
        if patterns().titles.fullmatch(words[index].text):
            index = _run(words, index) + 1
        elif _begins(words, index) or _small(words, index, filer):
            body, index = _body(text, words, index, _as_filed(words, index, filer))
            found.append(body)
        else:
            index += 1
    return found


def _plain(word: Word) -> str:
    """Without possessive and full stop."""
    return re.sub(r"[’']s?$", "", word.text).rstrip(".") if len(word.text) > 2 else word.text


def _nameable(word: Word) -> bool:
    return word.capital and word.text not in patterns().no_name and _plain(word) not in patterns().no_name


def _begins(words: Sequence[Word], index: int) -> bool:
    word = words[index]
    if not _nameable(word):
        return False
    after = words[index + 1] if index + 1 < len(words) else None
    if word.text in patterns().starters or (
        index == 0 and word.text.endswith("ly") and after is not None and after.text == ","
    ):
        # “The” inside a sentence belongs to the name that it begins.
        return word.text == "The" and index > 0 and after is not None and _nameable(after)
    return not (len(word.text) == 1 and (after is None or not (after.capital or after.text == "&")))


def _small(words: Sequence[Word], index: int, filer: str | None) -> bool:
    """A name without a capital, between commas: one that is known, the filer’s, or one with a legal form after it."""
    word = words[index]
    if word.capital or not word.text.isalpha() or index == 0 or words[index - 1].text not in {",", ")"}:
        return False
    after = [w.text for w in words[index + 1 : index + 3]]
    if word.text in patterns().small_names or (after[:1] == [","] and _as_filed(words, index, filer) is not None):
        return True
    return after[:1] == [","] and len(after) > 1 and after[1].rstrip(".").lower() in {"inc", "llc", "corp", "ltd"}


def _run(words: Sequence[Word], index: int) -> int:
    """The last of the capitalised words from `index` on."""
    while index + 1 < len(words) and (words[index + 1].capital) and words[index + 1].text not in patterns().no_name:
        index += 1
    return index


def _as_filed(words: Sequence[Word], first: int, filer: str | None) -> int | None:
    """The index of the last word of the filer’s own name where it begins at `first`: “Waco Ear, Nose, & Throat”."""
    own, *_ = patterns().also_named.split(filer or "")
    own = re.sub(r",?\s+(?:Inc|LLC|LLP|Corp|Ltd|P\.?C|P\.?A)\.?$", "", own)
    letters = "".join(c for c in own.lower() if c.isalnum())
    said = ""
    for index in range(first, len(words)):
        said += "".join(c for c in words[index].text.lower() if c.isalnum())
        if not letters.startswith(said):
            return None
        if said == letters:
            return index
    return None


def _body(text: str, words: Sequence[Word], first: int, least: int | None) -> tuple[Body, int]:
    """The name from the word `first` to `least` or beyond, and the index of the word after it and its other names."""
    last = _last(text, words, first if least is None else least, first)
    ending = re.search(r"[’']s?$", words[last].text)
    end = words[last].end
    possessive = ending is not None and not words[last].text.endswith(("s’", "s'")) and last + 1 < len(words)
    if possessive and ending is not None:
        end -= len(ending[0])
    aliases: list[str] = []
    tail, index = words[last].end, last + 1
    while not possessive:
        bracket = _bracket(text, words, index)
        if bracket is not None:
            alias, index = bracket
            aliases += [alias] if alias else []
        else:
            match = patterns().also_named.match(text, tail)
            start = next((i for i in range(index, len(words)) if match and words[i].start >= match.end()), None)
            if match is None or start is None or start - index > 7 or not _nameable(words[start]):
                break
            closing = _last(text, words, start, start)
            aliases.append(_trimmed(text[words[start].start : words[closing].end]))
            index = closing + 1
            if index < len(words) and words[index].text == ")" and "(" in match[0]:
                index += 1
        tail = words[index - 1].end
    name = _trimmed(text[words[first].start : end])
    return Body(
        name, words[first].start, words[first].start + len(name), tail, tuple(dict.fromkeys(aliases)), possessive
    ), index


def _trimmed(name: str) -> str:
    """Without marks at its end; the full stop after LLC ends the sentence."""
    return re.sub(r"(?<=\b(?:LLC|LLP|PLC))\.$|(?<=\bPLLC)\.$", "", name.rstrip(" ,;:–-"))


def _last(text: str, words: Sequence[Word], index: int, first: int) -> int:
    """The index of the last word of a name that begins with `first` and goes on to `index` at least."""
    while index + 1 < len(words) and "\n\n" not in text[words[index].end : words[index + 1].start]:
        step = _step(words, first, index)
        if step == 0:
            break
        index += step
    return index


def _step(words: Sequence[Word], first: int, index: int) -> int:
    """By how many words the name goes on after the word `index`."""
    known, word, after = patterns(), words[index], words[index + 1]
    inside = _nameable(after) or (after.capital and _plain(after) in known.inside_names)
    if re.search(r"[’']s?$", word.text):
        return 1 if inside else 0
    if inside:
        return 1
    return 0 if index + 2 == len(words) else _over(words, first, index)


def _over(words: Sequence[Word], first: int, index: int) -> int:
    """By how many words the name goes on over a mark, a number or a small word."""
    known, word, after, further = patterns(), words[index], words[index + 1], words[index + 2]
    goes_on = 2 if _nameable(further) else 0
    steps = 0
    if after.text == ",":
        form = _plain(further).replace(".", "")
        steps = 2 if form in known.legal_forms or form in {"inc", "llc"} else 0
        steps = steps or (_partners(words, index) if index <= first + 1 else 0)
    elif after.text in {"&", "+"} or (after.text in {"-", "–"} and after.start > word.end):
        steps = goes_on
    elif after.text.isdigit() and len(after.text) <= 4:
        steps = 1 if goes_on or _plain(word) in {"Local", "Locals", "No", "Region"} else 0
    elif after.text in known.connectors:
        steps = _joined(words, index)
    elif after.text in {"in", "at", "on"} and any(_plain(w) in known.places_follow for w in words[first : index + 1]):
        steps = goes_on
    return steps


def _joined(words: Sequence[Word], index: int) -> int:
    """Over “of”, “of the”, “and” … to the next word of the name, if there is one."""
    known, steps = patterns(), 1
    joint = words[index + 1].text
    while index + steps < len(words) and words[index + steps].text in known.connectors and steps <= 3:
        steps += 1
    if index + steps >= len(words) or not _nameable(words[index + steps]):
        return 0
    if joint in {"and", "the"} and (steps > 2 or _plain(words[index]).replace(".", "") in known.legal_forms):
        return 0
    return steps


def _partners(words: Sequence[Word], index: int) -> int:
    """“Laughlin, Marinaccio & Owens”: a firm named by its partners."""
    at = index
    while at + 2 < len(words) and words[at + 1].text == "," and _nameable(words[at + 2]):
        at += 2
    at += at + 1 < len(words) and words[at + 1].text == ","
    joint = words[at + 1].text if at + 2 < len(words) else ""
    # “Orrick, Herrington, and Sutcliffe,” is one firm; without the comma after it, it may be a list.
    listed = joint == "and" and at + 3 < len(words) and words[at + 3].text == ","
    joined = at > index and (joint == "&" or listed) and _nameable(words[at + 2])
    return at + 2 - index if joined else 0


def _bracket(text: str, words: Sequence[Word], index: int) -> tuple[str | None, int] | None:
    """An alias in brackets after a name, “(AMCA)”, and the index after it; no alias where it only says “(1992)”."""
    if index >= len(words) or words[index].text != "(":
        return None
    close = next((i for i in range(index + 1, min(index + 2 + _ALIAS, len(words))) if words[i].text == ")"), None)
    if close is None:
        return None
    inside = text[words[index].end : words[close].start].strip(" “”\"'‘’,")
    bare = re.sub(r"^(?:the|hereinafter|hereafter|collectively)\s+[“\"']?|^[“\"']", "", inside).strip(" “”\"'‘’,")
    match = patterns().also_named.match(f" {inside}")
    if match is not None:
        bare = f" {inside}"[match.end() :].strip()
    if bare in patterns().no_name or re.search(r"\b(?:BAs?|CEs?)\b", bare):
        return None
    if not bare or bare.isdigit() or not bare[0].isupper() or len(bare.split()) > 6:
        return None, close + 1
    return bare, close + 1
