"""A list of attacks that the press reported, kept by a tracker: victim, domain, country, article, and the crew, if any.

That a body was hit is the article’s word. The day, the country, the domain and the crew are the list’s; it names a crew
where one posted the same victim on its leak site. The list’s summary is its own text, kept with the record and not quoted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from outbreach.graph.errors import ClaimError
from outbreach.graph.ids import slug
from outbreach.graph.places import is_place
from outbreach.graph.records.load import LoaderSource, Reading, Reject, day_of, digest_of
from outbreach.graph.records.record import Citation, Claim, Mention, Record
from outbreach.loaders.files.json_file import document_of, rows_of
from outbreach.loaders.files.row import Remarks, Row
from outbreach.loaders.words.crews import crew_of
from outbreach.loaders.words.enumeration import bodies_in
from outbreach.loaders.words.lists import tables
from outbreach.loaders.words.page import is_address, page_of
from outbreach.loaders.words.title import domain_of, is_shared, mended

SOURCE = LoaderSource(
    name="press",
    version=1,
    title_en="Attacks that the press reported, list of a tracker",
    title_fr="Attaques rapportées par la presse, liste d’un relevé",
    licence="not stated",
    files=("press*.json",),
    obtain_en="Ask the tracker’s programming interface for its list of press reports, and name the file with its day.",
    obtain_fr="Demander la liste des articles de presse à l’interface du relevé, et nommer le fichier avec son jour.",
)
_ACRONYM = re.compile(r"\s*\((?P<short>[^\s()]{2,12})\)$")


@dataclass(frozen=True, slots=True)
class _Lists:
    """`loaders/data/press.yaml`."""

    absent: list[str]
    countries: dict[str, str]
    domains: dict[str, str | None]
    groups: dict[str, str | None]
    unnamed: str
    several: dict[str, list[str]]
    one_body: str
    words: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as listed."""

    row: Row
    victim: str
    damaged: str | None
    """What stood there, where the name was damaged and could be mended for certain."""
    date: str
    added: str | None
    domain: str | None
    country: str | None
    url: str | None
    title: str | None
    crew: str | None
    summary: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """What all entries of one file share."""

    source: Mention
    sha256: str
    day: str | None


def read(file: Path, dated: str | None = None) -> Reading:
    """The entries of a list; one that stands twice, with the same article, is one.

    Raises `InputError` where the file is no such list.
    """
    document = document_of(file)
    items = document.get("results") if isinstance(document, dict) else document
    found = Remarks()
    if isinstance(document, dict):
        head = Row("its head", document)
        head.ignore("results", "count", "filters")
        found.done(head)
    rejected: list[Reject] = []
    by_key: dict[str, dict[str, _Entry]] = {}
    folded = 0
    for row in rows_of(file, items, "an object with a list of “results”"):
        try:
            entry = _entry(row, found)
        except (ValueError, ClaimError) as error:
            rejected.append(Reject(row.where, str(error), row.raw))
            continue
        same = by_key.setdefault(f"{slug(entry.victim, 80)}/{entry.date}", {})
        folded += (entry.url or "") in same
        same.setdefault(entry.url or "", entry)
    day, _ = day_of(file, dated, (e.added or e.date for group in by_key.values() for e in group.values()))
    name = f"Attacks reported by the press, list of {day or 'an unknown day'}"
    source = Mention.of(
        SOURCE.name, "", "Source", "list", "Attacks reported by the press", title=name, kind="dataset", lang="fr",
        licence=SOURCE.licence, reliability="normal", published_on=day,
    )  # fmt: skip
    of_file, records = _List(source, digest_of(file), day), list[Record]()
    for key, group in by_key.items():
        for place, (_, entry) in enumerate(sorted(group.items()), 1):
            try:
                records.append(_record(key if place == 1 else f"{key}/{place}", entry, of_file))
            except ClaimError as error:
                rejected.append(Reject(entry.row.where, str(error), entry.row.raw))
    return Reading(tuple(records), tuple(rejected), folded, found.sentences())


@cache
def _lists() -> _Lists:
    return tables(SOURCE.name, _Lists)


