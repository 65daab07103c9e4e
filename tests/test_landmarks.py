"""The landmark cases that the project ships, against facts read by hand from their sources."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from outbreach.graph.names import normalise
from outbreach.graph.projection.elements import Graph
from outbreach.graph.projection.project import project
from outbreach.graph.records.record import Claim, Mention, Record
from outbreach.loaders import loader

CASES = (
    "accellion-fta-2020", "almerys-2026", "amca-2019", "blackbaud-2020", "capturerx-2021", "cencora-lash-2024",
    "change-healthcare-2024", "hse-ireland-2021", "itelis-2025", "moveit-2023", "netgain-2020", "oracle-health-2025",
    "pfc-2022", "pja-2023", "synnovis-2024", "transform-ontario-2023", "viamedis-almerys-2024", "weda-2025",
)  # fmt: skip
FOLDER = Path(__file__).parent.parent / "loaders" / "curated"


@cache
def record(case: str) -> Record:
    """The record of a landmark case."""
    return loader("curated").read(FOLDER / f"{case}.yaml").records[0]


@cache
def things(case: str) -> dict[str, Mention]:
    """The mentions of a case by id."""
    return {mention.id: mention for mention in record(case).mentions}


def named(case: str, mention: str | None) -> str | None:
    """What a case calls a thing."""
    return None if mention is None else things(case)[mention].display


def said(case: str, predicate: str, incident: str | None = None) -> list[Claim]:
    """The claims of a case with that predicate that are not negated, of one of its incidents if its id is given."""
    return [
        claim
        for claim in record(case).claims
        if claim.predicate == predicate
        and not claim.negated
        and (incident is None or (claim.incident and things(case)[claim.incident].node_id == incident))
    ]


def pairs(case: str, predicate: str, incident: str | None = None) -> set[tuple[str | None, str | None]]:
    """Who and whom, of those claims."""
    return {(named(case, claim.subject), named(case, claim.object)) for claim in said(case, predicate, incident)}


def hit(case: str, incident: str | None = None) -> set[str | None]:
    """The bodies said to be affected."""
    return {named(case, claim.object) for claim in said(case, "affected", incident)}


def statuses(graph: Graph) -> set[tuple[object, ...]]:
    """(incident, body by its name or by what it is called, status) of every AFFECTED edge."""
    found: set[tuple[object, ...]] = set()
    for edge in graph.edges.values():
        if edge.type == "AFFECTED":
            body = graph.nodes[edge.end].properties
            described = body.get("described_as")
            name = body.get("name") or (described[0] if isinstance(described, list) else None)
            found.add((edge.start.removeprefix("incident-"), name, edge.properties["status"]))
    return found


def clients(case: str, vendor: str) -> set[str | None]:
    """Whom a case says that the vendor supplies."""
    return {client for supplier, client in pairs(case, "supplies") if supplier == vendor}


def figures(case: str, of: str | None, incident: str | None = None) -> set[tuple[object, ...]]:
    """(figure, qualifier, who says so, population, subset) of a body, or of the whole where `of` is None."""
    return {
        (
            claim.value if claim.value is not None else (claim.low, claim.high),
            claim.qualifier, named(case, claim.asserter), claim.population, claim.subset,
        )
        for claim in said(case, "people", incident)
        if named(case, claim.object) == of
    }  # fmt: skip


def source(case: str, claim: Claim) -> Mention:
    """The source in which a claim stands."""
    return things(case)[claim.citation.source]


def test_amca_clients_each_give_their_own_figure() -> None:
    """Ten clients of AMCA stand with the figure that they filed themselves; for Quest two others speak."""
    filed = {
        (named("amca-2019", claim.object), claim.value)
        for claim in said("amca-2019", "people")
        if claim.asserter and claim.asserter == claim.object and source("amca-2019", claim).kind == "dataset"
    }
    assert filed == {
        ("LabCorp", 10_251_784), ("BioReference Laboratories", 425_749),
        ("Clinical Pathology Laboratories, Inc.", 1_733_836),
        ("Sunrise Medical Laboratories, Inc.", 401_901), ("CBLPath, Inc.", 141_956),
        ("Laboratory Medicine Consultants, Ltd.", 140_590), ("Mount Sinai Hospital", 33_730),
        ("Integrated Regional Laboratories, LLC", 29_644), ("Natera, Inc.", 3_035), ("CareCentrix, Inc.", 467_621),
    }  # fmt: skip
    assert figures("amca-2019", "Quest Diagnostics") == {
        (12_000_000, "about", None, None, None),
        (11_500_000, "exact", "Optum360", None, None),
    }
    assert ("AMCA: laboratory debt collector hacked (2018-2019)", "American Medical Collection Agency") in pairs(
        "amca-2019", "originated_at"
    )


def test_amca_keeps_rival_totals() -> None:
    """Three totals of the AMCA breach stand side by side; the one that counts records is no count of people."""
    assert figures("amca-2019", None) == {
        (7_000_000, "at_least", "Pennsylvania Attorney General", None, None),
        (25_000_000, "at_least", None, None, None),
        (20_000_000, "about", None, "records", None),
    }


def test_change_healthcare_keeps_its_count_and_the_ones_before() -> None:
    """The 192.7 million of Change Healthcare stand with each earlier figure, the placeholder of 500 among them."""
    assert figures("change-healthcare-2024", None) == {
        (192_700_000, "about", None, None, None),
        (192_700_000, "exact", "Change Healthcare", None, None),
        (190_000_000, "about", None, None, None),
        (100_000_000, "exact", "Change Healthcare", "sent", None),
        (500, "placeholder", "Change Healthcare", None, None),
        (1_300_000, "about", None, None, "notified_by_covered_entities"),
        (3_121_209, "exact", "Change Healthcare", None, "washington_residents"),
    }
    assert {named("change-healthcare-2024", c.object) for c in said("change-healthcare-2024", "attributed_to")} == {
        "ALPHV/BlackCat"
    }


def test_synnovis_is_the_origin_and_its_trusts_are_hit() -> None:
    """Synnovis is where it began; two trusts, Lewisham and Greenwich, and the local practices are hit with it."""
    case = "synnovis-2024"
    assert {named(case, claim.object) for claim in said(case, "originated_at")} == {"Synnovis"}
    assert hit(case) == {
        "Synnovis", "Guy’s and St Thomas’ NHS Foundation Trust", "King’s College Hospital NHS Foundation Trust",
        "Lewisham and Greenwich hospitals", "primary care (GP practices) in south-east London",
    }  # fmt: skip
    by_whom = {(named(case, claim.object), named(case, claim.asserter)) for claim in said(case, "attributed_to")}
    assert by_whom == {("Qilin", "Qilin")}
    assert figures(case, None) == {(900_000, "at_least", None, None, None)}


def test_viamedis_and_almerys_are_two_intrusions_with_two_origins() -> None:
    """Viamedis and Almerys each have an intrusion of their own, and the CNIL's 33 million is of both together."""
    case = "viamedis-almerys-2024"
    origins = {(things(case)[c.subject].node_id, named(case, c.object)) for c in said(case, "originated_at")}
    assert origins == {("incident-viamedis-2024", "Viamedis"), ("incident-almerys-2024", "Almerys")}
    assert figures(case, None) == {(33_000_000, "at_least", "CNIL", None, None)}
    assert figures(case, None, "incident-viamedis-almerys-2024") == figures(case, None)
    assert clients(case, "Viamedis") == {
        "84 complémentaires santé clientes de Viamedis", "Malakoff Humanis", "Groupe Vyv", "Harmonie Mutuelle",
        "Apréva",
    }  # fmt: skip
    assert clients(case, "Almerys") == {
        "AG2R La Mondiale", "Aésio", "La Mutuelle Générale", "Macif", "Intériale", "Alan", "MGP", "Mutuelle LMP",
    }  # fmt: skip
    assert hit(case, "incident-almerys-2024") == {"Almerys", "Alan", "MGP", "Mutuelle LMP"}


