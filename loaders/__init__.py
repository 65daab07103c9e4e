"""One module per source; the folder is the registry."""

from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from outbreach.graph.errors import UsageError
from outbreach.graph.records.load import Loader


def names() -> list[str]:
    """The names of all sources: the modules beside this one; a leading underscore or a folder is none."""
    return sorted(m.name for m in iter_modules(__path__) if not m.ispkg and not m.name.startswith("_"))


def loader(name: str) -> Loader:
    """The loader of that name.

    Raises `UsageError` where there is none.
    """
    if name not in names():
        raise UsageError(f"there is no source “{name}”: {', '.join(names())}")
    return cast(Loader, import_module(f"{__name__}.{name}"))
