"""Record, Mention, Claim and Citation: what one row, post or article says, in its own terms.

They are the truth that the graph is projected from. Whatever the schema does not allow cannot be built.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from math import isfinite
from operator import attrgetter
from typing import Any

import msgspec

from outbreach.graph import schema
from outbreach.graph.dates import when
from outbreach.graph.errors import ClaimError
from outbreach.graph.ids import mention_id, short_hash
from outbreach.graph.places import is_place
from outbreach.graph.vocabulary import vocabulary

QUOTE_WORDS = 20
"""A quote that is shipped has at most this many words (DESIGN, Claim)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a claim stands: the Source's mention, the place in it, its language, and the file that was read."""

    source: str
    locator: str | None = None
    lang: str | None = None
    sha256: str | None = None

    def __post_init__(self) -> None:
        _no_empty_text(self, "a citation")


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
        unknown = values.keys() - {"id", *_NAMES[cls]}
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
        _no_empty_text(self, f"the {self.role} {self.id}")
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
                _in_list(value, allowed[name].removeprefix("term:"), f"the {name} of {self.display}")

    def _check_forms(self) -> None:
        if self.unnamed_count is not None and self.unnamed_count < 1:
            raise ClaimError(
                f"the {self.role} {self.id} is an unnamed group of {self.unnamed_count}: it has at least 1"
            )
        if self.reliability not in (None, *schema.RELIABILITIES):
            raise ClaimError(f"the reliability of {self.display} is “{self.reliability}”: {_or(schema.RELIABILITIES)}")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One stated fact: who says what of whom, in which words, where.

    `subject`, `object`, `asserter` and `incident` are ids of mentions in the same record; the object of `exposed` is a
    data category (`data.phone`). `incident` is the one in whose telling the claim stands. `low` and `high` bound a
    number (an absent `high` is open), see `interval`. `id` is derived from the content, not from the quote.
    """

    subject: str
    predicate: str
    citation: Citation
    object: str | None = None
    value: str | int | float | bool | None = None
    low: int | None = None
    high: int | None = None
    qualifier: str | None = None
    negated: bool = False
    modality: str = "stated"
    asserter: str | None = None
    asserter_role: str | None = None
    asserter_kind: str = "press"
    stated_on: str | None = None
    quote: str | None = None
    extraction: str = "row"
    basis: str = "stated"
    rule: str | None = None
    incident: str | None = None
    role: str | None = None
    date: str | None = None
    until: str | None = None
    service: str | None = None
    population: str | None = None
    subset: str | None = None
    within: str | None = None
    disjoint_with: tuple[str, ...] = ()
    exhaustive: bool = False
    amount: float | None = None
    currency: str | None = None
    reference: str | None = None
    wording: str | None = None
    cleared: bool = False
    text_en: str | None = None
    text_fr: str | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.amount, int):
            object.__setattr__(self, "amount", float(self.amount))
        _no_empty_text(self, f"a claim ({self.predicate})")
        _check_claim(self)
        computed = "claim-" + short_hash(*_IDENTITY(self), self.citation.source)
        if self.id not in ("", computed):
            raise ClaimError(f"the claim {self.id} does not match its content: its line was changed by hand")
        object.__setattr__(self, "id", computed)


_DETAILS = (
    "role", "date", "until", "service", "population", "subset", "within", "disjoint_with", "exhaustive", "amount",
    "currency", "reference", "wording", "cleared", "text_en", "text_fr",
)  # fmt: skip
_IDENTITY = attrgetter(
    "subject", "predicate", "object", "value", "low", "high", "qualifier", "negated", "modality", "asserter",
    "asserter_role", "asserter_kind", "stated_on", "basis", "rule", "incident", *_DETAILS,
)  # fmt: skip
_NUMBERS = ("low", "high", "qualifier")
_TABLED = tuple(
    field.name
    for field in fields(Mention)
    if field.name not in ("id", "label", "role", "name", "described_as", "node_id")
)
_MENTION_ID = re.compile(rf"({'|'.join(schema.PREFIXES)})\.[a-z2-7]{{10}}")
_ROLES = {"event": "event_roles", "investigates": "investigation_roles", "sanction": "sanction_kinds"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one row, post or article says: `source` is the loader's name, `key` its native key there."""

    source: str
    key: str
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    text: str | None = None
    lang: str | None = None

    @property
    def id(self) -> str:
        """`curated/segma-2023`: what a retraction names."""
        return f"{self.source}/{self.key}"

    def __post_init__(self) -> None:
        if not self.source or not self.key:
            raise ClaimError(f"the record “{self.id}” needs the name of its source and its key there")
        known = self._mentions()
        seen: set[str] = set()
        for claim in self.claims:
            strange = [id for id in spoken_of(claim) if id not in known and not id.startswith("data.")]
            if strange:
                raise ClaimError(
                    f"{self.id} has a claim ({claim.predicate}) of {min(strange)}, which it does not mention"
                )
            if claim.id in seen:
                raise ClaimError(f"{self.id} states the same thing twice ({claim.predicate}, {claim.id})")
            seen.add(claim.id)

    def _mentions(self) -> dict[str, Mention]:
        known: dict[str, Mention] = {}
        for mention in self.mentions:
            if mention.id in known:
                raise ClaimError(f"{self.id} mentions the {mention.role} “{mention.display}” twice")
            known[mention.id] = mention
            prefix = mention.id.partition(".")[0]
            if not any(
                mention.id == mention_id(prefix, self.source, key, mention.role, mention.raw) for key in (self.key, "")
            ):
                raise ClaimError(
                    f"the id {mention.id} is not that of “{mention.display}” in {self.id}: its line was changed by hand"
                )
        for mention in self.mentions:
            chain, source = {mention.id}, mention.relay_of
            while source is not None and _MENTION_ID.fullmatch(source):
                if source in chain:
                    raise ClaimError(f"{self.id}: the source “{mention.display}” relays itself")
                if source not in known:
                    raise ClaimError(f"{self.id} has a source that relays {source}, which it does not mention")
                chain.add(source)
                source = known[source].relay_of
        return known

    def to_json(self) -> str:
        """One line of JSON with sorted keys; absent fields are left out."""
        body = {"mentions": (), "claims": (), **_present(msgspec.to_builtins(self))}
        return json.dumps(body, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> "Record":
        """The record of such a line.

        Raises `ClaimError` where the line is damaged or says what the schema does not allow.
        """
        try:
            return msgspec.json.decode(line, type=cls)
        except msgspec.DecodeError as error:
            raise ClaimError(str(error)) from error


def interval(value: int, qualifier: str) -> tuple[int | None, int | None]:
    """Lowest and highest number meant by a stated figure (DESIGN, People): a placeholder means nothing."""
    return {
        "exact": (value, value),
        "about": (value, value),
        "at_least": (value, None),
        "up_to": (0, value),
        "placeholder": (None, None),
    }[qualifier]


def spoken_of(claim: Claim) -> set[str]:
    """The mentions, and the data category, that a claim speaks of or rests on."""
    scopes = (name for name in (claim.within, *claim.disjoint_with) if name and _MENTION_ID.fullmatch(name))
    ends = (claim.subject, claim.object, claim.asserter, claim.incident, claim.citation.source)
    return {id for id in (*ends, *scopes) if id is not None}


def label_of(mention: str) -> str:
    """The label of the thing that a mention id names."""
    return schema.PREFIXES.get(mention.partition(".")[0], mention)


def _check_claim(claim: Claim) -> None:
    if not isinstance(claim.citation, Citation):
        raise ClaimError(f"a claim ({claim.predicate}) has no citation")
    predicate = schema.PREDICATES.get(claim.predicate)
    if predicate is None:
        raise ClaimError(f"there is no predicate “{claim.predicate}”: {', '.join(schema.PREDICATES)}")
    if label_of(claim.subject) not in predicate.subject:
        raise ClaimError(
            f"the subject of {predicate.name} is {_or(predicate.subject)}, "
            f"not {label_of(claim.subject)} ({claim.subject})"
        )
    if claim.object is None:
        if predicate.object and predicate.object_needed:
            raise ClaimError(f"{predicate.name} needs an object: {_or(predicate.object)}")
    elif label_of(claim.object) not in predicate.object:
        expected = _or(predicate.object) if predicate.object else "none"
        raise ClaimError(f"the object of {predicate.name} is {expected}, not {label_of(claim.object)} ({claim.object})")
    elif predicate.object == ("DataCategory",):
        _in_list(claim.object.removeprefix("data."), "data_categories", "the data category")
    if (
        predicate.edge
        and claim.object
        and not _allowed(predicate.edge, label_of(claim.subject), label_of(claim.object))
    ):
        raise ClaimError(f"a {label_of(claim.subject)} is never {predicate.name} a {label_of(claim.object)}")
    _check_mentions(claim)
    _check_value(claim, predicate)
    _check_terms(claim)
    _check_number(claim, predicate)
    if claim.quote is not None and len(claim.quote.split()) > QUOTE_WORDS:
        raise ClaimError(
            f"{predicate.name}: the quote has {len(claim.quote.split())} words; at most {QUOTE_WORDS} are kept"
        )


def _check_mentions(claim: Claim) -> None:
    for what, id, labels in (
        ("source", claim.citation.source, ("Source",)),
        ("asserter", claim.asserter, ("Organisation", "Attacker")),
        ("incident", claim.incident, ("Incident",)),
    ):
        if id is not None and label_of(id) not in labels:
            raise ClaimError(f"the {what} of {claim.predicate} is {_or(labels)}, not {label_of(id)} ({id})")


def _check_number(claim: Claim, predicate: schema.Predicate) -> None:
    if predicate.value != "integer":
        for name in _NUMBERS:
            if getattr(claim, name) is not None:
                raise ClaimError(f"{predicate.name} has no {name}: it states no number")
        return
    low, high, value = claim.low, claim.high, claim.value
    if any(isinstance(number, int) and number < 0 for number in (low, high, value)):
        raise ClaimError(f"{predicate.name}: a number of people cannot be negative")
    if low is not None and high is not None and low > high:
        raise ClaimError(f"{predicate.name}: the lowest number, {low:,}, is above the highest, {high:,}")
    if claim.qualifier is None:
        raise ClaimError(f"{predicate.name} needs a qualifier: {_or(schema.QUALIFIERS)}")
    if claim.qualifier == "between":
        if value is not None or low is None or high is None:
            raise ClaimError(f"{predicate.name}: between needs a lowest and a highest number, and no other")
    elif not isinstance(value, int) or (low, high) != interval(value, claim.qualifier):
        raise ClaimError(f"{predicate.name}: {claim.qualifier} {value} does not mean {low} to {high}")


def _check_value(claim: Claim, predicate: schema.Predicate) -> None:
    value, wanted = claim.value, predicate.value
    if wanted is None and value is not None:
        raise ClaimError(f"{predicate.name} takes no value, but has “{value}”")
    if wanted == "date" and isinstance(value, str):
        when(value)
    elif wanted is not None and wanted.startswith("term:"):
        _in_list(str(value), wanted.removeprefix("term:"), predicate.name)
    elif wanted is not None:
        fits = {
            "integer": value is None or (isinstance(value, int) and not isinstance(value, bool)),
            "text": value is None or isinstance(value, str),
            "boolean": isinstance(value, bool),
            "date": False,
        }[wanted]
        if not fits:
            raise ClaimError(f"{predicate.name} needs a value of type {wanted}, not “{value}”")
    if predicate.name in ("note", "care_impact") and not (claim.value or claim.text_en or claim.text_fr):
        raise ClaimError(f"{predicate.name} says nothing: it needs a text")
    if predicate.name in ("event", "sanction") and claim.role is None:
        raise ClaimError(f"{predicate.name} needs a role: {', '.join(vocabulary(_ROLES[predicate.name]))}")


def _check_terms(claim: Claim) -> None:
    predicate = schema.PREDICATES[claim.predicate]
    for name in _DETAILS:
        if getattr(claim, name) not in (None, False, ()) and name not in predicate.details:
            raise ClaimError(f"{predicate.name} has no {name}; it has {', '.join(predicate.details) or 'no details'}")
    if claim.role is not None and claim.predicate in _ROLES:
        _in_list(claim.role, _ROLES[claim.predicate], f"the role of {claim.predicate}")
    if claim.population is not None:
        _in_list(claim.population, "populations", "the population")
    _in_list(claim.asserter_kind, "asserter_kinds", "the kind of asserter")
    for name, allowed in (
        ("qualifier", (None, *schema.QUALIFIERS)),
        ("modality", schema.MODALITIES),
        ("extraction", schema.EXTRACTIONS),
        ("basis", ("stated", "inferred")),
    ):
        if getattr(claim, name) not in allowed:
            raise ClaimError(
                f"the {name} of {claim.predicate} is “{getattr(claim, name)}”: {_or(a for a in allowed if a)}"
            )
    if (claim.basis == "inferred") != (claim.rule is not None):
        raise ClaimError(f"{claim.predicate}: an inference names its rule, and only an inference does")
    if claim.cleared and not claim.negated:
        raise ClaimError(f"{claim.predicate}: only a claim that something is not so can clear a body")
    if claim.amount is not None and not isfinite(claim.amount):
        raise ClaimError(f"{claim.predicate}: the amount is no number")
    if claim.currency is not None and not re.fullmatch(schema.CURRENCY_FORM, claim.currency):
        raise ClaimError(f"“{claim.currency}” is no currency: write its ISO 4217 code, as EUR")
    _check_dates(claim)


def _check_dates(claim: Claim) -> None:
    for text in (claim.stated_on, claim.date, claim.until):
        if text is not None:
            when(text)
    if claim.date and claim.until and when(claim.date).first_day > when(claim.until).last_day:
        raise ClaimError(f"{claim.predicate}: it begins on {claim.date}, after its end on {claim.until}")


def _in_list(term: str, name: str, what: str) -> None:
    terms = vocabulary(name)
    if term not in terms:
        raise ClaimError(f"{what} is “{term}”, which is not in graph/data/{name}.yaml: {', '.join(terms)}")


def _or(terms: Iterable[str]) -> str:
    words = list(terms)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _no_empty_text(thing: Citation | Mention | Claim, what: str) -> None:
    for index, value in enumerate(_VALUES[type(thing)](thing)):
        if value is None:
            continue
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and not text.strip():
                raise ClaimError(f"{what} has an empty {_NAMES[type(thing)][index]}: leave it out where it is unknown")


_NAMES = {cls: tuple(f.name for f in fields(cls) if f.name != "id") for cls in (Citation, Mention, Claim)}
_VALUES = {cls: attrgetter(*names) for cls, names in _NAMES.items()}


@cache
def _told_by_mentions(label: str) -> dict[str, str]:
    """What a mention may say of such a thing, and its type in the table; what a predicate states is for claims."""
    stated = {predicate.name for predicate in schema.PREDICATES.values() if label in predicate.subject}
    return {prop.name: prop.type for prop in schema.LABELS[label].properties if prop.name not in stated}


@cache
def _allowed(edge: str, start: str, end: str) -> bool:
    return (start, end) in schema.edge_ends()[edge]


def _present(value: object) -> Any:
    """Without what is absent: None, no items, and False but as a stated value."""
    if isinstance(value, dict):
        return {
            k: _present(v) for k, v in value.items() if v is not None and v != () and (v is not False or k == "value")
        }
    return [_present(v) for v in value] if isinstance(value, tuple) else value
