"""Names as they are compared, and the readable part of ids."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbreach.graph.ids import mention_id, node_id, short_hash, slug
from outbreach.graph.names import normalise

WORDS = st.lists(st.sampled_from(["Santé", "NORD", "ZürichLab", "Ω", "Bio3", "łódź"]), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("Welltok, Inc.", "welltok"),
        ("WELLTOK Inc", "welltok"),
        ("Dedalus France SAS", "dedalus france"),
        ("Hôpital privé de la Loire", "hopital prive de la loire"),
        ("Müller GmbH & Co. KG", "muller"),
        ("AT&T", "at and t"),
        ("Foo, LLC Ltd", "foo"),
        ("O’Brien's Clinic", "obriens clinic"),
        ("St. Mary's", "st marys"),
        ("  CH   d’Arles ", "ch darles"),
        ("SA", "sa"),
        ("Inc.", "inc"),
        ("***", ""),
        ("", ""),
    ],
)
def test_normalise(name: str, compared: str) -> None:
    """Accents, case, punctuation and the legal form at the end do not tell two names apart; words do."""
    assert normalise(name) == compared


@pytest.mark.parametrize(
    ("left", "right"),
    [("St Mary’s", "Saint Mary’s"), ("CHU Nantes", "CHU Angers"), ("Bio 3", "Bio 4"), ("Care Inc North", "Care North")],
)
def test_words_tell_names_apart(left: str, right: str) -> None:
    """Names that differ in a word are two, also where only an abbreviation may be meant."""
    assert normalise(left) != normalise(right)


@given(WORDS, st.sampled_from(["", ", Inc.", " SAS", " GmbH", " Ltd"]), st.sampled_from([" ", "  ", "-", ", "]))
def test_spelling_does_not_matter(words: list[str], form: str, gap: str) -> None:
    """The same words in another case, with other gaps or a legal form, are the same name."""
    assert normalise(gap.join(words) + form) == normalise(" ".join(words).upper()) == normalise(" ".join(words))


@given(st.text(max_size=40))
def test_normalised_form(name: str) -> None:
    """A compared name is lower-case ASCII words with one blank between them, whatever it came from."""
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", normalise(name))


@given(st.text(max_size=120), st.integers(5, 60))
def test_slug(text: str, length: int) -> None:
    """A slug is short, holds lower-case ASCII words joined by single hyphens, and is its own slug."""
    made = slug(text, length)
    assert len(made) <= length
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert slug(made, length) == made


@pytest.mark.parametrize(
    ("text", "length", "made"),
    [
        ("Dedalus France", 48, "dedalus-france"),
        ("Hôpital de l’Est", 48, "hopital-de-l-est"),
        ("one two three", 7, "one-two"),
        ("one two three", 9, "one-two"),
        ("x" * 80, 48, "x" * 48),
        ("!?", 48, ""),
    ],
)
def test_slug_by_hand(text: str, length: int, made: str) -> None:
    """A long slug is cut between two words, a long word where it must be."""
    assert slug(text, length) == made


def test_ids_by_hand() -> None:
    """A node's id reads as kind, name and hash; a thing without a name has kind and hash."""
    assert node_id("org", "Dedalus France", "org.k3v9x2f4q8") == "org-dedalus-france-k3v9x2"
    assert node_id("org", "", "org.k3v9x2f4q8") == "org-k3v9x2"
    assert re.fullmatch(r"org\.[a-z2-7]{10}", mention_id("org", "hhs", "row", "body", "Foo"))


@given(st.lists(st.none() | st.text(max_size=3), min_size=2, max_size=4))
def test_hash_tells_parts_apart(parts: list[str | None]) -> None:
    """What is absent, what is empty, and where a part ends all count in a hash."""
    assert short_hash(None) != short_hash("")
    assert short_hash("ab", "c") != short_hash("a", "bc")
    assert short_hash(*parts) == short_hash(*parts)
    assert short_hash(*parts, "x") != short_hash(*parts)
