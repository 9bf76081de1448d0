"""Files written as a whole: whatever stops the writing, there is the old file or the new one."""

import errno
import os
import tempfile
from pathlib import Path

import pytest

from rejoinder.atomic_write import write_whole

OLD, NEW = b"old\n", "new, ünï 🙂\r\n"


@pytest.fixture
def files(tmp_path):
    """Two existing files, and what is to replace them."""
    for name in ("a.csv", "b.ipynb"):
        (tmp_path / name).write_bytes(OLD)
    return {tmp_path / "a.csv": NEW, tmp_path / "b.ipynb": b"\x00\xff"}


def left(folder):
    return sorted(file.name for file in folder.iterdir() if file.name.startswith("."))


def raising(error, number, real):
    """`real`, except that its call of that number raises."""
    calls = iter(range(1, 100))

    def call(*arguments, **options):
        if next(calls) == number:
            raise error
        return real(*arguments, **options)

    return call


def test_text_is_utf_8_bytes_are_kept_and_a_link_stays_a_link(files, tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    write_whole({tmp_path / "link.csv": NEW, tmp_path / "b.ipynb": b"\x00\xff"})
    assert (tmp_path / "a.csv").read_bytes() == NEW.encode()
    assert (tmp_path / "b.ipynb").read_bytes() == b"\x00\xff"
    assert (tmp_path / "link.csv").is_symlink()
    assert left(tmp_path) == []


def test_permissions_are_kept_or_those_of_any_new_file(files, tmp_path):
    (tmp_path / "a.csv").chmod(0o640)
    write_whole({**files, tmp_path / "new.txt": NEW})
    (tmp_path / "other.txt").write_text(NEW)
    modes = {name: (tmp_path / name).stat().st_mode & 0o777 for name in ("a.csv", "new.txt", "other.txt")}
    assert modes["a.csv"] == 0o640
    assert modes["new.txt"] == modes["other.txt"]


# Before all is on disk nothing changes; between two files each is whole.
@pytest.mark.parametrize(
    ("where", "name", "number", "content"),
    [(tempfile, "mkstemp", 2, OLD), (os, "fsync", 2, OLD), (Path, "replace", 2, NEW.encode())],
)
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left")])
def test_what_stops_the_writing_leaves_each_file_whole(
    files, tmp_path, monkeypatch, where, name, number, content, error
):
    with monkeypatch.context() as patch:
        patch.setattr(where, name, raising(error, number, getattr(where, name)))
        with pytest.raises(type(error)):
            write_whole(files)
    assert [path.read_bytes() for path in files] == [content, OLD]
    assert left(tmp_path) == []
