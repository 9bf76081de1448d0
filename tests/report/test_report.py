"""The report: whole or not at all, the same twice, and nothing in it that runs or loads."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from nbformat import v4

from rejoinder.errors import ReportError, SeedError
from rejoinder.report import build, run

SEED = "000_b03053bac9951049"
BEHIND = {"methods.html", "article.html", "comments.html"}
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

pytestmark = pytest.mark.slow


def write_notebook(folder, stem, *cells, parameters='SEED = "none"\nLEVEL = 0.95'):
    """A notebook with a title, a cell of parameters and `cells`: code, or Markdown if it is `md`."""
    made = [
        v4.new_markdown_cell(f"# {stem[3:].replace('_', ' ')}?"),
        v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        *(
            v4.new_markdown_cell(cell[3:]) if cell.startswith("md ") else v4.new_code_cell(cell)
            for cell in cells
        ),
    ]
    for number, cell in enumerate(made):
        cell["id"] = f"c{number}"
    folder.mkdir(exist_ok=True)
    (folder / f"{stem}.ipynb").write_text(json.dumps(v4.new_notebook(cells=made)))


def show_html(html):
    return f"from IPython.display import HTML, display\ndisplay(HTML({html!r}))"


@pytest.fixture
def build(tmp_path):
    """Writes a notebook of the given cells and builds a report of it."""

    def built(*cells, seed=SEED, **options):
        write_notebook(tmp_path / "notebooks", "00_whole", *cells, **options)
        return build.build(seed, notebooks=tmp_path / "notebooks", out=tmp_path / "out").read_text()

    return built


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Two runs of three notebooks that link to each other: the folders of both reports."""
    folder = tmp_path_factory.mktemp("three")
    write_notebook(
        folder / "notebooks",
        "00_what_is_it",
        "md See [who](01_who_says.ipynb#said), [out](https://example.org/a).\n\n## Said",
        "import os, sys\nprint(SEED, LEVEL)\nprint(os.getcwd())\nprint(sys.executable)",
    )
    write_notebook(folder / "notebooks", "01_who_says", "md [back](00_what_is_it.ipynb)", "print(2)")
    write_notebook(folder / "notebooks", "02_how_sure", "1 + 1")
    for out in ("a", "b"):
        build.build(SEED, notebooks=folder / "notebooks", out=folder / out)
    return folder


def test_first_notebook_is_the_index(pages):
    names = {file.name for file in (pages / "a" / SEED).iterdir()}
    assert names == {"index.html", "01_who_says.html", "02_how_sure.html", *BEHIND}


def test_same_bytes_twice(pages):
    for file in (pages / "a" / SEED).iterdir():
        assert file.read_bytes() == (pages / "b" / SEED / file.name).read_bytes()


def test_parameters_are_replaced_and_the_others_kept(pages):
    assert f"{SEED} 0.95" in (pages / "a" / SEED / "index.html").read_text()


def test_kernel_is_this_interpreter_in_the_folder_of_the_notebooks(pages):
    html = (pages / "a" / SEED / "index.html").read_text()
    assert f"{pages / 'notebooks'}\n{sys.executable}\n" in html


def test_every_page_links_to_all_and_to_its_neighbours(pages):
    html = (pages / "a" / SEED / "01_who_says.html").read_text()
    for href, title in (
        ("index.html", "what is it?"),
        ("01_who_says.html", "who says?"),
        ("02_how_sure.html", "how sure?"),
    ):
        assert re.search(rf'<a [^>]*href="{href}"[^>]*>{re.escape(title)}</a>', html)
    assert re.search(r'<a href="index.html" rel="prev">', html)
    assert re.search(r'<a href="02_how_sure.html" rel="next">', html)


def test_the_pages_behind_the_questions_come_after_the_last(pages):
    html = (pages / "a" / SEED / "02_how_sure.html").read_text()
    assert re.search(r'<a href="methods.html" rel="next">', html)
    html = (pages / "a" / SEED / "comments.html").read_text()
    assert re.search(r'<a href="article.html" rel="prev">', html)
    assert '" rel="next">' not in html


