"""The one result of every importer: articles, comments, and a ledger of what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from rejoinder.corpus.importers.records import Records
from rejoinder.corpus.importers.repair import one_line, placeholder, plain
from rejoinder.wording import counted

ARTICLES = ["article_id", "title", "text", "url", "author", "posted_at", "stated"]
COMMENTS = ["comment_id", "article_id", "parent_id", "author", "posted_at", "text", "votes"]
COMMENTS += ["by_article_author"]
LEFT_OUT = ["reason", "n", "ids"]
OTHER_ARTICLE = "of another article"
_NOBODY = {"", "[deleted]", "[removed]", "anonymous", "anonym", "guest", "unknown", "null", "none", "nan"}
# What stands for "the article itself" where the id of a comment could stand.
_TOP = {"", "0", "0.0", "root", "null", "none", "nan"}
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d*)?|\d{12,13}(?:\.0*)?")  # seconds, or thousandths
_ISO = re.compile(r"\d{4}-\d\d?-\d\d?(?:[T ].*)?")
_ZONE = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)\s*$", re.IGNORECASE)
_ORDERED = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})\b(.*)", re.DOTALL)


@dataclass(frozen=True)
class Export:
    """Articles with comments as a file states them, repaired; ids are text, what is unknown is NA.

    - `format`: what the file is, such as "WordPress export".
    - `articles`: `article_id`, `title`, `text` ("" where the file has none), `url`, `author`,
      `posted_at`, `stated` (how many comments the platform says there are).
    - `comments`: in the order of the file: `comment_id` (distinct within an article), `article_id`,
      `parent_id` (the comment it answers, also one that is not there; NA: the article), `author` (a
      pseudonym, "reader 1" is the first to write), `posted_at`, `text` (words of others on lines that
      begin with ">"), `votes`, `by_article_author`.
    - `left_out`: per `reason` how many records (`n`) are no comments, and their `ids`. The records of the
      file are the comments and these.
    - `remarks`: a sentence for each thing that a user should know about the reading.

    `posted_at` is in UTC, or, if the file states no zone, as written, without one.
    """

    format: str
    articles: pd.DataFrame
    comments: pd.DataFrame
    left_out: pd.DataFrame
    remarks: tuple[str, ...] = ()

    def __repr__(self) -> str:
        parts = [counted(len(self.articles), "article"), counted(len(self.comments), "comment")]
        left = zip(self.left_out["n"], self.left_out["reason"], strict=True)
        parts.append(", ".join(f"{n:,} {why}" for n, why in left) or "nothing")
        counts = f"{self.format}: {parts[0]}, {parts[1]}; left out: {parts[2]}."
        return " ".join([counts, *self.remarks])

    def of(self, article_id: str) -> Export:
        """This export with one article only; the comments on others count as left out."""
        mine = self.comments["article_id"] == article_id
        others = list(self.comments.loc[~mine, "comment_id"])
        left = self.left_out
        if others:
            row = pd.DataFrame({"reason": [OTHER_ARTICLE], "n": [len(others)], "ids": [others]})
            left = pd.concat([left, row], ignore_index=True)
        article = self.articles[self.articles["article_id"] == article_id]
        parts = {"articles": article, "comments": self.comments[mine]}
        return replace(self, left_out=left, **{k: v.reset_index(drop=True) for k, v in parts.items()})


def export_of(records: Records) -> Export:
    """What an importer found, repaired and counted."""
    remarks = list(records.remarks)
    names = {_text(one["name"]) or "article" for one in records.articles}
    only = names.pop() if len(names) == 1 else "article"
    rows, left = _kept(records.comments, only, remarks)
    articles = _articles(records, rows)
    authors = {one["article_id"]: (one["author"], one.pop("author_id", None)) for one in articles}
    people: dict[tuple, str] = {}
    own = {row["comment_id"] for row in rows}
    tops = {*authors} - own  # the article's own id in place of a parent's
    for row in rows:
        parent, article = _text(row.pop("parent")), row["article_id"]
        row["parent_id"] = None if (parent or "").lower() in _TOP or parent in tops else parent
        if row["parent_id"] == row["comment_id"]:
            row["parent_id"] = None
        name, stable = one_line(row["author"]), _text(row.pop("author_id"))
        person = ("id", stable) if stable else ("name", name)
        if person[1] is None or person[1].lower() in _NOBODY:
            row["author"] = None
        else:
            row["author"] = people.setdefault(person, f"reader {len(people) + 1}")
        by = row.pop("by_author")
        if by is None and row["author"]:
            own_name, own_id = authors[article]
            if stable and own_id:
                by = stable == own_id
            elif name and own_name:
                by = name.casefold() == own_name.casefold()
        row["by_article_author"] = by
    if any(kind == "name" for kind, _ in people):
        remarks.append("People are told apart by their names only.")
    comments, table = typed(pd.DataFrame(rows), pd.DataFrame(articles), remarks)
    missing = comments["parent_id"].notna() & ~comments["parent_id"].isin(own)
    if missing.any():
        remarks.append(f"Comments that answer one that is not there: {missing.sum():,}.")
    ledger = [(why, len(ids), ids) for why, ids in left.items()]
    return Export(records.format, table, comments, pd.DataFrame(ledger, columns=LEFT_OUT), tuple(remarks))


def typed(
    comments: pd.DataFrame, articles: pd.DataFrame, remarks: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables with their columns in the types that `Export` states; adds to `remarks`."""
    comments, articles = comments.reindex(columns=COMMENTS), articles.reindex(columns=ARTICLES)
    times = _times([*comments["posted_at"], *articles["posted_at"]], remarks)
    votes = pd.to_numeric(comments["votes"], errors="coerce")
    by = comments["by_article_author"].map({"True": True, "False": False, True: True, False: False})
    comments = comments.assign(
        posted_at=times.iloc[: len(comments)].array,
        votes=votes.where(votes.abs() < 2**53).round().astype("Int64"),
        by_article_author=by.astype("boolean"),
    )
    stated = pd.to_numeric(articles["stated"], errors="coerce").round().astype("Int64")
    articles = articles.assign(posted_at=times.iloc[len(comments) :].array, stated=stated)
    of_text = ("comment_id", "article_id", "parent_id", "author", "text", "title", "url")
    tables = (
        one.astype({name: "str" for name in of_text if name in one}) for one in (comments, articles)
    )
    return tuple(one.reset_index(drop=True) for one in tables)


