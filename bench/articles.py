"""How well articles are read: precision, recall, names that no text has, abstention, and articles a second."""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outbreach.graph.text.article import read_article
from outbreach.graph.text.draft import Draft
from outbreach.graph.text.lexicon import normal
from outbreach.graph.yamlfile import parse

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"
CHECKED = (
    "affected",
    "originated_at",
    "supplies",
    "uses",
    "makes",
    "exploited",
    "attributed_to",
    "people",
    "exposed",
    "kind",
    "part_of",
    "occurred_from",
    "occurred_to",
    "discovered_on",
    "disclosed_on",
    "notified",
    "investigates",
    "event",
    "sanction",
    "care_impact",
)
UNCHECKED_EVENTS = {
    "investigation_opened",
    "investigation_announced",
    "public_statement",
    "detected",
    "cooperation",
    "vigilance_called",
}
"""Events that nearly every article tells; the gold leaves them out."""


@dataclass(slots=True)
class Score:
    """What was right, wrong and missed, by predicate; and what was wrong in the texts."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    verdicts: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right facts among those found."""
        found = self.right.total() + self.wrong.total()
        return self.right.total() / found if found else 1.0

    @property
    def recall(self) -> float:
        """Right facts among those of the gold."""
        stated = self.right.total() + self.missed.total()
        return self.right.total() / stated if stated else 1.0


def lines_of(draft: Draft) -> set[str]:
    """The facts of a draft, in the form of the gold."""
    return {line for fact in draft.facts if (line := _line(draft.cast, fact)) is not None}


def _line(cast: dict[str, dict[str, Any]], fact: dict[str, Any]) -> str | None:
    what = next((name for name in CHECKED if name in fact), None)
    if what is None or fact.get("event") in UNCHECKED_EVENTS:
        return None

    def name(key: str) -> str:
        entry = cast[key]
        said = next(
            (entry[r] for r in ("organisation", "vendor", "authority", "software", "attacker") if entry.get(r)), None
        )
        return str(said or f"?{entry.get('described_as', '')}")

    value = fact[what]
    if what in ("affected", "originated_at", "exploited", "attributed_to"):
        said = name(value)
    elif what in ("supplies", "uses", "makes", "part_of"):
        said = " > ".join(name(key) for key in value)
    elif what == "notified":
        said = name(value if isinstance(value, str) else value[1])
    elif what == "investigates":
        said = f"{name(value)} {fact.get('role', 'investigating')}"
    elif what == "people":
        parts = [
            str(value),
            fact.get("qualifier", "exact"),
            fact.get("population"),
            "within" if fact.get("within") else None,
        ]
        of = f"of {name(fact['of'])}" if fact.get("of") and not fact.get("within") else None
        said = " ".join(part for part in (*parts, of) if part)
    elif what == "event":
        said = value + (f" {name(fact['of'])}" if value in ("assistance", "advice_given") and fact.get("of") else "")
    elif what == "sanction":
        said = f"{value} {fact['amount']:.0f} {fact['currency']}"
    elif what == "care_impact":
        said = ""
    else:
        said = str(value)
    line = f"{'not ' if fact.get('negated') else ''}{what}: {said}".strip(" :")
    return f"{'earlier: ' if fact.get('incident') else ''}{line}{' (hedged)' if fact.get('hedged') else ''}"


def _plain(text: str) -> str:
    """In small letters, with plain apostrophes, lines and runs of blanks made one blank."""
    return " ".join(normal(text).lower().split())


def _same(found: str, gold: str) -> bool:
    a, b = (re.sub(r" \(hedged\)$", "", normal(text).lower()) for text in (found, gold))
    if all(re.match(r"(?:earlier: )?people", text) for text in (a, b)):
        # The body counted may be left open on either side.
        a_of, b_of = (re.search(r" of (.*)$", text) for text in (a, b))
        if a_of and b_of and not (_close(a_of[1], b_of[1])):
            return False
        a, b = (re.sub(r" of .*$", "", text) for text in (a, b))
    return a == b or _close(a, b)


_AROUND = re.compile(
    r"\b(?:une?|the|an?|les?|la|des|du|its|their|his|her|our|notre|nos|son|sa|ses|leurs?|l'|d'|"
    r"quelque|environ|près de|plus de|au moins|about|around|some|roughly|nearly|more than|at least|other|autres?)(?: |(?<='))"
)
_POLICE = re.compile(r"\b(?:police|gendarm\w+|law enforcement)\b")


def _same_nameless(a: str, b: str) -> bool:
    """Bodies without a name are one where the one's words begin the other's, articles and “about” left aside."""
    parts = [re.split(r" > ", text) for text in (a, b)]
    if len(parts[0]) != len(parts[1]) or a.split(": ", maxsplit=1)[0] != b.split(": ", maxsplit=1)[0]:
        return False
    ends = [[re.sub(r"^[^:]*: ", "", end) for end in one] for one in parts]
    for one, other in zip(*ends, strict=True):
        if one.startswith("?") != other.startswith("?"):
            return False
        if not one.startswith("?"):
            if not _close(one, other):
                return False
            continue
        x, y = (_AROUND.sub("", end.lstrip("?")).strip() for end in (one, other))
        if not (x and y and (x == y or x.startswith(y + " ") or y.startswith(x + " "))) and not (
            _POLICE.search(x) and _POLICE.search(y)
        ):
            return False
    return True