def test_moveit_reaches_the_clients_of_welltok() -> None:
    """Welltok's named clients are its clients and are hit in its incident, not in that of the software as a whole."""
    case = "moveit-2023"
    welltok = {
        "Corewell Health", "Priority Health", "Sutter Health", "Blue Cross and Blue Shield of Minnesota and Blue Plus",
        "Blue Cross and Blue Shield of Alabama", "Blue Cross and Blue Shield of Kansas",
        "Blue Cross and Blue Shield of North Carolina", "Faith Regional Health Services", "Asuris Northwest Health",
        "BridgeSpan Health", "St. Bernards", "Mass General Brigham Health Plan", "The Guthrie Clinic", "Humana, Inc.",
        "Centerwell Pharmacy", "Aetna ACE", "United Healthcare Services, Inc.", "Premera Blue Cross",
        "Highmark Blue Cross Blue Shield", "Regence plans",
        "Group health plans of Stanford Health Care and Lucile Packard Children’s Hospital Stanford",
    }  # fmt: skip
    assert clients(case, "Welltok, Inc.") == welltok
    assert hit(case, "incident-welltok-2023") == welltok | {"Welltok, Inc."}
    assert hit(case, "incident-moveit-2023") == {
        "Delta Dental of California", "Nova Scotia Health", "IWK Health Centre",
        "Nova Scotia Prescription Monitoring Program", "Nova Scotia Department of Health and Wellness",
    }  # fmt: skip
    assert hit(case, "incident-born-ontario-2023") == {"BORN Ontario"}


