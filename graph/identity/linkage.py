"""The organisations of a workspace: which mentions the model joins, which pairs a person should see, which are barred.

Mentions that say the same of one body (names, place, kind, domain) are one subject. Subjects that share a key are scored
(`model`) and decided (`organisations`). Joined are pairs from `merge` on, the surest first. Barred are pairs that words
or places tell apart: no third mention may join them. A subject that fits two barred ones equally well joins neither.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from outbreach.graph.identity.decision import Decision
from outbreach.graph.identity.keys import keys
from outbreach.graph.identity.likeness import likeness
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.model import Score, Subject, score, subject
from outbreach.graph.identity.organisations import CARE, decide
from outbreach.graph.identity.words import REGIONAL
from outbreach.graph.records.record import Mention


@dataclass(frozen=True, slots=True)
class Joined:
    """A pair of mentions, and how it was decided."""

    left: str
    right: str
    decision: Decision


@dataclass(slots=True)
class Linkage:
    """What is joined, best first; what is in doubt, best first; and who is barred from whom."""

    joined: list[Joined] = field(default_factory=list)
    doubts: list[Joined] = field(default_factory=list)
    barred: dict[str, dict[str, str]] = field(default_factory=dict)
    """By mention id: those it is never joined to, and why."""


def linkage(mentions: Iterable[Mention]) -> Linkage:
    """Decide the named organisations among the mentions; the order in which they come does not matter."""
    found = Linkage()
    subjects = subjects_of(mentions, found)
    by_id = {one.id: one for one in subjects}
    same: list[Joined] = []
    for pair in score(subjects):
        left, right = by_id[pair.left], by_id[pair.right]
        _place(found, same, left, right, _decided(left, right, pair))
    kept = sorted(same, key=lambda j: (-j.decision.score, j.left, j.right))
    torn = _torn(kept, found.barred)
    found.joined += [j for j in kept if (j.left, j.right) not in torn]
    found.doubts += [j for j in kept if (j.left, j.right) in torn]
    found.doubts.sort(key=lambda j: (-j.decision.score, j.left, j.right))
    return found


def subject_of(mention: Mention) -> Subject:
    """What is compared of a mention."""
    names = tuple(dict.fromkeys(name for name in (mention.name, *mention.aliases) if name))
    return subject(mention.id, names, mention.country, mention.region, mention.kind, mention.identifiers)


def kinds_agree(left: str | None, right: str | None) -> bool:
    """Whether two kinds may be one body's: an unknown kind, or *care provider*, may be a more special one."""
    if left is None or right is None or left == right:
        return True
    special = {left, right} - {"care_provider"}
    return (len(special) == 1 and special <= CARE) or special == {"hospital", "hospital_group"}


def subjects_of(mentions: Iterable[Mention], found: Linkage) -> list[Subject]:
    """One subject for all mentions that say the same; those of a common name in an unknown place stay single."""
    groups: dict[tuple[object, ...], Subject] = {}
    single: list[Subject] = []
    for mention in sorted(mentions, key=lambda m: m.id):
        if mention.label != "Organisation" or not mention.name:
            continue
        made = subject_of(mention)
        key = (made.names, made.country, made.region, made.kind, made.domain)
        if key in groups:
            alike = Decision("same", 0.999, f"Both are named “{mention.name}”, {_where(made)}.")
            found.joined.append(Joined(groups[key].id, mention.id, alike))
        elif _placed(made) or likeness(made.names[0], made.names[0]).rarest >= lines().rare[0]:
            groups[key] = made
        else:
            single.append(made)
    return keyed([*groups.values(), *single])


