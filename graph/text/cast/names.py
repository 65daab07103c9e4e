"""Who and what an article names: bodies by the form of their names, authorities, attackers and products by closed lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from outbreach.graph.text.cast.gazetteer import Known, sightings
from outbreach.graph.text.lexicon import UPPER, compiled, normal, rule, table
from outbreach.graph.text.page.passage import Passage, in_first_person

_WORD = rf"(?:\d{{0,2}}[{UPPER}][\w'&+]*(?:[-.][\w'&]+)*|[a-z]{{1,2}}-?[{UPPER}][\w'-]*)"
_SMALL = {
    "fr": r"(?:de la |de l'|du |des |de |d'|la |le |les |aux |& )",
    "en": r"(?:of the |of |the (?=[A-Z])|& |de |la |del |du )",
}
_LEGAL = r"(?:,? (?:Inc|LLC|(?:Pt[ey]\.? )?Ltd|LLP|PLLC|Corp|Co|L\.L\.C|SAS|SA|GmbH)\b\.?)?"


@dataclass(slots=True)
class Body:
    """A body, product or attacker of the article: its fullest name, its other names, what it is."""

    number: int
    role: str
    """organisation, authority, software, attacker, media, person, bystander."""
    name: str | None
    kind: str | None = None
    known: Known | None = None
    described_as: str | None = None
    unnamed_count: int | None = None
    category: str | None = None
    aliases: list[str] = field(default_factory=list)
    describer: str | None = None

    @property
    def is_health(self) -> bool:
        """Whether its name or the word before it says that it cares for people or insures them."""
        return self.kind in table("article_names")["health_kinds"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A body at a place in the text."""

    start: int
    end: int
    body: int


@dataclass(slots=True)
class Cast:
    """All bodies of an article, by number, and where they are spoken of."""

    bodies: list[Body]
    mentions: list[Mention]

    def add(self, role: str, name: str | None, **more: object) -> Body:
        """A new body."""
        body = Body(len(self.bodies), role, name, **more)  # type: ignore[arg-type]  # fields of Body, checked there
        self.bodies.append(body)
        return body


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
    found += [one for one in _candidates(text, beside, named, passage) if _cares(one.kind) and not one.first]
    _gather(cast, text, found, passage.lang)
    cast.mentions.sort(key=lambda m: m.start)
    return cast


def _cares(kind: str | None) -> bool:
    return _kind(kind) in table("article_names")["health_kinds"]


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


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    name: str
    kind: str | None
    describer: str | None
    person: bool
    first: bool
    """It is one word that begins a sentence, where any word has a capital."""


def _candidates(
    text: str, spans: list[tuple[int, int]], taken: list[tuple[int, int]], passage: Passage
) -> list[_Candidate]:
    """Names by their form: a head with what follows, or words with capitals."""
    lang = passage.lang
    heads, names = _patterns(lang)
    found: list[_Candidate] = []
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
                at = match.span("whole")
                found.append(_Candidate(*at, text[slice(*at)], kind, None, False, False))
                blocked.append(at)
        for match in rule("fr_described_name").finditer(text, start, end) if lang == "fr" else ():
            at = match.start("whole"), match.end("rest")
            if _free(at, blocked):  # “le Registre provincial des cancers”: a capital, and then none
                kind = next(k for k in _DESCRIBED if match[k])
                found.append(_Candidate(*at, text[slice(*at)], kind, None, False, False))
                blocked.append(at)
        for match in names.finditer(text, start, end):
            trimmed = _trim(text, *match.span(), start, lang)
            if trimmed and _free(trimmed, blocked):
                at = _with_stop(text, trimmed)
                if _is_region(text[start : at[0]], text[slice(*at)], text[at[1] : end], lang):
                    continue
                word = text[slice(*at)]
                if _is_place(text[start : at[0]], word, text[at[1] : end], lang) or _is_thing(
                    text[start : at[0]], word, text[at[1] : end]
                ):
                    blocked.append(at)
                    continue
                describer, kind = _described(text[start : at[0]], lang)
                kind = kind or _apposed(text[at[1] : end], lang)
                if (
                    word.isupper()
                    and " " in word
                    and not (
                        kind or _tail(word.title()) or _is_name_in_capitals(word, text[start:end], at[0] - start, lang)
                    )
                ):
                    found.extend(_in_capitals(text, at))  # a heading in capitals
                    continue
                person = _is_person(text[start : at[0]], word, text[at[1] : end])
                first = at[0] - start <= 2 and " " not in word
                found.append(_Candidate(*at, word, kind or _tail(word), describer, person, first))
                blocked.append(at)
    return found


