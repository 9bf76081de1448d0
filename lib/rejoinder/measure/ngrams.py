"""Texts as counts of pieces of their words: letter n-grams, and stems."""

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from rejoinder.text import any_of, normalise, tokens, without_addresses

# Chosen on the development and training sets of ArgKP (28 motions), where neighbouring values do
# nearly as well.
NGRAM_LENGTHS = (3, 4, 5)
STEM_LETTERS = 5
NAME_NGRAMS = 15  # a name counts as much as a word of six letters, which has so many n-grams
# A name is replaced by one letter of Tangut, a script out of use for centuries: a letter to every rule
# about words, and one that no comment contains.
FIRST_LETTER, MOST_NAMES = "\U00017000", 6_000

_LETTERS_OF_NAMES = re.compile(f"[{FIRST_LETTER}-{chr(ord(FIRST_LETTER) + MOST_NAMES)}]")
_SUFFIX = re.compile(r"(?<=\w{3})(?:'s|ies|es|s|ing|ed|ly|er|y|e)$")


def texts_of(values: Sequence) -> list[str]:
    """The texts of a Series or list, "" for a missing one. Raises TypeError for anything else, and for a
    value that is not text, naming its label."""
    if not isinstance(values, (pd.Series, pd.Index, np.ndarray, list, tuple)):
        raise TypeError(f"texts must be a Series or list, not {type(values).__name__}")
    texts = []
    for label, value in values.items() if isinstance(values, pd.Series) else enumerate(values):
        if not (isinstance(value, str) or (pd.api.types.is_scalar(value) and pd.isna(value))):
            raise TypeError(f"the text at label {label!r} is of type {type(value).__name__}, not str")
        texts.append(value if isinstance(value, str) else "")
    return texts


def opaque(names: Iterable[str]) -> Callable[[str], str]:
    """A function that replaces each name by one letter, wherever it stands as a whole word in its own
    capitals or in capitals alone, with or without 's; the longest one is taken. The first name found
    gets the first letter, so that spelling changes nothing, not even the order of sums."""
    if isinstance(names, str):
        raise TypeError(f"names must be a list, not one string: {names!r}")
    given = sorted({" ".join(normalise(name).split()) for name in names} - {""})
    if not given:
        return str
    meant = {name.upper(): name for name in given} | {name: name for name in given}
    pattern = re.compile(rf"(?<!\w)({any_of(meant)})(?!\w)(?:'[sS](?!\w))?")
    letters: dict[str, str] = {}

    def letter(found: re.Match) -> str:
        name = meant[" ".join(found[1].split())]
        return f" {letters.setdefault(name, chr(ord(FIRST_LETTER) + len(letters)))} "

    def hide(text: str) -> str:
        return pattern.sub(letter, _LETTERS_OF_NAMES.sub(" ", without_addresses(normalise(text))))

    return hide


def words_of(text: str) -> list[str]:
    """The words in lower case, in order; of a compound each part."""
    return [part for word in tokens(text) for part in word.split("-")]


def sparse(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]):
    """How often each row meets each column."""
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


def counted(lists: list[list[str]]) -> tuple:
    """How often each list (row) contains each word, and the vocabulary (at least one word), sorted so
    that sums do not depend on the order of the texts."""
    table = pd.Series(lists, dtype=object).explode().dropna()
    codes, vocabulary = pd.factorize(table.to_numpy(dtype=object), sort=True)
    shape = (len(lists), max(1, len(vocabulary)))
    return sparse(table.index.to_numpy(dtype=int), codes, shape), [*vocabulary] or [""]


def pieces(vocabulary: Sequence[str], of: Callable[[str], list[str]]):
    """Words × what they are made of: their `stem` or `ngrams`, and nothing for function words."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return counted([[] if word in ENGLISH_STOP_WORDS else of(word) for word in vocabulary])[0]


def stem(word: str) -> list[str]:
    """The beginning of the word, without its ending."""
    return [_SUFFIX.sub("", word)[:STEM_LETTERS]]


def ngrams(word: str) -> list[str]:
    """n-grams of the letters; a space stands for the beginning and the end of the word."""
    if _LETTERS_OF_NAMES.match(word):
        return [f"{word}{i}" for i in range(NAME_NGRAMS)]
    edged = f" {word} "
    return [edged[i : i + n] for n in NGRAM_LENGTHS for i in range(len(edged) - n + 1)]
