from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from scipy.stats import hypergeom

from rejoinder.measure import keyness
from rejoinder.stats import permutation


def texts(*lines):
    return pd.Series(lines)


def words_of(rng, n, planted=""):
    vocabulary = [f"w{k}" for k in range(40)]
    return pd.Series([" ".join(rng.choice(vocabulary, 25)) + planted for _ in range(n)])


def test_counts_rates_and_direction():
    table = keyness.describe(texts("war war peace", "war"), texts("peace peace"))
    assert list(table.loc["war", ["texts_a", "texts_b", "count_a", "count_b"]]) == [2, 0, 3, 0]
    assert table.loc["war", "rate_a"] == 750
    assert table.loc["war", "effect"] > 0 > table.loc["peace", "effect"]


def test_the_effect_is_the_logarithm_of_the_ratio_of_rates():
    table = keyness.describe(texts("a " * 1000 + "b " * 1000), texts("a " * 500 + "b " * 1500))
    assert table.loc["a", "effect"] == pytest.approx(1, abs=0.01)


def test_a_planted_word_is_found():
    rng = np.random.default_rng(3)
    table = keyness.compare(words_of(rng, 15, " planted"), words_of(rng, 15), rng=rng)
    assert table.index[0] == "planted"
    assert table.loc["planted", "p_adjusted"] < 0.05
    assert (table["p_adjusted"] < 0.05).sum() == 1


def test_one_population_gives_hardly_any_key_word():
    rng = np.random.default_rng(4)
    wrong = 0
    for _ in range(15):
        table = keyness.compare(words_of(rng, 15), words_of(rng, 15), rng=rng, permutations=400)
        wrong += (table["p_adjusted"] < 0.05).any()
    assert wrong <= 3


def test_one_text_that_repeats_a_word_makes_no_key_word():
    rng = np.random.default_rng(5)
    loud = words_of(rng, 15)
    loud.iloc[0] += " shout" * 50
    for i in (1, 2):
        loud.iloc[i] += " shout"
    table = keyness.compare(loud, words_of(rng, 15), rng=rng)
    assert table.loc["shout", "effect"] > 2
    assert table.loc["shout", "p_adjusted"] > 0.05


def test_sides_are_symmetric():
    a, b = texts(*["x y"] * 6), texts(*["y z"] * 6)
    one = keyness.compare(a, b, rng=np.random.default_rng(0))
    other = keyness.compare(b, a, rng=np.random.default_rng(0))
    assert one.loc["x", "effect"] == pytest.approx(-other.loc["x", "effect"])
    assert one.loc["x", "p"] == pytest.approx(other.loc["x", "p"], abs=0.01)
    assert one.loc["y", "p"] == 1


def test_texts_without_words_are_texts():
    table = keyness.compare(texts(*["a"] * 5, None, ""), texts(*["b"] * 6), rng=np.random.default_rng(0))
    assert table.loc["a", "texts_a"] == 5
    assert keyness.compare(texts("", ""), texts(""), rng=np.random.default_rng(0)).empty
    assert keyness.describe(*[pd.Series([np.nan, np.nan])] * 2).empty


def test_p_is_never_less_than_chance_allows():
    a, b = texts(*["x"] * 5), texts(*["y"] * 5)
    table = keyness.compare(a, b, rng=np.random.default_rng(0), permutations=5_000)
    assert table["p"].min() >= 1 / 252


def test_p_is_the_share_of_all_divisions():
    rng = np.random.default_rng(6)
    counts, lengths = rng.poisson(0.7, (12, 9)) * rng.integers(1, 4, (12, 9)), rng.integers(40, 80, 12)
    in_a = np.arange(12) < 5
    spare = counts - lengths[:, None] * counts.sum(axis=0) / lengths.sum()
    all_of_them = [spare[list(chosen)].sum(axis=0) for chosen in combinations(range(12), 5)]
    exact = np.mean(np.abs(all_of_them) >= np.abs(spare[in_a].sum(axis=0)) - 1e-9, axis=0)
    p = permutation.p_values(csr_array(counts * 1.0), lengths, in_a, permutations=20_000, rng=rng)
    assert p == pytest.approx(exact, abs=0.015)


def test_a_word_in_every_text_of_one_large_side_is_rarer_than_permutations_can_count():
    rng = np.random.default_rng(8)
    table = keyness.compare(words_of(rng, 40, " planted"), words_of(rng, 40), rng=rng, permutations=99)
    assert table.loc["planted", "p"] < 1e-6
    assert (table["p"].drop("planted") > 1e-4).all()


def test_no_p_is_below_the_chance_that_all_texts_with_the_word_lie_on_one_side():
    a, b = texts(*["x y"] * 4, *["y"] * 36), texts(*["y"] * 200)
    table = keyness.compare(a, b, rng=np.random.default_rng(0), permutations=99)
    assert table.loc["x", "p"] >= hypergeom.pmf(4, 240, 4, 40)
    assert 0 < table.loc["x", "p"] < 0.005


def test_a_word_more_in_the_larger_side_is_found_too():
    rng = np.random.default_rng(9)
    table = keyness.compare(words_of(rng, 20), words_of(rng, 100, " planted"), rng=rng)
    assert table.loc["planted", "effect"] < -2
    assert table.loc["planted", "p_adjusted"] < 0.05


