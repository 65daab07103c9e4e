"""The workspace: what a load keeps, replaces, rejects and forgets, and what happens where it cannot be written."""

import errno
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from outbreach.graph.errors import UsageError, WorkspaceError
from outbreach.graph.projection.project import project
from outbreach.graph.records.load import LoaderSource, Reading, Reject
from outbreach.graph.records.record import Record
from outbreach.graph.records.workspace import Manifest, Workspace
from tests.build import Row

PORTAL = LoaderSource(name="portal", version=1, title_en="p", title_fr="p", licence="l", files=("*.csv",))
CURATED = replace(PORTAL, name="curated", edited=True, files=("*.yaml",))
ON = date(2024, 1, 1)


def row(key: str, name: str = "Clinic", people: int = 5, stated_on: str | None = "2023-05-01") -> Record:
    """A record of one breach: a body hit, a number, and what alone speaks of a vendor and of a relayed source."""
    made = Row(key, "portal")
    body, vendor = made.org(name), made.org("Vendor", "vendor")
    agency = made.thing("Source", "wire", publisher="AFP")
    copy = made.thing("Source", "copy", publisher="Paper", relay_of=agency.id)
    made.say(made.incident, "affected", body, stated_on=stated_on)
    made.people(people, stated_on=stated_on)
    made.say(vendor, "supplies", body, source=copy, stated_on=stated_on)
    return replace(made.record(), text=f"Vendor supplies {name}.")


def load(
    place: Workspace, file: str, *records: Record, source: LoaderSource = PORTAL, **more: Any
) -> tuple[Manifest, bool]:
    """Load these records as if `file` had said them."""
    text = "".join(record.to_json() for record in records) + str(more.get("salt", ""))
    reading = Reading(records, more.get("rejected", ()), more.get("folded", 0))
    return place.load(source, Path(file), sha256(text.encode()).hexdigest(), reading, more.get("dated"))


def state(place: Workspace) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and the time it was written."""
    files = [path for path in place.folder.rglob("*") if path.is_file()]
    return {str(f.relative_to(place.folder)): (f.read_bytes(), f.stat().st_mtime_ns) for f in files}


def dump(place: Workspace) -> list[str]:
    """The graph that the workspace gives."""
    return list(project(list(place.read()), place.verdicts()).graph.lines())


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace of its own."""
    return Workspace(tmp_path / "workspace")


def test_same_load_changes_nothing(place: Workspace) -> None:
    """The same file read by the same version leaves every byte and every time of writing as they were."""
    first = load(place, "export.csv", row("1"), row("2"))
    before = state(place)
    assert load(place, "export.csv", row("1"), row("2")) == (first[0], False)
    assert state(place) == before
    assert first[1]
    assert len(list(place.read())) == 2


def test_edited_file_replaces(place: Workspace) -> None:
    """An edited curated file takes the place of the one of its name; a portal's next export stands beside the last."""
    load(place, "a.yaml", row("a"), source=CURATED)
    load(place, "b.yaml", row("b"), source=CURATED)
    load(place, "a.yaml", row("a", "Other"), source=CURATED)
    assert [r.mentions[2].name for r in place.read() if r.key == "a"] == ["Other"]
    assert len(state(place)) == 4
    load(place, "export.csv", row("1"))
    load(place, "export.csv", row("1", people=9))
    assert len(list(place.read())) == 4


def test_same_text_in_two_curated_files_is_two_loads(place: Workspace) -> None:
    """Two curated files of two names are two loads, also where one was copied from the other."""
    for _ in range(2):
        load(place, "a.yaml", row("a"), source=CURATED)
        load(place, "b.yaml", row("a"), source=CURATED)
    assert [m.file for _, m in place.manifests()] == ["a.yaml", "b.yaml"]


def test_newer_loader_replaces(place: Workspace) -> None:
    """A newer version of the loader reads the same file anew and leaves one load of it."""
    load(place, "export.csv", row("1"), salt="x")
    newer, changed = place.load(
        replace(PORTAL, version=2),
        Path("export.csv"),
        place.manifests()[0][1].sha256,
        Reading((row("1", people=7),)),
        None,
    )
    assert changed
    assert [m for _, m in place.manifests()] == [newer]
    assert [c.value for r in place.read() for c in r.claims if c.predicate == "people"] == [7]


