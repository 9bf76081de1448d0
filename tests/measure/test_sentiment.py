import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.measure import sentiment

SCORES = ["polarity", "tone", "textblob", "vader", "coverage"]


def one(text, **options):
    return sentiment.score(pd.Series([text], dtype=object), **options).iloc[0]


def lexicon_words(row, lexicon):
    return [word.word for word in row["words"] if word.lexicon == lexicon]


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("What a wonderful, honest article.", "What a dreadful, dishonest article."),
        ("Not bad.", "Bad."),
        ("Good.", "Not good."),
        ("Great news!", "Great news"),
        ("Good 😀", "Good 😡"),
        ("Thank you :)", "Thank you :("),
        ("He does praise it.", "He does not praise it."),
        ("They ended the war.", "They began the war."),
        ("A march against corruption", "A march for corruption"),
        ("A country free of violence", "A country full of violence"),
        ("It is a success.", "It would be a success."),
        ("It is a success.", "If it is a success."),
        ("Absurd.", "Very absurd!!!"),
    ],
)
def test_more_positive_text_has_higher_polarity(more, less):
    assert one(more)["polarity"] > one(less)["polarity"]


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("What a wonderful article.", "positive"),
        ("This article is nonsense.", "negative"),
        ("The American political system.", "neutral"),
        ("This isn’t a bad idea", "positive"),
        ("This isn't a good idea", "negative"),
        ("Not absurd.", "neutral"),
    ],
)
def test_tone_names_the_side_of_zero(text, tone):
    assert one(text)["tone"] == tone


@pytest.mark.parametrize("text", ["", "  ", None, np.nan, pd.NA, "...", "He did not go.", "http://x.org"])
@pytest.mark.parametrize("whole", [False, True])
def test_text_without_a_known_word_is_nan_not_zero(text, whole):
    row = one(text, whole=whole)
    assert (row["tone"], row["words"]) == ("unscored", ())
    assert row[["polarity", "textblob", "vader", "polarity_unmasked"]].isna().all()


def test_known_neutral_word_is_zero_and_the_other_lexicon_nan():
    row = one("The American political system.")
    assert row["polarity"] == 0
    assert [word[:3] for word in row["words"]] == [
        ("American", 0, "textblob"),
        ("political", 0, "textblob"),
    ]
    assert np.isnan(row["vader"])
    assert np.isnan(one("This is nonsense.")["textblob"])


def test_each_lexicon_averages_only_the_sentences_it_knows():
    alone = one("This is wonderful.")
    among = one("He went to the station. This is wonderful. She took the train.")
    assert among[["textblob", "vader"]].tolist() == alone[["textblob", "vader"]].tolist()


def test_agreement_of_few_sentences_strengthens_and_length_does_not():
    by_length = [one("This was a good day. " * n)["polarity"] for n in (1, 2, 3, 30)]
    assert by_length[0] < by_length[1] < by_length[2]
    assert by_length[3] == pytest.approx(by_length[2])


@pytest.mark.parametrize(
    ("text", "coverage"),
    [
        ("wonderful dreadful", 1),
        ("a wonderful red train", 0.5),  # TextBlob knows "red", as 0
        ("He went to the station", 0),
        ("?!", np.nan),
        ("isn't-good", 1),  # two known words in one
        ("a dreadful train", 1 / 3),  # known to both lexicons
    ],
)
def test_coverage_is_the_share_of_words_scored(text, coverage):
    assert one(text)["coverage"] == pytest.approx(coverage, nan_ok=True)


def test_words_are_quoted_in_text_order_with_their_negation_and_emphasis():
    row = one("“Excellent” writing — though it isn’t a good idea.")
    assert [(word.word, word.lexicon, word.score > 0) for word in row["words"]] == [
        ("Excellent", "vader", True),
        ("Excellent", "textblob", True),
        ("isn’t", "rejoinder", False),
        ("isn’t a good", "textblob", False),
        ("good", "vader", False),
    ]


def test_emoji_and_emoticon_are_quoted_as_they_stand_with_the_whole_of_their_score():
    assert [word.score for word in one("😊")["words"]] == [pytest.approx(one("😊")["vader"], abs=5e-5)]
    assert lexicon_words(one("Well 😊😊 :-)"), "vader") == ["Well", "😊", "😊", ":-)"]
    assert lexicon_words(one("Hm 😊 :-)"), "textblob") == [":-)"]


@pytest.mark.parametrize("glue", ["—", "...", "…", "--"])
def test_words_joined_by_a_dash_or_dots_are_found(glue):
    found = lexicon_words(one(f"a disgrace{glue}truly awful"), "vader")
    assert found == ["disgrace", "truly", "awful"]


