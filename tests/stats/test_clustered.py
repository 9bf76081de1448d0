import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from rejoinder.stats.clustered import clustered_mean, clustered_share
from rejoinder.stats.estimate import mean, share, share_bounds

# Ten units in four clusters, alike within them.
LABELS = list("aaabbbccdd")
ALIKE = [1, 1, 1, 0, 0, 0, 1, 1, 0, 1]
MIXED = [1, 0, 1, 0, 1, 0, 1, 0, 0, 1]
VALUES = [0.9, 0.8, 0.9, 0.1, 0.0, 0.2, 0.5, 0.6, -0.3, -0.2]

units = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 5)), min_size=3, max_size=30)


def ends(estimate):
    return estimate.low, estimate.high


def width(estimate):
    return estimate.high - estimate.low


# --- both ---


def test_clusters_of_one_give_the_plain_estimate():
    labels = range(10)
    assert clustered_share(ALIKE, labels) == share(6, 10)
    assert clustered_mean(VALUES, labels, bounds=(-1, 1)) == mean(VALUES, bounds=(-1, 1))
    for missing in (None, math.nan, pd.NA):
        assert clustered_share(ALIKE, [missing] * 10) == share(6, 10)
        assert clustered_mean(VALUES, [missing] * 10) == mean(VALUES)


def test_one_cluster_gives_no_interval_and_says_why():
    for found in (clustered_share(ALIKE, ["a"] * 10), clustered_mean(VALUES, ["a"] * 10)):
        assert np.isnan(ends(found)).all() and found.n == 10
        assert found.method.startswith("none: ") and found.method.endswith("1 cluster")
    assert clustered_share(ALIKE, ["a"] * 10).value == 0.6
    assert clustered_mean(VALUES, ["a"] * 10).value == pytest.approx(np.mean(VALUES))


def test_units_that_are_alike_within_clusters_say_less():
    alike, mixed = (clustered_share(counts, LABELS) for counts in (ALIKE, MIXED))
    assert width(alike) > width(mixed) and width(alike) > 1.2 * width(share(6, 10))
    shuffled = [VALUES[i] for i in (0, 3, 8, 1, 4, 9, 2, 6, 5, 7)]
    assert width(clustered_mean(VALUES, LABELS)) > width(clustered_mean(shuffled, LABELS))
    assert clustered_share(ALIKE, LABELS).method == "Clopper–Pearson, 4 clusters"


@settings(max_examples=40)
@given(units=units)
def test_the_interval_is_never_narrower_than_the_plain_one_and_holds_the_value(units):
    x, labels = np.array(units).T
    for found, plain in (
        (clustered_share(x, labels), share(int(x.sum()), len(x))),
        (clustered_mean(x, labels), mean(x)),
    ):
        assert (found.value, found.n, found.count) == (pytest.approx(plain.value), plain.n, plain.count)
        if not (math.isnan(found.low) or math.isnan(plain.low)):
            assert found.low <= plain.low + 1e-9 and found.high >= plain.high - 1e-9
            assert found.low <= found.value <= found.high


@settings(max_examples=40)
@given(units=units)
def test_to_count_the_others_mirrors_the_interval(units):
    x, labels = np.array(units).T
    one, other = clustered_share(x, labels), clustered_share(1 - x, labels)
    assert ends(one) == pytest.approx((1 - other.high, 1 - other.low), nan_ok=True)
    one, other = clustered_mean(x, labels), clustered_mean(-x, labels)
    assert ends(one) == pytest.approx((-other.high, -other.low), nan_ok=True, abs=1e-4)


def test_order_of_units_and_names_of_clusters_do_not_matter():
    order = np.random.default_rng(1).permutation(10)
    names = pd.Series(LABELS, index=range(20, 30)).map({"a": 7, "b": 3, "c": 1, "d": 2})
    for clustered, x in ((clustered_share, ALIKE), (clustered_mean, VALUES)):
        one = clustered(x, LABELS)
        assert ends(clustered(x, names)) == pytest.approx(ends(one))
        assert ends(clustered(np.array(x)[order], np.array(LABELS)[order])) == pytest.approx(ends(one))


def test_missing_values_are_left_out_with_their_clusters():
    found = clustered_share([*ALIKE, None, math.nan], [*LABELS, "a", "e"])
    assert found == clustered_share(ALIKE, LABELS)
    assert clustered_mean([*VALUES, math.nan], [*LABELS, "e"]) == clustered_mean(VALUES, LABELS)


def test_a_unit_without_a_cluster_is_one_of_its_own():
    for missing in (None, math.nan, pd.NA):
        found = clustered_share([*ALIKE, 1, 0], [*LABELS, missing, missing])
        assert found == clustered_share([*ALIKE, 1, 0], [*LABELS, "e", "f"])


