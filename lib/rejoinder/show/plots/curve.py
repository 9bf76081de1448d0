"""Pictures of how far an answer hangs on choices, and on how many comments are coded."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, NullLocator

from rejoinder.fragment import READERS
from rejoinder.show.alt import NOT_CHOICES, SAMPLE_SIZES
from rejoinder.show.plots.frame import NAME_LETTERS, QUIET, READERS_MARK, blank_axes, drawable, nothing

# Of findings, that of the notebooks first. Marks, and lightness, tell them apart in grey; the colours
# stay apart for the colour-blind too.
_FINDINGS = (
    {"marker": READERS_MARK, "color": READERS},
    {"marker": "^", "color": "#1A1A1A"},
    {"marker": "s", "color": "#B8860B"},
    {"marker": "D", "color": "#6E2750"},
)
_OTHER = {"marker": "X", "color": QUIET}
_USED = {"marker": "|", "color": "#4A4A4A"}
_INK, _SOFT, _FAINT = "#1A1A1A", "#CFCFCF", "#EDEDED"
_INTERVAL = "#9A9A9A"
_GUIDE = {"color": QUIET, "lw": 1, "ls": (0, (1, 2)), "zorder": 0}
_DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (7, 2, 1.5, 2)), (0, (1, 2.5)), (0, (10, 3, 3, 3)))

_UPPER, _EDGES, _BAND = 3.3, 1.1, 0.2  # inches: the estimates, what is around them, a row below
_FEWEST = 9  # places across, so that two or three combinations do not stand at the far ends
_OPTION_LETTERS, _CHOICE_LETTERS, _LINE = 32, 24, 42
_SMALL, _NAME = 9, 14  # points: small letters, and from the name of one line to that of the next


def specification_curve(table: pd.DataFrame, *, label: str = "estimate", ax: Axes | None = None) -> Axes:
    """What each combination of choices gives, lowest first, and below it the options that it uses.

    One row per combination, the first as in the notebooks: `estimate` (Estimate), `finding` (str, what
    it would answer), and for each choice a column of that name with the option (str). `label`: what is
    estimated, and in which units. A combination without an estimate is counted and not drawn.

    The finding of the notebooks has the readers' mark and colour; four findings are told apart. Returns
    the upper Axes; where `ax` is given, only that part is drawn into it, with a key above.
    """
    if table.empty:
        return nothing(ax, "there are no choices to combine")
    dots = _dots(table)
    drawn = dots[dots["place"].notna()]
    if drawn.empty:
        return nothing(ax, f"no estimate under any of n = {len(table)} combinations")
    findings = _by_finding(dots)
    bands = [("finding", findings)]
    for choice in table.columns.drop(NOT_CHOICES):
        uses = dots.groupby(_words(table[choice]), sort=False)
        options = [(drawable(word, letters=_OPTION_LETTERS), own, _USED) for word, own in uses]
        bands.append((drawable(choice, letters=_CHOICE_LETTERS), options))
    alone, below = ax is not None, _BAND * sum(len(options) + 0.5 for _, options in bands)
    ax = blank_axes(ax, rows=0, extra=_UPPER + _EDGES + below)
    beside = 0.5 + max(0.01 * len(drawn), (_FEWEST - len(drawn)) / 2)
    ax.set_xlim(-beside, len(drawn) - 1 + beside)
    # Points from one combination to the next; the names at the left will take some of the room.
    step = 0.8 * _points(ax.get_window_extent().width, ax) / max(len(drawn), _FEWEST)
    _draw_estimates(ax, drawn, findings, step)
    ax.set_ylabel("\n".join(map(drawable, textwrap.wrap(label, _LINE, max_lines=2, placeholder=" …"))))
    ax.set_xlabel(_counted(dots), loc="left", fontsize=_SMALL)
    if alone:
        _key(ax, findings)
    else:
        grid = ax.figure.add_gridspec(2, 1, height_ratios=(_UPPER, below))
        ax.set_subplotspec(grid[0])
        lower = blank_axes(ax.figure.add_subplot(grid[1], sharex=ax), rows=0)
        _draw_bands(lower, bands, step)
        lower.axvline(dots.loc[0, "place"], **_GUIDE)  # none where that is NaN
    ax.set_xticks([])
    return ax


def _dots(table: pd.DataFrame) -> pd.DataFrame:
    """The estimates as numbers, the finding, and the `place` from the lowest; NaN without a value."""
    names = ["value", "low", "high", "n", "level", "count"]
    rows = [[getattr(estimate, name) for name in names] for estimate in table["estimate"]]
    dots = pd.DataFrame(rows, columns=names).astype({"value": float, "low": float, "high": float})
    finding = _words(table["finding"])
    return dots.assign(finding=finding, place=dots["value"].rank(method="first") - 1)


def _words(column: pd.Series) -> pd.Series:
    return column.reset_index(drop=True).map(lambda word: "unknown" if pd.isna(word) else str(word))


def _by_finding(dots: pd.DataFrame) -> list[tuple[str, pd.DataFrame, dict]]:
    """Each finding with its count, its combinations and its style; the notebooks' first, then the most
    common, and what is left as other."""
    ours = dots.loc[0, "finding"]
    order = [ours, *dots["finding"].value_counts().index.drop(ours)]
    found = [
        (what, dots[dots["finding"] == what], style)
        for what, style in zip(order, _FINDINGS, strict=False)
    ]
    rest = dots[dots["finding"].isin(order[len(_FINDINGS) :])]
    found += [] if rest.empty else [("other", rest, _OTHER)]
    return [
        (f"{drawable(what, letters=_OPTION_LETTERS)} ({len(own)})", own, style)
        for what, own, style in found
    ]


def _draw_estimates(ax: Axes, drawn: pd.DataFrame, findings: list, step: float) -> None:
    # Where hundreds stand side by side, their lines make a plane, which is paler.
    ax.vlines(drawn["place"], drawn["low"], drawn["high"], color=_INTERVAL if step > 3 else _SOFT,
              lw=min(max(0.5 * step, 0.8), 1.5), zorder=1)  # fmt: skip
    size = min(max(0.9 * step, 3), 7)
    for _, own, style in findings:
        few = own["low"].isna()
        for part, fill in ((own[~few], style["color"]), (own[few], "white")):
            ax.plot(part["place"], part["value"], ls="none", **style, mfc=fill, ms=size,
                    mew=min(1.2, size / 4), zorder=3)  # fmt: skip
    if drawn["count"].notna().any():
        ax.set_ylim(-0.03, 1.03)
        ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
    else:
        ends = drawn[["value", "low", "high"]]
        bottom, top = min(0, ends.min(axis=None)), max(0, ends.max(axis=None))
        edge = 0.06 * (top - bottom) or 0.1
        ax.set_ylim(bottom - edge, top + edge)
        ax.yaxis.set_major_locator(MaxNLocator(6))
        ax.axhline(0, color=_INK, lw=0.8, zorder=2)
    ax.grid(axis="y", color=_FAINT)
    ax.set_axisbelow(True)
    if 0 not in drawn.index:
        return
    place, value = drawn.loc[0, ["place", "value"]]
    ax.axvline(place, **_GUIDE)
    ax.plot(place, value, "o", mfc="none", mec=_INK, mew=1.5, ms=13, zorder=4)
    along = ax.transLimits.transform((place, 0))[0]
    side = "left" if along < 0.15 else "right" if along > 0.85 else "center"
    ax.text(place, 1.01, "as in the notebooks", ha=side, va="bottom", fontsize=_SMALL, weight="bold",
            transform=ax.get_xaxis_transform())  # fmt: skip


def _counted(dots: pd.DataFrame) -> str:
    """How many combinations there are, how many have no estimate, and what the lines are."""
    drawn = dots[dots["value"].notna()]
    lines = ["1 combination" if len(dots) == 1 else f"{len(dots)} combinations, by what they give"]
    if len(drawn) < len(dots):
        lines.append(f"{len(dots) - len(drawn)} without an estimate, not drawn")
        lines[-1] += "" if 0 in drawn.index else "; that of the notebooks is one of them"
    fewest, most = drawn["n"].min(), drawn["n"].max()
    parts = [
        f"line: {100 * drawn['level'].iloc[0]:g} % interval",
        *(["hollow: no interval"] if drawn["low"].isna().any() else []),
        f"each of n = {fewest}" + (f" to {most}" if most > fewest else ""),
    ]
    return "\n".join([*lines, "   ".join(parts)])


def _key(ax: Axes, findings: list) -> None:
    """A key of the findings above the Axes, and above the name of the notebooks' combination."""
    marks = [ax.plot([], [], ls="none", **style, ms=6)[0] for _, _, style in findings]
    names = [what for what, *_ in findings]
    above = 1 + 20 / _points(ax.get_window_extent().height, ax)
    ax.legend(marks, names, loc="lower left", bbox_to_anchor=(0, above), ncols=2, frameon=False,
              fontsize=_SMALL, borderpad=0, borderaxespad=0)  # fmt: skip


