"""What a picture shows, in words: for those who cannot see it, and for the check of its numbers."""

from __future__ import annotations

import pandas as pd

from rejoinder.infer.intervals import Estimate, signed

MOST_ROWS = 40  # comments in one picture, and in the words for it
NOT_CHOICES = ["estimate", "finding"]  # the columns of a specification curve that name no choice
SAMPLE_SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)


def claim_places(claims: pd.DataFrame) -> str:
    """For `plots.claim_places`."""
    return _listed(
        "Claims by their place in the article",
        [f"{claim_id} ({row['kind']}) at {row['place']:.2f}" for claim_id, row in claims.iterrows()],
    )


def reply_tree(voices: pd.DataFrame) -> str:
    """For `plots.reply_tree`."""
    return _listed(
        "Comments as bars, indented under the comment they answer",
        [
            f"{comment_id} {row['words']} words"
            + (f", answers {row['reply_to']}" if pd.notna(row["reply_to"]) else "")
            for comment_id, row in voices.iterrows()
        ],
    )


def tone_dots(tones: pd.DataFrame, average: Estimate) -> str:
    """For `plots.tone_dots`."""
    return _listed(
        "Polarity of each comment, from −1 (cold) to 1 (warm)",
        [*_scores(tones["polarity"]), f"mean {average}"],
    )


def tone_along_article(paragraphs: pd.DataFrame) -> str:
    """For `plots.tone_along_article`."""
    return _listed(
        "Polarity of each paragraph of the article, from −1 (cold) to 1 (warm)",
        _scores(paragraphs["polarity"]),
    )


def paired_themes(themes: pd.DataFrame) -> str:
    """For `plots.paired_themes`."""
    return _by_side("Shares of the author's paragraphs and of the readers' comments", themes)


def at_a_glance(comments: pd.DataFrame) -> str:
    """For `plots.at_a_glance`."""
    themes = comments.drop(columns=["tone", "opening"])
    return _listed(
        "Each comment with the tone of its words and its themes",
        [
            f"{i} {tone}: {', '.join(name for name in themes if themes.loc[i, name]) or 'no theme'}"
            for i, tone in comments["tone"].items()
        ],
    )


def stance_matrix(cells: pd.DataFrame) -> str:
    """For `plots.stance_matrix`."""
    spoken = cells[~cells["stance"].isin(["silent", "uncoded"])]
    parts = []
    for claim, own in cells.groupby("claim", sort=False):
        said = spoken[spoken["claim"] == claim]
        found = [f"{row.comment_id} {row.stance}" for row in said.head(MOST_ROWS).itertuples()]
        if len(said) > MOST_ROWS:
            found.append(f"and {len(said) - MOST_ROWS} more")
        found = found or ["no answer" if (own["stance"] == "silent").any() else "not coded"]
        parts.append(f"{claim} ({own['kind'].iloc[0]}): {', '.join(found)}")
    return _listed("Claims and the comments that speak to them", parts)


def actor_tones(actors: pd.DataFrame) -> str:
    """For `plots.actor_tones`."""
    return _by_side("Mean tone toward each actor, from −1 (cold) to 1 (warm)", actors)


def tone_beside_stance(comments: pd.DataFrame) -> str:
    """For `plots.tone_beside_stance`."""
    scores = _scores(comments["polarity"])
    return _listed(
        "Tone of each comment, from −1 (cold) to 1 (warm), and the sides it takes",
        [
            f"{score}, coded {row.coded_tone}, thesis {row.thesis}, claims: {row.claims_agreed} agree, "
            f"{row.claims_disagreed} disagree"
            for score, row in zip(scores, comments.itertuples(), strict=True)
        ],
    )


def agreement(items: pd.DataFrame) -> str:
    """For `plots.agreement`."""
    return _listed(
        "Krippendorff's alpha of each item, 0 as by chance, 1 always agree",
        [f"{item}: {row['alpha']}, same value in {row['same']}" for item, row in items.iterrows()],
    )


def specification_curve(table: pd.DataFrame) -> str:
    """For `plots.specification_curve`: the range, the notebooks' own estimate, how many combinations
    come to each finding, and of these by option."""
    what = "What each combination of choices gives, and what it would answer"
    if table.empty:
        return _listed(what, [])
    values = table["estimate"].map(lambda estimate: estimate.value).astype(float)
    words = table.drop(columns="estimate").astype(object)
    table = words.where(words.notna(), "unknown").assign(estimate=table["estimate"])
    own, without = table.iloc[0], int(values.isna().sum())
    sign = ".2f" if any(estimate.count is not None for estimate in table["estimate"]) else "+.2f"
    low, high = signed(values.min(), sign), signed(values.max(), sign)
    parts = [
        f"{len(table)} combination{'' if len(table) == 1 else 's'}"
        + (f" from {low} to {high}" if without < len(table) else "")
        + (f", {without} without an estimate" if without else ""),
        f"as in the notebooks: {own['estimate']}, {own['finding']}",
        f"findings: {_tally(table)}",
    ]
    for choice in table.columns.drop(NOT_CHOICES):
        uses = table.groupby(choice, sort=False, dropna=False)
        parts += [f"{choice} “{option}”: {_tally(part)}" for option, part in uses]
    return _listed(what, parts)


def how_many(table: pd.DataFrame) -> str:
    """For `plots.how_many`: of each line the half-widths at the marked sizes, its first and its last."""
    parts = []
    for machine, line in table.dropna(subset="half_width").groupby("machine", sort=False):
        line = line.sort_values("coded", kind="stable")
        told = line["coded"].isin([*SAMPLE_SIZES, line["coded"].iloc[0], line["coded"].iloc[-1]])
        points = [f"{p.half_width:.2f} at {p.coded}" for p in line[told].itertuples()]
        parts.append(f"{machine}: {', '.join(points)}")
    return _listed("Half-width of the 95 % interval of a share, by how many comments are coded", parts)


def _tally(table: pd.DataFrame) -> str:
    """How many combinations come to each finding, the most common first."""
    return ", ".join(f"{finding} ({n})" for finding, n in table["finding"].value_counts().items())


def _by_side(what: str, table: pd.DataFrame) -> str:
    """What author and readers have of each `name`, as estimates."""
    return _listed(
        what,
        [
            f"{row['name']}: author {row['author']}, readers {row['readers']}"
            for _, row in table.iterrows()
        ],
    )


def _scores(values: pd.Series) -> list[str]:
    return [f"{i} {'no word scored' if pd.isna(v) else signed(v)}" for i, v in values.items()]


def _listed(what: str, parts: list[str]) -> str:
    if len(parts) > MOST_ROWS:
        parts = [*parts[:MOST_ROWS], f"and {len(parts) - MOST_ROWS} more"]
    return f"{what}. {'; '.join(parts) or 'Nothing to show'}."
