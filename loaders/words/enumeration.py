"""Several bodies in one field of a French list: “A, B et C”, told apart where commas and “et” can be nothing else."""

import re
from collections.abc import Mapping

_AND = re.compile(r"\s+et\s+(?=[^\W\da-z])")
_OF = re.compile(r"\b(?:de|des|du|le|la|les)\b|\b[dl]['’]")
_SHORT = re.compile(r"\s*\([^\s()]{2,12}\)$")
"""A short form in brackets at the end of a name."""


def bodies_in(text: str, several: Mapping[str, list[str]], one_body: str, *, pairs: bool = False) -> list[str]:
    """The names in a field; one where a comma or “et” may belong to the name.

    `several` holds fields whose names a source runs together, `one_body` what tells a firm, whose commas part nothing.
    With `pairs`, two names with a comma are two; without, they may be a place and its region.
    """
    if text in several:
        return several[text]
    pieces = _AND.split(text)
    parts = [part.strip() for piece in pieces for part in piece.split(",")]
    commas = len(parts) - len(pieces)
    if len(parts) == 1 or (commas and re.search(one_body, text)) or any(_is_no_name(part) for part in parts):
        return [text]
    words = [len(_SHORT.sub("", part).split()) for part in parts]
    if len(pieces) > 1:
        # “Ministère de l’Économie et Travail” is one; “Ville de X et Ville de Y” are two.
        alike = pieces[0].split()[0] == pieces[-1].split()[0]
        apart = (alike or not _OF.search(pieces[0])) and (commas or words[-1] > 1 or set(words) == {1})
    else:
        apart = pairs or (len(parts) > 2 and min(words) > 1)
    return list(dict.fromkeys(parts)) if apart else [text]


def _is_no_name(part: str) -> bool:
    small = part[:1].isascii() and not (part[:1].isupper() or part[:1].isdigit())
    return small or part.count("(") != part.count(")")
