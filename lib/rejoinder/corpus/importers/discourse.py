"""Topics of Discourse: one page of posts or several, the first post being the article."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, count, why
from rejoinder.corpus.importers.walk import first, get, has, items, taken

_ABOUT = {"title": "title", "author_id": "user_id details.created_by.id"}
# Rendered, as the source has quotations of others between marks of its own.
_POST = {"author": "name username", "author_id": "user_id username", "time": "created_at",
         "body": "cooked raw"}  # fmt: skip
_KINDS = {"2": "moderator's note", "3": "not a comment", "4": "hidden"}  # 4: whispered among the staff


def records(data: object) -> Records | None:
    """Topics, and posts under the numbers that replies use; None for another format."""
    pages = [page for page in items(data) if has(get(page, "post_stream"), "posts")]
    if not pages:
        return None
    records, here, total = Records("Discourse topic"), {}, {}
    for page in pages:
        posts = items(page, "post_stream", "posts")
        topic = str(first(page, "id") or first(next(iter(posts), None), "topic_id"))
        here.setdefault(topic, set())
        total[topic] = max(total.get(topic, 0), len(items(page, "post_stream", "stream")))
        for post in posts:
            number, answers = (str(get(post, key)) for key in ("post_number", "reply_to_post_number"))
            given = taken(post, _POST) | {"markup": "html" if first(post, "cooked") else "markdown"}
            here[topic].add(number)
            if number == "1":
                records.article(topic, **given)
                continue
            likes = [one for one in items(post, "actions_summary") if get(one, "id") == 2]
            gone = first(post, "deleted_at") or get(post, "user_deleted")
            left_out = why(deleted=gone, hidden=get(post, "hidden"))
            records.comment(
                get(post, "post_number"),
                **given,
                article=topic,
                parent=None if answers == "1" else answers,
                votes=get(likes, 0, "count") if likes else get(post, "like_count"),
                left_out=left_out or _KINDS.get(str(get(post, "post_type"))),
            )
        posts = count(get(page, "posts_count"))
        records.article(topic, **taken(page, _ABOUT), stated=posts and posts - 1)
    for topic, numbers in here.items():
        if total[topic] > len(numbers):
            records.remarks.append(f"The file has {len(numbers):,} of {total[topic]:,} posts of a topic.")
    return records
