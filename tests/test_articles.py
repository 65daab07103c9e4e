"""Articles are read as a careful person would read them: nothing is invented, and every fact has its words."""

import re
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.articles import Score, lines_of, measure
from outbreach.graph.text.article import read_article
from outbreach.graph.text.cast.gazetteer import sightings
from outbreach.graph.text.counts.numeral import numbers_are
from outbreach.graph.text.draft import Draft
from outbreach.graph.text.facts.terms import categories
from outbreach.graph.text.lexicon import normal, table
from outbreach.graph.text.page.passage import passage
from outbreach.graph.text.proof import proven
from outbreach.graph.text.times.moments import Reference, moments
from outbreach.graph.vocabulary import vocabulary
from outbreach.graph.yamlfile import parse

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
SETS = sorted(p.parent.name for p in GOLD.glob("*/gold.yaml"))
STRANGERS = {
    "twelfth": (0.98, 0.905),
    "thirteenth": (0.97, 0.83),
    "fourteenth": (0.965, 0.785),
    "fifteenth": (0.94, 0.84),
    "sixteenth": (0.97, 0.86),
    "seventeenth": (0.96, 0.775),
    "eighteenth": (0.945, 0.805),
    "nineteenth": (0.935, 0.68),
    "twentieth": (0.925, 0.8),
    "twentyfirst": (0.935, 0.725),
    "twentysecond": (0.935, 0.7),
    "twentythird": (0.875, 0.645),
    "twentyfourth": (0.92, 0.685),
    "feed_french": (0.92, 0.725),
    "feed_english": (0.92, 0.725),
    "exam_french": (0.94, 0.655),
    "exam_english": (0.9, 0.65),
}
"""Sets of people who never saw the reader, and the precision and recall that it has reached there and must not lose."""
MISJUDGED = {
    "fifteenth": {"fr-proces-marche"},
    "eighteenth": {"fr-amende-sans-fuite", "fr-revue-negligences"},
    "nineteenth": {"en-palo-duro-advisors"},
    "twentieth": {"en-pharmacy-tv", "en-tape-howmany", "en-two-gangs", "en-two-mailings"},
    "twentyfirst": {"fr-deux-lots-breachforums", "fr-officines-maroc", "fr-porte-blanche-cartons"},
    "twentysecond": {
        "en-carelattice-bill", "en-kitale-clinic-penalty", "en-paid-to-burn", "en-reprimands-of-two-years",
        "en-two-chains-dumped",
    },
    "twentythird": {"fr-au-hemolia-donneurs", "fr-ordolib-semaine", "fr-piratages-memoire"},
    "twentyfourth": {"en-telemental-advertisers-ftc"},
    "feed_french": {
        "fra-app-grossesse", "fra-qc-hors-sante", "fra-tracker-semaine", "frb-faille-corrigee",
        "frb-semaine-belgique", "frb-serveur-kinedoc", "frd-curiosite-tribunal", "frd-exercice-blanc",
        "frd-hebdo-carnet", "frd-loi25-explication",
    },
    "feed_english": {
        "ena-portal-flaw-mended", "enb-attempt-stopped", "enb-board-notebook", "enb-prairie-reports",
        "enc-clearstone-billing", "enc-portal-additions", "end-carebeacon-fine", "end-tallgrass-clients",
        "end-vaultline-launch",
    },
    "exam_french": {"xf-had-lettre", "xf-nordalis-hebergeur", "xf-panneau-mensuel", "xf-serveur-imagerie-ouvert"},
    "exam_english": {"xe-laurentide-clinic", "xe-reprimand-roundup", "xe-tracker-kestrel"},
}  # fmt: skip
"""Articles whose verdict is known to be wrong: the whole list."""
OWN = [name for name in SETS if name not in STRANGERS]
SEEDS = ROOT.parent / "shared" / "seeds"
SEED_TEXTS = {
    "cisss-laval-segma-2023": "000_6d2a1d134a2c354c.txt",
    "born-ontario-2023": "001_59a69f88276f550e.txt",
    "dedalus-2021": "002_20da99699cd3a1c2.txt",
    "aphp-2021": "003_6ed31bee80bef491.txt",
    "hpl-ramsay-2025": "004_77ec3883f1bff5bd.txt",
}
OUT_OF_REACH = {
    "cisss-laval-segma-2023": {
        "disclosed_on: 2024-02-14",  # the day is that of the page's address, which the text does not have
        "supplies: segma recherche > ?de nombreuses organisations publiques et privées",  # who they are, nobody says
    },
    "dedalus-2021": {
        "event: public_statement",  # “a indiqué vendredi”: said, and not called a statement
        "originated_at: dedalus france",  # the curators infer it; the article does not say whose systems were breached
    },
    "hpl-ramsay-2025": {"part_of: org-ofac > org-police-judiciaire-france"},  # of the apparatus, and not of the case
}
"""Facts of the curated records that the reader does not find: the whole list."""
FRENCH_ONLY = {
    "alias", "attacker_told", "crew", "crook", "hint_noun", "hint_out", "misdeed", "misused", "nameless_known", "own_subject",
}  # fmt: skip
"""Patterns that only rules on French sentences ask for."""
ENGLISH_ONLY = {"product_hit", "record_system"}
"""Patterns that only rules on English sentences ask for."""
BEYOND_CURATED = {
    "aphp-2021": {"exposed: test_result"}  # what the tool carried, which nobody says outright was taken
}
COMPARED = (
    "affected", "originated_at", "exploited", "attributed_to", "exposed", "part_of", "investigates", "supplies", "makes",
    "uses", "notified", "people", "kind", "occurred_from", "occurred_to", "discovered_on", "disclosed_on", "event",
    "sanction", "care_impact",
)  # fmt: skip


@cache
def scored(name: str) -> Score:
    """The measures of one set of composed articles."""
    return measure(GOLD / name, drafts_of)[0]


def texts() -> list[Path]:
    """Every composed article, and the seeds where they are."""
    return sorted([*GOLD.glob("*/*.txt"), *(SEEDS.glob("*.txt") if SEEDS.is_dir() else [])])


@cache
def drafts_of(text: str) -> tuple[Draft, ...]:
    """What is read of a composed article, once for all that is asked of it."""
    return tuple(read_article(text))


