"""Drafts wait for a person; only what they accept becomes a record, and what nobody read never rises above reported."""

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from typer.testing import CliRunner, Result

from outbreach import webpage
from outbreach.cli import app
from outbreach.graph.errors import InputError
from outbreach.graph.html.review import write_review
from outbreach.graph.projection.status import Voice, status
from outbreach.graph.records.workspace import Workspace
from outbreach.loaders import article
from outbreach.loaders.forms.article_page import page_of

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "tests" / "samples" / "article.txt"
TRAP = ROOT / "tests" / "gold" / "articles" / "en-advice.txt"
SEVERAL = ROOT / "tests" / "gold" / "articles" / "en-roundup.txt"
HTML = """<!doctype html><html lang="fr"><head><title>Vol de données à la clinique des Peupliers</title>
<meta property="og:site_name" content="Le Quotidien d’Exemple"><meta property="article:published_time" content="2025-03-12T08:00:00">
</head><body><nav>Accueil Sport Météo</nav><article><h1>Vol de données à la clinique des Peupliers</h1>
{paragraphs}</article><aside>Sur le même sujet : une banque piratée, 9 000 clients touchés</aside></body></html>"""


def run(workspace: Path, *args: str, answers: str | None = None) -> Result:
    """The command line, in a workspace of its own."""
    return CliRunner().invoke(app, [*args, "--workspace", str(workspace)], input=answers)


def drafts(workspace: Path) -> dict[str, dict[str, Any]]:
    """The states of the drafts, by name."""
    return {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in (workspace / "drafts").glob("*.json")}


def records(workspace: Path) -> list[Any]:
    """The records in the workspace."""
    return list(Workspace(workspace).read())


def test_loading_an_article_makes_a_draft_and_no_record(tmp_path: Path) -> None:
    """`load article` keeps what it found beside the text, to be read; the records are as before."""
    result = run(tmp_path, "load", "article", str(SAMPLE))
    assert result.exit_code == 0, result.output
    (state,) = drafts(tmp_path).values()
    assert (state["verdict"], state["state"]) == ("one", "pending")
    assert records(tmp_path) == []
    assert (tmp_path / "drafts" / f"{state['name']}.txt").read_text(encoding="utf-8") == SAMPLE.read_text(
        encoding="utf-8"
    )


def test_what_tells_of_no_incident_waits_for_nobody(tmp_path: Path) -> None:
    """An advice page is set aside with its reason, and has no incident file."""
    run(tmp_path, "load", "article", str(TRAP))
    (state,) = drafts(tmp_path).values()
    assert (state["verdict"], state["why"], state["state"]) == ("none", "advice", "rejected")
    assert list((tmp_path / "drafts").glob("*.yaml")) == []


def test_a_round_up_makes_a_draft_for_each_incident(tmp_path: Path) -> None:
    """Incidents that are not linked are never one."""
    run(tmp_path, "load", "article", str(SEVERAL))
    assert len(drafts(tmp_path)) == 3


def test_an_accepted_draft_is_a_curated_record(tmp_path: Path) -> None:
    """Who reads a draft and accepts it stands for its facts; the terminal showed text and draft."""
    run(tmp_path, "load", "article", str(SAMPLE))
    result = run(tmp_path, "review", "article", answers="a\n")
    assert result.exit_code == 0, result.output
    assert "clinique des Peupliers" in result.output
    (record,) = records(tmp_path)
    assert record.source == "article"
    assert {claim.extraction for claim in record.claims} == {"curated"}
    assert [s["state"] for s in drafts(tmp_path).values()] == ["accepted"]


def test_accepted_unread_is_marked_and_reported_at_most(tmp_path: Path) -> None:
    """`--accept` marks each claim `extraction: rule`; a body's own word read so does not confirm."""
    run(tmp_path, "load", "article", str(SAMPLE))
    assert run(tmp_path, "review", "article", "--accept").exit_code == 0
    (record,) = records(tmp_path)
    assert {claim.extraction for claim in record.claims} == {"rule"}
    own = Voice("own", True, None, "normal")
    assert status([own]) == "confirmed"
    assert status([Voice("own", True, None, "normal", by_machine=True)]) == "reported"
    assert status([Voice("authority", False, "regulator", "normal", by_machine=True)]) == "reported"
    assert status([Voice("attacker", False, None, "normal", by_machine=True)]) == "claimed"


