"""Links: which comment speaks of which of the author's claims, and which of none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from rejoinder.measure.themes import NONE
from rejoinder.read.text import tokens

# Chosen on the development and training sets of ArgKP (28 motions), where neighbouring values do
# nearly as well: runs of 3 to 5 letters, word beginnings of 5, the two weighing the same.
RUN_LENGTHS = (3, 4, 5)
STEM_LETTERS = 5
# A word of the subject likens a comment to every claim; what it shares with one claim only is what
# tells. Most sides of a motion have five claims or fewer; 3 does as well.
RIVALS = 4
# Right for the most arguments of ArgKP if the 28 of 100 without an agreed match speak of none: whichever
# motion is left out, the others choose 0.04 (twice 0.05). It is no clean line: half of the answers are
# wrong, and with those left out whose match is merely undecided, always naming a claim does better.
LEAST = 0.04

# Not `read.text.sentences`, which would take half a minute for 5,000 comments; a sentence torn at an
# abbreviation costs little here, where only the best of them counts.
_SENTENCE_END = re.compile(r"[.!?…]['\"’”)\]]*\s+|[\r\n]+")
_SUFFIX = re.compile(r"(?<=\w{3})(?:'s|ies|es|s|ing|ed|ly|er|y|e)$")


def similarity(comments: Sequence[str], claims: Sequence[str]) -> np.ndarray:
    """How much each comment speaks of each claim: comments × claims, in the order given.

    0 to 1, higher = likelier to speak of the claim, whether for or against it. `comments` and
    `claims`: Series or lists of English texts of any length; index labels do not matter. Two
    cosines are averaged, of runs of letters (3 to 5, within words) and of word stems; function words
    are left out, and what stands in many sentences counts less (TF-IDF of the texts given). This is
    done for the comment as a whole and for its best sentence, so that one sentence on the claim is
    found in a long comment; the two are averaged. Before, each is multiplied by the claim's share:
    its cosine over the sum of that and the four next claims'. So only a text that has the claim's
    own words and none of another claim's comes to 1, and the figures depend on what other texts are
    given: compare them within one call.

    A comment or claim that is missing or has no word gives NaN: what it speaks of cannot be told. One
    of function words alone ("Who is it?") gives 0. No comments or no claims give an array without
    rows or columns.

    Raises TypeError for what is no Series or list and for a value that is not text, naming its place.
    Source: cosine of TF-IDF vectors, Salton & Buckley 1988, "Term-weighting approaches in automatic
    text retrieval" (Information Processing & Management 24); letter runs, McNamee & Mayfield 2004,
    "Character n-gram tokenization for European language text retrieval" (Information Retrieval 7).
    """
    said = [[_words(piece) for piece in _SENTENCE_END.split(text)] for text in _texts(comments)]
    claimed = [_words(text) for text in _texts(claims)]
    result = np.full((len(said), len(claimed)), np.nan)
    owner = np.array([i for i, pieces in enumerate(said) for words in pieces if words], dtype=int)
    told, askable = np.unique(owner), [j for j, words in enumerate(claimed) if words]
    if not len(told) or not askable:
        return result
    sentences = [words for pieces in said for words in pieces if words]
    row = np.searchsorted(told, owner)
    by_sentence, by_comment = _cosines(sentences, [claimed[j] for j in askable], row)
    best = np.zeros_like(by_comment)
    np.maximum.at(best, row, _times_share(by_sentence))
    result[np.ix_(told, askable)] = (_times_share(by_comment) + best) / 2
    return result


def linked(similarity: np.ndarray | pd.DataFrame, *, least: float = LEAST) -> pd.Series:
    """The claim that each comment speaks of most, or "none" where it comes near to no claim.

    `similarity`: comments × claims as `similarity` gives it, or a DataFrame of it. Returns one value
    per comment, in order: the label of the claim's column (for an array its position), the first
    one where several are equal; "none" where the best similarity is below `least`, or where there
    are no claims; NA where nothing but NaN is known. The index is that of the DataFrame.

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


def _texts(values: Iterable) -> list[str]:
    if not isinstance(values, (pd.Series, pd.Index, np.ndarray, list, tuple)):
        raise TypeError(f"a Series or list of texts is needed, not {type(values).__name__}: [text]")
    values = list(values)
    for place, value in enumerate(values):
        if isinstance(value, str):
            continue
        if not (pd.api.types.is_scalar(value) and pd.isna(value)):
            raise TypeError(f"the text at place {place} is of type {type(value).__name__}, not str")
        values[place] = ""
    return values


def _words(text: str) -> list[str]:
    return [part for word in tokens(text) for part in word.split("-")]


def _cosines(
    sentences: list[list[str]], claims: list[list[str]], owner: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Sentences × claims and comments × claims; `owner` is the comment of each sentence."""
    from sklearn.feature_extraction.text import TfidfTransformer

    words = pd.Series(sentences + claims).explode()
    # Sorted, so that sums are added up in one order, whatever the order of the texts.
    codes, vocabulary = pd.factorize(words.to_numpy(), sort=True)
    counts = _sparse(words.index.to_numpy(), codes, (len(sentences) + len(claims), len(vocabulary)))
    n = len(sentences)
    comments = _sparse(owner, np.arange(n), (owner[-1] + 1, n)) @ counts[:n]
    by_sentence, by_comment = 0, 0
    for pieces in (_runs, _stem):
        of_words = _pieces_of_words(vocabulary, pieces)
        weights = TfidfTransformer(sublinear_tf=True).fit(counts @ of_words)
        of_claims = weights.transform(counts[n:] @ of_words).T
        by_sentence += (weights.transform(counts[:n] @ of_words) @ of_claims).toarray() / 2
        by_comment += (weights.transform(comments @ of_words) @ of_claims).toarray() / 2
    return np.minimum(by_sentence, 1), np.minimum(by_comment, 1)


def _times_share(cosines: np.ndarray) -> np.ndarray:
    nearest = np.sort(cosines, axis=1)[:, -(RIVALS + 1) :]
    # Beside a claim that is itself among the five nearest stand four others, beside any other claim
    # the first four.
    total = nearest.sum(axis=1, keepdims=True) - np.maximum(nearest[:, :1] - cosines, 0)
    return cosines * np.divide(cosines, total, out=np.zeros_like(cosines), where=total > 0)


def _pieces_of_words(vocabulary: Sequence[str], pieces: Callable[[str], list[str]]):
    """How often each word (row) holds each piece (column); a function word holds none."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    of_words = [[] if word in ENGLISH_STOP_WORDS else pieces(word) for word in vocabulary]
    found = pd.Series(of_words, dtype=object).explode().dropna()
    codes, kinds = pd.factorize(found.to_numpy(dtype=object), sort=True)
    return _sparse(found.index.to_numpy(), codes, (len(vocabulary), max(1, len(kinds))))


def _runs(word: str) -> list[str]:
    edged = f" {word} "
    return [edged[i : i + n] for n in RUN_LENGTHS for i in range(len(edged) - n + 1)]


def _stem(word: str) -> list[str]:
    return [_SUFFIX.sub("", word)[:STEM_LETTERS]]


def _sparse(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]):
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(rows)), (rows.astype(int), columns)), shape=shape)
