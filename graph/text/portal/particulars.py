"""What else a portal's description says: what happened, when, which data, how many people, and what was done after."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from outbreach.graph.text.lexicon import normal, table
from outbreach.graph.text.portal.pattern import patterns
from outbreach.graph.text.portal.sentence import Sentence, around, sentences

_DIGIT = re.compile(r"\d")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip
_DATE = (
    rf"(?:(?:{'|'.join(_MONTHS)})\s+\d{{1,2}},?\s+(?:19|20)\d{{2}}|(?:{'|'.join(_MONTHS)}),?\s+(?:19|20)\d{{2}}"
    r"|\d{1,2}/\d{1,2}/(?:19|20)?\d{2}(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing stated: what (a predicate or `event`), the term or value, and the words that state it."""

    what: str
    value: str | int
    quote: str
    offset: int
    wording: str | None = None
    negated: bool = False
    qualifier: str | None = None
    amount: float | None = None


def particulars(text: str) -> tuple[Particular, ...]:
    """The particulars of a description, in the order of the text; each kind, category, date and event once."""
    plain, told = normal(text), sentences(text)
    if len(plain.lower()) != len(text):
        return ()  # a letter without a lower case of its own length: its places would not be the text's
    found: list[Particular] = []
    for index, sentence in enumerate(told):
        said = plain[sentence.start : sentence.end].lower()
        numbers = _DIGIT.search(said) is not None
        after = index > 0 and bool(patterns().afterwards.search(sentence.text))
        if not after:
            found += _kinds(text, said, sentence)
            if numbers:
                found += _dates(text, said, sentence)
            found += _products(text, said, sentence)
        found += _data(text, said, sentence)
        if numbers:
            found += _people(text, said, sentence)
        found += _events(text, said, sentence)
    return tuple(_once(found))


def _once(found: Sequence[Particular]) -> Iterator[Particular]:
    """The first of each; a category that is both exposed and denied is given as exposed."""
    exposed = {p.value for p in found if p.what == "exposed" and not p.negated}
    seen: set[tuple[str, object]] = set()
    for one in found:
        key = (one.what, None if one.what in {"discovered_on", "occurred_from", "occurred_to"} else one.value)
        if key not in seen and not (one.negated and one.value in exposed):
            seen.add(key)
            yield one


def _stated(
    text: str, sentence: Sentence, start: int, end: int, what: str, value: str | int, **more: str | float | bool | None
) -> Particular:
    """A particular whose words stand at `start` to `end` of its sentence."""
    first, last = around(text, sentence.start + start, sentence.start + end, sentence)
    return Particular(what, value, text[first:last], first, **more)  # type: ignore[arg-type]  # as the caller says


def _kinds(text: str, said: str, sentence: Sentence) -> Iterator[Particular]:
    for kind, pattern in _patterns("kinds"):
        match = pattern.search(said)
        if match:
            yield _stated(
                text, sentence, *match.span(), "kind", kind, wording=text[sentence.start :][slice(*match.span())]
            )


def _products(text: str, said: str, sentence: Sentence) -> Iterator[Particular]:
    for name in _told()["products"]:
        place = said.find(name.lower())
        if place >= 0:
            used = _lower(_told()["exploited"].replace("{product}", re.escape(name))).search(said)
            yield _stated(text, sentence, place, place + len(name), "exploited" if used else "software", name)


def _dates(text: str, said: str, sentence: Sentence) -> Iterator[Particular]:
    for what, pattern in _patterns("dates"):
        match = pattern.search(said)
        if match is None or (day := _iso(match[1])) is None:
            continue
        if what != "span":
            yield _stated(text, sentence, match.start(), match.end(1), what, day)
        elif (last := _iso(match[2])) and day <= last:
            yield _stated(text, sentence, *match.span(), "occurred_from", day)
            yield _stated(text, sentence, *match.span(), "occurred_to", last)


