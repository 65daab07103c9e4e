"""Write the reference pages from the code, so that they cannot rot; `--check` fails where one is out of date."""

import sys
from collections.abc import Iterator
from pathlib import Path

from typer.main import get_command

from outbreach import loaders
from outbreach.cli import app
from outbreach.graph import schema
from outbreach.graph.vocabulary import vocabulary
from outbreach.queries import questions

HERE = Path(__file__).parent
MARK = "<!-- written by docs/generate.py: `make docs` -->\n"


def schema_page() -> Iterator[str]:
    """The vocabulary: labels, edges, predicates and closed lists."""
    yield f"# The schema\n\n{MARK}\nDerived from `graph/schema.py`. A date has its ISO text, its precision"
    yield " (`…_precision`: day, month, season, year) and its first and last epoch day (`…_day`, `…_last_day`).\n"
    yield "\n## Nodes\n"
    for label in schema.LABELS.values():
        beside = f", second label of {label.second_to}" if label.second_to else ""
        yield f"\n### {label.name}\n\n{label.en} · *{label.fr}* (ids `{label.prefix}-…`{beside})\n"
        if label.properties:
            yield "\n| property | type | meaning | sens |\n|---|---|---|---|\n"
            yield from (f"| `{p.name}` | {p.type} | {p.en} | {p.fr} |\n" for p in label.properties)
    yield "\n## Edges\n\n"
    for edge, ends in sorted(schema.edge_ends().items()):
        for start, end in sorted(set(ends)):
            yield f"- `(:{start})-[:{edge}]->(:{end})`\n"
    yield "\nEvery fact edge (all but those of Claim) has:\n\n| property | type | meaning | sens |\n|---|---|---|---|\n"
    yield from (f"| `{p.name}` | {p.type} | {p.en} | {p.fr} |\n" for p in schema.EDGE_PROPERTIES)
    for edge, own in schema.EDGES_OWN.items():
        yield f"\n`{edge}` also:\n\n| property | type | meaning | sens |\n|---|---|---|---|\n"
        yield from (f"| `{p.name}` | {p.type} | {p.en} | {p.fr} |\n" for p in own)
    yield "\n## Predicates of claims\n\n| predicate | subject | object | value | details | edge |\n|---|---|---|---|---|---|\n"
    for p in schema.PREDICATES.values():
        object = " or ".join(p.object) + ("" if p.object_needed or not p.object else " (optional)")
        cells = (f"`{p.name}`", ", ".join(p.subject), object, p.value or "", ", ".join(p.details), p.edge or "")
        yield f"| {' | '.join(cells)} |\n"
    yield "\n## Closed lists\n"
    for file in sorted((HERE.parent / "graph" / "data").glob("*.yaml")):
        yield f"\n### {file.stem}\n\n| term | English | français |\n|---|---|---|\n"
        yield from (f"| `{t.id}` | {t.name_en} | {t.name_fr} |\n" for t in vocabulary(file.stem).values())


def questions_page() -> Iterator[str]:
    """The question library."""
    yield f"# The questions\n\n{MARK}"
    for q in questions().values():
        yield f"\n## {q.name}\n\n**{q.title.en}** · *{q.title.fr}*\n\n{q.question.en}\n\n*{q.question.fr}*\n\n"
        yield "| parameter | type | meaning | sens | example |\n|---|---|---|---|---|\n"
        for name, p in q.parameters.items():
            yield f"| `{name}` | {p.type} | {p.en} | {p.fr} | `{p.example}` |\n"
        yield "\n| column | English | français |\n|---|---|---|\n"
        yield from (f"| `{name}` | {c.en} | {c.fr} |\n" for name, c in q.columns.items())
        if q.notes:
            yield f"\n{q.notes.en}\n\n*{q.notes.fr}*\n"


def sources_page() -> Iterator[str]:
    """The loaders."""
    yield f"# The sources\n\n{MARK}\n| name | what | quoi | files | licence |\n|---|---|---|---|---|\n"
    for name in loaders.names():
        s = loaders.loader(name).SOURCE
        yield f"| `{name}` | {s.title_en} | {s.title_fr} | {', '.join(f'`{f}`' for f in s.files)} | {s.licence} |\n"


def commands_page() -> Iterator[str]:
    """The command line, as its help says."""
    yield f"# The commands\n\n{MARK}"
    root = get_command(app)
    for name, command in sorted(getattr(root, "commands", {}).items()):
        for path, leaf in sorted(getattr(command, "commands", {"": command}).items()):
            title = f"{name} {path}".strip()
            yield f"\n## outbreach {title}\n\n{_paragraphs(leaf.help or '')}\n\n"
            for parameter in leaf.params:
                if parameter.name != "help":
                    names = (
                        ", ".join(f"`{o}`" for o in parameter.opts)
                        if parameter.opts[0].startswith("-")
                        else f"`{parameter.name.upper()}`"
                    )
                    yield f"- {names}: {(getattr(parameter, 'help', None) or '').replace('[bold]', '').replace('[/]', '')}\n"


def _paragraphs(text: str) -> str:
    """The docstring with its example as code."""
    head, mark, example = text.partition("Example: ")
    return head.strip() + (f"\n\n    {example.strip()}" if mark else "")


PAGES = {
    "schema.md": schema_page,
    "questions.md": questions_page,
    "sources.md": sources_page,
    "commands.md": commands_page,
}


def main() -> int:
    """Write the pages, or with `--check` only compare; 1 where one differs."""
    check = "--check" in sys.argv[1:]
    stale = []
    for name, page in PAGES.items():
        text = "".join(page())
        file = HERE / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                file.write_text(text, encoding="utf-8")
    if stale:
        print(f"{', '.join(stale)}: {'out of date, run `make docs`' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
