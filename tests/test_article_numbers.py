"""How many people an article counts, and when what happened: kinds of wording, each in an article of two sentences."""

import pytest

from outbreach.graph.text.article import read_article

ENGLISH = """Patient data stolen at St Brannock Hospital

12 May 2025

St Brannock Hospital in Leeds has had data of patients stolen by hackers. {}

The hospital has told the Information Commissioner’s Office.
"""
FRENCH = """Fuite de données au centre hospitalier de Valbonne

12 mai 2025

Le centre hospitalier de Valbonne a été victime d’un vol de données de patients. {}

L’établissement a prévenu la Cnil et déposé plainte.
"""
DATES = ("occurred_from", "occurred_to", "discovered_on", "disclosed_on")


def facts(sentence: str, lang: str) -> list[dict[str, object]]:
    """The facts of an article with that sentence."""
    drafts = read_article((FRENCH if lang == "fr" else ENGLISH).format(sentence))
    assert drafts[0].verdict == "one", sentence
    return drafts[0].facts


def counted(sentence: str, lang: str) -> set[str]:
    """The figures, as `value qualifier population within`."""
    return {
        " ".join(
            str(part)
            for part in (
                fact["people"], fact.get("qualifier"), fact.get("population"), "within" if fact.get("within") else None,
            )
            if part
        )
        for fact in facts(sentence, lang)
        if "people" in fact and "incident" not in fact
    }  # fmt: skip


def dated(sentence: str, lang: str) -> dict[str, object]:
    """The dates of the article's own incident."""
    told = [fact for fact in facts(sentence, lang) if "incident" not in fact]
    return {name: fact[name] for fact in told for name in DATES if name in fact}


