"""What stands on nodes and edges: sources, dates, basis, labels, names, and what a denial leaves of them."""

from collections.abc import Callable
from typing import Any

from outbreach.graph.schema import LABELS
from tests.build import Row, edge, node, projected, verdict


def test_sources_count_by_their_root() -> None:
    """A report and its copies are one source, two papers are two, and two articles of one paper are one."""
    row = Row(publisher="Le Monde")
    body = row.org("Body")
    agency = row.thing("Source", "wire", publisher="AFP")
    copy = row.thing("Source", "copy", publisher="Ouest-France", relay_of=agency.id)
    copy_of_copy = row.thing("Source", "copy of the copy", publisher="20 Minutes", relay_of=copy.id)
    other = row.thing("Source", "second article", publisher="LE MONDE")
    by_name = row.thing("Source", "another copy", publisher="Libération", relay_of="AFP")
    blog = row.thing("Source", "blog", publisher="Zataz")
    counts = []
    for source in (copy, agency, copy_of_copy, by_name, row.source, other, blog):
        row.say(row.incident, "affected", body, source=source)
        counts.append(edge(projected(row), "AFFECTED").properties["sources"])
    assert counts == [1, 1, 1, 1, 2, 2, 3]


def test_first_and_last_stated() -> None:
    """An edge says when it was first and last stated, with each date's precision; a denial is no statement of it."""
    row = Row()
    body = row.org("Body")
    for day in ("2023-05-02", None, "2023", "2023-11"):
        row.say(row.incident, "affected", body, stated_on=day)
    row.say(row.incident, "affected", body, stated_on="2024-01-01", negated=True, asserter=body)
    properties = edge(projected(row), "AFFECTED").properties
    assert (properties["first_stated_on"], properties["first_stated_on_precision"]) == ("2023", "year")
    assert (properties["last_stated_on"], properties["last_stated_on_precision"]) == ("2023-11", "month")
    assert (properties["first_stated_on_day"], properties["last_stated_on_last_day"]) == (19358, 19691)
    assert properties["claims"] == sorted(claim.id for claim in row.claims)