def _entry(row: Row, found: Remarks) -> _Entry:
    victim, date, added = row.text("victim"), row.day("date"), row.day("added")
    country, domain, url = (_present(row.text(name)) for name in ("country", "domain", "url"))
    title, summary, group = row.text("title"), row.text("summary"), row.take("ransomware")
    if _present(victim) is None or victim is None or not slug(victim):
        raise ValueError("it names no victim")
    if date is None:
        raise ValueError("it has no date")
    row.ignore("infostealer")
    found.done(row)
    crew = group.get("group") if isinstance(group, dict) else group
    if crew is not None and not (isinstance(crew, str) and crew.strip() and crew.isprintable()):
        raise ValueError("its crew is no text")
    if isinstance(group, dict) and (other := set(group) - {"group", "permalink"}):
        found.add(f"the field “ransomware.{min(map(str, other))}” is not read", row.where)
    country = _lists().countries.get(country or "", country)
    if country is not None and not (re.fullmatch("[A-Z]{2}", country) and is_place(country)):
        found.add(f"the country “{country}” is no ISO 3166 code, and is left out", row.where)
        country = None
    listed = _lists().domains.get(domain, domain) if domain else None
    if listed is not None and domain_of(listed) is None and not is_shared(listed):
        found.add(f"the domain “{listed}” is none, and is left out", row.where)
    return _Entry(
        row, mended(victim), None if mended(victim) == victim else victim, date, added, listed and domain_of(listed),
        country, url if is_address(url) else None,
        title and mended(title), _lists().groups.get(crew, crew) if crew else None, summary,
    )  # fmt: skip


def _present(text: str | None) -> str | None:
    return None if text is None or text.casefold() in _lists().absent else text


def _victims(key: str, entry: _Entry) -> Iterable[Mention]:
    if re.search(_lists().unnamed, entry.victim):
        yield Mention.of(
            SOURCE.name, key, "Organisation", "victim", None, described_as=entry.victim, country=entry.country
        )
        return
    names = bodies_in(entry.victim, _lists().several, _lists().one_body)
    for name in names:
        acronym = _ACRONYM.search(name)
        short = acronym["short"].strip("“”\"'") if acronym else None
        short = short if short and sum(letter.isupper() for letter in short) > 1 else None
        domain = entry.domain if len(names) == 1 else None
        yield Mention.of(
            SOURCE.name, key, "Organisation", "victim", _ACRONYM.sub("", name) if short else re.sub(r"(?<=[^\W\d]{5})\.$", "", name),
            aliases=[short] if short else [], country=entry.country,
            identifiers=[f"domain:{domain}"] if domain else [],
        )  # fmt: skip


def _record(key: str, entry: _Entry, of_file: _List) -> Record:
    victims = list(_victims(key, entry))
    own = (entry.domain,) if entry.domain else ()
    article = page_of(SOURCE.name, key, entry.url, title=entry.title, own=own) if entry.url else None
    filled = {"victim": entry.victim, "date": entry.date}
    title = {f"title_{lang}": text.format(**filled) for lang, text in _lists().words["title"].items()}
    incident = Mention.of(SOURCE.name, key, "Incident", "incident", None, **title)
    where = {"locator": entry.row.where, "sha256": of_file.sha256}
    common: dict[str, Any] = {"incident": incident.id, "stated_on": entry.added or of_file.day}
    listed = {**common, "citation": Citation(source=of_file.source.id, **where), "asserter_kind": "dataset"}
    told = {**common, "citation": Citation(source=article.id, **where), "asserter_kind": "press"} if article else listed
    # A weak page is not all that stands behind an entry: the list itself does.
    behind = [told, listed] if article and article.reliability == "low" else [told]
    claims = [
        Claim(subject=incident.id, predicate="affected", object=victim.id, **one)
        for victim in victims
        for one in behind
    ]
    claims.append(Claim(subject=incident.id, predicate="occurred_from", value=entry.date, modality="hedged", **listed))
    if entry.damaged:
        said: dict[str, Any] = {"value": entry.damaged, **_lists().words["spelling"]}
        claims += [Claim(subject=victim.id, predicate="note", **said, **listed) for victim in victims]
    mentions = [incident, *victims, of_file.source, *([article] if article else [])]
    if entry.crew:
        crew = crew_of(SOURCE.name, entry.crew)
        mentions.append(crew)
        claims.append(Claim(subject=incident.id, predicate="attributed_to", object=crew.id, **listed))
    return Record(
        source=SOURCE.name, key=key, mentions=tuple(mentions), claims=tuple(claims), text=entry.summary,
        lang="fr" if entry.summary else None,
    )  # fmt: skip
