"""Drafts: what was found in articles, kept in the workspace until a person accepts, corrects or rejects it.

drafts/<name>.yaml    the incident file, to be edited
drafts/<name>.txt     the text that it was read from
drafts/<name>.json    verdict, state (pending, accepted, rejected), file, address, digest
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from outbreach.graph.atomic import write_atomically
from outbreach.graph.errors import UsageError, WorkspaceError
from outbreach.graph.ids import slug
from outbreach.graph.records.load import bytes_of
from outbreach.graph.records.workspace import Workspace
from outbreach.loaders import article
from outbreach.loaders.forms.article_page import page_of
from outbreach.webpage import fetch, is_address

STATES = ("pending", "accepted", "rejected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A draft in the workspace. `extraction` is rule where it was accepted unread."""

    name: str
    verdict: str
    state: str
    file: str
    sha256: str
    version: int
    url: str | None = None
    why: str | None = None
    by: str | None = None
    on: str | None = None
    extraction: str | None = None
    model: str | None = None
    """The command of the model that wrote it; absent where rules did."""


class Drafts:
    """The folder of drafts of a workspace."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = Workspace(workspace)
        self.folder = workspace / "drafts"
        self.thrown: list[str] = []
        """What models said and the words do not prove."""

    def add(self, name: str, model: str | None = None) -> list[Kept]:
        """Read the article in a file or at an address, and keep its drafts; one that is there unchanged is left alone.

        Raises `InputError` where it cannot be had or read.
        """
        url = name if is_address(name) else None
        file, raw = fetch(name) if url else (Path(name).name, bytes_of(Path(name)))
        page = page_of(Path(name) if url is None else Path(file), raw, url)
        digest = hashlib.sha256(raw).hexdigest()
        stem = f"{slug(Path(file).stem)[:60] or 'article'}-{digest[:8]}"
        found = []
        drafts, gone = (
            article.drafts_by_model(page, f"{stem}-model", model) if model else (article.drafts_of(page, stem), [])
        )
        self.thrown.extend(f"{file}: thrown away: {why}" for why in gone)
        for draft_name, draft in drafts:
            kept = Kept(
                name=draft_name, verdict=draft.verdict, state="pending" if draft.facts else "rejected", file=file,
                sha256=digest, version=article.SOURCE.version, url=url, why=draft.why, model=model,
            )  # fmt: skip
            known = self._load(draft_name)
            if known is not None and ((known.state != "pending" and draft.facts) or known.version == kept.version):
                found.append(known)
                continue
            write_atomically(self.folder / f"{draft_name}.txt", page.text)
            if draft.facts:
                write_atomically(self.file(kept), article.as_yaml(draft))
            self.keep(kept)
            found.append(kept)
        return found

    def file(self, kept: Kept) -> Path:
        """Its incident file."""
        return self.folder / f"{kept.name}.yaml"

    def text(self, kept: Kept) -> str:
        """The text that it was read from."""
        return (self.folder / f"{kept.name}.txt").read_text(encoding="utf-8")

    def all(self, state: str | None = None) -> list[Kept]:
        """The drafts in the order of their names; of one state where it is given."""
        names = sorted(path.stem for path in self.folder.glob("*.json"))
        found = [kept for name in names if (kept := self._load(name)) is not None]
        return [kept for kept in found if state in (None, kept.state)]

    def named(self, names: list[str]) -> Iterator[Kept]:
        """Those of these names, or whose name begins so.

        Raises `UsageError` where there is none.
        """
        known = self.all()
        for name in names:
            fitting = [k for k in known if k.name == name] or [k for k in known if k.name.startswith(name)]
            if not fitting:
                raise UsageError(
                    f"there is no draft “{name}” in {self.folder}: {', '.join(k.name for k in known) or 'load an article first'}"
                )
            yield from fitting

    def accept(self, kept: Kept, by: str, extraction: str | None = None) -> None:
        """Make the draft a record, through its incident file; `extraction` is rule where nobody read it.

        Raises `InputError` with file, line and field where a correction left it out of form.
        """
        file = self.file(kept)
        reading = article.accepted(file, extraction)
        digest = hashlib.sha256(file.read_bytes() + (extraction or "").encode()).hexdigest()
        self.workspace.load(article.SOURCE, file, digest, reading, None)
        self.keep(replace(kept, state="accepted", by=by, on=_today(), extraction=extraction))

    def reject(self, kept: Kept, by: str) -> None:
        """Set the draft aside; a record that it made before goes."""
        self.workspace.unload(article.SOURCE.name, self.file(kept).name)
        self.keep(replace(kept, state="rejected", by=by, on=_today()))

    def keep(self, kept: Kept) -> None:
        """Write down the state of a draft."""
        body = {k: v for k, v in msgspec.to_builtins(kept).items() if v is not None}
        write_atomically(
            self.folder / f"{kept.name}.json", msgspec.json.format(msgspec.json.encode(body), indent=1).decode() + "\n"
        )

    def _load(self, name: str) -> Kept | None:
        path = self.folder / f"{name}.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=Kept)
        except FileNotFoundError:
            return None
        except (msgspec.DecodeError, OSError) as error:
            raise WorkspaceError(f"{path} is damaged ({error}): delete it and load the article again") from error


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
