"""A text as VADER, TextBlob and our own list see it: cut at white space.

What a chunk is to each of them is kept, since nearly all come again.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from rejoinder.measure.lexicons import (
    GLUE,
    NAME,
    WEIGHING,
    added,
    is_negation,
    spelled,
    textblob,
    vader,
)
from rejoinder.text import LONGEST, normalise, tokens, word_lists

_LISTS = word_lists("lexicons")
# TextBlob's own splitter tears "isn't" into four and so misses the negation; here a contraction is one
# piece. "!" stands alone because it strengthens the word before it.
_TEXTBLOB_PIECE = re.compile("|".join(_LISTS["textblob_piece"]))
_CHUNK, _NO_MARK = re.compile(r"\S+"), re.compile(r"[^!?]+")
UNKNOWN, SHORT = "xxx", "xx"  # stand for words that TextBlob does not know, of three letters or two
LONGEST_KEPT, MOST_KEPT = 50, 100_000  # letters of a word, or words, that are worth keeping; how many
# Only in a sentence with one of these are there denials: `context`.
MAY_DENY = re.compile("|".join(_LISTS["may_deny"]))
_ITEM = re.compile(r"\(?[0-9]{1,2}[.)]")  # the number of an item of a list
# Where TextBlob may put an emoticon or "(!)" together from what white space separates.
_APART = re.compile(
    r"[<>:;=*8Xx°^'-]\s+(?:[3DPpbcOosS](?!\w)|[^\w\s,!?\"])|[oO_.]\s+(?:[_.>°]|O(?!\w))|:\s*[oc]\s+\)"
    r"|\(\s+!|!\s+\)"
)
_END_OF_FACE = re.compile(r"[3DPpbcOosS](?!\w)|[^\w,?\"]|_")  # how the second of the two begins
# "terrible,awful", "good/great": so it is for every mark, except in "j/k", "U.S." or "sweet<3".
_STUCK = re.compile(
    r"""(?<=[^\W\d_]{2})(?!<3|![a-z])'?[][(){}<>,;:.!?/|\\"&+=~·•–，；：。！？]+'?(?=\w)"""
    r"""|(?<=\w)'?[][(){}<>,;:/|\\"&+=~·•–，；：]+'?(?=[^\W\d_]{2})"""
)
# Three equal letters, or a mark or digit for a letter: what may be "goooood", "cr@p" or "sh*t".
_ODD = re.compile(r"(?<![\w@#*])[A-Za-z]*?([A-Za-z])(?:\1\1|[@$!*0134]+[A-Za-z])[\w@$!*]*\b")
_WORD = re.compile(r'"?([A-Za-z]{3,}(?:-[A-Za-z]{2,})*|[0-9]{3,})[.,;:]?"?')


def kept(function: Callable) -> Callable:
    """`function`, which keeps what it gave for a word or a row of words, unless it is very long."""
    cached = lru_cache(MOST_KEPT)(function)
    return lambda words, *more: (cached if len(words) <= LONGEST_KEPT else function)(words, *more)


@dataclass(frozen=True, slots=True, eq=False)
class VaderWord:
    """A word as VADER looks it up; one object for all that are alike."""

    shown: str
    lower: str
    known: float | None  # its valence
    added: bool  # known to our list alone
    capitals: bool | None  # None for a masked name
    acts: bool  # on what VADER makes of other words
    negates: bool
    matters: bool  # by itself: known, a negation, or "but"


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """What stands between white space, as the packages cut it (`own`), and as `polarity` has it cut."""

    vader: tuple[VaderWord, ...]
    spans: tuple[tuple[int, int], ...]  # of the words of `vader`
    own_vader: tuple[VaderWord, ...]
    textblob: tuple[str, ...]
    textblob_spans: tuple[tuple[int, int], ...]
    own_textblob: tuple[str, ...]
    marks: str  # "!" and "?"
    own_marks: str
    tokens: int
    scores: bool  # whether a lexicon may rate a word of it
    flags: int  # what else there is to it, of the following


# Of a chunk, or of any chunk of a sentence: not the same to a package as to us; not one word; the number
# of an item of a list; a denial; "!" or "?"; capitals or a masked name; "but"; the end of an emoticon.
UNLIKE, NOT_ONE, ITEM, DENIES, MARKS, CAPITALS, BUT, ENDS_FACE = (1 << i for i in range(8))


class Sentence(NamedTuple):
    """A sentence in which a lexicon may know a word."""

    start: int
    text: str
    parts: list[str]
    chunks: list[Chunk]
    flags: int
    apart: bool  # whether TextBlob may see an emoticon in it that no chunk has


def starts(text: str) -> list[int]:
    """Where its chunks begin."""
    return [part.start() for part in _CHUNK.finditer(text)]


def read(text: str, spans: list[tuple[int, int]]) -> tuple[list[Sentence], int]:
    """Of the sentences of a text, at `spans`, those in which a lexicon may know a word; and how many
    words the text has."""
    parts = text.split()
    if len(text) > LONGEST and len(spans) > 1 and max(map(len, parts), default=0) > LONGEST:
        return _read_apart(text, spans)  # no sentence is as long, and time grows with the square
    chunks = [*map(_CHUNKS.__getitem__, parts)]
    scoring = iter([i for i, chunk in enumerate(chunks) if chunk.scores])
    found, at, following = [], 0, next(scoring, math.inf)
    for start, end in spans:
        first, at = at, at + len(text[start:end].split())
        if following < at:
            found.append(_sentence(start, text[start:end], parts[first:at], chunks[first:at]))
            while following < at:
                following = next(scoring, math.inf)
    if at != len(parts):  # no white space divides two sentences, or they are not the whole
        return _read_apart(text, spans)
    return found, sum([chunk.tokens for chunk in chunks])


def _read_apart(text: str, spans: list[tuple[int, int]]) -> tuple[list[Sentence], int]:
    alone = [read(text[start:end], [(0, end - start)]) for start, end in spans]
    found = [
        one._replace(start=start)
        for (start, _), (some, _) in zip(spans, alone, strict=True)
        for one in some
    ]
    return found, sum(n for _, n in alone)


def _sentence(start: int, text: str, parts: list[str], chunks: list[Chunk]) -> Sentence:
    flags = 0
    for chunk in chunks:
        flags |= chunk.flags
    for i in [i for i, chunk in enumerate(chunks) if chunk.flags & ITEM] if flags & ITEM else ():
        if i + 1 == len(parts) or parts[i + 1][0].isalpha():
            # It does not stand between a negation and what it negates: "no 1. good, 2. great".
            chunks[i] = replace(chunks[i], vader=(), spans=())
            flags |= UNLIKE | NOT_ONE
    return Sentence(
        start, text, parts, chunks, flags, flags & ENDS_FACE and _APART.search(text) is not None
    )


class _Chunks(dict):
    """Chunk by text. Most of a text's are in many others, and most matter to no lexicon."""

    def __missing__(self, raw: str) -> Chunk:
        chunk = _unknown() if _is_unknown(raw) else _chunk(raw)
        if len(raw) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[raw] = chunk
        return chunk


