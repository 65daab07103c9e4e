"""The loader of the US breach portal: every row is kept or explained, and six real exports give one graph."""

import base64
import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import islice, permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbreach.graph.errors import InputError, UsageError
from outbreach.graph.ids import short_hash
from outbreach.graph.projection.elements import Graph
from outbreach.graph.projection.project import project
from outbreach.graph.records.load import Reading
from outbreach.graph.records.record import Claim, Mention, Record
from outbreach.graph.records.workspace import Workspace
from outbreach.loaders import hhs
from outbreach.loaders.entries import portal
from outbreach.loaders.entries.portal import mended

SAMPLE = Path(__file__).parent / "samples" / "hhs.csv"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "hhs"
EXPORTS = sorted(REAL.glob("*.csv")) if REAL.is_dir() else []
on_real_files = pytest.mark.skipif(len(EXPORTS) != 6, reason="the six exports are not beside this checkout")

HEADER = list(next(csv.reader(io.StringIO(SAMPLE.read_text("utf-8")))))
ROW = ["Elm Street Dental", "WA", "Healthcare Provider", "13055", "06/28/2024", "Theft", "Laptop", "No", ""]
MANY = (
    "Change Healthcare, Inc.", "Ascension Health", "Episource", "Sharp Health Plan", "Highmark", "Philips Respir",
    "Independent Living Systems", "La Clínica de La Raza", "La Cl??nica de La Raza", "mscripts", "Fairfield Medical",
    "Mass General Brigham", "McEwen", "Altos", "Brightline", "SCL Health", "WebTPA", "Heart ", "Hawai", "Robert Pet",
)  # fmt: skip
"""Beginnings of names that stand in several exports, several times in one, or damaged."""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows, text or bytes into a file named for June 2024."""

    def writes(content: bytes | str | Iterable[Sequence[str]], name: str = "hhs-2024-06.csv") -> Path:
        file = tmp_path / name
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            file.write_bytes((content if isinstance(content, str) else csv_of(content)).encode())
        return file

    return writes


def csv_of(rows: Iterable[Sequence[str]]) -> str:
    """The rows as CSV, header first."""
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
    return stream.getvalue()


def row(**cells: str) -> list[str]:
    """A sound row, but for these cells."""
    names = ("name", "state", "entity", "people", "date", "type", "location", "associate", "text")
    return [cells.get(name, cell) for name, cell in zip(names, ROW, strict=True)]


def claims(record: Record, predicate: str) -> list[Claim]:
    """What the record states with that predicate."""
    return [claim for claim in record.claims if claim.predicate == predicate]


def filer(record: Record) -> Mention:
    """Who filed it."""
    return next(mention for mention in record.mentions if mention.role == "filer")


def adds_up(reading: Reading, rows: int) -> bool:
    """Whether each row is kept, folded or rejected with a place and a reason."""
    explained = all(re.fullmatch(r"record \d+", r.where) and r.why for r in reading.rejected)
    return explained and reading.read == len(reading.records) + reading.folded + len(reading.rejected) == rows


def test_sample() -> None:
    """The sample is read whole: keys, kinds, figures and texts are as written."""
    reading = hhs.read(SAMPLE)
    assert adds_up(reading, 7)
    assert not reading.rejected
    found = {
        (
            record.key,
            filer(record).kind,
            filer(record).region,
            tuple(str(claim.value) for claim in claims(record, "kind")),
            tuple((claim.value, claim.qualifier) for claim in claims(record, "people")[:1]),
        )
        for record in reading.records
    }
    benefit = "birchbenefitadministratorsllc/TX/2024-06-27"
    assert found == {
        ("aldercreekchildrenshospital/OH/2024-06-28/healthcare-provider", "care_provider", "US-OH", ("hacking",),
         ((13055, "exact"),)),
        (f"{benefit}/business-associate", "company", "US-TX", ("hacking",), ((500, "placeholder"),)),
        (f"{benefit}/business-associate/2", "company", "US-TX", ("hacking",), ((2366, "exact"),)),
        (f"{benefit}/health-plan", "insurer", "US-TX", ("hacking",), ((1011, "exact"),)),
        ("laclnicadelroble/-/2024-06-03/healthcare-provider", "care_provider", None, ("access_or_disclosure",),
         ((501, "placeholder"),)),
        ("cedarphysiciansgroupcedar/NY/2024-05-01/healthcare-provider", "care_provider", "US-NY",
         ("theft", "unknown"), ((1758, "exact"),)),
        ("dogwoodclearinghouse/PR/2024-04-16/healthcare-clearing-house", "company", "US-PR", (), ()),
    }  # fmt: skip
    texts = {filer(record).name: record.text for record in reading.records if record.text}
    assert texts.keys() == {"Cedar Physicians’ Group (“Cedar”)"}
    assert "an employee’s car.\nThe CE notified" in texts["Cedar Physicians’ Group (“Cedar”)"]


def test_one_report_in_the_graph() -> None:
    """A report is a notice filed to OCR about an incident that hit its filer, confirmed by the filer itself."""
    graph = project([r for r in hhs.read(SAMPLE).records if r.key.startswith("alder")]).graph
    edges = {(e.type, graph.nodes[e.start].labels[0], graph.nodes[e.end].labels) for e in graph.edges.values()}
    assert {edge for edge in edges if edge[1] != "Claim"} == {
        ("AFFECTED", "Incident", ("Organisation",)),
        ("FILED", "Organisation", ("Notification",)),
        ("ABOUT", "Notification", ("Incident",)),
        ("ADDRESSED_TO", "Notification", ("Organisation", "Authority")),
    }
    [hit] = [e.properties for e in graph.edges.values() if e.type == "AFFECTED"]
    assert (hit["status"], hit["people_low"], hit["people_high"]) == ("confirmed", 13055, 13055)
    [incident] = [n.properties for n in graph.nodes.values() if n.labels[0] == "Incident"]
    assert incident["title_en"] == "Breach reported by Alder Creek Children’s Hospital, 2024-06-28"
    assert incident["title_fr"] == "Violation de données déclarée par Alder Creek Children’s Hospital, 28 juin 2024"
    [notice] = [n.properties for n in graph.nodes.values() if n.labels[0] == "Notification"]
    assert (notice["sent_on"], notice["people"], notice["qualifier"]) == ("2024-06-28", 13055, "exact")
    sources = {n.properties["name"] for n in graph.nodes.values() if n.labels[0] == "Source"}
    assert sources == {"Breach portal", "Breach portal, export of 2024-06-28 (hhs.csv, 7 reports)"}
    assert "org-hhs-ocr" in graph.nodes
    assert not any("Vendor" in node.labels for node in graph.nodes.values())


def test_raw_name_is_kept() -> None:
    """A name that was mended keeps its form in the export, as a note that cites the export."""
    [record] = [r for r in hhs.read(SAMPLE).records if r.key.startswith("cedar")]
    [note] = [claim for claim in claims(record, "note") if claim.subject == filer(record).id]
    assert str(note.value).startswith("Cedar Physiciansƒ?? Group")
    assert note.asserter_kind == "dataset"


def test_a_natural_person_is_not_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as a body, nor in a title, a key or the portal’s description."""
    known = replace(portal.lists(), private_persons=(short_hash("johnqroe"),))
    monkeypatch.setattr(portal, "lists", lambda: known)
    (record,) = hhs.read(write([row(name="John Q. Roe", text="John Q. Roe told the OCR.")])).records
    assert (filer(record).name, filer(record).described_as) == (None, "a natural person")
    assert "roe" not in str(record).lower()


