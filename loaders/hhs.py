"""The breach portal of the US HHS Office for Civil Rights: reports of breaches that hit 500 people or more.

A row is a report by one body about an incident of its own; it does not say which other reports are of the same one.
What a report says for good cites the portal; its number of people, which is rewritten in place, cites the export.
Its key is the folded name, the state, the day and the type of filer. Several with one key in one export are several
reports, even where all their cells are the same: they are numbered by their content, not by their place in the file.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from outbreach.graph.errors import InputError
from outbreach.graph.records.load import LoaderSource, Reading, Reject, day_of
from outbreach.graph.records.record import Citation, Claim, Mention, Record, interval
from outbreach.loaders.entries.description import Row, Told, told
from outbreach.loaders.entries.portal import Report, Words, columns_of, lists, report_of
from outbreach.loaders.entries.shown import shown as row_shown
from outbreach.loaders.files.row import Remarks
from outbreach.loaders.files.table import raw_text, table_of

SOURCE = LoaderSource(
    name="hhs",
    version=4,
    title_en="US HHS Office for Civil Rights, exports of the breach portal (archive and under investigation)",
    title_fr="Office for Civil Rights (HHS, États-Unis), exports du portail des violations (archives et en cours)",
    licence="US government work",
    files=("*.csv", "*.xls", "*.xlsx"),
    obtain_en="At ocrportal.hhs.gov/ocr/breach/breach_report.jsf choose “Under Investigation” or “Archive”, click the "
    "Excel or CSV sign above the table, and name the file with its day, as hhs-2026-03-01.csv.",
    obtain_fr="Sur ocrportal.hhs.gov/ocr/breach/breach_report.jsf, choisir « Under Investigation » ou « Archive », cliquer "
    "sur le signe Excel ou CSV au-dessus du tableau, et nommer le fichier avec son jour, par exemple hhs-2026-03-01.csv.",
)
OCR = "HHS Office for Civil Rights"
PORTAL = "https://ocrportal.hhs.gov/ocr/breach/breach_report.jsf"


@dataclass(frozen=True, slots=True)
class _Export:
    """What all reports of one export share."""

    source: Mention
    sha256: str
    day: str | None


def read(file: Path, dated: str | None = None) -> Reading:
    """The reports in an export. It speaks for the day `dated`, else for that in its name, else for its newest report's.

    Raises `InputError` where the file is no export of the portal.
    """
    table = table_of(file)
    columns, remarks, unread = columns_of(file, table)
    by_key: dict[str, list[Report]] = {}
    rejected = list(table.rejected)
    for number, cells in table.rows:
        try:
            report = report_of(number, {name: cells[index] for name, index in columns.items()})
        except ValueError as error:
            rejected.append(Reject(f"record {number}", str(error), raw_text(cells)))
        else:
            by_key.setdefault(report.key, []).append(report)
    reports = [report for group in by_key.values() for report in group]
    day, _ = day_of(file, dated, (report.date for report in reports))
    name = f"Breach portal, export of {day or 'an unknown day'} ({file.name}, {len(reports):,} reports)"
    export = _Export(_source(name, "export", published_on=day), table.sha256, day)
    strange: list[tuple[int, str]] = []
    records = tuple(
        _record(key if place == 1 else f"{key}/{place}", report, export, strange)
        for key, group in sorted(by_key.items())
        for place, report in enumerate(sorted(group, key=lambda r: r.content), 1)
    )
    unknown, damaged = _odd(reports)
    return Reading(
        records, tuple(rejected), unknown=(*unread, *unknown.sentences()),
        remarks=(*table.remarks, *remarks, *damaged.sentences(), *_strange(strange)),
    )  # fmt: skip


def is_export(file: Path) -> bool:
    """Whether a file is an export of the portal, by its columns."""
    try:
        columns_of(file, table_of(file))
    except InputError:
        return False
    return True


def reports(file: Path) -> Iterator[Report]:
    """The rows of an export that can be read, as they stand.

    Raises `InputError` where the file is no export of the portal.
    """
    table = table_of(file)
    columns, *_ = columns_of(file, table)
    for number, cells in table.rows:
        with suppress(ValueError):
            yield report_of(number, {name: cells[index] for name, index in columns.items()})


def shown(file: Path) -> Iterator[dict[str, Any]]:
    """What each row of an export says in its description, as plain values; a row that cannot be read says why.

    Raises `InputError` where the file is no export of the portal.
    """
    table = table_of(file)
    columns, *_ = columns_of(file, table)
    for reject in table.rejected:
        yield {"row": int(reject.where.removeprefix("record ")), "rejected": reject.why}
    for number, cells in table.rows:
        row = {name: cells[index] for name, index in columns.items()}
        try:
            report = report_of(number, row)
        except ValueError as error:
            yield {"row": number, "rejected": str(error)}
        else:
            yield row_shown(
                number, report.name, report.entity, report.associate, report.text, report.people,
                report.entity == lists().associate_type, row.get("text", ""),
            )  # fmt: skip


def _source(name: str, role: str, **more: str | None) -> Mention:
    return Mention.of(
        SOURCE.name, "", "Source", role, name, title=name, publisher=f"US {OCR}", kind="dataset", lang="en",
        licence=SOURCE.licence, reliability="high", **more,
    )  # fmt: skip


@cache
def _portal() -> Mention:
    return _source("Breach portal", "portal", url=PORTAL)


@cache
def _ocr() -> Mention:
    return Mention.of(
        SOURCE.name, "", "Organisation", "authority", OCR, node_id="org-hhs-ocr", aliases=["HHS OCR"],
        kind="regulator", country="US",
    )  # fmt: skip


def _record(key: str, report: Report, export: _Export, strange: list[tuple[int, str]]) -> Record:
    entity = lists().entity_types.get(report.entity or "")
    named: dict[str, Any] = {"name": None, "described_as": report.name} if report.private else {"name": report.name}
    filer = Mention.of(
        SOURCE.name, key, "Organisation", "filer", **named, kind=entity and entity.kind, country="US",
        region=report.state and f"US-{report.state}",
    )  # fmt: skip
    title = _filled(
        lists().words["title"], name=report.name, date=report.date,
        name_fr=lists().words["private"]["fr"] if report.private else report.name, date_fr=_in_french(report.date),
    )  # fmt: skip
    incident = Mention.of(SOURCE.name, key, "Incident", "incident", None, title_en=title["en"], title_fr=title["fr"])
    said_as = f"breach report of {report.date} to the {OCR}"
    notice = Mention.of(
        SOURCE.name, key, "Notification", "notification", None, described_as=said_as, channel="HHS breach portal"
    )
    more = _told(key, report, export, filer, incident.id)
    if more.remark is not None:
        strange.append((report.number, more.remark))
    mentions = (incident, filer, notice, _ocr(), _portal(), export.source, *more.mentions)
    claims = (*_claims(report, export, incident.id, filer.id, notice.id), *more.claims)
    spoken = {id for c in claims for id in (c.subject, c.object, c.asserter, c.incident, c.citation.source)}
    return Record(
        source=SOURCE.name, key=key, mentions=tuple(m for m in mentions if m.id in spoken), claims=claims,
        text=report.text, lang="en" if report.text else None,
    )  # fmt: skip


def _told(key: str, report: Report, export: _Export, filer: Mention, incident: str) -> Told:
    """What the description says. It is rewritten when an inquiry ends, so it speaks for the day of the export."""
    if report.text is None:
        return Told()
    cited = Citation(source=export.source.id, locator=f"record {report.number}", sha256=export.sha256)
    kinds = frozenset(lists().breach_types.get(wording, "unknown") for wording in report.types)
    row = Row(
        source=SOURCE.name, key=key, filer=filer, incident=incident, associate=report.entity == lists().associate_type,
        people=report.people, kinds=kinds, cited=cited, stated_on=export.day, authority=_ocr().id,
    )  # fmt: skip
    return told(report.text, row)


def _strange(found: list[tuple[int, str]]) -> Iterator[str]:
    """The rows whose description is another report's."""
    if found:
        number, why = min(found)
        others = f", and those of {len(found) - 1:,} more records" if len(found) > 1 else ""
        yield (
            f"the description of record {number}{others}, belongs to another report: nothing is taken from it"
            f" ({why}; all: {', '.join(str(n) for n, _ in sorted(found))})"
        )


