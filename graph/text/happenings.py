"""What happened and what was done: kinds, events, effect on care, fines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from outbreach.graph.text.breach import kind_patterns
from outbreach.graph.text.exposure import events_of
from outbreach.graph.text.lexicon import compiled, rule, table
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
    """What sort of incident it was, each kind once for each who says so."""
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for line in (*scene.told(), *([scene.title] if scene.title else [])):
        for kind, regex in kind_patterns(scene.lang).items():
            if line.number < 0 and any(k == kind for k, _ in seen):
                continue  # a headline adds only what the text does not say
            for match in regex.finditer(line.masked):
                clause = _clause(line.text, match.start(), match.end())
                if kind == "exfiltration" and kind_patterns(scene.lang)["theft"].search(line.text):
                    continue
                if kind == "hacking" and re.search(r"(?i)se multipli|recrudescence|on the rise", clause):
                    continue
                if kind == "ransomware" and re.match(
                    r"(?i) (?:group|gang|crew|operation|actor)", line.text[match.end() :]
                ):
                    continue
                if _denied(scene, line.text, match) or (
                    events_of(scene.lang, "future").search(clause) and kind == "publication"
                ):
                    continue
                if (kind, ()) in seen or (kind, line.speakers) in seen:
                    break
                seen.add((kind, line.speakers))
                hedged = bool(scene.words("hedge").search(line.text[max(0, match.start() - 60) : match.end()]))
                yield Happening("kind", kind, line, *_at(line, match), hedged=hedged)
                break


def kinds_in(lang: str, text: str) -> list[str]:
    """The kinds of incident that a text has words for."""
    return [kind for kind, regex in kind_patterns(lang).items() if regex.search(text)]


def events_told(scene: Scene) -> Iterator[Happening]:
    """Events of the closed list around the incident."""
    seen: set[tuple[str, int | None]] = set()
    for line in scene.lines:
        for role, regex in _events(scene.lang).items():
            if (line.earlier and role != "staff_warning_ignored") or (line.generic and role != "ransom_not_disclosed"):
                continue
            match = regex.search(line.text)
            if not match or (
                role == "ransom_demanded" and _events(scene.lang)["ransom_not_disclosed"].search(line.text)
            ):
                continue
            negated = _denied(scene, line.text, match) and role not in (
                "ransom_demanded",
                "ransom_refused",
                "ransom_not_disclosed",
                "tool_withdrawn",
            )
            if role == "misuse":
                yield from _misuse(scene, line, match, seen)
                continue
            clients = role == "people_informed" and scene.vendors and re.search(r"(?i)clients$|customers$", match[0])
            if negated or clients or _only_possible(line, match, role):
                continue
            body = _concerned(scene, line, match, role)
            bodies: list[int | None] = _complainants(scene, line) if role == "complaint_filed" else [body]
            for one in bodies:
                if (role, one) in seen or (role != "complaint_filed" and any(r == role for r, _ in seen)):
                    continue
                seen.add((role, one))
                hedged = role == "data_published" and bool(
                    scene.words("hedge").search(_clause(line.text, match.start(), match.end()))
                )
                when = _near(scene, line, match) if role not in ("data_still_online", "misuse") else None
                yield Happening(
                    "event", role, line, *_at(line, match), body=one, hedged=hedged,
                    date=when.iso if when else None, date_rule=when.rule if when else None,
                )  # fmt: skip


@cache
def _events(lang: str) -> dict[str, re.Pattern[str]]:
    return {key: compiled(rf"(?<![\w-])(?:{p})") for key, p in table("article_events")[lang]["events"].items()}


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


def _misuse(scene: Scene, line: Line, match: re.Match[str], seen: set[tuple[str, int | None]]) -> Iterator[Happening]:
    """Only where it is said to have happened, or that nothing shows that it did."""
    if ("misuse", None) in seen:
        return
    negation = events_of(scene.lang, "negation").search(line.text[: match.end()]) or re.search(
        r"(?i)\b(?:rien|aucun|no|not)\b", line.text[: match.end()]
    )
    if negation:
        seen.add(("misuse", None))
        hedged = bool(scene.words("hedge").search(line.text))
        yield Happening("event", "misuse", line, *_at(line, match), negated=True, hedged=hedged)
    elif (
        not events_of(scene.lang, "not_for_misuse").search(line.text)
        and not scene.words("hedge").search(line.text)
        and scene.lang == "en"
        and re.search(r"(?i)\bused\b.*fraud", line.text)
    ):
        return


def _only_possible(line: Line, match: re.Match[str], role: str) -> bool:
    """What may happen, or is advised, has not happened."""
    clause = line.text[max(0, match.start() - 60) : match.end() + 40]
    if role in ("data_published", "ransom_paid", "data_offered", "sued", "suspect_arrested", "convicted") and rule(
        "only_possible"
    ).search(clause):
        return True
    if role == "people_informed" and re.search(
        r"(?i)(?:will|seront|sera|doivent|devraient|must)\b", line.text[max(0, match.start() - 40) : match.end()]
    ):
        return True
    if role == "complaint_filed" and re.search(r"(?i)(?:vous|you|invité|peuvent|peut|can|may|appel)", clause):
        return True
    return role == "sued" and bool(re.search(r"(?i)pourraient", clause))


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
        if not match:
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
