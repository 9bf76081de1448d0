"""Actors: who is named, by any of the names an analyst listed."""

from __future__ import annotations

import re

import pandas as pd

from rejoinder.measure.target_sentiment import tone_toward as tone_toward
from rejoinder.text import normalise


def patterns(actors: pd.DataFrame) -> pd.DataFrame:
    """The actors as patterns that `themes.mentions` and `themes.presence` match: `name`, `pattern`.

    `actors`: indexed by `actor_id`, with `name` and `aliases` (a tuple of names). An alias matches as
    a whole word in its own capitals, also before 's, so that "US" is not the word "us".
    """
    return pd.DataFrame(
        {"name": actors["name"], "pattern": [_pattern(aliases) for aliases in actors["aliases"]]},
        index=actors.index,
    )


def _pattern(aliases: tuple[str, ...]) -> str:
    if not any(alias.strip() for alias in aliases):
        return r"(?!)"  # matches nothing
    longest_first = sorted(map(normalise, aliases), key=len, reverse=True)
    any_name = "|".join(re.escape(alias).replace(r"\ ", r"\s+") for alias in longest_first)
    return rf"(?-i:(?<!\w)(?:{any_name})(?!\w))"
