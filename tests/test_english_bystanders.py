"""Who is told of beside the story in English, and whose vendor somebody is: sentences that say it, and near misses."""

import pytest

from bench.articles import lines_of
from outbreach.graph.text.article import read_article

TOLD = """Breach at billing vendor exposes data of clinic patients

HALLOWELL, Maine (April 3, 2025) - Fenwick Eye Clinic said Thursday that files with personal information of about 24,000 \
patients were stolen from its billing vendor, Larch Billing Services.

An unauthorized person was in Larch's network between Jan. 9 and Jan. 14, according to a notice on the clinic's website. \
The files included names, diagnoses and insurance numbers.

{}
"""
LEDE = """Patient data stolen

{}

The files included names, diagnoses and insurance numbers of 24,000 people. An intruder was in Larch's network between \
Jan. 9 and Jan. 14, 2025. Letters went out on Tuesday, the clinic said.
"""
WHAT = ("affected", "not affected", "supplies", "makes", "uses", "originated_at")


def facts(text: str) -> set[str]:
    """Who was hit, and who works for whom or makes what."""
    lines = {line.removesuffix(" (hedged)") for draft in read_article(text) for line in lines_of(draft)}
    return {line for line in lines if line.split(":")[0] in WHAT}


OWN = facts(TOLD.format("The clinic's phones were busy all day."))


@pytest.mark.parametrize(
    "sentence",
    [
        "The breach comes months after the attack on Dunham Medical Group, which cost it millions.",
        "Unlike the attack on Dunham Medical Group, care was not disrupted.",
        "Dunham Medical Group disclosed a breach of its own in February.",
        "The gang has also claimed attacks on Dunham Medical Group and the Boone Hearing Center.",
        "Regulators fined Dunham Medical Group $400,000 for a similar failure.",
        "The Better Business Bureau said patients should be wary.",
        "Dunham Medical Group's patients can still be seen at the clinic.",
        "No other Larch clients were affected.",
    ],
)
def test_who_is_set_beside_the_story_is_not_hit(sentence: str) -> None:
    """The facts are those of the story alone."""
    assert facts(TOLD.format(sentence)) == OWN


@pytest.mark.parametrize(
    ("sentence", "more"),
    [
        ("Other customers of Larch were not affected.", {"not affected: ?Other customers of Larch"}),
        ("Larch subcontracted the scanning to an outside firm.", {"supplies: ?an outside firm > Larch Billing Services"}),
        ("Larch kept the files in ShareVault, a storage service of Tern Software.",
         {"makes: Tern Software > ShareVault", "uses: Larch Billing Services > ShareVault"}),
        ("Dunham Medical Group has also notified patients about the Larch breach.",
         {"affected: Dunham Medical Group", "supplies: Larch Billing Services > Dunham Medical Group"}),
    ],
)  # fmt: skip
def test_what_a_further_sentence_adds(sentence: str, more: set[str]) -> None:
    """A further sentence adds so much and takes nothing away."""
    assert facts(TOLD.format(sentence)) == OWN | more


@pytest.mark.parametrize(
    "sentence",
    [
        "Fenwick Eye Clinic has told patients about a breach at Larch Data, which it pays to send out bills.",
        "A breach at Larch Data, the company behind Fenwick Eye Clinic's online booking, has exposed patients' files.",
        "Larch Data provides Fenwick Eye Clinic with billing software and was hacked in January.",
        "Under a contract with Fenwick Eye Clinic, Larch Data keeps patients' files, which hackers copied.",
        "The company that hosts Fenwick Eye Clinic's records, Larch Data, was hacked.",
        "Fenwick Eye Clinic, for which Larch Data does the billing, said patients' files were stolen in a hack.",
    ],
)
def test_a_vendor_is_known_by_many_wordings(sentence: str) -> None:
    """Larch Data supplies the clinic; both are hit, and it began at Larch Data."""
    assert facts(LEDE.format(sentence)) == {
        "affected: Fenwick Eye Clinic",
        "affected: Larch Data",
        "originated_at: Larch Data",
        "supplies: Larch Data > Fenwick Eye Clinic",
    }


def test_the_maker_of_a_product_that_was_broken_into_is_hit() -> None:
    """“X, a record made by Y, was breached” hit Y."""
    told = LEDE.format(
        "BrightChart, an electronic health record, was breached in January, its maker, Larch Data, said."
    )
    assert {"affected: Larch Data", "makes: Larch Data > BrightChart"} <= facts(told)
