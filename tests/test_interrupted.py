"""Whatever stops a command while it writes leaves each file old or new, and whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from notebook_files import write_notebook

import rejoinder
from rejoinder import cli
from rejoinder.coding import write_sheet
from rejoinder.report import run

PAGE = "An article of one sentence.\n\n\nA first comment.\nA second one.\n"


def codings(monkeypatch):
    Path("page.txt").write_text(PAGE)
    write_sheet(rejoinder.load("page.txt"), Path("filled.csv"))
    Path("filled.csv").write_text(Path("filled.csv").read_text().replace(".,,,", ".,neutral,,"))
    assert cli.main(["codings", "page.txt", "filled.csv", "--coder", "A", "--kind", "person"]) == 0
    return ["codings", "page.txt", "filled.csv", "--coder", "B", "--kind", "person"]


def sheet(monkeypatch):
    Path("page.txt").write_text(PAGE)
    return ["sheet", "page.txt", "--out", "sheet.csv"]


def notebooks(monkeypatch):
    for name in ("00_a", "01_b"):
        write_notebook(Path(), name)

    def execute(found, folder, *, then):
        for notebook in found.values():
            notebook.cells[1].source = "2"

    monkeypatch.setattr(run, "execute", execute)
    return ["run", "."]


def contents():
    """Every file except locks, by path."""
    files = (file for file in Path().rglob("*") if file.is_file() and file.suffix != ".lock")
    return {file.as_posix(): file.read_bytes() for file in files}


def interrupted(monkeypatch, where, name, number, arguments):
    """The exit status of a command that gets Ctrl-C in the call of that number."""
    real, calls = getattr(where, name), iter(range(1, 100))

    def call(*given, **options):
        if next(calls) == number:
            raise KeyboardInterrupt
        return real(*given, **options)

    with monkeypatch.context() as patch:
        patch.setattr(where, name, call)
        return cli.main(arguments)


@pytest.mark.parametrize("where", [(os, "fsync"), (Path, "replace")], ids=["written", "put in place"])
@pytest.mark.parametrize("prepare", [codings, sheet, notebooks])
def test_ctrl_c_leaves_each_file_old_or_new(tmp_path, monkeypatch, prepare, where):
    monkeypatch.chdir(tmp_path)
    arguments = prepare(monkeypatch)
    old, seen, status, number = contents(), [], None, 0
    while status != 0:
        number += 1
        status = interrupted(monkeypatch, *where, number, arguments)
        assert status in (0, 130) and number < 20
        seen.append(contents())
    new = seen.pop()
    assert seen and new != old
    for found in seen:
        for name in found.keys() | old.keys():
            assert found.get(name) in (old.get(name), new.get(name)), name


# Stops when it is about to put its file on disk.
STUCK = """
import os, sys, time
from pathlib import Path
from rejoinder import cli

def fsync(handle):
    Path("writing").touch()
    time.sleep(300)

os.fsync = fsync
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_process_changes_nothing_and_the_next_one_finishes(tmp_path, monkeypatch, how):
    monkeypatch.chdir(tmp_path)
    arguments = codings(monkeypatch)
    old = contents()
    # Where tests run in the background, Ctrl-C is ignored, and a child would ignore it too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-c", STUCK, *arguments], stderr=subprocess.PIPE, text=True
    )
    signal.signal(signal.SIGINT, before)
    while not Path("writing").exists():
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(how)
    _, message = process.communicate(timeout=60)
    Path("writing").unlink()
    if how == signal.SIGINT:
        assert (process.returncode, message.count("\n")) == (130, 1)
        assert contents() == old
    named = {name: data for name, data in contents().items() if ".rejoinder.part" not in name}
    assert named == old
    assert cli.main(arguments) == 0
    assert contents() != old
