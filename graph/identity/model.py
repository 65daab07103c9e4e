"""The probability that two records are one organisation: a Splink model, trained before, that a build only asks.

Fellegi and Sunter (1969): each comparison adds log2(m / u) to the odds, m and u being how often its level is met among
pairs that are the same and among pairs that were brought together but are not. The parameters stand in
`data/organisations_model.json`, in Splink's own form; `make train-identity` writes it. The same model runs on Spark.
"""

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2
from typing import Any

import duckdb
import numpy  # noqa: F401  duckdb needs it to call a function of ours, and does not require it
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from outbreach.graph.identity.grade import Grade
from outbreach.graph.identity.leftover import french_region
from outbreach.graph.identity.likeness import Likeness, likeness
from outbreach.graph.identity.lines import lines
from outbreach.graph.identity.name import domain_in, read_name
from outbreach.graph.identity.words import words
from outbreach.graph.places import is_place

BANDS = ("common", "uncommon", "rare", "very rare")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is compared of an organisation: its names (the first is how it is named), place, kind and domain."""

    id: str
    names: tuple[str, ...]
    country: str | None = None
    region: str | None = None
    kind: str | None = None
    domain: str | None = None
    keys: tuple[str, ...] = ()

    @property
    def spelling(self) -> str:
        """All names in one text, as `read_name` takes them."""
        return "\x1f".join(self.names)

    @property
    def place(self) -> str:
        """The narrowest code that is known."""
        return self.region or self.country or ""


def subject(
    id: str, names: tuple[str, ...], country: str | None = None, region: str | None = None, kind: str | None = None,
    identifiers: tuple[str, ...] = (),
) -> Subject:  # fmt: skip
    """A subject out of what is said of it; a domain in its name or identifiers is its domain."""
    domain = next((i.partition(":")[2] for i in identifiers if i.startswith("domain:")), None)
    domain = (domain or domain_in(names[0])) if names else domain
    domain = domain.removeprefix("www.") if domain else None
    country = country or country_of(domain)
    if country == "FR" and region is None and names:
        region = french_region(read_name(names[0]).forms[0])
    return Subject(id=id, names=names, country=country, region=region, kind=kind, domain=domain)


def country_of(domain: str | None) -> str | None:
    """The country that a domain is registered under; None for `.com` and for those that the whole world uses."""
    end = (domain or "").rpartition(".")[2].upper()
    code = "GB" if end == "UK" else end
    return code if len(code) == 2 and code not in words().world_domains and is_place(code) else None


@dataclass(frozen=True, slots=True)
class Score:
    """The probability of one pair, and what each comparison added, in bits."""

    left: str
    right: str
    probability: float
    weights: tuple[tuple[str, str, float], ...]
    """(comparison, level, bits), in the order of the waterfall, the prior first."""


def level(left: str, left_place: str, right: str, right_place: str) -> int:
    """The grade of two spellings and the band of what they share in one number: what the model calls from SQL.

    It is called several times for a pair, and remembers.
    """
    key = (left, left_place, right, right_place)
    known = _LEVELS.get(key)
    if known is None:
        if len(_LEVELS) > _REMEMBERED:
            _LEVELS.clear()
        found = likeness(min(left, right), max(left, right), frozenset((left_place, right_place)))
        known = _LEVELS[key] = int(found.grade) * len(BANDS) + band(found)
    return known


_LEVELS: dict[tuple[str, str, str, str], int] = {}
_REMEMBERED = 200_000


def band(found: Likeness) -> int:
    """How rare what two names share is: 0 to 3."""
    marks = lines().letters if found.grade is Grade.LETTERS else lines().rare
    return sum(found.rarest >= mark for mark in marks)


def score(subjects: Sequence[Subject], pairs: Iterable[tuple[str, str]] | None = None) -> list[Score]:
    """The scores of the pairs, or, without any, of all whom a key brings together; by left and right id.

    Raises nothing: a subject without keys is in no pair.
    """
    if pairs is None and not _any_shared(subjects):
        return []
    database, linker = _engine()
    fill(database, subjects)
    linker.table_management.invalidate_cache()  # type: ignore[no-untyped-call]  # splink has no types there
    if pairs is not None:
        database.execute("CREATE OR REPLACE TABLE asked (join_key_l VARCHAR, join_key_r VARCHAR, match_key VARCHAR)")
        database.executemany("INSERT INTO asked VALUES (?, ?, '0')", [sorted(pair) for pair in pairs])
        linker.table_management.register_blocked_pairs_for_predict(linker._db_api.register("asked"))
    found = linker.inference.predict(warning_mode="never")
    scores = list(_scores(database, found.physical_name))
    found.drop_table_from_database_and_remove_from_cache()
    fill(database, ())
    return scores


@cache
def _engine() -> tuple[duckdb.DuckDBPyConnection, Linker]:
    """An engine in memory and the model on it; made once, since making it takes longer than most questions."""
    logging.getLogger("splink").setLevel(logging.ERROR)  # it tells its timings; a build does not
    database = connect()
    api = DuckDBAPI(connection=database)
    return database, Linker(api.register("subjects"), settings(), validate_settings=False, log_level=None)


def _any_shared(subjects: Sequence[Subject]) -> bool:
    """Whether a key brings any two together: an engine is started for those only."""
    seen: set[str] = set()
    return any(key in seen or seen.add(key) for one in subjects for key in one.keys)  # type: ignore[func-returns-value]


def connect() -> duckdb.DuckDBPyConnection:
    """An engine in memory that knows how to compare names, with an empty table of subjects."""
    database = duckdb.connect(":memory:", config={"threads": 1})  # `level` is Python: two would wait for each other
    database.create_function("name_level", level, ["VARCHAR"] * 4, "INTEGER")  # DuckDB needs numpy for it
    database.execute(
        "CREATE TABLE subjects (unique_id VARCHAR, spelling VARCHAR, place VARCHAR, country VARCHAR, region VARCHAR, "
        "kind VARCHAR, domain VARCHAR, keys VARCHAR[])"
    )
    return database


def fill(database: duckdb.DuckDBPyConnection, subjects: Iterable[Subject]) -> None:
    """Put the subjects into the table, in place of those that were there; by id."""
    database.execute("DELETE FROM subjects")
    rows = [
        (s.id, s.spelling, s.place, s.country, s.region, s.kind, s.domain, list(s.keys))
        for s in sorted(subjects, key=lambda s: s.id)
    ]
    if rows:
        types = ["VARCHAR"] * 7 + ["VARCHAR[]"]
        columns = ", ".join(f"unnest(?::{t}[])" for t in types)
        database.execute(f"INSERT INTO subjects SELECT {columns}", [list(c) for c in zip(*rows, strict=True)])


def _scores(database: duckdb.DuckDBPyConnection, table: str) -> Iterator[Score]:
    names = [c["output_column_name"] for c in settings()["comparisons"]]
    columns = ", ".join(f"gamma_{name}, mw_{name}" for name in names)
    rows = database.execute(
        f"SELECT unique_id_l, unique_id_r, match_probability, {columns} FROM {table} "  # noqa: S608  our own names
        "ORDER BY unique_id_l, unique_id_r"
    ).fetchall()
    prior = settings()["probability_two_random_records_match"]
    for left, right, probability, *rest in rows:
        parts = [("prior", "", round(log2(prior / (1 - prior)), 2))]
        for name, gamma, bits in zip(names, rest[::2], rest[1::2], strict=True):
            parts.append((name, _labels()[name].get(gamma, "unknown"), round(bits, 2)))
        yield Score(left, right, round(probability, 3), tuple(parts))


@cache
def settings() -> dict[str, Any]:
    """The model in Splink's form."""
    text = (files("outbreach.graph.identity") / "data" / "organisations_model.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def _labels() -> dict[str, dict[int, str]]:
    """The words for each level, by its number: Splink counts from the last level up, -1 is what is not known."""
    found = {}
    for comparison in settings()["comparisons"]:
        levels = [one for one in comparison["comparison_levels"] if not one.get("is_null_level")]
        found[comparison["output_column_name"]] = {
            len(levels) - 1 - i: one["label_for_charts"] for i, one in enumerate(levels)
        }
    return found
