"""Texts as counts of pieces of their words: runs of letters, and stems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from rejoinder.text import normalise, tokens

# Chosen on the development and training sets of ArgKP (28 motions), where neighbouring values do
# nearly as well: runs of 3 to 5 letters, word beginnings of 5, the two weighing the same.
RUN_LENGTHS = (3, 4, 5)
STEM_LETTERS = 5
# A name counts as much as a word of six letters, which has so many runs.
NAME_RUNS = 15
# For a name stands one letter of Tangut, a script in which nobody has written for centuries: a letter
# to every rule about words, and none that a comment holds.
FIRST_LETTER, MOST_NAMES = "\U00017000", 6_000

_LETTERS_OF_NAMES = re.compile(f"[{FIRST_LETTER}-{chr(ord(FIRST_LETTER) + MOST_NAMES)}]")
_SUFFIX = re.compile(r"(?<=\w{3})(?:'s|ies|es|s|ing|ed|ly|er|y|e)$")


def texts_of(values: Iterable) -> list[str]:
    """The texts of a Series or list; "" where one is missing. Raises TypeError for what is neither, and
    for a value that is not text, naming its place."""
    if not isinstance(values, (pd.Series, pd.Index, np.ndarray, list, tuple)):
        raise TypeError(f"a Series or list of texts is needed, not {type(values).__name__}: [text]")
    values = list(values)
    for place, value in enumerate(values):
        if isinstance(value, str):
            continue
        if not (pd.api.types.is_scalar(value) and pd.isna(value)):
            raise TypeError(f"the text at place {place} is of type {type(value).__name__}, not str")
        values[place] = ""
    return values


def opaque(names: Iterable[str]) -> Callable[[str], str]:
    """A function that puts one letter for each of the names, where it stands as a whole word in its own
    capitals or in capitals alone. The first name found gets the first letter, so that nothing depends on
    how a name is spelt, not even the order in which sums are added up. Raises as `links.similarity`
    does."""
    if isinstance(names, str):
        raise TypeError(f"names are needed, not one text: {names!r}")
    given = {" ".join(normalise(name).split()) for name in names} - {""}
    if len(given) > MOST_NAMES:
        raise ValueError(f"{len(given)} names; there are letters for {MOST_NAMES}")
    if not given:
        return str
    meant = {name.upper(): name for name in sorted(given)} | {name: name for name in given}
    spelt = sorted(meant, key=len, reverse=True)
    any_name = "|".join(r"\s+".join(map(re.escape, name.split())) for name in spelt)
    pattern = re.compile(rf"(?<!\w)({any_name})(?!\w)(?:'[sS](?!\w))?")
    letters: dict[str, str] = {}

    def letter(found: re.Match) -> str:
        name = meant[" ".join(found[1].split())]
        return f" {letters.setdefault(name, chr(ord(FIRST_LETTER) + len(letters)))} "

    return lambda text: pattern.sub(letter, _LETTERS_OF_NAMES.sub(" ", normalise(text)))


def words_of(text: str) -> list[str]:
    """The words in lower case, in order; of a compound each part."""
    return [part for word in tokens(text) for part in word.split("-")]


def sparse(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]):
    """How often each row meets each column."""
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(rows)), (rows.astype(int), columns)), shape=shape)


def pieces_of_words(vocabulary: Sequence[str], pieces: Callable[[str], list[str]]):
    """How often each word (row) holds each piece (column); a function word holds none."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    of_words = [[] if word in ENGLISH_STOP_WORDS else pieces(word) for word in vocabulary]
    found = pd.Series(of_words, dtype=object).explode().dropna()
    codes, kinds = pd.factorize(found.to_numpy(dtype=object), sort=True)
    return sparse(found.index.to_numpy(), codes, (len(vocabulary), max(1, len(kinds))))


def runs(word: str) -> list[str]:
    """Its runs of letters, where a space stands for its beginning and its end."""
    if _LETTERS_OF_NAMES.match(word):
        return [f"{word}{i}" for i in range(NAME_RUNS)]
    edged = f" {word} "
    return [edged[i : i + n] for n in RUN_LENGTHS for i in range(len(edged) - n + 1)]


def stem(word: str) -> list[str]:
    """Its beginning, without the ending."""
    return [_SUFFIX.sub("", word)[:STEM_LETTERS]]
