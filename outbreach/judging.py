"""`outbreach resolve review`: a person decides who is who, pair by pair, in the terminal or in a spreadsheet."""

import getpass
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from outbreach.answer import Lang, err, out
from outbreach.graph.errors import UsageError
from outbreach.graph.records.workspace import Verdict, Workspace
from outbreach.options import HOME, LangOption, WorkspaceOption, progress_bar

if TYPE_CHECKING:
    from outbreach.graph.identity.resolve import Doubt, Identity
    from outbreach.graph.identity.review import Case, Words
    from outbreach.graph.records.record import Record


def review(
    of: Annotated[
        str | None, typer.Option("--of", help="organisations, incidents or attackers; all if absent.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who decides; the login name if absent.")] = None,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write the pairs to this CSV, to decide there.")
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", help="Read the verdicts from a CSV that --export wrote.")
    ] = None,
    lang: LangOption = Lang.en,
    workspace: WorkspaceOption = HOME,
) -> None:
    """Decide the pairs that the rules left open, best first; each verdict is kept at once, so stop when you like.

    Example: outbreach resolve review --of incidents
    """
    place = Workspace(workspace).require()
    who = by or getpass.getuser()
    if import_ is not None:
        _import(place, import_, who)
        return
    if export is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("review needs a terminal: without one, use --export FILE, decide there, and --import FILE")
    with progress_bar() as progress:
        progress.add_task("Comparing", total=None)
        records, identity, doubts = _doubts(place, of)
    if export is not None:
        _export(export, records, identity, doubts)
    else:
        _ask(place, records, identity, doubts, who, lang)


def _doubts(place: Workspace, of: str | None) -> "tuple[list[Record], Identity, list[Doubt]]":
    from outbreach.graph.identity.incidents.identify import identify
    from outbreach.graph.identity.review import undecided

    verdicts, records = place.verdicts(), list(place.read())
    identity = identify(records, verdicts, place.ids())
    return records, identity, undecided(identity, verdicts, of)


def _import(place: Workspace, file: Path, by: str) -> None:
    from outbreach.graph.identity.review import imported

    judged = imported(file, by, datetime.now(UTC).date())
    known = {mention.id for record in place.read() for mention in record.mentions}
    strange = sum(not {v.left, v.right} <= known for v, *_ in judged)
    changed = place.judge(judged)
    if strange:
        err.print(f"{strange:,} of them are on ids that no record loaded here has: they wait for it.", style="yellow")
    out.print(f"{len(judged):,} verdicts read, {changed:,} new or changed; run `outbreach build` to see them.")


def _export(file: Path, records: "list[Record]", identity: "Identity", doubts: "Sequence[Doubt]") -> None:
    from outbreach.graph.atomic import write_atomically
    from outbreach.graph.identity.review import EXPORTED, cases, exported
    from outbreach.graph.store.rows import as_csv

    rows = list(exported(cases(doubts, records, identity)))
    write_atomically(file, "\ufeff" + as_csv(EXPORTED, rows))  # Excel takes a file for UTF-8 by its BOM
    out.print(f"{len(rows):,} pairs are in {file}: fill in the column verdict, then --import it.", soft_wrap=True)


def _ask(
    place: Workspace, records: "list[Record]", identity: "Identity", doubts: "Sequence[Doubt]", by: str, lang: Lang
) -> None:
    from outbreach.graph.identity.review import cases, texts

    words = texts().fr if lang is Lang.fr else texts().en
    if not doubts:
        out.print(words.none)
        return
    decided = 0
    for number, case in enumerate(cases(doubts, records, identity), 1):
        _show(case, words, texts().labels[case.doubt.label][lang], number, len(doubts))
        said = _key(words)
        if said == "quit":
            break
        if said == "skip":
            continue
        why = typer.prompt(words.why, default="", show_default=False).strip()
        today = datetime.now(UTC).date().isoformat()
        verdict = Verdict(case.doubt.left, case.doubt.right, said, by, today, why)
        decided += place.judge([(verdict, case.left, case.right)])
    out.print(words.done.format(count=decided, left=len(doubts) - decided))


def _show(case: "Case", words: "Words", label: str, number: int, total: int) -> None:
    out.print()
    out.rule(words.heading.format(label=label, number=number, total=total, score=case.doubt.score))
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    table.add_column(words.columns[0], style="dim", no_wrap=True)
    for heading in words.columns[1:]:
        table.add_column(heading, ratio=1, overflow="fold")
    for name, left, right in case.rows:
        style = (
            "green" if left == right else "yellow" if left and right and name not in ("record", "id", "text") else ""
        )
        table.add_row(words.rows[name], Text(left, style=style), Text(right, style=style))
    out.print(table)
    out.print(case.doubt.reason, style="italic", markup=False)


def _key(words: "Words") -> str:
    """One key; any other asks again. The end of input, Ctrl-C and Escape quit."""
    out.print(words.question, markup=False)
    while True:
        try:
            pressed = typer.getchar()
        except (EOFError, KeyboardInterrupt):
            return "quit"
        if pressed in ("\x1b", "\x03", "\x04", ""):
            return "quit"
        if said := words.keys.get(pressed.lower()):
            return said
