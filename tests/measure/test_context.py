import re

import numpy as np
import pandas as pd
import pytest

from rejoinder.measure import chunks, hits, sentiment
from rejoinder.measure.context import as_meant

DENIED = """
    Nobody trusts them. | None of it is good. | It is hardly good. | It is barely good. | It is less good.
    It is scarcely good. | Few trust them. | Little good will come of it. | It is far from good.
    It is anything but good. | It lacks honesty. | I doubt it is good. | It is too good to be true.
    I do not think that it is good. | They are not, in any way that I can see, honest.
    If only it were good. | This isnt good. | They arent honest. | It aint good.
    No one is happy with it. | The plan is devoid of merit. | It is the opposite of good.
"""
AS_IT_STANDS = """
    It is good. | He nodded, good. | The knot is good. | Nobody came but it was good. | A few good men.
    It is good. Nobody came. | Nobody doubts that it is good. | There is no doubt that it is good.
    It is not without merit, it is good. | Not only is it good, it is great. | My little boy is happy.
    It is too good to miss. | I like what little I saw. | I can't wait, it is great. | It is never good.
    It is more or less good. | This isn't a bad idea. | Isn't it great? | They are not honest.
    The best day of all. | Best of all, it is good. | I HOPE THAT IT IS GOOD | A Happy Birthday to you!
    I dont like it. | It wont help. | Love Trump! | Sadly Trump won. | Great things will come.
    The Best Plan for a Great Nation | THE SUPREME COURT IS GREAT | He is Great.
    We read Great Plan Wins Good Praise today.
"""
NAMES = """
    The Supreme Court meets on Monday. | The War Office said that the meeting is on Monday.
    The United States met the United Kingdom at the United Nations. | Dr. Strange was there.
    The Justice Department wrote to the Security Council. | The Supreme Court's justices met.
    They met George W. Grace. | Hope Miller and Joy Brown met Grace White.
    Mr. Best said that the meeting is on Monday.
"""
DISGUISED = """
    goooood = good | LOOOOVE it = LOVE it | terrrrible = terrible | What a cr@p plan. = What a crap plan.
    This is sh*t. = This is shit. | SH!T = SHIT | f**k this = fuck this | You a$$hole = You asshole
    Complete bullsh!t. = Complete bullshit. | not goooood, but baaaad! = not good, but bad!
"""
LIKE_A_DISGUISE = ["noooo", "m*a*s*h", "2*3", "b4", "hmmmm", "#goooood", "@goooood", "www.goood.com"]


def cases(table):
    return [case.strip() for line in table.strip().splitlines() for case in line.split(" | ")]


def one(text):
    return sentiment.score(pd.Series([text])).iloc[0]


def words(text):
    return [word.word for word in one(text)["words"]]


@pytest.mark.parametrize("text", cases(DENIED))
def test_denied_praise_is_cold(text):
    row = one(text)
    assert row["tone"] == "negative"
    assert not [word for word in row["words"] if word.score > 0.2]


@pytest.mark.parametrize("text", ["It is hardly bad.", "Nobody hates them.", "None of them are bad."])
def test_denied_blame_is_no_praise(text):
    assert one(text)["polarity"] == 0 > one(text)["vader"]


@pytest.mark.parametrize("text", cases(AS_IT_STANDS))
def test_what_is_neither_denied_nor_a_name_is_scored_as_it_stands(text):
    (sentence,) = chunks.read(text, [(0, len(text))])[0]
    found = hits.vader_hits(sentence)[0] + hits.textblob_hits(sentence)[0]
    assert as_meant(found, sentence) == found != []


def test_denial_leaves_the_columns_of_the_packages_and_marks_the_words():
    hardly, good = one("It is hardly good."), one("It is good.")
    assert hardly["textblob"] == good["textblob"] > 0 < hardly["vader"]
    assert [(word.word, word.score < 0) for word in hardly["words"]] == [
        ("hardly good", True),
        ("good", True),
    ]


@pytest.mark.parametrize("text", cases(NAMES))
def test_name_moves_no_tone_without_a_mask(text):
    row = one(text)
    assert (row["tone"], row["words"], row["coverage"]) == ("unscored", (), 0)
    assert not np.isnan(row["vader"])


def test_words_beside_a_name_are_scored_as_ever():
    text = "Nobody liked it; the Supreme Court made a good, wise ruling."
    row, plain = one(text), one(text.replace("Supreme Court", "panel"))
    assert row["polarity"] == plain["polarity"]
    assert words(text) == words(text.replace("Supreme Court", "panel"))


@pytest.mark.parametrize("case", cases(DISGUISED))
def test_word_in_disguise_counts_as_the_word_and_is_marked_as_it_stands(case):
    text, plain = ([w for w in one(t)["words"] if w.lexicon != "textblob"] for t in case.split(" = "))
    assert [word.counts for word in text] == [word.counts for word in plain] != []
    assert {word.word for word in text} <= set(re.split(r"[ .,]|!(?= |$)", case))
    assert np.isnan(one(case.split(" = ")[0])["vader"])


@pytest.mark.parametrize("text", LIKE_A_DISGUISE)
def test_what_only_looks_like_a_disguise_is_unscored(text):
    assert one(text)["tone"] == "unscored"


@pytest.mark.parametrize(("sign", "emojis"), [(-1, "👎 😡 🤮 🤬 👎🏽"), (1, "👍 👏 ❤ 😂 🥰")])
def test_emoji_is_warm_or_cold_and_marked(sign, emojis):
    for emoji in emojis.split():
        assert np.sign(one(emoji)["polarity"]) == sign
        assert words(f"Oh {emoji}") == [emoji[0]]


def test_emoji_of_our_own_leaves_the_column_of_vader():
    assert np.isnan(one("👎")["vader"])
    assert one("not 👎 so good")["vader"] == one("not thumbs down so good")["vader"]