def _twice(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    row = Row()
    body = row.org("Body")
    for more in (first, second):
        row.say(row.incident, "originated_at", body, **more)
    return edge(projected(row), "ORIGINATED_AT").properties


def test_basis_and_hedging() -> None:
    """One plain statement makes an edge stated and not hedged; else its rule, and the doubt, are shown."""
    inferred, hedged = {"basis": "inferred", "rule": "by the address"}, {"modality": "hedged"}
    both = _twice({}, inferred)
    assert (both["basis"], both.get("rule")) == ("stated", None)
    only = _twice(inferred, {**inferred, "rule": "by the name"})
    assert (only["basis"], only["rule"]) == ("inferred", "by the address")
    assert not _twice({}, hedged)["hedged"]
    assert _twice(hedged, {**hedged, "stated_on": "2023"})["hedged"]
    assert _twice({}, {"negated": True})["negated"]
    assert not _twice({}, hedged)["negated"]


def test_denial_alone_makes_no_edge() -> None:
    """What is only said not to be so is a claim and no edge, and gives nobody a label; it says what the denial is."""
    row = Row()
    body, vendor, regulator = row.org("Body"), row.org("Maker"), row.org("CNIL", kind="regulator")
    row.say(row.incident, "affected", body, negated=True, asserter=body, asserter_kind="own")
    row.say(row.incident, "affected", body, negated=True, asserter=regulator, asserter_kind="authority")
    row.say(row.incident, "affected", body, negated=True)
    row.say(vendor, "supplies", body, negated=True)
    row.say(row.incident, "exposed", "data.payment", negated=True)
    found = projected(row)
    graph = found.graph
    assert {e.type for e in graph.edges.values()} == {"ABOUT", "STATED_IN"}
    assert node(found, "Maker").labels == ("Organisation",)
    said = [n.properties for n in graph.nodes.values() if n.properties.get("predicate") == "affected"]
    assert sorted(str(p.get("denial")) for p in said) == ["None", "cleared", "denied"]


def test_second_labels() -> None:
    """Who supplies or makes is a Vendor, who is told or investigates an Authority, and whom a record calls one is."""
    row = Row()
    for predicate, label in (("supplies", "Vendor"), ("makes", "Vendor"), ("investigates", "Authority")):
        row.say(row.org(predicate), predicate, _object(row, predicate))
        assert node(projected(row), predicate).labels == ("Organisation", label)
    row.say(row.thing("Notification", described_as="letter"), "addressed_to", row.org("CNIL"))
    row.say(row.incident, "affected", row.org("Called so", role="vendor"))
    row.say(row.org("Fining"), "sanction", row.org("Fined"), role="fine", amount=5)
    row.say(row.incident, "sanction", role="fine")
    found = projected(row)
    assert node(found, "CNIL").labels == ("Organisation", "Authority")
    assert node(found, "Fining").labels == ("Organisation", "Authority")
    assert node(found, "Fined").labels == ("Organisation",)
    assert node(found, "Breach k").labels == ("Incident",)
    assert node(found, "Called so").labels == ("Organisation", "Vendor")
    assert all(LABELS[n.labels[0]].second_to is None for n in found.graph.nodes.values())


def _object(row: Row, predicate: str) -> Any:
    things: dict[str, Callable[[], Any]] = {
        "supplies": lambda: row.org("Client"),
        "makes": lambda: row.thing("Software", "Tool"),
        "investigates": lambda: row.incident,
    }
    return things[predicate]()


def test_supply_and_roles() -> None:
    """SUPPLIES has its services and its widest span by the calendar, INVESTIGATES its roles, and none is empty."""
    row = Row()
    vendor, client, police = row.org("V"), row.org("C"), row.org("P")
    row.say(vendor, "supplies", client, service="hosting", date="2021-12", until="2022-24")
    row.say(vendor, "supplies", client, service="backup", date="2021-21", until="2022-12-31")
    row.say(police, "investigates", row.incident)
    found = projected(row)
    supply = edge(found, "SUPPLIES").properties
    assert (supply["service"], supply["from"], supply["to"]) == (["backup", "hosting"], "2021-21", "2022-24")
    assert (supply["from_day"], supply["to_last_day"]) == (18687, 19416)
    assert "role" not in edge(found, "INVESTIGATES").properties
    row.say(police, "investigates", row.incident, role="prosecuting")
    assert edge(projected(row), "INVESTIGATES").properties["role"] == ["prosecuting"]


def test_former_ids_and_merged_names() -> None:
    """A merged node keeps all names and ids, and the word of a file that knows the thing goes before the first."""
    first, second, third = Row("1"), Row("2"), Row("3")
    a = first.org("Alpha Clinic", identifiers=("npi:1",), aliases=("AC",))
    b = second.org("Alpha Klinik", identifiers=("npi:1",), kind="hospital")
    c = third.org("Clinique Alpha", node_id="org-alpha", region="FR-IDF")
    for row, body in ((first, a), (second, b), (third, c)):
        row.say(row.incident, "affected", body)
    properties = node(projected(first, second), "Alpha Clinic").properties
    assert properties["aliases"] == ["AC", "Alpha Klinik"]
    assert (properties["kind"], properties["identifiers"]) == ("hospital", ["npi:1"])
    assert properties["former_ids"] == [projected(second).identity.node(b.id)]
    merged = projected(first, second, third, verdicts=[verdict(a, c, "same")])
    properties = node(merged, "Clinique Alpha").properties
    assert (properties["id"], properties["region"], properties["kind"]) == ("org-alpha", "FR-IDF", "hospital")
    alone = [*(projected(row).identity.clusters[body.id].id for row, body in ((first, a), (second, b)))]
    own = projected(third).identity.clusters[c.id].former_ids
    assert properties["former_ids"] == sorted([*alone, *own])
    assert len(own) == 1


def test_unnamed_things() -> None:
    """What a source does not name has no name, keeps the words that stand for it, and its count."""
    row = Row()
    labs = row.org(None, described_as="28 laboratories", unnamed_count=28)
    row.say(row.incident, "affected", labs)
    earlier = row.thing("Incident", described_as="a first intrusion")
    row.say(earlier, "kind", value="ransomware")
    graph = projected(row).graph
    (group,) = [n.properties for n in graph.nodes.values() if n.properties.get("unnamed_count")]
    assert (group.get("name"), group["described_as"], group["unnamed_count"]) == (None, ["28 laboratories"], 28)
    incidents = {
        str(n.properties.get("title_en")): n.properties.get("described_as")
        for n in graph.nodes.values()
        if "Incident" in n.labels
    }
    assert incidents == {"Breach k": None, "None": ["a first intrusion"]}


def test_data_categories() -> None:
    """An exposed category is one node for all incidents, with both its names and the source's words on the claim."""
    rows = [Row("1"), Row("2")]
    for row in rows:
        row.say(row.incident, "exposed", "data.test_result", wording="résultats")
    found = projected(*rows)
    category = found.graph.nodes["data-test_result"]
    assert category.labels == ("DataCategory",)
    assert set(category.properties) == {"id", "name_en", "name_fr"}
    assert {e.start for e in found.graph.edges.values() if e.type == "EXPOSED"} == {
        found.identity.node(row.incident.id) for row in rows
    }
    assert [n.properties["wording"] for n in found.graph.nodes.values() if "Claim" in n.labels] == ["résultats"] * 2


def test_dates_of_an_incident() -> None:
    """The body's or an authority's date goes before others, the most precise first, and a true conflict is shown."""
    row = Row()
    body = row.org("Body")
    row.say(row.incident, "discovered_on", value="2023-05-10")
    row.say(row.incident, "discovered_on", value="2023-05", asserter=body, asserter_kind="own")
    incident = node(projected(row), "Breach k").properties
    assert (incident["discovered_on"], incident["discovered_on_precision"]) == ("2023-05", "month")
    assert "disputed" not in incident
    row.say(row.incident, "discovered_on", value="2023-06-02", asserter_kind="authority")
    incident = node(projected(row), "Breach k").properties
    assert (incident["discovered_on"], incident["disputed"]) == ("2023-06-02", ["discovered_on"])
