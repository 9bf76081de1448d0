"""Sentiment of a text: one score from three word lists, and the words behind it."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from string import punctuation
from typing import NamedTuple

import numpy as np
import pandas as pd

from rejoinder.measure.context import as_meant
from rejoinder.measure.lexicons import (
    CAPITALS,
    NAME,
    Hit,
    emphasised,
    is_unscored,
    read,
    scored,
    squashed,
    starts,
    textblob_hits,
    vader_hits,
)
from rejoinder.measure.ngrams import texts_of
from rejoinder.text import STARTERS, any_of, normalise, sentences, without_addresses

# VADER, made for short informal text, is right more often than TextBlob on both labelled sets, and
# TextBlob adds some. Anything from 0.6 to 0.8 does nearly as well.
VADER_SHARE = 0.7
# VADER adds words up, so a long text always ends near -1 or 1; in a plain mean of sentences, three
# positive ones say no more than one. So up to three add up, and beyond that they average.
SENTENCES_THAT_ADD = 3
# Chosen on the sentences of NewsMTSC's development splits on whose mentions the raters agree, nearly half
# of them neutral: from about here to 0.22 macro-F1 is within 0.02 of the best. The narrow end costs least
# on tweets and reviews, which have hardly any neutral text.
NEUTRAL_BAND = 0.14

TONES = ("negative", "neutral", "positive", "unscored")
COLUMNS = ["polarity", "tone", "textblob", "vader", "coverage", "words", "polarity_unmasked"]

_MARKS = punctuation + "‘’‚“”„«»…–—"  # around a word and no part of it
_SENTENCE = re.compile(rf"\s+(?:{STARTERS})\s")  # begins a sentence even after "U.S."


class Word(NamedTuple):
    """A scored word, as it stands in the text from `start` to `end`.

    `score` is -1 (negative) to 1 (positive); `lexicon` is "vader", "textblob" or, for words of our own
    list and negations, "rejoinder"; `counts` is what it adds to the sum of valences (0 for TextBlob's).
    """

    word: str
    score: float
    lexicon: str
    start: int
    end: int
    counts: float = 0.0


def score(
    texts: pd.Series, *, mask: Iterable[str] = (), words: bool = True, whole: bool = False
) -> pd.DataFrame:
    """Sentiment of each text, with the words that made it.

    Parameters
    ----------
    mask : names and topic terms ("Cold War") that must not be scored: whole words, in any case. Each is
        read as one unknown name, neither in capitals nor not.
    words : False leaves out the column `words` and is faster.
    whole : take each text for a single sentence, as VADER and TextBlob do.

    Returns one row per text (same index); scores run from -1 (negative) to 1 (positive):

    - `polarity`: 0.7 V + 0.3 T. T is made like `textblob`, V = x / sqrt(x² + 15), x = S · min(1, 3/n).
      S is the sum, by VADER's rules and with our list beside its lexicon, of what the words count in the
      n sentences with a known word; `lexicons` says how words are weighed, from `NEGATIVE` to `NEGATION`.
      Unlike the columns, V and T leave out words in a name ("Supreme Court", "Mr. Best"), reverse praise
      that is denied ("none of it is good") and drop blame that is: `context.as_meant`. V also knows words
      in disguise ("goooood", "sh*t") and more emojis. A list that knew no word counts as 0. NaN where
      none knew one; a negation alone is not scored.
    - `tone`: negative, neutral (within ±`NEUTRAL_BAND`), positive; or unscored (`polarity` NaN).
    - `textblob`, `vader`: exactly what the package gives for a sentence as it stands (only `mask` is
      hidden), averaged over the sentences in which it knew a word; else NaN.
    - `coverage`: share of the words, 0 to 1, that some list scored, a masked name being one word; NaN for
      a text without words.
    - `words`: tuple of `Word`, in text order, scored after negation and emphasis. TextBlob's entries can
      be phrases ("isn't a bad"); a word that it rates 0 ("political") was scored.
    - `polarity_unmasked`: `polarity` without `mask`.

    To `polarity`, links, mail addresses and handles (@name) are no words, curly quotation marks count as
    plain ones, "isn't" is a negation (to TextBlob it is not), and "terrible,awful" is two words (to VADER
    one, unknown). A missing or empty text is unscored.

    Raises TypeError for other input than a Series, for a value that is not text, naming its label, and if
    `mask` is one string.
    Source: Hutto & Gilbert 2014 (VADER), De Smedt & Daelemans 2012 (TextBlob's lexicon), Taboada et al.
    2011 (the weights of the words), WordNet 3.0 (our list).
    """
    if not isinstance(texts, pd.Series):
        raise TypeError(f"texts must be a pandas Series, not {type(texts).__name__}")
    hide = mask_pattern(mask)
    rows = [_row(text, hide, whole, words) for text in texts_of(texts)]
    table = pd.DataFrame(rows, index=texts.index, columns=["polarity", *COLUMNS[2:]])
    known = table["polarity"].astype(float)
    tones = [known.isna(), known.abs() < NEUTRAL_BAND, known > 0]
    table.insert(1, "tone", np.select(tones, ["unscored", "neutral", "positive"], "negative"))
    table = table.astype(dict.fromkeys(COLUMNS, float) | {"tone": "str", "words": object})
    return table if words else table.drop(columns="words")


def mask_pattern(terms: Iterable[str]) -> re.Pattern | None:
    """What `mask` matches in normalised text; None for no terms. Raises TypeError for one string."""
    if isinstance(terms, str):
        raise TypeError(f"mask must be a list of terms, not one string: {terms!r}")
    any_term = any_of(terms)
    # "Don's" contains the name Don; "don't" is a negation.
    return re.compile(rf"(?<!\w)(?<!\w')(?:{any_term})(?!\w|'t\b)", re.IGNORECASE) if any_term else None


@lru_cache(maxsize=20_000)  # the same comments are scored again for each reading and each choice
def _row(text: str, hide: re.Pattern | None, whole: bool, words: bool) -> tuple:
    bare = without_addresses(text, filler="_")  # to VADER a word, and not one in capitals
    masked, seen, moved = _masked(bare, text, hide) if hide else (bare, text, [(-1, 0)])
    polarity, textblob, vader, placed, coverage = _measured(masked, seen, whole, words)
    unmasked = polarity if masked == bare else _measured(bare, text, whole, False)[0]
    ordered = sorted(placed, key=lambda one: min(one[1]))
    found = tuple(_word(text, hit, parts, moved) for hit, parts in ordered)
    return polarity, textblob, vader, coverage, found, unmasked


def _masked(bare: str, text: str, hide: re.Pattern) -> tuple[str, str, list[tuple[int, int]]]:
    """Both texts with NAME for each name masked in the first; where each stands, and how far what follows
    has moved, after (-1, 0) for the beginning."""
    parts, seen, moved, at, shift, plain = [], [], [(-1, 0)], 0, 0, normalise(bare)
    for found in hide.finditer(plain):
        start, end = found.span()
        end -= found[0].endswith(".") and _SENTENCE.match(plain, end) is not None
        parts += bare[at:start], NAME
        seen += text[at:start], NAME
        moved.append((start - shift, shift + end - start - len(NAME)))
        at, shift = end, moved[-1][1]
    return "".join([*parts, bare[at:]]), "".join([*seen, text[at:]]), moved


def _measured(text: str, seen: str, whole: bool, words: bool) -> tuple:
    """`polarity`, the score of TextBlob and of VADER, the words and where they stand, and `coverage`.
    `seen` is the text with its addresses."""
    n, covered, known, placed = 0, 0, False, []
    sums, means, compounds, textblobs = [], [], [], []
    for start, end in [(0, len(text))] if whole else sentences(text):
        sentence = read(text[start:end])
        n += sum([chunk.tokens for chunk in sentence.chunks])
        if seen is text and is_unscored(sentence, text[start:end]):
            continue
        by_vader, emphasis, vader = vader_hits(sentence)
        by_textblob, textblob = textblob_hits(sentence, text[start:end])
        if seen is not text and seen[start:end] != text[start:end]:
            vader = vader_hits(read(seen[start:end]))[2]
            textblob = textblob_hits(read(seen[start:end]), seen[start:end])[1]
        compounds += [] if vader is None else [vader]
        textblobs += [] if textblob is None else [textblob]
        denials = any([chunk.denies for _, chunk in sentence.some])
        names = CAPITALS.search(text, start, end) is not None
        hits = as_meant(by_vader + by_textblob, text[start:end], names=names, denials=denials)
        if not hits:
            continue
        known = True
        covered += scored(sentence, hits)
        if counts := [hit.counts for hit in hits if hit.lexicon != "textblob"]:
            sums.append(emphasised(counts, emphasis))
        if scores := [hit.score for hit in hits if hit.lexicon == "textblob"]:
            means.append(_mean(scores))
        if words:
            places = [start + place for place in starts(text[start:end])]
            placed += [(hit, [(places[i] + a, places[i] + b) for i, a, b in hit.parts]) for hit in hits]
    added = squashed(sum(sums) * min(1, SENTENCES_THAT_ADD / len(sums))) if sums else 0.0
    polarity = VADER_SHARE * added + (1 - VADER_SHARE) * (_mean(means) if means else 0.0)
    # One word of the text can hold two that a lexicon knows: "isn't-good".
    coverage = min(1.0, covered / n) if n else math.nan
    return polarity if known else math.nan, _mean(textblobs), _mean(compounds), placed, coverage


def _word(text: str, hit: Hit, parts: list[tuple[int, int]], moved: list[tuple[int, int]]) -> Word:
    masked = parts[0][0], parts[-1][1]
    start, end = (at + moved[bisect_left(moved, (at,)) - 1][1] for at in masked)
    bare = text[start:end].strip(_MARKS)
    if len(bare) > 2:  # what is left of ":-)" or ":D" would say nothing
        start += text[start:end].index(bare)
        end = start + len(bare)
    return Word(text[start:end], hit.score, hit.lexicon, start, end, hit.counts)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else math.nan
