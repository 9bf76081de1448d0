import math

import numpy as np
import pytest

from rejoinder.stats.correction import corrected_share
from rejoinder.stats.estimate import share, share_bounds
from rejoinder.stats.sample_size import half_width_of, how_many


def width(estimate):
    return estimate.high - estimate.low


def test_the_half_width_is_half_of_the_interval_of_a_share():
    assert half_width_of(20) == pytest.approx(width(share(10, 20)) / 2)
    assert half_width_of(20, agreement=0.8) < half_width_of(20) < half_width_of(10)
    assert half_width_of(5, agreement=0.8) == half_width_of(5)  # too few to use the machine
    with pytest.raises(ValueError, match="n >= 1"):
        half_width_of(0)
    with pytest.raises(ValueError, match="n >= 1"):
        half_width_of(math.inf)


@pytest.mark.parametrize("half", [0.3, 0.1, 0.05, 0.02])
@pytest.mark.parametrize("p", [0.5, 0.1, 0])
def test_so_many_reach_the_half_width_and_one_fewer_does_not(half, p):
    n = how_many(half, p=p)
    assert np.diff(share_bounds(p * n, n)) / 2 <= half
    assert n == 1 or np.diff(share_bounds(p * (n - 1), n - 1)) / 2 > half


def test_how_many_as_a_share_has_it():
    assert how_many(0.1) == 104
    assert width(share(52, 104)) / 2 < 0.1 < width(share(51, 102)) / 2


@pytest.mark.parametrize("half", [0.15, 0.08, 0.04])
def test_how_many_with_a_machine_is_what_a_corrected_share_needs(half):
    def reached(n):  # a machine wrong on a tenth of either kind correlates with 0.8
        reader = np.repeat([0, 1], n // 2)
        machine = np.concatenate([reader[: n // 2] + (np.arange(n // 2) % 10 == 0)] * 2)
        machine[n // 2 :] = 1 - machine[n // 2 :]
        return width(corrected_share(reader, machine, np.tile(machine, 200))) / 2

    n = how_many(half, agreement=0.8)
    assert n < how_many(half)
    assert (
        reached(20 * math.ceil(n / 20)) <= 1.005 * half and reached(20 * (n // 20) or 20) >= 0.97 * half
    )


def test_a_better_machine_a_rarer_class_and_less_wanted_ask_for_fewer():
    asked = [how_many(0.05, agreement=r) for r in (None, 0, 0.3, 0.6, 0.9, 1)]
    assert asked[0] == asked[1] and asked[1:] == sorted(asked[1:], reverse=True)
    assert how_many(0.05, p=0.1) < how_many(0.05) < how_many(0.04) < how_many(0.04, level=0.99)
    assert how_many(0.499) >= 1


@pytest.mark.parametrize(
    "wrong",
    [{"half_width": 0}, {"half_width": 1e-9}, {"half_width": 0.5}, {"p": 1.1}, {"agreement": -0.1}],
)
def test_impossible_wishes_are_refused(wrong):
    with pytest.raises(ValueError, match="between 0"):
        how_many(**{"half_width": 0.1, **wrong})
