import time
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.measure import topic_clusters

RAIN = [
    "Rain fell on the roof",
    "It rains on every roof",
    "Roofs leak when the rain falls",
    "Rainy, leaking roof",
]
TAX = ["Taxes are too high", "A high tax hurts", "Lower the taxes, they hurt"]
DOGS = ["My dog barks", "Dogs bark all night"]
TEXTS = pd.Series([*DOGS, *TAX, *RAIN], index=list("ABCDEFGHI"))


def group(texts, n=3, seed=0):
    return topic_clusters.clusters(texts, n, rng=np.random.default_rng(seed))


def test_texts_of_like_words_come_together_the_largest_group_first():
    assert group(TEXTS).tolist() == [2] * 2 + [1] * 3 + [0] * 4


def test_index_and_kind_are_kept_even_where_labels_are_doubled():
    found = group(TEXTS.set_axis([*"AABBCCDDE"]))
    assert list(found.index) == [*"AABBCCDDE"]
    assert found.dtype == "Int64"
    assert found.name == "group"


def test_text_without_a_word_is_na_and_moves_no_other():
    nothing = pd.Series(["", None, "Who is it?", "!!! 👏", pd.NA], dtype=object)
    found = group(pd.concat([nothing[:3], TEXTS, nothing[3:]]))
    assert found.isna().tolist() == [True] * 3 + [False] * len(TEXTS) + [True] * 2
    assert found[TEXTS.index].tolist() == group(TEXTS).tolist()


@pytest.mark.parametrize("texts", [[], [""], [None, "the"]])
def test_without_a_word_there_is_no_group(texts):
    found = group(pd.Series(texts, dtype=object))
    assert found.isna().all()
    assert len(found) == len(texts)
    assert found.dtype == "Int64"


def test_equal_texts_come_together_and_there_are_no_more_groups_than_texts():
    found = group(pd.Series(["Rain", "rain!", "Snow", "RAIN"]), n=5)
    assert found.tolist() == [0, 0, 1, 0]
    assert group(pd.Series(["Rain"] * 3), n=2).tolist() == [0, 0, 0]
    assert set(group(TEXTS, n=1)) == {0}


def test_same_state_of_rng_gives_the_same_groups_and_argument_is_left_alone():
    words = np.random.default_rng(2).choice(" ".join(TEXTS).split(), size=(90, 6))
    texts = pd.Series([" ".join(row) for row in words])
    before = texts.copy()
    assert group(texts, n=9, seed=7).equals(group(texts, n=9, seed=7))
    assert not group(texts, n=9, seed=7).equals(group(texts, n=9, seed=8))
    pd.testing.assert_series_equal(texts, before)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=30)), max_size=12), st.integers(1, 6))
def test_any_text_is_grouped_without_a_warning(texts, n):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = group(pd.Series(texts, dtype=object), n=n)
    told = found.dropna()
    assert set(told) == set(range(told.nunique()))
    assert told.nunique() <= n


@pytest.mark.parametrize("n", [0, -1])
def test_fewer_than_one_group_is_refused(n):
    with pytest.raises(ValueError, match="one group or more"):
        group(TEXTS, n=n)


def test_what_is_no_text_is_refused():
    with pytest.raises(TypeError, match="place 1"):
        group(pd.Series(["rain", 3], dtype=object))
    with pytest.raises(TypeError, match="Series or list"):
        group("rain")


def test_a_hundred_thousand_words_are_grouped_in_seconds():
    words = np.random.default_rng(1).choice(" ".join(TEXTS).split(), size=100_000)
    start = time.process_time()
    found = group(pd.Series([" ".join(words), *TEXTS]), n=3)
    assert time.process_time() - start < 10
    assert found.notna().all()