def test_the_day_that_a_figure_is_of(write: Write) -> None:
    """A figure is of the day given, else of that in the file's name, else of the newest report; nothing else moves."""
    named, plain = write(csv_of([row()])), write(csv_of([row()]), "breach_report.csv")
    days = {
        (r.key, claims(r, "people")[0].stated_on, claims(r, "affected")[0].stated_on)
        for reading in (hhs.read(named, "2025-01-02"), hhs.read(named), hhs.read(plain))
        for r in reading.records
    }
    key = "elmstreetdental/WA/2024-06-28/healthcare-provider"
    assert days == {
        (key, "2025-01-02", "2024-06-28"),
        (key, "2024-06", "2024-06-28"),
        (key, "2024-06-28", "2024-06-28"),
    }
    with pytest.raises(UsageError, match="--dated"):
        hhs.read(named, "yesterday")


def test_what_does_not_change_is_one_claim(write: Write) -> None:
    """Out of two exports, what a report says for good is the same claim, and its figures are two."""
    first = hhs.read(write(csv_of([row()]), "a-2024-06.csv")).records[0]
    second = hhs.read(write(csv_of([row(name="X"), row(people="20000")]), "b-2024-10.csv")).records[0]
    ids = [{claim.id for claim in record.claims if claim.predicate != "people"} for record in (first, second)]
    assert ids[0] == ids[1]
    assert not {c.id for c in claims(first, "people")} & {c.id for c in claims(second, "people")}
    figures = {
        (n.properties["value"], n.properties["current"])
        for n in project([first, second]).graph.nodes.values()
        if n.properties.get("predicate") == "people"
    }
    assert figures == {("13055", False), ("20000", True)}