def one(text: str) -> Draft:
    """The only draft of a text."""
    drafts = read_article(text)
    assert len(drafts) == 1
    return drafts[0]


def said(draft: Draft, field: str) -> list[Any]:
    """The values that a draft's facts have for a field."""
    return [fact[field] for fact in draft.facts if field in fact]


def test_composed_articles_are_read_right() -> None:
    """Of our own articles, 98 of 100 facts found are right and 9 of 10 stated ones are found; none loses what it had."""
    scores = [scored(name) for name in OWN]
    right, wrong, missed = (sum(getattr(s, what).total() for s in scores) for what in ("right", "wrong", "missed"))
    remarks = [remark for s in scores for remark in s.remarks]
    assert right / (right + wrong) >= 0.98, remarks
    assert right / (right + missed) >= 0.9, remarks
    assert all(s.precision >= 0.94 and s.recall >= 0.9 for s in scores), remarks


@pytest.mark.parametrize("name", STRANGERS)
def test_what_is_read_of_strangers_is_not_lost(name: str) -> None:
    """Texts of people who never saw the reader are read as well as they have been; docs/articles.md says how well."""
    precision, recall = STRANGERS[name]
    assert scored(name).precision >= precision, scored(name).remarks
    assert scored(name).recall >= recall, scored(name).remarks


@pytest.mark.parametrize("name", SETS)
def test_no_name_is_invented(name: str) -> None:
    """Every body, product and attacker found stands in the text by that name, or in a closed list by its id."""
    assert scored(name).invented == []


@pytest.mark.parametrize("name", SETS)
def test_no_trap_becomes_an_incident(name: str) -> None:
    """Advice, surveys, drills, attacks without disclosure and what is not health care make none; round-ups make several."""
    assert {text for text, said, judged in scored(name).verdicts if said != judged} <= MISJUDGED.get(name, set())


@pytest.mark.parametrize("file", texts(), ids=lambda f: f.stem)
def test_every_quote_is_verbatim_and_short(file: Path) -> None:
    """Each fact has at most twenty words of the text, letter by letter, at the place that its locator gives."""
    text = file.read_text(encoding="utf-8")
    for draft in drafts_of(text):
        for fact in draft.facts:
            at = int(fact["locator"].removeprefix("offset "))
            assert text[at : at + len(fact["quote"])] == fact["quote"], fact
            assert 0 < len(fact["quote"].split()) <= 20, fact


@pytest.mark.parametrize("file", texts(), ids=lambda f: f.stem)
def test_every_fact_proves_itself(file: Path) -> None:
    """The check that a model's facts must pass throws away none of our own."""
    text = file.read_text(encoding="utf-8")
    for draft in drafts_of(text):
        form = draft.form()
        known = {k: ({"incident": None} if "id" in v else v) for k, v in form["cast"].items()}
        assert proven({**form, "cast": known}, text)[1] == []


@pytest.mark.parametrize("width", [72, 88])
@pytest.mark.parametrize("indent", ["", "        "])
def test_a_wrapped_text_is_read_like_one_that_is_not(width: int, indent: str) -> None:
    """Lines cut at a width and indented, as mail and old pages have them: the same facts, each quote verbatim at its place."""
    lost, told = 0, 0
    for file in sorted((GOLD / "articles").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        cut = "\n".join(
            textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False)
            for line in text.split("\n")
        )
        whole = {line for draft in read_article(text) for line in lines_of(draft)}
        drafts = read_article(cut)
        told += len(whole)
        lost += len(whole ^ {line for draft in drafts for line in lines_of(draft)})
        for fact in (fact for draft in drafts for fact in draft.facts):
            at = int(fact["locator"].removeprefix("offset "))
            assert cut[at : at + len(fact["quote"])] == fact["quote"]
    assert lost <= told // 50


def test_sentences_that_run_together_are_set_apart() -> None:
    """“… the breach.The data …” are two sentences, and a quote has them as the page does."""
    text = "Hospital data stolen\n\nHackers entered servers of Heron Hospital on May 5, 2024.The data of 1,200 patients  was taken."
    [draft] = read_article(text)
    assert "people: 1200 exact" in {line.split(" of ")[0] for line in lines_of(draft)}
    assert all(fact["quote"] in text for fact in draft.facts)


def test_the_same_text_gives_the_same_draft() -> None:
    """Reading is a pure function of the text, whatever was read before."""
    text = (GOLD / "articles" / "fr-tiers-payant.txt").read_text(encoding="utf-8")
    first = [draft.shown() for draft in read_article(text)]
    read_article((GOLD / "articles" / "en-nhs-pathology.txt").read_text(encoding="utf-8"))
    assert [draft.shown() for draft in read_article(text)] == first


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not beside the checkout (../shared/seeds)")
@pytest.mark.parametrize("name", SEED_TEXTS)
def test_seeds_come_out_as_their_curated_records(name: str) -> None:
    """The five seed articles give what their curators wrote, but for a list; notes in the curators' own words apart."""
    curated = compared(parse((ROOT / "loaders" / "curated" / f"{name}.yaml").read_text(encoding="utf-8")).data)
    found = compared(one((SEEDS / SEED_TEXTS[name]).read_text(encoding="utf-8")).form())
    assert curated - found == OUT_OF_REACH.get(name, set())
    assert found - curated == BEYOND_CURATED.get(name, set())


def compared(form: dict[str, Any]) -> set[str]:
    """predicate, role and value of each fact, bodies by name (authorities by id)."""
    cast = form["cast"]

    def name(key: str) -> str:
        entry = cast[key]
        if "authority" in entry and entry.get("id"):
            return str(entry["id"])
        named = next(
            (entry[r] for r in ("organisation", "vendor", "authority", "software", "attacker") if entry.get(r)), None
        )
        return normal(str(named or f"?{entry.get('described_as')}")).lower()

    found = set()
    for fact in form["facts"]:
        what = next((p for p in COMPARED if p in fact), None)
        if what is None:
            continue
        before = f"{'earlier ' if fact.get('incident') else ''}{'not ' if fact.get('negated') else ''}{what}: "
        value = fact[what]
        for v in value if isinstance(value, list) and what in ("exposed", "investigates", "kind") else [value]:
            if what in ("affected", "originated_at", "exploited", "attributed_to"):
                told = name(v)
            elif what in ("supplies", "makes", "uses", "part_of"):
                told = " > ".join(map(name, v))
            elif what == "investigates":
                told = f"{name(v)} {fact.get('role', 'investigating')}"
            elif what == "notified":
                told = name(v if isinstance(v, str) else v[1])
            elif what == "people":
                told = f"{v} {fact.get('qualifier', 'exact')} {fact.get('population', '')}".strip()
            else:
                told = "" if what == "care_impact" else str(v)
            found.add(f"{before}{told}".strip())
    return found


