"""The five seed articles, encoded completely: what they say, as they say it, and nothing that they do not."""

from pathlib import Path

import pytest

from outbreach.graph.records.record import QUOTE_WORDS, Claim, Record
from outbreach.loaders import curated

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
TEXTS = {
    "cisss-laval-segma-2023": "000_6d2a1d134a2c354c.txt",
    "born-ontario-2023": "001_59a69f88276f550e.txt",
    "dedalus-2021": "002_20da99699cd3a1c2.txt",
    "aphp-2021": "003_6ed31bee80bef491.txt",
    "hpl-ramsay-2025": "004_77ec3883f1bff5bd.txt",
}
SEGMA, BORN, DEDALUS, APHP, HPL = TEXTS

CISSS, LABS, TRANSFER = "CISSS de Laval", "28 laboratoires", "un logiciel de transfert de fichiers"
CLINIC, PARQUET, RAMSAY = "Hôpital privé de la Loire", "Parquet de Paris", "Ramsay Santé"
AP_HP, SHARING = "Assistance publique-Hôpitaux de Paris", "un service de partage de fichiers"
MSSS = "Ministère de la Santé et des Services sociaux"
IPC = "Bureau du commissaire à l’information et à la protection de la vie privée de l’Ontario"
EARLIER = "Hacking of Dedalus France at the end of 2020"

Said = tuple[str, str, str, int | None, int | None, str | None, bool, str, str | None]


def record(name: str) -> Record:
    """The record of one shipped file."""
    return curated.read(ROOT / "loaders" / "curated" / f"{name}.yaml").records[0]


def said(name: str) -> set[Said]:
    """(predicate, subject, object or value, low, high, qualifier, negated, modality, asserter) of each claim."""
    read = record(name)
    shown = {
        m.id: "this" if m.role == "incident" and m.node_id == f"incident-{name}" else m.display for m in read.mentions
    }

    def what(claim: Claim) -> str:
        value = None if claim.predicate == "people" else claim.value
        object = claim.object and shown.get(claim.object, claim.object.removeprefix("data."))
        parts = (claim.role, object, value, claim.population, claim.subset)
        return " | ".join(str(part) for part in parts if part is not None)

    return {
        (
            claim.predicate, shown[claim.subject], what(claim), claim.low, claim.high, claim.qualifier,
            claim.negated, claim.modality, claim.asserter and shown[claim.asserter],
        )
        for claim in read.claims
    }  # fmt: skip


def fact(
    predicate: str,
    what: str,
    by: str | None,
    *,
    subject: str = "this",
    negated: bool = False,
    hedged: bool = False,
    people: tuple[int, int | None, str] | None = None,
) -> Said:
    """One row of a table below."""
    low, high, qualifier = people or (None, None, None)
    return predicate, subject, what, low, high, qualifier, negated, "hedged" if hedged else "stated", by


