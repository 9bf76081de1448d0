import dataclasses
import re

import pandas as pd
import pytest
from coded import by_models, coded_as

import rejoinder
from rejoinder import draft, tables
from rejoinder.short_answers import QUESTIONS, filled, in_short, model_only, short_answers


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
    assert {str(pairs["same"].sum()), str(len(pairs))} <= numbers(answers.loc["09", "answer"])
    points = tables.stance.points(talk)
    assert str((points["agree"].map(len) > 0).sum()) in numbers(answers.loc["07", "answer"])


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
    assert list(found.index[found["answer"] == filled("not coded")]) == ["04", "05"]
    assert found.loc["06", "answer"] == filled("06 not coded")
    assert found.loc["03", "answer"] and all(in_short(bare, found))


def test_answers_of_a_draft_say_that_they_are_one(bare):
    drafted = draft.fill(bare)
    found = short_answers(drafted)
    for number in ("01", "04"):
        assert found.loc[number, "answer"].startswith("Draft by rules, unchecked."), number
    checked = dataclasses.replace(drafted.codebook, checked_by="KM")
    found = short_answers(dataclasses.replace(drafted, codebook=checked))
    assert not found.loc["01", "answer"].startswith("Draft")
    assert "draft" in in_short(drafted, found)[0]


def test_changing_one_coding_changes_the_sentence(talk, answers):
    codings = talk.codings.copy()
    of = (codings["comment_id"] == "c04") & (codings["item"] == "thesis")
    codings.loc[of, "value"] = "disagree"
    changed = short_answers(dataclasses.replace(talk, codings=codings))
    assert changed.loc["06", "answer"] != answers.loc["06", "answer"]
    assert (changed.loc["01":"05", "answer"] == answers.loc["01":"05", "answer"]).all()


def test_implied_stances_are_told_apart(talk):
    coded = coded_as(talk, A=["agree", "implied agree", "implied disagree", *["silent"] * 6])
    assert {"2", "1", "0"} <= numbers(short_answers(coded).loc["06", "answer"])


def test_the_analysts_conclusions_come_first_and_say_when_they_are_older(talk, answers):
    assert in_short(talk, answers)[0] == talk.conclusions.sections["00"]
    older = dataclasses.replace(talk, conclusions=dataclasses.replace(talk.conclusions, outdated=True))
    assert in_short(older, answers)[1] == in_short(talk, answers)[1] + filled("conclusions outdated")
    without = dataclasses.replace(talk, conclusions=None)
    assert answers.loc["07", "answer"] in in_short(without, answers)


def test_stale_codings_are_said_on_the_first_page(talk, answers):
    stale = pd.DataFrame([("A", "c01", "k1", "the statement was reworded")], columns=talk.stale.columns)
    assert "1 coding" in in_short(dataclasses.replace(talk, stale=stale), answers)[-1]


def test_a_page_without_points_shows_a_draft(bare, tmp_path):
    page = tmp_path / "page.txt"
    said = [
        "Closing the old town to cars helps the shops.",
        "To me closing the old town to cars is folly.",
    ]
    page.write_text("An article about towns.\n\nComments\n\n" + "\n\n".join(said), encoding="utf-8")
    assert said[0] in short_answers(rejoinder.load(page)).loc["07", "answer"]
    assert short_answers(bare).loc["07", "answer"] == filled("07 no draft")


def test_codings_by_models_alone_are_marked_and_others_not(talk, answers):
    values = {name: ["agree"] * 9 for name in ("A", "M")}
    both, models = (by_models(coded_as(talk, **values), *own) for own in ("M", ["A", "M"]))
    assert model_only(both) == () == model_only(dataclasses.replace(both, codings=both.codings[:0]))
    assert model_only(models) and in_short(models, answers)[-1:] == model_only(models)
    assert model_only(talk)[0] in in_short(talk, answers)
