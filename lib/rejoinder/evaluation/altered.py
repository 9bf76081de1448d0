"""The same text, written a little differently, and where each place of it has gone.

Each function alters a text in a way that should leave what it says, or nearly so, as it was. The field
calls this a perturbation, and a score that keeps still under it invariant. Source: Ribeiro et al. 2020,
"Beyond accuracy: Behavioral testing of NLP models with CheckList" (ACL).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from rejoinder.text import QUOTATION, normalise

SMILE = "🙂"  # warm to VADER, which reads it as "slightly smiling face"
PIN = "📌"  # "pushpin": no lexicon knows it
# A typing error in every so many words: hurried writing, in which any reader still follows.
EVERY = 10

_STRAIGHT = str.maketrans({**dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‘’‚‛", "'")})
_MARK = re.compile(r"""["']""")
# A straight mark opens at the beginning, after one of these and after another mark that opens.
_BEFORE_OPENING = frozenset("([{<—–-")
_CURLY = {'"': "“”", "'": "‘’"}
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3  # letters of a word that can be mistyped and known again
_SWAP, _DROP, _DOUBLE = range(3)


class Altered(NamedTuple):
    """A text as it has become, and for each place between two letters of the old one where it is now.

    `places` is an array of `len(old) + 1` numbers that never fall: what began at `i` begins at
    `places[i]`. What is taken out has no length any more; a place within what was replaced has become
    its beginning; what is put in stands behind its place.
    """

    text: str
    places: np.ndarray

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the old text's `start` to `end` is now; empty where it was taken out."""
        return int(self.places[start]), int(self.places[end])


def straight_quotes(text: str) -> Altered:
    """Every typographic quotation mark and apostrophe made a straight one."""
    return Altered(text.translate(_STRAIGHT), np.arange(len(text) + 1))


def curly_quotes(text: str) -> Altered:
    """Every straight quotation mark and apostrophe made a typographic one, as a word processor does."""
    letters, opened = list(text), -2
    for found in _MARK.finditer(text):
        at = found.start()
        before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
        free = not before.strip() or before in _BEFORE_OPENING or opened == at - 1
        opens = free and bool(after.strip())
        opened = at if opens else opened
        letters[at] = _CURLY[found[0]][not opens]
    return Altered("".join(letters), np.arange(len(text) + 1))


def upper_case(text: str) -> Altered:
    """Capitals throughout."""
    capitals = [letter.upper() for letter in text]  # of "ß" there become two
    return Altered("".join(capitals), np.cumsum([0, *map(len, capitals)]))


def mistyped(text: str, *, every: int = EVERY, rng: np.random.Generator) -> Altered:
    """One typing error in every `every` words: two letters swapped, one left out or one doubled.

    A rest of fewer words has one as seldom as it is short. The first letter of a word stays, and so do
    words of one or two letters. Raises ValueError for an `every` below 1.
    """
    if every < 1:
        raise ValueError(f"an error in every {every} words cannot be made: at least 1")
    words = [found.span() for found in _WORD.finditer(text)]
    edits = []
    for first in range(0, len(words), every):
        part = words[first : first + every]
        long = [(start, end) for start, end in part if end - start >= _SHORTEST]
        if long and rng.random() < len(part) / every:
            edits.append(_slip(text, *long[rng.integers(len(long))], rng))
    return _edited(text, edits)


def with_emoji(text: str, *, emoji: str = SMILE) -> Altered:
    """The text, a space and an emoji; a blank text stays as it is."""
    return _edited(text, [(len(text), len(text), f" {emoji}")] if text.strip() else [])


def without_quotations(text: str) -> Altered:
    """Whatever stands in double quotation marks taken out, with its marks (`read.text.QUOTATION`)."""
    return _edited(text, [(*found.span(), "") for found in QUOTATION.finditer(text)])


def renamed(text: str, names: Mapping[str, str]) -> Altered:
    """Every name that is a key of `names`, as a whole word in its own capitals, given its new form.

    Where several begin at one place the longest counts. What was put in is not looked through again, so
    two names can change places. Names match as in `measure.actors`.
    """
    pattern = _any_name(tuple(names))
    new = {_key(name): other for name, other in names.items()}
    found = pattern.finditer(normalise(text)) if pattern else ()
    return _edited(text, [(*one.span(), new[_key(one[0])]) for one in found])


def next_actor(actors: pd.DataFrame) -> dict[str, str]:
    """For each alias a name of the next actor in the codebook, of the last one that of the first.

    `actors` as in a codebook. The actor's `name`, if it is one of the aliases, else the first alias goes
    to that of the next, the second to the second and so on. Where one has more aliases than the next,
    the rest goes to names that are left over elsewhere: so no two names become one, which would be more
    than a renaming. An alias of two actors is the first one's. Empty for fewer than two actors.
    """
    seen: set[str] = set()
    listed = []
    for name, aliases in zip(actors["name"], actors["aliases"], strict=True):
        own = [alias for alias in dict.fromkeys(aliases) if _key(alias) and _key(alias) not in seen]
        seen.update(map(_key, own))
        listed.append(sorted(own, key=lambda alias: alias != name))
    listed = [own for own in listed if own]
    if len(listed) < 2:
        return {}
    names = {}
    for own, other in zip(listed, listed[1:] + listed[:1], strict=True):
        names |= dict(zip(own, other, strict=False))
    every, taken = [alias for own in listed for alias in own], set(names.values())
    rest, left = ([alias for alias in every if alias not in some] for some in (names, taken))
    return names | dict(zip(rest, left, strict=True))


def _slip(text: str, start: int, end: int, rng: np.random.Generator) -> tuple[int, int, str]:
    at, kind = int(rng.integers(start + 1, end)), rng.integers(3)
    before, letter = text[at - 1], text[at]
    if kind == _DROP:
        return at, at + 1, ""
    if kind == _DOUBLE or at == start + 1 or before == letter:  # a swap that would show nothing
        return at, at + 1, 2 * letter
    return at - 1, at + 1, letter + before


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> Altered:
    """`edits`: start, end and what comes in place of that, in order, none over another."""
    pieces, at, longer, within = [], 0, np.zeros(len(text) + 2, dtype=int), []
    for start, end, new in edits:
        pieces += [text[at:start], new]
        longer[max(end, start + 1)] += len(new) - (end - start)
        within.append((start, end))
        at = end
    places = np.arange(len(text) + 1) + np.cumsum(longer)[:-1]
    for start, end in within:
        places[start + 1 : end] = places[start]
    return Altered("".join([*pieces, text[at:]]), places)


@lru_cache(maxsize=16)
def _any_name(names: tuple[str, ...]) -> re.Pattern | None:
    longest_first = sorted({_key(name) for name in names} - {""}, key=len, reverse=True)
    any_name = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{any_name})(?!\w)") if any_name else None


def _key(name: str) -> str:
    return " ".join(normalise(name).split())
