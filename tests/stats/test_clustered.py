import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulations.harness import ends, width

from rejoinder.stats import clustered_mean, clustered_share, mean, share

# Ten units in four clusters, alike within them.
LABELS = list("aaabbbccdd")
ALIKE = [1, 1, 1, 0, 0, 0, 1, 1, 0, 1]
MIXED = [1, 0, 1, 0, 1, 0, 1, 0, 0, 1]
VALUES = [0.9, 0.8, 0.9, 0.1, 0.0, 0.2, 0.5, 0.6, -0.3, -0.2]
BOTH = [(clustered_share, ALIKE), (clustered_mean, VALUES)]
units = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 5)), min_size=3, max_size=30)
both = pytest.mark.parametrize(("clustered", "x"), BOTH)


@pytest.mark.parametrize("labels", [range(10), [None] * 10, [math.nan] * 10, [pd.NA] * 10])
def test_clusters_of_one_give_the_plain_estimate(labels):
    assert clustered_share(ALIKE, labels) == share(6, 10)
    assert clustered_mean(VALUES, labels, bounds=(-1, 1)) == mean(VALUES, bounds=(-1, 1))


def test_units_that_are_alike_within_clusters_say_less():
    alike, mixed = (clustered_share(counts, LABELS) for counts in (ALIKE, MIXED))
    assert width(alike) > width(mixed) and width(alike) > 1.2 * width(share(6, 10))
    shuffled = [VALUES[i] for i in (0, 3, 8, 1, 4, 9, 2, 6, 5, 7)]
    assert width(clustered_mean(VALUES, LABELS)) > width(clustered_mean(shuffled, LABELS))


@settings(max_examples=40, deadline=None)
@given(units=units)
def test_the_interval_holds_the_value_is_mirrored_and_never_narrower_than_the_plain_one(units):
    x, labels = np.array(units).T
    for found, mirrored, plain, top in (
        (clustered_share(x, labels), clustered_share(1 - x, labels), share(int(x.sum()), len(x)), 1),
        (clustered_mean(x, labels), clustered_mean(-x, labels), mean(x), 0),
    ):
        assert (found.value, found.n, found.count) == (pytest.approx(plain.value), plain.n, plain.count)
        assert ends(found) == pytest.approx(
            (top - mirrored.high, top - mirrored.low), nan_ok=True, abs=1e-4
        )
        if not (math.isnan(found.low) or math.isnan(plain.low)):
            assert found.low <= plain.low + 1e-9 and found.high >= plain.high - 1e-9


@both
def test_pandas_is_aligned_by_index(clustered, x):
    units = pd.Series(x, [f"c{i}" for i in range(10)])
    labels = pd.Series([*LABELS, "z"], [f"c{i}" for i in range(11)]).sample(frac=1, random_state=1)
    assert clustered(units, labels) == clustered(x, LABELS)
    with pytest.raises(ValueError, match="c3"):
        clustered(units, labels.drop("c3"))


@both
def test_of_several_clusterings_the_one_with_the_widest_interval_is_used(clustered, x):
    table = pd.DataFrame({"thread": range(10), "author": LABELS})
    assert clustered(x, table) == clustered(x, table[["author", "thread"]]) == clustered(x, LABELS)
    assert math.isnan(clustered(x, table.assign(site="one")).low)


@both
def test_missing_values_are_left_out_with_their_clusters(clustered, x):
    assert clustered([*x, None, math.nan], [*LABELS, "a", "e"]) == clustered(x, LABELS)
    assert clustered([*x, 1, 0], [*LABELS, None, pd.NA]) == clustered([*x, 1, 0], [*LABELS, "e", "f"])
    for nothing in (clustered([], []), clustered([None], ["a"])):
        assert nothing.n == 0 and math.isnan(nothing.value)


@pytest.mark.parametrize(("clustered", "x", "labels"), [
    (clustered_share, ALIKE, "a" * 10), (clustered_mean, VALUES, "a" * 10),
    (clustered_mean, VALUES, "aaaaabbbbb"),  # too few for a mean
    (clustered_mean, [0.1, 0.5] * 4, "aabbccdd"),  # clusters that do not differ
])  # fmt: skip
def test_too_few_or_equal_clusters_give_no_interval_and_say_why(clustered, x, labels):
    found = clustered(x, list(labels))
    assert np.isnan(ends(found)).all() and found.method.startswith("none: ")
    assert (found.value, found.n) == (pytest.approx(np.mean(x)), len(x))


@pytest.mark.parametrize("counts", [[0.5, 1, 0], [-1, 1, 0], [2, 1, 0], [1, 0]])
def test_impossible_counts_and_lengths_that_differ_are_refused(counts):
    with pytest.raises(ValueError, match=r"0 and 1|3 labels"):
        clustered_share(counts, list("aab"))


@pytest.mark.parametrize("value", [0, 1])
def test_where_none_or_all_count_a_cluster_counts_as_one_unit(value):
    found = clustered_share([value] * 10, LABELS)
    assert ends(found) == ends(share(4 * value, 4))
    assert (found.value, found.n, found.count) == (value, 10, 10 * value)
