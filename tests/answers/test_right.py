"""The record as a ladder, its words, and the line that each notebook has on its method."""

import dataclasses
import json
import re

import numpy as np
import pandas as pd
import pytest

from rejoinder import answers
from rejoinder.answers import fit, right
from rejoinder.errors import NameNotKnown
from rejoinder.evaluation import dataset_registry, results
from rejoinder.stats.estimate import share


@pytest.fixture
def small_record(tmp_path, monkeypatch):
    """A record of two measures, of which one is better than the word lists and one is not."""

    def write(scores, reliability=()):
        sets = {
            name: {"files": {}, "versions": {"python": "3"}, "words": [2, 5, 9]}
            for name in {row[0] for row in [*scores, *reliability]}
        }
        record = {"sets": sets, "scores": scores, "reliability": list(reliability), "speed": []}
        path = tmp_path / "record.json"
        path.write_text(json.dumps(record), encoding="utf-8")
        monkeypatch.setattr(results, "RECORD", path)

    return write


def tone(method, value, low=None, high=None, name="tweets"):
    low, high = (value if end is None else end for end in (low, high))
    return [name, "sentiment", method, name, 100, "pearson_r", value, low, high]


def step(least, right_ones, n, name="tweets"):
    e = share(right_ones, n)
    return [name, "sentiment", name, least, least + 0.1, least + 0.05, n, e.value, e.low, e.high]


def test_the_ladder_has_every_method_beside_human_and_best():
    table = answers.ladder()
    assert not table.duplicated(["measure", "set", "metric"]).any()
    row = table[(table["set"] == "tweets") & (table["metric"] == "r")].iloc[0]
    assert (row["chance"], row["one human"], row["best published"]) == ("0.00", "0.888", "0.881")
    assert re.fullmatch(r"0\.\d\d \(0\.\d\d–0\.\d\d\)", row["rejoinder"])
    # Nobody is said to have measured what nobody has.
    answered = table[table["metric"] == "share answered"]
    assert (answered[["chance", "one human"]] == "–").all(axis=None)
    assert (answered["VADER"] == "0.99").all()


def test_the_printed_ladder_names_its_sources():
    shown = answers.ladder_as_text()
    numbers = set(re.findall(r"\[(\d)\]", shown.partition("\n\n")[0]))
    assert numbers == set(re.findall(r"^\[(\d)\] ", shown, re.MULTILINE))


def test_rungs_of_a_task_begin_with_chance_and_hold_one_of_ours():
    table = answers.rungs()
    for _, rungs in table.groupby("task"):
        assert (rungs["who"] == "rejoinder").sum() == 1
        assert rungs["value"].min() == rungs.loc[rungs["who"] == "chance", "value"].iloc[0]
    assert set(table["who"]) <= {*right.COLUMNS, "one human", "best published"}


def test_what_to_trust_is_read_off_the_intervals(small_record):
    rows = [tone("chance", 0.0), tone("textblob", 0.3), tone("vader", 0.5)]
    small_record([*rows, tone("rejoinder", 0.6, 0.55, 0.65)])
    told = answers.what_to_trust()["trust"].iloc[0]
    assert "better than either word list by r" in told
    assert "0.29 short of one human" in told
    assert "0.28 short of the best published figure" in told
    small_record([*rows, tone("rejoinder", 0.6, 0.45, 0.9)])
    told = answers.what_to_trust()["trust"].iloc[0]
    assert "not surely better than either by r" in told
    assert "not measurably below one human" in told
    small_record([*rows, tone("rejoinder", 0.1, -0.1, 0.3)])
    assert "not surely better than chance" in answers.what_to_trust()["trust"].iloc[0]


def test_what_to_trust_names_the_plainer_rule(small_record):
    row = ["argkp", "links", "", "ArgKP", 100, "strict_map"]
    rows = [[*row[:2], method, *row[3:], v, v, v] for method, v in (("random", 0.1), ("overlap", 0.4))]
    small_record([*rows, [*row[:2], "rejoinder", *row[3:], 0.5, 0.45, 0.55]])
    assert answers.what_to_trust()["trust"].iloc[0].startswith("better than overlap")
    small_record([*rows, [*row[:2], "rejoinder", *row[3:], 0.5, 0.35, 0.55]])
    assert answers.what_to_trust()["trust"].iloc[0].startswith("not surely better than overlap")


def test_least_degree_is_where_all_above_are_right_often_enough(small_record):
    small_record([], [step(0.0, 10, 20), step(0.1, 15, 20), step(0.2, 18, 20)])
    table = answers.degrees().iloc[0]
    assert table["least degree"] == 0.2
    assert table["right from there"].count == 18
    assert table["answers kept"] == pytest.approx(20 / 60)


def test_strong_answers_do_not_make_up_for_weak_ones(small_record):
    small_record([], [step(0.0, 12, 20), step(0.1, 500, 500)])
    assert answers.degrees()["least degree"].iloc[0] == 0.1


def test_a_step_of_few_answers_is_taken_with_the_one_below(small_record):
    small_record([], [step(0.0, 18, 20), step(0.1, 1, 2), step(0.2, 19, 20)])
    assert answers.degrees()["least degree"].iloc[0] == 0.0


def test_no_degree_is_enough_where_none_is_right_often_enough(small_record):
    small_record([], [step(0.0, 10, 20), step(0.1, 10, 20)])
    row = answers.degrees().iloc[0]
    assert np.isnan(row["least degree"])
    assert row["answers kept"] == 0