@pytest.mark.parametrize(
    "text",
    [
        "Not a good idea, but no bribery",
        "We could support a bad, absurd war",
        "😊 End war",
        "This is merry.",  # unknown to TextBlob
    ],
)
def test_what_the_words_count_makes_the_polarity(text):
    row = one(text)
    x, textblob = sum(word.counts for word in row["words"]), np.nan_to_num(row["textblob"])
    assert row["polarity"] == pytest.approx(0.7 * x / np.sqrt(x * x + 15) + 0.3 * textblob)
    assert not any(word.counts for word in row["words"] if word.lexicon == "textblob")


@pytest.mark.parametrize(
    ("text", "word", "sign"),
    [
        ("The bribery went on.", "bribery", -1),
        ("REPREHENSIBLE!", "REPREHENSIBLE", -1),
    ],
)
def test_word_that_only_our_list_knows_is_scored_quoted_covered_and_can_be_masked(text, word, sign):
    row, masked = one(text), one(text, mask=[word])
    (found,) = [found for found in row["words"] if found.lexicon == "rejoinder"]
    assert found.word == text[found.start : found.end] == word
    assert np.sign(found.score) == np.sign(row["polarity"]) == sign
    assert np.isnan(row["vader"])
    assert row["coverage"] > masked["coverage"]
    assert lexicon_words(masked, "rejoinder") == []
    assert masked["polarity_unmasked"] == row["polarity"]


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("The cold War is over.", ["Cold War"]),
        ("The Cold \nWar is over.", ["Cold War"]),
        ("The cold War is over.", ["Cold", "Cold War", ""]),
        ("The united States’s border.", ["States", "United States"]),
        ("Don’s win", ["Don’s win"]),
    ],
)
def test_masked_term_is_not_scored(text, mask):
    row, plain = one(text, mask=mask), one(text)
    assert plain["tone"] != "unscored" == row["tone"]
    assert row["coverage"] == 0
    assert row["polarity_unmasked"] == plain["polarity"]


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("Good news", []),
        ("Good news", ["goo", "ood", "new", "", "  ", "go.d"]),
        ("Cold, but a war", ["Cold War"]),
        ("This isn’t a bad idea", ["t", "isn"]),
        ("They don't win", ["Don"]),
    ],
)
def test_mask_leaves_other_words_alone(text, mask):
    masked, plain = one(text, mask=mask), one(text)
    assert masked[["polarity", "words"]].tolist() == plain[["polarity", "words"]].tolist()


def test_masked_name_is_one_word_neither_in_capitals_nor_not():
    mask = ["Trump", "Cold War", "J. D. Vance", "Not Now"]
    assert one("Not a Cold War good deal", mask=mask)["vader"] == one("Not a Smith good deal")["vader"]
    assert one("TRUMP IS A DISASTER", mask=mask)["vader"] == one("IS A DISASTER")["vader"]
    assert one("Trump is a DISASTER", mask=mask)["vader"] == one("is a DISASTER")["vader"]
    assert one("J. D. Vance is good", mask=mask)["coverage"] == pytest.approx(1 / 3)
    assert lexicon_words(one("The Not Now campaign is great.", mask=mask), "rejoinder") == []


@pytest.mark.parametrize("rest", [". The rest is bad.", ". army, it is not bad."])
def test_full_stop_of_a_masked_name_ends_a_sentence_where_one_begins(rest):
    mask = ["the U.S.", "Russia"]
    masked = one(f"I love the U.S{rest}", mask=mask)
    plain = one(f"I love Russia{rest if 'The' in rest else rest[1:]}", mask=mask)
    assert masked[SCORES].equals(plain[SCORES])


NAMES = ["Trump", "Xi", "Xi Jinping", "the West", "US", "J. D. Vance", "Al-Assad", "O’Brien", "No Good"]


@pytest.mark.parametrize(
    "text",
    [
        "I do not really trust {} at all. A very bad {}!",
        "NOT {}. {} IS A TOTAL DISASTER!!",
        "This isn’t {}’s best day, {}'s worst, or “{}”.",
        "never so {} good, very {} bad, kind of {} nice",
        "We hate (that is, {}) but {} loves it... {} knows.",
        "Is it {}? At 5 p.m. {} came. Great etc. {} left.",
    ],
)
def test_no_score_depends_on_which_name_is_masked(text):
    rows = [one(text.replace("{}", name), mask=NAMES) for name in NAMES]
    for row in rows:
        assert row[SCORES].equals(rows[0][SCORES])
        assert [word.score for word in row["words"]] == [word.score for word in rows[0]["words"]]


def test_words_after_masked_names_stand_where_they_stood():
    text = "Xi Jinping is bad, Xi is worse; J. D. Vance isn’t a great man. US: awful"
    row = one(text, mask=NAMES)
    assert lexicon_words(row, "vader") == ["bad", "worse", "great", "awful"]
    assert "isn’t a great" in lexicon_words(row, "textblob")
    assert all(text[word.start : word.end] == word.word for word in row["words"])


