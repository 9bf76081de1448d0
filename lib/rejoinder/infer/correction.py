"""Shares and means of many texts, from a machine's labels on all and a reader's codings of a few."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from numbers import Real
from statistics import NormalDist

import numpy as np

from rejoinder.infer.intervals import MIN_VALUES, Estimate, _check_level, mean, share

# The machine is judged as if this many more texts had been coded on which it contradicts the reader.
# Without them, a machine that was right on all of fifteen texts would count as one that never errs.
# In simulations two keep the interval as good as Wilson's own; with one it misses rare classes.
PRETENDED = 2
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
    interval is Wilson's at that value for n / (1 - r²) texts (never more than all), r being the
    correlation of reader and machine with PRETENDED contradicting texts added. Where that is not
    narrower, r not positive, or fewer than MIN_CODED coded, it is `alone`: `share` of the coded, or with
    weights Wilson's for Kish's effective n (fewer where heavy texts vary more). Nothing coded: NaN.

    As with `share` the texts stand for more such texts: all being coded leaves an interval. Simulated
    with 5,000 texts, 15 to 300 coded, shares of 0.02 to 0.98, machines from useless to perfect, 95 %
    intervals hold the share in 92 % of cases or as often as Wilson's own (91 % for 0.3 and 15 coded).
    Weights that follow the machine's label can make it 80 % where a heavy class is rare among the coded.
    Texts of one thread are alike: draw texts, not threads.

    Raises ValueError for values missing or out of range (naming the place), lengths that differ,
    weights not above 0, or a level outside 0 … 1.
    Source: prediction-powered inference with power tuning, Angelopoulos, Duchi & Zrnic 2023, in the
    older form of a regression estimator (Cochran 1977, ch. 7 and 12) and with Wilson's interval.
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
        low, high = (float(x) for x in _wilson(plain, units, level))
        alone = Estimate(float(plain), low, high, n, level, "Wilson, weighted", k)
    value = np.clip(value, 0, 1)
    return _better(alone, value, *_wilson(value, best, level))


def corrected_mean(
    coded, machine_on_coded, machine_on_rest, *, bounds=None, weights=None, level: float = 0.95, rng=None
) -> Corrected:
    """The mean over all texts of a reader's values, as `corrected_share` has it for 0 and 1.

    `coded` holds finite numbers, within `bounds` (lowest, highest) if given, to which the interval is
    then cut; the machine's may be in any unit. The interval is that of `mean` over the coded, which has
    `rng` (with weights: Student's), moved by the correction and shrunk by the root of 1 - r²; the
    pretended texts lie at the reader's lowest and highest value. Fewer than MIN_VALUES coded: no
    interval. Raises and Source as `corrected_share`.
    """
    bounds = (-math.inf, math.inf) if bounds is None else bounds
    if not bounds[0] < bounds[1]:
        raise ValueError(f"bounds are a lower and a higher number, not {bounds}")
    reader, machine, rest, w = _inputs(coded, machine_on_coded, machine_on_rest, weights)
    _refuse(reader, (reader >= bounds[0]) & (reader <= bounds[1]), "coded", f"outside {bounds}")
    n, alone = len(reader), mean(reader, level=level, rng=rng)
    if n == 0:
        return Corrected(**vars(alone), gain=0.0, alone=alone)
    everyone = np.concatenate([machine, rest])
    plain, units, value, best = _used(reader, machine, w, everyone.mean(), len(everyone))
    plain_bounds = np.array([alone.low, alone.high])
    if weights is not None:
        plain_bounds = np.array(_student(reader, w, plain, units, level))
        low, high = (float(x) for x in np.clip(plain_bounds, *bounds))
        alone = Estimate(float(plain), low, high, n, level, "t, weighted")
    moved = [value, *(value + np.sqrt(units / best) * (plain_bounds - plain))]
    return _better(alone, *np.clip(moved, *bounds))


def how_many(
    half_width: float, *, p: float = 0.5, agreement: float | None = None, level: float = 0.95
) -> int:
    """The fewest texts to code so that a share's interval reaches at most `half_width` to either side.

    The half-width is half of Wilson's interval at an expected share `p` (0.5 is safe). `agreement`: the
    correlation of reader and machine, 0 to 1, on far more texts than are coded; None: no machine.
    Raises ValueError for a half-width not between 0 and 0.5, or p, agreement or level outside 0 … 1.
    """
    _check_level(level)
    if not (0 <= p <= 1 and 0 <= (agreement or 0) <= 1):
        raise ValueError(f"p and agreement lie between 0 and 1, not {p} and {agreement}")
    if not 0 < half_width < 0.5:
        raise ValueError(f"a half-width lies between 0 and 0.5, not {half_width}")

    def half(n: int) -> float:
        units = n
        if agreement and n >= MIN_CODED:
            units /= 1 - _shrunk(n, p * (1 - p), 1.0, agreement * math.sqrt(p * (1 - p)), -p, 1 - p)[1]
        low, high = _wilson(p, units, level)
        return (high - low) / 2

    # At p = 0.5 and without a machine, where most are needed, z² / 4h² texts are enough.
    plenty = math.ceil((NormalDist().inv_cdf((1 + level) / 2) / half_width) ** 2 / 4)
    return 1 + bisect_left(range(1, plenty), True, key=lambda n: half(n) <= half_width)


def _shrunk(units, var_y, var_f, cov, low, high) -> tuple:
    """Slope and squared correlation of reader (y) and machine (f), the pretended texts added.

    `low` and `high` are the reader's extremes less the mean. At the lowest, the machine is pretended to
    stand one standard deviation above its mean, at the highest one below: so its variance stays.
    """
    each, n = PRETENDED / 2, units + PRETENDED
    cov = np.maximum(units * cov - each * np.sqrt(var_f) * (high - low), 0) / n
    var_y = (units * var_y + each * (low**2 + high**2)) / n - (each * (low + high) / n) ** 2
    usable = (var_y > 0) & (var_f > 0)
    var_y, var_f = np.where(usable, var_y, 1), np.where(usable, var_f, 1)
    return np.where(usable, cov / var_f, 0), np.where(usable, cov**2 / (var_y * var_f), 0)


def _used(reader, machine, weights, over_all, total) -> tuple:
    """The coded alone, then with the machine: value and effective n of each. Texts on the last axis."""
    w = weights / weights.sum(axis=-1, keepdims=True)

    def over(x):
        return (w * x).sum(axis=-1)

    def varied(deviations, at_most):
        """Effective n: 1 / sum of w², or less where the heavy texts are those that vary."""
        spread, noise = over(deviations**2), over(w * deviations**2)
        ratio = np.divide(spread, noise, out=np.full(spread.shape, np.inf), where=noise > 0)
        return np.minimum(at_most, ratio)

    def centred(x):
        """Mean and deviations; of a constant exactly 0, where rounding would look like agreement."""
        shift = x - x[..., :1]
        return x[..., 0] + over(shift), shift - over(shift)[..., None]

    (y, dy), (f, df) = centred(reader), centred(machine)
    units = varied(dy, 1 / over(w))
    slope, r2 = _shrunk(units, over(dy**2), over(df**2), over(dy * df), dy.min(axis=-1), dy.max(axis=-1))
    slope, r2 = (np.where(reader.shape[-1] < MIN_CODED, 0, x) for x in (slope, r2))
    of_residuals = varied(dy - slope[..., None] * df, units)
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


def _wilson(p, n, level: float) -> tuple:
    """Wilson's bounds for a share p of n units, neither of which has to be a whole count."""
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
    half = np.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n**2))) / (1 + z2 / n)
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    return np.clip(centre - half, 0, p), np.clip(centre + half, p, 1)


def _student(x, weights, centre, units, level: float) -> tuple:
    """Bounds of a weighted mean of `units` effective values; NaN for too few, as in `mean`."""
    from scipy.stats import t

    df = max(units - 1, 1) if len(x) >= MIN_VALUES else np.nan
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
