import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textblob import TextBlob
from textblob.en import sentiment as textblob
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

from rejoinder.measure import chunks, context, lexicons, sentiment
from rejoinder.text import sentences

VADER = SentimentIntensityAnalyzer()


def negations(text):
    words = sentiment.score(pd.Series([text]))["words"].iloc[0]
    return [word.word for word in words if word.counts == lexicons.NEGATION]


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
@example("terrible,awful sweet<3 good—bad “good” isn’t @bob https://love.org 1. good 🆙 good😊bad")
@example("yeah right no bribery or bad, absurd to die for this good")
def test_vader_says_what_the_original_says(text):
    found = sentiment.score(pd.Series([text]), whole=True, words=False)["vader"].fillna(0).iloc[0]
    assert found == VADER.polarity_scores(text)["compound"]


TEXTBLOB_WORDS = """
    good bad not never no n't isn't don’t very really is a an the house x ! extremely utterly :) : ) (
    great (!) ( ! 8 x D . ... Mr. "good" “bad”, ☹ END-OF-SENTENCE well-known o _ O
"""


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(TEXTBLOB_WORDS.split()), min_size=1, max_size=12),
    st.sampled_from([" ", "\n", ""]),
)
@example(["really", "not", "unheard-of", "!", "never", "!", "good", "house", "!"], " ")
@example(["Eb|:", "(Ykw"], " ")
def test_textblob_says_what_the_original_says(words, between):
    text = between.join(words)
    found = sentiment.score(pd.Series([text]), whole=True, words=False)["textblob"].fillna(0).iloc[0]
    assert found == TextBlob(text).sentiment.polarity


def varied_texts(n):
    """Words of both lexicons and of their rules, marks and emojis, in odd capitals and white space."""
    rng = np.random.default_rng(0)
    rules = [*BOOSTER_DICT, *NEGATE, *SPECIAL_CASES, *VADER_WORDS.split(), *TEXTBLOB_WORDS.split()]
    emojis = [sign for sign in VADER.emojis if len(sign) == 1]
    kinds = [
        rules,
        list(VADER.lexicon),
        [*dict.keys(lexicons.textblob()[0])],
        emojis,
        [*"aI?!.,;:-—'’()<3é"],
    ]
    cases, gaps = (
        [str, str, str, str.upper, str.capitalize],
        [" "] * 8 + ["", "! ", ". ", ", ", "... ", "\n\n", ") "],
    )
    for length in rng.integers(1, 20, n):
        kind = rng.choice(len(kinds), length, p=[0.4, 0.2, 0.25, 0.05, 0.1])
        words, gap = (
            [kinds[k][rng.integers(len(kinds[k]))] for k in kind],
            rng.integers(len(gaps), size=length),
        )
        yield "".join(cases[g % 5](word) + gaps[g] for word, g in zip(words, gap, strict=True))


@pytest.mark.slow
def test_both_columns_are_those_of_the_packages_for_fifty_thousand_texts():
    texts = pd.Series(list(varied_texts(50_000)))
    found = sentiment.score(texts, whole=True, words=False)[["textblob", "vader"]].fillna(0)
    assert found["textblob"].tolist() == [TextBlob(text).sentiment.polarity for text in texts]
    assert found["vader"].tolist() == [VADER.polarity_scores(text)["compound"] for text in texts]


@pytest.mark.parametrize("column", ["textblob", "vader"])
def test_columns_are_the_mean_of_the_sentences_of_which_a_word_is_known(column):
    text = "@Bob isn’t GOOD at https://love.org! He went home. Bad,bad idea :-("
    parts = pd.Series([text[start:end] for start, end in sentences(text)])
    alone = sentiment.score(parts, whole=True)[column]
    assert len(parts) == 3 and alone.count() < 3
    assert sentiment.score(pd.Series([text]))[column].iloc[0] == pytest.approx(alone.mean())


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.from_regex(re.compile(rf"(?:{context._DENIED})", re.ASCII)))
def test_every_denial_begins_with_a_word_that_marks_its_sentence(text):
    if any(one[1] for one in context._DENIAL.finditer(f"{text} so good")):
        assert chunks.MAY_DENY.search(text)


def test_words_that_stand_for_unknown_ones_are_known_to_no_lexicon():
    for word in (chunks.UNKNOWN, chunks.SHORT, chunks._ANY.shown):
        assert not dict.__contains__(textblob, word) and word not in lexicons.vader().ours.lexicon


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
    words = text.split()
    assert lexicons.weight(words[: words.index(word) + 1], given) == pytest.approx(weight)


def test_negation_counts_at_most_twice():
    for negation in ("not", "never", "cannot", "isn't", "won't"):
        assert negations(f"{negation} a good") == [negation]
    for word in ("note", "knot", "nothing", "no", "ant", "cant", "n", "mustn"):
        assert negations(f"{word} a good") == []
    assert negations("It isn't good; it won't be good; it never was good") == ["isn't", "won't"]


@pytest.mark.parametrize("negation", ["Never", "WON'T,", "not,", "isn’t", "(not)"])
def test_negation_counts_in_any_case_and_with_marks_around_it(negation):
    words = sentiment.score(pd.Series([f"It {negation} a good one"]))["words"].iloc[0]
    assert [(word.word, word.counts) for word in words if word.lexicon == "rejoinder"] == [
        (negation.strip(",()"), lexicons.NEGATION)
    ]


def test_word_that_no_rule_is_about_is_as_any_other():
    known = {
        *VADER.lexicon,
        *dict.keys(textblob),
        *lexicons.added(),
        *" ".join(varied_texts(2_000)).split(),
    }
    unknown = [word for word in known if chunks._is_unknown(word)]
    assert len(unknown) > 100
    assert {chunks._chunk(word) for word in unknown} == {chunks._unknown()}
    some = ["good", "very", "NATO", "not", "least,", "hardly", "gooood", lexicons.NAME, "and/or", "it"]
    assert not any(map(chunks._is_unknown, some))


def test_texts_taken_together_are_scored_as_each_alone():
    texts = pd.Series(list(varied_texts(3 * sentiment.BATCH + 1)))
    together, alone = sentiment.score(texts, words=False), sentiment.score(texts)
    pd.testing.assert_frame_equal(together, alone.drop(columns="words"), check_exact=True)


@pytest.mark.parametrize("sign", ["!", "(", "😀"])
def test_a_chunk_of_many_sentences_is_never_taken_whole(sign, monkeypatch):
    taken, real = [], chunks._chunk
    monkeypatch.setattr(chunks, "_chunk", lambda raw: taken.append(len(raw)) or real(raw))
    sentiment.score(pd.Series([sign * 12_000]), words=False)
    assert 1_000 < max(taken) <= chunks.LONGEST
