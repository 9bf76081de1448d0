import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rejoinder.measure import lexicons, sentiment


def one(text, **options):
    return sentiment.score(pd.Series([text], dtype=object), **options).iloc[0]


def lexicon_words(row, lexicon):
    return [word.word for word in row["words"] if word.lexicon == lexicon]


WARM_BEFORE_COLD = [
    ("What a wonderful, honest article.", "What a dreadful, dishonest article."),
    ("I love it.", "I hate it."),
    ("Not bad.", "Bad."),
    ("Good.", "Not good."),
    ("Great news!", "Great news"),
    ("Good 😀", "Good 😡"),
    ("Thank you :)", "Thank you :("),
]


@pytest.mark.parametrize(("warm", "cold"), WARM_BEFORE_COLD)
def test_warmer_text_has_higher_polarity(warm, cold):
    assert one(warm)["polarity"] > one(cold)["polarity"]


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("What a wonderful article.", "positive"),
        ("This article is nonsense.", "negative"),
        ("The American political system.", "neutral"),
        ("He went to the station.", "unscored"),
        ("This isn't a bad idea", "positive"),
        ("This isn’t a bad idea", "positive"),
        ("This isn't a good idea", "negative"),
        ("This isn’t a good idea", "negative"),
    ],
)
def test_tone_names_the_side_of_zero(text, tone):
    assert one(text)["tone"] == tone


@pytest.mark.parametrize(
    ("typographic", "plain"),
    [
        ("This isn’t a bad idea", "This isn't a bad idea"),
        ("A “great” man", 'A "great" man'),
        ("They don’t care — it’s a disgrace", "They don't care - it's a disgrace"),
    ],
)
def test_typographic_marks_change_no_score(typographic, plain):
    scores = ["polarity", "textblob", "vader", "coverage"]
    assert one(typographic)[scores].equals(one(plain)[scores])


@pytest.mark.parametrize("lexicon", ["textblob", "vader"])
def test_contraction_negates_in_each_lexicon(lexicon):
    assert one("This isn’t a bad idea")[lexicon] > 0 > one("This is a bad idea")[lexicon]


@pytest.mark.parametrize("text", ["", "   ", None, np.nan, pd.NA, "...", "He went to the station."])
def test_text_without_a_known_word_is_nan_not_zero(text):
    row = one(text)
    assert row["tone"] == "unscored"
    assert row["words"] == ()
    assert row[["polarity", "textblob", "vader", "polarity_unmasked"]].isna().all()


def test_known_neutral_word_is_zero_not_nan():
    row = one("The American political system.")
    assert row["polarity"] == 0
    assert tuple(word[:3] for word in row["words"]) == (
        ("American", 0, "textblob"),
        ("political", 0, "textblob"),
    )
    assert np.isnan(row["vader"])


def test_word_known_to_one_lexicon_leaves_the_other_nan():
    assert np.isnan(one("This is nonsense.")["textblob"])
    assert np.isnan(one("This is typical.")["vader"])


def test_lexicon_that_knows_no_word_counts_as_zero_in_the_headline():
    row = one("This is merry.")
    assert row["vader"] > 0 == len(lexicon_words(row, "textblob"))
    assert row["polarity"] == pytest.approx(sentiment.VADER_SHARE * row["vader"])


def test_one_sentence_has_the_lexicons_own_scores():
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    text = "A very good, but sadly USELESS plan!!"
    row = one(text)
    compound = SentimentIntensityAnalyzer().polarity_scores(text)["compound"]
    assert row["vader"] == pytest.approx(compound, abs=1e-4)
    assert row["textblob"] == pytest.approx(TextBlob(text).sentiment.polarity)
    warm = one("A very good and truly GREAT plan!!")
    assert warm["polarity"] == pytest.approx(0.7 * warm["vader"] + 0.3 * warm["textblob"])


def test_each_lexicon_averages_only_the_sentences_it_knows():
    alone = one("This is wonderful.")
    among = one("He went to the station. This is wonderful. She took the train.")
    assert among[["textblob", "vader"]].tolist() == alone[["textblob", "vader"]].tolist()


def test_agreement_of_few_sentences_strengthens_and_length_does_not():
    by_length = [one("This was a good day. " * n)["polarity"] for n in (1, 2, 3, 30)]
    assert by_length[0] < by_length[1] < by_length[2]
    assert by_length[3] == pytest.approx(by_length[2])


