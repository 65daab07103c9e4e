"""The pages that an entry of a data set gives as its sources; of an entry that gives one alone we say whom it relays."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from outbreach.graph.records.record import Mention
from outbreach.loaders.words.lists import tables
from outbreach.loaders.words.page import host_of
from outbreach.loaders.words.telling import Telling

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\"'<>]+", re.IGNORECASE)
_SPLIT = re.compile(r"[;,]\s*(?=https?://|www\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Lists:
    """`data/relay.yaml`."""

    no_hosts: str
    publishers: dict[str, str]
    note: dict[str, str]


def entry_source(tale: Telling, dataset: Mention, entry: str, pages: list[str]) -> Mention:
    """The Source that the claims of an entry cite: the data set, or of one page alone the entry that relays its publisher.

    So a data set and the article that it read count as one source (DESIGN, edge properties).
    """
    host = host_of(pages[0]) if len(pages) == 1 else None
    if host is None:
        tale.add(dataset)
        return dataset
    name = f"{dataset.name}, {entry}"
    same = {field: getattr(dataset, field) for field in ("publisher", "kind", "licence", "reliability", "lang")}
    return tale.mention("Source", "entry", name, title=name, relay_of=_lists().publishers.get(host, host), **same)


def pages_in(texts: Iterable[str]) -> list[str]:
    """The addresses in texts, each once, `www.` ones with https; none of a place for leaks or for persons’ own pages."""
    found = (
        address.rstrip(".,;)") for text in texts for part in _SPLIT.split(text) for address in _ADDRESS.findall(part)
    )
    whole = dict.fromkeys(address if "://" in address else f"https://{address}" for address in found)
    return [address for address in whole if (host := host_of(address)) and not re.search(_lists().no_hosts, host)]


def say_pages(tale: Telling, subject: Mention, pages: list[str]) -> None:
    """Note the pages that the entry gives as its sources."""
    if pages:
        joined = " ; ".join(pages)
        texts = {f"text_{lang}": text.format(pages=joined) for lang, text in _lists().note.items()}
        tale.say(subject, "note", value=joined, **texts)


@cache
def _lists() -> _Lists:
    return tables("relay", _Lists)
