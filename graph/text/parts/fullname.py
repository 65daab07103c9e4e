"""The whole name of a body of a French article, where the name was cut: “Soins Chez Soi 79”, “Caisse des Arts et Métiers”."""

from outbreach.graph.text.cast.body import Body, Mention
from outbreach.graph.text.cast.scene import Scene, remask
from outbreach.graph.text.lexicon import normal, rule


def complete_names(scene: Scene) -> None:
    """Lengthen names by what belongs to them; what stood there as a body of its own is then none."""
    if scene.lang != "fr":
        return
    text = normal(scene.passage.text)
    changed = False
    for thing in scene.cast.bodies:
        if thing.role == "organisation" and thing.name and thing.known is None and len(thing.name) > _SHORT:
            changed = _complete(scene, thing, text) or changed
    if changed:
        scene.cast.mentions.sort(key=lambda m: m.start)
        remask(scene)


_SHORT = 3
"""Letters of an acronym, which goes on with nothing."""


def _complete(scene: Scene, thing: Body, text: str) -> bool:
    name = normal(thing.name or "")
    whole = [
        m
        for m in scene.cast.mentions
        if m.body == thing.number and text[m.start : m.end].lower().endswith(name.lower())
    ]
    for mention in whole:
        after = rule("fr_name_goes_on").match(text, mention.end)
        if after is None and thing.kind:
            after = rule("fr_name_complement").match(text, mention.end) if rule("fr_house").match(name) else None
        before = rule("fr_name_begins").search(text[: mention.start])
        if after is None and before is None:
            continue
        said = text[before.start("head") if before else mention.start : after.end() if after else mention.end]
        tail = said[-(after.end() - mention.end) :] if after else ""
        head = said[: mention.start - before.start("head")] if before else ""
        thing.aliases = [*thing.aliases, thing.name or ""]
        thing.name = f"{head}{thing.name}{tail}"
        _stretch(scene, thing, text, head, tail)
        return True
    return False


def _stretch(scene: Scene, thing: Body, text: str, head: str, tail: str) -> None:
    """The mentions of a body with what belongs to its name, and no others in them."""
    longer = []
    for m in scene.cast.mentions:
        if m.body == thing.number:
            start = m.start - len(head) if head and text[: m.start].endswith(head) else m.start
            end = m.end + len(tail) if tail and text.startswith(tail, m.end) else m.end
            longer.append(Mention(start, end, m.body))
    kept = [
        m for m in scene.cast.mentions
        if m.body != thing.number and not any(m.start < one.end and one.start < m.end for one in longer)
    ]  # fmt: skip
    scene.cast.mentions[:] = [*kept, *longer]
