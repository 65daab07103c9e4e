"""Bonjour la fuite, a French list of leaks: whose data, through which subcontractor, how many people, which data.

A row is one leak. Where it names a subcontractor, that is where the leak began and whom the body is supplied by; where
it names none, the list does not say where it began. A row that is only `claimed` is an attacker’s word.
"""

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from outbreach.graph.ids import slug
from outbreach.graph.records.load import LoaderSource, Reading, day_of
from outbreach.graph.records.record import QUOTE_WORDS, Citation, Claim, Mention, Record
from outbreach.loaders.files.row import Remarks, Row, reading
from outbreach.loaders.files.table import table_of
from outbreach.loaders.words.enumeration import bodies_in
from outbreach.loaders.words.french_data import exposed
from outbreach.loaders.words.lists import tables
from outbreach.loaders.words.page import host_of, is_address, page_of
from outbreach.loaders.words.volume import figure_of

SOURCE = LoaderSource(
    name="bonjourlafuite",
    version=1,
    title_en="Bonjour la fuite, a list of leaks in France",
    title_fr="Bonjour la fuite, liste de fuites de données en France",
    licence="MIT",
    files=("bonjourlafuite*.csv",),
    obtain_en="Take bonjourlafuite_eu_org.csv from the public repository bonjourlafuite-csv.",
    obtain_fr="Prendre bonjourlafuite_eu_org.csv dans le dépôt public bonjourlafuite-csv.",
)
_NAME = "Bonjour la fuite"
_HALF = re.compile("[\ud800-\udfff]|\\\\ud[89a-f]")
_COLUMNS = ("date", "status", "processor", "subcontractor", "organization_type", "volume", "data", "links")


@dataclass(frozen=True, slots=True)
class _Lists:
    """`loaders/data/bonjourlafuite.yaml`."""

    statuses: dict[str, str]
    organization_types: dict[str, dict[str, str]]
    several: dict[str, list[str]]
    one_body: str
    french: str
    countries: dict[str, str]
    words: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _List:
    """What all rows of one file share."""

    source: Mention
    sha256: str
    french: frozenset[str]
    """The bodies that one of its rows shows to be in France."""


def read(file: Path, dated: str | None = None) -> Reading:
    """The leaks of a list, one record a row.

    Raises `InputError` where the file is not the list.
    """
    table = table_of(file, delimiter=";")
    found, rows = Remarks(), list(table.lines(*_COLUMNS))
    day, _ = day_of(file, dated, _days(rows))
    source = Mention.of(
        SOURCE.name, "", "Source", "list", _NAME, title=_NAME, publisher=_NAME, url="https://bonjourlafuite.eu.org/",
        kind="dataset", lang="fr", licence=SOURCE.licence, reliability="normal", published_on=day,
    )  # fmt: skip
    of_file = _List(source, table.sha256, frozenset(_french(rows)))
    made = reading(rows, lambda row: _record(row, of_file, found), found, table.rejected)
    return Reading(made.records, made.rejected, made.folded, made.unknown, table.remarks)


