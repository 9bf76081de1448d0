"""How far the scores of a page move when its texts are written a little differently."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from rejoinder.discussion import Discussion
from rejoinder.evaluation import altered, moves
from rejoinder.evaluation.moves import Alteration, Moves

TONE, TOWARD, LINKS = "tone", "tone toward", "links"
STANCE, THESIS, SENTENCES = "stance", "thesis", "sentences"
MEASURES = {
    TONE: moves.tone_moves,
    TOWARD: moves.toward_moves,
    LINKS: moves.links_moves,
    STANCE: moves.stance_moves,
    THESIS: moves.thesis_moves,
    SENTENCES: moves.sentences_moves,
}
STRAIGHT, CURLY, CAPITALS = "quotes made straight", "quotes made curly", "upper case"
TYPING, SMILE, PIN = "typing errors", "a smile appended", "an emoji without tone appended"
QUOTATIONS, NAMES = "quotations removed", "names swapped"
COLUMNS = {
    "measure": "str",
    "alteration": "str",
    "n": "int64",
    "median_move": "float64",
    "largest_move": "float64",
    "answers": "int64",
    "changed": "int64",
    "spearman": "float64",
    "text_id": "str",
    "about": "str",
    "text": "str",
    "altered": "str",
    "note": "str",
}
# Of each measure: what moves, in what unit, how that is printed, of what, and what its answers are.
_WORDS = {
    TONE: ("the tone", "", ".2f", "texts", "Its class changes in"),
    TOWARD: ("the tone toward who is named", "", ".2f", "mentions", "It turns cold, warm or neither in"),
    LINKS: ("the likeness of comment and claim", "", ".3f", "pairs", "The best claim changes in"),
    STANCE: ("the stance", " steps", "g", "pairs", "Of the sides named before or after, others are"),
    THESIS: ("a sentence's place", " places", "g", "sentences", "The first guess changes in"),
    SENTENCES: ("the number of sentences", "", "g", "texts", "It changes in"),
}


def robustness(talk: Discussion, *, every: int = altered.EVERY, rng: np.random.Generator) -> pd.DataFrame:
    """Each measure on the page as it is and as it is once altered: one row a measure and alteration.

    The alterations are those of `altered`; typing errors are one in `every` words, drawn by `rng`. Each
    text that a measure takes is altered by itself. Names are swapped in article, comments, claims and
    masks alike, as if the page had been written about others. The columns:

    - `n`: texts, mentions or pairs that the alteration changed; what it leaves alone does not count.
    - `median_move`, `largest_move`: how far their scores moved, 0 = not at all, higher = farther.
    - `changed`: of how many `answers` the class or choice is another one now.
    - `spearman`: correlation of the order before and after, for the thesis; else NaN.
    - `text_id` (comment id, or line of the article), `about` (mention, or id of the claim), `text` and
      `altered`: the one that moved most, before and after; NA where none moved.
    - `note`: why nothing can be said, or what could not be followed; "" mostly.

    | measure | what is altered | a move is | an answer is |
    |---|---|---|---|
    | tone | comments, paragraphs | in polarity, 0 to 2, unscored being 0 | the class of tone |
    | tone toward | sentences with a mention | in tone, 0 to 2, NaN being 0 | its sign or NaN |
    | links | comments, with each claim | in similarity, 0 to 1 | the best claim or none |
    | stance | comments, with each claim | 1 to or from unclear, 2 across | agree, disagree |
    | thesis | the article's sentences | in places of the order | which sentence is first |
    | sentences | comments, paragraphs | in number of sentences | that number |

    Of stances only those that were a side before or after count as answers. Where there is no codebook,
    no comment or nothing to alter, `n` is 0, moves are NaN and `note` says why. A move is no error by
    itself: a smile says something, and so does a quotation. One draw of typing errors is one draw: with
    another `rng` the widest move is another one.

    Raises ValueError for an `every` below 1.
    """
    each = {name: measure(talk) for name, measure in MEASURES.items()}
    alterations = _alterations(talk, every, rng)
    rows = [
        _row(measure, alteration.name, found(alteration))
        for measure, found in each.items()
        for alteration in alterations
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """A table of `robustness` as sentences: `measure`, `alteration`, `said`; a row each, in its order."""
    said = [_said(row) for row in table.itertuples()]
    return table[["measure", "alteration"]].assign(said=said)


def _said(row) -> str:
    what, unit, digits, of, answers = _WORDS[row.measure]
    name = row.alteration[:1].upper() + row.alteration[1:]
    if not row.n:
        return f"{name}: of {what} nothing can be said. {row.note}"
    of = of.removesuffix("s") if row.n == 1 else of
    if not row.largest_move:
        found = f"{name}: {what} does not move at all ({row.n:,} {of})."
    else:
        place = f"{row.text_id}, {row.about}" if isinstance(row.about, str) else row.text_id
        median, largest = (_amount(v, digits, unit) for v in (row.median_move, row.largest_move))
        found = f"{name}: {what} moves by {median} (median of {row.n:,} {of})"
        found += f", at most by {largest} ({place})."
    if row.answers:
        found += f" {answers} {row.changed:,} of {row.answers:,}."
    elif row.measure == STANCE:
        found += " No side is named, before or after."
    if not np.isnan(row.spearman):
        found += f" The order keeps a Spearman correlation of {row.spearman:.2f}."
    return f"{found} {row.note}".rstrip()


def _amount(value: float, digits: str, unit: str) -> str:
    return f"{value:{digits}}{unit.removesuffix('s') if value == 1 else unit}"


def _alterations(talk: Discussion, every: int, rng: np.random.Generator) -> list[Alteration]:
    names = altered.next_actor(talk.codebook.actors) if talk.codebook else {}
    return [
        Alteration(STRAIGHT, altered.straight_quotes),
        Alteration(CURLY, altered.curly_quotes),
        Alteration(CAPITALS, altered.upper_case),
        Alteration(TYPING, partial(altered.mistyped, every=every, rng=rng)),
        Alteration(SMILE, partial(altered.with_emoji, emoji=altered.SMILE)),
        Alteration(PIN, partial(altered.with_emoji, emoji=altered.PIN)),
        Alteration(QUOTATIONS, altered.without_quotations),
        Alteration(NAMES, partial(altered.renamed, names=names), renames=True),
    ]


def _row(measure: str, alteration: str, found: Moves) -> tuple:
    table, n = found.table, len(found.table)
    move = table["move"]
    most = table.loc[move.idxmax()] if n and move.max() > 0 else pd.Series(dtype=object)
    return (
        measure,
        alteration,
        n,
        move.median() if n else np.nan,
        move.max() if n else np.nan,
        len(found.answers),
        int(found.answers.sum()),
        found.spearman,
        *(most.get(column) for column in ("text_id", "about", "text", "altered")),
        found.note or ("" if n else "There is nothing that it would alter."),
    )
