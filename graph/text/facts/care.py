"""What an incident did to care, or that it did nothing to it."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Scene
from outbreach.graph.text.facts.happenings import Happening, at
from outbreach.graph.text.facts.terms import events_of
from outbreach.graph.text.lexicon import rule


def care_of(scene: Scene) -> Iterator[Happening]:
    """Effect on care, or the word that there was none; each speaker once."""
    seen: set[tuple[bool, tuple[int, ...]]] = set()
    lang = scene.lang
    for line in scene.told():
        harm = next(
            (
                m
                for m in events_of(lang, "care_harm").finditer(line.text)
                if events_of(lang, "care").search(line.text[max(0, m.start() - 70) : m.end() + 90])
            ),
            None,
        )
        well = rule(f"{lang}_care_goes_on").search(line.text)
        if well and rule("care_as_word").search(line.text[: well.start()]):
            well = None
        harm = well or harm
        if not harm or line.text.endswith("?"):
            continue
        negated = bool(well) or _is_spared(lang, line.text, harm)
        key = (negated, line.speakers)
        if key in seen or (any(n == negated for n, _ in seen) and not line.speakers):
            continue
        seen.add(key)
        yield Happening("care_impact", None, line, *at(line, harm), body=scene.primary, negated=negated)


def _is_spared(lang: str, text: str, harm: re.Match[str]) -> bool:
    """Whether words of harm to care are denied: in English just before them, in French on either side."""
    if lang == "en":
        return bool(rule("en_spared_before").search(text[max(0, harm.start() - 60) : harm.start()]))
    return bool(rule("care_denied").search(text[max(0, harm.start() - 50) : harm.end() + 12]))
