"""Work that an English article says was handed on: “the firm had passed the job to a subcontractor that it did not name”."""

import re
from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Line, Scene, introduce
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part, is_negated, usable


def handed(scene: Scene, vendors: list[int]) -> Iterator[Part]:
    """The one without a name to whom a vendor handed on the work supplies this vendor."""
    if scene.lang != "en":
        return
    for line in scene.told():
        match = rule("en_handed_on").search(line.masked)
        if match is None or is_negated(scene, match[0]):
            continue
        giver = _giver(scene, line, match.start(), vendors)
        what = "what" if match["what"] else "sub"
        place = line.start + match.start(what), line.start + match.end(what)
        if giver is None or any(m.start < place[1] and m.end > place[0] for m in scene.cast.mentions):
            continue
        yield Part("supplies", introduce(scene, *place, kind="company").number, giver, line, *place)
        return


def _giver(scene: Scene, line: Line, at: int, vendors: list[int]) -> int | None:
    """The vendor that is the subject of these words; “it” is the one of this sentence, else of the one before."""
    here = [b for _, end, b in line.bodies() if end <= at and usable(scene, b)]
    if here:
        return here[-1] if here[-1] in vendors else None
    before = next((x for x in scene.lines if x.number == line.number - 1), None)
    if before is None or not re.match(r"(?i)(?:it|the (?:company|firm|vendor|contractor))\b", line.text):
        return None
    there = [b for _, _, b in before.bodies() if b in vendors]
    return there[-1] if there else None
