"""What authorities do in an article: told, inquiring, helping, advising, ruling, paying."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outbreach.graph.text.exposure import events_of
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.scene import Line, Scene


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


def _parts(  # noqa: PLR0912, PLR0915  one branch for each form of words, in two languages
    scene: Scene, line: Line, start: int, end: int
) -> Iterator[tuple[str, str | None]]:
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
    joined = other and re.fullmatch(r"(?: \([^)]*\))? (?:et|and) (?:le |la |l'|les |the )?", right[: other.start()])
    if other and joined:  # “X and Y inquire”: what is said of both stands after the second
        sign_ends = next((k for k, c in enumerate(line.masked[end + other.start() :]) if c != other[0]), 0)
        acts = right[other.start() + sign_ends :]
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
        opened = re.search(r"(?i)investigat|probe|probing|inquir|look(?:ing|ed) into", right[:110])
        if making and not re.match(r"(?i)[^.;:]{0,60}investigat", right):
            police = scene.cast.bodies[next(b for a, _, b in line.bodies() if a == start)].kind == "police"
            yield "investigates", "investigating" if police else "reviewing"
        elif opened:
            yield "investigates", "announced" if re.match(r"(?i)[^.;:]{0,30}\bwill\b", right) else "investigating"
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
