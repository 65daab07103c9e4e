"""An article cut into title, paragraphs and sentences, without the page around it; each with its place in the text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from outbreach.graph.text.lexicon import compiled, normal, rule, table
from outbreach.graph.text.page.fold import Fold, folded
from outbreach.graph.text.times.moments import moments

_ABBREVIATED = re.compile(
    r"(?:\b(?:M|MM|Mme|Mmes|Mlle|Dr|Dre|Drs|Pr|Me|St|Ste|Mr|Mrs|Ms|Prof|Jr|Sr|vs|art|al|no|cf|env|approx|Inc|Corp|Co|Ltd"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Ont|Que|Calif|Fla|Mass|Conn|Pa|Ill|Wis|Minn|Tenn|Va|Ga"
    r"|Gov|Gen|Rep|Sen|Mt|Ft|Hon|Rev|janv|févr|fév|avr|juil|déc|[A-Z])|\b(?:[A-Z]\.)+[A-Z]|\b[aep]\.[gmx])\.$"
)
_END = re.compile(r"[.!?…]+(?:\s?[»”\"')\]]+)?(?=\s+[«“\"'(\[]?\s?[A-ZÀ-ÞŒ0-9–—-]|\s*$)")
_LONGEST = 1500
"""Characters of a sentence; a longer one is a table or a list of links, and no prose."""
_BULLET = re.compile(r"^(?:[-–—•*·▪◦●■]|\d{1,2}[.)]) ?\w|[;,]$")
"""A line of a list, which may end without a stop."""
_NUMBERED = re.compile(r"\d{1,2}[.)] +(?=[«“\"]?[A-ZÀ-ÞŒ])")
"""The number of a paragraph, which is no sentence."""
_MARK = re.compile(r"[-–—•*·▪◦●■]|\d{1,2}[.)]")
_FORMAL = re.compile(
    r"(?i)(?:what (?:happened|information|we are doing|you can do|are we doing|can you do|data)|for more information"
    r"|who (?:can|should) (?:I|you)|how (?:can|do) (?:I|you)|que (?:s'est-il passé|faisons|pouvez|faire|devez)"
    r"|quell?e?s? (?:données|informations|renseignements|mesures|sont)|qu(?:i|e) (?:contacter|est)|comment (?:nous|vous)"
    r"|à qui |p\.? ?o\.? box|dear |madame|monsieur|bonjour|chères?|chers?)[^.]{0,60}[?:,!]?$"
    r"|\d{1,5},? [\w .'-]{3,40}(?:street|avenue|road|drive|suite \d*|rue|boulevard|place|st|ave|rd|blvd)\.?,?(?: .{0,30})?$"
    r"|[\w .'-]{2,30}, [A-Z]{2} \d{5}(?:-\d{4})?$|\d{4,5} [A-ZÀ-Þ][\w -]{2,30}$"
)
"""Lines of the form of a letter, which state nothing."""
_FULL = re.compile(r"[.!?…:»”\")]\s*$")
_OWN_VOICE = 2
"""So many sentences at least speak of “us” where the text is the body’s own."""
_STAMP = re.compile(r"^\s*date (\d{4}(?:-\d{2}){0,2})\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place in the text, its words as they are read (plain apostrophes and spaces), its paragraph."""

    start: int
    end: int
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The article itself: of the text that was read `sentences` are the article, and the rest is the page."""

    fold: Fold
    lang: str
    title: str | None
    title_at: int | None
    publisher: str | None
    stamp: str | None
    """What the page says of its own date, as a text to be read."""
    sentences: tuple[Sentence, ...]
    margins: tuple[tuple[int, int], ...] = ()
    """Lines above the sentences; in a text of the first person those below too: its letterhead, its signature."""

    @property
    def text(self) -> str:
        """All that was read, as it is read."""
        return self.fold.text


def passage(text: str, title: str | None = None, *, stamp: str | None = None, lang: str | None = None) -> Passage:
    """The article in `text`, which may hold the page around it; title, date and language where its marks give them."""
    fold = folded(text)
    text = fold.text
    plain = normal(text)
    stamp_at = _STAMP.match(plain)
    begin = stamp_at.end() if stamp_at else 0
    stamp = stamp or (stamp_at[1] if stamp_at else None)
    lang = lang if lang in ("fr", "en") else language(plain)
    lines = _lines(plain, begin)
    found_title, title_at, publisher, stamps, body, margins = _sort(plain, lines, title and normal(title))
    if found_title is not None and title_at is not None:
        found_title = text[title_at : title_at + len(found_title)]
    sentences = tuple(s for number, (start, end) in enumerate(body) for s in _sentences(plain, start, end, number))
    own = in_first_person(s.text for s in sentences)
    return Passage(
        fold, lang, title or found_title, title_at, publisher, stamp or next(iter(stamps), None), sentences,
        tuple(m for m in margins if own or not sentences or m[0] < sentences[0].start),
    )  # fmt: skip


def in_first_person(sentences: Iterable[str]) -> bool:
    """Whether somebody tells of what befell himself: “we”, “our systems”, in more than one sentence, not in a quotation."""
    told = (rule("quoted").sub("", text) for text in sentences)
    return sum(bool(rule("own_voice").search(text)) for text in told) >= _OWN_VOICE


def language(text: str) -> str:
    """`fr` or `en`, by the commonest words."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {lang: sum(word in known for word in words) for lang, known in _common().items()}
    return max(sorted(counts), key=lambda lang: counts[lang])


