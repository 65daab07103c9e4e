"""Hospitals of France, as the register FINESS lists them, for who is who; each is part of its legal entity."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pycountry

from outbreach.graph.records.load import LoaderSource, Reading
from outbreach.graph.records.record import Record
from outbreach.loaders.files.row import Remarks, Row, reading
from outbreach.loaders.files.table import table_of
from outbreach.loaders.words.lists import tables
from outbreach.loaders.words.register import Entry, Register, Words, filled

SOURCE = LoaderSource(
    name="finess",
    version=1,
    title_en="FINESS, hospitals of France (register)",
    title_fr="FINESS, hôpitaux de France (répertoire)",
    licence="Licence Ouverte 2.0",
    files=("*.csv", "*.xlsx"),
    obtain_en="On finess.esante.gouv.fr or data.gouv.fr, take an extract of hospitals as CSV, with the columns of "
    "loaders/data/finess.yaml.",
    obtain_fr="Sur finess.esante.gouv.fr ou data.gouv.fr, prendre une extraction des hôpitaux en CSV, avec les colonnes "
    "de loaders/data/finess.yaml.",
)


@dataclass(frozen=True, slots=True)
class _Category:
    kind: str
    en: str


@dataclass(frozen=True, slots=True)
class _Lists:
    title: Words
    note: Words
    note_without_status: Words
    used: tuple[str, ...]
    ignored: tuple[str, ...]
    categories: dict[str, _Category]
    statuses: dict[str, Words | None]
    departments: dict[str, str]
    town: str
    parent: str
    shared: Words


@cache
def _lists() -> _Lists:
    return tables(SOURCE.name, _Lists)


def read(file: Path, dated: str | None = None) -> Reading:
    """The establishments in a file. It speaks for the day `dated`, else for that in its name.

    Raises `InputError` where the file is no such register.
    """
    table = table_of(file, delimiter=None)
    register = Register.of(
        SOURCE, file, table.sha256, dated, _lists().title, lang="fr", publisher="FINESS, Agence du numérique en santé",
        url="https://finess.esante.gouv.fr",
    )  # fmt: skip
    lines = list(table.lines(*_lists().used))
    often = Counter(str(row.fields["siret"]) for row in lines if row.fields["siret"])
    found = Remarks()

    def record_of(row: Row) -> Record:
        row.ignore(*_lists().ignored)
        return register.record(_entry(row, often, found), row.where)

    shared = sum(count for count in often.values() if count > 1)
    remarks = (*table.remarks, *([_lists().shared["en"].format(count=shared)] if shared else []))
    return reading(lines, record_of, found, table.rejected, remarks)


def _entry(row: Row, often: Counter[str], found: Remarks) -> Entry:
    key, entity = _number(row, "nofinesset"), _number(row, "nofinessej")
    long, short = row.text("rs_longue"), row.text("rs_courte")
    name = long or short
    if name is None:
        raise ValueError("it names nobody")
    siret = row.text("siret")
    if siret is not None and not re.fullmatch(r"\d{14}", siret):
        raise ValueError(f"“{siret}” is no SIRET, which has 14 digits")
    code, department = row.text("departement_code"), row.text("departement_nom")
    wording = row.text("categorie_libelle")
    category = found.term(_lists().categories, "categorie_libelle", wording, row.where)
    status = found.term(_lists().statuses, "statut_juridique_lib", row.text("statut_juridique_lib"), row.where)
    town = row.text("ville_cp")
    match = re.match(_lists().town, town or "")
    said = {
        "category": wording or "?", "known": category.en if category else "?", "department": department or code or "?",
    }  # fmt: skip
    words = filled(_lists().note, status=status, **said) if status else filled(_lists().note_without_status, **said)
    alone = siret is not None and often[siret] == 1
    return Entry(
        key=key, name=name, aliases=(short,) if short and short != name else (), country="FR", region=_region(code),
        identifiers=(f"finess:{key}", *([f"siret:{siret}"] if alone else [])), kind=category.kind if category else None,
        city=match["town"] if match else town, note=words, parent=f"finess:{entity}",
        parent_as=_lists().parent.format(number=entity),
    )  # fmt: skip


def _number(row: Row, name: str) -> str:
    number = row.text(name) or ""
    if not re.fullmatch(r"\d[\dAB]\d{7}", number):
        raise ValueError(f"its {name}, “{number}”, is no FINESS number, which has nine digits")
    return number


@cache
def _region(department: str | None) -> str | None:
    """The region that a département lies in, by ISO 3166-2; raises `ValueError` where there is no such one."""
    if department is None:
        return None
    code = _lists().departments.get(department, f"FR-{department}")
    parents = {str(part.code): part.parent_code for part in pycountry.subdivisions if part.country_code == "FR"}
    if code not in parents:
        raise ValueError(f"“{department}” is no département")
    while parents[code]:
        code = parents[code]
    return code
