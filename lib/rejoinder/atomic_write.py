"""Files written as a whole: there is always either the old file or the new one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from glob import escape
from pathlib import Path

_PART = ".rejoinder.part"  # the ending of a temporary file, unlike that of any sheet or notebook


def write_whole(files: Mapping[Path, str | bytes]) -> None:
    """Write `files`, content by path; text as UTF-8 with its line ends unchanged.

    Writes to temporary files, then renames; if a write fails, nothing changes. An existing file keeps its
    permissions, and a link stays a link. What a killed process leaves is removed at the next writing of
    the same file. Raises OSError.
    """
    with ExitStack() as parts:
        paths = [path.resolve() for path in files]
        ready = [parts.enter_context(_part(*one)) for one in zip(paths, files.values(), strict=True)]
        for part, path in zip(ready, paths, strict=True):
            part.replace(path)


@contextmanager
def _part(path: Path, data: str | bytes) -> Iterator[Path]:
    """A temporary file with `data`, beside `path` because renaming is atomic only in one file system."""
    for left in path.parent.glob(f".{escape(path.name)}.*{_PART}"):
        with suppress(OSError), left.open("rb") as file:  # one that is still being written is locked
            _lock(file.fileno())
            left.unlink()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_PART, dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with suppress(OSError):  # a file system without locks
                _lock(file.fileno())
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
            os.umask(mask := os.umask(0))
            part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
            yield part
    finally:
        part.unlink(missing_ok=True)


def _lock(handle: int) -> None:
    """Lock a file until this process ends; OSError if another process holds the lock."""
    import fcntl  # not on Windows, where texts can still be read

    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