def keyed(subjects: Iterable[Subject]) -> list[Subject]:
    """The subjects with their keys; a key that too many share is narrowed to the place, or dropped where that is not enough."""
    found = [(one, keys(one.names, one.domain)) for one in subjects]
    initials = _initials(found)
    found = [(one, tuple(key for key in listed if not key.startswith("n:"))) for one, listed in found]
    often = Counter(key for _, listed in found for key in listed)
    narrow = {
        (one.id, key): f"{key}@{one.region or one.country}"
        for one, listed in found
        for key in listed
        if often[key] > _largest(key)
    }
    still = Counter(narrow.values())
    kept = []
    for one, listed in found:
        own = (narrow.get((one.id, key), key) for key in listed)
        few = tuple(key for key in own if still[key] <= _largest(key))
        kept.append(replace(one, keys=(*few, *initials.get(one.id, ()))))
    return kept


def _largest(key: str) -> int:
    """How many may share a key."""
    return lines().largest_word_block if key[0] in "wp" else lines().largest_block


def _initials(found: Iterable[tuple[Subject, tuple[str, ...]]]) -> dict[str, list[str]]:
    """By subject, a key for each long name and letters that are its initials: two long names share those by chance."""
    letters: dict[str, list[Subject]] = {}
    spelled: dict[str, list[Subject]] = {}
    for one, listed in found:
        for key in listed:
            if key.startswith("i:"):
                letters.setdefault(key[2:], []).append(one)
            elif key.startswith("n:"):
                spelled.setdefault(key[2:], []).append(one)
    made: dict[str, list[str]] = {}
    for run in sorted(letters.keys() & spelled.keys()):
        pairs = [(x, y) for x in letters[run] for y in spelled[run] if x.id != y.id and _may_be_near(x, y)]
        if len(pairs) > lines().largest_block ** 2:
            pairs = [(x, y) for x, y in pairs if x.region and x.region == y.region]
        for x, y in pairs:
            key = f"n:{x.id}:{y.id}"
            made.setdefault(x.id, []).append(key)
            made.setdefault(y.id, []).append(key)
    return made


def _may_be_near(x: Subject, y: Subject) -> bool:
    """Whether no two places of theirs are known to differ."""
    if x.region and y.region:
        return x.region == y.region
    return not x.country or not y.country or x.country == y.country


def _placed(one: Subject) -> bool:
    return bool(one.region or (one.country and one.country not in REGIONAL))


def _where(one: Subject) -> str:
    return f"in {one.place}" if one.place else "the place of both unknown"


def _decided(left: Subject, right: Subject, pair: Score) -> Decision:
    """As `compare` decides, but kinds that differ are never one body."""
    decision = decide(left, right, pair, brief=True)
    if decision.verdict == "same" and not kinds_agree(left.kind, right.kind):
        return Decision("unsure", decision.score, f"{decision.reason} The kinds differ: {left.kind}, {right.kind}.")
    return decision


def _place(found: Linkage, same: list[Joined], left: Subject, right: Subject, decision: Decision) -> None:
    joined = Joined(left.id, right.id, decision)
    sure = decision.verdict == "same" and decision.score >= lines().merge
    two_places = bool(left.region and right.region and left.region != right.region)
    apart = decision.verdict in ("different", "related") or (two_places and not sure)
    if apart or not kinds_agree(left.kind, right.kind):
        found.barred.setdefault(left.id, {})[right.id] = decision.reason
        found.barred.setdefault(right.id, {})[left.id] = decision.reason
    if sure:
        same.append(joined)
    elif decision.verdict in ("same", "unsure"):
        found.doubts.append(joined)


def _torn(same: list[Joined], barred: Mapping[str, Mapping[str, str]]) -> set[tuple[str, str]]:
    """Pairs of a subject that fits two which are barred from each other, neither much better than the other."""
    partners: dict[str, list[tuple[float, str]]] = {}
    for joined in same:
        partners.setdefault(joined.left, []).append((joined.decision.score, joined.right))
        partners.setdefault(joined.right, []).append((joined.decision.score, joined.left))
    torn: set[tuple[str, str]] = set()
    for one, listed in partners.items():
        for at, other in listed:
            rivals = [better for better, third in listed if third in barred.get(other, ())]
            if rivals and max(rivals) > at - lines().margin:
                torn.add((min(one, other), max(one, other)))
    return torn
