"""What a name says: the body that it names first, other names of that body, and bodies that only stand beside it."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

from outbreach.graph.identity.compound import bodies, is_list, state_names
from outbreach.graph.identity.incidents.text import weights
from outbreach.graph.identity.letters import fits
from outbreach.graph.identity.words import (
    countries,
    counts,
    is_initial,
    kinds,
    legal_forms,
    names_one,
    places,
    synonyms,
    words,
)

ANY = "?"
"""Stands in a word for letters that an export destroyed."""
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\d?\.)?([a-z0-9*_-]+(?:\.[a-z0-9*-]+)*?)\.([a-z]{2,12}(?:\.[a-z]{2,3})?|\*{2,6})(?:/\S*)?",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:https?://)?(?:www\.)?(\S{2,}?)\s?(?:\.{2,}|…)", re.IGNORECASE)
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "nhs", "gouv", "asso", "govt", "health"])
_WORD = re.compile(r"[a-z0-9?]+(?:'[a-z0-9?]+)*")


@dataclass(frozen=True, slots=True)
class Form:
    """One name: its words as they are compared, and as they were written.

    `origin` has each word as it was written, of a domain the hosts in it; `joined` holds, for each word, whether one such
    as *of* or *at* stands before it; `spelled` has every word, the legal form too. A domain or a masked one has a `stem`
    only; `cut` says that its end is missing.
    """

    words: tuple[str, ...]
    plain: tuple[str, ...]
    joined: tuple[bool, ...]
    origin: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()
    stem: str = ""
    cut: bool = False
    acronym: bool = False
    sited: tuple[bool, ...] = ()
    """For each word, whether one such as *of*, *at* or *in* stands before it, that says where."""
    squash: str = ""
    """All letters in one."""
    domain: str = ""
    """A domain as a whole: `chs.net`."""
    several: bool = False
    """It names several bodies: only the same list is alike."""


@dataclass(frozen=True, slots=True)
class Name:
    """A raw name, read."""

    raw: str
    forms: tuple[Form, ...]
    """The body's names; the first is the one that it is named by first."""
    beside: tuple[Form, ...] = ()
    """Bodies that it speaks for, or is a part of."""
    part_of: bool = False


@lru_cache(maxsize=400_000)
def read_name(raw: str) -> Name:
    """What a name says; of a compound name, what its first-named body is called.

    `Kennewick Public Hospital District, dba Trios Health` has two forms; in `X on behalf of Y`, Y stands beside it.
    Several names of one body come as one text with U+001F between them.
    """
    if "\x1f" in raw:
        each = [read_name(part) for part in raw.split("\x1f")]
        forms = tuple(dict.fromkeys(form for name in each for form in name.forms))
        return Name(raw, forms, each[0].beside, each[0].part_of)
    text = _undecorated(_mended(raw))
    beside: list[Form] = []
    if "." in text[2:] and (whole := _domain(text)):
        return Name(raw, (whole,))
    text, aside = _without_brackets(text)
    office = any(kinds().get(word) == "department" for word in re.findall("[a-z]+", text.lower()))
    said = [(role, piece) for role, piece in aside if role == "unknown" and _says_what(piece, office)]
    if said:  # `City of Oakmoor (Health Plan)`
        text = " ".join([state_names(text), *(piece for _, piece in said)])
        aside = [one for one in aside if one not in said]
    towns = [piece for role, piece in aside if role == "unknown" and _FRENCH_TOWN.fullmatch(piece)]
    if towns:  # `Résidence Oakmoor (Rivebelle-sur-Mer)`
        text = f"{text} {towns[0]}"
        aside = [one for one in aside if one[1] != towns[0]]
    head, *rest = _marked(_with_marker(text))
    part_of = any(role == "part_of" for role, _ in rest)
    first, second = _first_named(head[1])
    listed = _called(first)
    if compound := bodies(first):
        one, other = map(_form, compound)
        beside += [other] if other else []
        comma = first[len(compound[0]) : -len(compound[1])].strip() == ","
        if comma and not is_list(first):  # `Owner Health, Oakmoor Hospital` may be one
            beside += [one] if one else []
        else:
            listed = [replace(form, several=True) for form in listed] + ([one] if one else [])
    also, others = _other_names(rest)
    listed += also
    beside += others
    for role, piece in aside:
        form = _domain(piece) or _form(piece)
        if form is None:
            continue
        known = role == "also" or (listed and _short_for(form, listed[0]))
        (listed if known else beside).append(form)
    for piece in second:
        form = _domain(piece) or _form(piece)
        if form is not None and not (form.cut and len(form.stem) < _SHORTEST_CUT):
            (listed if form.stem else beside).append(form)
    if not listed:
        listed = beside[:1] or [Form((), (), ())]
    return Name(raw, tuple(dict.fromkeys(listed)), tuple(dict.fromkeys(beside)), part_of)