def test_a_number_means_what_its_words_make_of_it() -> None:
    """At least, about, up to, in digits and in words, with the population that a list or a letter counts."""
    text = (
        "Le CHU de Brume a annoncé que les données d’au moins 9 000 patients ont été volées. "
        "Une liste contenant 100 000 noms de patients avait été copiée. "
        "Quelque deux mille salariés sont aussi concernés par la fuite de données médicales.\n"
    )
    people = {(f["people"], f.get("qualifier", "exact"), f.get("population")) for f in one(text).facts if "people" in f}
    assert people == {(9000, "at_least", None), (100_000, "exact", "listed"), (2000, "about", None)}


def test_who_is_not_named_stays_unnamed() -> None:
    """“A file-transfer tool” is software without a name, even where everybody knows which one it was."""
    text = (
        "Larchmont Regional Hospital said files with the records of 5,000 patients were stolen through a flaw "
        "in a file transfer tool that it used to send data to partners.\n"
    )
    draft = one(text)
    products = [entry for entry in draft.cast.values() if "software" in entry]
    assert [entry["software"] for entry in products] == [None]
    assert [entry["category"] for entry in products] == ["file_transfer"]


def test_a_vendor_supplies_only_the_subject_of_its_sentence() -> None:
    """In a round-up “its vendor” is that of the body whose sentence it is, and each body has a draft of its own."""
    text = (
        "Breaches reported by two providers\n\nMay 5, 2025\n\n"
        "Alder Vein Clinic said a hacker got into a mailbox. Names and diagnoses of 3,100 patients were copied.\n\n"
        "Pinyon Pediatrics said its transcription vendor, Quillwork, was hacked. Records of 880 children were exposed."
    )
    drafts = read_article(text)
    assert [d.verdict for d in drafts] == ["several", "several"]
    assert [fact for d in drafts for fact in said(d, "supplies")] == [["quillwork", "pinyon_pediatrics"]]


def related(text: str) -> set[str]:
    """Who supplies, makes, uses, belongs to, was breached and attacked, by name, as a text’s draft has it."""
    draft = one(text)

    def name(key: str) -> str:
        entry = draft.cast[key]
        names = (entry.get(r) for r in ("organisation", "vendor", "software", "attacker"))
        return next((str(n) for n in names if n), f"?{entry.get('described_as')}")

    pairs = {
        f"{w}: {name(f[w][0])} > {name(f[w][1])}"
        for f in draft.facts
        for w in ("supplies", "makes", "uses", "part_of")
        if w in f
    }
    return pairs | {
        f"{w}: {name(f[w])}" for f in draft.facts for w in ("originated_at", "exploited", "attributed_to") if w in f
    }


SERVED = (
    "Alder Bay Hospital outsources its billing to Quillwork. Quillwork was hacked in May.",
    "The bills of Alder Bay Hospital are sent out by Quillwork. Quillwork was hacked in May.",
    "Quillwork, which transcribes notes for Alder Bay Hospital, was hacked in May.",
    "Alder Bay Hospital uses a company called Quillwork to send reminders. It was hacked in May.",
    "A cyberattack on Quillwork, a vendor of Alder Bay Hospital, exposed patient records.",
    "An employee of Quillwork, Alder Bay Hospital's call centre provider, sold patients' data.",
    "Quillwork was hacked in May. Alder Bay Hospital, one of its customers, said records had been stolen.",
    "Hackers stole the data from Quillwork, a third-party vendor that Alder Bay Hospital uses for surveys.",
)
SERVIE = (
    "La clinique des Ormes confie sa facturation à Quilliance. Quilliance a été piratée en mai.",
    "La clinique des Ormes fait numériser ses dossiers par Quilliance. En mai, Quilliance a été piratée.",
    "Quilliance, prestataire de la clinique des Ormes, a été victime d’une cyberattaque en mai.",
    "C’est chez Quilliance, le prestataire informatique de la clinique des Ormes, que l’intrusion a eu lieu.",
    "La fuite vient de Quilliance, à qui la clinique des Ormes confie ses archives.",
    "Quilliance a été piratée en mai. Parmi ses clients figure la clinique des Ormes.",
    "Un transporteur mandaté par la clinique des Ormes, Quilliance, a perdu en mai un carton de dossiers.",
)


@pytest.mark.parametrize("sentence", SERVED)
def test_a_vendor_is_told_in_many_ways(sentence: str) -> None:
    """Whatever the words that say who serves whom, the vendor supplies its client and is where it began."""
    text = f"{sentence} Names and diagnoses of 8,000 patients of the hospital were copied, the hospital said."
    text += " It told the Office for Civil Rights."
    assert related(text) == {"supplies: Quillwork > Alder Bay Hospital", "originated_at: Quillwork"}


@pytest.mark.parametrize("sentence", SERVIE)
def test_a_vendor_is_told_in_many_ways_in_french(sentence: str) -> None:
    """Whatever the words that say who serves whom, the vendor supplies its client and is where it began."""
    text = f"{sentence} Les noms et les diagnostics de 8 000 patients de la clinique ont été copiés."
    text += " La Cnil a été prévenue."
    assert related(text) == {"supplies: Quilliance > Clinique des Ormes", "originated_at: Quilliance"}


