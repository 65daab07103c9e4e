"""What is decided of two: the same, different, related, or unsure; how surely, and why."""

from dataclasses import dataclass

VERDICTS = ("same", "different", "related", "unsure")
"""A parent, a brand, a foundation, a member is `related`: not the same, and no edge by itself."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict on two; `score` is the probability, 0 to 1, that they are the same, rounded to three digits."""

    verdict: str
    score: float
    reason: str
