"""How many people: the numbers of an article that count people, with what the words around them make of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from outbreach.graph.text.bare import bare_figure
from outbreach.graph.text.figure import FORM, Figure, is_form
from outbreach.graph.text.lexicon import compiled, rule, table
from outbreach.graph.text.numeral import is_date, qualifier_of, unpointed, value_of
from outbreach.graph.text.population import population_of
from outbreach.graph.text.scene import Line, Scene, number
from outbreach.graph.text.spared import is_of_none


def figures_of(scene: Scene) -> Iterator[Figure]:
    """The figures of the article's own incident, in its order."""
    seen: list[Figure] = []
    for line in scene.told():
        if _is_of_old(scene, line):
            continue
        for figure in _in(scene, line, seen):
            same = next((f for f in seen if _says_the_same(f, figure)), None)
            if _is_put_right(scene, line):
                continue
            if same is None:
                seen.append(figure)
            elif same.qualifier == "exact" != figure.qualifier:
                seen[seen.index(same)] = figure  # a headline's round number, told more carefully further down
    if scene.title:
        seen += [
            f for f in _in(scene, scene.title, []) if f.qualifier == "exact" and not any(_is_near(f, g) for g in seen)
        ]
    seen = [_of_a_state(figure, seen) for figure in seen]
    yield from (f for f in seen if not any(_tells_closer(g, f) or _rounds(g, f) for g in seen))


def _of_a_state(figure: Figure, others: list[Figure]) -> Figure:
    """“3,902 Texans” are a part, where more people are counted elsewhere."""
    at = figure.start - figure.line.start, figure.end - figure.line.start + 25
    larger = any(f.value > figure.value and f.population is None and not f.within for f in others)
    if figure.population or figure.within or not larger or not rule("of_a_state").search(figure.line.text[slice(*at)]):
        return figure
    return replace(figure, within=True, of=None, subset=figure.line.text[at[0] : at[1] - 25].strip())


def _is_of_old(scene: Scene, line: Line) -> bool:
    """“The 2019 hack of …”, “En 2019, une étude …”: of another year than the article."""
    match = rule("of_another_year").search(line.text)
    if match is None or scene.ref is None:
        return False
    year = int(next(group for group in match.groups() if group))
    latest = int(scene.ref.iso[:4]) - (0 if rule("had_been").search(line.text) else 1)
    return year < latest and not any(str(year) in o.text for o in scene.lines if o is not line)


def _is_put_right(scene: Scene, line: Line) -> bool:
    """“We wrote that … . This number is wrong.”"""
    return any(rule("inexact").search(other.text) for other in scene.lines[line.number : line.number + 2])


def _is_near(one: Figure, other: Figure) -> bool:
    return other.value * 0.8 <= one.value <= other.value * 1.2


def _tells_closer(exact: Figure, rough: Figure) -> bool:
    """“More than a thousand”, and then 1,043: told roughly first."""
    if rough.qualifier == "exact" or exact.qualifier != "exact" or exact.line.number < rough.line.number:
        return False
    if exact.population != rough.population or (exact.of is not None and rough.of is not None and exact.of != rough.of):
        return False
    if rough.qualifier == "at_least":
        return rough.value < exact.value <= rough.value * 1.1
    return rough.qualifier == "about" and 0.95 <= exact.value / rough.value <= 1.05 and rough.line.number <= 1


def _rounds(exact: Figure, rough: Figure) -> bool:
    """“3.8 million”, where 3,803,750 is told too."""
    if exact.value == rough.value or exact.population != rough.population or exact.within or rough.within:
        return False
    if exact.qualifier != "exact" or rough.qualifier not in ("exact", "about", "at_least"):
        return False
    digits = len(str(rough.value).rstrip("0"))
    unit = 10 ** (len(str(rough.value)) - digits)
    finer = len(str(exact.value).rstrip("0")) > digits
    same = exact.of is None or rough.of is None or exact.of == rough.of
    return same and finer and unit >= _ROUND and rough.value <= exact.value + unit // 2 < rough.value + unit * 3 // 2


_ROUND = 1000
"""A number of so many at a time is round."""


def _counts_all(figure: Figure) -> bool:
    return bool(rule("all_the").search(figure.line.text[: figure.start - figure.line.start]))


def _says_the_same(one: Figure, other: Figure) -> bool:
    if one.value == other.value and one.within and not other.within and other.population is None:
        return True  # a part told once more
    if one.value == other.value and other.population == "sent" and _counts_all(other):
        return True  # all those affected have been written to
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


def figures_in(scene: Scene, line: Line) -> Iterator[Figure]:
    """The figures of one sentence, by itself."""
    yield from _in(scene, line, [])


