"""The house keeps its shape: what stands where, and who may import whom."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETUPTOOLS: dict[str, Any] = PYPROJECT["tool"]["setuptools"]
ROOMS = ("graph", "loaders", "queries")

AT_THE_TOP = {
    *("outbreach", *ROOMS, "notebooks", "tests", "docs", "bench"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "docker-compose.yml"),
    *("pyproject.toml", "requirements.lock", "requirements-dev.lock"),
    *(".ci", ".editorconfig", ".git", ".gitattributes", ".gitignore"),
}

# The floors of graph/, from the ground up. A module imports its own floor and those below, in a circle never.
FLOORS = {
    "ground": {"atomic", "dates", "errors", "ids", "names", "places", "vocabulary", "yamlfile"},
    "text": {"text", "text.*"},
    "record": {"schema", "records", "records.check", "records.claim", "records.mention", "records.record"},
    "load": {"records.load"},
    "workspace": {"records.workspace"},
    "identity": {"identity", "identity.*"},
    "project": {"projection", "projection.*"},
    "store": {"store", "store.*", "html", "html.*"},
}
FLOOR_NAMES = list(FLOORS)
# Loaders know sources and yield records: they see no node, edge, database or workspace.
LOADERS_SEE = FLOORS["ground"] | FLOORS["text"] | FLOORS["record"] | FLOORS["load"]
# Each of these is spoken to by one module, so that it can be replaced there.
ONE_SPEAKER = ("arcadedb", "neo4j", "networkx", "py2neo", "pyvis")
# Distributions whose module has another name, where it may not be installed to ask.
IMPORT_NAMES = {
    "charset-normalizer": "charset_normalizer",
    "python-calamine": "python_calamine",
    "pyyaml": "yaml",
    "text2num": "text_to_num",
}
FOUND_BY_OTHERS = {"neo4j-rust-ext"}
"""What makes a dependency faster where it is installed, and is imported by that alone."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement: the module that it stands in, what it names, and where."""

    importer: str
    imported: str
    place: str

    @property
    def top(self) -> str:
        """The first part of the imported name."""
        return self.imported.partition(".")[0]


def _files() -> dict[str, Path]:
    """Each module of the package, by its full name."""
    found = {}
    for package, folder in SETUPTOOLS["package-dir"].items():
        for path in (ROOT / folder).glob("*.py"):
            found[package if path.stem == "__init__" else f"{package}.{path.stem}"] = path
    return found


MODULES = _files()


def _imports(module: str, source: str, path: str) -> Iterator[Import]:
    """The imports anywhere in a source text, in functions and type-checking blocks too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, f"{path}:{node.lineno}")
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield Import(module, full if full in MODULES else base, f"{path}:{node.lineno}")


def _all_imports() -> list[Import]:
    return [
        found
        for module, path in sorted(MODULES.items())
        for found in _imports(module, path.read_text("utf-8"), str(path.relative_to(ROOT)))
    ]


def _floor(module: str) -> int:
    """The floor that a module of graph/ stands on; -1 where nobody has said."""
    name = module.removeprefix("outbreach.graph.")
    return next((i for i, f in enumerate(FLOORS.values()) if any(fnmatch(name, pattern) for pattern in f)), -1)


def _room(module: str) -> str:
    """graph, loaders or queries, or `outbreach` for the command line above them."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else "outbreach"


def _wrong(found: Import) -> str | None:
    """Why an import may not be, in one sentence; None where it may."""
    return _wrong_name(found) or _wrong_room(found) or _wrong_floor(found)


def _wrong_name(found: Import) -> str | None:
    if found.imported.startswith("."):
        return f"{found.place} imports {found.imported}: write the full name, outbreach.…"
    if found.top in ROOMS:
        return f"{found.place} imports {found.imported}: its name is outbreach.{found.imported}"
    return None


def _wrong_room(found: Import) -> str | None:
    room = _room(found.importer)
    if found.top != "outbreach" or room == "outbreach" or _room(found.imported) in (room, "graph"):
        return None
    down = "to graph/" if room != "graph" else "inside graph/"
    return f"{found.place}: {room}/ imports {found.imported}, but imports point down only, from {room}/ {down}"


def _wrong_floor(found: Import) -> str | None:
    """Inside graph/ the floors count; a loader sees the lower ones alone."""
    if not found.imported.startswith("outbreach.graph."):
        return None
    name = found.imported.removeprefix("outbreach.graph.")
    room, own, other = _room(found.importer), _floor(found.importer), _floor(found.imported)
    if room == "loaders" and not any(fnmatch(name, pattern) for pattern in LOADERS_SEE):
        return f"{found.place}: a loader imports {name} of graph/, and it must see no node, edge, database or workspace"
    if room == "graph" and own < other:
        above = f"the floor “{FLOOR_NAMES[other]}” above its own, “{FLOOR_NAMES[own]}”"
        return f"{found.place} imports {name}, from {above}: imports point down only"
    return None


def test_links_table_and_folders_agree() -> None:
    """Every room has its line in setuptools' table, its link in outbreach/, and its folder."""
    table: dict[str, str] = SETUPTOOLS["package-dir"]
    assert set(SETUPTOOLS["packages"]) == set(table), "packages and package-dir name different packages"
    code = {p.parent.relative_to(ROOT).as_posix() for room in ROOMS for p in (ROOT / room).rglob("__init__.py")}
    assert code | {"outbreach"} == set(table.values()), "a folder of code is missing from package-dir, or the reverse"
    for package, folder in table.items():
        assert package == "outbreach" or package == f"outbreach.{folder.replace('/', '.')}", f"{package} is in {folder}"
    links = {p.name: p.readlink().as_posix() for p in (ROOT / "outbreach").iterdir() if p.is_symlink()}
    assert links == {room: f"../{room}" for room in ROOMS}


