"""What a name says, and whether two names are one organisation: by kinds of case, not by single names."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from outbreach.cli import app
from outbreach.graph.identity import freetext
from outbreach.graph.identity.decision import VERDICTS, Decision
from outbreach.graph.identity.grade import Grade
from outbreach.graph.identity.letters import fits
from outbreach.graph.identity.likeness import likeness
from outbreach.graph.identity.name import domain_in, read_name
from outbreach.graph.identity.organisations import compare_organisations, compare_sides
from outbreach.graph.identity.pairs import Pair, Side
from outbreach.graph.identity.resolve import Identity, resolve
from outbreach.graph.identity.things import crew_name, product_name
from outbreach.graph.identity.words import bits, pair_bits
from outbreach.graph.places import is_place
from outbreach.graph.records.record import Mention
from tests.build import Row

US = {"country": "US"}


def said(left: str, right: str, one: str | None = None, other: str | None = None) -> Decision:
    """The decision on two names, each in a region of the US where one is given."""
    sides = [
        Side(name=name, country="US" if region else None, region=region and f"US-{region}")
        for name, region in ((left, one), (right, other))
    ]
    return compare_sides(*sides)


def forms(name: str) -> list[str]:
    """A name's forms, as text."""
    return [" ".join(form.words) or form.stem for form in read_name(name).forms]


def beside(name: str) -> list[str]:
    """The bodies that stand beside the one it names."""
    return [" ".join(form.words) or form.stem for form in read_name(name).beside]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Riverbend Holdings, LLC d/b/a Oakmoor Eye Clinic", ["riverbend holdings", "oakmoor eye clinic"]),
        ("Riverbend DBA: Oakmoor", ["riverbend", "oakmoor"]),
        ("Riverbend, Inc. (formerly known as Oakmoor)", ["riverbend", "oakmoor"]),
        ("Riverbend Family Services (“RFS”)", ["riverbend family services", "rfs"]),
        ("Riverbend Family Services (RFS)", ["riverbend family services", "rfs"]),
        ("Riverbend, on behalf of Oakmoor", ["riverbend"]),
        ("Riverbend (Oakmoor, Inc.)", ["riverbend"]),
        ("Riverbend, Inc. and Oakmoor, LLC", ["riverbend"]),
        ("Centre Hospitalier Universitaire de Rivebelle", ["chu rivebelle"]),
        ("C.H.U. d’Rivebelle", ["chu rivebelle"]),
        ("Cl??nica Oakmoor", ["clinic oakmoor"]),
        ("Oakmoor Childrenâ€™???s Hospital", ["oakmoor children hospital"]),
        ("www.oakmoor-eye.com", ["oakmooreye"]),
        ("oakmooreyeass...", ["oakmooreyeass"]),
        ("Oakmoor Eye DataBase Leak", ["oakmoor eye"]),
    ],
)
def test_what_a_name_says(name: str, read: list[str]) -> None:
    """A name is read as the names of its first-named body, without legal forms, damage and a leak site's noise."""
    assert forms(name) == read


def test_bodies_beside() -> None:
    """Whom a body speaks for, and who stands in brackets behind it, is no name of it."""
    assert beside("Riverbend, on behalf of Oakmoor") == ["oakmoor"]
    assert beside("Riverbend (Oakmoor, Inc.)") == ["oakmoor"]


