"""Kinds, events and authorities in wordings of the press, and sentences with the same words that tell something else."""

import pytest

from tests.test_article_wordings import told


def said(lang: str, sentence: str) -> set[str]:
    """Kinds, events and authorities told, that are not denied."""
    return {
        f"{what}: {fact[what]}"
        for fact in told(sentence, lang)
        for what in ("kind", "event", "notified", "investigates")
        if what in fact and not fact.get("negated")
    }


@pytest.mark.parametrize(
    ("lang", "sentence", "fact"),
    [
        ("en", "The firm's security update had not been applied.", "kind: vulnerability_exploitation"),
        ("en", "The clerk had looked up 40 neighbours without any cause.", "kind: unauthorised_access"),
        ("en", "The intruders were thrown out on the same day.", "event: contained"),
        ("en", "Nine in ten of its systems are back in use.", "event: service_partly_restored"),
        ("en", "The charts were found beside an open trash bin.", "kind: improper_disposal"),
        ("fr", "Les serveurs ont ensuite été chiffrés.", "kind: ransomware"),
        ("fr", "Le correctif n’avait pas été installé.", "kind: vulnerability_exploitation"),
        ("fr", "Les pirates sont passés par les identifiants d’un employé.", "kind: credential_compromise"),
        ("fr", "Les fichiers de 22.000 patients avaient été emportés.", "kind: exfiltration"),
        ("fr", "La rançon réclamée, 40 000 euros, n’a pas été versée.", "event: ransom_refused"),
        ("fr", "Le compte du technicien a été neutralisé le soir même.", "event: contained"),
    ],
)
def test_wordings_of_kinds_and_events(lang: str, sentence: str, fact: str) -> None:
    """What happened is found in other words."""
    assert fact in said(lang, sentence)


@pytest.mark.parametrize(
    ("lang", "sentence", "fact"),
    [
        ("en", "A cyberattack on one vendor can then bring down many clinics.", "kind: service_disruption"),
        ("en", "The office was set down in a services agreement.", "kind: service_disruption"),
        ("en", "It watches forums for leaked data of its patients.", "kind: publication"),
        ("en", "It would not say whether it had received a demand for money.", "kind: extortion"),
        ("en", "Former employees whose records had passed through the tool are affected.", "kind: insider"),
        ("en", "The board put off a decision on the new wing.", "event: systems_cut"),
        ("fr", "La faille non corrigée se trouvait dans un module.", "event: repaired"),
        ("fr", "Les quatre foyers ont perdu l’accès au dossier de soins.", "kind: loss"),
        ("fr", "Le service fonctionne de nouveau dans deux foyers.", "event: restored"),
        ("fr", "L’hôpital a mis en ligne vendredi une page d’information.", "kind: publication"),
    ],
)
def test_near_misses(lang: str, sentence: str, fact: str) -> None:
    """The same words told of something else are no fact."""
    assert fact not in said(lang, sentence)


@pytest.mark.parametrize(
    ("sentence", "notified"),
    [
        ("It informed federal law enforcement.", True),
        ("It told the FBI only in May.", True),
        ("It will report the matter to the FBI.", False),
        ("The clinic must notify the FBI.", False),
    ],
)
def test_who_was_told(sentence: str, notified: bool) -> None:
    """An authority that was told, late or not, but none that has yet to be."""
    facts = [f for f in told(sentence, "en") if "notified" in f and not f.get("negated")]
    assert (len(facts) > 1) is notified  # the article tells of one anyway
