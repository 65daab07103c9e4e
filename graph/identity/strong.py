"""Identifiers that name one thing."""

from collections.abc import Iterable

STRONG = frozenset({"npi", "ccn", "finess", "ods", "siren", "siret", "lei", "cik", "cve", "attack", "misp", "url"})
"""Schemes that name one thing; all others (a domain, an e-mail) are evidence only."""


def shared_identifier(left: Iterable[str], right: Iterable[str]) -> str | None:
    """The first strong identifier that both have."""
    return next((i for i in sorted(set(left) & set(right)) if i.partition(":")[0] in STRONG), None)
