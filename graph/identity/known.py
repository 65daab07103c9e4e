"""Names that public sources state to be names of one body, though no letter of them agrees."""

from functools import cache

from outbreach.graph.identity.name import Form
from outbreach.graph.identity.words import table


def known_as(a: Form, b: Form) -> bool:
    """Whether a source states that the two are names of one body (`known_names.tsv`)."""
    return frozenset((" ".join(a.words), " ".join(b.words))) in _known()


@cache
def _known() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(line.split("\t")[:2]) for line in table("known_names.tsv"))
