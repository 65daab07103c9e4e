"""Who is who: which mentions are the same thing, and why.

In this order, none against a verdict of “different”:
1. `verdicts.csv` says so.
2. A curated file gave both the same node id.
3. They carry the same strong identifier (`STRONG`); a domain is evidence only.
4. Organisations: the model finds them so probable that a build may join them, and nothing that words or places tell
   apart forbids it (`linkage`). Attackers and software: their names (`things`). Sources and campaigns: equal names.
"""

from collections import deque
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from outbreach.graph.errors import UsageError
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.linkage import Linkage, kinds_agree, linkage, subject_of
from outbreach.graph.identity.model import Subject, score
from outbreach.graph.identity.organisations import decide
from outbreach.graph.identity.strong import is_strong, numbers_differ
from outbreach.graph.identity.things import Ambiguous, attackers, software
from outbreach.graph.ids import node_id
from outbreach.graph.names import normalise
from outbreach.graph.records.record import Mention
from outbreach.graph.records.workspace import Verdict
from outbreach.graph.schema import LABELS


@dataclass(frozen=True, slots=True)
class Link:
    """One reason why two mentions are the same."""

    left: str
    right: str
    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two mentions that may be one thing: how likely, and what speaks for and against it."""

    left: str
    right: str
    label: str
    score: float
    reason: str


@dataclass(slots=True)
class Cluster:
    """Mentions that are one thing, in load order, and the links that join them."""

    members: list[Mention]
    links: list[Link] = field(default_factory=list)
    id: str = ""
    """The node's id: the first that a curated file set, else the first that a build gave, else the first mention's."""
    former_ids: list[str] = field(default_factory=list)
    """Ids that its members would have, or had, alone; they still answer."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The outcome: clusters by mention id, and what could not be followed."""

    clusters: dict[str, Cluster]
    conflicts: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """Pairs left apart that a person should look at, best first; they make no edge."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Node ids that earlier builds gave, by the mention that each was made from, the first given first."""

    def node(self, mention: str) -> str:
        """The node id of a mention (a data category is its own: `data.phone` is `data-phone`)."""
        if mention.startswith("data."):
            return mention.replace(".", "-", 1)
        return self.clusters[mention].id


def own_id(mention: Mention, length: int = 6) -> str:
    """The id that the mention's node has if nothing came before it, with so much of the mention's hash."""
    name = mention.name or mention.title_en or mention.described_as or mention.publisher or ""
    return node_id(LABELS[mention.label].prefix, name, mention.id, length)


