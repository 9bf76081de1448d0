import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from rejoinder.stats.correction import (
    Corrected,
    _used,
    corrected_mean,
    corrected_share,
)
from rejoinder.stats.estimate import mean, share, share_bounds

TEXTS = 5_000


def labelled(n, *, wrong=0.1, p=0.4, seed=0):
    """Reader and machine on n texts; the machine is wrong on the share `wrong` of them."""
    rng = np.random.default_rng(seed)
    reader = (rng.random(n) < p).astype(int)
    return reader, np.where(rng.random(n) < wrong, 1 - reader, reader)


def width(estimate):
    return estimate.high - estimate.low


def bounds(estimate):
    return estimate.value, estimate.low, estimate.high


def numbers(corrected):
    return {name: value for name, value in vars(corrected).items() if name not in ("gain", "alone")}


# --- a share ---


def test_a_good_machine_narrows_the_interval_and_says_so():
    reader, machine = labelled(2_000)
    estimate = corrected_share(reader[:100], machine[:100], machine[100:])
    assert width(estimate) < width(estimate.alone) and estimate.alone == share(
        int(reader[:100].sum()), 100
    )
    assert estimate.gain == pytest.approx(1 - width(estimate) / width(estimate.alone))
    assert str(estimate).endswith(
        f"; interval {100 * estimate.gain:.0f} % narrower than from the coded alone"
    )
    assert estimate.of("comments").startswith(f"{estimate.count} of 100 comments (0.")


def test_the_correction_moves_towards_what_the_machine_says_of_all():
    reader, machine = np.repeat([0, 1], 20), np.repeat([0, 1], 20)
    more, fewer = (corrected_share(reader, machine, [label] * 9 + [0, 1]) for label in (1, 0))
    assert fewer.value < 0.5 < more.value


@pytest.mark.parametrize(
    ("reader", "machine", "rest"),
    [
        ([0, 1] * 10, [0.3] * 20, [0.3] * 99),  # a constant machine
        ([0] * 20, [0, 1] * 10, [0, 1] * 50),  # none counts
        ([1] * 20, [0, 1] * 10, [0, 1] * 50),  # all count
        ([1] * 15, [1] * 15, [0, 1] * 50),  # all count, and the machine says so
        ([1] * 15, [0.1] * 15, [0.1] * 50),
        ([0, 1] * 10, [1, 0] * 10, [0, 1] * 50),  # it says the contrary
        ([0, 0, 1, 1] * 5, [0, 1, 0, 1] * 5, [0, 1] * 50),  # nothing in common
        ([0, 1] * 10, [0, 1] * 10, []),  # all coded
        ([0, 1, 1, 0, 1], [0, 1, 1, 0, 1], [0, 1] * 50),  # too few coded
        ([1], [1], [0, 1] * 50),
        ([], [], [0, 1] * 50),
        ([], [], []),
    ],
)
def test_without_help_it_is_exactly_the_share_of_the_coded(reader, machine, rest):
    estimate, plain = corrected_share(reader, machine, rest), share(sum(reader), len(reader))
    assert str(numbers(estimate)) == str(vars(plain))
    assert estimate.gain == 0 and str(estimate.alone) == str(plain)


@pytest.mark.parametrize("n", range(8, 50))
def test_full_agreement_on_one_value_is_no_help(n):
    for value in (0, 1):
        assert corrected_share([value] * n, [value] * n, [0, 1] * 500).gain == 0
        reader, machine = np.full((2, n), float(value)), np.full((2, n), float(value))
        _, units, _, best = _used(reader, machine, np.ones((2, n)), 0.5, TEXTS)
        assert best == pytest.approx(units)


@pytest.mark.parametrize("rest", [[1] * 900, [0] * 900])
def test_labels_unlike_all_of_the_coded_are_not_used(rest):
    reader, machine = np.array([0, 1] * 20), np.array([0.1, 0.3] * 20)
    for estimate, plain in (
        (corrected_share(reader, machine, rest), share(20, 40)),
        (corrected_mean(reader, machine, rest, bounds=(0, 1)), mean(reader, bounds=(0, 1))),
    ):
        assert estimate.gain == 0 and (estimate.value, estimate.n) == (plain.value, plain.n)
    assert 0 <= corrected_share(reader, machine, [0.3] * 900).value <= 1


