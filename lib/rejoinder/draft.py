"""A codebook proposed by rules, for an article that nobody has read yet. A person corrects it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from rejoinder.atomic_write import write_whole
from rejoinder.discussion import RULES, STATEMENT_COLUMNS, Codebook, Discussion
from rejoinder.errors import CodebookError
from rejoinder.measure import key_points, terms
from rejoinder.measure.keyness import is_content
from rejoinder.tables.claims import thesis_candidates
from rejoinder.text import normalise, tokens, word_lists
from rejoinder.wording import counted, listed

MOST_CLAIMS, MOST_POINTS = 6, 10
MOST_COMMENTS = 2_000  # that are looked at; of more, evenly many from the whole page
FEWEST_WORDS, MOST_WORDS = 6, 60  # of a claim
TWICE = 0.5  # the share of words in common from which two claims are one
LONGEST = 160  # characters of a point; a longer one ends behind a clause
_WORDS = word_lists("draft")
_CUES = {kind: re.compile(*_WORDS[kind], re.IGNORECASE) for kind in ("judgement", "forecast")}
_CLAUSE = re.compile(r"(?:[,;:]| [-–—])(?= )")
_LINE_END = re.compile("\r\n|[\n\r\v\f\u2028\u2029]")
_HEAD = """# A draft by {by}, unchecked. To make it yours:
# - correct the wording of each `text`, so that one can accept or reject it, and its `kind`;
# - delete what is wrong, and add what is missing (seeds/README.md says what each key means);
# - a quotation has to stay as it is in the text: it is checked;
# - then change `kind` under [coder] to "person", and `name` to your name.
"""


def fill(talk: Discussion) -> Discussion:
    """The same discussion, with `codebook` of it where nobody has written one."""
    return talk if talk.codebook else replace(talk, codebook=codebook(talk))


def codebook(talk: Discussion) -> Codebook:
    """A codebook by rules: the thesis and up to six claims, actors, themes, and up to ten points of the
    readers, each with words that stand in the text. A table is empty where rules find nothing.
    """
    step = max(1, -(-len(talk.comments) // MOST_COMMENTS))
    comments = talk.comments.iloc[::step]
    texts = pd.concat([talk.paragraphs["normalised"], comments["normalised"]], ignore_index=True)
    is_comment = np.arange(len(texts)) >= len(talk.paragraphs)
    actors = terms.names(texts, is_comment, without=talk.comments["author"].dropna())
    found = terms.terms(texts, is_comment, without=actors["aliases"].explode().dropna())
    where = zip(found.pop("paragraphs"), found.pop("comments"), strict=True)
    found["reason"] = [
        f"Rules found it in {counted(n, 'paragraph')} and {counted(k, 'comment')}." for n, k in where
    ]
    return assembled(RULES, RULES, _claims(talk), _points(talk, _measured(comments)), actors, found)


def assembled(
    analyst: str, kind: str, claims: list, points: list, actors: pd.DataFrame, themes: pd.DataFrame
) -> Codebook:
    """A codebook by `analyst`, of this `kind`, with an id for each entry. `claims`, the thesis first, and
    `points` are rows of `statement`."""
    ids = ["thesis" if n == 0 else f"a{n}" for n in range(len(claims))]
    ids += [f"r{n}" for n in range(1, len(points) + 1)]
    statements = pd.DataFrame(claims + points, columns=STATEMENT_COLUMNS, index=ids)
    tables = [_numbered(actors, "actor"), _numbered(themes, "theme")]
    return Codebook(analyst, kind, None, statements.rename_axis("statement_id"), *tables, ())


def members(talk: Discussion) -> pd.Series:
    """Which comments make each point of the readers by their words: lists of ids by `statement_id`, the
    point with most of them first. Nobody has read them: others may make it in other words."""
    points = talk.codebook.points
    groups = key_points.members(_measured(talk.comments), points["quote"], known=talk.article["text"])
    ids = [
        [own, *(one for one in group if one != own)]
        for own, group in zip(points["comment_id"], groups, strict=True)
    ]
    found = pd.Series(ids, index=points.index, dtype=object)
    return found.sort_values(key=lambda ids: -ids.map(len), kind="stable")


def fail_if_there(path: Path) -> None:
    """Raise CodebookError if there is a file at `path`."""
    if os.path.lexists(path):
        remedy = "Edit it, or move it away and run the command again."
        raise CodebookError("exists already, and a draft replaces nothing", file=path, remedy=remedy)


def write(
    talk: Discussion, path: Path, book: Codebook | None = None, made_by: dict[str, list] | None = None
) -> None:
    """Write a draft, by default that of rules, to the codebook file `path`, with a comment on what to do
    with it, and behind a statement by readers the comments that make it (`made_by`).

    Raises CodebookError if there is such a file, or no sentence that can be the thesis; OSError.
    """
    fail_if_there(path)
    book = book or codebook(talk)
    if book.claims.empty:
        remedy = f"Write the codebook yourself: the article needs a sentence of {FEWEST_WORDS} words."
        raise CodebookError("rules find no sentence that states a thesis", file=path, remedy=remedy)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole({path: as_toml(book, made_by or {})})


def as_toml(book: Codebook, made_by: dict[str, list]) -> str:
    """The text of a codebook.toml that loads as `book`."""
    by = RULES if book.kind == RULES else f"a {book.kind}"
    parts = [_HEAD.format(by=by), _table("[coder]", name=book.analyst, kind=book.kind)]
    for row in book.statements.itertuples():
        said = {"text": row.text, "kind": row.kind, "quote": row.quote}
        if row.by == "readers":
            answers = "new" if pd.isna(row.answers) else row.answers
            said = {"by": row.by, "comment": row.comment_id, "answers": answers} | said
        header = "[thesis]" if row.Index == "thesis" else "[[statements]]"
        header += f"  # {listed(made_by[row.Index], most=1_000)}" if row.Index in made_by else ""
        parts.append(_table(header, **({} if row.Index == "thesis" else {"id": row.Index}), **said))
    for row in book.actors.itertuples():
        parts.append(_table("[[actors]]", id=row.Index, name=row.name, aliases=list(row.aliases)))
    for row in book.themes.itertuples():
        about = {"name": row.name, "pattern": row.pattern, "reason": row.reason}
        parts.append(_table("[[themes]]", id=row.Index, **about))
    return "\n".join(parts)


def _table(header: str, **entries: str | list[str]) -> str:
    # JSON escapes what TOML does, except for DEL.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entries.items()]
    return f"{header}\n{''.join(lines)}".replace("\x7f", "\\u007f")


def _measured(comments: pd.DataFrame) -> pd.Series:
    """The comments' texts, "" for one in another language."""
    return comments["text"].where(comments["normalised"].str.strip() != "", "")


