"""How many people: the numbers of an article that count people, with what the words around them make of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from text_to_num import text2num

from outbreach.graph.text.breach import breach_in
from outbreach.graph.text.lexicon import compiled, normal, rule, table
from outbreach.graph.text.moments import Reference, moments
from outbreach.graph.text.scene import Line, Scene, group, number

_ROUND = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50,
    "soixantaine": 60, "centaine": 100, "millier": 1000,
}  # fmt: skip
_SCALE = {
    "million": 1_000_000,
    "milliard": 1_000_000_000,
    "billion": 1_000_000_000,
    "m": 1_000_000,
    "k": 1000,
    "thousand": 1000,
    "mille": 1000,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people at its place in the text."""

    line: Line
    start: int
    end: int
    value: int
    qualifier: str
    population: str | None = None
    of: int | None = None
    subset: str | None = None
    within: bool = False


def figures_of(scene: Scene) -> Iterator[Figure]:
    """The figures of the article's own incident, in its order."""
    seen: list[Figure] = []
    for line in scene.told():
        for figure in _in(scene, line, seen):
            same = next((f for f in seen if _says_the_same(f, figure)), None)
            if same is None:
                seen.append(figure)
            elif same.qualifier == "exact" != figure.qualifier:
                seen[seen.index(same)] = figure  # a headline's round number, told more carefully further down
    yield from seen


def _says_the_same(one: Figure, other: Figure) -> bool:
    if one.value != other.value or one.population != other.population or (one.subset is None) != (other.subset is None):
        return False
    if (
        one.line.speakers
        and other.line.speakers
        and set(one.line.speakers) != set(other.line.speakers)
        and one.qualifier == other.qualifier
    ):
        return False
    return not (one.of is not None and other.of is not None and one.of != other.of)


def _value(match: re.Match[str], lang: str) -> int | None:  # noqa: PLR0911  one way of writing each
    scale = _SCALE.get((match["scale"] or "").lower().rstrip("s"), 1)
    if match["round"]:
        return _ROUND[match["round"].lower()]
    if match["half"]:
        return scale // 2 if scale > 1 else None
    if match["digits"]:
        digits = match["digits"].replace(" ", "").replace("'", "")
        digits = digits.replace(".", "").replace(",", ".") if lang == "fr" else digits.replace(",", "")
        return round(float(digits) * scale)
    words = match["words"].lower()
    if words in ("a", "an"):
        return scale if scale > 1 else None
    if words in ("et", "and"):
        return None
    try:
        return int(text2num(words, lang)) * scale
    except ValueError:
        return None


def _in(scene: Scene, line: Line, before: list[Figure]) -> Iterator[Figure]:
    lang = scene.lang
    after_words = _counted(lang)
    for match in rule(f"{lang}_number").finditer(line.masked):
        value = _value(match, lang)
        counted = after_words.match(line.masked, match.end()) if value else None
        if rule("range_before").search(line.text[: match.start()]):
            continue  # “between 8 and 9 million”: left to the reader
        if value is None or counted is None or value < 2 or _is_date(line.text, match):
            continue
        if match["words"] and value < 10 and not match["scale"] and not scene.words("part").search(line.text):
            continue
        what = next(kind for kind in ("people", "staff", "records", "those", "these") if counted[kind])
        if what == "these" and not rule("among_them").search(line.text[: match.start()]):
            continue
        qualifier, begin = _qualifier(line.text, match.start(), lang)
        if match["round"]:
            qualifier = "about" if qualifier == "exact" else qualifier
        clause = _clause(line.text, match.start(), counted.end())
        population = _population(scene, line, match.start(), what)
        part = _is_part(scene, line, match.start(), before)
        evidence = scene.words("affected_people")
        if population is None and scene.words("not_people").search(clause) and not _strong(scene, clause):
            continue
        if (
            population is None
            and not part
            and not evidence.search(clause)
            and not evidence.search(line.text[max(0, match.start() - 160) : counted.end() + 160])
            and not _asked(scene, line)
            and not breach_in(scene, line.masked)
        ):
            continue
        if population is None and _is_denied(line.text, counted.end()):
            continue
        if population == "records" and rule("of_care").search(line.text[match.end() : counted.end() + 60]):
            continue  # visits and scans put off, and no records
        subset = _subset(line, counted, what, part)
        yield Figure(
            line, line.start + begin, line.start + counted.end(), value, qualifier, population,
            _of(scene, line, match, counted), subset, part and bool(before),
        )  # fmt: skip


@cache
def _counted(lang: str) -> re.Pattern[str]:
    told = table("article_patterns")[lang]
    kinds = "|".join(rf"(?P<{kind}>{told[kind]})(?![\w-])" for kind in ("records", "staff", "people"))
    small, those, these = (rule(name).pattern for name in (f"{lang}_counted", "those_counted", "these_counted"))
    return compiled(f"{small}(?:{kinds}|{those})|{these}")


