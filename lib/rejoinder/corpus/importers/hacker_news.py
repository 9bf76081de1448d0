"""Discussions of Hacker News: items and searches of Algolia, and items of Firebase."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, count, why
from rejoinder.corpus.importers.walk import first, get, has, items, nested, spread, taken

_BOTH = {"name": "id objectID", "author": "author by", "author_id": "author by",
         "time": "created_at time"}  # fmt: skip
_ARTICLE = {**_BOTH, "title": "title", "body": "text story_text", "url": "url",
            "stated": "descendants num_comments"}  # fmt: skip
_COMMENT = {**_BOTH, "article": "story_id", "body": "text comment_text", "votes": "points score"}
_TOLD = {"name": "story_id", "title": "story_title", "url": "story_url"}  # in the hit of a comment


def records(data: object) -> Records | None:
    """Stories and comments; a comment without a story's number belongs to the story it leads up to."""
    hits = spread(data, "hits")
    if not any(map(_is_item, hits)):
        return None
    records = Records("Hacker News discussion")
    for one, above in nested(hits, "children"):
        parent, answers = first(one, "parent_id parent") or get(above, "id"), len(items(one, "kids"))
        kind = first(one, "type") or ("story" if first(one, "title") else "comment" if parent else None)
        if kind in ("story", "job", "poll"):
            records.article(**taken(one, _ARTICLE), replies=answers)
            continue
        given, dead = taken(one, _COMMENT), get(one, "dead")
        gone = get(one, "deleted") or given["body"] is given["author"] is None
        left_out = why(not_a_comment=kind != "comment", deleted=gone, removed=dead)
        records.comment(**given, parent=parent, replies=answers, left_out=left_out)
        if given["article"]:
            records.article(**taken(one, _TOLD))
    total = max(count(get(page, "nbHits")) or 0 for page in items(data))
    if total > len(hits):
        records.remarks.append(f"The file has {len(hits):,} of {total:,} hits of a search.")
    return records


def _is_item(one: object) -> bool:
    tree, hit = has(one, "children", "author", "created_at"), has(one, "objectID", "created_at_i")
    return tree or hit or (has(one, "id", "type", "time") and (has(one, "by") or has(one, "deleted")))
