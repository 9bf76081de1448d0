"""Normalised text, words, and sentences, with offsets that fit the raw text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

# One character for one character, so that offsets fit the raw text.
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒−", "-"),
        **dict.fromkeys("\t\r\n\v\f\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200C)), " "),
        "…": ".",
    }
)
_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
# Within a line, between double marks as English, German or French use them.
QUOTATION = re.compile(r"""[“„][^“”„\n]+[“”]|«[^«»\n]+»|"[^"\n]+\"""")

# pysbd's time grows with the square of the length: longer lines are cut, if possible after a full stop,
# else between words.
_LONGEST_RUN = 5_000


def _runs(letter: str, end: str) -> re.Pattern:
    some = f"{letter}{{1,{_LONGEST_RUN}}}"
    return re.compile(rf"{some}(?={end})|{some}(?<=[.!?])(?=\s)|{some}(?=\s)|{some}")


_LINE_RUN = _runs(r"[^\r\n]", r"[\r\n]|\Z")
_WRAPPED_RUN = _runs(r"[\s\S]", r"\Z")

# "At 5 p.m. Mr. Smith went home.": pysbd ends a sentence at every "p.m." before a capital, also here,
# where only a time has been given yet. Before a word such as "The" it does end.
_BEFORE_TIME = "about after around at before between by every from in just on shortly since till to until"
_WHEN_WORDS = rf"""{_BEFORE_TIME} and exactly last next nearly or the this tomorrow yesterday morning
    afternoon evening night noon early late of [a-z]{{3,6}}day january february march april may june july
    august september october november december (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?
    [0-9]{{1,4}}(?:st|nd|rd|th)? [0-9]{{1,2}}[:.][0-9]{{2}} [ap]\.?m\.?"""
STARTERS = """A And Being But Did For He How However In It Millions More She So That The Then There They
    We What When Where Who Why You"""
_WHEN = re.compile(
    rf"(?:{'|'.join(_BEFORE_TIME.split())}) (?:(?:{'|'.join(_WHEN_WORDS.split())}),? )*"
    rf"[0-9]{{1,2}}(?:[:.][0-9]{{2}})? ?[ap]\.?m\. +(?!(?:{'|'.join(STARTERS.split())})\b)",
    re.IGNORECASE,
)


def normalise(text: str) -> str:
    """Straight quotes, plain hyphens and plain spaces; dashes, letters and their case stay.

    Each character becomes exactly one, so a span of the result is the same span of the raw text.
    Raises TypeError if `text` is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"not a text but of type {type(text).__name__}: {text!r}")
    return text.translate(_TYPOGRAPHY)


def tokens(text: str) -> list[str]:
    """The words of `text` in lower case, in order: letters and digits, with inner ' and - kept."""
    return _TOKEN.findall(normalise(text).lower())


def sentences(text: str, *, wrapped: bool = False) -> list[tuple[int, int]]:
    """The sentences of `text`, in order.

    Parameters
    ----------
    wrapped : whether the text is broken at the margin; otherwise a line break ends a sentence.

    Returns (start, end) offsets without surrounding white space. Every other character lies in exactly
    one span; signs without a letter or digit, such as an emoji after a full stop, belong to the sentence
    before them. Blank text gives an empty list. Source: pysbd's rules for English.
    """
    spans = []
    for run in (_WRAPPED_RUN if wrapped else _LINE_RUN).finditer(text):
        first = len(spans)
        for left, right in pairwise([*_starts(normalise(run[0])), len(run[0])]):
            piece = run[0][left:right]
            if piece.strip():
                start = run.start() + left + len(piece) - len(piece.lstrip())
                end = start + len(piece.strip())
                if len(spans) > first and not any(map(str.isalnum, piece)):
                    start = spans.pop()[0]
                spans.append((start, end))
    return spans


@lru_cache(maxsize=20_000)  # the same text is split for each reading, and again when it is scored
def _starts(line: str) -> list[int]:
    """Where the sentences of a normalised line begin, the first at 0."""
    from pysbd.processor import Processor

    starts, at = [0], 0
    for piece in filter(None, Processor(line, _english(line.lower())).process()):
        start = line.find(piece, at)
        # pysbd altered the piece, or it is a dot of ". . .": it stays with the sentence before.
        if start < 0 or (" " in piece and not piece.strip(" .")):
            continue
        at = start + len(piece)
        # A time that opens the sentence does not end it, unless it answers a question.
        when = _WHEN.match(line, starts[-1])
        answers = line[: starts[-1]].rstrip().endswith("?")
        if start and (answers or not (when and when.end() == start)):
            starts.append(start)
    return starts


def _english(lowered: str) -> type:
    """pysbd's rules for English; of its abbreviations only those that a full stop follows, which is much
    faster."""
    from pysbd.lang.english import English

    words = [word for word in English.Abbreviation.ABBREVIATIONS if word in lowered]
    found = [word for word in words if "." in word or f"{word}." in lowered]
    known = type("Abbreviation", (English.Abbreviation,), {"ABBREVIATIONS": found})
    return type("English", (English,), {"Abbreviation": known})
