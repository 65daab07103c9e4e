"""Suppliers whom the summary of a coded incident names and its coders left out, by the reader of portal descriptions.

A summary is a press article's beginning or the coder's own words, about the victim or about several; so less is believed than of a
portal's row: only a supplier of the victim itself, and never that the breach began with it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from outbreach.graph.records.record import Mention
from outbreach.graph.text.cast.gazetteer import sightings
from outbreach.graph.text.portal.description import Supplier, read_description, same_body
from outbreach.graph.text.portal.role import PARENT, SUB
from outbreach.graph.text.portal.trust import foreign
from outbreach.loaders.entries.description import PLAIN
from outbreach.loaders.entries.veris_facts import Entry, is_private
from outbreach.loaders.words.bodies import body_of, same

_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
_OWNED = re.compile(r"[’']s\b.*\s")
"""“Yuma’s Arizona Counseling”: a place or another body owns the name’s beginning."""


def suppliers(entry: Entry, summary: str | None, known: list[Mention]) -> None:
    """Tell who supplies the victim as the summary says; `known` are the partners that the coding names."""
    victim = entry.victim
    if summary is None or victim.name is None:
        return
    for supplier in _named(summary, victim):
        body = body_of(supplier.name or "")
        if is_private(body.name) or any(same(body.name, name) for m in known for name in (m.name, *m.aliases) if name):
            continue
        vendor = entry.tale.mention("Organisation", "partner", body.name, aliases=[*body.aliases, *supplier.aliases])
        cited = entry.tale.said["citation"]
        place = replace(cited, lang="en", locator=f"{cited.locator}, summary, offset {supplier.offset}")
        entry.tale.say(
            vendor, "supplies", victim, quote=summary[supplier.offset :][: len(supplier.quote)], extraction="rule", citation=place,
            service=None if supplier.role in PLAIN else supplier.role,
        )  # fmt: skip


def _named(summary: str, victim: Mention) -> Iterator[Supplier]:
    """The suppliers of the victim; none of a text that is about another body."""
    text = _ADDRESS.sub(lambda found: " " * len(found[0]), summary)
    own = [name for name in (victim.name, *victim.aliases) if name]
    said = read_description(text, victim.name)
    if foreign(text, said, own[0], None):
        return
    for supplier in said.named:
        name = supplier.name or ""
        if supplier.level != 1 or supplier.role in (SUB, PARENT) or _OWNED.search(name):
            continue
        its_own = not supplier.clients or any(same_body(client, mine) for client in supplier.clients for mine in own)
        itself = any(same_body(name, mine) for mine in own)
        office = any(one.known.role == "authority" for one in sightings(", ".join((name, *supplier.aliases)), text))
        if its_own and not itself and not office:
            yield supplier
