"""One body for all its names: shorter forms, acronyms in brackets, the same name without its head."""

import re
from dataclasses import dataclass

from outbreach.graph.text.cast.bearer import first_names, given_names, plain_kind
from outbreach.graph.text.cast.body import Body, Cast, Mention
from outbreach.graph.text.lexicon import UPPER, normal, rule


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a name, where it stands, and what it or the words beside it say of it."""

    start: int
    end: int
    name: str
    kind: str | None
    describer: str | None
    person: bool
    first: bool
    """It is one word that begins a sentence, where any word has a capital."""


def _bare(name: str) -> str:
    """A name without its head and small words, for comparison."""
    plain = normal(name).lower()
    plain = re.sub(r",? (?:inc|ltd|llc|sa|sas|corp|limited|plc)\.?$", "", plain)
    plain = rule("head_of_name").sub("", plain)
    return re.sub(r"^(?:de la |de l'|du |des |de |d'|the )", "", plain).strip()


def gather(cast: Cast, text: str, found: list[Candidate], lang: str) -> None:
    """One body for all its names: shorter forms, acronyms in brackets, the same name without its head."""
    full = sorted(found, key=lambda c: (-len(c.name), c.start))
    bodies: list[Body] = []
    surnames = _surnames(text) | _last_names(found)
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
            home = cast.add(role, one.name, kind=plain_kind(one.kind), describer=one.describer)
            bodies.append(home)
        elif normal(one.name) != normal(home.name or "") and one.name not in home.aliases and len(one.name) > 1:
            home.aliases.append(one.name)
        home.kind = home.kind if home.kind and home.kind != "company" else plain_kind(one.kind) or home.kind
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
    first = first_names() | given_names()
    found = {m["last"] for m in rule("first_and_last").finditer(text) if m["first"] in first}
    return found | {m["last"] for m in rule("titled_name").finditer(text)}


def _last_names(found: list[Candidate]) -> set[str]:
    """The last names of those whom the words beside them make people: “practice manager Tonya Verhulst”."""
    two = (c.name.split() for c in found if c.person and not c.kind)
    return {words[-1] for words in two if len(words) == _FIRST_AND_LAST and words[-1][1:].islower()}


_FIRST_AND_LAST = 2


def _acts(one: Candidate, text: str, lang: str) -> bool:
    """Whether the words after a lone first word of a sentence make it somebody, who acts, owns or is called something."""
    if one.kind or one.describer or one.person or re.search(r"[a-zà-ÿ0-9+]['A-ZÀ-Þ]|\d", one.name):
        return True
    after = text[one.end : one.end + 80]
    if rule("agents").fullmatch(one.name):
        return False  # “Researchers counted …”
    plural = one.name.lower().endswith("s") and rule("plural_verb").match(after)
    return (
        not plural
        and not rule("no_lone_name").fullmatch(one.name)
        and bool(rule(f"{lang}_lone_name_acts").match(after) or (lang == "fr" and rule("fr_does").match(after)))
    )


def _same(one: Candidate, body: Body) -> bool:
    short, long = (re.sub(r"(?i)(?<=\w)\.(?:fr|com|ch|be|ca|org)$", "", normal(n)) for n in (one.name, body.name or ""))
    short, long = (re.sub(r"^(?:Le|La|Les|The) (?=[^a-z])|^L'(?=[^a-z])", "", n) for n in (short, long))
    if short.lower() == long.lower() or long.endswith((f" - {short}", f" – {short}")):
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
