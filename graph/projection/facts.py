"""Claims with their ends resolved: who and what they are about, what they rest on, and which of them still stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from outbreach.graph.dates import when
from outbreach.graph.identity.resolve import Identity
from outbreach.graph.names import normalise
from outbreach.graph.records.record import Claim, Mention, Record
from outbreach.graph.records.workspace import without

_SUPERSEDED = frozenset({"people", "affected", "occurred_from", "occurred_to", "discovered_on", "disclosed_on"})
"""Predicates in which an asserter's later word replaces its earlier one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A claim as the graph knows it; subject, object, asserter, incident and source are node ids."""

    claim: Claim
    record: str
    subject: str
    object: str | None
    asserter: str | None
    incident: str | None
    source: str
    root: str
    """Whose independent word it is: the source's root along relay_of, else its publisher."""
    relay: bool
    """The source only repeats another, and quotes no body by name."""
    reliability: str
    publisher: str | None
    disjoint: tuple[str, ...] = ()
    """Scopes that its people are stated not to be in."""
    current: bool = True
    register: bool = False
    """It stands in a register, which tells who a body is, and is drawn only where another record speaks of that body."""
    part: str | None = None
    """The report that a figure stands in, where its body filed several at once, each of people of its own."""

    @property
    def scope(self) -> str:
        """The scope of a figure: whole "", an organisation, a subset `#name`, or a subset of an organisation."""
        part = self.claim.subset or self.part
        return f"{self.object or ''}{f'#{part}' if part else ''}"


@dataclass(frozen=True, slots=True)
class Known:
    """The records as known on a day, in load order, and how many claims that left out."""

    records: tuple[Record, ...]
    later: int = 0
    undated: int = 0


def known(records: Iterable[Record], on: str | None = None) -> Known:
    """The records with only those claims that were surely stated by the last day of `on`; one without a date is not.

    What only later claims speak of is not known either: no name, and no evidence of who is who, comes from the future.
    """
    if on is None:
        return Known(tuple(records))
    limit, later, undated = when(on).last_day, 0, 0
    kept = []
    for record in records:
        ahead = {c.id for c in record.claims if c.stated_on is not None and when(c.stated_on).last_day > limit}
        dateless = {c.id for c in record.claims if c.stated_on is None}
        later, undated = later + len(ahead), undated + len(dateless)
        left = without(record, ahead | dateless)
        if left is not None:
            kept.append(left)
    return Known(tuple(kept), later, undated)


def facts(records: Sequence[Record], identity: Identity) -> tuple[Fact, ...]:
    """The claims of the records with their ends resolved, superseded ones marked; each claim id once."""
    stated: dict[str, Fact] = {}
    for record in records:
        mentions = {mention.id: mention for mention in record.mentions}
        for claim in record.claims:
            if claim.id not in stated:
                stated[claim.id] = _fact(claim, record, mentions, identity)
    return tuple(_parted(_superseded(_referred(list(stated.values()))), _reports(records)))


def _referred(stated: list[Fact]) -> list[Fact]:
    """Without what registers say of bodies that no other record speaks of."""
    told = {id for f in stated if not f.register for id in (f.subject, f.object, f.asserter) if id}
    return [fact for fact in stated if not fact.register or fact.subject in told]


def _fact(claim: Claim, record: Record, mentions: dict[str, Mention], identity: Identity) -> Fact:
    source = mentions[claim.citation.source]
    quoted = claim.asserter is not None or claim.asserter_kind in ("own", "authority", "vendor")
    return Fact(
        claim=claim,
        record=record.id,
        subject=identity.node(claim.subject),
        object=identity.node(claim.object) if claim.object else None,
        asserter=identity.node(claim.asserter) if claim.asserter else None,
        incident=identity.node(claim.incident) if claim.incident else None,
        source=identity.node(source.id),
        root=_root(source, mentions, identity),
        relay=source.relay_of is not None and not quoted,
        reliability=source.reliability or "normal",
        publisher=source.publisher,
        register=record.register,
        disjoint=tuple(_scope(claim, other, identity) for other in claim.disjoint_with),
    )


