"""`outbreach resolve`: who is who."""

import typer

from outbreach.answer import out
from outbreach.graph.records.workspace import Workspace
from outbreach.options import HOME, WorkspaceOption

resolve_app = typer.Typer(no_args_is_help=True, help="Ask who is who.")


@resolve_app.command("why")
def resolve_why(left: str, right: str, workspace: WorkspaceOption = HOME) -> None:
    """Say why two mentions or nodes are one thing, or are not.

    Example: outbreach resolve why org-welltok org-welltok-inc-k3v9x2
    """
    from outbreach.graph.identity.resolve import resolve, why

    place = Workspace(workspace).require()
    verdicts = place.verdicts()
    identity = resolve((mention for record in place.read() for mention in record.mentions), verdicts)
    for sentence in why(identity, verdicts, left, right):
        out.print(sentence, soft_wrap=True, markup=False)
