"""What happened in two tellings, by family, and in what the data were: a mailing error is no ransomware."""

from collections.abc import Iterator
from functools import lru_cache

from outbreach.graph.identity.incidents.event import Event, Evidence, listed
from outbreach.graph.identity.incidents.text import weights


def by_kind(left: Event, right: Event) -> Iterator[Evidence]:
    """What happened, by family, and in what the data were: a mailing error is no ransomware."""
    told = left.telling.kinds, right.telling.kinds
    stated = left.kinds | told[0], right.kinds | told[1]
    families = _families(stated[0]), _families(stated[1])
    sure = _families(stated[0] - weights().terms) & _families(stated[1] - weights().terms)
    varieties = stated[0] & weights().varieties, stated[1] & weights().varieties
    table = weights().kinds
    if varieties[0] and varieties[1] and not varieties[0] & varieties[1]:
        name = "variety_conflict" if varieties[0] <= told[0] and varieties[1] <= told[1] else "stated_varieties"
        yield Evidence(table[name], f"one tells of {listed(varieties[0])}, one of {listed(varieties[1])}")
    elif sure:
        mishap = sure == {"cyber"} and (families[0] ^ families[1]) & weights().mishaps
        yield Evidence(0.0 if mishap else table["shared"], f"both are {listed(sure)}")
    elif terms := stated[0] & stated[1] & weights().terms:
        yield Evidence(table["shared"], f"both are {listed(terms)}")
    elif families[0] and families[1] and not families[0] & families[1]:
        words = f"{listed(families[0])} and {listed(families[1])}"
        if _families(told[0] - weights().terms) and _families(told[1] - weights().terms):
            yield Evidence(table["told_conflict"], f"the texts tell of {words}")
        else:
            yield Evidence(table["stated_conflict"], f"the kinds differ: {words}")
    media = left.telling.media, right.telling.media
    if media[0] & media[1]:
        yield Evidence(table["media_shared"], f"both tell of {listed(media[0] & media[1])}")
    elif media[0] and media[1]:
        yield Evidence(table["media_conflict"], f"one tells of {listed(media[0])}, one of {listed(media[1])}")


def at_the_supplier(left: Event, right: Event, meeting: str) -> Iterator[Evidence]:
    """Who breaks into a supplier's systems hits many clients; what is lost, mailed or thrown away is one client's."""
    families = _families(left.kinds | left.telling.kinds) | _families(right.kinds | right.telling.kinds)
    if kinds_apart(left, right):
        yield Evidence(weights().kinds["supplier_apart"], "a supplier and a client tell of two things")
    elif meeting == "clients" and families and "cyber" not in families:
        yield Evidence(weights().kinds["one_client"], f"{listed(families)} at a supplier may be of one client")


def kinds_apart(left: Event, right: Event) -> bool:
    """Whether it is known of both what happened, by a source's term or its text, and it is not one thing."""
    families = [_families(event.kinds | event.telling.kinds) for event in (left, right)]
    return bool(families[0] and families[1] and not families[0] & families[1])


def is_mishap(left: Event, right: Event) -> bool:
    """Whether both tell of what befalls a body by itself, and comes again: a loss, a theft, a letter gone astray."""
    families = [_families(event.kinds | event.telling.kinds) for event in (left, right)]
    return bool(families[0] & families[1] & weights().mishaps) and "cyber" not in families[0] | families[1]


def no_attack(left: Event, right: Event) -> bool:
    """Whether what is told happened is known, and no attack."""
    families = _families(left.kinds | left.telling.kinds) | _families(right.kinds | right.telling.kinds)
    return bool(families) and "cyber" not in families


def in_two_media(left: Event, right: Event) -> bool:
    """Whether the data of the one were in nothing in which those of the other were."""
    return bool(left.telling.media and right.telling.media and not left.telling.media & right.telling.media)


def told_apart(left: Event, right: Event) -> bool:
    """Whether the texts tell of two sorts of event."""
    told = [_families(event.telling.kinds - weights().terms) for event in (left, right)]
    return bool(told[0] and told[1] and not told[0] & told[1])


@lru_cache(maxsize=4_096)
def _families(kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(family for family, members in weights().families.items() if kinds & members)
