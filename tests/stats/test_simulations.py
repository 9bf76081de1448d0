import math

import numpy as np
import pytest
from simulations import formulas, populations
from simulations.claims import METHODS, measured
from simulations.harness import Draw, Row, bounds_of, ends, holds, printed, refuses, row

from rejoinder.stats import corrected_share, share


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)
def test_every_row_holds_and_refuses_what_is_broken(method):
    rows = measured(method, quick=True)
    print(f"\n{printed(rows)}")
    assert rows and all(each.broken for each in rows)
    assert not [each.what for each in rows if not (holds(each) and refuses(each))]


@pytest.mark.parametrize("n", [9, 40])
def test_corrected_shares_are_those_of_the_public_function(n):
    reader, labels, over_all = populations.coded(np.random.default_rng(5), "good", 0.3, n, 10, 500)
    found = formulas.corrected(reader, labels, over_all, 500)
    for i in range(10):
        rest = np.arange(500 - n) < round(over_all[i] * 500 - labels[i].sum())
        assert ends(corrected_share(reader[i], labels[i], rest)) == pytest.approx(found[:, i])


def test_coverage_counts_samples_with_an_interval_and_weighs_listed_ones():
    ours = np.array([0, 0, math.nan, 0.6]), np.array([0.4, 0.6, math.nan, 1])
    drawn, chances = Draw(0.5, {"ours": ours}), np.array([[0.5, 0.5], [0.1, 0.9]])
    assert row("what", (0.3, 0.4), [drawn], []).ours == pytest.approx(1 / 3)
    listed = Draw(np.array([0.5, 0.99]), {"ours": bounds_of([share(0, 1), share(1, 1)])}, chances)
    assert listed.coverages("ours") == pytest.approx([1, 0.9]) and (listed.errors() == 0).all()


@pytest.mark.parametrize(("ours", "error", "does"), [
    (0.92, 0.004, True), (0.917, 0.004, False), (1.013, 0.004, False), (math.nan, 0, False),
    (0.9299, 0, False), (0.93, 0, True), (1, 0, True)
])  # fmt: skip
def test_a_value_holds_within_its_band_and_three_errors_and_the_table_marks_it(ours, error, does):
    found = Row("a row", (0.93, 1), ours, error, {"Wald": 0.5})
    assert holds(found) == does and refuses(found)
    assert ("!" in printed([found])) != does and "Wald 0.5" in printed([found])
    assert not refuses(Row("a row", (0.93, 1), ours, error, {"like ours": 0.95}))
