"""Who and what an article names: bodies by the form of their names, authorities, attackers and products by closed lists."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from outbreach.graph.text.cast.bearer import (
    cares,
    described_by,
    is_person,
    is_place,
    is_region,
    is_thing,
    kind_apposed,
    kind_by_tail,
    no_names,
)
from outbreach.graph.text.cast.body import Body, Cast, Mention
from outbreach.graph.text.cast.gather import Candidate, gather
from outbreach.graph.text.cast.gazetteer import sightings
from outbreach.graph.text.cast.trim import SMALL, trim_name, with_stop, with_tail
from outbreach.graph.text.lexicon import UPPER, normal, rule, table
from outbreach.graph.text.page.passage import Passage, in_first_person

_WORD = (
    rf"(?:(?!S?\$|[{UPPER}]{{1,3}}\$)\d{{0,2}}[{UPPER}][\w'&+]*(?:[-.][\w'&]+)*"
    rf"|[a-z]{{1,2}}-?[{UPPER}][\w'-]*|[a-z]{{3,7}}[{UPPER}][a-z][\w'-]*)"
)


_LEGAL = r"(?:,? (?:Inc|LLC|(?:Pt[ey]\.? )?Ltd|LLP|PLLC|Corp|Co|L\.L\.C|SAS|SA|GmbH)\b\.?)?"


def cast_of(passage: Passage) -> Cast:
    """The bodies that the article names, each with all its mentions in title and sentences."""
    text = normal(passage.text)
    spans = [(s.start, s.end) for s in passage.sentences]
    if passage.title and passage.title_at is not None:
        spans.insert(0, (passage.title_at, passage.title_at + len(passage.title)))
    cast = Cast([], [])
    taken: list[tuple[int, int]] = []
    _closed_lists(cast, text, spans, taken)
    found = _candidates(text, spans, taken, passage)
    found += _in_margins(text, spans, passage)
    beside = [m for m in passage.margins if m not in spans and m[0] < (spans[-1][0] if spans else 0)]
    named = [*taken, *((c.start, c.end) for c in found)]
    found += [one for one in _candidates(text, beside, named, passage) if cares(one.kind) and not one.first]
    gather(cast, text, _lengthened(text, found) if passage.lang == "fr" else found, passage.lang)
    cast.mentions.sort(key=lambda m: m.start)
    return cast


def _lengthened(text: str, found: list[Candidate]) -> list[Candidate]:
    """The names with the tails that have no capitals, and without those that were taken from such a tail."""
    ends = {(c.start, c.end): with_tail(text, (c.start, c.end)) for c in found if not c.person}
    tails = [(old[1], new[1]) for old, new in ends.items() if old != new]
    kept = [c for c in found if not any(a <= c.start < b for a, b in tails)]
    return [replace(c, end=at[1], name=text[slice(*at)]) if (at := ends.get((c.start, c.end))) else c for c in kept]


def _closed_lists(cast: Cast, text: str, spans: list[tuple[int, int]], taken: list[tuple[int, int]]) -> None:
    by_key: dict[tuple[str, str], Body] = {}
    for start, end in spans:
        for seen in sightings(text[start:end], text):
            at = start + seen.start, start + seen.end
            key = (seen.known.role, seen.known.key)
            if key not in by_key:
                by_key[key] = cast.add(
                    seen.known.role, seen.known.name, kind=seen.known.kind, known=seen.known,
                    described_as=None if seen.known.name else text[at[0] : at[1]], category=seen.known.category,
                )  # fmt: skip
            cast.mentions.append(Mention(*at, by_key[key].number))
            taken.append(at)
            # “… (Cnil)” after the full name is the same body.
            short = re.match(r" ?\(([^()]{2,14})\)", text[at[1] : end])
            if short:
                taken.append((at[1], at[1] + short.end()))
        for role in ("media", "bystanders"):
            for match in _listed(role).finditer(text, start, end):
                if all(match.end() <= a or match.start() >= b for a, b in taken):
                    key = (role, match[0])
                    if key not in by_key:
                        by_key[key] = cast.add("media" if role == "media" else "bystander", match[0], kind="media")
                    cast.mentions.append(Mention(match.start(), match.end(), by_key[key].number))
                    taken.append(match.span())
                    short = re.match(r" ?\((AFP|AP)\)", text[match.end() : end])
                    if short:
                        taken.append((match.end(), match.end() + short.end()))


@cache
def _listed(kind: str) -> re.Pattern[str]:
    names = sorted((normal(n) for n in table("article_names")[kind]), key=len, reverse=True)
    told = "|".join(re.escape(n) for n in (*names, *(n.upper() for n in names if " " in n)))
    bare = "|".join(re.escape(n.removeprefix("Le ")) for n in names if n.startswith("Le "))
    contracted = rf"|(?:(?<= du )|(?<= au ))(?:{bare})" if bare else ""  # “selon une information du Monde”
    return re.compile(rf"(?<![\w-])(?:{told}{contracted})(?![\w-])")


def _candidates(
    text: str, spans: list[tuple[int, int]], taken: list[tuple[int, int]], passage: Passage
) -> list[Candidate]:
    """Names by their form: a head with what follows, or words with capitals."""
    lang = passage.lang
    heads, names = _patterns(lang)
    found: list[Candidate] = []
    blocked = list(taken)
    title_at = passage.title_at if passage.title else None
    for start, end in spans:
        whole = _whole_title(text, (start, end), blocked) if start == title_at else None
        if whole or (lang == "en" and _in_title_case(text[start:end])):
            found.extend([whole] if whole else _whole_headings(text, (start, end), blocked))
            continue
        for match in heads.finditer(text, start, end) if heads else ():
            if rule("indefinite_before").search(text[start : match.start()]):
                blocked.append(match.span("whole"))  # “une clinique de Saint-Étienne” is described, not named
                found.extend(_after_indefinite(match))
                continue
            if _free(match.span("whole"), blocked):
                kind = next((k for k in match.groupdict() if k != "whole" and k[0] != "_" and match[k]), None)
                own = rule("fr_own_article").search(text[start : match.start()])  # “Solvia et La Mutuelle Verte”
                at = match.start() - (len(own[0]) if own else 0), match.end("whole")
                found.append(Candidate(*at, text[slice(*at)], kind, None, False, False))
                blocked.append(at)
        for match in rule("fr_described_name").finditer(text, start, end) if lang == "fr" else ():
            at = match.start("whole"), match.end("rest")
            if _free(at, blocked):  # “le Registre provincial des cancers”: a capital, and then none
                kind = next(k for k in _DESCRIBED if match[k])
                found.append(Candidate(*at, text[slice(*at)], kind, None, False, False))
                blocked.append(at)
        for match in names.finditer(text, start, end):
            trimmed = trim_name(text, *match.span(), start, lang)
            trimmed = _both(text, trimmed) if trimmed else None
            if trimmed and _free(trimmed, blocked):
                at = with_stop(text, trimmed)
                if is_region(text[start : at[0]], text[slice(*at)], text[at[1] : end], lang):
                    continue
                word = text[slice(*at)]
                if is_place(text[start : at[0]], word, text[at[1] : end], lang) or is_thing(
                    text[start : at[0]], word, text[at[1] : end]
                ):
                    blocked.append(at)
                    continue
                describer, kind = described_by(text[start : at[0]], lang)
                cared = kind == "company" and rule("may_care").search(describer or "") and cares(kind_by_tail(word))
                # “insurer Acme Health Plan”: the name says more than the word before it.
                kind = kind_by_tail(word) if cared else kind or kind_apposed(text[at[1] : end], lang)
                if (
                    word.isupper()
                    and " " in word
                    and not (
                        kind
                        or kind_by_tail(word.title())
                        or _is_name_in_capitals(word, text[start:end], at[0] - start, lang)
                    )
                ):
                    found.extend(_in_capitals(text, at))  # a heading in capitals
                    continue
                person = is_person(text[start : at[0]], word, text[at[1] : end])
                first = (at[0] - start <= 2 or text[at[0] - 1] == "\n") and " " not in word
                found.append(Candidate(*at, word, kind or kind_by_tail(word), describer, person, first))
                blocked.append(at)
    return found


def _both(text: str, at: tuple[int, int]) -> tuple[int, int]:
    """“NHS Dee and Don”: two words with capitals that the text never has apart, and of which it speaks as of one."""
    more = re.match(rf" (?:and|et|&) [{UPPER}][\w-]+(?! [{UPPER}])", text[at[1] :])
    if not more:
        return at
    last, whole = more[0].split()[-1], text[at[0] : at[1] + more.end()]
    always = min(text.count(text[slice(*at)]), text.count(last)) == text.count(whole) == text.count(last)
    one = re.search(rf"{re.escape(whole)} (?:has|is|was|says|a|est|avait)\b", text)
    often = text.count(whole) > 1 or whole.startswith("NHS ")
    return (at[0], at[1] + more.end()) if always and often and one else at


def _after_indefinite(match: re.Match[str]) -> Iterator[Candidate]:
    """“Une clinique Orme Bleu”: the name after the word for what it is, where no “de” stands between."""
    own = re.search(rf"(?<=[a-zà-ÿ] )[{UPPER}].*", match["whole"])
    if own and not re.search(r"(?:\b(?:de|du|des|la|à|en) |')$", match["whole"][: own.start()]):
        kind = next((k for k in match.groupdict() if k != "whole" and k[0] != "_" and match[k]), None)
        yield Candidate(match.start("whole") + own.start(), match.end("whole"), own[0], kind, None, False, False)


def _in_margins(text: str, spans: list[tuple[int, int]], passage: Passage) -> Iterator[Candidate]:
    """Whose text it is, by a short line beside it: a name that says that it cares for people, or “Company: X”.

    Where the text speaks of “us”, also a name that it uses.
    """
    told = " ".join(text[start:end] for start, end in spans)
    own = in_first_person(s.text for s in passage.sentences)
    heads, _ = _patterns("fr")
    for start, end in passage.margins:
        part = None if (start, end) in spans else rule("letterhead").match(text[start:end])
        name = part["name"].strip() if part else ""
        if not part or not name or len(name.split()) > _LETTERHEAD or rule("no_writer").search(text[start:end]):
            continue
        plain = _as_written(name)
        head = heads.fullmatch(plain) if heads and passage.lang == "fr" else None
        kind = next((k for k in head.groupdict() if k != "whole" and head[k]), None) if head else kind_by_tail(plain)
        used = _used(name, plain, told, passage.lang) if own else None
        if not (cares(kind) or (kind and own) or part["label"]):
            name = used or ""
        if name:
            at = start + part.start("name")
            yield Candidate(at, at + len(name), name, kind, None, False, False)


def _used(name: str, plain: str, told: str, lang: str) -> str | None:
    """As much of a line's beginning as the text uses as a name: “Rotalis” of “Rotalis Status”."""
    words = name.split()
    for many in range(len(words), 0, -1):
        part, written = " ".join(words[:many]), " ".join(plain.split()[:many])
        named = re.search(rf"[{UPPER}]", part) and part not in no_names(lang) and written not in no_names(lang)
        if named and re.search(rf"\b(?:{re.escape(written)}|{re.escape(part)})\b", told):
            return part
    return None


