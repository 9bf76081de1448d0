import math
import os

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rejoinder.measure import target_sentiment
from rejoinder.measure.target_sentiment import score

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds newsmtsc/"
)


def one(sentence, name, **options):
    """Tone toward the first place where the sentence has the name."""
    start = sentence.index(name)
    return score([sentence], [start], [start + len(name)], **options).iloc[0]


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
        ("The judge told Trump that he was a liar.", -1),
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
    assert score([sentence], [start], [start + len(mention)]).isna().all()


def test_clause_farther_on_counts_less_and_one_far_off_not_at_all():
    near, farther = "Smith slept; the food was bad.", "Smith slept; it rained; the food was bad."
    assert one(near, "Smith") < one(farther, "Smith") < 0
    assert math.isnan(
        one("Smith slept" + "; it rained" * target_sentiment.FARTHEST + "; it was bad.", "Smith")
    )


def test_words_that_cancel_out_or_are_weak_give_exactly_zero():
    assert one("Jones is good, not bad, not good.", "Jones") != 0
    assert one("A number of people met Jones.", "Jones") == 0


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
NAMES = """Smith|Hope Hicks|Grace Love Joy Best|May|O’Brien|bell hooks|Bill de Blasio|J. R. Savage|TRUMP
Dr. Rich Champion|Jean-Luc Mélenchon|Özil|习近平|C-3PO|🙂""".replace("\n", "|").split("|")


def swapped(template, name):
    sentence, start = template.format(name), template.index("{0}")
    return score([sentence], [start], [start + len(name)]).iloc[0]


@pytest.mark.parametrize("template", SWAPPED)
def test_name_of_another_shape_changes_nothing(template):
    tones = [swapped(template, name) for name in NAMES]
    assert tones == pytest.approx([tones[0]] * len(tones), nan_ok=True)


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


def test_quotation_mark_or_possessive_inside_the_offsets_changes_nothing():
    sentence = "He said: “Smith’s speech was dreadful.”"
    assert one(sentence, "“Smith’s") == one(sentence, "Smith") < 0
    assert math.isnan(one("A disgrace: “Smith slept”", "“Smith"))
    assert math.isnan(one("A disgrace “Smith slept”", "“Smith"))


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, "", "  "])
def test_missing_or_empty_sentence_is_nan_whatever_its_offsets(missing):
    tones = score(["Smith is a liar.", missing, "Smith won."], [0.0, 0, 0], [np.float64(5), 0, 5])
    assert tones.isna().tolist() == [False, True, False]
    assert score([missing], [None], [None]).isna().all()


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, 99), (16, 17), (None, 5), (0.5, 5), ("0", 5)]
)
def test_offsets_that_are_no_place_in_the_sentence_name_the_row(start, end):
    sentences = pd.Series(["Smith won.", "Smith is a liar."], index=["a", "b"])
    starts, ends = (
        pd.Series(values, index=["a", "b"], dtype=object) for values in ([0, start], [5, end])
    )
    with pytest.raises(ValueError, match="'b'"):
        score(sentences, starts, ends)


@pytest.mark.parametrize(
    ("arguments", "mask", "error"),
    [
        ((["Smith won."], [0, 1], [5]), (), ValueError),
        ((pd.Series(["Smith"]), pd.Series([0], index=[1]), [5]), (), ValueError),
        ((["Smith", 3], [0, 0], [5, 1]), (), TypeError),
        ((["Smith"], [0], [5]), "Smith", TypeError),
    ],
)
def test_rows_that_do_not_fit_and_wrong_types_are_refused(arguments, mask, error):
    with pytest.raises(error):
        score(*arguments, mask=mask)


def test_index_is_kept_even_with_duplicates_and_nothing_is_changed():
    table = pd.DataFrame(
        {"sentence": ["Smith is a liar.", None, "Smith is a hero."], "start": 0, "end": 5},
        index=["b", "a", "b"],
    )
    before = table.copy()
    tones = score(table["sentence"], table["start"], table["end"])
    assert tones.index.equals(table.index)
    assert np.sign(tones.fillna(0)).tolist() == [-1, 0, 1]
    pd.testing.assert_frame_equal(table, before)
    for empty in ([], pd.Series([], dtype=object)):
        assert len(score(empty, empty, empty)) == 0
        assert score(empty, empty, empty).dtype == float


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
HOSTILE = ["Smith, " * 2_900, "Smith" + " Aa" * 6_600, "Smith " + '"' * 20_000, "Smith" + "'aa" * 6_700]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=14).map(" ".join),
    st.data(),
)
@example(HOSTILE[0], None)
@example(HOSTILE[1], None)
@example(HOSTILE[2], None)
@example(HOSTILE[3], None)
def test_any_place_in_any_text_has_a_score_in_range_or_none(text, data):
    start = data.draw(st.integers(0, max(0, len(text) - 1))) if data else 0
    if text:
        end = data.draw(st.integers(start + 1, len(text))) if data else 5
        tone = score([text], [start], [end]).iloc[0]
        assert math.isnan(tone) or tone == 0 or 0.05 < abs(tone) < 1


@needs_data
@pytest.mark.slow
def test_tone_is_right_more_often_than_vader_on_the_sentence():
    from rejoinder.evaluation.target_sentiment import score_toward

    for name in ("newsmtsc-mt", "newsmtsc-rw"):
        value = score_toward(FOLDER, name).set_index("method")["value"]
        assert value["rejoinder"] >= value["vader"] + 0.05
        assert value["rejoinder"] >= value["textblob"] + 0.03
