"""The gold pairs of tests/gold, and what is counted on them."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

GOLD = Path(__file__).parents[1] / "tests" / "gold"
VERDICTS = ("same", "related", "different", "unsure")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One pair that a person has judged: its cells as written, the verdict, dev or test, and how it was judged.

    `clue` is `pair` where the pair itself can tell, `knowledge` where only knowledge of the world does (a new name).
    """

    id: str
    cells: dict[str, str]
    verdict: str
    split: str
    clue: str
    how: str

    def words(self, side: str) -> str:
        """What stands on one side, on one line."""
        shown = [self.cells[key] for key in self.cells if key.startswith(f"{side}_") and self.cells[key]]
        return " · ".join(shown)


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of “same”; None where nothing can be divided."""

    pairs: int
    said: int
    right: int
    true: int

    @property
    def precision(self) -> float | None:
        """Of the pairs called the same, the share that is."""
        return self.right / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        """Of the pairs that are the same, the share called so."""
        return self.right / self.true if self.true else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        return 2 * self.right / (self.said + self.true) if self.said + self.true else None


def read_gold(of: str) -> list[Labelled]:
    """The labelled pairs of `organisations`, `incidents`, `stream` or `incident_stream`, in the file's order."""
    with (GOLD / f"{of}.csv").open(encoding="utf-8", newline="") as file:
        return [
            Labelled(row["pair_id"], row, row["verdict"], row["split"], row["clue"], row["how"])
            for row in csv.DictReader(file)
        ]


def score(pairs: Iterable[Labelled], said: Mapping[str, str]) -> Score:
    """Count “same” among the pairs; a pair of which nothing is said counts as not called the same."""
    listed = list(pairs)
    called = [pair for pair in listed if said.get(pair.id) == "same"]
    right = sum(pair.verdict == "same" for pair in called)
    return Score(len(listed), len(called), right, sum(pair.verdict == "same" for pair in listed))


def confusion(pairs: Iterable[Labelled], said: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """How often a pair judged so (first) was called so (second)."""
    return Counter((pair.verdict, said.get(pair.id, "unsure")) for pair in pairs)


def best_threshold(pairs: Iterable[Labelled], scores: Mapping[str, float]) -> float:
    """The lowest score to be called the same by which F1 on these pairs is highest: a rival at its best."""
    listed = list(pairs)
    candidates = sorted({scores.get(pair.id, 0.0) for pair in listed} - {0.0})

    def f1(threshold: float) -> float:
        return score(listed, at_threshold(scores, threshold)).f1 or 0.0

    return max(candidates, key=f1, default=0.5)


def at_threshold(scores: Mapping[str, float], threshold: float) -> dict[str, str]:
    """Scores as verdicts: the same from the threshold on, else different."""
    return {id: "same" if value >= threshold else "different" for id, value in scores.items()}