_FRENCH_TOWN = re.compile(r"[A-ZÉÈ]\w+(?:-\w+)*-(?:l[ae]s?|sur|sous|en|lès|lez|de|du|des|d'|l')-?\w+(?:-\w+)*")
"""A town by its form: what joins its words is no word of a name in brackets."""
_SHORTEST_CUT = 5
"""Letters of a domain whose end is missing that say anything."""


def _called(text: str) -> list[Form]:
    """The first-named body's names: a domain, or words; initials that stand before or behind their own words are another."""
    form = (_domain(text) if "." in text and " " not in text else None) or _form(text)
    if form is None:
        return []
    if form.stem or len(form.plain) < 4:
        return [form]
    for own, rest in ((0, form.plain[1:]), (-1, form.plain[:-1])):
        letters = form.plain[own]
        if (
            len(letters) > 2
            and letters[0] == rest[0][0]
            and letters in _initials_of(rest)
            and (whole := _form(" ".join(_without(text, own))))
        ):
            return [whole, *(f for f in (_form(letters.upper()),) if f)]
    return [form]


def _without(text: str, own: int) -> list[str]:
    """The words as written, without the first or the last."""
    listed = re.sub(r"\s[-–—]+\s", " ", text).split()
    return listed[1:] if own == 0 else listed[:-1]


def _initials_of(plain: tuple[str, ...]) -> set[str]:
    return {"".join(word if word in kept else word[0] for word in plain) for kept in (_HEADS, ())}


_HEADS = ("ch", "chu", "chi", "gh")


def _with_marker(text: str) -> str:
    """The text with *dba* where a sign stands for it: a legal form and a dash, or the one bar in a leak site's title."""
    text = _BEHIND_LEGAL.sub(r"\1 dba ", text)
    first, bar, second = text.partition("|")
    return f"{first} dba {second}" if bar and not re.search(r"[.|;/…]", second) and len(second) > 3 else text


_BEHIND_LEGAL = re.compile(
    r"(?<=[ ,])((?:Inc|LLC|L\.L\.C|LLP|P\.?C|P\.?A|S\.?C|P\.?S\.?C|PLLC|Ltd)\.?),? [-–—]+ (?=[A-Z]\w+ [A-Z])"
)
"""A legal form and a dash: what comes behind is what the body is called."""


def _says_what(text: str, office: bool) -> bool:
    """Whether the words say of what kind a body is, or an office of what country, and name none."""
    listed = [part for word in re.findall("[a-z]+", text.lower()) for part in synonyms().get(word, (word,))]
    if office and " ".join(listed) in countries():
        return True
    return len(listed) > 1 and not any(map(names_one, listed)) and any(word in kinds() for word in listed)


