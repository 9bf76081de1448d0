import math

import krippendorff
import numpy as np
import pandas as pd
import pytest
from simulations.agreement import codings

from rejoinder.stats.agreement import alpha, raw
from rejoinder.stats.estimate import share

# The worked examples of Krippendorff 2011, coders in columns.
BINARY = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]).T
FIVE_VALUES = np.array([list("aabbdcccedda"), list("babbbccceddd")]).T
FOUR_CODERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, np.nan, np.nan, np.nan],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, np.nan, 3],
        [np.nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, np.nan],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, np.nan],
    ]
).T
WORDS = dict(enumerate(["very low", "low", "middle", "high", "very high"], 1))


def table(*rows):
    """Comments in rows, coders in columns."""
    return np.array(rows, dtype=object)


def long(wide, item=None):
    """The same codings, one a row; comments are c0, c1, …, coders A, B, …"""
    rows = [
        ("ABCDEF"[j], f"c{i}", value) + (() if item is None else (item,))
        for i, row in enumerate(wide)
        for j, value in enumerate(row)
    ]
    columns = ["coder", "comment_id", "value"] + ([] if item is None else ["item"])
    return pd.DataFrame(rows, columns=columns)


def bounds(estimate):
    return estimate.low, estimate.high


@pytest.mark.parametrize(
    ("codings", "metric", "published", "n"),
    [
        (BINARY, "nominal", 0.095, 10),
        (FIVE_VALUES, "nominal", 0.692, 12),
        (FOUR_CODERS, "nominal", 0.743, 11),
        (FOUR_CODERS, "ordinal", 0.815, 11),
        (FOUR_CODERS, "interval", 0.849, 11),
    ],
)
def test_worked_examples_give_the_published_alpha(codings, metric, published, n):
    estimate = alpha(codings, metric=metric)
    assert round(estimate.value, 3) == published
    assert estimate.n == n
    assert metric in estimate.method
    assert -1 <= estimate.low < estimate.value < estimate.high <= 1


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval"])
@pytest.mark.parametrize("seed", range(8))
def test_alpha_equals_that_of_the_package(metric, seed):
    rng = np.random.default_rng(seed)
    codings = rng.choice([-3.0, 0.0, 0.5, 7.0], (30, 4), p=[0.1, 0.5, 0.2, 0.2])
    codings[rng.random((30, 4)) < 0.4] = np.nan
    expected = krippendorff.alpha(codings.T, level_of_measurement=metric)
    assert alpha(codings, metric=metric, resamples=100).value == pytest.approx(expected)


def test_text_gives_the_alpha_of_the_numbers_it_stands_for():
    words = pd.DataFrame(FOUR_CODERS).map(WORDS.get).astype("str")
    assert alpha(words).value == pytest.approx(alpha(FOUR_CODERS).value)
    ordinal = alpha(words, metric="ordinal", order=list(WORDS.values()))
    assert ordinal == alpha(FOUR_CODERS, metric="ordinal")
    backwards = alpha(words, metric="ordinal", order=list(WORDS.values())[::-1])
    assert backwards.value == pytest.approx(ordinal.value)


def test_long_table_gives_the_same_as_the_wide_one():
    assert alpha(long(FOUR_CODERS)) == alpha(FOUR_CODERS)
    assert alpha(long(FOUR_CODERS, item="tone")) == alpha(FOUR_CODERS)
    assert alpha(long(FOUR_CODERS).dropna().sample(frac=1, random_state=1)) == alpha(FOUR_CODERS)
    assert alpha(pd.DataFrame(FOUR_CODERS).astype("Int64")) == alpha(FOUR_CODERS)
    assert raw(long(FOUR_CODERS)) == raw(FOUR_CODERS)


def test_more_agreement_is_higher_and_opposition_is_below_zero():
    agreeing = table(*["aa"] * 5, *["bb"] * 5)
    one_off, opposed = table(*["aa"] * 5, *["bb"] * 4, "ab"), table(*["ab"] * 5, *["ba"] * 5)
    agreeing, one_off, opposed = (np.array([list(r) for r in t]) for t in (agreeing, one_off, opposed))
    assert alpha(agreeing).value == 1 > alpha(one_off).value > 0 > alpha(opposed).value
    assert alpha(opposed).value >= -1
    assert alpha(opposed).low >= -1


@pytest.mark.parametrize("metric", ["nominal", "ordinal"])
def test_order_of_coders_and_of_comments_does_not_matter(metric):
    shuffled = FOUR_CODERS[np.random.default_rng(1).permutation(12)][:, [2, 0, 3, 1]]
    one, other = alpha(FOUR_CODERS, metric=metric), alpha(shuffled, metric=metric)
    assert one.value == pytest.approx(other.value)
    assert bounds(one) == pytest.approx(bounds(other))


def test_names_of_nominal_values_do_not_matter():
    renamed = np.vectorize(dict(zip("abcde", "ebxaq", strict=True)).get)(FIVE_VALUES)
    one, other = alpha(FIVE_VALUES), alpha(renamed)
    assert one.value == pytest.approx(other.value)
    assert bounds(one) == pytest.approx(bounds(other), abs=0.05)


