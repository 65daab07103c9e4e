"""Records: what may be built, and the one line of JSON that a record becomes."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from outbreach.graph import schema
from outbreach.graph.errors import ClaimError
from outbreach.graph.records.record import Citation, Claim, Mention, Record
from tests.build import WILD, Row, records, refusal

ROW = Row()
CLINIC = ROW.org("Clinic")
NOTICE = ROW.thing("Notification", described_as="a letter")
SOFTWARE = ROW.thing("Software", "Transfer")
CAMPAIGN = ROW.thing("Campaign", "Spring")
BREACH, BODY, PAPER = ROW.incident.id, CLINIC.id, ROW.source.id
CITED = Citation(source=PAPER)


def affected(**more: Any) -> dict[str, Any]:
    """A claim that the clinic was hit."""
    return {"subject": BREACH, "predicate": "affected", "object": BODY, "citation": CITED, **more}


def people(**more: Any) -> dict[str, Any]:
    """A claim of five people."""
    number = {"value": 5, "low": 5, "high": 5, "qualifier": "exact"}
    return {"subject": BREACH, "predicate": "people", "citation": CITED, **number, **more}


def plain(predicate: str, **more: Any) -> dict[str, Any]:
    """A claim about the incident itself."""
    return {"subject": BREACH, "predicate": predicate, "citation": CITED, **more}


def parts(value: object) -> Iterator[tuple[str, object]]:
    """Every key and value in a JSON document."""
    for pair in value.items() if isinstance(value, dict) else ():
        yield pair
        yield from parts(pair[1])
    for item in value if isinstance(value, list) else ():
        yield from parts(item)


@settings(max_examples=40, deadline=None)
@given(records(words=WILD))
def test_round_trip(record: Record) -> None:
    """A record is the same after it was written as a line and read again, whatever its texts hold."""
    line = record.to_json()
    assert Record.from_json(line) == record
    assert Record.from_json(line).to_json() == line
    assert "\n" not in line
    assert "\r" not in line


@settings(max_examples=20, deadline=None)
@given(records(words=WILD))
def test_line_is_canonical(record: Record) -> None:
    """Keys are sorted and what is absent is left out; what is stated as 0 or as false is not absent."""
    line = record.to_json()
    assert line == json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True)
    for key, value in parts(json.loads(line)):
        assert value is not None
        assert value != ""
        assert value != [] or key in ("mentions", "claims")
        assert value is not False or key == "value"


@pytest.mark.parametrize(
    ("claim", "field", "value"),
    [
        (people(value=0, low=0, high=0), "value", 0),
        (people(value=0, low=0, high=0), "high", 0),
        (plain("sanction", role="fine", amount=0.0), "amount", 0.0),
        ({"subject": ROW.thing("Vulnerability", "CVE-2023-1", identifiers=("cve:CVE-2023-1",)).id,
          "predicate": "ransomware_use", "citation": CITED, "value": False}, "value", False),
    ],
)  # fmt: skip
def test_nothing_is_a_value(claim: dict[str, Any], field: str, value: object) -> None:
    """Nought people, a fine of nothing and a plain no are kept, each as what it is."""
    record = Record(source="test", key="k", mentions=tuple(ROW.mentions), claims=(Claim(**claim),))
    read = getattr(Record.from_json(record.to_json()).claims[0], field)
    assert (read, type(read)) == (value, type(value))


def test_empty_record_round_trips() -> None:
    """A record that mentions things and claims nothing, or nothing at all, is a line as any other."""
    for mentions in ((), tuple(ROW.mentions)):
        record = Record(source="test", key="k", mentions=mentions, claims=())
        assert Record.from_json(record.to_json()) == record


REFUSED_CLAIMS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown predicate": (plain("hacked"), "no predicate “hacked”"),
    "wrong subject": (affected(subject=SOFTWARE.id), "the subject of affected is Incident, not Software"),
    "wrong object": (affected(object=SOFTWARE.id), "the object of affected is Organisation, not Software"),
    "a pair that the table has not": (plain("part_of", object=BODY), "never part_of"),
    "no object": (affected(object=None), "affected needs an object"),
    "an object where none is": (plain("kind", object=BODY, value="ransomware"), "the object of kind is none"),
    "unknown data category": (plain("exposed", object="data.shoe_size"), "data_categories.yaml"),
    "no citation": (affected(citation=None), "no citation"),
    "citation of a body": (affected(citation=Citation(source=BODY)), "the source of affected is Source"),
    "product as asserter": (affected(asserter=SOFTWARE.id), "the asserter of affected is Organisation or Attacker"),
    "body as incident": (affected(incident=BODY), "the incident of affected is Incident"),
    "low above high": (people(value=None, low=9, high=5, qualifier="between"), "9, is above the highest, 5"),
    "negative people": (people(value=-5, low=-5, high=-5), "cannot be negative"),
    "negative placeholder": (people(value=-5, low=None, high=None, qualifier="placeholder"), "cannot be negative"),
    "people without a number": (people(value=None, low=None, high=None), "does not mean"),
    "people in words": (people(value="five"), "of type integer"),
    "people as yes": (people(value=True), "of type integer"),
    "a number without its qualifier": (people(qualifier=None), "needs a qualifier"),
    "bounds that the number does not have": (people(value=9, low=5, high=100), "does not mean"),
    "at least, but closed": (people(qualifier="at_least"), "at_least 5 does not mean 5 to 5"),
    "between without an end": (people(value=None, low=5, high=None, qualifier="between"), "lowest and a highest"),
    "unknown qualifier": (people(qualifier="roughly"), "the qualifier of people is “roughly”"),
    "bounds of no number": (affected(low=5), "affected has no low"),
    "qualifier of no number": (affected(qualifier="about"), "affected has no qualifier"),
    "value where none is": (affected(value="yes"), "affected takes no value"),
    "value missing": (plain("disclosed_on"), "of type date"),
    "unreadable date": (plain("disclosed_on", value="May 2023"), "is no date"),
    "unknown kind": (plain("kind", value="magic"), "incident_kinds.yaml"),
    "empty note": (plain("note"), "note says nothing"),
    "event without a role": (plain("event"), "event needs a role"),
    "unknown role of an event": (plain("event", role="picnic"), "event_roles.yaml"),
    "unknown sanction": (plain("sanction", role="picnic"), "sanction_kinds.yaml"),
    "unknown population": (people(population="cats"), "populations.yaml"),
    "unknown asserter kind": (affected(asserter_kind="oracle"), "asserter_kinds.yaml"),
    "unknown modality": (affected(modality="maybe"), "the modality of affected is “maybe”: stated or hedged"),
    "unknown extraction": (affected(extraction="magic"), "the extraction of affected"),
    "unknown basis": (affected(basis="rumour"), "the basis of affected"),
    "inference without its rule": (affected(basis="inferred"), "names its rule"),
    "rule without an inference": (affected(rule="by the weekday"), "names its rule"),
    "quote of 21 words": (affected(quote="word " * 21), "21 words; at most 20"),
    "a detail that it has not": (affected(service="hosting"), "affected has no service"),
    "a list that it has not": (affected(disjoint_with=("x",)), "affected has no disjoint_with"),
    "cleared but affirmed": (affected(cleared=True), "can clear"),
    "amount that is no number": (plain("sanction", role="fine", amount=float("nan")), "the amount is no number"),
    "endless amount": (plain("sanction", role="fine", amount=float("inf")), "the amount is no number"),
    "currency in words": (plain("sanction", role="fine", amount=1.0, currency="euro"), "“euro” is no currency"),
    "day it was stated": (affected(stated_on="2023-02-30"), "“2023-02-30” is no date"),
    "end before the beginning": (plain("note", text_en="x", date="2023", until="2022"), "after its end on 2022"),
    "empty text": (affected(asserter_role=""), "an empty asserter_role"),
    "empty quote": (affected(quote=" \n"), "an empty quote"),
    "empty item": (people(disjoint_with=("a", "")), "an empty disjoint_with"),
    "id of another claim": (affected(id="claim-aaaaaaaaaa"), "changed by hand"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED_CLAIMS)
def test_claim_is_refused(case: str) -> None:
    """What the schema does not allow cannot be built, and one sentence says why."""
    claim, words = REFUSED_CLAIMS[case]
    sentence = refusal(**claim)
    assert words in sentence
    assert sentence
    assert "\n" not in sentence


def test_quote_of_twenty_words_is_kept() -> None:
    """Twenty words may be quoted."""
    assert Claim(**affected(quote="mot " * 20)).quote == "mot " * 20


REFUSED_MENTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown label": ({"label": "Person"}, "a mention cannot be a Person"),
    "second label": ({"label": "Vendor"}, "a mention cannot be a Vendor"),
    "claim": ({"label": "Claim"}, "a mention cannot be a Claim"),
    "empty name": ({"name": " "}, "an empty name"),
    "empty alias": ({"aliases": ("",)}, "an empty aliases"),
    "group of none": ({"unnamed_count": 0}, "at least 1"),
    "unknown kind": ({"kind": "castle"}, "organisation_kinds.yaml"),
    "kind of an article": ({"label": "Source", "kind": "hospital"}, "source_kinds.yaml"),
    "unknown category": ({"label": "Software", "category": "game"}, "software_categories.yaml"),
    "kind of an incident, which claims give": ({"label": "Incident", "kind": "ransomware"}, "no Incident has"),
    "field of another label": ({"channel": "letter"}, "no Organisation has"),
    "country of a product": ({"label": "Software", "country": "FR"}, "no Software has"),
    "unknown field": ({"colour": "red"}, "no field colour"),
    "wrong type": ({"country": 5}, "Expected `str | null`"),
    "country in words": ({"country": "France"}, "“France” is no country"),
    "region of another country": ({"country": "CA", "region": "US-CA"}, "“US-CA” is no region of CA"),
    "region of no country": ({"region": "US-CA"}, "is no region"),
    "identifier without a scheme": ({"identifiers": ("1234",)}, "“1234” is no identifier"),
    "unknown reliability": ({"label": "Source", "reliability": "fair"}, "high, normal or low"),
    "date of publication": ({"label": "Source", "published_on": "yesterday"}, "is no date"),
    "id of another label": ({"node_id": "software-x"}, "an id of Organisation"),
    "id with capitals": ({"node_id": "org-Foo"}, "an id of Organisation"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED_MENTIONS)
def test_mention_is_refused(case: str) -> None:
    """A mention says only what the table lets its label have."""
    more, words = REFUSED_MENTIONS[case]
    with pytest.raises(ClaimError, match=re.escape(words)):
        Mention.of("test", "k", **{"label": "Organisation", "role": "r", "name": "Foo", **more})


def _other(key: str) -> Mention:
    return Row(key).org("Elsewhere")


def _relay(*pairs: tuple[str, str]) -> tuple[Mention, ...]:
    ids = {name: Row().thing("Source", name).id for pair in pairs for name in pair}
    return tuple(Row().thing("Source", name, relay_of=ids[other]) for name, other in pairs)


CLAIM = Claim(**affected())
KNOWN = tuple(ROW.mentions)
REFUSED_RECORDS: dict[str, tuple[Callable[[], Record], str]] = {
    "mention twice": (lambda: Record(source="test", key="k", mentions=(*KNOWN, CLINIC), claims=()), "“Clinic” twice"),
    "claim twice": (lambda: Record(source="test", key="k", mentions=KNOWN, claims=(CLAIM, CLAIM)), "same thing twice"),
    "unmentioned object": (
        lambda: Record(source="test", key="k", mentions=KNOWN, claims=(Claim(**affected(object=_other("k").id)),)),
        "does not mention"),
    "unmentioned source": (
        lambda: Record(source="test", key="k", mentions=(ROW.incident, CLINIC), claims=(CLAIM,)), "does not mention"),
    "unmentioned scope": (
        lambda: Record(source="test", key="k", mentions=KNOWN, claims=(Claim(**people(within=_other("k").id)),)),
        "does not mention"),
    "mention of another record": (
        lambda: Record(source="test", key="k", mentions=(_other("j"),), claims=()), "changed by hand"),
    "source that relays itself": (
        lambda: Record(source="test", key="k", mentions=_relay(("a", "b"), ("b", "a")), claims=()), "relays itself"),
    "source that relays an unknown one": (
        lambda: Record(source="test", key="k", mentions=_relay(("a", "b")), claims=()), "does not mention"),
    "no key": (lambda: Record(source="test", key="", mentions=(), claims=()), "its key"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED_RECORDS)
def test_record_is_refused(case: str) -> None:
    """A record speaks only of what it mentions, once."""
    build, words = REFUSED_RECORDS[case]
    with pytest.raises(ClaimError, match=words):
        build()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"affected"', '"originated_at"'),
        ('"press"', '"dataset"'),
        ('"Clinic"', '"Klinik"'),
        ('"key": "k"', '"key": "j"'),
        (f'"object": "{BODY}"', f'"object": "{_other("k").id}"'),
        ('"2023-05-01"', '"2023-05-02"'),
    ],
)
def test_hand_edited_line_is_found_out(before: str, after: str) -> None:
    """A line whose content no longer fits its ids is refused, so that a slip of the hand cannot change a fact."""
    claim = Claim(**affected(stated_on="2023-05-01"))
    line = Record(source="test", key="k", mentions=(ROW.source, ROW.incident, CLINIC), claims=(claim,)).to_json()
    assert before in line
    with pytest.raises(ClaimError):
        Record.from_json(line.replace(before, after))


@pytest.mark.parametrize("line", ["", "{", "[]", "null", '{"source": "x"}', '{"source": 1, "key": "k"}', "\ufeff{}"])
def test_damaged_line_is_refused(line: str) -> None:
    """A line that is no record is refused in one sentence."""
    with pytest.raises(ClaimError) as caught:
        Record.from_json(line)
    assert str(caught.value)
    assert "\n" not in str(caught.value)


def test_ids_depend_on_what_is_said_only() -> None:
    """The same row of another file, and the same fact in other words, have the same ids; another fact has not."""
    other = Citation(source=PAPER, locator="row 9", lang="fr", sha256="0" * 64)
    same = {Claim(**affected()).id, Claim(**affected(citation=other, quote="said", extraction="rule")).id}
    assert len(same) == 1
    changes: list[dict[str, Any]] = [
        {}, {"negated": True}, {"modality": "hedged"}, {"asserter": BODY}, {"stated_on": "2023"}, {"incident": BREACH},
        {"negated": True, "cleared": True}, {"asserter_kind": "own"}, {"basis": "inferred", "rule": "r"},
    ]  # fmt: skip
    assert len({Claim(**affected(**more)).id for more in changes}) == len(changes)
    figures: list[dict[str, Any]] = [
        {},
        {"disjoint_with": ("a",)},
        {"within": "a"},
        {"exhaustive": True},
        {"subset": "a"},
    ]
    assert len({Claim(**people(**more)).id for more in figures}) == len(figures)
    assert Row("k").org("Clinic").id == BODY
    others = {Row("j").org("Clinic").id, Row("k", "other").org("Clinic").id, Row().org("Clinic", role="vendor").id}
    assert len(others | {BODY, Row().org("Klinik").id}) == 5


def test_ids_carry_their_label() -> None:
    """The id of a mention begins with the prefix of its label in the table."""
    assert {m.id.partition(".")[0] for m in ROW.mentions} <= set(schema.PREFIXES)
    assert re.fullmatch(r"org\.[a-z2-7]{10}", BODY)