def test_a_weighted_mean_of_equal_values_says_why_it_has_no_interval():
    estimate = corrected_mean([1.0] * 20, [1] * 10 + [2] * 10, [2], weights=[1] * 20)
    assert math.isnan(estimate.low) and estimate.method == "none: all values are equal"


def test_why_the_machine_is_not_used_is_said():
    unused = str(corrected_share([0, 1] * 10, [1] * 20, [1] * 9))
    assert unused == f"{share(10, 20)}; the machine's labels do not help, so only the coded ones are used"
    few = str(corrected_share([0, 1], [0, 1], [1] * 9))
    assert few == f"{share(1, 2)}; too few are coded to use the machine's labels"
    assert str(corrected_share([], [], [1, 0])) == "0 of 0 (no estimate)"


def test_a_perfect_machine_gives_nearly_the_share_of_all():
    reader, machine = labelled(20_000, wrong=0)
    estimate = corrected_share(reader[:2_000], machine[:2_000], machine[2_000:])
    everyone = share(int(reader.sum()), len(reader))
    assert estimate.value == pytest.approx(everyone.value, abs=0.0005)
    assert width(everyone) < width(estimate) < 1.02 * width(everyone)


def test_a_machine_right_on_a_few_is_not_taken_for_perfect():
    reader, machine = np.array([0, 1] * 8), np.array([0, 1] * 8)
    estimate = corrected_share(reader, machine, [0, 1] * 2_500)
    assert 0.3 < estimate.gain < 0.6  # of a machine taken for perfect, above 0.9


@pytest.mark.parametrize("weighted", [False, True])
def test_swapping_0_and_1_mirrors_the_interval(weighted):
    reader, machine = labelled(500, p=0.2)
    weights = 1 + np.arange(60) % 3 if weighted else None
    one = corrected_share(reader[:60], machine[:60], machine[60:], weights=weights)
    other = corrected_share(1 - reader[:60], 1 - machine[:60], 1 - machine[60:], weights=weights)
    assert bounds(other) == pytest.approx((1 - one.value, 1 - one.high, 1 - one.low))
    assert one.gain == pytest.approx(other.gain) and one.gain > 0


def test_the_order_of_texts_and_the_unit_of_weights_do_not_matter():
    reader, machine = labelled(500)
    weights, order = 1 + np.arange(60) % 3, np.random.default_rng(1).permutation(60)
    one = corrected_share(reader[:60], machine[:60], machine[60:], weights=weights)
    other = corrected_share(
        reader[order], machine[order], machine[60:][::-1], weights=7.0 * weights[order]
    )
    assert bounds(one) == pytest.approx(bounds(other))


def test_any_scale_of_probabilities_is_the_same_machine():
    reader, machine = labelled(500)
    one = corrected_share(reader[:60], machine[:60], machine[60:])
    other = corrected_share(reader[:60], 0.4 + machine[:60] / 10, 0.4 + machine[60:] / 10)
    assert bounds(one) == pytest.approx(bounds(other))


def test_more_coded_and_less_confidence_are_narrower():
    reader, machine = labelled(3_000)
    widths = [width(corrected_share(reader[:n], machine[:n], machine[n:])) for n in (15, 60, 240, 960)]
    assert widths == sorted(widths, reverse=True)
    assert width(corrected_share(reader[:60], machine[:60], machine[60:], level=0.8)) < widths[1]


def test_equal_weights_change_nothing():
    reader, machine = labelled(500)
    plain = corrected_share(reader[:60], machine[:60], machine[60:])
    weighted = corrected_share(reader[:60], machine[:60], machine[60:], weights=[2.5] * 60)
    assert bounds(weighted) == pytest.approx(bounds(plain))
    assert bounds(weighted.alone) == pytest.approx(bounds(plain.alone))


def test_a_weighted_share_counts_by_weight_and_is_less_sure():
    reader, weights = np.array([1, 0] * 10), np.array([3.0, 1] * 10)
    estimate = corrected_share(reader, [0.5] * 20, [0.5] * 9, weights=weights)
    assert estimate.value == pytest.approx(0.75) and (estimate.count, estimate.n) == (10, 20)
    expected = [float(end) for end in share_bounds(12, 40**2 / 100)]
    for one in (estimate, estimate.alone):
        assert bounds(one)[1:] == pytest.approx(expected)


# --- a mean ---


