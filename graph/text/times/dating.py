"""When an incident began, ended, was discovered and was disclosed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.facts.breach import kind_patterns
from outbreach.graph.text.facts.happenings import Happening
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.page.question import question
from outbreach.graph.text.page.writer import writer_of
from outbreach.graph.text.times.beside import OPENING, words_beside
from outbreach.graph.text.times.disclosure import disclosed, is_made_public
from outbreach.graph.text.times.governed import governs, is_of_another_act, is_of_the_data, is_thrown_out
from outbreach.graph.text.times.moments import SMALL_NUMBERS, Moment, moments
from outbreach.graph.text.times.nearby import days_alone, following, in_its_year, year_of


@dataclass(frozen=True, slots=True)
class _Found:
    """A date with what it dates; `rank` is lower where the words are plainer."""

    what: str
    moment: Moment
    line: Line
    rank: int


def dates_of(scene: Scene) -> Iterator[Happening]:
    """When it began, ended, was discovered and was disclosed."""
    found = [one for line in scene.told() for one in _in(scene, line)]
    found += _stated(scene)
    found += [] if any(f.what == "disclosed_on" for f in found) else _posted(scene)
    found = [one for one in found if not _is_vendors(scene, one, found)]
    chosen = {what: one for what in _ORDER if (one := _chosen([f for f in found if f.what == what]))}
    if "occurred_to" not in chosen and (last := _last_act(chosen.get("occurred_from"), found)):
        chosen["occurred_to"] = last
    for what in _ORDER:
        one = chosen.get(what)
        if one and _fits(what, one, chosen):
            line, moment = one.line, one.moment
            yield Happening(
                what, moment.iso, line, line.start + moment.start, line.start + moment.end, rule=moment.rule
            )  # fmt: skip


_ORDER = ("occurred_from", "occurred_to", "discovered_on", "disclosed_on")


def _chosen(found: list[_Found]) -> _Found | None:
    """The date told most plainly, and of these the first, or a finer one that fits it; the first day of disclosure."""
    if not found:
        return None
    if found[0].what == "disclosed_on":
        return min(found, key=lambda f: f.moment.iso)
    plain = min(f.rank for f in found)
    if found[0].what == "occurred_from" and plain == 0:
        return _first_of_spans([f for f in found if f.rank == 0])
    best = next(f for f in found if f.rank == plain)
    finer = [f for f in found if f.moment.iso.startswith(best.moment.iso) and f.moment.iso != best.moment.iso]
    return finer[0] if finer else best


def _first_of_spans(found: list[_Found]) -> _Found:
    """“The ransomware was set off on 9 June, though they had been inside since March”: the earlier, told close to the first."""
    first = found[0]
    near = [f for f in found if abs(f.line.number - first.line.number) <= 1]
    finer = [f for f in found if f.moment.iso.startswith(first.moment.iso) and f.moment.iso != first.moment.iso]
    return finer[0] if finer else min(near, key=lambda f: f.moment.iso)


def _last_act(first: _Found | None, found: list[_Found]) -> _Found | None:
    """“They got in on 17 March and encrypted the servers four days later”: the attack ended with its last act."""
    if first is None or first.moment.iso.count("-") != _WHOLE:
        return None
    for one in found:
        days = one.what == "occurred_from" and one.moment.iso.count("-") == _WHOLE
        near = 0 <= one.line.number - first.line.number <= 1
        beside = one.line.text[max(0, one.moment.start - _NEAR) : one.moment.end + _NEAR]
        if days and near and one.moment.iso > first.moment.iso and rule("encrypted_then").search(beside):
            return one
    return None


def _stated(scene: Scene) -> Iterator[_Found]:
    """“Statement by the chief executive of …, 13 September 2012”: the head of what the body itself publishes."""
    for line in (*scene.heading, *scene.lines[:1]):
        for moment in moments(line.text, None):
            if moment.iso.count("-") == _WHOLE and rule("statement_of").fullmatch(line.text[: moment.start]):
                yield _Found("disclosed_on", moment, line, 0)


def _posted(scene: Scene) -> Iterator[_Found]:
    """“Posted December 5, 2025” over what a body itself says to those whose data they were: then it told the public."""
    stamp = scene.passage.stamp
    if not (stamp and scene.letter and scene.ref and scene.ref.exact and scene.lines):
        return
    at = scene.passage.text.find(stamp)
    if at < 0 or writer_of(scene) is None or not governs("posted_stamp").search(stamp):
        return
    line = scene.lines[0]
    start = at - line.start
    yield _Found("disclosed_on", Moment(start, start + len(stamp), scene.ref.iso, "the stamp of the notice"), line, 1)


_WHOLE = 2
"""So many hyphens has a date with its day."""


def _is_vendors(scene: Scene, one: _Found, found: list[_Found]) -> bool:
    """Whether it is a vendor’s disclosure, beside its client’s of which the article tells."""
    said = one.line.text[: one.moment.start]
    others = any(f.what == "disclosed_on" and not set(f.line.speakers) & set(scene.vendors) for f in found)
    own = bool(one.line.speakers) and set(one.line.speakers) <= set(scene.vendors)
    return one.what == "disclosed_on" and own and others and bool(rule("statement_dated").search(said))


def _fits(what: str, one: _Found, chosen: dict[str, _Found]) -> bool:
    """Whether a date can stand beside the others: nothing ends or is found before it began."""
    begun, found = chosen.get("occurred_from"), chosen.get("discovered_on")
    if what == "occurred_from":
        return not (found and one.rank and one.moment.iso[:10] > found.moment.iso and found.rank == 0)
    if what == "occurred_to":
        if begun is None and one.rank == 2:
            return False
        return begun is None or one.moment.iso >= begun.moment.iso
    if what == "disclosed_on":
        return not any(other and one.moment.iso < other.moment.iso[:10] for other in (begun, found))
    return True


def _in(scene: Scene, line: Line) -> Iterator[_Found]:
    written = [in_its_year(scene, line, moment) for moment in moments(line.text, year_of(scene))]
    later = [*following(scene, line), *days_alone(scene, line)]
    written = [m for m in written if not any(o.start <= m.start and m.end <= o.end for o in later)]
    begun: int | None = None
    for moment in sorted([*written, *later], key=lambda m: (m.start, m.end_of)):
        if scene.ref and moment.iso > scene.ref.latest.isoformat():
            continue
        if rule("tag_before").search(line.text[: moment.start]):
            continue  # “UPDATE (10/5/2011): …”
        if moment.iso.count("-") and not moment.start_of and rule("when_found").match(line.masked, moment.end):
            yield _Found("discovered_on", replace(moment, start_of=False, end_of=False), line, 1)
        if moment.end_of and rule("detected_then").search(line.text[: moment.start]):
            yield _Found("discovered_on", replace(moment, end_of=False), line, 1)
        found = _before(line, moment)
        if found:
            yield _Found("discovered_on", found, line, 0)
        what = _dated(scene, line, moment)
        if moment.start_of:
            begun = what[1] if what and what[0] == "occurred_from" else None
        elif moment.end_of:
            what = what or (("occurred_to", begun) if begun is not None else None)
        if what is None:
            continue
        if what[0] != "disclosed_on" and rule("today").search(line.text[moment.start : moment.end]):
            continue
        yield _Found(what[0], moment, line, what[1] + (_VAGUE if moment.iso.count("-") == 0 else 0))


_VAGUE = 2
"""So much less plain is a year alone."""


_KINDS = (
    ("disclosed_on", "disclosed"),
    ("occurred_from", "occurred"),
    (None, "other"),
    ("discovered_on", "discovered"),
)


def _dated(  # noqa: PLR0911, PLR0912, PLR0915  one reason each
    scene: Scene, line: Line, moment: Moment
) -> tuple[str, int] | None:
    """What a date dates, and how plainly: by the words before it that say so, else by the word nearest to it."""
    lang, text = scene.lang, line.text
    clause, at, end = _clause(line.masked, moment)
    before = text[: moment.start]
    if rule("entry_found").fullmatch(before):
        return "discovered_on", 0
    if rule("entry_began").fullmatch(before):
        return ("occurred_to" if moment.end_of else "occurred_from"), 0
    if is_made_public(line, moment):
        return "disclosed_on", 0
    if rule("disclosed_breach").search(before):
        return disclosed(scene, line, moment)
    if any(rule(name).search(before) for name in ("reported_breach", "their_visit")):
        return None
    if not moment.end_of and rule("half_span").search(before):
        return None
    if rule("month_s").match(text, moment.end):
        return "occurred_from", 1  # “since June’s attack”
    act = governs("until_act").search(before)
    if act and words_beside(lang, "occurred").search(before[: act.start()]):
        return "occurred_to", 0  # “looked up patients until he resigned in January”
    if is_thrown_out(before):
        return "occurred_to", 0
    if moment.start_of or moment.end_of:
        acted = any(words_beside(lang, kind).search(clause[:at]) for kind in ("occurred", "lasted"))
        spans = [m.start for m in moments(before, scene.ref)] if moment.end_of else []
        ahead = before[: spans[-1]] if spans else before
        if (rule("their_years").search(ahead) and not acted) or is_of_the_data(ahead):
            return None  # “employees from 1996 through 2010”
        near = text[max(0, moment.start - 120) : moment.end + (_WIDE if at <= _OPENER else _FAR)]
        told = any(words_beside(lang, kind).search(near) for kind in ("occurred", "there_since", "lasted"))
        last = scene.lines[line.number - 1].text if line.number > 0 else ""
        told = told or (
            not words_beside(lang, "other").search(near) and bool(words_beside(lang, "lasted").search(last))
        )
        if moment.iso.count("-") == 0 and not words_beside(lang, "occurred").search(clause[max(0, at - _FAR) : at]):
            return None  # the files’ own years
        if not told or _is_of_other(lang, clause, at) or (at <= 2 * _OPENER and _begins_other(lang, clause, at, end)):
            return None  # what else lasted so long
        return ("occurred_from" if moment.start_of else "occurred_to"), 0
    if _is_noticed_then(before, text[moment.end :]):
        return "discovered_on", 0
    if words_beside(lang, "until").search(before):
        if rule("not_until").search(before) and words_beside(lang, "discovered").search(clause[:at]):
            return "discovered_on", 0
        ends = _distance(words_beside(lang, "occurred"), clause, at, end) < _FAR and not rule("not_until").search(
            before
        )
        return ("occurred_to", 1) if ends and not _is_of_other(lang, clause, at) else None
    if rule("from_on").search(before) and rule("onwards").match(text, moment.end):
        return "occurred_from", 0
    if rule("starting_then").search(before):
        acted = any(words_beside(lang, kind).search(clause[:at]) for kind in ("occurred", "there_since"))
        return ("occurred_from", 0) if acted and not is_of_the_data(before) else None
    if _is_left_open(scene) and rule("closed_then").search(before):
        return "occurred_to", 2
    if words_beside(lang, "since").search(before):
        begin = moment.start - at  # the words as they are: “the network” may be taken for a body
        beside = text[max(begin, moment.start - 75) : moment.start] if at > _OPENER else text[moment.end :][:75]
        if words_beside(lang, "there_since").search(beside):
            return "occurred_from", 0
        return ("occurred_from", 2) if words_beside(lang, "out_since").search(beside) else None
    if words_beside(lang, "learned").search(text[max(0, moment.start - 90) : moment.end + 60]):
        if rule("by_letter").search(text):
            return None
        return ("disclosed_on", 1) if line.number <= OPENING and moment.iso.count("-") == 2 else None
    if rule("first_said_then").search(before) or rule("first_said_of").match(text, moment.end):
        return disclosed(scene, line, moment)
    found = _by_discovery(scene, line, moment, before)
    if found is not None:
        return ("discovered_on", 0) if found else None
    distance = {name: _distance(words_beside(lang, key), clause, at, end) for name, key in _KINDS}
    if not words_beside(lang, "disclosed").search(clause[:at]) and at > _OPENER:
        distance["disclosed_on"] += 30  # “… on 3 May, it said”: what is said is dated, not the saying
    if rule("that_then").search(before):
        distance["disclosed_on"] = 999  # “said that on Monday a doctor got …”
    best = min(distance, key=lambda name: distance[name])
    if distance[best] > (95 if best == "occurred_from" and words_beside(lang, "occurred").search(clause[:at]) else 60):
        return None
    if best == "disclosed_on":
        return disclosed(scene, line, moment)
    fine = 1 if rule("core_discovery").search(clause) else 2
    if best == "discovered_on" and (moment.iso.count("-") < fine or _is_told_by_supplier(scene, line, moment)):
        return None
    if best == "occurred_from" and moment.iso.count("-") == 0 and not _is_its_year(scene, line, before):
        return None  # a year alone dates too much
    if (
        best == "occurred_from"
        and rule("of_others").search(before)
        and not any(b in scene.hits for _, _, b in line.bodies())
    ):
        return None
    if best == "occurred_from" and moment.iso.count("-") == 1 and distance[best] > _NEAR:
        return None
    if best == "occurred_from" and rule("that_follows").match(text, moment.end) and rule("found_that").search(before):
        return None  # “the investigation determined on 9 August that somebody had …”
    if best == "occurred_from" and (rule("police_deed").search(clause[:at]) or rule("before_then").search(before)):
        return None
    if best == "occurred_from" and (is_of_the_data(before) or is_of_another_act(before)):
        return None
    if best == "occurred_from" and rule("had_entered").search(before):
        return best, 0  # “the intruders had got in on …”, before the attack
    return (best, 1 if distance[best] <= _NEXT else 2) if best else None


_FAR = 110
_WIDE = 200
"""So far on may the verb stand of a sentence that begins with a span."""
_NEXT = 45
"""So near is the word that plainly governs a date."""
_NEAR = 60
"""So near at most is the word that governs a month."""
_OPENER = 14
"""Where a clause begins with a date, its verb follows."""


def _clause(text: str, moment: Moment) -> tuple[str, int, int]:
    """The clause around a date, and where the date begins and ends in it."""
    begins = list(rule("date_clause_begins").finditer(text[: moment.start]))
    if begins and begins[-1][0] in "«“" and moment.start - begins[-1].end() <= 1:
        begins.pop()  # “led « in December »”
    left = max((m.end() for m in begins), default=0)
    entry = rule("timeline_entry").match(text) if moment.start < _OPENER else None
    begin = max(moment.end, entry.end() if entry else 0)
    right = next(
        (begin + m.start() for m in re.finditer(r"[;«»:]|, (?:et|mais|qui|which|and|but)\b|\. ", text[begin:])),
        len(text),
    )
    return text[left:right], moment.start - left, moment.end - left


def _is_of_other(lang: str, text: str, at: int) -> bool:
    """Whether the word that governs a date, the last before it, is of another kind than the incident."""
    other, own = (
        max((m.end() for m in words_beside(lang, kind).finditer(text[:at])), default=-1)
        for kind in ("other", "occurred")
    )
    return other > own and at - other <= _FAR


def _begins_other(lang: str, clause: str, at: int, end: int) -> bool:
    """“Between 2 and 9 April letters were sent”: what follows first is of another kind."""
    if words_beside(lang, "occurred").search(clause[:at]):
        return False
    after = rule("aside").sub("", clause[end:])
    other, own = (words_beside(lang, kind).search(after) for kind in ("other", "occurred"))
    return other is not None and (own is None or other.start() < own.start())


def _by_discovery(scene: Scene, line: Line, moment: Moment, before: str) -> bool | None:
    """Whether a date is that of the discovery, or cannot be; None where the words before it do not tell.

    “Discovered the breach on …” dates the discovery, though the breach stands nearer; so does the answer to “How was it found?”.
    """
    told = words_beside(scene.lang, "discovered").finditer(line.text[: moment.end])  # some of the words look ahead
    found = [m for m in told if m.end() <= moment.start <= m.end() + _FAR]
    between = before[found[-1].end() - (4 if found[-1][0].endswith("that") else 0) :] if found else ""
    if (
        found
        and not moments(between, scene.ref)
        and not rule("turns_from_discovery" if len(between) <= 45 else "turns_from_object").search(between)
    ):
        if moment.iso.count("-") < (1 if rule("core_discovery").search(found[-1][0]) else 2) or _is_told_by_supplier(
            scene, line, moment
        ):
            return False
        if rule("learned").search(found[-1][0]) and rule("from_letter").search(line.text):
            return False  # a letter tells those affected
        if rule("found_listing").search(before[: found[-1].start()]):
            return False  # what was spotted is the offer for sale
        if not rule("took_place").search(between):
            return True
    asked = question(scene, line)
    if asked and moment.iso.count("-") == 2 and rule("asks_discovery").search(asked):
        return True
    return None


def _before(line: Line, moment: Moment) -> Moment | None:
    """“October 9, two days after finding …”: the day of discovery, counted back from the one named."""
    match = rule("days_after_finding").match(line.text, moment.end)
    if match is None or moment.iso.count("-") != _WHOLE:
        return None
    words = (match["n"] or "one").lower()
    days = SMALL_NUMBERS.get(words) or (int(words) if words.isdigit() else 0)
    if not days:
        return None
    iso = (date.fromisoformat(moment.iso) - timedelta(days=days)).isoformat()
    return replace(moment, iso=iso, rule=f"“{match[0].strip(' ,')}” counted from {moment.iso}", end_of=False)


def _is_noticed_then(before: str, after: str) -> bool:
    """“Nobody noticed until 3 April”, “it was not until 3 April that anyone noticed”."""
    late = rule("not_until").search(before) and rule("that_noticed").match(after)
    return bool(late or rule("unnoticed_until").search(before))


def _is_its_year(scene: Scene, line: Line, before: str) -> bool:
    """“The breach occurred in 2009”, of no other body: a year right after the word for the incident."""
    ours = {*scene.hits, *scene.vendors}
    named = {b for _, _, b in line.bodies() if scene.cast.bodies[b].role == "organisation"}
    return bool(rule("its_year").search(before)) and (not named or bool(named & ours))


def _is_left_open(scene: Scene) -> bool:
    """Whether the data stood open, until somebody closed the gap."""
    told = kind_patterns(scene.lang)["misconfiguration"]
    return any(told.search(line.text) for line in scene.told())


def _is_told_by_supplier(scene: Scene, line: Line, moment: Moment) -> bool:
    """Whether it was its supplier that alerted a body then: that is no discovery."""
    after = line.masked[moment.end : moment.end + 60]
    by = re.match(r",? (?:par|by) [^.;,]{0,40}", after)
    told = rule("was_alerted").search(line.text[: moment.start])
    if not by or not told:
        return False
    vendors = {b for a, _, b in line.bodies() if 0 <= a - moment.end <= len(by[0])}
    return bool(rule("speaks_of_supplier").search(by[0])) or bool(vendors & set(scene.vendors))


def _distance(regex: re.Pattern[str], clause: str, start: int, end: int) -> int:
    opens = start <= _OPENER or rule("opens_in_time").fullmatch(clause[:start]) is not None
    if opens:
        # “On Monday the trust, which …, said”
        clause = clause[:end] + rule("apposed").sub(lambda m: m[1] or m[2], clause[end:], count=1)
    spots = [(m.start(), m.end()) for m in regex.finditer(clause)]
    # What stands before a date governs it more closely than what follows, but where the clause begins with the date.
    after = 5 if opens else 25
    return min(
        (start - b if b <= start else (a - end) + (8 if a - end <= 2 else after) if a >= end else 0 for a, b in spots),
        default=999,
    )  # fmt: skip
