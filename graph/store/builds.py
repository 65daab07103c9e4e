"""The graph folder of a workspace: builds side by side, one of them current, and where it is being served.

graph/current.json           which build is current, its format, engine version and the checksums of its files
graph/build-…/databases/     the files of the engine, as they were closed
graph/build-…/serving-PID-…/ a process that has it open: its users and the engine's own files
graph/endpoint.json          where the current build is served, for a second terminal or a notebook (0600)
"""

import json
import os
import secrets
import shutil
import sys
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from outbreach.graph.atomic import write_atomically
from outbreach.graph.errors import StoreError

FORMAT = 1
"""Moves when an older graph folder can no longer be read; the answer is always to build again."""
_CHANGING = {"statistics.json", "last-tx-id.bin", "schema.prev.json"}
"""Files that the engine may write anew, and makes up where they are gone."""


@dataclass(frozen=True, slots=True)
class Current:
    """Which build readers open."""

    build: str
    format: int
    engine: str
    nodes: int
    edges: int
    files: dict[str, int]
    """CRC-32 of each file: readers change none, and the engine would read a damaged one without a word."""


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
        self._mark: Path | None = None

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

    def check(self, current: Current) -> None:
        """Compare the files of a build with what was written.

        Raises `StoreError` where one is damaged or gone.
        """
        try:
            found = _checksums(self.folder / current.build, current.files)
        except OSError:
            found = {}
        if found != current.files:
            raise StoreError(f"the graph in {self.folder} is damaged: run `outbreach build` again")

    def new(self) -> Path:
        """A folder for a new build, beside the others; what dead builds left is removed first.

        Raises `StoreError` where the folder cannot be written.
        """
        name = secrets.token_hex(4)
        nameless, mark = self.folder / f"new-{name}", _mark()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._tidy()
            (nameless / mark).mkdir(parents=True)  # marked before it has the name by which `_tidy` finds it
            build = nameless.rename(self.folder / f"build-{name}")
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written: {error.strerror or error}") from error
        self._mark = build / mark
        return build

    def switch(self, build: Path, nodes: int, edges: int) -> None:
        """Make a complete, closed build the current one; readers of the old one keep it until they close.

        Raises `StoreError` where its files cannot be read, and `WorkspaceError` where the disk is full.
        """
        try:
            names = [file.relative_to(build).as_posix() for file in build.glob("databases/*/*")]
            files = _checksums(build, [name for name in names if Path(name).name not in _CHANGING])
        except OSError as error:
            raise StoreError(f"{build} cannot be read: {error.strerror or error}") from error
        current = Current(build.name, FORMAT, self.engine, nodes, edges, files)
        write_atomically(self._current, json.dumps(asdict(current), indent=1) + "\n")
        if self._mark:
            shutil.rmtree(self._mark, ignore_errors=True)
        self._tidy()

    def endpoint(self) -> Endpoint | None:
        """Where a live process serves the current build; None where none does."""
        endpoint = self._said()
        if endpoint is None or not _alive(endpoint.pid) or endpoint.build != self.current().build:
            return None
        return endpoint

    def serve(self, endpoint: Endpoint) -> None:
        """Say where this process serves it."""
        write_atomically(self._endpoint, json.dumps(asdict(endpoint)) + "\n", mode=0o600)

    def unserve(self, endpoint: Endpoint) -> None:
        """Take back what `serve` said, unless another process has said it anew."""
        if self._said() == endpoint:
            self._endpoint.unlink(missing_ok=True)

    def _said(self) -> Endpoint | None:
        try:
            return msgspec.json.decode(self._endpoint.read_bytes(), type=Endpoint)
        except (OSError, msgspec.DecodeError):
            return None

    def _tidy(self) -> None:
        """Remove builds that are neither current nor open in a live process."""
        try:
            current = msgspec.json.decode(self._current.read_bytes(), type=Current).build
        except (OSError, msgspec.DecodeError):
            current = ""
        for build in self.folder.glob("build-*"):
            for mark in build.glob("serving-*"):
                if not _alive(_owner(mark)):
                    shutil.rmtree(mark, ignore_errors=True)
            if build.name != current and not any(build.glob("serving-*")):
                shutil.rmtree(build, ignore_errors=True)


def serving(build: Path) -> Path:
    """A folder that says, while this process lives, that it has `build` open; remove it when it no longer has.

    Raises `StoreError` where the folder cannot be written.
    """
    mark = build / _mark()
    try:
        mark.mkdir(mode=0o700)
    except OSError as error:
        raise StoreError(f"{build} cannot be written: {error.strerror or error}") from error
    return mark


def _mark() -> str:
    return f"serving-{os.getpid()}-{secrets.token_hex(4)}"


def _owner(mark: Path) -> int:
    number = mark.name.split("-")[1]
    return int(number) if number.isdigit() else 0


def _checksums(build: Path, names: Iterable[str]) -> dict[str, int]:
    sums = {}
    for name in sorted(names):
        sums[name] = 0
        with (build / name).open("rb") as file:
            while chunk := file.read(1 << 20):
                sums[name] = zlib.crc32(chunk, sums[name])
    return sums


def _alive(pid: int) -> bool:
    """Whether there is such a process; True where that cannot be told."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return _alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


if sys.platform == "win32":
    import ctypes

    def _alive_on_windows(pid: int) -> bool:
        # os.kill(pid, 0) would send it Ctrl-C there.
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return bool(kernel.GetLastError() != 87)  # ERROR_INVALID_PARAMETER: no such process
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == 259  # STILL_ACTIVE