def _other_names(rest: list[tuple[str, str]]) -> tuple[list[Form], list[Form]]:
    """Its other names and the bodies beside it, out of what follows; in `A dba B and C dba D`, C and D stand beside it."""
    also: list[Form] = []
    beside: list[Form] = []
    several = sum(role == "also" for role, _ in rest) > 1
    for role, piece in rest:
        spoken, _ = _first_named(piece)
        own, second, _ = spoken.partition(" and ") if several else (spoken, "", "")
        for said in (own if second else spoken, *(bodies(spoken) or ())[:1]):
            form = (_domain(said) or _form(said)) if said else None
            if form is not None:
                (also if role == "also" else beside).append(form)
        if second and role == "also":
            break
    return also, beside


def _mended(raw: str) -> str:
    """The text without damage: a wrong decoding undone, a lost letter marked, a lost apostrophe put back."""
    text = raw if "." in raw else raw.replace("_", " ")
    text = re.sub(r"(?<=[a-z]{2}),(?=[A-Z][a-z])", ", ", text)
    if text.isascii() and "?" not in text:
        return " ".join(text.replace("`", "'").split())
    if re.search("[ÃâÂ]", text):
        with suppress(UnicodeError):
            text = text.encode("cp1252").decode("utf-8")
    text = re.sub(r"(?<=\w)(?:â€™\?{2,3}|ƒ\?\?|�{1,3}|â)(?=s\b)", "'", text)
    text = re.sub(r"(?<=\w)['’]\?+(?=s\b)", "'", text)
    text = re.sub(r"(?:â€™|â€|’\?|ƒ|Â)+\?*Â?|\?{3,}", " ", text)
    text = re.sub(r"(?<=\w)(?:\?\?|�+)(?=\w)", ANY, text)
    text = re.sub(r"(?<!\w)[?�]+|[?�]+(?!\w)", " ", text)
    return " ".join(text.replace("’", "'").replace("`", "'").split())