def test_manifest_adds_up(place: Workspace) -> None:
    """Every row that was read is kept, folded or rejected, and what was rejected is kept with its reason."""
    bad = Reject("line 7", "no date", "Clinic;;5")
    manifest, _ = load(place, "export.csv", row("1"), row("2"), rejected=(bad,), folded=3)
    written = json.loads(next(place.folder.rglob("*.manifest.json")).read_text("utf-8"))
    assert written["read"] == written["kept"] + written["folded"] + written["rejected"] == 6
    assert (written["kept"], written["folded"], written["rejected"]) == (2, 3, 1)
    assert written["reasons"] == [{"where": "line 7", "why": "no date", "raw": "Clinic;;5"}]
    assert place.manifests()[0][1] == manifest


@pytest.mark.parametrize(
    ("file", "dated", "day", "inferred"),
    [
        ("export.csv", "2024-02", "2024-02", False),
        ("export-2024-03-05.csv", "2024-02", "2024-02", False),
        ("export-2024-03-05.csv", None, "2024-03-05", False),
        ("export_2024_03.csv", None, "2024-03", False),
        ("export-2024-02-31.csv", None, "2023-05-01", True),
        ("export-12024-03-05.csv", None, "2023-05-01", True),
        ("export.csv", None, "2023-05-01", True),
    ],
)
def test_dated(place: Workspace, file: str, dated: str | None, day: str, inferred: bool) -> None:
    """A load is dated by the option, else its name, else its newest row, which is marked as inferred."""
    manifest, _ = load(place, file, row("1", stated_on="2022-12-31"), row("2"), dated=dated)
    assert (manifest.dated, manifest.dated_inferred) == (day, inferred)


def test_undated(place: Workspace) -> None:
    """A load without any date has none, and a date that is none is the caller's mistake."""
    assert load(place, "export.csv", row("1", stated_on=None))[0].dated is None
    with pytest.raises(UsageError, match="--dated: “soon” is no date"):
        load(place, "other.csv", row("2"), dated="soon")


def test_order_of_loading_does_not_matter(tmp_path: Path) -> None:
    """The same files loaded in any order give the same graph, down to the ids."""
    files = [("b-2023-05.csv", row("1")), ("a-2023-06.csv", row("1", people=9)), ("c.csv", row("2", stated_on=None))]
    graphs = []
    for number, order in enumerate(permutations(files)):
        place = Workspace(tmp_path / str(number))
        for file, record in order:
            load(place, file, record)
        graphs.append(dump(place))
    assert all(graph == graphs[0] for graph in graphs)


def test_load_order_is_by_date(place: Workspace) -> None:
    """The load that speaks for the earlier day goes first, whenever it was made and whatever its file is called."""
    load(place, "a-2023-12.csv", row("late", "Oakmoor Clinic"))
    load(place, "z-2023-06.csv", row("early", "OAKMOOR CLINIC"))
    assert [r.key for r in place.read()] == ["early", "late"]
    graph = project(list(place.read())).graph
    (clinic,) = [n for n in graph.nodes.values() if "OAKMOOR CLINIC" in str(n.properties.get("name"))]
    assert clinic.properties["aliases"] == ["Oakmoor Clinic"]


def test_retracted_claim(place: Workspace) -> None:
    """A retracted claim goes from the files with all that only it spoke of, leaves a tombstone, and stays out."""
    load(place, "export.csv", row("1"), row("2"))
    (claim,) = [c for c in row("1").claims if c.predicate == "supplies"]
    assert place.retract(claim.id, "wrong, says the clinic", "an editor", ON) == 1
    kept = {r.key: r for r in place.read()}
    assert {m.name for m in kept["1"].mentions} == {"Clinic", "source of 1", None}
    assert kept["1"].text is None
    assert kept["2"] == row("2")
    files = "".join(f.read_text("utf-8") for f in place.records.rglob("*.jsonl"))
    for gone in (claim.id, *(m.id for m in row("1").mentions if m.name in ("Vendor", "copy", "wire"))):
        assert gone not in files
    tombstone = "id,why,by,on\n" + f'{claim.id},"wrong, says the clinic",an editor,2024-01-01\n'
    assert place.retractions_file.read_text("utf-8") == tombstone
    after = dump(place)
    load(place, "export.csv", row("1"), row("2"), salt="next export")
    assert claim.id not in "".join(dump(place))
    assert "Vendor supplies" not in "".join(r.text or "" for r in place.read() if r.key == "1")
    assert dump(place) == after


