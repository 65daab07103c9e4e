"""One page that shows articles beside the drafts made of them, each quote marked where it stands; opens offline."""

import itertools
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from outbreach.graph.atomic import write_atomically

_WORDS = {
    "en": {
        "title": "Drafts to review",
        "intro": "Each number in the text leads to the fact that was read from those words, and back.",
        "absent": "These words are not in the text.",
    },
    "fr": {
        "title": "Brouillons à relire",
        "intro": "Chaque numéro dans le texte mène au fait lu dans ces mots, et retour.",
        "absent": "Ces mots ne sont pas dans le texte.",
    },
}


def write_review(file: Path, pages: Sequence[tuple[str, str, dict[str, Any]]], lang: str) -> None:
    """Write the page of (name, text, incident file); nothing in a text is ever markup."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string((files("outbreach.graph.html") / "review.html.j2").read_text(encoding="utf-8"))
    shown = [_page(number, *page) for number, page in enumerate(pages, 1)]
    write_atomically(file, template.render(lang=lang, words=_WORDS[lang], pages=shown))


def _page(number: int, name: str, text: str, form: dict[str, Any]) -> dict[str, Any]:
    facts = [fact for fact in form.get("facts", []) if isinstance(fact, dict)]
    told, spans = [], []
    for index, fact in enumerate(facts, 1):
        quote = str(fact.get("quote") or "")
        at = _place(text, quote, str(fact.get("locator") or ""))
        if at is not None:
            spans.append((at, at + len(quote), index))
        said = "; ".join(f"{k}: {v}" for k, v in fact.items() if k not in ("quote", "locator"))
        told.append({"said": said, "quote": quote, "found": at is not None})
    source: dict[str, Any] = next(iter((form.get("sources") or {}).values()), {})
    return {
        "number": number,
        "name": name,
        "lang": source.get("lang", "fr"),
        "parts": _parts(text, spans),
        "facts": told,
    }


def _place(text: str, quote: str, locator: str) -> int | None:
    """Where a quote stands: at its offset where the words are there, else at its first place."""
    offset = locator.removeprefix("offset ")
    if quote and offset.isdigit() and text.startswith(quote, int(offset)):
        return int(offset)
    at = text.find(quote) if quote else -1
    return at if at >= 0 else None


def _parts(text: str, spans: list[tuple[int, int, int]]) -> list[dict[str, Any]]:
    """The text cut at the bounds of the quotes, which overlap; the number of a fact stands where its quote ends."""
    cuts = sorted({0, len(text), *(a for a, _, _ in spans), *(b for _, b, _ in spans)})
    parts = []
    for a, b in itertools.pairwise(cuts):
        inside = [i for start, end, i in spans if start <= a and b <= end]
        ending = [i for _, end, i in spans if end == b]
        parts.append({"text": text[a:b], "facts": ending if inside else [], "marked": bool(inside)})
    return parts