def _kept(given: list[dict], only: str, remarks: list[str]) -> tuple[list[dict], dict[str, list[str]]]:
    """The records that are comments, and by reason the ids of the others; `only`: the article of those
    that name none."""
    rows, left, seen, unnamed = [], {}, {}, 0
    for number, one in enumerate(given, start=1):
        name = _text(one["name"])
        if name is None:
            name, unnamed = f"c{number:02d}", unnamed + 1
        text, article = plain(one["body"], one["markup"]), _text(one["article"]) or only
        why = one["left_out"] or placeholder(text) or (None if text else "empty")
        if not why and (article, name) in seen:
            why = "repeated" if seen[article, name] == text else "id used twice"
        if why:
            left.setdefault(why, []).append(name)
            continue
        seen[article, name] = text
        row = {key: one[key] for key in ("parent", "author", "author_id", "votes", "by_author")}
        rows.append(
            {"comment_id": name, "article_id": article, "text": text, "posted_at": one["time"], **row}
        )
    if unnamed:
        remarks.append(f"{counted(unnamed, 'record')} had no id; they are numbered c01, c02 and so on.")
    return rows, left


def _articles(records: Records, rows: list[dict]) -> list[dict]:
    """The articles with repaired texts; one without a text for each that only comments name."""
    found = {}
    for one in records.articles:
        name = _text(one["name"]) or "article"
        author = one_line(one["author"])
        text = plain(one["body"], one["markup"])
        body = {"title": one_line(one["title"]), "text": "" if placeholder(text) else text}
        own = {"article_id": name, **body, "url": _text(one["url"]), "author": author}
        own["author_id"] = _text(one["author_id"])
        found.setdefault(name, {**own, "posted_at": one["time"], "stated": one["stated"]})
    for row in rows:
        missing = {**dict.fromkeys(ARTICLES), "article_id": row["article_id"], "text": ""}
        found.setdefault(row["article_id"], missing)
    return list(found.values())


def _text(value: object) -> str | None:
    """An id as text; None for none. A whole number that was read as a fraction loses its ".0"."""
    if value is None or value != value or value is pd.NA:
        return None
    if isinstance(value, float | np.floating) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()) or None


def _times(values: Iterable, remarks: list[str]) -> pd.Series:
    """Points in time, in UTC; as written and without a zone unless each states its zone."""
    texts = [_text(value) for value in values]
    days = [
        int(a) > 12
        for text in texts
        if text and (found := _ORDERED.fullmatch(text))
        for a in found.groups()[:1]
    ]
    months = [
        int(b) > 12 for text in texts if text and (found := _ORDERED.fullmatch(text)) for b in [found[2]]
    ]
    day_first = (
        True if any(days) and not any(months) else False if any(months) and not any(days) else None
    )
    read = [None if text is None else _time(text, day_first) for text in texts]
    lost = [text for text, time in zip(texts, read, strict=True) if text and time is None]
    if lost:
        remarks.append(f"{counted(len(lost), 'time')} could not be read, such as {lost[0]!r:.40}.")
    known = [(time, text) for time, text in zip(read, texts, strict=True) if time is not None]
    # A day without an hour, as of many articles, does not take the zone from all others.
    naive = [time for time, text in known if time.tzinfo is None and ":" in text]
    if naive or (known and all(time.tzinfo is None for time, _ in known)):
        remarks.append("Times are as the file has them: it does not state their zone.")
        read = [time.replace(tzinfo=None) if time is not None else None for time in read]
        return pd.Series(pd.to_datetime(read), dtype="datetime64[ns]")
    return pd.Series(pd.to_datetime(read, utc=True)).astype("datetime64[ns, UTC]")


def _time(text: str, day_first: bool | None) -> pd.Timestamp | None:
    from dateutil import parser

    try:
        if _EPOCH.fullmatch(text):
            number = float(text)
            return pd.Timestamp(number, unit="ms" if number > 1e11 else "s", tz="UTC").as_unit("ns")
        if _ISO.fullmatch(text):
            return pd.Timestamp(text).as_unit("ns")
        if (parts := _ORDERED.fullmatch(text)) and (day_first is None or len(parts[3]) == 3):
            return None
        # Words such as "two years ago" are no time, and a missing day is not today's.
        if not re.search(r"\d.*\d{4}|\d{4}.*\d", text) or not (parts or re.search("[A-Za-z]{3}", text)):
            return None
        return pd.Timestamp(parser.parse(text, dayfirst=bool(day_first))).as_unit("ns")
    except (ValueError, OverflowError):
        return None
