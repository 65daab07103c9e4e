"""One event, one incident: what joins tellings of one event, what keeps two apart, and what no order may change."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbreach.graph.dates import when
from outbreach.graph.identity.freetext import People, date, people
from outbreach.graph.identity.incidents.compare import compare_incidents
from outbreach.graph.identity.incidents.event import Event
from outbreach.graph.identity.incidents.evidence import MEETINGS, judge
from outbreach.graph.identity.incidents.identify import identify, why
from outbreach.graph.identity.incidents.text import telling, weights
from outbreach.graph.identity.pairs import read_pairs
from outbreach.graph.identity.resolve import Identity
from outbreach.graph.records.workspace import Verdict
from outbreach.loaders import hhs
from tests.build import Row, edge, projected, shipped, verdict

HHS = Path(__file__).resolve().parents[2] / "shared" / "data" / "hhs"


def report(key: str, name: str, on: str, people: int | None = None, **more: Any) -> Row:
    """A body's report to a portal: who filed it, when, how many; with `vendor`, whose systems it says were breached."""
    row = Row(key, more.pop("loader", "portal"), publisher="Portal")
    vendor = more.pop("vendor", None)
    filer = row.org(
        name, "filer", country="US", region=more.pop("region", "US-OH"), kind=more.pop("kind", "care_provider")
    )
    portal = row.org("Office", "authority", country="US", node_id="org-office", kind="regulator")
    notice = row.thing("Notification", described_as=f"report of {on}")
    own: dict[str, Any] = {"asserter": filer, "asserter_kind": "own", "stated_on": on}
    row.say(row.incident, "affected", filer, **own)
    row.say(filer, "filed", notice)
    row.say(notice, "about", row.incident)
    row.say(notice, "addressed_to", portal)
    row.say(notice, "sent_on", value=on)
    for kind in more.pop("kinds", ("hacking",)):
        row.say(row.incident, "kind", value=kind, **own)
    if people is not None:
        row.people(people, of=filer, subset=more.pop("subset", None), **own)
    if vendor is not None:
        supplier = row.org(vendor, "vendor", country="US", region="US-TX", kind="company")
        row.say(row.incident, "originated_at", supplier, **own)
        row.say(supplier, "supplies", filer, **own)
    assert not more
    return row


def incidents(identity: Identity) -> list[set[str]]:
    """The clusters of incidents, as the records that tell of them."""
    clusters = {id(c): c for key, c in identity.clusters.items() if key.startswith("incident.")}
    return [{m.id for m in c.members} for c in clusters.values()]


def who(*rows: Row, verdicts: Sequence[Verdict] = ()) -> Identity:
    """Who is who in these rows."""
    return identify([row.record() for row in rows], verdicts)


def one(*rows: Row, verdicts: Sequence[Verdict] = ()) -> bool:
    """Whether the rows tell of one event."""
    return len(incidents(who(*rows, verdicts=verdicts))) == 1


def several_tellings() -> list[Row]:
    """One breach of a supplier: filed by it and by eleven clients, by a state, in the press, in a leak post."""
    names = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gingko", "Hazel", "Ilex", "Juniper", "Katsura"]
    supplier = "Quillon Records"
    rows = [report("v", supplier, "2023-06-01", 911_337, kind="company", region="US-TX")]
    rows += [
        report(f"c{i}", f"{name} Family Clinic", f"2023-06-{10 + i}", 1_013 + 717 * i, vendor=supplier)
        for i, name in enumerate(names)
    ]
    state = report(
        "s", supplier, "2023-06-02", 4_211, loader="state", kind="company", region="US-TX", subset="residents"
    )
    rows.append(state)
    press = Row("p", "press")
    body = press.org(supplier, country="US", region="US-TX", kind="company")
    press.say(press.incident, "affected", body)
    press.say(press.incident, "originated_at", body)
    press.say(press.incident, "disclosed_on", value="2023-05-29")
    press.say(press.incident, "kind", value="ransomware")
    leak = Row("l", "leaks")
    crew, hit = leak.thing("Attacker", "Nightjar"), leak.org(supplier, country="US", region="US-TX", kind="company")
    leak.say(leak.incident, "affected", hit, asserter=crew, asserter_kind="attacker")
    leak.say(leak.incident, "disclosed_on", value="2023-05-20", asserter=crew, asserter_kind="attacker")
    return [*rows, press, leak]


def test_one_event_told_fifteen_times() -> None:
    """The supplier's report, its eleven clients', a state's, the press's and a leak post are one incident."""
    found = projected(*several_tellings())
    nodes = [n for n in found.graph.nodes.values() if "Incident" in n.labels]
    assert len(nodes) == 1
    ends = [e for e in found.graph.edges.values() if e.type == "AFFECTED"]
    assert len(ends) == 12
    assert len([n for n in found.graph.nodes.values() if "Notification" in n.labels]) == 13
    for held, least in (
        (edge(found, "ORIGINATED_AT").properties["claims"], 12),
        (nodes[0].properties["former_ids"], 14),
        (nodes[0].properties["described_as"], 14),
    ):
        assert isinstance(held, list)
        assert len(held) >= least


