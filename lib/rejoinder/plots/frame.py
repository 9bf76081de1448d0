"""What all pictures have in common: their axes, their colours, and text that can be drawn and fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

from rejoinder.html import visible

INK, QUIET, SOFT, FAINT = "#1A1A1A", "#696969", "#B0B0B0", "#EDEDED"
AUTHOR_MARK, READERS_MARK = "s", "o"
KIND_MARKS = {"fact": "s", "forecast": ">", "judgement": "D"}

# A page shows a figure 55 rem wide where there is room, and not below 44 rem. So every figure is as wide
# as 55 rem in the pixels of a page (16 to the rem, 96 to the inch), and its letters have 10 points: 8
# where it is narrowest.
LETTERS = 10
_WIDTH, _DPI = 55 * 16 * 72 / 96, 96  # points; pixels to the inch
_EDGE = 6  # points around everything
WIDE = _WIDTH - 2 * _EDGE
ROW, DENSE, FEW = 30, 26, 24  # points from one row to the next, and where there are more than a few
LINE = 12.5  # points from one line of letters to the next
NAMES = 140  # points that the names of the rows may take
NAME_LETTERS = 40
_MOST_LETTERS = 1_000  # of which no row of a figure can hold more
_FONT = "DejaVu Sans"  # comes with matplotlib: the same letters everywhere
STYLE = {"fontfamily": _FONT, "fontsize": LETTERS}


def drawable(text: object, *, letters: int | None = None) -> str:
    """`text` on one line as matplotlib can draw it: no mathematics, no missing letter, no control.

    A letter that the font lacks becomes U+FFFD; what is longer than `letters` is cut at "…".
    """
    line = _known(text)
    if letters and len(line) > letters:
        line = line[:letters].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + " …"
    return line.replace("$", r"\$")


def fitted(text: object, points: float, *, lines: int = 1, bold: bool = False) -> str:
    """`text` as `drawable` gives it, on at most so many lines that are at most so many points wide.

    It breaks between words, inside of one only where the word is longer than a line; what does not fit
    is cut at "…".
    """
    left, done = _known(str(text)[:_MOST_LETTERS]), []
    while left and len(done) < lines:
        line = _beginning(left, points, bold)
        if len(done) == lines - 1 and line != left:
            room = max(points - text_width(" …", bold=bold), 0)
            line, left = _beginning(left, room, bold).rstrip(" ,;:.–-") + " …", ""
        done.append(line)
        left = left[len(line) :].lstrip()
    return "\n".join(done).replace("$", r"\$")


def text_width(text: str, *, bold: bool = False) -> float:
    """How many points the longest line of `text` takes in a figure; rather more than less."""
    return max(sum(_advance(c, bold) for c in line) for line in text.split("\n"))


def _beginning(text: str, points: float, bold: bool) -> str:
    """As much of `text` as fits, one letter at least."""
    room, end = points, 0
    while end < len(text) and (room := room - _advance(text[end], bold)) >= 0:
        end += 1
    if end == len(text):
        return text
    space = text.rfind(" ", 0, end + 1)
    return text[:space] if space > 0 else text[: max(end, 1)]


def _known(text: object) -> str:
    """`text` on one line, without letters that the font lacks and with at most two marks upon a letter:
    heaped, they would reach into other rows."""
    has = _font(False).get_char_index
    line = "".join(c if has(ord(c)) else "\ufffd" for c in " ".join(visible(text).split()))
    if line.isascii():
        return line
    kinds = "".join("m" if unicodedata.category(c) in ("Mn", "Me") else "-" for c in line)
    heaped = {at for run in re.finditer("m{3,}", kinds) for at in range(run.start() + 2, run.end())}
    return "".join(c for at, c in enumerate(line) if at not in heaped)


@cache
def _font(bold: bool):
    return get_font(findfont(FontProperties(family=_FONT, weight="bold" if bold else "normal")))


@cache
def _advance(letter: str, bold: bool) -> float:
    font = _font(bold)
    if not font.get_char_index(ord(letter)):
        letter = "\ufffd"
    font.set_size(LETTERS, 72)
    return font.load_char(ord(letter), LoadFlags.NO_HINTING).linearHoriAdvance / 65536


def write(ax: Axes, x: float, y: float, text: str, *, bold: bool = False, **style):
    """`text`, safe to draw, beginning at `x` and with its middle at `y` unless styled otherwise."""
    style = {"va": "center", "color": INK, "weight": "bold" if bold else "normal"} | STYLE | style
    return ax.text(x, y, text, **style)


def blank_axes(
    ax: Axes | None,
    *,
    height: float,
    left: float = 0,
    above: float = 6,
    below: float = 50,
    right: float = 0,
) -> Axes:
    """Axes without a frame, `height` points high, in a figure with so many points around them."""
    if ax is None:
        high = above + height + below + 2 * _EDGE
        figure = plt.figure(figsize=(_WIDTH / 72, high / 72), dpi=_DPI)
        wide = WIDE - left - right
        ax = figure.add_axes(
            ((_EDGE + left) / _WIDTH, (_EDGE + below) / high, wide / _WIDTH, height / high)
        )
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0, pad=4)
    return ax


def row_axes(ax: Axes | None, names: Iterable[object], *, row: float = 0, above: float = 6,
             below: float = 50) -> Axes:  # fmt: skip
    """Axes for a row per name, the first on top at 0, with the names at the left; `row` points each."""
    names = [fitted(name, NAMES) for name in names]
    row = row or (ROW if len(names) <= FEW else DENSE)
    left = max(map(text_width, names), default=0) + 8
    ax = blank_axes(ax, height=row * len(names), left=left, above=above, below=below)
    ax.set_yticks(range(len(names)), names, **STYLE)
    ax.set_ylim(len(names) - 0.5, -0.5)
    return ax


def beside(ax: Axes, low: float, high: float, *, words: float, before: float = 4, gap: float = 14):
    """Let `low` to `high` take the Axes but for so many points `words` at the right.

    Returns where the words begin, and the function from points to units across.
    """
    width = points(ax)[0]
    words = min(words, 0.7 * width)
    unit = (high - low) / (width - words - before - gap)
    ax.set_xlim(low - before * unit, high + (gap + words) * unit)
    return high + gap * unit, lambda length: length * unit


def points(ax: Axes) -> tuple[float, float]:
    """How wide and how high the Axes are."""
    box, dpi = ax.get_window_extent(), ax.get_figure(root=True).dpi
    return box.width * 72 / dpi, box.height * 72 / dpi


def label_below(ax: Axes, *lines: str) -> None:
    """What the Axes show, with how many, below them."""
    room = points(ax)[0]
    told = "\n".join(fitted(line, room, lines=2) for line in lines)
    ax.set_xlabel(told, loc="left", labelpad=5, color=INK, **STYLE)


def ticks(ax: Axes, marks: dict[float, str]) -> None:
    """Name places along the Axes."""
    ax.set_xticks(list(marks), list(marks.values()), **STYLE)


def tone_ticks(ax: Axes) -> None:
    ax.axvline(0, color=SOFT, lw=1, zorder=1)
    ticks(ax, {-1: "−1\ncold", -0.5: "−0.5", 0: "0", 0.5: "0.5", 1: "1\nwarm"})


def nothing(ax: Axes | None, why: str) -> Axes:
    """An empty picture that says why it is empty."""
    ax = blank_axes(ax, height=2 * ROW, below=0)
    write(ax, 0.5, 0.5, why, ha="center", color=QUIET, transform=ax.transAxes)
    ax.set_xticks([])
    ax.set_yticks([])
    return ax
