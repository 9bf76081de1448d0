"""Sentiment toward a person or thing: of the words of a sentence, those that bear on the mention."""

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

import pandas as pd

from rejoinder.measure import sentiment
from rejoinder.measure.context import SMALL_WORDS, TITLE
from rejoinder.measure.lexicons import NAME, squashed
from rejoinder.measure.ngrams import texts_of
from rejoinder.text import any_of, normalise, word_lists

# What is said of somebody follows the name; what precedes it in its own clause counts less, and earlier
# clauses speak of others. Chosen, as rounded figures, on the development splits of NewsMTSC; from 0.5 to
# 0.9, from 0.3 to 1, and from 0.3 to 1 do nearly as well.
FOLLOWING = 0.7  # the weight of a later word, once for every clause between
PRECEDING = 0.5  # of an earlier word in the same clause
ACTING = 0.5  # of a verb of criticism or praise, toward the person who acts
FARTHEST = 8  # clauses, where the weight is 0.06: what comes later bears on others
ACTED_ON = 2.0  # what such a verb says of its object, in VADER's valences (-4 to 4)
NEUTRAL_VALENCE = 0.3  # a weaker sum is neutral (a score of 0.08); from 0.2 to 0.5 does nearly as well

_LISTS, _VERBS = word_lists("target_sentiment"), word_lists("target_sentiment_verbs")
_PRONOUNS, _BEFORE_NOUN, _CONTRASTS = (_LISTS[name] for name in ("pronouns", "before_noun", "contrasts"))
_CLAUSE_WORDS = _CONTRASTS | _LISTS["clause_words"]
_MARK = "\ufffc"  # where the mention was, until the other names are found
_NAME_WORD = rf"(?:{TITLE} ?|{_MARK}|[A-ZÀ-ÖØ-Þ](?![A-Z])[^\W_]*(?:['-][^\W_]{{2,}})*)"
_NAME_RUN = re.compile(rf"(?<![\w'-]){_NAME_WORD}(?:(?: |(?<=\. )|(?<=\.)){_NAME_WORD})*(?![\w-])")
_TOKEN = re.compile(r"[^\W_]+(?:[.'-][^\W_]+)*|[^\w\s]|_")
_STOPS = frozenset('.?!;:()—–"')
_AFTER_LISTED = _STOPS | {"", ",", "and", "or", "for"}  # no verb: the name was no subject


def score(
    sentences: Sequence, starts: Sequence, ends: Sequence, *, mask: Iterable[str] = ()
) -> pd.Series:
    """Sentiment toward the person or thing mentioned at `sentence[start:end]`.

    Parameters
    ----------
    sentences, starts, ends : Series with one index, or lists; a row per mention.
    mask : terms that must not be scored, as in `sentiment.score`. The mention and, except in headlines,
        other names are never scored, and each counts as one word, whatever its shape.

    Returns floats from -1 (negative) to 1 (positive), with the index of `sentences`: NaN where no scored
    word bears on the mention and for a missing or blank sentence; exactly 0 where the words are weak or
    cancel out. It is x / sqrt(x² + 15), with x the sum of what each word counts in `sentiment.score`
    (without TextBlob's):

    - A word after the mention has weight 1 in its clause, 0.7 in the next, 0.49 in the one after and so
      on; a word before it 0.5 in its clause and 0 elsewhere. Clauses end at punctuation, at words such as
      "but" and "who", and at an "and" with a subject of its own. In a sentence that contrasts ("while",
      "but"), a clause that begins with another name says nothing on the mention.
    - A verb of criticism or praise in the clause of the mention gives its object (of a passive, its
      subject) -2 or 2 in place of its valence, and counts half toward the one who acts.
    - The words of X ("X said …", "…, said X", "according to X") say nothing on X.

    Raises ValueError for different lengths or indexes and for offsets outside the sentence, naming its
    label; TypeError for a value that is not text.
    Source: rules of this project, for the task of Hamborg & Donnay 2021, "NewsMTSC" (EACL).
    """
    columns = [sentences, starts, ends]
    indexes = [one.index for one in columns if isinstance(one, pd.Series)] or [range(len(sentences))]
    if len({*map(len, columns)}) > 1 or not all(indexes[0].equals(index) for index in indexes[1:]):
        raise ValueError("sentences, starts and ends must have the same length and the same index")
    texts, hide = texts_of(sentences), sentiment.mask_pattern(mask)
    rows = [row for row in zip(texts, starts, ends, indexes[0], strict=True) if row[0].strip()]
    places = [_with_one_name(text, *_offsets(text, *where), hide) for text, *where in rows]
    scored = sentiment.score(pd.Series([text for text, _ in places], dtype=object))["words"]
    tones = iter([_tone(*place, words) for place, words in zip(places, scored, strict=True)])
    every = [next(tones) if text.strip() else math.nan for text in texts]
    return pd.Series(every, index=indexes[0], dtype=float)


