"""Fetching: a file comes whole or not at all, from a server on this machine that drops, stalls, lies and refuses."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from outbreach import loaders
from outbreach.cli import main
from outbreach.download import AGENT, Download, Manners, download
from outbreach.graph.errors import InputError

BODY = json.dumps([{"row": number} for number in range(20_000)]).encode()
ETAG, MODIFIED = '"v1"', "Wed, 05 Mar 2025 10:00:00 GMT"
QUICK = Manners(connect=5, read=5, attempts=4, first_wait=0.01, longest_wait=0.2, limit=10_000_000)

Answer = Callable[["Handler"], None]


@dataclass
class Server:
    """A server whose answers are given one after the other; the last one is given again for ever."""

    answers: list[Answer]
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the next answer."""

    plan: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer as planned."""
        self.plan.asked.append({name.lower(): value for name, value in self.headers.items()})
        answer = self.plan.answers[0] if len(self.plan.answers) == 1 else self.plan.answers.pop(0)
        answer(self)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def head(self, code: int, length: int | None, **headers: str) -> None:
        """The head of an answer."""
        self.send_response(code)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Connection", "close")
        self.end_headers()


def whole(body: bytes = BODY, **headers: str) -> Answer:
    """The whole file, or the rest of it where the request asks for that and the version is still the same."""

    def answers(to: Handler) -> None:
        span, condition = to.headers.get("Range"), to.headers.get("If-Range")
        if span and condition in (ETAG, MODIFIED):
            start = int(span.removeprefix("bytes=").rstrip("-"))
            to.head(206, len(body) - start, ETag=ETAG, Content_Range=f"bytes {start}-{len(body) - 1}/{len(body)}")
            to.wfile.write(body[start:])
        else:
            to.head(200, len(body), **({"ETag": ETAG, "Last_Modified": MODIFIED} | headers))
            to.wfile.write(body)

    return answers


def dropped(at: int, etag: str = ETAG) -> Answer:
    """So many bytes of the promised ones, and then nothing."""

    def answers(to: Handler) -> None:
        to.head(200, len(BODY), ETag=etag)
        to.wfile.write(BODY[:at])

    return answers


def stalled(seconds: threading.Event) -> Answer:
    """A beginning, and then silence until the test is over."""

    def answers(to: Handler) -> None:
        to.head(200, len(BODY), ETag=ETAG)
        to.wfile.write(BODY[:1000])
        to.wfile.flush()
        seconds.wait(5)

    return answers


def status(code: int, **headers: str) -> Answer:
    """A mere status."""
    return lambda to: to.head(code, 0, **headers)


@contextmanager
def serving(*answers: Answer) -> Iterator[Server]:
    """The server, on a free port of this machine."""
    plan = Server(list(answers))
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Planned", (Handler,), {"plan": plan}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    plan.url = f"http://127.0.0.1:{server.server_address[1]}/data.json"
    try:
        yield plan
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def get(server: Server, folder: Path, manners: Manners = QUICK, name: str = "data.json") -> tuple[Download, bool]:
    """The file, fetched."""
    return download(server.url, folder, name, manners=manners)


def test_a_file_is_kept_with_its_manifest(tmp_path: Path) -> None:
    """The file is named for the day of its version; its manifest has address, digest and what the server calls it."""
    with serving(whole()) as server:
        kept, new = get(server, tmp_path)
    assert new
    assert (tmp_path / "data-2025-03-05.json").read_bytes() == BODY
    assert (kept.file, kept.size, kept.etag, kept.address) == ("data-2025-03-05.json", len(BODY), ETAG, server.url)
    assert json.loads((tmp_path / "data.json.manifest.json").read_text("utf-8"))["sha256"] == kept.sha256
    assert {path.name for path in tmp_path.iterdir()} == {"data-2025-03-05.json", "data.json.manifest.json"}
    assert server.asked[0]["user-agent"] == AGENT


def test_what_has_not_changed_is_not_fetched_again(tmp_path: Path) -> None:
    """The second request is conditional; a 304, or the same bytes again, is no new file."""
    with serving(whole(), status(304), whole()) as server:
        first, _ = get(server, tmp_path)
        assert get(server, tmp_path) == (first, False)
        assert server.asked[1]["if-none-match"] == ETAG
        assert server.asked[1]["if-modified-since"] == MODIFIED
        again, new = get(server, tmp_path)
    assert (again.file, new) == (first.file, False)


def test_a_lost_or_changed_file_is_fetched_again(tmp_path: Path) -> None:
    """Where the file is gone, or is not what was fetched, the request carries no condition."""
    with serving(whole()) as server:
        kept, _ = get(server, tmp_path)
        (tmp_path / kept.file).write_bytes(b"[]")
        _, new = get(server, tmp_path)
    assert new
    assert "if-none-match" not in server.asked[1]


def test_two_versions_are_two_files(tmp_path: Path) -> None:
    """A newer version stands beside the older one, also where both are of one day: counts are rewritten in place."""
    with serving(
        whole(), whole(b"[1]", ETag='"v2"'), whole(b"[2]", Last_Modified="Thu, 06 Mar 2025 10:00:00 GMT")
    ) as server:
        files = [get(server, tmp_path)[0].file for _ in range(3)]
    assert len(set(files)) == 3
    assert files[0] == "data-2025-03-05.json"
    assert files[1].startswith("data-2025-03-05-")
    assert [(tmp_path / file).read_bytes() for file in files[1:]] == [b"[1]", b"[2]"]


def test_a_dropped_connection_is_resumed(tmp_path: Path) -> None:
    """The second attempt asks for the rest of the same version only."""
    with serving(dropped(70_000), whole()) as server:
        kept, new = get(server, tmp_path)
    assert new
    assert (tmp_path / kept.file).read_bytes() == BODY
    assert (server.asked[1]["range"], server.asked[1]["if-range"]) == ("bytes=70000-", ETAG)


def test_a_later_call_resumes_too(tmp_path: Path) -> None:
    """What an interrupted call left is used by the next one."""
    with serving(dropped(70_000), status(503), whole()) as server:
        with pytest.raises(InputError, match="what has come is kept"):
            get(server, tmp_path, replace(QUICK, attempts=2))
        kept, _ = get(server, tmp_path)
    assert (tmp_path / kept.file).read_bytes() == BODY
    assert server.asked[2]["range"] == "bytes=70000-"


@pytest.mark.parametrize("second", [whole(b"[1]", ETag='"v2"'), whole(b"[1]")], ids=["changed", "range ignored"])
def test_a_part_of_another_version_is_thrown_away(tmp_path: Path, second: Answer) -> None:
    """Where the server sends the whole file in answer to a range, the file begins anew."""

    def ignores(to: Handler) -> None:
        del to.headers["Range"]
        second(to)

    with serving(dropped(70_000), ignores) as server:
        kept, _ = get(server, tmp_path)
    assert (tmp_path / kept.file).read_bytes() == b"[1]"


def test_a_wrong_range_is_not_glued_on(tmp_path: Path) -> None:
    """A 206 that begins elsewhere, or a 416, makes the download begin anew."""

    def elsewhere(to: Handler) -> None:
        to.head(206, 10, Content_Range=f"bytes 5-14/{len(BODY)}")
        to.wfile.write(BODY[5:15])

    for odd in (elsewhere, status(416)):
        folder = tmp_path / str(id(odd))
        with serving(dropped(70_000), odd, whole()) as server:
            kept, _ = get(server, folder)
        assert (folder / kept.file).read_bytes() == BODY
        assert "range" not in server.asked[2]


def test_a_weak_version_is_not_resumed(tmp_path: Path) -> None:
    """A weak ETag promises no same bytes: without a date the download begins anew (RFC 9110, 13.1.5)."""
    with serving(dropped(70_000, 'W/"v1"'), whole()) as server:
        kept, _ = get(server, tmp_path)
    assert (tmp_path / kept.file).read_bytes() == BODY
    assert "range" not in server.asked[1]


def test_a_stall_is_a_drop(tmp_path: Path) -> None:
    """Silence longer than the time-out ends the attempt, and the next one goes on."""
    over = threading.Event()
    with serving(stalled(over), whole()) as server:
        kept, _ = get(server, tmp_path, replace(QUICK, read=0.5))
        over.set()
    assert (tmp_path / kept.file).read_bytes() == BODY
    assert server.asked[1]["range"] == "bytes=1000-"


def test_a_length_too_large_is_noticed(tmp_path: Path) -> None:
    """A server that promises more than it sends, at every attempt, gives no file."""

    def promises(to: Handler) -> None:
        to.head(200, len(BODY) + 10, Last_Modified=MODIFIED)
        to.wfile.write(BODY)

    with serving(promises) as server, pytest.raises(InputError, match="cannot be fetched"):
        get(server, tmp_path)
    assert not list(tmp_path.glob("data-*"))


def test_a_length_too_small_is_noticed_where_the_form_tells(tmp_path: Path) -> None:
    """JSON that is cut short by a wrong length is not kept."""

    def cut(to: Handler) -> None:
        to.head(200, 50_000)
        to.wfile.write(BODY)

    with serving(cut) as server, pytest.raises(InputError, match="is no whole JSON: nothing of it is kept"):
        get(server, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("body", "name", "says"),
    [
        (b"\xef\xbb\xbf <!DOCTYPE html><p>Sorry", "data.csv", "is a web page"),
        (b"{", "data.json", "no whole JSON"),
        (b"PK\x03\x04", "data.zip", "no whole zip archive"),
    ],
)
def test_another_file_is_not_kept(tmp_path: Path, body: bytes, name: str, says: str) -> None:
    """A web page in place of a table, or a damaged file, is refused in one sentence."""
    with serving(whole(body)) as server, pytest.raises(InputError, match=says):
        get(server, tmp_path, name=name)
    assert not list(tmp_path.iterdir())


def test_too_many_requests(tmp_path: Path) -> None:
    """Retry-After is kept to, where it is short; where it is long, the call ends and says how long."""
    with serving(status(429, Retry_After="0"), status(500), status(503, Retry_After="soon"), whole()) as server:
        assert get(server, tmp_path)[1]
        assert len(server.asked) == 4
    with serving(status(429, Retry_After="7200")) as server:
        with pytest.raises(InputError, match="come back in 7,200 seconds"):
            get(server, tmp_path / "b")
        assert len(server.asked) == 1
    far = "Wed, 05 Mar 2099 10:00:00 GMT"
    with serving(status(503, Retry_After=far)) as server, pytest.raises(InputError, match="come back in"):
        get(server, tmp_path / "c")


@pytest.mark.parametrize(("code", "says"), [(404, "there is no such file there any more"), (403, "answers 403")])
def test_a_refusal_is_final(tmp_path: Path, code: int, says: str) -> None:
    """What will not change by asking again is asked once."""
    with serving(status(code)) as server:
        with pytest.raises(InputError, match=says):
            get(server, tmp_path)
        assert len(server.asked) == 1


def test_a_server_that_is_down(tmp_path: Path) -> None:
    """No connection is one sentence, after the attempts."""
    with serving(status(404)) as server:
        pass
    with pytest.raises(InputError, match=r"cannot be fetched .*: try again later"):
        get(server, tmp_path)


def test_redirects(tmp_path: Path) -> None:
    """A redirect to the web is followed and noted; one to anything else, or in a circle, is not."""
    with serving(lambda to: to.head(302, 0, Location="/there.json"), whole()) as server:
        kept, _ = get(server, tmp_path)
        assert urlsplit(kept.final_address or "").path == "/there.json"
    for target, says in (
        ("file:///etc/passwd", "not followed"),
        ("ftp://x.example/a", "not followed"),
        ("/data.json", "redirects"),
    ):
        with serving(status(302, Location=target)) as server, pytest.raises(InputError, match=says):
            get(server, tmp_path / "b")
    assert not list((tmp_path / "b").glob("data-*"))


def test_the_limit(tmp_path: Path) -> None:
    """A file larger than the limit is not taken, whether its length is told or not."""

    def untold(to: Handler) -> None:
        to.head(200, None)
        to.wfile.write(BODY)

    for answer in (whole(), untold):
        with serving(answer) as server, pytest.raises(InputError, match="larger than 1,000 bytes"):
            get(server, tmp_path, replace(QUICK, limit=1000))
        assert not list(tmp_path.iterdir())


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`outbreach fetch` says what came, and how to load it."""
    monkeypatch.chdir(tmp_path)
    for name in ("OUTBREACH_WORKSPACE", "OUTBREACH_LANG"):
        monkeypatch.delenv(name, raising=False)
    source = loaders.loader("kev").SOURCE
    with serving(whole()) as server:
        monkeypatch.setattr(loaders.loader("kev"), "SOURCE", replace(source, addresses={"data.json": server.url}))
        monkeypatch.setattr("sys.argv", ["outbreach", "fetch", "kev"])
        with pytest.raises(SystemExit):
            main()
    said = capsys.readouterr().out
    assert "data-2025-03-05.json: 0.3 MB, new, sha256" in said
    assert "outbreach load kev workspace/downloads/kev/data-2025-03-05.json" in said


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_to_click(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    """A source without an address says in one sentence, in both languages, how a person gets its file."""
    monkeypatch.setattr("sys.argv", ["outbreach", "fetch", "hhs", "--lang", lang])
    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr()
    assert end.value.code == 1
    assert len(said.err.strip().splitlines()) == 1
    assert ("click" in said.err) is (lang == "en")
    assert ("cliquer" in said.err) is (lang == "fr")


def test_every_source_can_be_had() -> None:
    """Each source has an https address, or says in both languages what to do, or brings its own files."""
    for name in loaders.names():
        source = loaders.loader(name).SOURCE
        assert source.addresses or source.shipped or (source.obtain_en and source.obtain_fr), name
        assert all(address.startswith("https://") for address in source.addresses.values()), name
