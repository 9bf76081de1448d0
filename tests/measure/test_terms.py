"""Names and terms that a draft takes for actors and themes."""

import numpy as np
import pandas as pd
import pytest

from rejoinder.measure import terms, themes


def found(*texts, without=()):
    table = terms.names(pd.Series(texts), np.arange(len(texts)) > 0, without=without)
    return dict(zip(table["name"], table["aliases"], strict=True))


@pytest.mark.parametrize(("texts", "expected"), [
    (["We saw Donald Trump.", "Is Trump here?"], {"Donald Trump": ("Donald Trump", "Trump")}),
    (["From the U.S. they came.", "To the US!"], {"the US": ("U.S.", "US")}),
    (["Paris fell.", "It is Paris, he said."], {"Paris": ("Paris",)}),
    (["We met at NATO.", "Why NATO?"], {"NATO": ("NATO",)}),
    (["So said Ann.", "So said Ann.", "So said Ann."], {"Ann": ("Ann",)}),
])  # fmt: skip
def test_a_name_has_all_its_forms(texts, expected):
    assert found(*texts) == expected


@pytest.mark.parametrize(
    "texts",
    [
        ["Shops close.", "Shops open."],  # only where a sentence begins
        ["The String is long.", "A String, a string, a string."],  # often written small
        ["They should STOP THIS now.", "STOP THIS at once, I say STOP THIS."],
        ["We ask @Ann.", "Ask @Ann again."],
        ["The French came.", "We like the French."],
        ["We saw Ann."],  # one text
    ],
)
def test_what_is_no_name_is_left_out(texts):
    assert found(*texts) == {}


def test_a_name_that_is_to_be_left_out_is_left_out():
    assert found("We saw Ann.", "Is it Ann?", without=["ann"]) == {}


def test_a_term_is_counted_in_the_texts_of_both_sides():
    texts = pd.Series(
        ["The email address is long.", "Every email address.", "An Email Address, she said."]
    )
    table = terms.terms(texts, np.array([False, True, True]))
    pattern = r"\bemail[\s-]+address(?:s|es)?\b"
    assert table.iloc[0].tolist() == ["email address", pattern, 1, 2]
    assert terms.terms(texts, np.array([False, True, True]), without=["email", "address"]).empty
    assert terms.terms(texts[:0], np.array([], dtype=bool)).empty


@pytest.mark.parametrize(("term", "found", "not_found"), [
    ("city", "the cities", "citation"), ("market hall", "market-halls", "market halling"),
    ("bus", "Buses", "business"), ("toy", "toys", "tories"),
])  # fmt: skip
def test_a_pattern_finds_the_plural_and_no_longer_word(term, found, not_found):
    book = pd.DataFrame({"pattern": [rf"\b(?:{terms._pattern(tuple(term.split()))})\b"]}, index=["t"])
    assert themes.presence(pd.Series([found, term, not_found]), book)["t"].tolist() == [True, True, False]