def test_moveit_vendors_each_have_an_incident_of_their_own() -> None:
    """Each vendor between MOVEit and a client is the origin of an incident of its own, and supplies that client."""
    case = "moveit-2023"
    origins = {(things(case)[c.subject].node_id, named(case, c.object)) for c in said(case, "originated_at")}
    assert origins == {
        ("incident-welltok-2023", "Welltok, Inc."), ("incident-maximus-2023", "Maximus, Inc."),
        ("incident-wps-2023", "Wisconsin Physicians Service Insurance Corporation"),
        ("incident-nuance-2023", "Nuance Communications"),
        ("incident-medical-eye-services-2023", "Medical Eye Services, Inc."),
    }  # fmt: skip
    exploited = {
        things(case)[c.subject].node_id for c in said(case, "exploited") if named(case, c.object) == "MOVEit Transfer"
    }
    assert exploited == {incident for incident, _ in origins} | {"incident-moveit-2023", "incident-born-ontario-2023"}
    in_campaign = {things(case)[c.subject].node_id for c in said(case, "part_of") if c.subject.startswith("incident.")}
    assert in_campaign == exploited
    assert pairs(case, "supplies") >= {
        ("Maximus, Inc.", "Centers for Medicare & Medicaid Services"),
        ("Wisconsin Physicians Service Insurance Corporation", "Centers for Medicare & Medicaid Services"),
        ("Nuance Communications", "Northwell Health"),
        ("Medical Eye Services, Inc.", "Blue Shield of California"),
    }
    assert ("Progress Software", "MOVEit Transfer") in pairs(case, "makes")
    assert pairs(case, "has") == {("MOVEit Transfer", "CVE-2023-34362")}


def test_moveit_figures_are_rivals() -> None:
    """Medical Eye Services has three figures and CMS one per vendor, each with who says so."""
    case = "moveit-2023"
    assert figures(case, "Medical Eye Services, Inc.") == {
        (346_828, "exact", None, None, None),
        (664_824, "exact", "Medical Eye Services, Inc.", None, None),
        (377_931, "exact", "Medical Eye Services, Inc.", None, None),
    }
    cms = "Centers for Medicare & Medicaid Services"
    assert figures(case, cms, "incident-wps-2023") == {(3_112_815, "exact", cms, None, None)}
    assert figures(case, cms, "incident-maximus-2023") == {
        (612_000, "up_to", cms, None, None),
        (2_342_357, "exact", cms, None, None),
        (645_000, "up_to", None, None, None),
    }
    assert figures(case, "Humana, Inc.") == {(33_193, "exact", None, None, "washington_residents")}


