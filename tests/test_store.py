"""The store: one suite over every engine, and what only the embedded folder or only a server promises."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outbreach.graph.errors import OutbreachError, StoreError, UsageError
from outbreach.graph.projection.elements import Edge, Graph, Node, Property
from outbreach.graph.schema import LABELS
from outbreach.graph.store import embedded
from outbreach.graph.store.bolt import open_graph
from outbreach.graph.store.columns import columns_of
from outbreach.graph.store.write import write_embedded, write_server
from tests.engines import Engine, Remote, started
from tests.neo4j_server import PASSWORD

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=20)
VALUE = st.one_of(
    TEXT,
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.lists(TEXT, min_size=1, max_size=3),
)
LONG = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a * b AS c WHERE c < 0 RETURN count(c)"
KEYS = ["name", "from", "to", "people_low", "amount", "hedged", "aliases"]
KINDS = [
    ("Organisation",),
    ("Organisation", "Vendor"),
    ("Authority", "Organisation", "Vendor"),
    ("Incident",),
    ("Claim",),
]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any graph that the schema's labels allow, with properties of every type that both engines keep."""
    graph = Graph()
    ids = draw(st.lists(st.integers(0, 12), unique=True, min_size=1, max_size=8))
    for number in ids:
        properties: dict[str, Property] = draw(st.dictionaries(st.sampled_from(KEYS), VALUE, max_size=4))
        graph.add(Node(f"n{number}", draw(st.sampled_from(KINDS)), {**properties, "id": f"n{number}"}))
    for start, end in draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=8)):
        kind = draw(st.sampled_from(["SUPPLIES", "AFFECTED", "ABOUT"]))
        graph.add(Edge(kind, f"n{start}", f"n{end}", draw(st.dictionaries(st.sampled_from(KEYS), VALUE, max_size=2))))
    return graph


def lines(graph: Graph) -> list[str]:
    """Its dump."""
    return list(graph.lines())


def small(*names: str) -> Graph:
    """A few organisations, each supplying the next."""
    graph = Graph()
    for name in names:
        graph.add(Node(f"org-{name}", ("Organisation",), {"id": f"org-{name}", "name": name}))
    for left, right in pairwise(names):
        graph.add(Edge("SUPPLIES", f"org-{left}", f"org-{right}", {"service": ["x"], "from": "2020"}))
    return graph


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(graph=graphs())
def test_what_is_written_is_read(engine: Engine, graph: Graph) -> None:
    """Whatever stood there before, the dump after a write is the graph’s, byte for byte, on every engine."""
    engine.write(graph)
    with engine.open() as store:
        assert lines(store.read()) == lines(graph)


def test_labels_change(engine: Engine) -> None:
    """A node that becomes a vendor keeps its edges and its id."""
    engine.write(small("a", "b", "c"))
    after = small("a", "b", "c")
    after.add(Node("org-b", ("Organisation", "Vendor"), {"id": "org-b", "name": "B"}))
    engine.write(after)
    with engine.open() as store:
        assert lines(store.read()) == lines(after)


def test_nothing_is_made_of_nothing(engine: Engine) -> None:
    """An empty graph is a graph."""
    engine.write(Graph())
    with engine.open() as store:
        assert store.run("MATCH (n) WHERE NOT n:Build RETURN n").rows == []


@pytest.mark.parametrize(
    "query", ["CREATE (:Organisation {id: 'x'})", "MATCH (n) SET n.name = 'x'", "MATCH (n) DETACH DELETE n"]
)  # fmt: skip
def test_a_query_only_reads(engine: Engine, query: str) -> None:
    """A query that writes is refused on every engine, in one sentence, and leaves the graph as it was."""
    graph = small("a", "b")
    engine.write(graph)
    with engine.open() as store:
        with pytest.raises(OutbreachError) as refused:
            store.run(query)
        assert "\n" not in str(refused.value)
        assert lines(store.read()) == lines(graph)