_CHUNKS, _PLAIN = _Chunks(), {}  # of those that matter to no lexicon few are different


def _chunk(raw: str) -> Chunk:
    plain = normalise(GLUE.sub(lambda glue: " " * len(glue[0]), raw))
    spaced = _STUCK.sub(lambda marks: " " * len(marks[0]), _ODD.sub(lambda word: spelled(word[0]), plain))
    rules = vader()
    pieces = [
        (one[0], one.span()) for one in (_CHUNK if spaced.isascii() else rules.piece).finditer(spaced)
    ]
    # VADER scores the name of an emoji; we name it ourselves so as to know where it stood.
    named = [(word, span) for sign, span in pieces for word in rules.emojis.get(sign, sign).split()]
    own = "".join(rules.names.get(sign, sign) for sign in raw)
    words = tuple(_vader_word(rules.bare(word)) for word, _ in named)
    own_words = tuple(_vader_word(rules.bare(word)) for word in own.split())
    found = [(one[0].lower(), one.span()) for one in _TEXTBLOB_PIECE.finditer(plain)]
    found = [(_relevant("n't" if word.endswith("n't") else word), span) for word, span in found]
    # One for each chunk that is a word, so that the first is that of the first chunk.
    found = [piece for piece in found if piece[0]] or [("", (0, len(plain)))]
    heard = tuple(word for word, _ in found)
    own_heard = tuple(textblob_words(raw))
    marks, own_marks = _NO_MARK.sub("", spaced), _NO_MARK.sub("", own)
    both, n = {*words, *own_words}, len(tokens(raw))
    has = {
        UNLIKE: words != own_words or [*filter(None, heard)] != [*own_heard] or marks != own_marks,
        NOT_ONE: len(words) != 1 or len(heard) > 1 or n != 1,
        ITEM: _ITEM.fullmatch(plain),
        DENIES: MAY_DENY.search(plain.lower()),
        MARKS: marks,
        CAPITALS: any(word.capitals is not False for word in both),
        BUT: any(word.lower == "but" for word in both),
        ENDS_FACE: _END_OF_FACE.match(raw),
    }
    chunk = Chunk(
        vader=words,
        spans=tuple(span for _, span in named),
        own_vader=own_words,
        textblob=heard,
        textblob_spans=tuple(span for _, span in found),
        own_textblob=own_heard,
        marks=marks,
        own_marks=own_marks,
        tokens=n,
        scores=has[ENDS_FACE] is not None
        or any(word.known is not None for word in both)
        or not textblob()[2].isdisjoint([*heard, *own_heard]),
        flags=sum(flag for flag, here in has.items() if here),
    )
    return chunk if chunk.scores or chunk.flags else _PLAIN.setdefault((words, heard), chunk)


