"""The embedded engine: an ArcadeDB in this process, spoken to over Bolt on loopback (docs/decisions/0002)."""

import json
import os
import secrets
import shutil
import signal
import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import pbkdf2_hmac
from importlib.metadata import version
from pathlib import Path
from typing import Any

from outbreach.graph.errors import StoreError

DATABASE = "outbreach"
VERSION = version("arcadedb")
READER, ROOT = "reader", "root"
_STATEMENT_MS = 120_000
"""How long a reader's statement may take, fetching included."""
_HEAP_ELEMENTS = 2_000_000
"""How many elements one operation of a reader may hold."""
_STARTS = 5
"""How often a start is tried where another program takes the free port first."""


class LockedError(StoreError):
    """Another process holds the files."""


class Engine:
    """A running engine on a folder of its own; one process owns the files. Stop it after the driver is closed."""

    def __init__(self, folder: Path, *, guarded: bool) -> None:
        """Start on `folder`. `guarded` bounds what statements may cost, and is for readers, not for a build.

        Raises `LockedError` where another process holds the files, and `StoreError` where they cannot be opened.
        """
        self.folder = folder
        self.passwords = {ROOT: secrets.token_urlsafe(24), READER: secrets.token_urlsafe(24)}
        self.port = 0
        self._server = self._started(guarded)
        (folder / "owner").write_text(str(os.getpid()), encoding="ascii")

    def create(self) -> None:
        """Make the empty database."""
        self._server.create_database(DATABASE)

    def stop(self) -> None:
        """Flush and close the files."""
        with _interrupt_deferred():
            self._server.stop()
        (self.folder / "owner").unlink(missing_ok=True)

    def _started(self, guarded: bool) -> Any:
        os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
        os.environ.setdefault("ARCADEDB_LOG_DIR", str(self.folder.parent / "log"))
        os.environ.setdefault("ARCADEDB_NATIVE_ISOLATE_ARGS", "-Xmx2g")
        import arcadedb  # noqa: PLC0415  after the environment, which it reads at the first import

        error: Exception | None = None
        for _ in range(_STARTS):
            self._write_users()
            self.port = _free_port()
            settings = {
                "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
                "host": "127.0.0.1",
                "bolt_port": self.port,
                "http_port": _free_port(),
                "bolt_defaultDatabase": DATABASE,
                "opencypher_loadCsv_allowFileUrls": "false",
            }
            if guarded:
                settings |= {"command_timeout": _STATEMENT_MS, "queryMaxHeapElementsAllowedPerOp": _HEAP_ELEMENTS}
            try:
                with _interrupt_deferred():
                    server = arcadedb.create_server(str(self.folder), None, settings)
                    server.start()
            except arcadedb.ArcadeDBError as failure:
                error = failure
                if "locked by another process" in str(failure):
                    raise LockedError(f"another process holds {self.folder}") from failure
                if "listen" not in str(failure):  # another program was quicker to take the port
                    break
            else:
                return server
        raise StoreError(
            f"the graph in {self.folder} cannot be opened: run `outbreach build` again ({_said(error)})"
        ) from error

    def _write_users(self) -> None:
        """Two users with new passwords: root for a build, and a reader who may read records and nothing else."""
        config = self.folder / "config"
        shutil.rmtree(config, ignore_errors=True)
        config.mkdir(parents=True, mode=0o700)
        records = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
        groups = {
            "admin": _group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], records),
            READER: _group([], ["readRecord"]),
            "*": _group([], []),
        }
        users = [
            {"name": ROOT, "databases": {"*": ["admin"]}, "password": _hashed(self.passwords[ROOT])},
            {"name": READER, "databases": {DATABASE: [READER]}, "password": _hashed(self.passwords[READER])},
        ]
        for name, text in (
            ("server-users.jsonl", "".join(f"{json.dumps(user)}\n" for user in users)),
            ("server-groups.json", json.dumps({"databases": {"*": {"groups": groups}}, "version": 2})),
        ):
            file = config / name
            file.touch(mode=0o600)
            file.write_text(text, encoding="utf-8")


def _said(error: object) -> str:
    """The engine's words on one line, without what a damaged file put into them."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in str(error)).split())[:300]


def _group(access: list[str], records: list[str]) -> dict[str, object]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}


def _hashed(password: str) -> str:
    """The engine's own form of a stored password."""
    salt = b64encode(secrets.token_bytes(32)).decode()
    key = b64encode(pbkdf2_hmac("sha256", password.encode(), salt.encode(), 65_536, 32)).decode()
    return f"PBKDF2WithHmacSHA256$65536${salt}${key}"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def _interrupt_deferred() -> Iterator[None]:
    """Hold a Ctrl-C back while the engine starts or stops, since it would leave threads and listeners behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
        with suppress(ValueError):
            if pressed:
                signal.raise_signal(signal.SIGINT)
