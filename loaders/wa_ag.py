"""The Attorney General of Washington State: notices of breaches that hit residents of that state, a line a data type.

The lines of one notice are one record; its key is the notice’s number. A figure counts residents of Washington alone.
Who stands in brackets beside a filer’s name may be its vendor, its client or a part of it. Which, only other notices of
the same list tell; that is marked as an inference, and where nothing tells we say no more than the list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from re import search
from typing import Any

from outbreach.graph.records.load import LoaderSource, Reading, day_of
from outbreach.graph.records.record import Citation, Claim, Mention, Record
from outbreach.loaders.entries.wa_notice import Brackets, Parties, day_of_cell, figure_of, lists, notices, parties_of
from outbreach.loaders.files.row import Remarks, Row, reading
from outbreach.loaders.files.table import table_of
from outbreach.loaders.words.bodies import body_of, several
from outbreach.loaders.words.lists import told
from outbreach.loaders.words.places import us_state

SOURCE = LoaderSource(
    name="wa_ag",
    version=1,
    title_en="Washington State Attorney General, data breach notices",
    title_fr="Procureur général de l’État de Washington, avis de violation de données",
    licence="public record",
    files=("*.csv", "*.xlsx"),
    takes=("everything",),
    addresses={"wa-ag-breaches.csv": "https://data.wa.gov/api/views/padd-mby7/rows.csv?accessType=DOWNLOAD"},
)
AG = "Washington State Attorney General"
COLUMNS = ("Id", "Name", "DateSubmitted", "InformationType", "WashingtoniansAffected")


@dataclass(frozen=True, slots=True)
class _Export:
    """What all notices of one file share."""

    source: Mention
    sha256: str
    day: str | None
    brackets: Brackets


def read(file: Path, dated: str | None = None, *, everything: bool = False) -> Reading:
    """The notices in a file, of the industry Health unless `everything` is asked for.

    Raises `InputError` where the file is no such list.
    """
    table = table_of(file)
    folded, rejected = notices(table.lines(*COLUMNS))
    rows = [row for row, _ in folded]
    day, _ = day_of(file, dated, (sent for row in rows if (sent := day_of_cell(row.fields["DateSubmitted"]))))
    name = f"Data breach notices, export of {day or 'an unknown day'} ({file.name}, {len(rows):,} notices)"
    brackets = Brackets.of(str(row.fields["Name"]) for row in rows)
    export = _Export(_source(name, "export", published_on=day), table.sha256, day, brackets)
    wanted = [(row, n) for row, n in folded if everything or row.fields.get("IndustryType") in lists().health]
    remarks = list(table.remarks)
    if left := len(rows) - len(wanted):
        remarks.append(f"{left:,} notices of other industries than health are left out: --all reads them too")
    found = Remarks()
    health = [row for row, _ in wanted]
    made = reading(health, lambda row: _record(row, export, found), found, [*table.rejected, *rejected], remarks)
    return replace(made, folded=sum(n - 1 for _, n in wanted))


def _source(name: str, role: str, **more: str | None) -> Mention:
    return Mention.of(
        SOURCE.name, "", "Source", role, name, title=name, publisher=AG, kind="dataset", lang="en",
        licence=SOURCE.licence, reliability="high", **more,
    )  # fmt: skip


@cache
def _list() -> Mention:
    return _source("Data breach notices", "list", url="https://www.atg.wa.gov/data-breach-notifications")


@cache
def _authority() -> Mention:
    return Mention.of(
        SOURCE.name, "", "Organisation", "authority", AG, node_id="org-washington-ag",
        aliases=["Washington Attorney General"], kind="prosecutor", country="US", region="US-WA",
    )  # fmt: skip


def _record(row: Row, export: _Export, found: Remarks) -> Record:
    key, raw, sent = row.text("Id"), row.text("Name"), day_of_cell(row.take("DateSubmitted"))
    if key is None or raw is None:
        raise ValueError("it names nobody")
    if sent is None:
        raise ValueError(f"“{row.fields['DateSubmitted']}” is no day of submission")
    who, state = parties_of(raw), row.text("EntityState")
    region = us_state(state) if state else None
    if state and not region:
        found.add(f"EntityState “{state}” is no state of the US", row.where)
    filer = Mention.of(
        SOURCE.name, key, "Organisation", "filer", who.filer.name, aliases=who.filer.aliases, region=region,
        country="US" if region else None,
    )  # fmt: skip
    title = told(lists().words["title"], name=filer.name, date=sent)
    incident = Mention.of(
        SOURCE.name, key, "Incident", "incident", None, title_en=title["text_en"], title_fr=title["text_fr"]
    )
    said_as = f"notice {key} of {sent} to the {AG}"
    notice = Mention.of(SOURCE.name, key, "Notification", "notification", None, described_as=said_as, channel="notice")
    mentions = {m.id: m for m in (incident, filer, notice, _authority(), _list(), export.source)}

    def mention(role: str, name: str | None = None, **more: Any) -> str:
        made = Mention.of(SOURCE.name, key, "Organisation", role, name, **more)
        return mentions.setdefault(made.id, made).id

    where: dict[str, Any] = {"locator": f"notice {key} ({row.where})", "sha256": export.sha256}
    said: dict[str, Any] = {
        "citation": Citation(source=_list().id, **where), "stated_on": sent, "incident": incident.id,
    }  # fmt: skip
    own = {**said, "asserter": filer.id, "asserter_kind": "own"}
    listed = {**said, "asserter": _authority().id, "asserter_kind": "authority"}
    today = {**own, "stated_on": export.day, "citation": Citation(source=export.source.id, **where)}
    claims = [
        Claim(subject=filer.id, predicate="filed", object=notice.id, **listed),
        Claim(subject=notice.id, predicate="about", object=incident.id, **listed),
        Claim(subject=notice.id, predicate="addressed_to", object=_authority().id, **listed),
        Claim(subject=notice.id, predicate="sent_on", value=sent, **listed),
        *_parties(who, export.brackets.role(who.filer), incident.id, filer.id, mention, own),
        *_dates(row, found, incident.id, notice.id, own),
        *_kinds(row, found, incident.id, own),
        *_data(row, found, incident.id, own),
    ]
    if figure := figure_of(row, found):
        scope: dict[str, Any] = {"predicate": "people", "subset": lists().words["subset"]["en"], **figure, **today}
        claims.append(Claim(subject=incident.id, object=None if who.client else filer.id, **scope))
        claims.append(Claim(subject=notice.id, **scope))
    if words := _industry(row, found):
        claims.append(Claim(subject=filer.id, predicate="note", **words, **listed))
    if raw != filer.name and (who.filer.beside or "(" not in raw or who.filer.aliases):
        unclear = who.filer.beside and not export.brackets.role(who.filer)
        note = {"value": raw, **told(lists().words["beside" if unclear else "spelling"], raw=raw)}
        claims.append(Claim(subject=filer.id, predicate="note", **note, **{**said, "asserter_kind": "dataset"}))
    row.ignore(*lists().ignored)
    spoken = {id for c in claims for id in (c.subject, c.object, c.asserter, c.incident, c.citation.source)}
    kept = tuple(m for m in mentions.values() if m.id in spoken)
    return Record(source=SOURCE.name, key=key, mentions=kept, claims=tuple(claims))


def _parties(
    who: Parties, role: str | None, incident: str, filer: str, mention: Callable[..., str], own: dict[str, Any]
) -> Iterator[Claim]:
    """Whom it hit, and who supplies whom as far as the list tells: in brackets, or by “on behalf of”."""
    theirs = {**own, "asserter_kind": "vendor"}
    inferred = {**own, "modality": "hedged", "basis": "inferred"}
    rules, beside = lists().rules, who.filer.beside or ""
    if who.client:
        whom = {"name": body_of(who.client).name} if who.named else {"described_as": who.client}
        client = mention("client", **whom)
        yield Claim(subject=incident, predicate="affected", object=client, **theirs)
        yield Claim(subject=incident, predicate="event", role="notice_delegated", object=client, **theirs)
        if not search(lists().counsel, who.filer.name):
            yield Claim(subject=filer, predicate="supplies", object=client, rule=rules["files_for"], **inferred)
    else:
        yield Claim(subject=incident, predicate="affected", object=filer, **own)
    if role == "vendor":
        vendor, rule = mention("vendor", beside), rules["vendor_in_brackets"]
        yield Claim(subject=vendor, predicate="supplies", object=filer, rule=rule, **inferred)
        yield Claim(subject=incident, predicate="originated_at", object=vendor, rule=rule, **inferred)
    elif role == "client":
        rule = rules["client_in_brackets"]
        for name in several(beside):
            client = mention("client", name)
            yield Claim(subject=incident, predicate="affected", object=client, **theirs)
            yield Claim(subject=filer, predicate="supplies", object=client, rule=rule, **inferred)
        yield Claim(subject=incident, predicate="originated_at", object=filer, rule=rule, **inferred)


def _dates(row: Row, found: Remarks, incident: str, notice: str, own: dict[str, Any]) -> Iterator[Claim]:
    days: dict[str, str | None] = {}
    for name in ("DateAware", "DateStart", "DateEnd"):
        text = row.text(name)
        days[name] = day_of_cell(text)
        if text and not days[name]:
            found.add(f"{name} “{text}” is no day", row.where)
    aware, first, last = days.values()
    if aware:
        yield Claim(subject=incident, predicate="discovered_on", value=aware, **own)
        yield Claim(subject=notice, predicate="discovered_on", value=aware, **own)
    if first and last and first > last:
        note = {"value": f"{first}/{last}", **told(lists().words["order"], first=first, last=last)}
        yield Claim(subject=incident, predicate="note", **note, **own)
        return
    for predicate, day in (("occurred_from", first), ("occurred_to", last)):
        if day:
            yield Claim(subject=incident, predicate=predicate, value=day, **own)


def _kinds(row: Row, found: Remarks, incident: str, own: dict[str, Any]) -> Iterator[Claim]:
    for heading, table in (("DataBreachCause", lists().causes), ("CyberattackType", lists().cyberattacks)):
        wording = row.text(heading)
        kind = found.term(table, heading, wording, row.where)
        if wording and (kind or wording not in table):
            yield Claim(subject=incident, predicate="kind", value=kind or "unknown", wording=wording, **own)


def _data(row: Row, found: Remarks, incident: str, own: dict[str, Any]) -> Iterator[Claim]:
    other = []
    for wording in row.texts("InformationType"):
        category = found.term(lists().data, "InformationType", wording, row.where)
        if category:
            yield Claim(subject=incident, predicate="exposed", object=f"data.{category}", wording=wording, **own)
        else:
            other.append(wording)
    if other:
        note = {"value": ", ".join(other), **told(lists().words["data"], terms=", ".join(other))}
        yield Claim(subject=incident, predicate="note", **note, **own)


def _industry(row: Row, found: Remarks) -> dict[str, Any] | None:
    """What the list says of the filer: its industry and, of a business, which."""
    terms = {}
    for heading, table in (("IndustryType", lists().industries), ("BusinessType", lists().businesses)):
        if wording := row.text(heading):
            terms[wording] = found.term(table, heading, wording, row.where) or {"en": wording, "fr": wording}
    if not terms:
        return None
    spoken = {lang: ", ".join(words[lang] for words in terms.values()) for lang in ("en", "fr")}
    return {"value": ", ".join(terms), **told(lists().words["listed"], **spoken)}
