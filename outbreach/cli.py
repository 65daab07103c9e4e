"""The `outbreach` command: few verbs, each with an example. The only place that catches our errors."""

import getpass
import os
import signal
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from outbreach import __version__, loaders
from outbreach.answer import Format, Lang, err, out, print_question, print_rows
from outbreach.extracting import extract
from outbreach.fetching import fetch
from outbreach.graph.errors import OutbreachError, UsageError
from outbreach.graph.records.workspace import Workspace
from outbreach.loading import load
from outbreach.options import (
    HOME,
    FormatOption,
    LangOption,
    ParamOption,
    ToOption,
    WorkspaceOption,
    open_store,
    progress_bar,
)
from outbreach.queries import question_named, questions
from outbreach.resolving import resolve_app
from outbreach.reviewing import review_app

if TYPE_CHECKING:
    from outbreach.graph.projection.elements import Graph, Property
    from outbreach.graph.store.bolt import Store

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich", add_completion=False)
query_app = typer.Typer(no_args_is_help=True, help="Ask one of the library’s questions.")
export_app = typer.Typer(no_args_is_help=True, help="Write a file for others.")
app.add_typer(query_app, name="query")
app.add_typer(export_app, name="export")
app.add_typer(resolve_app, name="resolve")
app.add_typer(review_app, name="review")
app.command()(load)
app.command()(extract)
app.command()(fetch)


def main() -> None:
    """Run the command; every error of ours is one sentence on stderr, exit 1, or 2 where the call was wrong."""
    try:
        app()
    except OutbreachError as error:
        if "--debug" in sys.argv or os.environ.get("OUTBREACH_DEBUG"):
            raise
        err.print(f"outbreach: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"outbreach {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_version)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error came from.")] = False,
) -> None:
    """Outbreach: who else is hit when a shared supplier of health care is breached.

    Load records, build the graph, ask: [bold]outbreach load curated[/], [bold]outbreach build[/],
    [bold]outbreach query run blast-radius --param start="MOVEit Transfer"[/].
    """


@app.command()
def build(
    known_on: Annotated[str | None, typer.Option(help="Only what had been stated by this date, as 2024-03-01.")] = None,
    to: ToOption = None,
    workspace: WorkspaceOption = HOME,
) -> None:
    """Make the graph from the records; the old one stays until the new one is whole.

    Example: outbreach build --known-on 2024-03-01
    """
    from outbreach.graph.identity.resolve import given_ids
    from outbreach.graph.projection.project import census, project
    from outbreach.graph.store.write import write_embedded, write_server

    place = Workspace(workspace).require()
    with progress_bar() as progress:
        reading = progress.add_task("Reading records", total=None)
        records = list(place.read())
        progress.update(reading, total=len(records), completed=len(records))
        task = progress.add_task("Projecting", total=None)
        projection = project(records, place.verdicts(), _day(known_on), place.ids())
        progress.update(task, total=1, completed=1)
        writing = progress.add_task("Writing", total=None)

        def step(what: str, done: int, total: int) -> None:
            progress.update(writing, description=what, completed=done, total=total)

        if to:
            write_server(to, projection.graph, step)
        else:
            write_embedded(place.graph, projection.graph, step)
    if known_on is None:
        place.keep_ids(given_ids(projection.identity, projection.graph.nodes))
    for note in projection.notes:
        err.print(note, markup=False, soft_wrap=True)
    counts = census(projection.graph)
    shown = ("Incident", "Organisation", "Vendor", "Software", "Attacker", "Claim", "Source", "AFFECTED", "SUPPLIES")
    said = ", ".join(f"{counts[name]:,} {name}" for name in shown if name in counts)
    out.print(f"The graph is built{f' as known on {known_on}' if known_on else ''}: {said or 'nothing was known'}.")


@app.command()
def dump(to: ToOption = None, workspace: WorkspaceOption = HOME) -> None:
    """Print the built graph as sorted JSON lines, the same bytes on every engine.

    Example: outbreach dump > graph.jsonl
    """
    with open_store(workspace, to) as store:
        for line in store.read().lines():
            sys.stdout.write(f"{line}\n")


