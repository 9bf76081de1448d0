import dataclasses

import pandas as pd
from coded import coded_as

from rejoinder.corpus.codings import ADJUDICATED
from rejoinder.tables import adjudication, reliability, stance


def test_what_coders_see_differently_is_disputed_and_never_a_majority(talk):
    values = {
        "A": ["agree", "agree", "silent", None, "mixed", "agree", *[None] * 3],
        "B": ["agree", "silent", "silent", None, None, "mixed", *[None] * 3],
        "C": ["agree", "agree", "silent", None, None, "agree", *[None] * 3],
    }
    thesis = adjudication.settled(coded_as(talk, **values))["thesis"]
    assert list(thesis[:6]) == ["agree", "disputed", "silent", "uncoded", "mixed", "disputed"]
    alone = adjudication.settled(coded_as(talk, **values), coder="B")["thesis"]
    assert list(alone[:6]) == ["agree", "silent", "silent", "uncoded", "uncoded", "mixed"]


def test_an_adjudicated_value_settles_a_dispute_and_is_no_third_coder(talk):
    values = {"A": ["agree", *["silent"] * 8], "B": ["disagree", *["silent"] * 8]}
    settled = coded_as(talk, **values, **{ADJUDICATED: ["disagree", "agree", *[None] * 7]})
    assert list(adjudication.settled(settled)["thesis"][:2]) == ["disagree", "silent"]
    assert set(reliability.pairs(settled).columns) == {"A", "B", "same"}
    assert list(adjudication.coders(settled).index) == ["A", "B", ADJUDICATED]


def test_the_words_that_decided_a_stance_are_marked_in_the_comment(talk):
    table = adjudication.evidence(talk)
    claims = talk.codings[talk.codings["item"].isin(talk.codebook.claims.index)]
    heard = claims[claims["value"] != "silent"]
    assert len(table) == len(heard.drop_duplicates(["comment_id", "item"]))
    row = table.query("item == 'k7' and comment_id == 'c01'").iloc[0]
    assert "for many Continentals Russian are Europeans" in [row["text"][a:b] for a, b, _ in row["mark"]]
    assert "A: disagree" in row["said"] and "B: disagree" in row["said"]


def test_a_note_that_quotes_nothing_gives_the_whole_comment(talk):
    row = adjudication.evidence(coded_as(talk, A=["agree", *["silent"] * 8])).iloc[0]
    assert (row["text"], row["mark"]) == (talk.comments["text"].iloc[0], [])


def test_silence_is_never_agreement_and_uncoded_is_apart(talk):
    row = stance.counts(coded_as(talk, A=["silent"] * 4 + ["agree"] + [None] * 4)).loc["thesis"]
    assert (row["agree"], row["silent"], row["uncoded"]) == (1, 4, 4)


def test_sides_are_one_only_where_a_comment_takes_one_only(talk):
    agrees = coded_as(talk, A=["agree"] * 3 + ["silent"] * 6)
    assert list(stance.sides(agrees)["side"]) == [1, 1, 1]
    both = pd.concat([agrees.codings, agrees.codings[:2].assign(item="k1", value="disagree")])
    found = stance.sides(dataclasses.replace(agrees, codings=both))
    assert list(found["side"]) == [0, 0, 1]
    assert found["disagrees"].iloc[0] == ["k1"]


def test_without_codebook_or_codings_the_tables_are_empty(bare):
    assert adjudication.coders(bare).empty and adjudication.evidence(bare).empty
    assert stance.counts(bare).empty and stance.sides(bare).empty
    assert (stance.thesis_stances(bare) == "uncoded").all()
    assert reliability.pairs(bare).empty and reliability.item_agreement(bare).empty
    assert reliability.disputes(bare).empty
