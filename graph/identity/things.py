"""Attackers and software: joined by their names as those are written in their field, never where a name is several's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec
from anyascii import anyascii

from outbreach.graph.names import normalise
from outbreach.graph.records.record import Mention
from outbreach.graph.yamlfile import parse


@dataclass(frozen=True, slots=True)
class Same:
    """Two mentions of one thing, and why."""

    left: str
    right: str
    detail: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A mention whose name several bear."""

    mention: str
    name: str
    bearers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Products:
    makers: list[str]
    filler: list[str]
    same: dict[str, list[str]]


def attackers(mentions: Iterable[Mention]) -> tuple[list[Same], list[Ambiguous]]:
    """Attackers of one name; one named by an alias is joined to its bearer where there is only one.

    A brand and a crew are two, whatever they are called: mentions of two kinds are not joined. A name that several
    bear as an alias, and none as its own, stays ambiguous.
    """
    listed = sorted((m for m in mentions if m.label == "Attacker" and m.name), key=lambda m: m.id)
    named: dict[tuple[str, str], list[Mention]] = {}
    for mention in listed:
        named.setdefault((crew_name(mention.name or ""), mention.kind or ""), []).append(mention)
    same = [
        Same(group[0].id, other.id, f"both are named “{other.name}”") for group in named.values() for other in group[1:]
    ]
    kinds: dict[str, set[str]] = {}
    for name, kind in named:
        kinds.setdefault(name, set()).add(kind)
    doubtful: list[Ambiguous] = []
    for (name, kind), group in named.items():
        if not kind and len(special := kinds[name] - {""}) == 1:
            other = named[name, next(iter(special))][0]
            same.append(_same(group[0].id, other.id, f"both are named “{group[0].name}”"))
        elif not kind and len(special) > 1:
            doubtful.append(Ambiguous(group[0].id, name, tuple(named[name, k][0].id for k in sorted(special))))
    bearers: dict[str, dict[str, Mention]] = {}
    for mention in listed:
        for alias in mention.aliases:
            bearers.setdefault(crew_name(alias), {}).setdefault(crew_name(mention.name or ""), mention)
    for (name, kind), group in named.items():
        others = {bearer: m for bearer, m in bearers.get(name, {}).items() if bearer != name}
        fit = [m for _, m in sorted(others.items()) if not m.kind or not kind or m.kind == kind]
        if len(others) == 1 and len(fit) == 1 and not any(m.aliases for m in group):
            same.append(_same(group[0].id, fit[0].id, f"“{group[0].name}” is another name of {fit[0].name}"))
        elif len(others) > 1:
            doubtful.append(Ambiguous(group[0].id, name, tuple(m.id for m in fit)))
    return same, doubtful


def _same(one: str, other: str, detail: str) -> Same:
    return Same(min(one, other), max(one, other), detail)


def crew_name(name: str) -> str:
    """`CL0P`, `Cl0p ransomware gang` and `Clop` are written alike; digits inside a word stand for letters."""
    words = re.findall(r"[a-z0-9]+", anyascii(name).lower())
    kept = [w for w in words if w not in ("ransomware", "gang", "group", "team", "crew", "the", "hackers")] or words
    spelled = [re.sub(r"(?<=[a-z])0|0(?=[a-z])", "o", w) for w in kept]
    return "".join(spelled)


def product_name(mention: Mention) -> str:
    """What a product is called without its maker: `Progress MOVEit` and `MOVEit` are *moveit transfer*."""
    name = normalise(mention.name or "")
    for maker in sorted(_products().makers, key=len, reverse=True):
        if name.startswith(f"{maker} ") and name != maker:
            name = name.removeprefix(f"{maker} ")
            break
    kept = [word for word in name.split() if word not in _products().filler]
    name = " ".join(kept) or name
    return _called().get(name, name)


def software(mentions: Iterable[Mention]) -> Iterator[Same]:
    """Products of one name, with their makers' names left out."""
    groups: dict[str, Mention] = {}
    for mention in sorted((m for m in mentions if m.label == "Software" and m.name), key=lambda m: m.id):
        name = product_name(mention)
        if not name:
            continue
        first = groups.setdefault(name, mention)
        if first is not mention:
            yield Same(first.id, mention.id, f"both are the product “{name}”")


@cache
def _products() -> _Products:
    text = (files("outbreach.graph.identity") / "data" / "software_names.yaml").read_text(encoding="utf-8")
    return msgspec.convert(parse(text).data, _Products)


@cache
def _called() -> dict[str, str]:
    return {name: product for product, names in _products().same.items() for name in names}
