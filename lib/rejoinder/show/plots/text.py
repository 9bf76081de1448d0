"""Pictures of what stands in the text: claims, replies, tone and themes."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from rejoinder.fragment import AUTHOR, READERS
from rejoinder.infer.intervals import Estimate
from rejoinder.show.plots.frame import (
    AUTHOR_MARK,
    KIND_MARKS,
    NAME_LETTERS,
    QUIET,
    READERS_MARK,
    blank_axes,
    drawable,
    name_rows,
    nothing,
    shown,
)

_TONE_MARKS = {
    "positive": {"marker": "^", "color": READERS},
    "negative": {"marker": "v", "color": READERS},
    "neutral": {"marker": "D", "color": QUIET},
    "unscored": {"marker": "x", "color": QUIET},
}


def claim_places(claims: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Where in the article each claim stands. One row per claim: `text`, `kind`, `place` (0 to 1)."""
    if claims.empty:
        return nothing(ax, "nobody has named the claims of this article")
    ax = blank_axes(ax, rows=len(claims))
    claims = claims.sort_values("place", kind="stable")
    for y, (claim_id, claim) in enumerate(claims.iterrows()):
        thesis = claim_id == "thesis"
        ax.plot([0, 1], [y, y], color="#E4E4E4", lw=1, zorder=1)
        ax.plot(
            claim["place"],
            y,
            marker=KIND_MARKS[claim["kind"]],
            color=AUTHOR if thesis else "white",
            markeredgecolor=AUTHOR,
            markersize=10 if thesis else 8,
            zorder=3,
        )
        text = textwrap.fill(drawable(claim["text"]), 62, max_lines=2, placeholder=" …")
        ax.text(1.06, y, text, va="center", fontsize=9, weight="bold" if thesis else "normal")
    name_rows(ax, [f"{claim_id} · {kind}" for claim_id, kind in claims["kind"].items()])
    ax.set_xlim(-0.04, 2.1)
    ax.set_xticks([0, 0.5, 1], ["first word", "half", "last word"])
    ax.set_xlabel("place in the article", loc="left")
    return ax