def _after_indefinite(match: re.Match[str]) -> Iterator[_Candidate]:
    """“Une clinique Orme Bleu”: the name after the word for what it is, where no “de” stands between."""
    own = re.search(rf"(?<=[a-zà-ÿ] )[{UPPER}].*", match["whole"])
    if own and not re.search(r"(?:\b(?:de|du|des|la|à|en) |')$", match["whole"][: own.start()]):
        kind = next((k for k in match.groupdict() if k != "whole" and k[0] != "_" and match[k]), None)
        yield _Candidate(match.start("whole") + own.start(), match.end("whole"), own[0], kind, None, False, False)


def _in_margins(text: str, spans: list[tuple[int, int]], passage: Passage) -> Iterator[_Candidate]:
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
        kind = next((k for k in head.groupdict() if k != "whole" and head[k]), None) if head else _tail(plain)
        used = _used(name, plain, told, passage.lang) if own else None
        if not (_cares(kind) or (kind and own) or part["label"]):
            name = used or ""
        if name:
            at = start + part.start("name")
            yield _Candidate(at, at + len(name), name, kind, None, False, False)


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


def _in_capitals(text: str, at: tuple[int, int]) -> Iterator[_Candidate]:
    """The words of a heading in capitals that the text has elsewhere as a name: “LE RÉSEAU OFFICINÉO, ENSUITE”."""
    for match in re.finditer(r"[^\W\d_]{4,}", text[slice(*at)]):
        name = match[0].capitalize()
        known = re.search(rf"\b{name}\b", text) and not re.search(rf"\b{name.lower()}\b", text)
        if known and name not in no_names("fr") | no_names("en"):
            start = at[0] + match.start()
            yield _Candidate(start, start + len(name), match[0], None, None, False, False)


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
    small = _SMALL[lang]
    saint = r"(?:(?:St|Ste|Mt)\.? (?=[A-Z])|Dr\. (?=(?:[A-Z][\w.']* ){1,4}(?:Health|Hospital|Medical|Clinic)))?"
    joined = rf"|(?<=[\w.]) (?:& |{rule('joining_and').pattern}){_WORD}" if lang == "en" else ""
    more = rf"(?:(?: (?:Jr|Sr)\.(?= [A-Z]))? (?:{small})?(?:(?:St|Ste|Mt)\. )?{_WORD}{joined}){{0,9}}"
    begins = rf"(?<![\w-])(?<!\w['-]){saint}" if lang == "en" else r"(?<![\w-])(?<!\w-)"
    numbered = r"(?: \d{1,3}(?=[,.;:)»]| (?:a|ont|est|n'|ne|has|is|was|said)\b))?"
    names = re.compile(begins + _WORD + more + numbered + _LEGAL)
    told = table("article_names")["heads"].get(lang)
    if not told:
        return None, names
    kinds = "|".join(f"(?P<{kind}>{_head(pattern)})" for kind, pattern in told.items())
    # The head, then “de la”, “Saint-”…, and at least one word with a capital; small words may stand between capitals.
    rest = rf"(?: (?:{small})?(?:santé |soins )?|[ -])(?:{small})?{_WORD}"
    rest += rf"(?:(?: (?:{small})?(?:santé de |soins de )?|-)(?:{small})?{_WORD})*"
    return re.compile(rf"(?<![\w-])(?P<whole>(?:{kinds}){rest})(?![\w])"), names


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


def _in_title_case(text: str) -> bool:
    """A headline in which nearly every word has a capital names nobody by that."""
    words = [w for w in re.findall(r"[^\W\d_][\w'-]*", text) if len(w) > 3]
    return len(words) > 4 and not text.rstrip().endswith(".") and sum(w[0].isupper() for w in words) > 0.75 * len(words)


def _whole_title(text: str, span: tuple[int, int], taken: list[tuple[int, int]]) -> _Candidate | None:
    """A title that is nothing but one name, as an entry of a chronology has: “Shands at UF”."""
    name = text[slice(*span)]
    words = name.split()
    small = all(word[0].isupper() or word in ("at", "of", "and", "for", "the", "&", "in") for word in words)
    if not (1 < len(words) <= _LETTERHEAD and small) or re.search(r"[.,:;?!|/()]", name):
        return None
    if rule("no_title_name").search(name) or not _free(span, taken) or name.isupper():
        return None
    if _in_title_case(name) and not _cares(_tail(name)):
        return None
    return _Candidate(*span, name, _tail(name), None, False, False)


