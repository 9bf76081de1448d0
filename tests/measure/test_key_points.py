import warnings

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.measure import key_points

TEXTS = pd.Series(
    {
        "a": "The shops will lose their customers to the next town. I never liked the mayor.",
        "b": "Thanks for this! All shops in town will lose customers, believe me.",
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
    assert [set(ids) for ids in key_points.members(TEXTS, found["point"])] == [{*"abd"}, {*"ef"}]


def test_most_points_come_first_and_no_more_than_asked_for():
    assert list(key_points.extract(TEXTS, most=1)["members"].map(len)) == [3]


def test_order_of_the_texts_changes_no_group():
    groups = [
        {frozenset(ids) for ids in key_points.extract(texts)["members"]} for texts in (TEXTS, TEXTS[::-1])
    ]
    assert groups[0] == groups[1]


@pytest.mark.parametrize("said", [
    "Great article about shops and their customers!", "Thank you for writing about shops and customers.",
    "Do shops lose customers when a street is closed?",
    "if (shops.customers == 0) { close(shops, street); }",
    "See https://example.org/shops-lose-customers-when-streets-close for customers.",
    '"Shops lose customers when they close the street."',
    "> Shops lose customers when they close the street.",
    "@mayor shops lose customers when they close the street.", "Customers.",
])  # fmt: skip
def test_no_point_is_made_of_what_argues_nothing_or_is_quoted(said):
    found = key_points.extract([said, said, "Shops lose customers."])
    assert said not in found["point"].tolist()


def test_who_quotes_a_line_or_the_article_does_not_make_its_point():
    said = "Shops lose customers when they close the street."
    texts = [
        said,
        "Shops will lose customers if they close the street.",
        f"> {said}\nOh no.",
        said.upper(),
    ]
    assert key_points.members(texts, [said]) == [[0, 1, 3]]
    assert key_points.members(texts, [said], known=[said]) == [[1]]
    assert key_points.extract(texts, known=[said])["point"].tolist() == []


def test_a_sentence_makes_the_point_it_is_most_like():
    points = [
        "Shops will lose their customers to the next town.",
        "Buses are far too slow for old people.",
    ]
    groups = key_points.members([*points, "Nobody knows what the weather will do."], points)
    assert groups == [[0], [1]]


@pytest.mark.parametrize("texts", [[], [""], ["One two."], ["All alone with this one sober thought."]])
def test_nothing_alike_gives_no_point(texts):
    assert list(key_points.extract(texts)) == ["point", "text_id", "members"]
    assert key_points.extract(texts).empty and key_points.members(texts, []) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text("ab >.\n\"'@", max_size=60)), max_size=8))
def test_any_text_is_read_without_a_warning(texts):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = key_points.extract(pd.Series(texts, dtype=object))
    assert all(row.text_id == row.members[0] for row in found.itertuples())


def test_wrong_input_is_refused():
    with pytest.raises(TypeError):
        key_points.extract("one text")
