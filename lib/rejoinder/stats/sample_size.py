"""How many texts to code, with and without a machine's labels on all of them."""

from __future__ import annotations

import math
from bisect import bisect_left
from statistics import NormalDist

from rejoinder.stats.correction import MIN_CODED, shrunk
from rejoinder.stats.estimate import check_level, share_bounds

LEAST_HALF_WIDTH = 0.0001  # for a smaller one a hundred million texts would not be enough


def half_width_of(
    n: int, *, p: float = 0.5, agreement: float | None = None, level: float = 0.95
) -> float:
    """Half the width of a share's interval when `n` texts are coded.

    Parameters
    ----------
    p : the expected share; 0.5 is the safe assumption.
    agreement : the correlation of reader and machine, 0 to 1; None: no machine. Far more texts than are
        coded have the machine's labels.

    Raises
    ------
    ValueError : n below 1; p, agreement or level outside 0 … 1.
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
    """The fewest texts to code so that half the width of a share's interval is at most `half_width`.

    The other arguments are those of `half_width_of`. Raises ValueError for a half-width not between
    LEAST_HALF_WIDTH and 0.5, and as `half_width_of`.
    """
    if not LEAST_HALF_WIDTH <= half_width < 0.5:
        raise ValueError(f"a half-width lies between {LEAST_HALF_WIDTH:g} and 0.5, not {half_width}")

    def half(n: int) -> float:
        return half_width_of(n, p=p, agreement=agreement, level=level)

    half(1)  # raises for impossible arguments
    # The most that are ever needed, at p = 0.5 and without a machine.
    plenty = math.ceil((NormalDist().inv_cdf((1 + level) / 2) / half_width) ** 2 / 4 + 2 / half_width)
    return 1 + bisect_left(range(1, plenty), True, key=lambda n: half(n) <= half_width)