@given(st.permutations([row(), row(), row(people="500"), row(type="Loss"), row(entity="Health Plan")]))
def test_twins_are_several_reports(rows: list[list[str]]) -> None:
    """Rows with one key, even where they are the same in every cell, are several reports, whatever their order."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "hhs-2024-06.csv"
        file.write_text(csv_of(rows), "utf-8")
        reading = hhs.read(file)
    assert adds_up(reading, 5)
    assert {(r.key.partition("/2024-06-28/")[2], claims(r, "people")[0].value) for r in reading.records} == {
        ("healthcare-provider", 13055), ("healthcare-provider/2", 500), ("healthcare-provider/3", 13055),
        ("healthcare-provider/4", 13055), ("health-plan", 13055),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"date": "28/06/2024"}, "no such day"),
        ({"date": "soon"}, "“soon” is no day of submission"),
        ({"date": ""}, "no day of submission"),
        ({"date": "06/28/1924"}, "the portal began in 2009"),
        ({"people": "many"}, "“many” is no number of people"),
        ({"people": "-5"}, "no number of people"),
        ({"people": "1,23"}, "no number of people"),
        ({"state": "ZZ"}, "“ZZ” is no state"),
        ({"name": " "}, "names nobody"),
    ],
)
def test_an_unreadable_row_is_rejected_alone(write: Write, cells: dict[str, str], why: str) -> None:
    """A row that cannot be read is rejected with its record number, the reason and its text; the rest goes on."""
    reading = hhs.read(write([row(), row(**cells), row(name="Fir Clinic")]))
    assert adds_up(reading, 3)
    [reject] = reading.rejected
    assert reject.where == "record 3"
    assert why in reject.why
    assert "Laptop" in reject.raw


@pytest.mark.parametrize(
    ("cells", "same"),
    [
        ({"date": "2024-06-28"}, True),
        ({"date": "2024-06-28 00:00:00"}, True),
        ({"date": "2024-06-28T10:11:12Z"}, True),
        ({"date": "6/28/2024 12:00:00 AM"}, True),
        ({"date": "6/28/24"}, True),
        ({"people": "13,055"}, True),
        ({"people": "13055.0"}, True),
        ({"people": "\xa013055 "}, True),
        ({"state": "wa"}, True),
        ({"state": "Washington"}, True),
        ({"name": "Elm  Street\nDental\xa0"}, True),
        ({"text": "\\N"}, True),
        ({"text": "\\\\"}, True),
        ({"text": "N/A"}, True),
        ({"people": "13056"}, False),
    ],
)
def test_other_forms_say_the_same(write: Write, cells: dict[str, str], same: bool) -> None:
    """Dates, counts, states and emptiness are read in all the forms in which copies write them."""
    said = [{c.id for c in hhs.read(write([r])).records[0].claims} for r in (row(), row(**cells))]
    assert (said[0] == said[1]) is same


def test_without_a_figure(write: Write) -> None:
    """A report without a number or a type is a report all the same."""
    [record] = hhs.read(write([row(people="", type="")])).records
    assert not claims(record, "people")
    assert not claims(record, "kind")
    assert claims(record, "affected")


def test_values_that_no_list_has_are_kept_and_said(write: Write) -> None:
    """A new term of the portal is kept as text and reported once."""
    reading = hhs.read(write([row(type="Sorcery", entity="Wizard", location="Cloud"), row(type="Sorcery", name="Fir")]))
    assert [claim.wording for claim in claims(reading.records[0], "kind")] == ["Sorcery"]
    assert {note.value for note in claims(reading.records[0], "note")} == {"Wizard", "Cloud", "No"}
    assert len(reading.unknown) == 3
    assert (
        "Type of Breach “Sorcery” is in no list of ours, and is kept as it is (record 2 and 1 more)" in reading.unknown
    )


def test_damaged_headings(write: Write) -> None:
    """Two headings that are a program's object names are known by their place and their cells, and said."""
    header = ["javax.faces.component.UIPanel@3c15", *HEADER[1:7], "javax.faces.component.UIPanel@212d", HEADER[8]]
    sound = hhs.read(write([row()]))
    damaged = hhs.read(write(f"{','.join(header)}\n{','.join(ROW)}\n"))
    assert len(damaged.remarks) == 2
    assert not damaged.unknown
    said = [{claim.id for claim in reading.records[0].claims} for reading in (sound, damaged)]
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ([*HEADER[:3], "javax.faces.component.UIPanel@1", *HEADER[4:]], "do not tell what it is"),
        ([*HEADER[:2], "javax.faces.component.UIPanel@1", *HEADER[2:]], "two columns “Covered Entity Type”"),
        (["Name", "Date"], "it has no column “Name of Covered Entity”, “State”"),
        ([*HEADER[:8], "State"], "two columns “State”"),
        (["<!DOCTYPE html><html>"], "web page"),
        ([""], "is empty"),
    ],
)
def test_other_files_are_refused(write: Write, header: list[str], says: str) -> None:
    """A file that is no export is refused in one sentence, and nothing of it is loaded."""
    rows = "\n" + ",".join(ROW) if len(header) > 2 else "\n"
    with pytest.raises(InputError, match=re.escape(says)):
        hhs.read(write(",".join(header) + rows))


