"""Who works for whom and who is nobody in English articles: sentences of our own, and near misses."""

import pytest

from bench.articles import lines_of
from outbreach.graph.text.article import read_article


def _read(text: str) -> set[str]:
    return set().union(*(lines_of(draft) for draft in read_article(text)))


@pytest.mark.parametrize(
    "text",
    [
        (
            "Hackers stole the records of 12,000 patients of Alder Creek Hospital in a breach at Quillpoint, which prints and "
            "mails its statements. Quillpoint found the intrusion on May 2."
        ),
        (
            "Quillpoint does the payroll and the patient billing of Alder Creek Hospital. Its server was broken into in May, "
            "and the data of 12,000 patients were taken."
        ),
        "Alder Creek Hospital, a client of Quillpoint, has told 12,000 patients that their records were stolen in the vendor's breach.",
    ],
)
def test_verb_of_service(text: str) -> None:
    """Vendor and client on either side of the verb."""
    assert "supplies: Quillpoint > Alder Creek Hospital" in _read(text)


def test_roll() -> None:
    """Every entry of a roll is a client that was hit."""
    found = _read(
        "Hospitals hit through Quillpoint Services include Alder Creek Hospital; Benton Heart Clinic, Ohio; and Marlow "
        "General Hospital. The data of 12,000 patients were stolen in the hack."
    )
    for client in ("Alder Creek Hospital", "Benton Heart Clinic", "Marlow General Hospital"):
        assert {f"affected: {client}", f"supplies: Quillpoint Services > {client}"} <= found


def test_supplier_by_what_it_does() -> None:
    """“A firm” alone is nobody."""
    found = _read(
        "Alder Creek Hospital said a firm that transcribes doctors' notes was hacked, and that the data of 12,000 patients "
        "were stolen. It did not name the firm."
    )
    assert "supplies: ?a firm that transcribes doctors' notes > Alder Creek Hospital" in found


def test_speaker_is_nobody() -> None:
    """A surname that an office introduces is neither hit nor a supplier."""
    found = _read(
        "Hackers stole the records of 12,000 patients of Alder Creek Hospital in May. Practice manager Ada Poole apologised. "
        "Poole said the hospital's network had been breached by an intruder."
    )
    assert not [line for line in found if "Poole" in line]
