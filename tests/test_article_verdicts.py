"""Verdicts on short pages: lists of news and their stories, and what is no incident however near it comes."""

import pytest

from outbreach.graph.text.article import read_article

LISTS = {
    "Breach log for May\n\nOrchard Vale Clinic (Kansas). Hackers copied the records of 3,100 patients in April. Letters are out.\n\n"
    "Tern Island Hospice (Maine). A laptop with patient files was stolen from a car. It was not encrypted.\n\n"
    "Millrace Dental (Iowa). A clerk sent the X-rays of 41 patients to the wrong address. They were called.": {
        "Orchard Vale Clinic", "Tern Island Hospice", "Millrace Dental",
    },
    "En bref\n\nDOLE — La clinique Saint-Orens a envoyé par erreur les résultats de 60 patients à un autre cabinet. Elle s'en excuse.\n\n"
    "GRAY — Le marché de Noël ouvrira samedi place de la mairie, malgré les travaux de la rue voisine.\n\n"
    "VESOUL — Des pirates ont volé les dossiers de 2 300 patients de la clinique des Tanneurs. Une plainte a été déposée.": {
        "clinique Saint-Orens", "clinique des Tanneurs",
    },
}  # fmt: skip


@pytest.mark.parametrize("text", LISTS)
def test_each_item_of_a_list_is_a_story(text: str) -> None:
    """A page whose items begin alike, with a name or a place, tells of as many incidents."""
    drafts = read_article(text)
    hit = {
        str(draft.cast[fact["affected"]].get("organisation")).lower()
        for draft in drafts
        for fact in draft.facts
        if "affected" in fact
    }
    assert drafts[0].verdict == "several"
    assert hit == {name.lower() for name in LISTS[text]}


NONE = [
    (
        "Researchers find hole in ViewMed imaging server; patch available\n\nA flaw in ViewMed, used by 900 clinics, could have let "
        "anyone read patients' scans without a password. The vendor released a fix on Friday. CISA knew of no exploitation."
    ),
    (
        "VÉRIFICATION. Non, les dossiers de la clinique du Tilleul ne sont pas en vente\n\nUne capture d'écran affirme que 90 000 "
        "dossiers de patients de la clinique du Tilleul seraient vendus. L'annonce vise un site de jeux. « Aucune intrusion, aucun "
        "fichier sorti », assure la direction."
    ),
    (
        "Violations de données : la CNIL dresse son bilan\n\nLa CNIL a reçu 5 100 notifications en 2024, soit 20 % de plus qu'un an "
        "plus tôt. La santé en compte 600. Les violations qui touchent plus d'un million de personnes ont doublé."
    ),
    (
        "Two in three hospitals hit by ransomware, survey finds\n\nSixty-six percent of hospitals were hit by ransomware last year, "
        "according to a survey of 402 IT leaders. In 22% of attacks data was also stolen. The average cost rose to $2.6 million."
    ),
    (
        "L'informatique de l'hôpital de Saint-Flavy est hors service\n\nL'hôpital de Saint-Flavy a activé son plan blanc après une "
        "intrusion dans son système d'information. Les dossiers médicaux n'ont pas été touchés. La CNIL a été informée."
    ),
    (
        "Mouvements\n\nLéa Armand, 40 ans, prend la sécurité informatique du GHT des Deux Vallées. Elle succède à Paul Noir. Elle veut "
        "revoir les contrats avec les prestataires, par où sont passées les dernières fuites de données hospitalières."
    ),
]


@pytest.mark.parametrize("text", NONE)
def test_what_only_comes_near_is_no_incident(text: str) -> None:
    """A flaw that nobody used, a rumour put right, counts a year, a survey, an outage, a succession."""
    (draft,) = read_article(text)
    assert draft.verdict == "none"


def test_clients_of_one_vendor_are_no_list() -> None:
    """Bodies told of one by one, whom the headline’s vendor links, were hit once."""
    drafts = read_article(
        "Three Clinics Notify Patients of Larkfield Billing Data Breach\n\nLarkfield Billing, a medical billing company, said that "
        "hackers copied files of its clients in March.\n\nOrchard Vale Clinic, a client of Larkfield Billing, says that 3,100 of its "
        "patients are affected by the breach.\n\nMillrace Dental has written to 900 patients about the breach at Larkfield Billing."
    )
    assert drafts[0].verdict == "one"
