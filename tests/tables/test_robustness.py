import dataclasses

import numpy as np
import pytest
from coded import coded_as, lacking

from rejoinder.errors import NameNotKnown
from rejoinder.tables import robustness
from rejoinder.tables.robustness import ESTIMANDS, Specification, estimand, leave_one_out, multiverse

TONE = estimand("03")


@pytest.fixture(scope="module")
def firm(talk):
    return robustness.summary(talk).set_index("estimand")


@pytest.mark.slow
@pytest.mark.parametrize("one", ESTIMANDS, ids=lambda one: one.name)
def test_leaving_out_is_as_if_it_had_not_been_written(talk, one):
    table = leave_one_out(talk, one)
    assert table["left_out"].iloc[0] == "nothing" and set(table["left_out"][1:]) <= {"comment", "thread"}
    for row in table[1:].itertuples():
        ids = (
            [row.which]
            if row.left_out == "comment"
            else list(talk.threads.index[talk.threads == row.which])
        )
        spec = Specification(lacking(talk, ids))
        if one.notebook == "05":  # the actor named most may become another
            continue
        assert row.value == pytest.approx(one.estimate(spec).value, nan_ok=True)
        assert row.answer == robustness.answer(one, spec)


def test_the_figure_is_the_estimate_and_the_first_combination_is_the_notebooks(talk):
    for one in ESTIMANDS:
        table, left = multiverse(talk, one), leave_one_out(talk, one)
        value = one.estimate(Specification(talk)).value
        assert table["estimate"].iloc[0].value == pytest.approx(value, nan_ok=True)
        assert left["value"].iloc[0] == pytest.approx(value, nan_ok=True)
        assert left["answer"].iloc[0] == table["answer"].iloc[0]


def test_every_combination_is_there_once(talk):
    options = [len(choice.options(talk)) for choice in robustness.CHOICES if choice.name in TONE.choices]
    table = multiverse(talk, TONE).drop(columns=["estimate", "answer"])
    assert len(table) == np.prod(options) == len(table.drop_duplicates())


@pytest.mark.slow
def test_a_choice_that_an_estimand_does_not_name_does_not_change_it(talk):
    for one in ESTIMANDS:
        usual = robustness.answer(one, Specification(talk))
        for choice in robustness.CHOICES:
            if choice.name not in one.choices and choice.name != "coder":
                for changes in choice.options(talk).values():
                    assert robustness.answer(one, Specification(talk, **changes)) == usual, choice.name


def test_an_even_split_is_divided_and_one_sided_is_not(talk):
    agrees = estimand("06")
    for values, word in (
        (["agree"] * 3 + ["disagree"] * 3 + ["silent"] * 3, "divided"),
        (["agree"] * 5 + ["silent"] * 4, "agree"),
        (["disagree"] * 5 + ["agree"] * 2 + ["mixed"] * 2, "disagree"),
        (["silent"] * 9, robustness.NO_ANSWER),
    ):
        assert robustness.answer(agrees, Specification(coded_as(talk, A=values))) == word


def test_a_comment_that_carries_the_answer_alone_is_named(talk):
    alone = coded_as(talk, A=["silent", "agree", *["silent"] * 7])
    table = leave_one_out(alone, estimand("06"))
    assert list(table.loc[table["changes"], "which"]) == ["c02"]


def test_an_author_is_left_out_with_all_comments(talk):
    named = talk.comments.assign(author=["ann", "ann", *["bob"] * 7])
    table = leave_one_out(dataclasses.replace(talk, comments=named), TONE).query("left_out == 'author'")
    assert list(table["which"]) == ["ann", "bob"]


def test_the_summary_names_the_choices_that_change_an_answer(talk, firm):
    for one in ESTIMANDS:
        row, table = firm.loc[one.name], multiverse(talk, one)
        known = table[table["answer"] != robustness.NO_ANSWER]
        assert row["same"] == (known["answer"] == row["answer"]).sum()
        assert set(row["changed_by"]) <= set(one.choices)
        if known["answer"].nunique() == 1:
            assert row["changed_by"] == []


def test_without_codebook_and_codings_tone_is_still_answered(bare):
    table = robustness.summary(bare).set_index("notebook")
    assert (table.loc[["06", "07", "08"], "answer"] == robustness.NO_ANSWER).all()
    assert table.loc["03", "combinations"].iloc[0] > 1


def test_an_estimand_is_known_by_its_notebook():
    assert estimand("06").label == robustness.SHARE
    with pytest.raises(NameNotKnown):
        estimand("99")