def unique(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Each mention once, in load order; out of two loads, the later one's word goes before the earlier one's."""
    known: dict[str, Mention] = {}
    for mention in mentions:
        earlier = known.get(mention.id, mention)
        known[mention.id] = earlier if earlier == mention else _revised(earlier, mention)
    return known


def resolve(
    mentions: Iterable[Mention], verdicts: Sequence[Verdict] = (), given: Mapping[str, str] | None = None
) -> Identity:
    """Cluster the mentions, given in load order, which decides the ids; the clusters do not depend on it.

    Ids that earlier builds gave (`given`, by mention) stay. A pure function: the same input gives the same clusters and ids.
    """
    known = unique(mentions)
    clusters = {id: Cluster([mention]) for id, mention in known.items()}
    named = [mention for mention in known.values() if mention.name]
    crews, ambiguous = attackers(named)
    by_name = [Link(s.left, s.right, "name", s.detail) for s in (*crews, *software(named))]
    conflicts = _follow([*_links(known, verdicts), *by_name], clusters, verdicts)
    found = linkage(named)
    modelled = [Link(j.left, j.right, "model", _sentence(j.decision.reason)) for j in found.joined]
    conflicts += _follow(modelled, clusters, verdicts, found)
    conflicts += _too_large(clusters)
    _give_ids([clusters[id] for id in known], list(known), given or {})
    return Identity(clusters, tuple(conflicts), tuple(_doubts(found, ambiguous, clusters, verdicts)), given or {})


def join(identity: Identity, links: Iterable[Link], verdicts: Sequence[Verdict] = ()) -> Identity:
    """The identity with more links followed, none against a verdict; its clusters are changed in place.

    Ids are given anew to the labels that the links are of.
    """
    listed = list(links)
    conflicts = _follow(listed, identity.clusters, verdicts)
    touched = {link.left.partition(".")[0] for link in listed}
    order = [id for id in identity.clusters if id.partition(".")[0] in touched]
    for id in order:
        identity.clusters[id].id = ""
    _give_ids([identity.clusters[id] for id in order], order, identity.given)
    return replace(identity, conflicts=(*identity.conflicts, *conflicts))


def _follow(
    links: Iterable[Link], clusters: dict[str, Cluster], verdicts: Sequence[Verdict], found: Linkage | None = None
) -> list[str]:
    """Merge by each link in turn; the sentences on those that a verdict of “different” forbids."""
    different = _different(verdicts)
    conflicts: list[str] = []
    for link in links:
        small, large = clusters[link.left], clusters[link.right]
        if small is large:
            small.links.append(link)
            continue
        if len(small.members) > len(large.members):
            small, large = large, small
        forbidden = _forbidden(small, large, clusters, different)
        if forbidden is not None:
            if link.rule in ("verdict", "node id"):
                conflicts.append(f"{link.left} and {link.right} stay apart: {link.detail}, but {forbidden} forbids it")
            continue
        if found is not None and _barred(small, large, clusters, found.barred):
            continue
        large.members += small.members
        large.links += [*small.links, link]
        for member in small.members:
            clusters[member.id] = large
    return conflicts


def _barred(
    small: Cluster, large: Cluster, clusters: dict[str, Cluster], barred: dict[str, dict[str, str]]
) -> str | None:
    """Why two of their members are told apart, where they are: those that only a third would join."""
    for member in small.members:
        for other, reason in barred.get(member.id, {}).items():
            if clusters.get(other) is large:
                return reason
    ids = [{m.node_id for m in cluster.members if m.node_id} for cluster in (small, large)]
    if all(ids) and not ids[0] & ids[1]:
        return "curated files give them two ids"
    scheme = numbers_differ(*({i for m in cluster.members for i in m.identifiers} for cluster in (small, large)))
    if scheme is not None:
        return f"they have two numbers in one register ({scheme})"
    kinds = [{m.kind for m in cluster.members} for cluster in (small, large)]
    return None if all(kinds_agree(a, b) for a in kinds[0] for b in kinds[1]) else "the kinds differ"


def _too_large(clusters: dict[str, Cluster]) -> Iterable[str]:
    """A sentence for each organisation that has grown past what one body is called."""
    for cluster in {id(c): c for c in clusters.values() if len(c.members) > lines().largest_cluster}.values():
        names = {normalise(m.name) for m in cluster.members if m.name and m.label == "Organisation"}
        if len(names) > lines().largest_cluster:
            first = cluster.members[0]
            yield f"{first.display} ({first.id}) has grown to {len(names)} names: look at it with `outbreach resolve why`"


def _doubts(
    found: Linkage, ambiguous: Iterable[Ambiguous], clusters: dict[str, Cluster], verdicts: Sequence[Verdict]
) -> list[Doubt]:
    """What is left for a person: pairs that are apart and undecided, best first."""
    decided = {frozenset((v.left, v.right)) for v in verdicts if v.verdict != "unsure"}
    doubts = [Doubt(j.left, j.right, "Organisation", j.decision.score, j.decision.reason) for j in found.doubts]
    doubts += [
        Doubt(min(one.mention, bearer), max(one.mention, bearer), "Attacker", round(1 / len(one.bearers), 3), f"Several bear “{one.name}”.")
        for one in ambiguous for bearer in one.bearers
    ]  # fmt: skip
    apart = [d for d in doubts if clusters[d.left] is not clusters[d.right]]
    kept = [d for d in apart if frozenset((d.left, d.right)) not in decided]
    return sorted(kept, key=lambda d: (-d.score, d.left, d.right))


def _sentence(reason: str) -> str:
    """A reason as the second half of a sentence of `why`, which ends it."""
    return reason.rstrip(".")


def _give_ids(clusters: Iterable[Cluster], order: Sequence[str], given: Mapping[str, str]) -> None:
    """Ids: those that curated files set, then those that earlier builds gave, then new ones in load order.

    Two things never share one.
    """
    place = {id: index for index, id in enumerate(order)}
    distinct = list({id(cluster): cluster for cluster in clusters}.values())
    taken: set[str] = set()
    for cluster in distinct:
        cluster.members.sort(key=lambda mention: place[mention.id])
        cluster.id = next((m.node_id for m in cluster.members if m.node_id and m.node_id not in taken), "")
        taken |= {cluster.id} - {""}
    owner = {member.id: cluster for cluster in distinct for member in cluster.members}
    for mention, node in given.items():
        if mention in owner and not owner[mention].id and node not in taken:
            owner[mention].id = node
            taken.add(node)
    for cluster in distinct:
        if not cluster.id:
            short = own_id(cluster.members[0])
            cluster.id = short if short not in taken else own_id(cluster.members[0], 10)
            taken.add(cluster.id)
    for cluster in distinct:
        ids = {own_id(m) for m in cluster.members} | {m.node_id for m in cluster.members if m.node_id}
        ids |= {given[m.id] for m in cluster.members if m.id in given}
        cluster.former_ids = sorted(ids - taken)


def given_ids(identity: Identity, nodes: Container[str]) -> dict[str, str]:
    """The ids to keep for the next build: of the nodes that there are, by mention, the first given first.

    An id that a curated file sets needs no keeping.
    """
    kept = {mention: id for mention, id in identity.given.items() if mention in identity.clusters}
    for cluster in {id(c): c for c in identity.clusters.values()}.values():
        curated = any(member.node_id == cluster.id for member in cluster.members)
        if cluster.id in nodes and not curated and not any(kept.get(m.id) == cluster.id for m in cluster.members):
            kept[cluster.members[0].id] = cluster.id
    return kept


def why(identity: Identity, verdicts: Sequence[Verdict], left: str, right: str) -> list[str]:
    """The reasons, a sentence each, why two mentions or nodes are one or are not.

    Raises `UsageError` where an id is unknown.
    """
    a, b = find(identity, left), find(identity, right)
    if a is b:
        first = left if left in identity.clusters else a.members[0].id
        last = right if right in identity.clusters else a.members[-1].id
        steps = _chain(a, first, last)
        head = f"{left} and {right} are one: {a.id}, {len(a.members)} mention{'s' if len(a.members) > 1 else ''}."
        return [head, *(f"{s.left} and {s.right}: {s.detail}." for s in steps)]
    return [f"{left} and {right} are two: {a.id} and {b.id}.", *_apart(a, b, verdicts)]


def find(identity: Identity, name: str) -> Cluster:
    """The cluster of a mention id, a node id or a former id.

    Raises `UsageError` where there is none.
    """
    if name in identity.clusters:
        return identity.clusters[name]
    for cluster in identity.clusters.values():
        if name == cluster.id or name in cluster.former_ids:
            return cluster
    raise UsageError(f"no mention or node has the id {name}: `outbreach dump` lists them")


def _links(known: dict[str, Mention], verdicts: Sequence[Verdict]) -> Iterable[Link]:
    """Every reason for a merge, strongest rule first; by id where order would else be chance (DESIGN, Ids)."""
    for verdict in verdicts:
        if verdict.verdict == "same" and verdict.left in known and verdict.right in known:
            reason = f"judged the same by {verdict.by} on {verdict.on} ({verdict.why})"
            yield Link(verdict.left, verdict.right, "verdict", reason)
    by_id = sorted(known)
    for rule, keys in _RULES:
        groups: dict[tuple[str, ...], list[tuple[Mention, str]]] = {}
        for id in by_id:
            for key, detail in keys(known[id]):
                groups.setdefault((known[id].label, *key), []).append((known[id], detail))
        for (first, _), *others in groups.values():
            yield from (Link(first.id, other.id, rule, detail) for other, detail in others)


def _by_node_id(mention: Mention) -> Iterable[tuple[tuple[str, ...], str]]:
    if mention.node_id:
        yield (mention.node_id,), f"curated files give both the id {mention.node_id}"


def _by_identifier(mention: Mention) -> Iterable[tuple[tuple[str, ...], str]]:
    for identifier in mention.identifiers:
        if is_strong(mention.label, identifier):
            yield (identifier,), f"both have the identifier {identifier}"
    if mention.label == "Source" and mention.url:
        yield (mention.url,), f"both stand at {mention.url}"


def _by_name(mention: Mention) -> Iterable[tuple[tuple[str, ...], str]]:
    if mention.label in _NOT_BY_NAME:
        return
    name = normalise(mention.name or "")
    if not name:
        return
    if mention.label == "Source":
        if mention.publisher and mention.published_on and not mention.url:
            key = (name, normalise(mention.publisher), mention.published_on)
            yield key, f"both are “{mention.name}” of {mention.publisher}, {mention.published_on}"
    else:
        yield (name,), f"both are named “{name}”"


_Keys = Callable[[Mention], Iterable[tuple[tuple[str, ...], str]]]
_RULES: tuple[tuple[str, _Keys], ...] = (("node id", _by_node_id), ("identifier", _by_identifier), ("name", _by_name))
"""Rules 2 to 4: what a mention has in common with others of its label, and how that is said."""
_NOT_BY_NAME = frozenset({"Incident", "Notification", "Vulnerability", "Organisation", "Attacker", "Software"})
"""Labels whose equal names say nothing by themselves, or are looked at elsewhere."""
_NEVER_BY_NAME = frozenset({"Incident", "Notification", "Vulnerability"})


def _different(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    """The verdicts of “different” on each mention."""
    found: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.verdict == "different":
            found.setdefault(verdict.left, []).append(verdict)
            found.setdefault(verdict.right, []).append(verdict)
    return found


def _forbidden(
    small: Cluster, large: Cluster, clusters: dict[str, Cluster], different: dict[str, list[Verdict]]
) -> str | None:
    """The verdict of “different” between any of their members, which keeps two clusters apart."""
    for member in small.members if different else ():
        for verdict in different.get(member.id, ()):
            other = verdict.right if verdict.left == member.id else verdict.left
            if clusters.get(other) is large:
                return f"the verdict of {verdict.by} on {' and '.join(sorted((verdict.left, verdict.right)))}"
    return None


def _revised(earlier: Mention, later: Mention) -> Mention:
    """The same mention out of two loads: the later one's word, and the earlier one's where the later says nothing."""
    said = {f.name: value for f in fields(Mention) if (value := getattr(later, f.name)) not in (None, ())}
    return replace(earlier, **said)


def _chain(cluster: Cluster, first: str, last: str) -> list[Link]:
    """A shortest way of links from one member to another."""
    ways: dict[str, list[Link]] = {first: []}
    queue = deque([first])
    while queue:
        here = queue.popleft()
        for link in cluster.links:
            for near, far in ((link.left, link.right), (link.right, link.left)):
                if near == here and far not in ways:
                    ways[far] = [*ways[here], link]
                    queue.append(far)
    return ways.get(last, [])


def _apart(a: Cluster, b: Cluster, verdicts: Sequence[Verdict]) -> list[str]:
    reasons = []
    ids, others = {m.id for m in a.members}, {m.id for m in b.members}
    for v in verdicts:
        if {v.left, v.right} & ids and {v.left, v.right} & others:
            reasons.append(f"Judged {v.verdict} by {v.by} on {v.on} ({v.why}).")
    left, right = a.members[0], b.members[0]
    if left.label != right.label:
        return [*reasons, f"They are of two labels: {left.label} and {right.label}."]
    if left.label == "Organisation":
        return [*reasons, *_apart_by_model(a, b)]
    names = {normalise(m.name) for m in a.members if m.name}, {normalise(m.name) for m in b.members if m.name}
    if not names[0] or not names[1]:
        reasons.append("At least one has no name in its sources; an unnamed thing is joined to nothing.")
    elif not names[0] & names[1]:
        reasons.append(f"No name in common: {_list(names[0])} against {_list(names[1])}.")
    elif left.label in _NEVER_BY_NAME:
        reasons.append(
            f"The same name does not join two of {left.label}; a verdict, a curated id or an identifier does."
        )
    else:
        reasons.append(f"Both are named {_list(names[0] & names[1])}.")
        if left.label == "Source":
            reasons.append(
                "Sources of one title are one at the same address, or, without one, of the same publisher and day."
            )
    shared = {i for m in a.members for i in m.identifiers} & {i for m in b.members for i in m.identifiers}
    if shared:
        reasons.append(f"They share {_list(shared)}, which is evidence only.")
    else:
        reasons.append("No strong identifier in common.")
    return reasons


def _apart_by_model(a: Cluster, b: Cluster) -> Iterable[str]:
    """What the model says of the two members that come nearest to each other, and what else keeps the two apart."""
    sides = [_told(cluster) for cluster in (a, b)]
    if not all(sides):
        yield "At least one has no name in its sources; an unnamed thing is joined to nothing."
        return
    by_id = {one.id: one for side in sides for one in side}
    scores = score(list(by_id.values()), [(x.id, y.id) for x in sides[0] for y in sides[1]])
    best = max(scores, key=lambda s: (s.probability, s.left, s.right))
    decision = decide(by_id[best.left], by_id[best.right], best)
    yield f"{best.left} and {best.right} come nearest: {decision.verdict}, probability {decision.score}. {decision.reason}"
    if decision.verdict == "same":
        yield f"A build joins two from {lines().merge} on, of kinds that agree, where no third tells them apart."
    shared = {i for m in a.members for i in m.identifiers} & {i for m in b.members for i in m.identifiers}
    if shared:
        yield f"They share {_list(shared)}, which is evidence only."


def _told(cluster: Cluster) -> list[Subject]:
    """Its members as they are compared, each way of telling once, at most ten."""
    found: dict[tuple[object, ...], Subject] = {}
    for mention in cluster.members:
        if mention.name:
            one = subject_of(mention)
            found.setdefault((one.names, one.place, one.kind, one.domain), one)
    return list(found.values())[:10]


def _list(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in sorted(words))
