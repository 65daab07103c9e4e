"""Country and region codes, checked against ISO 3166-1 and 3166-2 (pycountry's tables)."""

from functools import lru_cache


@lru_cache(maxsize=4_096)
def is_place(code: str) -> bool:
    """Whether `code` is a country (`FR`) or one of its regions (`FR-IDF`)."""
    import pycountry  # noqa: PLC0415  its tables take 50 ms to load, and a question needs none of them

    table = pycountry.subdivisions if "-" in code else pycountry.countries
    return (table.get(code=code) if "-" in code else table.get(alpha_2=code)) is not None
