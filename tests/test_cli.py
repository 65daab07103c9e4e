"""The command line as a person uses it: every verb on the shipped cases, and every mistake in one sentence."""

import csv
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from outbreach import loaders
from outbreach.cli import main

SAMPLE = Path(__file__).parent / "samples" / "curated.yaml"


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line of an error; fails where there is another line or a traceback."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """The command, run in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("OUTBREACH_URI", "OUTBREACH_USER", "OUTBREACH_PASSWORD", "OUTBREACH_WORKSPACE", "OUTBREACH_LANG"):
        monkeypatch.delenv(name, raising=False)

    def runs(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["outbreach", *arguments])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return runs


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the shipped cases, loaded and built by the command."""
    folder = tmp_path_factory.mktemp("built") / "workspace"
    for verb in (["load", "curated"], ["build"]):
        done = _process([*verb, "--workspace", str(folder)])
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def shipped(built: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in the workspace with the shipped cases."""
    monkeypatch.setenv("OUTBREACH_WORKSPACE", str(built))
    return run


def _process(arguments: list[str], **more: object) -> "subprocess.CompletedProcess[str]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith("OUTBREACH_")}
    return subprocess.run(
        [sys.executable, "-m", "outbreach", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=120,
    )


def test_blast_radius_as_json(shipped: Run) -> None:
    """JSON is an array of objects keyed by column, at least those of QUESTIONS.md."""
    ran = shipped("query", "run", "blast-radius", "--param", "start=Segma Recherche", "--format", "json")
    rows = json.loads(ran.out)
    wanted = {"level", "id", "name", "label", "status", "basis", "via", "incident"}
    assert wanted <= rows[0].keys()
    assert ("CISSS de Laval", 1, "confirmed", "stated") in {
        (row["name"], row["level"], row["status"], row["basis"]) for row in rows
    }


def test_blast_radius_as_csv(shipped: Run) -> None:
    """CSV has the same rows and columns as JSON."""
    ask = ("query", "run", "blast-radius", "-p", "start=Dedalus France", "-f")
    rows = json.loads(shipped(*ask, "json").out)
    lines = list(csv.DictReader(io.StringIO(shipped(*ask, "csv").out)))
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    assert lines[0].keys() == rows[0].keys()


def test_table_in_french(shipped: Run) -> None:
    """A table's headings, numbers and notes are French where French is asked for."""
    ran = shipped("query", "run", "blast-radius", "-p", "start=Dedalus France", "--lang", "fr")
    assert "Niveau" in ran.out
    assert "Statut" in ran.out
    assert "28 laboratoires" in ran.out
    assert "aucune source chargée" in ran.err


def test_a_node_by_id_name_alias_and_close_name(shipped: Run) -> None:
    """A node is found by id, name, alias and a close name; a close one is said."""
    ask = ("query", "run", "blast-radius", "-f", "json", "-p")
    by_name = shipped(*ask, "start=Dedalus France")
    node = json.loads(
        shipped("cypher", "MATCH (o:Organisation {name: 'Dedalus France'}) RETURN o.id AS id", "-f", "json").out
    )
    assert shipped(*ask, f"start={node[0]['id']}").out == by_name.out
    assert shipped(*ask, "start=dedalus  FRANCE").out == by_name.out
    close = shipped(*ask, "start=Dedallus France")
    assert close.out == by_name.out
    assert "taken for Dedalus France" in close.err
    assert json.loads(shipped(*ask, "start=MOVEit").out) == json.loads(shipped(*ask, "start=MOVEit Transfer").out)


def test_unknown_name(shipped: Run) -> None:
    """A name that nothing has is one sentence, exit 2."""
    ran = shipped("query", "run", "blast-radius", "--param", "start=Zzyzx Qwfp")
    assert ran.code == 2
    assert "“Zzyzx Qwfp”" in ran.sentence


def test_several_candidates(run: Run, tmp_path: Path) -> None:
    """A name that several nodes have lists them and exits 2."""
    for place in ("CA-QC", "CA-ON"):
        text = SAMPLE.read_text(encoding="utf-8")
        (tmp_path / f"twin-{place}.yaml").write_text(_twin(place), encoding="utf-8")
        assert text
        assert run("load", "curated", str(tmp_path / f"twin-{place}.yaml")).code == 0
    assert run("build").code == 0
    ran = run("query", "run", "evidence", "-p", "start=Hôpital Général")
    assert ran.code == 2
    assert ran.sentence.count("(Organisation, org-hopital-general") == 2


def _twin(place: str) -> str:
    return f"""
title: {{en: Twin, fr: Jumeau}}
sources:
  letter: {{kind: press, lang: fr, publisher: Le Journal, published_on: 2024-05-01}}
cast:
  hospital: {{organisation: Hôpital Général, country: CA, region: {place}}}
facts:
  - affected: hospital
"""


def test_a_source_that_comes_later_renames_nothing(run: Run, tmp_path: Path) -> None:
    """Though the file that is loaded second is older, the node keeps the id that the first build gave it."""

    def build() -> list[str]:
        assert run("build").code == 0
        return [
            r["id"] for r in json.loads(run("cypher", "MATCH (o:Organisation) RETURN o.id AS id", "-f", "json").out)
        ]

    def load(name: str, day: str) -> None:
        (tmp_path / f"{name}.yaml").write_text(_twin("CA-QC"), encoding="utf-8")
        assert run("load", "curated", "--dated", day, str(tmp_path / f"{name}.yaml")).code == 0

    load("b", "2024-06-01")
    first = build()
    load("a", "2019-06-01")
    assert build() == first
    (tmp_path / "workspace" / "ids.csv").unlink()
    assert build() != first


def test_former_id(run: Run, tmp_path: Path) -> None:
    """An id that a merge ended still answers."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(_twin("CA-QC"), encoding="utf-8")
        run("load", "curated", str(tmp_path / f"{name}.yaml"))
    assert run("build").code == 0
    rows = json.loads(run("cypher", "MATCH (o:Organisation) RETURN o.id AS id, o.former_ids AS old", "-f", "json").out)
    assert len(rows) == 1
    ran = run("query", "run", "evidence", "-f", "json", "-p", f"start={rows[0]['old'][0]}")
    assert len(json.loads(ran.out)) == 2


def test_story_path_alone(shipped: Run, tmp_path: Path) -> None:
    """The story's path stands alone on a line, and the file is there."""
    ran = shipped("export", "story", "--start", "Segma Recherche", "-o", str(tmp_path / "segma.html"))
    assert ran.code == 0
    assert ran.out.strip() == str(tmp_path / "segma.html")
    assert (tmp_path / "segma.html").read_text(encoding="utf-8").startswith("<!")


def test_dump_is_the_same_at_every_run(shipped: Run, run: Run, tmp_path: Path) -> None:
    """Loading and building elsewhere gives the same dump, byte for byte; its lines are sorted JSON."""
    first = shipped("dump").out
    assert first == shipped("dump").out
    lines = first.splitlines()
    assert lines == sorted(lines)
    assert all(json.loads(line) for line in lines)
    elsewhere = ["--workspace", str(tmp_path / "other")]
    assert run("load", "curated", *elsewhere).code == 0
    assert run("build", *elsewhere).code == 0
    assert run("dump", *elsewhere).out == first


def test_known_on(run: Run) -> None:
    """A build as known on a day holds no claim stated later, and says how many it left out."""
    run("load", "curated")
    ran = run("build", "--known-on", "2024-03-01")
    assert ran.code == 0
    assert "later claims" in ran.err
    rows = json.loads(
        run("cypher", "MATCH (c:Claim) RETURN max(c.stated_on_last_day) AS day, count(c) AS n", "-f", "json").out
    )
    assert rows[0]["n"] > 0
    assert rows[0]["day"] <= 19783
    assert run("build", "--known-on", "March").code == 2


def test_load_twice(run: Run) -> None:
    """Loading the same files again changes nothing."""
    assert "files were new or changed" in run("load", "curated").out
    assert "0 files were new or changed" in run("load", "curated").out


def test_status_and_sources(shipped: Run) -> None:
    """Status counts what each load read, kept, folded and rejected; sources names what can be loaded."""
    rows = json.loads(shipped("status", "-f", "json").out)
    assert rows
    assert all(row["read"] == row["kept"] + row["folded"] + row["rejected"] for row in rows)
    assert "retractions" in shipped("status").out
    lines = shipped("sources").out.splitlines()
    assert [line.split()[0] for line in lines if line.strip() and not line.startswith(" ")] == loaders.names()


def test_retract(run: Run) -> None:
    """A retracted claim is gone from the records and from the next build, and its tombstone stays."""
    run("load", "curated", str(SAMPLE))
    run("build")
    claim = json.loads(run("cypher", "MATCH (c:Claim) RETURN c.id AS id ORDER BY id", "-f", "json").out)[0]["id"]
    assert run("retract", claim, "--why", "wrong", "--by", "the desk").code == 0
    run("build")
    assert json.loads(run("cypher", "MATCH (c:Claim {id: $id}) RETURN c", "-p", f"id={claim}", "-f", "json").out) == []
    assert all(claim not in file.read_text() for file in Path("workspace/records").rglob("*.jsonl"))
    assert claim in Path("workspace/retractions.csv").read_text()
    assert run("retract", "claim-nosuch", "--why", "x").code == 2


def test_why(shipped: Run, built: Path) -> None:
    """`resolve why` gives the reasons for a merge and for its absence."""
    rows = json.loads(
        shipped(
            "cypher",
            "MATCH (o:Organisation) WHERE o.former_ids IS NOT NULL RETURN o.id AS id, o.former_ids AS old",
            "-f",
            "json",
        ).out
    )
    ran = shipped("resolve", "why", rows[0]["id"], rows[0]["old"][0])
    assert "are one" in ran.out
    assert "are two" in shipped("resolve", "why", rows[0]["id"], rows[1]["id"]).out


def test_cypher_reads_only(shipped: Run) -> None:
    """A query that writes is refused in one sentence, and nothing changed."""
    ran = shipped("cypher", "CREATE (:Incident {id: 'incident-x'})")
    assert ran.code != 0
    assert ran.sentence
    assert json.loads(shipped("cypher", "MATCH (i:Incident {id: 'incident-x'}) RETURN i", "-f", "json").out) == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["load", "nosuch", "x.yaml"], 2, "no source “nosuch”"),
        (["load", "curated", "absent.yaml"], 1, "no such file"),
        (["load", "curated", "."], 1, "folder"),
        (["load", "curated", "empty.yaml"], 1, "empty"),
        (["load", "curated", "picture.png"], 1, "UTF-8"),
        (["load", "curated", "list.yaml"], 1, "list.yaml"),
        (["load", "curated", "broken.yaml"], 1, "line 2"),
        (["build"], 1, "no workspace"),
        (["build", "--workspace", "afile"], 1, "no workspace"),
        (["dump"], 1, "no workspace"),
        (["query", "run", "blast-radius", "-p", "start=x"], 1, "no workspace"),
        (["query", "run", "nosuch"], 2, "no question"),
        (["query", "run", "blast-radius"], 2, "needs start"),
        (["query", "run", "blast-radius", "-p", "start"], 2, "KEY=VALUE"),
        (["query", "run", "blast-radius", "-p", "start=x", "-p", "depth=far"], 2, "whole number"),
        (["query", "run", "blast-radius", "-p", "start=x", "-p", "depth=9"], 2, "from 1 to 5"),
        (["query", "run", "blast-radius", "-p", "begin=x"], 2, "no parameter begin"),
        (["dump", "--to", "http://127.0.0.1:1"], 1, "http"),
        (["dump", "--to", "bolt://127.0.0.1:1"], 1, "127.0.0.1:1"),
        (["load", "curated", "--workspace", "afile/inside"], 1, "afile/inside"),
    ],
)  # fmt: skip
def test_mistakes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: str
) -> None:
    """Every mistake is one sentence that names its cause; 2 where the call was wrong, else 1; nothing is written."""
    monkeypatch.setenv("OUTBREACH_USER", "neo4j")
    monkeypatch.setenv("OUTBREACH_PASSWORD", "not-the-password")
    (tmp_path / "empty.yaml").write_text("")
    (tmp_path / "afile").write_text("")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff\xfe")
    (tmp_path / "list.yaml").write_text("- 1\n- 2\n")
    (tmp_path / "broken.yaml").write_text("title: x\nfacts: [\n")
    if "afile/inside" in arguments:
        arguments = ["load", "curated", str(SAMPLE), *arguments[2:]]
    ran = run(*arguments)
    assert ran.code == code, ran
    assert words in ran.sentence
    assert not (tmp_path / "workspace").exists()


