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


def one(sentence, name, **options):
    """Sentiment toward the first place where the sentence has the name."""
    start = sentence.index(name)
    return score([sentence], [start], [start + len(name)], **options).iloc[0]


@pytest.mark.parametrize("sentence", [
    "While Smith was hailed as a hero, Jones was jailed for fraud.",
    "Smith is brilliant, but Jones is a disgrace.", "Smith is a great man and Jones is a liar.",
    "Jones is weak. But Smith is a brilliant, honest hero.", "They praised Smith and condemned Jones.",
    "We love Smith and we hate Jones.", "Smith, who won a prize, met Jones, who was convicted of fraud.",
])  # fmt: skip
def test_each_of_two_in_one_sentence_has_a_score_of_their_own(sentence):
    assert one(sentence, "Smith") > 0 > one(sentence, "Jones")


@pytest.mark.parametrize(("sentence", "sign"), [
    ("Trump is a fool.", -1), ("Trump is not a fool.", 1), ("Trump isn’t a good man.", -1),
    ("Trump, a liar, won't resign.", -1), ("What a wonderful speech by Trump", 1),
    ("I don't trust Trump.", -1), ("Business groups issued statements praising Trump", 1),
    ("“Trump is a hero,” said Jones.", 1), ("Jones said that Trump was a liar.", -1),
    ("Trump Is a Disgrace to the Nation", -1), ("The judge told Trump that he was a liar.", -1),
])  # fmt: skip
def test_score_has_the_sign_of_what_is_said_of_the_mention(sentence, sign):
    assert np.sign(one(sentence, "Trump")) == sign


@pytest.mark.parametrize(("more", "less"), [
    ("Trump is wise.", "Trump could be wise."), ("Trump won.", "Trump did not win."),
    ("Trump left.", "Trump left in dishonesty."),
    ("Trump marched against corruption.", "Trump marched for corruption."),
])  # fmt: skip
def test_words_count_as_they_count_in_the_sentiment_of_a_text(more, less):
    assert np.nan_to_num(one(more, "Trump")) > np.nan_to_num(one(less, "Trump"))


@pytest.mark.parametrize("sentence", [
    "Smith criticised Jones.", "Smith has sharply attacked Jones.",
    "Smith slammed former governor Jones.", "Jones was criticised by Smith.",
    "Jones has been fired by Smith.",
])  # fmt: skip
def test_object_of_an_attack_is_negative_and_its_subject_less_so(sentence):
    subject = one(sentence, "Smith")
    assert one(sentence, "Jones") < -0.3
    assert math.isnan(subject) or subject > one(sentence, "Jones")


@pytest.mark.parametrize("sentence", [
    "Smith did not condemn Jones.", "The attack on the town reached Jones.", "Smith went back to Jones.",
    "Smith slammed the report for quoting Jones.", "Smith spoke. The army attacked. It rained on Jones.",
])  # fmt: skip
def test_what_is_no_attack_on_the_mention_is_not_taken_for_one(sentence):
    assert abs(np.nan_to_num(one(sentence, "Jones"))) < abs(one("Smith attacked Jones.", "Jones"))


@pytest.mark.parametrize("sentence", [
    "Smith said that Jones is a liar and a fraud.", "“Jones is a liar,” said Smith.",
    '"Jones is a liar," Smith wrote.', "Smith has also repeatedly argued that Jones is a liar.",
    "Smith, a physician, said Jones was a wonderful man.", "According to Smith, Jones is a liar.",
    "“It is sad,” said Smith, “that Jones is a liar.”", "Smith said Jones was condemned.",
])  # fmt: skip
def test_what_someone_says_of_others_is_not_toward_them(sentence):
    assert math.isnan(one(sentence, "Smith"))
    assert not math.isnan(one(sentence, "Jones"))


@pytest.mark.parametrize(("sentence", "name", "mask"), [
    ("Hope Hicks met Grace Love.", "Hicks", ()), ("Hope Hicks met Grace Love.", "Grace Love", ()),
    ("Then Hope Hicks met Grace Love.", "Love", ()), ("Hope met Hope.", "Hope", ()),
    ("Hope saw Hope’s car.", "Hope’s", ()), ("Saw Hope: Hope.", "Hope.", ()),
    ("The Supreme Court heard Jones.", "Jones", ()), ("He went to the station.", "He", ()),
    ("A disgrace hit the town and Smith slept.", "Smith", ()),
    ("What a disgrace. The train left. Jones slept.", "Jones", ()),
    ("A disgrace: “Smith slept”", "“Smith", ()),
    ("Smith slept" + "; it rained" * target_sentiment.FARTHEST + "; it was bad.", "Smith", ()),
    ("Jones spoke of the cold war.", "Jones", ["cold war"]), ("Jones is a good man.", "Jones", ["GOOD"]),
    ("They attacked Jones.", "Jones", ["attacked"]),
    ("Jones wrote Great Expectations, a novel.", "Jones", ["Great Expectations"]),
])  # fmt: skip
def test_mention_without_a_word_on_it_is_nan_not_zero(sentence, name, mask):
    assert math.isnan(one(sentence, name, mask=mask))


