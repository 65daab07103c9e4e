"""`outbreach review`: a person reads what a machine found, and accepts, corrects or rejects it."""

import getpass
import os
import shlex
import subprocess
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.columns import Columns
from rich.panel import Panel
from rich.prompt import Prompt
from rich.text import Text

from outbreach.answer import Lang, err, out
from outbreach.drafting import Drafts, Kept
from outbreach.graph.errors import InputError, UsageError
from outbreach.graph.yamlfile import parse
from outbreach.options import HOME, LangOption, WorkspaceOption

review_app = typer.Typer(no_args_is_help=True, help="Read what a machine found, and accept, correct or reject it.")

_WORDS = {
    "en": {
        "ask": "[a]ccept, [c]orrect, [r]eject, [s]kip, [q]uit",
        "text": "The text",
        "draft": "The draft",
        "none": "Nothing waits to be read.",
        "accepted": "accepted",
        "rejected": "rejected",
        "left": "{n:,} drafts wait.",
        "unread": "accepted unread, each fact marked as read by a machine",
    },
    "fr": {
        "ask": "[a]ccepter, [c]orriger, [r]ejeter, [s]auter, [q]uitter",
        "text": "Le texte",
        "draft": "Le brouillon",
        "none": "Rien à relire.",
        "accepted": "accepté",
        "rejected": "rejeté",
        "left": "{n:,} brouillons à relire.",
        "unread": "accepté sans relecture, chaque fait marqué comme lu par une machine",
    },
}


@review_app.command("article")
def review_article(
    names: Annotated[
        list[str] | None, typer.Argument(help="Drafts by name or its beginning; none means all that wait.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Accept them unread: their facts are marked extraction: rule.")
    ] = False,
    reject: Annotated[bool, typer.Option("--reject", help="Reject them unread.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write one page with texts, drafts and quotes, and ask nothing.")
    ] = None,
    lang: LangOption = Lang.en,
    workspace: WorkspaceOption = HOME,
) -> None:
    """Show text and draft side by side; only what is accepted becomes a record.

    Example: outbreach review article --html review.html
    """
    drafts = Drafts(workspace)
    words = _WORDS[lang]
    chosen = list(drafts.named(names)) if names else drafts.all("pending")
    chosen = [kept for kept in chosen if drafts.file(kept).is_file()]
    if accept and reject:
        raise UsageError("--accept and --reject exclude each other")
    if not chosen:
        out.print(words["none"])
        return
    if html is not None:
        from outbreach.graph.html.review import write_review

        pages = [
            (kept.name, drafts.text(kept), parse(drafts.file(kept).read_text(encoding="utf-8")).data) for kept in chosen
        ]
        write_review(html, pages, lang)
        out.print(str(html), soft_wrap=True, markup=False)
        return
    by = getpass.getuser()
    failed = 0
    for kept in chosen:
        if reject:
            drafts.reject(kept, by)
            out.print(f"{kept.name}: {words['rejected']}", markup=False, soft_wrap=True)
        elif accept:
            failed += not _accept(drafts, kept, by, words["unread"], "model" if kept.model else "rule")
        elif not _ask(drafts, kept, by, words):
            break
    out.print(words["left"].format(n=len(drafts.all("pending"))))
    if failed:
        raise typer.Exit(1)


def _accept(drafts: Drafts, kept: Kept, by: str, said: str, extraction: str | None = None) -> bool:
    try:
        drafts.accept(kept, by, extraction)
    except InputError as error:
        err.print(f"outbreach: {error}", style="red", markup=False, soft_wrap=True)
        return False
    out.print(f"{kept.name}: {said}", markup=False, soft_wrap=True)
    return True


def _ask(drafts: Drafts, kept: Kept, by: str, words: dict[str, str]) -> bool:
    """Show one draft and do what the reader answers; False to stop."""
    while True:
        _show(drafts, kept, words)
        answer = Prompt.ask(
            words["ask"].replace("[", "\\["), choices=["a", "c", "r", "s", "q"], show_choices=False, console=out
        )
        if answer == "q":
            return False
        if answer == "s":
            return True
        if answer == "r":
            drafts.reject(kept, by)
            return True
        if answer == "c":
            _edit(drafts.file(kept))
        elif _accept(drafts, kept, by, words["accepted"]):
            return True


def _edit(file: Path) -> None:
    """Open the draft in the reader's editor; the next look checks what they wrote."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        subprocess.run([*shlex.split(editor), str(file)], check=True)  # noqa: S603  the reader's own editor
    except (OSError, subprocess.CalledProcessError) as error:
        err.print(
            f"outbreach: {editor} did not open {file} ({error}): set EDITOR", style="red", markup=False, soft_wrap=True
        )


def _show(drafts: Drafts, kept: Kept, words: dict[str, str]) -> None:
    file = drafts.file(kept)
    try:
        form: Any = parse(file.read_text(encoding="utf-8")).data
    except yaml.YAMLError:
        form = None
    facts = [f for f in form.get("facts", []) if isinstance(f, dict)] if isinstance(form, dict) else []
    text = Text(drafts.text(kept))
    for fact in facts:
        quote = str(fact.get("quote", ""))
        at = text.plain.find(quote) if quote else -1
        if at >= 0:
            text.stylize("bold", at, at + len(quote))
    told = Text()
    for number, fact in enumerate(facts, 1):
        said = {k: v for k, v in fact.items() if k not in ("quote", "locator")}
        told.append(f"{number:>2}. {'; '.join(f'{k}: {v}' for k, v in said.items())}\n")
        told.append(f"    « {fact.get('quote', '')} »\n", style="dim")
    width = max(40, out.width // 2 - 1)
    out.print(f"\n{kept.name} ({kept.verdict})", style="bold", markup=False)
    out.print(
        Columns(
            [Panel(text, title=words["text"], width=width), Panel(told, title=words["draft"], width=width)], padding=0
        )
    )