@pytest.mark.parametrize("value", [1, 1.0, True, 0.0, -0.0, ["1"], "1"], ids=repr)
def test_equal_is_not_the_same(engine: Engine, value: Property) -> None:
    """Where only the type of a value changes, it is written too: the dump tells 1 from 1.0 and true."""
    for first in (1, value):
        graph = small("a", "b")
        graph.nodes["org-a"].properties["amount"] = first
        graph.edges["SUPPLIES", "org-a", "org-b"].properties["amount"] = first
        engine.write(graph)
        with engine.open() as store:
            assert lines(store.read()) == lines(graph)


def test_columns_without_rows(engine: Engine) -> None:
    """An answer without rows still names its columns, in order."""
    engine.write(small("a"))
    with engine.open() as store:
        answer = store.run(
            "MATCH (n:Organisation {id: 'none'}) RETURN n.id AS id, n.name, count { (n)--() } AS `how many`"
        )
    assert (answer.columns, answer.rows) == (("id", "n.name", "how many"), [])


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("MATCH (n) RETURN DISTINCT n.id AS id, n.`from` ORDER BY id SKIP 1 LIMIT 3", ("id", "n.`from`")),
        ("CALL (v) { RETURN 1 AS one } RETURN {return: 2, as: 3}.as AS x, [1, 2] as y;", ("x", "y")),
        ("RETURN 'a, b AS c // d' AS text /* , z */, $limit AS most // , w", ("text", "most")),
        ("RETURN 1 AS a UNION RETURN 2 AS a", ("a",)),
        ("MATCH (n) RETURN *", ()),
        ("CALL db.labels()", ()),
    ],
)
def test_columns_are_read_from_the_query(query: str, columns: tuple[str, ...]) -> None:
    """Strings, comments, brackets and sub-queries do not mislead."""
    assert columns_of(query) == columns


