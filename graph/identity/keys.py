"""Which records are worth comparing: keys that two names of one body are likely to share."""

from collections.abc import Iterator

from outbreach.graph.identity.name import ANY, Form, read_name
from outbreach.graph.identity.words import bits, words

_RARE = 11.0
"""A word in so few names brings them together alone."""


def keys(names: tuple[str, ...], domain: str | None) -> tuple[str, ...]:
    """The keys of a record, sorted: letters run together, rarest words, initials, domain."""
    found = {key for name in names for form in read_name(name).forms for key in _of(form)}
    if domain:
        found.add(f"d:{domain}")
        found.update(_of(Form((), (), (), stem=domain.split(".")[0])))
    return tuple(sorted(found))


def _of(form: Form) -> Iterator[str]:
    if form.stem:
        if "*" not in form.stem:
            yield f"i:{form.stem}"
            yield f"s:{form.stem[:7]}"
        return
    squash = form.squash
    if not squash:
        return
    yield f"=:{squash}"
    yield f"s:{squash[:7]}"
    told = [word for word in form.words if word not in words().stop and len(word) > 1 and ANY not in word]
    ranked = sorted(set(told), key=lambda word: (-bits(word), word))
    for word in ranked[:2]:
        if bits(word) >= _RARE:
            yield f"w:{word[:6]}" if len(word) >= 8 else f"w:{word}"
    for i, word in enumerate(ranked[:3]):
        for other in ranked[i + 1 : 4]:
            yield "p:" + " ".join(sorted((word, other)))
    if len(ranked) == 1:
        yield f"p:{ranked[0]}"
    if len(form.spelled) > 1:
        yield "i:" + "".join(word[0] for word in form.words)
        yield "i:" + "".join(word[0] for word in form.origin)
        yield "i:" + "".join(word[0] for word in form.spelled)
    elif len(squash) > 1:
        yield f"i:{squash}"
