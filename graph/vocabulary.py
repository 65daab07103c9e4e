"""The closed lists: data files of terms with their English and French names."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from outbreach.graph.yamlfile import parse


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a closed list."""

    id: str
    name_en: str
    name_fr: str


@cache
def vocabulary(name: str) -> dict[str, Term]:
    """The terms of `graph/data/<name>.yaml` by id, in the file's order."""
    text = (files("outbreach.graph") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    entries = parse(text).data
    return {key: Term(key, names["en"], names["fr"]) for key, names in entries.items()}
