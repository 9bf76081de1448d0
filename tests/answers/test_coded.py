"""What the answers of 06, 07 and 08 make of codings: every headline follows from the file."""

import csv
import dataclasses
import io
import math
import shutil
import time

import pandas as pd
import pytest

import rejoinder
from rejoinder import answers
from rejoinder.answers import accept, coded, feeling, machine, reliability
from rejoinder.corpus.codings import ADJUDICATED, no_codings, text_sha
from rejoinder.corpus.load import SEEDS

SEED = "000_b03053bac9951049"
QUESTIONS = (
    answers.do_readers_accept_the_thesis,
    answers.does_feeling_tell_agreement,
    answers.would_another_reader_code_it_the_same,
)


def uncoded(talk):
    return dataclasses.replace(talk, codings=no_codings())


def coded_as(talk, **coders):
    """`talk` with codings of the thesis only: for each coder a value per comment, None for no coding."""
    rows = [
        (coder, "person", i, "thesis", value, "", 1.0, text_sha(talk.comments.loc[i, "text"]))
        for coder, values in coders.items()
        for i, value in zip(talk.comments.index, values, strict=True)
        if value
    ]
    return dataclasses.replace(talk, codings=pd.DataFrame(rows, columns=no_codings().columns))


def changed_file(folder, coder, comment, item, value):
    """The first seed, copied to `folder`, with one value of its codings file changed."""
    shutil.copy(SEEDS / f"{SEED}.txt", folder / "page.txt")
    shutil.copytree(SEEDS / SEED, folder / "page", dirs_exist_ok=True)
    path = folder / "page" / "codings.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    for row in rows:
        if (row[0], row[2], row[3]) == (coder, comment, item):
            row[4] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return rejoinder.load(folder / "page.txt")


@pytest.mark.slow
def test_changing_one_coding_in_the_file_changes_every_headline_on_codings(talk, tmp_path):
    other = changed_file(tmp_path, "A", "c04", "thesis", "disagree")
    for question in QUESTIONS:
        assert question(other).short != question(talk).short
    assert answers.in_a_nutshell(other) != answers.in_a_nutshell(talk)


def test_every_answer_from_codings_says_who_coded_and_of_what_kind(talk):
    for question in QUESTIONS:
        sure = question(talk).sure
        assert all(f"{coder} (a " in sure for coder in talk.codings["coder"].unique())
        assert "language model" in sure


def test_what_all_coders_say_is_settled_and_what_they_see_differently_disputed(talk):
    two = coded_as(talk, A=["agree", "agree", "silent", None, "mixed", "agree", *[None] * 3],
                   B=["agree", "silent", "silent", None, None, "mixed", *[None] * 3])  # fmt: skip
    thesis = answers.settled(two)["thesis"]
    assert list(thesis[:6]) == ["agree", "seen by some", "silent", "uncoded", "mixed", "disputed"]
    assert answers.do_readers_accept_the_thesis(two).short.count("1 in which only some coders") == 1


def test_an_adjudicated_value_settles_a_dispute_and_is_no_third_coder(talk):
    values = {"A": ["agree", *["silent"] * 8], "B": ["disagree", *["silent"] * 8]}
    three = coded_as(talk, **values, **{ADJUDICATED: ["disagree", *[None] * 8]})
    assert answers.settled(three)["thesis"].iloc[0] == "disagree"
    assert set(reliability.paired(three).columns) == {"A", "B", "same"}
    assert list(answers.coders(three).index) == ["A", "B", ADJUDICATED]
    assert "1 dispute settled afterwards by a person" in answers.who_coded(three)


def test_silence_is_never_agreement(talk):
    silent = coded_as(talk, A=["silent"] * 9)
    short = answers.do_readers_accept_the_thesis(silent).short
    assert "0 of 9 comments (0.00, 95 % 0.00–0.46) agree with the thesis" in short
    assert "9 silent" in short
    assert short.startswith("Can't tell")


