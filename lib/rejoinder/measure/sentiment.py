"""How warm or cold a text is: one headline score of two lexicons, and the words behind it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from string import punctuation
from typing import NamedTuple

import pandas as pd

from rejoinder.measure import valence
from rejoinder.read.text import normalise, sentences, tokens

# VADER, made for short informal text, is right more often than TextBlob on both labelled sets, and
# TextBlob adds some. Anything from 0.6 to 0.8 does nearly as well.
VADER_SHARE = 0.7
# VADER adds words up, so a long text always ends near -1 or 1; a plain mean of sentences forgets
# that three warm sentences say more than one. So: up to three add up, beyond that they average.
SENTENCES_THAT_ADD = 3
# VADER's own: the sum of valences x becomes x / sqrt(x² + 15).
VADER_ALPHA = 15
# Hardly any word can by itself give less (VADER's weakest, ±0.1, gives 0.018): a text is neutral
# where its words cancel out or are known to be neutral. The mean of many human raters is as rarely
# near zero, and a wider band, such as VADER's own 0.05, finds fewer of the raters' tones.
NEUTRAL_BAND = 0.015
# What a masked letter becomes. No entry of either lexicon is made of this letter alone.
PLACEHOLDER = "x"

TONES = ("negative", "neutral", "positive", "unscored")
COLUMNS = ["polarity", "tone", "textblob", "vader", "coverage", "words", "polarity_unmasked"]

# TextBlob's own splitter tears "isn't" into four and so never sees the negation; here a contraction
# is one piece. "!" stands alone because it strengthens the word before it.
_PIECE = re.compile(
    r"""[:;=<>][-^'o]?[][(){}<>/\\DPOSBC3](?!\S)  # an emoticon
    | [^\W_]*n't\b
    | [^\W_]+(?:[-*][^\W_]+)*
    | ! | [^\w\s!]+? | _""",
    re.IGNORECASE | re.VERBOSE,
)

# "a disgrace—truly", "so good...but": VADER takes what no space parts for one, unknown, word.
_GLUE = re.compile(r"(?<=\w)(?:[—…]|-{2,}|\.{2,})(?=\w)")


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


class _Hit(NamedTuple):
    parts: list[tuple[int, int]]
    score: float
    lexicon: str
    counts: float = 0.0


class _Measured(NamedTuple):
    polarity: float
    textblob: float
    vader: float
    hits: list[_Hit]


class _Piece(str):
    """A word as TextBlob looks it up, that remembers where it was found."""

    span: tuple[int, int]


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
      without words. Masked words count among the words.
    - `words`: tuple of `Word`, in text order, as the text has them, with the score after negation
      and emphasis, before the weights above. TextBlob's entries can be phrases ("isn't a bad"). A
      word that TextBlob knows and rates 0 ("political") was scored: listed, covered, and part of
      TextBlob's average.
    - `polarity_unmasked`: `polarity` as it would be without `mask`.

    `mask`: names and topic terms ("Cold War") that must not be scored, in any case, as whole words.
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
    plain = normalise(_GLUE.sub(lambda glue: " " * len(glue[0]), text))
    spans = [(0, len(text))] if whole else sentences(text)
    masked = hide.sub(_placeholder, plain) if hide else plain
    found = _measured(masked, spans)
    unmasked = found if masked == plain else _measured(plain, spans)
    hits = sorted(found.hits, key=lambda hit: min(hit.parts))
    words = tuple(_word(text, hit) for hit in hits)
    polarity, textblob, vader, coverage = *found[:3], _coverage(plain, hits)
    return polarity, _tone(polarity), textblob, vader, coverage, words, unmasked.polarity


def _measured(text: str, spans: list[tuple[int, int]]) -> _Measured:
    hits, sums, means, compounds = [], [], [], []
    for start, end in spans:
        by_vader, own, counted = _vader_hits(text, start, end)
        by_textblob = _textblob_hits(text, start, end)
        hits += by_vader + by_textblob
        if by_vader:
            sums.append(counted)
        if own is not None:
            compounds.append(_squashed(own))
        if by_textblob:
            means.append(_mean([hit.score for hit in by_textblob]))
    textblob, vader = _mean(means), _mean(compounds)
    if not hits:
        return _Measured(math.nan, textblob, vader, hits)
    whole = _squashed(sum(sums) * min(1, SENTENCES_THAT_ADD / len(sums))) if sums else 0.0
    polarity = VADER_SHARE * whole + (1 - VADER_SHARE) * (textblob if means else 0.0)
    return _Measured(polarity, textblob, vader, hits)


def _tone(polarity: float) -> str:
    if math.isnan(polarity):
        return "unscored"
    if abs(polarity) < NEUTRAL_BAND:
        return "neutral"
    return "positive" if polarity > 0 else "negative"


def _coverage(text: str, hits: list[_Hit]) -> float:
    n = len(tokens(text))
    scored = [" "] * len(text)
    for hit in hits:
        for start, end in hit.parts:
            scored[start:end] = text[start:end]
    # One word of the text can hold two that a lexicon knows: "isn't-good".
    return min(1.0, len(tokens("".join(scored))) / n) if n else math.nan


def _vader_hits(text: str, start: int, end: int) -> tuple[list[_Hit], float | None, float]:
    """The words that VADER or our list knows between `start` and `end`, denials, and two sums.

    The sum of VADER's own valences, None where it knew no word, and the sum that counts.
    """
    valences_and_emphasis, emojis, piece = _vader()
    words, spans = [], []
    for found in piece.finditer(text, start, end):
        # VADER scores the name of an emoji; we name it ourselves so as to know where it stood.
        for word in emojis.get(found[0], found[0]).split():
            words.append(word)
            spans.append(found.span())
    valences, emphasis = valences_and_emphasis(" ".join(words))
    counted = valence.counted(words, valences)
    by_span: dict[tuple[tuple[int, int], str], tuple[float, float]] = {}
    own = []
    for word, span, plain, counts in zip(words, spans, valences, counted, strict=True):
        if plain or counts:
            ours = not plain or valence.bare(word) in valence.added()
            key = span, "rejoinder" if ours else "vader"
            before = by_span.get(key, (0, 0))
            by_span[key] = before[0] + (plain or counts), before[1] + counts
            own += [] if ours else [plain]
    hits = [
        _Hit([span], _squashed(x), lexicon, counts) for (span, lexicon), (x, counts) in by_span.items()
    ]
    return hits, _emphasised(own, emphasis) if own else None, _emphasised(counted, emphasis)


def _emphasised(valences: list[float], emphasis: float) -> float:
    total = float(sum(valences))
    return total + math.copysign(emphasis, total) if total else 0.0


def _textblob_hits(text: str, start: int, end: int) -> list[_Hit]:
    """What TextBlob knows between `start` and `end`: words, with their adverb and negation."""
    pieces = []
    for found in _PIECE.finditer(text, start, end):
        word = found[0].lower()
        pieces.append(_Piece("n't" if word.endswith("n't") else word))
        pieces[-1].span = found.span()
    hits = []
    for phrase, polarity, _, _ in _textblob()(pieces).assessments:
        # TextBlob adds a "!" of its own to a phrase that one follows.
        parts = sorted(piece.span for piece in phrase if isinstance(piece, _Piece))
        hits.append(_Hit(parts, polarity + 0.0, "textblob"))  # a negated 0 would be -0.0
    return hits


def _word(text: str, hit: _Hit) -> Word:
    start, end = hit.parts[0][0], hit.parts[-1][1]
    bare = text[start:end].strip(punctuation + "‘’‚“”„«»…–—")
    if len(bare) > 2:  # what is left of ":-)" or ":D" would say nothing
        start += text[start:end].index(bare)
        end = start + len(bare)
    return Word(text[start:end], hit.score, hit.lexicon, start, end, hit.counts)


def _mask_pattern(terms: Iterable[str]) -> re.Pattern | None:
    if isinstance(terms, str):
        raise TypeError(f"mask is one string, {terms!r}; give a list of terms")
    split = [normalise(term).split() for term in terms]
    longest_first = sorted(split, key=lambda words: -len(" ".join(words)))
    any_term = "|".join(r"\s+".join(map(re.escape, words)) for words in longest_first)
    # "Don's" holds the name Don; "don't" is a negation.
    whole = rf"(?<!\w)(?<!\w')(?:{any_term})(?!\w|'t\b)"
    return re.compile(whole, re.IGNORECASE) if any_term else None


def _placeholder(found: re.Match) -> str:
    """As many words of the same length and case: sentences and negations keep their reach."""
    return "".join(
        (PLACEHOLDER.upper() if letter.isupper() else PLACEHOLDER) if letter.isalpha() else letter
        for letter in found[0]
    )


def _squashed(total: float) -> float:
    return total / math.sqrt(total * total + VADER_ALPHA)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else math.nan


@cache
def _textblob():
    from textblob.en import sentiment  # two seconds: it brings nltk

    return sentiment


@cache
def _vader():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    class Valences(SentimentIntensityAnalyzer):
        def score_valence(self, sentiments, text):
            return sentiments, self._punctuation_emphasis(text)

    analyser = Valences()
    analyser.lexicon = {**valence.added(), **analyser.lexicon}
    emoji = "".join(re.escape(name) for name in analyser.emojis if len(name) == 1)
    # No emoji is of ASCII, and a set of a thousand is looked through one by one: plain letters go first.
    piece = re.compile(f"(?:[!-~]+|[^\\s{emoji}])+|[{emoji}]")
    return analyser.polarity_scores, analyser.emojis, piece
