import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from rejoinder.stats import differences
from rejoinder.stats.differences import difference, paired_mean_difference, paired_share_difference
from rejoinder.stats.estimate import Estimate, mean, share

counted = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
pairs = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=40)


def ends(estimate):
    return estimate.low, estimate.high


def wilson(k, n, *, level=0.95):
    """As `share`, with the bounds of Wilson that the published examples have."""
    found = stats.binomtest(k, n).proportion_ci(level, method="wilson")
    return Estimate(k / n, float(found.low), float(found.high), n, level, "Wilson", k)


def paired(both, one, other, neither):
    """The units of a table of pairs: both count, only the one, only the other, neither."""
    table = [[1, 1]] * both + [[1, 0]] * one + [[0, 1]] * other + [[0, 0]] * neither
    return np.array(table).reshape(-1, 2).T


# --- of different units ---


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ],
)
def test_with_wilsons_bounds_it_gives_the_published_intervals(one, other, published):
    found = difference(wilson(*one), wilson(*other))
    assert tuple(round(end, 4) for end in ends(found)) == published  # Newcombe 1998b, method 10


@settings(max_examples=40)
@given(one=counted, other=counted)
def test_a_difference_of_shares_lies_in_its_interval_and_is_mirrored(one, other):
    found, mirrored = (difference(share(*a), share(*b)) for a, b in ((one, other), (other, one)))
    assert found.value == one[0] / one[1] - other[0] / other[1]
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert (found.value, *ends(found)) == pytest.approx((-mirrored.value, -mirrored.high, -mirrored.low))


def test_beside_a_share_that_is_sure_only_the_other_is_unsure():
    one, many = share(5, 9), share(500_000, 1_000_000)
    found = difference(one, many)
    assert ends(found) == pytest.approx((one.low - 0.5, one.high - 0.5), abs=1e-4)


def test_two_equal_samples_give_root_two_times_the_width_of_one():
    values = [-0.5, -0.1, 0.1, 0.5]
    found, alone = difference(mean(values), mean(values)), mean(values)
    assert found.high - found.low == pytest.approx(math.sqrt(2) * (alone.high - alone.low))


def test_what_is_compared_is_kept_and_printed():
    found = difference(share(8, 9), share(1, 9))
    assert (found.one, found.other, found.n, found.count) == (share(8, 9), share(1, 9), 18, None)
    assert found.method == "difference, Clopper–Pearson"
    assert str(found) == "+0.78 (95 % +0.25 to +0.93, n = 9 and 9)"
    assert "n = 9 and 9 comments" in found.of("comments")


def test_a_side_without_an_interval_leaves_the_difference_without_one():
    found = difference(mean([0.1, 0.2, 0.4]), mean([0.1]))
    assert found.value == pytest.approx(0.7 / 3 - 0.1) and np.isnan(ends(found)).all()
    for nothing in (difference(share(1, 2), share(0, 0)), difference(share(0, 0), share(1, 2))):
        assert np.isnan([nothing.value, *ends(nothing)]).all()
        assert str(nothing).startswith("undefined")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (share(1, 2), share(1, 2, level=0.9)),
        (share(1, 3), mean([0.0, 0.0, 1.0])),
        (mean([0.0, 0.0, 1.0]), share(1, 3)),
    ],
)
def test_what_cannot_be_compared_is_refused(one, other):
    with pytest.raises(ValueError, match="not to be set against each other"):
        difference(one, other)


# --- shares of the same units ---


@pytest.mark.parametrize(
    ("table", "published"),
    [
        ((36, 12, 2, 0), (0.0569, 0.3404)),
        ((20, 12, 2, 16), (0.0562, 0.3292)),
    ],
)
def test_paired_with_wilsons_bounds_it_gives_the_published_intervals(table, published, monkeypatch):
    monkeypatch.setattr(differences, "share", wilson)
    found = paired_share_difference(*paired(*table))
    assert tuple(round(end, 4) for end in ends(found)) == published  # Newcombe 1998c, method 10


@settings(max_examples=40)
@given(units=pairs)
def test_a_paired_difference_of_shares_lies_in_its_interval_and_is_mirrored(units):
    a, b = np.array(units).T
    found, mirrored = paired_share_difference(a, b), paired_share_difference(b, a)
    assert found.value == pytest.approx(a.mean() - b.mean()) and found.n == len(a)
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert ends(found) == pytest.approx((-mirrored.high, -mirrored.low))


@settings(max_examples=40)
@given(units=pairs)
def test_to_count_what_does_not_count_turns_the_paired_difference_round(units):
    a, b = np.array(units).T
    found, turned = paired_share_difference(a, b), paired_share_difference(1 - a, 1 - b)
    assert ends(found) == pytest.approx((-turned.high, -turned.low))


