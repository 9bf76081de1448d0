from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from scipy.stats import hypergeom

from rejoinder.measure import keyness
from rejoinder.stats import permutation

TESTED = ["effect_low", "effect_high", "p", "p_adjusted"]


def compare(a, b, authors=None, seed=0):
    return keyness.compare(a, b, authors=authors, rng=np.random.default_rng(seed))


def words_of(rng, n, planted=""):
    vocabulary = [f"w{k}" for k in range(40)]
    return pd.Series([" ".join(rng.choice(vocabulary, 25)) + planted for _ in range(n)])


def test_counts_rates_and_direction():
    table = keyness.describe(["war war peace", "war"], ["peace peace"])
    assert list(table.loc["war", ["texts_a", "texts_b", "count_a", "count_b"]]) == [2, 0, 3, 0]
    assert table.loc["war", "rate_a"] == 750
    assert table.loc["war", "effect"] > 0 > table.loc["peace", "effect"]


def test_the_effect_is_the_logarithm_of_the_ratio_of_rates():
    table = keyness.describe(["a " * 1000 + "b " * 1000], ["a " * 500 + "b " * 1500])
    assert table.loc["a", "effect"] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(("n_a", "n_b", "sign"), [(15, 15, 1), (20, 100, -1)])
def test_a_planted_word_is_found(n_a, n_b, sign):
    rng = np.random.default_rng(3)
    texts = {1: words_of(rng, n_a), -1: words_of(rng, n_b)}
    texts[sign] += " planted"
    table = compare(texts[1], texts[-1])
    assert table.index[0] == "planted"
    assert table.loc["planted", "effect"] * sign > 2
    assert table.loc["planted", "p_adjusted"] < 0.05


def test_one_text_that_repeats_a_word_makes_no_key_word():
    rng = np.random.default_rng(5)
    loud = words_of(rng, 15) + pd.Series([" shout" * 50, " shout", " shout"] + [""] * 12)
    row = compare(loud, words_of(rng, 15)).loc["shout"]
    assert row["effect"] > 2
    assert row["p_adjusted"] > 0.05


def test_p_is_the_share_of_all_divisions():
    rng = np.random.default_rng(6)
    counts, lengths = rng.poisson(0.7, (12, 9)) * rng.integers(1, 4, (12, 9)), rng.integers(40, 80, 12)
    in_a = np.arange(12) < 5
    spare = counts - lengths[:, None] * counts.sum(axis=0) / lengths.sum()
    all_of_them = [spare[list(chosen)].sum(axis=0) for chosen in combinations(range(12), 5)]
    exact = np.mean(np.abs(all_of_them) >= np.abs(spare[in_a].sum(axis=0)) - 1e-9, axis=0)
    p = permutation.p_values(csr_array(counts * 1.0), lengths, in_a, permutations=20_000, rng=rng)
    assert p == pytest.approx(exact, abs=0.015)


def test_p_of_a_word_in_every_text_of_a_large_side_is_below_what_permutations_can_count():
    rng = np.random.default_rng(8)
    table = compare(words_of(rng, 40, " planted"), words_of(rng, 40))
    assert table.loc["planted", "p"] < 1e-6
    assert (table["p"].drop("planted") > 1e-4).all()


@pytest.mark.parametrize(("with_word", "n_a", "n_b"), [(5, 5, 5), (4, 40, 200)])
def test_no_p_is_below_the_chance_that_all_texts_with_the_word_lie_on_one_side(with_word, n_a, n_b):
    table = compare(["x y"] * with_word + ["y"] * (n_a - with_word), ["y"] * n_b)
    least = hypergeom.pmf(with_word, n_a + n_b, with_word, n_a)
    assert least <= table.loc["x", "p"] < 3 * least + 0.01


def test_texts_of_one_author_count_once():
    rng = np.random.default_rng(10)
    writers = np.repeat(range(7), [12, 4, 4, 4, 4, 4, 4])
    # One author writes it in each of twelve texts, two others once.
    loud = words_of(rng, 36) + [" shout" if i < 12 or i in (20, 30) else "" for i in range(36)]
    b = words_of(rng, 36)
    alone = compare(loud, b).loc["shout"]
    together = compare(loud, b, (writers, writers)).loc["shout"]
    assert alone["p_adjusted"] < 0.05 < together["p_adjusted"]
    assert (alone[["count_a", "rate_a", "effect"]] == together[["count_a", "rate_a", "effect"]]).all()
    assert together["effect_low"] < alone["effect_low"]


def test_unknown_authors_are_texts_of_their_own_and_wrong_ones_are_refused():
    a, b, unknown = ["x y"] * 6, ["y"] * 6, [None] * 6
    assert compare(a, b, (unknown, unknown)).equals(compare(a, b))
    with pytest.raises(ValueError):
        compare(a, b, (unknown[1:], unknown))


def test_the_interval_of_words_that_come_one_by_one_is_that_of_counts():
    alike = ["x y y y y"] * 300  # only the floor of a plain count is left
    row = compare(alike, alike).loc["x"]
    assert row["effect_high"] == pytest.approx(1.96 * np.sqrt(2 / 300.5) / np.log(2), rel=0.01)
    assert row["effect_low"] == pytest.approx(-row["effect_high"])


def test_a_word_that_one_text_repeats_has_a_wider_interval():
    rng = np.random.default_rng(13)
    loud = words_of(rng, 15) + pd.Series([" shout" * 13, " shout", " shout"] + [""] * 12)
    rows = [
        compare(side, words_of(rng, 15, " shout")).loc["shout"]
        for side in (words_of(rng, 15, " shout"), loud)
    ]
    assert [row["count_a"] for row in rows] == [15, 15]
    spread, crowded = (row["effect_high"] - row["effect_low"] for row in rows)
    assert crowded > 4 * spread


@pytest.mark.parametrize("a", [["war and peace"] * 4, [], [""] * 6])
def test_too_little_is_described_and_not_tested(a):
    table = compare(a, ["peace"] * 9)
    assert table.loc["peace", "count_b"] == 9
    assert table[TESTED].isna().all(axis=None)
    assert table["effect"].isna().all() == (not any(a))


def test_words_of_one_side_are_content_words():
    a, b = ["China's town was too old, 2004"], ["It had been China’s, don't you see? Ruins, X!"]
    assert list(keyness.describe(a, b, content=True).index) == ["china", "old", "town", "ruins"]
    assert keyness.describe(a, b, content=True).loc["china", ["texts_a", "texts_b"]].tolist() == [1, 1]
    assert {"had", "been", "too", "2004", "don't"} <= set(keyness.describe(a, b).index)
    assert keyness.describe([""], [None], content=True).empty
