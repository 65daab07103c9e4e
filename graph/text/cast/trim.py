"""Where a name begins and ends among words with capitals."""

import re

from outbreach.graph.text.cast.bearer import (
    calendar_words,
    cares,
    described_by,
    is_demonym,
    kind_by_tail,
    no_names,
    tails,
)
from outbreach.graph.text.lexicon import UPPER, rule, table

SMALL = {
    "fr": r"(?:de la |de l'|du |des |de |d'|la |le |les |aux |& |à (?=Domicile))",
    "en": r"(?:of the |of |the (?=[A-Z])|& |de |la |del |du "
    r"|(?:(?<=Center )|(?<=Centre )|(?<=Centers )|(?<=Institute )|(?<=Hospital )|(?<=Clinic )|(?<=Foundation )"
    r"|(?<=Society )|(?<=Network )|(?<=Agency )|(?<=Alliance )|(?<=Partnership ))for (?:the )?(?=[A-Z])"
    r"|(?:(?<=Council )|(?<=Commission )|(?<=Center )|(?<=Centre )|(?<=Institute ))on (?:the )?(?=[A-Z]))",
}


def trim_name(text: str, start: int, end: int, sentence: int, lang: str) -> tuple[int, int] | None:
    """Cut from a run of capitals what is no name: a sentence's first word, an elision, a possessive."""
    stop = no_names(lang)
    shouted = rule("shouted").match(text[start:end])
    start += shouted.end() if shouted else 0  # “ACME HOSPITAL ANNOUNCES BREACH Acme Hospital”
    based = re.match(r"(?:The )?[\w'.-]+-(?:based|owned|affiliated|run|backed|listed|headquartered) ", text[start:end])
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
            and re.search(r"[a-zà-ÿ],? $", text[:start][-3:])
        ):
            break  # an article with a capital inside a sentence belongs to the name: “le groupe Les …”
        if first and rule("name_begins").fullmatch(first[0].strip()):
            further = re.match(rf"[{UPPER}][\w'.&-]+", text[start + first.end() : end])
            if further and (further[0] not in stop if start > sentence else False):
                break  # “the Health Service Executive”
            if further and cares(kind_by_tail(text[start:end])) and (start > sentence or further[0] in stop):
                break  # “Memorial Healthcare System”
        if first and (
            _elsewhere(text, start, end) if start == sentence else _is_called(text, sentence, start, end, lang)
        ):
            break  # a word that begins sentences, and this name too; “l'application Neuf Lunes”
        if (
            first
            and not text.startswith("& ", start + first.end())
            and re.sub(r"'(?:re|ve|m|ll|d|s)$", "", first[0].strip()) in stop
        ):
            start += first.end()
            small = re.match(SMALL[lang], text[start:end])
            if small:
                start += small.end()
        else:
            break
    titled = re.search(r" (?:le |la |et )?(?:Dr|Dre|Pr|Mme|Me|M)\b", text[start:end])
    end = start + titled.start() if titled and lang == "fr" else end  # “raconte dans X le Dr Y”
    start, end = _trim_end(text, start, end, lang)
    of = rule("officer_of").match(text[start:end]) if rule("officer").search(text[sentence:start]) else None
    start += of.end() if of else 0  # “Chief executive Ann Reed of Acme Health”
    name = text[start:end]
    if " " not in name and any(pattern.fullmatch(name) for _, pattern in tails()):
        return None
    alone = table("article_names")["never_alone"]
    if (
        len(name) < 2
        or name in stop
        or name in alone
        or name in table("article_names")["places"]
        or not re.search(rf"[{UPPER}]", name)
        or rule("no_body").fullmatch(name)
        or is_demonym(name)
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


def _is_called(text: str, sentence: int, start: int, end: int, lang: str) -> bool:
    """Whether the word before says what bears the name, so that its first word belongs to it whatever it is."""
    two = re.match(rf"[{UPPER}][\w'&-]+ [{UPPER}][a-zà-ÿ]", text[start:end])
    before = text[sentence:start]
    named = two and (described_by(before, lang)[1] or rule("called_product").search(before))
    return bool(named and text[start:end].split(maxsplit=1)[0] not in calendar_words())


def _elsewhere(text: str, start: int, end: int) -> bool:
    """Whether two first words of a sentence with capitals stand so inside another: “…, Union Basin Health District”."""
    two = re.match(rf"[\w'.&-]+ [{UPPER}][\w'.&-]+", text[start:end])
    return bool(two and re.search(rf"(?:[a-zà-ÿ,&]| An?) {re.escape(two[0])}", text))


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
    chief = rule("post_after").search(text[start:end])
    end = start + chief.start() if chief else end  # “Acme Mutual CEO Ann Reed”
    told = rule("incident_after").search(text[start:end]) if lang == "en" else None
    end = start + told.start() if told else end  # “Acme Data Breach Lawsuit”
    # The last words too: “Haematix Monday”.
    while (
        start < end
        and (last := re.search(r" ([\w.-]+)$", text[start:end]))
        and (last[1] in calendar_words() or last[1] == "I")
    ):
        end = start + last.start()
    return start, end


def _is_whose_name(name: str, after: str) -> bool:
    """“Mercy Children's in Leeds”, “St. Luke's said”: what ends like a possessive is the name."""
    return bool(rule("whose_name").search(name) and rule("after_whose_name").match(after))


def with_stop(text: str, at: tuple[int, int]) -> tuple[int, int]:
    """The full stop of “Inc.” belongs to the name, unless it ends the text."""
    if re.search(r"\b(?:Inc|Corp|Ltd|Co)$", text[slice(*at)]) and re.match(
        r"\.(?= ?[a-z,;)])", text[at[1] : at[1] + 3]
    ):
        return at[0], at[1] + 1
    return at


def with_tail(text: str, at: tuple[int, int]) -> tuple[int, int]:
    """What follows French words with capitals and is of the name: “Soins Chez Soi 79”, “Arts et Métiers”, “X inc.”."""
    tail = rule("fr_name_tail").match(text, at[1])
    return (at[0], tail.end()) if tail else at
