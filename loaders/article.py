"""Press articles in French or English: what a machine finds in them is a draft, until a person accepts it."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import yaml

from outbreach.graph.records.load import LoaderSource, Reading, Reject, bytes_of
from outbreach.graph.records.record import Record
from outbreach.graph.text.article import read_article
from outbreach.graph.text.draft import Draft
from outbreach.graph.text.page.passage import language
from outbreach.loaders.forms.article_page import Page, page_of
from outbreach.loaders.forms.model import ask
from outbreach.loaders.forms.record import record_in, record_of

SOURCE = LoaderSource(
    name="article",
    version=1,
    title_en="Press articles in French and English, read to drafts that you review",
    title_fr="Articles de presse en français et en anglais, lus en brouillons à relire",
    licence="facts; quotes of at most 20 words",
    files=("*.txt", "*.html", "*.pdf"),
    edited=True,
    drafted=True,
    obtain_en="Save the article as a page, a text or a PDF, or give its address to `outbreach load article`.",
    obtain_fr="Enregistrer l’article (page, texte ou PDF), ou donner son adresse à `outbreach load article`.",
)

WHY = {
    "advice": "it advises its readers and tells of no incident",
    "survey": "it is about many bodies in numbers and tells of no incident of its own",
    "not_health": "it tells of an incident outside health care",
    "no_disclosure": "it tells of an attack, and not that data of people got out",
    "no_incident": "it tells of no incident",
}
"""Why an article makes no record."""


def read(file: Path, _dated: str | None = None) -> Reading:
    """The records that the drafts of an article would make unread, each fact marked `extraction: rule`.

    Raises `InputError` where the file holds no text.
    """
    found = drafts(file)
    records = tuple(record_of_draft(draft, name, file) for name, draft in found if draft.facts)
    rejected = () if records else (Reject("text", WHY.get(found[0][1].why or "", "nothing was found in it")),)
    return Reading(records, rejected)


def drafts(file: Path, url: str | None = None) -> list[tuple[str, Draft]]:
    """The drafts of the article in a file, each with a name: the file's, and a number where there are several."""
    return drafts_of(page_of(file, bytes_of(file), url), file.stem)


def drafts_of(page: Page, stem: str) -> list[tuple[str, Draft]]:
    """The drafts of a page that was read."""
    found = read_article(
        page.text, title=page.title, publisher=page.publisher, url=page.url, published_on=page.published_on, lang=page.lang
    )  # fmt: skip
    return [(stem if len(found) == 1 else f"{stem}-{number}", draft) for number, draft in enumerate(found, 1)]


def drafts_by_model(page: Page, stem: str, command: str) -> tuple[list[tuple[str, Draft]], list[str]]:
    """The draft that a model makes of a page, with only what the page's words prove; and what was thrown away."""
    told = {"publisher": page.publisher, "title": page.title, "url": page.url, "published_on": page.published_on}
    source = {"kind": "press", "lang": page.lang or language(page.text), **{k: v for k, v in told.items() if v}}
    draft, gone = ask(command, page.text, source)
    return [(stem, draft)], gone


def as_yaml(draft: Draft, extraction: str | None = None) -> str:
    """The incident file of a draft, to be read and corrected by a person."""
    form = draft.form() if extraction is None else {"extraction": extraction, **draft.form()}
    text: str = yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=140)
    return text


def record_of_draft(draft: Draft, name: str, file: Path) -> Record:
    """The record of a draft that nobody has read."""
    text = as_yaml(draft, "rule")
    return record_in(text, file.with_name(f"{name}.yaml"), SOURCE.name, sha256(text.encode()).hexdigest())


def accepted(file: Path, extraction: str | None = None) -> Reading:
    """The record of a draft's file as a person left it: curated, unless it was accepted unread (`extraction` rule).

    Raises `InputError` with file, line and field where the file is not in the form of docs/incident-files.md.
    """
    return Reading((record_of(file, SOURCE.name, extraction),))


def shown(file: Path, url: str | None = None) -> Iterator[dict[str, object]]:
    """Each draft as `outbreach extract` prints it."""
    for _, draft in drafts(file, url):
        yield draft.shown()