def _in(scene: Scene, line: Line, before: list[Figure]) -> Iterator[Figure]:
    lang = scene.lang
    here: list[Figure] = []
    spared = False
    for match in rule(f"{lang}_number").finditer(line.text):
        value = value_of(match, lang)
        if value is None or value < 2 or _is_in_name(line, match) or is_date(line.text, match):
            continue
        if rule("range_before").search(line.text[: match.start()]):
            continue  # “between 8 and 9 million”: left to the reader
        at = match.end() + len(rule("quote_after").match(line.text, match.end())[0])  # type: ignore[index]  # may be empty
        counted = _counted(lang).match(line.masked, at) or _counted(lang).match(line.text, at)
        if counted is None:
            figure = bare_figure(scene, line, match, value, [*before, *here])
            if figure and value in FORM and is_form(scene, line):
                figure = replace(figure, qualifier="placeholder")
        else:
            what = next(kind for kind in _WHAT if counted[kind])
            if _is_no_count(scene, line, match, counted, value, what):
                continue
            figure = _figure(scene, line, match, counted, value, what, [*before, *here])
            if figure and figure.within and spared and not here:
                continue  # a part of those who are not counted
            spared = spared or figure is None
        if figure:
            here.append(figure)
            yield figure


_WHAT = ("people", "staff", "records", "cases", "those", "hit", "these")


def _is_no_count(scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str], value: int, what: str) -> bool:
    """“A few hundred”, “one in ten”, “how many of the”, “two patients said”, who got what was not theirs to get."""
    ahead = line.text[: match.start()]
    if what == "these" and not (rule("among_them").search(ahead) or rule("of_total").search(ahead)):
        return True
    if match["words"] and rule("few").search(ahead):
        return True
    if what == "those" and rule("of_bodies").match(line.text, counted.end()):
        return True
    if rule("recipients").search(counted[0]) and not rule("see_each_other").search(scene.passage.text):
        return True
    small = match["words"] and value < 10 and not match["scale"] and not scene.words("part").search(line.text)
    if small and (value < _FEW or what != "people" or not rule("records_of").search(ahead)):
        return True
    return bool(rule("one_in").search(ahead) or rule("how_many_of").search(ahead))


_FEW = 3
"""So few that a number in words counts them seldom."""


def _figure(
    scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str], value: int, what: str, before: list[Figure]
) -> Figure | None:
    """The figure that a number with its noun gives, where the words around say that those counted are affected."""
    text, at, end = line.text, match.start(), counted.end()
    qualifier, begin = qualifier_of(text, match, end, scene.lang)
    if qualifier == "exact":
        qualifier = _joined(line, at, before) or qualifier
    population = population_of(scene, line, match, counted, what, value, before)
    if population is None:
        return None
    part = what == "cases" or _is_part(scene, line, at, counted[0], before)
    if part and rule("bodies_before").search(text[:at]) and not any(f.line is line for f in before):
        return None  # “63 pharmacies, nine of our members”
    if what == "those" and rule("who_only").search(counted[0]):
        part = any(f.value > value for f in before)
        if not part:
            return None  # “25 to whom …”, without those of whom they are
    if is_of_none(scene, line, match, counted, what, population or None, part, before):
        return None
    if what == "staff" and _are_users(scene, line, counted, at):
        return None
    of, part = _whose(scene, line, match, counted, what, part)
    subset = _subset(line, counted, what, part)
    if value in FORM and is_form(scene, line):
        qualifier = "placeholder"
    return Figure(
        line,
        line.start + begin,
        line.start + end,
        value,
        qualifier,
        population or None,
        of,
        subset,
        part and bool(before),
    )


def _joined(line: Line, at: int, before: list[Figure]) -> str | None:
    """“About 6,000 employees and 3,000 dependents”: what is said of the first number goes for the second."""
    last = before[-1] if before else None
    if last is None or last.line is not line or last.within or last.qualifier == "placeholder":
        return None
    return last.qualifier if rule("and_then").fullmatch(line.text[last.end - line.start : at]) else None


def _whose(
    scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str], what: str, part: bool
) -> tuple[int | None, bool]:
    """The body whose people are counted, and whether they are still a part of others then."""
    end = counted.end()
    whose = rule("who_at").match(line.masked, end) if what == "those" else None
    if whose and scene.cast.bodies[number(whose["O"])].role == "organisation":
        return number(whose["O"]), False
    theirs = rule("theirs").match(line.masked, end)
    if theirs:
        return number(theirs["O"] or theirs["O1"]), False  # “of those, 2,260 are X’s”
    of = _of(scene, line, match, counted)
    apart = of is not None and part and not rule("number_of_them").search(line.text[match.start() :])
    return of, part and not (apart and of is not None and _names(line, of, counted))


