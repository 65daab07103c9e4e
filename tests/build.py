"""Small builders: a record in the making, and random records over the whole schema."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from outbreach.graph.dates import when
from outbreach.graph.errors import ClaimError
from outbreach.graph.projection.elements import Edge, Node
from outbreach.graph.projection.project import Projection, project
from outbreach.graph.records.record import Citation, Claim, Mention, Record, interval, label_of
from outbreach.graph.records.workspace import Verdict
from outbreach.graph.schema import EXTRACTIONS, MODALITIES, PREDICATES, QUALIFIERS, edge_ends
from outbreach.graph.vocabulary import vocabulary
from outbreach.loaders import curated

ROLES = {"event": "event_roles", "investigates": "investigation_roles", "sanction": "sanction_kinds"}


class Row:
    """A record in the making, with an incident and a source of its own."""

    def __init__(self, key: str = "k", loader: str = "test", **source: Any) -> None:
        self.key, self.loader = key, loader
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []
        self.source = self.thing("Source", f"source of {key}", **{"publisher": f"paper {key}", **source})
        self.incident = self.thing("Incident", described_as=key, title_en=f"Breach {key}", title_fr=f"Fuite {key}")

    def thing(self, label: str, name: str | None = None, role: str | None = None, **more: Any) -> Mention:
        """A mention of the record."""
        made = Mention.of(self.loader, self.key, label, role or label.lower(), name, **more)
        self.mentions.append(made)
        return made

    def org(self, name: str | None, role: str = "organisation", **more: Any) -> Mention:
        """A body in France, unless `more` says otherwise."""
        return self.thing("Organisation", name, role, **{"country": "FR", **more})

    def say(self, subject: Mention, predicate: str, object: Mention | str | None = None, **more: Any) -> Claim:
        """A claim of the record, by press in its own source, unless `more` says otherwise."""
        end = object.id if isinstance(object, Mention) else object
        source = more.pop("source", self.source)
        for name in ("asserter", "incident"):
            if isinstance(more.get(name), Mention):
                more[name] = more[name].id
        made = Claim(subject=subject.id, predicate=predicate, object=end, citation=Citation(source=source.id), **more)
        self.claims.append(made)
        return made

    def people(self, value: int, qualifier: str = "exact", of: Mention | None = None, **more: Any) -> Claim:
        """A figure of the record's incident."""
        low, high = interval(value, qualifier)
        subject = more.pop("subject", self.incident)
        return self.say(subject, "people", of, value=value, low=low, high=high, qualifier=qualifier, **more)

    def record(self) -> Record:
        """The record as it is now."""
        return Record(source=self.loader, key=self.key, mentions=tuple(self.mentions), claims=tuple(self.claims))


def projected(*rows: Row, verdicts: Sequence[Verdict] = (), known_on: str | None = None) -> Projection:
    """The projection of these rows in this order."""
    return project([row.record() for row in rows], verdicts, known_on)


def node(found: Projection, name: str) -> Node:
    """The one node of that name or title."""
    (only,) = [
        n for n in found.graph.nodes.values() if name in (n.properties.get("name"), n.properties.get("title_en"))
    ]
    return only


def edge(found: Projection, type: str) -> Edge:
    """The one edge of that type that is a fact."""
    (only,) = [
        e for e in found.graph.edges.values() if e.type == type and "Claim" not in found.graph.nodes[e.start].labels
    ]
    return only


def shipped() -> list[Record]:
    """Every curated record that the package brings."""
    brought = curated.SOURCE.shipped
    assert brought is not None
    return [record for file in brought() for record in curated.read(file).records]


def verdict(left: Mention, right: Mention, said: str) -> Verdict:
    """A person's judgement on two mentions."""
    return Verdict(left.id, right.id, said, "an editor", "2024-01-01", "looked it up")


