"""The words of a sentence that VADER, TextBlob or our own list knows, and how much each counts.

What depends on several words is left to the packages, for the few around one that is known, and kept.
"""

import math
from functools import lru_cache
from itertools import chain
from types import SimpleNamespace
from typing import NamedTuple

from rejoinder.measure.chunks import (
    BUT,
    CAPITALS,
    MARKS,
    MOST_KEPT,
    NOT_ONE,
    SHORT,
    UNKNOWN,
    UNLIKE,
    Sentence,
    VaderWord,
    kept,
    textblob_words,
)
from rejoinder.measure.lexicons import (
    MODAL_REACH,
    NEGATION,
    NEGATIONS_THAT_COUNT,
    squashed,
    textblob,
    vader,
    weight,
)
from rejoinder.text import tokens

_PASSED_OVER = {UNKNOWN, SHORT, ""}


class Hit(NamedTuple):
    """What a lexicon says, -1 to 1, of the words at `parts` (which chunk, and where in it it begins and
    ends); what they add to the sum of valences."""

    parts: list[tuple[int, int, int]]
    score: float
    lexicon: str
    counts: float = 0.0
    negated: bool = False  # whether the score allows for a negation


def words_in(sentence: Sentence, hits: list[Hit]) -> int:
    """How many of the words are in one of the hits."""
    if not sentence.flags & NOT_ONE:
        return len({i for hit in hits for i, _, _ in hit.parts})
    spans: dict[int, set[tuple[int, int]]] = {}
    for hit in hits:
        for i, start, end in hit.parts:
            spans.setdefault(i, set()).add((start, end))
    return sum([_tokens_in(sentence.parts[i], frozenset(within)) for i, within in spans.items()])


@kept
def _tokens_in(chunk: str, spans: frozenset[tuple[int, int]]) -> int:
    found, at = [], 0
    for start, end in sorted(spans):
        found += " " if start > at else "", chunk[max(start, at) : end]
        at = max(at, end)
    return len(tokens("".join(found)))


def vader_hits(sentence: Sentence) -> tuple[list[Hit], float, float | None]:
    """The words that VADER or our list knows, and negations; the emphasis of the marks; and VADER's own
    compound score, None where no word counts."""
    chunks, flags = sentence.chunks, sentence.flags
    words = [*chain.from_iterable([chunk.vader for chunk in chunks])]
    found = _valued(words, flags)
    own, own_emphasis = [of[1] for _, of in found if of[1]], 0.0
    emphasis = own_emphasis = _emphasis([chunk.marks for chunk in chunks]) if flags & MARKS else 0.0
    if flags & UNLIKE:
        others = [*chain.from_iterable([chunk.own_vader for chunk in chunks])]
        own = [of[1] for _, of in _valued(others, flags) if of[1]]
        own_emphasis = _emphasis([chunk.own_marks for chunk in chunks])
    score = round(squashed(emphasised(own, own_emphasis)), 4) if own else None
    single = not flags & NOT_ONE
    places = None if single else [(i, *span) for i, chunk in enumerate(chunks) for span in chunk.spans]
    hits, valences, negations = [], [], 0
    for at, (valence, _, _, said) in found:
        negations += said is _NEGATION
        if said and (valence or negations <= NEGATIONS_THAT_COUNT):
            hits.append(Hit([(at, *chunks[at].spans[0]) if single else places[at]], *said))
            valences.append(valence)
    if not any(valences):
        return [], 0.0, score
    return hits if single else _merged(hits, valences), emphasis, score


def _merged(hits: list[Hit], valences: list[float]) -> list[Hit]:
    """Those of the words of an emoji's name as one."""
    found: dict[tuple, tuple[float, float]] = {}
    for hit, valence in zip(hits, valences, strict=True):
        key = hit.parts[0], hit.lexicon, hit.negated
        before = found.get(key, (0, 0))
        found[key] = before[0] + (valence or hit.counts), before[1] + hit.counts
    return [Hit([place], squashed(v), name, n, turned) for (place, name, turned), (v, n) in found.items()]


_NEGATION = squashed(NEGATION), "rejoinder", NEGATION, False


def _said(word: VaderWord, valence: float, share: float) -> tuple | None:
    """The fields of the hit after the first; None for no hit."""
    if not valence:
        return _NEGATION if word.negates else None
    name = "rejoinder" if word.added else "vader"
    return squashed(valence), name, valence * share + 0.0, valence * word.known < 0


def _valued(words: list[VaderWord], flags: int) -> list[tuple[int, tuple]]:
    """Of each word that matters: which it is, and what `_in_place` says of it, after "but"."""
    shapes = {word.capitals for word in words} if flags & CAPITALS else ()
    capitals, reach = True in shapes and False in shapes, MODAL_REACH
    found = [
        (k, _in_place(tuple(words[k - reach if k > reach else 0 : k + 3]), min(k, reach), capitals))
        for k, word in enumerate(words)
        if word.matters
    ]
    but = [k for k, _ in found if words[k].lower == "but"] if flags & BUT else ()
    if but:
        places = [k for k, _ in found]
        ours, own = (_after_but([of[side] for _, of in found], places, but[0]) for side in (0, 1))
        shares = [of[2] for _, of in found]
        found = [
            (k, (v, of_own, share, _said(words[k], v, share)))
            for k, v, of_own, share in zip(places, ours, own, shares, strict=True)
        ]
    return found


