"""Long and monotonous texts: no function takes a time that grows with the square of their length."""

import time
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest

import rejoinder
from hostile.payloads import MOUNTAINS
from rejoinder import display, plots, text
from rejoinder.corpus.layout import read_layout
from rejoinder.corpus.pasted_page import guess_layout
from rejoinder.corpus.raw import read_raw
from rejoinder.html import visible
from rejoinder.measure import (
    claim_matching,
    keyness,
    sentiment,
    target_sentiment,
    themes,
    thesis,
)

# Of the processor, for what takes up to ten; with the square of the length it would be minutes.
SECONDS = 30
HEIGHT, LOW = 100_000, 25_000  # letters; ten megabytes of spaces are read below
ARTICLE = "An article that argues at some length, so that nobody takes it for a heading.\n"
EDGE = "\n\nComments\n\n"

pytestmark = pytest.mark.slow


@pytest.fixture
def in_time():
    """Fails a test that takes longer than SECONDS, when it is done."""
    began = time.process_time()
    yield
    assert time.process_time() - began < SECONDS


def one(text):
    return pd.Series([text], index=["c01"])


MEASURES = {
    "sentences": lambda said, book: [text.sentences(said), text.sentences(said, wrapped=True)],
    "tokens": lambda said, book: [text.tokens(said), text.QUOTATION.findall(said)],
    "sentiment": lambda said, book: sentiment.score(one(said), mask=book.mask),
    "themes": lambda said, book: themes.mentions(one(said), book.themes),
    "actors": lambda said, book: themes.mentions(one(said), themes.from_names(book.actors)),
    "toward": lambda said, book: target_sentiment.score([f"Trump {said} Trump"], [0], [5]),
    "thesis": lambda said, book: thesis.rank([said, "It should be."], paragraphs=[1, 2]),
    "claims": lambda said, book: claim_matching.similarity([said], ["Russia is good."]),
    "keyness": lambda said, book: keyness.compare(
        [said, "a b"], ["c d", "a d e"], rng=np.random.default_rng(0)
    ),
    "page": lambda said, book: [display.quote(said, said), display.table(pd.DataFrame({said: [said]}))],
    "figure": lambda said, book: [plots.drawable(said), plots.drawable(said, letters=40), visible(said)],
}


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_a_mountain_is_measured(talk, measure):  # which would take hours if time grew with the square
    for said in MOUNTAINS.values():
        measure(said[:LOW], talk.codebook)


def write(folder, said):
    path = folder / "page.txt"
    path.write_text(said, encoding="utf-8")
    return path


def test_a_pasted_mountain_is_read_in_time(tmp_path, in_time):
    for said in MOUNTAINS.values():
        rejoinder.load(write(tmp_path, f"{ARTICLE}{EDGE}{said}\n\nNo.\n"))
        rejoinder.load(write(tmp_path, f"{said}\n{ARTICLE}{EDGE}No.\n\nYes.\n"))


@pytest.mark.parametrize(
    "line",
    [
        "all" + " " * HEIGHT + "x",
        "comments" + "!" * HEIGHT + "x",
        "readers'" + "s " * HEIGHT + "comments",
        "1" * HEIGHT + " comments ?",
        " " * HEIGHT + "comments" + "-" * HEIGHT + "1" + "-" * HEIGHT + "x",
    ],
    ids=["all", "comments", "readers", "number", "dashes"],
)
def test_a_long_line_that_nearly_announces_comments_is_told_in_time(tmp_path, line, in_time):
    layout = guess_layout(
        read_raw(write(tmp_path, f"{ARTICLE}{EDGE}{line}\n\nNo.\n"), name="p"), folder="p"
    )
    assert [comment.first for comment in layout.readings["rules"]] == [6, 8]


def test_forty_thousand_comments_are_laid_out_in_time(tmp_path, in_time):
    n = 40_000
    path = write(tmp_path, ARTICLE + EDGE.lstrip("\n") + "Yes.\n" * n)
    digest = sha256(path.read_bytes()).hexdigest()
    layout = [f'[source]\nsha256 = "{digest}"\n[article]\nbody = [[1, 1]]\nboilerplate = [[2, 2]]']
    layout.append('[readings.a]\nabout = "One a line."')
    for line in range(4, n + 4):
        layout.append(f'[[readings.a.comments]]\nid = "c{line}"\nlines = [{line}, {line}]')
        layout.append('certainty = "likely"\nreason = "A line."')
        if line > 4:
            layout.append(f'reply_to = "c{line - 1}"\nreply_certainty = "likely"\nreply_reason = "Next."')
    file = tmp_path / "layout.toml"
    file.write_text("\n".join(layout), encoding="utf-8")
    assert len(read_layout(file, read_raw(path, name="p"), name="layout.toml").readings["a"]) == n


def test_a_hundred_thousand_wrapped_lines_are_guessed_in_time(tmp_path, in_time):
    path = write(tmp_path, "An article\n" + "goes on in the line\n" * 100_000 + f"{EDGE}No.\n")
    assert guess_layout(read_raw(path, name="p"), folder="p").wrapped
