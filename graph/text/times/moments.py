"""Dates in an article: what is written, and the ISO date that it means beside the day of publication."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from outbreach.graph.text.lexicon import rule, table


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as written at `start`–`end` of a text; `rule` says on what it rests where it is not written out.

    `end_of` marks the second date of a span (from … to …), `start_of` the first.
    """

    start: int
    end: int
    iso: str
    rule: str | None = None
    start_of: bool = False
    end_of: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """The day, month or year that an article is of."""

    iso: str
    by: str = "the date of publication"

    @property
    def latest(self) -> date:
        """The last day that it may be."""
        parts = [int(part) for part in self.iso.split("-")]
        if len(parts) == 3:
            return date(*parts)
        if len(parts) == 2:
            return date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1) - timedelta(days=1)
        return date(parts[0], 12, 31)

    @property
    def exact(self) -> bool:
        """Whether it is a day."""
        return self.iso.count("-") == 2


SMALL_NUMBERS = {
    word: number
    for words in (
        "un deux trois quatre cinq six sept huit neuf dix",
        "one two three four five six seven eight nine ten",
    )
    for number, word in enumerate(words.split(), 1)
} | {"une": 1, "a": 1}
"""Number words up to ten, French and English."""

_LAST = r"\ dernier|\ (?:of\ )?last\ week|\ de\ la\ semaine\ (?:dernière|passée)"
"""Words after a day of the week that put it back."""
_NOT_THEN = "".join(
    rf"(?<!{words}\ )"
    for words in (
        "chaque",
        r"tous\ les",
        "jusqu'à",
        "every",
        "each",
        "until",
        "next",
        "du",
        "au",
        "through",
        r"\ba",
        r"\bun",
        r"\bone",
        "prochain",
    )
)
"""Words before a day of the week that is none of the past."""


