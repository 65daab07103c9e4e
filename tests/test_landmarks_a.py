"""Eighteen more landmark cases that the project ships, against facts read by hand from their sources."""

from collections import defaultdict

import pytest

from outbreach.graph.names import normalise
from outbreach.graph.projection.project import project
from tests import test_landmarks as landmarks
from tests.test_landmarks import FOLDER, clients, figures, hit, named, pairs, record, said, source, statuses, things

CASES = (
    "aetonix-2023", "aiims-delhi-2022", "ascension-2024", "conduent-2024", "connexin-2022", "doctor-alliance-2025",
    "elekta-2021", "episource-2025", "eye-care-leaders-2021", "goanywhere-2023", "hipocrate-ro-2024",
    "kaiser-trackers-2024", "lifelabs-2019", "newfoundland-2021", "onetouchpoint-2022", "singhealth-2018",
    "trizetto-2025", "unicause-2023",
)  # fmt: skip
ATTACKERS = {"Cl0p", "SafePay", "Black Basta", "Hive", "Whitefly"}
OFFICIALS = ("Paxton", "Magnus", "Kosseim", "McEvoy", "Hogan", "Diamond", "Murray")


def test_goanywhere_reaches_blue_shield_through_brightline() -> None:
    """Fortra is the origin; Blue Shield of California is hit as a client of Brightline, not as one of Fortra."""
    case = "goanywhere-2023"
    assert {named(case, claim.object) for claim in said(case, "originated_at")} == {"Fortra"}
    assert clients(case, "Fortra") == {
        "Community Health Systems", "Brightline, Inc.", "NationsBenefits Holdings, LLC", "US Wellness Inc.",
    }  # fmt: skip
    assert clients(case, "Brightline, Inc.") == {"Blue Shield of California"}
    assert hit(case) == {
        "Fortra", "Community Health Systems", "Brightline, Inc.", "NationsBenefits Holdings, LLC",
        "Blue Shield of California", "Aetna", "Intellihartx, LLC", "Imagine360", "US Wellness Inc.",
        "Santa Clara Family Health Plan",
    }  # fmt: skip
    assert pairs(case, "has") == {("GoAnywhere MFT", "CVE-2023-0669")}


def test_goanywhere_figures_are_rivals() -> None:
    """Blue Shield has three figures, Brightline's filings are parts of its total, Imagine360's counts two attacks."""
    case = "goanywhere-2023"
    assert figures(case, "Community Health Systems") == {
        (1_000_000, "about", None, None, None),
        (962_884, "exact", "Community Health Systems", None, None),
    }
    assert figures(case, "Blue Shield of California") == {
        (63_000, "at_least", None, None, None),
        (61_788, "exact", "Blue Shield of California", None, None),
        (63_341, "exact", None, None, None),
    }
    own = "Brightline, Inc."
    assert figures(case, own) == {
        (783_606, "exact", None, None, None), (473_467, "exact", own, None, "hhs_record_356"),
        (199_753, "exact", own, None, "hhs_record_351"), (180_694, "exact", own, None, "hhs_record_337"),
    }  # fmt: skip
    assert figures(case, "Imagine360") == {(132_807, "up_to", "Imagine360", None, None)}


def test_eye_care_leaders_clients_come_from_the_press_alone() -> None:
    """Five clients of Eye Care Leaders are hit, and never on the word of an HHS row, since those name no vendor."""
    case = "eye-care-leaders-2021"
    practices = {
        "Texas Tech University Health Sciences Center", "Summit Eye Associates", "EvergreenHealth",
        "Allied Eye Physicians & Surgeons", "Precision Eye Care, Ltd.",
    }  # fmt: skip
    assert clients(case, "Eye Care Leaders") == practices
    assert hit(case) == practices | {"Eye Care Leaders"}
    drawn = [*said(case, "affected"), *said(case, "supplies"), *said(case, "originated_at")]
    assert [c.id for c in drawn if source(case, c).publisher == "US HHS Office for Civil Rights"] == []
    assert figures(case, None) == {
        (2_200_000, "at_least", None, None, None),
        (348_000, "at_least", None, None, None),
    }
    assert figures(case, "Texas Tech University Health Sciences Center") == {
        (1_290_000, "at_least", None, None, None),
        (1_290_104, "exact", "Texas Tech University Health Sciences Center", None, None),
    }


