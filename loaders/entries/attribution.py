"""Attributions as EuRepoC codes them: side by side, each as the word of whose it is, and in which form it came."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from re import fullmatch
from typing import Any

from outbreach.graph.records.record import Mention
from outbreach.loaders.files.row import Remarks, Row
from outbreach.loaders.words.attacker import attacker_of
from outbreach.loaders.words.bodies import body_of, is_named, is_office, may_be_person
from outbreach.loaders.words.cells import items_of
from outbreach.loaders.words.lists import tables
from outbreach.loaders.words.telling import Telling

Words = dict[str, str]
LANGS = ("en", "fr")
ATTRIBUTION = (
    "attributed_initiator", "attribution_basis", "attribution_type", "attributing_actor", "attribution_date",
    "attributed_initiator_category",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A basis or a form of an attribution."""

    en: str
    fr: str
    kind: str = "dataset"
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Lists:
    """`data/eurepoc.yaml`."""

    needed: tuple[str, ...]
    ignored: tuple[str, ...]
    health: frozenset[str]
    absent: tuple[str, ...]
    receivers: dict[str, bool]
    countries: Words
    incident_types: dict[str, tuple[str, ...]]
    techniques: dict[str, str | None]
    disclosed_by_attacker: str
    disclosures: dict[str, Words]
    initiators: dict[str, str | None]
    unsure: tuple[str, ...]
    bases: dict[str, Term]
    forms: dict[str, Term]
    words: dict[str, Any]


@cache
def lists() -> Lists:
    """EuRepoC’s closed lists and our terms for them."""
    return tables("eurepoc", Lists)


def initiators(row: Row, tale: Telling) -> list[tuple[Mention, str]]:
    """The initiators that the data set settles on, as far as they are named, and whether it is sure of them."""
    names, kinds = items(row, "initiator_name"), items(row, "initiator_category")
    found: list[tuple[Mention, str]] = []
    for place, name in enumerate(names):
        kind = kinds[place] if len(kinds) == len(names) else None
        if attacker := _attacker(tale, name, kind):
            found.append((attacker, "hedged" if kind is None or kind in lists().unsure else "stated"))
    return found


def _attacker(tale: Telling, name: str, category: str | None) -> Mention | None:
    try:
        return attacker_of(tale, name, lists().initiators.get(category or ""))
    except ValueError:
        return None


def attributions(row: Row, tale: Telling, incident: Mention, found: Remarks) -> None:
    """Each attribution once, as the word of whose it is, and a note that says in which form it came."""
    columns = [items(row, name, keep=True) for name in ATTRIBUTION]
    length = max(len(column) for column in columns)
    even = [c * length if len(c) == 1 else c if len(c) == length else [""] * length for c in columns]
    for whom, basis, form, actor, day, category in dict.fromkeys(zip(*even, strict=True)):
        word = found.term(lists().bases, "attribution_basis", basis or None, row.where)
        way = found.term(lists().forms, "attribution_type", form or None, row.where)
        if not (basis or form):
            continue
        by, attacker = _speaker(tale, actor), _attacker(tale, whom, category) if is_named(whom) else None
        unsure = word is None or word.hedged or (way is not None and way.hedged) or category in lists().unsure
        kind, when = word.kind if word else "dataset", day_of_cell(day) or tale.said["stated_on"]
        asserter = attacker if kind == "attacker" else by
        if attacker:
            tale.say(
                incident, "attributed_to", attacker, modality="hedged" if unsure else "stated", asserter_kind=kind,
                asserter=asserter.id if asserter else None, stated_on=when,
            )  # fmt: skip
        tale.say(
            incident, "note", attacker, value="; ".join(term for term in (basis, form) if term), stated_on=when,
            **_attribution(attacker, whom, word, way, by),
        )  # fmt: skip


def _attribution(
    attacker: Mention | None, whom: str, word: Term | None, way: Term | None, by: Mention | None
) -> dict[str, str]:
    """An attribution in both languages; who may be a natural person is not named."""
    words, texts = lists().words, {}
    for lang in LANGS:
        texts[f"text_{lang}"] = words["attribution"][lang].format(
            whom=attacker.display if attacker else words["withheld" if is_named(whom) else "nobody"][lang],
            basis=getattr(word, lang) if word else words["unclear"][lang],
            form=f" ({getattr(way, lang)})" if way else "",
            by=words["by"][lang].format(actor=by.display) if by else "",
        )
    return texts


def _speaker(tale: Telling, actor: str) -> Mention | None:
    """The body that attributes; a natural person who speaks for one is not named."""
    body = body_of(actor)
    if not is_named(actor) or may_be_person(actor) or is_office(actor) or "," in (body.beside or ""):
        return None
    name = actor if body.beside else body.name
    return tale.mention("Organisation", "attributing body", name, aliases=body.aliases)


def items(row: Row, name: str, *, keep: bool = False) -> list[str]:
    """A cell as its items; those that say nothing are left out, or empty where their places count."""
    items = [item if item not in lists().absent else "" for item in items_of(row.text(name))]
    return items if keep else [item for item in items if item]


def day_of_cell(cell: object) -> str | None:
    """A day that exists; the first of a month is that month, and the first of January that year."""
    match = fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?: 00:00:00)?", str(cell or "").strip())
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return None
    if day != "01":
        return f"{year}-{month}-{day}"
    return f"{year}-{month}" if month != "01" else year
