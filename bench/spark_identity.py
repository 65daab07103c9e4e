"""`make test-spark`: the same model on Splink's Spark backend, in local mode, gives what DuckDB gives, pair by pair."""

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql.types import ArrayType, IntegerType, StringType, StructField, StructType
from splink import Linker
from splink.backends.spark import SparkAPI
from splink.internals.spark.jar_location import similarity_jar_location

from bench.stream import mentions, real_names
from outbreach.graph.identity.linkage import Linkage, subjects_of
from outbreach.graph.identity.model import Subject, level, score, settings

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SIZE = 400


def main() -> None:
    """Score one small set on both, and fail where a pair or a probability differs."""
    subjects = subjects_of(mentions(real_names(DATA), SIZE), Linkage())
    here = {(s.left, s.right): s.probability for s in score(subjects)}
    started = time.perf_counter()
    with TemporaryDirectory() as folder:
        there = _on_spark(subjects, folder)
    seconds = time.perf_counter() - started
    differ = {pair for pair in here.keys() | there.keys() if abs(here.get(pair, 2) - there.get(pair, 2)) > 0.001}
    said = f"{len(subjects)} subjects, {len(here)} pairs on DuckDB, {len(there)} on Spark in {seconds:.0f} s, {len(differ)} differ"
    sys.stdout.write(f"{said}\n")
    sys.exit(bool(differ) or not here)


def _on_spark(subjects: list[Subject], folder: str) -> dict[tuple[str, str], float]:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", similarity_jar_location())
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", folder)
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.default.parallelism", "4")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.setCheckpointDir(folder)
    spark.udf.register("name_level", level, IntegerType())
    names = ("unique_id", "spelling", "place", "country", "region", "kind", "domain")
    columns = [StructField(name, StringType()) for name in names] + [StructField("keys", ArrayType(StringType()))]
    rows = [(s.id, s.spelling, s.place, s.country, s.region, s.kind, s.domain, list(s.keys)) for s in subjects]
    frame = spark.createDataFrame(rows, StructType(columns))
    api = SparkAPI(spark_session=spark, break_lineage_method="persist", num_partitions_on_repartition=4)
    linker = Linker(api.register(frame), in_spark(settings()), validate_settings=False)
    found = linker.inference.predict(warning_mode="never").as_record_list()
    scores = {tuple(sorted((r["unique_id_l"], r["unique_id_r"]))): round(r["match_probability"], 3) for r in found}
    spark.stop()
    return scores  # type: ignore[return-value]


def in_spark(model: dict[str, Any]) -> dict[str, Any]:
    """The model with its conditions in Spark's SQL: the same, but for whole-number division."""
    comparisons = []
    for comparison in model["comparisons"]:
        levels = [
            {**one, "sql_condition": one["sql_condition"].replace("//", "DIV")}
            for one in comparison["comparison_levels"]
        ]
        comparisons.append({**comparison, "comparison_levels": levels})
    return {**model, "sql_dialect": "spark", "comparisons": comparisons}


if __name__ == "__main__":
    main()
