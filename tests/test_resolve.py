"""Who is who: the rules of the first form line by line, and what no order and no addition may change."""

from collections.abc import Iterable, Sequence
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbreach.graph.errors import UsageError
from outbreach.graph.identity.resolve import Identity, find, given_ids, resolve, why
from outbreach.graph.identity.strong import STRONG
from outbreach.graph.ids import node_id
from outbreach.graph.records.record import Mention
from outbreach.graph.records.workspace import Verdict
from tests.build import Row, verdict


def org(key: str, name: str | None = "Alpha Clinic", country: str | None = "FR", **more: Any) -> Mention:
    """An organisation in the record `key`."""
    if name is None:
        more["described_as"] = more.get("described_as", "a clinic")
    return Mention.of("test", key, "Organisation", "organisation", name, country=country, **more)


def parts(identity: Identity) -> set[frozenset[str]]:
    """The clusters as sets of mention ids."""
    return {frozenset(m.id for m in cluster.members) for cluster in identity.clusters.values()}


def one(*mentions: Mention, verdicts: Sequence[Verdict] = ()) -> bool:
    """Whether all are one thing."""
    return len(parts(resolve(mentions, verdicts))) == 1


def test_same_strong_identifier() -> None:
    """The same strong identifier makes one of two, whatever their names, places and kinds."""
    for scheme in STRONG - {"cve"}:
        left = org("a", "Alpha", identifiers=(f"{scheme}:1",), kind="hospital")
        right = org("b", "Omega", country="US", identifiers=("domain:x.example", f"{scheme}:1"), kind="company")
        assert one(left, right)
    assert {"npi", "finess", "ods", "cve"} <= STRONG


def test_weak_or_other_identifiers() -> None:
    """A domain is evidence only, and two identifiers, or one in two schemes, are two."""
    for left, right in (("domain:a.example", "domain:a.example"), ("npi:1", "npi:2"), ("npi:1", "finess:1")):
        assert not one(org("a", "Alpha", identifiers=(left,)), org("b", "Omega", identifiers=(right,)))
    flaw = Mention.of("test", "a", "Vulnerability", "flaw", "CVE-2023-1", identifiers=("cve:1",))
    assert not one(flaw, org("b", "Omega", identifiers=("cve:1",)))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ({}, {}, True),
        ({}, {"name": "ALPHA  clinic SAS"}, True),
        ({}, {"name": "Alpha Clinics"}, True),
        ({}, {"name": "Alpha Clinic of Lyon"}, False),
        ({}, {"country": "BE"}, False),
        ({}, {"country": None}, True),
        ({"name": "Memorial Hospital"}, {"name": "Memorial Hospital", "country": None}, False),
        ({"country": None}, {"country": None}, True),
        ({"name": "Memorial Hospital", "country": None}, {"name": "Memorial Hospital", "country": None}, False),
        ({"country": "US", "region": "US-CA"}, {"country": "US", "region": "US-CA"}, True),
        ({"country": "US", "region": "US-CA"}, {"country": "US", "region": "US-NV"}, False),
        ({"country": "CA", "region": "CA-ON"}, {"country": "CA", "region": "CA-QC"}, False),
        ({"kind": "hospital"}, {"kind": "hospital"}, True),
        ({"kind": "hospital"}, {}, True),
        ({"kind": "hospital"}, {"kind": "company"}, False),
        ({"name": None}, {"name": None}, False),
        ({"name": "***"}, {"name": "!!!"}, False),
        ({"name": "Omega", "aliases": ("Alpha Clinic",)}, {}, True),
    ],
)
def test_same_name_and_place(left: dict[str, Any], right: dict[str, Any], same: bool) -> None:
    """A name that says something joins what no place or kind tells apart; a common one needs its place."""
    assert one(org("a", **left), org("b", **right)) is same


def test_unknown_kind_among_several() -> None:
    """Where bodies of two kinds have a name, one of unknown kind joins neither."""
    mentions = [org("a", kind="hospital"), org("b", kind="company"), org("c"), org("d", kind="hospital")]
    a, b, c, d = (m.id for m in mentions)
    assert parts(resolve(mentions)) == {frozenset({a, d}), frozenset({b}), frozenset({c})}


