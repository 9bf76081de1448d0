"""Pictures of tone: of each comment, along the article, and beside what coders heard."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from rejoinder import sampling
from rejoinder.html import AUTHOR, READERS
from rejoinder.plots.frame import (
    AUTHOR_MARK,
    FAINT,
    FEW,
    INK,
    LINE,
    QUIET,
    READERS_MARK,
    SOFT,
    STYLE,
    WIDE,
    beside,
    blank_axes,
    fitted,
    label_below,
    row_axes,
    text_width,
    tone_ticks,
    write,
)
from rejoinder.stats.estimate import Estimate

_DRIVERS = 280  # points for the words that weigh most
_BINS = np.linspace(-1, 1, 41)
_UNSCORED = {"bbox": {"fc": "white", "ec": "none", "pad": 1.5}, "ha": "center", "color": QUIET}
_STRONGEST = 84  # points for the word that weighs most in a paragraph
_TONE = 75  # points from a tone of 0 to one of 1


def tone_dots(tones: pd.DataFrame, average: Estimate, *, ax: Axes | None = None) -> Axes:
    """Tone of each comment and the words behind it, and below them their mean.

    One row per comment: `polarity`, `textblob`, `vader` (−1 to 1 or NaN), `drivers` (str). An
    unscored comment is named as such and gets no dot. Of many comments a sample is drawn, and below it
    how often each tone is met in all of them.
    """
    drawn, label = sampling.sample(tones, "comments")
    every = ["all"] if len(drawn) < len(tones) else []
    ax = row_axes(ax, [*drawn.index, *every, "mean"], below=54)
    words, unit = beside(ax, -1, 1, words=_DRIVERS, before=16)
    for y, tone in enumerate(drawn.itertuples()):
        ax.plot([-1, 1], [y, y], color=FAINT, lw=1, zorder=0)
        if pd.isna(tone.polarity):
            write(ax, 0, y, "no word scored", **_UNSCORED)
            continue
        both = [v for v in (tone.textblob, tone.vader) if pd.notna(v)]
        ax.plot([min(both), max(both)], [y, y], color=QUIET, lw=1.2, zorder=2)
        for value, letters in _scorer_labels(tone.textblob, tone.vader, unit(10)):
            write(ax, value, y - 0.38, letters, ha="center", color=QUIET)
        ax.plot(both, [y] * len(both), "|", color=QUIET, ms=7, zorder=2)
        ax.plot(tone.polarity, y, READERS_MARK, color=READERS, ms=9, zorder=3)
        write(ax, words, y, fitted(tone.drivers, _DRIVERS, lines=2 if len(drawn) <= FEW else 1))
    last = len(drawn) + len(every)
    if every:
        _histogram(ax, tones["polarity"], last - 1)
        told = f"all {len(tones):,}: the higher, the more comments have this tone"
        write(ax, words, last - 1, fitted(told, _DRIVERS, lines=2))
    ax.plot([average.low, average.high], [last] * 2, color=READERS, lw=1.5, zorder=2)
    ax.plot(average.value, last, READERS_MARK, mfc="white", mec=READERS, mew=1.6, ms=9, zorder=3)
    write(ax, words, last, fitted(str(average), _DRIVERS, lines=2, bold=True), bold=True)
    tone_ticks(ax)
    key = "T, V: by TextBlob, by VADER alone; line of the mean: 95 % interval"
    label_below(ax, f"tone of the words of each comment ({label})", key)
    return ax


def _scorer_labels(textblob: float, vader: float, apart: float) -> list[tuple[float, str]]:
    """Where to write T and V, and one label for both where two would overlap."""
    labels = sorted((v, letter) for v, letter in ((textblob, "T"), (vader, "V")) if pd.notna(v))
    if len(labels) == 2 and labels[1][0] - labels[0][0] < apart:
        return [((textblob + vader) / 2, " ".join(letter for _, letter in labels))]
    return labels


def _histogram(ax: Axes, values: pd.Series, y: float) -> None:
    """How often each tone is met, as bars in the row at `y`."""
    held, edges = np.histogram(values.dropna(), _BINS)
    high = 0.8 * held / max(held.max(), 1)
    ax.bar((edges[:-1] + edges[1:]) / 2, -high, width=0.8 * np.diff(edges), bottom=y + 0.4,
           color=READERS, zorder=2)  # fmt: skip


def tone_along_article(paragraphs: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Tone of the article, paragraph by paragraph: `polarity` (−1 to 1 or NaN), `strongest` (str).

    Where paragraphs stand too close for a word at each, the furthest from 0 have theirs.
    """
    n, value = len(paragraphs), paragraphs["polarity"].to_numpy(float)
    words = [fitted(word, _STRONGEST) for word in paragraphs["strongest"]]
    left = text_width("−1 cold") + 8
    step = (WIDE - left) / (max(n, 2) + 0.4)  # points from one paragraph to the next
    named = _with_room(value, LINE / step)
    # Points above and below 0, of which the tones take _TONE to either side.
    reach = {
        up: max([_TONE, *(_TONE * abs(value[at]) + 14 + text_width(words[at]) for at in named
                          if (value[at] >= 0) == up)])
        for up in (True, False)
    }  # fmt: skip
    ax = blank_axes(ax, height=sum(reach.values()) + 12, left=left, below=40)
    ax.set_xlim(-0.7, max(n, 2) - 0.3)
    ax.set_ylim(-(reach[False] + 6) / _TONE, (reach[True] + 6) / _TONE)
    ax.axhline(0, color=SOFT, lw=1, zorder=1)
    at, told, size = np.arange(n), ~np.isnan(value), min(7, max(2.5, 0.8 * step))
    ax.vlines(at[told], 0, value[told], color=AUTHOR, lw=min(1.2, size / 3), zorder=2)
    ax.plot(at[told], value[told], AUTHOR_MARK, color=AUTHOR, ms=size, zorder=3)
    ax.plot(at[~told], np.zeros((~told).sum()), "x", color=QUIET, ms=size, zorder=3)
    for place in named:
        up = value[place] >= 0
        ax.annotate(words[place], (place, value[place]), (0, 9 if up else -9), rotation=90, ha="center",
                    textcoords="offset points", va="bottom" if up else "top", **STYLE)  # fmt: skip
    ax.set_yticks([-1, 0, 1], ["−1 cold", "0", "1 warm"], **STYLE)
    every = next(k for k in (1, 2, 5, 10, 20, 50, 100, 200, 500, n) if k * step >= 30 or k >= n)
    ax.set_xticks(at[::every], [f"{number:,}" for number in paragraphs.index[::every]], **STYLE)
    label_below(ax, f"paragraph of the article (n = {n:,}; × = no word scored)")
    return ax