def test_what_another_claim_rests_on_stays(place: Workspace) -> None:
    """A source that a remaining source relays, and a body that a remaining figure names as its scope, stay."""
    made = Row("1", "portal")
    agency, body = made.thing("Source", "wire", publisher="AFP"), made.org("Clinic")
    copy = made.thing("Source", "copy", publisher="Paper", relay_of=agency.id)
    made.people(5, source=copy, within=body.id)
    wrong = [made.say(made.incident, "affected", body, source=agency), made.people(9, disjoint_with=(body.id,))]
    load(place, "export.csv", made.record())
    for claim in wrong:
        place.retract(claim.id, "wrong", "me", ON)
    assert {m.id for r in place.read() for m in r.mentions} == {m.id for m in made.mentions if m is not made.source}


def test_retracted_record(place: Workspace) -> None:
    """A retracted record goes from every load that has it, and the next export is without it."""
    load(place, "a.csv", row("1"), row("2"))
    load(place, "b.csv", row("1", people=9))
    assert place.retract("portal/1", "not a breach", "me", ON) == 2
    load(place, "c.csv", row("1", people=11), row("3"))
    assert {r.id for r in place.read()} == {"portal/2", "portal/3"}


def test_tombstone_of_a_colleague(place: Workspace) -> None:
    """A tombstone that came by git, or before a crash, holds though the records still have the text."""
    load(place, "a.csv", row("1"), row("2"))
    place.retractions_file.write_text("id,why,by,on\nportal/1,wrong,she,2024-01-01\n", "utf-8")
    assert {r.id for r in place.read()} == {"portal/2"}


@pytest.mark.parametrize("id", ["portal/9", "claim-aaaaaaaaaa", "", "portal/"])
def test_retracting_the_unknown(place: Workspace, id: str) -> None:
    """What no record has cannot be retracted, and trying changes nothing."""
    load(place, "a.csv", row("1"))
    before = state(place)
    with pytest.raises(UsageError, match="no record or claim"):
        place.retract(id, "why", "me", ON)
    assert state(place) == before


