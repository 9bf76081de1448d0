"""Topic clusters: which texts use similar words."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rejoinder.measure.ngrams import counted, ngrams, pieces, stem, texts_of, words_of

# Chosen on the training set of ArgKP (48 sides of 24 motions) by V-measure: 10 dimensions and 30 starts
# 0.34; 10 starts, 6 dimensions or twice as many as clusters 0.31 to 0.32; 15 dimensions 0.30; no
# reduction 0.22 where this gives 0.28.
DIMENSIONS, STARTS = 10, 30
DIGITS = 9  # equal texts must get equal points: k-means warns of more clusters than points


def clusters(texts: Sequence, most: int, *, rng: np.random.Generator) -> pd.Series:
    """The cluster of each text: k-means on latent semantic analysis of word stems and letter n-grams.

    A weak measure: on ArgKP, for arguments on one side of a motion, the V-measure with the key points is
    about 0.33, where 1 = the same and random clusters have about 0.08.

    Parameters
    ----------
    texts : Series or list of English texts.
    most : how many clusters; there are fewer if fewer texts differ.

    Returns a Series `cluster` of Int64 with the index of `texts`: 0 is the largest cluster, of equal ones
    the one that comes first. NA for a text that is missing or has only function words. Texts of equal
    words share a cluster.
    Raises ValueError for fewer than one cluster, TypeError for other input than a list of texts.
    Source: Deerwester et al. 1990, "Indexing by latent semantic analysis" (JASIS 41).
    """
    if most < 1:
        raise ValueError(f"most must be at least 1, not {most}")
    words = [words_of(text) for text in texts_of(texts)]
    labels = texts.index if isinstance(texts, pd.Series) else range(len(words))
    result = pd.Series(pd.NA, index=labels, dtype="Int64", name="cluster")
    counts, vocabulary = counted(words)
    parts = [counts @ pieces(vocabulary, of) for of in (stem, ngrams)]
    with_words = np.flatnonzero(parts[0].sum(axis=1))
    if not len(with_words):
        return result
    from scipy.sparse import hstack
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.preprocessing import normalize
    from sklearn.utils.extmath import randomized_svd

    weights = [TfidfTransformer(sublinear_tf=True).fit_transform(part[with_words]) for part in parts]
    weights = hstack(weights).tocsr()
    dimensions = min(DIMENSIONS, *weights.shape)
    left, lengths, _ = randomized_svd(weights, dimensions, random_state=rng.integers(2**31))
    points = normalize(left * lengths).round(DIGITS) + 0.0  # no −0
    different, place, times = np.unique(points, axis=0, return_inverse=True, return_counts=True)
    model = KMeans(min(most, len(different)), n_init=STARTS, random_state=rng.integers(2**31))
    codes, kinds = pd.factorize(model.fit(different, sample_weight=times).labels_[place])
    by_size = np.argsort(-np.bincount(codes, minlength=len(kinds)), kind="stable")
    result.iloc[with_words] = np.argsort(by_size)[codes]
    return result
