"""Which data an article says were exposed, may have been, or were not."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from outbreach.graph.text.breach import breach_in
from outbreach.graph.text.lexicon import compiled, rule, table
from outbreach.graph.text.scene import Line, Scene


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
    "contact": r"coordonnées(?! postales)|contact (?:details|information)",
    "health_insurance_id": r".*num.*",
    "medical_record": r".*",
}
"""Of these categories a narrower term (an e-mail address) that was not exposed does not mean that none was."""


def events_of(lang: str, name: str) -> re.Pattern[str]:
    """A pattern of `graph/text/data/article_events.yaml`."""
    return _event(lang, name)


@cache
def _event(lang: str, name: str) -> re.Pattern[str]:
    return compiled(table("article_events")[lang][name])


@cache
def _aliases(lang: str) -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    told = table("data_category_aliases")
    ignored = compiled("(?<![\\w-])(?:" + "|".join(told["ignored"][lang]) + ")(?![\\w-])")
    found = [
        (category, compiled("(?<![\\w-])(?:" + "|".join(sorted(entry[lang], key=len, reverse=True)) + ")(?![\\w-])"))
        for category, entry in told.items() if category != "ignored"
    ]  # fmt: skip
    return ignored, tuple(found)


def categories(text: str, lang: str) -> list[tuple[int, int, str]]:
    """(start, end, category) of each category of data that a text names; the longest where two overlap."""
    ignored, patterns = _aliases(lang)
    blocked = [m.span() for m in ignored.finditer(text)]
    found: list[tuple[int, int, str]] = []
    spans = [(m.start(), m.end(), category) for category, pattern in patterns for m in pattern.finditer(text)]
    for start, end, category in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        # What is ignored hides the shorter words in it.
        if all(end <= a or start >= b or (end - start) > (b - a) for a, b in blocked) and all(
            end <= a or start >= b for a, b, _ in found
        ):
            found.append((start, end, category))
    return sorted(found)


def exposures_of(scene: Scene) -> Iterator[Exposure]:
    """The categories of data exposed in the article's own incident, and those said not to be."""
    lang = scene.lang
    seen: set[tuple[str, bool, tuple[int, ...]]] = set()
    listing = False
    for line in scene.lines:
        if line.earlier or line.generic:
            listing = False
            continue
        told = list(_in(scene, line, lang, listing))
        listing = bool(told) and any(not e.negated for e in told)
        if line.text.endswith((":", "?")) and not told:
            listing = bool(_event(lang, "data_words").search(line.text) and _event(lang, "exposing").search(line.text))
        for one in told:
            key = (one.category, one.negated, line.speakers or ())
            if key in seen or any(c == one.category and n == one.negated for c, n, _ in seen):
                continue
            seen.add(key)
            yield one


def _in(scene: Scene, line: Line, lang: str, listing: bool) -> Iterator[Exposure]:
    words = categories(line.text, lang)
    if not words or _event(lang, "unknown").search(line.text):
        return
    told = False
    for start, end in _clauses(line.text, lang):
        clause = line.text[start:end]
        here = [w for w in words if start <= w[0] < end and not _is_trade(line.text[: w[0]])]
        if not here or _speaks_of_misuse(lang, clause):
            continue
        clause = rule("unnaming").sub(lambda m: "·" * len(m[0]), clause)
        here = [w for w in here if clause[w[0] - start] != "·"]
        negation = _event(lang, "negation").search(clause)
        if negation and rule("not_a_denial").search(clause):
            negation = None
        if not _tells(scene, line, clause, here, listing, bool(negation)) and not (told and start):
            continue
        told = True
        hedged = bool(scene.words("hedge").search(clause)) or bool(
            scene.words("hedge").search(line.text) and start == 0
        )
        collected = bool(_event(lang, "not_collected").search(clause))
        subset = scene.words("subset").search(clause)
        for a, b, category in here:
            negated = bool(negation) and _reaches(clause, negation, a - start)
            if negated and category in BROAD and not re.fullmatch(BROAD[category], line.text[a:b], re.IGNORECASE):
                continue
            yield Exposure(
                line, line.start + a, line.start + b, category, negated, hedged, collected and negated,
                subset[0] if subset and not negated else None,
            )  # fmt: skip


def _is_trade(before: str) -> bool:
    """“… which collects data on pregnancies”: what a body does, not what it lost."""
    return bool(rule("trade_before").search(before))


def _reaches(clause: str, negation: "re.Match[str] | None", at: int) -> bool:
    """Whether a negation covers a term: one before it does, and a verb in the negative after a subject does."""
    if negation is None:
        return False
    if negation.start() <= at or re.search(r"elsewhere|separately|safe|at risk", negation[0]):
        return True
    # “bank details were not involved”: the subject stands before its verb.
    return bool(rule("verb_denied").search(negation[0] + clause[negation.start() - 8 : negation.end()]))


def _clauses(text: str, lang: str) -> list[tuple[int, int]]:
    """A sentence cut where what is said may turn into its contrary."""
    cuts = [0, *(m.start() for m in rule(f"{lang}_clause").finditer(text)), len(text)]
    return [(a, b) for a, b in itertools.pairwise(cuts) if a < b]


def _speaks_of_misuse(lang: str, clause: str) -> bool:
    told = table("article_events")[lang]["events"]["misuse"]
    return bool(compiled(told).search(clause)) or bool(rule("against_misuse").search(clause))


def _tells(  # noqa: PLR0911  one reason each
    scene: Scene, line: Line, clause: str, here: list[tuple[int, int, str]], listing: bool, negated: bool
) -> bool:
    """Whether a clause says which data were exposed, rather than speaking of such data for another reason."""
    lang = scene.lang
    if (
        scene.words("advice").search(clause)
        and lang == "en"
        and not (scene.letter and not rule("advises_you").search(clause))
    ) or re.search(r"(?i)\b(?:changez|surveillez|méfiez|vérifiez)\b", clause):
        return False
    exposing = _event(lang, "exposing").search(clause)
    data = _event(lang, "data_words").search(clause)
    if negated and re.match(r"(?i) ?,? ?(?:but|mais) (?:not|no|pas|aucune?)\b", clause):
        return bool(_event(lang, "exposing").search(line.text))
    if negated and re.match(r"(?i) ?(?:there (?:was|were|is|are) no|il n'y avait (?:pas|aucune))\b", clause):
        return listing
    if negated:
        return bool(exposing or rule("spared").search(clause))
    if breach_in(scene, clause):
        return True
    if exposing and len({c for _, _, c in here}) >= 2:
        return True
    starts = bool(rule("list_begins").match(line.text))
    if exposing and data and starts and (listing or rule("data_taken").search(line.text)):
        return True
    if listing and exposing and rule("list_goes_on").match(line.text):
        return True
    if (listing or scene.letter) and rule("bullet").search(line.text):
        return True
    # A bare list: “Names, dates of birth, e-mail addresses …” after a question or at the beginning.
    return len({c for _, _, c in here}) >= 3 and (
        line.number == 0 or sum(b - a for a, b, _ in here) > 0.4 * len(clause)
    )
