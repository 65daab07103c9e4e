"""MITRE ATT&CK, a STIX bundle: groups with their aliases and who says so, campaigns, and ransomware that groups use.

A revoked object is no longer valid: it becomes another name of the one that replaces it, and without that in the bundle
it is left out. A deprecated one is kept and marked. `uses` a ransomware is not `runs` it: such an edge is inferred and hedged.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from outbreach.graph.records.load import LoaderSource, Reading, Reject, digest_of
from outbreach.graph.records.record import Citation, Claim, Mention, Record
from outbreach.loaders.files.row import Remarks, Row, reading
from outbreach.loaders.files.stix import Bundle, bundle_of
from outbreach.loaders.words.lists import tables, told
from outbreach.loaders.words.page import is_address
from outbreach.loaders.words.reference import reference_of

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


@dataclass(frozen=True, slots=True)
class _File:
    """What all entries of one file share."""

    bundle: Bundle
    sha256: str
    replaced: dict[str, list[Row]]


def read(file: Path, dated: str | None = None) -> Reading:  # noqa: ARG001  each entry bears its own day
    """The groups, campaigns and ransomware of a bundle; a revoked one joins that which replaces it.

    Raises `InputError` where the file is no STIX bundle.
    """
    found = Remarks()
    bundle = bundle_of(file, _lists().kept, _lists().others, _is_attacker, found)
    of_file = _File(bundle, digest_of(file), bundle.replaced())
    joined = {id(row) for rows in of_file.replaced.values() for row in rows}
    why = "MITRE revoked it, and the bundle does not say which entry replaces it: load the whole bundle"
    lost = [Reject(row.where, why, _name(row) or "") for row in bundle.revoked.values() if id(row) not in joined]
    made = reading(bundle.valid.values(), lambda row: _record(row, of_file), found, [*bundle.rejected, *lost])
    remark = (
        f"{bundle.others:,} objects of other kinds (techniques, tools, relationships …) make no record of their own"
    )
    return Reading(made.records, made.rejected, len(joined), made.unknown, (remark,) if bundle.others else ())


@cache
def _lists() -> _Lists:
    return tables(SOURCE.name, _Lists)


def _is_attacker(fields: Mapping[str, Any]) -> bool:
    """Of malware only ransomware: by its type, or by how its description begins."""
    if fields.get("type") != "malware":
        return True
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


def _record(row: Row, of_file: _File) -> Record:
    id, key, modified = str(row.take("id")), _attack_id(row), row.text("modified")
    name, text, aliases = row.text("name"), row.prose("description"), row.texts("aliases")
    if key is None or name is None:
        raise ValueError("it has no ATT&CK id or no name")
    row.take("revoked")
    deprecated = row.take("x_mitre_deprecated") is True
    former = of_file.replaced.get(id, [])
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
    cited = {**common, "citation": Citation(source=page.id, locator=key, sha256=of_file.sha256)}
    claims = [Claim(predicate="note", **_said(str(row.fields["type"]), id=key), **cited)]
    if deprecated:
        claims.append(Claim(predicate="note", **_said("deprecated"), **cited))
    for old in former:
        claims.append(Claim(predicate="note", **_said("replaces", name=_name(old), id=_attack_id(old)), **cited))
    if span := _span(row):
        claims.append(Claim(predicate="note", **_said("seen"), **span, **cited))
    others = dict(_others(id, key, row, of_file.bundle))
    for other, (kind, mention) in others.items():
        claims.append(_relation(kind, mention, of_file.bundle.valid[other], cited))
    named = {mention.id: mention for _, mention in others.values()}
    references: dict[str, Mention] = {}
    for alias, reference in _called(row, key, all_names):
        references[reference.id] = reference
        quoted = Citation(source=reference.id, locator=key, sha256=of_file.sha256)
        claims.append(Claim(predicate="note", value=alias, **_said("alias", name=alias), **common, citation=quoted))
    return Record(
        source=SOURCE.name, key=key, mentions=(subject, *named.values(), page, *references.values()),
        claims=tuple(claims), text=text, lang="en" if text else None,
    )  # fmt: skip


def _said(which: str, **values: object) -> dict[str, Any]:
    return told(_lists().words[which], **values)


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


def _others(id: str, key: str, row: Row, bundle: Bundle) -> Iterator[tuple[str, tuple[str, Mention]]]:
    """The valid entries to which a relationship leads: a campaign's group, a group's ransomware."""
    for kind, target in bundle.related.get(id, []):
        other = bundle.valid.get(target)
        if other is not None and (row.fields["type"], kind, other.fields["type"]) in (
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
