"""Who supplies whom, which product, which attacker: one thing said in many French wordings, and what only looks like it."""

import re

import pytest

from bench.articles import lines_of
from outbreach.graph.text.article import read_article
from outbreach.graph.text.lexicon import normal

TOLD = "La clinique des Tamaris a prévenu 12 400 patients : leurs dossiers médicaux ont été volés le 3 mars 2026. "
SEAT = " Le siège de Datavie est à Nantes."


def facts(sentence: str, *what: str) -> set[str]:
    """The facts of some kinds that are read where the sentence follows the news of a theft at a clinic."""
    drafts = read_article(TOLD + sentence)
    lines = {line.removesuffix(" (hedged)") for draft in drafts for line in lines_of(draft)}
    return {re.sub("(?i)(?:la )?clinique des Tamaris", "C", normal(line)) for line in lines if line.startswith(what)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Le vol a eu lieu chez Datavie, qui héberge son serveur.",
        "Elle s'en remet pour ses dossiers à Datavie, et c'est là que les pirates sont entrés.",
        "La faute en revient à Datavie, à qui elle a délégué l'archivage de ses dossiers.",
        "C'est Datavie qui tient pour elle les dossiers, et c'est chez Datavie que les pirates sont passés.",
        "Datavie, qui lui loue ses serveurs, s'est fait pirater.",
        "Le trou était chez Datavie, l'informaticien de la maison.",
        "Tout est parti de Datavie, chez qui elle stocke ses sauvegardes.",
        "Datavie, titulaire du marché d'hébergement de la clinique, a reconnu l'intrusion.",
        "Le piratage a frappé Datavie, dont elle est cliente.",
        "Par ricochet : Datavie, qui édite ses bulletins de paie, avait été piratée.",
        "Depuis 2020, l'informatique de la clinique est entre les mains de Datavie, que des pirates ont attaquée.",
        "La gestion de ses dossiers est assurée par Datavie, société nantaise piratée le 3 mars.",
        "C'est la plateforme d'un tiers, Datavie, qui a été pillée.",
        "Le tiers en cause est Datavie, qui opère pour elle le portail des patients.",
    ],
)
def test_a_supplier_is_known_by_many_wordings(sentence: str) -> None:
    """The firm supplies the clinic, and it is there that the breach began."""
    assert facts(sentence + SEAT, "supplies", "originated_at") == {"supplies: Datavie > C", "originated_at: Datavie"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Elle a fait appel à Datavie pour analyser les machines et comprendre ce qui s'est passé.",
        "Elle a choisi Datavie pour reconstruire son réseau après l'attaque.",
        "Elle a confié à Datavie le soin de prévenir les patients.",
        "La clinique a confié l'enquête interne à Datavie.",
        "La clinique loue ses murs à la société Datavie.",
        "Datavie, qui a découvert les fichiers sur un forum, a alerté la clinique.",
        "« Les hôpitaux restent mal protégés », juge Paul Rey, de l'éditeur Datavie.",
        "Les prestataires sont souvent le maillon faible, rappelle l'agence.",
        "Aucun prestataire n'est en cause, assure la direction.",
        "Son fournisseur d'électricité n'a rien à y voir.",
    ],
)
def test_who_is_no_supplier_is_none(sentence: str) -> None:
    """Helpers, onlookers, landlords and suppliers in general."""
    assert not facts(sentence + SEAT, "supplies")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Les pirates sont passés par un prestataire dont elle tait le nom.", "un prestataire"),
        ("La faute en incombe à un imprimeur, qui a mélangé les enveloppes.", "un imprimeur"),
        ("Le serveur était géré par une société extérieure, qui l'avait laissé ouvert.", "une société extérieure"),
        ("Le logiciel est fourni par un éditeur extérieur qui a été piraté.", "un éditeur extérieur"),
        ("L'intrusion s'est produite chez un tiers qui gère ses rendez-vous.", "un tiers"),
        (
            "Des pirates ont attaqué l'éditeur de son logiciel de rendez-vous.",
            "l'éditeur de son logiciel de rendez-vous",
        ),
    ],
)
def test_a_supplier_without_a_name_is_one(sentence: str, said: str) -> None:
    """It is called by the words of the article."""
    assert facts(sentence, "supplies") == {f"supplies: ?{said} > C"}