def test_a_chain_has_each_of_its_links() -> None:
    """Each vendor supplies the next; the last is where it began, and the one between is hit too."""
    text = (
        "Alder Bay Hospital said records of 8,000 patients were stolen. The hospital pays Quillwork to type its notes. "
        "Quillwork had passed part of the work on to Dictora, and it was Dictora’s server that was hacked in May."
    )
    assert related(text) == {
        "supplies: Quillwork > Alder Bay Hospital", "supplies: Dictora > Quillwork", "originated_at: Dictora",
    }  # fmt: skip
    draft = one(text)
    assert {draft.cast[b].get("organisation") or draft.cast[b].get("vendor") for b in said(draft, "affected")} == {
        "Alder Bay Hospital", "Quillwork", "Dictora",
    }  # fmt: skip


def test_clients_stand_in_lists_and_one_to_a_sentence() -> None:
    """Clients after a colon, and those that each give their count, are clients of the vendor that was breached."""
    begins = "Quillwork, a billing company, was hacked in May and names and diagnoses were stolen. "
    listed = "Three of its clients have told patients: Alder Bay Hospital (12,000), Marlow Clinic (3,400) and Fenwick Health (900)."
    apart = "Alder Bay Hospital said 12,000 of its patients were affected. Marlow Clinic put its number at 3,400. "
    apart += "Fenwick Health is still counting."
    for told in (listed, apart):
        assert {
            f"supplies: Quillwork > {name}" for name in ("Alder Bay Hospital", "Marlow Clinic", "Fenwick Health")
        } <= related(begins + told)


def test_a_supplier_without_a_name_is_described() -> None:
    """A vendor that is only paraphrased is one without a name; where its login was used, the body itself was breached."""
    kept = (
        "Alder Bay Hospital said records of 8,000 patients were stolen from a mailing company that it declined to name."
    )
    login = (
        "Alder Bay Hospital said intruders had used the login of an outside contractor to reach its servers. "
        "Records of 8,000 patients were stolen."
    )
    assert related(kept) == {"supplies: ?a mailing company > Alder Bay Hospital", "originated_at: ?a mailing company"}
    assert related(login) == {
        "supplies: ?an outside contractor > Alder Bay Hospital", "originated_at: Alder Bay Hospital",
    }  # fmt: skip


def test_who_only_helps_or_stands_by_supplies_nothing() -> None:
    """Firms called in afterwards, rivals, lawyers and who got a letter by mistake are no vendors."""
    for text in (
        "Alder Bay Hospital said records of 8,000 patients were stolen by hackers. It hired Kestrel, a forensics firm, to help.",
        "Alder Bay Hospital said records of 8,000 patients were stolen by hackers. Fenwick Health, a rival, said it was not hit.",
        "La clinique des Ormes a annoncé le vol des dossiers de 8 000 patients. La société Cybersécu mène l’enquête.",
        "La clinique des Ormes a envoyé par erreur les dossiers de 800 patients à la société Tramway, qui n’avait rien à en faire.",
    ):
        assert {fact for fact in related(text) if not fact.startswith("originated_at")} == set()


CROWDS = (
    (
        "Quillwork, which bills for about 70 dental practices in Ohio, was hacked in May. Names of 8,000 patients were stolen.",
        "about 70 dental practices in Ohio",
    ),
    (
        (
            "Hackers broke into the network of Quillwork, a billing company, in May and took diagnoses of 8,000 patients. "
            "Quillwork supplies software to GP practices."
        ),
        "GP practices",
    ),
    (
        (
            "Quilliance, qui gère le tiers payant de nombreuses mutuelles, a été piratée en mai. Les noms et les numéros de sécurité "
            "sociale de 8 000 assurés ont été volés."
        ),
        "de nombreuses mutuelles",
    ),
    (
        (
            "La société Quilliance a été piratée en mai. Les noms et les diagnostics de 8 000 patients ont été volés. "
            "Quilliance fournit des logiciels à des laboratoires de biologie."
        ),
        "laboratoires de biologie",
    ),
)


@pytest.mark.parametrize(("text", "group"), CROWDS)
def test_clients_without_a_name_are_a_group(text: str, group: str) -> None:
    """Whom a vendor serves without their being named is a body that is described."""
    vendor = "Quillwork" if "Quillwork" in text else "Quilliance"
    assert f"supplies: {vendor} > ?{group}" in related(text)


def test_a_list_under_a_heading_names_the_clients() -> None:
    """Under “Clinics whose patients may be affected:” each line is a client of the vendor that was breached."""
    text = (
        "The breach happened at Quillwork, a billing company, in May. Names and diagnoses of 8,000 patients were stolen.\n\n"
        "Clinics whose patients may be affected:\n- Marlow Clinic\n- Alder Bay Hospital\n- Fenwick Dental Center\n"
    )
    for name in ("Marlow Clinic", "Alder Bay Hospital", "Fenwick Dental Center"):
        assert f"supplies: Quillwork > {name}" in related(text)


SHREDDERS = (
    ("The hospital had paid a company to shred them. Records of 8,000 patients were found in a field.", "a company"),
    ("The hospital said a courier had lost a backup tape with diagnoses of 8,000 patients.", "a courier"),
    (
        "La clinique met en cause un de ses prestataires. Les dossiers de 8 000 patients ont fuité.",
        "un de ses prestataires",
    ),
    (
        "La société qui gère son informatique s’en est aperçue. Les dossiers de 8 000 patients ont été volés.",
        "La société qui gère",
    ),
)


@pytest.mark.parametrize(("told", "supplier"), SHREDDERS)
def test_a_supplier_without_a_name_is_told_by_what_it_does(told: str, supplier: str) -> None:
    """Who was paid, was handed something or is somebody’s is a supplier, whether or not the breach began there."""
    english = "Alder Bay Hospital said on Monday that it had told patients of a breach of their records. "
    begins = "La clinique des Ormes a annoncé lundi un piratage. " if told.startswith("La") else english
    assert any(fact.startswith(f"supplies: ?{supplier}") for fact in related(begins + told))


def test_who_is_called_upon_afterwards_is_no_supplier() -> None:
    """A vendor asked to help, vendors at large and one whose words tell patients are none."""
    for more in (
        "The hospital contacted its IT vendor to change passwords.",
        "The incident highlights the risk that third-party vendors can be.",
    ):
        text = f"Alder Bay Hospital said hackers had stolen records of 8,000 patients in May. {more}"
        assert not {fact for fact in related(text) if fact.startswith("supplies")}


