"""Whether two names are one organisation: the model's probability, and what words and places forbid."""

from collections.abc import Sequence
from itertools import pairwise

from outbreach.graph.identity.decision import Decision
from outbreach.graph.identity.grade import Grade
from outbreach.graph.identity.likeness import Likeness, likeness
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.model import Score, Subject, score, subject
from outbreach.graph.identity.name import domain_in
from outbreach.graph.identity.pairs import Pair, Side
from outbreach.graph.identity.strong import shared_identifier
from outbreach.graph.identity.words import REGIONAL, bits, everyday, is_coined, listed, names_one, states

DIFFERENT_BY = {"number": "other numbers", "direction": "other directions", "kind": "other kinds of body"}
"""What makes two bodies of one name two, that have nothing to do with each other by this."""
_RELATED_BY = {
    "foundation": "a foundation", "school": "a school", "university": "a university", "department": "a department",
    "county": "a county", "city": "a city", "state": "a state", "plan": "a plan or insurer", "district": "a district",
    "place": "another place", "unit": "a part of it", "arm": "an arm of it", "beside": "one for which the other speaks",
}  # fmt: skip


def compare_organisations(pairs: Sequence[Pair]) -> list[Decision]:
    """A decision for each pair, in order."""
    subjects = [
        _subject(f"{i:08}{at}", side)
        for i, pair in enumerate(pairs)
        for at, side in (("l", pair.left), ("r", pair.right))
    ]
    scores = score(subjects, [(a.id, b.id) for a, b in zip(subjects[::2], subjects[1::2], strict=True)])
    return [
        decide(left, right, found, shared_identifier(pair.left.identifiers, pair.right.identifiers))
        for pair, left, right, found in zip(pairs, subjects[::2], subjects[1::2], scores, strict=True)
    ]


def compare_sides(left: Side, right: Side) -> Decision:
    """A decision on one pair."""
    return compare_organisations([Pair("1", left, right)])[0]


def _subject(id: str, side: Side) -> Subject:
    return subject(id, (side.name or "",), side.country, side.region, side.kind, side.identifiers)


def decide(left: Subject, right: Subject, found: Score, identifier: str | None = None, brief: bool = False) -> Decision:
    """What is decided of two, out of the model's score and of what words and places forbid.

    `brief` leaves the reason short where they are not the same: a build asks of very many.
    """
    if identifier:
        return Decision("same", 0.999, f"Both have the identifier {identifier}.")
    alike = likeness(left.spelling, right.spelling, frozenset((left.place, right.place)))
    if _one_of_a_kind(left, right, alike):
        return Decision("same", lines().same, f"{_said(alike)} They are of one kind and one rare name. ")
    verdict, why = _forbidden(alike) or _by_score(found.probability)
    if verdict == "same" and (doubt := _doubt(left, right, alike)):
        verdict, why = "unsure", doubt
    probability = found.probability if verdict in ("same", "unsure") else min(found.probability, lines().different)
    if verdict == "same" and _by_name_alone(left, right, alike):
        probability = min(probability, lines().merge - lines().margin)  # enough to answer, not to join unasked
    if brief and verdict in ("different", "related"):
        return Decision(verdict, round(probability, 3), why or "They have too little in common. ")
    return Decision(verdict, round(probability, 3), f"{_said(alike)} {why}{_waterfall(found)}")


def is_settled(left: Subject, right: Subject) -> bool:
    """Whether words and places decide on two, or leave them to a person, whatever the model says."""
    alike = likeness(left.spelling, right.spelling, frozenset((left.place, right.place)))
    return bool(_forbidden(alike) or _doubt(left, right, alike))


def _by_score(probability: float) -> tuple[str, str]:
    if probability >= lines().same:
        return "same", ""
    if probability < lines().different:
        return "different", ""
    return "unsure", "It is for a person to say. "


def _forbidden(alike: Likeness) -> tuple[str, str] | None:
    """The verdict that words force whatever the score, and why."""
    if alike.grade is Grade.REWORDED:
        return "unsure", "Each has a word of its own. "
    if alike.grade is not Grade.PART:
        return None
    if alike.relation in DIFFERENT_BY:
        return "different", f"They have {DIFFERENT_BY[alike.relation]}. "
    if alike.rarest < lines().enough:
        return "different", "Too little is in common. "
    return "related", f"One is {_RELATED_BY.get(alike.relation, alike.relation + ' of the other')}. "


