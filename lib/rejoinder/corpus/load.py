"""A Discussion from a seed or any text file: raw text, layout, codebook and codings together."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd

from rejoinder.corpus.archived import read_article
from rejoinder.corpus.codings import no_codings, read_codings, text_sha
from rejoinder.corpus.conclusions import read_conclusions
from rejoinder.corpus.imported import layout_of, one_article, read_seed
from rejoinder.corpus.importers import Export
from rejoinder.corpus.importers.read import is_export
from rejoinder.corpus.language import language
from rejoinder.corpus.pasted_page import guess_layout
from rejoinder.corpus.raw import Raw, is_imported, read_raw, seed_folder, shown, where
from rejoinder.corpus.schema import Comment, read_codebook, read_layout
from rejoinder.discussion import ARTICLE, LEFT_OUT, Codebook, Discussion, Source, body_text
from rejoinder.text import normalise, own_words, sentences, without_markdown

_FILES = ("layout.toml", "codebook.toml", "codings.csv", "reading.md")
_MARKS = re.compile(r"[\[*_`!]*\Z")  # of Markdown, directly before a sentence
_TEXTS = dict.fromkeys(["text", "normalised"], "str")
_OFFSETS = dict.fromkeys(["start", "end"], "int64")
_ARTICLE = {**_TEXTS, "paragraph": "Int64", "role": "str", "line": "int64", **_OFFSETS}
_COMMENTS = {
    **_TEXTS,
    "author": "str",
    "posted_at": "datetime64[ns, UTC]",
    "reply_to": "str",
    "votes": "Int64",
    "by_article_author": "boolean",
    "language": "str",
    **dict.fromkeys(["first_line", "last_line"], "Int64"),
    **_OFFSETS,
    **dict.fromkeys(["certainty", "reason", "reply_certainty", "reply_reason"], "str"),
}


def load(
    seed_id_or_path: str | Path,
    *,
    article: str | Path | None = None,
    comments: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    article_id: str | None = None,
    reading: str | None = None,
    encoding: str | None = None,
) -> Discussion:
    """The discussion of a seed, of a text that holds an article and its comments, of an export, or of an
    article of an archive.

    Parameters
    ----------
    seed_id_or_path : the id of a seed in `seeds` of the working folder or of its nearest parent that has
        one; or a path, which counts from the working folder; "~" is the home folder.
    article : the file with the article, where the first holds only comments; or which of several articles
        in an export is meant: its id, title or address.
    comments : the file with the comments, where the first holds only the article; "none": there are none.
    columns : which column of a table holds what, as for `read_export`.
    article_id : of an archive, a folder made by `rejoinder archive import`: which article. Its codebook
        and codings are in a folder of that name in the folder `close` of the archive.
    reading : one of the ways to divide the comments that layout.toml declares, or without that file
        "rules" or "lines"; the first by default.
    encoding : of the text file, UTF-8 by default.

    Raises
    ------
    SeedError if the text cannot be read; ExportError if an export cannot, or holds several articles and
    none is named; LayoutError if layout.toml is wrong or of another text, or if nothing separates article
    and comments; CodebookError, CodingsError if those files (or reading.md, also a CodebookError) are
    wrong.
    """
    path, export = where(seed_id_or_path), None
    if article_id is not None:
        export = read_article(path, article_id)
        path = seed_id_or_path = path / "close" / re.sub(r"\W+", "_", article_id)
    elif is_imported(path):
        export = read_seed(path)
    elif article or comments or columns or is_export(path):
        export = one_article(path, article=article, comments=comments, columns=columns)
    raw = None if export is not None else read_raw(path, encoding=encoding)
    folder = seed_folder(seed_id_or_path)
    layout_file, codebook_file, codings_file, reading_file = (folder / name for name in _FILES)
    guesses, codebook, codings = (), Codebook.empty(), no_codings()
    found, known = {}, None  # the tables that are not empty; what an export says of its comments
    if export:
        raw, layout = layout_of(export, shown(path))
        guesses, known = export.remarks, export.comments.set_index("comment_id")
        found["left_out"] = export.left_out.assign(stage="import")[LEFT_OUT]
    elif os.path.lexists(layout_file):  # lexists, since a broken link is a mistake to report
        layout = read_layout(layout_file, raw)
    else:
        layout, guesses, around = guess_layout(raw, layout_file)
        if around:
            row = {"stage": "page", "reason": "page furniture", "n": len(around), "ids": around}
            found["left_out"] = pd.DataFrame([row])
    if os.path.lexists(codebook_file):
        codebook = read_codebook(codebook_file, raw, layout)
    article = _article(raw, layout.article.roles, layout.article.wrapped)
    tables = {name: _comments(raw, one.found, known) for name, one in layout.readings.items()}
    whole = pd.Series({ARTICLE: body_text(raw.text, article)})
    texts = {name: pd.concat([table["text"], whole]) for name, table in tables.items()}
    if os.path.lexists(codings_file):
        codings, found["stale"] = read_codings(codings_file, texts.values(), codebook)
    by_reading = {}
    for name, table in tables.items():
        is_of_it = codings["comment_id"].map(texts[name].map(text_sha)) == codings["text_sha"]
        by_reading[name] = table, codings[is_of_it].reset_index(drop=True)
    first, said = next(iter(tables)), layout.source
    unknown = tuple(said.unknown)
    readings = {
        "about": {name: one.about for name, one in layout.readings.items()},
        "comments": {name: len(table) for name, table in tables.items()},
    }
    talk = Discussion(
        seed=path.name if path == folder else path.stem,
        source=Source(raw.file, raw.sha256, said.publisher, said.licence, unknown, **_about(export)),
        raw=raw.text,
        article=article,
        comments=by_reading[first][0],
        reading=first,
        readings=pd.DataFrame(readings).rename_axis("reading"),
        guesses=guesses,
        codebook=codebook,
        codings=by_reading[first][1],
        by_reading=by_reading,
        **found,
    )
    if os.path.lexists(reading_file):
        talk = replace(talk, conclusions=read_conclusions(reading_file, talk))
    return talk.as_read(reading or first)


def _article(raw: Raw, role_of: dict[int, str], wrapped: bool) -> pd.DataFrame:
    if not role_of:
        return pd.DataFrame(columns=list(_ARTICLE)).astype(_ARTICLE)
    passages: list[list[int]] = []  # first and last line of each paragraph, heading or other part
    for line, role in sorted(role_of.items()):
        if wrapped and role_of.get(line - 1) == role:
            passages[-1][1] = line
        else:
            passages.append([line, line])
    rows, paragraph, plain = [], 0, without_markdown(raw.text[: raw.span(1, max(role_of))[1]])
    for first, last in passages:
        role, (start, end) = role_of[first], raw.span(first, last)
        paragraph += role == "body"
        number = paragraph if role == "body" else pd.NA
        # A line of marks alone, such as a picture, is a passage too, and a heading is one sentence.
        spans = sentences(plain[start:end], wrapped=wrapped)[: 1 if role == "heading" else None]
        starts = [_MARKS.search(raw.text, start, start + at).start() for at, _ in spans] or [start]
        for begin, following in pairwise([*starts, end]):
            text = raw.text[begin:following].rstrip()
            said = normalise(plain[begin : begin + len(text)])
            rows.append((text, said, number, role, raw.line_at(begin), begin, begin + len(text)))
    return pd.DataFrame(rows, columns=list(_ARTICLE)).astype(_ARTICLE)


def _about(export: Export | None) -> dict:
    """What an export states of its article."""
    if export is None or export.articles.empty:
        return {}
    stated = export.articles.iloc[0][["title", "url", "author", "posted_at", "stated"]]
    return {"format": export.format, **stated.dropna().to_dict()}


def _comments(raw: Raw, found: list[Comment], known: pd.DataFrame | None) -> pd.DataFrame:
    rows = {}
    for comment in found:
        first, last = comment.lines[0], comment.lines[-1]
        start, end = raw.span(first, last)
        text = raw.text[start:end]
        place = {"first_line": first, "last_line": last, "start": start, "end": end}
        rows[comment.id] = {"text": text, **place, **dict(comment)}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(_COMMENTS)).astype(_COMMENTS)
    own = [normalise(own_words(text)) for text in table["text"]]
    codes = [language(text) for text in own]
    measured = [
        one if code in (None, "en") else " " * len(one) for one, code in zip(own, codes, strict=True)
    ]
    table = table.assign(normalised=measured, language=codes)
    table = table.astype(_COMMENTS).rename_axis("comment_id")
    table.index = table.index.astype("str")
    if known is None:
        return table
    # The lines of the joined text are of no file that anybody has.
    table[["first_line", "last_line"]] = pd.NA
    return table.assign(**{name: known[name] for name in known if name in table and name != "text"})
