"""One module per source; the folder is the registry."""

from importlib import import_module, resources
from pathlib import Path
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


def mapping(name: Path) -> Path:
    """The mapping file at a path, else the shipped one of that name.

    Raises `UsageError` where there is neither.
    """
    folder = Path(str(resources.files(__name__) / "mappings"))
    shipped = {file.stem: file for file in sorted(folder.glob("*.yaml"))}
    if name.exists():
        return name
    if str(name) not in shipped:
        raise UsageError(f"there is no mapping file {name}, and no shipped one of that name: {', '.join(shipped)}")
    return shipped[str(name)]