def test_a_page_lists_its_own_sections(pages):
    html = (pages / "a" / SEED / "index.html").read_text()
    assert '<li><a href="#section-said">Said</a></li>' in html
    assert '<h2 id="section-said">' in html
    assert "#section-said" not in (pages / "a" / SEED / "02_how_sure.html").read_text()


def test_the_short_answer_comes_right_after_the_title(build):
    html = build("md Why.", "1 + 1", "from rejoinder.display import say\nsay('So it is.')")
    places = [html.index(text) for text in ("<h1", "So it is.", "Why.", ">2<", "Show the choices made")]
    assert places[:3] == sorted(places[:3])
    assert max(places[:2]) < min(places[2:])


def test_links_between_notebooks_lead_to_pages(pages):
    html = (pages / "a" / SEED / "index.html").read_text()
    assert 'href="01_who_says.html#said"' in html
    assert 'href="https://example.org/a"' in html
    assert 'href="index.html"' in (pages / "a" / SEED / "01_who_says.html").read_text()


def test_path_of_a_seed_is_read_but_not_printed(build, tmp_path, monkeypatch):
    text = (build.NOTEBOOKS.parent / "seeds" / f"{SEED}.txt").read_bytes()
    (tmp_path / "mine.txt").write_bytes(text)
    (tmp_path / "mine").mkdir()
    for file in (build.NOTEBOOKS.parent / "seeds" / SEED).glob("*"):
        (tmp_path / "mine" / file.name).write_bytes(file.read_bytes())
    monkeypatch.chdir(tmp_path)
    html = build("import pathlib\nprint(len(pathlib.Path(SEED).read_bytes()), 'bytes')", seed="mine.txt")
    assert f"{len(text)} bytes" in html
    assert str(tmp_path) not in html
    assert (tmp_path / "out" / "mine" / "index.html").exists()


def test_unknown_seed_is_told_before_anything_runs(build, tmp_path):
    with pytest.raises(SeedError, match="no_such_seed"):
        build(seed="no_such_seed")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("parameters", ["LEVEL = 1", "SEED = 1\nSEED = 2", "  SEED = 1"])
def test_notebook_without_one_seed_line_is_named(build, parameters):
    with pytest.raises(ReportError, match=r"^00_whole\.ipynb: .*`SEED = …`"):
        build(parameters=parameters)


def test_error_names_notebook_cell_and_reason_in_one_line(build):
    with pytest.raises(ReportError) as caught:
        build("md words", "x = 1", "\nraise ValueError('first\\nlast \\x1b[31mline')", "x = 2")
    assert str(caught.value).startswith(
        "00_whole.ipynb: code cell 3 (`raise ValueError('first\\nlast \\x1b[31mline')`) failed: "
        "last \ufffd[31mline. "
    )
    assert caught.value.file == "00_whole.ipynb"


def test_dead_kernel_is_a_failure_of_its_cell(build):
    with pytest.raises(ReportError, match=r"code cell 2 \(`import os`\) ended its Python process"):
        build("import os\nos._exit(1)")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("import sys\nprint('oh', file=sys.stderr)", "wrote to stderr: oh"),
        (
            f"from IPython.display import display\ndisplay({{'image/png': '{PNG}'}}, raw=True)",
            "without alternative text",
        ),
        (
            "from IPython.display import display\ndisplay({'image/svg+xml': '<svg/>'}, raw=True)",
            "cannot show: image/svg",
        ),
    ],
    ids=["stderr", "picture", "unknown kind"],
)
def test_output_a_reader_would_miss_is_refused(build, cell, reason):
    with pytest.raises(ReportError, match=rf"00_whole.ipynb: code cell 2 .*{reason}"):
        build(cell)


def test_comment_in_plain_text_stays_text(build):
    html = build("print('<script>owned()</script> <img src=x onerror=owned()>')")
    assert "&lt;script&gt;owned()&lt;/script&gt; &lt;img src=x onerror=owned()&gt;" in html
    assert "<script" not in html


def test_page_allows_itself_no_scripts_and_no_network(build):
    html = build("1")
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in html
    addresses = re.findall(r'(?:src|href)="([^"]*)"', html)
    assert [a for a in addresses if not a.startswith(("data:", "#", "index.html", *BEHIND))] == []