def test_extra_columns(write: Write) -> None:
    """A column that repeats another is passed over, and any other is named."""
    reading = hhs.read(write(f"{','.join(HEADER)},Year,Mood\n{','.join(ROW)},2024,grim\n"))
    assert len(reading.records) == 1
    assert reading.unknown == ("the column “Mood” is not read",)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_and_line_ends(write: Write, encoding: str, line_end: str) -> None:
    """The encoding and the line ends of a file change nothing of what it says."""
    rows = [row(name="Clínica “Olmo” – Niños", text="a\nb"), row(name="Fir")]
    raw = csv_of(rows).replace("\r\n", line_end).encode(encoding)
    reading = hhs.read(write(raw))
    assert {(filer(r).name, r.text) for r in reading.records} == {("Clínica “Olmo” – Niños", "a\nb"), ("Fir", None)}
    assert bool(reading.remarks) is (encoding == "cp1252")
    assert not reading.unknown


def test_quotation_marks_that_never_close(write: Write) -> None:
    """A quotation mark that never closes rejects one record, and says that more may be lost."""
    reading = hhs.read(write(csv_of([row(), row(name="Fir")]) + '"Gum Clinic,TX\n'))
    assert adds_up(reading, 3)
    assert "quotation marks" in reading.rejected[0].why


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("St. Anneƒ??s and the driversƒ?? club", "St. Anne’s and the drivers’ club"),
        ("Rest (ƒ??RESTƒ?\x9d) ƒ?? Harlingen", "Rest (“REST”) – Harlingen"),
        ("Home â€™??? North (â€™???HNâ€™???Â\x9d)", "Home – North (“HN”)"),
        ("ClÃ­nica Ã‰toile â€“ Ouest", "Clínica Étoile – Ouest"),
        ("Districtƒ??Employee", "Districtƒ??Employee"),
        ("CAFÉ” ÀÉ", "CAFÉ” ÀÉ"),
        ("St. Mary‹¨«s", "St. Mary\ufffds"),
        ("What?? Why?", "What?? Why?"),
    ],
)
def test_damage(damaged: str, sound: str) -> None:
    """Damage is undone where only one thing can have stood there, and otherwise stays as it is."""
    assert mended(damaged) == sound


def test_a_name_damaged_for_good_is_said(write: Write) -> None:
    """A name that cannot be mended is kept, has the key of the sound one, and is reported."""
    sound = hhs.read(write([row(name="Peña Eye Clinic")]))
    damaged = hhs.read(write([row(name="Pe\ufffda Eye Clinic")], "b-2024-10.csv"))
    assert damaged.records[0].key == sound.records[0].key
    assert not sound.remarks
    assert "“Pe\ufffda Eye Clinic” is damaged" in damaged.remarks[0]