MANY = "de nombreuses organisations publiques et privées"
ON_THE_DARK_WEB = f"{CISSS} | found on the dark web"
MEDICAL = "those whose medical data were stolen"
EXPECTED: dict[str, set[Said]] = {
    SEGMA: {
        fact("affected", CISSS, CISSS),
        fact("affected", "Segma Recherche", "Segma Recherche"),
        fact("originated_at", "Segma Recherche", None, hedged=True),
        fact("originated_at", "Segma Recherche", CISSS),
        fact("supplies", CISSS, None, subject="Segma Recherche"),
        fact("supplies", MANY, "Segma Recherche", subject="Segma Recherche"),
        fact("kind", "ransomware", "Segma Recherche"),
        fact("kind", "publication", CISSS, hedged=True),
        fact("occurred_from", "2023-08", "Segma Recherche"),
        fact("people", CISSS, CISSS, people=(9000, None, "at_least")),
        fact("people", ON_THE_DARK_WEB, CISSS, hedged=True, people=(9000, None, "at_least")),
        fact("people", f"{CISSS} | listed", None, people=(100_000, 100_000, "exact")),
        *(
            fact("exposed", category, CISSS, hedged=True)
            for category in ("name", "contact", "diagnosis", "treatment", "service_date", "medical_record_number")
        ),
        fact("event", "data_published", CISSS, hedged=True),
        fact("event", "data_published", "Segma Recherche"),
        fact("event", "misuse", "Segma Recherche", negated=True, hedged=True),
        fact("event", "repaired | Segma Recherche", CISSS),
        fact("event", f"vigilance_called | {CISSS}", CISSS),
        fact("filed", "Segma Recherche → les autorités compétentes", "Segma Recherche", subject="Segma Recherche"),
        *(
            fact("investigates", "announced | this", MSSS, subject=authority)
            for authority in (
                MSSS, "Ministère de la Cybersécurité et du Numérique", "Commission de l’accès à l’information",
            )
        ),
        fact("event", f"investigation_announced | {MSSS}", MSSS),
    },
    BORN: {
        fact("affected", "BORN Ontario", "BORN Ontario"),
        fact("exploited", TRANSFER, "BORN Ontario"),
        fact("uses", TRANSFER, "BORN Ontario", subject="BORN Ontario"),
        fact("occurred_from", "2023-05", "BORN Ontario"),
        fact("people", "", "BORN Ontario", people=(3_400_000, 3_400_000, "about")),
        fact("exposed", "medical_record", "BORN Ontario"),
        *(
            fact("exposed", category, "BORN Ontario", negated=True)
            for category in ("payment", "national_id", "account_credentials")
        ),
        fact("event", f"tool_withdrawn | {TRANSFER}", "BORN Ontario"),
        fact("event", "misuse", "BORN Ontario", negated=True, hedged=True),
        fact("filed", f"BORN Ontario → {IPC}", "BORN Ontario", subject="BORN Ontario"),
        fact("addressed_to", IPC, "BORN Ontario", subject=f"BORN Ontario → {IPC}"),
    },
    DEDALUS: {
        fact("affected", LABS, "Dedalus France"),
        fact("affected", "Dedalus France", None),
        fact("supplies", LABS, "Dedalus France", subject="Dedalus France"),
        fact("originated_at", "Dedalus France", None, hedged=True),
        fact("people", "", None, people=(500_000, 500_000, "about")),
        *(
            fact("exposed", category, None)
            for category in (
                "medical_record", "contact", "blood_group", "care_team", "health_insurance", "national_id",
                "reproductive_health | some patients", "infection_status | some patients",
            )
        ),
        fact("event", f"client_informed | {LABS}", None),
        fact("event", "cooperation | les autorités compétentes", "Dedalus France"),
        fact("event", "data_still_online", None),
        fact("investigates", "investigating | this", None, subject=PARQUET),
        fact("affected", "Dedalus France", None, subject=EARLIER),
        fact("occurred_from", "2020", None, subject=EARLIER),
        fact("event", "staff_warning_ignored | Dedalus France", "Next INpact", subject=EARLIER),
    },
    APHP: {
        fact("affected", AP_HP, AP_HP),
        fact("originated_at", AP_HP, AP_HP),
        fact("exploited", SHARING, AP_HP, hedged=True),
        fact("uses", SHARING, None, subject=AP_HP),
        fact("people", "", None, people=(1_400_000, 1_400_000, "exact")),
        *(fact("exposed", term, None) for term in ("name", "national_id", "contact", "care_team", "medical_record")),
        fact("event", "confirmed", AP_HP),
        fact("event", f"apology | {AP_HP}", AP_HP),
        fact("event", f"people_to_be_informed | {AP_HP}", AP_HP),
        fact("event", f"complaint_filed | {AP_HP}", None),
        fact("event", "complaint_filed | Ministère de la Santé", None),
        fact("addressed_to", "CNIL", None, subject="? → CNIL"),
        fact("addressed_to", "ANSSI", None, subject="? → ANSSI"),
        fact("investigates", "investigating | this", "CNIL", subject="CNIL"),
    },
    HPL: {
        *(fact("affected", CLINIC, by) for by in (CLINIC, PARQUET)),
        *(fact("originated_at", CLINIC, by) for by in (CLINIC, PARQUET)),
        *(fact("people", CLINIC, by, people=(126_000, None, "at_least")) for by in (CLINIC, PARQUET)),
        fact("people", f"{CLINIC} | sent", CLINIC, people=(126_000, None, "at_least")),
        fact("people", f"{CLINIC} | {MEDICAL}", CLINIC, people=(40, 40, "exact")),
        fact("exposed", "administrative", CLINIC),
        fact("exposed", f"medical_record | {MEDICAL}", CLINIC),
        *(fact("care_impact", CLINIC, by, negated=True) for by in (CLINIC, PARQUET, RAMSAY)),
        fact("occurred_from", "2025-06-26", CLINIC),
        fact("occurred_to", "2025-07-01", CLINIC),
        fact("part_of", RAMSAY, None, subject=CLINIC),
        fact("event", f"contained | {RAMSAY}", RAMSAY),
        fact("event", f"people_informed | {CLINIC}", CLINIC),
        fact("event", f"people_to_be_informed | {CLINIC}", CLINIC),
        fact("event", f"ransom_not_disclosed | {RAMSAY}", None),
        fact("investigates", "investigating | this", PARQUET, subject=PARQUET),
        fact("investigates", "entrusted | this", PARQUET, subject="Office anticybercriminalité"),
    },
}  # fmt: skip
CLAIMS = {SEGMA: 43, BORN: 27, DEDALUS: 35, APHP: 35, HPL: 36}
NEVER = {
    SEGMA: ("attributed_to", "exploited", "sanction", "operates"),
    BORN: ("attributed_to", "supplies", "makes", "has", "originated_at", "investigates", "part_of", "led_to"),
    DEDALUS: ("led_to", "part_of", "exploited", "attributed_to", "makes", "uses", "filed"),
    APHP: (
        "attributed_to",
        "occurred_from",
        "occurred_to",
        "discovered_on",
        "disclosed_on",
        "supplies",
        "filed",
        "has",
    ),
    HPL: ("attributed_to", "exploited", "uses", "supplies", "filed", "led_to", "discovered_on"),
}
"""Predicates of which the article says nothing."""
UNSAID = {
    SEGMA: ("lockbit", "cl0p", "moveit", "ramq", "91000"),
    BORN: ("moveit", "progress", "cl0p", "clop", "cve-", "2023-05-31"),
    DEDALUS: ("mega-bus", "megabus", "491", "cnil", "cve-", "2021-"),
    APHP: ("2021", "2022", "hitachi", "hcp", "cve-"),
    HPL: ("530", "marak", "cnil", "cert santé", "identity_document", "arbitr"),
}
"""What is known of the case from elsewhere, or is only said of such cases in general."""


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not beside the checkout (../shared/seeds)")
@pytest.mark.parametrize("name", TEXTS)
def test_quotes_are_verbatim(name: str) -> None:
    """Each quote and each term stands in the article character for character."""
    article = (SEEDS / TEXTS[name]).read_text(encoding="utf-8")
    words = [text for claim in record(name).claims for text in (claim.quote, claim.wording) if text]
    assert [text for text in words if text not in article] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_claim_is_quoted_shortly(name: str) -> None:
    """Each claim of a seed article has a French quote of at most twenty words."""
    for claim in record(name).claims:
        assert claim.quote, claim
        assert len(claim.quote.split()) <= QUOTE_WORDS
        assert claim.citation.lang == "fr"


