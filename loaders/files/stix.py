"""A STIX 2 bundle: its objects by kind, what relationships say of them, and which of them replaces one that is revoked."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outbreach.graph.errors import InputError
from outbreach.graph.records.load import Reject
from outbreach.loaders.files.json_file import document_of
from outbreach.loaders.files.row import Remarks, Row


@dataclass(slots=True)
class Bundle:
    """The objects that speak of attackers, by STIX id: those that are valid, and those that are revoked."""

    valid: dict[str, Row] = field(default_factory=dict)
    revoked: dict[str, Row] = field(default_factory=dict)
    related: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """For each source of a valid relationship: its type and its target."""
    rejected: list[Reject] = field(default_factory=list)
    others: int = 0
    """How many objects of other kinds there are."""

    def replaced(self) -> dict[str, list[Row]]:
        """For each valid object: the revoked ones that it replaces, directly or through others."""
        found: dict[str, list[Row]] = {}
        for id, row in self.revoked.items():
            successor = self._successor(id)
            if successor is not None:
                found.setdefault(successor, []).append(row)
        return found

    def _successor(self, id: str) -> str | None:
        """What in the end replaces it; None where the bundle does not say, or goes round in a circle."""
        seen: set[str] = set()
        while id in self.revoked and id not in seen:
            seen.add(id)
            id = next((target for kind, target in self.related.get(id, []) if kind == "revoked-by"), id)
        return id if id in self.valid else None


def bundle_of(
    file: Path,
    kept: Collection[str],
    others: Collection[str],
    wanted: Callable[[Mapping[str, Any]], bool],
    found: Remarks,
) -> Bundle:
    """The objects of the kinds that are `kept` and `wanted`; a kind that is in neither list is noted.

    Raises `InputError` where the file is no bundle.
    """
    document = document_of(file)
    objects = document.get("objects") if isinstance(document, dict) else None
    if not isinstance(objects, list) or not isinstance(document, dict) or document.get("type") != "bundle":
        raise InputError(f"{file} is not of this source: it should be a STIX bundle with a list of “objects”")
    bundle = Bundle()
    for number, item in enumerate(objects, 1):
        fields = item if isinstance(item, dict) else {}
        type, id, where = fields.get("type"), fields.get("id"), f"record {number}"
        if not isinstance(type, str) or not isinstance(id, str):
            bundle.rejected.append(
                Reject(where, "it is no STIX object: it has no type or no id", Row(where, fields).raw)
            )
        elif type in kept and wanted(fields):
            rows = bundle.revoked if fields.get("revoked") is True else bundle.valid
            if id in bundle.revoked or id in bundle.valid:
                bundle.rejected.append(Reject(where, "another object of the bundle has its id", Row(where, fields).raw))
            else:
                rows[id] = Row(where, fields)
        else:
            bundle.others += 1
            if type == "relationship" and not withdrawn(fields):
                ends = (fields.get(name) for name in ("source_ref", "relationship_type", "target_ref"))
                source, kind, target = (end if isinstance(end, str) else "" for end in ends)
                bundle.related.setdefault(source, []).append((kind, target))
            elif type not in (*kept, *others):
                found.add(f"an object of type “{' '.join(type.split())}” is in no list of ours, and is left out", where)
    return bundle


def withdrawn(fields: Mapping[str, Any]) -> bool:
    """Whether an object is revoked, or deprecated (a mark of ATT&CK’s own)."""
    return fields.get("revoked") is True or fields.get("x_mitre_deprecated") is True