def test_people_of_the_merged_incident() -> None:
    """What vendor and clients count stays apart in its scopes, and nothing is added up."""
    found = projected(*several_tellings())
    (incident,) = [n for n in found.graph.nodes.values() if "Incident" in n.labels]
    assert incident.properties["people_low"] == 911_337
    assert "people_high" not in incident.properties


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ({"people": 4_817}, {"on": "2023-05-20", "people": 4_817}, True),
        ({"people": 4_817}, {"on": "2023-11-20", "people": 4_817}, True),
        ({"people": 4_817}, {"on": "2027-11-20", "people": 4_817}, False),
        ({"people": 4_817}, {"on": "2023-05-20", "people": 912}, False),
        ({"people": 4_817}, {"on": "2023-05-20", "people": 912, "kinds": ("loss",)}, False),
        ({"people": 4_500_000}, {"on": "2023-05-02", "people": 6_121_158, "kind": "company"}, True),
        ({"people": 4_817, "loader": "state"}, {"on": "2023-05-03", "people": 91_277}, True),
        ({"people": 4_817, "loader": "state"}, {"on": "2023-06-28", "people": 91_277}, False),
        ({}, {"on": "2023-05-09", "loader": "state"}, True),
        ({}, {"on": "2024-09-09", "loader": "state"}, False),
        ({"vendor": "Quillon"}, {"on": "2023-05-03", "vendor": "Ferrous", "loader": "state"}, False),
    ],
)
def test_one_body_twice(left: dict[str, Any], right: dict[str, Any], same: bool) -> None:
    """One body's two reports are one event where dates and counts agree, and two where they do not."""
    assert (
        one(report("a", "Alder Clinic", **{"on": "2023-05-01", **left}), report("b", "Alder Clinic", **right)) is same
    )


def test_a_supplier_without_a_name_contradicts_none() -> None:
    """That a client speaks of a supplier, and does not name it, is no other supplier."""
    named = report("a", "Alder Clinic", "2023-05-01", vendor="Quillon", loader="curated", kinds=("ransomware",))
    nameless = report("b", "Alder Clinic", "2023-05-09", 4_817, kinds=("ransomware",))
    filer = next(m for m in nameless.mentions if m.role == "filer")
    nameless.say(nameless.org(None, "vendor", described_as="its business associate"), "supplies", filer)
    assert one(named, nameless)


def told_of(body: str, loader: str, **days: str) -> Row:
    """An editor's telling of an event at a body, with these dates of it."""
    row = Row("e", loader)
    hit = row.org(body, country="US", region="US-OH", kind="care_provider")
    row.say(row.incident, "affected", hit)
    row.say(row.incident, "kind", value="ransomware")
    for name, day in days.items():
        row.say(row.incident, name, value=day)
    return row


def test_a_report_waits_months_for_its_event() -> None:
    """What is filed months after an attack is of it; what was filed before anybody knew of it is not."""
    attack = told_of("Alder Clinic", "curated", occurred_from="2023-03-27", discovered_on="2023-05-02")
    assert one(attack, report("b", "Alder Clinic", "2023-09-24", 4_817))
    assert not one(attack, report("b", "Alder Clinic", "2023-04-12", 4_817))


def test_of_two_reports_as_near_none_is_joined() -> None:
    """Where two reports of a body fit an editor's event alike, which of them is of it is for a person to say."""
    attack = told_of("Alder Clinic", "curated", occurred_from="2023-03-27")
    first, other = report("b", "Alder Clinic", "2023-05-24", 4_817), report("c", "Alder Clinic", "2023-06-02", 912)
    identity = who(attack, first, other)
    assert len(incidents(identity)) == 3
    assert any("comes as near" in doubt.reason for doubt in identity.doubts)
    records = [row.record() for row in (attack, first, other)]
    assert "comes as near" in why(records, identity, [], attack.incident.id, first.incident.id)[-1]
    assert one(attack, first)


@pytest.mark.parametrize(("crew", "same"), [("Nightjar", True), ("Sandpiper", False)])
def test_two_posts_on_one_list(crew: str, same: bool) -> None:
    """What one crew posts twice is one event; what two crews post days apart may be an attack and a resale."""
    posts = []
    for key, by, day in (("l", "Nightjar", "2023-05-20"), ("m", crew, "2023-05-29")):
        post = Row(key, "leaks")
        attacker, hit = post.thing("Attacker", by), post.org("Quillon Records", country="US", kind="company")
        own: dict[str, Any] = {"asserter": attacker, "asserter_kind": "attacker", "extraction": "row"}
        post.say(post.incident, "affected", hit, **own)
        post.say(post.incident, "attributed_to", attacker, **own)
        post.say(post.incident, "kind", value="extortion", **own)
        post.say(post.incident, "disclosed_on", value=day, **own)
        posts.append(post)
    assert one(*posts) is same


