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
TEXTS = pd.Series([*DOGS, *TAX, *RAIN], index=list("AABBCCDDE"))


def clusters(texts, most=3, seed=0):
    return topic_clusters.clusters(texts, most, rng=np.random.default_rng(seed))


def test_texts_of_similar_words_come_together_the_largest_cluster_first():
    found = clusters(TEXTS)
    assert found.tolist() == [2] * 2 + [1] * 3 + [0] * 4
    assert (list(found.index), found.dtype, found.name) == ([*"AABBCCDDE"], "Int64", "cluster")


def test_text_without_a_word_is_na_and_moves_no_other():
    nothing = pd.Series(["", None, "Who is it?", "!!! 👏", pd.NA], dtype=object)
    found = clusters(pd.concat([nothing[:3], TEXTS, nothing[3:]]))
    assert found.isna().tolist() == [True] * 3 + [False] * len(TEXTS) + [True] * 2
    assert found.dropna().tolist() == clusters(TEXTS).tolist()


@pytest.mark.parametrize(
    ("texts", "most", "expected"),
    [
        (["Rain", "rain!", "Snow", "RAIN"], 5, [0, 0, 1, 0]),
        (["Rain"] * 3, 2, [0, 0, 0]),
        (TEXTS, 1, [0] * len(TEXTS)),
        ([], 2, []),
        ([None, "the"], 2, [pd.NA, pd.NA]),
    ],
)
def test_there_are_no_more_clusters_than_different_texts(texts, most, expected):
    found = clusters(texts, most)
    assert found.tolist() == expected
    assert found.dtype == "Int64"


def test_same_state_of_rng_gives_the_same_clusters():
    words = np.random.default_rng(2).choice(" ".join(TEXTS).split(), size=(90, 6))
    texts = pd.Series([" ".join(row) for row in words])
    assert clusters(texts, 9, seed=7).equals(clusters(texts, 9, seed=7))
    assert not clusters(texts, 9, seed=7).equals(clusters(texts, 9, seed=8))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(max_size=30)), max_size=12), st.integers(1, 6))
def test_any_text_is_clustered_without_a_warning(texts, most):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = clusters(pd.Series(texts, dtype=object), most).dropna()
    assert set(found) == set(range(found.nunique()))
    assert found.nunique() <= most


@pytest.mark.parametrize(
    ("texts", "most", "error"),
    [(TEXTS, 0, ValueError), (["rain", 3], 2, TypeError), ("rain", 2, TypeError)],
)
def test_fewer_than_one_cluster_and_what_is_no_text_are_refused(texts, most, error):
    with pytest.raises(error):
        clusters(texts, most)
