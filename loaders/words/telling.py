"""What one entry tells, gathered claim by claim: each says its citation, its day and who speaks unless told otherwise."""

from typing import Any

from outbreach.graph.records.record import Claim, Mention, Record
from outbreach.graph.records.record import spoken_of as ends_of


class Telling:
    """The mentions and claims of a record in the making; a thing said twice is said once."""

    def __init__(self, source: str, key: str) -> None:
        self.source, self.key = source, key
        self.said: dict[str, Any] = {}
        """What every claim has unless it is told otherwise: citation, stated_on, incident, asserter."""
        self._mentions: dict[str, Mention] = {}
        self._claims: dict[str, Claim] = {}

    def add(self, *mentions: Mention) -> None:
        """Make mentions known; those that no claim comes to speak of are left out of the record."""
        for mention in mentions:
            self._mentions.setdefault(mention.id, mention)

    def mention(self, label: str, role: str, name: str | None = None, **more: object) -> Mention:
        """A mention of this entry; the same label, role and name are the same one."""
        made = Mention.of(self.source, self.key, label, role, name, **more)
        return self._mentions.setdefault(made.id, made)

    def say(self, subject: Mention, predicate: str, object: Mention | str | None = None, **more: Any) -> None:
        """State something of the subject; `object` is a mention or a data category."""
        end = object.id if isinstance(object, Mention) else object
        claim = Claim(**{**self.said, "subject": subject.id, "predicate": predicate, "object": end, **more})
        self._claims.setdefault(claim.id, claim)

    def record(self, text: str | None = None, lang: str | None = None) -> Record:
        """The record, with the mentions that its claims speak of."""
        spoken = {id for claim in self._claims.values() for id in ends_of(claim)}
        return Record(
            source=self.source, key=self.key, text=text, lang=lang if text else None, claims=tuple(self._claims.values()),
            mentions=tuple(mention for mention in self._mentions.values() if mention.id in spoken),
        )  # fmt: skip