QUOTED = """good isn't "bad" 'great' boys' "No end." She's 'tis won't! . (it's)"""


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(QUOTED.split()), max_size=9).map(" ".join),
    st.sampled_from("’‘‛ʼ"),
    st.sampled_from("“”„"),
)
def test_no_kind_of_quotation_mark_moves_a_score(text, single, double):
    curly = text.replace("'", single).replace('"', double)
    row, straight = one(curly, mask=["She"]), one(text, mask=["She"])
    own = ["words", "textblob", "vader"]  # which take a text as it stands
    assert row.drop(own).equals(straight.drop(own))
    assert [word[1:3] for word in row["words"]] == [word[1:3] for word in straight["words"]]


def test_without_words_every_other_column_is_the_same():
    texts = pd.Series(["Good, not bad", "Cold War", None])
    full, lean = (sentiment.score(texts, mask=["cold war"], words=words) for words in (True, False))
    pd.testing.assert_frame_equal(lean, full.drop(columns="words"))


@pytest.mark.parametrize("value", [3, 1.5, ["good"], b"good"])
def test_value_that_is_no_text_is_named_by_its_label(value):
    with pytest.raises(TypeError, match="'c2'"):
        sentiment.score(pd.Series(["good", value], index=["c1", "c2"], dtype=object))
    with pytest.raises(TypeError):
        sentiment.score(["good"])
    with pytest.raises(TypeError):
        sentiment.score(pd.Series(["good"]), mask="Trump")


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
    assert empty.shape == (0, len(sentiment.COLUMNS))
    assert empty.dtypes.equals(full.dtypes)


HOSTILE = ["😀👍🏽❤️" * 100, "a" * 100_000, "?!.,;:" * 500, "good\0bad\0", "\ud800 good", "İİİ good İ"]
HOSTILE += ["\u202eمرحبا good\u202c", "good\x1cbad\x85good\u2028bad", "<script>alert('bad')</script>"]
PIECES = ["good", "bad", "isn't", "not", "very", "-", "!", "?", ". ", " ", "—", "😀", ":(", *HOSTILE]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join))
def test_scores_stay_in_range_and_words_stand_in_the_text(text):
    row = one(text, mask=["very"])
    assert row[["polarity", "textblob", "vader"]].fillna(0).abs().max() <= 1
    assert np.isnan(row["coverage"]) or 0 <= row["coverage"] <= 1
    assert all(
        text[word.start : word.end] == word.word and -1 <= word.score <= 1 for word in row["words"]
    )
    assert np.isnan(row["polarity"]) == (row["words"] == ())


def test_importing_the_measures_loads_nothing_heavy():
    heavy = {"nltk", "textblob", "vaderSentiment", "pysbd", "sklearn", "scipy"}
    code = f"import sys, rejoinder.measure; print({heavy!r} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


@pytest.mark.parametrize("mark", [*",/;:(|[=&+!?", ".", "),", "–", " ", '"', ", ", "<br>", "’,", "，"])
def test_words_without_a_space_after_the_mark_count_in_full(mark):
    row, spaced = one(f"The plan is terrible{mark}Awful today"), one("The plan is terrible, Awful today")
    assert lexicon_words(row, "vader") == ["terrible", "Awful"]
    assert row["polarity"] == pytest.approx(spaced["polarity"], abs=0.02)


def test_own_column_of_vader_stays_as_vader_has_it_where_no_space_follows_a_mark():
    assert np.isnan(one("terrible,awful")["vader"])
    assert one("good, terrible,awful")["vader"] == one("good, unknown")["vader"]
    assert one("so,so good :) sweet<3")["vader"] == one("soso good :) sweet<3")["vader"] > 0


@pytest.mark.parametrize("text", ["j/k", "sweet<3", "Ha :D", "It isn't-good", "1,000 terrible 2.5"])
def test_what_vader_knows_with_a_mark_inside_stays_whole(text):
    found = {word.word for word in one(text)["words"] if word.lexicon == "vader"}
    assert found & {"j/k", "sweet<3", ":D", "terrible"} or "isn" in text


ADDRESSES = [
    "https://example.org/best/great", "www.great.example", "@angry_bob", "love@example.org",
    "hate.com/awful", "HTTPS://X.ORG/LOVE",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_and_handles_are_neither_scored_nor_covered(address):
    row = one(f"{address}: what?")
    assert (row["tone"], row["words"], row["coverage"]) == ("unscored", (), 0)
    assert row[["textblob", "vader", "polarity_unmasked"]].isna().all()
    row, plain = one(f"A dreadful, sad ({address}) day."), one("A dreadful, sad day.")
    assert row[["polarity", "coverage"]].tolist() == plain[["polarity", "coverage"]].tolist()
    assert all(word.word in ("dreadful", "sad") for word in row["words"])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "There is nothing: 1. good, 2. great or 3. lovely in it.",
            "There is nothing: good, great or lovely in it.",
        ),
        ("It is not (1) honest, (2) good.", "It is not honest, good."),
    ],
)
def test_numbers_of_items_do_not_stand_between_a_negation_and_its_words(text, plain):
    assert one(text)["polarity"] == pytest.approx(one(plain)["polarity"])
