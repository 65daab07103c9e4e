"""A page from the web: fetched once, politely, with limits on time and size."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx

from outbreach import __version__
from outbreach.graph.errors import InputError
from outbreach.graph.ids import slug

AGENT = f"outbreach/{__version__} (reads one page at a journalist’s request)".replace("’", "'")
TIMEOUT = httpx.Timeout(20.0, connect=10.0)
LARGEST = 10_000_000
"""Bytes; an article is far smaller."""
_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


def is_address(text: str) -> bool:
    """Whether a name on the command line is an address rather than a file."""
    return text.startswith(("http://", "https://"))


def fetch(url: str) -> tuple[str, bytes]:
    """The name that a page's file gets, and what it holds.

    Raises `InputError` where the page cannot be had, is too large, or is neither text, HTML nor PDF.
    """
    try:
        with (
            httpx.Client(
                headers={"User-Agent": AGENT}, timeout=TIMEOUT, follow_redirects=True, max_redirects=5
            ) as client,
            client.stream("GET", url) as answer,
        ):
            answer.raise_for_status()
            kind = answer.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
            if kind not in _KINDS:
                raise InputError(f"{url} is {kind}, which is no article: give the address of a page or a PDF")
            raw = bytearray()
            for part in answer.iter_bytes():
                raw += part
                if len(raw) > LARGEST:
                    raise InputError(f"{url} is larger than {LARGEST // 1_000_000} MB: save what you need to a file")
    except httpx.HTTPStatusError as error:
        raise InputError(
            f"{url} answered {error.response.status_code}: save the page from your browser and give the file"
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InputError(
            f"{url} cannot be fetched ({type(error).__name__}): save the page from your browser and give the file"
        ) from None
    ending = {"text/plain": ".txt", "application/pdf": ".pdf"}.get(kind, ".html")
    parts = urlsplit(url)
    name = slug(Path(unquote(parts.path)).stem)[:80] or slug(parts.netloc)
    return f"{name}{ending}", bytes(raw)