XLS = (
    "c-rk)U1%It6h3#de~C$UH`!Dgp$r9ETLWp+lJ=!tQ<K&}6Jt|I6~Rt+@3KQTGt11R5FfN!^C$>DDZUiygD+KI{6Pi#B7#CoeGmj8"
    "v5$QcTJWLG`kgbgV^S+LU<)mCmV4%Y=bm%#cjx}@T)k3Ux$ybmD%~ZAse{&9os?N;Q%Id{P#~1ITAXb^b4aa39x3U}VIVVU`ljdS"
    "ERP|N_bM6mS?V%0(H}^!Qj?}#N1G2(jtB=!F^5CYiavs+m$nM4KG7A?{h~h=&u>LPCzf|bAA;|SdWEi(r*|KWX7MRwyOi}3*ZZZ!"
    "{3e#YG(bP{EPnGn75b)W%(Jb=BUZ32)lC-(1A0t5+GCujkEx4jYHE0VeE4O^3Y9R}7wJ~ZB)ZvN)!&<m{o&db!T#4qd-gx<ISk_6"
    "_V<kx(K%|JmPN9RNj;ek7xHXf>tOF~I<1}r-V&y1YeAcC&3xWHt36#cC!D|zmJl%;Sb^>*+E`$oTx#kP(WFzg&)U^RtKpktwVJL3"
    "x{BJ4c-pGe&Dq8I1>5&+*D=RYOD_?JaWjzv(Q&t81?&(T(Z-}xbG-$z52CU~-*&W*27KSG*r>>y@wBg<AWt->=go2LS3JAP?nR=B"
    "#)3H;c<3VvoWN>e0nd%02QO%=5!5S|$MG&$YY+W9S=Y4yyW4TA8MsaOPP?e~sO_1dzd6&e9GIsjo@iGgCWMX*?He7%;@LAgJaS-o"
    "WY5U{6nDt?QTAd`*IpMNjIxmyHf*FlvcYsiS1B*~qHHq-jO6W4{=7CdKU029Ea&9#43F5Sc|@s2Z*c^Id!?j9G#|gaCE{7pZ%eID"
    "Nq$gt33~vZJ7xx=%+d4W^Ny76Ks)<Hekt!<mwyKN<r^=3wQc!&c^C4Rj;+34y7X)L0&Pc|RmAh}JPoNK_2CCBUzgiY6>Z1Ai{ARL"
    "tvP2DBJQo|9+9Uzyct1?qC>=QN5#m9-c^V?fI4E70!qaw4U~>i1}GDwEKoK^IiOs`NZo^x5=NbozY<1WF=9rT8}uFetAx?oPka=;"
    "@q+<2p$~KEjw6^$PmGugkEJp)K*9w)jC=4fghxJ#4ChTDM$DraBj(W;BYrdeF=95Q7%`iH7_Dbx2%E!3AAP}1;{g3fx+sxE5=kVH"
    "L=t(-M9Ebvyk4f{G8JB3v(a~*J4kEEXOhQOPLPXVfIpQJ<lyPi(x&Fm7D}sjUFtq#+TROV=FqxFXJ}q{oZ0mJ#a|D#zCZUJSor^z"
    "&}Q3T+YHYK-2UH%FG{`"
)
"""A workbook of Excel 97 with two reports, a date and a number being what Excel takes them for; zlib and base85."""


def test_xls(write: Write) -> None:
    """An xls workbook says the same as CSV."""
    reading = hhs.read(write(zlib.decompress(base64.b85decode(XLS)), "hhs-2024-06.xls"))
    same = hhs.read(
        write([row(), ["Fir Health Plan", "ME", "Health Plan", "2,366", "06/27/2024", "Loss", "Other", "No", ""]])
    )
    said = [{c.id for r in found.records for c in r.claims if c.predicate != "people"} for found in (reading, same)]
    assert said[0] == said[1]
    assert {claims(r, "people")[0].value for r in reading.records} == {13055, 2366}


def test_xlsx(write: Write) -> None:
    """An xlsx workbook says the same as CSV; rows without text are no rows; other sheets are named."""
    reading = hhs.read(write(_xlsx([HEADER, [], ROW]), "hhs-2024-06.xlsx"))
    assert adds_up(reading, 1)
    assert filer(reading.records[0]).name == "Elm Street Dental"
    assert claims(reading.records[0], "people")[0].value == 13055
    assert claims(reading.records[0], "people")[0].citation.locator == "record 3"
    assert reading.remarks == ("only the first sheet, Reports, is read, and not Notes",)