@pytest.mark.parametrize(
    ("label", "same"),
    [("Software", True), ("Attacker", True), ("Campaign", True), ("Incident", False), ("Notification", False),
     ("Vulnerability", False), ("Source", False)],
)  # fmt: skip
def test_labels_joined_by_name(label: str, same: bool) -> None:
    """Products, crews and campaigns of one name are one; incidents, notices, flaws and articles are not."""
    assert one(*(Row(key).thing(label, "MOVEit Transfer") for key in "ab")) is same
    assert not one(Row("a").thing(label, "MOVEit"), org("b", "MOVEit", country=None))


def test_unnamed_things_never_merge() -> None:
    """What its sources do not name is joined to nothing, however alike it is described."""
    for label in ("Software", "Attacker", "Organisation", "Incident"):
        assert not one(*(Row(key).thing(label, described_as="a file-transfer product") for key in "ab"))


def test_sources() -> None:
    """Articles are one at one address, or with one title, publisher and day where they have no address."""
    same = {"publisher": "Paper", "published_on": "2023-01-01"}
    assert one(*(Row(k).thing("Source", name, url="https://a.example/1") for k, name in (("a", "x"), ("b", "y"))))
    assert one(*(Row(k).thing("Source", "Title", **same) for k in "ab"))
    assert not one(*(Row(k).thing("Source", "Title", **same, url=f"https://{k}.example") for k in "ab"))
    assert not one(*(Row(k).thing("Source", "Title", **same | {"published_on": f"2023-01-0{k}"}) for k in "12"))
    assert not one(*(Row(k).thing("Source", "Title", publisher="Paper") for k in "ab"))


def test_curated_id() -> None:
    """Two files that give one node id speak of one thing, and that is its id, whoever came first."""
    plain, left, right = org("a"), org("b", node_id="org-alpha"), org("c", "Omega", "BE", node_id="org-alpha")
    identity = resolve([plain, left, right])
    assert one(plain, left, right)
    assert identity.node(plain.id) == "org-alpha"
    assert identity.clusters[plain.id].former_ids == sorted(own(m) for m in (plain, left, right))


def own(mention: Mention) -> str:
    """The id that DESIGN gives to a thing mentioned once."""
    return node_id("org", mention.name or mention.described_as or "", mention.id)


def test_id_is_the_first_mention_in_load_order() -> None:
    """A node's id comes from its first mention; the ids of the others still answer."""
    a, b, c = org("a", "Alpha Clinic"), org("b", "Alpha Clinic SAS"), org("c", "ALPHA CLINIC")
    for order in ((a, b, c), (c, a, b), (b, c, a)):
        identity = resolve(order)
        assert identity.node(order[1].id) == own(order[0])
        assert identity.clusters[a.id].former_ids == sorted({own(m) for m in order} - {own(order[0])})
        assert {find(identity, own(m)).id for m in order} == {own(order[0])}


def test_verdicts_override() -> None:
    """A verdict of “same” joins what no rule joins, “different” parts what every rule joins, “unsure” does nothing."""
    a, b = org("a", "Alpha"), org("b", "Omega", "BE")
    assert not one(a, b)
    assert one(a, b, verdicts=[verdict(a, b, "same")])
    assert not one(a, b, verdicts=[verdict(a, b, "unsure")])
    c, d = org("c", identifiers=("npi:1",)), org("d", identifiers=("npi:1",))
    assert one(c, d)
    assert not one(c, d, verdicts=[verdict(d, c, "different")])
    assert one(c, d, verdicts=[verdict(c, d, "unsure")])


def test_different_stops_a_transitive_merge() -> None:
    """Two that are judged different are never one by way of a third, and the contradiction is reported."""
    a, b, c = org("a", "Alpha"), org("b", "Beta"), org("c", "Gamma")
    judged = [verdict(a, b, "same"), verdict(b, c, "same"), verdict(a, c, "different")]
    identity = resolve([a, b, c], judged)
    assert parts(identity) == {frozenset({a.id, b.id}), frozenset({c.id})}
    assert len(identity.conflicts) == 1
    assert all(id in identity.conflicts[0] for id in (b.id, c.id))
    assert resolve([a, b, c], judged[1:]).conflicts == ()


