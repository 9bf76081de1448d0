"""Where the sentences of a line begin: pysbd's rules, asked only where a plain look leaves a doubt."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

# What pysbd reads otherwise than as a letter or a mark of its own: signs that it uses in its work, wide
# marks, and what ends a line to Python.
_SIGN = re.compile(r"[\\\x1c-\x1f\x85°ƪȸȹ。．！？（）「」⁃∮∯⌬⎋☇☈☉☏☝☄♝♟♨♬♭✂ᓰᓱᓳᓴᓷᓸ]")
_IN_BRACKETS = re.compile(r"\([^()]*\([^()]*\)")
# Two of these may be the items of a list: "a. … b. …", "(i) … (ii) …", "1. … 2. …".
_ITEMS = re.compile(r"[ (](?:[a-z]|[ivx]+)[.)]"), re.compile(r"[0-9][.)](?![^ )])")
# A single quote that may open a quotation, which may end at any later one.
_QUOTE = re.compile("'(?<![A-Za-z0-9]')")
# Within these no mark ends a sentence, but one before a closing quote may.
_PAIRS = [re.compile(p) for p in (r'"[^"]+"', r"\([^()]+\)", r"\[[^\]]+\]", "--[^-]*--")]
_MAY_END = re.compile(r'[0-9[]|" [A-Z]')
# A part that begins with a bracket or a quotation may end with it.
_OPENING = re.compile(r' *(?:"[^"]*""?|\([^)]*\)) [A-Z]')

# Nothing but when, and no sentence yet: "At 5 p.m. Mr. Smith went home." pysbd ends one at every "p.m."
# that a capital follows. Within a sentence only a name has one, so before "The" it does end.
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

_MARKS = re.compile(r"[.!?]+")
# How what follows may begin, so that it is read alike by itself.
_NEXT = r"(?=[^\W\d_](?![.)])|[0-9]+(?![0-9.)])|[^\s\w.!?'\])])"


def _any(*patterns: str) -> re.Pattern:
    return re.compile("|".join(patterns))


_NO_END = _any(
    r"(?<=[A-Za-z0-9])(?<!\.[A-Za-z0-9])\.(?=[A-Za-z])",  # example.org
    r"(?<=[0-9])\.(?=[0-9])",  # 2.5
    r"(?<= [A-HJ-Z])\.(?= )",  # an initial
    r"(?<=\b[A-Za-z]\.[A-Za-z])\.(?= [a-z])",  # "e.g. that"
    r"(?<=[^.] )\.{3}(?= [a-z])",
    r"(?<=[^\s.!?])[!?]{3,}(?= |\Z)",
    r"(?<=[^\s.!?])!(?= [a-z])",
    r"(?<=[^.!?])(?:\.|[!?]{1,2}) *\Z",  # where the line ends anyhow
)
_END = _any(
    rf"(?<![\s.!?'\"])(?<!ahoo)(?<!Yum)(?:!(?! [a-z])|\?|[!?]{{2}}) +{_NEXT}",
    rf"(?<=[])\"%])\. +{_NEXT}",
    rf"(?<=..[0-9])\. +{_NEXT}",  # no item of a list at the beginning
    r"(?<=[^.] )\.{3} +(?=[A-Z])",
)
# No abbreviation is that long.
_LONGEST = 12
# After a word, by what it is to pysbd.
_WORD = {
    "word": (r"\.{3}(?=[A-Z]| *(?:[a-z]|\Z))", rf"\. +{_NEXT}|\.{{3}} +(?=[A-Z])"),
    "title": (r"\.(?= )", r"(?!)"),  # "Mr."
    "number": (r"\.(?= [0-9])", r"\. +(?=[A-Z](?![.)]))"),  # "no."
    "unsure": (r"(?!)", r"(?!)"),
    "abbreviation": (r"\.(?= [a-z0-9])", r"\. +(?=[A-HJ-Z](?![.)]))"),  # "etc."
}
_WORD = {
    kind: tuple(re.compile(rf"(?<=[^\W\d_]{{2}})(?:{one})") for one in both)
    for kind, both in _WORD.items()
}


def starts(line: str) -> list[int]:
    """Where the sentences of a normalised `line` begin, in order, the first at 0. Source: pysbd."""
    found = _starts(line)
    for left, right in pairwise(tuple(found)):
        when = _WHEN.match(line, left)
        # After a question it is an answer.
        if when and when.end() == right and not line[:left].rstrip().endswith("?"):
            found.remove(right)
    return found


def _starts(line: str) -> list[int]:
    opening = _QUOTE.search(line)
    quote = opening.start() if opening else len(line)
    if _is_doubtful(line, line[:quote]):
        return _by_pysbd(line)
    found, sure = [0], True
    paired = bytearray(len(line))
    for mark in _PAIRS:
        for pair in mark.finditer(line):
            paired[slice(*pair.span())] = b"\1" * len(pair[0])
    for marks in _MARKS.finditer(line, 0, quote):
        at = marks.start()
        if paired[at]:
            sure = sure and not _MAY_END.match(line, marks.end())
            continue
        if _NO_END.match(line, at):
            continue
        end = _END.match(line, at)
        if not end:
            no_end, word_end = _WORD[_kind(line[max(at - _LONGEST, line.rfind(" ", 0, at) + 1) : at])]
            if no_end.match(line, at):
                continue
            end = word_end.match(line, at)
        if end:
            found += _within(line, found[-1], end.end(), sure)
            found.append(end.end())
        sure = bool(end)
    return found + _within(line, found[-1], len(line), sure and not opening)


def _is_doubtful(line: str, before_quote: str) -> bool:
    """Whether what stands in one part of the line can change what is read in another."""
    return (
        line.lstrip()[:1] in {*".!?"}
        or any(pair in line for pair in ('-"', '" ('))
        or ("' " in before_quote and before_quote != line)
        or sum(len(item.findall(f" {line}")) for item in _ITEMS) > 1
        or _SIGN.search(line) is not None
        or _IN_BRACKETS.search(line) is not None
    )


def _within(line: str, left: int, right: int, sure: bool) -> list[int]:
    """Where further sentences begin between two places where one certainly does."""
    if sure and not _OPENING.match(line, left, right):
        return []
    return [left + start for start in _by_pysbd(line[left:right])[1:]]


def _by_pysbd(text: str) -> list[int]:
    from pysbd.lang.english import English
    from pysbd.processor import Processor

    # It makes three patterns of every abbreviation, also of one that no full stop follows.
    lowered = text.lower()
    words = (word for word in English.Abbreviation.ABBREVIATIONS if word in lowered)
    english = _english(tuple(word for word in words if "." in word or f"{word}." in lowered))
    found, at = [0], 0
    for piece in filter(None, Processor(text, english).process()):
        # A piece that the rules altered is not found; its text then stays with the one before, as does
        # what is left of ". . .".
        start = text.find(piece, at)
        if start >= 0 and not (" " in piece and not piece.strip(" .")):
            found.append(start)
            at = start + len(piece)
    return sorted(set(found))


@lru_cache(maxsize=1_000)
def _english(abbreviations: tuple[str, ...]) -> type:
    from pysbd.lang.english import English

    known = type("Abbreviation", (English.Abbreviation,), {"ABBREVIATIONS": abbreviations})
    return type("English", (English,), {"Abbreviation": known})


@lru_cache(maxsize=50_000)
def _kind(word: str) -> str:
    from pysbd.lang.english import English

    if len(word) == _LONGEST:
        return "word"
    known, word = English.Abbreviation, word.lower()
    if word in known.PREPOSITIVE_ABBREVIATIONS:
        return "title"
    if word in known.NUMBER_ABBREVIATIONS:
        return "number"
    if word in known.ABBREVIATIONS:
        return "abbreviation"
    # pysbd does not escape them: where it has seen "i.e", it takes "ice" for the same.
    return "unsure" if re.fullmatch("|".join(known.ABBREVIATIONS), word, re.IGNORECASE) else "word"
