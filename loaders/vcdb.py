"""VCDB, the VERIS Community Database: incidents coded from press articles and notices, in the terms of VERIS.

Its total is one of records; it counts people only where the incident's own summary counts that many, and that is quoted.
A partner whom the coders name supplies the victim; where only a note names it, the incident's own text must name it too,
or the claim is hedged, and a note that stands with several victims is not believed. Who a secondary victim is to the
victim, VCDB does not say: it was hit, no more. A date may be that of the article where the coders knew no better.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from re import fullmatch
from typing import Any

from outbreach.graph.records.load import LoaderSource, Reading, day_of
from outbreach.graph.records.record import Citation, Mention, Record
from outbreach.loaders.entries.veris import day_at, flat, ignore, incidents, lists, repeated
from outbreach.loaders.entries.veris_facts import (
    LICENCE,
    NAME,
    Entry,
    assets,
    attackers,
    data,
    dataset,
    dates,
    is_private,
    kinds,
    note,
    owner,
    partners_of,
    secondary,
)
from outbreach.loaders.entries.veris_text import suppliers
from outbreach.loaders.files.row import Remarks, Row, reading
from outbreach.loaders.words.bodies import body_of, is_named
from outbreach.loaders.words.places import country, region
from outbreach.loaders.words.relay import entry_source, pages_in, say_pages
from outbreach.loaders.words.telling import Telling

SOURCE = LoaderSource(
    name=NAME,
    version=2,
    title_en="VERIS Community Database (VCDB)",
    title_fr="VERIS Community Database (VCDB), base communautaire d’incidents",
    licence=LICENCE,
    files=("*.json", "*.zip", "a folder of *.json"),
    takes=("everything",),
    folder=True,
    addresses={"vcdb.json.zip": "https://raw.githubusercontent.com/vz-risk/VCDB/master/data/joined/vcdb.json.zip"},
)


def read(file: Path, dated: str | None = None, *, everything: bool = False) -> Reading:
    """The incidents in a file or folder whose victim is in health care or a health insurer; all with `everything`.

    Raises `InputError` where it holds no VERIS incident.
    """
    rows, rejected = incidents(file)
    wanted = [(row, sha) for row, sha in rows if everything or _in_health(row)]
    remarks = []
    if left := len(rows) - len(wanted):
        remarks.append(f"{left:,} incidents of other industries than health are left out: --all reads them too")
    once = _once(row for row, _ in wanted)
    digests, doubtful = {row.where: sha for row, sha in wanted}, repeated(row for row, _ in rows)
    day, _ = day_of(file, dated, ())
    found = Remarks()
    made = reading(
        [row for row, _ in once.values()], lambda row: _record(row, once[row.where][1], digests[row.where], day, doubtful, found), found,
        rejected, remarks,
    )  # fmt: skip
    return replace(made, folded=len(wanted) - len(once))


def _in_health(row: Row) -> bool:
    """Whether its victim is in health; what has no victim that can be read is looked at, and rejected with a reason."""
    victim = row.fields.get("victim")
    if not isinstance(victim, dict) or "incident_id" not in row.fields:
        return True
    return str(victim.get("industry", "")).strip().startswith(lists().health)


def _once(rows: Iterable[Row]) -> dict[str, tuple[Row, str]]:
    """Each incident once, by where it stands, with its key: its id, and where another has that id its own as well.

    The same incident twice, but for what the converter noted in `plus`, is one.
    """
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        same_id = by_id.setdefault(str(row.fields.get("incident_id")), [])
        if not any(_content(row) == _content(other) for other in same_id) or "incident_id" not in row.fields:
            same_id.append(row)
    found = {}
    for id, group in by_id.items():
        for row in group:
            plus = row.fields.get("plus")
            own = plus.get("master_id") if isinstance(plus, dict) else None
            found[row.where] = (row, id if len(group) == 1 or own in (None, id) else f"{id}/{own}")
    return found


def _content(row: Row) -> dict[str, object]:
    return {name: value for name, value in row.fields.items() if name != "plus"}


def _record(given: Row, key: str, sha: str, day: str | None, doubtful: frozenset[str], found: Remarks) -> Record:
    row = flat(given)
    id, _ = row.text("incident_id"), row.text("plus.master_id")
    if id is None or not isinstance(given.fields.get("victim"), dict):
        raise ValueError("it is no VERIS incident: it has no incident_id or no victim")
    summary, pages = row.text("summary"), pages_in([row.text("reference") or ""])
    tale = Telling(SOURCE.name, key)
    source = entry_source(tale, dataset(), f"incident {id}", pages)
    victim, began = _victim(row, tale), day_at(row, "timeline.incident")
    name = {lang: victim.name or text for lang, text in lists().words["nobody"].items()}
    titles = {
        f"title_{lang}": text.format(name=name[lang], date=began or lists().words["undated"][lang])
        for lang, text in lists().words["title"].items()
    }
    incident = tale.mention("Incident", "incident", None, **titles)
    tale.said = {
        "citation": Citation(source=source.id, locator=f"{id} ({row.where})", sha256=sha), "asserter_kind": "dataset",
        "incident": incident.id, "stated_on": _day(row, "plus.modified") or _day(row, "plus.created") or day,
    }  # fmt: skip
    words = " ".join(str(v) for n, v in row.fields.items() if n in ("summary", "notes") or n.startswith("action."))
    entry = Entry(row, tale, incident, victim, f"{words} {' '.join(pages)}", found)
    confirmed = found.term(
        lists().security_incidents, "security_incident", coded := row.text("security_incident"), row.where
    )
    sure = found.term(lists().confidences, "confidence", row.text("confidence"), row.where)
    hedged = "hedged" if "hedged" in (confirmed, sure) else "stated"
    tale.say(incident, "affected", victim, modality=hedged)
    if confirmed == "hedged":
        note(entry, "incident", [coded or ""])
    others = secondary(entry, hedged)
    vendors = partners_of(entry, doubtful)
    owner(entry, vendors)
    suppliers(entry, summary, vendors)
    kinds(entry)
    attackers(entry)
    data(entry, summary, alone=not others)
    dates(entry, began)
    assets(entry)
    say_pages(tale, incident, pages)
    ignore(row)
    # The reading reports what is left of the row it gave.
    given.ignore(*given.fields)
    found.done(row)
    return tale.record(summary, "en")


def _victim(row: Row, tale: Telling) -> Mention:
    """The victim: by name, or unnamed where nobody or a natural person is named."""
    raw, industry = row.text("victim.victim_id"), row.text("victim.industry") or ""
    where = next((code for text in row.texts("victim.country") if (code := country(text))), None)
    state = row.text("victim.state")
    part = (lists().states.get(state) or (region(where, state) if where else None)) if state else None
    part = part if part and part[:2] == where else None
    kind = next((k for n, k in sorted(lists().industries.items(), reverse=True) if industry.startswith(n)), None)
    place: dict[str, Any] = {"country": where, "region": part, "kind": kind}
    if raw is None or not is_named(raw) or is_private(raw):
        told_of = raw if raw and not is_named(raw) and not _bare(raw) else lists().words["victim"]["en"].format(
            industry=industry, place=part or where or "?"
        )  # fmt: skip
        return tale.mention("Organisation", "victim", None, described_as=told_of, **place)
    body = body_of(raw)
    return tale.mention("Organisation", "victim", raw if body.beside else body.name, aliases=body.aliases, **place)


def _bare(text: str) -> bool:
    return text.casefold() in ("unknown", "other", "n/a", "na", "none", "unnamed", "unidentified")


def _day(row: Row, name: str) -> str | None:
    text = str(row.fields.get(name) or "")[:10]
    return text if fullmatch(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", text) else None
