"""Shares of many texts from a few codings and a machine's labels; how many texts to code."""

import math
from bisect import bisect_left
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from rejoinder.stats.estimate import LEVEL, Estimate, numbers, percent, share, share_bounds

# The machine is judged as if this many more texts had been coded on which it contradicts the reader.
# Otherwise a machine that was right on all of fifteen texts would count as one that never errs.
PRETENDED = 1
MIN_CODED = 8  # of fewer, the pretended texts are so large a part that hardly any gain is left
MIN_GAIN = 0.005  # a smaller one would be printed as <1 %


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


def corrected_share(coded, machine_on_coded, machine_on_rest) -> Corrected:
    """The share of all texts that a reader would count, from 0 to 1; nothing coded: NaN.

    Parameters: `coded`, the reader's 0, 1 or bool for a random sample of texts (not threads);
    `machine_on_coded`, the machine's labels or probabilities, 0 to 1, for the same texts;
    `machine_on_rest`, for all others.
    Returns: the coded share + slope x (the machine's mean on all texts - on the coded), with the interval
    of `share` for n / (1 - r²) texts, at most all; r is the correlation of reader and machine with
    PRETENDED contradicting texts added. It is `alone` if that is not narrower, r is not positive, the
    machine's mean on all lies beyond its labels of the coded, or fewer than MIN_CODED are coded.
    Raises: ValueError for values missing or out of range (naming the place), or lengths that differ.
    Source: Angelopoulos, Duchi & Zrnic 2023, as a regression estimator (Cochran 1977, ch. 7).
    """
    reader, machine = _checked(coded, "coded"), _checked(machine_on_coded, "machine_on_coded")
    everyone = np.append(machine, _checked(machine_on_rest, "machine_on_rest"))
    if len(reader) != len(machine):
        raise ValueError(f"{len(reader)} codings have {len(machine)} labels")
    if (between := ~np.isin(reader, (0, 1))).any():
        at = between.argmax()
        raise ValueError(f"coded[{at}] is {reader[at]}: use 1 if the text counts and 0 if it does not")
    alone = share(int(reader.sum()), len(reader))
    if alone.n:
        value, units = (float(x) for x in effective(reader, machine, everyone.mean(), len(everyone)))
        low, high = map(float, share_bounds(value * units, units))
        gain = 1 - (high - low) / (alone.high - alone.low)
        if gain >= MIN_GAIN:
            how = f"{alone.method}, corrected by a machine's labels"
            known = {"low": low, "high": high, "method": how, "gain": gain, "alone": alone}
            return Corrected(value, alone.count, alone.n, **known)
    return Corrected(**vars(alone), gain=0.0, alone=alone)


def half_width_of(n: int, *, p: float = 0.5, agreement: float | None = None) -> float:
    """Half the width of a share's interval when `n` texts are coded and the share is about `p`.

    `agreement`: the correlation, 0 to 1, with a machine that labelled far more texts; None: no machine.
    Raises: ValueError for n below 1, or p or agreement outside 0 … 1.
    """
    if not (0 <= p <= 1 and 0 <= (agreement or 0) <= 1 and 1 <= n < math.inf):
        raise ValueError(f"n >= 1, p and agreement between 0 and 1, not {n}, {p} and {agreement}")
    units = n
    if agreement and n >= MIN_CODED:
        units /= 1 - shrunk(n, p, 1.0, agreement * math.sqrt(p * (1 - p)))[1]
    low, high = share_bounds(p * units, units)
    return float((high - low) / 2)


def how_many(half_width: float, *, p: float = 0.5, agreement: float | None = None) -> int:
    """The fewest texts to code for a `half_width_of` at most `half_width`, with its other arguments.

    Raises: ValueError for a half-width not between 0.0001 and 0.5, and as `half_width_of`.
    """
    if not 0.0001 <= half_width < 0.5:
        raise ValueError(f"a half-width lies between 0.0001 and 0.5, not {half_width}")
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    plenty = math.ceil((z / half_width) ** 2 / 4 + 2 / half_width)  # for p = 0.5 and no machine

    def is_enough(n: int) -> bool:
        return half_width_of(n, p=p, agreement=agreement) <= half_width

    return 1 + bisect_left(range(1, plenty), True, key=is_enough)


def shrunk(n: int, p, machine_variance, covariance) -> tuple[np.ndarray, np.ndarray]:
    """Slope and squared correlation of reader (mean `p`) and machine, with the pretended texts added.

    Half of them are 0 and half 1 to the reader, and the machine is off the other way by a standard
    deviation, so that its variance stays.
    """
    each, total = PRETENDED / 2, n + PRETENDED
    covariance = np.maximum(n * covariance - each * np.sqrt(machine_variance), 0) / total
    variance = (n * p * (1 - p) + each * (p**2 + (1 - p) ** 2)) / total
    variance -= (each * (1 - 2 * p) / total) ** 2
    usable = (variance > 0) & (machine_variance > 0)
    variance, machine_variance = (np.where(usable, x, 1) for x in (variance, machine_variance))
    slope, r2 = covariance / machine_variance, covariance**2 / (variance * machine_variance)
    return np.where(usable, slope, 0), np.where(usable, r2, 0)


def effective(reader, machine, over_all, total: int) -> tuple[np.ndarray, np.ndarray]:
    """The corrected share and its effective n, for samples along the last axis.

    `over_all`: the machine's mean on all `total` texts.
    """
    n, p = reader.shape[-1], reader.mean(axis=-1)
    # Exactly 0 for a constant machine, where rounding would look like agreement.
    shift = machine - machine[..., :1]
    deviations = shift - shift.mean(axis=-1, keepdims=True)
    covariance = ((reader - p[..., None]) * deviations).mean(axis=-1)
    slope, r2 = shrunk(n, p, (deviations**2).mean(axis=-1), covariance)
    # A mean beyond all labels of the coded texts would be an extrapolation.
    useful = (machine.min(axis=-1) <= over_all) & (over_all <= machine.max(axis=-1)) & (n >= MIN_CODED)
    slope, r2 = np.where(useful, slope, 0), np.where(useful, r2, 0)
    value = p + slope * (over_all - machine.mean(axis=-1))
    return np.clip(value, 0, 1), 1 / ((1 - r2) / n + r2 / total)


def _checked(values, name: str) -> np.ndarray:
    x = numbers(values)
    if not (good := (x >= 0) & (x <= 1)).all():
        raise ValueError(f"{name}[{good.argmin()}] is {x[good.argmin()]}, not a number from 0 to 1")
    return x
