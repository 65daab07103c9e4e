"""Mention: something that a record speaks of, by the name that the record gives it."""

import re
from dataclasses import dataclass, fields
from functools import cache

import msgspec

from outbreach.graph import schema
from outbreach.graph.dates import when
from outbreach.graph.errors import ClaimError
from outbreach.graph.ids import mention_id
from outbreach.graph.places import is_place
from outbreach.graph.records.check import either, in_list, no_empty_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something that a record speaks of, by the name that the record gives it.

    `id` depends on (source, native row key, role, raw name) only; make one with `Mention.of`. Without a key it belongs
    to the source as a whole, and is the same mention in all its records (the dataset itself, the office that keeps it).
    `node_id` is set by a curated file that knows the thing; `described_as` stands for a name that the source withholds.
    """

    id: str
    label: str
    role: str
    name: str | None = None
    described_as: str | None = None
    node_id: str | None = None
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    kind: str | None = None
    country: str | None = None
    region: str | None = None
    city: str | None = None
    unnamed_count: int | None = None
    category: str | None = None
    name_en: str | None = None
    name_fr: str | None = None
    title_en: str | None = None
    title_fr: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    archived_url: str | None = None
    published_on: str | None = None
    retrieved_on: str | None = None
    lang: str | None = None
    licence: str | None = None
    reliability: str | None = None
    relay_of: str | None = None
    channel: str | None = None

    @classmethod
    def of(cls, source: str, key: str, label: str, role: str, name: str | None = None, **more: object) -> "Mention":
        """A mention in the record `key` of `source`; without a name, `described_as` tells it apart.

        Raises `ClaimError` where the schema does not allow it.
        """
        prefix = schema.LABELS[label].prefix if label in schema.LABELS else "?"
        raw = name if name is not None else str(more.get("described_as") or "")
        values = {"id": mention_id(prefix, source, key, role, raw), "label": label, "role": role, "name": name, **more}
        unknown = values.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ClaimError(f"a mention has no field {', '.join(sorted(unknown))}")
        try:
            return msgspec.convert(values, cls)
        except msgspec.ValidationError as error:
            raise ClaimError(str(error)) from error

    def __post_init__(self) -> None:
        label = schema.LABELS.get(self.label)
        if label is None or label.second_to or self.label in ("Claim", "DataCategory"):
            raise ClaimError(f"a mention cannot be a {self.label}: {', '.join(sorted(schema.PREFIXES.values()))} can")
        if not self.id.startswith(f"{label.prefix}."):
            raise ClaimError(f"the mention id {self.id} is not one of a {self.label}")
        no_empty_text(self, f"the {self.role} {self.id}")
        if self.node_id is not None and not re.fullmatch(rf"{label.prefix}(-[a-z0-9]+)+", self.node_id):
            raise ClaimError(f"an id of {self.label} is as {label.prefix}-dedalus-france, not {self.node_id}")
        self._check_fields()
        self._check_forms()

    def _check_fields(self) -> None:
        """The table says which fields a label has, and of which type."""
        allowed = _told_by_mentions(self.label)
        for name in _TABLED:
            value = getattr(self, name)
            if value is None or value == ():
                continue
            if name not in allowed:
                raise ClaimError(f"the {self.role} {self.display} has a {name}, which no {self.label} has")
            if allowed[name] == "date":
                when(value)
            elif allowed[name].startswith("term:"):
                in_list(value, allowed[name].removeprefix("term:"), f"the {name} of {self.display}")

    def _check_forms(self) -> None:
        if self.unnamed_count is not None and self.unnamed_count < 1:
            raise ClaimError(
                f"the {self.role} {self.id} is an unnamed group of {self.unnamed_count}: it has at least 1"
            )
        if self.reliability not in (None, *schema.RELIABILITIES):
            raise ClaimError(
                f"the reliability of {self.display} is “{self.reliability}”: {either(schema.RELIABILITIES)}"
            )
        if self.country is not None and not re.fullmatch(r"[A-Z]{2}", self.country):
            raise ClaimError(f"“{self.country}” is no country: write its ISO 3166-1 code, as FR")
        if self.region is not None and not re.fullmatch(rf"{self.country}-[A-Z0-9]{{1,3}}", self.region):
            raise ClaimError(
                f"“{self.region}” is no region of {self.country or '?'}: write its ISO 3166-2 code, as US-CA"
            )
        for code in (self.country, self.region):
            if code is not None and not is_place(code):
                raise ClaimError(f"“{code}” is no ISO 3166 code of a country or region: write FR, or FR-IDF")
        if self.region is not None and self.country != self.region[:2]:
            raise ClaimError(f"the region {self.region} of {self.display} is not in its country, {self.country}")
        for identifier in self.identifiers:
            if not re.fullmatch(r"[a-z0-9_-]+:\S.*", identifier):
                raise ClaimError(f"“{identifier}” is no identifier: write scheme:value, as npi:1234567893")

    @property
    def raw(self) -> str:
        """What the record calls it, as its id has it: its name, or the words that stand for one."""
        return self.name if self.name is not None else self.described_as or ""

    @property
    def display(self) -> str:
        """What to call it in a sentence."""
        return self.name or self.title_en or self.title or self.described_as or self.publisher or f"unnamed {self.role}"


_TABLED = tuple(
    field.name
    for field in fields(Mention)
    if field.name not in ("id", "label", "role", "name", "described_as", "node_id")
)
MENTION_ID = re.compile(rf"({'|'.join(schema.PREFIXES)})\.[a-z2-7]{{10}}")
"""What the id of a mention looks like."""


@cache
def _told_by_mentions(label: str) -> dict[str, str]:
    """What a mention may say of such a thing, and its type in the table; what a predicate states is for claims."""
    stated = {predicate.name for predicate in schema.PREDICATES.values() if label in predicate.subject}
    return {prop.name: prop.type for prop in schema.LABELS[label].properties if prop.name not in stated}
