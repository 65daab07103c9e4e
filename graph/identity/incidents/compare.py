"""Whether two tellings in a table of pairs are one event: the organisations first, then the evidence on the event."""

import re
from collections.abc import Sequence
from dataclasses import replace

from outbreach.graph.dates import When
from outbreach.graph.identity import freetext
from outbreach.graph.identity.decision import Decision
from outbreach.graph.identity.incidents.event import Event
from outbreach.graph.identity.incidents.evidence import Judgement, judge
from outbreach.graph.identity.incidents.names import (
    affiliates,
    bracketed,
    is_common,
    is_initials,
    is_masked,
    is_rare,
    one_core,
    one_head,
    own_names,
    says_much,
    share_a_name,
    shortened,
    told_in,
    without_brackets,
)
from outbreach.graph.identity.incidents.text import campaign, telling, weights
from outbreach.graph.identity.organisations import compare_organisations
from outbreach.graph.identity.pairs import Pair, Side
from outbreach.graph.names import normalise

_SEVERAL_VENDORS = re.compile(
    r"\s*(?:;|/|\||\+|, (?!inc\b|llc\b|l\.l\.c|ltd\b|corp\b|lp\b)|\bvia\b|\bthrough\b|[()])\s*", re.IGNORECASE
)

_NAMELESS = re.compile(r"(?:its|their|an?|our|s(?:on|a)|leur|une?) [a-z]")
"""How a supplier is described that is not named: `its billing company`."""
_MONTH = re.compile(r"\b[a-z]{3,10}\.? (?:de )?(?:19|20)\d{2}\b")
_ATTACKED = re.compile(rf"({_MONTH.pattern}) (?:cyber ?-?)?(?:attack|incident|intrusion|ransomware|breach|hack)")
"""The month by which a text calls an attack."""
_LATEST = 400
"""Days after which an attack is still counted."""
_TERMS = 2
"""Telling words beside a register's own terms, up to which a text is a row of it."""
_PROBABLE = 0.5
"""From this probability on two undecided names are taken for very probably one body."""


def compare_incidents(pairs: Sequence[Pair]) -> list[Decision]:
    """A decision for each pair, in order; one that only a campaign joins is `related`."""
    meetings = [_meetings(pair) for pair in pairs]
    decided = iter(
        compare_organisations(
            [
                Pair(
                    pair.id,
                    replace(_home(pair.left), name=_alone(left)),
                    replace(_home(pair.right), name=_alone(right)),
                )
                for pair, names in zip(pairs, meetings, strict=True)
                for left, right in names
            ]
        )
    )
    return [_decide(pair, {both: next(decided) for both in names}) for pair, names in zip(pairs, meetings, strict=True)]


def _alone(name: str) -> str:
    """A name without what it says of those with the body: `and its wholly owned covered entities`."""
    return re.sub(weights().with_others, "", name, flags=re.IGNORECASE) or name


def _home(side: Side) -> Side:
    """The side without the region whose people it counts, which need not be the body's."""
    return replace(side, region=None) if telling(side.text).partial else side


def _meetings(pair: Pair) -> list[tuple[str, str]]:
    """The names that are compared: each body or supplier of the one with each of the other."""
    left, right = ([str(side.name), *_suppliers(side), *_bracketed(side)] for side in (pair.left, pair.right))
    return [(a, b) for a in dict.fromkeys(left) for b in dict.fromkeys(right)]


def _suppliers(side: Side) -> list[str]:
    return [
        name
        for name in _SEVERAL_VENDORS.split(side.vendor or "")
        if len(name) > 1 and not campaign(normalise(name)) and not _NAMELESS.match(name)
    ]


def _campaigns(side: Side) -> set[str]:
    return {
        word
        for word in weights().campaigns
        if re.search(rf"\b{re.escape(word)}\b", f"{side.vendor or ''} {side.text or ''}".lower())
    }


def _bracketed(side: Side) -> list[str]:
    """The names in brackets of a body's name, where no column gives its supplier."""
    return [] if side.vendor else bracketed(str(side.name))


def _decide(pair: Pair, bodies: dict[tuple[str, str], Decision]) -> Decision:
    """The meeting that makes most of the two, judged."""
    left, right = _event(pair.left, pair.right.country), _event(pair.right, pair.left.country)
    if not left.figures:
        left, right = _claimed(left, replace(right, dates=right.dates + _began(right)))
    if not right.figures:
        right, left = _claimed(right, replace(left, dates=left.dates + _began(left)))
    shared = _shared_suppliers(pair, bodies)
    if shared:
        left, right = (replace(event, vendors=event.vendors | frozenset(shared)) for event in (left, right))
    elif not _strangers(pair, bodies):
        left, right = (replace(event, vendors=frozenset[str]()) for event in (left, right))
    meetings = [(_of_bodies(pair, bodies), "")]
    if meetings[0][0] != "same":
        meetings += _supplies(pair, bodies)
        if shared:
            meetings.append(("clients", min(shared)))
        meetings += [("described", name) for name in _described(pair)]
    judged = [(judge(left, right, meeting, vendor), meeting) for meeting, vendor in meetings]
    best, meeting = max(judged, key=lambda j: (j[0].score, j[1]))
    return best.decision(_verdict(pair, best, meeting))