@pytest.mark.parametrize(
    ("sentence", "lang", "figures"),
    [
        ("All told, 14,200 people had their details copied.", "en", {"14200"}),
        ("It told the Attorney General of Maine that 13,000 people are affected; it told HHS 14,200.", "en", {"13000", "14200"}),
        ("The number of those affected stands at 14,200.", "en", {"14200"}),
        ("How many people are affected? “Around 14,200,” a spokeswoman said.", "en", {"14200 about"}),
        ("The gang says it has data on 90,000 patients; the hospital puts it at 14,200.", "en", {"90000", "14200"}),
        ("More than half a million people are caught up in it.", "en", {"500000 at_least"}),
        ("No more than 14,200 people are affected, it says.", "en", {"14200 up_to"}),
        ("The hospital has identified 14,200 patients so far.", "en", {"14200 at_least"}),
        ("It affects 14,200 patients, including 312 residents of Vermont.", "en", {"14200", "312 within"}),
        ("It affects 14,200 patients. For 73 people, a diagnosis was in the file too.", "en", {"14200", "73 within"}),
        ("The filing lists 501 people, a placeholder until the review is done.", "en", {"501 placeholder"}),
        ("It has 60,000 patients, but it could not say how many were affected.", "en", {"60000 under_review"}),
        ("It has reported 31,200 individuals to the federal portal.", "en", {"31200"}),
        ("The data of 31,200 people were taken. Social Security numbers of 1,100 people were in the file.", "en",
         {"31200", "1100 within"}),
        ("It concerns 31,200 patients, among them 640 whose diagnoses were copied.", "en", {"31200", "640 within"}),
        ("Data on 31,204 patients was copied. Around 31,000 are at risk, the hospital said earlier.", "en", {"31204"}),
        ("About 6,000 patients and 3,000 visitors had their names exposed.", "en", {"6000 about", "3000 about"}),
        ("Over 1,200 current and former trapeze artists had their names exposed.", "en", {"1200 at_least"}),
        ("Some 14,200 letters have been mailed.", "en", {"14200 about sent"}),
        ("It has sent letters to 4,900 patients because their data were left open.", "en", {"4900"}),
        ("Elles se rapportent à 31 200 patients.", "fr", {"31200"}),
        ("Ils seraient 1,7 million à être touchés.", "fr", {"1700000"}),
        ("Sont touchés 2 400 de nos 38 000 adhérents.", "fr", {"2400"}),
        ("Il a écrit à quelque 14 200 patients.", "fr", {"14200 about sent"}),
        ("Le nombre de personnes touchées s’élève à 14 200.", "fr", {"14200"}),
        ("Combien de patients sont concernés ? « Environ 14 200 », répond la direction.", "fr", {"14200 about"}),
        ("Le gang dit détenir les données de 90 000 patients ; l’hôpital parle de 14 200.", "fr", {"90000", "14200"}),
        ("La fuite concerne 14 200 patients, dont 1 100 mineurs.", "fr", {"14200", "1100 within"}),
        ("Plus d’un demi-million de personnes sont touchées.", "fr", {"500000 at_least"}),
        ("Un courrier a été adressé à 14 200 personnes.", "fr", {"14200 sent"}),
    ],
)  # fmt: skip
def test_people_are_counted_however_they_are_told(sentence: str, lang: str, figures: set[str]) -> None:
    """A figure need not stand beside a verb of being hit: answers, rival counts, parts, numbers without a noun."""
    assert counted(sentence, lang) == figures


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("It employs around 3,200 people across five sites.", "en"),
        ("More than 2,000 people signed a petition.", "en"),
        ("Some 120 staff were sent home on Monday.", "en"),
        ("The software is used by 3 million patients.", "en"),
        ("A total of 725 breaches were reported in 2024, affecting 275 million people.", "en"),
        ("The law asks for a report when more than 500 people are affected.", "en"),
        ("Roughly one in ten patients was affected.", "en"),
        ("None of the 4,000 staff are affected.", "en"),
        ("The hospital had to cancel 1,400 appointments.", "en"),
        ("The insurer, which has 1.2 million customers, is not affected.", "en"),
        ("The vendor says 12 of its 400 customers are affected.", "en"),
        ("The breach is the biggest since 2.9 million people were hit in 2023.", "en"),
        ("The hospital asked its 60,000 patients to change their passwords.", "en"),
        ("When more than 500 residents of a state are affected, the press must be told.", "en"),
        ("It has no address for more than 10 of them.", "en"),
        ("The hospital says 60 patient credit card slips were kept elsewhere.", "en"),
        ("The hackers sent 200 phishing emails to staff.", "en"),
        ("Quelque 400 médecins équipés du logiciel ont été attaqués.", "fr"),
        ("Chaque jour y passent 6 200 personnes.", "fr"),
        ("Il emploie environ 3 200 personnes sur cinq sites.", "fr"),
        ("L’éditeur compte 1 500 hôpitaux clients et 20 millions de patients.", "fr"),
        ("Aucun des 4 000 agents n’est concerné.", "fr"),
        ("Quelque 230 personnes ont appelé la ligne d’information.", "fr"),
        ("Le logiciel équipe 400 cabinets d’infirmiers.", "fr"),
    ],
)
def test_who_is_not_hit_is_not_counted(sentence: str, lang: str) -> None:
    """The size of a body, callers, laws, shares and those who were spared are no figures."""
    assert counted(sentence, lang) == set()


