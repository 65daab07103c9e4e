"""The embedded engine: an ArcadeDB in this process, spoken to over Bolt on loopback (docs/decisions/0002)."""

import json
import os
import secrets
import shutil
import signal
import socket
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import pbkdf2_hmac
from importlib.metadata import version
from pathlib import Path
from typing import Any

from outbreach.graph.errors import StoreError
from outbreach.graph.store.builds import serving

DATABASE = "outbreach"
VERSION = version("arcadedb")
READER, ROOT = "reader", "root"
STATEMENT_SECONDS = 120
"""How long a statement may take, fetching included."""
_HEAP_ELEMENTS = 2_000_000
"""How many elements one operation of a statement may hold."""
_STARTS = 5
"""How often a start is tried where another program takes the free port first."""

_OWNED = ("LockException", "already in use")
"""What the engine says where another process, or a server of ours that is just stopping, owns the files."""


class LockedError(StoreError):
    """Another process holds the files."""


class Engine:
    """A running engine on the databases of one build; one process owns them. Stop it after the driver is closed."""

    def __init__(self, build: Path) -> None:
        """Start on the files of `build`.

        Users and the engine's own files are in a folder of this process, inside the build: so a start that fails
        touches nothing of the process that owns the files, and a live one shows that the build is in use.

        Raises `LockedError` where another process owns the files, and `StoreError` where they cannot be opened.
        """
        self.passwords = {ROOT: secrets.token_urlsafe(24), READER: secrets.token_urlsafe(24)}
        self.port = 0
        self._home = serving(build)
        try:
            self._server = self._started(build)
        except BaseException:
            shutil.rmtree(self._home, ignore_errors=True)
            raise

    def create(self) -> None:
        """Make the empty database, and bound what a statement in it may cost (ENGINE.md, Safety).

        The bounds are kept with the database: as a setting of the server, the time-out is not heeded.

        Raises `StoreError` where the files cannot be written.
        """
        import arcadedb  # noqa: PLC0415  as in `_started`

        bounds = {
            "command.timeout": str(STATEMENT_SECONDS * 1000),
            "queryMaxHeapElementsAllowedPerOp": str(_HEAP_ELEMENTS),
            "opencypher.loadCsv.allowFileUrls": "false",
        }
        try:
            with _interrupt_deferred():
                database = self._server.create_database(DATABASE)
            for name, value in bounds.items():
                database.command("sql", f"ALTER DATABASE `arcadedb.{name}` {value}")
        except arcadedb.ArcadeDBError as error:
            raise StoreError(f"the embedded engine cannot make a database: {_said(error)}") from error

    def stop(self) -> None:
        """Flush and close the files.

        Raises `StoreError` where that fails.
        """
        import arcadedb  # noqa: PLC0415  as in `_started`

        try:
            with _interrupt_deferred():
                self._server.stop()
        except arcadedb.ArcadeDBError as error:
            raise StoreError(f"the embedded engine could not close its files: {_said(error)}") from error
        finally:
            shutil.rmtree(self._home, ignore_errors=True)

    def _started(self, build: Path) -> Any:
        os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
        os.environ.setdefault("ARCADEDB_LOG_DIR", str(build.parent / "log"))
        os.environ.setdefault("ARCADEDB_NATIVE_ISOLATE_ARGS", "-Xmx2g")
        with _interrupt_deferred():
            import arcadedb  # noqa: PLC0415  after the environment, which it reads at the first import

        error: Exception | None = None
        for _ in range(_STARTS):
            self._write_users()
            self.port = _free_port()
            settings = {
                "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
                "server_databaseDirectory": str(build.absolute() / "databases"),
                "host": "127.0.0.1",
                "bolt_port": self.port,
                "http_port": _free_port(),
                "bolt_defaultDatabase": DATABASE,
            }
            try:
                with _interrupt_deferred():
                    server = arcadedb.create_server(str(self._home), None, settings)
                    server.start()
            except arcadedb.ArcadeDBError as failure:
                error = failure
                if any(sign in str(failure) for sign in _OWNED):
                    raise LockedError(f"another process holds {build}") from failure
                if "Unable to listen" not in str(failure):
                    raise StoreError(
                        f"the graph in {build} cannot be opened: run `outbreach build` again ({_said(failure)})"
                    ) from failure
            else:
                return server
        raise StoreError(
            f"the embedded engine finds no free port on 127.0.0.1 after {_STARTS} tries: try again"
        ) from error

    def _write_users(self) -> None:
        """Two users with new passwords: root for a build, and a reader who may read records and nothing else."""
        config = self._home / "config"
        shutil.rmtree(config, ignore_errors=True)
        config.mkdir(mode=0o700)
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


def _group(access: list[str], records: list[str]) -> dict[str, object]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}


def _hashed(password: str) -> str:
    """The engine's own form of a stored password; one round will do, since 192 random bits cannot be guessed."""
    salt = b64encode(secrets.token_bytes(32)).decode()
    key = b64encode(pbkdf2_hmac("sha256", password.encode(), salt.encode(), 1, 32)).decode()
    return f"PBKDF2WithHmacSHA256$1${salt}${key}"


def _said(error: Exception) -> str:
    """The engine's words on one line, without what a damaged file put into them."""
    text = " ".join(str(error).split())
    return "".join(char if char.isprintable() else "?" for char in text)[:300]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def _interrupt_deferred() -> Iterator[None]:
    """Hold a Ctrl-C back while the engine starts or stops, since it would leave threads and listeners behind.

    The engine's threads inherit the mask, so that a signal always reaches Python's own thread and wakes it.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows delivers a Ctrl-C to the main thread anyway
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
