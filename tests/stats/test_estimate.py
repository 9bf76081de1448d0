import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from scipy import stats as scipy_stats
from simulations.harness import ends

from rejoinder import stats
from rejoinder.stats import Estimate, difference, mean, share
from rejoinder.stats.estimate import share_bounds

SKEWED = [0.0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.9]
NAN = math.nan


@pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 1), (0, 9), (5, 9), (9, 9), (1, 60), (81, 263)])
def test_the_share_interval_is_the_exact_one_of_scipy(k, n):
    theirs = scipy_stats.binomtest(k, n).proportion_ci(0.95, method="exact")
    estimate = share(k, n)
    assert ends(estimate) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert (estimate.value, estimate.count, estimate.n) == (k / n, k, n)


@settings(deadline=None)
@given(n=st.floats(1, 500), part=st.floats(0, 1), level=st.floats(0.5, 0.99))
def test_to_count_the_others_mirrors_the_interval(n, part, level):
    low, high = share_bounds(part * n, n, level)
    lower, higher = share_bounds(n - part * n, n, level)
    assert (low, high) == pytest.approx((1 - higher, 1 - lower), abs=1e-6)
    assert 0 <= low <= part + 1e-9 and part - 1e-9 <= high <= 1


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3), (1.5, 3), (0, -1), (NAN, 3), (math.inf, 3)])
def test_impossible_shares_are_refused(k, n):
    with pytest.raises(ValueError, match=str(k)):
        share(k, n)


def hall(values):
    """Hall's interval, found by search: where his transform of t has the quantiles of t."""
    x, n = np.asarray(values), len(values)
    skew, sd = ((x - x.mean()) ** 3).mean() / x.std(ddof=1) ** 3, x.std(ddof=1)

    def transformed(true):
        s = (x.mean() - true) / sd
        return math.sqrt(n) * (s + skew * s**2 / 3 + skew**2 * s**3 / 27 + skew / (6 * n))

    wide, (low, high) = (x.mean() - 99 * sd, x.mean() + 99 * sd), scipy_stats.t.ppf([0.025, 0.975], n - 1)
    return tuple(optimize.brentq(lambda true, at=at: transformed(true) - at, *wide) for at in (high, low))


def student(values):
    return scipy_stats.t.interval(0.95, len(values) - 1, np.mean(values), scipy_stats.sem(values))


def test_each_side_of_a_mean_is_the_wider_of_halls_and_students():
    (low, high), (lower, higher) = hall(SKEWED), student(SKEWED)
    assert low > lower and high > higher  # a long tail to the right
    assert ends(mean(SKEWED)) == pytest.approx((lower, high))
    even = [-0.5, -0.2, 0, 0, 0.2, 0.5]
    assert ends(mean(even)) == pytest.approx(student(even), abs=1e-5)


@settings(deadline=None)
@given(st.lists(st.integers(-9, 9), min_size=3, max_size=12))
def test_a_mean_is_mirrored_with_its_values_and_never_narrower_than_students(values):
    one, other = mean(values), mean([-v for v in values])
    assert ends(one) == pytest.approx((-other.high, -other.low), abs=1e-4, nan_ok=True)
    if len(set(values)) > 1:
        low, high = student(values)
        assert one.low <= low + 1e-9 and one.high >= high - 1e-9


def test_the_interval_is_cut_to_the_possible_values():
    values = [0, 0, 0, 0.9, 1]
    free, cut = mean(values), mean(values, bounds=(0, 1))
    assert free.low < 0 and free.high > 1 and ends(cut) == (0, 1)
    assert mean(SKEWED, bounds=(-1, 2)) == mean(SKEWED)


@pytest.mark.parametrize(("values", "value"), [
    ([], NAN), ([NAN], NAN), ([0.5], 0.5), ([0.2, 0.5], 0.35), ([0.1] * 7, 0.1), ([-1e9] * 7, -1e9),
    ([0.1 + 0.2, 0.3, 0.3], 0.3)
])  # fmt: skip
def test_too_few_or_equal_values_have_no_interval_and_say_why(values, value):
    estimate = mean(values)
    assert estimate.value == pytest.approx(value, nan_ok=True) and np.isnan(ends(estimate)).all()
    assert estimate.method.startswith("none: ") and estimate.beyond == "no interval"
    assert not math.isnan(mean([*values, 1, 2, 5]).low)
    assert not math.isnan(mean([1e-13, 2e-13, 5e-13]).low)


