import numpy as np
import pandas as pd
import pytest

from rejoinder.measure import keyness


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
    for _ in range(30):
        table = keyness.compare(words_of(rng, 15), words_of(rng, 15), rng=rng, permutations=400)
        wrong += (table["p_adjusted"] < 0.05).any()
    assert wrong <= 4


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


@pytest.mark.parametrize(
    ("a", "b", "says"), [(1, 9, "single text"), (4, 9, "at least 5"), (0, 9, "at least")]
)
def test_too_little_text_is_described_and_not_tested(a, b, says):
    sides = texts(*["war and peace"] * a), texts(*["peace"] * b)
    table = keyness.compare(*sides, rng=np.random.default_rng(0))
    assert says in keyness.why_untested(*sides)
    assert table.attrs["note"] == keyness.why_untested(*sides)
    assert table.loc["peace", "count_b"] == b
    assert table[["p", "p_adjusted"]].isna().all(axis=None)


def test_texts_without_words_are_texts():
    table = keyness.compare(texts(*["a"] * 5, None, ""), texts(*["b"] * 6), rng=np.random.default_rng(0))
    assert table.loc["a", "texts_a"] == 5
    assert keyness.compare(texts("", ""), texts(""), rng=np.random.default_rng(0)).empty


def test_p_is_never_less_than_chance_allows():
    a, b = texts(*["x"] * 5), texts(*["y"] * 5)
    table = keyness.compare(a, b, rng=np.random.default_rng(0), permutations=5_000)
    assert table["p"].min() >= 1 / 252


def test_no_permutation_is_refused():
    with pytest.raises(ValueError, match="permutation"):
        keyness.compare(texts("a"), texts("b"), rng=np.random.default_rng(0), permutations=0)


def test_sides_of_missing_texts_only_have_no_word():
    nothing = pd.Series([np.nan, np.nan])
    assert keyness.describe(nothing, nothing).empty