def test_coverage_is_the_share_of_words_scored():
    assert one("wonderful dreadful")["coverage"] == 1
    assert one("a wonderful red train")["coverage"] == 0.25 * 2  # "red" is in TextBlob, as 0
    assert one("He went to the station")["coverage"] == 0
    assert np.isnan(one("?!")["coverage"])


def test_coverage_of_a_compound_with_two_known_words_is_not_above_one():
    assert one("isn't-good")["coverage"] == 1


def test_word_scored_by_both_lexicons_is_covered_once():
    assert len(one("a dreadful train")["words"]) == 2
    assert one("a dreadful train")["coverage"] == pytest.approx(1 / 3)


def test_words_are_quoted_in_text_order_with_their_negation_and_emphasis():
    row = one("“Excellent” writing — though it isn’t a good idea.")
    assert [(word.word, word.lexicon) for word in row["words"]] == [
        ("Excellent", "vader"),
        ("Excellent", "textblob"),
        ("isn’t", "rejoinder"),
        ("isn’t a good", "textblob"),
        ("good", "vader"),
    ]
    assert [word.score > 0 for word in row["words"]] == [True, True, False, False, False]


def test_words_of_a_sentence_average_to_textblobs_score():
    row = one("A typical, hopeless and beautiful mess.")
    scores = [word.score for word in row["words"] if word.lexicon == "textblob"]
    assert row["textblob"] == pytest.approx(np.mean(scores))


def test_emoji_is_one_word_with_the_whole_of_its_score():
    row = one("😊")  # to VADER, "smiling face with smiling eyes"
    assert [word.score for word in row["words"]] == [pytest.approx(row["vader"])]


def test_emoji_and_emoticon_are_quoted_as_they_stand():
    assert lexicon_words(one("Well 😊😊 :-)"), "vader") == ["Well", "😊", "😊", ":-)"]
    assert lexicon_words(one("Hm 😊 :-)"), "textblob") == [":-)"]


@pytest.mark.parametrize("glue", ["—", "...", "…", "--"])
def test_words_joined_by_a_dash_or_dots_are_found(glue):
    assert lexicon_words(one(f"a disgrace{glue}truly awful"), "vader") == [
        "disgrace",
        "truly",
        "awful",
    ]


def test_no_emoticon_is_seen_in_a_web_address():
    assert one("http://example.org")["tone"] == "unscored"


MASKED = [
    ("The Cold War is over.", ["Cold War"]),
    ("the COLD war is over.", ["cold War"]),
    ("The Cold \nWar is over.", ["Cold War"]),
    ("The Cold War is over.", ["Cold", "Cold War", ""]),
    ("The United States’s border.", ["United States"]),
    ("The United States's border.", ["States", "United States"]),
    ("A top-notch plan", ["top-notch"]),
    ("Don’s win", ["Don’s win"]),
    ("Good news", ["good"]),
]


@pytest.mark.parametrize(("text", "mask"), MASKED)
def test_masked_term_is_not_scored(text, mask):
    row = one(text, mask=mask)
    assert one(text)["tone"] != "unscored"
    assert row["tone"] == "unscored"
    assert row["coverage"] == 0
    assert row["polarity_unmasked"] == one(text)["polarity"]


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("Good news", []),
        ("Good news", ["goo", "ood", "new"]),
        ("Good news", ["", "  "]),
        ("Good, news", ["", "cold"]),
        ("Good news", ["go.d"]),
        ("Cold, but a war", ["Cold War"]),
        ("This isn’t a bad idea", ["t", "isn"]),
        ("They don't win", ["Don"]),
    ],
)
def test_mask_leaves_other_words_alone(text, mask):
    masked, plain = one(text, mask=mask), one(text)
    assert masked[["polarity", "words"]].tolist() == plain[["polarity", "words"]].tolist()


@pytest.mark.parametrize(
    ("masked", "plain"),
    [
        ("Not a Trump good deal", "Not a Smith good deal"),
        ("Not a Cold War good deal", "Not a Smith good deal"),
    ],
)
def test_masked_name_is_one_word_in_the_reach_of_a_negation(masked, plain):
    assert one(masked, mask=["Trump", "Cold War"])["vader"] == one(plain)["vader"]


