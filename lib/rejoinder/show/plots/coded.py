"""Pictures of what readers of the comments coded, and of tone toward actors."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from rejoinder.fragment import AUTHOR, READERS
from rejoinder.infer.intervals import Estimate, signed
from rejoinder.show.plots.frame import (
    AUTHOR_MARK,
    QUIET,
    READERS_MARK,
    blank_axes,
    drawable,
    name_rows,
    nothing,
    shown,
)

_STANCES = {
    "agree": {"marker": "o", "color": READERS, "markersize": 13},
    "disagree": {"marker": "X", "color": "#1A1A1A", "markersize": 13},
    "mixed": {"marker": "o", "color": READERS, "markersize": 13, "fillstyle": "left", "mfcalt": "white"},
    "unclear": {"marker": "$?$", "color": "#1A1A1A", "markersize": 10},
    "disputed": {"marker": "D", "color": "white", "mec": "#1A1A1A", "mew": 1.6, "markersize": 10},
    "seen by some": {"marker": "o", "color": "white", "mec": "#767676", "mew": 1.2, "markersize": 9},
    "silent": {"marker": ".", "color": "#B8B8B8", "markersize": 5},
}
_KEY = {"silent": "says nothing of it"}
_LINE = 54  # letters of a claim
_COLUMNS = 30  # comments whose names can stand side by side
_GRID = (0.44, 0.8)  # where the comments stand, as shares of the width


def stance_matrix(cells: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Every claim (rows; the thesis on top, then facts, forecasts, judgements) and every comment
    (columns): does the comment accept it?

    One row per claim and comment: `claim`, `kind`, `text`, `comment_id`, `stance`.
    """
    if cells.empty or (cells["stance"] == "uncoded").all():
        return nothing(ax, "nobody has coded what these comments say to the claims")
    table = cells.pivot_table("stance", "claim", "comment_id", aggfunc="first", sort=False)
    columns, label = shown(table.T, "comments", most=_COLUMNS)
    if len(columns) < table.shape[1]:
        label += "; the counts are of all"
    rows = _grouped(cells.drop_duplicates("claim").set_index("claim"))
    ax = blank_axes(ax, rows=1.15 * (len(rows) + 2), extra=0.5)
    left, right = _GRID
    step = (right - left) / max(len(columns), 6)
    places = [left + step * (at + 0.5) for at in range(len(columns))]
    size = min(1, step * 10 * 72 / 20)  # a mark is at most some 14 points wide
    for x, comment_id in zip(places, columns.index, strict=True):
        ax.text(x, -0.75, drawable(str(comment_id)[-8:]), ha="center", va="bottom",
                **{"fontsize": 9} if len(columns) <= 12 else {"fontsize": 7, "rotation": 90})  # fmt: skip
    for y, (claim, text) in enumerate(rows):
        if not claim:
            ax.text(0, y + 0.15, text, fontsize=9, color=AUTHOR, weight="bold", va="center")
            continue
        named = text if claim == "thesis" else f"{claim}  {text}"
        lines = textwrap.wrap(" ".join(named.split()), _LINE, max_lines=2, placeholder=" …")
        weight = "bold" if claim == "thesis" else "normal"
        ax.text(0, y, "\n".join(map(drawable, lines)), fontsize=9, va="center", weight=weight)
        ax.plot([places[0], places[-1]], [y, y], color="#EDEDED", lw=1, zorder=0)
        for x, stance in zip(places, columns[claim], strict=True):
            _mark(ax, x, y, stance, size)
        ax.text(places[-1] + step, y, _counted(table.loc[claim]), fontsize=9, va="center")
    for at, stance in enumerate(_STANCES):
        x = at * 1.12 / len(_STANCES)
        _mark(ax, x + 0.01, len(rows) + 0.4, stance, 0.75)
        ax.text(x + 0.03, len(rows) + 0.4, _KEY.get(stance, stance), fontsize=9, va="center")
    ax.set_ylim(len(rows) + 0.9, -1)
    ax.set_xlim(0, 1.1)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_xlabel(label, loc="left", fontsize=9)
    return ax


def _grouped(claims: pd.DataFrame) -> list[tuple[str, str]]:
    """The rows: the thesis, then each kind's name (without a claim) and its claims, with texts."""
    rows = [(claim, text) for claim, text in claims["text"].items() if claim == "thesis"]
    others = claims.drop(index="thesis", errors="ignore")
    for kind in ("fact", "forecast", "judgement"):
        own = others.loc[others["kind"] == kind, "text"]
        rows += [("", f"{kind}s"), *own.items()] if len(own) else []
    return rows


def _mark(ax: Axes, x: float, y: float, stance: str, size: float) -> None:
    if stance != "uncoded":
        style = _STANCES[stance]
        ax.plot(x, y, ls="none", zorder=2, **{**style, "markersize": style["markersize"] * size})


def _counted(stances: pd.Series) -> str:
    """How many comments take each stance but silence, in words."""
    counts = stances.value_counts()
    told = [stance for stance in _STANCES if stance != "silent" and stance in counts]
    silent = "no answer" if "silent" in counts else "not coded"
    return " · ".join(f"{counts[stance]} {stance}" for stance in told) or silent