@pytest.mark.parametrize("values", [
    [*SKEWED, NAN, None], pd.Series([*SKEWED, pd.NA], dtype="Float64"),
    pd.Series([*SKEWED, None], dtype=object), np.array(SKEWED)
])  # fmt: skip
def test_missing_values_are_left_out_and_not_counted(values):
    assert mean(values) == mean(SKEWED) and mean(values).n == 7


@pytest.mark.parametrize(("values", "bounds", "error"), [
    ([1, 2, 3, math.inf], None, ValueError), (SKEWED, (0.1, 1), ValueError),
    (SKEWED, (0, 0.5), ValueError), (SKEWED, (1, 0), ValueError), (None, None, ValueError),
    (3, None, ValueError), ("3", None, ValueError), ([0.5, "much"], None, ValueError),
    ([0.5, [1]], None, ValueError), ([1 + 2j, 3, 4], None, TypeError)
])  # fmt: skip
def test_what_is_no_list_of_possible_numbers_is_refused(values, bounds, error):
    with pytest.raises(error):
        mean(values, bounds=bounds)


@pytest.mark.parametrize(("estimate", "text", "of", "beyond"), [
    (share(6, 9), "6 of 9 (67 %)", "6 of 9 comments (67 %)", "30–93 %"),
    (share(1, 1), "1 of 1 (100 %)", "1 of 1 comment (100 %)", "3–100 %"),
    (share(1, 300), "1 of 300 (<1 %)", "1 of 300 comments (<1 %)", "<1 to 2 %"),
    (share(299, 300), "299 of 300 (>99 %)", "299 of 300 comments (>99 %)", "98 to >99 %"),
    (share(0, 0), "0 of 0 (no estimate)", "0 of 0 comments (no estimate)", "no interval"),
    (Estimate(-0.16, None, 9, -0.6, 0), "−0.16 (n = 9)", "−0.16 (n = 9 comments)", "−0.60 to 0.00"),
    (mean([0.5]), "+0.50 (n = 1)", "+0.50 (n = 1 comment)", "no interval"),
    (Estimate(NAN, None, 4), "undefined (n = 4)", "undefined (n = 4 comments)", "no interval"),
    (mean([]), "n = 0 (no estimate)", "n = 0 comments (no estimate)", "no interval")
])  # fmt: skip
def test_how_an_estimate_is_printed(estimate, text, of, beyond):
    assert (str(estimate), estimate.of("comments"), estimate.beyond) == (text, of, beyond)
    assert repr(estimate).startswith(f"{text}; beyond these: {beyond} [")
    assert estimate.method in repr(estimate)


def test_signs_percentages_and_hostile_text():
    assert [stats.signed(x) for x in (0.5, -0.5, -0.001, 0)] == ["+0.50", "−0.50", "0.00", "0.00"]
    shown = [stats.percent(x) for x in (0, 1, 1e-9, 0.004, 0.996, 2 / 3)]
    assert shown == ["0 %", "100 %", "<1 %", "<1 %", ">99 %", "67 %"]
    assert not set(repr(Estimate(0.5, 2, 4, 0.1, 0.9, method="\u202e\x1b[31m"))) & set("\u202e\x1b")


counted = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=40, deadline=None)
@given(one=counted, other=counted)
def test_a_difference_of_shares_lies_in_its_interval_and_is_mirrored(one, other):
    found, mirrored = (difference(share(*a), share(*b)) for a, b in ((one, other), (other, one)))
    assert found.value == one[0] / one[1] - other[0] / other[1]
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert (found.value, *ends(found)) == pytest.approx((-mirrored.value, -mirrored.high, -mirrored.low))


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
