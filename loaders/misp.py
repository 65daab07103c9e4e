"""MISP galaxies of attackers: threat actors (crews) and ransomware (brands), with their other names.

A name that several clusters of a galaxy have stays with each of them, and a note says so: it tells nobody apart. Notes
of ransom, their files and the addresses of leak sites are not kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from outbreach.graph.errors import InputError
from outbreach.graph.places import is_place
from outbreach.graph.records.load import LoaderSource, Reading, day_of, digest_of
from outbreach.graph.records.record import Citation, Claim, Mention, Record
from outbreach.loaders.files.json_file import document_of, rows_of
from outbreach.loaders.files.row import Remarks, Row, reading
from outbreach.loaders.words.lists import tables, told
from outbreach.loaders.words.page import is_address

_AT = "https://raw.githubusercontent.com/MISP/misp-galaxy/main/clusters/"
SOURCE = LoaderSource(
    name="misp",
    version=1,
    title_en="MISP galaxies of threat actors and of ransomware",
    title_fr="Galaxies MISP des acteurs malveillants et des rançongiciels",
    licence="CC0 1.0 or BSD 2-Clause",
    files=("*.json",),
    addresses={f"misp-{name}.json": f"{_AT}{name}.json" for name in ("threat-actor", "ransomware")},
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Lists:
    """`loaders/data/misp.yaml`."""

    galaxies: dict[str, str]
    classes: dict[str, str | None]
    attack_id: str
    ignored: list[str]
    ignored_prefix: str
    relations: dict[str, dict[str, str]]
    words: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Galaxy:
    """What all clusters of one file share."""

    kind: str
    source: Mention
    sha256: str
    day: str | None
    rows: dict[str, Row]
    """Its clusters by uuid."""
    holders: dict[str, list[str]]
    """For each name, folded: the clusters that have it, by their own names."""
    found: Remarks


def read(file: Path, dated: str | None = None) -> Reading:
    """The clusters of a galaxy.

    Raises `InputError` where the file is no galaxy of attackers.
    """
    document = document_of(file)
    type = document.get("type") if isinstance(document, dict) else None
    kind = _lists().galaxies.get(type) if isinstance(type, str) else None
    if kind is None or not isinstance(document, dict):
        known = ", ".join(_lists().galaxies)
        raise InputError(f"{file} is not of this source: it should be a MISP galaxy cluster file ({known})")
    rows = rows_of(file, document.get("values"), "an object with a list of “values”")
    found = Remarks()
    head = Row("its head", document)
    head.ignore("authors", "category", "description", "name", "source", "type", "uuid", "values", "version")
    found.done(head)
    day, _ = day_of(file, dated, [])
    title = f"MISP galaxy “{type}”"
    source = Mention.of(
        SOURCE.name, "", "Source", str(type), title, title=title, publisher="MISP Project", kind="dataset", lang="en",
        url=f"https://github.com/MISP/misp-galaxy/blob/main/clusters/{type}.json", licence=SOURCE.licence,
        reliability="normal", published_on=day,
    )  # fmt: skip
    uuids = ((row.fields.get("uuid"), row) for row in rows)
    by_uuid = {uuid.casefold(): row for uuid, row in uuids if isinstance(uuid, str) and _UUID.fullmatch(uuid)}
    holders = _holders(rows)
    galaxy = _Galaxy(kind, source, digest_of(file), day, by_uuid, holders, found)
    made = reading(rows, lambda row: _record(row, galaxy), found)
    shared = sum(len(names) > 1 for names in holders.values())
    remark = f"{shared:,} names belong to several clusters, and are left with each of them"
    return Reading(made.records, made.rejected, 0, made.unknown, (remark,) if shared else ())


@cache
def _lists() -> _Lists:
    return tables(SOURCE.name, _Lists)


def _names(row: Row) -> tuple[str, ...]:
    """The cluster’s own name, then its synonyms, each once."""
    meta = row.fields.get("meta")
    synonyms = meta.get("synonyms") if isinstance(meta, dict) else None
    found = [row.fields.get("value"), *(synonyms if isinstance(synonyms, list) else [])]
    texts = [" ".join(name.split()).strip(" ,") for name in found if isinstance(name, str)]
    names: dict[str, str] = {}
    for name in texts:
        if name and not _hidden(name):
            names.setdefault(_folded(name), name)
    return tuple(names.values())


def _hidden(text: str) -> bool:
    return ".onion" in text or "://" in text or any("\ud800" <= letter <= "\udfff" for letter in text)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _holders(rows: list[Row]) -> dict[str, list[str]]:
    holders: dict[str, list[str]] = {}
    for row in rows:
        names = _names(row)
        for name in names:
            theirs = holders.setdefault(_folded(name), [])
            if names[0] not in theirs:
                theirs.append(names[0])
    return holders


def _record(row: Row, galaxy: _Galaxy) -> Record:
    uuid, name, text = row.text("uuid"), row.text("value"), row.prose("description")
    meta, related, names = row.take("meta"), row.take("related"), _names(row)
    if (
        uuid is None
        or not _UUID.fullmatch(uuid)
        or name is None
        or not names
        or _folded(name).strip(" ,") != _folded(names[0])
    ):
        raise ValueError("it has no uuid or no name (value)")
    if meta is not None and not isinstance(meta, dict):
        raise ValueError("its meta is no object")
    key, inner = uuid.casefold(), Row(row.where, meta or {})
    classes = inner.texts("threat-actor-classification")
    terms = [galaxy.found.term(_lists().classes, "threat-actor-classification", c, row.where) for c in classes]
    kind = galaxy.kind if not classes or galaxy.kind in terms else None
    subject = _attacker(key, "cluster", names, kind, galaxy)
    common: dict[str, Any] = {
        "subject": subject.id, "asserter_kind": "researcher", "stated_on": galaxy.day,
        "citation": Citation(source=galaxy.source.id, locator=key, sha256=galaxy.sha256),
    }  # fmt: skip
    claims = [Claim(predicate="note", **_said(galaxy.kind), **common)]
    if kind is None:
        claims.append(Claim(predicate="note", value=", ".join(classes), **_said("class"), **common))
    claims += [Claim(predicate="note", **note, **common) for note in _notes(inner, names, galaxy)]
    others: dict[str, Mention] = {}
    for other, relation, likely in _related(related, key, galaxy, row.where):
        mention = _attacker(
            key, "related cluster", _names(other)[:1], None, galaxy, str(other.fields["uuid"]).casefold()
        )
        others[mention.id] = mention
        texts: dict[str, Any] = {
            f"text_{lang}": t.format(name=mention.name) for lang, t in _lists().relations[relation].items()
        }
        claim = Claim(predicate="note", object=mention.id, modality=likely, **texts, **common)
        if claim.id not in {made.id for made in claims}:
            claims.append(claim)
    inner.ignore(*_lists().ignored, *(k for k in inner.fields if str(k).startswith(_lists().ignored_prefix)))
    galaxy.found.done(inner)
    words = " ".join(word for word in text.split() if ".onion" not in word) if text else None
    return Record(
        source=SOURCE.name, key=key, mentions=(subject, *others.values(), galaxy.source), claims=tuple(claims),
        text=words or None, lang="en" if words else None,
    )  # fmt: skip


def _attacker(
    key: str, role: str, names: tuple[str, ...], kind: str | None, galaxy: _Galaxy, uuid: str | None = None
) -> Mention:
    """A cluster as an attacker; an ATT&CK identifier is taken where it is its only one, and no other cluster has it."""
    ids = [name for name in names if re.fullmatch(_lists().attack_id, name)]
    sure = [f"attack:{id}" for id in ids if len(ids) == 1 and len(galaxy.holders[_folded(id)]) == 1]
    return Mention.of(
        SOURCE.name, key, "Attacker", role, names[0], aliases=list(names[1:]), kind=kind,
        identifiers=[f"misp:{uuid or key}", *sure],
    )  # fmt: skip


def _said(which: str, **values: object) -> dict[str, Any]:
    return told(_lists().words[which], **values)


def _notes(inner: Row, names: tuple[str, ...], galaxy: _Galaxy) -> Iterator[dict[str, Any]]:
    """What a cluster says that is no name: a country, which is an attribution and hedged; pages; names it shares."""
    country, confidence = inner.text("country"), inner.text("attribution-confidence")
    if country and re.fullmatch("[A-Z]{2}", country) and is_place(country):
        which = "confidence" if confidence else "country"
        yield {"value": country, "modality": "hedged", **_said(which, value=country, confidence=confidence)}
    elif country:
        galaxy.found.add(f"the country “{country}” is no ISO 3166 code, and is left out", inner.where)
    sponsor = inner.text("cfr-suspected-state-sponsor")
    if sponsor and sponsor.casefold() != "unknown":
        yield {"value": sponsor, "modality": "hedged", **_said("cfr-suspected-state-sponsor", value=sponsor)}
    pages = [page for page in inner.texts("refs") if is_address(page)]
    if pages:
        yield {"value": " ".join(pages), **_said("refs")}
    for name in names:
        others = [other for other in galaxy.holders[_folded(name)] if other != names[0]]
        if others:
            yield {"value": name, **_said("shared", value=name, others=", ".join(others))}


def _related(related: object, key: str, galaxy: _Galaxy, where: str) -> Iterator[tuple[Row, str, str]]:
    """The clusters of the same galaxy that one is related to, how, and how surely that is said."""
    for item in related if isinstance(related, list) else []:
        target, relation = (item.get("dest-uuid"), item.get("type")) if isinstance(item, dict) else (None, None)
        other = galaxy.rows.get(target.casefold()) if isinstance(target, str) else None
        if other is None or str(other.fields["uuid"]).casefold() == key or not _names(other):
            continue
        if not isinstance(relation, str) or relation not in _lists().relations:
            galaxy.found.add(f"the relation “{relation}” is in no list of ours, and is left out", where)
            continue
        tags = item.get("tags")
        sure = isinstance(tags, list) and any("almost-certain" in str(tag) for tag in tags)
        yield other, relation, "stated" if sure else "hedged"