def test_failure_leaves_nothing_behind(build, tmp_path):
    with pytest.raises(ReportError, match="No report is left"):
        build("1 / 0")
    assert list((tmp_path / "out").iterdir()) == []


def test_failure_leaves_the_earlier_report_alone(build, tmp_path):
    build("print('earlier')")
    before = (tmp_path / "out" / SEED / "index.html").read_bytes()
    with pytest.raises(ReportError, match="earlier report is as it was"):
        build("1 / 0")
    assert (tmp_path / "out" / SEED / "index.html").read_bytes() == before
    assert {folder.name for folder in (tmp_path / "out").iterdir()} == {SEED, ".kept"}


def test_new_report_takes_the_place_of_the_earlier(build, tmp_path):
    build("print('earlier')")
    (tmp_path / "out" / SEED / "stale.html").touch()
    assert "later" in build("print('later')")
    assert {file.name for file in (tmp_path / "out" / SEED).iterdir()} == {"index.html", *BEHIND}


def test_one_failure_stops_the_others(build, tmp_path):
    write_notebook(tmp_path / "notebooks", "01_slow", "import time\ntime.sleep(300)")
    with pytest.raises(ReportError, match="00_whole"):
        build("1 / 0")


@pytest.mark.skipif(run._core_count() < 2, reason="one core: one notebook at a time")
def test_notebooks_run_at_the_same_time(tmp_path):
    wait = "import pathlib, time\npathlib.Path({mine!r}).touch()\nend = time.time() + 30\n"
    wait += "while not pathlib.Path({other!r}).exists():\n    assert time.time() < end"
    write_notebook(tmp_path, "00_a", wait.format(mine="a", other="b"))
    write_notebook(tmp_path, "01_b", wait.format(mine="b", other="a"))
    run.run_notebooks(tmp_path)


def test_a_kernel_whose_cleanup_is_cut_short_is_gone(monkeypatch):
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    client = run._Client(v4.new_notebook())
    client.km = SimpleNamespace(provisioner=SimpleNamespace(process=process))

    async def nothing(client):
        pass

    async def cut_short(client):
        raise asyncio.CancelledError

    async def run_nothing():
        async with client.async_setup_kernel():
            pass

    for name in ("async_start_new_kernel", "async_start_new_kernel_client"):
        monkeypatch.setattr(run._Client, name, nothing)
    monkeypatch.setattr(run._Client, "_async_cleanup_kernel", cut_short)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(run_nothing())
    assert process.returncode is not None


def test_ctrl_c_leaves_no_kernel_behind(tmp_path):
    sleep = "import os, pathlib, time\npathlib.Path(f'{os.getpid()}.pid').touch()\ntime.sleep(300)"
    for stem in ("00_a", "01_b"):
        write_notebook(tmp_path, stem, sleep)
    command = [sys.executable, "-m", "rejoinder", "run", str(tmp_path)]
    # Where tests run in the background Ctrl-C is ignored, and a child would ignore it too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    expected, end = min(2, run._core_count()), time.monotonic() + 60
    while len(kernels := list(tmp_path.glob("*.pid"))) < expected:
        assert time.monotonic() < end
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    _, message = started.communicate(timeout=30)
    assert (started.returncode, message) == (130, "rejoinder: stopped.\n")
    for kernel in kernels:
        with pytest.raises(ProcessLookupError):
            os.kill(int(kernel.stem), 0)


def test_run_keeps_outputs_and_no_trace_of_when(tmp_path):
    write_notebook(tmp_path, "00_a", "print('kept')", "", "2 + 2")
    run.run_notebooks(tmp_path)
    text = (tmp_path / "00_a.ipynb").read_text()
    notebook = json.loads(text)
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    counts = [cell["execution_count"] for cell in notebook["cells"] if "outputs" in cell]
    assert counts == [1, 2, None, 3]
    assert notebook["cells"][2]["outputs"][0]["text"] == ["kept\n"]
    assert [cell["id"] for cell in notebook["cells"]] == ["c0", "c1", "c2", "c3", "c4"]
    run.run_notebooks(tmp_path)
    assert (tmp_path / "00_a.ipynb").read_text() == text


