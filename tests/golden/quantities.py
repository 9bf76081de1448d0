"""Every table and estimate that the notebooks use, as one long table of numbers.

Run as a program (`PYTHONPATH=tests python tests/golden/quantities.py`) it writes the CSV files beside it
anew; a commit that changes one of them says why.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from numbers import Number
from pathlib import Path

import numpy as np
import pandas as pd

import rejoinder
from rejoinder import stats, tables
from rejoinder.measure import claim_matching, key_points, keyness, sentiment, themes
from rejoinder.tables import reliability, robustness

HERE = Path(__file__).parent
PAGE = (
    "An article says that rain is good for farms. It should fall more often.\n\n"
    "Farmers love rain. Cities hate it.\n\n\n"
    "I love rain, and the farms need it!\n\nI hate rain. It ruins every market day.\n\nThe.\n"
)
COLUMNS = ["table", "row", "column", "value"]
SCORES = ["polarity", "textblob", "vader", "coverage"]


def quantities(talk: rejoinder.Discussion) -> pd.DataFrame:
    """All numbers of a discussion, in the columns COLUMNS."""
    rows = [row for name, content in _tables(talk) for row in _numbers(name, content)]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"value": float})


def _tables(
    talk: rejoinder.Discussion,
) -> Iterator[tuple[str, pd.DataFrame | pd.Series | stats.Estimate]]:
    """Name and content of each table and estimate, in the order of the notebooks."""
    yield "claim_places", tables.claims.places(talk)[["line", "place"]]
    yield "thesis_candidates", tables.claims.thesis_candidates(talk)[["line", "coded"]].head(3)
    yield "paragraphs", talk.paragraphs[["line", "words", "start", "end"]]
    yield "comments", talk.comments[["first_line", "last_line", "start", "end"]]
    yield "voices", tables.threads.voices(talk)[["words", "depth"]]
    tone = sentiment.score(talk.comments["text"], mask=talk.mask)
    yield "tones", tone[[*SCORES, "polarity_unmasked"]]
    yield "tone_kinds", pd.Series({kind: (tone["tone"] == kind).sum() for kind in sentiment.TONES})
    sentences = sentiment.score(talk.comment_sentences["text"], mask=talk.mask)
    yield "sentence_tones", sentences[["polarity", "textblob", "vader"]]
    paragraphs = sentiment.score(talk.paragraphs["normalised"], mask=talk.mask)
    yield "paragraph_tones", paragraphs[SCORES]
    author = stats.mean(paragraphs["polarity"], bounds=(-1, 1))
    readers = stats.clustered_mean(tone["polarity"], talk.clusters, bounds=(-1, 1))
    yield "mean_tone", readers
    yield "article_tone", author
    yield "beside_article", stats.difference(readers, author)
    book, actors = talk.codebook.themes, themes.from_names(talk.codebook.actors)
    yield "theme_shares", tables.topics.shares(talk, book)[["author", "readers"]]
    yield "actor_shares", tables.topics.shares(talk, actors)[["author", "readers"]]
    yield "theme_presence", themes.presence(talk.comments["text"], book)
    words = keyness.describe(talk.paragraphs["normalised"], talk.comments["text"])
    yield "words", words[["texts_a", "texts_b", "count_a", "count_b"]].query("texts_a + texts_b >= 3")
    for masked in (True, False):
        mentions = tables.target_sentiment.mentions(talk, masked=masked)
        yield f"mentions_{masked}", mentions[["start", "end", "tone"]]
        yield f"toward_{masked}", tables.target_sentiment.means(talk, mentions).drop(columns="name")
    yield "coders", tables.adjudication.coders(talk)
    yield "stance_counts", tables.stance.counts(talk)
    claims = talk.codebook.claims
    statements = claims["text"] + " " + claims["quote"]
    names = talk.codebook.names
    likely = claim_matching.similarity(talk.comments["text"], statements, names=names)
    yield "claim_likeness", pd.Series(np.max(likely, axis=1, initial=0), talk.comments.index)
    yield "reader_counts", tables.stance.counts(talk, by="readers")
    yield "stated_counts", tables.stance.counts(talk, basis="stated")
    points = tables.stance.points(talk)
    yield "points", points[["agree", "disagree"]].map(len)
    draft = key_points.extract(talk.comments["text"])
    yield "draft", draft["members"].map(len)
    yield "item_agreement", reliability.item_agreement(talk)[["same", "alpha"]]
    yield "stated_agreement", reliability.item_agreement(talk, basis="stated")[["same", "alpha"]]
    for one in robustness.ESTIMANDS:
        yield f"multiverse_{one.name}", robustness.multiverse(talk, one)[["estimate"]]
        yield f"left_out_{one.name}", robustness.leave_one_out(talk, one)[["value"]]


def _numbers(name: str, content: object) -> Iterator[tuple[str, str, str, float]]:
    """The numbers of a table, Series or Estimate, a row each, in the columns COLUMNS."""
    if isinstance(content, stats.Estimate):
        content = pd.DataFrame({"": [content]}, index=["all"])
    elif isinstance(content, pd.Series):
        content = content.to_frame("")
    for at, (label, row) in enumerate(zip(content.index, content.to_numpy(object), strict=True)):
        label = str(label)
        place = label if label.isascii() and label.isprintable() and len(label) < 60 else f"#{at}"
        for column, value in zip(map(str, content.columns), row, strict=True):
            column = column if column.isascii() and column.isprintable() else "#"
            if isinstance(value, stats.Estimate):
                for part in ("value", "low", "high", "n", "count"):
                    if getattr(value, part) is not None:
                        yield name, place, f"{column}.{part}".removeprefix("."), getattr(value, part)
            elif isinstance(value, Number) or pd.api.types.is_bool(value):
                yield name, place, column, float(value)


def discussions(folder: Path) -> Iterator[tuple[str, rejoinder.Discussion]]:
    """The first seed, a page without codebook, and the seed of attacks, by name."""
    from hostile.seed import write_seed

    yield "first_seed", rejoinder.load("000_b03053bac9951049")
    page = folder / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    yield "page_without_codebook", rejoinder.load(page)
    yield "seed_of_attacks", rejoinder.load(write_seed(folder))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name, talk in discussions(Path(folder)):
            table = quantities(talk)
            table.to_csv(HERE / f"{name}.csv", index=False, float_format="%.10g")
            print(f"{name}: {len(table):,} numbers", file=sys.stderr)
