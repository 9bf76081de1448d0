"""Whether a comment agrees with a thesis, said only where the comment plainly says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from rejoinder.text import normalise, tokens

AGREE, DISAGREE, UNCLEAR = STANCES = ("agree", "disagree", "unclear")

# The lists were made by hand, in part while reading the debates that `read.benchmarks` describes.
# What can be said for or against anything:
GOOD = """good great better best excellent superb wonderful fantastic outstanding brilliant amazing
valuable invaluable worth worthy worthwhile useful helpful beneficial vital essential crucial important
necessary needed indispensable effective successful safe safer fair enjoyable informative interesting
thoughtful enlightening wise smart right reasonable sensible ethical moral healthy success asset boon
blessing benefit solution answer improvement treasure"""
BAD = """bad worse worst poor terrible horrible awful dreadful stupid foolish dumb idiotic ridiculous
absurd nonsense insane crazy wrong waste wasteful useless worthless pointless expendable unnecessary
superfluous obsolete outdated irrelevant harmful dangerous unsafe risky unfair unjust unethical immoral
unacceptable disgrace disgraceful shame shameful joke farce fraud scam sham disaster disastrous problem
cruel cruelty evil counterproductive ineffective abusive corrupt mistake nightmare burden costly inhumane
barbaric toxic mess unsustainable failure threat menace crime detrimental destructive myth trouble
unhealthy disgusting"""
# what should be done with it (without "should" these report a fact: "guns are allowed there"):
DONE = """allowed permitted legal legalized legalised kept retained mandatory compulsory required
encouraged supported protected preserved adopted expanded available welcomed recognized recognised"""
UNDONE = """banned abolished prohibited outlawed illegal forbidden eliminated stopped ended rejected
discouraged removed scrapped repealed restricted limited criminalized criminalised dismantled closed
dropped discontinued avoided reformed reconsidered"""
# what it does, in any form of the verb:
HELPS = "help benefit work improve protect save succeed enrich enhance deserve"
HURTS = "hurt harm ruin destroy damage fail kill undermine waste threaten endanger corrupt suck neglect"
# what to do with it ("Abolish the tax", "We need the agency"), and the same as an event ("banning it"):
DEMANDS = """keep support need needs require legalize legalise expand adopt introduce subsidize subsidise
welcome recognize recognise"""
REFUSALS = """abolish ban end stop shun reject eliminate restrict limit prohibit forbid outlaw repeal
abandon drop"""
UNDOING = """abolishing banning ending stopping shunning rejecting eliminating restricting limiting
prohibiting forbidding outlawing repealing abandoning dropping without"""

AUXILIARY = """do does did has have had can could will would may might is are was were be been being
should must ought to"""
# Words of a thesis that name no subject.
EMPTY = f"""{AUXILIARY} a an the this that these those there it its it's they them their we us our you
your he his she her i my who what which when where how why all any every some such just also very too
more most less only of for in on at by with from as and or but if than then so into out up over about
because get gets make makes lead leads remain remains"""
# Words after which a sentence no longer speaks of its subject: "casinos in towns that are …".
TURNS = """and or but that which who whom because when while of in on at for with from to by about against
as if than it they we you i he she"""
# In a sentence with one of these nothing is asserted.
HYPOTHETICAL = frozenset({"if", "unless", "whether", "would", "could"})
# "It is cruel", right after a sentence about the subject.
PRONOUNS = frozenset({"it", "they", "this", "these", "that"})
# A subject of several words is spoken of where at least half of them stand.
NAMED = 0.5

# "Not only good" is good.
NOT = r"(?:not(?! only| just| merely)|never|no|hardly|without|cannot|neither|nor|nothing|none|\w+n't)"
BE = r"(?:is|are|was|were|isn't|aren't|wasn't|weren't|be|been|being|becomes?|remains?|seems?)"
OUGHT = r"(?:should|must|ought|shouldn't|mustn't|needs?|has|have|had|deserves?)"
_CLAUSE = re.compile(r"[^.!?;:\n]+[.!?;:]*")
_PIECE = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[,()\"—–]")
_THESIS_END = re.compile(r"[,;:!?](?=\s)|\b(?:because|but|although|though|since|while)\b")
_NOT = re.compile(rf"\b{NOT}\b")
_ENDING = re.compile(r"(?<=\w{4})(?:i[sz]ation|ation|ings?|ed|ies|es|ly|al|y|e)$|(?<=\w{3})s$")
# "I don't think that …", "Banning …": each turns round what follows.
_DENIAL = re.compile(
    r"(?:n't|not|never) (?:think|believe|say|agree|find|feel|see) (?:that |how |the |a )?$"
)
_UNDOING = re.compile(rf"\b(?:{'|'.join(UNDOING.split())}) (?:the |all |any )?$")
_BEFORE = 40  # characters before a subject in which either can stand
# Stands for a word of the subject; no piece of a comment is made of it.
_SUBJECT = "§"


class _Thesis(NamedTuple):
    subject: frozenset[str]
    side: int  # 1 for its subject, -1 against it, 0 where its words do not tell


def _any_of(words: str) -> str:
    return "|".join(words.split())


def _any_form(verbs: str) -> str:
    return "|".join(
        f"{verb[:-1]}(?:e|es|ed|ing)" if verb.endswith("e") else f"{verb}(?:s|es|ed|ing)?"
        for verb in verbs.split()
    )


_ASKED = re.compile(_any_of(f"{DEMANDS} {REFUSALS}"))
_THESIS_FOR = re.compile(f"{_any_of(f'{GOOD} {DONE} {DEMANDS}')}|{_any_form(HELPS)}")
_THESIS_AGAINST = re.compile(f"{_any_of(f'{BAD} {UNDONE} {REFUSALS}')}|{_any_form(HURTS)}")
_THESIS_VERB = re.compile(
    f"{_any_of(AUXILIARY)}|{_any_form(f'{HELPS} {HURTS} make lead remain')}|{_ASKED.pattern}|{NOT}"
)
_EMPTY = frozenset(EMPTY.split())


def _patterns() -> list[re.Pattern]:
    """The four ways of saying something of a subject; group `pro` or `con` is what is said."""
    # The subject must not hang on another word: "the end of casinos is a disaster" is about the end.
    heads = ("of", "to", "against", "about", "with", "from", "by", "in", "for", "on", "over")
    free = "".join(rf"(?<!\b{head} )" for head in heads)
    subject = rf"{free}(?<!{_SUBJECT} )(?:{_SUBJECT} )++"
    word = rf"(?:(?!(?:{_any_of(TURNS)})\b)[\w'-]+ )"
    adverb = rf"(?:(?:{NOT}|\w+ly|just|also|always|still|even|too) )"
    between = rf"(?:{adverb}|(?:{_any_of(AUXILIARY)}) )"

    def said(pro: str, con: str) -> str:
        return rf"(?:(?P<pro>{pro})|(?P<con>{con}))\b"

    patterns = (
        # "casinos are really not a good idea"
        rf"{subject}{word}{{0,2}}?{BE} {word}{{0,4}}?{said(_any_of(GOOD), _any_of(BAD))}(?! than)",
        # "casinos should never be allowed"
        rf"{subject}{word}{{0,2}}?{OUGHT} (?:{adverb}|to )*+be {word}{{0,2}}?"
        + said(_any_of(DONE), _any_of(UNDONE)),
        # "casinos do not help"
        rf"{subject}{between}{{0,4}}{said(_any_form(HELPS), _any_form(HURTS))}",
        # "we must never ban casinos"
        rf"\b(?:{OUGHT}|can't|cannot|don't|do not|we) (?:{adverb}|to )*+"
        rf"{said(_any_of(DEMANDS), _any_of(REFUSALS))} (?:(?:the|a|all|any|these|our|more) )?{_SUBJECT} ",
    )
    return [re.compile(pattern) for pattern in patterns]


_PATTERNS = _patterns()


def predict(comments: pd.Series, theses: pd.Series | str) -> pd.Series:
    """What each comment says of its thesis: "agree", "disagree", or, mostly, "unclear".

    `comments`: texts. `theses`: a Series with the same index, or one thesis for all. Returns a
    Series of str with that index. A missing or blank comment or thesis is "unclear".

    Whole statements count, not tone. A thesis is read, up to its first comma or "because", as a
    subject and a side ("Casinos should not be allowed": casinos, against). In the comment, statements
    about that subject are sought: that it is good or bad, should or should not be allowed, helps or
    harms, or is to be kept or abolished. A negation turns each round; questions and suppositions say
    nothing. The comment agrees where most of these statements are on the thesis's side. A thesis
    that shows no side ("Activists can be politicians") and a comment that argues by facts, irony or
    another subject are "unclear". A thesis and its plain negation never get the same other answer.

    On readers' comments this answers about one time in 17, and then is right about nine times in
    ten; the sign of tone is at chance (`read.recorded.method_scores`). So it finds comments to
    quote where nobody has coded, and does not tell what share agrees. How much of the thesis a
    sentence repeats, and warm words anywhere near its subject, were tried and did little better than
    chance.

    Raises ValueError where the indexes differ, TypeError for what is no Series or no text, naming its
    label. Source: target and sentiment of a claim, Bar-Haim et al. 2017, "Stance classification of
    context-dependent claims" (EACL); words and patterns are the project's own.
    """
    if not isinstance(comments, pd.Series):
        raise TypeError(f"comments must be a pandas Series, not {type(comments).__name__}")
    if isinstance(theses, str):
        theses = pd.Series(theses, index=comments.index, dtype=object)
    elif not isinstance(theses, pd.Series):
        raise TypeError(f"theses must be a pandas Series or one str, not {type(theses).__name__}")
    if not theses.index.equals(comments.index):
        raise ValueError("comments and theses must have the same index, in the same order")
    stances = [
        _stance(_checked(comment, "comment", label), _checked(thesis, "thesis", label))
        for (label, comment), thesis in zip(comments.items(), theses, strict=True)
    ]
    return pd.Series(stances, index=comments.index, dtype="str", name="stance")


def _checked(value: object, what: str, label: object) -> str:
    if isinstance(value, str):
        return value
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    raise TypeError(f"the {what} at label {label!r} is of type {type(value).__name__}, not str")


def _stance(comment: str, thesis: str) -> str:
    subject, side = _read(thesis)
    if not (subject and side):
        return UNCLEAR
    balance = side * sum(_said(comment, subject))
    return AGREE if balance > 0 else DISAGREE if balance < 0 else UNCLEAR


@lru_cache(maxsize=1_000)
def _read(thesis: str) -> _Thesis:
    """What a thesis speaks of and whether it speaks for it or against it."""
    words = tokens(_THESIS_END.split(thesis.lower())[0])
    verb = next((i for i, word in enumerate(words) if _THESIS_VERB.fullmatch(word)), None)
    if verb is None:
        return _Thesis(frozenset(), 0)
    # "It should be illegal to gamble": the subject comes later.
    subject = _stems(words[:verb]) or _stems(words[verb:])
    side = 0
    for at, word in enumerate(words[verb:], verb):
        # "needs to be banned", "should be required to pay": what counts is said after "to".
        if words[at + 1 : at + 2] == ["to"] and word in {"need", "needs", "needed", "required"}:
            continue
        side = bool(_THESIS_FOR.fullmatch(word)) - bool(_THESIS_AGAINST.fullmatch(word))
        if side:
            # "Towns should ban casinos" speaks of casinos.
            subject = _stems(words[at + 1 :]) if _ASKED.fullmatch(word) else subject
            break
    denials = len(_NOT.findall(" ".join(words)))
    return _Thesis(subject, -side if denials % 2 else side)


def _stems(words: list[str]) -> frozenset[str]:
    named = (word for word in words if len(word) > 1 and word not in _EMPTY)
    judged = (_THESIS_FOR, _THESIS_AGAINST, _NOT)
    return frozenset(_stem(word) for word in named if not any(p.fullmatch(word) for p in judged))


def _stem(word: str) -> str:
    return _ENDING.sub("", word.removesuffix("'s"))


def _said(comment: str, subject: frozenset[str]) -> Iterator[int]:
    """1 for every statement of the comment for the subject, -1 for every one against it."""
    spoken_of = False  # by the clause before
    for clause in _CLAUSE.findall(normalise(comment).lower()):
        pieces = _PIECE.findall(clause)
        of_subject = [_stem(piece) in subject for piece in pieces]
        named = len(subject.intersection(map(_stem, pieces))) >= NAMED * len(subject)
        if not named:
            of_subject = [spoken_of and at == 0 and word in PRONOUNS for at, word in enumerate(pieces)]
        is_question = clause.rstrip(" \"')").endswith("?")
        spoken_of = named and not is_question
        if any(of_subject) and not is_question and HYPOTHETICAL.isdisjoint(pieces):
            words = (_SUBJECT if here else word for here, word in zip(of_subject, pieces, strict=True))
            yield from _sides(" ".join(words) + " ")


def _sides(clause: str) -> Iterator[int]:
    for pattern in _PATTERNS:
        for found in pattern.finditer(clause):
            denials = len(_NOT.findall(found[0]))
            before = clause[max(0, found.start() - _BEFORE) : found.start()]
            denials += bool(_DENIAL.search(before)) + bool(_UNDOING.search(before))
            side = 1 if found["pro"] else -1
            yield -side if denials % 2 else side
