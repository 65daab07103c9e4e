"""The others, of whom an article says that nothing befell them: “ses cinq autres sites sont épargnés”, “other customers were not hit”."""

from collections.abc import Iterator

from outbreach.graph.text.cast.body import Mention
from outbreach.graph.text.cast.scene import Scene, remask
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part


def rest(scene: Scene) -> Iterator[Part]:
    """One body without a name for the others of a group, or the other clients of a vendor, that are spared."""
    for line in scene.told():
        match = rule(f"{scene.lang}_others_spared").search(line.text)
        if match is None or rule("en_no_other_before").search(line.text[: match.start()]):
            continue
        place = line.start + match.start("what"), line.start + match.end("what")
        body = scene.cast.add("organisation", None, described_as=scene.passage.text[slice(*place)])
        if not any(m.start < place[1] and m.end > place[0] for m in scene.cast.mentions):
            scene.cast.mentions.append(Mention(*place, body.number))
            scene.cast.mentions.sort(key=lambda m: m.start)
            remask(scene)
        yield Part("not_affected", body.number, None, line, *place)
        return
