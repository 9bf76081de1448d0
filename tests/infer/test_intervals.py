import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from rejoinder.infer.intervals import Estimate, _all_resamples, _expanded_tail, mean, share, signed


def test_wilson_equals_its_closed_form():
    k, n, z = 5, 9, stats.norm.ppf(0.975)
    centre = (k / n + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(k / n * (1 - k / n) / n + z**2 / (4 * n**2))
    estimate = share(k, n)
    assert (estimate.low, estimate.high) == pytest.approx((centre - half, centre + half))
    assert estimate.value == k / n


@given(n=st.integers(1, 60), data=st.data())
def test_a_share_lies_in_its_interval_within_0_and_1(n, data):
    k = data.draw(st.integers(0, n))
    estimate = share(k, n)
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
    assert estimate.low < estimate.high


def test_more_confidence_is_wider_and_more_units_are_narrower():
    def width(e):
        return e.high - e.low

    assert width(share(5, 9, level=0.99)) > width(share(5, 9)) > width(share(50, 90))
    values = [-0.5, 0.1, 0.4, 0.2, -0.1]
    assert width(mean(values, level=0.99)) > width(mean(values)) > width(mean(values * 4))


def test_none_and_all_have_an_interval_with_width():
    assert share(0, 9).low == 0 < share(0, 9).high < 0.5
    assert share(9, 9).high == 1 > share(9, 9).low > 0.5


@pytest.mark.parametrize(
    ("k", "n"), [(-1, 3), (4, 3), (1.5, 3), (0, -1), (math.nan, 3), (None, 3), (math.inf, 3)]
)
def test_impossible_shares_are_refused(k, n):
    with pytest.raises(ValueError, match="whole numbers"):
        share(k, n)


@pytest.mark.parametrize("level", [0, 1, 95, float("nan")])
def test_impossible_levels_are_refused(level):
    with pytest.raises(ValueError, match="level"):
        share(1, 2, level=level)
    with pytest.raises(ValueError, match="level"):
        mean([1, 2], level=level)


def test_exhaustive_bootstrap_is_the_distribution_of_every_resample():
    values = np.array([0.0, 1.0, 2.0, 5.0, 9.0])
    counts, weights = _all_resamples(5)
    resamples = np.stack(np.meshgrid(*[values] * 5)).reshape(5, -1).mean(axis=0)
    assert weights.sum() == pytest.approx(1)
    for power in (1, 2, 3):
        assert weights @ (counts @ values / 5) ** power == pytest.approx((resamples**power).mean())
    estimate, tail = mean(values), _expanded_tail(0.025, 5)
    assert estimate.low == pytest.approx(np.quantile(resamples, tail), abs=0.2)
    assert estimate.high == pytest.approx(np.quantile(resamples, 1 - tail), abs=0.2)
    assert "exhaustive" in estimate.method


@settings(max_examples=30)
@given(st.lists(st.floats(-1, 1), min_size=5, max_size=8))
def test_the_mean_interval_of_the_mirrored_values_is_mirrored(values):
    one, other = mean(values), mean([-v for v in values])
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low), abs=1e-6)


def test_the_mean_interval_is_near_t_on_regular_data():
    values = stats.norm.ppf((np.arange(40) + 0.5) / 40)
    low, high = stats.t.interval(0.95, 39, values.mean(), stats.sem(values))
    estimate = mean(values)
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=0.03)


def test_the_mean_covers_about_as_often_as_it_says():
    rng = np.random.default_rng(7)
    samples = rng.uniform(-1, 1, (200, 9))
    held = sum(e.low <= 0 <= e.high for e in map(mean, samples))
    assert 0.90 <= held / 200 <= 0.99


def test_a_drawn_bootstrap_is_the_same_each_time():
    values = np.linspace(-1, 1, 25) ** 3
    assert mean(values) == mean(values)
    assert mean(values, rng=np.random.default_rng(1)) != mean(values, rng=np.random.default_rng(2))


def test_missing_values_are_left_out_and_not_counted():
    values = [0.1, 0.3, -0.2, 0.5, 0.4]
    assert mean([*values, float("nan")]) == mean(values)
    assert mean([*values, float("nan")]).n == 5


def test_nothing_and_too_few_values_say_so():
    assert str(share(0, 0)) == "0 of 0 (no estimate)"
    assert math.isnan(share(0, 0).value)
    assert str(mean([])) == "n = 0 (no estimate)"
    assert str(mean([0.5])) == "+0.50 (too few for an interval, n = 1)"
    assert math.isnan(mean([0.5, 0.5, 0.6, 0.7]).low)
    assert not math.isnan(mean([0.5, 0.5, 0.6, 0.7, 0.8]).low)
    with pytest.raises(ValueError, match="infinite"):
        mean([1, math.inf])


def test_how_an_estimate_is_printed():
    assert str(share(5, 9)) == "5 of 9 (0.56, 95 % 0.27–0.81)"
    assert share(5, 9).counted("comments") == "5 of 9 comments"
    assert share(1, 1).counted("comments") == "1 of 1 comment"
    assert share(5, 9).of("comments") == "5 of 9 comments (0.56, 95 % 0.27–0.81)"
    assert str(Estimate(-0.1, -0.3, 0.001, 9, 0.9, "x")) == "−0.10 (90 % −0.30 to 0.00, n = 9)"


@pytest.mark.parametrize(
    ("number", "text"), [(0.5, "+0.50"), (-0.5, "−0.50"), (-0.001, "0.00"), (0, "0.00")]
)
def test_signed(number, text):
    assert signed(number) == text
