"""What a notebook displays: a short answer, quotations, a table, a figure with its data.

JupyterLab keeps their inline styles, the report keeps their classes. All incoming text is escaped.
While a report is made, the environment variable FILES names the place where tables and figures are
also written as files, to which its pages link.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from html import escape
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from rejoinder.csv_cells import write_cells
from rejoinder.html import AUTHOR, READERS, Fragment, block, escaped, visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Fragment", "answer_list", "behind", "figure", "link", "quote", "quotes", "say", "table"]

FILES = "REJOINDER_FILES"  # a path and the beginning of the file names

# Tables of pandas itself hold texts from outside too: in a notebook "$5 … $10" would become a formula.
pd.set_option("display.html.use_mathjax", False)

MOST_ROWS, MOST_QUOTATIONS = 100, 20  # of one table, of one list of quotations
MOST_LETTERS, MOST_CELL_LETTERS = 10_000, 2_000  # of a quotation, of a table cell
OPENING = 160  # letters of a comment behind a number

# Each kind of marked word has a sign, a line style and a colour; any one of them tells it apart.
_MARKS = {
    "positive": ("+", "solid", READERS),
    "negative": ("−", "dotted", AUTHOR),
    "neutral": ("○", "dashed", "gray"),
}
_MIDDLE_CELL, _LONG_CELL = 24, 60  # letters from which a column may wrap, and from which it needs room
_LONG_ANSWER = 300  # letters from which an answer is set smaller
_PIXEL_RATIO = 2  # pixels of a picture per pixel of the page, for dense screens
_COLOURS = 256  # of a picture: a third of the file size, with no visible difference
_numbers = count(1)  # of the files


def say(*sentences: str) -> None:
    """Display an answer as a callout: the first sentence large, the others below it in normal size. No
    sentence shows nothing."""
    from IPython.display import display

    if not any(sentences):
        return
    first, *others = filter(None, sentences)
    size = ("rj-answer", 1.15) if len(first) <= _LONG_ANSWER else ("rj-answer rj-said", 1.05)
    html = f'<p class="{size[0]}" style="font-size:{size[1]}em;margin:0">{escaped(first)}</p>'
    html += "".join(f'<p class="rj-sure" style="margin:0.5em 0 0">{escaped(one)}</p>' for one in others)
    display(block("rj-say", html, f"border-left:4px solid {READERS};padding:0.75em 1em;margin:0.5em 0"))


def answer_list(frame: pd.DataFrame) -> Fragment:
    """Questions with their short answers, as `short_answers` gives them, each linked to its notebook."""
    html = ""
    for row in frame.itertuples():
        question = link(row.question, f"{row.notebook}.ipynb").html
        html += f'<h3 style="margin:1.2em 0 0.2em">{question}</h3>'
        html += f'<p class="rj-answer">{escaped(row.answer)}</p>'
        first, _, rest = row.firm.partition("; " if "; " in row.firm else ". ")
        beyond = f"95 % interval: {row.beyond}." if row.beyond else ""
        if more := f"{rest[:1].upper()}{rest[1:]} {beyond}".strip():
            summary = f"<summary>{escaped(first.rstrip('.') or 'How sure is this?')}</summary>"
            html += f'<details class="rj-sure">{summary}{escaped(more)}</details>'
        elif first:
            html += f'<p class="rj-sure">{escaped(first)}</p>'
    return block("rj-answers", html)


def link(text: str, href: str) -> Fragment:
    """A link to another notebook (`02_who_answers.ipynb`) or page, alone or in a cell of `table`.

    Raises ValueError for an address that is neither relative nor https.
    """
    if not re.fullmatch(r"(https://|#)?\w[\w./#%?=&-]*", href):
        raise ValueError(f"not a link to a notebook or an https page: {href!r}")
    return Fragment(f'<a href="{escape(href)}">{escaped(text)}</a>')


def behind(texts: pd.Series, *, most: int = MOST_QUOTATIONS) -> Fragment:
    """The number of `texts` as a cell of `table` that opens them: each with its id and how it begins.

    It is made to be the function of a `groupby` or `pivot_table` over the texts of comments, whose index
    is the comment id. Of more than `most` texts it opens the first ones; in a report it also links to all
    of them, if they are one of `tables.groups`. No texts give 0.
    """
    if texts.empty:
        return Fragment("0", 0)
    shown = [(i, " ".join(str(text).split())) for i, text in texts.head(most).items()]
    cut = ((i, text if len(text) <= OPENING else f"{text[: OPENING - 1]}…") for i, text in shown)
    html = "".join(
        f'<li><span class="rj-source">{escaped(i)}</span> {escaped(text)}</li>' for i, text in cut
    )
    more = f'<p class="rj-all" id="{group_key(texts.index)}">and {len(texts) - most:,} more</p>'
    html = f"<summary>{len(texts):,}</summary><ul>{html}</ul>{more if len(texts) > most else ''}"
    return Fragment(f'<details class="rj-behind">{html}</details>', len(texts))


def group_key(ids: Iterable[str]) -> str:
    """A name for a set of comments, by which a page finds the group behind a number."""
    return f"all-{sha256(' '.join(sorted(map(str, ids))).encode()).hexdigest()[:12]}"


def quote(text: str, source: str, *, mark: Iterable[tuple[int, int, str]] = ()) -> Fragment:
    """`text` as a quotation in its own paragraphs, with its source below, as in "c05, lines 32–37".

    Parameters
    ----------
    mark : words to underline, as (start, end, kind); kind is positive, negative or neutral.

    Text beyond MOST_LETTERS is left out, and the full length is stated. Raises ValueError where marks
    overlap or lie outside the text.
    """
    marks = sorted(mark)
    edges = [0, *(edge for start, end, _ in marks for edge in (start, end)), len(text)]
    if edges != sorted(edges):
        raise ValueError(f"marks overlap or lie outside the {len(text)} characters: {marks}")
    shown = visible(text)[:MOST_LETTERS]
    lines = [_marked(shown, *line.span(), marks) for line in re.finditer(r"\S(?:[^\n]*\S)?", shown)]
    lines += [escaped(more)] if (more := _length_note(text, MOST_LETTERS)) else []
    html = "".join(f'<p style="margin:0.4em 0">{line}</p>' for line in lines)
    edge = "margin:0;border-left:3px solid gray;padding:0 1em"
    html = f'<blockquote dir="auto" style="{edge}">{html}</blockquote>'
    html += f'<p class="rj-source" style="margin:0.2em 0 0 1.2em;font-size:0.9em">— {escaped(source)}</p>'
    return block("rj-quote", html, "margin:1em 0")


def quotes(frame: pd.DataFrame, *, most: int = MOST_QUOTATIONS) -> Fragment | None:
    """A quotation for each row of `frame`, from its columns `text`, `source` and, if present, `mark`.

    Of more than `most` rows it shows the first ones, and a note above says how many there are. A frame
    without rows gives None, so that a notebook shows nothing.
    """
    if not len(frame):
        return None
    kept = frame.head(most)
    marks = kept["mark"] if "mark" in kept else [()] * len(kept)
    rows = zip(kept["text"], kept["source"], marks, strict=True)
    html = _note(f"The first {most:,} of {len(frame):,} quotations") if len(frame) > most else ""
    return block("rj-quotes", html + "".join(quote(text, by, mark=mark).html for text, by, mark in rows))


def table(
    frame: pd.DataFrame,
    *,
    digits: int = 2,
    index: bool | None = None,
    most: int = MOST_ROWS,
    symbols: Mapping[str, str] | None = None,
) -> Fragment | None:
    """`frame` as a table.

    Parameters
    ----------
    digits : decimals of floats.
    index : whether to show the index; by default only if it is more than a count of the rows.
    most : rows shown; of a longer table the first ones, and a note above says how many there are.
    symbols : a sign for each cell value that is shown by one ({"agree": "●"}); a legend explains them.

    Missing numbers are shown as –, other missing values as "unknown", True and False as "yes" and –,
    lists with commas. An `Estimate` is shown with its interval below. A cell may hold a `link`. A frame
    without rows gives None, so that a notebook shows nothing.
    """
    if not len(frame):
        return None
    symbols, whole = symbols or {}, frame
    note = _note(f"The first {most:,} of {len(frame):,} rows") if len(frame) > most else ""
    frame = frame.head(most)
    if index is None:
        index = not isinstance(frame.index, pd.RangeIndex)
    heads = frame.index.nlevels if index else 0
    if index:
        frame = frame.reset_index(names=[name or "" for name in frame.index.names], allow_duplicates=True)
    tags = ['th scope="row"'] * heads + ["td"] * (len(frame.columns) - heads)
    columns = [
        _column(str(name), values, digits, symbols, tag)
        for (name, values), tag in zip(frame.items(), tags, strict=True)
    ]
    head, *body = (f"<tr>{''.join(row)}</tr>" for row in zip(*columns, strict=True))
    legend = ", ".join(f"{sign} {meaning}" for meaning, sign in symbols.items())
    # A narrow window scrolls the table, also by keyboard: hence tabindex and a name.
    html = (
        f'{note}<div class="rj-scroll" role="group" aria-label="Table" tabindex="0">'
        f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table></div>"
        + (f'<p class="rj-shown">{escaped(legend)}</p>' if legend else "")
        + _files({".csv": lambda path: _write_csv(path, whole.reset_index() if index else whole)})
    )
    return block("rj-table", html, "overflow-x:auto")


def figure(axes: Axes | Figure, caption: str, data: pd.DataFrame) -> None:
    """Display the figure of `axes`, its caption, and below it, folded, the `data` it shows as a table.

    The figure is closed, so that the notebook does not show it a second time.
    """
    from IPython.display import display

    picture, files = _png(axes)
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))  # from the PNG header
    alt = f"{visible(caption)} The same data is in the table below."
    shown = {"width": width // _PIXEL_RATIO, "height": height // _PIXEL_RATIO, "alt": alt}
    display({"image/png": picture, "text/plain": alt}, metadata={"image/png": shown}, raw=True)
    html = f"<p>{escaped(caption)}</p>"
    if held := table(data):
        html += f"<details><summary>The data as a table</summary>{held.html}</details>"
    html += files
    display(block("rj-caption", html))


def _png(axes: Axes | Figure) -> tuple[bytes, str]:
    """The figure of `axes` as a PNG file that cuts nothing off, and links to it as files; the figure is
    closed."""
    from matplotlib import pyplot as plt
    from matplotlib.transforms import Bbox
    from PIL import Image  # matplotlib requires it too

    drawn = axes.get_figure(root=True)
    drawn.draw_without_rendering()
    box = Bbox.union([Bbox([(0, 0), drawn.get_size_inches()]), drawn.get_tightbbox()])
    file, small = io.BytesIO(), io.BytesIO()
    drawn.savefig(file, dpi=_PIXEL_RATIO * drawn.dpi, bbox_inches=box)
    # Saved without metadata, so that every version of matplotlib gives the same bytes.
    picture = Image.open(file).convert("RGB")
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(small, "png")
    svg = {"format": "svg", "bbox_inches": box, "metadata": {"Date": None}}
    files = {
        ".png": lambda path: path.write_bytes(small.getvalue()),
        ".svg": lambda path: drawn.savefig(path, **svg),
    }
    links = _files(files)
    plt.close(drawn)
    return small.getvalue(), links


def _files(made: Mapping[str, Callable[[Path], object]]) -> str:
    """Links to files that the functions `made` write, by suffix; none if no report is being made."""
    if not (start := os.environ.get(FILES)):
        return ""
    path, html = Path(f"{start}-{next(_numbers)}"), []
    path.parent.mkdir(exist_ok=True)
    for suffix, write in made.items():
        write(path.with_suffix(suffix))
        html.append(f'<a href="{path.parent.name}/{path.name}{suffix}">{suffix[1:].upper()}</a>')
    return f'<p class="rj-files">{" ".join(html)}</p>'


def _write_csv(path: Path, frame: pd.DataFrame) -> None:
    """All of `frame`, numbers in full; of an Estimate its value, ends and n, in columns of their own."""

    columns = {}
    for name, values in frame.items():
        told = [
            one.value if isinstance(one, Fragment) and one.value is not None else one for one in values
        ]
        columns[str(name)] = told
        if any(hasattr(one, "beyond") for one in told):
            columns[str(name)] = [getattr(one, "value", one) for one in told]
            for part in ("low", "high", "n"):
                columns[f"{name}, {part}"] = [getattr(one, part, None) for one in told]
    rows = zip(*columns.values(), strict=True)
    write_cells(path, columns, ([_plain(one) for one in row] for row in rows))


def _plain(value: object) -> str:
    """A cell of a CSV file: lists with semicolons, what is missing as nothing."""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_plain, value))
    return "" if not isinstance(value, Fragment) and pd.isna(value) else visible(value)


def _length_note(text: str, most: int) -> str:
    return f"… ({len(text):,} characters in all)" if len(text) > most else ""


def _note(words: str) -> str:
    """What part of many is shown, to stand above it."""
    return f'<p class="rj-shown">{escaped(words)}.</p>'


def _marked(text: str, start: int, end: int, marks: list[tuple[int, int, str]]) -> str:
    html, at = "", start
    for left, right, kind in marks:
        left, right = max(left, start), min(right, end)
        if left < right:
            sign, line, colour = _MARKS[kind]
            # Not <mark>: its colours cannot be set in JupyterLab, and it is unreadable on a dark theme.
            html += (
                f'{escape(text[at:left])}<span class="rj-mark rj-{kind}" style="border-bottom:2px '
                f'{line} {colour}">{escape(text[left:right])}<sup>{sign}</sup></span>'
            )
            at = right
    return html + escape(text[at:end])


def _column(name: str, values: pd.Series, digits: int, symbols: Mapping[str, str], tag: str) -> list[str]:
    """A column as HTML cells, its head first."""
    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    cells = [_cell(one, numeric, digits, symbols) for one in values]
    cls, style, turn = "rj-number", "text-align:right", ""
    if not numeric:
        shown = (re.sub(r"</summary>.*", "", cell) for cell in cells)  # not what a number opens
        longest = max(len(Fragment(cell).plain) for cell in shown)
        size = "long" if longest > _LONG_CELL else "middle" if longest > _MIDDLE_CELL else "text"
        room = {"long": ";min-width:16em", "middle": ";min-width:6.5em", "text": ""}[size]
        # A name may be in a script that is written from right to left.
        cls, style, turn = f"rj-{size}", f"text-align:left{room}", ' dir="auto"'
    head = 'th scope="col"' if name != "" else "td"  # an empty header cell must not be a `th`
    html = [f'<{head} class="{cls}" style="{style}">{escaped(name.replace("_", " "))}</{head[:2]}>']
    return html + [f'<{tag} class="{cls}"{turn} style="{style}">{cell}</{tag[:2]}>' for cell in cells]


def _cell(value: object, numeric: bool, digits: int, symbols: Mapping[str, str]) -> str:
    if isinstance(value, Fragment):
        return value.html
    if isinstance(value, (list, tuple)):
        return ", ".join(_cell(one, False, digits, {}) for one in value) or "–"
    if hasattr(value, "beyond"):  # an Estimate, which lives in a package above this module
        beyond = value.beyond if value.beyond == "no interval" else f"95 % interval {value.beyond}"
        return f'{escaped(value)}<br><small class="rj-beyond">{escaped(beyond)}</small>'
    words = _words(value, numeric, digits)
    if words in symbols:
        sign, meaning = escape(symbols[words]), escape(words)
        return f'<span role="img" aria-label="{meaning}" title="{meaning}">{sign}</span>'
    return escaped(words[:MOST_CELL_LETTERS] + _length_note(words, MOST_CELL_LETTERS))


def _words(value: object, numeric: bool, digits: int) -> str:
    if pd.isna(value):
        return "–" if numeric else "unknown"
    if pd.api.types.is_bool(value):
        return "yes" if value else "–"
    if pd.api.types.is_float(value):
        if 0 < value < 0.5 * 10**-digits:
            return f"<{10**-digits:.{digits}f}"
        # Rounding first: a rounded zero has no sign.
        return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−").replace("inf", "∞")
    return str(value).replace("-", "−") if pd.api.types.is_integer(value) else str(value)