def actor_tones(actors: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Mean tone toward each actor, the author's and the readers'.

    One row per actor in the order to draw: `name`, `author`, `readers` (Estimates, −1 to 1).
    """
    if actors.empty:
        return nothing(ax, "nobody has named the actors of this text")
    ax = blank_axes(ax, rows=len(actors) * 1.35, extra=1.2)
    ax.axvline(0, color="#B0B0B0", lw=1, zorder=1)
    for y, actor in enumerate(actors.itertuples()):
        ax.plot([-1, 1], [y, y], color="#EDEDED", lw=1, zorder=0)
        for estimate, up, colour, mark, unit in (
            (actor.author, -0.16, AUTHOR, AUTHOR_MARK, "paragraph"),
            (actor.readers, 0.16, READERS, READERS_MARK, "comment"),
        ):
            if estimate.n:
                ax.plot([estimate.low, estimate.high], [y + up] * 2, color=colour, lw=1.5, zorder=2)
                few = pd.isna(estimate.low)
                fill, size = ("white", 5) if few else (colour, 8)
                ax.plot(estimate.value, y + up, mark, color=colour, mfc=fill, ms=size, zorder=3)
            told = f"{signed(estimate.value)}, {estimate.n} {unit}{'' if estimate.n == 1 else 's'}"
            ax.text(
                1.06,
                y + up * 1.3,
                told if estimate.n else f"no {unit} with a scored word",
                fontsize=8.5,
                va="center",
                color=colour,
            )
    name_rows(ax, list(actors["name"]))
    ax.set_xlim(-1.02, 1.75)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1\ncold", "−0.5", "0", "0.5", "1\nwarm"])
    ax.set_xlabel(
        "squares: author   circles: readers   line: 95 % interval   hollow: no interval",
        loc="left",
        fontsize=9,
    )
    return ax


def tone_beside_stance(comments: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """The tone of each comment, coldest on top, and beside it the sides it takes.

    One row per comment: `polarity` (−1 to 1 or NaN), `coded_tone`, `thesis`, `claims_agreed`,
    `claims_disagreed`.
    """
    comments, label = shown(comments, "comments")
    comments = comments.sort_values("polarity", kind="stable")
    ax = blank_axes(ax, rows=len(comments), extra=1.3)
    ax.axvline(0, color="#B0B0B0", lw=1, zorder=1)
    heads = (1.2, "tone as coded"), (1.75, "thesis"), (2.25, "claims")
    for x, head in heads:
        ax.text(x, -0.95, head, fontsize=9, weight="bold", va="center")
    for y, row in enumerate(comments.itertuples()):
        ax.plot([-1, 1], [y, y], color="#EDEDED", lw=1, zorder=0)
        if pd.isna(row.polarity):
            ax.text(0, y, "no word scored", ha="center", va="center", fontsize=9, color=QUIET)
        else:
            ax.plot([0, row.polarity], [y, y], color=READERS, lw=1.2, zorder=2)
            ax.plot(row.polarity, y, READERS_MARK, color=READERS, markersize=8, zorder=3)
        sides = [
            f"{n} {side}"
            for n, side in ((row.claims_agreed, "agree"), (row.claims_disagreed, "disagree"))
            if n
        ]
        for (x, _), text in zip(
            heads, (row.coded_tone, row.thesis, " · ".join(sides) or "no side"), strict=True
        ):
            quiet = text in ("silent", "no side", "uncoded")
            ax.text(x, y, text, fontsize=9, va="center", color=QUIET if quiet else "#1A1A1A")
    name_rows(ax, list(comments.index))
    ax.set_ylim(len(comments) - 0.4, -1.4)
    ax.set_xlim(-1.02, 2.75)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1\ncold", "−0.5", "0", "0.5", "1\nwarm"])
    ax.set_xlabel(f"tone of the words of each comment ({label})", loc="left")
    return ax


def agreement(items: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Krippendorff's alpha of each item, with its interval, and how often the coders say the same.

    One row per item: `same` (Estimate or text), `alpha` (Estimate; NaN where undefined).
    """
    if items.empty:
        return nothing(ax, "there are not two codings to compare")
    ax = blank_axes(ax, rows=len(items), extra=1.3)
    for x in (0, 1):
        ax.axvline(x, color="#B0B0B0", lw=1, zorder=1)
    for y, item in enumerate(items.itertuples()):
        ax.plot([-1, 1], [y, y], color="#EDEDED", lw=1, zorder=0)
        if pd.isna(item.alpha.value):
            ax.text(0.5, y, "undefined", ha="center", va="center", fontsize=9, color=QUIET,
                    bbox={"fc": "white", "ec": "none", "pad": 1.5})  # fmt: skip
        else:
            ax.plot([item.alpha.low, item.alpha.high], [y, y], color=READERS, lw=1.5, zorder=2)
            fill = "white" if pd.isna(item.alpha.low) else READERS  # no interval
            ax.plot(item.alpha.value, y, READERS_MARK, color=READERS, mfc=fill, ms=8, zorder=3)
        same = item.same.counted("comments") if isinstance(item.same, Estimate) else item.same
        ax.text(1.08, y, f"same value in {same}", fontsize=9, va="center")
    name_rows(ax, list(items.index))
    ax.set_xlim(-1.02, 2.0)
    ax.set_xticks([-1, 0, 1], ["−1\nopposed", "0\nas by chance", "1\nalways agree"])
    ax.set_xlabel("Krippendorff's alpha, 95 % interval (hollow: none)", loc="left")
    return ax
