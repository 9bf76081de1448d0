"""Pictures of what stands in the text: claims, replies, themes."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from rejoinder import sampling
from rejoinder.html import AUTHOR, READERS
from rejoinder.plots.frame import (
    FAINT,
    INK,
    KIND_MARKS,
    QUIET,
    READERS_MARK,
    ROW,
    beside,
    fitted,
    label_below,
    nothing,
    points,
    row_axes,
    text_width,
    ticks,
    write,
)

_TONE_MARKS = {
    "positive": {"marker": "^", "color": READERS},
    "negative": {"marker": "v", "color": INK},
    "neutral": {"marker": "D", "color": "white", "mec": QUIET, "mew": 1.4},
    "unscored": {"marker": "x", "color": QUIET},
}
_SLANT = 38  # degrees
_HEAD = 205  # points of a slanted name
_WORDS = 300  # points for how a comment begins


def claim_places(claims: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Where in the article each claim stands. One row per claim: `text`, `kind`, `place` (0 to 1)."""
    if claims.empty:
        return nothing(ax, "nobody has named the claims of this article")
    claims, label = sampling.sample(claims.sort_values("place", kind="stable"), "claims")
    names = [f"{claim_id} · {kind}" for claim_id, kind in claims["kind"].items()]
    ax = row_axes(ax, names, row=ROW, below=36)
    words, _ = beside(ax, 0, 1, words=_WORDS, before=28, gap=34)
    for y, (claim_id, claim) in enumerate(claims.iterrows()):
        thesis = claim_id == "thesis"
        ax.plot([0, 1], [y, y], color=FAINT, lw=1, zorder=1)
        ax.plot(claim["place"], y, KIND_MARKS[claim["kind"]], color=AUTHOR if thesis else "white",
                mec=AUTHOR, ms=10 if thesis else 8, zorder=3)  # fmt: skip
        write(ax, words, y, fitted(claim["text"], _WORDS, lines=2, bold=thesis), bold=thesis)
    ticks(ax, {0: "first word", 0.5: "half", 1: "last word"})
    label_below(ax, f"place in the article ({label})")
    return ax


def reply_tree(voices: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Who answers whom. One row per comment in order: `words`, `reply_to`, `depth`, `opening`."""
    voices, label = sampling.largest_threads(voices)
    ax = row_axes(ax, voices.index, below=36)
    most, deepest = max(1, voices["words"].max()), max(1, voices["depth"].max())
    indent = min(0.06, 0.5 / deepest) * most
    place = {comment_id: y for y, comment_id in enumerate(voices.index)}
    longest = max(1, *(voices["words"] + indent * voices["depth"]))
    number = text_width(f"{most:,}") + 8
    words, unit = beside(ax, 0, longest, words=_WORDS, gap=number + 14)
    for comment_id, voice in voices.iterrows():
        y, left = place[comment_id], indent * voice["depth"]
        ax.barh(y, voice["words"], left=left, height=0.5, color=READERS, zorder=2)
        write(ax, left + voice["words"] + unit(5), y, f"{voice['words']:,}", color=READERS)
        write(ax, words, y, fitted(voice["opening"], _WORDS))
        if pd.notna(voice["reply_to"]) and voice["reply_to"] in place:
            above, x = place[voice["reply_to"]], left - indent / 2
            ax.plot([x, x, left], [above + 0.25, y, y], color=QUIET, lw=1.2, zorder=1)
    ax.set_xticks([])
    label_below(ax, "words; a line leads to the comment that is answered", f"({label})")
    return ax


def at_a_glance(comments: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Every comment, its tone and its themes, in one picture.

    One row per comment: `tone` (negative, neutral, positive, unscored), `opening`, then a column of
    True or False for each theme.
    """
    themes = comments.drop(columns=["tone", "opening"])
    held_by, of_themes = sampling.first(themes.T, "themes", "first", most=sampling.MOST_THEMES)
    drawn, label = sampling.sample(comments, "comments")
    heads = [fitted("tone of its words", _HEAD, bold=True)]
    for name, count in zip(held_by.index, held_by.sum(axis=1), strict=True):
        count = f" ({count:,})"
        heads.append(fitted(name, _HEAD - text_width(count)) + count)
    lines = [
        "▲ sounds warm, ▼ sounds cold, ◇ neutral, × no word scored; ● speaks of it",
        label + ("; in brackets: of all" if len(drawn) < len(comments) else "")
        + (f"; {of_themes}" if len(held_by) < themes.shape[1] else ""),
    ]  # fmt: skip
    ax = row_axes(ax, drawn.index, above=0.72 * _HEAD if len(heads) > 1 else 90, below=40)
    step = min(28, 330 / len(heads))
    room = points(ax)[0] - step * len(heads) - 24
    words, _ = beside(ax, 0, max(len(held_by), 1), words=room, before=10, gap=18)
    for y, (comment_id, comment) in enumerate(drawn.iterrows()):
        ax.plot([0, len(held_by)], [y, y], color=FAINT, lw=1, zorder=0)
        ax.plot(0, y, **_TONE_MARKS[comment["tone"]], ms=9, zorder=2)
        held = [x for x, one in enumerate(held_by[comment_id], start=1) if one]
        ax.plot(held, [y] * len(held), READERS_MARK, color=READERS, ms=9, zorder=2)
        write(ax, words, y, fitted(comment["opening"], room - 4))
    for x, head in enumerate(heads):
        write(ax, x, -0.55, head, bold=not x, rotation=_SLANT, ha="left", va="bottom",
              rotation_mode="anchor")  # fmt: skip
    ax.set_xticks([])
    label_below(ax, *lines)
    return ax
