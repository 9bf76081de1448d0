"""Word lists that the project ships: valences of its own, and warm words that mostly name a topic."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

# Words that VADER does not know, with what a regression gave them; the figures that follow were found
# then, by programs that are not kept. It learned VADER's valences (and
# TextBlob's, rescaled) from the words that WordNet 3.0 puts beside a word: inflections, derivations,
# synonyms, antonyms, similar and broader words, the words of its definition, and the bases of its
# prefixes and suffixes. On VADER's words of other families than it had learned from: r = .80, and of
# those beyond ±0.8 the sign is right for 98.7 %; so it is for 99 % of the 1,446 words below that Hu
# and Liu's list, which had no part in it, has too. Here are words of ±0.8 or more that are rare in
# WordNet's tagged texts (the frequent ones it rates too high), with a second model's consent; no
# proper names; and of warm nouns and verbs those only that TextBlob also rates warm.
VALENCES = Path(__file__).with_name("valences.csv")
# VADER's warm nouns and verbs (by WordNet's counts) that TextBlob does not rate warm: "support".
TOPICAL = Path(__file__).with_name("topical.csv")


@cache
def valences() -> dict[str, float]:
    """8,822 words in lower case, with a valence on VADER's scale, -4 (cold) to 4 (warm); never 0."""
    with VALENCES.open(encoding="utf-8", newline="") as file:
        return {row["word"]: float(row["valence"]) for row in csv.DictReader(file)}


@cache
def topical() -> frozenset[str]:
    """1,732 words in lower case to which VADER gives a warm valence."""
    with TOPICAL.open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file))
