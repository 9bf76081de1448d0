import os
import time

import numpy as np
import pandas as pd
import pytest

from rejoinder.evaluation import datasets
from rejoinder.measure import stance

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds arc/"
)


def one(comment, thesis):
    return stance.predict(pd.Series([comment], dtype=object), thesis).iloc[0]


# A thesis, its plain negation, what says the first in other words, and what denies it.
THESES = [
    (
        "Casinos should be banned",
        "Casinos should not be banned",
        ["Casinos are a disaster for every town.", "We should ban casinos!", "Casinos must be outlawed."],
        ["I say casinos should be allowed.", "Casinos are not a problem at all.", "Casinos help."],
    ),
    (
        "Public preschool is a smart investment",
        "Public preschool isn’t a smart investment",
        ["Preschool is simply essential.", "Public preschool works.", "We need more preschool."],
        ["Public preschool is useless.", "Preschools don't work.", "Preschool is hardly a good idea."],
    ),
    (
        "Medicare needs to be reformed",
        "Medicare doesn't need to be reformed",
        ["Medicare has failed.", "Medicare is a mess."],
        ["Medicare works.", "Medicare is excellent.", "Medicare has never failed."],
    ),
    (
        "Farm subsidies protect the country",
        "Farm subsidies do not protect the country",
        [
            "The farm subsidies are vital.",
            "Subsidies should be kept.",
            "Keep paying. We need farm subsidies.",
        ],
        ["Farm subsidies should be abolished.", "Our farm subsidies actually hurt the small farm."],
    ),
    (
        "We need the agency",
        "We don't need the agency",
        ["The agency is indispensable."],
        ["The agency has become a menace.", "We must abolish the agency."],
    ),
    (
        "Europe should shun refugees",
        "Europe shouldn't shun refugees",
        ["Refugees are a threat."],
        ["We should welcome refugees.", "Refugees benefit us all."],
    ),
    (
        "It should be illegal to declaw your cat",
        "It should not be illegal to declaw your cat",
        ["Declawing is cruel.", "Declawing should not be permitted."],
        ["Declawing should be legal."],
    ),
]
CASES = [
    (thesis, negation, comment, expected)
    for thesis, negation, saying, denying in THESES
    for expected, comments in (("agree", saying), ("disagree", denying))
    for comment in comments
]


@pytest.mark.parametrize(("thesis", "negation", "comment", "expected"), CASES)
def test_comment_that_says_the_thesis_or_denies_it(thesis, negation, comment, expected):
    assert one(comment, thesis) == expected


@pytest.mark.parametrize(("thesis", "negation", "comment", "expected"), CASES)
def test_answer_turns_round_with_the_thesis(thesis, negation, comment, expected):
    assert {one(comment, thesis), one(comment, negation)} == {"agree", "disagree"}


@pytest.mark.parametrize(("thesis", "negation"), [case[:2] for case in THESES])
def test_thesis_in_its_own_words_is_never_denied_nor_its_negation_agreed_with(thesis, negation):
    assert one(f"{thesis}.", thesis) != "disagree"
    assert one(f"{negation}.", negation) != "disagree"
    assert one(f"{negation}.", thesis) != "agree"
    assert one(f"{thesis}.", negation) != "agree"


TURNED = [
    ("Casinos are good.", "Casinos are not good."),
    ("Casinos are good.", "Casinos aren’t good."),
    ("Casinos are not good.", "Casinos are not only good, they are great."),
    ("Casinos are good.", "I don't think that casinos are good."),
    ("Casinos are a disaster.", "Banning casinos is a disaster."),
    ("Casinos help.", "Casinos never help."),
    ("We should keep casinos.", "We should not keep casinos."),
]


@pytest.mark.parametrize(("comment", "turned"), TURNED)
def test_denial_turns_a_statement_round(comment, turned):
    answers = [one(text, "Casinos should be allowed") for text in (comment, turned)]
    assert sorted(answers) == ["agree", "disagree"]


UNCLEAR = {
    "warm about the article": "What a wonderful, honest article. Thank you, it is excellent!",
    "cold about the article": "This is nonsense. What a dreadful, stupid piece.",
    "warm about something else": "Our library is wonderful. I love it.",
    "warm words beside the subject": "I spent a wonderful, happy evening near the casinos.",
    "a question": "Are casinos a good idea? Casinos are good?",
    "a supposition": "If casinos are good for a town, let us see. Casinos would be good.",
    "what is, and not what should be": "Casinos are allowed here.",
    "about a part": "The end of casinos is a disaster.",
    "about another clause": "I know casinos and it is terrible.",
    "as much for as against": "Casinos are good. Casinos are bad.",
    "a comparison": "Casinos are better than lotteries.",
    "agreement with whomever": "I agree. I disagree. Yes! No!",
    "another subject by pronoun": "They are a disgrace. It is cruel.",
    "no letters": "?!",
    "nothing": "",
    "blank": "  \n ",
}


@pytest.mark.parametrize("comment", UNCLEAR.values(), ids=UNCLEAR.keys())
@pytest.mark.parametrize("thesis", ["Casinos should be banned", "Casinos should be allowed"])
def test_what_is_no_statement_about_the_subject_is_unclear(comment, thesis):
    assert one(comment, thesis) == "unclear"


@pytest.mark.parametrize(
    "thesis",
    ["", " ", "Casinos", "Activists can be politicians", "Towns should build roads", "He is.", None],
)
def test_thesis_without_subject_or_side_is_unclear(thesis):
    comments = pd.Series(["Activists are great. Towns are great. Casinos are great. He is great."])
    theses = pd.Series([thesis], dtype=object)
    assert stance.predict(comments, theses).tolist() == ["unclear"]


