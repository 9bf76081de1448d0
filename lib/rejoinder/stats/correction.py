"""Shares and means of many texts, from a machine's labels on all and a reader's codings of a few."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real

import numpy as np

from rejoinder.stats.estimate import (
    EXACT,
    Estimate,
    check_bounds,
    mean,
    no_interval,
    share,
    share_bounds,
)

# The machine is judged as if this many more texts had been coded on which it contradicts the reader.
# Without them, a machine that was right on all of fifteen texts would count as one that never errs.
# In simulations one keeps the interval at 94 % or more; with a half it is 90 % for a rare class.
PRETENDED = 1
# Of fewer coded texts the pretended ones are so large a part that hardly any gain is left.
MIN_CODED = 8
# A smaller gain would be printed as 0 %.
MIN_GAIN = 0.005


@dataclass(frozen=True, kw_only=True)
class Corrected(Estimate):
    """An Estimate from `n` coded texts and a machine's labels; `alone` is the one without the labels.

    `gain` is how much narrower the interval is than that of `alone`: 0.09 = by 9 %, 0 = the labels
    are not used and the numbers are those of `alone`. Of a share, `count` counts coded texts.
    """

    gain: float
    alone: Estimate

    def of(self, units: str) -> str:
        return "; ".join(part for part in (super().of(units), self.gained()) if part)

    def gained(self) -> str:
        """What the labels bring, in words: "interval 9 % narrower than from the coded alone"."""
        if self.n == 0:
            return ""
        if self.gain > 0:
            return f"interval {100 * self.gain:.0f} % narrower than from the coded alone"
        if self.n < MIN_CODED:
            return "too few are coded to use the machine's labels"
        return "the machine's labels do not help, so only the coded ones are used"


def corrected_share(
    coded, machine_on_coded, machine_on_rest, *, weights=None, level: float = 0.95, rng=None
) -> Corrected:
    """The share of all texts that a reader would count, from 0 to 1, with its interval.

    `coded`: the reader's 0 or 1 (or bool) for each text of a random sample; `machine_on_coded`: the
    machine's label or probability, 0 to 1, for the same texts in the same order; `machine_on_rest`:
    for the texts not coded. `weights`, of the coded texts: one over the chance of being drawn, in any
    unit. `rng` is taken so that shares and means are called alike; nothing here is random.

    The value is the coded share plus slope x (machine's mean over all texts - over the coded). The
    interval is that of `share` at that value for n / (1 - r²) texts (never more than all), r being the
    correlation of reader and machine with PRETENDED contradicting texts added. Where that is not
    narrower, r not positive, the machine's mean over all texts beyond all its labels of the coded, or
    fewer than MIN_CODED coded, it is `alone`: `share` of the coded, or with
    weights for Kish's effective n (fewer where heavy texts vary more). Nothing coded: NaN.

    As with `share` the texts stand for more such texts: all being coded leaves an interval. Simulated
    with 5,000 texts, 15 to 300 coded, shares of 0.02 to 0.98, machines from useless to perfect, 95 %
    intervals hold the share in 94 % of cases or more.
    So it is with weights that follow the label threefold; tenfold, if few heavy texts are coded, 70 %.
    Texts of one thread are alike: draw texts, not threads.

    Raises ValueError for values missing or out of range (naming the place), lengths that differ,
    weights not above 0, or a level outside 0 … 1.
    Source: prediction-powered inference with power tuning, Angelopoulos, Duchi & Zrnic 2023, in the
    older form of a regression estimator (Cochran 1977, ch. 7 and 12) and with exact bounds.
    """
    reader, machine, rest, w = _inputs(coded, machine_on_coded, machine_on_rest, weights)
    _refuse(reader, np.isin(reader, (0, 1)), "coded", "a text counts, 1, or it does not, 0")
    for name, labels in (("machine_on_coded", machine), ("machine_on_rest", rest)):
        _refuse(labels, (labels >= 0) & (labels <= 1), name, "a share needs labels from 0 to 1")
    k, n = int(reader.sum()), len(reader)
    alone = share(k, n, level=level)
    if n == 0:
        return Corrected(**vars(alone), gain=0.0, alone=alone)
    everyone = np.concatenate([machine, rest])
    plain, units, value, best = _used(reader, machine, w, everyone.mean(), len(everyone))
    if weights is not None:
        low, high = (float(x) for x in share_bounds(plain * units, units, level))
        alone = Estimate(float(plain), low, high, n, level, f"{EXACT}, weighted", k)
    value = np.clip(value, 0, 1)
    return _better(alone, value, *share_bounds(value * best, best, level))


def corrected_mean(
    coded, machine_on_coded, machine_on_rest, *, bounds=None, weights=None, level: float = 0.95, rng=None
) -> Corrected:
    """The mean over all texts of a reader's values, as `corrected_share` has it for 0 and 1.

    `coded` holds finite numbers, within `bounds` (lowest, highest) if given, to which the interval is
    then cut; the machine's may be in any unit. The interval is that of `mean` over the coded, which has
    `rng` (with weights: Student's), moved by the correction and shrunk by the root of 1 - r²; the
    pretended texts lie at the reader's lowest and highest value. Fewer than three coded: no
    interval. Raises and Source as `corrected_share`.
    """
    bounds = check_bounds(bounds)
    reader, machine, rest, w = _inputs(coded, machine_on_coded, machine_on_rest, weights)
    _refuse(reader, (reader >= bounds[0]) & (reader <= bounds[1]), "coded", f"outside {bounds}")
    n, alone = len(reader), mean(reader, level=level, rng=rng)
    if n == 0:
        return Corrected(**vars(alone), gain=0.0, alone=alone)
    everyone = np.concatenate([machine, rest])
    ends = reader.min(), reader.max()
    plain, units, value, best = _used(reader, machine, w, everyone.mean(), len(everyone), ends)
    plain_bounds = np.array([alone.low, alone.high])
    if weights is not None:
        why = no_interval(reader)
        plain_bounds = np.array((math.nan,) * 2 if why else _student(reader, w, plain, units, level))
        low, high = (float(x) for x in np.clip(plain_bounds, *bounds))
        alone = Estimate(float(plain), low, high, n, level, why or "t, weighted")
    moved = [value, *(value + np.sqrt(units / best) * (plain_bounds - plain))]
    return _better(alone, *np.clip(moved, *bounds))


def shrunk(units, var_y, var_f, cov, low, high, *, weight=1) -> tuple:
    """Slope and squared correlation of reader (y) and machine (f), the pretended texts added.

    `low` and `high` are the reader's extremes less the mean. At the lowest, the machine is pretended to
    stand one standard deviation above its mean, at the highest one below: so its variance stays.
    `weight`: how many times as heavy as the mean of the coded texts the pretended ones are.
    """
    pretended = PRETENDED * weight
    each, n = pretended / 2, units + pretended
    cov = np.maximum(units * cov - each * np.sqrt(var_f) * (high - low), 0) / n
    var_y = (units * var_y + each * (low**2 + high**2)) / n - (each * (low + high) / n) ** 2
    usable = (var_y > 0) & (var_f > 0)
    var_y, var_f = np.where(usable, var_y, 1), np.where(usable, var_f, 1)
    return np.where(usable, cov / var_f, 0), np.where(usable, cov**2 / (var_y * var_f), 0)


def _used(reader, machine, weights, over_all, total, ends=(0, 1)) -> tuple:
    """The coded alone, then with the machine: value and effective n of each. Texts on the last axis.

    `ends`: the lowest and highest value that a reader can give, as far as they are known.
    """
    w = weights / weights.sum(axis=-1, keepdims=True)

    def over(x):
        return (w * x).sum(axis=-1)

    def varied(deviations, low, high, at_most):
        """Effective n: 1 / sum of w², or less where the heavy texts are those that vary.

        One more text of the greatest weight is pretended, half at either end: heavy texts are few, and
        that those coded do not vary is no proof that such texts do not.
        """
        ends = heaviest * (low**2 + high**2) / 2
        spread, noise = over(deviations**2) + ends, over(w * deviations**2) + heaviest * ends
        ratio = np.divide(spread, noise, out=np.full(spread.shape, np.inf), where=noise > 0)
        return np.minimum(at_most, ratio)

    def centred(x):
        """Mean and deviations; of a constant exactly 0, where rounding would look like agreement."""
        shift = x - x[..., :1]
        return x[..., 0] + over(shift), shift - over(shift)[..., None]

    heaviest = w.max(axis=-1)
    (y, dy), (f, df) = centred(reader), centred(machine)
    low, high = dy.min(axis=-1), dy.max(axis=-1)
    units = varied(dy, ends[0] - y, ends[1] - y, 1 / over(w))
    moments = over(dy**2), over(df**2), over(dy * df)
    # As heavy as the heaviest: the machine may err where few texts stand for many.
    slope, r2 = shrunk(units, *moments, low, high, weight=heaviest * reader.shape[-1])
    # A mean beyond all labels of the coded texts would be met by guessing, not by what was seen.
    unlike = (over_all < machine.min(axis=-1)) | (over_all > machine.max(axis=-1))
    useless = unlike | (reader.shape[-1] < MIN_CODED)
    slope, r2 = (np.where(useless, 0, x) for x in (slope, r2))
    rest = dy - slope[..., None] * df
    of_residuals = varied(rest, ends[0] - y, ends[1] - y, units)
    return y, units, y + slope * (over_all - f), 1 / ((1 - r2) / of_residuals + r2 / total)


def _gain(width, width_alone):
    """By how much narrower, as a share of `width_alone`; 0 where it is not worth a word, or NaN."""
    known = np.asarray(width_alone) > 0
    gain = 1 - np.divide(width, width_alone, out=np.ones(known.shape), where=known)
    return np.where(gain >= MIN_GAIN, gain, 0.0)


def _better(alone: Estimate, value, low, high) -> Corrected:
    gain = float(_gain(high - low, alone.high - alone.low))
    if gain == 0:
        return Corrected(**vars(alone), gain=0.0, alone=alone)
    how = f"{alone.method}, corrected by a machine's labels"
    numbers = (float(value), float(low), float(high))
    return Corrected(*numbers, alone.n, alone.level, how, alone.count, gain=gain, alone=alone)


def _student(x, weights, centre, units, level: float) -> tuple:
    """Bounds of a weighted mean of `units` effective values."""
    from scipy.stats import t

    df = max(units - 1, 1)
    scale = np.sqrt(np.average((x - centre) ** 2, weights=weights) / df)
    return t.interval(level, df, centre, scale)


def _inputs(coded, machine_on_coded, machine_on_rest, weights) -> tuple:
    """Reader, machine, the machine on the rest and weights (1 where there are none) as arrays."""
    reader = _numbers(coded, "coded")
    machine = _numbers(machine_on_coded, "machine_on_coded")
    rest = _numbers(machine_on_rest, "machine_on_rest")
    w = np.ones(len(reader)) if weights is None else _numbers(weights, "weights")
    for name, other in (("machine_on_coded", machine), ("weights", w)):
        if len(other) != len(reader):
            raise ValueError(f"{len(reader)} texts are coded, but {name} has {len(other)}")
    _refuse(w, w > 0, "weights", "a weight is above 0")
    return reader, machine, rest, w


def _numbers(values, name: str) -> np.ndarray:
    given = np.asarray(values, dtype=object)
    if given.ndim != 1:
        raise ValueError(f"{name} is a list of numbers, one a text")
    numbers = np.array([float(x) if isinstance(x, (Real, np.bool_)) else math.nan for x in given])
    _refuse(given, np.isfinite(numbers), name, "a number is needed for each text")
    return numbers


def _refuse(values, good, name: str, why: str) -> None:
    if not good.all():
        place = int(np.argmin(good))
        raise ValueError(f"{name}[{place}] is {values[place]}: {why}")
