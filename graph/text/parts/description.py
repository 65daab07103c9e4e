"""How far the words go that call a body without a name: “a company” is nobody, “a company that bills for it” is."""

from outbreach.graph.text.lexicon import rule


def whole_description(text: str, start: int, end: int) -> int:
    """Where the description ends: with the clause that says what it does, where the noun alone says nothing."""
    if not rule("en_bare_firm").fullmatch(text[start:end]):
        return end
    clause = rule("en_what_it_does").match(text[end:])
    return end + clause.end() if clause else end
