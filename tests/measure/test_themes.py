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
    table = themes.presence(pd.Series(["rain", "sun", "", None], index=list("abca")), THEMES)
    assert list(table.columns) == ["r", "q", "none"]
    assert list(table.index) == list("abca")
    assert list(table["none"]) == [False, True, True, True]
    assert themes.presence(pd.Series(["x"]), THEMES.head(0))["none"].all()


@pytest.mark.parametrize(("pattern", "matches"), [("(?=rain)", []), ("r?", ["r"])])
def test_an_empty_match_does_not_count(pattern, matches):
    texts, book = pd.Series(["a rain"]), THEMES.head(1).assign(pattern=pattern)
    assert list(themes.mentions(texts, book)["match"]) == matches
    assert themes.presence(texts, book)["r"].item() == bool(matches)


@pytest.mark.parametrize(("texts", "book", "error"), [
    (pd.Series(["x"]), THEMES.rename(index={"r": "none"}), ValueError),
    (pd.Series([1]), THEMES, TypeError),
])  # fmt: skip
def test_a_theme_named_none_and_a_number_are_refused(texts, book, error):
    with pytest.raises(error):
        themes.presence(texts, book)


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
    actors = {"name": ["the US", "nobody"], "aliases": [("US", "United States"), ()]}
    book = themes.from_names(pd.DataFrame(actors, index=["us", "x"]))
    found = themes.presence(pd.Series([text]), book).iloc[0].to_dict()
    assert found == {"us": named, "x": False, "none": not named}


ACTORS = {
    "miller": ("Miller",), "us": ("US", "USA"), "bush": ("Bush",), "west": ("the West",),
    "may": ("Theresa May", "May"),
    "pm": ("PM",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("miller lies", ["miller"]),
        ("MILLER’S LIES", ["miller"]),
        ("the usa lies", ["us"]),
        ("the us and Russia", ["us"]),
        ("THE US LIES", ["us"]),
        ("A US official, US GDP", ["us", "us"]),
        ("BUSH LIES, the west too", ["bush", "west"]),
        ("theresa may lies", ["may"]),
        ("May lies to the PM", ["may", "pm"]),
        ("@Miller lies", ["miller"]),
        # must not match
        ("TELL US WHY THEY LIE", []),
        ("THEY HATE US", []),
        ("US AND THEM ALL", []),
        ("tell us why", []),
        ("a bush in may at 5 pm", []),
        ("millers, jusa", []),
        ("https://example.org/miller/usa", []),
    ],
)
def test_actors_are_found_in_any_case_unless_they_may_be_a_word(text, named):
    actors = pd.DataFrame({"name": list(ACTORS), "aliases": list(ACTORS.values())}, index=list(ACTORS))
    found = themes.mentions(pd.Series([text]), themes.from_names(actors))
    assert sorted(found["theme_id"]) == sorted(named)
    assert all(text[a:b] == match for a, b, match in found[["start", "end", "match"]].to_numpy())
