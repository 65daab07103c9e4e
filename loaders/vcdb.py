"""VCDB, the VERIS Community Database: incidents coded from press articles and notices, in the terms of VERIS.

Its total is one of records; it counts people only where the incident's own summary counts that many, and that is quoted.
A partner whom the coders name supplies the victim; where only a note names it, the incident's own text must name it too,
or the claim is hedged, and a note that stands with several victims is not believed. Who a secondary victim is to the
victim, VCDB does not say: it was hit, no more. A date may be that of the article where the coders knew no better.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from re import IGNORECASE, findall, fullmatch, sub
from typing import Any

from outbreach.graph.ids import short_hash
from outbreach.graph.records.load import LoaderSource, Reading, day_of
from outbreach.graph.records.record import QUOTE_WORDS, Citation, Mention, Record, interval
from outbreach.loaders._attacker import attacker_of
from outbreach.loaders._bodies import body_of, is_named, is_office, same, several
from outbreach.loaders._lists import told
from outbreach.loaders._places import country, region
from outbreach.loaders._relay import entry_source, pages_in, say_pages
from outbreach.loaders._row import Remarks, Row, reading
from outbreach.loaders._telling import Telling
from outbreach.loaders._veris import counted, day_at, flat, ignore, incidents, lists, mentions, partners, repeated

SOURCE = LoaderSource(
    name="vcdb",
    version=1,
    title_en="VERIS Community Database (VCDB)",
    title_fr="VERIS Community Database (VCDB), base communautaire d’incidents",
    licence="CC BY-SA 4.0",
    files=("*.json", "*.zip", "a folder of *.json"),
    takes=("everything",),
    folder=True,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An incident in the making: its flat fields, what it tells so far, and its own words."""

    row: Row
    tale: Telling
    incident: Mention
    victim: Mention
    words: str
    found: Remarks


def read(file: Path, dated: str | None = None, *, everything: bool = False) -> Reading:
    """The incidents in a file or folder whose victim is in health care or a health insurer; all with `everything`.

    Raises `InputError` where it holds no VERIS incident.
    """
    rows, rejected = incidents(file)
    wanted = [(row, sha) for row, sha in rows if everything or _in_health(row)]
    remarks = []
    if left := len(rows) - len(wanted):
        remarks.append(f"{left:,} incidents of other industries than health are left out: --all reads them too")
    once = _once(row for row, _ in wanted)
    digests, doubtful = {row.where: sha for row, sha in wanted}, repeated(row for row, _ in rows)
    day, _ = day_of(file, dated, ())
    found = Remarks()
    made = reading(
        [row for row, _ in once.values()], lambda row: _record(row, once[row.where][1], digests[row.where], day, doubtful, found), found,
        rejected, remarks,
    )  # fmt: skip
    return replace(made, folded=len(wanted) - len(once))


def _in_health(row: Row) -> bool:
    """Whether its victim is in health; what has no victim that can be read is looked at, and rejected with a reason."""
    victim = row.fields.get("victim")
    if not isinstance(victim, dict) or "incident_id" not in row.fields:
        return True
    return str(victim.get("industry", "")).strip().startswith(lists().health)


def _once(rows: Iterable[Row]) -> dict[str, tuple[Row, str]]:
    """Each incident once, by where it stands, with its key: its id, and where another has that id its own as well.

    The same incident twice, but for what the converter noted in `plus`, is one.
    """
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        same_id = by_id.setdefault(str(row.fields.get("incident_id")), [])
        if not any(_content(row) == _content(other) for other in same_id) or "incident_id" not in row.fields:
            same_id.append(row)
    found = {}
    for id, group in by_id.items():
        for row in group:
            plus = row.fields.get("plus")
            own = plus.get("master_id") if isinstance(plus, dict) else None
            found[row.where] = (row, id if len(group) == 1 or own in (None, id) else f"{id}/{own}")
    return found


def _content(row: Row) -> dict[str, object]:
    return {name: value for name, value in row.fields.items() if name != "plus"}


@cache
def _dataset() -> Mention:
    return Mention.of(
        SOURCE.name, "", "Source", "dataset", "VERIS Community Database", title="VERIS Community Database (VCDB)",
        publisher="VERIS Community Database", url="https://github.com/vz-risk/VCDB", kind="dataset", lang="en",
        licence=SOURCE.licence, reliability="normal",
    )  # fmt: skip


