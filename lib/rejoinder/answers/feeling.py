"""Does feeling tell agreement? Tone beside stance, comment by comment."""

from __future__ import annotations

import math

import pandas as pd

from rejoinder.answers.alike import comment_share
from rejoinder.answers.answer import Answer, count, joined, place
from rejoinder.answers.coded import UNCODED, settled, who_coded
from rejoinder.answers.stances import has_stances, missing, stances, thesis_stances
from rejoinder.answers.tone import tones
from rejoinder.discussion import Discussion
from rejoinder.stats.differences import Difference, paired_share_difference
from rejoinder.stats.estimate import Estimate, signed

# The sign that a stance and a tone would have if the one told the other.
_SIDE = {"agree": 1, "disagree": -1}
_TONE_SIGN = {"negative": -1, "neutral": 0, "mixed": 0, "positive": 1}


def does_feeling_tell_agreement(talk: Discussion) -> Answer:
    """Notebook 07: is tone a stand-in for stance?"""
    question, notebook = "Does feeling tell agreement?", "07_does_feeling_tell_agreement"
    general = "Not in general."
    if not has_stances(talk):
        sure = "What holds in general need not hold here."
        return Answer(question, f"{general} Here: can't tell. {missing(talk)}", sure, notebook)
    short = f"{general} Here: {told_here(talk)} {tone_right(talk)}"
    return Answer(question, short, f"{who_coded(talk)} {sides_sure(talk)}", notebook)


def told_here(talk: Discussion) -> str:
    """In how many comments with one side the tone has its sign, as a sentence."""
    told, both = sign_matches(talk), int((sides(talk)["side"] == "both").sum())
    more = f" ({both} more on both sides, which no sign could tell)" if both else ""
    if not told.n:
        return f"can't tell, since no comment is on one side only{more}."
    return (
        f"the tone score has the sign of the stance in {told.of('comments')} that are on one side, be it "
        f"of the thesis or of claims{more}."
    )


def tone_beside_stance(talk: Discussion) -> pd.DataFrame:
    """One row per comment: `polarity`, `tone` (of the word lists), `textblob` (its score), `vader`,
    `coded_tone`, `sarcasm`, `thesis` (stance), `claims_agreed`, `claims_disagreed` (counts)."""
    scored, coded, claims = (
        tones(talk),
        settled(talk),
        stances(talk).drop(columns="thesis", errors="ignore"),
    )
    return scored[["polarity", "tone", "textblob", "vader"]].assign(
        coded_tone=coded["tone"],
        sarcasm=coded["sarcasm"],
        thesis=thesis_stances(talk),
        claims_agreed=(claims == "agree").sum(axis=1),
        claims_disagreed=(claims == "disagree").sum(axis=1),
    )


def sides(talk: Discussion) -> pd.DataFrame:
    """One row per comment that takes a side on the thesis or on a claim (index `comment_id`): `agrees`,
    `disagrees` (lists of claims), `side` (agree, disagree, both), `polarity`, and `parted`: whether the
    sign of the tone is not that of the side. A score of 0 or none has no sign; nor has `both`."""
    table, polarity = stances(talk), tones(talk)["polarity"]
    rows = {}
    for i, values in zip(table.index, table.to_numpy(object), strict=True):
        said = {side: list(table.columns[values == side]) for side in _SIDE}
        taken = [side for side in _SIDE if said[side]]
        if taken:
            side = taken[0] if len(taken) == 1 else "both"
            parted = side == "both" or not polarity[i] * _SIDE[side] > 0
            rows[i] = (said["agree"], said["disagree"], side, polarity[i], parted)
    columns = ["agrees", "disagrees", "side", "polarity", "parted"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("comment_id")


def one_side(talk: Discussion) -> pd.Series:
    """1 for each comment that only agrees, with the thesis or a claim, and -1 for one that only
    disagrees; the others are left out."""
    table = stances(talk)
    signs = (table == "agree").any(axis=1).astype(int) - (table == "disagree").any(axis=1)
    return signs[signs != 0]


def sign_matches(talk: Discussion) -> Estimate:
    """The share of the comments on one side only whose tone has the sign of that side."""
    table = sides(talk)
    return comment_share(talk, ~table.loc[table["side"] != "both", "parted"].astype(bool))


def warm_less_agree(talk: Discussion) -> Difference:
    """Of the comments coded for the thesis, the share that sounds warm less the share that agrees."""
    thesis = thesis_stances(talk)
    coded = thesis[thesis != UNCODED]
    warm = tones(talk)["tone"][coded.index] == "positive"
    return paired_share_difference(warm, coded == "agree")


def mistaken(talk: Discussion) -> str:
    """What taking warmth for agreement would have reported, as sentences."""
    gap = warm_less_agree(talk)
    if not gap.n:
        return f"Nobody has coded stance to the thesis. {missing(talk)}"
    return (
        f"Of the {count(gap.n, 'coded comment')} {gap.one.count} sound warm and {gap.other.count} "
        f"agree with the thesis. The two shares differ by {gap}."
    )


def parted_comments(talk: Discussion) -> pd.DataFrame:
    """The comments whose tone does not tell their side, in full, for `page.quotes`: `text`, `source`."""
    table, rows = sides(talk), []
    for i, row in table[table["parted"].astype(bool)].iterrows():
        said = [f"{side} with {joined(row[f'{side}s'])}" for side in _SIDE if row[f"{side}s"]]
        sounds = "no word scored" if math.isnan(row["polarity"]) else f"scored {signed(row['polarity'])}"
        source = f"{i}, {place(talk.comments.loc[i])}: {sounds}. It is coded {'; '.join(said)}."
        rows.append((talk.comments.loc[i, "text"], source))
    return pd.DataFrame(rows, columns=["text", "source"], dtype="str")


def tone_methods(talk: Discussion) -> pd.DataFrame:
    """How often each scorer gets the sign of the coded tone right: one row per scorer, `right`
    (Estimate: share of the comments coded negative or positive whose score has that sign) and
    `wrong way` (count: the opposite sign); the rest is 0 or unscored."""
    table = tone_beside_stance(talk)
    table = table[table["coded_tone"].isin(["negative", "positive"])]
    gold = table["coded_tone"].map(_TONE_SIGN)
    rows = {}
    for name, column in (
        ("TextBlob", "textblob"),
        ("VADER", "vader"),
        ("all lists together", "polarity"),
    ):
        product = (table[column] * gold).fillna(0)
        rows[name] = (comment_share(talk, product > 0), int((product < 0).sum()))
    usual = gold == (gold.mode().iloc[0] if len(gold) else 0)
    rows["always the commoner tone"] = (comment_share(talk, usual), int((~usual).sum()))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["right", "wrong way"])
    return table.rename_axis("scorer")