def test_rest_of_a_load_goes_on(run: Run, tmp_path: Path) -> None:
    """A file that cannot be read is said, and the others are loaded; the exit code tells."""
    (tmp_path / "bad.yaml").write_text("title: {en: x, fr: x}\n")
    ran = run("load", "curated", str(tmp_path / "bad.yaml"), str(SAMPLE))
    assert ran.code == 1
    assert "bad.yaml line 1" in ran.sentence
    assert "1 records of 1 files" in ran.out


def test_no_graph_yet(run: Run) -> None:
    """A question before the first build says what to run."""
    run("load", "curated", str(SAMPLE))
    ran = run("query", "run", "evidence", "-p", "start=x")
    assert ran.code == 1
    assert "outbreach build" in ran.sentence


def test_damaged_record_line(run: Run) -> None:
    """A damaged line of the records is said with file and line, and the old graph stays."""
    run("load", "curated", str(SAMPLE))
    run("build")
    before = run("dump").out
    file = next(Path("workspace/records").rglob("*.jsonl"))
    file.write_text(file.read_text()[:-20])
    ran = run("build")
    assert ran.code == 1
    assert f"{file} line 1" in ran.sentence
    assert run("dump").out == before


def test_damaged_graph_folder(run: Run) -> None:
    """A damaged graph folder is one sentence that says to build again; building again mends it."""
    run("load", "curated", str(SAMPLE))
    run("build")
    before = run("dump").out
    for file in Path("workspace/graph").rglob("*"):
        if file.is_file():
            file.write_bytes(b"garbage")
    ran = run("dump")
    assert ran.code == 1
    assert "outbreach build" in ran.sentence
    assert run("build").code == 0
    assert run("dump").out == before