def _draw_bands(ax: Axes, bands: list, step: float) -> None:
    """A row per option and a mark where a combination uses it; the choices' names at the left."""
    places, names, heads, y = [], [], [], 0.0
    for choice, options in bands:
        heads.append(
            ax.annotate(choice, (0, y), (0, 0), va="center_baseline",
                        xycoords=("axes fraction", "data"), textcoords="offset points",
                        fontsize=_SMALL, weight="bold")
        )  # fmt: skip
        for option, own, style in options:
            ax.axhline(y, color=_FAINT, lw=1, zorder=0)
            if style is _USED:
                ax.vlines(own["place"], y - 0.32, y + 0.32, color=style["color"], zorder=2,
                          lw=min(max(0.8 * step, 0.4), 3))  # fmt: skip
            else:
                ax.plot(own["place"], [y] * len(own), ls="none", **style, zorder=2, mew=0,
                        ms=min(max(0.9 * step, 3), 6))  # fmt: skip
            places.append(y)
            names.append(option)
            y += 1
        y += 0.5
    ax.set_ylim(y - 1, -0.5)
    ax.set_yticks(places, names, fontsize=_SMALL)
    widths = [
        max(text.get_window_extent().width for text in texts) for texts in (heads, ax.get_yticklabels())
    ]
    for head in heads:
        head.set_position((-_points(sum(widths), ax) - 20, 0))


