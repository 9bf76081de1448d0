"""Pictures of how often the methods are right: the ladder from chance to human, and reliability."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from rejoinder.html import AUTHOR, READERS
from rejoinder.plots.frame import (
    FAINT,
    INK,
    LETTERS,
    LINE,
    QUIET,
    ROW,
    SOFT,
    beside,
    blank_axes,
    fitted,
    label_below,
    nothing,
    points,
    row_axes,
    ticks,
    write,
)

# The mark and colour of each rung; ours is filled, those that people set are above all others.
RUNGS = {
    "chance": ("|", QUIET),
    "TextBlob": ("v", QUIET),
    "VADER": ("^", QUIET),
    "rejoinder": ("o", READERS),
    "best published": ("*", AUTHOR),
    "one human": ("D", AUTHOR),
}
_TOLD = 170  # points for what is told of a row
_LINES = (("o", READERS), ("s", AUTHOR), ("^", INK), ("D", QUIET))
LEAST_ANSWERS = 10  # of a step that is drawn


def ladder(rungs: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Each measure and set as a row, from chance to human: what the methods reach on it.

    One row per rung: `task`, `metric`, `n`, `who` (one of RUNGS), `value`, `low`, `high` (NaN: no
    interval is drawn). The order is that of the first rung of each task.
    """
    if rungs.empty:
        return nothing(ax, "nothing was measured")
    rows = list(rungs.groupby("task", sort=False))
    ax = row_axes(ax, [name for name, _ in rows], row=1.2 * ROW, below=2 * LINE + 38)
    words, _ = beside(ax, 0, 1, words=_TOLD, before=10)
    for y, (_, row) in enumerate(rows):
        ax.plot([0, 1], [y, y], color=FAINT, lw=1, zorder=0)
        for rung in row.itertuples():
            mark, colour = RUNGS[rung.who]
            ours = rung.who == "rejoinder"
            if ours and pd.notna(rung.low):
                ax.plot([rung.low, rung.high], [y, y], color=colour, lw=2.5, zorder=2)
            inside = colour if ours else "white"
            ax.plot(rung.value, y, mark, color=colour, mfc=inside, ms=8 + ours, mew=1.4, zorder=3 + ours)
        own = row[row["who"] == "rejoinder"].iloc[0]
        told = fitted(f"{own['value']:.2f} {own['metric']}", _TOLD)
        write(ax, words, y - 0.18, told, color=READERS)
        write(ax, words, y + 0.22, f"n = {own['n']:,}", color=QUIET)
    ticks(ax, {0: "0", 0.25: "0.25", 0.5: "0.5", 0.75: "0.75", 1: "1"})
    there = [who for who in RUNGS if who in set(rungs["who"])]
    names = {
        "|": "stroke",
        "v": "triangle down",
        "^": "triangle up",
        "o": "full circle",
        "*": "star",
        "D": "diamond",
    }
    key = "; ".join(f"{names[RUNGS[who][0]]}: {who}" for who in there)
    label_below(ax, "Higher is better; line: 95 % interval of rejoinder", key)
    return ax


def reliability(steps: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """How often answers of each degree are right, a panel for each measure and a line for each set; on
    the diagonal a degree of 0.8 means 80 in 100.

    One row per set and step: `measure`, `dataset`, `degree` (the mean in it), `right`, `low`, `high`,
    `n`. Steps of fewer than LEAST_ANSWERS are not drawn, but counted.
    """
    drawn = steps[steps["n"] >= LEAST_ANSWERS]
    if drawn.empty:
        return nothing(ax, "no degrees were measured")
    panels = list(drawn.groupby("measure", sort=False))
    most = max(part["dataset"].nunique() for _, part in panels)
    ax = blank_axes(ax, height=190, left=40, above=(most + 1) * LINE + 8, below=66)
    ax.set_xticks([])
    ax.set_yticks([])
    wide = 1 / len(panels)
    for at, (measure, part) in enumerate(panels):
        panel = ax.inset_axes((at * wide, 0, wide - 0.06, 1))
        _panel(panel, measure, part, first=at == 0)
    few = len(steps) - len(drawn)
    counted = f"; {few} steps of fewer than {LEAST_ANSWERS} answers left out" if few else ""
    told = "Across: degree of the answer; up: share of the answers that is right; line: 95 % interval"
    label_below(ax, told + counted)
    ax.xaxis.labelpad = LINE + 8  # below the numbers of the panels
    return ax


def _panel(panel: Axes, measure: str, part: pd.DataFrame, *, first: bool) -> None:
    panel.set_xlim(0, 1)
    panel.set_ylim(0, 1.02)
    for spine in panel.spines.values():
        spine.set_visible(False)
    panel.tick_params(length=0, labelsize=LETTERS, labelleft=first)
    panel.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "", "0.5", "", "1"])
    panel.set_yticks([0, 0.25, 0.5, 0.75, 1], ["", "0.25", "0.5", "0.75", "1"])
    panel.grid(color=FAINT)
    panel.set_axisbelow(True)
    panel.plot([0, 1], [0, 1], color=SOFT, lw=1, zorder=1)
    lines = list(part.groupby("dataset", sort=False))
    up = LINE / points(panel)[1]
    room = points(panel)[0]
    title = fitted(measure, room, bold=True)
    write(panel, 0, 1.06 + up * len(lines), title, bold=True, transform=panel.transAxes)
    for at, (name, line) in enumerate(lines):
        mark, colour = _LINES[at % len(_LINES)]
        panel.plot(line["degree"], line["right"], f"{mark}-", color=colour, ms=5, lw=1.4, zorder=3)
        panel.vlines(line["degree"], line["low"], line["high"], color=colour, lw=1, alpha=0.6, zorder=2)
        y = 1.06 + up * (len(lines) - 1 - at)
        panel.plot(0.03, y, mark, color=colour, ms=5, transform=panel.transAxes, clip_on=False)
        write(panel, 0.08, y, fitted(name, 0.9 * room), color=colour, transform=panel.transAxes)
