"""How many people: the numbers of an article that count people, with what the words around them make of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from text_to_num import text2num

from outbreach.graph.text.breach import breach_in
from outbreach.graph.text.lexicon import compiled, normal, rule, table
from outbreach.graph.text.moments import Reference, moments
from outbreach.graph.text.question import question
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
        if _is_of_old(scene, line):
            continue
        for figure in _in(scene, line, seen):
            same = next((f for f in seen if _says_the_same(f, figure)), None)
            if same is None:
                seen.append(figure)
            elif same.qualifier == "exact" != figure.qualifier:
                seen[seen.index(same)] = figure  # a headline's round number, told more carefully further down
    if scene.title:
        seen += [
            f for f in _in(scene, scene.title, []) if f.qualifier == "exact" and not any(_is_near(f, g) for g in seen)
        ]
    yield from (f for f in seen if not any(_tells_closer(g, f) for g in seen))


def _is_of_old(scene: Scene, line: Line) -> bool:
    """“The 2019 hack of …”, “En 2019, une étude …”: of another year than the article."""
    match = rule("of_another_year").search(line.text)
    if match is None or scene.ref is None:
        return False
    year = int(next(group for group in match.groups() if group))
    return year < int(scene.ref.iso[:4]) - 1 and not any(str(year) in o.text for o in scene.lines if o is not line)


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


def figures_in(scene: Scene, line: Line) -> Iterator[Figure]:
    """The figures of one sentence, by itself."""
    yield from _in(scene, line, [])


def _in(scene: Scene, line: Line, before: list[Figure]) -> Iterator[Figure]:
    lang = scene.lang
    here: list[Figure] = []
    for match in rule(f"{lang}_number").finditer(line.text):
        value = _value(match, lang)
        if value is None or value < 2 or _is_in_name(line, match) or _is_date(line.text, match):
            continue
        if rule("range_before").search(line.text[: match.start()]):
            continue  # “between 8 and 9 million”: left to the reader
        counted = _counted(lang).match(line.masked, match.end())
        if counted is None:
            bare = _bare(scene, line, match, value, [*before, *here])
            if bare:
                here.append(bare)
                yield bare
            continue
        what = next(kind for kind in ("people", "staff", "records", "cases", "those", "hit", "these") if counted[kind])
        ahead = line.text[: match.start()]
        if what == "these" and not (rule("among_them").search(ahead) or rule("of_total").search(ahead)):
            continue
        if rule("one_in").search(ahead) or rule("how_many_of").search(ahead):
            continue
        if rule("recipients").search(counted[0]) and not rule("see_each_other").search(scene.passage.text):
            continue  # who got what was not theirs to get is not a victim
        if match["words"] and value < 10 and not match["scale"] and not scene.words("part").search(line.text):
            continue
        figure = _figure(scene, line, match, counted, value, what, [*before, *here])
        if figure:
            here.append(figure)
            yield figure


def _figure(  # noqa: PLR0911  one reason each
    scene: Scene, line: Line, match: re.Match[str], counted: re.Match[str], value: int, what: str, before: list[Figure]
) -> Figure | None:
    """The figure that a number with its noun gives, where the words around say that those counted are affected."""
    text, at, end = line.text, match.start(), counted.end()
    qualifier, begin = _qualifier(text, match, end, scene.lang)
    clause = _clause(text, at, end)
    population = _population(scene, line, at, end, what)
    if population is None and scene.words("not_people").search(clause) and _are_not_counted_yet(scene, line):
        population = "under_review"
    part = what == "cases" or _is_part(scene, line, at, before)
    if what == "cases" and not rule("in_cases").search(text[:at]):
        return None
    if population in (None, "records"):
        if scene.words("not_people").search(clause) and not _strong(scene, clause):
            return None
        if not part and not _is_affected(scene, line, clause, at, end, before):
            return None
        if population == "records" and (rule("sample").search(text[:at]) or rule("of_those").search(counted[0])):
            return None
        if _is_denied(text, end):
            return None
    if population == "records" and rule("of_care").search(text[match.end() : end + 60]):
        return None  # visits and scans put off, and no records
    of, apart = _of(scene, line, match, counted), False
    if of is not None and part and not rule("number_of_them").search(text[at:]):
        apart = any(f.of != of for f in before) or _names(line, of, counted)
    part = part and not apart
    subset = _subset(line, counted, what, part)
    if value in _FORM and _is_form(scene, line):
        qualifier = "placeholder"
    return Figure(
        line, line.start + begin, line.start + end, value, qualifier, population, of, subset, part and bool(before)
    )


_FORM = (500, 501)
"""Numbers that only fill the form of the federal portal of the United States."""


def _is_form(scene: Scene, line: Line) -> bool:
    near = scene.lines[max(0, line.number - 1) : line.number + 2]
    return any(rule("placeholder").search(other.text) for other in near)


def _are_not_counted_yet(scene: Scene, line: Line) -> bool:
    """“About 128,000 are enrolled. It is too soon to say how many were affected.”"""
    return any(rule("not_counted_yet").search(other.text) for other in scene.lines[line.number : line.number + 2])


def _is_affected(scene: Scene, line: Line, clause: str, at: int, end: int, before: list[Figure]) -> bool:
    """Whether those counted are those affected, as the clause, the sentence, the question or a sentence beside it says."""
    evidence = scene.words("affected_people")
    if evidence.search(clause) or evidence.search(line.text[max(0, at - 160) : end + 160]):
        return True
    if _asked(scene, line) or breach_in(scene, _unpointed(line.masked)):
        return True
    if any(0 <= line.number - f.line.number <= 1 and f.population is None for f in before):
        return True  # rival figures, one after another
    near = [
        scene.lines[n] for n in (line.number - 1, line.number + 1) if line.number >= 0 and 0 <= n < len(scene.lines)
    ]
    return any(other.paragraph == line.paragraph and breach_in(scene, other.masked) for other in near)


def _is_in_name(line: Line, match: re.Match[str]) -> bool:
    """Whether a number is a part of a body’s name; number words alone, taken for a name, are none."""
    return any(a <= match.start() and match.end() <= b and (a, b) != match.span() for a, b, _ in line.bodies())


def _unpointed(text: str) -> str:
    """Without the points in “34.000”, which would end a clause."""
    return re.sub(r"(?<=\d)[.,](?=\d{3})", " ", text)


def _bare(  # noqa: PLR0911  one reason each
    scene: Scene, line: Line, match: re.Match[str], value: int, before: list[Figure]
) -> Figure | None:
    """“It told the regulator 548,112”, “puts the number at 12,000”: people that the sentence does not call so again."""
    text, lang = line.text, scene.lang
    if value < 100 or (match["digits"] and 1900 <= value < 2100 and match["digits"].isdigit() and not match["scale"]):
        return None
    after = scene.words("bare_after").match(text, match.end())
    if after is None:
        return None
    qualifier, begin = _qualifier(text, match, after.end(), lang)
    head = text[:begin].rstrip(" «\"“'") + " "
    counting = scene.words("bare_number").search(head)
    led = re.search("[\ue000-\uf7ff](?: de| à| at)? $", line.masked[:begin]) or rule("their_subject").search(head)
    among = scene.words("part").search(head[-30:]) if line.bodies() else None
    verb = scene.words("bare_verb").search(head)
    beside = any(f.line is line for f in before)
    split = beside and _is_split(line, after)
    told_so = verb and (
        before or breach_in(scene, line.masked) or any(breach_in(scene, o.masked) for o in _near(scene, line))
    )
    asked = question(scene, line) if counting is None and not told_so else None
    if not (counting or among or told_so or split or (beside and led) or (asked and rule("how_many").search(asked))):
        return None
    if rule("superseded").search(head):
        return None
    near = _near(scene, line)
    clause = (counting or among or match)[0] + text[begin : after.end() + 20]
    told = _nouns(lang).search((counting or among or match)[0]) or _nouns(lang).search(text, after.end())
    last = next((f for f in reversed(before) if f.line in (*near, line)), None)
    if scene.words("not_people").search(clause) or rule("not_counted").search(clause):
        return None
    known = last or told or asked or told_so or (counting and rule("a_number").search(counting[0]))
    if not known and not any(_nouns(lang).search(o.text) for o in (*near, line)):
        return None
    if value in _FORM and not _is_form(scene, line):
        return None
    population = ("records" if told["records"] else None) if told else last.population if last else None
    if rule("estimated").search(head[-90:]) and qualifier == "exact":
        qualifier = "about"
    part = among is not None or bool(rule("alone").search(clause))
    of = _of_bare(scene, line, match, after)
    if among and of is None:
        return None
    part = part and not among
    subset = clause.strip()[:60] if part else None
    return Figure(
        line,
        line.start + begin,
        line.start + match.end(),
        value,
        qualifier,
        population,
        of,
        subset,
        part and bool(before),
    )


def _near(scene: Scene, line: Line) -> list[Line]:
    """The two sentences before one."""
    return [scene.lines[n] for n in range(line.number - 2, line.number) if n >= 0]


def _is_split(line: Line, after: re.Match[str]) -> bool:
    """“14,200 people: 9,000 at X, 5,200 at Y”."""
    return rule("people_of").match(line.masked, after.end()) is not None


def _of_bare(scene: Scene, line: Line, match: re.Match[str], after: re.Match[str]) -> int | None:
    """Whose people a number without a noun counts: the body named right after it, or that which gives the number."""
    own = scene.cast.bodies
    named = next((b for a, _, b in line.bodies() if 0 <= a - after.end() <= 12 and own[b].role == "organisation"), None)
    if named is not None and rule("people_of").match(line.masked, after.end()):
        return named
    turn = max((m.end() for m in rule("turns_clause").finditer(line.text[: match.start()])), default=0)
    if rule("their_subject").search(line.text[turn : match.start()]):
        return None
    first = next(
        (b for a, end, b in line.bodies() if turn <= a and end <= match.start() and own[b].role == "organisation"), None
    )
    speaker = next(iter(line.said_by(line.start + match.start())), None)
    of = first if first is not None else speaker
    return of if of in (*scene.hits, *scene.vendors) and not rule("alone").search(line.text) else None


@cache
def _nouns(lang: str) -> re.Pattern[str]:
    told = table("article_patterns")[lang]
    kinds = "|".join(rf"(?P<{kind}>{told[kind]})(?![\w-])" for kind in ("records", "staff", "people"))
    return compiled(rf"(?<![\w-])(?:{kinds})")


def _names(line: Line, body: int, counted: re.Match[str]) -> bool:
    """Whether the body is named right after those counted: “including 655,000 at X”."""
    return any(b == body and 0 <= a - counted.end() <= 12 for a, _, b in line.bodies())


@cache
def _counted(lang: str) -> re.Pattern[str]:
    told = table("article_patterns")[lang]
    kinds = "|".join(rf"(?P<{kind}>{told[kind]})(?![\w-])" for kind in ("records", "staff", "people", "cases"))
    small, those, these = (rule(name).pattern for name in (f"{lang}_counted", "those_counted", "these_counted"))
    return compiled(f"{small}(?:{kinds}|{those})|{rule('hit_counted').pattern}|{these}")


def _qualifier(text: str, match: re.Match[str], end: int, lang: str) -> tuple[str, int]:
    """What the words around a number make of it, and where they begin."""
    name, begin = _qualified_before(text, match.start(), lang)
    if name != "exact":
        return name, begin
    if match["round"] or rule("or_so").match(text, match.end()) or rule("or_so").match(text, end):
        return "about", begin
    if (
        rule("so_far").match(text, end)
        or rule("so_far").match(text, match.end())
        or rule("so_far_is").search(text[:begin])
    ):
        return "at_least", begin
    return name, begin


def _qualified_before(text: str, at: int, lang: str) -> tuple[str, int]:
    before = text[:at]
    found: list[tuple[int, str]] = []
    for name, regex in group(lang, "qualifiers").items():
        match = re.search(
            rf"(?:{regex.pattern})(?: |(?<='))(?:de |d'|of |the |les |a |an |some |the figure of )?[«\"“ ]*$",
            before,
            re.IGNORECASE,
        )
        if match and not (match[0].strip().lower() == "about" and rule("about_what").search(before[: match.start()])):
            found.append((match.start(), name))
    begin, name = min(found, default=(at, "exact"))  # “no more than” before “more than”
    return name, begin


def _clause(text: str, start: int, end: int) -> str:
    """The part of the sentence between its strong marks around a place."""
    text = _unpointed(text)
    left = max((m.end() for m in re.finditer(r"[;:]| mais | but |, (?:qui|which|who) ", text[:start])), default=0)
    right = next(
        (end + m.start() for m in re.finditer(r"[;:]| mais | but |, (?:qui|which|who) ", text[end:])), len(text)
    )
    return text[left:right]


def _strong(scene: Scene, clause: str) -> bool:
    return bool(scene.words("disclosure").search(clause))


def _asked(scene: Scene, line: Line) -> bool:
    """Whether the sentence answers “Who is affected?”, “How many?”."""
    asked = question(scene, line)
    return bool(asked and (scene.words("affected_people").search(asked) or rule("how_many").search(asked)))


def _is_date(text: str, match: re.Match[str]) -> bool:
    """“June 14”, “12 mars”, “2024”: a number beside a month, or a year."""
    return any(m.start <= match.start() < m.end for m in moments(text, Reference("2000")))


def _is_denied(text: str, end: int) -> bool:
    return bool(rule("people_denied").search(text[end : end + 60]))


def _population(scene: Scene, line: Line, at: int, end: int, what: str) -> str | None:
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
            match = scene.words(name).search(line.text[end : end + 130])
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
    match = match or rule("of_total").search(line.text[:at])
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
