"""The names that the identity model is trained on, read straight from public files under ../shared/data."""

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

csv.field_size_limit(10_000_000)


class Named(NamedTuple):
    """One name with what its file says of the place and kind."""

    name: str
    country: str | None
    region: str | None
    kind: str | None
    origin: str
    identifiers: tuple[str, ...] = ()


_HHS_KINDS = {"Healthcare Provider": "care_provider", "Health Plan": "insurer"}


def names(data: Path) -> Iterator[Named]:
    """Every name in the files that there are, in a fixed order; the same name may come several times."""
    for file in sorted(data.glob("hhs/*.csv")):
        encoding = "cp1252" if "cp1252" in file.name else "utf-8-sig"
        with file.open(encoding=encoding, errors="replace", newline="") as stream:
            for row in csv.reader(stream):
                if len(row) > 4 and re.fullmatch("[A-Z]{2}", row[1].strip()):
                    yield Named(row[0].strip(), "US", f"US-{row[1].strip()}", _HHS_KINDS.get(row[2]), "hhs")
    for row in _rows(data / "registry/cms-hospital-general-information-2026-06.csv"):
        yield Named(row["Facility Name"], "US", f"US-{row['State']}", "hospital", "cms", (f"ccn:{row['Facility ID']}",))
    for row in _rows(data / "registry/finess-hopitaux.csv"):
        for column in ("rs_longue", "rs_courte"):
            if row[column]:
                yield Named(row[column], "FR", None, "hospital", "finess", (f"finess:{row['nofinesset']}",))
    for cells in _cells(data / "registry/nhs-ods-etr.csv"):
        yield Named(cells[1], "GB", None, "hospital", "ods", (f"ods:{cells[0]}",))
    for row in _rows(data / "wa_ag/wa-ag-breach-notifications-2025.csv"):
        yield Named(row["Name"], "US", None, None, "wa")
    file = data / "vcdb/vcdb-2020-03.json.zip"
    if file.is_file():
        with zipfile.ZipFile(file) as archive:
            for incident in json.loads(archive.read(archive.namelist()[0])):
                victim = incident.get("victim", {})
                country = (victim.get("country") or [None])[0]
                yield Named(str(victim.get("victim_id") or ""), country, None, None, "vcdb")
    for post in _json(data / "ransomware/posts-2023-06.json"):
        yield Named(post["post_title"], None, None, None, "leak")
    press = _json(data / "ransomware/press-2025-08.json")
    for attack in press["results"] if press else ():
        domain = (f"domain:{attack['domain']}",) if attack["domain"] else ()
        yield Named(attack["victim"] or "", attack["country"], None, None, "press", domain)
    for row in _rows(data / "france/bonjourlafuite_health_excerpt.csv", ";"):
        for column in ("processor", "subcontractor"):
            for name in row[column].split(", "):
                yield Named(name, "FR", None, None, "bonjourlafuite")
    for row in _rows(data / "eurepoc/EuRepoC_Global_Database_1.1.csv"):
        for name in row["receiver_name"].split(";"):
            yield Named(name.strip(), None, None, None, "eurepoc")


def towns(data: Path) -> Iterator[tuple[str, str]]:
    """Towns and counties that the hospital registries name, each with its region."""
    for row in _rows(data / "registry/cms-hospital-general-information-2026-06.csv"):
        yield row["City/Town"], f"US-{row['State']}"
        yield row["County/Parish"], f"US-{row['State']}"
    for row in _rows(data / "registry/finess-hopitaux.csv"):
        yield re.sub(r" CEDEX.*", "", re.sub(r"^\d+ ", "", row["ville_cp"])), f"FR-{row['departement_code']}"
        yield row["departement_nom"], f"FR-{row['departement_code']}"
    for cells in _cells(data / "registry/nhs-ods-etr.csv"):
        yield cells[7] or cells[6], "GB"


def _rows(file: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    if file.is_file():
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            yield from csv.DictReader(stream, delimiter=delimiter)


def _cells(file: Path) -> Iterator[list[str]]:
    if file.is_file():
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            yield from csv.reader(stream)


def _json(file: Path):  # type: ignore[no-untyped-def]
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
