"""How well portal descriptions are read: precision and recall of vendors, names that no text has, abstention, speed."""

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outbreach.graph.text.portal.description import read_description
from outbreach.graph.text.portal.particulars import particulars
from outbreach.graph.text.portal.trust import foreign
from outbreach.graph.yamlfile import parse
from outbreach.loaders import hhs

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
EXPORTS = ROOT.parent / "shared" / "data" / "hhs"


@dataclass(frozen=True, slots=True)
class Case:
    """A description, and what a person found in it."""

    text: str
    filer: str
    people: int | None
    vendors: tuple[str, ...]
    involved: str
    """named, unnamed or none."""
    associate: bool = False
    aliases: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    origins: tuple[str, ...] | None = None
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader makes of a case."""

    vendors: tuple[str, ...]
    involved: str
    aliases: tuple[str, ...]
    chain: tuple[str, ...]
    clients: tuple[str, ...]
    origins: tuple[str, ...]
    wrong: bool


@dataclass(slots=True)
class Score:
    """What was right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    abstained: int = 0
    to_abstain: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right names among those given."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Right names among those of the gold."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def answer(case: Case) -> Answer:
    """What the reader says of a case."""
    said = read_description(case.text, case.filer)
    strange = foreign(case.text, said, case.filer, case.people, case.associate) is not None
    if strange:
        return Answer((), "none", (), (), (), (), wrong=True)
    return Answer(
        vendors=tuple(s.name for s in said.named if s.name),
        involved="named" if said.named else "unnamed" if said.unnamed else "none",
        aliases=said.named[0].aliases if said.named else (),
        chain=tuple(link.name or "?" for link in said.chain(case.filer)),
        clients=tuple(dict.fromkeys(client for s in said.named for client in s.clients)),
        origins=tuple(s.name for s in said.named if s.origin and s.name),
        wrong=False,
    )


def composed() -> list[Case]:
    """The cases that the project brings."""
    return [_case(entry, **entry) for entry in parse((GOLD / "portal_composed.yaml").read_text("utf-8")).data]


def real() -> list[Case]:
    """The cases of an export that stands beside the checkout; none where it is absent or its texts are others."""
    told = parse((GOLD / "portal.yaml").read_text("utf-8")).data
    file = EXPORTS / told["export"]
    if not file.exists():
        return []
    entries = {entry["record"]: entry for entry in told["rows"]}
    return list(_real(entries, file))


def _real(entries: dict[int, dict[str, Any]], file: Path) -> Iterator[Case]:
    for report in hhs.reports(file):
        entry = entries.get(report.number)
        if entry is not None and report.text and hashlib.sha256(report.text.encode()).hexdigest()[:12] == entry["hash"]:
            associate = report.entity == "Business Associate"
            yield _case({**entry, "associate": associate}, text=report.text, filer=report.name, people=report.people)


def _case(entry: dict[str, Any], *, text: str, filer: str, people: int | None, **_: Any) -> Case:
    lists = {name: tuple(entry.get(name, ())) for name in ("vendors", "aliases", "chain", "clients")}
    origins = tuple(entry.get("origins", ())) if "hash" not in entry else None
    return Case(
        text=" ".join(text.split()) if "hash" not in entry else text, filer=filer, people=people, involved=entry["involved"],
        associate=entry.get("associate", False), wrong=entry.get("wrong", False), origins=origins, **lists,
    )  # fmt: skip


def score(cases: Iterable[Case]) -> Score:
    """The score over cases. A name is invented where the text does not have it."""
    total = Score()
    for case in cases:
        got = answer(case)
        wanted = set(case.vendors) if not case.wrong else set()
        total.right += len(wanted & set(got.vendors))
        total.wrong += len(set(got.vendors) - wanted)
        total.missed += len(wanted - set(got.vendors))
        total.invented += sum(name not in case.text for name in got.vendors)
        total.to_abstain += not wanted
        total.abstained += not wanted and not got.vendors
        if set(got.vendors) != wanted or got.involved != ("none" if case.wrong else case.involved):
            total.remarks.append(
                f"{case.filer}: {got.vendors or got.involved}, and not {case.vendors or case.involved}"
            )
    return total


def main() -> None:
    """Print the measures."""
    for name, cases in (("composed", composed()), ("real", real())):
        if not cases:
            print(f"portal, {name}: no data beside the checkout")
            continue
        found = score(cases)
        texts = [(case.text, case.filer) for case in cases] * (500 // len(cases))
        begin = time.process_time()
        for text, filer in texts:
            read_description(text, filer)
            particulars(text)
        speed = len(texts) / (time.process_time() - begin)
        print(
            f"portal, {name}: {len(cases)} descriptions; precision {found.precision:.3f}, recall {found.recall:.3f}; "
            f"invented names {found.invented}; abstained {found.abstained}/{found.to_abstain}; "
            f"{speed:.0f} descriptions a second of processor time"
        )
        for remark in found.remarks:
            print(f"  {remark}")


if __name__ == "__main__":
    main()