@given(st.text(max_size=60))
def test_any_name_can_be_read(name: str) -> None:
    """Every text has at least one form, and reading it again gives the same."""
    assert read_name(name).forms
    assert read_name(name) == read_name(name)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Oakmoor Regional Medical Center, Inc.", "OAKMOOR REG MED CTR"),
        ("Saint Quillan Hospital of Oakmoor", "St. Quillan's Hospital, Oakmoor"),
        ("Oakmoor Health System", "Oakmoor Health"),
        ("Riverbend Holdings LLC d/b/a Oakmoor Eye Clinic", "Oakmoor Eye Clinic"),
        ("Quillan & Oakmoor Physical Therapy", "Quillan and Oakmoor Physical Therapy, PLLC"),
        ("Oakmorr Eye Associates", "Oakmoor Eye Associates"),
        ("One Touch Quillan", "OneTouchQuillan"),
        ("oakmooreye.com", "Oakmoor Eye Associates"),
        ("Quillan Oakmoor Brindle Memorial Hospital", "qobmh.org"),
        ("Oakmoor Area Hospital and Zandora Medical Center", "Oakmoor Area Hospital"),
        ("Oakmoor School of Med.", "Oakmoor School of Medicine"),
        ("Quentin S. Oakmoor, M.D.", "Quentin Oakmoor MD"),
        ("Oakmoor Healthcare District", "Oakmoor Hospital"),
        ("Oakmoor Recherche", "Oakmoor Research"),
        ("Oakmoor Brindle Health Network 2", "Oakmoor Brindle Health Network (blackcat)"),
        ("Oakmoor Community Healthcare CIC", "Oakmoor Community Healthcare"),
        ("Oakmoor Group,Quillan Medical Clinic, ADQC Holding, & Brindle Medical Group", "Oakmoor Group"),
        ("Quentin Oakmoor Memorial Hospital", "Oakmoor Hospital"),
        ("Riverbend Orthopaedic Associates d/b/a Oakmoor Institute", "Oakmoor Orthopaedic Institute"),
    ],
)
def test_the_same(left: str, right: str) -> None:
    """One body is known under another spelling, form, trade name, abbreviation or domain, whichever side comes first."""
    assert said(left, right, "OH", "OH").verdict == "same", said(left, right, "OH", "OH").reason
    assert said(right, left, "OH", "OH").verdict == "same"


@pytest.mark.parametrize(
    ("left", "right", "verdicts"),
    [
        ("Oakmoor Hospital", "Oakmoor Hospital Foundation", {"related"}),
        ("Oakmoor Health", "Oakmoor Health Plan", {"related"}),
        ("Oakmoor University", "Oakmoor University Medical Center", {"related", "different", "unsure"}),
        ("Riverbend, on behalf of Oakmoor", "Oakmoor", {"related", "different"}),
        (
            "Oakmoor County Public Hospital District No. 2",
            "Oakmoor County Public Hospital District No. 3",
            {"different"},
        ),
        ("North Oakmoor Clinic", "South Oakmoor Clinic", {"different"}),
        ("Blue Cross of Idaho", "Blue Cross of Kansas", {"related", "different"}),
        ("Oakmoor Hospital", "Quillan Hospital", {"different"}),
        ("OAKQ/Brindle Chapter", "OAKQ/Quillan Chapter", {"different", "related", "unsure"}),
        ("Oakmoor Health", "Oakmoor Home Health", {"related", "unsure"}),
        ("Oakmoor Health", "Oakmoor Health Medical Associates", {"related", "unsure"}),
        ("Quentin B. Oakmoor, DDS", "Quentin C. Oakmoor, DDS", {"different"}),
        ("Oakmoor Brindle Foundation", "Oakmoor Brindle Medical Foundation", {"related"}),
        ("Oakmoor Health District 2", "Oakmoor Health District", {"related", "different", "unsure"}),
    ],
)
def test_not_the_same(left: str, right: str, verdicts: set[str]) -> None:
    """A foundation, a plan, a client, another number, direction or state is not the body itself."""
    assert said(left, right, "OH", "OH").verdict in verdicts
    assert said(right, left, "OH", "OH").verdict in verdicts


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("QOB Quillan Oakmoor Brindle", ["quillan oakmoor brindle", "qob"]),
        ("City of Oakmoor (Health Plan)", ["city oakmoor health plan"]),
        ("Oakmoor.com & Riverbend Health", ["oakmoor riverbend health", "oakmoor"]),
        ("Riverbend, Inc. - Oakmoor Eye Clinic", ["riverbend", "oakmoor eye clinic"]),
        ("Oakmoor Eye Clinic - LockBit", ["oakmoor eye clinic"]),
        ("oakmoor_eye_clinic", ["oakmoor eye clinic"]),
        ("Oakmoor Eye Clinic | Quillan Optical", ["oakmoor eye clinic", "quillan optical"]),
        ("SELARL Imagerie d'Oakmoor", ["imaging oakmoor"]),
        ("Oakmoor Co., Inc., Group Benefit Plan", ["oakmoor co group benefit plan"]),
        ("oakmoor.***", ["oakmoor"]),
    ],
)
def test_what_belongs_to_a_name(name: str, read: list[str]) -> None:
    """Initials before their own words, a trade name behind a dash or bar, and what a post or form adds, are told apart."""
    assert forms(name) == read


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Quillan Oakmoor County Hospital", "Quillan Oakmoor Hospital"),
        ("Oakmoor Memorial Hospital", "Oakmoor Medical Center"),
        ("Zandora Health Quillan Oakmoor Hospital", "Quillan Oakmoor Hospital"),
        ("Quentin S. Oakmoor Memorial Hospital", "Oakmoor Memorial Hospital"),
        ("Oakmoor Surgery Center", "Oakmoor Surgical Center"),
        ("oakm********ial.org", "Oakmoor Memorial Hospital"),
        ("oakmooroh.com", "Oakmoor Health"),
        ("oakmoor-hospital.org", "Oakmoor Hospital Association"),
        ("Oakmoor Brindle Hospital and Zandora Medical Center", "Oakmoor Brindle Hospital"),
        ("Ohio Department of Oakmoor Services", "Department of Oakmoor Services"),
    ],
)
def test_one_body_in_one_state(left: str, right: str) -> None:
    """Within a state, an owner in front, a patron's first names, *county* or what a hospital is called make no other body."""
    assert said(left, right, "OH", "OH").verdict == "same", said(left, right, "OH", "OH").reason
    assert said(right, left, "OH", "OH").verdict == "same"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Oakmoor Health Hospital", "Oakmoor Health"),
        ("Oakmoor Hospital", "Oakmoor Health System"),
        ("Oakmoor Medical Center", "Oakmoor Community Center"),
        ("Providence St. Mary Medical Center", "St. Mary Medical Center"),
        ("Oakmoor Brindle Hospital and Zandora Medical Center", "Zandora Medical Center"),
        ("Oakmoor Terrace (OT)", "Olwen Trust"),
        ("Oakmoor Health Springfield", "Oakmoor Health"),
        ("Harrow County", "Harrow County Hospital District"),
        ("Oakmoor Center", "Oakmoor Center Associates"),
        ("Medical University of South Carolina", "MUSC Medical Center"),
        ("one.oakmoorhost.com", "two.oakmoorhost.com"),
        ("Oakmoor Associates of KY PSC", "Oakmoor Associates of PA PC"),
        ("Zandora Family Medicine", "Zandora Family Dentistry"),
    ],
)
def test_alike_and_not_joined(left: str, right: str) -> None:
    """A system and its hospital, another sort of center, a saint many bear, the second-named, chance initials are not one."""
    assert said(left, right, "OH", "OH").verdict != "same", said(left, right, "OH", "OH").reason


