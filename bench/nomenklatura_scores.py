"""Scores of pairs by nomenklatura; run by bench/rivals.py with the Python of bench/.venv, which has it.

Lines in: pair id and, for left and right, name, country, region and kind, with tabs between. Lines out: id, matcher, score.
"""

import csv
import sys

from followthemoney import model
from nomenklatura.matching import get_algorithm

MATCHERS = ("name-based", "logic-v2")
"""Its matcher of names alone, and the one that OpenSanctions runs today (names, countries, identifiers)."""


def _entity(key: str, name: str, country: str):  # type: ignore[no-untyped-def]
    return model.get_proxy(
        {
            "id": key,
            "schema": "Organization",
            "properties": {"name": [name], "country": [country.lower()] if country else []},
        }
    )


def main() -> None:
    """Read standard input, write standard output."""
    out = csv.writer(sys.stdout)
    matchers = [(name, get_algorithm(name)) for name in MATCHERS]
    for line in sys.stdin:
        id, left, left_country, _, _, right, right_country, *_ = line.rstrip("\n").split("\t")
        pair = _entity(f"{id}-left", left, left_country), _entity(f"{id}-right", right, right_country)
        for name, matcher in matchers:
            result = matcher.compare(*pair, config=matcher.default_config())
            out.writerow([id, name, f"{result.score:.4f}"])


main()
