"""Discussions in networks: Bluesky, Mastodon, Hacker News."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rejoinder.corpus.importers.records import Records, count, why
from rejoinder.corpus.importers.walk import first, get, has, items, nested, spread, taken

_BLUESKY = {"name": "uri", "body": "record.text", "author": "author.displayName author.handle",
         "author_id": "author.did", "time": "record.createdAt indexedAt", "replies": "replyCount",
         "votes": "likeCount", "article": "record.reply.root.uri"}  # fmt: skip
_MASTODON = {"name": "id", "author": "account.display_name account.acct", "body": "content",
         "author_id": "account.id", "time": "created_at", "url": "url uri",
         "parent": "in_reply_to_id", "votes": "favourites_count",
         "replies": "replies_count"}  # fmt: skip
_ITEM = {"name": "id objectID", "author": "author by", "author_id": "author by",
         "time": "created_at time"}  # fmt: skip
_STORY = {**_ITEM, "title": "title", "body": "text story_text", "url": "url",
            "stated": "descendants num_comments"}  # fmt: skip
_COMMENT = {**_ITEM, "article": "story_id", "body": "text comment_text", "votes": "points score"}
_TOLD = {"name": "story_id", "title": "story_title", "url": "story_url"}  # in the hit of a comment


def bluesky(data: object) -> Records | None:
    """The first post of a thread as its article, all others as comments; None for another format."""
    nodes = [node for page in items(data) for node in _nodes(page)]
    if not any(has(get(node, "post"), "uri", "record") for node, _ in nodes):
        return None
    gates = [items(page, "threadgate", "record", "hiddenReplies") for page in items(data)]
    hidden = {str(uri) for gate in gates for uri in gate}
    records = Records("Bluesky thread")
    for node, above in nodes:
        post = get(node, "post")
        parent = first(post, "record.reply.parent.uri") or above
        if not isinstance(post, dict):
            signs = f"{get(node, '$type')} {[*node] if isinstance(node, dict) else ''}".lower()
            no_post = {"blocked": "blocked" in signs, "deleted": "notfound" in signs}
            left_out = why(**no_post, hidden="nounauthenticated" in signs, not_a_comment=True)
            records.comment(get(node, "uri"), parent=parent, left_out=left_out)
        elif parent:
            left_out = why(hidden=get(node, "hiddenByThreadgate") or str(get(post, "uri")) in hidden)
            records.comment(**taken(post, _BLUESKY), parent=parent, markup="text", left_out=left_out)
        else:
            at = str(get(post, "uri")).split("/")  # at://the author/the collection/the post
            url = f"https://bsky.app/profile/{at[2]}/post/{at[-1]}" if len(at) > 4 else None
            records.article(**taken(post, _BLUESKY), markup="text", url=url)
    return records


def _nodes(page: object) -> Iterator[tuple[object, object]]:
    """Each node of a thread, with the uri of the one that it stands below."""
    thread, above = get(page, "thread"), None
    if isinstance(thread, list):
        for one in thread:  # a post states which one it answers
            value = get(one, "value")
            yield {**(value if isinstance(value, dict) else {}), "uri": get(one, "uri")}, None
        return
    chain = [thread]
    while parent := get(chain[-1], "parent"):
        chain.append(parent)
    for one in reversed(chain[1:]):
        yield one, above
        above = first(one, "post.uri uri")
    for one, parent in nested(items(thread), "replies"):
        yield one, first(parent, "post.uri uri") if parent else above


def mastodon(data: object) -> Records | None:
    """Posts that answer none as articles, all others as comments; None for another format."""
    posts, contexts = [], []  # posts with whether they stand below the one asked for
    for page in items(data):
        context = get(page, "context") if has(get(page, "context"), "descendants") else page
        if has(context, "ancestors", "descendants"):
            contexts.append(items(context, "descendants"))
            posts += [(one, False) for one in items(page, "status") + items(context, "ancestors")]
            posts += [(one, True) for one in contexts[-1]]
        else:
            posts.append((page, False))
    if not contexts and not any(has(one, "account", "content", "in_reply_to_id") for one, _ in posts):
        return None
    records = Records("Mastodon thread")
    for one, below in posts:
        given, warning = taken(one, _MASTODON), get(one, "spoiler_text")
        if isinstance(warning, str) and warning:
            given["body"] = f"<p>{escape(warning)}</p>{given['body'] or ''}"
        if has(one, "content") and not given["parent"] and not below:
            records.article(**given)
        else:
            records.comment(**given, left_out=why(not_a_comment=not has(one, "content")))
    here = {str(get(one, "id")) for one, _ in posts}
    for below in contexts:
        # The post asked for is in neither list of its context.
        name, writer = (get(below, 0, f"in_reply_to_{key}") for key in ("id", "account_id"))
        if name is not None and str(name) not in here:
            records.article(name, author_id=writer)
            records.remarks.append(f"The file lacks the post {name} itself; it can be given apart.")
    return records


def hacker_news(data: object) -> Records | None:
    """Stories and comments; a comment without a story's number belongs to the story it leads up to."""
    hits = spread(data, "hits")
    if not any(map(_is_item, hits)):
        return None
    records = Records("Hacker News discussion")
    for one, above in nested(hits, "children"):
        parent, answers = first(one, "parent_id parent") or get(above, "id"), len(items(one, "kids"))
        kind = first(one, "type") or ("story" if first(one, "title") else "comment" if parent else None)
        if kind in ("story", "job", "poll"):
            records.article(**taken(one, _STORY), replies=answers)
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
