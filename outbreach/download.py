"""One file over HTTP, whole or not at all: resumed where it broke off, not fetched again where nothing changed.

Conditional and range requests as in RFC 9110, sections 13 and 14; Retry-After as in its section 10.2.3.
"""

import json
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

import httpx
import msgspec
import tenacity

from outbreach import __version__
from outbreach.graph.atomic import write_atomically
from outbreach.graph.errors import InputError

AGENT = f"outbreach/{__version__} (open knowledge graph of health-data breaches; one polite reader)"
Progress = Callable[[int, int | None], None]
"""Told the bytes that are there and, where the server says, how many there will be."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How patient and how careful a download is; seconds and bytes."""

    connect: float = 15
    read: float = 60
    attempts: int = 6
    first_wait: float = 1
    longest_wait: float = 120
    limit: int = 1_000_000_000
    redirects: int = 5


class Download(msgspec.Struct, frozen=True):
    """The manifest beside a file: where it came from and when, its digest, and what the server calls this version."""

    address: str
    file: str
    sha256: str
    size: int
    retrieved_at: str
    etag: str | None = None
    last_modified: str | None = None
    final_address: str | None = None


class _AgainError(Exception):
    """Worth another attempt, after `wait` seconds where the server says so."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


def download(
    address: str,
    folder: Path,
    name: str,
    progress: Progress = lambda _done, _total: None,
    manners: Manners = Manners(),
) -> tuple[Download, bool]:
    """The file at `address` as `folder/<stem>-<day><ending>`, by the day of its version; (its manifest, whether it is new).

    Raises `InputError` where it cannot be had, is larger than the limit, or is cut short.
    """
    folder.mkdir(parents=True, exist_ok=True)
    attempt = tenacity.Retrying(
        retry=tenacity.retry_if_exception_type((_AgainError, httpx.TransportError)),
        stop=tenacity.stop_after_attempt(manners.attempts),
        wait=lambda state: _wait(state, manners),
        reraise=True,
    )
    try:
        with _client(address, manners) as client:
            return attempt(_Attempt(client, address, folder, name, progress, manners).run)
    except (_AgainError, httpx.HTTPError, httpx.InvalidURL) as error:
        why = str(error) or type(error).__name__
        raise InputError(f"{address} cannot be fetched ({why}): try again later; what has come is kept") from error
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror or error}") from error


def _client(address: str, manners: Manners) -> httpx.Client:
    def only_the_web(request: httpx.Request) -> None:
        if request.url.scheme not in ("http", "https") or (
            address.startswith("https:") and request.url.scheme == "http"
        ):
            raise InputError(f"{address} sends us on to {request.url}, which is not followed: it is not as safe")

    return httpx.Client(
        headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"},
        timeout=httpx.Timeout(manners.read, connect=manners.connect),
        follow_redirects=True,
        max_redirects=manners.redirects,
        event_hooks={"request": [only_the_web]},
    )


@dataclass(frozen=True, slots=True)
class _Attempt:
    client: httpx.Client
    address: str
    folder: Path
    name: str
    progress: Progress
    manners: Manners

    @property
    def manifest(self) -> Path:
        return self.folder / f"{self.name}.manifest.json"

    @property
    def part(self) -> Path:
        return self.folder / f"{self.name}.part"

    def run(self) -> tuple[Download, bool]:
        """One request, and what came of it."""
        before = self._before()
        begun = self._begun()
        with self.client.stream("GET", self.address, headers=self._headers(before, begun)) as answer:
            if answer.status_code == httpx.codes.NOT_MODIFIED and before:
                self._forget()
                return before, False
            self._refuse(answer)
            done = self._start(answer, begun)
            self._take(answer, done)
        return self._keep(before, answer)

    def _before(self) -> Download | None:
        """The manifest of the last download, where its file is still what it was."""
        with suppress(OSError, msgspec.DecodeError):
            last = msgspec.json.decode(self.manifest.read_bytes(), type=Download)
            file = self.folder / last.file
            if last.address == self.address and _digest(file) == last.sha256:
                return last
        return None

    def _begun(self) -> tuple[int, str] | None:
        """The bytes that an earlier attempt left, and the version that they are of; none where it is not known."""
        with suppress(OSError):
            version = self.part.with_suffix(".part.version").read_text("utf-8")
            size = self.part.stat().st_size
            if version and size:
                return size, version
        return None

    def _headers(self, before: Download | None, begun: tuple[int, str] | None) -> dict[str, str]:
        if begun:
            return {"Range": f"bytes={begun[0]}-", "If-Range": begun[1]}
        headers = {}
        if before and before.etag:
            headers["If-None-Match"] = before.etag
        if before and before.last_modified:
            headers["If-Modified-Since"] = before.last_modified
        return headers

    def _refuse(self, answer: httpx.Response) -> None:
        """Raise where the answer is no file."""
        code = answer.status_code
        if code in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
            return
        if code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            self._forget()
            raise _AgainError("what an earlier attempt left is not of this file")
        if code in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.REQUEST_TIMEOUT) or code >= 500:
            wait = _retry_after(answer.headers.get("Retry-After"))
            if wait is not None and wait > self.manners.longest_wait:
                raise InputError(f"{self.address} answers {code} and asks to come back in {wait:,.0f} seconds")
            raise _AgainError(f"it answers {code} {answer.reason_phrase}".rstrip(), wait)
        gone = "there is no such file there any more" if code in (404, 410) else f"it answers {code}"
        raise InputError(f"{self.address} cannot be fetched: {gone} {answer.reason_phrase}".rstrip())

    def _start(self, answer: httpx.Response, begun: tuple[int, str] | None) -> int:
        """Where in the file the answer begins: 0 unless the server goes on from where we were."""
        span = re.match(r"bytes (\d+)-\d*/", answer.headers.get("Content-Range", ""))
        if answer.status_code == httpx.codes.PARTIAL_CONTENT:
            if begun and span and int(span[1]) == begun[0]:
                return begun[0]
            self._forget()
            raise _AgainError("it sends another part of the file than was asked for")
        self._forget()
        version = _version(answer)
        if version:
            self.part.with_suffix(".part.version").write_text(version, "utf-8")
        return 0

    def _take(self, answer: httpx.Response, done: int) -> None:
        """Write the answer to the part; raises where it is too large. A broken connection leaves what has come."""
        length = answer.headers.get("Content-Length", "")
        total = done + int(length) if length.isascii() and length.isdigit() else None
        self._within(total or 0)
        with self.part.open("ab" if done else "wb") as stream:
            for chunk in answer.iter_raw():
                done += len(chunk)
                self._within(done)
                stream.write(chunk)
                self.progress(done, total)

    def _within(self, size: int) -> None:
        if size > self.manners.limit:
            self._forget()
            raise InputError(f"{self.address} is larger than {self.manners.limit:,} bytes: --limit allows more")

    def _keep(self, before: Download | None, answer: httpx.Response) -> tuple[Download, bool]:
        """Check the whole file and give it its name; one with the digest of the last is that one."""
        _check_whole(self.part, self.address, self.name, self._forget)
        now = datetime.now(UTC)
        digest = _digest(self.part)
        etag, modified = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
        day = (_date(modified) or now).date().isoformat()
        kept = Download(
            address=self.address, file=f"{Path(self.name).stem}-{day}{Path(self.name).suffix}", sha256=digest,
            size=self.part.stat().st_size, retrieved_at=now.isoformat(timespec="seconds"), etag=etag,
            last_modified=modified, final_address=str(answer.url) if str(answer.url) != self.address else None,
        )  # fmt: skip
        new = before is None or before.sha256 != digest
        if not new and before is not None:
            kept = msgspec.structs.replace(kept, file=before.file)
        elif (self.folder / kept.file).exists() and _digest(self.folder / kept.file) != digest:
            kept = msgspec.structs.replace(kept, file=f"{Path(kept.file).stem}-{digest[:8]}{Path(kept.file).suffix}")
        self.part.replace(self.folder / kept.file)
        self._forget()
        write_atomically(self.manifest, msgspec.json.format(msgspec.json.encode(kept)).decode() + "\n")
        return kept, new

    def _forget(self) -> None:
        self.part.unlink(missing_ok=True)
        self.part.with_suffix(".part.version").unlink(missing_ok=True)


def _version(answer: httpx.Response) -> str | None:
    """What If-Range may name: a strong ETag, else the date."""
    etag, modified = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified")
    said = etag if etag.startswith('"') else modified
    return None if said is None else str(said)


def _wait(state: tenacity.RetryCallState, manners: Manners) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _AgainError) else None
    if asked is not None:
        return asked
    return float(tenacity.wait_exponential(multiplier=manners.first_wait, max=manners.longest_wait)(state))


def _retry_after(text: str | None) -> float | None:
    """Seconds, from a number of them or a date; None where the server says nothing that can be read."""
    if text and re.fullmatch(r"\d{1,9}", text.strip()):
        return float(text)
    then = _date(text)
    return max(0.0, (then - datetime.now(UTC)).total_seconds()) if then else None


def _date(text: str | None) -> datetime | None:
    with suppress(ValueError, TypeError):
        then = parsedate_to_datetime(text or "")
        return then if then.tzinfo else then.replace(tzinfo=UTC)
    return None


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        digest = sha256()
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _check_whole(file: Path, address: str, name: str, forget: Callable[[], None]) -> None:
    """Raise where the bytes are not the file that its name says: a web page, or one that is cut short.

    A server that states too small a length cuts its file, and no header tells; JSON and zip do.
    """
    with file.open("rb") as stream:
        head = stream.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    why = None
    if head.startswith((b"<!doctype html", b"<html")):
        why = "is a web page and not the file"
    elif name.endswith(".json"):
        try:
            json.loads(file.read_bytes())
        except (ValueError, RecursionError):
            why = "is no whole JSON"
    elif name.endswith(".zip"):
        try:
            with zipfile.ZipFile(file) as archive:
                why = "is damaged" if archive.testzip() else None
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
            why = "is no whole zip archive"
    if why:
        forget()
        raise InputError(f"what {address} sends {why}: nothing of it is kept, try again later")
