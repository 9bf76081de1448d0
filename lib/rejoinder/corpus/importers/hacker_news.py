"""Discussions of Hacker News: items and searches of Algolia, and items of Firebase."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, count, first, get, has, items, nested, taken

_BOTH = {
    "name": "id objectID",
    "author": "author by",
    "author_id": "author by",
    "time": "created_at time",
}
_ARTICLE = {**_BOTH, "title": "title", "body": "text story_text", "url": "url",
            "stated": "descendants num_comments"}  # fmt: skip
_COMMENT = {**_BOTH, "article": "story_id", "body": "text comment_text", "votes": "points score"}
_TOLD = {
    "name": "story_id",
    "title": "story_title",
    "url": "story_url",
}  # of a story in the hit of a comment


def records(data: object) -> Records | None:
    """Stories and comments; a comment without a story's number belongs to the story it leads up to."""
    pages = items(data)
    hits = [one for page in pages for one in (items(page, "hits") if has(page, "hits") else [page])]
    if not any(map(_is_item, hits)):
        return None
    records, answers, told = Records("Hacker News discussion"), {}, {}
    for one, above in nested(hits, "children"):
        parent = first(one, "parent_id parent") or get(above, "id")
        kind = first(one, "type") or ("story" if first(one, "title") else "comment" if parent else None)
        answers[str(get(one, "id"))] = len(items(one, "kids"))
        if kind in ("story", "job", "poll"):
            records.article(**taken(one, _ARTICLE))
            continue
        given, why = taken(one, _COMMENT), None if kind == "comment" else "not a comment"
        gone = get(one, "deleted") or given["body"] is given["author"] is None
        why = why or ("deleted" if gone else "removed" if get(one, "dead") else None)
        records.comment(**given, parent=parent, left_out=why)
        told[str(given["article"])] = taken(one, _TOLD)
    known = {str(one["name"]) for one in records.articles} | {"None"}
    for story in told:
        if story not in known:
            records.article(**told[story])
    records.lead_up()
    records.announced(answers)
    total = max(count(get(page, "nbHits")) or 0 for page in pages)
    if total > len(hits):
        records.remarks.append(f"The file has {len(hits):,} of {total:,} hits of a search.")
    return records


def _is_item(one: object) -> bool:
    tree, hit = has(one, "children", "author", "created_at"), has(one, "objectID", "created_at_i")
    return tree or hit or (has(one, "id", "type", "time") and (has(one, "by") or has(one, "deleted")))
