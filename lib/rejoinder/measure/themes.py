"""Themes and actors: which texts mention what, by an analyst's patterns and names."""

import re
from collections.abc import Iterable
from functools import lru_cache

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
        (label, theme, text[start:end], start, end)
        for label, text in texts.fillna("").items()
        for theme, spans in zip(book.index, _spans(text, patterns), strict=True)
        for start, end in spans
    ]
    return pd.DataFrame(rows, columns=["text_id", "theme_id", "match", "start", "end"])


def presence(texts: pd.Series, book: pd.DataFrame) -> pd.DataFrame:
    """Which text mentions which theme of the book; parameters as for `mentions`.

    Returns True or False, one row per text (same index), one column per theme, and last `none`: True
    where no theme was found. Raises ValueError for a theme called `none`, else as `mentions`.
    """
    if NONE in book.index:
        raise ValueError(f"{NONE!r} is the name for texts without a theme")
    patterns = _compiled(book)
    found = [[bool(spans) for spans in _spans(text, patterns)] for text in texts.fillna("")]
    table = pd.DataFrame(found, index=texts.index, columns=list(book.index), dtype=bool)
    return table.assign(**{NONE: ~table.any(axis=1)})


@lru_cache(maxsize=50_000)  # the same texts are searched again for each choice
def _spans(text: str, patterns: tuple[str, ...]) -> list[list[tuple[int, int]]]:
    """Where each pattern matches."""
    plain = without_addresses(normalise(text), handles=False)
    found = (re.finditer(pattern, plain, re.IGNORECASE) for pattern in patterns)
    return [[one.span() for one in matches if one[0]] for matches in found]


def _compiled(book: pd.DataFrame) -> tuple[str, ...]:
    """The patterns, each of which compiles."""
    return tuple(re.compile(pattern, re.IGNORECASE).pattern for pattern in book["pattern"])


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
