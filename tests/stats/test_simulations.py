import functools
import importlib.util
import math

import numpy as np
import pytest
import simulations
from simulations import clusters, corrections, differences, means, pairs, shares
from simulations.table import WIDTH, Row, holds, printed, within

from rejoinder.stats.clustered import clustered_mean, clustered_share
from rejoinder.stats.correction import corrected_mean, corrected_share
from rejoinder.stats.differences import difference, paired_mean_difference, paired_share_difference
from rejoinder.stats.estimate import mean, share


def ends(estimate):
    return estimate.low, estimate.high


def each_sample(bounds):
    """Bounds of many samples as one pair a sample."""
    return list(zip(*bounds, strict=True))


# --- what the simulations find ---


@functools.cache
def rows_of(name):
    return simulations.measured(name, quick=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", simulations.modules())
def test_every_row_holds_and_refuses_what_is_broken(name):
    rows = rows_of(name)
    print(f"\n{printed(rows)}")
    assert rows and all(map(holds, rows)), [row.what for row in rows if not holds(row)]
    for row in rows:
        for how, value in row.broken.items():
            assert not math.isnan(value) and not within(row, value), (row.what, how)


@pytest.mark.slow
def test_other_formulas_hold_less_often_where_it_matters():
    found = {row.what: row for name in ("shares", "means", "clusters") for row in rows_of(name)}

    def beside(start, other):
        rows = [row for what, row in found.items() if what.startswith(start)]
        assert rows
        return all(row.beside[other] < row.ours for row in rows)

    assert beside("share, n = 5 to 30: worst", "Wilson (scipy)")
    assert beside("mean, n = 9", "Student's t") and beside("mean, n = 9", "expanded bootstrap")
    for row in found.values():
        if "correlation 0" in row.what:
            assert row.beside["naive"] < row.band[0] - 0.1


# --- that they compute what the public functions do ---


def test_shares_are_those_of_share():
    for n in (1, 9, 30):
        low, high = shares.exact(np.arange(n + 1), n)
        assert each_sample((low, high)) == [ends(share(k, n)) for k in range(n + 1)]


def test_means_are_those_of_mean():
    x = np.random.default_rng(1).exponential(size=(20, 5))
    assert np.transpose(means.FORMULAS["ours"](x)) == pytest.approx(
        np.array([ends(mean(values)) for values in x])
    )


@pytest.mark.parametrize("name", means.POPULATIONS)
def test_populations_have_the_mean_they_are_said_to_have(name):
    population = means.POPULATIONS[name]
    x = population.draw(np.random.default_rng(2), (300_000,))
    assert abs(x.mean() - population.mean) < 4 * x.std() / math.sqrt(len(x))


def test_differences_are_those_of_the_public_functions():
    rng = np.random.default_rng(3)
    x, y = rng.exponential(size=(20, 5)), rng.exponential(size=(20, 9))
    found = np.transpose(differences.ours_of_means(x, y))
    expected = [ends(difference(mean(a), mean(b))) for a, b in zip(x, y, strict=True)]
    assert found == pytest.approx(np.array(expected))
    found = np.transpose(differences.PAIRED["ours"](x, y[:, :5]))
    expected = [ends(paired_mean_difference(a, b)) for a, b in zip(x, y[:, :5], strict=True)]
    assert found == pytest.approx(np.array(expected))
    low, high = differences.ours(None, 4, None, 7)
    assert (low[3, 2], high[3, 2]) == ends(difference(share(3, 4), share(2, 7)))
    table = pairs.tables(4)
    assert len(table) == math.comb(7, 3) and (table.sum(axis=1) == 4).all()
    assert ends(paired_share_difference([1, 1, 0, 0], [1, 0, 1, 0])) in each_sample(
        pairs.ours_paired(table)
    )


@pytest.mark.parametrize("sizes", clusters.SIZES.values())
def test_clustered_estimates_are_those_of_the_public_functions(sizes):
    rng, population = np.random.default_rng(4), means.POPULATIONS["beta(.5, 3)"]
    for groups in (3, 8):
        units, counts = clusters.drawn_shares(rng, sizes, groups, 0.5, 0.3, 20)
        for i, found in enumerate(each_sample(clusters.share_ends(units, counts))):
            labels = np.repeat(np.arange(groups), units[i])
            one = np.concatenate([np.arange(m) < k for m, k in zip(units[i], counts[i], strict=True)])
            assert found == pytest.approx(ends(clustered_share(one, labels)))
        units, x = clusters.drawn_means(rng, population, sizes, groups, 0.5, 20)
        labels = np.repeat(np.arange(groups), units)
        for values, found in zip(x, each_sample(clusters.mean_ends(units, x)), strict=True):
            assert found == pytest.approx(ends(clustered_mean(values, labels)))


@pytest.mark.parametrize("n", [9, 40])
def test_corrected_estimates_are_those_of_the_public_functions(n):
    rng = np.random.default_rng(5)
    reader, labels, over_all = corrections.drawn(rng, "good", 0.3, n, 10)
    weights = 1.0 + np.arange(10 * n).reshape(10, n) % 3
    found = corrections.share_ends(reader, labels, over_all)[0]
    heavy = corrections.share_ends(reader, labels, over_all, weights=weights)[0]
    moved = corrections.mean_ends(2 * reader - 1, labels, over_all)[0]
    for i in range(10):
        rest = np.zeros(corrections.TEXTS - n)
        rest[: round(over_all[i] * corrections.TEXTS - labels[i].sum())] = 1
        assert ends(corrected_share(reader[i], labels[i], rest)) == pytest.approx(found[:, i])
        weighted = corrected_share(reader[i], labels[i], rest, weights=weights[i])
        assert ends(weighted) == pytest.approx(heavy[:, i])
        if len(set(reader[i])) > 1:
            assert ends(corrected_mean(2 * reader[i] - 1, labels[i], rest)) == pytest.approx(moved[:, i])


def test_ppi_plus_plus_is_that_of_its_package():
    if importlib.util.find_spec("ppi_py") is None:
        pytest.skip("the package ppi_py (PyPI: ppi-python) is not installed")
    from ppi_py import ppi_mean_ci

    rng = np.random.default_rng(6)
    for n, machine in ((15, "good"), (100, "mediocre"), (300, "misses")):
        reader, labels, over_all = corrections.drawn(rng, machine, 0.3, n, 10)
        found = each_sample(corrections.ppi_of_labels(reader, labels, over_all))
        for i in range(10):
            rest = np.zeros(corrections.TEXTS - n)
            rest[: round(over_all[i] * corrections.TEXTS - labels[i].sum())] = 1
            theirs = np.ravel(ppi_mean_ci(reader[i], labels[i], rest, alpha=0.05))
            assert found[i] == pytest.approx(theirs)


# --- the table ---


def test_a_value_holds_within_its_band_and_three_errors():
    row = Row("what", 0.95, (0.93, 1), 0.92, 0.004, {}, {})
    assert holds(row) and within(row, 1.011)
    for value in (0.917, 1.013, math.nan):
        assert not within(row, value)
    exact = Row("what", 0.95, (0.93, 1), 0.9299, 0, {}, {})
    assert not holds(exact) and within(exact, 0.93) and within(exact, 1)


def test_the_table_shows_what_was_measured_and_what_failed():
    beside = {f"formula {i}": i / 7 for i in range(9)}
    rows = [
        Row("a share " * 12, 0.95, (0.93, 1), 0.9512, 0.0034, beside, {"Wald": 0.2}),
        Row("failing", 0.95, (0.93, 1), 0.5, 0, {}, {}),
    ]
    text = printed(rows)
    assert max(map(len, text.splitlines())) <= WIDTH
    for part in ("0.951", "0.0034", "formula 8 1.143", "broken: Wald 0.200"):
        assert part in text
    assert text.splitlines()[-1].endswith("!") and text.count("!") == 1


def test_every_module_with_rows_is_found():
    found = list(simulations.modules())
    assert {"agreement", "clusters", "corrections", "differences", "means", "pairs", "shares"} <= set(
        found
    )
    assert "table" not in found and found == sorted(found)
