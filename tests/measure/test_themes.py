import pandas as pd
import pytest

from rejoinder.measure import themes

THEMES = pd.DataFrame(
    {"name": ["Rain", "Quotes"], "pattern": ["rain|wet", "'no'"]},
    index=pd.Index(["r", "q"], name="theme_id"),
)


def test_matches_are_found_on_normalised_text_and_quoted_raw():
    found = themes.mentions(pd.Series(["He said ‘no’ to RAIN, wet."], index=["c1"]), THEMES)
    assert list(found["match"]) == ["RAIN", "wet", "‘no’"]
    assert list(found["theme_id"]) == ["r", "r", "q"]
    assert list(found["start"]) == [16, 22, 8]


def test_a_text_without_a_theme_is_counted_as_none():
    table = themes.presence(pd.Series(["rain", "sun", ""], index=["a", "b", "c"]), THEMES)
    assert list(table.columns) == ["r", "q", "none"]
    assert table["none"].to_dict() == {"a": False, "b": True, "c": True}


def test_no_theme_at_all_leaves_everything_none():
    assert themes.presence(pd.Series(["x"]), THEMES.head(0))["none"].all()


def test_doubled_labels_and_a_theme_named_none_are_refused():
    with pytest.raises(ValueError, match="label"):
        themes.presence(pd.Series(["x", "y"], index=["a", "a"]), THEMES)
    with pytest.raises(ValueError, match="none"):
        themes.presence(pd.Series(["x"]), THEMES.rename(index={"r": "none"}))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The US leads", True),
        ("the US’s allies", True),
        ("(US)", True),
        ("Make it United  States!", True),
        # must not match
        ("let us go", False),
        ("USA", False),
        ("RUSSIA", False),
    ],
)
def test_actors_are_whole_names_in_their_capitals(text, named):
    book = pd.DataFrame({"name": ["the US"], "aliases": [("US", "United States")]}, index=["us"])
    assert bool(themes.presence(pd.Series([text]), themes.from_names(book))["us"].iloc[0]) is named


def test_an_actor_without_a_name_is_never_named():
    book = pd.DataFrame({"name": ["nobody"], "aliases": [()]}, index=["x"])
    assert not themes.presence(pd.Series(["anything"]), themes.from_names(book))["x"].any()


def test_missing_text_has_no_theme_and_a_number_is_refused():
    assert themes.presence(pd.Series([None, "rain"]), THEMES)["none"].tolist() == [True, False]
    with pytest.raises(TypeError, match="not a text"):
        themes.mentions(pd.Series([1]), THEMES)


def test_a_pattern_that_matches_nothing_visible_finds_nothing():
    ahead = THEMES.assign(pattern="(?=rain)")
    assert themes.mentions(pd.Series(["rain"]), ahead).empty
