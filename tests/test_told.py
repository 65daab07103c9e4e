"""What an article tells of an incident: kinds, data, events, authorities, fines, effect on care; and what it denies."""

import pytest

from outbreach.graph.text.article import read_article
from tests.test_articles import said

CLINIC = "Alder Bay Clinic said on Tuesday, May 6, 2025, that hackers stole the records of 4,100 patients."
CLINIQUE = (
    "La clinique des Roseaux a indiqué le mardi 6 mai 2025 que des pirates avaient volé les dossiers de 4 100 patients."
)


def lines(text: str) -> set[str]:
    """“[not] predicate: value” of each fact of an article that begins with one of the two sentences above."""
    opening = CLINIQUE if any(sign in text.lower() for sign in (" les ", " la ", " le ", "é", " un ")) else CLINIC
    found: set[str] = set()
    tail = (
        "La clinique soigne des patients de deux cantons."
        if opening is CLINIQUE
        else "The clinic treats people of two towns."
    )
    for draft in read_article(f"A clinic tells of a breach\n\n{opening}\n\n{text} {tail}\n"):
        names = {key: next((str(v) for v in entry.values() if v), "") for key, entry in draft.cast.items()}
        for fact in draft.facts:
            denied = "not " if fact.get("negated") else ""
            for what in ("kind", "exposed", "event", "notified", "investigates", "sanction", "care_impact"):
                if what in fact:
                    value = fact[what]
                    value = names[value if isinstance(value, str) else value[1]] if what == "notified" else value
                    value = f"{names[value]} {fact.get('role', 'investigating')}" if what == "investigates" else value
                    value = f"{fact.get('amount'):.0f} {fact.get('currency')}" if what == "sanction" else value
                    found.add(f"{denied}{what}" if what == "care_impact" else f"{denied}{what}: {value}")
    return found


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("What information was involved?\nThe patient’s name, phone number and the reason for the visit.",
         {"exposed: name", "exposed: contact", "exposed: diagnosis"}, set()),
        ("Que contenait le fichier ?\nVotre nom, votre numéro de téléphone et le motif de la consultation.",
         {"exposed: name", "exposed: contact", "exposed: diagnosis"}, set()),
        ("The inbox held passport scans. Social Security numbers were not.",
         {"exposed: identity_document", "not exposed: national_id"}, {"exposed: national_id"}),
        ("On y trouve des ordonnances. Pas de numéro de sécurité sociale.",
         {"exposed: medication", "not exposed: national_id"}, {"exposed: national_id"}),
        ("Payment details are held in a separate system.", {"not exposed: payment"}, {"exposed: payment"}),
        ("Les coordonnées bancaires se trouvent ailleurs.", {"not exposed: payment"}, {"exposed: payment"}),
        ("And bank accounts?\nNo. They were never there.", {"not exposed: payment"}, {"exposed: payment"}),
        ("Et les coordonnées bancaires ?\nNon, elles n’y figurent pas.", {"not exposed: payment"}, {"exposed: payment"}),
        ("– NIR : oui ;\n– résultats d’analyses : non.", {"exposed: national_id", "not exposed: test_result"}, set()),
        ("They came in with the password of a contractor.", set(), {"exposed: account_credentials"}),
        ("Quatre Vents, qui imprime les ordonnances de la clinique, a été jointe.", set(), {"exposed: medication"}),
    ],
    ids=lambda value: value[:28] if isinstance(value, str) else "",
)  # fmt: skip
def test_data_are_told_in_lists_and_denied_in_few_words(text: str, told: set[str], untold: set[str]) -> None:
    """A question or a heading opens a list; an ellipsis, another place or an answer denies; a means of entry is no loss."""
    found = lines(text)
    assert told <= found, found
    assert not untold & found


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("The Akira ransomware outfit listed the clinic.", set(), {"kind: ransomware"}),
        ("Le gang de ransomware Akira a revendiqué le vol.", set(), {"kind: ransomware"}),
        ("Was a ransom demanded? The clinic gave no comment.", set(), {"event: ransom_demanded"}),
        ("Une rançon a-t-elle été demandée ? La clinique se tait.", set(), {"event: ransom_demanded"}),
        ("The gang demanded $400,000. The clinic would not be paying.",
         {"event: ransom_demanded", "event: ransom_refused", "kind: extortion"}, set()),
        ("Les pirates réclament 400 000 euros. « Il est hors de question de payer », dit la direction.",
         {"event: ransom_demanded", "event: ransom_refused", "kind: extortion"}, set()),
        ("No ransom note has been found.", {"not event: ransom_demanded"}, {"event: ransom_demanded", "kind: extortion"}),
        ("The clinic is considering ending its contract with the firm.", set(), {"event: contract_ended"}),
        ("La clinique envisage de mettre fin à son contrat.", set(), {"event: contract_ended"}),
        ("It parted ways with the firm.", {"event: contract_ended"}, set()),
        ("Patients were e-mailed on Sunday.", {"event: people_informed"}, set()),
        ("Patients will be e-mailed on Sunday.", {"event: people_to_be_informed"}, {"event: people_informed"}),
        ("Chaque patient sera prévenu par courrier.", {"event: people_to_be_informed"}, {"event: people_informed"}),
        ("Rien n’a été diffusé en ligne à ce jour.", {"not event: data_published"}, {"event: data_published"}),
        ("The gang posted the clinic’s name on its leak site.", set(), {"event: data_published", "kind: publication"}),
        ("Appointments went ahead as usual.", {"not care_impact"}, {"care_impact"}),
        ("Les ambulances ont été déroutées.", {"care_impact"}, {"not care_impact"}),
    ],
    ids=lambda value: value[:28] if isinstance(value, str) else "",
)  # fmt: skip
def test_events_are_told_and_not_asked_or_planned(text: str, told: set[str], untold: set[str]) -> None:
    """A question states nothing, a plan is no event, and a crew is no kind; a denial is told where it is worth it."""
    found = lines(text)
    assert told <= found, found
    assert not untold & found


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("La CNIL a été saisie par la clinique.", {"notified: CNIL"}, {"investigates: CNIL investigating"}),
        ("La CNIL a été prévenue. Elle « procède à des vérifications ».",
         {"notified: CNIL", "investigates: CNIL reviewing"}, set()),
        ("Avez-vous prévenu les autorités ?\nOui, la CNIL le 7 mai.", {"notified: CNIL"}, set()),
        ("La clinique a déposé plainte auprès du parquet de Dijon.", {"event: complaint_filed"}, {"notified: Parquet de Dijon"}),
        ("Le parquet de Dijon a confié l’enquête à la police judiciaire.", {"investigates: Parquet de Dijon investigating"}, set()),
        ("L’ANSSI épaule la clinique et le CERT Santé conseille ses équipes.", {"event: assistance", "event: advice_given"}, set()),
        ("The clinic said that it had told the FBI.", {"notified: FBI"}, set()),
        ("The clinic told reporters that the FBI had no comment.", set(), {"notified: FBI"}),
        ("The National Crime Agency is helping the clinic.", {"event: assistance"}, set()),
        ("It is cooperating with the FBI.", set(), {"event: assistance"}),
        ("Saskatchewan’s privacy commissioner has been told and is looking into it.",
         {"notified: Information and Privacy Commissioner of Saskatchewan",
          "investigates: Information and Privacy Commissioner of Saskatchewan reviewing"}, set()),
        ("The Information Commissioner’s Office has fined the clinic 2.3 million pounds.", {"sanction: 2300000 GBP"}, set()),
        ("The Information Commissioner’s Office considered a fine of £25,000.", set(), {"sanction: 25000 GBP"}),
    ],
    ids=lambda value: value[:28] if isinstance(value, str) else "",
)  # fmt: skip
def test_authorities_have_the_part_that_words_give_them(text: str, told: set[str], untold: set[str]) -> None:
    """Who is told does not inquire by that; a pronoun and an answer speak of the authority before."""
    found = lines(text)
    assert told <= found, found
    assert not untold & found


