"""The engines that the conformance tests run on: something to write a graph to, and to open it from."""

import os
import tempfile
from pathlib import Path
from typing import Protocol

import pytest

from outbreach.graph.projection.elements import Graph
from outbreach.graph.store.bolt import Store, open_graph
from outbreach.graph.store.write import write_embedded, write_server
from tests.neo4j_server import PASSWORD, RELEASES, MissingError, Server

NAMES = ("embedded", *RELEASES)


class Engine(Protocol):
    """An engine with a graph of ours on it."""

    name: str

    def write(self, graph: Graph) -> None:
        """Make `graph` the graph."""

    def open(self) -> Store:
        """Open it to read."""


class Embedded:
    """The default: a folder."""

    name = "embedded"

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="outbreach-graph-"))

    def write(self, graph: Graph) -> None:
        """Make `graph` the graph."""
        write_embedded(self.folder, graph)

    def open(self) -> Store:
        """Open it to read."""
        return open_graph(self.folder)


class Remote:
    """A Neo4j server; user and password come from the environment, as for a person."""

    def __init__(self, name: str, server: Server) -> None:
        self.name, self.server = name, server

    def write(self, graph: Graph) -> None:
        """Make `graph` the graph."""
        self._login()
        write_server(self.server.address, graph)

    def open(self) -> Store:
        """Open it to read."""
        self._login()
        return open_graph(Path("unused"), self.server.address)

    def _login(self) -> None:
        os.environ["OUTBREACH_USER"], os.environ["OUTBREACH_PASSWORD"] = "neo4j", PASSWORD


def started(name: str) -> Engine:
    """The engine of that name; where the machine lacks what it needs, the test is skipped, in CI it fails."""
    if name == "embedded":
        return Embedded()
    try:
        return Remote(name, Server(RELEASES[name]))
    except MissingError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))