def test_killed_build(built: Path, tmp_path: Path) -> None:
    """A build that is killed half-way leaves the old graph readable, and the next build succeeds."""
    folder = tmp_path / "workspace"
    shutil.copytree(built, folder)
    before = _process(["dump", "-w", str(folder)]).stdout
    child = subprocess.Popen([sys.executable, "-m", "outbreach", "build", "-w", str(folder)], stdout=subprocess.DEVNULL)
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(1.0)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert _process(["dump", "-w", str(folder)]).stdout == before
    assert _process(["build", "-w", str(folder)]).returncode == 0
    assert _process(["dump", "-w", str(folder)]).stdout == before


def test_every_help_has_an_example(run: Run) -> None:
    """Every command's help shows an example."""
    assert run("--help").code == 0
    for verb in (
        ["load"], ["build"], ["dump"], ["query", "list"], ["query", "show"], ["query", "run"], ["cypher"], ["serve"],
        ["export", "story"], ["resolve", "why"], ["sources"], ["status"], ["retract"],
    ):  # fmt: skip
        assert "Example: outbreach" in run(*verb, "--help").out, verb


def test_second_terminal_joins(built: Path) -> None:
    """While one process holds the graph, another asks it; nothing listens beyond loopback."""
    server = subprocess.Popen(
        [sys.executable, "-m", "outbreach", "serve", "-w", str(built)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert "bolt://127.0.0.1:" in line
        port = int(line.split("bolt://127.0.0.1:")[1].split()[0])
        done = _process(["query", "run", "blast-radius", "-w", str(built), "-p", "start=Segma Recherche", "-f", "json"])
        assert json.loads(done.stdout)
        with socket.socket() as outside:
            assert outside.connect_ex((socket.gethostbyname(socket.gethostname()), port)) != 0 or _loopback_name()
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)
    assert not (built / "graph" / "endpoint.json").exists()


def _loopback_name() -> bool:
    return socket.gethostbyname(socket.gethostname()).startswith("127.")
