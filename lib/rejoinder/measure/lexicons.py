"""The words of a sentence that VADER, TextBlob or our own list knows, and how much each counts."""

import math
import re
from functools import cache, lru_cache
from itertools import islice, pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pandas as pd

from rejoinder.text import word_lists

# What each masked name becomes: one word, so that the shape of a name moves no score. No lexicon has an
# entry of this letter alone.
NAME = "Xxx"
VADER_ALPHA = 15  # VADER's own: the sum of valences x becomes x / sqrt(x² + 15)

# How much a word counts in opinion prose. Each of these was kept because without it r falls on two of
# three kinds of text, tweets, reviews and news (by up to .014), and rises on none by more than .001.
# Rounded. A negative word that is prevented or fought ("avoid a disaster") counts nothing.
NEGATIVE = 1.2  # people praise by habit and blame with cause (Taboada et al. 2011 take 1.5)
TOPIC = 0.7  # a positive noun or verb that TextBlob does not rate positive ("support") names a topic
ADDED = 0.7  # a word of our own list, of which we are less sure
HYPOTHETICAL = 0.5  # a positive word after "would" or "should"; a negative one is as negative either way
EMOJI = 2.0  # or -2: an emoji in whose name ("thumbs down") VADER knows no word
NEGATION = -0.4  # besides reversing the word it negates
NEGATIONS_THAT_COUNT = 2  # in a sentence
_MODAL_REACH, _PREVENTION_REACH = 4, 3  # how many words before are searched
# So that none of our valences equals one of VADER's: its rule for "but" finds words by their valence.
_OFF = 1e-6

_HERE, _LISTS = Path(__file__).parent, word_lists("lexicons")
_PREVENTION_PAIRS = {tuple(pair.split()) for pair in _LISTS["prevention_pairs"]}
# TextBlob's own splitter tears "isn't" into four and so misses the negation; here a contraction is one
# piece. "!" stands alone because it strengthens the word before it.
_TEXTBLOB_PIECE = re.compile("|".join(_LISTS["textblob_piece"]))
_VADER_PIECE = re.compile(r"\S+")
_EMOJIS = dict.fromkeys(_LISTS["warm_emojis"], EMOJI) | dict.fromkeys(_LISTS["cold_emojis"], -EMOJI)
_LENGTHENED, _LETTERS = re.compile(r"([a-z])\1\1+"), str.maketrans("@$!0134", "asioiea")


class Hit(NamedTuple):
    """What a lexicon says, -1 to 1, of the words at `parts`; what they add to the sum of valences."""

    parts: list[tuple[int, int]]
    score: float
    lexicon: str
    counts: float = 0.0
    negated: bool = False  # whether the score allows for a negation


class _Piece(str):
    """A word as TextBlob looks it up, with the place where it was found."""

    span: tuple[int, int]


@cache
def added() -> dict[str, float]:
    """Our own list: 8,822 words in lower case, and emojis, with a valence on VADER's scale, -4 to 4.

    A regression learned VADER's valences (and TextBlob's, rescaled) from the words that WordNet 3.0
    relates to a word. On VADER's words of other families r = .80, and beyond ±0.8 the sign is right for
    98.7 %; so it is for 99 % of the 1,446 words that Hu and Liu's list also has. Listed are words of ±0.8
    or more, rare in WordNet's tagged texts, on which a second model agrees; no proper names; positive
    nouns and verbs only where TextBlob also rates them positive.
    """
    table = pd.read_csv(_HERE / "valences.csv", index_col="word", keep_default_na=False)
    return {word: valence + _OFF for word, valence in (table["valence"].to_dict() | _EMOJIS).items()}


@cache
def topical() -> frozenset[str]:
    """1,732 nouns and verbs (by WordNet's counts) that VADER rates positive and TextBlob does not."""
    return frozenset(pd.read_csv(_HERE / "topical.csv", keep_default_na=False)["word"])


def counted(words: list[str], valences: list[float]) -> list[float]:
    """What each word adds to the sum behind `polarity`: its valence, weighed, or `NEGATION`, or 0.

    `words` in lower case without marks around them; `valences` by VADER's rules, 0 for an unknown word.
    """
    result = [valence and valence * _weight(words, i, valence) for i, valence in enumerate(valences)]
    negating = (i for i, word in enumerate(words) if word in _LISTS["negations"] or word.endswith("n't"))
    for i in islice((i for i in negating if not valences[i]), NEGATIONS_THAT_COUNT):
        result[i] = NEGATION
    return result


def _weight(words: list[str], at: int, valence: float) -> float:
    weight = ADDED if words[at] in added() else TOPIC if words[at] in topical() else 1.0
    before = words[max(0, at - _MODAL_REACH) : at]
    if valence > 0:
        return weight * (1 if _LISTS["modals"].isdisjoint(before) else HYPOTHETICAL)
    near = before[-_PREVENTION_REACH:]
    if not (_LISTS["prevention"].isdisjoint(near) and _PREVENTION_PAIRS.isdisjoint(pairwise(near))):
        return 0.0
    return weight * NEGATIVE


def squashed(total: float) -> float:
    """A sum of VADER's valences between -1 and 1, as VADER does it."""
    return total / math.sqrt(total * total + VADER_ALPHA)


@lru_cache(maxsize=10_000)
def spelled(word: str) -> str:
    """The word behind "goooood", "cr@p" or "sh*t", made as long with "_"; any other word as it is."""
    lexicon, plain = vader()[3], word.lower().translate(_LETTERS)
    fits = [_LENGTHENED.sub(run, plain) for run in (r"\g<0>", r"\1\1", r"\1")]
    if "*" in word:
        fits = filter(re.compile(re.escape(plain).replace(r"\*", "[a-z]")).fullmatch, lexicon)
    fits = [fit for fit in fits if fit in lexicon and len(fit) > 2]
    fit = max(fits, key=lambda fit: abs(lexicon[fit]), default=word).ljust(len(word), "_")
    return fit.upper() if word.isupper() else fit


