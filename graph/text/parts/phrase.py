"""The whole of a French phrase for bodies without a name: “quelque 900 praticiens”, “vingt-trois cabinets de la vallée”."""

from outbreach.graph.text.lexicon import rule


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The phrase with what stands before its number and with the complement that says which bodies they are."""
    before = rule("fr_about_before").search(text[:start])
    after = rule("fr_complement_after").match(text[end:])
    return (before.start("about") if before else start), end + (after.end() if after else 0)