@pytest.mark.parametrize("cut", [4, 60, 400, -30])
def test_damaged_workbooks(write: Write, cut: int) -> None:
    """A workbook that was cut is refused in one sentence."""
    for raw in (zlib.decompress(base64.b85decode(XLS)), _xlsx([HEADER, ROW])):
        with pytest.raises(InputError, match=r"no Excel workbook|is empty"):
            hhs.read(write(raw[:cut], "cut.xlsx"))


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """The smallest workbook of two sheets, counts being numbers and days being days."""
    cells = []
    for number, cells_of_row in enumerate(rows, 1):
        written = ""
        for index, cell in enumerate(cells_of_row):
            place = f'r="{"ABCDEFGHI"[index]}{number}"'
            if re.fullmatch(r"\d+", cell):
                written += f"<c {place}><v>{cell}</v></c>"
            elif cell == "06/28/2024":
                written += f'<c {place} s="1"><v>45471</v></c>'
            else:
                written += f'<c {place} t="inlineStr"><is><t>{cell}</t></is></c>'
        cells.append(f'<row r="{number}">{written}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheets = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="r{i}"/>' for i, n in ((1, "Reports"), (2, "Notes")))
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    ends = (("worksheet", "worksheets/1.xml"), ("worksheet", "worksheets/2.xml"), ("styles", "styles.xml"))
    links = [f'<Relationship Id="r{i}" Type="{office}/{t}" Target="{end}"/>' for i, (t, end) in enumerate(ends, 1)]
    root = f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
    formats = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}">{root}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{"".join(links)}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{formats}</styleSheet>',
        "xl/worksheets/1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(cells)}</sheetData></worksheet>',
        "xl/worksheets/2.xml": f'<worksheet xmlns="{main}"><sheetData/></worksheet>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package_file:
        for name, text in parts.items():
            package_file.writestr(name, text)
    return stream.getvalue()


ODD = [
    "", " ", "\\N", "N/A", '"', "ƒ??", "\ufffd", "\x00", "\x9d", "é", "500", "501", "1,234", "-1", "٣", "1e9", "TX",
    "Texas", "02/30/2024", "2024-02-29", "13/13/2013", "0001-01-01", "Other, Theft", ",,,", "a\r\nb", "\u2028",
    "9" * 30,
]  # fmt: skip
CELL = st.one_of(st.sampled_from(ODD), st.text(max_size=12), st.sampled_from(ROW))
CELLS = st.builds(lambda cells: [new if new is not None else old for new, old in zip(cells, ROW, strict=True)],
                  st.lists(st.none() | CELL, min_size=9, max_size=9))  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=6))