def _without_brackets(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text without what stands in brackets or is defined in quotation marks, and that, by its role."""
    if not re.search(r"[(\[\"“”«»]", text):
        return text, []
    aside: list[tuple[str, str]] = []

    def take(match: re.Match[str]) -> str:
        inner = match[1] or match[2] or ""
        quoted = bool(re.search(r"[\"“”«»‘]|^'|''", match[0]))
        bare = re.sub(r"[\"“”«»‘]|''|^'|'$", "", inner).strip()
        bare = re.sub(r"^(?:the|collectively,?|or|hereinafter)\s+", "", bare, flags=re.IGNORECASE)
        head, *rest = _marked(bare)
        if head[1]:
            aside.append(("also" if quoted else "unknown", head[1]))
        aside.extend(("also" if role == "also" else "beside", piece) for role, piece in rest)
        return " "

    for _ in range(2):  # one may stand in another
        text = re.sub(r"[(\[]([^()\[\]]*)(?:[)\]]|$)|(?<=, )[\"“]([^\"“”]+)[\"”]", take, text)
    return " ".join(re.sub(r"[\"“”«»]", " ", text).split()), aside


def _marked(text: str) -> list[tuple[str, str]]:
    """The text cut at the words that say how the next name stands to the first: (role, piece)."""
    pieces = [("head", text)]
    if not _any_marker().search(text):
        return [("head", text.strip(" ,;:/-–—"))]
    for role in ("also", "beside", "part_of"):
        cut: list[tuple[str, str]] = []
        for old, piece in pieces:
            first, *rest = _splitter(role).split(piece)
            cut.append((old, first.strip(" ,;:/-–—")))
            cut.extend((role, part.strip(" ,;:/-–—")) for part in rest)
        pieces = cut
    return [pieces[0], *((role, piece) for role, piece in pieces[1:] if piece)]


def _first_named(text: str) -> tuple[str, list[str]]:
    """Of several bodies in one name, the first; two words with a slash or bar between them are two.

    Letters before a slash name the group that the rest is a chapter or site of: `NYSARC/Essex Chapter` is one name.
    """
    text = re.sub(r"^([A-Z][A-Z&.-]{1,7})\s*/\s*", r"\1 ", text)
    if not re.search(r"[|;/]|\b(?:Inc|LLC|LLP|Ltd|LTD|P\.C)\b", text):
        return text, []
    parts = re.split(
        r"\s*\|\s*|\s*;\s*|\s+/\s*|\s*/\s+|(?<=[a-z.]{3})/(?=[A-Z][A-Za-z]{2})|(?<=[A-Za-z]{4})/(?=[A-Za-z]{4})", text
    )
    first, *second = [part for part in parts if part.strip()] or [text]
    if len(second) == 1 and "/" in text and second[0].strip().lower() in places():
        return text.replace("/", " "), []  # `Oakmoor Hospital/Springfield` says where
    several = _NEXT.split(first)
    if len(several) > 1 and not any(names_one(w) for part in several[1:] for w in re.findall("[a-z]+", part.lower())):
        return first, second  # `X Co., Inc., Group Benefit Plan` names no other body
    return several[0], [*several[1:], *second]


_NEXT = re.compile(
    r"(?<=\b(?:Inc|LLC|LLP|Ltd|LTD)),? and (?=[A-Z])|(?<=\b(?:Inc|Ltd)\.),? and (?=[A-Z])|(?<=\bP\.C\.),? and (?=[A-Z])"
    r"|(?<=\b(?:Inc|LLC|Ltd|LTD)), (?=[A-Z][a-z]{3})|(?<=\b(?:Inc|Ltd)\.), (?=[A-Z][a-z]{3})"
)
"""Where, behind a legal form, the next body begins."""


def _form(text: str) -> Form | None:
    """A piece of text as a name; None where no word is left."""
    plain = anyascii(_initialled(state_names(text))).lower().replace("&", " and ").replace("+", " and ")
    plain = re.sub(r"\b((?:[a-z]\.){2,}(?:[a-z](?![a-z0-9]))?)", lambda m: m[1].replace(".", "") + " ", plain)
    plain = re.sub(r"(?<=[a-z0-9])\.(?:com|org|net)\b", "", plain)
    plain = re.sub(r"\b(?:l|d|qu)'(?=[a-z])", "d ", plain)
    plain = re.sub(r"'s\b|s'(?=\s|$)", "s", plain)
    plain = re.sub(r"[\s/-]+", " ", plain.replace("ob/gyn", "obgyn").replace("ob-gyn", "obgyn"))
    plain = _phrases().sub(lambda m: _instead()[int((m.lastgroup or "p0")[1:])], plain)
    tokens = _WORD.findall(plain)
    every = [t.replace("'", "") for t in tokens]
    listed = [t[1:] if is_initial(t) else t for t in every]
    tokens = _without_legal_forms(every)
    every = [part for token in listed for part in _parts().get(token, (token,))]
    kept: list[tuple[str, bool, str, bool]] = []
    plainly: list[str] = []
    after_of = after_at = False
    for token in _joined_letters(tokens):
        if token in _stop():
            after_of, after_at = after_of or token in _of(), token in _AT or (after_at and token in ("la", "le", "the"))
            continue
        read = synonyms().get(token) or (_restored(token),)
        written = token[1:] if is_initial(token) else token
        for word in read:
            if not kept or kept[-1][0] != word:  # `VNS Health Health Plans`
                kept.append((word, after_of, written if len(read) == 1 else word, after_at))
            after_of = after_at = False
        plainly.append(written)
    if not kept:
        return None
    acronym = len(plainly) == 1 and bool(re.fullmatch(r"[A-Z][A-Za-z&'-]{0,3}[A-Z0-9][A-Za-z0-9]*", text.strip(" .,")))
    read_words, joined, origin, sited = zip(*kept, strict=True)
    run = "".join(plainly)
    return Form(read_words, tuple(plainly), joined, origin, tuple(every), acronym=acronym, sited=sited, squash=run)


_AT = frozenset(["of", "at", "in", "de", "du", "a", "au"])


def _initialled(text: str) -> str:
    """The text with a nought before each middle initial: `Linda S. Porter` is not *south*, and no *Linda T. Porter*."""
    titled = _TITLE.search(text)

    def read(match: re.Match[str]) -> str:
        before = match[1].lower()
        bare = (
            before.upper() == match[1]
            and match[2] not in "AEILNOSWY"
            and names_one(synonyms().get(before, (before,))[0])
        )
        named = match[3] or (bare and len(before) > 3 and match.start() == 0)
        return f"{match[1]} 0{match[2]} " if titled or named else match[0]

    return _MIDDLE.sub(read, text)


_MIDDLE = re.compile(r"([A-Za-z]*[A-Za-z]{2}) ([A-Z])(\.?) (?=[A-Z][A-Za-z])")
_TITLE = re.compile(
    r"\b(?:Dr|M\.?D|D\.?D\.?S|D\.?M\.?D|D\.?O|D\.?P\.?M|O\.?D|Ph\.?D|N\.?P|Psy\.?D|LCSW|LICSW|DC)\b\.?", re.IGNORECASE
)
"""The practice of one person."""


def _joined_letters(tokens: list[str]) -> list[str]:
    """`r r donnelley` is `rr donnelley`."""
    joined: list[str] = []
    run = False
    for token in tokens:
        single = len(token) == 1 and token.isalpha()
        if single and run and joined:
            joined[-1] += token
        else:
            joined.append(token)
        run = single and token not in ("a", "n", "s", "e", "w", "l", "d", "y")
    return joined


def _restored(token: str) -> str:
    """A word with a lost letter, where only one known word can be meant."""
    if ANY not in token or len(token) < 5:
        return token
    pattern = re.compile(token.replace(ANY, "."))
    found = {
        synonyms()[word][0] if word in synonyms() else word
        for word in (*synonyms(), *counts())
        if pattern.fullmatch(word)
    }
    return found.pop() if len(found) == 1 else token


def _without_legal_forms(tokens: list[str]) -> list[str]:
    """Legal forms and titles taken off the end, as many as there are, and inside before a comma-less *and*."""
    left = list(tokens)
    while len(left) > 2 and left[0] in words().legal_in_front:
        del left[0]
    if len(left) > 1 and len(left[-1]) > 8 and OSA.distance(left[-1], "corporation", score_cutoff=2) <= 2:
        left.pop()  # or a slip of the pen in it
    while left:
        size = next((n for n in (4, 3, 2, 1) if n < len(left) and tuple(left[-n:]) in legal_forms()), 0)
        if not size:
            break
        del left[-size:]
    strong = {"inc", "llc", "llp", "pllc", "ltd", "corp", "pc", "incorporated", "gmbh", "sarl", "lp"}
    inner = [t for i, t in enumerate(left) if i == 0 or t not in strong]
    return inner or left or tokens


def _domain(text: str) -> Form | None:
    """A domain, whole, masked or cut: `chs.net`, `m****.com`, `maximusinfoware...`."""
    bare = text.strip(" .,:-")
    first = re.split(r"\s+-\s+|\s", bare)[0] if re.match(r"(?:https?://|www\.)", bare) else bare
    if (match := _DOMAIN.fullmatch(first)) and len(match[1]) > 1:
        labels = match[1].split(".")
        stem = labels[-1]
        if len(labels) > 1 and stem.lower() in _SECOND_LEVEL:
            stem = labels[-2]
        if match[2].startswith("police"):
            stem += "police"
        if match[2].isdigit() or stem.isdigit():
            return None
        hosts = tuple(label for label in labels[:-1] if label not in _SECOND_LEVEL)
        whole = "" if "*" in first else domain_in(first) or ""
        return Form((), (), (), origin=hosts, stem=_stem(stem), domain=whole)
    if (match := _CUT.fullmatch(text.strip())) and " " not in match[1]:
        found = match[1].rstrip(".").lower()
        label, dot, _ = found.partition(".")
        return Form((), (), (), stem=_stem(label), cut=not dot)
    return None


def domain_in(raw: str) -> str | None:
    """The domain that a name is or ends with, whole: `Medical Staff | medicalstaff.com.au`."""
    if "." not in raw:
        return None
    for part in (raw, raw.rpartition("|")[2], raw.rpartition(" ")[2]):
        bare = part.strip(" .,:-()/")
        if "*" not in bare and "..." not in raw and (match := _DOMAIN.fullmatch(bare)) and not match[1].isdigit():
            return re.sub(r"^(?:https?://)?(?:www\d?\.)?|/.*$", "", bare.lower())
    return None


def _stem(text: str) -> str:
    return re.sub(r"[^a-z0-9*]", "", text.lower())


def _short_for(form: Form, full: Form) -> bool:
    """Whether what stands in brackets is the name before it, shortened: its initials, or words of it."""
    if form.stem:
        return fits(form.stem, full.spelled, full.squash, form.cut) > 0
    if len(form.plain) == 1:
        initial = (
            bool(full.plain) and form.squash[0] == full.plain[0][0] and len(form.squash) <= (6 if form.acronym else 4)
        )
        return fits(form.squash, full.spelled, full.squash) > 0 or initial
    rare = [w for w in form.words if w in full.words and w not in words().filler]
    return len(rare) * 2 >= len(form.words) and form.words[0] == full.words[0]


def _undecorated(text: str) -> str:
    """The text without what stands in the title of a post or a form and belongs to no name."""
    low = text.lower()
    if any(sign in low for sign in words().noise_signs):
        for pattern in _patterns("noise"):
            text = pattern.sub("", text).strip() or text
    return (_crew().sub("", text).strip() or text) if _DECORATED.search(text) else text


_DECORATED = re.compile(r" [-–—|:/(]|: ")


@cache
def _crew() -> re.Pattern[str]:
    """A crew's name before or behind a victim's, in the title of a post, with the sign between them."""
    crew = rf"(?:{weights().crews})"
    return re.compile(
        rf"\s+[-–—|:/]+\s*(?:by )?{crew}.*$|\s+\((?:by )?{crew}\)$|^{crew}[\w .]{{0,20}}\s*[-–—|:]\s+", re.IGNORECASE
    )


@cache
def _stop() -> frozenset[str]:
    return frozenset(words().stop)


@cache
def _of() -> frozenset[str]:
    return frozenset(words().of)


@cache
def _phrases() -> re.Pattern[str]:
    """All runs of words that are read as others, each a group of one pattern."""
    ends = [run if run.endswith((" ", ")", "?")) else rf"{run}(?![a-z])" for run in words().phrases]
    return re.compile("(?<![a-z])(?:" + "|".join(f"(?P<p{i}>{run})" for i, run in enumerate(ends)) + ")")


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    """Words that were two before (`northcarolina`), for initials."""
    return {
        to: tuple(run.split())
        for run, to in words().phrases.items()
        if re.fullmatch("[a-z]+ [a-z]+", run) and to == run.replace(" ", "")
    }


@cache
def _instead() -> list[str]:
    return list(words().phrases.values())


@cache
def _any_marker() -> re.Pattern[str]:
    """Whether any word may stand in a text that says how names stand to each other: asked before the dear questions."""
    listed = [p for role in ("also", "beside", "part_of") for p in getattr(words(), role)]
    return re.compile(r"(?<![\w&])(?:" + "|".join(f"(?:{p})" for p in listed) + ")", re.IGNORECASE)


@cache
def _patterns(table: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in getattr(words(), table))


@cache
def _splitter(role: str) -> re.Pattern[str]:
    return re.compile(
        r"(?:,\s*)?(?<![\w&])(?:" + "|".join(f"(?:{p})" for p in getattr(words(), role)) + r")(?![\w])", re.IGNORECASE
    )
