"""What is one incident, and what only looks like it: one text of each kind, and beside it one that is an incident."""

import pytest

from outbreach.graph.text.article import read_article

NONE = {
    "appointment": """Former FBI agent joins Tri-Rivers Health as security chief

Tri-Rivers Health, the nine-hospital system that had data of 512,000 patients stolen in 2023, has brought in a former FBI agent.
He starts on June 2 and reports to the chief executive.
He spent 16 years chasing ransomware gangs and helped to take down a server with stolen records of two dozen clinics.
The system has set aside $18 million for his plans.
""",
    "nomination": """Nominations. Le groupement hospitalier des Aubiers recrute un RSSI

Le groupement hospitalier des Aubiers, qui réunit six hôpitaux, a confié sa sécurité à un ingénieur de 41 ans.
Il a piloté la réponse à plusieurs cyberattaques, dont certaines avec vol de données de patients.
Il veut savoir qui se connecte, quand, et pour faire quoi.
""",
    "rumour": """Non, les dossiers du CHU de Sarville n'ont pas été mis en vente

Une capture partagée 9 000 fois prétend que les dossiers du CHU de Sarville se vendent sur un forum.
L'échantillon provient d'un fichier de test, et ses numéros ne correspondent à personne.
Le CHU n'a relevé aucune intrusion.
Le forum a supprimé l'annonce mardi.
""",
    "stopped": """Le CHU d'Orlis échappe de peu à une intrusion

Dans la nuit de samedi, l'équipe d'astreinte du CHU d'Orlis a vu un compte de médecin se connecter depuis l'étranger.
Le compte a été bloqué à 3 h 20, avant que l'extraction ne commence.
Les pirates sont repartis les mains vides, assure le responsable de la sécurité.
L'hôpital a porté plainte pour tentative d'accès frauduleux.
""",
    "mended": """Researchers find hole in clinic scheduling app; vendor closes it

A flaw in BookMyDoc, an app in use at 3,100 clinics, would have let anyone read other patients' appointment notes.
It was fixed the next day, and the company found that nobody but the researchers had made use of it.
The notes hold names, phone numbers and the reason for a visit.
""",
    "denied": """La clinique du Val-Dormant sous le coup d'une cyberattaque

La clinique du Val-Dormant, à Thoune, est visée depuis vendredi par un rançongiciel.
L'attaque n'a pas touché aux données des patients, assure un porte-parole.
Les opérations ont lieu comme prévu, et les rendez-vous sont notés à la main.
""",
    "law": """Cybersécurité des hôpitaux : le Sénat adopte le texte

Le Sénat a adopté mercredi, par 241 voix contre 18, le projet de loi sur la sécurité des établissements de santé.
« Quand les données de 33 millions d'assurés sont volées, on ne se contente plus de recommandations », a dit le rapporteur.
L'attaque du centre hospitalier de Brémur et la fuite des données de ses patients ont été citées.
Le texte part à l'Assemblée nationale.
""",
    "explainer": """When does a ransomware attack count as a breach under HIPAA?

Ransomware on a system with protected health information is presumed to be a breach.
The covered entity may rebut this by showing a low probability that the data was compromised.
A hospital whose files were encrypted by the attacker must still go through four factors.
If more than 500 residents of a state are affected, the media must be told.
""",
    "trade": """Hackers stole Social Security numbers of 88,000 from Bayou Credit Union

Bayou Credit Union is notifying 88,214 members that their names and Social Security numbers were copied in March.
It serves employees of three hospitals and of the state health department.
It found the intrusion on March 19 and called the FBI.
""",
    "statistics": """Health data breaches fell in number last year, report says

The number of large health care breaches fell to 681 in 2025 from 742 a year earlier, according to an analysis.
Business associates accounted for 37% of the records exposed.
The largest incident, at a clearinghouse, affected more than 14 million patients.
""",
    "advice": """Your records were stolen. Now what?

Sign up for credit monitoring if your Social Security number was taken.
Go through your reports and tell the bureau about anything suspicious.
Watch for bills for care you never had.
Call your insurer at once when your information was exposed.
Keep every letter that you receive.
""",
}
ONE = {
    "one whose security chief speaks": """Tri-Rivers Health says data of 512,000 patients was stolen

Tri-Rivers Health said Monday that hackers copied names and diagnoses of 512,000 patients in April.
Its chief information security officer said the system has notified federal regulators.
Letters are being sent to patients.
""",
    "some data spared": """Cyberattaque à la clinique du Val-Dormant

La clinique du Val-Dormant, à Thoune, a annoncé que les noms et les adresses de 4 200 patients ont été volés.
Les dossiers médicaux n'ont pas été touchés, assure un porte-parole.
La clinique a prévenu les patients et porté plainte.
""",
    "a flaw that was used": """Flaw in clinic app let strangers read appointment notes

BookMyDoc, an app for clinics, said strangers used a flaw to read appointment notes of 3,100 patients.
The flaw was fixed on August 3. Names, phone numbers and the reason for a visit were exposed.
The company has notified the patients and the privacy commissioner.
""",
    "nobody's name": """Des cartons de dossiers médicaux retrouvés dans une benne

Sept cartons de comptes rendus, avec les noms et les dates de naissance, ont été retrouvés dimanche par un promeneur.
Ils proviennent d'un cabinet fermé en décembre, et on y compte 900 dossiers.
Les gendarmes ont ouvert une enquête et la CNIL a été prévenue.
""",
}
SEVERAL = """Three new breach notices filed this month

Otter Bend Dental said a former manager forwarded a spreadsheet with records of 188 patients to her own e-mail.

Allied Northeast Pharmacy had a hacker in its web store for three weeks. Card numbers of 6,000 people were taken.

Granite Notch Physical Therapy says someone got into its scheduling system; 960 patients' names were exposed.
"""


@pytest.mark.parametrize("kind", NONE)
def test_a_text_without_an_incident_is_none(kind: str) -> None:
    """Each kind of text that the press prints beside incidents."""
    assert read_article(NONE[kind])[0].verdict == "none"


@pytest.mark.parametrize("kind", ONE)
def test_an_incident_told_in_the_same_words_is_one(kind: str) -> None:
    """The near miss of each: the words are there, and data got out."""
    assert read_article(ONE[kind])[0].verdict == "one"


def test_a_headline_that_counts_makes_a_digest() -> None:
    """Paragraphs that share nothing, under a headline that says how many they are."""
    drafts = read_article(SEVERAL)
    assert {draft.verdict for draft in drafts} == {"several"}
    assert len(drafts) == 3
