"""Where the words of a sentence do not count as they stand: in a name, and after a denial."""

import re

from rejoinder.measure.chunks import DENIES, NOT_ONE, Sentence, starts
from rejoinder.measure.hits import Hit
from rejoinder.measure.lexicons import GLUE, NAME
from rejoinder.text import any_of, normalise, word_lists

# Without denials r on reviews is .007 lower, without names macro-F1 on news .013; single words with a
# capital are scored, since without them r on tweets falls by .004.
DENIED = -0.74  # what VADER makes of a word after "not"; from -0.5 to -1 does as well
REACH = 6  # words that a denial goes on for; from 5 to 8 does as well
_CAPITALS = re.compile(r"[A-Z]\S*\s[A-Z]")  # only where these are is a name
LONGEST_NAME = 3  # words: a longer row of words with capitals is mostly a heading

# Words with capitals are a name after a title and in mid-sentence; any word may begin a sentence.
_LISTS, SMALL_WORDS = word_lists("context"), frozenset().union(*word_lists("target_sentiment").values())
TITLE = r"(?:Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Prof|Rev|St|[A-Z])\."
_WORD = rf"(?!(?:{NAME}|(?i:{any_of(SMALL_WORDS)})|\w+ly)\b)[A-Z][^\W\d_A-Z][\w'-]*"
_NO_NAME, _MAY_OPEN = (rf"(?i:{any_of(_LISTS[name])})\b" for name in ("no_name", "may_open"))
_FIRST = rf"(?:(?<=[\w,] )(?!{_NO_NAME})|(?={_MAY_OPEN})){_WORD}"
_NAME = re.compile(rf"(?=[A-Z][\w.'-]* [A-Z])\b(?:{_FIRST}|{TITLE})(?: {TITLE})*(?: {_WORD})+")
_LOWER = re.compile(r"(?<![\w#'-])[a-z][\w'-]*")
# An insertion between commas ends no denial: "not, in any way that I can see, honest".
_REACH = rf"((?:,[^,.;:!?]*,)?(?: +(?!(?:{any_of(_LISTS['ends'])})\b)[\w'-]+){{1,{REACH}}})"
_NOT_DENIED, _DENIED = ("|".join(_LISTS[name]) for name in ("not_denied", "denied"))
_DENIAL = re.compile(rf"(?:\b(?=[a-z])|(?=n't))(?:{_NOT_DENIED}|(?:{_DENIED}){_REACH})")


def as_meant(hits: list[Hit], sentence: Sentence) -> list[Hit]:
    """The hits of a sentence, as the sentence means them.

    Left out are words in a name of several words ("Supreme Court") or after a title ("Mr. Best"). Where a
    word is denied and its lexicon did not see that ("hardly good"), praise is multiplied by `DENIED`, and
    blame counts 0, since "hardly bad" is no praise.
    """
    text, parts, chunks = sentence.text, sentence.parts, sentence.chunks
    names = not all([parts[hit.parts[-1][0]].islower() for hit in hits]) and _CAPITALS.search(text)
    denies = False
    if sentence.flags & DENIES:
        first = next(i for i, chunk in enumerate(chunks) if chunk.flags & DENIES)
        first -= bool(chunks[first].flags & NOT_ONE)  # as in "not—good"
        denies = any([hit.parts[-1][0] > first and not hit.negated for hit in hits])
    if not (names or denies):
        return hits
    plain = normalise(GLUE.sub(lambda glue: " " * len(glue[0]), text))
    named = (
        [one.span() for one in _NAME.finditer(plain) if one[0].count(" ") < LONGEST_NAME] if names else []
    )
    if named and "." not in plain[-2:] and SMALL_WORDS.issuperset(_LOWER.findall(plain)):
        named = []  # a headline: only its small words have no capital
    denied = [one.span(1) for one in _DENIAL.finditer(plain.lower()) if one[1]] if denies else []
    if not named and not denied:
        return hits
    result, places = [], starts(text)
    for hit in hits:
        i, start, end = hit.parts[-1]
        middle = places[i] + (start + end) / 2
        if not hit.negated and any(left < middle < right for left, right in denied):
            share = DENIED if hit.score > 0 else 0.0
            hit = hit._replace(score=hit.score * share + 0.0, counts=hit.counts * share)
        if not any(left < middle < right for left, right in named):
            result.append(hit)
    return result