def test_contradictory_verdicts() -> None:
    """The same two judged same and different stay two, and it is said."""
    a, b = org("a"), org("b")
    for judged in (
        [verdict(a, b, "same"), verdict(b, a, "different")],
        [verdict(b, a, "different"), verdict(a, b, "same")],
    ):
        identity = resolve([a, b], judged)
        assert len(parts(identity)) == 2
        assert len(identity.conflicts) == 1


def test_one_id_for_two_things() -> None:
    """Two that are judged different although files give them one id have two ids, and it is said."""
    a, b = org("a", node_id="org-alpha"), org("b", node_id="org-alpha")
    identity = resolve([a, b], [verdict(a, b, "different")])
    assert [identity.node(m.id) for m in (a, b)] == ["org-alpha", own(b)]
    assert "org-alpha" in identity.conflicts[0]


def test_two_things_never_share_an_id() -> None:
    """Where two names and the beginnings of two hashes are alike, the second id is longer."""
    first, second = (
        Mention(id=f"org.aaaaaa{end}", label="Organisation", role="r", name="Alpha") for end in ("bbbb", "cccc")
    )
    identity = resolve([first, second], [verdict(first, second, "different")])
    assert identity.node(first.id) == "org-alpha-aaaaaa"
    assert identity.node(second.id) == "org-alpha-aaaaaacccc"


MENTIONS = st.builds(
    org,
    key=st.integers(0, 40).map(str),
    name=st.sampled_from(["Alpha", "Alpha SAS", "Beta", "Gamma", None]),
    country=st.sampled_from(["FR", "US", None]),
    kind=st.sampled_from(["hospital", "company", None, None]),
    identifiers=st.sampled_from([(), (), ("npi:1",), ("npi:2", "ods:1"), ("ods:1",), ("domain:a",)]),
    node_id=st.sampled_from([None, None, None, "org-x", "org-y"]),
)
LISTS = st.lists(MENTIONS, min_size=1, max_size=9, unique_by=lambda m: m.id)


@st.composite
def judged(
    draw: st.DrawFn, says: Iterable[str] = ("same", "different", "unsure")
) -> tuple[list[Mention], list[Verdict]]:
    """Some mentions and judgements on them."""
    mentions = draw(LISTS)
    pairs = st.tuples(st.sampled_from(mentions), st.sampled_from(mentions), st.sampled_from(sorted(says)))
    return mentions, [verdict(*pair) for pair in draw(st.lists(pairs.filter(lambda p: p[0] is not p[1]), max_size=4))]


def stem(mention: Mention) -> str:
    """The random names differ in their first word only."""
    return (mention.name or "?").split()[0]


@settings(max_examples=25)
@given(judged(says=("same", "unsure")))
def test_connected_components(case: tuple[list[Mention], list[Verdict]]) -> None:
    """The clusters are the connected components of the links that they report, as networkx finds them, and sure links are all followed."""
    mentions, verdicts = case
    identity = resolve(mentions, verdicts)
    net: nx.Graph[str] = nx.Graph()
    net.add_nodes_from(m.id for m in mentions)
    net.add_edges_from((link.left, link.right) for cluster in identity.clusters.values() for link in cluster.links)
    assert parts(identity) == {frozenset(c) for c in nx.connected_components(net)}
    for a in mentions:
        for b in mentions:
            strong = {i for i in a.identifiers if not i.startswith("domain")} & set(b.identifiers)
            if strong or (a.node_id and a.node_id == b.node_id):
                assert identity.clusters[a.id] is identity.clusters[b.id]
    for v in verdicts:
        assert v.verdict != "same" or identity.clusters[v.left] is identity.clusters[v.right]