BELONGING = (
    (
        (
            "Alder Bay Hospital and Marlow Clinic belong to Fenwick Health. Fenwick Health said hackers had stolen records of 8,000 "
            "patients."
        ),
        {"Alder Bay Hospital > Fenwick Health", "Marlow Clinic > Fenwick Health"},
    ),
    (
        "Hackers stole records of 8,000 patients from Fenwick Health in May. It runs both Alder Bay Hospital and Marlow Clinic.",
        {"Alder Bay Hospital > Fenwick Health", "Marlow Clinic > Fenwick Health"},
    ),
    (
        "La clinique des Ormes, qui dépend du groupe Santalys, a annoncé le vol des dossiers de 8 000 patients.",
        {"Clinique des Ormes > Santalys"},
    ),
)


@pytest.mark.parametrize(("text", "pairs"), BELONGING)
def test_each_body_of_a_group_belongs_to_it(text: str, pairs: set[str]) -> None:
    """All that a sentence gives to a group, by name or by pronoun."""
    assert {f"part_of: {pair}" for pair in pairs} <= related(text)


def test_products_have_users_and_makers() -> None:
    """A product that was exploited is used by whom it opened; its maker is named beside it."""
    text = "Hackers exploited an unpatched Citrix NetScaler device at Alder Bay Hospital and stole records of 8,000 patients."
    assert related(text) == {
        "exploited: Citrix NetScaler", "uses: Alder Bay Hospital > Citrix NetScaler", "originated_at: Alder Bay Hospital",
    }  # fmt: skip
    text = (
        "Quilliance, éditeur du logiciel Dossiora, a été piratée en mai. Les dossiers de 8 000 patients de la clinique des "
        "Ormes, qui utilise Dossiora, ont été volés. La Cnil a été prévenue."
    )
    assert related(text) == {
        "makes: Quilliance > Dossiora", "uses: Clinique des Ormes > Dossiora", "supplies: Quilliance > Clinique des Ormes",
        "originated_at: Quilliance",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("They were put up for sale on a forum by a user called “blackfin77”.", "blackfin77"),
        ("The attack was claimed by a new group, Vexor, on its leak site.", "Vexor"),
        ("A gang calling itself Night Heron listed the hospital on its site.", "Night Heron"),
    ],
)
def test_attackers_by_any_name(sentence: str, name: str) -> None:
    """A pseudonym, a group that no list has and one that calls itself so are attackers."""
    assert f"attributed_to: {name}" in related(
        f"Alder Bay Hospital confirmed that records of 8,000 patients were stolen. {sentence}"
    )


def test_words_of_health_beside_the_story_make_no_health_breach() -> None:
    """What a shop sponsors, and a headline at the foot of its page, are not about health."""
    text = (
        "Ferry line Northsound hacked\n\nNorthsound said bookings of 310,000 passengers were stolen: names and e-mail "
        "addresses. It carries families of the Children’s Hospice fund free of charge.\n\n"
        "Read next: Surgery chain hacked, patients warned\n"
    )
    assert (one(text).verdict, one(text).why) == ("none", "not_health")


@pytest.mark.parametrize(
    "text",
    [
        "Brent Hill Hospital has e-mailed 3,000 patients about its portal. Patients can log in without a password by a code.",
        "La clinique Belair a envoyé des courriers à ses patients. Les dossiers seront consultables sur le portail.",
        "Rosevale Hospital left its emergency department open to the public during a strike. It lost two nurses.",
        "Thieves took an ambulance of Rosevale Hospital. The computer in it was not stolen, and no patient data was affected.",
    ],
)
def test_what_only_sounds_like_a_loss_is_none(text: str) -> None:
    """Letters, portals, open doors and lost staff are no breach, though they share its words."""
    assert one(text).verdict == "none"


def test_a_letter_of_the_body_hit_is_no_advice() -> None:
    """“You should …” in a notice to those concerned does not hide what the notice says happened."""
    text = (
        "June 20, 2024\n\nDear Client:\n\nOn May 2, 2024, we learned that a mailbox at Fern Ridge Counseling, Inc. had "
        "been opened by someone else. The mailbox contained your name and therapy notes.\n\nYou should review your "
        "statements. You can place a fraud alert. You may ask for a free credit report.\n"
    )
    draft = one(text)
    assert draft.verdict == "one"
    assert [draft.cast[key]["organisation"] for key in said(draft, "affected")] == ["Fern Ridge Counseling"]


def test_where_a_hospital_is_is_no_body() -> None:
    """“… Hospital in Sligo” names the hospital, and not the town."""
    draft = one(
        "St Columbkille’s Hospital in Sligo has said that personal data of 1,900 patients were stolen by hackers."
    )
    assert {normal(entry["organisation"]) for entry in draft.cast.values()} == {"St Columbkille's Hospital"}


def test_a_person_is_never_in_the_cast_or_a_quote() -> None:
    """A spokesman’s words are those of their body, and their name is nowhere."""
    text = (
        "La clinique des Saules a été victime d’un vol de données de santé touchant 1 200 patients. "
        "« Notre clinique a été attaquée en mai 2024 », confirme la directrice de la clinique des Saules, Zoé Inventée.\n"
    )
    draft = one(text)
    assert "Inventée" not in str(draft.shown())
    assert any(cast_key.startswith("clinique_des_saules") for cast_key in said(draft, "by"))


def test_furniture_is_not_the_article() -> None:
    """Teasers, share buttons, comments and other headlines state nothing."""
    text = (GOLD / "articles" / "fr-hopital-rancongiciel.txt").read_text(encoding="utf-8")
    read = " ".join(sentence.text for sentence in passage(text).sentences)
    assert not [word for word in ("Corbeil", "opérateur", "WhatsApp", "Publié", "internes") if word in read]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on Thursday", ["2025-03-13"]),
        ("en août dernier", ["2024-08"]),
        ("dans la nuit du 8 au 9 mars", ["2025-03-08"]),
        ("on the night of March 8 to 9", ["2025-03-08"]),
        ("dans la nuit de dimanche à lundi", ["2025-03-09"]),
        ("from August 2023 to May 28, 2024", ["2023-08", "2024-05-28"]),
        ("from late August until 9 October 2024", ["2024-08", "2024-10-09"]),
        ("de novembre à janvier", ["2024-11", "2025-01"]),
        ("over the weekend", ["2025-03-08"]),
        ("cet après-midi", ["2025-03-14"]),
        ("three days ago", ["2025-03-11"]),
        ("il y a deux ans", ["2023"]),
        ("between December 28, 2024 and January 9, 2025", ["2024-12-28", "2025-01-09"]),
        ("between March 2022 and January 2024", ["2022-03", "2024-01"]),
        ("fin 2020", ["2020"]),
        ("the data may include names", []),
        ("12/05/2023", ["2023-05-12"]),
    ],
)
def test_dates_are_resolved_against_the_day_of_publication(text: str, dates: list[str]) -> None:
    """Weekdays, “last August” and days without a year mean a date beside that of the article, a Friday."""
    assert [moment.iso for moment in moments(text, Reference("2025-03-14"))] == dates


