"""A picture of how far an answer hangs on choices."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rejoinder.html import READERS
from rejoinder.plots.frame import (
    FAINT,
    INK,
    LETTERS,
    QUIET,
    READERS_MARK,
    blank_axes,
    fitted,
    label_below,
    nothing,
    points,
    text_width,
    write,
)

NOT_CHOICES = ["estimate", "finding"]  # the columns of a specification curve that name no choice
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
_SOFT, _INTERVAL = "#CFCFCF", "#9A9A9A"
_GUIDE = {"color": QUIET, "lw": 1, "ls": (0, (1, 2)), "zorder": 0}

# In points.
_UPPER, _BAND, _TOP = 240, 15, 18  # the estimates, a row below, the name above
_CHOICES, _OPTIONS = 116, 170  # for the names of the choices, and of their options
_LINE = 12.5  # from one line of letters to the next
_FEWEST = 9  # places across, so that two or three combinations do not stand at the far ends


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
        options = [(fitted(word, _OPTIONS), own, _USED) for word, own in uses]
        bands.append((fitted(choice, _CHOICES, bold=True), options))
    told = _counted(dots)
    heads = max(text_width(choice, bold=True) for choice, _ in bands) + 16
    names = max(text_width(option) for _, options in bands for option, *_ in options) + 8
    below = _BAND * (sum(len(options) + 0.5 for _, options in bands) - 0.5)
    apart = _LINE * len(told) + 16  # from the estimates to the rows of options
    alone = ax is not None
    ax = blank_axes(ax, height=_UPPER, left=heads + names, above=_TOP, below=apart + below + 4)
    beside = 0.5 + max(0.01 * len(drawn), (_FEWEST - len(drawn)) / 2)
    ax.set_xlim(-beside, len(drawn) - 1 + beside)
    wide, high = points(ax)
    step = wide / max(len(drawn), _FEWEST)  # points from one combination to the next
    _draw_estimates(ax, drawn, findings, step)
    ax.set_ylabel(fitted(label, high, lines=2), fontsize=LETTERS, color=INK)
    label_below(ax, *told)
    if alone:
        _key(ax, findings)
    else:
        lower = blank_axes(_below(ax, apart, below), height=below)
        _draw_bands(lower, bands, step, heads + names - 4)
        lower.axvline(dots.loc[0, "place"], **_GUIDE)  # none where that is NaN
    ax.set_xticks([])
    return ax


def _below(ax: Axes, apart: float, high: float) -> Axes:
    """Axes `high` points high, so many points below `ax`, over the same places."""
    figure, box = ax.figure, ax.get_position()
    unit = 1 / (72 * figure.get_figheight())
    bottom = box.y0 - (apart + high) * unit
    return figure.add_axes((box.x0, bottom, box.width, high * unit), sharex=ax)


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
    return [(_named(what, len(own)), own, style) for what, own, style in found]


def _named(finding: str, n: int) -> str:
    count = f" ({n:,})"
    return fitted(finding, _OPTIONS - text_width(count)) + count


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
        ax.axhline(0, color=INK, lw=0.8, zorder=2)
    ax.grid(axis="y", color=FAINT)
    ax.set_axisbelow(True)
    if 0 not in drawn.index:
        return
    place, value = drawn.loc[0, ["place", "value"]]
    ax.axvline(place, **_GUIDE)
    ax.plot(place, value, "o", mfc="none", mec=INK, mew=1.5, ms=13, zorder=4)
    along = ax.transLimits.transform((place, 0))[0]
    side = "left" if along < 0.15 else "right" if along > 0.85 else "center"
    write(ax, place, 1.01, "as in the notebooks", ha=side, va="bottom", bold=True,
          transform=ax.get_xaxis_transform())  # fmt: skip


def _counted(dots: pd.DataFrame) -> list[str]:
    """How many combinations there are, how many have no estimate, and what the lines are."""
    drawn = dots[dots["value"].notna()]
    n = len(dots)
    lines = ["1 combination" if n == 1 else f"{n:,} combinations, by what they give"]
    if len(drawn) < n:
        lines.append(f"{n - len(drawn):,} without an estimate, not drawn")
        lines[-1] += "" if 0 in drawn.index else "; that of the notebooks is one of them"
    fewest, most = drawn["n"].min(), drawn["n"].max()
    parts = [
        f"line: {100 * drawn['level'].iloc[0]:g} % interval",
        *(["hollow: no interval"] if drawn["low"].isna().any() else []),
        f"each of n = {fewest:,}" + (f" to {most:,}" if most > fewest else ""),
    ]
    return [*lines, "; ".join(parts)]


def _key(ax: Axes, findings: list) -> None:
    """A key of the findings above the Axes, and above the name of the notebooks' combination."""
    marks = [ax.plot([], [], ls="none", **style, ms=6)[0] for _, _, style in findings]
    names = [what for what, *_ in findings]
    above = 1 + 20 / points(ax)[1]
    ax.legend(marks, names, loc="lower left", bbox_to_anchor=(0, above), ncols=2, frameon=False,
              fontsize=LETTERS, borderpad=0, borderaxespad=0)  # fmt: skip


def _draw_bands(ax: Axes, bands: list, step: float, left: float) -> None:
    """A row per option and a mark where a combination uses it; the choices' names at the left."""
    places, names, y = [], [], 0.0
    for choice, options in bands:
        ax.annotate(choice, (0, y), (-left, 0), va="center_baseline", weight="bold", fontsize=LETTERS,
                    xycoords=("axes fraction", "data"), textcoords="offset points")  # fmt: skip
        for option, own, style in options:
            ax.axhline(y, color=FAINT, lw=1, zorder=0)
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
    ax.set_yticks(places, names, fontsize=LETTERS)