def test_words_around_a_masked_term_are_still_quoted():
    row = one("The Cold War was a “terrible” time.", mask=["Cold War"])
    assert {word.word for word in row["words"]} == {"terrible"}


def test_placeholder_is_in_no_lexicon():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    heard = [*SentimentIntensityAnalyzer().lexicon, *lexicons.textblob()[1]]
    assert {"good", "great", "n't"} <= set(heard)
    for word in heard:
        letters = {letter for letter in word.lower() if letter.isalnum()}
        assert letters != set(lexicons.NAME.lower())


NAMES = [
    "Trump",
    "Xi",
    "Xi Jinping",
    "the West",
    "US",
    "J. D. Vance",
    "Q",
    "Al-Assad",
    "O’Brien",
    "No Good",
]
SCORES = ["polarity", "tone", "textblob", "vader", "coverage"]
WITH_NAMES = [
    "{} is not a good man.",
    "I do not really trust {} at all. A very bad {}!",
    "NOT {}. {} IS A TOTAL DISASTER!!",
    "GREAT {}",
    "{}",
    "This isn’t {}’s best day, {}'s worst, or “{}”.",
    "I never liked {}. He is bad! {} is worse. Good riddance, {}!",
    "never so {} good, very {} bad, kind of {} nice",
    "We hate (that is, {}) but {} loves it... {} knows.",
    "Down with {}? {}... Good. pro-{} nonsense—{} is awful",
    "Hope {} and {} and {} fail miserably\n{} wins",
    "Is it {}? At 5 p.m. {} came. Great etc. {} left.",
    "really {} great, no {} good, least {} bad",
]


@pytest.mark.parametrize("text", WITH_NAMES)
def test_no_score_tells_one_masked_name_from_another(text):
    rows = [one(text.replace("{}", name), mask=NAMES) for name in NAMES]
    for row in rows:
        assert row[SCORES].equals(rows[0][SCORES])
        assert [word.score for word in row["words"]] == [word.score for word in rows[0]["words"]]


WORDS = [
    "good",
    "BAD",
    "isn’t",
    "never",
    "very",
    "{}",
    "{}",
    "{}'s",
    "but",
    "so",
    "!",
    ". ",
    "? ",
    "etc.",
    "3",
]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(NAMES), min_size=9, max_size=9),
)
def test_swapping_masked_names_moves_no_score_and_no_word(text, name, names):
    same = one(text.replace("{}", name), mask=NAMES)
    swapped = text.format(*names[: text.count("{}")])
    row = one(swapped, mask=NAMES)
    assert row[SCORES].equals(same[SCORES])
    assert [word[1:3] for word in row["words"]] == [word[1:3] for word in same["words"]]
    assert lexicon_words(row, "vader") == lexicon_words(same, "vader")


def test_words_after_masked_names_stand_where_they_stood():
    text = "Xi Jinping is bad, Xi is worse; J. D. Vance isn’t a great man. US: awful"
    row = one(text, mask=NAMES)
    assert [word.word for word in row["words"] if word.lexicon == "vader"] == [
        "bad",
        "worse",
        "great",
        "awful",
    ]
    assert "isn’t a great" in lexicon_words(row, "textblob")
    assert all(text[word.start : word.end] == word.word for word in row["words"])


def test_masked_name_is_neither_in_capitals_nor_not():
    assert one("TRUMP IS A DISASTER", mask=["Trump"])["vader"] == one("IS A DISASTER")["vader"]
    assert one("Trump is a DISASTER", mask=["Trump"])["vader"] == one("is a DISASTER")["vader"]


def test_masked_name_counts_as_one_word():
    assert one("J. D. Vance is good", mask=NAMES)["coverage"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("masked", "plain"),
    [
        ("I love the U.S. The rest is bad.", "I love Russia. The rest is bad."),
        ("I love the U.S. army, it is not bad.", "I love Russia army, it is not bad."),
    ],
)
def test_full_stop_of_a_masked_name_ends_a_sentence_where_one_begins(masked, plain):
    mask = ["the U.S.", "Russia"]
    assert one(masked, mask=mask)[SCORES].equals(one(plain, mask=mask)[SCORES])


