"""Wordings of the press for figures and dates, and sentences with the same words that mean something else."""

import pytest

from outbreach.graph.text.article import read_article
from tests.test_article_numbers import ENGLISH, FRENCH

DATES = {"occurred_from": "o", "occurred_to": "t", "discovered_on": "d", "disclosed_on": "p"}


def told(sentence: str, lang: str) -> list[dict[str, object]]:
    """The facts of the own incident of an article with that sentence."""
    drafts = read_article((FRENCH if lang == "fr" else ENGLISH).format(sentence))
    return [fact for fact in drafts[0].facts if "incident" not in fact]


@pytest.mark.parametrize(
    ("lang", "sentence", "figures"),
    [
        ("en", "Some 14,200 patients are caught up in the mess.", "14200 about"),
        ("en", "The hospital counts 14,200 victims.", "14200"),
        ("en", "Letters have gone out to 14,200 patients.", "14200 sent"),
        ("en", "It has begun mailing 14,200 letters.", "14200 sent"),
        ("en", "14,200 people are being notified.", "14200"),
        ("en", "It is contacting 14,200 patients.", "14200"),
        ("en", "It said it would notify 14,200 people.", "14200"),
        ("en", "The number of people affected: 14,200.", "14200"),
        ("en", "The breach is listed on the HHS portal as affecting 14,200 individuals.", "14200"),
        ("en", "The incident was reported to HHS as involving 14,200 people.", "14200"),
        ("en", "14,200 patients are affected, 310 of whom lost bank details too.", "14200;310 within"),
        ("en", "14,200 people are affected nationwide, 310 of them in Maine.", "14200;310 within"),
        ("en", "As many as 14,200 patients may be affected.", "14200 up_to"),
        ("en", "Half a million patients are affected.", "500000"),
        ("en", "The figure was revised upward from 3,000 to 14,200.", "14200"),
        ("en", "The hackers boast of having files on 90,000 people.", "90000"),
        ("en", "A seller offers a database of 90,000 patients.", "90000"),
        ("en", "We have identified 14,200 individuals whose information was involved.", "14200"),
        ("en", "The information of approximately 14,200 individuals may have been accessed.", "14200 about"),
        ("en", "The mailing error affected 310 members.", "310"),
        ("fr", "Quelque 14 200 patients font les frais de la négligence.", "14200 about"),
        ("fr", "On dénombre 14 200 personnes lésées.", "14200"),
        ("fr", "Ce sont les données de 14 200 patients qui ont filé.", "14200"),
        ("fr", "Le fichier volé renferme les données de 14 200 patients.", "14200"),
        (
            "fr",
            "14 200 patients sont touchés ; parmi eux, 310 ont aussi perdu leur numéro de Sécurité sociale.",
            "14200;310 within",
        ),
        ("fr", "14 200 patients sont touchés. On compte parmi eux 310 enfants.", "14200;310 within"),
        ("fr", "14 200 patients sont touchés, parmi lesquels 310 enfants.", "14200;310 within"),
        ("fr", "Le pirate affirme détenir les fiches de 90 000 patients.", "90000"),
        ("fr", "Le hacker se targue d’avoir mis la main sur 90 000 dossiers.", "90000 records"),
        ("fr", "2,3 millions d’assurés se retrouvent exposés.", "2300000"),
        ("fr", "14.200 patients concernés, assure la direction.", "14200"),
        ("fr", "Combien ? 14 200, répond l’hôpital.", "14200"),
        ("fr", "« Nous avons 14 200 patients concernés », dit la directrice.", "14200"),
        ("fr", "14 200 salariés et anciens salariés sont touchés.", "14200"),
        ("fr", "14 200 ordonnances étaient lisibles par tous.", "14200 records"),
        ("fr", "Jusqu’à 14 200 patients pourraient être touchés.", "14200 up_to"),
        ("fr", "La formation restreinte relève que 14 200 personnes étaient concernées.", "14200"),
        ("fr", "Près de 14 000 Valaisans ont vu leurs données dérobées.", "14000 about"),
        (
            "fr",
            "Les renseignements de 14 200 usagers ont été volés; pour 310 d’entre eux, le numéro d’assurance sociale.",
            "14200;310 within",
        ),
        ("fr", "14 200 clients ont reçu la lettre d’un autre.", "14200"),
        ("fr", "On a retrouvé 300 dossiers dans une benne.", "300 records"),
        ("fr", "Ces 14 200 patients seront avertis.", "14200"),
        ("fr", "Le nombre définitif est de 14 200 personnes.", "14200"),
        ("fr", "Le risque concerne potentiellement 60 000 patients.", "60000"),
        ("en", "Hundreds of patients are affected.", ""),
        ("en", "It looks after 60,000 people across three counties.", ""),
        ("en", "The insurer of 900,000 people says it was spared.", ""),
        ("en", "Home to 60,000 people, the county has one hospital.", ""),
        ("en", "Some 300 patients have called the hotline.", ""),
        ("en", "A law firm says it represents 250 patients.", ""),
        ("en", "Breaches in health care hit 276 million people in 2024.", ""),
        ("en", "The software is in use at 400 practices with 5 million patients.", ""),
        ("en", "The hospital urged its 60,000 patients to be on the watch.", ""),
        ("en", "In 2023 a breach at Larkdale Clinic affected 70,000 patients.", ""),
        ("en", "The class could include 60,000 people.", ""),
        ("en", "Police interviewed 40 employees.", ""),
        ("en", "The post was viewed 40,000 times.", ""),
        ("en", "Two patients spoke to us.", ""),
        ("en", "Tens of thousands of patients are affected.", ""),
        ("en", "A poll of 1,000 adults shows it.", ""),
        ("en", "The software serves 1,200 doctors.", ""),
        ("en", "Two thousand staff have been trained.", ""),
        ("en", "Some 60,000 people live in the county.", ""),
        ("fr", "Avec ses 60 000 patients, l’hôpital est le premier du département.", ""),
        ("fr", "Forte de 900 000 adhérents, la mutuelle est la troisième du pays.", ""),
        ("fr", "Quelque 250 personnes ont déjà porté plainte.", ""),
        ("fr", "L’hôpital a appelé ses 60 000 patients à la vigilance.", ""),
        ("fr", "Le pirate réclame 200 000 euros.", ""),
        ("fr", "L’éditeur, qui revendique 12 000 médecins clients, se tait.", ""),
        ("fr", "La vidéo a été vue par 40 000 personnes.", ""),
        ("fr", "Deux patients ont témoigné auprès de nous.", ""),
        ("fr", "Le numéro vert a reçu 1 200 appels.", ""),
        ("fr", "Un patient réclame 15 000 euros.", ""),
        ("fr", "Selon une étude, 3 patients sur 10 s’inquiètent.", ""),
        ("fr", "Le groupe exploite 40 cliniques et accueille 900 000 patients chaque année.", ""),
        ("fr", "La plateforme compte 70 millions d’utilisateurs.", ""),
        ("fr", "Deux mille agents ont été formés.", ""),
        ("fr", "Aucun dossier des 60 000 patients n’a été ouvert.", ""),
    ],
)
def test_wordings_of_figures(lang: str, sentence: str, figures: str) -> None:
    """Each as `value qualifier population within`; none where the words count something else."""
    found = {
        " ".join(
            str(part)
            for part in (fact["people"], fact.get("qualifier"), fact.get("population"), fact.get("within") and "within")
            if part
        )
        for fact in told(sentence, lang)
        if "people" in fact
    }
    assert found == {part for part in figures.split(";") if part}


