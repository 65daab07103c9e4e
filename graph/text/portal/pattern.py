"""The patterns of `graph/text/data/portal_patterns.yaml`, ready for use."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from outbreach.graph.text.lexicon import table


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the readers of portal descriptions look for."""

    never_final: frozenset[str]
    final: frozenset[str]
    starters: frozenset[str]
    legal_forms: frozenset[str]
    connectors: frozenset[str]
    places_follow: frozenset[str]
    no_name: frozenset[str]
    inside_names: frozenset[str]
    organisation_words: frozenset[str]
    also_named: re.Pattern[str]
    never_suppliers: re.Pattern[str]
    carriers: re.Pattern[str]
    titles: re.Pattern[str]
    role: re.Pattern[str]
    responders: re.Pattern[str]
    hired_after: re.Pattern[str]
    afterwards: re.Pattern[str]
    covered_entity: re.Pattern[str]
    given_names: frozenset[str]
    common_name_words: frozenset[str]
    small_names: frozenset[str]
    role_then_name: re.Pattern[str]
    name_then_role: re.Pattern[str]
    owned_by: re.Pattern[str]
    whose_firm: re.Pattern[str]
    bystanders: re.Pattern[str]
    worth: re.Pattern[str]
    origin_after: re.Pattern[str]
    origin_before: re.Pattern[str]
    origin_possessed: re.Pattern[str]
    not_involved_before: re.Pattern[str]
    not_involved_after: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The tables of the file, compiled."""
    told: dict[str, Any] = table("portal_patterns")
    made: dict[str, Any] = {name: frozenset(told[name].split()) for name in _WORDS}
    made |= {name: frozenset(told[name]) for name in ("connectors", "places_follow", "inside_names")}
    made |= {name: re.compile(told[name]) for name in _AS_THEY_ARE}
    made |= {name: re.compile("".join(told[name])) for name in ("origin_after", "origin_before", "origin_possessed")}
    entity = rf"{_DETERMINER}(?<![/\w])(?:{told['covered_entity']})(?![/\w])(?:['’]s?)?{_ABBREVIATION}"
    return Patterns(
        never_final=frozenset(told["abbreviations"]["never"]),
        final=frozenset(told["abbreviations"]["final"]),
        also_named=re.compile(rf"\s*,?\s*\(?(?:{told['also_named']})\s+", re.IGNORECASE),
        never_suppliers=re.compile("|".join(told["never_suppliers"])),
        role=re.compile(_role(told)),
        responders=re.compile(rf"\b(?:{told['responders']})\b", re.IGNORECASE),
        hired_after=re.compile(rf"\b(?:{told['hired_after']})\s*$", re.IGNORECASE),
        covered_entity=re.compile(entity),
        **made,
    )


_AS_THEY_ARE = (
    "carriers", "titles", "afterwards", "role_then_name", "name_then_role", "owned_by", "whose_firm", "bystanders", "not_involved_before",
    "not_involved_after", "worth",
)  # fmt: skip
_WORDS = ("starters", "legal_forms", "no_name", "organisation_words", "given_names", "common_name_words", "small_names")
_OWNER = (
    r"(?:(?:[Tt]he|[Aa]n?|[Ii]t[’']?s|it|[Tt]heir|[Oo]ne of (?:its|the))\s+)?(?:former\s+)?"
    r"(?:[Cc]overed [Ee]ntit(?:y|ies)|CEs?|ACE|[Bb]usiness [Aa]ssociate|BA)[’']s?\s+(?:\(\W?(?:CE|BA|ACE)s?(?:[’']?s)?\W?\)\s+)?"
)
_DETERMINER = (
    r"(?:(?:[Aa]n?|[Tt]he|[Ii]t[’']?s|it|[Tt]heir|[Oo]ne of (?:its|the|their)|[Hh]is|[Hh]er|[Tt]his|[Tt]wo|[Tt]hree|[Ff]our"
    r"|[Ss]everal|[Mm]ultiple)\s+)?"
)
_ABBREVIATION = r"(?:\s*\((?:the\s+)?\W?[A-Z][A-Z/]*s?(?:[’']?s)?\W?\))?(?:['’]s?(?=\s))?"


def _role(told: dict[str, Any]) -> str:
    """A role phrase: whose (`owner`, `det`), which (`mods`), what (`associate`, `sub`, `vendor` or `qualified`)."""
    roles = told["roles"]
    associate, sub = ("|".join(roles[name]["heads"]) for name in ("business associate", "subcontractor"))
    heads, qualified, qualifiers = ("|".join(roles["vendor"][name]) for name in ("heads", "qualified", "qualifiers"))
    word = rf"(?!(?:{'|'.join(told['no_modifier'].split())})\b)(?:[a-z][\w/’-]*|IT|EHR|EMR|IT/IS)"
    head = (
        rf"(?P<parent>parent (?:company|corporation|organization|companies))"
        rf"|(?P<associate>{associate})|(?P<sub>{sub})|(?P<vendor>{heads})"
        rf"|(?P<qualified>(?:{qualifiers})(?:(?:\s+|/)(?:and\s+|or\s+)?{word}){{0,3}}?\s+(?:{qualified})|[a-z]+\s+brokers?)"
    )
    return (
        rf"(?<![\w/’'-])(?:(?P<owner>{_OWNER})|(?P<det>{_DETERMINER}))(?P<mods>(?:{word},?\s+){{0,5}}?)(?:{head})(?![\w/-])"
        r"(?!\s+(?:compan|firms?\b|provider|vendor|administrator|agency|partner|associate))"
        rf"(?!(?:[’']s?)?(?:\s+\(BAs?\))?\s+(?i:{told['no_role_before']})\b)(?!\s+(?:{told['no_person_before']})s?\b)(?:['’]s?(?=\s))?"
        rf"(?P<abbr>{_ABBREVIATION})"
    )
