"""How warm or cold a text is: one headline score of three word lists, and the words behind it."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from string import punctuation
from typing import NamedTuple

import pandas as pd

from rejoinder.measure.lexicons import NAME, Hit, squashed, textblob_hits, vader_hits
from rejoinder.sentence_split import STARTERS
from rejoinder.text import normalise, sentences, tokens

# VADER, made for short informal text, is right more often than TextBlob on both labelled sets, and
# TextBlob adds some. Anything from 0.6 to 0.8 does nearly as well.
VADER_SHARE = 0.7
# VADER adds words up, so a long text always ends near -1 or 1; a plain mean of sentences forgets
# that three warm sentences say more than one. So: up to three add up, beyond that they average.
SENTENCES_THAT_ADD = 3
# Hardly any word can by itself give less (VADER's weakest, ±0.1, gives 0.018): a text is neutral
# where its words cancel out or are known to be neutral. The mean of many human raters is as rarely
# near zero, and a wider band, such as VADER's own 0.05, finds fewer of the raters' tones.
NEUTRAL_BAND = 0.015

TONES = ("negative", "neutral", "positive", "unscored")
COLUMNS = ["polarity", "tone", "textblob", "vader", "coverage", "words", "polarity_unmasked"]

# "a disgrace—truly", "so good...but": VADER takes what no space parts for one, unknown, word.
_GLUE = re.compile(r"[—….-](?<=\w.)(?:(?<=[—…])|(?<=-)-+|(?<=\.)\.+)(?=\w)")
# What is around a word and no part of it.
_MARKS = punctuation + "‘’‚“”„«»…–—"

# What begins a sentence even after "U.S.".
_SENTENCE = re.compile(rf"\s+(?:{'|'.join(STARTERS.split())})\s")


class Word(NamedTuple):
    """A word that was scored, as it stands in the text from `start` to `end`.

    `score` is -1 (cold) to 1 (warm); `lexicon` is "vader", "textblob" or, for words of our own list
    and denials, "rejoinder". `counts` is what it adds to the sum of valences that makes the headline
    (0 for TextBlob's).
    """

    word: str
    score: float
    lexicon: str
    start: int
    end: int
    counts: float = 0.0


class _Measured(NamedTuple):
    polarity: float
    textblob: float
    vader: float
    hits: list[Hit]


def score(texts: pd.Series, *, mask: Iterable[str] = (), whole: bool = False) -> pd.DataFrame:
    """Tone of each text, with the words that made it. The index is that of `texts`.

    The columns; scores run from -1 (cold) to 1 (warm):

    - `polarity`: the headline, `0.7 V + 0.3 T`. T is the column `textblob`. V is VADER's rules over
      the whole text, with our list (`read.words`) beside its lexicon: with S the sum of the
      valences in the n sentences where they knew a word, `x = S · min(1, 3/n)` and
      `V = x / sqrt(x² + 15)`; it is stronger for up to three sentences that agree and does not grow
      with length after that. In S a cold valence counts 1.2 times; a word of our list 0.7 times; a
      warm noun or verb that TextBlob does not rate warm 0.7 times; a warm word after "would" or "if"
      half; a cold one that is avoided or fought nothing; a denial ("not") is -0.4
      (`measure.valence` says why). A list that knew no word counts as 0. NaN where none knew one: a
      denial alone is not scored.
    - `tone`: negative, neutral (within ±`NEUTRAL_BAND`), positive; or unscored (`polarity` NaN).
    - `textblob`, `vader`: each lexicon alone, by sentence, averaged over the sentences in which it
      knew a word; NaN where it knew none.
    - `coverage`: share of the words, 0 to 1, that at least one list scored; NaN for a text
      without words. A masked name counts among them, as one word.
    - `words`: tuple of `Word`, in text order, as the text has them, with the score after negation
      and emphasis, before the weights above. TextBlob's entries can be phrases ("isn't a bad"). A
      word that TextBlob knows and rates 0 ("political") was scored: listed, covered, and part of
      TextBlob's average.
    - `polarity_unmasked`: `polarity` as it would be without `mask`.

    `mask`: names and topic terms ("Cold War") that must not be scored, in any case, as whole words. Each
    is read as one unknown name, neither in capitals nor not, so that no score tells one from another.
    `whole`: each text is taken for a single sentence, as VADER and TextBlob take what they are given.
    NA and empty texts are unscored. Both kinds of quotation mark and apostrophe count the same.

    Raises TypeError for what is no Series, for a value that is not text, naming its label, and for a
    `mask` that is one string. Sources: Hutto & Gilbert 2014, "VADER: A parsimonious rule-based model
    for sentiment analysis of social media text" (ICWSM); Taboada et al. 2011, "Lexicon-based methods
    for sentiment analysis" (Computational Linguistics 37), for the weights; De Smedt & Daelemans
    2012, "Pattern for Python" (JMLR 13), whose lexicon TextBlob carries; WordNet 3.0, for our list.
    """
    if not isinstance(texts, pd.Series):
        raise TypeError(f"texts must be a pandas Series, not {type(texts).__name__}: pd.Series([…])")
    hide = _mask_pattern(mask)
    rows = [_row(_checked(value, label), hide, whole) for label, value in texts.items()]
    table = pd.DataFrame(rows, index=texts.index, columns=COLUMNS)
    # Also where there is no row to tell.
    return table.astype(dict.fromkeys(COLUMNS, float) | {"tone": "str", "words": object})


def _checked(value: object, label: object) -> str:
    if isinstance(value, str):
        return value
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    raise TypeError(f"the text at label {label!r} is of type {type(value).__name__}, not str")


@lru_cache(maxsize=20_000)  # the same comments are scored again with each one left out
def _row(text: str, hide: re.Pattern | None, whole: bool) -> tuple:
    masked, moved = _masked(text, hide) if hide else (text, [])
    plain = _plain(masked)
    found = _measured(plain, _spans(masked, whole))
    unmasked = _measured(_plain(text), _spans(text, whole)) if moved else found
    hits = sorted(found.hits, key=lambda hit: min(hit.parts))
    words = tuple(_word(text, hit, moved) for hit in hits)
    polarity, textblob, vader, coverage = *found[:3], _coverage(plain, hits)
    return polarity, _tone(polarity), textblob, vader, coverage, words, unmasked.polarity


def _masked(text: str, hide: re.Pattern) -> tuple[str, list[tuple[int, int]]]:
    """The text with NAME for each masked name; where each stands, and how far what follows has moved."""
    parts, moved, at, shift, plain = [], [], 0, 0, normalise(text)
    for found in hide.finditer(plain):
        start, end = found.span()
        end -= found[0].endswith(".") and _SENTENCE.match(plain, end) is not None
        parts += text[at:start], NAME
        moved.append((start - shift, shift + end - start - len(NAME)))
        at, shift = end, moved[-1][1]
    return "".join([*parts, text[at:]]), moved


def _plain(text: str) -> str:
    return normalise(_GLUE.sub(lambda glue: " " * len(glue[0]), text))


def _spans(text: str, whole: bool) -> list[tuple[int, int]]:
    return [(0, len(text))] if whole else sentences(text)


def _measured(text: str, spans: list[tuple[int, int]]) -> _Measured:
    hits, sums, means, compounds = [], [], [], []
    for start, end in spans:
        by_vader, own, counted = vader_hits(text, start, end)
        by_textblob = textblob_hits(text, start, end)
        hits += by_vader + by_textblob
        if by_vader:
            sums.append(counted)
        if own is not None:
            compounds.append(squashed(own))
        if by_textblob:
            means.append(_mean([hit.score for hit in by_textblob]))
    textblob, vader = _mean(means), _mean(compounds)
    if not hits:
        return _Measured(math.nan, textblob, vader, hits)
    whole = squashed(sum(sums) * min(1, SENTENCES_THAT_ADD / len(sums))) if sums else 0.0
    polarity = VADER_SHARE * whole + (1 - VADER_SHARE) * (textblob if means else 0.0)
    return _Measured(polarity, textblob, vader, hits)


def _tone(polarity: float) -> str:
    if math.isnan(polarity):
        return "unscored"
    if abs(polarity) < NEUTRAL_BAND:
        return "neutral"
    return "positive" if polarity > 0 else "negative"


def _coverage(text: str, hits: list[Hit]) -> float:
    n = len(tokens(text))
    scored, at = [], 0
    for start, end in sorted(part for hit in hits for part in hit.parts):
        scored += " " if start > at else "", text[max(start, at) : end]
        at = max(at, end)
    # One word of the text can hold two that a lexicon knows: "isn't-good".
    return min(1.0, len(tokens("".join(scored))) / n) if n else math.nan


def _word(text: str, hit: Hit, moved: list[tuple[int, int]]) -> Word:
    start, end = hit.parts[0][0], hit.parts[-1][1]
    if moved:
        start, end = _unmoved(start, moved), _unmoved(end, moved)
    bare = text[start:end].strip(_MARKS)
    if len(bare) > 2:  # what is left of ":-)" or ":D" would say nothing
        start += text[start:end].index(bare)
        end = start + len(bare)
    return Word(text[start:end], hit.score, hit.lexicon, start, end, hit.counts)


def _unmoved(at: int, moved: list[tuple[int, int]]) -> int:
    before = bisect_left(moved, (at,))
    return at + moved[before - 1][1] if before else at


def _mask_pattern(terms: Iterable[str]) -> re.Pattern | None:
    if isinstance(terms, str):
        raise TypeError(f"mask is one string, {terms!r}; give a list of terms")
    split = [normalise(term).split() for term in terms]
    longest_first = sorted(filter(None, split), key=lambda words: -len(" ".join(words)))
    any_term = "|".join(r"\s+".join(map(re.escape, words)) for words in longest_first)
    # "Don's" holds the name Don; "don't" is a negation.
    whole = rf"(?<!\w)(?<!\w')(?:{any_term})(?!\w|'t\b)"
    return re.compile(whole, re.IGNORECASE) if any_term else None


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else math.nan
