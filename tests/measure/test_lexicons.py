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


def counted(text, **known):
    words = text.split()
    return lexicons.counted(words, [known.get(word, 0.0) for word in words])


VADER_WORDS = """
    good GOOD bad kind of very VERY not never so this without doubt least at no or nor love but hate sort
    the shit bomb bus stop isn't dont great! awful?? :) chair HOUSE table, extremely x bribery absurd ! ?
"""


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(VADER_WORDS.split()), max_size=14).map(" ".join))
@example("this was the kiss of death")
@example("he is kind of good")
@example("A very good, but sadly USELESS plan!! 😊")
@example("I love this plan. It is a bad start, and the end is good.")
def test_vader_says_what_the_original_says(text):
    found = sentiment.score(pd.Series([text]), whole=True)["vader"].fillna(0).iloc[0]
    assert found == pytest.approx(VADER.polarity_scores(text)["compound"], abs=6e-5)


TEXTBLOB_WORDS = "good bad not never no n't very really is a an the house x ! extremely utterly :) great"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(TEXTBLOB_WORDS.split()), min_size=1, max_size=12))
def test_textblob_says_what_the_original_says(words):
    found = sentiment.score(pd.Series([" ".join(words)]), whole=True)["textblob"].fillna(0).iloc[0]
    assert found == pytest.approx(textblob(list(words))[0], abs=1e-12)


def test_whole_text_is_not_the_mean_of_its_sentences():
    texts = pd.Series(["I love this plan. It is a bad start, and the end is good."])
    whole, by_sentence = sentiment.score(texts, whole=True), sentiment.score(texts)
    assert whole["textblob"].iloc[0] == pytest.approx(TextBlob(texts[0]).sentiment.polarity)
    assert abs(by_sentence["vader"].iloc[0] - whole["vader"].iloc[0]) > 0.01


def test_own_lists_know_no_word_of_vader_or_its_rules_and_no_name():
    added, topical = lexicons.added(), lexicons.topical()
    rules = {*BOOSTER_DICT, *NEGATE, "but", "so", "this", "least"}
    assert added.keys().isdisjoint(VADER.lexicon) and added.keys().isdisjoint(rules)
    assert set(VADER.lexicon.values()).isdisjoint(added.values())
    assert all(VADER.lexicon[word] > 0 for word in topical)
    assert all(0.8 <= round(abs(valence), 4) <= 4 for valence in added.values())
    assert not {*added, *topical} & {"the", "prime", "vice", "president", "trump", "matt", "state"}
    assert [np.sign(added[word]) for word in ("bribery", "absurd", "sane")] == [-1, -1, 1]


def test_name_that_stands_for_all_is_in_no_lexicon():
    for word in [*VADER.lexicon, *dict.keys(textblob)]:
        assert {letter for letter in word.lower() if letter.isalnum()} != set(lexicons.NAME.lower())


NEGATIVE = lexicons.NEGATIVE


@pytest.mark.parametrize(
    ("text", "word", "given", "weight"),
    [
        ("end the bitter war", "war", -2.0, 0),
        ("rid of the war", "war", -2.0, 0),
        ("should be good", "good", 2.0, lexicons.HYPOTHETICAL),
        ("support", "support", 1.7, lexicons.TOPIC),
        ("bribery", "bribery", -2.0, NEGATIVE * lexicons.ADDED),
        # out of reach, or of the other sign
        ("We would go home, and then we saw that good", "good", 2.0, 1),
        ("end all of it. Years later came war", "war", -2.0, NEGATIVE),
        ("this would be bad", "bad", -2.0, NEGATIVE),
        ("free trade, a war", "war", -2.0, NEGATIVE),
        ("a number of good things", "good", 2.0, 1),
    ],
)
def test_word_is_weighed_by_what_it_is_and_what_precedes_it(text, word, given, weight):
    assert counted(text, **{word: given})[text.split().index(word)] == pytest.approx(given * weight)


def test_negation_counts_at_most_twice():
    for negation in ("not", "never", "cannot", "isn't", "won't"):
        assert counted(f"{negation} a good", good=2.0)[0] == lexicons.NEGATION
    for word in ("note", "knot", "nothing", "no", "ant", "cant", "n", "mustn"):
        assert counted(f"{word} a good", good=2.0)[0] == 0
    assert sum(counted("not not never not good", good=2.0)) == 2.0 + 2 * lexicons.NEGATION


@pytest.mark.parametrize("negation", ["Never", "WON'T,", "not,", "isn’t", "(not)"])
def test_negation_counts_in_any_case_and_with_marks_around_it(negation):
    words = sentiment.score(pd.Series([f"It {negation} a good one"]))["words"].iloc[0]
    assert [(word.word, word.counts) for word in words if word.lexicon == "rejoinder"] == [
        (negation.strip(",()"), lexicons.NEGATION)
    ]