def _one_of_a_kind(left: Subject, right: Subject, alike: Likeness) -> bool:
    """Whether they differ by words that say of what kind both are: `Excellus Health Plan`, `Excellus BlueCross BlueShield`."""
    if left.kind != right.kind or left.kind not in OWN_WORDS or alike.rarest < lines().rare[1]:
        return False
    said = {*alike.left, *alike.right} <= listed(OWN_WORDS[left.kind])
    there = left.region == right.region if left.region and right.region else any(map(is_coined, alike.shared))
    return said and there and alike.grade is not Grade.LETTERS and bool(left.country and left.country == right.country)


def _doubt(left: Subject, right: Subject, alike: Likeness) -> str:  # noqa: PLR0911, PLR0912  a reason each
    """Why two whose names are alike are for a person to tell, where they are: empty where nothing speaks against them."""
    placed = bool(left.region and left.region == right.region)
    countries, regions = {left.country, right.country} - {None}, {left.region, right.region} - {None}
    if alike.grade is Grade.LETTERS:
        near = placed or (left.country and left.country == right.country and left.country not in REGIONAL)
        return "" if near else _few_letters(alike, _is_domain(left) or _is_domain(right))
    common = alike.rarest < lines().rare[0] and alike.bits < 2 * lines().rare[0]
    if common and not (left.country and right.country) and not _same_common(alike):
        return "The name is common, and the place of one is unknown. "
    if left.domain and left.domain == right.domain:
        return ""
    if alike.bits < lines().enough and not placed and alike.grade < Grade.EQUAL:
        return "Too little is in common to say so. "
    shared = alike.shared
    short = len(shared) == 1 and len(shared[0]) < 5
    named = any(names_one(word) for word in shared)
    own = [word for before, word in pairwise(("", *shared)) if names_one(word) and "saint" not in (before, word)]
    saint = "saint" in shared and not own
    coined = any(map(is_coined, own))
    made_up = coined or any(
        len(word) == 4 and word not in everyday() and bits(word) >= lines().rare[2] for word in shared
    )
    known = bool(left.country and right.country)
    if short and not known and not (len(shared[0]) == 4 and made_up and alike.grade is Grade.EQUAL):
        return "The name is short: several may bear it. "
    if saint and not placed and left.country not in (None, "FR"):
        return "Many bear a saint's name, and the place of one is unknown. "
    if len(regions) == 2:
        named = made_up or bool(alike.stated)
        branch = alike.alias and {left.kind, right.kind} <= LOCAL  # a trade name that others bear in their state
        home = branch or alike.rarest < lines().rare[2] or _at_home(left, right, short and not made_up, named)
        return "They are in two regions, and only the name speaks for one. " if home else ""
    if len(countries) == 2:
        business = left.kind == right.kind == "company"
        return "" if coined and business else "They are in two countries, and only the name speaks for one. "
    if alike.relation == "place":
        return "One adds a place, which may be a site's. "
    if alike.grade < Grade.SPELLED and "university" in (left.kind, right.kind) and {left.kind, right.kind} & CARE:
        return "One is a university, the other treats. "
    if alike.grade < Grade.SPELLED and _insurer_and_carer(left, right, alike):
        return "One is an insurer, the other treats. "
    if alike.relation == "sited" and not placed and (not coined or (left.country == "FR" and not _french_house(alike))):
        return "One adds a place, and the place of the other is unknown. "
    if alike.relation == "sited" and not placed and {*alike.left, *alike.right} & states().keys():
        return "One is of a state, as a group's members are. "
    if alike.relation == "sited" and not placed and "insurer" in (left.kind, right.kind):
        return "One is of a place, as a group's plans are. "
    small = bool(left.country and left.country == right.country and left.country not in REGIONAL | {"FR"})
    if not placed and not small and alike.grade < Grade.SPELLED and not coined and shared:
        return "Only everyday words are in common, and the place of one is unknown. "
    bare = left.country == "FR" or (len(shared) < _FEW and not _nameless(alike))
    if not placed and shared and not named and bare:
        return "No word in common names one body, and the place of one is unknown. "
    if not known and len(shared) == 1 and not coined and not made_up and alike.rarest < lines().rare[2]:
        return "One everyday word is in common, and the place of one is unknown. "
    return ""


