"""`outbreach load`: from files to records in the workspace."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from outbreach import loaders
from outbreach.answer import err, out
from outbreach.graph.errors import InputError, UsageError
from outbreach.graph.records.workspace import Workspace
from outbreach.options import HOME, WorkspaceOption, progress_bar


def load(
    source: Annotated[str, typer.Argument(help="The source’s name: see `outbreach sources`.")],
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Files to read (for articles, addresses too); none means those that the package ships."),
    ] = None,
    dated: Annotated[
        str | None, typer.Option(help="The day the files speak for, where their name does not say.")
    ] = None,
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
    place = Workspace(workspace)
    paths = [Path(file) for file in files or ()] or (chosen.SOURCE.shipped() if chosen.SOURCE.shipped else [])
    if not paths:
        raise UsageError(f"{source} ships no files: name those to load, {' or '.join(chosen.SOURCE.files)}")
    changed = kept = failed = 0
    with progress_bar() as progress:
        task = progress.add_task(f"Reading {source}", total=len(paths))
        for path in paths:
            try:
                reading = chosen.read(path, dated)
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                manifest, new = place.load(chosen.SOURCE, path, digest, reading, dated)
            except InputError as error:
                failed += 1
                progress.console.print(f"outbreach: {error}", style="red", markup=False, soft_wrap=True)
            else:
                changed += new
                kept += manifest.kept
                for remark in manifest.unknown:
                    progress.console.print(f"{path.name}: {remark}", markup=False, soft_wrap=True)
                for reject in manifest.reasons:
                    progress.console.print(f"{path.name} {reject.where}: {reject.why}", markup=False, soft_wrap=True)
            progress.advance(task)
    files_read = len(paths) - failed
    out.print(
        f"{source}: {kept:,} records of {files_read:,} files are in {workspace}; {changed:,} files were new or changed."
    )
    if failed:
        raise typer.Exit(1)


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