def test_cencora_filings_count_residents_of_one_state() -> None:
    """The sixteen Washington figures of Cencora's clients count residents of that state: none is a client's total."""
    case = "cencora-lash-2024"
    washington = {
        (named(case, claim.object), claim.value)
        for claim in said(case, "people")
        if claim.subset == "washington_residents"
    }
    assert washington == {
        ("AbbVie", 7931), ("Bristol Myers Squibb / Patient Assistance Foundation", 34644),
        ("Acadia Pharmaceuticals", 851), ("Amgen", 14081), ("Dendreon Pharmaceuticals", 920),
        ("GlaxoSmithKline / GSK Patient Access Programs Foundation", 6617),
        ("Novartis Pharmaceuticals Corporation", 2520),
        ("Incyte Corporation", 745), ("Pfizer", 2650), ("Rayner Surgical", 829), ("Regeneron Pharmaceuticals", 13958),
        ("Johnson & Johnson Services", 5954), ("Johnson & Johnson Patient Assistance Foundation", 12835),
        ("Sanofi US Services", 24496), ("Takeda Pharmaceuticals U.S.A.", 889), ("Bayer Corporation", 2060),
    }  # fmt: skip
    assert clients(case, "The Lash Group, LLC") == {name for name, _ in washington} | {
        "Genentech", "Sumitomo Pharma America", "Endo Pharmaceuticals",
    }  # fmt: skip


def test_netgain_reaches_multicare_through_woodcreek() -> None:
    """The chain from Netgain over Woodcreek to MultiCare stands as its sources tell it, link by link."""
    supplies = pairs("netgain-2020", "supplies")
    assert ("Netgain Technology LLC", "Woodcreek Provider Services LLC") in supplies
    assert ("Woodcreek Provider Services LLC", "MultiCare Health System") in supplies
    assert ("Netgain Technology LLC", "MultiCare Health System") not in supplies
    assert figures("netgain-2020", "Woodcreek Provider Services LLC") == {
        (207_000, "exact", "Woodcreek Provider Services LLC", None, None),
        (233_199, "exact", "Woodcreek Provider Services LLC", None, None),
    }


def test_hse_patients_and_staff_are_all_of_the_113000() -> None:
    """Patients and staff of the HSE are counted apart, do not overlap, and are everybody counted."""
    parts = {
        (claim.value, claim.subset, claim.disjoint_with, claim.exhaustive)
        for claim in said("hse-ireland-2021", "people")
        if claim.subset
    }
    assert parts == {(94_800, "patients", ("staff",), True), (18_200, "staff", ("patients",), True)}


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("moveit-2023", "Pension Benefit Information, LLC"),
        ("pja-2023", "North Kansas City Hospital"),
        ("netgain-2020", "Sandhills Medical Foundation, Inc."),
    ],
)
def test_what_is_not_established_makes_no_edge(case: str, name: str) -> None:
    """A body whose link to the incident no source establishes is neither hit nor supplied by anybody in it."""
    drawn = ("affected", "supplies", "uses", "originated_at")
    assert name not in {end for predicate in drawn for pair in pairs(case, predicate) for end in pair}


