"""The words of a sentence that VADER, TextBlob or our own list knows, and how much each counts.

A text is cut at white space, and what a chunk is to each lexicon is kept, since nearly all of them come
again. What depends on several words is left to the packages, for the few words around one that is known.
"""

import math
import re
from functools import cache, lru_cache
from itertools import islice, pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pandas as pd

from rejoinder.text import normalise, tokens, word_lists

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
_ANY_OF_PAIR = {pair.split()[0] for pair in _LISTS["prevention_pairs"]}
_WEIGHING = _ANY_OF_PAIR.union(_LISTS["modals"], _LISTS["prevention"], _LISTS["negations"])
_PREVENTION_PAIRS = {tuple(pair.split()) for pair in _LISTS["prevention_pairs"]}
# TextBlob's own splitter tears "isn't" into four and so misses the negation; here a contraction is one
# piece. "!" stands alone because it strengthens the word before it.
_TEXTBLOB_PIECE = re.compile("|".join(_LISTS["textblob_piece"]))
_CHUNK, _NO_MARK = re.compile(r"\S+"), re.compile(r"[^!?]+")
UNKNOWN, SHORT = "xxx", "xx"  # stand for words that TextBlob does not know, of three letters or two
LONGEST_KEPT, MOST_KEPT = 50, 200_000  # letters of a chunk that is worth keeping; and how many are kept
# Only in a sentence with one of these are there names or denials: `context`.
CAPITALS, MAY_DENY = re.compile(r"[A-Z]\S*\s[A-Z]"), re.compile("|".join(_LISTS["may_deny"]))
_ITEM = re.compile(r"\(?[0-9]{1,2}[.)]")  # the number of an item of a list
# Where TextBlob may put an emoticon or "(!)" together from what white space separates.
_APART = re.compile(
    r"[<>:;=*8Xx°^'-]\s+(?:[3DPpbcOosS](?!\w)|[^\w\s,!?\"])|[oO_.]\s+(?:[_.>°]|O(?!\w))|:\s*[oc]\s+\)"
    r"|\(\s+!|!\s+\)"
)
_EMOJIS = dict.fromkeys(_LISTS["warm_emojis"], EMOJI) | dict.fromkeys(_LISTS["cold_emojis"], -EMOJI)
# "a disgrace—truly", "so good...but": to VADER, what no space separates is one, unknown, word.
GLUE = re.compile(r"[—….-](?<=\w.)(?:(?<=[—…])|(?<=-)-+|(?<=\.)\.+)(?=\w)")
# "terrible,awful", "good/great": so it is for every mark, except in "j/k", "U.S." or "sweet<3".
_STUCK = re.compile(
    r"""(?<=[^\W\d_]{2})(?!<3|![a-z])'?[][(){}<>,;:.!?/|\\"&+=~·•–，；：。！？]+'?(?=\w)"""
    r"""|(?<=\w)'?[][(){}<>,;:/|\\"&+=~·•–，；：]+'?(?=[^\W\d_]{2})"""
)
# Three equal letters, or a mark or digit for a letter: what may be "goooood", "cr@p" or "sh*t".
_ODD = re.compile(r"(?<![\w@#*])[A-Za-z]*?([A-Za-z])(?:\1\1|[@$!*0134]+[A-Za-z])[\w@$!*]*\b")
_LENGTHENED, _LETTERS = re.compile(r"([a-z])\1\1+"), str.maketrans("@$!0134", "asioiea")


class Hit(NamedTuple):
    """What a lexicon says, -1 to 1, of the words at `parts` (which chunk, and where in it it begins and
    ends); what they add to the sum of valences."""

    parts: list[tuple[int, int, int]]
    score: float
    lexicon: str
    counts: float = 0.0
    negated: bool = False  # whether the score allows for a negation


class VaderWord(NamedTuple):
    """A word as VADER looks it up."""

    shown: str
    lower: str
    known: float | None  # its valence
    added: bool  # known to our list alone
    capitals: bool | None  # None for a masked name
    acts: bool  # on what VADER makes of other words
    weighs: bool  # on what other words count, or may be a negation
    start: int
    end: int


class Chunk(NamedTuple):
    """What stands between white space, as the packages cut it (`own`), and as `polarity` has it cut."""

    vader: tuple[VaderWord, ...]
    own_vader: tuple[VaderWord, ...]
    textblob: tuple[tuple[str, int, int], ...]
    own_textblob: tuple[str, ...]
    marks: str  # "!" and "?"
    own_marks: str
    item: bool  # the number of an item of a list
    denies: bool
    tokens: int
    plain: str  # of one that does not matter: UNKNOWN or SHORT to TextBlob, or ""
    scores: bool  # whether a lexicon may rate a word of it
    matters: bool  # to any of this; one that does not is a word and unknown to all


