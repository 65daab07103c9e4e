"""What happened and what was done: kinds, events, effect on care, fines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from outbreach.graph.text.breach import kind_patterns
from outbreach.graph.text.exposure import events_of
from outbreach.graph.text.lexicon import compiled, normal, rule, table
from outbreach.graph.text.moments import Moment, moments
from outbreach.graph.text.scene import Line, Scene, number


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing told: `what` is a predicate, `value` a term or date, `body` whom it concerns or who acts."""

    what: str
    value: str | None
    line: Line
    start: int
    end: int
    body: int | None = None
    negated: bool = False
    hedged: bool = False
    rule: str | None = None
    date: str | None = None
    date_rule: str | None = None
    amount: float | None = None
    currency: str | None = None


def kinds_of(scene: Scene) -> Iterator[Happening]:
    """What sort of incident it was, each kind once for each who says so; or that it was no attack."""
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for line in (*scene.told(), *([scene.title] if scene.title else [])):
        if line.number >= 0 and _asks(line):
            continue
        for kind, regex in kind_patterns(scene.lang).items():
            if line.number < 0 and any(k == kind for k, _ in seen):
                continue  # a headline adds only what the text does not say
            for match in regex.finditer(line.masked):
                if _is_no_kind(scene, line, kind, match):
                    continue
                if (kind, ()) in seen or (kind, line.speakers) in seen:
                    break
                seen.add((kind, line.speakers))
                hedged = bool(scene.words("hedge").search(line.text[max(0, match.start() - 60) : match.end()]))
                yield Happening("kind", kind, line, *_at(line, match), hedged=hedged)
                break
    if not any(kind == "hacking" for kind, _ in seen):
        yield from _no_attack(scene)


def _is_no_kind(scene: Scene, line: Line, kind: str, match: re.Match[str]) -> bool:
    """Whether the words of a kind do not say that the incident was one."""
    clause = _clause(line.text, match.start(), match.end())
    before, after = line.text[: match.start()], line.text[match.end() :]
    told_of_else = {
        "exfiltration": lambda: kind_patterns(scene.lang)["theft"].search(line.text),
        "hacking": lambda: rule("on_the_rise").search(clause),
        "ransomware": lambda: rule("crew_after").match(after) or rule("crew_before").search(before),
        "extortion": lambda: rule("damages").search(line.text),
        "phishing": lambda: rule("warns_of").search(before),
        "publication": lambda: events_of(scene.lang, "future").search(clause),
    }
    return bool(kind in told_of_else and told_of_else[kind]()) or _denied(scene, line.text, match)


def _no_attack(scene: Scene) -> Iterator[Happening]:
    """“This was not a cyber attack”."""
    for line in scene.told():
        match = rule("no_attack").search(line.text)
        if match:
            yield Happening("kind", "hacking", line, *_at(line, match), negated=True)
            return


def kinds_in(lang: str, text: str) -> list[str]:
    """The kinds of incident that a text has words for."""
    return [kind for kind, regex in kind_patterns(lang).items() if regex.search(text)]


def events_told(scene: Scene) -> Iterator[Happening]:
    """Events of the closed list around the incident, each once; that one did not happen only where nobody says that it did."""
    found: list[Happening] = []
    for line in scene.lines:
        found += _events_in(scene, line)
    if is_personal(scene):
        first = scene.lines[0]
        found.append(Happening("event", "people_informed", first, first.start, first.end_at, body=scene.primary))
    seen: set[tuple[str, int | None]] = set()
    for one in sorted(found, key=lambda h: h.negated):
        role, several = one.value or "", one.value == "complaint_filed"
        if (role, one.body) in seen or (not several and any(r == role for r, _ in seen)):
            continue
        seen.add((role, one.body))
        yield one