@cache
def _words() -> tuple[dict[str, int], dict[str, int], dict[str, int], re.Pattern[str]]:
    told = table("calendar")

    def numbered(kind: str) -> dict[str, int]:
        return {
            word.replace("\\.?", "").replace("\\.", "").replace("s?", ""): int(number)
            for number, words in told[kind].items() for word in words
        }  # fmt: skip

    def either(kind: str) -> str:
        words = sorted((w for words in told[kind].values() for w in words), key=len, reverse=True)
        return "|".join(words)

    month, weekday, season = (rf"(?:(?:{either(kind)})(?![^\W\d_]))" for kind in ("months", "weekdays", "seasons"))
    day = r"(?:\d{1,2}(?:er|ᵉʳ|st|nd|rd|th)?)"
    year = r"(?:19[89]\d|20[0-4]\d)"
    of = r"(?:\ (?:of|de))?"
    small = "|".join((*SMALL_NUMBERS, r"\d{1,2}"))
    pattern = rf"""
      (?<![\w/.-])(?:(?P<wd>{weekday})(?:\ (?:matin|soir|après-midi|midi|morning|evening|afternoon|night))?,?\ (?:le\ )?)?
      (?:
        (?P<iso>{year}-\d\d-\d\d)
      | (?P<dmy>\d{{1,2}}[/.]\d{{1,2}}[/.]{year})
      | (?P<d1>{day})(?:\ (?P<m1>{month}))?(?:,?\ (?P<y1>{year}))?
          \ (?:au|to|and|et\ le|et|-|–|until|through)\ (?:le\ )?(?:{weekday},?\ )?(?P<d2>{day})\ (?P<m2>{month})(?:,?\ (?P<y2>{year}))?
      | (?P<mm1>{month})\ (?P<dd1>{day})(?:,\ (?P<yy1>{year}),?)?
          \ ?(?:to|and|-|–|through|until)\ ?(?:(?P<mm2>{month})\ )?(?P<dd2>{day})(?:,\ (?P<yy2>{year}))?(?!\d)
      | (?P<d>{day})\ (?:of\ )?(?P<m>{month})(?:,?\ (?P<y>{year}))?(?:\ (?P<last>dernier))?
      | (?P<mm>{month})\ (?P<dd>{day})(?!\d)(?:,?{of}\ (?P<yy>{year}))?
      | (?P<rm1>{month})(?:,?{of}\ (?P<ry1>{year}))?\ (?:and|to|et|à|until|till|through|jusqu'en|jusqu'à)
          \ (?P<rm2>{month})(?:,?{of}\ (?P<ry2>{year})|\ of\ (?:this|last)\ year)
      | (?P<mo>{month}),?{of}\ (?P<moy>{year})
      | (?:(?P<lastmo>last|en|in|de|depuis|since|d'|early|late|mid-?|début|fin|mi-|courant|this|from|between|until|till|to|through|
            by|during|around|of|entre|à|et|and|dès|jusqu'en|jusqu'à|mois\ de|end\ of|start\ of|beginning\ of)\ ?)
          (?P<mon>{month})(?:\ (?P<mol>dernier))?
          (?!\.?\ \d|\w|{of}\ {year}|[ ](?:be|not|have|also|include|contain|affect|involve|only|still|need))
          (?!\ (?:and|to|et|à|until|till|through)\ {month},?(?:{of}\ {year}|\ of\ (?:this|last)\ year))
      | (?:(?:the\ |l')?(?P<sea>{season})(?:\ (?:de|of))?\ (?P<seay>{year}))
      | (?P<early>(?:plus\ tôt\ )?(?:ce|dans\ le|au\ cours\ du)\ mois(?:-ci)?|(?:earlier\ )?this\ month)
      | (?P<lastm>le\ mois\ dernier|last\ month)
      | (?P<lasty>l'(?:an|année)\ derni(?:er|ère)|last\ year)
      | (?P<today>aujourd'hui|ce\ (?:matin|soir|midi)|cet\ après-midi|today|tonight|this\ (?:morning|afternoon|evening))
      | (?P<before>avant-hier|the\ day\ before\ yesterday)
      | (?P<hier>hier(?!\ soir\ encore)|yesterday|last\ night|la\ nuit\ dernière)
      | (?P<ago>(?:il\ y\ a\ (?P<n1>{small})\ (?P<u1>jours?|mois|ans?))|(?:(?P<n2>{small})\ (?P<u2>days?|months?|years?)\ ago))
      | (?P<weekend>(?:over|during|at|on|across|pendant|durant|dans|au\ cours\ de)\ (?:the|du|ce|le)\ week-?end
           (?!\ (?:of|de|du|des|before|précédent|suivant))
          |(?:this|last)\ weekend|ce\ week-?end|(?:le\ )?week-?end\ dernier)
      | (?:(?P<part>fin|début|mi-|courant|en|in|late|early|mid-?|of|de|since|depuis|during|d'|from|between|entre|à|et|and
          |to|until|till|through|jusqu'en)\ ?)(?P<year>{year})(?![\w/-])
      )"""
    alone = rf"(?<![\w]){_NOT_THEN}(?:(?P<lw>last\ )?(?P<wd>{weekday})(?P<dern>{_LAST})?)(?![\w-])"
    whole = re.compile(f"(?:{pattern})|(?:{alone.replace('?P<wd>', '?P<wda>')})", re.IGNORECASE | re.VERBOSE)
    return numbered("months"), numbered("weekdays"), numbered("seasons"), whole


