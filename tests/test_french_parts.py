"""Who is who in French articles: sentences of our own, each with what it must say, and what it must not."""

import pytest

from bench.articles import lines_of
from outbreach.graph.text.article import read_article

SAID = {
    "the maker and the users of a product": (
        (
            "Cabinéo, l'éditeur du logiciel de cabinet Ordivia, a reconnu qu'un compte de ses techniciens avait été piraté. Les "
            "dossiers de patients de 28 cabinets médicaux équipés d'Ordivia ont été volés."
        ),
        ["makes: Cabinéo > Ordivia", "uses: ?28 cabinets médicaux > Ordivia", "originated_at: Cabinéo"],
        ["affected: Ordivia", "supplies: Cabinéo > Ordivia"],
    ),
    "a firm whose tool it is": (
        (
            "Audival, qui vend des appareils auditifs, a été attaquée par des pirates. Des inconnus ont ouvert l'outil de relation "
            "client d'Audival et copié les données de 4 000 patients."
        ),
        ["affected: Audival"],
        ["exploited: Audival"],
    ),
    "where “there” is": (
        (
            "La clinique des Ormes confie ses relevés à la société Pressival. Pressival gardait les fichiers de 900 patients sur un "
            "vieux serveur. Des pirates s'y sont introduits en mars et ont volé les données."
        ),
        ["originated_at: Pressival"],
        ["originated_at: Clinique des Ormes"],
    ),
    "attacked itself, whoever runs its computers": (
        (
            "Le Centre médical du Lac a été attaqué le 3 mars et les dossiers de 2 000 patients ont été volés. Ses ordinateurs sont "
            "gérés par une PME de Vevey, Informax."
        ),
        ["originated_at: Centre médical du Lac"],
        ["originated_at: Informax"],
    ),
    "a name with its number": (
        (
            "L'association Aide Aux Aînés 58, qui soigne à domicile, a perdu un ordinateur. Les dossiers de soins de 200 patients de "
            "l'association Aide Aux Aînés 58 ont été volés."
        ),
        ["affected: association Aide Aux Aînés 58"],
        ["affected: association Aide Aux Aînés"],
    ),
    "the town in an apposition": (
        "La clinique Bel-Orme, un cabinet de famille de Gatineau, a été attaquée. Les dossiers de 500 patients ont été volés.",
        ["affected: Clinique Bel-Orme"],
        ["affected: Gatineau"],
    ),
    "a list of clients hit": (
        (
            "L'entreprise Docuvance, qui numérise des dossiers médicaux, a été victime d'un rançongiciel. Parmi les clients touchés "
            "figurent l'hôpital Saint-Alban et la polyclinique des Rives. Des dossiers de patients ont été copiés."
        ),
        ["supplies: Docuvance > Hôpital Saint-Alban", "supplies: Docuvance > Polyclinique des Rives"],
        [],
    ),
    "a chain": (
        (
            "L'hôpital de Marancourt a appris que les dossiers de 1 900 patients avaient été copiés chez Recouvria, l'agence qu'il "
            "mandate pour ses factures. Recouvria a été attaquée par le biais de son hébergeur, Cloudance."
        ),
        ["supplies: Cloudance > Recouvria", "supplies: Recouvria > Hôpital de Marancourt"],
        ["supplies: Cloudance > Hôpital de Marancourt"],
    ),
    "the others are spared": (
        (
            "Le centre hospitalier de Serville a subi une cyberattaque ; des données de patients ont été volées. Les autres "
            "établissements du groupement ne sont pas touchés. Les autres données ne sont pas concernées."
        ),
        ["affected: Centre hospitalier de Serville", "not affected: ?autres établissements"],
        ["not affected: ?autres données"],
    ),
    "a supplier that is cleared": (
        (
            "La mutualité Les Charmes a envoyé par erreur les relevés de soins de 300 affiliés à d'autres. L'imprimeur, Pressia, n'est "
            "donc pas en cause."
        ),
        ["not affected: Pressia"],
        ["originated_at: Pressia"],
    ),
    "no client": (
        (
            "Des données de patients ont été volées chez Pulsoline, qui héberge les dossiers de la clinique des Ormes. L'hôpital de "
            "Nord-Cap précise ne pas être client de Pulsoline."
        ),
        ["supplies: Pulsoline > Clinique des Ormes"],
        ["supplies: Pulsoline > Hôpital de Nord-Cap", "affected: Hôpital de Nord-Cap"],
    ),
    "a firm and its town": (
        (
            "Le cabinet médical de la Combe a vu les dossiers de ses patients publiés par des pirates. La société Juratec, de Tavel, "
            "qui héberge ses sauvegardes, a été piratée."
        ),
        ["originated_at: Juratec"],
        ["originated_at: Tavel"],
    ),
    "sent astray": (
        "Une employée du CISSS des Grands-Lacs a envoyé par erreur une liste de 400 patients à un fournisseur.",
        ["affected: CISSS des Grands-Lacs"],
        ["affected: ?un fournisseur", "originated_at: ?un fournisseur"],
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_parts_in_french(name: str) -> None:
    """What the words say of each body, and nothing of those beside it."""
    text, wanted, unwanted = SAID[name]
    found = {line.lower() for draft in read_article(text, lang="fr") for line in lines_of(draft)}
    assert {line.lower() for line in wanted} <= found
    assert not {line.lower() for line in unwanted} & found
