"""Fixtures of the whole suite: each engine is started once, when the first test asks for it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.engines import NAMES, Embedded, Engine, Remote, started

settings.register_profile("outbreach", deadline=None)  # a busy machine is no failure
settings.load_profile("outbreach")
_running: dict[str, Engine] = {}


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The embedded engine, Neo4j 5.26 LTS, and the current Neo4j, one after the other."""
    for name in ("OUTBREACH_USER", "OUTBREACH_PASSWORD"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    if request.param not in _running:
        _running[request.param] = started(request.param)
    return _running[request.param]


@pytest.fixture(scope="session", autouse=True)
def _stopped() -> Iterator[None]:
    """Stop what was started."""
    yield
    for engine in _running.values():
        if isinstance(engine, Remote):
            engine.server.stop()
        elif isinstance(engine, Embedded):
            shutil.rmtree(engine.folder, ignore_errors=True)
