"""Any table, by a mapping file that says what its columns mean: a regulator's list, a spreadsheet (docs/tables.md)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from outbreach.graph import schema
from outbreach.graph.errors import UsageError
from outbreach.graph.records.load import LoaderSource, Reading, day_of
from outbreach.graph.records.record import Citation, Claim, Mention, Record
from outbreach.loaders.files.row import Remarks, Row, reading
from outbreach.loaders.files.table import table_of
from outbreach.loaders.forms.incident import CAST_FIELDS
from outbreach.loaders.forms.line import Line
from outbreach.loaders.forms.mapping import FACTS, NAMES, Cell, Mapping, Named, Stated, cells_of, heading_of, mapping_of
from outbreach.loaders.words.cell import cell_lists
from outbreach.loaders.words.page import is_address
from outbreach.loaders.words.register import filled

SOURCE = LoaderSource(
    name="table",
    version=1,
    title_en="Any table, by a mapping file of its columns (docs/tables.md)",
    title_fr="Tout tableau, par un fichier de correspondance de ses colonnes (docs/tables.md)",
    licence="as its mapping says",
    files=("*.csv", "*.tsv", "*.xls", "*.xlsx"),
    takes=("mapping", "everything"),
    obtain_en="It is your own table, or one that its publisher lets you download.",
    obtain_fr="C’est votre propre tableau, ou celui que son éditeur laisse télécharger.",
)
_OF_BODIES = ("supplies", "makes", "uses", "has", "operates", "sanction", "note")
"""Facts that need no incident; `part_of` does where it names one key only."""


def read(file: Path, dated: str | None = None, *, mapping: Path | None = None, everything: bool = False) -> Reading:
    """What the rows of a table state by its `mapping`; `everything` reads the rows that the mapping leaves out too.

    Raises `InputError` where the mapping is wrong, or the table has not the columns that it names.
    """
    if mapping is None:
        raise UsageError("a table is read by its mapping: give --mapping FILE, or the name of a shipped one")
    form = mapping_of(mapping)
    table = table_of(file, delimiter=form.delimiter)
    table = replace(table, header=tuple(" ".join(heading.split()) for heading in table.header))
    columns = [heading_of(cell) for _, cell in cells_of(form) if not isinstance(cell, Cell) or cell.column]
    found = Remarks()
    every = list(table.lines(*dict.fromkeys(columns)))
    rows = [row for row in every if everything or form.only is None or Line(form, row, found).holds(form.only)]
    day, _ = day_of(file, dated, ())
    title = f"{form.title.en}, as of {day or 'an unknown day'} ({file.name})"
    dataset = {
        "title": title, "publisher": form.publisher, "url": form.url, "kind": form.kind, "lang": form.lang,
        "licence": form.licence, "reliability": form.reliability, "published_on": day,
    }  # fmt: skip

    def record_of(row: Row) -> Record:
        row.ignore(*columns, *(" ".join(name.split()) for name in form.ignored))
        return _Telling(Line(form, row, found), dataset, table.sha256).record()

    skipped = len(every) - len(rows)
    remark = [f"{skipped:,} rows are left out, as the mapping’s “only” says; --all reads them"] if skipped else []
    return reading(rows, record_of, found, table.rejected, (*table.remarks, *remark))


class _Telling:
    """A row on its way to a record: whom it speaks of, and what it states."""

    def __init__(self, line: Line, dataset: dict[str, Any], sha256: str) -> None:
        self.line, self.form, self.key = line, line.form, line.key
        self.cast = {key: list(self._cast(key, entry)) for key, entry in self.form.cast.items()}
        self.notices: list[Mention] = []
        self.source = self._source(dataset)
        self.incident = self._incident() if of_incident(self.form) else None
        self.common: dict[str, Any] = {
            "citation": Citation(source=self.source.id, locator=line.row.where, sha256=sha256),
            "stated_on": line.day(self.form.stated_on) or dataset["published_on"], "asserter_kind": self.form.says,
            "incident": self.incident and self.incident.id,
        }  # fmt: skip

    def record(self) -> Record:
        """The record. Raises `ValueError` or `ClaimError`, whose text says why there is none."""
        victims = [fact.affected for fact in self.form.facts if fact.affected]
        if victims and not any(self.cast[key] for key in victims):
            raise ValueError("it names nobody who was affected")
        claims = {claim.id: claim for fact in self.form.facts for claim in self._claims(fact)}
        if not claims:
            raise ValueError("none of the facts of its mapping can be stated from it")
        for heading, value in self.line.odd:
            words = filled(cell_lists().note, heading=heading, value=value)
            texts: dict[str, Any] = {"text_en": words["en"], "text_fr": words["fr"]}
            note = Claim(subject=self._subjects()[0], predicate="note", **self.common, **texts)
            claims[note.id] = note
        bodies = [m for mentions in self.cast.values() for m in mentions]
        told = {m.id: m for m in (self.incident, *bodies, *self.notices, self.source) if m is not None}
        spoken = {id for c in claims.values() for id in (c.subject, c.object, c.asserter, c.incident, self.source.id)}
        private = any(entry.person and self.line.holds(entry.person) for entry in self.form.cast.values())
        text = self.line.cell(self.form.text) if self.form.text and not private else None
        return Record(
            source=SOURCE.name, key=self.key, mentions=tuple(m for m in told.values() if m.id in spoken),
            claims=tuple(claims.values()), text=text, lang=self.form.lang if text else None,
        )  # fmt: skip

    def _subjects(self) -> list[str]:
        """Whom a note is about: the incident where the row is of one, else the first body that it names."""
        return [self.incident.id] if self.incident else [m.id for mentions in self.cast.values() for m in mentions][:1]

    def _source(self, dataset: dict[str, Any]) -> Mention:
        own = self.form.source
        if own is None:
            return Mention.of(SOURCE.name, "", "Source", "dataset", dataset["title"], **dataset)
        address = self.line.one(own.url)
        if address is not None and not is_address(address):
            self.line.found.add("an address is no web address that can be kept, and is left out", self.line.row.where)
            address = None
        said = {
            "url": address, "title": self.line.one(own.title),
            "published_on": self.line.day(own.published_on), "relay_of": self.line.one(own.relay_of),
        }  # fmt: skip
        values = dataset | {name: value for name, value in said.items() if value is not None}
        return Mention.of(SOURCE.name, self.key, "Source", "row", values["title"], **values)

    def _incident(self) -> Mention:
        hit = [m for fact in self.form.facts if fact.affected for m in self.cast[fact.affected]]
        own, lists = self.form.incident, cell_lists()
        unnamed = lists.title if hit else lists.untitled
        form = {"en": own.en if own else unnamed["en"], "fr": own.fr if own else unnamed["fr"]}
        titles = {}
        for lang, of_table, person in (
            ("en", self.form.title.en, lists.person["en"]),
            ("fr", self.form.title.fr, lists.person["fr"]),
        ):
            text = form[lang].replace("{title}", of_table)
            for key, mentions in {**self.cast, "names": hit}.items():
                text = text.replace(f"{{{key}}}", ", ".join(dict.fromkeys(m.name or person for m in mentions)) or "?")
            titles[lang] = text
        return Mention.of(
            SOURCE.name, self.key, "Incident", "incident", None, title_en=titles["en"], title_fr=titles["fr"]
        )

    def _cast(self, key: str, entry: Named) -> Iterator[Mention]:
        line, what = self.line, next(name for name in NAMES if getattr(entry, name) is not None)
        label, role = CAST_FIELDS[what], what if what in ("vendor", "authority") else key
        if entry.person is not None and line.holds(entry.person):
            yield Mention.of(SOURCE.name, self.key, label, role, None, described_as=cell_lists().person["en"])
            return
        within = line.place(entry.country)
        numbers = [f"{scheme}:{value}" for scheme, cell in entry.identifiers.items() if (value := line.one(cell))]
        more: dict[str, Any] = {
            "aliases": line.all(entry.aliases), "node_id": entry.id, "city": line.one(entry.city), "country": within,
            "kind": line.term(entry.kind, "attacker_kinds" if label == "Attacker" else "organisation_kinds"),
            "region": line.place(entry.region, within), "category": line.term(entry.category, "software_categories"),
        }  # fmt: skip
        more = {name: value for name, value in more.items() if value}
        for name in dict.fromkeys(line.all(getattr(entry, what))):
            cve = [f"cve:{name.upper()}"] if re.fullmatch(r"CVE-\d{4}-\d{4,}", name, re.IGNORECASE) else []
            identifiers = [*numbers, *(cve if label == "Vulnerability" else [])]
            yield Mention.of(SOURCE.name, self.key, label, role, name, identifiers=identifiers, **more)

    def _claims(self, fact: Stated) -> Iterator[Claim]:
        speaker = next(iter(self.cast[fact.by]), None) if fact.by else None
        if (fact.by and speaker is None) or (fact.when is not None and not self.line.holds(fact.when)):
            return
        line = self.line
        details = {
            "service": line.one(fact.service), "date": line.day(fact.date), "until": line.day(fact.until),
            "reference": line.one(fact.reference), "population": fact.population, "subset": fact.subset,
            "currency": line.one(fact.currency), "role": fact.role, "amount": line.amount(fact.amount),
        }  # fmt: skip
        common = {**self.common, "modality": "hedged" if fact.hedged else "stated", "negated": fact.negated}
        for ends in self._ends(fact):
            if speaker is not None:
                common |= {"asserter": speaker.id, "asserter_kind": self._voice(fact.by or "", ends.get("object"))}
            allowed = schema.PREDICATES[ends["predicate"]].details
            yield Claim(**{**common, **{k: v for k, v in details.items() if v is not None and k in allowed}, **ends})

    def _voice(self, by: str, about: str | None) -> str:
        entry = self.form.cast[by]
        if entry.authority is not None or entry.attacker is not None:
            return "authority" if entry.authority is not None else "attacker"
        clients = {
            m.id for key, mentions in self.cast.items() if key != by for m in mentions if m.label == "Organisation"
        }
        return "vendor" if entry.vendor is not None and about in clients else "own"

    def _ends(self, fact: Stated) -> Iterator[dict[str, Any]]:
        """What a fact states, once for each body that the row names there."""
        name = next(name for name in FACTS if getattr(fact, name) is not None)
        value, incident = getattr(fact, name), self.incident.id if self.incident else ""
        of: list[str | None] = [m.id for m in self.cast[fact.of]] if fact.of else [None]
        if name == "notified":
            yield from self._notified(value[0], value[1], incident, self.line.day(fact.date))
        elif name in ("exposed", "kind"):
            for term, wording in self.line.terms(value, "data_categories" if name == "exposed" else "incident_kinds"):
                end = {"object": f"data.{term}"} if name == "exposed" else {"value": term}
                yield {"subject": incident, "predicate": name, "wording": wording, **end}
        elif name == "people":
            figure = self.line.people(value, fact.qualifier)
            if figure is not None:
                yield from ({"subject": incident, "predicate": name, "object": body, **figure} for body in of)
        elif schema.PREDICATES[name].value == "date":
            day = self.line.day(value)
            yield from [{"subject": incident, "predicate": name, "value": day}] if day else []
        elif name == "note":
            said = self.line.words(value)
            if said is not None:
                texts = {"value": said[0], "text_en": said[1]["en"], "text_fr": said[1]["fr"]}
                bodies = [id for id in of if id] or self._subjects()
                yield from ({"subject": body, "predicate": name, **texts} for body in bodies)
        elif name in ("event", "sanction"):
            subjects = [m.id for m in self.cast[fact.authority]] if fact.authority else [incident]
            yield from ({"subject": s, "predicate": name, "role": value, "object": b} for s in subjects for b in of)
        elif name == "investigates":
            role = fact.role or "investigating"
            yield from (
                {"subject": m.id, "predicate": name, "object": incident, "role": role} for m in self.cast[value]
            )
        elif isinstance(value, str):
            yield from ({"subject": incident, "predicate": name, "object": m.id} for m in self._meant(name, value))
        else:
            pairs = ((left, right) for left in self.cast[value[0]] for right in self.cast[value[1]])
            yield from ({"subject": a.id, "predicate": name, "object": b.id} for a, b in pairs if a.name != b.name)

    def _meant(self, name: str, key: str) -> list[Mention]:
        """Those of the cast that a fact of the incident is about; of several origins none, since one is meant."""
        named = self.cast[key]
        if name != "originated_at" or len(named) == 1:
            return named
        names = ", ".join(m.display for m in named)
        if names:
            self.line.found.add(f"which of {names} was breached is not said, and none is", self.line.row.where)
        return []

    def _notified(self, who: str, whom: str, incident: str, day: str | None) -> Iterator[dict[str, Any]]:
        for sender, addressee in ((a, b) for a in self.cast[who] for b in self.cast[whom]):
            words = cell_lists().notice.format(who=sender.display, whom=addressee.display)
            notice = Mention.of(SOURCE.name, self.key, "Notification", "notification", None, described_as=words)
            self.notices.append(notice)
            yield {"subject": sender.id, "predicate": "filed", "object": notice.id}
            yield {"subject": notice.id, "predicate": "about", "object": incident}
            yield {"subject": notice.id, "predicate": "addressed_to", "object": addressee.id}
            if day:
                yield {"subject": notice.id, "predicate": "sent_on", "value": day}


def of_incident(form: Mapping) -> bool:
    """Whether a row of such a table is of an incident, and not of bodies and products alone."""
    said = [(name, value) for fact in form.facts for name in FACTS if (value := getattr(fact, name)) is not None]
    return any(name not in _OF_BODIES and not (name == "part_of" and isinstance(value, list)) for name, value in said)
