import math

import krippendorff
import numpy as np
import pandas as pd
import pytest
from simulations.harness import ends, width

from rejoinder.stats import alpha, alpha_of, coincidences, leave_one_out, raw_agreement, share

# The worked examples of Krippendorff 2011, coders in columns.
BINARY = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]).T
FIVE_VALUES = np.array([list("aabbdcccedda"), list("babbbccceddd")]).T
NAN = np.nan
FOUR_CODERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T
WORDS = dict(enumerate(["very low", "low", "middle", "high", "very high"], 1))
ORDER = list(WORDS.values())


def table(*rows):
    """Comments in rows, coders in columns."""
    return np.array(rows, dtype=object).reshape(len(rows), -1)


def long(wide, item=None):
    """The same codings, one a row; comments are c00, c01, …, coders A, B, …"""
    rows = [("ABCD"[j], f"c{i:02}", value) for i, row in enumerate(wide) for j, value in enumerate(row)]
    codings = pd.DataFrame(rows, columns=["coder", "comment_id", "value"])
    return codings if item is None else codings.assign(item=item)


def named(rows=None, columns=None):
    return pd.DataFrame(FIVE_VALUES).rename_axis(index=rows, columns=columns)


BOTH = pd.concat([long(FIVE_VALUES, item="k1"), long(FIVE_VALUES[::-1], item="k2")])


@pytest.mark.parametrize(
    ("codings", "metric", "published", "n"), [
        (BINARY, "nominal", 0.095, 10), (FIVE_VALUES, "nominal", 0.692, 12),
        (FOUR_CODERS, "nominal", 0.743, 11), (FOUR_CODERS, "ordinal", 0.815, 11),
        (FOUR_CODERS, "interval", 0.849, 11)
    ])  # fmt: skip
def test_worked_examples_give_the_published_alpha(codings, metric, published, n):
    estimate = alpha(codings, metric=metric)
    assert (round(estimate.value, 3), estimate.n) == (published, n)
    assert -1 <= estimate.low < estimate.value < estimate.high <= 1


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval"])
@pytest.mark.parametrize("seed", range(8))
def test_alpha_equals_that_of_the_package(metric, seed):
    rng = np.random.default_rng(seed)
    codings = rng.choice([-3.0, 0.0, 0.5, 7.0], (30, 4), p=[0.1, 0.5, 0.2, 0.2])
    codings[rng.random((30, 4)) < 0.4] = NAN
    expected = krippendorff.alpha(codings.T, level_of_measurement=metric)
    assert alpha(codings, metric=metric, resamples=100).value == pytest.approx(expected)
    whole = coincidences(codings).sum().to_frame().T
    assert alpha_of(whole, metric=metric)[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("same", "wide"), [
        (long(FOUR_CODERS), FOUR_CODERS), (long(FOUR_CODERS, item="tone"), FOUR_CODERS),
        (long(FOUR_CODERS).dropna().sample(frac=1, random_state=1), FOUR_CODERS),
        (pd.DataFrame(FOUR_CODERS).astype("Int64"), FOUR_CODERS),
        (FOUR_CODERS[:, [2, 0, 3, 1]], FOUR_CODERS),
        (np.hstack([FIVE_VALUES.astype(object), [[None]] * 12]), FIVE_VALUES),
        (np.vstack([FIVE_VALUES.astype(object), [["e", None]] * 20]), FIVE_VALUES),
        (BOTH.pivot(index=["comment_id", "item"], columns="coder", values="value"), BOTH),
        (named(rows="comment_id"), FIVE_VALUES), (named(columns="coder"), FIVE_VALUES),
        (named(rows="item"), FIVE_VALUES)
    ])  # fmt: skip
def test_the_form_of_the_table_does_not_matter(same, wide):
    assert alpha(same) == alpha(wide)
    assert raw_agreement(same) == raw_agreement(wide)


def test_text_gives_the_alpha_of_the_numbers_it_stands_for():
    words = pd.DataFrame(FOUR_CODERS).map(WORDS.get).astype("str")
    assert alpha(words).value == pytest.approx(alpha(FOUR_CODERS).value)
    ordinal = alpha(words, metric="ordinal", order=ORDER)
    assert ordinal == alpha(FOUR_CODERS, metric="ordinal")
    assert alpha(words, metric="ordinal", order=ORDER[::-1]).value == pytest.approx(ordinal.value)


def test_more_agreement_is_higher_and_full_agreement_is_not_certain():
    aa, bb, ab, ba = (list(pair) for pair in ("aa", "bb", "ab", "ba"))
    rows = [aa, bb] * 50, [aa, bb] * 5, [*[aa, bb] * 4, aa, ab], [ab, ba] * 5
    many, same, one_off, opposed = (alpha(table(*each)) for each in rows)
    assert same.value == same.high == 1 > one_off.value > 0 > opposed.value >= opposed.low >= -1
    assert same.low < 0.6 < many.low < 1
    assert "no disagreement" in same.method and "no disagreement" not in one_off.method
    rare = table(*[["silent", "silent"]] * 29, ["silent", "agree"])
    assert alpha(rare).value <= 0 and raw_agreement(rare) == share(29, 30)
    assert "98 %" in alpha(rare).method and "'silent'" in alpha(rare).method