def test_a_letter_informs_whom_it_greets() -> None:
    """A letter to one of those whose data they were is itself the word to them."""
    text = (
        "Alder Bay Clinic\n\nMay 6, 2025\n\nDear Patient,\n\nOn April 2, 2025, we learned that a laptop had been stolen from "
        "our office. It held your name and diagnosis.\n\nWe regret this.\n\nAlder Bay Clinic\n"
    )
    assert "people_informed" in [e for draft in read_article(text) for e in said(draft, "event")]


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("The clinic waited until July to write to the patients.", {"event: people_informed"}, set()),
        ("The clinic did not notify patients until July.", {"event: people_informed"}, {"not event: people_informed"}),
        ("Elle les a prévenus par courriel.", {"event: people_informed"}, set()),
        ("Elle a déposé plainte et écrit à chacune des personnes concernées.", {"event: people_informed"}, set()),
        ("No ransom would be paid, she said.", {"event: ransom_refused"}, set()),
        ("Elle affirme n’avoir rien payé.", {"event: ransom_refused"}, set()),
        ("La clinique n’a pas donné suite à nos courriels.", set(), {"event: ransom_refused"}),
        ("She would not say whether a ransom was demanded.", set(), {"kind: extortion"}),
        ("It suspended its contract with a cleaning firm pending a review.", set(), {"event: contract_ended"}),
        ("The clinic has cancelled its contract with a printer.", set(), {"care_impact"}),
        ("In an unrelated matter, the clinic was fined $75,000 in 2021.", set(), {"sanction: 75000 USD"}),
        ("Le ministre, interpellé mardi par deux députés, répondra.", set(), {"event: suspect_arrested"}),
        ("Ni vos coordonnées bancaires ni votre adresse ne se trouvaient sur ce serveur.",
         {"not exposed: payment", "not exposed: contact"}, {"exposed: payment"}),
    ],
    ids=lambda value: value[:28] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_came_late_came_and_what_is_left_open_did_not(text: str, told: set[str], untold: set[str]) -> None:
    """Late notice is notice; a refusal has many words; another matter, or a thing not said to be so, is none of the story."""
    found = lines(text)
    assert told <= found, found
    assert not untold & found, found


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("In 2022, Alder Bay Clinic lost a laptop with patient records.", True),
        ("In 2015, Sample Mutual said hackers had taken the records of nearly 79 million people.", False),
    ],
)
def test_what_befell_others_long_ago_is_no_incident_of_the_story(text: str, apart: bool) -> None:
    """An earlier incident is one of a body that has a part in the story; a famous case for comparison is not kept."""
    draft = read_article(f"A clinic tells of a breach\n\n{CLINIC}\n\n{text}\n")[0]
    assert any(fact.get("incident") for fact in draft.facts) is apart