def test_any_cells(rows: list[list[str]]) -> None:
    """Whatever stands in the cells, each row is kept or rejected with a reason; the kept survive a round trip."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "hhs-2024-06.csv"
        file.write_bytes(csv_of(rows).encode("utf-8", "replace"))
        reading = hhs.read(file)
    assert adds_up(reading, sum(any(cell.strip() for cell in cells) for cells in rows))
    assert all(Record.from_json(record.to_json()) == record for record in reading.records)
    assert len({record.key for record in reading.records}) == len(reading.records)
    project(reading.records)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1500), st.binary(max_size=3)), max_size=8), st.sampled_from([".csv", ".xls"]))
def test_any_bytes(edits: list[tuple[int, bytes]], ending: str) -> None:
    """A file with bytes changed anywhere is read or refused; nothing else happens."""
    raw = bytearray(SAMPLE.read_bytes() if ending == ".csv" else zlib.decompress(base64.b85decode(XLS)))
    for place, instead in edits:
        raw[place : place + 1] = instead
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"hhs-2024-06{ending}"
        file.write_bytes(bytes(raw))
        try:
            reading = hhs.read(file)
        except InputError:
            return
    assert adds_up(reading, reading.read)


# The real exports


def _oracle(file: Path) -> list[list[str]]:
    """The rows of a real export by the csv module alone; Latin-1 never fails and leaves ASCII as it is."""
    with file.open(encoding="latin-1", newline="") as lines:
        return list(csv.reader(lines))[1:]


def _oracle_key(cells: Sequence[str]) -> tuple[str, ...]:
    """What a report is known by, worked out otherwise: the ASCII letters and digits of the name as one word."""
    day = "".join(cells[4].split("-")) if "-" in cells[4] else cells[4][6:] + cells[4][:2] + cells[4][3:5]
    return (
        "".join(c for c in cells[0].encode("ascii", "ignore").decode().lower() if c.isalnum()),
        cells[1],
        day,
        cells[2],
    )


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """What each real export says, by file name."""
    return {file.name: hhs.read(file) for file in EXPORTS}


@pytest.fixture(scope="module")
def graph(readings: dict[str, Reading]) -> Graph:
    """The graph of all six, in load order: by date, then by file."""
    by_date = sorted(readings, key=lambda name: (name.partition("-")[2], name))
    return project([record for name in by_date for record in readings[name].records]).graph


def _loaded(folder: Path, readings: dict[str, Reading], files: Iterable[Path]) -> Workspace:
    place = Workspace(folder)
    for file in files:
        place.load(hhs.SOURCE, file, sha256(file.read_bytes()).hexdigest(), readings[file.name], None)
    return place


@on_real_files
def test_every_real_row_is_kept(readings: dict[str, Reading]) -> None:
    """Each of the six exports keeps every row, as counted by the csv module; none is folded or rejected."""
    counted = {file.name: len(_oracle(file)) for file in EXPORTS}
    assert counted == {
        "active-2024-06.csv": 908, "active-2024-10.csv": 852, "active-2024-12.csv": 853, "active-2026-03.csv": 742,
        "archive-2024-08.csv": 5371, "archive-2024-10-cp1252.csv": 5590,
    }  # fmt: skip
    assert {name: len(reading.records) for name, reading in readings.items()} == counted
    assert {name: reading.read for name, reading in readings.items()} == counted


@on_real_files
def test_real_keys(readings: dict[str, Reading], graph: Graph) -> None:
    """There are as many notices as reports: for each key, the most rows that one export has of it.

    Reports that resolution finds to be of one event share an incident; those are few, and each keeps its notice.
    """
    reports: Counter[tuple[str, ...]] = Counter()
    for file in EXPORTS:
        reports |= Counter(_oracle_key(cells) for cells in _oracle(file))
    assert len({record.key for reading in readings.values() for record in reading.records}) == reports.total()
    drawn = Counter(node.labels[0] for node in graph.nodes.values())
    assert drawn["Notification"] == reports.total()
    assert 0.95 * reports.total() < drawn["Incident"] < reports.total()


@on_real_files
def test_real_damage(readings: dict[str, Reading]) -> None:
    """Of all real names one cannot be mended; a report has one name in both archives, but for four rewritten ones."""
    damaged = {
        filer(r).name for reading in readings.values() for r in reading.records if "\ufffd" in (filer(r).name or "")
    }
    assert damaged == {"SSM Health Care of Wisconsin DBA: St. Mary\ufffd\ufffd\ufffds Janesville Hospital"}
    assert not any("ƒ" in (filer(r).name or "") for reading in readings.values() for r in reading.records)
    names: dict[str, set[str | None]] = {}
    for reading in readings.values():
        for record in reading.records:
            names.setdefault(record.key, set()).add(filer(record).name)
    assert {key.partition("/")[0] for key, found in names.items() if len(found) > 1} == {
        "episource", "oficinamedica", "robertpetersonddspc", "amitahealthmedicalgroupprimarycarehoffmanestates",
    }  # fmt: skip


@on_real_files
def test_real_descriptions_are_mended(readings: dict[str, Reading]) -> None:
    """Of the descriptions that the damaged archive shares with the sound one, all but some thirty are mended."""
    sound = {r.key: " ".join((r.text or "").split()) for r in readings["archive-2024-08.csv"].records}
    pairs = [
        (" ".join((r.text or "").split()), sound[r.key])
        for r in readings["archive-2024-10-cp1252.csv"].records
        if r.key in sound and not re.search(r"/\d$", r.key)
    ]
    assert sum("ƒ" in text for text, _ in pairs) < 35
    straight = str.maketrans("‘’“”–—", "''\"\"--")
    changed = sum(a != b and a.translate(straight) == b.translate(straight) for a, b in pairs)
    assert changed <= 1


def _figures(graph: Graph, title: str) -> set[tuple[object, object, object, object]]:
    """An incident's figures, whether each is current, and how it counts."""
    [incident] = [id for id, node in graph.nodes.items() if str(node.properties.get("title_en")) == title]
    return {
        (c["value"], c["stated_on"], c["current"], c["in_interval"])
        for node in graph.nodes.values()
        if (c := node.properties).get("predicate") == "people" and c["subject"] == incident
    }


