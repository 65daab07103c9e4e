"""Review: a person decides pairs in a terminal or in a spreadsheet, stops and goes on, and takes a decision back."""

import csv
import io
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from outbreach.graph.errors import InputError, UsageError
from outbreach.graph.identity.incidents.identify import identify
from outbreach.graph.identity.resolve import Doubt
from outbreach.graph.identity.review import EXPORTED, LABELS, cases, exported, imported, texts, undecided
from outbreach.graph.projection.project import project
from outbreach.graph.records.load import LoaderSource, Reading
from outbreach.graph.records.record import Record
from outbreach.graph.records.workspace import VERDICT_COLUMNS, Verdict, Workspace
from outbreach.graph.store.bolt import open_graph
from outbreach.graph.store.find import find
from outbreach.graph.store.write import write_embedded
from tests.build import Row
from tests.test_incidents import report

PORTAL = LoaderSource(name="portal", version=1, title_en="p", title_fr="p", licence="l", files=("*.csv",))
ON = date(2026, 11, 27)


def pairs() -> list[Record]:
    """Reports that leave two pairs of incidents undecided: two of Alder's, two of Birch's."""
    rows = [
        report("a", "Alder Clinic", "2023-05-01", 4_817),
        report("b", "Alder Clinic", "2023-05-11", 4_544),
        report("c", "Birch Hospital", "2023-05-01", 91_277),
        report("d", "Birch Hospital", "2023-05-12", 88_013),
    ]
    return [row.record() for row in rows]


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace with these reports."""
    workspace = Workspace(tmp_path / "workspace")
    file = tmp_path / "portal-2023-06-01.csv"
    file.write_text("as read")
    workspace.load(PORTAL, file, "0" * 64, Reading(tuple(pairs())), None)
    return workspace


def judged(workspace: Workspace) -> list[tuple[str, str]]:
    """The verdicts that are kept: what, and why."""
    return [(v.verdict, v.why) for v in workspace.verdicts()]


class Terminal:
    """The command in a pseudo-terminal, as a person has it."""

    def __init__(self, *arguments: str) -> None:
        child, self.fd = pty.fork()
        if child == 0:
            os.environ["COLUMNS"] = "100"
            os.execv(sys.executable, [sys.executable, "-m", "outbreach", *arguments])
        self.child, self.seen = child, ""

    def until(self, words: str, seconds: float = 90) -> str:
        """What it has printed since the last time, up to these words; fails where they do not come."""
        end = time.monotonic() + seconds
        while words not in self.seen:
            assert time.monotonic() < end, f"“{words}” did not come: {self.seen[-2000:]}"
            ready, _, _ = select.select([self.fd], [], [], 0.2)
            if ready:
                try:
                    self.seen += os.read(self.fd, 65_536).decode()
                except OSError:
                    assert words in self.seen, self.seen[-2000:]
        before, _, self.seen = self.seen.partition(words)
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", before)

    def type(self, keys: str) -> None:
        """Type, a moment after it asked: it throws away what was typed before."""
        time.sleep(0.3)
        os.write(self.fd, keys.encode())

    def end(self) -> int:
        """Wait for it; its exit code."""
        while True:
            try:
                if not os.read(self.fd, 65_536):
                    break
            except OSError:
                break
        os.close(self.fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


def test_in_the_terminal(place: Workspace) -> None:
    """Best first, side by side; each key does what it says, each verdict is kept at once, and the next time goes on."""
    command = ("resolve", "review", "--of", "incidents", "--by", "me", "-w", str(place.folder))
    screen = Terminal(*command)
    shown = screen.until("[q]uit")
    assert "1 of 2" in shown
    assert "Birch Hospital" in shown
    assert "91,277" in shown
    assert "88,013" in shown
    screen.type("x")
    screen.type("s")
    screen.until("none)")
    screen.type("the same night\r")
    screen.until("2 of 2")
    screen.until("[q]uit")
    screen.type("q")
    screen.until("1 decided, 1 left")
    assert screen.end() == 0
    (verdict,) = place.verdicts()
    assert (verdict.verdict, verdict.by, verdict.why) == ("same", "me", "the same night")
    again = Terminal(*command)
    assert "Alder Clinic" in again.until("[q]uit")
    again.type("k")
    again.until("0 decided, 1 left")
    assert again.end() == 0
    last = Terminal(*command, "--lang", "fr")
    assert "probabilité" in last.until("[q]uitter")
    last.type("d")
    last.until("motif)")
    last.type("\r")
    last.until("tranchées")
    assert last.end() == 0
    assert judged(place) == [("same", "the same night"), ("different", "")]
    none = Terminal(*command)
    none.until("nothing to decide")
    assert none.end() == 0


def test_without_a_terminal(place: Workspace) -> None:
    """Where there is no terminal, one sentence says what to do instead."""
    ran = subprocess.run(
        [sys.executable, "-m", "outbreach", "resolve", "review", "-w", str(place.folder)],
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "--export FILE" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_by_spreadsheet(place: Workspace, tmp_path: Path) -> None:
    """Pairs are exported, decided, and read back, and nothing is asked twice."""
    file = tmp_path / "pairs.csv"
    command = [sys.executable, "-m", "outbreach", "resolve", "review", "-w", str(place.folder)]
    subprocess.run([*command, "--export", str(file)], check=True, capture_output=True)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert tuple(rows[0]) == EXPORTED
    assert [float(row["score"]) for row in rows] == sorted((float(row["score"]) for row in rows), reverse=True)
    for row, said in zip(rows, ("Same", "différent"), strict=True):
        row |= {"verdict": said, "why": "read both; sure"}
    file.write_bytes(_saved(rows, ";", "\r\n", "utf-8-sig"))
    ran = subprocess.run([*command, "--import", str(file), "--by", "Zoé"], check=True, capture_output=True, text=True)
    assert "2 verdicts read, 2 new" in ran.stdout
    assert judged(place) == [("same", "read both; sure"), ("different", "read both; sure")]
    assert {v.by for v in place.verdicts()} == {"Zoé"}
    again = subprocess.run([*command, "--import", str(file)], check=True, capture_output=True, text=True)
    assert "0 new or changed" in again.stdout
    verdicts = place.verdicts()
    assert not undecided(identify(list(place.read()), verdicts), verdicts)


def _saved(rows: Sequence[dict[str, str]], delimiter: str, end: str, encoding: str) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_however_a_spreadsheet_saves_it(tmp_path: Path, delimiter: str, encoding: str, end: str) -> None:
    """Commas, semicolons or tabs, a BOM or none, any line end: the verdicts are the same."""
    row = {
        "left": "incident.aaaaaaaaaa",
        "right": "incident.bbbbbbbbbb",
        "verdict": "même",
        "why": "vérifié à l’hôpital",
    }
    file = tmp_path / "pairs.csv"
    file.write_bytes(_saved([row, row | {"verdict": ""}], delimiter, end, encoding))
    ((verdict, _, _),) = imported(file, "me", ON)
    assert verdict == Verdict(row["left"], row["right"], "same", "me", "2026-11-27", row["why"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"verdict": "perhaps"}, "line 2, verdict: “perhaps”"),
        ({"left": "Alder"}, "line 2, left: “Alder”"),
        ({"right": "org.bbbbbbbbbb"}, "no pair of one kind"),
        ({"right": "incident.aaaaaaaaaa"}, "no pair of one kind"),
    ],
)
def test_what_an_import_does_not_understand(tmp_path: Path, change: dict[str, str], says: str) -> None:
    """A verdict or an id that is not understood is named with its line, and nothing is read."""
    row = {"left": "incident.aaaaaaaaaa", "right": "incident.bbbbbbbbbb", "verdict": "same"} | change
    file = tmp_path / "pairs.csv"
    file.write_bytes(_saved([row], ",", "\n", "utf-8"))
    with pytest.raises(InputError, match=re.escape(says)):
        imported(file, "me", ON)
    file.write_text("left,right\n")
    with pytest.raises(InputError, match="no column verdict"):
        imported(file, "me", ON)


def test_what_cannot_be_reviewed() -> None:
    """There are organisations, incidents and attackers to review, and nothing else."""
    with pytest.raises(UsageError, match="organisations, incidents or attackers"):
        undecided(identify([]), [], "clouds")


def test_a_changed_mind_replaces(place: Workspace) -> None:
    """A later verdict on a pair takes the place of the earlier, whichever way round it names the two."""
    first = Verdict("incident.aaaaaaaaaa", "incident.bbbbbbbbbb", "same", "me", "2026-11-26", "")
    second = Verdict(first.right, first.left, "different", "you", "2026-11-27", "seen again")
    assert place.judge([(first, "A", "B")]) == 1
    assert place.judge([(second, "B", "A")]) == 1
    assert place.verdicts() == [second]
    assert place.verdicts_file.read_text().splitlines()[0] == ",".join(VERDICT_COLUMNS)


def test_every_kind_of_doubt_can_be_shown() -> None:
    """Undecided organisations, incidents and attackers are all exported, each with what its sources say."""
    records = pairs()
    crews = [Row(key) for key in "xyz"]
    mentions = [row.thing("Attacker", name) for row, name in zip(crews, ("Alpha", "Beta", "Gamma"), strict=True)]
    for row, crew in zip(crews, mentions, strict=True):
        row.say(row.incident, "attributed_to", crew)
    bodies = [record.mentions[2].id for record in records[::2]]
    records += [row.record() for row in crews]
    more = (
        Doubt(mentions[0].id, mentions[1].id, "Attacker", 0.5, "Several bear it."),
        Doubt(bodies[0], bodies[1], "Organisation", 0.4, "Much alike."),
    )
    identity = identify(records)
    identity = replace(identity, doubts=(*identity.doubts, *more))
    rows = list(exported(cases(undecided(identity, []), records, identity)))
    assert {row[1] for row in rows} == {"incidents", "attackers", "organisations"}
    assert all("name:" in str(row[4]) for row in rows)
    assert all({"en", "fr"} == set(texts().labels[label]) for label in LABELS.values())
    assert set(texts().en.rows) == set(texts().fr.rows)


def test_unmerging_gives_the_first_graph_again(place: Workspace) -> None:
    """Merge, build, delete the verdict, build: the same bytes as before, and meanwhile the old ids answer."""
    a, b = (next(m.id for m in record.mentions if m.label == "Incident") for record in pairs()[:2])

    def built() -> bytes:
        write_embedded(place.graph, project(list(place.read()), place.verdicts()).graph)
        with open_graph(place.graph) as store:
            return "\n".join(store.read().lines()).encode()

    first = built()
    identity = project(list(place.read())).identity
    place.judge([(Verdict(a, b, "same", "me", "2026-11-27", "one night"), "A", "B")])
    merged = built()
    assert merged != first
    with open_graph(place.graph) as store:
        assert find(store, identity.node(a)).node.id == find(store, identity.node(b)).node.id
    place.verdicts_file.write_text(place.verdicts_file.read_text().splitlines()[0] + "\n")
    assert built() == first
