"""A discussion from a seed or any text file: raw text, layout, codebook and codings put together."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from rejoinder.corpus.codebook import Codebook, read_codebook
from rejoinder.corpus.codings import no_codings, read_codings, text_sha
from rejoinder.corpus.layout import Comment, Layout, read_layout
from rejoinder.corpus.pasted_page import guess_layout
from rejoinder.corpus.paths import SEEDS, check_is_page, seed_folder, where
from rejoinder.corpus.raw import Raw, read_raw
from rejoinder.discussion import Discussion, Source, no_reading, sentence_rows
from rejoinder.text import normalise

__all__ = ["SEEDS", "load", "seed_folder"]

_ARTICLE = {
    "text": "str",
    "normalised": "str",
    "paragraph": "Int64",
    "role": "str",
    "line": "int64",
    "start": "int64",
    "end": "int64",
}
_COMMENTS = {
    "text": "str",
    "normalised": "str",
    "author": "str",
    "posted_at": "datetime64[ns, UTC]",
    "reply_to": "str",
    "first_line": "int64",
    "last_line": "int64",
    "start": "int64",
    "end": "int64",
    "certainty": "str",
    "reason": "str",
    "reply_certainty": "str",
    "reply_reason": "str",
}


def load(
    seed_id_or_path: str | Path, *, reading: str | None = None, encoding: str | None = None
) -> Discussion:
    """The discussion of a seed in seeds/ (by id) or of any text file (by path).

    A path counts from the folder of the notebook; "~" is one's own folder.

    `reading` names one of the readings of the text that its layout declares (without a layout:
    "rules" or "lines"); the first is used unless one is named. `encoding` is UTF-8 unless given.

    Raises SeedError when the text cannot be read or has changed, LayoutError when article and
    comments cannot be told apart or the layout is wrong, CodebookError when the codebook is.
    """
    path, name = where(seed_id_or_path)
    check_is_page(path, name)
    raw = read_raw(path, name=name, encoding=encoding)
    folder, shown = seed_folder(seed_id_or_path)
    if os.path.lexists(folder / "layout.toml"):
        layout = read_layout(folder / "layout.toml", raw, name=f"{shown}/layout.toml")
    else:
        layout = guess_layout(raw, folder=shown)
    chosen = reading or next(iter(layout.readings))
    if chosen not in layout.readings:
        raise no_reading(chosen, layout.readings, name)
    codebook = Codebook.empty()
    if os.path.lexists(folder / "codebook.toml"):
        codebook = read_codebook(
            folder / "codebook.toml",
            raw,
            article=_only_article(raw, layout),
            name=f"{shown}/codebook.toml",
        )
    comments = {reading: _comments(raw, listed) for reading, listed in layout.readings.items()}
    codings = no_codings()
    if os.path.lexists(folder / "codings.csv"):
        texts = {reading: dict(table["text"]) for reading, table in comments.items()}
        codings = read_codings(folder / "codings.csv", texts, codebook, name=f"{shown}/codings.csv")
    by_reading = {name: (table, _codings_of(table, codings)) for name, table in comments.items()}
    return Discussion(
        path.stem,
        Source(name, raw.sha256, layout.publisher, layout.licence, layout.unknown),
        raw.text,
        _article(raw, layout),
        by_reading[chosen][0],
        chosen,
        pd.DataFrame(
            {"about": layout.about, "comments": {k: len(v) for k, v in layout.readings.items()}}
        ).rename_axis("reading"),
        layout.guesses,
        codebook,
        by_reading[chosen][1],
        by_reading,
    )


def _codings_of(comments: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """The codings that are of just these comments: of their id and of their words."""
    texts = {(i, text_sha(text)) for i, text in comments["text"].items()}
    pairs = zip(codings["comment_id"], codings["text_sha"], strict=True)
    kept = pd.Series([pair in texts for pair in pairs], codings.index, dtype=bool)
    return codings[kept].reset_index(drop=True)


def _article(raw: Raw, layout: Layout) -> pd.DataFrame:
    rows, paragraph = [], 0
    for first, last in _passages(layout):
        role = layout.roles[first]
        paragraph += role == "body"
        rows += [
            (text, plain, paragraph if role == "body" else pd.NA, role, raw.line_at(start), start, end)
            for text, plain, start, end in sentence_rows(
                raw.text, *raw.span(first, last), wrapped=layout.wrapped
            )
        ]
    return pd.DataFrame(rows, columns=list(_ARTICLE)).astype(_ARTICLE)


def _only_article(raw: Raw, layout: Layout) -> str:
    """The raw text with every character outside the article's lines blotted out."""
    kept = ["\0"] * len(raw.text)
    for line in layout.roles:
        start, end = raw.lines[line - 1]
        kept[start:end] = raw.text[start:end]
        if line + 1 in layout.roles:  # a quotation may go over a line end
            next_start = raw.lines[line][0]
            kept[end:next_start] = raw.text[end:next_start]
    return "".join(kept)


def _passages(layout: Layout) -> list[tuple[int, int]]:
    """First and last line of each paragraph, heading or other part of the article."""
    passages: list[tuple[int, int]] = []
    for line, role in sorted(layout.roles.items()):
        if layout.wrapped and passages and passages[-1][1] == line - 1 and layout.roles[line - 1] == role:
            passages[-1] = (passages[-1][0], line)
        else:
            passages.append((line, line))
    return passages


def _comments(raw: Raw, comments: list[Comment]) -> pd.DataFrame:
    rows = {}
    for comment in comments:
        start, end = raw.span(comment.first, comment.last)
        rows[comment.id] = {
            "text": raw.text[start:end],
            "normalised": normalise(raw.text[start:end]),
            "author": None,
            "posted_at": None,
            "reply_to": comment.reply_to,
            "first_line": comment.first,
            "last_line": comment.last,
            "start": start,
            "end": end,
            "certainty": comment.certainty,
            "reason": comment.reason,
            "reply_certainty": comment.reply_certainty,
            "reply_reason": comment.reply_reason,
        }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=list(_COMMENTS))
    return frame.astype(_COMMENTS).rename_axis("comment_id")