def _insurer_and_carer(left: Subject, right: Subject, alike: Likeness) -> bool:
    """Whether one is an insurer, and what the other adds says that it treats."""
    sides = ((left, right, alike.right), (right, left, alike.left))
    return any(
        one.kind == "insurer" and other.kind != "insurer" and not listed("treats").isdisjoint(added)
        for one, other, added in sides
    )


def _is_domain(one: Subject) -> bool:
    """Whether a body is named by a domain and no words."""
    return " " not in one.names[0] and domain_in(one.names[0]) is not None


def _by_name_alone(left: Subject, right: Subject, alike: Likeness) -> bool:
    """Whether one short or everyday word, though a rare one, or a common name is all that speaks for one body."""
    placed = bool(left.region and left.region == right.region)
    if (_same_common(alike) and not (left.country and right.country)) or (_nameless(alike) and not placed):
        return True
    known = bool(left.country and right.country) or bool(left.domain and left.domain == right.domain)
    if alike.grade is Grade.LETTERS:
        return not placed and alike.bits < lines().letters[2]
    if alike.relation == "elsewhere":  # a word of the one's dba stands in its legal name alone
        return True
    if alike.relation == "sited" and (not placed or "insurer" in (left.kind, right.kind)):
        return True
    if alike.grade < Grade.SPELLED and alike.rarest < lines().rare[1] and not any(map(is_coined, alike.shared)):
        return True
    return not known and len(alike.shared) == 1 and not (is_coined(alike.shared[0]) and alike.grade >= Grade.SPELLED)


def _same_common(alike: Likeness) -> bool:
    """Whether two have one name of several common words: enough to answer where a place is unknown, not to join unasked."""
    return alike.grade is Grade.EQUAL and len(alike.shared) > 1 and alike.rarest < lines().rare[0]


def _french_house(alike: Likeness) -> bool:
    """Whether a hospital, a clinic or a home has a name of its own that hardly another has: with its town, it is the same."""
    houses = listed("public_hospitals") | listed("french_houses")
    return alike.rarest >= lines().rare[2] and not houses.isdisjoint(alike.shared)


def _nameless(alike: Likeness) -> bool:
    """Whether two have one short name, of a rare word that says only where or of what kind: likewise."""
    bare = 0 < len(alike.shared) < _FEW and not any(map(names_one, alike.shared))
    return bare and alike.grade is Grade.EQUAL and alike.rarest >= lines().rare[1]


_FEW = 4
"""Words below which a name says little if none of them is a body's own."""


def _at_home(left: Subject, right: Subject, short: bool, coined: bool) -> bool:
    """Whether two of one name in two regions are likely two: bodies that stand in one place, or names of everyday words."""
    return short or not coined or left.country == "FR" or (left.kind in SITES and right.kind in SITES)


def _few_letters(alike: Likeness, domain: bool) -> str:
    """Whether the letters are too few to be one body's; a domain, which only one has, may be shorter than a name."""
    enough = alike.bits >= (lines().letters[1] if domain else lines().letters[2])
    return "" if enough else "Many names give such letters, and the place of one is unknown. "


OWN_WORDS = {"insurer": "plan_words", "pharmacy": "pharmacy_words", "laboratory": "laboratory_words"}
"""Kinds of body, and the list of the words by which one's names differ."""
CARE = frozenset({"care_provider", "hospital", "hospital_group", "clinic", "laboratory", "pharmacy"})
"""Kinds that a source which says no more than “care provider” may mean."""
SITES = frozenset({"hospital", "school", "university", "public_body", "health_authority"})
LOCAL = CARE | {"health_authority", "school", "university", "public_body"}
"""Kinds of body that is at home in one region."""


def _said(alike: Likeness) -> str:
    """What is alike and what is not, in a sentence."""
    shared = f"In common: “{' '.join(alike.shared)}”" if alike.shared else f"{alike.grade.name.capitalize()}"
    if alike.stated:
        return f"A source states that both are names of one body ({alike.stated})."
    rest = [" ".join(words) for words in (alike.left, alike.right)]
    over = f"; left over: “{rest[0]}” and “{rest[1]}”" if any(rest) else ""
    return f"{shared}{' by another name of one' if alike.alias else ''}{over}."


def _waterfall(found: Score) -> str:
    """How the score comes about, in bits."""
    parts = [f"{name} {bits:+.1f} ({label})" if label else f"{name} {bits:+.1f}" for name, label, bits in found.weights]
    return "Bits: " + ", ".join(parts) + "."