QUOTED = [
    "good",
    "isn't",
    '"bad"',
    "'great'",
    "boys'",
    '"No',
    'end."',
    "She's",
    "'tis",
    "won't!",
    ". ",
    "(it's)",
]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(QUOTED), max_size=9).map(" ".join),
    st.sampled_from("’‘‛ʼ"),
    st.sampled_from("“”„"),
)
def test_no_kind_of_quotation_mark_moves_a_score(text, single, double):
    curly = text.replace("'", single).replace('"', double)
    row, straight = one(curly, mask=["She"]), one(text, mask=["She"])
    assert row.drop("words").equals(straight.drop("words"))
    assert [word[1:3] for word in row["words"]] == [word[1:3] for word in straight["words"]]


VADER_WORDS = """
    good GOOD bad kind of very VERY not never so this without doubt least at no or nor love but
    hate sort the shit bomb bus stop isn't dont great! awful?? :) chair HOUSE table, extremely x
"""


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(VADER_WORDS.split()), min_size=1, max_size=12).map(" ".join))
@example("this was the kiss of death")
@example("he is kind of good")
def test_vader_seen_through_a_window_says_the_same(text):
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    found = sentiment.score(pd.Series([text]), whole=True)["vader"].fillna(0).iloc[0]
    assert round(found, 4) == SentimentIntensityAnalyzer().polarity_scores(text)["compound"]


TEXTBLOB_WORDS = """
    good bad not never no n't very really is a an the house x ! extremely not utterly :) great
"""


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(TEXTBLOB_WORDS.split()), min_size=1, max_size=12))
def test_textblob_without_the_words_it_passes_over_says_the_same(words):
    from textblob.en import sentiment as textblob

    found = sentiment.score(pd.Series([" ".join(words)]), whole=True)["textblob"].fillna(0).iloc[0]
    assert found == pytest.approx(textblob(list(words))[0], abs=1e-12)


@pytest.mark.parametrize("value", [3, 1.5, ["good"], b"good"])
def test_value_that_is_no_text_is_named_by_its_label(value):
    texts = pd.Series(["good", value], index=["c1", "c2"], dtype=object)
    with pytest.raises(TypeError, match="'c2'"):
        sentiment.score(texts)


def test_mask_that_is_one_string_is_refused():
    with pytest.raises(TypeError, match="list of terms"):
        one("good", mask="Trump")


def test_index_is_kept_even_with_duplicates():
    texts = pd.Series(["good", None, "bad"], index=["b", "a", "b"], name="text")
    before = texts.copy()
    table = sentiment.score(texts)
    assert table.index.equals(texts.index)
    assert table["tone"].tolist() == ["positive", "unscored", "negative"]
    pd.testing.assert_series_equal(texts, before)


@pytest.mark.parametrize("dtype", [object, "str", float])
def test_no_texts_give_no_rows_of_the_same_kind(dtype):
    empty, full = sentiment.score(pd.Series([], dtype=dtype)), sentiment.score(pd.Series(["good"]))
    assert len(empty) == 0
    assert empty.dtypes.equals(full.dtypes)
    assert list(empty.columns) == sentiment.COLUMNS


HOSTILE = {
    "emoji": "😀👍🏽❤️" * 100,
    "right to left": "\u202eمرحبا good\u202c",
    "nul": "good\0bad\0",
    "no space": "a" * 100_000,
    "only punctuation": "?!.,;:" * 500,
    "html": "<p>good</p><script>alert('bad')</script>",
    "lone surrogate": "\ud800 good",
    "letter that grows in lower case": "İİİ good İ",
    "separators": "good\x1cbad\x85good\u2028bad",
    "formula": "=good+bad(1)",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_scored_or_unscored_but_never_raises(text):
    assert -1 <= np.nan_to_num(one(text, mask=["bad"])["polarity"]) <= 1


PIECES = ["good", "bad", "isn't", "not", "very", "-", "!", "?", ". ", " ", "—", "😀", ":("]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join))
def test_scores_stay_in_range_and_words_stand_in_the_text(text):
    row = one(text, mask=["very"])
    assert row[["polarity", "textblob", "vader"]].fillna(0).abs().max() <= 1
    assert np.isnan(row["coverage"]) or 0 <= row["coverage"] <= 1
    assert all(word.word in text and -1 <= word.score <= 1 for word in row["words"])
    assert np.isnan(row["polarity"]) == (row["words"] == ())


