"""What the records tell of each incident, with its organisations resolved: bodies, suppliers, dates, figures, kinds."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from outbreach.graph.dates import when
from outbreach.graph.identity.freetext import People
from outbreach.graph.identity.incidents.event import Event
from outbreach.graph.identity.incidents.text import telling
from outbreach.graph.identity.resolve import Identity
from outbreach.graph.records.record import Claim, Mention, Record

_DATES = ("occurred_from", "occurred_to", "discovered_on", "disclosed_on")
_EVERYBODY = ""
_TELLING = 100
"""From so many records on their number tells of an event."""


@dataclass(slots=True)
class Told:
    """One incident mention, in the words of the claims on it; bodies and suppliers are node ids."""

    mention: str
    node_id: str | None
    title: str
    loader: str
    record: str
    bodies: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)
    filers: set[str] = field(default_factory=set)
    companies: set[str] = field(default_factory=set)
    """Filers that are no care provider: they may file a report for each of their clients."""
    suppliers: dict[str, set[str]] = field(default_factory=dict)
    """Suppliers by the client that they are said to supply."""
    dates: set[str] = field(default_factory=set)
    stated: dict[str, set[str]] = field(default_factory=dict)
    """The same by what happened on them: when it began, when it was discovered."""
    filed: dict[str, set[str]] = field(default_factory=dict)
    """Days of notices by who filed them."""
    figures: dict[str, set[People]] = field(default_factory=dict)
    """Figures by body; those of everybody under the empty id."""
    records: set[int] = field(default_factory=set)
    """Exact numbers of records, which often are those of people."""
    kinds: set[str] = field(default_factory=set)
    software: set[str] = field(default_factory=set)
    attackers: set[str] = field(default_factory=set)
    text: str | None = None
    seen: dict[str | None, Event] = field(default_factory=dict)
    reported: bool = False
    """It stands in a row of a register, not in a telling that an editor made of several sources."""

    def vendors(self, body: str | None = None) -> set[str]:
        """Who supplied the body, or any body; where the event began counts, if that was elsewhere."""
        named = self.suppliers.get(body, set()) if body else {v for found in self.suppliers.values() for v in found}
        return (named | self.origins) - ({body} if body else set())

    def event(self, name: str, body: str | None = None) -> Event:
        """The incident as seen from one of its bodies, or as a whole; made once, when all is told."""
        if body not in self.seen:
            self.seen[body] = self._event(name, body)
        return self.seen[body]

    def _event(self, name: str, body: str | None) -> Event:
        filed = self.filed.get(body, set()) if body else {d for days in self.filed.values() for d in days}
        figures = set(self.figures.get(body or _EVERYBODY, ()))
        if body is not None and (self.bodies == {body} or body in self.origins):
            figures |= self.figures.get(_EVERYBODY, set())
        if body is None and len(self.bodies) == 1:
            figures |= self.figures.get(next(iter(self.bodies)), set())
        return Event(
            name=name,
            dates=tuple(sorted((when(d) for d in self.dates | filed), key=lambda d: (d.first_day, d.text))),
            figures=tuple(sorted(figures, key=lambda p: (p.low, p.qualifier))),
            filed=max((when(d).last_day for d in filed), default=None),
            began=self._first("occurred_from"),
            found=self._first("discovered_on"),
            records=frozenset(self.records),
            attackers=frozenset(self.attackers),
            kinds=frozenset(self.kinds),
            vendors=frozenset(self.vendors(body)),
            telling=telling(self.text),
            census=self.loader if self.filed and self.reported else None,
            source=self.loader if self.reported else None,
            several=bool(self.companies & ({body} if body else self.filers)),
        )

    def _first(self, name: str) -> int | None:
        return min((when(d).first_day for d in self.stated.get(name, ())), default=None)

    @property
    def exact(self) -> set[tuple[str, int]]:
        """Its bodies with each exact count of theirs that is no round number."""
        return {
            (body, figure.low)
            for body, figures in self.figures.items()
            for figure in figures
            if body and figure.qualifier == "exact" and figure.low % 100
        }

    @property
    def first_day(self) -> int:
        """The first day of any of its dates."""
        days = {*self.dates, *(d for filed in self.filed.values() for d in filed)}
        return min((when(d).first_day for d in days), default=0)


def told(records: Iterable[Record], identity: Identity) -> dict[str, Told]:
    """What is told of each incident, by mention id, in load order; out of two loads both words count."""
    found: dict[str, Told] = {}
    for record in records:
        mentions = {m.id: m for m in record.mentions}
        incidents = [m for m in record.mentions if m.label == "Incident"]
        for m in incidents:
            new = Told(m.id, m.node_id, m.title_en or m.display, record.source, record.id)
            here = found.setdefault(m.id, new)
            if record.text and len(incidents) == 1:
                here.text = record.text
        if incidents:
            _read(record, mentions, found, identity, incidents[0].id if len(incidents) == 1 else None)
    return found


def _read(
    record: Record, mentions: dict[str, Mention], found: dict[str, Told], identity: Identity, only: str | None
) -> None:
    about = {c.subject: str(c.object) for c in record.claims if c.predicate == "about" and c.object}
    sent = {c.subject: str(c.value) for c in record.claims if c.predicate == "sent_on" and c.value}
    for claim in record.claims:
        if claim.negated:
            continue
        subject = about.get(str(claim.object)) if claim.predicate == "filed" else claim.subject
        here = found.get(subject or "") or found.get(claim.incident or "") or found.get(only or "")
        if here is not None:
            _add(here, claim, mentions, sent, identity)


def _add(here: Told, claim: Claim, mentions: dict[str, Mention], sent: dict[str, str], identity: Identity) -> None:
    here.reported |= claim.extraction == "row"
    name, other = claim.predicate, identity.node(claim.object) if claim.object else None
    if name in ("affected", "originated_at") and other and claim.subject == here.mention:
        if _named(mentions[str(claim.object)]):
            (here.bodies if name == "affected" else here.origins).add(other)
    elif name == "filed":
        body = identity.node(claim.subject)
        here.filers.add(body)
        if mentions[claim.subject].kind == "company":
            here.companies.add(body)
        if day := sent.get(str(claim.object)):
            here.filed.setdefault(body, set()).add(day)
    elif name == "supplies" and other and _named(mentions[claim.subject]):
        here.suppliers.setdefault(other, set()).add(identity.node(claim.subject))
    elif name in _DATES and claim.subject == here.mention:
        here.dates.add(str(claim.value))
        here.stated.setdefault(name, set()).add(str(claim.value))
    elif name == "kind":
        here.kinds.add(str(claim.value))
    elif name in ("exploited", "attributed_to") and other:
        (here.software if name == "exploited" else here.attackers).add(other)
    elif name == "people" and claim.subject == here.mention:
        _count(here, claim, other)


def _count(here: Told, claim: Claim, body: str | None) -> None:
    low = claim.low or 0
    if _counts(claim):
        here.figures.setdefault(body or _EVERYBODY, set()).add(People(low, claim.high, str(claim.qualifier)))
    elif claim.population == "records" and claim.qualifier == "exact" and low >= _TELLING:
        here.records.add(low)


def _named(mention: Mention) -> bool:
    """Whether a body has a name: `its business associate` is nobody’s."""
    return mention.name is not None or mention.node_id is not None


def _counts(claim: Claim) -> bool:
    """Whether a figure counts the people hit: no placeholder, population, part, nor an intruder's."""
    return (
        claim.qualifier != "placeholder"
        and claim.population is None
        and claim.subset is None
        and claim.asserter_kind != "attacker"
        and (claim.low or claim.high) is not None
    )
