"""Role phrases of a sentence, “its former business associate (BA)”, and who is named beside each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from outbreach.graph.text.portal.body import Body, bodies
from outbreach.graph.text.portal.pattern import patterns
from outbreach.graph.text.portal.sentence import Sentence

ENTITY, ASSOCIATE, SUB, VENDOR, PARENT = (
    "covered entity",
    "business associate",
    "subcontractor",
    "vendor",
    "parent company",
)
_BETWEEN = 60


@dataclass(slots=True)
class Role:
    """A role phrase: what it calls, in which words, whose it is, and who is named beside it. Places are of the text."""

    kind: str
    start: int
    end: int
    words: str
    determined: bool
    plural: bool
    owner: "str | None" = None
    """ENTITY or ASSOCIATE where the phrase says whose: “the BA’s subcontractor”."""
    bodies: tuple[Body, ...] = ()
    named_after: bool = False
    """Its name stands after it, “its vendor, X”, and not before."""
    of: "Role | None" = None
    of_bodies: tuple[Body, ...] = ()
    after: bool = False
    bare: bool = False
    """“a contractor”, which may be one person as well as a firm."""
    firm: bool = False
    """A firm of a general kind, “a billing company”, and not said to be anybody’s."""
    """It came after the breach to help with it, or is spoken of in general."""
    own: bool = False
    """“its”, “their”: somebody’s in the sentence."""


def roles(text: str, sentence: Sentence, filer: str | None = None) -> tuple[list[Role], list[Body]]:
    """The role phrases of a sentence with their names, and the names that no role has."""
    found = sorted(_phrases(sentence), key=lambda role: role.start)
    if all(role.kind == ENTITY for role in found) and patterns().afterwards.search(sentence.text):
        return found, []  # what the covered entity did afterwards: nobody is named by role there
    names = [b for b in bodies(text, sentence, filer) if not any(r.start < b.end and b.start < r.end for r in found)]
    free = list(names)
    for role in found:
        _name_after(text, role, found, free)
    for role in found:
        if not role.bodies:
            _name_before(text, role, found, free)
    for role, following in pairwise(found):
        _relate(text, role, following)
    for role in found:
        if not role.bodies and role.kind != ENTITY and re.search(r"\bas\s+$", text[sentence.start : role.start]):
            _subject(role, found, free)
        _give_back(role)
    for role in found:
        _owners_named(text, role, free)
    _name_after_owner(text, found, free)
    return found, free


def _phrases(sentence: Sentence) -> list[Role]:
    known, found = patterns(), []
    for match in known.role.finditer(sentence.text):
        kind = next(k for group, k in _KINDS.items() if match[group])
        owner = match["owner"]
        whose = None if not owner else ENTITY if re.search("entit|CE", owner, re.IGNORECASE) else ASSOCIATE
        head = next(match[group] for group in _KINDS if match[group])
        phrase = re.sub(r"\s+", " ", f"{match['mods']}{head}").strip()
        role = Role(
            kind, sentence.start + match.start(), sentence.start + match.end(), phrase,
            determined=bool(owner or _whose(match)), plural=bool(re.search(r"(?:[^s]s|ies)$", head)), owner=whose,
        )  # fmt: skip
        role.own = _whose(match) in _OWN
        role.firm = bool(match["qualified"]) and not _somebodys(match, phrase)
        role.after = kind != PARENT and _helper(sentence, match, phrase)
        role.bare = bool(re.fullmatch(r"(?:former |temporary |contract )*(?:contractor|consultant)s?", phrase))
        found.append(role)
    taken = [(role.start, role.end) for role in found]
    for match in known.covered_entity.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if not any(s < end and start < e for s, e in taken):
            plural = bool(re.search(r"ies\b|CEs\b", match[0]))
            found.append(Role(ENTITY, start, end, "covered entity", True, plural))
    return found


_KINDS = {"associate": ASSOCIATE, "sub": SUB, "vendor": VENDOR, "qualified": VENDOR, "parent": PARENT}


_OWN = {"its", "it’s", "it's", "it", "their"}


def _whose(match: re.Match[str]) -> str:
    return (match["det"] or "").strip().lower()


def _somebodys(match: re.Match[str], phrase: str) -> bool:
    det = _whose(match)
    return bool(match["owner"]) or det in _OWN or det.startswith("one of") or bool(patterns().whose_firm.search(phrase))


def _helper(sentence: Sentence, match: re.Match[str], phrase: str) -> bool:
    """It was brought in afterwards, as a forensics firm, or a new vendor."""
    known = patterns()
    if known.responders.search(phrase):
        return True
    before, after = sentence.text[: match.start()], sentence.text[match.end() :]
    if known.not_involved_before.search(before) or known.not_involved_after.match(after):
        return True
    hired = known.hired_after.search(sentence.text, 0, match.start())
    return bool(hired and known.afterwards.search(sentence.text))


def _name_after(text: str, role: Role, found: Sequence[Role], free: list[Body]) -> None:
    """“its business associate (BA), Iron Mountain”; of several roles, “the business associates (BAs) X and Y”."""
    if role.kind == PARENT and text[role.end : role.end + 1] not in {",", " "}:
        return
    body = next((b for b in free if b.start >= role.end), None)
    if body is None or any(role.end <= other.start < body.start for other in found):
        return
    between = text[role.end : body.start]
    if len(between) > _BETWEEN or not patterns().role_then_name.fullmatch(between):
        return
    possessive = r"[’']s?\b" if role.kind == ENTITY else r"[’']s?\s*$"
    if re.search(possessive, text[role.start : role.end]) and "," not in between:
        return  # “the CE’s Medicare plan” names nobody
    if role.kind == ENTITY and body.possessive:
        return  # “the covered entity (CE), Ultra Stores, Inc.’s health plan” is not Ultra Stores
    if not between.strip(" ,") and "," not in between and not role.determined and role.kind == ENTITY:
        return
    group = [body]
    if role.plural:
        group = _group(text, body, free)
    for member in group:
        if member in free:
            free.remove(member)
    role.bodies = tuple(_halves(text, group) if role.plural else group)
    role.named_after = True


def _group(text: str, body: Body, free: Sequence[Body]) -> list[Body]:
    """A list of names: X, Y and Z."""
    group = [body]
    for other in free:
        if other.start > group[-1].end and re.fullmatch(
            r"\s*,?\s*(?:and|&|or)?\s*(?:the\s+)?", text[group[-1].tail : other.start]
        ):
            group.append(other)
    return group


def _halves(text: str, group: Sequence[Body]) -> list[Body]:
    """“Facebook and Google”, which a name alone might be, is two where the role is plural."""
    found = []
    for body in group:
        place = body.start
        pieces = re.split(r"\s+and\s+", body.text) if len(group) == 1 else [body.text]
        for piece in pieces:
            start = text.index(piece, place)
            place = start + len(piece)
            last = piece == pieces[-1]
            found.append(Body(piece, start, place, body.tail if last else place, body.aliases if last else ()))
    return found


def _name_before(text: str, role: Role, found: Sequence[Role], free: list[Body]) -> None:
    """“Iron Mountain, its business associate (BA)”, “Iron Mountain (BA)”."""
    body = next((b for b in reversed(free) if b.tail <= role.start), None)
    if (
        body is None
        or (body.possessive and text[body.tail : role.start].strip() != "(")
        or any(body.tail <= other.start < role.start for other in found)
    ):
        return
    between = text[body.tail : role.start]
    if len(between) > _BETWEEN or not patterns().name_then_role.fullmatch(between):
        return
    inc = body.text.endswith(".") and role.determined
    if (
        not between.strip()
        and not inc
        and not (text[role.start : role.end].strip('“”"() ') in {"BA", "CE"} and "(" in text[role.start - 2 : role.end])
    ):
        return  # “a Tennova Cardiology business associate” is not its name
    whose = between.strip() == "," and re.match(r"\s*(?:\(BAs?\)\s*)?(?:of|to|for)\b", text[role.end :])
    if not role.determined and not whose and not re.search(r"[(]\s*\W?$|\b(?:is|was|as)\s+$", between):
        return
    free.remove(body)
    role.bodies = tuple(_halves(text, [body])) if role.plural else (body,)


def _relate(text: str, role: Role, following: Role) -> None:
    """“a subcontractor of its business associate”; “the software vendor and business associate”."""
    end = role.bodies[-1].tail if role.named_after else role.end
    if patterns().owned_by.fullmatch(re.sub(r"^\)", "", text[end : following.start])):
        role.of = following
    joint = text[role.end : following.start].strip()
    if joint in {"and", "and a", "and the"} and ENTITY not in {role.kind, following.kind}:
        role.bodies, following.bodies = role.bodies or following.bodies, following.bodies or role.bodies


def _give_back(role: Role) -> None:
    """“The business associate (BA) of several covered entities, X, reported …”: X is no covered entity."""
    of = role.of
    if of is not None and not role.bodies and of.kind == ENTITY and of.plural and len(of.bodies) == 1:
        role.bodies, of.bodies, role.named_after = of.bodies, (), True


def _subject(role: Role, found: Sequence[Role], free: list[Body]) -> None:
    """“Medical Management LLC provides billing services as a business associate”."""
    body = next((b for b in reversed(free) if b.tail <= role.start), None)
    if body is not None and not body.possessive and not any(body.tail <= other.start < role.start for other in found):
        role.bodies = (body,)
        free.remove(body)


def _owners_named(text: str, role: Role, free: list[Body]) -> None:
    """“a business associate (BA) of Blue Care Network”, “Goshen Health System’s business associate (BA)”."""
    if role.kind in {ENTITY, PARENT}:
        return
    after = next((b for b in free if b.start >= role.end), None)
    if (
        after is not None
        and len(text[role.end : after.start]) <= _BETWEEN
        and patterns().owned_by.fullmatch(text[role.end : after.start])
    ):
        role.of_bodies = (after,)
        free.remove(after)
        return
    before = next((b for b in reversed(free) if b.end <= role.start), None)
    if (
        before is not None
        and not text[before.tail : role.start].strip()
        and (before.possessive or role.start - before.end <= 1)
    ):
        role.of_bodies = (before,)
        free.remove(before)


def _name_after_owner(text: str, found: Sequence[Role], free: list[Body]) -> None:
    """“A business associate of the covered entity (CE), X, Y, misconfigured …”: Y is the associate."""
    for role in found:
        if role.bodies or role.of is None or not role.of.bodies or role.kind == ENTITY:
            continue
        owner = role.of.bodies[-1]
        body = next((b for b in free if b.start >= owner.tail), None)
        if (
            body is not None
            and re.fullmatch(r"\s*,\s*", text[owner.tail : body.start])
            and text[body.tail : body.tail + 1] == ","
        ):
            role.bodies = (body,)
            free.remove(body)