def test_a_client_and_the_supplier_of_another_year() -> None:
    """A client's notice goes to the breach of its supplier that is near it, not to one years before."""
    early = report("a", "Quillon", "2020-03-01", 700, kind="company", region="US-TX", kinds=("unintended_disclosure",))
    late = report("b", "Quillon", "2023-05-01", 91_000, kind="company", region="US-TX")
    client = report("c", "Alder Clinic", "2023-06-15", 4_817, vendor="Quillon")
    assert sorted(map(len, incidents(who(early, late, client)))) == [1, 2]
    assert one(late, client)


def test_a_report_from_before_the_event() -> None:
    """A report that was filed before the event is said to have begun is of another event."""
    told = report("b", "Alder Clinic", "2023-06-01", loader="curated")
    for began, same in (("2023-05-20", False), ("2023-05", True), ("2023-01-20", True)):
        told.say(told.incident, "occurred_from", value=began)
        assert one(report("a", "Alder Clinic", "2023-05-10"), told) is same


def test_two_bodies_of_no_common_supplier() -> None:
    """Equal counts on one day do not make one event of two bodies."""
    assert not one(report("a", "Alder Clinic", "2023-05-01", 4_817), report("b", "Zinnia Labs", "2023-05-01", 4_817))


def test_users_of_one_product_are_no_clients_of_one_event() -> None:
    """Bodies that were each hit through one product are two incidents, though its maker supplies both."""
    rows = []
    for key, name in (("a", "Alder Clinic"), ("b", "Zinnia Labs")):
        row = Row(key)
        body, maker, product = row.org(name), row.org("Maker", "vendor"), row.thing("Software", "Ferry Transfer")
        row.say(row.incident, "affected", body)
        row.say(row.incident, "exploited", product)
        row.say(maker, "supplies", body)
        row.say(row.incident, "disclosed_on", value="2023-06-01")
        rows.append(row)
    assert not one(*rows)


def test_what_one_record_tells_apart_stays_apart() -> None:
    """A record that speaks of two incidents speaks of two, and no third telling joins them."""
    row = Row("a")
    body = row.org("Alder Clinic")
    other = row.thing("Incident", described_as="second", title_en="Second breach")
    for incident in (row.incident, other):
        row.say(incident, "affected", body)
        row.say(incident, "disclosed_on", value="2023-05-01")
    third = Row("b")
    third.say(third.incident, "affected", third.org("Alder Clinic"))
    third.say(third.incident, "disclosed_on", value="2023-05-01")
    identity = who(row, third)
    assert len(incidents(identity)) == 2
    assert identity.doubts


def test_two_ids_of_editors_are_two_incidents() -> None:
    """Incidents to which curated files give two ids are never joined but by a verdict, and the doubt is kept."""
    rows = []
    for key in "ab":
        row = Row(key)
        row.mentions.remove(row.incident)
        row.incident = row.thing("Incident", described_as=key, title_en=key, node_id=f"incident-{key}")
        row.say(row.incident, "affected", row.org("Alder Clinic"))
        row.say(row.incident, "disclosed_on", value="2023-05-01")
        rows.append(row)
    identity = who(*rows)
    assert len(incidents(identity)) == 2
    (doubt,) = identity.doubts
    assert "incident-a" in doubt.reason
    assert "incident-b" in doubt.reason
    assert one(*rows, verdicts=[verdict(rows[0].incident, rows[1].incident, "same")])


def test_doubt_makes_no_edge_and_goes_with_a_verdict() -> None:
    """A pair that may be one event stays two nodes with no edge between, is listed, and no more once it is judged."""
    a = report("a", "Alder Clinic", "2023-05-01", 4_817)
    b = report("b", "Alder Clinic", "2023-05-11", 4_544)
    found = projected(a, b)
    (doubt,) = [d for d in found.identity.doubts if d.label == "Incident"]
    assert {doubt.left, doubt.right} == {a.incident.id, b.incident.id}
    assert weights().possible <= doubt.score
    ids = {found.identity.node(row.incident.id) for row in (a, b)}
    assert not [e for e in found.graph.edges.values() if {e.start, e.end} == ids]
    for said in ("same", "different"):
        identity = who(a, b, verdicts=[verdict(a.incident, b.incident, said)])
        assert not identity.doubts
        assert len(incidents(identity)) == (1 if said == "same" else 2)


def test_a_verdict_of_different_parts_what_evidence_joins() -> None:
    """Two that are judged different are never one, not even by way of a third."""
    a, b, c = (report(k, "Alder Clinic", "2023-05-01", 4_817, loader=k * 3) for k in "abc")
    assert one(a, b, c)
    identity = who(a, b, c, verdicts=[verdict(a.incident, b.incident, "different")])
    assert identity.node(a.incident.id) != identity.node(b.incident.id)
    assert len(incidents(identity)) == 2


