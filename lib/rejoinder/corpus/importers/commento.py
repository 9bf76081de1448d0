"""Exports of Commento."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, first, get, has, items, taken

_COMMENT = {"name": "commentHex", "parent": "parentHex", "author_id": "commenterHex", "votes": "score",
            "time": "creationDate", "article": "url path"}  # fmt: skip
_STATES = {"unapproved": "pending", "flagged": "spam"}


def records(data: object) -> Records | None:
    """Comments on the pages of one site, and the names of who wrote them; None for another format."""
    found = items(data, "comments")
    if not any(has(one, "commentHex", "parentHex") for one in found):
        return None
    records = Records("Commento export")
    names = {str(get(one, "commenterHex")): get(one, "name") for one in items(data, "commenters")}
    pages = {}
    for one in found:
        source, given = first(one, "markdown"), taken(one, _COMMENT)
        pages[str(given["article"])] = f"{first(one, 'domain') or ''}{given['article']}"
        why = "deleted" if get(one, "deleted") is True else _STATES.get(str(get(one, "state")))
        records.comment(
            **given,
            author=names.get(str(given["author_id"])),
            body=source or get(one, "html"),
            markup="markdown" if source else "html",
            left_out=why,
        )
    for page, url in pages.items():
        if page != "None":
            records.article(page, url=url)
    return records
