"""Threads of Mastodon (`/context`, with or without the status asked for); notes of ActivityStreams."""

from __future__ import annotations

from html import escape

from rejoinder.corpus.importers.records import Records, why
from rejoinder.corpus.importers.walk import get, has, items, taken

_POST = {"name": "id", "author": "account.display_name account.acct attributedTo", "body": "content",
         "author_id": "account.id attributedTo", "time": "created_at published", "url": "url uri",
         "parent": "in_reply_to_id inReplyTo", "votes": "favourites_count",
         "replies": "replies_count"}  # fmt: skip
_LISTS = (("orderedItems",), ("items",), ("first", "items"))  # of collections of ActivityStreams


def records(data: object) -> Records | None:
    """Posts that answer none as articles, all others as comments; None for another format."""
    posts, contexts = [], []  # posts with whether they stand below the one asked for
    for page in items(data):
        context = get(page, "context") if has(get(page, "context"), "descendants") else page
        if has(context, "ancestors", "descendants"):
            contexts.append(items(context, "descendants"))
            posts += [(one, False) for one in items(page, "status") + items(context, "ancestors")]
            posts += [(one, True) for one in contexts[-1]]
        else:
            loose = next(filter(None, (items(page, *at) for at in _LISTS)), [page])
            notes = (get(one, "object") if has(get(one, "object"), "id") else one for one in loose)
            posts += [(one, False) for one in notes]
    ways = ("account", "content", "in_reply_to_id"), ("attributedTo", "content")
    if not contexts and not any(has(one, *way) for one, _ in posts for way in ways):
        return None
    records = Records("Mastodon thread")
    for one, below in posts:
        given, warning = taken(one, _POST), get(one, "spoiler_text")
        if isinstance(warning, str) and warning:
            given["body"] = f"<p>{escape(warning)}</p>{given['body'] or ''}"
        if has(one, "content") and not given["parent"] and not below:
            records.article(**given)
        else:
            no_post, gone = not has(one, "content"), get(one, "type") == "Tombstone"
            records.comment(**given, left_out=why(deleted=gone, not_a_comment=no_post))
    here = {str(get(one, "id")) for one, _ in posts}
    for below in contexts:
        # The post asked for is in neither list of its context.
        name, writer = (get(below, 0, f"in_reply_to_{key}") for key in ("id", "account_id"))
        if name is not None and str(name) not in here:
            records.article(name, author_id=writer)
            records.remarks.append(f"The file lacks the post {name} itself; it can be given apart.")
    return records