@lru_cache(MOST_KEPT)
def _in_place(words: tuple[VaderWord, ...], i: int, capitals: bool) -> tuple:
    """Of a word among others: its valence by VADER's rules, with our list too and with its own, 0 for an
    unknown one; its weight; and what `_said`. VADER looks three words back and two on."""
    word, first = words[i], max(0, i - 3)
    if word.known is None or (word.lower == "kind" and words[i + 1 :] and words[i + 1].lower == "of"):
        return 0.0, 0.0, 0.0, _said(word, 0.0, 0.0)
    ours = word.known
    own = 0.0 if word.added else ours
    if (capitals and word.capitals) or any([one.acts for one in words[first:]]):
        shown = [one.shown for one in words[first:]]
        near = SimpleNamespace(is_cap_diff=capitals, words_and_emoticons=shown)
        ours = own = vader().ours.sentiment_valence(0, near, word.shown, i - first, [])[0]
        if word.added or any([one.added for one in words]):
            known = vader().own.sentiment_valence(0, near, word.shown, i - first, [])
            own = 0.0 if word.added else known[0]
    share = weight([one.lower for one in words[: i + 1]], ours)
    return ours, own, share, _said(word, ours, share)


def _after_but(valences: list[float], places: list[int], but: int) -> list[float]:
    """As VADER does it: of equal valences each time the first is changed."""
    known = [k for k, valence in enumerate(valences) if valence]
    values = [valences[k] for k in known]
    for value in range(len(values)):
        first = values.index(values[value])
        at = places[known[first]]
        values[first] *= 0.5 if at < but else 1.5 if at > but else 1
    for k, value in zip(known, values, strict=True):
        valences[k] = value
    return valences


def _emphasis(marks: list[str]) -> float:
    return vader().own._punctuation_emphasis("".join(marks))


def emphasised(valences: list[float], emphasis: float) -> float:
    """The sum of valences, with the emphasis of the marks."""
    total = float(sum(valences))
    return total + math.copysign(emphasis, total) if total else 0.0


def textblob_hits(sentence: Sentence) -> tuple[list[Hit], float | None]:
    """What TextBlob knows: words, with their adverb and negation; and its own polarity of the sentence,
    None where it knows no word."""
    chunks, single = sentence.chunks, not sentence.flags & NOT_ONE
    runs = own = _runs([*chain.from_iterable([chunk.textblob for chunk in chunks])])
    if sentence.apart:
        own = _runs(textblob_words(sentence.text))
    elif sentence.flags & UNLIKE:
        own = _runs([*chain.from_iterable([chunk.own_textblob for chunk in chunks])])
    hits = []
    if runs and not single:
        places = [(i, *span) for i, chunk in enumerate(chunks) for span in chunk.textblob_spans]
    for begin, phrases in runs:
        for at, polarity, negated in phrases:
            if single:
                parts = [(begin + k, *chunks[begin + k].textblob_spans[0]) for k in at]
            else:
                parts = [places[begin + k] for k in at]
            hits.append(Hit(parts, polarity, "textblob", 0.0, negated))
    scores = [polarity for _, phrases in own for _, polarity, _ in phrases]
    return hits, sum(scores) / len(scores) if scores else None


def _runs(words: list[str]) -> list[tuple[int, list[tuple[list[int], float, bool]]]]:
    """Words that TextBlob reads together: where they begin, and the phrases that it assesses."""
    rated = textblob()[2]
    begins, after = [], 0
    for i in [i for i, word in enumerate(words) if word in rated]:
        cut = i
        while cut > after and words[cut - 1] != UNKNOWN:
            cut -= 1
        # Past a longer unknown word no adverb and no negation reaches, but a "!" does.
        if not begins or (cut > after and "!" not in words[cut:i]):
            begins.append(cut)
        after = i + 1
    found, end = [], len(words)
    for begin in reversed(begins):
        run, end = words[begin:end], begin
        while run[-1] in _PASSED_OVER:
            run.pop()
        found.append((begin, _phrases(tuple(run))))
    return found[::-1]


class _Piece(str):
    """A word as TextBlob looks it up, with its place among others."""

    place: int


@kept
def _phrases(words: tuple[str, ...]) -> list[tuple[list[int], float, bool]]:
    lexicon, pieces, result = textblob()[0], [_Piece(word) for word in words], []
    for i, piece in enumerate(pieces):
        piece.place = i
    for phrase, polarity, _, _ in lexicon.assessments((piece, None) for piece in pieces):
        # TextBlob adds a "!" of its own to a phrase that one follows.
        places = sorted([piece.place for piece in phrase if isinstance(piece, _Piece)])
        negated = len(phrase) > 1 and any(piece in lexicon.negations for piece in phrase)
        result.append((places, polarity + 0.0, negated))  # a negated 0 would be -0.0
    return result
