"""A real Neo4j Community server for the tests: jars from Maven Central, started on loopback, without Docker."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import neo4j

POM = Path(__file__).parent / "neo4j" / "pom.xml"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "outbreach-tests"
PASSWORD = "a-password-for-tests"  # of a server on loopback that lives as long as the tests
OPENS = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")


class MissingError(Exception):
    """The machine has no Java or Maven for this Neo4j; the text says what."""


@dataclass(frozen=True)
class Release:
    """A version of Neo4j, the Java it needs, and its main class."""

    version: str
    java: int
    main: str


RELEASES = {
    "neo4j-5.26": Release("5.26.30", 17, "org.neo4j.server.CommunityEntryPoint"),
    "neo4j-current": Release("2026.09.0", 21, "org.neo4j.server.Neo4jCommunity"),
}


class Server:
    """A running server with an empty database; stop it at the end."""

    def __init__(self, release: Release) -> None:
        """Fetch the jars once, start, and set the password.

        Raises `MissingError` where Java or Maven is not there.
        """
        java, jars = _java(release.java), _jars(release.version)
        self.home = Path(tempfile.mkdtemp(prefix="outbreach-neo4j-"))
        for name in ("conf", "data", "logs", "run", "plugins", "import"):
            (self.home / name).mkdir()
        self.port, http = _free_port(), _free_port()
        (self.home / "conf" / "neo4j.conf").write_text(
            "server.default_listen_address=127.0.0.1\n"
            f"server.bolt.listen_address=127.0.0.1:{self.port}\n"
            f"server.http.listen_address=127.0.0.1:{http}\n"
            "dbms.usage_report.enabled=false\n"
            "server.memory.pagecache.size=128m\n"
        )
        command = [java, *(f"--add-opens={package}=ALL-UNNAMED" for package in OPENS), "-Xmx1g", "-cp", f"{jars}/*"]
        if release.java > 17:
            command.insert(1, "--enable-native-access=ALL-UNNAMED")
        command += [release.main, f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self._wait()
            self._set_password()
        except BaseException:
            self.stop()
            raise

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"bolt://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, query: str) -> list[dict[str, object]]:
        """Run any Cypher, as the owner of the server."""
        with (
            neo4j.GraphDatabase.driver(self.address, auth=("neo4j", PASSWORD)) as driver,
            driver.session(database="neo4j") as session,
        ):
            return session.run(query).data()

    def clear(self) -> None:
        """Empty the database."""
        self.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")

    def stop(self) -> None:
        """End the process and remove its files."""
        self.process.kill()  # its files go with it, and an orderly end takes ten seconds
        self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def _wait(self) -> None:
        log = self.home / "logs" / "neo4j.log"
        for _ in range(600):
            if self.process.poll() is not None:
                raise RuntimeError(f"Neo4j ended at once: {log.read_text() if log.exists() else 'no log'}")
            if log.exists() and "Started." in log.read_text():
                return
            time.sleep(0.1)
        raise RuntimeError("Neo4j did not start within a minute")

    def _set_password(self) -> None:
        with (
            neo4j.GraphDatabase.driver(self.address, auth=("neo4j", "neo4j")) as driver,
            driver.session(database="system") as session,
        ):
            session.run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=PASSWORD).consume()


def _java(least: int) -> str:
    found = {}
    for java in (shutil.which("java"), *map(str, Path("/usr/lib/jvm").glob("*/bin/java"))):
        if java:
            said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
            version = said.partition('"')[2].partition(".")[0].partition('"')[0]
            found[int(version) if version.isdigit() else 0] = java
    fitting = [version for version in sorted(found) if version >= least]
    if not fitting:
        raise MissingError(f"this Neo4j needs Java {least} or newer, and the machine has {sorted(found) or 'none'}")
    return found[fitting[0]]


def _jars(version: str) -> Path:
    lib = CACHE / f"neo4j-{version}" / "lib"
    if lib.is_dir():
        return lib
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingError("Maven is needed to fetch Neo4j’s jars, and the machine has none")
    lib.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(dir=lib.parent))
    command = [maven, "-q", "-B", "-f", str(POM), f"-Dneo4j.version={version}", "dependency:copy-dependencies"]
    done = subprocess.run([*command, f"-DoutputDirectory={partial}"], capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(partial, ignore_errors=True)
        raise RuntimeError(f"Maven could not fetch Neo4j {version}: {done.stdout[-1000:]}")
    partial.rename(lib)
    return lib


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
