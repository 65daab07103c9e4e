"""A breach portal’s description in English, read: which suppliers it names, whose they are, and in which words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from outbreach.graph.names import normalise
from outbreach.graph.text.portal.body import Body, bodies
from outbreach.graph.text.portal.pattern import patterns
from outbreach.graph.text.portal.role import ASSOCIATE, ENTITY, PARENT, SUB, VENDOR, Role, roles
from outbreach.graph.text.portal.sentence import Sentence, around, sentences


@dataclass(frozen=True, slots=True)
class Supplier:
    """A body that supplied the covered entity, or its supplier; `name` is None where the text does not name it."""

    name: str | None
    role: str
    """business associate, subcontractor, parent company, or the text’s own words: mailing vendor, law firm."""
    level: int
    """1 supplies the covered entity, 2 a supplier of it."""
    aliases: tuple[str, ...]
    words: str
    """What the text calls it: “its business associate (BA)”."""
    quote: str
    offset: int
    clients: tuple[str, ...] = ()
    """Whom it is said to supply, by name."""
    named_in: tuple[str, int] | None = None
    """The words, and their place, that give the name in full where the quote abbreviates it."""
    origin: tuple[str, int] | None = None
    """The words, and their place, that say that the breach began with it: its systems, its staff, its mailing."""
    at: int = 0
    """Where its name stands, or the words that call it where it has none."""


@dataclass(frozen=True, slots=True)
class Link:
    """One body in a chain of supply, from the client to the last subcontractor; no name where the text gives none."""

    name: str | None
    role: str
    quote: str | None
    offset: int | None


@dataclass(frozen=True, slots=True)
class Description:
    """What a description says of suppliers; principal first, those without a name last."""

    suppliers: tuple[Supplier, ...]
    entities: tuple[str, ...]
    """The bodies that it calls covered entities, by name."""
    speaks_of_entity: bool = False
    """It speaks of a covered entity, by name or not."""
    reporter: str | None = None
    """The named body that it tells of first, and says to have reported or suffered the breach."""

    @property
    def named(self) -> tuple[Supplier, ...]:
        """The suppliers that have a name."""
        return tuple(s for s in self.suppliers if s.name)

    @property
    def unnamed(self) -> tuple[Supplier, ...]:
        """The suppliers that it speaks of and does not name."""
        return tuple(s for s in self.suppliers if not s.name)

    def chain(self, filer: str | None = None) -> tuple[Link, ...]:
        """From the client over its supplier to a named supplier of that one; empty where there is none such.

        The client is whom the text names as such, else the filer, unless the filer is a supplier itself.
        """
        first = next((s for s in self.suppliers if s.level == 1), None)
        further = [s for s in self.named if s.level == 2]
        if not further:
            return ()
        links = [Link(s.name, s.role, s.quote, s.offset) for s in ([first] if first else []) + further]
        client = next(iter((*(first.clients if first else ()), *self.entities)), None)
        if (
            client is None
            and filer is not None
            and not any(s.name and same_body(s.name, filer) for s in self.suppliers)
        ):
            client = filer
        return (*([Link(client, ENTITY, None, None)] if client else []), *links)


def same_body(left: str, right: str) -> bool:
    """Two names that one text may use for one body: one holds the words of the other."""
    a, b = (set(normalise(name).split()) - {"the", "of", "and", "inc", "llc", "pc", "for"} for name in (left, right))
    return bool(a and b) and (a <= b or b <= a or fuzz.ratio(normalise(left), normalise(right)) >= 88)


def read_description(text: str, filer: str | None = None) -> Description:
    """The suppliers that a description names or speaks of; `filer` is the name of who filed the report."""
    spoken: list[tuple[Sentence, Role]] = []
    short: dict[str, Body] = {}
    for sentence in sentences(text):
        if patterns().worth.search(sentence.text):
            found, free = roles(text, sentence, filer)
            for body in (*free, *(b for role in found for b in role.bodies)):
                short |= {alias: body for alias in body.aliases if alias.isupper()}
            spoken += [(sentence, role) for role in found]
    entities = tuple(dict.fromkeys(b.text for _, r in spoken if r.kind == ENTITY for b in r.bodies if not b.person))
    if any(b.text.isupper() and b.text not in short for _, role in spoken for b in role.bodies):
        short = {**_defined(text, filer), **short}
    for _, role in spoken:
        role.bodies = tuple(_in_full(body, short) for body in role.bodies)
    named = _named(text, spoken, filer)
    unnamed = _unnamed(text, spoken, named)
    named, unnamed = (_with_origins(text, spoken, suppliers) for suppliers in (named, unnamed))
    return Description((*named, *unnamed), entities, any(r.kind == ENTITY for _, r in spoken), _reporter(text, spoken))


_REPORTS = re.compile(
    r"[^a-z]{0,12}(?:\(?BA\)?|\(?CE\)?|the covered entity|the business associate|[\s,()“”])*(?:has |also )?(?:reported|submitted|filed)\b"
)


def _defined(text: str, filer: str | None) -> dict[str, Body]:
    """What the text’s abbreviations stand for, wherever it says so: “Equalize Revenue Cycle Management (ERCM)”."""
    named = (body for sentence in sentences(text) if "(" in sentence.text for body in bodies(text, sentence, filer))
    return {alias: body for body in named for alias in body.aliases if alias.isupper()}


def _in_full(body: Body, short: dict[str, Body]) -> Body:
    """“CNE”, where the text has said that it stands for Care New England Health System."""
    full = short.get(body.text)
    return replace(body, text=full.text, aliases=(body.text,), defined=(full.start, full.tail)) if full else body


def _reporter(text: str, spoken: Sequence[tuple[Sentence, Role]]) -> str | None:
    """A covered entity that is named, or a supplier that “reported”."""
    for _, role in spoken:
        for body in role.bodies:
            if role.kind == ENTITY or _REPORTS.match(text, max(role.end, body.tail)):
                return body.text
    return None


def _named(text: str, spoken: Sequence[tuple[Sentence, Role]], filer: str | None) -> list[Supplier]:
    entities = [b.text for _, r in spoken if r.kind == ENTITY for b in r.bodies]
    found: list[Supplier] = []
    for sentence, role in spoken:
        if (
            role.kind == ENTITY
            or role.after
            or (role.firm and (not role.named_after or patterns().bystanders.search(role.words)))
        ):
            continue
        for body in role.bodies:
            if not _may_supply(body, role, entities, filer):
                continue
            level = _level(role, spoken, sentence)
            if (role.kind == PARENT and not found) or (level is None and not role.bodies):
                continue
            known = next((i for i, s in enumerate(found) if _again(s, body, role)), None)
            clients = tuple(
                b.text
                for b in (*(role.of.bodies if role.of and role.of.kind == ENTITY else ()), *role.of_bodies)
                if not b.person
            )
            start, end = around(text, min(role.start, body.start), max(role.end, body.end), sentence)
            if known is None:
                full = (text[slice(*body.defined)], body.defined[0]) if body.defined else None
                found.append(
                    Supplier(
                        body.text,
                        _role_name(role),
                        level or 1,
                        body.aliases,
                        role.words,
                        text[start:end],
                        start,
                        clients,
                        full,
                        at=body.start,
                    )
                )
            else:
                old = found[known]
                found[known] = replace(
                    old,
                    aliases=tuple(dict.fromkeys((*old.aliases, *body.aliases))),
                    clients=tuple(dict.fromkeys((*old.clients, *clients))),
                )
    return sorted(found, key=lambda s: (s.level, s.role != ASSOCIATE))


def _again(supplier: Supplier, body: Body, role: Role) -> bool:
    """The body has been named before, if with more or fewer words. A parent company may share its child’s name."""
    if supplier.name is None or role.kind == PARENT:
        return supplier.name == body.text
    return body.text in supplier.aliases or same_body(supplier.name, body.text)


def _role_name(role: Role) -> str:
    return role.words if role.kind == VENDOR else role.kind


def _level(role: Role, spoken: Sequence[tuple[Sentence, Role]], sentence: Sentence) -> int | None:
    """1 for a supplier of the covered entity, 2 for a supplier of such; None where the text does not tell."""
    if role.kind == PARENT or role.owner == ASSOCIATE or (role.of is not None and role.of.kind in {ASSOCIATE, VENDOR}):
        return 2
    first = next((r for s, r in spoken if s is sentence and r.kind in {ENTITY, ASSOCIATE}), None)
    associates = role.own and first is not None and first is not role and first.kind == ASSOCIATE
    if role.kind == ASSOCIATE or role.owner == ENTITY:
        # “The business associate, X, reported that its business associate …” speaks of X’s own.
        return 2 if associates and first is not None and first.bodies else 1
    if not any(r.kind == ASSOCIATE and r.start < role.start for _, r in spoken):
        return 1
    if role.kind == SUB:
        return 2
    # “its vendor” is the associate’s where the associate is who the sentence is about.
    return 2 if associates else None


def _may_supply(body: Body, role: Role, entities: Iterable[str], filer: str | None) -> bool:
    known = patterns()
    if body.person or known.never_suppliers.fullmatch(body.text):
        return False
    if role.kind != ASSOCIATE and known.carriers.fullmatch(body.text):
        return False
    if role.kind == ASSOCIATE:
        return True
    return not any(same_body(body.text, name) for name in (*entities, *([filer] if filer else [])))


def _unnamed(text: str, spoken: Sequence[tuple[Sentence, Role]], named: Sequence[Supplier]) -> list[Supplier]:
    """A business associate, and a supplier of one, that the text speaks of without naming."""
    found: list[Supplier] = []
    levels = {s.level for s in named}
    for sentence, role in spoken:
        if (
            role.kind in {ENTITY, PARENT}
            or role.after
            or role.firm
            or role.bodies
            or not (role.determined or role.of_bodies)
        ):
            continue
        if patterns().afterwards.search(sentence.text) and not _to_blame(role, sentence):
            continue
        level = _level(role, spoken, sentence)
        for at in (1, 2) if role.owner == ASSOCIATE else (level,):
            if at is None or at in levels:
                continue
            levels.add(at)
            start, end = around(text, role.start, role.end, sentence)
            words, kind = text[role.start : role.end], _role_name(role)
            if at == 1 and role.owner == ASSOCIATE:
                # “its business associate’s (BA) subcontractor” speaks of two.
                words, kind = re.sub(rf"\s*{re.escape(role.words)}.*", "", words), ASSOCIATE
            found.append(Supplier(None, kind, at, (), words, text[start:end], start, at=role.start))
    return sorted(found, key=lambda s: s.level)


def _with_origins(text: str, spoken: Sequence[tuple[Sentence, Role]], suppliers: Sequence[Supplier]) -> list[Supplier]:
    """The suppliers, with the words that say that the breach began with them."""
    found: dict[int, tuple[str, int]] = {}
    for sentence, role in spoken:
        if (
            role.kind == ENTITY
            or role.after
            or (patterns().afterwards.search(sentence.text) and not _to_blame(role, sentence))
        ):
            continue
        if any(other.of is role and s is sentence for s, other in spoken):
            continue  # “a vendor of its business associate experienced …”: the vendor did
        place = _began(text, sentence, role)
        if place is None:
            continue
        start, end = around(text, *place, sentence)
        for index, supplier in enumerate(suppliers):
            if _meant(text, sentence, role, supplier, suppliers):
                found.setdefault(index, (text[start:end], start))
    return [replace(s, origin=found.get(i)) for i, s in enumerate(suppliers)]


def _meant(text: str, sentence: Sentence, role: Role, supplier: Supplier, suppliers: Sequence[Supplier]) -> bool:
    """Whether a role phrase means that supplier: by name, by place, or as “the BA” where the text names but one."""
    if supplier.name is None:
        return supplier.offset == _quoted(text, sentence, role)
    if role.bodies:
        return any(_again(supplier, body, role) for body in role.bodies)
    definite = re.match(r"(?i:the) (?:BA|business associate)\b", text[role.start : role.end]) is not None
    return definite and supplier.role == ASSOCIATE and sum(s.role == ASSOCIATE for s in suppliers) == 1


def _quoted(text: str, sentence: Sentence, role: Role) -> int:
    return around(text, role.start, role.end, sentence)[0]


def _began(text: str, sentence: Sentence, role: Role) -> tuple[int, int] | None:
    """Where the sentence says that the breach began with whom the role phrase names."""
    known = patterns()
    first = min([role.start, *(b.start for b in role.bodies)])
    last = max([role.end, *(b.tail for b in role.bodies)])
    owners = [b.tail for b in role.of_bodies] + ([role.of.end, *(b.tail for b in role.of.bodies)] if role.of else [])
    for end in {last, max([last, *owners])}:
        match = known.origin_after.match(text, end, sentence.end)
        if match:
            return first, match.end()
    before = known.origin_before.search(text, sentence.start, first)
    if before:
        return before.start(), last
    possessive = re.search(r"[’']s?\b\W*$|\(\w+\)$", text[role.start : role.end]) and re.search(
        r"[’']", text[role.start : role.end]
    )
    owned = (
        known.origin_possessed.match(text, last, sentence.end)
        if possessive or text[last : last + 2] in {"’s", "'s"}
        else None
    )
    return (first, owned.end()) if owned else None


def _to_blame(role: Role, sentence: Sentence) -> bool:
    return "responsible for" in sentence.text[role.end - sentence.start :][:20]