def _whole_headings(text: str, span: tuple[int, int], taken: list[tuple[int, int]]) -> Iterator[_Candidate]:
    """A headline that is nothing but names of bodies: “St. Ann Hospital, Lakeside Health Plan”."""
    _, names = _patterns("en")
    for match in re.finditer(r"[^,/;()]+", text[slice(*span)]):
        part = match[0].strip()
        start = span[0] + match.start() + match[0].index(part) if part else 0
        at = start, start + len(part)
        small = rule("small_word").search(part)
        if part and not small and names.fullmatch(part) and _cares(_tail(part)) and _free(at, taken):
            yield _Candidate(*at, part, _tail(part), None, False, False)


def _trim(text: str, start: int, end: int, sentence: int, lang: str) -> tuple[int, int] | None:
    """Cut from a run of capitals what is no name: a sentence's first word, an elision, a possessive."""
    stop = no_names(lang)
    shouted = rule("shouted").match(text[start:end])
    start += shouted.end() if shouted else 0  # “ACME HOSPITAL ANNOUNCES BREACH Acme Hospital”
    based = re.match(r"[\w'.-]+-based ", text[start:end])
    start += based.end() if based else 0  # “Leeds-based X”
    start = _after_elision(text, start, end) if lang == "fr" or start == sentence else start
    while start < end:
        first = re.match(r"[\w'.&-]+ ?", text[start:end])
        if first and first[0].strip() == "NHS" and first.end() < end - start:
            break  # “NHS Fife” is a name, and “NHS” alone is none
        if (
            first
            and lang == "fr"
            and first[0] in ("La ", "Le ", "Les ")
            and re.search(r"[a-zà-ÿ] $", text[:start][-2:])
        ):
            break  # an article with a capital inside a sentence belongs to the name: “le groupe Les …”
        if first and rule("name_begins").fullmatch(first[0].strip()):
            further = re.match(rf"[{UPPER}][\w'.&-]+", text[start + first.end() : end])
            if further and (further[0] not in stop if start > sentence else False):
                break  # “the Health Service Executive”
            if further and _cares(_tail(text[start:end])) and (start > sentence or further[0] in stop):
                break  # “Memorial Healthcare System”
        if first and start == sentence and _elsewhere(text, start, end):
            break  # a word that begins sentences, and this name too
        if (
            first
            and not text.startswith("& ", start + first.end())
            and re.sub(r"'(?:re|ve|m|ll|d|s)$", "", first[0].strip()) in stop
        ):
            start += first.end()
            small = re.match(_SMALL[lang], text[start:end])
            if small:
                start += small.end()
        else:
            break
    titled = re.search(r" (?:le |la |et )?(?:Dr|Dre|Pr|Mme|Me|M)\b", text[start:end])
    end = start + titled.start() if titled and lang == "fr" else end  # “raconte dans X le Dr Y”
    start, end = _trim_end(text, start, end, lang)
    name = text[start:end]
    if " " not in name and any(pattern.fullmatch(name) for _, pattern in _tails()):
        return None
    alone = table("article_names")["never_alone"]
    if (
        len(name) < 2
        or name in stop
        or name in alone
        or name in table("article_names")["places"]
        or not re.search(rf"[{UPPER}]", name)
        or rule("no_body").fullmatch(name)
    ):
        return None
    return (start, end)


def _after_elision(text: str, start: int, end: int) -> int:
    """Where the name begins after “d'” or “L'éditeur”; at its end where “L'entreprise de X” says where it is."""
    elided = re.match(r"(?:(?i:lors|puis|jus|quoi)?[Qq]u|[DLQSNCJMdlqsncjm])'", text[start:end])
    if not elided:
        return start
    start += elided.end()
    small = re.match(rf"[^\W\d_{UPPER}][\w-]* ", text[start:end])
    start += small.end() if small else 0
    of = re.match(r"(?:de la |de l'|du |des |de |d'|à )", text[start:end]) if small else None
    if not of:
        return start
    begins = start + of.end()  # “L'ordinateur des Laboratoires X”
    named = rule("name_begins").match(text, begins) or re.match(rf"[{UPPER}][\w'-]+ [{UPPER}]", text[begins:end])
    return begins if named else end


def _elsewhere(text: str, start: int, end: int) -> bool:
    """Whether two first words of a sentence with capitals stand so inside another: “…, Union Basin Health District”."""
    two = re.match(rf"[\w'.&-]+ [{UPPER}][\w'.&-]+", text[start:end])
    return bool(two and re.search(rf"[a-zà-ÿ,&] {re.escape(two[0])}", text))


