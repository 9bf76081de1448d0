"""Threads of Mastodon (`/context`, with or without the status asked for); notes of ActivityStreams."""

from __future__ import annotations

from html import escape

from rejoinder.corpus.importers.records import Records, first, get, has, items, taken

_BOTH = {"name": "id", "author": "account.display_name account.acct attributedTo", "body": "content",
         "author_id": "account.id attributedTo", "time": "created_at published"}  # fmt: skip
_ARTICLE = {**_BOTH, "url": "url uri"}
_COMMENT = {**_BOTH, "parent": "in_reply_to_id inReplyTo", "votes": "favourites_count"}
_LISTS = (("orderedItems",), ("items",), ("first", "items"))  # of collections of ActivityStreams


def records(data: object) -> Records | None:
    """Posts that answer none as articles, all others as comments; None for another format."""
    posts, missing, known = [], {}, False
    for page in items(data):
        context = get(page, "context") if has(get(page, "context"), "descendants") else page
        below = items(context, "descendants")
        if has(context, "ancestors", "descendants"):
            known = True
            posts += [(one, False) for one in items(page, "status") + items(context, "ancestors")]
            posts += [(one, True) for one in below]
            # The post asked for is in neither list.
            missing[str(first(next(iter(below), None), "in_reply_to_id"))] = below
        else:
            loose = next(filter(None, (items(page, *at) for at in _LISTS)), [page])
            posts += [
                (get(one, "object") if has(get(one, "object"), "id") else one, False) for one in loose
            ]
    if not known and not any(
        has(one, "account", "content", "in_reply_to_id") or has(one, "attributedTo", "content")
        for one, _ in posts
    ):
        return None
    records = Records("Mastodon thread")
    for one, below in posts:
        given, warning = taken(one, _COMMENT), get(one, "spoiler_text")
        body = f"<p>{escape(warning)}</p>" if isinstance(warning, str) and warning else ""
        given["body"] = f"{body}{given['body'] or ''}"
        if has(one, "content") and not given["parent"] and not below:
            records.article(**taken(one, _ARTICLE) | {"body": given["body"]})
        else:
            why = "deleted" if get(one, "type") == "Tombstone" else "not a comment"
            records.comment(**given, left_out=None if has(one, "content") else why)
    here = {str(get(one, "id")) for one, _ in posts} | {"None"}
    for name, below in missing.items():
        if name not in here:
            records.article(name, author_id=get(below, 0, "in_reply_to_account_id"))
            records.remarks.append(f"The file lacks the post {name} itself; it can be given apart.")
    records.lead_up()
    records.announced({str(get(one, "id")): get(one, "replies_count") for one, _ in posts})
    return records
