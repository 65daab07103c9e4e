"""How good is the resolver? `make bench-identity` prints it; `--write` writes docs/measured-identity.md.

On the labelled pairs of tests/gold: precision, recall and F1 of “same”, beside what else could decide the same pairs in the
same run; then what the verdicts were, and the worst errors. Then time: 10,000, 30,000 and 100,000 mentions.
"""

import gc
import platform
import resource
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bench import rivals
from bench.gold import GOLD, VERDICTS, Labelled, Score, at_threshold, best_threshold, confusion, read_gold, score
from bench.stream import mentions, real_names
from outbreach.graph.identity.compare import compare
from outbreach.graph.identity.decision import Decision
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.pairs import read_pairs
from outbreach.graph.identity.resolve import resolve

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "measured-identity.md"
PARTS = (
    "organisations", "organisations_second", "organisations_third", "stream", "stream_second",
    "incidents", "incidents_second", "incidents_third", "incident_stream",
)  # fmt: skip
"""The gold files, in the order in which they are told of."""
HEAD = "| {} | split | pairs | called same | precision | recall | F1 |\n|---|---|---:|---:|---:|---:|---:|"


def ours(of: str) -> dict[str, Decision]:
    """What `outbreach resolve compare` says of the gold pairs."""
    kind = "incidents" if of.startswith("incident") else "organisations"
    rows = compare(read_pairs(GOLD / f"{of}.csv"), kind)
    return {id: Decision(verdict, value, reason) for id, verdict, value, reason in rows}


def pairs_report(of: str, errors: int) -> Iterator[str]:
    """The table of one gold file, the confusion of its verdicts, and its worst errors (of dev: test stays unseen)."""
    gold = read_gold(of)
    said = ours(of)
    verdicts = {id: decision.verdict for id, decision in said.items()}
    deciders: dict[str, Mapping[str, str]] = {
        "**Outbreach**": verdicts,
        "exact match after normalising": rivals.exact(gold),
    }
    if not of.startswith("incident"):
        built = {id: d.verdict if d.score >= lines().merge else "unsure" for id, d in said.items()}
        deciders["Outbreach, surely enough for a build to join"] = built
        deciders |= _rival_verdicts(gold)
    yield f"## {of.capitalize().replace('_', ' ')}\n"
    yield HEAD.format("decided by")
    for split in sorted({pair.split for pair in gold}):
        for name, called in deciders.items():
            yield _row(name, split, score([pair for pair in gold if pair.split == split], called))
        told = [pair for pair in gold if pair.split == split and pair.clue == "pair"]
        yield _row("Outbreach, pairs that can tell", split, score(told, verdicts))
    yield "\n| judged \\ called | " + " | ".join(VERDICTS) + " |\n|---|" + "---:|" * len(VERDICTS)
    table = confusion(gold, verdicts)
    for true in VERDICTS[:3]:
        yield f"| {true} | " + " | ".join(str(table[true, called]) for called in VERDICTS) + " |"
    yield from _errors([pair for pair in gold if pair.split != "test"], said, errors)


def _rival_verdicts(gold: Sequence[Labelled]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each rival at its usual threshold and at the one that suits it best on dev."""
    dev = [pair for pair in gold if pair.split == "dev"]
    found = {"Splink, its own comparisons": (rivals.splink_as_it_comes(gold), 0.5)}
    found |= {f"nomenklatura, {name}": (scores, 0.7) for name, scores in rivals.nomenklatura(gold).items()}
    for name, (scores, usual) in found.items():
        yield f"{name}, ≥ {usual}", at_threshold(scores, usual)
        if dev:
            best = best_threshold(dev, scores)
            yield f"{name}, ≥ {best:.3g} (best on dev)", at_threshold(scores, best)


def _row(name: str, split: str, found: Score) -> str:
    shown = ["–" if value is None else f"{value:.3f}" for value in (found.precision, found.recall, found.f1)]
    return f"| {name} | {split} | {found.pairs} | {found.said} | {' | '.join(shown)} |"


def _errors(gold: Sequence[Labelled], said: Mapping[str, Decision], most: int) -> Iterator[str]:
    """Wrong “same” first, then missed ones, the surest first."""
    wrong = [p for p in gold if said[p.id].verdict == "same" and p.verdict != "same"]
    missed = [p for p in gold if said[p.id].verdict != "same" and p.verdict == "same"]
    wrong.sort(key=lambda pair: (-said[pair.id].score, pair.id))
    missed.sort(key=lambda pair: (said[pair.id].score, pair.id))
    for title, pairs in (("called the same, and are not", wrong), ("are the same, and were not called so", missed)):
        yield f"\nOf dev, {len(pairs)} {title}{f'; the {most} worst' if len(pairs) > most else ''}:\n"
        for pair in pairs[:most]:
            decision = said[pair.id]
            yield f"- {pair.id} {pair.words('left')} ⇄ {pair.words('right')}: {decision.verdict} {decision.score:.3f}. "
            yield f"  {decision.reason} Judged {pair.verdict}: {pair.how}."


def time_report(data: Path, counts: Sequence[int]) -> Iterator[str]:
    """Seconds to resolve so many mentions, all in one process, each count on its own mentions."""
    names = real_names(data)
    yield "## Time\n"
    yield f"{len(names):,} real names, said on average three times as sources say names (`bench/stream.py`);"
    yield f" {platform.machine()}, Python {platform.python_version()}.\n"
    yield "| mentions | nodes | seconds | ms a mention | most memory so far, MB |\n|---:|---:|---:|---:|---:|"
    for count in counts:
        asked = mentions(names, count)
        gc.collect()
        start = time.perf_counter()
        identity = resolve(asked)
        seconds = time.perf_counter() - start
        nodes = len({cluster.id for cluster in identity.clusters.values()})
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        yield f"| {len(asked):,} | {nodes:,} | {seconds:.1f} | {1000 * seconds / len(asked):.3f} | {memory:,} |"


def main(
    write: Annotated[bool, typer.Option(help="Write docs/measured-identity.md.")] = False,
    only: Annotated[str, typer.Option(help="A gold file, as organisations_second, or time; all where empty.")] = "",
    errors: Annotated[int, typer.Option(help="So many errors of each kind.")] = 15,
    data: Annotated[Path, typer.Option(help="The data sets, for the names.")] = ROOT.parent / "shared" / "data",
    mentions: Annotated[str, typer.Option(help="Counts to time.")] = "10000,30000,100000",
) -> None:
    """Print how good and how fast the resolver is."""
    said: list[str] = []
    for part in [only] if only else [*PARTS, "time"]:
        if part == "time":
            told = time_report(data, [int(count) for count in mentions.split(",")])
        elif (GOLD / f"{part}.csv").exists():
            told = pairs_report(part, errors)
        else:
            continue
        for line in [*told, ""]:
            said.append(line)
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    if write:
        day = datetime.now(UTC).date().isoformat()
        text = (Path(__file__).parent / "page.md").read_text("utf-8")
        PAGE.write_text(text.replace("{day}", day).replace("{figures}", "\n".join(said)), "utf-8")


if __name__ == "__main__":
    typer.run(main)
