"""Bytes as text: UTF-8, or what a byte-order mark says; anything else is detected, and said with how sure that is."""

import codecs

from charset_normalizer import CharsetMatch, from_bytes

_CP1252 = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
"""Windows-1252, its five unused bytes as the control characters that other programs make of them."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LATIN = ("cp1252", "latin_1")
_NAMES = {"mac_roman": "Mac Roman", "cp850": "DOS code page 850", "cp1252": "Windows-1252", "latin_1": "Latin-1"}
_CLEARLY = 0.05
"""Another encoding is taken where the detector finds so much less mess in it than in any other; 1 is all mess."""
_ENOUGH = 65_536
"""So many bytes of the lines that are not ASCII are shown to the detector."""


def text_of_bytes(raw: bytes) -> tuple[str, str | None]:
    """The text, and what a user should know of how it was read (None where it is plain UTF-8)."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _marked(raw, name)
    wide = _wide(raw)
    if wide:
        return raw.decode(wide, "replace"), f"the file has no byte-order mark: it is read as {wide.upper()}"
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return _single(raw)


def _marked(raw: bytes, name: str) -> tuple[str, str | None]:
    try:
        return raw.decode(name), None
    except UnicodeDecodeError:
        lost = "what is damaged in it stands as � (U+FFFD)"
        return raw.decode(name, "replace"), f"the file is not {name.upper()} throughout, as its first bytes say: {lost}"


def _wide(raw: bytes) -> str | None:
    """UTF-16 without its mark: of its beginning, every other byte is zero but where a letter is beyond Latin-1."""
    head = raw[:256]
    low, high = head[::2].count(0), head[1::2].count(0)
    mostly = len(head) * 3 / 8
    if not low and high > mostly:
        return "utf-16-le"
    return "utf-16-be" if not high and low > mostly else None


def _single(raw: bytes) -> tuple[str, str | None]:
    """Text with bytes that are not UTF-8: each of them as Windows-1252, unless it is clearly something else.

    A file that is UTF-8 in most places is one that two programs wrote: then only the strange bytes are read otherwise.
    """
    said = "the file is not UTF-8 throughout: its other bytes are read as Windows-1252"
    as_1252 = raw.decode("utf-8-sig", "outbreach.cp1252")
    if _mostly_utf8(raw):
        return as_1252, said
    others = [name for name in _NAMES if name not in _LATIN]
    sample = b"\n".join(line for line in raw.split(b"\n") if not line.isascii())[:_ENOUGH]
    found = {match.encoding: match for match in from_bytes(sample, cp_isolation=list(_NAMES))}
    best = min(others, key=lambda name: _mess(found.get(name)))
    rival = min((name for name in _NAMES if name != best), key=lambda name: _mess(found.get(name)))
    mess, next_best = _mess(found.get(best)), _mess(found.get(rival))
    if mess + _CLEARLY <= next_best:
        how = f"{mess:.0%} of it looks wrong so; of {_NAMES[rival]}, the next best, {'' if next_best < 1 else 'over '}"
        return raw.decode(best), f"the file is not UTF-8: it is read as {_NAMES[best]} ({how}{min(next_best, 0.2):.0%})"
    if mess < _CLEARLY + min(_mess(found.get(name)) for name in _LATIN):
        said += f" (it might be {_NAMES[best]}: where accents look wrong, save the file as UTF-8)"
    return as_1252, said


def _mess(match: CharsetMatch | None) -> float:
    """How wrong a reading looks, from 0; 1 where the detector refuses it, which it does above 0.2."""
    return 1.0 if match is None else match.chaos


def _mostly_utf8(raw: bytes) -> bool:
    text = raw.decode("utf-8", "surrogateescape")
    strange = sum("\udc80" <= letter <= "\udcff" for letter in text)
    return sum(letter > "\x7f" for letter in text) - strange > strange


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(_CP1252[byte] for byte in error.object[error.start : error.end]), error.end


codecs.register_error("outbreach.cp1252", _as_cp1252)
