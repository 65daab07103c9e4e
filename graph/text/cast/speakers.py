"""Who says what a sentence says: the body named with a verb of saying, directly, by its spokesman, or as “it”."""

import itertools
import re
from functools import cache

from outbreach.graph.text.cast.scene import Line, Scene, group, number
from outbreach.graph.text.lexicon import compiled, rule, table


def find_speakers(scene: Scene) -> None:
    """Fill `speakers` and `speaker_role` of each line; a natural person stands for the body they speak for, or for none."""
    people = _people(scene)
    last: tuple[tuple[int, ...], str | None] = ((), None)
    for line in scene.lines:
        found = _named(scene, line, people)
        if not found and _again(scene.lang).search(line.text):
            found = last[0] or ((scene.primary,) if scene.primary is not None else ())
            role = last[1]
        else:
            role = None
        if not found and last[0] and _continues(scene, line):
            found, role = last
        line.speakers = found
        line.voices = _voices(scene, line, people) if len(found) > 1 else ()
        line.speaker_role = (role or _role(scene, line)) if found else None
        if found:
            last = (found, line.speaker_role)


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    told = table("article_patterns")[lang]
    return tuple(compiled(p.replace("SPEECH", told["speech"])) for p in told["spoken"])


@cache
def _again(lang: str) -> re.Pattern[str]:
    told = table("article_patterns")[lang]
    return compiled(told["spoken_again"].replace("SPEECH", told["speech"]))


def _named(scene: Scene, line: Line, people: dict[int, int]) -> tuple[int, ...]:
    found: list[int] = []
    for regex in _patterns(scene.lang):
        for match in regex.finditer(line.masked):
            sign = match["E"]
            at, end = match.start("E"), match.end()
            if scene.words("addressee").search(line.masked[:at]) and regex is _patterns(scene.lang)[1]:
                rest = re.compile("(?P<E>[\ue000-\uf3ff])(?P=E)*").finditer(line.masked, match.end())
                follow = next((m for m in rest if not scene.words("addressee").search(line.masked[: m.start()])), None)
                if follow is None or follow.start() - match.end() > 70:
                    continue
                sign, at, end = follow["E"], follow.start("E"), follow.end()
            body = people.get(number(sign), number(sign))
            if scene.cast.bodies[body].role in ("person", "software") or _is_quoted(line.masked, at):
                continue
            found.append(body)
            both = rule("second_speaker").match(line.masked[end:])
            if both:
                found.append(number(both["E"]))
        if found:
            break
    return tuple(dict.fromkeys(found))


def _voices(scene: Scene, line: Line, people: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """Those who each say something in a clause of their own, subject first."""
    told = [
        (m.start("E"), people.get(number(m["E"]), number(m["E"])))
        for m in _patterns(scene.lang)[0].finditer(line.masked)
    ]
    told = [(at, body) for at, body in told if body in line.speakers]
    apart = all(rule("clause_turns").search(line.text[a:b]) for (a, _), (b, _) in itertools.pairwise(told))
    return tuple(told) if len({body for _, body in told}) > 1 and apart else ()


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place stands between quotation marks: who is spoken of there does not speak."""
    before = text[:at]
    return before.count("«") > before.count("»") or before.count("“") > before.count("”")


def _continues(scene: Scene, line: Line) -> bool:
    """A quotation that goes on over the next sentence of its paragraph."""
    before = [other.text for other in scene.lines if other.paragraph == line.paragraph and other.number < line.number]
    joined = " ".join(before)
    return joined.count("«") > joined.count("»")


def _people(scene: Scene) -> dict[int, int]:
    """Natural person → the body they speak for, as the article introduces them; by surname later."""
    told: dict[str, int] = {}
    title = rule("title_word").pattern
    for line in scene.lines:
        for match in re.finditer(
            rf"{title}[^.;\ue000-\uf7ff]{{0,50}}?(?P<O>[\ue000-\ue7ff])(?P=O)*,? ?(?:\(|,)? ?(?P<P>[\uf000-\uf3ff])",
            line.masked,
        ):
            told[scene.cast.bodies[number(match["P"])].name or ""] = number(match["O"])
        for match in re.finditer(
            rf"(?P<P>[\uf000-\uf3ff])(?P=P)*,? [^.;\ue000-\uf7ff]{{0,30}}?{title}[^.;\ue000-\uf7ff]{{0,50}}?(?P<O>[\ue000-\ue7ff])",
            line.masked,
        ):
            told[scene.cast.bodies[number(match["P"])].name or ""] = number(match["O"])
    people: dict[int, int] = {}
    for body in scene.cast.bodies:
        if body.role == "person" and body.name:
            home = next(
                (org for name, org in told.items() if name == body.name or name.split()[-1:] == body.name.split()[-1:]),
                None,
            )
            if home is not None:
                people[body.number] = home
    return people


def _role(scene: Scene, line: Line) -> str | None:
    return next((role for role, regex in group(scene.lang, "roles").items() if regex.search(line.text)), None)
