"""Where a running embedded graph can be joined: the file that its owner leaves in the graph folder."""

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from outbreach.graph.atomic import write_atomically

FILE = "endpoint.json"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address and the read-only user of an embedded graph that a process has open."""

    pid: int
    port: int
    database: str
    user: str
    password: str
    build: str

    @property
    def uri(self) -> str:
        """The Bolt address, on loopback."""
        return f"bolt://127.0.0.1:{self.port}"

    def write(self, folder: Path) -> None:
        """Leave the file in the graph folder, for this user's eyes only (0600)."""
        write_atomically(folder / FILE, json.dumps(asdict(self)) + "\n", mode=0o600)

    def remove(self, folder: Path) -> None:
        """Take the file away, unless another process has put its own there since."""
        if read(folder) == self:
            (folder / FILE).unlink(missing_ok=True)


def read(folder: Path) -> Endpoint | None:
    """The endpoint that the file names; None where there is no file, or none that makes sense."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Endpoint(**found)
    except (OSError, ValueError, TypeError):
        return None


def joinable(folder: Path, build: str) -> Endpoint | None:
    """The endpoint of a live process that has this very build open; None where there is none to try."""
    endpoint = read(folder)
    return endpoint if endpoint and endpoint.build == build and alive(endpoint.pid) else None


def alive(pid: int) -> bool:
    """Whether a process of this number exists; True where that cannot be told."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return _alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if sys.platform == "win32":

    def _alive_on_windows(pid: int) -> bool:
        # os.kill(pid, 0) would send Ctrl-C there.
        import ctypes  # noqa: PLC0415 - Windows only

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return bool(kernel.GetLastError() != 87)  # ERROR_INVALID_PARAMETER: no such process
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == 259  # STILL_ACTIVE