def _is_name_in_capitals(word: str, sentence: str, place: int, lang: str) -> bool:
    """Whether a sentence is written small, so that capitals inside it are a name’s own."""
    if place <= 2 or word.split(maxsplit=1)[0].capitalize() in no_names(lang):
        return False
    return sum(c.islower() for c in sentence) > 3 * sum(c.isupper() for c in sentence)


def _in_capitals(text: str, at: tuple[int, int]) -> Iterator[Candidate]:
    """The words of a heading in capitals that the text has elsewhere as a name: “LE RÉSEAU OFFICINÉO, ENSUITE”."""
    for match in re.finditer(r"[^\W\d_]{4,}", text[slice(*at)]):
        name = match[0].capitalize()
        known = re.search(rf"\b{name}\b", text) and not re.search(rf"\b{name.lower()}\b", text)
        if known and name not in no_names("fr") | no_names("en"):
            start = at[0] + match.start()
            yield Candidate(start, start + len(name), match[0], None, None, False, False)


def _as_written(name: str) -> str:
    """A name in capitals as one writes it: “CLINIQUE DE L'ESTUAIRE” is “Clinique de l'Estuaire”."""
    if not name.isupper():
        return name
    small = r"\b(De|Du|Des|La|Le|Les|Aux|Et|Of|The|And|L'|D')(?=\W|(?<=')\w|$)"
    return re.sub(small, lambda m: m[0].lower(), name.title())


