import pandas as pd
import pytest

from rejoinder.measure import sentiment, sentiment_weights


def v(text):
    """The headline of a text that TextBlob is kept out of, as VADER's share of it."""
    return sentiment.score(pd.Series([text]))["polarity"].iloc[0]


def counted(text, **known):
    words = text.split()
    return sentiment_weights.counted(words, [known.get(word, 0.0) for word in words])


WARMER = [
    ("They ended the war.", "They began the war."),
    ("A march against corruption", "A march for corruption"),
    ("A country free of violence", "A country full of violence"),
    ("They reduce the terrible violence.", "They expect the terrible violence."),
    ("It is a success.", "It would be a success."),
    ("It is a success.", "If it is a success."),
]


@pytest.mark.parametrize(("warm", "cold"), WARMER)
def test_what_is_fought_spared_or_only_wished_is_shifted(warm, cold):
    assert v(warm) > v(cold)


UNSHIFTED = [
    ("We would go home, and then we saw that good", "good", 2.0, 2.0),
    ("end all of it. Years later came war", "war", -2.0, -2.0 * sentiment_weights.COLD),
    ("this would be bad", "bad", -2.0, -2.0 * sentiment_weights.COLD),
    ("free trade, a war", "war", -2.0, -2.0 * sentiment_weights.COLD),
    ("a number of good things", "good", 2.0, 2.0),
]


@pytest.mark.parametrize(("text", "word", "given", "expected"), UNSHIFTED)
def test_words_out_of_reach_or_of_the_other_sign_are_left_alone(text, word, given, expected):
    words = text.split()
    assert counted(text, **{word: given})[words.index(word)] == pytest.approx(expected)


SHIFTED = [
    ("end the bitter war", "war", -2.0, sentiment_weights.RELIEVED * -2),
    ("rid of the war", "war", -2.0, sentiment_weights.RELIEVED * -2),
    ("should be good", "good", 2.0, 2 * sentiment_weights.UNREAL),
    ("support", "support", 1.7, 1.7 * sentiment_weights.TOPIC),
    ("bribery", "bribery", -2.0, -2 * sentiment_weights.COLD * sentiment_weights.ADDED),
]


@pytest.mark.parametrize(("text", "word", "given", "expected"), SHIFTED)
def test_word_is_weighed_by_what_it_is_and_what_precedes_it(text, word, given, expected):
    assert counted(text, **{word: given})[text.split().index(word)] == pytest.approx(expected)


@pytest.mark.parametrize("denial", ["not", "never", "cannot", "isn't", "won't"])
def test_denial_counts_where_a_word_is_known(denial):
    assert counted(f"{denial} a good", good=2.0)[0] == sentiment_weights.DENIAL
    assert counted(f"{denial} a good") == [0, 0, 0]


@pytest.mark.parametrize("denial", ["Never", "WON'T,", "not,", "isn’t", "(not)"])
def test_denial_counts_whatever_its_case_and_the_marks_around_it(denial):
    words = sentiment.score(pd.Series([f"It {denial} a good one"]))["words"].iloc[0]
    denied = [word for word in words if word.lexicon == "rejoinder"]
    assert [word.word for word in denied] == [denial.strip(",()")]
    assert [word.counts for word in denied] == [sentiment_weights.DENIAL]


@pytest.mark.parametrize("word", ["note", "knot", "nothing", "no", "ant", "cant", "n", "mustn"])
def test_word_that_only_looks_like_a_denial_is_none(word):
    assert counted(f"{word} a good", good=2.0)[0] == 0


def test_at_most_two_denials_count():
    assert sum(counted("not not never not good", good=2.0)) == 2.0 + 2 * sentiment_weights.DENIAL


def test_what_was_given_is_not_changed():
    words, scored = ["not", "bad"], [0.0, -2.0]
    sentiment_weights.counted(words, scored)
    assert (words, scored) == (["not", "bad"], [0.0, -2.0])


def test_nothing_gives_nothing():
    assert sentiment_weights.counted([], []) == []


def test_what_shifts_is_in_lower_case_and_single_words():
    for word in sentiment_weights.RELIEF | sentiment_weights.MODALS:
        assert word == word.lower().strip()
        assert " " not in word


def test_weights_have_the_sign_and_size_they_are_argued_with():
    assert sentiment_weights.COLD > 1
    assert 0 < sentiment_weights.TOPIC < 1 > sentiment_weights.ADDED > 0
    assert 0 <= sentiment_weights.RELIEVED < sentiment_weights.UNREAL < 1
    assert sentiment_weights.DENIAL < 0


def test_added_valence_equals_none_of_vaders():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    theirs = set(SentimentIntensityAnalyzer().lexicon.values())
    assert theirs.isdisjoint(sentiment_weights.added().values())
