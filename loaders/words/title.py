"""The title of a post on a leak site: the victim’s name or domain in it, without the crew’s talk, never completed."""

import html
import re
from dataclasses import dataclass
from functools import cache

from outbreach.loaders.words.lists import tables

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE)
_TWO = r"\w\W*\w"
"""Two letters or digits: with fewer, nothing is named."""
_ADDRESS = re.compile(r"(?:https?:/{1,2}|\bwww\.)\S*|\S*\.onion\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PostLists:
    """`loaders/data/leak_posts.yaml`."""

    visit: dict[str, int]
    no_victim: list[str]
    storytellers: list[str]
    unnamed: list[str]
    person: str
    talk: list[str]
    sentence: str
    longest: int
    masked: str
    no_domain: list[str]
    shared: str
    others: list[str]
    countries: dict[str, str]
    words: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Victim:
    """Whom a title speaks of: by name, or, where the crew masks or withholds it, by the words that stand for one."""

    name: str | None
    described: str | None = None
    domain: str | None = None
    country: str | None = None
    damaged: str | None = None
    """What stood there, where the title was damaged and could be mended for certain."""

    @property
    def words(self) -> str:
        """What to call it."""
        return self.name or self.described or ""


@cache
def post_lists() -> PostLists:
    """The tables of the source, read once."""
    return tables("leak_posts", PostLists)


def victim_of(title: str) -> Victim:
    """Whom a title speaks of.

    Raises `ValueError` where it speaks of nobody, of a natural person, or in a text that has no name.
    """
    raw = html.unescape(title)
    text = mended(raw)
    repaired = None if text == raw else _without_addresses(" ".join(raw.split()))
    text = " ".join(text.split())
    if _matches("no_victim", text):
        raise ValueError("its title names no victim")
    country, text = _country(text)
    if _matches("masked", text) and not text.startswith(("http:", "https:")):
        return Victim(None, _without_addresses(text), None, country, repaired)
    if _matches("unnamed", text) or (re.match("https?:", text) and domain_of(text) is None):
        return Victim(None, _without_addresses(_without_talk(text)), None, country, repaired)
    domain, text = _domain_in(_without_talk(text))
    text = _without_talk(text)
    sentence = re.match(post_lists().sentence, text)
    text = sentence["name"] if sentence else text
    if _matches("masked", text):
        return Victim(None, text, None, country, repaired)
    if not re.search(_TWO, text):
        raise ValueError("its title names no victim")
    if len(text) > post_lists().longest:
        raise ValueError("its title is a text, in which no name can be told for certain")
    if _matches("person", text):
        raise ValueError("its title names a natural person, who is not kept")
    return Victim(text, None, domain, country, repaired)


def domain_of(address: str) -> str | None:
    """The domain of a body’s own address, `example.org`; none where it is masked, hidden, shared, of others, or no address."""
    host = re.sub(r"^(?:\w+:/{1,2})?(?:www\.)?", "", address.strip().casefold()).split("/")[0].split("?")[0]
    host = host.removesuffix(".")
    if not _DOMAIN.fullmatch(host) or is_shared(host):
        return None
    first, _, last = host.rpartition(".")
    if ".onion." in f"{host}." or last in post_lists().no_domain or first in ("co", *post_lists().no_domain):
        return None
    return None if any(host == site or host.endswith(f".{site}") for site in post_lists().others) else host


def is_shared(host: str) -> bool:
    """Whether a domain, as `gov.br`, is of a whole administration or of many bodies."""
    return re.fullmatch(post_lists().shared, host, re.IGNORECASE) is not None


def mended(text: str) -> str:
    """UTF-8 that was read as Windows-1252 is read again, where all of it can be."""
    if text.isascii():
        return text
    try:
        return b"".join(_byte(letter) for letter in text).decode("utf-8")
    except UnicodeError:
        return text


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeError:
        return letter.encode("latin-1")


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """The expressions of a table, made once: a title is held against some forty."""
    found: list[str] | str = getattr(post_lists(), name)
    return tuple(re.compile(one, re.IGNORECASE) for one in ([found] if isinstance(found, str) else found))


def _matches(name: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in _patterns(name))


def _country(text: str) -> tuple[str | None, str]:
    for match in (re.match(r"\[([^\]]+)\]\s*", text), re.search(r"\s*\(([^)]+)\)$", text)):
        if match and match[1] in post_lists().countries:
            return post_lists().countries[match[1]], (text[: match.start()] + text[match.end() :]).strip()
    return None, text


def _without_talk(text: str) -> str:
    for pattern in _patterns("talk"):
        shorter = pattern.sub("", text).strip()
        text = shorter if shorter != text and re.search(_TWO, shorter) else text
    return text.strip()


def _without_addresses(text: str) -> str:
    kept = " ".join(_ADDRESS.sub(" ", text).split())
    return kept or re.sub(r"^https?:/*(?:www\.)?", "", text)


def _domain_in(text: str) -> tuple[str | None, str]:
    """The one domain in a title, and the name that it is set apart from; where it is all there is, it is the name."""
    if domain := domain_of(text):
        return domain, re.sub(r"^(?:https?:/{1,2})?(?:www\.)?", "", text, flags=re.IGNORECASE).split("/")[0]
    words = re.split(r"[\s()\[\]|,]+", text)
    found = [(word, domain) for word in words if "." in word and (domain := domain_of(word))]
    if len(found) != 1:
        return None, _without_addresses(text)
    word, domain = found[0]
    apart = (
        rf"(?:^|[|(\[–-]\s*){re.escape(word)}(?=\s*[|)\]]|\s+[–-]\s|$)|(?<!\b(?:and|but))(?<![&+])\s{re.escape(word)}$"
    )
    if not re.search(apart, text):
        return None, _without_addresses(text)
    beside = re.sub(rf"\s*[(\[|–-]*\s*{re.escape(word)}\s*[)\]|–-]*\s*", " ", text, count=1).strip(" |/–-,")
    return domain, beside if re.search(_TWO, beside) else word
