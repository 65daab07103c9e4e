"""Every loader on damaged, mutated and foreign files: no traceback, each row kept or explained, nothing that cannot be kept."""

import csv
import io
import json
import os
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbreach import loaders
from outbreach.graph.errors import InputError
from outbreach.graph.projection.project import project
from outbreach.graph.records.load import Reading
from outbreach.graph.records.record import Record
from tests.snapshots import SAMPLES

ALL = sorted(
    (name, file)
    for name in loaders.names()
    for file in SAMPLES.glob(f"{name}*.*")
    if file.suffix in (".csv", ".json", ".txt", ".yaml", ".zip") and file.stem.removeprefix(name) in ("", "_fr")
)
ON_EACH = pytest.mark.parametrize(("name", "sample"), ALL, ids=[sample.name for _, sample in ALL])
ON_TABLES = pytest.mark.parametrize(
    ("name", "sample"), [pair for pair in ALL if pair[1].suffix == ".csv"], ids=lambda value: getattr(value, "name", "")
)
ON_JSON = pytest.mark.parametrize(
    ("name", "sample"),
    [pair for pair in ALL if pair[1].suffix == ".json"],
    ids=lambda value: getattr(value, "name", ""),
)
ODD_TEXTS = st.one_of(
    st.sampled_from(
        [
            "", " ", "\u00a0", "0", "-1", "9" * 40, "1e400", "NaN", "null", "\x00", "\ufffd", "\u202e\u2066", "é" * 300, "💥", "{name}",
            "%s", "=1+1", "https://x.example/\u00a0y", "http://a.onion/leak", "[", "['a', None]", "2024-02-30", "31/12/9999", "0000-00-00",
            "a;b;;c", "a\nb\r\nc", '"', "'; DROP", "CVE-0-0", "..", "🏥.example", "[[1, 2], {'a': 1}]", "(" * 300,
        ]
    ),
    st.text(max_size=30),
)  # fmt: skip
ODD_VALUES = st.one_of(
    ODD_TEXTS,
    st.sampled_from(["\ud800", "a\udfffb"]),
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**30, -(10**30), 2**63, 1e308, -0.0, 0.5]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.just([]),
    st.just({}),
    st.lists(st.none() | st.integers() | ODD_TEXTS, max_size=3),
    st.dictionaries(st.text(max_size=5), st.none() | st.integers() | ODD_TEXTS, max_size=3),
)
"""What no row should hold, and some that it may."""
FEW = settings(max_examples=int(os.environ.get("OUTBREACH_FUZZ", "40")))
"""Each property on so many files; `OUTBREACH_FUZZ=1000` looks longer."""


def read(name: str, content: bytes, sample: Path) -> Reading | None:
    """What the loader reads in such a file, with all its options; None where it refuses the file in one sentence."""
    chosen = loaders.loader(name)
    options: dict[str, Any] = {"everything": True} if "everything" in chosen.SOURCE.takes else {}
    if "mapping" in chosen.SOURCE.takes:
        options["mapping"] = loaders.mapping(Path("example_fr" if sample.stem.endswith("_fr") else "example_uk"))
    with TemporaryDirectory() as folder:
        file = Path(folder) / sample.name
        file.write_bytes(content)
        refusal = ""
        try:
            return chosen.read(file, None, **options)
        except InputError as error:
            refusal = str(error)
        assert str(file) in refusal, "the sentence names the file"
        assert "\n" not in refusal
        return None


def sound(reading: Reading | None) -> Reading | None:
    """The reading, each reject of it explained and each record fit to be kept and drawn."""
    if reading is None:
        return None
    for reject in reading.rejected:
        assert reject.where
        assert reject.why
        assert "\n" not in reject.why
        f"{reject.where}{reject.why}{reject.raw}".encode()
    for sentence in (*reading.unknown, *reading.remarks):
        sentence.encode()
    for record in reading.records:
        line = record.to_json()
        assert Record.from_json(line.encode().decode()) == record
        assert "\n" not in line
        numbers = (n for c in record.claims for n in (c.value, c.low, c.high) if isinstance(n, int))
        assert all(-(2**63) <= n < 2**63 for n in numbers), "a database holds numbers of 64 bits"
        assert ".onion" not in json.dumps([[m.url, m.archived_url] for m in record.mentions])
    assert len({record.key for record in reading.records}) == len(reading.records)
    return reading


