import math

import krippendorff
import numpy as np
import pandas as pd
import pytest
from simulations.harness import ends, width
from simulations.populations import long

from rejoinder.stats import alpha, alpha_of, coincidences

NAN = np.nan
# The worked examples of Krippendorff 2011, a row per coder.
BINARY = long(np.transpose([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]))
FIVE_VALUES = long(np.transpose([list("aabbdcccedda"), list("babbbccceddd")]))
FOUR_CODERS = long(np.transpose([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]))  # fmt: skip
WORDS = dict(enumerate(["very low", "low", "middle", "high", "very high"], 1))
ORDER = list(WORDS.values())
BOTH_ITEMS = pd.concat([FIVE_VALUES.assign(item="k1"), FIVE_VALUES[::-1].assign(item="k2")])


def table(*rows):
    """Codings of the comments in rows by the coders in columns."""
    return long(np.array(rows, dtype=object).reshape(len(rows), -1))


def copies(codings, times):
    """As if so many times as many comments had been coded alike."""
    every = [codings.assign(comment_id=f"{i}-" + codings["comment_id"].astype(str)) for i in range(times)]
    return pd.concat(every)


@pytest.mark.parametrize(("codings", "order", "published", "n"), [
    (BINARY, None, 0.095, 10), (FIVE_VALUES, None, 0.692, 12), (FOUR_CODERS, None, 0.743, 11),
    (FOUR_CODERS, range(1, 6), 0.815, 11)
])  # fmt: skip
def test_worked_examples_give_the_published_alpha(codings, order, published, n):
    estimate = alpha(codings, order=order)
    assert (round(estimate.value, 3), estimate.n) == (published, n)
    assert -1 <= estimate.low < estimate.value < estimate.high <= 1


@pytest.mark.parametrize("order", [None, [-3, 0, 0.5, 7]])
@pytest.mark.parametrize("seed", range(8))
def test_alpha_equals_that_of_the_package(order, seed):
    rng = np.random.default_rng(seed)
    codings = rng.choice([-3.0, 0.0, 0.5, 7.0], (30, 4), p=[0.1, 0.5, 0.2, 0.2])
    codings[rng.random((30, 4)) < 0.4] = NAN
    expected = krippendorff.alpha(codings.T, level_of_measurement="ordinal" if order else "nominal")
    assert alpha(long(codings), order=order, resamples=100).value == pytest.approx(expected)
    if not order:
        totals = coincidences(long(codings)).sum().to_frame().T
        assert alpha_of(totals)[0] == pytest.approx(expected)


@pytest.mark.parametrize(("same", "codings"), [
    (FOUR_CODERS.assign(item="tone"), FOUR_CODERS), (FOUR_CODERS.astype({"value": "Int64"}), FOUR_CODERS),
    (FOUR_CODERS.dropna().sample(frac=1, random_state=1).assign(note="x"), FOUR_CODERS),
    (FOUR_CODERS.assign(coder=FOUR_CODERS["coder"].map({0: "c", 1: "a", 2: "d", 3: "b"})), FOUR_CODERS),
    (pd.concat([FIVE_VALUES, FIVE_VALUES[:12].assign(coder=2, value=None)]), FIVE_VALUES),
    (pd.concat([FIVE_VALUES, FIVE_VALUES[:12].assign(comment_id=range(50, 62), value="e")]), FIVE_VALUES),
    (BOTH_ITEMS.astype({"value": "category"}), BOTH_ITEMS)
])  # fmt: skip
def test_order_types_and_lone_codings_do_not_matter(same, codings):
    assert alpha(same) == alpha(codings)


