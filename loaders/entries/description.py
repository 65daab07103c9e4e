"""Claims from the description on a breach portal's row: suppliers, whose they are, where it began, which data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from outbreach.graph.names import normalise
from outbreach.graph.records.record import Citation, Claim, Mention
from outbreach.graph.text.portal.description import Description, Supplier, read_description, same_body
from outbreach.graph.text.portal.particulars import Particular, particulars
from outbreach.graph.text.portal.role import ASSOCIATE
from outbreach.graph.text.portal.trust import foreign


@dataclass(frozen=True, slots=True)
class Row:
    """What the row says besides, and how its claims are cited."""

    source: str
    key: str
    filer: Mention
    incident: str
    associate: bool
    """It is filed as a business associate."""
    people: int | None
    kinds: frozenset[str]
    """What the row itself says of the incident."""
    cited: Citation
    stated_on: str | None
    authority: str
    """The mention of the authority that keeps the portal."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a description adds to its row's record; `remark` says why nothing was taken from it."""

    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    remark: str | None = None


@lru_cache(maxsize=16_384)
def read(
    text: str, filer: str, people: int | None, associate: bool
) -> "tuple[Description, tuple[Particular, ...], str | None]":
    """What a description says, and why it is another report's, if it is. The same text stands in many exports."""
    said = read_description(text, filer)
    strange = foreign(text, said, filer, people, associate)
    return _as_filed(said, filer) if associate else said, particulars(text), strange


def _as_filed(said: Description, filer: str) -> Description:
    """The business associate that a text leaves unnamed is the filer, where the report is filed as an associate's.

    Not where the text names another, or the filer as a covered entity or as who tells: its associate is another then.
    """
    others = (*said.entities, *([said.reporter] if said.reporter else []))
    if not filer or any(s.level == 1 for s in said.named) or any(same_body(name, filer) for name in others):
        return said
    suppliers = [replace(s, name=filer) if s.level == 1 and s.role == ASSOCIATE else s for s in said.suppliers]
    return replace(said, suppliers=tuple(sorted(suppliers, key=lambda s: s.name is None)))


def told(text: str, row: Row) -> Told:
    """The claims that a description makes, each with its quote; a text that is another report's makes none."""
    said, more, strange = read(text, row.filer.name or "", row.people, row.associate)
    if strange is not None:
        return Told(remark=strange)
    teller = _Teller(row)
    claims = (*teller.supplied(said), *teller.particular(more))
    return Told(tuple(teller.mentions.values()), tuple({claim.id: claim for claim in claims}.values()))