def _trim_end(text: str, start: int, end: int, lang: str) -> tuple[int, int]:
    """Cut a possessive, and the last words that are no name: “Haematix Monday”."""
    name = text[start:end]
    if lang == "en" and name.endswith("'s") and not _is_whose_name(name, text[end:]):
        end -= 2
    elif name.endswith("'"):
        end -= 1
    glued = rule("glued_place").search(text[start:end]) if lang == "en" else None
    if glued and text.count(text[start:end]) == 1 and text.count(text[start:end].split(maxsplit=1)[0]) > 1:
        end = start + glued.start()  # “Acme Systems of Leeds”, elsewhere “Acme Systems”
    inner = text[start:end].find("'s ") if lang == "en" else -1
    if inner > 0 and not rule("possessive_name").match(text[start:end]):
        end = start + inner  # fmt: skip
    told = rule("incident_after").search(text[start:end]) if lang == "en" else None
    end = start + told.start() if told else end  # “Acme Data Breach Lawsuit”
    # The last words too: “Haematix Monday”.
    while (
        start < end
        and (last := re.search(r" ([\w.-]+)$", text[start:end]))
        and (last[1] in _calendar() or last[1] == "I")
    ):
        end = start + last.start()
    return start, end


def _is_whose_name(name: str, after: str) -> bool:
    """“Mercy Children's in Leeds”, “St. Luke's said”: what ends like a possessive is the name."""
    return bool(rule("whose_name").search(name) and rule("after_whose_name").match(after))


def _apposed(after: str, lang: str) -> str | None:
    """“X, a chain of clinics”: what the words after a name say that it is."""
    match = rule(f"{lang}_apposed").match(after)
    return next((kind for kind, words in match.groupdict().items() if words), None) if match else None


def _is_region(before: str, name: str, after: str, lang: str) -> bool:
    """“Gulf Coast hospitals”, “a Kentish GP surgery”: where they are, and not who."""
    if lang != "en" or _tail(name) is not None:
        return False
    one = rule("one_body_of").search(before) and rule("one_body").match(after)
    return bool(one or rule("plural_bodies").match(after))


def _is_place(before: str, name: str, after: str, lang: str) -> bool:
    """“…, à Colmar,”, “… Hospital in Sligo”: where somebody is, and nobody."""
    if _tail(name) or _described(before, lang)[1] or re.match(r"'s? ", after):
        return False
    if lang == "fr" and rule("fr_region").match(name) and not name.startswith("Ville"):
        return True
    if lang == "fr" and not before and (name.isupper() or rule("fr_dated_there").match(after)):
        return bool(rule("fr_dated_there").match(after) or rule("dates_from").match(after))
    if rule("firm_after").match(after):
        return False  # “confiés à X, une société de …”
    if not before.strip() and name.isupper() and rule("dateline_after").match(after):
        return True  # “HALIFAX, N.S. — …”
    return bool(rule(f"{lang}_place_before").search(before))


def _is_thing(before: str, name: str, after: str) -> bool:
    """An abbreviation of a number, document or class of software: “le numéro AHV”, “its PACS archive”."""
    if rule("project_before").search(before):
        return True
    if not re.fullmatch(rf"[{UPPER}]{{2,5}}", name):
        return False
    return bool(rule("thing_before").search(before) or rule("thing_after").match(after))


def _with_stop(text: str, at: tuple[int, int]) -> tuple[int, int]:
    """The full stop of “Inc.” belongs to the name, unless it ends the text."""
    if re.search(r"\b(?:Inc|Corp|Ltd|Co)$", text[slice(*at)]) and re.match(
        r"\.(?= ?[a-z,;)])", text[at[1] : at[1] + 3]
    ):
        return at[0], at[1] + 1
    return at


@cache
def _calendar() -> frozenset[str]:
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
    return frozenset(words | {word.rstrip(".") for word in words} | _calendar())


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


def _described(before: str, lang: str) -> tuple[str | None, str | None]:
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
def _first_names() -> frozenset[str]:
    """Given names that begin no name of a body."""
    return frozenset(table("article_names")["first_names"].split())


@cache
def _given_names() -> frozenset[str]:
    return frozenset(table("portal_patterns")["given_names"].split())