@pytest.mark.parametrize(
    ("country", "left", "right", "same"),
    [
        ("FR", "Hôpital Quentin Oakmoor de Vesoul", "Centre hospitalier de Vesoul", True),
        ("FR", "CH Intercommunal de Vesoul", "Hôpital de Vesoul", True),
        ("FR", "CHS de Vesoul", "CH de Vesoul", False),
        ("FR", "HJ adultes CH de Vesoul", "CH de Vesoul", False),
        ("FR", "CHU de Clermont-Ferrand", "CH de Clermont", False),
        ("FR", "EHPAD Oakmoor", "Résidence Oakmoor", True),
        ("FR", "EHPAD Oakmoor à Brindle-sur-Mer", "Résidence Oakmoor (Brindle-sur-Mer)", True),
        ("FR", "Centre hospitalier Oakmoor de Vesoul", "CH Oakmoor", True),
        ("FR", "CHU de Vesoul", "CH Quentin Oakmoor Vesoul", False),
        ("FR", "Oakmoor Brindle Cancer Campus", "Institut Oakmoor Brindle", True),
        ("GB", "Oakmoor Brindle Hospital", "Oakmoor Brindle Hospital for Children NHS Trust", True),
        ("FR", "Laboratoire Oakmoor", "Oakmoor", True),
        ("FR", "Hôpital R. Oakmoor", "Hôpital Robert Oakmoor", True),
        ("FR", "Oakmoor Mutuelle de France", "Oakmoor", True),
        ("GB", "Oakmoor University Teaching Hospitals NHS Foundation Trust", "Oakmoor Hospitals NHS Trust", True),
        ("GB", "Quillan Oakmoor Hospitals NHS Trust", "Quillan Oakmoor Community NHS Trust", False),
        ("GB", "Herts Oakmoor NHS Trust", "Hertfordshire Oakmoor NHS Foundation Trust", True),
        ("CA", "Réseau de santé Oakmoor", "Oakmoor Health Network", True),
    ],
)
def test_names_of_a_country(country: str, left: str, right: str, same: bool) -> None:
    """What a word says depends on the country: a patron and a town in France, a trust's titles in Britain, both tongues in Canada."""
    found = compare_sides(Side(name=left, country=country), Side(name=right, country=country))
    assert (found.verdict == "same") is same, found.reason


