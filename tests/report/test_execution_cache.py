"""A notebook runs again whenever anything that its outputs depend on has changed, and not otherwise."""

import hashlib
import json
import re
import shutil

import pytest
from nbformat import v4

import rejoinder
from rejoinder.corpus.load import SEEDS
from rejoinder.errors import ReportError
from rejoinder.report import build, execution_cache

SEED = "000_b03053bac9951049"
# Leaves a trace of every run outside of what a notebook depends on.
RUN = "import pathlib\nruns = pathlib.Path({runs!r})\nruns.write_text(runs.read_text() + 'x')\n1"


@pytest.fixture
def place(tmp_path):
    """A seed of one's own, two notebooks, and where runs are counted."""
    shutil.copy(SEEDS / f"{SEED}.txt", tmp_path / "mine.txt")
    shutil.copytree(SEEDS / SEED, tmp_path / "mine")
    (tmp_path / "notebooks").mkdir()
    for stem in ("00_a", "01_b"):
        runs = tmp_path / f"{stem}.runs"
        runs.write_text("")
        write(tmp_path, stem, RUN.format(runs=str(runs)))
    return tmp_path


def write(place, stem, *cells):
    made = [
        v4.new_markdown_cell("# Title?", id="a"),
        v4.new_code_cell('SEED = "none"', metadata={"tags": ["parameters"]}, id="b"),
        *(v4.new_code_cell(cell, id=f"c{at}") for at, cell in enumerate(cells)),
    ]
    (place / "notebooks" / f"{stem}.ipynb").write_text(json.dumps(v4.new_notebook(cells=made)))


def build(place, **options):
    index = build.build(place / "mine.txt", notebooks=place / "notebooks", out=place / "out", **options)
    return {file.name: file.read_bytes() for file in index.parent.iterdir()}


def runs(place):
    return [len((place / f"{stem}.runs").read_text()) for stem in ("00_a", "01_b")]


@pytest.mark.slow
def test_a_second_report_runs_nothing_and_is_the_same(place):
    first = build(place)
    assert runs(place) == [1, 1]
    assert build(place) == first
    assert runs(place) == [1, 1]


@pytest.mark.slow
def test_one_changed_notebook_runs_alone(place):
    build(place)
    write(
        place,
        "01_b",
        f"import pathlib; pathlib.Path({str(place / '01_b.runs')!r}).write_text('xyz')",
        "2 + 2",
    )
    assert b">4<" in build(place)["01_b.html"]
    assert runs(place) == [1, 3]


@pytest.mark.slow
def test_a_page_that_was_changed_or_lost_is_made_again_without_a_run(place):
    first = build(place)
    (place / "out" / "mine" / "01_b.html").write_text("changed")
    (place / "out" / "mine" / "methods.html").unlink()
    assert build(place) == first
    assert runs(place) == [1, 1]


@pytest.mark.slow
def test_fresh_runs_everything(place):
    first = build(place)
    assert build(place, fresh=True) == first
    assert runs(place) == [2, 2]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["", "[]", "{}", '{"key": 1'])
def test_a_kept_file_that_is_broken_is_made_again(place, text):
    first = build(place)
    for file in (place / "out" / ".kept" / "mine").iterdir():
        file.write_text(text)
    assert build(place) == first
    assert runs(place) == [2, 2]


@pytest.mark.slow
def test_what_a_failed_run_finished_is_not_run_again(place):
    build(place)
    write(place, "01_b", "1 / 0")
    with pytest.raises(ReportError):
        build(place)
    write(place, "01_b", "1")
    build(place)
    assert runs(place)[0] == 1


def keys(place):
    talk = rejoinder.load(place / "mine.txt")
    found = execution_cache.Kept(place / "kept", talk, str(place / "mine.txt"), place / "notebooks")
    return list(found.keys().values())


def test_the_same_has_the_same_key(place):
    first, second = keys(place)
    assert first != second
    assert keys(place) == [first, second]


def append(file, text):
    file.write_text(file.read_text() + text)


CHANGES = {
    "a coding's note": lambda place, patch: (place / "mine" / "codings.csv").write_text(
        (place / "mine" / "codings.csv").read_text().replace("loaded word", "laden word")
    ),
    "the codebook": lambda place, patch: append(place / "mine" / "codebook.toml", "\n# a remark\n"),
    "a new file of an analyst": lambda place, patch: (place / "mine" / "notes.toml").touch(),
    "a file beside the notebooks": lambda place, patch: (place / "notebooks" / "matplotlibrc").touch(),
    "a line of the library": lambda place, patch: append(place / "library" / "page.py", "# changed\n"),
    "a new file of the library": lambda place, patch: (place / "library" / "style.css").touch(),
    "a package's version": lambda place, patch: (place / "site" / "b-1.dist-info").rename(
        place / "site" / "b-2.dist-info"
    ),
    "a package's files": lambda place, patch: append(place / "site" / "b-1.dist-info" / "RECORD", "x"),
    "Python": lambda place, patch: patch.setattr("sys.version", "3.99"),
    "a setting": lambda place, patch: patch.setenv("LC_ALL", "tr_TR.UTF-8"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_counts_changes_every_key(place, change, monkeypatch):
    (place / "library").mkdir()
    (place / "library" / "page.py").write_text("x = 1\n")
    (place / "site" / "b-1.dist-info").mkdir(parents=True)
    (place / "site" / "b-1.dist-info" / "RECORD").write_text("b.py,sha256=1,1\n")
    monkeypatch.setattr(execution_cache, "_LIBRARY", place / "library")
    monkeypatch.syspath_prepend(place / "site")
    before = keys(place)
    CHANGES[change](place, monkeypatch)
    after = keys(place)
    assert all(a != b for a, b in zip(before, after, strict=True))


def test_the_seed_itself_changes_every_key(place):
    before = keys(place)
    (place / "mine.txt").write_bytes((place / "mine.txt").read_bytes() + b"\n")
    layout = place / "mine" / "layout.toml"
    digest = re.search(r'sha256 = "(\w+)"', layout.read_text())[1]
    new = hashlib.sha256((place / "mine.txt").read_bytes()).hexdigest()
    layout.write_text(layout.read_text().replace(digest, new))
    after = keys(place)
    assert all(a != b for a, b in zip(before, after, strict=True))


def test_outputs_and_sheets_change_nothing(place):
    before = keys(place)
    (place / "sheets").mkdir()
    (place / "notebooks" / "sheets").mkdir()
    (place / "notebooks" / "sheets" / "mine.csv").write_text("x")
    notebook = json.loads((place / "notebooks" / "00_a.ipynb").read_text())
    notebook["cells"][2]["outputs"] = [v4.new_output("stream", text="old")]
    (place / "notebooks" / "00_a.ipynb").write_text(json.dumps(notebook))
    assert keys(place) == before