def _close(a: str, b: str) -> bool:
    if "?" in a and "?" in b and _same_nameless(a, b):
        return True
    strip = re.compile(r"\?(?:une? |the |a |an |les |des |l')?|\.$")
    a, b = strip.sub("?", a).rstrip("."), strip.sub("?", b).rstrip(".")
    if (
        re.sub(r"^[^:]*: ", "", a)
        and (a.startswith(b + " ") or b.startswith(a + " "))
        and a.split(":")[0] in ("affected", "originated_at")
    ):
        return True  # “X” and “X of Y”
    return a == b or re.sub(r"\b(?:laboratoires?|hôpital|the|groupe|association|mutuelle|clinique) ", "", a) == re.sub(
        r"\b(?:laboratoires?|hôpital|the|groupe|association|mutuelle|clinique) ", "", b
    )


def judge(score: Score, name: str, text: str, gold: dict[str, Any], drafts: Sequence[Draft]) -> None:
    """Add to `score` what the reader made of one text."""
    verdict = drafts[0].verdict
    score.verdicts.append((name, verdict, gold["verdict"]))
    for draft in drafts:
        for entry in draft.cast.values():
            names = [entry.get(r) for r in ("organisation", "vendor", "software", "attacker")]
            score.invented += [
                f"{name}: {n}" for n in names if n and not entry.get("id") and _plain(n) not in _plain(text)
            ]
    if gold["verdict"] != "one" and verdict == gold["verdict"]:
        if "bodies" in gold:
            hit = {
                normal(line.split(": ", 1)[1]).lower()
                for d in drafts
                for line in lines_of(d)
                if line.startswith("affected")
            }
            wanted = {normal(b).lower() for b in gold["bodies"]}
            score.right["several"] += len(hit & wanted)
            score.wrong["several"] += len(hit - wanted)
            score.missed["several"] += len(wanted - hit)
            if hit != wanted:
                score.remarks.append(f"{name}: several: found {sorted(hit)} wanted {sorted(wanted)}")
        return
    found = set().union(*(lines_of(d) for d in drafts))
    _compare(score, name, found, gold.get("facts", []), gold.get("also", []))


def _compare(score: Score, name: str, found: set[str], gold: list[str], also: list[str]) -> None:
    """Add what was found of the gold's facts; a line of `also` is arguable, and neither right nor wrong."""
    left = list(gold)
    for line in sorted(found):
        match = next((g for g in left if _same(line, g)), None)
        predicate = re.sub(r"^(?:earlier: )?(?:not )?", "", line).split(":")[0]
        if match is not None:
            left.remove(match)
            score.right[predicate] += 1
            if line.endswith("(hedged)") != match.endswith("(hedged)"):
                score.remarks.append(f"{name}: HEDGE {line}")
        elif any(_same(line, g) for g in (*gold, *also)):
            continue
        else:
            score.wrong[predicate] += 1
            score.remarks.append(f"{name}: WRONG {line}")
    for line in left:
        score.missed[re.sub(r"^(?:earlier: )?(?:not )?", "", line).split(":")[0]] += 1
        score.remarks.append(f"{name}: MISSED {line}")


def measure(folder: Path, read: Callable[[str], Sequence[Draft]] = read_article) -> tuple[Score, float]:
    """The score over a folder of texts with their `gold.yaml`, and articles read in a second."""
    score, spent = Score(), 0.0
    gold = parse((folder / "gold.yaml").read_text(encoding="utf-8")).data
    for name in gold:
        text = (folder / f"{name}.txt").read_text(encoding="utf-8")
        begin = time.perf_counter()
        drafts = read(text)
        spent += time.perf_counter() - begin
        judge(score, name, text, gold[name], drafts)
    return score, len(gold) / spent


def main(folders: list[Path]) -> None:
    """Print the measures of each folder."""
    for folder in folders:
        score, speed = measure(folder)
        print(f"{folder.name}: precision {score.precision:.3f}, recall {score.recall:.3f}, {score.right.total()} right, "
              f"{score.wrong.total()} wrong, {score.missed.total()} missed; invented names {len(score.invented)}; "
              f"verdicts {sum(a == b for _, a, b in score.verdicts)}/{len(score.verdicts)}; {speed:.1f} articles/s")  # fmt: skip
        for name, got, wanted in score.verdicts:
            if got != wanted:
                print(f"  {name}: verdict {got}, not {wanted}")
        for text in (*score.invented, *score.remarks):
            print(f"  {text}")


if __name__ == "__main__":
    main([Path(arg) for arg in sys.argv[1:]] or [gold.parent for gold in sorted(GOLD.glob("*/gold.yaml"))])
