import re

import pytest

from rejoinder.measure import lexicon_data


@pytest.fixture(scope="module")
def vader():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer().lexicon


def test_lists_have_the_size_that_is_told():
    assert len(lexicon_data.valences()) == 8_822
    assert len(lexicon_data.topical()) == 1_732
    for function, size in ((lexicon_data.valences, "8,822"), (lexicon_data.topical, "1,732")):
        assert function.__doc__.startswith(size)


def test_words_are_in_lower_case_without_marks():
    for word in [*lexicon_data.valences(), *lexicon_data.topical()]:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", word)


def test_valences_are_on_vaders_scale_and_none_is_weak():
    assert all(0.8 <= abs(valence) <= 4 for valence in lexicon_data.valences().values())


def test_no_word_of_ours_is_one_of_vaders_or_of_its_rules(vader):
    from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE

    assert lexicon_data.valences().keys().isdisjoint(vader)
    assert (
        lexicon_data.valences().keys().isdisjoint([*BOOSTER_DICT, *NEGATE, "but", "so", "this", "least"])
    )


def test_topical_words_are_warm_to_vader(vader):
    assert all(vader[word] > 0 for word in lexicon_data.topical())


SIGNS = [("bribery", -1), ("absurd", -1), ("dishonesty", -1), ("reliable", 1), ("sane", 1)]


@pytest.mark.parametrize(("word", "sign"), SIGNS)
def test_valence_has_the_sign_of_the_word(word, sign):
    assert lexicon_data.valences()[word] * sign > 0


@pytest.mark.parametrize("word", ["the", "least", "prime", "vice", "president", "trump", "matt", "state"])
def test_function_words_titles_and_names_are_not_listed(word):
    assert word not in lexicon_data.valences()
    assert word not in lexicon_data.topical()
