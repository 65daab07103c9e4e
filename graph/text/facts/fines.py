"""Fines, settlements and damages: who pays, by whose word, how much."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.facts.happenings import Happening, at
from outbreach.graph.text.facts.terms import events_of
from outbreach.graph.text.lexicon import rule


def fines_of(scene: Scene) -> Iterator[Happening]:
    """A fine, a settlement: who pays, by which authority, how much; one of each sort and amount."""
    seen: set[tuple[str, float]] = set()
    last: int | None = None
    for line in scene.told():
        if not events_of(scene.lang, "ruling").search(line.text) or rule("another_matter").search(line.text):
            continue
        for match in events_of(scene.lang, "fine").finditer(line.text):
            if rule("fine_only_possible").search(line.text[max(0, match.start() - 60) : match.end()]):
                continue
            yield from _several(scene, line, match)
            fine = _fine(scene, line, match)
            goes_on = last is None or line.number - last <= 1 or (fine is not None and fine.body is not None)
            if fine and goes_on and (fine.value or "", fine.amount or 0) not in seen:
                seen.add((fine.value or "", fine.amount or 0))
                last = line.number
                yield fine


def _several(scene: Scene, line: Line, match: re.Match[str]) -> Iterator[Happening]:
    """“Fines of 2,000, 3,500 and 5,000 €”: all but the last, which stands with its currency."""
    found = _SUMS.search(line.text, max(0, match.start() - 30), match.end())
    currency = _currency(scene, found["currency"].lower()) if found else None
    for amount in re.findall(r"\d[\d .']*\d", found["sums"]) if found else ():
        if currency and (sum_of := _money(amount, None, scene.lang)):
            yield Happening("sanction", "fine", line, *at(line, match), amount=sum_of, currency=currency)


def _fine(scene: Scene, line: Line, match: re.Match[str]) -> Happening | None:
    told = _MONEY.search(match[0])
    if not told:
        return None
    parts = {name: told[name] or told[f"{name}2"] or "" for name in ("amount", "scale", "currency")}
    amount = _money(parts["amount"].strip(" .,"), parts["scale"] or None, scene.lang)
    currency = _currency(scene, parts["currency"].lower())
    if not amount or not currency or amount < _LEAST:
        return None
    fined = next((b for s, e, b in line.bodies() if b in (*scene.hits, *scene.vendors)), None)
    paid = (("damages", "restitution"), ("settlement", "settles"))
    value = next(
        (value for text in (match[0], "" if rule("fined_for").search(match[0]) else line.text)
         for value, words in paid if rule(words).search(text)), "fine",
    )  # fmt: skip
    return Happening("sanction", value, line, *at(line, match), body=fined, amount=amount, currency=currency)


_SUMS = re.compile(
    r"(?i)(?:amendes|fines)\b[^.;:\d]{0,30}(?P<sums>\d[\d .']*(?:, \d[\d .']*)*)"
    r" (?:et|and) (?:de )?\d[\d .']* ?(?P<currency>€|euros|francs|CHF)"
)
_LEAST = 1000
"""No fine for a breach is smaller; a smaller sum is what each person gets."""
_MONEY = re.compile(
    r"(?P<currency>(?:US|AU?|CA?|NZ|S|HK)?\$|[£€]|SGD|CHF|AUD|CAD|NZD|USD|GBP|EUR) ?(?P<amount>\d[\d.,]*)"
    r"(?: ?(?P<scale>million|billion|m\b|bn))?"
    r"|(?P<amount2>\d[\d .,]*)(?: ?(?P<scale2>millions?|milliards?|billion|M\b))?(?: d[e'])? ?"
    r"(?P<currency2>€|euros|dollars|livres|pounds|francs|\$|CHF)",
    re.IGNORECASE,
)
_SIGNS = {
    "€": "EUR", "euros": "EUR", "£": "GBP", "livres": "GBP", "pounds": "GBP", "francs": "CHF", "us$": "USD", "a$": "AUD", "au$": "AUD",
    "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "s$": "SGD", "hk$": "HKD",
}  # fmt: skip
_DOLLARS = {"CA": "CAD", "AU": "AUD", "NZ": "NZD"}


def _currency(scene: Scene, sign: str) -> str | None:
    """The currency of a sign; a dollar is that of the country whose authorities the article names."""
    if sign in ("$", "dollars"):
        known = (body.known for body in scene.cast.bodies if body.role == "authority")
        return next((_DOLLARS[k.country] for k in known if k and k.country in _DOLLARS), "USD")
    return _SIGNS.get(sign) or (sign.upper() if len(sign) == _CODE else None)


_CODE = 3
"""Letters of a currency’s code."""


def _money(text: str, scale: str | None, lang: str) -> float | None:
    digits = text.replace(" ", "")
    digits = digits.replace(".", "").replace(",", ".") if lang == "fr" else digits.replace(",", "")
    try:
        factor = {"m": 1e6, "b": 1e9}.get((scale or " ")[0].lower(), 1)
        return float(digits) * (1e9 if scale and scale.lower().startswith("milliard") else factor)
    except ValueError:
        return None