@settings(max_examples=10)
@given(judged(), st.randoms(use_true_random=False))
def test_order_of_mentions_decides_ids_only(case: tuple[list[Mention], list[Verdict]], random: Any) -> None:
    """The clusters and the conflicts do not depend on the order of the mentions."""
    mentions, verdicts = case
    shuffled = random.sample(mentions, len(mentions))
    left, right = resolve(mentions, verdicts), resolve(shuffled, verdicts)
    assert parts(left) == parts(right)
    assert left.conflicts == right.conflicts


@settings(max_examples=10)
@given(judged())
def test_different_is_always_kept(case: tuple[list[Mention], list[Verdict]]) -> None:
    """Two judged different are never one, no two clusters share an id, and a “same” is followed or reported."""
    mentions, verdicts = case
    identity = resolve(mentions, verdicts)
    for v in verdicts:
        together = identity.clusters[v.left] is identity.clusters[v.right]
        assert not (together and v.verdict == "different")
        if v.verdict == "same" and not together:
            assert any(v.left in text and v.right in text for text in identity.conflicts)
    ids = [cluster.id for cluster in {id(c): c for c in identity.clusters.values()}.values()]
    assert len(ids) == len(set(ids))
    for cluster in identity.clusters.values():
        assert not set(cluster.former_ids) & set(ids)


@settings(max_examples=10)
@given(judged())
def test_unmerge(case: tuple[list[Mention], list[Verdict]]) -> None:
    """A verdict joins two, and taken away again it leaves everything as it was before it."""
    mentions, verdicts = case
    before = resolve(mentions, verdicts)
    extra = org("extra", "Extra")
    alone, joined, again = (
        resolve([*mentions, extra], [*verdicts, *more]) for more in ([], [verdict(mentions[0], extra, "same")], [])
    )
    assert joined.clusters[extra.id] is joined.clusters[mentions[0].id]
    assert parts(alone) == parts(again) == parts(before) | {frozenset({extra.id})}
    assert {m: alone.node(m) for m in before.clusters} == {m: before.node(m) for m in before.clusters}
    assert {m: alone.node(m) for m in alone.clusters} == {m: again.node(m) for m in again.clusters}


@settings(max_examples=10)
@given(LISTS, LISTS, st.booleans())
def test_added_records_keep_every_id_answering(old: list[Mention], new: list[Mention], before: bool) -> None:
    """After more was loaded, before or behind, every id that answered still answers; a new name for it is a merge."""
    fresh = [m for m in new if m.id not in {o.id for o in old}]
    first = resolve(old)
    second = resolve([*fresh, *old] if before else [*old, *fresh])
    for mention in old:
        cluster = first.clusters[mention.id]
        for id in (cluster.id, *cluster.former_ids):
            assert find(second, id).id == id or id in find(second, id).former_ids
        if find(second, cluster.id).id != cluster.id:
            assert {m.id for m in find(second, cluster.id).members} - {m.id for m in cluster.members}


def test_two_products_may_share_a_vulnerability() -> None:
    """A CVE names one flaw: it makes no two products one."""
    cve = ("cve:CVE-2023-34362",)
    flaws = [Mention.of("s", key, "Vulnerability", "flaw", "CVE-2023-34362", identifiers=cve) for key in "ab"]
    products = [
        Mention.of("s", name, "Software", "product", name, identifiers=cve) for name in ("Alderfile", "Bramblebox")
    ]
    found = resolve([*flaws, *products])
    assert found.clusters[flaws[0].id] is found.clusters[flaws[1].id]
    assert found.clusters[products[0].id] is not found.clusters[products[1].id]


@settings(max_examples=10)
@given(LISTS, LISTS)
def test_what_is_loaded_later_renames_nothing(old: list[Mention], new: list[Mention]) -> None:
    """With the ids that a build gave, older records that come in later take no id away, unless they merge or split two."""
    fresh = [m for m in new if m.id not in {o.id for o in old}]
    first = resolve(old)
    kept = given_ids(first, {c.id for c in first.clusters.values()})
    second = resolve([*fresh, *old], given=kept)
    for mention in old:
        before, after = first.clusters[mention.id], second.clusters[mention.id]
        if {m.id for m in before.members} - {m.id for m in after.members}:
            continue  # what came later shows that they are two
        assert find(second, before.id) is after
        alone = {first.clusters[m.id].id for m in after.members if m.id in first.clusters} == {before.id}
        curated = any(m.node_id for m in after.members)
        assert after.id == before.id or not alone or curated
    assert parts(second) == parts(resolve([*fresh, *old]))
    again = given_ids(second, {c.id for c in second.clusters.values()})
    assert again.items() >= {m: id for m, id in kept.items() if m in second.clusters}.items()