def _with_room(values: np.ndarray, apart: float) -> list[int]:
    """The places of the values furthest from 0, of which no two on one side are nearer than `apart`."""
    taken: list[int] = []
    for place in np.argsort(-np.abs(np.nan_to_num(values)), kind="stable"):
        side = values[place] >= 0
        if not np.isnan(values[place]) and all(
            abs(place - other) >= apart for other in taken if (values[other] >= 0) == side
        ):
            taken.append(int(place))
    return taken


def tone_beside_stance(comments: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The tone of each comment, coldest on top, and beside it the sides it takes.

    One row per comment: `polarity` (−1 to 1 or NaN), `coded_tone`, `thesis`, `claims_agreed`,
    `claims_disagreed`. Of many comments a sample of those that were coded.
    """
    comments, label = sampling.coded_by_tone(comments)
    ax = row_axes(ax, comments.index, above=22, below=54)
    heads = {"tone as coded": 92, "thesis": 84, "claims": 120}
    first, unit = beside(ax, -1, 1, words=sum(heads.values()), before=16)
    starts = first + np.array([unit(sum(list(heads.values())[:at])) for at in range(len(heads))])
    for x, head in zip(starts, heads, strict=True):
        write(ax, x, -0.5, head, bold=True, va="bottom")
    for y, row in enumerate(comments.itertuples()):
        ax.plot([-1, 1], [y, y], color=FAINT, lw=1, zorder=0)
        if pd.isna(row.polarity):
            write(ax, 0, y, "no word scored", **_UNSCORED)
        else:
            ax.plot([0, row.polarity], [y, y], color=READERS, lw=1.2, zorder=2)
            ax.plot(row.polarity, y, READERS_MARK, color=READERS, ms=8, zorder=3)
        sides = {"agree": row.claims_agreed, "disagree": row.claims_disagreed}
        claims = " · ".join(f"{n} {side}" for side, n in sides.items() if n) or "no side"
        told = zip(starts, heads.values(), (row.coded_tone, row.thesis, claims), strict=True)
        for x, wide, text in told:
            quiet = text in ("silent", "no side", "uncoded")
            write(ax, x, y, fitted(text, wide - 6), color=QUIET if quiet else INK)
    tone_ticks(ax)
    label_below(ax, f"tone of the words of each comment ({label})")
    return ax