def test_a_long_query_is_stopped(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query that takes too long is stopped, and says so in one sentence."""
    monkeypatch.setattr("outbreach.graph.store.embedded.STATEMENT_SECONDS", 1)
    monkeypatch.setattr("outbreach.graph.store.bolt.STATEMENT_SECONDS", 1)
    engine.write(small("a"))
    began = time.monotonic()
    with engine.open() as store, pytest.raises(StoreError, match="took too long"):
        store.run(LONG)
    assert time.monotonic() - began < 15


def test_bad_cypher(engine: Engine) -> None:
    """Cypher that is not understood is a usage error with the engine’s own words."""
    engine.write(small("a"))
    with engine.open() as store, pytest.raises(UsageError, match="not understood"):
        store.run("MATCH (n RETURN n")


def test_plain_values(engine: Engine) -> None:
    """Nodes, relationships, paths and dates come as plain dicts, lists and texts."""
    engine.write(small("a", "b"))
    with engine.open() as store:
        rows = store.run("MATCH p = (a {id: 'org-a'})-[r]->(b) RETURN a, r, p, date('2024-02-29') AS d").dicts()
    node = {"id": "org-a", "name": "a", "labels": ["Organisation"]}
    edge = {"type": "SUPPLIES", "service": ["x"], "from": "2020"}
    assert rows == [{"a": node, "r": edge, "p": [node, edge, {**node, "id": "org-b", "name": "b"}], "d": "2024-02-29"}]


def test_an_edge_without_an_end(engine: Engine) -> None:
    """An edge whose end is missing is refused, and what stood there stays."""
    before = small("a", "b")
    engine.write(before)
    broken = small("a", "b")
    broken.nodes["org-c"] = Node("org-c", ("Organisation",), {"id": "org-elsewhere"})
    broken.add(Edge("SUPPLIES", "org-a", "org-c", {}))
    with pytest.raises(StoreError):
        engine.write(broken)
    with engine.open() as store:
        assert lines(store.read()) == lines(before)


# Servers


@pytest.fixture(scope="module")
def server() -> Iterator[Remote]:
    """A Neo4j of its own, since these tests leave it in bad order."""
    engine = started("neo4j-5.26")
    assert isinstance(engine, Remote)
    yield engine
    engine.server.stop()


@pytest.fixture
def clean(server: Remote, monkeypatch: pytest.MonkeyPatch) -> Remote:
    """The server, empty, and the login in the environment."""
    server.server.clear()
    monkeypatch.setenv("OUTBREACH_USER", "neo4j")
    monkeypatch.setenv("OUTBREACH_PASSWORD", PASSWORD)
    return server


@pytest.mark.parametrize(
    "foreign",
    ["CREATE (:Person {id: 'x'})", "CREATE (:Organisation {id: 'org-x'})", "CREATE (:Organisation)", "CREATE (:Build {id: 'other'})"],
)  # fmt: skip
def test_a_foreign_database_is_refused(clean: Remote, foreign: str) -> None:
    """A database that holds nodes which Outbreach did not write is refused before anything is written."""
    clean.server.run(foreign)
    before = clean.server.run("MATCH (n) RETURN labels(n) AS l, properties(n) AS p")
    with pytest.raises(StoreError, match="did not write"):
        clean.write(small("a", "b"))
    assert clean.server.run("MATCH (n) RETURN labels(n) AS l, properties(n) AS p") == before


def test_a_stranger_among_ours_is_refused(clean: Remote) -> None:
    """Also where the stranger has our labels and came after a build of ours."""
    clean.write(small("a", "b"))
    clean.server.run("CREATE (:Organisation {id: 'org-z'})")
    with pytest.raises(StoreError, match="did not write"):
        clean.write(small("a"))


def test_only_the_difference_is_written(clean: Remote) -> None:
    """Writing the same graph again changes nothing; another one changes what differs."""
    clean.write(small("a", "b", "c"))
    again = write_server(clean.server.address, small("a", "b", "c"))
    assert (again.created, again.updated, again.deleted) == (0, 0, 0)
    fewer = write_server(clean.server.address, small("a", "b"))
    assert (fewer.created, fewer.updated, fewer.deleted) == (0, 0, 2)


def test_an_interrupted_build_is_said_and_completed(clean: Remote) -> None:
    """While a build is marked as in progress, every reader is warned; running it again completes it."""
    clean.write(small("a", "b", "c"))
    clean.server.run("MATCH (b:Build) SET b.state = 'building'")
    clean.server.run("MATCH (n {id: 'org-c'}) DETACH DELETE n")
    with clean.open() as store:
        assert store.warning is not None
        assert "in progress or was interrupted" in store.warning
    clean.write(small("a", "b", "c"))
    with clean.open() as store:
        assert store.warning is None
        assert lines(store.read()) == lines(small("a", "b", "c"))


def test_a_large_difference_goes_in_batches(clean: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    """A difference larger than a batch is written in several, and is whole at the end."""
    monkeypatch.setattr("outbreach.graph.store.write.BATCH", 7)
    monkeypatch.setattr("outbreach.graph.store.difference.BATCH", 7)
    graph = small(*(f"n{number}" for number in range(40)))
    steps = []
    write_server(clean.server.address, graph, lambda what, done, total: steps.append((what, done, total)))
    assert len(steps) > 10
    assert steps[-1][1] == steps[-1][2] == 79
    with clean.open() as store:
        assert lines(store.read()) == lines(graph)


@pytest.mark.parametrize(
    ("address", "environment", "words"),
    [
        ("bolt://127.0.0.1:1", {}, "nothing answers"),
        ("{server}", {"OUTBREACH_PASSWORD": "not-the-password"}, "refuses the user and password"),
        ("{server}", {"OUTBREACH_DATABASE": "nosuch"}, "no such database"),
        ("{server}", {"OUTBREACH_PASSWORD": ""}, "OUTBREACH_PASSWORD"),
        ("bolt://neo4j:secret@127.0.0.1:7687", {}, "OUTBREACH_PASSWORD"),
        ("http://127.0.0.1:7474", {}, "bolt"),
        ("nonsense", {}, "bolt"),
        ("bolt://[::1", {}, "bolt"),
        ("bolt://host:port", {}, "bolt"),
        ("neo4j://127.0.0.1:1", {}, "nothing answers"),
    ],
)
def test_a_server_that_will_not(
    clean: Remote, monkeypatch: pytest.MonkeyPatch, address: str, environment: dict[str, str], words: str
) -> None:
    """A server that is down, refuses us or is none at all is one sentence, without the password."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StoreError, match=words) as said:
        open_graph(Path("unused"), address.format(server=clean.server.address)).close()
    assert "secret" not in str(said.value)
    assert "\n" not in str(said.value)


# The embedded folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small graph."""
    write_embedded(tmp_path / "graph", small("a", "b", "c"))
    return tmp_path / "graph"


def test_no_graph(tmp_path: Path) -> None:
    """Without a build, the sentence says what to run."""
    with pytest.raises(StoreError, match="outbreach build"):
        open_graph(tmp_path / "graph")


@pytest.mark.parametrize("change", [{"format": 0}, {"engine": "1.0"}, {"build": "build-gone"}])
def test_another_version(folder: Path, change: dict[str, object]) -> None:
    """A graph of another format or engine, or one whose files are gone, is one sentence; building again mends it."""
    current = folder / "current.json"
    current.write_text(json.dumps(json.loads(current.read_text()) | change))
    with pytest.raises(StoreError, match="outbreach build"):
        open_graph(folder)
    write_embedded(folder, small("a"))
    with open_graph(folder) as store:
        assert lines(store.read()) == lines(small("a"))


@pytest.mark.parametrize("damage", ["garble", "truncate", "remove"])
def test_a_damaged_folder(folder: Path, damage: str) -> None:
    """Damaged files are one sentence that says to build again."""
    for file in folder.rglob("databases/*/*"):
        if damage == "garble":
            file.write_bytes(os.urandom(200))
        elif damage == "truncate":
            file.write_bytes(b"")
        else:
            file.unlink()
    with pytest.raises(StoreError, match="outbreach build") as said:
        open_graph(folder).close()
    assert "\n" not in str(said.value)


@pytest.mark.parametrize("damage", ["garble", "truncate", "remove"])
def test_one_damaged_file(folder: Path, damage: str) -> None:
    """Where any one file is damaged, the whole graph is read nevertheless, or one sentence says to build again."""
    whole = lines(small("a", "b", "c"))
    for file in folder.glob("build-*/databases/*/*"):
        kept = file.read_bytes()
        garbled = bytes(byte ^ 0xFF for byte in kept[:300]) + kept[300:]
        if damage == "remove":
            file.unlink()
        else:
            file.write_bytes(garbled if damage == "garble" else kept[: len(kept) // 2])
        try:
            with open_graph(folder) as store:
                found = lines(store.read())
        except StoreError as error:
            said = str(error)
            found = whole if "outbreach build" in said else [said]
        assert found == whole, file.name
        file.write_bytes(kept)


def test_readers_keep_the_old_graph(folder: Path) -> None:
    """A reader that is open during a build keeps its graph whole; the next one sees the new; old files then go."""
    with open_graph(folder) as reader:
        write_embedded(folder, small("x"))
        assert lines(reader.read()) == lines(small("a", "b", "c"))
        with open_graph(folder) as next_one:
            assert lines(next_one.read()) == lines(small("x"))
    write_embedded(folder, small("y"))
    assert len(list(folder.glob("build-*"))) == 1
    assert not (folder / "endpoint.json").exists()


def test_a_failed_build_leaves_the_old_graph(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that fails (here: a full disk at the switch) leaves the old graph, and no files of its own."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("outbreach.graph.atomic.os.fsync", full)
        with pytest.raises(OutbreachError, match="No space left"):
            write_embedded(folder, small("x"))
    with open_graph(folder) as store:
        assert lines(store.read()) == lines(small("a", "b", "c"))
    assert len(list(folder.glob("build-*"))) == 1


def test_a_killed_build_leaves_the_old_graph(folder: Path) -> None:
    """A build that is killed just before the switch leaves the old graph; the next build removes what it left."""
    code = (
        "import os\nfrom pathlib import Path\nfrom outbreach.graph.store.builds import Builds\n"
        "from outbreach.graph.projection.elements import Graph\nfrom outbreach.graph.store.write import write_embedded\n"
        "Builds.switch = lambda *_: os.kill(os.getpid(), 9)\n"
        f"write_embedded(Path({str(folder)!r}), Graph())"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    assert len(list(folder.glob("build-*"))) == 2
    with open_graph(folder) as store:
        assert lines(store.read()) == lines(small("a", "b", "c"))
    write_embedded(folder, small("x"))
    assert len(list(folder.glob("build-*"))) == 1


def test_a_full_disk(folder: Path) -> None:
    """A build that the disk refuses (here: a limit on the size of files) is one sentence, and leaves the old graph."""
    code = (
        "import resource\nfrom pathlib import Path\nfrom outbreach.graph.projection.elements import Graph, Node\n"
        "from outbreach.graph.errors import StoreError\nfrom outbreach.graph.store.write import write_embedded\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\ngraph = Graph()\n"
        "for number in range(4000):\n"
        "    graph.add(Node(f'org-{number}', ('Organisation',), {'id': f'org-{number}', 'name': 'x' * 200}))\n"
        f"try:\n    write_embedded(Path({str(folder)!r}), graph)\nexcept StoreError as said:\n    print(said)"
    )
    environment = {**os.environ, "ARCADEDB_LOG_DIR": str(folder.parent / "log")}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert "cannot be written" in ran.stdout
    assert ran.stdout.count("\n") == 1
    with open_graph(folder) as store:
        assert lines(store.read()) == lines(small("a", "b", "c"))
    assert len(list(folder.glob("build-*"))) == 1


@pytest.mark.parametrize("taken_first", [0, 1], ids=["bolt", "http"])
def test_a_port_that_is_taken(folder: Path, monkeypatch: pytest.MonkeyPatch, taken_first: int) -> None:
    """Where another program takes a port first, another is chosen; where all are taken, one sentence says so."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        ports = [0, 0]
        free = embedded._free_port
        ports[taken_first], ports[1 - taken_first] = other.getsockname()[1], free()
        monkeypatch.setattr(embedded, "_free_port", lambda: ports.pop(0) if ports else free())
        with open_graph(folder) as store:
            assert lines(store.read()) == lines(small("a", "b", "c"))
        monkeypatch.setattr(embedded, "_free_port", lambda: other.getsockname()[1])
        with pytest.raises(StoreError, match="no free port"):
            open_graph(folder)


def test_an_endpoint_that_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the endpoint cannot be left, the engine is stopped again and nothing stays locked."""

    def refused(*_: object) -> None:
        raise StoreError("refused")

    with monkeypatch.context() as patch:
        patch.setattr("outbreach.graph.store.builds.Builds.serve", refused)
        with pytest.raises(StoreError, match="refused"):
            open_graph(folder)
    assert not list(folder.glob("build-*/serving-*"))
    with open_graph(folder) as store:
        assert lines(store.read()) == lines(small("a", "b", "c"))


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A folder that cannot be written is one sentence."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        write_embedded(tmp_path / "file" / "graph", small("a"))


def test_no_file_of_the_machine_is_read(folder: Path) -> None:
    """LOAD CSV of a local file is refused."""
    with open_graph(folder) as store, pytest.raises(OutbreachError):
        store.run("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")


def test_secrets_are_private(folder: Path) -> None:
    """The endpoint and the engine’s users are readable by their owner only; nothing listens beyond loopback."""
    with open_graph(folder) as store:
        assert store.address.startswith("bolt://127.0.0.1:")
        for file in (folder / "endpoint.json", next(folder.rglob("server-users.jsonl"))):
            assert file.stat().st_mode & 0o077 == 0
        listening = subprocess.run(["ss", "-ltnp"], capture_output=True, text=True, check=False).stdout
        ours = [line.split()[3] for line in listening.splitlines() if f"pid={os.getpid()}," in line]
        assert all(address.startswith(("127.0.0.1:", "[::ffff:127.0.0.1]:")) for address in ours)


def test_a_dead_owner_is_taken_over(folder: Path) -> None:
    """When the process that served the graph is killed, the next one opens it."""
    owner = _serving(folder)
    owner.kill()
    owner.communicate()
    with open_graph(folder) as store:
        assert lines(store.read()) == lines(small("a", "b", "c"))


def test_an_owner_that_leaves(folder: Path) -> None:
    """A reader that had joined another process goes on when that process ends."""
    owner = _serving(folder)
    with open_graph(folder) as store:
        assert store.run("MATCH (n) RETURN count(n) AS n").rows == [(3,)]
        owner.kill()
        owner.communicate()
        assert store.run("MATCH (n) RETURN count(n) AS n").rows == [(3,)]


def test_all_at_once(folder: Path) -> None:
    """Processes that open the graph at the same time share it: one starts the engine, the others join."""
    code = (
        "from pathlib import Path\nfrom outbreach.graph.store.bolt import open_graph\n"
        f"for _ in range(3):\n    with open_graph(Path({str(folder)!r})) as store:\n"
        "        print(store.run('MATCH (n) RETURN count(n)').rows)"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert {child.communicate(timeout=60) for child in children} == {("[(3,)]\n" * 3, "")}


def test_threads_share_a_graph(folder: Path) -> None:
    """Threads that open and close the graph at the same time each get the whole of it."""

    def ask(_: int) -> list[str]:
        with open_graph(folder) as store:
            return lines(store.read())

    with ThreadPoolExecutor(4) as threads:
        assert all(found == lines(small("a", "b", "c")) for found in threads.map(ask, range(12)))


@pytest.mark.parametrize("joined", [False, True], ids=["owner", "joined"])
def test_ctrl_c_stops_a_long_query(folder: Path, joined: bool) -> None:
    """Ctrl-C during a long query ends the process at once, as Ctrl-C does, and takes the endpoint away."""
    with open_graph(folder) if joined else nullcontext():
        child = _child(folder, f"print('ready', flush=True); store.run({LONG!r})")
        time.sleep(1.5)
        began = time.monotonic()
        child.send_signal(signal.SIGINT)
        said = child.communicate(timeout=30)[1]
        assert time.monotonic() - began < 5
        assert child.returncode == -signal.SIGINT
        assert "Exception ignored" not in said
        assert (folder / "endpoint.json").exists() == joined
    with open_graph(folder) as store:
        assert len(store.read().nodes) == 3


def _serving(folder: Path) -> "subprocess.Popen[str]":
    return _child(folder, "print('ready', flush=True); __import__('time').sleep(60)")


def _child(folder: Path, then: str) -> "subprocess.Popen[str]":
    """Another process that has the graph open."""
    code = (
        "import signal\nfrom pathlib import Path\nfrom outbreach.graph.store.bolt import open_graph\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell in the background has it ignored
        f"with open_graph(Path({str(folder)!r})) as store:\n    {then}\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def test_every_label_has_an_index(folder: Path) -> None:
    """The labels of the schema are those that the store knows by."""
    with open_graph(folder) as store:
        assert {label for node in store.read().nodes.values() for label in node.labels} <= LABELS.keys()