def _is_person(before: str, name: str, after: str) -> bool:
    first, then = _person_patterns()
    words = name.split()
    two = 2 <= len(words) <= 4 and not re.search(r"\d|&", name)
    if rule("preposition_before").search(before):
        return False
    if rule("alias_after").match(after) or (len(words) == 2 and words[0] in _first_names()):
        return not _tail(name)
    if two and rule("person_title").match(name):
        return not _tail(name)
    if two and (words[-1] in ("SC", "KC", "QC", "TD", "MP", "MLA", "MPP", "MD", "RN") or words[0] in _given_names()):
        return not _tail(name)
    title = first.search(before[-80:])
    if title and re.search(r"\.$|^(?:M|MM|Mme|Dr|Pr|Me|Mr|Mrs|Ms)\.?\b", title[0].strip()):
        return True
    return two and bool(title or then.match(after)) and not _tail(name)


@cache
def _tails() -> list[tuple[str, re.Pattern[str]]]:
    told = table("article_names")["tails"]["en"]
    return [
        (kind, re.compile(rf"(?:^| )(?:{pattern})(?:,? (?:Inc|LLC|Ltd)\.?)?(?: of .*)?$"))
        for kind, pattern in told.items()
    ]


def _tail(name: str) -> str | None:
    """What the last word of a name says that it is."""
    if re.match(r"(?i)(?:mutuelle|clinique|hôpital|pharmacie)\b", name):
        return None
    return next((kind for kind, pattern in _tails() if pattern.search(name)), None) if " " in name else None


def _bare(name: str) -> str:
    """A name without its head and small words, for comparison."""
    plain = normal(name).lower()
    plain = re.sub(r",? (?:inc|ltd|llc|sa|sas|corp|limited|plc)\.?$", "", plain)
    plain = rule("head_of_name").sub("", plain)
    return re.sub(r"^(?:de la |de l'|du |des |de |d'|the )", "", plain).strip()


def _gather(cast: Cast, text: str, found: list[_Candidate], lang: str) -> None:
    """One body for all its names: shorter forms, acronyms in brackets, the same name without its head."""
    full = sorted(found, key=lambda c: (-len(c.name), c.start))
    bodies: list[Body] = []
    surnames = _surnames(text)
    for one in full:
        if one.first and not any(o.name == one.name and not o.first for o in found) and one.name.lower() in text:
            continue  # the first word of a sentence, which the text also writes small
        if one.first and not any(o.name == one.name and not o.first for o in found) and not _acts(one, text, lang):
            continue  # the first word of a sentence, and nothing tells that it is somebody
        known_body = not one.person or any(o.name == one.name and not o.person for o in found)
        surname = " " not in one.name and not (one.kind or one.describer) and one.name in surnames
        if surname and not any(o.name != one.name and one.name in o.name.split() and not o.person for o in found):
            cast.mentions.append(Mention(one.start, one.end, cast.add("person", one.name).number))
            continue
        home = next((b for b in bodies if known_body and b.role != "person" and _same(one, b)), None)
        if home is None:
            role = "person" if not known_body else "media" if one.kind == "media" else "organisation"
            home = cast.add(role, one.name, kind=_kind(one.kind), describer=one.describer)
            bodies.append(home)
        elif normal(one.name) != normal(home.name or "") and one.name not in home.aliases and len(one.name) > 1:
            home.aliases.append(one.name)
        home.kind = home.kind if home.kind and home.kind != "company" else _kind(one.kind) or home.kind
        home.describer = home.describer or one.describer
        cast.mentions.append(Mention(one.start, one.end, home.number))
    for home in bodies:
        bare = rule("comma_form").sub("", home.name or "")
        site = re.sub(r"(?i)\.(?:fr|com|ch|be|ca|org)$", "", bare)
        bare = next((a for a in home.aliases if a.lower() == site.lower() and site != bare), bare)
        if bare != home.name:
            home.aliases.append(home.name or "")
            home.name = bare
    _acronyms(cast, text, lang)


def _surnames(text: str) -> set[str]:
    """The last names of the people whom the text gives with first name or title: “Janet Wood”, “Ms. Wood”."""
    first = _first_names() | _given_names()
    found = {m["last"] for m in rule("first_and_last").finditer(text) if m["first"] in first}
    return found | {m["last"] for m in rule("titled_name").finditer(text)}


