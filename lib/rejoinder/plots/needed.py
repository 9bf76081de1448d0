"""A picture of how many comments have to be coded."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, NullLocator

from rejoinder.html import READERS
from rejoinder.plots.frame import (
    FAINT,
    INK,
    LETTERS,
    READERS_MARK,
    SOFT,
    blank_axes,
    fitted,
    label_below,
    nothing,
    points,
    text_width,
    write,
)

SAMPLE_SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
_DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (7, 2, 1.5, 2)), (0, (1, 2.5)), (0, (10, 3, 3, 3)))
_NAME, _NAMES = 14, 170  # points from the name of one line to that of the next, and for these names


def how_many(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """How wide the interval of a share is, by how many comments are coded; a line for each machine.

    One row per point: `coded` (int), `half_width` (0 to 0.5; NaN: not drawn, but counted), `machine`
    (str, how good the machine's labels are).
    """
    drawn = table.dropna(subset="half_width")
    if drawn.empty:
        return nothing(ax, "no numbers of coded comments to compare")
    lines = {
        machine: line.sort_values("coded", kind="stable")
        for machine, line in drawn.groupby("machine", sort=False, dropna=False)
    }
    names = {machine: fitted(machine, _NAMES) for machine in lines}
    ax = blank_axes(ax, height=max(220, 22 * len(lines)), left=66, below=44,
                    right=max(map(text_width, names.values())) + 24)  # fmt: skip
    ax.set_xscale("log")
    fewest, most = drawn["coded"].min(), drawn["coded"].max()
    ax.set_xlim(fewest / 1.06, most * 1.06)
    ax.set_ylim(0, 1.06 * drawn["half_width"].max() or 0.5)
    _name_sizes(ax, fewest, most)
    ax.yaxis.set_major_locator(MaxNLocator(6))
    ax.grid(axis="y", color=FAINT)
    ax.set_axisbelow(True)
    ends = sorted(lines.items(), key=lambda line: line[1]["half_width"].iloc[-1])
    apart, taken = _NAME / points(ax)[1], -1.0
    styles = dict(zip(lines, _DASHES * len(lines), strict=False))
    for machine, line in ends:
        colour = INK if machine == next(iter(lines)) else READERS
        x, y = line[["coded", "half_width"]].iloc[-1]
        ax.plot(line["coded"], line["half_width"], ls=styles[machine], lw=1.8, color=colour, zorder=2)
        ax.plot(x, y, READERS_MARK, color=colour, ms=4, zorder=3)
        # The name at the right edge, moved up where it would touch the one below.
        end = ax.transLimits.transform(ax.transScale.transform((x, y)))
        taken = max(end[1], taken + apart)
        ax.plot([end[0], 1.02], [end[1], taken], transform=ax.transAxes, color=SOFT, lw=0.8, zorder=1,
                clip_on=False)  # fmt: skip
        write(ax, 1.03, taken, names[machine], transform=ax.transAxes, color=colour)
    without = len(table) - len(drawn)
    counted = f"; {without:,} of {len(table):,} points have no half-width, not drawn" if without else ""
    label_below(ax, f"n, how many comments are coded (log scale){counted}")
    ax.set_ylabel("half-width of the 95 % interval\n(0.1: ten in a hundred either way)", fontsize=LETTERS)
    return ax


def _name_sizes(ax: Axes, fewest: int, most: int) -> None:
    """Plain numbers along a log scale, as many as there is room for."""
    sizes = [size for size in SAMPLE_SIZES if fewest <= size <= most] or [fewest]
    along = ax.transLimits.transform(ax.transScale.transform([(size, 0) for size in sizes]))[:, 0]
    taken, kept = -1.0, []
    for size, at in zip(sizes, along, strict=True):
        half = text_width(f"{size:,}") / 2 / points(ax)[0]
        if at - half > taken:
            kept.append(size)
            taken = at + half + 4 / points(ax)[0]
    ax.set_xticks(kept, [f"{size:,}" for size in kept], fontsize=LETTERS)
    ax.xaxis.set_minor_locator(NullLocator())
