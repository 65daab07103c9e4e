"""One event, one incident: which incidents of the records are the same, once it is known who is who.

Candidates share a resolved body, or one names the other's body as its supplier, or both name one supplier. The evidence
is weighed pair by pair (`evidence`), and the surest pairs are joined first. Doubt means apart, with a
`Doubt` for review. Never joined are two incidents that one record tells apart, two to which curated files give ids, and
clusters of which two members are surely two events.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from outbreach.graph.identity.incidents.evidence import Judgement, judge
from outbreach.graph.identity.incidents.text import weights
from outbreach.graph.identity.incidents.told import Told, told
from outbreach.graph.identity.resolve import Cluster, Doubt, Identity, Link, find, join, resolve
from outbreach.graph.identity.resolve import why as resolve_why
from outbreach.graph.names import normalise
from outbreach.graph.records.record import Record
from outbreach.graph.records.workspace import Verdict

_Kin = dict[frozenset[str], str]
"""Two organisations that may be one, or of which one is part of the other, and the meeting that this makes."""
_PROBABLE = 0.7
_NEXT = 4
"""Each client of a supplier is compared with so many that were hit next, so that the cost grows with their number."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A pair of incident mentions, weighed."""

    left: str
    right: str
    judgement: Judgement


def identify(
    records: Sequence[Record], verdicts: Sequence[Verdict] = (), given: Mapping[str, str] | None = None
) -> Identity:
    """Who is who in the records, given in load order, incidents and notices included.

    Ids that earlier builds gave (`given`, by mention) stay. A pure function: the same input gives the same clusters and ids.
    """
    mentions = [mention for record in records for mention in record.mentions]
    identity = resolve(mentions, verdicts, given)
    events = told(records, identity)
    judged = list(_judged(events, identity, _names(identity), _kin(records, identity)))
    links, doubts, conflicts = _clustered(events, judged, identity, verdicts)
    identity = join(identity, links, verdicts)
    identity = join(identity, _notices(records, identity), verdicts)
    decided = {frozenset((v.left, v.right)) for v in verdicts if v.verdict != "unsure"}
    left_apart = (
        d for d in doubts
        if identity.clusters[d.left] is not identity.clusters[d.right] and frozenset((d.left, d.right)) not in decided
    )  # fmt: skip
    every = sorted((*identity.doubts, *left_apart), key=lambda d: (-d.score, d.left, d.right))
    return replace(identity, doubts=tuple(every), conflicts=(*identity.conflicts, *conflicts))


def why(records: Sequence[Record], identity: Identity, verdicts: Sequence[Verdict], left: str, right: str) -> list[str]:
    """The reasons, a sentence each, why two mentions or nodes are one or are not, incidents too.

    Raises `UsageError` where an id is unknown.
    """
    a, b = find(identity, left), find(identity, right)
    if a is b or {a.members[0].label, b.members[0].label} != {"Incident"}:
        return resolve_why(identity, verdicts, left, right)
    ids, others = ({m.id for m in cluster.members} for cluster in (a, b))
    judged = [
        f"Judged {v.verdict} by {v.by} on {v.on} ({v.why})."
        for v in verdicts
        if {v.left, v.right} & ids and {v.left, v.right} & others
    ]
    return [f"{left} and {right} are two: {a.id} and {b.id}.", *judged, *_apart(records, identity, a, b)]


def _apart(records: Sequence[Record], identity: Identity, left: Cluster, right: Cluster) -> list[str]:
    """The evidence on the two of their members that come nearest, and what forbids that they are one."""
    members = {m.id for m in (*left.members, *right.members)}
    events = {id: t for id, t in told(records, identity).items() if id in members}
    names, kin = _names(identity), _kin(records, identity)
    one, other = ([events[m.id] for m in cluster.members if m.id in events] for cluster in (left, right))
    found = [
        _Judged(a.mention, b.mention, judgement)
        for a in one
        for b in other
        if (judgement := _weigh(a, b, names, kin)) is not None
    ]
    if not found:
        return ["They share no body, and none names a supplier of the other."]
    best = max(found, key=lambda j: (j.judgement.score, j.left, j.right))
    decision = best.judgement.decision()
    sentences = [f"{best.left} and {best.right}, probability {decision.score}: {decision.reason}"]
    near = {frozenset((d.left, d.right)): d.reason for d in identity.doubts}.get(frozenset((best.left, best.right)), "")
    if barrier := _barrier(one, other, set()) or near.partition(". But ")[2].removesuffix("."):
        sentences.append(f"They stay apart, since {barrier}.")
    return sentences


def _judged(events: dict[str, Told], identity: Identity, names: dict[str, str], kin: _Kin) -> Iterator[_Judged]:
    """Each pair of incidents that meet, weighed once."""
    seen: set[tuple[str, str]] = set()
    for left, right in _candidates(events, kin, names):
        if (left, right) in seen or identity.clusters[left] is identity.clusters[right]:
            continue
        seen.add((left, right))
        judgement = _weigh(events[left], events[right], names, kin)
        if judgement is not None:
            yield _Judged(left, right, judgement)