def tone_right(talk: Discussion) -> str:
    """How often TextBlob gets the sign of the coded tone, as a sentence."""
    right = tone_methods(talk)["right"]
    if not right["TextBlob"].n:
        return "No comment was coded warm or cold."
    found = [f"{name} in {one}" for name, one in right.items()]
    return f"Of the comments coded warm or cold, that sign is found by {joined(found)}."


def misread_comments(talk: Discussion) -> pd.DataFrame:
    """The comments whose coded tone TextBlob does not find, with the words that it scored, for
    `page.quotes`: `text`, `source`, `mark`."""
    table = tone_beside_stance(talk)
    table = table[table["coded_tone"].isin(["negative", "positive"])]
    wrong = table.index[~((table["textblob"] * table["coded_tone"].map(_TONE_SIGN)) > 0)]
    words = tones(talk)["words"]
    rows = []
    for i in wrong:
        marks = [
            (word.start, word.end, "positive" if word.score > 0 else "negative")
            for word in words[i]
            if word.lexicon == "textblob" and word.score
        ]
        value = table.loc[i, "textblob"]
        score = "knows no word" if math.isnan(value) else f"gives {signed(value)}"
        coded = table.loc[i, "coded_tone"]
        source = f"{i}, {place(talk.comments.loc[i])}: coded {coded}, TextBlob {score}"
        rows.append((talk.comments.loc[i, "text"], source, _without_overlap(marks)))
    return pd.DataFrame(rows, columns=["text", "source", "mark"])


def _without_overlap(marks: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for mark in sorted(marks):
        if not kept or mark[0] >= kept[-1][1]:
            kept.append(mark)
    return kept


def feeling_choices(talk: Discussion) -> pd.DataFrame:
    """How often the sign of the tone is that of the side under other choices, a row each: `same sign`
    (Estimate, of the comments on one side only)."""
    tone, coded = tones(talk), settled(talk)["tone"].map(_TONE_SIGN)
    on_one_side = one_side(talk)
    thesis = thesis_stances(talk).map(_SIDE).dropna()
    rows = [
        (choice, comment_share(talk, score[side.index] * side > 0))
        for choice, score, side in (
            ("as above", tone["polarity"], on_one_side),
            ("stance to the thesis only", tone["polarity"], thesis),
            ("TextBlob alone", tone["textblob"], on_one_side),
            ("VADER alone", tone["vader"], on_one_side),
            ("tone as coders read it", coded, on_one_side[coded[on_one_side.index].notna()]),
        )
    ]
    return pd.DataFrame(rows, columns=["choice", "same sign"])


def sides_sure(talk: Discussion) -> str:
    """How few comments take a side, as a sentence."""
    n = len(sides(talk))
    if not n:
        return "No comment takes a side."
    return f"{n} of {count(len(talk.comments), 'comment')} take{'s' if n == 1 else ''} a side at all."
