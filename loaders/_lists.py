"""The tables of a source: `loaders/data/<source>.yaml`, its closed lists and our terms for them."""

from importlib.resources import files
from typing import TypeVar

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
