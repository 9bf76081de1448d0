"""Backups of Remark42 (an object a line), and the trees that its API gives."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, first, get, has, items, nested, taken

_COMMENT = {"name": "id", "parent": "pid", "author": "user.name", "author_id": "user.id",
            "votes": "score", "time": "time", "article": "locator.url"}  # fmt: skip


def records(data: object) -> Records | None:
    """Comments on the pages of one site; None for another format."""
    found, stated = [], {}
    for page in items(data):
        if isinstance(get(page, "comments"), list):
            # A tree has each comment beside its replies.
            found += [get(one, "comment", default=one) for one, _ in nested(page["comments"], "replies")]
            stated[str(get(page, "info", "url"))] = get(page, "info", "count")
        elif not has(page, "version", "users"):  # the first line of a backup
            found.append(page)
    if not any(has(one, "id", "locator", "user") for one in found):
        return None
    records, titles = Records("Remark42 export"), {}
    for one in found:
        source, given = first(one, "orig"), taken(one, _COMMENT)
        titles[str(given["article"])] = titles.get(str(given["article"])) or get(one, "title")
        records.comment(
            **given,
            body=source or get(one, "text"),
            markup="markdown" if source else "html",
            left_out="deleted" if get(one, "delete") is True else None,
        )
    for page, title in titles.items():
        if page != "None":
            records.article(page, title=title, url=page, stated=stated.get(page))
    return records
