"""`make train-identity`: the tables and the model that resolution predicts with, made anew from public data."""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import log
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from bench.corpus import Named, names, towns

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
OUT = ROOT / "graph" / "identity" / "data"


def word_counts() -> None:
    """In how many distinct names each word stands, as those are read, and each two side by side that name.

    What is in fewer than three is left out.
    """
    from outbreach.graph.identity.name import read_name
    from outbreach.graph.identity.words import names_one

    seen = {named.name for named in names(DATA)}
    forms = {form.words for name in sorted(seen) for form in read_name(name).forms if form.words}
    counts = Counter(word for form in forms for word in set(form))
    beside = Counter(
        f"{one} {other}" for form in forms for one, other in set(pairwise(form)) if names_one(one) and names_one(other)
    )
    head = "# In how many of those names two words that name stand side by side. Made by `make train-identity`."
    lines = [f"{pair}\t{count}" for pair, count in sorted(beside.items()) if count > 2 and "?" not in pair]
    (OUT / "pair_counts.tsv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    lines = [f"{word}\t{count}" for word, count in sorted(counts.items()) if count > 2 and "?" not in word]
    head = "# In how many of the names in public data (the first line) each word stands. Made by `make train-identity`."
    (OUT / "word_counts.tsv").write_text("\n".join([head, f"*\t{len(forms)}", *lines]) + "\n", encoding="utf-8")


def places() -> None:
    """Towns and counties with hospitals, and the regions that they lie in."""
    from outbreach.graph.identity.words import as_compared

    found: dict[str, set[str]] = {}
    for name, region in towns(DATA):
        plain = as_compared(name)
        if len(plain) > 2:
            found.setdefault(plain, set()).add(region)
    lines = [f"{name}\t{' '.join(sorted(codes))}" for name, codes in sorted(found.items())]
    head = "# Towns and counties that the hospital registries of the US, France and England name. Made by `make train-identity`."
    (OUT / "places.tsv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def known_names() -> None:
    """Names that bodies state to be their own in public reports: `X d/b/a Y`, `X (Y)`; one that several state is left out."""
    from outbreach.graph.identity.name import read_name

    stated: dict[tuple[str, str], str] = {}
    others: dict[str, set[str]] = {}
    for named in names(DATA):
        if named.origin in ("hhs", "wa") and not _TITLE.search(named.name):
            first, *rest = (" ".join(form.words) for form in read_name(named.name).forms)
            for other in rest:
                if first.startswith(f"{other} "):
                    continue  # the first of several bodies that the name lists
                if first in _OWNERS or other in _OWNERS:
                    continue
                if first and other and first != other and _telling(first) and _telling(other):
                    stated[min(first, other), max(first, other)] = named.origin
                    others.setdefault(first, set()).add(other)
                    others.setdefault(other, set()).add(first)
    kept = sorted((a, b, origin) for (a, b), origin in stated.items() if len(others[a]) < 3 and len(others[b]) < 3)
    said = {"hhs": "US HHS OCR breach portal", "wa": "Washington State Attorney General"}
    lines = [f"{a}\t{b}\t{said[origin]}" for a, b, origin in kept]
    head = "# Names that a body states to be its own in a public report, as words are compared. Made by `make train-identity`."
    (OUT / "known_names.tsv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


_OWNERS = {"ohiohealth", "ihc health services"}
"""Bodies that filed under the name of one of their sites, which is no name of theirs."""
_SAMPLE = Random(1)  # noqa: S311  a sample that is the same each time
_TITLE = re.compile(
    r"\b(?:Dr|M\.?D|D\.?D\.?S|D\.?M\.?D|D\.?O|D\.?P\.?M|O\.?D|Ph\.?D|N\.?P|Psy\.?D|LCSW|LICSW|DC)\b\.?", re.IGNORECASE
)
"""The practice of one person: whose names belong in no table."""


def _telling(name: str) -> bool:
    """Whether a name says enough to be known by."""
    from outbreach.graph.identity.words import bits

    listed = name.split()
    return len(name) > 3 and (max(map(bits, listed)) >= 11 or (len(listed) > 1 and sum(map(bits, listed)) >= 16))


def model() -> None:
    """What each level of each comparison says, learnt from labelled pairs.

    The labels: the dev half of tests/gold (by hand), the short and long names of one establishment in FINESS (same),
    and hospitals of two numbers in the US registry that a key brings together (different). Pairs that are the same
    though their words say nothing of it are left out: no model of names can learn them. So are those that words and places
    leave to a person whatever the model says.
    """
    from outbreach.graph.identity.model import settings
    from outbreach.graph.identity.organisations import is_settled

    pairs = [*_gold(), *_finess(), *_cms()]
    levels = _levels(pairs)
    told = [
        i
        for i, (pair, at) in enumerate(zip(pairs, levels, strict=True))
        if not (pair.same and at[0] < 2) and not (at[0] > 1 and is_settled(*_subjects(pair)))
    ]
    made = _settings([pairs[i] for i in told], [levels[i] for i in told])
    text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
    (OUT / "organisations_model.json").write_text(text, encoding="utf-8")
    settings.cache_clear()
    sys.stdout.write(f"{len(pairs):,} labelled pairs: {Counter(p.origin for p in pairs)}\n")


class Labelled(NamedTuple):
    """Two named bodies, whether they are one, and how much the pair counts."""

    left: Named
    right: Named
    same: bool
    weight: float
    origin: str


def _gold() -> Iterator[Labelled]:
    from outbreach.graph.identity import freetext

    for file in ("organisations", "organisations_second", "stream"):
        for row in csv.DictReader((ROOT / f"tests/gold/{file}.csv").read_text(encoding="utf-8").splitlines()):
            if row["split"] == "dev":
                sides = []
                for side in ("left", "right"):
                    country = freetext.country(row[f"{side}_country"])
                    region = freetext.region(row[f"{side}_region"], country)
                    sides.append(Named(row[f"{side}_name"], country, region, freetext.kind(row[f"{side}_kind"]), "gold",
                                       freetext.identifiers(row[f"{side}_identifiers"])))  # fmt: skip
                yield Labelled(*sides, row["verdict"] == "same", 1.0, file)


def _finess() -> Iterator[Labelled]:
    by_id: dict[str, list[Named]] = {}
    for named in names(DATA):
        if named.origin == "finess":
            by_id.setdefault(named.identifiers[0], []).append(named)
    pairs = [group for group in by_id.values() if len(group) == 2 and group[0].name != group[1].name]
    for long, short in _SAMPLE.sample(pairs, 400):
        yield Labelled(long, short, True, 0.05, "finess")


def _cms() -> Iterator[Labelled]:
    """Hospitals that a key brings together."""
    from outbreach.graph.identity.keys import keys

    hospitals = [named for named in names(DATA) if named.origin == "cms"]
    blocks: dict[str, list[Named]] = {}
    for named in hospitals:
        for key in keys((named.name,), None):
            blocks.setdefault(key, []).append(named)
    found = {
        (a, b) for _, block in sorted(blocks.items()) if len(block) <= 40
        for i, a in enumerate(block) for b in block[i + 1 :] if a.identifiers != b.identifiers
    }  # fmt: skip
    for a, b in _SAMPLE.sample(sorted(found), 4000):
        yield Labelled(a, b, False, 0.02, "cms")


def _subjects(pair: Labelled) -> tuple[Any, Any]:
    from outbreach.graph.identity.model import subject

    left, right = (
        subject(side, (named.name,), named.country, named.region, named.kind, named.identifiers)
        for side, named in (("a", pair.left), ("b", pair.right))
    )
    return left, right


def _levels(pairs: list[Labelled]) -> list[list[int]]:
    """For each pair, the level of each comparison, as the same engine finds them that a build asks."""
    from outbreach.graph.identity import model as trained

    subjects = [
        trained.subject(f"{i}{side}", (named.name,), named.country, named.region, named.kind, named.identifiers)
        for i, pair in enumerate(pairs) for side, named in (("a", pair.left), ("b", pair.right))
    ]  # fmt: skip
    database = trained.connect()
    trained.fill(database, subjects)
    columns = []
    for levels in COMPARISONS.values():
        cases = " ".join(
            f"WHEN {condition} THEN {i}" for i, (condition, _, _) in enumerate(levels) if condition != "ELSE"
        )
        columns.append(re.sub(r"\b(\w+)_([lr])\b", r"\2.\1", f"CASE {cases} ELSE {len(levels) - 1} END"))
    rows = database.execute(  # the conditions are those of the model
        f"SELECT l.unique_id, {', '.join(columns)} FROM subjects l JOIN subjects r "
        "ON r.unique_id = left(l.unique_id, length(l.unique_id) - 1) || 'b' WHERE l.unique_id LIKE '%a'"
    ).fetchall()
    found = {int(id[:-1]): list(levels) for id, *levels in rows}
    return [found[i] for i in range(len(pairs))]


def _fitted(pairs: list[Labelled], levels: list[list[int]]) -> tuple[float, list[list[float]]]:
    """The bits of each level and of the prior: a logistic regression, held to what experts expect.

    Bayes with a normal prior of `SPREAD` bits round the expected bits, by gradient ascent; deterministic.
    """
    flat = [bits for table in COMPARISONS.values() for _, _, bits in table]
    starts = [sum(len(table) for table in list(COMPARISONS.values())[:i]) for i in range(len(COMPARISONS))]
    labels = [label for table in COMPARISONS.values() for _, label, _ in table]
    fixed = {i for i, label in enumerate(labels) if label in NOT_ASKED}
    weights, bias = list(flat), PRIOR
    rows = [
        ([start + at for start, at in zip(starts, found, strict=True)], p.same, p.weight)
        for p, found in zip(pairs, levels, strict=True)
    ]
    step, ln2 = 0.02, log(2)
    for _ in range(400):
        slope = [(expected - now) / SPREAD**2 for expected, now in zip(flat, weights, strict=True)]
        slope_of_bias = (PRIOR - bias) / SPREAD**2
        for at, same, weight in rows:
            odds = bias + sum(weights[i] for i in at)
            error = weight * ln2 * (same - 1 / (1 + 2**-odds))
            slope_of_bias += error
            for i in at:
                slope[i] += error
        bias += step * slope_of_bias
        weights = [w if i in fixed else w + step * s for i, (w, s) in enumerate(zip(weights, slope, strict=True))]
    split = [weights[start : start + len(table)] for start, table in zip(starts, COMPARISONS.values(), strict=True)]
    return bias, split


def _settings(pairs: list[Labelled], levels: list[list[int]]) -> dict[str, Any]:
    """The model in Splink's form: u as often as met in pairs that are not the same, m so that log2(m / u) is the fitted bits.

    Both are scaled alike, so that none is above 1; only their ratio is used.
    """
    bias, fitted = _fitted(pairs, levels)
    comparisons = []
    for place, (name, table) in enumerate(COMPARISONS.items()):
        shares = [
            SMOOTH + sum(p.weight for p, at in zip(pairs, levels, strict=True) if not p.same and at[place] == i)
            for i in range(len(table))
        ]
        known = [i for i, (_, label, _) in enumerate(table) if label not in NOT_ASKED]
        u = {i: shares[i] / sum(shares[j] for j in known) for i in known}
        m = {i: u[i] * 2 ** fitted[place][i] for i in known}
        scale = 0.99 / max(*m.values(), *u.values())
        made = []
        for i, (condition, label, _) in enumerate(table):
            level: dict[str, Any] = {"sql_condition": condition, "label_for_charts": label}
            if i in known:
                level |= {"m_probability": round(m[i] * scale, 7), "u_probability": round(u[i] * scale, 7)}
            else:
                level["is_null_level"] = True
            made.append(level)
        comparisons.append({"output_column_name": name, "comparison_levels": made})
    return {
        "link_type": "dedupe_only",
        "probability_two_random_records_match": round(1 / (1 + 2**-bias), 6),
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "unique_id_column_name": "unique_id",
        "sql_dialect": "duckdb",
        "blocking_rules_to_generate_predictions": [{"blocking_rule": "l.keys = r.keys", "arrays_to_explode": ["keys"]}],
        "comparisons": comparisons,
    }


NOT_ASKED = ("unknown", "not asked")
SMOOTH = 0.5
SPREAD = 1.0
PRIOR = -2.0
"""The odds, in bits, that two whom a key brings together are the same, before their names are looked at."""
_LEVEL = "name_level(spelling_l, place_l, spelling_r, place_r)"
_CARE = "('care_provider', 'hospital', 'hospital_group', 'clinic', 'laboratory', 'pharmacy', 'health_authority')"
COMPARISONS: dict[str, list[tuple[str, str, float]]] = {
    "name": [
        (f"{_LEVEL} < 4", "little in common", -7.0),
        (f"{_LEVEL} < 8", "one is a part of the other", -5.0),
        (f"{_LEVEL} // 4 = 8", "the same words but for their spelling", 5.0),
        (f"{_LEVEL} = 31", "one is made from the letters of the other, and says much", 6.0),
        (f"{_LEVEL} = 30", "one is made from the letters of the other, and says something", 4.5),
        (f"{_LEVEL} = 29", "one is made from the letters of the other, and says little", 1.5),
        (f"{_LEVEL} = 28", "one may be made from the letters of the other", -2.0),
        (f"{_LEVEL} // 4 = 6", "one adds words that say little", 3.5),
        (f"{_LEVEL} // 4 = 5", "they differ in words that say little", 0.0),
        (f"{_LEVEL} // 4 = 4", "one adds its place or patron", 1.5),
        (f"{_LEVEL} // 4 = 3", "one adds its owner", 2.5),
        (f"{_LEVEL} // 4 = 2", "each has words of its own", -2.0),
        ("ELSE", "the same words", 6.0),
    ],
    "rarity": [
        (f"{_LEVEL} // 4 = 7", "not asked", 0.0),
        (f"{_LEVEL} % 4 = 0", "only common words in common", -3.0),
        (f"{_LEVEL} % 4 = 3", "a very rare word in common", 2.0),
        (f"{_LEVEL} % 4 = 2", "a rare word in common", 0.0),
        ("ELSE", "an uncommon word in common", -1.0),
    ],
    "place": [
        (
            f"(country_l IS NULL OR country_r IS NULL) AND {_LEVEL} >= 24 AND {_LEVEL} % 4 = 0 AND {_LEVEL} <> 28",
            "unknown, and a common name",
            -2.0,
        ),
        ("country_l IS NULL OR country_r IS NULL", "unknown", 0.0),
        ("region_l = region_r", "the same region", 3.0),
        (
            f"country_l = country_r AND (region_l IS NULL OR region_r IS NULL) AND {_LEVEL} >= 24 AND {_LEVEL} % 4 < 2",
            "the same country, but no rare name",
            -0.5,
        ),
        ("country_l = country_r AND (region_l IS NULL OR region_r IS NULL)", "the same country", 0.5),
        (f"country_l = country_r AND {_LEVEL} >= 32 AND {_LEVEL} % 4 = 3", "two regions, but a very rare name", -1.0),
        (f"country_l = country_r AND {_LEVEL} >= 32 AND {_LEVEL} % 4 = 2", "two regions, but a rare name", -3.0),
        ("country_l = country_r", "two regions", -8.0),
        (f"{_LEVEL} >= 32 AND {_LEVEL} % 4 = 3", "two countries, but a very rare name", -2.0),
        ("ELSE", "two countries", -8.0),
    ],
    "kind": [
        ("kind_l IS NULL OR kind_r IS NULL", "unknown", 0.0),
        ("kind_l = kind_r", "the same kind", 0.5),
        (
            f"(kind_l = 'care_provider' AND kind_r IN {_CARE}) OR (kind_r = 'care_provider' AND kind_l IN {_CARE})",
            "one says no more than care",
            0.0,
        ),
        (f"kind_l IN {_CARE} AND kind_r IN {_CARE}", "kinds that agree", 0.0),
        ("ELSE", "two kinds", -2.0),
    ],
    "domain": [
        ("domain_l IS NULL OR domain_r IS NULL", "unknown", 0.0),
        ("domain_l = domain_r", "the same domain", 5.0),
        ("ELSE", "two domains", -1.5),
    ],
}  # fmt: skip
"""Each comparison's levels from the top: condition, label, and the bits that they are expected to add."""


if __name__ == "__main__":
    if not DATA.is_dir():
        sys.exit(f"The public data are not there: put them under {DATA} (docs/identity.md says what they are).")
    places()
    word_counts()
    known_names()
    model()
