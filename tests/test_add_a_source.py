"""The page on adding a source is true when it is followed, and a source stays as cheap as it says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from outbreach import loaders

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "add-a-source.md").read_text("utf-8")
FILES = dict(re.findall(r"^`([\w/.]+)`\n```\w+\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the code, to which a source can be added."""
    for folder in ("graph", "loaders", "queries"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "outbreach", tmp_path / "outbreach", symlinks=True)
    (tmp_path / "tests" / "samples").mkdir(parents=True)
    return tmp_path


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python module, run in the copy."""
    env = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    for name in ("OUTBREACH_WORKSPACE", "OUTBREACH_URI"):
        env.pop(name, None)
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=checkout, env=env, capture_output=True, text=True, check=False)


def write(checkout: Path, *names: str) -> None:
    """Files of the page, into the copy."""
    for name in names:
        (checkout / name).write_text(FILES[name], "utf-8")


def test_the_page_is_true(checkout: Path) -> None:
    """Followed step by step, the page's test fails without the module, and passes with it; the command line knows it."""
    sample, test, lists, module = FILES
    write(checkout, sample, test)
    before = run(checkout, "pytest", "-q", "-p", "no:cacheprovider", test)
    assert before.returncode
    assert "cannot import name 'ca_ag'" in before.stdout
    write(checkout, lists, module)
    after = run(checkout, "pytest", "-q", "-p", "no:cacheprovider", test)
    assert not after.returncode, after.stdout
    loaded = run(checkout, "outbreach", "load", "ca_ag", sample, "-w", "w")
    assert "ca_ag: 4 records of 1 files are in w" in loaded.stdout, loaded.stderr
    assert run(checkout, "outbreach", "load", "ca_ag", sample, "-w", "w", "--strict").returncode == 1


def test_the_page_keeps_to_the_house() -> None:
    """The module on the page is formatted, without lint, and about as long as the median loader."""
    module = FILES["loaders/ca_ag.py"]
    for command in (("format", "--check"), ("check",)):
        ran = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", "loaders/ca_ag.py", "-"],
            cwd=ROOT, input=module, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert not ran.returncode, ran.stdout + ran.stderr
    assert len(module.splitlines()) < 130


def test_what_a_source_costs() -> None:
    """What a source costs is seen here: the median loader stays below 180 lines of code, the longest below 300."""
    lengths = {name: _code(ROOT / "loaders" / f"{name}.py") for name in loaders.names()}
    assert median(lengths.values()) < 180, lengths
    assert max(lengths.values()) < 300, lengths


def _code(file: Path) -> int:
    """Lines that are neither empty nor a comment."""
    lines = (line.strip() for line in file.read_text("utf-8").splitlines())
    return sum(1 for line in lines if line and not line.startswith("#"))
