"""How far coders agree beyond chance: Krippendorff's alpha."""

import math

import numpy as np
import pandas as pd

from rejoinder.stats.estimate import LEVEL, Estimate, percent

PREVAILS = 0.9  # a share of one value from which on agreement is expected by chance, and alpha is low
MIN_COMMENTS = 5  # fewer give a bootstrap too few different resamples


def alpha(codings: pd.DataFrame, *, order=None, resamples: int = 4_999, rng=None) -> Estimate:
    """Krippendorff's alpha: 1 = coders always agree, 0 = as by chance, -1 = they oppose each other.

    Parameters: `codings`, a row per coding, with columns `coder`, `comment_id`, `value` (text or numbers,
    NA: none) and perhaps `item` (a unit is then a comment and an item); `order`, the values from lowest
    to highest (ordinal: further apart is worse), or None (nominal: equal or not).
    Returns: `n` counts units that two or more coders coded; if none, or with one value throughout, NaN.
    The interval is a percentile bootstrap of comments with all their items, each bound as if one more
    comment were coded, on which coders differ (low) or agree (high): else full agreement would look
    certain. Fewer than MIN_COMMENTS: no interval. `method` says why, and where one value prevails.
    Raises: ValueError for a unit coded twice by a coder, missing columns, a value outside `order`;
    TypeError for a mixture of text and numbers.
    Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; Agresti & Coull 1998.
    """
    table = _tally(codings, order)
    tally, totals, ordinal = table.to_numpy(), table.sum(), order is not None
    if (totals > 0).sum() < 2:
        why = "all values are the same" if len(table) else "no comment was coded by two coders"
        return Estimate(math.nan, None, len(table), method=f"undefined: {why}")
    where, comments = pd.factorize(table.index.get_level_values("comment_id"))
    per_comment = np.zeros((len(comments), len(totals), len(totals)))
    np.add.at(per_comment, where, _pairs(tally))
    value = float(_alphas(per_comment.sum(axis=0)[None], ordinal)[0])
    low, high, how = math.nan, math.nan, f"Krippendorff's alpha, {'ordinal' if ordinal else 'nominal'}"
    if len(comments) >= MIN_COMMENTS:
        lows, highs = _bootstrap(per_comment, ordinal, resamples, rng or np.random.default_rng(0))
        low = min(value, float(np.nanquantile(lows, (1 - LEVEL) / 2)))
        high = max(value, float(np.quantile(highs, (1 + LEVEL) / 2)))
        how += ", bootstrap of comments"
    if (tally.max(axis=1) == tally.sum(axis=1)).all():
        how += "; no disagreement was seen"
    if (most := totals.max() / totals.sum()) >= PREVAILS:
        how += f"; {percent(most)} of codings are {totals.idxmax()!r}, which lowers alpha"
    return Estimate(value, None, len(table), low, high, method=how)


def coincidences(codings: pd.DataFrame) -> pd.DataFrame:
    """How often each pair of values was given to each unit; sums of rows are what alpha depends on.

    A row per unit that two or more coders coded, a column per pair. `codings` and errors as in `alpha`.
    """
    table = _tally(codings)
    columns = pd.MultiIndex.from_product([table.columns, table.columns], names=["one", "other"])
    return pd.DataFrame(_pairs(table.to_numpy()).reshape(len(table), len(columns)), table.index, columns)


def alpha_of(totals: pd.DataFrame) -> pd.Series:
    """Krippendorff's alpha (nominal) of each row of summed `coincidences`; NaN with one value only."""
    size = math.isqrt(totals.shape[1])
    return pd.Series(_alphas(totals.to_numpy(float).reshape(len(totals), size, size)), totals.index)


def _tally(codings: pd.DataFrame, order=None) -> pd.DataFrame:
    """How many coders gave each value, a row per unit that two or more coded."""
    keys = ["coder", "comment_id"] + ["item"] * ("item" in codings)
    if {*keys, "value"} - set(codings) or codings[keys].isna().any(axis=None):
        raise ValueError(f"every coding needs {', '.join(keys)} and a column value")
    if len(twice := codings.loc[codings.duplicated(keys), keys].astype(str)):
        raise ValueError(f"coded twice: {', '.join(twice.iloc[0])} ({', '.join(keys)})")
    given = codings.dropna(subset="value").astype({"value": object})
    values = sorted(given["value"].unique())
    order = values if order is None else list(dict.fromkeys(order))
    if unknown := [value for value in values if value not in order]:
        raise ValueError(f"order lacks {unknown[0]!r}")
    counts = given.groupby([*keys[1:], "value"]).size().unstack("value", fill_value=0)
    counts = counts[[value for value in order if value in counts]]
    return counts[counts.sum(axis=1) >= 2]


def _pairs(tally: np.ndarray) -> np.ndarray:
    """Pairs of values given to the same unit, units x values x values; m coders add up to m."""
    pairs = tally[:, :, None] * tally[:, None, :] - tally[:, :, None] * np.eye(tally.shape[1])
    return pairs / (tally.sum(axis=1) - 1)[:, None, None]


def _bootstrap(per_comment, ordinal, resamples, rng) -> tuple[np.ndarray, np.ndarray]:
    """Alpha of every resample, with an added comment that differs, and with one that agrees."""
    n, size = per_comment.shape[:2]
    # Drawing comments with replacement is drawing kinds of comments by their frequency.
    kinds, times = np.unique(per_comment.reshape(n, -1), axis=0, return_counts=True)
    each, shares = per_comment.sum() / n, per_comment.sum(axis=(0, 1)) / per_comment.sum()
    differs = np.outer(shares, shares) * (1 - np.eye(size))
    often = rng.multinomial(n + 1, np.append(times, 1) / (n + 1), resamples).astype(float)
    seen = (often[:, :-1] @ kinds).reshape(-1, size, size)
    low, high = (
        _alphas(seen + often[:, -1, None, None] * added, ordinal)
        for added in (each * differs / differs.sum(), each * np.diag(shares))
    )
    # A resample with one value only has no alpha. Nothing in it speaks against full agreement.
    return low, np.where(np.isnan(high), 1.0, high)


def _alphas(coincidences: np.ndarray, ordinal: bool = False) -> np.ndarray:
    """Alpha of each matrix of coincidences (the first axis); NaN where it has one value only."""
    totals = coincidences.sum(axis=2)
    n, distance = totals.sum(axis=1), 1 - np.eye(totals.shape[1])
    if ordinal:  # a value lies in the middle of its codings, with all codings lined up
        at = totals.cumsum(axis=1) - totals / 2
        distance = (at[:, :, None] - at[:, None, :]) ** 2
    observed = (coincidences * distance).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * distance).sum(axis=(1, 2)) / (n - 1)
    varied = np.count_nonzero(totals > 1e-9, axis=1) > 1
    return 1 - np.divide(observed, expected, out=np.full(len(n), np.nan), where=varied)
