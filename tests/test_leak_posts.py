"""Posts on leak sites: a claim by an attacker, the victim as written, and nothing of the leak."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbreach.graph.projection.project import project
from outbreach.graph.records.load import Reading
from outbreach.graph.records.record import Mention, Record
from outbreach.loaders import leak_posts
from outbreach.loaders.words.title import Victim, domain_of, victim_of
from tests.snapshots import SAMPLES, same_as_kept

SAMPLE = SAMPLES / "leak_posts.json"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "ransomware" / "posts-2023-06.json"
on_real_file = pytest.mark.skipif(not REAL.is_file(), reason="the list of posts is not beside this checkout")


def victim(record: Record) -> Mention:
    """Whom a post is about."""
    return next(mention for mention in record.mentions if mention.role == "victim")


def by_key(reading: Reading) -> dict[str, Record]:
    """The records by crew and victim."""
    return {record.key: record for record in reading.records}


def test_snapshot() -> None:
    """The sample gives the records that are kept beside it."""
    assert same_as_kept(leak_posts.read(SAMPLE), "leak_posts")


@pytest.mark.parametrize(
    ("title", "name", "domain"),
    [
        ("Birch Hospital", "Birch Hospital", None),
        ("BIRCHHOSPITAL.ORG", "BIRCHHOSPITAL.ORG", "birchhospital.org"),
        ("http://www.birchhospital.org/", "birchhospital.org", "birchhospital.org"),
        ("Birch Hospital | birchhospital.org", "Birch Hospital", "birchhospital.org"),
        ("Birch Hospital (www.birchhospital.org)", "Birch Hospital", "birchhospital.org"),
        ("birchhospital.org - HACKED AND MORE THEN 200GB DATA LEAKED", "birchhospital.org", "birchhospital.org"),
        ("BIRCH WAS HACKED. MORE THEN 2TB SENSETIVE DATA LEAKED", "BIRCH", None),
        ("Birch Hospital. Part 2.", "Birch Hospital", None),
        ("Birch Database Leak", "Birch", None),
        ("Birch & Co.KG", "Birch & Co.KG", None),
        ("birch.org | birchclinic.org", "birch.org | birchclinic.org", None),
        ("Birch &#038; Elm", "Birch & Elm", None),
        ("SantÃ©lys", "Santélys", None),
    ],
)
def test_titles(title: str, name: str, domain: str | None) -> None:
    """Of a title the victim’s name is kept without the crew’s talk, and a domain only where it stands whole and alone."""
    found = victim_of(title)
    assert (found.name, found.domain) == (name, domain)


@pytest.mark.parametrize(
    "title", ["maximusinfoware...", "m****.com", "A????? ????k", "https://www.nov...", "An Hospital - Unpay"]
)
def test_masked_titles(title: str) -> None:
    """A masked, cut or withheld name is no name: it is described as written, and never completed."""
    found = victim_of(title)
    assert found.name is None
    assert found.domain is None
    assert found.described


@pytest.mark.parametrize("title", ["???", "</a>", "https://", "Mrs. Jane Example", "Waiting for next leak", "x"])
def test_titles_about_nobody(title: str) -> None:
    """A title that names no body, or a natural person, is refused with a reason."""
    with pytest.raises(ValueError, match="its title"):
        victim_of(title)


@given(st.text(max_size=60))
def test_any_title(title: str) -> None:
    """Any title gives a victim or a reason, and no address of an onion site."""
    found: Victim | str
    try:
        found = victim_of(title)
    except ValueError as error:
        found = str(error)
    if isinstance(found, Victim):
        assert found.words
        assert not (found.domain or "").endswith("onion")
    else:
        assert found.startswith("its title")


def test_domains() -> None:
    """A domain is whole, the body’s own, and no legal form."""
    assert domain_of("https://www.Birch.co.uk/about") == "birch.co.uk"
    assert domain_of("co.example.us") == "co.example.us"
    for address in (
        "m****.com",
        "abc.onion",
        "Acme.Inc",
        "gov.br",
        "Co.KG",
        "https://www.linkedin.com/company/birch",
        "birch",
        "",
    ):
        assert domain_of(address) is None


def test_two_crews_one_victim() -> None:
    """Two crews and one victim are two claims; two posts of one crew about it are one, and the later is noted."""
    reading = leak_posts.read(SAMPLE)
    records = by_key(reading)
    assert {"alphv/birchhospital", "vicesociety/birchhospital"} <= set(records)
    assert reading.folded == 1
    assert [c.date for c in records["vicesociety/birchhospital"].claims if c.predicate == "note"] == ["2022-04-05"]
    graph = project(reading.records).graph
    assert {edge.properties["status"] for edge in graph.edges.values() if edge.type == "AFFECTED"} == {"claimed"}
    assert {victim(r).identifiers for k, r in records.items() if "birch" in k} == {("domain:birchhospital.org",)}


def test_days_of_import() -> None:
    """Posts that the tracker took in together bear no day of disclosure, but a note; a day by the site itself does."""
    records = by_key(leak_posts.read(SAMPLE))
    told = {k: [c.value for c in r.claims if c.predicate == "disclosed_on"] for k, r in records.items()}
    assert told["royal/oakimagingexample"] == told["royal/cedarlabspartners"] == []
    assert told["clop/alderclinicexample"] == ["2022-01-30"]
    assert told["royal/elmdentalinc"] == ["2022-12-24"]
    notes = [c.text_en or "" for c in records["royal/oakimagingexample"].claims if c.predicate == "note"]
    assert [note.startswith("The tracker took this post in on 2022-11-04") for note in notes] == [True]


def test_damage_is_mended_and_kept() -> None:
    """A damaged title is mended where that is certain, and a note keeps what stood there."""
    record = by_key(leak_posts.read(SAMPLE))["royal/clínicadelroble"]
    assert victim(record).name == "Clínica del Roble"
    assert "ClÃ­nica del Roble" in {claim.value for claim in record.claims}


def test_nothing_of_the_leak() -> None:
    """No link, no boast and no person stays, not even in what is rejected; each reject has its reason."""
    reading = leak_posts.read(SAMPLE)
    kept = "".join(r.to_json() for r in reading.records) + "".join(r.raw + r.why for r in reading.rejected)
    for word in ("onion", "http", "HACKED", "100GB", "Jane"):
        assert word not in kept
    assert [r.where for r in reading.rejected] == ["record 13", "record 14", "record 15"]
    assert len(reading.unknown) == 1


@on_real_file
def test_the_real_list() -> None:
    """Every post is kept, joined to another or rejected; whole domains and days of import are as counted in the file."""
    posts = json.loads(REAL.read_text("utf-8"))
    reading = leak_posts.read(REAL)
    assert reading.read == len(posts)
    assert reading.unknown == ()
    assert len(reading.rejected) < 100
    assert {r.why for r in reading.rejected} == {
        "the titles of leaktheanalyst name no victims",
        "its title names no victim",
        "its title is a text, in which no name can be told for certain",
    }
    crews = {m.name for r in reading.records for m in r.mentions if m.label == "Attacker"}
    assert crews == {post["group_name"] for post in posts} - {"leaktheanalyst"}
    where = {r.claims[0].citation.locator: r for r in reading.records}
    opening = Counter(post["discovered"][:10] for post in posts).most_common(1)[0][0]
    taken_in = [r for n, r in where.items() if posts[int(str(n).split()[1]) - 1]["discovered"].startswith(opening)]
    assert len(taken_in) > 500
    assert not [c for r in taken_in for c in r.claims if c.predicate == "disclosed_on"]
    vice = [
        r for n, r in where.items() if posts[int(str(n).split()[1]) - 1]["discovered"].startswith("2022-01-06 12:20:28")
    ]
    assert len(vice) == 25
    assert not [c for r in vice for c in r.claims if c.predicate == "disclosed_on"]
    with_domain = sum(bool(victim(r).identifiers) for r in reading.records)
    assert 2_000 < with_domain < 3_000
    cut = [p for p in posts if p["post_title"].endswith("...")]
    assert not [r for r in reading.records if (victim(r).name or "").endswith("...")]
    assert len([r for r in reading.records if (victim(r).described_as or "").endswith("...")]) >= len(cut) * 0.9