def test_reason_after_the_thesis_does_not_change_its_side():
    for end in (" because they do not help", ", and nobody is happy", "; they never worked"):
        assert one("Casinos are a disaster.", f"Casinos should be banned{end}") == "agree"


def test_pronoun_takes_up_the_subject_of_the_sentence_before():
    thesis = "Casinos should be banned"
    assert one("There are casinos in town. They are a disaster.", thesis) == "agree"
    assert one("There are casinos in town. Ask me. They are a disaster.", thesis) == "unclear"


def test_one_word_of_three_does_not_name_the_subject():
    thesis = "Foreign language classes should be mandatory"
    assert one("Language classes are useful.", thesis) == "agree"
    assert one("Dance classes are useful.", thesis) == "unclear"


def test_the_most_statements_decide():
    thesis = "Casinos should be banned"
    assert (
        one("Casinos are fair. But casinos are ugly. Casinos are bad. Casinos ruin us.", thesis)
        == "agree"
    )


def test_typographic_marks_change_nothing():
    for comment in ("Casinos aren't a problem.", 'I say "casinos don\'t help".'):
        typographic = comment.replace("'", "’").replace(' "', " “").replace('"', "”")
        assert one(typographic, "Casinos should be banned") == one(comment, "Casinos should be banned")
        assert one(comment, "Casinos should be banned") != "unclear"
    assert one("Casinos help.", "Casinos shouldn’t be banned") == "agree"


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_missing_comment_is_unclear(missing):
    assert one(missing, "Casinos should be banned") == "unclear"


def test_each_comment_is_set_against_its_own_thesis_and_the_index_is_kept():
    comments = pd.Series(["Casinos help.", "Casinos help.", None], index=["b", "a", "b"])
    theses = pd.Series(["Casinos help", "Casinos harm", "Casinos help"], index=["b", "a", "b"])
    before = comments.copy(), theses.copy()
    answers = stance.predict(comments, theses)
    assert answers.index.equals(comments.index)
    assert answers.tolist() == ["agree", "disagree", "unclear"]
    assert stance.predict(comments, "Casinos harm").tolist() == ["disagree", "disagree", "unclear"]
    pd.testing.assert_series_equal(comments, before[0])
    pd.testing.assert_series_equal(theses, before[1])


@pytest.mark.parametrize("dtype", [object, "str", float])
def test_no_comments_give_no_answers_of_the_same_kind(dtype):
    none = stance.predict(pd.Series([], dtype=dtype), "Casinos help")
    assert len(none) == 0
    assert none.dtype == stance.predict(pd.Series(["Casinos help."]), "Casinos help").dtype


@pytest.mark.parametrize("index", [["a", "c"], ["b", "a"], ["a"]])
def test_other_index_is_refused(index):
    comments = pd.Series(["Casinos help."] * 2, index=["a", "b"])
    with pytest.raises(ValueError, match="same index"):
        stance.predict(comments, pd.Series(["Casinos help"] * len(index), index=index))


@pytest.mark.parametrize("value", [3, 1.5, ["Casinos help."], b"Casinos help."])
@pytest.mark.parametrize("what", ["comment", "thesis"])
def test_value_that_is_no_text_is_named_by_its_label(value, what):
    columns = {
        name: pd.Series(["Casinos help."] * 2, index=["c1", "c2"]) for name in ("comment", "thesis")
    }
    columns[what] = pd.Series(["Casinos help.", value], index=["c1", "c2"], dtype=object)
    with pytest.raises(TypeError, match=rf"{what} at label 'c2'"):
        stance.predict(columns["comment"], columns["thesis"])


def test_what_is_no_series_is_refused():
    with pytest.raises(TypeError, match="comments"):
        stance.predict("Casinos help.", "Casinos help")
    with pytest.raises(TypeError, match="theses"):
        stance.predict(pd.Series(["Casinos help."]), ["Casinos help"])


LONG = {
    "one clause": "and the casinos are in truth a thing of no great note " * 9_000,
    "one word": "casino " * 100_000,
    "sentences": "Casinos are not good for us. " * 17_000,
    "denials": "casinos " + "not " * 100_000,
    "no space": "a" * 600_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("comment", LONG.values(), ids=LONG.keys())
def test_hundred_thousand_words_take_no_more_than_seconds(comment):
    start = time.perf_counter()
    one(comment, "Casinos should be banned")
    assert time.perf_counter() - start < 5


@pytest.fixture(scope="module")
def answered_debates():
    table = datasets.debates(FOLDER)
    return table, stance.predict(table["comment"], table["thesis"])


@needs_data
@pytest.mark.slow
def test_answers_on_debates_are_few_and_right(answered_debates):
    table, guess = answered_debates
    answered = guess != "unclear"
    right = (guess == table["gold"])[answered]
    assert answered.mean() == pytest.approx(0.058, abs=0.005)
    assert right.mean() == pytest.approx(0.88, abs=0.03)
    # No single debate carries it, and it stays above 0.6 over the debates that have an answer.
    by_debate = right.groupby(table["debate_id"])
    assert by_debate.mean().mean() >= 0.60
    assert all(right[table["debate_id"] != debate].mean() >= 0.60 for debate in by_debate.groups)


@needs_data
@pytest.mark.slow
def test_thesis_and_counter_thesis_of_a_debate_never_get_the_same_answer(answered_debates):
    table, guess = answered_debates
    answered = table.assign(guess=guess)[guess != "unclear"]
    assert not answered.duplicated(["debate_id", "comment_id", "guess"]).any()
