"""What became of everything in the file, and which comments a number stands for."""

import dataclasses

import pandas as pd
import pytest
from coded import coded_as

import rejoinder
from rejoinder.tables.account import steps
from rejoinder.tables.groups import groups


def sums(talk):
    """What each step begins with, leaves out, and leaves."""
    table = steps(talk)
    return table.pivot_table(index="step", columns="role", values="n", aggfunc="sum", fill_value=0)


EXPORT = """id,text,parent
1,I love this good article.,
2,[deleted],1
3,,
4,> quoted by nobody,
5,Dies ist ein Kommentar in deutscher Sprache und sonst nichts weiter.,
6,xyz,
"""


@pytest.fixture
def export(tmp_path):
    (tmp_path / "comments.csv").write_text(EXPORT)
    (tmp_path / "a.md").write_text("# Title\n\nAn article says so.\n")
    return rejoinder.load(tmp_path / "a.md", comments=tmp_path / "comments.csv")


def test_each_step_adds_up(talk, bare, export):
    for one in (talk, bare, export):
        table = sums(one).assign(less=lambda t: t.get("less", 0))
        assert (table["start"] - table["less"] == table["left"]).all()


def test_lines_that_remain_are_those_of_the_comments(talk):
    spans = zip(talk.comments["start"], talk.comments["end"], strict=True)
    lines = sum(len([line for line in talk.raw[a:b].split("\n") if line.strip()]) for a, b in spans)
    assert sums(talk).loc["file", "left"] == lines


def test_every_record_is_a_comment_or_has_a_reason(export):
    table = steps(export)
    assert sums(export).loc["file", ["start", "less", "left"]].tolist() == [6, 2, 4]
    less = table[(table["step"] == "measured") & (table["role"] == "less")]
    assert dict(zip(less["what"], less["n"], strict=True)) == {
        "in another language": 1,
        "nothing but words quoted from others": 1,
        "no word that a word list scores": 1,
    }


def test_stale_codings_are_counted_by_their_reason(talk):
    stale = pd.DataFrame(
        [("B", "c01", "k1", "changed"), ("B", "c01", "k2", "changed")], columns=talk.stale.columns
    )
    table = steps(dataclasses.replace(talk, stale=stale)).set_index(["step", "role"])
    assert list(table.loc[("codings", "less"), ["n", "ids"]]) == [2, ["c01"]]
    assert table.loc[("codings", "start"), "n"].item() == len(talk.codings) + 2


def test_groups_of_a_kind_that_exclude_each_other_hold_each_comment_once(talk):
    table = groups(talk)
    for _, own in table[table["kind"].isin(["tone", "stance", "place"])].groupby(["kind", "of"]):
        assert sorted(own["ids"].sum()) == list(talk.comments.index)
    assert table["ids"].map(len).min() > 0


def test_stances_are_groups_once_somebody_coded(bare, talk):
    assert "stance" not in set(groups(bare)["kind"])
    coded = coded_as(talk, A=["agree"] * 2 + [None] * 7)
    found = groups(coded).query("kind == 'stance'").set_index("name")["ids"]
    assert found.map(len).to_dict() == {"agree": 2, "uncoded": 7}


def test_what_is_only_implied_is_in_no_group_of_stated_stances(talk):
    table = groups(coded_as(talk, A=["implied agree", "agree", "disagree", *["silent"] * 6]))
    found = table[table["of"] == "thesis"].set_index("name")["ids"].map(len)
    assert found[["agree", "agree, stated", "disagree, stated"]].tolist() == [2, 1, 1]
    plain = groups(coded_as(talk, A=["agree", *["silent"] * 8]))
    assert "agree, stated" not in set(plain["name"])


def test_writers_and_threads_with_one_comment_are_no_groups(talk):
    names = ["reader 1", "reader 2", "reader 1", *[None] * 6]
    named = dataclasses.replace(talk, comments=talk.comments.assign(author=names))
    found = groups(named)
    assert found.loc[found["kind"] == "writer", "name"].tolist() == ["reader 1"]
    assert (found.loc[found["kind"] == "thread", "ids"].map(len) > 1).all()