_LETTERHEAD = 8
"""So many words at most has the name of who writes."""


_DESCRIBED = ("registry", "university", "public_body", "charity", "insurer", "care_provider")


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    small = SMALL[lang]
    saint = r"(?:(?:St|Ste|Mt)\.? (?=[A-Z])|Dr\. (?=(?:[A-Z][\w.']* ){1,4}(?:Health|Hospital|Medical|Clinic)))?"
    joined = rf"|(?<=[\w.]) (?:& |{rule('joining_and').pattern}){_WORD}" if lang == "en" else ""
    initial = r"(?: [A-Z]\.(?= [A-Z][a-z]))?" if lang == "en" else ""
    more = rf"(?:(?: (?:Jr|Sr)\.(?= [A-Z]))?{initial} (?:{small})?(?:(?:St|Ste|Mt)\. )?{_WORD}{joined}){{0,9}}"
    begins = rf"(?<![\w-])(?<!\w['-]){saint}" if lang == "en" else r"(?<![\w-])(?<!\w-)"
    numbered = r"(?: \d{1,3}(?=[,.;:)»]| (?:a|ont|est|n'|ne|has|is|was|said)\b))?"
    names = re.compile(begins + _WORD + more + numbered + _LEGAL)
    told = table("article_names")["heads"].get(lang)
    if not told:
        return None, names
    kinds = "|".join(f"(?P<{kind}>{_head(pattern)})" for kind, pattern in told.items())
    # The head, then “de la”, “Saint-”…, and at least one word with a capital; small words may stand between capitals.
    first = rf"(?: (?:{small})?(?:santé |soins )?|[ -])(?:{small})?{_WORD}"
    # “Mutuelle des Cheminots et Bateliers”, “Clinique de médecine familiale - GMF de Saint-Ludger”.
    both = rf" des {_WORD}(?<=s) et (?:des )?{_WORD}(?<=s)(?![\w-])"
    unit = rf" ?[-–] ?(?:GMF|CLSC|CHSLD)(?:-[A-Z]{{1,2}})? (?:{small})?{_WORD}"
    rest = rf"(?:{both}|{unit}|{first})"
    rest += rf"(?:(?: (?:{small})?(?:santé de |soins de )?|-)(?:{small})?{_WORD})*"
    rest += rf"(?: [-–] (?:GMF|CLSC|CHSLD)(?:-[A-Z]{{1,2}})? (?:{small})?{_WORD}(?:[ -]{_WORD})*)?"
    more_of = rule("fr_head_more").pattern
    return re.compile(rf"(?<![\w-])(?P<whole>(?:{kinds}){more_of}{rest})(?![\w])"), names