def test_statuses_follow_from_who_says_so() -> None:
    """A body's own filing confirms, a press list only reports, and a copied article alone makes but a claim."""
    status = statuses(project([record(case) for case in CASES]).graph)
    assert status >= {
        ("amca-2019", "LabCorp", "confirmed"), ("amca-2019", "Quest Diagnostics", "reported"),
        ("change-healthcare-2024", "Change Healthcare", "confirmed"), ("cencora-lash-2024", "Genentech", "reported"),
        ("oracle-health-2025", "Union Health", "confirmed"), ("oracle-health-2025", "AdventHealth", "reported"),
        ("capturerx-2021", "Thrifty Drug Stores", "claimed"), ("almerys-2024", "Alan", "confirmed"),
        ("welltok-2023", "Sutter Health", "confirmed"), ("welltok-2023", "The Guthrie Clinic", "reported"),
        ("blackbaud-2020", "Trinity Health", "confirmed"), ("weda-2025", "Clinique du Millénaire", "reported"),
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_every_source_can_be_found(case: str) -> None:
    """Every source has a publisher or a title, a kind and a reliability, and no address but of the open web."""
    for mention in record(case).mentions:
        if mention.label == "Source":
            assert mention.publisher or mention.title
            assert mention.kind
            assert mention.reliability
            assert "grokipedia" not in f"{mention.url} {mention.publisher}".casefold()
    text = (FOLDER / f"{case}.yaml").read_text("utf-8")
    assert ".onion" not in text
    assert "@" not in text


@pytest.mark.parametrize("case", CASES)
def test_no_weak_source_speaks_for_an_authority(case: str) -> None:
    """Nothing is put in an authority's mouth on the word of a source of low reliability alone."""
    firm = {
        (claim.subject, claim.predicate, claim.object, claim.asserter)
        for claim in record(case).claims
        if source(case, claim).reliability != "low"
    }
    weak = [c for c in record(case).claims if c.asserter_kind == "authority" and source(case, c).reliability == "low"]
    assert [c.id for c in weak if (c.subject, c.predicate, c.object, c.asserter) not in firm] == []


@pytest.mark.parametrize("case", CASES)
def test_every_filed_figure_is_its_filers_own(case: str) -> None:
    """A figure from the HHS portal names the record it stands in, and the body that filed it as the one who says so."""
    for claim in said(case, "people"):
        stands_in = source(case, claim)
        if stands_in.publisher == "US HHS Office for Civil Rights":
            assert claim.citation.locator
            assert claim.citation.locator.startswith("record ")
            assert claim.asserter_kind in ("own", "vendor")


@pytest.mark.parametrize("case", CASES)
def test_no_natural_person_is_a_node(case: str) -> None:
    """Officials and executives whom articles name are nobody here; every attacker is a crew, a brand or a pseudonym."""
    known = [mention for mention in record(case).mentions if mention.label != "Source"]
    names = " / ".join(str(part) for m in known for part in (m.name, m.described_as, *m.aliases))
    assert [person for person in ("Witty", "Ralph", "Nessel", "Shapiro") if person in names] == []
    attackers = {m.name for m in record(case).mentions if m.label == "Attacker"}
    assert attackers <= {
        "Cl0p", "ALPHV/BlackCat", "RansomHub", "Qilin", "Conti", "Daixin Team", "UNC2546", "UNC2582", "Andrew",
        "Quantum",
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_quotes_are_short_and_in_their_language(case: str) -> None:
    """Every quote has at most twenty words and says which language it is in."""
    for claim in record(case).claims:
        if claim.quote is not None:
            assert len(claim.quote.split()) <= 20
            assert claim.citation.lang


@pytest.mark.parametrize("case", CASES)
def test_every_text_stands_in_both_languages(case: str) -> None:
    """A note, an effect on care or an explained event that has words in English has them in French."""
    for claim in record(case).claims:
        assert bool(claim.text_en) == bool(claim.text_fr)
        assert claim.text_en is None or claim.text_en != claim.text_fr


def test_one_id_is_one_body_in_all_cases() -> None:
    """An id that several cases give to a body means the same name and kind in each, and a name has but one id."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    kinds: defaultdict[str, set[str | None]] = defaultdict(set)
    ids: defaultdict[tuple[str, str | None, str | None], set[str | None]] = defaultdict(set)
    for case in CASES:
        for mention in record(case).mentions:
            if mention.label == "Organisation" and mention.name:
                where = (normalise(mention.name), mention.country, mention.region)
                ids[where].add(mention.node_id)
                if mention.node_id:
                    names[mention.node_id].add(normalise(mention.name))
                    kinds[mention.node_id].add(mention.kind)
    assert {id: found for id, found in names.items() if len(found) > 1} == {}
    assert {id: found for id, found in kinds.items() if len(found) > 1} == {}
    assert {name: found for name, found in ids.items() if len(found) > 1} == {}
