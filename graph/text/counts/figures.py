"""How many people: the numbers of an article that count people, with what the words around them make of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from outbreach.graph.text.cast.scene import Line, Scene, number
from outbreach.graph.text.counts.bare import bare_figure
from outbreach.graph.text.counts.figure import FORM, Figure, is_form
from outbreach.graph.text.counts.numeral import is_date, qualifier_of, value_of
from outbreach.graph.text.counts.others import counts_no_person
from outbreach.graph.text.counts.owner import owner_of
from outbreach.graph.text.counts.population import are_some_told, population_of
from outbreach.graph.text.counts.spared import is_of_none
from outbreach.graph.text.counts.subset import has_some_data, part_of, subset_of
from outbreach.graph.text.lexicon import compiled, rule, table


def figures_of(scene: Scene) -> Iterator[Figure]:
    """The figures of the article's own incident, in its order."""
    seen: list[Figure] = []
    for line in scene.told():
        if _is_of_old(scene, line) or _is_anothers(scene, line):
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
    seen = [_of_a_state(scene, figure, seen) for figure in seen]
    yield from (f for f in seen if not any(_tells_closer(g, f) or _rounds(g, f) for g in seen))


def _of_a_state(scene: Scene, figure: Figure, others: list[Figure]) -> Figure:
    """“3,902 Texans” are a part, where more people are counted elsewhere."""
    at = figure.start - figure.line.start, figure.end - figure.line.start + 25
    larger = any(f.value > figure.value and f.population is None and not f.within for f in others)
    here = (
        rule("in_a_state").search(figure.line.text[: at[0]])
        or rule("of_a_state").search(figure.line.text[slice(*at)])
        or rule("in_the_land").search(figure.line.text[at[0] :])
    )
    a_clients = figure.of is not None and figure.of != scene.primary
    if figure.population or figure.within or a_clients or not larger or not here:
        return figure
    return replace(figure, within=True, of=None, subset=figure.line.text[at[0] : at[1] - 25].strip())


def _is_of_old(scene: Scene, line: Line) -> bool:
    """“The 2019 hack of …”, “En 2019, une étude …”: of another year than the article."""
    if rule("another_breach").search(line.text):
        return True
    match = rule("of_another_year").search(line.text)
    if match is None or scene.ref is None:
        return False
    year = int(next(group for group in match.groups() if group))
    latest = int(scene.ref.iso[:4]) - (0 if rule("had_been").search(line.text) else 1)
    return year < latest and not any(str(year) in o.text for o in scene.lines if o is not line)


def _is_anothers(scene: Scene, line: Line) -> bool:
    """“The Northgate breach hit 190 million people”, in an article on another body."""
    match = rule("breach_of").search(line.masked)
    if match is None or match.start() > _HEAD or not scene.hits or line.number <= 1:
        return False
    body = number(match["O"] or match["O1"])
    opening = (*scene.lines[:3], *scene.heading)
    known = {*scene.hits, *scene.vendors} | {b for other in opening for _, _, b in other.bodies()}
    return body not in known and not any(b in known for _, _, b in line.bodies())


_HEAD = 30
"""So near to its head has a sentence its subject."""


def _is_put_right(scene: Scene, line: Line) -> bool:
    """“We wrote that … . This number is wrong.”"""
    return any(rule("inexact").search(other.text) for other in scene.lines[line.number : line.number + 2])


def _is_near(one: Figure, other: Figure) -> bool:
    return other.value * 0.8 <= one.value <= other.value * 1.2


def _tells_closer(exact: Figure, rough: Figure) -> bool:
    """“More than a thousand”, and then 1,043: told roughly first."""
    if rough.qualifier == "exact" or exact.qualifier != "exact" or exact.line.number < rough.line.number:
        return False
    if (rough.population not in (exact.population, "sent")) or (
        exact.of is not None and rough.of is not None and exact.of != rough.of
    ):
        return False
    if rough.qualifier == "at_least":
        return rough.value < exact.value <= rough.value * 1.1
    return rough.qualifier == "about" and 0.95 <= exact.value / rough.value <= 1.05 and rough.line.number <= 1