@cache
def _unknown() -> Chunk:
    return _chunk("chair")


def _is_unknown(raw: str) -> bool:
    """Whether it surely is a word that matters to no rule, as "chair"."""
    word = _WORD.fullmatch(raw)
    lower = word[1].lower() if word else ""
    odd = not lower or lower in _special() or raw.isupper() or _ODD.search(raw)
    return not (odd or MAY_DENY.search(lower))


@cache
def _special() -> frozenset[str]:
    """The words that matter to some rule."""
    rules = vader()
    return WEIGHING.union(
        rules.ours.lexicon, rules.acting, rules.in_phrases, textblob()[1], ["but", NAME.lower()]
    )


def _relevant(word: str) -> str:
    """A word as TextBlob needs it: itself, `SHORT` or `UNKNOWN`; "" for what changes nothing."""
    return (
        word if word in textblob()[1] else UNKNOWN if len(word) > 2 else SHORT if len(word) == 2 else ""
    )


def textblob_words(text: str) -> list[str]:
    from textblob._text import find_tokens

    words = (_relevant(word.lower()) for word in " ".join(find_tokens(text)).split())
    return [word for word in words if word]


_ANY = VaderWord(
    "x", "x", None, False, False, False, False, False
)  # for all words that matter to no rule


@kept
def _vader_word(shown: str) -> VaderWord:
    rules, lower = vader(), shown.lower()
    word = VaderWord(
        shown,
        lower,
        known=rules.ours.lexicon.get(lower),
        added=lower in added(),
        capitals=None if NAME in shown else shown.isupper(),
        acts=lower in rules.acting or "n't" in lower,
        negates=is_negation(lower),
        matters=lower in rules.ours.lexicon or is_negation(lower) or lower == "but",
    )
    if word.matters or word.capitals is not False or word.acts:
        return word
    return word if lower in rules.in_phrases or lower in WEIGHING else _ANY
