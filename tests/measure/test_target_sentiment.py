import math
import os
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.measure import lexicons, sentiment, target_sentiment
from rejoinder.measure.target_sentiment import score as tone_toward

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds newsmtsc/"
)


def one(sentence, name, **options):
    """Tone toward the first place where the sentence has the name."""
    start = sentence.index(name)
    return tone_toward([sentence], [start], [start + len(name)], **options).iloc[0]


WARM_AND_COLD = [
    ("While Smith was hailed as a hero, Jones was jailed for fraud.", "Smith", "Jones"),
    ("Jones was jailed for fraud, while Smith was hailed as a hero.", "Smith", "Jones"),
    ("Smith is brilliant, but Jones is a disgrace.", "Smith", "Jones"),
    ("Jones is a disgrace, but Smith is brilliant.", "Smith", "Jones"),
    ("Smith is a great man and Jones is a liar.", "Smith", "Jones"),
    ("Jones is weak. But Smith is a brilliant, honest hero.", "Smith", "Jones"),
    ("They praised Smith and condemned Jones.", "Smith", "Jones"),
    ("We love Smith and we hate Jones.", "Smith", "Jones"),
    ("Smith, who won a prize, met Jones, who was convicted of fraud.", "Smith", "Jones"),
]


@pytest.mark.parametrize(("sentence", "warm", "cold"), WARM_AND_COLD)
def test_each_of_two_in_one_sentence_has_a_tone_of_their_own(sentence, warm, cold):
    assert one(sentence, warm) > 0 > one(sentence, cold)


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("Trump is a fool.", -1),
        ("Trump is not a fool.", 1),
        ("Trump isn’t a good man.", -1),
        ("Trump, a liar, won't resign.", -1),
        ("You are a fool, Trump!", -1),
        ("What a wonderful speech by Trump", 1),
        ("I admire Trump.", 1),
        ("I don't trust Trump.", -1),
        ("Business groups issued statements praising Trump", 1),
        ("“Trump is a hero,” said Jones.", 1),
        ("Jones said that Trump was a liar.", -1),
        ("Trump Is a Disgrace to the Nation", -1),
        ("TRUMP IS A DISGRACE, said Trump's brother", -1),
    ],
)
def test_tone_has_the_sign_of_what_is_said_of_the_mention(sentence, sign):
    name = "TRUMP" if sentence.startswith("TRUMP") else "Trump"
    assert np.sign(one(sentence, name)) == sign


@pytest.mark.parametrize(
    ("warmer", "colder"),
    [
        ("Trump is wise.", "Trump could be wise."),
        ("Trump won.", "Trump did not win."),
        ("Trump left.", "Trump left in dishonesty."),
        ("Trump marched against corruption.", "Trump marched for corruption."),
    ],
)
def test_words_count_as_they_count_in_the_tone_of_a_text(warmer, colder):
    tones = [np.nan_to_num(one(sentence, "Trump")) for sentence in (warmer, colder)]
    assert tones[0] > tones[1]


ATTACKS = [
    "Smith criticised Jones.",
    "Smith has sharply attacked Jones.",
    "Smith slammed former governor Jones.",
    "Jones was criticised by Smith.",
    "Jones was accused of theft by Smith.",
    "Jones has been fired by Smith.",
    "Smith sued Jones.",
]


@pytest.mark.parametrize("sentence", ATTACKS)
def test_object_of_an_attack_is_cold_and_its_subject_less_so(sentence):
    subject = one(sentence, "Smith")
    assert one(sentence, "Jones") < -0.3
    assert math.isnan(subject) or subject > one(sentence, "Jones")


def test_object_of_praise_is_warm_and_its_subject_less_so():
    assert one("Smith praised Jones.", "Jones") > one("Smith praised Jones.", "Smith") >= 0


@pytest.mark.parametrize(
    "sentence",
    [
        "Smith did not condemn Jones.",
        "The attack on the town reached Jones.",
        "Smith went back to Jones.",
        "Smith slammed the report for quoting Jones.",
        "Smith spoke. The army attacked. It rained on Jones.",
    ],
)
def test_what_is_no_attack_on_the_mention_is_not_taken_for_one(sentence):
    tone = one(sentence, "Jones")
    assert math.isnan(tone) or abs(tone) < abs(one("Smith attacked Jones.", "Jones"))