@pytest.mark.parametrize("metric", ["ordinal", "interval"])
def test_neighbours_disagree_less_than_values_far_apart(metric):
    base = [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]]
    near, far = np.array([*base, [1, 2]]), np.array([*base, [1, 5]])
    assert alpha(near, metric=metric).value > alpha(far, metric=metric).value
    assert alpha(near).value == pytest.approx(alpha(far).value)


def test_full_agreement_is_one_without_being_certain():
    few, many = np.repeat([[0, 0], [1, 1]], 5, axis=0), np.repeat([[0, 0], [1, 1]], 50, axis=0)
    for estimate in (alpha(few), alpha(many)):
        assert (estimate.value, estimate.high) == (1, 1)
        assert "no disagreement was seen" in estimate.method
    assert alpha(few).low < 0.6 < alpha(many).low < 1


def test_no_note_on_full_agreement_where_there_is_none():
    assert alpha(FIVE_VALUES).method == "Krippendorff's alpha, nominal, bootstrap of comments"


def test_near_full_agreement_on_one_value_is_near_zero_and_says_why():
    estimate = alpha(np.array([["silent", "silent"]] * 29 + [["silent", "agree"]]))
    assert estimate.value <= 0
    assert estimate.high > 0.5
    assert "98 % of the codings are 'silent', which lowers alpha" in estimate.method
    assert raw(np.array([["silent", "silent"]] * 29 + [["silent", "agree"]])) == share(29, 30)


def test_more_confidence_is_wider_and_more_comments_are_narrower():
    def width(estimate):
        return estimate.high - estimate.low

    assert width(alpha(FIVE_VALUES, level=0.99)) > width(alpha(FIVE_VALUES))
    assert width(alpha(FIVE_VALUES)) > width(alpha(np.tile(FIVE_VALUES, (6, 1))))
    assert alpha(FIVE_VALUES, level=0.8).level == 0.8


def test_interval_is_the_same_each_time_unless_another_generator_is_given():
    assert alpha(FIVE_VALUES) == alpha(FIVE_VALUES)
    assert alpha(FIVE_VALUES) == alpha(FIVE_VALUES, rng=np.random.default_rng(0))
    rest = [alpha(FIVE_VALUES, resamples=150, rng=np.random.default_rng(k)) for k in (1, 2)]
    assert bounds(rest[0]) != bounds(rest[1])


def test_resamples_drawn_in_several_batches_are_as_many(monkeypatch):
    whole = alpha(FOUR_CODERS)
    monkeypatch.setattr("rejoinder.stats.agreement._CELLS_AT_ONCE", 3_000)
    assert bounds(alpha(FOUR_CODERS)) == pytest.approx(bounds(whole), abs=0.05)


def test_few_comments_have_an_alpha_without_an_interval():
    estimate = alpha(FIVE_VALUES[:4])
    assert not math.isnan(estimate.value)
    assert math.isnan(estimate.low)
    assert math.isnan(estimate.high)
    assert "no interval" in str(estimate)
    assert not math.isnan(alpha(FIVE_VALUES[:5]).low)


@pytest.mark.parametrize(
    ("codings", "n", "why"),
    [
        (table(), 0, "no codings"),
        (np.empty((0, 2)), 0, "no codings"),
        (long([]), 0, "no codings"),
        (table([None, None], [None, None]), 0, "no codings"),
        (table(["a"], ["b"]), 0, "one coder"),
        (table(["a", None], ["b", pd.NA]), 0, "one coder"),
        (table(["a", None], [None, "b"]), 0, "no comment was coded by two"),
        (table(["a", "a"], ["a", "a"]), 2, "is the same"),
        (table(["a", "a"], ["a", "a"], ["b", None]), 2, "is the same"),
        (np.ones((7, 3)), 7, "is the same"),
    ],
)
def test_undefined_alpha_is_nan_and_says_why(codings, n, why):
    codings = codings.reshape(0, 2) if codings.size == 0 and codings.ndim == 1 else codings
    for metric in ("nominal", "ordinal"):
        estimate = alpha(codings, metric=metric, order=["a", "b", 1] if metric == "ordinal" else None)
        assert np.isnan([estimate.value, *bounds(estimate)]).all()
        assert estimate.n == n
        assert estimate.method.startswith("undefined: ")
        assert why in estimate.method
    assert raw(codings).n == n


def test_coder_who_missed_most_takes_part_where_he_coded():
    third = np.array([["a"], ["b"], *[[None]] * 10], dtype=object)
    estimate = alpha(np.hstack([FIVE_VALUES.astype(object), third]))
    assert estimate.n == 12
    assert estimate.value != alpha(FIVE_VALUES).value
    alone = np.vstack([FIVE_VALUES.astype(object), [["e", None]] * 20])
    assert alpha(alone).value == alpha(FIVE_VALUES).value
    assert alpha(alone).n == 12


