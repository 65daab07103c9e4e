"""Record, Mention, Claim and Citation: what one row, post or article says, in its own terms.

They are the truth that the graph is projected from. Whatever the schema does not allow cannot be built.
"""

import json
import re
from dataclasses import dataclass, fields
from functools import cache
from math import isfinite

import msgspec

from outbreach.graph import schema
from outbreach.graph.dates import when
from outbreach.graph.errors import ClaimError
from outbreach.graph.ids import mention_id, short_hash
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
        if not self.source:
            raise ClaimError("a citation names no source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something that a record speaks of, by the name that the record gives it.

    `id` depends on (source, native row key, role, raw name) only; make one with `Mention.of`.
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
        return _convert(values, cls)

    def __post_init__(self) -> None:
        label = schema.LABELS.get(self.label)
        if label is None or label.second_to or self.label in ("Claim", "DataCategory"):
            raise ClaimError(f"a mention cannot be a {self.label}: {', '.join(sorted(schema.PREFIXES.values()))} can")
        if not self.id.startswith(f"{label.prefix}."):
            raise ClaimError(f"the mention id {self.id} is not one of a {self.label}")
        if self.name is not None and not self.name.strip():
            raise ClaimError(f"the {self.role} {self.id} has an empty name: leave an unknown name out")
        if self.unnamed_count is not None and self.unnamed_count < 1:
            raise ClaimError(
                f"the {self.role} {self.id} is an unnamed group of {self.unnamed_count}: it has at least 1"
            )
        for text in (self.published_on, self.retrieved_on):
            if text is not None:
                when(text)
        if self.kind is not None:
            kinds = "source_kinds" if self.label == "Source" else "organisation_kinds"
            _in_list(self.kind, kinds, f"the kind of {self.name or self.id}")
        if self.category is not None:
            _in_list(self.category, "software_categories", f"the category of {self.name or self.id}")
        if self.reliability not in (None, *schema.RELIABILITIES):
            raise ClaimError(
                f"the reliability of {self.name or self.id} is “{self.reliability}”: {_or(schema.RELIABILITIES)}"
            )
        for identifier in self.identifiers:
            if not re.fullmatch(r"[a-z0-9_-]+:\S.*", identifier):
                raise ClaimError(f"“{identifier}” is no identifier: write scheme:value, as npi:1234567893")

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
        _check_claim(self)
        computed = "claim-" + short_hash(*(getattr(self, name) for name in _IDENTITY), self.citation.source)
        if self.id not in ("", computed):
            raise ClaimError(f"the claim {self.id} does not match its content: its line was changed by hand")
        object.__setattr__(self, "id", computed)


_IDENTITY = (
    "subject", "predicate", "object", "value", "low", "high", "qualifier", "negated", "modality", "asserter",
    "asserter_role", "asserter_kind", "stated_on", "role", "date", "until", "service", "population", "subset",
    "amount", "currency", "reference", "cleared", "text_en", "text_fr",
)  # fmt: skip
_DETAILS = (
    "role", "date", "until", "service", "population", "subset", "within", "disjoint_with", "exhaustive", "amount",
    "currency", "reference", "wording", "cleared", "text_en", "text_fr",
)  # fmt: skip
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
        known: dict[str, Mention] = {}
        for mention in self.mentions:
            if mention.id in known:
                raise ClaimError(f"{self.id} mentions the {mention.role} “{mention.display}” twice")
            known[mention.id] = mention
        seen: set[str] = set()
        for claim in self.claims:
            for part in ("subject", "object", "asserter", "incident"):
                name = getattr(claim, part)
                if name is not None and name not in known and not name.startswith("data."):
                    raise ClaimError(f"{self.id} has a claim whose {part} {name} it does not mention")
            if claim.citation.source not in known:
                raise ClaimError(f"{self.id} has a claim whose source {claim.citation.source} it does not mention")
            if claim.id in seen:
                raise ClaimError(f"{self.id} states the same thing twice ({claim.predicate}, {claim.id})")
            seen.add(claim.id)

    def to_json(self) -> str:
        """One line of JSON with sorted keys; absent fields are left out."""
        return json.dumps(_without_absent(msgspec.to_builtins(self)), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> "Record":
        """The record of such a line.

        Raises `ClaimError` where the line is damaged or says what the schema does not allow.
        """
        try:
            return msgspec.json.decode(line, type=cls)
        except msgspec.DecodeError as error:
            raise ClaimError(_cause(error)) from error


def interval(value: int, qualifier: str) -> tuple[int | None, int | None]:
    """Lowest and highest number meant by a stated figure (DESIGN, People): a placeholder means nothing."""
    return {
        "exact": (value, value),
        "about": (value, value),
        "at_least": (value, None),
        "up_to": (0, value),
        "placeholder": (None, None),
    }[qualifier]


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
            f"the subject of {predicate.name} is {_or(predicate.subject)}, not {label_of(claim.subject)} ({claim.subject})"
        )
    if claim.object is None:
        if predicate.object and predicate.object_needed:
            raise ClaimError(f"{predicate.name} needs an object: {_or(predicate.object)}")
    elif label_of(claim.object) not in predicate.object:
        expected = _or(predicate.object) if predicate.object else "none"
        raise ClaimError(f"the object of {predicate.name} is {expected}, not {label_of(claim.object)} ({claim.object})")
    elif predicate.object == ("DataCategory",):
        _in_list(claim.object.removeprefix("data."), "data_categories", "the data category")
    _check_value(claim, predicate)
    if claim.low is not None and claim.high is not None and claim.low > claim.high:
        raise ClaimError(f"{predicate.name}: the lowest number, {claim.low:,}, is above the highest, {claim.high:,}")
    if (claim.low is not None and claim.low < 0) or (claim.high is not None and claim.high < 0):
        raise ClaimError(f"{predicate.name}: a number of people cannot be negative")
    _check_terms(claim)
    if claim.quote is not None and len(claim.quote.split()) > QUOTE_WORDS:
        raise ClaimError(
            f"{predicate.name}: the quote has {len(claim.quote.split())} words; at most {QUOTE_WORDS} are kept"
        )


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
            "integer": (value is None and (claim.low is not None or claim.high is not None))
            or (isinstance(value, int) and not isinstance(value, bool)),
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
    for text in (claim.stated_on, claim.date, claim.until):
        if text is not None:
            when(text)


def _in_list(term: str, name: str, what: str) -> None:
    terms = vocabulary(name)
    if term not in terms:
        raise ClaimError(f"{what} is “{term}”, which is not in graph/data/{name}.yaml: {', '.join(terms)}")


def _or(terms: object) -> str:
    words = [str(term) for term in terms]  # type: ignore[attr-defined]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _cause(error: Exception) -> str:
    return str(error.__cause__) if isinstance(error.__cause__, ClaimError) else str(error)


def _convert(values: dict[str, object], cls: type[Mention]) -> Mention:
    unknown = values.keys() - _field_names(cls)
    if unknown:
        raise ClaimError(f"a mention has no field {', '.join(sorted(unknown))}")
    try:
        return msgspec.convert(values, cls)
    except msgspec.ValidationError as error:
        raise ClaimError(_cause(error)) from error


@cache
def _field_names(cls: type[Mention]) -> frozenset[str]:
    return frozenset(field.name for field in fields(cls))


def _without_absent(value: object) -> object:
    if isinstance(value, dict):
        return {
            k: _without_absent(v)
            for k, v in value.items()
            if v is not None and v != () and (v is not False or k == "value")
        }
    return [_without_absent(v) for v in value] if isinstance(value, (list, tuple)) else value
