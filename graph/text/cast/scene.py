"""The sentences of an article with every body replaced by a sign, so that a pattern can ask for “a body” anywhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from outbreach.graph.text.cast.body import Body, Cast, Mention
from outbreach.graph.text.cast.names import cast_of
from outbreach.graph.text.lexicon import compiled, normal, rule, table
from outbreach.graph.text.page.passage import Passage
from outbreach.graph.text.times.moments import Reference, reference

_FIRST = {
    "organisation": 0xE000, "authority": 0xE800, "software": 0xEA00, "attacker": 0xEC00, "media": 0xEE00,
    "person": 0xF000, "bystander": 0xF400,
}  # fmt: skip
"""The first of the private signs that stand for bodies of a role; the sign is this plus the body's number."""
_ROLE_OF = sorted(((first, role) for role, first in _FIRST.items()), reverse=True)
_CLASSES = {
    "O": "\ue000-\ue7ff", "V": "\ue000-\ue7ff", "C": "\ue000-\ue7ff", "A": "\ue800-\ue9ff", "S": "\uea00-\uebff",
    "X": "\uec00-\uedff", "E": "\ue000-\uefff", "P": "\uf000-\uf3ff",
}  # fmt: skip
SIGN = re.compile("([\ue000-\uf7ff])\\1*")


@dataclass(slots=True)
class Line:
    """One sentence of the article, masked; `earlier` tells of another incident, `generic` of none in particular."""

    number: int
    start: int
    text: str
    """Plain text, as long as the original."""
    masked: str
    paragraph: int
    earlier: bool = False
    generic: bool = False
    speakers: tuple[int, ...] = ()
    speaker_role: str | None = None
    voices: tuple[tuple[int, int], ...] = ()
    """(place, body) of each of two that speak in clauses of their own: “A said …, while B said …”."""

    def said_by(self, place: int) -> tuple[int, ...]:
        """Who says what stands at a place of the text."""
        own = [body for at, body in self.voices if self.start + at <= place]
        return (own[-1],) if own else self.speakers

    @property
    def end_at(self) -> int:
        """Where the sentence ends in the text."""
        return self.start + len(self.text)

    def bodies(self) -> list[tuple[int, int, int]]:
        """(start, end, body) of each mention in the sentence, in order."""
        return [(m.start(), m.end(), number(m[0][0])) for m in SIGN.finditer(self.masked)]


@dataclass(slots=True)
class Scene:
    """An article as the readers see it."""

    passage: Passage
    cast: Cast
    lines: list[Line]
    title: Line | None
    ref: Reference | None
    hits: list[int] = field(default_factory=list)
    vendors: list[int] = field(default_factory=list)
    letter: bool = False
    """A notice that the body hit writes to those whose data they were."""
    writer: int | None = None
    """The body that speaks of itself as “we” in it."""
    guessed: bool = False
    """No words say outright who was hit: it is the body that the article is about."""

    @property
    def lang(self) -> str:
        """`fr` or `en`."""
        return self.passage.lang

    @property
    def heading(self) -> tuple[Line, ...]:
        """The title where there is one, to stand beside other sentences."""
        return (self.title,) if self.title else ()

    @property
    def primary(self) -> int | None:
        """The body that the article is chiefly about: the first hit that cares for people, else the first."""
        own = [b for b in self.hits if b not in self.vendors]
        health = [b for b in own if self.cast.bodies[b].is_health]
        return next(iter(health or own or self.hits), None)

    def words(self, name: str) -> re.Pattern[str]:
        """A pattern of `graph/text/data/article_patterns.yaml` in the article's language."""
        return pattern(self.lang, name)

    def by_name(self, line: Line) -> list[tuple[int, int, int]]:
        """(start, end, body) of each mention in a sentence that is a name, and no “the hospital”."""
        found = []
        for start, end, body in line.bodies():
            thing = self.cast.bodies[body]
            names = {normal(name).lower() for name in (thing.name, *thing.aliases) if name}
            words = line.text[start:end].lower().split(" (")[0]
            if any(words == name or words.endswith((f" {name}", f"'{name}")) for name in names):
                found.append((start, end, body))
        return found

    def told(self) -> Iterator[Line]:
        """The sentences that tell of the article's own incident."""
        return (line for line in self.lines if not line.earlier and not line.generic)


def scene_of(passage: Passage) -> Scene:
    """The article with its bodies found and masked; who is who in it is not yet known."""
    cast = cast_of(passage)
    lines = [Line(i, s.start, s.text, s.text, s.paragraph) for i, s in enumerate(passage.sentences)]
    title = None
    if passage.title and passage.title_at is not None:
        plain = normal(passage.title)
        title = Line(-1, passage.title_at, plain, plain, -1)
    stamp = passage.stamp or _dateline(lines)
    body = " ".join(s.text for s in passage.sentences)
    scene = Scene(passage, cast, lines, title, reference(stamp, body, normal(passage.text)))
    for thing in cast.bodies:
        if thing.role == "organisation" and _publishes(scene, thing.name or ""):
            thing.role = thing.kind = "media"
    remask(scene)
    if scene.lang == "fr" and _press(scene):
        remask(scene)
    for line in lines:
        named = any(cast.bodies[b].role in ("organisation", "attacker") for _, _, b in line.bodies())
        line.generic = not named and bool(scene.words("generic").search(line.text))
        line.earlier = _is_earlier(scene, line) or _goes_on(line, lines)
    _told_of_others(scene)
    return scene


