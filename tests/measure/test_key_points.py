import pandas as pd
import pytest

from rejoinder.measure import key_points

TEXTS = pd.Series(
    {
        "a": "Shops will lose their customers. I never liked the mayor.",
        "b": "The shops in town will lose customers, believe me.",
        "c": "Where do the photographs come from?",
        "d": "Of course shops lose customers when they close the street!",
        "e": "Buses are far too slow for old people.",
        "f": "The buses are too slow, old people say.",
        "g": None,
    }
)


def test_a_point_has_the_words_of_a_text_and_the_texts_that_make_it():
    found = key_points.extract(TEXTS)
    assert [set(ids) for ids in found["members"]] == [{"a", "b", "d"}, {"e", "f"}]
    for row in found.itertuples():
        assert row.point in TEXTS[row.text_id] and row.members[0] == row.text_id


def test_most_points_come_first_and_no_more_than_asked_for():
    assert list(key_points.extract(TEXTS, most=1)["members"].map(len)) == [3]


def test_order_of_the_texts_changes_no_group():
    backward = key_points.extract(TEXTS[::-1])
    groups = [
        {frozenset(ids) for ids in found["members"]} for found in (key_points.extract(TEXTS), backward)
    ]
    assert groups[0] == groups[1]


@pytest.mark.parametrize("texts", [[], [""], ["One two."], ["All alone with this one thought."]])
def test_nothing_alike_gives_no_point(texts):
    assert list(key_points.extract(texts)) == ["point", "text_id", "members"]
    assert key_points.extract(texts).empty


def test_wrong_input_is_refused():
    with pytest.raises(ValueError):
        key_points.extract(TEXTS, most=0)
    with pytest.raises(TypeError):
        key_points.extract("one text")