@on_real_files
def test_real_revisions(graph: Graph) -> None:
    """Counts rewritten in place are a history: superseded placeholders, then the current figure."""
    assert _figures(graph, "Breach reported by Change Healthcare, Inc., 2024-07-19") == {
        ("500", "2024-10", False, "superseded"),
        ("100000000", "2024-12", False, "superseded"),
        ("192700000", "2026-03", True, "counted"),
    }
    assert _figures(graph, "Breach reported by Ascension Health, 2024-07-03") == {
        ("500", "2024-10", False, "superseded"),
        ("500", "2024-12", False, "superseded"),
        ("5466931", "2026-03", True, "counted"),
    }
    assert _figures(graph, "Breach reported by Episource, LLC, 2025-06-06") == {
        ("5418866", "2026-03", True, "counted"),
    }


@on_real_files
def test_real_placeholders(readings: dict[str, Reading]) -> None:
    """500 and 501 mean nothing, in every export; every other count is exact."""
    for file in EXPORTS:
        wanted = Counter(
            "placeholder" if cells[3] in ("500", "501") else "exact" for cells in _oracle(file) if cells[3]
        )
        found = Counter(claims(r, "people")[0].qualifier for r in readings[file.name].records if claims(r, "people"))
        assert found == wanted


@on_real_files
def test_one_source_for_each_export(graph: Graph) -> None:
    """Six exports are six Sources beside the portal itself, one office receives all reports, and a client named is reported."""
    sources = [node.properties for node in graph.nodes.values() if node.labels[0] == "Source"]
    assert Counter(s["published_on"] for s in sources if "published_on" in s) == {
        "2024-06": 1, "2024-08": 1, "2024-10": 2, "2024-12": 1, "2026-03": 1,
    }  # fmt: skip
    assert [s["url"] for s in sources if "url" in s] == [hhs.PORTAL]
    assert {edge.end for edge in graph.edges.values() if edge.type == "ADDRESSED_TO"} == {"org-hhs-ocr"}
    assert graph.nodes["org-hhs-ocr"].properties["former_ids"] == ["org-hhs-office-for-civil-rights-gdvdma"]
    affected = [edge.properties for edge in graph.edges.values() if edge.type == "AFFECTED"]
    assert {(edge["status"], edge["sources"]) for edge in affected} == {("confirmed", 1), ("reported", 1)}


@on_real_files
def test_a_locator_finds_the_row(readings: dict[str, Reading]) -> None:
    """A claim's locator is the number of the CSV record, the header being the first, as the incident files cite it."""
    [record] = [
        r for r in readings["archive-2024-10-cp1252.csv"].records if r.claims[0].citation.locator == "record 2116"
    ]
    assert _oracle(REAL / "archive-2024-10-cp1252.csv")[2114][3] == "3320726"
    assert claims(record, "people")[0].value == 3320726


@on_real_files
def test_six_exports_in_any_order(readings: dict[str, Reading], tmp_path: Path) -> None:
    """Loaded in any order, and twice, the six exports are the same records in the same order."""
    orders = (EXPORTS, [*EXPORTS[::-1], EXPORTS[0]])
    loaded = [_loaded(tmp_path / str(i), readings, order) for i, order in enumerate(orders)]
    said = [[(path.name, sha256(path.read_bytes()).digest()) for path, _ in place.manifests()] for place in loaded]
    assert said[0] == said[1]
    assert len(said[0]) == 6


@on_real_files
def test_excerpts_in_any_order(write: Write, tmp_path: Path) -> None:
    """The hardest rows of the six exports give the same graph, line by line, in any order of loading."""
    files = []
    for file in EXPORTS:
        text = file.read_bytes().decode("utf-8" if "cp1252" not in file.name else "latin-1")
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        stream = io.StringIO()
        csv.writer(stream).writerows([header, *(cells for cells in rows if cells[0].startswith(MANY))])
        files.append(write(stream.getvalue().encode("utf-8" if "cp1252" not in file.name else "latin-1"), file.name))
    readings = {file.name: hhs.read(file) for file in files}
    assert sum(len(reading.records) for reading in readings.values()) > 120
    dumps = {
        tuple(project(list(_loaded(tmp_path / str(i), readings, order).read())).graph.lines())
        for i, order in enumerate(islice(permutations(files), 0, None, 61))
    }
    assert len(dumps) == 1
