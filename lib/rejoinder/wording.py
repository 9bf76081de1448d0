"""The words for how many and for which side, with their bounds, chosen once and here.

A discussion that was read completely is a complete count, so these words describe the count itself and
need no interval. "About half" reaches 10 points to either side of one half: in a section of ten to forty
comments one or two comments more do not change the word. The same bound makes two sides "divided": closer
than three to two. "Few" is at most one in five.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

FEW, HALF_FROM, HALF_TO, NEARLY_ALL = 0.2, 0.4, 0.6, 0.9
_EDGE = 1e-9  # keeps a share that equals a bound on its side in spite of rounding


def amount(k: int, n: int) -> str:
    """The word that stands before a plural noun for `k` of `n`: no, few, some, about half of the, most,
    nearly all, all. Of none, "no". Raises ValueError unless 0 <= k <= n."""
    if not 0 <= k <= n:
        raise ValueError(f"k of n needs 0 <= k <= n, not {k} of {n}")
    if k in (0, n):
        return "all" if k else "no"
    some, most = HALF_FROM - 2 * _EDGE, NEARLY_ALL - 2 * _EDGE
    bounds = {FEW: "few", some: "some", HALF_TO: "about half of the", most: "most"}
    return next((word for bound, word in bounds.items() if k / n <= bound + _EDGE), "nearly all")


def side(
    share, *, above: str, below: str, between: str = "divided", nobody: str = "no answer"
) -> np.ndarray:
    """For each share (array of numbers from 0 to 1) the side it is on: `above` HALF_TO, `below`
    HALF_FROM, or `between` them; `nobody` where the share is NaN."""
    share = np.asarray(share, dtype=float)
    sides = np.select([share > HALF_TO + _EDGE, share < HALF_FROM - _EDGE], [above, below], between)
    return np.where(np.isnan(share), nobody, sides)


def sign(value, *, band: float, above: str, below: str, between: str, nobody: str) -> np.ndarray:
    """For each value (array of numbers) whether it is at least `band` `above` or `below` 0, or `between`;
    `nobody` for NaN."""
    value = np.asarray(value, dtype=float)
    sides = np.select([value >= band, value <= -band], [above, below], between)
    return np.where(np.isnan(value), nobody, sides)


def listed(names: Iterable[object], *, most: int = 5, quote: bool = False) -> str:
    """Names in words: "a, b and c", or "a, b and 7 more" where there are more than `most`; "" for
    none."""
    names = [f"“{name}”" if quote else str(name) for name in names]
    if len(names) > most:
        names = [*names[:most], f"{len(names) - most:,} more"]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def counted(n: int, noun: str) -> str:
    """A number with its noun: "1 comment", "2 comments", "no comments"."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}" if n else f"no {noun}s"