def _candidates(events: dict[str, Told], kin: _Kin, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Incidents that share a body or a supplier, whose bodies may be one or are related, or share name and count."""
    blocks: dict[str, set[str]] = {}
    clients: dict[str, set[str]] = {}
    counted: dict[tuple[str, int], set[str]] = {}
    for id, event in events.items():
        for body in event.bodies or event.origins:
            blocks.setdefault(body, set()).add(id)
        for vendor in event.vendors() - event.bodies:
            clients.setdefault(vendor, set()).add(id)
        for body, count in event.exact:
            counted.setdefault((normalise(names.get(body, body)), count), set()).add(id)
    for block in counted.values():
        yield from combinations(sorted(block), 2)
    for block in blocks.values():
        yield from combinations(sorted(block), 2)
    for vendor, block in clients.items():
        own = blocks.get(vendor, set()) | {id for id in block if len(events[id].bodies) > 1}
        yield from ((min(a, b), max(a, b)) for a in own for b in block if a != b)
        ordered = sorted(block, key=lambda id: (events[id].first_day, id))
        for step in range(1, _NEXT + 1):
            yield from ((min(a, b), max(a, b)) for a, b in zip(ordered, ordered[step:], strict=False))
    for pair in (pair for pair in kin if len(pair) == 2):
        first, second = (blocks.get(body, set()) for body in sorted(pair))
        yield from ((min(a, b), max(a, b)) for a in sorted(first) for b in sorted(second) if a != b)


def _kin(records: Iterable[Record], identity: Identity) -> _Kin:
    kin: _Kin = {}
    for record in records:
        for claim in record.claims:
            if claim.predicate == "part_of" and claim.subject.startswith("org.") and claim.object and not claim.negated:
                kin[frozenset((identity.node(claim.subject), identity.node(claim.object)))] = "kin"
    for doubt in identity.doubts:
        if doubt.label == "Organisation":
            meeting = "namesake" if doubt.score >= _PROBABLE else "unsure"
            kin.setdefault(frozenset((identity.node(doubt.left), identity.node(doubt.right))), meeting)
    return kin


def _weigh(left: Told, right: Told, names: dict[str, str], kin: _Kin) -> Judgement | None:
    """The judgement by the meeting that makes most of the two; None where they do not meet."""
    found: list[Judgement] = []
    for body in sorted(left.bodies & right.bodies):
        name = names.get(body, body)
        found.append(judge(left.event(name, body), right.event(name, body), "same"))
    if not found:
        for one, other in ((left, right), (right, left)):
            begun = one.origins | (one.bodies if one.companies else set())
            for vendor in sorted(begun & other.vendors()):
                found.append(_met(one, other, "supplier", vendor, names))
        for vendor in sorted(left.vendors() & right.vendors()):
            if not (left.software and right.software and vendor not in left.origins | right.origins):
                found.append(_met(left, right, "clients", vendor, names))
        for a in sorted(left.bodies):
            for b in sorted(right.bodies):
                namesakes = normalise(names.get(a, a)) == normalise(names.get(b, b))
                if meeting := kin.get(frozenset((a, b))) or ("unsure" if namesakes else None):
                    sides = left.event(names.get(a, a), a), right.event(names.get(b, b), b)
                    found.append(judge(*sides, meeting))
    return max(found, key=lambda j: (j.score, len(j.evidence)), default=None)


def _met(one: Told, other: Told, meeting: str, vendor: str, names: dict[str, str]) -> Judgement:
    left, right = (t.event(names.get(min(t.bodies, default=vendor), "?")) for t in (one, other))
    return judge(left, right, meeting, names.get(vendor, vendor))


def _names(identity: Identity) -> dict[str, str]:
    """What to call each organisation in a sentence."""
    bodies = {c.id: c for id, c in identity.clusters.items() if id.startswith("org.")}
    return {id: next((m.name for m in c.members if m.name), c.members[0].display) for id, c in bodies.items()}


def _clustered(
    events: dict[str, Told], judged: Sequence[_Judged], identity: Identity, verdicts: Sequence[Verdict]
) -> tuple[list[Link], list[Doubt], list[str]]:
    """The links to follow, surest first; the doubts; and the clusters that grew too large to believe."""
    apart = {
        frozenset((j.left, j.right)) for j in judged if j.judgement.score < weights().related
    } | {frozenset((v.left, v.right)) for v in verdicts if v.verdict == "different"}  # fmt: skip
    group: dict[str, _Group] = {}
    for id in events:
        if id not in group:
            one = _Group([events[m.id] for m in identity.clusters[id].members if m.id in events])
            group |= dict.fromkeys((event.mention for event in one.events), one)
    rivals = _Rivals(judged, group)
    links: list[Link] = []
    doubts: list[Doubt] = []
    conflicts: list[str] = []
    for pair in sorted(judged, key=lambda j: (-j.judgement.score, j.left, j.right)):
        decision = pair.judgement.decision()
        if decision.verdict == "different":
            break
        small, large = group[pair.left], group[pair.right]
        if small is large:
            continue
        barrier = _barrier(small.events, large.events, apart) or rivals.of(pair)
        if decision.score >= weights().join and barrier is None:
            if len(small.events) + len(large.events) > weights().largest:
                conflicts.append(
                    f"{pair.left} and {pair.right} stay apart: their incident would have more than "
                    f"{weights().largest:,} reports; a verdict can join them"
                )
                continue
            links.append(Link(pair.left, pair.right, "event", decision.reason.removesuffix(".")))
            large.events += small.events
            for event in small.events:
                group[event.mention] = large
        else:
            reason = f"{decision.reason} But {barrier}." if barrier else decision.reason
            doubts.append(Doubt(pair.left, pair.right, "Incident", decision.score, reason))
    return links, doubts, conflicts


@dataclass(slots=True, eq=False)
class _Group:
    """The events that are one so far."""

    events: list[Told]

    def told(self, mention: str) -> Told:
        """What is told under this mention."""
        return next(event for event in self.events if event.mention == mention)


class _Rivals:
    """Which other entries of a source come as near to an incident as the one that is to be joined with it."""

    def __init__(self, judged: Sequence[_Judged], group: dict[str, "_Group"]) -> None:
        self.group = group
        self.found: dict[str, dict[str, Judgement]] = {}
        for pair in judged:
            self.found.setdefault(pair.left, {})[pair.right] = pair.judgement
            self.found.setdefault(pair.right, {})[pair.left] = pair.judgement

    def of(self, pair: _Judged) -> str | None:
        """What forbids that two sources' tellings are one, where no evidence points at one event."""
        left, right = self.group[pair.left].told(pair.left), self.group[pair.right].told(pair.right)
        if left.loader == right.loader or pair.judgement.telling:
            return None
        bodies = left.bodies & right.bodies
        for one, other in ((left, right), (right, left)):
            margin = weights().rival_of_many if len(one.bodies) > weights().many else weights().rival
            for id, judgement in self.found[one.mention].items():
                told = self.group[id].told(id)
                if id == other.mention or told.loader != other.loader or not told.bodies & bodies:
                    continue
                joined = self.group[id] is self.group[one.mention]
                as_near = judgement.bits > pair.judgement.bits - margin
                if (
                    (joined or as_near)
                    and self.group[id] is not self.group[other.mention]
                    and self._two(id, other.mention)
                ):
                    return f"{told.title} {'is of it' if joined else 'comes as near'}"
        return None

    def _two(self, left: str, right: str) -> bool:
        """Whether two entries of a source are hardly one event."""
        judgement = self.found.get(left, {}).get(right)
        return judgement is None or judgement.score < weights().join


def _barrier(left: Sequence[Told], right: Sequence[Told], apart: set[frozenset[str]]) -> str | None:
    """What forbids that two groups are one."""
    if {t.record for t in left} & {t.record for t in right}:
        return f"{min({t.record for t in left} & {t.record for t in right})} tells them apart"
    ids = {t.node_id for t in left if t.node_id}, {t.node_id for t in right if t.node_id}
    if ids[0] and ids[1] and ids[0] != ids[1]:
        return f"curated files give them two ids, {min(ids[0])} and {min(ids[1])}"
    for a in left:
        for b in right:
            if frozenset((a.mention, b.mention)) in apart:
                return f"{a.title} and {b.title} are two events"
    return None


def _notices(records: Iterable[Record], identity: Identity) -> Iterator[Link]:
    """One notice told by two sources: the same filer, addressee, incident and day, and only one such in each source."""
    ends: dict[tuple[str, str, str, str], dict[str, set[str]]] = {}
    for record in records:
        parts: dict[str, dict[str, str]] = {}
        for claim in record.claims:
            if claim.predicate == "filed" and claim.object and not claim.negated:
                parts.setdefault(claim.object, {})["by"] = identity.node(claim.subject)
            elif claim.predicate in ("about", "addressed_to") and claim.object and not claim.negated:
                parts.setdefault(claim.subject, {})[claim.predicate] = identity.node(claim.object)
            elif claim.predicate == "sent_on":
                parts.setdefault(claim.subject, {})["on"] = str(claim.value)
        for id, part in parts.items():
            if len(part) == 4 and len(part["on"]) == 10:
                key = (part["by"], part["addressed_to"], part["about"], part["on"])
                ends.setdefault(key, {}).setdefault(record.source, set()).add(id)
    for (_, _, _, day), by_source in sorted(ends.items()):
        if len(by_source) > 1 and all(len(ids) == 1 for ids in by_source.values()):
            first, *others = sorted(min(ids) for ids in by_source.values())
            said = f"both are of {day}, by the same body to the same addressee about one incident"
            yield from (Link(first, other, "notice", said) for other in others)
