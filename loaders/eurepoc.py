"""EuRepoC, the European Repository of Cyber Incidents: who attacked whom, as far as each attribution goes.

Attributions that contradict each other stand side by side, each as the word of whose it is, hedged where its source is
not named, its form is unclear, or the data set calls it contested. A first of a month, or of January, is how the data
set writes a month or a year; it is read as such. What only the attacker made known is a claim by the attacker.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from outbreach.graph.records.load import LoaderSource, Reading, day_of
from outbreach.graph.records.record import Citation, Mention, Record
from outbreach.loaders.entries.attribution import LANGS, attributions, day_of_cell, initiators, items, lists
from outbreach.loaders.files.row import Remarks, Row, reading
from outbreach.loaders.files.table import table_of
from outbreach.loaders.words.bodies import body_of, is_named, is_office, may_be_person, several
from outbreach.loaders.words.cells import groups_of, items_of
from outbreach.loaders.words.lists import told
from outbreach.loaders.words.places import country
from outbreach.loaders.words.relay import entry_source, pages_in, say_pages
from outbreach.loaders.words.telling import Telling

SOURCE = LoaderSource(
    name="eurepoc",
    version=1,
    title_en="European Repository of Cyber Incidents (EuRepoC), global database",
    title_fr="European Repository of Cyber Incidents (EuRepoC), base mondiale",
    licence="CC BY 4.0",
    files=("*.csv", "*.xlsx"),
    takes=("everything",),
    obtain_en="On zenodo.org, or at eurepoc.eu, take the “Global Database” of EuRepoC as CSV.",
    obtain_fr="Sur zenodo.org, ou sur eurepoc.eu, prendre la « Global Database » d’EuRepoC en CSV.",
)


@dataclass(frozen=True, slots=True)
class _File:
    """What all incidents of a file share, and whether those outside health are wanted."""

    sha256: str
    day: str | None
    everything: bool
    found: Remarks


def read(file: Path, dated: str | None = None, *, everything: bool = False) -> Reading:
    """The incidents in a file with a receiver in health, or all where `everything` is asked for.

    Raises `InputError` where the file is no such table.
    """
    table = table_of(file)
    rows = list(table.lines(*lists().needed))
    wanted = [row for row in rows if everything or _in_health(row.fields["receiver_category_subcode"])]
    cells = (cell for row in rows for cell in str(row.fields.get("attribution_date")).split(";"))
    dates = (day for cell in cells if (day := day_of_cell(cell)) and len(day) == len("2023-01-31"))
    day, _ = day_of(file, dated, dates)
    found = Remarks()
    shared = _File(table.sha256, day, everything, found)
    remarks = list(table.remarks)
    if left := len(rows) - len(wanted):
        remarks.append(f"{left:,} incidents without a receiver in health are left out: --all reads them too")
    return reading(wanted, lambda row: _record(row, shared), found, table.rejected, remarks)


def _in_health(cell: object) -> bool:
    """Whether it names a sector of health; a cell that cannot be read may, so that its row is rejected with the reason."""
    try:
        return bool(lists().health & set(items_of(cell)))
    except ValueError:
        return True


@cache
def _dataset() -> Mention:
    return Mention.of(
        SOURCE.name, "", "Source", "dataset", "EuRepoC Global Database", title="EuRepoC Global Database",
        publisher="European Repository of Cyber Incidents", url="https://eurepoc.eu", kind="dataset", lang="en",
        licence=SOURCE.licence, reliability="normal",
    )  # fmt: skip


def _record(row: Row, file: _File) -> Record:
    key, name = row.text("ID"), row.text("name")
    if key is None or name is None:
        raise ValueError("it has no ID or no name")
    tale, words = Telling(SOURCE.name, key), lists().words
    title = words["title_fr"].format(id=key, name=name)
    incident = tale.mention("Incident", "incident", None, title_en=name, title_fr=title)
    pages = pages_in(items(row, "sources_url"))
    where = entry_source(tale, _dataset(), f"incident {key}", pages).id
    tale.said = {
        "citation": Citation(source=where, locator=f"incident {key} ({row.where})", sha256=file.sha256),
        "stated_on": file.day, "incident": incident.id, "asserter_kind": "dataset",
    }  # fmt: skip
    settled = initiators(row, tale)
    disclosed = items(row, "source_incident_detection_disclosure")
    by: dict[str, Any] = {}
    if set(disclosed) == {lists().disclosed_by_attacker}:
        named = [attacker.id for attacker, _ in settled]
        by = {"asserter_kind": "attacker", "asserter": named[0] if len(named) == 1 else None}
    for receiver in _receivers(row, tale, file):
        tale.say(incident, "affected", receiver, **by)
    _kinds(row, tale, incident, file.found)
    for predicate, column in (("occurred_from", "start_date"), ("occurred_to", "end_date")):
        text = row.text(column)
        if day := day_of_cell(text):
            tale.say(incident, predicate, value=day)
        elif text:
            file.found.add(f"{column} “{text}” is no day", row.where)
    for attacker, modality in settled:
        tale.say(incident, "attributed_to", attacker, modality=modality)
    attributions(row, tale, incident, file.found)
    if disclosed:
        known = [file.found.term(lists().disclosures, "disclosure", d, row.where) for d in disclosed]
        spoken = {lang: ", ".join(k[lang] if k else d for k, d in zip(known, disclosed, strict=True)) for lang in LANGS}
        tale.say(incident, "note", value="; ".join(disclosed), **told(words["disclosed"], **spoken))
    say_pages(tale, incident, pages)
    row.ignore("sources_attribution", *lists().ignored)
    return tale.record(row.text("description"), "en")


def _receivers(row: Row, tale: Telling, file: _File) -> Iterator[Mention]:
    """Whom it hit: those who are named, and for the others where they are and of which sector."""
    names, places = groups_of(row.text("receiver_name")), items(row, "receiver_country", keep=True)
    kinds, sectors = groups_of(row.text("receiver_category")), groups_of(row.text("receiver_category_subcode"))
    for kind in dict.fromkeys(k for group in kinds for k in group if k not in lists().absent):
        file.found.term(lists().receivers, "receiver_category", kind, row.where)
    words, length = lists().words, max(len(names), len(places), len(sectors), 1)
    if len(places) != length:
        places = places * length if len(places) == 1 else [""] * length
    for place, where in enumerate(places):
        code = lists().countries.get(where) or country(where)
        category = kinds[place] if len(kinds) > place else []
        bodies = not category or any(lists().receivers.get(kind) for kind in category)
        group = [name for name in (names[place] if len(names) > place else []) if is_named(name)]
        for name in (one for entry in group for one in several(entry)):
            if is_office(name) or (not bodies and may_be_person(name)):
                yield tale.mention("Organisation", "receiver", None, described_as=words["person"], country=code)
            else:
                body = body_of(name)
                plain = name if body.beside else body.name
                yield tale.mention("Organisation", "receiver", plain, aliases=body.aliases, country=code)
        sector = [text for text in (sectors[place] if len(sectors) > place else []) if text] or category
        if not group and sector and (file.everything or lists().health & set(sector)):
            spoken = words["unnamed"].format(
                sectors=", ".join(dict.fromkeys(sector)), country=where or words["nowhere"]
            )
            yield tale.mention("Organisation", "receiver", None, described_as=spoken, country=code)


def _kinds(row: Row, tale: Telling, incident: Mention, found: Remarks) -> None:
    for wording in items(row, "incident_type"):
        for kind in found.term(lists().incident_types, "incident_type", wording, row.where) or ("unknown",):
            tale.say(incident, "kind", value=kind, wording=wording)
    techniques = list(dict.fromkeys([*items(row, "MITRE_initial_access"), *items(row, "MITRE_impact")]))
    for wording in techniques:
        if technique := found.term(lists().techniques, "MITRE technique", wording, row.where):
            tale.say(incident, "kind", value=technique, wording=wording)
    if techniques:
        terms = ", ".join(techniques)
        tale.say(incident, "note", value=terms, **told(lists().words["techniques"], terms=terms))
