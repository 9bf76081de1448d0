"""Pictures of what readers of the comments coded: every claim and comment, and how far coders agree."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from rejoinder import sampling
from rejoinder.html import AUTHOR, READERS
from rejoinder.plots.frame import (
    FAINT,
    INK,
    LINE,
    QUIET,
    READERS_MARK,
    SOFT,
    WIDE,
    beside,
    blank_axes,
    drawable,
    fitted,
    label_below,
    nothing,
    row_axes,
    text_width,
    ticks,
    write,
)
from rejoinder.stats.estimate import Estimate

_STANCES = {
    "agree": {"marker": "o", "color": READERS, "ms": 13},
    "disagree": {"marker": "X", "color": INK, "ms": 13},
    "mixed": {"marker": "o", "color": READERS, "ms": 13, "fillstyle": "left", "mfcalt": "white"},
    "unclear": {"marker": "$?$", "color": INK, "ms": 10},
    "disputed": {"marker": "D", "color": "white", "mec": INK, "mew": 1.6, "ms": 10},
    "seen by some": {"marker": "o", "color": "white", "mec": "#767676", "mew": 1.2, "ms": 9},
    "silent": {"marker": ".", "color": "#B8B8B8", "ms": 5},
}
_KEY = {"silent": "says nothing of it"}
# Points across: how many comments say what, and at most the comments; the claims have the rest.
_COUNTS, _GRID = 132, 260
_COLUMN = 26  # points, of a comment, where there is room
_APART, _KIND = 16, 26  # points from one claim to the next, besides their lines; of the name of a kind
_IDS = 62  # points for an upright name of a comment


def stance_matrix(cells: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Every claim (rows; the thesis on top, then facts, forecasts, judgements) and every comment
    (columns): does the comment accept it?

    One row per claim and comment: `claim`, `kind`, `text`, `comment_id`, `stance`. Of many comments a
    sample of those that speak to a claim is drawn; what is counted at the right are all.
    """
    if cells.empty or (cells["stance"] == "uncoded").all():
        return nothing(ax, "nobody has coded what these comments say to the claims")
    table = cells.pivot_table("stance", "claim", "comment_id", aggfunc="first", sort=False)
    ids, label = sampling.speaking(cells)
    step = min(_COLUMN, _GRID / max(len(ids), 1))
    claims, of_claims = _grouped(cells.drop_duplicates("claim").set_index("claim"))
    left = WIDE - _COUNTS - step * (len(ids) + 1)  # before the first comment
    told = [_row(claim, text, table, left - 12) for claim, text in claims]
    names = _column_names(ids, step)
    height = sum(high for *_, high in told)
    ax = blank_axes(ax, height=height, above=LINE + 4 if names[1] else _IDS, below=72)
    # Units are points, so that a row is as high as its lines need; on given Axes they are fewer.
    ax.set_xlim(0, WIDE)
    ax.set_ylim(height, 0)
    places = [left + step * (at + 0.5) for at in range(len(ids))]
    for x, name in zip(places, names[0], strict=True):
        write(ax, x, -2, name, ha="center", va="bottom", rotation=0 if names[1] else 90)
    y = 0.0
    for claim, words, counts, high in told:
        bold = claim in ("", "thesis")
        write(ax, 0, y + high / 2, words, bold=bold, color=INK if claim else AUTHOR)
        if claim:
            ax.plot([left, left + step * len(ids)], [y + high / 2] * 2, color=FAINT, lw=1, zorder=0)
            for x, stance in zip(places, table.loc[claim, ids], strict=True):
                _mark(ax, x, y + high / 2, stance, min(1, step / 20))
            write(ax, left + step * len(ids) + 12, y + high / 2, counts)
        y += high
    _key(ax, cells["stance"])
    ax.set_xticks([])
    ax.set_yticks([])
    label_below(ax, f"{label}{of_claims}; at the right: of all that were coded")
    ax.xaxis.labelpad = 32
    return ax


def _grouped(claims: pd.DataFrame) -> tuple[list[tuple[str, str]], str]:
    """The rows: the thesis, then each kind's name (without a claim) and its claims, with texts; and how
    many claims they are of how many, where some are left out."""
    kept, label = sampling.first(claims, "claims", "first")
    found = [(claim, text) for claim, text in kept["text"].items() if claim == "thesis"]
    others = kept.drop(index="thesis", errors="ignore")
    for kind in ("fact", "forecast", "judgement"):
        own = others.loc[others["kind"] == kind, "text"]
        found += [("", f"{kind}s"), *own.items()] if len(own) else []
    return found, f"; {label}" if len(kept) < len(claims) else ""