@cache
def _common() -> dict[str, frozenset[str]]:
    return {lang: frozenset(words) for lang, words in table("article_layout")["words"].items()}


@cache
def _layout() -> dict[str, re.Pattern[str]]:
    told: dict[str, Any] = table("article_layout")
    return {name: compiled("|".join(f"(?:{p})" for p in told[name])) for name in ("metadata", "drop", "end", "media")}


def _lines(text: str, begin: int) -> list[tuple[int, int]]:
    """The lines that are not empty, without the blanks at their ends."""
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n\r]+", text[begin:]):
        start, end = begin + match.start(), begin + match.end()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if found and _MARK.fullmatch(text[slice(*found[-1])]) and start < end:
            found[-1] = (found[-1][0], end)  # a mark on a line of its own, and then the item
        elif start < end:
            found.append((start, end))
    return found


def _sort(  # noqa: PLR0912  one branch for each kind of line
    text: str, lines: list[tuple[int, int]], title: str | None
) -> tuple[str | None, int | None, str | None, list[str], list[tuple[int, int]], list[tuple[int, int]]]:
    """Which lines are the title, the publisher, the date, the article, and beside it."""
    layout = _layout()
    heads: list[tuple[int, int]] = []
    stamps: list[str] = []
    body: list[tuple[int, int]] = []
    beside: list[tuple[int, int]] = []
    publisher = None
    for start, end in lines:
        line = text[start:end]
        if body and layout["end"].fullmatch(line):
            break
        if layout["media"].fullmatch(line) and not body:
            publisher = line
        elif layout["metadata"].fullmatch(line) or _dated(line):
            stamps.append(line)
            beside.append((start, end))
        elif layout["drop"].fullmatch(line) or (body and layout["end"].fullmatch(line)):
            continue
        elif _FORMAL.match(line):
            continue  # the letterhead and the usual headings of a notice
        elif (body or (heads and len(line.split()) > 5)) and _BULLET.search(line) and len(line) > 8:
            body.append((start, end))
        elif (
            not body
            and re.search(r"(?:[?!]|(?<![.!?…]) ?[»”])$", line)
            and 3 <= len(line.split()) <= 22
            and len(lines) > 1
        ):
            heads.append((start, end))  # a headline that asks, or ends with a quotation
        elif body and line.endswith("?") and len(line.split()) >= 3:
            body.append((start, end))
        elif (_FULL.search(line) and len(line.split()) >= 6) or _is_prose(line):
            # A line without a full stop between paragraphs is a heading of a section: no statement, and left out.
            body.append((start, end))
        elif not body:
            heads.append((start, end))
        else:
            beside.append((start, end))
    beside = [*heads, *beside]
    if publisher is None and len(heads) > 1 and _is_masthead(text, heads):
        start, end = heads.pop(0)
        publisher = text[start:end]
    heads = [(start, end) for start, end in heads if end - start <= 300]
    plain = [(a, b) for a, b in heads if not rule("masthead").search(text[a:b])]
    best = max(plain or heads, key=lambda line: len(text[line[0] : line[1]].split()), default=None)
    if title and title in text:
        return title, text.index(title), publisher, stamps, body, beside
    if best is None or len(text[best[0] : best[1]].split()) < 3:
        return None, None, publisher, stamps, body, beside
    return text[best[0] : best[1]], best[0], publisher, stamps, body, beside


