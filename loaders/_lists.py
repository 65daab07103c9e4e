"""The tables of a source: `loaders/data/<source>.yaml`, its closed lists and our terms for them."""

from importlib.resources import files
from typing import TypeVar

import msgspec

from outbreach.graph.yamlfile import parse

Form = TypeVar("Form")


def tables(source: str, form: type[Form]) -> Form:
    """The data file of a source, read into its form (a dataclass); a field too many or too few fails loudly."""
    text = (files("outbreach.loaders") / "data" / f"{source}.yaml").read_text(encoding="utf-8")
    return msgspec.convert(parse(text).data, form)