class Sentence(NamedTuple):
    parts: list[str]
    chunks: list[Chunk]
    some: list[tuple[int, Chunk]]  # those that matter


_ANY = VaderWord(
    "x", "x", None, False, False, False, False, 0, 0
)  # stands for words that matter to no rule


class _Piece(str):
    """A word as TextBlob looks it up, with its place among others."""

    place: int


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
    lexicon, plain = vader().ours.lexicon, word.lower().translate(_LETTERS)
    fits = [_LENGTHENED.sub(run, plain) for run in (r"\g<0>", r"\1\1", r"\1")]
    if "*" in word:
        fits = filter(re.compile(re.escape(plain).replace(r"\*", "[a-z]")).fullmatch, lexicon)
    fits = [fit for fit in fits if fit in lexicon and len(fit) > 2]
    fit = max(fits, key=lambda fit: abs(lexicon[fit]), default=word).ljust(len(word), "_")
    return fit.upper() if word.isupper() else fit


def starts(text: str) -> list[int]:
    """Where its chunks begin."""
    return [part.start() for part in _CHUNK.finditer(text)]


def scored(sentence: Sentence, hits: list[Hit]) -> int:
    """How many of the words are in one of the hits."""
    spans: dict[int, set[tuple[int, int]]] = {}
    for hit in hits:
        for i, start, end in hit.parts:
            spans.setdefault(i, set()).add((start, end))
    return sum([_tokens_in(sentence.parts[i], frozenset(within)) for i, within in spans.items()])


@lru_cache(maxsize=50_000)
def _tokens_in(chunk: str, spans: frozenset[tuple[int, int]]) -> int:
    found, at = [], 0
    for start, end in sorted(spans):
        found += " " if start > at else "", chunk[max(start, at) : end]
        at = max(at, end)
    return len(tokens("".join(found)))


def read(text: str) -> Sentence:
    """A sentence, or a text taken for one, by its chunks."""
    parts = text.split()
    chunks = [_CHUNKS[part] for part in parts]
    some = [(i, chunk) for i, chunk in enumerate(chunks) if chunk.matters]
    for k, (i, chunk) in enumerate(some):
        if chunk.item and (i + 1 == len(parts) or parts[i + 1][0].isalpha()):
            # It does not stand between a negation and what it negates: "no 1. good, 2. great".
            chunks[i] = chunk._replace(vader=())
            some[k] = i, chunks[i]
    return Sentence(parts, chunks, some)


def is_unscored(sentence: Sentence, text: str) -> bool:
    """Whether no lexicon can know a word of the sentence, which is `text`."""
    return not any([chunk.scores for _, chunk in sentence.some]) and not _APART.search(text)


def vader_hits(sentence: Sentence) -> tuple[list[Hit], float, float | None]:
    """The words that VADER or our list knows, and negations; the emphasis of the marks; and VADER's own
    compound score, None where no word counts."""
    words = _words(sentence, own=False)
    valences = _valences(words, sentence, own=False)
    same = all([chunk.vader is chunk.own_vader for _, chunk in sentence.some])
    if same and not any([word.added for _, _, word in words]):
        own = valences
    else:
        own = _valences(_words(sentence, own=True), sentence, own=True)
    score = None
    if own := [valence for valence in own if valence]:
        score = round(
            squashed(emphasised(own, _emphasis([one.own_marks for _, one in sentence.some]))), 4
        )
    if not any(valences):
        return [], 0.0, score
    if any([word.weighs for _, _, word in words]):
        lower = [word.lower for chunk in sentence.chunks for word in chunk.vader]
        full = [0.0] * len(lower)
        for (at, _, _), valence in zip(words, valences, strict=True):
            full[at] = valence
        full = counted(lower, full)
        amounts = [full[at] for at, _, _ in words]
    else:
        amounts = [
            v and v * _weight([word.lower], 0, v) for (_, _, word), v in zip(words, valences, strict=True)
        ]
    found: dict[tuple, tuple[float, float]] = {}  # an emoji's name can be of several words
    for (_, i, word), valence, counts in zip(words, valences, amounts, strict=True):
        if valence or counts:
            name = "rejoinder" if not valence or word.added else "vader"
            key = (i, word.start, word.end), name, valence * (word.known or 0) < 0
            before = found.get(key, (0, 0))
            found[key] = before[0] + (valence or counts), before[1] + counts
    hits = [Hit([span], squashed(v), name, n, turned) for (span, name, turned), (v, n) in found.items()]
    return hits, _emphasis([one.marks for _, one in sentence.some]), score


def _emphasis(marks: list[str]) -> float:
    text = "".join(marks)
    return vader().own._punctuation_emphasis(text) if text else 0.0


