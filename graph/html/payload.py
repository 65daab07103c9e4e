"""What the page knows, as one JSON value: nodes, lines, claims and sources, compact, each text once.

nodes    [id, name, French name if another, details]     those to draw first, then those only named
edges    [details, [claims]]                             in the order of the network’s edges
claims   [details, subject, object, voice, quote]        subject and object are places in `nodes`
voices   [asserter, kind of asserter, stated on, source]
sources  {title, publisher, url, …}
rows     [node, level, status, incident, [way before it], [marks]]   the last ones may be left out
details  what else is known of nodes, edges and claims (their `label`, `type`, `predicate` first), each combination
         once: a place in this list
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from outbreach.graph.html.selection import DRAWN, STATUS_ORDER, StoryRow, is_fact, label_of
from outbreach.graph.projection.elements import Edge, Graph, Node
from outbreach.graph.vocabulary import vocabulary
from outbreach.graph.yamlfile import parse

Json: TypeAlias = Any
_LANGUAGES = ("en", "fr")
_NOT_TEXT = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x09), *range(0x0B, 0x20), 0x7F, *range(0xD800, 0xE000)]
)
"""Characters that reorder a line, control a terminal or are half of one: they are no part of a name or a quote."""
_ON_NODE = ("country", "region", "unnamed_count", "category", "people_low", "people_high", "people_approximate",
            "people_contradiction", "aliases", "disputed")  # fmt: skip
_ON_EDGE = ("status", "denied", "cleared", "people_low", "people_high", "people_approximate", "people_contradiction",
            "sources", "hedged", "negated", "service", "from", "to", "role")  # fmt: skip
_ON_CLAIM = ("value", "low", "high", "qualifier", "negated", "asserter_role", "quote_lang", "role", "date", "until",
             "service", "population", "subset", "amount", "currency", "reference", "wording", "cleared", "text_en",
             "text_fr", "in_interval", "locator")  # fmt: skip
_ON_SOURCE = ("title", "publisher", "published_on", "lang", "kind", "relay_of")
_TERMS = {
    "kind": "incident_kinds",
    "event": "event_roles",
    "investigates": "investigation_roles",
    "sanction": "sanction_kinds",
}


@cache
def texts() -> dict[str, Json]:
    """The interface texts of texts.yaml; French punctuation gets the space that does not break."""
    words = _with_french_spaces(parse((files("outbreach.graph.html") / "texts.yaml").read_text(encoding="utf-8")).data)
    return dict(words)


def _with_french_spaces(words: Json) -> Json:
    if not isinstance(words, dict):
        return words
    return {
        key: re.sub(" (?=[:»])|(?<=«) ", "\u00a0", re.sub(" (?=[;?!])", "\u202f", value))
        if key.startswith("fr") and isinstance(value, str)
        else _with_french_spaces(value)
        for key, value in words.items()
    }


def names(node: Node) -> tuple[str, str]:
    """What to call a node in English and in French; one that no source names is called what they say of it."""
    given = node.properties
    plain = given.get("name") or given.get("title") or given.get("publisher")
    named = [given.get(f"title_{lang}") or given.get(f"name_{lang}") or plain for lang in _LANGUAGES]
    if any(named):
        return _clean(str(named[0] or named[1])), _clean(str(named[1] or named[0]))
    described, count = given.get("described_as"), given.get("unnamed_count")
    label = texts()["labels"].get(label_of(node), {"en": node.id, "fr": node.id})
    english, french = (
        texts()["unnamed"]["count" if count else "plain"][lang].format(
            o=described[0] if isinstance(described, list) and described else label[lang], n=count
        )
        for lang in _LANGUAGES
    )
    return _clean(english), _clean(french)


def safe_url(url: object) -> str | None:
    """The address if it is a plain web address, else None: no javascript:, no data:, no onion service, no credentials."""
    if not isinstance(url, str) or any(ord(letter) <= 0x20 or ord(letter) == 0x7F for letter in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    return (
        url
        if parts.scheme in ("http", "https") and host and "@" not in parts.netloc and not host.endswith(".onion")
        else None
    )


class _Once:
    """A list in which equal values stand once."""

    def __init__(self) -> None:
        self.values: list[Json] = []
        self._places: dict[str, int] = {}

    def place(self, value: Json) -> int:
        """The place of the value, which is added where it is new."""
        key = json.dumps(value, sort_keys=True)
        if key not in self._places:
            self._places[key] = len(self.values)
            self.values.append(value)
        return self._places[key]


def payload(graph: Graph, order: Sequence[str], rows: Sequence[StoryRow]) -> dict[str, Json]:
    """Everything that the page shows besides positions; the nodes of `order` are drawn, in this order."""
    claims = sorted(id for id, node in graph.nodes.items() if "Claim" in node.labels)
    stated_in = {edge.start: edge.end for edge in graph.edges.values() if edge.type == "STATED_IN"}
    sources = sorted({source for id, source in stated_in.items() if id in graph.nodes and source in graph.nodes})
    shown = {id: index for index, id in enumerate(order)}
    mentioned = _mentioned(graph, claims, rows) - shown.keys()
    place = shown | {id: index for index, id in enumerate(sorted(mentioned), len(order))}
    claim_place = {id: index for index, id in enumerate(claims)}
    source_place = {id: index for index, id in enumerate(sources)}
    details, voices = _Once(), _Once()
    return {
        "drawn": len(order),
        "nodes": [_node(graph.nodes[id], details) for id in place],
        "edges": [_edge(edge, claim_place, details) for edge in lines(graph, shown)],
        "claims": [
            _claim(graph.nodes[id], place, source_place.get(stated_in.get(id, ""), -1), voices, details)
            for id in claims
        ],
        "voices": voices.values,
        "details": details.values,
        "also": _also(graph, claims, claim_place, shown),
        "sources": [_source(graph.nodes[id]) for id in sources],
        "rows": [_row(row, place) for row in sorted(rows, key=lambda row: row.rank) if row.id in shown],
        "total": len(rows),
        "terms": _terms(graph, claims),
    }


def lines(graph: Graph, shown: Mapping[str, int]) -> list[Edge]:
    """The fact edges between drawn nodes, in a fixed order."""
    found = [e for e in graph.edges.values() if is_fact(e) and e.start in shown and e.end in shown]
    return sorted(found, key=lambda e: (shown[e.start], shown[e.end], e.type))


def _node(node: Node, once: _Once) -> list[Json]:
    english, french = names(node)
    details: dict[str, Json] = {"label": label_of(node)} | _some(node, _ON_NODE)
    if "Vendor" in node.labels or "Authority" in node.labels:
        details["second"] = [label for label in node.labels if label in ("Vendor", "Authority")]
    kind = node.properties.get("kind")
    if isinstance(kind, str):
        details["kind"] = kind
    if not node.properties.get("name") and label_of(node) == "Organisation":
        details["unnamed"] = True
    return [node.id, english, french if french != english else 0, once.place(details)]


def _edge(edge: Edge, claim_place: Mapping[str, int], once: _Once) -> list[Json]:
    given = {k: cleaned(v) for k in _ON_EDGE if (v := edge.properties.get(k)) not in (None, False, [])}
    details: dict[str, Json] = {"type": edge.type} | given
    if edge.properties.get("basis") == "inferred":
        details["inferred"] = True
    ids = edge.properties.get("claims")
    claims = [claim_place[id] for id in ids if id in claim_place] if isinstance(ids, list) else []
    return [once.place(details), claims]


def _claim(node: Node, place: Mapping[str, int], source: int, voices: _Once, once: _Once) -> list[Json]:
    given = node.properties
    details = {"predicate": given.get("predicate", "note")} | _some(node, _ON_CLAIM)
    for name, when in (("current", False), ("modality", "hedged"), ("basis", "inferred")):
        if given.get(name) == when:
            details[{"current": "superseded", "modality": "hedged", "basis": "inferred"}[name]] = 1
    voice = [cleaned(given.get("asserter", "")), given.get("asserter_kind", ""), given.get("stated_on", ""), source]
    return [
        once.place(details),
        place.get(str(given.get("subject")), -1),
        place.get(str(given.get("object")), -1),
        voices.place(voice),
        cleaned(given.get("quote", "")),
    ]


def _source(node: Node) -> dict[str, Json]:
    found = _some(node, _ON_SOURCE)
    for name in ("url", "archived_url"):
        if url := safe_url(node.properties.get(name)):
            found[name] = url
    if node.properties.get("reliability") == "low":
        found["low"] = 1
    return found


def _row(row: StoryRow, place: Mapping[str, int]) -> list[Json]:
    way = [place[id] for id in row.via if id in place and id != row.id]
    marks = [mark for mark, holds in (("denied", row.denied), ("cleared", row.cleared)) if holds]
    status = STATUS_ORDER.index(row.status) if row.status in STATUS_ORDER else row.status
    found = [place[row.id], row.level, status, place.get(row.incident or "", -1), way]
    return [*found, marks] if marks else found


def _mentioned(graph: Graph, claims: Iterable[str], rows: Iterable[StoryRow]) -> set[str]:
    """Nodes whose name is needed though they are not drawn."""
    ids = {str(graph.nodes[id].properties.get(end)) for id in claims for end in ("subject", "object")}
    ids |= {id for row in rows for id in (*row.via, row.incident or "")}
    return {id for id in ids if id in graph.nodes and graph.nodes[id].labels[0] not in ("Claim", "Source")}


def _also(
    graph: Graph, claims: Iterable[str], claim_place: Mapping[str, int], shown: Mapping[str, int]
) -> list[list[int]]:
    """[claim, node]: what is said of a notice, told where its filer and its incident are."""
    near: dict[str, set[int]] = {}
    for edge in graph.edges.values():
        for end, other in ((edge.start, edge.end), (edge.end, edge.start)):
            if is_fact(edge) and end in graph.nodes and label_of(graph.nodes[end]) not in DRAWN and other in shown:
                near.setdefault(end, set()).add(shown[other])
    pairs = []
    for id in claims:
        given = graph.nodes[id].properties
        for notice in (given.get("subject"), given.get("object")):
            if isinstance(notice, str) and notice.startswith("notification-"):
                others = near.get(notice, set()) - {shown.get(str(given.get(o)), -1) for o in ("subject", "object")}
                pairs += [[claim_place[id], other] for other in sorted(others)]
    return pairs


def _terms(graph: Graph, claims: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """The entries of closed lists that these claims and nodes use, by list, in English and French."""
    used: dict[str, set[str]] = {}
    for id in claims:
        given = graph.nodes[id].properties
        predicate = str(given.get("predicate"))
        word = given.get("value") if predicate == "kind" else given.get("role")
        if predicate in _TERMS and word:
            used.setdefault(_TERMS[predicate], set()).add(str(word))
        for name, listed in (("asserter_kind", "asserter_kinds"), ("population", "populations")):
            if given.get(name):
                used.setdefault(listed, set()).add(str(given[name]))
    for node in graph.nodes.values():
        kind = node.properties.get("kind")
        if isinstance(kind, str):
            listed = "source_kinds" if "Source" in node.labels else "organisation_kinds"
            used.setdefault(listed, set()).add(kind)
        if category := node.properties.get("category"):
            used.setdefault("software_categories", set()).add(str(category))
    return {
        listed: {
            word: [vocabulary(listed)[word].name_en, vocabulary(listed)[word].name_fr]
            for word in sorted(words)
            if word in vocabulary(listed)
        }
        for listed, words in sorted(used.items())
    }


def _some(node: Node, wanted: Iterable[str]) -> dict[str, Json]:
    return {name: cleaned(v) for name in wanted if (v := node.properties.get(name)) not in (None, False, "", [])}


def cleaned(value: Json) -> Json:
    """The value without characters that reorder a line or control a terminal."""
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return _clean(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    return text.translate(_NOT_TEXT)