def test_an_incident_that_grows_too_large_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster past the limit of the data file is not swallowed: the rest stays apart, and it is said."""
    monkeypatch.setattr("outbreach.graph.identity.incidents.identify.weights", lambda: replace(weights(), largest=5))
    identity = who(*several_tellings())
    assert max(map(len, incidents(identity))) == 5
    assert any("more than" in sentence for sentence in identity.conflicts)


def test_one_notice_told_twice() -> None:
    """A notice that a portal and an editor tell of is one; two reports of one day in one portal are two."""
    row = report("a", "Alder Clinic", "2023-05-01", 4_817)
    told = report("b", "Alder Clinic", "2023-05-01", 4_817, loader="curated")
    again = report("c", "Alder Clinic", "2023-05-01", 4_817)
    notices = [n for n in projected(row, told).graph.nodes.values() if "Notification" in n.labels]
    assert len(notices) == 1
    assert len([n for n in projected(row, again).graph.nodes.values() if "Notification" in n.labels]) == 2


def test_why() -> None:
    """`why` gives the evidence of a merge, and of a non-merge what came nearest and what forbids it."""
    a, b = report("a", "Alder Clinic", "2023-05-01", 4_817), report("b", "Alder Clinic", "2023-05-20", 4_817)
    c = report("c", "Alder Clinic", "2025-05-20", 912)
    records = [row.record() for row in (a, b, c)]
    identity = identify(records)
    merged = why(records, identity, [], a.incident.id, b.incident.id)
    assert "are one" in merged[0]
    assert "both count 4,817 people" in " ".join(merged).lower()
    apart = why(records, identity, [], identity.node(a.incident.id), c.incident.id)
    assert "are two" in apart[0]
    assert "days between" in apart[1]
    judged = [verdict(a.incident, b.incident, "different")]
    assert any("an editor" in s for s in why(records, identify(records, judged), judged, a.incident.id, b.incident.id))


def test_a_verdict_survives_the_next_export_and_a_new_loader() -> None:
    """A verdict names mentions, which the next export and a new version of the loader call the same."""
    a, b = report("a", "Alder Clinic", "2023-05-01", 500), report("b", "Alder Clinic", "2025-05-20", 912)
    judged = [verdict(a.incident, b.incident, "same")]
    newer = report("a", "Alder Clinic", "2023-05-01", 77_431, kinds=("ransomware",))
    assert one(a, b, verdicts=judged)
    assert one(newer, b, verdicts=judged)
    assert one(a, newer, b, verdicts=judged)


def test_added_sources_rename_nothing() -> None:
    """A source that adds other events leaves each id; one that joins an event keeps the old id answering."""
    rows = several_tellings()
    before = who(*rows[:3])
    strangers = [report(f"z{i}", f"Zinnia {i} Labs", "2023-06-01", 2_000 + i) for i in range(5)]
    after = who(*rows[:3], *strangers)
    assert {m: after.node(m) for m in before.clusters} == {m: before.node(m) for m in before.clusters}
    joined = who(*rows)
    for id in before.clusters:
        assert before.node(id) in {joined.clusters[id].id, *joined.clusters[id].former_ids}


FIGURES = st.builds(
    lambda n, q: People(n, n, q) if q in ("exact", "about") else People(n, None, q),
    st.integers(1, 9_000_000), st.sampled_from(["exact", "about", "at_least"]),
)  # fmt: skip
EVENTS = st.builds(
    Event,
    name=st.sampled_from(["Alder", "Birch"]),
    dates=st.lists(
        st.sampled_from(["2023", "2023-05", "2023-05-09", "2024-21", "2020-01-01"]).map(when), max_size=2
    ).map(tuple),
    figures=st.lists(FIGURES, max_size=2).map(tuple),
    kinds=st.frozensets(st.sampled_from(["hacking", "loss", "unknown"]), max_size=2),
    vendors=st.frozensets(st.sampled_from(["v", "w"]), max_size=1),
    telling=st.sampled_from([None, "A laptop was stolen.", "Phishing of 4,817 patients on May 9, 2023."]).map(telling),
    several=st.booleans(),
    census=st.sampled_from([None, "hhs", "wa"]),
)


@settings(max_examples=100)
@given(EVENTS, EVENTS, st.sampled_from(sorted(MEETINGS)))
def test_weighing_is_symmetric(left: Event, right: Event, meeting: str) -> None:
    """Left and right do not matter, the score is a probability, and an event is itself where anything is known."""
    there, back = judge(left, right, meeting), judge(right, left, meeting)
    assert there.score == back.score
    assert sorted(e.bits for e in there.evidence) == sorted(e.bits for e in back.evidence)
    assert 0 <= there.score <= 1
    assert there.decision().verdict in ("same", "unsure", "different")


@settings(max_examples=3)
@given(st.permutations(several_tellings()))
def test_order_decides_no_cluster(rows: list[Row]) -> None:
    """In whatever order the tellings are loaded, they are one incident."""
    assert one(*rows)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("An employee was the victim of an email phishing scheme.", {"phishing"}),
        ("Un hôpital touché par un rançongiciel, ses fichiers chiffrés", {"ransomware"}),
        ("An unencrypted laptop was stolen from a car.", {"theft"}),
        ("Letters were mailed to the wrong recipients.", {"unintended_disclosure"}),
        ("Des données de patients vendues", set()),
    ],
)
def test_what_a_text_tells(text: str, kinds: set[str]) -> None:
    """A text in English or French tells what happened by its words."""
    assert telling(text).kinds == kinds


def test_crews_in_a_text() -> None:
    """One crew in both texts speaks for one event; two speak little against it, since several claim one victim."""
    day = (when("2023-05-01"),)
    first, same, other = (
        Event(name="Alder", dates=day, telling=telling(f"claimed by {crew}")) for crew in ("LockBit", "lockbit", "Hive")
    )
    assert judge(first, same, "same").score > judge(first, other, "same").score > 0.8


def test_days_and_counts_in_a_text() -> None:
    """Days and counts are read out of a text; years, amounts of money and a settlement's text are not counts."""
    said = telling("On June 23, 2018, and le 4 mai 2019, 19,474 individuals; $1,500,000 was spent since 2015.")
    assert said.days == {when("2018-06-23").first_day, when("2019-05-04").first_day}
    assert said.counts == {19_474}
    assert not telling("It has agreed to pay $2,300,000 for breaches of 4,817 people on June 23, 2018.").counts


