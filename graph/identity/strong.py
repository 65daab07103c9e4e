"""Identifiers that name one thing."""

from collections.abc import Iterable

STRONG = frozenset({"npi", "ccn", "finess", "ods", "siren", "siret", "lei", "cik", "cve", "attack", "misp", "url"})
"""Schemes that name one thing; all others (a domain, an e-mail) are evidence only."""

REGISTERS = frozenset({"ccn", "finess", "ods"})
"""Schemes of a register that gives each body, or each site, one number: two numbers are two bodies.

Not `npi`: an organisation may have one for each of its parts (45 CFR 162.410).
"""


def is_strong(label: str, identifier: str) -> bool:
    """Whether two mentions of a label that have the identifier are one thing; two products may share a CVE."""
    scheme = identifier.partition(":")[0]
    return scheme in STRONG and (scheme != "cve" or label == "Vulnerability")


def numbers_differ(left: Iterable[str], right: Iterable[str]) -> str | None:
    """The register in which both have a number and none in common; its scheme."""
    a, b = set(left), set(right)
    for scheme in sorted(REGISTERS):
        mine, other = ({i for i in side if i.partition(":")[0] == scheme} for side in (a, b))
        if mine and other and not mine & other:
            return scheme
    return None


def shared_identifier(left: Iterable[str], right: Iterable[str]) -> str | None:
    """The first strong identifier that both have."""
    return next((i for i in sorted(set(left) & set(right)) if i.partition(":")[0] in STRONG), None)