def test_a_mean_without_help_is_exactly_that_of_the_coded():
    values = np.linspace(-1, 1, 12) ** 3
    for machine in (np.zeros(12), -values):
        estimate = corrected_mean(values, machine, [0.0, 1.0])
        assert numbers(estimate) == vars(mean(values)) and estimate.gain == 0
    assert str(corrected_mean([], [], [1.0])) == "n = 0 (no estimate)"
    assert math.isnan(corrected_mean([0.1, 0.2], [1, 2], [1]).low)


def test_a_mean_is_moved_by_the_machine_whatever_its_unit():
    values = np.linspace(-1, 1, 40)
    low, high = (corrected_mean(values, 100 * values + 7, np.full(400, 7 + move)) for move in (-20, 20))
    assert low.value < 0 < high.value and low.value == pytest.approx(-high.value)
    sd = (
        values.std()
    )  # half a pretended text at -1 and half at 1, the machine a deviation off the other way
    r2 = ((40 * sd - 1) / 41) ** 2 / ((40 * sd**2 + 1) / 41)
    assert low.gain == pytest.approx(1 - math.sqrt(1 - r2 + r2 * 40 / 440))
    assert width(low) == pytest.approx((1 - low.gain) * width(mean(values)))
    assert str(low).endswith(f"interval {100 * low.gain:.0f} % narrower than from the coded alone")


def test_a_mean_stays_within_its_bounds():
    values = np.array([1.0] * 30 + [0.9, -1])
    estimate = corrected_mean(values, values, np.full(300, 1.0), bounds=(-1, 1))
    assert estimate.low < estimate.value <= estimate.high <= 1
    with pytest.raises(ValueError, match=r"coded\[31\] is -1.0"):
        corrected_mean(values, values, [], bounds=(0, 1))
    with pytest.raises(ValueError, match="lower and a higher"):
        corrected_mean(values, values, [], bounds=(1, 0))


def test_a_weighted_mean_is_the_weighted_mean_with_students_interval():
    values, weights = np.linspace(0, 1, 20), np.ones(20)
    estimate = corrected_mean(values, np.zeros(20), [0.0], weights=weights)
    expected = stats.t.interval(0.95, 19, values.mean(), stats.sem(values))
    assert bounds(estimate)[1:] == pytest.approx(expected)
    assert corrected_mean(values, np.zeros(20), [0.0], weights=1 + values).value > estimate.value


# --- bad input ---


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, None], [0, 1], [1]), r"coded\[1\] is None"),
        (([1, 0], [0, math.nan], [1]), r"machine_on_coded\[1\] is nan"),
        (([1, 0], [0, 1], [1, 0, pd.NA]), r"machine_on_rest\[2\]"),
        (([1, 0.5], [0, 1], [1]), r"coded\[1\] is 0.5"),
        (([1, 0], [0, 1.2], [1]), r"machine_on_coded\[1\] is 1.2"),
        (([1, 0], [0, 1], [-0.1]), r"machine_on_rest\[0\] is -0.1"),
        (([1, "0"], [0, 1], [1]), r"coded\[1\] is 0: a number"),
        (([1, 0], [0], [1]), "2 texts are coded, but machine_on_coded has 1"),
        (([[1, 0]], [0], [1]), "list of numbers"),
    ],
)
def test_bad_input_is_refused_by_its_place(arguments, message):
    with pytest.raises(ValueError, match=message):
        corrected_share(*arguments)


@pytest.mark.parametrize("weights", [[1, 0], [1, -1], [1, math.inf], [1], [1, math.nan]])
def test_impossible_weights_are_refused(weights):
    for corrected in (corrected_share, corrected_mean):
        with pytest.raises(ValueError, match="weights"):
            corrected([1, 0], [1, 0], [1], weights=weights)


def test_an_impossible_level_is_refused_and_arguments_stay_as_they_were():
    with pytest.raises(ValueError, match="level"):
        corrected_share([1, 0], [1, 0], [1], level=95)
    reader, machine = (pd.Series(x, index=range(5, 25)) for x in ([True, False] * 10, [0.9, 0.2] * 10))
    kept = reader.copy(), machine.copy()
    estimate = corrected_share(reader, machine, machine)
    assert isinstance(estimate, Corrected) and dataclasses.replace(estimate, gain=0.5).gain == 0.5
    assert reader.equals(kept[0]) and machine.equals(kept[1])
