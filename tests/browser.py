"""Headless Chromium for the tests of pages: opens a file from disk and notes whatever the page asks for or breaks."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
_SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--font-render-hinting=none"]  # fmt: skip
_WATCH = """
window.hurt = 0;
window.violations = [];
document.addEventListener("securitypolicyviolation", (e) => window.violations.push(e.violatedDirective + " " + e.blockedURI));
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => { window.hurt += 1; };
"""


@dataclass
class Opened:
    """A page opened from disk, and what was seen of it."""

    page: Any
    requests: list[str] = field(default_factory=list)
    """Everything asked for besides the file itself."""
    errors: list[str] = field(default_factory=list)
    """Exceptions and messages of the console that are errors or warnings."""

    def violations(self) -> list[str]:
        """What the content security policy had to stop."""
        return list(self.page.evaluate("window.violations"))

    def executions(self) -> int:
        """How often foreign text ran: hostile samples call `hurt++` or open a dialogue."""
        return int(self.page.evaluate("window.hurt"))

    def usable(self) -> float:
        """Seconds from the start of loading until the page could be used."""
        return int(self.page.get_attribute("html", "data-ready")) / 1000

    def text(self, selector: str) -> str:
        """What a reader sees there."""
        return str(self.page.inner_text(selector))


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium; where it is missing the test is skipped with the reason, in CI it fails."""
    if not CHROMIUM.exists():
        reason = f"there is no Chromium at {CHROMIUM}: apt-get install chromium, or set CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_SWITCHES)
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def opened(
    chromium: Any, file: Path, fragment: str = "", *, size: tuple[int, int] = (1366, 768), lang: str = "en-GB"
) -> Iterator[Opened]:
    """The file in a window of that size, drawn and ready."""
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, locale=lang)
    page = context.new_page()
    seen = Opened(page)
    page.add_init_script(_WATCH)
    page.on(
        "request", lambda request: None if request.url.startswith(file.as_uri()) else seen.requests.append(request.url)
    )
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on(
        "console", lambda message: seen.errors.append(message.text) if message.type in ("error", "warning") else None
    )
    try:
        page.goto(file.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]", timeout=30_000)
        yield seen
    finally:
        context.close()