def test_no_bar_is_shown_to_nobody(tmp_path):
    bar = "from rejoinder import progress\nprogress._SECONDS = 0\nlist(progress.progress('abc', 'x'))"
    write_notebook(tmp_path, "00_a", f"{bar}\nimport os\nprint(os.environ['TQDM_DISABLE'])")
    assert run.run_notebooks(tmp_path) == [tmp_path / "00_a.ipynb"]
    cells = json.loads((tmp_path / "00_a.ipynb").read_text())["cells"]
    assert [one["text"] for one in cells[2]["outputs"]] == [["1\n"]]


def test_an_error_raised_on_purpose_is_told_by_the_command_line_as_in_the_notebook(tmp_path):
    write_notebook(tmp_path, "00_a", "import rejoinder", "rejoinder.load('000_b03053bac995104')")
    command = [sys.executable, "-m", "rejoinder", "run", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "code cell 3 (`rejoinder.load(" in done.stderr
    assert (
        f"SeedError: seeds/000_b03053bac995104.txt: does not exist. Did you mean {SEED!r}?" in done.stderr
    )


def test_cell_without_an_id_gets_a_lasting_one(tmp_path):
    write_notebook(tmp_path, "00_a", "1")
    notebook = json.loads((tmp_path / "00_a.ipynb").read_text())
    for cell in notebook["cells"]:
        del cell["id"]
    (tmp_path / "00_a.ipynb").write_text(json.dumps(notebook))
    cells = run.read_notebooks(tmp_path)["00_a.ipynb"].cells
    assert [cell.id for cell in cells] == ["cell-00", "cell-01", "cell-02"]


def test_run_changes_no_notebook_if_one_fails(tmp_path):
    write_notebook(tmp_path, "00_a", "print('kept')")
    write_notebook(tmp_path, "01_b", "1 / 0")
    before = (tmp_path / "00_a.ipynb").read_text()
    with pytest.raises(ReportError, match=r"01_b.ipynb: code cell 2 \(`1 / 0`\) failed: Zero"):
        run.run_notebooks(tmp_path)
    assert (tmp_path / "00_a.ipynb").read_text() == before


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"cells": 1}'])
def test_broken_notebook_is_named(tmp_path, text):
    (tmp_path / "00_a.ipynb").write_text(text)
    with pytest.raises(ReportError, match=r"00_a.ipynb: is not a notebook"):
        run.run_notebooks(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "status"), [(["report", "no_such_seed"], 1), (["nonsense"], 2), ([], 2)]
)
def test_command_line_explains_itself_without_a_traceback(arguments, status):
    done = subprocess.run(
        [sys.executable, "-m", "rejoinder", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == status
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_is_no_report_is_never_replaced(tmp_path, build, what):
    target = tmp_path / "out" / SEED
    kept = target / "layout.toml" if what == "folder" else target
    kept.parent.mkdir(parents=True)
    kept.write_text("work of a day")
    with pytest.raises(ReportError, match="would be lost"):
        build("1")
    assert kept.read_text() == "work of a day"


def test_a_place_that_cannot_be_written_is_said(tmp_path, build):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ReportError, match="cannot be written"):
        build("1")


@pytest.mark.parametrize("at", [1, 2])
def test_an_interruption_while_the_report_is_put_in_place_leaves_one(tmp_path, build, monkeypatch, at):
    build("print('earlier')")
    before = (tmp_path / "out" / SEED / "index.html").read_bytes()
    rename, calls = build.Path.rename, []

    def interrupted(self, target):
        if self.name in ("new", SEED):
            calls.append(self)
            if len(calls) == at:
                raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(build.Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build("print('later')")
    assert (tmp_path / "out" / SEED / "index.html").read_bytes() == before


def test_a_text_named_like_the_kept_notebooks_is_refused(tmp_path, build):
    (tmp_path / ".kept.txt").write_text("Article.\n\nComments\n\nOne.\n")
    with pytest.raises(ReportError, match="Give the text another name"):
        build("1", seed=tmp_path / ".kept.txt")
