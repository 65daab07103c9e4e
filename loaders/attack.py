"""MITRE ATT&CK, a STIX bundle: groups with their aliases and who says so, campaigns, and ransomware that groups use.

A revoked object is no longer valid: it becomes another name of the one that replaces it, and without that in the bundle
it is left out. A deprecated one is kept and marked. `uses` a ransomware is not `runs` it: such an edge is inferred and hedged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from outbreach.graph.errors import InputError
from outbreach.graph.records.load import LoaderSource, Reading, Reject, digest_of
from outbreach.graph.records.record import Citation, Claim, Mention, Record
from outbreach.loaders._json import document_of
from outbreach.loaders._lists import tables
from outbreach.loaders._page import is_address
from outbreach.loaders._reference import reference_of
from outbreach.loaders._row import Remarks, Row, reading

SOURCE = LoaderSource(
    name="attack",
    version=1,
    title_en="MITRE ATT&CK, groups and campaigns (STIX 2 bundle)",
    title_fr="MITRE ATT&CK, groupes et campagnes (lot STIX 2)",
    licence="ATT&CK terms of use",
    files=("*.json",),
    addresses={
        "enterprise-attack.json": "https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master/enterprise-attack/enterprise-attack.json",
    },
)
_ID = re.compile(r"[GCS]\d{4}")


@dataclass(frozen=True, slots=True)
class _Lists:
    """`loaders/data/attack.yaml`."""

    kept: list[str]
    others: list[str]
    ransomware: str
    ignored: list[str]
    words: dict[str, dict[str, str]]
    months: list[str]


@dataclass(slots=True)
class _Bundle:
    """Its objects by their STIX id, and what relationships say of them."""

    sha256: str
    rows: dict[str, Row] = field(default_factory=dict)
    related: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """For each source of a relationship: its type and its target."""
    replaced: dict[str, list[str]] = field(default_factory=dict)
    """For each valid object: those that it replaces."""


def read(file: Path, dated: str | None = None) -> Reading:  # noqa: ARG001  each entry bears its own day
    """The groups, campaigns and ransomware of a bundle; a revoked one joins that which replaces it.

    Raises `InputError` where the file is no STIX bundle.
    """
    document = document_of(file)
    objects = document.get("objects") if isinstance(document, dict) else None
    if not isinstance(objects, list) or not isinstance(document, dict) or document.get("type") != "bundle":
        raise InputError(f"{file} is not of this source: it should be a STIX bundle with a list of “objects”")
    found, rejected = Remarks(), list[Reject]()
    bundle = _Bundle(digest_of(file))
    successors = _sorted_in(objects, bundle, found, rejected)
    live: list[Row] = []
    folded = 0
    for id, row in bundle.rows.items():
        if row.fields.get("revoked") is not True:
            live.append(row)
            continue
        target = _successor(id, successors, bundle)
        if target is None:
            why = "MITRE revoked it, and the bundle does not say which entry replaces it: load the whole bundle"
            rejected.append(Reject(row.where, why, _name(row) or ""))
        else:
            bundle.replaced.setdefault(target, []).append(id)
            folded += 1
    made = reading(live, lambda row: _record(row, bundle), found, rejected)
    left = len(objects) - made.read - folded
    remarks = (f"{left:,} objects of other kinds (techniques, tools, relationships …) make no record of their own",)
    return Reading(made.records, made.rejected, folded, made.unknown, remarks if left else ())


@cache
def _lists() -> _Lists:
    return tables(SOURCE.name, _Lists)


def _sorted_in(objects: list[object], bundle: _Bundle, found: Remarks, rejected: list[Reject]) -> dict[str, str]:
    """Sort the objects into the bundle; what is revoked by what."""
    successors: dict[str, str] = {}
    for number, item in enumerate(objects, 1):
        fields = item if isinstance(item, dict) else {}
        type, id, where = fields.get("type"), fields.get("id"), f"record {number}"
        if not isinstance(type, str) or not isinstance(id, str):
            rejected.append(Reject(where, "it is no STIX object: it has no type or no id", Row(where, fields).raw))
        elif type == "relationship":
            ends = fields.get("source_ref"), fields.get("relationship_type"), fields.get("target_ref")
            if fields.get("revoked") is True or fields.get("x_mitre_deprecated") is True:
                continue
            source, kind, target = (end if isinstance(end, str) else "" for end in ends)
            if kind == "revoked-by":
                successors[source] = target
            bundle.related.setdefault(source, []).append((kind, target))
        elif type in _lists().kept and (type != "malware" or _is_ransomware(fields)):
            if id in bundle.rows:
                rejected.append(Reject(where, f"another object has its id, {id}", Row(where, fields).raw))
            else:
                bundle.rows[id] = Row(where, fields)
        elif type not in (*_lists().kept, *_lists().others):
            found.add(f"an object of type “{type}” is in no list of ours, and is left out", where)
    return successors


def _successor(id: str, successors: dict[str, str], bundle: _Bundle) -> str | None:
    """What in the end replaces a revoked object; None where the bundle does not say, or goes round in a circle."""
    seen: set[str] = set()
    while id in successors and id not in seen:
        seen.add(id)
        id = successors[id]
    row = bundle.rows.get(id)
    return id if seen and row is not None and row.fields.get("revoked") is not True else None


def _is_ransomware(fields: dict[str, Any]) -> bool:
    types = [*_list(fields.get("malware_types")), *_list(fields.get("labels"))]
    text = fields.get("description")
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text) if isinstance(text, str) else ""
    return "ransomware" in types or re.search(_lists().ransomware, plain[:300]) is not None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _references(row: Row) -> list[dict[str, Any]]:
    return [item for item in _list(row.fields.get("external_references")) if isinstance(item, dict)]


def _attack_id(row: Row) -> str | None:
    ids = (item.get("external_id") for item in _references(row))
    return next((id for id in ids if isinstance(id, str) and _ID.fullmatch(id)), None)


def _name(row: Row) -> str | None:
    """The name of an object; None where it has none that can be read."""
    try:
        return Row(row.where, row.fields).text("name")
    except ValueError:
        return None


def _mention(key: str, role: str, row: Row, *, aliases: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> Mention:
    """The attacker or campaign that an object is; its identifiers hold those of the objects that it replaces."""
    name = _name(row)
    label = "Campaign" if row.fields["type"] == "campaign" else "Attacker"
    kind = {"intrusion-set": "crew", "malware": "brand"}.get(str(row.fields["type"]))
    own = _attack_id(row)
    identifiers = [f"attack:{id}" for id in dict.fromkeys((own, *more)) if id]
    return Mention.of(
        SOURCE.name, key, label, role, name, aliases=[a for a in aliases if a != name], identifiers=identifiers,
        **({"kind": kind} if kind else {}),
    )  # fmt: skip


def _record(row: Row, bundle: _Bundle) -> Record:
    id, key, modified = str(row.take("id")), _attack_id(row), row.text("modified")
    name, text, aliases = row.text("name"), row.prose("description"), row.texts("aliases")
    if key is None or name is None:
        raise ValueError("it has no ATT&CK id or no name")
    row.take("revoked")
    deprecated = row.take("x_mitre_deprecated") is True
    former = [bundle.rows[other] for other in bundle.replaced.get(id, [])]
    names = [*aliases, *row.texts("x_mitre_aliases")]
    names += [old_name for old in former if (old_name := _name(old))]
    row.ignore(*_lists().ignored)
    all_names = tuple(dict.fromkeys(alias for alias in names if alias != name))
    olds = tuple(old_id for old in former if (old_id := _attack_id(old)))
    subject = _mention(key, "entry", row, aliases=all_names, more=olds)
    page = Mention.of(
        SOURCE.name, key, "Source", "page", f"MITRE ATT&CK {key}", title=f"{name} ({key})", publisher="MITRE ATT&CK",
        url=_page_of(row, key), kind="reference", lang="en", licence=SOURCE.licence, reliability="high",
    )  # fmt: skip
    common: dict[str, Any] = {
        "subject": subject.id, "asserter_kind": "researcher", "stated_on": modified[:10] if modified else None,
    }  # fmt: skip
    cited = {**common, "citation": Citation(source=page.id, locator=key, sha256=bundle.sha256)}
    claims = [Claim(predicate="note", **_said(str(row.fields["type"]), id=key), **cited)]
    if deprecated:
        claims.append(Claim(predicate="note", **_said("deprecated"), **cited))
    for old in former:
        claims.append(Claim(predicate="note", **_said("replaces", name=_name(old), id=_attack_id(old)), **cited))
    if span := _span(row):
        claims.append(Claim(predicate="note", **_said("seen"), **span, **cited))
    others = dict(_others(id, key, row, bundle))
    for other, (kind, mention) in others.items():
        claims.append(_relation(kind, mention, bundle.rows[other], cited))
    named = {mention.id: mention for _, mention in others.values()}
    references: dict[str, Mention] = {}
    for alias, reference in _called(row, key, all_names):
        references[reference.id] = reference
        quoted = Citation(source=reference.id, locator=key, sha256=bundle.sha256)
        claims.append(Claim(predicate="note", value=alias, **_said("alias", name=alias), **common, citation=quoted))
    return Record(
        source=SOURCE.name, key=key, mentions=(subject, *named.values(), page, *references.values()),
        claims=tuple(claims), text=text, lang="en" if text else None,
    )  # fmt: skip


def _said(which: str, **values: object) -> dict[str, Any]:
    return {f"text_{lang}": text.format(**values) for lang, text in _lists().words[which].items()}


def _page_of(row: Row, key: str) -> str | None:
    urls = (item.get("url") for item in _references(row) if item.get("external_id") == key)
    return next((url for url in urls if is_address(url)), None)


def _span(row: Row) -> dict[str, Any]:
    """When a campaign was seen; the first of a month stands for the month (ATT&CK, campaigns)."""
    days: dict[str, Any] = {}
    for name, ours in (("first_seen", "date"), ("last_seen", "until")):
        value = row.fields.get(name)
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value):
            days[ours] = value[:7] if value[8:10] == "01" else value[:10]
    return days


def _others(id: str, key: str, row: Row, bundle: _Bundle) -> Iterator[tuple[str, tuple[str, Mention]]]:
    """The valid entries to which a relationship leads: a campaign's group, a group's ransomware."""
    for kind, target in bundle.related.get(id, []):
        other = bundle.rows.get(target)
        if other is None or other.fields.get("revoked") is True:
            continue
        if (row.fields["type"], kind, other.fields["type"]) in (
            ("campaign", "attributed-to", "intrusion-set"), ("intrusion-set", "uses", "malware"),
        ):  # fmt: skip
            yield target, (kind, _mention(key, "other entry", other))


def _relation(kind: str, other: Mention, row: Row, cited: dict[str, Any]) -> Claim:
    if kind == "uses":
        rule = "ATT&CK says that the group uses this ransomware"
        return Claim(predicate="operates", object=other.id, basis="inferred", rule=rule, modality="hedged", **cited)
    return Claim(predicate="note", object=other.id, **_said(kind, name=_name(row)), **cited)


def _called(row: Row, key: str, aliases: tuple[str, ...]) -> Iterator[tuple[str, Mention]]:
    """Each alias with each reference that ATT&CK gives for it."""
    by_name = {str(item.get("source_name")): item for item in _references(row)}
    for alias in aliases:
        cited = by_name.get(alias, {}).get("description")
        for name in dict.fromkeys(re.findall(r"\(Citation: ([^)]+)\)", cited if isinstance(cited, str) else "")):
            item = by_name.get(name.strip(), {})
            url, text = item.get("url"), item.get("description")
            if name.strip() and isinstance(url, str) and is_address(url):
                words = text if isinstance(text, str) else ""
                yield alias, reference_of(SOURCE.name, key, name.strip(), url, words, _lists().months)