def test_a_rejected_draft_takes_its_record_back(tmp_path: Path) -> None:
    """What was accepted can still be rejected: nothing of it stays in the records."""
    run(tmp_path, "load", "article", str(SAMPLE))
    run(tmp_path, "review", "article", "--accept")
    name = next(iter(drafts(tmp_path)))
    run(tmp_path, "review", "article", name, "--reject")
    assert records(tmp_path) == []
    assert drafts(tmp_path)[name]["state"] == "rejected"


def test_a_correction_is_checked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the editor is named with line and field, nothing is kept, and the mended draft is accepted."""
    run(tmp_path, "load", "article", str(SAMPLE))
    name = next(iter(drafts(tmp_path)))
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\ntext = file.read_text(encoding='utf-8')\n"
        "wrong = 'people: 18400'\n"
        "mended = text.replace('people: alot', wrong) if 'alot' in text else text.replace(wrong, 'people: alot')\n"
        "file.write_text(mended, encoding='utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    monkeypatch.delenv("VISUAL", raising=False)
    result = run(tmp_path, "review", "article", name, answers="c\na\nc\na\n")
    assert "this must be a whole number" in result.output
    assert f"{name}: accepted" in result.output
    assert len(records(tmp_path)) == 1


def test_the_same_article_again_changes_nothing(tmp_path: Path) -> None:
    """Loading it twice keeps one draft, and what its reader decided."""
    run(tmp_path, "load", "article", str(SAMPLE))
    run(tmp_path, "review", "article", "--accept")
    run(tmp_path, "load", "article", str(SAMPLE))
    assert [s["state"] for s in drafts(tmp_path).values()] == ["accepted"]


def test_the_page_marks_each_quote_and_runs_nothing(tmp_path: Path) -> None:
    """`--html` shows the quotes where they stand; markup in an article is text."""
    hostile = "<script>alert(1)</script> La clinique & « Co » a perdu des données.\n"
    facts = [{"affected": "x", "quote": "a perdu des données"}, {"people": 3, "quote": "nowhere"}]
    file = tmp_path / "review.html"
    write_review(file, [("a<b>", hostile, {"facts": facts, "sources": {"s": {"lang": "fr"}}})], "en")
    page = file.read_text(encoding="utf-8")
    assert "<mark>a perdu des données</mark>" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "These words are not in the text." in page
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")


def test_html_is_read_without_the_page_around_it(tmp_path: Path) -> None:
    """Navigation and teasers are gone; title, publisher and day come from the page's own marks."""
    pytest.importorskip("trafilatura", reason="the extra `articles` is not installed")
    paragraphs = "".join(f"<p>{p}</p>" for p in SAMPLE.read_text(encoding="utf-8").split("\n\n")[2:])
    file = tmp_path / "page.html"
    file.write_text(HTML.format(paragraphs=paragraphs), encoding="utf-8")
    ((_, draft),) = article.drafts(file)
    source = draft.sources["article"]
    assert (source["publisher"], source["published_on"]) == ("Le Quotidien d’Exemple", "2025-03-12")
    assert "banque" not in page_of(file, file.read_bytes()).text
    assert [f["people"] for f in draft.facts if "people" in f] == [18_400]


def test_a_pdf_is_read(tmp_path: Path) -> None:
    """The words of a PDF are read like any others."""
    pytest.importorskip("pypdf", reason="the extra `articles` is not installed")
    lines = [
        "Larchmont Hospital says 5,120 patients affected by cyberattack",
        "Larchmont Hospital said on March 3, 2025 that hackers stole the medical records of",
        "5,120 patients in a ransomware attack. The hospital has notified the FBI.",
    ]
    file = tmp_path / "notice.pdf"
    file.write_bytes(_pdf(lines))
    ((_, draft),) = article.drafts(file)
    assert draft.verdict == "one"
    assert [f["people"] for f in draft.facts if "people" in f] == [5120]


