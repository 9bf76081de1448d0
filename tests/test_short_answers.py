import re

import pytest
from coded import coded_as

from rejoinder import tables
from rejoinder.short_answers import QUESTIONS, filled, in_short, short_answers


@pytest.fixture(scope="module")
def answers(talk):
    return short_answers(talk)


def numbers(text):
    return set(re.findall(r"\d+", text))


def test_each_question_has_one_answer_without_gaps(answers):
    assert list(answers["notebook"]) == list(QUESTIONS)
    assert answers["answer"].str.len().between(20, 700).all()
    assert not answers["answer"].str.contains(r"nan|[{}]|None", regex=True).any()


def test_answers_hold_the_counts_of_the_tables(talk, answers):
    thesis = tables.stance.counts(talk).loc["thesis"]
    assert {str(thesis["agree"]), str(thesis["disagree"])} <= numbers(answers.loc["06", "answer"])
    assert str(len(talk.comments)) in numbers(answers.loc["02", "answer"])
    pairs = tables.reliability.pairs(talk)
    assert {str(pairs["same"].sum()), str(len(pairs))} <= numbers(answers.loc["08", "answer"])


@pytest.mark.parametrize(
    ("agree", "disagree", "word"),
    [(4, 4, "divided"), (5, 1, "agree"), (1, 5, "reject"), (0, 0, "No comment")],
)
def test_what_was_coded_is_answered_plainly(talk, agree, disagree, word):
    values = ["agree"] * agree + ["disagree"] * disagree
    coded = coded_as(talk, A=values + ["silent"] * (9 - len(values)))
    answer = short_answers(coded).loc["06", "answer"]
    assert word in answer
    assert {str(agree), str(disagree)} <= numbers(answer) or not values


def test_a_page_that_nobody_coded_says_so(bare):
    found = short_answers(bare)
    assert list(found.index[found["answer"] == filled("not coded")]) == ["04", "05", "06"]
    assert found.loc["03", "answer"] and all(in_short(bare, found))