def test_later_load_revises_a_mention() -> None:
    """Of one mention in two loads, the later word goes first, and what it leaves out stays."""
    early = org("a", kind="hospital", aliases=("A",), identifiers=("npi:1",))
    late = org("a", kind="clinic", country=None, aliases=("B", "C"))
    (cluster,) = {id(c): c for c in resolve([early, late]).clusters.values()}.values()
    (mention,) = cluster.members
    assert (mention.kind, mention.country, mention.aliases, mention.identifiers) == (
        "clinic",
        "FR",
        ("B", "C"),
        ("npi:1",),
    )


def test_why_one() -> None:
    """`why` names the rule of every step between two mentions that are one."""
    a, b, c = org("a", identifiers=("npi:1",)), org("b", "Omega", identifiers=("npi:1",)), org("c", "Psi", "BE")
    d = org("d")
    judged_same = [verdict(b, c, "same")]
    identity = resolve([a, b, c, d], judged_same)
    said = " ".join(why(identity, judged_same, d.id, c.id))
    assert "are one" in said
    for words in (
        "Both are named “Alpha Clinic”, in FR",
        "identifier npi:1",
        "judged the same by an editor",
        "looked it up",
    ):
        assert words in said
    assert why(identity, judged_same, own(a), own(c))[0].endswith(f"are one: {own(a)}, 4 mentions.")


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ({}, {"name": "Omega"}, "little in common"),
        ({}, {"country": "BE"}, "two countries"),
        ({"name": "Memorial Hospital"}, {"name": "Memorial Hospital", "country": None}, "only common words in common"),
        ({"kind": "hospital"}, {"kind": "company"}, "two kinds"),
        ({}, {"name": None}, "has no name in its sources"),
        (
            {"identifiers": ("domain:a.example",)},
            {"name": "Omega", "identifiers": ("domain:a.example",)},
            "evidence only",
        ),
        ({}, {"name": "Alpha Clinic Foundation"}, "One is a foundation"),
    ],
)
def test_why_two(left: dict[str, Any], right: dict[str, Any], words: str) -> None:
    """`why` says what keeps two mentions apart."""
    a, b = org("a", **left), org("b", **right)
    said = why(resolve([a, b]), (), a.id, b.id)
    assert said[0] == f"{a.id} and {b.id} are two: {own(a)} and {own(b)}."
    assert words in " ".join(said)


def test_why_two_for_other_reasons() -> None:
    """`why` gives a verdict, another label, an unknown kind among several, and the rule for incidents."""
    a, b = org("a"), org("b")
    apart = [verdict(a, b, "different")]
    assert "Judged different by an editor on 2024-01-01 (looked it up)." in why(
        resolve([a, b], apart), apart, a.id, b.id
    )
    software = Row("c").thing("Software", "Alpha Clinic")
    assert "Organisation and Software" in " ".join(why(resolve([a, software]), (), a.id, software.id))
    kinds = [org("a", kind="hospital"), org("b", kind="company"), org("c")]
    assert "no third tells them apart" in " ".join(why(resolve(kinds), (), kinds[0].id, kinds[2].id))
    incidents = [Row(key).thing("Incident", "The breach") for key in "ab"]
    assert "does not join two of Incident" in " ".join(why(resolve(incidents), (), incidents[0].id, incidents[1].id))


def test_why_of_an_unknown_id() -> None:
    """An id that nothing has is said to be unknown."""
    with pytest.raises(UsageError, match="org-nobody"):
        why(resolve([org("a")]), (), "org-nobody", org("a").id)
