import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from simulations.harness import ends

from rejoinder.stats import Estimate, difference, mean, share

counted = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def wilson(k, n):
    """As `share`, with the bounds of Wilson that the published examples have."""
    found = binomtest(k, n).proportion_ci(0.95, method="wilson")
    return Estimate(k / n, k, n, float(found.low), float(found.high))


@pytest.mark.parametrize(("one", "other", "published"), [
    ((56, 70), (48, 80), (0.0524, 0.3339)), ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((6, 7), (2, 7), (0.0582, 0.8062)), ((5, 56), (0, 29), (-0.0381, 0.1926))
])  # fmt: skip
def test_with_wilsons_bounds_it_gives_the_published_intervals(one, other, published):
    found = difference(wilson(*one), wilson(*other))
    assert tuple(round(end, 4) for end in ends(found)) == published  # Newcombe 1998b, method 10


@settings(max_examples=40, deadline=None)
@given(one=counted, other=counted)
def test_a_difference_of_shares_lies_in_its_interval_and_is_mirrored(one, other):
    found, mirrored = (difference(share(*a), share(*b)) for a, b in ((one, other), (other, one)))
    assert found.value == one[0] / one[1] - other[0] / other[1]
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert (found.value, *ends(found)) == pytest.approx((-mirrored.value, -mirrored.high, -mirrored.low))


def test_what_is_compared_is_kept_and_printed():
    found = difference(share(8, 9), share(1, 9))
    assert (found.one, found.other, found.n, found.count) == (share(8, 9), share(1, 9), 18, None)
    assert str(found) == "+0.78 (n = 9 and 9)" and found.beyond == "+0.25 to +0.93"
    assert found.of("comments") == "+0.78 (n = 9 and 9 comments)"


@pytest.mark.parametrize(("one", "other", "value"), [
    (mean([0.1, 0.2, 0.3]), mean([0.1]), 0.1), (share(1, 2), share(0, 0), math.nan),
    (share(0, 0), share(1, 2), math.nan)
])  # fmt: skip
def test_a_side_without_an_interval_leaves_the_difference_without_one(one, other, value):
    found = difference(one, other)
    assert found.value == pytest.approx(value, nan_ok=True) and np.isnan(ends(found)).all()


def test_a_share_and_a_mean_cannot_be_compared():
    for sides in ((share(1, 3), mean([0.0, 0, 1])), (mean([0.0, 0, 1]), share(1, 3))):
        with pytest.raises(ValueError):
            difference(*sides)
