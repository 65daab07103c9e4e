"""From an incident file (docs/incident-files.md) to its record."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import yaml

from outbreach.graph import schema
from outbreach.graph.errors import ClaimError, InputError
from outbreach.graph.ids import slug
from outbreach.graph.records.load import text_of
from outbreach.graph.records.record import Citation, Claim, Mention, Record, interval
from outbreach.graph.yamlfile import Document, parse
from outbreach.loaders.forms.incident import (
    CAST_FIELDS,
    PREDICATE_FIELDS,
    READ_BY_MACHINE,
    CastEntry,
    Fact,
    IncidentFile,
    SourceEntry,
)
from outbreach.loaders.forms.misfit import misfit, unreadable

_PARTIES = ("affected", "originated_at", "supplies", "makes", "uses", "notified", "part_of")
THIS = "this"
"""The key of the file's own incident."""
_KIND_OF_SOURCE = {
    **dict.fromkeys(
        ("government_notice", "regulator", "regulator_decision", "official_report", "parliament"), "authority"
    ),
    **dict.fromkeys(("blog", "vendor_blog", "law_firm", "legal_comment", "reference", "encyclopaedia"), "researcher"),
    **dict.fromkeys(("dataset", "legal_database"), "dataset"),
}


def record_of(file: Path, source: str, extraction: str | None = None) -> Record:
    """The one record of an incident file, told by the loader `source`.

    `extraction` is how its facts were read where the file itself does not say; if neither does, a person wrote them.
    Raises `InputError` with file, line and field where the file is not in the form of docs/incident-files.md.
    """
    text = text_of(file)
    return record_in(text, file, source, sha256(file.read_bytes()).hexdigest(), extraction)


def record_in(text: str, file: Path, source: str, digest: str, extraction: str | None = None) -> Record:
    """The same, of a text that need not be on the disk; `file` names it in messages, and its stem is the record's key."""
    try:
        document = parse(text)
    except yaml.YAMLError as error:
        raise unreadable(file, text, error) from error
    try:
        form = msgspec.convert(document.data, IncidentFile)
    except msgspec.ValidationError as error:
        raise misfit(file, document, error) from error
    return _File(file, document, form, digest, source, extraction).record()


