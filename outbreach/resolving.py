"""`outbreach resolve`: who is who."""

from pathlib import Path
from typing import Annotated

import typer

from outbreach.answer import Format, Lang, out, print_rows
from outbreach.graph.records.workspace import Workspace
from outbreach.judging import review
from outbreach.options import HOME, FormatOption, LangOption, WorkspaceOption

resolve_app = typer.Typer(no_args_is_help=True, help="Ask who is who.")
resolve_app.command("review")(review)


@resolve_app.command("why")
def resolve_why(left: str, right: str, workspace: WorkspaceOption = HOME) -> None:
    """Say why two mentions or nodes are one thing, or are not.

    Example: outbreach resolve why org-welltok org-welltok-inc-k3v9x2
    """
    from outbreach.graph.identity.incidents.identify import identify, why

    place = Workspace(workspace).require()
    verdicts, records = place.verdicts(), list(place.read())
    for sentence in why(records, identify(records, verdicts, place.ids()), verdicts, left, right):
        out.print(sentence, soft_wrap=True, markup=False)


@resolve_app.command("compare")
def resolve_compare(
    pairs: Annotated[Path, typer.Argument(help="A CSV file: pair_id, left_name, right_name, and what else is known.")],
    of: Annotated[str, typer.Option("--of", help="organisations or incidents.")] = "organisations",
    format: FormatOption = Format.table,
    lang: LangOption = Lang.en,
) -> None:
    """Decide pairs that are in no workspace: same, different, related or unsure, with a score and the reason.

    Example: outbreach resolve compare pairs.csv --of organisations --format csv
    """
    from outbreach.graph.identity.compare import COLUMNS, compare
    from outbreach.graph.identity.pairs import read_pairs

    print_rows(COLUMNS, list(compare(read_pairs(pairs), of)), format, lang)