def _publishes(scene: Scene, name: str) -> bool:
    """Whether a name above the article is that of the paper: one that others tell things, or that calls itself so."""
    if not (scene.lines and name):
        return False
    if normal(name).removeprefix("The ") not in normal(scene.passage.text[: scene.lines[0].start]):
        return False
    place = re.escape(normal(name).removeprefix("The "))
    above = normal(scene.passage.text[: scene.lines[0].start])
    line = re.search(rf"(?m)^.{{0,80}}\b{place}\b.{{0,80}}$", above)
    titled = scene.title is not None and name in scene.title.text and not rule("masthead").search(scene.title.text)
    if not line or titled:
        return False
    told = re.compile(rf"(?i)(?:told|tells|with|contacted) (?:the )?{place}\b|\({place}\) ?[—–-]|(?:by|par) {place}\b")
    return bool(rule("paper").search(line[0])) or any(told.search(x.text) for x in scene.lines)


def _press(scene: Scene) -> bool:
    """Papers and blogs that no list holds, by their name or by what they do here: “révèle X”, “nos confrères de X”."""
    found = [
        thing
        for thing in scene.cast.bodies
        if thing.role == "organisation" and not thing.kind and thing.name and _is_press(scene, thing)
    ]
    for thing in found:
        thing.role = thing.kind = "media"
    return bool(found)


def _is_press(scene: Scene, thing: Body) -> bool:
    if rule("fr_press_name").search(thing.name or ""):
        return True
    around = [
        (line.masked[:start], line.masked[end:])
        for line in scene.lines
        for start, end, body in line.bodies()
        if body == thing.number
    ]
    seen = sum(bool(rule("fr_press_before").search(a) or rule("fr_press_after").match(b)) for a, b in around)
    return seen > 0 and 2 * seen >= len(around)


def number(sign: str) -> int:
    """The number of the body that a sign stands for."""
    return ord(sign) - next(first for first, _ in _ROLE_OF if ord(sign) >= first)


def sign(body: Body) -> str:
    """The sign that stands for a body."""
    return chr(_FIRST[body.role] + body.number)


def introduce(scene: Scene, start: int, end: int, kind: str | None = None) -> Body:
    """A body without a name, called by the words at a place of the text; these speak of it unless they speak of another."""
    cast = scene.cast
    body = cast.add("organisation", None, kind=kind, described_as=scene.passage.text[start:end])
    if not any(m.start < end and start < m.end for m in cast.mentions):
        cast.mentions.append(Mention(start, end, body.number))
        cast.mentions.sort(key=lambda m: m.start)
        remask(scene)
    return body


def remask(scene: Scene) -> None:
    """Mask again after bodies changed their role or mentions were added."""
    for line in (*scene.lines, *scene.heading):
        line.masked = _mask(line.start, line.text, scene.cast.mentions, scene.cast.bodies)


def _mask(start: int, text: str, mentions: list[Mention], bodies: list[Body]) -> str:
    signs = list(text)
    for mention in mentions:
        if start <= mention.start and mention.end <= start + len(text):
            for place in range(mention.start - start, mention.end - start):
                signs[place] = sign(bodies[mention.body])
    return _NAMED_TWICE.sub(lambda m: m[1][0] * len(m[0]), "".join(signs))


_NAMED_TWICE = re.compile("(([\ue000-\uf7ff])\\2*) ?\\([«“\"' ]*\\2+[»”\"' ]*\\)")
"""“Meridian Claims Partners ("Meridian")”: one mention."""


def _dateline(lines: list[Line]) -> str | None:
    """`WINDSOR, Ont., Nov. 8, 2023 — …`: the date before the first sentence."""
    match = re.match(r"[^—–.]{0,40}(?:\. ?[^—–.]{0,30}){0,3}? ?[—–-]{1,2} ", lines[0].text) if lines else None
    return match[0] if match and re.search(r"(?:19|20)\d\d", match[0]) else None


def _is_earlier(scene: Scene, line: Line) -> bool:
    """Whether a sentence tells of an incident other than the article's own, in the past."""
    if line.number == 0:
        return False  # an article opens with its own story
    strong = bool(rule("another_story").search(line.text)) or _is_not_first(scene, line)
    if not scene.words("earlier").search(line.text) and not strong:
        return False
    years = _years(rule("since_then").sub("", line.text))
    if strong and not years and rule("since_then").search(line.text):
        strong = False
    if scene.ref and years and max(years) >= int(scene.ref.iso[:4]):
        return False
    told = (scene.words("attack"), scene.words("disclosure"), rule("was_hit"))
    return any(regex.search(line.text) for regex in told)