def _claims(report: Report, export: _Export, incident: str, filer: str, notice: str) -> Iterator[Claim]:
    where: dict[str, Any] = {"locator": f"record {report.number}", "sha256": export.sha256}
    once: dict[str, Any] = {
        "citation": Citation(source=_portal().id, **where), "stated_on": report.date, "incident": incident,
    }  # fmt: skip
    today = {**once, "citation": Citation(source=export.source.id, **where), "stated_on": export.day}
    own: dict[str, Any] = {"asserter": filer, "asserter_kind": "own"}
    ocr: dict[str, Any] = {"asserter": _ocr().id, "asserter_kind": "authority"}
    yield Claim(subject=incident, predicate="affected", object=filer, **once, **own)
    yield Claim(subject=filer, predicate="filed", object=notice, **once, **ocr)
    yield Claim(subject=notice, predicate="about", object=incident, **once, **ocr)
    yield Claim(subject=notice, predicate="addressed_to", object=_ocr().id, **once, **ocr)
    yield Claim(subject=notice, predicate="sent_on", value=report.date, **once, **ocr)
    for wording in report.types:
        kind = lists().breach_types.get(wording, "unknown")
        yield Claim(subject=incident, predicate="kind", value=kind, wording=wording, **once, **own)
    for subject, value, words in _notes(report, incident, notice):
        yield Claim(subject=subject, predicate="note", value=value, **_texts(words), **once, **own)
    if report.people is not None:
        qualifier = "placeholder" if report.people in lists().placeholders else "exact"
        low, high = interval(report.people, qualifier)
        figure = {"value": report.people, "low": low, "high": high, "qualifier": qualifier, **today, **own}
        yield Claim(subject=incident, predicate="people", object=filer, **figure)
        yield Claim(subject=notice, predicate="people", **figure)
    if report.raw_name != report.name:
        text = _filled(lists().words["spelling"], raw=report.raw_name)
        yield Claim(
            subject=filer, predicate="note", value=report.raw_name, **_texts(text), **today, asserter_kind="dataset"
        )


