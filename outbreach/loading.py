"""`outbreach load`: from files to records in the workspace."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from outbreach import loaders
from outbreach.answer import err, out
from outbreach.graph.errors import InputError, UsageError
from outbreach.graph.records.load import Loader, LoaderSource, digest_of
from outbreach.graph.records.workspace import Manifest, Workspace
from outbreach.options import HOME, WorkspaceOption, progress_bar

SHOWN = 20
"""So many remarks and so many rejects of a file are printed; its manifest holds all."""
_OPTIONS = {"everything": "--all", "mapping": "--mapping"}


@dataclass(frozen=True, slots=True)
class _Done:
    """A file that was read: what came of it, and how long it took."""

    manifest: Manifest
    new: bool
    claims: int
    seconds: float


def load(
    source: Annotated[str, typer.Argument(help="The source’s name: see `outbreach sources`.")],
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Files to read (for articles, addresses too); none means those that the package ships."),
    ] = None,
    dated: Annotated[
        str | None, typer.Option(help="The day the files speak for, where their name does not say.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Everything in the files, not only health bodies and health insurers.")
    ] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(
            help="For the source `table`: the file that says what its columns mean, or the name of a shipped one."
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Keep nothing of a file with a field or value that is not understood.")
    ] = False,
    model: Annotated[
        str | None,
        typer.Option(
            help="For articles: a command that reads a text and writes an incident file, in place of the rules."
        ),
    ] = None,
    workspace: WorkspaceOption = HOME,
) -> None:
    """Read files of a source into the workspace.

    Example: outbreach load curated my-incident.yaml
    """
    chosen = loaders.loader(source)
    if chosen.SOURCE.drafted:
        _draft(chosen.SOURCE.name, chosen.SOURCE.files, files, workspace, model)
        return
    options = _options(chosen.SOURCE, everything=everything or None, mapping=mapping and loaders.mapping(mapping))
    paths = [Path(file) for file in files or ()] or (chosen.SOURCE.shipped() if chosen.SOURCE.shipped else [])
    if not paths:
        raise UsageError(f"{source} ships no files: name those to load, {' or '.join(chosen.SOURCE.files)}")
    place = Workspace(workspace)
    done: list[_Done] = []
    with progress_bar() as progress:
        task = progress.add_task(f"Reading {source}", total=len(paths))
        for path in paths:
            try:
                done.append(_read(chosen, path, dated, options, strict, place))
            except InputError as error:
                progress.console.print(f"outbreach: {error}", style="red", markup=False, soft_wrap=True)
            progress.advance(task)
    for one in done:
        _tell(one.manifest)
    if done and chosen.SOURCE.shipped is None:
        out.print(_summary(done))
    kept, changed = sum(one.manifest.kept for one in done), sum(one.new for one in done)
    out.print(
        f"{source}: {kept:,} records of {len(done):,} files are in {workspace}; {changed:,} files were new or changed."
    )
    if len(done) < len(paths):
        raise typer.Exit(1)


def _options(source: LoaderSource, **given: bool | Path | None) -> dict[str, Any]:
    """The options that the user chose; raises `UsageError` where the source takes no such one."""
    chosen = {name: value for name, value in given.items() if value is not None}
    for name in chosen:
        if name not in source.takes:
            takers = [n for n in loaders.names() if name in loaders.loader(n).SOURCE.takes]
            raise UsageError(f"{source.name} takes no {_OPTIONS[name]}: {', '.join(takers) or 'no source'} does")
    return chosen


def _read(
    chosen: Loader, path: Path, dated: str | None, options: dict[str, Any], strict: bool, place: Workspace
) -> _Done:
    if path.is_dir() and not chosen.SOURCE.folder:
        raise InputError(f"{path} is a folder: name the files in it")
    begun = time.perf_counter()
    reading = chosen.read(path, dated, **options)
    if strict and reading.unknown:
        _print(path.name, reading.unknown)
        raise InputError(
            f"{path} has {len(reading.unknown):,} fields or values that are not understood, and --strict keeps nothing "
            "of such a file"
        )
    kept_as = {name: digest_of(value) if isinstance(value, Path) else "yes" for name, value in options.items()}
    manifest, new = place.load(chosen.SOURCE, path, digest_of(path), reading, dated, kept_as)
    claims = sum(len(record.claims) for record in reading.records)
    return _Done(manifest, new, claims, time.perf_counter() - begun)


def _tell(manifest: Manifest) -> None:
    _print(manifest.file, (*manifest.remarks, *manifest.unknown))
    _print(manifest.file, (f"{reject.where}: {reject.why}" for reject in manifest.reasons))


def _print(file: str, sentences: Iterable[str]) -> None:
    said = list(sentences)
    for sentence in said[:SHOWN]:
        err.print(f"{file}: {sentence}", markup=False, soft_wrap=True)
    if len(said) > SHOWN:
        err.print(f"{file}: and {len(said) - SHOWN:,} more, in its manifest", markup=False, soft_wrap=True)


def _summary(done: Iterable[_Done]) -> Table:
    """read = kept + folded + rejected, a row a file."""
    table = Table(box=None, pad_edge=False)
    table.add_column("File")
    for heading in ("Read", "Kept", "Folded", "Rejected", "Unknown values", "Claims", "Seconds", "Records/s"):
        table.add_column(heading, justify="right")
    for one in done:
        m = one.manifest
        counts = (m.read, m.kept, m.folded, m.rejected, len(m.unknown), one.claims)
        speed = f"{m.kept / one.seconds:,.0f}" if one.seconds else ""
        table.add_row(m.file, *(f"{count:,}" for count in counts), f"{one.seconds:.1f}", speed)
    return table


def _draft(source: str, kinds: tuple[str, ...], names: list[str] | None, workspace: Path, model: str | None) -> None:
    """Read prose to drafts, which wait for a reader."""
    from outbreach.drafting import Drafts

    if not names:
        raise UsageError(f"{source} ships no files: name those to load, {' or '.join(kinds)}, or an address")
    drafts = Drafts(workspace)
    failed = waiting = 0
    with progress_bar() as progress:
        task = progress.add_task(f"Reading {source}", total=len(names))
        for name in names:
            try:
                found = drafts.add(name, model)
            except InputError as error:
                failed += 1
                progress.console.print(f"outbreach: {error}", style="red", markup=False, soft_wrap=True)
            else:
                for kept in found:
                    waiting += kept.state == "pending"
                    said = f"{kept.verdict}{f' ({kept.why})' if kept.why else ''}, {kept.state}"
                    progress.console.print(f"{kept.file}: {said}: {kept.name}", markup=False, soft_wrap=True)
            progress.advance(task)
    for why in drafts.thrown:
        err.print(why, markup=False, soft_wrap=True)
    out.print(f"{source}: {waiting:,} drafts are in {drafts.folder}; read them with `outbreach review article`.")
    if failed:
        raise typer.Exit(1)
