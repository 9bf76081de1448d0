import time

import numpy as np
import pandas as pd
import pytest

from rejoinder.evaluation import altered
from rejoinder.text import normalise

HOSTILE = [
    "",
    " ",
    "\n",
    '"',
    "''",
    "ß",
    "İ",
    "\ud800",
    "👩‍👩‍👧",
    "שלום",
    "a\u0301",
    "x" * 50,
    "“„«»”",
    "\0",
]


def rng():
    return np.random.default_rng(7)


def mistyped(text):
    return altered.mistyped(text, every=2, rng=rng())


def swapped(text):
    return altered.renamed(text, {"Xi": "Trump", "Trump": "Xi", "Donald Trump": "Xi"})


ALL = (
    altered.straight_quotes,
    altered.curly_quotes,
    altered.upper_case,
    mistyped,
    altered.with_emoji,
    altered.without_quotations,
    swapped,
)


@pytest.mark.parametrize(
    ("alter", "text", "expected"),
    [
        (altered.straight_quotes, "“It’s ‘so’,” she said", "\"It's 'so',\" she said"),
        (altered.straight_quotes, "a – b…", "a – b…"),
        (altered.curly_quotes, '"It\'s \'so\'," she said ("no").', "“It’s ‘so’,” she said (“no”)."),
        (altered.curly_quotes, "\"'Well,' he said,\" she said", "“‘Well,’ he said,” she said"),
        (altered.curly_quotes, 'a "', "a ”"),
        (altered.upper_case, "groß, 2nd", "GROSS, 2ND"),
        (altered.with_emoji, "Well.", "Well. 🙂"),
        (altered.with_emoji, " ", " "),
        (altered.without_quotations, 'He said “so” and "no".', "He said  and ."),
        (altered.without_quotations, 'A screen of 6".', 'A screen of 6".'),
        (swapped, "Trump met Xi, not Xia.", "Xi met Trump, not Xia."),
        (swapped, "Donald\nTrump’s trump", "Xi’s trump"),
    ],
)
def test_what_becomes_of_a_text(alter, text, expected):
    assert alter(text).text == expected


@pytest.mark.parametrize("alter", ALL)
@pytest.mark.parametrize("text", HOSTILE)
def test_places_cover_the_old_text_and_never_fall(alter, text):
    new, places = alter(text)
    assert len(places) == len(text) + 1
    assert places[0] == 0
    assert (np.diff(places) >= 0).all()
    assert places[-1] <= len(new)


@pytest.mark.parametrize("alter", ALL)
def test_a_mention_is_followed(alter):
    text = 'ß "it\'s" said Macron of “Xi” and Trump: Macron'
    for start in (text.index("Macron"), text.rindex("Macron")):
        new = alter(text)
        left, right = new.span(start, start + len("Macron"))
        found = new.text[left:right]
        if alter is mistyped:
            assert (found[0], abs(len(found) - 6) <= 1, set(found) <= set("Macron")) == ("M", True, True)
        else:
            assert found in {"Macron", "MACRON"}


def test_what_was_put_in_for_a_name_is_where_the_name_was():
    new = swapped("So Donald Trump spoke.")
    assert new.text[slice(*new.span(3, 15))] == "Xi"


def test_a_mention_that_was_taken_out_has_no_length():
    start, end = altered.without_quotations("A “b c” d").span(3, 4)
    assert start == end == 2


@pytest.mark.parametrize("alter", [altered.straight_quotes, altered.curly_quotes])
def test_quotes_alone_change(alter):
    text = '"\'Tis," “they’re” «so» \'it\' -- "no" ("5\'")'
    assert alter(text).text != text
    assert normalise(alter(text).text) == normalise(text)


def test_typing_errors_are_one_in_every_so_many_words():
    text = " ".join(["reader"] * 300)
    words = altered.mistyped(text, every=10, rng=rng()).text.split(" ")
    wrong = [at for at, word in enumerate(words) if word != "reader"]
    assert len(words) == 300
    assert [at // 10 for at in wrong] == [*range(30)]
    assert {words[at][0] for at in wrong} == {"r"}
    lengths = {len(words[at]) for at in wrong}
    assert lengths == {5, 6, 7}  # one left out, two swapped, one doubled


def test_a_rest_has_errors_as_seldom_as_it_is_short():
    draw = rng()
    wrong = sum(
        altered.mistyped("one reader", every=10, rng=draw).text != "one reader" for _ in range(500)
    )
    assert 60 < wrong < 140  # 100 are expected; 60 and 140 are more than four standard errors off


def test_short_words_and_numbers_are_not_mistyped():
    text = "it is an 1234 of a to go"
    assert altered.mistyped(text, every=1, rng=rng()).text == text


def test_the_same_rng_makes_the_same_errors():
    text = "some words that a hurried reader wrote"
    assert mistyped(text).text == mistyped(text).text != text


def test_an_error_in_no_words_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        altered.mistyped("word", every=0, rng=rng())


def test_each_actor_becomes_the_next_one():
    actors = pd.DataFrame(
        {
            "name": ["Xi", "the US", "Nobody", "Bo"],
            "aliases": [("Xi Jinping", "Xi"), ("USA", "US"), (" ",), ("Bo",)],
        }
    )
    names = altered.next_actor(actors)
    main = {"Xi": "USA", "USA": "Bo", "Bo": "Xi"}  # "the US" is no alias
    assert names == {**main, "Xi Jinping": "US", "US": "Xi Jinping"}
    assert altered.next_actor(actors[:1]) == altered.next_actor(actors[:0]) == {}


def test_no_two_names_become_one(talk):
    doubled = pd.DataFrame({"name": ["A", "B"], "aliases": [("A", "AA", "A"), ("B", "A", "BB", "BBB")]})
    for actors in (talk.codebook.actors, doubled):
        names = altered.next_actor(actors)
        assert set(names) == set(names.values()) == {alias for own in actors["aliases"] for alias in own}
        assert len(set(names.values())) == len(names)
    assert names["A"] == "B"
    assert altered.next_actor(talk.codebook.actors)["Trump"] == "Putin"


@pytest.mark.parametrize("alter", ALL)
@pytest.mark.parametrize("unit", ["\"'", "“", "Xi ", "x"])
def test_time_grows_with_the_text_and_not_its_square(alter, unit):
    started = time.process_time()
    alter(unit * 50_000)
    assert time.process_time() - started < 2
