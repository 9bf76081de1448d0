"""The PDF of a report: every page in it, its links within it, and a clear word where nothing prints."""

import stat
import sys

import pytest

from rejoinder.errors import ReportError
from rejoinder.report import pdf

PAGE = """<html><head><title>T</title></head><body><header></header><main id="answer"><h1>{name}</h1>
<h2 id="section-a">A</h2><a href="b.html#section-a">there</a><a href="#section-a">here</a><a
href="a.html">first</a><a href="https://example.org/">out</a><a href="x.ipynb">lost</a></main>
<nav class="contents"><ol><li><a href="a.html">A</a></li></ol><ul><li><a href="b.html">B</a>
<ul><li><a href="#no">no</a></li></ul></li></ul></nav><footer>made</footer></body></html>"""


@pytest.fixture
def index(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_text(PAGE.format(name=name))
    return tmp_path / "a.html"


def only(monkeypatch, folder, code):
    """Make a program that runs `code` the only browser there is."""
    program = folder / "bin" / "chromium"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nimport pathlib, sys, time\n{code}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent))


def test_links_lead_on_within_the_one_page(index):
    html = pdf.one_page([index, index.with_name("b.html")])
    for kept in (
        'id="page-0"',
        'id="page-1-section-a"',
        'href="#page-1-section-a">there',
        'href="#page-0-section-a">here',
        'href="#page-0">first',
        'href="https://example.org/">out',
        "<a>lost</a>",
    ):
        assert kept in html
    assert html.index("page-0") < html.index('id="page-1"') < html.index("<footer>")


def test_no_browser_is_said_with_what_to_do(index, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "_MAC_BROWSERS", ())
    with pytest.raises(ReportError, match=r"no browser is installed .* Install Chromium or Chrome"):
        pdf.write(index)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("sys.exit(3)", r"status 3"),
        ("pass", "made no file"),
        ("time.sleep(60)", "TimeoutExpired"),
    ],
)
def test_a_browser_that_fails_leaves_the_earlier_pdf(index, monkeypatch, tmp_path, code, reason):
    only(monkeypatch, tmp_path, code)
    monkeypatch.setattr(pdf, "_SECONDS", 1)
    (tmp_path / "report.pdf").write_text("earlier")
    with pytest.raises(ReportError, match=reason):
        pdf.write(index)
    assert (tmp_path / "report.pdf").read_text() == "earlier"


def test_the_pages_are_those_of_the_contents_in_their_order(index, monkeypatch, tmp_path):
    copy = "out = [a for a in sys.argv if a.startswith('--print-to-pdf=')][0].split('=', 1)[1]\n"
    copy += "pathlib.Path(out).write_text(pathlib.Path(sys.argv[-1].removeprefix('file://')).read_text())"
    only(monkeypatch, tmp_path, copy)
    printed = pdf.write(index).read_text()
    assert printed.index("<h1>a</h1>") < printed.index("<h1>b</h1>")
    assert printed.count("<main") == 2


@pytest.mark.browser
@pytest.mark.slow
def test_a_real_browser_prints_it(program, index):
    assert pdf.write(index).read_bytes().startswith(b"%PDF-")


@pytest.mark.browser
@pytest.mark.slow
def test_a_real_browser_takes_a_picture_of_it(program, index):
    shot = pdf.picture(index, width=300, height=200)
    assert shot.startswith(b"\x89PNG")
    assert [int.from_bytes(shot[at : at + 4]) for at in (16, 20)] == [300, 200]