def _days(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        try:
            day = Row(row.where, row.fields).day("date")
        except ValueError:
            continue
        if day is not None:
            yield day


@cache
def _lists() -> _Lists:
    return tables(SOURCE.name, _Lists)


def _items(row: Row, name: str) -> list[Any]:
    """A cell that holds a list as Python writes it."""
    text = row.text(name)
    if text is None:
        return []
    try:
        with warnings.catch_warnings(action="ignore"):
            value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        raise ValueError(f"its {name} is no list that can be read") from None
    if not isinstance(value, list) or _HALF.search(str(value)):
        raise ValueError(f"its {name} is no list that can be read")
    return value


def _bodies(text: str) -> list[str]:
    """`Almerys, Viamedis` are two; commas within a sentence or with brackets part nothing."""
    return bodies_in(text, _lists().several, _lists().one_body, pairs=True)


def _french(rows: Iterable[Row]) -> Iterator[str]:
    """The bodies in whose own name, or in whose data, a term of French law stands."""
    for row in rows:
        who = " ".join(str(row.fields["processor"]).split())
        if re.search(_lists().french, f"{who}\n{row.fields['data']}"):
            yield from _bodies(who)


def _record(row: Row, of_file: _List, found: Remarks) -> Record:
    date, who, vendor = row.day("date"), row.text("processor"), row.text("subcontractor")
    stated = row.text("status")
    status = found.term(_lists().statuses, "status", stated, row.where)
    form_of = row.text("organization_type")
    form = found.term(_lists().organization_types, "organization_type", form_of, row.where)
    volume, terms, links = row.text("volume"), _items(row, "data"), _items(row, "links")
    if date is None or who is None or not slug(who):
        raise ValueError("it has no date or names no body (processor)")
    # The list’s own mark for data of some kinds; the kinds themselves are kept.
    row.ignore("sensitive")
    key = "/".join(slug(part, 60) for part in (who, vendor) if part) + f"/{date}"
    words = _lists().words["through" if vendor else "title"]
    title = {f"title_{lang}": text.format(who=who, vendor=vendor, date=date) for lang, text in words.items()}
    incident = Mention.of(SOURCE.name, key, "Incident", "incident", None, **title)
    data = [term for term in (" ".join(str(item).split()) for item in terms) if term]
    bodies = [_body(key, "processor", name, of_file) for name in _bodies(who)]
    vendors = [_body(key, "vendor", name, of_file) for name in _bodies(vendor)] if vendor else []
    pages = list(_pages(key, links, bodies, found, row.where))
    # A weak page is not all that stands behind a row: the list itself does.
    behind = pages if any(page.reliability != "low" for page in pages) else [*pages, of_file.source]
    common: dict[str, Any] = {
        "asserter_kind": status or "dataset", "stated_on": date, "incident": incident.id,
        "modality": "stated" if status else "hedged",
    }  # fmt: skip
    where: dict[str, Any] = {"locator": row.where, "sha256": of_file.sha256}
    listed: dict[str, Any] = {**common, "citation": Citation(source=of_file.source.id, lang="fr", **where)}
    own = {**listed, "asserter_kind": "dataset"}
    claims = [
        Claim(
            subject=incident.id,
            predicate="affected",
            object=body.id,
            **common,
            citation=Citation(source=page.id, **where),
        )
        for body in bodies
        for page in behind
    ]
    for supplier in vendors:
        if stated == "confirmed":
            claims.append(Claim(subject=incident.id, predicate="originated_at", object=supplier.id, **listed))
        claims += [Claim(subject=supplier.id, predicate="supplies", object=body.id, **listed) for body in bodies]
    claims.append(Claim(subject=incident.id, predicate="disclosed_on", value=date, **own))
    if stated and status is None:
        claims.append(Claim(subject=incident.id, predicate="note", value=f"status: {stated}", **own))
    if volume:
        claims.append(_people(incident.id, bodies, volume, listed, found, row.where))
    claims += [Claim(subject=incident.id, **detail, **listed) for detail in exposed(data, found, row.where)]
    if form_of:
        said: dict[str, Any] = {f"text_{lang}": text for lang, text in form.items()} if form else {}
        claims += [Claim(subject=body.id, predicate="note", value=form_of, **said, **own) for body in bodies]
    mentions = (incident, *bodies, *vendors, *pages, of_file.source)
    return Record(source=SOURCE.name, key=key, mentions=mentions, claims=tuple(claims))


def _body(key: str, role: str, name: str, of_file: _List) -> Mention:
    country = _lists().countries.get(name, "FR" if name in of_file.french else None)
    return Mention.of(SOURCE.name, key, "Organisation", role, name, country=country)


def _pages(key: str, links: Iterable[Any], bodies: Iterable[Mention], found: Remarks, where: str) -> Iterator[Mention]:
    """The pages that a row names, each once; on its own site the list keeps pictures of notices."""
    urls = [link.get("href") if isinstance(link, dict) else link for link in links]
    names = [re.sub(r"\W", "", slug(body.name or "")) for body in bodies]
    for url in dict.fromkeys(url if isinstance(url, str) else "" for url in urls):
        if not is_address(url):
            found.add("a link is no address that can be kept, and is left out", where)
            continue
        host = host_of(url)
        own = (host,) if re.sub(r"\W", "", host.rpartition(".")[0]) in names else ()
        yield page_of(SOURCE.name, key, url, own=own, publisher=_NAME if host == "bonjourlafuite.eu.org" else None)


def _people(
    incident: str, bodies: list[Mention], volume: str, listed: dict[str, Any], found: Remarks, where: str
) -> Claim:
    """The figure of a row: of its one body, or of all of them together; what is none is a note."""
    quote = volume if len(volume.split()) <= QUOTE_WORDS else None
    try:
        figure = figure_of(volume)
    except ValueError as error:
        found.add(f"{error}; it is kept as a note", where)
        figure = None
    if figure is None:
        said: dict[str, Any] = {
            f"text_{lang}": text.format(term=volume) for lang, text in _lists().words["volume"].items()
        }
        return Claim(subject=incident, predicate="note", value=volume, **said, **listed)
    return Claim(
        subject=incident, predicate="people", object=bodies[0].id if len(bodies) == 1 else None, value=figure.value,
        low=figure.low, high=figure.high, qualifier=figure.qualifier, population=figure.population, quote=quote, **listed,
    )  # fmt: skip
