"""Names as articles write them, and data whose words share a head: sentences of no sample."""

import pytest

from outbreach.graph.text.cast.scene import scene_of
from outbreach.graph.text.facts.exposure import exposures_of
from outbreach.graph.text.facts.terms import categories
from outbreach.graph.text.page.passage import passage

_NAMED = [
    ("fr", "Le centre de soins de suite Les Aubiers a porté plainte.", "centre de soins de suite Les Aubiers"),
    ("fr", "La Pharmacie populaire de la Veyse a prévenu ses clients.", "Pharmacie populaire de la Veyse"),
    ("fr", "La Mutuelle des Potiers et Verriers a été piratée.", "Mutuelle des Potiers et Verriers"),
    ("fr", "Les données de l'application Trois Saisons ont fuité.", "Trois Saisons"),
    ("fr", "Deux de ses maisons, Le Val Clair et La Sapinière, sont touchées.", "La Sapinière"),
    ("en", "Letters of NHS Garve and Luss went astray. NHS Garve and Luss has apologised.", "NHS Garve and Luss"),
    ("en", "Thieves took files from Four Elms Family Health Team.", "Four Elms Family Health Team"),
    ("en", "The Centre for Women's Health at Fenby was hacked.", "Centre for Women's Health"),
    ("en", "Records of the Ada B. Lorne Foundation were copied.", "Ada B. Lorne Foundation"),
    ("fr", "L'association Bonne Table 41, qui livre des repas, a été piratée.", "association Bonne Table 41"),
    ("fr", "Deux caisses sont touchées : Tellure et Prévoyance.", "Tellure et Prévoyance"),
    ("en", "The Cavan-owned Fernhill Hospice said so.", "Fernhill Hospice"),
    (
        "en",
        "Three clients told of it.\n\n- Dunmore Vale Family Medicine: 4,100 individuals\n",
        "Dunmore Vale Family Medicine",
    ),
    ("en", "Tarn Mutual CEO Jill Stead apologised.", "Tarn Mutual"),
]
_UNNAMED = [
    ("en", "Oregonians and New Brunswickers got letters about a breach of ePHI.", {"Oregonians", "New Brunswickers", "ePHI"}),
    ("en", "October is World Patient Safety Week in hospitals.", {"World Patient Safety Week"}),
    ("en", "Researchers counted forty attacks.", {"Researchers"}),
    ("fr", "La société Corvane, de Tulle, héberge les dossiers.", {"Tulle"}),
    ("fr", "Un sondage Ifaris le confirme : l'application parlait à TikTok.", {"Ifaris", "TikTok"}),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "name"), _NAMED)
def test_a_name_keeps_what_belongs_to_it(lang: str, text: str, name: str) -> None:
    """Heads, articles, numbers and joined halves are part of a name."""
    assert name in {b.name for b in scene_of(passage(text, lang=lang)).cast.bodies}


@pytest.mark.parametrize(("lang", "text", "words"), _UNNAMED)
def test_words_with_capitals_that_are_no_bodies(lang: str, text: str, words: set[str]) -> None:
    """Peoples, campaigns, places and platforms are nobody."""
    bodies = scene_of(passage(text, lang=lang)).cast.bodies
    assert not words & {b.name for b in bodies if b.role == "organisation"}


_SHARED = [
    ("en", "personal, medical and financial information", {"medical_record", "payment"}),
    ("en", "bank account and Social Security numbers", {"payment", "national_id"}),
    ("en", "home and email addresses", {"contact"}),
    ("fr", "des données administratives et médicales", {"administrative", "medical_record"}),
    ("fr", "les numéros de téléphone et de sécurité sociale", {"contact", "national_id"}),
    ("fr", "la nature et la date des soins", {"treatment", "service_date"}),
    ("fr", "les adresses postale et électronique", {"contact"}),
]


@pytest.mark.parametrize(("lang", "phrase", "wanted"), _SHARED)
def test_words_that_share_a_head_are_each_a_category(lang: str, phrase: str, wanted: set[str]) -> None:
    """Each member of the group is read with the head."""
    text = f"Les pirates ont volé {phrase}." if lang == "fr" else f"The hackers stole {phrase}."
    assert {category for _, _, category in categories(text, lang)} == wanted


_DENIED = [
    ("en", "Names and diagnoses were stolen. Payment data is never kept on these devices.", "payment", True),
    ("en", "Names and birth dates were stolen. Medical charts were not, since the firm has none.", "medical_record", True),
    ("fr", "Des noms et des IBAN ont été volés. Les remboursements n'étaient pas visibles.", "billing", True),
    ("fr", "Des diagnostics ont été volés. Certains patients n'ont pas d'adresse.", "contact", None),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "category", "negated"), _DENIED)
def test_what_was_denied(lang: str, text: str, category: str, negated: bool | None) -> None:
    """A denial is read in its verb, and people without an address deny nothing."""
    found = {e.category: e.negated for e in exposures_of(scene_of(passage(text, lang=lang)))}
    assert found.get(category) == negated


_MEANS = [
    ("en", "Scans were exposed to anyone who had the address of the server.", "contact", False),
    ("en", "Scans were exposed, with the address and name of each patient.", "contact", True),
    ("en", "Her address was exposed.", "contact", True),
    ("fr", "Les clichés étaient exposés à qui connaissait l'adresse du serveur.", "contact", False),
    ("fr", "Leur adresse a été exposée.", "contact", True),
    ("fr", "Des ordonnances et l'adresse de chacun ont été exposées.", "contact", True),
]


@pytest.mark.parametrize(("lang", "text", "category", "told"), _MEANS)
def test_a_word_for_means_is_data_beside_data_or_of_somebody(lang: str, text: str, category: str, told: bool) -> None:
    """An address by which a server is reached is nobody's address."""
    assert (category in {c for _, _, c in categories(text, lang)}) == told


def test_without_reaches_no_further_than_what_it_stands_before() -> None:
    """“Sans réseau” denies no list after a colon."""
    text = "La tablette volée sert sans connexion au réseau : nom, date de naissance, traitements, diagnostics."
    found = list(exposures_of(scene_of(passage(text, lang="fr"))))
    assert found
    assert not any(e.negated for e in found)
