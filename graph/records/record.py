"""Record: what one row, post or article says, in its own terms; the truth that the graph is projected from.

Whatever the schema does not allow cannot be built.
"""

import json
from dataclasses import dataclass
from typing import Any

import msgspec

from outbreach.graph.errors import ClaimError
from outbreach.graph.ids import mention_id
from outbreach.graph.records.check import label_of
from outbreach.graph.records.claim import QUOTE_WORDS, Citation, Claim, interval, spoken_of
from outbreach.graph.records.mention import MENTION_ID, Mention

__all__ = ["QUOTE_WORDS", "Citation", "Claim", "Mention", "Record", "interval", "label_of", "spoken_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one row, post or article says: `source` is the loader's name, `key` its native key there.

    An entry of a `register` (of hospitals, say) tells who a body is: it is drawn only where another record speaks of
    that body.
    """

    source: str
    key: str
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    text: str | None = None
    lang: str | None = None
    register: bool = False

    @property
    def id(self) -> str:
        """`curated/segma-2023`: what a retraction names."""
        return f"{self.source}/{self.key}"

    def __post_init__(self) -> None:
        if not self.source or not self.key:
            raise ClaimError(f"the record “{self.id}” needs the name of its source and its key there")
        known = self._mentions()
        seen: set[str] = set()
        for claim in self.claims:
            strange = [id for id in spoken_of(claim) if id not in known and not id.startswith("data.")]
            if strange:
                raise ClaimError(
                    f"{self.id} has a claim ({claim.predicate}) of {min(strange)}, which it does not mention"
                )
            if claim.id in seen:
                raise ClaimError(f"{self.id} states the same thing twice ({claim.predicate}, {claim.id})")
            seen.add(claim.id)

    def _mentions(self) -> dict[str, Mention]:
        known: dict[str, Mention] = {}
        for mention in self.mentions:
            if mention.id in known:
                raise ClaimError(f"{self.id} mentions the {mention.role} “{mention.display}” twice")
            known[mention.id] = mention
            prefix = mention.id.partition(".")[0]
            if not any(
                mention.id == mention_id(prefix, self.source, key, mention.role, mention.raw) for key in (self.key, "")
            ):
                raise ClaimError(
                    f"the id {mention.id} is not that of “{mention.display}” in {self.id}: its line was changed by hand"
                )
        for mention in self.mentions:
            chain, source = {mention.id}, mention.relay_of
            while source is not None and MENTION_ID.fullmatch(source):
                if source in chain:
                    raise ClaimError(f"{self.id}: the source “{mention.display}” relays itself")
                if source not in known:
                    raise ClaimError(f"{self.id} has a source that relays {source}, which it does not mention")
                chain.add(source)
                source = known[source].relay_of
        return known

    def to_json(self) -> str:
        """One line of JSON with sorted keys; absent fields are left out."""
        body = {"mentions": (), "claims": (), **_present(msgspec.to_builtins(self))}
        return json.dumps(body, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> "Record":
        """The record of such a line.

        Raises `ClaimError` where the line is damaged or says what the schema does not allow.
        """
        try:
            return msgspec.json.decode(line, type=cls)
        except msgspec.DecodeError as error:
            raise ClaimError(str(error)) from error


def _present(value: object) -> Any:
    """Without what is absent: None, no items, and False but as a stated value."""
    if isinstance(value, dict):
        return {
            k: _present(v) for k, v in value.items() if v is not None and v != () and (v is not False or k == "value")
        }
    return [_present(v) for v in value] if isinstance(value, tuple) else value