def _iso(words: str) -> str | None:
    """`June 12, 2019` as 2019-06-12, `June 2019` as 2019-06; None where there is no such day."""
    numbers = [int(n) for n in re.findall(r"\d+", words)]
    month = next((i for i, name in enumerate(_MONTHS, 1) if words.lower().startswith(name.lower())), None)
    try:
        if month is None:
            year = numbers[2] + (2000 if numbers[2] < 100 else 0)
            return date(year, numbers[0], numbers[1]).isoformat()
        return f"{numbers[0]}-{month:02}" if len(numbers) == 1 else date(numbers[1], month, numbers[0]).isoformat()
    except (ValueError, IndexError):
        return None


def _data(text: str, said: str, sentence: Sentence) -> Iterator[Particular]:
    """The categories in the lists of a sentence; those after “did not include” are denied."""
    begins = _lower(_told()["data_begins"]).search(said)
    denied = _lower(_told()["data_denied"]).search(said)
    if begins is None and denied is None:
        return
    start = min(m.end() for m in (begins, denied) if m)
    ends = _lower(_told()["data_ends"]).search(said, start)
    end = ends.start() if ends else len(said)
    for first, last, category in _categories(said[start:end]):
        negated = denied is not None and denied.end() <= start + first
        if _lower(_told()["data_ignored"]).fullmatch(said[start + first : start + last]):
            continue
        place = (start + first, start + last)
        wording = text[sentence.start + place[0] : sentence.start + place[1]]
        yield _stated(text, sentence, *place, "exposed", category, wording=wording, negated=negated)


def _categories(words: str) -> list[tuple[int, int, str]]:
    found = [(*m.span(), category) for category, pattern in _aliases() for m in pattern.finditer(words)]
    kept: list[tuple[int, int, str]] = []
    for one in sorted(found, key=lambda f: (f[0] - f[1], f[0])):
        if all(one[1] <= other[0] or one[0] >= other[1] for other in kept):
            kept.append(one)
    return sorted((f for f in kept if f[2] != "ignored"), key=lambda f: f[0])


@cache
def _aliases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words for each category: those that all texts use, and those of portals."""
    listed = {name: tuple(words["en"]) for name, words in table("data_category_aliases").items() if "en" in words}
    for name, words in _told()["data_phrases"].items():
        listed[name] = (*listed.get(name, ()), words)
    return tuple(
        (name, _lower(rf"(?<!\w)(?:{'|'.join(f'(?:{w})' for w in words)})(?!\w)")) for name, words in listed.items()
    )


def _people(text: str, said: str, sentence: Sentence) -> Iterator[Particular]:
    for match in _lower(_told()["people"]).finditer(said):
        number = int(match["number"].replace(",", ""))
        if "," in match["number"] or not 1990 <= number < 2100:
            before = _lower(_told()["qualified"]).search(said, max(0, match.start() - 20), match.start())
            qualifier = _told()["qualifiers"][before[1].lower()] if before else "exact"
            start = before.start() if before else match.start()
            yield _stated(text, sentence, start, match.end(), "people", number, qualifier=qualifier)


def _events(text: str, said: str, sentence: Sentence) -> Iterator[Particular]:
    for role, pattern in _patterns("events"):
        match = pattern.search(said)
        if match:
            paid = _lower(_told()["amount"]).search(said) if role == "settled" else None
            amount = None
            if paid:
                amount = float(paid["number"].replace(",", "")) * (1_000_000 if paid["scale"] else 1)
            yield _stated(text, sentence, *match.span(), "event", role, amount=amount)


@cache
def _lower(pattern: str) -> re.Pattern[str]:
    """A pattern for texts in lower case: without `IGNORECASE` it is found three times as fast."""
    plain = re.sub(r"\\.|\(\?P<\w+>|[A-Z]", lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), normal(pattern))
    return re.compile(plain)


@cache
def _patterns(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns under a heading of `portal_particulars.yaml`, {date} filled in; a term may have several."""
    listed = [
        (term, one) for term, told in _told()[name].items() for one in (told if isinstance(told, list) else [told])
    ]
    return tuple((term, _lower(one.replace("{date}", f"({_DATE})"))) for term, one in listed)


@cache
def _told() -> Any:
    return table("portal_particulars")