def test_what_nobody_coded_is_not_in_the_denominator(talk):
    some = coded_as(talk, A=["agree", "agree", "disagree", *[None] * 6])
    row = answers.claim_stances(some).loc["thesis"]
    assert (row["agree"].count, row["agree"].n, row["uncoded"]) == (2, 3, 6)
    assert "6 uncoded" in answers.do_readers_accept_the_thesis(some).short


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        (["agree"] * 9, "accepted by those who take a side"),
        (["disagree"] * 9, "rejected by those who take a side"),
        (["agree"] * 4 + ["silent"] * 5, "can't tell"),
        (["agree"] * 5 + ["disagree"] * 4, "can't tell"),
        (["mixed"] * 9, "can't tell"),
        (["agree"] + ["silent"] * 8, "can't tell"),
    ],
)
def test_the_verdict_needs_an_interval_beyond_one_half(talk, values, verdict):
    assert accept.verdict(coded_as(talk, A=values)) == verdict


def test_facts_forecasts_and_judgements_are_counted_apart(talk):
    table = answers.kind_stances(talk)
    assert list(table.index) == ["fact", "forecast", "judgement"]
    assert table["claims"].sum() == len(talk.codebook.claims) - 1
    for kind in table.index:
        claims = talk.codebook.claims.drop("thesis").query("kind == @kind").index
        own = answers.settled(talk)[list(claims)]
        assert table.loc[kind, "agree"].count == (own == "agree").any(axis=1).sum()


def test_who_shares_a_forecast_and_rejects_a_judgement_is_named(talk):
    # The thesis is a forecast.
    assert answers.kinds_apart(talk) == "c04: agree with a forecast, disagree with a judgement."
    rows = [
        ("A", "person", "c03", item, value, "", 1.0, "")
        for item, value in (("k4", "agree"), ("k1", "agree"))
    ]
    other = dataclasses.replace(talk, codings=pd.DataFrame(rows, columns=no_codings().columns))
    assert answers.kinds_apart(other).startswith("No comment shares a forecast")


def test_the_words_that_decided_a_coding_are_marked_in_the_comment(talk):
    table = answers.telling_words(talk)
    spoken = answers.settled(talk)[list(talk.codebook.claims.index)] != "silent"
    assert len(table) == spoken.sum().sum()
    row = table[(table["claim"] == "k7") & (table["stance"] == "disagree")].iloc[0]
    marked = [row["text"][a:b] for a, b, _ in row["mark"]]
    assert "for many Continentals Russian are Europeans" in marked
    assert row["source"].startswith("k7, disagree: c01, line 27. A: disagree; B: disagree")


def test_a_note_that_quotes_nothing_gives_the_whole_comment(talk):
    one = coded_as(talk, A=["agree", *["silent"] * 8])
    row = answers.telling_words(one).iloc[0]
    assert row["text"] == talk.comments["text"].iloc[0]
    assert row["mark"] == []


def test_other_choices_give_each_coder_and_each_way_to_settle_disputes(talk):
    table = answers.thesis_by_choice(talk).set_index("choice")
    assert {"A alone", "B alone"} <= set(table.index)
    open_ = answers.settled(talk)["thesis"].isin(["disputed", "seen by some"]).sum()
    agree = table.loc["what all coders say", "agree"].count
    bound = table.loc["bound: all that coders see differently is called agree", "agree"]
    assert bound.count == agree + open_ > agree


def test_agreement_of_coders_is_counted_on_what_two_coded(talk):
    one = coded_as(talk, A=["agree"] * 9)
    assert reliability.paired(one).empty
    assert "Only A coded" in answers.would_another_reader_code_it_the_same(one).short
    two = coded_as(talk, A=["agree"] * 9, B=["agree"] * 3 + ["silent"] * 2 + [None] * 4)
    assert list(reliability.paired(two)["same"]) == [True] * 3 + [False] * 2
    row = answers.item_agreement(two).loc["thesis"]
    assert (row["same"].count, row["same"].n) == (3, 5)


def test_alpha_is_undefined_in_words_where_everybody_gives_one_value(talk):
    same = coded_as(talk, A=["silent"] * 9, B=["silent"] * 9)
    row = answers.item_agreement(same).loc["thesis"]
    assert math.isnan(row["alpha"].value)
    assert str(row["alpha"]) == "undefined (n = 9)"
    assert row["note"].startswith("undefined: ")


