"""`outbreach fetch`: the newest file of a source from its public address, or what to click where it has none."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from outbreach import loaders
from outbreach.answer import Lang, err, out
from outbreach.graph.errors import InputError
from outbreach.graph.records.load import LoaderSource
from outbreach.options import HOME, LangOption, WorkspaceOption

_MEGABYTE = 1_000_000


def fetch(
    source: Annotated[str, typer.Argument(help="The source’s name: see `outbreach sources`.")],
    into: Annotated[
        Path | None, typer.Option(help="The folder for the files; if absent, downloads/SOURCE in the workspace.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="The largest file to take, in megabytes.")] = 1_000,
    lang: LangOption = Lang.en,
    workspace: WorkspaceOption = HOME,
) -> None:
    """Download the newest files of a source; where nothing changed, nothing is fetched again.

    Example: outbreach fetch kev
    """
    from outbreach.download import Download, Manners, download

    described = loaders.loader(source).SOURCE
    if not described.addresses:
        raise InputError(f"{source} cannot be fetched: {_by_hand(described, lang)}")
    folder = into or workspace / "downloads" / source
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    got: list[tuple[Download, bool]] = []
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        for name, address in described.addresses.items():
            task = progress.add_task(name, total=None)

            def step(done: int, total: int | None, task: object = task) -> None:
                progress.update(task, completed=done, total=total)  # type: ignore[arg-type]  # rich's TaskID is an int

            got.append(download(address, folder, name, step, Manners(limit=limit * _MEGABYTE)))
    for kept, new in got:
        what = "new" if new else "unchanged"
        out.print(
            f"{folder / kept.file}: {kept.size / _MEGABYTE:,.1f} MB, {what}, sha256 {kept.sha256}",
            markup=False, soft_wrap=True,
        )  # fmt: skip
    files = " ".join(str(folder / kept.file) for kept, _ in got)
    out.print(f"Load it with: outbreach load {source} {files}", markup=False, soft_wrap=True)


def _by_hand(source: LoaderSource, lang: Lang) -> str:
    said = source.obtain_fr if lang == Lang.fr else source.obtain_en
    if said is not None:
        return said
    return "nothing is to be fetched for it" if lang == Lang.en else "rien n’est à télécharger pour elle"
