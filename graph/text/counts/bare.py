"""Numbers of people that their sentence does not call people again: “It told the regulator 548,112”."""

import re

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.counts.figure import FORM, Figure, is_form, nouns_of
from outbreach.graph.text.counts.numeral import qualifier_of
from outbreach.graph.text.facts.breach import breach_in
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.page.question import question


def bare_figure(  # noqa: PLR0911  one reason each
    scene: Scene, line: Line, match: re.Match[str], value: int, before: list[Figure]
) -> Figure | None:
    """“It told the regulator 548,112”, “puts the number at 12,000”: people that the sentence does not call so again."""
    text, lang = line.text, scene.lang
    if value < 100 or (match["digits"] and 1900 <= value < 2100 and match["digits"].isdigit() and not match["scale"]):
        return None
    after = scene.words("bare_after").match(text, match.end())
    if after is None:
        return None
    if (
        before
        and max(f.value for f in before) > value
        and rule("for_some").search(text[: match.start()])
        and text[match.end() :].startswith(",")
    ):
        begin, end = (
            line.start + match.start(),
            line.start + match.end(),
        )  # “For 310, Social Security numbers were also taken”
        return Figure(line, begin, end, value, "exact", None, None, text[match.end() + 1 :].strip()[:60], True)
    qualifier, begin = qualifier_of(text, match, after.end(), lang)
    head = text[:begin].rstrip(" «\"“'") + " "
    counting = scene.words("bare_number").search(head) or rule("patients_affected").search(head)
    led = re.search("[\ue000-\uf7ff](?: de| à| at)? $", line.masked[:begin].rstrip(' «"“') + " ") or rule(
        "their_subject"
    ).search(head)
    among = scene.words("part").search(head[-30:]) if line.bodies() else None
    then = rule("number_given").match(text, match.end())
    verb = scene.words("bare_verb").search(head)
    apposed = rule("apposed_number").search(head)
    beside = any(f.line is line for f in before)
    split = beside and _is_split(line, after)
    told_so = rule("they_are").search(head) or (
        verb
        and (before or breach_in(scene, line.masked) or any(breach_in(scene, o.masked) for o in _near(scene, line)))
    )
    asked = question(scene, line) if counting is None and not told_so else None
    if not (
        counting
        or then
        or apposed
        or among
        or told_so
        or split
        or (beside and led)
        or (asked and rule("how_many").search(asked))
    ):
        return None
    if rule("superseded").search(head):
        return None
    near = _near(scene, line)
    clause = (counting or among or match)[0] + text[begin : after.end() + 20]
    told = nouns_of(lang).search((counting or among or match)[0]) or nouns_of(lang).search(text, after.end())
    last = next((f for f in reversed(before) if f.line in (*near, line)), None)
    if (
        scene.words("not_people").search(clause)
        or rule("not_counted").search(clause)
        or rule("money").search(text[max(0, begin - 50) : begin])
    ):
        return None
    known = last or told or asked or told_so or (counting and rule("a_number").search(head))
    if not known and not any(nouns_of(lang).search(o.text) for o in (*near, line)):
        return None
    if value in FORM and not is_form(scene, line):
        return None
    population = ("records" if told["records"] else None) if told else last.population if last else None
    if rule("estimated").search(head[-90:]) and qualifier == "exact":
        qualifier = "about"
    part = (
        among is not None
        or (apposed is not None and bool(rule("some_of").search(head)))
        or bool(rule("alone").search(clause))
    )
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
    others = any(own[b].role == "organisation" and b != speaker for _, _, b in line.bodies())
    others = others or (
        len(scene.hits) > 1
        and not any(b == speaker for _, _, b in line.bodies())
        and not rule("by_pronoun").search(line.text[: match.start()])
    )  # “La caisse évoque « moins de 4 000 »”, after the words of another
    of = first if first is not None else None if others else speaker
    return of if of in (*scene.hits, *scene.vendors) and not rule("alone").search(line.text) else None
