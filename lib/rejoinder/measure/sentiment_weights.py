"""How much each word counts in opinion prose: what the headline tone makes of VADER's valences."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise

from rejoinder.measure.lexicon_data import topical, valences

# Each of these was kept because without it r falls on two of three kinds of text, tweets, reviews and
# news (by up to .014), and rises on none by more than .001. Rounded: none was fitted to a digit.
#
# People praise by habit and blame with cause: a cold word says more than a warm one of the same
# valence (1.4 times on tweets and reviews, before TOPIC; Taboada et al. 2011 take 1.5).
COLD = 1.2
# A warm noun or verb that TextBlob does not rate warm ("support", "security", "help") mostly names a
# topic.
TOPIC = 0.7
# A word of our own list, of which we are less sure.
ADDED = 0.7
# What would, should or could be good is not said to be so. A cold word is as cold either way.
UNREAL = 0.5
# "avoid a disaster", "against corruption" is no blame, though seldom praise.
RELIEVED = 0.0
# Whoever denies is cooler than the words tell, beyond the turn that the denied word takes; at most
# two in a sentence, where there is another word to score.
DENIAL = -0.4
DENIALS_THAT_COUNT = 2
# So that no added valence equals one of VADER's: its rule for "but" finds words by their valence.
_OFF = 1e-6


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MODALS = _set("could if might must should would")
RELIEF = _set(
    """against avoid avoided avoiding avoids combat combating combats curb curbed curbing curbs
    eliminate eliminated eliminates eliminating end ended ending ends fewer fight fighting fights fix
    fixed fixes fixing fought less prevent prevented preventing prevents reduce reduced reduces
    reducing resist resisted resisting resists solve solved solves solving stop stopped stopping
    stops tackle tackled tackles tackling without"""
)
RELIEF_PAIRS = {("free", "of"), ("free", "from"), ("rid", "of"), ("war", "on")}
RELIEF_PAIRS |= {("lack", "of"), ("absence", "of"), ("instead", "of")}
_DENIES = re.compile(r"not|never|cannot|.*n't")
_MAY_DENY = re.compile("not|never|n't")
_REACH = 4  # words before, as far as a modal is looked for


@cache
def added() -> dict[str, float]:
    """The words of our own list, as VADER's lexicon is to have them."""
    return {word: valence + _OFF for word, valence in valences().items()}


def counted(words: list[str], scored: list[float]) -> list[float]:
    """What each word adds to the headline's sum: its valence, weighed, or `DENIAL`, or 0.

    `words` are as VADER looks them up: in lower case, without marks around them. `scored` has VADER's
    valence of each word after its rules (0 for an unknown word), with the words of `added` in its
    lexicon. If all are 0, so is every result.
    """
    known = [i for i, valence in enumerate(scored) if valence]
    if not known:
        return scored
    result = [0.0] * len(words)
    for i in known:
        result[i] = scored[i] * _weight(words[i], words[max(0, i - _REACH) : i], scored[i])
    if _MAY_DENY.search(" ".join(words)):
        denials = (i for i, word in enumerate(words) if not scored[i] and _DENIES.fullmatch(word))
        for i in islice(denials, DENIALS_THAT_COUNT):
            result[i] = DENIAL
    return result


def _weight(word: str, before: list[str], valence: float) -> float:
    weight = ADDED if word in added() else TOPIC if word in topical() else 1.0
    if valence < 0:
        return weight * COLD * (RELIEVED if _relieved(before[-3:]) else 1)
    return weight * (1 if MODALS.isdisjoint(before) else UNREAL)


def _relieved(before: list[str]) -> bool:
    return not (RELIEF.isdisjoint(before) and RELIEF_PAIRS.isdisjoint(pairwise(before)))
