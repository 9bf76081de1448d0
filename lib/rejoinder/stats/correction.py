"""Shares of many texts from a few codings and a machine's labels; how many texts to code."""

import math
from bisect import bisect_left
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from rejoinder.stats.estimate import EXACT, LEVEL, Estimate, numbers, percent, share, share_bounds

# The machine is judged as if this many more texts had been coded on which it contradicts the reader.
# Otherwise a machine that was right on all of fifteen texts would count as one that never errs.
PRETENDED = 1
MIN_CODED = 8  # of fewer, the pretended texts are so large a part that hardly any gain is left
MIN_GAIN = 0.005  # a smaller one would be printed as <1 %
_LABEL = (lambda x: (x >= 0) & (x <= 1), "a label is a number from 0 to 1")


@dataclass(frozen=True, kw_only=True, repr=False)
class Corrected(Estimate):
    """A share from `count` of `n` coded texts and a machine's labels; `alone` is without the labels.

    `gain`: by how much the interval is narrower than that of `alone`, 0.09 = 9 %; 0 = labels not used.
    """

    gain: float
    alone: Estimate

    def of(self, units: str) -> str:
        if self.gain == 0:
            return super().of(units)
        gained = f"interval {percent(self.gain)} narrower"
        return f"{percent(self.value)}, corrected from {self.alone.of(units)}; {gained}"


def corrected_share(coded, machine_on_coded, machine_on_rest, *, weights=None) -> Corrected:
    """The share of all texts that a reader would count, from 0 to 1; nothing coded: NaN.

    Parameters: `coded`, the reader's 0, 1 or bool for a random sample of texts (not threads);
    `machine_on_coded`, the machine's labels or probabilities, 0 to 1, for the same texts;
    `machine_on_rest`, for all others; `weights` of the coded texts, one over their chance of being drawn.
    Returns: the coded share + slope x (the machine's mean on all texts - on the coded), with the interval
    of `share` for n / (1 - r²) texts, at most all; r is the correlation of reader and machine with
    PRETENDED contradicting texts added. It is `alone` if that is not narrower, r is not positive, the
    machine's mean on all lies beyond its labels of the coded, or fewer than MIN_CODED are coded. With
    weights, n is Kish's effective n, or less where heavy texts vary more.
    Raises: ValueError for values missing or out of range (naming the place), or lengths that differ.
    Source: Angelopoulos, Duchi & Zrnic 2023, as a regression estimator (Cochran 1977, ch. 7 and 12).
    """
    weighted, weights = weights is not None, np.ones(len(coded)) if weights is None else weights
    reader = _checked(coded, "coded", lambda x: np.isin(x, (0, 1)), "a text counts, 1, or it does not, 0")
    machine = _checked(machine_on_coded, "machine_on_coded", *_LABEL)
    everyone = np.append(machine, _checked(machine_on_rest, "machine_on_rest", *_LABEL))
    w = _checked(weights, "weights", lambda x: x > 0, "a weight is above 0")
    if not len(reader) == len(machine) == len(w):
        raise ValueError(f"{len(reader)} codings, {len(machine)} labels and {len(w)} weights")
    k, n = int(reader.sum()), len(reader)
    alone = share(k, n)
    if n == 0:
        return Corrected(**vars(alone), gain=0.0, alone=alone)
    plain, units, value, best = effective(reader, machine, w, everyone.mean(), len(everyone))
    if weighted:
        ends = map(float, share_bounds(plain * units, units))
        alone = Estimate(float(plain), k, n, *ends, method=f"{EXACT}, weighted")
    value = np.clip(value, 0, 1)
    low, high = share_bounds(value * best, best)
    gain = 1 - float(high - low) / (alone.high - alone.low)
    if gain < MIN_GAIN:
        return Corrected(**vars(alone), gain=0.0, alone=alone)
    how = f"{alone.method}, corrected by a machine's labels"
    return Corrected(float(value), k, n, float(low), float(high), method=how, gain=gain, alone=alone)


