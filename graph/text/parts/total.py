"""All clients of a French vendor, where fewer of them are said to be hit: “23 cabinets sur les 31 qu'elle compte”."""

import re

from outbreach.graph.text.cast.scene import Scene
from outbreach.graph.text.parts.groups import count_of
from outbreach.graph.text.parts.part import Part


def without_totals(scene: Scene, parts: list[Part]) -> list[Part]:
    """The parts without supplies to a group that is not hit and larger than one that is."""
    if scene.lang != "fr":
        return parts
    hit = [n for p in parts if p.what == "affected" and (n := _count(scene, p.body)) is not None]
    spoken = {p.body for p in parts if p.what in ("affected", "not_affected")}
    if not hit:
        return parts
    return [
        p
        for p in parts
        if p.what != "supplies"
        or p.other is None
        or p.other in spoken
        or (count := _count(scene, p.other)) is None
        or count <= max(hit)
    ]


def _count(scene: Scene, number: int) -> int | None:
    """How many bodies a body without a name stands for."""
    body = scene.cast.bodies[number]
    if body.name is not None or body.described_as is None:
        return None
    words = re.sub(r"(?i)^(?:près de|plus de|quelque|environ|au moins|les|ses|ces) ", "", body.described_as)
    first = re.match(r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})*|[\w-]+", words)
    return body.unnamed_count or (count_of(first[0], scene.lang) if first else None)
