"""What bears a name, by the name and the words around it: a kind of body, a person, a place, a thing."""

import re
from functools import cache

from outbreach.graph.text.lexicon import UPPER, compiled, normal, rule, table


def cares(kind: str | None) -> bool:
    """Whether a kind of body cares for people or insures them."""
    return plain_kind(kind) in table("article_names")["health_kinds"]


def kind_apposed(after: str, lang: str) -> str | None:
    """“X, a chain of clinics”: what the words after a name say that it is."""
    match = rule(f"{lang}_apposed").match(after)
    return next((kind for kind, words in match.groupdict().items() if words), None) if match else None


def is_region(before: str, name: str, after: str, lang: str) -> bool:
    """“Gulf Coast hospitals”, “a Kentish GP surgery”: where they are, and not who."""
    if lang != "en" or kind_by_tail(name) is not None:
        return False
    one = rule("one_body_of").search(before) and rule("one_body").match(after)
    makes = rule("the_body_of").search(before) and rule("trader").match(after)
    return bool(one or makes or rule("plural_bodies").match(after))


def is_place(before: str, name: str, after: str, lang: str) -> bool:
    """“…, à Colmar,”, “… Hospital in Sligo”: where somebody is, and nobody."""
    if kind_by_tail(name) or described_by(before, lang)[1] or re.match(r"'s? ", after):
        return False
    if lang == "fr" and rule("fr_region").match(name) and not name.startswith("Ville"):
        return True
    if lang == "fr" and not before and (name.isupper() or rule("fr_dated_there").match(after)):
        return bool(rule("fr_dated_there").match(after) or rule("dates_from").match(after))
    if rule("firm_after").match(after):
        return False  # “confiés à X, une société de …”
    if not before.strip() and name.isupper() and rule("dateline_after").match(after):
        return True  # “HALIFAX, N.S. — …”
    if lang == "fr":  # “la société X, de Tavannes, …”
        beside = rule("fr_firm_from").search(before) and re.match(r"[,.)]| \(", after)
    else:
        beside = rule("on_island").search(before) and re.search(r" (?:Island|Coast|Peninsula|Shore)$", name)
    return bool(beside or rule(f"{lang}_place_before").search(before))


@cache
def _demonyms() -> re.Pattern[str]:
    stems = "|".join(re.escape(normal(p).rstrip("aeiouy")) for p in table("article_names")["places"] if len(p) > 4)
    return re.compile(rf"(?:{stems})[aeiou]?(?:ers|ans|ians|ites|ois|ais|iens|ains)")


def is_demonym(name: str) -> bool:
    """“Vermonters”, “New Brunswickers”: the people of a place."""
    return bool(_demonyms().fullmatch(name))


def is_thing(before: str, name: str, after: str) -> bool:
    """An abbreviation of a number, document or class of software: “le numéro AHV”, “its PACS archive”."""
    if rule("project_before").search(before):
        return True
    if not re.fullmatch(rf"[{UPPER}]{{2,5}}", name):
        return False
    return bool(rule("thing_before").search(before) or rule("thing_after").match(after))


@cache
def calendar_words() -> frozenset[str]:
    """The months and weekdays of both languages, with a capital."""
    told = table("calendar")
    return frozenset(
        w.replace("\\", "").replace("?", "").capitalize()
        for part in ("months", "weekdays")
        for v in told[part].values()
        for w in v
    )


@cache
def no_names(lang: str) -> frozenset[str]:
    """Words with a capital that alone name nobody: days, nations, trades, beginnings of sentences."""
    words = {normal(word) for word in table("article_names")["no_name"][lang]}
    return frozenset(words | {word.rstrip(".") for word in words} | calendar_words())


@cache
def _describers(lang: str) -> list[tuple[str, re.Pattern[str]]]:
    told = table("article_names")["describers"][lang]
    return [
        (
            kind,
            compiled(
                rf"(?<![\w-])({pattern})(?: (?:dénommée?|appelée?|baptisée?|nommée?|called|named))?,? ?(?:Le |La |L'|The )?$"
            ),
        )
        for kind, pattern in told.items()
    ]


def described_by(before: str, lang: str) -> tuple[str | None, str | None]:
    """The word before a name that says what it is, and the kind of body that it says: “the lab” before “Haematix”."""
    for kind, pattern in _describers(lang):
        match = pattern.search(before)
        if match:
            return match[1], kind
    return None, None


@cache
def _person_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    told = table("article_names")["persons"]
    before = compiled("(?:" + "|".join(f"(?<![\\w-]){p}" for p in told["before"]) + r") ?$")
    return before, compiled("(?:" + "|".join(told["after"]) + ")")


@cache
def first_names() -> frozenset[str]:
    """Given names that begin no name of a body."""
    return frozenset(table("article_names")["first_names"].split())


@cache
def given_names() -> frozenset[str]:
    """Given names of the English-speaking world."""
    return frozenset(table("portal_patterns")["given_names"].split())


def is_person(before: str, name: str, after: str) -> bool:
    """Whether a name is a person’s, by a given name, a title, or the words around it; a person is never kept."""
    first, then = _person_patterns()
    words = name.split()
    two = 2 <= len(words) <= 4 and not re.search(r"\d|&", name)
    titled = rule("titled_person").match(name)
    if titled or rule("preposition_before").search(before):
        return bool(titled) and not kind_by_tail(name)
    if rule("alias_after").match(after) or (len(words) == 2 and words[0] in first_names()):
        return not kind_by_tail(name)
    if two and rule("person_title").match(name):
        return not kind_by_tail(name)
    if two and (words[-1] in ("SC", "KC", "QC", "TD", "MP", "MLA", "MPP", "MD", "RN") or words[0] in given_names()):
        return not kind_by_tail(name)
    title = first.search(before[-80:])
    if title and re.search(r"\.$|^(?:M|MM|Mme|Dr|Pr|Me|Mr|Mrs|Ms)\.?\b", title[0].strip()):
        return True
    return two and bool(title or then.match(after)) and not kind_by_tail(name)


@cache
def tails() -> list[tuple[str, re.Pattern[str]]]:
    """(kind, pattern) of the last words that say what an English name is the name of."""
    told = table("article_names")["tails"]["en"]
    return [
        (kind, re.compile(rf"(?:^| )(?:{pattern})(?:,? (?:Inc|LLC|Ltd)\.?)?(?: of .*)?$"))
        for kind, pattern in told.items()
    ]


def kind_by_tail(name: str) -> str | None:
    """What the last word of a name says that it is."""
    if " " not in name:
        return None
    begins = rule("kind_by_head").match(name)
    if begins:
        return next(kind for kind, words in begins.groupdict().items() if words)
    return next((kind for kind, pattern in tails() if pattern.search(name)), None)


def plain_kind(kind: str | None) -> str | None:
    """The kind as the closed list organisation_kinds has it."""
    return "clinic" if kind == "clinique" else kind