def _record(given: Row, key: str, sha: str, day: str | None, doubtful: frozenset[str], found: Remarks) -> Record:
    row = flat(given)
    id = row.text("incident_id")
    if id is None or not isinstance(given.fields.get("victim"), dict):
        raise ValueError("it is no VERIS incident: it has no incident_id or no victim")
    summary, pages = row.text("summary"), pages_in([row.text("reference") or ""])
    tale = Telling(SOURCE.name, key)
    source = entry_source(tale, _dataset(), f"incident {id}", pages)
    victim, began = _victim(row, tale), day_at(row, "timeline.incident")
    name = {lang: victim.name or text for lang, text in lists().words["nobody"].items()}
    titles = {
        f"title_{lang}": text.format(name=name[lang], date=began or "?")
        for lang, text in lists().words["title"].items()
    }
    incident = tale.mention("Incident", "incident", None, **titles)
    tale.said = {
        "citation": Citation(source=source.id, locator=f"{id} ({row.where})", sha256=sha), "asserter_kind": "dataset",
        "incident": incident.id, "stated_on": _day(row, "plus.modified") or _day(row, "plus.created") or day,
    }  # fmt: skip
    words = " ".join(str(v) for n, v in row.fields.items() if n in ("summary", "notes") or n.startswith("action."))
    entry = _Entry(row, tale, incident, victim, f"{words} {' '.join(pages)}", found)
    confirmed = found.term(
        lists().security_incidents, "security_incident", coded := row.text("security_incident"), row.where
    )
    sure = found.term(lists().confidences, "confidence", row.text("confidence"), row.where)
    hedged = "hedged" if "hedged" in (confirmed, sure) else "stated"
    tale.say(incident, "affected", victim, modality=hedged)
    if confirmed == "hedged":
        _note(entry, "incident", [coded or ""])
    others = _secondary(entry, hedged)
    vendors = _partners(entry, doubtful)
    _owner(entry, vendors)
    _kinds(entry)
    _attackers(entry)
    _data(entry, summary, alone=not others)
    _dates(entry, began)
    _assets(entry)
    say_pages(tale, incident, pages)
    ignore(row)
    # The reading reports what is left of the row it gave.
    given.ignore(*given.fields)
    found.done(row)
    return tale.record(summary, "en")


def _victim(row: Row, tale: Telling) -> Mention:
    """The victim: by name, or unnamed where nobody or a natural person is named."""
    raw, industry = row.text("victim.victim_id"), row.text("victim.industry") or ""
    where = next((code for text in row.texts("victim.country") if (code := country(text))), None)
    state = row.text("victim.state")
    part = (lists().states.get(state) or (region(where, state) if where else None)) if state else None
    part = part if part and part[:2] == where else None
    kind = next((k for n, k in sorted(lists().industries.items(), reverse=True) if industry.startswith(n)), None)
    place: dict[str, Any] = {"country": where, "region": part, "kind": kind}
    if raw is None or not is_named(raw) or _private(raw):
        told_of = raw if raw and not is_named(raw) and not _bare(raw) else lists().words["victim"]["en"].format(
            industry=industry, place=part or where or "?"
        )  # fmt: skip
        return tale.mention("Organisation", "victim", None, described_as=told_of, **place)
    body = body_of(raw)
    return tale.mention("Organisation", "victim", raw if body.beside else body.name, aliases=body.aliases, **place)


def _bare(text: str) -> bool:
    return text.casefold() in ("unknown", "other", "n/a", "na", "none", "unnamed", "unidentified")


def _private(name: str) -> bool:
    return is_office(name) or short_hash(sub(r"[\W\d_]", "", name.casefold())) in lists().private_persons


def _secondary(entry: _Entry, hedged: str) -> int:
    """The others that it hit, each a body; how many there are, named or not."""
    row, count = entry.row, 0
    for text in row.texts("victim.secondary.victim_id"):
        for name in several(text):
            if entry.victim.name and same(name, entry.victim.name):
                continue
            count += 1
            if is_named(name) and not _private(name):
                body = body_of(name)
                plain = name if body.beside else body.name
                other = entry.tale.mention("Organisation", "secondary victim", plain, aliases=body.aliases)
                entry.tale.say(entry.incident, "affected", other, modality=hedged)
    return count