def _events_in(scene: Scene, line: Line) -> Iterator[Happening]:
    asked = _asks(line)
    answer = (
        rule("answers").match(scene.lines[line.number + 1].text)
        if asked and line.number + 1 < len(scene.lines)
        else None
    )
    if (asked and not answer) or rule("other_bodies").search(line.text):
        return
    text = rule("inverted").sub("", line.text) if asked else line.text
    for role, regex in _events(scene.lang).items():
        if (line.earlier and role != "staff_warning_ignored") or (line.generic and role != "ransom_not_disclosed"):
            continue
        match = next((m for m in regex.finditer(text) if not _is_no_event(scene, line, text, m, role)), None)
        if match is None:
            continue
        negated = bool(answer and answer["no"]) or (
            not asked and role != "ransom_refused" and _denied(scene, text, match)
        )
        if negated and role in _NEVER_DENIED:
            negated = False
        if role == "ransom_demanded":
            negated = bool(rule("no_demand").search(text))
        if (negated or role == "misuse") and role not in _TOLD_NOT:
            continue
        place = (line.start, line.end_at) if asked else _at(line, match)
        if role == "misuse":
            negated = bool(rule("misuse_denied").search(text[: match.end()])) or bool(answer and answer["no"])
            if not negated and not rule("misused").search(match[0]):
                continue
        hedged = (role == "data_published" or negated) and bool(
            scene.words("hedge").search(_clause(text, match.start(), match.end()))
        )
        bodies: list[int | None] = (
            _complainants(scene, line) if role == "complaint_filed" else [_concerned(scene, line, match, role)]
        )
        when = _near(scene, line, match) if role not in ("data_still_online", "misuse") and not asked else None
        for body in bodies:
            yield Happening(
                "event", role, line, *place, body=body, negated=negated, hedged=hedged,
                date=when.iso if when else None, date_rule=when.rule if when else None,
            )  # fmt: skip
    if not (line.earlier or line.generic or asked):
        yield from _client_told(scene, line)


def _asks(line: Line) -> bool:
    """Whether a sentence asks if something is so; “which data were stolen?” takes it for granted."""
    return line.text.endswith("?") and not rule("presumes").search(line.text)


def _is_no_event(scene: Scene, line: Line, text: str, match: re.Match[str], role: str) -> bool:
    """Whether the words of an event tell of another one, of what may be, or of nobody that it could concern."""
    events = _events(scene.lang)
    rather = {
        "ransom_demanded": "ransom_not_disclosed", "restored": "service_partly_restored",
        "people_informed": "people_to_be_informed" if rule("to_be").search(match[0]) else "",
    }.get(role)  # fmt: skip
    if rather and events[rather].search(text):
        return True
    customers = bool(re.search(r"(?i)clients$|customers$", match[0]))
    if customers and role == ("people_informed" if _has_vendor(scene) else "client_informed"):
        return True
    if role in ("ransom_demanded", "ransom_paid") and (
        rule("damages").search(text) or (role == "ransom_paid" and events["ransom_not_disclosed"].search(text))
    ):
        return True
    if role == "report_published" and not any(scene.cast.bodies[b].role == "authority" for _, _, b in line.bodies()):
        return True
    return _only_possible(text, match, role)


def _has_vendor(scene: Scene) -> bool:
    """Whether a supplier is spoken of, whose customers are then organisations."""
    return bool(scene.vendors) or any(rule("speaks_of_supplier").search(line.text) for line in scene.told())


def _client_told(scene: Scene, line: Line) -> Iterator[Happening]:
    """A vendor told a client, both by name."""
    for regex in (rule("client_told"), rule("client_was_told")):
        for match in regex.finditer(line.masked):
            body = number(match["O"])
            hit = body in scene.hits or body in scene.vendors
            other = next((b for b in scene.vendors if b != body), None)
            if hit and other is not None and not _denied(scene, line.text, match):
                yield Happening("event", "client_informed", line, *_at(line, match), body=body)
                return


def is_personal(scene: Scene) -> bool:
    """A letter to one of those whose data they were, which by itself informs them."""
    return scene.letter and bool(rule("personal").search(normal(scene.passage.text[:2500])))