OURS = {"name": "Rowan Clinic", "country": "US", "region": "OH", "kind": "care_provider", "date": "2021-05-03"}


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        # a body's own name in its text makes it nobody's supplier
        ({"name": "Rowan Clinic of Alder", "people": "2,301", "text": "Rowan Clinic of Alder: a laptop was stolen"},
         {"region": "NY", "people": "903", "date": "2021-07-03", "text": "Rowan Clinic reported a stolen laptop"}, False),
        # one day and near counts, but two stories
        ({"people": "1,021", "text": "reminder letters on diabetes"}, {"people": "1,093", "text": "benefit statements"}, False),
        ({"people": "1,021", "text": "a laptop was stolen"}, {"people": "1,093", "text": "a magazine mailing"}, False),
        ({"people": "1,021"}, {"people": "1,093"}, True),
        # equal round counts say little against two suppliers, telling ones much
        ({"people": "1 million", "vendor": "Quillon"}, {"people": "1,000,000", "vendor": "Ferrous"}, False),
        ({"people": "1 million", "vendor": "Quillon"}, {"people": "1,000,000", "vendor": "Quillon"}, True),
        # where a notice stood is not where the data were
        ({"text": "posted on its web site that a nurse took a list"},
         {"date": "2021-06-28", "people": "760", "text": "paper: a nurse took a list"}, True),
        # a year on one side, one story or figure; and two stories
        ({"date": "2021", "text": "an audit found that a clerk read charts"},
         {"text": "audit: a clerk had read charts of neighbours"}, True),
        ({"date": "2021", "people": "about 1,200"}, {"people": "1,187"}, True),
        ({"date": "2021", "text": "a laptop was stolen from a car"}, {"text": "postcards were mailed", "people": "1,187"}, False),
        # a first, round figure that is raised soon, and one that is not raised
        ({"people": "30,000", "text": "cyberattack"}, {"date": "2021-06-20", "people": "61,234", "text": "hacking"}, True),
        ({"people": "30,117", "text": "hacking"}, {"date": "2021-06-20", "people": "61,234", "text": "hacking"}, False),
        # a state counts its residents, wherever the body is, and never more than all
        ({"people": "1,204,117", "text": "hacking"}, {"region": "WA", "people": "3,411", "text": "residents of Washington"}, True),
        ({"people": "544", "text": "Loss, Laptop"}, {"people": "1,694,184", "text": "residents of Washington"}, False),
        # an attack is counted months after, if what is told agrees; the press does not tell of it months after
        ({"text": "ransomware attack"}, {"date": "2022-01-03", "people": "88,214", "text": "Hacking/IT Incident"}, True),
        ({}, {"date": "2022-01-03", "people": "88,214"}, False),
        ({"text": "it affects 88,000 patients"}, {"date": "2022-01-03", "people": "88,214"}, True),
        ({"people": "88,214", "text": "hacking"}, {"date": "2021-08-03", "text": "press: attack"}, False),
        # a supplier that only the name or the text of one tells
        ({"name": "Lamar Mailing (sub-BA for Rowan Clinic)", "kind": "company", "people": "4,380", "text": "theft of a laptop"},
         {"text": "a laptop was stolen from an office of Lamar Mailing"}, True),
        # a client that the supplier names in its text, by a part of its name, and its supplier by its initials
        ({"name": "Quillon Records, Inc.", "kind": "company", "region": "TX", "people": "about 2 million",
          "text": "records host; an intruder copied files of its clients, Zebulon among them"},
         {"name": "Zebulon Health Partners", "people": "41,377", "text": "Hacking/IT Incident, network server"}, True),
        ({"name": "Zebulon Health Partners", "people": "41,377", "text": "its records host QRSI was hacked"},
         {"name": "Quillon Records Services International", "kind": "company", "region": "TX", "text": "ransomware"}, True),
        # but not one that a text sets its own event beside, nor where the client names another supplier
        ({"name": "Quillon Records", "kind": "company", "region": "TX", "text": "ransomware"},
         {"name": "Zebulon Health Partners", "text": "ransomware, not linked with that on Quillon Records"}, False),
        ({"name": "Brokers filing on behalf of Zebulon Health Partners", "kind": "company", "text": "phishing"},
         {"name": "Zebulon Health Partners", "vendor": "Quillon Records", "text": "supplier phished"}, False),
        # a supplier in brackets, with another legal form
        ({"name": "Zebulon Health Plan (Quillon Records, Inc.)", "vendor": "Quillon Records, Inc.", "people": "4,102"},
         {"name": "Quillon Records LLC", "kind": "company", "region": "TX", "people": "512,004", "date": "2021-07-01"}, True),
        # two clients of one supplier in one year, whoever broke in; what was mailed is of one client
        ({"name": "Zebulon Health", "vendor": "Quillon", "date": "2021", "text": "supplier hacked"},
         {"name": "Wendel Eye Clinic", "vendor": "Quillon, Inc.", "date": "2021-06", "text": "ransomware at a supplier"}, True),
        ({"name": "Zebulon Health", "vendor": "Quillon", "date": "2021", "text": "letters mailed to wrong addresses"},
         {"name": "Wendel Eye Clinic", "vendor": "Quillon, Inc.", "date": "2021-06", "text": "mailing error"}, False),
        # one supplier, but its own flaw and its worker
        ({"name": "Quillon Records", "kind": "company", "region": "TX", "people": "1,225,054", "text": "MOVEit"},
         {"vendor": "Quillon Records", "people": "1,276,026", "date": "2022-01-10", "text": "a dismissed employee"}, False),
        # equal counts of bodies that have nothing to do with each other: of four digits chance, of six none
        ({"name": "Zebulon Dental", "region": "TX", "people": "3,821", "text": "Hacking/IT Incident, network server"},
         {"name": "Wendel Eye Clinic", "people": "3,821", "date": "2021-05-24", "text": "Hacking/IT Incident"}, False),
        ({"name": "Zebulon Dental", "region": "TX", "people": "338,214", "text": "Hacking/IT Incident, network server"},
         {"name": "Wendel Eye Clinic", "people": "338,214", "text": "Hacking/IT Incident, network server"}, True),
        # bodies of one rare name report one event on one day, those of a common word or a place do not
        ({"name": "Zebulon Medical Supply", "people": "9,120", "text": "hacking"},
         {"name": "Zebulon Services LLC", "people": "771,002", "text": "cyberattack"}, True),
        ({"name": "Northern Rehabilitation", "people": "9,120", "text": "hacking"},
         {"name": "Northern Eye Surgery", "people": "4,333", "text": "hacking"}, False),
        # one body, two kinds, weeks apart
        ({"people": "1,019", "text": "unauthorized disclosure, email"},
         {"people": "743", "date": "2021-05-20", "text": "Hacking/IT Incident, email"}, False),
        ({"text": "lockbit leak post"}, {"people": "9,372", "date": "2021-06-08", "text": "letters mailed to the wrong members"}, False),
        ({"text": "lockbit leak-site entry"},
         {"people": "9,372", "date": "2021-12-08", "text": "Hacking/IT Incident, network server"}, True),
        # mailings of a body that is no supplier, on one day or weeks apart, each with a count of its own
        ({"people": "5,611", "text": "Unauthorized disclosure, paper"}, {"people": "1,137", "text": "letters misdirected"}, False),
        ({"people": "5,611", "text": "Theft, laptop"},
         {"kind": "company", "people": "1,137", "date": "2021-05-29", "text": "Theft, laptop"}, False),
        # such reports of one register on one day have near counts by chance; a firm's thefts weeks apart are two
        ({"people": "738", "text": "Unauthorized Access/Disclosure, Paper/Films; benefit letters"},
         {"people": "687", "text": "Unauthorized Access/Disclosure, Paper/Films; kidney letters"}, False),
        ({"kind": "company", "people": "1,300", "text": "Theft, Laptop"},
         {"kind": "company", "people": "728", "date": "2021-06-20", "text": "Theft, Laptop; second theft"}, False),
        # a crew's claim, months before a notice that names a supplier or the month of another attack
        ({"text": "bianlian"}, {"name": "Rowan Clinic (Quillon Records, Inc.)", "date": "2021-12-09", "people": "33,193",
                                "text": "server of Quillon Records hacked"}, False),
        ({"text": "leak post by pysa"}, {"date": "2022-01-09", "people": "2,763", "text": "November 2021 attack"}, False),
        # whom a laboratory serves need not be whom it was hit with
        ({"name": "Zebulon Parenthood of Ohio", "people": "18,003", "text": "Hacking/IT Incident, Network Server"},
         {"name": "Quillon Laboratories", "kind": "laboratory", "region": "TX", "date": "2021-05-18",
          "text": "Hacking/IT Incident, Network Server; serves Zebulon Parenthood centres"}, False),
        # a first, round count, then the state's
        ({"people": "1000", "text": "Hacking/IT Incident, Email"},
         {"region": "WA", "people": "39,342", "date": "2021-06-01", "text": "phishing; residents of Washington"}, True),
        # one count on one day in one state, of bodies with nothing else in common
        ({"name": "Zebulon Dental", "people": "3,821", "text": "Theft, laptop"},
         {"name": "Wendel Eye Clinic", "people": "3,821", "text": "unencrypted laptop stolen"}, True),
        # a supplier described is none that contradicts
        ({"name": "Quillon Records", "kind": "company", "region": "TX", "people": "about 2 million",
          "text": "hacked; clients, Wendel Springs Eye Clinic among them, wrote to patients"},
         {"name": "Wendel Springs Eye Clinic", "vendor": "its billing company", "people": "41,377",
          "text": "Hacking/IT Incident, network server"}, True),
        # an equal count, but neither what happened nor in what is one
        ({"people": "4,389", "text": "ransomware on a network server"},
         {"people": "4,389", "date": "2021-05-13", "text": "letters mailed to the wrong members"}, False),
        # like practices in two states, or of one group weeks apart
        ({"name": "Rowan Dermatology Partners", "people": "6,011", "text": "Hacking/IT Incident, email"},
         {"name": "Rowan Dermatology Specialists", "region": "TX", "people": "9,317", "date": "2021-05-31",
          "text": "Hacking/IT Incident, email"}, False),
        # a shorter name of its own in brackets is no supplier
        ({"name": "Rowan Clinic Partners (Rowan Clinic)", "region": "TX", "people": "501", "text": "hacking"},
         {"people": "500", "date": "2021-06-02", "text": "hacking"}, False),
        # a laboratory names a client that was hit itself
        ({"name": "Quillon Laboratories", "kind": "company", "region": "TX", "text": "breach of the laboratory of Zebulon Health"},
         {"name": "Zebulon Health", "date": "2021-05-17", "text": "ransomware; systems of the hospital's network encrypted"}, False),
        # a client and its supplier, months apart, of two kinds
        ({"vendor": "Quillon Records", "date": "2021-09-30", "text": "hacking"},
         {"name": "Quillon Records", "kind": "company", "region": "TX", "text": "a spreadsheet was mailed by mistake"}, False),
        # near counts of one body long apart are two
        ({"people": "350,000", "text": "hacking"}, {"people": "400,000", "date": "2022-01-20", "text": "hacking"}, False),
        # a supplier's event, and one on its own systems
        ({"vendor": "Quillon", "text": "imaging supplier attacked"}, {"date": "2021-07-20", "text": "attack on its own network"}, False),
        # a short and a long name, a name told in the text
        ({"name": "RCW", "text": "Rowan Clinic of Wendel diverts ambulances, systems offline"},
         {"name": "Rowan Clinic of Wendel", "people": "20,376", "date": "2021-06-30", "text": "Hacking/IT Incident"}, True),
        ({"name": "R**** ******", "text": "lockbit post"}, {"text": "Hacking/IT Incident"}, False),
        ({"name": "Rowan Clinic and its wholly owned covered entities"}, {"date": "2021-05-20", "people": "760"}, True),
        ({"country": "DE", "region": "", "date": "12. Mai 2021", "text": "Ransomware"},
         {"country": "DE", "region": "", "date": "Mai 2021", "text": "ransomware"}, True),
    ],
)  # fmt: skip
def test_pairs_of_a_table(tmp_path: Path, left: dict[str, str], right: dict[str, str], same: bool) -> None:
    """What `resolve compare` calls the same event is one, by dates, counts and stories."""
    sides = {"left": {**OURS, **left}, "right": {**OURS, **right}}
    cells = {f"{side}_{field}": value for side, told in sides.items() for field, value in told.items()}
    file = tmp_path / "pairs.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([cells, cells.values()])
    (decision,) = compare_incidents(list(read_pairs(file)))
    assert (decision.verdict == "same") is same, decision.reason


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("4 maart 2023", "2023-03-04", "2023-03-04"),
        ("12. Juli 2023", "2023-07-12", "2023-07-12"),
        ("5 de marzo de 2023", "2023-03-05", "2023-03-05"),
        ("3 maggio 2023", "2023-05-03", "2023-05-03"),
        ("zomer 2023", "2023-06-01", "2023-08-31"),
        ("vom 30. März bis 2. April 2023", "2023-03-30", "2023-04-02"),
        ("del 3 al 5 de mayo de 2023", "2023-05-03", "2023-05-05"),
        ("3 to 5 May 2023", "2023-05-03", "2023-05-05"),
        ("June-July 2023", "2023-06-01", "2023-07-31"),
        ("December-January 2023", "2022-12-01", "2023-01-31"),
        ("30 September-2 October 2022", "2022-09-30", "2022-10-02"),
        ("nuit du 4 au 5 mars 2023", "2023-03-04", "2023-03-05"),
        ("semaine du 27 février 2023", "2023-02-27", "2023-03-05"),
        ("hiver 2023-2024", "2023-12-01", "2024-02-29"),
        ("first quarter of 2024", "2024-01-01", "2024-03-31"),
        ("2e semestre 2024", "2024-07-01", "2024-12-31"),
        ("Mar '23", "2023-03-01", "2023-03-31"),
        ("12 października 2021", "2021-10-12", "2021-10-12"),
        ("5 de março de 2022", "2022-03-05", "2022-03-05"),
        ("maaliskuu 2023", "2023-03-01", "2023-03-31"),
        ("ноември 2022", "2022-11-01", "2022-11-30"),
        ("discovered 2022-07-11", "2022-07-11", "2022-07-11"),
        ("2023-05-12 to 2023-05-14", "2023-05-12", "2023-05-14"),
        ("late 2025", "2025-06-30", "2025-12-31"),
        ("mi-mai 2023", "2023-05-06", "2023-05-26"),
        ("Anfang Juni 2021", "2021-06-01", "2021-06-15"),
        ("5. 6. 2023", "2023-05-06", "2023-06-05"),
    ],
)
def test_dates_of_other_languages(text: str, first: str, last: str) -> None:
    """A date is read as it is written in the languages of Europe, spans of days, months and parts of a year too."""
    read = date(text)
    assert read is not None
    assert (read.first_day, read.last_day) == (when(first).first_day, when(last).first_day)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("one million", 1_000_000, 1_000_000), ("deux millions", 2_000_000, 2_000_000), ("three to four million", 3_000_000, 4_000_000)],
)  # fmt: skip
def test_numbers_in_words(text: str, low: int, high: int) -> None:
    """A number in words before a scale is read, one of a range too."""
    read = people(text)
    assert read is not None
    assert (read.low, read.high) == (low, high)


