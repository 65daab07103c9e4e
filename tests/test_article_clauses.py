"""Which clause a date belongs to, days written in part, and numbers that count no person."""

import pytest

from outbreach.graph.text.article import read_article
from tests.test_article_numbers import ENGLISH, FRENCH
from tests.test_article_wordings import DATES


def _facts(sentence: str, lang: str) -> list[dict[str, object]]:
    drafts = read_article((FRENCH if lang == "fr" else ENGLISH).format(sentence))
    return [fact for fact in drafts[0].facts if "incident" not in fact]


@pytest.mark.parametrize(
    ("lang", "sentence", "dates"),
    [
        ("en", "The intruders got in on 3 March 2024 and were thrown out on 9 March.", "o 2024-03-03;t 2024-03-09"),
        ("en", "The thieves had copied reports created between 2 May 2019 and 4 June 2021.", ""),
        ("en", "The hospital filed a breach report in May 2023.", ""),
        ("en", "The thief broke in on 4 May 2023. The hospital noticed on 9 May.", "o 2023-05-04;d 2023-05-09"),
        ("fr", "Des comptes rendus d'examens réalisés entre le 2 mai 2019 et le 4 juin 2021 ont été copiés.", ""),
        ("fr", "Les pirates sont entrés le 3 mars 2024 et ont été expulsés le 9 mars.", "o 2024-03-03;t 2024-03-09"),
        ("fr", "L'intrusion a eu lieu le 3 mars 2024. Elle a été découverte le 9.", "o 2024-03-03;d 2024-03-09"),
        ("fr", "Le tribunal a ordonné le 3 mars 2024 le blocage du site où le fichier volé était exposé.", ""),
    ],
)
def test_a_date_belongs_to_its_clause(lang: str, sentence: str, dates: str) -> None:
    """Neither the data's own years nor what a court or a report did then is the incident."""
    found = sorted(f"{DATES[k]} {f[k]}" for f in _facts(sentence, lang) for k in DATES if k in f)
    for date in [one for one in dates.split(";") if one]:
        assert date in found
    if not dates:
        assert not [one for one in found if one[0] in "ot"]


@pytest.mark.parametrize(
    ("lang", "sentence", "value"),
    [
        ("en", "The law speaks of breaches of 750 people or more.", 750),
        ("en", "The attackers entered 38 e-mail accounts of its employees.", 38),
        ("en", "So far 1,650 invoices have been returned.", 1650),
        ("en", "Practices that run it themselves, some 640 of them, were not hit.", 640),
        ("fr", "À ce jour, 1 650 factures nous sont revenues.", 1650),
        ("fr", "Le 112 a conduit les patients ailleurs.", 112),
        ("fr", "La direction a remis une information en mains propres à 140 personnes.", 140),
    ],
)
def test_a_number_counts_no_person(lang: str, sentence: str, value: int) -> None:
    """Thresholds, mailboxes, papers that came back, practices, an emergency number."""
    assert value not in [fact.get("people") for fact in _facts(sentence, lang)]


@pytest.mark.parametrize(
    ("lang", "sentence", "value", "population"),
    [
        ("en", "The notice says that 14,200 people are affected by the breach.", 14200, None),
        ("en", "The hospital is still going through 14,200 files.", 14200, "under_review"),
        ("fr", "L'hôpital examine encore 14 200 dossiers.", 14200, "under_review"),
    ],
)
def test_what_a_number_counts(lang: str, sentence: str, value: int, population: str | None) -> None:
    """People affected, or files not yet looked at."""
    told = [fact for fact in _facts(sentence, lang) if fact.get("people") == value]
    assert [fact.get("population") for fact in told] == [population]
