"""The one result of every importer: articles, comments, and a ledger of what was left out."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from rejoinder.corpus.importers.records import Records
from rejoinder.corpus.importers.repair import as_text, placeholder
from rejoinder.discussion import ARTICLE
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
# Day and month, or month and day.
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d\d)\b.*")


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


def export_of(records: Records, *, pseudonym: Callable[[str], str] | None = None) -> Export:
    """What an importer found, counted: each record is a comment or left out for a reason. `pseudonym`
    makes one of a person's name or id; by default people are numbered."""
    _lead_up(records)
    remarks = list(records.remarks)
    given = {i or "article": one for i, one in records.articles.items()}
    rows, left = _kept(records.comments, next(iter(given)) if len(given) == 1 else "article", remarks)
    for row in rows:
        given.setdefault(row["article_id"], {"text": ""})
    own, people = {row["comment_id"] for row in rows}, {}
    tops = given.keys() - own  # the article's own id in place of a parent's
    named = {row["author"] for row in rows} - own  # names in place of ids would not stay private
    if by_name := sum(row["parent"] in named for row in rows if row["parent"]):
        remarks.append(f"Answers to somebody who is only named: {by_name:,}.")
        tops |= named
    for row in rows:
        parent, name, stable = row["parent"], row["author"], row["author_id"]
        nobody = not parent or parent in tops or parent == row["comment_id"]
        nobody = nobody or (parent.lower() in _TOP and parent not in own)
        row["parent_id"] = None if nobody else parent
        key, row["author"] = ("id" if stable else "name", stable or name), None
        if (stable or name or "").lower() in _NOBODY:
            continue
        other = pseudonym("\0".join(key)) if pseudonym else f"reader {len(people) + 1}"
        row["author"] = people.setdefault(key, other)
        writer = given[row["article_id"]]
        for mine, writers in ((stable, writer.get("author_id")), (name, writer.get("author"))):
            if row["by_article_author"] is None and mine and writers:
                row["by_article_author"] = mine.casefold() == writers.casefold()
    if any(kind == "name" for kind, _ in people):
        remarks.append("People are told apart by their names only.")
    articles = [{**one, "article_id": i, "posted_at": one.get("time")} for i, one in given.items()]
    comments, table = typed(pd.DataFrame(rows), pd.DataFrame(articles), remarks)
    if missing := sum(comments["parent_id"].notna() & ~comments["parent_id"].isin(own)):
        remarks.append(f"Comments that answer one that is not there: {missing:,}.")
    ledger = [(why, len(ids), ids) for why, ids in left.items()]
    return Export(records.format, table, comments, pd.DataFrame(ledger, columns=LEFT_OUT), tuple(remarks))


def typed(
    comments: pd.DataFrame, articles: pd.DataFrame, remarks: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables with their columns in the types that `Export` states; adds to `remarks`."""
    comments, articles = comments.reindex(columns=COMMENTS), articles.reindex(columns=ARTICLES)
    times = _times([*comments["posted_at"], *articles["posted_at"]], remarks)
    by = comments["by_article_author"].map({"True": True, "False": False, True: True, False: False})
    comments["by_article_author"] = by.astype("boolean")
    comments["posted_at"] = times.iloc[: len(comments)].array
    articles["posted_at"] = times.iloc[len(comments) :].array
    for one, name in ((comments, "votes"), (articles, "stated")):
        one[name] = pd.to_numeric(one[name], errors="coerce").round().astype("Int64")
    others = ("by_article_author", "posted_at", "votes", "stated")
    return tuple(
        one.astype({name: "str" for name in one if name not in others}).reset_index(drop=True)
        for one in (comments, articles)
    )


def _lead_up(records: Records) -> None:
    """Put each comment that names no article under the one that those it answers lead up to, and remark
    how many of the answers that a platform counts are missing."""
    above = {one["name"]: one["parent"] for one in records.comments if one["name"]}
    found = {one["name"]: one["article"] for one in records.comments if one["article"]}
    found |= {name: name for name in records.articles if name}
    for one in records.comments:
        way, at = {}, one["parent"]
        while at in above and at not in found and at not in way:
            way[at], at = None, above[at]
        found |= dict.fromkeys(way, found.get(at))
        one["article"] = one["article"] or found.get(at)
    here = Counter(one["parent"] for one in records.comments)
    said = {one["name"]: one["replies"] or 0 for one in [*records.articles.values(), *records.comments]}
    if missing := sum(max(0, n - here[name]) for name, n in said.items() if name):
        records.remarks.append(f"Not in the file: {counted(missing, 'announced answer')}.")


def _kept(given: list[dict], only: str, remarks: list[str]) -> tuple[list[dict], dict[str, list[str]]]:
    """The records that are comments, and by reason the ids of the others; `only`: the article of those
    that name none."""
    rows, left, seen = [], {}, {}
    for number, one in enumerate(given, start=1):
        text, key = one["text"], (one["article"] or only, one["name"] or f"c{number:02d}")
        why = one["left_out"] or placeholder(text) or (None if text else "empty")
        if not why and key in seen:
            why = "repeated" if seen[key] == text else "id used twice"
        if why:
            left.setdefault(why, []).append(key[1])
            continue
        seen[key] = text
        name = "comment-article" if key[1] == ARTICLE else key[1]  # as which the article itself is coded
        row = {"article_id": key[0], "comment_id": name, "posted_at": one["time"]}
        rows.append({**one, **row, "by_article_author": one["by_author"]})
    if unnamed := sum(one["name"] is None for one in given):
        remarks.append(f"{counted(unnamed, 'record')} had no id; they are numbered c01, c02 and so on.")
    return rows, left


def _times(values: Iterable, remarks: list[str]) -> pd.Series:
    """Points in time, in UTC; as written and without a zone unless each states its zone."""
    texts = [as_text(value) for value in values]
    numbers = [found for text in texts if text and (found := _NUMBERS.fullmatch(text))]
    day_first, month_first = (all(int(found[n]) <= 12 for found in numbers) for n in (2, 1))
    # In which order day and month stand, others of the file say, or nobody.
    order = None if day_first == month_first else day_first
    read = [None if text is None else _time(text, order) for text in texts]
    lost = [text for text, time in zip(texts, read, strict=True) if text and time is None]
    if lost:
        remarks.append(f"{counted(len(lost), 'time')} could not be read, such as {lost[0]!r:.40}.")
    known = [(time, text) for time, text in zip(read, texts, strict=True) if time is not None]
    # A day without an hour, as of many articles, does not take the zone from all others.
    naive = [time for time, text in known if time.tzinfo is None and ":" in text]
    if naive or (known and not any(time.tzinfo for time, _ in known)):
        remarks.append("Times are as the file has them: it does not state their zone.")
        read = [None if time is None else time.replace(tzinfo=None) for time in read]
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
        if day_first is None and _NUMBERS.fullmatch(text):
            return None
        # What the text does not say is taken from the default: a day must be said, and not be today's.
        with warnings.catch_warnings(action="ignore"):  # about names of zones, which stay unknown
            found, other = (
                parser.parse(text, dayfirst=bool(day_first), default=default)
                for default in (datetime(2001, 2, 3), datetime(2002, 3, 4))
            )
        return pd.Timestamp(found).as_unit("ns") if found == other else None
    except (ValueError, OverflowError):
        return None
