"""CISA’s catalogue of known exploited vulnerabilities (KEV): who makes the product that has a flaw in use by attackers.

What an entry says for good cites the catalogue; whether ransomware uses the flaw is rewritten in place, and cites the
edition. “Unknown” there is no claim.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from outbreach.graph.records.load import LoaderSource, Reading, day_of, digest_of
from outbreach.graph.records.record import Citation, Claim, Mention, Record
from outbreach.loaders.files.json_file import document_of, rows_of
from outbreach.loaders.files.row import Remarks, Row, reading
from outbreach.loaders.words.lists import tables

SOURCE = LoaderSource(
    name="kev",
    version=1,
    title_en="CISA, catalogue of known exploited vulnerabilities (KEV)",
    title_fr="CISA, catalogue des vulnérabilités exploitées connues (KEV)",
    licence="CC0 1.0",
    files=("*.json",),
    addresses={
        "known_exploited_vulnerabilities.json": "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"
    },
)
CATALOGUE = "https://www.cisa.gov/known-exploited-vulnerabilities-catalog"
_CVE = re.compile(r"CVE-\d{4}-\d{4,19}")


@dataclass(frozen=True, slots=True)
class _Lists:
    """`loaders/data/kev.yaml`."""

    ransomware: dict[str, bool | None]
    makers: dict[str, list[str]]
    unnamed: str
    generic: list[str]
    words: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Edition:
    """What all entries of one edition share."""

    source: Mention
    sha256: str
    day: str | None
    shared: frozenset[str]
    """Names of products, folded, that need their maker’s: several makers have one of that name."""


def read(file: Path, dated: str | None = None) -> Reading:
    """The entries of an edition. It speaks for the day `dated`, else for its release.

    Raises `InputError` where the file is no edition of the catalogue.
    """
    catalogue = document_of(file)
    entries = catalogue.get("vulnerabilities") if isinstance(catalogue, dict) else None
    rows = rows_of(file, entries, "an object with a list of “vulnerabilities”")
    found = Remarks()
    head = Row("its head", catalogue if isinstance(catalogue, dict) else {})
    released = _day(head.take("dateReleased"))
    count = head.take("count")
    head.ignore("title", "catalogVersion", "vulnerabilities", "$schema")
    found.done(head)
    day, _ = day_of(file, dated, [released] if released else [])
    source = _source("edition", f"KEV catalogue, edition of {day or 'an unknown day'}", published_on=day)
    edition = _Edition(source, digest_of(file), day, _shared(rows))
    made = reading(rows, lambda row: _record(row, edition, found), found)
    if isinstance(count, int) and count != len(rows):
        short = f"the file says that it has {count:,} entries, and has {len(rows):,}: fetch it again"
        made = replace(made, remarks=(*made.remarks, short))
    return made


@cache
def _lists() -> _Lists:
    return tables(SOURCE.name, _Lists)


def _source(role: str, name: str, **more: str | None) -> Mention:
    return Mention.of(
        SOURCE.name, "", "Source", role, name, title=name, publisher="CISA", kind="government_notice", lang="en",
        licence=SOURCE.licence, reliability="high", **more,
    )  # fmt: skip


@cache
def _catalogue() -> Mention:
    return _source("catalogue", "Known Exploited Vulnerabilities Catalog", url=CATALOGUE)


@cache
def _cisa() -> Mention:
    return Mention.of(
        SOURCE.name, "", "Organisation", "authority", "CISA", node_id="org-cisa", kind="cert", country="US",
        name_en="Cybersecurity and Infrastructure Security Agency",
    )  # fmt: skip


def _day(moment: object) -> str | None:
    try:
        return Row("its head", {"dateReleased": str(moment or "")[:10]}).day("dateReleased")
    except ValueError:
        return None


def _shared(rows: Iterable[Row]) -> frozenset[str]:
    makers = defaultdict(set)
    for row in rows:
        maker, product = row.fields.get("vendorProject"), row.fields.get("product")
        if isinstance(maker, str) and isinstance(product, str):
            makers[_folded(product)].add(_folded(maker))
    return frozenset({product for product, several in makers.items() if len(several) > 1} | set(_generic()))


@cache
def _generic() -> frozenset[str]:
    return frozenset(_folded(name) for name in _lists().generic)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _record(row: Row, edition: _Edition, found: Remarks) -> Record:
    key, vendor, product = row.text("cveID"), row.text("vendorProject"), row.text("product")
    title, added, text = row.text("vulnerabilityName"), row.day("dateAdded"), row.text("shortDescription")
    if key is None or not _CVE.fullmatch(key):
        raise ValueError(f"its cveID, {key or 'empty'}, is no CVE")
    if product is None or added is None:
        raise ValueError("it has no product or no dateAdded")
    flaw = Mention.of(
        SOURCE.name, key, "Vulnerability", "flaw", key, aliases=[title] if title else [], identifiers=[f"cve:{key}"]
    )
    software = _software(key, vendor, product, edition)
    makers = [] if vendor is None or _folded(vendor) == _folded(product) else _lists().makers.get(vendor, [vendor])
    vendors = [Mention.of(SOURCE.name, key, "Organisation", "vendor", name) for name in makers]
    wording = row.text("knownRansomwareCampaignUse")
    used = found.term(_lists().ransomware, "knownRansomwareCampaignUse", wording, key)
    cited = {"locator": key, "sha256": edition.sha256}
    said: dict[str, Any] = {"asserter": _cisa().id, "asserter_kind": "authority"}
    once = {**said, "citation": Citation(source=_catalogue().id, **cited), "stated_on": added}
    today = {**said, "citation": Citation(source=edition.source.id, **cited), "stated_on": edition.day}
    claims = [
        *(Claim(subject=maker.id, predicate="makes", object=software.id, **once) for maker in vendors),
        Claim(subject=software.id, predicate="has", object=flaw.id, **once),
        Claim(subject=flaw.id, predicate="kev_added_on", value=added, **once),
        *(Claim(subject=flaw.id, predicate="note", **note, **once) for note in _notes(row)),
    ]
    if wording and wording not in _lists().ransomware:
        claims.append(Claim(subject=flaw.id, predicate="note", value=f"Ransomware use: {wording}", **today))
    if used is not None:
        claims.append(Claim(subject=flaw.id, predicate="ransomware_use", value=used, **today))
    # What to do and where to read on; neither is a fact about a breach.
    row.ignore("requiredAction", "notes")
    cites = {claim.citation.source for claim in claims}
    mentions = (flaw, software, *vendors, _cisa(), *(s for s in (_catalogue(), edition.source) if s.id in cites))
    return Record(
        source=SOURCE.name, key=key, mentions=mentions, claims=tuple(claims), text=text, lang="en" if text else None
    )


def _software(key: str, vendor: str | None, product: str, edition: _Edition) -> Mention:
    """The product: by its name, with its maker’s where it says nothing alone, or unnamed where there are several."""
    full = product if vendor is None or _folded(product).startswith(_folded(vendor)) else f"{vendor} {product}"
    if re.search(_lists().unnamed, product):
        return Mention.of(SOURCE.name, key, "Software", "product", None, described_as=full)
    name = full if _folded(product) in edition.shared else product
    return Mention.of(SOURCE.name, key, "Software", "product", name, aliases=[full] if full != name else [])


def _notes(row: Row) -> Iterator[dict[str, Any]]:
    words = _lists().words
    due, cwes = row.day("dueDate"), ", ".join(row.texts("cwes"))
    if due is not None:
        yield {"date": due, **{f"text_{lang}": text.format(date=due) for lang, text in words["due"].items()}}
    if cwes:
        yield {"value": cwes, **{f"text_{lang}": text.format(cwes=cwes) for lang, text in words["weakness"].items()}}