def test_every_module_of_graph_has_its_floor() -> None:
    """A new module of graph/ is given a floor above, and a floor names no module that has gone."""
    modules = {module for module in MODULES if module.startswith("outbreach.graph.")}
    homeless = sorted(m for m in modules if _floor(m) < 0)
    assert not homeless, f"FLOORS in tests/test_layout.py does not say on which floor these stand: {homeless}"
    names = {m.removeprefix("outbreach.graph.") for m in modules}
    gone = {n for floor in FLOORS.values() for n in floor if "*" not in n} - names
    assert not gone, f"FLOORS in tests/test_layout.py names modules that graph/ does not have: {sorted(gone)}"


def test_imports_point_down_only() -> None:
    """The command line imports loaders and queries, these import graph, and in graph each floor those below."""
    wrong = [sentence for found in _all_imports() if (sentence := _wrong(found))]
    assert not wrong, "\n".join(wrong)


def test_no_module_of_graph_imports_itself_by_a_detour() -> None:
    """No circle of imports, not even one that is hidden in functions."""
    below: dict[str, set[str]] = {}
    for found in _all_imports():
        if found.importer.startswith("outbreach.graph.") and found.imported in MODULES:
            below.setdefault(found.importer, set()).add(found.imported)
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        pytest.fail("a circle of imports: " + " → ".join(error.args[1]))


@pytest.mark.parametrize(
    ("module", "line", "says"),
    [
        ("outbreach.loaders.curated", "from outbreach.queries import questions", "imports point down only"),
        ("outbreach.queries.question", "import outbreach.loaders.curated", "imports point down only"),
        ("outbreach.graph.records.record", "from outbreach import loaders", "imports point down only"),
        ("outbreach.graph.records.record", "from outbreach.cli import main", "imports point down only"),
        (
            "outbreach.graph.records.record",
            "def f():\n    from outbreach.graph import projection",
            "“project” above its own",
        ),
        (
            "outbreach.graph.names",
            "if 1:\n    from outbreach.graph.records.record import Claim",
            "“record” above its own",
        ),
        ("outbreach.loaders.curated", "from outbreach.graph.records.workspace import Workspace", "it must see no node"),
        ("outbreach.graph.projection.project", "from .record import Record", "write the full name"),
        (
            "outbreach.graph.projection.project",
            "from graph.records.record import Record",
            "its name is outbreach.graph.records.record",
        ),
    ],
)
def test_a_wrong_import_is_named_in_a_sentence(module: str, line: str, says: str) -> None:
    """The check above sees each kind of wrong import, and says which and why."""
    sentences = [_wrong(found) for found in _imports(module, line, "x.py")]
    assert [s for s in sentences if s and says in s], sentences


@pytest.mark.parametrize("name", ONE_SPEAKER)
def test_one_module_speaks_to_each_engine(name: str) -> None:
    """An engine or a drawing library is imported by exactly one module; one we do not depend on, by none."""
    speakers = {found.importer for found in _all_imports() if found.top == name}
    declared = name in _distributions()
    assert len(speakers) == declared, f"{name} is imported by {sorted(speakers)}, and must be by {int(declared)} module"


def _distributions() -> set[str]:
    return _names_in(PYPROJECT["project"]["dependencies"])


def _extras() -> set[str]:
    """What comes with an extra, and is imported where it is used."""
    return set().union(*map(_names_in, PYPROJECT["project"]["optional-dependencies"].values()))


def _names_in(requirements: list[str]) -> set[str]:
    return {d.partition("=")[0].partition(">")[0].strip().lower() for d in requirements}


def test_every_dependency_is_used_and_every_import_is_declared() -> None:
    """Nobody installs what is not imported, and nothing is imported that only chance installs."""
    installed = {name: {d.lower() for d in found} for name, found in packages_distributions().items()}
    third = {
        found.top: found.place for found in _all_imports() if found.top not in {*sys.stdlib_module_names, "outbreach"}
    }
    declared = _distributions() | _extras()
    undeclared = {name: place for name, place in third.items() if not installed.get(name, {name}) & declared}
    assert not undeclared, f"imported, and not among the dependencies in pyproject.toml: {undeclared}"
    unused = {d for d in _distributions() - FOUND_BY_OTHERS if IMPORT_NAMES.get(d, d) not in third}
    assert not unused, f"among the dependencies in pyproject.toml, and never imported: {sorted(unused)}"


def test_only_what_belongs_stands_at_the_top_level() -> None:
    """The top level is the first thing that a stranger sees: nothing lands there by accident."""
    made = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()]
    entries = {p.name for p in ROOT.iterdir() if not any(fnmatch(p.name, pattern) for pattern in made)}
    assert not entries - AT_THE_TOP, f"these do not belong at the top level: {sorted(entries - AT_THE_TOP)}"


def test_the_compose_file_is_one() -> None:
    """docker-compose.yml keeps to the Compose specification, whose JSON Schema check-jsonschema ships."""
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    ran = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_compose_file_starts_a_neo4j_that_only_this_machine_reaches() -> None:
    """Neo4j 5.26 of one exact version, a volume, a health check, loopback ports, and no password of ours."""
    service = _compose()["services"]["neo4j"]
    assert service["image"].startswith("neo4j:5.26.")
    assert "latest" not in service["image"]
    assert service["environment"]["NEO4J_AUTH"].startswith("neo4j/${OUTBREACH_PASSWORD:?")
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert service["healthcheck"]["test"]
    assert {volume.partition(":")[0] for volume in service["volumes"]} == set(_compose()["volumes"])


def _compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return loaded