def test_onetouchpoint_keeps_three_totals_and_both_figures_of_aetna() -> None:
    """The count of OneTouchPoint rises twice, and Aetna ACE's press figure and its filing differ by a thousand."""
    case = "onetouchpoint-2022"
    assert figures(case, None) == {
        (1_073_316, "exact", "OneTouchPoint, Inc.", None, None),
        (2_650_000, "about", None, None, None),
        (4_112_892, "exact", "OneTouchPoint, Inc.", None, None),
    }
    assert figures(case, "Aetna ACE") == {
        (326_278, "exact", None, None, None),
        (325_278, "exact", "Aetna ACE", None, None),
    }
    assert clients(case, "OneTouchPoint, Inc.") == {
        "Aetna ACE", "Common Ground Healthcare Cooperative", "Humana, Inc.", "Kaiser Permanente", "Anthem",
        "Geisinger", "UPMC Health Plan",
    }  # fmt: skip
    assert hit(case) == clients(case, "OneTouchPoint, Inc.") | {
        "OneTouchPoint, Inc.", "Health First", "Blue Cross and Blue Shield of Alabama",
        "Blue Shield of California Promise Health",
    }  # fmt: skip
    days = {(claim.value, source(case, claim).publisher) for claim in said(case, "discovered_on")}
    assert days == {("2022-04-28", "hipaaguidelines101.com"), ("2022-07-15", "GovInfoSecurity")}


def test_conduent_counts_of_states_are_parts_and_estimates_no_counts() -> None:
    """Texans are a part of Conduent's people, the 25 million are an estimate, and Oklahoma's department is not hit."""
    case = "conduent-2024"
    assert figures(case, None) == {
        (10_500_000, "at_least", None, None, None), (25_000_000, "about", None, "under_review", None),
        (15_494_592, "exact", None, None, "texas_residents"), (15_490_000, "at_least", None, None, "texas_residents"),
        (4_000_000, "about", None, None, "texas_residents"),
    }  # fmt: skip
    assert figures(case, "Conduent Business Services") == {(42_616, "exact", "Conduent Business Services", None, None)}
    insurers = {
        "Blue Cross Blue Shield of Texas", "Blue Cross Blue Shield of Montana", "Premera Blue Cross", "Humana, Inc.",
    }  # fmt: skip
    assert clients(case, "Conduent Business Services") == insurers
    assert hit(case) == insurers | {"Conduent Business Services"}
    assert {named(case, claim.subject) for claim in said(case, "investigates")} == {
        "Texas Attorney General", "Montana Commissioner of Securities and Insurance",
    }  # fmt: skip


def test_elekta_hospitals_and_their_filings() -> None:
    """Six hospital groups are clients of Elekta and hit; three of them have a figure, the same in press and filing."""
    case = "elekta-2021"
    groups = {
        "Northwestern Memorial HealthCare", "Renown Health", "Yale New Haven Health", "Emory Saint Joseph’s Hospital",
        "Intermountain Healthcare", "Advocate Aurora Health",
    }  # fmt: skip
    assert clients(case, "Elekta") == groups
    assert hit(case) == groups | {"Elekta"}
    counted = {(named(case, claim.object), claim.value) for claim in said(case, "people")}
    assert counted == {
        ("Northwestern Memorial HealthCare", 201_197), ("Renown Health", 65_181), ("Intermountain Healthcare", 28_628),
    }  # fmt: skip
    assert {claim.value for claim in said(case, "occurred_from")} == {"2021-04-02", "2021-04-06", "2021-04-20"}


