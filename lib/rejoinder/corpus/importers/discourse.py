"""Topics of Discourse: one page of posts or several, the first post being the article."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, count, first, get, has, items, taken

# Rendered, as the source has quotations of others between marks of its own.
_BOTH = {"author": "name username", "author_id": "user_id username", "time": "created_at",
         "body": "cooked raw"}  # fmt: skip
_COMMENT = {**_BOTH, "name": "post_number", "parent": "reply_to_post_number"}
_KINDS = {"2": "moderator's note", "3": "not a comment", "4": "hidden"}  # 4: whispered among the staff


def records(data: object) -> Records | None:
    """Topics, and posts under the numbers that replies use; None for another format."""
    pages = [page for page in items(data) if has(get(page, "post_stream"), "posts")]
    if not pages:
        return None
    records, topics = Records("Discourse topic"), {}
    for page in pages:
        posts = items(page, "post_stream", "posts")
        topic = str(first(page, "id") or first(next(iter(posts), None), "topic_id"))
        whole, here = topics.setdefault(topic, (page, set()))  # later pages have no title
        for post in posts:
            given, markup = taken(post, _COMMENT), "html" if first(post, "cooked") else "markdown"
            here.add(str(given["name"]))
            if str(given["name"]) == "1":
                records.article(topic, **taken(post, _BOTH), **_about(whole), markup=markup)
                continue
            likes = [one for one in items(post, "actions_summary") if get(one, "id") == 2]
            why = "hidden" if get(post, "hidden") else _KINDS.get(str(get(post, "post_type")))
            if first(post, "deleted_at") or get(post, "user_deleted"):
                why = "deleted"
            given["parent"] = None if str(given["parent"]) == "1" else given["parent"]
            votes = get(likes, 0, "count") if likes else get(post, "like_count")
            records.comment(**given, article=topic, votes=votes, markup=markup, left_out=why)
    for topic, (whole, here) in topics.items():
        if "1" not in here:
            owner = first(whole, "user_id details.created_by.id")
            records.article(topic, **_about(whole), author_id=owner)
        total = len(items(whole, "post_stream", "stream"))
        if total > len(here):
            records.remarks.append(f"The file has {len(here):,} of {total:,} posts of a topic.")
    return records


def _about(page: dict) -> dict:
    posts = count(get(page, "posts_count"))
    return {"title": get(page, "title"), "stated": posts and posts - 1}