def _is_prose(line: str) -> bool:
    """A paragraph of sentences, whatever stands at its end: a link, a telephone number, a word where it was cut off."""
    stops = len(_END.findall(line))
    return _ENTRY.match(line) is not None or (stops > 0 and len(line.split()) >= _PROSE // (stops + 1))


_PROSE = 30
"""So many words has no heading."""


def _is_masthead(text: str, heads: list[tuple[int, int]]) -> bool:
    """A first line of up to three words, each with a capital, above a headline: the paper's name."""
    first, second = (text[start:end].split() for start, end in heads[:2])
    return len(first) <= 3 and all(w[:1].isupper() for w in first) and len(second) >= 5


_ENTRY = re.compile(
    r"(?i)\W*(?:(?:estimated |approximate )?date(?:\(s\))? (?:of |the |de |du |des |d'|l'|la |le |à laquelle )*(?:\w+ ){0,2}?"
    r"(?:breach|incident|attack|discover|occurr|intrusion|theft|exposure|violation|fuite|vol|découverte|détection|attaque|faits)"
    r"|(?:breach|incident|attack)(?: date)? (?:occurred|discovered|detected)|discovered|occurred|détecté|découvert)\w*[^:]{0,30}:"
)
"""An entry of a form that dates the breach, which dates no page."""


def _dated(line: str) -> bool:
    """A line that is nothing but a date, with a place before it or not; or a few words with a whole date among them."""
    if _ENTRY.match(line):
        return False
    if len(line) < 50 and _BARE_DATE.fullmatch(line):
        return True
    few = len(line) < 100 and len(line.split()) <= 12 and not re.search(r"[.!?»”]$", line)
    return few and any(m.iso.count("-") == 2 and not m.start_of for m in moments(line, None))


_MONTHS = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|janv\.?|févr?\.?|avr\.?|juil\.?|déc\.?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)"
)
_BARE_DATE = re.compile(
    rf"(?:[\w .'-]{{2,30}}(?:, | [—–-] ))?(?:le )?(?:\w+day,? |lundi |mardi |mercredi |jeudi |vendredi |samedi |dimanche )?"
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)? {_MONTHS},? \d{{4}}|{_MONTHS} (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?\d{{4}}"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
    rf"(?:,? (?:à |at )?\d{{1,2}}[:h]\d{{0,2}}(?: ?[ap]\.?m\.?)?(?: [A-Z]{{2,4}})?)?(?: [-–—])?",
    re.IGNORECASE,
)


def _sentences(text: str, start: int, end: int, paragraph: int) -> list[Sentence]:
    found = []
    number = _NUMBERED.match(text, start, end)
    begin = number.end() if number else start
    for match in _END.finditer(text, begin, end):
        stop = match.end()
        if _ABBREVIATED.search(text[begin : match.start() + 1]) and stop < end:
            continue
        found.append(Sentence(begin, stop, text[begin:stop], paragraph))
        begin = stop
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        found.append(Sentence(begin, end, text[begin:end], paragraph))
    return [sentence for sentence in found if len(sentence.text) <= _LONGEST]