def _words(sentence: Sentence, *, own: bool) -> list[tuple[int, int, VaderWord]]:
    """The words that matter: which word of the sentence, which chunk, and the word."""
    found, shift = [], 0
    for i, chunk in sentence.some:
        words = chunk.own_vader if own else chunk.vader
        found += [(i + shift + k, i, word) for k, word in enumerate(words)]
        shift += len(words) - 1
    return found


def _valences(words: list[tuple[int, int, VaderWord]], sentence: Sentence, *, own: bool) -> list[float]:
    """Of each word by VADER's rules, with its own lexicon or with our list too; 0 for an unknown one."""
    valences, shown = [0.0] * len(words), []
    capitals = any([word.capitals for _, _, word in words]) and (
        len(sentence.some) < len(sentence.chunks) or any(word.capitals is False for _, _, word in words)
    )
    acting = {at for at, _, word in words if word.acts}
    for k, (at, _, word) in enumerate(words):
        if word.known is None or (own and word.added):
            continue
        valences[k] = word.known
        if (word.capitals and capitals) or (acting and not acting.isdisjoint(range(at - 3, at + 3))):
            # VADER looks three words back and two on, but goes through the whole sentence for it.
            cut = (
                [chunk.own_vader if own else chunk.vader for chunk in sentence.chunks]
                if not shown
                else ()
            )
            shown = shown or [word.shown for words in cut for word in words]
            first = max(0, at - 3)
            valences[k] = _valence(tuple(shown[first : at + 3]), at - first, capitals, own)
    but = next((at for at, _, word in words if word.lower == "but"), None) if acting else None
    if but is not None:
        # As VADER does it: of equal valences each time the first is changed.
        places = [k for k, valence in enumerate(valences) if valence]
        values = [valences[k] for k in places]
        for value in range(len(values)):
            first = values.index(values[value])
            at = words[places[first]][0]
            values[first] *= 0.5 if at < but else 1.5 if at > but else 1
        for k, value in zip(places, values, strict=True):
            valences[k] = value
    return valences


@lru_cache(maxsize=50_000)
def _valence(words: tuple[str, ...], i: int, capitals: bool, own: bool) -> float:
    if words[i].lower() == "kind" and words[i + 1 : i + 2] and words[i + 1].lower() == "of":
        return 0.0
    near = SimpleNamespace(is_cap_diff=capitals, words_and_emoticons=words)
    return (vader().own if own else vader().ours).sentiment_valence(0, near, words[i], i, [])[0]


def emphasised(valences: list[float], emphasis: float) -> float:
    """The sum of valences, with the emphasis of the marks."""
    total = float(sum(valences))
    return total + math.copysign(emphasis, total) if total else 0.0


def textblob_hits(sentence: Sentence, text: str) -> tuple[list[Hit], float | None]:
    """What TextBlob knows: words, with their adverb and negation; and its own polarity of the sentence,
    which is `text`, None where it knows no word."""
    pieces, own, last = [], [], -1
    for i, chunk in sentence.some:
        if i > last + 1:
            # Of the words between, the one that TextBlob knows least decides what reaches over them.
            between = max([one.plain for one in sentence.chunks[last + 1 : i]])
            pieces.append((between, i, 0, 0))
            own.append(between)
        pieces += [(word, i, start, end) for word, start, end in chunk.textblob]
        own += chunk.own_textblob
        last = i
    words = [piece[0] for piece in pieces]
    assessed = _assessed(words)
    if _APART.search(text):  # what it may put together to an emoticon
        own = _textblob_words(text)
    scores = [polarity for _, polarity, _ in (assessed if own == words else _assessed(own))]
    hits = [
        Hit(sorted(pieces[k][1:] for k in places), polarity, "textblob", negated=negated)
        for places, polarity, negated in assessed
    ]
    return hits, sum(scores) / len(scores) if scores else None


def _assessed(words: list[str]) -> list[tuple[list[int], float, bool]]:
    """The phrases that TextBlob assesses: places of their words, polarity, whether it is negated."""
    result, run, places, broken, rated = [], [], [], None, textblob()[2]
    for i, word in [*enumerate(words), (len(words), "")]:
        if not word and i < len(words):
            continue
        if not word or (broken is not None and word in rated):
            # Past a longer unknown word no adverb and no negation reaches, but a "!" does.
            cut = broken if word else len(run)
            if "!" not in run[cut:]:
                for at, *assessed in _phrases(tuple(run[:cut])):
                    result.append(([places[k] for k in at], *assessed))
                run, places, broken = run[cut:], places[cut:], None
        if run or word not in (UNKNOWN, SHORT):
            run.append(word)
            places.append(i)
            broken = len(run) if word == UNKNOWN else broken
    return result


