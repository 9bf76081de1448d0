"""Recurring points: sentences whose content several texts share, as a draft of what readers argue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rejoinder.measure.ngrams import counted, ngrams, pieces, sparse, stem, texts_of, words_of
from rejoinder.text import sentences

# Chosen on the training set of ArgKP (48 sides of 24 motions).
ALIKE = 0.35  # the cosine from which two sentences count as making the same point
FEWEST_WORDS, MOST_WORDS = 4, 40  # of a sentence that can stand for a point
_CANDIDATES = 1_000  # sentences that may become a point; of more, evenly many from the whole page


def extract(texts: Sequence, *, most: int = 10) -> pd.DataFrame:
    """The points that most texts make, each in the words of one of them: a draft that a person corrects.

    A point is the sentence that most texts without a point yet have a similar sentence to (cosine of
    TF-IDF of word stems and letter n-grams); then the next, until no sentence has another text beside its
    own. A text can be a member of several points.

    Parameters
    ----------
    texts : Series or list of English texts; a missing one makes no point.
    most : how many points at most.

    Returns
    -------
    DataFrame, the point with most members first: `point` (a sentence of one text), `text_id` (the label
    of that text), `members` (list of the labels of the texts that make it, that text first). No rows if
    no two texts have a similar sentence.

    Raises ValueError for `most` below 1, TypeError for other input than a list of texts.
    Source: after Bar-Haim et al. 2020, "Quantitative argument summarization" (EMNLP), with a lexical
    similarity in place of their trained one.
    """
    if most < 1:
        raise ValueError(f"most must be at least 1, not {most}")
    given = texts_of(texts)
    labels = list(texts.index) if isinstance(texts, pd.Series) else list(range(len(given)))
    parts = [(i, text[a:b]) for i, text in enumerate(given) for a, b in sentences(text)]
    words = [words_of(part) for _, part in parts]
    columns = ["point", "text_id", "members"]
    enough = [k for k, own in enumerate(words) if FEWEST_WORDS <= len(own) <= MOST_WORDS]
    if not enough:
        return pd.DataFrame(columns=columns)
    owner = np.array([parts[k][0] for k in enough])
    tried = np.arange(0, len(enough), -(-len(enough) // _CANDIDATES))
    near = _similar([words[k] for k in enough], tried, owner, len(given))
    found, free = [], np.ones(len(given), dtype=bool)
    while len(found) < most:
        gain = near @ free.astype(float)
        best = int(gain.argmax())
        if gain[best] < 2:
            break
        members, own = near[[best]].indices, owner[tried[best]]
        free[members] = False
        ids = [labels[i] for i in (own, *sorted({*members} - {own}))]
        found.append((parts[enough[tried[best]]][1], labels[own], ids))
    found.sort(key=lambda one: -len(one[2]))
    return pd.DataFrame(found, columns=columns)


def _similar(words: list[list[str]], tried: np.ndarray, owner: np.ndarray, n_texts: int):
    """Sentences that are tried × texts: 1 where the text has a sentence that is alike."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.preprocessing import normalize

    counts, vocabulary = counted(words)
    both = [counts @ pieces(vocabulary, of) for of in (stem, ngrams)]
    weights = normalize(hstack([TfidfTransformer(sublinear_tf=True).fit_transform(one) for one in both]))
    cosines = weights.tocsr()[tried] @ weights.T
    cosines.data = (cosines.data >= ALIKE).astype(float)
    cosines.eliminate_zeros()
    return (cosines @ sparse(np.arange(len(owner)), owner, (len(owner), n_texts))).sign().tocsr()