def test_more_agreement_is_higher_and_full_agreement_is_not_certain():
    rows = ["aa", "bb"] * 50, ["aa", "bb"] * 5, [*["aa", "bb"] * 4, "aa", "ab"], ["ab", "ba"] * 5
    many, same, one_off, opposed = (alpha(table(*map(list, each))) for each in rows)
    assert same.value == same.high == 1 > one_off.value > 0 > opposed.value >= opposed.low >= -1
    assert same.low < 0.6 < many.low < 1
    assert "no disagreement" in same.method and "no disagreement" not in one_off.method
    rare = table(*[["silent", "silent"]] * 29, ["silent", "agree"])
    assert alpha(rare).value <= 0
    assert "98 %" in alpha(rare).method and "'silent'" in alpha(rare).method


def test_the_interval_is_repeatable_narrower_for_more_and_missing_for_few_comments():
    assert alpha(FIVE_VALUES) == alpha(FIVE_VALUES, rng=np.random.default_rng(0))
    one, other = (alpha(FIVE_VALUES, rng=np.random.default_rng(k)) for k in (1, 2))
    assert ends(one) != ends(other) and one.value == other.value
    assert width(one) > width(alpha(copies(FIVE_VALUES, 6)))
    few, enough = (alpha(FIVE_VALUES[FIVE_VALUES["comment_id"] < n]) for n in (4, 5))
    assert not math.isnan(few.value) and np.isnan(ends(few)).all() and not math.isnan(enough.low)


@pytest.mark.parametrize(("rows", "n"), [
    ([], 0), ([[None, None]] * 2, 0), ([["a"], ["b"]], 0), ([["a", None], ["b", pd.NA]], 0),
    ([["a", None], [None, "b"]], 0), ([["a", "a"]] * 2, 2), ([["a", "a"], ["a", "a"], ["b", None]], 2),
    ([[1] * 3] * 7, 7)
])  # fmt: skip
@pytest.mark.parametrize("order", [None, ["a", "b", 1]])
def test_undefined_alpha_is_nan_and_says_why(rows, n, order):
    codings = table(*rows) if rows else FIVE_VALUES[:0]
    estimate = alpha(codings, order=order)
    assert np.isnan([estimate.value, *ends(estimate)]).all()
    assert estimate.n == n == len(coincidences(codings))
    assert estimate.method.startswith("undefined: ") and alpha_of(coincidences(codings)).isna().all()


def test_items_of_a_comment_are_units_and_are_drawn_together():
    pooled, apart = alpha(pd.concat([FIVE_VALUES.assign(item=k) for k in "abc"])), copies(FIVE_VALUES, 3)
    assert pooled.n == 36 and pooled.value == pytest.approx(alpha(apart).value)
    # Three copies of every comment know no more than one.
    assert width(pooled) > 1.3 * width(alpha(apart))
    assert width(pooled) == pytest.approx(width(alpha(FIVE_VALUES)), abs=0.1)


def test_alpha_without_each_comment_is_a_matter_of_sums():
    units, comments = coincidences(BOTH_ITEMS), BOTH_ITEMS["comment_id"]
    left_out = units.sum() - units.groupby(level="comment_id").sum()
    anew = {c: alpha(BOTH_ITEMS[comments != c]).value for c in comments.unique()}
    assert alpha_of(left_out).to_dict() == pytest.approx(anew)
    assert units.sum(axis=1).eq(2).all() and alpha_of(units).isna().any()


@pytest.mark.parametrize(("codings", "named_in_the_error"), [
    (pd.concat([FIVE_VALUES] * 2), "0, 0"), (pd.concat([BOTH_ITEMS] * 2), "0, 0, k1"),
    (FIVE_VALUES.assign(coder=None), "coder"), (FIVE_VALUES.drop(columns="coder"), "coder"),
    (FIVE_VALUES.drop(columns=["comment_id", "value"]), "comment_id"),
    (table(["a", 1], ["a", "b"]), "str")
])  # fmt: skip
def test_tables_that_cannot_be_meant_are_refused(codings, named_in_the_error):
    for function in (alpha, coincidences):
        with pytest.raises((ValueError, TypeError), match=named_in_the_error):
            function(codings)
