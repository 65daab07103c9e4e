"""Pairs for a person to decide: the undecided ones best first, the evidence side by side, and the verdicts that come of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from outbreach.graph.errors import InputError, UsageError
from outbreach.graph.identity.incidents.told import Told, told
from outbreach.graph.identity.pairs import spreadsheet_rows
from outbreach.graph.identity.resolve import Doubt, Identity
from outbreach.graph.records.check import either
from outbreach.graph.records.mention import MENTION_ID
from outbreach.graph.records.record import Mention, Record
from outbreach.graph.records.workspace import VERDICTS, Verdict
from outbreach.graph.yamlfile import parse

LABELS = {"organisations": "Organisation", "incidents": "Incident", "attackers": "Attacker"}
"""What can be reviewed, and the label of it."""
EXPORTED = (
    "score",
    "of",
    "left_name",
    "right_name",
    "left_said",
    "right_said",
    "reason",
    "verdict",
    "why",
    "left",
    "right",
)
"""The columns of an exported file; a person fills in `verdict`, and `why` where they like."""
_TEXT = 400


@dataclass(frozen=True, slots=True)
class Words:
    """What the reviewer reads and types in one language."""

    heading: str
    question: str
    why: str
    none: str
    done: str
    columns: tuple[str, str, str]
    keys: dict[str, str]
    rows: dict[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """`data/review.yaml`."""

    en: Words
    fr: Words
    labels: dict[str, dict[str, str]]
    verdicts: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """One pair to decide: the doubt, what to call the two, and what their sources say, row by row (name, left, right)."""

    doubt: Doubt
    left: str
    right: str
    rows: tuple[tuple[str, str, str], ...]


@cache
def texts() -> Texts:
    """The words of the review."""
    text = (files("outbreach.graph.identity") / "data" / "review.yaml").read_text(encoding="utf-8")
    return msgspec.convert(parse(text).data, Texts)


def undecided(identity: Identity, verdicts: Iterable[Verdict], of: str | None = None) -> list[Doubt]:
    """The doubts on which nobody has judged yet, best first, of one kind (`LABELS`) or all.

    Raises `UsageError` where `of` is no kind that can be reviewed.
    """
    if of is not None and of not in LABELS:
        raise UsageError(f"“{of}” cannot be reviewed: --of is {either(LABELS)}")
    judged = {frozenset((v.left, v.right)) for v in verdicts}
    open_ = (d for d in identity.doubts if frozenset((d.left, d.right)) not in judged)
    chosen = [d for d in open_ if d.label in LABELS.values() and (of is None or d.label == LABELS[of])]
    return sorted(chosen, key=lambda d: (-d.score, d.left, d.right))


def cases(doubts: Sequence[Doubt], records: Sequence[Record], identity: Identity) -> Iterator[Case]:
    """The pairs with what their sources say."""
    events = told(records, identity)
    names = {c.id: _name(c.members) for id, c in identity.clusters.items() if id.startswith("org.")}
    mentions = {m.id: m for c in identity.clusters.values() for m in c.members}
    sources = {m.id: record.id for record in records for m in record.mentions}
    for doubt in doubts:
        left, right = (_said(mentions[id], events.get(id), names, sources[id]) for id in (doubt.left, doubt.right))
        rows = tuple((name, left.get(name, ""), right.get(name, "")) for name in texts().en.rows)
        shown = tuple(row for row in rows if row[1] or row[2])
        yield Case(doubt, mentions[doubt.left].display, mentions[doubt.right].display, shown)


def exported(found: Iterable[Case]) -> Iterator[tuple[object, ...]]:
    """A row of `EXPORTED` for each pair."""
    for case in found:
        said = ("; ".join(f"{name}: {row[side]}" for name, *row in case.rows if row[side]) for side in (0, 1))
        doubt = case.doubt
        kind = next(kind for kind, label in LABELS.items() if label == doubt.label)
        yield (doubt.score, kind, case.left, case.right, *said, doubt.reason, None, None, doubt.left, doubt.right)


def imported(file: Path, by: str, on: date) -> list[tuple[Verdict, str, str]]:
    """The verdicts in a table of pairs, however a spreadsheet saved it, each with the two names; undecided rows are left out.

    Raises `InputError` where a verdict or an id is not understood.
    """
    found = []
    for number, row in spreadsheet_rows(file, ("left", "right", "verdict")):
        said = row["verdict"].strip().lower()
        if not said:
            continue
        verdict = next((v for v, written in texts().verdicts.items() if said in written), None)
        if verdict is None:
            raise InputError(f"{file} line {number}, verdict: “{row['verdict']}” is none of {', '.join(VERDICTS)}")
        left, right = row["left"], row["right"]
        for name, id in (("left", left), ("right", right)):
            if not MENTION_ID.fullmatch(id):
                raise InputError(
                    f"{file} line {number}, {name}: “{id}” is no id of a mention: leave that column as it was"
                )
        if left == right or left.partition(".")[0] != right.partition(".")[0]:
            raise InputError(f"{file} line {number}: {left} and {right} are no pair of one kind")
        judged = Verdict(left, right, verdict, row.get("by") or by, row.get("on") or on.isoformat(), row.get("why", ""))
        found.append((judged, row.get("left_name", ""), row.get("right_name", "")))
    return found


def _said(mention: Mention, event: Told | None, names: dict[str, str], record: str) -> dict[str, str]:
    """What a mention's sources say, by the rows of `data/review.yaml`."""
    said: dict[str, Any] = {
        "name": mention.display,
        "place": mention.region or mention.country,
        "kind": mention.kind,
        "identifiers": ", ".join(mention.identifiers),
        "aliases": ", ".join(mention.aliases),
        "record": record,
        "id": mention.id,
    }
    if event is not None:
        figures = [
            (names.get(body, ""), f"{p.qualifier} {p.low:,}" + (f"–{p.high:,}" if p.high not in (None, p.low) else ""))
            for body, group in sorted(event.figures.items())
            for p in sorted(group, key=lambda p: p.low)
        ]
        said |= {
            "bodies": ", ".join(sorted(names.get(b, b) for b in event.bodies | event.origins)),
            "suppliers": ", ".join(sorted(names.get(v, v) for v in event.vendors())),
            "dates": ", ".join(sorted(event.dates | {d for days in event.filed.values() for d in days})),
            "people": "; ".join(f"{number} ({body})" if body else number for body, number in figures),
            "kinds": ", ".join(sorted(event.kinds)),
            "text": (event.text or "")[:_TEXT],
        }
    return {name: " ".join(str(value).split()) for name, value in said.items() if value}


def _name(members: Sequence[Mention]) -> str:
    return next((m.name for m in members if m.name), members[0].display)