def test_ascension_filed_a_placeholder_first() -> None:
    """Ascension's placeholder of 500 is kept as one, beside the count it filed later and the one of its own update."""
    assert figures("ascension-2024", "Ascension Health") == {
        (5_599_699, "exact", "Ascension Health", None, None),
        (5_466_931, "exact", "Ascension Health", None, None),
        (500, "placeholder", "Ascension Health", None, None),
    }
    attributed = said("ascension-2024", "attributed_to")
    assert {(named("ascension-2024", c.object), c.modality) for c in attributed} == {("Black Basta", "hedged")}


def test_newfoundland_letters_are_no_count() -> None:
    """The letters of Eastern Health are no count of people hit, and Central Health, still examined, is not hit."""
    case = "newfoundland-2021"
    assert figures(case, "Eastern Health") == {
        (37_800, "exact", "Eastern Health", "sent", None),
        (31_500, "about", "Eastern Health", None, "one_network_drive"),
    }
    assert hit(case) == {
        "Newfoundland and Labrador Centre for Health Information", "Eastern Health", "Labrador-Grenfell Health",
    }  # fmt: skip
    assert {(named(case, c.object), named(case, c.asserter)) for c in said(case, "attributed_to")} == {("Hive", None)}


def test_singhealth_and_its_it_provider_are_fined() -> None:
    """The PDPC fines IHiS 750,000 and SingHealth 250,000 Singapore dollars; a watch-list names Whitefly."""
    case = "singhealth-2018"
    fines = {
        (named(case, c.subject), named(case, c.object), c.amount, c.currency, c.date) for c in said(case, "sanction")
    }
    assert fines == {
        ("PDPC", "Integrated Health Information Systems", 750_000, "SGD", "2019-01-15"),
        ("PDPC", "Singapore Health Services", 250_000, "SGD", "2019-01-15"),
    }
    assert figures(case, "Singapore Health Services") == {
        (1_500_000, "about", None, None, None),
        (160_000, "about", None, None, "outpatient_prescriptions"),
        (159_000, "about", None, None, "outpatient_prescriptions"),
    }
    assert pairs(case, "supplies") == {("Integrated Health Information Systems", "Singapore Health Services")}
    assert {named(case, c.object) for c in said(case, "attributed_to")} == {"Whitefly"}


def test_hipocrate_hospitals_cut_off_as_a_precaution_are_not_hit() -> None:
    """Twenty-six unnamed hospitals are hit and two named ones; the 74 cut off as a precaution are not."""
    case = "hipocrate-ro-2024"
    assert hit(case) == {
        "26 hospitals across the country", "Smeeni hospital for chronic diseases", "Santa Clinic Mitreni",
    }  # fmt: skip
    assert {mention.unnamed_count for mention in record(case).mentions if mention.unnamed_count} == {26}
    assert said(case, "people") == []
    assert said(case, "attributed_to") == []


def test_unicause_is_told_by_the_cisss() -> None:
    """The CISSS counts the 119,812 patients of the hospital; the foundation is a client of Unicause and not hit."""
    case = "unicause-2023"
    assert figures(case, "Hôpital Charles-Le Moyne") == {
        (119_812, "exact", "CISSS de la Montérégie-Centre", None, None)
    }
    assert hit(case) == {"Unicause/Unimarketing", "CISSS de la Montérégie-Centre", "Hôpital Charles-Le Moyne"}
    assert clients(case, "Unicause/Unimarketing") == {
        "CISSS de la Montérégie-Centre", "Fondation de l’Hôpital Charles-LeMoyne",
    }  # fmt: skip


