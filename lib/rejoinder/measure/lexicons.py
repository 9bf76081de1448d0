"""The lexicons of VADER, of TextBlob and our own, and how much a word of them counts."""

import math
import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

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
MODAL_REACH, _PREVENTION_REACH = 4, 3  # how many words before are searched
# So that none of our valences equals one of VADER's: its rule for "but" finds words by their valence.
_OFF = 1e-6

_HERE, _LISTS = Path(__file__).parent, word_lists("lexicons")
_ANY_OF_PAIR = {pair.split()[0] for pair in _LISTS["prevention_pairs"]}
WEIGHING = _ANY_OF_PAIR.union(_LISTS["modals"], _LISTS["prevention"], _LISTS["negations"])
_PREVENTION_PAIRS = {tuple(pair.split()) for pair in _LISTS["prevention_pairs"]}
_EMOJIS = dict.fromkeys(_LISTS["warm_emojis"], EMOJI) | dict.fromkeys(_LISTS["cold_emojis"], -EMOJI)
# "a disgrace—truly", "so good...but": to VADER, what no space separates is one, unknown, word.
GLUE = re.compile(r"[—….-](?<=\w.)(?:(?<=[—…])|(?<=-)-+|(?<=\.)\.+)(?=\w)")
_LENGTHENED, _LETTERS = re.compile(r"([a-z])\1\1+"), str.maketrans("@$!0134", "asioiea")


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


def is_negation(word: str) -> bool:
    """Of a word in lower case."""
    return word in _LISTS["negations"] or word.endswith("n't")


def weight(words: list[str], valence: float) -> float:
    """What the last of the words, in lower case, counts beside its valence, after those before it."""
    word, before = words[-1], words[-1 - MODAL_REACH : -1]
    share = ADDED if word in added() else TOPIC if word in topical() else 1.0
    if valence > 0:
        return share * (1 if _LISTS["modals"].isdisjoint(before) else HYPOTHETICAL)
    near = before[-_PREVENTION_REACH:]
    if not (_LISTS["prevention"].isdisjoint(near) and _PREVENTION_PAIRS.isdisjoint(pairwise(near))):
        return 0.0
    return share * NEGATIVE


def squashed(total: float) -> float:
    """A sum of VADER's valences between -1 and 1, as VADER does it."""
    return total / math.sqrt(total * total + VADER_ALPHA)


@lru_cache(maxsize=10_000)
def spelled(word: str) -> str:
    """The word behind "goooood", "cr@p" or "sh*t", made as long with "_"; any other word as it is."""
    lexicon, plain = vader().ours.lexicon, word.lower().translate(_LETTERS)
    fits = [_LENGTHENED.sub(run, plain) for run in (r"\g<0>", r"\1\1", r"\1")]
    if "*" in word:
        fits = filter(re.compile(re.escape(plain).replace(r"\*", "[a-z]")).fullmatch, lexicon)
    fits = [fit for fit in fits if fit in lexicon and len(fit) > 2]
    fit = max(fits, key=lambda fit: abs(lexicon[fit]), default=word).ljust(len(word), "_")
    return fit.upper() if word.isupper() else fit


@cache
def textblob():
    """TextBlob's lexicon; all words that it does not pass over as unknown; and those that it rates."""
    from textblob._text import EMOTICONS
    from textblob.en import Sentiment, sentiment  # two seconds: it brings nltk

    class Loaded(Sentiment):
        # Without asking at each word whether there is anything to look it up in.
        __contains__, __getitem__ = dict.__contains__, dict.__getitem__

    sentiment.load()
    lexicon = Loaded()
    vars(lexicon).update(vars(sentiment))
    dict.update(lexicon, dict.items(sentiment))
    emoticons = {sign.lower() for signs in EMOTICONS.values() for sign in signs if not sign.isalpha()}
    rated = emoticons.union(dict.keys(sentiment), {"(!)"})
    return lexicon, rated.union(sentiment.negations, {"!"}), rated


@cache
def vader() -> SimpleNamespace:
    """VADER's rules with its own lexicon (`own`) and with our list too (`ours`); names of emojis, as it
    has them (`names`) and with ours (`emojis`); a pattern of words or emojis (`piece`); words that change
    others (`acting`) or are part of a phrase that does; what cuts the marks around a word off (`bare`).
    """
    from vaderSentiment import vaderSentiment as package

    own, ours = package.SentimentIntensityAnalyzer(), package.SentimentIntensityAnalyzer()
    ours.lexicon = {**added(), **own.lexicon}
    signs = "".join(re.escape(name) for name in own.emojis if len(name) == 1)
    # As many words as before: "thumbs 👎".
    more = {sign: f"{own.emojis[sign].rpartition(' ')[0]} {sign}" for sign in _EMOJIS}
    phrases = [key for key in (*package.BOOSTER_DICT, *package.SPECIAL_CASES) if " " in key]
    in_phrases = {word for phrase in phrases for word in phrase.split()}.union(*_PREVENTION_PAIRS)
    in_phrases |= {"doubt", "at", "or", "nor"}
    acting = {max(phrase.split(), key=len) for phrase in phrases}
    acting.update(package.BOOSTER_DICT, package.NEGATE, ("no", "least", "this", "but"))
    return SimpleNamespace(
        own=own,
        ours=ours,
        emojis=own.emojis | more,
        names={sign: f" {name}" for sign, name in own.emojis.items()},
        piece=re.compile(f"[^\\s{signs}]+|[{signs}]"),
        acting=acting,
        in_phrases=in_phrases,
        bare=package.SentiText._strip_punc_if_word,
    )