def _rounds(exact: Figure, rough: Figure) -> bool:
    """“3.8 million”, where 3,803,750 is told too."""
    if exact.value == rough.value or exact.population != rough.population or exact.within or rough.within:
        return False
    if exact.qualifier not in ("exact", "about") or rough.qualifier not in ("exact", "about", "at_least"):
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
    if one.value == other.value and one.within != other.within and {one.population, other.population} == {None}:
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
            if _is_no_count(scene, line, match, counted, value, what) or counts_no_person(
                scene, line, match, counted, what, value
            ):
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
    ahead, after = line.text[: match.start()], counted.end()
    if any(rule(name).search(ahead) for name in ("all_but", "one_in", "how_many_of")) or (
        match["words"] and rule("few").search(ahead)
    ):
        return True
    if (
        (what == "staff" and _are_users(scene, line, counted, match.start()))
        or _are_bodies(line, match, counted, what, ahead)
        or rule("more_than_thought").match(line.text, match.end())
    ):
        return True
    if what == "those" and (rule("of_bodies").match(line.text, after) or (match["words"] and value < _FEW)):
        return True
    if rule("recipients").search(counted[0]) and not rule("see_each_other").search(scene.passage.text):
        return True
    small = match["words"] and value < 10 and not match["scale"] and not scene.words("part").search(line.text)
    return bool(small) and (value < _FEW or what != "people" or not rule("records_of").search(ahead))


def _are_bodies(line: Line, match: re.Match[str], counted: re.Match[str], what: str, ahead: str) -> bool:
    """“19 of its clients, laboratories in …”, “of the 2,900 doctors with its software 1,150 were attacked”; “1,150 were” alone."""
    if what == "these":
        told = (
            rule("among_them").search(ahead)
            or rule("of_total").search(ahead)
            or rule("these_too").match(line.text, match.end())
        )
        return not told or bool(rule("of_a_tool").search(line.text) and rule("practitioners_ahead").search(ahead))
    clients = what == "people" and rule("clients_only").search(counted[0])
    return bool(clients and rule("are_bodies").match(line.text, counted.end()))


_FEW = 3
"""So few that a number in words counts them seldom."""


def _figure(
    scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str], value: int, what: str, before: list[Figure]
) -> Figure | None:
    """The figure that a number with its noun gives, where the words around say that those counted are affected."""
    text, at, end = line.text, match.start(), counted.end()
    qualifier, begin = qualifier_of(text, match, end, scene.lang)
    if qualifier == "exact":
        qualifier = "about" if text[:at].endswith("~") else _joined(line, at, before) or qualifier
    population = population_of(scene, line, match, counted, what, value, before)
    if population is None:
        return None
    part = part_of(scene, line, match, counted, what, value, before)
    if part is None:
        return None
    if is_of_none(scene, line, match, counted, what, population or None, part, before):
        return None
    among = bool(before) and rule("among_them_after").search(text[end:]) is not None
    part = part or among or has_some_data(line, at, value, before) or are_some_told(scene, line, at, end, value, before)
    of, part = owner_of(scene, line, match, counted, what, part)
    subset = subset_of(line, counted, what, part)
    if value in FORM and is_form(scene, line):
        qualifier = "placeholder"
    within = part and (bool(before) or _was_told(scene, line, counted))
    return Figure(line, line.start + begin, line.start + end, value, qualifier, population or None, of, subset, within)


def _was_told(scene: Scene, line: Line, counted: re.Match[str]) -> bool:
    """“498 of the 536”, where 536 stands before."""
    whole = rule("of_a_number").match(counted[0])
    return whole is not None and any(whole[1].strip() in other.text for other in scene.lines[: line.number])


def _joined(line: Line, at: int, before: list[Figure]) -> str | None:
    """“About 6,000 employees and 3,000 dependents”: what is said of the first number goes for the second."""
    last = before[-1] if before else None
    if last is None or last.line is not line or last.qualifier == "placeholder":
        return None
    return last.qualifier if rule("and_then").fullmatch(line.text[last.end - line.start : at]) else None


def _are_users(scene: Scene, line: Line, counted: re.Match[str], at: int) -> bool:
    """“1,150 doctors with its software were attacked”: those from whom patients’ data were taken."""
    if not scene.vendors and not rule("of_a_tool").search(line.text):
        return False
    return bool(rule("practitioners").search(counted[0])) and not rule("records_of").search(line.text[:at])


def _is_in_name(line: Line, match: re.Match[str]) -> bool:
    """Whether a number is a part of a body’s name; number words alone, taken for a name, are none."""
    return any(a <= match.start() and match.end() <= b and (a, b) != match.span() for a, b, _ in line.bodies())


@cache
def _counted(lang: str) -> re.Pattern[str]:
    told = table("article_patterns")[lang]
    kinds = "|".join(rf"(?P<{kind}>{told[kind]})(?![\w-])" for kind in ("records", "staff", "people", "cases"))
    small, those, these = (rule(name).pattern for name in (f"{lang}_counted", "those_counted", "these_counted"))
    return compiled(f" (?:[a-zà-ÿ]+ )?{those}|{small}(?:{kinds})|{rule('hit_counted').pattern}|{these}")
