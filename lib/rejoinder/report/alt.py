"""What a picture shows, in words: for those who cannot see it, and for the check of its numbers."""

from __future__ import annotations

import pandas as pd

from rejoinder import sampling
from rejoinder.stats.estimate import Estimate, signed

NOT_CHOICES = ["estimate", "finding"]  # the columns of a specification curve that name no choice
SAMPLE_SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
_NAME, _BRIEF = 80, 24  # letters of a name that somebody chose, and where it is told again and again
_FINDINGS, _THEMES = 6, 5  # of one option, of one comment of many
_PARTS = 60  # of a sentence that one can listen to


def rows_of(table: pd.DataFrame, what: str) -> str:
    """How many `what` (a plural) a picture of `table` shows, and of how many, for its caption."""
    return sampling.sample(table, what)[1]


def claim_places(claims: pd.DataFrame) -> str:
    """For `plots.claim_places`."""
    claims, label = sampling.sample(claims.sort_values("place", kind="stable"), "claims")
    return _listed(
        f"Claims by their place in the article ({label})",
        [f"{_short(i)} ({row['kind']}) at {row['place']:.2f}" for i, row in claims.iterrows()],
    )


def reply_tree(voices: pd.DataFrame) -> str:
    """For `plots.reply_tree`."""
    voices, label = sampling.largest_threads(voices)
    return _listed(
        f"Comments as bars, indented under the comment they answer ({label})",
        [
            f"{_short(i)} {row['words']:,} words"
            + (f", answers {_short(row['reply_to'])}" if pd.notna(row["reply_to"]) else "")
            for i, row in voices.iterrows()
        ],
    )


def tone_dots(tones: pd.DataFrame, average: Estimate) -> str:
    """For `plots.tone_dots`."""
    drawn, label = sampling.sample(tones, "comments")
    every = []
    if len(drawn) < len(tones):
        scored = tones["polarity"].dropna()
        ends = [signed(scored.quantile(q)) for q in (0, 0.25, 0.5, 0.75, 1)] if len(scored) else []
        every = [f"of all {len(tones):,}, {len(tones) - len(scored):,} have no scored word"]
        every += [f"the others: lowest, quartiles and highest {', '.join(ends)}"] if ends else []
    return _listed(
        f"Polarity of each comment, from −1 (cold) to 1 (warm; {label})",
        [*_scores(drawn["polarity"]), *every, f"mean {average}"],
    )


def tone_along_article(paragraphs: pd.DataFrame) -> str:
    """For `plots.tone_along_article`."""
    drawn, label = sampling.sample(paragraphs, "paragraphs")
    return _listed(
        f"Polarity of each paragraph of the article, from −1 (cold) to 1 (warm; {label})",
        _scores(drawn["polarity"]),
    )


def paired_themes(themes: pd.DataFrame) -> str:
    """For `plots.paired_themes`."""
    return _by_side(
        "Shares of the author's paragraphs and of the readers' comments", themes, "named rows"
    )


def at_a_glance(comments: pd.DataFrame) -> str:
    """For `plots.at_a_glance`."""
    themes = comments.drop(columns=["tone", "opening"])
    held_by, of_themes = sampling.first(themes.T, "themes", "first", most=sampling.MOST_THEMES)
    drawn, label = sampling.sample(comments, "comments")
    counts = [f"{_short(name)} {n:,}" for name, n in zip(held_by.index, held_by.sum(axis=1), strict=True)]
    letters = _NAME if len(drawn) == len(comments) else _BRIEF
    names = [_short(name, letters) for name in held_by.index]
    parts = []
    for i, tone in drawn["tone"].items():
        held = [name for name, one in zip(names, held_by[i], strict=True) if one]
        if letters < _NAME and len(held) > _THEMES:
            held[_THEMES:] = [f"{len(held) - _THEMES} more"]
        parts.append(f"{_short(i, letters)} {tone}: {', '.join(held) or 'no theme'}")
    if len(drawn) < len(comments):
        parts.append(f"of all {len(comments):,} comments: {', '.join(counts) or 'no theme'}")
    what = "Each comment with the tone of its words and its themes"
    return _listed(f"{what} ({label}{f'; {of_themes}' if len(held_by) < themes.shape[1] else ''})", parts)


def stance_matrix(cells: pd.DataFrame) -> str:
    """For `plots.stance_matrix`: who says what of each claim; of many comments, how many."""
    ids, label = sampling.speaking(cells)
    spoken = cells[~cells["stance"].isin(["silent", "uncoded"])]
    told = dict(tuple(spoken.groupby("claim", sort=False)))
    of_each = cells.groupby("claim", sort=False).agg(
        kind=("kind", "first"), silent=("stance", lambda stances: (stances == "silent").any())
    )
    kept, _ = sampling.first(of_each, "claims", "first")
    parts = []
    for claim, row in kept.iterrows():
        found = ["no answer" if row["silent"] else "not coded"]
        if claim in told and len(set(cells["comment_id"])) > sampling.MOST_COLUMNS:
            found = [f"{n:,} {stance}" for stance, n in told[claim]["stance"].value_counts().items()]
        elif claim in told:
            found = [f"{_short(one.comment_id)} {one.stance}" for one in told[claim].itertuples()]
        parts.append(f"{_short(claim)} ({row['kind']}): {', '.join(found)}")
    parts += [f"and {len(of_each) - len(kept):,} more"] if len(kept) < len(of_each) else []
    what = "Claims and the comments that speak to them"
    return _listed(f"{what} ({label})" if len(ids) else what, parts)