def test_importing_loads_no_lexicon():
    code = (
        "import sys, rejoinder.measure.sentiment;"
        "print({'nltk', 'textblob', 'vaderSentiment', 'pysbd'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_what_is_no_series_is_refused_with_what_to_write():
    with pytest.raises(TypeError, match="pandas Series"):
        sentiment.score(["I love it."])


def test_taken_as_one_sentence_a_text_scores_as_the_lexicons_score_it():
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    text = "I love this plan. It is a bad start, and the end is good."
    whole, by_sentence = (sentiment.score(pd.Series([text]), whole=one).iloc[0] for one in (True, False))
    assert whole["vader"] == pytest.approx(
        SentimentIntensityAnalyzer().polarity_scores(text)["compound"], abs=1e-4
    )
    assert whole["textblob"] == pytest.approx(TextBlob(text).sentiment.polarity)
    assert by_sentence["vader"] != pytest.approx(whole["vader"], abs=0.01)
    one = sentiment.score(pd.Series(["I love this plan."]), whole=True)
    assert one.equals(sentiment.score(pd.Series(["I love this plan."])))


def test_nothing_as_one_sentence_is_unscored():
    table = sentiment.score(pd.Series(["", None, "The."]), whole=True)
    assert (table["tone"] == "unscored").all()


@pytest.mark.parametrize(
    ("text", "word", "sign"),
    [
        ("The bribery went on.", "bribery", -1),
        ("He called the “dishonesty” routine.", "dishonesty", -1),
        ("A first-class man", "first-class", 1),
        ("REPREHENSIBLE!", "REPREHENSIBLE", -1),
    ],
)
def test_word_that_only_our_list_knows_is_scored_quoted_covered_and_can_be_masked(text, word, sign):
    row = one(text)
    (found,) = [found for found in row["words"] if found.lexicon == "rejoinder"]
    assert (found.word, text[found.start : found.end]) == (word, word)
    assert np.sign(found.score) == np.sign(row["polarity"]) == sign
    assert np.isnan(row["vader"])
    assert row["coverage"] > one(text, mask=[word])["coverage"]
    masked = one(text, mask=[word])
    assert lexicon_words(masked, "rejoinder") == []
    assert masked["polarity_unmasked"] == row["polarity"]


def test_word_of_our_list_alone_counts_by_its_valence_and_weight():
    from rejoinder.measure import lexicons
    from rejoinder.measure.lexicons import added as valences

    x = valences()["bribery"] * lexicons.ADDED * lexicons.COLD
    assert one("The bribery")["polarity"] == pytest.approx(0.7 * x / np.sqrt(x * x + 15), abs=1e-6)


def test_word_of_our_list_is_negated_and_strengthened():
    polarities = [one(text)["polarity"] for text in ("Not absurd.", "Absurd.", "Very absurd!!!")]
    assert polarities == sorted(polarities, reverse=True)
    assert polarities[0] > 0 > polarities[1] > polarities[2]


def test_denial_is_scored_beside_a_known_word_and_never_alone():
    assert one("He did not go to the station.")["tone"] == "unscored"
    row = one("He does not praise it.")
    assert lexicon_words(row, "rejoinder") == ["not"]
    assert row["polarity"] < one("He does praise it.")["polarity"]
    assert one("Not bad")["tone"] == "positive"


def test_masked_denial_is_not_scored():
    row = one("The Not Now campaign is great.", mask=["Not Now"])
    assert lexicon_words(row, "rejoinder") == []


FOR_VADER = ["good", "bad", "bribery", "absurd", "not", "but", "very", "least", "GREAT", "kind", "!", "?"]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(FOR_VADER), max_size=14).map(" ".join))
def test_our_list_leaves_vaders_own_score_alone(text):
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    compound = SentimentIntensityAnalyzer().polarity_scores(text)["compound"]
    ours = sentiment.score(pd.Series([text]), whole=True)["vader"].iloc[0]
    assert np.nan_to_num(ours) == pytest.approx(compound, abs=1e-4)


@pytest.mark.parametrize(
    "text",
    ["Not a good idea, but no bribery", "We could support a bad, absurd war", "😊 End war"],
)
def test_what_the_words_count_makes_the_headline(text):
    row = one(text)
    x = sum(word.counts for word in row["words"])
    textblob = np.nan_to_num(row["textblob"])
    assert row["polarity"] == pytest.approx(0.7 * x / np.sqrt(x * x + 15) + 0.3 * textblob)
    assert not any(word.counts for word in row["words"] if word.lexicon == "textblob")
