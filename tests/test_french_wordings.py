"""French articles say one thing in many words; and the same words may say another."""

import re

import pytest

from bench.articles import lines_of
from outbreach.graph.text.article import read_article

ARTICLE = """L'hôpital de Valmore victime d'un piratage

Le centre hospitalier de Valmore a été la cible d'une cyberattaque le 4 mars 2025. Des données de patients ont été \
dérobées, a annoncé la direction jeudi. {}

L'établissement compte 300 lits."""
OWN = re.compile(r"(?:not )?(?:exposed|kind|event|notified|investigates|sanction|care_impact)")


def told_by(sentence: str) -> set[str]:
    """What one sentence adds to an article."""

    def lines(text: str) -> set[str]:
        said = {line for draft in read_article(text) for line in lines_of(draft)}
        return {line.removesuffix(" (hedged)") for line in said if OWN.match(line)}

    return lines(ARTICLE.format(sentence)) - lines(ARTICLE.format(""))


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("Des RIB font partie du lot.", "exposed: payment"),
        ("Plus gênant, les coordonnées bancaires sont aussi du voyage.", "exposed: payment"),
        ("Les résultats d'analyses des malades ont fini sur le serveur des pirates.", "exposed: test_result"),
        ("Côté personnel, les bulletins de salaire ont été happés.", "exposed: employment"),
        ("Les hackers savent de quelles maladies souffrent les patients.", "exposed: diagnosis"),
        ("Des données médicales pourraient également avoir été consultées.", "exposed: medical_record"),
        ("Plus intime encore : des suivis psychiatriques.", "exposed: mental_health"),
        ("Pas un RIB, pas un numéro de Sécu ne figure dans le lot.", "not exposed: payment"),
        ("Nulle trace de coordonnées bancaires.", "not exposed: payment"),
        ("Le dossier médical, lui, est resté inviolé.", "not exposed: medical_record"),
        ("L'hôpital dément toute fuite de dossiers médicaux.", "not exposed: medical_record"),
        ("Noms et adresses ont fuité, mais pas les coordonnées bancaires.", "not exposed: payment"),
        ("Des coordonnées bancaires ? Aucune.", "not exposed: payment"),
        ("À ce stade, rien ne laisse penser que des RIB aient été pris.", "not exposed: payment"),
        ("Le fichier a été jeté en pâture sur un forum.", "kind: publication"),
        ("La base est proposée au plus offrant.", "event: data_offered"),
        ("Un salarié a mordu à l'hameçon.", "kind: phishing"),
        ("Les codes d'une infirmière ont été utilisés à son insu.", "kind: credential_compromise"),
        ("Une note de rançon a été retrouvée sur les serveurs.", "event: ransom_demanded"),
        ("Pas question de payer, tranche la direction.", "event: ransom_refused"),
        ("Le cabinet s'est résolu à verser la rançon.", "event: ransom_paid"),
        ("L'hôpital travaille à l'ancienne, papier et stylo.", "kind: service_disruption"),
        ("Nous avons immédiatement mis fin à l'accès.", "event: contained"),
        ("Avertis, les patients le sont depuis lundi.", "event: people_informed"),
        ("Un courrier va leur être adressé.", "event: people_to_be_informed"),
        ("La CNIL a été mise dans la boucle.", "notified: CNIL"),
        ("La CNIL a rappelé l'établissement à l'ordre.", "investigates: CNIL ruling"),
        ("Sanction de la CNIL : 150 000 euros.", "sanction: fine 150000 EUR"),
        ("Des patients ont été renvoyés chez eux.", "care_impact"),
        ("La continuité des soins est assurée.", "not care_impact"),
    ],
)
def test_a_thing_is_found_in_the_words_of_the_press(sentence: str, fact: str) -> None:
    """Idioms, ellipses and litotes say a fact as plainly as the dry word."""
    assert fact in told_by(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Un dossier médical se négocie jusqu'à 250 euros sur le dark web.",
        "La direction ne dit pas si des numéros de sécurité sociale ont été volés.",
        "Le RGPD impose de protéger les données de santé et les coordonnées bancaires.",
        "Les pirates connaissent la valeur des dossiers médicaux.",
        "L'hôpital a récupéré les dossiers médicaux grâce aux sauvegardes.",
        "Les ordonnances circulent par fax.",
        "Les rendez-vous ne sont plus visibles dans le logiciel.",
        "Les syndicats réclament 3 millions d'euros pour la sécurité.",
        "L'hôpital a mis en vente un bâtiment.",
        "Les agents ont suivi une formation contre le phishing.",
        "Les pirates pourraient publier les données.",
        "Le ministère promet 100 millions d'euros contre les rançongiciels.",
        "Les établissements doivent notifier la CNIL dans les 72 heures.",
    ],
)
def test_the_same_words_may_tell_of_something_else(sentence: str) -> None:
    """General talk, care that goes on, and what others demand or sell are no facts."""
    assert told_by(sentence) == set()