@pytest.mark.parametrize(
    "sentence",
    [
        "L'attaque porte la signature de Kroxis, un groupe russophone.",
        "Kroxis, un gang de rançongiciel, s'est attribué l'attaque.",
        "Un pirate, qui signe Kroxis, a mis les dossiers en vente.",
        "Les dossiers ont été mis en ligne par le collectif Kroxis.",
        "Derrière le vol se cache Kroxis, un pirate de 19 ans.",
        "Les serveurs ont été chiffrés par le rançongiciel Kroxis.",
        "La note de rançon était signée Kroxis.",
        "L'opération est revendiquée par les hackers de Kroxis.",
        "Le vendeur, Kroxis, demande 3 000 dollars.",
        "Les pirates de Kroxis ont donné dix jours à la clinique pour payer.",
        "Sur son site, Kroxis affiche la clinique parmi ses victimes.",
        "La clinique apparaît sur le site vitrine de Kroxis.",
    ],
)
def test_an_attacker_is_known_by_many_wordings(sentence: str) -> None:
    """Also where no list has the name."""
    assert facts(sentence, "attributed_to") == {"attributed_to: Kroxis"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Le groupe Vercors, qui possède la clinique, a publié un communiqué.",
        "Le collectif Patients Debout a publié un communiqué et demande des comptes.",
        "Rien ne permet à ce stade d'attribuer l'attaque à LockBit.",
        "LockBit n'y est pour rien, assure le parquet.",
    ],
)
def test_groups_that_did_nothing_are_no_attackers(sentence: str) -> None:
    """Owners, associations, and those who are cleared."""
    assert not facts(sentence, "attributed_to")


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("La clinique est équipée du logiciel Pulsar.", {"uses: C > Pulsar"}),
        (
            "Elle travaille sous Pulsar, un logiciel de Datavie.",
            {"uses: C > Pulsar", "makes: Datavie > Pulsar"},
        ),
        (
            "L'intrus est entré par une faille de Pulsar, le logiciel de rendez-vous de la clinique.",
            {"uses: C > Pulsar", "exploited: Pulsar"},
        ),
        (
            "Ses médecins utilisent l'application Pulsar, que commercialise Datavie.",
            {"uses: C > Pulsar", "makes: Datavie > Pulsar"},
        ),
    ],
)
def test_products_have_makers_and_users(sentence: str, found: set[str]) -> None:
    """Whose product it is, as the words beside it say."""
    assert facts(sentence + SEAT, "uses", "makes", "exploited") == found


@pytest.mark.parametrize(
    "sentence",
    [
        "La clinique est dans le giron du groupe Vercors depuis 2019.",
        "La clinique a rejoint le groupe Vercors en 2019.",
        "La clinique est gérée par le groupe Vercors.",
        "La maison mère, le groupe Vercors, présente ses excuses.",
    ],
)
def test_a_clinic_belongs_to_its_group(sentence: str) -> None:
    """In what words it is told."""
    assert facts(sentence, "part_of") == {"part_of: C > Vercors"}


ROBBED = (
    "La société Datavie, de Nantes, a été piratée le 3 mars 2026. "
    "Les dossiers médicaux de 12 400 patients ont été volés à Datavie. "
)


@pytest.mark.parametrize(
    "sentence",
    [
        "La clinique des Tamaris est cliente.",
        "La clinique des Tamaris, dont Datavie héberge les serveurs, a porté plainte.",
        "La clinique des Tamaris, qui fait appel à ses services, a porté plainte.",
        "La clinique des Tamaris, pour qui elle travaille, a porté plainte.",
        "La clinique des Tamaris lui avait confié ses archives en 2021.",
        "Elle gère depuis 2020 le secrétariat de la clinique des Tamaris.",
        "Son client, la clinique des Tamaris, n'a été prévenu qu'en avril.",
        "La clinique des Tamaris recourait à ses services depuis 2020.",
        "Prestataire de la clinique des Tamaris depuis 2020, Datavie a présenté ses excuses.",
        "Chargée par la clinique des Tamaris de numériser ses archives, Datavie a présenté ses excuses.",
    ],
)
def test_a_client_is_known_by_many_wordings(sentence: str) -> None:
    """Where the article is about the supplier."""
    drafts = read_article(ROBBED + sentence)
    lines = {re.sub("(?i)(?:la )?clinique des Tamaris", "C", normal(x)) for d in drafts for x in lines_of(d)}
    assert "supplies: Datavie > C" in lines
