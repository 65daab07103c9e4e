"""The lines that resolution draws, from `data/resolution.yaml`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from outbreach.graph.yamlfile import parse


@dataclass(frozen=True, slots=True)
class Lines:
    """Thresholds: probabilities, bits, sizes."""

    same: float
    merge: float
    margin: float
    different: float
    largest_block: int
    largest_word_block: int
    largest_cluster: int
    rare: list[float]
    letters: list[float]
    enough: float


@cache
def lines() -> Lines:
    """The lines as the file draws them."""
    text = (files("outbreach.graph.identity") / "data" / "resolution.yaml").read_text(encoding="utf-8")
    return msgspec.convert(parse(text).data, Lines)
