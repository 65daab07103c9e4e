"""Countries and states of the US as sources write them, in ISO 3166 codes."""

from functools import cache
from typing import Any

import pycountry


@cache
def country(text: str) -> str | None:
    """The code of a country by its code or any of its names in ISO 3166-1 (`Korea, Republic of`); None for no country."""
    try:
        found = pycountry.countries.lookup(text.strip())
    except LookupError:
        return None
    return str(found.alpha_2)


@cache
def us_state(text: str) -> str | None:
    """`US-WA` by `WA`, `US-WA` or `Washington`; None for what is no state or territory of the US."""
    return region("US", text)


@cache
def region(within: str, text: str) -> str | None:
    """The ISO 3166-2 code of a part of a country by its code, with the country’s or without, or its name."""
    folded = text.strip().casefold()
    for part in _parts(within):
        if folded in (part.code.casefold(), part.code.partition("-")[2].casefold(), part.name.casefold()):
            return str(part.code)
    return None


@cache
def _parts(within: str) -> tuple[Any, ...]:
    return tuple(part for part in pycountry.subdivisions if part.country_code == within)