@query_app.command("list")
def query_list(lang: LangOption = Lang.en) -> None:
    """List the questions.

    Example: outbreach query list --lang fr
    """
    table = Table(box=None, pad_edge=False, show_header=False)
    for question in questions().values():
        table.add_row(question.name, question.question[lang])
    out.print(table)


@query_app.command("show")
def query_show(
    name: str,
    lang: LangOption = Lang.en,
    cypher: Annotated[bool, typer.Option(help="Print the Cypher alone, to paste into a Neo4j tool.")] = False,
) -> None:
    """Show a question: what it takes, what it answers, its Cypher.

    Example: outbreach query show blast-radius
    """
    question = question_named(name)
    if not cypher:
        out.print(f"{question.title[lang]}: {question.question[lang]}\n", markup=False)
        for key, parameter in question.parameters.items():
            out.print(f"  --param {key}=…   {parameter[lang]} ({parameter.type}), {parameter.example!r}", markup=False)
        for key, column in question.columns.items():
            out.print(f"  {key:<16} {column[lang]}", markup=False)
        if question.notes:
            out.print(f"\n{question.notes[lang]}", markup=False)
        out.print()
    sys.stdout.write(question.cypher)


@query_app.command("run")
def query_run(
    name: str,
    param: ParamOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = Lang.en,
    wide: Annotated[bool, typer.Option(help="Show every column in the table.")] = False,
    to: ToOption = None,
    workspace: WorkspaceOption = HOME,
) -> None:
    """Ask a question; a node is given by id or by name.

    Example: outbreach query run blast-radius --param start="Dedalus France" --param depth=2
    """
    question = question_named(name)
    values = question.values(_pairs(param))
    with open_store(workspace, to) as store:
        for key, parameter in question.parameters.items():
            if parameter.type == "node":
                values[key] = _node(store, str(values[key]), parameter.labels)
        rows = store.run(question.cypher, **values)
        columns = tuple(question.columns)
        if format is Format.table:
            print_question(
                store, question, [[row[rows.columns.index(c)] for c in columns] for row in rows.rows], lang, wide
            )
        else:
            print_rows(columns, [[row[rows.columns.index(c)] for c in columns] for row in rows.rows], format, lang)


@app.command()
def cypher(
    text: Annotated[str, typer.Argument(help="A Cypher query that only reads; - takes it from standard input.")],
    param: ParamOption = None,
    format: FormatOption = Format.table,
    lang: LangOption = Lang.en,
    to: ToOption = None,
    workspace: WorkspaceOption = HOME,
) -> None:
    """Run a Cypher query of your own, as a reader.

    Example: outbreach cypher "MATCH (v:Vendor)-[:SUPPLIES]->(o) RETURN v.name, count(o) ORDER BY count(o) DESC LIMIT 10"
    """
    with open_store(workspace, to) as store:
        rows = store.run(sys.stdin.read() if text == "-" else text, **_pairs(param))
        print_rows(rows.columns, rows.rows, format, lang)