def test_a_build_is_surer_than_an_answer() -> None:
    """Four initials of a domain, whose place is unknown, are an answer to who asks, and no reason for a build to join."""
    mentions = [org("a", "Quillan Oakmoor Brindle Hospital", "OH"), org("b", "qobh.org")]
    assert said("qobh.org", "Quillan Oakmoor Brindle Hospital", None, "OH").verdict == "same"
    assert not together(resolve(mentions), mentions)


def test_two_that_share_a_saint_and_a_virtue() -> None:
    """Two words side by side say as much as so many names have them, not what each says alone."""
    assert pair_bits("good", "samaritan") < bits("good") + bits("samaritan")
    assert pair_bits("quillan", "oakmoor") > pair_bits("good", "samaritan")


def test_an_insurer_treats_nobody() -> None:
    """An insurer and a house that treats are two, whatever rare name they share."""
    insurer = Side(name="Oakmoor, Inc.", country="US", region="US-OH", kind="insurer")
    for other in ("Oakmoor Urgent Care", "Oakmoor Hospital"):
        assert compare_sides(insurer, Side(name=other, country="US")).verdict != "same"


def test_a_town_behind_a_domain() -> None:
    """A domain may end in the initials of a town of the body's state, behind a word that is its own."""
    for region, same in (("US-TX", True), ("US-ME", False)):
        body = Side(name="Riverbend d/b/a Oakmoorel", country="US", region=region)
        assert (compare_sides(body, Side(name="oakmoorelsa.com")).verdict == "same") is same


def test_places() -> None:
    """A common name in two states is two bodies; a name that hardly anybody has may well be one."""
    assert said("Memorial Hospital", "Memorial Hospital", "OH", "IN").verdict == "different"
    assert said("Quillanware Technologies", "Quillanware Technologies, Inc.", "OH", "IN").verdict == "same"
    assert said("Memorial Hospital", "Memorial Hospital").verdict == "unsure"


def test_letters_that_cannot_come_from_the_words() -> None:
    """Letters in another order, or more of them than the words have, are no initials of a name."""
    words = ("quillan", "oakmoor", "brindle")
    assert fits("qob", words, "quillanoakmoorbrindle") > 0
    assert fits("boq", words, "quillanoakmoorbrindle") == 0
    assert fits("qobx", words, "quillanoakmoorbrindle") == 0
    assert fits("q*****noakmoorbrindle", words, "quillanoakmoorbrindle") > 0


NAMES = st.sampled_from(
    [
        "Oakmoor Hospital",
        "Oakmoor Hospital Foundation",
        "Riverbend d/b/a Oakmoor",
        "oakmoor.com",
        "CHU de Rivebelle",
        "?",
        "St. Mary's",
    ]
)


@given(NAMES, NAMES)
def test_symmetric(left: str, right: str) -> None:
    """Which of two names comes first makes no difference, but for the side of what is left over."""
    one, other = likeness(left, right), likeness(right, left)
    assert (one.grade, one.bits, one.left, one.right) == (other.grade, other.bits, other.right, other.left)


@given(NAMES)
def test_like_itself(name: str) -> None:
    """A name with a word in it is the same as itself."""
    assert name == "?" or likeness(name, name).grade is Grade.EQUAL


@settings(max_examples=5)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6))
def test_a_pair_does_not_depend_on_the_others(pairs: list[tuple[str, str]]) -> None:
    """A decision is the same alone and among others, and is one of the four verdicts with a score from 0 to 1."""
    asked = [Pair(str(i), Side(name=a), Side(name=b)) for i, (a, b) in enumerate(pairs)]
    together = compare_organisations(asked)
    assert together == [compare_organisations([pair])[0] for pair in asked]
    assert all(d.verdict in VERDICTS and 0 <= d.score <= 1 and d.reason for d in together)


def test_compare_on_the_command_line(tmp_path: Path) -> None:
    """A table as a spreadsheet saves it is decided row by row; a row without a name is unsure, and says so."""
    file = tmp_path / "pairs.csv"
    rows = [
        "pair_id;left_name;left_country;left_region;right_name;right_country;right_region;left_date",
        "a;Oakmoor Eye Clinic, LLC;USA;Ohio;OAKMOOR EYE CLINIC;US;OH;",
        "b;;;;Oakmoor;;;",
        "c;Oakmoor Hospital;US;OH;Oakmoor Hospital Foundation;US;OH;soon",
    ]
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(rows).encode())
    answer = CliRunner().invoke(app, ["resolve", "compare", str(file), "--of", "organisations", "--format", "csv"])
    assert answer.exit_code == 0, answer.output
    found = list(csv.DictReader(answer.stdout.splitlines()))
    assert [(row["pair_id"], row["verdict"]) for row in found] == [("a", "same"), ("b", "unsure"), ("c", "related")]
    assert "no name" in found[1]["reason"]
    assert "“soon” is not understood" in found[2]["reason"]