def test_items_of_a_comment_are_units_and_are_drawn_together():
    parts = [long(FIVE_VALUES, item=f"k{k}") for k in range(3)]
    pooled = alpha(pd.concat(parts, ignore_index=True))
    assert pooled.n == 36
    assert raw(pd.concat(parts)).n == 36
    apart = alpha(np.tile(FIVE_VALUES, (3, 1)))
    assert pooled.value == pytest.approx(apart.value)
    # Three copies of every comment know no more than one.
    assert pooled.high - pooled.low > 1.3 * (apart.high - apart.low)
    assert pooled.high - pooled.low == pytest.approx(np.ptp(bounds(alpha(FIVE_VALUES))), abs=0.1)


def test_wide_table_with_items_in_its_index_is_like_the_long_one():
    both = pd.concat([long(FIVE_VALUES, item="k1"), long(FIVE_VALUES[::-1], item="k2")])
    wide = both.pivot_table(
        index=["comment_id", "item"], columns="coder", values="value", aggfunc="first"
    )
    assert alpha(wide) == alpha(both)
    assert raw(wide).value == raw(both).value
    assert bounds(raw(wide)) == pytest.approx(bounds(raw(both)))


def test_codings_are_not_changed():
    wide, rows = pd.DataFrame(FOUR_CODERS), long(FIVE_VALUES)
    before = wide.copy(), rows.copy()
    alpha(wide, metric="ordinal")
    alpha(rows)
    pd.testing.assert_frame_equal(wide, before[0])
    pd.testing.assert_frame_equal(rows, before[1])


def named(rows=None, columns=None):
    return pd.DataFrame(FIVE_VALUES).rename_axis(index=rows, columns=columns)


@pytest.mark.parametrize(
    ("codings", "says"),
    [
        (named().T.rename_axis("coder"), "transpose"),
        (named().T.rename_axis(columns="comment_id"), "transpose"),
        (pd.concat([long(FIVE_VALUES)] * 2), "coded twice: A, c0"),
        (pd.concat([long(FIVE_VALUES, item="k1")] * 2), "coded twice: A, c0, k1"),
        (long(FIVE_VALUES).assign(coder=None), "lacks"),
        (long(FIVE_VALUES).drop(columns="coder"), "needs a column coder"),
        (long(FIVE_VALUES).drop(columns=["comment_id", "value"]), "comment_id, value"),
        (named(rows="comment_id").set_axis(["c1"] * 12).rename_axis("comment_id"), "'c1' labels two"),
        (named().set_axis(["A", "A"], axis=1), "'A' labels two"),
        (np.array(["a", "b"]), "two dimensions"),
        (np.array([["a", np.nan], ["b", "b"]]), "dtype=object"),
        (table(["a", ""], ["b", "b"]), "empty text"),
        (table([1.0, math.inf], [1, 1]), "inf"),
    ],
)
def test_tables_that_cannot_be_meant_are_refused(codings, says):
    with pytest.raises(ValueError, match=says):
        alpha(codings)
    with pytest.raises(ValueError, match=says):
        raw(codings)


@pytest.mark.parametrize(
    "codings", [named(rows="comment_id"), named(columns="coder"), named(rows="item")]
)
def test_tables_whose_labels_lie_right_are_accepted(codings):
    assert alpha(codings).value == alpha(FIVE_VALUES).value


@pytest.mark.parametrize(
    ("codings", "says"),
    [
        (table(["a", 1], ["a", "b"]), "some are numbers"),
        (table([("a",), "a"], ["a", "b"]), "not tuple"),
    ],
)
def test_values_that_are_not_all_text_or_all_numbers_are_refused(codings, says):
    with pytest.raises(TypeError, match=says):
        alpha(codings)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"metric": "ordinal", "order": list("abcd")}, "'e' is not in order"),
        ({"metric": "ordinal", "order": list("abcdea")}, "twice"),
        ({"metric": "ordinal"}, "order="),
        ({"metric": "interval"}, "not interval"),
        ({"order": list("abcde")}, "belongs to the ordinal"),
        ({"metric": "ratio"}, "nominal, ordinal, interval"),
        ({"level": 95}, "level"),
        ({"resamples": 0}, "resamples"),
    ],
)
def test_impossible_options_are_refused(options, says):
    with pytest.raises(ValueError, match=says):
        alpha(FIVE_VALUES, **options)


def test_value_outside_the_order_is_refused_even_where_one_coder_only_gave_it():
    with pytest.raises(ValueError, match="'z' is not in order"):
        alpha(table(["a", "b"], ["a", None], ["z", None]), metric="ordinal", order=["a", "b"])


def test_raw_agreement_is_the_share_of_comments_on_which_all_who_coded_agree():
    assert raw(FIVE_VALUES) == share(9, 12)
    assert raw(FOUR_CODERS) == share(8, 11)
    assert raw(FIVE_VALUES, level=0.8) == share(9, 12, level=0.8)


def test_alpha_is_about_right_for_many_comments():
    rng = np.random.default_rng(2)
    for true in (0, 0.4, 0.8):
        estimate = alpha(codings(5_000, true, [0.5, 0.3, 0.2], rng))
        assert estimate.low < true < estimate.high
        assert estimate.value == pytest.approx(true, abs=0.03)
