import dataclasses

import pandas as pd
from coded import by_models, coded_as

import rejoinder
from rejoinder import display
from rejoinder.corpus.codings import ADJUDICATED
from rejoinder.tables import adjudication, reliability, specification, stance


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


def test_a_model_beside_people_makes_no_dispute_settles_none_and_fills_no_gap(talk):
    people = {"A": ["agree", "agree", "silent", *[None] * 6], "B": ["agree", "mixed", *[None] * 7]}
    model = {"M": ["disagree", "agree", "agree", "agree", *[None] * 5]}
    both = by_models(coded_as(talk, **people, **model, **{ADJUDICATED: model["M"]}), "M", ADJUDICATED)
    assert list(adjudication.settled(both)["thesis"][:4]) == ["agree", "disputed", "silent", "uncoded"]
    assert not adjudication.evidence(both)["said"].str.contains("M").any()
    assert list(adjudication.settled(both, coder="M")["thesis"][:3]) == ["disagree", "agree", "agree"]
    assert "M alone" not in next(c for c in specification.CHOICES if c.name == "coder").options(both)
    assert not reliability.pairs(both).loc[("c01", "thesis"), "same"]
    alone = by_models(coded_as(talk, **model), "M")
    assert list(adjudication.settled(alone)["thesis"][:4]) == ["disagree", "agree", "agree", "agree"]


def test_words_in_a_line_that_quotes_another_can_decide_a_stance(tmp_path):
    words = "Cars should go. " * 60
    (tmp_path / "page.csv").write_text(f"id,author,text\n1,A,> {words}\n2,B,No.\n", encoding="utf-8")
    talk = rejoinder.load(tmp_path / "page.csv")
    book = pd.DataFrame({"by": ["readers"], "text": ["Cars should go."]}, index=["go"])
    spans = [(2, 16)], []
    rows = {"coder": "A", "comment_id": ["1", "2"], "item": "go", "value": "agree", "basis": "stated"}
    codings = pd.DataFrame(
        {**rows, "quote": "", "spans": spans, "note": "", "weight": 1.0, "kind": "person"}
    )
    book = dataclasses.replace(talk.codebook, statements=book.rename_axis("statement_id"))
    table = adjudication.evidence(dataclasses.replace(talk, codebook=book, codings=codings))
    assert [row.text[a:b] for row in table.itertuples() for a, b, _ in row.mark] == ["Cars should go"]


def test_the_words_that_decided_a_stance_are_marked_in_the_comment(talk):
    table = adjudication.evidence(talk)
    stances = talk.codings[talk.codings["item"].isin(talk.codebook.statements.index)]
    heard = stances[stances["value"] != "silent"]
    assert len(table) == len(heard.drop_duplicates(["comment_id", "item"]))
    assert {"article", "c01"} <= set(table["comment_id"])
    for row in table.itertuples():
        own = heard[(heard["item"] == row.item) & (heard["comment_id"] == row.comment_id)]
        marked = [row.text[a:b] for a, b, _ in row.mark]
        assert marked and all(one in talk.texts[row.comment_id] for one in marked)
        for one in own.itertuples():
            (said,) = [
                part for part in row.said.split("; ") if one.coder in part.split(": ")[0].split(", ")
            ]
            assert f": {one.value} {one.basis}".strip() in said


def test_a_stance_is_stated_only_if_every_coder_says_so(talk):
    values = {"A": ["agree", "agree", "implied agree", "agree"], "B": ["agree", *["implied agree"] * 3]}
    coded = coded_as(talk, **{name: own + [None] * 5 for name, own in values.items()})
    assert list(adjudication.evidence(coded)["basis"]) == ["stated", "implied", "implied", "implied"]
    stated = adjudication.settled(coded, basis="stated")["thesis"]
    assert list(stated[:4]) == ["agree", "disputed", "silent", "disputed"]
    assert list(adjudication.settled(coded)["thesis"][:4]) == ["agree"] * 4


def test_a_quotation_that_is_not_there_is_said_to_be_missing(talk):
    coded = coded_as(talk, A=["agree", *["silent"] * 8])
    lost = dataclasses.replace(coded, codings=coded.codings.assign(quote="never said"))
    assert "quotation not found" in adjudication.evidence(lost)["said"].iloc[0]
    assert "not found" not in adjudication.evidence(coded)["said"].iloc[0]


def test_the_article_is_a_voice_on_the_readers_statements_alone(talk):
    codings = talk.codings[talk.codings["comment_id"] == "article"]
    points = talk.codebook.points.index
    article = adjudication.settled(talk, of=points, article=True).loc["article"]
    assert list(article.index) == list(talk.codebook.points.index) and set(codings["item"]) == set(
        article.index
    )
    assert "article" not in adjudication.settled(talk).index
    assert "article" not in set(adjudication.independent(talk)["comment_id"])
    voices = stance.voices(talk).set_index(["statement_id", "voice"])["stance"]
    assert (voices.xs("article", level="voice")[talk.codebook.claims.index] == "agree").all()


def test_points_are_ordered_by_how_many_make_them_and_name_their_comments(talk):
    ids = list(talk.comments.index)
    one = coded_as(talk, item="r3", A=["agree", "implied agree", "disagree", *["silent"] * 6])
    two = coded_as(talk, item="r5", A=["agree", *["silent"] * 8])
    coded = dataclasses.replace(talk, codings=pd.concat([one.codings, two.codings]))
    points = stance.points(coded)
    assert list(points.index[:2]) == ["r3", "r5"]
    assert (points.loc["r3", "agree"], points.loc["r3", "disagree"]) == (ids[:2], [ids[2]])
    assert stance.points(coded, basis="stated").loc["r3", "agree"] == ids[:1]
    assert points.loc["r1", "agree"] == [] and points.loc["r1", "article"] == "uncoded"
    voices = stance.voices(coded).query("voice != 'article'")
    assert list(voices["statement_id"]) == ["r3"] * 3 + ["r5"]
    assert list(voices["voice"]) == [*ids[:3], ids[0]]
    assert list(voices["basis"]) == ["stated", "implied", "stated", "stated"]


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
    assert stance.voices(bare).empty and stance.points(bare).empty
    assert stance.counts(bare).empty and stance.sides(bare).empty
    assert (stance.thesis_stances(bare) == "uncoded").all()
    assert reliability.pairs(bare).empty and reliability.item_agreement(bare).empty
    assert reliability.disputes(bare).empty


def test_a_comment_is_quoted_once_with_all_its_stances(talk):
    found = adjudication.evidence(talk).query("item in @talk.codebook.claims.index")
    quoted, texts = adjudication.decisive(talk, found), talk.texts
    ids = [source.split(" – ")[0] for source in quoted["source"]]
    assert ids == [i for i in texts.index if i in set(found["comment_id"])]
    assert len(quoted) < len(found)
    for comment_id, row in zip(ids, quoted.itertuples(), strict=True):
        own = found[found["comment_id"] == comment_id]
        assert row.text in texts[comment_id]
        assert all(f"{one.item}: {one.stance} (" in row.source for one in own.itertuples())
        assert all(0 <= a < b <= len(row.text) for a, b, _ in row.mark)
        shown = " ".join(row.text[a:b] for a, b, _ in row.mark)
        assert all(one.text[a:b] in shown for one in own.itertuples() for a, b, _ in one.mark)
        assert display.quotes(quoted).html.count("<blockquote") == len(quoted)