def test_without_a_date_a_weekday_means_nothing() -> None:
    """An undated article gives no day to its weekdays."""
    assert moments("mercredi soir", None) == []


def test_numbers_in_words_are_numbers() -> None:
    """The check of figures reads digits, decimals and words in both languages."""
    assert numbers_are("environ 3,4 millions de personnes", 3_400_000, "fr")
    assert numbers_are("quelque quinze mille patients", 15_000, "fr")
    assert numbers_are("some 5.6 million visits", 5_600_000, "en")
    assert not numbers_are("18 400 patients", 18_401, "fr")


def test_authorities_have_one_name_in_both_languages() -> None:
    """The same office is found by its names in English and French, long and short."""
    for text, key in (
        ("La Cnil a été saisie", "cnil"),
        ("la Commission nationale de l'informatique et des libertés", "cnil"),
        ("the French data protection authority", "cnil"),
        ("the HHS' Office for Civil Rights", "hhs-ocr"),
        ("la section cybercriminalité du parquet de Paris", "parquet-de-paris"),
        ("Ontario's privacy commissioner", "ipc-ontario"),
        ("the Maine Attorney General's office", "maine-ag"),
        ("l'agence régionale de santé Occitanie", "ars-occitanie"),
    ):
        assert [s.known.key for s in sightings(text)] == [key], text


def test_categories_of_data_are_told_apart() -> None:
    """The longest term counts: a member ID number is no name, a phone number no number of a file."""
    english = [c for _, _, c in categories("names, member ID numbers, phone numbers and medical record numbers", "en")]
    assert english == ["name", "health_insurance_id", "contact", "medical_record_number"]
    french = [
        c for _, _, c in categories("le numéro de dossier, le numéro de sécurité sociale et le groupe sanguin", "fr")
    ]
    assert french == ["medical_record_number", "national_id", "blood_group"]


def test_word_lists_are_closed() -> None:
    """The gazetteers and patterns name only terms of the closed lists, and each pattern compiles."""
    assert set(table("data_category_aliases")) - {"ignored", "in_lists"} == set(vocabulary("data_categories"))
    assert set(table("data_category_aliases")["in_lists"]) <= set(vocabulary("data_categories"))
    for lang in ("fr", "en"):
        told = table("article_events")[lang]
        assert set(told["kinds"]) <= set(vocabulary("incident_kinds"))
        assert set(told["events"]) <= set(vocabulary("event_roles"))
    for key, entry in table("authorities")["bodies"].items():
        assert entry["aliases"], key
        assert "same_as" in entry or {"name", "kind", "name_en", "name_fr"} <= set(entry), key
        assert "same_as" in entry or entry["kind"] in vocabulary("organisation_kinds"), key
    for entry in table("software").values():
        assert entry["category"] in vocabulary("software_categories")
    assert table("article_events")["fr"].keys() == table("article_events")["en"].keys()
    assert table("article_patterns")["fr"].keys() - table("article_patterns")["en"].keys() == FRENCH_ONLY
    assert table("article_patterns")["en"].keys() - table("article_patterns")["fr"].keys() == ENGLISH_ONLY


def test_authorities_have_the_ids_of_the_curated_files() -> None:
    """An authority that a curated file knows has the same id here, so that the two are one node."""
    curated: dict[str, set[str]] = {}
    for file in (ROOT / "loaders" / "curated").glob("*.yaml"):
        for entry in parse(file.read_text(encoding="utf-8")).data.get("cast", {}).values():
            if entry.get("authority") and entry.get("id"):
                curated.setdefault(normal(entry["authority"]).lower(), set()).add(entry["id"])
    for key, entry in table("authorities")["bodies"].items():
        ids = curated.get(normal(entry.get("name", "")).lower())
        assert ids is None or f"org-{key}" in ids or "only" in entry, key  # `only`: one of several of that name


def test_nonsense_gives_a_verdict() -> None:
    """Empty, tiny, huge or odd texts are read without a traceback, and tell of no incident."""
    for text in (
        "",
        " \n",
        "a",
        "«»" * 200,
        "0 " * 5000,
        "\ue000\ue001 patients " * 50,
        "Le " * 3000,
        "(" * 500,
        "Alpha Beta " * 3000,
        "12 000 " * 3000,
    ):
        assert [draft.verdict for draft in read_article(text)] == ["none"]
    assert re.fullmatch("fr|en", read_article("12345")[0].lang)


ARTICLES = sorted(GOLD.glob("*/*.txt"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damaged_articles_are_read_without_a_traceback(data: st.DataObject) -> None:
    """Articles cut, garbled, or with their sentences shuffled among those of another, give drafts with quotes of theirs."""
    text = data.draw(st.sampled_from(ARTICLES)).read_text(encoding="utf-8")
    other = data.draw(st.sampled_from(ARTICLES)).read_text(encoding="utf-8")
    at, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 400))
    noise = data.draw(st.text(max_size=20))
    chance = data.draw(st.randoms(use_true_random=False))
    damaged = text[:at] + noise + text[at + length :]
    if data.draw(st.booleans()):
        sentences = [*re.split(r"(?<=[.!?])\s+", damaged), *re.split(r"(?<=[.!?])\s+", other)[:5]]
        damaged = "\n".join(chance.sample(sentences, k=chance.randint(1, len(sentences))))
    for draft in read_article(damaged):
        assert [fact["quote"] for fact in draft.facts if fact["quote"] not in damaged] == []