def reference(stamp: str | None, text: str, page: str = "") -> Reference | None:
    """The day of publication that a page's stamp gives, or a line of the page; else one that a weekday fixes in the text."""
    if stamp:
        if re.fullmatch(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", stamp):
            return Reference(stamp)
        found = [m for m in moments(stamp, None) if m.iso.count("-") >= 1 or len(m.iso) == 4]
        if found:
            return Reference(found[0].iso)
        loose = [m for m in _words()[3].finditer(stamp) if m["d"] or m["mm"]]
        years = re.findall(r"\b(?:19|20)\d\d\b", stamp)
        if loose and len(set(years)) == 1:
            day, month = _int(loose[0]["d"] or loose[0]["dd"]), _of(_words()[0], loose[0]["m"] or loose[0]["mm"])
            whole = _date(int(years[0]), month, day)
            if whole:
                return Reference(whole.isoformat())
        year = re.fullmatch(r".*?\b((?:19|20)\d\d)\b.*", stamp, re.DOTALL)
        if year:
            return Reference(year[1])
    return _by_line(page) or _by_full_date(text) or _by_weekday(text)


_PUBLISHED = re.compile(
    r"\b(?:publié|posted|published|updated|mis(?:e)? (?:à jour|en ligne)|modifié|écrit|date[d ]|version|issued|released)",
    re.IGNORECASE,
)
_HEAD = 15
"""So many lines at most stand above an article."""


_DATELINE = 45
"""So long at most is a dateline."""


def _by_line(page: str) -> Reference | None:
    """A short line at the head of a page that has a full date, or one anywhere that says when it was published."""
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    said = [line for line in (*lines[:_HEAD], *lines[_HEAD:][-_HEAD:]) if _PUBLISHED.search(line) and len(line) < 160]
    later = [m.iso for m in moments(page, None) if m.iso.count("-") == 2]
    for line in (
        *said,
        *(line for line in lines[:_HEAD] if len(line) < 70 or (len(line) < 100 and line[-1] not in ".!?")),
    ):
        found = [m for m in moments(line, None) if m.iso.count("-") == 2 and not rule("of_a_law").search(line)]
        if found and (line in said or sum(iso[:4] > found[0].iso[:4] for iso in later) <= 1):
            return Reference(found[0].iso)
    for line in lines[:_HEAD]:  # “FRIBOURG, 14 oct. 2025 (ats) – …”
        found = [m for m in moments(line[:_DATELINE], None) if m.iso.count("-") == 2]
        if found and _is_place(line[: found[0].start].strip(" ,.(")):
            return Reference(found[0].iso)
    return None


def _is_place(words: str) -> bool:
    """“FRIBOURG”, “Lewistown, Pa.”: what stands before the date of a dateline; no “From”, “On”."""
    return all(word[0].isupper() for word in words.split() if word[0].isalpha()) and not _NO_PLACE.match(words)


_NO_PLACE = re.compile(r"(?:from|on|in|between|since|until|le|du|au|en|entre|depuis|dès)\b", re.IGNORECASE)


def _by_full_date(text: str) -> Reference | None:
    """“jeudi 6 février 2025”, “on Thursday, Feb. 6, 2025”: an article speaks so of its own week."""
    for match in _words()[3].finditer(text):
        if match["wd"] and (match["y"] or match["yy"]):
            found = next(_read(match, None), None)
            if found:
                return Reference(found.iso, f"“{match[0].strip()}”")
    return None


def _by_weekday(text: str) -> Reference | None:
    months, weekdays, _, pattern = _words()
    horizon = int(table("calendar")["horizon"])
    for match in pattern.finditer(text):
        if not (match["wd"] and match["d"] and match["m"] and not match["y"]):
            continue
        day, month, weekday = _int(match["d"]), _of(months, match["m"]), _of(weekdays, match["wd"])
        years = [
            y for y in range(horizon - 7, horizon + 1) if (found := _date(y, month, day)) and found.weekday() == weekday
        ]
        if len(years) == 1:
            by = f"“{match[0]}” without a year, which was last that weekday in {years[0]}"
            return Reference(f"{years[0]:04}-{month:02}-{day:02}", by)
    return None


def moments(text: str, ref: Reference | None) -> list[Moment]:
    """All dates in a text, in its order; those that need a day of publication are left out where there is none."""
    found = [moment for match in _words()[3].finditer(text) for moment in _read(match, ref)]
    return list(_paired(text, _of_that_year(text, found)))


def _of_that_year(text: str, found: list[Moment]) -> list[Moment]:
    """“In December 2021 … on October 19 of that year”: the year of the date before it."""
    return [
        replace(one, iso=found[i - 1].iso[:4] + one.iso[4:])
        if i and one.rule and rule("of_that_year").match(text, one.end)
        else one
        for i, one in enumerate(found)
    ]


_FIRST = re.compile(
    r"(?:\b(?:from|between|since|entre|de|du|depuis|dès|début)|\bd') ?(?:[^.;,]{3,25}, )?"
    r"(?:(?:the|le|la|on|around|about|at least|as early as|early|late|mid-?|fin|début)[ -]?)*$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:, (?:when|where|lorsque|quand|qui) [^,.;]{3,60})?,? ?(?P<link>to|until|till|up to|through|thru|and"
    r"|into|jusqu'(?:au|à|en)|au|à|et|–|-)"
    r"(?: (?:until|the early hours of|the (?:morning|night|evening) of"
    r"|(?:it|the \w+) was (?:detected|discovered|found|noticed|stopped|shut out|contained)"
    r"|the|le|la|about|around|early|late|mid-?|fin|début|on|at least|lasted until))* ?",
    re.IGNORECASE,
)
_NIGHT = re.compile(r"(?:night|nuit)s?(?: (?:of|from|between|du|de|d'))?(?: (?:the|le))? ?$", re.IGNORECASE)


def _paired(text: str, found: list[Moment]) -> Iterator[Moment]:
    """Two dates that a span links (“from August 2021 to May 28, 2024”) as its ends; of a night, only the evening."""
    left = list(found)
    while left:
        one = left.pop(0)
        night = _NIGHT.search(text[: one.start])
        other = left[0] if left else None
        if one.start_of:
            if night and other:
                left.pop(0)
                one = replace(one, start_of=False)
            yield one
            continue
        link = _LINK.fullmatch(text[one.end : other.start]) if other and not other.start_of else None
        if other is None or link is None:
            yield one
            continue
        led, how = _FIRST.search(text[: one.start]), link["link"].lower()
        if night:
            left.pop(0)
            yield one
        elif (
            how in ("and", "et")
            and one.iso.count("-") == other.iso.count("-") == 1
            and _IN.search(text[: one.start + 3])
        ):
            left.pop(0)
            yield from _span(one, other, one.rule is None and other.rule is None)  # “in May and June”
        elif (led or how.startswith(("until", "till", "jusqu"))) and not (
            how in ("and", "et") and led and not _BETWEEN.match(led[0])
        ):
            left.pop(0)
            yield from _span(one, other, one.rule is None and other.rule is None)
        else:
            yield one


_IN = re.compile(r"\b(?:in|en) ?$", re.IGNORECASE)
_BETWEEN = re.compile(r"between|entre", re.IGNORECASE)


def _read(  # noqa: PLR0912, PLR0915  one branch for each way of writing a date
    match: re.Match[str], ref: Reference | None
) -> Iterator[Moment]:
    months, _, seasons, _ = _words()
    at = match.start(), match.end()
    g = match.groupdict()
    if g["iso"]:
        if _date(*(int(part) for part in g["iso"].split("-"))):  # “2024-13-45” is no day
            yield Moment(*at, g["iso"])
    elif g["dmy"]:
        day, month, year = (int(part) for part in re.split(r"[/.]", g["dmy"]))
        if month > 12 >= day:  # an American writes the month first
            day, month = month, day
        if _date(year, month, day):
            yield Moment(*at, f"{year:04}-{month:02}-{day:02}")
    elif g["d1"]:
        year2 = g["y2"]
        second = _day(match, ref, g["d2"], g["m2"], year2)
        first = _day(match, ref, g["d1"], g["m1"] or g["m2"], g["y1"] or (second.iso[:4] if second else None))
        yield from _span(first, second, bool(year2 or g["y1"]))
    elif g["mm1"]:
        second = _day(match, ref, g["dd2"], g["mm2"] or g["mm1"], g["yy2"])
        first = _day(match, ref, g["dd1"], g["mm1"], g["yy1"] or (second.iso[:4] if second else None))
        yield from _span(first, second, bool(g["yy2"]))
    elif g["d"] or g["mm"]:
        found = _day(match, ref, g["d"] or g["dd"], g["m"] or g["mm"], g["y"] or g["yy"])
        if found:
            yield found
    elif g["rm1"] and (g["ry2"] or ref):
        because = None if g["ry2"] or ref is None else _rule(match, ref)
        said = g["ry2"] or (str(ref.latest.year - ("last" in match[0].lower())) if ref else "")
        yield Moment(*at, f"{g['ry1'] or said}-{_of(months, g['rm1']):02}", because, start_of=True)
        yield Moment(*at, f"{said}-{_of(months, g['rm2']):02}", because, end_of=True)
    elif g["mo"]:
        yield Moment(*at, f"{g['moy']}-{_of(months, g['mo']):02}")
    elif g["mon"] and ref:
        if g["mon"] in _ALSO_WORDS:
            return
        if g["lastmo"] and g["lastmo"].lower() in _LINKS:
            at = match.start("mon"), match.end()
        month = _of(months, g["mon"])
        latest = ref.latest
        year = latest.year if month <= latest.month else latest.year - 1
        if (g["mol"] or (g["lastmo"] or "").lower() == "last") and (year, month) == (latest.year, latest.month):
            year -= 1
        yield Moment(*at, f"{year:04}-{month:02}", _rule(match, ref))
    elif g["sea"]:
        yield Moment(*at, f"{g['seay']}-{_of(seasons, g['sea'])}")
    elif g["early"] and ref and ref.iso.count("-"):
        yield Moment(*at, ref.iso[:7], _rule(match, ref))
    elif g["lastm"] and ref and ref.iso.count("-"):
        before = ref.latest.replace(day=1) - timedelta(days=1)
        yield Moment(*at, f"{before.year:04}-{before.month:02}", _rule(match, ref))
    elif g["lasty"] and ref:
        yield Moment(*at, f"{ref.latest.year - 1:04}", _rule(match, ref))
    elif g["before"] and ref and ref.exact:
        yield Moment(*at, (ref.latest - timedelta(days=2)).isoformat(), _rule(match, ref))
    elif g["ago"] and ref:
        yield from _ago(match, ref, (g["n1"] or g["n2"]).lower(), (g["u1"] or g["u2"]).lower())
    elif g["weekend"] and ref and ref.exact:
        yield Moment(*at, (ref.latest - timedelta(days=(ref.latest.weekday() - 5) % 7)).isoformat(), _rule(match, ref))
    elif g["hier"] and ref and ref.exact:
        yield Moment(*at, (ref.latest - timedelta(days=1)).isoformat(), _rule(match, ref))
    elif g["today"] and ref and ref.exact:
        yield Moment(*at, ref.iso, _rule(match, ref))
    elif g["year"]:
        linked = (g["part"] or "").lower() in _LINKS
        yield Moment(match.start("year") if linked else at[0], at[1], g["year"])
    elif g["wda"] and ref and ref.exact:
        back = (ref.latest.weekday() - _of(_words()[1], g["wda"])) % 7
        if (g["dern"] or "").lower().endswith(("week", "semaine dernière", "semaine passée")):
            back = ref.latest.weekday() + 7 - _of(_words()[1], g["wda"])
        elif back == 0 and (g["lw"] or g["dern"]):
            back = 7
        yield Moment(*at, (ref.latest - timedelta(days=back)).isoformat(), _rule(match, ref))


_ALSO_WORDS = ("may", "march", "mar", "sept", "dec")
"""Names of months that written small are another word, or may be."""
_LINKS = (
    "from",
    "de",
    "d'",
    "between",
    "until",
    "till",
    "to",
    "through",
    "by",
    "since",
    "depuis",
    "dès",
    "entre",
    "à",
    "et",
    "and",
    "jusqu'en",
    "jusqu'à",
)


def _span(first: Moment | None, second: Moment | None, written: bool) -> Iterator[Moment]:
    if first and second and first.iso > second.iso:
        first = Moment(first.start, first.end, f"{int(first.iso[:4]) - 1:04}{first.iso[4:]}", first.rule)
    if first and second:
        rule = None if written else second.rule or first.rule
        yield Moment(first.start, first.end, first.iso, rule, start_of=True)
        yield Moment(second.start, second.end, second.iso, rule, end_of=True)


def _ago(match: re.Match[str], ref: Reference, words: str, unit: str) -> Iterator[Moment]:
    """“Three days ago”, “il y a deux ans”: as fine as its unit; a week or more of days is a round number."""
    number = SMALL_NUMBERS[words] if words in SMALL_NUMBERS else int(words)
    at = match.start(), match.end()
    if unit.startswith(("day", "jour")):
        if ref.exact and number < 7:
            yield Moment(*at, (ref.latest - timedelta(days=number)).isoformat(), _rule(match, ref))
    elif unit.startswith("mo") and ref.iso.count("-"):
        month = ref.latest.year * 12 + ref.latest.month - 1 - number
        yield Moment(*at, f"{month // 12:04}-{month % 12 + 1:02}", _rule(match, ref))
    elif unit.startswith(("y", "an")):
        yield Moment(*at, f"{ref.latest.year - number:04}", _rule(match, ref))


def _day(match: re.Match[str], ref: Reference | None, day: str, month: str, year: str | None) -> Moment | None:
    number, which = _int(day), _of(_words()[0], month)
    if year:
        good = _date(int(year), which, number)
        return Moment(match.start(), match.end(), good.isoformat()) if good else None
    if ref is None:
        return None
    latest = ref.latest
    found = _date(latest.year, which, number)
    if found and found > latest:
        found = _date(latest.year - 1, which, number) if (found - latest).days > 45 else found
    return Moment(match.start(), match.end(), found.isoformat(), _rule(match, ref)) if found else None


def _rule(match: re.Match[str], ref: Reference) -> str:
    if ref.by.startswith("“"):
        return f"“{match[0].strip()}” in an article that speaks of {ref.by}"
    return f"“{match[0].strip()}” in an article dated {ref.iso}"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _int(text: str) -> int:
    return int(re.match(r"\d+", text)[0])  # type: ignore[index]  # the pattern begins with a digit


def _of(words: dict[str, int], word: str) -> int:
    key = word.lower().rstrip(".")
    return words[key] if key in words else next(n for w, n in words.items() if key.startswith(w) or w.startswith(key))
