"""Shares of many texts from a few codings and a machine's labels."""

import math
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from rejoinder.stats.estimate import Estimate, numbers, percent, share, share_bounds

# The machine is judged as if this many more texts had been coded on which it contradicts the reader.
# Otherwise a machine that was right on all of fifteen texts would count as one that never errs.
PRETENDED = 1
MIN_CODED = 8  # of fewer, the pretended texts are so large a part that hardly any gain is left
MIN_GAIN = 0.005  # a smaller one would be printed as <1 %


@dataclass(frozen=True, kw_only=True, repr=False)
class Corrected(Estimate):
    """A share from `count` of `n` coded texts and a machine's labels; `alone` is without the labels.

    `gain`: by how much the interval is narrower than that of `alone`, 0.09 = 9 %; 0: labels not used.
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
    PRETENDED contradicting texts added. It is the `share` of the coded, with `gain` 0, if that is not
    wider, r is not positive, the machine's mean on all lies beyond its labels of the coded, or fewer than
    MIN_CODED are coded.
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
            return Corrected(value, alone.count, alone.n, low, high, method=how, gain=gain, alone=alone)
    return Corrected(**vars(alone), gain=0.0, alone=alone)


def sample_size(width: float, *, share: float = 0.5, r: float = 0.0, total: float = math.inf) -> int:
    """How many texts to code at random for a 95 % interval of at most this width (0.1: ± 5 points).

    Parameters: `share`, the share that is expected (one half needs most texts); `r`, the correlation of
    a machine's labels with the reader's, 0 without a machine; `total`, how many texts there are.
    Returns: the smallest number, by the interval of `corrected_share`; `total` if no fewer will do.
    Raises: ValueError unless 0 < width < 1, 0 < share < 1, 0 <= r < 1 and total >= 1.
    """
    if not (0 < width < 1 and 0 < share < 1 and 0 <= r < 1 <= total):
        raise ValueError(f"no sample has width {width}, share {share}, r {r} and total {total}")

    def narrow(n: int) -> bool:
        covariance = max(n * r * math.sqrt(share * (1 - share)) - PRETENDED / 2, 0) / (n + PRETENDED)
        q = (n * share + PRETENDED / 2) / (n + PRETENDED)
        r2 = covariance**2 / (q * (1 - q)) if n >= MIN_CODED else 0
        units = 1 / ((1 - r2) / n + r2 / total)
        low, high = share_bounds(share * units, units)
        return high - low <= width

    # Without a machine, 4 / width² + 2 / width are enough for any share.
    most = int(min(total, 4 / width**2 + 2 / width + 2))
    return 1 + bisect_left(range(1, most), True, key=narrow)


def effective(reader, machine, over_all, total: int) -> tuple[np.ndarray, np.ndarray]:
    """The corrected share and its effective n, for samples along the last axis.

    `over_all`: the machine's mean on all `total` texts. Half of the pretended texts are 0 and half 1 to
    the reader, and the machine is off the other way by a standard deviation, so that its variance stays.
    """
    n, p = reader.shape[-1], reader.mean(axis=-1)
    # Exactly 0 for a constant machine, where rounding would look like agreement.
    shift = machine - machine[..., :1]
    deviations = shift - shift.mean(axis=-1, keepdims=True)
    machine_variance = (deviations**2).mean(axis=-1)
    covariance = ((reader - p[..., None]) * deviations).mean(axis=-1)
    each, size = PRETENDED / 2, n + PRETENDED
    covariance = np.maximum(n * covariance - each * np.sqrt(machine_variance), 0) / size
    share_with_pretended = (n * p + each) / size
    variance = share_with_pretended * (1 - share_with_pretended)
    useful = (variance > 0) & (machine_variance > 0) & (n >= MIN_CODED)
    # A mean beyond all labels of the coded texts would be an extrapolation.
    useful &= (machine.min(axis=-1) <= over_all) & (over_all <= machine.max(axis=-1))
    slope = covariance / np.where(useful, machine_variance, np.inf)
    r2 = slope * covariance / np.where(useful, variance, 1)
    value = p + slope * (over_all - machine.mean(axis=-1))
    return np.clip(value, 0, 1), 1 / ((1 - r2) / n + r2 / total)


def _checked(values, name: str) -> np.ndarray:
    x = numbers(values)
    if not (good := (x >= 0) & (x <= 1)).all():
        raise ValueError(f"{name}[{good.argmin()}] is {x[good.argmin()]}, not a number from 0 to 1")
    return x
