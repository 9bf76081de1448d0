"""Every headline under every combination of the choices that can matter to it."""

import dataclasses
import time

import pandas as pd
import pytest

from rejoinder import answers
from rejoinder.answers import other_choices
from rejoinder.answers.headlines import HEADLINES
from rejoinder.answers.other_choices import CHOICES, Choice, spread_shares, survival, survives, universes
from rejoinder.answers.view import View
from rejoinder.stats.estimate import Estimate

TONE = next(headline for headline in HEADLINES if headline.notebook == "03")


def table_of(*rows):
    """A table as of `universes`: per row the options of "a" and "b", the value, and the finding."""
    table = pd.DataFrame([row[:2] for row in rows], columns=["a", "b"])
    nan = float("nan")
    estimates = [Estimate(value, nan, nan, 9, 0.95, "any") for _, _, value, _ in rows]
    return table.assign(estimate=estimates, finding=[finding for *_, finding in rows])


@pytest.fixture(scope="module")
def found(talk):
    return survival(talk).set_index("headline")


@pytest.mark.slow
def test_the_first_combination_is_that_of_the_notebooks(talk):
    for headline in HEADLINES:
        first = universes(talk, headline).iloc[0]
        usual = headline.finding(View(talk))
        assert (first["estimate"], first["finding"]) == (usual.estimate, str(usual))


def test_every_combination_is_there_once(talk):
    table = universes(talk, TONE)
    choices = table.drop(columns=["estimate", "finding"])
    options = [len(choice.options(talk)) for choice in CHOICES if choice.name in TONE.choices]
    assert len(table) == pd.Series(options).prod() == len(choices.drop_duplicates())


@pytest.mark.slow
def test_a_choice_that_a_headline_does_not_name_does_not_change_it(talk):
    for headline in HEADLINES:
        usual = headline.finding(View(talk))
        for choice in CHOICES:
            # A coder alone agrees with nobody: of alpha that is no choice.
            if choice.name not in headline.choices and (choice.name, headline.notebook) != (
                "coder",
                "08",
            ):
                for changes in choice.options(talk).values():
                    assert str(headline.finding(View(talk, **changes))) == str(usual), choice.name


def test_a_choice_is_added_by_one_line(talk, monkeypatch):
    more = Choice("how sure", "Anything may be asked.", lambda _: {"so": {}, "or so": {"band": 0.3}})
    monkeypatch.setattr(other_choices, "CHOICES", (*CHOICES, more))
    assert "how sure" not in universes(talk, TONE)
    named = dataclasses.replace(TONE, choices=(*TONE.choices, "how sure"))
    assert len(universes(talk, named)) == 2 * len(universes(talk, TONE))


def test_what_was_scored_for_one_headline_is_not_taken_for_another_reading(talk):
    view = View(talk)
    for headline in HEADLINES[1:4]:
        shared = universes(talk, headline, view=view)
        alone = universes(talk, headline)
        assert list(map(str, shared["estimate"])) == list(map(str, alone["estimate"]))


@pytest.mark.slow
def test_it_is_the_same_each_time(talk, found):
    again = survival(talk).set_index("headline")
    assert found.astype(str).equals(again.astype(str))


def test_an_answer_that_is_the_same_everywhere_survives():
    rows = [(a, b, 0.1, "warm") for a in "xy" for b in "xy"]
    assert survives(table_of(*rows)) == "Survives: “warm” in all 4 combinations."


def test_an_answer_that_one_choice_turns_depends_on_it():
    rows = [
        (a, b, 0.1, "warm" if a == "x" else "can't tell (estimate: warm)") for a in "xy" for b in "xy"
    ]
    assert survives(table_of(*rows)) == (
        "Depends on the a (2 of 2 switches): “warm” in 2 and “can't tell” in 2 of 4 combinations. "
        "The answer “can't tell” comes only with y (a)."
    )


def test_a_side_that_turns_is_told_where_the_answer_survives():
    rows = [(a, b, 0.1, f"can't tell (estimate: {b})") for a in "xy" for b in ("warm", "cold")]
    told = survives(table_of(*rows))
    assert told.startswith("Survives: “can't tell” in all 4 combinations.")
    assert "“warm” in 2 and “cold” in 2; that turns with the b (2 of 2 switches)" in told


def test_an_answer_that_no_choice_turns_alone_is_told():
    rows = [("x", "x", 0.1, "warm"), ("y", "y", 0.1, "cold")]
    assert survives(table_of(*rows)).startswith("Depends on several choices together")


def test_combinations_without_a_value_are_counted_apart():
    nan = float("nan")
    rows = [("x", "x", 0.1, "warm"), ("y", "x", nan, "no value")]
    assert survives(table_of(*rows)) == (
        "Survives: “warm” in the one combination there is. In 1 more combination nothing was scored or "
        "coded."
    )
    assert survives(table_of(*rows[1:])) == "Nothing to tell under any choice."


def test_what_a_choice_explains_is_its_share_of_the_spread():
    rows = [(a, b, 0.1 if a == "x" else 0.3, f"{a}") for a in "xy" for b in "xy"]
    shares = spread_shares(table_of(*rows))
    assert shares["share of variance"].round(9).to_dict() == {"a": 1.0, "b": 0.0, "together": 0.0}
    assert shares["answer changed"].to_dict() == {"a": "2 of 2", "b": "0 of 2", "together": ""}


def test_a_change_of_side_is_no_change_of_the_answer():
    rows = [(a, "x", 0.1, f"can't tell (estimate: {a})") for a in ("warm", "cold")]
    shares = spread_shares(table_of(*rows)).loc["a"]
    assert (shares["answer changed"], shares["answer or side changed"]) == ("0 of 1", "1 of 1")


@pytest.mark.slow
def test_the_answer_of_09_counts_what_survives(talk, found):
    short = answers.does_the_answer_survive_other_choices(talk).short
    known = found[found["combinations"] > 0]
    undecided = known["usual"].isin(["can't tell", "not certain toward any"]).sum()
    assert short.startswith(f"{undecided} of {len(known)} headlines cannot be told")
    assert f"{(known['answers'] == 1).sum()} of {len(known)} give the same answer under every" in short
    for headline in known.index[known["answers"] > 1]:
        assert headline in short


@pytest.mark.slow
def test_without_a_reader_the_tone_is_still_taken_again(bare):
    table = survival(bare).set_index("notebook")
    assert (table.loc[["06", "07", "08"], "combinations"] == 0).all()
    assert answers.does_the_answer_survive_other_choices(bare).short


@pytest.mark.slow
def test_the_whole_multiverse_of_a_seed_takes_less_than_ten_seconds(talk):
    started = time.process_time()
    survival(talk)
    assert time.process_time() - started < 10


def test_taking_threads_for_alike_widens_and_never_narrows(talk):
    table = answers.by_thread(talk)
    for row in table.itertuples():
        alone, threads = row[3], row[4]
        assert alone.value == threads.value
        assert threads.low <= alone.low and threads.high >= alone.high
    assert any(row[4].high > row[3].high for row in table.itertuples())
