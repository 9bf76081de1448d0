"""What all pictures have in common: their axes, their colours, and text that can be drawn."""

from __future__ import annotations

from functools import cache

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.font_manager import findfont, get_font

from rejoinder.fragment import visible
from rejoinder.show.alt import MOST_ROWS

QUIET = "#767676"
AUTHOR_MARK, READERS_MARK = "s", "o"
KIND_MARKS = {"fact": "s", "forecast": ">", "judgement": "D"}
_ROW, _WIDTH = 0.42, 10  # inches
NAME_LETTERS = 40


def drawable(text: object, *, letters: int | None = None) -> str:
    """`text` on one line as matplotlib can draw it: no mathematics, no missing letter, no control.

    A letter that the font lacks becomes U+FFFD; what is longer than `letters` is cut at "…".
    """
    line = " ".join(visible(text).split())
    if letters and len(line) > letters:
        line = line[:letters].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + " …"
    has = _font().get_char_index
    return "".join(c if has(ord(c)) else "\ufffd" for c in line).replace("$", r"\$")


@cache
def _font():
    return get_font(findfont("DejaVu Sans"))


def blank_axes(ax: Axes | None, *, rows: int, extra: float = 1.0) -> Axes:
    if ax is None:
        _, ax = plt.subplots(figsize=(_WIDTH, rows * _ROW + extra), layout="constrained")
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0)
    return ax


def nothing(ax: Axes | None, why: str) -> Axes:
    """An empty picture that says why it is empty."""
    ax = blank_axes(ax, rows=1)
    ax.text(0.5, 0.5, why, ha="center", va="center", color=QUIET, transform=ax.transAxes)
    ax.set_xticks([])
    ax.set_yticks([])
    return ax


def shown(table: pd.DataFrame, what: str, *, most: int = MOST_ROWS) -> tuple[pd.DataFrame, str]:
    """As many rows as one can look at, and a label that says how many there are."""
    if len(table) <= most:
        return table, f"n = {len(table)} {what.removesuffix('s') if len(table) == 1 else what}"
    return table.head(most), f"the first {most} of n = {len(table)} {what}"


def name_rows(ax: Axes, labels: list[str]) -> None:
    """Name the rows, the first on top."""
    ax.set_yticks(range(len(labels)), [drawable(label, letters=24) for label in labels])
    ax.set_ylim(len(labels) - 0.4, -0.6)
