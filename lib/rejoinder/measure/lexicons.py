"""The words of a sentence that VADER and TextBlob know, where they stand, and what each says of them."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import NamedTuple

from rejoinder.measure import sentiment_weights

# What a masked name becomes, whichever it is: one word, so that none moves a score by its shape. No entry
# of a lexicon is made of this letter alone.
NAME = "Xxx"
# VADER's own: the sum of valences x becomes x / sqrt(x² + 15).
VADER_ALPHA = 15

# TextBlob's own splitter tears "isn't" into four and so never sees the negation; here a contraction
# is one piece. "!" stands alone because it strengthens the word before it.
_PIECE = re.compile(
    r"""[:;=<>][-^'oO]?[][(){}<>/\\dopsbcDOPSBC3](?!\S)  # an emoticon
    | [^\W_]+(?:(?<=[nN])'[tT]\b|(?:[-*][^\W_]+)*)
    | [!♥]""",
    re.VERBOSE,
)
_ASCII_PIECE = re.compile(r"\S+")


class Hit(NamedTuple):
    """What one lexicon says, -1 to 1, of the words that stand at `parts`; `counts` is what they add to
    the sum of valences."""

    parts: list[tuple[int, int]]
    score: float
    lexicon: str
    counts: float = 0.0


class _Piece(str):
    """A word as TextBlob looks it up, that remembers where it was found."""

    span: tuple[int, int]


def vader_hits(text: str, start: int, end: int) -> tuple[list[Hit], float | None, float]:
    """The words that VADER or our list knows between `start` and `end`, denials, and two sums.

    The sum of VADER's own valences, None where it knew no word, and the sum that counts.
    """
    valences_of, emojis, piece = vader()
    sentence = text[start:end]
    if sentence.isascii():
        words = sentence.split()
        at, piece = range(len(words)), _ASCII_PIECE
    else:
        # VADER scores the name of an emoji; we name it ourselves so as to know where it stood.
        names = [emojis.get(one, one).split() for one in piece.findall(sentence)]
        words = [word for name in names for word in name]
        at = [i for i, name in enumerate(names) for _ in name]
    words, valences, emphasis = valences_of(words, sentence)
    if not valences:
        return [], None, 0.0
    counted, own = sentiment_weights.counted(words, valences), []
    found: dict[tuple[int, str], tuple[float, float]] = {}
    for i, (plain, counts) in enumerate(zip(valences, counted, strict=True)):
        if plain or counts:
            ours = not plain or words[i] in sentiment_weights.added()
            before = found.get(key := (at[i], "rejoinder" if ours else "vader"), (0, 0))
            found[key] = before[0] + (plain or counts), before[1] + counts
            own += [] if ours else [plain]
    spans = [match.span() for match in piece.finditer(text, start, end)]
    hits = [
        Hit([spans[i]], squashed(plain), lexicon, counts)
        for (i, lexicon), (plain, counts) in found.items()
    ]
    return hits, _emphasised(own, emphasis) if own else None, _emphasised(counted, emphasis)


def _emphasised(valences: list[float], emphasis: float) -> float:
    total = float(sum(valences))
    return total + math.copysign(emphasis, total) if total else 0.0


def textblob_hits(text: str, start: int, end: int) -> list[Hit]:
    """What TextBlob knows between `start` and `end`: words, with their adverb and negation."""
    lexicon, heard = textblob()
    pieces, reach = [], False
    for found in _PIECE.finditer(text, start, end):
        word = found[0].lower()
        if word[-3:] == "n't":
            word = "n't"
        if word in heard:
            reach = True
        elif not reach:
            continue
        else:
            # Past an unknown word no adverb and no negation reaches; further ones change nothing.
            reach = len(word) <= 2
        pieces.append(_Piece(word))
        pieces[-1].span = found.span()
    hits = []
    for phrase, polarity, _, _ in lexicon.assessments((piece, None) for piece in pieces):
        # TextBlob adds a "!" of its own to a phrase that one follows.
        parts = sorted(piece.span for piece in phrase if isinstance(piece, _Piece))
        hits.append(Hit(parts, polarity + 0.0, "textblob"))  # a negated 0 would be -0.0
    return hits


def squashed(total: float) -> float:
    """A sum of VADER's valences between -1 and 1, as VADER does it."""
    return total / math.sqrt(total * total + VADER_ALPHA)


@cache
def textblob():
    """TextBlob's lexicon, and all that it does not pass over as unknown."""
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
    """What gives words their valences, with VADER's emphasis; emojis; a word or an emoji."""
    from vaderSentiment.vaderSentiment import (
        SentimentIntensityAnalyzer,
        SentiText,
        allcap_differential,
    )

    bare = lru_cache(maxsize=50_000)(SentiText._strip_punc_if_word)

    class Valences(SentimentIntensityAnalyzer):
        def of(self, words: list[str], sentence: str) -> tuple[list[str], list[float], float]:
            """The words as they are looked up, their valences (none where no word is known), and the
            emphasis of the sentence's marks."""
            shown = [bare(word) for word in words]
            lower = [word.lower() for word in shown]
            known = [i for i, word in enumerate(lower) if word in self.lexicon]
            if not known:
                return lower, [], 0.0
            part = SimpleNamespace()
            named = [word for word in shown if NAME not in word] if NAME in sentence else shown
            part.is_cap_diff = allcap_differential(named)
            valences = [0.0] * len(words)
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
    analyser.lexicon = {**sentiment_weights.added(), **analyser.lexicon}
    emoji = "".join(re.escape(name) for name in analyser.emojis if len(name) == 1)
    # No emoji is of ASCII, and a set of a thousand is looked through one by one: plain letters go first.
    piece = re.compile(f"(?:[!-~]+|[^\\s{emoji}])+|[{emoji}]")
    return analyser.of, analyser.emojis, piece
