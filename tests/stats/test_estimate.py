import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rejoinder.stats.estimate import (
    MIN_VALUES,
    Estimate,
    mean,
    mean_bounds,
    no_interval,
    share,
    share_bounds,
    signed,
)

SKEWED = [0.0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.9]


def ends(estimate):
    return estimate.low, estimate.high


def width(estimate):
    return estimate.high - estimate.low


# --- a share ---


@pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 1), (0, 9), (5, 9), (9, 9), (1, 60), (81, 263)])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_the_share_interval_is_the_exact_one_of_scipy(k, n, level):
    theirs = stats.binomtest(k, n).proportion_ci(level, method="exact")
    estimate = share(k, n, level=level)
    assert ends(estimate) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert (estimate.value, estimate.count, estimate.method) == (k / n, k, "Clopper–Pearson")


def test_a_published_share_has_its_published_interval():
    low, high = ends(share(81, 263))  # Newcombe 1998a, table I
    assert (round(low, 4), round(high, 4)) == (0.2527, 0.3676)


@pytest.mark.parametrize("n", [1, 2, 9, 1_000])
def test_none_and_all_have_an_interval_in_closed_form(n):
    reach = 1 - 0.025 ** (1 / n)
    assert ends(share(0, n)) == pytest.approx((0, reach))
    assert ends(share(n, n)) == pytest.approx((1 - reach, 1))


@given(n=st.integers(1, 60), data=st.data())
def test_a_share_lies_in_its_interval_within_0_and_1(n, data):
    k = data.draw(st.integers(0, n))
    estimate = share(k, n)
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
    assert estimate.low < estimate.high


@given(n=st.floats(1, 500), part=st.floats(0, 1), level=st.floats(0.5, 0.99))
def test_to_count_the_others_mirrors_the_interval(n, part, level):
    k = part * n
    low, high = share_bounds(k, n, level)
    lower, higher = share_bounds(n - k, n, level)
    assert (low, high) == pytest.approx((1 - higher, 1 - lower), abs=1e-6)


@given(k=st.integers(0, 30), more=st.integers(1, 30), by=st.floats(0.01, 0.99))
def test_what_is_not_whole_lies_between_the_whole_ones(k, more, by):
    n = k + more
    for below, between, above in zip(*(share_bounds(j, n) for j in (k, k + by, k + 1)), strict=True):
        assert below - 1e-12 <= between <= above + 1e-12
    fewer, between = (np.ptp(share_bounds(0.3 * m, m)) for m in (n, n + by))
    assert between < fewer


def test_bounds_of_many_shares_are_those_of_each():
    low, high = share_bounds([0, 5, 9], 9)
    assert list(zip(low, high, strict=True)) == [ends(share(k, 9)) for k in (0, 5, 9)]


def test_more_confidence_is_wider_and_more_units_are_narrower():
    assert width(share(5, 9, level=0.99)) > width(share(5, 9)) > width(share(50, 90))
    assert width(mean(SKEWED, level=0.99)) > width(mean(SKEWED)) > width(mean(SKEWED * 4))


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


# --- a mean ---


def hall(values, level=0.95):
    """Hall's interval, found by search: where his transform of t has the quantiles of t."""
    from scipy.optimize import brentq

    x, n = np.asarray(values), len(values)
    skew, sd = ((x - x.mean()) ** 3).mean() / x.std(ddof=1) ** 3, x.std(ddof=1)

    def transformed(true):
        s = (x.mean() - true) / sd
        return math.sqrt(n) * (s + skew * s**2 / 3 + skew**2 * s**3 / 27 + skew / (6 * n))

    tail = (1 - level) / 2
    return tuple(
        brentq(lambda true, at=at: transformed(true) - at, x.mean() - 99 * sd, x.mean() + 99 * sd)
        for at in stats.t.ppf([1 - tail, tail], n - 1)
    )


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_the_mean_interval_reaches_as_far_as_the_farther_of_halls_and_students(level):
    low, high = hall(SKEWED, level)
    lower, higher = stats.t.interval(level, 6, np.mean(SKEWED), stats.sem(SKEWED))
    assert low > lower and high > higher  # on values with a long tail to the right
    assert ends(mean(SKEWED, level=level)) == pytest.approx((lower, high))


def test_without_skewness_it_is_students():
    values = [-0.5, -0.2, 0, 0, 0.2, 0.5]
    assert ends(mean(values)) == pytest.approx(stats.t.interval(0.95, 5, 0, stats.sem(values)), abs=1e-5)


@given(st.lists(st.integers(-9, 9), min_size=3, max_size=12))
def test_the_mean_interval_of_the_mirrored_values_is_mirrored(values):
    one, other = mean(values), mean([-v for v in values])
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low), abs=1e-4, nan_ok=True)


@given(st.lists(st.integers(-9, 9), min_size=3, max_size=12))
def test_it_is_never_narrower_than_students(values):
    if len(set(values)) > 1:
        low, high = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
        estimate = mean(values)
        assert estimate.low <= low + 1e-9 and estimate.high >= high - 1e-9


def test_a_longer_tail_on_one_side_reaches_further_there():
    estimate = mean(SKEWED)
    assert estimate.high - estimate.value > estimate.value - estimate.low
    mirrored = mean([-v for v in SKEWED])
    assert mirrored.high - mirrored.value < mirrored.value - mirrored.low


def test_unit_and_place_do_not_matter():
    one, other = mean(SKEWED), mean([100 * v + 7 for v in SKEWED])
    assert ends(other) == pytest.approx([100 * end + 7 for end in ends(one)])


