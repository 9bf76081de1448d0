"""Pages of the discussion API of the Guardian."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, count, first, get, has, items, nested, taken

_ARTICLE = {"title": "title", "url": "webUrl", "stated": "commentCount"}
_COMMENT = {"name": "id", "body": "body", "author": "userProfile.displayName", "votes": "numRecommends",
            "author_id": "userProfile.userId", "time": "isoDateTime date"}  # fmt: skip
_STATES = {"blocked": "blocked", "deleted": "deleted"}


def records(data: object) -> Records | None:
    """One article for each discussion; replies are nested one deep, so the stated parent counts."""
    pages = [page for page in items(data) if has(get(page, "discussion"), "comments")]
    if not pages:
        return None
    records = Records("Guardian discussion")
    known: dict[object, dict] = {}
    for page in pages:
        talk, number = page["discussion"], count(first(page, "currentPage page")) or 1
        key = str(first(talk, "key webUrl"))
        one = known.setdefault(key, {"talk": talk, "here": set(), "all": 1})
        one["here"].add(number)
        one["all"] = max(one["all"], count(get(page, "pages")) or 1)
        for comment, above in nested(items(talk, "comments"), "responses"):
            parent = first(comment, "responseTo.commentId") or get(above, "id")
            why = _STATES.get(str(get(comment, "status")))
            records.comment(**taken(comment, _COMMENT), article=key, parent=parent, left_out=why)
    for key, one in known.items():
        records.article(key, **taken(one["talk"], _ARTICLE))
        if (here := len(one["here"])) < one["all"]:
            records.remarks.append(f"The file has {here} of {one['all']} pages of a discussion.")
        if get(one["talk"], "isThreaded") is False:
            records.remarks.append("The platform does not say which comments answer others.")
    return records
