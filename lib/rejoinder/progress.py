"""A progress bar for what takes more than a moment."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TypeVar

_T = TypeVar("_T")


def progress(items: Iterable[_T], what: str) -> Iterable[_T]:
    """`items` one by one, after two seconds with a bar called `what`: in a notebook or a terminal, not
    where output goes to a file, and not with TQDM_DISABLE=1 in the environment."""
    ipython = sys.modules.get("IPython")
    in_notebook = ipython and hasattr(ipython.get_ipython(), "kernel")
    if os.environ.get("TQDM_DISABLE") or not (in_notebook or (sys.stderr and sys.stderr.isatty())):
        return items
    from tqdm.auto import tqdm

    return tqdm(items, what, delay=2, leave=False, disable=False)
