"""Posts on the leak sites of ransomware and extortion crews, as a tracker lists them: what attackers claim, no more.

A post is a claim by the name it stands under. Of it the victim and the day are kept, and no text, link or picture.
Posts of one crew about one victim make one record; two crews and one victim are two claims. Where the tracker took in
many posts at one visit, the day of that visit says only that they are no younger.
"""

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from outbreach.graph.errors import ClaimError
from outbreach.graph.records.load import LoaderSource, Reading, Reject, day_of, digest_of
from outbreach.graph.records.record import Citation, Claim, Mention, Record
from outbreach.loaders.entries.post import Post, imported
from outbreach.loaders.files.json_file import document_of, rows_of
from outbreach.loaders.files.row import Remarks, Row
from outbreach.loaders.words.crews import crew_of
from outbreach.loaders.words.lists import told
from outbreach.loaders.words.title import domain_of, post_lists, victim_of

SOURCE = LoaderSource(
    name="leak_posts",
    version=1,
    title_en="Posts on the leak sites of ransomware and extortion crews, as a tracker lists them",
    title_fr="Publications des sites de fuites de groupes de rançongiciel et d’extorsion, d’après un relevé",
    licence="Unlicense",
    files=("*.json",),
    obtain_en="Take posts.json from the public repository of a tracker in the form of ransomwatch, and name it with its day.",
    obtain_fr="Prendre posts.json dans le dépôt public d’un relevé de la forme de ransomwatch, et le nommer avec son jour.",
)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d))?")
# What these say is the crew’s text, its links and pictures, or the tracker’s own.
_IGNORED = (
    "description", "post_url", "screenshot", "screen", "magnet", "infostealer", "activity", "duplicates", "extrainfos",
    "modifications", "permalink", "press", "id", "link", "slug",
)  # fmt: skip


def read(file: Path, dated: str | None = None) -> Reading:
    """The posts in a list; of several by one crew about one victim the first makes the record, and the others join it.

    Raises `InputError` where the file is no list of posts.
    """
    found, rejected = Remarks(), []
    by_key: dict[str, list[Post]] = {}
    for row in rows_of(file, document_of(file), "a list of posts"):
        try:
            post = _post(row, found)
        except (ValueError, ClaimError) as error:
            rejected.append(Reject(row.where, str(error), _kept(row)))
        else:
            by_key.setdefault(post.key, []).append(post)
    posts = [post for group in by_key.values() for post in group]
    day, _ = day_of(file, dated, (post.day for post in posts))
    source = Mention.of(
        SOURCE.name, "", "Source", "list", "Posts on leak sites, list of a tracker",
        title="Posts on leak sites, list of a tracker", kind="dataset", lang="en", licence=SOURCE.licence,
        reliability="normal", published_on=day,
    )  # fmt: skip
    taken_in, digest = imported(posts), digest_of(file)
    records: list[Record] = []
    folded = 0
    for key, group in by_key.items():
        first, *others = sorted(group, key=lambda post: post.seen)
        try:
            records.append(_record(key, first, others, first.row.where in taken_in, source, digest))
        except ClaimError as error:
            rejected += [Reject(post.row.where, str(error), _kept(post.row)) for post in group]
        else:
            folded += len(others)
    remarks = [f"{sum(p.row.where in taken_in for p in posts):,} posts bear the day on which the tracker took them in"]
    return Reading(tuple(records), tuple(rejected), folded, found.sentences(), tuple(remarks) if posts else ())


def _kept(row: Row) -> str:
    """Of a rejected post no title is kept: it may name a person, or be the crew’s text."""
    return f"a post of {row.fields.get('group_name')}"[:80].encode("utf-8", "backslashreplace").decode()


def _post(row: Row, found: Remarks) -> Post:
    title, crew = row.take("post_title"), row.text("group_name")
    seen, published = _moment(row, "discovered"), row.text("published")
    if not isinstance(title, str) or not title.strip() or any("\ud800" <= letter <= "\udfff" for letter in title):
        raise ValueError("it has no post_title that can be read")
    if crew is None or seen is None:
        raise ValueError("it has no group_name or no date on which it was discovered")
    if crew in post_lists().storytellers:
        raise ValueError(f"the titles of {crew} name no victims")
    victim, website, country = victim_of(title), row.text("website"), row.text("country")
    row.ignore(*_IGNORED)
    found.done(row)
    stated = _MOMENT.match(published or "")
    return Post(
        row, crew, victim, seen, stated[1] if stated else None,
        victim.domain or (domain_of(website) if website else None),
        country if country and re.fullmatch("[A-Z]{2}", country) else victim.country,
    )  # fmt: skip


def _moment(row: Row, name: str) -> datetime | None:
    text = row.text(name)
    match = _MOMENT.match(text or "")
    if match is None:
        return None
    try:
        return datetime.fromisoformat(f"{match[1]} {match[2] or '00:00:00'}")
    except ValueError:
        raise ValueError(f"its date, {match[0]}, is none") from None


@cache
def _crew(name: str) -> Mention:
    return crew_of(SOURCE.name, name)


def _record(key: str, post: Post, others: list[Post], imported: bool, source: Mention, digest: str) -> Record:
    crew, victim, words = _crew(post.crew), post.victim, post_lists().words
    body = Mention.of(
        SOURCE.name, key, "Organisation", "victim", victim.name, described_as=victim.described, country=post.country,
        identifiers=[f"domain:{post.domain}"] if post.domain else [],
    )  # fmt: skip
    title = {
        lang: words["title"][lang].format(crew=post.crew, victim=victim.words, date=post.day) for lang in ("en", "fr")
    }
    incident = Mention.of(SOURCE.name, key, "Incident", "incident", None, title_en=title["en"], title_fr=title["fr"])
    common: dict[str, Any] = {
        "citation": Citation(source=source.id, locator=post.row.where, sha256=digest), "stated_on": post.day,
        "incident": incident.id,
    }  # fmt: skip
    theirs = {**common, "asserter": crew.id, "asserter_kind": "attacker"}
    listed = {**common, "asserter_kind": "dataset"}
    by_site = post.published if post.published and post.published <= post.day else None
    claims = [
        Claim(subject=incident.id, predicate="affected", object=body.id, **theirs),
        Claim(subject=incident.id, predicate="attributed_to", object=crew.id, **theirs),
        Claim(
            subject=incident.id, predicate="kind", value="extortion", basis="inferred",
            rule="a post on a site for extortion", **theirs,
        ),
    ]  # fmt: skip
    notes: list[tuple[str, str]] = [("later", day) for day in sorted({p.day for p in others} - {post.day})]
    if imported:
        notes.append(("import", post.day))
    else:
        claims.append(Claim(subject=incident.id, predicate="disclosed_on", value=by_site or post.day, **listed))
    if post.published and post.published > post.day:
        notes.append(("ahead", post.published))
    claims += [
        Claim(subject=incident.id, predicate="note", date=day, **told(words[which], date=day), **listed)
        for which, day in notes
    ]
    if victim.damaged:
        claims.append(
            Claim(
                subject=body.id,
                predicate="note",
                value=victim.damaged,
                **told(words["spelling"], date=post.day),
                **listed,
            )
        )
    return Record(source=SOURCE.name, key=key, mentions=(incident, body, crew, source), claims=tuple(claims))