def vader_hits(text: str, start: int, end: int) -> tuple[list[Hit], float | None, float]:
    """The words between `start` and `end` that VADER or our list knows, and negations; the sum of VADER's
    own valences (None where it knew no word); and the emphasis of the marks."""
    valences_of, emojis, piece_or_emoji, lexicon = vader()
    sentence = text[start:end]
    pattern = _VADER_PIECE if sentence.isascii() else piece_or_emoji
    named = [(piece[0], piece.span()) for piece in pattern.finditer(text, start, end)]
    if pattern is piece_or_emoji:
        # VADER scores the name of an emoji; we name it ourselves so as to know where it stood.
        named = [(word, span) for sign, span in named for word in emojis.get(sign, sign).split()]
    words, valences, emphasis = valences_of([word for word, _ in named], sentence)
    if not any(valences):
        return [], None, 0.0
    amounts, own = counted(words, valences), []
    found: dict[tuple, tuple[float, float]] = {}  # an emoji's name can be of several words
    for word, (_, span), valence, counts in zip(words, named, valences, amounts, strict=True):
        if valence or counts:
            ours = not valence or word in added()
            key = span, "rejoinder" if ours else "vader", valence * lexicon.get(word, 0) < 0
            before = found.get(key, (0, 0))
            found[key] = before[0] + (valence or counts), before[1] + counts
            own += [] if ours else [valence]
    hits = [Hit([span], squashed(v), name, n, turned) for (span, name, turned), (v, n) in found.items()]
    return hits, emphasised(own, emphasis) if own else None, emphasis


def emphasised(valences: list[float], emphasis: float) -> float:
    """The sum of valences, with the emphasis of the marks."""
    total = float(sum(valences))
    return total + math.copysign(emphasis, total) if total else 0.0


def textblob_hits(text: str, start: int, end: int) -> list[Hit]:
    """What TextBlob knows between `start` and `end`: words, with their adverb and negation. Those that it
    passes over are not given to it, which makes scoring twice as fast."""
    lexicon, known = textblob()
    pieces, reach = [], False
    for found in _TEXTBLOB_PIECE.finditer(text, start, end):
        word = found[0].lower()
        word = "n't" if word.endswith("n't") else word
        if word not in known and not reach:
            continue
        # Past a longer unknown word no adverb and no negation reaches; more of them change nothing.
        reach = word in known or len(word) <= 2
        pieces.append(_Piece(word))
        pieces[-1].span = found.span()
    hits = []
    for phrase, polarity, _, _ in lexicon.assessments((piece, None) for piece in pieces):
        # TextBlob adds a "!" of its own to a phrase that one follows.
        parts = sorted(piece.span for piece in phrase if isinstance(piece, _Piece))
        negated = len(phrase) > 1 and any(piece in lexicon.negations for piece in phrase)
        hits.append(Hit(parts, polarity + 0.0, "textblob", negated=negated))  # a negated 0 would be -0.0
    return hits


@cache
def textblob():
    """TextBlob's lexicon, and all words that it does not pass over as unknown."""
    from textblob._text import EMOTICONS
    from textblob.en import Sentiment, sentiment  # two seconds: it brings nltk

    class Loaded(Sentiment):
        # Without asking at each word whether there is anything to look it up in.
        __contains__, __getitem__ = dict.__contains__, dict.__getitem__

    sentiment.load()
    lexicon = Loaded()
    vars(lexicon).update(vars(sentiment))
    dict.update(lexicon, dict.items(sentiment))
    emoticons = {sign.lower() for signs in EMOTICONS.values() for sign in signs}
    return lexicon, emoticons.union(dict.keys(sentiment), sentiment.negations, {"!"})


@cache
def vader():
    """A function that gives words their valences; names of emojis; a pattern of either; all words."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer, SentiText, allcap_differential

    bare = lru_cache(maxsize=50_000)(SentiText._strip_punc_if_word)

    class Valences(SentimentIntensityAnalyzer):
        def of(self, words: list[str], sentence: str) -> tuple[list[str], list[float], float]:
            """The words as they are looked up, their valences, and the emphasis of the marks."""
            shown = [bare(word) for word in words]
            lower = [word.lower() for word in shown]
            valences = [0.0] * len(words)
            known = [i for i, word in enumerate(lower) if word in self.lexicon]
            if not known:
                return lower, valences, 0.0
            named = [word for word in shown if NAME not in word] if NAME in sentence else shown
            part = SimpleNamespace(is_cap_diff=allcap_differential(named))
            for i in known:
                if lower[i : i + 2] != ["kind", "of"]:
                    # VADER looks three words back and two on, but goes through the whole sentence for it.
                    first = max(0, i - 3)
                    part.words_and_emoticons = shown[first : i + 3]
                    valences[i] = self.sentiment_valence(0, part, shown[i], i - first, [])[0]
            if "but" in lower:
                valences = self._but_check(shown, valences)
            return lower, valences, self._punctuation_emphasis(sentence)

    analyser = Valences()
    analyser.lexicon = {**added(), **analyser.lexicon}
    emoji = "".join(re.escape(name) for name in analyser.emojis if len(name) == 1)
    # As many words as before, for VADER's own score: "thumbs 👎".
    ours = {sign: f"{analyser.emojis[sign].rpartition(' ')[0]} {sign}" for sign in _EMOJIS}
    return analyser.of, analyser.emojis | ours, re.compile(f"[^\\s{emoji}]+|[{emoji}]"), analyser.lexicon
