"""Comments as the systems under articles export them: Guardian, Discourse, Commento, Remark42."""

from __future__ import annotations

from collections import defaultdict

from rejoinder.corpus.importers.records import Records, by_status, count, why
from rejoinder.corpus.importers.walk import first, get, has, items, nested, taken

_GUARDIAN = {"name": "id", "body": "body", "author": "userProfile.displayName", "votes": "numRecommends",
             "author_id": "userProfile.userId", "time": "isoDateTime date"}  # fmt: skip
_TALK = {"name": "key webUrl", "title": "title", "url": "webUrl", "stated": "commentCount"}
# Rendered, as the source has quotations of others between marks of its own.
_DISCOURSE = {"author": "name username", "author_id": "user_id username", "time": "created_at",
              "body": "cooked raw"}  # fmt: skip
_TOPIC = {"title": "title", "author_id": "user_id details.created_by.id"}
_KINDS = {"2": "moderator's note", "3": "not a comment", "4": "hidden"}  # 4: whispered among the staff
_COMMENTO = {"name": "commentHex", "parent": "parentHex", "author_id": "commenterHex", "votes": "score",
             "time": "creationDate", "article": "url path"}  # fmt: skip
_REMARK42 = {"name": "id", "parent": "pid", "author": "user.name", "author_id": "user.id",
             "votes": "score", "time": "time", "article": "locator.url"}  # fmt: skip


def guardian(data: object) -> Records | None:
    """Pages of discussions; replies are nested one deep, so the stated parent counts."""
    pages = [page for page in items(data) if has(get(page, "discussion"), "comments")]
    records, here, flat = Records("Guardian discussion"), defaultdict(set), False
    for page in pages:
        about, total = taken(page["discussion"], _TALK), count(get(page, "pages")) or 1
        records.article(**about)
        here[str(about["name"]), total].add(count(first(page, "currentPage page")) or 1)
        flat = flat or get(page, "discussion", "isThreaded") is False
        for one, above in nested(items(page, "discussion", "comments"), "responses"):
            parent = first(one, "responseTo.commentId") or get(above, "id")
            given = taken(one, _GUARDIAN) | {"article": about["name"], "parent": parent}
            records.comment(**given, left_out=by_status(get(one, "status")))
    for (_, total), numbers in here.items():
        if len(numbers) < total:
            records.remarks.append(f"The file has {len(numbers)} of {total} pages of a discussion.")
    if flat:
        records.remarks.append("The platform does not say which comments answer others.")
    return records if pages else None


def discourse(data: object) -> Records | None:
    """Pages of topics: the first post is the article; the ids of posts are the numbers replies use."""
    pages = [page for page in items(data) if has(get(page, "post_stream"), "posts")]
    records, here, total = Records("Discourse topic"), defaultdict(set), defaultdict(int)
    for page in pages:
        posts, stated = items(page, "post_stream", "posts"), count(get(page, "posts_count"))
        topic = str(first(page, "id") or get(posts, 0, "topic_id"))
        total[topic] = max(total[topic], len(items(page, "post_stream", "stream")))
        for post in posts:
            number, answers = (str(get(post, key)) for key in ("post_number", "reply_to_post_number"))
            given = taken(post, _DISCOURSE) | {"markup": "html" if first(post, "cooked") else "markdown"}
            here[topic].add(number)
            if number == "1":
                records.article(topic, **given)
                continue
            likes = [get(one, "count") for one in items(post, "actions_summary") if get(one, "id") == 2]
            gone = first(post, "deleted_at") or get(post, "user_deleted")
            left_out = _KINDS.get(str(get(post, "post_type")))
            left_out = why(deleted=gone, hidden=get(post, "hidden")) or left_out
            given |= {"article": topic, "parent": None if answers == "1" else answers}
            votes = likes[0] if likes else get(post, "like_count")
            records.comment(get(post, "post_number"), **given, votes=votes, left_out=left_out)
        records.article(topic, **taken(page, _TOPIC), stated=stated and stated - 1)
    for topic, n in total.items():
        if n > len(here[topic]):
            records.remarks.append(f"The file has {len(here[topic]):,} of {n:,} posts of a topic.")
    return records if pages else None


def commento(data: object) -> Records | None:
    """Comments on the pages of one site, and the names of who wrote them."""
    records, found = Records("Commento export"), items(data, "comments")
    names = {str(get(one, "commenterHex")): get(one, "name") for one in items(data, "commenters")}
    for one in found:
        given, source = taken(one, _COMMENTO), first(one, "markdown")
        given |= {"author": names.get(str(given["author_id"])), "body": source or get(one, "html")}
        left_out = why(deleted=get(one, "deleted") is True) or by_status(get(one, "state"))
        records.comment(**given, markup="markdown" if source else "html", left_out=left_out)
        if page := given["article"]:
            records.article(page, url=f"{first(one, 'domain') or ''}{page}")
    return records if any(has(one, "commentHex", "parentHex") for one in found) else None


def remark42(data: object) -> Records | None:
    """Backups (an object a line), and trees of the API, which have each comment beside its replies."""
    records, found = Records("Remark42 export"), []
    for page in items(data):
        if isinstance(get(page, "comments"), list):
            found += [get(one, "comment", default=one) for one, _ in nested(page["comments"], "replies")]
            if url := get(page, "info", "url"):
                records.article(url, url=url, stated=get(page, "info", "count"))
        elif not has(page, "version", "users"):  # the first line of a backup
            found.append(page)
    for one in found:
        given, source = taken(one, _REMARK42), first(one, "orig")
        given |= {"body": source or get(one, "text"), "markup": "markdown" if source else "html"}
        records.comment(**given, left_out=why(deleted=get(one, "delete") is True))
        if page := given["article"]:
            records.article(page, title=get(one, "title"), url=page)
    return records if any(has(one, "id", "locator", "user") for one in found) else None