@pytest.mark.parametrize("name", TEXTS)
def test_what_the_article_says(name: str) -> None:
    """The key facts are there, each with its subject, object or number, modality and asserter."""
    assert EXPECTED[name] - said(name) == set()
    assert len(record(name).claims) == CLAIMS[name]


@pytest.mark.parametrize("name", TEXTS)
def test_all_that_is_counted_or_named_is_expected(name: str) -> None:
    """No figure, body hit, category of data, attacker or software beyond those of the hand-made table is there."""
    closed = (
        "people",
        "affected",
        "exposed",
        "attributed_to",
        "exploited",
        "supplies",
        "uses",
        "makes",
        "occurred_from",
    )
    found = {row for row in said(name) if row[0] in closed}
    assert {row for row in EXPECTED[name] if row[0] in closed} == found


@pytest.mark.parametrize("name", TEXTS)
def test_what_the_article_does_not_say(name: str) -> None:
    """Nothing known from elsewhere is in the file: no product, attacker, number or date that the article lacks."""
    read = record(name)
    assert {claim.predicate for claim in read.claims} & set(NEVER[name]) == set()
    texts = " ".join(
        str(getattr(thing, field))
        for things in (read.claims, [m for m in read.mentions if m.role != "incident"])
        for thing in things
        for field in type(thing).__dataclass_fields__
        if field not in ("id", "citation", "node_id", "subject", "object", "asserter", "incident")
    ).casefold()
    assert [word for word in UNSAID[name] if word in texts] == []


