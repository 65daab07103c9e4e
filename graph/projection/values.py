"""What claims make of a node: kinds, dates, how many people, the numbers of a notice."""

from collections.abc import Iterable, Sequence

from outbreach.graph.dates import when
from outbreach.graph.projection.elements import Property
from outbreach.graph.projection.facts import Fact
from outbreach.graph.projection.people import Figure, Interval, interval
from outbreach.graph.schema import LABELS

_INCIDENT_DATES = ("occurred_from", "occurred_to", "discovered_on", "disclosed_on")


def values(by_predicate: dict[str, list[Fact]]) -> dict[str, dict[str, Property]]:
    """Node properties that claims give: kinds, dates, people, the numbers of a notice."""
    found: dict[str, dict[str, Property]] = {}

    def each(predicate: str, label: str) -> dict[str, list[Fact]]:
        groups: dict[str, list[Fact]] = {}
        for fact in by_predicate.get(predicate, ()):
            if fact.current and not fact.claim.negated and fact.subject.startswith(f"{LABELS[label].prefix}-"):
                groups.setdefault(fact.subject, []).append(fact)
        return groups

    for id, group in each("kind", "Incident").items():
        found.setdefault(id, {})["kind"] = sorted({str(fact.claim.value) for fact in group})
    for name in _INCIDENT_DATES:
        for id, group in each(name, "Incident").items():
            best, disputed = _best_date(group)
            found.setdefault(id, {}).update(dated(name, best))
            if disputed:
                found[id]["disputed"] = sorted({*_texts(found[id].get("disputed")), name})
    for id, group in each("people", "Incident").items():
        found.setdefault(id, {}).update(bounds(group))
    for name in ("sent_on", "discovered_on"):
        for id, group in each(name, "Notification").items():
            found.setdefault(id, {}).update(dated(name, _best_date(group)[0]))
    for id, group in each("people", "Notification").items():
        claim = group[-1].claim
        if isinstance(claim.value, int):
            found.setdefault(id, {})["people"] = claim.value
        if claim.qualifier:
            found.setdefault(id, {})["qualifier"] = claim.qualifier
    for id, group in each("kev_added_on", "Vulnerability").items():
        found.setdefault(id, {}).update(dated("kev_added_on", _best_date(group)[0]))
    for id, group in each("ransomware_use", "Vulnerability").items():
        found.setdefault(id, {})["ransomware_use"] = any(fact.claim.value is True for fact in group)
    return found


def _best_date(group: Sequence[Fact]) -> tuple[str, bool]:
    """The date that the body itself or an authority gives, else any source; the most precise, then the earliest.

    With it, whether two sources give dates that cannot both be true.
    """
    ranked = [(fact.claim.asserter_kind not in ("own", "authority"), fact) for fact in group]
    first = min(rank for rank, _ in ranked)
    dates = [when(str(fact.claim.value)) for rank, fact in ranked if rank == first]
    best = min(dates, key=lambda d: (d.last_day - d.first_day, d.first_day, d.text))
    spans = [when(str(fact.claim.value)) for fact in group]
    disputed = any(a.first_day > b.last_day for a in spans for b in spans)
    return best.text, disputed


def bounds(group: Iterable[Fact], within: str = "") -> dict[str, Property]:
    """people_low, people_high … of an incident, or `within` one organisation in it, to which all the figures belong."""
    figures = []
    for fact in group:
        if in_interval(fact) == "counted":
            claim = fact.claim
            others = tuple(s.removeprefix(within) for s in fact.disjoint if s.startswith(f"{within}#") or not within)
            about, scope = claim.qualifier == "about", fact.scope.removeprefix(within)
            figures.append(Figure(claim.id, scope, claim.low, claim.high, about, others, claim.exhaustive))
    return _people(interval(figures))


def _people(span: Interval) -> dict[str, Property]:
    properties: dict[str, Property] = {}
    if span.low is not None:
        properties["people_low"] = span.low
    if span.high is not None:
        properties["people_high"] = span.high
    if span.approximate:
        properties["people_approximate"] = True
    if span.contradiction:
        properties["people_contradiction"] = True
    return properties


def in_interval(fact: Fact) -> str:
    """“counted”, or why a figure does not enter an interval (DESIGN, People)."""
    claim = fact.claim
    for holds, reason in (
        (claim.negated, "negated"),
        (not fact.current, "superseded"),
        (claim.asserter_kind == "attacker", "attacker"),
        (fact.relay, "relay"),
        (claim.population is not None, "population"),
        (claim.qualifier == "placeholder", "placeholder"),
    ):
        if holds:
            return reason
    return "counted"


def dated(name: str, text: str | None) -> dict[str, Property]:
    """The property of a date with its precision and its first and last epoch day; none where there is none."""
    if text is None:
        return {}
    date = when(text)
    return {
        name: date.text,
        f"{name}_precision": date.precision,
        f"{name}_day": date.first_day,
        f"{name}_last_day": date.last_day,
    }


def _texts(value: Property | None) -> list[str]:
    return value if isinstance(value, list) else []
