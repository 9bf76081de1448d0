"""Names and terms that several texts share, as a draft of actors and themes."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
import pandas as pd

from rejoinder.measure import themes
from rejoinder.measure.keyness import is_content
from rejoinder.text import tokens, without_addresses, word_lists

MOST = 8
FEWEST_TEXTS = 3  # that name an actor, unless author and readers do
OFTEN_SMALL = 0.25  # times as often written small as with a capital: no name
OLD = 0.6  # the share of a theme's texts that have an earlier theme, above which it is none
NOUN = 0.4  # the share of a term's places where it ends what stands behind a word such as "the"
FEW = 40  # paragraphs and comments, among which a theme may be in two only

_WORDS = word_lists("draft")
_NAME = re.compile(r"(?<![\w@#.'/-])(?:[A-Z]\.)+|(?<![\w@#.'/-])[A-Z][\w&-]*(?: (?:of )?[A-Z][\w&-]*)*")
_SMALL = re.compile(r"(?<![\w@#.'/-])[a-z][\w-]*")
_BEFORE_SENTENCE = re.compile(r"(?:^|[.!?:;\"()\[\]*>-])[\s\"'(]*\Z")
_NO_NAME = re.compile(r"^[\w-]*(?:ese|ish|ians?|icans?|eans?)\Z|[a-z][A-Z]|\d")  # an adjective, code
_WORD = re.compile(r"[\w'-]*\w")
_BREAK = re.compile(r"[^\w\s'-]+|(?:^| )-|-(?: |$)")


def names(texts: pd.Series, is_comment: np.ndarray, *, without: Iterable[str] = ()) -> pd.DataFrame:
    """Names that author and readers, or several texts, write with a capital; most texts first.

    Parameters
    ----------
    texts : normalised English texts.
    is_comment : of each, whether it is a reader's.
    without : names that are left out, whatever their capitals, such as the commenters'.

    Returns a row for each of up to eight: `name`, `aliases` (tuple, for `themes.from_names`). A last name
    belongs to the whole name, and words.toml says what has several names. Words that are often written
    small, all in capitals, adjectives of countries and handles are no names.
    """
    small, found, names, without = Counter(), [], Counter(), {one.lower() for one in without}
    for text in texts.map(without_addresses):
        small.update(_SMALL.findall(text))
        for match in _NAME.finditer(text):
            before = text[max(0, match.start() - 6) : match.start()]
            found.append((match[0].split(), bool(_BEFORE_SENTENCE.search(before))))
    for words, first in found:  # the first word of a sentence has a capital whatever it is
        first = first and (
            len(words) == 1 or small[words[0].lower()] > 0 or not is_content(words[0].lower())
        )
        shouts = "".join(words).isupper() and (len(words) > 1 or len(words[0]) > 5)
        own = [word for word in words[first:] if word.lower() not in _WORDS["no_names"]]
        if own and not shouts and len(own[0]) > 1:
            names[" ".join(own)] += 1
    one_of = {alias: same[0] for same in _WORDS["same"] for alias in same}
    for name, n in list(names.items()):
        words = name.split()
        often = [small[word.lower()] > n * OFTEN_SMALL for word in words]
        is_no_name = all(often) or name.lower() in without or _NO_NAME.search(name)
        if name not in one_of and (is_no_name or (often[0] and " ".join(words[1:]) in names)):
            del names[name]
    groups = defaultdict(set)
    for name in sorted(names, key=lambda name: (" " not in name, -names[name])):  # whole names first
        head = one_of.setdefault(name, one_of.setdefault(name.lower(), name))
        groups[head].add(name)
        one_of.setdefault(name.split()[-1], head)
    often = sorted(groups, key=lambda name: -sum(names[one] for one in groups[name]))[: 5 * MOST]
    rows = [(name, tuple(sorted(groups[name], key=lambda one: (-len(one), one)))) for name in often]
    book = pd.DataFrame(rows, columns=["name", "aliases"])
    there = themes.presence(texts, themes.from_names(book)).drop(columns="none")
    author, readers = there[~is_comment].sum(), there[is_comment].sum()
    kept = (author + readers)[((author > 0) & (readers > 0)) | (author + readers >= FEWEST_TEXTS)]
    order = kept.sort_values(ascending=False, kind="stable").index[:MOST]
    return book.loc[order].reset_index(drop=True)


def terms(texts: pd.Series, is_comment: np.ndarray, *, without: Iterable[str] = ()) -> pd.DataFrame:
    """Terms of one or two words that several texts share, as themes; parameters as for `names`.

    Returns a row for each of up to eight, of two words or in most texts first: `name` (as most often
    written), `pattern` (for `themes.presence`: singular and plural), and how many `paragraphs` and
    `comments` have it. A term is like a noun: it ends what follows a word such as "the".
    """
    no_term = _WORDS["no_themes"] | {word for name in without for word in tokens(name)}
    places, forms, nouns = defaultdict(set), defaultdict(Counter), Counter()
    for i, text in enumerate(texts.map(without_addresses)):
        for words in (_WORD.findall(part) for part in _BREAK.split(text)):
            for at, end in ((at, at + size) for at in range(len(words)) for size in (1, 2)):
                own = [word.lower().removesuffix("'s") for word in words[at:end]]
                term = tuple(map(_singular, own))
                if end <= len(words) and all(map(is_content, own)) and no_term.isdisjoint([*term, *own]):
                    places[term].add(i)
                    forms[term][" ".join(words[at:end]).removesuffix("'s")] += 1
                    before, after = (
                        " ".join(words[a:b]).lower() for a, b in ((max(at - 1, 0), at), (end, end + 1))
                    )
                    behind = before in _WORDS["before_nouns"] or is_content(before)
                    nouns[term] += behind and not is_content(after)
    fewest = 2 if len(texts) < FEW else FEWEST_TEXTS
    worth = {
        term: len(of) * len(term)
        for term, of in places.items()
        if len(of) >= fewest and nouns[term] >= NOUN * forms[term].total()
    }
    rows, earlier = [], []
    for term in sorted(worth, key=lambda term: (-worth[term], term)):
        own = places[term]
        if len(rows) < MOST and all(len(own & of) <= OLD * len(own) for of in earlier):
            earlier.append(own)
            n = int(is_comment[list(own)].sum())
            name = forms[term].most_common(1)[0][0]
            rows.append((name, rf"\b{_pattern(term)}\b", len(own) - n, n))
    return pd.DataFrame(rows, columns=["name", "pattern", "paragraphs", "comments"])


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is", "news")):
        return word
    return re.sub(r"(?<=ss|ch|sh)es$|(?<=x)es$|(?<!ie)s$", "", re.sub(r"ies$", "y", word))


def _pattern(term: tuple[str, ...]) -> str:
    """Finds a term in the singular and the plural."""
    last = re.sub(r"(?<=[^aeiou])y$", "(?:y|ies)", term[-1])
    return r"[\s-]+".join([*term[:-1], last if last.endswith(")") else f"{last}(?:s|es)?"])