@pytest.mark.parametrize(
    ("text", "no"),
    [
        ("Patients of a Marsh GP surgery got letters. Elm Medical Practice said data of 900 patients was stolen.", "Marsh"),
        ("Elm Clinic said records of 900 patients were stolen. “Awful,” said a resident of Mill End.", "Mill"),
        ("La Clinique du Lac a annoncé un vol de données de 900 patients. L'entreprise de Vevey a été piratée.", "Vevey"),
        ("Elm Clinic said data of 900 patients was stolen. A lecturer at Ash University said that hackers hit clinics.", "Ash"),
    ],
)  # fmt: skip
def test_a_place_or_a_bystander_is_not_hit(text: str, no: str) -> None:
    """Where somebody is, and who only comments, are no bodies of the incident."""
    draft = one(text)
    assert draft.verdict == "one"
    assert not any(no in str(draft.cast[key]) for key in said(draft, "affected"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Elm Children's in Leeds said records of 900 patients were stolen.", "Elm Children's"),
        ("St. Bride's Hospital said records of 900 patients were stolen.", "St. Bride's Hospital"),
        ("Les données de 900 patients du Groupe médical du Lac ont été volées.", "Groupe médical du Lac"),
    ],
)
def test_a_name_is_not_cut(text: str, name: str) -> None:
    """A possessive or a common word that belongs to a name stays in it."""
    assert any(entry.get("organisation") == name for entry in one(text).cast.values())


@pytest.mark.parametrize(
    "text",
    [
        "Ormédis s'est fait pirater fin mai. Les fiches de ses patients traînent sur la toile. La Cnil a été prévenue.",
        "Il en coûtera 200 000 euros à Ormédis. Les analyses de 9 000 patients se lisaient sur son site, dit la Cnil.",
        "Piratage d'Ormédis : des ordonnances dans la nature\n\nUne plainte a été déposée par la clinique.",
    ],
)
def test_plain_french_words_for_a_leak_are_enough(text: str) -> None:
    """Of an intrusion, and of data that hint at it, no set phrase is asked."""
    draft = one(text)
    assert draft.verdict == "one"
    assert {draft.cast[key].get("organisation") for key in said(draft, "affected")} == {"Ormédis"}


@pytest.mark.parametrize(
    "text",
    [
        "La clinique de l'Aulne est à l'arrêt depuis une cyberattaque. Les opérations sont reportées. Une plainte a été déposée.",
        "Vrai ou faux ? Les dossiers de patients de la clinique de l'Aulne n'ont pas été piratés, contrairement à la rumeur.",
        "Protégez votre cabinet. Une fuite coûte cher. Vos patients confient leurs dossiers à votre cabinet, que des pirates visent.",
    ],
)
def test_french_texts_of_no_disclosure_stay_none(text: str) -> None:
    """An outage, a fact check and an offer are no incident, whatever words of a leak they have."""
    assert read_article(text)[0].verdict == "none"


def test_of_two_firms_together_both_are_hit() -> None:
    """“Les deux sociétés”: where one is hit, the other is."""
    draft = one(
        "Tiervia et Soldéo ont vu leurs portails forcés. Le piratage de Tiervia a touché 900 000 assurés de mutuelles. "
        "Les deux sociétés ont averti la Cnil de ce vol de données."
    )
    assert {draft.cast[key].get("organisation") for key in said(draft, "affected")} == {"Tiervia", "Soldéo"}


def test_two_names_of_one_hospital_are_one_body() -> None:
    """“L'hôpital de X” and “le centre hospitalier X Marie-Rose”."""
    draft = one(
        "Des dossiers de patients de l'hôpital de Lournes ont été publiés par des pirates. Le centre hospitalier Lournes "
        "Marie-Rose a porté plainte et averti la Cnil."
    )
    (key,) = said(draft, "affected")
    assert draft.cast[key].get("organisation", "").lower() == "centre hospitalier lournes marie-rose"


def test_the_paper_that_reveals_is_not_hit() -> None:
    """Who tells of a leak is nobody of the incident."""
    draft = one(
        "Les dossiers de 900 patients de la clinique de l'Aulne sont en ligne, révèle Fil d'Armor. D'après Fil d'Armor, "
        "des pirates les ont volés."
    )
    assert not any("Armor" in str(draft.cast[key]) for key in said(draft, "affected"))


def test_who_writes_a_notice_is_hit_beside_its_vendor() -> None:
    """“Notre prestataire” is not the writer, however often it is named."""
    draft = one(
        "Chers adhérents,\n\nNotre prestataire Tiervia a été piraté. Tiervia règle vos soins pour la Mutuelle des Aulnes. Vos noms et "
        "numéros de sécurité sociale ont été volés chez Tiervia. Nous avons écrit à chacun et nous suivons l'affaire de près."
    )
    hit = [draft.cast[key] for key in said(draft, "affected")]
    assert {entry.get("organisation") or entry.get("vendor") for entry in hit} == {"Tiervia", "Mutuelle des Aulnes"}


REST = (
    "\n\nThe hospital, which has 180 beds, said it regretted what had happened. A spokeswoman would not take questions."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hackers got their hands on the medical records of patients at Alderbrook Hospital.",
        "The personal details of 3,000 patients of Alderbrook Hospital have ended up on the dark web.",
        "A clerk at Alderbrook Hospital peeked at the medical files of her neighbors for two years.",
        "A glitch in the patient portal of Alderbrook Hospital showed people other patients' test results.",
        "Alderbrook Hospital cannot account for 14 backup tapes that hold patient data.",
        "Boxes of old charts from Alderbrook Hospital turned up at a landfill on Sunday.",
        "An intruder roamed the network of Alderbrook Hospital and helped himself to patient files.",
        "A former employee of Alderbrook Hospital was charged with selling patients' Social Security numbers.",
        "The attack on Alderbrook Hospital may have put the information of 15,000 people at risk.",
    ],
)
def test_plain_english_words_for_a_leak_are_enough(sentence: str) -> None:
    """One sentence that tells whose data got out makes an incident, in whatever words it says so."""
    draft = one(sentence + REST)
    assert {draft.cast[key].get("organisation") for key in said(draft, "affected")} == {"Alderbrook Hospital"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Alderbrook Hospital held a drill in which staff pretended that hackers had stolen patient data.",
        "Experts warn that hospitals such as Alderbrook Hospital could be the next target of hackers who steal records.",
        "Alderbrook Hospital bought software that finds employees who snoop on patient records.",
        "Hackers knocked out the phones of Alderbrook Hospital, but no patient data was touched.",
        "Alderbrook Hospital would have to encrypt patient records under a rule that was proposed on Monday.",
        "Alderbrook Hospital moved its patient records to a new electronic system last weekend.",
    ],
)
def test_words_of_a_leak_that_tell_of_none(sentence: str) -> None:
    """Drills, fears, products, outages and rules that are only proposed are no incident."""
    assert read_article(f"{sentence}\n\nThe hospital has 180 beds and serves four counties.")[0].verdict == "none"


