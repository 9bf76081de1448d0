"""Files written as a whole: there is always either the old file or the new one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path


def write_whole(files: Mapping[Path, str | bytes]) -> None:
    """Write `files`, content by path; text as UTF-8 with its line ends unchanged.

    Writes to temporary files, then renames; if a write fails, nothing changes. An existing file keeps its
    permissions, and a link stays a link. Raises OSError.
    """
    with ExitStack() as parts:
        paths = [path.resolve() for path in files]
        ready = [parts.enter_context(_part(*one)) for one in zip(paths, files.values(), strict=True)]
        for part, path in zip(ready, paths, strict=True):
            part.replace(path)


@contextmanager
def _part(path: Path, data: str | bytes) -> Iterator[Path]:
    """A temporary file with `data`, beside `path` because renaming is atomic only in one file system."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".rejoinder.part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
        os.umask(mask := os.umask(0))
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        yield part
    finally:
        part.unlink(missing_ok=True)
