import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from simulations.harness import ends

from rejoinder.stats import Estimate, difference, differences, mean, paired_share_difference, share

counted = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
pairs = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=40)


def wilson(k, n):
    """As `share`, with the bounds of Wilson that the published examples have."""
    found = binomtest(k, n).proportion_ci(0.95, method="wilson")
    return Estimate(k / n, k, n, float(found.low), float(found.high))


def table(both, one, other, neither):
    """The units of a table of pairs: both count, only the one, only the other, neither."""
    kinds = [[1, 1]] * both + [[1, 0]] * one + [[0, 1]] * other + [[0, 0]] * neither
    return np.array(kinds).reshape(-1, 2).T


@pytest.mark.parametrize(
    ("one", "other", "published"), [
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


@pytest.mark.parametrize(
    ("one", "other", "value"), [
        (mean([0.1, 0.2, 0.3]), mean([0.1]), 0.1), (share(1, 2), share(0, 0), math.nan),
        (share(0, 0), share(1, 2), math.nan)
    ])  # fmt: skip
def test_a_side_without_an_interval_leaves_the_difference_without_one(one, other, value):
    found = difference(one, other)
    assert found.value == pytest.approx(value, nan_ok=True) and np.isnan(ends(found)).all()


@pytest.mark.parametrize(
    ("counts", "published"),
    [((36, 12, 2, 0), (0.0569, 0.3404)), ((20, 12, 2, 16), (0.0562, 0.3292))],
)
def test_paired_with_wilsons_bounds_it_gives_the_published_intervals(counts, published, monkeypatch):
    monkeypatch.setattr(differences, "share", wilson)
    found = paired_share_difference(*table(*counts))
    assert tuple(round(end, 4) for end in ends(found)) == published  # Newcombe 1998c, method 10


@settings(max_examples=40, deadline=None)
@given(units=pairs)
def test_a_paired_difference_lies_in_its_interval_and_is_mirrored(units):
    a, b = np.array(units).T
    found = paired_share_difference(a, b)
    assert found.value == pytest.approx(a.mean() - b.mean()) and found.n == len(a)
    assert -1 <= found.low <= found.value <= found.high <= 1
    for mirrored in (paired_share_difference(b, a), paired_share_difference(1 - a, 1 - b)):
        assert ends(found) == pytest.approx((-mirrored.high, -mirrored.low))


def test_what_goes_together_is_narrower_than_what_does_not_and_what_opposes_is_wider():
    apart = difference(share(20, 40), share(20, 40))
    together, opposed = (paired_share_difference(*table(*c)) for c in ((18, 2, 2, 18), (2, 18, 18, 2)))
    widths = [np.ptp(ends(found)) for found in (together, apart, opposed)]
    assert widths == sorted(widths) and widths[0] < 0.7 * widths[1] < 0.6 * widths[2]
    assert ends(paired_share_difference(*table(10, 10, 10, 10))) == pytest.approx(ends(apart))


def test_pairs_of_which_one_is_missing_do_not_count():
    found = paired_share_difference([1, 0, None, True, math.nan, 1], [0, False, 1, 1, 1, None])
    assert (found.value, found.n) == (pytest.approx(1 / 3), 3)
    assert (found.one, found.other) == (share(2, 3), share(1, 3))
    assert found.of("comments").endswith("(n = 3 comments)")
    assert paired_share_difference([], []).n == 0


@pytest.mark.parametrize(
    ("function", "one", "other"), [
        (paired_share_difference, [0, 1], [0, 1, 1]), (paired_share_difference, [0, "many"], [0, 1]),
        (paired_share_difference, [0.5, 1], [0, 1]), (difference, share(1, 3), mean([0.0, 0, 1])),
        (difference, mean([0.0, 0, 1]), share(1, 3))
    ])  # fmt: skip
def test_what_cannot_be_compared_is_refused(function, one, other):
    with pytest.raises((ValueError, TypeError)):
        function(one, other)
