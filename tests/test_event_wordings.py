"""Wordings for what happened around an incident, and near misses of each."""

import pytest

from outbreach.graph.text.article import read_article
from tests.test_article_numbers import ENGLISH, FRENCH


@pytest.mark.parametrize(
    ("lang", "sentence", "event", "told"),
    [
        ("fr", "Le bilan a été revu nettement à la hausse : 14 200 patients.", "count_revised", True),
        ("fr", "Les 3 000 premiers patients ont été joints par téléphone.", "people_informed", True),
        ("fr", "Un patient sera joint par téléphone.", "people_informed", False),
        ("fr", "Le correctif a été posé dans la nuit.", "repaired", True),
        ("fr", "La direction prie les patients de bien vouloir l'excuser.", "apology", True),
        ("fr", "Le fichier était proposé sur un forum.", "data_offered", True),
        ("fr", "Le fichier était proposé sur un forum.", "data_published", False),
        ("en", "The hospital would not be drawn on whether it paid.", "ransom_not_disclosed", True),
        ("en", "She pleads guilty to one count of illegal access.", "convicted", True),
        ("en", "The figure is higher than first reported.", "count_revised", True),
        ("en", "The regulator fined the hospital $25,000.", "fined", True),
        ("en", "The regulator can fine hospitals up to $25,000.", "fined", False),
    ],
)
def test_wordings_of_events(lang: str, sentence: str, event: str, told: bool) -> None:
    """What a sentence tells of the closed list of events."""
    draft = read_article((FRENCH if lang == "fr" else ENGLISH).format(sentence))[0]
    assert any(fact.get("event") == event or fact.get("role") == event for fact in draft.facts) is told, draft.facts