def _row(claim: str, text: str, table: pd.DataFrame, wide: float) -> tuple[str, str, str, float]:
    """A row: its claim, its words and counts on as many lines as they need, and how high it is."""
    if not claim:
        return claim, text, "", _KIND
    bold = claim == "thesis"
    words = fitted(text if bold else f"{claim}  {text}", wide, lines=4 if bold else 3, bold=bold)
    counts = _stacked(_counted(table.loc[claim]))
    return claim, words, counts, _APART + LINE * max(words.count("\n"), counts.count("\n")) + LINE


def _column_names(ids: list[str], step: float) -> tuple[list[str], bool]:
    """The end of each comment's name, and whether they can be written side by side."""
    ends = [str(comment_id)[-8:] for comment_id in ids]
    if all(text_width(drawable(end)) <= step - 4 for end in ends):
        return [drawable(end) for end in ends], True
    return [fitted(end, _IDS - 12) for end in ends], False


def _mark(ax: Axes, x: float, y: float, stance: str, size: float) -> None:
    if stance != "uncoded":
        style = _STANCES[stance]
        ax.plot(x, y, ls="none", zorder=2, clip_on=False, **{**style, "ms": style["ms"] * size})


def _key(ax: Axes, stances: pd.Series) -> None:
    """The marks that there are with their names, side by side below the rows."""
    height, x = ax.get_ylim()[0], 0.0
    for stance in (one for one in _STANCES if (stances == one).any()):
        name = _KEY.get(stance, stance)
        _mark(ax, x + 7, height + 16, stance, 0.75)
        write(ax, x + 18, height + 16, name)
        x += 18 + text_width(name) + 16


def _counted(stances: pd.Series) -> list[str]:
    """How many comments take each stance but silence, in words."""
    counts = stances.value_counts()
    told = [stance for stance in _STANCES if stance != "silent" and stance in counts]
    silent = "no answer" if "silent" in counts else "not coded"
    return [f"{counts[stance]:,} {stance}" for stance in told] or [silent]


def _stacked(parts: list[str]) -> str:
    """The parts side by side, on as many lines as they need."""
    lines = parts[:1]
    for part in parts[1:]:
        longer = f"{lines[-1]} · {part}"
        lines[-1:] = [longer] if text_width(longer) <= _COUNTS else [lines[-1], part]
    return "\n".join(lines)


def agreement(items: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Krippendorff's alpha of each item, with its interval, and how often the coders say the same.

    One row per item: `same` (Estimate or text), `alpha` (Estimate; NaN where undefined).
    """
    if items.empty:
        return nothing(ax, "there are not two codings to compare")
    items, label = sampling.first_and_last(items, "items")
    ax = row_axes(ax, items.index, below=54)
    words, _ = beside(ax, -1, 1, words=250, before=24, gap=20)
    for x in (0, 1):
        ax.axvline(x, color=SOFT, lw=1, zorder=1)
    for y, item in enumerate(items.itertuples()):
        ax.plot([-1, 1], [y, y], color=FAINT, lw=1, zorder=0)
        if pd.isna(item.alpha.value):
            write(ax, 0.5, y, "undefined", ha="center", color=QUIET,
                  bbox={"fc": "white", "ec": "none", "pad": 1.5})  # fmt: skip
        else:
            ax.plot([item.alpha.low, item.alpha.high], [y, y], color=READERS, lw=1.5, zorder=2)
            fill = "white" if pd.isna(item.alpha.low) else READERS  # no interval
            ax.plot(item.alpha.value, y, READERS_MARK, color=READERS, mfc=fill, ms=8, zorder=3)
        same = item.same.counted("comments") if isinstance(item.same, Estimate) else item.same
        write(ax, words, y, fitted(f"same value in {same}", 250, lines=2))
    ticks(ax, {-1: "−1\nopposed", 0: "0\nas by chance", 1: "1\nalways agree"})
    label_below(ax, f"Krippendorff's alpha, 95 % interval (hollow: none; {label})")
    return ax
