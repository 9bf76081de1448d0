"""Thesis: which sentence of an article states what its author argues."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from rejoinder.measure.ngrams import counted, opaque, texts_of
from rejoinder.text import normalise, tokens, word_lists

# No labelled theses were at hand, so every weight is set by hand, in coarse steps, from what is known of
# each genre: how often a rule of place alone finds the thesis, and that a strong cue elsewhere should
# beat it.
#
# At most SHORT sentences in one or two paragraphs are a short text, more than ESSAY paragraphs an op-ed.
# In a longer text with unknown paragraphs, or only one, every ASSUMED sentences count as a paragraph.
SHORT, ESSAY, ASSUMED = 10, 6, 4
EDGE = {"short": 1, "essay": 1, "op-ed": 3}  # paragraphs of the opening and of the closing
PLACES, CUES = word_lists("thesis_places"), word_lists("thesis_cues")  # what each adds
# Between opening and closing, where the reasons stand, cues add INSIDE times that. In a short text the
# first demand decides; later ones draw conclusions and add LATER times that.
INSIDE = LATER = 0.5
LOSES = 1.0  # what a question, another's view, a concession, an announcement or a byline loses
TITLE = 0.8  # what a sentence made of the title's words gains
CENTRAL = 0.2  # what the sentence most like all others gains: weak evidence
_TIE = 1e-6  # of equals the earlier one wins
_STEM = 6  # letters that a word keeps, after its plural s: "student" is like "studies"

# A space stands for any white space.
_WAYS = {name: "|".join(ways).replace(" ", r"\s") for name, ways in word_lists("thesis").items()}
_PATTERNS = {name: re.compile(ways, re.IGNORECASE) for name, ways in _WAYS.items()}
_UP_TO_LAST_SIGN = re.compile(r".*[\w!-~]", re.DOTALL)  # an emoji after it is no ending


def rank(
    sentences: Sequence[str], *, paragraphs: Sequence, title: str | None = None, names: Iterable[str] = ()
) -> np.ndarray:
    """How likely each sentence of an article is to state its thesis.

    Parameters
    ----------
    sentences : in order.
    paragraphs : the number of the paragraph of each, ascending. NA for headings and the like; if all are
        NA, only the place in the text counts.
    title : the headline, or the question put to the author.
    names : of actors, as in `claim_matching.similarity`; then nothing depends on how anybody is called.

    Returns one score per sentence, higher = likelier, mostly between -1 and 3, all different, not to be
    compared between texts; -inf for a missing or blank sentence. It adds up place by genre, cue words
    outside quotation marks ("I believe", "should", "on the contrary", "in short"), and likeness to the
    title and to the other sentences; questions, others' views, concessions, announcements and bylines
    lose.

    Raises ValueError for different lengths and for paragraphs that are no numbers, TypeError for a
    sentence or title that is not text.
    Source: Burstein, Marcu & Knight 2003, Stab & Gurevych 2017 (place and cue words of theses).
    """
    texts = [normalise(text).strip() for text in texts_of(sentences)]
    texts = [found[0] if (found := _UP_TO_LAST_SIGN.match(text)) else text for text in texts]
    headline = normalise(texts_of([title])[0])
    numbers = _numbers(paragraphs, len(texts))
    blank = np.array([not text for text in texts], dtype=bool)
    body = ~blank & ~_outside(texts, numbers)
    if not body.any():  # a list of bare lines is a text after all
        body = ~blank
    genre, where = _genre(numbers[body])
    hide = opaque(names)
    score = _likeness([hide(text) for text in texts], hide(headline)) - LOSES * (~body)
    own = [text for text, inside in zip(texts, body, strict=True) if inside]
    score[body] += _place(where, genre) + _cues(own, where, genre)
    score -= _TIE * np.arange(len(texts)) / len(texts)
    return np.where(blank, -np.inf, score)


def _numbers(paragraphs: Sequence, n: int) -> np.ndarray:
    numbers = pd.to_numeric(pd.Series(list(paragraphs), dtype=object)).to_numpy(float, na_value=np.nan)
    if len(numbers) != n:
        raise ValueError(f"{n} sentences, but paragraph numbers for {len(numbers)}")
    return numbers


def _outside(texts: list[str], numbers: np.ndarray) -> np.ndarray:
    """Which sentences are no part of the argument: bylines, headings, those without a paragraph."""
    byline = _has("byline", texts)
    if np.isnan(numbers).all():
        return byline
    alone = ~pd.Series(numbers).duplicated(keep=False).to_numpy()
    unfinished = np.array([text[-1:] not in {*".!?:;\"')"} for text in texts], dtype=bool)
    return byline | np.isnan(numbers) | (alone & unfinished)


def _genre(numbers: np.ndarray) -> tuple[str, np.ndarray]:
    """The genre, and the paragraph of each sentence counted from 0."""
    n = len(numbers)
    where = np.unique(numbers, return_inverse=True, equal_nan=True)[1]
    if n > SHORT and where[-1] == 0:
        where = np.arange(n) // ASSUMED
    paragraphs = where.max(initial=-1) + 1
    if n <= SHORT and paragraphs <= 2:
        return "short", where
    return ("op-ed" if paragraphs > ESSAY else "essay"), where


def _place(where: np.ndarray, genre: str) -> np.ndarray:
    at = np.arange(len(where))
    stands = {
        "first": at == 0,
        "hinge": at == np.count_nonzero(where == where[:1]) - 1,
        "opening": where < EDGE[genre],
        "last": at == len(where) - 1,
        "closing": where > where[-1:] - EDGE[genre],
    }
    return np.max([weight * stands[place] for place, weight in PLACES[genre].items()], axis=0)


def _cues(texts: list[str], where: np.ndarray, genre: str) -> np.ndarray:
    own = [_PATTERNS["quoted"].sub(" ", text).strip() for text in texts]
    found = {cue: _has(cue, own) for cue in CUES[genre]}
    lengths, kept = (np.array([len(tokens(text)) for text in some], dtype=int) for some in (texts, own))
    others = _has("others_view", own) | _has("not_yet", own) | (2 * kept < lengths)
    loses = _has("question", texts) | (others & ~found["opinion"])
    demand = found["demand"] & ~loses & ~_has("whether", own)
    found["demand"] = demand * np.where((genre == "short") & (demand.cumsum() > 1), LATER, 1)
    gain = sum(weight * found[cue] for cue, weight in CUES[genre].items())
    inside = (where >= EDGE[genre]) & (where <= where[-1:] - EDGE[genre])
    return gain * np.where(inside, INSIDE, 1) - LOSES * loses


def _has(what: str, texts: list[str]) -> np.ndarray:
    return np.array([bool(_PATTERNS[what].search(text)) for text in texts], dtype=bool)


def _likeness(texts: list[str], title: str) -> np.ndarray:
    """What likeness to the title and to the other sentences adds (cosines of TF-IDF)."""
    from sklearn.preprocessing import normalize

    n = len(texts)
    counts, _ = counted([[word.rstrip("s")[:_STEM] for word in tokens(text)] for text in [*texts, title]])
    in_texts = (counts[:n] > 0).sum(axis=0)
    weights = normalize(counts.multiply(np.log((n + 1) / np.maximum(in_texts, 1))[None, :]).tocsr())
    like_title = weights[:n] @ weights[[n]].toarray()[0]
    like_others = weights[:n] @ weights[:n].sum(axis=0) - weights[:n].power(2).sum(axis=1)
    like_others[like_others < 1e-9] = 0  # rounding
    return TITLE * like_title + CENTRAL * like_others / max(like_others.max(initial=0), 1e-9)
