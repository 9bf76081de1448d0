"""Which text speaks of which statement, and which of none."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from rejoinder.measure.ngrams import counted, ngrams, opaque, pieces, sparse, stem, texts_of, words_of

# Weights of `_features`: a logistic regression on the training set of ArgKP (24 motions, 5,583 arguments;
# pairs without enough agreement left out), on whole sides of a motion, on parts of 30 and of 10
# arguments, and with one or two claims. Features and SMOOTHING were chosen on the same motions, each held
# back in turn; then the calibration error is 0.010, strict mAP 0.481, relaxed 0.677.
INTERCEPT = -2.14
WEIGHTS = {"margin": 4.38, "contained": 2.43, "nearby": 2.11, "nearby_margin": 3.09, "few_claims": -1.06}
SMOOTHING = 0.1
# `text.sentences` is far slower; a sentence torn at an abbreviation costs little here, where only the
# best one counts.
SENTENCE_END = re.compile(r"[.!?…]['\"’”“)\]]*\s+|[\r\n]+")


def similarity(texts: Sequence, statements: Sequence, *, names: Iterable[str] = ()) -> np.ndarray:
    """How likely each text speaks of each statement, for it or against it.

    Parameters
    ----------
    texts, statements : Series or lists of English texts of any length. The figures depend on what else is
        given: pass all statements at once, and compare within one call.
    names : of actors, with aliases. Each counts as one word unlike any other, so that no figure depends
        on how anybody is called (see `ngrams.opaque`).

    Returns an array, texts × statements, from 0 to 1. Of ArgKP's arguments and key points with a value
    near 0.8, about 80 % match; in comments, which more often speak of none, read it as too high, and in
    long ones, which speak of several, as too low. It weighs, by TF-IDF of letter n-grams and word stems,
    how near the text is to the statement and to the texts nearest to it, beside the next statement; how
    much of the statement one sentence contains; and how few statements there are.
    NaN for a text or statement that is missing or has no word; 0 for one that shares nothing.

    Raises TypeError for what is no list of texts or names.
    Source: Salton & Buckley 1988 (TF-IDF), McNamee & Mayfield 2004 (letter n-grams), Rocchio 1971 (words
    of the nearest texts).
    """
    hide = opaque(names)
    texts = [[words_of(part) for part in SENTENCE_END.split(hide(text))] for text in texts_of(texts)]
    claims = [words_of(hide(text)) for text in texts_of(statements)]
    result = np.full((len(texts), len(claims)), np.nan)
    sentences = [(i, words) for i, parts in enumerate(texts) for words in parts if words]
    with_claim = [j for j, words in enumerate(claims) if words]
    if not sentences or not with_claim:
        return result
    with_words, owner = np.unique([i for i, _ in sentences], return_inverse=True)
    features = _features([words for _, words in sentences], [claims[j] for j in with_claim], owner)
    degree = 1 / (1 + np.exp(-INTERCEPT - sum(WEIGHTS[name] * value for name, value in features.items())))
    nothing = (features["contained"] == 0) & (features["nearby"] == 0)
    result[np.ix_(with_words, with_claim)] = np.where(nothing, 0, degree)
    return result


def _features(sentences: list, claims: list, owner: np.ndarray) -> dict[str, np.ndarray]:
    """Comments × claims; `owner`: the comment of each sentence."""
    from sklearn.feature_extraction.text import TfidfTransformer

    counts, vocabulary = counted(sentences + claims)
    n = len(sentences)
    comments = sparse(owner, np.arange(n), (owner[-1] + 1, n)) @ counts[:n]
    by_sentence, by_comment, contained = 0, 0, 0
    for of in (ngrams, stem):
        of_words = pieces(vocabulary, of)
        of_texts = counts @ of_words
        weights = TfidfTransformer(sublinear_tf=True).fit(of_texts)
        contained += _contained(of_texts[:n], of_texts[n:], weights.idf_) / 2
        of_claims = weights.transform(of_texts[n:])
        of_comments = weights.transform(comments @ of_words)
        by_sentence += (weights.transform(of_texts[:n]) @ of_claims.T).toarray() / 2
        by_comment += (of_comments @ of_claims.T).toarray() / 2
    likeness = (np.minimum(by_comment, 1) + _best(np.minimum(by_sentence, 1), owner)) / 2
    nearby = _nearby(of_comments, np.maximum(_margin(likeness), 0))  # of stems
    return {
        "margin": _margin(likeness),
        "contained": np.sqrt(_best(contained, owner)),
        "nearby": np.sqrt(nearby),
        "nearby_margin": _margin(nearby),
        "few_claims": np.full_like(nearby, 1 / len(claims)),
    }


def _best(by_sentence: np.ndarray, owner: np.ndarray) -> np.ndarray:
    return pd.DataFrame(by_sentence).groupby(owner).max().to_numpy()


def _contained(sentences, claims, idf: np.ndarray) -> np.ndarray:
    """The share of each claim's pieces in a sentence, weighted by how rare a piece is in the texts and in
    the claims. Sentences × claims."""
    in_claims = np.log((claims.shape[0] + 1) / np.maximum((claims > 0).sum(axis=0), 1))
    wanted = claims.sign().multiply((idf * in_claims)[None, :]).tocsr()
    total = wanted.sum(axis=1)
    shares = (sentences.sign() @ wanted.T).toarray() / np.where(total > 0, total, 1)
    return np.minimum(shares, 1)


def _nearby(comments, weights: np.ndarray) -> np.ndarray:
    """How much each comment is like the other comments, weighted: the cosine with their sum, lower where
    there is little to sum."""
    total = comments.T @ weights
    near = comments @ total
    # Without the comment itself: |t - wc|² = |t|² - 2 w t·c + w² |c|².
    own = np.asarray(comments.power(2).sum(axis=1)).reshape(-1, 1)
    squared = (total**2).sum(axis=0) - 2 * weights * near + weights**2 * own
    dot = near - weights * own
    dot = np.where(dot < 1e-12, 0, dot)  # rounding, where there is no other comment
    return np.clip(dot / (np.sqrt(np.maximum(squared, 0)) + SMOOTHING), 0, 1)


def _margin(values: np.ndarray) -> np.ndarray:
    """How far each value is above or below the highest of the comment's others; for a single claim, above
    the mean of the other comments."""
    n, claims = values.shape
    if claims == 1:
        return values - (values.sum(axis=0) - values) / max(1, n - 1)
    second, first = np.sort(values, axis=1)[:, -2:].T[..., None]
    is_best = np.arange(claims) == values.argmax(axis=1)[:, None]
    return values - np.where(is_best, second, first)