@pytest.mark.parametrize(
    ("text", "country", "iso"),
    [
        ("06/28/2024", "US", "2024-06-28"), ("28/06/2024", "FR", "2024-06-28"), ("28 juin 2024", None, "2024-06-28"),
        ("June 2024", None, "2024-06"), ("2024", None, "2024"), ("summer 2023", None, "2023-22"), ("1er mars 2021", None, "2021-03-01"),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(text: str, country: str | None, iso: str) -> None:
    """A date in any common form keeps the precision that it has."""
    found = freetext.date(text, country)
    assert found is not None
    assert found.text == iso


def test_dates_that_may_be_two() -> None:
    """Where the country is unknown, 03/04 may be either day; what is no date is None."""
    found = freetext.date("03/04/2024")
    assert found is not None
    assert found.last_day - found.first_day == 31 - 4 + 3  # from 4 March to 3 April
    assert freetext.date("soon") is None
    assert freetext.date("2024-13-01") is None


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("about 4.5 million", 4_500_000, 4_500_000, "about"), ("500", 500, 500, "exact"),
        ("9,000–10,000", 9_000, 10_000, "between"),
        ("126 000 patients", 126_000, 126_000, "exact"), ("plus de 100.000", 100_000, None, "at_least"),
        ("3.5 to 3.9 million", 3_500_000, 3_900_000, "between"), ("up to 5,000", 0, 5_000, "up_to"),
        ("1,5 million", 1_500_000, 1_500_000, "exact"),
    ],
)  # fmt: skip
def test_people_as_they_are_written(text: str, low: int, high: int | None, qualifier: str) -> None:
    """A number of people in words is read with what it means."""
    assert freetext.people(text) == freetext.People(low, high, qualifier)


def test_no_people() -> None:
    """Where no number stands, none is read."""
    assert freetext.people("unknown") is None
    assert freetext.people("many") is None


def org(key: str, name: str, region: str | None = None, **more: object) -> Mention:
    """An organisation in the US, in a region where one is given."""
    place = {"country": "US", "region": region and f"US-{region}"} if region else {}
    return Mention.of("test", key, "Organisation", "filer", name, **{**place, **more})


def together(identity: Identity, mentions: Iterable[Mention]) -> bool:
    """Whether all are one node."""
    return len({identity.node(m.id) for m in mentions}) == 1


def test_one_that_fits_two_joins_neither() -> None:
    """A hospital without a place is joined to neither of two of its name in two states, and is left for a person."""
    common = [
        org("a", "St. Mary's Hospital", "OH"),
        org("b", "St. Mary's Hospital", "IN"),
        org("c", "St. Mary's Hospital"),
    ]
    identity = resolve(common)
    assert len({identity.node(m.id) for m in common}) == 3
    assert {frozenset((d.left, d.right)) for d in identity.doubts} <= {
        frozenset((x.id, y.id)) for x in common for y in common if x is not y
    }


def test_no_third_joins_what_is_told_apart() -> None:
    """A hospital and its foundation stay two, though a third name stands near to both."""
    mentions = [
        org("a", "Oakmoor Hospital", "OH"),
        org("b", "Oakmoor Hospital Foundation", "OH"),
        org("c", "Oakmoor", "OH"),
    ]
    identity = resolve(mentions)
    assert identity.node(mentions[0].id) != identity.node(mentions[1].id)


def test_two_curated_ids_stay_two() -> None:
    """Two bodies to which curated files give two ids are not joined by the model."""
    a, b = org("a", "Oakmoor Eye Clinic", "OH", node_id="org-x"), org("b", "Oakmoor Eye Clinic", "OH", node_id="org-y")
    assert not together(resolve([a, b]), [a, b])


