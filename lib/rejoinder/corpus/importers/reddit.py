"""Discussions of Reddit: pages of its API, and dumps of Pushshift and Arctic Shift."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.corpus.importers.records import Records, count, why
from rejoinder.corpus.importers.walk import first, get, has, items, taken
from rejoinder.wording import counted

# A name is taken once and for all, so it is an id.
_THING = {"author": "author.name author", "author_id": "author.name author", "time": "created_utc",
          "title": "title", "stated": "num_comments", "article": "link_id", "parent": "parent_id",
          "by_author": "is_submitter"}  # fmt: skip


def records(data: object) -> Records | None:
    """The submissions (`t3`) and comments (`t1`); None for what is not of Reddit."""
    things = list(_things(data))
    if not any(kind in ("t1", "t3") for kind, _ in things):
        return None
    records = Records("Reddit discussion")
    more = [count(get(one, "count")) or 0 for kind, one in things if kind == "more"]
    for kind, one in things:
        name, number, given = first(one, "name"), first(one, "id"), taken(one, _THING)
        if name is None and number is not None:
            name = f"{kind}_{number}" if kind else number
        if kind == "t3":
            url = str(first(one, "url") or "").replace("&amp;", "&")
            records.article(name, **given, body=first(one, "selftext"), url=url, markup="markdown")
        elif kind != "more":
            votes = None if get(one, "score_hidden") else first(one, "score")
            left_out = _left_out(one, given["author"]) if kind == "t1" else "not a comment"
            given |= {"body": first(one, "body"), "markup": "markdown", "votes": votes}
            records.comment(name, **given, left_out=left_out)
    if sum(more):
        records.remarks.append(f"Not in the file: {counted(sum(more), 'comment')} behind “more”.")
    if 0 in more:
        records.remarks.append(f"Threads that go on elsewhere: {more.count(0)}.")
    return records


def _things(data: object) -> Iterator[tuple[str | None, dict]]:
    """The kind and the content of each thing, in the order of the file; a kind of None if unknown."""
    stack = [data]
    while stack:
        one = stack.pop()
        kind, inner = get(one, "kind"), get(one, "data")
        if isinstance(one, list):
            stack += reversed(one)
        elif kind == "Listing":
            stack += reversed(items(inner, "children"))
        elif has(one, "submission") or has(one, "comments"):
            stack += [get(one, "comments", default=[]), get(one, "submission", default=[])]
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
    taken_back = str(get(one, "_meta", "removal_type", default=""))
    deleted = taken_back or get(one, "_meta", "was_deleted_later")
    notice = (get(one, "stickied") and get(one, "distinguished")) or author == "AutoModerator"
    return why(removed=taken_back.startswith("removed"), deleted=deleted) or (
        "moderator's note" if notice else None
    )
