"""The tables of a source: `loaders/data/<source>.yaml`, its closed lists and our terms for them."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from outbreach.graph.yamlfile import parse

Form = TypeVar("Form")


def tables(source: str, form: type[Form]) -> Form:
    """The data file of a source, read into its form (a dataclass).

    One that does not fit is our own mistake and no reader's: it fails loudly, and never as the reject of a row.
    """
    text = (files("outbreach.loaders") / "data" / f"{source}.yaml").read_text(encoding="utf-8")
    try:
        return msgspec.convert(parse(text).data, form)
    except msgspec.ValidationError as error:
        raise RuntimeError(f"loaders/data/{source}.yaml does not fit its loader: {error}") from error


def told(words: Mapping[str, str], **values: object) -> dict[str, Any]:
    """A text of a data file in both languages, filled in, as a claim takes it: `text_en` and `text_fr`."""
    return {f"text_{lang}": text.format(**values) for lang, text in words.items()}