def _head(pattern: str) -> str:
    """Any case for words of a head, but an acronym only as written."""
    return "|".join(p if p.isupper() or p in ("Ehpad", "GRADeS") else f"(?i:{p})" for p in _split(pattern))


def _split(pattern: str) -> list[str]:
    parts, depth, current = [], 0, ""
    for char in pattern:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return [*parts, current]


def _free(at: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return all(at[1] <= start or at[0] >= end for start, end in taken)


_HEADLINE = 7
"""More words with a capital each, small ones too, are no name."""


def _in_title_case(text: str) -> bool:
    """A headline in which nearly every word has a capital names nobody by that."""
    every = re.findall(r"[^\W\d_][\w'-]*", text)
    if len(every) > _HEADLINE and all(w[0].isupper() for w in every) and not text.rstrip().endswith("."):
        return True  # “Breaches Are On The Rise, So It Pays To Be Prepared”
    words = [w for w in every if len(w) > 3]
    return len(words) > 4 and not text.rstrip().endswith(".") and sum(w[0].isupper() for w in words) > 0.75 * len(words)


def _whole_title(text: str, span: tuple[int, int], taken: list[tuple[int, int]]) -> Candidate | None:
    """A title that is nothing but one name, as an entry of a chronology has: “Shands at UF”."""
    name = text[slice(*span)]
    words = name.split()
    small = all(word[0].isupper() or word in ("at", "of", "and", "for", "the", "&", "in") for word in words)
    if not (1 < len(words) <= _LETTERHEAD and small) or re.search(r"[.,:;?!|/()]", name):
        return None
    if rule("no_title_name").search(name) or not _free(span, taken) or name.isupper():
        return None
    if _in_title_case(name) and not cares(kind_by_tail(name)):
        return None
    return Candidate(*span, name, kind_by_tail(name), None, False, False)


def _whole_headings(text: str, span: tuple[int, int], taken: list[tuple[int, int]]) -> Iterator[Candidate]:
    """A headline that is nothing but names of bodies: “St. Ann Hospital, Lakeside Health Plan”, or a row of a list."""
    _, names = _patterns("en")
    for match in re.finditer(r"[^,/;:()|]+", text[slice(*span)]):
        part = match[0].strip(" \t-–•*·")
        start = span[0] + match.start() + match[0].index(part) if part else 0
        at = start, start + len(part)
        small = rule("small_word").search(part)
        if part and not small and names.fullmatch(part) and cares(kind_by_tail(part)) and _free(at, taken):
            yield Candidate(*at, part, kind_by_tail(part), None, False, False)
