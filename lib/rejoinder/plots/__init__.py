"""Pictures of final tables: a plot takes a table, computes nothing but positions, and returns the Axes.

They are narrow enough for a phone. What is missing is not drawn, an empty table gives a picture that says
so, and of a long one the axis tells how much is shown.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rejoinder.plots import frame
from rejoinder.plots.frame import AUTHOR, INTERVAL, MOST, QUIET, READERS, drawable, numbers
from rejoinder.stats.estimate import signed

_STANCES = ["agree", "mixed", "disagree", "disputed", "unclear", "silent", "uncoded"]
_CURVE = 12  # rows that the estimates take, above those of the options
# People and the best published have the author's colour, ours the readers'.
_WHO = ["chance", "TextBlob", "VADER", "one human", "best published", "rejoinder"]
_SIGNS, _MARKS, _COLOURS = "|▼▲◆★●", "|v^D*o", [QUIET] * 3 + [AUTHOR] * 2 + [READERS]


@frame.plot
def reply_tree(comments: pd.DataFrame) -> Axes:
    """The comments in page order, as bars as long as their words, indented below what they answer.

    comments : index comment id; `words` (int), `depth` (int, 0 = answers the article), `opening` (str)"""
    shown = comments.head(MOST)
    words, depth = np.nan_to_num(numbers(shown[["words", "depth"]])).T
    left = depth * max(words.max(), 1) * min(0.08, 0.5 / max(depth.max(), 1))
    ax, end = frame.rows(shown.index), max((left + words).max(), 1)
    ax.barh(range(len(shown)), words, left=left, height=0.84, color=READERS, alpha=0.3)
    for y, opening in enumerate(shown["opening"]):
        cut = drawable(opening, letters=int(0.8 * frame.LINE * (1 - left[y] / end)))
        ax.text(left[y] + end / 60, y, f"{words[y]:,.0f} · {cut}", **frame.INSIDE)
    ax.set(xlim=(0, 1.02 * end), xticks=[])
    told = "bar and number: words; indented: answers the comment above"
    return frame.below(ax, told, frame.counted(len(comments), "comments", MOST))


@frame.plot
def tone_dots(comments: pd.DataFrame) -> Axes:
    """The tone of each comment, the coldest on top and those without a scored word below.

    comments : index comment id; `polarity` (−1 to 1, higher = warmer; NaN: no word scored), `tone`"""
    shown = comments.sort_values("polarity", kind="stable")
    polarity = numbers(shown["polarity"])
    ax = frame.tone_axis(frame.dots(shown.index, polarity, "no word scored"))
    tones = [f"{n:,}\u00a0{drawable(tone)}" for tone, n in comments["tone"].value_counts().items()]
    return frame.below(ax, "tone of words", frame.counted(len(comments), "comments"), ", ".join(tones))


@frame.plot
def tone_beside_stance(comments: pd.DataFrame) -> Axes:
    """The tone of the comments that take each stance to the thesis: a row per stance, a dot per comment.

    comments : index comment id; `polarity` (−1 to 1, higher = warmer, or NaN), `thesis` (stance)"""
    stance = comments["thesis"].astype(object).fillna("uncoded").to_numpy()
    polarity = numbers(comments["polarity"])
    found = [one for one in _STANCES if one in stance]
    names = [f"{one} (n = {sum(stance == one):,})" for one in found]
    ax = frame.tone_axis(frame.named_rows(names, row=0.5))
    for y, one in enumerate(found):
        own = polarity[stance == one]
        ax.plot(own, np.full(len(own), y), "o", color=READERS, alpha=0.4)  # darker where several lie
    without = f"{np.isnan(polarity).sum():,} without a scored word, not drawn"
    return frame.below(ax, "tone of words", frame.counted(len(comments), "comments"), without)


@frame.plot
def paired(table: pd.DataFrame) -> Axes:
    """The author's and the readers' share of each name, or their mean tone toward it, with intervals.

    table : index id; `name`, `author`, `readers` (Estimates: shares of paragraphs and of comments, which
        have a count, or means, −1 to 1, higher = warmer)"""
    shown, told = table.head(MOST), []
    ax, what = frame.named_rows(shown["name"], row=0.6), "mean tone"
    for side, sign, units, look, down in (
        ("author", "■", "paragraphs", frame.OF_AUTHOR, -0.06),
        ("readers", "●", "comments", frame.OF_READERS, 0.2),
    ):
        value, low, high, n, count = frame.estimates(shown[side])
        what = what if np.isnan(count).all() else "share"
        frame.marks(ax, np.arange(len(shown)) + down, value, low, high, **look)
        ends = dict.fromkeys(f"{end:,.0f}" for end in (min(np.nan_to_num(n)), max(np.nan_to_num(n))))
        told.append((f"{sign} {side}, {what} (n = {'–'.join(ends)} {units})", look["color"]))
    frame.key(ax, *told)
    if what == "share":
        percent = ["0", "25", "50", "75", "100 %"]
        ax.set(xlim=(-0.02, 1.02), xticks=np.linspace(0, 1, 5), xticklabels=percent)
    else:
        frame.tone_axis(ax)
    return frame.below(ax, INTERVAL, frame.counted(len(table), "rows", MOST))


@frame.plot
def differences(table: pd.DataFrame) -> Axes:
    """Differences with their intervals, around 0; and the truth, where it is known.

    table : index what is compared; `value`, `low`, `high`, and perhaps `planted` (floats)"""
    shown, told = table.head(MOST), ""
    ends = numbers(shown[["low", "value", "high"]])
    ax = frame.named_rows(shown.index, row=0.5)
    if "planted" in shown:
        truth = numbers(shown["planted"])
        ax.plot(truth, range(len(shown)), "|", color=AUTHOR, ms=16, mew=2, zorder=2)
        told, ends = "bar: what was planted", np.column_stack([ends, truth])
    frame.marks(ax, range(len(shown)), ends[:, 1], ends[:, 0], ends[:, 2], **frame.OF_READERS)
    reach = 1.1 * np.nanmax(np.abs([*ends.flat, 0.01]))
    y = np.arange(len(shown))
    ax.vlines(np.zeros(len(y)), y - 0.15, y + 0.35, color=QUIET, lw=1, zorder=1)  # but not through names
    ax.set(xlim=(-reach, reach))
    ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.xaxis.set_major_formatter(lambda at, _: signed(at, "g"))
    return frame.below(ax, f"difference, {INTERVAL}", told, frame.counted(len(table), "rows", MOST))


@frame.plot
def agreement(items: pd.DataFrame) -> Axes:
    """Krippendorff's alpha of each item with its interval, and in how many comments the coders agree.

    items : index item; `same` (Estimate, share), `alpha` (Estimate, −1 to 1; its value may be NaN)"""
    shown = items.head(MOST)
    value, low, high, *_ = frame.estimates(shown["alpha"])
    ax = frame.dots(shown.index, value, "undefined")
    frame.marks(ax, range(len(shown)), value, low, high, **frame.OF_READERS)
    for y, (n, count) in enumerate(frame.estimates(shown["same"])[3:].T):
        told = "–" if np.isnan(count) else f"{count:,.0f} of {n:,.0f}"
        ax.annotate(told, (1, y), (4, 0), ("axes fraction", "data"), "offset points", va="center")
    ax.vlines([0, 0.667], *ax.get_ylim(), color=QUIET, lw=1, ls=["-", ":"], zorder=1)
    ax.set(xlim=(-1.04, 1.04), xticks=[-1, 0, 0.667, 1], xticklabels=["−1", "0", "0.667", "1"])
    told = f"Krippendorff's alpha (0: as by chance), {INTERVAL}; at the right: comments coded the same"
    return frame.below(ax, told, frame.counted(len(items), "items", MOST))


@frame.plot
def specification_curve(curve: pd.DataFrame, *, label: str = "estimate") -> Axes:
    """The estimate under each combination of choices, the lowest first, and below it the options it uses.

    curve : a column of options (str) for each choice, and `estimate` (Estimate)
    label : what is estimated, in which units"""
    found = frame.estimates(curve["estimate"])[:3]
    order = np.argsort(found[0], kind="stable")[: (~np.isnan(found[0])).sum()]
    of = frame.counted(len(curve), "combinations")
    of += f", {len(curve) - len(order):,} without an estimate" if len(order) < len(curve) else ""
    if not len(order):
        return frame.nothing(of)
    bottom, top = np.nanmin([*found.flat, 0]), np.nanmax([*found.flat, 0])
    row, size = (top - bottom or 1) / _CURVE, min(max(200 / len(order), 2), 7)
    ticks = {at: signed(at, "g") for at in MaxNLocator(5).tick_values(bottom, top) if bottom <= at <= top}
    uses, y = curve.drop(columns="estimate").iloc[order].astype(object), bottom - row
    uses = uses.where(uses.notna(), "–")
    ax = frame.axes(frame.ROW * (_CURVE + 2 + (uses.nunique() + 1.3).sum()))
    for choice, options in uses.items():
        ticks[y := y - 1.3 * row] = drawable(f"{choice}:", letters=20)
        for option in options.unique():
            ticks[y := y - row] = drawable(option, letters=20)
            at = np.flatnonzero(options == option)
            ax.plot(at, np.full(len(at), y), "|", color=frame.INK, ms=8, mew=size / 3)
    frame.marks(ax, range(len(order)), *found[:, order], size=size, up=True, **frame.OF_READERS)
    ax.axhline(0, color=QUIET, lw=1, zorder=1)
    ax.set(yticks=[*ticks], yticklabels=ticks.values(), ylim=(y - row / 2, top + row / 2))
    ax.set(xticks=[], xlim=(-1.5, len(order) + 0.5))
    return frame.below(ax, f"above: {drawable(label, letters=36)}, the lowest first", INTERVAL, of)


@frame.plot
def accuracy(scores: pd.DataFrame) -> Axes:
    """What each method reaches on each labelled set, between chance and one human; higher is better.

    scores : `task`, `metric`, `who` (chance, TextBlob, VADER, rejoinder, one human, best published),
        `value`, `low`, `high` (0 to 1 or NaN)"""
    at, signs = scores.groupby(keys := ["task", "metric"], sort=False, dropna=False).ngroup(), {}
    names = [f"{task} · {metric}" for task, metric in scores[keys].drop_duplicates().to_numpy()]
    ax = frame.named_rows(names[:MOST], row=0.5)
    for who, sign, marker, color in zip(_WHO, _SIGNS, _MARKS, _COLOURS, strict=True):
        own = (scores["who"] == who).fillna(False) & (at < MOST)
        found = numbers(scores.loc[own, ["value", "low", "high"]]).T
        frame.marks(ax, at[own], *found, color=color, marker=marker)
        signs[color] = signs.get(color, "") + (f"{sign} {who}   " if own.any() else "")
    ax.set_xlim(np.nanmin([*numbers(scores["value"]), 0]) - 0.03, 1.03)
    frame.key(ax, *[(told, color) for color, told in signs.items() if told])
    return frame.below(ax, "higher is better", INTERVAL, frame.counted(len(names), "rows", MOST))
