"""Which comments are in another language than English, so that no English word list scores them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rejoinder.text import tokens, word_lists

_FEWEST_LETTERS, _FEWEST_WORDS = 4, 6  # fewer tell no language apart; words, unless their letters do
_ENGLISH = 0.2  # share of words such as "the" and "is" from which nobody need ask
_SURE = 0.9
_COMMON = word_lists("english")["common"]
_LATIN = re.compile("[A-Za-zÀ-ɏ]")


@lru_cache(maxsize=20_000)  # most comments are the same in each reading
def language(text: str) -> str | None:
    """The language of a text as an ISO 639-1 code; None for a text that is too short to tell.

    A text is English if many of its words are common English words, or if py3langid is not sure that it
    is in another language. Source: Lui & Baldwin 2012, "langid.py" (ACL).
    """
    return language_by(text, tokens(text))


def language_by(text: str, words: list[str]) -> str | None:
    """`language`, for who has the words of the text."""
    common = [word for word in words if word in _COMMON]
    looks_english = len(words) >= _FEWEST_WORDS and len(common) >= _ENGLISH * len(words)
    if looks_english and text.isascii() and sum(map(len, common)) >= 2 * _FEWEST_LETTERS:
        return "en"  # mostly, and fast
    letters = sum(map(str.isalpha, text))
    is_latin = len(_LATIN.findall(text)) * 2 > letters
    if letters < _FEWEST_LETTERS or (is_latin and len(words) < _FEWEST_WORDS):
        return None
    if is_latin and looks_english:
        return "en"
    code, certainty = _identifier().classify(text)
    return str(code) if certainty >= _SURE or not is_latin else "en"


@cache
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
