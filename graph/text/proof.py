"""The check that every fact of a draft passes, whoever wrote it: its words stand in the text, and hold its value."""

import re
from typing import Any

from outbreach.graph.text.counts.numeral import numbers_are
from outbreach.graph.text.lexicon import normal
from outbreach.graph.text.page.passage import language

_NAMED = ("organisation", "vendor", "authority", "software", "attacker", "vulnerability", "campaign")
_DATES = ("occurred_from", "occurred_to", "discovered_on", "disclosed_on")
_KEYS = (
    "affected", "originated_at", "exploited", "attributed_to", "investigates", "supplies", "makes", "uses", "has",
    "notified", "operates", "part_of", "led_to", "by", "of", "subject", "authority",
)  # fmt: skip


def proven(form: dict[str, Any], text: str) -> tuple[dict[str, Any], list[str]]:
    """The incident file with only the facts whose quote is in `text` and holds the value; and why each other one went.

    A name must stand in the text too, and a number in the quote of its fact; who is unnamed is described in its words.
    """
    plain = normal(text).lower()
    cast: dict[str, Any] = form.get("cast") or {}
    unknown = {key for key, entry in cast.items() if not _is_named(entry, plain)}
    kept, gone = [], []
    for number, fact in enumerate(form.get("facts") or [], 1):
        why = _fault(fact, text, unknown)
        if why:
            gone.append(f"fact {number}: {why}")
        else:
            kept.append(fact)
    used = {key for fact in kept for name in _KEYS for key in _list(fact.get(name))}
    return {**form, "cast": {k: v for k, v in cast.items() if k in used and k not in unknown}, "facts": kept}, gone


def _is_named(entry: dict[str, Any], plain: str) -> bool:
    if "incident" in entry:
        return True
    names = [entry.get(field) for field in _NAMED if entry.get(field)]
    said = [*names, *(entry.get("aliases") or []), *([entry["described_as"]] if entry.get("described_as") else [])]
    return any(normal(str(name)).lower() in plain for name in said)


def _fault(fact: dict[str, Any], text: str, unknown: set[str]) -> str | None:
    quote = fact.get("quote")
    if not quote or str(quote) not in text:
        return "its quote is not in the text"
    strange = [key for name in _KEYS for key in _list(fact.get(name)) if key in unknown]
    if strange:
        return f"“{strange[0]}” is not named in the text"
    figure = fact.get("people")
    lang = language(text)
    for value in figure if isinstance(figure, list) else [figure]:
        if value is not None and not numbers_are(str(quote), int(value), lang):
            return f"its quote does not hold {value}"
    for name in _DATES:
        year = str(fact.get(name) or "")[:4]
        if year and year not in str(quote) and not fact.get("inferred"):
            return f"its quote does not hold {year}, and it does not say from what it is inferred"
    amount = fact.get("amount")
    if amount is not None and not re.search(r"\d", str(quote)):
        return "its quote holds no amount"
    return None


def _list(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(v) for v in value] if isinstance(value, list) else []