def _is_not_first(scene: Scene, line: Line) -> bool:
    """“It is not the first time. In 2019 …”: the one says so, and the other has a year, or says how long ago."""
    before = scene.lines[line.number - 1].text if line.number > 0 else ""
    after = scene.lines[line.number + 1].text if line.number + 1 < len(scene.lines) else ""
    said = rule("not_first").search(line.text) or rule("not_first").search(before) or rule("not_linked").search(after)
    return bool(said) and bool(_years(line.text) or rule("years_ago").search(line.text))


def _years(text: str) -> list[int]:
    """The years that a sentence names, but not that since which somebody has been there."""
    return [
        int(m[1])
        for m in re.finditer(
            r"(?<!depuis )(?<!since )(?<!ounded in )(?<!ondée en )(?<!ondé en )\b((?:19|20)\d\d)\b", text
        )
    ]


def _told_of_others(scene: Scene) -> None:
    """What is told of a body of which the article first speaks in another incident’s sentence is that incident’s.

    And so is an attack with an old year of a body that neither the title nor the first sentences name.
    """
    years = [y for line in scene.lines for y in _years(line.text)]
    latest = int(scene.ref.iso[:4]) if scene.ref else max(years, default=0)
    opening = {b for line in (*scene.lines[:3], *scene.heading) for _, _, b in line.bodies()}
    fined = any(rule("fined").search(line.text) for line in scene.lines)
    others: set[int] = set()
    known: set[int] = set(opening)
    for line in scene.lines:
        here = {b for _, _, b in line.bodies() if scene.cast.bodies[b].role == "organisation"}
        dated = _years(rule("since_then").sub("", line.text))
        old = bool(dated) and max(dated) < latest - 1
        telling = any(r.search(line.text) for r in (scene.words("attack"), scene.words("disclosure"), rule("was_hit")))
        first = next((b for _, _, b in line.bodies() if b in here), None)
        foreign = first is not None and first not in opening
        if not line.earlier and line.number > 1 and foreign and (first in others or (old and telling)):
            line.earlier = True
        if line.number > 1 and scene.lang == "en" and _names_elsewhere(line, opening):
            line.earlier = True
        if old and line.number > 0 and not fined and rule("indefinite_incident").search(line.text):
            line.earlier = line.earlier or rule("was_hit").search(line.text) is not None
        if line.earlier:
            others |= here - known
        known |= here


def _names_elsewhere(line: Line, opening: set[int]) -> bool:
    """“Unlike the attack on X, …”: an incident set beside the article's own, at a body that its beginning does not name."""
    found = (m for m in rule("en_elsewhere").finditer(line.masked))
    return any(number(sign) not in opening for m in found for sign in m.groups() if sign)


def _goes_on(line: Line, lines: list[Line]) -> bool:
    """“At that time …”, after a sentence of the past."""
    opens = re.match(
        r"(?i)(?:une période|à cette (?:époque|période)|à l'époque|at (?:the|that) time|that (?:attack|breach|incident))\b",
        line.text,
    )
    return bool(opens) and line.number > 0 and lines[line.number - 1].earlier


@cache
def pattern(lang: str, name: str) -> re.Pattern[str]:
    """One pattern, or a list of them as alternatives that share no group."""
    return compiled(_macros(lang, table("article_patterns")[lang][name]))


@cache
def patterns(lang: str, name: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a list."""
    return tuple(compiled(_macros(lang, p)) for p in table("article_patterns")[lang][name])


@cache
def group(lang: str, name: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a mapping, by name."""
    return {key: compiled(p) for key, p in table("article_patterns")[lang][name].items()}


_PLACE = r"(?: (?:in|near|à|en|outside) (?-i:\p{Lu})[\p{L}'-]+(?: (?-i:\p{Lu})[\p{L}'-]+)?)?"
"""“Moss Creek Clinic in Idaho”: the place beside a name."""


def _macros(lang: str, text: str) -> str:
    told = table("article_patterns")[lang]
    while re.search(r"\{[a-z_]+\}", text):  # a word list inside a pattern, or inside another word list
        text = re.sub(r"\{([a-z_]+)\}", lambda m: told[m[1]], text)
    text = text.replace("{W}", "[^.;:!?]{0,60}?")
    aside = "(?:,[^,.;]{0,120},|,)?" if lang == "fr" else "(?:,[^,.;]{0,80},|,)?"
    text = text.replace("{O}(?:,[^,.;]{0,80},|,)?", "{O}" + _PLACE + aside)
    text = re.sub(r"\{D(\d?)\}", lambda m: rf"(?:[\w-]+,?[ ']){{0,{m[1] or 6}}}?", text)
    counts: dict[str, int] = {}

    def named(match: re.Match[str]) -> str:
        letter = match[1]
        counts[letter] = counts.get(letter, -1) + 1
        return f"(?P<{letter}{counts[letter] or ''}>[{_CLASSES[letter]}]++)"

    return re.sub(r"\{([OVCASXEP])\}", named, text)


def got(match: re.Match[str], letter: str) -> int | None:
    """The body that a match has for a letter, whichever alternative matched."""
    for name, value in match.groupdict().items():
        if value and re.fullmatch(rf"{letter}\d*", name):
            return number(value[0])
    return None
