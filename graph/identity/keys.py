"""Which records are worth comparing: keys that two names of one body are likely to share."""

from collections.abc import Iterator

from outbreach.graph.identity.known import known_key
from outbreach.graph.identity.name import ANY, Form, read_name
from outbreach.graph.identity.words import bits

_RARE = 12.0
"""Bits of a word that brings two together alone."""
_TELLING = 13.0
"""Bits of two words that bring two together."""


def keys(names: tuple[str, ...], domain: str | None) -> tuple[str, ...]:
    """The keys of a record, sorted: letters run together, rarest words, initials, domain."""
    found = {key for name in names for form in read_name(name).forms for key in _of(form)}
    if domain:
        found.add(f"d:{domain}")
        found.update(_of(Form((), (), (), stem=domain.split(".")[0])))
    return tuple(sorted(found))


def _of(form: Form) -> Iterator[str]:
    if known := known_key(form):
        yield f"k:{known}"
    if form.stem:
        if "*" not in form.stem:
            yield f"i:{form.stem}"
            yield f"s:{form.stem[:10]}"
        return
    squash = form.squash
    if not squash:
        return
    yield f"=:{squash}"
    yield f"s:{squash[:10]}"
    told = {word for word in form.words if len(word) > 1 and ANY not in word}
    ranked = sorted(told, key=lambda word: (-bits(word), word))
    for word in ranked[:2]:
        if bits(word) >= _RARE:
            yield f"w:{word[:6]}" if len(word) >= 8 else f"w:{word}"
    for pair in (ranked[:2], ranked[:1] + ranked[2:3], ranked[1:3]):
        if len(pair) == 2 and sum(map(bits, pair)) >= _TELLING:
            yield "p:" + " ".join(sorted(pair))
    if len(form.spelled) > 1:
        yield "n:" + "".join(word[0] for word in form.words)
        yield "n:" + "".join(word[0] for word in form.origin)
        yield "n:" + "".join(word[0] for word in form.spelled)
    elif len(squash) > 1:
        yield f"i:{squash}"
