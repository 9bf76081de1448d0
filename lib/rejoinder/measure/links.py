"""Links: which comment speaks of which of the author's claims, and which of none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from rejoinder.measure.themes import NONE
from rejoinder.read.text import normalise, tokens

# Chosen on the development and training sets of ArgKP (28 motions), where neighbouring values do
# nearly as well: runs of 3 to 5 letters, word beginnings of 5, the two weighing the same.
RUN_LENGTHS = (3, 4, 5)
STEM_LETTERS = 5
# A word of the subject likens a comment to every claim; what it shares with one claim only is what
# tells. Most sides of a motion have five claims or fewer; 3 does as well.
RIVALS = 4
# How the signs of `_signs` come together. A logistic regression on the training set of ArgKP (24
# motions, 5,583 arguments; pairs on which too few raters agreed left out): each side of a motion
# called as a whole, twice, and in parts of 30 and of 10 arguments, so that it holds for few comments
# too. The signs and LITTLE were chosen on the same motions, each held back in turn: the degrees are
# then .015 from the share that matches (expected calibration error), strict mAP is .484, relaxed .683.
INTERCEPT = -2.29
SIGNS = {"likeness": -0.92, "margin": 4.37, "held": 3.18, "company": 2.29, "company_margin": 4.23}
LITTLE = 0.1
# More likely than not. With 24 motions held back in turn, a claim named is then right in 73 of 100
# cases where the raters agreed; 0.42 would give the most right answers if "none" is counted as right
# for an argument without an agreed match (.517 of them, 0.5 gives .514).
LEAST = 0.5
# A name counts as much as a word of six letters, which has so many runs.
NAME_RUNS = 15
# For a name stands one letter of Tangut, a script in which nobody has written for centuries: a letter
# to every rule about words, and none that a comment holds.
FIRST_LETTER, MOST_NAMES = "\U00017000", 6_000

# Not `read.text.sentences`, which would take half a minute for 5,000 comments; a sentence torn at an
# abbreviation costs little here, where only the best of them counts.
_SENTENCE_END = re.compile(r"[.!?…]['\"’”)\]]*\s+|[\r\n]+")
_LETTERS_OF_NAMES = re.compile(f"[{FIRST_LETTER}-{chr(ord(FIRST_LETTER) + MOST_NAMES)}]")
_SUFFIX = re.compile(r"(?<=\w{3})(?:'s|ies|es|s|ing|ed|ly|er|y|e)$")


def similarity(
    comments: Sequence[str], claims: Sequence[str], *, names: Iterable[str] = ()
) -> np.ndarray:
    """DOC"""
    opaque = _opaque(names)
    said = [[_words(piece) for piece in _SENTENCE_END.split(opaque(text))] for text in _texts(comments)]
    claimed = [_words(opaque(text)) for text in _texts(claims)]
    result = np.full((len(said), len(claimed)), np.nan)
    owner = np.array([i for i, pieces in enumerate(said) for words in pieces if words], dtype=int)
    told, askable = np.unique(owner), [j for j, words in enumerate(claimed) if words]
    if not len(told) or not askable:
        return result
    sentences = [words for pieces in said for words in pieces if words]
    row = np.searchsorted(told, owner)
    signs = _signs(sentences, [claimed[j] for j in askable], row)
    degree = 1 / (1 + np.exp(-INTERCEPT - sum(SIGNS[name] * sign for name, sign in signs.items())))
    nothing = (signs["likeness"] == 0) & (signs["company"] == 0)
    result[np.ix_(told, askable)] = np.where(nothing, 0, degree)
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


def _opaque(names: Iterable[str]) -> Callable[[str], str]:
    """Puts one letter for each name: the first name found gets the first letter, so that nothing
    depends on how a name is spelt, not even the order in which sums are added up."""
    if isinstance(names, str):
        raise TypeError(f"names are needed, not one text: {names!r}")
    spelt = sorted({normalise(name).strip() for name in names} - {""}, key=len, reverse=True)
    if len(spelt) > MOST_NAMES:
        raise ValueError(f"{len(spelt)} names; there are letters for {MOST_NAMES}")
    if not spelt:
        return str
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, spelt))})(?!\w)(?:'s(?!\w))?")
    letters: dict[str, str] = {}

    def letter(found: re.Match) -> str:
        return f" {letters.setdefault(found[1], chr(ord(FIRST_LETTER) + len(letters)))} "

    return lambda text: pattern.sub(letter, _LETTERS_OF_NAMES.sub(" ", normalise(text)))


def _words(text: str) -> list[str]:
    return [part for word in tokens(text) for part in word.split("-")]


def _signs(
    sentences: list[list[str]], claims: list[list[str]], owner: np.ndarray
) -> dict[str, np.ndarray]:
    """What tells that a comment speaks of a claim; comments × claims. `owner`: the comment of each
    sentence."""
    from sklearn.feature_extraction.text import TfidfTransformer

    words = pd.Series(sentences + claims).explode()
    # Sorted, so that sums are added up in one order, whatever the order of the texts.
    codes, vocabulary = pd.factorize(words.to_numpy(), sort=True)
    counts = _sparse(words.index.to_numpy(), codes, (len(sentences) + len(claims), len(vocabulary)))
    n = len(sentences)
    comments = _sparse(owner, np.arange(n), (owner[-1] + 1, n)) @ counts[:n]
    by_sentence, by_comment, held = 0, 0, 0
    for pieces in (_runs, _stem):
        of_words = _pieces_of_words(vocabulary, pieces)
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
    alone = (_times_share(by_comment) + _best(_times_share(by_sentence), owner)) / 2
    company = _company(of_comments, np.maximum(_margin(alone), 0))  # of stems
    return {
        "likeness": np.sqrt(likeness),
        "margin": _margin(likeness),
        "held": np.sqrt(_best(held, owner)),
        "company": np.sqrt(company),
        "company_margin": _margin(company),
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
    """How far each value is above the highest of the row's others, or below it."""
    if values.shape[1] == 1:
        return values
    first = values.argmax(axis=1)[:, None]
    second = np.partition(values, -2, axis=1)[:, -2:-1]
    rival = np.repeat(values.max(axis=1, keepdims=True), values.shape[1], axis=1)
    np.put_along_axis(rival, first, second, axis=1)
    return values - rival


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
    if _LETTERS_OF_NAMES.match(word):
        return [f"{word}{i}" for i in range(NAME_RUNS)]
    edged = f" {word} "
    return [edged[i : i + n] for n in RUN_LENGTHS for i in range(len(edged) - n + 1)]


def _stem(word: str) -> list[str]:
    return [_SUFFIX.sub("", word)[:STEM_LETTERS]]


def _sparse(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]):
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(rows)), (rows.astype(int), columns)), shape=shape)
