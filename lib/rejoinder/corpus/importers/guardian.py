"""Pages of the discussion API of the Guardian."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, count, why
from rejoinder.corpus.importers.walk import first, get, has, items, nested, taken

_ARTICLE = {"title": "title", "url": "webUrl", "stated": "commentCount"}
_COMMENT = {"name": "id", "body": "body", "author": "userProfile.displayName", "votes": "numRecommends",
            "author_id": "userProfile.userId", "time": "isoDateTime date"}  # fmt: skip


def records(data: object) -> Records | None:
    """One article for each discussion; replies are nested one deep, so the stated parent counts."""
    pages = [page for page in items(data) if has(get(page, "discussion"), "comments")]
    if not pages:
        return None
    records, here, total, flat = Records("Guardian discussion"), {}, {}, False
    for page in pages:
        talk = page["discussion"]
        key = str(first(talk, "key webUrl"))
        records.article(key, **taken(talk, _ARTICLE))
        here.setdefault(key, set()).add(count(first(page, "currentPage page")) or 1)
        total[key] = max(total.get(key, 1), count(get(page, "pages")) or 1)
        flat = flat or get(talk, "isThreaded") is False
        for one, above in nested(items(talk, "comments"), "responses"):
            parent, status = first(one, "responseTo.commentId") or get(above, "id"), get(one, "status")
            left_out = why(blocked=status == "blocked", deleted=status == "deleted")
            records.comment(**taken(one, _COMMENT), article=key, parent=parent, left_out=left_out)
    for key, numbers in here.items():
        if len(numbers) < total[key]:
            records.remarks.append(f"The file has {len(numbers)} of {total[key]} pages of a discussion.")
    if flat:
        records.remarks.append("The platform does not say which comments answer others.")
    return records