def _partners(entry: _Entry, doubtful: frozenset[str]) -> list[Mention]:
    """The partners by whose act or error it came about: each supplies the victim."""
    row, notes = entry.row, entry.row.text("actor.partner.notes")
    names = [name for text in row.texts("actor.partner.name") for name in several(text) if is_named(name)]
    named: list[tuple[str, str, str | None]] = [(name, "stated", None) for name in names]
    found: list[Mention] = []
    if notes and is_named(notes):
        entry.tale.say(entry.incident, "note", value=notes, **told(lists().words["partner"], terms=notes))
    quote = notes if notes and len(notes.split()) <= QUOTE_WORDS else None
    for name in partners(notes):
        if mentions(entry.words, name):
            named.append((name, "stated", quote))
        elif notes not in doubtful:
            named.append((name, "hedged", quote))
    for name, modality, said in named:
        if not _private(name) and not (entry.victim.name and same(name, entry.victim.name)):
            body = body_of(name)
            partner = entry.tale.mention("Organisation", "partner", body.name, aliases=body.aliases)
            entry.tale.say(partner, "supplies", entry.victim, modality=modality, quote=said)
            found.append(partner)
    return found


def _owner(entry: _Entry, vendors: list[Mention]) -> None:
    """Where it began: with whom the assets are said to belong to, where that is one body."""
    owners = {
        entry.found.term(lists().owners, "asset.ownership", text, entry.row.where)
        for text in entry.row.texts("asset.ownership")
    }
    rule: dict[str, Any] = {"basis": "inferred", "rule": lists().rules["owner"], "modality": "hedged"}
    if owners == {"partner"} and len(vendors) == 1:
        entry.tale.say(entry.incident, "originated_at", vendors[0], **rule)
    elif owners == {"victim"}:
        entry.tale.say(entry.incident, "originated_at", entry.victim, **rule)


def _kinds(entry: _Entry) -> None:
    row, tale = entry.row, entry.tale
    for action in dict.fromkeys(name.split(".")[1] for name in row.fields if name.startswith("action.")):
        known = entry.found.term(lists().actions, "action", action, row.where)
        varieties = row.texts(f"action.{action}.variety")
        kinds: dict[str, str] = {}
        for variety in varieties:
            if known and (kind := entry.found.term(known.varieties, f"action.{action}.variety", variety, row.where)):
                kinds.setdefault(kind, f"{action}: {variety}")
        if not kinds and known:
            kinds[known.kind] = ", ".join([f"{action}: {variety}" for variety in varieties]) or action
        for kind, wording in kinds.items():
            tale.say(entry.incident, "kind", value=kind, wording=wording)
        for cve in dict.fromkeys(
            findall(r"CVE[- ](\d{4}-\d{4,7})", row.text(f"action.{action}.cve") or "", IGNORECASE)
        ):
            flaw = tale.mention("Vulnerability", "flaw", f"CVE-{cve}", identifiers=[f"cve:CVE-{cve}"])
            tale.say(entry.incident, "exploited", flaw)
    for variety in row.texts("attribute.availability.variety"):
        if kind := entry.found.term(lists().availability, "attribute.availability.variety", variety, row.where):
            tale.say(entry.incident, "kind", value=kind, wording=f"availability: {variety}")


def _attackers(entry: _Entry) -> None:
    """Crews and pseudonyms by name, where an attack was made; who may be a natural person is not named."""
    row = entry.row
    names = [name.strip("( ") for text in row.texts("actor.external.name") for name in several(text)]
    if any(f"action.{action}.variety" in row.fields for action in lists().attacks):
        for name in names:
            if fullmatch(r"[0-9A-Fa-f-]{36}", name) or _private(name):
                continue
            try:
                attacker = attacker_of(entry.tale, name)
            except ValueError:
                continue
            if attacker:
                entry.tale.say(entry.incident, "attributed_to", attacker)
    terms = [
        f"{kind} ({', '.join(varieties)})" if (varieties := row.texts(f"actor.{kind}.variety")) else kind
        for kind in dict.fromkeys(name.split(".")[1] for name in row.fields if name.startswith("actor."))
    ]
    _note(entry, "actors", terms)
    if campaign := row.text("campaign_id"):
        named = Mention.of(
            SOURCE.name, "", "Campaign", "campaign", None, described_as=f"VCDB campaign {campaign}",
            identifiers=[f"vcdb:{campaign}"],
        )  # fmt: skip
        entry.tale.add(named)
        entry.tale.say(entry.incident, "part_of", named)