def actor_tones(actors: pd.DataFrame) -> str:
    """For `plots.actor_tones`."""
    return _by_side("Mean tone toward each actor, from −1 (cold) to 1 (warm)", actors, "actors")


def tone_beside_stance(comments: pd.DataFrame) -> str:
    """For `plots.tone_beside_stance`."""
    comments, label = sampling.coded_by_tone(comments)
    scores = _scores(comments["polarity"])
    return _listed(
        f"Tone of each comment, from −1 (cold) to 1 (warm), and the sides it takes ({label})",
        [
            f"{score}, coded {row.coded_tone}, thesis {row.thesis}, claims: {row.claims_agreed} agree, "
            f"{row.claims_disagreed} disagree"
            for score, row in zip(scores, comments.itertuples(), strict=True)
        ],
    )


def agreement(items: pd.DataFrame) -> str:
    """For `plots.agreement`."""
    items, label = sampling.first_and_last(items, "items")
    return _listed(
        f"Krippendorff's alpha of each item, 0 as by chance, 1 always agree ({label})",
        [f"{_short(i)}: {row['alpha']}, same value in {row['same']}" for i, row in items.iterrows()],
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
        parts += [f"{_short(choice)} “{_short(option)}”: {_tally(part)}" for option, part in uses]
    return _listed(what, parts)


def how_many(table: pd.DataFrame) -> str:
    """For `plots.how_many`: of each line the half-widths at the marked sizes, its first and its last."""
    parts = []
    for machine, line in table.dropna(subset="half_width").groupby("machine", sort=False):
        line = line.sort_values("coded", kind="stable")
        told = line["coded"].isin([*SAMPLE_SIZES, line["coded"].iloc[0], line["coded"].iloc[-1]])
        points = [f"{p.half_width:.2f} at {p.coded}" for p in line[told].itertuples()]
        parts.append(f"{_short(machine)}: {', '.join(points)}")
    return _listed("Half-width of the 95 % interval of a share, by how many comments are coded", parts)


def ladder(rungs: pd.DataFrame) -> str:
    """For `plots.ladder`: what each method reaches on each set, the lowest first."""
    parts = []
    for task, row in rungs.groupby("task", sort=False):
        row = row.sort_values("value", kind="stable")
        told = ", ".join(f"{rung.who} {rung.value:.2f}" for rung in row.itertuples())
        parts.append(f"{_short(task)}, {row['metric'].iloc[0]}: {told}")
    return _listed("What the methods reach on each set of labelled texts, from 0 to 1", parts)


def reliability(steps: pd.DataFrame) -> str:
    """For `plots.reliability`: of each set the share that is right at each mean degree."""
    parts = [
        f"{_short(dataset)}: "
        + ", ".join(
            f"{step.right:.2f} at {step.degree:.2f} (n = {step.n:,})" for step in line.itertuples()
        )
        for dataset, line in steps.groupby("dataset", sort=False)
    ]
    return _listed("Share of answers that are right, by their degree", parts)


def _tally(table: pd.DataFrame) -> str:
    """How many combinations come to each finding, the most common first."""
    counts = table["finding"].value_counts()
    more = [f"{len(counts) - _FINDINGS:,} other findings"] if len(counts) > _FINDINGS else []
    return ", ".join([*(f"{_short(one)} ({n:,})" for one, n in counts.head(_FINDINGS).items()), *more])


def _by_side(what: str, table: pd.DataFrame, rows_are: str) -> str:
    """What author and readers have of each `name`, as estimates."""
    kept, label = sampling.first(table, rows_are, "first")
    return _listed(
        f"{what} ({label})" if len(kept) < len(table) else what,
        [
            f"{_short(row['name'])}: author {row['author']}, readers {row['readers']}"
            for _, row in kept.iterrows()
        ],
    )


def _scores(values: pd.Series) -> list[str]:
    return [f"{_short(i)} {'no word scored' if pd.isna(v) else signed(v)}" for i, v in values.items()]


def _short(name: object, letters: int = _NAME) -> str:
    return name if len(name := str(name)) <= letters else f"{name[:letters]}…"


def _listed(what: str, parts: list[str]) -> str:
    if len(parts) > _PARTS:
        parts = [*parts[:_PARTS], f"and {len(parts) - _PARTS:,} more"]
    return f"{what}. {'; '.join(parts) or 'Nothing to show'}."
