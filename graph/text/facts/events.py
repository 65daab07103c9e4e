"""Events of the closed list around an incident: what was done, what was said to be done, and what was not."""

import re
from collections.abc import Iterator
from functools import cache

from outbreach.graph.text.cast.scene import SIGN, Line, Scene, number
from outbreach.graph.text.facts.breach import with_words
from outbreach.graph.text.facts.fines import fines_of
from outbreach.graph.text.facts.firms import clients_told, helpers, serves_bodies
from outbreach.graph.text.facts.happenings import (
    Happening,
    asks,
    at,
    clause_around,
    is_denied,
    next_after,
    one_number,
    wants_only,
)
from outbreach.graph.text.facts.kinds import kinds_of
from outbreach.graph.text.lexicon import compiled, normal, rule, table
from outbreach.graph.text.times.moments import Moment, moments


def events_told(scene: Scene) -> Iterator[Happening]:
    """Events of the closed list around the incident, each once; that one did not happen only where nobody says that it did."""
    found: list[Happening] = []
    for line in scene.lines:
        found += _events_in(scene, line)
    if is_personal(scene):
        first = scene.lines[0]
        found.append(Happening("event", "people_informed", first, first.start, first.end_at, body=scene.primary))
    found = [*_with_kinds(scene, found)]
    found += [
        Happening("event", "fined", fine.line, fine.start, fine.end, body=fine.body)
        for fine in fines_of(scene)
        if fine.value == "fine"
    ]
    seen: set[tuple[str, int | None]] = set()
    for one in sorted(found, key=lambda h: h.negated):
        role, several = one.value or "", one.value in ("complaint_filed", "assistance")
        if (role, one.body) in seen or (not several and any(r == role for r, _ in seen)):
            continue
        seen.add((role, one.body))
        yield one


def _with_kinds(scene: Scene, found: list[Happening]) -> Iterator[Happening]:
    """Data that were published or put up for sale are both a kind of incident and an event: one is told with the other."""
    kinds = {k.value: k for k in reversed(list(kinds_of(scene))) if not k.negated}
    for kind, role in _KIND_AND_EVENT.items():
        told = [one for one in found if one.value == role and not one.negated]
        if kind in kinds and not told and not kinds.keys() & {"unintended_disclosure", "misconfiguration"}:
            as_kind = kinds[kind]
            yield Happening("event", role, as_kind.line, as_kind.start, as_kind.end, hedged=as_kind.hedged)
    yield from (
        one for one in found
        if one.negated or one.line.earlier or next((k in kinds for k, r in _KIND_AND_EVENT.items() if r == one.value), True)
    )  # fmt: skip


_KIND_AND_EVENT = {"publication": "data_published", "sale": "data_offered"}


def _events_in(scene: Scene, line: Line) -> Iterator[Happening]:
    if asks(line):
        yield from _asked(scene, line)
        return
    if rule("other_bodies").search(line.text):
        return
    for role, match in _matches(scene, line, line.text):
        negated = _is_negated(scene, line.text, match, role)
        if negated is not None:
            yield from _events_of(scene, line, match, role, negated)
    if not (line.earlier or line.generic):
        yield from clients_told(scene, line)
        yield from _vendor_told(scene, line)
        yield from helpers(scene, line)


def _vendor_told(scene: Scene, line: Line) -> Iterator[Happening]:
    """A vendor told a client, or its clients; or a client was told where the article tells of its vendor."""
    if not scene.vendors and not scene.letter:
        return
    clients = [b for b in scene.hits if b not in scene.vendors]
    for name in ("vendor_told", "was_told", "tells_clients", "told_me"):
        for match in rule(name).finditer(line.masked):
            groups = match.groupdict()
            vendor, client = (number(g[0]) if (g := groups.get(k)) and SIGN.match(g) else None for k in ("V", "O"))
            after = line.text[match.end() : match.end() + 30]
            if vendor is not None and vendor not in scene.vendors:
                continue
            if client is not None and client not in clients:
                continue
            if groups.get("O") in ("us", "me") and not scene.letter:
                continue  # the paper was told
            if name == "was_told" and (
                not rule("of_the_matter").search(after) or rule("by_outsider").search(line.text[match.end() :])
            ):
                continue
            if name == "told_me" and not scene.letter:
                continue
            alien = rule("outsider").search(line.text[: match.start()]) or (
                name != "vendor_told" and any(scene.cast.bodies[b].role == "authority" for _, _, b in line.bodies())
            )
            denied = is_denied(scene, line.text, match) and not rule("only_then").search(line.text)
            if not alien and not denied:
                yield Happening("event", "client_informed", line, *at(line, match), body=client)
                return


