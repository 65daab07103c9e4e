"""Who is who in French articles: sentences of our own, each with what it must say, and what it must not."""

import pytest

from bench.articles import lines_of
from outbreach.graph.text.article import read_article

SAID = {
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