def test_two_numbers_of_one_register_stay_two() -> None:
    """Two hospitals of one name and town that a register numbers apart stay apart; a mention without a number joins."""
    first = org("a", "Oakmoor Hospital", "OH", identifiers=("ccn:360001",))
    second = org("b", "Oakmoor Hospital", "OH", identifiers=("ccn:360002",))
    bare = org("c", "Oakmoor Hospital", "OH")
    assert not together(resolve([first, second]), [first, second])
    assert together(resolve([first, bare]), [first, bare])


def test_a_trade_name_joins() -> None:
    """The legal name and the trade name are one where a record states both."""
    mentions = [
        org("a", "Riverbend Quillan, LLC d/b/a Oakmoor Eye Clinic", "OH"),
        org("b", "Riverbend Quillan LLC", "OH"), org("c", "Oakmoor Eye Clinic", "OH"),
    ]  # fmt: skip
    assert together(resolve(mentions), mentions)


def test_attackers() -> None:
    """A crew is known by another spelling and by an alias that is its alone; an alias of two, or a brand, joins nothing."""
    crews = [
        Row("a").thing("Attacker", "Alphacrew", aliases=("Oldname", "Shared")),
        Row("b").thing("Attacker", "Betacrew", aliases=("Shared",)),
        Row("c").thing("Attacker", "Oldname"), Row("d").thing("Attacker", "Shared"),
        Row("e").thing("Attacker", "ALPHACREW ransomware gang"),
    ]  # fmt: skip
    identity = resolve(crews)
    assert together(identity, [crews[0], crews[2], crews[4]])
    assert len({identity.node(m.id) for m in crews}) == 3
    assert {d.label for d in identity.doubts} == {"Attacker"}
    assert crew_name("CL0P") == crew_name("Cl0p gang") == crew_name("Clop")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("MOVEit", "MOVEit Transfer", True), ("Progress MOVEit", "MOVEit Transfer", True), ("MOVEit Cloud", "MOVEit", False),
        ("Fortra GoAnywhere MFT", "GoAnywhere", True), ("Alpha Records", "Beta Records", False),
    ],
)  # fmt: skip
def test_software(left: str, right: str, same: bool) -> None:
    """A product is one with and without its maker's name; another edition is another product."""
    pair = [Row("a").thing("Software", left), Row("b").thing("Software", right)]
    assert together(resolve(pair), pair) is same
    assert (product_name(pair[0]) == product_name(pair[1])) is same


def test_domain_in_a_name() -> None:
    """A title that is or ends with a domain has it; a masked or cut one has none."""
    assert domain_in("Oakmoor Eye | oakmooreye.com.au") == "oakmooreye.com.au"
    assert domain_in("https://www.oakmoor.org/") == "oakmoor.org"
    assert domain_in("oakmooreyeass...") is None
    assert domain_in("o****.com") is None


def test_a_source_states_other_names() -> None:
    """A former name, a brand or a domain joins where a source says so; its reason names the source."""
    new = Side(name="Mass General Brigham Incorporated", country="US", region="US-MA")
    found = compare_sides(Side(name="Partners HealthCare", country="US", region="US-MA"), new)
    assert found.verdict == "same"
    assert "https://www.mvtimes.com/2019/11/27/partners-healthcare-rebrands-mass-general-brigham/" in found.reason
    assert (
        compare_sides(Side(name="massgeneralbrigham.org"), Side(name="Partners HealthCare", country="US")).verdict
        == "same"
    )
    other_state = Side(name="Vidant Beaufort Hospital", country="US", region="US-SC")
    assert (
        compare_sides(Side(name="Beaufort County Medical Center", country="US", region="US-SC"), other_state).verdict
        != "same"
    )
    abroad = Side(name="Partners HealthCare", country="AU")
    assert compare_sides(abroad, new).verdict != "same"


def test_stated_initials_need_the_place() -> None:
    """Many bear the same initials: without a place they are for a person to judge, whoever states them."""
    hospital = Side(name="Trinity Health Oakland Hospital", country="US", region="US-MI")
    assert compare_sides(Side(name="SJMO", country="US", region="US-MI"), hospital).verdict == "same"
    assert compare_sides(Side(name="SJMO"), hospital).verdict == "unsure"


def test_each_stated_name_has_its_source() -> None:
    """Nobody’s memory: an address for each line, a known relation, and codes of real places."""
    with (Path(__file__).parents[1] / "graph/identity/data/other_names.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 1000
    for row in rows:
        assert row["source"].startswith(("https://", "http://")), row
        assert row["relation"] in ("renamed", "trade_name", "acronym", "domain", "translation"), row
        assert is_place(row["country"]), row
        assert not row["region"] or is_place(row["region"]), row