def test_a_handful_of_right_answers_sets_no_degree(small_record):
    small_record([], [step(0.0, 10, 20), step(0.1, 2, 2)])
    assert np.isnan(answers.degrees()["least degree"].iloc[0])


def test_abstaining_counts_the_comments_that_reach_the_stricter_degree(small_record):
    small_record([], [step(0.0, 90, 100), step(0.3, 50, 100, "reviews"), step(0.4, 95, 100, "reviews")])
    told = answers.abstaining(pd.Series([0.5, -0.45, 0.1, np.nan]))
    assert "on tweets from 0.0 on and on reviews from 0.4 on" in told
    assert "2 of 4 comments" in told


def test_a_set_without_a_degree_leaves_no_comment(small_record):
    small_record([], [step(0.0, 90, 100), step(0.3, 50, 100, "reviews")])
    told = answers.abstaining(pd.Series([0.9, -0.9]))
    assert "on reviews at no degree" in told
    assert "0 of 2 comments" in told


@pytest.mark.parametrize("what", fit.KINDS)
def test_the_line_says_how_often_on_what_and_what_is_alike(talk, what):
    told = " ".join(answers.how_often_right(talk, what))
    table = answers.rungs()
    ours = table[(table["measure"] == fit.KINDS[what].measure) & (table["who"] == "rejoinder")]
    assert len(ours)
    for row in ours.itertuples():
        assert f"{row.value:.2f} (95 % {row.low:.2f}–{row.high:.2f}, n = {row.n:,}" in told
    for name, one in dataset_registry.sets().items():
        if name in results.record()["sets"] and one.measure == fit.KINDS[what].measure:
            assert f"The {one.rows} are {one.kin}" in told


def test_the_line_counts_how_many_texts_are_as_long_as_those(small_record, bare):
    small_record([tone("chance", 0.0), tone("rejoinder", 0.6)])
    # "I love it!" and "I hate it." have three words, "The." has one.
    _, told = answers.how_often_right(bare, "tone")
    assert "nine in ten have 2 to 9, and so have 2 of the 3 here" in told
    assert "a median of 3 words" in told


@pytest.mark.parametrize("what", [*fit.KINDS, *fit.UNMEASURED])
def test_every_line_is_there_without_codebook_and_without_comments(bare, what):
    alone = dataclasses.replace(bare, comments=bare.comments.head(0))
    for discussion in (bare, alone):
        line, more = answers.how_often_right(discussion, what)
        assert line.startswith("How often is this right?")
        assert more


def test_what_nobody_has_measured_says_so(talk):
    for what in fit.UNMEASURED:
        assert "Nobody knows" in answers.how_often_right(talk, what)[0]


def test_a_method_that_there_is_not_is_named(talk):
    with pytest.raises(NameNotKnown, match="'mood'"):
        answers.how_often_right(talk, "mood")


def test_the_answer_names_every_measure_with_its_interval_and_says_what_is_near():
    answer = answers.how_often_is_the_method_right()
    for name in right.BRIEFLY.values():
        assert f"{name}: " in answer.short
    table = answers.rungs()
    told = table[table["measure"].isin(right.BRIEFLY) & (table["who"] == "rejoinder")]
    assert answer.short.count("95 %") == len(told)
    assert "only in: newspaper debates." in answer.sure


def test_published_figures_say_where_they_come_from():
    table = results.published()
    assert (table["source"].str.len() > 0).all()
    assert set(table["who"]) == {"one human", "best published"}
    assert table["value"].between(0, 1).all()
    assert not table.duplicated(["dataset", "metric", "who"]).any()
    assert set(table["metric"]) <= set(right.METRICS)


def test_every_method_has_its_line_in_one_table(talk):
    table = answers.every_fit(talk)
    assert table["method"].tolist() == [*fit.KINDS, *fit.UNMEASURED]
    for row in table.itertuples(index=False):
        line, more = answers.how_often_right(talk, row[0])
        assert line.endswith(row[1]) and row[2] == more


def test_the_versions_are_told_once_for_the_sets_that_share_them(small_record):
    small_record([tone("rejoinder", 0.5), tone("rejoinder", 0.5, name="reviews")])
    told = answers.measured_with()
    assert told in ("On tweets and reviews with python 3.", "On reviews and tweets with python 3.")


def test_what_was_tried_has_a_measure_figures_and_a_reason():
    table = results.tried()
    assert (table.map(len) > 0).all(axis=None)
    assert not table.duplicated(["measure", "tried"]).any()
    assert table["figures"].str.contains(r"\d").mean() > 0.9
    shown = answers.tried_without_gain()
    assert shown["what came of it"].iloc[0] == f"{table['figures'].iloc[0]}; {table['why_not'].iloc[0]}"


def test_what_may_be_silent_says_how_much_it_answers(talk):
    kept = results.method_scores().query("method == 'rejoinder' and metric == 'answered'")
    share_told = f"{kept['value'].iloc[0]:.2f} of all"
    assert share_told in answers.how_often_right(talk, "stance")[0]
    assert share_told in answers.how_often_is_the_method_right().short
    trust = answers.what_to_trust().set_index("measure")["trust"]
    assert trust["stance"].startswith(f"names a side in {kept['value'].iloc[0]:.2f} of the pairs only")


@pytest.mark.parametrize("one", dataset_registry.sets().values(), ids=dataset_registry.sets())
def test_every_title_leads_to_its_own_rows(one):
    assert right.rows_of(one.title) == one.rows
