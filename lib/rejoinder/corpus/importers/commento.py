"""Exports of Commento."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, why
from rejoinder.corpus.importers.walk import first, get, has, items, taken

_COMMENT = {"name": "commentHex", "parent": "parentHex", "author_id": "commenterHex", "votes": "score",
            "time": "creationDate", "article": "url path"}  # fmt: skip


def records(data: object) -> Records | None:
    """Comments on the pages of one site, and the names of who wrote them; None for another format."""
    found = items(data, "comments")
    if not any(has(one, "commentHex", "parentHex") for one in found):
        return None
    records = Records("Commento export")
    names = {str(get(one, "commenterHex")): get(one, "name") for one in items(data, "commenters")}
    for one in found:
        given, source, state = taken(one, _COMMENT), first(one, "markdown"), get(one, "state")
        given |= {"author": names.get(str(given["author_id"])), "body": source or get(one, "html")}
        gone = get(one, "deleted") is True
        left_out = why(deleted=gone, pending=state == "unapproved", spam=state == "flagged")
        records.comment(**given, markup="markdown" if source else "html", left_out=left_out)
        if page := given["article"]:
            records.article(page, url=f"{first(one, 'domain') or ''}{page}")
    return records
