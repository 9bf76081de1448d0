"""Backups of Remark42 (an object a line), and the trees that its API gives."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, why
from rejoinder.corpus.importers.walk import first, get, has, items, nested, taken

_COMMENT = {"name": "id", "parent": "pid", "author": "user.name", "author_id": "user.id",
            "votes": "score", "time": "time", "article": "locator.url"}  # fmt: skip


def records(data: object) -> Records | None:
    """Comments on the pages of one site; None for another format."""
    found, records = [], Records("Remark42 export")
    for page in items(data):
        if isinstance(get(page, "comments"), list):
            # A tree has each comment beside its replies.
            found += [get(one, "comment", default=one) for one, _ in nested(page["comments"], "replies")]
            if url := get(page, "info", "url"):
                records.article(url, url=url, stated=get(page, "info", "count"))
        elif not has(page, "version", "users"):  # the first line of a backup
            found.append(page)
    if not any(has(one, "id", "locator", "user") for one in found):
        return None
    for one in found:
        given, source = taken(one, _COMMENT), first(one, "orig")
        given |= {"body": source or get(one, "text"), "markup": "markdown" if source else "html"}
        records.comment(**given, left_out=why(deleted=get(one, "delete") is True))
        if page := given["article"]:
            records.article(page, title=get(one, "title"), url=page)
    return records
