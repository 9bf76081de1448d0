import math

import numpy as np
import pytest
from simulations import formulas, populations
from simulations.claims import METHODS, measured
from simulations.harness import WIDTH, Draw, Row, bounds_of, holds, printed, refuses, row

from rejoinder.stats import corrected_share, difference, mean, paired_share_difference, share
from rejoinder.stats.estimate import share_bounds


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)
def test_every_row_holds_and_refuses_what_is_broken(method):
    rows = measured(method, quick=True)
    print(f"\n{printed(rows)}")
    assert rows and all(each.broken for each in rows)
    assert not [each.what for each in rows if not (holds(each) and refuses(each))]


# --- vectorised formulas compute what the public functions do ---


@pytest.mark.parametrize("name", populations.MEANS)
def test_populations_have_the_mean_they_are_said_to_have(name):
    x = populations.MEANS[name].draw(np.random.default_rng(2), (300_000,))
    assert abs(x.mean() - populations.MEANS[name].mean) < 4 * x.std() / math.sqrt(len(x))


def test_differences_are_those_of_the_public_functions():
    sides = [
        (one.value, one.low, one.high) for one in (mean([0.1, 0.2, 0.9]), mean([0.3, 0.5, 0.4, 0.1]))
    ]
    ours = difference(mean([0.1, 0.2, 0.9]), mean([0.3, 0.5, 0.4, 0.1]))
    assert formulas.recovered(*sides) == pytest.approx((ours.low, ours.high))
    ours = paired_share_difference([1, 1, 1, 0, 0], [1, 1, 0, 1, 0])
    found = formulas.paired(np.array([[2, 1, 1, 1]]), share_bounds)
    assert np.ravel(found) == pytest.approx((ours.low, ours.high))


@pytest.mark.parametrize("n", [9, 40])
def test_corrected_shares_are_those_of_the_public_function(n):
    reader, labels, over_all = populations.coded(np.random.default_rng(5), "good", 0.3, n, 10, 500)
    for weights in (None, 1.0 + np.arange(10 * n).reshape(10, n) % 3):
        found = formulas.corrected(reader, labels, over_all, 500, weights=weights)[0]
        for i in range(10):
            rest = np.arange(500 - n) < round(over_all[i] * 500 - labels[i].sum())
            one = corrected_share(
                reader[i], labels[i], rest, weights=None if weights is None else weights[i]
            )
            assert (one.low, one.high) == pytest.approx(found[:, i])


# --- the harness ---


def test_coverage_counts_samples_with_an_interval_and_weighs_listed_ones():
    ours = np.array([0, 0, math.nan, 0.6]), np.array([0.4, 0.6, math.nan, 1])
    assert Draw(0.5, {"ours": ours}).coverages("ours") == pytest.approx([1 / 3])
    listed = Draw(
        np.array([0.5, 0.9]),
        {"ours": bounds_of([share(0, 1), share(1, 1)])},
        np.array([[0.5, 0.5], [0.1, 0.9]]),
    )
    assert listed.coverages("ours") == pytest.approx([1, 1]) and (listed.errors() == 0).all()
    assert row("what", (0.3, 0.4), [Draw(0.5, {"ours": ours})], []).ours == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("ours", "error", "does"),
    [(0.92, 0.004, True), (0.917, 0.004, False), (1.013, 0.004, False), (math.nan, 0, False),
     (0.9299, 0, False), (0.93, 0, True), (1, 0, True)],
)  # fmt: skip
def test_a_value_holds_within_its_band_and_three_errors(ours, error, does):
    found = Row("a row", (0.93, 1), ours, error, {}, {"Wald": 0.5})
    assert holds(found) == does and refuses(found)
    assert not refuses(Row("a row", (0.93, 1), ours, error, {}, {"like ours": 0.95}))


def test_the_table_shows_what_was_measured_and_what_failed():
    beside = {f"formula {i}": i / 7 for i in range(9)}
    rows = [
        Row("a share", (0.93, 1), 0.9512, 0.0034, beside, {"Wald": 0.2}),
        Row("failing", (0.93, 1), 0.5, 0, {}, {}),
    ]
    text = printed(rows)
    assert max(map(len, text.splitlines())) <= WIDTH + 2 and text.count("!") == 1
    for part in ("0.951", "0.0034", "formula 8 1.14", "broken: Wald 0.2"):
        assert part in text
