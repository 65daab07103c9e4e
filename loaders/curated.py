"""Incidents written by hand: one YAML file each, as its sources tell it (docs/incident-files.md)."""

from importlib.resources import files
from pathlib import Path

from outbreach.graph.records.load import LoaderSource, Reading
from outbreach.loaders.forms.record import record_of


def _shipped() -> list[Path]:
    return sorted(Path(str(files("outbreach.loaders") / "curated")).glob("*.yaml"))


SOURCE = LoaderSource(
    name="curated",
    version=1,
    title_en="Incidents written by hand, with their sources",
    title_fr="Incidents rédigés à la main, avec leurs sources",
    licence="facts; quotes of at most 20 words",
    files=("*.yaml",),
    edited=True,
    shipped=_shipped,
)


def read(file: Path, _dated: str | None = None) -> Reading:
    """The one record of an incident file.

    Raises `InputError` with file, line and field where the file is not in the form of docs/incident-files.md.
    """
    return Reading((record_of(file, SOURCE.name),))
