"""Key points: sentences that stand for what several texts argue, as a draft that a person corrects."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from rejoinder.measure.claim_matching import SENTENCE_END
from rejoinder.measure.keyness import is_content
from rejoinder.measure.ngrams import counted, ngrams, pieces, stem, texts_of, words_of
from rejoinder.text import QUOTATION, normalise, own_words, sentences, tokens, word_lists

# Chosen on the training set of ArgKP (48 sides of 24 motions): the ten points should cover .90 of what is
# argued there, and .60 of the members be right.
RELATED = 0.15  # the cosine from which two sentences resemble each other
NEAR = 0.3  # the likeness from which a point stands for a text at all
SAME = 0.6  # the likeness from which a text makes the same point
WORTH = 1 / 3  # power of what a sentence is worth, beside how many texts it is like
FEWEST_WORDS, MOST_WORDS, FEWEST_CONTENT = 6, 40, 3  # of a sentence that can be a point
_TEXTS = 2_000  # among which points are looked for; of more, evenly many from the whole page
_SAMPLE = 1_000  # sentences with which all are compared, likewise
_BLOCK = 2_000  # sentences compared at once, which bounds the memory

_WAYS = {
    name: [re.compile(way, re.IGNORECASE) for way in ways] for name, ways in word_lists("points").items()
}


def extract(texts: Sequence, *, most: int = 10, known: Iterable[str] = ()) -> pd.DataFrame:
    """The points that stand for most texts, each in the words of one of them.

    Two sentences are alike if they resemble the same other sentences (cosines of TF-IDF of word stems and
    letter n-grams). One after the other, that sentence is taken which is most like the texts that none of
    those before is like; one that argues counts more than one that needs its context. Greetings,
    questions, code and quotations are no points.

    Parameters
    ----------
    known : sentences of somebody else, such as the article's: a text that has one quotes it.

    Returns
    -------
    DataFrame, the point with most members first: `point` (a sentence), `text_id` (the label of its text),
    `members` (list of the labels of the texts that make it, that text first). May have no rows.

    Raises TypeError for other input than a list of texts.
    Source: Lin & Bilmes 2011, "A class of submodular functions for document summarization" (ACL).
    """
    given, labels, quoted = texts_of(texts), _labels(texts), _keys(known)
    tried = _evenly(len(given), _TEXTS)
    parts = [(i, *row) for i, at in enumerate(tried) for row in _candidates(given[at], quoted)]
    if not any(worth for _, _, worth in parts):
        return pd.DataFrame(columns=["point", "text_id", "members"])
    sample, owner = _evenly(len(parts), _SAMPLE), np.array([part[0] for part in parts])
    profiles = _profiles([words_of(said) for _, said, _ in parts], sample)
    own, worth = profiles(sample), np.array([parts[k][2] for k in sample])
    near = np.zeros((len(sample), len(tried)), dtype="float32")
    np.maximum.at(near.T, owner, profiles(np.arange(len(parts))) @ own.T)
    near[near < NEAR] = 0
    worth[near.sum(axis=1) < 1 + NEAR] = 0  # like its own text only
    chosen, covered = [], np.zeros(len(tried), dtype="float32")
    while len(chosen) < most and worth.any():
        gain = np.maximum(near - covered, 0).sum(axis=1) * worth
        chosen.append(int(gain.argmax()))
        worth[own @ own[chosen[-1]] >= SAME] = 0
        covered = np.maximum(covered, near[chosen[-1]])
    said, of = [parts[k][1] for k in sample[chosen]], tried[owner[sample[chosen]]]
    ids = [
        [labels[k], *(one for one in group if one != labels[k])]
        for k, group in zip(of, members(texts, said, known=known), strict=True)
    ]
    found = pd.DataFrame(
        {"point": said, "text_id": [one[0] for one in ids], "members": ids}, dtype=object
    )
    return found.sort_values("members", key=lambda ids: -ids.map(len), kind="stable", ignore_index=True)


def members(texts: Sequence, points: Sequence, *, known: Iterable[str] = ()) -> list[list]:
    """For each point the labels of the texts that make it: those with a sentence that is like it, and no
    less like it than like the other points. `texts` and `known` as for `extract`."""
    labels, quoted = _labels(texts), _keys(known)
    wanted = [words_of(point) for point in texts_of(points)]
    parts = [
        (i, words)
        for i, text in enumerate(texts_of(texts))
        for part in SENTENCE_END.split(own_words(text))
        if (words := words_of(part)) and " ".join(words) not in quoted
    ]
    groups: list[set[int]] = [set() for _ in wanted]
    if not parts or not any(wanted):
        return [[] for _ in wanted]
    profiles = _profiles([words for _, words in parts] + wanted, _evenly(len(parts), _SAMPLE))
    own = profiles(np.arange(len(parts), len(parts) + len(wanted)))
    for first in range(0, len(parts), _BLOCK):
        rows = np.arange(first, min(first + _BLOCK, len(parts)))
        likeness = own @ profiles(rows).T
        for at in np.flatnonzero(likeness.max(axis=0) >= SAME):
            groups[likeness[:, at].argmax()].add(parts[rows[at]][0])
    return [[labels[i] for i in sorted(group)] for group in groups]


def _labels(texts: Sequence) -> list:
    return list(texts.index) if isinstance(texts, pd.Series) else list(range(len(texts)))


def _keys(known: Iterable[str]) -> set[str]:
    """The words of each sentence that is long enough to be a quotation when somebody else has it."""
    return {" ".join(words) for one in known if len(words := words_of(one)) >= FEWEST_WORDS}


def _candidates(text: str, quoted: set[str]) -> list[tuple[str, float]]:
    """The sentences of a text that are its own, and what each is worth as a point."""
    text = own_words(text)
    return [
        (text[a:b], _worth(text, a, b))
        for a, b in sentences(text)
        if (words := words_of(text[a:b])) and " ".join(words) not in quoted
    ]


def _worth(text: str, start: int, end: int) -> float:
    """What a sentence is worth as a point, 0 for none: more with signs that somebody argues."""
    plain = " ".join(normalise(text[start:end]).split())
    own = QUOTATION.sub(" ", plain)
    is_piece = (start and not text[start - 1].isspace()) or (text[:start].strip() and plain[0].islower())
    is_piece = is_piece or (text[end:].strip() and plain[-1] not in ".!?\"')")
    words = words_of(plain)
    content = sum(is_content(word) for word in words)
    fits = len(tokens(own)) >= FEWEST_WORDS and len(words) <= MOST_WORDS and content >= FEWEST_CONTENT
    if is_piece or not fits or plain.isupper() or any(way.search(own) for way in _WAYS["no_point"]):
        return 0.0
    argues, leans = (sum(bool(way.search(own)) for way in _WAYS[of]) for of in ("arguing", "leaning"))
    return ((1 + argues) / (1 + leans)) ** WORTH


def _evenly(n: int, most: int) -> np.ndarray:
    return np.arange(0, n, max(1, -(-n // most)))


def _profiles(lists: list[list[str]], sample: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """A function that gives for rows of `lists` how much each resembles the sampled ones, of length 1, so
    that the product of two is how alike they are."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.preprocessing import normalize

    counts, vocabulary = counted(lists)
    both = [counts @ pieces(vocabulary, of) for of in (stem, ngrams)]
    weights = [TfidfTransformer(sublinear_tf=True).fit_transform(one) for one in both]
    weights = normalize(hstack(weights)).tocsr()

    def profiles(rows: np.ndarray) -> np.ndarray:
        cosines = (weights[rows] @ weights[sample].T).toarray().astype("float32")
        cosines[cosines < RELATED] = 0
        return normalize(cosines)

    return profiles