def test_a_number_that_only_fills_a_form_is_a_placeholder() -> None:
    """“The placeholder figure of 501” counts nobody."""
    text = f"A clinic tells of a breach\n\n{CLINIC}\n\nThe first filing carried the placeholder figure of 501.\n"
    draft = read_article(text)[0]
    assert [f.get("qualifier") for f in draft.facts if f.get("people") == 501] in ([], ["placeholder"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Avant de chiffrer une trentaine de serveurs, ils emportent la copie d’un disque.", "ransomware"),
        ("Plusieurs postes se sont retrouvés chiffrés.", "ransomware"),
        ("Le logiciel de la clinique comportait une faille jusqu’alors inconnue.", "vulnerability_exploitation"),
        ("The flaw that the intruders exploited was two years old.", "vulnerability_exploitation"),
    ],
)
def test_a_kind_is_told_by_what_was_done(text: str, kind: str) -> None:
    """What sort of incident it was stands in verbs too, in any tense, without the word for the kind."""
    assert f"kind: {kind}" in lines(text)


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        # Words that mean data only beside others.
        ("Names, birth dates, results, insurance and providers were in the files.",
         {"exposed: test_result", "exposed: health_insurance", "exposed: care_team"}, set()),
        ("The results were good and providers were pleased.", set(), {"exposed: test_result", "exposed: care_team"}),
        ("On y lit le nom, la naissance, le métier et la mutuelle.",
         {"exposed: birth_date", "exposed: employment", "exposed: health_insurance"}, set()),
        # A word for all of the data gives way to the list of them.
        ("Protected health information was exposed. It included names, diagnoses and dates of service.",
         {"exposed: diagnosis", "exposed: service_date"}, {"exposed: medical_record"}),
        ("Medical records were exposed.", {"exposed: medical_record"}, set()),
        # A sentence that is nothing but data goes on with the list before it.
        ("The files held names and birth dates. Sometimes a pregnancy, sometimes an HIV status.",
         {"exposed: reproductive_health", "exposed: infection_status"}, set()),
        # A list with an item on each line.
        ("- Name and address\n- Social Security number\n- Diagnosis\n",
         {"exposed: name", "exposed: national_id", "exposed: diagnosis"}, set()),
        # What is denied of another, or of a lock, is not denied of the data.
        ("The laptop held names and Medicare numbers, and it was not password protected.",
         {"exposed: name"}, {"not exposed: name"}),
        ("Leurs noms et leurs RIB ont atterri chez un habitant qui ne les connaît pas.",
         {"exposed: payment"}, {"not exposed: payment"}),
        ("No passwords, bank accounts or diagnoses were exposed.",
         {"not exposed: payment", "not exposed: diagnosis"}, {"exposed: payment"}),
    ],
    ids=lambda value: value[:28] if isinstance(value, str) else "",
)  # fmt: skip
def test_a_list_of_data_is_known_by_its_form(text: str, told: set[str], untold: set[str]) -> None:
    """Commas make a list, whatever its verb; a vague word beside one adds nothing; a denial stays with its subject."""
    found = lines(text)
    assert told <= found
    assert not untold & found


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("The files turned up on the dark web.", {"kind: publication", "event: data_published"}, set()),
        ("Les fichiers circulent sur un forum depuis lundi.", {"kind: publication", "event: data_published"}, set()),
        ("The files could be released, the clinic fears.", set(), {"kind: publication", "event: data_published"}),
        ("Le butin a été mis à prix sur un forum.", {"kind: sale", "event: data_offered"}, set()),
        ("Letters to the patients have been in the mail since Friday.", {"event: people_informed"}, set()),
        ("Les courriers sont partis vers les patients.", {"event: people_informed"}, set()),
        ("Nobody has seen any use of the data.", {"not event: misuse"}, set()),
        ("Personne n’a fait usage de ces renseignements, dit la clinique.", {"not event: misuse"}, set()),
        ("The investigation will take weeks, until the inquiry is closed.", set(), {"event: investigation_closed"}),
        ("The clinic has since encrypted every laptop to prevent unauthorized access.", set(),
         {"kind: unauthorised_access"}),
    ],
    ids=lambda value: value[:28] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_was_done_with_the_data_is_kind_and_event(text: str, told: set[str], untold: set[str]) -> None:
    """Data published or put up for sale are both; what may come, or is guarded against, is neither."""
    found = lines(text)
    assert told <= found
    assert not untold & found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("La CNIL, l’ARS Bretagne et l’ANSSI ont été informées.",
         {"notified: CNIL", "notified: ARS Bretagne", "notified: ANSSI"}),
        ("La CNIL dit qu’aucune notification ne lui est parvenue.", {"not notified: CNIL"}),
        ("To the Attorney General of Maine, the clinic has reported 41 people.",
         {"notified: Attorney General of Maine"}),
        ("La CNIL lui a infligé 640 000 euros d’amende.", {"sanction: 640000 EUR"}),
        ("The clinic will pay $940,000 to settle the lawsuit.", {"sanction: 940000 USD"}),
    ],
    ids=lambda value: value[:28] if isinstance(value, str) else "",
)  # fmt: skip
def test_who_was_told_and_who_pays(text: str, told: set[str]) -> None:
    """All that stand in a list were told; who never was is said so; a sum belongs to its verb."""
    assert told <= lines(text)