def test_bounds_of_many_samples_are_those_of_each():
    samples = np.random.default_rng(4).exponential(size=(20, 7))
    low, high = mean_bounds(samples)
    found = np.array([ends(mean(sample)) for sample in samples])
    assert np.stack([low, high], axis=1) == pytest.approx(found)


def test_the_interval_is_cut_to_the_possible_values():
    values = [0, 0, 0, 0.9, 1]
    free, cut = mean(values), mean(values, bounds=(0, 1))
    assert free.low < 0 and free.high > 1 and ends(cut) == (0, 1)
    assert mean(SKEWED, bounds=(-1, 2)) == mean(SKEWED)
    for bounds in ((0.1, 1), (0, 0.5)):
        with pytest.raises(ValueError, match=r"from 0 to 0\.9 lie outside"):
            mean(SKEWED, bounds=bounds)


@pytest.mark.parametrize("value", [0, 0.1, -1e9])
def test_equal_values_have_a_mean_without_an_interval_and_say_why(value):
    estimate = mean([value] * 7)
    assert estimate.value == pytest.approx(value) and np.isnan(ends(estimate)).all()
    assert estimate.method == "none: all values are equal"
    assert "no interval" in str(estimate)
    assert not math.isnan(mean([value] * 6 + [value + 1]).low)


@pytest.mark.parametrize("values", [[0.5], [0.2, 0.5]])
def test_too_few_values_have_a_mean_without_an_interval_and_say_why(values):
    estimate = mean(values)
    assert estimate.value == np.mean(values) and np.isnan(ends(estimate)).all()
    assert estimate.method == f"none: fewer than {MIN_VALUES} values" == no_interval(np.array(values))
    assert not math.isnan(mean([*values, 0.6, 0.7]).low)


def test_missing_values_are_left_out_and_not_counted():
    assert mean([*SKEWED, float("nan"), None]) == mean(SKEWED)
    assert mean([*SKEWED, float("nan")]).n == 7


def test_nothing_and_infinite_values_say_so():
    assert str(share(0, 0)) == "0 of 0 (no estimate)"
    assert math.isnan(share(0, 0).value) and math.isnan(share(0, 0).low)
    assert str(mean([])) == str(mean([math.nan])) == "n = 0 (no estimate)"
    with pytest.raises(ValueError, match="infinite"):
        mean([1, 2, 3, math.inf])


def test_nothing_about_a_mean_is_random():
    assert mean(SKEWED) == mean(SKEWED, rng=np.random.default_rng(1))


# --- how they are printed ---


def test_how_an_estimate_is_printed():
    assert str(share(5, 9)) == "5 of 9 (0.56, 95 % 0.21–0.86)"
    assert share(5, 9).counted("comments") == "5 of 9 comments"
    assert share(1, 1).counted("comments") == "1 of 1 comment"
    assert share(5, 9).of("comments") == "5 of 9 comments (0.56, 95 % 0.21–0.86)"
    assert str(mean([0.5])) == "+0.50 (no interval, n = 1)"
    assert str(Estimate(-0.1, -0.3, 0.001, 9, 0.9, "x")) == "−0.10 (90 % −0.30 to 0.00, n = 9)"
    assert str(Estimate(0.5, math.nan, math.nan, 4, 0.95, "x", 2)) == "2 of 4 (0.50, no interval)"
    assert str(Estimate(math.nan, math.nan, math.nan, 4, 0.95, "x")) == "undefined (n = 4)"


def test_shown_by_itself_an_estimate_names_its_method_too():
    assert repr(share(5, 9)) == "5 of 9 (0.56, 95 % 0.21–0.86) [Clopper–Pearson]"
    assert repr([mean([1, 2])]) == "[+1.50 (no interval, n = 2) [none: fewer than 3 values]]"
    html = share(5, 9)._repr_html_()
    assert "5 of 9 (0.56" in html and "Clopper–Pearson" in html
    assert "color" not in html


def test_a_hostile_method_is_shown_as_text():
    shown = Estimate(0.5, 0.1, 0.9, 4, 0.95, "<script>x</script>\u202e\x1b[31m", 2)
    assert "<script>" not in shown._repr_html_()
    for form in (repr(shown), shown._repr_html_()):
        assert not set(form) & set("\u202e\x1b")


@pytest.mark.parametrize(
    ("number", "text"), [(0.5, "+0.50"), (-0.5, "−0.50"), (-0.001, "0.00"), (0, "0.00")]
)
def test_signed(number, text):
    assert signed(number) == text


@pytest.mark.parametrize("values", [None, 3, "3", (x for x in "ab")])
def test_what_is_no_list_of_numbers_is_refused(values):
    with pytest.raises(TypeError, match="a list, array or Series of numbers is needed"):
        mean(values)


@pytest.mark.parametrize("value", ["3", "", [1], object()])
def test_what_is_no_number_is_refused_by_its_place(value):
    with pytest.raises(TypeError, match=r"the value at place 1 is .*, not a number"):
        mean([0.5, value, 0.7])


@pytest.mark.parametrize("bounds", [(1, 0), (0,), (), (math.nan, 1)])
def test_impossible_bounds_are_refused(bounds):
    with pytest.raises(ValueError, match="bounds are a lower and a higher number"):
        mean([0.1, 0.2, 0.4], bounds=bounds)


def test_small_and_large_values_that_differ_are_not_taken_for_equal():
    for scale in (1e-13, 1.0, 1e9):
        assert not math.isnan(mean(np.array([1, 2, 5]) * scale).low)
    assert mean([0.1 + 0.2, 0.3, 0.3]).method == "none: all values are equal"


def test_complex_numbers_are_refused():
    with pytest.raises(TypeError, match="not a number"):
        mean([1 + 2j, 3, 4])
