"""What is left of a headline without each comment, thread and author."""

import dataclasses

import pandas as pd
import pytest

import rejoinder
from rejoinder.answers.headlines import HEADLINES
from rejoinder.answers.view import View
from rejoinder.answers.without import firmness, held, left_out, without_each


def page(tmp_path, *lines):
    path = tmp_path / "page.txt"
    path.write_text("An article.\n\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return rejoinder.load(path)


def lacking(talk, ids):
    """The discussion as if these comments had never been written."""
    return dataclasses.replace(
        talk,
        comments=talk.comments.drop(ids),
        codings=talk.codings[~talk.codings["comment_id"].isin(ids)],
    )


@pytest.mark.slow
@pytest.mark.parametrize("headline", HEADLINES, ids=lambda headline: headline.name)
def test_leaving_out_is_as_if_it_had_not_been_written(talk, headline):
    table = without_each(talk, headline)
    for row in table[table["left_out"] != "nothing"].itertuples():
        ids = [row.which] if row.left_out == "comment" else talk.threads.index[talk.threads == row.which]
        again = headline.finding(View(lacking(talk, list(ids))))
        assert (row.finding.says, row.finding.leans) == (again.says, again.leans)
        assert row.estimate.value == pytest.approx(again.estimate.value, nan_ok=True)


def test_every_comment_and_every_thread_of_several_is_left_out_once(talk):
    table = without_each(talk, HEADLINES[1])
    assert list(table.query("left_out == 'comment'")["which"]) == list(talk.comments.index)
    assert list(table.query("left_out == 'thread'")["which"]) == ["c05", "c08"]
    assert table["left_out"].iloc[0] == "nothing"


def test_what_one_comment_turns_hangs_on_it(tmp_path):
    table = left_out(page(tmp_path, "Good.", "Good.", "It is bad.")).set_index("headline")
    assert table.loc["mean tone of the comments", "comments"].endswith(
        "the side of the estimate hangs on c01 and c02"
    )
    firm = left_out(page(tmp_path, *["Really good.", "Good.", "So good!"] * 4)).set_index("headline")
    assert firm.loc["mean tone of the comments", ["answer", "comments"]].tolist() == ["warm", "holds"]


def test_an_answer_that_one_comment_decides_hangs_on_it(talk):
    row = left_out(talk).set_index("notebook").loc["06"]
    assert row["comments"] == "hangs on c04"  # the only one that takes a side on the thesis
    assert firmness(talk)["06"] == "can't tell: hangs on c04"


def test_an_author_with_several_comments_is_left_out_with_all_of_them(talk):
    named = talk.comments.assign(author=["ann", "ann", *["bob"] * 7])
    signed = dataclasses.replace(talk, comments=named)
    table = without_each(signed, HEADLINES[1]).query("left_out == 'author'")
    assert "authors" in left_out(signed)
    assert list(table["which"]) == ["ann", "bob"]
    assert [estimate.n for estimate in table["estimate"]] == [7, 2]


def test_nothing_to_leave_out_is_said(bare):
    table = left_out(bare).set_index("notebook")
    assert (table.loc[["06", "07", "08"], "comments"] == "nothing to tell").all()
    assert "authors" not in table
    assert "nothing to leave out" in held(bare, "06")


def test_what_is_said_of_a_headline_names_the_ends(talk):
    table = without_each(talk, HEADLINES[1])
    values = pd.Series([one.value for one in table["estimate"]], table["which"])[1:]
    told = held(talk, "03")
    assert f"(without {values.idxmin()})" in told
    assert told.startswith("Mean tone of the comments: can't tell")
    assert "Without any one comment: holds." in told


def test_the_first_headline_of_each_notebook_stands_on_the_first_page(talk):
    firm = firmness(talk)
    assert list(firm) == [f"0{n}" for n in range(2, 9)]
    table = left_out(talk).drop_duplicates("notebook").set_index("notebook")
    for notebook, told in firm.items():
        comments = table.loc[notebook, "comments"].replace("the side of the estimate", "its side")
        assert comments == "holds" or told.endswith(f": {comments}")
        assert told.startswith(table.loc[notebook, "answer"].split(" (")[0])


def test_an_undefined_alpha_has_nothing_to_leave_out(talk):
    same = talk.codings.assign(value="silent")
    table = left_out(dataclasses.replace(talk, codings=same)).set_index("notebook")
    assert table.loc["08", ["answer", "comments"]].tolist() == ["no value", "nothing to tell"]
