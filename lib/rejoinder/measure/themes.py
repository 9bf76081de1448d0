"""Themes: which texts speak of what, by an analyst's patterns."""

from __future__ import annotations

import re

import pandas as pd

from rejoinder.text import normalise

NONE = "none"


def mentions(texts: pd.Series, themes: pd.DataFrame) -> pd.DataFrame:
    """Every place where a theme is spoken of.

    `texts`: raw texts. `themes`: indexed by `theme_id`, with a column `pattern` (a regular
    expression, matched whatever the case on normalised text, so that typographic quotes match plain
    ones). Returns one row per match, in order of text and place: `text_id` (the label in
    `texts.index`), `theme_id`, `match` (the raw words), `start`, `end` (offsets in the text). No
    match and a missing text give no row. Raises re.error where a pattern does not compile, TypeError
    for what is not text.
    """
    patterns = {i: re.compile(p, re.IGNORECASE) for i, p in themes["pattern"].items()}
    rows = [
        (label, theme, text[found.start() : found.end()], found.start(), found.end())
        for label, text in texts.fillna("").items()
        for plain in [normalise(text)]
        for theme, pattern in patterns.items()
        for found in pattern.finditer(plain)
        if found[0]
    ]
    return pd.DataFrame(rows, columns=["text_id", "theme_id", "match", "start", "end"])


def presence(texts: pd.Series, themes: pd.DataFrame) -> pd.DataFrame:
    """Which text speaks of which theme.

    Arguments as for `mentions`. Returns True or False, one row per text (same index), one column per
    theme, and last the column `none`: True where no theme was found, so that it can be counted.
    Raises ValueError where labels of `texts` are doubled, or a theme is called `none`.
    """
    if not texts.index.is_unique:
        raise ValueError("every text needs a label of its own")
    if NONE in themes.index:
        raise ValueError(f"{NONE!r} is the name for texts without a theme")
    found = mentions(texts, themes)
    table = pd.DataFrame(False, index=texts.index, columns=[*themes.index, NONE])
    for theme in themes.index:
        table[theme] = texts.index.isin(found.loc[found["theme_id"] == theme, "text_id"])
    table[NONE] = ~table[list(themes.index)].any(axis=1)
    return table
