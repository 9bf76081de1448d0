"""How often the stance of a comment is right on public debates, beside the sign of its tone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from rejoinder.evaluation.datasets import debates, stance_tweets
from rejoinder.evaluation.f1 import LEVEL, SEED
from rejoinder.evaluation.results import SCORE_COLUMNS
from rejoinder.evaluation.tone import textblob_polarity, vader_compound

# Fewer than elsewhere: whole debates are drawn, and there are only 61.
RESAMPLES = 2_000
AGREE, DISAGREE, UNCLEAR = "agree", "disagree", "unclear"
BOTH_SIDES, THESIS = "newspaper debates, both sides", "newspaper debates, thesis"
TWEETS = "tweets on five subjects"


def score_stance(folder: str | Path) -> pd.DataFrame:
    """Every method on the debates below `folder`: SCORE_COLUMNS.

    - `answered`: share of the rows that got agree or disagree; `n` counts the rows.
    - `right_where_answered`: share of those that are right, `n` of them; NaN where there is none.

    On "newspaper debates, both sides" each comment is set against the thesis and against the
    counter-thesis, so that whoever ignores the thesis is right in half. "newspaper debates, thesis"
    is the first row of each comment only, the thesis it was published with. The sign of tone is taken
    over the whole comment: above 0 agrees, below 0 disagrees, 0 is no answer.

    Intervals, 95 %: the middle of 2,000 resamples of whole debates, with a fixed seed, for the comments
    on one debate are not independent. Raises BenchmarkError as `benchmarks.debates` does.
    """
    table = debates(folder)
    methods = _methods(table["comment"])
    first = ~table.duplicated(["debate_id", "comment_id"])
    rows = []
    for dataset, part in ((BOTH_SIDES, table), (THESIS, table[first])):
        draws = _draws(part["debate_id"].nunique())
        for method, guess in methods.items():
            guess = guess[part.index]
            answered = guess != UNCLEAR
            right = guess[answered] == part.loc[answered, "gold"]
            figures = {"answered": answered, "right_where_answered": right}
            for metric, hits in figures.items():
                # Every debate is drawn, also one without an answer.
                debate = pd.factorize(part["debate_id"])[0][part.index.isin(hits.index)]
                value, low, high = _share_with_interval(hits.to_numpy(), debate, draws)
                rows.append(("stance", method, dataset, len(hits), metric, value, low, high))
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def score_stance_tweets(folder: str | Path) -> pd.DataFrame:
    """Every method on the tweets below `folder`, each held against the thesis of its subject:
    SCORE_COLUMNS, with the metrics of `score_stance`.

    A side named for a tweet that is labelled as neither for nor against is wrong.
    Intervals, 95 %: the middle of 2,000 resamples of the tweets, with a fixed seed.

    Raises BenchmarkError as `benchmarks.stance_tweets` does.
    """
    table = stance_tweets(folder)
    draws = _draws(len(table))
    rows = []
    for method, guess in _methods(table["tweet"]).items():
        answered = guess != UNCLEAR
        figures = {"answered": answered, "right_where_answered": (guess == table["gold"])[answered]}
        for metric, hits in figures.items():
            figure = _share_with_interval(hits.to_numpy(), hits.index.to_numpy(), draws)
            rows.append(("stance", method, TWEETS, len(hits), metric, *figure))
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def _methods(comments: pd.Series) -> dict[str, pd.Series]:
    """The stance that each method gives each row."""
    once = pd.Series(comments.unique())
    names = {1: AGREE, -1: DISAGREE, 0: UNCLEAR}

    def sign_of(score) -> pd.Series:
        known = dict(zip(once, np.sign(score(once)), strict=True))
        return comments.map(known).map(names)

    return {
        "sign of TextBlob": sign_of(textblob_polarity),
        "sign of VADER": sign_of(vader_compound),
        "always agree": pd.Series(AGREE, index=comments.index),
    }


def _draws(n: int) -> np.ndarray:
    """How often each of the n debates stands in each resample."""
    rng = np.random.default_rng(SEED)
    return rng.multinomial(n, np.full(n, 1 / n), size=RESAMPLES)


def _share_with_interval(hits, debate, draws) -> tuple[float, float, float]:
    if not len(hits):
        return np.nan, np.nan, np.nan
    n = draws @ np.bincount(debate, minlength=draws.shape[1])
    k = draws @ np.bincount(debate, weights=hits, minlength=draws.shape[1])
    tail = (1 - LEVEL) / 2
    # A resample in which nothing is answered has no share.
    low, high = np.quantile(k[n > 0] / n[n > 0], [tail, 1 - tail])
    return float(np.mean(hits)), float(low), float(high)