def test_passive_that_is_denied_is_not_cold():
    assert one("Jones was criticised.", "Jones") < 0
    assert not one("Jones was not criticised.", "Jones") < 0


@pytest.mark.parametrize(
    "sentence",
    [
        "Smith said that Jones is a liar and a fraud.",
        "Smith said Jones is a wonderful man.",
        "“Jones is a liar,” Smith said.",
        "“Jones is a liar,” said Smith.",
        '"Jones is a liar," Smith wrote.',
        "Smith has also repeatedly argued that Jones is a liar.",
        "Smith, a physician, said Jones was a wonderful man.",
        "According to Smith, Jones is a liar.",
        "“It is sad,” said Smith, “that Jones is a liar.”",
        "Smith said Jones was condemned.",
    ],
)
def test_what_someone_says_of_others_is_not_toward_them(sentence):
    assert math.isnan(one(sentence, "Smith"))
    assert not math.isnan(one(sentence, "Jones"))


def test_who_is_told_something_is_no_speaker():
    assert one("The judge told Smith that he was a liar.", "Smith") < 0


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Hope Hicks met Grace Love.", "Hope Hicks"),
        ("Hope Hicks met Grace Love.", "Hicks"),
        ("Hope Hicks met Grace Love.", "Grace Love"),
        ("Then Hope Hicks met Grace Love.", "Love"),
        ("Hope met Hope.", "Hope"),
        ("The Supreme Court heard Jones.", "Jones"),
        ("Hicks met the United States envoy.", "Hicks"),
        ("He went to the station.", "He"),
        ("A disgrace hit the town and Smith slept.", "Smith"),
        ("What a disgrace. The train left. Jones slept.", "Jones"),
    ],
)
def test_mention_without_a_word_on_it_is_nan_not_zero(sentence, name):
    assert math.isnan(one(sentence, name))


@pytest.mark.parametrize(
    ("sentence", "mention"), [("Hope saw Hope.", "Hope."), ("Hope saw Hope’s car.", "Hope’s")]
)
def test_name_that_stands_twice_is_not_scored(sentence, mention):
    start = sentence.rindex(mention)
    assert tone_toward([sentence], [start], [start + len(mention)]).isna().all()


def test_clause_farther_on_counts_less_and_one_far_off_not_at_all():
    near, farther = "Smith slept; the food was bad.", "Smith slept; it rained; the food was bad."
    assert one(near, "Smith") < one(farther, "Smith") < 0
    assert math.isnan(
        one("Smith slept" + "; it rained" * target_sentiment.FARTHEST + "; it was bad.", "Smith")
    )


def test_words_that_cancel_out_or_are_weak_give_exactly_zero():
    assert one("Jones is good, not bad, not good.", "Jones") != 0
    assert one("A number of people met Jones.", "Jones") == 0


def test_tone_that_is_not_zero_is_beyond_the_band_of_vader():
    weakest = target_sentiment.NEUTRAL_VALENCE / math.hypot(
        target_sentiment.NEUTRAL_VALENCE, math.sqrt(lexicons.VADER_ALPHA)
    )
    assert 0.05 < weakest < 0.08


SWAPPED = [
    "{0} is a brilliant, honest hero.",
    "While {0} was hailed as a hero, Jones was jailed for fraud.",
    "Jones criticised {0} and praised Brown.",
    "{0}’s plan is a disgrace, and {0} is a liar.",
    "Voters trusted Jones, {0} and Brown, who failed.",
    "“What a disgrace,” said {0}, who lost.",
    "The rally was awful. Then {0} won, but Jones lost.",
    "WHAT A DISGRACE {0} IS",
    "I don't like {0}!",
]
NAMES = [
    "Smith",
    "Hope Hicks",
    "Grace Love Joy Best",
    "Will Good",
    "May",
    "O’Brien",
    "bell hooks",
    "Bill de Blasio",
    "J. R. Savage",
    "Dr. Rich Champion",
    "Ursula von der Leyen",
    "Jean-Luc Mélenchon",
    "Özil",
    "习近平",
    "TRUMP",
    "Killer Mike",
    "C-3PO",
    "🙂",
]


def swapped(template, name):
    sentence, start = template.format(name), template.index("{0}")
    return tone_toward([sentence], [start], [start + len(name)]).iloc[0]


