"""Text to text, and text to spans of text. Nothing here changes a length, so offsets always hold."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from rejoinder.sentence_split import starts

# One character for one character: what is matched in normalised text is found at the same place
# in the raw text.
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

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")

# Within a line, in double marks of English, German or French use. A mark without its fellow is none.
QUOTATION = re.compile(r"""[“„][^“”„\n]+[“”]|«[^«»\n]+»|"[^"\n]+\"""")

# pysbd's time grows with the square of what it is given at once: longer lines are cut, if possible
# after a full stop, else between words.
_LONGEST_RUN = 5_000


def _runs(letter: str, end: str) -> re.Pattern:
    some = f"{letter}{{1,{_LONGEST_RUN}}}"
    return re.compile(rf"{some}(?={end})|{some}(?<=[.!?])(?=\s)|{some}(?=\s)|{some}")


_LINE_RUN = _runs(r"[^\r\n]", r"[\r\n]|\Z")
_WRAPPED_RUN = _runs(r"[\s\S]", r"\Z")


def normalise(text: str) -> str:
    """`text` with straight quotes, plain hyphens and plain spaces. Dashes stay: they part words.

    Every character becomes exactly one character: `len(normalise(t)) == len(t)`, so a span found in
    the normalised text is the same span of the raw text. Letters and their case are left alone.
    Raises TypeError for what is not text.
    """
    if not isinstance(text, str):
        raise TypeError(f"not a text but of type {type(text).__name__}: {text!r}")
    return text.translate(_TYPOGRAPHY)


def sentences(text: str, *, wrapped: bool = False) -> list[tuple[int, int]]:
    """The sentences of `text` as (start, end) offsets, in order, without surrounding space.

    Every character that is not white space lies in exactly one span. A line break ends a sentence
    unless the text is `wrapped`, that is, broken at the margin wherever a line is full. Signs without
    a letter or digit, as an emoji after a full stop, belong to the sentence before them. Empty or blank
    text gives an empty list. Source: pysbd's rules for English.
    """
    spans = []
    for run in (_WRAPPED_RUN if wrapped else _LINE_RUN).finditer(text):
        edges = [*_pieces(normalise(run[0])), len(run[0])]
        first = len(spans)
        for left, right in pairwise(edges):
            span = _trimmed(text, run.start() + left, run.start() + right)
            if span and len(spans) > first and not any(map(str.isalnum, text[slice(*span)])):
                spans[-1] = (spans[-1][0], span[1])
            elif span:
                spans.append(span)
    return spans


def tokens(text: str) -> list[str]:
    """The words of `text`, in lower case, in order: letters and digits, with inner ' and - kept."""
    return _WORD.findall(normalise(text).lower())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    return (start + left, start + left + len(stripped)) if stripped else None


@lru_cache(maxsize=20_000)  # the same text is read again in each of its readings, and scored again
def _pieces(line: str) -> tuple[int, ...]:
    return tuple(starts(line))
