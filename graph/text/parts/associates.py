"""Suppliers of an English article by their role phrases, “its transcription vendor, X”: read as a portal's descriptions are."""

import re
from collections.abc import Iterator
from functools import lru_cache

from outbreach.graph.text.cast.bearer import no_names
from outbreach.graph.text.cast.body import Mention
from outbreach.graph.text.cast.scene import Line, Scene, remask
from outbreach.graph.text.lexicon import normal, rule
from outbreach.graph.text.parts.part import Part, usable
from outbreach.graph.text.portal.description import Description, Supplier, read_description, same_body


def associates_of(scene: Scene) -> Iterator[Part]:
    """Vendor → client by role phrase; the client is None where the phrase does not say whose vendor it is."""
    if scene.lang != "en":
        return
    said = _said(_prose(scene))
    first: int | None = None
    for supplier in said.named:
        line = _line_at(scene, supplier.at)
        if line is None or _came_after(supplier, line) or normal(supplier.name or "") in no_names(scene.lang):
            continue
        vendor = _body_at(scene, supplier)
        if not usable(scene, vendor):
            continue
        clients = [body for name in supplier.clients for body in _named(scene, name)]
        if supplier.level == 1:
            first = vendor if first is None else first
        elif first is not None:
            clients = [first]
        end = supplier.offset + len(supplier.quote)
        for client in clients or (None,):
            if client != vendor:
                yield Part("supplies", vendor, client, line, supplier.offset, end)


@lru_cache(maxsize=8)
def _said(prose: str) -> Description:
    """What the role phrases say; the parts of one article are sought twice, and its words are the same."""
    return read_description(prose)


def _prose(scene: Scene) -> str:
    """The sentences that tell of the incident, each at its place and closed by a stop; all else blank."""
    text = [" "] * len(scene.passage.text)
    for line in scene.told():
        text[line.start : line.end_at] = line.text
        if line.end_at < len(text) and not line.text.rstrip().endswith((".", "!", "?")):
            text[line.end_at] = "."
    return "".join(text)


def _line_at(scene: Scene, at: int) -> Line | None:
    return next((line for line in scene.told() if line.start <= at < line.end_at), None)


def _came_after(supplier: Supplier, line: Line) -> bool:
    """It was called in to find out or to help."""
    at = supplier.offset - line.start
    said = line.text[max(0, at - 40) : at + len(supplier.quote) + 20]
    return bool(rule("responder").search(said) or rule("responder_name").search(supplier.name or ""))


def _body_at(scene: Scene, supplier: Supplier) -> int:
    """The body of the cast whose name stands where the supplier's does; a new one where none does."""
    name = supplier.name or ""
    start, end = supplier.at, supplier.at + len(name)
    known = next((m for m in scene.cast.mentions if m.start < end and start < m.end), None)
    if known is not None:
        return known.body
    body = scene.cast.add("organisation", scene.passage.text[start:end], kind="company")
    for found in re.finditer(rf"\b{re.escape(normal(name))}\b", normal(scene.passage.text)):
        if all(found.end() <= m.start or found.start() >= m.end for m in scene.cast.mentions):
            scene.cast.mentions.append(Mention(*found.span(), body.number))
    scene.cast.mentions.sort(key=lambda m: m.start)
    remask(scene)
    return body.number


def _named(scene: Scene, name: str) -> list[int]:
    """The body of the cast that has that name, as the text writes it or by a part of it."""
    return [b.number for b in scene.cast.bodies if b.role == "organisation" and b.name and same_body(b.name, name)][:1]
