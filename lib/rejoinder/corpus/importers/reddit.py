"""Discussions of Reddit: pages of its API, and dumps of Pushshift and Arctic Shift."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.corpus.importers.records import Records, count, first, get, has, items, taken
from rejoinder.wording import counted

# A name is taken once and for all, so it is an id.
_BOTH = {"author": "author.name author", "author_id": "author.name author", "time": "created_utc"}
_ARTICLE = {**_BOTH, "title": "title", "body": "selftext", "url": "url", "stated": "num_comments"}
_COMMENT = {**_BOTH, "article": "link_id", "parent": "parent_id", "body": "body",
            "by_author": "is_submitter"}  # fmt: skip


def records(data: object) -> Records | None:
    """The submissions (`t3`) and comments (`t1`); None for what is not of Reddit."""
    things = list(_things(data))
    if not any(kind in ("t1", "t3") for kind, _ in things):
        return None
    records = Records("Reddit discussion")
    more = [count(get(one, "count")) or 0 for kind, one in things if kind == "more"]
    for kind, one in things:
        name, number = first(one, "name"), first(one, "id")
        if name is None and number is not None:
            name = f"{kind}_{number}" if kind else number
        if kind == "t3":
            given = taken(one, _ARTICLE)
            url = str(given.pop("url") or "").replace("&amp;", "&")
            records.article(name, **given, url=url, markup="markdown")
        elif kind != "more":
            given = taken(one, _COMMENT)
            votes = None if get(one, "score_hidden") else first(one, "score")
            why = _left_out(one, given["author"]) if kind == "t1" else "not a comment"
            records.comment(name, **given, votes=votes, markup="markdown", left_out=why)
    if sum(more):
        records.remarks.append(f"Not in the file: {counted(sum(more), 'comment')} behind “more”.")
    if 0 in more:
        records.remarks.append(f"Threads that go on elsewhere: {more.count(0)}.")
    return records


def _things(data: object) -> Iterator[tuple[str | None, dict]]:
    """The kind and the content of each thing, in the order of the file; a kind of None if unknown."""
    if has(data, "submission") or has(data, "comments"):
        data = [get(data, "submission", default=[]), get(data, "comments", default=[])]
    stack = [data]
    while stack:
        one = stack.pop()
        kind, inner = get(one, "kind"), get(one, "data")
        if isinstance(one, list):
            stack += reversed(one)
        elif kind == "Listing":
            stack += reversed(items(inner, "children"))
        else:
            inner = inner if isinstance(inner, dict) else one if isinstance(one, dict) else {}
            yield kind if isinstance(kind, str) and inner is not one else _kind(one), inner
            stack += reversed(items(inner, "replies"))


def _kind(one: object) -> str | None:
    if has(one, "body") and (has(one, "link_id") or has(one, "subreddit")):
        return "t1"
    return "t3" if has(one, "title", "selftext") or has(one, "title", "subreddit") else None


def _left_out(one: dict, author: object) -> str | None:
    """Why a comment is none: the dump says that it was taken back, or moderators wrote it as a notice."""
    why = str(get(one, "_meta", "removal_type", default=""))
    if why.startswith("removed"):
        return "removed"
    if why or get(one, "_meta", "was_deleted_later"):
        return "deleted"
    notice = get(one, "stickied") and get(one, "distinguished")
    return "moderator's note" if notice or author == "AutoModerator" else None
