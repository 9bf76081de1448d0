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

__all__ = [
    "AUTHOR", "READERS", "accuracy", "agreement", "calibration", "claim_places", "drawable",
    "half_widths", "leave_one_out", "paired_means", "paired_shares", "reply_tree",
    "specification_curve", "tone_along_article", "tone_beside_stance", "tone_dots",
]  # fmt: skip

_KIND_MARKS = {"fact": "s", "forecast": ">", "judgement": "D"}
_STANCES = ["agree", "mixed", "disagree", "disputed", "seen by some", "unclear", "silent", "uncoded"]
_CURVE, _OPTIONS = 12, 12  # rows that estimates take above those of options; options of a choice
_LINES, _FEW = 8, 10  # lines of half-widths; answers of a step of calibration
# People and the best published have the author's colour, ours the readers'.
_WHO = ["chance", "TextBlob", "VADER", "one human", "best published", "rejoinder"]
_SIGNS, _MARKS, _COLOURS = "|▼▲◆★●", "|v^D*o", [QUIET] * 3 + [AUTHOR] * 2 + [READERS]


@frame.plot
def claim_places(claims: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Where in the article each claim stands, the first on top and the thesis filled.

    claims : index claim id (`thesis` for the thesis); `kind` (fact, forecast, judgement), `text`, `place`
        (0 to 1, the share of the article's words before it)"""
    shown = claims.sort_values("place", kind="stable").head(MOST)
    kinds, places = shown["kind"].to_list(), numbers(shown["place"])
    told = zip(shown.index, kinds, shown["text"], strict=True)
    ax = frame.rows(ax, [f"{claim} · {kind}: {text}" for claim, kind, text in told], lines=2, row=0.68)
    for y, claim in enumerate(shown.index):
        fill, size = (AUTHOR, 10) if claim == "thesis" else ("white", 7)
        ax.plot(places[y], y, _KIND_MARKS.get(kinds[y], "o"), color=AUTHOR, mfc=fill, ms=size)
    ax.set(xlim=(-0.03, 1.03), xticks=[0, 0.5, 1], xticklabels=["first word", "half", "last word"])
    return frame.below(ax, "place in the article", frame.counted(len(claims), "claims", MOST))


@frame.plot
def reply_tree(comments: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The comments in page order, as bars as long as their words, indented below what they answer.

    comments : index comment id; `words` (int), `depth` (int, 0 = answers the article), `opening` (str)"""
    shown = comments.head(MOST)
    words, depth = np.nan_to_num(numbers(shown[["words", "depth"]])).T
    left = depth * max(words.max(), 1) * min(0.08, 0.5 / max(depth.max(), 1))
    ax, end = frame.rows(ax, shown.index), max((left + words).max(), 1)
    for wide, alpha in ((words, 0.3), (end / 100, 1)):
        ax.barh(range(len(shown)), wide, left=left, height=0.84, color=READERS, alpha=alpha)
    for y, opening in enumerate(shown["opening"]):
        cut = drawable(opening, letters=int(0.8 * frame.LINE * (1 - left[y] / end)))
        ax.text(left[y] + end / 60, y, f"{words[y]:,.0f} · {cut}", **frame.INSIDE)
    ax.set(xlim=(0, 1.02 * end), xticks=[])
    told = "bar and number: words; indented: answers the comment above"
    return frame.below(ax, told, frame.counted(len(comments), "comments", MOST))


@frame.plot
def tone_dots(comments: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The tone of each comment, the coldest on top; of very many comments a histogram.

    comments : index comment id; `polarity` (−1 to 1, higher = warmer; NaN: no word scored), `tone`"""
    polarity, bins = numbers(comments["polarity"]), np.linspace(-1, 1, 41)
    ax = frame.tone_axis(frame.sorted_dots(ax, comments.index, polarity, "no word scored", bins))
    tones = [f"{n:,}\u00a0{drawable(tone)}" for tone, n in comments["tone"].value_counts().items()]
    return frame.below(ax, "tone of words", frame.counted(len(comments), "comments"), ", ".join(tones))


@frame.plot
def tone_beside_stance(comments: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The tone of the comments that take each stance to the thesis: a row per stance, a dot per comment.

    comments : index comment id; `polarity` (−1 to 1, higher = warmer, or NaN), `thesis` (stance)"""
    stance = comments["thesis"].astype(object).where(comments["thesis"].notna(), "uncoded").to_numpy()
    polarity = np.round(20 * numbers(comments["polarity"])) / 20
    up = pd.Series(polarity).groupby([stance, polarity]).cumcount().to_numpy()  # dots below each dot
    found = [one for one in dict.fromkeys([*_STANCES, *stance]) if one in stance][:MOST]
    names = [f"{one} (n = {sum(stance == one):,})" for one in found]
    ax = frame.tone_axis(frame.rows(ax, names, lines=1, row=0.75, gap=0.6))
    for y, one in enumerate(found):
        own = (stance == one) & ~np.isnan(polarity)
        ax.plot(polarity[own], y - 0.07 - 0.48 * up[own] / max(4, *up[own], 0), "o", color=READERS, ms=6)
    without = f"{np.isnan(polarity).sum():,} without a scored word, not drawn"
    return frame.below(ax, "tone of words", frame.counted(len(comments), "comments"), without)


@frame.plot
def tone_along_article(paragraphs: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The tone of the article's paragraphs, the first on top; unless there are many, the strongest words.

    paragraphs : index paragraph number; `polarity` (−1 to 1, higher = warmer, or NaN), `strongest`"""
    polarity = numbers(paragraphs["polarity"])
    ax = frame.dots(ax, paragraphs.index, polarity, "no word scored", **frame.OF_AUTHOR)
    frame.tone_axis(ax).set_ylabel("paragraph")
    ax.hlines(
        range(len(polarity)), 0, polarity, color=AUTHOR, lw=0.5 if len(polarity) > frame.DENSE else 1.4
    )
    for y, word in enumerate(paragraphs["strongest"] if len(polarity) <= frame.DENSE else []):
        x, ha = (0.03, "left") if polarity[y] < 0 else (-0.03, "right")  # where the line is not
        ax.text(x, y, drawable(word, letters=22), ha=ha, **frame.INSIDE)
    return frame.below(ax, "tone of words, and the strongest", frame.counted(len(polarity), "paragraphs"))


@frame.plot
def paired_shares(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The author's and the readers' share of each name, with intervals.

    table : index id; `name`, `author`, `readers` (Estimates, shares of paragraphs, of comments)"""
    ax = _paired(table, "share", ax)
    percent = ["0", "25", "50", "75", "100 %"]
    ax.set(xlim=(-0.02, 1.02), xticks=np.linspace(0, 1, 5), xticklabels=percent)
    return ax


@frame.plot
def paired_means(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The author's and the readers' mean tone toward each name, with intervals.

    table : index id; `name`, `author`, `readers` (Estimates, −1 to 1, higher = warmer)"""
    return frame.tone_axis(_paired(table, "mean tone", ax))


def _paired(table: pd.DataFrame, what: str, ax: Axes | None) -> Axes:
    shown, told = table.head(MOST), []
    ax = frame.rows(ax, shown["name"].to_list(), lines=1, row=0.6)
    for side, sign, units, look, down in (
        ("author", "■", "paragraphs", frame.OF_AUTHOR, -0.06),
        ("readers", "●", "comments", frame.OF_READERS, 0.2),
    ):
        value, low, high, n, _ = frame.estimates(shown[side])
        frame.marks(ax, np.arange(len(shown)) + down, value, low, high, **look)
        ends = dict.fromkeys(f"{end:,.0f}" for end in (min(np.nan_to_num(n)), max(np.nan_to_num(n))))
        told.append((f"{sign} {side}, {what} (n = {'–'.join(ends)} {units})", look["color"]))
    frame.key(ax, *told)
    return frame.below(ax, INTERVAL, frame.counted(len(table), "rows", MOST))


@frame.plot
def agreement(items: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Krippendorff's alpha of each item with its interval, and in how many comments the coders agree.

    items : index item; `same` (Estimate, share), `alpha` (Estimate, up to 1; its value may be NaN)"""
    shown = items.head(MOST)
    value, low, high, *_ = frame.estimates(shown["alpha"])
    ax = frame.dots(ax, shown.index, value, "undefined", **frame.OF_READERS)
    frame.marks(ax, range(len(shown)), value, low, high, **frame.OF_READERS)
    for y, (n, count) in enumerate(frame.estimates(shown["same"])[3:].T):
        told = "–" if np.isnan(count) else f"{count:,.0f} of {n:,.0f}"
        ax.annotate(told, (1, y), (4, 0), ("axes fraction", "data"), "offset points", va="center")
    least = np.nanmin([*value, *low, 0])
    ax.vlines([0, 0.667], *ax.get_ylim(), color=QUIET, lw=1, ls=["-", ":"], zorder=1)
    ends = [signed(least) if least < -0.25 else "", "0", "0.667", "1"]
    ax.set(xlim=(least - 0.04, 1.04), xticks=[least, 0, 0.667, 1], xticklabels=ends)
    told = f"Krippendorff's alpha (0: as by chance), {INTERVAL}; at the right: comments coded the same"
    return frame.below(ax, told, frame.counted(len(items), "items", MOST))


@frame.plot
def specification_curve(curve: pd.DataFrame, *, label: str = "estimate", ax: Axes | None = None) -> Axes:
    """The estimate under each combination of choices, the lowest first, and below it the options it uses.

    curve : a column of options (str) for each choice, and `estimate` (Estimate)
    label : what is estimated, in which units"""
    found = frame.estimates(curve["estimate"])[:3]
    order = np.argsort(found[0], kind="stable")[: (~np.isnan(found[0])).sum()]
    of = frame.counted(len(curve), "combinations")
    of += f", {len(curve) - len(order):,} without an estimate" if len(order) < len(curve) else ""
    if not len(order):
        return frame.nothing(ax, of)
    bottom, top = np.nanmin([*found.flat, 0]), np.nanmax([*found.flat, 0])
    row, size = (top - bottom or 1) / _CURVE, min(max(200 / len(order), 2), 7)
    ticks = {at: signed(at, "g") for at in MaxNLocator(5).tick_values(bottom, top) if bottom <= at <= top}
    uses, y = curve.drop(columns="estimate").astype(object).iloc[order], bottom - row
    options_shown = uses.nunique(dropna=False).clip(upper=_OPTIONS + 1)
    ax = frame.axes(ax, frame.ROW * (_CURVE + 2 + (options_shown + 1.3).sum()))
    for choice, options in uses.items():
        options = options.where(options.notna(), "unknown").map(str)
        common = options.value_counts().index[:_OPTIONS]
        options = options.where(options.isin(common), "others").to_numpy()
        ticks[y := y - 1.3 * row] = drawable(f"{choice}:", letters=20)
        for option in dict.fromkeys(options):
            ticks[y := y - row] = drawable(option, letters=20)
            at = np.flatnonzero(options == option)
            ax.plot(at, np.full(len(at), y), "|", color=frame.INK, ms=8, mew=size / 3)
    frame.marks(ax, range(len(order)), *found[:, order], size=size, up=True, **frame.OF_READERS)
    ax.axhline(0, color=QUIET, lw=1, zorder=1)
    ax.set(yticks=[*ticks], yticklabels=ticks.values(), ylim=(y - row / 2, top + row / 2))
    ax.set(xticks=[], xlim=(-1.5, len(order) + 0.5))
    return frame.below(ax, f"above: {drawable(label, letters=36)}, the lowest first", INTERVAL, of)


@frame.plot
def leave_one_out(table: pd.DataFrame, *, label: str = "value", ax: Axes | None = None) -> Axes:
    """The value without each unit, the lowest on top, and that of all as a line; of many a histogram.

    table : index what is left out; `value` (float). That of all: the row `nothing`
    label : what is estimated, in which units"""
    values, whole = numbers(table["value"]), table.index == "nothing"
    full = values[whole][0] if whole.any() else np.nan
    ax = frame.sorted_dots(ax, table.index[~whole], values[~whole], "no value", 40)
    ax.axvline(full, color=frame.INK, lw=1.2, zorder=1)
    told = f"line: nothing left out, {signed(full)}" if np.isfinite(full) else ""
    of = frame.counted((~whole).sum(), "left out in turn")
    return frame.below(ax, f"{drawable(label, letters=36)} without each", told, of)


@frame.plot
def half_widths(needed: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """How well a share is known by how many comments are coded; a line for each kind of machine help.

    needed : `coded` (int, from 1), `half_width` (0 to 0.5, lower = better known), `machine` (str)"""
    x, y = numbers(needed[["coded", "half_width"]]).T
    points = pd.DataFrame({"x": x, "y": y, "machine": needed["machine"].map(str).to_numpy()})
    points = points[x > 0].dropna().sort_values("x", kind="stable")
    if points.empty:
        return frame.nothing(ax)
    lines = [(name, part["x"], part["y"]) for name, part in points.groupby("machine", sort=False)]
    ax, top, height = frame.axes(ax, 3), points["y"].max() or 0.5, -1.0
    first, last = points["x"].min(), points["x"].max()
    for at, (name, x, y) in sorted(enumerate(lines[:_LINES]), key=lambda line: line[1][2].iloc[-1]):
        height, color = max(y.iloc[-1], height + 0.13 * top), READERS if at else frame.INK
        ax.plot(x, y, ls=("-", "--", "-.", ":")[at % 4], lw=1.8, color=color)
        beside = {"transform": ax.get_yaxis_transform(), "color": color}
        ax.plot([1, 1.04], [y.iloc[-1], height], clip_on=False, lw=0.5, **beside)
        ax.text(1.05, height, drawable(name, letters=14, lines=2), va="center", **beside)
    sizes = [k * 10**e for e in range(9) for k in (1, 3) if first <= k * 10**e <= last] or [first]
    ax.set(xscale="log", xlim=(first / 1.05, last * 1.05), ylim=(0, 1.08 * max(top, height)))
    ax.set_xticks(sizes, [f"{size:,.0f}" for size in sizes])
    ax.set_xticks([], minor=True)
    ax.set_ylabel("half-width of the 95 % interval of a share")
    return frame.below(ax, "comments coded (log scale)", frame.counted(len(lines), "lines", _LINES))


@frame.plot
def accuracy(scores: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """What each method reaches on each labelled set, between chance and one human; higher is better.

    scores : `task`, `metric`, `who` (chance, TextBlob, VADER, rejoinder, one human, best published),
        `value`, `low`, `high` (0 to 1 or NaN)"""
    at, signs = scores.groupby(keys := ["task", "metric"], sort=False, dropna=False).ngroup(), {}
    names = [f"{task} · {metric}" for task, metric in scores[keys].drop_duplicates().to_numpy()]
    ax = frame.rows(ax, names[:MOST], lines=1, row=0.5)
    for who, sign, marker, color in zip(_WHO, _SIGNS, _MARKS, _COLOURS, strict=True):
        own = (scores["who"] == who).fillna(False) & (at < MOST)
        found = numbers(scores.loc[own, ["value", "low", "high"]]).T
        frame.marks(ax, at[own], *found, color=color, marker=marker)
        signs[color] = signs.get(color, "") + (f"{sign} {who}   " if own.any() else "")
    ax.set_xlim(np.nanmin([*numbers(scores["value"]), 0]) - 0.03, 1.03)
    frame.key(ax, *[(told, color) for color, told in signs.items() if told])
    return frame.below(ax, "higher is better", INTERVAL, frame.counted(len(names), "rows", MOST))


@frame.plot
def calibration(steps: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """How often answers are right, by the degree the method gives them; a small line for each data set.

    steps : `measure`, `dataset`, `least` (0 to 1, the least degree of a step), `right` (0 to 1, the share
        of its answers that are right), `n` (answers)"""
    groups, ticks = [*steps.groupby(["measure", "dataset"], sort=False, dropna=False)][:MOST], {}
    names = [f"{one} · {of} (n = {np.nansum(numbers(part['n'])):,.0f})" for (one, of), part in groups]
    ax = frame.rows(ax, names, lines=1, row=1, gap=0.38)
    for y, (_, part) in enumerate(groups):
        degree, right, n = numbers(part.sort_values("least")[["least", "right", "n"]]).T
        ticks |= {y + 0.35: "0", y: "50", y - 0.35: "100 %"}
        up, enough = y + 0.35 - 0.7 * right, np.where(n >= _FEW, 0, np.nan)
        ax.plot(degree, up, color=READERS, lw=1.4)
        frame.marks(ax, degree, up, up + enough, up + enough, up=True, size=5, **frame.OF_READERS)
    ax.set(xlim=(-0.03, 1.03), yticks=[*ticks], yticklabels=ticks.values())
    told = f"share right by the least degree of a step; hollow: fewer than {_FEW} answers"
    sets = len(steps[["measure", "dataset"]].drop_duplicates())
    return frame.below(ax, told, frame.counted(sets, "data sets", MOST))
