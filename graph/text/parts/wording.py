"""Lists of French wordings in `article_rules.yaml`, in which capital words stand for word lists: “FIRM qui édite {S}, {O}”."""

import re
from collections.abc import Iterator
from functools import cache

from outbreach.graph.text.cast.scene import Line
from outbreach.graph.text.lexicon import compiled, table


def found(line: Line, name: str) -> Iterator[re.Match[str]]:
    """The matches of a list of wordings in a sentence."""
    for regex in _wordings(name):
        yield from regex.finditer(line.masked)


@cache
def _wordings(name: str) -> tuple[re.Pattern[str], ...]:
    told = table("article_rules")
    return tuple(_compiled(one) for one in told[name])


def _compiled(wording: str) -> re.Pattern[str]:
    text = wording.replace("WARE", _WARE)
    for word in _WORDS:
        text = text.replace(word, table("article_rules")[f"fr_{word.lower()}_word"])
    counts: dict[str, int] = {}

    def named(match: re.Match[str]) -> str:
        letter = match[1]
        counts[letter] = counts.get(letter, -1) + 1
        return rf"(?P<{letter}{counts[letter] or ''}>[{_SIGNS[letter]}]++)"

    return compiled(re.sub(r"\{([OSE])\}", named, text))


_WORDS = ("THING", "FIRM", "MADE", "USES", "PLUNDER", "STORE")
_SIGNS = {"O": "\ue000-\ue7ff", "S": "\uea00-\uebff", "E": "\ue000-\uebff"}
_SMALL = r"de|du|des|la|le|les|un|une|pour|en|et|à|au|aux|sur|dans|avec|par|chez|qui|que|dont|où|a|ont|est|sont|était|édit\p{L}+"
_SMALL += r"|utilis\p{L}+|fourni\p{L}*|conçu\p{L}*|développé\p{L}*|héberg\p{L}+|vend\p{L}*|commercialis\p{L}+|gér\p{L}+|exploit\p{L}+"
_SMALL += r"|propos\p{L}+|signée?|maison|nommée?|baptisée?|appelée?"
_WARE = rf"\bTHING(?:(?: (?:de|du|des|pour|en|à|de la|des) | d'| de l'| )(?!(?:{_SMALL}|FIRM)\b)(?-i:[a-zà-ÿ][a-zà-ÿœ-]+)){{0,5}}?"
"""“Logiciel de gestion des rendez-vous”: small words stand only before the others."""
