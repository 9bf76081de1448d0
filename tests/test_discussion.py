import dataclasses
import hashlib
from pathlib import Path

import pandas as pd
import pytest

import rejoinder
from rejoinder.corpus.load import SEEDS
from rejoinder.errors import LayoutError

SEED = "000_b03053bac9951049"


@pytest.fixture(scope="module")
def talk():
    return rejoinder.load(SEED)


def test_the_raw_text_is_the_file(talk):
    data = (SEEDS / f"{SEED}.txt").read_bytes()
    assert talk.raw == data.decode()
    assert talk.source.sha256 == hashlib.sha256(data).hexdigest()
    assert talk.source.path == f"seeds/{SEED}.txt"


def test_every_offset_of_the_seed_is_exact(talk):
    claims = talk.codebook.claims.rename(columns={"text": "short", "quote": "text"})
    for table in (talk.article, talk.comments, talk.comment_sentences, claims):
        found = [talk.raw[a:b] for a, b in zip(table["start"], table["end"], strict=True)]
        assert found == list(table["text"])
        assert len(found)


def test_all_text_of_the_seed_is_in_a_sentence_of_article_or_comment(talk):
    left = list(talk.raw)
    for table in (talk.article, talk.comment_sentences):
        for start, end in zip(table["start"], table["end"], strict=True):
            left[start:end] = " " * (end - start)
    assert not "".join(left).strip()


def test_nine_voices_in_fifteen_lines(talk):
    assert len(talk.comments) == 9
    lines = rejoinder.load(SEED, reading="lines")
    assert len(lines.comments) == 15
    assert lines.comments["reply_to"].isna().all()
    assert "".join(talk.comments["text"]).replace("\n", "") == "".join(lines.comments["text"])


def test_the_seed_replies_are_those_of_the_layout(talk):
    replies = talk.comments["reply_to"].dropna()
    assert dict(replies) == {"c06": "c05", "c07": "c06", "c09": "c08"}
    assert set(talk.comments.loc[replies.index, "reply_certainty"]) <= {"certain", "likely", "possible"}


def test_unknown_is_na(talk):
    assert talk.comments["author"].isna().all()
    assert talk.comments["posted_at"].isna().all()
    assert "title of the article" in talk.source.unknown


def test_a_path_gives_what_the_id_gives(talk):
    by_path = rejoinder.load(SEEDS / f"{SEED}.txt")
    assert by_path.source == talk.source
    assert by_path.comments.equals(talk.comments)


def test_a_discussion_is_frozen(talk):
    with pytest.raises(dataclasses.FrozenInstanceError):
        talk.seed = "other"


def test_normalised_text_has_the_length_of_the_raw(talk):
    for table in (talk.article, talk.comments, talk.comment_sentences):
        assert list(table["normalised"].str.len()) == list(table["text"].str.len())
        assert not table["normalised"].str.contains("[“”’]").any()


def test_a_file_without_an_ending_loads(tmp_path: Path):
    path = tmp_path / "page"
    path.write_text("An article of one sentence.\n\n\nA comment.\n", encoding="utf-8")
    assert list(rejoinder.load(path).comments["text"]) == ["A comment."]


def test_a_thread_begins_with_the_comment_that_answers_nobody(talk):
    assert talk.threads["c07"] == "c05"  # which answers c06, which answers c05
    assert (
        talk.threads[talk.comments["reply_to"].isna()]
        == talk.comments.index[talk.comments["reply_to"].isna()]
    ).all()
    assert list(talk.threads.index) == list(talk.comments.index)


def test_threads_end_where_replies_go_in_a_circle(talk):
    circle = talk.comments.assign(reply_to=None)
    circle.loc["c01", "reply_to"], circle.loc["c02", "reply_to"] = "c02", "c01"
    threads = dataclasses.replace(talk, comments=circle).threads
    assert set(threads) <= set(talk.comments.index)


def test_as_read_is_the_discussion_loaded_in_that_reading(talk):
    for reading in talk.readings.index:
        other, loaded = talk.as_read(reading), rejoinder.load(SEED, reading=reading)
        assert other.reading == reading
        pd.testing.assert_frame_equal(other.comments, loaded.comments)
        pd.testing.assert_frame_equal(other.codings, loaded.codings)
        assert list(other.comment_sentences["text"]) == list(loaded.comment_sentences["text"])
    assert talk.as_read(talk.reading) is talk
    with pytest.raises(LayoutError, match="has no reading 'nobody'"):
        talk.as_read("nobody")
    assert list(talk.as_read("lines").codings.columns) == list(talk.codings.columns)


def test_without_quotations_every_offset_holds(talk):
    plain = talk.without_quotations
    assert len(plain.raw) == len(talk.raw)
    for name in ("article", "comments"):
        before, after = getattr(talk, name), getattr(plain, name)
        assert (after["text"].map(len) == before["text"].map(len)).all()
        assert (after.dtypes == before.dtypes).all()
    assert "civilize" in talk.comments.loc["c01", "text"]
    assert "civilize" not in plain.comments.loc["c01", "text"]
    assert "civilize" not in " ".join(plain.comment_sentences["text"])
    assert "un-unite" not in " ".join(plain.paragraphs["text"])
    assert plain.without_quotations.raw == plain.raw
    lines = plain.as_read("lines").comments
    assert [plain.raw[a:b] for a, b in zip(lines["start"], lines["end"], strict=True)] == list(
        lines["text"]
    )
