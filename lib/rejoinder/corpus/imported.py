"""An imported article with its comments: as text with a layout, and as a folder that keeps them.

The folder of an imported seed holds article.md (the title as a heading, and the text), comments.csv, and
source.toml (where they come from, and what was left out).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path

import pandas as pd

from rejoinder.atomic_write import write_whole
from rejoinder.corpus.csv_io import parsed
from rejoinder.corpus.importers.export import ARTICLES, COMMENTS, LEFT_OUT, Export, typed
from rejoinder.corpus.importers.read import is_export, read_export
from rejoinder.corpus.pasted_page import roles_of
from rejoinder.corpus.raw import (
    IMPORTED,
    Raw,
    decoded,
    is_imported,
    lines_of,
    read_bytes,
    seeds_folder,
    shown,
)
from rejoinder.corpus.schema import Comment, Layout, layout_by_rules
from rejoinder.csv_cells import write_cells
from rejoinder.errors import ExportError
from rejoinder.wording import counted, listed


def layout_of(export: Export, file: str) -> tuple[Raw, Layout]:
    """Article and comments of an export with one article joined into one text, and its layout.

    The article comes first, under its title; blank lines stand between the comments.
    """
    article = export.articles.iloc[0] if len(export.articles) else {"title": None, "text": ""}
    texts = [*filter(None, [_titled(article)]), *export.comments["text"]]
    starts = [*accumulate((len(one) + 2 for one in texts), initial=0)]
    starts = starts[len(texts) - len(export.comments) :]  # of the comments, and the end
    text = "\n\n".join(texts)
    raw = Raw(file, text, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), lines_of(text))
    first = raw.line_at(starts[0]) if len(export.comments) else len(raw.lines) + 1
    roles, wrapped = roles_of(raw, raw.filled(last=first - 1))
    found = []
    for start, row in zip(starts, export.comments.itertuples(), strict=False):
        lines = raw.filled(raw.line_at(start), raw.line_at(start + len(row.text) - 1))
        about = {"certainty": "certain", "reason": "a record of its own in the file"}
        if pd.notna(row.parent_id):
            about |= {"reply_to": row.parent_id, "reply_certainty": "certain"}
            about["reply_reason"] = "the file says so"
        found.append(Comment.model_construct(id=row.comment_id, lines=lines, **about))
    records = {"about": "As the file divides them.", "comments": found}
    return raw, layout_by_rules(roles, wrapped, _unknown(export), {"records": records})


def _unknown(export: Export) -> list[str]:
    """What the file says of no comment, and not of the article."""
    of_comments = {"author": "writers", "posted_at": "times of comments", "votes": "votes"}
    of_comments["parent_id"] = "who replies to whom"
    missing = [name for column, name in of_comments.items() if export.comments[column].isna().all()]
    article = export.articles.iloc[0] if len(export.articles) else {}
    about = {"title": "title", "url": "address", "author": "author", "posted_at": "date"}
    missing += [f"{name} of the article" for what, name in about.items() if pd.isna(article.get(what))]
    return missing


def one_article(
    path: Path,
    *,
    article: str | Path | None = None,
    comments: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
) -> Export:
    """The export at `path` (or an article, and its comments in another file) with one article.

    Raises ExportError, which lists the articles, if there are several and none is named.
    """
    if comments is not None and str(comments) != "none":
        path, article = Path(comments), path
    if article is not None and _is_file(article) and not is_export(path):
        problem = "is a text, in which nothing says where one comment ends"
        remedy = "Save the comments as a table (CSV), or paste article and comments into one text."
        raise ExportError(problem, file=shown(path), remedy=remedy)
    if _is_file(article):
        return only_article(read_export(path, article=article, columns=columns), None, shown(path))
    return only_article(read_export(path, columns=columns), article and str(article), shown(path))


def only_article(export: Export, name: str | None, file: str) -> Export:
    """The export with the article of that id, title or address, or with its only one."""
    articles, problem = export.articles, f"holds {counted(len(export.articles), 'article')}"
    if name is not None:
        articles = articles[(articles[["article_id", "title", "url"]] == name).any(axis=1)]
        problem = f"holds no article {name!r}"
    if len(articles) == 1:
        return export.of(articles["article_id"].iloc[0])
    n = export.comments["article_id"].value_counts()
    about = export.articles[["article_id", "title"]].fillna("no title")
    about["n"] = about["article_id"].map(n).fillna(0).astype(int)
    about = about.sort_values("n", ascending=False, kind="stable").itertuples(index=False)
    listing = listed((f"{i} (“{title:.60}”, {counted(n, 'comment')})" for i, title, n in about), most=12)
    remedy = f"Name one with --article (article=… of load), or import all with --all: {listing}."
    raise ExportError(problem, file=file, remedy=remedy)


def import_seeds(
    path: Path,
    *,
    article: str | Path | None = None,
    comments: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    every: bool = False,
) -> dict[Path, Export]:
    """Write the article of an export (or `every` article) with its comments as seeds; what is written, by
    folder. Codebook and codings that are there stay, and an import of the same content is left alone.

    Raises ExportError, also if the folder holds the import of another file, and OSError.
    """
    if article is None and comments is None and _is_file(path) and not is_export(path):
        remedy = "A pasted page needs no import: give it to the other commands. Or add --comments none."
        raise ExportError("is a text, perhaps with comments in it", file=shown(path), remedy=remedy)
    files = [str(one) for one in (path, article, comments) if one is not None and _is_file(one)]
    content = [hashlib.sha256(Path(one).read_bytes()).hexdigest() for one in files]
    given = json.dumps([content, None if _is_file(article) else str(article), dict(columns or {})])
    made_from = hashlib.sha256(given.encode()).hexdigest()
    stem, done = re.sub(r"[^\w.-]+", "-", path.stem).strip(".-") or "article", {}
    if every:
        export = read_export(path, article=article, columns=columns)
        ids = enumerate(export.articles["article_id"], start=1)
        exports = {f"{stem}-{number}": export.of(i) for number, i in ids}
    else:
        exports = {stem: one_article(path, article=article, comments=comments, columns=columns)}
    for name, export in exports.items():
        folder = seeds_folder() / name
        source = Path(os.path.relpath(path, seeds_folder())).as_posix()
        earlier = _read_source(folder / IMPORTED) if is_imported(folder) else {}
        if earlier.get("file", source) != source:
            remedy = "Rename the file, or move that folder."
            raise ExportError(f"is the import of {earlier['file']!r}", file=shown(folder), remedy=remedy)
        if earlier.get("made_from") != made_from:
            text = export.articles["text"].iloc[0]
            if earlier and not text and read_seed(folder).articles["text"].iloc[0]:
                remedy = "Name the article again with --article, or move that folder."
                raise ExportError(
                    "has an article, which would be lost", file=shown(folder), remedy=remedy
                )
            _write_seed(export, folder, {"file": source, "made_from": made_from})
        done[folder] = export
    return done


def _is_file(path: str | Path | None) -> bool:
    return path is not None and os.path.isfile(path)  # noqa: PTH113 - Path's raises for a long name


def _write_seed(export: Export, folder: Path, facts: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    article = export.articles.iloc[0]
    facts |= {"format": export.format, "remarks": list(export.remarks)}
    facts |= article.drop("text").dropna().to_dict()
    lines = ["# Written by the import. The texts are in article.md and comments.csv."]
    lines += [f"{name} = {_toml(value)}" for name, value in facts.items()]
    for row in export.left_out.to_dict("records"):
        lines += ["", "[[left_out]]", *(f"{name} = {_toml(value)}" for name, value in row.items())]
    rows = export.comments.astype(object).where(export.comments.notna(), "").map(str)
    write_cells(folder / "comments.csv", COMMENTS, rows.itertuples(index=False))
    texts = {"article.md": _titled(article), IMPORTED: "\n".join(lines)}
    write_whole({folder / name: f"{text}\n" for name, text in texts.items()})


def _titled(article: pd.Series | dict) -> str:
    """The text of an article under its title, where it has one."""
    title = f"# {article['title']}" if pd.notna(article["title"]) else ""
    return "\n\n".join(filter(None, (title, article["text"])))


def read_seed(folder: Path) -> Export:
    """What `write_seed` wrote, perhaps corrected by hand. Raises ExportError for a broken file."""
    facts = _read_source(folder / IMPORTED)
    path, table = folder / "article.md", folder / "comments.csv"
    files = ((read_bytes(one, ExportError), shown(one)) for one in (path, table))
    (text, _), (rows, _) = (decoded(*one, ExportError) for one in files)
    cells = parsed(rows, shown(table), ExportError)
    if missing := [name for name in ("comment_id", "text") if name not in cells.header]:
        remedy = "Import the file again."
        raise ExportError(f"has no column {missing[0]!r}", file=shown(table), remedy=remedy)
    rows = pd.DataFrame([*cells.lines.values()], columns=cells.header).replace("", None)
    stated = {name: facts.get(name) for name in ARTICLES}
    text = text.strip().removeprefix(f"# {stated['title']}").strip()
    filled = rows["comment_id"].notna() & rows["text"].notna()
    comments, articles = typed(rows[filled], pd.DataFrame([{**stated, "text": text}]), [])
    left_out = pd.DataFrame(facts.get("left_out", []), columns=LEFT_OUT)
    if not filled.all():  # emptied by hand
        ids = list(rows.loc[~filled, "comment_id"].fillna("no id"))
        left_out.loc[len(left_out)] = "empty", len(ids), ids
    return Export(str(facts.get("format")), articles, comments, left_out, tuple(facts.get("remarks", ())))


def _read_source(path: Path) -> dict:
    try:
        return tomllib.loads(read_bytes(path, ExportError).decode("utf-8"))
    except ValueError as error:
        remedy = "Import the file again."
        raise ExportError(f"is not TOML ({error})", file=shown(path), remedy=remedy) from error


def _toml(value: object) -> str:
    """A value as TOML, which takes JSON's strings, numbers and lists."""
    return json.dumps(value if isinstance(value, int | list | tuple) else str(value), ensure_ascii=False)
