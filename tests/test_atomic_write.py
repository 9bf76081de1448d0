"""Files put in place whole: whatever stops the writing, there is the old file or the new one."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rejoinder.atomic_write import write_whole

OLD, NEW = b"old\n", "new, ünï 🙂\r\n"


@pytest.fixture
def files(tmp_path):
    """Two files that are there already, and what is to take their place."""
    for name in ("a.csv", "b.ipynb"):
        (tmp_path / name).write_bytes(OLD)
    return {tmp_path / "a.csv": NEW, tmp_path / "b.ipynb": b"\x00\xff"}


def left(folder):
    return sorted(file.name for file in folder.iterdir() if file.name.startswith("."))


def raising(error, number, real):
    """`real`, but that the call of that number raises."""
    calls = iter(range(1, 100))

    def call(*arguments, **options):
        if next(calls) == number:
            raise error
        return real(*arguments, **options)

    return call


def test_text_is_written_as_utf_8_and_bytes_as_they_are(files, tmp_path):
    write_whole(files)
    assert (tmp_path / "a.csv").read_bytes() == NEW.encode()
    assert (tmp_path / "b.ipynb").read_bytes() == b"\x00\xff"
    assert left(tmp_path) == []


def test_a_new_file_has_the_permissions_that_any_new_file_has(tmp_path):
    write_whole({tmp_path / "new.txt": NEW})
    (tmp_path / "other.txt").write_text(NEW)
    modes = {(tmp_path / name).stat().st_mode for name in ("new.txt", "other.txt")}
    assert len(modes) == 1


def test_permissions_of_an_existing_file_are_kept(files, tmp_path):
    (tmp_path / "a.csv").chmod(0o640)
    write_whole(files)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640


def test_what_a_link_leads_to_is_replaced(files, tmp_path):
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "a.csv")
    write_whole({link: NEW})
    assert link.is_symlink()
    assert (tmp_path / "a.csv").read_bytes() == NEW.encode()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left")])
@pytest.mark.parametrize("number", [1, 2])
def test_what_stops_before_all_is_on_disk_changes_nothing(files, tmp_path, monkeypatch, error, number):
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", raising(error, number, os.fsync))
        with pytest.raises(type(error)):
            write_whole(files)
    assert [path.read_bytes() for path in files] == [OLD, OLD]
    assert left(tmp_path) == []


def test_what_stops_between_two_files_leaves_each_of_them_whole(files, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", raising(KeyboardInterrupt(), 2, Path.replace))
        with pytest.raises(KeyboardInterrupt):
            write_whole(files)
    assert [path.read_bytes() for path in files] == [NEW.encode(), OLD]
    assert left(tmp_path) == []


def test_a_folder_that_is_not_there_is_told_and_changes_nothing(files, tmp_path):
    with pytest.raises(FileNotFoundError):
        write_whole({**files, tmp_path / "no" / "c.csv": NEW})
    assert [path.read_bytes() for path in files] == [OLD, OLD]
    assert left(tmp_path) == []


# Writes, and stands still in the middle of it until it is stopped.
STUCK = """
import os, sys, time
from pathlib import Path
from rejoinder.atomic_write import write_whole

def fsync(handle):
    Path(sys.argv[2]).touch()
    time.sleep(60)

os.fsync = fsync
try:
    write_whole({Path(sys.argv[1]): "new" * 10_000})
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.fixture
def stuck(files, tmp_path):
    """A process that is in the middle of writing a.csv."""
    # Where tests run in the background Ctrl-C is ignored, and a child would ignore it too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen([sys.executable, "-c", STUCK, tmp_path / "a.csv", tmp_path / "writing"])
    signal.signal(signal.SIGINT, before)
    end = time.monotonic() + 30
    while not (tmp_path / "writing").exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    yield process
    process.kill()
    process.wait()


def test_ctrl_c_in_the_middle_leaves_the_old_file_alone(stuck, tmp_path):
    stuck.send_signal(signal.SIGINT)
    assert stuck.wait(timeout=20) == 130
    assert (tmp_path / "a.csv").read_bytes() == OLD
    assert left(tmp_path) == []


def test_what_a_killed_process_left_goes_when_the_file_is_written_next(stuck, tmp_path):
    (tmp_path / ".b.ipynb.abc.rejoinder.part").touch()  # of another file
    (tmp_path / ".a.csv.mine.part").touch()  # somebody's own
    stuck.kill()
    stuck.wait()
    assert (tmp_path / "a.csv").read_bytes() == OLD
    assert len(left(tmp_path)) == 3
    write_whole({tmp_path / "a.csv": NEW})
    assert (tmp_path / "a.csv").read_bytes() == NEW.encode()
    assert left(tmp_path) == [".a.csv.mine.part", ".b.ipynb.abc.rejoinder.part"]


def test_what_another_process_is_writing_is_not_taken_for_a_leftover(stuck, tmp_path):
    before = left(tmp_path)
    write_whole({tmp_path / "a.csv": NEW})
    assert left(tmp_path) == before != []
