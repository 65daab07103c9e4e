"""The columns of a Cypher query, read from its text: the embedded engine names none where it finds no row."""

import re

_SIGN = re.compile(
    r"""'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `[^`]*` | //[^\n]* | /\*.*?\*/ | \w+ | \s+ | .""",
    re.VERBOSE | re.DOTALL,
)
_END = {"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION", ";"}


def columns_of(query: str) -> tuple[str, ...]:
    """What the last RETURN of `query` calls its columns; none where it has no RETURN, or returns `*`."""
    items = [_name(item) for item in _items(query)]
    return () if "*" in items else tuple(items)


def _items(query: str) -> list[list[str]]:
    """The signs of each item of the last RETURN that stands in no bracket."""
    items: list[list[str]] = []
    depth, inside, before = 0, False, ""
    for sign in _SIGN.findall(query):
        if sign.startswith(("//", "/*")):
            continue
        depth += (sign in "([{") - (sign in ")]}")
        word = "" if depth or before in (".", ":", "$") else sign.upper()
        before = sign
        if word == "RETURN":
            items, inside = [[]], True
        elif word in _END:
            inside = False
        elif inside and word == ",":
            items.append([])
        elif inside and not (word == "DISTINCT" and not "".join(items[-1]).strip() and len(items) == 1):
            items[-1].append(sign)
    return items


def _name(item: list[str]) -> str:
    """The name after the last AS, else the expression as it is written."""
    names = [place for place, sign in enumerate(item) if sign.upper() == "AS"]
    text = "".join(item[names[-1] + 1 :] if names else item).strip()
    return text[1:-1] if text.startswith("`") and text.endswith("`") else text
