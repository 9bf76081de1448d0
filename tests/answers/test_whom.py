"""Tone toward actors: what it counts, and what it says where nobody is named."""

import dataclasses
from math import isnan

import pandas as pd
import pytest

from rejoinder import answers
from rejoinder.answers import whom

SEED = "000_b03053bac9951049"


def test_every_mention_stands_where_it_says(talk):
    table = answers.toned_mentions(talk)
    assert len(table)
    for row in table.itertuples():
        assert row.text[row.start : row.end] == row.mention


def test_a_comment_counts_once_however_often_it_names_somebody(talk):
    table = answers.toned_mentions(talk).dropna(subset="tone")
    own = table[(table["side"] == "readers") & (table["actor_id"] == "russia")]
    estimate = answers.actor_tones(talk).loc["russia", "readers"]
    assert estimate.n == own["unit"].nunique() < len(own)
    assert estimate.value == pytest.approx(own.groupby("unit")["tone"].mean().mean())


def test_every_figure_has_its_sentences(talk):
    listed = answers.scored_mentions(talk)
    assert len(listed) == answers.toned_mentions(talk)["tone"].notna().sum()
    for name, readers in answers.actor_tones(talk)[["name", "readers"]].itertuples(index=False):
        own = listed[(listed["name"] == name) & ~listed["source"].str.startswith("the author")]
        assert own["source"].nunique() == readers.n


def test_without_an_interval_nothing_is_told(talk):
    few = dataclasses.replace(talk, comments=talk.comments.head(2))
    assert "Readers: can't tell toward anybody" in answers.whom_is_the_feeling_about(few).short
    tones = answers.actor_tones(talk)["readers"]
    assert all(isnan(tone.low) for tone in tones if tone.n < 3)
    assert any(tone.low > -1 for tone in tones)


def test_a_warm_interval_is_a_warm_leaning():
    from rejoinder.stats.estimate import mean

    tones = pd.Series([mean([0.5, 0.6, 0.7]), mean([-0.5] * 6 + [-0.4]), mean([0.1])])
    told = whom.leaning(tones, pd.Series(["Ann", "Bob", "Cy"]))
    assert told.startswith("warm toward Ann and cold toward Bob")
    assert "Cy" not in told


def test_where_nobody_named_the_actors_every_table_is_empty(bare):
    assert answers.whom_is_the_feeling_about(bare).short.startswith("Can't tell")
    for make in (answers.toned_mentions, answers.actor_tones, answers.scored_mentions):
        assert make(bare).empty
    assert answers.actor_sentences(bare, "readers").empty
    assert answers.masking_effect(bare).empty
    assert answers.false_leanings(bare) == "There is no interval to be misled by."