@pytest.mark.parametrize("template", SWAPPED)
def test_name_of_another_shape_changes_nothing(template):
    tones = [swapped(template, name) for name in NAMES]
    assert tones == pytest.approx([tones[0]] * len(NAMES), nan_ok=True)


_LETTERS = st.sampled_from("aehlorstÉKÖT")
_WORD = st.text(_LETTERS, min_size=2, max_size=9).map(lambda word: "Z" + word)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    st.sampled_from(SWAPPED),
    st.lists(_WORD, min_size=1, max_size=5),
    st.sampled_from([" ", "-", "'", ". "]),
)
def test_tone_does_not_move_with_any_name(template, words, glue):
    assert swapped(template, glue.join(words)) == pytest.approx(swapped(template, "Smith"), nan_ok=True)


@pytest.mark.parametrize(
    ("other", "another"), [("Hope Love", "Ann Smith"), ("Grace Killer", "Jean-Luc O’Brien")]
)
def test_name_of_someone_else_is_not_scored_either(other, another):
    for template in ("{} met Jones.", "Then Jones met {}.", "Jones, with {}, lost badly."):
        tones = [one(template.format(name), "Jones") for name in (other, another)]
        assert tones[0] == pytest.approx(tones[1], nan_ok=True)


@pytest.mark.parametrize(
    ("sentence", "mask"),
    [
        ("Jones spoke of the cold war.", ["cold war"]),
        ("Jones is a good man.", ["GOOD"]),
        ("They attacked Jones.", ["attacked"]),
        ("Jones wrote Great Expectations, a novel.", ["Great Expectations"]),
    ],
)
def test_masked_term_does_not_count(sentence, mask):
    assert math.isnan(one(sentence, "Jones", mask=mask))


def test_mask_may_hold_the_mention_itself():
    sentence = "Donald Trump is a fool."
    assert one(sentence, "Trump", mask=["Trump", "Donald Trump"]) == one(sentence, "Trump")


def test_mask_that_is_one_string_is_refused():
    with pytest.raises(TypeError, match="list of terms"):
        one("Jones lost.", "Jones", mask="Jones")


@pytest.mark.parametrize(
    ("typographic", "plain"),
    [
        ("“Jones is a liar,” Smith said.", '"Jones is a liar," Smith said.'),
        ("Smith isn’t a good man", "Smith isn't a good man"),
        ("Smith’s speech was dreadful", "Smith's speech was dreadful"),
    ],
)
def test_typographic_marks_change_nothing(typographic, plain):
    assert one(typographic, "Smith") == pytest.approx(one(plain, "Smith"), nan_ok=True)


def test_quotation_mark_or_possessive_inside_the_offsets_changes_nothing():
    sentence = "He said: “Smith’s speech was dreadful.”"
    assert one(sentence, "“Smith’s") == one(sentence, "Smith") < 0
    assert math.isnan(one("A disgrace: “Smith slept”", "“Smith"))
    assert math.isnan(one("A disgrace “Smith slept”", "“Smith"))


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, "", "  "])
def test_missing_or_empty_sentence_is_nan_whatever_its_offsets(missing):
    tones = tone_toward(["Smith is a liar.", missing, "Smith won."], [0, 0, 0], [5, 0, 5])
    assert tones.isna().tolist() == [False, True, False]
    assert tone_toward([missing], [None], [None]).isna().all()


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, 99), (16, 17), (None, 5), (0.5, 5), ("0", 5)]
)
def test_offsets_that_are_no_place_in_the_sentence_name_the_row(start, end):
    sentences = pd.Series(["Smith won.", "Smith is a liar."], index=["a", "b"])
    starts = pd.Series([0, start], index=["a", "b"], dtype=object)
    ends = pd.Series([5, end], index=["a", "b"], dtype=object)
    with pytest.raises(ValueError, match="'b'"):
        tone_toward(sentences, starts, ends)


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="length"):
        tone_toward(["Smith won."], [0, 1], [5])


def test_columns_whose_labels_differ_are_refused():
    sentences = pd.Series(["Smith won.", "Smith lost."], index=[0, 1])
    with pytest.raises(ValueError, match="index"):
        tone_toward(sentences, pd.Series([0, 0], index=[1, 0]), [5, 5])