class _Teller:
    """The mentions and claims of one description."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.mentions: dict[str, Mention] = {}

    def supplied(self, said: Description) -> Iterator[Claim]:
        """Suppliers and their clients, where the breach began, and the clients whom a filing supplier names."""
        ids = [self._supplier(supplier) for supplier in said.suppliers]
        first = next((id for id, s in zip(ids, said.suppliers, strict=True) if s.level == 1), None)
        for id, supplier in zip(ids, said.suppliers, strict=True):
            if id is None:
                continue
            clients = self._clients(said, supplier) if supplier.level == 1 else [first] if first else []
            own = id == self.row.filer.id
            service = None if supplier.role in PLAIN else supplier.role
            for client in clients:
                if client != id:
                    kind = "vendor" if own else "own"
                    yield self._claim(
                        id,
                        "supplies",
                        supplier.quote,
                        supplier.offset,
                        object=client,
                        service=service,
                        asserter_kind=kind,
                    )
                    if own and client != self.row.filer.id:
                        yield self._claim(
                            self.row.incident,
                            "affected",
                            supplier.quote,
                            supplier.offset,
                            object=client,
                            asserter_kind="vendor",
                        )
            if supplier.origin is not None:
                quote, offset = supplier.origin
                modality = (
                    "hedged" if re.search(r"\b(?:may have|might have|possibly|potentially)\b", quote) else "stated"
                )
                yield self._claim(self.row.incident, "originated_at", quote, offset, object=id, modality=modality)

    def particular(self, found: tuple[Particular, ...]) -> Iterator[Claim]:
        """Kinds, days, data, products and what was done."""
        for one in found:
            about: dict[str, Any] = {"quote": one.quote, "offset": one.offset}
            if one.what == "kind" and one.value not in self.row.kinds:
                yield self._claim(self.row.incident, "kind", value=one.value, wording=one.wording, **about)
            elif one.what == "exposed":
                yield self._claim(
                    self.row.incident,
                    "exposed",
                    object=f"data.{one.value}",
                    wording=one.wording,
                    negated=one.negated,
                    **about,
                )
            elif one.what in _DAYS:
                yield self._claim(self.row.incident, one.what, value=one.value, **about)
            elif one.what == "exploited":
                product = self._mention("Software", "product", str(one.value))
                yield self._claim(self.row.incident, "exploited", object=product, **about)
            elif one.what == "event" and one.value not in _ROUTINE:
                yield self._claim(self.row.incident, "event", role=one.value, **about)
                if one.amount is not None and re.search(r"\b(?:OCR|HHS|Office for Civil Rights)\b", one.quote):
                    yield self._claim(
                        self.row.authority, "sanction", object=self.row.filer.id, role="settlement", amount=one.amount,
                        currency="USD", asserter=self.row.authority, asserter_kind="authority", **about,
                    )  # fmt: skip

    def _supplier(self, supplier: Supplier) -> str | None:
        if supplier.name is None:
            return self._mention("Organisation", "vendor", None, described_as=" ".join(supplier.words.split()))
        if self._is_filer(supplier.name):
            return self.row.filer.id
        return self._mention("Organisation", "vendor", supplier.name, aliases=list(supplier.aliases))

    def _clients(self, said: Description, supplier: Supplier) -> list[str]:
        """Whom a first supplier supplies: those the text names, else the filer where the text is about a client."""
        names = supplier.clients or (said.entities if len(said.entities) == 1 else ())
        found = [self._client(name) for name in names if not _two(name)]
        filer = self.row.filer.id
        files_as_client = not self.row.associate or any(self._is_filer(name) for name in said.entities)
        if not found and not names and files_as_client and (said.speaks_of_entity or said.reporter is None):
            found = [filer]
        return [id for id in found if supplier.name is None or not self._same_as(supplier.name, id)]

    def _client(self, name: str) -> str:
        return self.row.filer.id if self._is_filer(name) else self._mention("Organisation", "client", name)

    def _is_filer(self, name: str) -> bool:
        """The filer under the text's form of its name; a business associate may be called by a part of it."""
        filer = self.row.filer.name
        if filer is None:
            return False
        return normalise(name) == normalise(filer) or same_body(name, filer)

    def _same_as(self, name: str, id: str) -> bool:
        return id == self.row.filer.id and self._is_filer(name)

    def _mention(self, label: str, role: str, name: str | None, **more: object) -> str:
        mention = Mention.of(self.row.source, self.row.key, label, role, name, **more)
        return self.mentions.setdefault(mention.id, mention).id

    def _claim(self, subject: str, predicate: str, quote: str, offset: int, **more: Any) -> Claim:
        cited = self.row.cited
        citation = Citation(
            source=cited.source, locator=f"{cited.locator}, offset {offset}", lang="en", sha256=cited.sha256
        )
        said: dict[str, Any] = {"asserter": self.row.filer.id, "asserter_kind": "own", **more}
        return Claim(
            subject=subject, predicate=predicate, citation=citation, stated_on=self.row.stated_on, quote=quote,
            extraction="rule", incident=self.row.incident, **said,
        )  # fmt: skip


PLAIN = {"business associate", "subcontractor", "vendor", "parent company"}
_ROUTINE = {"people_informed", "public_statement"}
"""What nearly every description says was done, as the law asks: worth no claim in each."""
_DAYS = {"occurred_from", "occurred_to", "discovered_on"}


def _two(name: str) -> bool:
    """“Blue Care Network and Blue Cross Blue Shield of Michigan” may be one name or two: it is taken for neither."""
    left, joint, right = name.partition(" and ")
    return bool(joint) and len(left.split()) > 1 and len(right.split()) > 2
