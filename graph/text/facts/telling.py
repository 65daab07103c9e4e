"""Whether a clause says which data were exposed, rather than speaking of such data for another reason."""

from outbreach.graph.text.cast.scene import Line, Scene
from outbreach.graph.text.facts.breach import breach_in
from outbreach.graph.text.facts.listing import Listing
from outbreach.graph.text.facts.terms import ITEM, LIST, Term, events_of, kinds_in
from outbreach.graph.text.lexicon import compiled, rule, table


def is_of_name(line: Line, words: list[Term], word: Term) -> bool:
    """“American Addiction Centers”: a word of a name, and not a capitalised list that was taken for one."""
    start, end, _ = word
    if not line.text[start].isupper():
        return False
    for a, b, _ in line.bodies():
        if a <= start and end <= b and b - a > end - start:
            return sum(y - x for x, y, _ in words if a <= x and y <= b) < ITEM * (b - a)
    return False


def is_trade(before: str) -> bool:
    """“… which collects data on pregnancies”: what a body does, not what it lost."""
    return bool(rule("trade_before").search(before))


def speaks_of_misuse(lang: str, clause: str) -> bool:
    """Whether a clause denies or fears that the data be put to use, whatever data it names."""
    told = table("article_events")[lang]["events"]["misuse"]
    return bool(compiled(told).search(clause)) or bool(rule("against_misuse").search(clause))


def tells(  # noqa: PLR0911  one reason each
    scene: Scene, line: Line, clause: str, start: int, here: list[Term], listing: Listing | None,
    negated: bool, told: bool,
) -> bool:  # fmt: skip
    """Whether a clause says which data were exposed, rather than speaking of such data for another reason."""
    lang = scene.lang
    shown = _with_signs(clause, start, here)
    if rule("list_after_colon").search(shown):
        return True
    if _advises(scene, clause) or rule("speaks_of_law").search(shown):
        return False
    kinds = kinds_in(here)
    several = len(kinds) >= 2
    if lang == "fr" and len(kinds) < LIST and rule("fr_no_loss").search(shown):
        return False
    if len(kinds) >= LIST and not negated and not rule("prized").search(line.text):
        return True
    exposing = events_of(lang, "exposing").search(clause)
    if rule("yes_no").search(clause):
        return True
    if listing and (several or not rule("not_of_list").search(clause)):
        return True
    if negated:
        return bool(exposing or rule("spared").search(clause) or rule("bare_denial").search(shown) or told)
    if breach_in(scene, clause) or (exposing and several) or told:
        return True
    if lang == "fr" and rule("fr_shares").search(shown):
        return True
    if rule(f"{lang}_shows").search(shown) or (several and rule("container_before").search(shown.split("¤")[0])):
        return True
    if scene.letter and rule("bullet").search(line.text):
        return True
    # A bare list: “Names, dates of birth, e-mail addresses …” after a question or at the beginning.
    return len(kinds_in(here)) >= 3 and (line.number == 0 or sum(b - a for a, b, _ in here) > 0.4 * len(clause))


def _advises(scene: Scene, clause: str) -> bool:
    """“Change your password”: what readers should do, not what was lost."""
    if rule("advises").search(clause):
        return True
    own = scene.letter or rule("your_data").search(clause)
    return bool(
        scene.lang == "en"
        and scene.words("advice").search(clause)
        and not (own and not rule("advises_you").search(clause))
    )


def _with_signs(clause: str, start: int, here: list[Term]) -> str:
    """The clause with a sign for each category, so that a pattern can ask for “data” anywhere."""
    for a, b, _ in reversed(here):
        clause = clause[: max(0, a - start)] + "¤" + clause[b - start :]
    return clause
