"""Themes and actors: which texts mention what, by an analyst's patterns and names."""

import re
from collections.abc import Iterable

import pandas as pd

from rejoinder.text import any_of, normalise, without_addresses, word_lists

NONE = "none"
_WORDS = word_lists("names_that_are_words")


def mentions(texts: pd.Series, book: pd.DataFrame) -> pd.DataFrame:
    """Every place where a pattern of the book matches, in the order of texts, themes and places.

    Parameters
    ----------
    book : indexed by `theme_id`, with a column `pattern`: a regular expression, matched in any case on
        normalised text, so that typographic quotes match plain ones. Links are left out.

    Returns one row per match: `text_id` (the label of the text), `theme_id`, `match` (the raw words),
    `start`, `end` (offsets in the text). An empty match and a missing text give no row.
    Raises re.error for a pattern that does not compile, TypeError for a value that is not text.
    """
    patterns = _compiled(book)
    rows = [
        (label, theme, text[found.start() : found.end()], found.start(), found.end())
        for label, text in texts.fillna("").items()
        for plain in [_searched(text)]
        for theme, pattern in patterns.items()
        for found in pattern.finditer(plain)
        if found[0]
    ]
    return pd.DataFrame(rows, columns=["text_id", "theme_id", "match", "start", "end"])


def presence(texts: pd.Series, book: pd.DataFrame) -> pd.DataFrame:
    """Which text mentions which theme of the book; parameters as for `mentions`.

    Returns True or False, one row per text (same index), one column per theme, and last `none`: True
    where no theme was found. Raises ValueError for a theme called `none`, else as `mentions`.
    """
    if NONE in book.index:
        raise ValueError(f"{NONE!r} is the name for texts without a theme")
    plain = texts.fillna("").map(_searched)
    found = {
        theme: [any(match[0] for match in pattern.finditer(text)) for text in plain]  # up to the first
        for theme, pattern in _compiled(book).items()
    }
    table = pd.DataFrame(found, index=texts.index, columns=list(book.index), dtype=bool)
    return table.assign(**{NONE: ~table.any(axis=1)})


def _searched(text: str) -> str:
    return without_addresses(normalise(text), handles=False)


def _compiled(book: pd.DataFrame) -> dict[str, re.Pattern]:
    return {theme: re.compile(pattern, re.IGNORECASE) for theme, pattern in book["pattern"].items()}


def from_names(actors: pd.DataFrame) -> pd.DataFrame:
    """The actors as a book for `mentions` and `presence`: `name`, `pattern`; the index is kept.

    Parameters
    ----------
    actors : with `name` and `aliases` (a tuple of names). An alias matches as a whole word, also before
        's, in any case. One that is also a word ("Bush") needs its own capitals or capitals alone; a
        function word ("US", "May") its own capitals and not only capitals around it ("TELL US WHY"), or
        "the" before it. Without an alias nothing matches.
    """
    return actors[["name"]].assign(pattern=[_pattern(aliases) for aliases in actors["aliases"]])


def _pattern(aliases: Iterable[str]) -> str:
    kinds: dict[str, list[str]] = {"function": [], "ordinary": [], "": []}
    for alias in aliases:
        kinds[next((kind for kind, words in _WORDS.items() if alias.lower() in words), "")].append(alias)
    kinds["ordinary"] += [alias.upper() for alias in kinds["ordinary"]]
    function, ordinary, other = (any_of(some) or "(?!)" for some in kinds.values())
    alone = rf"(?<![A-Z]{{2}} )(?:{function})(?! +[A-Z]{{2,}} +[A-Z]{{2,}})"
    return rf"(?<!\w)(?:{other}|(?-i:{ordinary}|{alone})|(?<=\bthe )(?:{function}))(?!\w)"
