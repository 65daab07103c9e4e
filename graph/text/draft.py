"""A draft: what a reader found in an article, in the form of an incident file, each fact with its words and their place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from outbreach.graph.ids import slug
from outbreach.graph.text.cast.body import Body
from outbreach.graph.text.cast.scene import Scene

QUOTE_WORDS = 20
_FIELDS = {
    "organisation": "organisation",
    "authority": "authority",
    "software": "software",
    "attacker": "attacker",
    "media": "organisation",
}
_HEALTH_COUNTRIES: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Draft:
    """What was found: a verdict on the text, and an incident file where the verdict is not none."""

    verdict: str
    why: str | None
    lang: str
    title: dict[str, str]
    sources: dict[str, dict[str, Any]]
    cast: dict[str, dict[str, Any]]
    facts: list[dict[str, Any]]

    def form(self) -> dict[str, Any]:
        """The incident file, as docs/incident-files.md has it."""
        return {"title": self.title, "sources": self.sources, "cast": self.cast, "facts": self.facts}

    def shown(self) -> dict[str, Any]:
        """The same with the verdict before it."""
        said = {"verdict": self.verdict, **({"why": self.why} if self.why else {})}
        return {**said, "lang": self.lang, **self.form()}


@dataclass(slots=True)
class Desk:
    """Where a draft is written: bodies get their keys as facts name them, and each fact its quote."""

    scene: Scene
    facts: list[dict[str, Any]] = field(default_factory=list)
    keys: dict[int, str] = field(default_factory=dict)
    extra: dict[str, dict[str, Any]] = field(default_factory=dict)
    _said: set[str] = field(default_factory=set)

    def key(self, body: int) -> str:
        """The key of a body in the cast."""
        if body not in self.keys:
            thing = self.scene.cast.bodies[body]
            words = thing.name or thing.described_as or thing.role
            base = re.sub(r"^[^a-z]+", "", slug(words).replace("-", "_"))[:40].strip("_") or thing.role
            taken = {*self.keys.values(), *self.extra, "this", "article"}
            self.keys[body] = next(k for k in (base, *(f"{base}_{n}" for n in range(2, 99))) if k not in taken)
        return self.keys[body]

    def say(self, what: dict[str, Any], start: int, end: int, by: Iterable[int] = (), **more: Any) -> None:
        """Add a fact, once for each who says it; the words at `start`–`end` are in its quote."""
        quote = self.quote(start, end)
        speakers: list[int | None] = [*by]
        for speaker in speakers or [None]:
            fact = {**what, **{k: v for k, v in more.items() if v not in (None, False)}}
            if speaker is not None:
                fact["by"] = self.key(speaker)
            same = repr(sorted((k, v) for k, v in fact.items() if k not in ("quote", "locator", "by_role")))
            if same in self._said:
                continue
            self._said.add(same)
            self.facts.append({**fact, "quote": quote[0], "locator": f"offset {quote[1]}"})

    def quote(self, start: int, end: int) -> tuple[str, int]:
        """At most twenty words of the text around a place, without a person's name; and where they begin."""
        line = next(
            (x for x in [*self.scene.lines, *self.scene.heading] if x.start <= start < x.start + len(x.text)),
            None,
        )
        text = self.scene.passage.text
        low, high = (line.start, line.start + len(line.text)) if line else (start, end)
        people = [(m.start, m.end) for m in self.scene.cast.mentions if self.scene.cast.bodies[m.body].role == "person"]
        for a, b in people:
            low = b if low <= a and b <= start else low
            high = a if a >= end and high >= b else high
        words = [(low + m.start(), low + m.end()) for m in re.finditer(r"\S+", text[low:high])]
        core = [i for i, (a, b) in enumerate(words) if b > start and a < end] or [0]
        first, last = core[0], core[-1]
        if last - first + 1 > QUOTE_WORDS:
            last = first + QUOTE_WORDS - 1
        while (
            last - first + 1 < QUOTE_WORDS - 6
            and last + 1 < len(words)
            and not re.search(r"[.;!?]$", text[slice(*words[last])])
        ):
            last += 1
        while last - first + 1 < QUOTE_WORDS and first > 0 and first > core[0] - 7:
            first -= 1
        begin, stop = words[first][0], words[last][1]
        said = text[begin:stop]
        lead = len(said) - len(said.lstrip("«»“”\"',;:–—-( \u00a0\u202f"))
        said = said.strip("«»“”\"',;:–—-( \u00a0\u202f")
        return self.scene.passage.fold.said(begin + lead, begin + lead + len(said))

    def cast(self) -> dict[str, dict[str, Any]]:
        """The bodies that facts name, in the form of an incident file."""
        return {**{key: _entry(self.scene, body) for body, key in self.keys.items()}, **self.extra}


def _entry(scene: Scene, number: int) -> dict[str, Any]:
    body: Body = scene.cast.bodies[number]
    role = _FIELDS[body.role]
    if body.role == "organisation" and number in scene.vendors:
        role = "vendor"
    entry: dict[str, Any] = {role: _capital(body.name) if body.name else None}
    if not body.name:
        entry["described_as"] = body.described_as or body.role
    if body.unnamed_count:
        entry["unnamed_count"] = body.unnamed_count
    if body.aliases:
        entry["aliases"] = sorted(set(body.aliases) - {body.name})
    kind = "media" if body.role == "media" else body.kind
    known = body.known
    if known and known.id and body.name:
        entry["id"] = known.id
    if body.role in ("organisation", "authority", "media") and (
        kind or (body.role == "organisation" and number in scene.vendors)
    ):
        entry["kind"] = kind or "company"
    if body.role == "software" and body.category:
        entry["category"] = body.category
    if known and known.role == "authority" and body.name:
        entry |= {k: v for k in ("country", "region", "name_en", "name_fr") if (v := getattr(known, k))}
    return {k: v for k, v in entry.items() if v not in ([], None) or k == role}


def _capital(name: str) -> str:
    """`centre hospitalier de X` begins with a capital where it stands alone; `aTouchAway` keeps its own."""
    return name[0].upper() + name[1:] if re.match(r"[a-zà-ÿ]+ ", name) else name