def half_width_of(n: int, *, p: float = 0.5, agreement: float | None = None) -> float:
    """Half the width of a share's interval when `n` texts are coded and the share is about `p`.

    `agreement`: the correlation, 0 to 1, with a machine that labelled far more texts; None: no machine.
    Raises: ValueError for n below 1, or p or agreement outside 0 … 1.
    """
    if not (0 <= p <= 1 and 0 <= (agreement or 0) <= 1 and 1 <= n < math.inf):
        raise ValueError(f"n >= 1, p and agreement between 0 and 1, not {n}, {p} and {agreement}")
    units = n
    if agreement and n >= MIN_CODED:
        units /= 1 - shrunk(n, p * (1 - p), 1.0, agreement * math.sqrt(p * (1 - p)), -p, 1 - p)[1]
    low, high = share_bounds(p * units, units)
    return float((high - low) / 2)


def how_many(half_width: float, *, p: float = 0.5, agreement: float | None = None) -> int:
    """The fewest texts to code for a `half_width_of` at most `half_width`, with its other arguments.

    Raises: ValueError for a half-width not between 0.0001 and 0.5, and as `half_width_of`.
    """
    if not 0.0001 <= half_width < 0.5:
        raise ValueError(f"a half-width lies between 0.0001 and 0.5, not {half_width}")
    options = {"p": p, "agreement": agreement}
    half_width_of(1, **options)  # raises for impossible arguments
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    plenty = math.ceil((z / half_width) ** 2 / 4 + 2 / half_width)  # for p = 0.5 and no machine
    return 1 + bisect_left(
        range(1, plenty), True, key=lambda n: half_width_of(n, **options) <= half_width
    )


def shrunk(units, var_y, var_f, cov, low, high, *, weight=1) -> tuple:
    """Slope and squared correlation of reader (y) and machine (f), with the pretended texts added.

    At the reader's extremes (`low`, `high`, less the mean) the machine is off the other way by a standard
    deviation, so that its variance stays. `weight`: theirs, beside an average of 1.
    """
    pretended = PRETENDED * weight
    each, n = pretended / 2, units + pretended
    cov = np.maximum(units * cov - each * np.sqrt(var_f) * (high - low), 0) / n
    var_y = (units * var_y + each * (low**2 + high**2)) / n - (each * (low + high) / n) ** 2
    usable = (var_y > 0) & (var_f > 0)
    var_y, var_f = np.where(usable, var_y, 1), np.where(usable, var_f, 1)
    return np.where(usable, cov / var_f, 0), np.where(usable, cov**2 / (var_y * var_f), 0)


def effective(reader, machine, weights, over_all, total) -> tuple:
    """Value and effective n, coded alone and with the machine; `over_all`: its mean on all `total`."""
    w = weights / weights.sum(axis=-1, keepdims=True)
    heaviest = w.max(axis=-1)

    def over(x):
        return (w * x).sum(axis=-1)

    def centred(x):
        """Mean and deviations; exactly 0 for a constant, where rounding would look like agreement."""
        shift = x - x[..., :1]
        return x[..., 0] + over(shift), shift - over(shift)[..., None]

    def varied(deviations, at_most):
        """Effective n: 1 / sum of w², or less where the heavy texts are those that vary."""
        # One more of the heaviest is pretended, half at 0, half at 1: that few do not vary is no proof.
        ends = heaviest * (y**2 + (1 - y) ** 2) / 2
        spread, noise = over(deviations**2) + ends, over(w * deviations**2) + heaviest * ends
        ratio = np.divide(spread, noise, out=np.full(spread.shape, np.inf), where=noise > 0)
        return np.minimum(at_most, ratio)

    (y, dy), (f, df) = centred(reader), centred(machine)
    units = varied(dy, 1 / over(w))
    # Pretended texts are as heavy as the heaviest: the machine may err where few texts stand for many.
    heavy, ends = heaviest * reader.shape[-1], (dy.min(axis=-1), dy.max(axis=-1))
    slope, r2 = shrunk(units, over(dy**2), over(df**2), over(dy * df), *ends, weight=heavy)
    # A mean beyond all labels of the coded texts would be an extrapolation.
    useless = (over_all < machine.min(axis=-1)) | (over_all > machine.max(axis=-1))
    useless |= reader.shape[-1] < MIN_CODED
    slope, r2 = (np.where(useless, 0, x) for x in (slope, r2))
    of_residuals = varied(dy - slope[..., None] * df, units)
    return y, units, y + slope * (over_all - f), 1 / ((1 - r2) / of_residuals + r2 / total)


def _checked(values, name: str, is_good, why: str) -> np.ndarray:
    x = numbers(values)
    if not (good := np.isfinite(x) & is_good(x)).all():
        raise ValueError(f"{name}[{good.argmin()}] is {x[good.argmin()]}: {why}")
    return x