def _numbered(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    ids = [f"{kind}{n}" for n in range(1, len(table) + 1)]
    return table.set_index(pd.Index(ids, name=f"{kind}_id", dtype="str"))


def statement(
    talk: Discussion, text: str, quote: str, start: int, own: str | None = None, *,
    kind: str = "", answers: str | None = None,
) -> tuple:  # fmt: skip
    """The row of a statement: its words, the words it rests on, where in `raw` these begin; `own`: the
    comment that is quoted. Without a `kind`, rules choose one."""
    kind = kind or next((kind for kind, cue in _CUES.items() if cue.search(text)), "fact")
    line = len(_LINE_END.findall(talk.raw, 0, start)) + 1
    by = "author" if own is None else "readers"
    return by, kind, text, quote, own, answers, line, start, start + len(quote)


def _claims(talk: Discussion) -> list[tuple]:
    rows, taken = [], []
    for at in thesis_candidates(talk).index:
        sentence = talk.article.loc[at]
        said, words = " ".join(sentence["normalised"].split()), tokens(sentence["normalised"])
        own = {word for word in words if is_content(word)}
        new = all(len(own & other) < TWICE * len(own | other) for other in taken)
        if FEWEST_WORDS <= len(words) <= MOST_WORDS and own and new and said[-1] not in "?:":
            taken.append(own)
            rows.append(statement(talk, said, sentence["text"], int(sentence["start"])))
        if len(rows) > MOST_CLAIMS:
            break
    return rows[:1] + sorted(rows[1:], key=lambda row: row[-2])  # in the order of the article


def _points(talk: Discussion, comments: pd.Series) -> list[tuple]:
    found = key_points.extract(comments, most=MOST_POINTS, known=talk.article["text"])
    rows = []
    for point, own in zip(found["point"], found["text_id"], strict=True):
        text = " ".join(normalise(point).split())
        if len(text) > LONGEST:
            ends = [end.start() for end in _CLAUSE.finditer(text, LONGEST // 3, LONGEST)]
            text = text[: ends[-1] if ends else text.rfind(" ", 0, LONGEST)] + " …"
        comment = talk.comments.loc[own]
        start = int(comment["start"]) + comment["text"].find(point)
        rows.append(statement(talk, text, point, start, own))
    return rows