@app.command()
def serve(workspace: WorkspaceOption = HOME) -> None:
    """Keep the graph open for Neo4j’s own tools, on this machine only, until Ctrl-C.

    Example: outbreach serve
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # also where a shell in the background has them ignored
        signal.signal(number, signal.default_int_handler)
    with open_store(workspace, None) as store:
        user, password = store.login
        out.print(
            f"{store.address}  database {store.database}  user {user}  password {password}  (reads only; Ctrl-C ends it)"
        )
        with suppress(KeyboardInterrupt):
            while True:
                time.sleep(0.5)  # a signal that reached another thread is seen then


@export_app.command("story")
def export_story(
    start: Annotated[str, typer.Option(help="Where it starts: an id or a name.")],
    depth: Annotated[int, typer.Option(min=1, max=5, help="How many levels out.")] = 3,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; a name in WORKSPACE/exports if absent.")
    ] = None,
    to: ToOption = None,
    workspace: WorkspaceOption = HOME,
) -> None:
    """Write one interactive HTML file of a blast radius, in English and French, that opens offline; print its path.

    Example: outbreach export story --start "Segma Recherche"
    """
    from outbreach.graph.html.story import StoryRow, story_graph, write_story
    from outbreach.graph.ids import slug

    with open_store(workspace, to) as store, progress_bar() as progress:
        progress.add_task("Drawing", total=None)
        node = _node(store, start, ())
        rows = store.run(question_named("blast-radius").cypher, start=node, depth=depth)
        graph = store.read()
        name = _display(graph.nodes[node].properties)
        file = output or workspace / "exports" / f"{slug(name['en']) or node}.html"
        reached = [StoryRow.of(row) for row in rows.dicts()]
        title = {"en": f"Blast radius: {name['en']}", "fr": f"Rayon d’impact : {name['fr']}"}
        write_story(file, story_graph(graph, node, reached), reached, title, _newest(graph), node)
    out.print(str(file), soft_wrap=True, markup=False)


@app.command()
def sources(lang: LangOption = Lang.en) -> None:
    """List the sources that can be loaded.

    Example: outbreach sources
    """
    table = Table(box=None, pad_edge=False, show_header=False)
    for name in loaders.names():
        source = loaders.loader(name).SOURCE
        table.add_row(
            name, source.title_fr if lang is Lang.fr else source.title_en, ", ".join(source.files), source.licence
        )
    out.print(table)


@app.command()
def status(workspace: WorkspaceOption = HOME, format: FormatOption = Format.table) -> None:
    """Say what is in the workspace.

    Example: outbreach status
    """
    place = Workspace(workspace).require()
    columns = ("source", "file", "dated", "inferred", "read", "kept", "folded", "rejected", "version")
    rows = [
        (m.loader, m.file, m.dated, m.dated_inferred, m.read, m.kept, m.folded, m.rejected, m.loader_version)
        for _, m in place.manifests()
    ]
    print_rows(columns, rows, format, Lang.en)
    if format is Format.table:
        from outbreach.graph.store.bolt import describe

        out.print(
            f"{len(place.verdicts()):,} verdicts, {len(place.retractions()):,} retractions. {describe(place.graph)}"
        )


@app.command()
def retract(
    id: Annotated[str, typer.Argument(help="The id of a claim, or of a record (as curated/dedalus-2021).")],
    why: Annotated[str, typer.Option(help="The reason, kept in retractions.csv.")],
    by: Annotated[str | None, typer.Option(help="Who withdraws it.")] = None,
    workspace: WorkspaceOption = HOME,
) -> None:
    """Withdraw a wrong fact: its text leaves the records, and the next build is without it.

    Example: outbreach retract claim-k3v9x2f4q8 --why "the clinic was not hit"
    """
    touched = Workspace(workspace).require().retract(id, why, by or getpass.getuser(), datetime.now(UTC).date())
    out.print(
        f"{id} is withdrawn from {touched:,} record{'s' if touched > 1 else ''}; run `outbreach build` to see it gone."
    )


def _node(store: "Store", text: str, labels: tuple[str, ...]) -> str:
    from outbreach.graph.store.find import STARTS, find

    found = find(store, text, labels or STARTS)
    if found.close:
        err.print(f"“{text}” is taken for {found.node.display} ({found.node.id}).", markup=False, soft_wrap=True)
    return found.node.id


def _pairs(params: list[str] | None) -> dict[str, str]:
    pairs = {}
    for param in params or []:
        key, equals, value = param.partition("=")
        if not equals or not key:
            raise UsageError(f"--param {param}: write KEY=VALUE, as start=“Dedalus France”")
        pairs[key] = value
    return pairs


def _day(text: str | None) -> str | None:
    from outbreach.graph.dates import when
    from outbreach.graph.errors import ClaimError

    try:
        return None if text is None else when(text).text
    except ClaimError as error:
        raise UsageError(f"--known-on: {error}") from error


def _display(properties: "dict[str, Property]") -> dict[str, str]:
    described = properties.get("described_as")
    name = properties.get("name") or (described[0] if isinstance(described, list) else properties["id"])
    return {
        lang: str(properties.get(f"title_{lang}") or properties.get(f"name_{lang}") or name) for lang in ("en", "fr")
    }


def _newest(graph: "Graph") -> str:
    """The newest day on which anything in the graph was stated."""
    dated = [
        (n.properties["stated_on_day"], n.properties["stated_on"])
        for n in graph.nodes.values()
        if "stated_on" in n.properties
    ]
    return str(max(dated, default=(0, ""))[1])
