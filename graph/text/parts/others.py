"""The other clients of an English article, of whom it says that nothing befell them: “Other customers of X were not affected”."""

from collections.abc import Iterator

from outbreach.graph.text.cast.body import Mention
from outbreach.graph.text.cast.scene import Scene, remask
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.part import Part


def others_spared(scene: Scene) -> Iterator[Part]:
    """One body without a name for them."""
    if scene.lang != "en":
        return
    for line in scene.told():
        match = rule("en_others_spared").search(line.text)
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
