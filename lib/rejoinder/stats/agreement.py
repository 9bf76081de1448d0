"""How far coders agree: Krippendorff's alpha, and the plain share of agreement."""

import math

import numpy as np
import pandas as pd

from rejoinder.stats.clustered import clustered_share
from rejoinder.stats.estimate import LEVEL, Estimate, percent

PREVAILS = 0.9  # a share of one value from which on agreement is expected by chance, and alpha is low
MIN_COMMENTS = 5  # fewer give a bootstrap too few different resamples
_LONG = ("coder", "comment_id", "item", "value")


def alpha(codings, *, metric="nominal", order=None, resamples=4_999, rng=None) -> Estimate:
    """Krippendorff's alpha: 1 = coders always agree, 0 = as by chance, -1 = they oppose each other.

    Parameters: `codings`, text or numbers, NA for none: long, with columns `coder`, `comment_id`, `value`
    and perhaps `item` (a unit is then a comment and an item), or wide, **a row per comment, a column per
    coder**, perhaps with an index of `comment_id` and `item`. `metric`, nominal (equal or not), ordinal
    (further apart in `order` is worse; numbers need none) or interval (squared difference).
    Returns: `n` counts units that two or more coders coded; if none, or with one value throughout, NaN.
    The interval is a percentile bootstrap of comments with all their items, each bound as if one more
    comment were coded, on which coders differ (low) or agree (high): else full agreement would look
    certain. Fewer than MIN_COMMENTS: no interval. `method` says why, and where one value prevails.
    Raises: ValueError for a unit coded twice by a coder, missing columns, a transposed table, a value
    outside `order`, infinite numbers or empty text; TypeError for mixed or other values.
    Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; Agresti & Coull 1998.
    """
    table, places, coders = _tally(codings, metric, order)
    tally, why = table.to_numpy(), _why_undefined(table, coders)
    if why:
        return Estimate(math.nan, None, len(tally), method=f"undefined: {why}")
    where, comments = pd.factorize(_comments(table))
    per_comment = np.zeros((len(comments), len(places), len(places)))
    np.add.at(per_comment, where, _pairs(tally))
    value = float(_alphas(per_comment.sum(axis=0)[None], metric, places)[0])
    low, high, how = math.nan, math.nan, f"Krippendorff's alpha, {metric}"
    if len(comments) >= MIN_COMMENTS:
        drawn = _bootstrap(per_comment, metric, places, resamples, rng or np.random.default_rng(0))
        low = min(value, float(np.nanquantile(drawn[0], (1 - LEVEL) / 2)))
        high = max(value, float(np.quantile(drawn[1], (1 + LEVEL) / 2)))
        how += ", bootstrap of comments"
    if (tally.max(axis=1) == tally.sum(axis=1)).all():
        how += "; no disagreement was seen"
    shares = tally.sum(axis=0) / tally.sum()
    if (most := shares.max()) >= PREVAILS:
        how += f"; {percent(most)} of codings are {table.columns[shares.argmax()]!r}, which lowers alpha"
    return Estimate(value, None, len(tally), low, high, method=how)


def raw_agreement(codings) -> Estimate:
    """The share of units, 0 to 1, on which all coders who coded them agree; chance is not taken off.

    `codings`, `n` and errors as in `alpha`; interval as in `clustered_share`, by comments.
    """
    table, _, _ = _tally(codings)
    same = table.max(axis=1) == table.sum(axis=1)
    return clustered_share(same.to_numpy(), _comments(table))


def coincidences(codings) -> pd.DataFrame:
    """How often each pair of values was given to each unit; sums of rows are what alpha depends on.

    A row per unit that two or more coders coded, a column per pair. `codings` and errors as in `alpha`.
    """
    table, _, _ = _tally(codings)
    columns = pd.MultiIndex.from_product([table.columns, table.columns], names=["one", "other"])
    return pd.DataFrame(_pairs(table.to_numpy()).reshape(len(table), len(columns)), table.index, columns)


def alpha_of(totals: pd.DataFrame, *, metric="nominal", order=None) -> pd.Series:
    """Krippendorff's alpha of each row of summed `coincidences`; NaN where a row has one value only.

    Of `leave_one_out(coincidences(codings), groups)` it gives alpha without each group.
    """
    values = totals.columns.get_level_values(0).unique().to_numpy(object)
    places = _places(values, metric, order)
    ranks = places.argsort()
    matrices = totals.to_numpy(float).reshape(len(totals), len(values), len(values))
    return pd.Series(_alphas(matrices[:, ranks][:, :, ranks], metric, places[ranks]), totals.index)


def _tally(codings, metric="nominal", order=None) -> tuple:
    """Coders who gave each value (rows: units that two or more coded), places of the values, coders."""
    codings = pd.DataFrame(codings)
    if codings.columns.isin(_LONG).any():
        codings = _widened(codings)
    units, coders = codings.index, codings.columns
    if "coder" in units.names or {"comment_id", "item"} & set(coders.names):
        raise ValueError("coders are in rows and comments in columns: transpose the table (.T)")
    for labels in (units, coders):
        if labels.has_duplicates:
            raise ValueError(f"{labels[labels.duplicated()][0]!r} labels two rows or two columns")
    codes, values = pd.factorize(codings.to_numpy(object).ravel())
    _check_values(values)
    places = _places(values, metric, order)
    ranks = places.argsort()
    codes = codes.reshape(codings.shape)
    counts = (codes[:, :, None] == ranks).sum(axis=1)
    table = pd.DataFrame(counts, units, pd.Index(values[ranks], dtype=object))
    return table[counts.sum(axis=1) >= 2], places[ranks], (codes >= 0).any(axis=0).sum()


