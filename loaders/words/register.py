"""An entry of a register of bodies: who it says that a body is, as one record that is drawn only where it is needed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from outbreach.graph.records.load import LoaderSource, day_of
from outbreach.graph.records.record import Citation, Claim, Mention, Record


class Words(TypedDict):
    """A text in both languages."""

    en: str
    fr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A body as a register lists it: `since` and `until` bound its being listed; the parent is known by its number alone."""

    key: str
    name: str
    identifiers: tuple[str, ...]
    country: str
    note: Words
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    region: str | None = None
    city: str | None = None
    since: str | None = None
    until: str | None = None
    parent: str | None = None
    """The identifier of the body that it belongs to."""
    parent_as: str | None = None
    """What the register calls that body."""


@dataclass(frozen=True, slots=True)
class Register:
    """What all entries of one file share: its loader, the dataset as a source, the file's digest and day."""

    source: LoaderSource
    dataset: Mention
    sha256: str
    day: str | None

    @classmethod
    def of(
        cls, source: LoaderSource, file: Path, sha256: str, dated: str | None, title: Words, **more: str
    ) -> "Register":
        """The register in `file`, which speaks for the day `dated`, else for that in its name.

        Raises `UsageError` where the given day is no date.
        """
        day, _ = day_of(file, dated, ())
        name = f"{title['en']}, as of {day or 'an unknown day'} ({file.name})"
        dataset = Mention.of(
            source.name, "", "Source", "dataset", name, title=name, kind="dataset", licence=source.licence,
            reliability="high", published_on=day, **more,
        )  # fmt: skip
        return cls(source, dataset, sha256, day)

    def record(self, entry: Entry, where: str) -> Record:
        """The entry as a record. Raises `ClaimError` where the schema does not allow it."""
        common: dict[str, Any] = {
            "citation": Citation(source=self.dataset.id, locator=where, sha256=self.sha256), "stated_on": self.day,
            "asserter_kind": "dataset",
        }  # fmt: skip
        body = Mention.of(
            self.source.name, entry.key, "Organisation", "listed", entry.name, aliases=entry.aliases,
            identifiers=entry.identifiers, kind=entry.kind, country=entry.country, region=entry.region,
            city=entry.city,
        )  # fmt: skip
        mentions = [body, self.dataset]
        claims = [
            Claim(
                subject=body.id, predicate="note", date=entry.since, until=entry.until, text_en=entry.note["en"],
                text_fr=entry.note["fr"], **common,
            )
        ]  # fmt: skip
        if entry.parent is not None:
            parent = Mention.of(
                self.source.name, entry.key, "Organisation", "parent", None, described_as=entry.parent_as or entry.parent,
                identifiers=(entry.parent,), country=entry.country,
            )  # fmt: skip
            mentions.append(parent)
            claims.append(Claim(subject=body.id, predicate="part_of", object=parent.id, **common))
        return Record(
            source=self.source.name, key=entry.key, mentions=tuple(mentions), claims=tuple(claims), register=True
        )


def filled(words: Words, **values: Words | str) -> Words:
    """A text in both languages with its `{places}` filled, each from the same language or with the same word."""
    said = [{k: v if isinstance(v, str) else v[lang] for k, v in values.items()} for lang in ("en", "fr")]
    return Words(en=words["en"].format(**said[0]), fr=words["fr"].format(**said[1]))
