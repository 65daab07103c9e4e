"""Numbers as articles write them, in digits and words, and what the words around make of them."""

import re

from text_to_num import text2num

from outbreach.graph.text.cast.scene import group
from outbreach.graph.text.lexicon import normal, rule
from outbreach.graph.text.times.moments import Reference, moments

_ROUND = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50,
    "soixantaine": 60, "centaine": 100, "millier": 1000,
}  # fmt: skip


_SCALE = {
    "million": 1_000_000,
    "milliard": 1_000_000_000,
    "billion": 1_000_000_000,
    "m": 1_000_000,
    "k": 1000,
    "thousand": 1000,
    "mille": 1000,
}


def value_of(match: re.Match[str], lang: str) -> int | None:  # noqa: PLR0911  one way of writing each
    """The number that a match of `fr_number` or `en_number` writes."""
    scale = _SCALE.get((match["scale"] or "").lower().rstrip("s"), 1)
    if match["round"]:
        return _ROUND[match["round"].lower()]
    if match["half"]:
        parts = 4 if "quarter" in match["half"].lower() else 2
        return scale * (3 if match["half"].lower().startswith("three") else 1) // parts if scale > 1 else None
    if match["digits"] is None and scale > 1 and rule("and_a_half").search(match[0]):
        return _in_words(match["words"].lower().split(" and ")[0], lang, scale) + scale // 2
    if match["digits"]:
        digits = match["digits"].replace(" ", "").replace("'", "")
        digits = digits.replace(".", "").replace(",", ".") if lang == "fr" else digits.replace(",", "")
        return round(float(digits) * scale)
    words = match["words"].lower()
    if words in ("a", "an"):
        return scale if scale > 1 else None
    if words in ("et", "and"):
        return None
    return _in_words(words, lang, scale) or None


def _in_words(words: str, lang: str, scale: int) -> int:
    try:
        return int(text2num(words, lang)) * scale
    except ValueError:
        return 0


def numbers_are(text: str, value: int, lang: str) -> bool:
    """Whether a text states the number `value`, in digits or words."""
    return any(value_of(match, lang) == value for match in rule(f"{lang}_number").finditer(normal(text)))


def is_date(text: str, match: re.Match[str]) -> bool:
    """“June 14”, “12 mars”, “2024”: a number beside a month, or a year."""
    return any(m.start <= match.start() < m.end for m in moments(text, Reference("2000")))


def unpointed(text: str) -> str:
    """Without the points in “34.000”, which would end a clause."""
    return re.sub(r"(?<=\d)[.,](?=\d{3})", " ", text)


def qualifier_of(text: str, match: re.Match[str], end: int, lang: str) -> tuple[str, int]:
    """What the words around a number make of it, and where they begin."""
    name, begin = _qualified_before(text, match.start(), lang)
    if name != "exact":
        return name, begin
    if rule("at_most").match(text, end) or rule("at_most").match(text, match.end()):
        return "up_to", begin
    if match["round"] or rule("or_so").match(text, match.end()) or rule("or_so").match(text, end):
        return "about", begin
    if (
        rule("so_far").match(text, end)
        or rule("so_far").match(text, match.end())
        or rule("so_far_is").search(text[:begin])
    ):
        return "at_least", begin
    return name, begin


def _qualified_before(text: str, at: int, lang: str) -> tuple[str, int]:
    before = text[:at]
    found: list[tuple[int, str]] = []
    for name, regex in group(lang, "qualifiers").items():
        match = re.search(
            rf"(?:{regex.pattern})(?: |(?<='))(?:de |d'|of |the |les |a |an |some |the figure of )?[«\"“ ]*$",
            before,
            re.IGNORECASE,
        )
        if match and not (match[0].strip().lower() == "about" and rule("about_what").search(before[: match.start()])):
            found.append((match.start(), name))
    begin, name = min(found, default=(at, "exact"))  # “no more than” before “more than”
    return name, begin
