"""A workspace: the folder that a newsroom keeps, with what each load said, the verdicts and the retractions.

records/<loader>/<load>.jsonl            one record a line; beside it <load>.manifest.json
verdicts.csv                             human judgements on who is who
retractions.csv                          claims or records withdrawn
graph/                                   the embedded database; delete it and rebuild
"""

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import msgspec

from outbreach.graph.atomic import write_atomically
from outbreach.graph.errors import ClaimError, UsageError, WorkspaceError
from outbreach.graph.ids import slug
from outbreach.graph.records.load import LoaderSource, Reading, Reject, day_of
from outbreach.graph.records.record import Claim, Record, spoken_of

VERDICT_COLUMNS = ("left", "right", "left_name", "right_name", "verdict", "by", "on", "why")
RETRACTION_COLUMNS = ("id", "why", "by", "on")
ID_COLUMNS = ("mention", "id")
VERDICTS = ("same", "different", "unsure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a load was: `read = kept + folded + rejected`; rejected rows are kept with their reason.

    `dated` is the day the file speaks for: given by the user, in its name, else the newest date in its rows (inferred).
    `options` are those of the loader that the user chose; the same file with others is another load, and replaces it.
    """

    loader: str
    loader_version: int
    file: str
    sha256: str
    read: int
    kept: int
    folded: int
    rejected: int
    dated: str | None = None
    dated_inferred: bool = False
    reasons: tuple[Reject, ...] = ()
    unknown: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file name of the load, without ending."""
        return f"{slug(Path(self.file).stem) or 'load'}-{self.sha256[:8]}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's judgement on two mentions."""

    left: str
    right: str
    verdict: str
    by: str
    on: str
    why: str


class Workspace:
    """The folder; everything written to it is written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records = folder / "records"
        self.verdicts_file = folder / "verdicts.csv"
        self.retractions_file = folder / "retractions.csv"
        self.ids_file = folder / "ids.csv"
        self.graph = folder / "graph"

    def require(self) -> "Workspace":
        """Itself, where something was loaded into it.

        Raises `WorkspaceError` where there is no workspace.
        """
        if not self.records.is_dir():
            raise WorkspaceError(
                f"there is no workspace at {self.folder}: load a source first, as in `outbreach load curated`"
            )
        return self

    def manifests(self) -> list[tuple[Path, Manifest]]:
        """Each load's record file and manifest, in load order: by date, then loader, file and digest.

        The order does not depend on when a load was made, so that the same files give the same graph.
        """
        found = []
        for path in sorted(self.records.glob("*/*.manifest.json")):
            try:
                manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
            except (msgspec.DecodeError, OSError) as error:
                raise WorkspaceError(f"{path} is damaged ({error}): delete it and load its source again") from error
            found.append((path.with_name(path.name.removesuffix(".manifest.json") + ".jsonl"), manifest))
        return sorted(found, key=lambda pair: (pair[1].dated or "", pair[1].loader, pair[1].file, pair[1].sha256))

    def load(
        self,
        source: LoaderSource,
        file: Path,
        sha256: str,
        reading: Reading,
        dated: str | None,
        options: dict[str, str] | None = None,
    ) -> tuple[Manifest, bool]:
        """Keep what a file said; (its manifest, whether anything changed).

        The same file read by the same version changes nothing. A newer version of the loader replaces the load, and so
        does an edited file of a source whose files are written by hand. Retracted claims and records stay out.
        """
        stated = (claim.stated_on for record in reading.records for claim in record.claims if claim.stated_on)
        day, inferred = day_of(file, dated, stated)
        manifest = Manifest(
            loader=source.name, loader_version=source.version, file=file.name, sha256=sha256, read=reading.read,
            kept=len(reading.records), folded=reading.folded, rejected=len(reading.rejected), dated=day,
            dated_inferred=inferred, reasons=reading.rejected, unknown=reading.unknown, remarks=reading.remarks,
            options=options or {},
        )  # fmt: skip
        replaced = [
            (path, old)
            for path, old in self.manifests()
            if old.loader == source.name and (old.file == file.name if source.edited else old.sha256 == sha256)
        ]
        if [old for _, old in replaced] == [manifest] and replaced[0][0].is_file():
            return manifest, False
        target = self.records / source.name / f"{manifest.name}.jsonl"
        withdrawn = self.retractions()
        kept = [left for record in reading.records if (left := without(record, withdrawn)) is not None]
        write_atomically(target, "".join(f"{record.to_json()}\n" for record in kept))
        write_atomically(target.with_name(f"{manifest.name}.manifest.json"), _json(msgspec.to_builtins(manifest)))
        for path, old in replaced:
            if old.name != manifest.name:
                path.with_name(f"{old.name}.manifest.json").unlink(missing_ok=True)
                path.unlink(missing_ok=True)
        return manifest, True

    def unload(self, loader: str, file: str) -> bool:
        """Take back the load of a file, whole; whether there was one."""
        gone = [(path, old) for path, old in self.manifests() if old.loader == loader and old.file == file]
        for path, old in gone:
            path.with_name(f"{old.name}.manifest.json").unlink(missing_ok=True)
            path.unlink(missing_ok=True)
        return bool(gone)

    def read(self) -> Iterator[Record]:
        """All records in load order, without what a tombstone names (a colleague's may come by git).

        Raises `WorkspaceError` with file and line where a line is damaged.
        """
        withdrawn = self.retractions()
        for path, manifest in self.manifests():
            for record in _records(path, manifest):
                left = without(record, withdrawn) if withdrawn else record
                if left is not None:
                    yield left

    def verdicts(self) -> list[Verdict]:
        """The judgements in `verdicts.csv`, in its order."""
        rows = []
        for number, row in _table(self.verdicts_file, VERDICT_COLUMNS):
            verdict = row["verdict"].lower()
            if verdict not in VERDICTS:
                where = f"{self.verdicts_file} line {number}"
                raise WorkspaceError(f"{where}, verdict: “{row['verdict']}” is none of {', '.join(VERDICTS)}")
            rows.append(Verdict(row["left"], row["right"], verdict, row["by"], row["on"], row["why"]))
        return rows

    def judge(self, judged: Iterable[tuple[Verdict, str, str]]) -> int:
        """Keep judgements, each with the names of its two, in `verdicts.csv`; how many were new or changed.

        A later judgement on the same two replaces the earlier one; the order of the others stays.
        """
        rows = {frozenset((row["left"], row["right"])): row for _, row in _table(self.verdicts_file, VERDICT_COLUMNS)}
        changed = 0
        for verdict, left_name, right_name in judged:
            pair = frozenset((verdict.left, verdict.right))
            old = rows.get(pair)
            if old is not None and (old["verdict"].lower(), old["why"]) == (verdict.verdict, verdict.why):
                continue
            rows[pair] = {
                "left": verdict.left, "right": verdict.right, "left_name": left_name, "right_name": right_name,
                "verdict": verdict.verdict, "by": verdict.by, "on": verdict.on, "why": verdict.why,
            }  # fmt: skip
            changed += 1
        if changed:
            write_atomically(self.verdicts_file, _csv(VERDICT_COLUMNS, rows.values()))
        return changed

    def ids(self) -> dict[str, str]:
        """The node ids that builds gave, by the mention that each was made from, the first given first."""
        return {row["mention"]: row["id"] for _, row in _table(self.ids_file, ID_COLUMNS)}

    def keep_ids(self, given: Mapping[str, str]) -> None:
        """Keep the node ids that a build gave, so that what is loaded later renames nothing."""
        if given != self.ids():
            rows = ({"mention": mention, "id": id} for mention, id in given.items())
            write_atomically(self.ids_file, _csv(ID_COLUMNS, rows))

    def retractions(self) -> dict[str, str]:
        """Withdrawn claim and record ids, each with its reason."""
        return {row["id"]: row["why"] for _, row in _table(self.retractions_file, RETRACTION_COLUMNS)}

    def retract(self, withdrawn: str, why: str, by: str, on: date) -> int:
        """Take a claim or a whole record out of the records for good; how many records it stood in.

        Its text goes; a tombstone (id, why, by, on) stays, and later loads leave it out.
        Raises `UsageError` where no record has it.
        """
        tombstones = [row for _, row in _table(self.retractions_file, RETRACTION_COLUMNS)]
        changed: list[tuple[Path, list[Record]]] = []
        touched = 0
        for path, manifest in self.manifests():
            before = list(_records(path, manifest))
            after = [without(record, {withdrawn}) for record in before]
            hits = sum(old != new for old, new in zip(before, after, strict=True))
            if hits:
                touched += hits
                changed.append((path, [record for record in after if record is not None]))
        if not touched:
            raise UsageError(f"no record or claim {withdrawn} in {self.records}: see `outbreach query run evidence`")
        tombstones.append({"id": withdrawn, "why": why, "by": by, "on": on.isoformat()})
        write_atomically(self.retractions_file, _csv(RETRACTION_COLUMNS, tombstones))
        for path, records in changed:
            write_atomically(path, "".join(f"{record.to_json()}\n" for record in records))
        return touched


def without(record: Record, withdrawn: Collection[str]) -> Record | None:
    """The record without its withdrawn claims and the mentions that only they spoke of; None if nothing is left.

    The text of the record goes with the first claim, since it may say the same.
    """
    if record.id in withdrawn:
        return None
    claims = tuple(claim for claim in record.claims if claim.id not in withdrawn)
    if len(claims) == len(record.claims):
        return record
    if not claims:
        return None
    lost = _spoken_of(record, record.claims) - _spoken_of(record, claims)
    mentions = tuple(mention for mention in record.mentions if mention.id not in lost)
    return replace(record, mentions=mentions, claims=claims, text=None)


def _spoken_of(record: Record, claims: Iterable[Claim]) -> set[str]:
    """The mentions that the claims speak of, and the sources that their sources relay."""
    relayed = {mention.id: mention.relay_of for mention in record.mentions}
    spoken: set[str] = set()
    todo = [id for claim in claims for id in spoken_of(claim)]
    while todo:
        id = todo.pop()
        if id not in spoken:
            spoken.add(id)
            todo += [source] if (source := relayed.get(id)) else []
    return spoken


def _records(path: Path, manifest: Manifest) -> Iterator[Record]:
    mend = f"load {manifest.file} again after deleting {path}"
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield Record.from_json(line)
                except ClaimError as error:
                    raise WorkspaceError(f"{path} line {number} is damaged ({error}): {mend}") from error
    except FileNotFoundError as error:
        raise WorkspaceError(f"{path} is missing though its manifest is there: load {manifest.file} again") from error
    except (OSError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path} cannot be read ({error}): {mend}") from error


def _table(file: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{file} cannot be read ({error})") from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)  # as a spreadsheet saves it in some countries
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in columns if name not in header]
        if missing:
            raise WorkspaceError(f"{file} has no column {', '.join(missing)}: its first line is {','.join(columns)}")
        for row in reader:
            cells = {name: text.strip() for name, text in zip(header, row, strict=False)}
            if any(cells.values()):
                yield reader.line_num, {name: cells.get(name, "") for name in columns}
    except csv.Error as error:
        raise WorkspaceError(f"{file} line {reader.line_num} is no CSV ({error})") from error


def _csv(columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
