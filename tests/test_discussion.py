"""The record of article and comments: exact offsets, threads, readings, and what it shows of itself."""

import dataclasses
import hashlib

import numpy as np
import pandas as pd
import pytest
from markup import tags

import rejoinder
from rejoinder.corpus.raw import seeds_folder
from rejoinder.discussion import STALE_COLUMNS
from rejoinder.errors import LayoutError

HOSTILE = '<script>owned()</script> <img src=x onerror="owned()"> \u202eevil\x1b[31m\n'


def with_columns(talk, **columns):
    return dataclasses.replace(talk, comments=talk.comments.assign(**columns))


def test_offsets_are_exact_and_cover_all_text(talk):
    data = (seeds_folder() / f"{talk.seed}.txt").read_bytes()
    assert (talk.raw, talk.source.sha256) == (data.decode(), hashlib.sha256(data).hexdigest())
    left = np.array(list(talk.raw))
    statements = talk.codebook.statements.rename(columns={"text": "short", "quote": "text"})
    for table in (talk.article, talk.comments, talk.comment_sentences, statements):
        spans = list(zip(table["start"], table["end"], strict=True))
        assert [talk.raw[a:b] for a, b in spans] == list(table["text"])
        for a, b in spans:
            left[a:b] = " "
        if "normalised" in table:
            assert list(table["normalised"].str.len()) == list(table["text"].str.len())
            assert not table["normalised"].str.contains("[“”’]").any()
    assert not "".join(left).strip()
    assert list(talk.texts.index) == [*talk.comments.index, "article"]
    assert (talk.texts["article"][:7], talk.texts["article"][-10:]) == ("Reports", "interests.")
    # a paragraph per line of the body; the heading in line 15 has no number
    assert list(talk.paragraphs.index) == list(range(1, 22))
    assert list(talk.paragraphs["line"]) == [n for n in range(1, 23) if n != 15]


def test_seed_has_nine_voices_in_fifteen_lines_and_three_replies(talk):
    lines = talk.as_read("lines").comments
    assert (len(talk.comments), len(lines)) == (9, 15)
    assert "".join(talk.comments["text"]).replace("\n", "") == "".join(lines["text"])
    assert dict(talk.comments["reply_to"].dropna()) == {"c06": "c05", "c07": "c06", "c09": "c08"}
    assert lines[["reply_to", "author", "posted_at"]].isna().all(axis=None)


def test_as_read_is_the_discussion_loaded_in_that_reading(talk):
    for reading in talk.readings.index:
        other, loaded = talk.as_read(reading), rejoinder.load(talk.seed, reading=reading)
        assert other.reading == loaded.reading == reading
        pd.testing.assert_frame_equal(other.comments, loaded.comments)
        pd.testing.assert_frame_equal(other.codings, loaded.codings)
        assert list(other.comment_sentences["text"]) == list(loaded.comment_sentences["text"])
    assert talk.as_read(talk.reading) is talk
    with pytest.raises(LayoutError, match="nobody"):
        talk.as_read("nobody")


def test_thread_is_named_for_its_first_comment(talk):
    first = {"c06": "c05", "c07": "c05", "c09": "c08"}
    assert dict(talk.threads) == {i: first.get(i, i) for i in talk.comments.index}
    circle = with_columns(talk, reply_to=["c02", "c03", "c01", *[None] * 6]).threads
    assert set(circle) <= set(talk.comments.index)


def test_clusters_are_threads_and_known_authors(talk):
    assert list(talk.clusters.columns) == ["thread"]
    assert talk.clusters["thread"].equals(talk.threads.rename("thread"))
    clusters = with_columns(talk, author=["x"] * 4 + [None] * 5).clusters
    assert (list(clusters.columns), clusters["author"].isna().sum()) == (["thread", "author"], 5)
    assert list(clusters.index) == list(talk.comments.index)


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
    lines = plain.as_read("lines").comments
    spans = zip(lines["start"], lines["end"], strict=True)
    assert [plain.raw[a:b] for a, b in spans] == list(lines["text"])


@pytest.mark.parametrize("name", ["talk", "bare"])
def test_summary_is_short_and_counts_what_there_is(name, request):
    talk = request.getfixturevalue(name)
    for shown in (repr(talk), talk._repr_html_()):
        assert str(len(talk.comments)) in shown
        assert talk.reading in shown
        assert talk.raw[:200] not in shown
    assert len(repr(talk).splitlines()) < 25
    assert "color" not in talk._repr_html_()  # pages may be dark


HOSTILE_FIELDS = {
    "seed": lambda talk: {"seed": HOSTILE},
    "source": lambda talk: {"source": dataclasses.replace(talk.source, path=HOSTILE, unknown=(HOSTILE,))},
    "guesses": lambda talk: {"guesses": (HOSTILE,)},
    "reading": lambda talk: {"reading": HOSTILE},
    "readings": lambda talk: {"readings": talk.readings.rename(index=lambda name: HOSTILE + name)},
    "codings": lambda talk: {"codings": talk.codings.assign(coder=HOSTILE, kind=HOSTILE)},
    "stale": lambda talk: {"stale": pd.DataFrame([[HOSTILE] * 4], columns=STALE_COLUMNS)},
    "codebook": lambda talk: {"codebook": dataclasses.replace(talk.codebook, analyst=HOSTILE)},
}


@pytest.mark.parametrize("field", HOSTILE_FIELDS.values(), ids=HOSTILE_FIELDS)
def test_hostile_text_in_a_summary_stays_text(talk, field):
    shown = dataclasses.replace(talk, **field(talk))
    html = shown._repr_html_()
    assert "owned" in html
    assert {tag for tag, _ in tags(html)} <= {"div", "table", "thead", "tbody", "tr", "th", "td", "br"}
    names = {"class", "style", "scope", "dir", "role", "aria-label", "tabindex"}
    assert {name for _, own in tags(html) for name in own} <= names
    for form in (html, repr(shown), repr(shown.codebook)):
        assert not set(form) & set("\u202e\x1b")
