"""Does feeling tell agreement? Tone beside stance, comment by comment."""

from __future__ import annotations

import math

import pandas as pd

from rejoinder.answers.accept import has_stances, missing, stances, thesis_stances
from rejoinder.answers.answer import Answer, count, joined, place, with_interval
from rejoinder.answers.coded import settled, who_coded
from rejoinder.answers.tone import tones
from rejoinder.infer.intervals import Estimate, share, signed
from rejoinder.read.benchmarks import method_scores
from rejoinder.read.discussion import Discussion

# The sign that a stance and a tone would have if the one told the other.
_SIDE = {"agree": 1, "disagree": -1}
_TONE_SIGN = {"negative": -1, "neutral": 0, "mixed": 0, "positive": 1}


def does_feeling_tell_agreement(talk: Discussion) -> Answer:
    """Notebook 07: is tone a stand-in for stance?"""
    question, notebook = "Does feeling tell agreement?", "07_does_feeling_tell_agreement"
    general = f"Not in general: {public_word()}"
    if not has_stances(talk):
        sure = "What holds in general need not hold here."
        return Answer(question, f"{general} Here: can't tell. {missing(talk)}", sure, notebook)
    told = sign_matches(talk)
    short = (
        f"{general} Here the tone score has the sign of the stance in {told.counted()} cases in which a "
        f"comment takes a side on the thesis or on a claim. {tone_right(talk)}"
    )
    return Answer(question, short, f"{who_coded(talk)} {sides_sure(talk)}", notebook)


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
    """One row for each comment and claim (or thesis) on which it takes a side: `comment_id`, `claim`,
    `stance` (agree, disagree), `polarity` of the comment, and `parted`: whether the signs differ
    (a score of 0 or none is parted too: it tells neither)."""
    table, polarity = stances(talk), tones(talk)["polarity"]
    rows = [
        (i, claim, value, polarity[i], not polarity[i] * _SIDE[value] > 0)
        for claim in table.columns
        for i, value in table[claim].items()
        if value in _SIDE
    ]
    return pd.DataFrame(rows, columns=["comment_id", "claim", "stance", "polarity", "parted"])


def sign_matches(talk: Discussion) -> Estimate:
    """In how many of `sides` the sign of the tone is that of the stance. To be read as a count: the
    sides of one comment are not independent of each other."""
    table = sides(talk)
    return share(int((~table["parted"].astype(bool)).sum()), len(table))


def parted_comments(talk: Discussion) -> pd.DataFrame:
    """The comments whose tone and stance part, in full, for `page.quotes`: `text`, `source`."""
    table = sides(talk)
    rows = []
    for i, own in table[table["parted"].astype(bool)].groupby("comment_id", sort=False):
        said = joined(
            [
                f"{row.stance}s with {'the ' if row.claim == 'thesis' else ''}{row.claim}"
                for row in own.itertuples()
            ]
        )
        polarity = own["polarity"].iloc[0]
        sounds = "no word scored" if math.isnan(polarity) else f"scored {signed(polarity)}"
        rows.append(
            (talk.comments.loc[i, "text"], f"{i}, {place(talk.comments.loc[i])}: {sounds}, and {said}")
        )
    return pd.DataFrame(rows, columns=["text", "source"], dtype="str")


def tone_methods(talk: Discussion) -> pd.DataFrame:
    """How often each scorer gets the sign of the coded tone right: one row per scorer, `right`
    (Estimate: share of the comments coded negative or positive whose score has that sign) and
    `wrong way` (count: the opposite sign); the rest is 0 or unscored."""
    table = tone_beside_stance(talk)
    table = table[table["coded_tone"].isin(["negative", "positive"])]
    gold = table["coded_tone"].map(_TONE_SIGN)
    rows = {}
    for name, column in (("TextBlob", "textblob"), ("VADER", "vader"), ("both together", "polarity")):
        product = (table[column] * gold).fillna(0)
        rows[name] = (share(int((product > 0).sum()), len(table)), int((product < 0).sum()))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["right", "wrong way"]).rename_axis(
        "scorer"
    )


def tone_right(talk: Discussion) -> str:
    """How often TextBlob gets the sign of the coded tone, as a sentence."""
    right = tone_methods(talk)["right"]
    if not right["TextBlob"].n:
        return "No comment was coded warm or cold."
    return (
        "Of the comments coded as warm or cold, TextBlob finds the sign in "
        f"{right['TextBlob'].of('comments')}, VADER in {right['VADER'].counted()}."
    )


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
    """How often the sign of the tone is that of the stance under other choices, a row each: `same sign`
    (count of count)."""
    table, tone = stances(talk), tones(talk)
    coded = settled(talk)["tone"].map(_TONE_SIGN)
    rows = []
    for choice, score, columns in (
        ("as above", tone["polarity"], table.columns),
        ("thesis only", tone["polarity"], [c for c in table.columns if c == "thesis"]),
        ("claims only", tone["polarity"], [c for c in table.columns if c != "thesis"]),
        ("TextBlob alone", tone["textblob"], table.columns),
        ("VADER alone", tone["vader"], table.columns),
        ("tone as coders read it", coded, table.columns),
    ):
        products = [score[i] * _SIDE[v] for c in columns for i, v in table[c].items() if v in _SIDE]
        rows.append((choice, share(sum(p > 0 for p in products), len(products)).counted()))
    return pd.DataFrame(rows, columns=["choice", "same sign"])


def public_word() -> str:
    """How often the sign of a tone score is the stance on public debates, as a sentence."""
    kept = method_scores().query("measure == 'stance' and metric == 'right_where_answered'")
    right = kept[kept["dataset"].str.endswith("thesis")].set_index("method")
    signs = right[right.index.str.startswith("sign of")]
    shown = zip(signs.index, with_interval(signs), strict=True)
    found = [f"the {method} in {figure}" for method, figure in shown]
    return (
        f"under newspaper debates, stance to the thesis is told by {joined(found)} of the comments; by "
        f"calling every one agreement, in {right.loc['always agree', 'value']:.2f}."
    )


def sides_sure(talk: Discussion) -> str:
    """How few comments the sides come from, as a sentence."""
    table = sides(talk)
    return (
        f"The sides ({len(table)}) come from {count(table['comment_id'].nunique(), 'comment')}, so this "
        "is a description of them and no estimate."
    )


def stance_scores() -> pd.DataFrame:
    """How often a machine tells stance on public debates: `method`, `comments`, `answered`, `right
    where answered`, with their 95 % intervals, as text."""
    kept = method_scores().query("measure == 'stance'")
    kept = kept.assign(shown=with_interval(kept), own=kept["method"] == "rejoinder")
    table = kept.sort_values(["dataset", "own"], ascending=[False, True], kind="stable").pivot_table(
        index=["dataset", "method"], columns="metric", values="shown", aggfunc="first", sort=False
    )
    names = {"dataset": "comments", "right_where_answered": "right where answered"}
    return table.reset_index().rename(columns=names).rename_axis(columns=None)
