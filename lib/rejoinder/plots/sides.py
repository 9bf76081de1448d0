"""Pictures of the author beside the readers: shares of themes, and tone toward actors."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from rejoinder import sampling
from rejoinder.html import AUTHOR, READERS
from rejoinder.plots.frame import (
    AUTHOR_MARK,
    FAINT,
    LINE,
    READERS_MARK,
    ROW,
    beside,
    blank_axes,
    fitted,
    label_below,
    nothing,
    points,
    row_axes,
    text_width,
    ticks,
    tone_ticks,
    write,
)
from rejoinder.stats.estimate import Estimate, signed

_MIDDLE = 190  # points for the names between the two sides
_TOLD = 190  # points for what is told of a tone


def paired_themes(themes: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Themes of the author (left) and of the readers (right), with the readers' interval.

    One row per theme in the order to draw: `name`, `author`, `readers` (Estimates of shares).
    """
    if themes.empty:
        return nothing(ax, "nobody has written down what to look for in this text")
    themes, label = sampling.first(themes, "named rows", "first")
    names = [fitted(name, _MIDDLE, lines=2) for name in themes["name"]]
    ax = blank_axes(
        ax, height=ROW * len(names), above=3 * LINE + 4, below=22 if "of n" not in label else 40
    )
    left, right = _reach(themes["author"]), _reach(themes["readers"])
    counts = [_count(one) for side in ("author", "readers") for one in themes[side]]
    number = max(map(text_width, counts)) + 12
    middle = max(map(text_width, names)) / 2 + 14
    unit = (left + right) / max(points(ax)[0] - 2 * (number + middle) - 8, 60)
    gap = middle * unit
    for y, (name, author, readers) in enumerate(
        zip(names, themes["author"], themes["readers"], strict=True)
    ):
        write(ax, 0, y, name, ha="center", linespacing=1.05)
        _side(ax, y, author, -1, gap, unit)
        _side(ax, y, readers, 1, gap, unit)
    _heads(ax, themes, gap)
    marks = {}
    for sign, reach in ((-1, left), (1, right)):
        marks |= {sign * (gap + t): f"{t:g}" for t in (0, 0.25, 0.5, 0.75, 1) if t <= reach}
    ticks(ax, marks)
    ax.set_yticks([])
    ax.set_xlim(-gap - left - (number + 4) * unit, gap + right + (number + 4) * unit)
    ax.set_ylim(len(names) - 0.5, -0.5)
    if "of n" in label:
        label_below(ax, label)
    return ax


def _reach(shares: pd.Series) -> float:
    """How far a side goes: to its longest bar or interval, half at least."""
    ends = [end for one in shares for end in (one.value, one.high) if pd.notna(end)]
    return max([0.5, *ends])


def _count(one: Estimate) -> str:
    return f"{one.count:,} of {one.n:,}"


def _side(ax: Axes, y: int, share: Estimate, sign: int, gap: float, unit: float) -> None:
    colour, mark = (READERS, READERS_MARK) if sign > 0 else (AUTHOR, AUTHOR_MARK)
    edge = 0.0
    if pd.notna(share.value):
        edge = share.value
        ax.plot([sign * gap, sign * (gap + edge)], [y, y], color=colour, lw=7, alpha=0.35,
                solid_capstyle="butt")  # fmt: skip
        ax.plot(sign * (gap + edge), y, mark, color=colour, ms=7, zorder=3)
        if sign > 0 and pd.notna(share.low):
            ax.plot([gap + share.low, gap + share.high], [y, y], color=colour, lw=1.3)
            edge = max(edge, share.high)
    write(ax, sign * (gap + edge + 9 * unit), y, _count(share), ha="left" if sign > 0 else "right",
          color=colour)  # fmt: skip


def _heads(ax: Axes, themes: pd.DataFrame, gap: float) -> None:
    for sign, colour, side, what in (
        (-1, AUTHOR, "author", "share of paragraphs"),
        (1, READERS, "readers", "share of comments,\nline: 95 % interval"),
    ):
        title = f"{side} (n = {themes[side].iloc[0].n:,})\n{what}"
        write(ax, sign * gap, -0.5, title, ha="left" if sign > 0 else "right", va="bottom", color=colour)


def actor_tones(actors: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Mean tone toward each actor, the author's and the readers'.

    One row per actor in the order to draw: `name`, `author`, `readers` (Estimates, −1 to 1).
    """
    if actors.empty:
        return nothing(ax, "nobody has named the actors of this text")
    actors, label = sampling.first(actors, "actors", "most often named")
    ax = row_axes(ax, actors["name"], row=1.3 * ROW, below=54)
    words, _ = beside(ax, -1, 1, words=_TOLD, before=16)
    for y, actor in enumerate(actors.itertuples()):
        ax.plot([-1, 1], [y, y], color=FAINT, lw=1, zorder=0)
        for tone, up, colour, mark, unit in (
            (actor.author, -0.2, AUTHOR, AUTHOR_MARK, "paragraph"),
            (actor.readers, 0.2, READERS, READERS_MARK, "comment"),
        ):
            told = f"no {unit} with a scored word"
            if tone.n:
                ax.plot([tone.low, tone.high], [y + up] * 2, color=colour, lw=1.5, zorder=2)
                few = pd.isna(tone.low)
                ax.plot(tone.value, y + up, mark, color=colour, mfc="white" if few else colour,
                        ms=6 if few else 8, zorder=3)  # fmt: skip
                told = f"{signed(tone.value)}, {tone.n:,} {unit}{'' if tone.n == 1 else 's'}"
            write(ax, words, y + up, told, color=colour)
    tone_ticks(ax)
    key = "squares: author; circles: readers; line: 95 % interval; hollow: no interval"
    label_below(ax, f"{key} ({label})")
    return ax