def _acts(one: _Candidate, text: str, lang: str) -> bool:
    """Whether the words after a lone first word of a sentence make it somebody, who acts, owns or is called something."""
    if one.kind or one.describer or one.person or re.search(r"[a-zà-ÿ0-9+]['A-ZÀ-Þ]|\d", one.name):
        return True
    after = text[one.end : one.end + 80]
    plural = one.name.lower().endswith("s") and rule("plural_verb").match(after)
    return (
        not plural
        and not rule("no_lone_name").fullmatch(one.name)
        and bool(rule(f"{lang}_lone_name_acts").match(after) or (lang == "fr" and rule("fr_does").match(after)))
    )


def _kind(kind: str | None) -> str | None:
    return "clinic" if kind == "clinique" else kind


def _same(one: _Candidate, body: Body) -> bool:
    short, long = (re.sub(r"(?i)(?<=\w)\.(?:fr|com|ch|be|ca|org)$", "", normal(n)) for n in (one.name, body.name or ""))
    if short.lower() == long.lower():
        return True
    if (
        len(short) > 3
        and re.match(rf"{re.escape(short)}(?:[ -]|$)", long, re.IGNORECASE)
        and short.lower() not in _GENERIC
    ):
        return True
    if len(short) > 3 and re.match(rf"(?i)(?:{rule('dropped_head').pattern}) {re.escape(short)}(?:[ -]|$)", long):
        return True
    if short.replace("-", "").replace(".", "").isupper() and 2 < len(short) < 12 and _initials(long, short):
        return True
    bare = _bare(one.name)
    if (
        _is_one_hospital(one.name, body.name or "")
        or (bare == _bare(body.name or "") and len(bare) > 3 and bare != short.lower())
        or (short in ("CISSS", "CIUSSS", "CHU") and long.startswith(short))
    ):
        return True
    return any(short == normal(alias) for alias in body.aliases)


def _is_one_hospital(one: str, other: str) -> bool:
    """“L’hôpital de X” and “le centre hospitalier X Simone-Veil”: the names of the one are all in the other’s."""
    head, head_too = (rule("fr_hospital_head").match(name) for name in (one, other))
    if not (head and head_too) or bool(head["university"]) != bool(head_too["university"]):
        return False
    words, others = (set(re.findall(rf"[{UPPER}][\w-]+", m.string[m.end() :])) for m in (head, head_too))
    return bool(words and others) and (words <= others or others <= words)


_GENERIC = {
    "centre hospitalier",
    "hôpital",
    "clinique",
    "groupe",
    "institut",
    "fondation",
    "university",
    "saint",
    "national",
    "health",
    "clinique de",
    "centre",
    "north",
    "south",
    "northern",
}


def _initials(long: str, short: str) -> bool:
    """`AP-HP` for Assistance publique-Hôpitaux de Paris; small words may count or not."""
    letters = short.replace("-", "").replace(".", "").lower()
    words = [w.lower() for w in re.findall(r"[^\W\d_]+", long)]
    small = {"de", "la", "du", "des", "le", "les", "l", "d", "of", "the", "and", "et", "à"}
    return letters in ("".join(w[0] for w in words if w not in small), "".join(w[0] for w in words))


def _is_short(name: str, whole: str, between: str) -> bool:
    """Whether a name in brackets is another for what stands before it: it has capitals, quotes, or a word of it."""
    said = re.search(r"[«\"“]|the |le |la |l'|ou |ci-après ", between)
    return bool(
        said or sum(c.isupper() for c in name) > 1 + name.count("-") + name.count(" ") or name in whole or whole in name
    )


def _acronyms(cast: Cast, text: str, lang: str) -> None:
    """`Name (ACRONYM)`: the two are one body, and the longer is its name."""
    by_start = {m.start: m for m in cast.mentions}
    for mention in list(cast.mentions):
        match = rule("alias_opens").match(text[mention.end :])
        if not match:
            continue
        other = by_start.get(mention.end + match.end())
        if other is None or other.body == mention.body:
            continue
        closing = text[other.end : other.end + 3]
        this, that = cast.bodies[mention.body], cast.bodies[other.body]
        if ")" not in closing or {this.role, that.role} != {"organisation"} or not (this.name and that.name):
            continue
        if lang == "fr" and not _is_short(that.name, this.name, text[mention.end : other.start]):
            continue  # “l’hôpital de X (Isère)”
        keep, drop = (this, that) if len(this.name) >= len(that.name) else (that, this)
        keep.aliases.extend(a for a in (drop.name, *drop.aliases) if a and a not in keep.aliases)
        keep.kind = keep.kind or drop.kind
        cast.mentions[:] = [
            Mention(m.start, m.end, keep.number) if m.body == drop.number else m for m in cast.mentions
        ]  # fmt: skip
        by_start = {m.start: m for m in cast.mentions}