def test_aiims_fears_and_suspicions_make_nothing() -> None:
    """The feared three to four crore patients are no count, and a suspected country is no attacker."""
    case = "aiims-delhi-2022"
    aiims = "All India Institute of Medical Sciences, New Delhi"
    assert figures(case, aiims) == {((30_000_000, 40_000_000), "between", None, "under_review", None)}
    assert said(case, "attributed_to") == []
    asked = {(c.negated, c.modality) for c in record(case).claims if c.role == "ransom_demanded"}
    assert asked == {(False, "hedged"), (True, "stated")}


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("eye-care-leaders-2021", "Regional Eye Associates & Surgical Eye Center of Morgantown"),
        ("conduent-2024", "Oklahoma Department of Human Services"),
        ("newfoundland-2021", "Central Health"),
    ],
)
def test_what_is_not_established_makes_no_edge(case: str, name: str) -> None:
    """A body whose link to the incident no source establishes is neither hit nor supplied by anybody in it."""
    drawn = ("affected", "supplies", "uses", "originated_at")
    assert name not in {end for predicate in drawn for pair in pairs(case, predicate) for end in pair}


def test_statuses_follow_from_who_says_so() -> None:
    """A body's own notice or its regulator's page confirms, the press reports, a blog alone only claims."""
    status = statuses(project([record(case) for case in CASES]).graph)
    assert status >= {
        ("goanywhere-2023", "Brightline, Inc.", "confirmed"), ("goanywhere-2023", "Aetna", "claimed"),
        ("goanywhere-2023", "US Wellness Inc.", "reported"), ("goanywhere-2023", "Imagine360", "claimed"),
        ("eye-care-leaders-2021", "Texas Tech University Health Sciences Center", "reported"),
        ("eye-care-leaders-2021", "Precision Eye Care, Ltd.", "claimed"),
        ("eye-care-leaders-2021", "Summit Eye Associates", "confirmed"),
        ("onetouchpoint-2022", "Aetna ACE", "confirmed"), ("onetouchpoint-2022", "Anthem", "reported"),
        ("conduent-2024", "Blue Cross Blue Shield of Montana", "claimed"),
        ("conduent-2024", "Blue Cross Blue Shield of Texas", "reported"),
        ("doctor-alliance-2025", "BAYADA Home Health Care", "confirmed"),
        ("doctor-alliance-2025", "Amedisys", "claimed"), ("elekta-2021", "Renown Health", "confirmed"),
        ("elekta-2021", "Yale New Haven Health", "reported"), ("lifelabs-2019", "LifeLabs", "confirmed"),
        ("newfoundland-2021", "Eastern Health", "confirmed"), ("aetonix-2023", "Hôpital Montfort", "confirmed"),
        ("hipocrate-ro-2024", "Santa Clinic Mitreni", "claimed"),
        ("singhealth-2018", "Singapore Health Services", "reported"),
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_rules_of_every_shipped_case_hold(case: str) -> None:
    """Sources are found, weak ones speak for no authority, filings are their filers', texts in both languages."""
    landmarks.test_every_source_can_be_found(case)
    landmarks.test_no_weak_source_speaks_for_an_authority(case)
    landmarks.test_every_filed_figure_is_its_filers_own(case)
    landmarks.test_quotes_are_short_and_in_their_language(case)
    landmarks.test_every_text_stands_in_both_languages(case)


@pytest.mark.parametrize("case", CASES)
def test_no_natural_person_is_named(case: str) -> None:
    """No official whom the articles name stands in a file, and every attacker is a crew or a brand."""
    text = (FOLDER / f"{case}.yaml").read_text("utf-8")
    assert [person for person in OFFICIALS if person in text] == []
    assert {m.name for m in record(case).mentions if m.label == "Attacker"} <= ATTACKERS


def test_one_id_is_one_body_in_all_cases() -> None:
    """An id that several landmark cases give to a body means the same name and kind in each."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for case in (*landmarks.CASES, *CASES):
        for mention in things(case).values():
            if mention.label == "Organisation" and mention.name and mention.node_id:
                names[mention.node_id].add(normalise(mention.name))
                if mention.kind:
                    kinds[mention.node_id].add(mention.kind)
    assert {id: found for id, found in names.items() if len(found) > 1} == {}
    assert {id: found for id, found in kinds.items() if len(found) > 1} == {}