_TOLD_NOT = ("misuse", "data_published", "ransom_demanded", "ransom_paid", "people_informed")
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
    return {key: compiled(rf"(?<![\w-])(?:{p.replace('{THOSE}', told['those'])})") for key, p in told["events"].items()}


def _at(line: Line, match: re.Match[str]) -> tuple[int, int]:
    return line.start + match.start(), line.start + match.end()


def _clause(text: str, start: int, end: int) -> str:
    left = max((m.end() for m in re.finditer(r"[;:.] | mais | but ", text[:start])), default=0)
    right = next((end + m.start() for m in re.finditer(r"[;:.] | mais | but ", text[end:])), len(text))
    return text[left:right]


def _denied(scene: Scene, text: str, match: re.Match[str]) -> bool:
    """Whether the words around say that it is not so: in what was matched, or just before it."""
    before = text[max(0, match.start() - 90) : match.start()]
    return bool(
        rule(f"{scene.lang}_denied_before").search(before) or rule(f"{scene.lang}_denied_inside").search(match[0])
    )


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
    if role == "complaint_filed" and re.search(r"(?i)(?:vous|you|invité|peuvent|peut|can|may|appel)", clause):
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


def care_of(scene: Scene) -> Iterator[Happening]:
    """Effect on care, or the word that there was none; each speaker once."""
    seen: set[tuple[bool, tuple[int, ...]]] = set()
    lang = scene.lang
    for line in scene.told():
        harm = next(
            (
                m
                for m in events_of(lang, "care_harm").finditer(line.text)
                if events_of(lang, "care").search(line.text[max(0, m.start() - 70) : m.end() + 90])
            ),
            None,
        )
        if not harm:
            continue
        window = line.text[max(0, harm.start() - 50) : harm.end() + 12]
        negated = bool(rule("care_denied").search(window))
        key = (negated, line.speakers)
        if key in seen or (any(n == negated for n, _ in seen) and not line.speakers):
            continue
        seen.add(key)
        yield Happening("care_impact", None, line, *_at(line, harm), body=scene.primary, negated=negated)


def fines_of(scene: Scene) -> Iterator[Happening]:
    """A fine: who was fined, by which authority, how much."""
    for line in scene.told():
        if not events_of(scene.lang, "ruling").search(line.text):
            continue
        match = events_of(scene.lang, "fine").search(line.text)
        if not match or rule("fine_only_possible").search(line.text[max(0, match.start() - 60) : match.end()]):
            continue
        parts = match.groupdict()
        number_text = (parts.get("amount") or parts.get("amount2") or "").strip(" .,")
        amount = _money(number_text, parts.get("scale") or parts.get("scale2"), scene.lang)
        sign = (parts.get("currency") or parts.get("currency2") or "").lower()
        currency = {"€": "EUR", "euros": "EUR", "$": "USD", "dollars": "USD", "£": "GBP", "livres": "GBP"}.get(sign)
        fined = next(
            (
                b
                for s, e, b in line.bodies()
                if scene.cast.bodies[b].role == "organisation" and b in (*scene.hits, *scene.vendors)
            ),
            None,
        )
        if amount and currency:
            settled = rule("settles").search(line.text)
            yield Happening(
                "sanction",
                "settlement" if settled else "fine",
                line,
                *_at(line, match),
                body=fined,
                amount=amount,
                currency=currency,
            )
            return


def _money(text: str, scale: str | None, lang: str) -> float | None:
    digits = text.replace(" ", "")
    digits = digits.replace(".", "").replace(",", ".") if lang == "fr" else digits.replace(",", "")
    try:
        factor = {"m": 1e6, "b": 1e9}.get((scale or " ")[0].lower(), 1)
        return float(digits) * (1e9 if scale and scale.lower().startswith("milliard") else factor)
    except ValueError:
        return None