@pytest.mark.parametrize(
    ("lang", "sentence", "dates"),
    [
        ("en", "Intruders slipped into its network on 27 March.", "o=2025-03-27"),
        ("en", "The break-in dates back to 27 March.", "o=2025-03-27"),
        ("en", "On or around March 27, 2025, an unauthorized party gained access to its servers.", "o=2025-03-27"),
        ("en", "A nurse lost a USB stick on 27 March.", "o=2025-03-27"),
        ("en", "On 27 March an employee fell for a phishing e-mail.", "o=2025-03-27"),
        ("en", "Between 3 and 7 March someone roamed its network.", "o=2025-03-03 t=2025-03-07"),
        ("en", "The intrusion came to its attention on 3 April.", "d=2025-04-03"),
        ("en", "Nobody noticed until 3 April.", "d=2025-04-03"),
        ("en", "On 3 April its IT team saw odd traffic.", "d=2025-04-03"),
        ("en", "A patient tipped it off on 3 April.", "d=2025-04-03"),
        ("en", "It found out on 3 April.", "d=2025-04-03"),
        ("en", "It identified unusual activity in its systems on April 3, 2025.", "d=2025-04-03"),
        ("en", "It came clean on 17 April.", "p=2025-04-17"),
        ("en", "The news broke on 17 April.", "p=2025-04-17"),
        ("en", "It disclosed the breach on 17 April.", "p=2025-04-17"),
        ("en", "It told the stock exchange on 17 April that it had been hacked.", "p=2025-04-17"),
        ("en", "In the early hours of 27 March attackers struck.", "o=2025-03-27"),
        (
            "en",
            "An unauthorized individual had access to an email account from March 3 to March 7, 2025.",
            "o=2025-03-03 t=2025-03-07",
        ),
        ("en", "Someone smashed a car window and took the laptop on 27 March.", "o=2025-03-27"),
        ("en", "The hospital announced Thursday that it had been hacked.", "p=2025-05-08"),
        ("fr", "Les faits remontent au 27 mars.", "o=2025-03-27"),
        ("fr", "L’intrusion s’est jouée le 27 mars.", "o=2025-03-27"),
        ("fr", "Le vol a été commis entre le 3 et le 7 mars.", "o=2025-03-03 t=2025-03-07"),
        ("fr", "Du 3 au 7 mars, un inconnu s’est promené dans les fichiers.", "o=2025-03-03 t=2025-03-07"),
        ("fr", "L’ordinateur a disparu le 27 mars.", "o=2025-03-27"),
        ("fr", "Le 27 mars, un agent a ouvert une pièce jointe piégée.", "o=2025-03-27"),
        ("fr", "Victime d’un rançongiciel le 27 mars, l’hôpital s’en remet.", "o=2025-03-27"),
        ("fr", "Attaqué le 27 mars, l’hôpital s’en remet.", "o=2025-03-27"),
        ("fr", "Depuis le 27 mars, l’hôpital travaille au papier et au crayon.", "o=2025-03-27"),
        ("fr", "Les pirates ont eu accès aux serveurs jusqu’au 7 avril.", "t=2025-04-07"),
        ("fr", "Le pot aux roses a été découvert le 3 avril.", "d=2025-04-03"),
        ("fr", "Une patiente a prévenu l’hôpital le 3 avril.", "d=2025-04-03"),
        ("fr", "Un chercheur en sécurité l’avait averti dès le 3 avril.", "d=2025-04-03"),
        ("fr", "Il a fallu attendre le 3 avril pour que l’intrusion soit vue.", "d=2025-04-03"),
        ("fr", "L’affaire a éclaté le 17 avril.", "p=2025-04-17"),
        ("fr", "Dans un communiqué du 17 avril, l’hôpital fait état d’une fuite.", "p=2025-04-17"),
        ("fr", "C’est vendredi que l’hôpital l’a fait savoir.", "p=2025-05-09"),
        ("fr", "Les pirates étaient dans la place depuis le 3 mars.", "o=2025-03-03"),
        ("fr", "Le serveur est resté grand ouvert du 3 mars au 7 avril.", "o=2025-03-03 t=2025-04-07"),
        ("fr", "Nos équipes ont détecté le 3 avril une activité anormale.", "d=2025-04-03"),
        ("fr", "Le 3 avril, nous avons été informés d’un incident de sécurité.", "d=2025-04-03"),
        ("fr", "Nous avons pris connaissance de l’incident le 3 avril.", "d=2025-04-03"),
        ("fr", "L’hôpital a communiqué le 17 avril.", "p=2025-04-17"),
        ("fr", "L’hôpital a annoncé jeudi avoir été piraté.", "p=2025-05-08"),
        ("en", "It called the police on 8 April.", ""),
        ("en", "A man was arrested on 8 April.", ""),
        ("en", "The law took effect on 1 March.", ""),
        ("en", "A lawsuit was filed on 8 April.", ""),
        ("en", "Its review was finished on 8 April.", ""),
        ("en", "In a letter dated 17 April it apologises to patients.", ""),
        ("en", "The board will meet on 20 May.", ""),
        ("en", "Those who were patients from 3 March 2019 to 7 April 2023 are concerned.", ""),
        ("en", "The gang put the files up for sale on 20 April.", ""),
        ("en", "On 8 April it finished its review of the files.", ""),
        ("en", "A ransom was first demanded on 8 April.", ""),
        ("fr", "Les analyses vont du 3 mars 2019 au 7 avril 2023.", ""),
        ("fr", "L’hôpital a porté plainte le 8 avril.", ""),
        ("fr", "Les courriers partiront le 20 mai.", ""),
        ("fr", "Les serveurs ont été remis en route le 28 avril.", ""),
        ("fr", "Le contrat avec l’hébergeur court depuis le 1er janvier 2023.", ""),
        ("fr", "La faille avait été corrigée par l’éditeur le 12 mars.", ""),
        ("fr", "L’ultimatum expire le 20 mai.", ""),
        ("fr", "Les pirates ont publié un échantillon le 20 avril.", ""),
        ("fr", "Les inscriptions sont ouvertes jusqu’au 30 juin.", ""),
        ("fr", "Dans une lettre du 17 avril, l’hôpital s’excuse auprès des patients.", ""),
        ("fr", "Le conseil d’administration se réunira le 20 mai.", ""),
        ("fr", "Le RGPD s’applique depuis le 25 mai 2018.", ""),
        ("fr", "Le centre a ouvert ses portes en 2015.", ""),
        ("fr", "L’échantillon a été mis en ligne le 20 avril.", ""),
        ("fr", "Le tribunal rendra sa décision le 8 septembre.", ""),
        (
            "fr",
            "L'intrus est resté dans le réseau jusqu'au 9 février 2024, date à laquelle une alerte l'a trahi.",
            "t=2024-02-09 d=2024-02-09",
        ),
        ("fr", "Le compte a été bloqué le 9 février 2024.", "t=2024-02-09"),
        ("fr", "Date de découverte : 9 février 2024.", "d=2024-02-09"),
        ("fr", "Les comptes rendus mis à disposition entre le 3 et le 9 février 2024 ont été volés.", ""),
        ("fr", "L'hôpital a retrouvé tous ses logiciels le 9 février 2024.", ""),
        (
            "en",
            "The hackers got in on February 3, 2024, and encrypted the servers four days later.",
            "o=2024-02-03 t=2024-02-07",
        ),
        (
            "en",
            "The clerk looked up records from February 3, 2024, until she resigned on February 9, 2024.",
            "o=2024-02-03 t=2024-02-09",
        ),
        ("en", "Date breach discovered: February 9, 2024.", "d=2024-02-09"),
        ("en", "What nobody noticed, the hospital said on February 9, 2024, was a second folder.", "p=2024-02-09"),
        ("en", "The man managed the servers until he was dismissed on February 9, 2024.", ""),
    ],
)
def test_wordings_of_dates(lang: str, sentence: str, dates: str) -> None:
    """Occurred from and to, discovered, made public; none where the date is another thing’s."""
    found = {f"{sign}={fact[name]}" for fact in told(sentence, lang) for name, sign in DATES.items() if name in fact}
    assert found == set(dates.split())