def test_value_that_is_no_text_is_named_by_its_label():
    with pytest.raises(TypeError, match="'c2'"):
        tone_toward(pd.Series(["Smith", 3], index=["c1", "c2"]), [0, 0], [5, 1])


def test_index_is_kept_even_with_duplicates_and_nothing_is_changed():
    table = pd.DataFrame(
        {"sentence": ["Smith is a liar.", None, "Smith is a hero."], "start": 0, "end": 5},
        index=["b", "a", "b"],
    )
    before = table.copy()
    tones = tone_toward(table["sentence"], table["start"], table["end"])
    assert tones.index.equals(table.index)
    assert tones.dtype == float
    assert np.sign(tones.fillna(0)).tolist() == [-1, 0, 1]
    pd.testing.assert_frame_equal(table, before)


def test_floats_that_are_whole_are_offsets():
    assert tone_toward(["Smith is a liar."], [0.0], [np.float64(5)]).iloc[0] < 0


def test_no_rows_give_no_rows():
    for empty in ([], pd.Series([], dtype=object)):
        tones = tone_toward(empty, empty, empty)
        assert len(tones) == 0
        assert tones.dtype == float


def test_rows_do_not_know_each_other():
    rows = pd.DataFrame(
        [
            (sentence, sentence.index(name), sentence.index(name) + len(name))
            for sentence, *names in WARM_AND_COLD
            for name in names
        ]
    )
    tones = tone_toward(*(rows[column] for column in rows))
    shuffled = rows.sample(frac=1, random_state=3)
    again = tone_toward(*(shuffled[column] for column in shuffled))
    pd.testing.assert_series_equal(again.sort_index(), tones)


HOSTILE = {
    "many clauses": "Smith is a good liar, and he fails. " * 560,
    "many names": "Smith, " * 2_900,
    "capitals": "Smith" + " Aa" * 6_600 + "-",
    "quotation marks": "Smith " + '"' * 20_000,
    "one word": "Smith" + "a" * 20_000,
    "initials": "Smith " + "A." * 10_000,
    "apostrophes": "Smith" + "'aa" * 6_700,
}


@pytest.mark.parametrize("sentence", HOSTILE.values(), ids=HOSTILE.keys())
def test_sentence_of_20_000_characters_takes_no_longer_than_two_seconds(sentence):
    one("Smith is good.", "Smith")  # loads the lexicons
    began = time.process_time()
    tone_toward([sentence], [0], [5])
    assert time.process_time() - began < 2


PIECES = [
    "Smith",
    "Jones",
    "good",
    "liar",
    "attacked",
    "was",
    "by",
    "said",
    "and",
    "but",
    ",",
    '"',
    "’s",
    ".",
]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=14).map(" ".join),
    st.data(),
)
def test_any_place_in_any_text_has_a_tone_in_range_or_none(text, data):
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    if text:
        end = data.draw(st.integers(start + 1, len(text)))
        tone = tone_toward([text], [start], [end]).iloc[0]
        assert math.isnan(tone) or tone == 0 or 0.05 < abs(tone) < 1


def test_verbs_are_few_and_none_is_both_cold_and_warm():
    cold, warm = set(target_sentiment.COLD.split()), set(target_sentiment.WARM.split())
    assert len(cold | warm) <= 60
    assert not cold & warm


@pytest.mark.parametrize(
    "form", ["accused", "slams", "slammed", "sued", "denouncing", "praised", "fires"]
)
def test_forms_of_a_verb_are_known(form):
    assert form in target_sentiment._DONE


def test_one_name_for_all_is_in_no_lexicon():
    assert (
        sentiment.score(pd.Series([f"{target_sentiment.NAME} met {target_sentiment.NAME}"]))[
            "words"
        ].iloc[0]
        == ()
    )


def test_actors_gives_the_same_function():
    assert actors.tone_toward is target_sentiment.tone_toward


@needs_data
@pytest.mark.slow
def test_tone_is_right_more_often_than_vader_on_the_sentence():
    from rejoinder.evaluation.target_sentiment import score_toward

    for name in ("newsmtsc-mt", "newsmtsc-rw"):
        value = score_toward(FOLDER, name).set_index("method")["value"]
        assert value["rejoinder"] >= value["vader"] + 0.05
        assert value["rejoinder"] >= value["textblob"] + 0.03