def _notes(report: Report, incident: str, notice: str) -> Iterator[tuple[str, str, Words | None]]:
    """What no other predicate says: as what the filer filed, where the data were, whether an associate was there."""
    entity = lists().entity_types.get(report.entity or "")
    if report.entity and (entity is None or entity.note):
        yield notice, report.entity, entity.note if entity else None
    if report.places:
        known = [lists().locations.get(place, Words(en=place, fr=place)) for place in report.places]
        joined = Words(en=", ".join(place["en"] for place in known), fr=", ".join(place["fr"] for place in known))
        template = lists().words["location"]
        places = Words(en=template["en"].format(places=joined["en"]), fr=template["fr"].format(places=joined["fr"]))
        yield incident, ", ".join(report.places), places
    if report.associate:
        yield incident, report.associate, lists().associate.get(report.associate)


def _filled(words: Words, **values: str) -> Words:
    return Words(en=words["en"].format(**values), fr=words["fr"].format(**values))


def _texts(words: Words | None) -> dict[str, Any]:
    return {"text_en": words["en"], "text_fr": words["fr"]} if words else {}


def _in_french(day: str) -> str:
    year, month, number = (int(part) for part in day.split("-"))
    return f"{'1er' if number == 1 else number} {lists().months_fr[month - 1]} {year}"


def _odd(reports: Iterable[Report]) -> tuple[Remarks, Remarks]:
    """What no closed list has, and what is damaged for good."""
    unknown, damaged = Remarks(), Remarks()
    for report in sorted(reports, key=lambda r: r.number):
        where = f"record {report.number}"
        unknown.term(lists().entity_types, "Covered Entity Type", report.entity, where)
        for wording in report.types:
            unknown.term(lists().breach_types, "Type of Breach", wording, where)
        for place in report.places:
            unknown.term(lists().locations, "Location of Breached Information", place, where)
        unknown.term(lists().associate, "Business Associate Present", report.associate, where)
        if re.search(lists().damaged, report.name):
            damaged.add(f"the name “{report.name}” is damaged, and is kept as it is", where)
    return unknown, damaged
