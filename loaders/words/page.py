"""A page that a row names as its source: what kind of source it is, told by its site, and how far it carries."""

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache

from outbreach.graph.records.record import Mention
from outbreach.loaders.words.lists import tables

_ADDRESS = re.compile(r"https?://(?:www\.)?(?P<host>[^\s/:?#]+\.[a-z]{2,})(?:[:/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Hosts:
    """`loaders/data/hosts.yaml`."""

    hosts: dict[str, str]
    weak: list[str]


def is_address(url: object) -> bool:
    """Whether it is a web address that can be kept: no onion site, nor a gateway to one."""
    match = _ADDRESS.fullmatch(url) if isinstance(url, str) and url.isprintable() else None
    return match is not None and ".onion" not in match[0].casefold()


def host_of(url: str) -> str:
    """`example.org` of an address: its publisher, where nothing else names one."""
    match = _ADDRESS.match(url)
    return match["host"].casefold() if match else url


def page_of(
    source: str, key: str, url: str, *, title: str | None = None, own: Container[str] = (), publisher: str | None = None
) -> Mention:
    """The page as a Source: press, unless `hosts.yaml` knows its site, or it is among the body’s `own` sites."""
    host = host_of(url)
    ends = [host, *(host[match.end() :] for match in re.finditer(r"\.", host))]
    kind = next((_hosts().hosts[end] for end in ends if end in _hosts().hosts), "press")
    if any(end in own for end in ends):
        kind = "organisation_notice"
    return Mention.of(
        source, key, "Source", "page", title or url, title=title, url=url, publisher=publisher or host, kind=kind,
        reliability="low" if kind in _hosts().weak else "normal",
    )  # fmt: skip


@cache
def _hosts() -> _Hosts:
    return tables("hosts", _Hosts)