def test_a_title_of_names_only_says_who_was_hit() -> None:
    """An entry of a chronology: the name, the day, and a text that says “the hospital” at most."""
    draft = one(
        "St. Brendan Memorial Hospital\n\nPublished March 2, 2010\n\nA laptop with the names, birth dates and diagnoses of 900 "
        "patients was stolen from an employee's car. Letters were sent to the patients."
    )
    assert {draft.cast[key].get("organisation") for key in said(draft, "affected")} == {"St. Brendan Memorial Hospital"}


def test_a_body_without_a_name_may_be_hit() -> None:
    """“A dental practice in Leeds”: described as the text does."""
    draft = one(
        "Hackers have put the records of 4,000 patients of a dental practice in Leeds on the dark web. They hold names, "
        "addresses and notes on treatment. Police are looking into the theft."
    )
    assert [draft.cast[key].get("described_as") for key in said(draft, "affected")] == ["a dental practice in Leeds"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The records of 900 patients of Aldous Hospital and Medical Center were stolen by hackers.", "Aldous Hospital and Medical Center"),
        ("Hackers stole the records of 900 patients from Memorial Healthcare System in May.", "Memorial Healthcare System"),
        ("The Aldous Eye Clinic Data Breach Lawsuit says hackers stole the records of 900 patients.", "Aldous Eye Clinic"),
        ("Houston-based MERIDIAN St. John Hospital lost a memory stick with the records of 900 patients.", "MERIDIAN St. John Hospital"),
    ],
)  # fmt: skip
def test_a_name_is_whole_and_no_more(sentence: str, name: str) -> None:
    """Neither half of a joined name, nor a name with “Data Breach” behind it."""
    draft = one(f"{sentence} Patients have been told by letter, and police are investigating.")
    assert {draft.cast[key].get("organisation") for key in said(draft, "affected")} == {name}


def test_people_by_their_last_name_are_no_bodies() -> None:
    """“Janet Wood found …; Wood said …”."""
    draft = one(
        "A stack of patient records of Aldous Health Services was found in an outside trash can. Janet Wood came upon it on "
        "Tuesday. Wood said she saw names and diagnoses. Wood has called the hospital's lawyers."
    )
    assert not any(entry.get("organisation") == "Wood" for entry in draft.cast.values())


@pytest.mark.parametrize(
    "text",
    [
        "La clinique des Ormeaux a essuyé une grosse cyberattaque. Des dossiers de patients sont aux mains des pirates.",
        "Les dossiers de la clinique des Ormeaux se baladent sur le net depuis lundi.",
        "Des cambrioleurs numériques ont fait main basse sur les dossiers médicaux de la clinique des Ormeaux.",
        "Un carton de dossiers médicaux de la clinique des Ormeaux a été ramassé par un promeneur en forêt.",
        "Une infirmière de la clinique des Ormeaux a fourré son nez dans le dossier de sa voisine.",
        "Un mauvais réglage a rendu visibles de tous les rendez-vous des patients de la clinique des Ormeaux.",
        "Les fiches de 12 000 patients de la clinique des Ormeaux ont changé de mains sur Telegram.",
        "Coup dur pour la clinique des Ormeaux, dont le fichier patients a été dérobé.",
        "Les sauvegardes de la clinique des Ormeaux, avec les dossiers des malades, ont disparu pendant le transport.",
        "Un informaticien indélicat a monnayé les dossiers de la clinique des Ormeaux.",
        "La Cnil épingle la clinique des Ormeaux, qui laissait n'importe quel salarié ouvrir les dossiers de ses patients.",
        "Perquisition chez un pirate de 19 ans : il détenait les dossiers de la clinique des Ormeaux.",
    ],
)
def test_a_leak_is_told_in_many_ways_in_french(text: str) -> None:
    """Press, letters and blogs have a hundred words for it; a brief says it once."""
    draft = one(text)
    assert draft.verdict == "one"
    (key,) = set(said(draft, "affected"))
    assert draft.cast[key].get("organisation", "").lower() == "clinique des ormeaux"


@pytest.mark.parametrize(
    "text",
    [
        "La clinique des Ormeaux a repoussé une cyberattaque. Aucune donnée n'a été touchée.",
        "La clinique des Ormeaux ouvre une maternité. Les dossiers des patientes y seront numériques.",
        "Un patient a volé la voiture d'une infirmière de la clinique des Ormeaux. La police enquête.",
        "La clinique des Ormeaux n'est pas à l'abri d'un vol de données, prévient un expert. Il faudrait investir.",
        "« Si nos dossiers étaient publiés, ce serait une catastrophe », redoute un médecin de la clinique des Ormeaux.",
        "La clinique des Ormeaux recrute un responsable de la sécurité. Il devra prévenir les vols de données.",
        "La clinique des Ormeaux teste un logiciel qui repère les accès anormaux aux dossiers des patients.",
        "La clinique des Ormeaux dément toute fuite de données après une rumeur sur les réseaux sociaux.",
        "Les supermarchés Proxibio se sont fait voler les données de 30 000 clients. La Cnil a été prévenue.",
        "Des faux médecins sévissent sur les réseaux. Des patients ont été escroqués.",
    ],
)
def test_french_words_of_a_leak_that_tell_of_none(text: str) -> None:
    """What is only feared, denied, prevented, of others or of other things."""
    assert read_article(text)[0].verdict == "none"
