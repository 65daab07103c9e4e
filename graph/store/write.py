"""Writing a graph: beside the current one in a workspace, or as a difference into a server."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from outbreach.graph.errors import StoreError
from outbreach.graph.projection.elements import Graph
from outbreach.graph.schema import LABELS
from outbreach.graph.store.bolt import Link, kept, server, spoken
from outbreach.graph.store.builds import Builds
from outbreach.graph.store.difference import BATCH, Difference, Progress, difference, schema_statements, statements
from outbreach.graph.store.embedded import DATABASE, ROOT, VERSION, Engine


@dataclass(frozen=True, slots=True)
class Changes:
    """What writing to a server changed."""

    created: int
    updated: int
    deleted: int


def write_embedded(folder: Path, graph: Graph, progress: Progress | None = None) -> None:
    """Write the graph beside the current build, close it, and switch; a failed or killed build leaves the old one.

    Raises `StoreError` where it cannot be written.
    """
    builds = Builds(folder, VERSION)
    build = builds.new()
    try:
        engine = Engine(build)
        try:
            engine.create()
            link = Link(f"bolt://127.0.0.1:{engine.port}", DATABASE, (ROOT, engine.passwords[ROOT]), embedded=True)
            try:
                with kept(folder):
                    _prepare(link, graph)
                    _apply(link, difference(Graph(), graph), Graph(), graph, progress)
            finally:
                link.close()
        finally:
            engine.stop()
        builds.switch(build, len(graph.nodes), len(graph.edges))
    except BaseException:
        shutil.rmtree(build, ignore_errors=True)
        raise


def write_server(to: str, graph: Graph, progress: Progress | None = None) -> Changes:
    """Write the difference between the graph and what stands in the database at `to`.

    A `(:Build {state})` node marks a write in progress; running it again completes one that was interrupted. A
    difference that fits one batch is one transaction. A database that holds nodes which Outbreach did not write is
    refused before anything is written.
    """
    link = server(to)
    try:
        with spoken(link.address):
            link.verify()
            _refuse_foreign(link)
            old = link.graph()
            _prepare(link, graph)
            change = difference(old, graph)
            _apply(link, change, old, graph, progress)
            return Changes(len(change.create_nodes) + len(change.create_edges), len(change.update_nodes),
                           len(change.delete_nodes) + len(change.delete_edges))  # fmt: skip
    finally:
        link.close()


def _prepare(link: Link, graph: Graph) -> None:
    """Constraints and indexes; on a server for every label, so that the next difference finds them too."""
    labels = [name for name in LABELS if not link.embedded or any(name in node.labels for node in graph.nodes.values())]
    for text in schema_statements(labels):
        link.declare(text)
    if not link.embedded:
        link.declare("CALL db.awaitIndexes(300)")


def _apply(link: Link, change: Difference, old: Graph, new: Graph, progress: Progress | None) -> None:
    """Write a difference: in one transaction where it fits a batch, else in batches between two marks."""
    work = list(statements(change, old, new))
    mark: dict[str, object] = {"nodes": len(new.nodes), "edges": len(new.edges)}
    complete = None if link.embedded else {"state": "complete", **mark}
    if change.size <= BATCH:
        link.write(work, complete)
        return
    if not link.embedded:
        link.write([], {"state": "building", **mark})
    done = 0
    for cypher, rows in work:
        link.write([(cypher, rows)])
        done += len(rows)
        if progress:
            progress("Writing", done, change.size)
    link.write([], complete)


def _refuse_foreign(link: Link) -> None:
    """Stop before anything is written where the database holds what Outbreach did not write."""
    builds = link.read("MATCH (b:Build) RETURN b.id, b.state, b.nodes, b.edges", {}).rows
    nodes, edges = (
        link.read(f"{pattern} RETURN count(*)", {}).rows[0][0]
        for pattern in ("MATCH (n) WHERE NOT n:Build", "MATCH ()-[r]->()")
    )
    strange = link.read(
        "MATCH (n) WHERE NOT n:Build AND (n.id IS NULL OR size(labels(n)) = 0 OR any(l IN labels(n) WHERE NOT l IN $ours)) "
        "RETURN count(n)",
        {"ours": list(LABELS)},
    ).rows[0][0]
    ours = len(builds) == 1 and builds[0][0] == "outbreach"
    untouched = ours and (builds[0][1] != "complete" or tuple(builds[0][2:]) == (nodes, edges))
    if (nodes or builds) and (strange or not untouched):
        raise StoreError(
            f"the database at {link.address} holds nodes that Outbreach did not write ({nodes:,} nodes, {strange:,} of them of other "
            "kinds): give it a database of its own; nothing was changed"
        )