def _qualifier(text: str, at: int, lang: str) -> tuple[str, int]:
    """What the words before the number make of it, and where they begin."""
    before = text[:at]
    for name, regex in group(lang, "qualifiers").items():
        match = re.search(rf"(?:{regex.pattern}) (?:de |d'|of |the |les |a |an |some )?$", before, re.IGNORECASE)
        if match and not (match[0].strip().lower() == "about" and rule("about_what").search(before[: match.start()])):
            return name, match.start()
    if re.search(r"(?:quelque|some) $", before, re.IGNORECASE):
        return "about", at
    return "exact", at


def _clause(text: str, start: int, end: int) -> str:
    """The part of the sentence between its strong marks around a place."""
    left = max((m.end() for m in re.finditer(r"[;:]| mais | but |, (?:qui|which|who) ", text[:start])), default=0)
    right = next(
        (end + m.start() for m in re.finditer(r"[;:]| mais | but |, (?:qui|which|who) ", text[end:])), len(text)
    )
    return text[left:right]


def _strong(scene: Scene, clause: str) -> bool:
    return bool(scene.words("disclosure").search(clause))


def _asked(scene: Scene, line: Line) -> bool:
    """Whether the sentence answers “Who is affected?”."""
    before = scene.lines[line.number - 1].text if line.number > 0 else ""
    return before.endswith("?") and bool(scene.words("affected_people").search(before))


def _is_date(text: str, match: re.Match[str]) -> bool:
    """“June 14”, “12 mars”, “2024”: a number beside a month, or a year."""
    return any(m.start <= match.start() < m.end for m in moments(text, Reference("2000")))


def _is_denied(text: str, end: int) -> bool:
    return bool(rule("people_denied").search(text[end : end + 60]))


def _population(scene: Scene, line: Line, at: int, what: str) -> str | None:
    before = line.text[max(0, at - 110) : at]
    for name in ("listed", "sent", "eligible", "under_review"):
        match = None
        if name == "listed":
            trimmed = rule("before_number").sub("", before)
            match = scene.words("listed").search(trimmed.rstrip() + " ")
        elif name == "sent":
            match = scene.words("sent").search(
                before[max((m.end() for m in re.finditer(r"[;:.]", before)), default=0) :]
            )
        else:
            match = scene.words(name).search(line.text[at : at + 80])
        if match:
            return name
    return "records" if what == "records" else None


def _is_part(scene: Scene, line: Line, at: int, before: list[Figure]) -> bool:
    """Whether the words say that those counted are among others counted before: “of whom”, “parmi eux”, “les 40 d’entre eux”."""
    around = line.text[max(0, at - 40) : at]
    after = line.text[at : at + 30]
    near = next(
        (m for m in scene.words("part").finditer(line.text) if at - 40 <= m.start() <= at and m.end() >= at - 25), None
    )
    match = scene.words("part").search(around) or near or rule("number_of_them").search(after)
    return bool(match) and (bool(before) or bool(re.search(r"\d", line.text[:at])))


def _subset(line: Line, counted: re.Match[str], what: str, part: bool) -> str | None:
    words = line.text[counted.start("staff") if counted["staff"] else counted.start() : counted.end()].strip()
    if what == "staff":
        return counted["staff"]
    if not part:
        return None
    rest = re.match(r"[^.;:«»]{0,90}", line.text[counted.end() :])
    said = " ".join(((rest[0] if rest else "").strip(" ,") or words).split()[:12])
    return said or words


def _of(scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str]) -> int | None:  # noqa: PLR0911  one reason each
    """The body whose people are counted, where the words say so."""
    inside = re.search("[\ue000-\ue7ff]", counted[0])
    if inside:
        return number(inside[0])
    after = line.masked[counted.end() :]
    near = rule("people_of").match(after)  # fmt: skip
    if near and scene.cast.bodies[number(near["O"])].role == "organisation":
        return number(near["O"])
    if scene.lang == "en":
        far = re.match(r"[^.;:]{0,10}, from (?P<O>[\ue000-\ue7ff])", after)
        if far:
            return number(far["O"])
    own = re.search(r"(?i)(?:de |of )?\b(?:ses|leurs|nos|its|their|our)\b", line.text[match.end() : counted.end()])
    first = next(
        (b for _, end, b in line.bodies() if end <= match.start() and scene.cast.bodies[b].role == "organisation"), None
    )
    by = line.said_by(line.start + match.start())
    if own:
        return by[0] if by and scene.cast.bodies[by[0]].role == "organisation" else first
    speaker = by[0] if by else None
    if scene.vendors and speaker is not None and speaker not in scene.vendors and scene.cast.bodies[speaker].is_health:
        return speaker  # a client of the vendor breached counts its own people
    if rule("counting_verb").search(line.text[: match.start()]):
        speaking = by[0] if by else first
        if speaking is not None and scene.cast.bodies[speaking].role == "organisation":
            return speaking
    return None


def numbers_are(text: str, value: int, lang: str) -> bool:
    """Whether a text states the number `value`, in digits or words."""
    return any(_value(match, lang) == value for match in rule(f"{lang}_number").finditer(normal(text)))
