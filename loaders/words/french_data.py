"""Which data a French list says were exposed, in our terms and in its own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from anyascii import anyascii

from outbreach.loaders.files.row import Remarks
from outbreach.loaders.words.lists import tables


@dataclass(frozen=True, slots=True)
class _Lists:
    """`loaders/data/french_data.yaml`."""

    kinds: dict[str, str]
    data: dict[str, list[str]]
    note: dict[str, str]


def exposed(terms: Iterable[str], found: Remarks, where: str) -> Iterator[dict[str, Any]]:
    """The claims that the terms make, each as its fields: `exposed`, a `kind` of incident, or a note.

    A term that no list has is tried part by part; a part that none has is kept as a note, and reported.
    """
    lists, seen = _lists(), set[str]()
    for term in terms:
        parts = [term] if _folded(term) in lists.data else re.split(r",\s*|\s+et\s+", term)
        for part in (part.strip() for part in parts if _folded(part)):
            folded = _folded(part)
            if part in seen:
                continue
            seen.add(part)
            if folded in lists.kinds:
                yield {"predicate": "kind", "value": lists.kinds[folded], "wording": part}
            elif lists.data.get(folded):
                for name in lists.data[folded]:
                    yield {"predicate": "exposed", "object": f"data.{name}", "wording": part}
            else:
                if folded not in lists.data:
                    found.add(f"data “{part}” is in no list of ours, and is kept as it is", where)
                yield {
                    "predicate": "note",
                    "value": part,
                    **{f"text_{k}": t.format(term=part) for k, t in lists.note.items()},
                }


@cache
def _lists() -> _Lists:
    return tables("french_data", _Lists)


def _folded(term: str) -> str:
    """Small letters without accents and signs, as the list has them."""
    return re.sub(r"[^a-z0-9]+", " ", anyascii(re.sub(r"[^\w'’]", " ", term)).casefold()).strip()