class _File:
    """One file on its way to a record; knows where each part stands, for the error messages."""

    def __init__(
        self, file: Path, document: Document, form: IncidentFile, digest: str, source: str, extraction: str | None
    ) -> None:
        self.file, self.document, self.form, self.digest, self.source = file, document, form, digest, source
        if form.extraction not in (None, *READ_BY_MACHINE):
            self._fail(
                ("extraction",), f"extraction is {' or '.join(READ_BY_MACHINE)}, or left out, not “{form.extraction}”"
            )
        self.extraction = form.extraction or extraction or "curated"
        self.key = file.stem
        self.mentions: dict[str, Mention] = {}
        self.used: set[str] = {THIS}
        self.stated: dict[str, int] = {}
        self.parties = {key for fact in form.facts for name in _PARTIES for key in _list(getattr(fact, name) or [])}
        """Those whom the incident is about; another body that speaks of it is an observer."""

    def record(self) -> Record:
        title = self.form.title
        self.mentions[THIS] = self._mention(
            ("title",), "Incident", "incident", None,
            described_as=self.key, node_id=self.form.id or f"incident-{slug(self.key)}",
            title_en=title.en, title_fr=title.fr,
        )  # fmt: skip
        for key, source in self.form.sources.items():
            if key == THIS:
                self._fail(("sources", key), f"“{THIS}” is the file’s own incident: choose another key")
            self.mentions[key] = self._source(key, source)
        for key, entry in self.form.cast.items():
            if key in self.mentions:
                what = "the file’s own incident" if key == THIS else "a source too"
                self._fail(("cast", key), f"“{key}” is {what}: choose another key")
            self.mentions[key] = self._cast(key, entry)
        claims = tuple(claim for index, fact in enumerate(self.form.facts) for claim in self._claims(index, fact))
        for part, keys in (("cast", self.form.cast), ("sources", self.form.sources)):
            for key in keys:
                if key not in self.used:
                    self._fail((part, key), f"no fact speaks of “{key}”: add one, or take it out")
        try:
            return Record(source=self.source, key=self.key, mentions=tuple(self.mentions.values()), claims=claims)
        except ClaimError as error:
            raise InputError(f"{self.file}: {error}") from error

    def _source(self, key: str, entry: SourceEntry) -> Mention:
        relayed = self.mentions.get(entry.relay_of or "")
        return self._mention(
            ("sources", key), "Source", f"source {key}", entry.title,
            described_as=None if entry.title else key, publisher=entry.publisher, title=entry.title, url=entry.url,
            archived_url=entry.archived_url, published_on=_text(entry.published_on),
            retrieved_on=_text(entry.retrieved_on), lang=entry.lang, kind=entry.kind, licence=entry.licence,
            reliability=entry.reliability, relay_of=relayed.id if relayed else entry.relay_of,
        )  # fmt: skip

    def _cast(self, key: str, entry: CastEntry) -> Mention:
        written = self.document.data["cast"][key]
        what = [name for name in CAST_FIELDS if name in written]
        path = ("cast", key)
        if len(what) != 1:
            self._fail(path, f"“{key}” needs one of {', '.join(CAST_FIELDS)}, and has {' and '.join(what) or 'none'}")
        role, name = what[0], getattr(entry, what[0])
        if not name and not entry.described_as and entry.title is None:
            self._fail(path, f"“{key}” has no name: say in described_as what the source calls it")
        identifiers = list(entry.identifiers)
        if role == "vulnerability" and name and (re.fullmatch(r"CVE-\d{4}-\d{4,}", name)):
            identifiers.append(f"cve:{name}")
        elif role == "vulnerability" and name:
            self._fail((*path, role), f"“{name}” is no CVE number: write CVE-2023-34362, or describe the flaw")
        return self._mention(
            path, CAST_FIELDS[role], role, name or None,
            described_as=entry.described_as or (None if name else entry.title and key), node_id=entry.id,
            aliases=entry.aliases, identifiers=identifiers, kind=entry.kind, country=entry.country, region=entry.region, city=entry.city,
            unnamed_count=entry.unnamed_count, category=entry.category, name_en=entry.name_en, name_fr=entry.name_fr,
            title_en=entry.title and entry.title.en, title_fr=entry.title and entry.title.fr,
        )  # fmt: skip

    def _mention(self, path: tuple[str | int, ...], label: str, role: str, name: str | None, **more: object) -> Mention:
        prefix = schema.LABELS[label].prefix
        node_id = more.get("node_id")
        if isinstance(node_id, str) and not node_id.startswith(f"{prefix}-"):
            self._fail((*path, "id"), f"this id begins with {prefix}-, and not as {node_id}")
        try:
            return Mention.of(self.source, self.key, label, role, name, **more)
        except ClaimError as error:
            self._blame(path, None, str(error))

    def _claims(self, index: int, fact: Fact) -> Iterator[Claim]:
        path = ("facts", index)
        written = [name for name in PREDICATE_FIELDS if name in self.document.data["facts"][index]]
        if len(written) != 1:
            said = f"and has {' and '.join(written)}" if written else "and has none"
            self._fail(path, f"a fact needs exactly one of {', '.join(PREDICATE_FIELDS)}, {said}")
        name, value = written[0], getattr(fact, written[0])
        if value is None:
            self._fail((*path, name), f"{name} is empty")
        common = self._common(path, fact)
        try:
            for ends in self._ends(path, fact, name, value):
                claim = Claim(**{**common, **ends, "asserter_kind": self._asserter_kind(fact, ends.get("object"))})
                if self.stated.setdefault(claim.id, index) != index:
                    self._fail((*path, name), f"fact {self.stated[claim.id] + 1} says the same: take one out")
                yield claim
        except ClaimError as error:
            self._blame(path, name, str(error))

    def _common(self, path: tuple[str | int, ...], fact: Fact) -> dict[str, Any]:
        source_key = fact.source or (next(iter(self.form.sources)) if len(self.form.sources) == 1 else None)
        if source_key is None:
            self._fail(path, "a fact names its source, since the file has several")
        if source_key not in self.form.sources:
            self._fail((*path, "source"), f"there is no source “{source_key}”: {', '.join(self.form.sources)}")
        self.used.add(source_key)
        source = self.form.sources[source_key]
        return {
            "citation": Citation(
                source=self.mentions[source_key].id, locator=fact.locator,
                lang=(fact.lang or source.lang) if fact.quote else None, sha256=self.digest,
            ),
            "asserter": self._id(path, "by", fact.by), "asserter_role": fact.by_role,
            "modality": "hedged" if fact.hedged else "stated", "negated": fact.negated,
            "stated_on": _text(fact.stated_on if fact.stated_on is not None else source.published_on),
            "quote": fact.quote, "extraction": self.extraction, "incident": self._id(path, "incident", fact.incident or THIS),
            "basis": "inferred" if fact.inferred else "stated", "rule": fact.inferred,
            "date": _text(fact.date), "until": _text(fact.until), "service": fact.service, "role": fact.role,
            "population": fact.population, "subset": fact.subset,
            "within": self._scope(fact.within), "disjoint_with": tuple(str(self._scope(s)) for s in fact.disjoint_with),
            "exhaustive": fact.exhaustive, "amount": fact.amount, "currency": fact.currency,
            "reference": fact.reference, "wording": fact.wording, "cleared": fact.cleared, "qualifier": fact.qualifier,
            "text_en": fact.text and fact.text.en, "text_fr": fact.text and fact.text.fr,
        }  # fmt: skip

    def _ends(self, path: tuple[str | int, ...], fact: Fact, name: str, value: Any) -> Iterator[dict[str, Any]]:
        incident = self._id(path, "incident", fact.incident or THIS)
        subject = self._id(path, "subject", fact.subject) or incident
        of = self._id(path, "of", fact.of)
        if name == "notified":
            yield from self._notified(path, fact, value, incident)
        elif name == "exposed":
            yield from ({"subject": subject, "predicate": name, "object": f"data.{term}"} for term in _list(value))
        elif name == "kind":
            yield from ({"subject": subject, "predicate": name, "value": term} for term in _list(value))
        elif name == "people":
            yield {"subject": subject, "predicate": name, "object": of, **self._figure(path, fact, value)}
        elif name in ("occurred_from", "occurred_to", "discovered_on", "disclosed_on"):
            yield {"subject": subject, "predicate": name, "value": str(value)}
        elif name in ("event", "sanction"):
            subject = self._id(path, "authority", fact.authority) or subject
            yield {"subject": subject, "predicate": name, "role": value, "object": of}
        elif name in ("note", "care_impact"):
            yield {"subject": subject, "predicate": name, "object": of, "text_en": value.en, "text_fr": value.fr}
        elif name == "investigates":
            role = fact.role or "investigating"
            yield from (
                {"subject": self._id(path, name, key), "predicate": name, "object": incident, "role": role}
                for key in _list(value)
            )
        elif schema.PREDICATES[name].subject[0] == "Incident" and not (name == "part_of" and isinstance(value, list)):
            yield from (
                {"subject": subject, "predicate": name, "object": self._id(path, name, key)} for key in _list(value)
            )
        else:
            yield {"predicate": name, **self._pair(path, name, value)}

    def _pair(self, path: tuple[str | int, ...], name: str, value: list[str]) -> dict[str, str | None]:
        subject, target = self._two(path, name, value)
        return {"subject": self._id(path, name, subject), "object": self._id(path, name, target)}

    def _two(self, path: tuple[str | int, ...], name: str, value: list[str]) -> tuple[str, str]:
        if len(value) != 2:
            self._fail((*path, name), f"{name} names two, as the arrow reads: [who, whom], not {len(value)}")
        return value[0], value[1]

    def _figure(self, path: tuple[str | int, ...], fact: Fact, value: int | list[int]) -> dict[str, Any]:
        qualifier = fact.qualifier or ("between" if isinstance(value, list) else "exact")
        if isinstance(value, list):
            if len(value) != 2 or qualifier != "between":
                self._fail((*path, "people"), "people is a number, or [lowest, highest] with the qualifier between")
            return {"low": value[0], "high": value[1], "qualifier": qualifier}
        if qualifier not in schema.QUALIFIERS or qualifier == "between":
            options = ", ".join(q for q in schema.QUALIFIERS if q != "between")
            self._fail((*path, "qualifier"), f"“{qualifier}” does not go with one number: {options}")
        low, high = interval(value, qualifier)
        return {"value": value, "low": low, "high": high, "qualifier": qualifier}

    def _notified(
        self, path: tuple[str | int, ...], fact: Fact, value: str | list[str], incident: str | None
    ) -> Iterator[dict[str, Any]]:
        """`notified: [who, whom]` is a notice: filed by the first, about the incident, addressed to the second.

        `notified: whom` is one whose sender the source does not give.
        """
        who, whom = (None, value) if isinstance(value, str) else self._two(path, "notified", value)
        sender, addressee = self._id(path, "notified", who), self._id(path, "notified", whom)
        words = [self.mentions[who].display if who else "?", self.mentions[whom].display]
        if fact.incident not in (None, THIS):
            words.append(self.mentions[fact.incident].display)
        notice = self._mention(path, "Notification", "notification", None, described_as=" → ".join(words))
        self.mentions[f"notified {who} {whom} {fact.incident or THIS}"] = notice
        blank = {"date": None, "role": None}
        if sender:
            yield {"subject": sender, "predicate": "filed", "object": notice.id, "role": None}
        yield {"subject": notice.id, "predicate": "about", "object": incident, **blank}
        yield {"subject": notice.id, "predicate": "addressed_to", "object": addressee, **blank}
        if fact.date is not None:
            yield {"subject": notice.id, "predicate": "sent_on", "value": str(fact.date), **blank}

    def _asserter_kind(self, fact: Fact, about: str | None) -> str:
        if fact.by is None:
            source = self.form.sources[fact.source or next(iter(self.form.sources))]
            return _KIND_OF_SOURCE.get(source.kind, "press")
        asserter = self.mentions[fact.by]
        if asserter.role in ("attacker", "authority"):
            return asserter.role
        if asserter.kind == "media":
            return "press"
        clients = (m.id for m in self.mentions.values() if m.label == "Organisation" and m.role != "authority")
        of_client = about is not None and about != asserter.id and about in clients
        if asserter.role == "vendor" and of_client:
            return "vendor"
        return "own" if fact.by in self.parties or about == asserter.id else "researcher"

    def _id(self, path: tuple[str | int, ...], field: str, key: str | None) -> str | None:
        if key is None:
            return None
        if key not in self.mentions or key in self.form.sources:
            cast = ", ".join([THIS, *self.form.cast])
            self._fail((*path, field), f"there is no “{key}” in the cast: {cast}")
        self.used.add(key)
        return self.mentions[key].id

    def _scope(self, name: str | None) -> str | None:
        return self.mentions[name].id if name in self.mentions else name

    def _blame(self, path: tuple[str | int, ...], field: str | None, message: str) -> NoReturn:
        """Fail at the field that the message names or whose value it quotes; else at `field`, else at the entry."""
        entry: Any = self.document.data
        for step in path:
            entry = entry[step]
        values = entry.items() if isinstance(entry, dict) else ()
        named = (name for name, value in values if f"“{value}”" in message or f" has no {name};" in message)
        blamed = next(named, "quote" if "the quote has" in message else field)
        for mention in self.mentions.values():
            message = message.replace(f"({mention.id})", f"(“{mention.display}”)")
        self._fail((*path, blamed) if blamed else path, message)

    def _fail(self, path: tuple[str | int, ...], message: str) -> NoReturn:
        where = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
        raise InputError(f"{self.file} line {self.document.line(path)}, {where}: {message}")


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
