"""Tables that take seconds and are asked for again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from weakref import WeakKeyDictionary

import pandas as pd

from rejoinder.discussion import Discussion


def once(make: Callable[[Discussion], pd.DataFrame]) -> Callable[[Discussion], pd.DataFrame]:
    """Make the table of a discussion the first time only, and give a copy of it each time, which may be
    changed. Forgotten with the discussion."""
    made: WeakKeyDictionary[Discussion, pd.DataFrame] = WeakKeyDictionary()

    @wraps(make)
    def table(talk: Discussion) -> pd.DataFrame:
        if talk not in made:
            made[talk] = make(talk)
        return made[talk].copy()

    return table
