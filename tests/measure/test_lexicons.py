import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textblob import TextBlob
from textblob.en import sentiment as textblob
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SentimentIntensityAnalyzer

from rejoinder.measure import lexicons, sentiment

VADER = SentimentIntensityAnalyzer()


def polarity(text):
    return sentiment.score(pd.Series([text]))["polarity"].iloc[0]


def counted(text, **known):
    words = text.split()
    return lexicons.counted(words, [known.get(word, 0.0) for word in words])


VADER_WORDS = """
    good GOOD bad kind of very VERY not never so this without doubt least at no or nor love but hate sort
    the shit bomb bus stop isn't dont great! awful?? :) chair HOUSE table, extremely x bribery absurd ! ?
"""


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(VADER_WORDS.split()), max_size=14).map(" ".join))
@example("this was the kiss of death")
@example("he is kind of good")
@example("A very good, but sadly USELESS plan!! 😊")
def test_vader_says_what_the_original_says(text):
    found = sentiment.score(pd.Series([text]), whole=True)["vader"].fillna(0).iloc[0]
    assert found == pytest.approx(VADER.polarity_scores(text)["compound"], abs=6e-5)


TEXTBLOB_WORDS = "good bad not never no n't very really is a an the house x ! extremely utterly :) great"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(TEXTBLOB_WORDS.split()), min_size=1, max_size=12))
def test_textblob_says_what_the_original_says(words):
    found = sentiment.score(pd.Series([" ".join(words)]), whole=True)["textblob"].fillna(0).iloc[0]
    assert found == pytest.approx(textblob(list(words))[0], abs=1e-12)


def test_whole_text_is_scored_as_the_originals_score_it():
    text = "I love this plan. It is a bad start, and the end is good."
    row = sentiment.score(pd.Series([text]), whole=True).iloc[0]
    assert row["vader"] == pytest.approx(VADER.polarity_scores(text)["compound"], abs=1e-4)
    assert row["textblob"] == pytest.approx(TextBlob(text).sentiment.polarity)
    assert abs(sentiment.score(pd.Series([text]))["vader"].iloc[0] - row["vader"]) > 0.01


def test_own_lists_are_well_formed_and_know_no_word_of_vader_or_its_rules():
    added, topical = lexicons.added(), lexicons.topical()
    assert (len(added), len(topical)) == (8_822, 1_732)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", word) for word in [*added, *topical])
    assert all(0.8 <= round(abs(valence), 4) <= 4 for valence in added.values())
    rules = {*BOOSTER_DICT, *NEGATE, "but", "so", "this", "least"}
    assert added.keys().isdisjoint(VADER.lexicon) and added.keys().isdisjoint(rules)
    assert set(VADER.lexicon.values()).isdisjoint(added.values())
    assert all(VADER.lexicon[word] > 0 for word in topical)


def test_valences_have_the_sign_of_the_word_and_names_are_not_listed():
    signs = {"bribery": -1, "absurd": -1, "dishonesty": -1, "reliable": 1, "sane": 1}
    assert all(lexicons.added()[word] * sign > 0 for word, sign in signs.items())
    for word in ("the", "least", "prime", "vice", "president", "trump", "matt", "state"):
        assert word not in lexicons.added() and word not in lexicons.topical()


def test_name_that_stands_for_all_is_in_no_lexicon():
    for word in [*VADER.lexicon, *lexicons.textblob()[1]]:
        assert {letter for letter in word.lower() if letter.isalnum()} != set(lexicons.NAME.lower())


@pytest.mark.parametrize(
    ("warm", "cold"),
    [
        ("They ended the war.", "They began the war."),
        ("A march against corruption", "A march for corruption"),
        ("A country free of violence", "A country full of violence"),
        ("It is a success.", "It would be a success."),
        ("It is a success.", "If it is a success."),
    ],
)
def test_what_is_fought_or_only_wished_is_shifted(warm, cold):
    assert polarity(warm) > polarity(cold)


COLD = lexicons.COLD


@pytest.mark.parametrize(
    ("text", "word", "given", "weight"),
    [
        ("end the bitter war", "war", -2.0, COLD * lexicons.RELIEVED),
        ("rid of the war", "war", -2.0, COLD * lexicons.RELIEVED),
        ("should be good", "good", 2.0, lexicons.UNREAL),
        ("support", "support", 1.7, lexicons.TOPIC),
        ("bribery", "bribery", -2.0, COLD * lexicons.ADDED),
        # out of reach, or of the other sign
        ("We would go home, and then we saw that good", "good", 2.0, 1),
        ("end all of it. Years later came war", "war", -2.0, COLD),
        ("this would be bad", "bad", -2.0, COLD),
        ("free trade, a war", "war", -2.0, COLD),
        ("a number of good things", "good", 2.0, 1),
    ],
)
def test_word_is_weighed_by_what_it_is_and_what_precedes_it(text, word, given, weight):
    assert counted(text, **{word: given})[text.split().index(word)] == pytest.approx(given * weight)


def test_denial_counts_beside_a_known_word_at_most_twice():
    for denial in ("not", "never", "cannot", "isn't", "won't"):
        assert counted(f"{denial} a good", good=2.0)[0] == lexicons.DENIAL
        assert counted(f"{denial} a good") == [0, 0, 0]
    for word in ("note", "knot", "nothing", "no", "ant", "cant", "n", "mustn"):
        assert counted(f"{word} a good", good=2.0)[0] == 0
    assert sum(counted("not not never not good", good=2.0)) == 2.0 + 2 * lexicons.DENIAL
    assert counted("") == []


@pytest.mark.parametrize("denial", ["Never", "WON'T,", "not,", "isn’t", "(not)"])
def test_denial_counts_in_any_case_and_with_marks_around_it(denial):
    words = sentiment.score(pd.Series([f"It {denial} a good one"]))["words"].iloc[0]
    assert [(word.word, word.counts) for word in words if word.lexicon == "rejoinder"] == [
        (denial.strip(",()"), lexicons.DENIAL)
    ]


def test_word_of_the_own_list_alone_makes_the_score_by_its_valence_and_weight():
    x = lexicons.added()["bribery"] * lexicons.ADDED * lexicons.COLD
    assert polarity("The bribery") == pytest.approx(0.7 * x / np.sqrt(x * x + 15), abs=1e-6)
    assert polarity("Not absurd.") > 0 > polarity("Absurd.") > polarity("Very absurd!!!")
