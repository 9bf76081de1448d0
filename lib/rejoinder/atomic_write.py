"""Files put in place whole: at every moment there is the old file or the new one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from glob import escape
from pathlib import Path

# The name begins with a dot and ends like no other: what is left of a process that was killed is
# neither a sheet nor a notebook, and can be told from a person's own files.
_PART = ".rejoinder.part"


def write_whole(files: Mapping[Path, str | bytes]) -> None:
    """Put each of `files`, by path, in place: text as UTF-8, line ends as they are.

    All are on disk before the first takes its place: what cannot be written changes none. A file that
    is there keeps its permissions; where a path is a link, what it leads to is replaced. Whatever stops
    this, nothing half-written has the name of a file; what a process that was killed left beside it goes
    when the file is written next. Raises OSError.
    """
    with ExitStack() as parts:
        ready = [
            (parts.enter_context(_part(path.resolve(), data)), path.resolve())
            for path, data in files.items()
        ]
        for part, path in ready:
            part.replace(path)
    for folder in {path.parent for _, path in ready}:
        _sync(folder)  # that the new name itself outlives a loss of power


@contextmanager
def _part(path: Path, data: str | bytes) -> Iterator[Path]:
    """A file beside `path` that holds `data`; gone at the end, unless it was given another name."""
    _remove_left(path)
    # Beside it, since only within one file system is the exchange a single step.
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_PART, dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with suppress(OSError):  # where there are no locks, nobody takes it for a leftover either
                _lock(file.fileno())
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
            part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            yield part
    finally:
        part.unlink(missing_ok=True)


def _remove_left(path: Path) -> None:
    """Remove what killed processes have left beside `path`; another's that is being written is locked."""
    for left in path.parent.glob(f".{escape(path.name)}.*{_PART}"):
        # One that cannot be removed harms nobody, and is no reason not to write.
        with suppress(OSError), left.open("rb") as file:
            _lock(file.fileno())
            left.unlink()


def _lock(handle: int) -> None:
    """A lock that dies with the process; OSError where another has it."""
    import fcntl  # not on every system on which texts can be read

    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
