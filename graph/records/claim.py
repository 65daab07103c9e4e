"""Claim and Citation: one stated fact, who says it, and where it stands."""

import re
from dataclasses import dataclass
from functools import cache
from math import isfinite
from operator import attrgetter

from outbreach.graph import schema
from outbreach.graph.dates import when
from outbreach.graph.errors import ClaimError
from outbreach.graph.ids import short_hash
from outbreach.graph.records.check import either, in_list, label_of, no_empty_text
from outbreach.graph.records.mention import MENTION_ID
from outbreach.graph.vocabulary import vocabulary

QUOTE_WORDS = 20
"""A quote that is shipped has at most this many words (DESIGN, Claim)."""

LARGEST = 100_000_000_000
"""A number above it is a slip or damage, and no database of ours must hold it: the largest leaks count some 10¹⁰ records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a claim stands: the Source's mention, the place in it, its language, and the file that was read."""

    source: str
    locator: str | None = None
    lang: str | None = None
    sha256: str | None = None

    def __post_init__(self) -> None:
        no_empty_text(self, "a citation")


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
        no_empty_text(self, f"a claim ({self.predicate})")
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
_ROLES = {"event": "event_roles", "investigates": "investigation_roles", "sanction": "sanction_kinds"}


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
    scopes = (name for name in (claim.within, *claim.disjoint_with) if name and MENTION_ID.fullmatch(name))
    ends = (claim.subject, claim.object, claim.asserter, claim.incident, claim.citation.source)
    return {id for id in (*ends, *scopes) if id is not None}


def _check_claim(claim: Claim) -> None:
    if not isinstance(claim.citation, Citation):
        raise ClaimError(f"a claim ({claim.predicate}) has no citation")
    predicate = schema.PREDICATES.get(claim.predicate)
    if predicate is None:
        raise ClaimError(f"there is no predicate “{claim.predicate}”: {', '.join(schema.PREDICATES)}")
    if label_of(claim.subject) not in predicate.subject:
        raise ClaimError(
            f"the subject of {predicate.name} is {either(predicate.subject)}, "
            f"not {label_of(claim.subject)} ({claim.subject})"
        )
    if claim.object is None:
        if predicate.object and predicate.object_needed:
            raise ClaimError(f"{predicate.name} needs an object: {either(predicate.object)}")
    elif label_of(claim.object) not in predicate.object:
        expected = either(predicate.object) if predicate.object else "none"
        raise ClaimError(f"the object of {predicate.name} is {expected}, not {label_of(claim.object)} ({claim.object})")
    elif predicate.object == ("DataCategory",):
        in_list(claim.object.removeprefix("data."), "data_categories", "the data category")
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
            raise ClaimError(f"the {what} of {claim.predicate} is {either(labels)}, not {label_of(id)} ({id})")


def _check_number(claim: Claim, predicate: schema.Predicate) -> None:
    if predicate.value != "integer":
        for name in _NUMBERS:
            if getattr(claim, name) is not None:
                raise ClaimError(f"{predicate.name} has no {name}: it states no number")
        return
    low, high, value = claim.low, claim.high, claim.value
    if any(isinstance(number, int) and number < 0 for number in (low, high, value)):
        raise ClaimError(f"{predicate.name}: a number of people cannot be negative")
    if any(isinstance(number, int) and number > LARGEST for number in (low, high, value)):
        raise ClaimError(f"{predicate.name}: a number of people is at most {LARGEST:,}")
    if low is not None and high is not None and low > high:
        raise ClaimError(f"{predicate.name}: the lowest number, {low:,}, is above the highest, {high:,}")
    if claim.qualifier is None:
        raise ClaimError(f"{predicate.name} needs a qualifier: {either(schema.QUALIFIERS)}")
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
        in_list(str(value), wanted.removeprefix("term:"), predicate.name)
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
        in_list(claim.role, _ROLES[claim.predicate], f"the role of {claim.predicate}")
    if claim.population is not None:
        in_list(claim.population, "populations", "the population")
    in_list(claim.asserter_kind, "asserter_kinds", "the kind of asserter")
    for name, allowed in (
        ("qualifier", (None, *schema.QUALIFIERS)),
        ("modality", schema.MODALITIES),
        ("extraction", schema.EXTRACTIONS),
        ("basis", ("stated", "inferred")),
    ):
        if getattr(claim, name) not in allowed:
            raise ClaimError(
                f"the {name} of {claim.predicate} is “{getattr(claim, name)}”: {either(a for a in allowed if a)}"
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


@cache
def _allowed(edge: str, start: str, end: str) -> bool:
    return (start, end) in schema.edge_ends()[edge]
