"""The graph in a database, spoken to over Bolt: the embedded engine by default, or any Neo4j, by the same code."""

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import neo4j
from neo4j import graph as bolt
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
)
from neo4j.time import Duration

from outbreach.graph.errors import StoreError, UsageError
from outbreach.graph.projection.elements import Edge, Graph, Node
from outbreach.graph.store.builds import Builds, Current, Endpoint
from outbreach.graph.store.columns import columns_of
from outbreach.graph.store.difference import (
    Statement,
    clean,
    primary_first,
)
from outbreach.graph.store.embedded import DATABASE, READER, STATEMENT_SECONDS, VERSION, Engine, LockedError

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_PATIENCE = 10.0
"""Seconds to wait for another process that is just opening or closing the graph."""
_RENEWALS = 20
"""How often a reader looks for the next owner of an embedded graph whose owner has left."""
_OPENING = threading.Lock()
"""One thread at a time opens or closes an embedded graph: a process's servers would share its files."""
_Answer = TypeVar("_Answer")
logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what the driver logs, we say in a sentence


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer: its columns in order, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        """The rows, keyed by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Store:
    """An open graph. Close it, or use it in a `with`."""

    def __init__(self, link: "Link") -> None:
        self._link = link
        self.warning = link.warning()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    @property
    def address(self) -> str:
        """Where another Neo4j tool connects."""
        return self._link.address

    @property
    def database(self) -> str:
        """The name of the database there."""
        return self._link.database

    @property
    def login(self) -> tuple[str, str]:
        """User and password for it; a reader's on the embedded engine."""
        return self._link.login

    def run(self, query: str, **parameters: object) -> Rows:
        """Run a query that reads; nodes, relationships and dates come as plain dicts, lists and texts.

        Raises `UsageError` where the query is not understood, and `StoreError` where it writes, takes too long, or the
        database is gone.
        """
        return self._again_where_gone(lambda: self._link.read(query, parameters))

    def read(self) -> Graph:
        """The whole graph, as it was written."""
        return self._again_where_gone(self._link.graph)

    def _again_where_gone(self, ask: Callable[[], _Answer]) -> _Answer:
        for _ in range(_RENEWALS):
            try:
                return ask()
            except self._link.gone:
                if not self._link.renew():
                    break
            except StoreError:
                if not self._link.left() or not self._link.renew():
                    raise
        raise StoreError(f"the database at {self.address} is gone: is it still running?")

    def close(self) -> None:
        """Close the driver, then the engine where this process runs it."""
        self._link.close()


class Link:
    """A driver for one database, and the engine and folder behind it where there are any."""

    gone: tuple[type[Exception], ...] = (ServiceUnavailable,)
    """What the driver raises where the database has gone away."""
    embedded = False
    """Whether the engine is ours; it knows no notifications, and its build folder stands for the Build node."""

    def __init__(self, address: str, database: str, login: tuple[str, str], *, embedded: bool = False) -> None:
        self.embedded = embedded or self.embedded
        self.address, self.database, self.login = address, database, login
        self.driver = neo4j.GraphDatabase.driver(
            address,
            auth=login,
            connection_timeout=5,
            connection_acquisition_timeout=20,
            max_transaction_retry_time=0 if self.embedded else 3,  # an owner that has left is not waited for
            user_agent="outbreach",
            # A question names labels that a small graph has not; Neo4j would warn of each.
            notifications_min_severity=None if self.embedded else "OFF",
        )

    @contextmanager
    def session(self, mode: str = neo4j.READ_ACCESS) -> Iterator[neo4j.Session]:
        """The only way to a session: it always names the database (ENGINE.md, rule 1)."""
        with self.driver.session(database=self.database, default_access_mode=mode) as session:
            yield session

    def verify(self) -> None:
        """Connect now, so that errors are said now."""
        with self.session() as session:
            session.run("RETURN 1").consume()

    def warning(self) -> str | None:
        """A sentence where a build into this database is in progress or was interrupted."""
        rows = self.read("MATCH (b:Build) WHERE b.state <> 'complete' RETURN b.state", {}).rows
        if not rows:
            return None
        return f"A build into {self.address} is in progress or was interrupted: run `outbreach build --to` again to complete it."

    def read(self, query: str, parameters: dict[str, object], *, bounded: bool = True) -> Rows:
        """The answer to a query; a server bounds its time where it is `bounded`, the embedded engine always does."""
        ask = neo4j.unit_of_work(timeout=STATEMENT_SECONDS if bounded else None)(_rows)
        began = time.monotonic()
        with spoken(self.address, reraise=self.gone), self.session() as session:
            try:
                return session.execute_read(ask, query, parameters)
            except KeyboardInterrupt:
                self._terminate(query, time.monotonic() - began)
                with suppress(Neo4jError, DriverError):
                    session.close()  # it says how the query ended, in place of the Ctrl-C
                raise

    def write(self, work: Iterable[Statement], mark: dict[str, object] | None = None) -> None:
        """Run statements in one transaction, and set the Build node to `mark` in it.

        Raises `StoreError`, and nothing is written, where a statement did not do all of its rows.
        """
        with self.session(neo4j.WRITE_ACCESS) as session:
            session.execute_write(_do_all, work, mark)

    def declare(self, text: str) -> None:
        """Run a schema statement in a transaction of its own."""
        with self.session(neo4j.WRITE_ACCESS) as session:
            session.run(text).consume()

    def graph(self) -> Graph:
        """Everything but the Build node."""
        graph = Graph()
        nodes = self.read("MATCH (n) WHERE NOT n:Build RETURN labels(n), properties(n)", {}, bounded=False).rows
        for labels, properties in nodes:
            graph.add(Node(str(properties["id"]), primary_first(labels), clean(properties)))
        for start, kind, end, properties in self.read(
            "MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, properties(r)", {}, bounded=False
        ).rows:
            graph.add(Edge(kind, start, end, clean(properties)))
        return graph

    def left(self) -> bool:
        """Whether the process that we had joined has said that it stops; what it answers then means nothing."""
        return False

    def renew(self) -> bool:
        """Connect again where that can help; whether it did."""
        return False

    def close(self) -> None:
        """Close the driver."""
        self.driver.close()

    def _terminate(self, query: str, seconds: float) -> None:
        """Stop our running query from a second session (ENGINE.md, rule 5); the first one waits for its end.

        Another process may run the same query: ours is the one that has run for as long as we have waited.
        """
        with suppress(Neo4jError, DriverError), self.session() as session:
            running = [row for row in session.run("SHOW TRANSACTIONS").data() if row["currentQuery"] == query]
            if running:
                ours = min(running, key=lambda row: abs(_seconds(row["elapsedTime"]) - seconds))
                session.run(f"TERMINATE TRANSACTION '{ours['transactionId']}'").consume()