def _rows(tmp_path: Path, *names: str, people: frozenset[str] = frozenset()) -> list[Any]:
    """The portal's rows, of three exports, whose name contains one of `names` or whose count is one of `people`."""
    if not HHS.is_dir():
        pytest.skip("the portal's exports are not here (../shared/data/hhs)")
    records: list[Any] = []
    for name in ("archive-2024-08.csv", "active-2024-10.csv", "active-2026-03.csv"):
        with (HHS / name).open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        chosen = [r for r in rows if any(n in r[0].lower() for n in names) or any(c in people for c in r[3:5])]
        copy = tmp_path / name
        with copy.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *chosen])
        records += hhs.read(copy).records if chosen else []
    return records


def test_cases_of_the_portal(tmp_path: Path) -> None:
    """CHS 2014 is one event told twice, OneTouchPoint's are apart, and Change Healthcare's paper is not its attack."""
    rows = _rows(tmp_path, "community health systems prof", "onetouchpoint", "one touch point", "change healthcare")
    identity = identify([*shipped(), *rows])
    node = {
        record.key.rpartition("/")[0]: identity.node(m.id)
        for record in rows
        for m in record.mentions
        if m.label == "Incident"
    }
    chs = {id for key, id in node.items() if key.startswith("communityhealth") and "/2014-" in key}
    assert len(chs) == 1
    touch = {id for key, id in node.items() if "touchpoint" in key}
    assert len(touch) == len([key for key in node if "touchpoint" in key])
    change = {key: id for key, id in node.items() if key.startswith("changehealthcare")}
    assert set(change.values()) >= {"incident-change-healthcare-2024"}
    assert len(set(change.values())) == 2


