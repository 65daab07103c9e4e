"""From records to a graph: a pure function, so that the same records and verdicts give the same graph anywhere."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outbreach.graph.dates import iso, when
from outbreach.graph.identity.incidents.identify import identify
from outbreach.graph.identity.resolve import Identity
from outbreach.graph.projection.elements import Edge, Graph, Node, Property
from outbreach.graph.projection.facts import Fact, Known, facts, known
from outbreach.graph.projection.status import Voice, cleared, denied, status
from outbreach.graph.projection.values import bounds, dated, in_interval, values
from outbreach.graph.records.record import Claim, Mention, Record
from outbreach.graph.records.workspace import Verdict
from outbreach.graph.schema import PREDICATES
from outbreach.graph.vocabulary import vocabulary

_COPIED = (
    "kind", "country", "region", "city", "unnamed_count", "category", "name_en", "name_fr", "title_en", "title_fr", "title",
    "publisher", "url", "archived_url", "lang", "licence", "reliability", "channel",
)  # fmt: skip
_ON_CLAIM = (
    "predicate", "low", "high", "qualifier", "negated", "modality", "asserter_role", "asserter_kind", "quote",
    "extraction", "basis", "rule", "role", "service", "population", "subset", "amount", "currency", "reference",
    "wording", "cleared", "text_en", "text_fr",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Projection:
    """A graph, who is who in it, and what a builder should be told."""

    graph: Graph
    identity: Identity
    notes: tuple[str, ...]


def project(
    records: Sequence[Record],
    verdicts: Sequence[Verdict] = (),
    known_on: str | None = None,
    given: Mapping[str, str] | None = None,
) -> Projection:
    """The graph of the records, given in load order. Nodes are what claims speak of; no edge is without a claim.

    With `known_on`, the graph of what had been stated by the last day of that date. Ids that earlier builds gave
    (`given`, by mention) stay.
    """
    then = known(records, known_on)
    mentions = [mention for record in then.records for mention in record.mentions]
    identity = identify(then.records, verdicts, given)
    stated = facts(then.records, identity)
    graph = Graph()
    by_predicate: dict[str, list[Fact]] = {}
    for fact in stated:
        by_predicate.setdefault(fact.claim.predicate, []).append(fact)
    for node in _nodes(stated, mentions, identity, by_predicate):
        graph.add(node)
    names = {id: _display(node) for id, node in graph.nodes.items()}
    for fact in stated:
        graph.add(_claim_node(fact, names, graph))
        for edge in _claim_edges(fact):
            graph.add(edge)
    for edge in _fact_edges(stated, graph):
        graph.add(edge)
    return Projection(graph, identity, tuple(_notes(graph, identity, verdicts, then, known_on)))


def _nodes(
    stated: Sequence[Fact], mentions: Iterable[Mention], identity: Identity, by_predicate: dict[str, list[Fact]]
) -> Iterable[Node]:
    spoken = {id for f in stated for id in (f.subject, f.object, f.asserter, f.incident, f.source) if id}
    second: dict[str, set[str]] = {}
    for predicate in PREDICATES.values():
        for fact in by_predicate.get(predicate.name, ()):
            for end, label in ((fact.subject, predicate.subject_becomes), (fact.object, predicate.object_becomes)):
                if label and end and end.startswith("org-") and not fact.claim.negated:
                    second.setdefault(end, set()).add(label)
    valued = values(by_predicate)
    done: set[str] = set()
    for mention in mentions:
        cluster = identity.clusters[mention.id]
        if cluster.id in spoken and cluster.id not in done:
            done.add(cluster.id)
            labels = set(second.get(cluster.id, ()))
            if mention.label == "Organisation":
                labels |= {m.role.capitalize() for m in cluster.members if m.role in ("vendor", "authority")}
            properties = _merged(cluster.members)
            properties |= {"id": cluster.id, **valued.get(cluster.id, {})}
            if cluster.former_ids:
                properties["former_ids"] = cluster.former_ids
            yield Node(cluster.id, (mention.label, *sorted(labels)), properties)
    for id in sorted(spoken - done):
        term = vocabulary("data_categories")[id.removeprefix("data-")]
        yield Node(id, ("DataCategory",), {"id": id, "name_en": term.name_en, "name_fr": term.name_fr})


def _merged(members: Sequence[Mention]) -> dict[str, Property]:
    """What the mentions of one thing say of it together; a curated one goes before the others, then the first.

    Beside a title, `described_as` is a key that an editor chose and no source's word; the other titles of one incident
    stand there.
    """
    ordered = sorted(members, key=lambda m: m.node_id is None)
    label = ordered[0].label
    names = list(dict.fromkeys(m.name for m in ordered if m.name))
    described = {m.described_as for m in ordered if m.described_as and not m.title_en and label != "Source"}
    properties: dict[str, Property] = {}
    if label == "Incident":
        titles = [title for m in ordered for title in (m.title_en, m.title_fr) if title]
        described |= {*names, *titles} - {_first(ordered, "title_en"), _first(ordered, "title_fr")}
    elif names:
        properties["name"] = names[0]
        described = set()
    for name, texts in (
        ("aliases", {*names, *(alias for m in ordered for alias in m.aliases)} - set(names[:1])),
        ("described_as", described),
        ("identifiers", {identifier for m in ordered for identifier in m.identifiers}),
    ):
        if texts and (name != "aliases" or label != "Incident"):
            properties[name] = sorted(texts)
    for name in _COPIED:
        value = _first(ordered, name)
        if value is not None:
            properties[name] = value
    for name in ("published_on", "retrieved_on"):
        properties |= dated(name, next((v for m in ordered if (v := getattr(m, name))), None))
    relay = next((m.relay_of for m in ordered if m.relay_of), None)
    if relay and not relay.startswith("source."):
        properties["relay_of"] = relay
    return properties


def _first(ordered: Sequence[Mention], name: str) -> Any:
    return next((v for m in ordered if (v := getattr(m, name)) is not None), None)


def _claim_node(fact: Fact, names: dict[str, str], graph: Graph) -> Node:
    claim = fact.claim
    properties: dict[str, Property] = {
        "id": claim.id,
        "subject": fact.subject,
        "record": fact.record,
        "current": fact.current,
    }
    for name in _ON_CLAIM:
        value = getattr(claim, name)
        if value is not None and (value is not False or name == "negated"):
            properties[name] = value
    for name, text in (
        ("object", fact.object),
        ("incident", fact.incident),
        ("value", _value_text(claim)),
        ("asserter", names[fact.asserter] if fact.asserter else fact.publisher),
        ("asserter_id", fact.asserter),
        ("locator", claim.citation.locator),
        ("quote_lang", claim.citation.lang),
        ("sha256", claim.citation.sha256),
        ("denial", _denial(fact, graph) if claim.predicate == "affected" and claim.negated else None),
        ("in_interval", in_interval(fact) if claim.predicate == "people" else None),
    ):
        if text is not None:
            properties[name] = text
    date = claim.date or (str(claim.value) if PREDICATES[claim.predicate].value == "date" else None)
    for name, text in (("stated_on", claim.stated_on), ("date", date), ("until", claim.until)):
        properties |= dated(name, text)
    return Node(claim.id, ("Claim",), properties)


def _denial(fact: Fact, graph: Graph) -> str | None:
    """What a standing denial of having been hit amounts to: cleared, denied by the body itself, or nothing."""
    voices = [_voice(fact, graph)] if fact.current else []
    return "cleared" if cleared(voices) else "denied" if denied(voices) else None


def _value_text(claim: Claim) -> str | None:
    if isinstance(claim.value, bool):
        return str(claim.value).lower()
    return None if claim.value is None else str(claim.value)


def _claim_edges(fact: Fact) -> Iterable[Edge]:
    yield Edge("STATED_IN", fact.claim.id, fact.source, {})
    ends = {fact.incident: "context", fact.object: "object", fact.subject: "subject"}
    yield from (Edge("ABOUT", fact.claim.id, end, {"role": role}) for end, role in ends.items() if end is not None)


def _fact_edges(stated: Iterable[Fact], graph: Graph) -> Iterable[Edge]:
    groups: dict[tuple[str, str, str], list[Fact]] = {}
    figures: dict[tuple[str, str], list[Fact]] = {}
    for fact in stated:
        edge = PREDICATES[fact.claim.predicate].edge
        if edge and fact.object:
            groups.setdefault((edge, fact.subject, fact.object), []).append(fact)
        elif fact.claim.predicate == "people" and fact.object and fact.current:
            figures.setdefault((fact.subject, fact.object), []).append(fact)
    for (edge, start, end), group in sorted(groups.items(), key=lambda item: item[0]):
        said = [fact for fact in group if fact.current and not fact.claim.negated]
        if not said:
            continue
        properties = _edge_properties(said, group)
        own = _OWN.get(edge)
        if own is not None:
            properties |= own(said)
        if edge == "AFFECTED":
            voices = [_voice(fact, graph) for fact in group if fact.current]
            step = status(voices)
            if step is not None:
                properties["status"] = step
            properties |= {"denied": denied(voices), "cleared": cleared(voices)}
            properties |= bounds(figures.get((start, end), []), within=end)
        yield Edge(edge, start, end, properties)


def _edge_properties(said: Sequence[Fact], group: Sequence[Fact]) -> dict[str, Property]:
    properties: dict[str, Property] = {
        "claims": sorted(fact.claim.id for fact in group),
        "sources": len({fact.root for fact in said}),
        "basis": "stated" if any(fact.claim.basis == "stated" for fact in said) else "inferred",
        "hedged": all(fact.claim.modality == "hedged" for fact in said),
        "negated": any(fact.claim.negated and fact.current for fact in group),
    }
    if properties["basis"] == "inferred":
        properties["rule"] = min(fact.claim.rule or "" for fact in said)
    dates = sorted(
        {when(f.claim.stated_on) for f in said if f.claim.stated_on}, key=lambda d: (d.first_day, d.last_day)
    )
    if dates:
        properties |= dated("first_stated_on", dates[0].text) | dated("last_stated_on", dates[-1].text)
    return properties


def _voice(fact: Fact, graph: Graph) -> Voice:
    kind = graph.nodes[fact.asserter].properties.get("kind") if fact.asserter else None
    own = fact.claim.asserter_kind == "own"
    return Voice(
        asserter_kind=fact.claim.asserter_kind,
        is_the_body=fact.asserter == fact.object if fact.asserter else own,
        authority_kind=str(kind) if kind else None,
        reliability=fact.reliability,
        negated=fact.claim.negated,
        cleared=fact.claim.cleared,
        by_machine=fact.claim.extraction in ("rule", "model"),
    )


def _service(said: Sequence[Fact]) -> dict[str, Property]:
    properties: dict[str, Property] = {}
    services = sorted({fact.claim.service for fact in said if fact.claim.service})
    if services:
        properties["service"] = services
    starts = [when(fact.claim.date) for fact in said if fact.claim.date]
    ends = [when(fact.claim.until) for fact in said if fact.claim.until]
    if starts:
        properties |= dated("from", min(starts, key=lambda date: (date.first_day, date.last_day)).text)
    if ends:
        properties |= dated("to", max(ends, key=lambda date: (date.last_day, date.first_day)).text)
    return properties


def _roles(said: Sequence[Fact]) -> dict[str, Property]:
    roles = sorted({fact.claim.role for fact in said if fact.claim.role})
    return {"role": roles} if roles else {}


_OWN: dict[str, Callable[[Sequence[Fact]], dict[str, Property]]] = {
    "SUPPLIES": _service,
    "USES": _service,
    "INVESTIGATES": _roles,
}


def _display(node: Node) -> str:
    words = node.properties.get("described_as")
    described = words[0] if isinstance(words, list) else None
    return str(node.properties.get("name") or node.properties.get("title_en") or described or node.id)


def _notes(
    graph: Graph, identity: Identity, verdicts: Sequence[Verdict], then: Known, known_on: str | None
) -> Iterable[str]:
    yield from identity.conflicts
    waiting = [v for v in verdicts if not {v.left, v.right} <= identity.clusters.keys()]
    if waiting and known_on is None:
        yield (
            f"{len(waiting):,} verdicts, as that of {waiting[0].by} on {waiting[0].left} and {waiting[0].right}, are on "
            "what no record speaks of: they wait until it is loaded"
        )
    places = [(node.id, node.properties) for node in graph.nodes.values()]
    places += [(f"{edge.end} in {edge.start}", edge.properties) for edge in graph.edges.values()]
    for place, properties in places:
        if properties.get("people_contradiction"):
            yield f"{place}: its figures contradict each other; the interval takes in both"
    if known_on is not None:
        day = iso(when(known_on).last_day)
        yield f"known on {day}: {then.later:,} later claims and {then.undated:,} without a date are left out"


def census(graph: Graph) -> dict[str, int]:
    """How many nodes of each label and edges of each type, for the builder's report."""
    counts = Counter(label for node in graph.nodes.values() for label in node.labels)
    counts.update(edge.type for edge in graph.edges.values())
    return dict(sorted(counts.items()))