class EmbeddedLink(Link):
    """The current build of a workspace, in this process or in the one that has it open."""

    gone = (ServiceUnavailable, AuthError)  # an engine that is just stopping knows its users no more
    embedded = True

    def __init__(self, folder: Path) -> None:
        self.builds = Builds(folder, VERSION)
        self.engine: Engine | None = None
        self.endpoint = self._endpoint()
        super().__init__(
            f"bolt://127.0.0.1:{self.endpoint.port}",
            self.endpoint.database,
            (self.endpoint.user, self.endpoint.password),
        )

    def warning(self) -> str | None:
        """Nothing: a build of ours goes beside and is switched in whole."""
        return None

    def left(self) -> bool:
        """Whether the endpoint that we had joined is no longer named."""
        return self.engine is None and self.builds.endpoint() != self.endpoint

    def renew(self) -> bool:
        """The process that we had joined has gone: open the graph ourselves, or join the next one."""
        if self.engine is not None:
            return False
        self.driver.close()
        self.__init__(self.builds.folder)  # type: ignore[misc]
        return True

    def close(self) -> None:
        """Close the driver, then take the endpoint away and stop the engine where they are ours."""
        super().close()
        if self.engine is not None:
            with _OPENING:
                self.builds.unserve(self.endpoint)
                self.engine.stop()
            self.engine = None

    def _endpoint(self) -> Endpoint:
        """Join the process that serves the current build, or become it."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            with _OPENING:
                endpoint = self.builds.endpoint()
                if endpoint is not None and _answers(endpoint):
                    return endpoint
                current = self.builds.current()
                try:
                    return self._serve(current)
                except LockedError as error:
                    if time.monotonic() > deadline:
                        raise StoreError(f"{error} and does not answer: end it, or wait until it has ended") from error
                except StoreError:
                    if self.builds.current() == current:
                        raise
            time.sleep(0.1)  # that process is about to say where it serves; or a build has just taken this one's place

    def _serve(self, current: Current) -> Endpoint:
        self.builds.check(current)
        engine = Engine(self.builds.folder / current.build)
        try:
            endpoint = Endpoint(os.getpid(), engine.port, DATABASE, READER, engine.passwords[READER], current.build)
            self.builds.serve(endpoint)
        except BaseException:
            engine.stop()
            raise
        self.engine = engine
        return endpoint


def open_graph(folder: Path, to: str | None = None) -> Store:
    """Open the current build in `folder` (a workspace's `graph/`), or the database at `to`.

    Raises `StoreError` where there is none, or it is damaged, down, foreign to us or refuses us.
    """
    link = server(to) if to else EmbeddedLink(folder)
    try:
        if to:
            with spoken(link.address):
                link.verify()
        store = Store(link)
        if not to:
            store.run("RETURN 1")
    except BaseException:
        link.close()
        raise
    return store


def describe(folder: Path) -> str:
    """A sentence on the graph in a workspace."""
    try:
        current = Builds(folder, VERSION).current()
    except StoreError as error:
        return f"{str(error)[:1].upper()}{str(error)[1:]}."
    return f"The graph has {current.nodes:,} nodes and {current.edges:,} edges."


def server(to: str) -> Link:
    """A link to the database at `to`; user, password and database come from the environment.

    Raises `StoreError` where the address or the login will not do.
    """
    try:
        parts = urlsplit(to)
        understood = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket or a port that is none
        parts, understood = urlsplit(""), False
    if not understood:
        raise StoreError(
            f"{to.partition('@')[2] or to} is no address of a Neo4j server: it begins with {', '.join(SCHEMES)}, then ://"
        )
    if parts.password or parts.username:
        raise StoreError(
            "the address of the server holds a user or password: put them into OUTBREACH_USER and OUTBREACH_PASSWORD"
        )
    password = os.environ.get("OUTBREACH_PASSWORD")
    if not password:
        raise StoreError(f"no password for {to}: put it into OUTBREACH_PASSWORD (and the user into OUTBREACH_USER)")
    database = os.environ.get("OUTBREACH_DATABASE", "neo4j")
    with spoken(to):
        return Link(to, database, (os.environ.get("OUTBREACH_USER", "neo4j"), password))


def _answers(endpoint: Endpoint) -> bool:
    login = (endpoint.user, endpoint.password)
    link = Link(f"bolt://127.0.0.1:{endpoint.port}", endpoint.database, login, embedded=True)
    try:
        link.verify()
    except (Neo4jError, DriverError):
        return False
    finally:
        link.close()
    return True


def _do_all(tx: neo4j.ManagedTransaction, work: Iterable[Statement], mark: dict[str, object] | None) -> None:
    for cypher, rows in work:
        record = tx.run(cypher, rows=rows).single()
        if record is None or record["done"] != len(rows):
            raise StoreError(
                f"{record['done'] if record else 0:,} of {len(rows):,} were written: two nodes or edges have one id, or an end is missing"
            )
    if mark is not None:
        tx.run("MERGE (b:Build {id: 'outbreach'}) SET b += $mark", mark=mark).consume()


def _rows(tx: neo4j.ManagedTransaction, query: str, parameters: dict[str, object]) -> Rows:
    result = tx.run(query, parameters)
    rows = [tuple(_plain(value) for value in record.values()) for record in result]
    return Rows(tuple(result.keys()) or columns_of(query), rows)


def _seconds(elapsed: Duration) -> float:
    return float(elapsed.days * 86_400 + elapsed.seconds + elapsed.nanoseconds / 1e9)


def _plain(value: Any) -> Any:
    if isinstance(value, bolt.Node):
        return {**{k: _plain(v) for k, v in value.items()}, "labels": sorted(value.labels)}
    if isinstance(value, bolt.Relationship):
        return {**{k: _plain(v) for k, v in value.items()}, "type": value.type}
    if isinstance(value, bolt.Path):
        pairs = zip(value.relationships, value.nodes[1:], strict=True)
        return [_plain(value.nodes[0]), *(_plain(item) for pair in pairs for item in pair)]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    iso = getattr(value, "iso_format", None)
    return iso() if callable(iso) else value


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Say that a build has failed, and that the graph in `folder` has not."""
    try:
        yield
    except (Neo4jError, DriverError) as error:
        left = shutil.disk_usage(folder).free // 1_000_000
        raise StoreError(
            f"the graph cannot be written to {folder}, where the disk has {left:,} MB left: {_said(error)}; "
            "the graph that stood there is kept"
        ) from error


@contextmanager
def spoken(address: str, reraise: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Say what the driver raises in one sentence of ours."""
    try:
        yield
    except reraise:
        raise
    except AuthError as error:
        raise StoreError(
            f"{address} refuses the user and password: check OUTBREACH_USER and OUTBREACH_PASSWORD"
        ) from error
    except ServiceUnavailable as error:
        raise StoreError(f"nothing answers at {address}: is the server running, and is that its address?") from error
    except Forbidden as error:
        raise StoreError(f"a query may only read: {_said(error)}") from error
    except Neo4jError as error:
        raise _of_server(error, address) from error
    except (DriverError, ConfigurationError, ValueError) as error:
        raise StoreError(f"the driver cannot use {address}: {error}") from error


def _of_server(error: Neo4jError, address: str) -> StoreError | UsageError:
    code = error.code or ""
    if "DatabaseNotFound" in code:
        return StoreError(f"{address} has no such database: OUTBREACH_DATABASE names it")
    if "TimedOut" in code or "Timeout" in code:
        return StoreError(f"the query took too long and was stopped: {_said(error)}")
    if "AccessMode" in code:
        return StoreError(f"a query may only read: {_said(error)}")
    if isinstance(error, ClientError) and (".Statement." in code or ".Schema." in code):
        return UsageError(f"the query is not understood: {_said(error)}")
    return StoreError(f"the database refused: {_said(error)}")


def _said(error: Neo4jError | DriverError) -> str:
    """The engine's own message, on one line."""
    text = error.message if isinstance(error, Neo4jError) else None
    return " ".join((text or str(error)).split())[:400]
