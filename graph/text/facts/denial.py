"""Which clauses a sentence has, and which of its words a negation covers."""

import itertools
import re

from outbreach.graph.text.lexicon import rule


def reaches(clause: str, negation: "re.Match[str] | None", at: int, end: int) -> bool:
    """Whether a negation covers a term: one before it does, and a verb in the negative after a subject does."""
    if negation is None:
        return False
    if rule("without").fullmatch(negation[0]) and rule("beyond_without").search(clause[negation.end() : at]):
        return False  # “pour fonctionner sans réseau : adresse, traitements”
    if negation.start() <= at or rule("kept_apart").search(negation[0]):
        return True
    if rule("whose_negation").search(clause[end : negation.start()]):
        return False  # “… to a stranger who does not know them”
    # “bank details were not involved”: the subject stands before its verb.
    return bool(rule("verb_denied").search(negation[0] + clause[negation.start() - 8 : negation.end()]))


def clauses(text: str, lang: str) -> list[tuple[int, int]]:
    """A sentence cut where what is said may turn into its contrary."""
    cuts = [0, *(m.start() for m in rule(f"{lang}_clause").finditer(text)), len(text)]
    return [(a, b) for a, b in itertools.pairwise(cuts) if a < b]