@lru_cache(maxsize=50_000)
def _phrases(words: tuple[str, ...]) -> list[tuple[list[int], float, bool]]:
    lexicon, pieces, result = textblob()[0], [_Piece(word) for word in words], []
    for i, piece in enumerate(pieces):
        piece.place = i
    for phrase, polarity, _, _ in lexicon.assessments((piece, None) for piece in pieces):
        # TextBlob adds a "!" of its own to a phrase that one follows.
        places = [piece.place for piece in phrase if isinstance(piece, _Piece)]
        negated = len(phrase) > 1 and any(piece in lexicon.negations for piece in phrase)
        result.append((places, polarity + 0.0, negated))  # a negated 0 would be -0.0
    return result


class _Chunks(dict):
    """Chunk by text. Most of a text's are in many others, and most matter to no lexicon."""

    def __missing__(self, raw: str) -> Chunk:
        chunk = _chunk(raw)
        if len(raw) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[raw] = chunk
        return chunk


_CHUNKS, _PLAIN = _Chunks(), {}  # of those that do not matter few are different


def _chunk(raw: str) -> Chunk:
    plain = normalise(GLUE.sub(lambda glue: " " * len(glue[0]), raw))
    spaced = _STUCK.sub(lambda marks: " " * len(marks[0]), _ODD.sub(lambda word: spelled(word[0]), plain))
    rules = vader()
    pieces = [
        (one[0], one.span()) for one in (_CHUNK if spaced.isascii() else rules.piece).finditer(spaced)
    ]
    # VADER scores the name of an emoji; we name it ourselves so as to know where it stood.
    named = [(word, span) for sign, span in pieces for word in rules.emojis.get(sign, sign).split()]
    words = own_words = tuple(_vader_word(word, *span) for word, span in named)
    own = "".join(rules.names.get(sign, sign) for sign in raw)
    if own.split() != [word for word, _ in named]:
        own_words = tuple(_vader_word(word, 0, 0) for word in own.split())
    found = [(one[0].lower(), *one.span()) for one in _TEXTBLOB_PIECE.finditer(plain)]
    found = [(_relevant("n't" if word.endswith("n't") else word), *span) for word, *span in found]
    chunk = Chunk(
        vader=words,
        own_vader=own_words,
        textblob=tuple(piece for piece in found if piece[0]),
        own_textblob=tuple(_textblob_words(raw)),
        marks=_NO_MARK.sub("", spaced),
        own_marks=_NO_MARK.sub("", own),
        item=_ITEM.fullmatch(plain) is not None,
        denies=MAY_DENY.search(plain.lower()) is not None,
        tokens=len(tokens(raw)),
        plain="",
        scores=any(word.known is not None for word in (*words, *own_words))
        or not textblob()[2].isdisjoint([*(word for word, *_ in found), *_textblob_words(raw)]),
        matters=True,
    )
    heard = [word for word, _, _ in chunk.textblob]
    if (
        (words is own_words and len(words) == 1 and chunk.tokens == 1)
        and not (words[0].capitals is not False or words[0].acts or words[0].weighs)
        and not (
            words[0].known is not None or chunk.marks or chunk.own_marks or chunk.item or chunk.denies
        )
        and heard == [*chunk.own_textblob]
        and heard in ([], [SHORT], [UNKNOWN])
    ):
        word = words[0] if words[0].lower in rules.in_phrases else _ANY
        word = word._replace(start=0, end=0)
        chunk = chunk._replace(
            vader=(word,),
            own_vader=(word,),
            textblob=(),
            own_textblob=(),
            plain="".join(heard),
            matters=False,
        )
        return _PLAIN.setdefault(chunk, chunk)
    return chunk


def _relevant(word: str) -> str:
    """A word as TextBlob needs it: itself, `SHORT` or `UNKNOWN`; "" for what changes nothing."""
    return (
        word if word in textblob()[1] else UNKNOWN if len(word) > 2 else SHORT if len(word) == 2 else ""
    )


def _textblob_words(text: str) -> list[str]:
    from textblob._text import find_tokens

    words = (_relevant(word.lower()) for word in " ".join(find_tokens(text)).split())
    return [word for word in words if word]


def _vader_word(word: str, start: int, end: int) -> VaderWord:
    rules, shown = vader(), vader().bare(word)
    lower = shown.lower()
    return VaderWord(
        shown,
        lower,
        known=rules.ours.lexicon.get(lower),
        added=lower in added(),
        capitals=None if NAME in shown else shown.isupper(),
        acts=lower in rules.acting or "n't" in lower,
        weighs=lower in _WEIGHING or lower.endswith("n't"),
        start=start,
        end=end,
    )


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
