"""Fines, settlements and damages: who pays, by whose word, how much."""

from collections.abc import Iterator

from outbreach.graph.text.exposure import events_of
from outbreach.graph.text.happenings import Happening, at
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.scene import Scene


def fines_of(scene: Scene) -> Iterator[Happening]:
    """A fine: who was fined, by which authority, how much."""
    for line in scene.told():
        if not events_of(scene.lang, "ruling").search(line.text) or rule("another_matter").search(line.text):
            continue
        match = events_of(scene.lang, "fine").search(line.text)
        if not match or rule("fine_only_possible").search(line.text[max(0, match.start() - 60) : match.end()]):
            continue
        parts = match.groupdict()
        told = {name: next((v for k in ("", "2", "3") if (v := parts.get(name + k))), "") for name in _MONEY}
        amount = _money(told["amount"].strip(" .,"), told["scale"] or None, scene.lang)
        currency = _currency(scene, told["currency"].lower())
        fined = next(
            (
                b
                for s, e, b in line.bodies()
                if scene.cast.bodies[b].role == "organisation" and b in (*scene.hits, *scene.vendors)
            ),
            None,
        )
        if amount and currency:
            paid = (("damages", "restitution"), ("settlement", "settles"))
            value = next((value for value, words in paid if rule(words).search(line.text)), "fine")
            yield Happening(
                "sanction",
                value,
                line,
                *at(line, match),
                body=fined,
                amount=amount,
                currency=currency,
            )
            return


_MONEY = ("amount", "scale", "currency")
_SIGNS = {"€": "EUR", "euros": "EUR", "£": "GBP", "livres": "GBP", "pounds": "GBP", "francs": "CHF", "chf": "CHF"}
_DOLLARS = {"CA": "CAD", "AU": "AUD", "NZ": "NZD"}


def _currency(scene: Scene, sign: str) -> str | None:
    """The currency of a sign; a dollar is that of the country whose authorities the article names."""
    if sign in ("$", "dollars"):
        known = (body.known for body in scene.cast.bodies if body.role == "authority")
        return next((_DOLLARS[k.country] for k in known if k and k.country in _DOLLARS), "USD")
    return _SIGNS.get(sign)


def _money(text: str, scale: str | None, lang: str) -> float | None:
    digits = text.replace(" ", "")
    digits = digits.replace(".", "").replace(",", ".") if lang == "fr" else digits.replace(",", "")
    try:
        factor = {"m": 1e6, "b": 1e9}.get((scale or " ")[0].lower(), 1)
        return float(digits) * (1e9 if scale and scale.lower().startswith("milliard") else factor)
    except ValueError:
        return None
