"""A body of an article, its names, and where it is spoken of."""

from dataclasses import dataclass, field

from outbreach.graph.text.cast.gazetteer import Known
from outbreach.graph.text.lexicon import table


@dataclass(slots=True)
class Body:
    """A body, product or attacker of the article: its fullest name, its other names, what it is."""

    number: int
    role: str
    """organisation, authority, software, attacker, media, person, bystander."""
    name: str | None
    kind: str | None = None
    known: Known | None = None
    described_as: str | None = None
    unnamed_count: int | None = None
    category: str | None = None
    aliases: list[str] = field(default_factory=list)
    describer: str | None = None

    @property
    def is_health(self) -> bool:
        """Whether its name or the word before it says that it cares for people or insures them."""
        return self.kind in table("article_names")["health_kinds"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A body at a place in the text."""

    start: int
    end: int
    body: int


@dataclass(slots=True)
class Cast:
    """All bodies of an article, by number, and where they are spoken of."""

    bodies: list[Body]
    mentions: list[Mention]

    def add(self, role: str, name: str | None, **more: object) -> Body:
        """A new body."""
        body = Body(len(self.bodies), role, name, **more)  # type: ignore[arg-type]  # fields of Body, checked there
        self.bodies.append(body)
        return body