def _comments(table: pd.DataFrame) -> pd.Index:
    return table.index.get_level_values("comment_id" if "comment_id" in table.index.names else 0)


def _widened(codings: pd.DataFrame) -> pd.DataFrame:
    """A table of single codings as a row per unit and a column per coder."""
    keys = ["coder", "comment_id"] + ["item"] * ("item" in codings.columns)
    if {*keys, "value"} - set(codings.columns) or codings[keys].isna().any(axis=None):
        raise ValueError(f"every coding needs {', '.join(keys)} and a column value")
    if len(twice := codings.loc[codings.duplicated(keys), keys].astype(str)):
        raise ValueError(f"coded twice: {', '.join(twice.iloc[0])} ({', '.join(keys)})")
    return codings.pivot(index=keys[1:], columns="coder", values="value")


def _check_values(values: np.ndarray) -> None:
    if len({isinstance(value, str) for value in values}) > 1:
        raise TypeError("some codings are text and some are numbers, which never agree")
    for value in values:
        # An array of text turns NaN into the word.
        if value.strip() in ("", "nan") if isinstance(value, str) else not math.isfinite(value):
            raise ValueError(f"{value!r} is not a coding: use NA where a coder gave none")


def _places(values: np.ndarray, metric: str, order) -> np.ndarray:
    """Where each value lies: its number, or its place in `order` or the alphabet."""
    if metric not in ("nominal", "ordinal", "interval") or (order is not None and metric != "ordinal"):
        raise ValueError(f"metric is nominal, interval, or ordinal with an order, not {metric!r}")
    if order is None and metric != "nominal" and any(isinstance(value, str) for value in values):
        raise ValueError(f"text is not {metric}: give metric='ordinal' and order=[lowest, …]")
    if metric == "interval":
        return values.astype(float)
    places = {value: place for place, value in enumerate(sorted(values) if order is None else order)}
    unknown = [value for value in values if value not in places]
    if unknown or (order is not None and len(places) < len(order)):
        raise ValueError(f"order lacks {unknown[0]!r}" if unknown else "order contains a value twice")
    return np.array([places[value] for value in values], dtype=float)


def _why_undefined(table: pd.DataFrame, coders: int) -> str:
    if coders < 2:
        return "there is only one coder" if coders else "there are no codings"
    if not len(table):
        return "no comment was coded by two coders"
    return "all values are the same" if (table.sum() > 0).sum() == 1 else ""


def _pairs(tally: np.ndarray) -> np.ndarray:
    """Pairs of values given to the same unit, units x values x values; m coders add up to m."""
    pairs = tally[:, :, None] * tally[:, None, :] - tally[:, :, None] * np.eye(tally.shape[1])
    return pairs / (tally.sum(axis=1) - 1)[:, None, None]


def _bootstrap(per_comment, metric, places, resamples, rng) -> tuple[np.ndarray, np.ndarray]:
    """Alpha of every resample, with an added comment that differs, and with one that agrees."""
    n, size = len(per_comment), len(places)
    # Drawing comments with replacement is drawing kinds of comments by their frequency.
    kinds, times = np.unique(per_comment.reshape(n, -1), axis=0, return_counts=True)
    each, shares = per_comment.sum() / n, per_comment.sum(axis=(0, 1)) / per_comment.sum()
    differs = np.outer(shares, shares) * (1 - np.eye(size))
    often = rng.multinomial(n + 1, np.append(times, 1) / (n + 1), resamples).astype(float)
    seen = (often[:, :-1] @ kinds).reshape(-1, size, size)
    low, high = (
        _alphas(seen + often[:, -1, None, None] * added, metric, places)
        for added in (each * differs / differs.sum(), each * np.diag(shares))
    )
    # A resample with one value only has no alpha. Nothing in it speaks against full agreement.
    return low, np.where(np.isnan(high), 1.0, high)


def _alphas(coincidences: np.ndarray, metric: str, places: np.ndarray) -> np.ndarray:
    """Alpha of each matrix of coincidences (the first axis); NaN where it has one value only."""
    totals = coincidences.sum(axis=2)
    n = totals.sum(axis=1)
    if metric == "nominal":
        distance = np.broadcast_to(1 - np.eye(len(places)), coincidences.shape)
    else:
        # An ordinal value lies in the middle of its codings, with all codings lined up.
        at = totals.cumsum(axis=1) - totals / 2 if metric == "ordinal" else places[None]
        distance = (at[:, :, None] - at[:, None, :]) ** 2
    observed = (coincidences * distance).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * distance).sum(axis=(1, 2)) / (n - 1)
    varied = np.count_nonzero(totals > 1e-9, axis=1) > 1
    return 1 - np.divide(observed, expected, out=np.full(len(n), np.nan), where=varied)