def test_what_goes_together_is_narrower_than_what_does_not_and_what_opposes_is_wider():
    shares = share(20, 40), share(20, 40)
    widths = [
        np.ptp(ends(found))
        for found in (
            paired_share_difference(*paired(18, 2, 2, 18)),
            difference(*shares),
            paired_share_difference(*paired(2, 18, 18, 2)),
        )
    ]
    assert widths == sorted(widths) and widths[0] < 0.7 * widths[1] < 0.6 * widths[2]
    apart = paired_share_difference(*paired(10, 10, 10, 10))
    assert ends(apart) == pytest.approx(ends(difference(*shares)))


def test_where_all_or_none_count_on_one_side_nothing_is_taken_for_common():
    found = paired_share_difference([1] * 6, [1, 0, 1, 0, 1, 1])
    assert ends(found) == pytest.approx(ends(difference(share(6, 6), share(4, 6))))


def test_a_few_pairs_that_all_agree_are_no_proof():
    found = paired_share_difference([0, 0, 1, 1], [0, 0, 1, 1])
    assert found.value == 0 and found.low < -0.3 and found.high > 0.3


def test_pairs_of_which_one_is_missing_do_not_count():
    found = paired_share_difference([1, 0, None, True, math.nan, 1], [0, False, 1, 1, 1, None])
    assert found.value == paired_share_difference([1, 0, 1], [0, 0, 1]).value == pytest.approx(1 / 3)
    assert (found.n, found.one, found.other) == (3, share(2, 3), share(1, 3))
    assert found.of("comments").endswith("n = 3 comments)")
    assert str(paired_share_difference([], [])) == "n = 0 (no estimate)"


# --- means of the same units ---


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=12))
def test_a_paired_difference_of_means_is_the_mean_of_the_differences(units):
    a, b = np.array(units, dtype=float).T
    found, plain = paired_mean_difference(a, b), mean(a - b)
    assert (found.value, *ends(found)) == pytest.approx((plain.value, *ends(plain)), nan_ok=True)
    assert str((found.one, found.other)) == str((mean(a), mean(b)))
    assert (found.paired, found.method) == (True, plain.method)


def test_what_differs_alike_has_no_interval_and_says_why():
    found = paired_mean_difference([0.5, 1.0, 2.5, 3.0], [0.0, 0.5, 2.0, 2.5])
    assert found.value == 0.5 and np.isnan(ends(found)).all()
    assert found.method == "none: all values are equal"
    assert math.isnan(paired_mean_difference([1, 2], [0, 5]).low)


def test_bounds_of_the_values_are_twice_as_far_apart_for_differences():
    a, b = [1.0, 1, 1, 0.2], [-1.0, -1, -1, 0]
    free, cut = paired_mean_difference(a, b), paired_mean_difference(a, b, bounds=(-1, 1))
    assert free.low < -2 and free.high > 2 and ends(cut) == (-2, 2)
    assert cut.value == free.value and ends(cut.one) == ends(mean(a, bounds=(-1, 1)))
    with pytest.raises(ValueError, match="lie outside"):
        paired_mean_difference(a, b, bounds=(0, 1))


def test_missing_values_and_names_of_rows_do_not_disturb_the_pairs():
    a = pd.Series([0.1, None, 0.4, 0.9, 0.3], index=list("edcba"))
    b = pd.Series([0.0, 0.5, 0.1, math.nan, 0.25], index=list("abcde"))
    found = paired_mean_difference(a, b)
    assert found.n == 3 and found.value == pytest.approx((0.1 + 0.3 + 0.05) / 3)


# --- bad input ---


@pytest.mark.parametrize("paired_difference", [paired_mean_difference, paired_share_difference])
def test_impossible_pairs_are_refused(paired_difference):
    with pytest.raises(ValueError, match="not 2 and 3"):
        paired_difference([0, 1], [0, 1, 1])
    with pytest.raises(ValueError, match="level"):
        paired_difference([0, 1, 1], [0, 1, 0], level=95)
    with pytest.raises((ValueError, TypeError)):
        paired_difference([0, "many", 1], [0, 1, 0])
    for value in (0.5, -1, 2):
        with pytest.raises(ValueError, match="0 and 1 only"):
            paired_share_difference([value, 1], [0, 1])


def test_more_confidence_is_wider():
    a, b = paired(6, 5, 2, 7)
    widths = [np.ptp(ends(paired_share_difference(a, b, level=level))) for level in (0.8, 0.95, 0.99)]
    assert widths[0] < widths[1] < widths[2]