def test_disputes_stand_side_by_side_with_both_notes(talk):
    table = answers.disputes(talk)
    assert len(table) == (~reliability.paired(talk)["same"]).sum()
    by_cell = talk.codings.set_index(["comment_id", "item", "coder"])
    for _, row in table.iterrows():
        for coder in ("A", "B"):
            own = by_cell.loc[(row["comment_id"], row["item"], coder)]
            assert row[coder].startswith(f"{own['value']}. ")
            assert own["note"] in row[coder]
    assert set(answers.disputed_comments(talk)["text"]) == set(table["text"])


def test_a_tone_of_the_other_sign_than_the_stance_is_parted(talk):
    tone = answers.tones(talk)["polarity"]
    agrees = coded_as(talk, A=["agree"] * 9)
    assert feeling.sign_matches(agrees).count == (tone > 0).sum()
    assert feeling.sign_matches(coded_as(talk, A=["disagree"] * 9)).count == (tone < 0).sum()
    cold = tone.index[~(tone > 0)]
    both = dataclasses.replace(
        talk, codings=pd.concat([agrees.codings, agrees.codings.assign(item="k1", value="disagree")])
    )
    assert feeling.sign_matches(both).n == 0
    assert (answers.sides(both)["side"] == "both").all()
    assert [s.split(",")[0] for s in answers.parted_comments(agrees)["source"]] == list(cold)


def test_textblob_is_held_against_the_tone_that_coders_read(talk):
    coded_tone = answers.settled(talk)["tone"]
    cold = coded_tone.index[coded_tone == "negative"]
    right = answers.tone_methods(talk).loc["TextBlob", "right"]
    assert right.n == coded_tone.isin(["negative", "positive"]).sum()
    assert right.count == (answers.tones(talk).loc[cold, "textblob"] < 0).sum()
    missed = {source.split(",")[0] for source in answers.misread_comments(talk)["source"]}
    assert len(missed) == right.n - right.count


@pytest.mark.parametrize("question", QUESTIONS)
def test_without_codings_the_answer_is_cannot_tell_and_a_blank_sheet_is_there(bare, question):
    short = question(bare).short
    assert "an't tell" in short
    assert "sheets/page.csv" in short
    path = rejoinder.coding.sheet_path(bare)
    assert path.exists()
    before = path.read_bytes()
    question(bare)
    assert path.read_bytes() == before


def test_every_table_is_there_without_codings_and_without_codebook(talk, bare):
    for discussion in (uncoded(talk), bare):
        for make in (
            answers.coders,
            answers.claim_stances,
            answers.kind_stances,
            answers.telling_words,
            answers.stance_cells,
            answers.thesis_by_choice,
            answers.tone_beside_stance,
            answers.sides,
            answers.parted_comments,
            answers.tone_methods,
            answers.misread_comments,
            answers.feeling_choices,
            answers.item_agreement,
            answers.disputes,
            answers.disputed_comments,
            answers.alpha_choices,
            answers.nearest_claims,
        ):
            assert isinstance(make(discussion), pd.DataFrame)
        for tell in (
            answers.kinds_apart,
            answers.machine_stance,
            answers.nearest_right,
            answers.who_coded,
            answers.same_kind,
            answers.so_few,
            answers.dispute_kinds,
            answers.mistaken,
            answers.cold_as_read,
            answers.sides_sure,
        ):
            assert tell(discussion).endswith((".", ")"))


def test_the_machine_never_answers_for_the_coders(talk):
    assert (machine.machine_stances(uncoded(talk)).isin(["agree", "disagree", "unclear"])).all(axis=None)
    assert answers.settled(uncoded(talk)).eq(coded.UNCODED).all(axis=None)


def test_who_hears_a_stance_where_another_hears_none_is_counted(talk):
    two = coded_as(talk, A=["agree", "mixed", *["silent"] * 7], B=["silent"] * 9)
    told = answers.dispute_kinds(two)
    assert "Disputes over stance: 2; 2 about whether" in told
    assert "it is A in 2 and B in 0" in told


@pytest.mark.parametrize(
    ("other", "verdict"),
    [(["agree", "disagree"] * 4 + ["agree"], "Can't tell"), (["silent"] * 9, "Not reliably")],
)
def test_the_verdict_on_agreement_needs_an_interval_beyond_the_bound(talk, other, verdict):
    two = coded_as(talk, A=["agree", "disagree"] * 4 + ["agree"], B=other)
    assert answers.would_another_reader_code_it_the_same(two).short.startswith(verdict)


