"""Fragments that a notebook displays: a callout, quotations, a table, a figure with its caption.

They look the same in JupyterLab and in the report. JupyterLab keeps inline styles but no style
sheet; the report drops inline styles and has a sheet for the classes. Whatever text comes in is
taken for hostile: it is escaped, and the classes of `SHIELD` keep MathJax from typesetting it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from rejoinder.html import AUTHOR, READERS, Fragment, block, escaped, say, visible
from rejoinder.sampling import sample

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Fragment", "figure", "link", "png", "quote", "quotes", "say", "table"]

# Sign, line and colour of a marked word: any one of them is enough to tell the kinds apart.
_MARKS = {
    "positive": ("+", "solid", READERS),
    "negative": ("−", "dotted", AUTHOR),
    "neutral": ("○", "dashed", "gray"),
}

# Characters, from which on a column of text may wrap, and is given some room, or more.
_MIDDLE_CELL, _LONG_CELL = 24, 60
_SHARPNESS = 2  # pixels of a figure for each pixel of the page, for dense screens
_COLOURS = (
    256  # of a figure, which has some hues and their shades: a third of the weight, none of the looks
)
# What is shown of many, so that a page can be read and loaded; a page has some ten of each.
MOST_ROWS, MOST_QUOTATIONS = 100, 20
MOST_LETTERS, MOST_CELL_LETTERS = 10_000, 2_000  # of a quotation, of a cell


def link(text: str, href: str) -> Fragment:
    """A link to another notebook (`02_who_answers.ipynb`) or page; may stand in a cell of `table`.

    Raises ValueError for any address that is neither relative nor https.
    """
    if not re.fullmatch(r"(https://|#)?\w[\w./#%?=&-]*", href):
        raise ValueError(f"not a link to a notebook or an https page: {href!r}")
    return Fragment(f'<a href="{escape(href)}">{escaped(text)}</a>', visible(text))


def quote(text: str, source: str, *, mark: Iterable[tuple[int, int, str]] = ()) -> Fragment:
    """`text` in its own paragraphs, and below it where it stands, as in "c05, lines 32–37".

    `mark` are words to point out, as (start, end, kind), kind one of positive, negative, neutral. Of a
    text of more than MOST_LETTERS the rest is left out, and its length is told. Raises ValueError where
    two of them overlap or one lies outside the text.
    """
    marks = sorted(mark)
    edges = [0, *(edge for start, end, _ in marks for edge in (start, end)), len(text)]
    if edges != sorted(edges):
        raise ValueError(f"marks overlap or lie outside the {len(text)} characters: {marks}")
    html, plain = [], []
    more = _in_all(text, MOST_LETTERS)
    text = visible(text)[:MOST_LETTERS]
    for line in re.finditer(r"\S(?:[^\n]*\S)?", text):
        marked = _marked(text, *line.span(), marks)
        html.append(f'<p style="margin:0.4em 0">{marked.html}</p>')
        plain.append(f"> {marked.plain}")
    if more:
        html.append(f'<p style="margin:0.4em 0">{escaped(more)}</p>')
        plain.append(f"> {more}")
    body = (
        f'<blockquote dir="auto" style="margin:0;border-left:3px solid gray;padding:0 1em">'
        f"{''.join(html)}</blockquote>"
        f'<p class="rj-source" style="margin:0.2em 0 0 1.2em;font-size:0.9em">— {escaped(source)}'
        "</p>"
    )
    plain.append(f"  — {visible(source)}")
    return block("rj-quote", body, "\n".join(plain), "margin:1em 0")


def quotes(table: pd.DataFrame, *, most: int = MOST_QUOTATIONS) -> Fragment:
    """A quotation for each row, from the columns `text`, `source` and, if there is one, `mark`.

    Of more than `most` rows every second, every third, … from the first on, and above them how many."""
    kept, told = sample(table, "quotations", most=most)
    marks = kept["mark"] if "mark" in kept else [()] * len(kept)
    rows = zip(kept["text"], kept["source"], marks, strict=True)
    each = [quote(text, source, mark=mark) for text, source, mark in rows]
    note = _shown(told[0].upper() + told[1:] if len(kept) < len(table) else "")
    html = note.html + ("".join(one.html for one in each) or '<p class="rj-none">None.</p>')
    plain = "\n\n".join(one.plain for one in each) or "None."
    return block("rj-quotes", html, note.plain + plain)


def table(
    frame: pd.DataFrame, *, digits: int = 2, index: bool | None = None, most: int = MOST_ROWS
) -> Fragment:
    """`frame` as a table. Missing numbers are shown as –, other missing values as unknown.

    True and False are yes and –, lists are joined by commas, a cell may be a `link`. The index is
    shown unless it is a plain count of the rows; `index` decides otherwise. No rows are said so. Of more
    than `most` rows the first are shown, and above them how many there are.
    """
    if frame.empty:
        return block("rj-table", '<p class="rj-none">No rows.</p>', "No rows.")
    n, frame = len(frame), frame.head(most)
    note = _shown(f"The first {most:,} of {n:,} rows" if n > most else "")
    if index is None:
        index = not isinstance(frame.index, pd.RangeIndex)
    heads = frame.index.nlevels if index else 0
    names = [*(name or "" for name in frame.index.names[:heads]), *frame.columns]
    names = [str(name).replace("_", " ") for name in names]
    values = (frame.reset_index(allow_duplicates=True) if index else frame).items()
    columns = [
        _column(name, column, digits, 'th scope="row"' if at < heads else "td")
        for at, (name, (_, column)) in enumerate(zip(names, values, strict=True))
    ]
    head, *body = (f"<tr>{''.join(row)}</tr>" for row in zip(*(c for c, _ in columns), strict=True))
    # A window narrower than the table scrolls it: by keyboard too, hence the tabindex and a name.
    html = (
        '<div class="rj-scroll" role="group" aria-label="Table" tabindex="0">'
        f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table></div>"
    )
    plain = pd.DataFrame({at: plain for at, (_, plain) in enumerate(columns)})
    text = plain.set_axis([visible(name) for name in names], axis=1).to_string(index=False)
    return block("rj-table", note.html + html, note.plain + text, "overflow-x:auto")


def figure(axes: Axes | Figure, caption: str, alt: str) -> None:
    """Display the figure of `axes`, then its caption; `alt` says in words what is to be seen.

    The figure is closed, so that it is not displayed a second time. Raises ValueError without
    alternative text.
    """
    from IPython.display import display

    if not alt.strip():
        raise ValueError("a figure needs alternative text: what it shows, in words")
    picture = png(axes)
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))  # IHDR
    size = {"width": width // _SHARPNESS, "height": height // _SHARPNESS}
    data = {"image/png": picture, "text/plain": visible(alt)}
    display(data, metadata={"image/png": {**size, "alt": visible(alt)}}, raw=True)
    display(block("rj-caption", f"<p>{escaped(caption)}</p>", visible(caption)))


def png(axes: Axes | Figure) -> bytes:
    """The figure of `axes` as a PNG file, sharp enough for dense screens; the figure is closed.

    It is as wide as the figure, or as what sticks out of it."""
    from matplotlib import pyplot as plt
    from matplotlib.transforms import Bbox
    from PIL import Image  # matplotlib draws with it too

    drawn = axes.get_figure(root=True)
    drawn.draw_without_rendering()
    box = Bbox.union([Bbox([(0, 0), drawn.get_size_inches()]), drawn.get_tightbbox()])
    file, small = io.BytesIO(), io.BytesIO()
    drawn.savefig(file, dpi=_SHARPNESS * drawn.dpi, bbox_inches=box)
    plt.close(drawn)
    # Without metadata the same picture is the same bytes with every version of matplotlib.
    picture = Image.open(file).convert("RGB")
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(small, "png")
    return small.getvalue()


def _in_all(text: str, most: int) -> str:
    """How long a text is that is cut after so many characters; "" for one that is not."""
    return f"… ({len(text):,} characters in all)" if len(text) > most else ""


def _shown(told: str) -> Fragment:
    """What is shown of how much, above it; nothing where nothing is left out."""
    return (
        Fragment(f'<p class="rj-shown">{escaped(told)}.</p>', f"{told}.\n\n")
        if told
        else Fragment("", "")
    )


def _marked(text: str, start: int, end: int, marks: list[tuple[int, int, str]]) -> Fragment:
    html, plain, at = [], [], start
    for left, right, kind in marks:
        left, right = max(left, start), min(right, end)
        if left >= right:
            continue
        sign, line, colour = _MARKS[kind]
        # Not <mark>: that is black on JupyterLab's dark ground, and its colour cannot be set there.
        html.append(
            f'{escape(text[at:left])}<span class="rj-mark rj-{kind}" style="border-bottom:2px '
            f'{line} {colour}">{escape(text[left:right])}<sup>{sign}</sup></span>'
        )
        plain.append(f"{text[at:left]}{text[left:right]}[{sign}]")
        at = right
    return Fragment("".join([*html, escape(text[at:end])]), "".join([*plain, text[at:end]]))


def _column(name: object, values: pd.Series, digits: int, tag: str) -> tuple[list[str], list[str]]:
    """The cells of a column as HTML, its head first, and as plain text, without it."""
    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    cells = [_cell(one, numeric, digits) for one in values]
    cls, style = "rj-text", "text-align:left"
    if numeric:
        cls, style = "rj-number", "text-align:right"
    else:
        longest = max(len(cell.plain) for cell in cells)
        if longest > _LONG_CELL:
            cls, style = "rj-long", "text-align:left;min-width:16em"
        elif longest > _MIDDLE_CELL:
            cls, style = "rj-middle", "text-align:left;min-width:6.5em"
    turn = "" if numeric else ' dir="auto"'  # a name may be in a script that is written to the left
    head = 'th scope="col"' if name != "" else "td"  # a head without words is none
    html = [f'<{head} class="{cls}" style="{style}">{escaped(name)}</{head[:2]}>']
    html += [f'<{tag} class="{cls}"{turn} style="{style}">{c.html}</{tag[:2]}>' for c in cells]
    return html, [cell.plain for cell in cells]


def _cell(value: object, numeric: bool, digits: int) -> Fragment:
    if isinstance(value, Fragment):
        return value
    words = _words(value, numeric, digits)
    words = words[:MOST_CELL_LETTERS] + _in_all(words, MOST_CELL_LETTERS)
    return Fragment(escaped(words), visible(words))


def _words(value: object, numeric: bool, digits: int) -> str:
    if isinstance(value, (set, frozenset)):
        value = sorted(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(_words(one, False, digits) for one in value) or "–"
    if pd.isna(value):
        return "–" if numeric else "unknown"
    if pd.api.types.is_bool(value):
        return "yes" if value else "–"
    if pd.api.types.is_float(value):
        # Rounding first: a rounded zero has no sign.
        return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−").replace("inf", "∞")
    return str(value).replace("-", "−") if pd.api.types.is_integer(value) else str(value)