@cache
def untouched(name: str, sample: Path) -> Reading:
    """What the sample as it is gives."""
    reading = read(name, sample.read_bytes(), sample)
    assert reading is not None
    return reading


def test_every_loader_has_its_sample() -> None:
    """The folder is the registry: a loader without a sample is not tested by chance."""
    assert {name for name, _ in ALL} == set(loaders.names())


@ON_EACH
def test_the_sample_is_sound(name: str, sample: Path) -> None:
    """The sample as it is gives records, each drawn without complaint."""
    reading = sound(untouched(name, sample))
    assert reading is not None
    assert reading.records
    assert project(reading.records).graph is not None


@ON_EACH
@FEW
@given(data=st.data())
def test_damaged_bytes(name: str, sample: Path, data: st.DataObject) -> None:
    """A file that is cut, glued, overwritten or saved in another encoding is read or refused."""
    raw = sample.read_bytes()
    at = data.draw(st.integers(0, len(raw)))
    length = data.draw(st.integers(0, 40))
    junk = data.draw(st.binary(max_size=length))
    changes: list[Callable[[], bytes]] = [
        lambda: raw[:at],
        lambda: raw[at:],
        lambda: raw[:at] + junk + raw[at + length :],
        lambda: raw + raw,
        lambda: raw[:at] + b"\x00" * length + raw[at:],
        lambda: raw.replace(b"\n", b"\r\n", length),
        lambda: raw.decode("utf-8", "replace").encode("utf-16"),
        lambda: raw.decode("utf-8", "replace").encode("cp1252", "replace"),
        lambda: b"\xef\xbb\xbf" + raw,
        lambda: junk,
    ]
    sound(read(name, data.draw(st.sampled_from(changes))(), sample))


@ON_EACH
def test_foreign_files(name: str, sample: Path) -> None:
    """Other sources' files, web pages, mere scalars and empty files are refused, or their rows rejected: no record comes."""
    pages = [b"", b" \n", b"<!DOCTYPE html><html><body>403</body></html>", b"null", b"[]", b"{}", b"17", b'"a"', b"[[1], null]",
             b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}", b"a,b\n1,2\n", b"PK\x03\x04", b"\xff\xfe"]  # fmt: skip
    others = [file.read_bytes() for other, file in ALL if other != name]
    for content in (*pages, *others):
        reading = sound(read(name, content, sample))
        if reading is not None and sample.suffix not in (".zip", ".txt"):  # any text may be an article
            assert not reading.records, content[:200]


@ON_TABLES
@FEW
@given(data=st.data())
def test_mutated_rows(name: str, sample: Path, data: st.DataObject) -> None:
    """A cell of a row changed to anything: the others are as before, and no row is lost without a word."""
    before = untouched(name, sample)
    text = sample.read_bytes().decode("cp1252" if sample.stem.endswith("_fr") else "utf-8-sig")
    delimiter = max(",;", key=text.partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    first = 0 if name == "nhs_ods" else 1
    row = data.draw(st.integers(first, len(rows) - 1))
    for _ in range(data.draw(st.integers(1, 3))):
        rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = data.draw(ODD_TEXTS)
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    reading = sound(read(name, stream.getvalue().encode("utf-8", "replace"), sample))
    assert reading is not None
    blank = not any(cell.strip() for cell in rows[row])
    assert reading.read == before.read - blank


@ON_JSON
@FEW
@given(data=st.data())
def test_mutated_objects(name: str, sample: Path, data: st.DataObject) -> None:
    """A value anywhere in a document changed to anything, or gone: it is read or refused, and says what it rejects."""
    document = json.loads(sample.read_text("utf-8-sig"))
    for _ in range(data.draw(st.integers(1, 3))):
        _mutate(document, data)
    sound(read(name, json.dumps(document).encode(), sample))


def _mutate(document: Any, data: st.DataObject) -> None:
    """Change one value, at a depth of chance."""
    place = document
    while True:
        keys: list[Any] = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        below = place[key]
        if isinstance(below, dict | list) and below and data.draw(st.integers(0, 5)):
            place = below
            continue
        if data.draw(st.integers(0, 3)):
            place[key] = deepcopy(data.draw(ODD_VALUES))
        else:
            del place[key]
        return
