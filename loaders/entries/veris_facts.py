"""What an incident coded in VERIS tells: whom else it hit, by whose act, which data, how many, when."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from re import IGNORECASE, findall, fullmatch, sub
from typing import Any

from outbreach.graph.ids import short_hash
from outbreach.graph.records.record import QUOTE_WORDS, Mention, interval
from outbreach.loaders.entries.veris import counted, day_at, lists, mentions, partners
from outbreach.loaders.files.row import Remarks, Row
from outbreach.loaders.words.attacker import attacker_of
from outbreach.loaders.words.bodies import body_of, is_named, is_office, same, several
from outbreach.loaders.words.lists import told
from outbreach.loaders.words.telling import Telling

NAME = "vcdb"
LICENCE = "CC BY-SA 4.0"


@cache
def dataset() -> Mention:
    """The data set itself, which a claim without another source rests on."""
    return Mention.of(
        NAME, "", "Source", "dataset", "VERIS Community Database", title="VERIS Community Database (VCDB)",
        publisher="VERIS Community Database", url="https://github.com/vz-risk/VCDB", kind="dataset", lang="en",
        licence=LICENCE, reliability="normal",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident in the making: its flat fields, what it tells so far, and its own words."""

    row: Row
    tale: Telling
    incident: Mention
    victim: Mention
    words: str
    found: Remarks


def is_private(name: str) -> bool:
    """Whether a name is that of one person: a practice that is called by him, or one of the list."""
    return is_office(name) or short_hash(sub(r"[\W\d_]", "", name.casefold())) in lists().private_persons


def secondary(entry: Entry, hedged: str) -> int:
    """The others that it hit, each a body; how many there are, named or not."""
    row, count = entry.row, 0
    for text in row.texts("victim.secondary.victim_id"):
        for name in several(text):
            if entry.victim.name and same(name, entry.victim.name):
                continue
            count += 1
            if is_named(name) and not is_private(name):
                body = body_of(name)
                plain = name if body.beside else body.name
                other = entry.tale.mention("Organisation", "secondary victim", plain, aliases=body.aliases)
                entry.tale.say(entry.incident, "affected", other, modality=hedged)
    return count


def partners_of(entry: Entry, doubtful: frozenset[str]) -> list[Mention]:
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
        if not is_private(name) and not (entry.victim.name and same(name, entry.victim.name)):
            body = body_of(name)
            partner = entry.tale.mention("Organisation", "partner", body.name, aliases=body.aliases)
            entry.tale.say(partner, "supplies", entry.victim, modality=modality, quote=said)
            found.append(partner)
    return found


def owner(entry: Entry, vendors: list[Mention]) -> None:
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


def kinds(entry: Entry) -> None:
    """Tell the kinds of incident that its actions make it."""
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


def attackers(entry: Entry) -> None:
    """Crews and pseudonyms by name, where an attack was made; who may be a natural person is not named."""
    row = entry.row
    names = [name.strip("( ") for text in row.texts("actor.external.name") for name in several(text)]
    if any(f"action.{action}.variety" in row.fields for action in lists().attacks):
        for name in names:
            if fullmatch(r"[0-9A-Fa-f-]{36}", name) or is_private(name):
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
    note(entry, "actors", terms)
    if campaign := row.text("campaign_id"):
        named = Mention.of(
            NAME, "", "Campaign", "campaign", None, described_as=f"VCDB campaign {campaign}",
            identifiers=[f"vcdb:{campaign}"],
        )  # fmt: skip
        entry.tale.add(named)
        entry.tale.say(entry.incident, "part_of", named)


def data(entry: Entry, summary: str | None, *, alone: bool) -> None:
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
    note(entry, "data", list(dict.fromkeys(other)))
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


def _figure(entry: Entry, total: int, summary: str | None, whose: Mention | None) -> None:
    """A relay's figure enters no interval, so this one cites the data set, whose coding it is."""
    said = counted(total, summary) if summary and total > 1 else None
    qualifier, quote = said or ("exact", None)
    low, high = interval(total, qualifier)
    citation = replace(entry.tale.said["citation"], source=dataset().id, lang="en" if quote else None)
    entry.tale.add(dataset())
    entry.tale.say(
        entry.incident, "people", whose, value=total, low=low, high=high, qualifier=qualifier, quote=quote,
        population=None if said else "records", citation=citation,
    )  # fmt: skip


def dates(entry: Entry, began: str | None) -> None:
    """Tell when it began and was disclosed, and note how long each stage took."""
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


def assets(entry: Entry) -> None:
    """Note on which assets the data stood, how it was discovered, and the victim’s industry."""
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
    note(entry, "assets", [variety for variety in varieties if variety != "Unknown"])
    ways: list[str] = []
    for path in [name for name in row.fields if name.startswith("discovery_method")]:
        _, _, way = path.removesuffix(".variety").partition(".")
        if path.endswith(".variety"):
            ways += [f"{way} – {variety}" for variety in row.texts(path)]
        elif isinstance(row.fields[path], str):
            ways += [text] if (text := row.text(path)) else []
        elif row.take(path) is True and way != "unknown":
            ways.append(way)
    note(entry, "discovered", ways)
    if industry := row.text("victim.industry"):
        entry.tale.say(entry.victim, "note", value=industry, **told(lists().words["industry"], terms=industry))


def note(entry: Entry, name: str, terms: list[str]) -> None:
    """A note on the incident: coded terms for which there is no other claim."""
    if terms:
        joined = ", ".join(terms)
        entry.tale.say(entry.incident, "note", value=joined, **told(lists().words[name], terms=joined))