def _matches(scene: Scene, line: Line, text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Each event that a text has words for, by the first of them that mean it."""
    for role, regex in _events(scene.lang).items():
        if (line.earlier and role != "staff_warning_ignored") or (line.generic and role != "ransom_not_disclosed"):
            continue
        match = next(
            (m for m in regex.finditer(one_number(scene.lang, text)) if not _is_no_event(scene, line, text, m, role)),
            None,
        )
        if match:
            yield role, match


def _asked(scene: Scene, line: Line) -> Iterator[Happening]:
    """What a question and its answer tell: “Did you inform your patients? No.”"""
    follow = next_after(scene, line)
    answer = rule("answers").match(follow)
    if not answer and rule("asks_ransom").search(line.text) and rule("no_comment").search(follow):
        yield Happening("event", "ransom_not_disclosed", line, line.start, line.end_at, body=scene.primary)
    for role, match in _matches(scene, line, rule("inverted").sub("", line.text)) if answer else ():
        denied = bool(answer and answer["no"])
        if not denied or role in _TOLD_NOT:
            body = _concerned(scene, line, match, role)
            yield Happening("event", role, line, line.start, line.end_at, body=body, negated=denied)


def _is_negated(scene: Scene, text: str, match: re.Match[str], role: str) -> bool | None:
    """Whether an event is said not to have happened; None where its words tell neither that it did nor that it did not."""
    if role == "misuse":
        begin = max(text.rfind(sign, 0, match.start()) for sign in ".;:") + 1
        denied = bool(rule("misuse_denied").search(text[begin : match.end()]))
        return denied if denied or rule("misused").search(match[0]) else None
    if role == "ransom_demanded":
        return bool(rule("no_demand").search(text))
    if role in _NEVER_DENIED or not is_denied(scene, text, match) or rule("only_then").search(text):
        return False
    return True if role in _TOLD_NOT else None


def _events_of(scene: Scene, line: Line, match: re.Match[str], role: str, negated: bool) -> Iterator[Happening]:
    clause = clause_around(line.text, match.start(), match.end())
    hedged = (role == "data_published" or negated) and bool(scene.words("hedge").search(clause))
    complaint = role == "complaint_filed"
    bodies = _complainants(scene, line) if complaint else [_concerned(scene, line, match, role)]
    when = _near(scene, line, match) if role not in ("data_still_online", "misuse") else None
    for body in bodies:
        yield Happening(
            "event", role, line, *at(line, match), body=body, negated=negated, hedged=hedged,
            date=when.iso if when else None, date_rule=when.rule if when else None,
        )  # fmt: skip


def _is_no_event(  # noqa: PLR0911, PLR0912  one reason each
    scene: Scene, line: Line, text: str, match: re.Match[str], role: str
) -> bool:
    """Whether the words of an event tell of another one, of what may be, or of nobody that it could concern."""
    events = _events(scene.lang)
    rather = {
        "ransom_demanded": "ransom_not_disclosed", "restored": "service_partly_restored",
        "ransom_refused": "ransom_not_disclosed", "ransom_paid": "ransom_refused",
        "systems_cut": "contained" if match[0].lower().startswith("accès") else "",
        "people_informed": "people_to_be_informed" if rule("to_be").search(match[0]) else "",
    }.get(role)  # fmt: skip
    if rather and events[rather].search(text):
        return True
    customers = bool(re.search(r"(?i)clients$|customers$", match[0]))
    if customers and role in ("people_informed", "people_to_be_informed", "client_informed"):
        return serves_bodies(scene, line, match) is (role != "client_informed")
    if role == "people_informed" and (rule("to_come").match(text[match.end() :]) or rule("got_astray").search(text)):
        return True
    if role == "client_informed" and any(scene.cast.bodies[b].role == "authority" for b in line.speakers):
        return True
    if role in _ELSEWHERE and rule(_ELSEWHERE[role]).search(text):
        return True
    if role in ("settled", "fined") and rule("another_matter").search(text):
        return True
    if role == "systems_cut" and rule("attack_subject").search(text[: match.start()]):
        return True
    if role == "ransom_demanded" and wants_only(line, match):
        return True
    if role == "investigation_closed" and rule("not_yet_over").search(text[: match.start()]):
        return True
    if role in ("notice_delegated", "ransom_refused") and rule("would_be").search(text):
        return True
    if role in _NOT_WHERE and rule(_NOT_WHERE[role]).search(text):
        return True
    if role == "tool_withdrawn" and SIGN.match(line.masked, match.end() + 1):
        return True
    if role in ("ransom_demanded", "ransom_paid") and (
        rule("damages").search(text) or (role == "ransom_paid" and events["ransom_not_disclosed"].search(text))
    ):
        return True
    if role == "report_published" and not any(scene.cast.bodies[b].role == "authority" for _, _, b in line.bodies()):
        return True
    return _only_possible(text, match, role)


def is_personal(scene: Scene) -> bool:
    """A letter to one of those whose data they were, which by itself informs them."""
    return scene.letter and bool(rule("personal").search(normal(scene.passage.text[:2500])))


_ELSEWHERE = {
    "apology": "to_readers", "count_revised": "corrected", "settled": "other_case", "convicted": "other_case",
    "insolvency": "other_case",
}  # fmt: skip
"""Rules for words by which an event is that of a newspaper, or of another case."""
_NOT_WHERE = {
    "ransom_refused": "no_ransom", "data_published": "when_unknown", "settled": "settled_on", "misuse": "fraud_case",
}  # fmt: skip
"""Rules for words in whose company an event is another, or unknown."""
_TOLD_NOT = ("misuse", "data_published", "ransom_demanded", "ransom_paid", "people_informed", "complaint_filed")
"""Events of which it is worth telling that they did not happen."""
_NEVER_DENIED = (
    "ransom_refused",
    "ransom_not_disclosed",
    "tool_withdrawn",
    "contract_ended",
    "service_partly_restored",
)
"""Events whose own words hold a negation."""


@cache
def _events(lang: str) -> dict[str, re.Pattern[str]]:
    told = table("article_events")[lang]
    events = {key: with_words(told, p.replace("{THOSE}", told["those"])) for key, p in told["events"].items()}
    return {key: compiled(rf"(?<![\w-])(?:{p})") for key, p in events.items()}


_NEEDS_HIT = (
    "people_informed",
    "people_to_be_informed",
    "apology",
    "vigilance_called",
    "ransom_refused",
    "systems_cut",
    "contained",
)


def _only_possible(text: str, match: re.Match[str], role: str) -> bool:
    """What may happen, or is advised, has not happened."""
    clause = text[max(0, match.start() - 60) : match.end() + 40]
    if role in _POSSIBLE and rule("only_possible").search(clause):
        return True
    if role == "people_informed" and rule("to_be").search(text[max(0, match.start() - 40) : match.end()]):
        return True
    if role == "complaint_filed" and re.search(
        r"(?i)\b(?:vous|you|invitée?s?|peuvent|peut|can|may|appelle\w*|sera|seront|intention de)\b", clause
    ):
        return True
    return role == "sued" and bool(re.search(r"(?i)pourraient", clause))


_POSSIBLE = (
    "data_published", "ransom_paid", "data_offered", "sued", "suspect_arrested", "convicted", "contract_ended", "court_order",
    "tool_withdrawn", "insolvency",
)  # fmt: skip


def _concerned(scene: Scene, line: Line, match: re.Match[str], role: str) -> int | None:
    """The body that an event concerns: the organisation named before it in the sentence, its speaker, else the one hit."""
    before = [b for _, end, b in line.bodies() if end <= match.end() and scene.cast.bodies[b].role == "organisation"]
    if role in (
        "ransom_demanded",
        "data_published",
        "data_still_online",
        "data_offered",
        "misuse",
        "confirmed",
        "cooperation",
    ):
        return None
    if role == "client_informed":
        inside = [
            b
            for start, end, b in line.bodies()
            if match.start() <= start and scene.cast.bodies[b].role == "organisation"
        ]
        clients = [b for b in inside if b not in scene.vendors] or [
            b.number for b in scene.cast.bodies if b.unnamed_count
        ]
        return clients[0] if clients else None
    if before and before[-1] in (*scene.hits, *scene.vendors):
        return before[-1]
    if line.speakers and line.speakers[0] in (*scene.hits, *scene.vendors):
        return line.speakers[0]
    return scene.primary if role in _NEEDS_HIT else None


def _complainants(scene: Scene, line: Line) -> list[int | None]:
    """Who filed a complaint: the subject, and those joined by “tout comme”."""
    match = re.search(r"(?i)plainte|complaint", line.masked)
    before = [
        b
        for start, _, b in line.bodies()
        if match and start < match.start() and scene.cast.bodies[b].role == "organisation"
    ]
    subject: list[int | None] = [*before[:1]]
    joined = rule("joint_complaint").search(line.masked)
    if joined:
        subject.append(number(joined[1]))
    if not subject and line.speakers and scene.cast.bodies[line.speakers[0]].role == "organisation":
        return [line.speakers[0]]
    return subject or [scene.primary]


def _near(scene: Scene, line: Line, match: re.Match[str]) -> Moment | None:
    """The date that stands in the clause of an event, where it is the only one there."""
    found = [
        m
        for m in moments(line.text, scene.ref)
        if (not m.end_of and abs(m.start - match.end()) < 40) or match.start() <= m.start < match.end()
    ]
    found = [m for m in found if not scene.words("attack").search(line.text[match.end() : max(match.end(), m.start)])]
    found = [m for m in found if not scene.ref or m.iso[:10] <= scene.ref.latest.isoformat()]
    return found[0] if len(found) == 1 else None