def _offsets(sentence: str, start, end, label) -> tuple[int, int]:
    whole = all(pd.api.types.is_number(at) and at % 1 == 0 for at in (start, end))
    if not whole or not 0 <= start < end <= len(sentence):
        where = f"at label {label!r}: {start!r} to {end!r} of {len(sentence)} characters"
        raise ValueError(f"the offsets lie outside the sentence {where}")
    return int(start), int(end)


@lru_cache(maxsize=50_000)  # the same mentions are scored again for each choice
def _with_one_name(sentence: str, start: int, end: int, hide: re.Pattern | None) -> tuple[str, int]:
    """The sentence with NAME for every name, and where it now has the mention."""
    plain = normalise(sentence)
    name = re.sub(r"^\W+|(?:'s)?\W+$|'s$", "", plain[start:end]) or plain[start:end]
    start = plain.index(name, start)
    parts = [part.replace(_MARK, " ") for part in (plain[:start], plain[start + len(name) :])]
    again = _again(name)
    text = _MARK.join(again.sub(NAME, hide.sub(NAME, part) if hide else part) for part in parts)
    # In a headline, where only small words have no capital, capitals tell no names.
    if not SMALL_WORDS.issuperset(word[0] for word in _TOKEN.finditer(text) if word[0].islower()):
        text = _NAME_RUN.sub(_one_name, text)
    return text.replace(_MARK, NAME), text.index(_MARK)


@lru_cache(maxsize=5_000)  # the same few names are mentioned over and over
def _again(name: str) -> re.Pattern:
    """Where the name, or a part of it, stands once more; pronouns and articles are no names."""
    parts = {part.strip(",.'\"()[]") for part in name.split()} - {""}
    never = _PRONOUNS | _BEFORE_NOUN | {"him", "me", "them"}
    parts = {part for part in parts if part.lower() not in (SMALL_WORDS if part.islower() else never)}
    any_part = any_of(part for part in parts if not re.fullmatch(TITLE, part + ".")) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{any_part})(?: (?:{any_part}))*(?!\w)")


def _one_name(run: re.Match) -> str:
    """NAME for words with capitals; a single one that opens a sentence may be any word, and stays."""
    words, before = run[0].split(" "), []
    while words and re.split("[-']", words[0])[0].lower() in SMALL_WORDS:
        before.append(words.pop(0))
    opens = run.string[: run.start()].rstrip(" ")[-1:] in {"", *_STOPS}
    if not words or (opens and not before and len(words) == 1 and _MARK not in run[0]):
        return run[0]
    return " ".join([*before, _MARK if _MARK in run[0] else NAME])


@lru_cache(maxsize=50_000)  # as above
def _tone(text: str, at: int, scored: tuple[sentiment.Word, ...]) -> float:
    places = [token.start() for token in _TOKEN.finditer(text)]
    words = [word if word == NAME else word.lower() for word in _TOKEN.findall(text)]
    mention = bisect_right(places, at) - 1
    words[mention] = NAME
    clauses, speech = _clauses(words), _speech_from(words, mention)
    roles = _roles(words, clauses, mention)
    amounts = [amount for i, amount in roles.items() if i < speech and amount]
    for word in scored:
        i = bisect_right(places, word.start) - 1
        if word.lexicon == "textblob" or i >= speech or roles.get(i):
            continue
        away = abs(clauses[i] - clauses[mention])
        weight = FOLLOWING**away * (away <= FARTHEST) if i > mention else PRECEDING * (away == 0)
        if weight:
            amounts.append(word.counts * weight * (ACTING if i in roles else 1))
    total = sum(amounts)
    if abs(total) < NEUTRAL_VALENCE:
        return 0.0 if amounts else math.nan
    return squashed(total)


