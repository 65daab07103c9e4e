"""What else could decide the same pairs: exact match, Splink as it comes, nomenklatura's matchers."""

import csv
import logging
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
import splink.comparison_library as cl
from anyascii import anyascii
from cleanco import basename
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.gold import Labelled

HERE = Path(__file__).parent
RIVAL_PYTHON = HERE / ".venv" / "bin" / "python"
_FIELDS = ("name", "country", "region", "kind")


def exact(pairs: Sequence[Labelled]) -> dict[str, str]:
    """The same where the names are equal without accents, case, punctuation and legal form, wherever the bodies are."""
    equal = {pair.id for pair in pairs if _bare(pair.cells["left_name"]) == _bare(pair.cells["right_name"])}
    return {pair.id: "same" if pair.id in equal else "different" for pair in pairs}


def splink_as_it_comes(pairs: Sequence[Labelled]) -> dict[str, float]:
    """Match probabilities by Splink's own comparisons, trained without labels on the names in these pairs."""
    api = DuckDBAPI()
    tables = [
        api.register(
            pa.table(
                {
                    "unique_id": [pair.id for pair in pairs],
                    "pair": [pair.id for pair in pairs],
                    **{field: [_plain(pair.cells, side, field) for pair in pairs] for field in _FIELDS},
                }
            ),
            dataset_display_name=f"{side}_side",
        )
        for side in ("left", "right")
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[cl.NameComparison("name"), *(cl.ExactMatch(field) for field in _FIELDS[1:])],
        blocking_rules_to_generate_predictions=[block_on("pair")],
    )
    linker = Linker(tables, settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.2)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for rule in (block_on("name"), block_on("country", "region")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict().as_record_list()
    return {str(row["unique_id_l"]): float(row["match_probability"]) for row in found}


def nomenklatura(pairs: Sequence[Labelled]) -> dict[str, dict[str, float]]:
    """Scores by nomenklatura's matchers, each by its name; they run in a venv of their own (`make bench-identity`)."""
    if not RIVAL_PYTHON.exists():
        return {}
    sent = "".join(_line(pair) for pair in pairs)
    run = subprocess.run(  # noqa: S603  our own script, in the venv that the Makefile made
        [RIVAL_PYTHON, HERE / "nomenklatura_scores.py"], input=sent, text=True, capture_output=True, check=True
    )
    scores: dict[str, dict[str, float]] = {}
    for id, matcher, value in csv.reader(run.stdout.splitlines()):
        scores.setdefault(matcher, {})[id] = float(value)
    return scores


def _bare(name: str) -> str:
    while (shorter := basename(name)) != name:
        name = shorter
    return re.sub(r"[^a-z0-9]+", " ", anyascii(name).casefold().replace("'", "")).strip()


def _plain(cells: dict[str, str], side: str, field: str) -> str | None:
    value = cells[f"{side}_{field}"]
    return (_bare(value) if field == "name" else value) or None


def _line(pair: Labelled) -> str:
    fields = [pair.cells[f"{side}_{field}"].replace("\t", " ") for side in ("left", "right") for field in _FIELDS]
    return "\t".join([pair.id, *fields]) + "\n"