def _scope(claim: Claim, other: str, identity: Identity) -> str:
    if other in identity.clusters:
        return identity.node(other)
    return f"{identity.node(claim.object) if claim.object else ''}#{other}"


def _root(source: Mention, mentions: dict[str, Mention], identity: Identity) -> str:
    seen: set[str] = set()
    while source.relay_of and source.relay_of in mentions and source.id not in seen:
        seen.add(source.id)
        source = mentions[source.relay_of]
    origin = source.relay_of if source.relay_of and source.relay_of not in mentions else source.publisher
    return normalise(origin) if origin else identity.node(source.id)


def _superseded(stated: list[Fact]) -> list[Fact]:
    """Mark claims whose asserter later said otherwise of the same; only where the later date is surely later."""
    said: dict[tuple[str | None, ...], list[int]] = {}
    for index, fact in enumerate(stated):
        if fact.claim.predicate in _SUPERSEDED and fact.claim.stated_on is not None:
            speaker = fact.asserter or f"{fact.claim.asserter_kind} {fact.root}"
            key = (fact.subject, fact.claim.predicate, fact.object, fact.claim.subset, fact.claim.population, speaker)
            said.setdefault(key, []).append(index)
    for indices in said.values():
        for earlier in indices:
            if any(_replaces(stated[later], stated[earlier].claim) for later in indices):
                stated[earlier] = replace(stated[earlier], current=False)
    return stated


def _replaces(fact: Fact, earlier: Claim) -> bool:
    """A relay does not speak for whom it relays, a placeholder takes no figure back, and a row only its own."""
    later = fact.claim
    if later.extraction == earlier.extraction == "row" and later.subject != earlier.subject:
        return False
    if fact.relay or later.qualifier == "placeholder" or later.stated_on is None or earlier.stated_on is None:
        return False
    if when(later.stated_on).first_day <= when(earlier.stated_on).last_day:
        return False
    return any(
        getattr(later, name) != getattr(earlier, name) for name in ("value", "low", "high", "qualifier", "negated")
    )


def _reports(records: Iterable[Record]) -> dict[str, tuple[str, str | None]]:
    """For each incident that a row reports: the day of its notice, and as what its filer filed."""
    found = {}
    for record in records:
        about = {c.subject: c.object for c in record.claims if c.predicate == "about"}
        kinds = {m.id: m.kind for m in record.mentions}
        filers = {c.object: kinds[c.subject] for c in record.claims if c.predicate == "filed"}
        for claim in record.claims:
            incident = about.get(claim.subject) if claim.predicate == "sent_on" else None
            if incident is not None and claim.extraction == "row":
                found[incident] = (str(claim.value), filers.get(claim.subject))
    return found


def _parted(stated: list[Fact], reports: dict[str, tuple[str, str | None]]) -> list[Fact]:
    """Mark figures of one body from several of its reports of one incident that count different people.

    They do where two with different figures were filed on one day, or in two roles (for itself, for its clients):
    nobody is his own rival. Reports on different days may be one count and its revision, and stay rivals.
    """
    groups: dict[tuple[str, str | None, str | None], list[int]] = {}
    for index, fact in enumerate(stated):
        if fact.claim.predicate == "people" and fact.current and fact.claim.subject in reports and fact.asserter:
            groups.setdefault((fact.subject, fact.object, fact.asserter), []).append(index)
    for indices in groups.values():
        said = [stated[i] for i in indices]
        days = {(reports[f.claim.subject][0], f.claim.value) for f in said}
        roles = {reports[f.claim.subject][1] for f in said}
        several = len({f.claim.subject for f in said}) > 1 and len({f.claim.value for f in said}) > 1
        if several and (len(days) > len({day for day, _ in days}) or len(roles) > 1):
            for i in indices:
                stated[i] = replace(stated[i], part=f"report {stated[i].claim.subject}")
    return stated
