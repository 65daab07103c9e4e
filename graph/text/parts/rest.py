"""The others, of whom an article says that nothing befell them: “ses cinq autres sites sont épargnés”, “other customers were not hit”."""

from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Scene, introduce
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part


def rest(scene: Scene) -> Iterator[Part]:
    """One body without a name for the others of a group, or the other clients of a vendor, that are spared."""
    for line in scene.told():
        match = rule(f"{scene.lang}_others_spared").search(line.text)
        if match is None or rule("en_no_other_before").search(line.text[: match.start()]):
            continue
        place = line.start + match.start("what"), line.start + match.end("what")
        yield Part("not_affected", introduce(scene, *place).number, None, line, *place)
        return