def _began(event: Event) -> tuple[When, ...]:
    """The months that a text names and that are before it was filed: when an attack was that others told of at once."""
    if not event.figures or not event.dates:
        return ()
    named = (freetext.date(found) for found in _MONTH.findall(event.telling.plain))
    filed = event.dates[0].first_day
    return tuple(d for d in named if d and d.precision == "month" and filed - _LATEST <= d.last_day < filed)


def _claimed(post: Event, report: Event) -> tuple[Event, Event]:
    """A crew's claim is of the day that it has, so that an attack of a later month, which the report names, is another."""
    named = [freetext.date(month) for month in _ATTACKED.findall(report.telling.plain)]
    began = min((d.first_day for d in named if d), default=None)
    if began is None or not post.telling.crews or not post.dates or not report.figures:
        return post, report
    return replace(post, filed=post.dates[0].last_day), replace(report, began=began)


def _of_bodies(pair: Pair, bodies: dict[tuple[str, str], Decision]) -> str:  # noqa: PLR0911  a meeting each
    """How the two bodies meet, by the organisations' comparison and, where that leaves it open, by their names."""
    names = str(pair.left.name), str(pair.right.name)
    decided, apart = bodies[names], _elsewhere(pair)
    if decided.verdict == "same":
        return "same"
    if any(map(is_masked, names)):
        return "unsure"
    left, right = (re.split(weights().compound, n, maxsplit=1, flags=re.IGNORECASE)[0] or n for n in names)
    if not apart and _told(pair) and (decided.verdict == "unsure" or shortened(left, right)):
        return "likely"
    if normalise(left) == normalise(right) and says_much(left):
        return "namesake"
    if decided.verdict == "different":
        region, other = _home(pair.left).region, _home(pair.right).region
        return _of_two(left, right, apart, region is not None and region == other)
    shared = own_names(_alone(names[0])) & own_names(_alone(names[1]))
    if shared and (not apart or any(map(says_much, shared))):
        return "namesake" if apart else "likely"
    if decided.verdict == "unsure" and (decided.score >= _PROBABLE or (one_core(left, right) and not apart)):
        placed = apart and pair.left.kind is not None and pair.right.kind is not None
        return "elsewhere" if placed else "namesake"
    short = shortened(left, right)
    if short and not (is_common(left) or is_common(right)):
        return short if not apart else "short" if is_rare(min(left, right, key=len)) else "elsewhere"
    if not share_a_name(left, right) or _for_another(pair, bodies):
        return _group(left, right, apart) or "unsure"
    return "alike" if apart else decided.verdict


def _of_two(left: str, right: str, apart: bool, placed: bool) -> str:
    """How two bodies that are surely not one meet."""
    if normalise(left) == normalise(right) or is_initials(left, right):
        return "unsure"
    near = shortened(left, right) == "brief" or one_core(left, right)
    return "related" if near and not apart else _group(left, right, apart) or ("neighbours" if placed else "none")


def _group(left: str, right: str, apart: bool) -> str | None:
    """Whether they may belong to one group: where they are apart, only by a rare word."""
    group = affiliates(left, right)
    return None if apart and group == "alike" else group


def _told(pair: Pair) -> bool:
    """Whether the text of one names the other."""
    return bool(told_in(pair.left.text, str(pair.right.name)) or told_in(pair.right.text, str(pair.left.name)))


def _elsewhere(pair: Pair) -> bool:
    """Whether the two stand in two countries, or in two regions of one."""
    left, right = _home(pair.left), _home(pair.right)
    return any(a and b and a != b for a, b in ((left.country, right.country), (left.region, right.region)))


def _verdict(pair: Pair, found: Judgement, meeting: str) -> str:
    """Two names that nothing joins tell of one event only where a telling count and the day are equal."""
    verdict = found.verdict
    if meeting in ("none", "neighbours"):
        countries = {side.country for side in (pair.left, pair.right)} - {None}
        verdict = "same" if verdict == "same" and len(countries) < 2 else "different"
        if verdict == "different" and _campaigns(pair.left) & _campaigns(pair.right):
            return "related"
    if verdict == "different" and meeting == "related" and found.score >= weights().related:
        return "unsure"
    return verdict


