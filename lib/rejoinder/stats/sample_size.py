"""How many texts to code, with and without a machine's labels on all of them."""

from __future__ import annotations

import math
from bisect import bisect_left
from statistics import NormalDist

from rejoinder.stats.correction import MIN_CODED, shrunk
from rejoinder.stats.estimate import check_level, share_bounds

LEAST_HALF_WIDTH = 0.0001  # for which a hundred million texts would not be enough


def half_width_of(
    n: int, *, p: float = 0.5, agreement: float | None = None, level: float = 0.95
) -> float:
    """How far the interval of a share reaches to either side when `n` texts are coded: half its width.

    `p`: the expected share (0.5 is safe); `agreement`: the correlation of reader and machine, 0 to 1, on
    far more texts than are coded; None: no machine. Raises ValueError for n below 1, or p, agreement or
    level outside 0 … 1.
    """
    check_level(level)
    if not (0 <= p <= 1 and 0 <= (agreement or 0) <= 1 and 1 <= n < math.inf):
        raise ValueError(f"n >= 1, p and agreement between 0 and 1, not {n}, {p} and {agreement}")
    units = n
    if agreement and n >= MIN_CODED:
        units /= 1 - shrunk(n, p * (1 - p), 1.0, agreement * math.sqrt(p * (1 - p)), -p, 1 - p)[1]
    low, high = share_bounds(p * units, units, level)
    return float((high - low) / 2)


def how_many(
    half_width: float, *, p: float = 0.5, agreement: float | None = None, level: float = 0.95
) -> int:
    """The fewest texts to code so that a share's interval reaches at most `half_width` to either side.

    The other arguments are those of `half_width_of`. Raises ValueError for a half-width not between
    LEAST_HALF_WIDTH and 0.5, and as `half_width_of`.
    """
    if not LEAST_HALF_WIDTH <= half_width < 0.5:
        raise ValueError(f"a half-width lies between {LEAST_HALF_WIDTH:g} and 0.5, not {half_width}")

    def half(n: int) -> float:
        return half_width_of(n, p=p, agreement=agreement, level=level)

    half(1)  # refuses what is impossible
    # At p = 0.5 and without a machine, where most are needed, so many are more than enough.
    plenty = math.ceil((NormalDist().inv_cdf((1 + level) / 2) / half_width) ** 2 / 4 + 2 / half_width)
    return 1 + bisect_left(range(1, plenty), True, key=lambda n: half(n) <= half_width)
