"""The form of a curated incident file: what a journalist may write, field by field, and its JSON Schema."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from outbreach.graph import schema
from outbreach.graph.vocabulary import vocabulary

Text = Annotated[str, Meta(min_length=1)]
Key = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$", description="a short key of your own")]
# Not `Key | list[Key]`: msgspec crashes at exit where a union shares a `Meta` (github.com/msgspec/msgspec/issues/717).
Keys = str | list[str]
When = Annotated[
    str | int,
    Meta(description="2023, 2023-05, 2023-05-31, or a season: 2023-21 spring, -22 summer, -23 autumn, -24 winter"),
]


class Both(Struct, forbid_unknown_fields=True, frozen=True):
    """A text in both languages."""

    en: Text
    fr: Text


class SourceEntry(Struct, forbid_unknown_fields=True, frozen=True):
    """An article, letter, portal row or dataset."""

    kind: Text
    lang: Annotated[str, Meta(pattern=r"^[a-z]{2}$")]
    publisher: Text | None = None
    title: Text | None = None
    url: Annotated[str, Meta(pattern=r"^https?://\S+$")] | None = None
    archived_url: Annotated[str, Meta(pattern=r"^https?://\S+$")] | None = None
    published_on: When | None = None
    retrieved_on: When | None = None
    licence: Text | None = None
    reliability: Text = "normal"
    relay_of: (
        Annotated[str, Meta(description="whose text this source copies: a source key, or a publisher’s name")] | None
    ) = None


class CastEntry(Struct, forbid_unknown_fields=True, frozen=True):
    """Somebody or something that the sources speak of: one of the first eight fields says what, with its name.

    A name left empty (`software:`) is one that the sources do not give; `described_as` then holds their words.
    """

    organisation: str | None = None
    vendor: str | None = None
    authority: str | None = None
    software: str | None = None
    vulnerability: str | None = None
    attacker: str | None = None
    campaign: str | None = None
    incident: str | None = None
    id: (
        Annotated[str, Meta(pattern=r"^[a-z]+-[a-z0-9-]+$", description="the node’s id, where you know the node")]
        | None
    ) = None
    described_as: Text | None = None
    aliases: list[Text] = []
    identifiers: list[Text] = []
    kind: Text | None = None
    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")] | None = None
    region: Annotated[str, Meta(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$", description="ISO 3166-2")] | None = None
    city: Text | None = None
    unnamed_count: Annotated[int, Meta(ge=1)] | None = None
    category: Text | None = None
    name_en: Text | None = None
    name_fr: Text | None = None
    title: Both | None = None


class Fact(Struct, forbid_unknown_fields=True, frozen=True):
    """One stated fact: exactly one of the first fields says what, the others who says it, where, in which words."""

    affected: Keys | None = None
    originated_at: Key | None = None
    exploited: Keys | None = None
    attributed_to: Keys | None = None
    exposed: Keys | None = None
    part_of: Keys | None = None
    led_to: Keys | None = None
    investigates: Keys | None = None
    supplies: list[Key] | None = None
    makes: list[Key] | None = None
    uses: list[Key] | None = None
    has: list[Key] | None = None
    notified: Keys | None = None
    operates: list[Key] | None = None
    people: Annotated[int, Meta(ge=0)] | list[int] | None = None
    kind: Keys | None = None
    occurred_from: When | None = None
    occurred_to: When | None = None
    discovered_on: When | None = None
    disclosed_on: When | None = None
    event: Text | None = None
    sanction: Text | None = None
    care_impact: Both | None = None
    note: Both | None = None

    source: Key | None = None
    quote: Text | None = None
    lang: Annotated[str, Meta(pattern=r"^[a-z]{2}$")] | None = None
    locator: Text | None = None
    by: Key | None = None
    by_role: Text | None = None
    hedged: bool = False
    negated: bool = False
    qualifier: Text | None = None
    inferred: Text | None = None
    stated_on: When | None = None
    incident: Key | None = None
    subject: Key | None = None
    of: Key | None = None
    authority: Key | None = None
    role: Text | None = None
    date: When | None = None
    until: When | None = None
    service: Text | None = None
    population: Text | None = None
    subset: Text | None = None
    within: Text | None = None
    disjoint_with: list[Text] = []
    exhaustive: bool = False
    amount: float | None = None
    currency: Text | None = None
    reference: Text | None = None
    wording: Text | None = None
    cleared: bool = False
    text: Both | None = None


class IncidentFile(Struct, forbid_unknown_fields=True, frozen=True):
    """One incident as its sources tell it."""

    title: Both
    sources: dict[Key, SourceEntry]
    facts: list[Fact]
    cast: dict[Key, CastEntry] = {}
    extraction: (
        Annotated[
            str, Meta(description="rule or model, where a machine wrote the facts and nobody read them; else left out")
        ]
        | None
    ) = None
    id: Annotated[str, Meta(pattern=r"^incident-[a-z0-9-]+$")] | None = None


PREDICATE_FIELDS = tuple(Fact.__struct_fields__[: Fact.__struct_fields__.index("source")])
"""The fields of `Fact` of which a fact has exactly one."""
CAST_FIELDS = {
    "organisation": "Organisation",
    "vendor": "Organisation",
    "authority": "Organisation",
    "software": "Software",
    "vulnerability": "Vulnerability",
    "attacker": "Attacker",
    "campaign": "Campaign",
    "incident": "Incident",
}
"""The fields of `CastEntry` of which an entry has exactly one, and the label that each means."""
READ_BY_MACHINE = ("rule", "model")
"""What `extraction` may be; absent is curated: a person wrote the facts, or read and accepted them."""
_LISTS = {
    ("Fact", "exposed"): "data_categories",
    ("Fact", "kind"): "incident_kinds",
    ("Fact", "event"): "event_roles",
    ("Fact", "sanction"): "sanction_kinds",
    ("Fact", "population"): "populations",
    ("CastEntry", "kind"): "organisation_kinds attacker_kinds",
    ("CastEntry", "category"): "software_categories",
    ("SourceEntry", "kind"): "source_kinds",
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema that editors check an incident file with; closed lists become enumerations."""
    document = msgspec.json.schema(IncidentFile)
    parts = document["$defs"]
    for (part, field), names in _LISTS.items():
        terms = {"enum": [term for name in names.split() for term in vocabulary(name)]}
        lists = field in ("exposed", "kind") and part == "Fact"
        parts[part]["properties"][field] = {"anyOf": [terms, {"type": "array", "items": terms}]} if lists else terms
    parts["IncidentFile"]["properties"]["extraction"] = {"enum": list(READ_BY_MACHINE)}
    parts["Fact"]["properties"]["qualifier"] = {"enum": list(schema.QUALIFIERS)}
    parts["SourceEntry"]["properties"]["reliability"] = {"enum": list(schema.RELIABILITIES)}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Outbreach: an incident", **document}
