"""What stands on either side: claims, voices, themes, tone, actors."""

from itertools import pairwise

import pandas as pd
import pytest

from rejoinder.measure import sentiment, themes
from rejoinder.tables import claims, target_sentiment, threads, tone, topics


def test_claims_stand_where_the_article_quotes_them(talk):
    table = claims.places(talk)
    assert table.index[0] == "thesis"
    assert table["place"].between(0, 1).all()
    by_start = talk.codebook.claims["start"].sort_values().index
    assert table["place"][by_start].is_monotonic_increasing
    assert claims.thesis_quotation(talk)["text"].iloc[0] in talk.raw


def test_candidates_are_all_sentences_and_the_coded_one_is_known(talk, bare):
    table = claims.thesis_candidates(talk)
    assert len(table) == (talk.article["role"] == "body").sum()
    assert table["rank"].is_monotonic_decreasing
    end = talk.codebook.claims.loc["thesis", "end"]
    assert all(talk.article.loc[i, "start"] < end for i in table.index[table["coded"]])
    assert table["coded"].any()
    assert not claims.thesis_candidates(bare)["coded"].any()


def test_an_answer_lies_one_deeper_than_what_it_answers(talk):
    table = threads.voices(talk)
    replies = table[table["reply_to"].notna()]
    assert len(replies)
    assert (replies["depth"] == table["depth"][replies["reply_to"]].to_numpy() + 1).all()
    assert (replies["thread"] == table["thread"][replies["reply_to"]].to_numpy()).all()


def test_shares_count_paragraphs_and_comments(talk):
    table = topics.shares(talk, talk.codebook.themes)
    presence = themes.presence(talk.comments["text"], talk.codebook.themes)
    for theme, row in table.iterrows():
        assert (row["readers"].count, row["readers"].n) == (presence[theme].sum(), len(talk.comments))
        assert row["author"].n == len(talk.paragraphs)
        both = row["author"].count > 0, row["readers"].count > 0
        names = {"both": (True, True), "author": (True, False), "readers": (False, True)}
        assert names.get(row["raised_by"], (False, False)) == both
    assert [one.count for one in table["readers"]] == sorted(
        [one.count for one in table["readers"]], reverse=True
    )


def test_sentences_hold_what_is_marked(talk):
    table = topics.sentences(talk, talk.codebook.themes)
    patterns = talk.codebook.themes["pattern"]
    for row in table.itertuples():
        for start, end, _ in row.mark:
            found = themes.mentions(pd.Series([row.text]), talk.codebook.themes.loc[[row.id]])
            assert row.text[start:end] in set(found["match"]), patterns[row.id]


def test_a_side_without_patterns_gives_no_rows(bare):
    assert topics.shares(bare, bare.codebook.themes).empty
    assert topics.sentences(bare, bare.codebook.themes).empty
    assert target_sentiment.mentions(bare).empty
    assert target_sentiment.means(bare, target_sentiment.mentions(bare)).empty
    assert claims.places(bare).empty


def test_a_name_repeated_in_a_comment_counts_once(talk):
    found = target_sentiment.mentions(talk)
    table = target_sentiment.means(talk, found)
    for actor, row in table.iterrows():
        own = found[(found["actor_id"] == actor) & (found["side"] == "readers")]
        assert row["readers"].n == own.dropna(subset="tone")["unit"].nunique()
        assert row["named_by_readers"] == len(own)
        per_comment = own.groupby("unit")["tone"].mean().dropna()
        if len(per_comment):
            assert row["readers"].value == pytest.approx(per_comment.mean())


def test_marks_do_not_overlap_and_lie_on_scored_words():
    text = "A truly awful plan, and a wonderful, wonderful disaster."
    words = sentiment.score(pd.Series([text]))["words"].iloc[0]
    marks = tone.marks(words)
    assert marks and all(a[1] <= b[0] for a, b in pairwise(marks))
    kinds = {text[start:end].lower(): kind for start, end, kind in marks}
    assert kinds["wonderful"] == "positive" and "negative" in kinds.values()
    strongest = tone.strongest(words, most=2, sign=-1)
    assert "−" in strongest and "+" not in strongest
    assert tone.strongest(()) == ""
