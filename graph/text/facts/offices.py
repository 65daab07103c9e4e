"""What authorities do in an article: told, inquiring, helping, advising, ruling, paying."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outbreach.graph.text.cast.body import Body
from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.facts.terms import events_of
from outbreach.graph.text.lexicon import has_rule, rule


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
    negated: bool = False


def offices_of(scene: Scene) -> Iterator[Office]:
    """The authorities of the article in their parts."""
    found: dict[tuple[str, int], Office] = {}
    for line in scene.lines:
        if line.earlier or line.text.endswith("?") or rule("another_inquiry").search(line.text):
            continue
        for place in _mentions(scene, line):
            thing = scene.cast.bodies[place.body]
            if thing.name and _is_never_told(place):
                start, end = line.start + place.start, line.start + place.end
                found.setdefault(
                    ("notified", place.body), Office("notified", None, place.body, line, start, end, negated=True)
                )
                continue
            for what, role in _told(scene, place):
                before = found.get((what, place.body))
                if (before and not (role in _LAST and before.role not in _LAST)) or (
                    not thing.name and not _is_worth(what, thing)
                ):
                    continue
                by = _notifier(scene, line, place.start) if what == "notified" else None
                start, end = line.start + place.start, line.start + place.end
                found[what, place.body] = Office(what, role, place.body, line, start, end, by)
    yield from found.values()


def _is_never_told(place: "_Mention") -> bool:
    """“Nobody declared it to the regulator”, “the regulator has received no notification”; who was told late was told."""
    if rule("never_told_after").match(place.acts):
        return True
    return bool(rule("never_told_before").search(place.near)) and not rule("told_in_the_end").match(place.acts)


_LAST = ("ruling", "prosecuting")
"""What an authority does in the end, whatever it did before."""


def _is_worth(what: str, thing: Body) -> bool:
    """Of an authority without a name: that it was told, but for courts and prosecutors, who get complaints."""
    return what == "notified" and thing.kind != "prosecutor"


@dataclass(frozen=True, slots=True)
class _Mention:
    """An authority in a sentence, the words before it and what stands after it; `again` where a pronoun stands for it."""

    line: Line
    body: int
    start: int
    end: int
    near: str
    acts: str
    again: bool = False


def _mentions(scene: Scene, line: Line) -> Iterator[_Mention]:
    last = scene.lines[line.number - 1] if line.number > 0 else None
    for start, end, body in line.bodies():
        if scene.cast.bodies[body].role == "authority":
            left, acts = _around(line, start, end)
            if last and last.text.endswith("?") and (rule("answers").match(line.text) or _names_only(last, line)):
                left = f"{last.text} {left}"
            if last and last.text.endswith("U.S."):
                left = f"{last.text} {left}"
            yield _Mention(line, body, start, end, left[-140:], acts)
    match = rule("again").match(line.text)
    before = last.bodies()[:1] if last and last.paragraph == line.paragraph else []
    if before and scene.cast.bodies[before[0][2]].role == "authority":
        if match:
            yield _Mention(line, before[0][2], 0, match.end(), "", line.text[match.end() :], again=True)
        elif last and last.text.endswith("?") and len(last.text) < 60:
            yield _Mention(line, before[0][2], 0, 0, "", line.text, again=True)


def _names_only(question: Line, answer: Line) -> bool:
    """“Who was told? The regulator, on 3 May.”"""
    return bool(rule("tells_somebody").search(question.text) and rule("verbless").match(answer.text))


def _told(scene: Scene, place: _Mention) -> Iterator[tuple[str, str | None]]:
    """What a sentence says of an authority: by its plainest words first, then by looser ones."""
    lang, kind = scene.lang, scene.cast.bodies[place.body].kind
    near, acts = place.near, place.acts
    told: set[str] = set()
    for role in ("ruling", "prosecuting", "entrusted", "reviewing", "investigating"):
        says = _says(lang, role, near, acts) or (role == "prosecuting" and _charges(place, kind))
        if "investigates" not in told and says and not rule("only_asked").search(near):
            told.add("investigates")
            yield "investigates", _duty(role, kind)
    silent = bool(rule("no_notice").search(near))
    silent = silent or (kind == "police" and "investigates" in told and "saisi" in acts)
    then = rule("elliptic_told").match(acts) and rule(f"{lang}_told_then").search(near)
    front = rule("to_front").search(near) and rule("reported_by").match(acts)
    if not silent and (then or front or _says(lang, "told", near, acts)):
        told.add("notified")
        yield "notified", None
    helps = next((event for event, words in _HELP.items() if _says(lang, words, near, acts)), None)
    if helps:
        told.add(helps)
        yield helps, None
    if place.again:
        return
    # A regulator that “a été saisie” was told; one that “s’est saisie” inquires.
    seized = kind not in ("police", "prosecutor") and rule("fr_seized").match(place.line.text[place.end :])
    for part, duty in _parts(scene, place):
        if (part == "notified" and silent) or (part == "investigates" and duty == "investigating" and seized):
            continue
        if part not in told and not (part == "assistance" and "advice_given" in told):
            yield part, _duty(duty, kind) if duty else None


def _charges(place: _Mention, kind: str | None) -> bool:
    """A prosecutor who tells that somebody was charged is the one who charges."""
    told = f"{place.line.text[: place.start]} {place.acts}"
    return (
        kind == "prosecutor"
        and bool(rule("charged").search(told))
        and bool(rule("prosecutor_tells").search(place.near + "|" + place.acts))
    )


def _duty(role: str, kind: str | None) -> str:
    """Police examine by inquiring; a prosecutor who leads an inquiry was not entrusted with it."""
    if (role == "reviewing" and kind == "police") or (role == "entrusted" and kind == "prosecutor"):
        return "investigating"
    return role


_HELP = {"advice_given": "advice", "assistance": "assistance"}


def _says(lang: str, words: str, near: str, acts: str) -> bool:
    """Whether the words before or after an authority say this of it."""
    names = [name for name in (f"{lang}_{words}_after", f"{lang}_{words}_before") if has_rule(name)]
    return any(rule(name).search(near if name.endswith("before") else acts) for name in names)


def _around(line: Line, start: int, end: int) -> tuple[str, str]:
    """The words of the sentence before and after a name; what another body does stands after its own."""
    before, after = line.text[:start], line.text[end:]
    # A full stop within a sentence is that of an abbreviation.
    left, right = before.rpartition(";")[2], after.partition(";")[0]
    other = re.search("[\ue000-\uefff]", line.masked[end : end + len(right)])
    if not other:
        return left, right
    between = right[: other.start()]
    if re.fullmatch(r"(?: \([^)]*\))?,? (?:et|and|ainsi que) (?:le |la |l'|les |the )?", between):
        # “X and Y inquire”: what is said of both stands after the second
        sign_ends = next((k for k, c in enumerate(line.masked[end + other.start() :]) if c != other[0]), 0)
        shared = right[other.start() + sign_ends :]
        # “X and Y, which helps”: what a relative clause says is said of the second alone
        return left, between if re.match(r"(?: \([^)]*\))?, (?:qui|which|who|dont|whose)\b", shared) else shared
    return left, between if re.search(r"(?i)\b(?:et|and|mais|but|tandis|while)\b", between) else right


def _parts(  # noqa: PLR0912, PLR0915  one branch for each form of words, in two languages
    scene: Scene, place: _Mention
) -> Iterator[tuple[str, str | None]]:
    """What a sentence says of the authority at a place, by the words before and after it."""
    lang = scene.lang
    line, start, near, acts = place.line, place.start, place.near, place.acts
    after = line.text[place.end :]
    right = after[: next((m.start() for m in re.finditer(r"[;.]", after)), len(after))]
    active = bool(rule("acts_now").match(right))
    if (
        scene.words("advice").search(line.text)
        and not line.speakers
        and re.search(r"(?i)\b(?:vous|you|your|votre)\b", line.text)
    ):
        return
    if events_of(lang, "funding").search(near):
        yield "funds", None
        return
    if lang == "fr":
        subject = rule("fr_authority_acts").match(acts)
        if rule("fr_entrusted_to").search(near):
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
            and (m := rule("fr_inquiry").search(acts[:130]))
            and not events_of(lang, "investigation_announced").search(acts)
        ):
            del m
            yield "investigates", "investigating"
        elif rule("fr_inquiry_by").search(near):
            yield "investigates", "investigating"
        elif events_of(lang, "investigation_announced").search(line.text):
            yield "investigates", "announced"
        elif rule("fr_took_up").search(right) or (rule("fr_opened").search(right[:90]) and subject):
            yield "investigates", "investigating"
        if rule("fr_told_to").search(near) and _is_addressed(near, lang):
            if not (active and re.search(r"(?i)\b(?:et|,) (?:le |la |l')?$", near)) and not (
                re.search(r"(?i)saisi", near) and _by_prosecutor(scene, line, start)
            ):
                yield "notified", None
        elif rule("fr_was_told").match(right) or rule("fr_alerted").match(right):
            yield "notified", None
        if rule("fr_helped_by").search(near) or rule("fr_helps").match(right):
            yield "assistance", None
        elif rule("fr_advises").match(right):
            yield "advice_given", None
        if rule("fr_rules").match(right):
            yield "investigates", "ruling"
        return
    if rule("en_inquires").match(right):
        making = rule("en_reviews").match(right)
        opened = re.search(r"(?i)investigat|probe|probing|inquir|look(?:ing|ed)? into", right[:110])
        if making and not re.match(r"(?i)[^.;:]{0,60}investigat", right):
            police = scene.cast.bodies[next(b for a, _, b in line.bodies() if a == start)].kind == "police"
            yield "investigates", "investigating" if police else "reviewing"
        elif opened:
            yield (
                "investigates",
                "announced"
                if re.match(r"(?i)[^.;:]{0,30}\b(?:will|(?:is|are|plans?|intends?|set) to)\b", right)
                else "investigating",
            )
    elif rule("en_inquiry_by").search(near) or rule("en_told_and_inquires").match(right):
        yield "investigates", "investigating"
    if (
        rule("en_told_to").search(near)
        and _is_addressed(near, lang)
        and not (active and re.search(r"(?i)(?:, and|;|, while) (?:the )?$", near))
    ) or rule("en_was_told").match(right):
        yield "notified", None
    if rule("en_helped_by").search(near) or rule("en_helps").match(right):
        yield "assistance", None
    elif rule("en_advises").match(right):
        yield "advice_given", None
    if rule("en_rules").match(right):
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
        return bool(rule("fr_addressed").search(near)) and not re.search(r"(?i)par (?:la |le |l'|les )$", near)
    return not re.search(r"(?i)\bby (?:the )?$", near)


def _notifier(scene: Scene, line: Line, start: int) -> int | None:
    """Who filed the notice: the subject before the verb in the active; nobody known in the passive."""
    before = line.text[:start]
    passive = rule("was_notified").search(before)
    active = [
        b
        for a, e, b in line.bodies()
        if e <= start and scene.cast.bodies[b].role == "organisation" and b in (*scene.hits, *scene.vendors)
    ]
    if re.search(r"(?i)nous avons|we have|we (?:notified|reported)", before) and line.speakers:
        return line.speakers[0]
    if passive and not re.search(r"(?i)a été signalée", before):
        return None
    if (active and rule("active_verb").search(before)) or (active and scene.lang == "en"):
        return active[-1] if not passive or active[-1] in line.speakers else None
    if re.match(r"(?i)(?:it|they|elle|il|ils) ", line.text) or (
        line.speakers and line.speakers[0] in (*scene.hits, *scene.vendors)
    ):
        return (
            line.speakers[0] if line.speakers and line.speakers[0] in (*scene.hits, *scene.vendors) else scene.primary
        )
    return None