@pytest.mark.parametrize(
    ("sentence", "lang", "dates"),
    [
        ("The intruder was inside the network from March until early May.", "en", ("2025-03", "2025-05", None, None)),
        ("Someone had been inside its network since 14 February.", "en", ("2025-02-14", None, None, None)),
        ("On the night of 3 to 4 May hackers encrypted its servers.", "en", ("2025-05-03", None, None, None)),
        ("The attack took place over the weekend.", "en", ("2025-05-10", None, None, None)),
        ("It noticed the break-in on 3 April, a week after it began on 27 March.", "en", ("2025-03-27", None, "2025-04-03", None)),
        ("The break-in, on 27 March, was not noticed until 3 April.", "en", ("2025-03-27", None, "2025-04-03", None)),
        ("A patient rang on 3 April to say she could see other people’s letters.", "en", (None, None, "2025-04-03", None)),
        ("It went public on 17 April.", "en", (None, None, None, "2025-04-17")),
        ("The page stood open from 3 March until 14 April, when a patient found her own results.", "en",
         ("2025-03-03", "2025-04-14", "2025-04-14", None)),
        ("The errors began on 3 June 2024. A doctor complained on 29 November.", "en", ("2024-06-03", None, "2024-11-29", None)),
        ("“We are sorry,” the hospital said this evening.", "en", (None, None, None, "2025-05-12")),
        ("Online services have been down since 27 March because of the attack.", "en", ("2025-03-27", None, None, None)),
        ("On 27 March, the hospital — a house of 200 beds — was hacked.", "en", ("2025-03-27", None, None, None)),
        ("Hackers had access from 3 March until the intrusion was detected on 14 April.", "en",
         ("2025-03-03", "2025-04-14", "2025-04-14", None)),
        ("The breach occurred in 2024.", "en", ("2024", None, None, None)),
        ("A notice posted to its website on 17 April says so.", "en", (None, None, None, "2025-04-17")),
        ("Patients are uneasy since March’s cyberattack.", "en", ("2025-03", None, None, None)),
        ("Les pirates sont entrés dans la nuit du vendredi 2 au samedi 3 mai 2025.", "fr", ("2025-05-02", None, None, None)),
        ("Du 3 au 7 mars, des cybercriminels ont eu la main sur ses serveurs.", "fr", ("2025-03-03", "2025-03-07", None, None)),
        ("Il a mis en ligne jeudi une page d’information.", "fr", (None, None, None, "2025-05-08")),
        ("C’est jeudi 8 mai que « L’Écho des Dombes » a donné l’alerte.", "fr", (None, None, None, "2025-05-08")),
        ("L’intrus est resté dans le réseau de mars à début mai.", "fr", ("2025-03", "2025-05", None, None)),
        ("Dans la nuit de samedi à dimanche, des pirates ont chiffré ses serveurs.", "fr", ("2025-05-10", None, None, None)),
        ("L’hôpital a découvert le 3 avril l’intrusion, qui remonte au 27 mars.", "fr", ("2025-03-27", None, "2025-04-03", None)),
        ("L’hôpital a rendu l’affaire publique le 17 avril.", "fr", (None, None, None, "2025-04-17")),
    ],
)  # fmt: skip
def test_dates_are_those_of_what_they_date(
    sentence: str, lang: str, dates: tuple[str | None, str | None, str | None, str | None]
) -> None:
    """Spans, nights, weekends, since and until; discovery and disclosure beside the deed."""
    assert dated(sentence, lang) == {name: date for name, date in zip(DATES, dates, strict=True) if date}


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("Patients treated between 2012 and 2019 are affected.", "en"),
        ("The regulator opened its inquiry on 22 April.", "en"),
        ("Between 2 and 9 April letters were sent to patients.", "en"),
        ("On 2 May it began mailing letters to patients.", "en"),
        ("The systems were taken offline on 3 April.", "en"),
        ("The patch had been available since 12 March.", "en"),
        ("The records date from 2012 to 2024.", "en"),
        ("The woman, 43, learned of it on 6 May from a letter.", "en"),
        ("The gang named the hospital on its site on 20 April.", "en"),
        ("Data of employees from January 2012 through March 2024 may have been lost.", "en"),
        ("UPDATE (10 May 2025): The hospital has put the files back.", "en"),
        ("Les dossiers vont de 2012 à 2024.", "fr"),
        ("Sont en cause des examens réalisés entre mars 2019 et mai 2023.", "fr"),
        ("Une plainte a été déposée le 28 avril.", "fr"),
        ("Son prestataire l’a alerté le 3 avril.", "fr"),
        ("Les données ont été publiées le 20 avril sur le dark web.", "fr"),
        ("Un numéro vert est ouvert du lundi au vendredi.", "fr"),
    ],
)
def test_other_dates_are_not_the_incidents(sentence: str, lang: str) -> None:
    """Letters, inquiries, treatment, repairs, files and leak sites have dates of their own."""
    assert dated(sentence, lang) == {}


def test_an_incident_of_the_past_keeps_its_figures() -> None:
    """“It is not the first time” tells of another incident, with its year and its people."""
    told = facts("It is not the first time: in 2021 the hospital lost a laptop with data of 300 patients.", "en")
    past = [fact for fact in told if fact.get("incident") == "earlier"]
    assert {fact[name] for fact in past for name in ("people", "occurred_from") if name in fact} == {300, "2021"}
    assert not [fact for fact in told if fact.get("people") == 300 and "incident" not in fact]
