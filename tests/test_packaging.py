"""What is built and installed is whole: nothing missing, nothing too much, and it runs outside the checkout."""

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("graph", "loaders", "queries")
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
NOT_SOURCE = shutil.ignore_patterns(
    ".git", ".venv", "workspace", "__pycache__", "*.egg-info", "build", "dist", ".*_cache"
)
TYPED = """
from outbreach.graph.records.record import Record
from outbreach.loaders import loader
from outbreach.queries import questions


def theirs(record: Record) -> None:
    reveal_type(record.mentions)
    reveal_type(loader)
    reveal_type(questions)
"""


def _run(*command: str | Path, cwd: Path) -> str:
    """What a command prints, run as from a shell that knows nothing of the checkout."""
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "MYPYPATH")}
    env = {k: v for k, v in env.items() if not k.startswith("OUTBREACH_")}
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    ran = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert ran.returncode == 0, f"{command} ended with {ran.returncode}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def _venv(folder: Path) -> Path:
    """An empty virtual environment, without even pip; the path of its Python."""
    _run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    return folder / "bin" / "python"


def _install(python: Path, *what: str | Path) -> None:
    """Install there by this environment's pip."""
    _run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-compile", *what, cwd=ROOT)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, so that building leaves no trace in the real one."""
    copy = tmp_path_factory.mktemp("checkout") / "outbreach"
    shutil.copytree(ROOT, copy, symlinks=True, ignore=NOT_SOURCE)
    return copy


@pytest.fixture(scope="module")
def dist(checkout: Path) -> Path:
    """The folder with the sdist, and the wheel that was built from it."""
    _run(sys.executable, "-m", "build", "--no-isolation", cwd=checkout)
    return checkout / "dist"


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    """The one wheel."""
    (path,) = dist.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the wheel and its pinned dependencies, nothing else."""
    python = _venv(tmp_path_factory.mktemp("installed") / "venv")
    _install(python, "-r", "requirements.lock")
    _install(python, "--no-deps", wheel)
    _run(sys.executable, "-m", "pip", "--python", python, "check", cwd=ROOT)
    return python.parent


def test_the_wheel_holds_every_file_of_the_three_rooms(wheel: Path) -> None:
    """Code, vocabularies, incident files, questions and pages: what stands in the tree is in the wheel, and no more."""
    tree = {
        f"outbreach/{path.relative_to(ROOT).as_posix()}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    tree |= {f"outbreach/{path.name}" for path in (ROOT / "outbreach").iterdir() if path.suffix in (".py", ".typed")}
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == tree


def test_the_wheel_installs_no_package_but_outbreach(wheel: Path) -> None:
    """`queries` and `graph` are other people's names: site-packages gets outbreach alone."""
    tops = {name.partition("/")[0] for name in ZipFile(wheel).namelist()}
    assert tops == {"outbreach", f"outbreach-{VERSION}.dist-info"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in ZipFile(wheel).namelist())


def test_the_sdist_holds_what_a_build_needs(dist: Path) -> None:
    """The wheel above was built from it, so it is whole; it holds the licence and nothing that is made."""
    (path,) = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "pyproject.toml", "graph/schema.py", "loaders/curated.py"} <= names
    assert not [name for name in names if name.startswith((".venv", "workspace", "build", "dist"))]


def test_the_wheel_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    """In an empty environment and an empty folder the command answers, by either name."""
    assert VERSION in _run(installed / "outbreach", "--version", cwd=tmp_path)
    assert VERSION in _run(installed / "python", "-m", "outbreach", "--version", cwd=tmp_path)
    assert "curated" in _run(installed / "outbreach", "sources", cwd=tmp_path)
    assert "blast-radius" in _run(installed / "outbreach", "query", "list", cwd=tmp_path)
    assert not list(tmp_path.iterdir()), "asking what there is leaves nothing behind"


def test_the_wheel_loads_what_it_ships(installed: Path, tmp_path: Path) -> None:
    """Installed from the wheel, `load curated` finds the incident files and `build` makes a graph of them."""
    _run(installed / "outbreach", "load", "curated", cwd=tmp_path)
    _run(installed / "outbreach", "build", cwd=tmp_path)
    rows = _run(
        *(installed / "outbreach", "query", "run", "blast-radius"),
        *("--param", "start=Dedalus France", "--format", "json"),
        cwd=tmp_path,
    )
    assert rows.lstrip().startswith("[")


def test_the_wheel_carries_its_types(installed: Path, tmp_path: Path) -> None:
    """Someone else's code is checked by mypy against the installed package."""
    (tmp_path / "theirs.py").write_text(TYPED, "utf-8")
    _assert_typed(_run(*_mypy(tmp_path), "--python-executable", installed / "python", "theirs.py", cwd=tmp_path))


def test_an_editable_install_runs_and_carries_its_types(checkout: Path, tmp_path: Path) -> None:
    """In an editable checkout, mypy sees the types of all three rooms, and Python sees a module added later."""
    python = _venv(tmp_path / "venv")
    site = next(path for path in sys.path if path.endswith("site-packages"))
    _install(python, "--no-deps", "setuptools" + _pin("setuptools"))
    _run(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet"),
        *("--no-deps", "--no-build-isolation", "--editable", checkout),
        cwd=tmp_path,
    )
    added = checkout / "loaders" / "added_later.py"
    added.write_text('"""A source that came after the install."""\n\nANSWER = 42\n', "utf-8")
    try:
        there = "from outbreach.loaders.added_later import ANSWER; import outbreach.loaders; print(ANSWER)"
        # The rest of what it imports is borrowed from the environment that runs the tests.
        borrowed = f"import sys; sys.path.append({site!r}); {there}"
        assert _run(python, "-c", borrowed, cwd=tmp_path).strip() == "42"
        (checkout / "theirs.py").write_text(TYPED, "utf-8")
        _assert_typed(_run(*_mypy(tmp_path), "theirs.py", cwd=checkout))
    finally:
        added.unlink()


def _pin(name: str) -> str:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    return next(line.removeprefix(name).split()[0] for line in lines if line.startswith(f"{name}=="))


def _mypy(cache: Path) -> list[str | Path]:
    return [sys.executable, "-m", "mypy", "--config-file=", "--cache-dir", cache / "mypy", "--follow-imports=silent"]


def _assert_typed(printed: str) -> None:
    revealed = [line for line in printed.splitlines() if "Revealed type" in line]
    assert len(revealed) == 3, printed
    assert not [line for line in revealed if '"Any"' in line], printed
    assert "Mention" in revealed[0]
    assert "Loader" in revealed[1]
    assert "Question" in revealed[2]
