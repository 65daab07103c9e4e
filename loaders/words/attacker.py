"""An attacker as data sets write one: `APT41/BARIUM/Wicked Panda/G0096 (Chengdu 404 Network Technology)`."""

import re
from collections.abc import Sequence

from outbreach.graph.records.record import Mention
from outbreach.loaders.words.bodies import is_named, may_be_person
from outbreach.loaders.words.telling import Telling

_ATTACK_ID = re.compile(r"G\d{4}")


def attacker_of(tale: Telling, text: str, kind: str | None = None) -> Mention | None:
    """The attacker of a field, its other names apart from the first; None where it names nobody.

    Raises `ValueError` where it may name a natural person.
    """
    own = re.split(r"\s(?:<|-->)\s", re.sub(r"\s\([^()]*\)\s*$", "", text.replace("\xa0", " ")), maxsplit=1)[0]
    own = re.sub(r"\s\([^()]*\)\s*$", "", own)
    # Several in quotation marks are no one’s name.
    if not is_named(own.strip()) or own.count("'") > 2:
        return None
    if any(may_be_person(part) for part in re.split(r"\s[a-z]+\s", own)):
        raise ValueError("it may name a natural person")
    names, identifiers = _names(own.split("/"))
    if not names:
        return None
    first, *others = names
    return tale.mention("Attacker", "attacker", first, aliases=others, identifiers=identifiers, kind=kind)


def _names(parts: Sequence[str]) -> tuple[list[str], list[str]]:
    found = dict.fromkeys(" ".join(part.split()).strip(" .,'\"") for part in parts)
    identifiers = [f"attack:{part[-5:]}" for part in found if _ATTACK_ID.fullmatch(part[-5:])]
    names = [part for part in found if len(part) > 2 and not _ATTACK_ID.fullmatch(part[-5:])]
    return names, identifiers
