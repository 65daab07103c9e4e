"""What loading costs: every real file, each by its source, then the graph on the embedded engine and on a server.

    .venv/bin/python bench/load.py ../shared/data --to bolt://127.0.0.1:7687

Prints a row per file, the reasons of its rejects, and the seconds of each step; OUTBREACH_USER and OUTBREACH_PASSWORD hold
the server's login. The workspace is thrown away.
"""

import resource
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from outbreach import loaders
from outbreach.graph.projection.project import census, project
from outbreach.graph.records.load import Reading, digest_of
from outbreach.graph.records.workspace import Workspace
from outbreach.graph.store.write import write_embedded, write_server

FILES = {
    "hhs/*.csv": "hhs",
    "vcdb/*": "vcdb",
    "wa_ag/*.csv": "wa_ag",
    "eurepoc/*.csv": "eurepoc",
    "ransomware/posts*.json": "leak_posts",
    "ransomware/press*.json": "press",
    "france/bonjourlafuite*.csv": "bonjourlafuite",
    "kev/*.json": "kev",
    "attackers/attack*.json": "attack",
    "attackers/misp*.json": "misp",
    "registry/cms*.csv": "cms",
    "registry/finess*.csv": "finess",
    "registry/nhs-ods*.csv": "nhs_ods",
}
"""Which source reads what in the folder of real files."""
out = Console(width=180)


def main(
    data: Annotated[Path, typer.Argument(help="The folder of real files.")],
    to: Annotated[str | None, typer.Option(help="A Neo4j server to build to as well.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="These sources only.")] = None,
) -> None:
    """Load everything, build on both engines, and say what it cost."""
    pairs = [(file, name) for pattern, name in FILES.items() for file in sorted(data.glob(pattern))]
    brought = loaders.loader("curated").SOURCE.shipped
    pairs += [(file, "curated") for file in (brought() if brought else [])]
    pairs = [pair for pair in pairs if not only or pair[1] in only]
    with TemporaryDirectory(prefix="outbreach-bench-") as folder:
        place = Workspace(Path(folder))
        begun = time.perf_counter()
        _load(place, pairs)
        out.print(f"All loaded in {time.perf_counter() - begun:,.1f} s.")
        begun = time.perf_counter()
        records = list(place.read())
        out.print(f"{len(records):,} records read back in {time.perf_counter() - begun:,.1f} s.")
        begun = time.perf_counter()
        graph = project(records, place.verdicts()).graph
        out.print(f"Projected in {time.perf_counter() - begun:,.1f} s: {dict(census(graph))}")
        begun = time.perf_counter()
        write_embedded(place.graph, graph)
        out.print(f"Written to the embedded engine in {time.perf_counter() - begun:,.1f} s.")
        if to:
            begun = time.perf_counter()
            changes = write_server(to, graph)
            out.print(f"Written to {to} in {time.perf_counter() - begun:,.1f} s: {changes}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000
    out.print(f"At most {peak:,.1f} GB of memory.")


def _load(place: Workspace, pairs: list[tuple[Path, str]]) -> None:
    table = Table("Source", "File", box=None)
    for heading in (
        "Read",
        "Kept",
        "Folded",
        "Rejected",
        "Unknown",
        "Claims",
        "Seconds",
        "CPU seconds",
        "Records/CPU s",
    ):
        table.add_column(heading, justify="right")
    reasons: dict[str, Counter[str]] = {}
    curated: list[tuple[Reading, float, float]] = []
    for file, name in pairs:
        chosen = loaders.loader(name)
        begun, busy = time.perf_counter(), time.process_time()
        reading = chosen.read(file, None)
        place.load(chosen.SOURCE, file, digest_of(file), reading, None)
        cost = (reading, time.perf_counter() - begun, time.process_time() - busy)
        reasons.setdefault(name, Counter()).update(reject.why for reject in reading.rejected)
        if name == "curated":
            curated.append(cost)
        else:
            table.add_row(name, file.name, *_figures([cost]))
    if curated:
        table.add_row("curated", f"{len(curated)} files", *_figures(curated))
    out.print(table)
    for name, counts in reasons.items():
        for why, count in counts.most_common(8):
            out.print(f"{name}: {count:,} rejected: {why}", markup=False)


def _figures(costs: list[tuple[Reading, float, float]]) -> list[str]:
    readings = [reading for reading, _, _ in costs]
    kept = sum(len(reading.records) for reading in readings)
    counts = (
        sum(reading.read for reading in readings), kept, sum(reading.folded for reading in readings),
        sum(len(reading.rejected) for reading in readings), sum(len(reading.unknown) for reading in readings),
        sum(len(record.claims) for reading in readings for record in reading.records),
    )  # fmt: skip
    seconds, busy = sum(wall for _, wall, _ in costs), sum(cpu for _, _, cpu in costs)
    return [*(f"{n:,}" for n in counts), f"{seconds:,.1f}", f"{busy:,.1f}", f"{kept / busy:,.0f}"]


if __name__ == "__main__":
    typer.run(main)
