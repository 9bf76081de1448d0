from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import rejoinder
from rejoinder.corpus.codebook import Codebook
from rejoinder.evaluation import altered
from rejoinder.evaluation.moves import Alteration, tone_moves
from rejoinder.evaluation.robustness import (
    CAPITALS,
    COLUMNS,
    CURLY,
    LINKS,
    MEASURES,
    NAMES,
    PIN,
    QUOTATIONS,
    SENTENCES,
    SMILE,
    STANCE,
    STRAIGHT,
    THESIS,
    TONE,
    TOWARD,
    TYPING,
    in_words,
    robustness,
)
from rejoinder.measure import sentiment
from rejoinder.text import normalise

ALTERATIONS = [STRAIGHT, CURLY, CAPITALS, TYPING, SMILE, PIN, QUOTATIONS, NAMES]
ARTICLE = (
    "“Casinos should be banned,” says Ann. It’s wrong that they’re here.\nXi Jinping isn’t convinced.\n"
)
COMMENTS = [
    "Casinos aren’t a good idea.",
    "“I don’t like it,” says Ann. “Casinos are a disaster.” That’s true.",
    "Bo won’t agree: casinos’re fine, casinos are good.",
]


def table_of(talk):
    table = robustness(talk, rng=np.random.default_rng(1))
    return table.set_index(["measure", "alteration"])


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Makes a page of comments on casinos, with a codebook of three actors and two claims."""

    def page(*comments, article=ARTICLE):
        path = tmp_path_factory.mktemp("page") / "page.txt"
        path.write_text(article + "\nComments\n\n" + "\n\n".join(comments) + "\n", encoding="utf-8")
        talk = rejoinder.load(path)
        claims = pd.DataFrame(
            {
                "text": ["Casinos should be banned.", "Casinos are wrong."],
                "kind": "judgement",
                "quote": ["“Casinos should be banned,”", "It’s wrong"],
                "line": 1,
                "start": 0,
                "end": 10,
            },
            index=pd.Index(["thesis", "k1"], name="claim_id"),
        )
        actors = pd.DataFrame(
            {
                "name": ["Ann", "Xi", "the oligarchs"],
                "aliases": [("Ann",), ("Xi", "Xi Jinping"), ("the oligarchs", "tycoons")],
            },
            index=pd.Index(["ann", "xi", "rich"], name="actor_id"),
        )
        themes = pd.DataFrame(columns=["name", "pattern", "reason"])
        return replace(talk, codebook=Codebook("A", "person", None, claims, actors, themes, ()))

    return page


def with_straight_quotes(talk):
    raw = altered.straight_quotes(talk.raw).text

    def straight(table):
        text = [raw[a:b] for a, b in zip(table["start"], table["end"], strict=True)]
        return table.assign(text=text, normalised=list(map(normalise, text)))

    return replace(talk, raw=raw, article=straight(talk.article), comments=straight(talk.comments))


@pytest.fixture(scope="module")
def table(talk):
    return table_of(talk)


@pytest.fixture(scope="module")
def quoted(talk, page):
    """The tables of a page and of the first seed, with typographic quotes and with straight ones."""
    small = page(*COMMENTS)
    return {
        STRAIGHT: (table_of(talk), table_of(small)),
        CURLY: (table_of(with_straight_quotes(talk)), table_of(with_straight_quotes(small))),
    }


@pytest.mark.slow
def test_every_measure_is_tried_with_every_alteration(table):
    assert list(table.reset_index().columns) == list(COLUMNS)
    assert list(table.index) == [(measure, how) for measure in MEASURES for how in ALTERATIONS]
    seen = table.query("n > 0")
    assert (seen["median_move"] <= seen["largest_move"]).all()
    assert (table["changed"] <= table["answers"]).all()


@pytest.mark.slow
@pytest.mark.parametrize("quotes", [STRAIGHT, CURLY])
@pytest.mark.parametrize("measure", MEASURES)
def test_quotes_move_nothing(quoted, quotes, measure):
    for own in quoted[quotes]:
        row = own.loc[(measure, quotes)]
        assert row["n"] > 0
        assert row["largest_move"] == row["changed"] == 0
        assert measure != THESIS or row["spearman"] == pytest.approx(1, abs=1e-12)
    # Sides are named on the small page.
    assert measure != STANCE or row["answers"] > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "measure",
    [
        TONE,
        TOWARD,
        LINKS,
        STANCE,
        THESIS,
    ],
)
def test_names_swapped_move_nothing(table, measure):
    row = table.loc[(measure, NAMES)]
    assert row["n"] > 0
    assert row["largest_move"] == row["changed"] == 0


@pytest.mark.parametrize(
    ("comment", "measure", "alteration"),
    [
        ("They never found Xi good.", TONE, NAMES),
        ("Ann is not the oligarchs good friend.", TOWARD, NAMES),
        pytest.param(
            "This is a good plan for 2 towns.",
            TONE,
            CAPITALS,
            marks=pytest.mark.xfail(
                strict=True, reason="VADER takes a number for a word without capitals"
            ),
        ),
        ("„It’s a great place.“ The casinos were banned, it’s wrong.", LINKS, STRAIGHT),
    ],
)
def test_one_comment_keeps_its_scores(page, comment, measure, alteration):
    row = table_of(page(comment, "The rain is dry.")).loc[(measure, alteration)]
    assert row["n"] > 0
    assert row["largest_move"] == 0


def test_capitals_turn_no_tone_round(page):
    row = table_of(page("He admires Ann, but Xi is a liar.")).loc[(TOWARD, CAPITALS)]
    assert row["n"] == 4
    assert row["changed"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("measure", [TONE, TOWARD, LINKS, STANCE])
def test_an_emoji_that_no_lexicon_knows_moves_no_score(table, measure):
    row = table.loc[(measure, PIN)]
    assert row["n"] > 0
    assert row["largest_move"] == row["changed"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("measure", [THESIS, SENTENCES])
@pytest.mark.parametrize("emoji", [PIN, SMILE])
def test_an_emoji_leaves_the_order_of_sentences_and_their_number(table, measure, emoji):
    row = table.loc[(measure, emoji)]
    assert row["n"] > 0
    assert row["largest_move"] == 0


# What was found on the first seed, and room for half as much again or a little more. Typing errors: the
# widest of twelve draws.
BOUNDS = [
    # measure, alteration, median move, largest move, share of answers changed
    (TONE, CAPITALS, 0.01, 0.30, 0.07),
    (TONE, TYPING, 0.05, 1.3, 0.35),
    (TONE, SMILE, 0.33, 0.45, 0.55),
    (TONE, QUOTATIONS, 0.12, 0.75, 0.5),
    (TOWARD, CAPITALS, 0.01, 0.48, 0.10),
    (TOWARD, TYPING, 0.01, 1.1, 0.20),
    (TOWARD, SMILE, 0.33, 0.60, 0.85),
    (TOWARD, QUOTATIONS, 0.01, 0.35, 0.14),
    (LINKS, CAPITALS, 0.001, 0.16, 0),  # in capitals “US” is “us”
    (LINKS, TYPING, 0.005, 0.15, 0.38),
    (LINKS, SMILE, 0, 0, 0),
    (LINKS, QUOTATIONS, 0.003, 0.01, 0),
    (STANCE, CAPITALS, 0, 0, 0),
    (STANCE, TYPING, 0, 1, 0),
    (STANCE, SMILE, 0, 0, 0),
    (STANCE, QUOTATIONS, 0, 0, 0),
    (STANCE, NAMES, 0, 0, 0),
    (THESIS, CAPITALS, 0, 0, 0),
    (THESIS, TYPING, 3, 41, 1),
    (THESIS, QUOTATIONS, 1, 36, 0),
    (SENTENCES, CAPITALS, 0, 0, 0),
    (SENTENCES, TYPING, 0, 1, 0.07),
    (SENTENCES, QUOTATIONS, 0, 1, 0.17),
    (SENTENCES, NAMES, 0, 1, 0.07),
]


@pytest.mark.slow
@pytest.mark.parametrize(("measure", "alteration", "median", "largest", "share"), BOUNDS)
def test_no_measure_is_more_fragile_than_it_was(table, measure, alteration, median, largest, share):
    row = table.loc[(measure, alteration)]
    assert row["n"] > 0
    assert row["median_move"] <= median
    assert row["largest_move"] <= largest
    assert row["changed"] <= share * row["answers"]


@pytest.mark.slow
@pytest.mark.parametrize(("alteration", "least"), [(TYPING, 0.75), (QUOTATIONS, 0.9)])
def test_order_of_sentences_stays_much_the_same(table, alteration, least):
    assert least <= table.loc[(THESIS, alteration), "spearman"] < 1


@pytest.mark.slow
def test_a_smile_warms(talk):
    texts = talk.comments["text"]
    smiling = texts.map(lambda text: altered.with_emoji(text).text)
    before, after = (sentiment.score(own, mask=talk.mask)["polarity"] for own in (texts, smiling))
    assert (after > before.fillna(0)).all()


@pytest.mark.slow
def test_a_figure_leads_to_the_words_that_made_it(talk, table):
    for alteration in (CAPITALS, TYPING, QUOTATIONS):
        row = table.loc[(TONE, alteration)]
        texts = pd.Series([row["text"], row["altered"]])
        before, after = sentiment.score(texts, mask=talk.mask)["polarity"].fillna(0)
        assert abs(after - before) == row["largest_move"] > 0
        number = int(row["text_id"].removeprefix("line "))
        assert row["text"] == talk.paragraphs.set_index("line").loc[number, "text"]
    row = table.loc[(TOWARD, CAPITALS)]
    assert row["about"] in row["text"]
    assert row["altered"] == row["text"].upper()
    assert table.query("largest_move == 0")["text_id"].isna().all()


def test_what_is_left_alone_does_not_count(page):
    small = table_of(page("It’s bad.", "Good.", "A bad thing."))
    assert small.loc[(TONE, STRAIGHT), "n"] == 1 + 2  # and both paragraphs
    assert small.loc[(TONE, CURLY), "n"] == 0
    assert small.loc[(LINKS, STRAIGHT), "n"] == 2
    assert small.loc[(LINKS, STRAIGHT), "answers"] == 1
    assert small.loc[(TOWARD, STRAIGHT), "n"] == 2
    assert small.loc[(TOWARD, QUOTATIONS), "n"] == 1
    assert small.loc[(SENTENCES, NAMES), "n"] == 2  # both paragraphs


def test_unscored_counts_as_zero_and_as_another_class(page):
    found = tone_moves(page("Table.", "Good."))(Alteration(SMILE, altered.with_emoji))
    polarity = sentiment.score(pd.Series(["Table. 🙂"]))["polarity"][0]
    rows = found.table.set_index("text_id")
    assert rows.loc["c01", "move"] == polarity > 0
    assert found.answers[list(rows.index).index("c01")]
    assert not found.answers[list(rows.index).index("c02")]


def test_a_side_that_is_lost_is_a_step(page):
    small = page("“Casinos are a disaster.” So it goes.", "Rain.")
    row = table_of(small).loc[(STANCE, QUOTATIONS)]
    assert (row["n"], row["answers"], row["changed"], row["largest_move"]) == (2, 2, 2, 1)
    assert (row["text_id"], row["about"]) == ("c01", "thesis")


def test_mentions_that_are_taken_out_are_told(page):
    row = table_of(page("He says “Ann is bad” of Xi.")).loc[(TOWARD, QUOTATIONS)]
    assert row["n"] == 2  # Xi in the comment, Ann in the article
    assert row["note"] == "1 taken out with the words around them."


def test_a_page_without_codebook_says_what_is_missing(bare):
    own = table_of(bare)
    for measure in (TOWARD, LINKS, STANCE):
        rows = own.loc[measure]
        assert (rows["n"] == 0).all()
        assert rows[["median_move", "largest_move", "spearman"]].isna().all(axis=None)
        assert rows["note"].str.contains("codebook").all()
    assert own.loc[(TONE, CAPITALS), "n"] == 4
    assert own.loc[(TONE, NAMES), "n"] == 0
    assert own.loc[(TONE, NAMES), "note"]


def test_a_page_without_comments_is_measured_by_its_article(page):
    small = page("A.")
    own = table_of(replace(small, comments=small.comments[:0]))
    assert (own.loc[[LINKS, STANCE], "n"] == 0).all()
    assert own.loc[(TONE, CAPITALS), "n"] == 2
    assert own.loc[(TOWARD, CAPITALS), "n"] == 2
    assert own.loc[(THESIS, CAPITALS), "n"] == 3


@pytest.mark.slow
def test_the_rng_decides_the_typing_errors_only(page):
    small = page(*COMMENTS)
    first, again = table_of(small), table_of(small)
    pd.testing.assert_frame_equal(first, again)
    other = robustness(small, every=3, rng=np.random.default_rng(2)).set_index(first.index.names)
    pd.testing.assert_frame_equal(first.drop(TYPING, level=1), other.drop(TYPING, level=1))
    assert not first.xs(TYPING, level=1).equals(other.xs(TYPING, level=1))


@pytest.mark.slow
def test_each_row_is_said_in_a_sentence(table, bare):
    said = in_words(table.reset_index()).set_index(["measure", "alteration"])["said"]
    assert list(said.index) == list(table.index)
    row = table.loc[(TONE, CAPITALS)]
    assert said[TONE, CAPITALS] == (
        f"Upper case: the tone moves by {row['median_move']:.2f} (median of 30 texts), at most by "
        f"{row['largest_move']:.2f} ({row['text_id']}). Its class changes in {row['changed']} of 30."
    )
    assert said[LINKS, SMILE].startswith(
        "A smile appended: the likeness of comment and claim does not move at all (99 pairs)."
    )
    assert said[STANCE, CAPITALS].endswith("No side is named, before or after.")
    assert "Spearman correlation of 0." in said[THESIS, TYPING]
    assert "a sentence's place does not move at all (41 sentences)" in said[THESIS, NAMES]
    nothing = in_words(robustness(bare, rng=np.random.default_rng(1)))["said"]
    assert nothing.str.contains("nothing can be said. Nobody has written a codebook").sum() == 24
