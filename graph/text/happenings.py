"""What happened and what was done: kinds, events, dates, authorities, effect on care, fines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from outbreach.graph.text.exposure import events_of
from outbreach.graph.text.lexicon import compiled, table
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


@cache
def _listed(lang: str, name: str) -> dict[str, re.Pattern[str]]:
    return {key: compiled(rf"(?<![\w-])(?:{p})") for key, p in table("article_events")[lang][name].items()}


def kinds_of(scene: Scene) -> Iterator[Happening]:
    """What sort of incident it was, each kind once for each who says so."""
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for line in scene.told():
        for kind, regex in _listed(scene.lang, "kinds").items():
            for match in regex.finditer(line.text):
                clause = _clause(line.text, match.start(), match.end())
                if kind == "exfiltration" and _listed(scene.lang, "kinds")["theft"].search(line.text):
                    continue
                if kind == "hacking" and re.search(r"(?i)se multipli|recrudescence|on the rise", clause):
                    continue
                if kind == "ransomware" and re.match(
                    r"(?i) (?:group|gang|crew|operation|actor)", line.text[match.end() :]
                ):
                    continue
                if (
                    _denied(scene, line.text, match)
                    or (events_of(scene.lang, "future").search(clause)
                    and kind == "publication")
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
    return [kind for kind, regex in _listed(lang, "kinds").items() if regex.search(text)]


def _at(line: Line, match: re.Match[str]) -> tuple[int, int]:
    return line.start + match.start(), line.start + match.end()


def _clause(text: str, start: int, end: int) -> str:
    left = max((m.end() for m in re.finditer(r"[;:.] | mais | but ", text[:start])), default=0)
    right = next((end + m.start() for m in re.finditer(r"[;:.] | mais | but ", text[end:])), len(text))
    return text[left:right]


def _denied(scene: Scene, text: str, match: re.Match[str]) -> bool:
    """Whether the words around say that it is not so: in what was matched, or just before it."""
    before = text[max(0, match.start() - 90) : match.start()]
    pattern = (
        r"(?i)(?:\bn(?:e |')[^.;:,]{0,40}\b(?:pas|aucune?|ni|jamais)\b[^.;:,]*$|\baucune? (?:\w+ )?$|\bpas de $|\bsans $|et non d'une? $|d'autres? $|\bni d[e'] ?$)"
        if scene.lang == "fr"
        else r"(?i)(?:\b(?:no|not|never|without|denied|neither)\b(?: \w+){0,5} $|n't (?:\w+ ){0,3}$|no evidence[^.;:]{0,40}$)"
    )
    inside = (
        r"(?i)\bn(?:e |')(?:a|ont|est|sont|avait|était)?\b[^.;:]{0,25}\b(?:pas|aucune?|jamais)\b"
        if scene.lang == "fr"
        else r"(?i)\b(?:was|were|is|are|did|has|have|had)(?:n't| not)\b"
    )
    return bool(re.search(pattern, before) or re.search(inside, match[0]))


_POSSIBLY_NEGATED = ("misuse",)
_NEEDS_HIT = (
    "people_informed",
    "people_to_be_informed",
    "apology",
    "vigilance_called",
    "ransom_refused",
    "systems_cut",
    "contained",
)


def events_told(scene: Scene) -> Iterator[Happening]:
    """Events of the closed list around the incident."""
    seen: set[tuple[str, int | None]] = set()
    for line in scene.lines:
        for role, regex in _listed(scene.lang, "events").items():
            if (line.earlier and role != "staff_warning_ignored") or (line.generic and role != "ransom_not_disclosed"):
                continue
            match = regex.search(line.text)
            if (
                not match
                or (role == "ransom_demanded"
                and _listed(scene.lang, "events")["ransom_not_disclosed"].search(line.text))
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
            if negated or _only_possible(scene, line, match, role):
                continue
            body = _concerned(scene, line, match, role)
            bodies = _complainants(scene, line) if role == "complaint_filed" else [body]
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


def _only_possible(scene: Scene, line: Line, match: re.Match[str], role: str) -> bool:
    """What may happen, or is advised, has not happened."""
    clause = line.text[max(0, match.start() - 60) : match.end() + 40]
    if role in ("data_published", "ransom_paid", "data_offered", "sued", "suspect_arrested", "convicted"):
        if re.search(r"(?i)menac|threat|pourrait être poursuivi|could be|if the|s'il|risque|would be|avant de", clause):
            return True
    if role in ("people_informed",) and re.search(
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
    subject: list[int | None] = [
        b
        for start, _, b in line.bodies()
        if match and start < match.start() and scene.cast.bodies[b].role == "organisation"
    ][:1]
    joined = re.search(
        "(?i)plainte,? (?:tout )?(?:comme|ainsi que|de même que) (?:le |la |l')?([\ue000-\ue9ff])", line.masked
    )
    if joined:
        subject.append(number(joined[1]))
    if not subject and line.speakers and scene.cast.bodies[line.speakers[0]].role == "organisation":
        subject = [line.speakers[0]]
    return subject or [scene.primary]


def _near(scene: Scene, line: Line, match: re.Match[str]) -> Moment | None:
    """The date that stands in the clause of an event, where it is the only one there."""
    found = [
        m
        for m in moments(line.text, scene.ref)
        if (not m.end_of and abs(m.start - match.end()) < 40) or match.start() <= m.start < match.end()
    ]
    found = [m for m in found if not scene.ref or m.iso[:10] <= scene.ref.latest.isoformat()]
    return found[0] if len(found) == 1 else None


def dates_of(scene: Scene) -> Iterator[Happening]:
    """When it began, ended, was discovered and was disclosed."""
    lang = scene.lang
    found: dict[str, Happening] = {}
    for line in [line for line in scene.lines if not line.generic]:
        for moment in moments(line.text, scene.ref):
            if scene.ref and moment.iso > scene.ref.latest.isoformat():
                continue
            what = _dated(scene, line, moment, lang)
            if what is None or line.earlier:
                continue
            before = found.get(what)
            if before is None or (moment.iso.startswith(before.value or "") and moment.iso != before.value):
                # A finer date that fits the first one takes its place.
                found[what] = Happening(
                    what, moment.iso, line, line.start + moment.start, line.start + moment.end, rule=moment.rule
                )  # fmt: skip
    yield from found.values()


def _dated(scene: Scene, line: Line, moment: Moment, lang: str) -> str | None:
    """What a date dates: by the word nearest to it in its clause."""
    text = line.text
    left = max(
        (
            m.end()
            for m in re.finditer(
                r"[;«»:]|\. |, (?:et|mais|qui|which|and|but|ce qui|annonce|indique|a indiqué|ont)\b",
                text[: moment.start],
            )
        ),
        default=0,
    )
    right = next(
        (
            moment.end + m.start()
            for m in re.finditer(r"[;«»:]|, (?:et|mais|qui|which|and|but)\b|\. ", text[moment.end :])
        ),
        len(text),
    )
    clause = text[left:right]
    at = moment.start - left
    # “discovered the breach on …” dates the discovery, though the breach stands nearer.
    found_out = [m for m in events_of(lang, "discovered").finditer(text) if 0 <= moment.start - m.end() <= 45]
    if found_out and not re.search(r"[;.]|, (?:et|mais|and|but)", text[found_out[-1].end() : moment.start]):
        if moment.end_of or moment.iso.count("-") < 1:
            return None
        if not re.search(
            r"(?i)(?:occurred|took place|eu lieu|s'est produit|survenue?)\b", text[found_out[-1].end() : moment.start]
        ):
            return "discovered_on"
    if moment.start_of or moment.end_of:
        near = text[max(0, moment.start - 75) : moment.end + 110]
        if events_of(lang, "occurred").search(near) and not _closest(
            events_of(lang, "other_date"), text, moment.start, 110
        ):
            return (
                "occurred_to"
                if moment.end_of and not re.search(r"(?i)nuit d[ue]", text[max(0, moment.start - 12) : moment.start])
                else "occurred_from"
                if moment.start_of
                else None
            )
        return None
    distance = {
        name: _distance(events_of(lang, key), clause, at, moment.end - left)
        for name, key in ((None, "other_date"), ("discovered_on", "discovered"), ("occurred_from", "occurred"), ("disclosed_on", "disclosed"))
    }  # fmt: skip
    best = min(distance, key=lambda name: distance[name])
    if distance[best] > 60:
        return None
    if best == "disclosed_on":
        # Only a day on which the body hit speaks, in the article's first sentences.
        speaks = any(b in scene.hits or b in scene.vendors for b in line.speakers)
        if re.search(
            r"(?i)(?:down|up) from|revis|earlier (?:figure|estimate)|first disclosed|au lieu de|contre [\d ]+ (?:annonc|estim)",
            line.text,
        ):
            return None
        return best if speaks and line.number <= 1 and moment.iso.count("-") == 2 and not line.earlier else None
    if best == "discovered_on" and moment.iso.count("-") < 1:
        return None
    return best


def _distance(regex: re.Pattern[str], clause: str, start: int, end: int) -> int:
    spots = [(m.start(), m.end()) for m in regex.finditer(clause)]
    # What stands before a date governs it more closely than what follows.
    return min((start - b if b <= start else (a - end) + 25 if a >= end else 0 for a, b in spots), default=999)


def _closest(regex: re.Pattern[str], clause: str, at: int, within: int) -> bool:
    return any(abs(m.end() - at) <= within for m in regex.finditer(clause) if m.end() <= at)


@dataclass(frozen=True, slots=True)
class Office:
    """What an authority does or is told: `what` is notified, investigates, assistance, advice_given or funds."""

    what: str
    role: str | None
    body: int
    line: Line
    start: int
    end: int
    by: int | None = None
    date: str | None = None
    date_rule: str | None = None


def offices_of(scene: Scene) -> Iterator[Office]:
    """The authorities of the article in their parts."""
    seen: set[tuple[str, int]] = set()
    for line in scene.lines:
        if line.earlier:
            continue
        for start, end, body in line.bodies():
            thing = scene.cast.bodies[body]
            if thing.role != "authority":
                continue
            for what, role in _parts(scene, line, start, end):
                if (what, body) in seen or (not thing.name and what != "notified" and thing.kind != "police"):
                    continue
                seen.add((what, body))
                by = _notifier(scene, line, start) if what == "notified" else None
                yield Office(what, role, body, line, line.start + start, line.start + end, by)


def _parts(scene: Scene, line: Line, start: int, end: int) -> Iterator[tuple[str, str | None]]:
    """What a sentence says of the authority at a place, by the words before and after it."""
    lang = scene.lang
    before, after = line.text[:start], line.text[end:]
    left = before[max((m.end() for m in re.finditer(r"[;.]", before)), default=0) :]
    right = after[: next((m.start() for m in re.finditer(r"[;.]", after)), len(after))]
    near = left[-140:]
    # What another body does stands after its own name.
    other = re.search("[\ue000-\uefff]", line.masked[end : end + len(right)])
    acts = (
        right[: other.start()]
        if other and re.search(r"(?i)\b(?:et|and|mais|but|tandis|while)\b", right[: other.start()])
        else right
    )
    active = bool(
        re.match(
            r"(?: \([^)]*\))? (?:a|ont|has|have|is|are|mène|enquête)\b(?! (?:été|également été|aussi été|been|also been))",
            right,
        )
    )
    if (
        scene.words("advice").search(line.text)
        and not line.speakers
        and re.search(r"(?i)\b(?:vous|you|your|votre)\b", line.text)
    ):
        return
    investigating = events_of(lang, "investigating")
    if events_of(lang, "funding").search(near):
        yield "funds", None
        return
    if lang == "fr":
        subject = re.match(
            r"(?: \([^)]*\))?(?:,[^,]{0,60},)? ?(?:,? ?qui )?(?:a |ont |avait |a également |a aussi |vient d'|s'est |mène|enquête|conduit|dirige|ouvre|dit avoir |a (?:annoncé|indiqué)[^.;:]{0,40})",
            acts,
        )
        if re.search(
            r"(?i)(?:confiée?s? (?:à|au|aux)|saisi(?:e|s)?|co-?saisi\w*|menée par|confié les investigations (?:à|au|aux)|confié (?:l'enquête|les investigations|l'affaire|le dossier) (?:à|au|aux)|chargée?s? (?:à|de l'enquête)) (?:[\w' -]{0,40})$",
            near,
        ):
            under = re.search(r"(?i)sous (?:l'autorité|la direction|l'égide) d", near[-40:])
            yield (
                ("investigates", "investigating")
                if under
                else ("notified", None)
                if re.search(r"(?i)saisi", near[-60:]) and not _by_prosecutor(scene, line, start)
                else ("investigates", "entrusted")
            )
        elif (
            subject
            and (m := re.search(r"(?i)enqu[eê]t|investigation|instruction|information judiciaire|contrôle", acts[:130]))
            and not events_of(lang, "investigation_announced").search(acts)
        ):
            del m
            yield "investigates", "investigating"
        elif re.search(
            r"(?i)(?:enquête|investigation|information judiciaire|instruction)[^.;:]{0,60}(?:ouverte|lancée|menée|diligentée|déclenchée|confiée) par (?:[\w' -]{0,25})$|(?:enquête|investigations?|ouverture d'une (?:enquête|information judiciaire)) (?:de|du|de la|par|menée par) (?:l'|la |le )?$",
            near,
        ):
            yield "investigates", "investigating"
        elif events_of(lang, "investigation_announced").search(line.text):
            yield "investigates", "announced"
        elif re.search(r"(?i)^[^.;:]{0,40}section cyber\w* avait été saisie|^[^.;:]{0,60}s'est saisi", right) or (
            re.search(r"(?i)annoncé l'ouverture d'une (?:enquête|procédure)|lancé une enquête", right[:90]) and subject
        ):
            yield "investigates", "investigating"
        if re.search(
            r"(?i)(?:notifi|signal|déclar|avert|alert|préven|avis(?:é|ée|és|ées)\b|inform(?:é|ée|és|ées)\b|saisi|transmis)[\w]*[^.;:]{0,90}$",
            near,
        ) and _is_addressed(near, lang):
            if not (active and re.search(r"(?i)\b(?:et|,) (?:le |la |l')?$", near)) and not (
                re.search(r"(?i)saisi", near) and _by_prosecutor(scene, line, start)
            ):
                yield "notified", None
        elif re.match(
            r"(?i)(?: \([^)]*\))?(?:,[^,]{0,80},)?(?: et [^.;,]{3,60})? (?:a|ont)(?: \w+)? été (?:\w+ )?(?:avis|inform|prévenu|alert|saisi|notifi|averti)",
            right,
        ) or re.match(r"(?i),? (?:alertée?|prévenue?|informée?|avisée?|saisie?)\b,?", right):
            yield "notified", None
        if re.search(
            r"(?i)(?:appui|soutien|aide|accompagnement|assistance|concours)(?: \w+)? (?:de|du|des)(?: l'| la )?[^.;:]{0,25}$|(?:accompagnée?|assistée?|épaulée?|soutenue?|aidée?)s? (?:par|de)(?: l'| la | le | des )?[^.;:]{0,25}$|en lien avec (?:l'|la |le |les )?[^.;:]{0,25}$",
            near,
        ) or re.match(
            r"(?i)(?: \([^)]*\))?(?: et (?:le |la |l')?[^.;,]{3,40})?,?[^.;:]{0,20} (?:accompagne|apporte|assiste|épaule|aide|intervien|soutien)",
            right,
        ):
            yield "assistance", None
        elif re.match(
            r"(?i)(?: \([^)]*\))?(?:,[^,]{0,40},)? (?:recommande|conseille|appelle|préconise|rappelle|invite|met en garde)",
            right,
        ):
            yield "advice_given", None
        if re.match(
            r"(?i)(?: \([^)]*\))? (?:a |inflige|condamne|sanctionne)[^.;:]{0,40}(?:amende|sanction|mis en demeure|condamn)|(?: \([^)]*\))? (?:inflige|sanctionne)",
            right,
        ):
            yield "investigates", "ruling"
        return
    if re.match(
        r"(?i)(?: \([^)]*\))?(?:'s? [\w -]{3,30}?)?(?:,[^,]{0,60},)?(?:,? (?:and|the) [^.;]{2,60})? (?:has |have |had |is |are |was |were |said (?:it|they) (?:was|were|is|are|had|has) |will )?(?:(?:been )?(?:notified|informed) and (?:is |are |was ))?(?:also |now |still |been )*[\"“']?(?:investigat|probing|looking into|opened|launched|leading the (?:criminal )?investigation|conducting|mak(?:ing|e) (?:further |initial )?(?:en|in)quir|reviewing|assessing|examining|notified and is investigating)",
        right,
    ):
        making = re.match(r"(?i)[^.;:]{0,50}?(?:mak\w+ (?:\w+ )?(?:en|in)quir|enquir|review|assess|examin)", right)
        opened = re.search(r"(?i)investigat|probe|inquir", right[:110])
        if making and not re.match(r"(?i)[^.;:]{0,60}investigat", right):
            yield "investigates", "reviewing"
        elif opened:
            yield "investigates", "announced" if re.match(r"(?i)[^.;:]{0,30}\bwill\b", right) else "investigating"
    elif re.search(
        r"(?i)(?:investigat(?:ion|ed|ions)|probe|inquiry) (?:is being |being )?(?:by|led by|conducted by|launched by|opened by|from) (?:the )?[^.;:]{0,40}$|(?:under|being) investigat(?:ion|ed) by (?:the )?[^.;:]{0,30}$",
        near,
    ) or re.match(
        r"(?i)(?: \([^)]*\))? (?:has been|have been|was|were) notified and (?:is|are) (?:also )?investigating", right
    ):
        yield "investigates", "investigating"
    if (
        re.search(
            r"(?i)(?:notif(?:ied|ying|y|ies)|report(?:ed|ing|s)?|informed|alerted|contacted|disclosed|self-reported|told|filed)[^.;:]{0,110}$",
            near,
        )
        and _is_addressed(near, lang)
        and not (active and re.search(r"(?i)(?:, and|;|, while) (?:the )?$", near))
    ) or re.match(
        r"(?i)(?: \([^)]*\))?(?:,? (?:and|the) [^.;]{2,60})? (?:has|have|was|were|had)(?: also| since)? (?:been )?(?:notified|informed|alerted|contacted|made aware)",
        right,
    ):
        yield "notified", None
    if re.search(
        r"(?i)(?:working|work|worked|cooperating|liaising) (?:closely )?with (?:[^.;:]{0,60})$|with (?:the )?(?:help|support|assistance) (?:of|from) (?:[^.;:]{0,40})$|support(?:ed)? by (?:[^.;:]{0,30})$",
        near,
    ) or re.match(
        r"(?i)(?: \([^)]*\))? (?:is|are|was) (?:\w+ )?(?:supporting|assisting|helping|providing (?:support|assistance))",
        right,
    ):
        yield "assistance", None
    elif re.match(r"(?i)(?: \([^)]*\))? (?:urged|urges|advised|advises|warned|warns|recommends|recommended)", right):
        yield "advice_given", None
    if re.match(
        r"(?i)(?: \([^)]*\))? (?:has |have )?(?:fined|imposed|issued a (?:fine|penalty)|reprimanded|sanctioned|ruled)",
        right,
    ):
        yield "investigates", "ruling"


def _by_prosecutor(scene: Scene, line: Line, start: int) -> bool:
    """Whether a prosecutor or judge stands before, who gives an inquiry to others."""
    before = [scene.cast.bodies[b] for _, end, b in line.bodies() if end <= start]
    return any(b.role == "authority" and b.kind == "prosecutor" for b in before) or bool(
        re.search(r"(?i)juge|enquête|parquet", line.text[:start])
    )


def _is_addressed(near: str, lang: str) -> bool:
    """Whether an authority at the end of `near` is the one told, not one that tells."""
    if lang == "fr":
        return bool(
            re.search(
                r"(?i)(?:à|au|aux|à la|à l'|auprès (?:de|du)(?: la| l')?|et|,|\bles|\bla|\ble|l'|par l'|par la|et à)[ ']?(?:[\w'()-]+ ){0,1}$|(?:averti|alerté|prévenu|informé|saisi|avisé)e?s? $",
                near,
            )
        ) and not re.search(r"(?i)par (?:la |le |l'|les )$", near)
    return not re.search(r"(?i)\bby (?:the )?$", near)


def _notifier(scene: Scene, line: Line, start: int) -> int | None:
    """Who filed the notice: the subject before the verb in the active; nobody known in the passive."""
    before = line.text[:start]
    passive = re.search(
        r"(?i)(?:a|ont|avait|was|were|been|has been|have been) (?:\w+ )?(?:été )?(?:\w+ )?(?:signalée?s?|déclarée?s?|notifiée?s?|reported|notified|disclosed)",
        before,
    )
    active = [
        b
        for a, e, b in line.bodies()
        if e <= start and scene.cast.bodies[b].role == "organisation" and b in (*scene.hits, *scene.vendors)
    ]
    if re.search(r"(?i)nous avons|we have|we (?:notified|reported)", before) and line.speakers:
        return line.speakers[0]
    if passive and not re.search(r"(?i)a été signalée", before):
        return None
    if (
        (active
        and re.search(r"(?i)(?:\ba|\bont|\bavait|\bhas|\bhave|dit avoir|indique avoir|affirme|a|ont)\b", before))
        or (active
        and scene.lang == "en")
    ):
        return active[-1] if not passive or active[-1] in line.speakers else None
    if re.match(r"(?i)(?:it|they|elle|il|ils) ", line.text) or (
        line.speakers and line.speakers[0] in (*scene.hits, *scene.vendors)
    ):
        return (
            line.speakers[0] if line.speakers and line.speakers[0] in (*scene.hits, *scene.vendors) else scene.primary
        )
    return None


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
        negated = bool(
            re.search(
                r"(?i)\bn(?:e |')[^.;:]{0,40}\b(?:pas|aucune?|jamais)\b|\baucun|\bnot\b|\bno\b|\bsans\b|à aucun moment|a aucun moment",
                window,
            )
        )
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
            yield Happening("sanction", "fine", line, *_at(line, match), body=fined, amount=amount, currency=currency)
            return


def _money(text: str, scale: str | None, lang: str) -> float | None:
    digits = text.replace(" ", "")
    digits = digits.replace(".", "").replace(",", ".") if lang == "fr" else digits.replace(",", "")
    try:
        factor = {"m": 1e6, "b": 1e9}.get((scale or " ")[0].lower(), 1)
        return float(digits) * (1e9 if scale and scale.lower().startswith("milliard") else factor)
    except ValueError:
        return None