def reply_tree(voices: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Who answers whom. One row per comment in order: `words`, `reply_to`, `depth`, `opening`."""
    voices, label = shown(voices, "comments")
    ax = blank_axes(ax, rows=len(voices))
    indent = max(voices["words"].max() * 0.06, 1)
    place = {comment_id: y for y, comment_id in enumerate(voices.index)}
    longest = max(1, *(voices["words"] + indent * voices["depth"]))
    for comment_id, voice in voices.iterrows():
        y, left = place[comment_id], indent * voice["depth"]
        ax.barh(y, voice["words"], left=left, height=0.5, color=READERS, zorder=2)
        ax.text(left + voice["words"] + longest * 0.012, y, f"{voice['words']}", va="center",
                fontsize=9, color=READERS)  # fmt: skip
        ax.text(longest * 1.1, y, drawable(voice["opening"], letters=62), va="center", fontsize=9)
        if pd.notna(voice["reply_to"]):
            above, x = place[voice["reply_to"]], left - indent / 2
            ax.plot([x, x, left], [above + 0.25, y, y], color=QUIET, lw=1.2, zorder=1)
    name_rows(ax, list(voices.index))
    ax.set_xlim(0, longest * 2.35)
    ax.set_xticks([])
    ax.set_xlabel(f"words; a line leads to the comment that is answered ({label})", loc="left")
    return ax


def tone_dots(tones: pd.DataFrame, average: Estimate, *, ax: Axes | None = None) -> Axes:
    """Tone of each comment and the words behind it, and below them their mean.

    One row per comment: `polarity`, `textblob`, `vader` (−1 to 1 or NaN), `drivers` (str). An
    unscored comment is named as such and gets no dot.
    """
    tones, label = shown(tones, "comments")
    ax = blank_axes(ax, rows=len(tones) + 1, extra=1.3)
    ax.axvline(0, color="#B0B0B0", lw=1, zorder=1)
    for y, tone in enumerate(tones.itertuples()):
        ax.plot([-1, 1], [y, y], color="#EDEDED", lw=1, zorder=0)
        if pd.isna(tone.polarity):
            ax.text(0, y, "no word scored", ha="center", va="center", fontsize=9, style="italic",
                    color=QUIET, bbox={"fc": "white", "ec": "none", "pad": 1.5})  # fmt: skip
            continue
        both = [v for v in (tone.textblob, tone.vader) if pd.notna(v)]
        ax.plot([min(both), max(both)], [y, y], color=QUIET, lw=1.2, zorder=2)
        for value, letters in _scorer_labels(tone.textblob, tone.vader):
            ax.text(value, y - 0.3, letters, ha="center", va="center", fontsize=8, color=QUIET)
        ax.plot(both, [y] * len(both), "|", color=QUIET, markersize=7, zorder=2)
        ax.plot(tone.polarity, y, marker=READERS_MARK, color=READERS, markersize=9, zorder=3)
        ax.text(1.06, y, drawable(tone.drivers, letters=78), va="center", fontsize=9)
    ax.plot([average.low, average.high], [len(tones)] * 2, color=READERS, lw=1.5, zorder=2)
    ax.plot(average.value, len(tones), READERS_MARK, mfc="white", mec=READERS, ms=9, zorder=3)
    ax.text(1.06, len(tones), str(average), va="center", fontsize=9, weight="bold")
    name_rows(ax, [*tones.index, "mean"])
    ax.set_xlim(-1.02, 2.85)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1\ncold", "−0.5", "0", "0.5", "1\nwarm"])
    ax.set_xlabel(f"tone of the words of each comment ({label})", loc="left")
    return ax


def _scorer_labels(textblob: float, vader: float) -> list[tuple[float, str]]:
    """Where to write T and V, and one label for both where two would overlap."""
    labels = sorted((v, letter) for v, letter in ((textblob, "T"), (vader, "V")) if pd.notna(v))
    if len(labels) == 2 and labels[1][0] - labels[0][0] < 0.09:
        return [((textblob + vader) / 2, " ".join(letter for _, letter in labels))]
    return labels


def tone_along_article(paragraphs: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Tone of the article, paragraph by paragraph: `polarity` (−1 to 1 or NaN), `strongest` (str)."""
    ax = blank_axes(ax, rows=6, extra=1.4)
    ax.axhline(0, color="#B0B0B0", lw=1, zorder=1)
    scored = paragraphs[paragraphs["polarity"].notna()]
    ax.vlines(scored.index, 0, scored["polarity"], color=AUTHOR, lw=1.2, zorder=2)
    ax.plot(scored.index, scored["polarity"], AUTHOR_MARK, color=AUTHOR, markersize=7, zorder=3)
    unscored = paragraphs.index.difference(scored.index)
    ax.plot(unscored, [0] * len(unscored), "x", color=QUIET, markersize=7, zorder=3)
    for number, row in scored.iterrows():
        up = row["polarity"] >= 0
        ax.annotate(
            drawable(row["strongest"], letters=18),
            (number, row["polarity"]),
            xytext=(0, 9 if up else -9),
            textcoords="offset points",
            rotation=90,
            ha="center",
            va="bottom" if up else "top",
            fontsize=9,
        )
    ax.set_ylim(-1.4, 1.4)  # room for the words
    ax.set_yticks([-1, 0, 1], ["−1 cold", "0", "1 warm"])
    step = 1 if len(paragraphs) <= 30 else 10
    ax.set_xticks(paragraphs.index[::step])
    ax.set_xlabel(f"paragraph of the article (n = {len(paragraphs)}; × = no word scored)", loc="left")
    return ax


def paired_themes(themes: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Themes of the author (left) and of the readers (right), with the readers' interval.

    One row per theme in the order to draw: `name`, `author`, `readers` (Estimates of shares).
    """
    if themes.empty:
        return nothing(ax, "nobody has written down what to look for in this text")
    ax = blank_axes(ax, rows=len(themes), extra=1.3)
    # Half of the room for the names between the two sides; a letter is some 0.014 wide here.
    gap = 0.05 + 0.014 * min(NAME_LETTERS, themes["name"].map(len).max())
    for y, theme in enumerate(themes.itertuples()):
        ax.text(0, y, drawable(theme.name, letters=NAME_LETTERS), ha="center", va="center", fontsize=9.5)
        for estimate, sign, colour, mark in (
            (theme.author, -1, AUTHOR, AUTHOR_MARK),
            (theme.readers, 1, READERS, READERS_MARK),
        ):
            end = sign * (gap + estimate.value)
            ax.plot([sign * gap, end], [y, y], color=colour, lw=7, solid_capstyle="butt", alpha=0.35)
            ax.plot(end, y, marker=mark, color=colour, markersize=7, zorder=3)
            edge = estimate.value
            if sign == 1:
                ax.plot([gap + estimate.low, gap + estimate.high], [y, y], color=colour, lw=1.3)
                edge = max(edge, estimate.high)
            ax.text(sign * (gap + edge + 0.06), y, f"{estimate.count} of {estimate.n}", fontsize=9,
                    va="center", ha="left" if sign == 1 else "right", color=colour)  # fmt: skip
    name_rows(ax, [""] * len(themes))
    sides = (
        (-1, AUTHOR, "author", "share of paragraphs", max(e.value for e in themes["author"])),
        (
            1,
            READERS,
            "readers",
            "share of comments, 95 % interval",
            max(e.high for e in themes["readers"]),
        ),
    )
    ticks = {}
    for sign, colour, side, what, longest in sides:
        ticks |= {sign * (gap + t): f"{t:g}" for t in (0, 0.25, 0.5, 0.75, 1) if t <= max(longest, 0.5)}
        title = f"{side} (n = {themes[side].iloc[0].n})\n{what}"
        ax.text(sign * gap, -0.75, title, ha="left" if sign == 1 else "right", color=colour, fontsize=9.5)
    left, right = (max(longest, 0.5) for *_, longest in sides)
    ax.set_xlim(-gap - left - 0.3, gap + right + 0.3)
    ax.set_xticks(list(ticks), list(ticks.values()))
    return ax


def at_a_glance(comments: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Every comment, its tone and its themes, in one picture.

    One row per comment: `tone` (negative, neutral, positive, unscored), `opening`, then a column of
    True or False for each theme.
    """
    themes = [name for name in comments.columns if name not in ("tone", "opening")]
    held_by = comments[themes].sum()
    comments, label = shown(comments, "comments")
    ax = blank_axes(ax, rows=len(comments), extra=2.6 if themes else 1.2)
    for y, (_, comment) in enumerate(comments.iterrows()):
        ax.plot([-0.4, len(themes) + 0.4], [y, y], color="#EDEDED", lw=1, zorder=0)
        ax.plot(0, y, **_TONE_MARKS[comment["tone"]], markersize=9, zorder=2)
        held = [x for x, name in enumerate(themes, start=1) if comment[name]]
        ax.plot(held, [y] * len(held), READERS_MARK, color=READERS, markersize=9, zorder=2)
        ax.text(len(themes) + 0.7, y, drawable(comment["opening"], letters=52), va="center", fontsize=9)
    for x, name in enumerate(["tone of its words", *themes]):
        held = f" ({held_by[name]})" if x else ""
        ax.text(x, -0.7, drawable(name, letters=NAME_LETTERS) + held, rotation=38, ha="left",
                va="bottom", fontsize=9, rotation_mode="anchor",
                weight="normal" if x else "bold")  # fmt: skip
    name_rows(ax, list(comments.index))
    ax.set_xlim(-0.6, len(themes) + 7)
    ax.set_xticks([])
    ax.set_xlabel("▲ sounds warm   ▼ sounds cold   ◆ neutral   × no word scored        "
                  f"● speaks of it ({label})", loc="left", fontsize=9)  # fmt: skip
    return ax
