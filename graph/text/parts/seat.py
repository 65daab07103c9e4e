"""Where a firm has its seat is no part of its name: “Northway Print of Dover”, where the article says “Northway Print” elsewhere."""

import re

from outbreach.graph.text.cast.scene import Scene
from outbreach.graph.text.lexicon import normal, rule


def drop_seats(scene: Scene) -> None:
    """Shorten the names of bodies that an English article calls by the shorter name too."""
    if scene.lang != "en":
        return
    text = normal(scene.passage.text)
    taken = {thing.name for thing in scene.cast.bodies}
    for thing in scene.cast.bodies:
        if thing.role != "organisation" or not thing.name or thing.known is not None:
            continue
        found = rule("en_of_place").fullmatch(normal(thing.name))
        if found is None:
            continue
        short = thing.name[: found.end("short")]
        alone = re.compile(rf"(?<![\w-]){re.escape(found['short'])}(?! of (?-i:[A-Z]))(?! [A-Z])(?![\w-])")
        if short not in taken and alone.search(text):
            thing.aliases = [*thing.aliases, thing.name]
            thing.name = short
