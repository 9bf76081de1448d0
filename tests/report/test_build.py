"""The report: whole or not at all, made again only after a change, without anything that runs."""

import csv
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from notebook_files import FIRST, write_notebook

import rejoinder
from rejoinder import cli
from rejoinder.errors import ReportError, SeedError
from rejoinder.report import build as module
from rejoinder.report.build import build, notebooks_folder, verify

SEED = "000_b03053bac9951049"
PAGE = "An article says that rain is good.\n\nComments\n\nI love it!\n\nI hate it.\n"
BEHIND = {f"{one}.html" for one in ("article", "comments", "statements", "find", "words", "left_out")}
DAY = ("SOURCE_DATE_EPOCH", "1700000000")
STAMP = "made-from.json"

pytestmark = pytest.mark.slow


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Builds a report of the page mine.txt from a notebook of the given cells; its folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.txt").write_text(PAGE)
    write_notebook(tmp_path / "notebooks", FIRST, "print('as it was')")

    def built(*cells, seed="mine.txt", **options):
        if cells or options:
            write_notebook(tmp_path / "notebooks", FIRST, *cells, **options)
        return build(seed).parent

    return built


@pytest.fixture
def ran(monkeypatch):
    """The reports of which notebooks were run, in order."""
    from rejoinder.report import pages

    seen, real = [], pages.execute
    monkeypatch.setattr(pages, "execute", lambda *a, **o: (seen.append(a[1]), real(*a, **o)))
    return seen


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Two reports of the first seed from the same three notebooks, which link to each other."""
    folder = tmp_path_factory.mktemp("three")
    write_notebook(
        folder / "notebooks",
        "00_what_is_it",
        "md Why. See [who](01_who_says.ipynb#said), [out](https://example.org/a).\n\n## Said",
        "import os, sys\nprint(LEVEL, os.path.basename(SEED))\nprint(os.getcwd())\nprint(sys.executable)",
        "from rejoinder.display import say\nsay('So it is.')",
        "print('<script>owned()</script> <img src=x onerror=owned()>')",
    )
    write_notebook(folder / "notebooks", "01_who_says", "md [back](00_what_is_it.ipynb)", "print(2)")
    write_notebook(folder / "notebooks", "02_how_sure", "1 + 1")
    for out in ("a", "b"):
        build(SEED, notebooks=folder / "notebooks", out=folder / out)
    return folder


@pytest.fixture(scope="module")
def html(site):
    return {file.name: file.read_text() for file in (site / "a" / SEED).glob("*.html")}


def test_there_is_a_page_for_each_notebook_and_the_same_bytes_twice(site):
    files = {file.name: file.read_bytes() for file in (site / "a" / SEED).iterdir()}
    assert set(files) == {"index.html", "01_who_says.html", "02_how_sure.html", STAMP, *BEHIND}
    assert files == {file.name: file.read_bytes() for file in (site / "b" / SEED).iterdir()}


def test_the_kernel_is_this_interpreter_and_gets_the_seed(site, html):
    assert f"0.95 {SEED}.txt\n{site / 'notebooks'}\n{sys.executable}\n" in html["index.html"]
    assert re.search(rf"SEED[^\n]*{SEED}", html["index.html"])


def test_pages_link_to_all_to_their_neighbours_and_to_their_sections(html):
    for href, title in (("index.html", "what is it?"), ("02_how_sure.html", "how sure?")):
        assert re.search(rf'<a [^>]*href="{href}"[^>]*>{re.escape(title)}</a>', html["01_who_says.html"])
    for page, before, after in (
        ("01_who_says.html", "index.html", "02_how_sure.html"),
        ("02_how_sure.html", "01_who_says.html", "article.html"),
        ("comments.html", "article.html", "statements.html"),
        ("left_out.html", "words.html", None),
    ):
        steps = dict(re.findall(r'<a href="([^"]+)" rel="(prev|next)">', html[page]))
        assert steps == {before: "prev"} | ({after: "next"} if after else {})
    assert '<li><a href="#section-said">Said</a></li>' in html["index.html"]
    assert '<h2 id="section-said">' in html["index.html"]
    assert re.search(r'<a [^>]*href="#section-said"[^>]*>#</a>', html["index.html"])
    assert 'href="01_who_says.html#said"' in html["index.html"]
    assert 'href="https://example.org/a"' in html["index.html"]


def test_the_short_answer_comes_right_after_the_title(html):
    order = [html["index.html"].index(text) for text in ("<h1", "So it is.", "Why.", "onerror")]
    assert order == sorted(order)


def test_nothing_on_a_page_runs_or_loads(html):
    assert "&lt;script&gt;owned()&lt;/script&gt; &lt;img src=x onerror=owned()&gt;" in html["index.html"]
    for page in html.values():
        assert "<script" not in page
        assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in page
        addresses = re.findall(r'(?:src|href)="([^"]*)"', page)
        mine = ("data:", "#", "https://example.org/a", *html)
        assert [address for address in addresses if not address.startswith(mine)] == []


def test_a_report_is_made_again_only_after_a_change(made, ran, tmp_path, monkeypatch):
    folder = made()
    before = (folder / "index.html").stat().st_mtime_ns
    made()
    assert (folder / "index.html").stat().st_mtime_ns == before
    assert len(ran) == 1
    library = Path(rejoinder.__file__).parent
    shutil.copytree(library, tmp_path / "copy")
    changes = {
        "text": lambda: (tmp_path / "mine.txt").write_text(PAGE + "\nThird.\n"),
        "analyst": lambda: [(tmp_path / "mine").mkdir(), (tmp_path / "mine" / "notes").write_text("x")],
        "notebook": lambda: write_notebook(tmp_path / "notebooks", FIRST, "3"),
        "environment": lambda: monkeypatch.setenv("PYTHONHASHSEED", "7"),
        "another library": lambda: monkeypatch.setattr(module, "_LIBRARY", tmp_path / "copy"),
        "library": lambda: (tmp_path / "copy" / "text.py").write_text("1"),
        "package": lambda: [
            (tmp_path / "site" / "new-1.0.dist-info").mkdir(parents=True),
            monkeypatch.syspath_prepend(str(tmp_path / "site")),
        ],
        "page": lambda: (folder / "index.html").write_text("edited"),
        "stamp": lambda: (folder / STAMP).write_text("[]"),
    }
    monkeypatch.setattr("rejoinder.report.pages.execute", lambda *a, **o: ran.append(a[1]))
    for name, change in changes.items():
        n = len(ran)
        change()
        if name == "another library":  # the same files elsewhere are no change
            made()
            assert len(ran) == n, name
            continue
        made()
        made()
        assert len(ran) == n + 1, name
    build("mine.txt", fresh=True)
    assert len(ran) == n + 2


def test_tables_and_figures_are_files_beside_the_pages(made):
    folder = made(
        "import pandas as pd\nfrom rejoinder import stats",
        "from rejoinder.display import behind, figure, table",
        "frame = pd.DataFrame({'said': ['=1+1', 'b'], 'share': [stats.share(1, 2)] * 2})",
        "frame['x'] = [1 / 3, None]",
        "frame['which'] = [behind(frame['said']), behind(frame['said'][:0])]\ntable(frame, most=1)",
        "ax = pd.Series([1.0, 2.0]).plot()\nfigure(ax, 'Two numbers.', frame)",
    )
    pages = BeautifulSoup((folder / "index.html").read_text(), "html.parser")
    links = [one["href"] for one in pages.select(".rj-files a")]
    assert [Path(one).suffix for one in links] == [".csv", ".csv", ".png", ".svg"]
    assert all((folder / one).stat().st_size for one in links)
    rows = list(csv.reader((folder / links[0]).read_text().splitlines()))
    assert rows[0] == ["said", "share", "share, low", "share, high", "share, n", "x", "which"]
    assert [len(rows), rows[1][0], rows[1][1], rows[2][5]] == [3, "'=1+1", "0.5", ""]
    assert [row[6] for row in rows[1:]] == ["2", "0"]
    assert (folder / links[3]).read_text().count("<svg ") == 1


def test_a_report_is_verified_by_making_it_again(made, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(*DAY)
    folder = made("print(SEED)")
    monkeypatch.delenv(DAY[0])
    assert "2023-11-14" in (folder / "index.html").read_text()
    assert verify(folder).empty
    assert DAY[0] not in os.environ
    page = folder / "words.html"
    page.write_text(page.read_text().replace("hate", "love"))
    assert list(verify(folder)["what"]) == ["words.html"]
    (tmp_path / "mine.txt").write_text(PAGE + "\nMore of it.\n")
    assert cli.main(["verify", str(folder)]) == 1
    assert re.search(r"^ *text ", capsys.readouterr().out, re.MULTILINE)
    with pytest.raises(ReportError):
        verify(tmp_path)


def test_a_failure_leaves_the_earlier_report_or_nothing(made, tmp_path):
    with pytest.raises(ReportError) as caught:
        made("1 / 0")
    assert caught.value.file == f"{FIRST}.ipynb"
    assert list((tmp_path / "reports").iterdir()) == []
    folder = made("print('earlier')")
    before = (folder / "index.html").read_bytes()
    write_notebook(tmp_path / "notebooks", "01_slow", "import time\ntime.sleep(300)")
    with pytest.raises(ReportError):
        made("1 / 0")
    assert (folder / "index.html").read_bytes() == before
    assert [one.name for one in (tmp_path / "reports").iterdir()] == [folder.name]


def test_a_new_report_replaces_the_earlier_one(made):
    (made("print('earlier')") / "stale.html").touch()
    folder = made("print('later')")
    assert {file.name for file in folder.iterdir()} == {"index.html", STAMP, *BEHIND}
    assert "later" in (folder / "index.html").read_text()


@pytest.mark.parametrize("at", [1, 2])
def test_ctrl_c_while_replacing_leaves_the_earlier_report(made, monkeypatch, at):
    folder = made("print('earlier')")
    before = (folder / "index.html").read_bytes()
    rename, calls = Path.rename, []

    def interrupted(self, target):
        if self.name in ("new", "mine"):
            calls.append(self)
            if len(calls) == at:
                raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        made("print('later')")
    assert (folder / "index.html").read_bytes() == before


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch])
def test_what_is_not_a_report_is_never_replaced(made, tmp_path, make):
    held = tmp_path / "reports" / "mine"
    held.mkdir(parents=True)
    make(held / "thesis.docx")
    with pytest.raises(ReportError) as caught:
        made("1")
    assert Path(caught.value.file).name == "mine"
    assert [one.name for one in held.iterdir()] == ["thesis.docx"]


def test_encoding_asked_for_is_that_of_the_notebooks_too(made, tmp_path, monkeypatch, capsys):
    made("import rejoinder", "print([*rejoinder.load(SEED).comments['text']])")
    (tmp_path / "old.txt").write_bytes(PAGE.replace("hate it", "don’t").encode("cp1252"))
    monkeypatch.setenv("REJOINDER_ENCODING", "")
    assert cli.main(["report", "old.txt"]) == 1
    assert "--encoding" in capsys.readouterr().err
    assert cli.main(["report", "old.txt", "--encoding", "cp1252"]) == 0
    assert "I don’t." in (tmp_path / "reports" / "old" / "index.html").read_text("utf-8")


def test_pages_of_one_name_do_not_share_a_report(made, tmp_path):
    first = made("print('mine')")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text(PAGE.replace("love", "adore"))
    second = made(seed="other/mine.txt")
    assert first != second
    assert "love" in (first / "comments.html").read_text()
    assert "adore" in (second / "comments.html").read_text()
    (tmp_path / "mine.txt").write_text(PAGE.replace("love", "like"))  # an edit is not another text
    assert made() == first
    assert made(seed="other/mine.txt") == second


def test_no_page_names_a_folder_of_this_machine(made, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cell = "import pathlib, rejoinder\nprint(len(pathlib.Path(SEED).read_bytes()), 'bytes')"
    for seed in ("mine.txt", tmp_path / "mine.txt"):
        folder = made(f"{cell}\nprint(rejoinder.load(SEED).source)", seed=seed)
        html = "".join(file.read_text() for file in folder.iterdir())
        assert f"{len(PAGE)} bytes" in html
        assert str(tmp_path) not in html
        assert re.search(r"SEED[^\n]*>&#39;mine\.txt&#39;|SEED[^\n]*mine\.txt", html)


@pytest.mark.parametrize("parameters", ["LEVEL = 1", "SEED = 1\nSEED = 2", "  SEED = 1"])
def test_a_notebook_without_one_seed_line_is_named(made, parameters):
    with pytest.raises(ReportError) as caught:
        made(parameters=parameters)
    assert caught.value.file == f"{FIRST}.ipynb"


def test_an_unknown_seed_is_reported_before_anything_runs(made, tmp_path):
    with pytest.raises(SeedError):
        made(seed="no_such_seed")
    assert not (tmp_path / "reports").exists()


def test_notebooks_are_those_of_the_nearest_folder_or_of_the_package(tmp_path, monkeypatch):
    (tmp_path / "notebooks" / "notebooks").mkdir(parents=True)  # without the collection
    (tmp_path / "library").mkdir()
    write_notebook(tmp_path / "library" / "notebooks", FIRST)
    monkeypatch.setattr(module, "_LIBRARY", tmp_path / "library")
    monkeypatch.chdir(tmp_path / "notebooks")
    assert notebooks_folder() == tmp_path / "library" / "notebooks"
    write_notebook(tmp_path / "notebooks", FIRST)
    assert notebooks_folder() == tmp_path / "notebooks"
    shutil.rmtree(tmp_path / "library" / "notebooks")
    (tmp_path / "notebooks" / f"{FIRST}.ipynb").unlink()
    with pytest.raises(ReportError):
        notebooks_folder()


def test_notebooks_of_the_package_run_in_the_working_folder(made, tmp_path, monkeypatch):
    """So that an installed package stays as it is."""
    (tmp_path / "notebooks").rename(tmp_path / "elsewhere")
    (tmp_path / "library").mkdir()
    write_notebook(tmp_path / "library" / "notebooks", FIRST, "open('made', 'w').close()\nprint(SEED)")
    monkeypatch.setattr(module, "_LIBRARY", tmp_path / "library")
    html = (build("mine.txt").parent / "index.html").read_text()
    assert re.search(r">\s*mine\.txt\s*<", html)
    assert (tmp_path / "made").exists()
