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
from rejoinder.measure.lexicons import NAME, Hit, emphasised, spelled, squashed, textblob_hits, vader_hits
from rejoinder.measure.ngrams import texts_of
from rejoinder.text import STARTERS, any_of, normalise, sentences, tokens, without_addresses

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

# "a disgrace—truly", "so good...but": to VADER, what no space separates is one, unknown, word.
_GLUE = re.compile(r"[—….-](?<=\w.)(?:(?<=[—…])|(?<=-)-+|(?<=\.)\.+)(?=\w)")
# "terrible,awful", "good/great": so it is for every mark, except in "j/k", "U.S." or "sweet<3". And the
# number of an item ("1. good, 2. great") is no word that stands between a negation and what it negates.
_STUCK = re.compile(
    r"""(?<=[^\W\d_]{2})(?!<3|![a-z])'?[][(){}<>,;:.!?/|\\"&+=~·•–，；：。！？]+'?(?=\w)"""
    r"""|(?<=\w)'?[][(){}<>,;:/|\\"&+=~·•–，；：]+'?(?=[^\W\d_]{2})"""
    r"|(?<!\S)\(?[0-9]{1,2}[.)](?= [^\W\d_])"
)
# Three equal letters, or a mark or digit for a letter: what may be "goooood", "cr@p" or "sh*t".
_ODD = re.compile(r"(?<![\w@#*])[A-Za-z]*?([A-Za-z])(?:\1\1|[@$!*0134]+[A-Za-z])[\w@$!*]*\b")
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
    - `textblob`, `vader`: each alone, names and denials as the package has them, averaged over the
      sentences in which it knew a word; else NaN.
    - `coverage`: share of the words, 0 to 1, that some list scored, a masked name being one word; NaN for
      a text without words.
    - `words`: tuple of `Word`, in text order, scored after negation and emphasis. TextBlob's entries can
      be phrases ("isn't a bad"); a word that it rates 0 ("political") was scored.
    - `polarity_unmasked`: `polarity` without `mask`.

    Links, mail addresses and handles (@name) are neither scored nor words. VADER takes words with only a
    mark between them ("terrible,awful") for one unknown word, and so does `vader`; `polarity` does not.
    A missing or empty text is unscored. Typographic quotation marks count as plain ones.

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
    masked, moved = _masked(bare, hide) if hide else (bare, [(-1, 0)])
    polarity, textblob, vader, hits = _measured(masked, whole)
    unmasked = polarity if masked == bare else _measured(bare, whole)[0]
    ordered = sorted(hits, key=lambda hit: min(hit.parts)) if words else []
    found = tuple(_word(text, hit, moved) for hit in ordered)
    return polarity, textblob, vader, _coverage(masked, hits), found, unmasked


def _masked(text: str, hide: re.Pattern) -> tuple[str, list[tuple[int, int]]]:
    """The text with NAME for each masked name; where each stands, and how far what follows has moved,
    after (-1, 0) for the beginning."""
    parts, moved, at, shift, plain = [], [(-1, 0)], 0, 0, normalise(text)
    for found in hide.finditer(plain):
        start, end = found.span()
        end -= found[0].endswith(".") and _SENTENCE.match(plain, end) is not None
        parts += text[at:start], NAME
        moved.append((start - shift, shift + end - start - len(NAME)))
        at, shift = end, moved[-1][1]
    return "".join([*parts, text[at:]]), moved


@lru_cache(maxsize=20_000)  # with other names hidden, most texts are the same
def _measured(text: str, whole: bool) -> tuple[float, float, float, list[Hit]]:
    """`polarity`, TextBlob's and VADER's own score, and the words."""
    plain = normalise(_GLUE.sub(lambda glue: " " * len(glue[0]), text))
    spaced = _ODD.sub(lambda word: spelled(word[0]), plain)
    spaced = _STUCK.sub(lambda marks: " " * len(marks[0]), spaced)
    hits, sums, means, compounds, textblob = [], [], [], [], []
    for start, end in [(0, len(text))] if whole else sentences(text):
        by_vader, own, emphasis = vader_hits(spaced, start, end)
        if spaced[start:end] != plain[start:end]:
            own = vader_hits(plain, start, end)[1]  # VADER's own column stays as VADER has it
        by_textblob = textblob_hits(plain, start, end)
        if own is not None:
            compounds.append(squashed(own))
        if by_textblob:
            textblob.append(_mean([hit.score for hit in by_textblob]))
        meant = as_meant([*by_vader, *by_textblob], plain, start, end)
        hits += meant
        if counts := [hit.counts for hit in meant if hit.lexicon != "textblob"]:
            sums.append(emphasised(counts, emphasis))
        if scores := [hit.score for hit in meant if hit.lexicon == "textblob"]:
            means.append(_mean(scores))
    added = squashed(sum(sums) * min(1, SENTENCES_THAT_ADD / len(sums))) if sums else 0.0
    polarity = VADER_SHARE * added + (1 - VADER_SHARE) * (_mean(means) if means else 0.0)
    return polarity if hits else math.nan, _mean(textblob), _mean(compounds), hits


def _coverage(text: str, hits: list[Hit]) -> float:
    n = len(tokens(text))
    scored, at = [], 0
    for start, end in sorted(part for hit in hits for part in hit.parts):
        scored += " " if start > at else "", text[max(start, at) : end]
        at = max(at, end)
    # One word of the text can hold two that a lexicon knows: "isn't-good".
    return min(1.0, len(tokens("".join(scored))) / n) if n else math.nan


def _word(text: str, hit: Hit, moved: list[tuple[int, int]]) -> Word:
    masked = hit.parts[0][0], hit.parts[-1][1]
    start, end = (at + moved[bisect_left(moved, (at,)) - 1][1] for at in masked)
    bare = text[start:end].strip(_MARKS)
    if len(bare) > 2:  # what is left of ":-)" or ":D" would say nothing
        start += text[start:end].index(bare)
        end = start + len(bare)
    return Word(text[start:end], hit.score, hit.lexicon, start, end, hit.counts)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else math.nan
