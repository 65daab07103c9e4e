"""The pages that a record of a data set gives as its sources: the only one is what it relays, several are told of."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from outbreach.graph.records.record import Mention

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\"'<>]+", re.IGNORECASE)
_LEAKS = re.compile(r"\.onion(?:[:/]|$)|(?:^|\.)(?:pastebin\.com|paste\.\w+|nopaste\.\w+|ghostbin\.\w+|mega\.(?:nz|co)|"
                    r"anonfiles?\.com|mediafire\.com|zippyshare\.com|gofile\.io|t\.me)$", re.IGNORECASE)  # fmt: skip
"""Hosts where the leaked data themselves may lie: no address there is kept."""
_PERSONAL = re.compile(r"(?:^|\.)(?:twitter\.com|x\.com|facebook\.com|linkedin\.com|instagram\.com)$", re.IGNORECASE)
"""Hosts where most pages are those of natural persons."""


def cited(
    source: str, key: str, dataset: Mention, entry: str, references: Iterable[str]
) -> tuple[tuple[Mention, ...], str, str | None]:
    """The Source mentions of a record, the id of the one that its claims cite, and the addresses where there are several.

    A data set that names one page relays it, and does not count beside it as a second source (DESIGN, sources).
    """
    found = dict.fromkeys(address for text in references for address in addresses(text))
    if len(found) != 1:
        return (dataset,), dataset.id, " ; ".join(found) or None
    (url,) = found
    page = Mention.of(source, "", "Source", "reference", url, url=url, publisher=urlsplit(url).hostname)
    name = f"{dataset.name}, {entry}"
    told = {n: getattr(dataset, n) for n in ("publisher", "kind", "licence", "reliability", "url", "lang")}
    relay = Mention.of(source, key, "Source", "entry", name, title=name, relay_of=page.id, **told)
    return (page, relay), relay.id, None


def addresses(text: str) -> list[str]:
    """The addresses in a text, as they stand; `www.` ones with https, and none of a place that hosts leaks or persons’ own pages."""
    found = [match.rstrip(".,;)") for match in _ADDRESS.findall(text)]
    whole = [address if "://" in address else f"https://{address}" for address in found]
    return [
        address
        for address in whole
        if (host := _host(address)) and not _LEAKS.search(host) and not _PERSONAL.search(host)
    ]


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