def _are_users(scene: Scene, line: Line, counted: re.Match[str], at: int) -> bool:
    """“1,150 doctors with its software were attacked”: those from whom patients’ data were taken."""
    if not scene.vendors and not rule("of_a_tool").search(line.text):
        return False
    return bool(rule("practitioners").search(counted[0])) and not rule("records_of").search(line.text[:at])


def _is_in_name(line: Line, match: re.Match[str]) -> bool:
    """Whether a number is a part of a body’s name; number words alone, taken for a name, are none."""
    return any(a <= match.start() and match.end() <= b and (a, b) != match.span() for a, b, _ in line.bodies())


def _names(line: Line, body: int, counted: re.Match[str]) -> bool:
    """Whether the body is named right after those counted: “including 655,000 at X”."""
    return any(b == body and 0 <= a - counted.end() <= 12 for a, _, b in line.bodies())


@cache
def _counted(lang: str) -> re.Pattern[str]:
    told = table("article_patterns")[lang]
    kinds = "|".join(rf"(?P<{kind}>{told[kind]})(?![\w-])" for kind in ("records", "staff", "people", "cases"))
    small, those, these = (rule(name).pattern for name in (f"{lang}_counted", "those_counted", "these_counted"))
    return compiled(f" (?:[a-zà-ÿ]+ )?{those}|{small}(?:{kinds})|{rule('hit_counted').pattern}|{these}")


def _is_part(scene: Scene, line: Line, at: int, counted: str, before: list[Figure]) -> bool:
    """Whether the words say that those counted are among others counted before: “of whom”, “parmi eux”, “les 40 d’entre eux”."""
    after = line.text[at : at + 30]
    told = [m for m in scene.words("part").finditer(line.text) if m.start() <= at and at - m.end() <= _BESIDE]
    match = next((m for m in told if rule("part_before").fullmatch(line.text[m.end() : at])), None)
    match = match or next((m for m in told if m.end() >= at), None) or rule("number_of_them").search(after)
    if match and match[0].lower() == "dont" and rule("whose").search(line.text[at:]):
        match = None
    if rule("for_some").search(line.text[:at]) and rule("for_some_then").search(unpointed(line.text[at:])):
        match = match or rule("for_some").search(line.text[:at])
    alone = not (re.search("[\ue000-\ue7ff]", line.masked[at:]) or rule("counting_verb").search(line.text[:at]))
    if match is None and before and alone and rule("of_the_hit").match(counted):
        return True
    match = match or rule("of_total").search(line.text[:at])
    joined = (
        re.search(r"^[^.;,]{0,40} (?:and|et|ainsi que) $", line.text[before[-1].end - line.start : at])
        if before
        else None
    )
    match = match or (joined if joined and before[-1].line is line and before[-1].within else None)
    return bool(match) and (bool(before) or bool(re.search(r"\d", line.text[:at])))


_BESIDE = 28
"""So near to a number are the words that make it a part."""


def _subset(line: Line, counted: re.Match[str], what: str, part: bool) -> str | None:
    words = line.text[counted.start("staff") if counted["staff"] else counted.start() : counted.end()].strip()
    if what == "staff":
        return counted["staff"]
    if not part:
        return None
    rest = re.match(r"[^.;:«»]{0,90}", line.text[counted.end() :])
    said = " ".join(((rest[0] if rest else "").strip(" ,") or words).split()[:12])
    return said or words


def _of(scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str]) -> int | None:
    """The body whose people are counted, where the words say so, and where it is a body that can have such people."""
    of = _said_of(scene, line, match, counted)
    known = of in (*scene.hits, *scene.vendors) or (of is not None and scene.cast.bodies[of].is_health)
    return of if known else None


def _said_of(scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str]) -> int | None:  # noqa: PLR0911  one reason each
    """The body that the words name."""
    item = rule("list_item").search(line.masked[: match.start()])
    if item:
        return number(item["O"])
    held = re.search("(?P<O>[\ue000-\ue7ff])(?P=O)* ?[(:] ?$", line.masked[: match.start()])
    if held and scene.cast.bodies[number(held["O"])].role == "organisation":
        return number(held["O"])
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
    here = any(b == speaker for _, _, b in line.bodies())
    client = here and scene.vendors and speaker not in scene.vendors
    if client and speaker is not None and scene.cast.bodies[speaker].is_health:
        return speaker  # a client of the vendor breached counts its own people
    if rule("counting_verb").search(line.text[: match.start()]):
        speaking = by[0] if by else first
        if speaking is not None and scene.cast.bodies[speaking].role == "organisation":
            return speaking
    return None
