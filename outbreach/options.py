"""What commands share: their options, the progress bar, and opening the graph."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from outbreach.answer import Format, Lang, err
from outbreach.graph.records.workspace import Workspace

if TYPE_CHECKING:
    from outbreach.graph.store.bolt import Store

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", "-w", envvar="OUTBREACH_WORKSPACE", help="The folder with records and graph.")
]
ToOption = Annotated[
    str | None,
    typer.Option(
        "--to", envvar="OUTBREACH_URI",
        help="A Neo4j server (bolt:// or neo4j://, TLS too) in place of the embedded graph; "
        "OUTBREACH_USER and OUTBREACH_PASSWORD hold the login.",
    ),
]  # fmt: skip
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="table, json (array of objects) or csv.")]
LangOption = Annotated[Lang, typer.Option("--lang", "-l", envvar="OUTBREACH_LANG", help="en or fr.")]
ParamOption = Annotated[list[str] | None, typer.Option("--param", "-p", help="KEY=VALUE, as often as needed.")]
HOME = Path("workspace")


@contextmanager
def open_store(workspace: Path, to: str | None) -> Iterator["Store"]:
    """The graph of a workspace, or that of a server, with its warning told."""
    from outbreach.graph.store.bolt import open_graph

    if not to:
        Workspace(workspace).require()
    with open_graph(Workspace(workspace).graph, to) as store:
        if store.warning:
            err.print(store.warning, style="yellow", markup=False, soft_wrap=True)
        yield store


def progress_bar() -> Progress:
    """A bar on stderr that goes away when it is done."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
