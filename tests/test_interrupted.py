"""Whatever stops a command in the middle of its writing leaves the old files or the new, each whole."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from nbformat import v4

import rejoinder
from rejoinder import cli as command
from rejoinder import evaluation
from rejoinder.coding import write_sheet
from rejoinder.report import readme, run

PAGE = "An article of one sentence.\n\n\nA first comment.\nA second one.\n"


def filled_sheet(folder):
    """A page, and a sheet in which somebody has coded its comments."""
    (folder / "page.txt").write_text(PAGE)
    write_sheet(rejoinder.load("page.txt"), folder / "filled.csv")
    (folder / "filled.csv").write_text((folder / "filled.csv").read_text().replace(",,,", ",neutral,,"))


def codings(folder, monkeypatch):
    filled_sheet(folder)
    assert command.main(["codings", "page.txt", "filled.csv", "--coder", "A", "--kind", "person"]) == 0
    return ["codings", "page.txt", "filled.csv", "--coder", "B", "--kind", "person"]


def sheet(folder, monkeypatch):
    (folder / "page.txt").write_text(PAGE)
    return ["sheet", "page.txt", "--out", "sheet.csv"]


def notebooks(folder, monkeypatch):
    for name in ("00_a", "01_b"):
        cells = [v4.new_code_cell("1 + 1", id="c0")]
        (folder / f"{name}.ipynb").write_text(json.dumps(v4.new_notebook(cells=cells)))

    def execute(found, folder, *, then):
        for notebook in found.values():
            notebook.cells[0].outputs = [v4.new_output("stream", text="2\n")]

    monkeypatch.setattr(run, "execute", execute)  # what runs is not what is tried here
    return ["run", "."]


def read_me(folder, monkeypatch):
    (folder / "README.md").write_text("<!-- findings -->\nold\n<!-- end -->\n")
    (folder / "picture.png").write_bytes(b"old")
    monkeypatch.setattr(readme, "findings", lambda _: "new\n")
    monkeypatch.setattr(readme, "png", lambda _: b"new")
    monkeypatch.setattr(readme, "plots", SimpleNamespace(stance_matrix=lambda _: None))
    places = (folder / "README.md", folder / "picture.png")
    monkeypatch.setattr(readme.write, "__defaults__", places)
    return ["readme"]


def figures(folder, monkeypatch):
    (folder / "results.json").write_text('{"sets": {}, "scores": [], "calibration": []}')
    row = {"measure": "sentiment", "dataset": "tweets", "task": "t", "method": "rejoinder", "n": 1}
    row |= {"metric": "pearson_r", "value": 1, "low": 0, "high": 1}
    measured = {"sets": {"tweets": {"words": []}}, "scores": [row], "calibration": []}
    monkeypatch.setattr(evaluation, "measure", lambda _: measured)
    return ["validate", "--data", "."]


COMMANDS = (codings, sheet, notebooks, read_me, figures)


def contents(folder):
    """Every file but locks, by name."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".lock"
    }


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def interrupted(monkeypatch, where, name, number, arguments):
    """The exit status of a command in which the call of that number is where Ctrl-C is pressed."""
    real, calls = getattr(where, name), iter(range(1, 100))

    def call(*given, **options):
        if next(calls) == number:
            raise KeyboardInterrupt
        return real(*given, **options)

    with monkeypatch.context() as patch:
        patch.setattr(where, name, call)
        return command.main(arguments)


@pytest.mark.parametrize("where", [(os, "fsync"), (Path, "replace")], ids=["written", "put in place"])
@pytest.mark.parametrize("prepare", COMMANDS)
def test_ctrl_c_leaves_each_file_old_or_new(here, monkeypatch, capsys, prepare, where):
    arguments = prepare(here, monkeypatch)
    old = contents(here)
    seen, status = [], 130
    for number in range(1, 20):
        status = interrupted(monkeypatch, *where, number, arguments)
        if status == 0:
            break
        assert status == 130
        seen.append(contents(here))
    else:
        pytest.fail("it was stopped every time")
    new = contents(here)
    assert seen and new != old
    for found in seen:
        for name in found.keys() | old.keys():
            assert found.get(name) in (old.get(name), new.get(name)), name
    assert capsys.readouterr().err.count("rejoinder: stopped.\n") == len(seen)


# A command that stands still when it is about to put its file on disk.
STUCK = """
import os, sys, time
from pathlib import Path
from rejoinder import cli as command

def fsync(handle):
    Path("writing").touch()
    time.sleep(60)

os.fsync = fsync
sys.exit(command.main(sys.argv[1:]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("prepare", [codings, sheet])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_process_leaves_what_was_there_and_the_next_one_ends_it(
    here, monkeypatch, prepare, how
):
    arguments = prepare(here, monkeypatch)
    old = contents(here)
    # Where tests run in the background Ctrl-C is ignored, and a child would ignore it too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-c", STUCK, *arguments], stderr=subprocess.PIPE, text=True
    )
    signal.signal(signal.SIGINT, before)
    end = time.monotonic() + 60
    while not Path("writing").exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    process.send_signal(how)
    _, message = process.communicate(timeout=30)
    Path("writing").unlink()
    if how == signal.SIGINT:
        assert (process.returncode, message) == (130, "rejoinder: stopped.\n")
        assert contents(here) == old
    named = {name: data for name, data in contents(here).items() if ".rejoinder.part" not in name}
    assert named == old
    assert command.main(arguments) == 0
    assert not [name for name in contents(here) if ".rejoinder.part" in name]
    assert contents(here) != old
