"""Which data an article says were exposed, may have been, or were not."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.facts.breach import breach_in
from outbreach.graph.text.facts.shared import shared
from outbreach.graph.text.lexicon import compiled, normal, rule, table


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


def events_of(lang: str, name: str) -> re.Pattern[str]:
    """A pattern of `graph/text/data/article_events.yaml`."""
    return _event(lang, name)


@cache
def _event(lang: str, name: str) -> re.Pattern[str]:
    return compiled(table("article_events")[lang][name])


_Aliases = tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _aliases(lang: str) -> tuple[re.Pattern[str], _Aliases, _Aliases]:
    told = table("data_category_aliases")
    listed = told["in_lists"]
    always = {category: entry[lang] for category, entry in told.items() if category not in ("ignored", "in_lists")}
    ignored = _whole(told["ignored"][lang])
    return ignored, _each(always), _each({c: entry[lang] for c, entry in listed.items() if lang in entry})


def _each(aliases: dict[str, list[str]]) -> _Aliases:
    return tuple((category, _whole(sorted(words, key=len, reverse=True))) for category, words in aliases.items())


def _whole(words: list[str]) -> re.Pattern[str]:
    told = "|".join(words).replace("numéros?", "(?:numéros?|n[°º]s?)")
    return compiled(f"(?<![\\w-])(?:{told})(?![\\w-])")


def categories(text: str, lang: str) -> list[tuple[int, int, str]]:
    """(start, end, category) of each category of data that a text names; the longest where two overlap.

    Words that mean data only among others (“results”, “provider”) count where two categories stand beside them.
    """
    ignored, patterns, listed = _aliases(lang)
    blocked = [m.span() for m in ignored.finditer(text)]
    found: list[tuple[int, int, str]] = []
    spans = [(m.start(), m.end(), category) for category, pattern in patterns for m in pattern.finditer(text)]
    for start, end, category in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        # What is ignored hides the shorter words in it.
        if all(end <= a or start >= b or (end - start) > (b - a) for a, b in blocked) and _is_free(found, start, end):
            found.append((start, end, category))
    for group in shared(text, lang, lambda phrase: _category(phrase, lang)):
        low, high = min(m.start for m in group), max(m.end for m in group)
        if all(high <= a or low >= b for a, b in blocked):
            found = [(a, b, c) for a, b, c in found if b <= low or a >= high]
            found.extend((m.start, m.end, m.category) for m in group)
    if len({c for _, _, c in found}) >= 2:
        more = sorted((m.start(), m.end(), category) for category, pattern in listed for m in pattern.finditer(text))
        for start, end, category in more:
            if _is_free([*found, *((a, b, "") for a, b in blocked)], start, end) and _is_beside(
                text, found, start, end
            ):
                found.append((start, end, category))
    return sorted(found)


@lru_cache(maxsize=4096)
def _category(phrase: str, lang: str) -> str | None:
    """The category of a phrase that names data and does nothing else."""
    return next((category for category, pattern in _aliases(lang)[1] if pattern.fullmatch(phrase)), None)


def _is_free(found: list[tuple[int, int, str]], start: int, end: int) -> bool:
    return all(end <= a or start >= b for a, b, _ in found)


def _is_beside(text: str, found: list[tuple[int, int, str]], start: int, end: int) -> bool:
    """Whether a place belongs to a list: nothing but a comma, “and” and a few words to the next of it."""
    before = max((b for _, b, _ in found if b <= start), default=None)
    after = min((a for a, _, _ in found if a >= end), default=None)
    gaps = [text[a:b] for a, b in ((before, start), (end, after)) if a is not None and b is not None]
    return bool(rule("list_goes_on").match(text[end:])) and any(rule("list_gap").fullmatch(gap) for gap in gaps)


@dataclass(slots=True)
class _Listing:
    """A list of data that a question, a heading or a colon has opened; `negated` where it lists what was not exposed."""

    paragraph: int
    negated: bool
    hedged: bool


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
    listed = {number for number, them in lines.items() if len(them) >= _LIST}
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
"""What “medical data” are made of."""
_HEAD = 8
"""Words that begin within so many characters are what the sentence is about."""
_LIST = 3
"""So many categories in one sentence are a list of data."""


def _all(scene: Scene) -> Iterator[Exposure]:
    listing: _Listing | None = None
    last: Line | None = None
    told = False
    for line in scene.lines:
        if listing and line.paragraph != listing.paragraph:
            if rule("bullet").search(line.text):
                listing.paragraph = line.paragraph
            else:
                listing = None
        listing = _opened(scene, last, line) or listing or _itemised(scene, last, line)
        asked = last if last and _asks_about(last) and rule("denies_it").search(line.text) else None
        follows = told and last is not None and _goes_on(scene, last, line)
        last = line
        if line.earlier or (line.generic and not _lists_often(scene, line)):
            told = False
            continue
        if asked:
            for a, b, category in categories(asked.text, scene.lang):
                yield Exposure(asked, asked.start + a, asked.start + b, category, negated=True, hedged=False)
        here = list(_in(scene, line, scene.lang, listing, follows))
        told = any(not one.negated for one in here)
        yield from here


def _goes_on(scene: Scene, last: Line, line: Line) -> bool:
    """Whether a sentence goes on with the data of the one before it: it says so, or is made of data."""
    if line.text.endswith("?"):
        return False
    here = categories(line.text, scene.lang)
    share = sum(b - a for a, b, _ in here) / max(1, len(line.text))
    return (last.paragraph == line.paragraph and bool(rule("goes_on").search(line.text))) or share > _FRAGMENT


_FRAGMENT = 0.35
"""A sentence of which so great a part names data is a list of them."""


def _lists_often(scene: Scene, line: Line) -> bool:
    """“Names, ages and, often, diagnoses”: such a word in a list makes no general remark of it."""
    return (
        bool(rule("story_of_loss").search(line.text)) and len({c for _, _, c in categories(line.text, scene.lang)}) >= 3
    )


def _asks_about(line: Line) -> bool:
    """“And bank accounts?”: a question about a few data, which the next sentence answers."""
    return bool(rule("asked_if").search(line.text)) or (line.text.endswith("?") and len(line.text) < 90)


def _opened(scene: Scene, last: Line | None, line: Line) -> _Listing | None:
    """The list that begins with a sentence: a heading or a question stands before it, or in its first words."""
    begin = last.end_at if last else 0
    heading = normal(scene.passage.text[begin : line.start]).strip().rpartition("\n")[2]
    lead = rule("lead").match(line.text)
    heads = [heading, lead[0] if lead else ""]
    if last and (last.text.endswith(("?", ":")) or rule("heading").match(last.text)):
        heads.append(last.text)
    for head in heads:
        colon = head.endswith(":") and _event(scene.lang, "exposing").search(head)
        if rule(f"{scene.lang}_asks_data").search(head) or (colon and _event(scene.lang, "data_words").search(head)):
            negated = bool(rule("asks_spared").search(head))
            return _Listing(line.paragraph, negated, bool(scene.words("hedge").search(head)))
    return None


def _itemised(scene: Scene, last: Line | None, line: Line) -> _Listing | None:
    """A list with an item on each line, though nothing before it asks which data they were."""
    found = categories(line.text, scene.lang)
    share = sum(b - a for a, b, _ in found) / max(1, len(line.text))
    if not rule("bullet").search(line.text) or share < _ITEM or scene.words("advice").search(line.text):
        return None
    return _Listing(line.paragraph, False, bool(last and scene.words("hedge").search(last.text)))


_ITEM = 0.5
"""So great a part of an item names data."""


def _in(scene: Scene, line: Line, lang: str, listing: _Listing | None, told: bool = False) -> Iterator[Exposure]:
    words = categories(line.text, lang)
    words = [w for w in words if not _is_of_name(line, words, w)]
    if not words or _event(lang, "unknown").search(line.text):
        return
    follows = told
    for start, end in _clauses(line.text, lang):
        clause = line.text[start:end]
        here = [w for w in words if start <= w[0] < end and not _is_trade(line.text[: w[0]])]
        if (
            not here
            or (rule("outage").search(clause) and not breach_in(scene, clause))
            or _speaks_of_misuse(lang, clause)
            or rule("asked_if").search(clause)
        ):
            continue
        if not listing and rule("the_name").fullmatch("+".join(line.text[a:b] for a, b, _ in here)):
            continue  # the name of somebody, not the names of all
        clause = rule("unnaming").sub(lambda m: "·" * len(m[0]), clause)
        here = [w for w in here if clause[w[0] - start] != "·"]
        negation = _event(lang, "negation").search(clause)
        if negation and rule("not_a_denial").search(line.text[start:end]):
            negation = None
        if not _tells(scene, line, clause, start, here, listing, bool(negation), told and (follows or start > 0)):
            continue
        told = True
        hedged = bool(scene.words("hedge").search(clause)) or bool(
            scene.words("hedge").search(line.text) and start == 0
        )
        hedged = hedged or bool(listing and listing.hedged)
        collected = bool(_event(lang, "not_collected").search(clause))
        subset = scene.words("subset").search(clause)
        alone = len({c for _, _, c in here}) == 1 and not rule("bullet").search(line.text)
        for a, b, category in here:
            negated = bool(negation) and _reaches(clause, negation, a - start, b - start)
            said = rule("yes_no").match(line.text[b:])
            negated = bool(said["no"]) if said else negated or bool(listing and listing.negated)
            if negated and rule("patients_spared").fullmatch(line.text[a:b]):
                continue  # whose data, not which
            if (
                category == "account_credentials"
                and not negated
                and len({c for _, _, c in here}) < _LIST
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


def _is_of_name(line: Line, words: list[tuple[int, int, str]], word: tuple[int, int, str]) -> bool:
    """“American Addiction Centers”: a word of a name, and not a capitalised list that was taken for one."""
    start, end, _ = word
    if not line.text[start].isupper():
        return False
    for a, b, _ in line.bodies():
        if a <= start and end <= b and b - a > end - start:
            return sum(y - x for x, y, _ in words if a <= x and y <= b) < _ITEM * (b - a)
    return False


def _is_trade(before: str) -> bool:
    """“… which collects data on pregnancies”: what a body does, not what it lost."""
    return bool(rule("trade_before").search(before))


def _reaches(clause: str, negation: "re.Match[str] | None", at: int, end: int) -> bool:
    """Whether a negation covers a term: one before it does, and a verb in the negative after a subject does."""
    if negation is None:
        return False
    if negation.start() <= at or rule("kept_apart").search(negation[0]):
        return True
    if rule("whose_negation").search(clause[end : negation.start()]):
        return False  # “… to a stranger who does not know them”
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
    scene: Scene, line: Line, clause: str, start: int, here: list[tuple[int, int, str]], listing: _Listing | None,
    negated: bool, told: bool,
) -> bool:  # fmt: skip
    """Whether a clause says which data were exposed, rather than speaking of such data for another reason."""
    lang = scene.lang
    shown = _with_signs(clause, start, here)
    if rule("list_after_colon").search(shown):
        return True
    if _advises(scene, clause) or rule("speaks_of_law").search(shown):
        return False
    kinds = {c for _, _, c in here}
    several = len(kinds) >= 2
    if lang == "fr" and len(kinds) < _LIST and rule("fr_no_loss").search(shown):
        return False
    if len(kinds) >= _LIST and not negated and not rule("prized").search(line.text):
        return True
    exposing = _event(lang, "exposing").search(clause)
    if rule("yes_no").search(clause):
        return True
    if listing and (several or not rule("not_of_list").search(clause)):
        return True
    if negated:
        return bool(exposing or rule("spared").search(clause) or rule("bare_denial").search(shown) or told)
    if breach_in(scene, clause) or (exposing and several) or told:
        return True
    if lang == "fr" and rule("fr_shares").search(shown):
        return True
    if rule(f"{lang}_shows").search(shown) or (several and rule("container_before").search(shown.split("¤")[0])):
        return True
    if scene.letter and rule("bullet").search(line.text):
        return True
    # A bare list: “Names, dates of birth, e-mail addresses …” after a question or at the beginning.
    return len({c for _, _, c in here}) >= 3 and (
        line.number == 0 or sum(b - a for a, b, _ in here) > 0.4 * len(clause)
    )


def _advises(scene: Scene, clause: str) -> bool:
    """“Change your password”: what readers should do, not what was lost."""
    if rule("advises").search(clause):
        return True
    own = scene.letter or rule("your_data").search(clause)
    return bool(
        scene.lang == "en"
        and scene.words("advice").search(clause)
        and not (own and not rule("advises_you").search(clause))
    )


def _with_signs(clause: str, start: int, here: list[tuple[int, int, str]]) -> str:
    """The clause with a sign for each category, so that a pattern can ask for “data” anywhere."""
    for a, b, _ in reversed(here):
        clause = clause[: max(0, a - start)] + "¤" + clause[b - start :]
    return clause
