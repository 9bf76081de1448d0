"""A bar for what takes longer than a moment, shown to somebody who is looking and to nobody else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TypeVar

_T = TypeVar("_T")
_SECONDS = 2  # what takes less shows nothing


def progress(items: Iterable[_T], what: str, *, total: int | None = None) -> Iterable[_T]:
    """`items` one by one, with a bar called `what` in a notebook or a terminal.

    Where output goes to a file, nothing is written; nor anywhere with TQDM_DISABLE=1 in the environment.
    """
    looked_at = _in_notebook() or (sys.stderr and sys.stderr.isatty())
    if os.environ.get("TQDM_DISABLE") or not looked_at:
        return items
    from tqdm.auto import tqdm

    return tqdm(items, what, total, delay=_SECONDS, leave=False, disable=False)


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    return hasattr(ipython.get_ipython(), "kernel") if ipython else False
