"""The closed lists of authorities, attackers and products, found in a text by any of their names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from outbreach.graph.ids import slug
from outbreach.graph.text.lexicon import compiled, normal, rule, table


@dataclass(frozen=True, slots=True)
class Known:
    """A thing of a closed list; without a name where the text only describes it."""

    role: str
    """authority, attacker or software."""
    key: str
    name: str | None
    id: str | None = None
    kind: str | None = None
    country: str | None = None
    region: str | None = None
    name_en: str | None = None
    name_fr: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """One of them at its place in a text."""

    start: int
    end: int
    known: Known


def sightings(text: str, context: str | None = None) -> list[Sighting]:
    """Authorities, attackers and products in a text read with plain apostrophes; the longest name at each place.

    `context` is the whole article where `text` is a sentence of it: it tells which of two bodies of one name is meant.
    """
    context = context or text
    found = [
        *_authorities(text, context),
        *_listed(text, context, "attackers", "attacker"),
        *_listed(text, context, "software", "software"),
    ]
    kept: list[Sighting] = []
    for one in sorted(found, key=lambda s: (s.start - s.end, s.start, s.known.name is None)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda s: s.start)


@cache
def authority(key: str) -> Known:
    """The authority that stands under a key of `graph/text/data/authorities.yaml`."""
    entry: dict[str, Any] = table("authorities")["bodies"][key]
    if "same_as" in entry:
        return authority(entry["same_as"])
    told = {name: entry.get(name) for name in ("kind", "country", "region", "name_en", "name_fr")}
    return Known("authority", key, entry["name"], id=f"org-{key}", **told)


@cache
def _names(kind: str) -> list[tuple[re.Pattern[str], str, dict[str, Any]]]:
    """One pattern for each entry: an alias of one word as written or capitalised, a longer one in any case."""
    entries = table("authorities")["bodies"] if kind == "authorities" else table(kind)
    found = []
    for key, entry in entries.items():
        parts = []
        for alias in sorted(entry["aliases"], key=len, reverse=True):
            plain = normal(alias)
            words = re.escape(plain).replace(r"\ ", r"[ -]" if kind != "authorities" else " ")
            if " " in plain or (kind == "authorities" and len(plain) > 6 and plain.upper() != plain):
                parts.append(rf"(?i:{words})")
            else:
                parts.append(words if plain.upper() != plain else rf"(?:{words}|{re.escape(plain.capitalize())})")
        found.append((re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w]|-\w)"), key, entry))
    return found


def _authorities(text: str, context: str) -> Iterator[Sighting]:
    for pattern, key, entry in _names("authorities"):
        matches = list(pattern.finditer(text))
        if not matches or not _fits(context, entry):
            continue
        for match in matches:
            yield Sighting(match.start(), match.end(), authority(key))
    for entry in table("authorities")["patterns"]:
        if not _fits(context, entry):
            continue
        for match in _pattern(entry["match"]).finditer(text):
            place = (match.groupdict().get("place") or "").strip()
            name = entry["name"].replace("de {place}", "d’{place}") if place[:1] in "AEIOUYÉÈÎÔÂ" else entry["name"]
            name = name.replace("{place}", place)
            key = entry.get("id") or slug(entry.get("slug", entry["name"]).replace("{place}", place))
            told = {part: entry.get(part) for part in ("kind", "country", "region")}
            names = {part: entry[part].replace("{place}", place) for part in ("name_en", "name_fr")}
            yield Sighting(
                match.start(), match.end(), Known("authority", key, name, id=f"org-{key}", **told, **names)
            )  # fmt: skip
    for entry in table("authorities")["unnamed"]:
        for match in _pattern(entry["match"]).finditer(text):
            yield Sighting(match.start(), match.end(), Known("authority", slug(match[0]), None, kind=entry["kind"]))


@cache
def _pattern(match: str) -> re.Pattern[str]:
    return compiled(rf"(?<![\w-])(?:{match})(?![\w])", cased="(?P<place>\\p{Lu}" in match)


def _fits(text: str, entry: dict[str, Any]) -> bool:
    only, excluded = entry.get("only"), entry.get("not")
    return (not only or any(_word(word).search(text) for word in only)) and not (
        excluded and any(_word(word).search(text) for word in excluded)
    )


@cache
def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(normal(word))}(?!\w)")


def _listed(text: str, context: str, kind: str, role: str) -> Iterator[Sighting]:
    for pattern, key, entry in _names(kind):
        for match in pattern.finditer(text):
            if entry.get("common") and not _beside(context, match, role):
                continue
            prefix = {"attacker": "attacker", "software": "software"}[role]
            known = Known(role, key, entry["name"], id=f"{prefix}-{key}", category=entry.get("category"))
            yield Sighting(match.start(), match.end(), known)


def _beside(text: str, match: re.Match[str], role: str) -> bool:
    """A name that is also a word counts where one mention of it stands beside “group”, “ransomware” and the like."""
    name = re.escape(match[0])
    beside = rule(f"{role}_beside").pattern
    return bool(
        re.search(rf"\b{beside}(?: (?:\w+ )?|(?<='))(?:« ?|“|\")?{name}(?!\w)", text, re.IGNORECASE)
        or re.search(rf"(?<!\w){name}(?: ?»|”|\")?,?(?: (?:an?|the|une?|le))?(?: \w+)? {beside}", text)
    )
