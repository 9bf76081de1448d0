"""Links: which comment speaks of which of the author's claims, and which of none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from rejoinder.measure.ngrams import opaque, pieces_of_words, runs, sparse, stem, texts_of, words_of
from rejoinder.measure.themes import NONE

# How the signs of `_signs` come together. A logistic regression on the training set of ArgKP (24
# motions, 5,583 arguments; pairs on which too few raters agreed left out). Each side of a motion was
# called as a whole (four times), in parts of 30 and of 10 arguments (twice), and with two and one of
# its claims, so that it holds for few comments and few claims too. The signs and LITTLE were chosen on
# the same motions, each held back in turn: the degrees of whole sides are then 0.010 from the share
# that matches (expected calibration error), strict mAP is 0.481, relaxed 0.677.
INTERCEPT = -2.14
SIGNS = {"margin": 4.38, "held": 2.43, "company": 2.11, "company_margin": 3.09, "few_claims": -1.06}
LITTLE = 0.1
# More likely than not. With each motion held back in turn, 46 of 100 arguments are then given a claim,
# which is right for 76 of 100 of these where the raters agreed. If "none" counts as right for the 28
# of 100 without an agreed match, 0.5 is right for 0.494 of all; 0.42, the best, for 0.507.
LEAST = 0.5
# Not `read.text.sentences`, which would take half a minute for 5,000 comments; a sentence torn at an
# abbreviation costs little here, where only the best of them counts.
_SENTENCE_END = re.compile(r"[.!?…]['\"’”“)\]]*\s+|[\r\n]+")


def similarity(
    comments: Sequence[str], claims: Sequence[str], *, names: Iterable[str] = ()
) -> np.ndarray:
    """How likely each comment speaks of each claim: comments × claims, in the order given.

    A degree from 0 to 1, whether the comment is for the claim or against it: of the arguments and key
    points of ArgKP with a degree near 0.8, about 80 of 100 match. There 20 of 100 pairs do. Real
    comments speak of no claim more often than those arguments, and of several the longer they are:
    read the degree as too high for the first and too low for the second.

    `comments` and `claims`: Series or lists of English texts of any length; index labels do not
    matter. Five signs are weighed, all but the last in TF-IDF of the texts given, without function
    words: how far the comment is nearer to the claim than to the next (cosine of runs of 3 to 5 letters
    and of word stems, of the whole comment and of its best sentence); how much of the claim a sentence
    holds; how near the comment is to the others that are nearest to the claim, so that words are learned
    that the claim lacks; how far it is nearer to these than to the next claim's; and how few claims there
    are. So the figures depend on what other texts are given: compare them within one call, and give all
    claims at once.

    `names`: of actors, as they are spelt, aliases too. Each counts as one word that is like no other,
    wherever it stands as a whole in its own capitals or in capitals alone, with or without 's; of two
    that begin alike the longer one is taken. Then nothing depends on how anybody is called: if names of
    the list take each other's place in comments and claims alike, no figure moves.

    A comment or claim that is missing or has no word gives NaN: what it speaks of cannot be told. One
    that shares nothing, with the claim or with those near to it, gives 0, as does one of function words
    alone ("Who is it?"). No comments or no claims give an array without rows or columns.

    Raises TypeError for what is no Series or list, for a value that is not text, naming its place, and
    for `names` that are one text; ValueError for more than 6,000 names.
    Source: cosine of TF-IDF vectors, Salton & Buckley 1988, "Term-weighting approaches in automatic
    text retrieval" (Information Processing & Management 24); letter runs, McNamee & Mayfield 2004,
    "Character n-gram tokenization for European language text retrieval" (Information Retrieval 7);
    words of the nearest texts, Rocchio 1971, "Relevance feedback in information retrieval" (in Salton,
    The SMART Retrieval System).
    """
    hide = opaque(names)
    said = [[words_of(piece) for piece in _SENTENCE_END.split(hide(text))] for text in texts_of(comments)]
    claimed = [words_of(hide(text)) for text in texts_of(claims)]
    result = np.full((len(said), len(claimed)), np.nan)
    owner = np.array([i for i, pieces in enumerate(said) for words in pieces if words], dtype=int)
    told, askable = np.unique(owner), [j for j, words in enumerate(claimed) if words]
    if not len(told) or not askable:
        return result
    sentences = [words for pieces in said for words in pieces if words]
    row = np.searchsorted(told, owner)
    signs = _signs(sentences, [claimed[j] for j in askable], row)
    degree = 1 / (1 + np.exp(-INTERCEPT - sum(SIGNS[name] * sign for name, sign in signs.items())))
    nothing = (signs["held"] == 0) & (signs["company"] == 0)
    result[np.ix_(told, askable)] = np.where(nothing, 0, degree)
    return result


def linked(similarity: np.ndarray | pd.DataFrame, *, least: float = LEAST) -> pd.Series:
    """The claim that each comment speaks of most, or "none" where it comes near to no claim.

    `similarity`: comments × claims as `similarity` gives it, or a DataFrame of it. Returns one value
    per comment, in order: the label of the claim's column (for an array its position), the first
    one where several are equal; "none" where the best similarity is below `least`, or where there
    are no claims; NA where nothing but NaN is known. The index is that of the DataFrame. `least` is a
    degree: with 0.5 a claim is named where it is likelier than not that the comment speaks of it.

    Raises ValueError for what has not two dimensions, for values outside 0 to 1, for a `least`
    outside 0 to 1, and for a claim called "none".
    """
    table = pd.DataFrame(similarity)
    if np.ndim(similarity) != 2:
        raise ValueError(f"similarity must be comments × claims, not of {np.ndim(similarity)} dimensions")
    if NONE in table.columns:
        raise ValueError(f"{NONE!r} is the name for comments that speak of no claim")
    values = table.to_numpy(dtype=float)
    if not 0 <= least <= 1 or (values < 0).any() or (values > 1).any():
        raise ValueError("similarities and the least of them lie between 0 and 1")
    answer = pd.Series(NONE, index=table.index, name="claim", dtype=object)
    if table.shape[1]:
        known = np.where(np.isnan(values), -1, values)
        place, best = known.argmax(axis=1), known.max(axis=1)
        answer[:] = np.where(best >= least, table.columns.to_numpy(dtype=object)[place], NONE)
        answer[best < 0] = pd.NA
    return answer


def _signs(
    sentences: list[list[str]], claims: list[list[str]], owner: np.ndarray
) -> dict[str, np.ndarray]:
    """What tells that a comment speaks of a claim; comments × claims. `owner`: the comment of each
    sentence."""
    from sklearn.feature_extraction.text import TfidfTransformer

    words = pd.Series(sentences + claims).explode()
    # Sorted, so that sums are added up in one order, whatever the order of the texts.
    codes, vocabulary = pd.factorize(words.to_numpy(), sort=True)
    counts = sparse(words.index.to_numpy(), codes, (len(sentences) + len(claims), len(vocabulary)))
    n = len(sentences)
    comments = sparse(owner, np.arange(n), (owner[-1] + 1, n)) @ counts[:n]
    by_sentence, by_comment, held = 0, 0, 0
    for pieces in (runs, stem):
        of_words = pieces_of_words(vocabulary, pieces)
        of_texts = counts @ of_words
        weights = TfidfTransformer(sublinear_tf=True).fit(of_texts)
        of_sentences, of_claims = of_texts[:n], of_texts[n:]
        held += _held(of_sentences, of_claims, weights.idf_) / 2
        of_claims = weights.transform(of_claims)
        of_comments = weights.transform(comments @ of_words)
        by_sentence += (weights.transform(of_sentences) @ of_claims.T).toarray() / 2
        by_comment += (of_comments @ of_claims.T).toarray() / 2
    by_sentence, by_comment = np.minimum(by_sentence, 1), np.minimum(by_comment, 1)
    likeness = (by_comment + _best(by_sentence, owner)) / 2
    company = _company(of_comments, np.maximum(_margin(likeness), 0))  # of stems
    return {
        "margin": _margin(likeness),
        "held": np.sqrt(_best(held, owner)),
        "company": np.sqrt(company),
        "company_margin": _margin(company),
        "few_claims": np.full_like(company, 1 / len(claims)),
    }


def _best(by_sentence: np.ndarray, owner: np.ndarray) -> np.ndarray:
    best = np.zeros((owner[-1] + 1, by_sentence.shape[1]))
    np.maximum.at(best, owner, by_sentence)
    return best


def _held(sentences, claims, idf: np.ndarray) -> np.ndarray:
    """The share of each claim's pieces that a sentence holds; a piece counts by how rare it is in the
    texts and in the claims. Sentences × claims."""
    in_claims = np.log((claims.shape[0] + 1) / np.maximum((claims > 0).sum(axis=0), 1))
    wanted = _present(claims).multiply((idf * in_claims)[None, :]).tocsr()
    total = wanted.sum(axis=1)
    shares = (_present(sentences) @ wanted.T).toarray() / np.where(total > 0, total, 1)
    return np.minimum(shares, 1)


def _present(counts):
    from scipy.sparse import csr_array

    return csr_array((np.ones(counts.nnz), counts.indices, counts.indptr), shape=counts.shape)


def _company(comments, weights: np.ndarray) -> np.ndarray:
    """How much each comment is like the other comments, weighted; as the cosine with their sum, but
    lower where there is little to be summed."""
    total = comments.T @ weights
    near = comments @ total
    # The comment itself is taken out of the sum: |t - wc|² = |t|² - 2 w t·c + w² |c|².
    own = np.asarray(comments.power(2).sum(axis=1)).reshape(-1, 1)
    squared = (total**2).sum(axis=0) - 2 * weights * near + weights**2 * own
    dot = near - weights * own
    # What rounding leaves where there is no other comment is nothing.
    dot = np.where(dot < 1e-12, 0, dot)
    return np.clip(dot / (np.sqrt(np.maximum(squared, 0)) + LITTLE), 0, 1)


def _margin(values: np.ndarray) -> np.ndarray:
    """How far each value is above the highest of the comment's others, or below it; for a claim
    without rivals, above what the other comments have on average."""
    n, claims = values.shape
    if claims == 1:
        return values - (values.sum(axis=0) - values) / max(1, n - 1)
    rival = np.repeat(values.max(axis=1, keepdims=True), claims, axis=1)
    second = np.partition(values, -2, axis=1)[:, -2:-1]
    np.put_along_axis(rival, values.argmax(axis=1)[:, None], second, axis=1)
    return values - rival