def _data(entry: _Entry, summary: str | None, *, alone: bool) -> None:
    """Which data, whose, and how many: of people where the summary counts that many, else of records."""
    row, at = entry.row, "attribute.confidentiality."
    modality = entry.found.term(lists().disclosures, "data_disclosure", row.text(f"{at}data_disclosure"), row.where)
    how: dict[str, Any] = {"negated": True} if modality == "no" else {"modality": modality or "hedged"}
    other = []
    items = row.take(f"{at}data")
    for item in items if isinstance(items, list) else []:
        field = Row(row.where, item if isinstance(item, dict) else {f"{at}data": item})
        field.ignore("amount")
        if variety := field.text("variety"):
            category = entry.found.term(lists().data, f"{at}data.variety", variety, row.where)
            if category:
                entry.tale.say(entry.incident, "exposed", f"data.{category}", wording=variety, **how)
            elif variety != "Unknown" and modality != "no":
                other.append(variety)
        entry.found.done(field)
    _note(entry, "data", list(dict.fromkeys(other)))
    whose = [
        words for text in row.texts(f"{at}data_victim")
        if text != "Unknown" and (words := entry.found.term(lists().data_victims, "data_victim", text, row.where))
    ]  # fmt: skip
    if whose:
        spoken = {lang: ", ".join(words[lang] for words in whose) for lang in ("en", "fr")}
        entry.tale.say(entry.incident, "note", value=spoken["en"], **told(lists().words["whose"], **spoken))
    total = row.take(f"{at}data_total")
    if total is None:
        return
    if isinstance(total, bool) or not isinstance(total, int | float) or not 0 <= total < 10**12 or total != int(total):
        entry.found.add(f"data_total “{total}” is no number of records", row.where)
        return
    if total >= 1 and modality != "no":
        _figure(entry, int(total), summary, entry.victim if alone else None)


def _figure(entry: _Entry, total: int, summary: str | None, whose: Mention | None) -> None:
    """A relay's figure enters no interval, so this one cites the data set, whose coding it is."""
    said = counted(total, summary) if summary and total > 1 else None
    qualifier, quote = said or ("exact", None)
    low, high = interval(total, qualifier)
    citation = replace(entry.tale.said["citation"], source=_dataset().id, lang="en" if quote else None)
    entry.tale.add(_dataset())
    entry.tale.say(
        entry.incident, "people", whose, value=total, low=low, high=high, qualifier=qualifier, quote=quote,
        population=None if said else "records", citation=citation,
    )  # fmt: skip


def _dates(entry: _Entry, began: str | None) -> None:
    row, tale = entry.row, entry.tale
    told_on = day_at(row, "plus.timeline.notification")
    if began:
        tale.say(entry.incident, "occurred_from", value=began)
    if told_on and (not began or told_on[:4] >= began[:4]) and told_on[:4] <= (tale.said["stated_on"] or told_on)[:4]:
        tale.say(entry.incident, "disclosed_on", value=told_on)
    for stage, words in lists().stages.items():
        unit, value = row.text(f"timeline.{stage}.unit"), row.text(f"timeline.{stage}.value")
        known = entry.found.term(lists().units, f"timeline.{stage}.unit", unit, row.where)
        if unit is None or (known is None and unit in lists().units):
            continue
        number = (value or "").removesuffix(".0")
        spoken = {lang: f"{number} {known[lang] if known else unit}".strip() for lang in ("en", "fr")}
        text = {
            f"text_{lang}": template.format(stage=words[lang], time=spoken[lang])
            for lang, template in lists().words["stage"].items()
        }
        tale.say(entry.incident, "note", value=f"{stage}: {number} {unit}".replace("  ", " "), **text)


def _assets(entry: _Entry) -> None:
    row = entry.row
    items = row.take("asset.assets")
    varieties = Counter[str]()
    for item in items if isinstance(items, list) else []:
        field = Row(row.where, item if isinstance(item, dict) else {"asset.assets": item})
        field.ignore("amount")
        if variety := field.text("variety"):
            varieties[variety] += 1
            if not fullmatch(lists().assets, variety):
                entry.found.add(f"asset “{variety}” is in no list of ours, and is kept as it is", row.where)
        entry.found.done(field)
    _note(entry, "assets", [variety for variety in varieties if variety != "Unknown"])
    ways = []
    for path in [name for name in row.fields if name.startswith("discovery_method")]:
        value = row.take(path)
        parts = path.split(".")
        if isinstance(value, list):
            ways += [f"{parts[1] if len(parts) > 1 else ''} – {item}" for item in value if isinstance(item, str)]
        elif isinstance(value, str):
            ways.append(value)
    _note(entry, "discovered", ways)
    if industry := row.text("victim.industry"):
        entry.tale.say(entry.victim, "note", value=industry, **told(lists().words["industry"], terms=industry))


def _note(entry: _Entry, name: str, terms: list[str]) -> None:
    if terms:
        joined = ", ".join(terms)
        entry.tale.say(entry.incident, "note", value=joined, **told(lists().words[name], terms=joined))


def _day(row: Row, name: str) -> str | None:
    text = str(row.fields.get(name) or "")[:10]
    return text if fullmatch(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", text) else None