def test_word_in_a_later_clause_counts_less():
    near, farther = "Smith slept; the food was bad.", "Smith slept; it rained; the food was bad."
    assert one(near, "Smith") < one(farther, "Smith") < 0


def test_weak_words_give_exactly_zero():
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
_WORD = st.text(st.sampled_from("aehlorstÉKÖT"), min_size=2, max_size=9).map(lambda word: "Z" + word)
_GLUE = st.sampled_from([" ", "-", "'", ". "])


def swapped(template, name):
    sentence, start = template.format(name), template.index("{0}")
    return score([sentence], [start], [start + len(name)]).iloc[0]


@pytest.mark.parametrize("template", SWAPPED)
def test_name_of_another_shape_changes_nothing(template):
    scores = [swapped(template, name) for name in NAMES]
    assert scores == pytest.approx([scores[0]] * len(scores), nan_ok=True)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.sampled_from(SWAPPED), st.lists(_WORD, min_size=1, max_size=5), _GLUE)
def test_score_does_not_move_with_any_name(template, words, glue):
    assert swapped(template, glue.join(words)) == pytest.approx(swapped(template, "Smith"), nan_ok=True)


@pytest.mark.parametrize("names", [("Hope Love", "Ann Smith"), ("Grace Killer", "Jean-Luc O’Brien")])
@pytest.mark.parametrize(
    "template", ["{} met Jones.", "Then Jones met {}.", "Jones, with {}, lost badly."]
)
def test_name_of_someone_else_is_not_scored_either(names, template):
    one_name, other = (one(template.format(name), "Jones") for name in names)
    assert one_name == pytest.approx(other, nan_ok=True)


def test_quotation_mark_and_possessive_inside_the_offsets_change_nothing():
    sentence = "He said: “Smith’s speech was dreadful.”"
    assert one(sentence, "“Smith’s") == one(sentence, "Smith") < 0


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, "", "  "])
def test_missing_or_blank_sentence_is_nan_whatever_its_offsets(missing):
    scores = score(["Smith is a liar.", missing, "Smith won."], [0.0, 0, 0], [np.float64(5), None, 5])
    assert scores.isna().tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, 99), (16, 17), (None, 5), (0.5, 5), ("0", 5)]
)
def test_offsets_that_are_no_place_in_the_sentence_name_the_row(start, end):
    table = pd.DataFrame({"start": [0, start], "end": [5, end]}, index=["a", "b"], dtype=object)
    with pytest.raises(ValueError, match="'b'"):
        score(
            pd.Series(["Smith won.", "Smith is a liar."], index=["a", "b"]), table["start"], table["end"]
        )


@pytest.mark.parametrize(("arguments", "mask", "error"), [
    ((["Smith won."], [0, 1], [5]), (), ValueError),
    ((pd.Series(["Smith"]), pd.Series([0], index=[1]), [5]), (), ValueError),
    ((["Smith", 3], [0, 0], [5, 1]), (), TypeError), ((["Smith"], [0], [5]), "Smith", TypeError),
])  # fmt: skip
def test_rows_that_do_not_fit_and_wrong_types_are_refused(arguments, mask, error):
    with pytest.raises(error):
        score(*arguments, mask=mask)


def test_index_is_kept_even_with_duplicates():
    sentences = pd.Series(["Smith is a liar.", None, "Smith is a hero."], index=["b", "a", "b"])
    scores = score(sentences, [0] * 3, [5] * 3)
    assert scores.index.equals(sentences.index)
    assert np.sign(scores.fillna(0)).tolist() == [-1, 0, 1]
    for empty in ([], pd.Series([], dtype=object)):
        assert (len(score(empty, empty, empty)), score(empty, empty, empty).dtype) == (0, float)


PIECES = ["Smith", "Jones", "good", "attacked", "was", "by", "said", "and", "but", ",", '"', "’s", "."]
_TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=14).map(" ".join)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(_TEXT.filter(len), st.data())
@example("Smith, " * 2_900, None)
@example("Smith" + " Aa" * 6_600, None)
@example("Smith " + '"' * 20_000, None)
@example("Smith" + "'aa" * 6_700, None)
def test_any_place_in_any_text_has_a_score_in_range_or_none(text, data):
    start = data.draw(st.integers(0, len(text) - 1)) if data else 0
    end = data.draw(st.integers(start + 1, len(text))) if data else 5
    found = score([text], [start], [end]).iloc[0]
    assert math.isnan(found) or found == 0 or 0.05 < abs(found) < 1


@pytest.mark.slow
@pytest.mark.skipif(
    not FOLDER, reason="REJOINDER_BENCHMARKS does not name the folder that holds newsmtsc/"
)
@pytest.mark.parametrize("name", ["newsmtsc-mt", "newsmtsc-rw"])
def test_score_is_right_more_often_than_that_of_the_sentence(name):
    from rejoinder.evaluation import datasets, sentiment

    value = sentiment.target_scores(datasets.table(FOLDER, name)).set_index("method")["value"]
    assert value["rejoinder"] > max(value["VADER"] + 0.05, value["TextBlob"] + 0.03)