def _points(pixels: float, ax: Axes) -> float:
    return pixels * 72 / ax.get_figure(root=True).dpi


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
    ax = blank_axes(ax, rows=max(7, 0.7 * len(lines)), extra=1.2)
    ax.set_xscale("log")
    fewest, most = drawn["coded"].min(), drawn["coded"].max()
    ax.set_xlim(fewest / 1.06, most * 1.06)
    ax.set_ylim(0, 1.06 * drawn["half_width"].max() or 0.5)
    ticks = [size for size in SAMPLE_SIZES if fewest <= size <= most] or [fewest]
    ax.set_xticks(ticks, [f"{size}" for size in ticks])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.grid(axis="y", color=_FAINT)
    ax.set_axisbelow(True)
    ends = sorted(lines.items(), key=lambda line: line[1]["half_width"].iloc[-1])
    apart, taken = _NAME / _points(ax.get_window_extent().height, ax), -1.0
    styles = dict(zip(lines, _DASHES * len(lines), strict=False))
    for machine, line in ends:
        colour = _INK if machine == next(iter(lines)) else READERS
        x, y = line[["coded", "half_width"]].iloc[-1]
        ax.plot(line["coded"], line["half_width"], ls=styles[machine], lw=1.8, color=colour, zorder=2)
        ax.plot(x, y, READERS_MARK, color=colour, ms=4, zorder=3)
        # The name at the right edge, moved up where it would touch the one below.
        end = ax.transLimits.transform(ax.transScale.transform((x, y)))
        taken = max(end[1], taken + apart)
        ax.plot([end[0], 1.02], [end[1], taken], transform=ax.transAxes, color=_SOFT, lw=0.8, zorder=1,
                clip_on=False)  # fmt: skip
        ax.text(1.03, taken, drawable(machine, letters=NAME_LETTERS), transform=ax.transAxes,
                va="center", color=colour, fontsize=_SMALL)  # fmt: skip
    without = len(table) - len(drawn)
    counted = f"; {without} of {len(table)} points have no half-width, not drawn" if without else ""
    ax.set_xlabel(f"n, how many comments are coded (log scale){counted}", loc="left")
    ax.set_ylabel("half-width of the 95 % interval\n(0.1: ten in a hundred either way)")
    return ax
