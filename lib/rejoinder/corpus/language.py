"""Which comments are in another language than English, so that no English word list scores them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rejoinder.text import tokens, word_lists

_FEWEST_WORDS = 6  # fewer tell no language apart, unless their letters do
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
    words = tokens(text)
    letters = sum(map(str.isalpha, text))
    is_latin = len(_LATIN.findall(text)) * 2 > letters
    if letters < 4 or (is_latin and len(words) < _FEWEST_WORDS):
        return None
    if is_latin and sum(word in _COMMON for word in words) >= _ENGLISH * len(words):
        return "en"
    code, certainty = _identifier().classify(text)
    return str(code) if certainty >= _SURE or not is_latin else "en"


@cache
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
