"""An optional reader of articles: any command that takes the text and gives an incident file; nothing is trusted unseen."""

import shlex
import subprocess
from typing import Any

import yaml

from outbreach.graph.errors import InputError
from outbreach.graph.text.draft import Draft
from outbreach.graph.text.page.passage import language
from outbreach.graph.text.proof import proven
from outbreach.graph.yamlfile import parse

_SECONDS = 300


def ask(command: str, text: str, source: dict[str, Any]) -> tuple[Draft, list[str]]:
    """What the command makes of `text` (on its standard input; an incident file as YAML or JSON on its standard output).

    A fact whose quote is not in the text, or does not hold the value, is thrown away; the second part says which.
    Raises `InputError` where the command fails or gives no incident file.
    """
    try:
        ran = subprocess.run(  # noqa: S603  the user's own command
            shlex.split(command), input=text, capture_output=True, text=True, check=True, timeout=_SECONDS
        )
        form = parse(ran.stdout).data
    except (OSError, ValueError, subprocess.SubprocessError, yaml.YAMLError) as error:
        raise InputError(f"the model “{command}” gave no incident file ({type(error).__name__})") from None
    if (
        not isinstance(form, dict)
        or not isinstance(form.get("facts"), list)
        or not all(isinstance(f, dict) for f in form["facts"])
    ):
        raise InputError(f"the model “{command}” gave no incident file: one begins with title, sources, cast and facts")
    checked, gone = proven(form, text)
    verdict = str(form.get("verdict") or ("one" if checked["facts"] else "none"))
    title = (
        checked.get("title")
        if isinstance(checked.get("title"), dict)
        else {"en": "Breach of data", "fr": "Violation de données"}
    )
    facts = checked["facts"] if verdict != "none" else []
    return Draft(
        verdict, None, language(text), title or {}, {"article": source}, checked["cast"] if facts else {}, facts
    ), gone
