"""The story page in Chromium, as a journalist opens it: offline, in two languages, by hand or by keys, and unharmed."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from outbreach.graph.html.selection import OPENING
from outbreach.graph.html.story import story_graph, write_story
from tests.browser import Opened, browser, opened
from tests.stories import AS_OF, HOSTILE, INCIDENT, OTHER, TITLE, VENDOR, case, hostile


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One Chromium for all pages."""
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the hand-written case."""
    return case().write(tmp_path_factory.mktemp("story") / "story.html")


def _safe(seen: Opened) -> None:
    assert seen.requests == []
    assert seen.violations() == []
    assert seen.errors == []
    assert seen.executions() == 0


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_opens_offline_in_both_languages(chromium: Any, story: Path, lang: str) -> None:
    """From disk the page asks for nothing, breaks no policy, and speaks the reader’s language."""
    with opened(chromium, story, lang=f"{lang}-CA") as seen:
        assert seen.text("h1") == TITLE[lang]
        assert seen.text("#as-of") == {"en": "Data as of 22 November 2026", "fr": "Données au 22 novembre 2026"}[lang]
        assert {"en": "does not imply wrongdoing", "fr": "n’implique aucune faute"}[lang] in seen.text("#footer")
        assert seen.page.evaluate("document.documentElement.lang") == lang
        _safe(seen)


def test_language_is_kept_in_the_address(chromium: Any, story: Path) -> None:
    """A switch of language translates everything and stays in the address, so that a shared link opens alike."""
    with opened(chromium, story) as seen:
        seen.page.click("#languages [data-lang=fr]")
        assert "Niveau" in seen.text("#rows thead")
        assert "lang=fr" in seen.page.url
    with opened(chromium, story, "#lang=fr") as seen:
        assert seen.text("h1") == TITLE["fr"]


def test_deep_link_shows_fact_quote_and_source(chromium: Any, story: Path) -> None:
    """A link to a node opens its facts: sentence, quote in its own language, author, date with its precision, source."""
    with opened(chromium, story, f"#node={OTHER}") as seen:
        facts = seen.text("#facts")
        assert "Hospital of the long-named town number 00" in facts
        assert "confirmed by the body itself or by a regulator" in facts
        assert "Vendex supplies Hospital" in facts
        assert "stated May 2024" in facts
        assert seen.page.get_attribute("#facts blockquote", "lang") == "fr"
        assert seen.page.get_attribute("#facts .source a", "href") == "https://example.org/source-1"
        assert "noopener" in str(seen.page.get_attribute("#facts .source a", "rel"))
        assert "no quote shipped" in facts
        _safe(seen)


def test_incident_shows_rivals_denials_and_hedges(chromium: Any, story: Path) -> None:
    """Of an incident one reads rival figures and which count, what was not exposed, and what is hedged."""
    with opened(chromium, story, f"#node={INCIDENT}") as seen:
        facts = seen.text("#facts")
        for words in ("People at least 9,000", "counted in the interval", "100,000", "not counted: not people affected",
                      "not exposed", "hedged in the source", "source of low reliability", "summer 2024", "March 2024"):  # fmt: skip
            assert words in facts, words
        assert seen.page.locator("#facts a[href^=javascript]").count() == 0
        seen.page.click("#languages [data-lang=fr]")
        facts = seen.text("#facts").replace("\u202f", " ").replace("\xa0", " ")
        for words in (
            "Personnes au moins 9 000",
            "été 2024",
            "mars 2024",
            "non exposé",
            "au conditionnel dans la source",
        ):
            assert words in facts, words
        _safe(seen)


def test_exposed_is_worded_as_an_inference(chromium: Any, story: Path) -> None:
    """An exposed client is said to be inferred, never to have failed at something."""
    with opened(chromium, story, "#node=org-far") as seen:
        assert "exposed (inferred: supplied by a breached vendor; nothing said in the sources loaded)" in seen.text(
            "#facts"
        )
        assert "failed" not in seen.text("body").lower()


def test_levels_fade_and_count(chromium: Any, story: Path) -> None:
    """Level 1 leaves level 2 out of the table, and the page says how many it shows of how many."""
    with opened(chromium, story) as seen:
        assert "shown 32 of 32" in seen.text("#rows caption")
        assert "Farther Clinic" in seen.text("#rows")
        seen.page.click("#levels [data-n='1']")
        assert "shown 31 of 32" in seen.text("#rows caption")
        assert "Farther Clinic" not in seen.text("#rows")
        assert "level=1" in seen.page.url


def test_keyboard_alone_is_enough(chromium: Any, story: Path) -> None:
    """By keys alone one searches, goes to a neighbour, opens the facts and comes back."""
    with opened(chromium, story) as seen:
        keys = seen.page.keyboard
        keys.press("/")
        keys.type("xantip")
        keys.press("Enter")
        assert seen.text("#facts h2") == "Xantippe"
        assert seen.page.text_content("#aloud") == "Xantippe, attacker"
        keys.press("ArrowRight")
        assert seen.text("#facts h2") == "Vendex breach (2024)"
        keys.press("Enter")
        assert seen.page.evaluate("document.activeElement.id") == "facts"
        keys.press("Escape")
        assert seen.text("#facts h2") == "Xantippe"
        keys.press("Escape")
        assert seen.text("#facts h2") == "What this page shows"
        seen.page.focus("#rows a")
        keys.press("Enter")
        assert "Level 1" in seen.text("#facts")
        _safe(seen)


def test_a_click_on_a_label_and_on_a_line(chromium: Any, story: Path) -> None:
    """A click on a name or its symbol opens its facts; a click on a line opens what is stated of it."""
    with opened(chromium, story) as seen:
        box = seen.page.locator("#graph").bounding_box()
        hit = 0
        for x in range(20, int(box["width"]), 24):
            seen.page.mouse.click(box["x"] + x, box["y"] + box["height"] / 2 + 9)
            title = seen.page.locator("#facts .type")
            hit |= 2 if title.count() and title.inner_text() == "link" else 1 if title.count() else 0
        assert hit & 1
        seen.page.goto(f"{story.as_uri()}#node={INCIDENT}")
        seen.page.click("#facts [data-edge]")
        assert seen.text("#facts .type") == "link"
        assert INCIDENT not in seen.page.url
        assert "Vendex breach (2024)" in seen.text("#facts h2")
        _safe(seen)


def test_phone(chromium: Any, story: Path) -> None:
    """On a phone nothing is wider than the screen, and the facts come up as a sheet from below."""
    with opened(chromium, story, f"#node={OTHER}", size=(390, 844)) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") == 390
        sheet = seen.page.locator("#facts").bounding_box()
        assert sheet["y"] > 300
        assert round(sheet["y"] + sheet["height"]) == 844
        _safe(seen)


_CLICK_ALL = """() => {
    let chosen = 0;
    for (const { index } of [...document.querySelectorAll("#rows a")].map((_, index) => ({ index }))) {
        document.querySelectorAll("#rows a")[index].click();
        const lines = Math.min(3, document.querySelectorAll("#facts [data-edge]").length);
        for (let line = 0; line < lines; line += 1) {
            document.querySelectorAll("#facts [data-edge]")[line].click();
            chosen += 1;
            document.querySelectorAll("#rows a")[index].click();
        }
    }
    return chosen;
}"""


def test_hostile_words_never_run(chromium: Any, tmp_path: Path) -> None:
    """Hostile ids, names, titles, quotes and addresses run nothing on load, hover, select, search or print."""
    made = hostile()
    title = {"en": HOSTILE[0], "fr": HOSTILE[1]}
    file = tmp_path / "hostile.html"
    write_story(file, story_graph(made.graph, VENDOR, made.rows), made.rows, title, AS_OF, VENDOR)
    with opened(chromium, file) as seen:
        page = seen.page
        assert page.evaluate("document.title") == HOSTILE[0]
        box = page.locator("#graph").bounding_box()
        for x in range(10, int(box["width"]), 60):
            for y in range(10, int(box["height"]), 60):
                page.mouse.move(box["x"] + x, box["y"] + y)
        for lang in ("fr", "en"):
            page.click(f"#languages [data-lang={lang}]")
            chosen = page.evaluate(_CLICK_ALL)
            assert chosen > 20
        for text in HOSTILE:
            page.fill("#search", text.encode("utf-8", "replace").decode()[:12])
            page.keyboard.press("Enter")
        page.emulate_media(media="print")
        page.goto(f"{file.as_uri()}#node=__proto__&level=__proto__&lang=constructor")
        assert page.evaluate("({}).hurt === undefined && Object.prototype.toString.call({})") == "[object Object]"
        assert page.locator("a[href^='javascript'], a[href^='data']").count() == 0
        assert page.locator("#graph script, #facts script, #facts img, #rows img, #rows svg, #matches img").count() == 0
        _safe(seen)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029]", file.read_text(encoding="utf-8"))


def test_bar_for_500_nodes(chromium: Any, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """A story with 500 drawn nodes has at most 700 kB and opens, shows all and answers fast enough for the slowest CI."""
    made = case(495)
    file = made.write(tmp_path / "large.html")
    page = file.read_text(encoding="utf-8")
    assert json.loads(page.split('id="story-data">')[1].split("</script>")[0])["drawn"] == 500
    assert file.stat().st_size <= 700_000
    with opened(chromium, file) as seen:
        usable = seen.usable()
        assert "shown" in seen.text("#rows caption")
        assert seen.page.locator("#rows tbody tr").count() < OPENING
        seen.page.click("[data-action=more]")
        assert seen.page.locator("#rows tbody tr").count() == 495
        took = seen.page.evaluate(
            "(() => { const t = performance.now(); document.querySelector('#rows a').click(); return performance.now() - t; })()"
        )
        record_property("measured", f"{file.stat().st_size} bytes, usable in {usable:.2f} s, select {took:.0f} ms")
        assert usable < 10
        assert took < 1000
        _safe(seen)