def _clauses(words: list[str]) -> list[int]:
    """For each word the number of its clause."""
    numbers, number, padded = [], 0, [*words, "", ""]
    contrast = not _CONTRASTS.isdisjoint(words)
    for i, word in enumerate(words):
        before, after, next_but_one = padded[i - 1] if i else "", padded[i + 1], padded[i + 2]
        if word in _STOPS:
            number += 1
        elif word == ",":
            # "Smith, Jones and Brown", and at the end "…, Smith."
            listed = before == NAME and next_but_one in {",", "and", "or"}
            number += not (after == NAME and (listed or next_but_one in {"", ".", "!", "?"}))
        elif word in {"and", "or"}:
            subject = after == NAME or after in _PRONOUNS
            number += subject and next_but_one not in _AFTER_LISTED and before not in {NAME, ","}
        elif word in _CLAUSE_WORDS and before != "," and before not in _STOPS:
            number += 1
        opens = word in _CLAUSE_WORDS or word == "and" or [number] > numbers[-1:]
        if contrast and opens and after == NAME and next_but_one not in _AFTER_LISTED:
            number += FARTHEST
        numbers.append(number)
    return numbers


def _speech_from(words: list[str], mention: int) -> float:
    """From which word on the sentence gives the words of the one mentioned; infinity for nowhere."""
    before, verb = ["", "", *words][mention : mention + 2]
    ends = [*words, ""][mention + 1] in _AFTER_LISTED
    told = verb in _SAYING and (before == '"' or (ends and before in {"", ","}))
    if told or (before, verb) == ("according", "to"):
        return 0
    i = mention + 1
    if words[i : i + 1] == [","] and "," in words[i + 1 : i + 12]:
        i = words.index(",", i + 1) + 1  # "Smith, a physician, said"
    while i < len(words) and (words[i] in _LISTS["before_said"] or words[i].endswith("ly")):
        i += 1
    return i if i < len(words) and words[i] in _SAYING else math.inf


def _roles(words: list[str], clauses: list[int], mention: int) -> dict[int, float]:
    """The verbs of criticism and praise in the mention's clause, with what each says of the mention: 0
    where the mention acts."""
    roles = {}
    for i, word in enumerate(words):
        if word not in _ACTS or clauses[i] != clauses[mention]:
            continue
        before, after, between = words[max(0, i - 3) : i], words[i + 1 : i + 2], words[i + 1 : mention]
        noun = not _BEFORE_NOUN.isdisjoint(before[-1:])
        noun |= word in _BASE_FORMS and _BEFORE_VERB.isdisjoint(before[-1:])
        negated = any(other in _LISTS["negations"] or other.endswith("n't") for other in before)
        if noun or negated or "for" in between or not _ACTS.keys().isdisjoint(between):
            continue
        by = after and after[0] in {"by", "for", "of", "with"}
        passive = word.endswith("ed") and (by or not _LISTS["be"].isdisjoint(before))
        roles[i] = _ACTS[word] if passive == (mention < i) else 0.0
    return roles


def _forms(verb: str) -> set[str]:
    stem = verb.removesuffix("e")
    doubled = verb + verb[-1] if re.search(r"[^aeiou][aeiou][bgmnpt]$", verb) else stem
    return {verb, verb + "s"} | {s + ending for s in (stem, doubled) for ending in ("es", "ed", "ing")}


_CRITICISM, _PRAISE, _SAYING = (
    {form for verb in _VERBS[kind] for form in _forms(verb)} for kind in ("criticism", "praise", "say")
)
_SAYING |= {"said", "told", "wrote"}
_ACTS = dict.fromkeys(_CRITICISM, -ACTED_ON) | dict.fromkeys(_PRAISE, ACTED_ON)
_BASE_FORMS = _VERBS["criticism"] | _VERBS["praise"]
_BEFORE_VERB = _PRONOUNS | _LISTS["before_verb"]
