"""Thesis: which sentence of an article states what its author argues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from rejoinder.measure.ngrams import opaque
from rejoinder.text import normalise, tokens

# Nobody has labelled theses for this module, so every weight is set by hand, in coarse steps, after
# what is known of each genre: how often a rule of place alone finds the thesis, and that a strong cue
# word elsewhere should beat it.
#
# The genre is told by size: at most SHORT sentences in one or two paragraphs are a short text; more
# than ESSAY paragraphs are an op-ed. A longer text whose paragraphs are unknown, or that has one
# only, is read as if every ASSUMED sentences were a paragraph.
SHORT, ESSAY, ASSUMED = 10, 6, 4
# Where the thesis stands; a sentence gets the highest that fits. The opening and the closing are
# EDGE paragraphs each, the hinge is the end of the first. Short texts open with their thesis. Essays
# lead up to it through the first paragraph, and repeat it at the end. Op-eds mostly come to it late.
EDGE = {"short": 1, "essay": 1, "op-ed": 3}
PLACES = {
    "short": {"first": 0.8, "last": 0.2},
    "essay": {"hinge": 1.0, "opening": 0.5, "last": 0.7, "closing": 0.4},
    "op-ed": {"hinge": 0.4, "opening": 0.3, "last": 0.7, "closing": 0.7},
}
# What cue words add; between opening and closing, where the reasons stand, INSIDE times that. In
# a short text the first demand decides, against place and title; those after it draw conclusions, and
# add LATER times that.
CUES = {
    "short": {"opinion": 0.5, "demand": 1.4, "contrast": 0.1, "sum": 0.1},
    "essay": {"opinion": 0.6, "demand": 0.4, "contrast": 0.2, "sum": 0.3},
    "op-ed": {"opinion": 0.5, "demand": 0.4, "contrast": 0.3, "sum": 0.3},
}
INSIDE = LATER = 0.5
# What a question, somebody else's view, a concession, an announcement or a byline loses: what the
# best place gives.
LOSES = 1.0
# A sentence made of the title's words gains TITLE; most that resemble it gain a third of that. The
# sentence most like all others gains CENTRAL: weak evidence, for it may only name the subject.
TITLE, CENTRAL = 0.8, 0.2
# Of equals the earlier one wins; too little to matter otherwise.
_TIE = 1e-6
# Letters that a word keeps, after its plural s: "student" is like "studies" and "rivers" like "river".
_STEM = 6


def _pattern(text: str, flags: int = re.IGNORECASE) -> re.Pattern:
    """A space stands for any white space."""
    return re.compile(text.replace(" ", r"\s"), flags)


_CUES = {
    "opinion": _pattern(
        r"\b(in|to) my (\w+ )?(opinion|view|mind|eyes)\b|\bfrom my (\w+ )?(point|perspective)\b"
        r"|\bmy (own |personal )?(view|opinion|position|conviction|argument|claim) is\b"
        r"|\b(I|we) ((\w+ly|do|would|will|still|also|myself) )*(believe|think|agree|disagree|argue"
        r"|contend|maintain|hold|feel|support|oppose|side|advocate|insist)\b"
        r"|\b(I am|I'm) (\w+ )?(convinced|of the opinion|in favou?r|against|opposed|certain)\b"
        r"|\bthis (essay|article|paper) (will )?(argue|claim|contend)s?\b"
    ),
    "demand": _pattern(r"\b(should|ought|must)(n't)?\b|\bit('s| is) (high )?time\b"),
    "contrast": _pattern(
        r"^(but|yet|however|instead|rather|still|nevertheless|nonetheless|even so)\b|\bon the contrary\b"
        r"|\brather than\b|\bin (fact|reality|truth)\b|\b(more|less) likely\b|\bthe (real|true) \w+ is\b"
        r"|\bnot (\w+ ){1,8}but\b"
    ),
    "sum": _pattern(
        r"\bin (short|sum|summary|conclusion|brief|the end)\b|\bto (sum up|conclude)\b|\ball in all\b"
        r"|\bon the whole\b|\b(overall|ultimately|therefore|thus|hence)\b"
        r"|\bthe (bottom line|point|lesson|truth) is\b"
    ),
}
_OTHERS_VIEW = _pattern(
    r"\b(said|says|told|tells|wrote|writes|claimed|claims|argued|argues|thinks|believes|believed|insisted"
    r"|insists|warned|warns|maintains|contends|according to)\b"
    r"|\b(some|many|most|others?|people|critics|opponents|supporters|proponents|advocates|experts|they)"
    r" (\w+ ){0,3}?(say|think|believe|argue|claim|feel|hold|contend|maintain|insist|suggest)\b"
    r"|\bit is (\w+ly |often |sometimes )?(said|argued|believed|thought|claimed|held)\b"
)
_NOT_YET = _pattern(  # says what will be said, or grants a point before the author's own
    r"\b(this|the|my) (essay|article|paper) (will|is going to|shall|aims|intends)\b"
    r"|\b(I|we) (will|shall|am going to|would like to) (\w+ )?(discuss|explain|examine|explore|look"
    r"|present|outline|analy[sz]e|describe|give)\b|\bthe following (essay|paragraphs?)\b"
    r"|^(of course|admittedly|granted|it is true|true,|yes,|to be sure)(?!.*\bbut\b)"
)
_WHETHER = _pattern(r"\bwhether\b")
_QUESTION = re.compile(r"\?[\s\"')\]]*$")
_BYLINE = _pattern(
    r"^[Bb][Yy]( [^\W\d_a-z][\w.'-]*){2,4}\.?$|\brepublished\b"
    r"|^([A-Z][\w.'-]* ){1,4}(is|was) (\S+ ){0,5}(professor|lecturer|fellow|columnist|editor|journalist"
    r"|writer|author|reporter|correspondent)\b",
    flags=0,
)
# Between double quotation marks, or between single ones that are no apostrophes.
_QUOTED = re.compile(r"\"[^\"]*(\"|$)|(?<!\w)'([^']|(?<=\w)'(?=\w))+'(?!\w)")


def rank(
    sentences: Sequence[str],
    *,
    paragraphs: Sequence,
    title: str | None = None,
    names: Iterable[str] = (),
) -> np.ndarray:
    """How likely each sentence is to state the thesis: one score each, higher = likelier.

    `sentences`: in order; `paragraphs`: the number of the paragraph of each, NA where it is unknown.
    Where all are unknown the place in the text counts instead; where only some are, those sentences
    are taken for headings and the like. `title`: the headline, or the question put to the author.
    `names`: of actors, as in `links.similarity`; then nothing depends on how anybody is called.

    The score adds up where the sentence stands in a text of its genre (short text, essay or op-ed,
    told by size), cue words ("I believe", "should", "on the contrary", "in short"), likeness to the
    title and to the other sentences; questions, others' views, concessions, announcements and
    bylines lose. What stands in quotation marks gives no cue. Scores order the sentences of one
    text, mostly lie between -1 and 3, and cannot be compared between texts. They differ, except
    that a missing or blank sentence gets -inf. No sentence gives an empty array.

    Raises ValueError where the lengths differ or the paragraphs are no numbers in ascending order,
    TypeError for a sentence or title that is not text. Sources of the features: Burstein, Marcu &
    Knight 2003, "Finding the WRITE Stuff" (place and cue words of theses in essays); Stab &
    Gurevych 2017, "Parsing Argumentation Structures in Persuasive Essays".
    """
    texts = _texts(sentences)
    numbers = _numbers(paragraphs, len(texts))
    headline = _texts([title])[0]
    if not texts:
        return np.zeros(0)
    blank = np.array([not text for text in texts])
    body = ~blank & ~_outside(texts, numbers)
    if not body.any():  # a list of bare lines is a text after all
        body = ~blank
    genre, where = _genre(numbers[body])
    hide = opaque(names)
    score = _likeness([hide(text) for text in texts], hide(headline)) - LOSES * (~body)
    own = [text for text, inside in zip(texts, body, strict=True) if inside]
    score[body] += _place(where, genre) + _cues(own, where, genre)
    score -= _TIE * np.arange(len(texts)) / len(texts)
    return np.where(blank, -np.inf, score)


def _texts(sentences: Sequence[str]) -> list[str]:
    if isinstance(sentences, str):
        raise TypeError("sentences is one text; give a list of sentences")
    missing = [pd.api.types.is_scalar(text) and pd.isna(text) for text in sentences]
    return [
        "" if gone else _bare(normalise(text).strip())
        for text, gone in zip(sentences, missing, strict=True)
    ]


def _bare(text: str) -> str:
    """Without signs at its end that are no letter and no punctuation, so that an emoji is no ending."""
    end = len(text)
    while end and not (text[end - 1].isalnum() or "!" <= text[end - 1] <= "~"):
        end -= 1
    return text[:end] or text


def _numbers(paragraphs: Sequence, n: int) -> np.ndarray:
    known = pd.Series(list(paragraphs), dtype=object)
    if len(known) != n:
        raise ValueError(f"{n} sentences, but paragraph numbers for {len(known)}")
    numbers = pd.to_numeric(known).to_numpy(dtype=float, na_value=np.nan)
    if (np.diff(numbers[~np.isnan(numbers)]) < 0).any():
        raise ValueError("paragraph numbers must not fall from one sentence to the next")
    return numbers


def _outside(texts: list[str], numbers: np.ndarray) -> np.ndarray:
    """Which sentences are no part of the argument: bylines, headings, those without a paragraph."""
    byline = np.array([bool(_BYLINE.search(text)) for text in texts])
    if np.isnan(numbers).all():
        return byline
    alone = pd.Series(numbers).map(pd.Series(numbers).value_counts()).to_numpy() == 1
    unfinished = np.array([text[-1:] not in {*".!?:;\"')"} for text in texts])
    return byline | np.isnan(numbers) | (alone & unfinished)


def _genre(numbers: np.ndarray) -> tuple[str, np.ndarray]:
    """The genre, and the paragraph of each sentence counted from 0."""
    n = len(numbers)
    where = np.unique(numbers, return_inverse=True, equal_nan=True)[1]
    if n and where[-1] == 0 and n > SHORT:
        where = np.arange(n) // ASSUMED
    paragraphs = where[-1] + 1 if n else 0
    if n <= SHORT and paragraphs <= 2:
        return "short", where
    return ("op-ed" if paragraphs > ESSAY else "essay"), where


def _place(where: np.ndarray, genre: str) -> np.ndarray:
    at = np.arange(len(where))
    stands = {
        "first": at == 0,
        "hinge": at == np.count_nonzero(where == where[:1]) - 1,
        "opening": where < EDGE[genre],
        "last": at == len(where) - 1,
        "closing": where > where[-1:] - EDGE[genre],
    }
    return np.max([weight * stands[place] for place, weight in PLACES[genre].items()], axis=0)


def _cues(texts: list[str], where: np.ndarray, genre: str) -> np.ndarray:
    own = [_QUOTED.sub(" ", text).strip() for text in texts]
    found = {cue: _matches(pattern, own) for cue, pattern in _CUES.items()}
    asks = _matches(_QUESTION, texts)
    quoted = np.array(
        [2 * len(tokens(a)) < len(tokens(b)) for a, b in zip(own, texts, strict=True)], dtype=bool
    )
    others = (_matches(_OTHERS_VIEW, own) | quoted) & ~found["opinion"]
    not_yet = _matches(_NOT_YET, own) & ~found["opinion"]
    loses = asks | others | not_yet
    demand = found["demand"] & ~loses & ~_matches(_WHETHER, own)
    found["demand"] = demand
    if genre == "short":
        found["demand"] = demand * np.where(demand.cumsum() > 1, LATER, 1)
    gain = sum(weight * found[cue] for cue, weight in CUES[genre].items())
    inside = (where >= EDGE[genre]) & (where <= where[-1:] - EDGE[genre])
    return gain * np.where(inside, INSIDE, 1) - LOSES * loses


def _matches(pattern: re.Pattern, texts: list[str]) -> np.ndarray:
    return np.array([bool(pattern.search(text)) for text in texts], dtype=bool)


def _likeness(texts: list[str], title: str) -> np.ndarray:
    """What likeness to the title and to the other sentences adds (cosines of TF-IDF)."""
    n = len(texts)
    stems = pd.Series(
        [[word.rstrip("s")[:_STEM] for word in tokens(text)] for text in [*texts, title]]
    ).explode()
    stems = stems.dropna()
    if stems.empty:
        return np.zeros(n)
    counts = stems.groupby([stems.index, stems]).size()
    row, word = counts.index.get_level_values(0).to_numpy(), counts.index.codes[1]
    in_texts = np.bincount(word[row < n], minlength=word.max() + 1)
    weight = counts.to_numpy() * np.log((n + 1) / np.maximum(in_texts[word], 1))
    length = np.sqrt(np.bincount(row, weight**2, minlength=n + 1))
    weight = weight / length[row]
    ahead = np.zeros(word.max() + 1)
    ahead[word[row == n]] = weight[row == n]
    total = np.bincount(word[row < n], weight[row < n], minlength=len(ahead))
    like_title = np.bincount(row, weight * ahead[word], minlength=n + 1)[:n]
    like_others = np.bincount(row, weight * (total[word] - weight), minlength=n + 1)[:n]
    return TITLE * like_title + CENTRAL * like_others / max(like_others.max(), 1e-12)
