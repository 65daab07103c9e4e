"""What stands in a file that holds an article: its text, and what the page says of itself."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from charset_normalizer import from_bytes

from outbreach.graph.errors import InputError

INSTALL = "pip install 'outbreach[articles]'"


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, and its title, publisher, address, date and language where its marks give them."""

    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published_on: str | None = None
    lang: str | None = None


def page_of(file: Path, raw: bytes, url: str | None = None) -> Page:
    """The page in `raw`, which may be plain text, HTML or PDF; `file` names it in messages.

    Raises `InputError` where there is no text in it, or where its reader is not installed.
    """
    if not raw.strip():
        raise InputError(f"{file} is empty")
    if raw.startswith(b"%PDF-"):
        page = _pdf(file, raw)
    elif _is_html(file, raw):
        page = _html(file, raw, url)
    elif b"\x00" in raw[:4096]:
        raise InputError(f"{file} is neither text, HTML nor PDF: save the article as one of these")
    else:
        page = Page(_decoded(file, raw), url=url)
    if not page.text.strip():
        raise InputError(f"{file} holds no text that can be read: copy the article's words into a text file")
    return page


def _decoded(file: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(raw).best()
        if best is None:
            raise InputError(f"{file} is no text in a known encoding: save it as UTF-8") from None
        return str(best)


def _is_html(file: Path, raw: bytes) -> bool:
    start = raw[:2048].lower()
    return file.suffix.lower() in (".html", ".htm", ".xhtml") or b"<!doctype html" in start or b"<html" in start


def _html(file: Path, raw: bytes, url: str | None) -> Page:
    try:
        import trafilatura  # noqa: PLC0415  optional, and slow to load
    except ImportError:
        raise InputError(f"{file}: a page in HTML is read with an extra package: {INSTALL}") from None
    html = _decoded(file, raw)
    found = trafilatura.bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=False, favor_precision=True
    )
    if found is None:
        return Page("")
    told = found if isinstance(found, dict) else found.as_dict()
    lang = re.search(r"<html[^>]*\blang=[\"']?([a-zA-Z]{2})", html[:4096])
    return Page(
        told.get("text") or "", told.get("title") or None, told.get("sitename") or None, url or _address(told.get("url")),
        _day(told.get("date")), lang[1].lower() if lang and lang[1].lower() in ("fr", "en") else None,
    )  # fmt: skip


def _address(url: object) -> str | None:
    return str(url) if url and re.fullmatch(r"https?://\S+", str(url)) else None


def _day(date: object) -> str | None:
    match = re.match(r"\d{4}-\d{2}-\d{2}", str(date or ""))
    return match[0] if match else None


def _pdf(file: Path, raw: bytes) -> Page:
    try:
        from pypdf import PdfReader  # noqa: PLC0415  optional
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError:
        raise InputError(f"{file}: a PDF is read with an extra package: {INSTALL}") from None
    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted:
            raise InputError(f"{file} is locked with a password: save a copy without one")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, RecursionError) as error:
        raise InputError(
            f"{file} is a damaged PDF ({type(error).__name__}): copy the article's words into a text file"
        ) from None
    return Page(_unwrapped(text), title=title if title and title in text else None)


def _unwrapped(text: str) -> str:
    """Lines of a page put together to paragraphs: a line that is not full, or ends a sentence before a capital, ends one."""
    lines = [line.strip() for line in text.splitlines()]
    longest = max((len(line) for line in lines), default=0)
    out: list[str] = []
    fresh = True
    for line in lines:
        if not line:
            fresh = True
        elif fresh or not out:
            out.append(line)
            fresh = False
        else:
            out[-1] = out[-1][:-1] + line if re.search(r"\w-$", out[-1]) and line[:1].islower() else f"{out[-1]} {line}"
        if line and len(line) < 0.6 * longest:
            fresh = True
    return "\n\n".join(out)
