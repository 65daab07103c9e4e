"""From what a person writes to a node: by id, former id, name, alias, then the closest name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from outbreach.graph.errors import UsageError
from outbreach.graph.names import normalise
from outbreach.graph.schema import PREFIXES
from outbreach.graph.store.bolt import Store

STARTS = ("Incident", "Organisation", "Software", "Vulnerability", "Attacker", "Campaign", "Notification")
"""Labels of the nodes that a question may start from."""
CLOSE = 88.0
"""How alike (of 100, rapidfuzz WRatio) a name must be to be taken for the one meant."""


@dataclass(frozen=True, slots=True)
class Named:
    """A node as a person may name it."""

    id: str
    label: str
    names: tuple[str, ...]
    former_ids: tuple[str, ...] = ()

    @property
    def display(self) -> str:
        """Its first name, or its id."""
        return self.names[0] if self.names else self.id


@dataclass(frozen=True, slots=True)
class Found:
    """The node meant, and whether only a close name led to it."""

    node: Named
    close: bool


def named(store: Store, labels: Iterable[str] = STARTS) -> list[Named]:
    """Every node with one of the labels, by the names it answers to."""
    nodes = []
    for label in labels:
        rows = store.run(
            f"MATCH (n:{label}) RETURN n.id, n.name, n.title_en, n.title_fr, n.name_en, n.name_fr, n.aliases, "
            "n.described_as, n.identifiers, n.former_ids ORDER BY n.id"
        ).rows
        for id, *names, aliases, described, identifiers, former in rows:
            texts = [*names, *(aliases or ()), *(described or ()), *(i.partition(":")[2] for i in identifiers or ())]
            nodes.append(Named(str(id), label, tuple(dict.fromkeys(str(t) for t in texts if t)), tuple(former or ())))
    return nodes


def find(store: Store, text: str, labels: Sequence[str] = STARTS) -> Found:
    """The one node that `text` means.

    Raises `UsageError` where none or several could be meant; it lists them.
    """
    label = PREFIXES.get(text.partition("-")[0])
    if label in labels and store.run(f"MATCH (n:{label} {{id: $id}}) RETURN n.id", id=text).rows:
        return Found(Named(text, str(label), ()), close=False)
    nodes = named(store, labels)
    key, bare = text.strip().casefold(), normalise(text)
    for meant in (
        [n for n in nodes if text in n.former_ids],
        [n for n in nodes if n.names and n.names[0].casefold() == key],
        [n for n in nodes if any(name.casefold() == key for name in n.names)],
        [n for n in nodes if bare and any(normalise(name) == bare for name in n.names)],
    ):
        if meant:
            return Found(_one(text, meant), close=False)
    names = {(index, name): normalise(name) for index, n in enumerate(nodes) for name in n.names}
    ranked = process.extract(bare, names, scorer=fuzz.WRatio, limit=25, score_cutoff=75)
    close = list(dict.fromkeys(nodes[key[0]] for _, score, key in ranked if score >= CLOSE))
    if close:
        return Found(_one(text, close), close=True)
    nearest = list(dict.fromkeys(nodes[key[0]] for _, _, key in ranked))[:5]
    kinds = " or ".join(labels) if len(labels) < 3 else "node"
    hint = f"; the nearest are {_listed(nearest)}" if nearest else ""
    raise UsageError(f"no {kinds} in the graph is called “{text}”{hint}")


def display_names(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """What to call each of these nodes."""
    wanted: dict[str, list[str]] = {}
    for id in sorted(set(ids)):
        label = PREFIXES.get(id.partition("-")[0])
        if label:
            wanted.setdefault(label, []).append(id)
    names = {}
    for label, group in wanted.items():
        for id, *texts in store.run(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN id, n.name, n.title_en, n.described_as[0]",
            ids=group,
        ).rows:
            names[str(id)] = str(next((t for t in texts if t), id))
    return names


def _one(text: str, nodes: Sequence[Named]) -> Named:
    if len(nodes) > 1:
        raise UsageError(f"“{text}” may be any of {len(nodes)}: {_listed(nodes[:10])}: give its id")
    return nodes[0]


def _listed(nodes: Iterable[Named]) -> str:
    return "; ".join(f"{node.display} ({node.label}, {node.id})" for node in nodes)