def test_more_confidence_is_wider():
    for clustered, x in ((clustered_share, ALIKE), (clustered_mean, VALUES)):
        widths = [width(clustered(x, LABELS, level=level)) for level in (0.8, 0.95, 0.99)]
        assert widths[0] < widths[1] < widths[2]


def test_nothing_gives_nothing():
    for clustered in (clustered_share, clustered_mean):
        assert clustered([], []).n == 0 and math.isnan(clustered([], []).value)
        assert math.isnan(clustered([None], ["a"]).value)


@pytest.mark.parametrize("clustered", [clustered_share, clustered_mean])
def test_what_cannot_be_meant_is_refused(clustered):
    with pytest.raises(ValueError, match="3 units have 2 labels"):
        clustered([1, 0, 1], ["a", "b"])
    with pytest.raises(ValueError, match="level"):
        clustered(ALIKE, LABELS, level=95)
    for value in (0.5, -1, 2):
        with pytest.raises(ValueError, match="0 and 1 only"):
            clustered_share([value, 1, 0], list("aab"))


# --- a share ---


@pytest.mark.parametrize("value", [0, 1])
def test_where_none_or_all_count_a_cluster_counts_as_one_unit(value):
    found = clustered_share([value] * 10, LABELS)
    assert ends(found) == ends(share(4 * value, 4))
    assert (found.value, found.n, found.count) == (value, 10, 10 * value)


def test_copies_of_a_unit_are_worth_little_more_than_the_unit():
    once, copies = [1, 0, 1, 1, 0, 0, 1, 0] * 5, np.repeat([1, 0, 1, 1, 0, 0, 1, 0] * 5, 6)
    found = clustered_share(copies, np.repeat(np.arange(40), 6))
    assert found.n == 240
    assert width(found) == pytest.approx(width(share(20, 40)), rel=0.05)
    assert sum(once) == 20


# --- a mean ---


def test_equal_clusters_give_the_mean_of_their_means():
    labels = list("aabbccddee")
    means = np.reshape(VALUES, (5, 2)).mean(axis=1)
    assert ends(clustered_mean(VALUES, labels)) == pytest.approx(ends(mean(means)))
    assert clustered_mean(VALUES, labels).method == "t, widened for skewness, 5 clusters"


def test_too_few_clusters_and_clusters_that_do_not_differ_give_no_interval_and_say_why():
    few = clustered_mean(VALUES, list("aaaaabbbbb"))
    assert (
        math.isnan(few.low)
        and few.method == "none: fewer than 3 values, t, widened for skewness, 2 clusters"
    )
    same = clustered_mean([0.1, 0.5] * 4, list("aabbccdd"))
    assert math.isnan(same.low) and "equal" in same.method


def test_a_mean_is_cut_to_its_bounds():
    free, cut = clustered_mean(VALUES, LABELS), clustered_mean(VALUES, LABELS, bounds=(-0.3, 0.9))
    assert free.low < -0.3 and free.high > 0.9 and ends(cut) == (-0.3, 0.9)
    with pytest.raises(ValueError, match="lie outside"):
        clustered_mean(VALUES, LABELS, bounds=(0, 1))


# --- in closed form ---


def test_equal_clusters_have_as_many_units_as_their_shares_vary():
    found = clustered_share([1, 1, 1, 1, 0, 0, 0, 0, 1], list("aaabbbccc"), level=0.8)
    shares = np.array([3, 1, 1]) / 3
    effective = 4 / 9 * 5 / 9 / (shares.var(ddof=1) / 3) * (t.ppf(0.9, 8) / t.ppf(0.9, 2)) ** 2
    low, high = share_bounds(5 / 9 * effective, effective, 0.8)
    assert ends(found) == pytest.approx((float(low), float(high)))


def test_clusters_more_alike_than_by_chance_count_no_more_than_their_units():
    units = 8 * (t.ppf(0.975, 7) / t.ppf(0.975, 3)) ** 2
    low, high = share_bounds(units / 2, units)
    assert ends(clustered_share([0, 1] * 4, list("aabbccdd"))) == pytest.approx((float(low), float(high)))


def test_however_alike_there_is_one_unit_at_least():
    low, high = share_bounds(0.75, 1)
    assert ends(clustered_share([1, 1, 1, 0], list("aaab"))) == pytest.approx((float(low), float(high)))


def test_unequal_clusters_have_the_interval_of_their_pseudo_values_about_the_mean():
    x, labels = np.array(VALUES), np.array(LABELS)
    pseudo = [4 * x.mean() - 3 * x[labels != name].mean() for name in "abcd"]
    moved = [end + x.mean() - np.mean(pseudo) for end in ends(mean(pseudo))]
    assert ends(clustered_mean(VALUES, LABELS)) == pytest.approx(moved)