@pytest.mark.parametrize("name", TEXTS)
def test_no_natural_person(name: str) -> None:
    """The people whom the articles name are in no field: their body and role stand for them."""
    text = record(name).to_json()
    assert [person for person in ("Bouchard", "Bianchi", "Tiziana", "FABI") if person in text] == []


def test_what_is_unnamed_stays_unnamed() -> None:
    """A product, body or group that an article does not name has no name, only the article's words."""
    unnamed = {
        (m.role, m.described_as, m.unnamed_count) for name in TEXTS for m in record(name).mentions
        if m.name is None and m.label in ("Software", "Organisation", "Attacker")
    }  # fmt: skip
    assert unnamed == {
        ("organisation", MANY, None),
        ("authority", "les autorités compétentes", None),
        ("software", TRANSFER, None),
        ("organisation", "prestataires de soins de fertilité, de grossesse et de santé infantile en Ontario", None),
        ("organisation", LABS, 28),
        ("software", SHARING, None),
        ("organisation", "agences régionales de santé", None),
    }


def test_inferred_dates_say_so() -> None:
    """A date that rests on a weekday or on the page's date names its rule; any other inference is the expected one."""
    inferred = {
        (name, claim.predicate, claim.value or claim.date or claim.object)
        for name in TEXTS for claim in record(name).claims if claim.basis == "inferred"
    }  # fmt: skip
    dedalus = next(m.id for m in record(DEDALUS).mentions if m.name == "Dedalus France")
    assert inferred == {
        (SEGMA, "occurred_from", "2023-08"),
        (SEGMA, "disclosed_on", "2024-02-14"),
        (SEGMA, "event", "2024-02-14"),
        (BORN, "occurred_from", "2023-05"),
        (BORN, "exposed", "data.payment"),
        (BORN, "exposed", "data.national_id"),
        (BORN, "exposed", "data.account_credentials"),
        (DEDALUS, "originated_at", dedalus),
        (HPL, "occurred_from", "2025-06-26"),
        (HPL, "occurred_to", "2025-07-01"),
        (HPL, "event", "2025-07-10"),
    }


def test_undated_articles_have_no_date() -> None:
    """Where neither the page nor the text fixes a day, claims carry none: Dedalus and AP-HP are stated on no date."""
    for name in (DEDALUS, APHP):
        assert {claim.stated_on for claim in record(name).claims} == {None}
    dated = {claim.date for claim in record(APHP).claims if claim.date}
    assert dated == {"2020", "2020-09"}


def test_an_unlinked_incident_stands_alone() -> None:
    """The hacking of Dedalus at the end of 2020 is an incident of its own, with its claims and a note of no link."""
    read = record(DEDALUS)
    this, earlier = (m for m in read.mentions if m.label == "Incident")
    both = [c for c in read.claims if {c.subject, c.object} == {this.id, earlier.id}]
    assert [claim.predicate for claim in both] == ["note"]
    own = {claim.predicate for claim in read.claims if claim.subject == earlier.id}
    assert own == {"affected", "originated_at", "kind", "occurred_from", "event"}


def test_a_figure_in_another_is_within_it() -> None:
    """The 40 people whose medical data were stolen are counted within the clinic's 126,000."""
    read = record(HPL)
    clinic = next(m.id for m in read.mentions if m.name == CLINIC)
    forty = next(c for c in read.claims if c.predicate == "people" and c.value == 40)
    assert (forty.object, forty.within) == (clinic, clinic)


def test_a_republisher_is_a_relay() -> None:
    """The page that copies AFP's text says whose text it is."""
    source = next(m for m in record(HPL).mentions if m.label == "Source")
    assert (source.publisher, source.relay_of) == ("reuters-fr.com", "Agence France-Presse")
