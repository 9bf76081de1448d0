"""A Discussion from a seed or any text file: raw text, layout, codebook and codings together."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from rejoinder.corpus.codings import no_codings, read_codings, text_sha
from rejoinder.corpus.pasted_page import guess_layout
from rejoinder.corpus.paths import check_there, seed_folder, where
from rejoinder.corpus.raw import Raw, read_raw
from rejoinder.corpus.schema import Comment, read_codebook, read_layout
from rejoinder.discussion import Codebook, Discussion, Source, sentence_rows
from rejoinder.text import normalise

_FILES = ("layout.toml", "codebook.toml", "codings.csv")
_ARTICLE = ["text", "normalised", "paragraph", "role", "line", "start", "end"]
_LINES = ["first_line", "last_line", "start", "end"]
_HOW = ["certainty", "reason", "reply_certainty", "reply_reason"]
_COMMENTS = ["text", "normalised", "author", "posted_at", "reply_to", *_LINES, *_HOW]
_TYPES = {
    "paragraph": "Int64",
    "posted_at": "datetime64[ns, UTC]",
    **dict.fromkeys(["line", *_LINES], "int64"),
}


def load(
    seed_id_or_path: str | Path, *, reading: str | None = None, encoding: str | None = None
) -> Discussion:
    """The discussion of a seed, or of any text file that holds an article and its comments.

    Parameters
    ----------
    seed_id_or_path : the id of a text in `seeds` (see `paths.seeds_folder`), or a path, which counts from
        the working folder; "~" is the home folder.
    reading : one of the ways to divide the comments that layout.toml declares, or without that file
        "rules" or "lines"; the first by default.
    encoding : of the text file, UTF-8 by default.

    Raises
    ------
    SeedError if the text cannot be read; LayoutError if layout.toml is wrong or of another text, or if
    nothing separates article and comments; CodebookError, CodingsError if those files are wrong.
    """
    path, name = where(seed_id_or_path)
    check_there(path, name)
    raw = read_raw(path, name=name, encoding=encoding)
    folder, shown = seed_folder(seed_id_or_path)
    # lexists, since a broken link is a mistake to report.
    files = {file: folder / file for file in _FILES if os.path.lexists(folder / file)}
    names = {file: f"{shown}/{file}" for file in files}
    if "layout.toml" in files:
        layout, guesses = read_layout(files["layout.toml"], raw, name=names["layout.toml"]), ()
    else:
        layout, guesses = guess_layout(raw, folder=shown)
    codebook, codings = Codebook.empty(), no_codings()
    if "codebook.toml" in files:
        codebook = read_codebook(files["codebook.toml"], raw, layout, name=names["codebook.toml"])
    tables = {key: _comments(raw, one.found) for key, one in layout.readings.items()}
    if "codings.csv" in files:
        texts = {key: dict(table["text"]) for key, table in tables.items()}
        codings = read_codings(files["codings.csv"], texts, codebook, name=names["codings.csv"])
    by_reading = {key: (table, _codings_of(table, codings)) for key, table in tables.items()}
    about = {key: (one.about, len(tables[key])) for key, one in layout.readings.items()}
    readings = pd.DataFrame.from_dict(about, "index", columns=["about", "comments"]).rename_axis(
        "reading"
    )
    said, unknown = layout.source, tuple(layout.source.unknown)
    source = Source(name, raw.sha256, said.publisher, said.licence, unknown)
    article = _article(raw, layout.article.roles, layout.article.wrapped)
    first = next(iter(by_reading))
    rest = (first, readings, guesses, codebook, by_reading[first][1], by_reading)
    talk = Discussion(path.stem, source, raw.text, article, by_reading[first][0], *rest)
    return talk.as_read(reading or first)


def _codings_of(table: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """The codings of the comments in the table: of their id and their words."""
    texts = {(i, text_sha(text)) for i, text in table["text"].items()}
    pairs = zip(codings["comment_id"], codings["text_sha"], strict=True)
    kept = pd.Series([pair in texts for pair in pairs], codings.index, dtype=bool)
    return codings[kept].reset_index(drop=True)


def _article(raw: Raw, role_of: dict[int, str], wrapped: bool) -> pd.DataFrame:
    passages: list[tuple[int, int]] = []  # first and last line of each paragraph, heading or other part
    for line, role in sorted(role_of.items()):
        if wrapped and passages and passages[-1][1] == line - 1 and role_of[line - 1] == role:
            passages[-1] = (passages[-1][0], line)
        else:
            passages.append((line, line))
    rows, paragraph = [], 0
    for first, last in passages:
        role = role_of[first]
        paragraph += role == "body"
        number = paragraph if role == "body" else pd.NA
        for text, plain, start, end in sentence_rows(raw.text, *raw.span(first, last), wrapped=wrapped):
            rows.append((text, plain, number, role, raw.line_at(start), start, end))
    return _typed(pd.DataFrame(rows, columns=_ARTICLE))


def _comments(raw: Raw, found: list[Comment]) -> pd.DataFrame:
    rows = {}
    for comment in found:
        first, last = comment.lines[0], comment.lines[-1]
        start, end = raw.span(first, last)
        text = raw.text[start:end]
        place = {"first_line": first, "last_line": last, "start": start, "end": end}
        rows[comment.id] = {"text": text, "normalised": normalise(text), **place, **dict(comment)}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=_COMMENTS)
    return _typed(frame).rename_axis("comment_id")


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype({column: _TYPES.get(column, "str") for column in frame})
