"""Many mentions for timing: real names of the data sets, each said several times as sources say names, not at random."""

import csv
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.corpus import names
from bench.gold import GOLD
from outbreach.graph.places import is_place
from outbreach.graph.records.record import Mention

Name = tuple[str, str | None, str | None]
"""A name, its country and its region, as codes."""


def real_names(data: Path) -> list[Name]:
    """The distinct names in the data sets that are there, else those of the gold pairs; in a fixed order, mixed."""
    found = {(" ".join(named.name.split()), named.country, named.region) for named in names(data)} or set(_gold_names())
    clean = {
        (name, country, region if region and is_place(region) else None)
        for name, country, region in found
        if name and (country is None or is_place(country))
    }
    return sorted(clean, key=lambda row: (_dice(row[0]).random(), str(row)))


def mentions(listed: list[Name], count: int) -> list[Mention]:
    """So many mentions: the first bodies in the list, each said one to a dozen times (on average three)."""
    made: list[Mention] = []
    for number, name in enumerate(listed * (1 + count // max(1, len(listed)))):
        dice = _dice(f"{number} {name}")
        for time in range(min(12, 1 + int(dice.expovariate(0.4)))):
            made.append(_mention(name, f"{number}-{time}", dice if time else None))
            if len(made) == count:
                return made
    return made


def _dice(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311  the same at each call, and no secret


def _mention(name: Name, key: str, dice: random.Random | None) -> Mention:
    said, country, region = name
    if dice is not None:
        for _ in range(dice.choice((0, 0, 1, 1, 2))):
            said = dice.choice(_HABITS)(said, dice).strip() or said
        if dice.random() < 0.2:
            country, region = None, None
    return Mention.of("bench", key, "Organisation", "filer", said, country=country, region=region)


_SHORT = {
    "associates": "Assoc.", "center": "Ctr", "centre": "Ctre", "department": "Dept", "hospital": "Hosp", "medical": "Med",
    "regional": "Reg", "saint": "St.", "services": "Svcs", "university": "Univ",
}  # fmt: skip


def _slip(name: str, dice: random.Random) -> str:
    """One letter left out, or two swapped."""
    place = dice.randrange(len(name))
    kept = name[place : place + 2][::-1] if dice.random() < 0.5 else name[place + 1 : place + 2]
    return name[:place] + kept + name[place + 2 :]


def _shortened(name: str, _: random.Random) -> str:
    return re.sub(r"\w+", lambda word: _SHORT.get(word[0].casefold(), word[0]), name)


def _cut(name: str, _: random.Random) -> str:
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 2 else name


def _legal_form(name: str, dice: random.Random) -> str:
    bare = re.sub(r",? (Inc|LLC|PC|PA|Ltd|Corp|SAS?)\.?$", "", name, flags=re.IGNORECASE)
    return bare + dice.choice(("", ", Inc.", " LLC", ", P.C.", " SAS"))


def _initials(name: str, _: random.Random) -> str:
    letters = "".join(word[0] for word in re.findall(r"[A-Z]\w+", name))
    return f"{name} ({letters})" if len(letters) > 1 else name


def _domain(name: str, dice: random.Random) -> str:
    return re.sub(r"\W", "", name.casefold())[:24] + dice.choice((".com", ".org", ".net", "..."))


_HABITS: tuple[Callable[[str, random.Random], str], ...] = (
    _slip, _shortened, _cut, _legal_form, _legal_form, _initials, _domain,
    lambda name, _: name.upper(),
    lambda name, _: name.replace("&", "and") if "&" in name else name.replace(" and ", " & "),
    lambda name, _: re.sub(r"['’é]", "ƒ??", name),
    lambda name, _: f"{name} dba {' '.join(name.split()[:2])} Health",
    lambda name, _: f"The {name}",
)  # fmt: skip
"""How sources say one name in other ways."""


def _gold_names() -> Iterator[Name]:
    with (GOLD / "organisations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for side in ("left", "right"):
                yield row[f"{side}_name"], row[f"{side}_country"] or None, None
