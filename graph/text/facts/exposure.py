"""Which data an article says were exposed, may have been, or were not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.facts.breach import breach_in
from outbreach.graph.text.facts.denial import clauses, reaches
from outbreach.graph.text.facts.listing import Listing, asks_about, goes_on, itemised, lists_often, opened
from outbreach.graph.text.facts.telling import is_of_name, is_trade, speaks_of_misuse, tells
from outbreach.graph.text.facts.terms import LIST, categories, events_of, kinds_in
from outbreach.graph.text.lexicon import normal, rule


@dataclass(frozen=True, slots=True)
class Exposure:
    """A category of data at its place in the text; `not_collected` where a body says that it does not hold such data."""

    line: Line
    start: int
    end: int
    category: str
    negated: bool
    hedged: bool
    not_collected: bool = False
    subset: str | None = None


BROAD = {
    "contact": r"(?!.*(?:mail|courriel|électronique)).*",
    "health_insurance_id": r".*num.*",
}
"""Of these categories a narrower term (an e-mail address) that was not exposed does not mean that none was."""


def exposures_of(scene: Scene) -> Iterator[Exposure]:
    """The categories of data exposed in the article's own incident, and those said not to be."""
    found = _particular(scene, list(_all(scene)))
    exposed = {one.category for one in found if not one.negated}
    seen: set[tuple[str, bool]] = set()
    for one in found:
        words = normal(scene.passage.text[one.start : one.end])
        narrow = one.category in BROAD and not re.fullmatch(BROAD[one.category], words, re.IGNORECASE)
        in_part = one.category in exposed
        if (one.category, one.negated) not in seen and not (one.negated and (narrow or in_part)):
            seen.add((one.category, one.negated))
            yield one


def _particular(scene: Scene, found: list[Exposure]) -> list[Exposure]:
    """Without “health information” and such words for all of it where the article says which data they were.

    In a list such words are one item of it.
    """
    text = scene.passage.text
    lines: dict[int, set[str]] = {}
    for one in found:
        lines.setdefault(one.line.number, set()).add(one.category)
    listed = {number for number, them in lines.items() if len(them) >= LIST}
    of_care = any(one.category in _OF_CARE and not one.negated for one in found)
    spared = any(one.negated and one.category == "medical_record" for one in found)

    def taken(one: Exposure) -> bool:
        """“Les données médicales de … ont été dérobées”, after the list: the sentence begins with them, and says what befell them."""
        after = all(number < one.line.number for number in listed)
        return after and one.start - one.line.start < _HEAD and breach_in(scene, one.line.masked) is not None

    def vague(one: Exposure) -> bool:
        words = normal(text[one.start : one.end])
        if one.negated or not rule("all_data").fullmatch(words):
            return False
        if rule("such_as").match(normal(text[one.end : one.end + 60])):
            return True
        if one.category != "medical_record" or one.line.number in listed or taken(one):
            return False
        return spared or (bool(listed) and (of_care or bool(rule("by_statute").fullmatch(words))))

    return [one for one in found if not vague(one)]


_OF_CARE = {
    "diagnosis",
    "treatment",
    "medication",
    "test_result",
    "mental_health",
    "infection_status",
    "reproductive_health",
}
_HEAD = 8
"""Words that begin within so many characters are what the sentence is about."""


def _all(scene: Scene) -> Iterator[Exposure]:
    listing: Listing | None = None
    last: Line | None = None
    told = False
    for line in scene.lines:
        if listing and line.paragraph != listing.paragraph:
            if rule("bullet").search(line.text):
                listing.paragraph = line.paragraph
            else:
                listing = None
        listing = opened(scene, last, line) or listing or itemised(scene, last, line)
        asked = last if last and asks_about(last) and rule("denies_it").search(line.text) else None
        follows = told and last is not None and goes_on(scene, last, line)
        last = line
        if line.earlier or (line.generic and not lists_often(scene, line)):
            told = False
            continue
        if asked:
            for a, b, category in categories(asked.text, scene.lang):
                yield Exposure(asked, asked.start + a, asked.start + b, category, negated=True, hedged=False)
        here = list(_in(scene, line, scene.lang, listing, follows))
        told = any(not one.negated for one in here)
        yield from here


def _in(scene: Scene, line: Line, lang: str, listing: Listing | None, told: bool = False) -> Iterator[Exposure]:
    words = categories(line.text, lang)
    words = [w for w in words if not is_of_name(line, words, w)]
    if not words or events_of(lang, "unknown").search(line.text):
        return
    follows = told
    for start, end in clauses(line.text, lang):
        clause = line.text[start:end]
        here = [w for w in words if start <= w[0] < end and not is_trade(line.text[: w[0]])]
        if (
            not here
            or (rule("outage").search(clause) and not breach_in(scene, clause))
            or speaks_of_misuse(lang, clause)
            or rule("asked_if").search(clause)
        ):
            continue
        if not listing and rule("the_name").fullmatch("+".join(line.text[a:b] for a, b, _ in here)):
            continue  # the name of somebody, not the names of all
        clause = rule("unnaming").sub(lambda m: "·" * len(m[0]), clause)
        here = [w for w in here if clause[w[0] - start] != "·"]
        negation = events_of(lang, "negation").search(clause)
        if negation and rule("not_a_denial").search(line.text[start:end]):
            negation = None
        if not tells(scene, line, clause, start, here, listing, bool(negation), told and (follows or start > 0)):
            continue
        told = True
        hedged = bool(scene.words("hedge").search(clause)) or bool(
            scene.words("hedge").search(line.text) and start == 0
        )
        hedged = hedged or bool(listing and listing.hedged)
        collected = bool(events_of(lang, "not_collected").search(clause))
        subset = scene.words("subset").search(clause)
        alone = len(kinds_in(here)) == 1 and not rule("bullet").search(line.text)
        for a, b, category in here:
            negated = bool(negation) and reaches(clause, negation, a - start, b - start)
            said = rule("yes_no").match(line.text[b:])
            negated = bool(said["no"]) if said else negated or bool(listing and listing.negated)
            if negated and rule("patients_spared").fullmatch(line.text[a:b]):
                continue  # whose data, not which
            if (
                category == "account_credentials"
                and not negated
                and len(kinds_in(here)) < LIST
                and (
                    rule("means_before").search(clause[: a - start])
                    or rule("means_after").match(clause[b - start :])
                    or (alone and not rule("secrets_taken").search(clause))
                )
            ):
                continue  # a password by which somebody got in is not among the data
            yield Exposure(
                line, line.start + a, line.start + b, category, negated, hedged, collected and negated,
                subset[0] if subset and not negated else None,
            )  # fmt: skip