def _pdf(lines: list[str]) -> bytes:
    """The smallest PDF that shows some lines."""
    drawn = " ".join(f"({line}) Tj 0 -16 Td" for line in lines)
    stream = f"BT /F1 11 Tf 40 760 Td {drawn} ET".encode("latin-1")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"  \n", "is empty"),
        ("photo.txt", b"\x89PNG\x00\x00\x01", "is neither text, HTML nor PDF"),
        ("broken.pdf", b"%PDF-1.4 nothing", "is a damaged PDF"),
        ("page.html", b"<html><body></body></html>", "holds no text"),
    ],
)
def test_what_is_no_article_is_said_in_a_sentence(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    """A file without readable text is refused with what to do, and never with a traceback."""
    pytest.importorskip("trafilatura", reason="the extra `articles` is not installed")
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(InputError, match=says):
        article.read(file)
    assert run(tmp_path / "w", "load", "article", str(file)).exit_code == 1


def test_a_missing_extra_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package for HTML is not there, one sentence says what to install; plain text needs nothing."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    file = tmp_path / "page.html"
    file.write_text("<html><body>x</body></html>", encoding="utf-8")
    with pytest.raises(InputError, match=r"pip install 'outbreach\[articles\]'"):
        article.read(file)
    assert article.read(SAMPLE).records


def test_extract_stores_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`extract` prints verdict, title, sources, cast and facts, one object for each draft, and writes no file."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["extract", str(SAMPLE), str(TRAP), "--format", "jsonl"])
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.output.splitlines()]
    assert [one["verdict"] for one in found] == ["one", "none"]
    assert all({"title", "sources", "cast", "facts"} <= set(one) for one in found)
    assert list(tmp_path.iterdir()) == []


def test_a_model_is_believed_only_where_the_words_prove_it(tmp_path: Path) -> None:
    """Facts whose quote is not in the text, or does not hold the value, are thrown away and told; the rest is marked."""
    facts = [
        {"affected": "c", "quote": "La clinique des Peupliers a annoncé mardi"},
        {"affected": "ghost", "quote": "La clinique des Peupliers a annoncé mardi"},
        {"people": 18400, "quote": "18 400 patients"},
        {"people": 90000, "quote": "18 400 patients"},
        {"exposed": "genetic", "quote": "des données génétiques"},
    ]
    cast = {"c": {"organisation": "clinique des Peupliers"}, "ghost": {"organisation": "Hôpital Fantôme"}}
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"title": {"en": "x", "fr": "x"}, "cast": cast, "facts": facts}), encoding="utf-8")
    model = tmp_path / "model.py"
    model.write_text(
        f"import sys\nsys.stdin.read()\nsys.stdout.write(open({str(answer)!r}).read())\n", encoding="utf-8"
    )
    work = tmp_path / "w"
    result = run(work, "load", "article", str(SAMPLE), "--model", f"{sys.executable} {model}")
    assert result.exit_code == 0, result.output
    run(work, "review", "article", "--accept")
    (record,) = records(work)
    assert {(c.predicate, c.value) for c in record.claims} == {("affected", None), ("people", 18_400)}
    assert {c.extraction for c in record.claims} == {"model"}


class _Site(BaseHTTPRequestHandler):
    """A small site on this machine."""

    agents: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Answer with what the path asks for."""
        self.agents.append(self.headers["User-Agent"])
        if self.path == "/article":
            kind, body = "text/plain; charset=utf-8", SAMPLE.read_bytes()
        elif self.path == "/large":
            kind, body = "text/plain", b"x" * 200_000
        elif self.path == "/photo":
            kind, body = "image/png", b"png"
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of the small site."""
    server = HTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_address_is_fetched(tmp_path: Path, site: str) -> None:
    """A page is asked for once, by an agent that says who it is, and its address is in the source."""
    result = run(tmp_path, "load", "article", f"{site}/article")
    assert result.exit_code == 0, result.output
    (state,) = drafts(tmp_path).values()
    assert state["url"] == f"{site}/article"
    assert f"url: {site}/article" in (tmp_path / "drafts" / f"{state['name']}.yaml").read_text(encoding="utf-8")
    assert _Site.agents[-1].startswith("outbreach/")


@pytest.mark.parametrize(
    ("path", "says"),
    [("/gone", "answered 404"), ("/photo", "image/png, which is no article"), ("/large", "is larger than")],
)
def test_a_page_that_cannot_be_had_is_said_in_a_sentence(
    site: str, path: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing, foreign or oversized page is refused with what to do instead."""
    monkeypatch.setattr(webpage, "LARGEST", 100_000)
    with pytest.raises(InputError, match=says):
        webpage.fetch(f"{site}{path}")


def test_a_dead_address_is_said_in_a_sentence() -> None:
    """No server, no traceback."""
    with pytest.raises(InputError, match="cannot be fetched"):
        webpage.fetch("http://127.0.0.1:9/")
