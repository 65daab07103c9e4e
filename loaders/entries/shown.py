"""What a description says, as plain values for `outbreach extract`; nothing is stored."""

import re
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from outbreach.graph.text.portal.description import Link, Supplier
from outbreach.graph.text.portal.particulars import Particular
from outbreach.loaders.entries.description import read

_FLAGS = {"Yes": True, "No": False}


def shown(number: int, filer: str, filed_as: str | None, flag: str | None, text: str | None, people: int | None,
          associate: bool, cell: str) -> dict[str, Any]:  # fmt: skip
    """One row: who filed it, the vendors that its description names, principal first, and what else it says.

    `involved` is None where no business associate or other supplier is spoken of; else it says whether one is named.
    An offset is the place of the quote in the `cell`, without the blanks around that.
    """
    row: dict[str, Any] = {"row": number, "filer": filer, "filed_as": filed_as, "business_associate_present": flag}
    nothing: dict[str, Any] = {"vendors": [], "chain": [], "involved": None}
    if text is None:
        return {**row, **nothing, "described": False}
    said, more, strange = read(text, filer, people, associate)
    if strange is not None:
        why = f"the description belongs to another report: {strange}"
        return {**row, **nothing, "described": True, "not_taken": why}
    place = _Place(cell, text)
    named = [{**_vendor(s, place), **({"filer": True} if s.name == filer else {})} for s in said.named]
    first = next(iter(said.suppliers), None)
    involved = None
    if first is not None:
        involved = {"named": bool(named), **place(first.quote, first.offset)}
    return {
        **row,
        "vendors": named,
        "chain": [_link(link, place) for link in said.chain(filer)],
        "involved": involved,
        "unnamed": [_vendor(s, place) for s in said.unnamed],
        "flag_differs": flag in _FLAGS and _FLAGS[flag] != (involved is not None),
        "covered_entities": list(said.entities),
        "described": True,
        **_more(more, place),
    }


class _Place:
    """A quote as it stands in the cell, whose line ends and damaged letters the text that was read has mended."""

    def __init__(self, cell: str, text: str) -> None:
        self.cell, self.text = cell, text

    def __call__(self, quote: str, near: int) -> dict[str, Any]:
        places = [match.start() for match in re.finditer(re.escape(quote), self.cell)]
        if places:
            return {"quote": quote, "offset": min(places, key=lambda at: abs(at - near))}
        start, end = (self._there(at) for at in (near, near + len(quote)))
        return {"quote": self.cell[start:end], "offset": start}

    @cached_property
    def _same(self) -> list[tuple[int, int, int]]:
        """Runs that text and cell share: where in the one, where in the other, how long."""
        return [
            (run.a, run.b, run.size)
            for run in SequenceMatcher(None, self.text, self.cell, autojunk=False).get_matching_blocks()
        ]

    def _there(self, at: int) -> int:
        """The place in the cell of a place in the text; after what is not shared, that of the next shared letter."""
        own, theirs, _ = next((run for run in self._same if at <= run[0] + run[2]), self._same[-1])
        return theirs + max(at - own, 0)


def _vendor(supplier: Supplier, place: _Place) -> dict[str, Any]:
    said: dict[str, Any] = {"name": supplier.name} if supplier.name else {"described_as": supplier.words}
    said |= {"role": supplier.role, **place(supplier.quote, supplier.offset)}
    if supplier.named_in:
        said["named_in"] = place(*supplier.named_in)
    if supplier.aliases:
        said["aliases"] = list(supplier.aliases)
    if supplier.clients:
        said["clients"] = list(supplier.clients)
    if supplier.level > 1:
        said["supplies"] = "the business associate"
    if supplier.origin:
        said["origin"] = place(*supplier.origin)
    return said


def _link(link: Link, place: _Place) -> dict[str, Any]:
    said: dict[str, Any] = {"name": link.name, "role": link.role}
    if link.quote is not None and link.offset is not None:
        said |= place(link.quote, link.offset)
    return said


_HEADINGS = {
    "kind": "kinds", "exposed": "data", "people": "people", "event": "events", "software": "software", "exploited": "software",
    "occurred_from": "dates", "occurred_to": "dates", "discovered_on": "dates",
}  # fmt: skip


def _more(more: tuple[Particular, ...], place: _Place) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in more:
        value: dict[str, Any] = {"value": one.value, **place(one.quote, one.offset)}
        if _HEADINGS[one.what] == "dates" or one.what == "exploited":
            value = {"what": one.what, **value}
        if one.negated:
            value["negated"] = True
        for name in ("qualifier", "wording", "amount"):
            if getattr(one, name) is not None:
                value[name] = getattr(one, name)
        found.setdefault(_HEADINGS[one.what], []).append(value)
    return found
