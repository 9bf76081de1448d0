"""Which rows of a long table a picture shows, and the words for it."""

from __future__ import annotations

import numpy as np
import pandas as pd

MOST_ROWS = 40  # comments in one picture, and in the words for it
MOST_COLUMNS = 20  # comments whose names can stand side by side
MOST_THEMES = 16  # themes whose names can


def sample(table: pd.DataFrame, what: str, *, most: int = MOST_ROWS) -> tuple[pd.DataFrame, str]:
    """The rows of `table` to show, and how many they are of how many `what` (a plural), in words.

    All of them, or where there are more than `most` every second, every third, … from the first on.
    """
    n = len(table)
    if n <= most:
        return table, counted(n, what)
    step = -(-n // most)
    kept = table.iloc[::step]
    return kept, f"a sample of {len(kept)} of {counted(n, what)}: every {_ordinal(step)}"


def first(
    table: pd.DataFrame, what: str, which: str, *, most: int = MOST_ROWS
) -> tuple[pd.DataFrame, str]:
    """As `sample`, but the first `most` rows: `which` says by what they are first, as in "most named"."""
    n = len(table)
    if n <= most:
        return table, counted(n, what)
    return table.head(most), f"the {most} {which} of {counted(n, what)}"


def first_and_last(table: pd.DataFrame, what: str) -> tuple[pd.DataFrame, str]:
    """As `first`, and the last row, which is of all of them together."""
    n = len(table)
    if n <= MOST_ROWS:
        return table, counted(n, what)
    kept = pd.concat([table.head(MOST_ROWS - 1), table.tail(1)])
    return kept, f"the first {MOST_ROWS - 1} and the last of {counted(n, what)}"


def largest_threads(voices: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """As `sample`, but whole threads (`reply_to`), those of most comments first, since an answer cannot
    be seen without what it answers; of the last as much as there is room for. Where nobody is known to
    answer anybody, a sample."""
    n = len(voices)
    if n <= MOST_ROWS or voices["reply_to"].isna().all():
        return sample(voices, "comments")
    begins: dict[str, str] = {}
    for comment_id, above in voices["reply_to"].items():
        begins[comment_id] = begins.get(above, comment_id)
    thread = pd.Series(begins)
    place = pd.Series(np.arange(n), voices.index)
    size, opens = thread.map(thread.value_counts()), thread.map(place)
    order = np.lexsort((place, opens, -size))
    kept = voices.iloc[order[:MOST_ROWS]]
    return kept, f"{MOST_ROWS} of {counted(n, 'comments')}, those of the largest threads"


def speaking(cells: pd.DataFrame) -> tuple[list[str], str]:
    """The comments to show in a table of stances (one row per claim and comment: `comment_id`,
    `stance`), and in words how many they are of how many.

    Where they are too many to stand side by side, a sample of those that speak to any claim.
    """
    ids = list(dict.fromkeys(cells["comment_id"]))
    coded = set(cells.loc[cells["stance"] != "uncoded", "comment_id"])
    of = counted(len(ids), "comments")
    if len(coded) < len(ids):
        of = f"n = {len(coded):,} coded of {len(ids):,} comments"
    if len(ids) <= MOST_COLUMNS:
        return ids, of
    speak = set(cells.loc[~cells["stance"].isin(["silent", "uncoded"]), "comment_id"])
    heard = [i for i in ids if i in speak]
    step = -(-len(heard) // MOST_COLUMNS)
    if step <= 1:
        return heard, f"the {len(heard)} that speak to any of these; {of}"
    kept = heard[::step]
    told = f"{len(kept)} of the {len(heard):,} that speak to any of these, every {_ordinal(step)}"
    return kept, f"{told}; {of}"


def coded_by_tone(comments: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The comments, coldest first, and as `sample`; where they are too many, of those that were coded."""
    found, of = comments, ""
    coded = comments[(comments[["coded_tone", "thesis"]] != "uncoded").any(axis=1)]
    if len(comments) > MOST_ROWS and 0 < len(coded) < len(comments):
        found, of = coded, f" coded of {len(comments):,}"
    kept, label = sample(found.sort_values("polarity", kind="stable"), "comments")
    return kept, label.replace(" comments", f"{of} comments")


def counted(n: int, what: str) -> str:
    """ "n = 1 comment", "n = 5,000 comments"."""
    return f"n = {n:,} {what.removesuffix('s') if n == 1 else what}"


def _ordinal(n: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{'th' if n % 100 in (11, 12, 13) else ending}"