def _event(side: Side, elsewhere: str | None) -> Event:
    """A side as an event; a date that may be read in two ways is read as in the other side's country."""
    said = telling(side.text)
    date = side.date
    if date and date.precision == "range" and side.country is None and elsewhere:
        date = freetext.date(date.text, elsewhere) or date
    kind = (side.said_kind or "").lower()
    placeholder = side.people is not None and side.people.qualifier == "exact" and side.people.low in (500, 501)
    return Event(
        name=str(side.name),
        dates=(date,) if date else (),
        figures=(side.people,) if side.people and not (placeholder and side.country in ("US", None)) else (),
        kinds=frozenset(telling(side.said_kind).kinds),
        vendors=frozenset(normalise(name) for name in (*_suppliers(side), *_bracketed(side))),
        telling=said,
        full=bool(side.text and side.region) and len(said.story) <= _TERMS,
        several=any(role in kind for role in weights().for_clients) or _files_for_others(said.plain[:120]),
        firm=None if side.kind is None else side.kind == "company",
    )


def _files_for_others(plain: str) -> bool:
    """Whether a text says a role: `ransomware, as business associate` does, `software of a vendor` and `vendor` do not."""
    return bool(re.search(weights().as_role, plain))


def _supplies(pair: Pair, bodies: dict[tuple[str, str], Decision]) -> list[tuple[str, str]]:
    """The sides that the other names as its supplier or its client, in its column, its name or its text, and how surely."""
    found = []
    for side, other, turned in ((pair.left, pair.right, False), (pair.right, pair.left, True)):
        name = str(other.name)
        for supplier in [*_suppliers(side), *_bracketed(side)]:
            key = (name, supplier) if turned else (supplier, name)
            own = _same_words(supplier, without_brackets(str(side.name)))
            if not own and (bodies[key].verdict == "same" or shortened(supplier, name) or one_head(supplier, name)):
                found.append(("supplier", name))
        if _apart(pair, bodies) and not _of_another(side, other, pair, bodies):
            told = [side.text, *re.split(weights().compound, str(side.name), flags=re.IGNORECASE)[1:]]
            found += [(_named_so(side, other, how), name) for text in told if (how := told_in(text, name))]
    return found


def _named_so(side: Side, other: Side, how: str) -> str:
    """How surely a text that names the other tells of its event: hardly where the other, a client, was hit itself."""
    client = other.kind != "company" and (side.kind == "company" or not telling(side.text).supplied)
    return "itself" if client and telling(other.text).own else "supplier" if how == "named" else "hinted"


def _for_another(pair: Pair, bodies: dict[tuple[str, str], Decision]) -> bool:
    """Whether one files for the other, which names another supplier."""
    return any(
        re.search(weights().compound, str(side.name), re.IGNORECASE) and _of_another(side, other, pair, bodies)
        for side, other in ((pair.left, pair.right), (pair.right, pair.left))
    )


def _described(pair: Pair) -> list[str]:
    """The side that is a supplier, or names one, where the other speaks of one without a name."""
    pairs = ((pair.left, pair.right), (pair.right, pair.left))
    return [
        str(other.name)
        for side, other in pairs
        if telling(side.text).supplied and not _suppliers(side) and (other.vendor or other.kind == "company")
    ]


def _of_another(side: Side, other: Side, pair: Pair, bodies: dict[tuple[str, str], Decision]) -> bool:
    """Whether the other names a supplier, and it is not this side's body: that one tells of it as of a client."""
    own = str(side.name)
    keys = [(own, s) if side is pair.left else (s, own) for s in _suppliers(other)]
    return bool(keys) and all(
        bodies[key].verdict == "different" and not shortened(*key) and not one_head(*key) for key in keys
    )  # fmt: skip


def _apart(pair: Pair, bodies: dict[tuple[str, str], Decision]) -> bool:
    """Whether the two names are surely of two bodies, so that the one's in the other's text is no name of its own."""
    left, right = str(pair.left.name), str(pair.right.name)
    heads = [re.split(weights().compound, name, maxsplit=1, flags=re.IGNORECASE)[0] for name in (left, right)]
    return bodies[left, right].verdict in ("different", "related") and not _same_words(*heads)


def _same_words(left: str, right: str) -> bool:
    """Whether the words of one name are all in the other, or are its initials."""
    a, b = (set(normalise(name).split()) for name in (left, right))
    return a <= b or b <= a or shortened(left, right) is not None


def _shared_suppliers(pair: Pair, bodies: dict[tuple[str, str], Decision]) -> set[str]:
    """Suppliers that both name, by the left one's name; one named in a column may stand in the other's text."""
    left, right = ([*_suppliers(side), *_bracketed(side)] for side in (pair.left, pair.right))
    found = {
        name
        for name in left
        for other in right
        if bodies[name, other].verdict == "same" or shortened(name, other) or one_head(name, other)
    }
    found |= {name for name in left if not right and told_in(pair.right.text, name) == "named"}
    found |= {name for name in right if not left and told_in(pair.left.text, name) == "named"}
    return {normalise(name) for name in found}


def _strangers(pair: Pair, bodies: dict[tuple[str, str], Decision]) -> bool:
    """Whether the suppliers of the one are surely none of the other's."""
    pairs = [(a, b) for a in _suppliers(pair.left) for b in _suppliers(pair.right)]
    return all(bodies[names].verdict == "different" for names in pairs)