def test_texts_of_one_author_go_together():
    rng = np.random.default_rng(10)
    writers_a, writers_b = np.repeat(range(7), [12, 4, 4, 4, 4, 4, 4]), np.repeat(range(7, 13), 6)
    # One author writes it in each of twelve texts, two others once.
    loud = words_of(rng, 36) + [" shout" if i < 12 or i in (20, 30) else "" for i in range(36)]
    b = words_of(rng, 36)
    alone = keyness.compare(loud, b, rng=rng)
    together = keyness.compare(loud, b, authors=(writers_a, list(writers_b)), rng=rng)
    assert alone.loc["shout", "p_adjusted"] < 0.05 < together.loc["shout", "p_adjusted"]
    columns = ["texts_a", "count_a", "rate_a", "effect"]
    assert (alone.loc["shout", columns] == together.loc["shout", columns]).all()
    assert together.loc["shout", "effect_low"] < alone.loc["shout", "effect_low"]


def test_a_word_of_two_authors_is_left_out():
    a, b = texts(*["x y"] * 3, *["y"] * 5), texts(*["y"] * 6)
    one = keyness.compare(a, b, rng=np.random.default_rng(0))
    other = keyness.compare(a, b, authors=([1, 1, 2, 3, 4, 5, 6, 7], None), rng=np.random.default_rng(0))
    assert "x" in one.index
    assert list(other.index) == ["y"]


def test_the_interval_holds_the_effect_and_widens_with_the_level():
    rng = np.random.default_rng(12)
    a, b = words_of(rng, 20, " planted"), words_of(rng, 20)
    narrow, wide = (
        keyness.compare(a, b, level=level, rng=rng, permutations=9).sort_index() for level in (0.8, 0.95)
    )
    assert (wide["effect_low"] < narrow["effect_low"]).all()
    assert (narrow["effect_low"] < narrow["effect"]).all()
    assert (narrow["effect_high"] < wide["effect_high"]).all()
    assert wide.loc["planted", "effect_low"] > 0


def test_the_interval_of_words_that_come_one_by_one_is_that_of_counts():
    alike = texts(*["x y y y y"] * 300)  # only the floor of a plain count is left
    table = keyness.compare(alike, alike, rng=np.random.default_rng(0), permutations=9)
    deviation = np.sqrt(2 / 300.5) / np.log(2)
    assert table.loc["x", "effect_high"] == pytest.approx(1.96 * deviation, rel=0.01)
    assert table.loc["x", "effect_low"] == pytest.approx(-table.loc["x", "effect_high"])


def test_a_word_that_one_text_repeats_has_a_wider_interval():
    rng = np.random.default_rng(13)
    spread, loud = words_of(rng, 15), words_of(rng, 15)
    spread += " shout"
    loud.iloc[:3] += " shout" + pd.Series([" shout" * 12, "", ""])
    widths = {}
    for name, side in (("spread", spread), ("loud", loud)):
        row = keyness.compare(side, words_of(rng, 15, " shout"), rng=rng, permutations=9).loc["shout"]
        assert row["count_a"] == 15
        widths[name] = row["effect_high"] - row["effect_low"]
    assert widths["loud"] > 4 * widths["spread"]


def test_lists_of_texts_are_texts():
    a, b = ["x y"] * 6, ["y z"] * 6
    listed = keyness.compare(a, b, rng=np.random.default_rng(0))
    assert listed.equals(keyness.compare(pd.Series(a), pd.Series(b), rng=np.random.default_rng(0)))


UNTESTED = ["effect_low", "effect_high", "p", "p_adjusted"]


@pytest.mark.parametrize(
    ("a", "b", "authors"),
    [
        (["war and peace"], ["peace"] * 9, None),
        (["war and peace"] * 4, ["peace"] * 9, None),
        ([], ["peace"] * 9, None),
        ([""] * 6, ["peace"] * 9, None),
        (["war and peace"] * 6, ["peace"] * 9, (list("aaaaaa"), None)),
        (["war and peace"] * 6, ["peace"] * 9, (None, list("aaabbbccc"))),
    ],
)
def test_too_little_is_described_and_not_tested(a, b, authors):
    table = keyness.compare(a, b, authors=authors, rng=np.random.default_rng(0))
    assert table.loc["peace", "count_b"] == 9
    assert table[UNTESTED].isna().all(axis=None)
    assert table["effect"].isna().all() == (not any(a))


def test_unknown_authors_are_texts_of_their_own_and_authors_of_both_sides_count_on_each():
    rng = np.random.default_rng(11)
    a, b = words_of(rng, 8, " planted"), words_of(rng, 8)
    plain = keyness.compare(a, b, rng=np.random.default_rng(0))
    for authors in (([None, np.nan, pd.NA, *[None] * 5], range(8)), (range(8), pd.Series(range(4, 12)))):
        pd.testing.assert_frame_equal(
            plain, keyness.compare(a, b, authors=authors, rng=np.random.default_rng(0))
        )


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"permutations": 0}, ValueError),
        ({"level": 0}, ValueError),
        ({"level": 95}, ValueError),
        ({"authors": (["one"], None)}, ValueError),
        ({"authors": (None, ["one"])}, ValueError),
        ({"authors": ["a"] * 12}, ValueError),
        ({"rng": 3}, TypeError),
        ({"rng": None}, TypeError),
    ],
)
def test_options_out_of_range_and_authors_that_do_not_fit_are_refused(options, error):
    with pytest.raises(error):
        keyness.compare(["a"] * 6, ["b"] * 6, **{"rng": np.random.default_rng(0)} | options)