def test_curated_incidents_meet_their_rows(tmp_path: Path) -> None:
    """A row whose exact count an editor gives for the same body, in the same name, is in the editor's incident."""
    wanted: dict[tuple[int, str], set[str]] = {}
    for record in shipped():
        mentions = {m.id: m for m in record.mentions}
        for claim in record.claims:
            if claim.predicate == "people" and claim.object and claim.qualifier == "exact" and not claim.subset:
                name, incident = mentions[claim.object].name, mentions[claim.subject].node_id
                if name and incident and isinstance(claim.value, int):
                    wanted.setdefault((claim.value, _bare(name)), set()).add(incident)
    rows = _rows(tmp_path, people=frozenset(str(value) for value, _ in wanted))
    identity = identify([*shipped(), *rows])
    met = 0
    for record in rows:
        (incident,) = [m for m in record.mentions if m.label == "Incident"]
        (filer,) = [m for m in record.mentions if m.role == "filer"]
        for claim in record.claims:
            if claim.predicate == "people" and (expected := wanted.get((claim.value, _bare(filer.display)))):
                assert identity.node(incident.id) in expected, (record.key, expected)
                met += 1
    assert met >= 20


def _bare(name: str) -> str:
    """A name without what an oracle need not know: case, punctuation, legal forms."""
    words = "".join(c if c.isalnum() else " " for c in name.lower()).split()
    return " ".join(w for w in words if w not in ("inc", "llc", "ltd", "p", "c", "pc", "the", "co", "corp"))