def _second_line(text: str) -> str:
    first, second, *rest = text.splitlines(keepends=True)
    return "".join([first, second[: len(second) // 2] + "\n", *rest])


DAMAGE: dict[str, tuple[str, Callable[[str], str] | None, str]] = {
    "record line cut short": ("*.jsonl", _second_line, "jsonl line 2 is damaged"),
    "record line changed": ("*.jsonl", lambda t: t.replace('"exact"', '"about"', 1), "jsonl line 1 is damaged"),
    "records missing": ("*.jsonl", None, "is missing though its manifest is there"),
    "manifest cut short": ("*.manifest.json", lambda t: t[:30], "manifest.json is damaged"),
    "manifest of another form": ("*.manifest.json", lambda _: "[]", "manifest.json is damaged"),
    "manifest empty": ("*.manifest.json", lambda _: "", "manifest.json is damaged"),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_damage(place: Workspace, case: str) -> None:
    """Damage is said in one sentence with its file and line, and what that sentence advises mends it."""
    load(place, "a.csv", row("1"), row("2"))
    before = dump(place)
    pattern, hurt, words = DAMAGE[case]
    (file,) = place.records.rglob(pattern)
    if hurt is None:
        file.unlink()
    else:
        file.write_text(hurt(file.read_text("utf-8")), "utf-8")
    with pytest.raises(WorkspaceError) as caught:
        list(place.read())
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    file.unlink(missing_ok=True)
    assert load(place, "a.csv", row("1"), row("2"))[1]
    assert dump(place) == before


def test_not_utf8(place: Workspace) -> None:
    """A record file that is no text is said to be unreadable, with its name."""
    load(place, "a.csv", row("1"))
    (file,) = place.records.rglob("*.jsonl")
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WorkspaceError, match=r"jsonl cannot be read .*load a\.csv again"):
        list(place.read())


def test_verdicts_as_a_spreadsheet_writes_them(place: Workspace) -> None:
    """A byte-order mark, CRLF, blanks, capitals, quotes, empty and additional cells do not matter in verdicts.csv."""
    place.folder.mkdir()
    assert place.verdicts() == []
    text = (
        "\ufeffleft, right ,left_name,right_name,verdict,by,on,why,my own column\r\n"
        ' org.a , org.b ,A,B, Same ,"Doe, J.",2024-01-01,"they\r\nare",x\r\n'
        ",,,,,,,,\r\n\r\n"
        "org.a,org.c,A,C,unsure\r\n"
    )
    place.verdicts_file.write_bytes(text.encode())
    said = [(v.left, v.right, v.verdict, v.by, v.why) for v in place.verdicts()]
    assert said == [("org.a", "org.b", "same", "Doe, J.", "they\nare"), ("org.a", "org.c", "unsure", "", "")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("left,right\na,b\n", "has no column left_name, right_name, verdict, by, on, why"),
        ("left|right|left_name|right_name|verdict|by|on|why\n", "its first line is left,right,"),
        ("left,right,left_name,right_name,verdict,by,on,why\na,b,,,maybe,,,\n", "line 2, verdict: “maybe” is none of"),
        (f"left,right,left_name,right_name,verdict,by,on,why\n{'x' * 140_000},b\n", "line 2 is no CSV"),
        ("", "has no column"),
    ],
)
def test_damaged_verdicts(place: Workspace, text: str, words: str) -> None:
    """A verdicts.csv that cannot be followed is said to be so in one sentence, with its line."""
    place.folder.mkdir()
    place.verdicts_file.write_text(text, "utf-8")
    with pytest.raises(WorkspaceError) as caught:
        place.verdicts()
    assert words in str(caught.value)
    assert "verdicts.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_workspace(place: Workspace) -> None:
    """Where nothing was loaded there is no workspace, and the sentence says what to do."""
    with pytest.raises(WorkspaceError, match="outbreach load curated"):
        place.require()
    load(place, "a.csv", row("1"))
    assert place.require() is place


def test_unwritable(tmp_path: Path) -> None:
    """A workspace that cannot be written is said to be so in one sentence."""
    (tmp_path / "file").write_text("I am no folder", "utf-8")
    with pytest.raises(WorkspaceError, match="cannot be written: Not a directory; nothing was changed"):
        load(Workspace(tmp_path / "file" / "workspace"), "a.csv", row("1"))


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_forbidden(place: Workspace) -> None:
    """A folder that one may not write to is said to be so, and stays as it was."""
    load(place, "a.csv", row("1"))
    before = state(place)
    folder = place.records / PORTAL.name
    folder.chmod(0o500)
    try:
        with pytest.raises(WorkspaceError, match="Permission denied; nothing was changed"):
            load(place, "b.csv", row("2"))
    finally:
        folder.chmod(0o700)
    assert state(place) == before


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_disk_full_at_the_flush(place: Workspace, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Where the disk is full when the file is flushed, the old file is as it was and no other is left."""
    load(place, "a.yaml", row("1"), source=CURATED)
    before = state(place)

    def full(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    for change in (
        lambda: load(place, "a.yaml", row("1", people=6), source=CURATED),
        lambda: place.retract("portal/1", "why", "me", ON),
    ):
        with pytest.raises(WorkspaceError, match=f"{os.strerror(code)}; nothing was changed"):
            change()
        assert state(place) == before


def test_disk_full_while_writing(tmp_path: Path) -> None:
    """Where no more bytes fit, here by a real limit on the size of files, the old file is whole and alone."""
    file = tmp_path / "kept.txt"
    file.write_text("old", "utf-8")
    code = (
        "import sys; from pathlib import Path; from outbreach.graph.atomic import write_atomically\n"
        "try: write_atomically(Path(sys.argv[1]), 'new' * 100_000)\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    limit = (5_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, str(file)], capture_output=True, text=True, check=True, timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )  # fmt: skip
    assert done.stdout == f"WorkspaceError {file} cannot be written: File too large; nothing was changed\n"
    assert [f.name for f in tmp_path.iterdir()] == ["kept.txt"]
    assert file.read_text("utf-8") == "old"


def test_text_that_is_no_text(place: Workspace) -> None:
    """Half a character cannot be written, and nothing is."""
    load(place, "a.csv", row("1"))
    before = state(place)
    made = Row("2", "portal")
    made.say(made.incident, "note", text_en="\ud800")
    with pytest.raises(WorkspaceError, match="nothing was changed"):
        place.load(PORTAL, Path("b.csv"), "0" * 64, Reading((made.record(),)), None)
    assert state(place) == before
