"""Sentiment of a text: one score from three word lists, and the words behind it."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from string import punctuation
from typing import NamedTuple

import numpy as np
import pandas as pd

from rejoinder.measure.chunks import Sentence, read, starts
from rejoinder.measure.context import as_meant
from rejoinder.measure.hits import Hit, emphasised, textblob_hits, vader_hits, words_in
from rejoinder.measure.lexicons import NAME, squashed
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

# Texts are taken so many at a time, step by step: a third faster than one by one. Of many more, what one
# step leaves for the next no longer fits into the memory at hand of a processor.
BATCH = 25

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
    texts_, kept = texts_of(texts), words or hide is not None
    if kept:
        rows = [_row(text, hide, whole, words) for text in texts_]
    else:
        batches = (texts_[at : at + BATCH] for at in range(0, len(texts_), BATCH))
        rows = [row for batch in batches for row in _rows(batch, hide, whole, words)]
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
    return _rows([text], hide, whole, words)[0]


def _rows(texts: list[str], hide: re.Pattern | None, whole: bool, words: bool) -> list[tuple]:
    bare = [without_addresses(text, filler="_") for text in texts]  # to VADER a word, not one in capitals
    bare = [text if one == text else one for text, one in zip(texts, bare, strict=True)]
    if not hide:
        found = _measured(bare, texts, whole, words)
        masked, moved, unmasked = bare, [[(-1, 0)]] * len(texts), found
    else:
        masked, seen, moved = zip(
            *[_masked(*one, hide) for one in zip(bare, texts, strict=True)], strict=True
        )
        found = _measured(masked, seen, whole, words)
        same = [*masked] == bare
        unmasked = found if same else _measured(bare, texts, whole, False)
    rows = []
    for text, (polarity, textblob, vader, placed, coverage), move, other in zip(
        texts, found, moved, unmasked, strict=True
    ):
        placed.sort(key=lambda one: min(one[1]))
        said = tuple([_word(text, hit, parts, move) for hit, parts in placed])
        rows.append((polarity, textblob, vader, coverage, said, other[0]))
    return rows


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


def _measured(texts: list[str], seen: list[str], whole: bool, words: bool) -> list[tuple]:
    """Of each text `polarity`, the score of TextBlob and of VADER, the words and where they stand, and
    `coverage`. `seen` are the texts with their addresses."""
    spans = [[(0, len(text))] if whole else sentences(text) for text in texts]
    found = [read(text, some) for text, some in zip(texts, spans, strict=True)]
    others = [found[i] if seen[i] is text else read(seen[i], spans[i]) for i, text in enumerate(texts)]
    both = [_pairs(ours, own) for (ours, _), (own, _) in zip(found, others, strict=True)]
    by_vader = iter([vader_hits(sentence) for ours, _ in found for sentence in ours])
    by_textblob = iter([textblob_hits(sentence) for ours, _ in found for sentence in ours])
    return [
        _summed(pairs, n, by_vader, by_textblob, words) for pairs, (_, n) in zip(both, found, strict=True)
    ]


def _pairs(
    ours: list[Sentence], own: list[Sentence]
) -> Iterable[tuple[Sentence | None, Sentence | None]]:
    """The sentences of a text, and of the text with its addresses."""
    if own is ours:
        return zip(ours, ours, strict=True)
    ours, own = ({one.start: one for one in some} for some in (ours, own))
    return ((ours.get(start), own.get(start)) for start in sorted({*ours, *own}))


def _summed(pairs: Iterable, n: int, by_vader: Iterator, by_textblob: Iterator, words: bool) -> tuple:
    covered, known, placed = 0, False, []
    sums, means, compounds, textblobs = [], [], [], []
    for sentence, other in pairs:
        hits = []
        if sentence:
            vader_said, emphasis, vader = next(by_vader)
            textblob_said, textblob = next(by_textblob)
            hits = as_meant(vader_said + textblob_said, sentence)
        if other is not sentence:
            vader, textblob = (vader_hits(other)[2], textblob_hits(other)[1]) if other else (None, None)
        if vader is not None:
            compounds.append(vader)
        if textblob is not None:
            textblobs.append(textblob)
        if not hits:
            continue
        known = True
        covered += words_in(sentence, hits)
        if counts := [hit.counts for hit in hits if hit.lexicon != "textblob"]:
            sums.append(emphasised(counts, emphasis))
        if scores := [hit.score for hit in hits if hit.lexicon == "textblob"]:
            means.append(_mean(scores))
        if words:
            places = [sentence.start + place for place in starts(sentence.text)]
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
