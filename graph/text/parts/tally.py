"""Clients that an English article counts among those hit, and does not name: “26 customers had files on the machine”."""

from collections.abc import Iterator

from outbreach.graph.text.cast.body import Mention
from outbreach.graph.text.cast.scene import Line, Scene, remask
from outbreach.graph.text.lexicon import rule
from outbreach.graph.text.parts.dealings import is_firm
from outbreach.graph.text.parts.groups import CLIENTS, count_of
from outbreach.graph.text.parts.part import Part

_MOST = 2
"""So many groups at most are kept of one article."""


def tally(scene: Scene) -> Iterator[Part]:
    """A body without a name for each group that words count among those hit, with its vendor."""
    if scene.lang != "en":
        return
    counts: list[int] = []
    for line in (*scene.heading, *scene.told()):
        for match in rule("en_tally").finditer(line.text):
            count = count_of(match["n"].lower(), scene.lang)
            before, after = line.text[: match.start()], line.text[match.end() :]
            if count is None or count < _LEAST or count > CLIENTS or count in counts or len(counts) == _MOST:
                continue
            more = rule("en_tally_more").match(match["what"]) is not None
            if not more and (count <= _named(scene) or rule("the_same_group").search(before)):
                continue  # they are those that the article names
            if rule("group_owned").search(before) or rule("en_tally_not").search(line.text):
                continue
            if not (rule("en_tally_before").search(before) or rule("en_tally_after").match(after)):
                continue
            if rule("en_list_follows").match(line.masked[match.end() :]):
                continue  # “four practices: A, B, C and D”
            vendor = _vendor(scene, line)
            if vendor is None:
                continue
            counts.append(count)
            place = line.start + match.start("said"), line.start + match.end()
            if any(
                m.start < place[1] and m.end > place[0] and scene.cast.bodies[m.body].role == "organisation"
                for m in scene.cast.mentions
            ):
                continue
            body = scene.cast.add(
                "organisation", None, unnamed_count=count, described_as=scene.passage.text[slice(*place)]
            )
            scene.cast.mentions.append(Mention(*place, body.number))
            if vendor not in scene.vendors:
                scene.vendors = [*scene.vendors, vendor]
            yield Part("affected", body.number, None, line, *place)
            yield Part("supplies", vendor, body.number, line, *place)
    scene.cast.mentions.sort(key=lambda m: m.start)
    remask(scene)


_LEAST = 3


def _named(scene: Scene) -> int:
    """How many of those hit have a name, and supply nobody."""
    return sum(b not in scene.vendors and bool(scene.cast.bodies[b].name) for b in scene.hits)


def _vendor(scene: Scene, line: Line) -> int | None:
    """Whose clients they are: the vendor that the sentence names, else the only one, else the only firm that was hit."""
    here = [b for _, _, b in line.bodies() if b in scene.vendors]
    if here:
        return here[-1]
    if len(scene.vendors) == 1:
        return scene.vendors[0]
    firms = [b for b in scene.hits if is_firm(scene, b)]
    return firms[0] if len(firms) == 1 and not scene.vendors else None
