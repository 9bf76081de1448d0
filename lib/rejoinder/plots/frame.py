"""What all plots share: settings, axes with rows, marks, and text that matplotlib can draw."""

import re
from functools import wraps

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from rejoinder.html import AUTHOR, READERS, visible

INK, QUIET, FAINT = "#1A1A1A", "#696969", "#E4E4E4"
OF_AUTHOR, OF_READERS = {"color": AUTHOR, "marker": "s"}, {"color": READERS, "marker": "o"}
INSIDE = {"clip_on": True, "va": "center"}  # text that is cut at the edge of the axes and moves nothing
INTERVAL = "line: 95\u00a0% interval (hollow: none)"
MOST, DENSE = 40, 60  # rows of a picture with long names, and with little more than dots
WIDTH, ROW = 4.8, 0.24  # inches; letters of 10 points are then 11 pixels high on a phone of 390 pixels
LINE, _LETTER, _LONGEST = 56, 5.8, 500  # letters on a line, points of one, characters that may be seen
_SETTINGS = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so a picture looks the same everywhere
    **{f"axes.spines.{side}": False for side in ("left", "right", "top", "bottom")},
    **{"xtick.major.size": 0, "ytick.major.size": 0, "lines.markersize": 7, "figure.dpi": 96},
    **{"xaxis.labellocation": "left", "yaxis.labellocation": "top", "text.color": INK},
    "svg.hashsalt": "rejoinder",  # the same figure gives the same file
}
# Matplotlib's defaults and the project's settings, whatever a person's matplotlibrc says.
_styled = plt.style.context(_SETTINGS, after_reset=True)
_FONT = get_font(findfont(FontProperties(family=_SETTINGS["font.family"])))


class _Figure(Figure):
    """Drawn and saved in the project's settings too, since much is settled only then."""

    draw, savefig = _styled(Figure.draw), _styled(Figure.savefig)


def plot(make):
    """Run a plot in the project's settings; an empty table gives a picture that says so."""

    @_styled
    @wraps(make)
    def drawn(table: pd.DataFrame, **options) -> Axes:
        return nothing() if table.empty else make(table, **options)

    return drawn


def nothing(why: str = "nothing to show") -> Axes:
    """A picture that says why it is empty."""
    ax = axes(0)
    ax.set(xticks=[], yticks=[])
    return below(ax, why)


def drawable(text: object, *, letters: int | None = None) -> str:
    """Text from outside as matplotlib can draw it: no mathematics, "…" for letters that its font lacks.

    letters : cut at "…" to so many letters of usual width; None cuts nothing"""
    if pd.api.types.is_scalar(text) and pd.isna(text):
        return ""
    words = " ".join(visible(str(text)[: _LONGEST if letters else None]).split())
    words = "".join(c if _FONT.get_char_index(ord(c)) else "\ufffd" for c in words)
    words = re.sub("\ufffd+", "…", words)
    if letters and words:
        _FONT.set_size(10, 72)
        _FONT.set_text(words)
        wide = _FONT.get_width_height()[0] / 64 / len(words) / _LETTER  # in usual letters
        width = max(int(letters / max(wide, 1)), 2)
        words = words if len(words) <= width else words[: width - 1].rstrip() + "…"
    return words.replace("$", r"\$")


def axes(height: float) -> Axes:
    """Axes about so many inches high in a figure of their own."""
    size = {"figsize": (WIDTH, height + 0.8), "layout": "constrained"}
    return plt.figure(FigureClass=_Figure, **size).add_subplot()


def rows(names, *, row=ROW) -> Axes:
    """Axes with a row of so many inches for each name at the left, the first on top at 0. Very many rows
    are narrower, and only some are named."""
    every = max(-(-len(names) // DENSE), 1)
    ax = axes(row / every * len(names))
    ax.hlines(range(len(names)), 0, 1, FAINT, lw=1 / every, transform=ax.get_yaxis_transform(), zorder=0)
    ax.set_ylim(len(names) - 0.5, -0.6)
    ax.set_yticks(range(0, len(names), every), [drawable(name, letters=18) for name in names[::every]])
    return ax


def named_rows(names, *, row: float) -> Axes:
    """Axes with a row of so many inches for each name, which stands above what the row shows."""
    ax = rows(names, row=row)
    ax.set_ylim(len(names) - 0.5, -0.2 - 0.18 / row)
    ax.set_yticks([])
    for y, name in enumerate(names):
        name = drawable(name, letters=LINE)
        ax.text(0, y - 0.2, name, transform=ax.get_yaxis_transform(), **INSIDE | {"va": "bottom"})
    return ax


def dots(names, values: np.ndarray, missing: str) -> Axes:
    """Axes with a row for each name, and in it the readers' value."""
    ax = rows(names)
    ax.plot(values, range(len(values)), ls="none", ms=7 if len(values) <= DENSE else 2, **OF_READERS)
    for y in np.flatnonzero(np.isnan(values)):
        look = {"color": QUIET, "bbox": {"fc": "white", "ec": "none", "pad": 1}}
        ax.text(0.01, y, missing, transform=ax.get_yaxis_transform(), **INSIDE, **look)
    return ax


def marks(ax: Axes, at, value, low, high, *, up=False, size=7, color, marker) -> None:
    """A mark for each value and a line from low to high, hollow if there is none; in rows or upright."""
    at, value, low, high = (np.asarray(one, dtype=float) for one in (at, value, low, high))
    lined, wide = ~np.isnan(low + high), min(size / 4, 1.5)
    (ax.vlines if up else ax.hlines)(at[lined], low[lined], high[lined], color=color, lw=wide, zorder=2)
    for part, fill in ((lined, color), (~lined, "white")):
        place = (at[part], value[part]) if up else (value[part], at[part])
        ax.plot(*place, marker, color=color, mfc=fill, ms=size, mew=wide, zorder=3)


def key(ax: Axes, *entries: tuple[str, str]) -> None:
    """Lines of (text, colour) above the axes that name the marks."""
    for up, (text, color) in enumerate(reversed(entries)):
        ax.annotate(text, (0, 1), (0, 4 + 15 * up), "axes fraction", "offset points", color=color)


def below(ax: Axes, *parts: str) -> Axes:
    """`ax`, and below it what it shows, and of how many."""
    ax.set_xlabel("; ".join(filter(None, parts)), wrap=True)
    return ax


def counted(n: int, what: str, most: float = np.inf) -> str:
    """ "n = 9 comments", or "40 of 1,500 comments shown"."""
    what = what.removesuffix("s") if n == 1 else what
    return f"n\u00a0=\u00a0{n:,} {what}" if n <= most else f"{most:,} of {n:,} {what} shown"


def tone_axis(ax: Axes) -> Axes:
    """`ax` with −1 to 1 along x and a line at 0."""
    names = ["−1\ncold", "−0.5", "0", "0.5", "1\nwarm"]
    ax.set(xlim=(-1.08, 1.08), xticks=np.linspace(-1, 1, 5), xticklabels=names)
    ax.axvline(0, color=QUIET, lw=1, zorder=1)
    return ax


def numbers(columns: pd.Series | pd.DataFrame) -> np.ndarray:
    """Columns as floats, what is missing as NaN."""
    return columns.astype("Float64").astype(float).to_numpy()


def estimates(column: pd.Series) -> np.ndarray:
    """`value`, `low`, `high`, `n` and `count` of a column of Estimates, a row each; NaN for none."""
    names = ["value", "low", "high", "n", "count"]
    return np.array([[getattr(one, name, None) for one in column] for name in names], dtype=float)