@cache
def days() -> st.SearchStrategy[str]:
    """Dates of every precision, near each other."""
    day = st.dates(date(2020, 1, 1), date(2023, 12, 31)).map(date.isoformat)
    return st.one_of(day, day.map(lambda d: d[:7]), day.map(lambda d: d[:4]), st.sampled_from(["2021-21", "2022-24"]))


PLAIN = st.sampled_from(["Alpha Clinic", "Beta Lab", "Gamma Cloud SAS", "Gamma Cloud", "Delta", "Épsilon & Fils"])
WILD = st.text(
    st.one_of(st.sampled_from("\u2028\u2029\n\r\t\"'\\\x00\x1f\x7f\ufeff,;é漢🏥 a0"), st.characters(codec="utf-8")),
    max_size=12,
).filter(lambda text: bool(text.strip()))
_PLACES = st.sampled_from([{}, {"country": "FR"}, {"country": "US", "region": "US-CA"}, {"country": "US"}])
_THINGS = ("Organisation", "Software", "Vulnerability", "Attacker", "Campaign", "Notification", "Incident")


@cache
def _terms(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(list(vocabulary(name)))


@st.composite
def _mention(draw: st.DrawFn, key: str, label: str, number: int, words: st.SearchStrategy[str]) -> Mention:
    more: dict[str, Any] = {}
    if label == "Organisation":
        more = {**draw(_PLACES), "kind": draw(st.none() | _terms("organisation_kinds"))}
        more["unnamed_count"] = draw(st.none() | st.integers(1, 40))
    elif label == "Software":
        more = {"category": draw(st.none() | _terms("software_categories"))}
    elif label == "Source":
        more = {
            "kind": draw(_terms("source_kinds")),
            "publisher": draw(words),
            "published_on": draw(st.none() | days()),
        }
        more |= {
            "reliability": draw(st.sampled_from([None, "high", "normal", "low"])),
            "relay_of": draw(st.none() | words),
        }
    elif label == "Notification":
        more = {"channel": draw(st.none() | words)}
    elif label in ("Campaign", "Incident"):
        more = {"title_en": draw(st.none() | words), "title_fr": draw(st.none() | words)}
    if label not in ("Incident", "Notification", "Campaign"):
        more["identifiers"] = tuple(draw(st.lists(st.sampled_from(["npi:1", "npi:2", "domain:a.example"]), max_size=1)))
    if label not in ("Incident", "Notification"):
        more["aliases"] = tuple(draw(st.lists(words, max_size=2)))
    name = draw(st.none() | words)
    role = draw(st.sampled_from(["vendor", "authority", "organisation"])) if label == "Organisation" else label.lower()
    described = draw(words) if name is None else None
    return Mention.of(
        "test", key, label, f"{role}" if number == 0 else f"{role} {number}", name, described_as=described, **more
    )


def _detail(draw: st.DrawFn, name: str, predicate: str, words: st.SearchStrategy[str], bodies: list[str]) -> Any:
    scopes = st.sampled_from([*bodies, "part", "rest"])
    strategies: dict[str, st.SearchStrategy[Any]] = {
        "role": _terms(ROLES.get(predicate, "event_roles")),
        "date": days(), "until": days(), "population": _terms("populations"), "within": scopes,
        "disjoint_with": st.lists(scopes, min_size=1, max_size=2).map(tuple), "exhaustive": st.booleans(),
        "amount": st.floats(allow_nan=False, allow_infinity=False), "currency": st.sampled_from(["EUR", "USD"]),
    }  # fmt: skip
    return draw(strategies.get(name, words))


def _number(draw: st.DrawFn) -> dict[str, Any]:
    qualifier = draw(st.sampled_from(QUALIFIERS))
    value = draw(st.integers(0, 50))
    if qualifier == "between":
        return {"low": value, "high": value + draw(st.integers(0, 50)), "qualifier": qualifier}
    low, high = interval(value, qualifier)
    return {"value": value, "low": low, "high": high, "qualifier": qualifier}


def _stated(draw: st.DrawFn, predicate: str, words: st.SearchStrategy[str], bodies: list[str]) -> dict[str, Any]:
    table = PREDICATES[predicate]
    said: dict[str, Any] = {"negated": draw(st.integers(0, 4)) == 0}
    if table.value == "integer":
        said |= _number(draw)
    elif table.value is not None:
        kinds = {
            "date": days(),
            "text": words,
            "boolean": st.booleans(),
            "term:incident_kinds": _terms("incident_kinds"),
        }
        said["value"] = draw(kinds[table.value])
    for name in table.details:
        if name == "cleared":
            said[name] = said["negated"] and draw(st.booleans())
        elif (name == "role" and predicate in ("event", "sanction")) or draw(st.integers(0, 2)) == 0:
            said[name] = _detail(draw, name, predicate, words, bodies)
    if "date" in said and "until" in said and when(said["date"]).first_day > when(said["until"]).last_day:
        said["date"], said["until"] = said["until"], said["date"]
    return said


@st.composite
def records(draw: st.DrawFn, key: str = "r0", words: st.SearchStrategy[str] = PLAIN) -> Record:
    """Any record that the schema allows."""
    labels = ["Incident", "Source", "Organisation", *draw(st.lists(st.sampled_from((*_THINGS, "Source")), max_size=5))]
    mentions = {m.id: m for n, label in enumerate(labels) for m in [draw(_mention(key, label, n, words))]}
    by_label: dict[str, list[str]] = {}
    for id in mentions:
        by_label.setdefault(label_of(id), []).append(id)
    ends = {
        p.name: [
            (s, o)
            for label in p.subject
            for s in by_label.get(label, [])
            for o in [
                *(x for other in p.object for x in by_label.get(other, [])),
                *([] if p.object_needed and p.object else [None]),
            ]
            if not p.edge or o is None or (label, label_of(o)) in edge_ends()[p.edge]
        ]
        for p in PREDICATES.values()
    }
    ends["exposed"] = [(i, f"data.{term}") for i in by_label["Incident"] for term in ("name", "diagnosis")]
    possible = [name for name, pairs in ends.items() if pairs]
    asserters = [None, *by_label["Organisation"], *by_label.get("Attacker", [])]
    claims: dict[str, Claim] = {}
    for _ in range(draw(st.integers(1, 7))):
        predicate = draw(st.sampled_from(possible))
        subject, target = draw(st.sampled_from(ends[predicate]))
        inferred = draw(st.integers(0, 4)) == 0
        claim = Claim(
            subject=subject, predicate=predicate, object=target,
            citation=Citation(source=draw(st.sampled_from(by_label["Source"])), locator=draw(st.none() | words)),
            asserter=draw(st.sampled_from(asserters)), asserter_kind=draw(_terms("asserter_kinds")),
            asserter_role=draw(st.none() | words), stated_on=draw(st.none() | days()), quote=draw(st.none() | words),
            modality=draw(st.sampled_from(MODALITIES)), extraction=draw(st.sampled_from(EXTRACTIONS)),
            basis="inferred" if inferred else "stated", rule="by the weekday" if inferred else None,
            incident=draw(st.sampled_from([None, *by_label["Incident"]])),
            **_stated(draw, predicate, words, by_label["Organisation"]),
        )  # fmt: skip
        claims[claim.id] = claim
    text, lang = draw(st.none() | words), draw(st.sampled_from([None, "fr"]))
    return Record(
        source="test", key=key, mentions=tuple(mentions.values()), claims=tuple(claims.values()), text=text, lang=lang
    )


def loads(most: int = 3) -> st.SearchStrategy[list[Record]]:
    """A few records as a workspace would give them, in load order."""
    return st.integers(1, most).flatmap(lambda n: st.tuples(*(records(f"r{i}") for i in range(n))).map(list))


def refusal(**claim: Any) -> str:
    """The sentence with which a claim is refused."""
    try:
        Claim(**claim)
    except ClaimError as error:
        return str(error)
    raise AssertionError("the claim was built")