def test_the_interval_is_repeatable_narrower_for_more_and_missing_for_few_comments():
    assert alpha(FIVE_VALUES) == alpha(FIVE_VALUES, rng=np.random.default_rng(0))
    one, other = (alpha(FIVE_VALUES, rng=np.random.default_rng(k)) for k in (1, 2))
    assert ends(one) != ends(other) and one.value == other.value
    assert width(one) > width(alpha(np.tile(FIVE_VALUES, (6, 1))))
    few = alpha(FIVE_VALUES[:4])
    assert not math.isnan(few.value) and np.isnan(ends(few)).all()
    assert not math.isnan(alpha(FIVE_VALUES[:5]).low)


@pytest.mark.parametrize(
    ("codings", "n"), [
        (np.empty((0, 2)), 0), (long([]), 0), (table([None, None], [None, None]), 0),
        (table(["a"], ["b"]), 0), (table(["a", None], ["b", pd.NA]), 0),
        (table(["a", None], [None, "b"]), 0), (table(["a", "a"], ["a", "a"]), 2),
        (table(["a", "a"], ["a", "a"], ["b", None]), 2), (np.ones((7, 3)), 7)
    ])  # fmt: skip
@pytest.mark.parametrize("options", [{}, {"metric": "ordinal", "order": ["a", "b", 1]}])
def test_undefined_alpha_is_nan_and_says_why(codings, n, options):
    estimate = alpha(codings, **options)
    assert np.isnan([estimate.value, *ends(estimate)]).all()
    assert estimate.n == n == raw_agreement(codings).n == len(coincidences(codings))
    assert estimate.method.startswith("undefined: ")


def test_items_of_a_comment_are_units_and_are_drawn_together():
    pooled = alpha(pd.concat([long(FIVE_VALUES, item=f"k{k}") for k in range(3)], ignore_index=True))
    apart = alpha(np.tile(FIVE_VALUES, (3, 1)))
    assert pooled.n == 36 and pooled.value == pytest.approx(apart.value)
    # Three copies of every comment know no more than one.
    assert width(pooled) > 1.3 * width(apart)
    assert width(pooled) == pytest.approx(width(alpha(FIVE_VALUES)), abs=0.1)


@pytest.mark.parametrize("options", [{}, {"metric": "ordinal", "order": list("caebd")}])
def test_alpha_without_each_comment_is_a_matter_of_sums(options):
    units, comments = coincidences(BOTH), BOTH["comment_id"]
    left_out = leave_one_out(units, units.index.get_level_values("comment_id"))
    anew = {c: alpha(BOTH[comments != c], **options).value for c in comments.unique()}
    assert alpha_of(left_out, **options).to_dict() == pytest.approx(anew)
    assert units.sum(axis=1).eq(2).all() and alpha_of(units).isna().any()


@pytest.mark.parametrize(
    ("codings", "named_in_the_error"), [
        (named().T.rename_axis("coder"), "transpose"),
        (named().T.rename_axis(columns="comment_id"), "transpose"),
        (pd.concat([long(FIVE_VALUES)] * 2), "A, c00"),
        (pd.concat([long(FIVE_VALUES, item="k1")] * 2), "A, c00, k1"),
        (long(FIVE_VALUES).assign(coder=None), "coder"),
        (long(FIVE_VALUES).drop(columns="coder"), "coder"),
        (long(FIVE_VALUES).drop(columns=["comment_id", "value"]), "comment_id"),
        (named().set_axis(["c1"] * 12).rename_axis("comment_id"), "c1"),
        (named().set_axis(["A", "A"], axis=1), "'A'"), (np.array([["a", np.nan], ["b", "b"]]), "nan"),
        (table(["a", ""], ["b", "b"]), "''"), (table([1.0, math.inf], [1, 1]), "inf"),
        (table(["a", 1], ["a", "b"]), "text")
    ])  # fmt: skip
def test_tables_that_cannot_be_meant_are_refused(codings, named_in_the_error):
    for function in (alpha, raw_agreement, coincidences):
        with pytest.raises((ValueError, TypeError), match=named_in_the_error):
            function(codings)


@pytest.mark.parametrize(
    ("metric", "order", "named_in_the_error"), [
        ("ordinal", list("abcd"), "'e'"), ("ordinal", list("abcdea"), "twice"),
        ("ordinal", None, "order="), ("interval", None, "interval"),
        ("nominal", list("abcde"), "order"), ("ratio", None, "'ratio'")
    ])  # fmt: skip
def test_impossible_options_are_refused(metric, order, named_in_the_error):
    only_one_coder_gave_e = np.vstack([FIVE_VALUES[:11].astype(object), [["e", None]]])
    with pytest.raises(ValueError, match=named_in_the_error):
        alpha(only_one_coder_gave_e, metric=metric, order=order)
