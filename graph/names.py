"""Names as they are compared: without accents, case, punctuation, or a legal form at the end."""

import re
from functools import lru_cache

from anyascii import anyascii
from cleanco import basename

_NOT_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=200_000)
def normalise(name: str) -> str:
    """`Welltok, Inc.` and `WELLTOK Inc` give `welltok`; `&` reads as *and*, `St.` stays as it is.

    Legal forms are cleanco's list, taken off the end only, as many as there are; a name that is nothing else keeps it.
    """
    plain, bare = _words(name), name
    while (shorter := basename(bare)) != bare:
        bare = shorter
    return _words(bare) or plain


def _words(name: str) -> str:
    text = anyascii(name).casefold().replace("'", "").replace("&", " and ")
    return _NOT_WORD.sub(" ", text).strip()
