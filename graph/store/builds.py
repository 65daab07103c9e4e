"""The graph folder of a workspace: builds side by side, one of them current, and where it is being served.

graph/current.json       which build is current, its format and engine version
graph/build-…/           an engine's own folder; `owner` in it is the process that has it open
graph/endpoint.json      where the current build is served, for a second terminal or a notebook (0600)
"""

import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from outbreach.graph.atomic import write_atomically
from outbreach.graph.errors import StoreError

FORMAT = 1
"""Moves when an older graph folder can no longer be read; the answer is always to build again."""


@dataclass(frozen=True, slots=True)
class Current:
    """Which build readers open."""

    build: str
    format: int
    engine: str
    nodes: int
    edges: int


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a build is served on this machine, to readers."""

    pid: int
    port: int
    database: str
    user: str
    password: str
    build: str


class Builds:
    """The folder and what is in it."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.folder, self.engine = folder, engine
        self._current, self._endpoint = folder / "current.json", folder / "endpoint.json"

    def current(self) -> Current:
        """The build that readers open.

        Raises `StoreError` where there is none, or one of another version.
        """
        try:
            current = msgspec.json.decode(self._current.read_bytes(), type=Current)
        except FileNotFoundError:
            raise StoreError(f"there is no graph in {self.folder} yet: run `outbreach build`") from None
        except (OSError, msgspec.DecodeError) as error:
            raise StoreError(f"{self._current} is damaged ({error}): run `outbreach build` again") from error
        if (current.format, current.engine) != (FORMAT, self.engine):
            raise StoreError(
                f"the graph in {self.folder} was built by another version (format {current.format}, engine "
                f"{current.engine}): run `outbreach build` again"
            )
        if not (self.folder / current.build).is_dir():
            raise StoreError(f"the graph in {self.folder} has lost its files: run `outbreach build` again")
        return current

    def new(self) -> Path:
        """A folder for a new build, beside the others; what dead builds left is removed first.

        Raises `StoreError` where the folder cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._tidy()
            build = self.folder / f"build-{secrets.token_hex(4)}"
            build.mkdir()
            (build / "owner").write_text(str(os.getpid()), encoding="ascii")
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written: {error.strerror or error}") from error
        return build

    def switch(self, build: Path, nodes: int, edges: int) -> None:
        """Make a complete, closed build the current one; readers of the old one keep it until they close."""
        current = Current(build.name, FORMAT, self.engine, nodes, edges)
        write_atomically(self._current, json.dumps(asdict(current), indent=1) + "\n")
        self._tidy()

    def endpoint(self) -> Endpoint | None:
        """Where a live process serves the current build; None where none does."""
        try:
            endpoint = msgspec.json.decode(self._endpoint.read_bytes(), type=Endpoint)
        except (OSError, msgspec.DecodeError):
            return None
        return endpoint if _alive(endpoint.pid) and endpoint.build == self.current().build else None

    def serve(self, endpoint: Endpoint) -> None:
        """Say where this process serves it."""
        write_atomically(self._endpoint, json.dumps(asdict(endpoint)) + "\n", mode=0o600)

    def unserve(self, endpoint: Endpoint) -> None:
        """Take back what `serve` said, unless another process has said it anew."""
        if self._endpoint.is_file() and f'"port": {endpoint.port},' in self._endpoint.read_text(encoding="utf-8"):
            self._endpoint.unlink(missing_ok=True)

    def _tidy(self) -> None:
        """Remove builds that are neither current nor open in a live process."""
        try:
            current = msgspec.json.decode(self._current.read_bytes(), type=Current).build
        except (OSError, msgspec.DecodeError):
            current = ""
        for build in self.folder.glob("build-*"):
            if build.name != current and not _alive(_owner(build)):
                shutil.rmtree(build, ignore_errors=True)


def _owner(build: Path) -> int:
    try:
        return int((build / "owner").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _alive(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
