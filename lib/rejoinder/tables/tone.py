"""03: the words behind a tone."""

from __future__ import annotations

from collections.abc import Sequence

from rejoinder import wording
from rejoinder.measure import sentiment


def word(polarity: float) -> str:
    """warm, cold or neutral; "no tone" for NaN."""
    words = {"above": "warm", "below": "cold", "between": "neutral", "nobody": "no tone"}
    return str(wording.sign(polarity, band=sentiment.NEUTRAL_BAND, **words))


def marks(words: Sequence[sentiment.Word]) -> list[tuple[int, int, str]]:
    """The spans of the scored words of a text, for `display.quote`: (start, end, positive or negative),
    in order. Of two lists that score the same word, the one that weighs more counts."""
    spans: list[tuple[int, int, str]] = []
    for one in sorted(words, key=_weight, reverse=True):
        if one.score and all(one.end <= start or end <= one.start for start, end, _ in spans):
            spans.append((one.start, one.end, "positive" if one.score > 0 else "negative"))
    return sorted(spans)


def strongest(words: Sequence[sentiment.Word], *, most: int = 5, sign: float | None = None) -> str:
    """The words that weigh most, each once with its sign: "evil −, nice +"; "" for none.

    Parameters
    ----------
    sign : take only words on this side of 0; None for both.
    """
    found: dict[str, str] = {}
    for one in sorted(words, key=_weight, reverse=True):
        if one.score and (sign is None or one.score * sign > 0):
            found.setdefault(one.word.lower(), "+" if one.score > 0 else "−")
    return ", ".join(f"{name} {mark}" for name, mark in list(found.items())[:most])


def _weight(one: sentiment.Word) -> float:
    """How much a word weighs in the score, whatever its sign."""
    share = 1 - sentiment.VADER_SHARE if one.lexicon == "textblob" else sentiment.VADER_SHARE
    return abs(one.score) * share
