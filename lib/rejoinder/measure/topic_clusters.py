"""Clusters: which texts speak alike, where there are many and nobody has written a codebook."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rejoinder.measure.ngrams import pieces_of_words, runs, sparse, stem, texts_of, words_of

# Chosen on the training set of ArgKP (48 sides of 24 motions), by the V-measure of one or two draws: 10
# dimensions and 30 starts 0.34; with 10 starts 0.31 or 0.32, as 6 dimensions and twice as many as
# groups, 15 0.30. On a quarter of the sides, without fewer dimensions, 0.22 against 0.28.
DIMENSIONS = 10
STARTS = 30
# Points nearer than rounding are one: k-means warns of more groups than points.
DIGITS = 9


def group(texts: pd.Series, n_groups: int, *, rng: np.random.Generator) -> pd.Series:
    """The number of the group of each text, of at most `n_groups`: Int64, the index of `texts`.

    Texts that use like words come together. 0 is the largest group, of equal ones the one that comes
    first in `texts`; the numbers mean nothing else. There are fewer groups where fewer texts differ.
    Equal words give the same group, and an `rng` in the same state the same groups. NA for a text that
    is missing or has no word but function words; no texts give an empty Series. What a group speaks of
    is for a reader to say, with the words that `keyness.compare` finds in it against the rest.

    A weak measure: of arguments on one side of a motion, whose number of key points was told, the groups
    agree with the key points by a V-measure of about a third. 1 would be the same; groups drawn by lot
    come to about 0.08.

    Groups are those of k-means on texts as 10 dimensions (singular value decomposition) of the TF-IDF
    of word stems and of runs of 3 to 5 letters, each text of length 1.

    Raises ValueError for fewer than one group, TypeError for what is no Series, list or text.
    Source: latent semantic analysis, Deerwester et al. 1990, "Indexing by latent semantic analysis"
    (Journal of the American Society for Information Science 41).
    """
    if n_groups < 1:
        raise ValueError(f"texts come in one group or more, not in {n_groups}")
    labels = texts.index if isinstance(texts, pd.Series) else None
    words = [words_of(text) for text in texts_of(texts)]
    groups = pd.Series(pd.NA, index=range(len(words)), dtype="Int64", name="group")
    counts = [_counts(words, pieces) for pieces in (stem, runs)]
    told = np.flatnonzero(counts[0].sum(axis=1))
    if len(told):
        found = _k_means(_points([part[told] for part in counts], rng), n_groups, rng)
        # Numbered by size; a stable sort leaves those of one size as they come.
        codes, kinds = pd.factorize(found)
        order = np.argsort(-np.bincount(codes, minlength=len(kinds)), kind="stable")
        groups.iloc[told] = np.argsort(order)[codes]
    return groups.set_axis(labels) if labels is not None else groups


def _counts(words: list[list[str]], pieces):
    """How often each text (row) holds each piece of a word."""
    table = pd.Series(words, dtype=object).explode().dropna()
    codes, vocabulary = pd.factorize(table.to_numpy(dtype=object), sort=True)
    shape = (len(words), max(1, len(vocabulary)))
    return sparse(table.index.to_numpy(), codes, shape) @ pieces_of_words([*vocabulary] or [""], pieces)


def _points(counts: list, rng: np.random.Generator) -> np.ndarray:
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.preprocessing import normalize
    from sklearn.utils.extmath import randomized_svd

    weights = hstack([TfidfTransformer(sublinear_tf=True).fit_transform(part) for part in counts])
    dimensions = min(DIMENSIONS, *weights.shape)
    left, lengths, _ = randomized_svd(weights.tocsr(), dimensions, random_state=_seed(rng))
    return normalize(left * lengths).round(DIGITS) + 0.0  # no −0


def _k_means(points: np.ndarray, n_groups: int, rng: np.random.Generator) -> np.ndarray:
    from sklearn.cluster import KMeans

    different, place, times = np.unique(points, axis=0, return_inverse=True, return_counts=True)
    model = KMeans(min(n_groups, len(different)), n_init=STARTS, random_state=_seed(rng))
    return model.fit(different, sample_weight=times).labels_[place]


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**31))