def test_a_machine_that_says_none_is_not_credited_with_the_coders_claims(talk):
    table = answers.nearest_claims(talk)
    named = table[table["nearest"] != "none"]
    hits = sum(row["nearest"] in row["coded"] for _, row in named.iterrows())
    told = answers.nearest_right(talk)
    assert f"one that the coders name too in {hits} of {len(named)} (" in told
    silent = table["coded"].map(len) == 0
    none = (table["nearest"] == "none") & silent
    assert f"it says none in {none.sum()} of {silent.sum()} (" in told


def test_an_adjudication_overrules_nobody_who_agrees(talk):
    agree = {"A": ["agree"] * 9, "B": ["agree"] * 9}
    three = coded_as(talk, **agree, **{ADJUDICATED: ["disagree", *[None] * 8]})
    assert answers.settled(three)["thesis"].iloc[0] == "agree"
    assert "0 disputes settled" in answers.who_coded(three)


def test_adjudication_alone_is_no_coding(talk):
    alone = coded_as(talk, **{ADJUDICATED: ["agree"] * 9})
    assert (answers.settled(alone)["thesis"] == "uncoded").all()


def test_coders_of_different_comments_are_told_apart(talk):
    two = coded_as(talk, A=["agree"] * 4 + [None] * 5, B=[None] * 4 + ["agree"] * 5)
    assert "A (a person) 4 and B (a person) 5" in answers.who_coded(two)
    assert "No comment was coded by two" in answers.would_another_reader_code_it_the_same(two).short


def test_what_was_not_coded_is_not_called_silent_or_unanswered(talk):
    thesis = coded_as(talk, A=["agree"] * 9)
    assert "The claims beside the thesis were not coded." in answers.claims_met(thesis)
    claim = dataclasses.replace(thesis, codings=thesis.codings.assign(item="k1"))
    short = answers.do_readers_accept_the_thesis(claim).short
    assert short.startswith("Can't tell: stance to the thesis was not coded. Of 1 coded claim, 1 find")


def test_a_comment_without_a_word_is_near_to_no_claim_and_breaks_nothing(tmp_path):
    path = tmp_path / "page.txt"
    shutil.copytree(SEEDS / SEED, tmp_path / "page", ignore=shutil.ignore_patterns("c*s.csv", "layout*"))
    raw = (SEEDS / f"{SEED}.txt").read_text(encoding="utf-8")
    article = raw[: raw.index("\n\n\nMacron")]
    path.write_text(f"{article}\n\nComments\n\n!!!\n\nA deal divides Russia.\n", encoding="utf-8")
    coded_page = coded_as(rejoinder.load(path), A=["silent", "disagree"])
    assert answers.nearest_right(coded_page).endswith(".")


def test_long_lists_are_cut(talk):
    names = [f"c{i}" for i in range(100)]
    assert answers.answer.some(names) == "c0, c1, c2, c3, c4 and 95 more"
    assert answers.answer.some(names[:2]) == "c0 and c1"


@pytest.mark.slow
def test_thousands_of_comments_are_summed_up_in_seconds(tmp_path):
    path, n = tmp_path / "page.txt", 3_000
    comments = "\n\n".join(f"Comment number {i} says that it rains." for i in range(n))
    raw = (SEEDS / f"{SEED}.txt").read_text(encoding="utf-8")
    path.write_text(f"{raw[: raw.index(chr(10) * 3)]}\n\nComments\n\n{comments}\n", encoding="utf-8")
    shutil.copytree(SEEDS / SEED, tmp_path / "page", ignore=shutil.ignore_patterns("c*s.csv", "layout*"))
    talk = rejoinder.load(path)
    codings = pd.DataFrame(
        [
            (coder, "person", i, item, ("agree", "silent", "disagree")[(at + len(item)) % 3], "", 1.0, "")
            for coder in ("A", "B")
            for at, i in enumerate(talk.comments.index)
            for item in talk.codebook.claims.index
        ],
        columns=no_codings().columns,
    )
    many = dataclasses.replace(talk, codings=codings)
    began = time.perf_counter()
    assert len(answers.stance_cells(many)) == n * 11
    answers.do_readers_accept_the_thesis(many)
    words = answers.telling_words(many)
    assert len(words) <= 11 * 2 * 5
    assert words["source"].str.contains("more are not quoted").any()
    assert time.perf_counter() - began < 20
