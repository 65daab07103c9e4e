"""Makers of an English article whose product was broken into: “the hack of X, a records system made by Y” hit Y."""

from collections.abc import Iterator

from outbreach.graph.text.cast.scene import Scene, got, patterns
from outbreach.graph.text.parts.part import Part, every, is_negated, spans, usable


def hit_makers(scene: Scene) -> Iterator[Part]:
    """The maker of each product that was broken into; not of one that everybody knows, which stands with whom it serves."""
    if scene.lang != "en":
        return
    makers = {
        product: body
        for line in (*scene.heading, *scene.told())
        for match in every(line, patterns("en", "product_made"))
        if (product := got(match, "S")) is not None and usable(scene, body := got(match, "O"))
    }
    for line in scene.told() if makers else ():
        for match in every(line, patterns("en", "product_hit")):
            product = got(match, "S")
            maker = makers.get(product) if product is not None else None
            if product is None or maker is None or scene.cast.bodies[product].known or is_negated(scene, match[0]):
                continue
            yield Part("affected", maker, None, line, *spans(line, match))
